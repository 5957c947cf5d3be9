package campaign

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dalel/indexer"
	"dalel/search"
)

// TestCancel breaks off searches that take long, at moments all over their time.
// Each ends soon, with the context's error and no answer.
func TestCancel(t *testing.T) {
	dir := filepath.Join(tempDir(t), "lib")
	docs := scale(60, 600, 1500)
	fill(t, dir, 0, docs, 200)
	l, err := indexer.Open(t.Context(), dir, quick())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	engine := &search.Engine{Index: l.Index(), Forward: l.Forward(), Clock: time.Now}
	v := vocabulary()
	var took []time.Duration
	broken := 0
	for _, q := range []string{
		v[0] + " OR " + v[1] + " OR " + v[2] + " OR " + v[3], `"` + v[0] + " " + v[1] + `"`, v[0] + " w/50 " + v[1] + " OR " + v[2] + " w/50 " + v[3],
		string([]rune(v[0])[:3]) + "*", v[5] + "~2", `name:"Азамат Сейтенов" OR article:405(2)`, v[0] + " /d " + v[1] + " -" + v[2], "kind:verdict",
	} {
		req := search.Request{Query: q, Limit: 100, Facets: true, Group: true}
		start := time.Now()
		if _, err := engine.Search(t.Context(), req); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		whole := time.Since(start)
		const moments = 12
		for i := range moments {
			ctx, cancel := context.WithCancel(t.Context())
			var at time.Time
			timer := time.AfterFunc(time.Duration(i)*whole/moments, func() { at = time.Now(); cancel() })
			res, err := engine.Search(ctx, req)
			end := time.Now()
			if timer.Stop() {
				cancel()
				continue // it was done before
			}
			<-ctx.Done()
			switch {
			case err == nil: // the answer was made already
			case !errors.Is(err, context.Canceled) || res != nil:
				t.Errorf("%s: %v, %v, want context.Canceled", q, res, err)
			default:
				broken++
				took = append(took, max(0, end.Sub(at)))
			}
		}
	}
	if broken < 10 {
		t.Skipf("only %d searches could be broken off: of so few documents they are too fast; .ci/run asks more, by .ci/campaigns", broken)
	}
	slices.Sort(took)
	percent := func(p int) time.Duration { return took[(len(took)-1)*p/100].Round(10 * time.Microsecond) }
	t.Logf("CANCEL broken_off=%d p50=%v p90=%v worst=%v", broken, percent(50), percent(90), percent(100))
	usual := percent(scale(50, 90, 90)) // beside other tests a goroutine may wait long for its turn
	if most := 50 * time.Millisecond; usual > most {
		t.Errorf("a search goes on for %v after it was broken off, want at most %v", usual, most)
	}
}
