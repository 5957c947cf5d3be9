package ingest

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"sync"

	"dalel/corpus"
)

// message is a line from the worker process: one of its fields.
type message struct {
	Count int               `json:"count,omitempty"`
	Page  *corpus.Page      `json:"page,omitempty"`
	Para  *corpus.Paragraph `json:"para,omitempty"`
	Key   corpus.Key        `json:"key,omitempty"`
	Fact  *corpus.Fact      `json:"fact,omitempty"`
	Warn  string            `json:"warn,omitempty"`
	Help  string            `json:"help,omitempty"` // a helper program gave text
	Slow  int               `json:"slow,omitempty"` // pages that are about to be recognised
	Leaf  *Leaf             `json:"leaf,omitempty"`
	File  *member           `json:"file,omitempty"`  // of a container
	Heavy uint64            `json:"heavy,omitempty"` // bytes in use: more than allowed
	End   *ending           `json:"end,omitempty"`
}

// ending is the last line: how the extraction ended.
type ending struct {
	Kind string `json:"kind,omitempty"` // "unsupported", "damaged", "internal"; "" for success
	Err  string `json:"err,omitempty"`
}

// maxLine bounds a line of the protocol, in bytes: a paragraph with its JSON
// escapes and its path of headings, or the image of a page.
const maxLine = 16 << 20

func endingOf(err error) *ending {
	if err == nil {
		return &ending{}
	}
	e := &ending{Kind: "internal", Err: cause(err)}
	for _, kind := range []error{corpus.ErrUnsupported, corpus.ErrDamaged} {
		if errors.Is(err, kind) {
			e.Kind = kind.Error()
		}
	}
	return e
}

func (e *ending) error() error {
	switch e.Kind {
	case "":
		return nil
	case corpus.ErrUnsupported.Error():
		return &corpus.Error{Op: "ingest.extract", Kind: corpus.ErrUnsupported, Err: errors.New(e.Err)}
	}
	return &corpus.Error{Op: "ingest.extract", Kind: corpus.ErrDamaged, Err: errors.New(e.Err)}
}

// cause returns the words of err for people: without the operation, the file
// and the kind, which stand beside it in the report.
func cause(err error) string {
	if e, ok := errors.AsType[*corpus.Error](err); ok {
		switch {
		case e.Err != nil:
			return cause(e.Err)
		case e.Kind != nil:
			return e.Kind.Error()
		}
	}
	return err.Error()
}

// sender writes messages. It is an Emitter; flush may be called while another
// goroutine emits.
type sender struct {
	mu  sync.Mutex
	w   *bufio.Writer
	enc *json.Encoder
}

func newSender(w io.Writer) *sender {
	s := &sender{w: bufio.NewWriterSize(w, 64<<10)}
	s.enc = json.NewEncoder(s.w)
	s.enc.SetEscapeHTML(false)
	return s
}

func (s *sender) send(m message) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.enc.Encode(m)
}

func (s *sender) flush() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.w.Flush()
}

func (s *sender) PageCount(n int) error                  { return s.send(message{Count: n}) }
func (s *sender) Paragraph(p corpus.Paragraph) error     { return s.send(message{Para: &p}) }
func (s *sender) Fact(k corpus.Key, f corpus.Fact) error { return s.send(message{Key: k, Fact: &f}) }
func (s *sender) Warn(text string) error                 { return s.send(message{Warn: text}) }
func (s *sender) Helper(program string) error            { return s.send(message{Help: program}) }

// Slow sends at once: the time that is asked for runs already.
func (s *sender) Slow(n int) error { return errors.Join(s.send(message{Slow: n}), s.flush()) }

// Page sends at once what is known so far: the next page may be the last.
func (s *sender) Page(p corpus.Page) error {
	if err := s.send(message{Page: &p}); err != nil {
		return err
	}
	return s.flush()
}

// deliver gives a message to an Emitter.
func (m *message) deliver(out Emitter) error {
	switch {
	case m.Para != nil:
		return out.Paragraph(*m.Para)
	case m.Page != nil:
		return out.Page(*m.Page)
	case m.Fact != nil:
		return out.Fact(m.Key, *m.Fact)
	case m.Warn != "":
		return out.Warn(m.Warn)
	case m.Help != "":
		if h, ok := out.(Helped); ok {
			return h.Helper(m.Help)
		}
	case m.Count > 0:
		if c, ok := out.(PageCounter); ok {
			return c.PageCount(m.Count)
		}
	}
	return nil
}
