package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dalel/indexer"
	"dalel/search"
)

// The queries that are made to be slow all parse, and each of their kinds finds
// something in a corpus of a few words.
func TestHostileQueriesAreAsked(t *testing.T) {
	var tsv strings.Builder
	for i := range 200 {
		fmt.Fprintf(&tsv, "%d\tSPECIMEN-%d\tnews\tru\tKZ\t\t2020\t20200101\t\t\t\tSPECIMEN\tи в не на что он с the of to суд номер%d были показания Иванов\n", i, i/10, i)
	}
	file := filepath.Join(t.TempDir(), "c.tsv")
	if err := os.WriteFile(file, []byte(tsv.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	b := bench{env: &env{stdout: &out, clock: time.Now}, corpus: file, n: 200, json: true}
	dir := t.TempDir()
	opt := indexer.Options{Create: createPostings, Open: openPostings, Clock: time.Now}
	x, err := indexer.NewScratch(t.Context(), dir, b.documents(), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = x.Close() }()
	if err := b.askHostile(t.Context(), &search.Engine{Index: x.Index(), Forward: x.Forward(), Clock: time.Now}); err != nil {
		t.Fatal(err)
	}
	lines, found := 0, 0
	for d := json.NewDecoder(&out); d.More(); lines++ {
		var l hostileJSON
		if err := d.Decode(&l); err != nil {
			t.Fatal(err)
		}
		if l.Hits > 0 {
			found++
		}
	}
	if lines < 30 || found < 15 {
		t.Errorf("%d queries, %d of which find something", lines, found)
	}
}
