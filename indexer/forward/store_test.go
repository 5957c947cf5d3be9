package forward

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/search"
)

// tokens is a tokenizer for tests: runs of letters and digits, in lower case.
func tokens(text string) []lang.Token {
	var out []lang.Token
	start, sentence := -1, 0
	flush := func(end int) {
		if start >= 0 {
			word := text[start:end]
			first := []rune(word)[0]
			out = append(out, lang.Token{
				Start: start, End: end, Form: strings.ToLower(word),
				Pos: len(out), Sentence: sentence, Cap: unicode.IsUpper(first),
			})
		}
		start = -1
	}
	for i, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if start < 0 {
				start = i
			}
		case r == '.':
			flush(i)
			sentence++
		default:
			flush(i)
		}
	}
	flush(len(text))
	return out
}

func testID(name string) corpus.ID {
	sum := sha256.Sum256([]byte(name))
	return corpus.ID(hex.EncodeToString(sum[:]))
}

// doc makes a document of which each line is a paragraph. A line that begins
// with "#" is a running head.
func doc(name string, facts map[corpus.Key]string, lines ...string) Doc {
	d := &corpus.Document{
		ID: testID(name), Size: 7, MediaType: "text/plain",
		Sources: []corpus.Source{{Path: name}},
		Read:    corpus.Facts{corpus.KeyTitle: {Values: []string{name}, Origin: corpus.FromText}},
		Text: &corpus.Text{
			Extractor: "test@1",
			Pages:     []corpus.Page{{No: 1, Status: corpus.PageOK}, {No: 2, Status: corpus.PageUnread}},
		},
	}
	for k, v := range facts {
		d.Read[k] = corpus.Fact{Values: strings.Split(v, "|")}
	}
	out := Doc{Doc: d}
	for i, line := range lines {
		p := corpus.Paragraph{
			Ord: i + 1, Label: strconv.Itoa(i + 1), Role: corpus.RoleBody, Section: corpus.SectionFacts,
			Path: []string{"A", "b"}, Voice: corpus.VoiceCourt, Lang: "ru", Text: line,
			Pages:  []corpus.PageSpan{{Page: 1, Label: "i"}, {Page: 2, Start: 3, Seen: true}},
			Quotes: []corpus.Quote{{Start: 1, End: 2}, {Start: 3, End: 300, Voice: corpus.VoiceSource}},
		}
		if i == 2 {
			p.Under, p.Label = 2, ""
		}
		stream := tokens(line)
		if strings.HasPrefix(line, "#") {
			p.Role, stream = corpus.RoleHeader, nil
		}
		d.Text.Paragraphs = append(d.Text.Paragraphs, p)
		out.Streams = append(out.Streams, stream)
		out.Langs = append(out.Langs, []lang.Code{lang.RU, lang.KK})
		var mentions []corpus.Mention
		if len(stream) > 1 {
			mentions = []corpus.Mention{{Kind: corpus.MentionStatute, ID: "KZ-UK/" + strconv.Itoa(len(line)), Start: stream[0].Start, End: stream[1].End}}
		}
		out.Mentions = append(out.Mentions, mentions)
	}
	return out
}

// stems makes the first three letters of a word its stem, and more in Kazakh.
func stems(form string, code lang.Code) []string {
	if stem := stemOf(form); code == lang.RU {
		return []string{stem}
	} else {
		return []string{stem, "x" + stem}
	}
}

func stemOf(form string) string { return string([]rune(form)[:min(3, len([]rune(form)))]) }

