// The order of things: characters to lines and tables page by page, furniture
// out, then blocks in reading order over all pages.

package layout

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"baocao/extract/document"
)

// builder holds what is known about the whole document, and about the page
// being worked on.
type builder struct {
	fonts    fonts
	spaced   bool    // the file prints its spaces
	bodySize float64 // font size of most of the text

	left, right float64 // edges of the page's text
	lastColumns []part  // the two columns that the page before ended in
}

// sheet is one page on its way.
type sheet struct {
	page   *Page
	lines  []line
	grids  []grid
	turned []char // text at an angle: stamps and watermarks
	struck []char // text with a line through it
	over   []char // text printed over other text: watermarks and stamps
	notes  []note // footnotes that no text refers to
}

// Build puts the characters of the pages together as paragraphs and table rows
// in reading order. Pages may have been seen by different engines. It never
// fails; pages without characters give no blocks.
func Build(pages []Page) *document.Document {
	b := &builder{fonts: newFonts(pages)}
	b.measureText(pages)
	sheets := make([]sheet, len(pages))
	for i := range pages {
		sheets[i] = b.sheet(&pages[i])
	}
	removed := dropFurniture(sheets)
	edges := measureEdges(sheets)
	w := &writer{}
	var last *ruled
	for i := range sheets {
		s := &sheets[i]
		s.notes = anchorNotes(s, b.takeNotes(s))
		e := edges[i]
		b.left, b.right = e.left, e.right
		last = b.page(w, s, e, last)
	}
	doc := w.document()
	for i := range sheets {
		for _, l := range b.lines(sheets[i].struck) {
			doc.Warnings = append(doc.Warnings, fmt.Sprintf("page %d: struck-through text left out: %q", sheets[i].page.Number, l.flat()))
		}
	}
	for _, p := range pages {
		doc.Pages = append(doc.Pages, document.Page{Number: p.Number, Engine: p.Engine, Note: p.Note})
	}
	if legacy := b.fonts.main(pages); legacy != "" {
		doc.Encoding = legacy
	}
	for _, s := range removed {
		doc.Warnings = append(doc.Warnings, fmt.Sprintf("running head or foot left out: %q", s))
	}
	return doc
}

// measureText finds the size of most of the text and whether spaces are
// printed.
func (b *builder) measureText(pages []Page) {
	sizes := map[int]int{}
	spaces, all := 0, 0
	for i := range pages {
		for j := range pages[i].Glyphs {
			g := &pages[i].Glyphs[j]
			all++
			if isBlank(g.Text) {
				spaces++
			} else {
				sizes[int(math.Round(g.Size*2))] += len(g.Text)
			}
		}
	}
	b.spaced = spaces*20 > all
	best := 24
	for size, n := range sizes {
		if n > sizes[best] || n == sizes[best] && size > best {
			best = size
		}
	}
	b.bodySize = float64(best) / 2
}

// sheet sorts the characters of a page into tables, lines and text at an angle.
func (b *builder) sheet(p *Page) sheet {
	s := sheet{page: p}
	s.grids = grids(p.Lines)
	chars := make([]char, 0, len(p.Glyphs))
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		if g.Text == "" || !(g.Size > 0) {
			continue
		}
		c := char{Glyph: g, key: g.X0, space: isBlank(g.Text)}
		if g.Angle != 0 {
			if !s.inCell(c) {
				s.turned = append(s.turned, c)
			}
			continue
		}
		if n := len(chars); n > 0 && isMark(g.Text) {
			// The mark belongs to the letter drawn before it, wherever the font
			// puts it.
			before := &chars[n-1]
			if math.Abs(before.Baseline-g.Baseline) < 0.5*g.Size && math.Abs(before.X1-g.X0) < 1.2*g.Size {
				c.key = before.key
			}
		}
		chars = append(chars, c)
	}
	chars, s.over = b.overprint(chars)
	free := chars
	if len(s.grids) > 0 {
		free = b.sortIntoGrids(&s, chars)
	}
	free, s.struck = strikeOut(free, p.Lines)
	if len(s.grids) > 0 {
		s.lines = b.lines(free)
		return s
	}
	for _, part := range b.pageColumns(free) {
		for _, l := range b.lines(part.chars) {
			l.column, l.left, l.right = part.column, part.left, part.right
			s.lines = append(s.lines, l)
		}
	}
	return s
}

