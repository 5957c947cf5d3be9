package voice_test

import (
	"fmt"
	"testing"

	"dalel/corpus"
)

// BenchmarkApply reads the voices of a judgment of 600 paragraphs.
func BenchmarkApply(b *testing.B) {
	lines := []string{"# CASE OF SPECIMEN v. NOWHERE", "# THE FACTS"}
	for i := 1; i <= 600; i++ {
		lines = append(lines, fmt.Sprintf("%d. On 3 March 2021 the applicant, who had been arrested, was brought before a judge, and the Government submitted that “the delay had been caused by the illness of the judge on duty”; the court of appeal did not agree.", i))
		if i%100 == 0 {
			lines = append(lines, "# THE LAW")
		}
	}
	t := read(corpus.Judgment, lines...)
	size := 0
	for i := range t.Paragraphs {
		size += len(t.Paragraphs[i].Text)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for i := range t.Paragraphs {
			p := &t.Paragraphs[i]
			p.Voice, p.Section, p.Quotes = "", "", nil
		}
		apply(t)
	}
}
