package pdf

import (
	"cmp"
	"math"
	"slices"
)

// maxFrames is how many directions of writing a page may have. Text in more
// directions is a drawing; it is read along with the rest.
const maxFrames = 12

// direction is the text of a page that runs in one direction, turned so that
// it runs to the right.
type direction struct {
	angle  int // degrees, counterclockwise, 0 to 359
	glyphs []glyph
}

// frames groups glyphs by direction, the direction with most glyphs first.
func frames(glyphs []glyph) []direction {
	if !slices.ContainsFunc(glyphs, isTurned) {
		return []direction{{glyphs: glyphs}}
	}
	var out []direction
	angle := 0
	for _, g := range glyphs {
		if math.Hypot(g.x1-g.x0, g.y1-g.y0) > 1e-3 {
			angle = angleOf(g)
		}
		i := slices.IndexFunc(out, func(d direction) bool { return d.angle == angle })
		if i < 0 {
			if i = 0; len(out) < maxFrames {
				i = len(out)
				out = append(out, direction{angle: angle})
			}
		}
		out[i].glyphs = append(out[i].glyphs, turn(g, out[i].angle))
	}
	slices.SortStableFunc(out, func(a, b direction) int {
		return cmp.Or(cmp.Compare(len(b.glyphs), len(a.glyphs)), cmp.Compare(a.angle, b.angle))
	})
	return out
}

// isTurned reports whether a glyph does not run to the right.
func isTurned(g glyph) bool {
	return math.Hypot(g.x1-g.x0, g.y1-g.y0) > 1e-3 && angleOf(g) != 0
}

// angleOf returns the direction of a glyph in degrees. Two degrees from the
// axes count as straight: scanners see pages askew.
func angleOf(g glyph) int {
	if g.y0 == g.y1 && g.x1 > g.x0 {
		return 0
	}
	a := int(math.Round(math.Atan2(g.y1-g.y0, g.x1-g.x0)*180/math.Pi)) + 360
	if off := (a + 2) % 90; off <= 4 {
		a = (a + 2) / 90 * 90
	}
	return a % 360
}

// turn rotates a glyph so that text of this angle runs to the right.
func turn(g glyph, angle int) glyph {
	if angle == 0 {
		return g
	}
	sin, cos := math.Sincos(float64(angle) * math.Pi / 180)
	rotate := func(x, y float64) (float64, float64) { return x*cos + y*sin, y*cos - x*sin }
	g.x0, g.y0 = rotate(g.x0, g.y0)
	g.x1, g.y1 = rotate(g.x1, g.y1)
	return g
}
