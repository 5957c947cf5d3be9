package ui_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/search/export"
	"dalel/search/quote"
	"dalel/search/verify"
)

// theBrief is a brief that every fake library with documents has.
const theBrief = "Жалоба"

// userFiles returns the user's files, with a brief of the first document's words.
func (f *fake) userFiles() map[string][]byte {
	if f.files == nil {
		f.files = map[string][]byte{}
		if len(f.docs) > 0 {
			d := f.docs[0]
			one := quote.Brief{Format: 1, Name: theBrief, Style: "un"}
			one.Add(quote.Item{Heading: "Torture"})
			q := quote.Whole(d.ID, d.Text.Hash(), &d.Text.Paragraphs[4])
			one.Add(quote.Item{Quote: &q, Note: "ask her", Tags: []string{"x"}})
			one.Add(quote.Item{Words: "My own words."})
			b, _ := json.Marshal(one)
			f.files["briefs/"+theBrief+".json"] = b
			f.files["lists/"+listName+".csv"] = []byte(f.list)
		}
	}
	return f.files
}

func (f *fake) UserFile(_ context.Context, name string) ([]byte, error) {
	return f.userFiles()[name], f.fail
}

func (f *fake) UserFiles(_ context.Context, dir string) ([]string, error) {
	var out []string
	for name := range f.userFiles() {
		if strings.HasPrefix(name, dir+"/") {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out, f.fail
}

func (f *fake) UpdateUserFile(_ context.Context, name string, change func([]byte) ([]byte, error)) error {
	b, err := change(f.userFiles()[name])
	if err != nil {
		return err
	}
	if f.files[name] = b; b == nil {
		delete(f.files, name)
	}
	return nil
}

func (f *fake) Reading(ctx context.Context, prefix, _ string) (*corpus.Document, error) {
	d, err := f.Document(ctx, prefix)
	if err != nil {
		return nil, err
	}
	with := *d
	if with.Text == nil {
		with.Text = new(corpus.Text)
	}
	with.TextHash = with.Text.Hash()
	return &with, nil
}

// shelved is a fake as exports see a library.
type shelved struct{ *fake }

func (s shelved) Document(ctx context.Context, id corpus.ID) (*corpus.Document, error) {
	return s.Reading(ctx, string(id), "")
}

func (s shelved) TextVersion(ctx context.Context, id corpus.ID, _ string) (*corpus.Text, error) {
	d, err := s.Reading(ctx, string(id), "")
	if err != nil {
		return nil, err
	}
	return d.Text, nil
}

func (f *fake) Build(ctx context.Context, b *quote.Brief, opt export.Options, _ bool) (*export.Bundle, error) {
	return export.Build(ctx, shelved{f}, nil, b, opt)
}

func (f *fake) Exported(_ context.Context, _ *export.Bundle, format, reason string) error {
	f.exported = append(f.exported, format+" "+reason)
	return nil
}

func (f *fake) Check(_ context.Context, in verify.File) (*verify.Report, error) {
	if f.report != nil {
		return f.report, nil
	}
	return nil, &corpus.Error{Op: "check", Subj: in.Name, Kind: corpus.ErrUnsupported, Err: fmt.Errorf("%d bytes", len(in.Bytes))}
}

func (f *fake) WriteBack(_ context.Context, w io.Writer, in verify.File, accept []int) (int, error) {
	_, err := fmt.Fprintf(w, "%s %v", in.Name, accept)
	return len(accept), err
}

func TestQuotePage(t *testing.T) {
	s := server(t, specimens())
	doc := "/quote?doc=" + string(id(0)) + "&style=un&from="
	page := parse(t, get(t, s, doc+"6"))
	d := opinion()
	words := d.Text.Paragraphs[5].Text
	if got := one(t, page, "textarea[name=words]"); !strings.HasSuffix(words, got) || got == words {
		t.Errorf("the words are %q, want those of the paragraph without its number", got)
	}
	if got := one(t, page, ".cited"); !strings.Contains(got, "para. ") || strings.Contains(got, "~") {
		t.Errorf("the citation is %q", got)
	}
	w := get(t, s, doc+"6&words=These+words+stand+nowhere")
	if w.Code != http.StatusBadRequest || !strings.Contains(one(t, parse(t, w), "[role=alert]"), "These words stand nowhere") {
		t.Errorf("words that stand nowhere: %d", w.Code)
	}
}

// What goes to the clipboard is a note of Word's, and its words are escaped.
func TestRichQuote(t *testing.T) {
	f := specimens()
	f.docs[0].Text.Paragraphs[5].Text = "6. a <script>alert(1)</script> b & c."
	w := get(t, server(t, f), "/api/v1/cite?doc="+string(id(0))+"&from=6&style=un")
	var rich struct{ HTML, Text string }
	if err := json.Unmarshal(w.Body.Bytes(), &rich); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d, %v", w.Code, err)
	}
	if strings.Contains(rich.HTML, "<script") || strings.Count(rich.HTML, "mso-footnote-id:ftn1") != 2 || !strings.Contains(rich.HTML, "&lt;script&gt;") {
		t.Errorf("%s", rich.HTML)
	}
	if !strings.Contains(rich.Text, "<script>alert(1)</script> b & c.") {
		t.Errorf("%s", rich.Text)
	}
}

func TestBriefIsMadeAndEdited(t *testing.T) {
	f := specimens()
	s := server(t, f)
	c := open(t, s)
	form := one1(t, s, c, "/briefs")
	do := func(path string, fields ...string) *httptest.ResponseRecorder {
		t.Helper()
		v := url.Values{"token": {form}}
		for i := 0; i+1 < len(fields); i += 2 {
			v.Add(fields[i], fields[i+1])
		}
		w := post(t, s, path, v, func(r *http.Request) { r.AddCookie(c) })
		if w.Code >= http.StatusBadRequest {
			t.Errorf("%s %v = %d: %s", path, fields, w.Code, w.Body)
		}
		return w
	}
	w := do("/quote", "doc", string(id(0)), "from", "6", "brief", "Новая", "do", "add", "byeye", "on", "style", "un")
	if !strings.HasPrefix(w.Header().Get("Location"), "/brief?name=") {
		t.Fatalf("adding a quote leads to %q", w.Header().Get("Location"))
	}
	at := "/brief?name=" + url.QueryEscape("Новая")
	do(at, "do", "heading", "text", "Пытки")
	do(at, "do", "up", "no", "2")
	do(at, "do", "note", "no", "1", "note", "for me", "tags", "a; b", "withheld", "on")
	do(at, "do", "settings", "style", "oscola", "form", "inline")
	one, err := quote.Briefs{Files: f}.Load(t.Context(), "Новая")
	if err != nil {
		t.Fatal(err)
	}
	if len(one.Items) != 2 || one.Items[0].Heading != "Пытки" || one.Items[1].Quote.ByEye != "2026-11-22" || one.Items[1].Note != "for me" ||
		!slices.Equal(one.Items[1].Tags, []string{"a", "b"}) || !one.Items[1].Withheld || one.Style != "oscola" || one.Form != "inline" {
		t.Errorf("%+v", one)
	}
	page := parse(t, get(t, s, at, func(r *http.Request) { r.AddCookie(c) }))
	if got := words(page, ".item .cited"); len(got) != 1 || !strings.HasPrefix(got[0], "(") {
		t.Errorf("citations %q, want one in brackets", got)
	}
	do(at, "do", "delete", "sure", "on")
	if _, err := (quote.Briefs{Files: f}).Load(t.Context(), "Новая"); err == nil {
		t.Error("a deleted brief is there")
	}
}

// one1 returns the token that stands in the forms of a page.
func one1(t *testing.T, s http.Handler, c *http.Cookie, path string) string {
	t.Helper()
	page := parse(t, get(t, s, path, func(r *http.Request) { r.AddCookie(c) }))
	return attr(all(page, "input[name=token]")[0], "value")
}

// What is red leaves with a reason only, and the reason is kept.
func TestExportNeedsAReason(t *testing.T) {
	f := specimens()
	f.docs[0].Corrected[corpus.KeyWithheld] = corpus.Fact{Values: []string{"yes"}}
	s := server(t, f)
	c := open(t, s)
	at := "/brief/export?name=" + url.QueryEscape(theBrief)
	form := one1(t, s, c, at)
	page := parse(t, get(t, s, at, func(r *http.Request) { r.AddCookie(c) }))
	if len(all(page, ".issues .red")) == 0 {
		t.Fatal("nothing is red, though the document is not for publication")
	}
	v := url.Values{"token": {form}, "format": {"docx"}}
	cookie := func(r *http.Request) { r.AddCookie(c) }
	if w := post(t, s, at, v, cookie); w.Code != http.StatusBadRequest || len(f.exported) != 0 {
		t.Errorf("without a reason: %d, %v", w.Code, f.exported)
	}
	v.Set("reason", "asked by the court")
	w := post(t, s, at, v, cookie)
	if w.Code != http.StatusOK || !bytes.HasPrefix(w.Body.Bytes(), []byte("PK")) || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("with a reason: %d, %v", w.Code, w.Header())
	}
	if !slices.Equal(f.exported, []string{"docx asked by the court"}) {
		t.Errorf("the log has %q", f.exported)
	}
	if w := post(t, s, at, url.Values{"format": {"docx"}, "reason": {"x"}}, cookie); w.Code != http.StatusForbidden {
		t.Errorf("without the token: %d", w.Code)
	}
}

