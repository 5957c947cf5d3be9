package samples

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"unicode/utf8"

	"github.com/go-pdf/fpdf"
)

// A scan is drawn at 75 dots an inch: small, and as grey as an office copy.
const (
	scanWide, scanHigh = 620, 877
)

// picture prints a page that is a picture of handwriting, stamped SPECIMEN.
// It has no text layer: what stands on it cannot be read without looking.
func (p *press) picture(b block) {
	if p.y > top {
		p.turn()
	}
	p.bare = true
	var buf bytes.Buffer
	if err := png.Encode(&buf, drawScan(textSpans(b.spans), scanWide+p.page)); err != nil {
		p.pdf.SetError(err)
		return
	}
	name := "scan" + itoa(p.page)
	opt := fpdf.ImageOptions{ImageType: "PNG"}
	p.pdf.RegisterImageOptionsReader(name, opt, &buf)
	p.pdf.ImageOptions(name, 0, 0, pageWide, pageHigh, false, opt, 0, "")
	p.y = pageHigh - bottom - 3*p.look.lead // room for the words of a stamp
}

// drawScan draws lines that look like writing, a word for each word of the
// text, a ring like that of a seal, and the word SPECIMEN across the page. No
// two pictures of a document may be equally wide: fpdf orders them by width,
// and by chance where it is the same.
func drawScan(text string, wide int) image.Image {
	img := image.NewGray(image.Rect(0, 0, wide, scanHigh))
	for i := range img.Pix {
		img.Pix[i] = 0xf4 - uint8(i*7919%5)
	}
	x, y := 80.0, 110.0
	for i, w := range bytes.Fields([]byte(text)) {
		long := 6.5 * float64(utf8.RuneCount(w))
		if x+long > scanWide-70 {
			x, y = 80, y+22
		}
		scribble(img, x, y, long, float64(i))
		x += long + 9
	}
	seal(img)
	stamp(img)
	return img
}

// scribble draws one word as a wave whose shape follows from its place.
func scribble(img *image.Gray, x, y, wide, seed float64) {
	for t := 0.0; t < wide; t += 0.25 {
		rise := 4*math.Sin(t*0.9+seed) + 3*math.Sin(t*0.37+seed*1.7)
		dot(img, x+t, y+rise, 0x30)
		dot(img, x+t, y+rise+1, 0x70)
	}
}

// seal draws two rings at the foot of the page.
func seal(img *image.Gray) {
	const x, y, outer, inner = 440, 740, 62, 48
	for _, r := range []float64{outer, inner} {
		for a := 0.0; a < 2*math.Pi; a += 0.004 {
			dot(img, x+r*math.Cos(a), y+r*math.Sin(a), 0x60)
		}
	}
}

// glyphs are the letters of SPECIMEN, five dots wide and seven high, a byte a row.
var glyphs = map[rune][7]byte{
	'S': {0x0f, 0x10, 0x10, 0x0e, 0x01, 0x01, 0x1e},
	'P': {0x1e, 0x11, 0x11, 0x1e, 0x10, 0x10, 0x10},
	'E': {0x1f, 0x10, 0x10, 0x1e, 0x10, 0x10, 0x1f},
	'C': {0x0f, 0x10, 0x10, 0x10, 0x10, 0x10, 0x0f},
	'I': {0x0e, 0x04, 0x04, 0x04, 0x04, 0x04, 0x0e},
	'M': {0x11, 0x1b, 0x15, 0x15, 0x11, 0x11, 0x11},
	'N': {0x11, 0x19, 0x15, 0x13, 0x11, 0x11, 0x11},
}

// stamp draws the word SPECIMEN beside the seal.
func stamp(img *image.Gray) {
	const left, y, size = 90, 690, 5
	for i, c := range "SPECIMEN" {
		for row, bits := range glyphs[c] {
			for col := range 5 {
				if bits>>(4-col)&1 == 1 {
					at := image.Pt(left+(6*i+col)*size, y+row*size)
					draw.Draw(img, image.Rectangle{at, at.Add(image.Pt(size, size))}, image.NewUniform(color.Gray{Y: 0x90}), image.Point{}, draw.Src)
				}
			}
		}
	}
}

func dot(img *image.Gray, x, y float64, shade uint8) {
	img.SetGray(int(x), int(y), color.Gray{Y: shade})
}