func newStore(t *testing.T) *Store {
	t.Helper()
	s, err := Create(filepath.Join(t.TempDir(), "fw"))
	if err != nil {
		t.Fatal(err)
	}
	s.stem = stems
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func reopen(t *testing.T, s *Store) *Store {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func mustAppend(t *testing.T, s *Store, docs ...Doc) []search.ParaNo {
	t.Helper()
	first, err := s.Append(t.Context(), docs)
	if err != nil {
		t.Fatal(err)
	}
	return first
}

func mustSync(t *testing.T, s *Store, seq uint64) {
	t.Helper()
	if err := s.Sync(seq); err != nil {
		t.Fatal(err)
	}
}

// dump prints all that a store says, so that two states can be compared.
func dump(t *testing.T, s *Store) string {
	t.Helper()
	v := s.View()
	defer v.Release()
	var b strings.Builder
	paras, docs := v.Size()
	unread, doubtful := v.Unread()
	fmt.Fprintln(&b, "size", paras, docs, "unread", unread, doubtful, "avg", v.AvgTokens())
	for d := range search.DocNo(docs) {
		first, end := v.Paras(d)
		from, to := v.Days(d)
		fmt.Fprintln(&b, "doc", d, v.Alive(d), first, end, from, to, v.Work(d), v.ID(d).Short(), v.TextHash(d)[:8])
		fmt.Fprintf(&b, "  %+v\n", *v.Doc(d))
		for _, k := range append(factKeys[:], foundKeys[:]...) {
			col := v.Facet(k)
			for _, o := range col.Of[d] {
				fmt.Fprint(&b, "  ", k, "=", col.Values[o])
			}
		}
	}
	for p := range search.ParaNo(paras) {
		toks, err := v.Tokens(p, nil, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		rec, err := v.Paragraph(p)
		if err != nil {
			t.Fatal(err)
		}
		mentions, err := v.Mentions(p, nil)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "para %d %+v %d\n  %v\n  %v\n  %+v\n", p, v.Para(p), v.TokenCount(p), toks, mentions, rec)
	}
	for _, id := range v.Lexicon().Order {
		form := v.FormText(id)
		fmt.Fprintln(&b, form, id, v.Uses(id), v.StemForms(lang.RU, stemOf(form), nil), v.StemForms(lang.KK, "x"+stemOf(form), nil))
	}
	return b.String()
}

func TestStoreGivesBackWhatItWasGiven(t *testing.T) {
	s := newStore(t)
	d1 := doc("one", map[corpus.Key]string{
		corpus.KeyKind: "verdict", corpus.KeyDate: "2023-11", corpus.KeyCourt: "Суд А|Суд Б|Суд А",
	}, "Суд решил. Адвокат просил", "# 17", "қаулы шығарды")
	d2 := doc("two", nil, "Суд, суд; court")
	d2.Work = "w"
	if got, want := mustAppend(t, s, d1, d2), []search.ParaNo{0, 3}; !slices.Equal(got, want) {
		t.Errorf("Append = %v, want %v", got, want)
	}
	v := s.View()
	defer v.Release()

	want := search.Para{
		Doc: 0, Ord: 3, Scope: 2, Role: corpus.RoleBody,
		Section: corpus.SectionFacts, Voice: corpus.VoiceCourt, Lang: "ru",
	}
	if got := v.Para(2); got != want {
		t.Errorf("Para(2) = %+v, want %+v", got, want)
	}
	if got, _ := v.Paragraph(0); !reflect.DeepEqual(got, d1.Doc.Text.Paragraphs[0]) {
		t.Errorf("Paragraph(0) = %+v, want %+v", got, d1.Doc.Text.Paragraphs[0])
	}
	got, _ := v.Tokens(0, nil, nil, nil)
	if want := []search.Token{
		{Exact: 0, Pos: 0, Sentence: 0, Cap: true},
		{Exact: 1, Pos: 1, Sentence: 0},
		{Exact: 2, Pos: 2, Sentence: 1, Cap: true},
		{Exact: 3, Pos: 3, Sentence: 1},
	}; !slices.Equal(got, want) {
		t.Errorf("Tokens(0) = %+v, want %+v", got, want)
	}
	if got := v.FormText(2); got != "адвокат" {
		t.Errorf("FormText(2) = %q, want адвокат", got)
	}
	if got, want := v.AvgTokens(), 3.0; got != want { // 4, none, 2 and 3 tokens in three streams
		t.Errorf("AvgTokens = %v, want %v", got, want)
	}
	if a, b := v.Days(0); a != 20231101 || b != 20231131 {
		t.Errorf("Days = %d, %d, want the month", a, b)
	}
	if unread, doubtful := v.Unread(); unread != 2 || doubtful != 0 {
		t.Errorf("Unread = %d, %d, want 2, 0", unread, doubtful)
	}
	wantDoc := *d1.Doc
	wantDoc.Text = nil
	if got := v.Doc(0); !reflect.DeepEqual(*got, wantDoc) {
		t.Errorf("Doc = %+v, want %+v", *got, wantDoc)
	}
	if got := v.TextHash(0); got != d1.Doc.Text.Hash() {
		t.Errorf("TextHash = %s, want that of the text", got)
	}
}

func TestFacetsAreOrdinals(t *testing.T) {
	s := newStore(t)
	mustAppend(
		t, s,
		doc("one", map[corpus.Key]string{corpus.KeyCourt: "Б|А|Б||", corpus.KeyDate: "2021-02-03"}),
		doc("two", map[corpus.Key]string{corpus.KeyCourt: "А", corpus.KeyKind: "ruling"}),
	)
	v := s.View()
	defer v.Release()
	for _, tt := range []struct {
		key  corpus.Key
		want []string
		why  string
	}{
		{corpus.KeyCourt, []string{"Б А", "А"}, "each value once, none empty"},
		{corpus.KeyKind, []string{"other", "ruling"}, "a document has always a kind"},
		{search.KeyYear, []string{"2021", ""}, "the year comes from the date"},
		{corpus.KeyTitle, []string{"", ""}, "a title is not counted"},
	} {
		col := v.Facet(tt.key)
		for d, ords := range col.Of {
			var got []string
			for _, o := range ords {
				got = append(got, col.Values[o])
			}
			if s := strings.Join(got, " "); s != tt.want[d] {
				t.Errorf("%s of %d = %q, want %q: %s", tt.key, d, s, tt.want[d], tt.why)
			}
		}
	}
}

func TestChangesSurviveReopening(t *testing.T) {
	s := newStore(t)
	one := doc("one", nil, "a b", "c", "d")
	mustAppend(t, s, one)
	mustAppend(t, s, doc("two", nil, "b c d"), doc("three", nil, "e"))
	one.Doc.Corrected = corpus.Facts{corpus.KeyDate: {Values: []string{"1999-01-02"}, Origin: corpus.FromPerson}}
	if err := s.SetDoc(t.Context(), one.Doc, "work"); err != nil {
		t.Fatal(err)
	}
	if err := s.Remove(t.Context(), testID("two"), testID("unknown")); err != nil {
		t.Fatal(err)
	}
	mustAppend(t, s, doc("three", nil, "read again", "by another extractor"))
	mustSync(t, s, 42)
	want := dump(t, s)
	s = reopen(t, s)
	if got := dump(t, s); got != want {
		t.Errorf("after reopening:\n%s\nbefore:\n%s", got, want)
	}
	if got := s.Seq(); got != 42 {
		t.Errorf("Seq = %d, want 42", got)
	}
	if _, ok := s.Find(testID("two")); ok {
		t.Error("a removed document is found")
	}
	if d, ok := s.Find(testID("three")); !ok || d != 3 {
		t.Errorf("Find = %d, %v, want the second reading", d, ok)
	}
	if first, end, ok := s.Paras(testID("three")); !ok || first != 5 || end != 7 {
		t.Errorf("Paras = %d, %d, %v, want 5, 7", first, end, ok)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Errorf("Check = %v", err)
	}
}

func TestSetDocOfUnknownDocument(t *testing.T) {
	s := newStore(t)
	if err := s.SetDoc(t.Context(), doc("x", nil).Doc, ""); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("SetDoc = %v, want corpus.ErrNotFound", err)
	}
}

func TestAppendRefuses(t *testing.T) {
	noText, badID, short := doc("a", nil, "x"), doc("b", nil, "x"), doc("c", nil, "x")
	noText.Doc.Text = nil
	badID.Doc.ID = "ABC"
	short.Streams = nil
	for _, tt := range []struct {
		doc Doc
		why string
	}{
		{noText, "no text"},
		{badID, "not an ID"},
		{short, "streams and paragraphs do not pair"},
		{Doc{}, "no document"},
	} {
		s := newStore(t)
		before := dump(t, s)
		_, err := s.Append(t.Context(), []Doc{doc("good", nil, "new words"), tt.doc})
		if !errors.Is(err, corpus.ErrInvalid) {
			t.Errorf("%s: Append = %v, want corpus.ErrInvalid", tt.why, err)
		}
		if got := dump(t, s); got != before {
			t.Errorf("%s: half of a refused batch is stored:\n%s", tt.why, got)
		}
	}
}

func TestViewStaysAsItWas(t *testing.T) {
	s := newStore(t)
	one := doc("one", map[corpus.Key]string{corpus.KeyTag: "old"}, "first text")
	mustAppend(t, s, one)
	v := s.View()
	defer v.Release()
	mustAppend(t, s, doc("two", nil, "second text beta"))
	one.Doc.Corrected = corpus.Facts{corpus.KeyTag: {Values: []string{"new"}}}
	if err := s.SetDoc(t.Context(), one.Doc, ""); err != nil {
		t.Fatal(err)
	}
	if err := s.Remove(t.Context(), testID("one")); err != nil {
		t.Fatal(err)
	}
	if paras, docs := v.Size(); paras != 1 || docs != 1 || !v.Alive(0) || v.Alive(1) {
		t.Errorf("Size = %d, %d, Alive = %v, %v, want the old ones", paras, docs, v.Alive(0), v.Alive(1))
	}
	if col := v.Facet(corpus.KeyTag); len(col.Of) != 1 || col.Values[col.Of[0][0]] != "old" {
		t.Errorf("Facet = %+v, want the old tag", col)
	}
	if _, ok := v.Form("second"); ok {
		t.Error("a form of a later document is known")
	}
	var forms []string
	for _, id := range v.Lexicon().Order {
		forms = append(forms, v.FormText(id))
	}
	if want := []string{"first", "text"}; !slices.Equal(forms, want) {
		t.Errorf("forms = %v, want %v", forms, want)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if p, err := v.Paragraph(0); err != nil || p.Text != "first text" {
		t.Errorf("after Close: Paragraph = %q, %v, want the text", p.Text, err)
	}
	if _, err := s.Append(t.Context(), []Doc{one}); !errors.Is(err, corpus.ErrUnavailable) {
		t.Errorf("after Close: Append = %v, want corpus.ErrUnavailable", err)
	}
}

func TestNumbersThatDoNotExist(t *testing.T) {
	s := newStore(t)
	v := s.View()
	defer v.Release()
	if v.Alive(v.Para(7).Doc) || v.TokenCount(7) != 0 || v.FormText(7) != "" || v.AvgTokens() != 0 {
		t.Error("an empty store knows paragraph 7")
	}
	if _, err := v.Tokens(7, nil, nil, nil); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("Tokens = %v, want corpus.ErrNotFound", err)
	}
	if _, err := v.Paragraph(7); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("Paragraph = %v, want corpus.ErrNotFound", err)
	}
}

