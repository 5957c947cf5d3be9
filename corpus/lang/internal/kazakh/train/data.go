package main

import (
	"bufio"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"dalel/corpus/lang"
)

// The sources, and their licences: kk-klc (nlacslab/kaznlp, CC BY-SA 4.0),
// kk-ktb (UD_Kazakh-KTB, CC BY-SA 4.0), kk-unimorph-noun (unimorph/kaz,
// CC BY-SA 3.0); plain text: official lines and documents, KazQAD
// (CC BY-SA 4.0), KazNERD (CC BY 4.0). Only weights and counts leave this program.
var goldSets = []struct {
	name   string
	weight float64
}{{"kk-klc", 1}, {"kk-ktb", 1}, {"kk-unimorph-noun", .25}}

// row is one line of a gold table.
type row struct {
	form, lemma string
	count       float64
}

// goldSet is one gold table.
type goldSet struct {
	name   string
	weight float64
	rows   []row
}

func loadGold(dir string) ([]goldSet, error) {
	var out []goldSet
	for _, g := range goldSets {
		set := goldSet{name: g.name, weight: g.weight}
		err := eachLine(filepath.Join(dir, g.name+".dev.tsv"), func(line string) {
			f := strings.Split(line, "\t")
			if len(f) == 4 {
				n, _ := strconv.ParseFloat(f[3], 64)
				set.rows = append(set.rows, row{f[0], f[1], n})
			}
		})
		if err != nil {
			return nil, err
		}
		out = append(out, set)
	}
	return out, nil
}

func eachLine(path string, do func(string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		do(s.Text())
	}
	return s.Err()
}

// word is a form of the plain text with its count.
type word struct {
	form  string
	count int
}

// loadText counts the Kazakh forms of the plain texts.
func loadText(data string) ([]word, error) {
	counts := map[string]int{}
	add := func(text string) {
		if c, _ := lang.Detect(text); c != lang.KK {
			return
		}
		for _, t := range lang.Tokens(text) {
			if !t.Joined && isWord(t.Form) {
				counts[t.Form]++
			}
		}
	}
	field := func(n int) func(string) {
		return func(line string) {
			if f := strings.Split(line, "\t"); len(f) > n {
				add(f[n])
			}
		}
	}
	var sentence []string
	for _, src := range []struct {
		path string
		do   func(string)
	}{
		{"analysis/parallel/kk-ru-gov.tsv", field(1)},
		{"analysis/parallel/udhr-kk-ru-en.tsv", field(1)},
		{"analysis/ir/kk-kazqad-val.docs.tsv", field(2)},
		{"names/kaznerd/IOB2_valid.txt", func(line string) {
			if w, _, ok := strings.Cut(line, " "); ok {
				sentence = append(sentence, w)
				return
			}
			add(strings.Join(sentence, " "))
			sentence = sentence[:0]
		}},
	} {
		if err := eachLine(filepath.Join(data, src.path), src.do); err != nil {
			return nil, err
		}
	}
	if err := eachDocument(filepath.Join(data, "documents"), add); err != nil {
		return nil, err
	}
	return sorted(counts), nil
}

func eachDocument(dir string, do func(string)) error {
	files, err := filepath.Glob(filepath.Join(dir, "kk_*.txt"))
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := eachLine(f, do); err != nil {
			return err
		}
	}
	return nil
}

func isWord(form string) bool {
	for _, r := range form {
		if r < 'а' || r > 'ӿ' {
			return false
		}
	}
	return len(form) >= 4
}

func sorted(counts map[string]int) []word {
	out := make([]word, 0, len(counts))
	for f, n := range counts {
		out = append(out, word{f, n})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].form < out[j].form })
	return out
}
