package verify

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/corpus/custody"
	"dalel/search/export"
	"dalel/search/quote"
)

// Collection is where originals and kept texts are looked up: a library, or a
// folder of files. Both methods return corpus.ErrNotFound for what is not there.
type Collection interface {
	Original(ctx context.Context, id corpus.ID) (io.ReadCloser, error)
	// Text returns the text whose hash is given, as it was kept.
	Text(ctx context.Context, id corpus.ID, hash string) (*corpus.Text, error)
}

// Log is the log of the library at hand, if there is one.
type Log interface {
	Key(ctx context.Context) (string, error)
	// Holds reports why the log is not one that only added to a checkpoint.
	Holds(ctx context.Context, checkpoint []byte) error
}

// Witnesser is an independent reader of originals. ok is false where it cannot
// tell: it is not installed, or does not read this format.
type Witnesser interface {
	Page(ctx context.Context, original []byte, media string, first, last int) (text string, ok bool)
}

// Checker checks our own exports.
type Checker struct {
	Places  []Collection // asked in order
	Extract TextOf       // reads an original as ingest would; nil if nothing can
	Text    TextOf       // reads a file to be checked that only an extractor can read
	Log     Log          // nil if there is no library
	Key     string       // the key that must have signed; "" for the library's, or the file's own
	Witness Witnesser    // nil for none
}

// Report is what a check came to.
type Report struct {
	Results []Result
	// Signed says in words what the log's checkpoint rests on; Signature and
	// Records say it to a page.
	Signed    string
	Signature Signature
	Records   int64
	// Broken is what is wrong with a bag as a whole; nil if nothing.
	Broken error
}

// Good reports whether every quote may stand as it is.
func (r *Report) Good() bool {
	return r.Broken == nil && len(r.Results) > 0 && !slices.ContainsFunc(r.Results, func(x Result) bool { return x.Kind == KindQuote && !x.Verdict.Good() })
}

// File checks one of our exports. ok is false, and nothing is checked, when the
// file carries no cards.
func (c *Checker) File(ctx context.Context, f File) (rep *Report, ok bool, err error) {
	x, err := readExport(ctx, f, c.Text)
	if errors.Is(err, errNoCards) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	rep, err = c.check(ctx, x)
	return rep, true, err
}

// Bag checks a bag that is a folder.
func (c *Checker) Bag(ctx context.Context, dir fs.FS) (*Report, error) {
	x := &exported{bodies: map[int]body{}}
	if err := x.bag(dir); err != nil {
		if errors.Is(err, errNoCards) {
			err = &corpus.Error{Op: "verify", Kind: corpus.ErrUnsupported, Err: errors.New("a bag without cited quotes")}
		}
		return nil, err
	}
	return c.check(ctx, x)
}

func (c *Checker) check(ctx context.Context, x *exported) (*Report, error) {
	run := &checking{Checker: c, x: x, sources: map[string]*checked{}}
	if x.dir != nil {
		run.places = append(run.places, bagPlace{x.dir})
	}
	run.places = append(run.places, c.Places...)
	run.checkpoint(ctx)
	rep := &Report{Signed: run.signed, Signature: run.signature, Records: run.log.Size, Broken: x.broken}
	for i := range x.cards.Items {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		rep.Results = append(rep.Results, run.quote(ctx, &x.cards.Items[i]))
	}
	return rep, nil
}

// checking is a check of one file under way.
type checking struct {
	*Checker
	x         *exported
	places    []Collection
	sources   map[string]*checked
	log       custody.Checkpoint
	logErr    error // why the checkpoint does not hold; nil if it does
	signed    string
	signature Signature
}

// checked is one text version of one original.
type checked struct {
	original []byte // nil if it is nowhere
	changed  bool   // it has another hash than its name
	text     *corpus.Text
	verdict  Verdict // ExtractionDiffers, OriginalMissing …; "" if the text is what the card says
	reason
	note reason // to be told beside any verdict
}

// reason is why a verdict was given.
type reason struct {
	why    Why
	about  string
	detail string
}

