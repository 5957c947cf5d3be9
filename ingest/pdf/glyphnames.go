package pdf

import (
	"maps"
	"strconv"
	"strings"
	"sync"
)

// Names of glyphs by code point, after the Adobe Glyph List: each list names
// consecutive code points, "-" leaves one out. The Cyrillic names of TeX's T2A
// fonts are added, since the Glyph List has none for Kazakh.
var glyphRanges = []struct {
	first rune
	names string
}{
	{0x20, "space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk plus comma " +
		"hyphen period slash zero one two three four five six seven eight nine colon semicolon less equal greater question at"},
	{'[', "bracketleft backslash bracketright asciicircum underscore grave"},
	{'{', "braceleft bar braceright asciitilde"},
	{0xA0, "nbspace exclamdown cent sterling currency yen brokenbar section dieresis copyright ordfeminine guillemotleft " +
		"logicalnot sfthyphen registered macron degree plusminus twosuperior threesuperior acute mu paragraph periodcentered " +
		"cedilla onesuperior ordmasculine guillemotright onequarter onehalf threequarters questiondown Agrave Aacute " +
		"Acircumflex Atilde Adieresis Aring AE Ccedilla Egrave Eacute Ecircumflex Edieresis Igrave Iacute Icircumflex " +
		"Idieresis Eth Ntilde Ograve Oacute Ocircumflex Otilde Odieresis multiply Oslash Ugrave Uacute Ucircumflex " +
		"Udieresis Yacute Thorn germandbls agrave aacute acircumflex atilde adieresis aring ae ccedilla egrave eacute " +
		"ecircumflex edieresis igrave iacute icircumflex idieresis eth ntilde ograve oacute ocircumflex otilde odieresis " +
		"divide oslash ugrave uacute ucircumflex udieresis yacute thorn ydieresis"},
	{0x100, "Amacron amacron Abreve abreve Aogonek aogonek Cacute cacute Ccircumflex ccircumflex Cdotaccent cdotaccent " +
		"Ccaron ccaron Dcaron dcaron Dcroat dcroat Emacron emacron Ebreve ebreve Edotaccent edotaccent Eogonek eogonek " +
		"Ecaron ecaron Gcircumflex gcircumflex Gbreve gbreve Gdotaccent gdotaccent Gcommaaccent gcommaaccent Hcircumflex " +
		"hcircumflex Hbar hbar Itilde itilde Imacron imacron Ibreve ibreve Iogonek iogonek Idotaccent dotlessi IJ ij " +
		"Jcircumflex jcircumflex Kcommaaccent kcommaaccent kgreenlandic Lacute lacute Lcommaaccent lcommaaccent Lcaron " +
		"lcaron Ldot ldot Lslash lslash Nacute nacute Ncommaaccent ncommaaccent Ncaron ncaron napostrophe Eng eng Omacron " +
		"omacron Obreve obreve Ohungarumlaut ohungarumlaut OE oe Racute racute Rcommaaccent rcommaaccent Rcaron rcaron " +
		"Sacute sacute Scircumflex scircumflex Scedilla scedilla Scaron scaron Tcommaaccent tcommaaccent Tcaron tcaron " +
		"Tbar tbar Utilde utilde Umacron umacron Ubreve ubreve Uring uring Uhungarumlaut uhungarumlaut Uogonek uogonek " +
		"Wcircumflex wcircumflex Ycircumflex ycircumflex Ydieresis Zacute zacute Zdotaccent zdotaccent Zcaron zcaron longs"},
	{0x192, "florin"},
	{0x218, "Scommaaccent scommaaccent"},
	{0x2C6, "circumflex caron"},
	{0x2D8, "breve dotaccent ring ogonek tilde hungarumlaut"},
	{0x391, "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau Upsilon Phi Chi Psi Omega"},
	{0x3B1, "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda - nu xi omicron pi rho sigma1 sigma tau upsilon phi chi psi omega"},
	{0x2013, "endash emdash - - underscoredbl quoteleft quoteright quotesinglbase quotereversed quotedblleft quotedblright quotedblbase"},
	{0x2020, "dagger daggerdbl bullet - - - ellipsis"},
	{0x2030, "perthousand"},
	{0x2032, "minute second"},
	{0x2039, "guilsinglleft guilsinglright"},
	{0x2044, "fraction"},
	{0x20AC, "Euro"},
	{0x2122, "trademark"},
	{0x2116, "afii61352"},
	{0x2202, "partialdiff"},
	{0x2211, "summation minus"},
	{0x221A, "radical"},
	{0x2260, "notequal"},
	{0x2264, "lessequal greaterequal"},
	{0x25A0, "filledbox"},
	{0x25CA, "lozenge"},
	{0x25CF, "H18533"},
	{0xFB00, "ff fi fl ffi ffl"},
	{0x410, "CYRA CYRB CYRV CYRG CYRD CYRE CYRZH CYRZ CYRI CYRISHRT CYRK CYRL CYRM CYRN CYRO CYRP CYRR CYRS CYRT CYRU CYRF CYRH " +
		"CYRC CYRCH CYRSH CYRSHCH CYRHRDSN CYRERY CYRSFTSN CYREREV CYRYU CYRYA cyra cyrb cyrv cyrg cyrd cyre cyrzh cyrz " +
		"cyri cyrishrt cyrk cyrl cyrm cyrn cyro cyrp cyrr cyrs cyrt cyru cyrf cyrh cyrc cyrch cyrsh cyrshch cyrhrdsn " +
		"cyrery cyrsftsn cyrerev cyryu cyrya"},
	{0x401, "CYRYO"},
	{0x406, "CYRII"},
	{0x451, "cyryo"},
	{0x456, "cyrii"},
	{0x492, "CYRGHCRS cyrghcrs"},
	{0x49A, "CYRKDSC cyrkdsc"},
	{0x4A2, "CYRNDSC cyrndsc"},
	{0x4AE, "CYRY cyry CYRYHCRS cyryhcrs"},
	{0x4BA, "CYRSHHA cyrshha"},
	{0x4D8, "CYRSCHWA cyrschwa"},
	{0x4E8, "CYROTLD cyrotld"},
}

