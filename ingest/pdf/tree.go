package pdf

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/ledongthuc/pdf"
)

// Limits of the page tree.
const (
	maxPages     = 20_000
	maxTreeDepth = 64
	maxTreeNodes = 100_000
)

// pageRef is a page with what it inherits.
type pageRef struct {
	dict      pdf.Value
	resources pdf.Value
	box       [4]float64 // the crop box: left, bottom, right, top
	rotate    int        // 0, 90, 180 or 270, clockwise
	unit      float64    // points a user space unit
	lost      bool       // it should be here, and is not in the file
}

func (p *pageRef) width() float64 {
	if p.rotate%180 != 0 {
		return (p.box[3] - p.box[1]) * p.unit
	}
	return (p.box[2] - p.box[0]) * p.unit
}

func (p *pageRef) height() float64 {
	if p.rotate%180 != 0 {
		return (p.box[2] - p.box[0]) * p.unit
	}
	return (p.box[3] - p.box[1]) * p.unit
}

// treeWalk walks the page tree in reading order.
type treeWalk struct {
	ctx   context.Context //nolint:containedctx // lives as long as one walk
	pages []pageRef
	seen  map[string]bool // references of nodes
	nodes int
	loops int // kids seen before: what counts them lies
	warn  []string
}

// listPages lists the pages. Kids that are broken, seen before or too deep
// are left out with a warning; a tree without pages is an error.
func (d *document) listPages(ctx context.Context) ([]pageRef, error) {
	w := d.walk(ctx)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if w.found() == 0 && d.rebuild(ctx, "no page in its page tree") == nil {
		w = d.walk(ctx)
	}
	w.lose(d.promised - len(w.pages))
	for _, s := range w.warn {
		d.warnOnce(s)
	}
	if w.found() == 0 {
		return nil, damaged(errors.New("no page could be found"))
	}
	return w.pages, nil
}

func (d *document) warnOnce(s string) {
	if slices.Contains(d.warnings, s) {
		return
	}
	d.warnings = append(d.warnings, s)
}

func (d *document) walk(ctx context.Context) *treeWalk {
	w := &treeWalk{ctx: ctx, seen: map[string]bool{}}
	var root pdf.Value
	err := safely(func() error {
		root = d.rd.Trailer().Key("Root").Key("Pages")
		return nil
	})
	if err == nil {
		top := pageRef{box: [4]float64{0, 0, 612, 792}, unit: 1} // US letter when nothing says
		err = w.node(root, top, 0)
	}
	if err != nil {
		w.note("the page tree is broken: " + err.Error())
	}
	return w
}

// found counts the pages that are in the file.
func (w *treeWalk) found() int {
	n := 0
	for i := range w.pages {
		if !w.pages[i].lost {
			n++
		}
	}
	return n
}

// lose adds n pages that should be here and are not in the file.
func (w *treeWalk) lose(n int) {
	for range min(n, maxPages-len(w.pages)) {
		w.pages = append(w.pages, pageRef{lost: true})
	}
}

func (w *treeWalk) note(s string) {
	if len(w.warn) < 8 {
		w.warn = append(w.warn, s)
	}
}

// node visits a node of the tree with what it inherits.
func (w *treeWalk) node(v pdf.Value, inherited pageRef, depth int) error {
	if w.nodes++; w.nodes > maxTreeNodes || depth > maxTreeDepth {
		return fmt.Errorf("%w: the page tree is too deep or too large", errLimit)
	}
	if err := w.ctx.Err(); err != nil {
		return err
	}
	here := inherited
	kids := pdf.Value{}
	branch, count := false, 0
	if err := safely(func() error {
		here.inherit(v)
		kids = v.Key("Kids")
		branch = kids.Kind() == pdf.Array && v.Key("Type").Name() != "Page"
		count = int(v.Key("Count").Int64())
		return nil
	}); err != nil {
		return err
	}
	if branch {
		before, loops := len(w.pages), w.loops
		err := w.children(kids, here, depth)
		if count <= maxPages && loops == w.loops {
			w.lose(count - (len(w.pages) - before))
		}
		return err
	}
	if !isPage(v) {
		return errors.New("what should be a page is none")
	}
	if len(w.pages) >= maxPages {
		return fmt.Errorf("%w: more than %d pages", errLimit, maxPages)
	}
	here.dict = v
	w.pages = append(w.pages, here)
	return nil
}