// framed reports whether an upright rule starts or ends at an end of r: it is the
// edge of a box or table then, whatever text it runs through.
func framed(r Line, rules []Line) bool {
	const near = 2
	y := (r.Y0 + r.Y1) / 2
	for _, v := range rules {
		x := (v.X0 + v.X1) / 2
		if v.Y1-v.Y0 > 3*near && v.X1-v.X0 < 3 && (math.Abs(x-r.X0) < near || math.Abs(x-r.X1) < near) && y > v.Y0-near && y < v.Y1+near {
			return true
		}
	}
	return false
}

// inCell gives a character that is written upwards or downwards to the cell it
// stands in, as narrow columns have their headers. Other angles are stamps.
func (s *sheet) inCell(c char) bool {
	if quarter := math.Abs(c.Angle); math.Abs(quarter-90) > 2 || c.space {
		return false
	}
	for i := len(s.grids) - 1; i >= 0; i-- {
		g := &s.grids[i]
		if g.contains(c.X0, c.Y0) && g.contains(c.X1, c.Y1) && g.at(c.X0, c.Y0) == g.at(c.X1, c.Y1) {
			g.add(c)
			return true
		}
	}
	return false
}

// strikeOut parts off the characters that a rule runs through: text deleted
// with the change tracking on.
func strikeOut(chars []char, rules []Line) (kept, struck []char) {
	var thin []Line
	for _, r := range rules {
		if r.Y1-r.Y0 < 1.5 && r.X1-r.X0 > 3 && len(thin) < 500 {
			thin = append(thin, r)
		}
	}
	thin = slices.DeleteFunc(thin, func(r Line) bool { return framed(r, rules) })
	if len(thin) == 0 {
		return chars, nil
	}
	through := func(c *char) bool {
		for _, r := range thin {
			y, middle := (r.Y0+r.Y1)/2, (c.X0+c.X1)/2
			if middle > r.X0 && middle < r.X1 && y < c.Baseline-0.14*c.Size && y > c.Baseline-0.42*c.Size {
				return true
			}
		}
		return false
	}
	for i := range chars {
		if through(&chars[i]) {
			struck = append(struck, chars[i])
		} else {
			kept = append(kept, chars[i])
		}
	}
	return kept, struck
}

// sortIntoGrids gives the characters inside of tables to their cells and
// returns the others. Grids with less than two filled cells are frames, not
// tables, and are dropped.
func (b *builder) sortIntoGrids(s *sheet, chars []char) []char {
	inside := make([]int, len(chars))
	for i := range chars {
		inside[i] = -1
		c := &chars[i]
		for j := range s.grids {
			if s.grids[j].contains((c.X0+c.X1)/2, c.Baseline-0.3*c.Size) {
				// The innermost of nested ones: the one that starts last.
				inside[i] = j
			}
		}
		if inside[i] >= 0 {
			s.grids[inside[i]].add(*c)
		}
	}
	frame := make([]bool, len(s.grids))
	var tables []grid
	for i := range s.grids {
		if frame[i] = s.grids[i].filled() < 2; !frame[i] {
			tables = append(tables, s.grids[i])
			continue
		}
		for _, chars := range s.grids[i].chars {
			_, turned := upright(chars)
			s.turned = append(s.turned, turned...)
		}
	}
	var free []char
	for i := range chars {
		if inside[i] < 0 || frame[inside[i]] {
			free = append(free, chars[i])
		}
	}
	s.grids = tables
	return free
}

