package pdf

import (
	"bytes"
	"compress/lzw"
	"fmt"
	"strings"
	"testing"
)

// ops prints the operators of a content stream with their operands.
func ops(content string) string {
	var sb strings.Builder
	l := &lexer{b: []byte(content)}
	for {
		op, args, ok := l.next()
		if !ok {
			return strings.TrimSpace(sb.String())
		}
		for _, a := range args {
			sb.WriteString(printOperand(a) + " ")
		}
		sb.Write(op)
		sb.WriteString("; ")
	}
}

func printOperand(a operand) string {
	switch a.kind {
	case opNumber:
		return fmt.Sprint(a.num)
	case opName:
		return "/" + string(a.str)
	case opString:
		return fmt.Sprintf("%q", a.str)
	case opArray:
		parts := make([]string, 0, len(a.arr))
		for _, x := range a.arr {
			parts = append(parts, printOperand(x))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case opOther:
	}
	return "-"
}

func TestLexer(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"1 -2.5 .5 4. Td", "1 -2.5 0.5 4 Td;", "numbers"},
		{"--5 1-2 6e3 w", "-5 1 6 w;", "numbers that are none count as their beginning"},
		{"(a(b)c\\)\\101\\\nd) Tj", `"a(b)c)Ad" Tj;`, "nesting, escapes, an octal, a line that goes on"},
		{"(a\r\nb) Tj", `"a\nb" Tj;`, "an end of line is a line feed"},
		{"<41 4> Tj", `"A@" Tj;`, "an odd hex digit is followed by 0"},
		{"/A#42 /C#zz gs", "/AB /C#zz gs;", "a name with an escape, and with none"},
		{"[(a) -5 [1] x (b)] TJ", `["a" -5 [1] "b"] TJ;`, "a word inside an array is skipped"},
		{"/P <</A (>>) /B <<>>>> BDC", "/P - BDC;", "a dictionary counts as one operand"},
		{") > } 1 w", "1 w;", "stray delimiters"},
		{"% comment\n1 w", "1 w;", "a comment"},
		{"BI /W 1 ID \x80 EI \x90 EI\nQ", "BI; Q;", "an inline image with EI in its data"},
		{"(never closed", "", "the rest is one string"},
		{"true null false gs", "- - - gs;", "constants are operands"},
	} {
		if got := ops(tt.in); got != tt.want {
			t.Errorf("%q: got %s, want %s: %s", tt.in, got, tt.want, tt.why)
		}
	}
}

func TestCMap(t *testing.T) {
	m := parseCMap([]byte(`1 begincodespacerange <00> <7F> endcodespacerange
		1 begincodespacerange <8000> <FFFF> endcodespacerange
		2 beginbfchar <01> <049B> <02> <00660069> endbfchar
		3 beginbfrange <10> <12> <0430> <20> <21> [<04D9> <0493>] <8000> <8002> <D83DDE00> endbfrange`))
	for _, tt := range []struct {
		code uint32
		want string
		why  string
	}{
		{0x01, "қ", "one character"},
		{0x02, "fi", "a ligature of two"},
		{0x12, "в", "the third of a range"},
		{0x21, "ғ", "the second of a list"},
		{0x8001, "😁", "a surrogate pair counts up"},
		{0x22, "", "behind a list"},
		{0x7F, "", "nowhere"},
	} {
		if got, _ := m.text(tt.code); got != tt.want {
			t.Errorf("text(%#x) = %q, want %q: %s", tt.code, got, tt.want, tt.why)
		}
	}
	for in, want := range map[string]int{"\x01\x80": 1, "\x80\x01": 2, "\x80": 0} {
		if got := m.length([]byte(in)); got != want {
			t.Errorf("length(%q) = %d, want %d", in, got, want)
		}
	}
}

func TestGlyphText(t *testing.T) {
	for in, want := range map[string]string{
		"A": "A", "one.os": "1", "uni049B": "қ", "uni0049004A": "IJ", "u1F600": "😀", "afii10017": "А", "afii10071": "ё",
		"afii10097": "я", "afii10103": "і", "cyrschwa": "ә", "CYRKDSC": "Қ", "f_f_i": "ﬃ", "T_h": "Th", "quotedblleft": "“",
		"eacute": "é", "scedilla": "ş", "minus": "−", "g123": "", "uniD800": "", "": "",
	} {
		if got := glyphText(in); got != want {
			t.Errorf("glyphText(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestEncodings(t *testing.T) {
	for _, tt := range []struct {
		name string
		enc  *encoding
		code int
		want string
	}{
		{"WinAnsi", winAnsi(), 0x93, "“"},
		{"WinAnsi", winAnsi(), 0xAD, "-"},
		{"Mac", baseEncoding("MacRomanEncoding"), 0x8E, "é"},
		{"Standard", standardEncoding(), 0x27, "’"},
		{"Standard", standardEncoding(), 0xB7, "•"},
		{"Standard", standardEncoding(), 0xE1, "Æ"},
		{"Standard", standardEncoding(), 0xFB, "ß"},
		{"Symbol", symbolEncoding(), 'a', "α"},
		{"Type 1", type1Encoding([]byte("/Encoding 256 array dup 65 /afii10018 put readonly def eexec dup 66 /B put")), 65, "Б"},
	} {
		if got := tt.enc[tt.code]; got != tt.want {
			t.Errorf("%s %#x = %q, want %q", tt.name, tt.code, got, tt.want)
		}
	}
}

func TestFilters(t *testing.T) {
	var z bytes.Buffer
	w := lzw.NewWriter(&z, lzw.MSB, 8) // no early change, as in GIF, but high bits first
	_, _ = w.Write([]byte(sentence))   // a Buffer never fails
	_ = w.Close()
	late, _ := unLZW(z.Bytes(), false, maxDecoded)
	early, _ := unLZW([]byte{0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01}, true, maxDecoded)
	run, _ := unRunLength([]byte{2, 'a', 'b', 'c', 254, 'x', 128, 'z'}, maxDecoded)
	a85, _ := un85([]byte("<~87cURD_*#TDfTZ)~>"), maxDecoded)
	for _, tt := range []struct{ name, got, want string }{
		{"LZW", string(late), sentence},
		{"LZW early", string(early), "-----A---B"}, // the example of ISO 32000-1, 7.4.4.2
		{"RunLength", string(run), "abcxxx"},
		{"ASCII85", string(a85), "Hello, world"},
		{"ASCIIHex", string(unhex([]byte("48 65 6C6c6F7>x"))), "Hellop"},
		{"PNG", string(undoPNG([]byte{1, 'a', 1, 1, 2, 0, 0, 1}, 1, 3)), "abcabd"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
	if b, err := unRunLength(bytes.Repeat([]byte{129, 'x'}, 100), 1000); len(b) != 1000 || err == nil {
		t.Errorf("a bomb gave %d bytes and error %v, want 1000 and an error", len(b), err)
	}
}

func TestStandardWidths(t *testing.T) {
	for _, tt := range []struct {
		font string
		code int
		want float64
	}{
		{"Helvetica", ' ', 278},
		{"ABCDEF+Arial-BoldMT", 'A', 722},
		{"TimesNewRomanPS-BoldItalicMT", 'M', 889},
		{"Times-Roman", 0xE9, 444},
		{"Courier-Oblique", 'i', 600},
	} {
		if got := standardWidths(tt.font)[tt.code]; got != tt.want {
			t.Errorf("width of %#x in %s = %g, want %g", tt.code, tt.font, got, tt.want)
		}
	}
	if standardWidths("Verdana") != nil {
		t.Error("Verdana has widths, and is no standard font")
	}
}
