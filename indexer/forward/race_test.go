package forward

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"

	"dalel/search"
)

// TestReadersBesideAWriter is for the race detector; each reader checks that
// its view agrees with itself.
func TestReadersBesideAWriter(t *testing.T) {
	s := newStore(t)
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if err := readAll(s); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for i := range 60 {
		mustAppend(t, s, doc(strconv.Itoa(i%40), nil, fmt.Sprintf("words w%d of x%d", i, i*i), "# h", "more"))
		if i%7 == 0 {
			if err := s.Remove(t.Context(), testID(strconv.Itoa(i/2))); err != nil {
				t.Error(err)
			}
		}
		if i%5 == 0 {
			mustSync(t, s, uint64(i))
		}
	}
	close(done)
	wg.Wait()
}

func readAll(s *Store) error {
	v := s.View()
	defer v.Release()
	paras, docs := v.Size()
	for p := range search.ParaNo(paras) {
		toks, err := v.Tokens(p, nil, nil, nil)
		if err != nil {
			return err
		}
		if len(toks) != v.TokenCount(p) {
			return fmt.Errorf("%d tokens, want %d", len(toks), v.TokenCount(p))
		}
		if _, err := v.Paragraph(p); err != nil {
			return err
		}
		for _, tok := range toks {
			if id, ok := v.Form(v.FormText(tok.Exact)); !ok || id != tok.Exact {
				return fmt.Errorf("form %d is %d", tok.Exact, id)
			}
		}
		if d := v.Para(p).Doc; int(d) >= docs || v.Doc(d).ID != v.ID(d) {
			return fmt.Errorf("paragraph %d of document %d", p, d)
		}
	}
	n := 0
	for _, id := range v.Lexicon().Order {
		if strings.HasPrefix(v.FormText(id), "w") {
			n++
		}
	}
	if paras > 0 && n < 2 {
		return fmt.Errorf("%d forms", n)
	}
	return nil
}
