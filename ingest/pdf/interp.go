package pdf

import (
	"context"
	"errors"
	"fmt"
	"math"
	"regexp"

	"github.com/ledongthuc/pdf"
)

// Limits of a page.
const (
	maxOperators = 3_000_000
	maxGlyphs    = 1_000_000
	maxFormDepth = 8
	maxStates    = 512 // saved graphics states
	maxRules     = 512
)

// style says how a glyph is drawn.
type style uint8

const (
	bold style = 1 << iota
	italic
	hidden
	raised // a superscript; set by the line builder
)

// glyph is one shown character code.
type glyph struct {
	text   string  // what it says; "\uFFFD" if nobody knows
	x0, y0 float64 // origin, on the baseline
	x1, y1 float64 // where it ends
	size   float64 // font size as shown
	run    int     // glyphs shown together have the same number
	style  style
}

// rule is a thin horizontal line that was drawn.
type rule struct{ x0, x1, y float64 }

// state is the graphics state as far as text needs it (ISO 32000-1, 9.3).
type state struct {
	ctm              matrix
	font             *font
	size             float64
	charSpace        float64
	wordSpace        float64
	scale            float64 // horizontal, 1 = 100 %
	leading, rise    float64
	invisible, heavy bool // text rendering modes 3 and 2
}

// interp runs the content of one page and collects its glyphs.
type interp struct {
	ctx     context.Context //nolint:containedctx // lives as long as one page
	doc     *document
	ref     *pageRef
	out     *page
	glyphs  []glyph
	ops     int
	decoded int // bytes of content
	depth   int
	run     int
	pen     glyph // the last glyph
}

func newInterp(ctx context.Context, d *document, ref *pageRef, p *page) *interp {
	return &interp{ctx: ctx, doc: d, ref: ref, out: p, glyphs: d.scratch[:0]}
}

// contentsEntry is a reference to the content of a page, in the printed form of
// its dictionary.
var contentsEntry = regexp.MustCompile(`/Contents \d+ \d+ R`)

var errNoContent = errors.New("its content is not where the file says")

// page runs the content of the page. The glyphs that came before an error
// are kept.
func (in *interp) page() error {
	contents := in.ref.dict.Key("Contents")
	if contents.Kind() == pdf.Null && contentsEntry.MatchString(in.ref.dict.String()) {
		in.out.broken = true
		return errNoContent // where the table of objects is wrong, one made anew may find it
	}
	b := in.content(contents)
	st := state{ctm: in.ref.upright(), scale: 1}
	if err := in.exec(b, in.ref.resources, st); err != nil {
		return err
	}
	return in.annots(st)
}

// content returns the decoded content: a stream or an array of streams. A
// broken part is left out, or cut, with a warning.
func (in *interp) content(v pdf.Value) []byte {
	if v.Kind() != pdf.Array {
		return in.part(v)
	}
	var all []byte
	for i := range v.Len() {
		var part pdf.Value
		if err := safely(func() error { part = v.Index(i); return nil }); err != nil {
			in.out.warn("a part of the page could not be read: " + err.Error())
			continue
		}
		all = append(append(all, in.part(part)...), '\n')
	}
	return all
}

// part decodes one stream within what is left of the page's allowance.
func (in *interp) part(v pdf.Value) []byte {
	if v.Kind() == pdf.Null {
		return nil
	}
	b, err := in.doc.data(v, max(0, maxDecoded-in.decoded))
	in.decoded += len(b)
	if err != nil {
		in.out.broken = true
		in.out.warn("a part of the page could not be read: " + err.Error())
	}
	return b
}

// frame is the run of one stream: the page or a form.
type frame struct {
	in        *interp
	resources pdf.Value
	fonts     map[string]*font
	st        state
	stack     []state
	tm, tlm   matrix
	x, y      float64 // current point of the path, for rules
	path      []rule  // lines of the path that is not yet painted
}

// exec runs a content stream.
func (in *interp) exec(b []byte, resources pdf.Value, st state) error {
	if in.depth >= maxFormDepth {
		return nil
	}
	in.depth++
	defer func() { in.depth-- }()
	f := &frame{in: in, resources: resources, fonts: map[string]*font{}, st: st, tm: identity, tlm: identity}
	l := &lexer{b: b}
	for {
		op, args, ok := l.next()
		if !ok {
			return nil
		}
		if in.ops++; in.ops%4096 == 0 && in.ctx.Err() != nil {
			return in.ctx.Err()
		}
		if in.ops > maxOperators || len(in.glyphs) > maxGlyphs {
			return fmt.Errorf("%w: the page has too many operators or letters", errLimit)
		}
		if err := f.operator(string(op), args); err != nil {
			return err
		}
	}
}

