package ui

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/search/cite"
	"dalel/search/export"
	"dalel/search/quote"
)

// quotePage is the data of the page where a quote is made. Its address is its
// whole state, so that a quote under way can be left and taken up again.
type quotePage struct {
	Doc         *corpus.Document
	Ref         string // DOC@T
	From, To    int
	Near        int    // where the person was, in code points of the first paragraph
	Typed       string // the words, as they may be edited
	Paras       []corpus.Paragraph
	Before      string // address with the paragraph before
	After       string // and after
	Shown       string
	Cite        *cite.Citation
	Rich        richQuote
	Styles      []cite.Style
	Style       cite.Style
	Langs       []string
	CiteLang    string
	Form        cite.Form
	Sheet       string
	Translation quote.Translation
	ByEye       bool
	Odd         []string
	Elsewhere   []choice
	Phrase      string // a query for the words
	SearchAt    string // the same words in the collection
	Leaf        *leaf  // the page as it looks; nil where nothing shows it
	Warnings    []cite.Warning
	Briefs      []string
	Brief       string
	Wrong       string // why the words cannot be quoted
}

// quoteForm is a quote as the address or the form has it.
type quoteForm struct {
	doc, at  string
	from, to int
	start    int
	end      int
	typed    string
	has      bool // the words were typed
	opt      cite.Options
	sheet    string
	transl   quote.Translation
	byEye    bool
	brief    string
}

func readQuoteForm(r *http.Request) quoteForm {
	num := func(name string) int {
		n, err := strconv.Atoi(r.FormValue(name))
		if err != nil {
			return 0
		}
		return n
	}
	doc, at, _ := strings.Cut(r.FormValue("doc"), "@")
	f := quoteForm{
		doc: doc, at: at, from: num("from"), to: num("to"), start: num("start"), end: num("end"),
		typed: strings.ReplaceAll(r.FormValue("words"), "\r\n", "\n"), has: r.Form.Has("words"),
		opt:   cite.Options{Style: cite.Style(r.FormValue("style")), Lang: r.FormValue("clang"), Form: cite.Form(r.FormValue("form"))},
		sheet: oneLine(r.FormValue("sheet")), byEye: r.FormValue("byeye") != "", brief: oneLine(r.FormValue("brief")),
		transl: quote.Translation{
			Text: strings.TrimSpace(r.FormValue("translation")), Lang: r.FormValue("tlang"), By: oneLine(r.FormValue("by")), Machine: r.FormValue("machine") != "",
		},
	}
	f.to = max(f.to, f.from)
	return f
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// defaultStyle is the style that a reader of a language is likely to want.
func defaultStyle(lang string) cite.Style {
	if lang == "en" {
		return cite.UN
	}
	return cite.KZ
}

// quotePage shows the words, their citation, and what to look at.
func (s *Server) quotePage(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return &corpus.Error{Op: "ui.quote", Kind: corpus.ErrInvalid, Err: err}
	}
	return s.showQuote(w, r, http.StatusOK, readQuoteForm(r))
}

func (s *Server) showQuote(w http.ResponseWriter, r *http.Request, status int, f quoteForm) error {
	d, err := s.desk.Reading(r.Context(), f.doc, f.at)
	if err != nil {
		return err
	}
	if f.from < 1 || f.to > len(d.Text.Paragraphs) {
		return &corpus.Error{Op: "ui.quote", Kind: corpus.ErrNotFound, Err: fmt.Errorf("no paragraphs %d to %d", f.from, f.to)}
	}
	v := s.view(r, titled("quote.title"))
	p := s.prepareQuote(d, &f, string(v.Lang))
	q, err := f.quote(d)
	if err == nil {
		err = p.resolve(d, q, f.opt, v.words)
	}
	if first := &p.Paras[0]; first.Page() > 0 && s.facsimile != nil {
		_, draws, _ := s.facsimile.Install(r.Context())
		p.Leaf = leafOf(d, p.Phrase, first.Page(), pageLabel(first.Pages[0]), true, draws)
	}
	if err != nil {
		p.Wrong, status = causeOf(err), http.StatusBadRequest
	}
	if p.Briefs, err = (quote.Briefs{Files: s.desk}).List(r.Context()); err != nil {
		return err
	}
	v.Data = p
	return s.render(w, status, "quote", v)
}

// causeOf returns the words of an error without its operation.
func causeOf(err error) string {
	for e, ok := err.(*corpus.Error); ok && e.Err != nil; e, ok = err.(*corpus.Error) { //nolint:errorlint // each layer in turn
		err = e.Err
	}
	return err.Error()
}

