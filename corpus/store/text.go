package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"dalel/corpus"

	"github.com/klauspost/compress/zstd"
)

// maxText bounds the bytes of a text when it is read back, so that a file that
// was tampered with cannot fill the memory.
const maxText = 2 << 30

// textHead is the first line of a stored text.
type textHead struct {
	Format     int       `json:"format"` // 1
	Doc        corpus.ID `json:"doc"`
	Extractor  string    `json:"extractor"`
	Text       string    `json:"text"` // hash of T
	Pages      int       `json:"pages"`
	Paragraphs int       `json:"paragraphs"`
	Warnings   []string  `json:"warnings,omitempty"`
}

// textPara is the line of a paragraph.
type textPara struct {
	Ord     int                `json:"para"`
	Pages   []corpus.PageSpan  `json:"pages,omitempty"`
	Label   string             `json:"label,omitempty"`
	Role    corpus.Role        `json:"role,omitempty"`
	Section corpus.SectionKind `json:"section,omitempty"`
	Path    []string           `json:"path,omitempty"`
	Voice   corpus.Voice       `json:"voice,omitempty"`
	Lang    string             `json:"lang,omitempty"`
	Under   int                `json:"under,omitempty"`
	Quotes  []corpus.Quote     `json:"quotes,omitempty"`
	Text    string             `json:"text"`
	Raw     string             `json:"raw,omitempty"`
	Anchor  *corpus.Anchor     `json:"anchor,omitempty"`
}

// encodeText makes the stored form of a text, not yet compressed.
func encodeText(id corpus.ID, t *corpus.Text, hash string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(textHead{
		Format: 1, Doc: id, Extractor: t.Extractor, Text: hash,
		Pages: len(t.Pages), Paragraphs: len(t.Paragraphs), Warnings: t.Warnings,
	})
	for i := range t.Pages {
		err = errors.Join(err, e.Encode(&t.Pages[i]))
	}
	for i := range t.Paragraphs {
		err = errors.Join(err, e.Encode((*textPara)(&t.Paragraphs[i])))
	}
	return b.Bytes(), err
}

// decodeText reads what encodeText made.
func decodeText(r io.Reader) (*corpus.Text, textHead, error) {
	dec := json.NewDecoder(r)
	var h textHead
	if err := dec.Decode(&h); err != nil {
		return nil, h, err
	}
	if h.Format != 1 {
		return nil, h, fmt.Errorf("%w: text format %d", corpus.ErrUnsupported, h.Format)
	}
	t := &corpus.Text{Extractor: h.Extractor, Warnings: h.Warnings}
	for range h.Pages {
		var p corpus.Page
		if err := dec.Decode(&p); err != nil {
			return nil, h, err
		}
		t.Pages = append(t.Pages, p)
	}
	for range h.Paragraphs {
		var p textPara
		if err := dec.Decode(&p); err != nil {
			return nil, h, err
		}
		t.Paragraphs = append(t.Paragraphs, corpus.Paragraph(p))
	}
	return t, h, nil
}

// codec compresses texts. It may be used by several goroutines.
type codec struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

// newCodec makes a codec whose output does not depend on timing.
func newCodec() (*codec, error) {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(true), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxText), zstd.WithDecoderLowmem(true))
	return &codec{enc, dec}, err
}

func (c *codec) pack(b []byte) []byte { return c.enc.EncodeAll(b, nil) }

// unpack reads a text from its stored, compressed form.
func (c *codec) unpack(b []byte) (*corpus.Text, textHead, error) {
	plain, err := c.dec.DecodeAll(b, nil)
	if err != nil {
		return nil, textHead{}, err
	}
	return decodeText(bytes.NewReader(plain))
}

func (c *codec) close() error {
	c.dec.Close()
	return c.enc.Close()
}

// validText checks what the canonical text T rests on: paragraphs of valid
// UTF-8 on one line, numbered from 1.
func validText(t *corpus.Text) error {
	if !validExtractor(t.Extractor) {
		return fmt.Errorf("extractor name %q", t.Extractor)
	}
	for i := range t.Paragraphs {
		p := &t.Paragraphs[i]
		switch {
		case p.Ord != i+1:
			return fmt.Errorf("paragraph %d has ordinal %d", i+1, p.Ord)
		case !utf8.ValidString(p.Text):
			return fmt.Errorf("paragraph %d is not UTF-8", p.Ord)
		case strings.ContainsRune(p.Text, '\n'):
			return fmt.Errorf("paragraph %d has a line feed", p.Ord)
		}
	}
	return nil
}