// quote brings one quote to its verdict. The first step that fails decides.
func (c *checking) quote(ctx context.Context, card *quote.Card) Result {
	b := c.x.bodies[card.N]
	r := Result{N: card.N, Kind: KindQuote, Text: b.words, Doc: card.Doc, Page: card.Place.Page, Label: card.Place.Label, Verdict: Verbatim}
	if !b.hasWords {
		r.Text = wordsOf(card)
	}
	fail := func(v Verdict, why reason) Result {
		r.Verdict, r.Why, r.About, r.Detail = v, why.why, why.about, why.detail
		return r
	}
	rec, recErr := c.record(card)
	if rec.Doc != "" && rec.Doc != card.Doc {
		return fail(OriginalChanged, reason{why: WhyRecord, detail: fmt.Sprintf("the card names another original (%s) than the record in the log (%s)", card.Doc.Short(), rec.Doc.Short())})
	}
	src := c.source(ctx, card)
	switch {
	case src.changed:
		return fail(OriginalChanged, src.reason)
	case src.text == nil:
		return fail(src.verdict, src.reason)
	}
	if v, why, diff := c.words(card, src.text, b); v != Verbatim {
		r.Diff = diff
		if v != VerbatimFolded {
			if src.verdict == ExtractionDiffers {
				v, why = src.verdict, reason{src.why, src.about, src.detail + "; " + why.detail}
			}
			return fail(v, why)
		}
		fail(v, why)
	}
	if src.verdict != "" { // the words are there, but not all could be checked
		return fail(src.verdict, src.reason)
	}
	if why := c.place(card, src.text, b); why.why != "" {
		return fail(WrongPinpoint, why)
	}
	if err := errors.Join(recErr, c.logged(card)); err != nil {
		return fail(LogChanged, reason{why: WhyLog, detail: err.Error()})
	}
	if x, err := excerptOf(card, src.text); err == nil && x.Doubtful(src.text) {
		if card.ByEye != "" {
			return fail(OCRUncertain, reason{WhyByEye, card.ByEye, "the page was read doubtfully; the card says that a person compared it on " + card.ByEye})
		}
		return fail(OCRUncertain, reason{why: WhyDoubtful, detail: "the page was read doubtfully: compare the words with the picture of the page"})
	}
	r.Witness = c.witness(ctx, card, src)
	if r.Why == "" {
		r.Why, r.About = src.note.why, src.note.about
	}
	r.Detail = joined(r.Detail, src.note.detail)
	return r
}

func joined(a, b string) string {
	if a != "" && b != "" {
		return a + "; " + b
	}
	return a + b
}

// source finds and reads the original and the text of a card, once.
func (c *checking) source(ctx context.Context, card *quote.Card) *checked {
	key := string(card.Doc) + card.Text
	if s := c.sources[key]; s != nil {
		return s
	}
	s := &checked{}
	c.sources[key] = s
	c.findOriginal(ctx, card, s)
	if s.changed {
		return s
	}
	kept, fromBag := c.keptText(ctx, card)
	again := c.again(ctx, card, s)
	switch {
	case again != nil && again.Hash() == card.Text:
		s.text = again
		if kept != nil && !fromBag {
			s.text = kept // with its numbers and pages as they were
		}
	case again != nil && again.Extractor == card.Extractor:
		s.verdict, s.reason = ExtractionDiffers, reason{WhyReader, card.Extractor, fmt.Sprintf("the same extractor (%s) reads another text from the original", card.Extractor)}
		s.text = kept
	case kept != nil:
		s.text = kept
		c.withoutExtractor(card, s, again)
	case s.original == nil:
		s.verdict, s.reason = OriginalMissing, reason{why: WhyGone, detail: "the original is not here, nor the text that was read from it"}
	case again != nil:
		s.verdict, s.text = ExtractionDiffers, nil
		s.reason = reason{WhyNoText, again.Extractor, fmt.Sprintf("the text of %s is not kept, and today's extractor (%s) reads it otherwise%s", card.Extractor, again.Extractor, foundIn(card, again))}
	default:
		s.verdict, s.reason = ExtractionDiffers, reason{why: WhyUnread, detail: "the original cannot be read"}
	}
	if s.text != nil && s.original == nil && s.verdict == "" {
		s.verdict, s.reason = OriginalMissing, reason{why: WhyOnlyText, detail: "the original is not here; the words agree with the text that was kept"}
	}
	return s
}

