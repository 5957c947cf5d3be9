package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"dalel/corpus"
)

var testTime = time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)

// testOptions leave syncing out: it would take most of the time, and shows in
// no test but those of its failure.
func testOptions() Options {
	return Options{Clock: func() time.Time { return testTime }, Sync: func(*os.File) error { return nil }}
}

// tempDir is t.TempDir, in memory where there is such a place: these tests show
// an order of steps, not a disk.
func tempDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "dalel-test-") //nolint:usetesting // t.TempDir has no say in where
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func newDir(t *testing.T) *Dir {
	t.Helper()
	d, err := Create(filepath.Join(tempDir(t), "lib"), testOptions())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// reopen closes d and opens it again.
func reopen(t *testing.T, d *Dir) *Dir {
	t.Helper()
	path := d.root.Name()
	_ = d.Close()
	again, err := Open(path, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = again.Close() })
	return again
}

// specimen makes a file whose text is the given paragraphs, as ingest would.
func specimen(t *testing.T, name string, paras ...string) corpus.Ingested {
	t.Helper()
	body := []byte("SPECIMEN " + name + "\n" + strings.Join(paras, "\n"))
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	id, size, err := corpus.NewID(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	text := &corpus.Text{Extractor: "text@1", Warnings: []string{"a SPECIMEN"}}
	text.Pages = []corpus.Page{{No: 1, Status: corpus.PageOK, Score: 1, Extractor: "text@1", Warnings: []string{}}}
	for i, p := range paras {
		text.Paragraphs = append(text.Paragraphs, corpus.Paragraph{
			Ord: i + 1, Role: corpus.RoleBody, Lang: "ru", Text: p, Label: strconv.Itoa(i + 1),
			Pages: []corpus.PageSpan{{Page: 1, Label: "iv", Start: 0}}, Path: []string{"A", "B"},
			Section: corpus.SectionFacts, Voice: corpus.VoiceCourt, Under: 1,
		})
	}
	return corpus.Ingested{
		ID: id, Size: size, MediaType: "text/plain", File: file, Text: text,
		Source: corpus.Source{Path: "in/" + name},
		Read:   corpus.Facts{corpus.KeyTitle: {Values: []string{"Specimen " + name}, Origin: corpus.FromText}},
	}
}

func mustPut(t *testing.T, d *Dir, in corpus.Ingested) Result {
	t.Helper()
	r, err := d.Put(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func findings(t *testing.T, d *Dir, full bool) []Finding {
	t.Helper()
	var all []Finding
	for f, err := range d.Check(t.Context(), full) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}

func TestPutKeepsWhatWasGiven(t *testing.T) {
	d := newDir(t)
	in := specimen(t, "a.txt", "Сот үкімі.", "Вторая <часть> & \u2028 конец.")
	r := mustPut(t, d, in)
	if want := (corpus.Outcome{Status: corpus.Stored, ID: in.ID}); r.Outcome != want || !r.Text || r.Seq != 1 {
		t.Errorf("Put = %+v, want %+v with a text, record 1", r, want)
	}
	d = reopen(t, d)
	doc, err := d.Document(t.Context(), in.ID)
	if err != nil {
		t.Fatal(err)
	}
	in.Source.Added = testTime
	want := &corpus.Document{
		ID: in.ID, Size: in.Size, MediaType: in.MediaType, Sources: []corpus.Source{in.Source}, TextHash: in.Text.Hash(),
		Read: in.Read, Corrected: corpus.Facts{},
	}
	if !reflect.DeepEqual(doc, want) {
		t.Errorf("Document = %+v, want %+v", doc, want)
	}
	text, err := d.Text(t.Context(), in.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(text, in.Text) {
		t.Errorf("Text = %+v, want %+v", text, in.Text)
	}
	if d.TextHash(in.ID) != in.Text.Hash() {
		t.Errorf("TextHash = %s", d.TextHash(in.ID))
	}
	f, err := d.Original(t.Context(), in.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if id, _, _ := corpus.NewID(f); id != in.ID {
		t.Errorf("the original has the hash %s, want %s", id, in.ID)
	}
	if got := findings(t, d, true); len(got) != 0 {
		t.Errorf("Check = %+v, want nothing", got)
	}
}

func TestPutAgain(t *testing.T) {
	base := specimen(t, "a.txt", "one", "two")
	page := func(st ...corpus.PageStatus) []corpus.Page {
		var pp []corpus.Page
		for i, s := range st {
			pp = append(pp, corpus.Page{No: i + 1, Status: s})
		}
		return pp
	}
	for _, tt := range []struct {
		name   string
		extr   string
		path   string
		before []corpus.Page
		after  []corpus.Page
		noText bool
		want   corpus.Status
		events string // after the ingest
		why    string
	}{
		{"same", "text@1", "in/a.txt", page("ok"), page("ok"), false, corpus.Duplicate, "", "nothing is new"},
		{"moved", "text@1", "b/a.txt", page("ok"), page("ok"), false, corpus.Duplicate, "source", "a further path"},
		{"no text", "text@1", "b/a.txt", page("ok"), nil, true, corpus.Duplicate, "source", "a known file need not be read again"},
		{"newer", "text@2", "in/a.txt", page("ok"), page("ok"), false, corpus.Updated, "reextract", "a later version of the engine"},
		{"tenth", "text@10", "in/a.txt", page("ok"), page("ok"), false, corpus.Updated, "reextract", "versions are numbers, not text"},
		{"older", "text@0", "in/a.txt", page("ok"), page("ok"), false, corpus.Duplicate, "", "an older program takes nothing back"},
		{"other", "html@1", "in/a.txt", page("ok"), page("ok"), false, corpus.Updated, "reextract", "another engine reads it now"},
		{"unread", "text@1", "in/a.txt", page("ok", "unread"), page("ok", "ok"), false, corpus.Updated, "reextract", "a page more is read"},
		{"doubt", "text@1", "in/a.txt", page("doubtful"), page("ok"), false, corpus.Updated, "reextract", "a page is read better"},
		{"worse", "text@1", "in/a.txt", page("doubtful"), page("unread"), false, corpus.Duplicate, "", "a page less is read"},
		{"both", "text@2", "b/a.txt", page("ok"), page("ok"), false, corpus.Updated, "source reextract", "moved and read anew"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDir(t)
			first, again := base, base
			t1, t2 := *base.Text, *base.Text
			t1.Pages, t2.Pages, t2.Extractor = tt.before, tt.after, tt.extr
			first.Text, again.Text, again.Source.Path = &t1, &t2, tt.path
			if tt.noText {
				again.Text = nil
			}
			mustPut(t, d, first)
			r := mustPut(t, d, again)
			var events []string
			for rec, err := range d.Since(t.Context(), 1) {
				if err != nil {
					t.Fatal(err)
				}
				events = append(events, string(rec.Event))
			}
			if got := strings.Join(events, " "); r.Status != tt.want || got != tt.events {
				t.Errorf("Put = %s with records %q, want %s with %q: %s", r.Status, got, tt.want, tt.events, tt.why)
			}
			if got := findings(t, reopen(t, d), true); len(got) != 0 {
				t.Errorf("Check = %+v, want nothing", got)
			}
		})
	}
}

func TestEarlierTextStays(t *testing.T) {
	d := newDir(t)
	in := specimen(t, "a.txt", "one")
	mustPut(t, d, in)
	better := *in.Text
	better.Extractor = "text@2"
	better.Paragraphs = []corpus.Paragraph{{Ord: 1, Text: "one, read better"}}
	again := in
	again.Text = &better
	mustPut(t, d, again)
	now, err := d.Text(t.Context(), in.ID)
	if err != nil || now.Paragraphs[0].Text != "one, read better" {
		t.Errorf("Text = %+v, %v, want the better one", now, err)
	}
	old, err := d.TextVersion(t.Context(), in.ID, in.Text.Hash()[:8])
	if err != nil || !reflect.DeepEqual(old, in.Text) {
		t.Errorf("TextVersion = %+v, %v, want the first one", old, err)
	}
	if _, err := d.TextVersion(t.Context(), in.ID, "ffffffff"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("TextVersion of no text = %v, want corpus.ErrNotFound", err)
	}
}

func TestPutRefuses(t *testing.T) {
	good := specimen(t, "a.txt", "one")
	for _, tt := range []struct {
		name   string
		change func(in *corpus.Ingested, text *corpus.Text)
		why    string
	}{
		{"other bytes", func(in *corpus.Ingested, _ *corpus.Text) { in.ID = corpus.ID(strings.Repeat("0", 64)) }, "the file is not the one that was read"},
		{"no file", func(in *corpus.Ingested, _ *corpus.Text) { in.File += ".gone" }, "nothing to store"},
		{"bad id", func(in *corpus.Ingested, _ *corpus.Text) { in.ID = "../../etc/passwd" }, "an ID becomes a file name"},
		{"bad extractor", func(_ *corpus.Ingested, x *corpus.Text) { x.Extractor = "../x" }, "an extractor becomes a file name"},
		{"dots", func(_ *corpus.Ingested, x *corpus.Text) { x.Extractor = ".." }, "an extractor becomes a file name"},
		{"not utf-8", func(_ *corpus.Ingested, x *corpus.Text) { x.Paragraphs[0].Text = "a\xff" }, "it would not come back the same"},
		{"line feed", func(_ *corpus.Ingested, x *corpus.Text) { x.Paragraphs[0].Text = "a\nb" }, "T would have a paragraph more"},
		{"ordinals", func(_ *corpus.Ingested, x *corpus.Text) { x.Paragraphs[0].Ord = 7 }, "ordinals count from 1"},
		{"no text", func(in *corpus.Ingested, _ *corpus.Text) { in.Text = nil }, "a new document needs one"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDir(t)
			bad := good
			text := *good.Text
			text.Paragraphs = append([]corpus.Paragraph(nil), good.Text.Paragraphs...)
			bad.Text = &text
			tt.change(&bad, &text)
			fine := specimen(t, "b.txt", "fine")
			res, err := d.PutAll(t.Context(), []corpus.Ingested{bad, fine, bad})
			if err != nil {
				t.Fatal(err)
			}
			if res[0].Err == nil || res[2].Err == nil || res[0].Text || d.Has(bad.ID) {
				t.Errorf("a bad document was stored: %+v: %s", res[0], tt.why)
			}
			if res[1].Err != nil || !d.Has(fine.ID) {
				t.Errorf("the good document beside it was not stored: %+v", res[1])
			}
			if got := findings(t, reopen(t, d), true); len(got) != 0 {
				t.Errorf("Check = %+v, want nothing", got)
			}
		})
	}
}

func TestPutAllSyncsCopiesOnce(t *testing.T) {
	d := newDir(t)
	a := specimen(t, "a.txt", "one")
	b := a
	b.Source.Path = "copy/a.txt"
	res, err := d.PutAll(t.Context(), []corpus.Ingested{a, b, b})
	if err != nil {
		t.Fatal(err)
	}
	if res[0].Status != corpus.Stored || res[1].Status != corpus.Duplicate || !res[1].Source || res[2].Source {
		t.Errorf("PutAll = %+v", res)
	}
	doc, err := d.Document(t.Context(), a.ID)
	if err != nil || len(doc.Sources) != 2 || doc.Path() != "in/a.txt" {
		t.Errorf("Sources = %+v, %v, want both paths", doc.Sources, err)
	}
}

func TestPutHealsALostOriginal(t *testing.T) {
	d := newDir(t)
	in := specimen(t, "a.txt", "one")
	mustPut(t, d, in)
	if err := d.root.Remove(originalName(in.ID)); err != nil {
		t.Fatal(err)
	}
	if got := findings(t, d, false); len(got) != 1 || got[0].Kind != FindOriginal {
		t.Fatalf("Check = %+v, want the missing original", got)
	}
	mustPut(t, d, in)
	if got := findings(t, d, true); len(got) != 0 {
		t.Errorf("Check = %+v, want nothing: the original was given again", got)
	}
}

func TestCorrectionsWin(t *testing.T) {
	d := newDir(t)
	in := specimen(t, "a.txt", "one")
	mustPut(t, d, in)
	title := func() string {
		t.Helper()
		d = reopen(t, d)
		doc, err := d.Document(t.Context(), in.ID)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(doc.Values(corpus.KeyTitle), "|")
	}
	for _, tt := range []struct {
		values []string
		want   string
		seq    uint64
		why    string
	}{
		{[]string{"By hand"}, "By hand", 2, "a person's word wins"},
		{[]string{"By hand"}, "By hand", 2, "the same again is not recorded"},
		{[]string{}, "", 3, "no values hide what was read"},
		{[]string{" a ", "b"}, "a|b", 4, "several values"},
		{nil, "Specimen a.txt", 5, "nil goes back to what was read"},
		{nil, "Specimen a.txt", 5, "nothing to take back"},
	} {
		if err := d.SetFacts(t.Context(), in.ID, corpus.KeyTitle, tt.values); err != nil {
			t.Fatal(err)
		}
		if got := title(); got != tt.want || d.Seq() != tt.seq {
			t.Errorf("after %q the title is %q, record %d; want %q, record %d: %s", tt.values, got, d.Seq(), tt.want, tt.seq, tt.why)
		}
	}
}

func TestCorrectionsSurviveABetterReading(t *testing.T) {
	d := newDir(t)
	in := specimen(t, "a.txt", "one")
	mustPut(t, d, in)
	if err := d.SetFacts(t.Context(), in.ID, corpus.KeyTitle, []string{"By hand"}); err != nil {
		t.Fatal(err)
	}
	text := *in.Text
	text.Extractor = "text@2"
	in.Text, in.Read = &text, corpus.Facts{corpus.KeyTitle: {Values: []string{"Read anew"}}}
	mustPut(t, d, in)
	doc, err := d.Document(t.Context(), in.ID)
	if err != nil || doc.Value(corpus.KeyTitle) != "By hand" || doc.Read[corpus.KeyTitle].Values[0] != "Read anew" {
		t.Errorf("facts = %+v, %v", doc, err)
	}
}

func TestSetFactsRefuses(t *testing.T) {
	d := newDir(t)
	in := specimen(t, "a.txt", "one")
	mustPut(t, d, in)
	for _, tt := range []struct {
		id    corpus.ID
		key   corpus.Key
		value string
		want  error
	}{
		{in.ID, "colour", "red", corpus.ErrInvalid},
		{in.ID, corpus.KeyDate, "30.11.2023", corpus.ErrInvalid},
		{in.ID, corpus.KeyKind, "novel", corpus.ErrInvalid},
		{in.ID, corpus.KeyNote, strings.Repeat("x", maxValue+1), corpus.ErrInvalid},
		{corpus.ID(strings.Repeat("0", 64)), corpus.KeyNote, "x", corpus.ErrNotFound},
	} {
		ok := Edit{in.ID, corpus.KeyTag, []string{"kept"}}
		err := d.SetAllFacts(t.Context(), []Edit{ok, {tt.id, tt.key, []string{tt.value}}})
		if !errors.Is(err, tt.want) || d.Seq() != 1 {
			t.Errorf("%s=%.12q: %v, record %d; want %v, and nothing recorded", tt.key, tt.value, err, d.Seq(), tt.want)
		}
	}
}

func TestFactsAreClipped(t *testing.T) {
	d := newDir(t)
	in := specimen(t, "a.txt", "one")
	in.Read[corpus.KeyNote] = corpus.Fact{Values: []string{strings.Repeat("ы", maxValue), "\xff"}}
	mustPut(t, d, in)
	doc, err := d.Document(t.Context(), in.ID)
	if err != nil {
		t.Fatal(err)
	}
	if v := doc.Values(corpus.KeyNote); len(v[0]) != maxValue || v[1] != "\ufffd" {
		t.Errorf("values have %d bytes and are %q, want %d and U+FFFD", len(v[0]), v[1], maxValue)
	}
}

func TestResolve(t *testing.T) {
	d := newDir(t)
	a := corpus.ID("aaaaaaaa1" + strings.Repeat("0", 55))
	b := corpus.ID("aaaaaaaa2" + strings.Repeat("0", 55))
	d.docs.add(a)
	d.docs.add(b)
	for _, tt := range []struct {
		prefix string
		want   corpus.ID
		err    error
		names  string
	}{
		{"aaaaaaaa1", a, nil, ""},
		{"AAAAAAAA2", b, nil, ""},
		{string(a), a, nil, ""},
		{"aaaaaaaa", "", corpus.ErrInvalid, string(a) + " " + string(b)},
		{"bbbbbbbb", "", corpus.ErrNotFound, "no such document"},
		{"aaaaaaa", "", corpus.ErrInvalid, "8 to 64"},
		{"a/../../x", "", corpus.ErrInvalid, "8 to 64"},
	} {
		got, err := d.Resolve(tt.prefix)
		if got != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("Resolve(%q) = %s, %v, want %s, %v", tt.prefix, got, err, tt.want, tt.err)
		}
		if err != nil && !strings.Contains(err.Error(), tt.names) {
			t.Errorf("Resolve(%q): %v, want %q in it", tt.prefix, err, tt.names)
		}
	}
}

func TestDocumentsInTheOrderTheyWereStored(t *testing.T) {
	d := newDir(t)
	var want []string
	for i := range 5 {
		in := specimen(t, fmt.Sprintf("%d.txt", i), "text")
		mustPut(t, d, in)
		want = append(want, in.Source.Path)
	}
	d = reopen(t, d)
	var got []string
	for doc, err := range d.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, doc.Path())
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("Documents = %v, want %v", got, want)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range d.Documents(ctx) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Documents of a cancelled context: %v", err)
		}
	}
}

