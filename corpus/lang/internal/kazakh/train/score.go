package main

import (
	"fmt"
	"io"
	"sort"

	"dalel/corpus/lang/internal/kazakh"
)

// answer is the stems of a form by descending probability.
type answer struct {
	stems []string
	prob  []float64
}

func sortBy(stems []string, sum map[string]float64) {
	sort.SliceStable(stems, func(i, j int) bool { return sum[stems[i]] > sum[stems[j]] })
}

// cuts are the probabilities tried as the limit of a second stem.
var cuts = []float64{1, .3, .2, .15, .12, .1}

// crossValidate prints, for each gold set, the figures of the evaluation
// (pairs of forms, and retrieval) with each form stemmed by a model that was
// trained without its lemma.
func (t *trainer) crossValidate(out io.Writer, folds int) {
	got := map[string]answer{}
	for f := range folds {
		m := t.learn(func(e *example) bool { return e.fold%folds != f })
		for _, e := range t.examples {
			if e.fold%folds == f {
				s, p := m.stems(e.form, e.readings)
				got[e.form] = answer{s, p}
			}
		}
	}
	for _, s := range t.sets {
		fmt.Fprintf(out, "%s: the first stem is right for %.2f %% of the forms\n", s.name, right(s.rows, got))
	}
	for _, cut := range cuts {
		fmt.Fprintf(out, "second stem above %.2f:", cut)
		for _, s := range t.sets {
			f1, p, r, ret := score(s.rows, chosen(s.rows, got, cut))
			fmt.Fprintf(out, "  %s F1 %.1f (%.1f/%.1f) retF %.1f", s.name, f1, p, r, ret)
		}
		fmt.Fprintln(out)
	}
}

// right returns the share of forms whose likeliest stem is a lemma.
func right(rows []row, got map[string]answer) float64 {
	forms := map[string]bool{}
	for _, r := range rows {
		ok := kazakh.Canonical(r.lemma) == got[r.form].stems[0]
		forms[r.form] = forms[r.form] || ok
	}
	n := 0
	for _, ok := range forms {
		if ok {
			n++
		}
	}
	return 100 * float64(n) / float64(len(forms))
}

// chosen gives each form its stem, and the next one if it is likelier than cut.
func chosen(rows []row, got map[string]answer, cut float64) map[string][]string {
	stems := map[string][]string{}
	for _, r := range rows {
		a := got[r.form]
		stems[r.form] = a.stems[:1]
		if len(a.stems) > 1 && a.prob[1] > cut {
			stems[r.form] = a.stems[:2]
		}
	}
	return stems
}

// score computes F1, P and R over pairs of forms, and the retrieval F.
func score(rows []row, stems map[string][]string) (f1, p, r, ret float64) {
	byLemma, byStem := map[string]map[string]bool{}, map[string]map[string]bool{}
	put := func(m map[string]map[string]bool, k, v string) {
		if m[k] == nil {
			m[k] = map[string]bool{}
		}
		m[k][v] = true
	}
	formN, lemmaN, entry := map[string]float64{}, map[string]float64{}, map[[2]string]float64{}
	for _, w := range rows {
		put(byLemma, w.lemma, w.form)
		for _, s := range stems[w.form] {
			put(byStem, s, w.form)
		}
		formN[w.form] += w.count
		lemmaN[w.lemma] += w.count
		entry[[2]string{w.form, w.lemma}] += w.count
	}
	gold, pred := pairs(byLemma), pairs(byStem)
	both := 0
	for k := range pred {
		if gold[k] {
			both++
		}
	}
	p, r = float64(both)/float64(max(len(pred), 1)), float64(both)/float64(max(len(gold), 1))
	var rp, rr float64
	for k := range entry {
		found := map[string]bool{}
		for _, s := range stems[k[0]] {
			for f := range byStem[s] {
				found[f] = true
			}
		}
		var right, all float64
		for f := range found {
			right += entry[[2]string{f, k[1]}]
			all += formN[f]
		}
		rp += right / all
		rr += right / lemmaN[k[1]]
	}
	n := float64(len(entry))
	return 100 * mean(p, r), 100 * p, 100 * r, 100 * mean(rp/n, rr/n)
}

func mean(a, b float64) float64 { return 2 * a * b / max(a+b, 1e-12) }

func pairs(groups map[string]map[string]bool) map[[2]string]bool {
	out := map[[2]string]bool{}
	for _, g := range groups {
		forms := make([]string, 0, len(g))
		for f := range g {
			forms = append(forms, f)
		}
		sort.Strings(forms)
		for i := range forms {
			for _, b := range forms[i+1:] {
				out[[2]string{forms[i], b}] = true
			}
		}
	}
	return out
}
