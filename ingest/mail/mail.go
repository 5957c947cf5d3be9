// Package mail reads letters: EML and MBOX-less MIME messages (RFC 5322), those
// of Outlook (MSG), and pages that browsers saved as MIME (MHTML). A letter is
// one document: who wrote to whom, when, about what, and the text. What is
// attached are documents of their own, named after the letter.
package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/html"
	"dalel/ingest/rtf"
	"dalel/ingest/text"
)

// maxSize is the longest message, in bytes: it is held in memory whole.
const maxSize = 128 << 20

// Extractor reads letters. Outlook tells the two formats apart.
type Extractor struct{ Outlook bool }

// Name returns engine and version.
func (x Extractor) Name() string {
	if x.Outlook {
		return "msg@1"
	}
	return "eml@1"
}

// letter is a message of either format.
type letter struct {
	heads    [][2]string // name and value, in the order to be shown
	subject  string
	date     time.Time
	plain    string
	html     []byte
	rtf      []byte
	enclosed []enclosure
	faults   []string
}

// enclosure is an attached file.
type enclosure struct {
	name string
	body []byte
}

// Extract implements ingest.Extractor.
func (x Extractor) Extract(ctx context.Context, r ingest.Reader, out ingest.Emitter) error {
	l, err := x.parse(r)
	if err != nil {
		return err
	}
	for _, f := range l.faults {
		if err := out.Warn(f); err != nil {
			return err
		}
	}
	if err := l.facts(out); err != nil {
		return err
	}
	if err := l.header(out); err != nil {
		return err
	}
	switch {
	case strings.TrimSpace(l.plain) != "":
		err = text.Emit(ctx, l.plain, out)
	case len(bytes.TrimSpace(l.html)) > 0:
		err = html.Extractor{}.Extract(ctx, bytes.NewReader(l.html), bodyOnly{out})
	case len(l.rtf) > 0:
		err = rtf.Extractor{}.Extract(ctx, bytes.NewReader(l.rtf), bodyOnly{out})
	}
	if err != nil {
		return err
	}
	return l.listEnclosed(out)
}

func (x Extractor) parse(r ingest.Reader) (*letter, error) {
	if r.Size() > maxSize {
		return nil, damaged(fmt.Errorf("the message is larger than %d MiB", maxSize>>20))
	}
	if x.Outlook {
		return parseMSG(r)
	}
	b, err := io.ReadAll(io.NewSectionReader(r, 0, r.Size()))
	if err != nil {
		return nil, damaged(err)
	}
	return parseEML(b)
}

func damaged(err error) error {
	return &corpus.Error{Op: "mail.extract", Kind: corpus.ErrDamaged, Err: err}
}

// facts are the subject and the day.
func (l *letter) facts(out ingest.Emitter) error {
	var err error
	if s := ingest.OneLine(l.subject); s != "" {
		err = out.Fact(corpus.KeyTitle, corpus.Fact{Values: []string{s}, Origin: corpus.FromFile, Confidence: 0.7})
	}
	if !l.date.IsZero() {
		day := l.date.Format(time.DateOnly)
		err = errors.Join(err, out.Fact(corpus.KeyDate, corpus.Fact{Values: []string{day}, Origin: corpus.FromFile, Confidence: 0.7}))
	}
	return err
}

// header emits the lines of the head: who wrote to whom is evidence.
func (l *letter) header(out ingest.Emitter) error {
	for _, h := range l.heads {
		value := ingest.OneLine(h[1])
		if value == "" {
			continue
		}
		p := corpus.Paragraph{Role: corpus.RoleBody, Text: h[0] + ": " + value}
		if h[0] == "Subject" {
			p = corpus.Paragraph{Role: corpus.RoleHeading, Text: value}
		}
		for _, piece := range ingest.SplitLong(p.Text) {
			p.Text = piece
			if err := out.Paragraph(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// listEnclosed names what is attached: the files are documents of their own.
func (l *letter) listEnclosed(out ingest.Emitter) error {
	for _, e := range l.enclosed {
		if name := ingest.OneLine(e.name); name != "" {
			if err := out.Paragraph(corpus.Paragraph{Role: corpus.RoleBody, Text: "[" + name + "]"}); err != nil {
				return err
			}
		}
	}
	return nil
}

// bodyOnly drops the facts of a page that is the body of a letter: its title
// is that of a template.
type bodyOnly struct{ ingest.Emitter }

func (bodyOnly) Fact(corpus.Key, corpus.Fact) error { return nil }
