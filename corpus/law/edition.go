package law

import (
	"slices"
	"strings"

	"dalel/corpus"
)

// titleReach is how many tokens before and after an article may name the
// offence it is about.
const titleReach = 40

// told tells the edition of an article from its number and from the words
// around it; "" if they do not tell.
func (f *finder) told(nodes []*node, k int, r Ref) string {
	if r.Instrument != criminalCode || r.Article == "" {
		return ""
	}
	if leading(r.Article) > lastOld || f.saysNow(nodes[k].start) {
		return newCode
	}
	if len(reg.offences[r.Article]) == 0 {
		return "" // no words could tell
	}
	before, after := f.words(nodes, k)
	if e := offenceEdition(r.Article, after); e != "" {
		return e
	}
	return offenceEdition(r.Article, before)
}

// saysNow reports whether an article at token i is called today's, beside what it
// was before: "ст. 164 УК 1997 года (ныне ст. 174)".
func (f *finder) saysNow(i int) bool {
	for k := i - 1; k >= max(0, i-3); k-- {
		if f.is(k, "ныне", "now", "currently", "қазір", "қазіргі") {
			return true
		}
	}
	return false
}

// byOffence names the Criminal Code for an article without an act whose number
// and offence go together: "(Article 405)" beside "extremist organisation".
func (f *finder) byOffence(nodes []*node, k int) string {
	n := nodes[k]
	if n.article == "" || n.self || n.back || n.rule || slices.ContainsFunc(f.lands, func(l land) bool { return l.code != "KZ" }) {
		return ""
	}
	before, after := f.words(nodes, k)
	for _, o := range reg.offences[n.article] {
		if o.isNamed(after) || o.isNamed(before) {
			return criminalCode
		}
	}
	return ""
}

// words returns the tokens of the sentence before and after an article, as far
// as the next article.
func (f *finder) words(nodes []*node, k int) (before, after []token) {
	n := nodes[k]
	from, to := f.sentence(n.start)
	from, to = max(from, n.start-titleReach), min(to, n.end+titleReach)
	if k > 0 && nodes[k-1].end <= n.start {
		from = max(from, nodes[k-1].end)
	}
	for j := k + 1; j < len(nodes); j++ {
		if nodes[j].start >= n.end {
			to = min(to, nodes[j].start)
			break
		}
	}
	return f.ts[min(from, n.start):n.start], f.ts[min(n.end, to):to]
}

// settleEditions fills the editions that are still open from the date, from
// other references to the same instrument and from words of the time, and
// lists the candidates where nothing tells.
func (f *finder) settleEditions() {
	seen := map[string]string{}
	for i := range f.out {
		r := &f.out[i]
		if r.Edition == "" || len(reg.editions[r.Instrument]) == 0 {
			continue
		}
		if e, ok := seen[r.Instrument]; ok && e != r.Edition {
			seen[r.Instrument] = "?"
		} else {
			seen[r.Instrument] = r.Edition
		}
	}
	reform := f.namesReform()
	for i := range f.out {
		r := &f.out[i]
		if r.Edition == "" && r.Kind != Document {
			f.settle(r, seen, reform)
		}
	}
	for key, e := range seen {
		if e == "?" {
			delete(f.mem.editions, key)
		} else {
			f.mem.editions[key] = e
		}
	}
}

func (f *finder) settle(r *Ref, seen map[string]string, reform bool) {
	list := reg.editions[r.Instrument]
	if len(list) == 0 || list[0].Year == "" {
		return
	}
	switch e := seen[r.Instrument]; {
	case len(list) == 1:
		r.Edition = list[0].Year
	case e != "" && e != "?":
		r.Edition = e
	case reform && hasEdition(list, newCode):
		r.Edition = newCode
	case inForce(list, f.ctx.Date) != "":
		r.Edition = inForce(list, f.ctx.Date)
	case e == "" && f.mem.editions[r.Instrument] != "":
		r.Edition = f.mem.editions[r.Instrument]
	default:
		for _, e := range slices.Backward(list) {
			r.Candidates = append(r.Candidates, e.Year)
		}
	}
}

func hasEdition(list []Edition, year string) bool {
	return slices.ContainsFunc(list, func(e Edition) bool { return e.Year == year })
}

// inForce returns the edition that was in force on a date; "" if the date is
// unknown, too early, or not exact enough.
func inForce(list []Edition, d corpus.Date) string {
	first, last := d.Days()
	if first == 0 {
		return ""
	}
	at := func(day int) string {
		year := ""
		for _, e := range list {
			if since, _ := e.Since.Days(); since <= day {
				year = e.Year
			}
		}
		return year
	}
	if e := at(first); e == at(last) {
		return e
	}
	return ""
}

// Editions lists the editions of an instrument, oldest first; none if it has
// but one that no key names.
func Editions(instrument string) []Edition {
	list := reg.editions[instrument]
	if len(list) == 0 || list[0].Year == "" {
		return nil
	}
	return slices.Clone(list)
}

// EditionBetween returns the only edition of an instrument that was in force at
// some time between two dates, inclusive; an open one is "". It is "" if there
// were several, or if the instrument has but one.
func EditionBetween(instrument string, from, to corpus.Date) string {
	first, _ := from.Days()
	_, last := to.Days()
	if last == 0 {
		last = 9999_12_31
	}
	found := ""
	list := reg.editions[instrument]
	for i, e := range list {
		since, _ := e.Since.Days()
		end := 9999_12_31
		if i+1 < len(list) {
			end, _ = list[i+1].Since.Days()
			end--
		}
		if i == 0 {
			since = 0 // what was before it has no key
		}
		if since > last || end < first {
			continue
		}
		if found != "" {
			return ""
		}
		found = e.Year
	}
	return found
}

// namesReform reports whether the text speaks of what the codes of 2014
// brought: pre-trial investigation in place of the opening of a case, the
// Unified Register, criminal misdemeanours.
func (f *finder) namesReform() bool {
	for i := range f.ts {
		t := &f.ts[i]
		if t.kind != isWord {
			continue
		}
		next := func(p string) bool { return i+1 < len(f.ts) && strings.HasPrefix(f.ts[i+1].form, p) }
		switch {
		case t.form == "сотқа" && next("дейінгі"), strings.HasPrefix(t.form, "досудебн") && (next("расследован") || next("производств")):
			return true
		case t.caps > 2 && (t.form == "ердр" || t.form == "сдтбт"), strings.HasPrefix(t.form, "уголовн") && next("проступ"), t.form == "қылмыстық" && next("теріс"):
			return true
		}
	}
	return false
}
