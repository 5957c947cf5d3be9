package ui

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus/law"
	"dalel/search"
)

// spelt is a name of the query, and how its parts are written in what was
// found: a form in which a reader takes spellings away and gives them back. It
// is sent as a plain form; the server turns it into name:"… -form".
type spelt struct {
	Name  string // as it was asked
	Start int    // bytes of the query that it stands at
	End   int
	Parts []speltPart
	Forms int // of all parts
	Off   int // of them, those not wanted
	Keep  []pair
}

// speltPart is one word of a name.
type speltPart struct {
	Part  string
	Forms []speltForm
}

// speltForm is one way of writing it.
type speltForm struct {
	search.Spelling
	Shown string // with a capital
	On    bool
	Weak  bool // the spelling leaves a doubt
}

// sureSpelling is the score from which a spelling leaves no doubt.
const sureSpelling = 0.85

// spelt lists the names of the query with their spellings.
func (s state) spelt(res *search.Result) []spelt {
	var out []spelt
	for _, n := range res.Notes {
		if n.Kind != search.NoteName || n.End <= n.Start || n.End > len(s.Q) {
			continue
		}
		if slices.ContainsFunc(out, func(o spelt) bool { return o.Start == n.Start }) {
			continue
		}
		v := spelt{Name: n.Value, Start: n.Start, End: n.End, Keep: s.fresh().pairs()}
		for _, sp := range res.Spellings {
			if sp.Name == n.Value {
				v.add(sp, true)
			}
		}
		for _, form := range unwanted(n.Text) {
			v.add(search.Spelling{Form: form}, false)
		}
		if v.Forms > 1 || v.Off > 0 {
			out = append(out, v)
		}
	}
	return out
}

func (v *spelt) add(sp search.Spelling, on bool) {
	i := slices.IndexFunc(v.Parts, func(p speltPart) bool { return p.Part == sp.Part })
	if i < 0 {
		i = len(v.Parts)
		v.Parts = append(v.Parts, speltPart{Part: sp.Part})
	}
	v.Parts[i].Forms = append(v.Parts[i].Forms, speltForm{sp, capitalised(sp.Form), on, on && sp.Score < sureSpelling})
	v.Forms++
	if !on {
		v.Off++
	}
}

// unwanted lists the forms that a name of the query leaves out.
func unwanted(name string) []string {
	var out []string
	for i, w := range strings.Fields(name) {
		if form, ok := strings.CutPrefix(w, "-"); ok && i > 0 && form != "" && !slices.Contains(out, form) {
			out = append(out, form)
		}
	}
	return out
}

// respelt takes the form of spellings: the name, its place in the query, all
// spellings shown and those kept. It returns the address of the query without
// the others; ok is false for an address that is not of that form.
func (s state) respelt(v url.Values) (to string, ok bool) {
	if !v.Has("name.of") {
		return "", false
	}
	start, err1 := strconv.Atoi(v.Get("name.from"))
	end, err2 := strconv.Atoi(v.Get("name.to"))
	name := strings.Join(strings.Fields(strings.ReplaceAll(v.Get("name.of"), `"`, " ")), " ")
	if err1 != nil || err2 != nil || start < 0 || start > end || end > len(s.Q) || splits(s.Q, start) || splits(s.Q, end) || name == "" {
		return s.URL(), true
	}
	kept := v["name.keep"]
	var off []string
	for _, form := range v["name.all"] {
		if !slices.Contains(kept, form) && strings.IndexFunc(form, isNoForm) < 0 && form != "" && !slices.Contains(off, "-"+form) {
			off = append(off, "-"+form)
		}
	}
	if len(kept) == 0 {
		off = nil // nothing ticked asks for nothing: all of them again
	}
	q := search.NameQuery(strings.Join(append([]string{name}, off...), " "))
	return s.asking(s.Q[:start] + q + s.Q[end:]).URL(), true
}

// isNoForm reports whether a rune stands in no form of a word.
func isNoForm(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune("'’-", r)
}

func capitalised(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// Addresses of the pages on what documents name.
func personURL(name string) string { return "/person?name=" + url.QueryEscape(name) }

// keyURL is the page on an article or on a cited document; "" where there is
// none: an act as a whole.
func keyURL(key string) string {
	r, ok := law.ParseKey(key)
	switch {
	case !ok:
		return "/cited?id=" + url.QueryEscape(key)
	case r.Article == "":
		return ""
	}
	return "/article?key=" + url.QueryEscape(key)
}
