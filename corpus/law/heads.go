package law

import "strings"

// head is the kind of act that a word such as закон announces.
type head uint8

const (
	noHead head = iota
	lawHead
	codeHead
	decreeHead     // of a president
	resolutionHead // of a government, a supreme court, a supreme council
	orderHead      // of a minister
	rulesHead      // rules, standards, statutes of an organisation: acts without a key of their own
	conventionHead
	covenantHead
	declarationHead
	protocolHead
	constitutionHead
)

// headWord is a head and the language that it is a word of.
type headWord struct {
	head   head
	tongue tongue
}

// heads are the words that announce an act, in all their forms.
var heads = func() map[string]headWord {
	m := map[string]headWord{}
	put := func(h head, l tongue, stems string, endings []string) {
		for s := range strings.FieldsSeq(stems) {
			for _, e := range endings {
				m[s+e] = headWord{h, l}
			}
		}
	}
	hard := []string{"", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах"}
	neuter := []string{"е", "я", "ю", "ем", "и", "й", "ям", "ями", "ях"}
	soft := []string{"я", "и", "ю", "ей", "й", "ям", "ями", "ях"}
	put(lawHead, russian, "закон", hard)
	put(codeHead, russian, "кодекс", hard)
	put(decreeHead, russian, "указ", hard)
	put(resolutionHead, russian, "постановлени", neuter)
	put(orderHead, russian, "приказ", hard)
	put(orderHead, russian, "распоряжени", neuter)
	put(rulesHead, russian, "стандарт регламент устав договор", hard)
	put(rulesHead, russian, "положени соглашени", neuter)
	put(rulesHead, russian, "инструкци", soft)
	put(rulesHead, russian, "правил", []string{"", "а", "ам", "ами", "ах"})
	put(conventionHead, russian, "конвенци", soft)
	put(declarationHead, russian, "деклараци", soft)
	put(covenantHead, russian, "пакт", hard)
	put(protocolHead, russian, "протокол", hard)
	put(constitutionHead, russian, "конституци", soft)
	kazakhHeads(m)
	one := []string{"", "s"}
	put(lawHead, english, "law act", one)
	put(codeHead, english, "code", one)
	put(decreeHead, english, "decree", one)
	put(orderHead, english, "order", []string{""})
	put(rulesHead, english, "rules regulations charter statutes agreement treaty", []string{""})
	put(conventionHead, english, "convention", []string{""})
	put(covenantHead, english, "covenant", []string{""})
	put(declarationHead, english, "declaration", []string{""})
	put(protocolHead, english, "protocol", []string{""})
	put(constitutionHead, english, "constitution", []string{""})
	return m
}()

// kazakhHeads adds the Kazakh words with the endings of a noun: of its own
// (заңға) and of a possessed one (заңының). заңды is left out: it means legal.
func kazakhHeads(m map[string]headWord) {
	cases := []string{"", "ның", "нің", "дың", "дің", "тың", "тің", "ға", "ге", "қа", "ке", "да", "де", "та", "те", "дан", "ден", "тан", "тен", "нан", "нен", "мен", "пен", "бен", "ті", "ты"}
	owned := []string{"", "ның", "нің", "на", "не", "нда", "нде", "нан", "нен", "мен", "н"}
	for _, w := range []struct {
		head  head
		stems string
	}{
		{lawHead, "заң"},
		{codeHead, "кодекс"},
		{decreeHead, "жарлық жарлығ"},
		{resolutionHead, "қаулы"},
		{orderHead, "бұйрық бұйрығ өкім"},
		{rulesHead, "стандарт ереже ережелер қағида қағидалар нұсқаулық нұсқаулығ регламент жарғы келісім шарт"},
		{conventionHead, "конвенция"},
		{covenantHead, "пакт пакті"},
		{declarationHead, "декларация"},
		{protocolHead, "хаттама"},
		{constitutionHead, "конституция"},
	} {
		for s := range strings.FieldsSeq(w.stems) {
			for _, c := range cases {
				addHead(m, s+c, w.head)
			}
			for _, own := range []string{"ы", "і", "сы", "сі"} {
				for _, c := range owned {
					addHead(m, s+own+c, w.head)
				}
			}
		}
	}
}

// addHead adds a Kazakh form unless it is a Russian word too: пакт, кодекс.
func addHead(m map[string]headWord, form string, h head) {
	if _, taken := m[form]; !taken {
		m[form] = headWord{h, kazakh}
	}
}

func isHead(form string) head { return heads[form].head }

// issuer is the body that an act comes from.
type issuer uint8

const (
	noIssuer issuer = iota
	president
	government
	supremeCourt
	supremeCouncil
)

// issuerAt reads the name of an issuing body at token i.
func (s *scanner) issuerAt(i int) (issuer, int) {
	f := s.ts[i].form
	begins := func(forms ...string) bool {
		for _, p := range forms {
			if strings.HasPrefix(f, p) {
				return true
			}
		}
		return false
	}
	next := func(p string) bool { return i+1 < len(s.ts) && strings.HasPrefix(s.ts[i+1].form, p) }
	switch {
	case begins("президент", "president"):
		return president, i + 1
	case begins("правительств", "үкімет", "government"):
		return government, i + 1
	case begins("верховн", "жоғарғ", "supreme") && (next("суд") || next("сот") || next("court")):
		return supremeCourt, i + 2
	case begins("верховн", "жоғарғ", "supreme") && (next("совет") || next("кеңес") || next("council") || next("soviet")):
		return supremeCouncil, i + 2
	case begins("пленум"):
		return noIssuer, i + 1
	}
	return noIssuer, i
}

// isSelf reports whether a word before an act means the act that speaks.
func isSelf(form string) bool {
	switch form {
	case "настоящий", "настоящего", "настоящему", "настоящим", "настоящем", "настоящих", "настоящими", "настоящие", "настоящей", "настоящая", "настоящую",
		"осы", "this", "present", "osy":
		return true
	}
	return false
}

// isSame reports whether a word points back: той же статьи, сол баптың.
func isSame(form string) bool {
	switch form {
	case "той", "этой", "указанной", "данной", "названной", "вышеуказанной", "тою", "этою", "упомянутой", "сол", "аталған", "көрсетілген", "same", "said", "that":
		return true
	}
	return false
}
