package search

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/names"
	"dalel/search/query"
)

// Limits of a name query. They keep a query made to be slow within the budget
// of one search; real names have a tenth of it.
const (
	maxSpellings = 400  // forms of one part, the best first
	belowEnough  = 0.74 // of a spelling that shares a far key only; under names.Enough
	fewUses      = 1000 // tokens of a part that are sooner looked at than intersected
)

var errNoName = errors.New("a name needs a word of two letters or more")

// name compiles a person's name: the name itself, and the forms that are not
// wanted among its spellings ("Жыланбаев -zhylanbaev").
func (c *compiler) name(text string) (operand, error) {
	asked, off := withoutSpellings(text)
	n := &nameOp{
		expander: names.NewExpander(asked), asked: asked, forms: map[FormID]nameForm{}, near: map[FormID]uint{}, off: off,
		scores: map[string]float64{}, sets: map[string]uint32{},
	}
	words := n.ask()
	if len(words) == 0 {
		return nil, &corpus.Error{Op: "search", Subj: text, Kind: corpus.ErrInvalid, Err: errNoName}
	}
	uses := map[int]int{}
	for _, part := range words {
		uses[part] = c.spellings(n, part)
	}
	n.need = c.nameNeed(n, words, uses)
	c.note(Note{Kind: NoteName, Text: text, Value: asked})
	return n, nil
}

// person compiles a person's name, which stands at a place of the query, and
// the other names that the table of aliases has of whoever is called so.
func (c *compiler) person(text string, at query.Span) (operand, error) {
	told := len(c.prog.notes)
	op, err := c.name(text)
	if err != nil {
		return nil, err
	}
	for i := range c.prog.notes[told:] {
		if n := &c.prog.notes[told+i]; n.Kind == NoteName {
			n.Start, n.End = at.Start, at.End
		}
	}
	all := &anyOp{kids: []operand{op}}
	asked, _ := withoutSpellings(text)
	var said []string
	for _, a := range c.aliases.Find(asked) {
		if a.Type != "person" || slices.Contains(said, a.Form) {
			continue
		}
		if other := c.aliasForm(&a, asked); other != nil {
			all.kids, said = append(all.kids, other), append(said, a.Form)
		}
	}
	if len(said) == 0 {
		return op, nil
	}
	c.note(Note{Kind: NoteAlias, Text: asked, Value: strings.Join(said, " · ")})
	return all, nil
}

// withoutSpellings takes the unwanted forms off the text of a name.
func withoutSpellings(text string) (name string, off map[string]bool) {
	off = map[string]bool{}
	var kept []string
	for i, w := range strings.Fields(text) {
		if form, minus := strings.CutPrefix(w, "-"); minus && i > 0 && form != "" {
			off[lang.Fold(form)] = true
			continue
		}
		kept = append(kept, w)
	}
	return strings.Join(kept, " "), off
}

// ask decides which parts of the name must be met, and returns those that are
// words. A patronymic may be missing in a text, unless there is nothing else
// beside one word; of three words and more one may be missing.
func (n *nameOp) ask() (words []int) {
	parts := n.expander.Parts()
	initials := 0
	for i, p := range parts {
		switch p.Kind {
		case names.Word:
			words = append(words, i)
		case names.Initial:
			n.parts |= 1 << i
			initials++
		case names.Patronymic, names.Particle:
		}
	}
	for i, p := range parts {
		if (p.Kind == names.Patronymic || p.Kind == names.Particle) && len(words)+initials < 2 {
			words = append(words, i)
		}
	}
	for _, i := range words {
		n.parts |= 1 << i
		if parts[i].Kind == names.Word && !names.IsGiven(parts[i].Form) {
			n.surnames |= 1 << i
		}
	}
	if n.surnames == 0 { // Марат Серікұлы: the patronymic stands for the surname
		n.surnames = patronymics(parts) & n.parts
	}
	n.patronymic = patronymics(parts)&^n.parts != 0
	n.must = len(words)
	switch {
	case len(words) == 1 && initials > 0:
		n.must = 2
	case len(words) > 2:
		n.must--
	}
	n.alone = n.must == 1
	return words
}

