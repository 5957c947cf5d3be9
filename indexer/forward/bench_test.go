package forward

import (
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"dalel/search"
)

// manyDocs makes documents of 20 paragraphs of 90 words out of a vocabulary in
// which few words are frequent.
func manyDocs(n int) []Doc {
	rng := rand.New(rand.NewPCG(1, 2))
	list := make([]Doc, n)
	for i := range list {
		lines := make([]string, 20)
		for j := range lines {
			words := make([]string, 90)
			for k := range words {
				words[k] = fmt.Sprintf("слов%d", int(math.Exp(rng.Float64()*11))) // up to 60,000
			}
			lines[j] = strings.Join(words, " ")
		}
		list[i] = doc(strconv.Itoa(i), nil, lines...)
	}
	return list
}

func benchStore(b *testing.B, docs []Doc) *Store {
	b.Helper()
	s, err := Create(filepath.Join(b.TempDir(), "fw"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	if _, err := s.Append(b.Context(), docs); err != nil {
		b.Fatal(err)
	}
	if err := s.Sync(1); err != nil {
		b.Fatal(err)
	}
	return s
}

func BenchmarkAppend(b *testing.B) {
	docs := manyDocs(50)
	raw := 0
	for _, d := range docs {
		for _, p := range d.Doc.Text.Paragraphs {
			raw += len(p.Text)
		}
	}
	b.SetBytes(int64(raw))
	for b.Loop() {
		_ = benchStore(b, docs).Close()
	}
}

func BenchmarkOpen(b *testing.B) {
	s := benchStore(b, manyDocs(500)) // 10,000 paragraphs
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s, err := Open(s.dir)
		if err != nil {
			b.Fatal(err)
		}
		_ = s.Close()
	}
}

// BenchmarkTokens reads streams in order, as the check of a phrase does.
func BenchmarkTokens(b *testing.B) {
	v := benchStore(b, manyDocs(500)).View()
	defer v.Release()
	paras, _ := v.Size()
	var buf []search.Token
	next := 0
	for b.Loop() {
		var err error
		if buf, err = v.Tokens(search.ParaNo(next%paras), nil, buf[:0], nil); err != nil {
			b.Fatal(err)
		}
		next += 7
	}
}

// BenchmarkParagraph reads texts at random, each from a block of its own.
func BenchmarkParagraph(b *testing.B) {
	v := benchStore(b, manyDocs(500)).View()
	defer v.Release()
	paras, _ := v.Size()
	next := 0
	for b.Loop() {
		if _, err := v.Paragraph(search.ParaNo(next % paras)); err != nil {
			b.Fatal(err)
		}
		next += 7919
	}
}
