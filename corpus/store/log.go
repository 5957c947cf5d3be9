package store

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dalel/corpus"
)

// Event is what a Record tells of. The values are stored and never change
// meaning.
type Event string

// The events.
const (
	EventIngest    Event = "ingest"    // a new document
	EventReextract Event = "reextract" // a better reading of a known one
	EventSource    Event = "source"    // a further source of a known one
	EventFacts     Event = "facts"     // a correction by a person
	EventRemove    Event = "remove"    // a document was removed; its tombstone
	EventExport    Event = "export"    //
	EventVerify    Event = "verify"    //
)

// Record is one entry of the log, without its details. It names no person.
type Record struct {
	Seq   uint64    `json:"seq"`            // from 1
	Time  time.Time `json:"time"`           // UTC
	Event Event     `json:"event"`          //
	Doc   corpus.ID `json:"doc,omitempty"`  // "" if it is not about one document
	Text  string    `json:"text,omitempty"` // hash of the canonical text it brought
	Prev  string    `json:"prev"`           // link of the record before
	Sum   string    `json:"sum"`            // hash of the details
}

// noLink stands in for the link of a record before the first.
var noLink = strings.Repeat("0", 2*sha256.Size)

// link is the RFC 6962 leaf hash of a record's bytes.
func link(record []byte) string {
	h := sha256.New()
	h.Write([]byte{0})
	h.Write(record)
	return hex.EncodeToString(h.Sum(nil))
}

func sumOf(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// The fixed parts of a line. No value in a record can hold another: they
// are numbers, hashes, times and names of events.
const (
	lineHead = `{"record":`
	lineLink = `,"link":"`
	lineMid  = `","details":`
	lineEnd  = `}`
	erased   = `null`
)

// line is one line of the log, cut up.
type line struct {
	Record
	raw     []byte // the bytes of the record object
	link    string
	details []byte
}

func (l *line) erased() bool { return string(l.details) == erased }

// parseLine cuts up a line without its line feed and checks the record against
// its link and the details against their hash. It does not look at the chain.
func parseLine(b []byte) (line, error) {
	var l line
	body, ok1 := bytes.CutPrefix(b, []byte(lineHead))
	body, ok2 := bytes.CutSuffix(body, []byte(lineEnd))
	raw, body, ok3 := bytes.Cut(body, []byte(lineLink))
	own, details, ok4 := bytes.Cut(body, []byte(lineMid))
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return l, errors.New("not a line of the log")
	}
	l.raw, l.link, l.details = raw, string(own), details
	if link(raw) != l.link {
		return l, errors.New("the record was changed")
	}
	if r, ok := plainRecord(raw); ok {
		l.Record = r
	} else if err := json.Unmarshal(raw, &l.Record); err != nil {
		return l, err
	}
	if !l.erased() && sumOf(details) != l.Sum {
		return l, errors.New("the details were changed")
	}
	return l, nil
}

// plainRecord reads a record as encode writes it, in a tenth of the time that JSON
// takes: opening a library reads all of them. ok is false for anything else.
func plainRecord(raw []byte) (r Record, ok bool) {
	rest, ok := bytes.CutPrefix(raw, []byte(`{"seq":`))
	comma := max(0, bytes.IndexByte(rest, ','))
	digits, rest := rest[:comma], rest[comma:]
	seq, err := strconv.ParseUint(string(digits), 10, 64)
	if !ok || err != nil || digits[0] == '0' {
		return r, false
	}
	r.Seq = seq
	var at string
	for _, f := range []struct {
		key  string
		to   *string
		must bool
	}{
		{"time", &at, true},
		{"event", (*string)(&r.Event), true},
		{"doc", (*string)(&r.Doc), false},
		{"text", &r.Text, false},
		{"prev", &r.Prev, true},
		{"sum", &r.Sum, true},
	} {
		value, after, ok := plainField(rest, f.key)
		if ok {
			*f.to, rest = value, after
		} else if f.must {
			return r, false
		}
	}
	if string(rest) != "}" || r.Time.UnmarshalText([]byte(at)) != nil {
		return r, false
	}
	return r, true
}

// plainField reads ,"key":"value" off b. The value is ASCII that JSON writes as it
// is.
func plainField(b []byte, key string) (value string, rest []byte, ok bool) {
	b, ok1 := bytes.CutPrefix(b, []byte(`,"`))
	b, ok2 := bytes.CutPrefix(b, []byte(key))
	b, ok3 := bytes.CutPrefix(b, []byte(`":"`))
	if !ok1 || !ok2 || !ok3 {
		return "", nil, false
	}
	for i, c := range b {
		switch {
		case c == '"':
			return string(b[:i]), b[i+1:], true
		case c < ' ' || c == '\\' || c >= utf8.RuneSelf:
			return "", nil, false
		}
	}
	return "", nil, false
}

