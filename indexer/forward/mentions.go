package forward

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sort"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/law"
	"dalel/indexer/internal/wire"
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
// the kind and of the ID, step from the last start, length, first token and
// number of tokens.
func appendMentions(dst []byte, mentions []corpus.Mention, stream []lang.Token, number func(id string) uint32) []byte {
	start := 0
	for i := range mentions {
		m := &mentions[i]
		first, end := tokensOf(stream, m.Start, m.End)
		dst = append(dst, byte(slices.Index(mentionKinds[:], m.Kind)))
		dst = binary.AppendUvarint(dst, uint64(number(m.ID)))
		dst = binary.AppendVarint(dst, int64(m.Start-start))
		for _, v := range []int{m.End - m.Start, first, end - first} {
			dst = binary.AppendUvarint(dst, uint64(v))
		}
		start = m.Start
	}
	return dst
}

// tokensOf returns the tokens of a stream that stand in a run of the text.
func tokensOf(stream []lang.Token, start, end int) (first, after int) {
	first = sort.Search(len(stream), func(i int) bool { return stream[i].End > start })
	for after = first; after < len(stream) && stream[after].Start < end; after++ {
	}
	return first, after
}

// decodeMentions appends the mentions of a paragraph of so many tokens to dst.
func decodeMentions(dst []search.Mention, b []byte, ids []string, tokens int) ([]search.Mention, error) {
	r := reader{wire.Reader{B: b}}
	start := int64(0)
	for r.Pos < len(b) {
		kind, id := r.Byte(), r.U32()
		start += r.Varint()
		size, first, count := r.Uvarint(), uint64(r.U32()), uint64(r.U32())
		switch {
		case r.Bad, int(kind) >= len(mentionKinds), uint64(id) >= uint64(len(ids)):
			return dst, errMentions
		case start < 0, start > maxRecord, size > maxRecord, first+count > uint64(tokens):
			return dst, errMentions
		}
		dst = append(dst, search.Mention{
			Mention: corpus.Mention{Kind: mentionKinds[kind], ID: ids[id], Start: int(start), End: int(start) + int(size)},
			First:   int(first), After: int(first + count),
		})
	}
	return dst, nil
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
