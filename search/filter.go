package search

import (
	"slices"

	"dalel/corpus"
)

// compiledFilter is a Filter against one view.
type compiledFilter struct {
	keys  []corpus.Key // a bit of docEntry.fails each
	docs  []func(DocNo) bool
	paras []paraFilter
}

// paraFilter is a condition on paragraphs that comes with a key.
type paraFilter struct {
	key corpus.Key
	ok  func(*Para) bool
}

// Facets that are no facts: the year of the date, and what documents name.
// Instruments, articles and cited documents are counted by their keys; of a
// person the value is the name of the group and a name as written, apart by a
// tab.
const (
	KeyYear       corpus.Key = "year"
	KeyInstrument corpus.Key = "instrument" // "KZ-UK-2014"
	KeyArticle    corpus.Key = "article"    // "KZ-UK-2014/405"
	KeyCites      corpus.Key = "cites"      // "A/HRC/WGAD/2018/67"
	KeyPerson     corpus.Key = "person"
	// KeyOwn has the keys under which others cite a document: what law.Own says.
	KeyOwn corpus.Key = "own"
)

const (
	keyDate               = corpus.KeyDate
	keyDocs    corpus.Key = "doc"
	keyVoice   corpus.Key = "voice"
	keySection corpus.Key = "section"
)

func compileFilter(v View, f Filter) *compiledFilter {
	c := &compiledFilter{}
	for _, k := range slices.Concat([]corpus.Key{KeyYear}, corpus.Keys, foundKeys) {
		if values := f.Facts[k]; len(values) > 0 {
			c.doc(k, docWith(v, k, func(s string) bool {
				if k == KeyPerson {
					s, _ = PersonOf(s)
				}
				return slices.Contains(values, s)
			}))
		}
	}
	if f.From != "" || f.To != "" {
		c.doc(keyDate, docBetween(v, f.From, f.To))
	}
	if len(f.Docs) > 0 {
		c.doc(keyDocs, func(d DocNo) bool { return slices.Contains(f.Docs, v.ID(d)) })
	}
	if langs := f.Facts[corpus.KeyLang]; len(langs) > 0 {
		c.paras = append(c.paras, paraFilter{corpus.KeyLang, func(p *Para) bool { return p.Lang == "und" || p.Lang == "" || slices.Contains(langs, p.Lang) }})
	}
	if len(f.Voices) > 0 {
		c.paras = append(c.paras, paraFilter{keyVoice, func(p *Para) bool { return slices.Contains(f.Voices, p.Voice) }})
	}
	if len(f.Sections) > 0 {
		c.paras = append(c.paras, paraFilter{keySection, func(p *Para) bool { return slices.Contains(f.Sections, p.Section) }})
	}
	return c
}

func (c *compiledFilter) doc(k corpus.Key, ok func(DocNo) bool) {
	c.keys = append(c.keys, k)
	c.docs = append(c.docs, ok)
}

// fails returns the filters that a document fails, a bit each.
func (c *compiledFilter) fails(d DocNo) (mask uint32) {
	for i, ok := range c.docs {
		if !ok(d) {
			mask |= 1 << i
		}
	}
	return mask
}

// without returns the mask of all filters but that of one key: a document that
// fails no other is counted in the facet of that key.
func (c *compiledFilter) without(k corpus.Key) uint32 {
	mask := ^uint32(0)
	for i, key := range c.keys {
		if key == k {
			mask &^= 1 << i
		}
	}
	return mask
}

// passes reports whether a paragraph passes the filters on paragraphs, but for
// that of the key which its document fails: it is counted in that facet.
func (c *compiledFilter) passes(p *Para, fails uint32) bool {
	for _, f := range c.paras {
		if !f.ok(p) && fails&^c.without(f.key) == 0 {
			return false
		}
	}
	return true
}