// isPage reports whether a leaf of the tree may be a page: it says so, or has
// what only pages have. Where the table of objects leads astray it is another.
func isPage(v pdf.Value) (is bool) {
	if v.Kind() != pdf.Dict {
		return false
	}
	_ = safely(func() error { // what cannot be parsed is no page
		is = v.Key("Type").Name() == "Page"
		for _, key := range []string{"Contents", "MediaBox", "Resources", "Parent", "Annots"} {
			is = is || v.Key(key).Kind() != pdf.Null
		}
		return nil
	})
	return is
}

// children visits the kids. A broken one does not end the walk, a limit does.
func (w *treeWalk) children(kids pdf.Value, here pageRef, depth int) error {
	refs := references(kids)
	for i := range kids.Len() {
		if refs != nil {
			if w.seen[refs[i]] {
				w.loops++
				w.note("the page tree leads to one page twice")
				continue
			}
			w.seen[refs[i]] = true
		}
		var kid pdf.Value
		err := safely(func() error {
			kid = kids.Index(i)
			return nil
		})
		if err == nil {
			err = w.node(kid, here, depth+1)
		}
		if errors.Is(err, errLimit) || w.ctx.Err() != nil {
			return err
		}
		if err != nil {
			w.note("a page is missing: " + err.Error())
			w.lose(1)
		}
	}
	return nil
}

// references returns the references in an array of references, as in
// "12 0 R", or nil when it has anything else. The library resolves references
// by itself and names them only in the printed form of an array.
func references(a pdf.Value) []string {
	f := strings.Fields(strings.Trim(a.String(), "[]"))
	if len(f) != 3*a.Len() {
		return nil
	}
	refs := make([]string, 0, a.Len())
	for i := 0; i+2 < len(f); i += 3 {
		if f[i+2] != "R" {
			return nil
		}
		refs = append(refs, f[i]+" "+f[i+1])
	}
	return refs
}

// inherit takes over the attributes that a node sets.
func (p *pageRef) inherit(v pdf.Value) {
	if r := v.Key("Resources"); r.Kind() == pdf.Dict {
		p.resources = r
	}
	for _, key := range []string{"MediaBox", "CropBox"} {
		if b, ok := readBox(v.Key(key)); ok {
			p.box = intersect(p.box, b, key == "CropBox")
		}
	}
	if r := v.Key("Rotate"); r.Kind() == pdf.Integer {
		p.rotate = int((r.Int64()%360+360)%360) / 90 * 90
	}
	if u := v.Key("UserUnit"); u.Float64() > 0 && u.Float64() < 1e4 {
		p.unit = u.Float64()
	}
}

// intersect returns b, cut at the box outside when inner is set.
func intersect(outer, b [4]float64, inner bool) [4]float64 {
	if !inner {
		return b
	}
	c := [4]float64{max(outer[0], b[0]), max(outer[1], b[1]), min(outer[2], b[2]), min(outer[3], b[3])}
	if c[2]-c[0] < 1 || c[3]-c[1] < 1 {
		return outer
	}
	return c
}

// readBox reads a rectangle given by any two opposite corners.
func readBox(v pdf.Value) (b [4]float64, ok bool) {
	if v.Len() != 4 {
		return b, false
	}
	for i := range 4 {
		b[i] = v.Index(i).Float64()
		if math.Abs(b[i]) > 1e6 {
			return b, false
		}
	}
	b = [4]float64{min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3])}
	return b, b[2]-b[0] >= 1 && b[3]-b[1] >= 1
}
