package ui

import (
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/search"
	"dalel/search/query"
	"dalel/ui/i18n"
)

// An address that a state writes is read as that state again.
func FuzzState(f *testing.F) {
	f.Add("q=a&kind=verdict&kind=ruling&year=2021&sort=-date&page=3&apart=1&any=1")
	f.Add("from=2019&to=2021-05&voice=body&in=operative&tag=a%26b&q=%22x%22")
	f.Fuzz(func(t *testing.T, raw string) {
		v, err := url.ParseQuery(raw)
		if err != nil {
			return
		}
		s, err := parseState(v)
		if err != nil {
			return
		}
		u, err := url.Parse(s.URL())
		if err != nil {
			t.Fatalf("%q writes %q: %v", raw, s.URL(), err)
		}
		again, err := parseState(u.Query())
		if err != nil || !reflect.DeepEqual(s, again) {
			t.Errorf("%q is %+v, and through %q %+v, %v", raw, s, s.URL(), again, err)
		}
		for _, c := range s.chips() {
			if c.Off == s.URL() {
				t.Errorf("%q: the way out of %v leads nowhere", raw, c)
			}
		}
		if r := s.request(); r.Offset < 0 || r.Limit != pageSize {
			t.Errorf("%q asks for %d from %d", raw, r.Limit, r.Offset)
		}
	})
}

func TestToggleIsUndone(t *testing.T) {
	s, err := parseState(url.Values{"q": {"x"}, "kind": {"verdict"}, "page": {"4"}})
	if err != nil {
		t.Fatal(err)
	}
	on := s.toggle(corpus.KeyKind, "ruling")
	if got, want := on.URL(), "/search?q=x&kind=verdict&kind=ruling"; got != want {
		t.Errorf("toggle = %s, want %s: a further value, from the first page", got, want)
	}
	if got, want := on.toggle(corpus.KeyKind, "ruling").URL(), s.at(1).URL(); got != want {
		t.Errorf("twice = %s, want %s", got, want)
	}
	if got := s.URL(); got != "/search?q=x&kind=verdict&page=4" {
		t.Errorf("the state itself became %s", got)
	}
}

func TestYears(t *testing.T) {
	s := state{Q: "x", Sort: search.ByRelevance, Page: 1}
	facet := func(pairs ...int) []search.FacetValue {
		var out []search.FacetValue
		for i := 0; i < len(pairs); i += 2 {
			out = append(out, search.FacetValue{Value: strconv.Itoa(pairs[i]), Works: pairs[i+1]})
		}
		return out
	}
	for _, tt := range []struct {
		in         []search.FacetValue
		s          state
		bars       int
		first, top string
		why        string
	}{
		{nil, s, 0, "", "", "no years, no chart"},
		{facet(2021, 4), s, 0, "", "", "one year is no chart"},
		{facet(2021, 4, 2019, 2), s, 3, "2019", "2021", "a year without works stands between"},
		{facet(1948, 1, 2024, 9), s, 16, "1945–1949", "2020–2024", "more than 36 years share bars"},
		{facet(1000, 1, 9999, 1), s, 18, "1000–1499", "9500–9999", "as long as dates go"},
		{append(facet(2020, 1, 2021, 1), search.FacetValue{Value: "unknown", Works: 5}), s, 2, "2020", "2021", "what is no year is left out"},
	} {
		h := years(tt.in, tt.s)
		if tt.bars == 0 {
			if h != nil {
				t.Errorf("years = %+v, want none: %s", h, tt.why)
			}
			continue
		}
		if h == nil || len(h.Bars) != tt.bars || h.Bars[0].Years() != tt.first || h.Bars[len(h.Bars)-1].Years() != tt.top {
			t.Errorf("years = %+v, want %d from %s to %s: %s", h, tt.bars, tt.first, tt.top, tt.why)
			continue
		}
		for _, b := range h.Bars {
			if b.X < 0 || b.X+b.W > h.Width || b.Y+b.H != h.Height || (b.H == 0) != (b.Works == 0) {
				t.Errorf("%s: a bar outside the chart: %+v", tt.why, b)
			}
		}
	}
}

