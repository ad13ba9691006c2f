// Text side by side without ruling lines: letterheads, signature blocks, tables
// set with tab stops, and pages in two columns.

package layout

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// zone is a run of lines whose text stands in columns.
type zone struct {
	columns []interval
	rivers  []river
	lines   []line // cut at the rivers
}

type interval struct{ x0, x1 float64 }

// river is a stripe without text through all lines of a zone. The stripes left
// and right of the text count as rivers without support.
type river struct {
	interval
	support int  // lines with text on both sides of it
	hard    bool // one of them has a gap there that parts columns by itself
}

// Widths of rivers, as shares of the font size.
const (
	narrowGap = 0.5 // least gap in a line
	leastGap  = 0.2 // least width of what all lines have in common
	jumpGap   = 0.2 // least gap in a line that is left without a printed space
	seedGap   = 0.9 // least gap in the line a zone without wide gaps starts at
)

// far is beyond the edges of any page.
const far = 1e7

// gaps returns the stripes of a line that are free of text. Where the file
// prints its spaces, a gap without one is a jump from cell to cell, or a tab
// stop.
func (b *builder) gaps(l *line) []river {
	var chars []char
	for i := range l.segments {
		chars = append(chars, l.segments[i].chars...)
	}
	normal := medianGap(chars)
	wide := wideGaps(chars)
	free := []river{{interval: interval{-far, l.x0()}}}
	splitAt(chars, func(i int, gap float64) bool {
		jump := b.spaced && gap > jumpGap*chars[i].Size && !chars[i-1].space
		if jump || gap > narrowGap*chars[i].Size && gap > 1.6*normal {
			free = append(free, river{interval{chars[i].X0 - gap, chars[i].X0}, 1, wide(i, gap)})
		}
		return false
	})
	return append(free, river{interval: interval{l.x1(), far}})
}

// meet returns what the stripes of a zone and of a line have in common. ok is
// false where the line closes a river that is sure.
func meet(rivers, free []river, size float64) (out []river, ok bool) {
	for _, r := range rivers {
		open := false
		for _, f := range free {
			both := interval{math.Max(r.x0, f.x0), math.Min(r.x1, f.x1)}
			if both.x1-both.x0 >= leastGap*size {
				out = append(out, river{both, r.support + f.support, r.hard || f.hard})
				open = true
			}
		}
		if !open && (r.hard || r.support >= 2) {
			return nil, false
		}
	}
	return out, true
}

// zoneAt reads the zone that starts at line i, which has a gap that may part
// columns. It returns how many lines it takes; 0 when the line is running text
// after all.
func (b *builder) zoneAt(lines []line, i int) (zone, int) {
	z := zone{rivers: b.gaps(&lines[i]), lines: []line{lines[i]}}
	z.setColumns()
	n := 1
	for ; i+n < len(lines); n++ {
		if !b.fit(&z, &lines[i+n]) {
			break
		}
	}
	// Rivers of one line only are word gaps, if they are not wide.
	best, parted := 0, false
	z.rivers = slices.DeleteFunc(z.rivers, func(r river) bool {
		inside := r.x0 > -far && r.x1 < far
		best = max(best, r.support)
		parted = parted || inside && r.hard
		return inside && !r.hard && r.support < 2
	})
	if !parted && (n < 3 || best < 3) {
		return zone{}, 0
	}
	z.setColumns()
	if len(z.columns) < 2 {
		return zone{}, 0
	}
	// One line alone that fills the measure is running text with a wide gap.
	if n == 1 && len(z.columns) == 2 {
		l := &lines[i]
		gap := z.columns[1].x0 - z.columns[0].x1
		around := i > 0 && fills(&lines[i-1], b.left, b.right) || i+1 < len(lines) && fills(&lines[i+1], b.left, b.right)
		if around && gap < 3.5*l.size && fills(l, b.left, b.right) {
			return zone{}, 0
		}
	}
	for j := range z.lines {
		z.lines[j] = b.cutAt(z.lines[j], z.columns)
	}
	return z, n
}

