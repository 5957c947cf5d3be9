package mail

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/richardlehane/mscfb"

	"dalel/ingest"
	"dalel/ingest/charset"
)

// Properties of a message (MS-OXPROPS) and their types (MS-OXCDATA 2.11.1).
const (
	propSubject   = "0037"
	propSender    = "0C1A"
	propAddress   = "5D01" // of the sender, as used on the Internet
	propTo        = "0E04"
	propCc        = "0E03"
	propBody      = "1000"
	propHTML      = "1013"
	propRTF       = "1009"
	propLongName  = "3707"
	propShortName = "3704"
	propData      = "3701"

	typeUnicode = "001F"
	typeString  = "001E"
	typeBinary  = "0102"

	streamPrefix = "__substg1.0_"
	attachPrefix = "__attach_version1.0_"
	fixedProps   = "__properties_version1.0"
)

// Limits of an Outlook message.
const (
	maxStreams = 20_000
	maxStream  = 64 << 20 // bytes
)

// parseMSG reads a message of Outlook (MS-OXMSG): a file of streams, one a
// property.
func parseMSG(r ingest.Reader) (*letter, error) {
	doc, err := mscfb.New(io.NewSectionReader(r, 0, r.Size()))
	if err != nil {
		return nil, damaged(fmt.Errorf("no message: %w", err))
	}
	m := outlook{own: map[string][]byte{}, enclosed: map[string]map[string][]byte{}}
	for range maxStreams {
		e, err := doc.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			m.faults = append(m.faults, "the message is damaged: "+err.Error())
			break
		}
		m.stream(e)
	}
	if len(m.own) == 0 {
		return nil, damaged(errors.New("no message in the file"))
	}
	return m.letter(), nil
}

// outlook is what was found of a message: streams by property and type.
type outlook struct {
	own      map[string][]byte
	fixed    []byte
	enclosed map[string]map[string][]byte // by storage
	order    []string
	left     int64 // bytes that streams may still have
	faults   []string
}

// stream keeps a stream of the message itself, or of what it encloses. Those
// of messages inside it are left: they have no name of their own.
func (m *outlook) stream(e *mscfb.File) {
	into := m.own
	switch {
	case len(e.Path) == 1 && strings.HasPrefix(e.Path[0], attachPrefix):
		if m.enclosed[e.Path[0]] == nil {
			m.enclosed[e.Path[0]] = map[string][]byte{}
			m.order = append(m.order, e.Path[0])
		}
		into = m.enclosed[e.Path[0]]
	case len(e.Path) > 0:
		return
	case e.Name == fixedProps:
		m.fixed = m.read(e)
		return
	}
	if key, ok := strings.CutPrefix(e.Name, streamPrefix); ok && len(key) == 8 {
		into[key] = m.read(e)
	}
}

func (m *outlook) read(e *mscfb.File) []byte {
	b, err := io.ReadAll(io.LimitReader(e, min(maxStream, maxSize-m.left)))
	m.left += int64(len(b))
	if err != nil && len(m.faults) < maxFaults {
		m.faults = append(m.faults, "a part of the message is broken: "+err.Error())
	}
	return b
}

// str returns a property that is text.
func str(props map[string][]byte, prop string) string {
	if b, ok := props[prop+typeUnicode]; ok {
		u := make([]uint16, 0, len(b)/2)
		for ; len(b) > 1; b = b[2:] {
			u = append(u, binary.LittleEndian.Uint16(b))
		}
		return strings.TrimRight(string(utf16.Decode(u)), "\x00")
	}
	return strings.TrimRight(charset.Decode(props[prop+typeString], "").String, "\x00")
}

func (m *outlook) letter() *letter {
	l := &letter{subject: str(m.own, propSubject), date: m.sent(), plain: str(m.own, propBody), faults: m.faults}
	from := str(m.own, propSender)
	if a := str(m.own, propAddress); a != "" && a != from {
		from = strings.TrimSpace(from + " <" + a + ">")
	}
	date := ""
	if !l.date.IsZero() {
		date = l.date.Format("2006-01-02 15:04 MST")
	}
	l.heads = [][2]string{{"From", from}, {"To", str(m.own, propTo)}, {"Cc", str(m.own, propCc)}, {"Date", date}, {"Subject", l.subject}}
	if l.plain == "" {
		if l.html = m.own[propHTML+typeBinary]; len(l.html) == 0 {
			l.html = []byte(str(m.own, propHTML))
		}
	}
	if l.plain == "" && len(l.html) == 0 {
		l.rtf = inflateRTF(m.own[propRTF+typeBinary])
	}
	for _, id := range m.order {
		props := m.enclosed[id]
		name := str(props, propLongName)
		if name == "" {
			name = str(props, propShortName)
		}
		if body := props[propData+typeBinary]; len(body) > 0 {
			l.enclosed = append(l.enclosed, enclosure{name, body})
		} else {
			l.faults = append(l.faults, "an enclosed message or object was not read: "+ingest.OneLine(name))
		}
	}
	return l
}

// sent returns when a message was sent, or received: a FILETIME among the
// properties of fixed length, 16 bytes each after a head of 32 (MS-OXMSG 2.4).
func (m *outlook) sent() time.Time {
	const head, entry = 32, 16
	var received time.Time
	for b := m.fixed[min(head, len(m.fixed)):]; len(b) >= entry; b = b[entry:] {
		switch tag := binary.LittleEndian.Uint32(b); tag {
		case 0x00390040:
			return fileTime(binary.LittleEndian.Uint64(b[8:]))
		case 0x0E060040:
			received = fileTime(binary.LittleEndian.Uint64(b[8:]))
		}
	}
	return received
}

// fileTime converts a count of 100 ns since 1601.
func fileTime(n uint64) time.Time {
	const ticks, toUnix = 10_000_000, 11_644_473_600
	s := int64(n/ticks) - toUnix
	if n == 0 || s < 0 || s > 1<<33 {
		return time.Time{}
	}
	return time.Unix(s, 0).UTC()
}

// rtfDictionary is what the compression of RTF begins with (MS-OXRTFCP 2.1.3.1.1).
const rtfDictionary = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` +
	"\r\n" + `\par \pard\plain\f0\fs20\b\i\u\tab\tx`

// inflateRTF undoes the compression of RTF (MS-OXRTFCP 3.1.3); nil when it is
// broken from the start.
func inflateRTF(b []byte) []byte {
	const head, window, compressed, plain = 16, 4096, 0x75465A4C, 0x414C454D
	if len(b) < head {
		return nil
	}
	switch binary.LittleEndian.Uint32(b[8:]) {
	case plain:
		return b[head:]
	case compressed:
	default:
		return nil
	}
	want := min(int(binary.LittleEndian.Uint32(b[4:])), maxStream)
	var dict [window]byte
	at := copy(dict[:], rtfDictionary)
	out := make([]byte, 0, min(want, 1<<20))
	put := func(c byte) {
		out = append(out, c)
		dict[at%window] = c
		at++
	}
	for b = b[head:]; len(b) > 0 && len(out) < want; {
		control := b[0]
		b = b[1:]
		for bit := 0; bit < 8 && len(b) > 0; bit++ {
			if control>>bit&1 == 0 {
				put(b[0])
				b = b[1:]
				continue
			}
			if len(b) < 2 {
				return out
			}
			ref := int(binary.BigEndian.Uint16(b))
			b = b[2:]
			from, n := ref>>4, ref&15+2
			if from == at%window { // the end
				return out
			}
			for k := range n {
				put(dict[(from+k)%window])
			}
		}
	}
	return out
}
