package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"dalel/corpus"
	"dalel/corpus/works"
)

// workLabels are the real documents that are one text with others, by the first
// digits of their hashes; a document that is not there is a work of its own.
const workLabels = "../../corpus/works/testdata/labels.tsv"

// specimenWorks are the specimens that are one text with others.
var specimenWorks = [][]string{
	{"case/02-ukim-kk.pdf", "case/03-prigovor-perevod-ru.docx"},
	{"case/04-postanovlenie-apellyatsii-ru.html", "case/04-apellyaciya-qaulysy-kk.docx"},
	{"un/opinion-931-2022-advance-en.pdf", "un/opinion-931-2022-final-en.pdf", "un/mnenie-931-2022-ru.pdf", "un/pikir-931-2022-kk.docx"},
	{"un/views-9947-2023-en.pdf", "un/soobrazheniya-9947-2023-ru.docx"},
	{"law/np-vs-931-2015-ru.txt", "law/np-vs-931-2015-kk.txt"},
	{"law/np-vs-932-2020-ru.docx", "law/np-vs-932-2020-kk.html"},
	{"law/np-vs-933-2024-ru.html", "law/np-vs-933-2024-kk.html"},
	{"ep/motion-b9-9931-2023-en.html", "ep/joint-motion-rc-b9-9931-2023-en.docx", "ep/resolution-ta-9-2023-0931-en.pdf"},
	{"news/2021-11-25-prigovor-ru.html", "news/2021-11-26-zerkalo-ru.html", "news/2021-11-25-verdict-en.html"},
}

// joined puts documents together by works, as a library does.
func joined(docs map[string]corpus.Ingested) map[string]string {
	g := works.NewGroups()
	names := map[corpus.ID]string{}
	var order []corpus.ID
	for _, name := range slices.Sorted(maps.Keys(docs)) {
		in := docs[name]
		if names[in.ID] != "" {
			continue
		}
		names[in.ID] = name
		order = append(order, in.ID)
		g.Set(&corpus.Document{ID: in.ID, Read: in.Read, Text: in.Text, Sources: []corpus.Source{in.Source}, TextHash: in.Text.Hash()}, works.NewPrint(in.Text))
	}
	out := map[string]string{}
	for id, work := range g.Assign(order) {
		out[names[id]] = work
	}
	return out
}

// measureWorks compares works with labels, pair by pair.
func measureWorks(t *testing.T, what string, got, want map[string]string, title func(string) string) {
	t.Helper()
	names := slices.Sorted(maps.Keys(got))
	pairs, found, wrong := 0, 0, 0
	for i, a := range names {
		for _, b := range names[i+1:] {
			one, is := want[a] != "" && want[a] == want[b], got[a] == got[b]
			if one {
				pairs++
			}
			switch {
			case one && is:
				found++
			case is:
				wrong++
				t.Errorf("%s: %s and %s are two works", what, title(a), title(b))
			case one:
				t.Logf("%s: %s and %s are one work", what, title(a), title(b))
			}
		}
	}
	t.Logf("works of %s: %d of %d pairs found, %d wrong among %d documents", what, found, pairs, wrong, len(names))
	if float64(found) < 0.95*float64(pairs) || pairs == 0 {
		t.Errorf("works of %s: %d of %d pairs found, want .95", what, found, pairs)
	}
}

func TestWorksOfSpecimens(t *testing.T) {
	docs, _ := specimensRead(t)
	want := map[string]string{}
	for _, list := range specimenWorks {
		for _, name := range list {
			want[name] = list[0]
		}
	}
	measureWorks(t, "specimens", joined(docs), want, func(s string) string { return s })
}

func TestWorksOfRealDocuments(t *testing.T) {
	docs := readReal(t)
	want := map[string]string{}
	for _, row := range labelRows(t, workLabels) {
		want[row[0]] = row[1]
		if _, ok := docs[row[0]]; !ok {
			t.Errorf("%s is not there", row[0])
		}
	}
	measureWorks(t, "real documents", joined(docs), want, func(id string) string {
		if os.Getenv("DALEL_LABELS_SHOW") == "" {
			return id
		}
		return filepath.Base(docs[id].Source.Path)
	})
}
