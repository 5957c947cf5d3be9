package quote

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/search/cite"
)

// Brief is a user's folder of quotes.
type Brief struct {
	Format   int        `json:"format"` // 1
	Name     string     `json:"name"`
	Style    cite.Style `json:"style,omitempty"`
	Lang     string     `json:"lang,omitempty"` // of citations
	Form     cite.Form  `json:"form,omitempty"` // Footnote or Inline
	Withheld bool       `json:"withheld,omitempty"`
	Last     int        `json:"last"` // the highest number an item was ever given
	Items    []Item     `json:"items"`
}

// Item is a line of a brief: a heading, a paragraph of the user's own words, or
// a quote with a note to it.
type Item struct {
	No       int      `json:"no"` // for life
	Heading  string   `json:"heading,omitempty"`
	Words    string   `json:"words,omitempty"` // goes into exports
	Quote    *Quote   `json:"quote,omitempty"`
	Note     string   `json:"note,omitempty"` // for the user alone: never exported
	Tags     []string `json:"tags,omitempty"`
	Withheld bool     `json:"withheld,omitempty"` // not for publication
}

// Files keeps a user's plain files in the library. Names are paths with slashes
// below the users' folder. Update gives the bytes of a file, nil if there is
// none, and stores what comes back, nil to remove it; no other change happens
// meanwhile.
type Files interface {
	UserFile(ctx context.Context, name string) ([]byte, error)
	UserFiles(ctx context.Context, dir string) ([]string, error)
	UpdateUserFile(ctx context.Context, name string, change func([]byte) ([]byte, error)) error
}

// Briefs are the briefs of a library.
type Briefs struct{ Files Files }

const (
	briefDir = "briefs"
	briefExt = ".json"
	maxName  = 80 // characters of a name: a file name has 255 bytes
)

