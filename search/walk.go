package search

import (
	"context"

	"dalel/corpus/lang"
	"dalel/search/query"
)

// walked is one passage of a walk, with where the query found something.
type walked struct {
	para   ParaNo
	doc    DocNo
	score  float64 // of a name: how well it agrees, 0 to 1
	places []place // of what the query asks for, by start
	text   string
	tokens []lang.Token // of text, those of the stream
	stream *stream
}

// span returns the bytes of the text that a run of tokens covers, the second
// inclusive.
func (w *walked) span(first, last int) (start, end int) {
	return w.tokens[first].Start, w.tokens[last].End
}

// sentences lists the sentences that the places stand in.
func (w *walked) sentences() map[uint16]bool {
	out := map[uint16]bool{}
	for _, p := range w.places {
		for i := p.tokens[0]; i <= p.tokens[1]; i++ {
			out[w.stream.tokens[i].Sentence] = true
		}
	}
	return out
}

// walk answers a query and visits every passage of the answer in the order they
// are stored. Reports are made of walks: a search shows a page of passages, a
// report counts all of them.
func (e *Engine) walk(ctx context.Context, view View, req Request, visit func(w *walked) error) error {
	node, err := query.Parse(req.Query)
	if err != nil {
		return err
	}
	tokens := e.begin(view)
	defer e.end(tokens)
	prog, err := e.compile(ctx, tokens, req, node)
	if err != nil {
		return err
	}
	a, err := e.sweepFor(ctx, tokens, req, prog)
	if err != nil {
		return err
	}
	for _, d := range a.found.docs {
		if d.fails != 0 {
			continue
		}
		for _, p := range a.found.passages[d.from:d.to] {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := a.visit(p.para, d.doc, visit); err != nil {
				return err
			}
		}
	}
	return nil
}

// visit loads one passage.
func (a *answer) visit(no ParaNo, doc DocNo, visit func(*walked) error) error {
	s := a.ranker.stream
	if err := s.load(no); err != nil {
		return err
	}
	para, err := a.view.Paragraph(no)
	if err != nil {
		return err
	}
	w := &walked{para: no, doc: doc, text: para.Text, tokens: lang.Tokens(para.Text), stream: s}
	if len(w.tokens) != len(s.tokens) {
		return nil // analysed by other rules; the index is about to be made again
	}
	for i := range a.prog.leaves {
		if l := &a.prog.leaves[i]; !l.negative {
			w.places = l.op.find(s, w.places)
		}
	}
	sortPlaces(w.places)
	for _, n := range a.names {
		w.score = max(w.score, float64(n.likeness(no)))
	}
	return visit(w)
}
