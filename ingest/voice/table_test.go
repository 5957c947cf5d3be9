package voice

import (
	"testing"

	"dalel/corpus"
)

// No phrase of the forms may match any words whatever: one of which everything
// may be left out would.
func TestPhrasesSaySomething(t *testing.T) {
	none := []string{"zzzz"}
	check := func(where string, ps *set, whole bool) {
		if ps == nil {
			return
		}
		ps.once.Do(ps.read)
		for _, p := range ps.all {
			if !whole && startsOpen(p) {
				t.Errorf("%s: %+v begins with a gap", where, p)
			}
			if _, ok := p.match(none); ok && !whole || whole && (p.whole(none) || p.whole(nil)) {
				t.Errorf("%s: %+v matches anything", where, p)
			}
		}
	}
	for _, k := range corpus.Kinds {
		f := formOf(k)
		if f == nil {
			continue
		}
		for _, h := range f.heads {
			check(string(k)+" heads", h.phrases, true)
		}
		for _, m := range f.marks {
			check(string(k)+" marks", m.phrases, false)
		}
		for _, s := range f.speakers {
			check(string(k)+" names", s.names, false)
			check(string(k)+" views", s.views, false)
			if s.verbs != nil {
				check(string(k)+" verbs", s.verbs.after, false)
				check(string(k)+" verbs", s.verbs.final, false)
				check(string(k)+" verbs", s.verbs.never, false)
			}
		}
	}
	check("pronouns", goesOn, false)
	check("lead-ins", leadWords, false)
}

// startsOpen reports whether a phrase may begin with any words.
func startsOpen(p phrase) bool {
	for _, s := range p {
		if !s.optional {
			return s.gap
		}
	}
	return true
}
