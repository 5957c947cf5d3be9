package docx

import (
	"strconv"
	"strings"

	"dalel/ingest"
	"dalel/ingest/xmlpart"
)

// levels is how many levels a list has (ISO/IEC 29500-1, 17.9.3).
const levels = 9

// level is how one level of a list counts.
type level struct {
	No      int    `xml:"ilvl,attr"`
	Start   *value `xml:"start"`
	Format  *value `xml:"numFmt"`
	Text    *value `xml:"lvlText"`
	Restart *value `xml:"lvlRestart"`
	Legal   *value `xml:"isLgl"`
	Style   *value `xml:"pStyle"`
}

// abstract is a definition of a list; lists refer to it and share its count.
type abstract struct {
	ID        string  `xml:"abstractNumId,attr"`
	Levels    []level `xml:"lvl"`
	StyleLink *value  `xml:"numStyleLink"`
	IsStyle   *value  `xml:"styleLink"`
	byNo      [levels]*level
	count     [levels]int
	running   [levels]bool // has been counted since it was last reset
}

// list is a list of the document: a definition with changes.
type list struct {
	ID        string `xml:"numId,attr"`
	Abstract  value  `xml:"abstractNumId"`
	Overrides []struct {
		No    int    `xml:"ilvl,attr"`
		Start *value `xml:"startOverride"`
		Level *level `xml:"lvl"`
	} `xml:"lvlOverride"`
	begun bool
}

// numbering counts the automatic numbers of a document.
type numbering struct {
	abstracts map[string]*abstract
	lists     map[string]*list
}

func (d *document) loadNumbering(name string) error {
	var raw struct {
		Abstracts []*abstract `xml:"abstractNum"`
		Lists     []*list     `xml:"num"`
	}
	err := xmlpart.Decode(d.zip, name, &raw)
	n := &numbering{make(map[string]*abstract), make(map[string]*list)}
	styled := make(map[string]*abstract)
	for _, a := range raw.Abstracts {
		for i := range a.Levels {
			if no := a.Levels[i].No; no >= 0 && no < levels {
				a.byNo[no] = &a.Levels[i]
			}
		}
		n.abstracts[a.ID] = a
		if a.IsStyle != nil {
			styled[a.IsStyle.Val] = a
		}
	}
	for _, a := range raw.Abstracts { // a list may be defined by a style that another list defines
		if a.StyleLink != nil && styled[a.StyleLink.Val] != nil {
			n.abstracts[a.ID] = styled[a.StyleLink.Val]
		}
	}
	for _, l := range raw.Lists {
		n.lists[l.ID] = l
	}
	d.numbering = n
	return err
}

// next counts a paragraph and returns its number as Word prints it; "" if its
// list prints none.
func (n *numbering) next(numID string, no int) string {
	if n == nil || no < 0 || no >= levels {
		return ""
	}
	l := n.lists[numID]
	if l == nil {
		return ""
	}
	a := n.abstracts[l.Abstract.Val]
	if a == nil {
		return ""
	}
	l.begin(a)
	a.advance(no, l)
	lv := l.level(a, no)
	if lv == nil {
		return ""
	}
	if lv.format() == "bullet" {
		return "•"
	}
	return a.print(lv, l)
}

// begin applies the changed starts of a list when it is used first.
func (l *list) begin(a *abstract) {
	if l.begun {
		return
	}
	l.begun = true
	for _, o := range l.Overrides {
		if o.Start != nil && o.No >= 0 && o.No < levels {
			a.running[o.No] = false
		}
	}
}

// level returns the definition of a level, with the changes of the list.
func (l *list) level(a *abstract, no int) *level {
	for i := range l.Overrides {
		if l.Overrides[i].No == no && l.Overrides[i].Level != nil {
			return l.Overrides[i].Level
		}
	}
	return a.byNo[no]
}

func (l *list) start(a *abstract, no int) int {
	for _, o := range l.Overrides {
		if o.No == no && o.Start != nil {
			return o.Start.int(1)
		}
	}
	if lv := l.level(a, no); lv != nil {
		return lv.Start.int(1)
	}
	return 1
}

// advance counts one on a level, and starts the deeper ones again. A level
// above that was skipped counts as begun.
func (a *abstract) advance(no int, l *list) {
	for i := range no {
		if !a.running[i] {
			a.count[i], a.running[i] = l.start(a, i), true
		}
	}
	if a.running[no] {
		a.count[no]++
	} else {
		a.count[no], a.running[no] = l.start(a, no), true
	}
	for i := no + 1; i < levels; i++ {
		lv := l.level(a, i)
		// lvlRestart 0 never starts again; n only after level n (17.9.10).
		if lv != nil && lv.Restart != nil && (lv.Restart.int(0) == 0 || no+1 > lv.Restart.int(0)) {
			continue
		}
		a.running[i] = false
	}
}

func (lv *level) format() string {
	if lv.Format == nil {
		return "decimal"
	}
	return lv.Format.Val
}

// print fills the counts into a text such as "%1.%2.".
func (a *abstract) print(lv *level, l *list) string {
	if lv.Text == nil {
		return ""
	}
	var b strings.Builder
	text := lv.Text.Val
	for i := 0; i < len(text); i++ {
		if text[i] != '%' || i+1 >= len(text) || text[i+1] < '1' || text[i+1] > '9' {
			b.WriteByte(text[i])
			continue
		}
		i++
		no := int(text[i] - '1')
		format := "decimal"
		if of := l.level(a, no); of != nil && (lv.Legal == nil || !on(lv.Legal.Val)) {
			format = of.format()
		}
		b.WriteString(numeral(format, a.count[no]))
	}
	return oneLine(b.String())
}

// russian are the letters of Russian lists: 17.18.59, russianLower.
const russian = "абвгдежзиклмнопрстуфхцчшщэюя"

// numeral writes a count in a format of ST_NumberFormat.
func numeral(format string, n int) string {
	letters := []rune(russian)
	switch format {
	case "none":
		return ""
	case "lowerLetter":
		return ingest.Numeral("a", n)
	case "upperLetter":
		return ingest.Numeral("A", n)
	case "lowerRoman":
		return ingest.Numeral("i", n)
	case "upperRoman":
		return ingest.Numeral("I", n)
	case "russianLower", "russianUpper":
		if n < 1 || n > len(letters) {
			return strconv.Itoa(n)
		}
		s := string(letters[n-1])
		if format == "russianUpper" {
			s = strings.ToUpper(s)
		}
		return s
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}
