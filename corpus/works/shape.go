package works

import (
	"math"
	"slices"
)

// shape is how well the paragraphs of two texts fit each other.
type shape struct {
	paired  float64 // share of the paragraphs that have one opposite, of the longer text
	fit     float64 // correlation of the lengths of opposite paragraphs
	numbers float64 // share of opposite paragraphs, both with numbers, that have the same
	counted int     // how many pairs of paragraphs that was
	labels  float64 // the same of printed numbers
	named   int
}

// band is how far from the diagonal opposite paragraphs may stand, in
// paragraphs, and as a share of the length.
const (
	band      = 30
	bandShare = 0.1
)

// compare sets the paragraphs of two texts opposite each other so that lengths
// and numbers agree best (Gale and Church, A program for aligning sentences,
// 1993, over paragraphs), and measures how well they do. ok is false when they
// are too different in length to be one text.
func compare(a, b []Mark) (s shape, ok bool) {
	if len(a) == 0 || len(b) == 0 || ratio(len(a), len(b)) < 0.7 || ratio(total(a), total(b)) < 0.5 {
		return s, false
	}
	pairs := alignMarks(a, b)
	s.paired = float64(len(pairs)) / float64(max(len(a), len(b)))
	var xs, ys []float64
	agree, same := 0, 0
	for _, p := range pairs {
		x, y := a[p[0]], b[p[1]]
		xs, ys = append(xs, math.Log1p(float64(x.Runes))), append(ys, math.Log1p(float64(y.Runes)))
		if x.Numbers != 0 && y.Numbers != 0 {
			s.counted++
			if x.Numbers == y.Numbers {
				agree++
			}
		}
		if x.Label != 0 || y.Label != 0 {
			s.named++
			if x.Label == y.Label {
				same++
			}
		}
	}
	s.fit = correlation(xs, ys)
	s.numbers = float64(agree) / float64(max(s.counted, 1))
	s.labels = float64(same) / float64(max(s.named, 1))
	return s, true
}

func ratio(a, b int) float64 { return float64(min(a, b)) / float64(max(a, b, 1)) }

func total(ms []Mark) int {
	n := 0
	for _, m := range ms {
		n += int(m.Runes)
	}
	return n
}

// alignMarks returns the opposite paragraphs of two texts, in order.
func alignMarks(a, b []Mark) [][2]int {
	scale := float64(total(b)) / float64(max(total(a), 1))
	return align(len(a), len(b), func(i, j int) float64 { return likeness(a[i], b[j], scale) })
}

// likeness is how well one paragraph fits another, from -1 to 1 for their
// lengths, more for equal numbers.
func likeness(x, y Mark, scale float64) float64 {
	const steep = 1.2 // a paragraph of twice the length it should have fits badly
	want := math.Log1p(float64(x.Runes) * scale)
	s := 1 - steep*math.Abs(want-math.Log1p(float64(y.Runes)))
	s = max(s, -1)
	if x.Numbers != 0 && x.Numbers == y.Numbers {
		s += 1.5
	}
	if x.Label != 0 || y.Label != 0 {
		if x.Label == y.Label {
			s += 0.5
		} else {
			s -= 0.3
		}
	}
	return s
}

// align sets n things opposite m others, each at most once and in order, so
// that the sum of like is greatest. Only places near the diagonal are looked
// at.
func align(n, m int, like func(i, j int) float64) [][2]int {
	t := newTrellis(n, m)
	for i := 0; i <= n; i++ {
		for j := t.from(i); j <= min(m, t.from(i)+t.span-1); j++ {
			t.reach(i, j, like)
		}
	}
	return t.walkBack()
}

// trellis is the table of an alignment: for i things of one side and j of the
// other, the best sum and the step that led there.
type trellis struct {
	n, m, width, span int
	best              []float64
	step              []step
}

type step uint8

const (
	start step = iota
	skipOne
	skipOther
	pair
)

func newTrellis(n, m int) *trellis {
	width := max(band, int(bandShare*float64(max(n, m))), abs(n-m)+band/2)
	span := 2*width + 2
	return &trellis{
		n: n, m: m, width: width, span: span,
		best: make([]float64, (n+1)*span), step: make([]step, (n+1)*span),
	}
}

// from is the first of the other side that is looked at beside i.
func (t *trellis) from(i int) int { return max(0, i*t.m/max(t.n, 1)-t.width) }

// cell is where i and j stand in the table; -1 if they are too far apart.
func (t *trellis) cell(i, j int) int {
	if i < 0 || j < 0 || j > t.m {
		return -1
	}
	if k := j - t.from(i); k >= 0 && k < t.span {
		return i*t.span + k
	}
	return -1
}

// reach finds the best step to i and j.
func (t *trellis) reach(i, j int, like func(i, j int) float64) {
	const skip = -0.2 // what a thing without an opposite costs
	c := t.cell(i, j)
	if i == 0 && j == 0 {
		return
	}
	t.best[c] = math.Inf(-1)
	try := func(from int, s step, gain float64) {
		if sum := t.best[from] + gain; sum > t.best[c] {
			t.best[c], t.step[c] = sum, s
		}
	}
	if from := t.cell(i-1, j); from >= 0 {
		try(from, skipOne, skip)
	}
	if from := t.cell(i, j-1); from >= 0 {
		try(from, skipOther, skip)
	}
	if from := t.cell(i-1, j-1); from >= 0 {
		try(from, pair, like(i-1, j-1))
	}
}

// walkBack reads the pairs from the last cell to the first.
func (t *trellis) walkBack() [][2]int {
	var out [][2]int
	for i, j := t.n, t.m; i > 0 || j > 0; {
		c := t.cell(i, j)
		if c < 0 {
			break
		}
		switch t.step[c] {
		case skipOne:
			i--
		case skipOther:
			j--
		case pair:
			i, j = i-1, j-1
			out = append(out, [2]int{i, j})
		case start:
			i, j = 0, 0
		}
	}
	slices.Reverse(out)
	return out
}

func abs(n int) int { return max(n, -n) }

// correlation is Pearson's; 0 for fewer than two pairs or no variance.
func correlation(xs, ys []float64) float64 {
	n := float64(len(xs))
	if n < 2 {
		return 0
	}
	var mx, my float64
	for i := range xs {
		mx, my = mx+xs[i]/n, my+ys[i]/n
	}
	var xy, xx, yy float64
	for i := range xs {
		xy += (xs[i] - mx) * (ys[i] - my)
		xx += (xs[i] - mx) * (xs[i] - mx)
		yy += (ys[i] - my) * (ys[i] - my)
	}
	if xx == 0 || yy == 0 {
		return 0
	}
	return xy / math.Sqrt(xx*yy)
}