// operator carries out one operator.
func (f *frame) operator(op string, a []operand) error {
	switch op {
	case "Do":
		return f.xobject(nameArg(a))
	case "Tf":
		if len(a) >= 2 {
			f.st.size = a[1].num
			f.st.font = f.loadFont(string(a[0].str))
		}
	case "gs":
		f.extState(nameArg(a))
	case "BI":
		f.in.out.addImage(f.st.ctm)
	default:
		if !f.graphics(op, a) && !f.textState(op, a) && !f.position(op, a) {
			f.show(op, a)
		}
	}
	return nil
}

// graphics handles state and the paths that may be rules.
func (f *frame) graphics(op string, a []operand) bool {
	switch op {
	case "q":
		if len(f.stack) < maxStates {
			f.stack = append(f.stack, f.st)
		}
	case "Q":
		if n := len(f.stack); n > 0 {
			f.st, f.stack = f.stack[n-1], f.stack[:n-1]
		}
	case "cm":
		if m, ok := matrixArg(a); ok {
			f.st.ctm = m.mul(f.st.ctm)
		}
	case "m":
		f.x, f.y = num(a, 0), num(a, 1)
	case "c", "v", "y":
		f.in.out.strokes++
	case "l":
		f.in.out.strokes++
		f.line(f.x, f.y, num(a, 0), num(a, 1))
		f.x, f.y = num(a, 0), num(a, 1)
	case "re":
		x, y, w, h := num(a, 0), num(a, 1), num(a, 2), num(a, 3)
		if math.Abs(h) < math.Abs(w) {
			f.line(x, y+h/2, x+w, y+h/2)
		}
		f.x, f.y = x, y
	case "f", "F", "f*", "S", "s", "B", "B*", "b", "b*":
		f.in.out.addRules(f.path)
		f.path = f.path[:0]
	case "n":
		f.path = f.path[:0]
	default:
		return false
	}
	return true
}

// line remembers a line of the path if it is horizontal on the page.
func (f *frame) line(x0, y0, x1, y1 float64) {
	ax, ay := f.st.ctm.at(x0, y0)
	bx, by := f.st.ctm.at(x1, y1)
	if math.Abs(ay-by) < 0.5 && math.Abs(ax-bx) > 20 && len(f.path) < maxRules {
		f.path = append(f.path, rule{min(ax, bx), max(ax, bx), ay})
	}
}

// textState handles ISO 32000-1, table 105.
func (f *frame) textState(op string, a []operand) bool {
	switch op {
	case "Tc":
		f.st.charSpace = num(a, 0)
	case "Tw":
		f.st.wordSpace = num(a, 0)
	case "Tz":
		f.st.scale = num(a, 0) / 100
	case "TL":
		f.st.leading = num(a, 0)
	case "Ts":
		f.st.rise = num(a, 0)
	case "Tr":
		mode := num(a, 0)
		f.st.invisible, f.st.heavy = mode == 3 || mode == 7, mode == 2
	default:
		return false
	}
	return true
}

// position handles ISO 32000-1, table 108.
func (f *frame) position(op string, a []operand) bool {
	switch op {
	case "BT":
		f.tm, f.tlm = identity, identity
	case "ET":
	case "Tm":
		if m, ok := matrixArg(a); ok {
			f.tm, f.tlm = m, m
		}
	case "Td":
		f.move(num(a, 0), num(a, 1))
	case "TD":
		f.st.leading = -num(a, 1)
		f.move(num(a, 0), num(a, 1))
	case "T*":
		f.move(0, -f.st.leading)
	default:
		return false
	}
	return true
}

func (f *frame) move(x, y float64) {
	f.tlm = translation(x, y).mul(f.tlm)
	f.tm = f.tlm
}

// show handles ISO 32000-1, table 109.
func (f *frame) show(op string, a []operand) {
	if len(a) == 0 {
		return
	}
	last := a[len(a)-1]
	switch op {
	case "Tj":
		f.string(last.str)
	case "'":
		f.move(0, -f.st.leading)
		f.string(last.str)
	case "\"":
		if len(a) >= 3 {
			f.st.wordSpace, f.st.charSpace = a[0].num, a[1].num
		}
		f.move(0, -f.st.leading)
		f.string(last.str)
	case "TJ":
		for _, x := range last.arr {
			switch x.kind {
			case opString:
				f.string(x.str)
			case opNumber: // thousandths of the font size, to the left
				f.tm = translation(-x.num/1000*f.st.size*f.st.scale, 0).mul(f.tm)
			case opOther, opName, opArray:
			}
		}
	}
}

