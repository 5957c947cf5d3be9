package search

import (
	"math/rand/v2"
	"testing"
)

// randomExpr makes an expression over five leaves.
func randomExpr(rng *rand.Rand, depth int) *expr {
	if depth == 0 || rng.IntN(3) == 0 {
		e := &expr{kind: opLeaf, leaf: rng.IntN(5)}
		e.uses.add(e.leaf)
		return e
	}
	kind := []opKind{opAnd, opOr, opNot, opDocument}[rng.IntN(4)]
	n := 2
	if kind == opNot {
		n = 1
	}
	e := &expr{kind: kind}
	for range n {
		k := randomExpr(rng, depth-1)
		e.kids = append(e.kids, k)
		e.uses.union(k.uses)
	}
	return e
}

func TestNothingHoldsWithoutItsMust(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	needed := 0
	for range 2000 {
		e := randomExpr(rng, 3)
		must := e.must()
		for set := range uint64(32) {
			doc := leafSet{set}
			if e.holds(verdict{&doc, &doc, &doc, &Para{}}) && must[0]&^set != 0 {
				t.Fatalf("%+v holds of %b, but must have %b", e, set, must[0])
			}
		}
		if must[0] != 0 {
			needed++
		}
	}
	if needed == 0 {
		t.Error("no expression needed anything")
	}
}

func TestMust(t *testing.T) {
	leaf := func(n int) *expr { return &expr{kind: opLeaf, leaf: n} }
	for _, tt := range []struct {
		expr *expr
		want uint64
		why  string
	}{
		{leaf(1), 0b10, "a word"},
		{&expr{kind: opAnd, kids: []*expr{leaf(0), leaf(2)}}, 0b101, "both of two"},
		{&expr{kind: opOr, kids: []*expr{leaf(0), leaf(2)}}, 0, "either will do"},
		{&expr{kind: opOr, kids: []*expr{leaf(1), {kind: opAnd, kids: []*expr{leaf(1), leaf(2)}}}}, 0b10, "either way has the first"},
		{&expr{kind: opAnd, kids: []*expr{leaf(0), {kind: opNot, kids: []*expr{leaf(2)}}}}, 1, "what must not be there need not be there"},
	} {
		if got := tt.expr.must(); got[0] != tt.want {
			t.Errorf("%s: %b, want %b", tt.why, got[0], tt.want)
		}
	}
}

func TestReachIsTheFirstNotBelow(t *testing.T) {
	var list []posting
	for para := ParaNo(3); para < 200; para += 1 + para%7 {
		list = append(list, posting{para: para})
	}
	for from := range len(list) + 1 {
		for para := range ParaNo(210) {
			want := from
			for want < len(list) && list[want].para < para {
				want++
			}
			if got := reach(list, from, para); got != want {
				t.Fatalf("from %d to %d: %d, want %d", from, para, got, want)
			}
		}
	}
}

// TestOneWordIsWalkedAsManyAre compares the short way for one word with the
// long way that an OR of it with itself goes.
func TestOneWordIsWalkedAsManyAre(t *testing.T) {
	for _, word := range []string{"адвокат", "собр*", "пытки", "неизвестно"} {
		var answers [2]string
		for i, q := range []string{word + " terms:off", "(" + word + " OR " + word + ") terms:off"} {
			res, err := specimens().engine().Search(t.Context(), Request{Query: q, Limit: 20})
			if err != nil {
				t.Fatal(err)
			}
			answers[i] = places(res)
		}
		if answers[0] != answers[1] {
			t.Errorf("%s: %q, and %q the long way", word, answers[0], answers[1])
		}
	}
}