// grep returns the files under dir that hold word, and those named for it.
func grep(t *testing.T, dir, word string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if strings.Contains(name, word) {
			found = append(found, name)
		}
		if e.IsDir() {
			return nil
		}
		b, err := os.ReadFile(name)
		if bytes.Contains(b, []byte(word)) {
			found = append(found, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestRemoveLeavesNothingButATombstone(t *testing.T) {
	d := newDir(t)
	keep, gone := specimen(t, "keep.txt", "kept"), specimen(t, "secretname.txt", "secretword")
	gone.Read[corpus.KeyTitle] = corpus.Fact{Values: []string{"secrettitle"}}
	for _, in := range []corpus.Ingested{gone, keep} {
		mustPut(t, d, in)
	}
	if err := d.SetFacts(t.Context(), gone.ID, corpus.KeyNote, []string{"secretnote"}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Note(t.Context(), EventExport, gone.ID, map[string]string{"brief": "secretbrief"}); err != nil {
		t.Fatal(err)
	}
	if err := d.Remove(t.Context(), gone.ID); err != nil {
		t.Fatal(err)
	}
	for range 2 { // before and after opening again
		if got := grep(t, d.root.Name(), "secret"); len(got) != 0 {
			t.Errorf("left in %v", got)
		}
		if _, err := d.Document(t.Context(), gone.ID); !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("Document = %v, want corpus.ErrNotFound", err)
		}
		if text, err := d.Text(t.Context(), keep.ID); err != nil || text.Paragraphs[0].Text != "kept" {
			t.Errorf("the other document: %v", err)
		}
		if got := findings(t, d, true); len(got) != 0 {
			t.Errorf("Check = %+v, want nothing: the chain still holds", got)
		}
		d = reopen(t, d)
	}
	if d.Seq() != 5 {
		t.Errorf("Seq = %d, want 5: the records stay", d.Seq())
	}
	mustPut(t, d, gone) // removed is not banned
	d = reopen(t, d)
	doc, err := d.Document(t.Context(), gone.ID)
	if err != nil || len(doc.Corrected) != 0 || doc.Value(corpus.KeyTitle) != "secrettitle" {
		t.Errorf("stored again: %+v, %v", doc, err)
	}
}

func TestNote(t *testing.T) {
	d := newDir(t)
	if _, err := d.Note(t.Context(), EventRemove, "", nil); !errors.Is(err, corpus.ErrInvalid) {
		t.Errorf("a note of a removal: %v, want corpus.ErrInvalid", err)
	}
	rec, err := d.Note(t.Context(), EventVerify, "", nil)
	if _, err := d.Note(t.Context(), EventVerify, "", "words"); !errors.Is(err, corpus.ErrInvalid) {
		t.Errorf("details that are no object: %v, want corpus.ErrInvalid", err)
	}
	if err != nil || rec.Seq != 1 || reopen(t, d).Seq() != 1 {
		t.Errorf("Note = %+v, %v", rec, err)
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	none := t.TempDir()
	_, err := Open(none, testOptions())
	if !errors.Is(err, corpus.ErrNotFound) || !strings.Contains(err.Error(), "dalel ingest makes one") {
		t.Errorf("Open of nothing: %v", err)
	}
	d := newDir(t)
	path := d.root.Name()
	if _, err := Create(path, testOptions()); !errors.Is(err, corpus.ErrInvalid) {
		t.Errorf("Create on a library: %v, want corpus.ErrInvalid", err)
	}
	for body, want := range map[string]error{
		"dalel library\nformat 2\n": corpus.ErrUnsupported,
		"dalel library\nformat x\n": corpus.ErrDamaged,
		"other\nformat 1\n":         corpus.ErrDamaged,
		"":                          corpus.ErrDamaged,
	} {
		if err := os.WriteFile(filepath.Join(path, formatFile), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path, testOptions()); !errors.Is(err, want) {
			t.Errorf("Open with FORMAT %q: %v, want %v", body, err, want)
		}
	}
	home := t.TempDir()
	if err := os.WriteFile(filepath.Join(home, "diary.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(home, testOptions()); !errors.Is(err, corpus.ErrInvalid) {
		t.Errorf("Create in a folder of other things: %v, want corpus.ErrInvalid", err)
	}
}

func TestModes(t *testing.T) {
	d := newDir(t)
	in := specimen(t, "a.txt", "one")
	mustPut(t, d, in)
	err := filepath.Walk(d.root.Name(), func(name string, fi os.FileInfo, err error) error {
		want := fileMode
		switch {
		case err != nil:
			return err
		case fi.IsDir():
			want = dirMode
		case strings.Contains(name, "originals"):
			want = originalMode
		}
		if got := fi.Mode().Perm(); got != want {
			t.Errorf("%s has mode %04o, want %04o", name, got, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestATornLogIsMended(t *testing.T) {
	d := newDir(t)
	a, b := specimen(t, "a.txt", "one"), specimen(t, "b.txt", "two")
	mustPut(t, d, a)
	whole := d.log.size()
	mustPut(t, d, b)
	path := d.root.Name()
	_ = d.Close()
	name := filepath.Join(path, logFile)
	full, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for cut := whole; cut < int64(len(full))-1; cut += 7 { // the last byte is only a line feed
		if err := os.WriteFile(name, full[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		var logged bytes.Buffer
		opt := testOptions()
		opt.Log = slog.New(slog.NewTextHandler(&logged, nil))
		again, err := Open(path, opt)
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if !again.Has(a.ID) || again.Has(b.ID) {
			t.Errorf("cut at %d: the first document is there: %t, the second: %t; want true, false", cut, again.Has(a.ID), again.Has(b.ID))
		}
		if warned := strings.Contains(logged.String(), "unfinished record after record 1"); warned != (cut > whole) {
			t.Errorf("cut at %d: warned %t: %s", cut, warned, logged.String())
		}
		mustPut(t, again, b) // and life goes on
		if got := findings(t, again, true); len(got) != 0 {
			t.Errorf("cut at %d: Check = %+v, want nothing", cut, got)
		}
		_ = again.Close()
	}
}

func TestALostLineFeedLosesNoRecord(t *testing.T) {
	for _, end := range []string{"", "\x0b"} {
		d := newDir(t)
		in := specimen(t, "a.txt", "one")
		mustPut(t, d, in)
		name := filepath.Join(d.root.Name(), logFile)
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, append(b[:len(b)-1], end...), 0o600); err != nil {
			t.Fatal(err)
		}
		d = reopen(t, d)
		if !d.Has(in.ID) || len(findings(t, d, true)) != 0 {
			t.Errorf("with %q for the line feed the record is lost", end)
		}
	}
}

func TestAChangedLogIsRefused(t *testing.T) {
	d := newDir(t)
	for i := range 4 {
		mustPut(t, d, specimen(t, fmt.Sprintf("%d.txt", i), "text"))
	}
	path := d.root.Name()
	_ = d.Close()
	name := filepath.Join(path, logFile)
	full, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(full, []byte("\n"))
	for _, tt := range []struct {
		name  string
		lines [][]byte
		want  string
	}{
		{"a record left out", [][]byte{lines[0], lines[2], lines[3]}, "record 2"},
		{"two swapped", [][]byte{lines[0], lines[2], lines[1], lines[3]}, "record 2"},
		{"one twice", [][]byte{lines[0], lines[1], lines[1]}, "record 3"},
		{"details changed", [][]byte{lines[0], bytes.Replace(lines[1], []byte("Specimen"), []byte("Spezimen"), 1), lines[2]}, "record 2"},
		{"time changed", [][]byte{lines[0], bytes.Replace(lines[1], []byte("2024"), []byte("2023"), 1), lines[2]}, "record 2"},
		{"time changed and linked again", [][]byte{lines[0], relink(t, bytes.Replace(lines[1], []byte("2024"), []byte("2023"), 1)), lines[2]}, "record 3"},
		{"details erased", [][]byte{append(append([]byte{}, lines[0][:bytes.Index(lines[0], []byte(lineMid))+len(lineMid)]...), "null}\n"...), lines[1]}, "record 1"},
		{"junk", [][]byte{lines[0], []byte("junk\n"), lines[1]}, "record 2"},
	} {
		if err := os.WriteFile(name, bytes.Join(tt.lines, nil), 0o600); err != nil {
			t.Fatal(err)
		}
		d, err := Open(path, testOptions())
		if !errors.Is(err, corpus.ErrDamaged) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: Open = %v, want corpus.ErrDamaged naming %s", tt.name, err, tt.want)
		}
		if err == nil {
			_ = d.Close()
		}
	}
}

// relink gives a forged line the link that fits it.
func relink(t *testing.T, b []byte) []byte {
	t.Helper()
	record, rest, ok1 := bytes.Cut(b, []byte(lineLink))
	_, details, ok2 := bytes.Cut(rest, []byte(lineMid))
	if !ok1 || !ok2 {
		t.Fatalf("not a line: %s", b)
	}
	raw := record[len(lineHead):]
	n := line{raw: raw, link: link(raw)}
	return appendLine(nil, &n, bytes.TrimSuffix(details, []byte("}\n")))
}

// TestEveryBitCounts flips one bit after another, in every file: Open or a full
// Check tells.
func TestEveryBitCounts(t *testing.T) {
	d := newDir(t)
	mustPut(t, d, specimen(t, "a.txt", "one"))
	mustPut(t, d, specimen(t, "b.txt", "two"))
	path := d.root.Name()
	_ = d.Close()
	for _, name := range append(grep(t, path, "SPECIMEN"), filepath.Join(path, logFile), filepath.Join(path, formatFile)) {
		if fi, err := os.Stat(name); err != nil || fi.IsDir() {
			continue
		}
		good, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(good)*8; i += 13 {
			bad := bytes.Clone(good)
			bad[i/8] ^= 1 << (i % 8)
			overwrite(t, name, bad)
			if !told(t, path) {
				t.Errorf("%s: bit %d of byte %d was flipped, and nothing tells", name, i%8, i/8)
			}
		}
		overwrite(t, name, good)
	}
	if told(t, path) {
		t.Error("the whole library is said to be damaged")
	}
}

func overwrite(t *testing.T, name string, b []byte) {
	t.Helper()
	fi, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	_ = os.Chmod(name, 0o600)
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
	_ = os.Chmod(name, fi.Mode())
}

// told reports whether Open or Check finds something wrong, or mended it.
func told(t *testing.T, path string) bool {
	t.Helper()
	var logged bytes.Buffer
	opt := testOptions()
	opt.Log = slog.New(slog.NewTextHandler(&logged, nil))
	d, err := Open(path, opt)
	if err != nil {
		return true
	}
	defer d.Close()
	return len(findings(t, d, true)) > 0 || logged.Len() > 0
}

func TestCheckNamesWhatIsWrong(t *testing.T) {
	for _, tt := range []struct {
		name string
		harm func(path string, id corpus.ID) error
		want FindingKind
		full bool
	}{
		{"original deleted", func(p string, id corpus.ID) error { return os.Remove(filepath.Join(p, originalName(id))) }, FindOriginal, false},
		{"original cut", func(p string, id corpus.ID) error {
			_ = os.Chmod(filepath.Join(p, originalName(id)), 0o600)
			defer os.Chmod(filepath.Join(p, originalName(id)), 0o400)
			return os.Truncate(filepath.Join(p, originalName(id)), 3)
		}, FindOriginal, false},
		{"text deleted", func(p string, id corpus.ID) error { return os.RemoveAll(filepath.Join(p, derivedDir(id))) }, FindDerived, false},
		{"others may read", func(p string, id corpus.ID) error { return os.Chmod(filepath.Join(p, originalName(id)), 0o444) }, FindPermissions, false},
		{"others may enter", func(p string, _ corpus.ID) error { return os.Chmod(p, 0o755) }, FindPermissions, false},
		{"unknown original", func(p string, id corpus.ID) error {
			return os.WriteFile(filepath.Join(p, originalName(id))+"0", nil, 0o400)
		}, FindLeftover, false},
		{"unknown text", func(p string, id corpus.ID) error {
			return os.WriteFile(filepath.Join(p, derivedDir(id), "text@1", "x"), nil, 0o600)
		}, FindLeftover, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDir(t)
			in := specimen(t, "a.txt", "one")
			mustPut(t, d, in)
			if err := tt.harm(d.root.Name(), in.ID); err != nil {
				t.Fatal(err)
			}
			got := findings(t, d, tt.full)
			if len(got) != 1 || got[0].Kind != tt.want {
				t.Errorf("Check = %+v, want one finding about %s", got, tt.want)
			}
		})
	}
}

func TestOriginalIsSeekable(t *testing.T) {
	d := newDir(t)
	in := specimen(t, "a.txt", "one")
	mustPut(t, d, in)
	f, err := d.Original(t.Context(), in.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if n, err := f.Seek(0, io.SeekEnd); n != in.Size || err != nil {
		t.Errorf("Seek = %d, %v, want %d", n, err, in.Size)
	}
	if _, err := d.Original(t.Context(), corpus.ID(strings.Repeat("0", 64))); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("Original of nothing = %v, want corpus.ErrNotFound", err)
	}
}

// A library that has lost its FORMAT is no folder to make another in: that would
// begin its log anew.
func TestCreateWritesOverNoLog(t *testing.T) {
	dir := t.TempDir()
	d, err := Create(dir, testOptions())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Note(t.Context(), EventExport, "", struct{}{}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Close(), os.Remove(filepath.Join(dir, "FORMAT"))); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(dir, "log", "entries.jsonl")
	before, err := os.ReadFile(log)
	if err != nil || len(before) == 0 {
		t.Fatalf("log of %d bytes, %v", len(before), err)
	}
	if _, err := Create(dir, testOptions()); !errors.Is(err, corpus.ErrDamaged) {
		t.Errorf("Create = %v, want corpus.ErrDamaged", err)
	}
	if _, err := Open(dir, testOptions()); !errors.Is(err, corpus.ErrDamaged) {
		t.Errorf("Open = %v, want corpus.ErrDamaged", err)
	}
	if after, err := os.ReadFile(log); err != nil || !bytes.Equal(after, before) {
		t.Errorf("the log has %d bytes, %v, want the %d from before", len(after), err, len(before))
	}
}

// Where it cannot be told whether there is a library, nobody says that there is
// none.
func TestAFolderThatCannotBeReadIsNotEmpty(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(file, testOptions())
	if err == nil || errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("Open = %v, want why it cannot be read", err)
	}
}
