package forward

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/zstd"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/search"
)

// Memory for what was read last, in bytes. The streams of 100,000 paragraphs
// take about 25 MB, so phrases are checked in memory in ordinary libraries.
const (
	keepTokens = 128 << 20
	keepTexts  = 4 << 20
	keepDocs   = 2 << 20
)

// Store is the store beside an engine. Any number of readers, each on its own
// View, may go along with one writer; writers wait for each other.
type Store struct {
	dir   string
	files *files
	zip   *zstd.Encoder
	stem  func(form string, code lang.Code) []string

	write  sync.Mutex // held by the writer
	end    state      // as far as was written; end.tables changes under mu as well
	synced state      // as far as is safe
	failed error      // after a failure that leaves the disk in doubt

	mu     sync.RWMutex // guards what follows
	t      *tables
	snap   *snapshot // of t; nil when t has changed since
	closed bool
}

// files are the open files. They are closed when the store and the last view
// are done with them.
type files struct {
	tables        *os.File
	tokens, texts blockFile
	docs          *cache[int64, *corpus.Document] // by place of the facts
	names         nameKeys
	users         atomic.Int64
}

func (f *files) release() error {
	if f.users.Add(-1) != 0 {
		return nil
	}
	f.texts.unzip.Close()
	return errors.Join(f.tables.Close(), f.tokens.f.Close(), f.texts.f.Close())
}

// Create makes an empty store in dir, which must not exist or be empty.
func Create(dir string) (*Store, error) {
	if err := create(dir); err != nil {
		return nil, err
	}
	return Open(dir)
}

func create(dir string) error {
	wrap := func(kind, err error) error {
		return &corpus.Error{Op: "forward.create", Subj: dir, Kind: kind, Err: err}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return wrap(nil, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return wrap(nil, err)
	}
	if len(entries) > 0 {
		return wrap(corpus.ErrInvalid, errors.New("the folder is not empty"))
	}
	for name, magic := range map[string]string{tablesName: tablesMagic, tokensName: tokensMagic, textsName: textsMagic} {
		if err := writeSynced(filepath.Join(dir, name), []byte(magic)); err != nil {
			return wrap(nil, err)
		}
	}
	// The state file comes last: a folder without it is known to be unfinished.
	empty := state{tables: magicSize, tokens: magicSize, texts: magicSize}
	if err := writeState(dir, empty); err != nil {
		return wrap(nil, err)
	}
	return nil
}

// Open opens the store in dir as of its last Sync. It returns
// corpus.ErrDamaged when the store has to be built again.
func Open(dir string) (*Store, error) { return open(dir, false) }

// OpenReadOnly is Open where nothing can be written.
func OpenReadOnly(dir string) (*Store, error) {
	s, err := open(dir, true)
	if err == nil {
		s.failed = &corpus.Error{Op: "forward", Subj: dir, Kind: corpus.ErrUnavailable, Err: errors.New("nothing can be written there")}
	}
	return s, err
}

func open(dir string, readOnly bool) (*Store, error) {
	st, err := readState(dir)
	if err != nil {
		return nil, err
	}
	f, err := openFiles(dir, st, readOnly)
	if err != nil {
		return nil, err
	}
	s := &Store{dir: dir, files: f, t: newTables(f.texts.unzip), end: st, synced: st, stem: lang.Stems}
	if err := s.load(); err != nil {
		return nil, errors.Join(damaged(filepath.Join(dir, tablesName), err), f.release())
	}
	// One goroutine's worth of encoder: the output does not depend on timing.
	s.zip, err = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("forward: setting up compression: %w", err), f.release())
	}
	return s, nil
}

func openFiles(dir string, st state, readOnly bool) (*files, error) {
	tables, err := openData(dir, tablesName, tablesMagic, st.tables, readOnly)
	if err != nil {
		return nil, err
	}
	tokens, err := openData(dir, tokensName, tokensMagic, st.tokens, readOnly)
	if err != nil {
		return nil, errors.Join(err, tables.Close())
	}
	texts, err := openData(dir, textsName, textsMagic, st.texts, readOnly)
	if err != nil {
		return nil, errors.Join(err, tables.Close(), tokens.Close())
	}
	unzip, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(2*maxRecord))
	if err != nil {
		return nil, errors.Join(err, tables.Close(), tokens.Close(), texts.Close())
	}
	f := &files{
		tables: tables,
		tokens: blockFile{f: tokens, kept: newCache[int64, *block](keepTokens)},
		texts:  blockFile{f: texts, unzip: unzip, kept: newCache[int64, *block](keepTexts)},
		docs:   newCache[int64, *corpus.Document](keepDocs),
	}
	f.users.Add(1)
	return f, nil
}

