package ui_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"dalel/ui"
)

// BenchmarkDocument renders a part of a document of 1,500 paragraphs.
func BenchmarkDocument(b *testing.B) {
	f := specimens()
	f.docs = append(f.docs, long(1500))
	s, err := ui.New(ui.Config{Search: f, Library: f, Reports: f, Addr: addr})
	if err != nil {
		b.Fatal(err)
	}
	r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, base+"/doc/"+string(id(9))+"?at=900", http.NoBody)
	for b.Loop() {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}
