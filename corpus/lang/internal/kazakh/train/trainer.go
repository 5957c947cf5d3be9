package main

import (
	"math"
	"math/bits"
	"math/rand/v2"

	"dalel/corpus/lang/internal/kazakh"
)

// Settings of the learner, chosen by cross-validation.
const (
	epochs = 8
	rate   = .15
	decay  = 2e-3 // L2, by step
	drop   = 3    // tenths of the features left out of a step, so that none is relied on alone
)

// example is one form with its readings and the right ones among them.
type example struct {
	form     string
	lemmas   map[string]bool
	fold     int
	weight   float64
	readings []kazakh.Reading
	right    []bool
	any      bool
	slots    [][]uint32
}

// model is a table of weights and what it knows about stems.
type model struct {
	weights []float64
	grads   []float64
	know    *counts
}

// counts is the support of stems in plain text, and the lexicon.
type counts struct {
	nominal, verbal, alone map[string]float64
}

// level is a count as a power of two; below a half it is none.
func level(x float64) uint32 {
	return uint32(min(bits.Len(uint(x+.5)), 12))
}

// Support implements kazakh.Knowledge.
func (c *counts) Support(stem string) (nominal, verbal, alone uint32) {
	return level(c.nominal[stem]), level(c.verbal[stem]), level(c.alone[stem])
}

// Class implements kazakh.Knowledge.
func (c *counts) Class(stem string) uint32 { return kazakh.Class(stem) }

// trainer holds the examples and the plain text.
type trainer struct {
	sets     []goldSet
	examples []*example
	raw      []word
	parsed   [][]kazakh.Reading
	rounds   int
}

func newTrainer(sets []goldSet, raw []word, rounds int) *trainer {
	t := &trainer{sets: sets, raw: raw, rounds: rounds}
	for _, w := range raw {
		t.parsed = append(t.parsed, kazakh.Parse(w.form))
	}
	for _, s := range sets {
		byForm := map[string]*example{}
		for _, r := range s.rows {
			e := byForm[r.form]
			if e == nil {
				e = &example{form: r.form, lemmas: map[string]bool{}, weight: s.weight, readings: kazakh.Parse(r.form), fold: foldOf(r.lemma)}
				byForm[r.form] = e
				t.examples = append(t.examples, e)
			}
			e.lemmas[kazakh.Canonical(r.lemma)] = true
		}
	}
	for _, e := range t.examples {
		e.right = make([]bool, len(e.readings))
		for i := range e.readings {
			e.right[i] = e.lemmas[e.readings[i].Stem]
			e.any = e.any || e.right[i]
		}
	}
	return t
}

// foldOf assigns a lemma to one of 60 parts by its letters.
func foldOf(lemma string) int {
	h := uint32(2166136261)
	for _, b := range []byte(kazakh.Canonical(lemma)) {
		h = (h ^ uint32(b)) * 16777619
	}
	return int(h>>8) % 60
}

// learn trains a model on the examples that use accepts, counting the support
// anew with each model.
func (t *trainer) learn(use func(*example) bool) *model {
	m := &model{know: t.count(nil)}
	for round := range t.rounds {
		if round > 0 {
			m.know = t.count(m)
		}
		m.weights, m.grads = make([]float64, kazakh.WeightSlots), make([]float64, kazakh.WeightSlots)
		var train []*example
		for _, e := range t.examples {
			if use(e) && e.any && len(e.readings) > 1 {
				e.slots = kazakh.Features(e.readings, m.know, e.slots[:0])
				train = append(train, e)
			}
		}
		m.fit(train)
	}
	return m
}

// fit learns the weights: the mean of those after each epoch of the second
// half, which depends less on the order of the examples than the last ones.
func (m *model) fit(train []*example) {
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the order of examples, the same each time
	mean := make([]float64, len(m.weights))
	for epoch := range epochs {
		random.Shuffle(len(train), func(i, j int) { train[i], train[j] = train[j], train[i] })
		for _, e := range train {
			m.step(e, dropped(e.slots, random.Uint32()))
		}
		if epoch >= epochs/2 {
			for i, w := range m.weights {
				mean[i] += w / (epochs - epochs/2)
			}
		}
	}
	m.weights = mean
}

