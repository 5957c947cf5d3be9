package names

import (
	"math/bits"
	"slices"
	"strings"
)

// comparison is two names with their parts set against each other; x has no
// more parts than y.
type comparison struct {
	x, y    []Part
	links   []link // by part of x
	flipped bool   // y is of the name given first
}

// align finds the assignment of all parts of x to different parts of y that
// agrees best. It is exact: names have few parts.
func align(x, y []Part) []link {
	grid := make([][]link, len(x))
	for i := range x {
		grid[i] = make([]link, len(y))
		for j := range y {
			s, how := compare(&x[i], &y[j])
			grid[i][j] = link{i, j, s, how}
		}
	}
	// best[set] is the best sum over the first bits.OnesCount(set) parts of x,
	// assigned to the parts of y in set; from[set] is the part assigned last.
	best := make([]float64, 1<<len(y))
	from := make([]int, 1<<len(y))
	for set := 1; set < len(best); set++ {
		i := bits.OnesCount(uint(set)) - 1
		if i >= len(x) {
			continue
		}
		best[set] = -1
		for j := range y {
			if set>>j&1 == 0 {
				continue
			}
			if s := best[set&^(1<<j)] + grid[i][j].score*weightOf(&x[i], &y[j]); s > best[set] {
				best[set], from[set] = s, j
			}
		}
	}
	return trace(grid, best, from)
}

// weightOf is what a pair counts for in the alignment: words before initials.
func weightOf(a, b *Part) float64 {
	if a.Kind == Word && b.Kind == Word {
		return 1
	}
	return 0.9
}

func trace(grid [][]link, best []float64, from []int) []link {
	top := 0
	for set := range best {
		if bits.OnesCount(uint(set)) == len(grid) && (top == 0 || best[set] > best[top]) {
			top = set
		}
	}
	links := make([]link, len(grid))
	for i := len(grid) - 1; i >= 0; i-- {
		j := from[top]
		links[i] = grid[i][j]
		top &^= 1 << j
	}
	return links
}

// The weights of the score. They were set by hand and tuned on the development
// half of the tamga-benchmark pairs (Zhubekov 2026, CC BY 4.0).
const (
	weightPatronymic   = 0.5
	weightInitial      = 0.4
	weightParticle     = 0.2
	clashPatronymic    = 0.80
	clashInitial       = 0.6
	extraWord          = 0.93
	extraPart          = 0.99
	oneWordOfMore      = 0.7
	oneWordAndInitials = 0.93
	noWord             = 0.3
	fatherAlikeFrom    = 0.75
)

// score is half the mean of all pairs and half the worst pair of words, less
// what conflicts and what is missing.
func (c *comparison) score() float64 {
	var sum, weights float64
	worst, words, initials, penalty := 1.0, 0, 0, 1.0
	for _, l := range c.links {
		w := 1.0
		a, b := &c.x[l.i], &c.y[l.j]
		switch {
		case l.how.isInitial():
			w = weightInitial
			initials++
			if l.how == wrongInitial {
				penalty *= clashInitial
			}
		case a.Kind == Patronymic && b.Kind == Patronymic:
			w = weightPatronymic
			if l.score < fatherAlikeFrom {
				penalty *= clashPatronymic
			}
		case a.Kind == Particle || b.Kind == Particle:
			w = weightParticle
		default:
			words++
			worst = min(worst, l.score)
		}
		sum, weights = sum+w*l.score, weights+w
	}
	s := (sum/weights + worst) / 2 * penalty * c.missing()
	switch {
	case words == 0:
		s *= noWord
	case words == 1 && initials > 0:
		s *= oneWordAndInitials
	case words == 1 && len(c.y) > 1:
		s *= oneWordOfMore
	}
	return min(1, max(0, s))
}

// missing is what the parts cost that the shorter name has not.
func (c *comparison) missing() float64 {
	penalty := 1.0
	for _, j := range c.unlinked() {
		if c.y[j].Kind == Word {
			penalty *= extraWord
		} else {
			penalty *= extraPart
		}
	}
	return penalty
}

func (c *comparison) unlinked() []int {
	var used uint
	for _, l := range c.links {
		used |= 1 << l.j
	}
	var out []int
	for j := range c.y {
		if used>>j&1 == 0 {
			out = append(out, j)
		}
	}
	return out
}

// unlikeBelow is the score of a pair of words from which down the reason calls
// them different.
const unlikeBelow = 0.6

// why tells in words what goes together and what is missing.
func (c *comparison) why() string {
	var parts []string
	for _, l := range c.inOrder() {
		if l.score < unlikeBelow && (l.how == otherScript || l.how == otherSpelling || l.how == surnameOfFather) {
			l.how = unlike
		}
		parts = append(parts, c.words(l))
	}
	for _, j := range c.unlinked() {
		what := "only in one"
		if c.y[j].Kind == Patronymic {
			what = "patronymic only in one"
		}
		parts = append(parts, c.y[j].Text+" ("+what+")")
	}
	return strings.Join(parts, "; ")
}

// inOrder returns the links as the parts of the first name stand.
func (c *comparison) inOrder() []link {
	links := slices.Clone(c.links)
	if c.flipped {
		slices.SortFunc(links, func(a, b link) int { return a.j - b.j })
	}
	return links
}
