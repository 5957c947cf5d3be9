package pdf

import (
	"bytes"
	"regexp"
	"strconv"
)

// maxFontFile is how many bytes of a font program are read.
const maxFontFile = 4 << 20

var type1Code = regexp.MustCompile(`dup\s+(\d{1,3})\s*/([^\s/]+)\s+put`)

// type1Encoding reads the encoding vector in the clear part of a Type 1 font
// program: lines like "dup 65 /A put". It returns nil when there is none.
func type1Encoding(b []byte) *encoding {
	if i := bytes.Index(b, []byte("eexec")); i >= 0 {
		b = b[:i]
	}
	i := bytes.Index(b, []byte("/Encoding"))
	if i < 0 {
		return nil
	}
	b = b[i:]
	if bytes.HasPrefix(bytes.TrimLeft(b[len("/Encoding"):], " \r\n\t"), []byte("StandardEncoding")) {
		return standardEncoding()
	}
	e := new(encoding)
	found := false
	for _, m := range type1Code.FindAllSubmatch(b, 512) {
		if code, err := strconv.Atoi(string(m[1])); err == nil && code < len(e) {
			e[code] = glyphText(string(m[2]))
			found = true
		}
	}
	if !found {
		return nil
	}
	return e
}
