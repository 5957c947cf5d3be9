package search

import (
	"reflect"
	"slices"
	"testing"

	"dalel/corpus"
)

// named is a document that names persons: pairs of the group and the name as
// the document has it.
func named(id string, text string, persons ...[2]string) *corpus.Document {
	d := doc(id, nil, para(text))
	var values []string
	for _, p := range persons {
		values = append(values, PersonValue(p[0], p[1]))
	}
	d.Read[KeyPerson] = corpus.Fact{Values: values}
	return d
}

func facetFor(t *testing.T, res *Result, k corpus.Key) Facet {
	t.Helper()
	i := slices.IndexFunc(res.Facets, func(f Facet) bool { return f.Key == k })
	if i < 0 {
		t.Fatalf("no facet %s among %v", k, res.Facets)
	}
	return res.Facets[i]
}

func TestAPersonIsOneValueInEveryScript(t *testing.T) {
	f := newFake(
		named("a", "суд", [2]string{"Dauletiyar Konyrtauov", "Dauletiyar Konyrtauov"}),
		named("b", "суд", [2]string{"Dauletiyar Konyrtauov", "Даулетияр Коныртауов"}, [2]string{"Зылиқа Тобылғыбаева", "Зылиқа Тобылғыбаева"}),
		named("c", "суд", [2]string{"Dauletiyar Konyrtauov", "Даулетияр Коныртауов"}, [2]string{"Dauletiyar Konyrtauov", "Dauletiyar Konyrtauov"}),
		named("copy", "суд", [2]string{"Dauletiyar Konyrtauov", "Даулетияр Коныртауов"}))
	f.docs[1].Work, f.docs[3].Work = "one", "one"
	ask := func(filter ...string) *Result {
		t.Helper()
		req := Request{Query: "суд", Limit: 10, Facets: true, Filter: Filter{Facts: map[corpus.Key][]string{}}}
		if len(filter) > 0 {
			req.Filter.Facts[KeyPerson] = filter
		}
		res, err := f.engine().Search(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	want := []FacetValue{
		{Value: "Dauletiyar Konyrtauov", Works: 3, Names: []string{"Dauletiyar Konyrtauov", "Даулетияр Коныртауов"}},
		{Value: "Зылиқа Тобылғыбаева", Works: 1, Names: []string{"Зылиқа Тобылғыбаева"}},
	}
	if got := facetFor(t, ask(), KeyPerson).Values; !reflect.DeepEqual(got, want) {
		t.Errorf("persons\n got %v\nwant %v", got, want)
	}
	if got := places(ask("Зылиқа Тобылғыбаева")); got != "b#1" {
		t.Errorf("the filter gives %s, want b#1", got)
	}
}

func TestArticlesAndDocumentsAreFacets(t *testing.T) {
	f := newFake(doc("a", nil, para("осужден по ч. 2 ст. 405 УК РК")), doc("b", nil, para("осужден по ст. 405 УК РК, см. A/HRC/WGAD/2018/67")))
	res, err := f.engine().Search(t.Context(), Request{Query: "осужден", Limit: 9, Facets: true})
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range map[corpus.Key]FacetValue{
		KeyArticle:    {Value: "KZ-UK-2014/405", Works: 2},
		KeyInstrument: {Value: "KZ-UK-2014", Works: 2},
		KeyCites:      {Value: "A/HRC/WGAD/2018/67", Works: 1},
	} {
		if got := facetFor(t, res, k).Values; !reflect.DeepEqual(got, []FacetValue{want}) {
			t.Errorf("%s: %v, want %v", k, got, want)
		}
	}
}

func TestAFacetOfThousandsSaysWhatItLeavesOut(t *testing.T) {
	f := Facet{Key: KeyPerson}
	for range foundValues + 5 {
		f.Values = append(f.Values, FacetValue{Works: 1})
	}
	f.Values[foundValues+2].On = true
	f.cut()
	if len(f.Values) != foundValues+1 || f.Left != 4 {
		t.Errorf("%d values and %d left, want %d and 4: one that is on stays", len(f.Values), f.Left, foundValues+1)
	}
}
