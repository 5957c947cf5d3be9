package charset

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFloorEncodings decodes beginnings of real texts, which are no part of the
// project, in every set that the field meets.
func TestFloorEncodings(t *testing.T) {
	dir := os.Getenv("DALEL_EVAL_DATA")
	if dir == "" {
		t.Skip("measured when DALEL_EVAL_DATA names the folder of the evaluation data; .ci/eval sets it, which .ci/run calls")
	}
	right, all := 0, 0
	for _, lang := range []struct {
		prefix string
		sets   []string
	}{{"ru", []string{CP1251, KOI8R, CP866, KZ1048, PT154}}, {"kk", []string{KZ1048, PT154}}} {
		files, err := filepath.Glob(filepath.Join(dir, "documents", lang.prefix+"_*.txt"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no texts: %v", err)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, text, _ := strings.Cut(string(b), "\n---\n") // after its head
			if text == "" {
				text = string(b)
			}
			rs := []rune(text)
			for _, n := range []int{120, 600, 3000} {
				s := string(rs[:min(n, len(rs))])
				for _, set := range lang.sets {
					in, want := in8(s, set)
					all++
					if got := Decode(in, ""); got.String == want {
						right++
					} else {
						t.Logf("%s, %d letters in %s: taken for %s", filepath.Base(file), n, set, got.Name)
					}
				}
				for _, big := range []bool{false, true} {
					all++
					if got := Decode(encode16(s, big), ""); got.String == s {
						right++
					} else {
						t.Logf("%s, %d letters in UTF-16: taken for %s", filepath.Base(file), n, got.Name)
					}
				}
			}
		}
	}
	t.Logf("%d of %d samples decoded right", right, all)
	if right*1000 < all*995 {
		t.Errorf("%d of %d samples are decoded right, want 99.5 %%", right, all)
	}
}

// in8 encodes what a set has of s, and returns that too.
func in8(s, set string) (encoded []byte, kept string) {
	codes := map[rune]byte{}
	for c := range 256 {
		codes[DecodeByte(set, byte(c))] = byte(c)
	}
	var b strings.Builder
	for _, r := range s {
		if c, ok := codes[r]; ok && r != '\ufffd' {
			encoded = append(encoded, c)
			b.WriteRune(r)
		}
	}
	return encoded, b.String()
}
