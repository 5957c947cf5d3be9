package ui

import (
	"bytes"
	"errors"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"dalel/corpus"
	"dalel/search/verify"
)

// maxUpload is the most bytes of a file that is checked here.
const maxUpload = 64 << 20

// upload is the file that was checked last: it is kept in memory, for notes to
// be written into it, and nowhere else.
type upload struct {
	mu   sync.Mutex
	key  string
	file verify.File
}

// verifyPage is the data of the page that checks a file.
type verifyPage struct {
	Name    string
	Report  *verify.Report
	Quotes  []verify.Result
	Others  []verify.Result
	Own     bool // an export of ours: its quotes have cards
	Key     string
	Notes   bool // it is a Word file that can be written back
	Good    int
	Problem string
}

func (s *Server) verifyForm(w http.ResponseWriter, r *http.Request) error {
	return s.showVerify(w, r, http.StatusOK, verifyPage{})
}

func (s *Server) showVerify(w http.ResponseWriter, r *http.Request, status int, p verifyPage) error {
	v := s.view(r, titled("verify.title"))
	v.Data = p
	return s.render(w, status, "verify", v)
}

// verifyFile checks a file that was handed in.
func (s *Server) verifyFile(w http.ResponseWriter, r *http.Request) error {
	f, err := uploaded(r)
	if err != nil {
		return err
	}
	p := verifyPage{Name: f.Name}
	rep, err := s.checker.Check(r.Context(), f)
	switch {
	case errors.Is(err, corpus.ErrUnsupported), errors.Is(err, corpus.ErrDamaged):
		p.Problem = causeOf(err)
		return s.showVerify(w, r, http.StatusBadRequest, p)
	case err != nil:
		return err
	}
	p.Report = rep
	for _, res := range rep.Results {
		if res.Kind != verify.KindQuote {
			p.Others = append(p.Others, res)
			continue
		}
		p.Quotes = append(p.Quotes, res)
		p.Own = p.Own || res.Verdict != verify.Found && res.Verdict != verify.Near && res.Verdict != verify.Absent && rep.Signed != ""
		if res.Verdict.Good() {
			p.Good++
		}
		p.Notes = p.Notes || res.Verdict == verify.Found
	}
	p.Notes = p.Notes && bytes.HasPrefix(f.Bytes, []byte("PK"))
	if p.Notes {
		if p.Key, err = s.keep(f); err != nil {
			return err
		}
	}
	return s.showVerify(w, r, http.StatusOK, p)
}

// uploaded reads the file, and the cards beside it, from a form.
func uploaded(r *http.Request) (verify.File, error) {
	name, b, err := formFile(r, "file")
	if err != nil {
		return verify.File{}, err
	}
	if len(b) == 0 {
		return verify.File{}, &corpus.Error{Op: "ui.verify", Kind: corpus.ErrInvalid, Err: errors.New("no file was chosen")}
	}
	_, side, err := formFile(r, "side")
	return verify.File{Name: name, Bytes: b, Side: side}, err
}

// keep keeps a file for the notes, in the place of the one before.
func (s *Server) keep(f verify.File) (string, error) {
	key, err := secret(s.guard.random)
	if err != nil {
		return "", err
	}
	s.upload.mu.Lock()
	defer s.upload.mu.Unlock()
	s.upload.key, s.upload.file = key, f
	return key, nil
}

// verifyNotes hands the Word file back with notes for the quotes accepted.
func (s *Server) verifyNotes(w http.ResponseWriter, r *http.Request) error {
	s.upload.mu.Lock()
	f, ok := s.upload.file, s.upload.key != "" && same(s.upload.key, r.PostFormValue("key"))
	s.upload.mu.Unlock()
	if !ok {
		return s.showVerify(w, r, http.StatusNotFound, verifyPage{Problem: "verify.again"})
	}
	var accept []int
	for _, v := range r.PostForm["accept"] {
		if n, err := strconv.Atoi(v); err == nil {
			accept = append(accept, n)
		}
	}
	var out bytes.Buffer
	if _, err := s.checker.WriteBack(r.Context(), &out, f, accept); err != nil {
		return err
	}
	download(w, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", strings.TrimSuffix(f.Name, path.Ext(f.Name)), "-notes.docx")
	_, _ = out.WriteTo(w) // the reader may have gone
	return nil
}

// Verdict names a verdict.
func (w words) Verdict(v verify.Verdict) string { return w.T("verdict." + string(v)) }

// Thing names what was looked for.
func (w words) Thing(k verify.Kind) string { return w.T("thing." + string(k)) }

// Because says what decided a verdict; "" if the verdict says it all.
func (w words) Because(r *verify.Result) string {
	if r.Why == "" {
		return ""
	}
	return w.T("because."+string(r.Why), "about", r.About)
}

// Signed says what the state of the log in a file rests on.
func (w words) Signed(r *verify.Report) string {
	return w.T("signed."+string(r.Signature), "n", w.Num(int(r.Records)))
}

// Tone is the class of a verdict: good, near, or bad.
func tone(v verify.Verdict) string {
	switch v {
	case verify.Verbatim, verify.Found:
		return "good"
	case verify.VerbatimFolded, verify.Near, verify.OCRUncertain:
		return "near"
	default:
		return "bad"
	}
}
