package charset

import (
	"testing"
	"unicode/utf8"
)

// encode8 writes s in an 8-bit set.
func encode8(t *testing.T, s, name string) []byte {
	t.Helper()
	high := tableOf(name)
	var b []byte
next:
	for _, r := range s {
		if r < utf8.RuneSelf {
			b = append(b, byte(r))
			continue
		}
		for i, h := range high {
			if h == r {
				b = append(b, byte(0x80+i))
				continue next
			}
		}
		t.Fatalf("%s has no %q", name, r)
	}
	return b
}

func encode16(s string, big bool) []byte {
	var b []byte
	for _, r := range s {
		lo, hi := byte(r), byte(r>>8)
		if big {
			lo, hi = hi, lo
		}
		b = append(b, lo, hi)
	}
	return b
}

const (
	ru = "Суд установил, что обвиняемый Коныртауов Д. не участвовал в собрании."
	kk = "Сот айыпталушының жиынға қатыспағанын және өзінің үйінде болғанын анықтады."
	en = "The court found that the “accused” did not take part – he was at home."
)

func TestDecode(t *testing.T) {
	for _, tt := range []struct{ name, text, set, declared, why string }{
		{"ru cp1251", ru, CP1251, "", "the usual Windows set"},
		{"ru cp1251 said to be utf-8", ru, CP1251, "utf-8", "a declared set that cannot be is not believed"},
		{"ru koi8", ru, KOI8R, "", "old mail and web pages"},
		{"ru 866", ru, CP866, "", "DOS files"},
		{"ru cp1251 short", "Решение", CP1251, "", "one word is enough"},
		{"ru koi8 short", "Решение", KOI8R, "", "one word is enough"},
		{"ru 866 caps", "ПРИГОВОР ИМЕНЕМ РЕСПУБЛИКИ", CP866, "", "capitals only"},
		{"ru koi8 caps", "ПРИГОВОР ИМЕНЕМ РЕСПУБЛИКИ", KOI8R, "", "capitals look like small letters in KOI8-R"},
		{"ru cp1251 caps", "ПРИГОВОР ИМЕНЕМ РЕСПУБЛИКИ", CP1251, "", "capitals only"},
		{"kk kz1048", kk, KZ1048, "", "the Kazakh standard"},
		{"kk pt154", kk, PT154, "", "ParaType's set"},
		{"kk kz1048 as cp1251", kk, KZ1048, "windows-1251", "pages in KZ-1048 say windows-1251"},
		{"kk kz1048 caps", "ҚАЗАҚСТАН РЕСПУБЛИКАСЫНЫҢ АТЫНАН ҮКІМ", KZ1048, "", "capitals only"},
		{"en cp1251", en, CP1251, "", "quotes and dashes are the same in windows-1251 and -1252"},
		{"en cp1251 signs", "Article 44 § 2 and Article 8 § 1 of the Convention, see § 45 below.", CP1251, "", "a sign of sections is no Cyrillic letter"},
		{"fr cp1252", "Le détenu a été libéré à Genève.", CP1252, "", "accents inside Latin words"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Decode(encode8(t, tt.text, tt.set), tt.declared)
			if got.String != tt.text || got.Damaged != 0 {
				t.Errorf("Decode = %q in %s, want %q in %s: %s", got.String, got.Name, tt.text, tt.set, tt.why)
			}
		})
	}
}

func TestDecodeUnicode(t *testing.T) {
	for _, tt := range []struct {
		name string
		in   []byte
		want string
		set  string
		why  string
	}{
		{"utf-8", []byte(kk), kk, UTF8, "plain"},
		{"utf-8 mark", []byte("\ufeff" + kk), kk, UTF8, "the mark is not text"},
		{"utf-8 cut", []byte("суд")[:5], "су\ufffd", UTF8, "cut inside the last letter"},
		{"utf-16le mark", append([]byte("\xff\xfe"), encode16(ru, false)...), ru, UTF16LE, "Notepad's Unicode"},
		{"utf-16be mark", append([]byte("\xfe\xff"), encode16(kk, true)...), kk, UTF16BE, "the other order"},
		{"utf-16le", encode16("Решение суда", false), "Решение суда", UTF16LE, "short Russian without a mark passes for UTF-8 unless NULs are looked at first"},
		{"utf-16be", encode16("Решение суда", true), "Решение суда", UTF16BE, "the other order"},
		{"utf-16le en", encode16("The court", false), "The court", UTF16LE, "every other byte is NUL"},
		{"ascii", []byte("The court"), "The court", UTF8, "ASCII is UTF-8"},
		{"empty", nil, "", UTF8, "nothing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Decode(tt.in, "")
			if got.String != tt.want || got.Name != tt.set {
				t.Errorf("Decode = %q in %s, want %q in %s: %s", got.String, got.Name, tt.want, tt.set, tt.why)
			}
		})
	}
}

func TestTables(t *testing.T) {
	base := tableOf(CP1251)
	for _, tt := range []struct {
		set  string
		want int
	}{{KZ1048, 16}, {PT154, 36}} {
		n := 0
		for i, r := range tableOf(tt.set) {
			if r == 0 {
				t.Errorf("%s has no character at %#x", tt.set, 0x80+i)
			}
			if r != base[i] {
				n++
			}
		}
		if n != tt.want {
			t.Errorf("%s differs from windows-1251 in %d bytes, want %d", tt.set, n, tt.want)
		}
	}
	if len(pairs) != len([]rune(pairLetters)) {
		t.Errorf("%d rows of pairs for %d letters", len(pairs), len([]rune(pairLetters)))
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(kk), "")
	f.Add([]byte("\xff\xfe\x04"), "koi8-r")
	f.Fuzz(func(t *testing.T, b []byte, declared string) {
		got := Decode(b, declared)
		if !utf8.ValidString(got.String) {
			t.Errorf("Decode(%q) is not UTF-8", b)
		}
		if again := Decode(b, declared); again != got {
			t.Errorf("Decode(%q) differs from run to run", b)
		}
	})
}
