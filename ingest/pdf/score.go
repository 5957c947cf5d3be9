package pdf

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"dalel/corpus"
)

// pairTable lists the pairs of letters that occur in the Universal Declaration of
// Human Rights in Russian, Kazakh and English: a letter, a colon and the letters
// that follow it; "_" is what stands between words.
const pairTable = "" +
	"_:абвгдежзиклмнопрстуфхцчшыэюяіғқүұәө а:_бвгдежзийклмнпрстухцчшщюяғқң б:авеилнорсухщъыяіүұә в:_адезиклмнорстухшыь " +
	"г:_адеилнорушыі д:_авдеиклнорстуъыяіүә е:_абвгдежзийклмнопрстуфхчшщюяң ж:абдеикночыүұә з:_абвгдезлмнорсуыіқ " +
	"и:_абвгдежзийклмнопрстфхцчшщыюяіғ й:_бдеклнрстшыіғ к:_аежиклопрстуцшыіүұәө л:_агдежикмнопстушыьюяіғқүә " +
	"м:_абгдеиклмнопстушыьяіғқүұә н:_абвгдеиностуфцчшщыьяіғұә о:_бвгдежзийклмнопрстуфхцчшщюяғ п:_аеиклнопртушыяіқ " +
	"р:_абвгдежзиклмнопрстушыяіғқ с:_авдеиклмнопрстухчшыьяіқүұө т:_абвдеикнопрстушъыьяіқүұә у:_абвгдежклмнпрстхцчшщыюіғқ " +
	"ф:аеиоф х:_аенорсу ц:_авеиы ч:аеилнтш ш:_абеикыі щ:аеиуь ъ:ея ы:_бвгдезйклмнпрстхшғқң ь:_дзикнстшюя э:ктф ю:_бдзртцчщ " +
	"я:_авгдежзклмнпстхчщюғқ ә:бджзйклмнрсту ғ:адиуы қ:_аиопстушықұ ң:_бгдмы ө:зкмнпрт ұ:дзйклмнпрстшяғқ ү:гдзйклмнрстші " +
	"і:_бгзклмнпрстшң " +
	"_:abcdefghijklmnoprstuvwx a:_bcdfgiklmnprstuvwyz b:aeijlorsuy c:_acehiklortuy d:_adeghilorsuvy e:_abcdefgiklmnopqrstvxy " +
	"f:_aefioru g:_aehinorstu h:_aeimnortuy i:_abcdefghilmnoprstvz j:eou k:_aeikns l:_adefilostuvy m:_abeilmopsu " +
	"n:_acdefghijklmnostuvy o:_bcdfghiklmnoprstuvwy p:_aeilmoprstu q:u r:_abcdefghiklmnoprstuvy s:_acdehilnoprstuy " +
	"t:_aehilmoprstuwy u:_abcdefgilmnprst v:aeio w:_aehinow x:_eimpt y:_ilmoprsw z:_ae"

// Thresholds of the account of a page.
const (
	minLetters    = 20   // fewer characters are no text that could be scored
	doubtfulScore = 0.5  // below it the text is doubtful
	stampImage    = 0.5  // an image of this share of the page is a scan
	stampWords    = 60   // with fewer words over it they may be a stamp
	longWord      = 28   // letters; no word of the three languages has more
	unknownShare  = 0.05 // codes without text that make a page doubtful
	drawnLetters  = 24   // lines and curves that may be letters drawn as outlines: three or four letters
)

var pairs = sync.OnceValue(func() map[[2]rune]bool {
	m := map[[2]rune]bool{}
	blank := func(r rune) rune {
		if r == '_' {
			return ' '
		}
		return r
	}
	for entry := range strings.FieldsSeq(pairTable) {
		first, rest, _ := strings.Cut(entry, ":")
		a, _ := utf8.DecodeRuneInString(first)
		for _, b := range rest {
			m[[2]rune{blank(a), blank(b)}] = true
		}
	}
	return m
})

// score says how likely s is text of our languages, from 0 to 1: the share of
// its letter pairs that occur in a sample, lowered by bad characters, words of
// two scripts, words of one letter and words without end.
func score(s string) float64 {
	var t tally
	for w := range strings.FieldsFuncSeq(s, unicode.IsSpace) {
		t.word(w)
	}
	if t.chars < minLetters || t.pairs == 0 {
		return 0
	}
	words := float64(max(1, t.words))
	v := float64(t.hits) / float64(t.pairs)
	v *= 1 - min(1, 5*float64(t.bad)/float64(t.chars))
	v *= 1 - min(1, 4*float64(t.mixed)/words)
	v *= 1 - max(0, float64(t.single)/words-0.25)
	v *= 1 - min(1, 8*float64(t.long)/words)
	return math.Round(v*1000) / 1000
}

// tally counts what score needs.
type tally struct {
	chars, bad                 int
	pairs, hits                int
	words, mixed, single, long int
}

