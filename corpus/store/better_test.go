package store

import "testing"

// TestReadings decides which of two texts is the better, and whether one need
// not be read again.
func TestReadings(t *testing.T) {
	for _, tt := range []struct {
		why       string
		old, now  Reading
		better    bool
		extractor string // that asks whether old is enough
		enough    bool
	}{
		{"a newer version", Reading{Extractor: "pdf@1"}, Reading{Extractor: "pdf@2"}, true, "pdf@2", false},
		{"an older version", Reading{Extractor: "pdf@2"}, Reading{Extractor: "pdf@1"}, false, "pdf@1", true},
		{"the rest of a part", Reading{Extractor: "pdf@1+partial"}, Reading{Extractor: "pdf@1"}, true, "pdf@1", false},
		{"a part of what is whole", Reading{Extractor: "pdf@1"}, Reading{Extractor: "pdf@1+partial"}, false, "pdf@1", true},
		{"pages that tesseract read", Reading{Extractor: "pdf@1", Unread: []int{2}}, Reading{Extractor: "pdf@1+tesseract@5"}, true, "pdf@1+tesseract@5", false},
		{"the same on a machine without it", Reading{Extractor: "pdf@1+tesseract@5"}, Reading{Extractor: "pdf@1", Unread: []int{2}}, false, "pdf@1", true},
		{"a blank scan, tried before", Reading{Extractor: "pdf@1+tesseract@5", Unread: []int{2}}, Reading{Extractor: "pdf@1+tesseract@5", Unread: []int{2}}, false, "pdf@1+tesseract@5", true},
		{"tesseract had its turn, in vain", Reading{Extractor: "pdf@1", Unread: []int{2}}, Reading{Extractor: "pdf@1+tesseract@5", Unread: []int{2}}, true, "pdf@1+tesseract@5", false},
		{"a doubtful page, tesseract is new", Reading{Extractor: "pdf@1", Doubtful: []int{2}}, Reading{Extractor: "pdf@1+tesseract@5"}, true, "pdf@1+tesseract@5", false},
		{"a doubtful page, without helpers", Reading{Extractor: "pdf@1", Doubtful: []int{2}}, Reading{Extractor: "pdf@1", Doubtful: []int{2}}, false, "pdf@1", true},
		{"an unread page, without helpers", Reading{Extractor: "pdf@1", Unread: []int{2}}, Reading{Extractor: "pdf@1", Unread: []int{2}}, false, "pdf@1", false},
	} {
		if got := better(tt.old, tt.now); got != tt.better {
			t.Errorf("%s: better(%+v, %+v) = %t", tt.why, tt.old, tt.now, got)
		}
		if got := sufficient(tt.old, tt.extractor); got != tt.enough {
			t.Errorf("%s: sufficient(%+v, %q) = %t", tt.why, tt.old, tt.extractor, got)
		}
	}
}
