package forward

import (
	"encoding/binary"
	"errors"

	"dalel/corpus"
)

var errRecord = errors.New("broken paragraph record")

// appendParagraph appends the record of p to dst.
func appendParagraph(dst []byte, p *corpus.Paragraph) []byte {
	dst = binary.AppendVarint(dst, int64(p.Ord))
	dst = binary.AppendVarint(dst, int64(p.Under))
	for _, s := range []string{p.Label, string(p.Role), string(p.Section), string(p.Voice), p.Lang} {
		dst = appendString(dst, s)
	}
	dst = appendStrings(dst, p.Path)
	dst = binary.AppendUvarint(dst, uint64(len(p.Pages)))
	for _, s := range p.Pages {
		dst = binary.AppendVarint(dst, int64(s.Page))
		dst = binary.AppendVarint(dst, int64(s.Start))
		dst = appendString(dst, s.Label)
	}
	return append(dst, p.Text...)
}

// decodeParagraph reads what appendParagraph wrote. It keeps nothing of b.
func decodeParagraph(b []byte) (corpus.Paragraph, error) {
	r := reader{b: b}
	p := corpus.Paragraph{
		Ord:     int(r.varint()),
		Under:   int(r.varint()),
		Label:   r.string(),
		Role:    corpus.Role(r.string()),
		Section: corpus.SectionKind(r.string()),
		Voice:   corpus.Voice(r.string()),
		Lang:    r.string(),
		Path:    r.strings(),
	}
	if n := r.count(); n > 0 {
		p.Pages = make([]corpus.PageSpan, n)
		for i := range p.Pages {
			p.Pages[i] = corpus.PageSpan{Page: int(r.varint()), Start: int(r.varint()), Label: r.string()}
		}
	}
	p.Text = string(r.b[r.pos:])
	if r.bad {
		return corpus.Paragraph{}, errRecord
	}
	return p, nil
}
