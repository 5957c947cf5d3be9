// Package xmlpart reads the XML parts of office files, which are ZIP archives
// made by strangers: there are limits on length and depth, and entities are
// refused by encoding/xml.
package xmlpart

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Limits of one part, against bombs.
const (
	maxPart  = 100 << 20 // bytes of XML; the longest real one seen had 20 MB
	maxSmall = 50 << 20  // of a part that is held whole
	maxDepth = 256       // elements inside each other
	maxRatio = 200       // of a part to its compressed bytes; XML of Word reaches 50
	anyRatio = 4 << 20   // bytes that may be compressed by any ratio
)

var (
	errPart  = fmt.Errorf("a part is longer than %d MiB", maxPart>>20)
	errRatio = fmt.Errorf("a part inflates to more than %d times its size: it may be a bomb", maxRatio)
	errCut   = errors.New("its XML ends in the middle")
	errNames = errors.New("its XML uses names for text that it would have to define: they are not followed")
	errDepth = fmt.Errorf("elements are nested deeper than %d", maxDepth)
)

// ErrNone is the error for a part that is not there.
var ErrNone = errors.New("no such part")

// Open returns a part, or nil. Some programs write backslashes or change case.
// The part fails where it inflates to more than a text does.
func Open(z *zip.Reader, name string) io.ReadCloser {
	for _, f := range z.File {
		if !strings.EqualFold(strings.ReplaceAll(f.Name, "\\", "/"), name) {
			continue
		}
		rc, err := f.Open()
		if err != nil {
			return nil
		}
		most := uint64(maxPart)
		if f.CompressedSize64 < maxPart/maxRatio {
			most = max(anyRatio, f.CompressedSize64*maxRatio)
		}
		part := &limited{ReadCloser: rc, left: int64(most), err: limitError(most)}
		if f.UncompressedSize64 > most {
			part.left = 0 // it says so itself; one that lies is found out later
		}
		return part
	}
	return nil
}

// limitError is the error for a part longer than it may be.
func limitError(most uint64) error {
	if most < maxPart {
		return errRatio
	}
	return errPart
}

// Has reports whether there is a part.
func Has(z *zip.Reader, name string) bool {
	rc := Open(z, name)
	if rc == nil {
		return false
	}
	_ = rc.Close() // nothing was read
	return true
}

// Decode reads a part that is held whole, such as the styles, into v.
func Decode(z *zip.Reader, name string, v any) error {
	rc := Open(z, name)
	if rc == nil {
		return fmt.Errorf("%w: %s", ErrNone, name)
	}
	defer rc.Close() //nolint:errcheck // opened for reading
	return inWords(xml.NewDecoder(io.LimitReader(rc, maxSmall)).Decode(v))
}

// Handler takes the elements of a part.
type Handler interface {
	Start(e xml.StartElement)
	End(name xml.Name)
	Chars(s []byte)
	Failed() error // asked after each event; an error ends the scan
}

// Scan runs through a part.
func Scan(z *zip.Reader, name string, h Handler) error {
	rc := Open(z, name)
	if rc == nil {
		return fmt.Errorf("%w: %s", ErrNone, name)
	}
	defer rc.Close() //nolint:errcheck // opened for reading
	dec := xml.NewDecoder(rc)
	depth := 0
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return h.Failed()
		}
		if err != nil {
			return inWords(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errDepth
			}
			h.Start(t)
		case xml.EndElement:
			depth--
			h.End(t.Name)
		case xml.CharData:
			h.Chars(t)
		}
		if err := h.Failed(); err != nil {
			return err
		}
	}
}

// Attr returns an attribute by its local name; "" if there is none.
func Attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// inWords tells an error of the parser in words for people who read no XML.
func inWords(err error) error {
	var e *xml.SyntaxError
	if !errors.As(err, &e) {
		return err
	}
	switch {
	case strings.Contains(e.Msg, "entity"):
		return errNames
	case strings.Contains(e.Msg, "unexpected EOF"):
		return errCut
	}
	return fmt.Errorf("its XML is broken in line %d", e.Line)
}

// limited is a part that fails when there is more than there may be.
type limited struct {
	io.ReadCloser
	left int64
	err  error
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, l.err
	}
	n, err := l.ReadCloser.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}
