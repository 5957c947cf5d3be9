package search

// leafSet is a set of leaves.
type leafSet [maxLeaves / 64]uint64

func (s *leafSet) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s *leafSet) has(i int) bool { return s[i/64]>>(i%64)&1 == 1 }

func (s *leafSet) union(o leafSet) {
	for i := range s {
		s[i] |= o[i]
	}
}

func (s *leafSet) intersect(o leafSet) {
	for i := range s {
		s[i] &= o[i]
	}
}

// meets reports whether the sets share a leaf.
func (s *leafSet) meets(o leafSet) bool {
	for i := range s {
		if s[i]&o[i] != 0 {
			return true
		}
	}
	return false
}