// withoutExtractor is where the pinned version is gone: the kept text was
// checked by its hash, and the quote is looked for in today's.
func (c *checking) withoutExtractor(card *quote.Card, s *checked, again *corpus.Text) {
	if again == nil {
		return
	}
	s.note = reason{WhyKept, again.Extractor, fmt.Sprintf("the text of %s was checked by its hash; today's extractor is %s%s", card.Extractor, again.Extractor, foundIn(card, again))}
}

// foundIn says where the words of a card stand in another text.
func foundIn(card *quote.Card, t *corpus.Text) string {
	words := strings.TrimSpace(exactOf(card))
	for i := range t.Paragraphs {
		p := &t.Paragraphs[i]
		if strings.Contains(Fold(p.Text), Fold(words)) {
			return ", which has the words in " + placeOf(p)
		}
	}
	return ", which does not have the words in one piece"
}

// exactOf returns the longest run of words of a card.
func exactOf(card *quote.Card) string {
	longest := ""
	for i := range card.Target {
		for _, s := range card.Target[i].Selector {
			if len(s.Exact) > len(longest) {
				longest = s.Exact
			}
		}
	}
	return longest
}

func placeOf(p *corpus.Paragraph) string {
	s := "an unnumbered paragraph"
	if p.Label != "" {
		s = "paragraph " + p.Label
	}
	if p.Page() > 0 {
		s += fmt.Sprintf(", page %d", p.Page())
	}
	return s
}

// findOriginal looks for the original and hashes it.
func (c *checking) findOriginal(ctx context.Context, card *quote.Card, s *checked) {
	for _, place := range c.places {
		r, err := place.Original(ctx, card.Doc)
		if err != nil {
			continue // not here
		}
		b, err := io.ReadAll(r)
		_ = r.Close() // only read
		if err != nil {
			continue
		}
		if id, _, err := corpus.NewID(bytes.NewReader(b)); err == nil && id == card.Doc {
			s.original, s.changed = b, false
			return
		}
		s.changed, s.verdict = true, OriginalChanged
		s.reason = reason{why: WhyOriginal, detail: "the original no longer has the hash of the card"}
	}
}

// keptText returns a kept text whose words have the hash of the card.
func (c *checking) keptText(ctx context.Context, card *quote.Card) (t *corpus.Text, fromBag bool) {
	for _, place := range c.places {
		t, err := place.Text(ctx, card.Doc, card.Text)
		if err == nil && t.Hash() == card.Text {
			_, fromBag = place.(bagPlace)
			return t, fromBag
		}
	}
	return nil, false
}

// again reads the original anew; nil if nothing can.
func (c *checking) again(ctx context.Context, card *quote.Card, s *checked) *corpus.Text {
	if s.original == nil || c.Extract == nil {
		return nil
	}
	t, err := c.Extract(ctx, string(card.Doc), s.original)
	if err != nil {
		return nil
	}
	return t
}

// excerptOf reads the words of a card out of a text, by their positions alone.
func excerptOf(card *quote.Card, t *corpus.Text) (*quote.Excerpt, error) {
	starts := quote.Starts(t)
	q := quote.Quote{Doc: card.Doc, Text: card.Text, Sheet: card.Place.Sheet}
	for _, s := range card.Shown {
		if s.Target < 0 {
			q.Pieces = append(q.Pieces, quote.Piece{Show: s.Words})
			continue
		}
		if s.Target >= len(card.Target) {
			return nil, errors.New("the card shows words that it does not have")
		}
		from, to, err := position(&card.Target[s.Target])
		if err != nil {
			return nil, err
		}
		i, found := slices.BinarySearch(starts, from)
		if !found {
			i--
		}
		if i < 0 {
			return nil, errors.New("the words lie outside the text")
		}
		q.Pieces = append(q.Pieces, quote.Piece{Para: i + 1, Start: from - starts[i], End: to - starts[i], Emphasis: s.Emphasis})
	}
	return q.Resolve(t)
}

func position(t *quote.Target) (from, to int, err error) {
	for _, s := range t.Selector {
		if s.Type == "TextPositionSelector" && s.Start != nil && s.End != nil {
			return *s.Start, *s.End, nil
		}
	}
	return 0, 0, errors.New("the card has no position of the words")
}

var blanks = reason{why: WhyBlanks, detail: "blanks or invisible signs differ"}