// device are names that Windows keeps for devices, whatever follows the dot.
var device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com\d|lpt\d)$`)

// fileName returns the file of a brief. Letters and digits of all languages,
// blanks, hyphens and underscores stay; the rest is written %XX, so that two
// names never share a file and no name leaves the folder.
func fileName(name string) (string, error) {
	bad := func(why string) error {
		return &corpus.Error{Op: "brief", Subj: name, Kind: corpus.ErrInvalid, Err: errors.New(why)}
	}
	switch {
	case strings.TrimSpace(name) != name || name == "":
		return "", bad("a brief needs a name, without blanks around it")
	case utf8.RuneCountInString(name) > maxName || !utf8.ValidString(name):
		return "", bad(fmt.Sprintf("a name has at most %d characters", maxName))
	}
	var b strings.Builder
	for i, r := range name {
		if unicode.IsControl(r) {
			return "", bad("a name is one line")
		}
		if device.MatchString(name) && i == 0 {
			fmt.Fprintf(&b, "%%%02X", r)
			continue
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune(" -_", r) {
			b.WriteRune(r)
			continue
		}
		for _, c := range []byte(string(r)) {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	const longest = 200
	if b.Len() > longest {
		return "", bad("the name is too long")
	}
	return briefDir + "/" + b.String() + briefExt, nil
}

// List returns the names of all briefs, in order.
func (b Briefs) List(ctx context.Context) ([]string, error) {
	files, err := b.Files.UserFiles(ctx, briefDir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, f := range files {
		in, err := b.Files.UserFile(ctx, f)
		if err != nil {
			return nil, err
		}
		one, err := decode(f, in)
		if err != nil {
			return nil, err
		}
		names = append(names, one.Name)
	}
	slices.Sort(names)
	return names, nil
}

// Load returns a brief; corpus.ErrNotFound if there is none.
func (b Briefs) Load(ctx context.Context, name string) (*Brief, error) {
	file, err := fileName(name)
	if err != nil {
		return nil, err
	}
	in, err := b.Files.UserFile(ctx, file)
	if err != nil {
		return nil, err
	}
	if in == nil {
		return nil, noBrief(name)
	}
	return decode(file, in)
}

func noBrief(name string) error {
	return &corpus.Error{Op: "brief", Subj: name, Kind: corpus.ErrNotFound, Err: errors.New("no such brief; dalel brief list names them")}
}

func decode(file string, in []byte) (*Brief, error) {
	one := new(Brief)
	dec := json.NewDecoder(bytes.NewReader(in))
	if err := dec.Decode(one); err != nil {
		return nil, &corpus.Error{Op: "brief", Subj: file, Kind: corpus.ErrDamaged, Err: err}
	}
	if one.Format != 1 {
		return nil, &corpus.Error{Op: "brief", Subj: file, Kind: corpus.ErrUnsupported, Err: fmt.Errorf("format %d", one.Format)}
	}
	return one, nil
}

func encode(one *Brief) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "\t")
	err := enc.Encode(one)
	return b.Bytes(), err
}

// New makes an empty brief; corpus.ErrInvalid if there is one of the name.
func (b Briefs) New(ctx context.Context, one Brief) error {
	file, err := fileName(one.Name)
	if err != nil {
		return err
	}
	one.Format = 1
	return b.Files.UpdateUserFile(ctx, file, func(old []byte) ([]byte, error) {
		if old != nil {
			return nil, &corpus.Error{Op: "brief", Subj: one.Name, Kind: corpus.ErrInvalid, Err: errors.New("there is a brief of this name already")}
		}
		return encode(&one)
	})
}

// Change loads a brief, lets a function change it, and stores it.
func (b Briefs) Change(ctx context.Context, name string, change func(*Brief) error) error {
	file, err := fileName(name)
	if err != nil {
		return err
	}
	return b.Files.UpdateUserFile(ctx, file, func(old []byte) ([]byte, error) {
		if old == nil {
			return nil, noBrief(name)
		}
		one, err := decode(file, old)
		if err != nil {
			return nil, err
		}
		if err := change(one); err != nil {
			return nil, err
		}
		return encode(one)
	})
}

// Remove deletes a brief.
func (b Briefs) Remove(ctx context.Context, name string) error {
	file, err := fileName(name)
	if err != nil {
		return err
	}
	return b.Files.UpdateUserFile(ctx, file, func(old []byte) ([]byte, error) {
		if old == nil {
			return nil, noBrief(name)
		}
		return nil, nil
	})
}

// Forget takes every quote of a document out of every brief, with the notes on
// it, and returns the names of the briefs that had some.
func (b Briefs) Forget(ctx context.Context, doc corpus.ID) (touched []string, err error) {
	names, err := b.List(ctx)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		one, err := b.Load(ctx, name)
		if err != nil {
			return touched, err
		}
		of := func(it Item) bool { return it.Quote != nil && it.Quote.Doc == doc }
		if !slices.ContainsFunc(one.Items, of) {
			continue
		}
		touched = append(touched, name)
		if err := b.Change(ctx, name, func(one *Brief) error {
			one.Items = slices.DeleteFunc(one.Items, of)
			return nil
		}); err != nil {
			return touched, err
		}
	}
	return touched, nil
}

// Add puts an item at the end and returns its number.
func (one *Brief) Add(it Item) int {
	one.Last++
	it.No = one.Last
	one.Items = append(one.Items, it)
	return it.No
}

// Find returns the item with a number.
func (one *Brief) Find(no int) (*Item, error) {
	i := slices.IndexFunc(one.Items, func(it Item) bool { return it.No == no })
	if i < 0 {
		return nil, &corpus.Error{Op: "brief", Subj: one.Name, Kind: corpus.ErrNotFound, Err: errors.New("it has no item " + strconv.Itoa(no))}
	}
	return &one.Items[i], nil
}

// Delete takes an item out.
func (one *Brief) Delete(no int) error {
	if _, err := one.Find(no); err != nil {
		return err
	}
	one.Items = slices.DeleteFunc(one.Items, func(it Item) bool { return it.No == no })
	return nil
}

// Move puts an item at another place, from 1; beyond the end is the end.
func (one *Brief) Move(no, to int) error {
	it, err := one.Find(no)
	if err != nil {
		return err
	}
	moved := *it
	if err := one.Delete(no); err != nil {
		return err
	}
	at := max(0, min(to-1, len(one.Items)))
	one.Items = slices.Insert(one.Items, at, moved)
	return nil
}

// Quotes returns how many quotes there are.
func (one *Brief) Quotes() int {
	n := 0
	for _, it := range one.Items {
		if it.Quote != nil {
			n++
		}
	}
	return n
}
