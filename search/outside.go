package search

import (
	"context"
	"slices"

	"dalel/corpus"
	"dalel/search/query"
)

// Outside is what a query without hits finds where its marks do not hold: no
// operative part has the words, but three other passages have.
type Outside struct {
	Fields []query.Field // the marks that were left out: in, voice, category, status
	Query  string        // without them
	Hits   int           // passages
	Works  int
}

// markFields are the fields that ask for what only some passages are marked
// with.
var markFields = []query.Field{query.FieldIn, query.FieldVoice, query.FieldCategory, query.FieldStatus}

// outside answers a query that found nothing without its marks. It is nil if
// it has none, nothing else, or nothing is found then either.
func (e *Engine) outside(ctx context.Context, tokens *stream, req Request, node query.Node) (*Outside, error) {
	rest, fields := query.Without(node, markFields...)
	narrow := req.Filter.marks()
	if rest == nil || len(fields) == 0 && len(narrow) == 0 {
		return nil, nil //nolint:nilnil // nothing to offer
	}
	fields = append(fields, narrow...)
	slices.Sort(fields)
	bare := Request{Query: rest.String(), Filter: req.Filter.bare(), Any: req.Any}
	prog, err := e.compile(ctx, tokens, bare, rest)
	if err != nil {
		return nil, err
	}
	a, err := e.sweepFor(ctx, tokens, bare, prog)
	if err != nil {
		return nil, err
	}
	out := &Outside{Fields: slices.Compact(fields), Query: bare.Query}
	for docs := range worksIn(a.view, withoutFails(a.found.docs)) {
		out.Works++
		for _, d := range docs {
			out.Hits += d.to - d.from
		}
	}
	if out.Hits == 0 {
		return nil, nil //nolint:nilnil // nothing to offer
	}
	return out, nil
}

// marks returns the fields of a filter on what passages are marked with.
func (f *Filter) marks() []query.Field {
	var out []query.Field
	if len(f.Sections) > 0 {
		out = append(out, query.FieldIn)
	}
	if len(f.Voices) > 0 {
		out = append(out, query.FieldVoice)
	}
	if len(f.Facts[corpus.KeyCategory]) > 0 {
		out = append(out, query.FieldCategory)
	}
	if len(f.Facts[corpus.KeyStatus]) > 0 {
		out = append(out, query.FieldStatus)
	}
	return out
}

// bare returns the filter without its marks.
func (f *Filter) bare() Filter {
	out := *f
	out.Sections, out.Voices = nil, nil
	out.Facts = map[corpus.Key][]string{}
	for k, v := range f.Facts {
		if k != corpus.KeyCategory && k != corpus.KeyStatus {
			out.Facts[k] = v
		}
	}
	return out
}
