package store

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dalel/corpus"
)

// Result is what became of one document of a PutAll.
type Result struct {
	corpus.Outcome
	// Text reports that the document has a text that it had not before: an
	// index has to take it in. The record of it is Seq.
	Text bool
	Seq  uint64
	// Source reports that only a source was added.
	Source bool
	Err    error // why this document was not stored; the others are
}

// Reading is the account of one text, as the log has it.
type Reading struct {
	Extractor  string `json:"extractor"`
	File       string `json:"file"` // SHA-256 of the stored file
	Pages      int    `json:"pages"`
	Paragraphs int    `json:"paragraphs"`
	Unread     []int  `json:"unread,omitempty"`   // pages that were not read
	Doubtful   []int  `json:"doubtful,omitempty"` // pages read doubtfully
}

// details are those of ingest, reextract and source records.
type details struct {
	Size      int64          `json:"size,omitempty"`
	MediaType string         `json:"media_type,omitempty"`
	Source    *corpus.Source `json:"source,omitempty"`
	Read      corpus.Facts   `json:"read,omitempty"`
	Text      *Reading       `json:"text,omitempty"`
}

// Put stores one document; see PutAll.
func (d *Dir) Put(ctx context.Context, in corpus.Ingested) (Result, error) {
	res, err := d.PutAll(ctx, []corpus.Ingested{in})
	if err != nil {
		return Result{}, err
	}
	return res[0], res[0].Err
}

// PutAll stores documents and syncs once for all of them: when it returns
// without an error they are durable. A document that is known gains what is
// new: a better text, a further source. One without a Text only gains a source.
// An error means that the library could not be written, and then none of the
// documents is in it.
func (d *Dir) PutAll(ctx context.Context, ins []corpus.Ingested) ([]Result, error) {
	d.write.Lock()
	defer d.write.Unlock()
	p := &putting{dir: d, results: make([]Result, len(ins)), pending: map[corpus.ID]*known{}}
	for i := range ins {
		if err := p.plan(i, &ins[i]); err != nil {
			p.results[i].Err = &corpus.Error{Op: "store.put", Subj: ins[i].Source.Path, Err: err}
		}
	}
	if err := d.commitPut(ctx, p); err != nil {
		return nil, &corpus.Error{Op: "store.put", Err: err}
	}
	return p.results, nil
}

func (d *Dir) commitPut(ctx context.Context, p *putting) error {
	if d.opt.ReadOnly {
		return errReadOnly
	}
	if err := d.writeFiles(ctx, p.files); err != nil {
		return err
	}
	entries := p.dropFailed()
	if len(entries) == 0 {
		return nil
	}
	lines, err := d.record(entries)
	if err != nil {
		return err
	}
	for i, w := range p.wants {
		if w.of >= 0 {
			p.results[w.of].Seq = lines[i].Seq
		}
	}
	return nil
}

