// Package ocr reads text from images by tesseract, and makes images of the
// pages of PDF files by pdftoppm, where these programs are installed. It always
// reads Russian, Kazakh and English together: Russian alone destroys Kazakh
// letters, and the other languages cost English hardly anything.
package ocr

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"dalel/ingest"
	"dalel/ingest/helper"
)

// Limit is how long a program may take for one page.
const Limit = 50 * time.Second

// DPI is the resolution at which pages are read, in dots per inch.
const DPI = 300

// maxPixels bounds an image of a page; a page of A4 at 300 dpi has 9 million.
const maxPixels = 60e6

// Languages are those that are read, as tesseract names them.
var Languages = []string{"rus", "kaz", "eng"}

// Engine is an installed tesseract.
type Engine struct {
	program *helper.Program
	langs   []string // of Languages, those that are installed
}

var engine struct {
	sync.Mutex
	asked bool
	found *Engine
}

// Find returns the engine of this machine; nil if tesseract is not installed,
// or with none of the languages.
func Find(ctx context.Context) *Engine {
	engine.Lock()
	defer engine.Unlock()
	if !engine.asked {
		engine.found = look(ctx)
		engine.asked = ctx.Err() == nil
	}
	return engine.found
}

func look(ctx context.Context) *Engine {
	p := helper.Find(ctx, "tesseract", "--version")
	if p == nil {
		return nil
	}
	out, err := p.Run(ctx, Limit, "--list-langs")
	if err != nil {
		return nil
	}
	e := &Engine{program: p}
	have := strings.Fields(string(out))
	for _, l := range Languages {
		if slices.Contains(have, l) {
			e.langs = append(e.langs, l)
		}
	}
	if len(e.langs) == 0 {
		return nil
	}
	return e
}

// String names engine, version and languages in the record of a text: what it
// read depends on all three.
func (e *Engine) String() string {
	s := e.program.String()
	if len(e.langs) < len(Languages) {
		s += "-" + strings.Join(e.langs, "-")
	}
	return s
}

// Missing returns the languages that are not installed.
func (e *Engine) Missing() []string {
	var out []string
	for _, l := range Languages {
		if !slices.Contains(e.langs, l) {
			out = append(out, l)
		}
	}
	return out
}

// Word is a word that was read, with its place in pixels from the upper left
// corner.
type Word struct {
	Text             string
	X0, Y0, X1, Y1   float64
	Confidence       float64 // 0 to 1
	Block, Par, Line int
}

// Page is an image that was read.
type Page struct {
	Width, Height float64 // pixels
	Words         []Word  // in reading order
}

// Confidence returns the mean confidence of the words, by their letters.
func (p *Page) Confidence() float64 {
	sum, n := 0.0, 0
	for _, w := range p.Words {
		sum += w.Confidence * float64(len(w.Text))
		n += len(w.Text)
	}
	if n == 0 {
		return 0
	}
	return math.Round(sum/float64(n)*1000) / 1000
}

// Read reads an image file: a page, or several of a TIFF.
func (e *Engine) Read(ctx context.Context, file string) ([]Page, error) {
	out, err := e.program.Run(ctx, Limit, file, "stdout", "-l", strings.Join(e.langs, "+"), "--psm", "3", "tsv")
	if err != nil {
		return nil, err
	}
	return parseTSV(out), nil
}

// Columns of the table that tesseract prints, and the levels of its rows.
const (
	colLevel, colPage, colBlock, colPar, colLine = 0, 1, 2, 3, 4
	colLeft, colTop, colWidth, colHeight         = 6, 7, 8, 9
	colConf, colText, columns                    = 10, 11, 12
	levelPage, levelWord                         = 1, 5
)

// maxPages is how many pages of one image are read, maxWords how many words.
const (
	maxPages = 2000
	maxWords = 200_000
)

// parseTSV reads the table. Rows that make no sense are passed over.
func parseTSV(b []byte) []Page {
	var pages []Page
	words := 0
	for line := range bytes.Lines(b) {
		f := strings.Split(strings.TrimRight(string(line), "\r\n"), "\t")
		if len(f) < columns {
			continue
		}
		num := func(i int) float64 {
			v, err := strconv.ParseFloat(f[i], 64)
			if err != nil {
				return 0
			}
			return v
		}
		switch int(num(colLevel)) {
		case levelPage:
			if len(pages) < maxPages {
				pages = append(pages, Page{Width: num(colWidth), Height: num(colHeight)})
			}
		case levelWord:
			text := ingest.OneLine(f[colText])
			if words++; text == "" || len(pages) == 0 || words > maxWords {
				continue
			}
			p := &pages[len(pages)-1]
			p.Words = append(p.Words, Word{
				Text: text, X0: num(colLeft), Y0: num(colTop), X1: num(colLeft) + num(colWidth), Y1: num(colTop) + num(colHeight),
				Confidence: max(0, num(colConf)) / 100, Block: int(num(colBlock)), Par: int(num(colPar)), Line: int(num(colLine)),
			})
		}
	}
	return pages
}

// Renderer returns the program that makes images of pages; nil if there is
// none.
func Renderer(ctx context.Context) *helper.Program { return helper.Find(ctx, "pdftoppm", "-v") }

// Resolution returns the dots per inch at which a page of this size, in points,
// has not too many pixels.
func Resolution(width, height float64, want int) int {
	const inch = 72
	area := max(1, width/inch) * max(1, height/inch)
	return max(1, min(want, int(math.Sqrt(maxPixels/area))))
}

// Render makes a PNG image of a page of a PDF file in folder dir, and returns
// its path.
func Render(ctx context.Context, p *helper.Program, file string, page, dpi int, gray bool, dir string) (string, error) {
	out := filepath.Join(dir, "page")
	no := strconv.Itoa(page)
	args := []string{"-png", "-singlefile", "-cropbox", "-r", strconv.Itoa(dpi), "-f", no, "-l", no, file, out}
	if gray {
		args = append([]string{"-gray"}, args...)
	}
	_, err := p.Run(ctx, Limit, args...)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(out + ".png"); err != nil {
		return "", errors.New("pdftoppm made no image")
	}
	return out + ".png", nil
}

// Advice returns the command that installs what is needed to read and to show
// scanned pages on a platform (a value of runtime.GOOS).
func Advice(goos string) string {
	switch goos {
	case "darwin":
		return "brew install tesseract tesseract-lang poppler"
	case "windows":
		return "winget install UB-Mannheim.TesseractOCR oschwartz10612.Poppler"
	}
	return "sudo apt install tesseract-ocr tesseract-ocr-rus tesseract-ocr-kaz tesseract-ocr-eng poppler-utils"
}

// Describe says what was read, as a warning of the page that it stands on.
func (e *Engine) Describe(confidence float64) string {
	s := fmt.Sprintf("read from an image by %s, confidence %.2f", cmp.Or(e.String(), "tesseract"), confidence)
	if m := e.Missing(); len(m) > 0 {
		s += "; not installed: " + strings.Join(m, ", ")
	}
	return s
}