// patronymics returns the parts that are patronymics, as bits.
func patronymics(parts []names.Part) (bits uint) {
	for i, p := range parts {
		if p.Kind == names.Patronymic {
			bits |= 1 << i
		}
	}
	return bits
}

// spellings finds the forms of the library that may be a part of the name, and
// returns how often they are written with a capital.
func (c *compiler) spellings(n *nameOp, part int) (uses int) {
	type found struct {
		id    FormID
		score float64
		why   string
		far   bool
	}
	var list []found
	seen := map[FormID]bool{}
	look := func(keys []string, far bool) {
		for _, key := range keys {
			for _, id := range c.view.Named(key) {
				form := c.view.FormText(id)
				if seen[id] || n.off[form] {
					continue
				}
				seen[id] = true
				if score, why := n.expander.Match(part, form); score >= weakSpelling {
					list = append(list, found{id, score, why, far})
				}
			}
		}
	}
	look(n.expander.Keys(part), false)
	if !n.alone && (n.surnames == 0 || n.surnames>>part&1 == 1) {
		look(n.expander.FarKeys(part), true)
	}
	slices.SortFunc(list, func(a, b found) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.id, b.id)) })
	if len(list) > maxSpellings {
		list = list[:maxSpellings]
		c.note(Note{Kind: NoteLimit, Text: n.expander.Parts()[part].Text})
	}
	for _, f := range list {
		u := c.view.Uses(f.id)
		uses += int(u.Inside) + int(u.First)
		if f.far {
			f.score = min(f.score, belowEnough) // beside another part only
		}
		n.addForm(f.id, part, f.score, f.why, isCommon(u))
	}
	return uses
}

func (n *nameOp) addForm(id FormID, part int, score float64, why string, common bool) {
	f := n.forms[id]
	f.common = common
	f.weak |= 1 << part
	if score >= names.Enough {
		f.strong |= 1 << part
	}
	if score > f.score {
		f.score, f.part, f.why = score, part, why
	}
	n.forms[id] = f
	n.seeds[id%seedSize] |= 1 << (id / seedSize % 64)
}

// isCommon reports whether a form is a common word that has a capital now and
// then, for one that is written without as often.
func isCommon(u FormUses) bool { return u.Lower >= 2 && u.Lower >= u.Inside }

// nameNeed says which paragraphs are looked at: those that have a surname, one
// that is rare alone, a common one beside another word of the name or its
// initial.
func (c *compiler) nameNeed(n *nameOp, words []int, uses map[int]int) need {
	whole := make(map[int]need, len(words))
	for _, w := range words {
		whole[w] = need{slot: c.slot(c.formTexts(n.termForms(w)))}
	}
	var ways []need
	for _, w := range words {
		if n.surnames != 0 && n.surnames>>w&1 == 0 {
			continue
		}
		if len(words) == 1 || uses[w] <= fewUses {
			ways = append(ways, whole[w])
			continue
		}
		for _, other := range words {
			if other != w {
				perhaps := anyNeed(whole[other], need{slot: c.slot(c.letterForms(n, other))})
				ways = append(ways, need{slot: -1, kids: []need{whole[w], perhaps}})
			}
		}
	}
	return anyNeed(ways...)
}

func anyNeed(kids ...need) need {
	if len(kids) == 1 {
		return kids[0]
	}
	return need{slot: -1, any: true, kids: kids}
}

// termForms lists the forms of a part.
func (n *nameOp) termForms(part int) (ids []FormID) {
	for id, f := range n.forms {
		if f.weak>>part&1 == 1 {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// letters are those that initials are written with.
const letters = "абвгдежзийклмнопрстуфхцчшщэюяәғқңөұүһіabcdefghijklmnopqrstuvwxyz"

// letterForms lists the initials of the library that stand for a part.
func (c *compiler) letterForms(n *nameOp, part int) (forms []string) {
	for _, r := range letters {
		form := string(r)
		if _, ok := c.view.Form(form); !ok {
			continue
		}
		if score, _ := n.expander.Match(part, form); score >= names.Enough {
			forms = append(forms, form)
		}
	}
	return forms
}