// edges are the edges of a page's text area and the usual distance of lines.
type edges struct{ left, right, pitch float64 }

// measureEdges finds the text area. Pages of one size are taken together, as
// the last page of a report may have three short lines.
func measureEdges(sheets []sheet) []edges {
	type form struct{ width, height int }
	formOf := func(s *sheet) form {
		return form{int(math.Round(s.page.Width / 5)), int(math.Round(s.page.Height / 5))}
	}
	groups := map[form][]*sheet{}
	for i := range sheets {
		f := formOf(&sheets[i])
		groups[f] = append(groups[f], &sheets[i])
	}
	found := map[form]edges{}
	for f, group := range groups {
		found[f] = measure(group)
	}
	out := make([]edges, len(sheets))
	for i := range sheets {
		e := found[formOf(&sheets[i])]
		if own := measure([]*sheet{&sheets[i]}); len(sheets[i].lines) >= 12 && math.Abs((own.right-own.left)-(e.right-e.left)) < 3 {
			e.left, e.right = own.left, own.right // margins that change sides
		}
		out[i] = e
	}
	return out
}

func measure(group []*sheet) edges {
	lefts, rights, pitches := map[int]int{}, map[int]int{}, map[int]int{}
	e := edges{left: math.Inf(1), right: math.Inf(-1)}
	n := 0
	for _, s := range group {
		for i := range s.lines {
			l := &s.lines[i]
			if len(l.segments) == 1 && l.right == 0 {
				n++
				lefts[int(math.Round(l.x0()/2))]++
				rights[int(math.Round(l.x1()/2))]++
			}
			e.left, e.right = math.Min(e.left, l.x0()), math.Max(e.right, l.x1())
		}
	}
	if n == 0 {
		return e
	}
	few := max(2, n/40)
	for place, count := range lefts {
		// Neighbouring bins hold one margin.
		if count+lefts[place+1] >= few && (float64(place)*2 < e.left || !established(lefts, e.left, few)) {
			e.left = float64(place) * 2
		}
	}
	for place, count := range rights {
		if count+rights[place-1] >= few && (float64(place)*2 > e.right || !established(rights, e.right, few)) {
			e.right = float64(place) * 2
		}
	}
	atRight, width := 0, 0.0
	for _, s := range group {
		width = s.page.Width
		for i := range s.lines {
			if l := &s.lines[i]; len(l.segments) == 1 && l.x1() > e.right-3 {
				atRight++
			}
		}
	}
	if atRight < 3 || n < 8 && e.right-e.left < 0.6*width {
		// Too little text to see the margin: take it to be as wide as the left one.
		e.right = math.Max(e.right, width-e.left)
	}
	for _, s := range group {
		for i := 1; i < len(s.lines); i++ {
			a, l := &s.lines[i-1], &s.lines[i]
			if d := l.baseline - a.baseline; len(a.segments) == 1 && len(l.segments) == 1 && d > 0 && d < 4*l.size && a.x1() > e.right-2*a.size {
				pitches[int(math.Round(d*2))]++
			}
		}
	}
	best := 0
	for d, count := range pitches {
		if count > pitches[best] || count == pitches[best] && d < best {
			best = d
		}
	}
	e.pitch = float64(best) / 2
	return e
}

// established reports whether enough lines end near a place.
func established(bins map[int]int, at float64, few int) bool {
	place := int(math.Round(at / 2))
	return bins[place]+bins[place+1] >= few || bins[place]+bins[place-1] >= few
}

// ruled is the last table put out, for its continuation on the next page.
type ruled struct {
	number int
	xs     []float64
	header [][]text // its first rows
	last   bool     // nothing came after it
}