// seeds reports whether a zone may start at a line.
func (b *builder) seeds(l *line) bool {
	if len(l.segments) > 1 {
		return true
	}
	for _, r := range b.gaps(l) {
		if r.support > 0 && r.x1-r.x0 > seedGap*l.size {
			return true
		}
	}
	return false
}

// fills reports whether a line reaches from the left edge to the right one.
func fills(l *line, left, right float64) bool {
	return l.x0() < left+l.size && l.x1() > right-l.size
}

// setColumns finds the columns between the rivers that have text on both sides.
func (z *zone) setColumns() {
	z.columns = z.columns[:0]
	x0, x1 := math.Inf(1), math.Inf(-1)
	for i := range z.lines {
		x0, x1 = math.Min(x0, z.lines[i].x0()), math.Max(x1, z.lines[i].x1())
	}
	for _, r := range z.rivers {
		if r.support > 0 && r.x0 >= x0 && r.x1 <= x1 {
			z.columns = append(z.columns, interval{x0, r.x0})
			x0 = r.x1
		}
	}
	z.columns = append(z.columns, interval{x0, x1})
}

// columnOf returns the column a place lies in, or nearest to.
func columnOf(columns []interval, x float64) int {
	for i := 0; i+1 < len(columns); i++ {
		if x < (columns[i].x1+columns[i+1].x0)/2 {
			return i
		}
	}
	return len(columns) - 1
}

// cutAt makes one segment of what stands in each column.
func (b *builder) cutAt(l line, columns []interval) line {
	parts := make([][]char, len(columns))
	for i := range l.segments {
		for _, c := range l.segments[i].chars {
			at := columnOf(columns, (c.X0+c.X1)/2)
			parts[at] = append(parts[at], c)
		}
	}
	out := l
	out.segments = nil
	for _, chars := range parts {
		if s := b.segment(chars); !s.text.empty() {
			out.segments = append(out.segments, s)
		}
	}
	return out
}

// fit adds a line to the zone, if it keeps to its columns.
func (b *builder) fit(z *zone, l *line) bool {
	dy := l.baseline - z.lines[len(z.lines)-1].baseline
	rivers, ok := meet(z.rivers, b.gaps(l), l.size)
	if !ok {
		return false
	}
	next := zone{rivers: rivers, lines: append(slices.Clip(z.lines), *l)}
	next.setColumns()
	if len(next.columns) < 2 {
		return false
	}
	cells := b.cutAt(*l, next.columns)
	if len(cells.segments) > 1 {
		ok = dy < 4*l.size
	} else {
		now := zone{columns: next.columns, lines: z.lines}
		ok = b.single(&now, &cells.segments[0], dy)
	}
	if ok {
		*z = next
	}
	return ok
}

// single decides whether a line with text in one column only belongs to the
// zone above it.
func (b *builder) single(z *zone, s *segment, dy float64) bool {
	column := columnOf(z.columns, (s.x0+s.x1)/2)
	before, ok := b.lastIn(z, column)
	if !ok {
		return false
	}
	gap := s.baseline - before.baseline
	center, centerBefore := (s.x0+s.x1)/2, (before.x0+before.x1)/2
	lined := math.Abs(s.x0-before.x0) < 4 || math.Abs(center-centerBefore) < 6
	if len(z.columns) > 2 {
		return (gap < 1.45*s.size || dy < 0.85*s.size) && math.Abs(s.size-before.size) < 0.6
	}
	if column > 0 {
		// The right side of a signature block, with room for the signature; but
		// not a title in the middle of the page.
		middle := (b.left + b.right) / 2
		titled := math.Abs(center-middle) < s.size && math.Abs(centerBefore-middle) > 2*s.size
		return dy < 8*s.size && !titled && (lined || gap < 1.7*s.size || math.Abs(s.x1-before.x1) < 4)
	}
	// On the left, body text may follow: the line must go with those above it.
	// Where the cells of a letterhead stand in the middle, the right side goes on
	// between two lines of the left.
	last := &z.lines[len(z.lines)-1]
	onRight := columnOf(z.columns, (last.x0()+last.x1())/2) > 0 && last.x0() > z.columns[0].x1 && dy < 1.7*s.size && gap < 3.2*s.size
	reach := 1.7 * s.size
	if above := b.column(z, 0); len(above) > 1 {
		n := len(above)
		reach = math.Max(reach, 1.15*(above[n-1].baseline-above[n-2].baseline))
	}
	if s.size > before.size+0.6 || s.size < before.size-2 || gap > math.Min(reach, 3*s.size) && !onRight {
		return false
	}
	return lined || startsLower(s.text.s)
}

