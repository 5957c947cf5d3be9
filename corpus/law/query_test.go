package law

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestParseQuery(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"article:405(2)", "*/405/2 */405/p2", "a part in one act, a point in another"},
		{"article:405", "*/405", "any instrument"},
		{"бап:405", "*/405", "the field in Kazakh"},
		{`ст:"ч. 2 ст. 405 УК"`, "KZ-UK-2014/405/2", "the field in Russian, and a citation"},
		{"ч. 2 ст. 405 УК РК", "KZ-UK-2014/405/2", "no field"},
		{"ҚР ҚК 405-бабының 2-бөлігі", "KZ-UK-2014/405/2", "Kazakh"},
		{"Article 405(2) of the Criminal Code of Kazakhstan", "KZ-UK-2014/405/2", "English"},
		{"KZ-UK-2014/405/2", "KZ-UK-2014/405/2", "a key"},
		{"KZ-UK/405", "KZ-UK/405", "a key without an edition"},
		{"ICCPR/14/p3/ppb", "ICCPR/14/p3/ppb", "a treaty's key"},
		{"ICCPR", "ICCPR", "an instrument"},
		{"*/405", "*/405", "any instrument, as a key"},
		{"A/HRC/WGAD/2018/67", "A/HRC/WGAD/2018/67", "a document"},
		{"cites:A/HRC/WGAD/2018/67", "A/HRC/WGAD/2018/67", "a document with its field"},
		{"Opinion No. 67/2018", "A/HRC/WGAD/2018/67", "another way of writing it"},
		{"cites:ECHR/47056/11", "ECHR/47056/11", "an application by the number that results have"},
		{"PACE/RES/1526(2006)", "PACE/RES/1526(2006)", "a resolution by the number that results have"},
		{"article:12-2", "*/12-2", "an added article"},
		{"405", "", "a bare number is a number"},
		{"пытки", "", "a word"},
		{"ст. 405 УК РК пытки", "", "a reference and a word"},
		{"article:", "", "nothing"},
		{"article:пытки", "", "no number"},
		{"HELLO", "", "capitals are no instrument"},
		{"NATO/5", "NATO/5", "an instrument that the registry does not know, in the form of a key"},
	} {
		refs, ok := ParseQuery(tt.in)
		var keys []string
		for _, r := range refs {
			keys = append(keys, r.Key())
		}
		if got := strings.Join(keys, " "); got != tt.want || ok != (tt.want != "") {
			t.Errorf("ParseQuery(%q) = %q, %v; want %q: %s", tt.in, got, ok, tt.want, tt.why)
		}
	}
}

func TestPrefixes(t *testing.T) {
	for _, tt := range []struct{ key, want, why string }{
		{"KZ-UK-2014/405/2", "KZ-UK KZ-UK-2014 */405 KZ-UK/405 KZ-UK-2014/405 */405/2 KZ-UK/405/2 KZ-UK-2014/405/2", "each wider key, with and without the edition"},
		{"KZ-UK/405", "KZ-UK */405 KZ-UK/405", "the edition is unknown"},
		{"ICCPR/14/p3/ppb", "ICCPR */14 ICCPR/14 */14/p3 ICCPR/14/p3 */14/p3/ppb ICCPR/14/p3/ppb", "a treaty has no editions"},
		{"*/405", "*/405", "the act is unknown"},
		{"A/HRC/WGAD/2018/67", "A/HRC/WGAD/2018/67", "a document has but one"},
		{"ECHR/47056/11", "ECHR/47056/11", "an application is no article of the Convention"},
	} {
		if got := strings.Join(Prefixes(tt.key), " "); got != tt.want {
			t.Errorf("Prefixes(%q)\n got %s\nwant %s: %s", tt.key, got, tt.want, tt.why)
		}
	}
}

