package query

import (
	"strconv"
	"strings"
	"testing"
)

// dump shows a tree as no printer can hide it.
func dump(n Node) string {
	parts := make([]string, 0, 2)
	for _, k := range kids(n) {
		parts = append(parts, dump(k))
	}
	in := "(" + strings.Join(parts, " ") + ")"
	switch n := n.(type) {
	case *Word:
		if n.Exact {
			return "=" + n.Text
		}
		return n.Text
	case *Pattern:
		return "pattern:" + n.Text
	case *Fuzzy:
		return n.Text + "~" + strconv.Itoa(n.Distance)
	case *Phrase:
		return "[" + n.Text + "]"
	case *Match:
		s := string(n.Field) + ":"
		if n.Exact {
			s += "="
		}
		return s + "<" + n.Text + ">"
	case *Near:
		if n.Ordered {
			return "pre" + strconv.Itoa(n.Words) + in
		}
		return "near" + strconv.Itoa(n.Words) + in
	case *Same:
		return string(n.Unit) + in
	case *And:
		return "and" + in
	case *Or:
		return "or" + in
	case *Not:
		return "not" + in
	}
	return "nil"
}

// check parses a query, compares its tree, and prints and parses it again.
func check(t *testing.T, in, want, why string) {
	t.Helper()
	n, err := Parse(in)
	if err != nil {
		t.Errorf("Parse(%q) = %v, want %s: %s", in, err, want, why)
		return
	}
	if got := dump(n); got != want {
		t.Errorf("Parse(%q) = %s, want %s: %s", in, got, want, why)
	}
	again, err := Parse(n.String())
	if err != nil || !Equal(n, again) {
		t.Errorf("Parse(%q) prints %q, which reads as %v, %v: %s", in, n, again, err, why)
	}
}

func TestWordsAndOperators(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"пытки", "пытки", "one word"},
		{"арест адвокат", "and(арест адвокат)", "AND by default"},
		{"арест AND адвокат", "and(арест адвокат)", "AND may be written"},
		{"арест И адвокат ЖӘНЕ сот", "and(арест адвокат сот)", "AND in Russian and Kazakh, flattened"},
		{"арест и адвокат", "and(арест и адвокат)", "lower case is a word"},
		{"and or not", "and(and or not)", "lower case is a word"},
		{"And Or Not Или", "and(And Or Not Или)", "so is a capital at its start only"},
		{"пытки OR азаптау", "or(пытки азаптау)", "either"},
		{"a ИЛИ b НЕМЕСЕ c", "or(a b c)", "OR in Russian and Kazakh, flattened"},
		{"a b OR c d", "or(and(a b) and(c d))", "AND binds tighter than OR"},
		{"(a OR b) c", "and(or(a b) c)", "a group"},
		{"a (b c)", "and(a b c)", "an And in an And is flattened"},
		{"(a OR (b OR c)) OR d", "or(a b c d)", "an Or in an Or is flattened"},
		{"((((a))))", "a", "parentheses around one word say nothing"},
		{"a(b)c", "and(a b c)", "parentheses end a word"},
		{"пытки | СИЗО || суд && x", "and(пытки СИЗО суд x)", "bars and ampersands are punctuation"},
		{"пытки|СИЗО", "and(пытки СИЗО)", "without blanks too"},
		{"a /p b", "and(a b)", "a paragraph is where AND looks"},
		{"a w/p b W/S c", "and(a s(b c))", "the forms with w/ of other systems"},
	} {
		check(t, tt.in, tt.want, tt.why)
	}
}

