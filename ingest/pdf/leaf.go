package pdf

import (
	"context"
	"fmt"
	"math"
	"os"
	"strings"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/ocr"
)

var _ ingest.Leafer = Extractor{}

// Leaf implements ingest.Leafer: the page is drawn by pdftoppm, and its words
// are found as Extract finds them.
func (x Extractor) Leaf(ctx context.Context, r ingest.Reader, no, dpi int) (*ingest.Leaf, error) {
	render := ocr.Renderer(ctx)
	if render == nil {
		return nil, ingest.ErrNoRenderer
	}
	d, err := open(ctx, r)
	if err != nil {
		return nil, err
	}
	var pages []pageRef
	if err := safely(func() (err error) {
		pages, err = d.listPages(ctx)
		return err
	}); err != nil {
		return nil, err
	}
	if no < 1 || no > len(pages) {
		return nil, &corpus.Error{Op: "pdf.leaf", Kind: corpus.ErrNotFound, Err: fmt.Errorf("page %d of %d", no, len(pages))}
	}
	d.boxes = true
	p, err := readPage(ctx, d, pages, no-1)
	if err != nil {
		return nil, err
	}
	draw := &recogniser{engine: ocr.Find(ctx), render: render, out: silent{}}
	defer draw.close()
	if x.Recognise && draw.engine != nil {
		if err := draw.read(ctx, d, p); err != nil {
			return nil, err
		}
	}
	file, err := draw.file(d)
	if err != nil {
		return nil, err
	}
	png, err := ocr.Render(ctx, render, file, no, ocr.Resolution(p.width, p.height, dpi), false, draw.dir)
	if err != nil {
		return nil, damaged(err)
	}
	image, err := os.ReadFile(png)
	if err != nil {
		return nil, err
	}
	return &ingest.Leaf{Image: image, Width: p.width, Height: p.height, Words: p.words()}, nil
}

// silent is an Emitter that nobody listens to.
type silent struct{}

func (silent) Page(corpus.Page) error             { return nil }
func (silent) Paragraph(corpus.Paragraph) error   { return nil }
func (silent) Fact(corpus.Key, corpus.Fact) error { return nil }
func (silent) Warn(string) error                  { return nil }

// ImageLeaf returns the words of a recognised image with their places, as
// EmitImages lays it out.
func ImageLeaf(seen *ocr.Page, e *ocr.Engine) *ingest.Leaf {
	scale := longSide / max(1, seen.Width, seen.Height)
	p := &page{no: 1, width: seen.Width * scale, height: seen.Height * scale, images: 1, imageArea: 1, boxes: true}
	if e != nil {
		p.recognised(seen, scale, e)
	}
	return &ingest.Leaf{Width: p.width, Height: p.height, Words: p.words()}
}

// Extent of a word above and below its baseline, in font sizes.
const (
	ascent  = 0.8
	descent = 0.22
)

// wordBox is a word of a segment, in the frame of its direction.
type wordBox struct {
	text      string
	x0, x1, y float64
	size      float64
}

// keepWord adds a glyph to the boxes of a segment; fresh begins a word.
func (b *builder) keepWord(g *glyph, text string, fresh bool) {
	n := len(b.words)
	if n == 0 || fresh {
		b.words = append(b.words, wordBox{text, g.x0, g.x1, g.y0, g.size})
		return
	}
	w := &b.words[n-1]
	w.text += text
	w.x1 = max(w.x1, g.x1)
	if g.size > w.size {
		w.size, w.y = g.size, g.y0
	}
}

// words returns the words of a page in reading order.
func (p *page) words() []ingest.LeafWord {
	var out []ingest.LeafWord
	for i := range p.lines {
		l := &p.lines[i]
		sin, cos := math.Sincos(float64(l.frame) * math.Pi / 180)
		for _, w := range l.words {
			box := [4]float64{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
			for _, c := range [][2]float64{{w.x0, w.y - descent*w.size}, {w.x1, w.y + ascent*w.size}, {w.x0, w.y + ascent*w.size}, {w.x1, w.y - descent*w.size}} {
				x, y := c[0]*cos-c[1]*sin, p.height-(c[0]*sin+c[1]*cos)
				box = [4]float64{min(box[0], x), min(box[1], y), max(box[2], x), max(box[3], y)}
			}
			for k := range box {
				box[k] = math.Round(box[k]*100) / 100
			}
			if t := strings.TrimSpace(w.text); t != "" {
				out = append(out, ingest.LeafWord{Text: t, Box: box})
			}
		}
	}
	return out
}
