// Paths, as far as they may be the ruling lines of tables.

package pdf

import (
	"math"

	"baocao/extract/layout"
)

// path is the current path, in page coordinates.
type path struct {
	subpaths []subpath
	points   int
}

type point struct{ x, y float64 }

type subpath struct {
	points []point
	curved bool
}

// maxPoints bounds one path; drawings with more are no table.
const maxPoints = 100_000

func (p *path) move(x, y float64) {
	if p.points++; p.points > maxPoints {
		return
	}
	p.subpaths = append(p.subpaths, subpath{points: []point{{x, y}}})
}

func (p *path) line(x, y float64) {
	if p.points++; p.points > maxPoints || len(p.subpaths) == 0 {
		return
	}
	s := &p.subpaths[len(p.subpaths)-1]
	s.points = append(s.points, point{x, y})
}

func (p *path) curve(x, y float64) {
	p.line(x, y)
	if len(p.subpaths) > 0 {
		p.subpaths[len(p.subpaths)-1].curved = true
	}
}

func (p *path) close() {
	if len(p.subpaths) == 0 {
		return
	}
	s := &p.subpaths[len(p.subpaths)-1]
	if n := len(s.points); n > 1 && s.points[0] != s.points[n-1] {
		s.points = append(s.points, s.points[0])
	}
}

// stroke notes the horizontal and vertical pieces of the path.
func (in *interpreter) stroke() {
	half := in.st.lineWidth * math.Sqrt(math.Abs(in.st.ctm.a*in.st.ctm.d-in.st.ctm.b*in.st.ctm.c)) / 2
	if !(half < thinRule) {
		half = thinRule / 2
	}
	for _, s := range in.path.subpaths {
		if s.curved {
			continue
		}
		if box, ok := s.box(); ok && min(box.X1-box.X0, box.Y1-box.Y0) < thinRule {
			in.rule(box)
			continue
		}
		for i := 1; i < len(s.points); i++ {
			a, b := s.points[i-1], s.points[i]
			dx, dy := math.Abs(a.x-b.x), math.Abs(a.y-b.y)
			if min(dx, dy) > 0.5 {
				continue
			}
			l := layout.Line{X0: min(a.x, b.x), Y0: min(a.y, b.y), X1: max(a.x, b.x), Y1: max(a.y, b.y)}
			if dx >= dy {
				l.Y0, l.Y1 = l.Y0-half, l.Y1+half
			} else {
				l.X0, l.X1 = l.X0-half, l.X1+half
			}
			in.rule(l)
		}
	}
	in.path = path{subpaths: in.path.subpaths[:0]}
}

// fill notes the filled rectangles that are thin enough to be lines.
func (in *interpreter) fill() {
	for _, s := range in.path.subpaths {
		if box, ok := s.box(); ok && min(box.X1-box.X0, box.Y1-box.Y0) < thinRule {
			in.rule(box)
		}
	}
	in.path = path{subpaths: in.path.subpaths[:0]}
}

// box returns the box of a subpath that is an upright rectangle.
func (s subpath) box() (layout.Line, bool) {
	if s.curved || len(s.points) < 4 || len(s.points) > 5 {
		return layout.Line{}, false
	}
	b := layout.Line{X0: s.points[0].x, Y0: s.points[0].y, X1: s.points[0].x, Y1: s.points[0].y}
	for i, p := range s.points[1:] {
		before := s.points[i]
		if min(math.Abs(p.x-before.x), math.Abs(p.y-before.y)) > 0.5 {
			return layout.Line{}, false
		}
		b.X0, b.X1 = min(b.X0, p.x), max(b.X1, p.x)
		b.Y0, b.Y1 = min(b.Y0, p.y), max(b.Y1, p.y)
	}
	return b, true
}

// rule notes one ruling line, unless it is a dot.
func (in *interpreter) rule(l layout.Line) {
	if len(in.page.Lines) >= maxLines || max(l.X1-l.X0, l.Y1-l.Y0) < 2 {
		return
	}
	if !(math.Abs(l.X0) < 1e6 && math.Abs(l.Y0) < 1e6 && math.Abs(l.X1) < 1e6 && math.Abs(l.Y1) < 1e6) {
		return
	}
	in.page.Lines = append(in.page.Lines, l)
}