// Cyrillic in the Glyph List is numbered: afii10017 is А, afii10065 is а.
const (
	afiiUpper = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯҐЂЃЄЅІЇЈЉЊЋЌЎ" // from 10017
	afiiLower = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяґђѓєѕіїјљњћќў" // from 10065
)

// glyphAliases are second names.
var glyphAliases = map[string]rune{
	"nonbreakingspace": 0xA0, "softhyphen": 0xAD, "middot": 0xB7, "bulletoperator": 0x2219, "overscore": 0xAF, "Dslash": 0x110,
	"dslash": 0x111, "Idot": 0x130, "tcedilla": 0x163, "Tcedilla": 0x162, "euro": 0x20AC, "afii10145": 'Џ', "afii10193": 'џ',
	"Omegagreek": 0x3A9, "Deltagreek": 0x394, "mugreek": 0x3BC, "dotlessj": 0x237, "nbsp": 0xA0, "increment": 0x2206,
	"hyphentwo": 0x2010, "f_f": 0xFB00, "f_i": 0xFB01, "f_l": 0xFB02, "f_f_i": 0xFB03, "f_f_l": 0xFB04, "rupiah": 0x20A8,
}

var glyphNames = sync.OnceValue(func() map[string]rune {
	m := make(map[string]rune, 1024)
	for _, r := range glyphRanges {
		at := r.first
		for n := range strings.FieldsSeq(r.names) {
			if n != "-" {
				m[n] = at
			}
			at++
		}
	}
	for c := 'A'; c <= 'Z'; c++ {
		m[string(c)], m[string(c+'a'-'A')] = c, c+'a'-'A'
	}
	for i, r := range []rune(afiiUpper) {
		m["afii"+strconv.Itoa(10017+i)] = r
	}
	for i, r := range []rune(afiiLower) {
		m["afii"+strconv.Itoa(10065+i)] = r
	}
	maps.Copy(m, glyphAliases)
	return m
})

// glyphText returns what a glyph name means, "" if that is unknown. A suffix
// after a dot names a variant of the same letter: one.os, a.sc.
func glyphText(n string) string {
	if i := strings.IndexByte(n, '.'); i > 0 {
		n = n[:i]
	}
	if r, ok := glyphNames()[n]; ok {
		return string(r)
	}
	if s, ok := strings.CutPrefix(n, "uni"); ok && len(s) >= 4 && len(s)%4 == 0 {
		return hexText(s, 4)
	}
	if s, ok := strings.CutPrefix(n, "u"); ok && len(s) >= 4 && len(s) <= 6 {
		return hexText(s, len(s))
	}
	if strings.Contains(n, "_") && len(n) < 64 {
		return ligatureText(n)
	}
	return ""
}

// ligatureText returns the text of the parts of a name joined by "_".
func ligatureText(n string) string {
	var sb strings.Builder
	for part := range strings.SplitSeq(n, "_") {
		r, ok := glyphNames()[part]
		if !ok {
			return ""
		}
		sb.WriteRune(r)
	}
	return sb.String()
}

// hexText decodes groups of hex digits to code points.
func hexText(s string, group int) string {
	var sb strings.Builder
	for ; len(s) >= group; s = s[group:] {
		v, err := strconv.ParseUint(s[:group], 16, 32)
		if err != nil || v > 0x10FFFF || v >= 0xD800 && v < 0xE000 {
			return ""
		}
		sb.WriteRune(rune(v))
	}
	return sb.String()
}
