package forward

import (
	"bytes"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"dalel/corpus"
	"dalel/indexer/internal/wire"
	"dalel/search"
)

// noDoc is the document of a paragraph that a view does not have. It is never
// alive.
const noDoc search.DocNo = math.MaxUint32

// snapshot is the tables at one moment. Nothing in it is written to again.
type snapshot struct {
	files               *files
	vocab               *vocab
	forms               []string
	docs                []docRow
	paras               []paraRow
	speech              []speechRow
	textRows, tokenRows []blockRow
	words               []string
	ids                 []string
	uses                []search.FormUses
	columns             [len(factKeys) + len(foundKeys)]search.FacetColumn
	unread, doubtful    int
	avgTokens           float64
	tablesEnd           int64
}

// view is a snapshot in use. It remembers the blocks it read last: the next
// paragraph is often in the same. There are several for those who read
// different parts of it at once.
type view struct {
	*snapshot
	tokens  [16]atomic.Pointer[block] // by the paragraph, see lastBlock
	release sync.Once
}

func (v *view) lastBlock(p search.ParaNo) *atomic.Pointer[block] {
	return &v.tokens[p>>8%uint32(len(v.tokens))]
}

var (
	_ search.Forward = (*Store)(nil)
	_ search.View    = (*view)(nil)
)

// View returns a snapshot of what is stored now.
func (s *Store) View() search.View { return s.view() }

func (s *Store) view() *view {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.snap == nil {
		s.snap = s.t.snapshot(s.files)
		s.snap.tablesEnd = s.end.tables
	}
	s.files.users.Add(1)
	return &view{snapshot: s.snap}
}

// snapshot freezes the tables.
func (t *tables) snapshot(f *files) *snapshot {
	t.shared = true
	snap := &snapshot{
		files: f, vocab: t.vocab, forms: t.vocab.all(),
		docs: t.docs, paras: t.paras, speech: t.speech, textRows: t.texts, tokenRows: t.tokens, words: t.words,
		ids: t.ids, uses: t.uses,
		unread: t.unread, doubtful: t.doubtful,
	}
	if t.streams > 0 {
		snap.avgTokens = float64(t.tokenSum) / float64(t.streams)
	}
	for i := range t.columns {
		snap.columns[i] = search.FacetColumn{Values: t.columns[i].values, Of: t.columns[i].of}
	}
	return snap
}

// Release ends the use of the view.
func (v *view) Release() {
	// The files were only read from by then, so that closing cannot lose anything.
	v.release.Do(func() { _ = v.files.release() })
}

// Size returns how many paragraph and document numbers have been given out.
func (v *view) Size() (paras, docs int) { return len(v.paras), len(v.docs) }

// Para returns the slim record of p. Its Doc is one that is not alive if there
// is no such paragraph.
func (v *view) Para(p search.ParaNo) search.Para {
	if int(p) >= len(v.paras) {
		return search.Para{Doc: noDoc}
	}
	r := &v.paras[p]
	return search.Para{
		Doc:     r.doc,
		Ord:     r.ord,
		Scope:   r.scope,
		Role:    corpus.Role(v.words[r.role]),
		Section: corpus.SectionKind(v.words[r.section]),
		Voice:   corpus.Voice(v.words[r.voice]),
		Lang:    v.words[r.lang],
	}
}

// TokenCount returns the length of the token stream of p.
func (v *view) TokenCount(p search.ParaNo) int {
	if int(p) >= len(v.paras) {
		return 0
	}
	return int(v.paras[p].tokens)
}

// AvgTokens returns the mean length of the token streams that are not empty.
func (v *view) AvgTokens() float64 { return v.avgTokens }

// Alive reports whether a document is still in the library.
func (v *view) Alive(d search.DocNo) bool { return int(d) < len(v.docs) && !v.docs[d].gone }

// doc returns the row of a document; that of none, if there is no such document.
func (v *view) doc(d search.DocNo) *docRow {
	if int(d) >= len(v.docs) {
		return new(docRow)
	}
	return &v.docs[d]
}

// Paras returns the first paragraph number of a document, and the number after its last.
func (v *view) Paras(d search.DocNo) (first, end search.ParaNo) {
	row := v.doc(d)
	return row.first, row.end
}

// DocOf returns the document of p; one that is not alive if there is no such
// paragraph.
func (v *view) DocOf(p search.ParaNo) search.DocNo {
	if int(p) >= len(v.paras) {
		return noDoc
	}
	return v.paras[p].doc
}

// ScopeOf returns the ordinal that the words of p are ANDed within; 0 if there is
// no such paragraph.
func (v *view) ScopeOf(p search.ParaNo) int32 {
	if int(p) >= len(v.paras) {
		return 0
	}
	return v.paras[p].scope
}

// LangOf returns the language of p; "" if there is no such paragraph.
func (v *view) LangOf(p search.ParaNo) string {
	if int(p) >= len(v.paras) {
		return ""
	}
	return v.words[v.paras[p].lang]
}

// SpeechOf returns the section that p is in, and the voice it is spoken by; ""
// if there is no such paragraph.
func (v *view) SpeechOf(p search.ParaNo) (corpus.SectionKind, corpus.Voice) {
	if int(p) >= len(v.speech) {
		return "", ""
	}
	r := v.speech[p]
	return corpus.SectionKind(v.words[r.section]), corpus.Voice(v.words[r.voice])
}

