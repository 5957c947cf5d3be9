package matrix

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"dalel/corpus"
	"dalel/corpus/lang"
)

// Verdict is what a reader decided of a listed person and a passage.
type Verdict string

// The verdicts. They are stored.
const (
	Same    Verdict = "same"
	Another Verdict = "another"
	Unsure  Verdict = "unsure"
)

// Verdicts lists them, in the order of buttons.
var Verdicts = []Verdict{Same, Another, Unsure}

// verdictWords are what a spreadsheet may say for a verdict, folded.
var verdictWords = map[Verdict]heading{
	Same:    {"same", "same person", "yes", "y", "тот же", "та же", "тот же человек", "он", "она", "да", "сол адам", "сол", "иә", "+", "1"},
	Another: {"another", "another person", "other", "no", "n", "другой", "другая", "другой человек", "нет", "басқа адам", "басқа", "жоқ", "-", "0"},
	Unsure:  {"unsure", "unclear", "unknown", "maybe", "неясно", "не ясно", "неизвестно", "анық емес", "белгісіз", "?"},
}

// ParseVerdict reads a verdict in the words of three languages; ok is false for
// a cell that says none, and known for an empty one.
func ParseVerdict(cell string) (v Verdict, ok bool) {
	s := foldHeading(strings.TrimPrefix(cell, "'"))
	if strings.TrimSpace(cell) == "?" {
		s = "?"
	}
	for _, v := range Verdicts {
		if slices.Contains(verdictWords[v], s) || slices.Contains(verdictWords[v], strings.TrimSpace(cell)) {
			return v, true
		}
	}
	return "", false
}

// Person is a row of a list as decisions know it.
type Person struct {
	Name  string `json:"name"`
	Birth int    `json:"birth,omitempty"` // year
	ID    string `json:"id,omitempty"`    // of the row in its list
}

// Decision is a line of the file of decisions.
type Decision struct {
	Person
	Doc     corpus.ID `json:"doc"`
	Work    string    `json:"work,omitempty"`
	Text    string    `json:"text"`           // hash of the text version, its first 8 digits
	Para    int       `json:"para"`           // ordinal in that version
	Page    int       `json:"page,omitempty"` // for people who read the file
	Label   string    `json:"label,omitempty"`
	Print   string    `json:"print"`            // of the letters and digits of the paragraph
	Sketch  []uint32  `json:"sketch,omitempty"` // of its words, to know it again when some have changed
	Verdict Verdict   `json:"decision"`
	At      time.Time `json:"at"`
}

// DecisionFile is the name of the file among the users' files. Its lines name
// documents by their whole ID, so that a removal reaches them.
const DecisionFile = "decisions.jsonl"

// Files are the users' files of a library. Update gives the bytes of a file,
// nil if there is none, and stores what comes back, nil to remove it.
type Files interface {
	UserFile(ctx context.Context, name string) ([]byte, error)
	UserFiles(ctx context.Context, dir string) ([]string, error)
	UpdateUserFile(ctx context.Context, name string, change func([]byte) ([]byte, error)) error
}

// sketchSize is how many hashes a sketch keeps: the smallest of all pairs of
// words that stand side by side (Broder 1997, bottom-k).
const sketchSize = 16

// printOf identifies a paragraph by its letters and digits: a better extraction
// that parts glued words or mends blanks leaves it as it is.
func printOf(text string) string {
	h := sha256.New()
	for _, t := range lang.Tokens(text) {
		if !t.Joined {
			h.Write([]byte(t.Form))
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

func sketchOf(text string) []uint32 {
	var all []uint32
	last := ""
	for _, t := range lang.Tokens(text) {
		if t.Joined {
			continue
		}
		if last != "" {
			h := fnv.New32a()
			_, _ = h.Write([]byte(last + " " + t.Form)) // a hash never fails to write
			all = append(all, h.Sum32())
		}
		last = t.Form
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return slices.Clip(all[:min(len(all), sketchSize)])
}

// alike estimates how many of the pairs of words two paragraphs share.
func alike(a, b []uint32) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	union := slices.Compact(slices.Sorted(slices.Values(slices.Concat(a, b))))
	union = union[:min(len(union), max(len(a), len(b)))]
	both := 0
	for _, h := range union {
		_, inA := slices.BinarySearch(a, h)
		_, inB := slices.BinarySearch(b, h)
		if inA && inB {
			both++
		}
	}
	return float64(both) / float64(len(union))
}

// knownAgain is how alike a paragraph of another extraction must be to one that
// was decided on.
const knownAgain = 0.5

// Ledger is the decisions of a library, by person.
type Ledger struct {
	by map[string][]Decision // by nameKey
}

// LoadDecisions reads the decisions of a library. Lines that cannot be read are
// counted and left alone.
func LoadDecisions(ctx context.Context, f Files) (*Ledger, int, error) {
	b, err := f.UserFile(ctx, DecisionFile)
	if err != nil {
		return nil, 0, err
	}
	l := &Ledger{by: map[string][]Decision{}}
	broken := 0
	for line := range bytes.Lines(b) {
		if d, ok := parseDecision(line); ok {
			key := nameKey(d.Name)
			l.by[key] = append(l.by[key], d)
		} else if len(bytes.TrimSpace(line)) > 0 {
			broken++
		}
	}
	return l, broken, nil
}

func parseDecision(line []byte) (d Decision, ok bool) {
	if json.Unmarshal(line, &d) != nil || d.Name == "" || !d.Doc.Valid() || !slices.Contains(Verdicts, d.Verdict) {
		return d, false
	}
	return d, true
}

// knows reports whether anything was decided of a row.
func (l *Ledger) knows(r *Row) bool { return l != nil && len(l.by[nameKey(r.Text)]) > 0 }

// All returns the decisions, by name and time.
func (l *Ledger) All() []Decision {
	var out []Decision
	for _, list := range l.by {
		out = append(out, list...)
	}
	slices.SortFunc(out, func(a, b Decision) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), a.At.Compare(b.At), cmp.Compare(a.Doc, b.Doc), cmp.Compare(a.Para, b.Para))
	})
	return out
}