func TestKeysRoundTrip(t *testing.T) {
	for _, r := range []Ref{
		{Kind: Statute, Instrument: "KZ-UK", Edition: "2014", Article: "405", Part: "2", Point: "1"},
		{Kind: Statute, Instrument: "KZ-UK", Article: "405", Part: "2"},
		{Kind: Statute, Instrument: "RU-UK", Article: "105", Part: "2", Point: "а"},
		{Kind: Statute, Instrument: "ECHR", Article: "6", Paragraph: "3", Subpoint: "c"},
		{Kind: Statute, Instrument: "KZ-GOV-931", Edition: "2011", Point: "5"},
		{Kind: Statute, Instrument: "KZ-VS-1994-06-08", Point: "2"},
		{Kind: Instrument, Instrument: "MINSK-1993"},
		{Kind: Statute, Article: "405"},
		{Kind: Statute, Instrument: "KZ-LAW-ROADS", Article: "13", Point: "1-1", Subpoint: "6-5"},
	} {
		got, ok := ParseKey(r.Key())
		if !ok || fmt.Sprint(got) != fmt.Sprint(r) {
			t.Errorf("ParseKey(%q) = %+v, %v; want %+v", r.Key(), got, ok, r)
		}
	}
	for _, bad := range []string{"", "*", "/405", "KZ-UK/", "KZ-UK//2", "KZ-UK/405/", "kz-uk/405", "KZ--UK/405", "KZ-UK/405/p1/p2", "KZ-UK/405/pp1/2", "KZ-UK/-5"} {
		if r, ok := ParseKey(bad); ok {
			t.Errorf("ParseKey(%q) = %+v, want no key", bad, r)
		}
	}
}

func TestSuccessors(t *testing.T) {
	for _, tt := range []struct{ key, want, why string }{
		{"KZ-UK-1997/337-1", "KZ-UK-2014/405 wider", "the article on banned associations"},
		{"KZ-UK-2014/405/2", "KZ-UK-1997/337-1 wider", "backwards; the part does not count"},
		{"KZ-UK-1997/164", "KZ-UK-2014/174 same", "inciting discord"},
		{"KZ-UK-1997/174", "KZ-UK-2014/388 same", "the same number was another offence"},
		{"KZ-UK-2014/179", "KZ-UK-1997/168 merged KZ-UK-1997/170 merged", "two became one"},
		{"KZ-UK-2014/182", "", "new in 2014"},
		{"KZ-UK/174", "", "the edition is open"},
		{"ICCPR/9", "", "another instrument"},
	} {
		var got []string
		for _, s := range Successors(tt.key) {
			if s.Source == "" {
				t.Errorf("Successors(%q): %s has no source", tt.key, s.Key)
			}
			got = append(got, s.Key+" "+s.Relation)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("Successors(%q) = %v, want %s: %s", tt.key, got, tt.want, tt.why)
		}
	}
}

func TestRegistryIsWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, a := range Acts() {
		if a.RU == "" || a.KK == "" || a.EN == "" || seen[a.Key] {
			t.Errorf("%s: a name is missing, or the key occurs twice: %+v", a.Key, a)
		}
		seen[a.Key] = true
		if !isInstrumentKey(a.Key) {
			t.Errorf("%s is no key", a.Key)
		}
		if !slices.IsSortedFunc(a.Editions, func(x, y Edition) int { return strings.Compare(string(x.Since), string(y.Since)) }) {
			t.Errorf("%s: editions are not in order", a.Key)
		}
		for _, e := range a.Editions {
			if seen := a.Key == "KZ-UK" && e.Year == "2014"; seen && !e.Seen {
				t.Errorf("the code of 2014 was seen: %+v", e)
			}
			if !e.Since.Valid() || !e.Adopted.Valid() {
				t.Errorf("%s: edition %+v has no dates", a.Key, e)
			}
		}
	}
	for _, row := range mustRows("editions.txt", 6) {
		if row[5] != "seen" && row[5] != "believed" {
			t.Errorf("%s %s: the basis is %q", row[0], row[1], row[5])
		}
	}
	for key := range reg.editions {
		if _, ok := ParseKey(key + "/1"); !ok {
			t.Errorf("editions of %s, which is no key", key)
		}
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{"article:405(2)", "KZ-UK-2014/405/2", "ст:\"ч. 2 ст. 405 УК\"", "*/5/p1/pp2", "cites:A/HRC/1/2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		refs, ok := ParseQuery(s)
		if ok != (len(refs) > 0) {
			t.Fatalf("%q: %v, %v", s, refs, ok)
		}
		for _, r := range refs {
			if r.Kind == Document {
				continue
			}
			again, ok := ParseQuery(r.Key())
			if !ok || again[0].Key() != r.Key() {
				t.Errorf("%q: key %q reads back as %v", s, r.Key(), again)
			}
		}
	})
}
