package ui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"dalel/corpus"
	"dalel/search"
	"dalel/search/bagit"
	"dalel/search/cite"
	"dalel/search/export"
	"dalel/search/quote"
)

// exportPage is the data of the check before an export.
type exportPage struct {
	Title   string
	URL     string // of the form
	Back    string
	Query   string
	Quotes  []checkedQuote
	Red     bool
	Reason  string
	Wanted  string // the format that was asked for without a reason
	Formats []export.Format
	Works   []checkedWork
	Count   int
	Broken  string
}

// checkedQuote is a quote with what is to be looked at.
type checkedQuote struct {
	N      int
	Shown  string
	Lang   string
	Cite   *cite.Citation
	Issues []export.Issue
}

// checkedWork is a document with what its original tells beside its text.
type checkedWork struct {
	Doc    *corpus.Document
	Traits []export.Trait
}

// exportBundle returns what is to be exported: a brief, or the passages of a
// search.
func (s *Server) exportBundle(r *http.Request, proofs bool) (*export.Bundle, *exportPage, error) {
	name := r.FormValue("name")
	if name != "" {
		one, err := quote.Briefs{Files: s.desk}.Load(r.Context(), name)
		if err != nil {
			return nil, nil, err
		}
		b, err := s.desk.Build(r.Context(), one, export.Options{Words: string(s.view(r, titled("export.title")).Lang)}, proofs)
		return b, &exportPage{Title: name, URL: exportURL(name), Back: briefURL(name)}, err
	}
	q := strings.TrimSpace(r.FormValue("q"))
	lang := string(s.view(r, titled("export.title")).Lang)
	const all = 1 << 30 // an export has no cap of its own
	res, err := s.search.Search(r.Context(), search.Request{Query: q, Limit: all})
	if err != nil {
		return nil, nil, err
	}
	one := &quote.Brief{Name: q, Style: defaultStyle(lang)}
	for i := range res.Passages {
		h := &res.Passages[i]
		whole := quote.Whole(h.Doc.ID, h.Text, &h.Para)
		one.Add(quote.Item{Quote: &whole})
	}
	b, err := s.desk.Build(r.Context(), one, export.Options{Words: lang}, proofs)
	at := url.Values{"q": {q}}.Encode()
	return b, &exportPage{Title: q, Query: q, URL: "/export?" + at, Back: searchURL([]pair{{"q", q}})}, err
}

// exportCheck shows what to look at before anything leaves.
func (s *Server) exportCheck(w http.ResponseWriter, r *http.Request) error {
	b, p, err := s.exportBundle(r, false)
	if err != nil {
		return err
	}
	return s.showExport(w, r, http.StatusOK, b, p)
}

func (s *Server) showExport(w http.ResponseWriter, r *http.Request, status int, b *export.Bundle, p *exportPage) error {
	issues := b.Check()
	p.Red, p.Formats = export.Red(issues), export.Formats
	p.Count = len(b.Quotes())
	for _, q := range b.Quotes() {
		c := checkedQuote{N: q.N, Shown: q.Shown, Cite: &q.Cite, Lang: attrLang(q.Text.Paragraphs[q.Spans[0].Ord-1].Lang)}
		for _, i := range issues {
			if i.N == q.N {
				c.Issues = append(c.Issues, i)
			}
		}
		p.Quotes = append(p.Quotes, c)
	}
	for _, work := range b.Works {
		traits, err := s.traitsOf(r.Context(), work.Doc)
		if err != nil {
			return err
		}
		p.Works = append(p.Works, checkedWork{work.Doc, traits})
	}
	v := s.view(r, titled("export.title"))
	v.Data = p
	return s.render(w, status, "export", v)
}

func (s *Server) traitsOf(ctx context.Context, d *corpus.Document) ([]export.Trait, error) {
	in, err := s.library.Original(ctx, d.ID)
	if err != nil {
		return nil, err
	}
	defer func() { _ = in.Close() }() // only read
	return export.Hidden(in, d.Size, d.MediaType)
}

// exportFile hands out a file. What is red needs a reason.
func (s *Server) exportFile(w http.ResponseWriter, r *http.Request) error {
	b, p, err := s.exportBundle(r, true)
	if err != nil {
		return err
	}
	format, reason := r.PostFormValue("format"), strings.TrimSpace(r.PostFormValue("reason"))
	if export.Red(b.Check()) && reason == "" {
		p.Wanted = format
		return s.showExport(w, r, http.StatusBadRequest, b, p)
	}
	var out bytes.Buffer
	name, media := "", ""
	if format == "bag" {
		name, media = ".bag.zip", "application/zip"
		err = s.writeBag(r, &out, b)
	} else {
		f, ok := export.FormatNamed(format)
		if !ok {
			return &corpus.Error{Op: "ui.export", Subj: format, Kind: corpus.ErrInvalid, Err: errors.New("no such format")}
		}
		name, media = f.Ext, f.Media
		write := f.Write
		if format == "docx" && r.PostFormValue("cards") != "" {
			write = export.DOCXWithCards
		}
		err = write(&out, b)
	}
	if err != nil {
		return err
	}
	if err := s.desk.Exported(r.Context(), b, format, reason); err != nil {
		return err
	}
	download(w, media, p.Title, name)
	_, _ = out.WriteTo(w) // the reader may have gone
	return nil
}

// fileTitle keeps of a title what a file's name may hold.
func fileTitle(s string) string {
	const most = 80
	clean := []rune(strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '_'
		}
		return r
	}, s), " ."))
	if len(clean) == 0 {
		return "dalel"
	}
	return string(clean[:min(len(clean), most)])
}

func (s *Server) writeBag(r *http.Request, w io.Writer, b *export.Bundle) error {
	var ids []corpus.ID
	for _, id := range r.PostForm["original"] {
		ids = append(ids, corpus.ID(id))
	}
	files, err := b.BagFiles(r.Context(), ids, func(ctx context.Context, id corpus.ID) (io.ReadCloser, error) { return s.library.Original(ctx, id) })
	if err != nil {
		return err
	}
	return bagit.WriteZip(w, "bag", export.BagInfo, files)
}
