// Package facsimile shows pages of originals as they look, with the words that
// a search found marked on them. Pages are drawn by a program that is
// installed, in a worker, and kept in memory for a while: nothing of them is
// written to disk.
package facsimile

import (
	"bytes"
	"container/list"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	_ "image/png" // what the program draws
	"os"
	"sync"

	"dalel/corpus"
	"dalel/ingest"
)

// Resolution is that of the images, in dots per inch: an A4 page is 1,240
// pixels wide.
const Resolution = 150

// maxKept is how many bytes of pages are kept.
const maxKept = 64 << 20

// quality of the images, for text on paper.
const quality = 82

// Desk draws pages, one at a time, and keeps the last. Its zero value needs a
// Worker.
type Desk struct {
	Worker *ingest.Worker

	drawing sync.Mutex // held while a page is drawn
	mu      sync.Mutex
	kept    map[key]*list.Element
	order   list.List // of *entry, the last used first
	size    int
}

type key struct {
	doc  corpus.ID
	page int
}

type entry struct {
	key
	leaf *ingest.Leaf
}

// Passage is a part of a paragraph that stands on a page, and what of it is to
// be marked.
type Passage struct {
	Text  string
	Spans []ingest.Span
}

// Page returns a page as a JPEG image with passages marked. It is
// corpus.ErrUnavailable when no program is installed that draws.
func (d *Desk) Page(ctx context.Context, doc *corpus.Document, original *os.File, page int, marked []Passage) ([]byte, error) {
	leaf, err := d.leaf(ctx, doc, original, page)
	if err != nil {
		return nil, err
	}
	var boxes [][4]float64
	for _, p := range marked {
		boxes = append(boxes, leaf.Mark(p.Text, p.Spans)...)
	}
	return paint(leaf, boxes)
}

func (d *Desk) leaf(ctx context.Context, doc *corpus.Document, original *os.File, page int) (*ingest.Leaf, error) {
	k := key{doc.ID, page}
	if l := d.find(k); l != nil {
		return l, nil
	}
	d.drawing.Lock()
	defer d.drawing.Unlock()
	if l := d.find(k); l != nil {
		return l, nil
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l, err := d.Worker.Leaf(ctx, original, doc.MediaType, page, Resolution)
	if err != nil {
		return nil, err
	}
	d.keep(k, l)
	return l, nil
}

func (d *Desk) find(k key) *ingest.Leaf {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, ok := d.kept[k]
	if !ok {
		return nil
	}
	d.order.MoveToFront(e)
	return e.Value.(*entry).leaf //nolint:forcetypeassert // the list holds nothing else
}

// keep keeps a page, and drops those that were not used longest.
func (d *Desk) keep(k key, l *ingest.Leaf) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.kept == nil {
		d.kept = map[key]*list.Element{}
	}
	d.kept[k] = d.order.PushFront(&entry{k, l})
	d.size += weight(l)
	for d.size > maxKept && d.order.Len() > 1 {
		old := d.order.Remove(d.order.Back()).(*entry) //nolint:forcetypeassert // the list holds nothing else
		delete(d.kept, old.key)
		d.size -= weight(old.leaf)
	}
}

// weight is about how many bytes of memory a page takes.
func weight(l *ingest.Leaf) int {
	const word = 80
	return len(l.Image) + word*len(l.Words)
}

// maxDrawn bounds an image that is painted on, in pixels.
const maxDrawn = 40e6

// marker is the ink of the marker pen: light is left through as it is.
var marker = color.RGBA{R: 255, G: 220, B: 102, A: 255}

// paint marks boxes on the image of a page.
func paint(l *ingest.Leaf, boxes [][4]float64) ([]byte, error) {
	conf, _, err := image.DecodeConfig(bytes.NewReader(l.Image))
	if err == nil && float64(conf.Width)*float64(conf.Height) > maxDrawn {
		err = fmt.Errorf("%d x %d pixels are too many", conf.Width, conf.Height)
	}
	if err != nil {
		return nil, &corpus.Error{Op: "facsimile", Kind: corpus.ErrDamaged, Err: err}
	}
	src, _, err := image.Decode(bytes.NewReader(l.Image))
	if err != nil {
		return nil, &corpus.Error{Op: "facsimile", Kind: corpus.ErrDamaged, Err: err}
	}
	b := src.Bounds()
	page := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(page, page.Bounds(), image.White, image.Point{}, draw.Src) // paper, where the image is transparent
	draw.Draw(page, page.Bounds(), src, b.Min, draw.Over)
	sx, sy := float64(b.Dx())/max(1, l.Width), float64(b.Dy())/max(1, l.Height)
	for _, box := range boxes {
		const margin = 1.0 // points, so that a letter does not touch the edge
		highlight(page, image.Rect(int((box[0]-margin)*sx), int((box[1]-margin)*sy), int((box[2]+margin)*sx)+1, int((box[3]+margin)*sy)+1))
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, page, &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// highlight multiplies the pixels of a rectangle by the ink.
func highlight(page *image.RGBA, r image.Rectangle) {
	r = r.Intersect(page.Bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		row := page.Pix[page.PixOffset(r.Min.X, y):page.PixOffset(r.Max.X, y)]
		for i := 0; i+3 < len(row); i += 4 {
			row[i] = uint8(int(row[i]) * int(marker.R) / 255)
			row[i+1] = uint8(int(row[i+1]) * int(marker.G) / 255)
			row[i+2] = uint8(int(row[i+2]) * int(marker.B) / 255)
		}
	}
}