// lastIn returns the lowest segment in a column.
func (b *builder) lastIn(z *zone, column int) (segment, bool) {
	for i := len(z.lines) - 1; i >= 0; i-- {
		cells := b.cutAt(z.lines[i], z.columns)
		for _, s := range cells.segments {
			if columnOf(z.columns, (s.x0+s.x1)/2) == column {
				return s, true
			}
		}
	}
	return segment{}, false
}

// column returns the segments of one column.
func (b *builder) column(z *zone, i int) []segment {
	var out []segment
	for _, l := range z.lines {
		cells := b.cutAt(l, z.columns)
		for _, s := range cells.segments {
			if columnOf(z.columns, (s.x0+s.x1)/2) == i {
				out = append(out, s)
			}
		}
	}
	return out
}

// prose reports whether a zone of two columns is running text in columns: most
// lines on both sides reach the right edge of their column.
func (b *builder) prose(z *zone) bool {
	if len(z.columns) != 2 || len(z.lines) < 6 {
		return false
	}
	for i := range z.columns {
		column := b.column(z, i)
		full, letters := 0, 0
		for _, s := range column {
			letters += utf8.RuneCountInString(s.text.s)
			if s.x1 > z.columns[i].x1-1.5*s.size {
				full++
			}
		}
		if len(column) < 6 || full*10 < len(column)*6 || letters < 22*len(column) {
			return false
		}
	}
	return true
}

// rows gives the zone as table rows.
func (b *builder) rows(z *zone) [][]text {
	if len(z.columns) == 2 {
		return b.pairs(z)
	}
	var out [][]text
	for i := range z.lines {
		l := &z.lines[i]
		cells := make([]text, len(z.columns))
		for _, s := range l.segments {
			c := &cells[columnOf(z.columns, (s.x0+s.x1)/2)]
			if c.s == "" {
				*c = s.text
			} else {
				*c = c.join(" ", s.text)
			}
		}
		if i > 0 {
			above := &z.lines[i-1]
			last := out[len(out)-1]
			if beside(above, l) || l.baseline-above.baseline < 1.35*l.size && continues(last, cells) {
				for j := range cells {
					switch {
					case cells[j].s == "":
					case last[j].s == "":
						last[j] = cells[j]
					default:
						last[j] = last[j].join(cellSeparator(last[j].s, cells[j].s, false), cells[j])
					}
				}
				continue
			}
		}
		out = append(out, cells)
	}
	return out
}

// continues reports whether cells are the second lines of the row above: words
// that go on, in fewer than half of the columns.
func continues(row, cells []text) bool {
	filled := 0
	for j := range cells {
		if cells[j].s == "" {
			continue
		}
		filled++
		if row[j].s == "" || !(startsLower(cells[j].s) && !marker.MatchString(cells[j].s) || brokenWord(lastWord(row[j].s), cells[j].s)) {
			return false
		}
	}
	return filled*2 <= len(cells)
}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// item is a paragraph of one column of a letterhead or signature block.
type item struct {
	text     text
	baseline float64
	size     float64
	index    int // number of the line in its column, counting empty ones
}

