package main

import (
	"fmt"
	"io"
	"sort"
	"strings"

	"dalel/corpus/lang/internal/kazakh"
)

func sortBy(stems []string, sum map[string]float64) {
	sort.SliceStable(stems, func(i, j int) bool { return sum[stems[i]] > sum[stems[j]] })
}

// second is the probability above which a second stem is given too.
const second = .3

// crossValidate prints, for each gold set, the figures of the evaluation
// (pairs of forms, and retrieval) with each form stemmed by a model that was
// trained without its lemma.
func (t *trainer) crossValidate(out io.Writer, folds int) {
	type answer struct {
		stems []string
		prob  []float64
	}
	got := map[string]answer{}
	for f := range folds {
		m := t.learn(func(e *example) bool { return e.fold%folds != f })
		for _, e := range t.examples {
			if e.fold%folds == f {
				s, p := m.stems(e.form, e.readings)
				got[e.form] = answer{s, p}
			}
		}
		if f == 0 {
			t.misses(out, m, func(e *example) bool { return e.fold%folds == 0 })
		}
	}
	for _, s := range t.sets {
		n, ok := 0, 0
		byForm := map[string]map[string]bool{}
		for _, r := range s.rows {
			if byForm[r.form] == nil {
				byForm[r.form] = map[string]bool{}
			}
			byForm[r.form][kazakh.Canonical(r.lemma)] = true
		}
		for f, l := range byForm {
			n++
			if l[got[f].stems[0]] {
				ok++
			}
		}
		fmt.Fprintf(out, "%s right %.2f  ", s.name, 100*float64(ok)/float64(n))
	}
	fmt.Fprintln(out)
	for _, s := range t.sets[:2] {
		groups := map[string]map[string]string{}
		for _, r := range s.rows {
			if groups[r.lemma] == nil {
				groups[r.lemma] = map[string]string{}
			}
			a := got[r.form]
			groups[r.lemma][r.form] = strings.Join(a.stems[:min(2, len(a.stems))], "/") + fmt.Sprintf(" %.2f", a.prob[0])
		}
		type lost struct {
			lemma string
			n     int
		}
		var all []lost
		for l, g := range groups {
			n := 0
			for _, a := range g {
				if !strings.HasPrefix(a, kazakh.Canonical(l)+"/") && !strings.HasPrefix(a, kazakh.Canonical(l)+" ") {
					n += len(g)
				}
			}
			all = append(all, lost{l, n})
		}
		sort.Slice(all, func(i, j int) bool { return all[i].n > all[j].n })
		for _, l := range all[:min(25, len(all))] {
			fmt.Fprintf(out, "LOST %s %s %d:", s.name, l.lemma, l.n)
			for f, a := range groups[l.lemma] {
				if !strings.HasPrefix(a, kazakh.Canonical(l.lemma)+"/") && !strings.HasPrefix(a, kazakh.Canonical(l.lemma)+" ") {
					fmt.Fprintf(out, " %s=%s", f, a)
				}
			}
			fmt.Fprintln(out)
		}
	}
	for _, cut := range []float64{1, .45, .4, .35, second, .25, .2, .15} {
		fmt.Fprintf(out, "second stem above %.2f:", cut)
		for _, s := range t.sets {
			stems := map[string][]string{}
			for _, r := range s.rows {
				a := got[r.form]
				stems[r.form] = a.stems[:1]
				if len(a.stems) > 1 && a.prob[1] > cut {
					stems[r.form] = a.stems[:2]
				}
			}
			f1, p, r, ret := score(s.rows, stems)
			fmt.Fprintf(out, "  %s F1 %.1f (%.1f/%.1f) retF %.1f", s.name, f1, p, r, ret)
		}
		fmt.Fprintln(out)
	}
}

// misses prints a sample of wrong answers.
func (t *trainer) misses(out io.Writer, m *model, use func(*example) bool) {
	n, wrong, oracle := 0, 0, 0
	for _, e := range t.examples {
		if !use(e) || e.weight < 1 {
			continue
		}
		n++
		if !e.any {
			oracle++
		}
		s, p := m.stems(e.form, e.readings)
		if !e.lemmas[s[0]] {
			wrong++
			if wrong%3 == 0 {
				fmt.Fprintf(out, "%s: %s %.2f, not %v;  ", e.form, s[0], p[0], keys(e.lemmas))
			}
		}
	}
	fmt.Fprintf(out, "\nforms %d, wrong %d, without a right reading %d\n", n, wrong, oracle)
}

func keys(m map[string]bool) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
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