// record appends entries to the log and applies them. The caller holds d.write.
func (d *Dir) record(entries []entry) ([]line, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.log == nil {
		return nil, errClosed
	}
	lines, err := d.log.append(sources{d.opt.Clock, d.opt.Rand, d.opt.Tool}, entries, d.step)
	if err != nil {
		return nil, err
	}
	for i := range lines {
		if err := d.docs.apply(&lines[i]); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

// putting is a PutAll under way.
type putting struct {
	dir     *Dir
	results []Result
	files   []*fileJob
	wants   []want
	pending map[corpus.ID]*known // state after what is planned so far
}

// want is a record to be written once its files are.
type want struct {
	entry
	of    int        // index of the result it belongs to
	files []*fileJob // without which it cannot be
}

// known is what the library will know of a document.
type known struct {
	text    Reading
	sources []corpus.Source
}

// plan decides what to do with a document.
func (p *putting) plan(i int, in *corpus.Ingested) error {
	if !in.ID.Valid() {
		return fmt.Errorf("%w: %q is not a document ID", corpus.ErrInvalid, in.ID)
	}
	if in.Text != nil {
		if err := validText(in.Text); err != nil {
			return fmt.Errorf("%w: %w", corpus.ErrInvalid, err)
		}
	}
	p.results[i].ID = in.ID
	k, err := p.known(in.ID)
	switch {
	case err != nil:
		return err
	case k == nil:
		return p.planNew(i, in)
	default:
		return p.planKnown(i, in, k)
	}
}

// known returns what is known of id so far; nil if nothing.
func (p *putting) known(id corpus.ID) (*known, error) {
	if k := p.pending[id]; k != nil {
		return k, nil
	}
	if !p.dir.Has(id) {
		return nil, nil //nolint:nilnil // nothing known, and nothing wrong
	}
	f, err := p.dir.fold(id)
	if err != nil {
		return nil, err
	}
	k := &known{text: f.info, sources: f.doc.Sources}
	p.pending[id] = k
	return k, nil
}

func (p *putting) planNew(i int, in *corpus.Ingested) error {
	if in.Text == nil {
		return fmt.Errorf("%w: a new document without a text", corpus.ErrInvalid)
	}
	det := details{Size: in.Size, MediaType: in.MediaType, Source: p.source(in), Read: clip(in.Read)}
	hash, files, err := p.textFile(in, &det)
	if err != nil {
		return err
	}
	files[0].with = p.originalFile(in)
	files = append(files, files[0].with)
	p.want(i, EventIngest, in.ID, hash, det, files)
	p.pending[in.ID] = &known{text: *det.Text, sources: []corpus.Source{*det.Source}}
	r := &p.results[i]
	r.Status, r.Text = det.Text.status(), true
	return nil
}

func (p *putting) planKnown(i int, in *corpus.Ingested, k *known) error {
	r := &p.results[i]
	r.Status = corpus.Duplicate
	if src := p.source(in); isNewSource(k.sources, *src) {
		k.sources = append(k.sources, *src)
		p.want(i, EventSource, in.ID, "", details{Source: src}, nil)
		r.Source = true
	}
	if in.Text == nil || !better(k.text, readingOf(in.Text)) {
		return p.heal(in)
	}
	det := details{Read: clip(in.Read)}
	hash, files, err := p.textFile(in, &det)
	if err != nil {
		return err
	}
	p.want(i, EventReextract, in.ID, hash, det, files)
	k.text = *det.Text
	r.Status, r.Text = corpus.Updated, true
	return p.heal(in)
}

// heal stores the original again if it is gone or was cut short.
func (p *putting) heal(in *corpus.Ingested) error {
	if fi, err := p.dir.root.Lstat(originalName(in.ID)); err == nil && fi.Mode().IsRegular() && fi.Size() == in.Size || in.File == "" {
		return nil
	}
	if slices.ContainsFunc(p.files, func(j *fileJob) bool { return j.name == originalName(in.ID) }) {
		return nil // stored by this very PutAll
	}
	p.originalFile(in)
	return nil
}

func (p *putting) want(i int, ev Event, id corpus.ID, text string, det details, files []*fileJob) {
	p.wants = append(p.wants, want{entry{event: ev, doc: id, text: text, details: det}, i, files})
}

// source completes the source of in. Text that is not UTF-8 does not survive
// the log, so it is mended here, before it is compared.
func (p *putting) source(in *corpus.Ingested) *corpus.Source {
	s := in.Source
	s.Path, s.URL = cleanUTF8(s.Path), cleanUTF8(s.URL)
	if s.Added.IsZero() {
		s.Added = p.dir.opt.Clock()
	}
	s.Added = s.Added.UTC()
	return &s
}

// textFile plans the file of in's text and completes det.
func (p *putting) textFile(in *corpus.Ingested, det *details) (hash string, files []*fileJob, err error) {
	hash = in.Text.Hash()
	plain, err := encodeText(in.ID, in.Text, hash)
	if err != nil {
		return "", nil, err
	}
	packed := p.dir.codec.pack(plain)
	info := readingOf(in.Text)
	info.File = sumOf(packed)
	det.Text = &info
	j := &fileJob{
		name: textName(in.ID, info.Extractor, hash, info.File), mode: fileMode,
		fill: func(_ context.Context, f *os.File) error { _, err := f.Write(packed); return err },
	}
	p.files = append(p.files, j)
	return hash, []*fileJob{j}, nil
}

// originalFile plans the file of in's original.
func (p *putting) originalFile(in *corpus.Ingested) *fileJob {
	id, file := in.ID, in.File
	j := &fileJob{
		name: originalName(id), mode: originalMode,
		fill: func(ctx context.Context, f *os.File) error { return copyOriginal(ctx, f, file, id) },
	}
	p.files = append(p.files, j)
	return j
}

// copyOriginal copies file to dst and hashes what it copies: the bytes that are
// stored are those that the ID names, whatever happened to the file meanwhile.
func copyOriginal(ctx context.Context, dst io.Writer, file string, id corpus.ID) error {
	src, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("%w: %w", errSource, err)
	}
	defer func() { _ = src.Close() }()
	h := sha256.New()
	if err := copyBytes(ctx, dst, io.TeeReader(src, h)); err != nil {
		return err
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != string(id) {
		return fmt.Errorf("%w: %w: the file has changed since it was read: its hash is %s", errSource, corpus.ErrInvalid, got)
	}
	return nil
}

// copyBytes is io.Copy that can be cancelled and tells which side failed.
func copyBytes(ctx context.Context, dst io.Writer, src io.Reader) error {
	const size = 1 << 20
	buf := make([]byte, size)
	for ctx.Err() == nil {
		n, err := src.Read(buf)
		if _, werr := dst.Write(buf[:n]); werr != nil {
			return werr
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", errSource, err)
		}
	}
	return ctx.Err()
}

// dropFailed returns the entries whose files were stored, and puts the
// failures into the results. A later record about a document that could not be
// stored is dropped with it.
func (p *putting) dropFailed() []entry {
	lost := map[corpus.ID]error{}
	kept := p.wants[:0]
	for _, w := range p.wants {
		err := lost[w.doc]
		for _, j := range w.files {
			err = cmp.Or(err, j.err)
		}
		if err == nil {
			kept = append(kept, w)
			continue
		}
		if w.event == EventIngest {
			lost[w.doc] = err
		}
		p.fail(w.of, err)
	}
	p.wants = kept
	for i := range p.results { // a copy of a document that was lost
		if err := lost[p.results[i].ID]; err != nil {
			p.fail(i, err)
		}
	}
	entries := make([]entry, len(kept))
	for i := range kept {
		entries[i] = kept[i].entry
	}
	return entries
}

func (p *putting) fail(i int, err error) {
	id := p.results[i].ID
	p.results[i] = Result{Outcome: corpus.Outcome{ID: id}, Err: &corpus.Error{Op: "store.put", Subj: string(id), Err: err}}
}

// readingOf gives the account of t, but for the file.
func readingOf(t *corpus.Text) Reading {
	r := Reading{Extractor: t.Extractor, Pages: len(t.Pages), Paragraphs: len(t.Paragraphs)}
	for _, p := range t.Pages {
		switch p.Status {
		case corpus.PageUnread:
			r.Unread = append(r.Unread, p.No)
		case corpus.PageDoubtful:
			r.Doubtful = append(r.Doubtful, p.No)
		case corpus.PageOK:
		}
	}
	return r
}

func (r *Reading) status() corpus.Status {
	if len(r.Unread)+len(r.Doubtful) > 0 {
		return corpus.IsDoubtful
	}
	return corpus.Stored
}

// better reports whether a new reading replaces an old one: it comes from
// another extractor or a newer version, or it reads more pages.
func better(old, now Reading) bool {
	a, b := engineOf(old.Extractor), engineOf(now.Extractor)
	if a != b {
		return !newer(a, b)
	}
	if was, is := isPartial(old.Extractor), isPartial(now.Extractor); was != is {
		return was
	}
	// Of texts that are alike the one that more programs had their turn with: they
	// need not be asked again.
	return cmp.Or(cmp.Compare(len(now.Unread), len(old.Unread)), cmp.Compare(len(now.Doubtful), len(old.Doubtful)),
		cmp.Compare(strings.Count(old.Extractor, "+"), strings.Count(now.Extractor, "+"))) < 0
}

// sufficient reports whether a text need not be read again by an extractor,
// whose name ends in the helper programs that are installed: it has all pages,
// or those programs have had their turn. Without helper programs a page that
// could not be read is tried again.
func sufficient(have Reading, extractor string) bool {
	engine, helpers, aided := strings.Cut(extractor, "+")
	own := engineOf(have.Extractor)
	if own != engine && !newer(own, engine) || isPartial(have.Extractor) {
		return false
	}
	if len(have.Unread)+len(have.Doubtful) == 0 {
		return true
	}
	if !aided {
		return len(have.Unread) == 0
	}
	for h := range strings.SplitSeq(helpers, "+") {
		if !slices.Contains(strings.Split(have.Extractor, "+"), h) {
			return false
		}
	}
	return true
}

// engineOf returns an extractor's name without its helper programs.
func engineOf(name string) string {
	engine, _, _ := strings.Cut(name, "+")
	return engine
}

// isPartial reports whether a text ended in the middle.
func isPartial(name string) bool { return strings.HasSuffix(name, "+partial") }

// newer reports whether extractor a is a later version than b of the same
// engine.
func newer(a, b string) bool {
	ea, va, _ := strings.Cut(a, "@")
	eb, vb, _ := strings.Cut(b, "@")
	na, errA := strconv.Atoi(va)
	nb, errB := strconv.Atoi(vb)
	return ea == eb && errA == nil && errB == nil && na > nb
}

// isNewSource reports whether s is a place that is not among old.
func isNewSource(old []corpus.Source, s corpus.Source) bool {
	if s.Path == "" && s.URL == "" {
		return false
	}
	return !slices.ContainsFunc(old, func(o corpus.Source) bool { return o.Path == s.Path && o.URL == s.URL })
}

func cleanUTF8(s string) string { return strings.ToValidUTF8(s, string(utf8.RuneError)) }
