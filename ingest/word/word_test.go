package word

import (
	"slices"
	"testing"

	"dalel/ingest/extracttest"
)

// TestPrinted reads what antiword prints: a line a paragraph, tables between
// bars, notes at the end.
func TestPrinted(t *testing.T) {
	in := "\n1. SPECIMEN: бірінші тармақ.[1]\n\n|Жыл        |Саны     |\n|2020       |5        |\n\n[2] is no note here.\n\nЕкінші тармақ.[2]\n\n---------------\n[1] Бірінші ескертпе.\n\n[2] Екінші ескертпе.\n"
	got := &extracttest.Result{}
	if err := emit(t.Context(), in, got); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"1. SPECIMEN: бірінші тармақ.[1]", "table: Жыл | Саны", "table: 2020 | 5", "[2] is no note here.", "Екінші тармақ.[2]",
		"---------------", "footnote: [1] Бірінші ескертпе.", "footnote: [2] Екінші ескертпе.",
	}
	if !slices.Equal(got.Lines(), want) {
		t.Errorf("got %q, want %q", got.Lines(), want)
	}
}
