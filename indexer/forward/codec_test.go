package forward

import (
	"bytes"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/search"
)

// intern numbers forms for a test.
func intern(forms map[string]uint32) func(string) uint32 {
	return func(f string) uint32 {
		id, ok := forms[f]
		if !ok {
			id = uint32(len(forms))
			forms[f] = id
		}
		return id
	}
}

// nineWords are words of which the first and the last have a capital.
func nineWords() (tokens []lang.Token) {
	for i := range 9 {
		tokens = append(tokens, lang.Token{Form: string(rune('a' + i)), Pos: i, Cap: i%8 == 0})
	}
	return tokens
}

func TestStreamKeepsEveryToken(t *testing.T) {
	for _, tt := range []struct {
		tokens []lang.Token
		first  uint32 // number of the first form
		size   int
		why    string
	}{
		{nil, 0, 0, "nothing takes no space"},
		{[]lang.Token{{Form: "a"}, {Form: "b", Pos: 1}, {Form: "a", Pos: 2}}, 0, 2 + 6 + 1, "plain words take two bytes and a bit"},
		{[]lang.Token{{Form: "a", Cap: true}, {Form: "b", Pos: 1, Sentence: 1}}, 0, 2 + 4 + 1 + 1, "a mark takes one byte or two more"},
		{[]lang.Token{{Form: "a", Cap: true, Initial: true}, {Form: "b", Pos: 1, Cap: true}}, 0, 2 + 4 + 1 + 1, "an initial"},
		{[]lang.Token{{Form: "a-b"}, {Form: "a"}, {Form: "b", Pos: 1}}, 0, 2 + 6 + 1 + 1, "a part at the place of the whole"},
		{[]lang.Token{{Form: "a"}, {Form: "b", Pos: 1}, {Form: "c", Pos: 2}, {Form: "d", Pos: 3, Sentence: 1}}, 0, 2 + 8 + 1 + 2, "a mark after plain words"},
		{[]lang.Token{{Form: "a", Pos: 9, Sentence: 3}, {Form: "b", Pos: 2, Sentence: 1}}, 0, 2 + 4 + 1 + 6, "leaps, also back"},
		{[]lang.Token{{Form: "a", Pos: 1 << 20, Sentence: 60000}}, 0, 2 + 2 + 1 + 8, "far leaps"},
		{[]lang.Token{{Form: "a"}, {Form: "b", Pos: 1}, {Form: "c", Pos: 2}}, rareForm - 1, 2 + 6 + 1 + 6, "numbers that do not fit take five bytes"},
		{nineWords(), 0, 2 + 18 + 2, "capitals of more than eight words"},
	} {
		forms := map[string]uint32{}
		number := intern(forms)
		var w streamWriter
		w.append(nil, []lang.Token{{Form: "left over"}, {Form: "x", Pos: 5, Cap: true}}, func(*lang.Token, bool) uint32 { return rareForm })
		stream := w.append(nil, tt.tokens, func(t *lang.Token, _ bool) uint32 { return tt.first + number(t.Form) })
		if len(stream) != tt.size {
			t.Errorf("%s: %d bytes, want %d", tt.why, len(stream), tt.size)
		}
		stream = append(stream, 7)
		if parts, err := splitStream(stream, len(tt.tokens)); err != nil || !bytes.Equal(parts.rest, []byte{7}) {
			t.Errorf("%s: %v, rest %v", tt.why, err, parts.rest)
		}
		got, err := decodeStream(nil, stream, len(tt.tokens), int(tt.first)+len(forms), nil, nil)
		if err != nil {
			t.Errorf("%s: %v", tt.why, err)
		}
		var want []search.Token
		for _, tok := range tt.tokens {
			want = append(want, search.Token{
				Exact: tt.first + forms[tok.Form], Pos: uint32(tok.Pos), Sentence: uint16(tok.Sentence), Cap: tok.Cap, Initial: tok.Initial,
			})
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %+v, want %+v", tt.why, got, want)
		}
		if len(tt.tokens) > 0 {
			if _, err := decodeStream(nil, stream, len(tt.tokens), int(tt.first), nil, nil); err == nil {
				t.Errorf("%s: a form that the vocabulary has not is no error", tt.why)
			}
		}
	}
}

