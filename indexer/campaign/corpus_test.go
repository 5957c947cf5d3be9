package campaign

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/search"
)

// vocabulary is words that nobody has written: syllables in Zipf's order.
var vocabulary = sync.OnceValue(func() []string {
	const words = 20_000
	r := rand.New(rand.NewPCG(7, 7))
	first, second := []rune("бвгджзклмнпрстфхцчш"), []rune("аеиоуыэя")
	out := make([]string, words)
	for i := range out {
		var b strings.Builder
		for range 2 + r.IntN(4) {
			b.WriteRune(first[r.IntN(len(first))])
			b.WriteRune(second[r.IntN(len(second))])
		}
		out[i] = b.String()
	}
	return out
})

// sentences are what real documents have beside words: persons and references.
var sentences = []string{
	"Свидетель Азамат Сейтенов показал это в суде.", "Осуждён по ч. 2 ст. 405 УК РК.",
	"См. A/HRC/WGAD/2099/931, пункт 34.", "Защитник Гульнара Ерболатова возразила.",
}

// text is document number i, SPECIMEN all of it. Its first paragraph has a
// word of its own.
func text(i int) *corpus.Text {
	const least, more = 4, 8 // paragraphs
	r := rand.New(rand.NewPCG(uint64(i), 11))
	z := rand.NewZipf(r, 1.1, 4, uint64(len(vocabulary())-1))
	t := &corpus.Text{Extractor: "text@1", Pages: []corpus.Page{{No: 1, Status: corpus.PageOK, Score: 1, Extractor: "text@1", Warnings: []string{}}}}
	for p := range least + r.IntN(more) {
		words := make([]string, 40+r.IntN(60))
		for j := range words {
			words[j] = vocabulary()[z.Uint64()]
		}
		body := strings.Join(words, " ") + ". " + sentences[r.IntN(len(sentences))]
		if p == 0 {
			body = "SPECIMEN " + ownWord(i) + " " + body
		}
		t.Paragraphs = append(t.Paragraphs, corpus.Paragraph{
			Ord: p + 1, Role: corpus.RoleBody, Lang: "ru", Text: body, Label: strconv.Itoa(p + 1),
			Pages: []corpus.PageSpan{{Page: 1}},
		})
	}
	return t
}

// ownWord stands in document number i alone.
func ownWord(i int) string {
	return "знак" + strings.NewReplacer(digits...).Replace(strconv.Itoa(i)) + "щ"
}

var digits = []string{"0", "ба", "1", "ве", "2", "ги", "3", "до", "4", "жу", "5", "зы", "6", "кэ", "7", "ля", "8", "ма", "9", "не"}

func body(i int) []byte {
	var b bytes.Buffer
	_, _ = text(i).WriteTo(&b) // a buffer takes everything
	return b.Bytes()
}

var kinds = []corpus.Kind{corpus.Verdict, corpus.Other, corpus.News}

func idOf(i int) corpus.ID {
	sum := sha256.Sum256(body(i))
	return corpus.ID(hex.EncodeToString(sum[:]))
}

// makeDocuments writes the files of n documents and returns them ready to be stored.
func makeDocuments(dir string, first, n int) ([]corpus.Ingested, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	out := make([]corpus.Ingested, n)
	for i := range out {
		no := first + i
		t := text(no)
		b := body(no)
		file := filepath.Join(dir, fmt.Sprintf("%06d.txt", no))
		if old, err := os.ReadFile(file); err != nil || !bytes.Equal(old, b) {
			if err := os.WriteFile(file, b, 0o600); err != nil {
				return nil, err
			}
		}
		out[i] = corpus.Ingested{
			ID: idOf(no), Size: int64(len(b)), MediaType: "text/plain", File: file, Text: t,
			Source: corpus.Source{Path: filepath.Base(file), Added: time.Unix(1_700_000_000, 0)},
			Read: corpus.Facts{
				corpus.KeyTitle: {Values: []string{"SPECIMEN " + strconv.Itoa(no)}},
				corpus.KeyKind:  {Values: []string{string(kinds[no%len(kinds)])}},
				corpus.KeyDate:  {Values: []string{fmt.Sprintf("20%02d-05-%02d", no%30, 1+no%28)}},
			},
		}
	}
	return out, nil
}

func documents(t *testing.T, dir string, first, n int) []corpus.Ingested {
	t.Helper()
	out, err := makeDocuments(dir, first, n)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// queries are n of all kinds, over documents 0 … docs-1.
func queries(n, docs int) []string {
	r := rand.New(rand.NewPCG(uint64(n), 3))
	v := vocabulary()
	word := func(most int) string { return v[r.IntN(most)] }
	out := make([]string, n)
	for i := range out {
		words := strings.Fields(text(r.IntN(docs)).Paragraphs[1].Text)
		switch i % 10 {
		case 0:
			out[i] = word(50)
		case 1:
			out[i] = word(3000)
		case 2:
			out[i] = word(100) + " " + word(100)
		case 3:
			out[i] = `"` + strings.Join(words[3:6], " ") + `"`
		case 4:
			out[i] = string([]rune(word(2000))[:4]) + "*"
		case 5:
			out[i] = word(2000) + "~1"
		case 6:
			out[i] = word(500) + " OR " + word(500)
		case 7:
			out[i] = []string{"article:405(2)", "cites:A/HRC/WGAD/2099/931", `name:"Азамат Сейтенов"`, `name:"Ерболатова"`}[i/10%4]
		case 8:
			out[i] = []string{"kind:verdict", "date:2003..2009", "kind:news -суд"}[i/10%3]
		case 9:
			out[i] = ownWord(r.IntN(docs))
		}
	}
	return out
}

// ask answers queries and returns an account of each answer: everything that a
// reader sees of it, but for the time it took. An error is an answer too.
func ask(ctx context.Context, l library, list []string) []string {
	engine := &search.Engine{Index: l.Index(), Forward: l.Forward(), Clock: time.Now}
	out := make([]string, len(list))
	for i, q := range list {
		res, err := engine.Search(ctx, search.Request{Query: q, Limit: 20, Facets: true, Group: i%3 == 1})
		if err != nil {
			out[i] = failed + err.Error()
			continue
		}
		res.Took = 0
		// That the index is in doubt is told once damage was found; the answer is to be the same.
		res.Notes = slices.DeleteFunc(res.Notes, func(n search.Note) bool { return n.Kind == search.NoteRebuilt })
		if len(res.Notes) == 0 {
			res.Notes = nil
		}
		b, err := json.Marshal(res)
		if err != nil {
			out[i] = failed + err.Error()
			continue
		}
		sum := sha256.Sum256(b)
		out[i] = fmt.Sprintf("%d %x", res.Hits, sum[:8])
	}
	return out
}

// failed begins the account of a query that was not answered.
const failed = "error: "

// library is what ask needs.
type library interface {
	Index() search.Index
	Forward() search.Forward
}

var _ library = (*indexer.Library)(nil)
