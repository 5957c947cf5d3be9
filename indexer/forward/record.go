package forward

import (
	"encoding/binary"
	"errors"

	"dalel/corpus"
	"dalel/indexer/internal/wire"
)

var errRecord = errors.New("broken paragraph record")

// appendParagraph appends the record of p to dst.
func appendParagraph(dst []byte, p *corpus.Paragraph) []byte {
	dst = binary.AppendVarint(dst, int64(p.Ord))
	dst = binary.AppendVarint(dst, int64(p.Under))
	for _, s := range []string{p.Label, string(p.Role), string(p.Section), string(p.Voice), p.Lang} {
		dst = wire.AppendString(dst, s)
	}
	dst = wire.AppendStrings(dst, p.Path)
	dst = binary.AppendUvarint(dst, uint64(len(p.Pages)))
	for _, s := range p.Pages {
		page := int64(s.Page) << 1
		if s.Seen {
			page |= 1
		}
		dst = binary.AppendVarint(dst, page)
		dst = binary.AppendVarint(dst, int64(s.Start))
		dst = wire.AppendString(dst, s.Label)
	}
	dst = binary.AppendUvarint(dst, uint64(len(p.Quotes)))
	for _, q := range p.Quotes {
		dst = binary.AppendVarint(dst, int64(q.Start))
		dst = binary.AppendVarint(dst, int64(q.End))
		dst = wire.AppendString(dst, string(q.Voice))
	}
	return append(dst, p.Text...)
}

// decodeParagraph reads what appendParagraph wrote. It keeps nothing of b.
func decodeParagraph(b []byte) (corpus.Paragraph, error) {
	r := reader{wire.Reader{B: b}}
	p := corpus.Paragraph{
		Ord:     int(r.Varint()),
		Under:   int(r.Varint()),
		Label:   r.String(),
		Role:    corpus.Role(r.String()),
		Section: corpus.SectionKind(r.String()),
		Voice:   corpus.Voice(r.String()),
		Lang:    r.String(),
		Path:    r.Strings(),
	}
	if n := r.Count(); n > 0 {
		p.Pages = make([]corpus.PageSpan, n)
		for i := range p.Pages {
			page := r.Varint()
			p.Pages[i] = corpus.PageSpan{Page: int(page >> 1), Seen: page&1 == 1, Start: int(r.Varint()), Label: r.String()}
		}
	}
	if n := r.Count(); n > 0 {
		p.Quotes = make([]corpus.Quote, n)
		for i := range p.Quotes {
			p.Quotes[i] = corpus.Quote{Start: int(r.Varint()), End: int(r.Varint()), Voice: corpus.Voice(r.String())}
		}
	}
	p.Text = string(r.B[r.Pos:])
	if r.Bad {
		return corpus.Paragraph{}, errRecord
	}
	return p, nil
}
