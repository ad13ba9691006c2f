// Pages set in two columns of running text: the gutter between them is found
// before lines are made, as lines of different columns may share a baseline.

package layout

import (
	"cmp"
	"math"
	"slices"
)

// part is a part of a page: its characters, and its edges where it is a column.
type part struct {
	chars       []char
	left, right float64
}

// Conditions for two columns.
const (
	gutterWidth  = 4.0  // points without text
	gutterHeight = 0.35 // share of the page's height
	proseLines   = 12   // lines in each column
	proseLetters = 20   // letters a line
)

// pageColumns cuts a page into parts in reading order: what stands above two
// columns, the left, the right, what stands below. A page without columns is
// one part.
func (b *builder) pageColumns(chars []char) []part {
	whole := []part{{chars: chars}}
	if len(chars) < 2*proseLines*proseLetters {
		return whole
	}
	x0, x1 := math.Inf(1), math.Inf(-1)
	y0, y1 := math.Inf(1), math.Inf(-1)
	for i := range chars {
		if c := &chars[i]; !c.space {
			x0, x1 = math.Min(x0, c.X0), math.Max(x1, c.X1)
			y0, y1 = math.Min(y0, c.Y0), math.Max(y1, c.Y1)
		}
	}
	at, top, bottom := gutter(chars, x0+0.35*(x1-x0), x0+0.65*(x1-x0), y0, y1)
	if bottom-top < gutterHeight*(y1-y0) {
		return whole
	}
	parts := make([]part, 4)
	for _, c := range chars {
		i := 1
		switch middle := c.Baseline - 0.3*c.Size; {
		case middle <= top:
			i = 0
		case middle >= bottom:
			i = 3
		case (c.X0+c.X1)/2 > at:
			i = 2
		}
		parts[i].chars = append(parts[i].chars, c)
	}
	for i := 1; i <= 2; i++ {
		if !parts[i].prose(b) {
			return whole
		}
	}
	if parts[2].left-parts[1].right < 0.5*b.bodySize {
		return whole
	}
	return slices.DeleteFunc(parts, func(p part) bool { return len(p.chars) == 0 })
}

// gutter returns the place between from and to that is free of text for the
// greatest height, and that height's ends.
func gutter(chars []char, from, to, y0, y1 float64) (at, top, bottom float64) {
	const step = 1
	n := int((to-from)/step) + 1
	if n < 1 || n > 1000 {
		return 0, 0, 0
	}
	crossed := make([][]float64, n)
	for i := range chars {
		c := &chars[i]
		if c.space {
			continue
		}
		first := int(math.Ceil((c.X0 - gutterWidth/2 - from) / step))
		last := int(math.Floor((c.X1 + gutterWidth/2 - from) / step))
		for j := max(first, 0); j <= min(last, n-1); j++ {
			crossed[j] = append(crossed[j], c.Baseline-0.3*c.Size)
		}
	}
	for j, ys := range crossed {
		slices.SortFunc(ys, cmp.Compare)
		before := y0
		for _, y := range append(ys, y1) {
			if y-before > bottom-top {
				at, top, bottom = from+float64(j)*step, before, y
			}
			before = y
		}
	}
	return at, top, bottom
}

// prose reports whether a part is a column of running text, and notes its
// edges.
func (p *part) prose(b *builder) bool {
	lines := b.lines(slices.Clone(p.chars))
	if len(lines) < proseLines {
		return false
	}
	p.left, p.right = math.Inf(1), math.Inf(-1)
	letters := 0
	for i := range lines {
		p.left, p.right = math.Min(p.left, lines[i].x0()), math.Max(p.right, lines[i].x1())
		letters += len([]rune(lines[i].flat()))
	}
	full := 0
	for i := range lines {
		if lines[i].x1() > p.right-1.5*lines[i].size {
			full++
		}
	}
	return full*2 > len(lines) && letters > proseLetters*len(lines)
}
