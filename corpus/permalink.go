package corpus

import (
	"fmt"
	"strconv"
	"strings"
)

// Permalink names a paragraph by its ordinal in one text version: "DOC@T#~17",
// with the first 8 digits of the document's and of the text's hash. A better
// extraction makes a new T, so it never moves an old quote.
func Permalink(id ID, textHash string, ord int) string {
	return fmt.Sprintf("%s@%s#~%d", id.Short(), textHash[:min(minPrefix, len(textHash))], ord)
}

// Ref is a document or a paragraph as people name it on the command line.
type Ref struct {
	Doc   string // prefix of an ID
	Text  string // prefix of a text hash; "" for the text in use
	Ord   int    // ordinal; 0 if none
	Label string // printed number; "" if none
}

// ParseRef reads "DOC", "DOC#~17", "DOC#p34" and "DOC@T#…". It returns
// ErrInvalid for anything else.
func ParseRef(s string) (Ref, error) {
	bad := func(why string) (Ref, error) {
		return Ref{}, &Error{Op: "reference", Subj: s, Kind: ErrInvalid, Err: fmt.Errorf("%s; write DOC, DOC#~17 (ordinal) or DOC#p34 (printed number)", why)}
	}
	doc, place, placed := strings.Cut(s, "#")
	doc, text, _ := strings.Cut(doc, "@")
	if !ValidPrefix(doc) {
		return bad("a document is named by 8 or more digits of its hash")
	}
	if text != "" && !isHex(text) {
		return bad("a text version is named by digits of its hash")
	}
	r := Ref{Doc: doc, Text: text}
	if !placed {
		return r, nil
	}
	if ord, ok := strings.CutPrefix(place, "~"); ok {
		n, err := strconv.Atoi(ord)
		if err != nil || n < 1 {
			return bad("an ordinal is a number from 1")
		}
		r.Ord = n
		return r, nil
	}
	label, ok := strings.CutPrefix(place, "p")
	if !ok || label == "" {
		return bad("no paragraph after #")
	}
	r.Label = label
	return r, nil
}

// Find returns the paragraph that r names in t. A printed number that occurs
// twice is ErrInvalid, with the ordinals to choose from.
func (r Ref) Find(t *Text) (*Paragraph, error) {
	ord := r.Ord
	if r.Label != "" {
		ords := t.Labelled(r.Label)
		if len(ords) > 1 {
			return nil, &Error{Op: "reference", Subj: "p" + r.Label, Kind: ErrInvalid, Err: fmt.Errorf("this number is printed %d times; choose one of %s", len(ords), ordinals(ords))}
		}
		if len(ords) == 1 {
			ord = ords[0]
		}
	}
	if ord < 1 || ord > len(t.Paragraphs) {
		return nil, &Error{Op: "reference", Subj: r.place(), Kind: ErrNotFound, Err: fmt.Errorf("the document has %d paragraphs", len(t.Paragraphs))}
	}
	return &t.Paragraphs[ord-1], nil
}

func (r Ref) place() string {
	if r.Label != "" {
		return "p" + r.Label
	}
	return "~" + strconv.Itoa(r.Ord)
}

func ordinals(ords []int) string {
	parts := make([]string, len(ords))
	for i, o := range ords {
		parts[i] = "~" + strconv.Itoa(o)
	}
	return strings.Join(parts, ", ")
}