// dropped leaves out a random share of the features, the same in all readings.
func dropped(full [][]uint32, salt uint32) [][]uint32 {
	const limit uint32 = drop * (1 << 24) / 10
	out := make([][]uint32, len(full))
	for i, slots := range full {
		for _, s := range slots {
			if (s^salt)*2654435761>>8 >= limit {
				out[i] = append(out[i], s)
			}
		}
	}
	return out
}

// step moves the weights along the gradient of the log-probability that one
// of the right readings is chosen (AdaGrad).
func (m *model) step(e *example, slots [][]uint32) {
	p := m.probabilities(slots)
	right := 0.0
	for i, ok := range e.right {
		if ok {
			right += p[i]
		}
	}
	for i, s := range slots {
		g := -p[i]
		if e.right[i] {
			g += p[i] / max(right, 1e-12)
		}
		if math.Abs(g) < 1e-4 {
			continue
		}
		g *= e.weight
		for _, k := range s {
			d := g - decay*m.weights[k]
			m.grads[k] += d * d
			m.weights[k] += rate * d / math.Sqrt(m.grads[k]+1e-2)
		}
	}
}

func (m *model) probabilities(slots [][]uint32) []float64 {
	p := make([]float64, len(slots))
	best := math.Inf(-1)
	for i, s := range slots {
		for _, k := range s {
			p[i] += m.weights[k]
		}
		best = max(best, p[i])
	}
	sum := 0.0
	for i := range p {
		p[i] = math.Exp(p[i] - best)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// count counts, over the forms of the plain text, the readings of each stem:
// all of them, or, with a model, as probable as it finds them.
func (t *trainer) count(m *model) *counts {
	c := &counts{map[string]float64{}, map[string]float64{}, map[string]float64{}}
	var buf [][]uint32
	for i, readings := range t.parsed {
		p := make([]float64, len(readings))
		if m == nil {
			for j := range p {
				p[j] = 1
			}
		} else {
			buf = kazakh.Features(readings, m.know, buf[:0])
			p = m.probabilities(buf)
		}
		c.addWord(readings, p, t.raw[i].count)
	}
	return c
}

func (c *counts) addWord(readings []kazakh.Reading, p []float64, n int) {
	best := map[string][2]float64{}
	for j := range readings {
		r := &readings[j]
		b := best[r.Stem]
		switch {
		case r.Bare():
			c.alone[r.Stem] += p[j] * float64(n)
		case r.Verbal():
			b[1] += p[j]
		default:
			b[0] += p[j]
		}
		best[r.Stem] = b
	}
	for stem, b := range best {
		if b[0] > .02 {
			c.nominal[stem] += min(b[0], 1)
		}
		if b[1] > .02 {
			c.verbal[stem] += min(b[1], 1)
		}
	}
}

// stems returns the stems of a form by descending probability, summed over
// the readings that share a stem.
func (m *model) stems(form string, readings []kazakh.Reading) (stems []string, prob []float64) {
	if s, ok := kazakh.Known(form); ok {
		return []string{s}, []float64{1}
	}
	p := m.probabilities(kazakh.Features(readings, m.know, nil))
	sum := map[string]float64{}
	for i := range readings {
		if _, ok := sum[readings[i].Stem]; !ok {
			stems = append(stems, readings[i].Stem)
		}
		sum[readings[i].Stem] += p[i]
	}
	sortBy(stems, sum)
	if bare := readings[0].Stem; kazakh.Listed(bare) {
		sum[bare] = max(sum[bare], .5) // is always given
	}
	for _, s := range stems {
		prob = append(prob, sum[s])
	}
	return stems, prob
}
