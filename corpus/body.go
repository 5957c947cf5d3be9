package corpus

import "strings"

// Organ is a body or an international court that documents come from, by the
// name that facts have and by those it has in the other languages.
type Organ struct {
	Name   string // English, as the body writes it
	RU, KK string // official in Russian; in Kazakh as Kazakhstan's official texts have it
	Court  bool
}

// Organs lists the bodies that documents of this field come from, those with
// longer names before those whose names are part of them. A document of one of
// them has its English name as KeyBody or KeyCourt in every language, so that a
// filter finds all.
var Organs = []Organ{
	{"Working Group on Arbitrary Detention", "Рабочая группа по произвольным задержаниям", "Негізсіз ұстау жөніндегі жұмыс тобы", false},
	{"Human Rights Committee", "Комитет по правам человека", "Адам құқықтары жөніндегі комитет", false},
	{"Committee against Torture", "Комитет против пыток", "Азаптауларға қарсы комитет", false},
	{"Committee on the Elimination of Discrimination against Women", "Комитет по ликвидации дискриминации в отношении женщин", "Әйелдерге қатысты кемсітушілікті жою жөніндегі комитет", false},
	{"Committee on the Elimination of Racial Discrimination", "Комитет по ликвидации расовой дискриминации", "Нәсілдік кемсітушілікті жою жөніндегі комитет", false},
	{"Committee on the Rights of Persons with Disabilities", "Комитет по правам инвалидов", "Мүгедектердің құқықтары жөніндегі комитет", false},
	{"Committee on the Rights of the Child", "Комитет по правам ребенка", "Баланың құқықтары жөніндегі комитет", false},
	{"Committee on Economic, Social and Cultural Rights", "Комитет по экономическим, социальным и культурным правам", "Экономикалық, әлеуметтік және мәдени құқықтар жөніндегі комитет", false},
	{"Committee on Enforced Disappearances", "Комитет по насильственным исчезновениям", "Зорлықпен жоғалтулар жөніндегі комитет", false},
	{"Human Rights Council", "Совет по правам человека", "Адам құқықтары жөніндегі кеңес", false},
	{"Commission on Human Rights", "Комиссия по правам человека", "Адам құқықтары жөніндегі комиссия", false},
	{"Economic and Social Council", "Экономический и Социальный Совет", "Экономикалық және әлеуметтік кеңес", false},
	{"Security Council", "Совет Безопасности", "Қауіпсіздік Кеңесі", false},
	{"General Assembly", "Генеральная Ассамблея", "Бас Ассамблея", false},
	{"European Parliament", "Европейский парламент", "Еуропалық парламент", false},
	{"Parliamentary Assembly of the Council of Europe", "Парламентская ассамблея Совета Европы", "Еуропа Кеңесінің Парламенттік Ассамблеясы", false},
	{"Parliamentary Assembly", "Парламентская ассамблея", "Парламенттік Ассамблея", false},
	{"European Court of Human Rights", "Европейский суд по правам человека", "Адам құқықтары жөніндегі Еуропалық сот", true},
	{"Inter-American Court of Human Rights", "Межамериканский суд по правам человека", "Адам құқықтары жөніндегі Америкааралық сот", true},
	{"African Court on Human and Peoples’ Rights", "Африканский суд по правам человека и народов", "Адам және халықтар құқықтары жөніндегі Африка соты", true},
	{"Court of Justice of the Economic Community of West African States", "Суд Экономического сообщества государств Западной Африки", "Батыс Африка мемлекеттері экономикалық қауымдастығының соты", true},
	{"International Court of Justice", "Международный Суд", "Халықаралық Сот", true},
}

// In returns the name of o in a language: "kk", "ru", else English.
func (o *Organ) In(lang string) string {
	switch lang {
	case "kk":
		return o.KK
	case "ru":
		return o.RU
	}
	return o.Name
}

// OrganNamed returns the body that has a name, in any language and case; nil
// if none has.
func OrganNamed(name string) *Organ {
	name = strings.ReplaceAll(strings.TrimSpace(name), "ё", "е")
	for i := range Organs {
		o := &Organs[i]
		if strings.EqualFold(name, o.Name) || strings.EqualFold(name, o.RU) || strings.EqualFold(name, o.KK) {
			return o
		}
	}
	return nil
}
