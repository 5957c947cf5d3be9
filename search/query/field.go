package query

import (
	"strings"
	"unicode"
)

// fieldNames are the names of fields as typed, in lower case.
var fieldNames = map[string]Field{
	"name": FieldName, "имя": FieldName, "аты": FieldName,
	"article": FieldArticle, "статья": FieldArticle, "ст": FieldArticle, "бап": FieldArticle,
	"cites": FieldCites, "цитирует": FieldCites, "сілтеме": FieldCites,
	"about": FieldAbout, "касается": FieldAbout, "қатысты": FieldAbout,
	"kind": FieldKind, "вид": FieldKind, "түрі": FieldKind,
	"lang": FieldLang, "язык": FieldLang, "тіл": FieldLang,
	"date": FieldDate, "дата": FieldDate, "күні": FieldDate,
	"court": FieldCourt, "суд": FieldCourt, "сот": FieldCourt,
	"body": FieldBody, "орган": FieldBody,
	"country": FieldCountry, "страна": FieldCountry, "ел": FieldCountry,
	"person": FieldPerson, "лицо": FieldPerson, "тұлға": FieldPerson,
	"voice": FieldVoice, "чьи": FieldVoice, "кімнің": FieldVoice,
	"category": FieldCategory, "категория": FieldCategory, "санат": FieldCategory,
	"status": FieldStatus, "статус": FieldStatus, "мәртебе": FieldStatus,
	"folder": FieldFolder, "папка": FieldFolder, "бума": FieldFolder,
	"tag": FieldTag, "метка": FieldTag, "белгі": FieldTag,
	"terms": FieldTerms, "термины": FieldTerms, "терминдер": FieldTerms,
	"as": FieldAs, "как": FieldAs, "ретінде": FieldAs,
	"in": FieldIn, "в": FieldIn, "ішінде": FieldIn,
}

// longestField is the length of the longest of fieldNames.
const longestField = 9

// fieldAt returns the field that is named at i, and where its colon stands; ""
// if there is none.
func (l *lexer) fieldAt(i int) (f Field, colon int) {
	colon = i
	for colon-i <= longestField && isWordChar(l.g[colon].r) {
		colon++
	}
	if l.g[colon].r != ':' {
		return "", 0
	}
	return fieldNames[strings.ToLower(text(l.g[i:colon]))], colon
}

// match reads the value of a field. The next glyph is the first of its name.
func (l *lexer) match(f Field, colon int) (token, error) {
	start := l.i
	if l.i = skip(l.g, colon+1, isBlank); !l.hasValue(l.i > colon+1) {
		return token{}, l.fail(start, colon+1, CodeNoValue, string(f))
	}
	m := &Match{Field: f}
	if m.Exact = l.g[l.i].r == '='; m.Exact {
		l.i = skip(l.g, l.i+1, isBlank)
	}
	from, to, err := l.value(f)
	if err != nil {
		return token{}, err
	}
	m.Text = quotedText(l.g[from:to])
	if !hasValueText(f, m.Text) {
		return token{}, l.fail(start, max(l.i, colon+1), CodeNoValue, string(f))
	}
	if code, args := m.resolve(); code != "" {
		return token{}, l.fail(from, to, code, args...)
	}
	m.At = l.span(start, l.i)
	return leaf(m), l.count(m.At, len(strings.Fields(m.Text)), 0)
}

// hasValue reports whether a value begins at the next glyph. Behind a blank
// another field or an operator is not a value.
func (l *lexer) hasValue(apart bool) bool {
	switch r := l.g[l.i].r; {
	case isDash(r) && l.starts(l.i), r == ')', r == blank:
		return false
	case apart && isAlnum(r):
		f, _ := l.fieldAt(l.i)
		k, _ := operator(text(l.g[l.i:wordEnd(l.g, l.i, true)]))
		return f == "" && k == tokEnd
	case apart && r == '/':
		return false
	}
	return true
}

// hasValueText reports whether s can be the value of f. A tag or a folder may
// be a sign alone.
func hasValueText(f Field, s string) bool {
	if f == FieldTag || f == FieldFolder {
		return s != ""
	}
	return hasAlnum(s) || f == FieldDate && s != ""
}

// value passes over the value of a field and returns its glyphs.
func (l *lexer) value(f Field) (from, to int, err error) {
	from = l.i
	r := l.g[from].r
	if r == '(' {
		return 0, 0, l.fail(from, from+1, CodeFieldGroup, string(f))
	}
	if isQuote(r) || r == '‘' {
		return l.quoted()
	}
	to = trimValue(l.g, from, valueEnd(l.g, from), f)
	l.i = to
	for i := from; i < to; i++ {
		if isWild(l.g[i].r) || l.g[i].r == '~' {
			return 0, 0, l.fail(i, i+1, CodeFieldWild, string(f), string(l.g[i].r))
		}
	}
	if l.g[to].r == '~' {
		return 0, 0, l.fail(to, to+1, CodeFieldWild, string(f), "~")
	}
	return from, to, nil
}

// valueEnd returns the end of a value without quotes: it goes on to a blank, a
// quote, or a parenthesis that does not close inside it.
func valueEnd(g []glyph, i int) int {
	for {
		switch r := g[i].r; {
		case r == blank, r == ')', isQuote(r):
			return i
		case r != '(':
			i++
			continue
		}
		end := i + 1
		for g[end].r != blank && !isQuote(g[end].r) && g[end].r != '(' && g[end].r != ')' {
			end++
		}
		if g[end].r != ')' {
			return i
		}
		i = end + 1
	}
}

// trimValue leaves out the punctuation behind a value. The dots of "2019.." are
// part of a date.
func trimValue(g []glyph, from, to int, f Field) int {
	cut := `,;:!?.…’'`
	if f == FieldDate {
		cut = `,;:!?`
	}
	for to > from && strings.ContainsRune(cut, g[to-1].r) {
		to--
	}
	if f == FieldDate && to-from > 1 && g[to-1].r == '.' && unicode.IsDigit(g[to-2].r) {
		to--
	}
	return to
}

// plainValue reports whether s reads as the value of f without quotes.
func plainValue(f Field, s string) bool {
	g := glyphs(s)
	if first := g[0].r; isDash(first) || strings.ContainsRune("=(‘", first) || strings.ContainsAny(s, "*?~") {
		return false
	}
	end := len(g) - 1
	return valueEnd(g, 0) == end && trimValue(g, 0, end, f) == end
}
