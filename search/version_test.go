package search

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"dalel/corpus"
	"dalel/corpus/works"
)

// versions is a library of an opinion in four versions and a ruling.
func versions() *fake {
	opinion := func(id, code, status string, more map[corpus.Key]string, text string) *corpus.Document {
		read := map[corpus.Key]string{corpus.KeyKind: "wgad_opinion", corpus.KeyNumber: "931/2022", corpus.KeyLang: code, corpus.KeyOriginal: "en"}
		if status != "" {
			read[corpus.KeyStatus] = status
		}
		maps.Copy(read, more)
		d := doc(id, read, para(text))
		d.Work = "w931"
		return d
	}
	return newFake(
		opinion("advance", "en", corpus.StatusAdvance, nil, "The Working Group finds that the lawyer was not let in."),
		opinion("final", "en", "", nil, "The Working Group finds that the lawyer was not let in."),
		opinion("russian", "ru", "", nil, "Рабочая группа находит, что адвокат не был допущен."),
		opinion("kazakh", "kk", "", map[corpus.Key]string{corpus.KeyOfficial: "no"}, "Жұмыс тобы қорғаушының жіберілмегенін анықтады."),
		doc("ruling", map[corpus.Key]string{corpus.KeyKind: "ruling", corpus.KeyLang: "ru"}, para("Адвокат прибыл, a lawyer came.")),
	)
}

func told(list []Version) string {
	var out []string
	for _, v := range list {
		out = append(out, fmt.Sprintf("%s:%s:%d", v.Doc.ID, v.Is, v.Hits))
	}
	return strings.Join(out, " ")
}

func TestAWorkIsShownAsOneVersion(t *testing.T) {
	for _, tt := range []struct{ query, reader, shown, others, why string }{
		{"lawyer terms:off", "en", "final", "advance:advance:1 russian:translation:0 kazakh:translation:0", "the final text before the advance version"},
		{"lawyer terms:off", "ru", "final", "advance:advance:1 russian:translation:0 kazakh:translation:0", "the Russian version does not have the word; it is told of all the same"},
		{"lawyer OR адвокат terms:off", "ru", "russian", "final:original:1 advance:advance:1 kazakh:translation:0", "of the versions that answer, the one in the reader's language"},
		{"lawyer OR адвокат terms:off", "", "final", "russian:translation:1 advance:advance:1 kazakh:translation:0", "the original, where no language is asked for"},
		{"қорғаушы terms:off", "ru", "kazakh", "russian:original:0 final:original:0 advance:advance:0", "the only version that answers"},
	} {
		res, err := versions().engine().Search(t.Context(), Request{Query: tt.query, Reader: tt.reader, Limit: 9, Group: true, Filter: Filter{Facts: map[corpus.Key][]string{corpus.KeyKind: {"wgad_opinion"}}}})
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Groups) != 1 || res.Works != 1 {
			t.Errorf("%s: %d groups, %d works, want one", tt.query, len(res.Groups), res.Works)
			continue
		}
		if g := res.Groups[0]; string(g.Doc.ID) != tt.shown || told(g.Versions) != tt.others {
			t.Errorf("%s for %q shows %s beside %s; want %s beside %s: %s", tt.query, tt.reader, g.Doc.ID, told(g.Versions), tt.shown, tt.others, tt.why)
		}
	}
}

func TestVersionsOfADocument(t *testing.T) {
	e := versions().engine()
	for _, tt := range []struct{ id, want, why string }{
		{"russian", "final:original:0 kazakh:translation:0 advance:advance:0", "for an English reader the English text comes first"},
		{"ruling", "", "a document alone has no versions"},
		{"nobody", "", "nor one that is not there"},
	} {
		list, err := e.Versions(t.Context(), corpus.ID(tt.id), "en")
		if err != nil || told(list) != tt.want {
			t.Errorf("%s: %q, %v; want %q: %s", tt.id, told(list), err, tt.want, tt.why)
		}
	}
	list, err := e.Versions(t.Context(), "advance", "en")
	if err != nil || len(list) == 0 || list[0].Is != works.Final {
		t.Errorf("beside the advance version stands %s, %v; want the final one first", told(list), err)
	}
}

// What marks hide is told where nothing is found, and only there.
func TestWhatIsOutsideTheMarks(t *testing.T) {
	f := versions()
	f.paras[1].Voice, f.paras[1].Section = corpus.VoiceSource, corpus.SectionFacts
	for _, tt := range []struct{ query, want, why string }{
		{"lawyer in:operative", "[in] lawyer 4 2", "passages without the mark, works once"},
		{"lawyer voice:source", "", "something is found"},
		{"lawyer voice:government in:operative", "[in voice] lawyer 4 2", "both marks are told"},
		{"unheard in:operative", "", "nothing without the mark either"},
		{"in:operative", "", "nothing is asked for but the mark"},
		{"lawyer OR in:operative", "", "a mark that does not narrow the whole"},
	} {
		res, err := f.engine().Search(t.Context(), Request{Query: tt.query, Limit: 9})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if o := res.Outside; o != nil {
			got = fmt.Sprint(o.Fields, " ", o.Query, " ", o.Hits, " ", o.Works)
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q: %s", tt.query, got, tt.want, tt.why)
		}
	}
}
