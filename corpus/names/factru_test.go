package names

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestPersonsAreFoundInRussianText looks for persons by nominative names in
// the news of factRuEval (2016, MIT).
func TestPersonsAreFoundInRussianText(t *testing.T) {
	c := factru(t, filepath.Join(evalData(t), "factru", "devset"))
	f := newFinder(c.words)
	var full, surname tally
	done := map[string]bool{}
	for _, q := range c.queries() {
		if q.given != "" {
			found := f.find(q.given, q.surname)
			full.add(f.places(found), f.places(q.own), f.places(f.whole(q.own)))
			show(t, f, "full", q, found, f.whole(q.own), q.own)
		}
		if !done[q.surname] {
			done[q.surname] = true
			got := f.find("", q.surname)
			surname.add(f.places(got), f.places(q.family), f.places(q.family))
			show(t, f, "surname", q, got, q.family, q.family)
		}
	}
	full.floors(t, "full name", 0.92, 0.87)
	surname.floors(t, "surname", 0.84, 0.97)
}

// newsCorpus is annotated Russian text, and the persons linked to their names.
type newsCorpus struct {
	words    []word
	own      map[[2]string]map[int]bool // surname tokens by given name and surname
	sentence int
	person   int
	place    int
}

func factru(t *testing.T, dir string) *newsCorpus {
	c := &newsCorpus{own: map[[2]string]map[int]bool{}}
	paths, err := filepath.Glob(filepath.Join(dir, "*.tokens"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no texts in %s: %v", dir, err)
	}
	for _, p := range paths {
		c.read(t, strings.TrimSuffix(p, ".tokens"))
	}
	return c
}

func (c *newsCorpus) read(t *testing.T, base string) {
	t.Helper()
	raw, err := os.ReadFile(base + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	starts, pos := []int{}, 0
	for line := range strings.SplitSeq(string(raw), "\n") {
		if strings.TrimSpace(line) != "" {
			starts = append(starts, pos)
		}
		pos += len([]rune(line)) + 1
	}
	number := map[string]int{}
	eachLine(t, base+".tokens", func(line string) {
		p := strings.SplitN(line, " ", 4)
		if len(p) < 4 {
			c.sentence++
			return
		}
		start, _ := strconv.Atoi(p[1])
		k, _ := slices.BinarySearch(starts, start+1)
		number[p[0]] = len(c.words)
		c.words = append(c.words, word{p[3], -1, c.sentence, c.place + k})
	})
	c.sentence++
	c.place += len(starts) + 1
	c.annotate(t, base, number)
}

func (c *newsCorpus) annotate(t *testing.T, base string, number map[string]int) {
	t.Helper()
	span, kind, objects := map[string][]int{}, map[string]string{}, map[string][]string{}
	eachLine(t, base+".spans", func(line string) {
		left, right, _ := strings.Cut(line, "#")
		f := strings.Fields(left)
		kind[f[0]] = f[1]
		for id := range strings.FieldsSeq(right) {
			n, ok := number[id]
			if !ok {
				break
			}
			span[f[0]] = append(span[f[0]], n)
		}
	})
	eachLine(t, base+".objects", func(line string) {
		left, _, _ := strings.Cut(line, "#")
		f := strings.Fields(left)
		if len(f) < 3 || f[1] != "Person" {
			return
		}
		c.person++
		objects[f[0]] = f[2:]
		for _, s := range f[2:] {
			for _, i := range span[s] {
				c.words[i].person = c.person
			}
		}
	})
	raw, err := os.ReadFile(base + ".coref")
	if err != nil {
		return
	}
	for block := range strings.SplitSeq(strings.ReplaceAll(string(raw), "\r", ""), "\n\n") {
		c.identity(block, span, kind, objects)
	}
}

func (c *newsCorpus) identity(block string, span map[string][]int, kind map[string]string, objects map[string][]string) {
	lines := strings.Split(strings.TrimSpace(block), "\n")
	head := strings.Fields(lines[0])
	if len(head) < 2 || head[0][0] < '0' || head[0][0] > '9' {
		return
	}
	attr := map[string]string{}
	for _, l := range lines[1:] {
		if f := strings.Fields(l); len(f) >= 2 {
			attr[strings.ToLower(f[0])] = strings.Join(f[1:], " ")
		}
	}
	key := [2]string{attr["firstname"], attr["lastname"]}
	if key[1] == "" || strings.Contains(key[1], " ") {
		return
	}
	for _, o := range head[1:] {
		for _, s := range objects[o] {
			for _, i := range span[s] {
				if kind[s] != "surname" {
					continue
				}
				if c.own[key] == nil {
					c.own[key] = map[int]bool{}
				}
				c.own[key][i] = true
			}
		}
	}
}

func (c *newsCorpus) queries() []wanted {
	var out []wanted
	keys := slices.SortedFunc(maps.Keys(c.own), func(a, b [2]string) int { return strings.Compare(a[0]+a[1], b[0]+b[1]) })
	for _, k := range keys {
		q := wanted{k[0], k[1], c.own[k], map[int]bool{}}
		for _, other := range keys {
			if strings.EqualFold(other[1], k[1]) {
				maps.Copy(q.family, c.own[other])
			}
		}
		out = append(out, q)
	}
	return out
}
