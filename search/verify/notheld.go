package verify

import (
	"context"
	"slices"

	"dalel/corpus"
	"dalel/corpus/law"
)

// NotHeld lists the documents that documents of a library cite by their number
// and that are not in it, by their canonical names, in order.
func NotHeld(ctx context.Context, lib Library) ([]string, error) {
	s := &drafting{Drafts: &Drafts{Library: lib}}
	if err := s.catalogue(ctx); err != nil {
		return nil, err
	}
	cited := map[string]bool{}
	for id, d := range s.facts {
		t, err := lib.Text(ctx, id)
		if err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for i := range t.Paragraphs {
			for _, r := range law.Find(t.Paragraphs[i].Text, law.Context{Date: d.Date()}) {
				if r.Kind == law.Document {
					cited[r.ID] = true
				}
			}
		}
	}
	out := []string{}
	for id := range cited {
		if len(s.held(id)) == 0 {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out, nil
}

// held returns the documents that a canonical name means: by symbol, or by the
// number in it.
func (s *drafting) held(id string) []corpus.ID {
	if held := s.byName[nameOf(id)]; len(held) > 0 {
		return held
	}
	if m := wgadName.FindStringSubmatch(id); m != nil {
		return s.byName[m[2]+"/"+m[1]]
	}
	if n := numberRE.FindString(id); n != "" {
		return s.byName[nameOf(n)]
	}
	return nil
}