// FuzzStream checks that no bytes break the reader, that all forms it gives
// are in the vocabulary, that what it reads can be written and read again, and
// that looking for some forms finds those of the whole.
func FuzzStream(f *testing.F) {
	f.Add([]byte{0, 2, 1, 0, 0, 0, 2, 0, 65, 73}, 3, 100)
	f.Add([]byte{3, 0, 0xff, 0xff, 1, 0, 0xff, 0xff, 3}, 2, 70000)
	f.Add([]byte{3, 0xff}, 1, 5)
	f.Fuzz(func(t *testing.T, stream []byte, n, forms int) {
		n, forms = max(0, n%1000), max(0, forms%(1<<20))
		got, err := decodeStream(nil, stream, n, forms, nil, nil)
		if err != nil {
			return
		}
		numbers := map[string]uint32{}
		var tokens []lang.Token
		for _, tok := range got {
			if int(tok.Exact) >= forms {
				t.Fatalf("form %d of %d", tok.Exact, forms)
			}
			form := strconv.Itoa(int(tok.Exact))
			numbers[form] = tok.Exact
			tokens = append(tokens, lang.Token{Form: form, Pos: int(tok.Pos), Sentence: int(tok.Sentence), Cap: tok.Cap, Initial: tok.Initial})
		}
		again := new(streamWriter).append(nil, tokens, func(t *lang.Token, _ bool) uint32 { return numbers[t.Form] })
		back, err := decodeStream(nil, again, len(tokens), forms, nil, nil)
		if err != nil || !slices.Equal(back, got) {
			t.Errorf("%v, %v, want %v", back, err, got)
		}
		probe := search.FormProbe{1 << 1, 0, 0, 1 << 7, 0, 0, 0, 0}
		some, err := decodeStream(nil, again, len(tokens), forms, probe, nil)
		want := slices.DeleteFunc(got, func(t search.Token) bool { return !probe.Has(t.Exact) })
		if err != nil || !slices.Equal(some, want) {
			t.Errorf("some: %v, %v, want %v", some, err, want)
		}
		two, err := decodeStream(nil, again, len(tokens), forms, probe, func(t []search.Token) bool { return len(t) == 2 })
		if err != nil || !slices.Equal(two, want[:min(2, len(want))]) {
			t.Errorf("two: %v, %v, of %v", two, err, want)
		}
	})
}

func TestFirstWordsOfSentences(t *testing.T) {
	var got []bool
	new(streamWriter).append(nil, []lang.Token{
		{Form: "x-a"}, {Form: "x"}, {Form: "a", Pos: 1}, {Form: "b", Pos: 2}, {Form: "c", Pos: 3, Sentence: 1}, {Form: "d", Pos: 4, Sentence: 1},
	}, func(_ *lang.Token, first bool) uint32 { got = append(got, first); return 0 })
	if want := []bool{true, true, false, false, true, false}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v: a compound and its first part are first, so is the word after a sentence's end", got, want)
	}
}

func TestStemsOfForms(t *testing.T) {
	s := newStore(t)
	s.stem = func(form string, code lang.Code) []string {
		return strings.Fields(map[lang.Code]map[string]string{
			lang.KK: {"соттар": "сот", "сотты": "сот", "судья": "судья суд"},
			lang.RU: {"соттар": "сотт", "сотты": "сотт", "судья": "суд"},
		}[code][form])
	}
	put := func(name string, codes ...lang.Code) {
		d := doc(name, nil, "соттар сотты судья")
		d.Langs = [][]lang.Code{codes}
		mustAppend(t, s, d)
	}
	put("a", lang.KK)
	put("b", lang.RU, lang.KK)
	v := s.View()
	defer v.Release()
	for _, tt := range []struct {
		code lang.Code
		stem string
		want []string
		why  string
	}{
		{lang.KK, "сот", []string{"сотты", "соттар"}, "two forms of a stem"},
		{lang.KK, "суд", []string{"судья"}, "a form of two stems"},
		{lang.KK, "судья", []string{"судья"}, "and the other"},
		{lang.RU, "суд", []string{"судья"}, "another language, later"},
		{lang.EN, "суд", nil, "none"},
		{"fr", "суд", nil, "no language of ours"},
	} {
		var got []string
		for _, f := range v.StemForms(tt.code, tt.stem, nil) {
			got = append(got, v.FormText(f))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s %s: %q, want %q: %s", tt.code, tt.stem, got, tt.want, tt.why)
		}
	}
}

