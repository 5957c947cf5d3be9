package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"dalel/ingest"
	"dalel/ingest/helper"
	"dalel/ingest/ocr"
)

// Recognition of a page is trusted from these on.
const (
	sureReading = 0.70 // mean confidence of its words
	anyReading  = 0.50 // with less it is no text: handwriting, drawings
	fewWords    = 3    // fewer words say that there was nothing to be read
)

// recogniser reads the pages of a file that are images.
type recogniser struct {
	engine *ocr.Engine
	render *helper.Program
	out    ingest.Emitter
	dir    string        // of temporary files; "" before the first
	budget time.Duration // for all pages; no limit when 0

	limited context.Context //nolint:containedctx // lives as long as one reading; nil before the first page
	stop    context.CancelFunc
	spent   bool // nothing is left of the budget
	told    bool
}

// newRecogniser returns a recogniser; nil when a program that it needs is not
// installed.
func newRecogniser(ctx context.Context, out ingest.Emitter, budget time.Duration) *recogniser {
	e, r := ocr.Find(ctx), ocr.Renderer(ctx)
	if e == nil || r == nil {
		return nil
	}
	return &recogniser{engine: e, render: r, out: out, budget: budget}
}

func (r *recogniser) close() {
	if r == nil {
		return
	}
	if r.stop != nil {
		r.stop()
	}
	if r.dir != "" {
		_ = os.RemoveAll(r.dir) // it is in the system's temporary folder
	}
}

// name records that the programs had their turn with this file.
func (r *recogniser) name() error {
	h, ok := r.out.(ingest.Helped)
	if r.told || !ok {
		return nil
	}
	r.told = true
	return h.Helper(r.engine.String())
}

// file returns a copy of the original that programs can open.
func (r *recogniser) file(d *document) (string, error) {
	if r.dir != "" {
		return filepath.Join(r.dir, "original.pdf"), nil
	}
	dir, err := os.MkdirTemp("", "dalel-ocr-*")
	if err != nil {
		return "", err
	}
	r.dir = dir
	name := filepath.Join(dir, "original.pdf")
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	_, err = io.Copy(f, io.NewSectionReader(d.src.r, 0, d.size))
	return name, errors.Join(err, f.Close())
}

// read reads page p from its image, where that promises more than the text of
// the file. What fails becomes a warning of the page.
func (r *recogniser) read(ctx context.Context, d *document, p *page) error {
	if r == nil || !p.wantsReading() {
		return nil
	}
	if err := r.name(); err != nil {
		return err
	}
	if s, ok := r.out.(ingest.Patient); ok {
		if err := s.Slow(1); err != nil {
			return err
		}
	}
	seen, dpi, err := r.within(ctx, d, p)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if r.spent && err != nil {
		p.warn("the image of the page was not read: it would take too long here; dalel ingest reads it")
		return nil //nolint:nilerr // the page says so
	}
	if err != nil {
		p.warn("the image of the page could not be read: " + err.Error())
		return nil //nolint:nilerr // the page says so
	}
	p.recognised(seen, inch/float64(dpi), r.engine)
	return nil
}

// within reads the image of a page in what is left of the budget, which runs
// from the first page on.
func (r *recogniser) within(ctx context.Context, d *document, p *page) (*ocr.Page, int, error) {
	if r.budget == 0 {
		return r.image(ctx, d, p)
	}
	if r.limited == nil {
		r.limited, r.stop = context.WithTimeout(ctx, r.budget)
	}
	seen, dpi, err := r.image(r.limited, d, p) //nolint:contextcheck // it comes from the ctx of the first page
	r.spent = r.limited.Err() != nil
	return seen, dpi, err
}

func (r *recogniser) image(ctx context.Context, d *document, p *page) (*ocr.Page, int, error) {
	file, err := r.file(d)
	if err != nil {
		return nil, 0, err
	}
	dpi := ocr.Resolution(p.width, p.height, ocr.DPI)
	img, err := ocr.Render(ctx, r.render, file, p.no, dpi, true, r.dir)
	if err != nil {
		return nil, 0, err
	}
	defer os.Remove(img) //nolint:errcheck // the folder goes with the file
	pages, err := r.engine.Read(ctx, img)
	if err == nil && len(pages) == 0 {
		err = errors.New("tesseract gave nothing")
	}
	if err != nil {
		return nil, 0, err
	}
	return &pages[0], dpi, nil
}

// wantsReading reports whether the text in the file is not what the page says:
// an image with no words, or with the few of a stamp, letters without text,
// letters drawn as outlines, or text that is none.
func (p *page) wantsReading() bool {
	text := p.text()
	chars, words := 0, 0
	for w := range strings.FieldsSeq(text) {
		words++
		chars += len([]rune(w))
	}
	switch {
	case p.lost, p.hidden*2 > p.glyphs && words >= stampWords:
		return false
	case chars < minLetters:
		return p.images > 0 || chars == 0 && (p.glyphs+p.private > 0 || p.strokes >= drawnLetters)
	case p.imageArea >= stampImage && words < stampWords, p.garbled(), float64(p.unknown) > unknownShare*float64(p.glyphs):
		return true
	}
	return letters(text)*4 >= chars && score(text) < doubtfulScore
}

