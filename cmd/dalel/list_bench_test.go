package main

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/search"
	"dalel/search/matrix"
)

// invented makes names that nobody bears: stems of our own with the endings of
// surnames, and given names.
func invented(random *rand.Rand) (given, surname string) {
	stems := []string{"Коныр", "Шілде", "Жарык", "Сарым", "Тасты", "Карасен", "Булак", "Ойыл", "Мунар", "Желди", "Кокше", "Аркал"}
	middles := []string{"бай", "тау", "кул", "жан", "бек", "хан", "мурат", "али"}
	endings := []string{"ов", "ев", "улы", "ин"}
	givens := []string{"Даулетияр", "Асемгуль", "Нурлыбек", "Айсұлу", "Ержан", "Марал", "Тимур", "Салтанат", "Олжас", "Гульмира"}
	pick := func(of []string) string { return of[random.IntN(len(of))] }
	return pick(givens), pick(stems) + pick(middles) + pick(endings)
}

// crowded yields documents in which invented persons are named, two a paragraph.
func crowded(paragraphs int) iter.Seq2[*corpus.Document, error] {
	const perDoc = 50
	return func(yield func(*corpus.Document, error) bool) {
		random := rand.New(rand.NewPCG(1, 2))
		for n := 0; n < paragraphs; n += perDoc {
			d := benchDocument([]string{"", "d" + strconv.Itoa(n), "news", "ru", "KZ", "", "2022", "20220101", "", "", "", "SPECIMEN", ""})
			for range perDoc {
				given, surname := invented(random)
				other, family := invented(random)
				text := fmt.Sprintf("Суд допросил свидетеля %sа %sа, который опознал подсудимого по фотографии. Защитник %s %s. возразил, что протокол не подписан, а понятые %d раз меняли показания; в тот же день следователь вынес постановление о продлении срока содержания под стражей.",
					given, surname, family, string([]rune(other)[:1]), random.IntN(90))
				d.Text.Paragraphs = append(d.Text.Paragraphs, corpus.Paragraph{Ord: len(d.Text.Paragraphs) + 1, Role: corpus.RoleBody, Lang: "ru", Text: text})
			}
			if !yield(d, nil) {
				return
			}
		}
	}
}

// crowd is an engine over such documents.
func crowd(b *testing.B, paragraphs int) *search.Engine {
	e := testEnv(b)
	dir := b.TempDir()
	index, err := indexer.NewScratch(b.Context(), dir, crowded(paragraphs), e.options())
	if err == nil {
		err = index.Close()
	}
	if err == nil {
		index, err = indexer.OpenScratch(dir, e.options())
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = index.Close() })
	return &search.Engine{Index: index.Index(), Forward: index.Forward(), Clock: e.clock}
}

// crowdSize is how many paragraphs the benchmarks search.
const crowdSize = 20_000

// BenchmarkListOfNames looks up a list, a name an operation: half of them stand
// in the documents.
func BenchmarkListOfNames(b *testing.B) {
	engine := crowd(b, crowdSize)
	random := rand.New(rand.NewPCG(1, 2))
	var lines strings.Builder
	for i := range b.N {
		given, surname := invented(random)
		if i%2 == 1 {
			surname = "Нет" + strings.ToLower(surname)
		}
		fmt.Fprintln(&lines, surname, given)
	}
	list, err := matrix.Read("names.lines", []byte(lines.String()), matrix.Name, decodeList)
	if err != nil {
		b.Fatal(err)
	}
	run, found := matrix.Run{Search: engine, Limit: listedPassages}, 0
	b.ResetTimer()
	err = run.Each(b.Context(), list, list.Rows, func(a *matrix.Answer) error {
		found += min(1, a.Hits)
		return nil
	})
	if err != nil || found < b.N/3 {
		b.Fatalf("%d of %d names found, %v", found, b.N, err)
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)*10_000, "s/10000names")
}

// BenchmarkNameAgainstPhrase asks for names and for two words in order, on the
// same index.
func BenchmarkNameAgainstPhrase(b *testing.B) {
	engine := crowd(b, crowdSize)
	for _, tt := range []struct{ name, query string }{
		{"name", `name:"Коныртауов Даулетияр"`}, {"surname", `name:"Коныртауов"`}, {"latin", `name:"Dauletiyar Konyrtauov"`}, {"phrase", `"Даулетияра Коныртауова"`},
	} {
		b.Run(tt.name, func(b *testing.B) {
			for b.Loop() {
				res, err := engine.Search(b.Context(), search.Request{Query: tt.query, Limit: 20, Bare: true})
				if err != nil || res.Hits == 0 {
					b.Fatalf("%v, %v", res, err)
				}
			}
		})
	}
}
