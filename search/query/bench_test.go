package query

import (
	"strings"
	"testing"
)

func BenchmarkParse(b *testing.B) {
	for _, bm := range []struct{ name, query string }{
		{"typical", `ст:"ч. 2 ст. 405 УК" "свобода объединений" (пытки OR азаптау) -штраф lang:ru date:2019..2023`},
		{"words", strings.Repeat("слово ", MaxWords)},
		{"deep", strings.Repeat("(a OR b ", MaxDepth/2) + "c" + strings.Repeat(")", MaxDepth/2)},
		{"patterns", strings.Repeat("a*b*c*d*e*f*g* ", MaxPatterns)},
		{"quotes", strings.Repeat("«", MaxBytes/2)},
		{"nested quotes", strings.Repeat("«« a» ", MaxBytes/9)},
		{"questions", strings.Repeat("?", MaxBytes)},
		{"dashes", strings.Repeat("-", MaxBytes)},
		{"glued", "1" + strings.Repeat("(1", MaxBytes/2-1)},
		{"value", "name:" + strings.Repeat("a(b)", MaxBytes/4-2)},
		{"values", strings.Repeat("kind:басқа ", MaxWords-1)},
		{"slashes", strings.Repeat("/", MaxBytes)},
		{"dots", strings.Repeat("a.", MaxBytes/2)},
		{"chain", strings.Repeat("a /s ", MaxWords-1) + "a"},
		{"tildes", strings.Repeat("abc~", MaxBytes/4)},
	} {
		b.Run(bm.name, func(b *testing.B) {
			b.SetBytes(int64(len(bm.query)))
			b.ReportAllocs()
			for b.Loop() {
				_, _ = Parse(bm.query) // an error is an answer too
			}
		})
	}
}

func BenchmarkParseAny(b *testing.B) {
	q := strings.Repeat("Бейбіт жиналыс туралы 405(2) ", MaxAnyBytes/50)
	b.SetBytes(int64(len(q)))
	b.ReportAllocs()
	for b.Loop() {
		ParseAny(q)
	}
}