func TestNot(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"a -штраф", "and(a not(штраф))", "minus"},
		{"a –b", "and(a not(b))", "en dash, as phones type it"},
		{"a —b", "and(a not(b))", "em dash"},
		{"a −b", "and(a not(b))", "minus sign"},
		{"a NOT b", "and(a not(b))", "NOT"},
		{"a AND NOT b", "and(a not(b))", "AND NOT"},
		{"a НЕ b", "and(a not(b))", "Russian"},
		{"азаптау ЕМЕС айыппұл", "and(азаптау not(айыппұл))", "ЕМЕС is read before its operand"},
		{"-a b", "and(not(a) b)", "the negative may come first"},
		{`a -"b c"`, "and(a not([b c]))", "a phrase"},
		{"a -(b OR c)", "and(a not(or(b c)))", "a group"},
		{"a -(b c)", "and(a not(and(b c)))", "not both"},
		{"a -(b -c)", "and(a not(and(b not(c))))", "a negative inside a group with a positive"},
		{"a (-b -c)", "and(a not(b) not(c))", "a group of negatives joins the And around it"},
		{"a -=b", "and(a not(=b))", "an exact word"},
		{"a -kind:news", "and(a not(kind:<news>))", "a field"},
		{"a -(b w/5 c)", "and(a not(near5(b c)))", "a distance in parentheses"},
		{"пре-суд", "пре-суд", "a hyphen inside a word is not a minus"},
		{"СИЗО - пытки", "and(СИЗО пытки)", "a dash between blanks is punctuation"},
		{"СИЗО — пытки", "and(СИЗО пытки)", "so is an em dash"},
		{"СИЗО -- пытки", "and(СИЗО пытки)", "and two hyphens"},
		{"СИЗО—пытки", "and(СИЗО пытки)", "an em dash divides words"},
		{"пп.1.-3 суд", "and(пп.1 3 суд)", "a hyphen behind a dot is punctuation: to exclude 3 would be a guess"},
		{"«Алға»-ның лидері", "and([Алға] лидері)", "a Kazakh case ending behind a quote is left out"},
		{"name:«Сәуле Тілек»-тің", "name:<Сәуле Тілек>", "behind a value too"},
		{"(-a b) c", "and(not(a) b c)", "first in a group"},
	} {
		check(t, tt.in, tt.want, tt.why)
	}
}

func TestQuotes(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{`"мирное собрание"`, "[мирное собрание]", "straight"},
		{"«мирное собрание»", "[мирное собрание]", "Russian"},
		{"“peaceful assembly”", "[peaceful assembly]", "English"},
		{"„бейбіт жиналыс“", "[бейбіт жиналыс]", "German, as typed in Kazakhstan"},
		{"„бейбіт жиналыс”", "[бейбіт жиналыс]", "as word processors close it"},
		{"”бейбіт жиналыс”", "[бейбіт жиналыс]", "the same mark twice"},
		{"‘peaceful assembly’", "[peaceful assembly]", "single, at the start of a word"},
		{"‘don’t speak’ x", "and([don’t speak] x)", "an apostrophe does not close"},
		{"don’t O'Brien", "and(don’t O'Brien)", "an apostrophe does not open"},
		{`"  a   b "`, "[a b]", "blanks collapse"},
		{`"пытки"`, "[пытки]", "a phrase of one word is this form"},
		{`="пытки и"`, "[пытки и]", "a phrase is exact already"},
		{`суд"мирное собрание"`, "and(суд [мирное собрание])", "a quote ends a word"},
		{"“он сказал \"да\"”", "[он сказал да]", "quotes inside are blanks"},
		{"«фонд «Алға» и другие»", "[фонд Алға и другие]", "they may nest"},
		{"«фонд «Алға» сегодня", "and([фонд Алға] сегодня)", "one » closes both, as Russian typography has it"},
		{`"кто сказал?"`, "[кто сказал?]", "a question in quotes"},
		{`"a AND -b"`, "[a AND -b]", "no operators inside"},
		{`"ст. 405 (2)"`, "[ст. 405 (2)]", "punctuation stays"},
	} {
		check(t, tt.in, tt.want, tt.why)
	}
}

