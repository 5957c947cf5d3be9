package export

import (
	"fmt"
	"strconv"
	"strings"

	"dalel/corpus"
	"dalel/search/cite"
)

// word is a phrase of ours in English, Russian and Kazakh.
type word [3]string

func (w word) in(lang string) string {
	switch lang {
	case "ru":
		return w[1]
	case "kk":
		return w[2]
	}
	return w[0]
}

// The words of ours that stand in exports.
var (
	wExhibits    = word{"List of exhibits", "Перечень приложений", "Қосымшалар тізімі"}
	wAuthorities = word{"Table of authorities", "Перечень источников", "Дереккөздер тізімі"}
	wNo          = word{"No.", "№", "№"}
	wDocument    = word{"Document", "Документ", "Құжат"}
	wHash        = word{"SHA-256 of the original", "SHA-256 оригинала", "Түпнұсқаның SHA-256 бақылау сомасы"}
	wNotes       = word{"Notes", "Сноски", "Сілтемелер"}
	wInNote      = word{"note", "сноска", "сілтеме"}
	wInNotes     = word{"notes", "сноски", "сілтемелер"}
	wTranslation = word{"Translation", "Перевод", "Аударма"}
	wCheck       = word{"How to check these quotes", "Как проверить цитаты", "Дәйексөздерді қалай тексеруге болады"}
	wCards       = word{"Data for checking", "Данные для проверки", "Тексеруге арналған деректер"}
	wCheckText   = word{
		"Each quotation was taken by position from the original file whose SHA-256 stands in the list of exhibits. Compare the hash of the file (sha256sum, certutil -hashfile), then the words on the page that the note gives.",
		"Каждая цитата взята по позиции из файла оригинала, SHA-256 которого указан в перечне приложений. Сравните контрольную сумму файла (sha256sum, certutil -hashfile), затем слова на странице, указанной в сноске.",
		"Әр дәйексөз SHA-256 бақылау сомасы қосымшалар тізімінде көрсетілген түпнұсқа файлдан орны бойынша алынды. Алдымен файлдың бақылау сомасын (sha256sum, certutil -hashfile), содан кейін сілтемеде көрсетілген беттегі сөздерді салыстырыңыз.",
	}
	wCap = word{
		"The first %d of %d passages found.",
		"Первые %d из %d найденных фрагментов.",
		"Табылған %[2]d үзіндінің алғашқы %[1]d үзіндісі.",
	}
	wLog = word{
		"Log of the collection: %d records, root %s, key %s.",
		"Журнал базы: записей %d, корень %s, ключ %s.",
		"Қор журналы: %d жазба, түбірі %s, кілті %s.",
	}
)

// groupWords are the headings of the table of authorities, in its order.
var groupWords = []struct {
	name  word
	kinds []corpus.Kind
}{
	{word{"Treaties", "Международные договоры", "Халықаралық шарттар"}, []corpus.Kind{corpus.Treaty}},
	{word{"Legislation", "Законодательство", "Заңнама"}, []corpus.Kind{corpus.Statute, corpus.Regulation, corpus.NormativeResolution}},
	{word{"International bodies", "Международные органы", "Халықаралық органдар"}, []corpus.Kind{corpus.WGADOpinion, corpus.Views, corpus.Judgment, corpus.UNDocument, corpus.Resolution, corpus.Motion}},
	{word{"Courts", "Судебные акты", "Сот актілері"}, []corpus.Kind{corpus.Verdict, corpus.Ruling, corpus.Decision}},
	{word{"Case file", "Материалы дела", "Іс материалдары"}, []corpus.Kind{corpus.Indictment, corpus.ExpertReport, corpus.HearingRecord, corpus.Interrogation, corpus.Appeal, corpus.Petition}},
	{word{"Other sources", "Иные источники", "Өзге дереккөздер"}, nil},
}

// authority is a part of the table of authorities.
type authority struct {
	Name  string
	Works []Work
}

// authorities sorts the documents by what they are.
func (b *Bundle) authorities() []authority {
	out := make([]authority, len(groupWords))
	for i, g := range groupWords {
		out[i].Name = g.name.in(b.Lang)
	}
	for _, w := range b.Works {
		at := len(groupWords) - 1
		for i, g := range groupWords {
			for _, k := range g.kinds {
				if k == w.Doc.Kind() {
					at = i
				}
			}
		}
		out[at].Works = append(out[at].Works, w)
	}
	kept := out[:0]
	for _, a := range out {
		if len(a.Works) > 0 {
			kept = append(kept, a)
		}
	}
	return kept
}

// marks returns the quotation marks of a language and style.
func (b *Bundle) marks() (open, end string) {
	switch {
	case b.Lang != "en":
		return "«", "»"
	case b.Style == cite.OSCOLA:
		return "‘", "’"
	}
	return "“", "”"
}

// numbers writes the numbers of notes: "note 1", "notes 1, 3".
func (b *Bundle) numbers(n []int) string {
	parts := make([]string, len(n))
	for i, v := range n {
		parts[i] = strconv.Itoa(v)
	}
	name := wInNotes
	if len(n) == 1 {
		name = wInNote
	}
	return name.in(b.Lang) + " " + strings.Join(parts, ", ")
}

// logLine names the state of the log that the cards are proven against; "" when
// there is none.
func (b *Bundle) logLine() string {
	if b.Log.Key == "" {
		return ""
	}
	return fmt.Sprintf(wLog.in(b.Lang), b.Log.Size, b.Log.Root, b.Log.Key)
}

// checkLines are the paragraphs on how to check an export.
func (b *Bundle) checkLines() []string {
	lines := []string{wCheckText.in(b.Lang)}
	if l := b.logLine(); l != "" {
		lines = append(lines, l)
	}
	return lines
}
