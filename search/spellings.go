package search

import (
	"cmp"
	"slices"
)

// names lists the names that a program looks for, but for those left out.
func (p *program) names() (all []*nameOp) {
	for i := range p.leaves {
		if !p.leaves[i].negative {
			all = appendNames(all, p.leaves[i].op)
		}
	}
	return all
}

// loosen has the names of a program look for distant spellings. It reports
// whether any can be found: whether the names were looked for in rows of lists.
func (p *program) loosen() bool {
	rows := false
	for _, n := range p.names() {
		n.distant = true
		rows = rows || n.rows
	}
	return rows
}

func appendNames(all []*nameOp, op operand) []*nameOp {
	switch op := op.(type) {
	case *nameOp:
		all = append(all, op)
	case *anyOp:
		for _, k := range op.kids {
			all = appendNames(all, k)
		}
	case *nearOp:
		all = appendNames(appendNames(all, op.left), op.right)
	}
	return all
}

// spellings counts the passages that have each spelling of the names.
func (a *answer) spellings(passages []passage) (all []Spelling) {
	for _, n := range a.names {
		counts := map[FormID]int{}
		for i, j := 0, 0; i < len(passages) && j < len(n.found); {
			switch {
			case passages[i].para < n.found[j].para:
				i++
			case passages[i].para > n.found[j].para:
				j++
			default:
				for _, f := range n.spelled[n.found[j].set] {
					counts[f]++
				}
				i, j = i+1, j+1
			}
		}
		all = append(all, n.list(a.view, counts)...)
	}
	return all
}

// list returns the spellings that were counted, by part, the best first.
func (n *nameOp) list(v View, counts map[FormID]int) (out []Spelling) {
	type entry struct {
		part int
		Spelling
	}
	var all []entry
	for id, passages := range counts {
		f := n.forms[id]
		all = append(all, entry{f.part, Spelling{
			Name: n.asked, Part: n.expander.Parts()[f.part].Text, Form: v.FormText(id), Passages: passages, Score: f.score, Why: f.why,
		}})
	}
	slices.SortFunc(all, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.part, b.part), cmp.Compare(b.Score, a.Score), cmp.Compare(b.Passages, a.Passages), cmp.Compare(a.Form, b.Form))
	})
	for _, e := range all {
		out = append(out, e.Spelling)
	}
	return out
}

// The scores of package names from which a passage is of a tier: the very
// spelling, a case form of it, the same name in another script; what is weaker
// comes last. The worst of its words decides.
var tierFrom = [...]float64{1, 0.96, 0.9}

// surely is the likeness of a whole name below which it is of the last tier.
const surely = 0.85

// tiers orders the passages of a query that is a name and nothing else.
func (a *answer) tiers(passages []passage) {
	root := a.prog.root
	if len(a.names) == 0 || !root.isLeaf() && (root.kind != opOr || slices.ContainsFunc(root.kids, func(k *expr) bool { return !k.isLeaf() })) {
		return
	}
	for _, n := range a.names {
		for i, j := 0, 0; i < len(passages) && j < len(n.found); {
			switch {
			case passages[i].para < n.found[j].para:
				i++
			case passages[i].para > n.found[j].para:
				j++
			default:
				p := &passages[i]
				p.tier = tierOf(n.certainty(&n.found[j]), n.found[j].full, p.tier)
				i, j = i+1, j+1
			}
		}
	}
	for i := range passages { // tiers were counted from 1, for the better of two names to win
		passages[i].tier--
	}
}

func (e *expr) isLeaf() bool { return e.kind == opLeaf }

// certainty is the score of the worst spelling in a passage; 0 if the name as a
// whole leaves a doubt.
func (n *nameOp) certainty(h *nameHit) float64 {
	if h.score < surely {
		return 0
	}
	worst := 1.0
	for _, f := range n.spelled[h.set] {
		worst = min(worst, n.forms[f].score)
	}
	return worst
}

// tierOf returns the tier of a score, from 1, or the one there is if that is
// better. Names without the patronymic that was asked for come behind all that
// have it.
func tierOf(score float64, full bool, is uint8) uint8 {
	tier := uint8(len(tierFrom) + 1)
	for i, from := range tierFrom {
		if score >= from {
			tier = uint8(i + 1)
			break
		}
	}
	if !full {
		tier += uint8(len(tierFrom) + 1)
	}
	if is != 0 {
		return min(tier, is)
	}
	return tier
}
