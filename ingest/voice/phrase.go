package voice

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"dalel/corpus/lang"
)

// A phrase is a run of words as forms write them, after the fold. In its
// notation words are divided by blanks, and
//
//	a|b    stands for either word
//	word*  for any word that begins so
//	[word] for a word that may be left out
//	…      for up to maxGap words
type phrase []slot

// slot is one place of a phrase.
type slot struct {
	words    []string // any of them
	begins   []string // or what begins with any of these
	optional bool
	gap      bool
}

// maxGap is how many words a gap may leave out.
const maxGap = 8

// set is a list of phrases, found by the words that they can begin with.
type set struct {
	all     []phrase
	byWord  map[string][]phrase
	byStem  map[string][]stemmed // by the first stemKey bytes of the stem
	waiting string               // the list, until it is first used
	once    sync.Once
}

// stemmed is a phrase that can begin with a word that begins with a stem.
type stemmed struct {
	stem   string
	phrase phrase
}

// stemKey is how many bytes of a stem are looked up: two Cyrillic letters.
const stemKey = 4

// phrases makes a set of a list of phrases divided by semicolons. It is read
// when it is first used: a document needs the forms of one kind only.
func phrases(list string) *set { return &set{waiting: list} }

func (s *set) read() {
	s.byWord, s.byStem = map[string][]phrase{}, map[string][]stemmed{}
	for p := range strings.SplitSeq(s.waiting, ";") {
		if p = strings.TrimSpace(p); p != "" {
			s.add(parsePhrase(p))
		}
	}
}

// add files a phrase under each word that it can begin with.
func (s *set) add(p phrase) {
	s.all = append(s.all, p)
	for i := range p {
		for _, w := range p[i].words {
			s.byWord[w] = append(s.byWord[w], p)
		}
		for _, b := range p[i].begins {
			key := b[:min(stemKey, len(b))] // stems are of two letters and more
			s.byStem[key] = append(s.byStem[key], stemmed{b, p})
		}
		if p[i].gap { // any word: those that are left are few
			s.byStem[""] = append(s.byStem[""], stemmed{"", p})
		}
		if !p[i].optional {
			return
		}
	}
}

// match reports whether ws begins with a phrase of the set, and how many words
// the longest has.
func (s *set) match(ws []string) (longest int, ok bool) {
	s.each(ws, func(p phrase) {
		if n, is := p.match(ws); is {
			longest, ok = max(longest, n), true
		}
	})
	return longest, ok
}

// has reports whether ws begins with a phrase of the set.
func (s *set) has(ws []string) bool {
	_, ok := s.match(ws)
	return ok
}

// whole reports whether ws is a phrase of the set.
func (s *set) whole(ws []string) (ok bool) {
	s.each(ws, func(p phrase) { ok = ok || p.whole(ws) })
	return ok
}

// each calls f with the phrases that can begin with the first of ws.
func (s *set) each(ws []string, f func(phrase)) {
	if s == nil || len(ws) == 0 {
		return
	}
	s.once.Do(s.read)
	first := ws[0]
	for _, p := range s.byWord[first] {
		f(p)
	}
	if len(s.byStem) == 0 {
		return
	}
	for n := 0; n <= min(stemKey, len(first)); n++ {
		for _, c := range s.byStem[first[:n]] {
			if strings.HasPrefix(first, c.stem) {
				f(c.phrase)
			}
		}
	}
}

func parsePhrase(s string) phrase {
	var p phrase
	for w := range strings.FieldsSeq(s) {
		if w == "…" {
			p = append(p, slot{gap: true})
			continue
		}
		var one slot
		if inner, ok := strings.CutPrefix(w, "["); ok {
			one.optional, w = true, strings.TrimSuffix(inner, "]")
		}
		for alt := range strings.SplitSeq(w, "|") {
			if stem, ok := strings.CutSuffix(alt, "*"); ok {
				one.begins = append(one.begins, lang.Fold(stem))
			} else {
				one.words = append(one.words, lang.Fold(alt))
			}
		}
		p = append(p, one)
	}
	return p
}

func (s *slot) is(word string) bool {
	if slices.Contains(s.words, word) {
		return true
	}
	for _, b := range s.begins {
		if strings.HasPrefix(word, b) {
			return true
		}
	}
	return false
}

// match reports whether ws begins with p, and how many words that are.
func (p phrase) match(ws []string) (n int, ok bool) {
	if len(p) == 0 {
		return 0, true
	}
	if p[0].gap {
		for skip := 0; skip <= min(maxGap, len(ws)); skip++ {
			if n, ok := p[1:].match(ws[skip:]); ok {
				return skip + n, true
			}
		}
		return 0, false
	}
	if len(ws) > 0 && p[0].is(ws[0]) {
		if n, ok := p[1:].match(ws[1:]); ok {
			return n + 1, true
		}
	}
	if p[0].optional {
		return p[1:].match(ws)
	}
	return 0, false
}

// whole reports whether ws is p, from the first word to the last.
func (p phrase) whole(ws []string) bool {
	if len(p) == 0 {
		return len(ws) == 0
	}
	if p[0].gap {
		for skip := 0; skip <= min(maxGap, len(ws)); skip++ {
			if p[1:].whole(ws[skip:]) {
				return true
			}
		}
		return false
	}
	return len(ws) > 0 && p[0].is(ws[0]) && p[1:].whole(ws[1:]) || p[0].optional && p[1:].whole(ws)
}

// maxWords is how many words of a paragraph are looked at: who speaks in it is
// said in its first sentence.
const maxWords = 60

