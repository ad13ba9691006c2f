// Tables drawn with ruling lines: the lines become a grid, the grid cells, and
// cells without a line between them one merged cell.

package layout

import (
	"cmp"
	"math"
	"slices"
)

// Distances in points.
const (
	sameRule = 3.0 // rules closer than this are one
	crossing = 3.0 // rules this close touch
)

// maxRules is the number of rules on a page above which it is a drawing.
const maxRules = 6000

// grid is one ruled table: its columns lie between xs, its rows between ys.
type grid struct {
	xs, ys []float64
	region []int // by cell (row*columns+column): the first cell of its merged cell
	chars  [][]char
}

func (g *grid) columns() int { return len(g.xs) - 1 }
func (g *grid) rows() int    { return len(g.ys) - 1 }

// rule is a ruling line along one axis: at is its place across it.
type rule struct {
	at, from, to float64
	vertical     bool
}

// grids finds the tables among the ruling lines.
func grids(lines []Line) []grid {
	if len(lines) > maxRules {
		return nil
	}
	rules := mergeRules(lines)
	var out []grid
	for _, group := range connected(rules) {
		if g, ok := newGrid(group); ok {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b grid) int {
		return cmp.Or(cmp.Compare(a.ys[0], b.ys[0]), cmp.Compare(a.xs[0], b.xs[0]))
	})
	return out
}

