package pdf

import (
	"errors"

	"github.com/ledongthuc/pdf"
)

// maxAnnots is how many annotations of a page are drawn.
const maxAnnots = 5000

// Flags of annotations that are not seen (ISO 32000-1, table 165).
const (
	annotHidden = 1 << 1
	annotNoView = 1 << 5
)

// annots draws the annotations of the page: what people filled into a form,
// text boxes, stamps. They are forms of their own, put into a rectangle.
func (in *interp) annots(st state) error {
	list := in.ref.dict.Key("Annots")
	for i := range min(list.Len(), maxAnnots) {
		err := safely(func() error { return in.annot(list.Index(i), st) })
		if errors.Is(err, errLimit) || in.ctx.Err() != nil {
			return err
		}
		if err != nil {
			in.out.warn("an annotation could not be read: " + err.Error())
		}
	}
	return nil
}

// annot draws one annotation (ISO 32000-1, 12.5.5, algorithm 8.1).
func (in *interp) annot(a pdf.Value, st state) error {
	if a.Key("F").Int64()&(annotHidden|annotNoView) != 0 || a.Key("Subtype").Name() == "Popup" {
		return nil
	}
	look := a.Key("AP").Key("N")
	if look.Kind() == pdf.Dict {
		look = look.Key(a.Key("AS").Name())
	}
	rect, ok := readBox(a.Key("Rect"))
	if look.Kind() != pdf.Stream || !ok {
		return nil
	}
	form := identity
	if m, ok := matrixValue(look.Key("Matrix")); ok {
		form = m
	}
	box, ok := readBox(look.Key("BBox"))
	if !ok {
		return nil
	}
	st.ctm = form.mul(fit(form, box, rect)).mul(st.ctm)
	res := look.Key("Resources")
	if res.Kind() != pdf.Dict {
		res = in.ref.resources
	}
	return in.exec(in.part(look), res, st)
}

// fit returns the transformation that puts the box of a form, as transformed
// by its own matrix, into a rectangle.
func fit(form matrix, box, rect [4]float64) matrix {
	x0, y0 := form.at(box[0], box[1])
	x1, y1 := x0, y0
	for _, c := range [][2]float64{{box[2], box[1]}, {box[0], box[3]}, {box[2], box[3]}} {
		x, y := form.at(c[0], c[1])
		x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x), max(y1, y)
	}
	if x1-x0 < 1e-3 || y1-y0 < 1e-3 {
		return translation(rect[0]-x0, rect[1]-y0)
	}
	sx, sy := (rect[2]-rect[0])/(x1-x0), (rect[3]-rect[1])/(y1-y0)
	return matrix{sx, 0, 0, sy, rect[0] - x0*sx, rect[1] - y0*sy}
}
