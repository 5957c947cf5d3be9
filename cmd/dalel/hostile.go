package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"strings"
	"time"

	"dalel/search"
)

// hostileJSON is the line about a query that is made to be slow. Times are
// milliseconds.
type hostileJSON struct {
	Query   string  `json:"query"`   // the beginning of it
	Outcome string  `json:"outcome"` // answered, cut or refused
	Hits    int     `json:"hits"`
	Wall    float64 `json:"ms"`
	CPU     float64 `json:"cpu_ms"`
	PeakMB  float64 `json:"peak_mb"` // held at one time, beyond what was there before
}

// askHostile asks queries that are made to be slow, each for time and once more
// for memory: to see what is held, the collector runs all the time.
func (b *bench) askHostile(ctx context.Context, engine *search.Engine) error {
	words, err := commonest(ctx, engine.Index)
	if err != nil {
		return err
	}
	for _, req := range hostile(words) {
		req.Group, req.Facets = req.Limit == 0, true
		req.Limit = cmp.Or(req.Limit, 20)
		runtime.GC()
		start, cpu := b.clock(), cpuTime()
		res, err := engine.Search(ctx, req)
		line := hostileJSON{Query: firstRunes(req.Query), Outcome: "answered", Wall: milli(b.clock().Sub(start)), CPU: milli(cpuTime() - cpu)}
		switch {
		case errors.Is(err, search.ErrCostly):
			line.Outcome = "refused"
		case err != nil:
			return fmt.Errorf("%q: %w", req.Query, err)
		default:
			line.Hits = res.Hits
			if slices.ContainsFunc(res.Notes, func(n search.Note) bool { return n.Kind == search.NoteLimit || n.Kind == search.NoteCommon }) {
				line.Outcome = "cut"
			}
		}
		line.PeakMB = peakOf(func() { _, _ = engine.Search(ctx, req) }) // the outcome is known
		if err := b.print(line); err != nil {
			return err
		}
	}
	return nil
}

func firstRunes(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// commonest returns the words that most paragraphs have.
func commonest(ctx context.Context, x search.Index) ([]string, error) {
	const most = 60
	var all []search.Term
	for _, f := range []search.Field{search.FieldRU, search.FieldEN, search.FieldKK} {
		for t, err := range x.Terms(ctx, f, "") {
			if err != nil {
				return nil, err
			}
			if strings.Trim(t.Text, "0123456789") != "" {
				all = append(all, t)
			}
		}
	}
	slices.SortFunc(all, func(a, b search.Term) int {
		return cmp.Or(cmp.Compare(b.Paras, a.Paras), cmp.Compare(a.Text, b.Text))
	})
	var words []string
	for _, t := range all {
		if len(words) < most && !slices.Contains(words, t.Text) {
			words = append(words, t.Text)
		}
	}
	if len(words) == 0 {
		return nil, errors.New("the index has no words")
	}
	for len(words) < most { // a small corpus
		words = append(words, words...)
	}
	return words[:most], nil
}

// hostile makes queries of the commonest words: all kinds that cost much.
func hostile(w []string) (out []search.Request) {
	quoted := func(words ...string) string { return `"` + strings.Join(words, " ") + `"` }
	var pairs, prefixes, inner, fuzzy []string
	for i := range 10 {
		pairs = append(pairs, quoted(w[i], w[(i*7+1)%10]))
	}
	letters := []rune("аеиоунтсрлвк")
	for i := range 60 {
		a, b := string(letters[i%12]), string(letters[i/12])
		prefixes = append(prefixes, a+b+"*")
		inner = append(inner, "*"+a+b+string(letters[(i+5)%12])+"*")
		fuzzy = append(fuzzy, "с"+a+b+"ла~2")
	}
	for _, q := range []string{
		w[0], strings.Join(w[:5], " "), strings.Join(w[:10], " OR "), strings.Join(w, " OR "),
		"по*", "co*", "*ние*", "*ing", strings.Join(prefixes, " OR "), strings.Join(inner[:8], " OR "), strings.Join(inner, " OR "),
		"были~2", "which~2", strings.Join(fuzzy, " OR "), "*ени* w/10 пр*",
		quoted(w[0], w[1]), quoted(w[:6]...), strings.Join(pairs, " OR "),
		w[0] + " w/5 " + w[1], w[0] + " w/100 " + w[1], w[0] + " /s " + w[1], w[0] + " pre/3 " + w[1], w[0] + " /d " + w[1],
		"(" + strings.Join(w[:3], " OR ") + ") w/100 (" + strings.Join(w[3:6], " OR ") + ")",
		"(по* OR на* OR за*) w/100 (пр* OR вы* OR не*)",
		"name:Иванов", `name:"Ли"`, `name:"Ким"`, `name:"Александр"`, "name:Smith", "name:John", `name:"А. Ахметов"`,
		"date:1900..2100", strings.TrimSpace(strings.Repeat(w[20]+" ", 200)),
	} {
		out = append(out, search.Request{Query: q})
	}
	const deep = 100_000
	return append(out,
		search.Request{Query: strings.Join(w, " "), Any: true},
		search.Request{Query: w[0], Limit: 100, Offset: deep},
		search.Request{Query: w[0] + " OR " + w[1], Limit: 20, Offset: 2 * deep, Sort: search.ByDate},
		search.Request{Query: w[0] + " OR " + w[1], Limit: 20, Sort: search.ByCited},
	)
}

// peakOf returns how much more memory is in use at one time while f runs than
// before, in MB.
func peakOf(f func()) float64 {
	const often = 500 * time.Microsecond
	const eager = 3 // percent of new memory, after which the collector runs
	runtime.GC()
	defer debug.SetGCPercent(debug.SetGCPercent(eager))
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	used := func() uint64 {
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	before, most := used(), uint64(0)
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for tick := time.NewTicker(often); ; {
			select {
			case <-done:
				tick.Stop()
				return
			case <-tick.C:
				most = max(most, used())
			}
		}
	}()
	f()
	close(done)
	<-ended
	return float64(max(most, before)-before) / 1e6
}