// page puts one page out. It returns the table at the end of the page, if
// there is one.
func (b *builder) page(w *writer, s *sheet, e edges, before *ruled) *ruled {
	lines := s.lines
	var last *ruled
	first := true
	for _, g := range s.grids {
		n := 0
		for n < len(lines) && lines[n].baseline < g.ys[0]+0.3*lines[n].size {
			n++
		}
		if n > 0 {
			b.columns(w, s, e, lines[:n])
			first = false
		}
		lines = lines[n:]
		var continued *ruled
		if first {
			continued = before
		}
		last = b.table(w, s, &g, continued)
		first = false
	}
	if len(lines) > 0 {
		b.columns(w, s, e, lines)
		last = nil
	}
	for _, n := range s.notes {
		w.later(document.Footnote, s.page.Number, n.text)
	}
	for _, l := range b.lines(s.over) {
		w.later(document.TextBox, s.page.Number, b.whole(&l).text)
	}
	for _, t := range b.turnedText(s.turned) {
		w.later(document.TextBox, s.page.Number, t)
	}
	return last
}

// table puts out a ruled table, or the rest of one that began before.
func (b *builder) table(w *writer, s *sheet, g *grid, before *ruled) *ruled {
	rows := g.cells(b)
	t := &ruled{xs: g.xs, header: rows[:min(len(rows), 6)]}
	if before != nil && len(before.header) == 1 && len(w.held) == len(before.xs)-1 {
		// The page ended below the first row of the header, whose cells are merged.
		if at, ok := refined(before.xs, g.xs); ok {
			w.held = spread(w.held, at, g.columns())
			before.xs, before.header = g.xs, [][]text{w.held}
		}
	}
	if before != nil && sameColumns(before.xs, g.xs) {
		t.number, t.header = before.number, before.header
		// Rows that are repeated at the top of every page stand in the text once.
		n := 0
		for n < len(before.header) && n < len(rows)-1 && sameRow(rows[n], before.header[n]) {
			n++
		}
		rows = rows[n:]
		if n == 0 && len(rows) > 0 && len(w.held) == len(rows[0]) && continues(w.held, rows[0]) {
			// The page ended in the middle of a row.
			for i, c := range rows[0] {
				if c.s != "" {
					w.held[i] = w.held[i].join(cellSeparator(w.held[i].s, c.s, brokenWord(lastWord(w.held[i].s), c.s)), c)
				}
			}
			rows = rows[1:]
		}
	} else {
		w.table++
		t.number = w.table
	}
	for _, cells := range rows {
		w.row(s.page.Number, t.number, cells)
	}
	return t
}

func sameColumns(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) < 4 })
}

// refined gives for every column of coarse the first of fine that lies in it, if the
// borders of coarse are all borders of fine and fine has more.
func refined(coarse, fine []float64) ([]int, bool) {
	if len(fine) <= len(coarse) {
		return nil, false
	}
	var at []int
	j := 0
	for _, x := range coarse {
		for j < len(fine) && fine[j] < x-4 {
			j++
		}
		if j == len(fine) || fine[j] > x+4 {
			return nil, false
		}
		at = append(at, j)
	}
	if at[0] != 0 || at[len(at)-1] != len(fine)-1 {
		return nil, false
	}
	return at[:len(at)-1], true
}

// spread puts the cells of a row where they begin among more columns.
func spread(row []text, at []int, columns int) []text {
	out := make([]text, columns)
	for i, c := range row {
		out[at[i]] = c
	}
	return out
}

func sameRow(a, b []text) bool {
	return slices.EqualFunc(a, b, func(x, y text) bool { return x.s == y.s })
}

// columns puts out lines that stand in no ruled table, column by column where
// the page has such.
func (b *builder) columns(w *writer, s *sheet, e edges, lines []line) {
	for len(lines) > 0 {
		n := 1
		for n < len(lines) && lines[n].column == lines[0].column {
			n++
		}
		own := e
		if l := &lines[0]; l.right > l.left {
			own.left, own.right = l.left, l.right
		}
		b.left, b.right = own.left, own.right
		b.text(w, s, own, lines[:n])
		lines = lines[n:]
	}
}

