// This file holds pictures: shapes on an area, which svg.go and png.go draw.

package render

import "strings"

// Picture is a chart laid out: shapes on an area, with words for those who do
// not see it.
type Picture struct {
	Title, Desc string
	w, h        float64
	shapes      []shape
}

type shapeKind uint8

const (
	polyline shapeKind = iota
	box
	dot
	label
)

// shape is one thing to draw. Colours are names of a palette.
type shape struct {
	kind   shapeKind
	pts    []point // of a polyline; else the first is the place
	w, h   float64 // of a box; w is the radius of a dot, the stroke of a polyline
	color  string
	dashed bool
	text   string  // of a label
	size   float64 // of a label
	anchor string  // start, middle, end
	bold   bool
	tip    string // said when pointed at
}

type point struct{ x, y float64 }

func (p *Picture) text(x, y float64, s string, size float64, anchor, color string, bold bool) {
	p.shapes = append(p.shapes, shape{kind: label, pts: []point{{x, y}}, text: s, size: size, anchor: anchor, color: color, bold: bold})
}

// textWidth estimates how wide text is; a Latin letter is about half as wide as
// high.
func textWidth(s string, size float64) float64 {
	return float64(len([]rune(clean(s)))) * size * 0.56
}

// fitText shortens text to a width.
func fitText(s string, width, size float64) string {
	r := []rune(s)
	for len(r) > 1 && textWidth(string(r), size) > width {
		r = r[:len(r)-1]
	}
	if string(r) == s {
		return s
	}
	return strings.TrimSpace(string(r[:len(r)-1])) + "…"
}
