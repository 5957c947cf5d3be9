package indexer

import (
	"regexp"
	"strings"

	"dalel/corpus"
)

// works groups the documents of a library that are one text: copies, language
// versions, provisional and final. Two documents belong together when they
// share a key, and so do those that each shares one with:
//
//   - the same canonical text;
//   - the same symbol, without its language and revision: A/HRC/WGAD/2018/67/Rev.1
//     and A/HRC/WGAD/2018/67 (E);
//   - the same kind and number, of the same court or body and country; for courts
//     of the same date too, because a court gives one number to all that it
//     decides in a case.
//
// A work is called by the ID of its first document, in the order they were
// stored: later documents do not rename it.
type works struct {
	keys map[corpus.ID][]string
}

func newWorks() *works { return &works{keys: map[corpus.ID][]string{}} }

// set takes in the facts and the text hash of a document.
func (w *works) set(doc *corpus.Document) { w.keys[doc.ID] = workKeys(doc) }

// assign returns the work of each document; order is all of them, oldest first.
func (w *works) assign(order []corpus.ID) map[corpus.ID]string {
	first := make(map[string]int, len(order)) // by key, the first document that has it
	root := make([]int, len(order))
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for i, id := range order {
		root[i] = i
		for _, k := range w.keys[id] {
			j, ok := first[k]
			if !ok {
				first[k] = i
				continue
			}
			a, b := find(i), find(j)
			root[max(a, b)] = min(a, b)
		}
	}
	out := make(map[corpus.ID]string, len(order))
	for i, id := range order {
		out[id] = string(order[find(i)])
	}
	return out
}

// emptyText is the hash of a text without paragraphs.
var emptyText = new(corpus.Text).Hash()

// workKeys returns what a document may share with another version of itself.
// An empty text is nobody's copy.
func workKeys(doc *corpus.Document) []string {
	var keys []string
	if doc.TextHash != emptyText {
		keys = append(keys, "text\x00"+doc.TextHash)
	}
	if s := plainSymbol(doc.Value(corpus.KeySymbol)); s != "" {
		keys = append(keys, "symbol\x00"+s)
	}
	number, speaker := plainWord(doc.Value(corpus.KeyNumber)), plainWord(doc.Value(corpus.KeyBody))
	date := ""
	if court := plainWord(doc.Value(corpus.KeyCourt)); court != "" {
		speaker, date = court, string(doc.Date())
	}
	if number != "" && speaker != "" && doc.Kind() != corpus.Other {
		keys = append(keys, strings.Join([]string{
			"number", string(doc.Kind()), number, speaker, plainWord(doc.Value(corpus.KeyCountry)), date,
		}, "\x00"))
	}
	return keys
}

// versionSuffix is what a symbol has beyond the name of the work: a revision
// (Editorial Manual of the United Nations, document symbols: /Rev.), and the
// languages that archives add.
var versionSuffix = regexp.MustCompile(`(?:/REV\.?\d*|[-_/.]?\((?:[ACEFRSK]|AR|EN|ES|FR|KK|KZ|RU|ZH)\)|[-_](?:AR|EN|ES|FR|KK|KZ|RU|ZH))$`)

// lookAlikes are Cyrillic capitals that stand in symbols for Latin ones.
var lookAlikes = strings.NewReplacer("А", "A", "В", "B", "С", "C", "Е", "E", "Н", "H", "К", "K", "М", "M", "О", "O", "Р", "P", "Т", "T", "Х", "X")

func plainSymbol(s string) string {
	s = lookAlikes.Replace(strings.ToUpper(strings.Join(strings.Fields(s), "")))
	for {
		cut := versionSuffix.ReplaceAllString(s, "")
		if cut == s || cut == "" {
			return s
		}
		s = cut
	}
}

// plainWord folds case and blanks.
func plainWord(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}
