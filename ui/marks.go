package ui

import (
	"context"
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/search"
	"dalel/search/query"
)

// maxMarks is how many marks of a query are looked up when nothing was found.
const maxMarks = 8

// mark is what a paragraph may be marked with: who is speaking, or the part of
// the document that it stands in.
type mark struct {
	Key   corpus.Key // keyVoice or keyIn
	Value string
}

// marks lists the marks that s asks for, in its filters and in its query.
func (s state) marks() []mark {
	var out []mark
	add := func(k corpus.Key, value string) {
		if m := (mark{k, value}); !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	for _, k := range []corpus.Key{keyVoice, keyIn} {
		for _, value := range s.Values[k] {
			add(k, value)
		}
	}
	node, err := query.Parse(s.Q)
	if s.Any || err != nil {
		return out
	}
	query.Walk(node, func(n query.Node) bool {
		if m, ok := n.(*query.Match); ok {
			switch m.Field {
			case query.FieldVoice:
				add(keyVoice, m.Text)
			case query.FieldIn:
				add(keyIn, m.Text)
			default:
			}
		}
		_, without := n.(*query.Not)
		return !without
	})
	return out
}

// unmarked returns the marks that s asks for and no paragraph of the
// collection has: with them a search finds nothing, whatever its words.
func (s *Server) unmarked(ctx context.Context, st state) ([]mark, error) {
	var out []mark
	all := st.marks()
	for _, m := range all[:min(maxMarks, len(all))] {
		q := string(m.Key) + `:"` + strings.ReplaceAll(m.Value, `"`, " ") + `"`
		if _, err := query.Parse(q); err != nil {
			continue // no value of ours, and the filter says so
		}
		res, err := s.search.Search(ctx, search.Request{Query: q, Limit: 1})
		if err != nil {
			return nil, err
		}
		if res.Hits == 0 {
			out = append(out, m)
		}
	}
	return out, nil
}