// word counts what stands between two blanks.
func (t *tally) word(w string) {
	prev, inWord, latin, cyrillic := ' ', 0, false, false
	known := pairs()
	step := func(r rune) {
		if r == ' ' && prev == ' ' {
			return
		}
		t.pairs++
		if known[[2]rune{prev, r}] {
			t.hits++
		}
		prev = r
	}
	end := func() {
		if inWord == 0 {
			return
		}
		step(' ')
		t.endWord(inWord, latin && cyrillic)
		inWord, latin, cyrillic = 0, false, false
	}
	for _, r := range foldLookalikes(w) {
		t.chars++
		if isBad(r) {
			t.bad++
		}
		if !unicode.IsLetter(r) {
			end()
			continue
		}
		inWord++
		latin = latin || unicode.Is(unicode.Latin, r)
		cyrillic = cyrillic || unicode.Is(unicode.Cyrillic, r)
		step(unicode.ToLower(r))
	}
	end()
}

func (t *tally) endWord(n int, mixed bool) {
	t.words++
	switch {
	case n == 1:
		t.single++
	case n > longWord:
		t.long++
	}
	if mixed {
		t.mixed++
	}
}

func isBad(r rune) bool {
	return r == utf8.RuneError || r >= 0xE000 && r <= 0xF8FF || r < ' ' && r != '\t' || r >= 0x7F && r < 0xA0
}

// lookalikes are Latin letters that stand for Cyrillic ones in Kazakh and
// Russian texts typed on the wrong keyboard. Official Kazakh texts have the
// Latin i throughout.
const (
	lookalikes = "iaceopxykhIABCEHKMOPTX"
	lookedLike = "іасеорхукһІАВСЕНКМОРТХ"
)

// foldLookalikes replaces Latin look-alikes in a word that has Cyrillic
// letters.
func foldLookalikes(w string) string {
	if !strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
		return w
	}
	to := []rune(lookedLike)
	return strings.Map(func(r rune) rune {
		if i := strings.IndexRune(lookalikes, r); i >= 0 && r < utf8.RuneSelf {
			return to[i]
		}
		return r
	}, w)
}

// account judges a page by its text.
func (p *page) account(s string) corpus.Page {
	a := corpus.Page{No: p.no, Label: p.label, Extractor: engine, Score: score(s), Status: corpus.PageOK}
	chars := 0
	for _, r := range s {
		if !unicode.IsSpace(r) {
			chars++
		}
	}
	words := len(strings.Fields(s))
	switch {
	case p.lost:
		a.Status = corpus.PageUnread
		p.warn("the page is missing from the file, which says that there is one")
	case p.ocr > 0:
		a.Extractor, a.Confidence = p.engine, p.ocr
		if p.ocr < sureReading || a.Score < doubtfulScore && letters(s)*4 >= chars {
			a.Status = corpus.PageDoubtful
		}
		a.Status = worse(a.Status, p.faults())
		a.Warnings = append([]string{}, p.warnings...)
		return a
	case chars < minLetters:
		a.Status = p.nearlyEmpty(chars)
	case p.imageArea >= stampImage && p.own < minLetters:
		a.Status = corpus.PageUnread
		p.warn(imagePage)
	case p.imageArea >= stampImage && words < stampWords:
		a.Status = corpus.PageDoubtful
		p.warn("an image fills the page and there are few words: what the image says was not read")
	case a.Score < doubtfulScore && letters(s)*4 < chars:
		// numbers and signs: the score says nothing about them
	case a.Score < doubtfulScore:
		a.Status = corpus.PageDoubtful
		p.warn("the text does not look like text of a known language")
	}
	a.Status = worse(a.Status, p.faults())
	a.Warnings = append([]string{}, p.warnings...)
	return a
}

// faults judges a page by what went wrong while it was read.
func (p *page) faults() corpus.PageStatus {
	status := corpus.PageOK
	switch {
	case p.garbled():
		status = corpus.PageUnread
	case float64(p.unknown) > unknownShare*float64(p.glyphs):
		status = corpus.PageDoubtful
	}
	if p.unknown > 0 {
		p.warn(fmt.Sprintf("%d of %d letters have no text in the file", p.unknown, p.glyphs))
	}
	if p.broken || p.salvaged {
		status = worse(status, corpus.PageDoubtful)
	}
	if p.hidden*2 > p.glyphs {
		p.warn("the text is an invisible layer, as scanners write it")
	}
	return status
}

// imagePage is the warning for a page whose text nobody has recognised.
const imagePage = "the page is an image; its text was not read"

// garbled reports whether most letters of a page have no text in the file.
func (p *page) garbled() bool { return 2*p.unknown > p.glyphs }

// nearlyEmpty returns the status of a page with hardly any text. Only a page
// with nothing on it is blank.
func (p *page) nearlyEmpty(chars int) corpus.PageStatus {
	switch {
	case p.images > 0:
		p.warn(imagePage)
		return corpus.PageUnread
	case chars > 0:
		return corpus.PageOK
	case p.broken, p.salvaged, p.glyphs > 0, p.private > 0:
		p.warn("no text could be read")
		return corpus.PageUnread
	case p.strokes >= drawnLetters:
		p.warn("the page has drawings and no text; they may be letters")
		return corpus.PageUnread
	}
	return corpus.PageOK
}

// worse returns the worse of two statuses.
func worse(a, b corpus.PageStatus) corpus.PageStatus {
	if a == corpus.PageUnread || b == corpus.PageUnread {
		return corpus.PageUnread
	}
	if a == corpus.PageDoubtful || b == corpus.PageDoubtful {
		return corpus.PageDoubtful
	}
	return corpus.PageOK
}