// pairs puts two columns side by side, block by block.
func (b *builder) pairs(z *zone) [][]text {
	var out [][]text
	start := 0
	bottom := math.Inf(-1)
	for i := range z.lines {
		l := &z.lines[i]
		if i > 0 && l.baseline-Ascent*l.size > bottom+0.3*l.size {
			part := zone{columns: z.columns, lines: z.lines[start:i]}
			out = append(out, b.pairBlock(&part)...)
			start = i
		}
		bottom = math.Max(bottom, l.baseline+Descent*l.size)
	}
	part := zone{columns: z.columns, lines: z.lines[start:]}
	return append(out, b.pairBlock(&part)...)
}

// pairBlock puts side by side what no blank band parts. In print of one size,
// lines on one baseline go together, and what stands between two such rows goes
// together in its order. Small print beside large has another line pitch: the
// first goes with the first, the second with the second, empty lines counted.
func (b *builder) pairBlock(z *zone) [][]text {
	left, right := items(b.column(z, 0)), items(b.column(z, 1))
	var out [][]text
	pair := func(left, right []item) {
		for i := range max(len(left), len(right)) {
			row := make([]text, 2)
			if i < len(left) {
				row[0] = left[i].text
			}
			if i < len(right) {
				row[1] = right[i].text
			}
			out = append(out, row)
		}
	}
	if len(left) == 0 || len(right) == 0 {
		pair(left, right)
		return out
	}
	size := math.Min(left[0].size, right[0].size)
	last := func(items []item) float64 { return items[len(items)-1].size }
	if math.Abs(last(left)-last(right)) > 0.8 && math.Abs(left[0].baseline-right[0].baseline) < 1.2*size {
		for i, j := 0, 0; i < len(left) || j < len(right); {
			switch {
			case j == len(right) || i < len(left) && left[i].index < right[j].index:
				pair(left[i:i+1], nil)
				i++
			case i == len(left) || right[j].index < left[i].index:
				pair(nil, right[j:j+1])
				j++
			default:
				pair(left[i:i+1], right[j:j+1])
				i++
				j++
			}
		}
		return out
	}
	i, j := 0, 0 // paired so far
	for k := range left {
		for l := j; l < len(right); l++ {
			if math.Abs(left[k].baseline-right[l].baseline) < 0.25*size {
				pair(left[i:k], right[j:l])
				pair(left[k:k+1], right[l:l+1])
				i, j = k+1, l+1
				break
			}
		}
	}
	pair(left[i:], right[j:])
	return out
}

// items joins the wrapped lines of a column and numbers its lines.
func items(column []segment) []item {
	pitch := math.Inf(1)
	for i := 1; i < len(column); i++ {
		if d := column[i].baseline - column[i-1].baseline; d > 0.9*column[i].size {
			pitch = math.Min(pitch, d)
		}
	}
	var out []item
	wrapped := 0
	for i, s := range column {
		if n := len(out); n > 0 {
			last := &out[n-1]
			end, _ := utf8.DecodeLastRuneInString(last.text.s)
			if startsLower(s.text.s) && !marker.MatchString(s.text.s) && !strings.ContainsRune(".;:,", end) && math.Abs(s.size-column[i-1].size) < 0.6 &&
				s.baseline-column[i-1].baseline < 1.7*s.size {
				last.text = last.text.join(separator(last.text.s, s.text.s), s.text)
				wrapped++
				continue
			}
		}
		it := item{text: s.text, baseline: s.baseline, size: s.size}
		if !math.IsInf(pitch, 1) {
			it.index = int(math.Round((s.baseline-column[0].baseline)/pitch)) - wrapped
		}
		if n := len(out); n > 0 {
			it.index = max(it.index, out[n-1].index+1)
		}
		out = append(out, it)
	}
	return out
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}