func TestTheLexiconIsInByteOrder(t *testing.T) {
	s := newStore(t)
	old := s.View()
	defer old.Release()
	for i, text := range []string{"сот соттар суд", "сотқа а", "сот court сотқ", "судья соттың"} {
		mustAppend(t, s, doc(strconv.Itoa(i), nil, text))
		v := s.View()
		defer v.Release()
		var got []string
		for _, id := range v.Lexicon().Order {
			got = append(got, v.FormText(id))
		}
		if !slices.IsSorted(got) {
			t.Errorf("forms %q are not in byte order", got)
		}
		if want := []int{3, 5, 7, 9}[i]; len(got) != want {
			t.Errorf("forms %q, want %d of them", got, want)
		}
		if n := len(old.Lexicon().Order); n != 0 {
			t.Errorf("a view from before knows %d forms", n)
		}
	}
}

// files reads all files of a folder.
func readDir(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = string(b)
	}
	return out
}

func writeDir(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestSameCallsSameBytes(t *testing.T) {
	build := func() map[string]string {
		s := newStore(t)
		mustAppend(t, s, doc("one", map[corpus.Key]string{corpus.KeyTag: "x|y", corpus.KeyKind: "news", corpus.KeyBody: "b"},
			"Words and more words", "and words"), doc("two", nil, "other words"))
		if err := s.Remove(t.Context(), testID("one")); err != nil {
			t.Fatal(err)
		}
		mustSync(t, s, 3)
		return readDir(t, s.dir)
	}
	if a, b := build(), build(); !reflect.DeepEqual(a, b) {
		t.Error("two runs wrote different bytes")
	}
}

func TestTornTailIsCut(t *testing.T) {
	s := newStore(t)
	mustAppend(t, s, doc("one", nil, "safe words", "more"))
	mustSync(t, s, 1)
	safe := readDir(t, s.dir)
	want := dump(t, s)
	mustAppend(t, s, doc("two", nil, "words that are not safe yet"))
	all := readDir(t, s.dir)
	for _, name := range []string{tablesName, tokensName, textsName} {
		for cut := len(safe[name]); cut <= len(all[name]); cut += 5 {
			files := maps.Clone(all)
			files[name] = all[name][:cut]
			if cut%2 == 1 {
				files[stateName+".new"] = "half a st"
			}
			got, err := Open(writeDir(t, files))
			if err != nil {
				t.Fatalf("%s cut to %d bytes: %v", name, cut, err)
			}
			if d := dump(t, got); d != want {
				t.Fatalf("%s cut to %d bytes:\n%s\nwant:\n%s", name, cut, d, want)
			}
			if err := got.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestHalfCreatedStoreIsDamaged(t *testing.T) {
	s := newStore(t)
	files := readDir(t, s.dir)
	for _, missing := range []string{stateName, tablesName, tokensName, textsName} {
		part := map[string]string{}
		for n, data := range files {
			if n != missing {
				part[n] = data
			}
		}
		if _, err := Open(writeDir(t, part)); !errors.Is(err, corpus.ErrDamaged) {
			t.Errorf("without %s: Open = %v, want corpus.ErrDamaged", missing, err)
		}
	}
	_, err := Open(filepath.Join(t.TempDir(), "none"))
	if !errors.Is(err, corpus.ErrNotFound) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open of nothing = %v, want corpus.ErrNotFound", err)
	}
	if _, err := Create(s.dir); !errors.Is(err, corpus.ErrInvalid) {
		t.Errorf("Create over a store = %v, want corpus.ErrInvalid", err)
	}
}

// TestEveryFlippedBitIsFound flips one bit of each byte of each file in turn.
func TestEveryFlippedBitIsFound(t *testing.T) {
	s := newStore(t)
	mustAppend(t, s, doc("one", map[corpus.Key]string{corpus.KeyCourt: "С"}, "words of one", "# head"))
	mustAppend(t, s, doc("two", nil, "Сот үкім шығарды. Сот"))
	mustSync(t, s, 9)
	files := readDir(t, s.dir)
	for name, data := range files {
		for i := range data {
			b := []byte(data)
			b[i] ^= 1 << (i % 8)
			if err := os.WriteFile(filepath.Join(s.dir, name), b, 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := Open(s.dir)
			if err == nil {
				err = errors.Join(got.Check(t.Context()), got.Close())
			}
			if !errors.Is(err, corpus.ErrDamaged) {
				t.Errorf("%s, byte %d of %d: %v, want corpus.ErrDamaged", name, i, len(data), err)
			}
		}
		if err := os.WriteFile(filepath.Join(s.dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCutUnderAnOpenStore cuts files short while they are in use, as tools
// that keep folders in step do.
func TestCutUnderAnOpenStore(t *testing.T) {
	s := newStore(t)
	mustAppend(t, s, doc("one", nil, "words of one"))
	v := s.View()
	defer v.Release()
	for _, name := range []string{tablesName, tokensName, textsName} {
		if err := os.Truncate(filepath.Join(s.dir, name), magicSize); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := v.Tokens(0, nil, nil, nil); !errors.Is(err, corpus.ErrDamaged) {
		t.Errorf("Tokens = %v, want corpus.ErrDamaged", err)
	}
	if _, err := v.Paragraph(0); !errors.Is(err, corpus.ErrDamaged) {
		t.Errorf("Paragraph = %v, want corpus.ErrDamaged", err)
	}
	if got := v.Doc(0); got.ID != testID("one") {
		t.Errorf("Doc = %+v, want the ID at least", got)
	}
}
