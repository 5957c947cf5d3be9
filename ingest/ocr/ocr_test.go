package ocr

import (
	"reflect"
	"testing"
)

// TestParseTSV reads the table that tesseract prints.
func TestParseTSV(t *testing.T) {
	in := "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" +
		"1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t\n" +
		"4\t1\t1\t1\t1\t0\t100\t200\t900\t50\t-1\t\n" +
		"5\t1\t1\t1\t1\t1\t100\t200\t300\t50\t96.5\tҮКІМ\n" +
		"5\t1\t1\t1\t1\t2\t420\t200\t100\t50\t80\t \n" +
		"5\t1\tbroken\n" +
		"1\t2\t0\t0\t0\t0\t0\t0\t10\t20\t-1\t\n"
	want := []Page{
		{Width: 2480, Height: 3508, Words: []Word{{Text: "ҮКІМ", X0: 100, Y0: 200, X1: 400, Y1: 250, Confidence: 0.965, Block: 1, Par: 1, Line: 1}}},
		{Width: 10, Height: 20},
	}
	got := parseTSV([]byte(in))
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if c := got[0].Confidence(); c != 0.965 {
		t.Errorf("Confidence = %v", c)
	}
}

func TestResolution(t *testing.T) {
	if got := Resolution(595, 842, 300); got != 300 {
		t.Errorf("A4 is read at %d dpi", got)
	}
	if got := Resolution(14400, 14400, 300); got > 40 || got < 1 {
		t.Errorf("a page of 200 inches is read at %d dpi: too many pixels", got)
	}
}
