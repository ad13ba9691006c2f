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
	column      int
	chars       []char
	left, right float64
}

// The parts of a page. A page without columns is all aboveColumns.
const (
	aboveColumns = iota
	leftColumn
	rightColumn
	belowColumns
)

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
	before := b.lastColumns
	b.lastColumns = nil
	whole := []part{{chars: chars}}
	if parts := b.goOn(chars, before); parts != nil {
		whole = parts
	}
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
	parts := cut(chars, at, top, bottom)
	left, right := &parts[leftColumn], &parts[rightColumn]
	if !left.prose(b) || !right.prose(b) || right.left-left.right < 0.5*b.bodySize {
		return whole
	}
	b.lastColumns = []part{{left: left.left, right: left.right}, {left: right.left, right: right.right}}
	return filled(parts)
}

// cut parts the characters of a page at a gutter.
func cut(chars []char, at, top, bottom float64) []part {
	parts := make([]part, belowColumns+1)
	for i := range parts {
		parts[i].column = i
	}
	for _, c := range chars {
		i := leftColumn
		switch middle := c.Baseline - 0.3*c.Size; {
		case middle <= top:
			i = aboveColumns
		case middle >= bottom:
			i = belowColumns
		case (c.X0+c.X1)/2 > at:
			i = rightColumn
		}
		parts[i].chars = append(parts[i].chars, c)
	}
	return parts
}

func filled(parts []part) []part {
	return slices.DeleteFunc(parts, func(p part) bool { return len(p.chars) == 0 })
}

// goOn cuts off the rest of two columns that filled the page before: too short
// to be told from a table by itself, it stands at the same edges. It returns
// nil where there is none.
func (b *builder) goOn(chars []char, before []part) []part {
	if len(before) != 2 {
		return nil
	}
	left, right := before[0], before[1]
	const off = 3
	top, bottom := math.Inf(1), math.Inf(1)
	for i := range chars {
		if c := &chars[i]; !c.space {
			top = math.Min(top, c.Y0)
			if c.X1 > left.right+off && c.X0 < right.left-off {
				bottom = math.Min(bottom, c.Baseline-0.3*c.Size)
			}
		}
	}
	at := (left.right + right.left) / 2
	parts := cut(chars, at, top-1, bottom)
	// The columns are of one height. What stands lower is text below them, though
	// it be too short to reach the gutter.
	end, low := bottom, math.Inf(-1)
	for _, l := range b.lines(slices.Clone(parts[rightColumn].chars)) {
		low = l.baseline
	}
	for _, l := range b.lines(slices.Clone(parts[leftColumn].chars)) {
		if l.baseline-low > 1.6*l.size {
			end = l.baseline - l.size
			break
		}
		low = math.Max(low, l.baseline)
	}
	parts = cut(chars, at, top-1, end)
	for i, edges := range before {
		p := &parts[leftColumn+i]
		if len(p.chars) == 0 {
			return nil
		}
		p.left, p.right = edges.left, edges.right
		for _, l := range b.lines(slices.Clone(p.chars)) {
			if l.x0() < edges.left-off || l.x1() > edges.right+off {
				return nil
			}
		}
	}
	b.lastColumns = before
	return filled(parts)
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