func TestTokens(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"405(2)", "405(2)", "a part glued to an article"},
		{"405(2)(a)", "405(2)(a)", "and a point"},
		{"12(1)(b) ст.405(2)", "and(12(1)(b) ст.405(2))", "in other positions"},
		{"(405(2))", "405(2)", "in a group"},
		{"405 (2)", "and(405 2)", "with a blank it is a group"},
		{"суд(пытки)", "and(суд пытки)", "glued to a word it is a group"},
		{"2018(пытки)", "and(2018 пытки)", "too long for a part"},
		{"A/HRC/WGAD/2018/67", "A/HRC/WGAD/2018/67", "a document symbol"},
		{"№ 46/2023", "46/2023", "the sign of number is punctuation"},
		{"25.06.2016", "25.06.2016", "a date"},
		{"405-1 ст.405", "and(405-1 ст.405)", "numbers and letters"},
		{"2019–2023", "2019–2023", "an en dash between digits"},
		{"1,273 people", "and(1,273 people)", "a comma between digits"},
		{"пытки,СИЗО", "and(пытки СИЗО)", "a comma between words"},
		{"ч. 2 ст. 405, УК.", "and(ч. 2 ст 405 УК)", "dots and commas are left out, but for single letters"},
		{"И. Ахметов", "and(И. Ахметов)", "a capital before a dot is an initial, not AND"},
		{"Ахметов И.О. л.д. 5", "and(Ахметов И.О. л.д. 5)", "initials and abbreviations"},
		{"т. 2, л.д. 114", "and(т. 2 л.д. 114)", "volume and sheet"},
		{"суд...пытки", "and(суд пытки)", "an ellipsis divides"},
		{"12:30", "12:30", "not a field"},
		{"foo:bar", "foo:bar", "not a field we know"},
		{"foo: bar", "and(foo bar)", "nor with a blank"},
		{"http://example.org/a?b=1&c=*#x", "http://example.org/a?b=1&c=*#x", "an address is one word, without wildcards"},
		{"см. https://example.org/a/.", "and(см https://example.org/a)", "punctuation behind an address"},
		{"a_b x@example.org", "and(a_b x@example.org)", "underscores and mail addresses"},
		{"[a] {b} <c> $5 50% §34", "and(a b c 5 50 34)", "brackets and signs are punctuation"},
		{"a=b +c !d", "and(a b c d)", "signs that mean nothing here"},
		{"\u200fпытки\u202e СИЗО\x00\x01суд\xff\xfeарест", "and(пытки СИЗО суд арест)", "marks of direction, NUL and bytes that are not UTF-8 are blanks"},
		{"азап\u00adтау сот\u200bтың", "and(азаптау соттың)", "soft hyphens and zero widths are left out"},
		{"и\u0306од а\u0301рест", "and(и\u0306од а\u0301рест)", "combining marks belong to their word"},
		{"м² Ⅳ", "and(м² Ⅳ)", "numbers of other kinds"},
		{"пытки\tи\nарест\u00a0x", "and(пытки и арест x)", "every blank"},
		{"حرية التجمع", "and(حرية التجمع)", "other scripts"},
		{"👍 пытки 🇰🇿", "пытки", "emoji are punctuation"},
		{"=слово =OR =w/5", "and(=слово =OR =w/5)", "an exact word is never an operator"},
		{"a = b", "and(a b)", "= alone is punctuation"},
	} {
		check(t, tt.in, tt.want, tt.why)
	}
}