// text returns the lines of a page, as they are scored.
func (p *page) text() string {
	var sb strings.Builder
	for i := range p.lines {
		sb.WriteString(p.lines[i].text)
		sb.WriteByte('\n')
	}
	return sb.String()
}

// recognised takes over what was read from the image, unless the text of the
// file says more. Scale is points a pixel.
func (p *page) recognised(seen *ocr.Page, scale float64, e *ocr.Engine) {
	if c := seen.Confidence(); len(seen.Words) < fewWords || c < anyReading {
		p.warn(fmt.Sprintf("nothing could be recognised on the image of the page (%s, confidence %.2f)", e, c))
		return
	}
	if !p.improves(seen) {
		return
	}
	p.ocr, p.engine = seen.Confidence(), e.String()
	p.warn(e.Describe(p.ocr))
	p.lines = nil
	p.unknown, p.private, p.hidden = 0, 0, 0
	p.glyphs = len(seen.Words)
	p.layout(glyphsOf(seen, p.height, scale))
}

// improves reports whether what was recognised is more than the text of the
// file. Where that is good text, such as the words of a stamp over a scan, it
// must be seen too, and as much again.
func (p *page) improves(seen *ocr.Page) bool {
	old := strings.Fields(p.text())
	switch {
	case p.garbled() || len(old) == 0:
		return true
	case p.unknown == 0 && letters(p.text()) >= minLetters && score(p.text()) < doubtfulScore:
		return len(seen.Words)*2 > len(old) // words of no language
	}
	have := map[string]bool{}
	for i := range seen.Words {
		have[strings.ToLower(seen.Words[i].Text)] = true
	}
	found := 0
	for _, w := range old {
		if have[strings.ToLower(w)] {
			found++
		}
	}
	return len(seen.Words) >= 2*len(old) && 2*found >= len(old)
}

// inch is its length in points.
const inch = 72

// descenders reach below the baseline.
const descenders = "gjpqyQ,;()[]{}ђјруфцщДЦЩұүқңһҚҢ"

// glyphsOf makes glyphs of words: one a word, of the size that the lines of the
// page have. Scale is points a pixel.
func glyphsOf(seen *ocr.Page, height, scale float64) []glyph {
	var out []glyph
	size := lineSize(seen) * scale
	run := 0
	for i := 0; i < len(seen.Words); {
		j := i + 1
		for j < len(seen.Words) && sameOCRLine(&seen.Words[i], &seen.Words[j]) {
			j++
		}
		run++
		line := seen.Words[i:j]
		base, tall := measure(line)
		lineHeight := tall * scale
		if lineHeight > 0.75*size && lineHeight < 1.35*size { // letters without tails look smaller
			lineHeight = size
		}
		y := height - base*scale
		for k, w := range line {
			if k > 0 {
				at := line[k-1].X1 * scale
				out = append(out, glyph{text: " ", x0: at, x1: w.X0 * scale, y0: y, y1: y, size: lineHeight, run: run})
			}
			out = append(out, glyph{text: w.Text, x0: w.X0 * scale, x1: w.X1 * scale, y0: y, y1: y, size: lineHeight, run: run})
		}
		i = j
	}
	return out
}

func sameOCRLine(a, b *ocr.Word) bool {
	return a.Block == b.Block && a.Par == b.Par && a.Line == b.Line
}

// measure returns the baseline of a line, in pixels from above, and the size of
// its type: that of a capital letter is 0.7 of it.
func measure(line []ocr.Word) (base, size float64) {
	var bottoms, heights []float64
	for _, w := range line {
		h := w.Y1 - w.Y0
		bottom := w.Y1
		if strings.ContainsAny(w.Text, descenders) {
			bottom -= 0.22 * h
			h *= 0.78
		}
		bottoms, heights = append(bottoms, bottom), append(heights, h)
	}
	slices.Sort(bottoms)
	slices.Sort(heights)
	return bottoms[len(bottoms)/2], heights[len(heights)*3/4] / 0.7
}

// lineSize returns the median size of the lines of a page, in pixels.
func lineSize(seen *ocr.Page) float64 {
	var sizes []float64
	for i := 0; i < len(seen.Words); {
		j := i + 1
		for j < len(seen.Words) && sameOCRLine(&seen.Words[i], &seen.Words[j]) {
			j++
		}
		_, s := measure(seen.Words[i:j])
		sizes = append(sizes, s)
		i = j
	}
	slices.Sort(sizes)
	if len(sizes) == 0 {
		return 0
	}
	return sizes[len(sizes)/2]
}

// longSide is how long an image is taken to be, in points: a sheet of A4.
const longSide = 842

// EmitImages lays out images that an engine has read and emits their text, each
// as a page. A nil engine gives their accounts alone: they are not read.
func EmitImages(seen []ocr.Page, e *ocr.Engine, out ingest.Emitter) error {
	a := newAssembler(out, len(seen))
	for i := range seen {
		s := &seen[i]
		scale := longSide / max(1, s.Width, s.Height)
		p := &page{no: i + 1, width: s.Width * scale, height: s.Height * scale, images: 1, imageArea: 1}
		if e != nil {
			p.recognised(s, scale, e)
		}
		if err := a.add(p); err != nil {
			return err
		}
	}
	return a.close()
}