// line is the beginning of a paragraph, in folded words.
type line struct {
	words    []string
	commas   []bool // whether a comma follows the word
	sentence int    // words of the first sentence
	last     string // the last word of the paragraph, letters set apart joined
	colon    bool   // the paragraph ends in a colon
	stop     bool   // or in another sign that ends or divides a sentence
	whole    bool   // all its words are in words
	bullet   bool   // it begins with the sign of a point
	quote    bool   // or with a quotation mark
	upper    bool   // its first letter is a capital
	lead     string // the words before a colon near its beginning: who is speaking in a record
}

// newLine reads a paragraph, without its printed number.
func newLine(text, label string) line {
	text = strings.TrimSpace(text)
	if rest, ok := strings.CutPrefix(text, label); ok && label != "" {
		text = strings.TrimLeft(rest, ".)] \u00a0\t")
	}
	l := line{whole: true}
	first, _ := utf8.DecodeRuneInString(text)
	l.bullet = strings.ContainsRune("-–—•·*‣◦▪●○■□►", first)
	l.quote = strings.ContainsRune("“\"«„‘", first)
	l.upper = unicode.IsUpper(first)
	l.readWords(text)
	if l.sentence == 0 {
		l.sentence = len(l.words)
	}
	l.readEnd(text)
	return l
}

func (l *line) readWords(text string) {
	sentenceOpen := true
	for len(text) > 0 {
		text = strings.TrimLeftFunc(text, unicode.IsSpace)
		end := strings.IndexFunc(text, unicode.IsSpace)
		if end < 0 {
			end = len(text)
		}
		raw := text[:end]
		text = text[end:]
		if len(l.words) == maxWords {
			l.whole = false
			return
		}
		if w := plain(raw); w != "" {
			l.words = append(l.words, w)
			l.commas = append(l.commas, strings.HasSuffix(raw, ","))
		}
		if sentenceOpen && ends(raw) && startsUpper(text) {
			l.sentence, sentenceOpen = len(l.words), false
		}
		if l.lead == "" && len(l.words) <= maxLead && strings.HasSuffix(raw, ":") && text != "" {
			l.lead = strings.Join(l.words, " ")
		}
	}
	if joined := joinSpaced(l.words); len(joined) != len(l.words) {
		l.words, l.commas = joined, make([]bool, len(joined))
		l.sentence = min(l.sentence, len(joined))
	}
}

// maxLead is how many words may name a speaker in a record: "Мемлекеттік
// айыптаушы, қала прокуроры Е. С. Жыңғылбеков:".
const maxLead = 8

// readEnd looks at how the paragraph ends.
func (l *line) readEnd(text string) {
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	r, _ := utf8.DecodeLastRuneInString(text)
	l.colon = r == ':'
	l.stop = strings.ContainsRune(".;:,!?…”»", r)
	tail := text[strings.LastIndexByte(text[:max(0, len(text)-1)], ' ')+1:]
	l.last = plain(tail)
	if utf8.RuneCountInString(l.last) <= 2 { // П Р И Г О В О Р И Л:
		l.last = spacedTail(text)
	}
}

// spacedTail returns the last word of a text when its letters are set apart.
func spacedTail(text string) string {
	fields := strings.Fields(text[max(0, len(text)-maxSpaced):])
	first := len(fields)
	for first > 0 && utf8.RuneCountInString(strings.TrimFunc(fields[first-1], notLetter)) == 1 {
		first--
	}
	var b strings.Builder
	for _, w := range fields[first:] {
		b.WriteString(strings.TrimFunc(w, notLetter))
	}
	return lang.Fold(b.String())
}

// maxSpaced is how far back, in bytes, letters set apart may begin.
const maxSpaced = 80

// joinSpaced makes a word of four or more letters set apart: "П Р И Г О В О Р".
func joinSpaced(ws []string) []string {
	const least = 4
	var out []string
	for i := 0; i < len(ws); {
		j := i
		for j < len(ws) && utf8.RuneCountInString(ws[j]) == 1 && !isDigit(ws[j]) {
			j++
		}
		if j-i < least {
			out = append(out, ws[i])
			i++
			continue
		}
		out = append(out, strings.Join(ws[i:j], ""))
		i = j
	}
	return out
}

func isDigit(w string) bool { return w[0] >= '0' && w[0] <= '9' }

func notLetter(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// plain folds a word and takes its punctuation away. The apostrophe of a
// possessive stays: "the applicants' view" has no applicant as its subject.
func plain(raw string) string {
	w := strings.TrimFunc(raw, notLetter)
	if w == "" {
		return ""
	}
	possessive := false
	if at := strings.Index(raw, w) + len(w); at < len(raw) {
		r, _ := utf8.DecodeRuneInString(raw[at:])
		possessive = (r == '\'' || r == '’') && strings.HasSuffix(w, "s")
	}
	w = lang.Fold(w)
	if possessive {
		w += "'"
	}
	return w
}

// minSentenceEnd is the length, in letters, under which a word with a full
// stop is an abbreviation or an initial: "ст.", "Mr.", "З."
const minSentenceEnd = 4

// ends reports whether a word may end a sentence.
func ends(raw string) bool {
	raw = strings.TrimRight(raw, `”"»’)`)
	r, _ := utf8.DecodeLastRuneInString(raw)
	if r != '.' && r != '!' && r != '?' && r != ';' {
		return false
	}
	w := strings.TrimFunc(raw, notLetter)
	return r != '.' || utf8.RuneCountInString(w) >= minSentenceEnd
}

func startsUpper(text string) bool {
	text = strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("“\"«(", r) })
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r)
}