func TestPatternsAndDistances(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"задерж*", "pattern:задерж*", "any ending"},
		{"осужд?нный", "pattern:осужд?нный", "one letter"},
		{"*ского", "pattern:*ского", "any beginning, three letters"},
		{"ст*", "pattern:ст*", "two letters before the first wildcard are enough"},
		{"a*bc", "pattern:a*bc", "three letters in all"},
		{"a**bc***", "pattern:a*bc*", "stars in a row are one"},
		{"A/HRC/WGAD/2018/*", "pattern:A/HRC/WGAD/2018/*", "part of a symbol"},
		{"=задерж*", "pattern:задерж*", "patterns are on exact forms anyway"},
		{"Who violates art. 405?", "and(Who violates art 405)", "the mark of a question"},
		{"кто сказал???", "and(кто сказал)", "several of them"},
		{"(пытки?) «суд»?", "and(пытки [суд])", "before other punctuation"},
		{"осужд?нный?", "pattern:осужд?нный?", "with another wildcard it is one too"},
		{"a -?/б", "and(a б)", "a question mark before punctuation is some too"},
		{"суд/??", "суд", "so are several behind a slash"},
		{"2 w/5?(b)", "near5(2 b)", "and one behind an operator"},
		{"что ? где ??", "and(что где)", "alone it is punctuation"},
		{"Тлеубаев~1 Тлеубаев~2", "and(Тлеубаев~1 Тлеубаев~2)", "spelling distances"},
		{"Тлеубаев~", "Тлеубаев~1", "~ alone is 1"},
		{"(Тлеубаев~) x", "and(Тлеубаев~1 x)", "before a parenthesis"},
		{"~100 человек ~ x", "and(100 человек x)", "before a word it is punctuation"},
		{"пытки w/5 СИЗО", "near5(пытки СИЗО)", "within five words"},
		{"пытки W/05 СИЗО", "near5(пытки СИЗО)", "in capitals, with a zero"},
		{"пытки pre/100 СИЗО", "pre100(пытки СИЗО)", "in this order"},
		{"пытки near/3 СИЗО", "near3(пытки СИЗО)", "the word of other systems"},
		{`(a OR "b c") w/5 пыт*`, "near5(or(a [b c]) pattern:пыт*)", "what may stand beside it"},
		{"a b w/5 c d", "and(a near5(b c) d)", "it binds tighter than AND"},
		{"a w/5(b) /s(c)", "s(near5(a b) c)", "a group may follow without a blank"},
		{"a /s b", "s(a b)", "one sentence"},
		{"a /S b /s c", "s(s(a b) c)", "a chain is in one sentence"},
		{"a /s (b /s c)", "s(a s(b c))", "which parentheses may group"},
		{"a w/2 b /s c", "s(near2(a b) c)", "w/ binds tighter than /s"},
		{`name:"Сәуле Тілек" /s article:405`, "s(name:<Сәуле Тілек> article:<405>)", "a name and an article have a place"},
		{"a /d b", "d(a b)", "one document"},
		{"a /s b /d c w/3 e", "d(s(a b) near3(c e))", "/s binds tighter than /d"},
		{"отказ суда /d жалоба", "d(and(отказ суда) жалоба)", "AND binds tighter than /d: a paragraph is less than a document"},
		{"(a /d b) c OR d /d e", "or(and(d(a b) c) d(d e))", "unless parentheses say otherwise"},
		{"a /d (b /d c)", "d(a d(b c))", "they may group to the right"},
		{"(a b) /d (c OR kind:news)", "d(and(a b) or(c kind:<news>))", "anything positive in a document"},
		{"w/o x", "and(w/o x)", "not an operator"},
		{"№ 46 /2023", "and(46 2023)", "too great for a distance"},
	} {
		check(t, tt.in, tt.want, tt.why)
	}
}

func TestSpans(t *testing.T) {
	const q = "  ст. «мирное собрание» -(a OR имя: Тілек.) w5 x /s y"
	n, err := Parse(q)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"ст": "ст", "[мирное собрание]": "«мирное собрание»", "or(a name:<Тілек>)": "(a OR имя: Тілек.)",
		"name:<Тілек>": "имя: Тілек", "not(or(a name:<Тілек>))": "-(a OR имя: Тілек.)", "s(x y)": "x /s y",
	}
	Walk(n, func(n Node) bool {
		if w, ok := want[dump(n)]; ok && n.Span().Of(q) != w {
			t.Errorf("Span of %s is %q, want %q", dump(n), n.Span().Of(q), w)
		}
		delete(want, dump(n))
		return true
	})
	if len(want) > 0 {
		t.Errorf("not in the tree: %v", want)
	}
	if got := n.Span().Of(q); got != strings.TrimSpace(q) {
		t.Errorf("Span of the whole is %q", got)
	}
	for _, s := range []Span{{-1, 3}, {5, 2}, {90, 99}} {
		_ = s.Of("short") // a span of another query does not panic
	}
}

