// Package alias keeps the table of other names that the users of a library
// write: organisations, places, and persons who have several names.
//
// The table is a plain file of the library, aliases.tsv, in the form that
// package names reads; it stands beside the built-in rows. It is read again
// whenever it has changed, by this program or by an editor. Rows that cannot be
// read are left out and told; the rest holds.
package alias

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/names"
)

// File is the name of the table among the users' files.
const File = "aliases.tsv"

// Files are the users' files of a library. Update gives the bytes of a file,
// nil if there is none, and stores what comes back, nil to remove it.
type Files interface {
	UserFile(ctx context.Context, name string) ([]byte, error)
	UpdateUserFile(ctx context.Context, name string, change func([]byte) ([]byte, error)) error
}

// Book is the table of one library. It is safe for concurrent use.
type Book struct {
	files Files

	mu     sync.Mutex
	read   []byte // what the rest was made of
	rows   []names.Alias
	faults []*names.AliasError
	table  *names.AliasTable
}

// New returns the table that the files of a library hold.
func New(f Files) *Book { return &Book{files: f} }

// Table returns the built-in rows and the user's. A file that cannot be opened
// counts as none: a search does not fail for it, and Rows tells why.
func (b *Book) Table(ctx context.Context) *names.AliasTable {
	in, err := b.files.UserFile(ctx, File)
	if err != nil {
		in = nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.use(in)
	return b.table
}

// use reads the table if it is not what was read last.
func (b *Book) use(in []byte) {
	if b.table != nil && bytes.Equal(in, b.read) {
		return
	}
	b.read = bytes.Clone(in)
	b.rows, b.faults = names.ReadAliases(bytes.NewReader(in))
	b.table = names.NewAliasTable(names.BuiltinAliases(), b.rows)
}

// Rows returns the user's rows in the order of the file, and what is wrong with
// others.
func (b *Book) Rows(ctx context.Context) ([]names.Alias, []*names.AliasError, error) {
	in, err := b.files.UserFile(ctx, File)
	if err != nil {
		return nil, nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.use(in)
	return slices.Clone(b.rows), slices.Clone(b.faults), nil
}

// Limits of one addition.
const (
	maxForms = 40
	maxBytes = 4 << 10
)

// Errors of an addition, for pages that have words of their own.
var (
	ErrOneName = errors.New("one thing needs two names at least, or one more of a name that the table has")
	ErrSeveral = errors.New("the names belong to several things of the table")
	ErrMany    = errors.New("too many names at once")
)

func invalid(subject string, err error) error {
	return &corpus.Error{Op: "alias", Subj: subject, Kind: corpus.ErrInvalid, Err: err}
}

// Add says that forms are names of one thing. Forms that the table has tell
// which; otherwise the thing is new. Rows that stand already are not added
// twice. It returns the rows that were added.
func (b *Book) Add(ctx context.Context, kind string, forms []string) ([]names.Alias, error) {
	forms, err := cleaned(forms)
	if err != nil {
		return nil, err
	}
	table := b.Table(ctx)
	id, known, err := b.owner(table, kind, forms)
	if err != nil {
		return nil, err
	}
	if id == "" && len(forms) < 2 || len(known) == len(forms) {
		return nil, invalid(strings.Join(forms, ", "), ErrOneName)
	}
	var added []names.Alias
	err = b.files.UpdateUserFile(ctx, File, func(in []byte) ([]byte, error) {
		added = nil
		if id == "" {
			id = freshID(in, kind)
		}
		out := bytes.Clone(in)
		if len(out) == 0 {
			out = []byte(header)
		}
		if out[len(out)-1] != '\n' {
			out = append(out, '\n')
		}
		for _, f := range forms {
			if known[f] {
				continue
			}
			a := names.Alias{ID: id, Type: kind, Lang: langOf(f), Form: f, Kind: kindOf(f)}
			if fault := a.Check(); fault != nil {
				return nil, invalid(f, fault)
			}
			out = append(append(out, a.Row()...), '\n')
			added = append(added, a)
		}
		return out, nil
	})
	return added, err
}

// header is what a new file begins with.
const header = "# Other names of organisations, places and persons. A row: id, type (org, place, person, form), language\n" +
	"# (kk, ru, en, und), name, kind (full, abbr, former, gloss, short), and ctx if the name means something else as\n" +
	"# well and counts only beside another name of the same id; apart by tabs.\n"

func cleaned(forms []string) ([]string, error) {
	var out []string
	size := 0
	for _, f := range forms {
		f = strings.Join(strings.Fields(f), " ")
		if f != "" && !slices.Contains(out, f) {
			out = append(out, f)
			size += len(f)
		}
	}
	if len(out) > maxForms || size > maxBytes {
		return nil, invalid(strconv.Itoa(len(out)), ErrMany)
	}
	return out, nil
}

// owner finds the thing of the table that the forms are names of, and the forms
// that it has.
func (b *Book) owner(table *names.AliasTable, kind string, forms []string) (id string, known map[string]bool, err error) {
	known = map[string]bool{}
	for _, f := range forms {
		for _, a := range table.Find(f) {
			if a.Type != kind {
				continue
			}
			if id != "" && a.ID != id {
				return "", nil, invalid(strings.Join(forms, ", "), ErrSeveral)
			}
			id = a.ID
			known[f] = known[f] || lang.Fold(a.Form) == lang.Fold(f)
		}
	}
	for f, is := range known {
		if !is {
			delete(known, f)
		}
	}
	return id, known, nil
}

// freshID is one that no row has.
func freshID(table []byte, kind string) string {
	for n := 1; ; n++ {
		id := fmt.Sprintf("%s:own-%d", kind, n)
		if !bytes.Contains(table, []byte(id+"\t")) {
			return id
		}
	}
}

// langOf is the language of a name as far as its letters tell.
func langOf(form string) lang.Code {
	code, _ := lang.Detect(form)
	switch {
	case strings.ContainsAny(strings.ToLower(form), "әғқңөұүһі"):
		return lang.KK
	case code == lang.KK || code == lang.RU || code == lang.EN:
		return code
	case strings.ContainsFunc(form, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }):
		return lang.RU
	}
	return lang.EN
}

// longestAbbreviation is the most letters of a word in capitals that is taken
// for an abbreviation.
const longestAbbreviation = 8

func kindOf(form string) names.AliasKind {
	if utf8.RuneCountInString(form) <= longestAbbreviation && strings.ToUpper(form) == form && strings.IndexFunc(form, unicode.IsLower) < 0 && !strings.Contains(form, " ") {
		return names.Abbreviation
	}
	return names.FullName
}

// Remove takes a row away; corpus.ErrNotFound if the user's table has none.
func (b *Book) Remove(ctx context.Context, a names.Alias) error {
	return b.files.UpdateUserFile(ctx, File, func(in []byte) ([]byte, error) {
		out, found := []byte{}, false
		for line := range bytes.Lines(in) {
			got, fault := names.ParseAlias(strings.TrimPrefix(strings.TrimRight(string(line), "\r\n"), "\ufeff"))
			if fault == nil && got == a && !found {
				found = true
				continue
			}
			out = append(out, line...)
		}
		if !found {
			return nil, &corpus.Error{Op: "alias", Subj: a.Form, Kind: corpus.ErrNotFound, Err: errors.New("no such row among the user's")}
		}
		return out, nil
	})
}
