package cite

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Run is a stretch of a citation in one dress.
type Run struct {
	Text   string
	Italic bool
	Gap    bool // stands for a field that is not known
}

// fields give the values of a template. A value "" is not known.
type fields func(name string) string

// A template is text with
//
//	{name}          a field; a gap if it is not known
//	{name|words}    a field, or these words
//	<, {name}>      left out as a whole if a field in it is not known
//	_italic_        in italics
//	\<              the character itself
//
// Groups may stand in groups. A name that begins with a capital letter gives
// the value with a capital first letter.
type parser struct {
	in     string
	at     int
	of     fields
	lang   string
	italic bool
}

// fill returns a template with its fields.
func fill(template, lang string, of fields) []Run {
	p := &parser{in: template, of: of, lang: lang}
	runs, _ := p.group(false)
	return merge(runs)
}

// group reads up to the end of the template, or of the group. It reports
// whether all fields were known.
func (p *parser) group(inner bool) (runs []Run, whole bool) {
	whole = true
	for p.at < len(p.in) {
		r, n := utf8.DecodeRuneInString(p.in[p.at:])
		p.at += n
		switch r {
		case '\\':
			_, n = utf8.DecodeRuneInString(p.in[p.at:])
			runs = append(runs, Run{Text: p.in[p.at : p.at+n], Italic: p.italic})
			p.at += n
		case '_':
			p.italic = !p.italic
		case '<':
			if sub, ok := p.group(true); ok {
				runs = append(runs, sub...)
			}
		case '>':
			if inner {
				return runs, whole
			}
		case '{':
			run, known := p.field(inner)
			whole = whole && known
			runs = append(runs, run)
		default:
			runs = append(runs, Run{Text: string(r), Italic: p.italic})
		}
	}
	return runs, whole
}

func (p *parser) field(inner bool) (run Run, known bool) {
	end := strings.IndexByte(p.in[p.at:], '}')
	name, words, hasWords := strings.Cut(p.in[p.at:p.at+end], "|")
	p.at += end + 1
	lower := strings.ToLower(name)
	v := p.of(lower)
	if v == "" && hasWords {
		v = words
	}
	if v == "" {
		if inner {
			return Run{}, false
		}
		return Run{Text: gap(lower, p.lang), Italic: p.italic, Gap: true}, false
	}
	if lower != name {
		v = capital(v)
	}
	return Run{Text: v, Italic: p.italic}, true
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// merge joins neighbours in one dress.
func merge(runs []Run) []Run {
	var out []Run
	for _, r := range runs {
		if n := len(out); n > 0 && out[n-1].Italic == r.Italic && !out[n-1].Gap && !r.Gap {
			out[n-1].Text += r.Text
			continue
		}
		if r.Text != "" {
			out = append(out, r)
		}
	}
	return out
}
