package indexer

import "dalel/search"

// snapshotter is a Backend that can be asked as it is now while it changes.
type snapshotter interface {
	// Snapshot returns the engine as it is now. Call done when it is not asked
	// any more.
	Snapshot() (now search.Index, done func(), err error)
}

// moment is both halves of an index as they are between two changes. A search
// must not see one half before a change and the other after it: it would miss a
// document that is read again, for the paragraphs of one are not of the other.
type moment struct {
	gen     *generation
	forward search.View
	engine  search.Index
	done    func() // with the engine
	users   int    // guarded by Library.mu
}

// moment returns what searches see: the index as it is, or as it was when the
// change began that is under way. Leave it when done.
func (l *Library) moment() *moment {
	l.mu.Lock()
	defer l.mu.Unlock()
	m := l.frozen
	if m == nil {
		m = l.gen.moment()
	}
	m.users++
	m.gen.users++
	return m
}

func (g *generation) moment() *moment {
	m := &moment{gen: g, forward: g.forward.View(), engine: g.engine, done: func() {}}
	if s, ok := g.engine.(snapshotter); ok {
		if now, done, err := s.Snapshot(); err == nil { // else the engine says so when it is asked
			m.engine, m.done = now, done
		}
	}
	return m
}

func (l *Library) leave(m *moment) {
	l.mu.Lock()
	m.users--
	last := m.users == 0
	l.mu.Unlock()
	if last {
		m.forward.Release()
		m.done()
	}
	l.drop(m.gen)
}

// freeze has searches see the index as it is now until thaw, whatever becomes of
// its halves meanwhile. Where nobody searches, it costs nothing; where the
// engine has no snapshots, it does nothing.
func (l *Library) freeze() (thaw func()) {
	_, can := l.current().engine.(snapshotter)
	if !can || !l.searched.Load() {
		return func() {}
	}
	m := l.moment()
	l.freezeAt(m)
	return func() {
		l.freezeAt(nil)
		l.leave(m)
	}
}

func (l *Library) freezeAt(m *moment) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.frozen = m
}
