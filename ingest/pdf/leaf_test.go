package pdf

import (
	"bytes"
	"math"
	"testing"

	"dalel/ingest/ocr"
)

// wordsOf1 returns the words of the first page with their places.
func wordsOf1(t *testing.T, file []byte) *page {
	t.Helper()
	d, err := open(t.Context(), bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	pages, err := d.listPages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	d.boxes = true
	p, err := readPage(t.Context(), d, pages, 0)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestBoxes finds the word SPECIMEN where it stands, from the upper left corner
// of the page as a reader sees it.
func TestBoxes(t *testing.T) {
	const content = "BT /H 10 Tf 100 700 Td (SPECIMEN text) Tj ET"
	const width = 52.23 // of SPECIMEN in Helvetica, 10 points
	for _, tt := range []struct {
		why, entries string
		want         [4]float64
	}{
		{"upright", "", [4]float64{100, 92, 100 + width, 102.2}},
		{"a crop box moves the corner", "/CropBox[50 100 550 750]", [4]float64{50, 42, 50 + width, 52.2}},
		{"user units", "/UserUnit 2", [4]float64{200, 184, 200 + 2*width, 204.4}},
		{"turned to the right", "/Rotate 90", [4]float64{697.8, 100, 708, 100 + width}},
		{"turned over", "/Rotate 180", [4]float64{500 - width, 697.8, 500, 708}},
		{"turned to the left", "/Rotate 270", [4]float64{92, 500 - width, 102.2, 500}},
	} {
		p := wordsOf1(t, pagesWith(tt.entries, content))
		ws := p.words()
		if len(ws) != 2 || ws[0].Text != "SPECIMEN" {
			t.Errorf("%s: words %+v", tt.why, ws)
			continue
		}
		for k, v := range ws[0].Box {
			if math.Abs(v-tt.want[k]) > 0.6 {
				t.Errorf("%s: box %v, want %v", tt.why, ws[0].Box, tt.want)
				break
			}
		}
	}
}

// TestRecognised lays out what tesseract saw: lines become a paragraph, and
// their words keep their places.
func TestRecognised(t *testing.T) {
	seen := &ocr.Page{Width: 2480, Height: 3508}
	word := func(text string, x, y, w, h float64, par, line int) {
		seen.Words = append(seen.Words, ocr.Word{Text: text, X0: x, Y0: y, X1: x + w, Y1: y + h, Confidence: 0.9, Block: 1, Par: par, Line: line})
	}
	word("1.", 300, 400, 40, 36, 1, 1)
	word("Бірінші", 380, 400, 200, 36, 1, 1)
	word("тармақ,", 600, 400, 1500, 44, 1, 1)
	word("оның", 300, 460, 120, 36, 1, 2)
	word("жалғасы.", 440, 460, 200, 36, 1, 2)
	word("2.", 300, 560, 40, 36, 2, 1)
	word("Екінші.", 380, 560, 200, 36, 2, 1)
	leaf := ImageLeaf(seen, nil)
	if len(leaf.Words) != 0 {
		t.Errorf("words without an engine: %+v", leaf.Words)
	}
	p := &page{no: 1, width: 595, height: 842, images: 1, imageArea: 1, boxes: true}
	p.lines = nil
	p.layout(glyphsOf(seen, p.height, 842.0/3508))
	if len(p.lines) != 3 || p.lines[0].text != "1. Бірінші тармақ," || p.lines[1].text != "оның жалғасы." {
		t.Fatalf("lines %+v", p.lines)
	}
	ws := p.words()
	if len(ws) != 7 || math.Abs(ws[1].Box[0]-380*842.0/3508) > 0.1 || ws[1].Box[1] > 400*842.0/3508+1 || ws[1].Box[3] < 436*842.0/3508-1 {
		t.Errorf("the box of the second word is %+v; it does not cover it", ws[1])
	}
}
