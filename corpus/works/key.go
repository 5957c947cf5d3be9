package works

import (
	"regexp"
	"slices"
	"strings"

	"dalel/corpus"
	"dalel/corpus/law"
)

// emptyText is the hash of a text without paragraphs.
var emptyText = new(corpus.Text).Hash()

// keys are the names that a document shares with versions of its text: sure
// ones alone make a work, likely ones only where the texts agree too.
type keys struct {
	sure, likely []string
}

func key(parts ...string) string { return strings.Join(parts, "\x00") }

// keysOf returns the names of a document. An empty text is nobody's copy.
func keysOf(doc *corpus.Document) keys {
	var k keys
	if doc.TextHash != emptyText && doc.TextHash != "" {
		k.sure = append(k.sure, key("text", doc.TextHash))
	}
	kind, date := doc.Kind(), string(doc.Date())
	if id := identity(doc); id != "" {
		k.sure = append(k.sure, key("identity", id))
	}
	k.sure = append(k.sure, numberKeys(doc)...)
	number := plainWord(doc.Value(corpus.KeyNumber))
	for _, c := range doc.Values(corpus.KeyCase) {
		if kind == corpus.Judgment && date != "" {
			k.sure = append(k.sure, key("judgment", plainWord(c), date))
		}
		if kind == corpus.Resolution || kind == corpus.Motion { // the procedure: a motion and what was adopted
			k.likely = append(k.likely, key("procedure", plainWord(c)))
		}
	}
	if number != "" && len(date) == len("2006-01-02") && kind != corpus.Other {
		k.likely = append(k.likely, key("number", string(kind), number, date))
	}
	return k
}

// numberKeys names a document by its number among those of one speaker: the
// court or body. A court gives one number to all that it decides in a case, so
// its day counts too. The number of a case of a court of Kazakhstan names the
// court, whatever the language that its name stands in.
func numberKeys(doc *corpus.Document) []string {
	number, kind := plainWord(doc.Value(corpus.KeyNumber)), doc.Kind()
	if number == "" || kind == corpus.Other {
		return nil
	}
	if caseNumber.MatchString(number) && doc.Date() != "" {
		return []string{key("case", string(kind), plainSymbol(number), string(doc.Date()))}
	}
	speaker, date := plainOrgan(doc.Value(corpus.KeyBody)), ""
	if court := plainOrgan(doc.Value(corpus.KeyCourt)); court != "" {
		speaker, date = court, string(doc.Date())
	}
	if speaker == "" || kind == corpus.Statute || kind == corpus.Regulation {
		return nil // of acts, the day decides
	}
	return []string{key("number", string(kind), number, speaker, plainWord(doc.Value(corpus.KeyCountry)), date)}
}

// caseNumber is the number of a case of a court of Kazakhstan, folded: code of
// the court, year, kind and number.
var caseNumber = regexp.MustCompile(`^\d{4}-\d\d-\d\d-\d\p{L}?/\d+$|^\d{15}$`)

// plainOrgan folds the name of a body to one of its languages.
func plainOrgan(name string) string {
	if o := corpus.OrganNamed(name); o != nil {
		name = o.Name
	}
	if o, ok := courtsOfKazakhstan[plainWord(name)]; ok {
		return o
	}
	return plainWord(name)
}

// courtsOfKazakhstan have one name in each language.
var courtsOfKazakhstan = map[string]string{
	"верховный суд республики казахстан":     "supreme court of kazakhstan",
	"қазақстан республикасының жоғарғы соты": "supreme court of kazakhstan",
}

// identity returns the one name that all versions of a document have: the
// canonical ID of its symbol or number, as package law has it, without
// revision and language. A provisional and a final reference have the same.
func identity(doc *corpus.Document) string {
	if s := plainSymbol(doc.Value(corpus.KeySymbol)); s != "" {
		return sessionless(s)
	}
	number := doc.Value(corpus.KeyNumber)
	word, ok := numbered[doc.Kind()]
	if number == "" || !ok {
		return ""
	}
	for _, ref := range law.Find(word+number, law.Context{}) {
		if ref.Kind == law.Document {
			return sessionless(plainSymbol(ref.ID))
		}
	}
	return ""
}

// numbered are the words that stand before the numbers of documents whose
// numbers name them alone.
var numbered = map[corpus.Kind]string{
	corpus.WGADOpinion: "Мнение № ",
	corpus.Views:       "communication No. ",
	corpus.Resolution:  "",
	corpus.Motion:      "",
}

// sessionRE is the session in a symbol of views: CCPR/C/130/D/2500/2014 is on
// communication 2500/2014, which is named without it too.
var sessionRE = regexp.MustCompile(`^([A-Z]+/C)/\d+(/D/)`)

func sessionless(s string) string { return sessionRE.ReplaceAllString(s, "$1$2") }

// versionSuffix is what a symbol has beyond the name of the work: a revision
// (Editorial Manual of the United Nations, document symbols: /Rev.), and the
// languages that archives add.
var versionSuffix = regexp.MustCompile(`(?:/REV\.?\d*|[-_/.]?\((?:[ACEFRSK]|AR|EN|ES|FR|KK|KZ|RU|ZH)\)|[-_](?:AR|EN|ES|FR|KK|KZ|RU|ZH))$`)

// lookAlikes are Cyrillic capitals that stand in symbols for Latin ones.
var lookAlikes = strings.NewReplacer("А", "A", "В", "B", "С", "C", "Е", "E", "Н", "H", "К", "K", "М", "M", "О", "O", "Р", "P", "Т", "T", "Х", "X")

func plainSymbol(s string) string {
	s = lookAlikes.Replace(strings.ToUpper(strings.Join(strings.Fields(s), "")))
	s = strings.NewReplacer("‑", "-", "‐", "-", "_TA-PROV(", "_TA(").Replace(s)
	for {
		cut := versionSuffix.ReplaceAllString(s, "")
		if cut == s || cut == "" {
			return s
		}
		s = cut
	}
}

// plainWord folds case, hyphens and blanks.
func plainWord(s string) string {
	s = strings.NewReplacer("‑", "-", "‐", "-").Replace(s)
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}

// identifying are the facts that versions of one text have in common, if both
// have them.
var identifying = []corpus.Key{corpus.KeySymbol, corpus.KeyNumber, corpus.KeyCase, corpus.KeyCountry}

// apart reports whether facts say that two documents are not one text, however
// alike their texts are: other numbers, another kind, another day. A mirror of
// a news item may bear another day, within a month.
func apart(a, b *corpus.Document) bool {
	ka, kb := a.Kind(), b.Kind()
	if ka != kb && ka != corpus.Other && kb != corpus.Other {
		return true
	}
	for _, k := range identifying {
		va, vb := folded(a.Values(k)), folded(b.Values(k))
		if len(va) > 0 && len(vb) > 0 && !slices.ContainsFunc(va, func(v string) bool { return slices.Contains(vb, v) }) {
			return true
		}
	}
	return daysApart(a, b)
}

func folded(values []string) []string {
	out := make([]string, 0, len(values))
	for _, v := range values {
		out = append(out, plainSymbol(v))
	}
	return out
}

// daysApart reports whether two known dates cannot be those of one text.
func daysApart(a, b *corpus.Document) bool {
	fa, la := a.Date().Days()
	fb, lb := b.Date().Days()
	if fa == 0 || fb == 0 || fa <= lb && fb <= la {
		return false
	}
	const month = 100 // of days as numbers yyyymmdd
	return a.Kind() != corpus.News && a.Kind() != corpus.Other || max(fa, fb)-min(la, lb) > month
}