// load reads the tables.
func (s *Store) load() error {
	if err := readFrames(s.files.tables, s.end.tables, s.t.apply); err != nil {
		return err
	}
	if fileEnd(s.t.tokens) != s.end.tokens || fileEnd(s.t.texts) != s.end.texts {
		return errors.New("lengths of the block files do not agree")
	}
	return nil
}

// Append stores documents and returns the number of the first paragraph of
// each. A document that is known already is replaced: it gets new numbers.
// Either all are stored or none. What a crash may lose is up to Sync.
func (s *Store) Append(ctx context.Context, docs []Doc) (first []search.ParaNo, err error) {
	s.write.Lock()
	defer s.write.Unlock()
	if s.failed != nil {
		return nil, s.failed
	}
	if len(docs) == 0 {
		return nil, nil
	}
	b := s.newBatch()
	for i := range docs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := b.add(&docs[i]); err != nil {
			return nil, invalid(docs[i].Doc, err)
		}
	}
	frame, err := b.finish()
	if err != nil {
		return nil, invalid(nil, err)
	}
	// What a failure leaves behind the end is written over by the next change.
	_, err1 := s.files.tokens.f.WriteAt(b.tokens.out, s.end.tokens)
	_, err2 := s.files.texts.f.WriteAt(b.texts.out, s.end.texts)
	if err := errors.Join(err1, err2); err != nil {
		return nil, fmt.Errorf("forward: writing blocks: %w", err)
	}
	if err := s.commit(frame); err != nil {
		return nil, err
	}
	s.end.tokens += int64(len(b.tokens.out))
	s.end.texts += int64(len(b.texts.out))
	return b.firsts, nil
}

func invalid(d *corpus.Document, err error) error {
	e := &corpus.Error{Op: "forward.append", Kind: corpus.ErrInvalid, Err: err}
	if d != nil {
		e.Subj = string(d.ID)
	}
	return e
}

