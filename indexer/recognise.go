package indexer

import (
	"slices"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/law"
	"dalel/corpus/names"
	"dalel/search"
)

// reader finds references and persons in the paragraphs of one document, in
// order: what was named before is what "the Covenant" and "той же статьи" mean.
type reader struct {
	date   corpus.Date
	memory law.Memory
}

// references returns the references of a paragraph and the terms they are
// found under: every prefix of every key, each once.
func (r *reader) references(p *corpus.Paragraph) (mentions []corpus.Mention, terms []string) {
	refs := law.Find(p.Text, law.Context{Date: r.date, Lang: lang.Code(p.Lang), Memory: &r.memory})
	seen := map[string]bool{}
	for i := range refs {
		key := refs[i].Key()
		if key == "" || key == law.AnyInstrument {
			continue
		}
		mentions = append(mentions, corpus.Mention{Kind: corpus.MentionKind(refs[i].Kind), ID: key, Start: refs[i].Start, End: refs[i].End})
		for _, prefix := range law.Prefixes(key) {
			if !seen[prefix] {
				seen[prefix] = true
				terms = append(terms, prefix)
			}
		}
	}
	return mentions, terms
}

// people gives the persons of a document to groups, as mentions among those of
// the paragraphs. The value of a group is its label and the name as this
// document has it, apart by a tab.
func people(g *names.Groups, doc *analyzed) {
	var here []string // groups that the document has named
	for i, found := range doc.persons {
		if len(found) == 0 {
			continue
		}
		for _, p := range found {
			label := g.Of(p.Name, here)
			if label == "" {
				continue
			}
			if !slices.Contains(here, label) {
				here = append(here, label)
			}
			id := search.PersonValue(label, p.Name.Nominative())
			doc.mentions[i] = append(doc.mentions[i], corpus.Mention{Kind: corpus.MentionPerson, ID: id, Start: p.Start, End: p.End})
		}
		slices.SortStableFunc(doc.mentions[i], func(a, b corpus.Mention) int { return a.Start - b.Start })
	}
}

// knownPeople makes groups of the persons that an index counts.
func knownPeople(f search.Forward) *names.Groups {
	view := f.View()
	defer view.Release()
	var labels []string
	for _, value := range view.Facet(search.KeyPerson).Values {
		group, _ := search.PersonOf(value)
		labels = append(labels, group)
	}
	return names.NewGroups(labels)
}
