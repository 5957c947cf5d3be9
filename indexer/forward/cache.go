package forward

import "sync"

// cache keeps the values that were used last, about limit bytes of them. It
// has two generations: when the young one is full it becomes the old one, and
// what is asked for in the old one becomes young again.
type cache[K comparable, V any] struct {
	limit int // bytes

	mu         sync.Mutex
	young, old map[K]sized[V]
	size       int // bytes of the young generation
}

type sized[V any] struct {
	value V
	size  int
}

func newCache[K comparable, V any](limit int) *cache[K, V] {
	return &cache[K, V]{limit: limit, young: map[K]sized[V]{}}
}

func (c *cache[K, V]) get(k K) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.young[k]; ok {
		return e.value, true
	}
	e, ok := c.old[k]
	if ok {
		c.add(k, e)
	}
	return e.value, ok
}

func (c *cache[K, V]) put(k K, v V, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(k, sized[V]{v, size})
}

func (c *cache[K, V]) add(k K, e sized[V]) {
	if _, ok := c.young[k]; ok {
		return
	}
	if c.size+e.size > c.limit/2 {
		c.young, c.old, c.size = map[K]sized[V]{}, c.young, 0
	}
	c.young[k] = e
	c.size += e.size
}