// text puts out lines of one column.
func (b *builder) text(w *writer, s *sheet, e edges, lines []line) {
	put := func(seg segment, column int, left, right float64) {
		w.line(flow{segment: seg, page: s.page.Number, column: column, left: left, right: right, pitch: e.pitch})
	}
	for i := 0; i < len(lines); {
		start := i
		// A signature block may begin on the right, above the recipients.
		for i+1 < len(lines) && len(lines[i].segments) == 1 && i-start < 3 &&
			(lines[i].x0() > (e.left+e.right)/2 || beside(&lines[i], &lines[i+1])) {
			i++
		}
		if i < len(lines) && b.seeds(&lines[i]) {
			z, n := b.zoneAt(lines, i)
			if n > 0 {
				lead := i
				for lead > start && b.leads(&z, &lines[lead-1]) {
					lead--
					z.lines = slices.Insert(z.lines, 0, lines[lead])
				}
				for _, l := range lines[start:lead] {
					put(b.whole(&l), l.column, e.left, e.right)
				}
				b.zone(w, s, &z, put)
				i += n
				continue
			}
		}
		i = start
		put(b.whole(&lines[i]), lines[i].column, e.left, e.right)
		i++
	}
}

// beside reports whether two lines overlap so far that they can only stand side
// by side, as in the cells of a letterhead of two lines and of one.
func beside(upper, lower *line) bool {
	return lower.baseline-upper.baseline < 0.85*math.Min(upper.size, lower.size)
}

// leads reports whether a line that stands on one side only is the beginning of
// the zone below it: on the right, or beside the zone's first line.
func (b *builder) leads(z *zone, l *line) bool {
	if len(z.columns) != 2 || len(l.segments) != 1 || l.x0() < z.columns[0].x1 && l.x1() > z.columns[1].x0 {
		return false
	}
	if beside(l, &z.lines[0]) {
		return true
	}
	return l.x0() > z.columns[0].x1+0.4*l.size && z.lines[0].baseline-l.baseline < 2.5*l.size
}

// zone puts out text that stands in columns.
func (b *builder) zone(w *writer, s *sheet, z *zone, put func(seg segment, column int, left, right float64)) {
	if b.prose(z) {
		for i, c := range z.columns {
			for _, seg := range b.column(z, i) {
				put(seg, leftColumn+i, c.x0, c.x1)
			}
		}
		return
	}
	w.table++
	for _, cells := range b.rows(z) {
		for len(cells) > 1 && len(z.columns) == 2 && cells[len(cells)-1].s == "" {
			cells = cells[:len(cells)-1]
		}
		w.row(s.page.Number, w.table, cells)
	}
}

// turnedText puts text at an angle together: characters of one direction whose
// baselines are one straight line are one text.
func (b *builder) turnedText(chars []char) []text {
	// Turned back, the text is upright and lines can be made as always.
	groups := map[int][]char{}
	for _, c := range chars {
		angle := int(math.Round(c.Angle))
		sin, cos := math.Sincos(-c.Angle * math.Pi / 180)
		g := *c.Glyph
		g.X0, g.Baseline = c.X0*cos-c.Y0*sin, c.X0*sin+c.Y0*cos
		g.X1 = c.X1*cos - c.Y1*sin
		groups[angle] = append(groups[angle], char{Glyph: &g, key: g.X0, space: c.space})
	}
	var angles []int
	for a := range groups {
		angles = append(angles, a)
	}
	slices.SortFunc(angles, cmp.Compare)
	var out []text
	for _, a := range angles {
		var parts []string
		for _, l := range b.lines(groups[a]) {
			parts = append(parts, l.flat())
		}
		if len(parts) > 0 {
			out = append(out, text{s: strings.Join(parts, " ")})
		}
	}
	return out
}
