package query

import (
	"errors"
	"testing"
	"unicode"
)

func TestOrdinaryQueriesParse(t *testing.T) {
	queries := lines(t, "ordinary.txt")
	if len(queries) < 150 {
		t.Errorf("%d queries, want 150", len(queries))
	}
	for i, q := range queries {
		n, err := Parse(q)
		if err != nil {
			t.Errorf("line %d: %v", i+1, err)
			continue
		}
		if again, err := Parse(n.String()); err != nil || !Equal(n, again) {
			t.Errorf("line %d: %q prints %q, which reads as %v, %v", i+1, q, n, again, err)
		}
	}
}

func TestHostileQueriesAreAnswered(t *testing.T) {
	queries := lines(t, "hostile.txt")
	if len(queries) < 50 {
		t.Errorf("%d queries, want 50", len(queries))
	}
	refused := 0
	for i, q := range queries {
		n, err := Parse(q)
		if err == nil {
			checkTree(t, q, n)
			continue
		}
		refused++
		checkError(t, q, err)
		for _, r := range err.Error() {
			if unicode.IsControl(r) && r != '\t' || unicode.Is(unicode.Bidi_Control, r) {
				t.Errorf("line %d: the message has %U", i+1, r)
			}
		}
		var e *Error
		if errors.As(err, &e) && len(err.Error()) > 2000 {
			t.Errorf("line %d: the message has %d bytes", i+1, len(err.Error()))
		}
	}
	if refused == 0 || refused == len(queries) {
		t.Errorf("%d of %d refused", refused, len(queries))
	}
}