// commit writes a frame and makes its change.
func (s *Store) commit(frame []byte) error {
	if _, err := s.files.tables.WriteAt(frame, s.end.tables); err != nil {
		return fmt.Errorf("forward: writing tables: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.snap = nil
	if err := s.t.apply(frame[frameHead:], s.end.tables+frameHead); err != nil {
		s.failed = fmt.Errorf("forward: change not understood: %w", err)
		return s.failed
	}
	s.end.tables += int64(len(frame))
	return nil
}

// Remove takes documents out of the library. Unknown ones are passed over.
// Their bytes stay in the files until the store is built again. Where that
// cannot be written, they are out of sight until the next Open.
func (s *Store) Remove(ctx context.Context, ids ...corpus.ID) error {
	s.write.Lock()
	defer s.write.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	var nos []uint32
	for _, id := range ids {
		if d, ok := s.t.find(id); ok {
			nos = append(nos, d)
		}
	}
	if len(nos) == 0 {
		return nil
	}
	frame := binary.AppendUvarint(newFrame(frameRemove), uint64(len(nos)))
	for _, d := range nos {
		frame = binary.AppendUvarint(frame, uint64(d))
	}
	if err := endFrame(frame); err != nil {
		return invalid(nil, err)
	}
	err := s.failed
	if err == nil {
		err = s.commit(frame)
	}
	if err != nil {
		return errors.Join(err, s.hide(frame))
	}
	return nil
}

// Restore brings back the earlier reading of a document whose text has this
// hash, after Remove of the later one. It is not written: the next Open knows
// nothing of it. It reports whether there was one.
func (s *Store) Restore(id corpus.ID, text string) bool {
	s.write.Lock()
	defer s.write.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.snap = nil
	return s.t.restore(id, text)
}

// hide makes the change of a frame that could not be written.
func (s *Store) hide(frame []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.snap = nil
	return s.t.apply(frame[frameHead:], s.end.tables+frameHead)
}

// SetDoc stores changed facts of a document. Its text stays as it is.
func (s *Store) SetDoc(ctx context.Context, doc *corpus.Document, work string) error {
	s.write.Lock()
	defer s.write.Unlock()
	if err := errors.Join(s.failed, ctx.Err()); err != nil {
		return err
	}
	d, ok := s.t.find(doc.ID)
	if !ok {
		return &corpus.Error{Op: "forward.set", Subj: string(doc.ID), Kind: corpus.ErrNotFound}
	}
	frame := binary.AppendUvarint(newFrame(frameFacts), uint64(d))
	frame, err := appendFacts(frame, doc, work)
	if err != nil {
		return invalid(doc, err)
	}
	if err := endFrame(frame); err != nil {
		return invalid(doc, err)
	}
	return s.commit(frame)
}

// Find returns the number of a document of the library.
func (s *Store) Find(id corpus.ID) (search.DocNo, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.t.find(id)
}

// Work returns the number that View.Work has for a work; ok is false if no
// document is of it.
func (s *Store) Work(work string) (no uint32, ok bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	no, ok = s.t.works[work]
	return no, ok
}

// Paras returns the first paragraph number of a document of the library, and
// the number after its last.
func (s *Store) Paras(id corpus.ID) (first, end search.ParaNo, ok bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	d, ok := s.t.find(id)
	if !ok {
		return 0, 0, false
	}
	return s.t.docs[d].first, s.t.docs[d].end, true
}

// Sync makes everything that was stored safe from a crash, and remembers seq,
// the number of the library's log entry that the store has come to.
func (s *Store) Sync(seq uint64) error {
	s.write.Lock()
	defer s.write.Unlock()
	if s.failed != nil {
		return s.failed
	}
	next := s.end
	next.seq = seq
	if next == s.synced {
		return nil
	}
	if err := s.syncFiles(next); err != nil {
		// What the disk has is not known after a failed sync.
		s.failed = fmt.Errorf("forward: syncing: %w", err)
		return s.failed
	}
	s.end.seq, s.synced = seq, next
	return nil
}

func (s *Store) syncFiles(next state) error {
	for _, f := range []struct {
		file      *os.File
		old, size int64
	}{
		{s.files.tokens.f, s.synced.tokens, next.tokens},
		{s.files.texts.f, s.synced.texts, next.texts},
		{s.files.tables, s.synced.tables, next.tables},
	} {
		if f.old == f.size {
			continue
		}
		if err := f.file.Sync(); err != nil {
			return err
		}
	}
	return writeState(s.dir, next)
}

// Seq returns the number that was given to the last Sync; 0 in a new store.
func (s *Store) Seq() uint64 {
	s.write.Lock()
	defer s.write.Unlock()
	return s.synced.seq
}

// Close ends writing. Views that are held can still be read. What was not
// synced is cut off by the next Open.
func (s *Store) Close() error {
	s.write.Lock()
	defer s.write.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	s.failed = &corpus.Error{Op: "forward", Subj: s.dir, Kind: corpus.ErrUnavailable, Err: os.ErrClosed}
	return errors.Join(s.zip.Close(), s.files.release())
}

// Check reads everything and returns corpus.ErrDamaged, with the file, for
// the first thing that is not as it was written.
func (s *Store) Check(ctx context.Context) error {
	v := s.view()
	defer v.Release()
	err := readFrames(s.files.tables, v.tablesEnd, func([]byte, int64) error { return ctx.Err() })
	if err := errors.Join(err, ctx.Err()); err != nil {
		return damaged(s.files.tables.Name(), err)
	}
	for _, f := range []struct {
		file *blockFile
		rows []blockRow
	}{{&s.files.tokens, v.tokenRows}, {&s.files.texts, v.textRows}} {
		for _, row := range f.rows {
			if err := ctx.Err(); err != nil {
				return err
			}
			if _, err := f.file.read(row); err != nil {
				return err
			}
		}
	}
	return nil
}
