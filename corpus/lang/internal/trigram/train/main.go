// Train makes the table of three-letter groups by which Kazakh is told from
// Russian:
//
//	go run ./corpus/lang/internal/trigram/train -data "$DALEL_EVAL_DATA" -o corpus/lang/internal/trigram/table.bin
//
// Sources: the aligned official lines (analysis/parallel, official texts), the
// Universal Declaration, KazQAD (CC BY-SA 4.0) and XQuAD (CC BY-SA 4.0). Only
// the log-ratios of counts leave this program.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"dalel/corpus/lang"
	"dalel/corpus/lang/internal/trigram"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1) //nolint:forbidigo // a tool of its own, not part of the product
	}
}

func run(args []string) error {
	fs := flag.NewFlagSet("train", flag.ContinueOnError)
	data := fs.String("data", os.Getenv("DALEL_EVAL_DATA"), "folder of the evaluation data")
	out := fs.String("o", "", "file to write")
	if err := fs.Parse(args); err != nil {
		return err
	}
	var kk, ru [trigram.Slots]float64
	for _, src := range []struct {
		file  string
		field int
		into  *[trigram.Slots]float64
		alike func(string) bool
	}{
		{"parallel/kk-ru-gov.tsv", 1, &kk, hasKazakh},
		{"parallel/kk-ru-gov.tsv", 2, &ru, hasNoKazakh},
		{"parallel/udhr-kk-ru-en.tsv", 1, &kk, hasKazakh},
		{"parallel/udhr-kk-ru-en.tsv", 2, &ru, hasNoKazakh},
		{"ir/kk-kazqad-val.docs.tsv", 2, &kk, hasKazakh},
		{"ir/ru-xquad.docs.tsv", 2, &ru, hasNoKazakh},
	} {
		if err := count(filepath.Join(*data, "analysis", src.file), src.field, src.into, src.alike); err != nil {
			return err
		}
	}
	return os.WriteFile(*out, weigh(&kk, &ru), 0o644)
}

func hasKazakh(s string) bool   { return strings.ContainsAny(s, "әғқңөұүһі") }
func hasNoKazakh(s string) bool { return !strings.ContainsAny(s, "әғқңөұүһіӘҒҚҢӨҰҮІ") }

// count adds the groups of the Cyrillic words of a column, each word once.
func count(path string, field int, into *[trigram.Slots]float64, alike func(string) bool) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	seen := map[string]int{}
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		cols := strings.Split(s.Text(), "\t")
		if len(cols) <= field || !alike(cols[field]) {
			continue
		}
		for _, t := range lang.Tokens(cols[field]) {
			if r := []rune(t.Form)[0]; r >= 'а' && r <= 'ӿ' && !t.Joined {
				seen[t.Form]++
			}
		}
	}
	for w, n := range seen {
		trigram.Each(w, func(slot uint32) { into[slot] += math.Sqrt(float64(n)) })
	}
	return s.Err()
}

func weigh(kk, ru *[trigram.Slots]float64) []byte {
	var nk, nr float64
	for i := range kk {
		nk, nr = nk+kk[i], nr+ru[i]
	}
	out := make([]byte, trigram.Slots)
	for i := range out {
		w := math.Log((kk[i] + .5) / (nk + .5*trigram.Slots) * (nr + .5*trigram.Slots) / (ru[i] + .5))
		out[i] = trigram.Quantise(w)
	}
	return out
}