// mergeRules joins pieces of one line.
func mergeRules(lines []Line) []rule {
	var all []rule
	for _, l := range lines {
		w, h := l.X1-l.X0, l.Y1-l.Y0
		switch {
		case w >= h && w > 2:
			all = append(all, rule{at: (l.Y0 + l.Y1) / 2, from: l.X0, to: l.X1})
		case h > w && h > 2:
			all = append(all, rule{at: (l.X0 + l.X1) / 2, from: l.Y0, to: l.Y1, vertical: true})
		}
	}
	slices.SortFunc(all, func(a, b rule) int {
		if a.vertical != b.vertical {
			if a.vertical {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(math.Round(a.at), math.Round(b.at)), cmp.Compare(a.from, b.from))
	})
	out := all[:0]
	for _, r := range all {
		if n := len(out); n > 0 {
			p := &out[n-1]
			if p.vertical == r.vertical && math.Abs(p.at-r.at) < 1 && r.from <= p.to+crossing {
				p.to = math.Max(p.to, r.to)
				continue
			}
		}
		out = append(out, r)
	}
	return out
}

// connected groups the rules that touch. Groups of only one direction are no
// table.
func connected(rules []rule) [][]rule {
	parent := make([]int, len(rules))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for i := range rules {
		for j := i + 1; j < len(rules); j++ {
			a, b := &rules[i], &rules[j]
			touch := false
			if a.vertical == b.vertical {
				touch = math.Abs(a.at-b.at) < sameRule && a.from <= b.to+crossing && b.from <= a.to+crossing
			} else {
				touch = a.from <= b.at+crossing && b.at <= a.to+crossing && b.from <= a.at+crossing && a.at <= b.to+crossing
			}
			if touch {
				parent[find(i)] = find(j)
			}
		}
	}
	groups := map[int][]rule{}
	var order []int
	for i := range rules {
		root := find(i)
		if groups[root] == nil {
			order = append(order, root)
		}
		groups[root] = append(groups[root], rules[i])
	}
	var out [][]rule
	for _, root := range order {
		out = append(out, groups[root])
	}
	return out
}

// newGrid makes the grid of one group of rules.
func newGrid(rules []rule) (grid, bool) {
	var xs, ys []float64
	left, right := math.Inf(1), math.Inf(-1)
	top, bottom := math.Inf(1), math.Inf(-1)
	for _, r := range rules {
		if r.vertical {
			xs = append(xs, r.at)
			top, bottom = math.Min(top, r.from), math.Max(bottom, r.to)
		} else {
			ys = append(ys, r.at)
			left, right = math.Min(left, r.from), math.Max(right, r.to)
		}
	}
	if len(xs) == 0 || len(ys) == 0 {
		return grid{}, false
	}
	// A table may be open at its sides: rules that reach far beyond the last
	// crossing one bound cells too.
	const reach = 12
	xs, ys = distinct(xs), distinct(ys)
	if xs[0]-left > reach {
		xs = slices.Insert(xs, 0, left)
	}
	if right-xs[len(xs)-1] > reach {
		xs = append(xs, right)
	}
	if ys[0]-top > reach {
		ys = slices.Insert(ys, 0, top)
	}
	if bottom-ys[len(ys)-1] > reach {
		ys = append(ys, bottom)
	}
	g := grid{xs: xs, ys: ys}
	if g.columns() < 1 || g.rows() < 1 || g.columns()*g.rows() < 2 || g.columns()*g.rows() > 20000 {
		return grid{}, false
	}
	g.merge(rules)
	return g, true
}

// distinct sorts places and joins those that are one.
func distinct(places []float64) []float64 {
	slices.Sort(places)
	out := places[:0]
	sum, n := 0.0, 0
	last := 0.0
	for _, p := range places {
		if n > 0 && p-last >= sameRule {
			out = append(out, sum/float64(n))
			sum, n = 0, 0
		}
		sum += p
		n++
		last = p
	}
	return append(out, sum/float64(n))
}

// merge joins neighbouring cells that have no rule between them.
func (g *grid) merge(rules []rule) {
	columns, rows := g.columns(), g.rows()
	parent := make([]int, columns*rows)
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	join := func(a, b int) {
		a, b = find(a), find(b)
		parent[max(a, b)] = min(a, b)
	}
	vertical := byPlace(rules, g.xs, true)
	horizontal := byPlace(rules, g.ys, false)
	for row := range rows {
		for column := range columns {
			cell := row*columns + column
			if column+1 < columns && !covered(vertical[column+1], g.ys[row], g.ys[row+1]) {
				join(cell, cell+1)
			}
			if row+1 < rows && !covered(horizontal[row+1], g.xs[column], g.xs[column+1]) {
				join(cell, cell+columns)
			}
		}
	}
	g.region = make([]int, len(parent))
	for i := range parent {
		g.region[i] = find(i)
	}
}

// byPlace sorts the rules of one direction to the grid line each lies on.
func byPlace(rules []rule, places []float64, vertical bool) [][]rule {
	out := make([][]rule, len(places))
	for _, r := range rules {
		if r.vertical == vertical {
			i := nearest(places, r.at)
			out[i] = append(out[i], r)
		}
	}
	return out
}

func nearest(places []float64, at float64) int {
	i, found := slices.BinarySearch(places, at)
	if found || i == 0 {
		return i
	}
	if i == len(places) || at-places[i-1] < places[i]-at {
		return i - 1
	}
	return i
}

// covered reports whether rules cover most of from..to.
func covered(rules []rule, from, to float64) bool {
	sum := 0.0
	end := from
	for _, r := range rules { // sorted by their start within one place
		a, b := math.Max(r.from, end), math.Min(r.to, to)
		if b > a {
			sum += b - a
			end = b
		}
	}
	return sum > 0.6*(to-from)
}

// contains reports whether a point lies in the table.
func (g *grid) contains(x, y float64) bool {
	return x >= g.xs[0] && x <= g.xs[len(g.xs)-1] && y >= g.ys[0] && y <= g.ys[len(g.ys)-1]
}

// add puts a character into the merged cell it stands in.
func (g *grid) add(c char) {
	if g.chars == nil {
		g.chars = make([][]char, len(g.region))
	}
	cell := g.at((c.X0+c.X1)/2, c.Baseline-0.3*c.Size)
	if c.Angle != 0 {
		cell = g.at(c.X0, c.Y0)
	}
	g.chars[cell] = append(g.chars[cell], c)
}

// at returns the merged cell at a point inside the table.
func (g *grid) at(x, y float64) int {
	return g.region[between(g.ys, y)*g.columns()+between(g.xs, x)]
}

// between returns which interval of places holds at.
func between(places []float64, at float64) int {
	i, _ := slices.BinarySearch(places, at)
	return min(max(i-1, 0), len(places)-2)
}

// filled counts the merged cells that hold text.
func (g *grid) filled() int {
	n := 0
	for _, chars := range g.chars {
		if slices.ContainsFunc(chars, func(c char) bool { return !c.space }) {
			n++
		}
	}
	return n
}

// cells returns the text of the table by rows. The text of a merged cell stands
// in its first cell, the others are empty. Rows without text are left out.
func (g *grid) cells(b *builder) [][]text {
	var out [][]text
	for row := range g.rows() {
		cells := make([]text, g.columns())
		some := false
		for column := range cells {
			cell := row*g.columns() + column
			if g.region[cell] != cell || g.chars == nil || len(g.chars[cell]) == 0 {
				continue
			}
			cells[column] = b.cellText(g.chars[cell], g.xs[g.lastColumn(cell)+1])
			some = some || !cells[column].empty()
		}
		if some {
			out = append(out, cells)
		}
	}
	return out
}

// lastColumn returns the last column of a merged cell in its first row.
func (g *grid) lastColumn(cell int) int {
	column := cell % g.columns()
	for column+1 < g.columns() && g.region[cell+1] == g.region[cell] {
		cell++
		column++
	}
	return column
}

// cellText joins the lines of one cell whose right border is at right.
func (b *builder) cellText(chars []char, right float64) text {
	var out text
	chars, turned := upright(chars)
	for i, t := range b.turnedText(turned) {
		if i == 0 {
			out = t
		} else {
			out = out.join(" ", t)
		}
	}
	lines := b.lines(chars)
	for i := range lines {
		s := b.whole(&lines[i])
		switch {
		case out.s == "":
			out = s.text
			continue
		case i == 0:
			out = out.join(" ", s.text)
			continue
		}
		before := b.whole(&lines[i-1])
		full := right-before.x1 < 1.6*before.size
		if n := runTogether(lastWord(out.s), s.text.s); full && n > 0 {
			out = out.join("", s.text.cut(0, n)).join(" ", s.text.cut(n, len(s.text.s)))
			continue
		}
		out = out.join(cellSeparator(out.s, s.text.s, full), s.text)
	}
	return out
}

// upright parts text at an angle from the other text.
func upright(chars []char) (level, turned []char) {
	if !slices.ContainsFunc(chars, func(c char) bool { return c.Angle != 0 }) {
		return chars, nil
	}
	for _, c := range chars {
		if c.Angle != 0 {
			turned = append(turned, c)
		} else {
			level = append(level, c)
		}
	}
	return level, turned
}
