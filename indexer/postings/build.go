package postings

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"

	"dalel/indexer"
	"dalel/indexer/internal/strtab"
	"dalel/search"
)

// builder turns the entries of one Put into a segment.
type builder struct {
	paras  paraList
	fields []*fieldIn // by name
}

// fieldIn gathers the terms of a field.
type fieldIn struct {
	name    search.Field
	table   strtab.Table
	texts   []string
	latest  []int32 // by term: its occurrence in the paragraph that is being read
	seen    []occurrence
	lengths []uint32
}

// occurrence is a term in a paragraph.
type occurrence struct{ term, local, tf uint32 }

// newBuilder reads entries. Of two of one paragraph the last counts.
func newBuilder(entries []indexer.Entry) *builder {
	order := make([]int, len(entries))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(entries[a].Para, entries[b].Para) })
	b := &builder{}
	for i, at := range order {
		if i+1 < len(order) && entries[order[i+1]].Para == entries[at].Para {
			continue
		}
		b.paras.add(entries[at].Para)
	}
	local := uint32(0)
	for i, at := range order {
		if i+1 < len(order) && entries[order[i+1]].Para == entries[at].Para {
			continue
		}
		for name, terms := range entries[at].Terms {
			b.in(name).add(terms, local)
		}
		local++
	}
	slices.SortFunc(b.fields, func(a, b *fieldIn) int { return cmp.Compare(a.name, b.name) })
	return b
}

// add appends a paragraph, which comes after those that are there.
func (p *paraList) add(no search.ParaNo) {
	switch {
	case p.n == 0:
		p.first = no
	case p.list == nil && no != p.first+search.ParaNo(p.n):
		p.list = make([]search.ParaNo, p.n, 2*p.n+1)
		for i := range p.list {
			p.list[i] = p.first + search.ParaNo(i)
		}
	}
	if p.list != nil {
		p.list = append(p.list, no)
	}
	p.n++
}

// in returns the field of a name.
func (b *builder) in(name search.Field) *fieldIn {
	for _, f := range b.fields {
		if f.name == name {
			return f
		}
	}
	f := &fieldIn{name: name, table: strtab.New(), lengths: make([]uint32, b.paras.n)}
	b.fields = append(b.fields, f)
	return f
}

// add takes in the terms of a paragraph.
func (f *fieldIn) add(terms []string, local uint32) {
	start := int32(len(f.seen))
	for _, t := range terms {
		if t == "" {
			continue
		}
		f.lengths[local]++
		no := f.number(indexer.CutTerm(t))
		if at := f.latest[no]; at >= start {
			f.seen[at].tf++
			continue
		}
		f.latest[no] = int32(len(f.seen))
		f.seen = append(f.seen, occurrence{no, local, 1})
	}
}

func (f *fieldIn) number(term string) uint32 {
	if no, ok := f.table.Find(f.texts, term); ok {
		return no
	}
	no := uint32(len(f.texts))
	f.texts, f.latest = append(f.texts, term), append(f.latest, -1)
	f.table.Add(term, no)
	return no
}

// write writes the segment.
func (b *builder) write(path string) error {
	w, err := newWriter(path)
	if err != nil {
		return err
	}
	defer w.f.Close()
	for _, f := range b.fields {
		if len(f.texts) == 0 {
			continue
		}
		w.field(f.name, f.lengths)
		if err := f.write(w); err != nil {
			return err
		}
	}
	return w.finish(&b.paras)
}

// write writes the lists of a field in the order of its terms.
func (f *fieldIn) write(w *writer) error {
	byTerm, ends := f.sorted()
	order := sortTerms(f.texts)
	var list []byte
	for _, no := range order {
		start := uint32(0)
		if no > 0 {
			start = ends[no-1]
		}
		list, next := list[:0], uint32(0)
		for _, at := range byTerm[start:ends[no]] {
			o := &f.seen[at]
			list = appendPosting(list, next, o.local, o.tf)
			next = o.local + 1
		}
		if err := w.term([]byte(f.texts[no]), int(ends[no]-start), list); err != nil {
			return err
		}
	}
	return nil
}

// sorted puts the occurrences in the order of their terms' numbers, and within
// a term in that of the paragraphs: a counting sort. ends has the end of each
// term's.
func (f *fieldIn) sorted() (byTerm, ends []uint32) {
	ends = make([]uint32, len(f.texts))
	for i := range f.seen {
		ends[f.seen[i].term]++
	}
	sum := uint32(0)
	next := make([]uint32, len(ends))
	for i, n := range ends {
		next[i] = sum
		sum += n
		ends[i] = sum
	}
	byTerm = make([]uint32, len(f.seen))
	for i := range f.seen {
		t := f.seen[i].term
		byTerm[next[t]] = uint32(i)
		next[t]++
	}
	return byTerm, ends
}

// sortTerms returns the numbers of terms in byte order. It compares the first
// eight bytes as a number, which spares most look-ups.
func sortTerms(texts []string) []uint32 {
	type keyed struct {
		key uint64
		no  uint32
	}
	list := make([]keyed, len(texts))
	for i, t := range texts {
		var b [8]byte
		copy(b[:], t)
		list[i] = keyed{binary.BigEndian.Uint64(b[:]), uint32(i)}
	}
	slices.SortFunc(list, func(a, b keyed) int {
		if a.key != b.key {
			return cmp.Compare(a.key, b.key)
		}
		return strings.Compare(texts[a.no], texts[b.no])
	})
	out := make([]uint32, len(list))
	for i := range list {
		out[i] = list[i].no
	}
	return out
}
