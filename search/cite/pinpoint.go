package cite

import (
	"strconv"
	"strings"

	"dalel/corpus"
)

// pin writes a place in the manner of a style; "" if nothing printed leads
// there. The kind of the place decides the words, and nothing converts it.
func (at Place) pin(s Style, lang, unit string) string {
	if at.Sheet != "" {
		return at.Sheet
	}
	switch at.Kind {
	case corpus.PinPara:
		return at.numbered(s, lang)
	case corpus.PinRecital:
		return pick(lang, [3]string{"recital ", "пункт преамбулы ", "преамбуланың "}) + at.Label + pick(lang, [3]string{"", "", "-тармағы"})
	case corpus.PinFootnote:
		return at.footnote(s, lang)
	case corpus.PinArticle:
		return at.articled(s, lang, unit)
	case corpus.PinPage:
		return at.paged(s, lang)
	case corpus.PinSection:
		return at.headed(s, lang)
	}
	return ""
}

// numbered writes a paragraph with a printed number.
func (at Place) numbered(s Style, lang string) string {
	dash := "–"
	if s == ECHR {
		dash = "-" // the Court's note joins paragraphs with a hyphen: §§ 45-47
	}
	n := at.Label
	if at.Last != "" {
		n += dash + at.Last
	}
	many := at.Last != ""
	var out string
	switch {
	case lang == "kk":
		out = n + "-т."
	case lang == "ru":
		out = map[bool]string{false: "п. ", true: "пп. "}[many] + n
	case s == Bluebook:
		out = map[bool]string{false: "¶ ", true: "¶¶ "}[many] + n
	case s == ECHR:
		out = map[bool]string{false: "§ ", true: "§§ "}[many] + n
	case s == OSCOLA:
		out = map[bool]string{false: "para ", true: "paras "}[many] + n
	default:
		out = map[bool]string{false: "para. ", true: "paras. "}[many] + n
	}
	return out + at.item(s, lang)
}

// item writes what stands under a number: "(a)", "2)", "fourth bullet".
func (at Place) item(s Style, lang string) string {
	switch {
	case at.Bullet > 0:
		return ", " + bullet(at.Bullet, lang)
	case at.Sub == "":
		return ""
	case lang == "ru":
		return ", подп. " + strings.Trim(at.Sub, "(")
	case lang == "kk":
		return ", " + strings.Trim(at.Sub, "(") + "-тармақша"
	case (s == OSCOLA || s == Bluebook) && strings.HasPrefix(at.Sub, "("):
		return at.Sub
	}
	return " " + at.Sub
}

func (at Place) footnote(s Style, lang string) string {
	switch {
	case lang == "ru":
		return "сноска " + at.Label
	case lang == "kk":
		return at.Label + "-ескертпе"
	case s == OSCOLA:
		return "fn " + at.Label
	case s == Bluebook:
		return "n." + at.Label
	}
	return "footnote " + at.Label
}

// articled writes an article of a statute or treaty with its part or point.
func (at Place) articled(s Style, lang, unit string) string {
	part := at.Part
	switch lang {
	case "ru":
		out := "ст. " + at.Label
		if part != "" {
			out += ", " + map[bool]string{true: "п. ", false: "ч. "}[unit == "point"] + strings.Trim(part, "()")
		}
		if at.Sub != "" {
			out += ", подп. " + strings.Trim(at.Sub, "()") + ")"
		}
		return out
	case "kk":
		out := at.Label + "-бап"
		if part != "" {
			out += ", " + strings.Trim(part, "()") + map[bool]string{true: "-тармақ", false: "-бөлік"}[unit == "point"]
		}
		if at.Sub != "" {
			out += ", " + strings.Trim(at.Sub, "()") + ")-тармақша"
		}
		return out
	}
	if part != "" {
		part = "(" + strings.Trim(part, "()") + ")"
	}
	if at.Sub != "" {
		part += "(" + strings.Trim(at.Sub, "()") + ")"
	}
	switch {
	case s == OSCOLA:
		return "art " + at.Label + part
	case s == ECHR && part != "":
		return "Article " + at.Label + " § " + strings.Trim(at.Part, "()")
	case s == ECHR:
		return "Article " + at.Label
	case s == UN && part != "":
		return "art. " + at.Label + " " + part
	}
	return "art. " + at.Label + part
}

// paged writes a page. The number printed on it is the pinpoint; where none is
// printed, or it differs from the page of the file, the citation says so.
func (at Place) paged(s Style, lang string) string {
	from, to := strconv.Itoa(at.Page), ""
	if at.LastPg > 0 {
		to = strconv.Itoa(at.LastPg)
	}
	file := span(from, to)
	if at.Printed == "" {
		return pick(lang, [3]string{"PDF " + pageWord(s, lang, file), pageWord(s, lang, file) + " файла PDF", "PDF файлының " + pageWord(s, lang, file) + "і"})
	}
	printed := span(at.Printed, at.LastPr)
	out := pageWord(s, lang, printed)
	if printed != file {
		out += " (" + pick(lang, [3]string{"PDF " + pageWord(s, lang, file), "файл PDF: " + pageWord(s, lang, file), "PDF: " + pageWord(s, lang, file)}) + ")"
	}
	return out
}

func span(from, to string) string {
	if to == "" || to == from {
		return from
	}
	return from + "–" + to
}

func pageWord(s Style, lang, n string) string {
	many := strings.Contains(n, "–")
	switch {
	case lang == "ru":
		return "с. " + n
	case lang == "kk":
		return n + "-бет"
	case s == OSCOLA:
		return map[bool]string{false: "p ", true: "pp "}[many] + n
	case s == Bluebook:
		return "at " + n
	}
	return map[bool]string{false: "p. ", true: "pp. "}[many] + n
}

// headed writes the heading that unnumbered words stand under.
func (at Place) headed(s Style, lang string) string {
	head := strings.TrimSpace(at.Label)
	switch {
	case lang == "ru":
		return "раздел «" + head + "»"
	case lang == "kk":
		return "«" + head + "» бөлімі"
	case s == OSCOLA:
		return "section ‘" + head + "’"
	}
	return "section “" + head + "”"
}

// Pin writes the pinpoint of a place in the manner of a style. unit is what
// stands under an article of the act, as Unit tells.
func (at Place) Pin(s Style, lang, unit string) string { return at.pin(s, lang, unit) }

// Bullet is the pinpoint of a paragraph of a document that is a bullet under a
// printed number, "para. 3.7, first bullet"; "" of others.
func Bullet(d *corpus.Document, p *corpus.Paragraph, lang string) string {
	if p.Under == 0 || p.Label != "" || p.Role != corpus.RoleBody || p.Ord > len(d.Text.Paragraphs) {
		return ""
	}
	at := Locate(d.Text, d.Kind(), []Span{{Ord: p.Ord, End: len(p.Text)}})
	if at.Bullet == 0 {
		return ""
	}
	return at.Pin(UN, lang, "")
}

// Unit returns what stands right under an article of a statute or treaty,
// "part" or "point"; "" for other documents and acts that are not known.
func Unit(d *corpus.Document) string {
	s := newSource(d, Place{}, Options{}, "en")
	if s.act == nil {
		return ""
	}
	return s.act.Unit
}