func TestWalkWordsAndEqual(t *testing.T) {
	n, err := Parse(`a -b (c OR =d) "e f" -(g h)`)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, w := range Words(n) {
		got = append(got, w.String())
	}
	if s := strings.Join(got, " "); s != "a c =d" {
		t.Errorf("Words = %q, want those that must be there", s)
	}
	for _, tt := range []struct {
		a, b string
		want bool
		why  string
	}{
		{"a  b", "(a AND b)", true, "spans do not count"},
		{"a b", "b a", false, "order counts"},
		{"a b", "a b c", false, "so does number"},
		{"a b", "a OR b", false, "and the operator"},
		{"=a", "a", false, "exactness"},
		{"a", `"a"`, false, "type"},
		{"a w/5 b", "a pre/5 b", false, "order of a distance"},
		{"a w/5 b", "a w/6 b", false, "distance"},
		{"a /s b", "a /d b", false, "unit"},
		{"name:a", "name:=a", false, "exactness of a field"},
		{"name:a", "person:a", false, "field"},
		{"иван~1", "иван~2", false, "spelling distance"},
		{"c -a", "c a", false, "negation"},
	} {
		a, errA := Parse(tt.a)
		b, errB := Parse(tt.b)
		if errA != nil || errB != nil || Equal(a, b) != tt.want {
			t.Errorf("Equal(%q, %q) = %v, want %v (%v, %v): %s", tt.a, tt.b, !tt.want, tt.want, errA, errB, tt.why)
		}
	}
	if !Equal(nil, nil) || Equal(n, nil) || Equal(nil, n) {
		t.Error("Equal with nil")
	}
	Walk(nil, func(Node) bool { t.Error("nil was visited"); return true })
}

func TestParseAny(t *testing.T) {
	for _, tt := range []struct{ in, want, why string }{
		{"пытки", "пытки", "one word"},
		{"пытки СИЗО", "or(пытки СИЗО)", "any may match"},
		{"", "nil", "nothing"},
		{" -!? * \x00 «»", "nil", "no word"},
		{`"мирное собрание" -штраф OR (x`, "or(мирное собрание штраф or x)", "no operator is read, none is missing"},
		{"кто? задерж* ~2 =a", "or(кто задерж 2 a)", "no wildcard, no distance"},
		{"name:Тілек date:2019..2023", "or(name Тілек date 2019 2023)", "no field"},
		{"a w/5 b pre/3 c w/s", "or(a w 5 b pre 3 c s)", "what would print as an operator is divided"},
		{"A/HRC/WGAD/2018/67 405(2) 12:30", "or(A/HRC/WGAD/2018/67 405(2) 12:30)", "numbers stay whole"},
		{"суд Суд СУД", "суд", "a word counts once"},
		{"И. Ахметов И", "or(И. Ахметов и)", "an initial, and a word in small letters"},
	} {
		n := ParseAny(tt.in)
		if got := dump(n); got != tt.want {
			t.Errorf("ParseAny(%q) = %s, want %s: %s", tt.in, got, tt.want, tt.why)
		}
		if n == nil {
			continue
		}
		if again, err := Parse(n.String()); err != nil || !Equal(n, again) {
			t.Errorf("ParseAny(%q) prints %q, which reads as %v, %v: %s", tt.in, n, again, err, tt.why)
		}
	}
}

func TestParseAnyReadsSoMuch(t *testing.T) {
	long := strings.Repeat("ы", MaxAnyBytes/2-1) + "\x00" + "ыы бөлек"
	n, ok := ParseAny(long).(*Word)
	if !ok || n.At.End > MaxAnyBytes {
		t.Errorf("ParseAny of %d bytes read on after MaxAnyBytes", len(long))
	}
	_ = ParseAny(strings.Repeat("\x80", MaxAnyBytes+9)) // no character starts anywhere
}
