package corpus

import (
	"errors"
	"strings"
)

// The kinds of failure that callers act on. Test for them with errors.Is;
// anything else is internal.
var (
	ErrInvalid     = errors.New("invalid")     // the caller can fix the input
	ErrNotFound    = errors.New("not found")   // no such document, paragraph or file
	ErrUnsupported = errors.New("unsupported") // a format we do not read
	ErrDamaged     = errors.New("damaged")     // a format we read, but broken bytes
	ErrUnavailable = errors.New("unavailable") // try again later: busy, full, starting
)

// Error adds to a failure what was being done and to what. It is the only
// error struct that crosses packages.
type Error struct {
	Op   string // package and verb: "pdf.extract"
	Subj string // file name, document ID or query; "" if none
	Kind error  // one of the Err values above; nil if internal
	Err  error  // the cause; may be nil
}

// Error returns, for example, "pdf.extract: a.pdf: damaged: no xref table".
func (e *Error) Error() string {
	parts := make([]string, 0, 4)
	for _, s := range []string{e.Op, e.Subj} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	for _, err := range []error{e.Kind, e.Err} {
		if err != nil {
			parts = append(parts, err.Error())
		}
	}
	return strings.Join(parts, ": ")
}

// Unwrap lets errors.Is see both the kind and the cause.
func (e *Error) Unwrap() []error { return []error{e.Kind, e.Err} }