// upload sends a form with a file and fields.
func upload(t *testing.T, s http.Handler, c *http.Cookie, path, name, content string, fields ...string) *httptest.ResponseRecorder {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for i := 0; i+1 < len(fields); i += 2 {
		_ = m.WriteField(fields[i], fields[i+1])
	}
	w, err := m.CreateFormFile("file", name)
	if err == nil {
		_, err = io.WriteString(w, content)
	}
	if err != nil || m.Close() != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, base+path, &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Accept-Language", "en")
	r.AddCookie(c)
	rec := httptest.NewRecorder()
	s.ServeHTTP(rec, r)
	return rec
}

func TestFilesAreChecked(t *testing.T) {
	f := specimens()
	s := server(t, f)
	c := open(t, s)
	form := one1(t, s, c, "/verify")
	send := func(content string) *httptest.ResponseRecorder {
		t.Helper()
		return upload(t, s, c, "/verify", `C:\secret\draft.docx`, content, "token", form)
	}
	if w := send("x"); w.Code != http.StatusBadRequest || !strings.Contains(one(t, parse(t, w), "[role=alert]"), "1 bytes") {
		t.Errorf("a file that cannot be read: %d", w.Code)
	}
	f.report = &verify.Report{Results: []verify.Result{
		{N: 1, Kind: verify.KindQuote, Text: "words <b>", Verdict: verify.Found, Places: []verify.Candidate{{Doc: id(0), Title: "T", Para: 3}}},
		{N: 2, Kind: verify.KindQuote, Text: "other", Verdict: verify.Near, Diff: []verify.Edit{{Op: verify.Missing, Text: "not"}}},
		{N: 3, Kind: verify.KindName, Text: "D. K.", Verdict: verify.Absent},
	}}
	page := parse(t, send("PK word"))
	if got := words(page, ".verdicts .verdict b"); !slices.Equal(got, []string{"Found", "Nearly"}) {
		t.Errorf("verdicts %q", got)
	}
	if got := words(page, ".verdicts del"); !slices.Equal(got, []string{"not"}) {
		t.Errorf("difference %q", got)
	}
	rep := &verify.Report{Signed: "27 records, signed", Signature: verify.SignedOwn, Records: 27}
	for i, why := range []verify.Why{
		verify.WhyRecord, verify.WhyOriginal, verify.WhyReader, verify.WhyNoText, verify.WhyUnread, verify.WhyGone, verify.WhyOnlyText,
		verify.WhyKept, verify.WhyBlanks, verify.WhyNotThere, verify.WhyCard, verify.WhyPlace, verify.WhyCitation, verify.WhyLog,
		verify.WhyDoubtful, verify.WhyByEye, verify.WhyOtherDoc, verify.WhySaid, verify.WhyMany, verify.WhyTranslated,
	} {
		rep.Results = append(rep.Results, verify.Result{N: i + 1, Kind: verify.KindQuote, Text: "w", Verdict: verify.Altered, Why: why, About: "A<b>"})
	}
	quotes := f.report
	f.report = rep
	whys := words(parse(t, send("PK ours")), ".desk-form .hush")
	if len(whys) != len(rep.Results)+1 || whys[0] != "Log: records: 27, signed with the key of this collection" {
		t.Errorf("reasons %q", whys)
	}
	for _, w := range whys {
		if strings.Contains(w, "because.") || strings.Contains(w, "{") {
			t.Errorf("a reason without words: %q", w)
		}
	}
	f.report = quotes
	page = parse(t, send("PK word"))
	key := attr(all(page, "input[name=key]")[0], "value")
	w := post(t, s, "/verify/notes", url.Values{"token": {form}, "key": {key}, "accept": {"1"}}, func(r *http.Request) { r.AddCookie(c) })
	if w.Code != http.StatusOK || w.Body.String() != "draft.docx [1]" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	w = post(t, s, "/verify/notes", url.Values{"token": {form}, "key": {"wrong"}}, func(r *http.Request) { r.AddCookie(c) })
	if w.Code != http.StatusNotFound {
		t.Errorf("a file that was never checked: %d", w.Code)
	}
}