// Tokens appends the token stream of p to dst, or the part of it that only has, up
// to those that are enough.
func (v *view) Tokens(p search.ParaNo, only search.FormProbe, dst []search.Token, enough func([]search.Token) bool) ([]search.Token, error) {
	rec, err := v.tokenRecord(p)
	if err != nil {
		return dst, err
	}
	dst, err = decodeStream(dst, rec, v.TokenCount(p), len(v.forms), only, enough)
	if err != nil {
		return dst, v.files.tokens.damaged(err)
	}
	return dst, nil
}

func (v *view) tokenRecord(p search.ParaNo) ([]byte, error) {
	last := v.lastBlock(p)
	if rec, ok := last.Load().record(p); ok {
		return rec, nil
	}
	rec, b, err := v.files.tokens.record(v.tokenRows, p)
	if err != nil {
		return nil, err
	}
	last.Store(b)
	return rec, nil
}

// Mentions appends what was recognised in p to dst.
func (v *view) Mentions(p search.ParaNo, dst []search.Mention) ([]search.Mention, error) {
	rec, err := v.tokenRecord(p)
	if err != nil {
		return dst, err
	}
	tokens := v.TokenCount(p)
	parts, err := splitStream(rec, tokens)
	if err == nil {
		dst, err = decodeMentions(dst, parts.rest, v.ids, tokens)
	}
	if err != nil {
		return dst, v.files.tokens.damaged(err)
	}
	return dst, nil
}

// Paragraph returns the whole record of p, text included.
func (v *view) Paragraph(p search.ParaNo) (corpus.Paragraph, error) {
	rec, _, err := v.files.texts.record(v.textRows, p)
	if err != nil {
		return corpus.Paragraph{}, err
	}
	para, err := decodeParagraph(rec)
	if err != nil {
		return corpus.Paragraph{}, v.files.texts.damaged(err)
	}
	return para, nil
}

// ID returns the identity of a document.
func (v *view) ID(d search.DocNo) corpus.ID { return corpus.ID(v.doc(d).id.String()) }

// CompareIDs orders two documents by their identities.
func (v *view) CompareIDs(x, y search.DocNo) int {
	return bytes.Compare(v.doc(x).id[:], v.doc(y).id[:])
}

// TextHash returns the hash of the text version that was stored of a document.
func (v *view) TextHash(d search.DocNo) string { return v.doc(d).text.String() }

// Doc returns the facts of a document. Open has checked them; if they cannot
// be read any more, only the ID is given.
func (v *view) Doc(d search.DocNo) *corpus.Document {
	row := v.doc(d)
	if doc, ok := v.files.docs.get(row.json.off); ok {
		return doc
	}
	js := make([]byte, row.json.size)
	_, err := v.files.tables.ReadAt(js, row.json.off)
	if err != nil || wire.Checksum(js) != row.json.sum {
		return &corpus.Document{ID: v.ID(d)}
	}
	doc, err := decodeFacts(js)
	if err != nil {
		return &corpus.Document{ID: v.ID(d)}
	}
	v.files.docs.put(row.json.off, doc, len(js))
	return doc
}

// Work returns the number of the work a document belongs to.
func (v *view) Work(d search.DocNo) uint32 { return v.doc(d).work }

// Days returns the first and the last day that the date of a document may mean.
func (v *view) Days(d search.DocNo) (first, last int) {
	row := v.doc(d)
	return int(row.from), int(row.to)
}

// Facet returns one fact of all documents; an empty column for a fact that is
// not counted.
func (v *view) Facet(k corpus.Key) search.FacetColumn {
	if i := columnOf(k); i >= 0 {
		return v.columns[i]
	}
	return search.FacetColumn{Of: make([][]uint32, len(v.docs))}
}

// Uses returns how a form is written in the library.
func (v *view) Uses(f search.FormID) search.FormUses {
	if int(f) >= len(v.uses) {
		return search.FormUses{}
	}
	return v.uses[f]
}

// Named returns the forms written with a capital that have a key of package names.
func (v *view) Named(key string) []search.FormID { return v.files.names.forms(v.forms, v.uses, key) }

// Unread returns the pages of all documents that were not read, and those read doubtfully.
func (v *view) Unread() (unread, doubtful int) { return v.unread, v.doubtful }

// Form returns the number of an exact form.
func (v *view) Form(form string) (search.FormID, bool) {
	id, ok := v.vocab.lookup(form)
	return id, ok && int(id) < len(v.forms)
}

// FormText returns the form that f numbers; "" if none.
func (v *view) FormText(f search.FormID) string {
	if int(f) >= len(v.forms) {
		return ""
	}
	return v.forms[f]
}

// Lexicon returns all exact forms.
func (v *view) Lexicon() search.Lexicon {
	l := v.vocab.lexicon()
	if len(l.Order) > len(v.forms) { // it knows forms that came after this view
		return search.NewLexicon(v.forms, slices.DeleteFunc(slices.Clone(l.Order), func(f search.FormID) bool { return int(f) >= len(v.forms) }))
	}
	return l
}
