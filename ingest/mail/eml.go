package mail

import (
	"bytes"
	"fmt"
	"mime"
	"net/mail"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/jhillyerd/enmime/v2"

	"dalel/ingest/charset"
)

// maxFaults is how many faults of a message are told.
const maxFaults = 5

// shownHeads are the lines of a head that are text of the letter.
var shownHeads = []string{"From", "To", "Cc", "Date", "Subject"}

// parseEML reads a message. What is broken in it is told and passed over.
func parseEML(b []byte) (*letter, error) {
	root, err := readParts(b)
	if err != nil {
		return nil, err
	}
	l := &letter{}
	for _, name := range shownHeads {
		l.heads = append(l.heads, [2]string{name, words(root.Header.Get(name))})
	}
	l.subject = words(root.Header.Get("Subject"))
	if t, err := mail.ParseDate(root.Header.Get("Date")); err == nil {
		l.date = t
	}
	for _, e := range root.Errors {
		if e.Severe && len(l.faults) < maxFaults {
			l.faults = append(l.faults, "a part of the message is broken: "+e.Name)
		}
	}
	l.collect(root, 0)
	return l, nil
}

// readParts reads the tree of a message, text as it stands in the file: which
// character set it is in, charset tells.
func readParts(b []byte) (*enmime.Part, error) {
	if nesting(b) > maxNesting {
		return nil, damaged(fmt.Errorf("its parts are nested deeper than %d", maxNesting))
	}
	p := enmime.NewParser(enmime.DisableTextConversion(true), enmime.SkipMalformedParts(true),
		enmime.MultipartWOBoundaryAsSinglePart(true), enmime.MaxStoredPartErrors(maxFaults))
	root, err := p.ReadParts(bytes.NewReader(b))
	if err != nil {
		return nil, damaged(fmt.Errorf("no message: %w", err))
	}
	return root, nil
}

// maxNesting is how deep parts may be nested for a message to be parsed. The
// time that the library takes doubles with each part that is not closed;
// letters have three or four.
const maxNesting = 12

var boundaryOf = regexp.MustCompile(`(?i)\bboundary\s*=\s*"?([^"\s;]{1,200})`)

// nesting returns how deep the parts of a message are nested, by the boundaries
// that are open at one time.
func nesting(b []byte) int {
	var open []string
	deepest := 0
	for line := range bytes.Lines(b) {
		if dashed, ok := bytes.CutPrefix(line, []byte("--")); ok && len(open) > 0 {
			name := strings.TrimSpace(string(dashed))
			if i := slices.Index(open, strings.TrimSuffix(name, "--")); i >= 0 && name != open[i] {
				open = open[:i]
			} else if i := slices.Index(open, name); i >= 0 {
				open = open[:i+1]
			}
			continue
		}
		if bytes.IndexByte(line, '=') < 0 {
			continue
		}
		if m := boundaryOf.FindSubmatch(line); m != nil {
			open = append(open, string(m[1]))
			if deepest = max(deepest, len(open)); deepest > maxNesting {
				return deepest
			}
		}
	}
	return deepest
}

// maxDepth is how deep the parts of a message may be nested.
const maxDepth = 32

// collect takes the texts and the enclosed files of a part, and of those in it.
func (l *letter) collect(p *enmime.Part, depth int) {
	for ; p != nil && depth < maxDepth; p = p.NextSibling {
		if p.FirstChild != nil {
			l.collect(p.FirstChild, depth+1)
		} else {
			l.leaf(p, depth)
		}
	}
}

// leaf takes a part that holds no others.
func (l *letter) leaf(p *enmime.Part, depth int) {
	kind := strings.ToLower(p.ContentType)
	attached := p.Disposition == "attachment" || p.FileName != "" && p.Disposition != "inline"
	switch {
	case !attached && (kind == "text/plain" || kind == "" && depth == 0) && l.plain == "":
		l.plain = decode(p)
	case !attached && kind == "text/html" && len(l.html) == 0:
		l.html = []byte(decode(p))
	case strings.HasPrefix(kind, "image/") && p.ContentID != "": // a picture in the text
	case len(p.Content) > 0:
		l.enclosed = append(l.enclosed, enclosure{fileName(p, len(l.enclosed)+1), p.Content})
	}
}

// decode returns the text of a part.
func decode(p *enmime.Part) string { return charset.Decode(p.Content, p.Charset).String }

// fileName returns the name of an enclosed file, or one that tells its place.
func fileName(p *enmime.Part, n int) string {
	name := words(p.FileName)
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	if name = strings.TrimLeft(name, "."); name != "" {
		return name
	}
	if p.ContentType == "message/rfc822" {
		return fmt.Sprintf("%d.eml", n)
	}
	return strconv.Itoa(n)
}

// words decodes the encoded words of a head (RFC 2047), in every set that
// package charset knows.
func words(s string) string {
	dec := mime.WordDecoder{CharsetReader: charset.NewReader}
	out, err := dec.DecodeHeader(s)
	if err != nil {
		return s
	}
	return charset.Decode([]byte(out), "").String
}
