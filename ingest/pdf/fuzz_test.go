package pdf

import (
	"bytes"
	"context"
	"reflect"
	"testing"
	"time"
	"unicode/utf8"

	"dalel/corpus"
)

// FuzzExtract: no file makes the extractor panic or forget a page, every
// paragraph is one line of valid text on real pages, and two readings agree.
func FuzzExtract(f *testing.F) {
	f.Add(specimen())
	f.Add(pages(at(50, 700, "H", 10, sentence), "q 600 0 0 800 0 0 cm /I Do Q", wide(50, 700, "K", 10, "Қазақ")))
	f.Add(pagesWith("/Rotate 270/CropBox[10 10 500 500]", "BI /W 2 ID \x80 EI Q BT /K 10 Tf <0041> Tj ET"))
	f.Add(packed())
	f.Add([]byte("%PDF-1.4\n1 0 obj<</Type/ObjStm/N 1/First 4/Length 20>>stream\n2 0 <</Type/Page>>\nendstream endobj"))
	f.Fuzz(func(t *testing.T, b []byte) {
		once, err1 := extractWithin(b)
		again, err2 := extractWithin(b)
		if (err1 == nil) != (err2 == nil) || !reflect.DeepEqual(once, again) {
			t.Fatalf("two readings differ: %v, %v", err1, err2)
		}
		for i := range once.pages {
			if once.pages[i].No != i+1 {
				t.Errorf("page %d comes after page %d", once.pages[i].No, i)
			}
		}
		for i := range once.paras {
			checkParagraph(t, &once.paras[i])
		}
	})
}

func extractWithin(b []byte) (*result, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	r := &result{}
	err := Extractor{}.Extract(ctx, bytes.NewReader(b), r)
	return r, err
}

func checkParagraph(t *testing.T, p *corpus.Paragraph) {
	t.Helper()
	if p.Text == "" || !utf8.ValidString(p.Text) || bytes.ContainsAny([]byte(p.Text), "\n\r\x00") {
		t.Errorf("text %q is not one line of text", p.Text)
	}
	if len(p.Pages) == 0 || p.Pages[0].Start != 0 {
		t.Errorf("pages %+v do not begin at 0", p.Pages)
	}
	for i, s := range p.Pages {
		if s.Page < 1 || s.Start > len(p.Text) || i > 0 && (s.Start <= p.Pages[i-1].Start || s.Page <= p.Pages[i-1].Page) {
			t.Errorf("pages %+v of a text of %d bytes", p.Pages, len(p.Text))
		}
	}
}

// FuzzLexer: every content stream ends, and operands stay within their limit.
func FuzzLexer(f *testing.F) {
	f.Add([]byte("BT /F 1 Tf [(a) 1 [2 <41>]] TJ (\\101\\\n) ' <</A (x)>> BDC BI ID EI"))
	f.Fuzz(func(t *testing.T, b []byte) {
		l := &lexer{b: b}
		for last := 0; ; last = l.i {
			_, args, ok := l.next()
			if !ok {
				return
			}
			if l.i <= last {
				t.Fatalf("the lexer stands still at %d of %q", l.i, b)
			}
			if len(args) > maxOperands {
				t.Errorf("%d operands", len(args))
			}
		}
	})
}
