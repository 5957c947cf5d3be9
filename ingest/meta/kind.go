package meta

import (
	"strings"

	"dalel/corpus"
)

// KindOf maps the type that a header or a table names to a Kind. Words of
// other collections are understood; what is not known is Other.
func KindOf(s string) corpus.Kind {
	s = strings.ToLower(strings.TrimSpace(s))
	s = strings.NewReplacer(" ", "_", "-", "_").Replace(s)
	if k := corpus.Kind(s); k.Known() {
		return k
	}
	for _, m := range kindNames {
		if s == m.name || m.prefix && strings.HasPrefix(s, m.name) {
			return m.kind
		}
	}
	return corpus.Other
}

var kindNames = []struct {
	name   string
	prefix bool // any name that begins so
	kind   corpus.Kind
}{
	{"court_judgment", true, corpus.Judgment},
	{"judgement", false, corpus.Judgment},
	{"treaty", true, corpus.Treaty},
	{"convention", false, corpus.Treaty},
	{"ngo_submission", false, corpus.Submission},
	{"upr_submission", false, corpus.Submission},
	{"un_", true, corpus.UNDocument},
	{"news", true, corpus.News},
	{"gov_news", false, corpus.News},
	{"article", false, corpus.News},
	{"press_release", false, corpus.News},
	{"law", false, corpus.Statute},
	{"code", false, corpus.Statute},
	{"order", false, corpus.Regulation},
	{"rules", false, corpus.Regulation},
	{"wgad", true, corpus.WGADOpinion},
	{"opinion", false, corpus.WGADOpinion},
	{"приговор", false, corpus.Verdict},
	{"үкім", false, corpus.Verdict},
	{"постановление", false, corpus.Ruling},
	{"қаулы", false, corpus.Ruling},
	{"решение", false, corpus.Decision},
	{"шешім", false, corpus.Decision},
	{"закон", false, corpus.Statute},
	{"заң", false, corpus.Statute},
	{"кодекс", false, corpus.Statute},
	{"договор", false, corpus.Treaty},
	{"шарт", false, corpus.Treaty},
	{"новость", false, corpus.News},
	{"жаңалық", false, corpus.News},
}