// words compares what stands in the file with the text: not with the card.
func (c *checking) words(card *quote.Card, t *corpus.Text, b body) (Verdict, reason, []Edit) {
	x, err := excerptOf(card, t)
	if err != nil {
		return Altered, reason{why: WhyCard, detail: err.Error()}, nil
	}
	if !b.hasWords {
		switch {
		case strings.Contains(c.x.all, x.Shown):
		case strings.Contains(Fold(c.x.all), Fold(x.Shown)):
			return VerbatimFolded, blanks, nil
		default:
			return Altered, reason{WhyNotThere, x.Shown, "the words do not stand in the file: " + x.Shown}, nil
		}
	} else if b.words != x.Shown {
		if Fold(b.words) == Fold(x.Shown) {
			return VerbatimFolded, blanks, nil
		}
		diff := Diff(x.Shown, b.words)
		return Altered, reason{detail: Describe(diff)}, diff
	}
	if quote.Hash(x.Shown) != card.Quote || wordsOf(card) != x.Shown {
		return Altered, reason{why: WhyCard, detail: "the words in the card are not those of the text"}, nil
	}
	return Verbatim, reason{}, nil
}

// place compares the pinpoint of the card, and the one that stands in the file,
// with where the words are.
func (c *checking) place(card *quote.Card, t *corpus.Text, b body) reason {
	x, err := excerptOf(card, t)
	if err != nil {
		return reason{why: WhyCard, detail: err.Error()}
	}
	at := x.Place(t, card.Kind)
	pin := at.Pin(card.Style, card.Lang, card.Unit)
	told := reason{WhyPlace, pin, "found at " + first(pin, "a place without a number")}
	if at.Page > 0 {
		told.detail += fmt.Sprintf(", page %d of the file", at.Page)
	}
	if at != card.Place || pin != card.Pin {
		return told
	}
	for i := range card.Target {
		if !c.targetAgrees(&card.Target[i], t) {
			return told
		}
	}
	visible := card.Citation
	switch {
	case b.hasCite:
		visible = b.cite
	case c.x.all != "" && !holds(c.x.all, pin):
		return reason{WhyCitation, pin, told.detail + "; the citation in the file says otherwise"}
	}
	if !holds(visible, pin) || !sameNumbers(visible, card.Citation) {
		return reason{WhyCitation, pin, told.detail + "; the citation in the file is: " + visible}
	}
	return reason{}
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// targetAgrees compares the page and the number of one run of words.
func (c *checking) targetAgrees(target *quote.Target, t *corpus.Text) bool {
	from, _, err := position(target)
	if err != nil || target.Para < 1 || target.Para > len(t.Paragraphs) {
		return false
	}
	p := &t.Paragraphs[target.Para-1]
	off := quote.ByteOffset(p.Text, from-quote.Starts(t)[target.Para-1])
	if off < 0 {
		return false
	}
	page := p.PageAt(off)
	return target.Label == p.Label && target.Page == page.Page && target.PageLabel == page.Label
}

// holds reports whether a citation has a pinpoint as words of its own: "para. 4"
// is not in "para. 48". A style may give it a capital letter.
func holds(citation, pin string) bool {
	if pin == "" {
		return true
	}
	text, want := strings.ToLower(Fold(citation)), strings.ToLower(Fold(pin))
	for at := 0; ; {
		i := strings.Index(text[at:], want)
		if i < 0 {
			return false
		}
		end := at + i + len(want)
		if (end == len(text) || !digit(text[end]) && !(text[end] == '.' && end+1 < len(text) && digit(text[end+1]))) && (at+i == 0 || !digit(text[at+i-1])) {
			return true
		}
		at += i + 1
	}
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

var numbers = regexp.MustCompile(`\d+`)

// sameNumbers reports whether two citations have the same numbers: symbols,
// dates and pinpoints, whatever the words around them.
func sameNumbers(a, b string) bool {
	x, y := numbers.FindAllString(a, -1), numbers.FindAllString(b, -1)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// checkpoint opens the signed state of the log that the cards are proven
// against.
func (c *checking) checkpoint(ctx context.Context) {
	note := []byte(c.x.cards.Checkpoint)
	if len(note) == 0 {
		c.signed, c.signature = "no state of a log: the records are not checked", Unsigned
		return
	}
	key, whose := c.Key, "the key that was given"
	c.signature = SignedWith
	if key == "" && c.Log != nil {
		if own, err := c.Log.Key(ctx); err == nil && own != "" && (own == c.x.cards.Key || labelOf(own) == labelOf(c.x.cards.Key)) {
			key, whose, c.signature = own, "this library's own key", SignedOwn
		}
	}
	if key == "" {
		key, whose = c.x.cards.Key, "the key in the file itself ("+c.x.cards.Key+"): compare it with the owner's"
		c.signature = SignedFile
	}
	c.log, c.logErr = custody.Open(note, key)
	if c.logErr != nil {
		c.logErr = fmt.Errorf("the state of the log is not signed with %s: %w", whose, c.logErr)
		c.signed, c.signature = c.logErr.Error(), Forged
		return
	}
	c.signed = fmt.Sprintf("%d records, signed with %s", c.log.Size, whose)
	if c.signature == SignedOwn {
		if err := c.Log.Holds(ctx, note); err != nil {
			c.logErr = err
			c.signed, c.signature = err.Error(), Forged
		}
	}
}

func labelOf(key string) string {
	label, _, _ := strings.Cut(key, "+")
	return label
}

// logRecord is what a record in the log says.
type logRecord struct {
	Doc  corpus.ID `json:"doc"`
	Text string    `json:"text"`
}

// record reads the record of a card and checks that it is about the text.
func (c *checking) record(card *quote.Card) (logRecord, error) {
	var rec logRecord
	if card.Log == nil {
		if c.x.cards.Checkpoint != "" {
			return rec, errors.New("the card has no proof in the log, though the file has its state")
		}
		return rec, nil
	}
	if err := json.Unmarshal([]byte(card.Log.Record), &rec); err != nil {
		return logRecord{}, errors.New("the record of the log in the card is damaged")
	}
	if rec.Text != card.Text {
		return rec, errors.New("the record of the log in the card is of another text")
	}
	return rec, nil
}

// logged checks the proof that a card's record is in the signed log.
func (c *checking) logged(card *quote.Card) error {
	if card.Log == nil || c.x.cards.Checkpoint == "" {
		return nil
	}
	if c.logErr != nil {
		return c.logErr
	}
	if card.Log.Size != c.log.Size || card.Log.Root != c.log.Root.String() {
		return errors.New("the card is proven against another state of the log")
	}
	var proof []custody.Hash
	for _, s := range card.Log.Proof {
		b, err := base64.StdEncoding.DecodeString(s)
		if err != nil || len(b) != len(custody.Hash{}) {
			return errors.New("the proof in the card is damaged")
		}
		proof = append(proof, custody.Hash(b))
	}
	if err := custody.CheckRecord(c.log, card.Log.Index, []byte(card.Log.Record), proof); err != nil {
		return fmt.Errorf("the record is not in the signed log: %w", err)
	}
	return nil
}

// witness asks the independent reader for the page.
func (c *checking) witness(ctx context.Context, card *quote.Card, src *checked) Witness {
	if c.Witness == nil || src.original == nil {
		return ""
	}
	first, last := card.Place.Page, max(card.Place.Page, card.Place.LastPg)
	text, ok := c.Witness.Page(ctx, src.original, card.MediaType, first, last)
	if !ok {
		return ""
	}
	page := squeeze(text)
	for i := range card.Target {
		for _, s := range card.Target[i].Selector {
			if !strings.Contains(page, squeeze(s.Exact)) {
				return Differs
			}
		}
	}
	return Agrees
}

// bagPlace is a bag as a Collection.
type bagPlace struct{ dir fs.FS }

func (b bagPlace) Original(_ context.Context, id corpus.ID) (io.ReadCloser, error) {
	if !id.Valid() {
		return nil, fs.ErrNotExist
	}
	return b.dir.Open(export.BagOriginals + string(id))
}

func (b bagPlace) Text(_ context.Context, id corpus.ID, hash string) (*corpus.Text, error) {
	if !id.Valid() || !corpus.ID(hash).Valid() {
		return nil, fs.ErrNotExist
	}
	name := export.BagTexts + string(id) + "/" + hash
	words, err := readSome(b.dir, name+".txt")
	if err != nil {
		return nil, err
	}
	lines, err := readSome(b.dir, name+".jsonl")
	if err != nil {
		return nil, err
	}
	return export.ReadBagText(words, lines)
}
