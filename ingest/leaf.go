package ingest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	"dalel/corpus"
)

// Leaf is a page of an original as it looks, with the places of its words.
type Leaf struct {
	Image         []byte     `json:"image"` // PNG or JPEG
	Width, Height float64    // of the page, in points
	Words         []LeafWord `json:"words"` // in reading order
}

// LeafWord is a word and where it stands, in points from the upper left corner.
type LeafWord struct {
	Text string     `json:"t"`
	Box  [4]float64 `json:"b"` // left, top, right, bottom
}

// Leafer is an Extractor that can show a page. The words are those of the text
// that it gives: extraction is deterministic, so that their places need not be
// stored. It returns ErrNoRenderer when the program that draws is not there.
type Leafer interface {
	Leaf(ctx context.Context, r Reader, page, dpi int) (*Leaf, error)
}

// ErrNoRenderer says that no program is installed that draws pages.
var ErrNoRenderer = &corpus.Error{Op: "ingest.leaf", Kind: corpus.ErrUnavailable, Err: errors.New("no program is installed that draws pages: install poppler-utils")}

// Leaf shows a page of a document, in a worker process.
func (w *Worker) Leaf(ctx context.Context, doc *os.File, mediaType string, page, dpi int) (*Leaf, error) {
	var leaf *Leaf
	args := []string{"-leaf", strconv.Itoa(page), "-dpi", strconv.Itoa(dpi)}
	err := w.run(ctx, doc, mediaType, args, func(m *message) error {
		if m.Leaf != nil {
			leaf = m.Leaf
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case leaf == nil:
		return nil, ErrNoRenderer
	}
	return leaf, nil
}

// leafFrom shows a page in the worker process. Nothing is sent when no program
// draws.
func leafFrom(ctx context.Context, in *os.File, mediaType string, page, dpi int, formats Formats, s *sender) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &corpus.Error{Op: "ingest.leaf", Kind: corpus.ErrDamaged, Err: fmt.Errorf("the reader failed: %v", r)}
		}
	}()
	x, ok := formats[mediaType].(Leafer)
	if !ok {
		return &corpus.Error{Op: "ingest.leaf", Kind: corpus.ErrUnsupported, Err: fmt.Errorf("%s has no pages to show", mediaType)}
	}
	info, err := in.Stat()
	if err != nil {
		return err
	}
	leaf, err := x.Leaf(ctx, sized{in, info.Size()}, page, dpi)
	if errors.Is(err, ErrNoRenderer) {
		return nil
	}
	if err != nil {
		return err
	}
	if n := len(leaf.Image); n > maxLeaf {
		return &corpus.Error{Op: "ingest.leaf", Kind: corpus.ErrDamaged, Err: fmt.Errorf("the image of the page has %d MiB", n>>20)}
	}
	return s.send(message{Leaf: leaf})
}

// maxLeaf bounds the image of a page, in bytes. Its base64 must fit into a line
// of the protocol.
const maxLeaf = 10 << 20