// follows checks that l can stand after n records, the last with link prev.
func (l *line) follows(n int, prev string) error {
	if l.Seq != uint64(n)+1 {
		return fmt.Errorf("it says it is number %d", l.Seq)
	}
	if l.Prev != prev {
		return errors.New("it does not link to the record before it")
	}
	return nil
}

func appendLine(dst []byte, n *line, details []byte) []byte {
	dst = append(dst, lineHead...)
	dst = append(dst, n.raw...)
	dst = append(dst, lineLink...)
	dst = append(dst, n.link...)
	dst = append(dst, lineMid...)
	dst = append(dst, details...)
	return append(dst, lineEnd+"\n"...)
}

// entryLog is the log file.
type entryLog struct {
	f    *os.File
	sync syncFunc
	ends []int64 // where each line ends, line feed included
	head string  // link of the last record
	// failed is set when it is not known what the end of the file holds: a sync
	// failed and could not be undone. Then nothing more is written.
	failed error
}

// openLog reads the log and gives each line to apply. It repairs a torn end
// and says what it did.
func openLog(root *os.Root, sync syncFunc, apply func(*line) error) (l *entryLog, warn string, err error) {
	f, err := root.OpenFile(logFile, os.O_RDWR, 0)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			err = fmt.Errorf("%w: %s is missing", corpus.ErrDamaged, logFile)
		}
		return nil, "", err
	}
	l = &entryLog{f: f, sync: sync, head: noLink}
	tail, err := scanLines(f, l.take(apply))
	if err == nil && len(tail) > 0 {
		warn, err = l.repair(tail, apply)
	}
	if err != nil {
		_ = f.Close()
		return nil, "", err
	}
	return l, warn, nil
}

// openLogReadOnly reads the log where it cannot be repaired. An unfinished
// record is passed over.
func openLogReadOnly(root *os.Root, sync syncFunc, apply func(*line) error) (l *entryLog, warn string, err error) {
	f, err := root.Open(logFile)
	if err != nil {
		return nil, "", err
	}
	l = &entryLog{f: f, sync: sync, head: noLink, failed: errReadOnly}
	tail, err := scanLines(f, l.take(apply))
	if err != nil {
		_ = f.Close()
		return nil, "", err
	}
	if len(tail) > 0 {
		warn = fmt.Sprintf("passed over %d bytes of an unfinished record after record %d", len(tail), len(l.ends))
	}
	return l, warn, nil
}

// scanLines gives each complete line of r, with its line feed, to fn, and
// returns what stands after the last line feed.
func scanLines(r io.Reader, fn func([]byte) error) (tail []byte, err error) {
	const buffer = 1 << 20
	br := bufio.NewReaderSize(r, buffer)
	var long []byte // a line longer than the buffer
	for {
		part, err := br.ReadSlice('\n')
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			long = append(long, part...)
			continue
		case errors.Is(err, io.EOF):
			return append(long, part...), nil
		case err != nil:
			return nil, err
		}
		if len(long) > 0 {
			part = append(long, part...)
			long = nil
		}
		if err := fn(part); err != nil {
			return nil, err
		}
	}
}

// take returns a function that checks a line, gives it to apply and counts it.
func (l *entryLog) take(apply func(*line) error) func([]byte) error {
	return func(b []byte) error {
		n, err := parseLine(bytes.TrimSuffix(b, []byte{'\n'}))
		if err == nil {
			err = n.follows(len(l.ends), l.head)
		}
		if err == nil {
			err = apply(&n)
		}
		if err != nil {
			return fmt.Errorf("%w: log record %d: %w", corpus.ErrDamaged, len(l.ends)+1, err)
		}
		l.ends = append(l.ends, l.size()+int64(len(b)))
		l.head = n.link
		return nil
	}
}

// repair deals with bytes after the last line feed. A record that is whole but
// for its line feed is kept; anything else is cut off, for nobody was told that
// it was stored.
func (l *entryLog) repair(tail []byte, apply func(*line) error) (string, error) {
	start := l.size()
	for _, whole := range [][]byte{tail, tail[:len(tail)-1]} {
		if _, err := parseLine(whole); err != nil {
			continue
		}
		fixed := append(bytes.Clone(whole), '\n')
		if err := l.rewriteTail(start, fixed); err != nil {
			return "", err
		}
		return "the last record had lost its line feed", l.take(apply)(fixed)
	}
	warn := fmt.Sprintf("cut off %d bytes of an unfinished record after record %d", len(tail), len(l.ends))
	return warn, l.rewriteTail(start, nil)
}

