package pdf

import "math"

// matrix is a transformation [a b c d e f] (ISO 32000-1, 8.3.3).
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// mul returns the transformation m followed by n.
func (m matrix) mul(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// at transforms a point.
func (m matrix) at(x, y float64) (float64, float64) {
	return x*m[0] + y*m[2] + m[4], x*m[1] + y*m[3] + m[5]
}

// area returns how much m enlarges an area.
func (m matrix) area() float64 { return math.Abs(m[0]*m[3] - m[1]*m[2]) }

// finite reports whether every number of m can be calculated with.
func (m matrix) finite() bool {
	for _, v := range m {
		if math.IsNaN(v) || math.Abs(v) > 1e9 {
			return false
		}
	}
	return true
}

func translation(x, y float64) matrix { return matrix{1, 0, 0, 1, x, y} }

// upright returns the transformation from the user space of a page to an
// upright page whose lower left corner is the origin.
func (p *pageRef) upright() matrix {
	u := p.unit
	m := translation(-p.box[0], -p.box[1]).mul(matrix{u, 0, 0, u, 0, 0})
	w, h := (p.box[2]-p.box[0])*u, (p.box[3]-p.box[1])*u
	switch p.rotate {
	case 90:
		return m.mul(matrix{0, -1, 1, 0, 0, w})
	case 180:
		return m.mul(matrix{-1, 0, 0, -1, w, h})
	case 270:
		return m.mul(matrix{0, 1, -1, 0, h, 0})
	}
	return m
}
