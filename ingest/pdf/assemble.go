package pdf

import (
	"math"

	"dalel/corpus"
	"dalel/ingest"
)

// lookahead is how many pages are read before the first is settled: heads,
// the size of the body and the words of the document are known from them.
// Memory stays bounded, and what was settled survives a crash.
const lookahead = 24

// assembler turns pages into paragraphs. Pages wait in a queue until enough
// is known about the document.
type assembler struct {
	out   ingest.Emitter
	total int // pages of the file
	queue []*page
	heads heads
	notes notes
	words vocabulary
	meter meter

	body   *paragraph // the last paragraph of the body, which may go on
	note   *paragraph // the same for notes
	labels []string   // the last printed numbers
	wait   []item     // what comes after an open paragraph
}

// item waits to be emitted: a paragraph or the account of a page.
type item struct {
	par  *paragraph
	page *corpus.Page
}

func newAssembler(out ingest.Emitter, pages int) *assembler {
	return &assembler{out: out, total: pages, heads: newHeads(), words: vocabulary{}, meter: newMeter()}
}

// add takes the next page.
func (a *assembler) add(p *page) error {
	if p.garbled() {
		p.lines = nil // signs that stand for nothing are no text to be found
	}
	a.heads.note(p)
	a.meter.note(p)
	for i := range p.lines {
		a.words.add(p.lines[i].text)
	}
	a.queue = append(a.queue, p)
	if len(a.queue) <= lookahead {
		return nil
	}
	return a.next()
}

// close settles the pages that wait.
func (a *assembler) close() error {
	for len(a.queue) > 0 {
		if err := a.next(); err != nil {
			return err
		}
	}
	a.body, a.note = nil, nil
	return a.flush()
}

func (a *assembler) next() error {
	p := a.queue[0]
	a.queue = a.queue[1:]
	a.settle(p)
	return a.flush()
}

// settle tells heads, notes and body of a page apart and makes paragraphs.
func (a *assembler) settle(p *page) {
	top, lines, bottom := a.heads.split(p, a.total)
	lines, bottom = takeRules(p, lines, bottom)
	if p.label == "" {
		p.label = p.given
	}
	p.mend()
	size := a.meter.bodySize()
	text, foot := a.notes.split(p, lines, size)
	for i := range lines {
		p.own += letters(lines[i].text)
	}
	a.pushHeads(p, top)
	tables := tableLines(text)
	for i := range text {
		a.bodyLine(p, &text[i], tables[i])
	}
	for i := range foot {
		a.noteLine(p, &foot[i])
	}
	if a.note != nil && a.note.lastPage < p.no {
		a.note = nil // a note goes on on the next page or nowhere
	}
	a.pushHeads(p, bottom)
	account := p.account(p.repaired())
	a.wait = append(a.wait, item{page: &account})
}

func (a *assembler) pushHeads(p *page, ls []line) {
	for i := range ls {
		a.push(&paragraph{role: corpus.RoleHeader, text: ls[i].text, spans: []corpus.PageSpan{p.span(0)}, repair: p.repair})
	}
}

// takeRules takes lines made of underscores out of the body: they are rules,
// drawn with letters.
func takeRules(p *page, lines, heads []line) (body, rest []line) {
	for _, l := range lines {
		if !ruleText.MatchString(l.text) {
			body = append(body, l)
			continue
		}
		heads = append(heads, l)
		if l.frame == 0 {
			p.addRules([]rule{{l.x0, l.x1, l.y}})
		}
	}
	return body, heads
}

func (p *page) span(start int) corpus.PageSpan {
	return corpus.PageSpan{Page: p.no, Label: p.label, Start: start}
}

func (a *assembler) push(par *paragraph) { a.wait = append(a.wait, item{par: par}) }

// flush emits what waits, up to a paragraph that may go on. A paragraph that
// blocks for pages is let go.
func (a *assembler) flush() error {
	const patience = 4 // pages
	pages := 0
	for _, it := range a.wait {
		if it.page != nil {
			pages++
		}
	}
	if pages > patience {
		a.body, a.note = nil, nil
	}
	for len(a.wait) > 0 {
		it := a.wait[0]
		if it.par != nil && (it.par == a.body || it.par == a.note) {
			return nil
		}
		a.wait = a.wait[1:]
		if it.page != nil {
			if err := a.out.Page(*it.page); err != nil {
				return err
			}
			continue
		}
		if it.par.finish(a.meter.bodySize()) {
			if err := a.out.Paragraph(it.par.result()); err != nil {
				return err
			}
		}
	}
	return nil
}

// meter measures a document: the size of its body and the distance of its
// lines.
type meter struct {
	sizes [400]int // letters, by size in quarters of a point
	gaps  [400]int // lines, by distance in quarters of a point
}

func newMeter() meter { return meter{} }

func (m *meter) note(p *page) {
	for i := range p.lines {
		l := &p.lines[i]
		m.sizes[quarter(l.size)] += letters(l.text)
		if i > 0 && p.lines[i-1].block == l.block {
			if g := p.lines[i-1].y - l.y; g > 0.5*l.size && g < 3*l.size {
				m.gaps[quarter(g)]++
			}
		}
	}
}

func quarter(v float64) int { return max(0, min(399, int(math.Round(4*v)))) }

// bodySize returns the most frequent size of letters, in points; of equals
// the larger.
func (m *meter) bodySize() float64 {
	best := 0
	for i, n := range m.sizes {
		if n > 0 && n >= m.sizes[best] {
			best = i
		}
	}
	if best == 0 {
		return 10
	}
	return float64(best) / 4
}

// leading returns the median distance of lines, in points.
func (m *meter) leading() float64 {
	total := 0
	for _, n := range m.gaps {
		total += n
	}
	sum := 0
	for i, n := range m.gaps {
		if sum += n; n > 0 && 2*sum >= total {
			return float64(i) / 4
		}
	}
	return 1.2 * m.bodySize()
}