func TestMentionsOfOneParagraph(t *testing.T) {
	text := "SPECIMEN. Айдана Белгісіз: ч. 2 ст. 405, ст. 174 УК РК"
	stream := lang.Tokens(text)
	at := func(kind corpus.MentionKind, id, run string) corpus.Mention {
		i := strings.Index(text, run)
		return corpus.Mention{Kind: kind, ID: id, Start: i, End: i + len(run)}
	}
	mentions := []corpus.Mention{
		at(corpus.MentionPerson, "Айдана Белгісіз\tАйдана Белгісіз", "Айдана Белгісіз"),
		at(corpus.MentionStatute, "KZ-UK-2014/405/2", "ч. 2 ст. 405, ст. 174 УК РК"),
		at(corpus.MentionStatute, "KZ-UK-2014/174", "ст. 174 УК РК"),
		at(corpus.MentionDocument, "A/HRC/WGAD/2022/931", ":"),
	}
	numbers := map[string]uint32{}
	var ids []string
	b := appendMentions(nil, mentions, stream, func(id string) uint32 {
		if _, ok := numbers[id]; !ok {
			numbers[id] = uint32(len(ids))
			ids = append(ids, id)
		}
		return numbers[id]
	})
	got, err := decodeMentions(nil, b, ids, len(stream))
	if err != nil || len(got) != len(mentions) {
		t.Fatalf("%+v, %v", got, err)
	}
	for i, want := range []string{"айдана белгісіз", "ч 2 ст 405 ст 174 ук рк", "ст 174 ук рк", ""} {
		var words []string
		for _, tok := range stream[got[i].First:got[i].After] {
			words = append(words, tok.Form)
		}
		if got[i].Mention != mentions[i] || strings.Join(words, " ") != want {
			t.Errorf("%+v with tokens %q, want %+v with %q", got[i], words, mentions[i], want)
		}
	}
	if _, err := decodeMentions(nil, b, ids[:2], len(stream)); err == nil {
		t.Error("a mention of a number that there is not is read")
	}
	if _, err := decodeMentions(nil, b, ids, 3); err == nil {
		t.Error("a mention behind the end of the paragraph is read")
	}
	for _, bad := range []corpus.Mention{
		{Kind: "place", ID: "x", End: 1},
		{Kind: corpus.MentionPerson, End: 1},
		{Kind: corpus.MentionPerson, ID: "x", Start: 2, End: 1},
		{Kind: corpus.MentionPerson, ID: "x", End: 11},
	} {
		if checkMentions([]corpus.Mention{bad}, 10) == nil {
			t.Errorf("%+v is stored", bad)
		}
	}
}

// FuzzMentions checks that no bytes break the reader.
func FuzzMentions(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3, 3, 0, 1, 200, 1, 4, 5, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := decodeMentions(nil, b, []string{"a", "b"}, 10)
		for _, m := range got {
			if m.Start < 0 || m.End < m.Start || m.First > m.After || m.After > 10 {
				t.Errorf("%+v, %v", m, err)
			}
		}
	})
}

// FuzzParagraph checks that records round-trip and that no bytes break the reader.
func FuzzParagraph(f *testing.F) {
	f.Add("34", "body", "текст", "i", 3, []byte{1, 2})
	f.Fuzz(func(t *testing.T, label, role, text, page string, n int, raw []byte) {
		want := corpus.Paragraph{
			Ord: n, Under: -n, Label: label, Role: corpus.Role(role), Lang: "kk", Text: text,
			Path:  strings.Fields(text),
			Pages: []corpus.PageSpan{{Page: n, Label: page}, {Page: n + 1, Start: len(text)}},
		}
		if len(want.Path) == 0 {
			want.Path = nil
		}
		got, err := decodeParagraph(appendParagraph(nil, &want))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, %v, want %+v", got, err, want)
		}
		if p, err := decodeParagraph(raw); err == nil {
			again, err := decodeParagraph(appendParagraph(nil, &p))
			if err != nil || !reflect.DeepEqual(again, p) {
				t.Errorf("%+v, %v, want %+v", again, err, p)
			}
		}
	})
}

// FuzzTables checks that no payload breaks the reader of the tables.
func FuzzTables(f *testing.F) {
	unzip, err := zstd.NewReader(nil)
	if err != nil {
		f.Fatal(err)
	}
	zip, err := zstd.NewWriter(nil)
	if err != nil {
		f.Fatal(err)
	}
	s := &Store{t: newTables(unzip), zip: zip, stem: stems}
	b := s.newBatch()
	d := doc("seed", map[corpus.Key]string{corpus.KeyCourt: "c"}, "some words", "# 2")
	if err := b.add(&d); err != nil {
		f.Fatal(err)
	}
	frame, err := b.finish()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(frame[frameHead:])
	f.Add([]byte{byte(frameRemove), 1, 0})
	f.Fuzz(func(t *testing.T, payload []byte) {
		tab := newTables(unzip)
		if err := tab.apply(payload, 0); err != nil {
			return
		}
		for _, doc := range tab.docs {
			if doc.first > doc.end || int(doc.end) > len(tab.paras) {
				t.Fatalf("document of paragraphs %d to %d of %d", doc.first, doc.end, len(tab.paras))
			}
		}
	})
}

func TestCacheForgetsTheOldest(t *testing.T) {
	c := newCache[int, int](100)
	for i := range 100 {
		c.put(i, i, 10)
		if _, ok := c.get(0); !ok {
			t.Fatal("what is in use was forgotten")
		}
	}
	kept := 0
	for i := range 100 {
		if v, ok := c.get(i); ok && v == i {
			kept++
		}
	}
	if kept > 20 {
		t.Errorf("%d values of 10 bytes kept within 100 bytes", kept)
	}
}