func (l *entryLog) rewriteTail(at int64, b []byte) error {
	if err := l.f.Truncate(at); err != nil {
		return err
	}
	if _, err := l.f.WriteAt(b, at); err != nil {
		return err
	}
	return l.sync(l.f)
}

func (l *entryLog) size() int64 {
	if len(l.ends) == 0 {
		return 0
	}
	return l.ends[len(l.ends)-1]
}

// read returns record number i, from 0, as it stands on disk now.
func (l *entryLog) read(i int) (line, error) {
	var start int64
	if i > 0 {
		start = l.ends[i-1]
	}
	b := make([]byte, l.ends[i]-start)
	if _, err := l.f.ReadAt(b, start); err != nil {
		return line{}, err
	}
	n, err := parseLine(bytes.TrimSuffix(b, []byte{'\n'}))
	if err != nil {
		return n, fmt.Errorf("%w: log record %d: %w", corpus.ErrDamaged, i+1, err)
	}
	return n, nil
}

// entry is a record on its way into the log.
type entry struct {
	event   Event
	doc     corpus.ID
	text    string
	details any
}

// sources are where a record gets what does not follow from its entry.
type sources struct {
	clock func() time.Time
	rand  io.Reader
	tool  string // "" when it is not told
}

func (s sources) now() time.Time { return s.clock().UTC().Truncate(time.Millisecond) }

// details returns the details of a record, salted: the hash of them stays in
// the log when they are erased, and must not confirm a guess at a file name.
func (s sources) details(e entry) ([]byte, error) {
	b, err := marshal(e.details)
	if err != nil || e.event == EventRemove {
		return b, err
	}
	if len(b) < len("{}") || b[0] != '{' {
		return nil, fmt.Errorf("%w: details that are no JSON object", corpus.ErrInvalid)
	}
	const bits = 128
	salt := make([]byte, bits/8)
	if _, err := io.ReadFull(s.rand, salt); err != nil {
		return nil, err
	}
	head := `{"salt":"` + hex.EncodeToString(salt) + `"`
	if s.tool != "" {
		tool, err := marshal(s.tool)
		if err != nil {
			return nil, err
		}
		head += `,"tool":` + string(tool)
	}
	if string(b) != "{}" {
		head += ","
	}
	return append([]byte(head), b[1:]...), nil
}

// encode makes the lines of entries, which follow the last record.
func (l *entryLog) encode(src sources, entries []entry) (buf []byte, lines []line, err error) {
	head, now := l.head, src.now()
	for i, e := range entries {
		details, err := src.details(e)
		if err != nil {
			return nil, nil, err
		}
		n := line{details: details, Record: Record{
			Seq: uint64(len(l.ends) + i + 1), Time: now,
			Event: e.event, Doc: e.doc, Text: e.text, Prev: head, Sum: sumOf(details),
		}}
		if n.raw, err = marshal(n.Record); err != nil {
			return nil, nil, err
		}
		n.link = link(n.raw)
		head = n.link
		buf = appendLine(buf, &n, details)
		lines = append(lines, n)
	}
	return buf, lines, nil
}

// append writes entries in one piece and syncs once. After an error the log
// holds none of them.
func (l *entryLog) append(src sources, entries []entry, step func(string) error) ([]line, error) {
	if l.failed != nil {
		return nil, l.failed
	}
	buf, lines, err := l.encode(src, entries)
	if err != nil {
		return nil, err
	}
	start := l.size()
	if err := l.commit(buf, start, step); err != nil {
		if undo := l.rewriteTail(start, nil); undo != nil {
			l.failed = fmt.Errorf("%w: the log could not be written; open the library again: %w", corpus.ErrUnavailable, undo)
		}
		return nil, err
	}
	for i := range lines {
		start += lineSize(&lines[i])
		l.ends = append(l.ends, start)
	}
	l.head = lines[len(lines)-1].link
	return lines, nil
}

func (l *entryLog) commit(buf []byte, start int64, step func(string) error) error {
	if err := step("log"); err != nil {
		return err
	}
	if _, err := l.f.WriteAt(buf, start); err != nil {
		return err
	}
	if err := step("log.sync"); err != nil {
		return err
	}
	return l.sync(l.f)
}

func lineSize(n *line) int64 {
	return int64(len(lineHead) + len(n.raw) + len(lineLink) + len(n.link) + len(lineMid) + len(n.details) + len(lineEnd) + 1)
}

func (l *entryLog) close() error { return l.f.Close() }

// marshal is JSON without the escapes that HTML would need.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte{'\n'}), nil
}
