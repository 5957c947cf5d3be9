package forward

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"dalel/corpus"
	"dalel/corpus/law"
	"dalel/indexer/internal/wire"
	"dalel/search"
)

// factKeys lists the facts that are kept as ordinals, foundKeys what is found
// in the text of a document. The order is part of the format of the tables.
var (
	factKeys = [...]corpus.Key{
		corpus.KeyKind, corpus.KeyLang, corpus.KeyCourt, corpus.KeyBody, corpus.KeyCountry, corpus.KeyStatus,
		corpus.KeyCategory, corpus.KeyFolder, corpus.KeyTag, search.KeyYear, corpus.KeyParty, corpus.KeyOfficial, search.KeyOwn,
	}
	foundKeys = [...]corpus.Key{search.KeyInstrument, search.KeyArticle, search.KeyCites, search.KeyPerson}
)

// columnOf returns the number of a column; -1 for a fact that is not counted.
func columnOf(k corpus.Key) int {
	if i := slices.Index(factKeys[:], k); i >= 0 {
		return i
	}
	if i := slices.Index(foundKeys[:], k); i >= 0 {
		return len(factKeys) + i
	}
	return -1
}

// facetValues returns the values of a facet of d, each once, none empty.
func facetValues(d *corpus.Document, k corpus.Key) []string {
	switch k {
	case corpus.KeyKind:
		return []string{string(d.Kind())}
	case search.KeyYear:
		if y := d.Date().Year(); y != 0 {
			return []string{strconv.Itoa(y)}
		}
		return nil
	case search.KeyOwn:
		return law.Own(d)
	default:
		var out []string
		for _, v := range d.Values(k) {
			if v != "" && !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
		return out
	}
}

// digest is a SHA-256, in half the space of its digits.
type digest [32]byte

func parseDigest(s string) (digest, error) {
	var d digest
	if n, err := hex.Decode(d[:], []byte(s)); err != nil || n != len(d) || len(s) != 2*len(d) {
		return d, fmt.Errorf("%q is not a SHA-256", s)
	}
	return d, nil
}

func (d digest) String() string { return hex.EncodeToString(d[:]) }

// docJSON is the stored form of a document's facts.
type docJSON struct {
	ID        corpus.ID       `json:"id"`
	Size      int64           `json:"size"`
	MediaType string          `json:"type,omitempty"`
	Sources   []corpus.Source `json:"sources,omitempty"`
	Read      corpus.Facts    `json:"read,omitempty"`
	Corrected corpus.Facts    `json:"corrected,omitempty"`
	Work      string          `json:"work,omitempty"`
}

// factsRow is what the tables say of the facts of a document.
type factsRow struct {
	work     string
	from, to int32 // days of its date, yyyymmdd
	facets   [len(factKeys)][]string
	json     jsonRef
}

// jsonRef is the place of a document's facts in the tables.
type jsonRef struct {
	off  int64
	size uint32
	sum  uint32
}

// appendFacts appends the row of d's facts to dst.
func appendFacts(dst []byte, d *corpus.Document, work string) ([]byte, error) {
	stored := docJSON{d.ID, d.Size, d.MediaType, d.Sources, d.Read, d.Corrected, work}
	js, err := json.Marshal(stored) // keys of maps come out sorted
	if err != nil {
		return nil, err
	}
	if work == "" {
		work = string(d.ID)
	}
	dst = wire.AppendString(dst, work)
	from, to := d.Date().Days()
	dst = binary.AppendUvarint(dst, uint64(from))
	dst = binary.AppendUvarint(dst, uint64(to))
	for _, k := range factKeys {
		dst = wire.AppendStrings(dst, facetValues(d, k))
	}
	dst = binary.AppendUvarint(dst, uint64(len(js)))
	return append(dst, js...), nil
}

// facts reads what appendFacts wrote. The payload stands at off in its file.
func (r *reader) facts(off int64) factsRow {
	f := factsRow{work: r.String(), from: r.I32(), to: r.I32()}
	for i := range f.facets {
		f.facets[i] = r.Strings()
	}
	n := r.Count()
	f.json.off = off + int64(r.Pos)
	js := r.Bytes(n)
	f.json.size, f.json.sum = uint32(len(js)), wire.Checksum(js)
	return f
}

// decodeFacts reads the stored form of a document.
func decodeFacts(js []byte) (*corpus.Document, error) {
	var s docJSON
	if err := json.Unmarshal(js, &s); err != nil {
		return nil, err
	}
	return &corpus.Document{
		ID: s.ID, Size: s.Size, MediaType: s.MediaType, Sources: s.Sources,
		Read: s.Read, Corrected: s.Corrected, Work: s.Work,
	}, nil
}