// isOf reports whether a decision is about a person: nothing that both know
// differs. The ID of a row counts only where a list has two rows of the name,
// for lists are numbered anew.
func (d *Decision) isOf(p Person, twin bool) bool {
	if p.Birth != 0 && d.Birth != 0 && p.Birth != d.Birth {
		return false
	}
	return !twin || p.ID == d.ID
}

// Last is when something was last decided of a person; zero if nothing was.
func (l *Ledger) Last(p Person, twin bool) (last time.Time) {
	for _, d := range l.by[nameKey(p.Name)] {
		if d.isOf(p, twin) && d.At.After(last) {
			last = d.At
		}
	}
	return last
}

// place is a passage as decisions know it.
type place struct {
	doc    corpus.ID
	work   string
	text   string // 8 digits
	para   int
	print  string
	sketch []uint32
}

func newPlace(d *corpus.Document, text string, p *corpus.Paragraph) place {
	return place{d.ID, d.Work, short(text), p.Ord, printOf(p.Text), sketchOf(p.Text)}
}

func short(hash string) string { return hash[:min(8, len(hash))] }

// Of returns what was decided of a person and a passage. moved is true where it
// was decided of another extraction of the paragraph, or of a copy.
func (l *Ledger) of(p Person, twin bool, at place) (d Decision, moved, ok bool) {
	best := 0.0
	for _, c := range l.by[nameKey(p.Name)] {
		if !c.isOf(p, twin) {
			continue
		}
		score := c.fits(at)
		if score > best || score == best && ok && score > 0 && c.At.After(d.At) {
			best, d, ok = score, c, true
		}
	}
	return d, ok && best < certain, ok
}

// certain is how well a decision fits the very passage it was made of.
const certain = 3

// fits says how well a passage is the one that a decision was made of; 0 if it is not.
func (d *Decision) fits(at place) float64 {
	switch {
	case d.Doc == at.doc && d.Text == at.text:
		if d.Para == at.para {
			return certain
		}
		return 0 // the same words in another place are another passage
	case d.Doc == at.doc && d.Print == at.print:
		return 2
	case d.Doc == at.doc:
		if s := alike(d.Sketch, at.sketch); s >= knownAgain {
			return s
		}
	case d.Work != "" && d.Work == at.work && d.Print == at.print:
		return 1.5
	}
	return 0
}

// Record stores decisions. One of the same person and passage takes the place of
// the last; a Verdict of "" takes it back.
func Record(ctx context.Context, f Files, all []Decision) error {
	if len(all) == 0 {
		return nil
	}
	return f.UpdateUserFile(ctx, DecisionFile, func(in []byte) ([]byte, error) {
		out := []byte{}
		for line := range bytes.Lines(in) {
			old, ok := parseDecision(line)
			if ok && slices.ContainsFunc(all, func(d Decision) bool { return d.replaces(&old) }) {
				continue
			}
			out = append(out, line...)
		}
		if n := len(out); n > 0 && out[n-1] != '\n' {
			out = append(out, '\n')
		}
		for i := range all {
			if all[i].Verdict == "" {
				continue
			}
			if !slices.Contains(Verdicts, all[i].Verdict) || !all[i].Doc.Valid() {
				return nil, &corpus.Error{Op: "matrix.decide", Subj: string(all[i].Verdict), Kind: corpus.ErrInvalid, Err: errVerdict}
			}
			b, err := json.Marshal(all[i])
			if err != nil {
				return nil, err
			}
			out = append(append(out, b...), '\n')
		}
		return out, nil
	})
}

var errVerdict = errors.New("a decision is same, another or unsure, of a document")

// replaces reports whether a decision takes the place of an older one.
func (d *Decision) replaces(old *Decision) bool {
	return nameKey(d.Name) == nameKey(old.Name) && d.Birth == old.Birth && d.ID == old.ID && d.Doc == old.Doc &&
		(d.Print == old.Print && d.Text != old.Text || d.Text == old.Text && d.Para == old.Para)
}
