package mail_test

import (
	"bytes"
	"encoding/binary"
)

// stream is a stream of a compound file, in a storage or in the root.
type stream struct {
	storage, name string
	body          []byte
}

// Special sectors of the tables (MS-CFB 2.1).
const (
	endOfChain = 0xFFFFFFFE
	freeSector = 0xFFFFFFFF
	fatSector  = 0xFFFFFFFD
	noEntry    = 0xFFFFFFFF
)

// entry is an entry of the directory (MS-CFB 2.6.1).
type entry struct {
	name                string
	kind                byte
	right, child, start uint32
	size                uint64
}

// compound makes a compound file (MS-CFB) of short streams: all of them are in
// the mini stream. Its tables fit into a sector each.
func compound(streams ...stream) []byte {
	const sector, mini = 512, 64
	var body []byte
	var miniFAT []uint32
	entries := []entry{{name: "Root Entry", kind: 5, right: noEntry, child: noEntry}}
	last := map[string]int{} // entry that the next of a storage hangs on
	hang := func(storage int, key string) {
		n := uint32(len(entries))
		if at, ok := last[key]; ok {
			entries[at].right = n
		} else {
			entries[storage].child = n
		}
		last[key] = len(entries)
	}
	storages := map[string]int{"": 0}
	for _, s := range streams {
		if _, ok := storages[s.storage]; !ok {
			hang(0, "")
			storages[s.storage] = len(entries)
			entries = append(entries, entry{name: s.storage, kind: 1, right: noEntry, child: noEntry})
		}
		hang(storages[s.storage], s.storage)
		entries = append(entries, entry{name: s.name, kind: 2, right: noEntry, child: noEntry, start: uint32(len(miniFAT)), size: uint64(len(s.body))})
		n := (len(s.body) + mini - 1) / mini
		for k := range n {
			next := uint32(len(miniFAT) + 1)
			if k == n-1 {
				next = endOfChain
			}
			miniFAT = append(miniFAT, next)
		}
		body = append(body, append(bytes.Clone(s.body), make([]byte, n*mini-len(s.body))...)...)
	}
	dirSectors := (len(entries)*128 + sector - 1) / sector
	bodySectors := (len(body) + sector - 1) / sector
	// Sectors: the table, the table of the mini stream, the directory, the mini stream.
	fat := []uint32{fatSector, endOfChain}
	chain := func(n int) {
		for k := range n {
			next := uint32(len(fat) + 1)
			if k == n-1 {
				next = endOfChain
			}
			fat = append(fat, next)
		}
	}
	chain(dirSectors)
	entries[0].start, entries[0].size = uint32(2+dirSectors), uint64(len(body))
	chain(bodySectors)

	var out bytes.Buffer
	le := func(v any) { _ = binary.Write(&out, binary.LittleEndian, v) }
	out.WriteString("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	out.Write(make([]byte, 16))
	le([]uint16{0x3e, 3, 0xfffe, 9, 6, 0, 0, 0})
	le([]uint32{0, 1, 2, 0, 4096, 1, 1, endOfChain, 0, 0})
	for range 108 {
		le(uint32(freeSector))
	}
	pad := func(list []uint32) {
		le(list)
		for k := len(list); k < sector/4; k++ {
			le(uint32(freeSector))
		}
	}
	pad(fat)
	pad(miniFAT)
	for _, e := range entries {
		name := utf16le(e.name)
		out.Write(append(name, make([]byte, 64-len(name))...))
		le(uint16(len(name) + 2))
		out.Write([]byte{e.kind, 1})
		le([]uint32{noEntry, e.right, e.child})
		out.Write(make([]byte, 36))
		le(e.start)
		le(e.size)
	}
	out.Write(make([]byte, dirSectors*sector-len(entries)*128))
	out.Write(append(body, make([]byte, bodySectors*sector-len(body))...))
	return out.Bytes()
}
