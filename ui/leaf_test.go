package ui_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/ui"
)

// drawer is a Facsimile that remembers what it was asked to mark.
type drawer struct {
	draws  bool
	marked []string
}

func (d *drawer) Page(_ context.Context, _ *corpus.Document, _ int, marks []ui.PageMark) ([]byte, string, error) {
	if !d.draws {
		return nil, "", &corpus.Error{Kind: corpus.ErrUnavailable, Err: errors.New("nothing draws")}
	}
	for _, m := range marks {
		d.marked = append(d.marked, m.Para.Text[m.Start:m.End])
	}
	return []byte("\xff\xd8\xff"), "image/jpeg", nil
}

func (d *drawer) Install(context.Context) (string, bool, bool) {
	return "apt install specimen", d.draws, d.draws
}

func leafServer(t *testing.T, d *drawer) *ui.Server {
	t.Helper()
	f := specimens()
	f.docs[0].MediaType = "application/pdf"
	s, err := ui.New(ui.Config{Search: f, Library: f, Reports: f, Pages: d, Addr: addr, Rand: strings.NewReader(strings.Repeat("0123456789", 20))})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPageImage(t *testing.T) {
	d := &drawer{draws: true}
	s := leafServer(t, d)
	w := get(t, s, "/doc/"+string(id(0))+"/page/1?q=detention")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/jpeg" || w.Body.String() != "\xff\xd8\xff" {
		t.Errorf("page 1 is %d %s %q", w.Code, w.Header().Get("Content-Type"), w.Body)
	}
	for _, m := range d.marked {
		if !strings.HasPrefix(strings.ToLower(m), "deten") {
			t.Errorf("%q was marked", m)
		}
	}
	if len(d.marked) == 0 {
		t.Error("nothing was marked")
	}
	for _, path := range []string{"/page/0", "/page/99999", "/page/x"} {
		if w := get(t, s, "/doc/"+string(id(0))+path); w.Code != http.StatusNotFound {
			t.Errorf("%s is %d, want 404", path, w.Code)
		}
	}
	if w := get(t, s, "/doc/"+string(id(3))+"/page/1"); w.Code != http.StatusNotFound {
		t.Errorf("a page of a web page is %d, want 404", w.Code)
	}
}

func TestDocumentShowsItsPages(t *testing.T) {
	path := "/doc/" + string(id(0)) + "?q=detention"
	body := get(t, leafServer(t, &drawer{draws: true}), path).Body.String()
	for _, want := range []string{`<img src="/doc/` + string(id(0)) + `/page/1?q=detention"`, "/view#page=1"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	body = get(t, leafServer(t, &drawer{}), path).Body.String()
	if strings.Contains(body, "/page/1?q=") || !strings.Contains(body, "apt install specimen") || !strings.Contains(body, "/view#page=1") {
		t.Error("without a program that draws, the page must tell how to install it and lead to the original")
	}
}

func TestOnlyPDFIsViewed(t *testing.T) {
	s := leafServer(t, &drawer{})
	w := get(t, s, "/original/"+string(id(0))+"/view")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/pdf" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("a PDF is %d %s", w.Code, w.Header().Get("Content-Type"))
	}
	if w := get(t, s, "/original/"+string(id(3))+"/view"); w.Code != http.StatusNotFound {
		t.Errorf("a web page is shown as it is: %d", w.Code)
	}
}

// TestNoteLeadsToItsMark holds that a note has a way back into the text.
func TestNoteLeadsToItsMark(t *testing.T) {
	f := specimens()
	ps := f.docs[0].Text.Paragraphs
	last := &ps[len(ps)-1]
	last.Role, last.Label, last.Anchor = corpus.RoleFootnote, "1", &corpus.Anchor{Para: 2, Start: 0, End: 1}
	body := get(t, server(t, f), "/doc/"+string(id(0))).Body.String()
	if want := `href="/doc/` + string(id(0)) + `?at=2#o2"`; !strings.Contains(body, want) {
		t.Errorf("the page has no %s", want)
	}
}
