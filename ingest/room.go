package ingest

import (
	"context"
	"sync"
)

// room bounds the bytes that are on their way. Who takes waits until there is
// room, or until nothing else is on its way: one document always has room.
type room struct {
	mu    sync.Mutex
	free  int64
	whole int64
	freed chan struct{} // gets a token when room was given back
}

func newRoom(size int64) *room {
	return &room{free: size, whole: size, freed: make(chan struct{}, 1)}
}

// take takes n bytes; false when ctx ended first. Only one goroutine takes.
func (r *room) take(ctx context.Context, n int64) bool {
	for !r.try(n) {
		select {
		case <-r.freed:
		case <-ctx.Done():
			return false
		}
	}
	return true
}

func (r *room) try(n int64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.free < n && r.free != r.whole {
		return false
	}
	r.free -= n
	return true
}

// give gives n bytes back.
func (r *room) give(n int64) {
	r.mu.Lock()
	r.free += n
	r.mu.Unlock()
	select {
	case r.freed <- struct{}{}:
	default:
	}
}