// prepareQuote fills in what stands in the form.
func (s *Server) prepareQuote(d *corpus.Document, f *quoteForm, lang string) *quotePage {
	if !f.opt.Style.Known() {
		f.opt.Style = defaultStyle(lang)
	}
	for _, l := range []string{d.Value(corpus.KeyLang), lang, f.opt.Style.Langs()[0]} {
		if langs := f.opt.Style.Langs(); !slices.Contains(langs, f.opt.Lang) && slices.Contains(langs, l) {
			f.opt.Lang = l
		}
	}
	if f.opt.Form != cite.Inline {
		f.opt.Form = cite.Footnote
	}
	paras := d.Text.Paragraphs[f.from-1 : f.to]
	p := &quotePage{
		Doc: d, Ref: d.ID.Short() + "@" + d.TextHash[:8], From: f.from, To: f.to, Near: f.start, Paras: paras,
		Styles: cite.Styles, Style: f.opt.Style, Langs: f.opt.Style.Langs(), CiteLang: f.opt.Lang, Form: f.opt.Form,
		Sheet: f.sheet, Translation: f.transl, ByEye: f.byEye, Brief: f.brief, Typed: f.typed,
	}
	if f.from > 1 {
		p.Before = quoteURL(p.Ref, f.from-1, f.to)
	}
	if f.to < len(d.Text.Paragraphs) {
		p.After = quoteURL(p.Ref, f.from, f.to+1)
	}
	return p
}

// quoteURL is the address of the page that quotes whole paragraphs.
func quoteURL(ref string, from, to int) string {
	return "/quote?" + url.Values{"doc": {ref}, "from": {strconv.Itoa(from)}, "to": {strconv.Itoa(to)}}.Encode()
}

// quoteAt is the address of the page that quotes the paragraph of a permanent
// name, DOC@T#~17.
func quoteAt(ref string) string {
	doc, ord, _ := strings.Cut(ref, "#~")
	return "/quote?" + url.Values{"doc": {doc}, "from": {ord}}.Encode()
}

// quote makes the quote that the form asks for: the words that were typed, those
// that were marked, or the whole paragraphs.
func (f *quoteForm) quote(d *corpus.Document) (*quote.Quote, error) {
	last := &d.Text.Paragraphs[f.to-1]
	q := quote.Whole(d.ID, d.TextHash, &d.Text.Paragraphs[f.from-1])
	var err error
	switch {
	case f.has:
		q.Pieces, err = quote.Parse(f.typed, d.Text, f.from, f.to, f.start)
	case f.end > 0:
		q.Pieces, err = quote.Range(d.Text, f.from, f.start, f.to, f.end)
	case f.to > f.from:
		q.Pieces, err = quote.Range(d.Text, f.from, q.Pieces[0].Start, f.to, utf8.RuneCountInString(last.Text))
	}
	if err != nil {
		return nil, err
	}
	q.Sheet = f.sheet
	if f.transl.Text != "" {
		t := f.transl
		q.Translation = &t
	}
	return &q, nil
}

// resolve shows the words, the citation, and what to look at.
func (p *quotePage) resolve(d *corpus.Document, q *quote.Quote, opt cite.Options, w words) error {
	x, err := q.Resolve(d.Text)
	if err != nil {
		return err
	}
	p.Shown, p.Typed = x.Shown, x.Typed()
	full := x.Options(opt.Style, opt.Lang, opt.Form)
	c, err := cite.Cite(d, x.Place(d.Text, d.Kind()), full)
	if err != nil {
		return err
	}
	p.Cite, p.Warnings = &c, c.Warnings
	p.Rich = rich(x, &c, opt, string(w.Lang))
	for _, r := range x.Runs {
		if r.Ours() {
			continue
		}
		for _, o := range quote.Oddities(r.Text, d.Text) {
			p.Odd = append(p.Odd, r.Text[o.Start:o.End])
		}
		for _, ord := range quote.Elsewhere(r.Text, r.Para, d.Text) {
			label := first(d.Text.Paragraphs[ord-1].Label, "~"+strconv.Itoa(ord))
			p.Elsewhere = append(p.Elsewhere, choice{Name: label, URL: quoteURL(p.Ref, ord, ord)})
		}
	}
	p.Phrase = phraseOf(x)
	p.SearchAt = searchURL([]pair{{"q", p.Phrase}})
	return nil
}

// phraseOf is a query for the first words of a quote.
func phraseOf(x *quote.Excerpt) string {
	const most = 8
	for _, r := range x.Runs {
		if !r.Ours() {
			f := strings.Fields(strings.ReplaceAll(r.Text, `"`, " "))
			return `"` + strings.Join(f[:min(most, len(f))], " ") + `"`
		}
	}
	return ""
}

// richQuote is a quote as it goes to the clipboard.
type richQuote struct {
	HTML  string `json:"html"`
	Plain string `json:"text"`
}