func TestYearThatIsOnGoesOff(t *testing.T) {
	s, err := parseState(url.Values{"q": {"x"}, "year": {"2021"}})
	if err != nil {
		t.Fatal(err)
	}
	h := years([]search.FacetValue{{Value: "2020", Works: 1}, {Value: "2021", Works: 2}}, s)
	if h.Bars[0].On || !h.Bars[1].On {
		t.Errorf("on: %t %t, want the second", h.Bars[0].On, h.Bars[1].On)
	}
	if h.Bars[1].URL != "/search?q=x" || h.Bars[0].URL != "/search?q=x&year=2020" {
		t.Errorf("lead to %s and %s", h.Bars[0].URL, h.Bars[1].URL)
	}
}

func catalogs(t *testing.T) map[i18n.Lang]*i18n.Printer {
	t.Helper()
	all, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Every value that the domain has a word for has one in the catalogs.
func TestEveryValueHasWords(t *testing.T) {
	var keys []string
	add := func(group string, values ...string) {
		for _, v := range values {
			keys = append(keys, group+"."+v)
		}
	}
	for _, k := range corpus.Kinds {
		add("kind", string(k))
	}
	for _, k := range slices.Concat(corpus.Keys, filterKeys, []corpus.Key{keyYear, "from", "to", "any"}) {
		add("key", string(k))
	}
	for _, v := range corpus.Voices {
		add("voice", string(v))
	}
	for _, s := range corpus.Sections {
		add("section", string(s))
	}
	add("outcome", corpus.Outcomes...)
	add("official", "yes", "no")
	for _, y := range whys {
		add("why", string(y))
		add("why.sample", string(y))
	}
	for _, n := range []search.NoteKind{search.NoteFilter, search.NotePhrase, search.NoteName, search.NoteRef, search.NoteTerm, search.NoteLimit, search.NoteCommon, search.NoteRebuilt} {
		add("note", string(n))
	}
	for _, o := range []corpus.Origin{corpus.FromText, corpus.FromFile, corpus.FromHeader, corpus.FromTable, corpus.FromPerson} {
		add("origin", string(o))
	}
	for _, s := range choicesOf[corpus.KeyStatus][1:] {
		add("status", s)
	}
	add("query", query.Codes()...)
	for _, g := range helpGroups {
		add("help", g.key)
		for n := range g.rows {
			add("help."+g.key, strconv.Itoa(n+1), strconv.Itoa(n+1)+".says")
		}
		add("help."+g.key, strconv.Itoa(g.rows+1)) // one too many: must not be
	}
	for l, p := range catalogs(t) {
		for _, k := range keys {
			tooMany := false
			for _, g := range helpGroups {
				tooMany = tooMany || k == "help."+g.key+"."+strconv.Itoa(g.rows+1)
			}
			if p.Has(k) == tooMany {
				t.Errorf("%s.json: %q is there: %t", l, k, !tooMany)
			}
		}
	}
}

// Every message that a template or a handler names is in the catalogs.
func TestEveryMessageIsThere(t *testing.T) {
	named := regexp.MustCompile(`(?:\.[TN]|titled|verdict\{http\.\w+,)[ (]"([a-z.0-9-]+[a-z0-9])"`)
	var files []string
	for _, pattern := range []string{"templates/*.html", "*.go"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	p := catalogs(t)[i18n.EN]
	seen := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllStringSubmatch(string(b), -1) {
			seen++
			if !p.Has(m[1]) {
				t.Errorf("%s names %q, which is not in the catalogs", name, m[1])
			}
		}
	}
	if seen < 150 {
		t.Errorf("only %d names of messages found: the test does not look right", seen)
	}
}

func TestSpans(t *testing.T) {
	for _, tt := range []struct {
		in   []int
		want string
	}{{nil, ""}, {[]int{3}, "3"}, {[]int{3, 4, 5}, "3–5"}, {[]int{1, 3, 4, 9}, "1, 3–4, 9"}} {
		if got := spans(tt.in); got != tt.want {
			t.Errorf("spans(%v) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
