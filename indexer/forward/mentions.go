package forward

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"dalel/corpus"
	"dalel/corpus/law"
	"dalel/search"
)

// mentionKinds numbers the kinds of mentions. The order is part of the format.
var mentionKinds = [...]corpus.MentionKind{
	corpus.MentionStatute, corpus.MentionInstrument, corpus.MentionDocument, corpus.MentionPerson,
}

var errMentions = errors.New("broken mentions")

// checkMentions reports what of the mentions cannot be stored: of a paragraph
// of size bytes.
func checkMentions(mentions []corpus.Mention, size int) error {
	for i := range mentions {
		m := &mentions[i]
		if !slices.Contains(mentionKinds[:], m.Kind) || m.ID == "" || m.Start < 0 || m.Start > m.End || m.End > size {
			return fmt.Errorf("impossible mention %q of kind %q from %d to %d", m.ID, m.Kind, m.Start, m.End)
		}
	}
	return nil
}

// appendMentions appends the mentions of a paragraph to its record: number of
// the kind and of the ID, step from the last start, length.
func appendMentions(dst []byte, mentions []corpus.Mention, number func(id string) uint32) []byte {
	start := 0
	for i := range mentions {
		m := &mentions[i]
		dst = append(dst, byte(slices.Index(mentionKinds[:], m.Kind)))
		dst = binary.AppendUvarint(dst, uint64(number(m.ID)))
		dst = binary.AppendVarint(dst, int64(m.Start-start))
		dst = binary.AppendUvarint(dst, uint64(m.End-m.Start))
		start = m.Start
	}
	return dst
}

// decodeMentions appends the mentions of a paragraph to dst.
func decodeMentions(dst []corpus.Mention, b []byte, ids []string) ([]corpus.Mention, error) {
	r := reader{b: b}
	start := int64(0)
	for r.pos < len(b) {
		kind, id := r.byte(), r.u32()
		start += r.varint()
		size := r.uvarint()
		if r.bad || int(kind) >= len(mentionKinds) || uint64(id) >= uint64(len(ids)) || start < 0 || start > maxRecord || size > maxRecord {
			return dst, errMentions
		}
		dst = append(dst, corpus.Mention{Kind: mentionKinds[kind], ID: ids[id], Start: int(start), End: int(start) + int(size)})
	}
	return dst, nil
}

// skipStream returns what follows a stream of n tokens in a record.
func skipStream(record []byte, n int) ([]byte, error) {
	r := reader{b: record}
	for range n {
		if v := r.uvarint(); v&1 != 0 {
			_, _ = r.steps(r.byte(), 0, 0)
		}
	}
	if r.bad {
		return nil, errStream
	}
	return record[r.pos:], nil
}

// foundValues returns what a document names, by foundKeys: each once, in the
// order of the text.
func foundValues(paras [][]corpus.Mention) [len(foundKeys)][]string {
	var out [len(foundKeys)][]string
	seen := map[corpus.Key]map[string]bool{}
	add := func(k corpus.Key, value string) {
		if seen[k] == nil {
			seen[k] = map[string]bool{}
		}
		if i := slices.Index(foundKeys[:], k); value != "" && !seen[k][value] {
			seen[k][value] = true
			out[i] = append(out[i], value)
		}
	}
	for _, mentions := range paras {
		for i := range mentions {
			m := &mentions[i]
			switch m.Kind {
			case corpus.MentionStatute, corpus.MentionInstrument:
				instrument, article := law.ArticleOf(m.ID)
				add(search.KeyInstrument, instrument)
				add(search.KeyArticle, article)
			case corpus.MentionDocument:
				add(search.KeyCites, m.ID)
			case corpus.MentionPerson:
				add(search.KeyPerson, m.ID)
			}
		}
	}
	return out
}