// string shows a string: one glyph a code, and the pen moves on.
func (f *frame) string(s []byte) {
	fn := f.st.font
	if fn == nil || !f.tm.finite() || !f.st.ctm.finite() {
		return
	}
	for len(s) > 0 && len(f.in.glyphs) <= maxGlyphs {
		code, n := fn.next(s)
		w := fn.width(code) * f.st.size
		dx := w + f.st.charSpace
		if n == 1 && s[0] == ' ' {
			dx += f.st.wordSpace
		}
		s = s[n:]
		f.in.put(f.glyph(fn, code, n, w))
		f.tm = translation(dx*f.st.scale, 0).mul(f.tm)
	}
}

// glyph returns the glyph of a code whose advance is w.
// Letter spacing counts as part of the glyph: it is no gap between words.
func (f *frame) glyph(fn *font, code uint32, n int, w float64) glyph {
	m := matrix{f.st.scale, 0, 0, 1, 0, f.st.rise}.mul(f.tm).mul(f.st.ctm)
	g := glyph{text: fn.decode(code, n)}
	g.x0, g.y0 = m.at(0, 0)
	if f.st.charSpace > 0 && f.st.charSpace < math.Abs(f.st.size) {
		w += f.st.charSpace
	}
	g.x1, g.y1 = m.at(w, 0)
	g.size = math.Hypot(m[2], m[3]) * math.Abs(f.st.size) * fn.scale
	if fn.bold || f.st.heavy {
		g.style |= bold
	}
	if fn.italic {
		g.style |= italic
	}
	if f.st.invisible {
		g.style |= hidden
	}
	return g
}

// put keeps a glyph and gives it the number of its run. A run ends where the
// pen jumps, or the size changes.
func (in *interp) put(g glyph) {
	if g.text == "" {
		return
	}
	tol := 0.08 * g.size
	dx, dy := g.x0-in.pen.x1, g.y0-in.pen.y1
	dirx, diry := g.x1-g.x0, g.y1-g.y0
	along := 0.0
	if l := math.Hypot(dirx, diry); l > 0 {
		along = (dx*dirx + dy*diry) / l
	} else {
		along = dx
	}
	across := math.Sqrt(max(0, dx*dx+dy*dy-along*along))
	if in.run == 0 || across > tol || along < -0.35*g.size || along > 1.2*g.size || math.Abs(g.size-in.pen.size) > tol {
		in.run++
	}
	g.run = in.run
	in.pen = g
	in.glyphs = append(in.glyphs, g)
}

// xobject runs a form, or counts an image.
func (f *frame) xobject(key string) error {
	x := f.resources.Key("XObject").Key(key)
	switch x.Key("Subtype").Name() {
	case "Image":
		f.in.out.addImage(f.st.ctm)
	case "Form":
		if f.in.depth >= maxFormDepth {
			return nil
		}
		st := f.st
		if m, ok := matrixValue(x.Key("Matrix")); ok {
			st.ctm = m.mul(st.ctm)
		}
		res := x.Key("Resources")
		if res.Kind() != pdf.Dict {
			res = f.resources
		}
		if f.in.decoded >= maxDecoded {
			return fmt.Errorf("%w: the page decodes to more than %d bytes", errLimit, maxDecoded)
		}
		f.in.decoded += 256 // so that empty forms count too
		return f.in.exec(f.in.part(x), res, st)
	}
	return nil
}

// extState takes the font of a graphics state dictionary.
func (f *frame) extState(key string) {
	ft := f.resources.Key("ExtGState").Key(key).Key("Font")
	if ft.Len() == 2 {
		f.st.font = f.in.doc.newFont(ft.Index(0))
		f.st.size = ft.Index(1).Float64()
	}
}

// loadFont returns the font of a resource name, nil if there is none.
func (f *frame) loadFont(key string) *font {
	if fn, ok := f.fonts[key]; ok {
		return fn
	}
	var fn *font
	err := safely(func() (err error) {
		fn, err = f.in.doc.fontNamed(f.resources.Key("Font"), key)
		return err
	})
	if err != nil {
		f.in.out.warn("a font could not be read: " + err.Error())
	}
	if fn == nil {
		fn = fallbackFont()
	}
	if fn.warning != "" {
		f.in.out.warn(fn.warning)
	}
	f.fonts[key] = fn
	return fn
}

func num(a []operand, i int) float64 {
	if i < len(a) {
		return a[i].num
	}
	return 0
}

func nameArg(a []operand) string {
	if len(a) == 0 {
		return ""
	}
	return string(a[len(a)-1].str)
}

func matrixArg(a []operand) (m matrix, ok bool) {
	if len(a) < 6 {
		return m, false
	}
	a = a[len(a)-6:]
	for i := range m {
		m[i] = a[i].num
	}
	return m, true
}

func matrixValue(v pdf.Value) (m matrix, ok bool) {
	if v.Len() != 6 {
		return m, false
	}
	for i := range m {
		m[i] = v.Index(i).Float64()
	}
	return m, true
}