// rich writes a quote with a real note, in the HTML that Word and LibreOffice
// write themselves: the mark and the note name each other. Other programs show
// both.
func rich(x *quote.Excerpt, c *cite.Citation, opt cite.Options, lang string) richQuote {
	opening, closing := quoteMarks(c.Lang, opt.Style)
	var words strings.Builder
	for _, r := range x.Runs {
		text := strings.ReplaceAll(html.EscapeString(r.Text), "\n", "</p>\n<p>")
		if r.Emphasis {
			text = "<i>" + text + "</i>"
		}
		words.WriteString(text)
	}
	var note strings.Builder
	for _, r := range c.Runs {
		text := html.EscapeString(r.Text)
		if r.Italic {
			text = "<i>" + text + "</i>"
		}
		note.WriteString(text)
	}
	plain := opening + x.Shown + closing
	if opt.Form == cite.Inline {
		return richQuote{"<p>" + opening + words.String() + closing + " " + note.String() + "</p>", plain + " " + c.String()}
	}
	// The classes and names are those of LibreOffice, the mso- styles Word's.
	const look = `<span class="MsoFootnoteReference"><sup><span style="mso-special-character:footnote">1</span></sup></span></a>`
	const mark = `<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym" style="mso-footnote-id:ftn1" title="">` + look
	const back = `<a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc" style="mso-footnote-id:ftn1" title="">` + look
	return richQuote{
		HTML: `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta charset="utf-8"><meta name="Generator" content="Microsoft Word 15"></head><body lang="` +
			html.EscapeString(first(c.Lang, lang)) + `"><p>` + opening + words.String() + closing + mark + `</p>` +
			`<div style="mso-element:footnote-list"><div id="sdfootnote1"><div style="mso-element:footnote" id="ftn1"><p class="MsoFootnoteText">` +
			back + ` ` + note.String() + `</p></div></div></div></body></html>`,
		Plain: plain + "\n" + c.String(),
	}
}

// quoteMarks are the quotation marks of a citation's language.
func quoteMarks(lang string, style cite.Style) (opening, closing string) {
	switch {
	case lang != "en":
		return "«", "»"
	case style == cite.OSCOLA:
		return "‘", "’"
	}
	return "“", "”"
}

// apiCite gives a quote for the clipboard.
func (s *Server) apiCite(w http.ResponseWriter, r *http.Request) error {
	if s.desk == nil {
		return errNoPage
	}
	f := readQuoteForm(r)
	d, err := s.desk.Reading(r.Context(), f.doc, f.at)
	if err != nil {
		return err
	}
	if f.from < 1 || f.to > len(d.Text.Paragraphs) {
		return &corpus.Error{Op: "ui.cite", Kind: corpus.ErrNotFound, Err: fmt.Errorf("no paragraphs %d to %d", f.from, f.to)}
	}
	v := s.view(r, titled("quote.title"))
	p := s.prepareQuote(d, &f, string(v.Lang))
	q, err := f.quote(d)
	if err != nil {
		return err
	}
	if err := p.resolve(d, q, f.opt, v.words); err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, p.Rich)
}

// addQuote puts a quote into a brief, making the brief if there is none.
func (s *Server) addQuote(w http.ResponseWriter, r *http.Request) error {
	f := readQuoteForm(r)
	if f.brief == "" || r.PostFormValue("do") == "show" {
		return s.showQuote(w, r, http.StatusOK, f)
	}
	d, err := s.desk.Reading(r.Context(), f.doc, f.at)
	if err != nil {
		return err
	}
	if f.from < 1 || f.to > len(d.Text.Paragraphs) {
		return &corpus.Error{Op: "ui.quote", Kind: corpus.ErrNotFound}
	}
	q, err := f.quote(d)
	if err == nil {
		_, err = q.Resolve(d.Text)
	}
	if err != nil {
		return s.showQuote(w, r, http.StatusBadRequest, f)
	}
	if f.byEye {
		q.ByEye = s.clock().UTC().Format("2006-01-02")
	}
	briefs := quote.Briefs{Files: s.desk}
	names, err := briefs.List(r.Context())
	if err != nil {
		return err
	}
	if !slices.Contains(names, f.brief) {
		if err := briefs.New(r.Context(), quote.Brief{Name: f.brief, Style: f.opt.Style, Lang: f.opt.Lang, Form: f.opt.Form}); err != nil {
			return err
		}
	}
	no := 0
	err = briefs.Change(r.Context(), f.brief, func(b *quote.Brief) error {
		no = b.Add(quote.Item{Quote: q})
		return nil
	})
	if err != nil {
		return err
	}
	http.Redirect(w, r, briefURL(f.brief)+"#i"+strconv.Itoa(no), http.StatusSeeOther)
	return nil
}

// Issue are the words of an issue or a warning.
func (w words) Issue(kind string) string { return w.T("issue." + kind) }

// StyleName names a style of citations.
func (w words) StyleName(s cite.Style) string { return w.T("style." + string(s)) }

// FormatName names a format of exports.
func (w words) FormatName(f export.Format) string { return w.T("format." + f.Name) }
