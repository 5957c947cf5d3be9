package kazakh

import (
	"slices"
	"strings"
	"testing"
)

// TestParseFindsTheReading checks the grammar: the right stem must be among
// the readings, whatever the model makes of them.
func TestParseFindsTheReading(t *testing.T) {
	for _, tt := range []struct{ form, stem, why string }{
		{"соттар", "сот", "plural after a voiceless stop"},
		{"үкімдер", "үкім", "front vowels, after a nasal"},
		{"балалар", "бала", "after a vowel"},
		{"баласының", "бала", "possessive and genitive"},
		{"үйлеріміздегі", "үй", "plural, possessive, attribute"},
		{"бабы", "бап", "a voiced stop stands for a voiceless one"},
		{"құқығымыз", "құқық", "and so does ғ"},
		{"орнында", "орын", "a vowel lost"},
		{"кодексінің", "кодекс", "loan"},
		{"назарбаевтың", "назарбаев", "after в as after a voiceless stop"},
		{"апрельдегі", "апрел", "the soft sign is left out"},
		{"жазылғандарының", "жаз", "voice, participle, plural, possessive, case"},
		{"бармағандықтан", "бар", "negation, participle, ablative"},
		{"оқиды", "оқы", "ы and й written и"},
		{"оқуға", "оқы", "ы lost before у"},
		{"қояды", "қой", "й and а written я"},
		{"қоюға", "қой", "й and у written ю"},
		{"тауып", "тап", "п written у"},
		{"елімізге", "ел", "dative after our"},
		{"заңдарымызға", "заң", "dative after our, plural"},
		{"келтірілген", "кел", "causative after л"},
		{"айттырғызылмаған", "айт", "three voices and a negation"},
		{"келсеңіздерші", "кел", "no such form"},
	} {
		found := slices.ContainsFunc(Parse(tt.form), func(r Reading) bool { return r.Stem == tt.stem })
		if want := tt.why != "no such form"; found != want {
			t.Errorf("Parse(%q) has %q: %v, want %v: %s", tt.form, tt.stem, found, want, tt.why)
		}
	}
}

func TestParseObeysHarmony(t *testing.T) {
	for _, tt := range []struct{ form, stem, why string }{
		{"соттер", "сот", "front ending on a back stem"},
		{"үкімдар", "үкім", "back ending on a front stem"},
		{"балатар", "бала", "a voiceless plural after a vowel"},
	} {
		for _, r := range Parse(tt.form) {
			if r.Stem == tt.stem && !r.Bare() && !r.Verbal() {
				t.Errorf("Parse(%q) reads %q: %s", tt.form, tt.stem, tt.why)
			}
		}
	}
}

func TestParseIsBounded(t *testing.T) {
	long := strings.Repeat("лары", 30)
	for _, form := range []string{"", "а", "аа", long, "лалалалалалалалалалалалалалалалалалал", "тттттттттттттт"} {
		if n := len(Parse(form)); n < 1 || n > 2*maxCandidates {
			t.Errorf("Parse(%.20q...) gives %d readings", form, n)
		}
	}
}

func TestLexiconIsClean(t *testing.T) {
	for stem, class := range lexicon() {
		for _, r := range stem {
			if (r < 'а' || r > 'ӿ') && r != '-' {
				t.Errorf("%q (class %d) has %q", stem, class, r)
			}
		}
	}
	for _, w := range []string{"бап", "мамай", "сот"} {
		if Class(w)&classNominal == 0 {
			t.Errorf("%q is not in the lexicon", w)
		}
	}
}

func TestTablesAreWhole(t *testing.T) {
	if len(weightBytes) != WeightSlots || len(supportBytes)%entrySize != 0 || !slices.IsSorted(learned().keys) {
		t.Errorf("weights %d bytes, support %d bytes", len(weightBytes), len(supportBytes))
	}
	if len(endings) > 255 {
		t.Errorf("%d endings do not fit a chain of bytes", len(endings))
	}
}
