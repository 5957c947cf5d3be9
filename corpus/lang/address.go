package lang

import "strings"

// address emits the address of a page or a host at i as a compound, and
// returns its end; i if none begins there. Path and query go word by word.
func (t *tokenizer) address(i int) (end int) {
	if t.text[i] >= 0x80 {
		return i
	}
	return t.host(i)
}

// isHostEnd reports whether a label is one by which a dotted name is known as
// a host. The country codes of our sources stand beside the generic ones.
func isHostEnd(label string) bool {
	switch label {
	case "com", "org", "net", "int", "gov", "edu", "info", "kz", "ru", "uk", "eu", "de", "fr", "ua", "kg", "uz", "io", "me":
		return true
	}
	return false
}

// host emits a dotted name such as "adilet.zan.kz": joined, then its labels.
func (t *tokenizer) host(i int) (end int) {
	end = i
	var labels [maxParts][2]int
	n := 0
	for {
		k := end
		for k < len(t.text) && k-i <= maxAtom && isHostByte(t.text[k]) {
			k++
		}
		if k == end || n == maxParts || k-i > maxAtom {
			return i
		}
		labels[n] = [2]int{end, k}
		n++
		end = k
		if k+1 >= len(t.text) || t.text[k] != '.' || !isHostByte(t.text[k+1]) {
			break
		}
		end = k + 1
	}
	last := t.text[labels[n-1][0]:labels[n-1][1]]
	if n < 2 || !isHostEnd(strings.ToLower(last)) || t.continues(end) {
		return i
	}
	t.add(Token{Start: i, End: end, Form: Fold(t.text[i:end]), Joined: true})
	for _, l := range labels[:n] {
		t.emit(l[0], l[1], true, true)
	}
	return end
}

func isHostByte(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '-' || c == '_'
}
