// This file reads tables: header and row names take the place of the words around a
// number.

package rules

import (
	"strings"

	"baocao/extract/document"
	"baocao/normalize/vntext"
)

// A table cell means what its column header, its row label and the title above
// say together; the same vocabulary and rules read it as read a sentence.

// cell is one cell of a row.
type cell struct {
	start, end int // in the passage's folded text
	text       string
}

func cellsOf(p *passage) []cell {
	var out []cell
	start := 0
	text := p.fold.Text
	for i := 0; i <= len(text); i++ {
		if i == len(text) || text[i] == '\t' {
			a, b := trimSpan(text, start, i)
			out = append(out, cell{a, b, text[a:b]})
			start = i + 1
		}
	}
	return out
}

// numeric reports whether a cell holds a number and nothing else of weight.
func numeric(c cell) bool {
	if c.text == "" || strings.HasPrefix(c.text, "năm ") { // "Năm 2022" is a head
		return false
	}
	digits, letters := 0, 0
	for i := 0; i < len(c.text); i++ {
		switch b := c.text[i]; {
		case isDigit(b):
			digits++
		case b >= 'a' && b <= 'z' || b >= 0x80:
			letters++
		}
	}
	return digits > 0 && letters <= 4
}

// isIndexRow recognises the row of column numbers "(1) (2) (3)=(4)+(5)".
func isIndexRow(cells []cell) bool {
	n, bare := 0, 0
	want := 1
	for _, c := range cells {
		if c.text == "" {
			continue
		}
		n++
		t := strings.Trim(c.text, "()")
		switch {
		case strings.HasPrefix(c.text, "(") && digitsLen(t) > 0:
			bare++
		case len(t) == 1 && (t >= "a" && t <= "c"):
			bare++
		case digitsLen(c.text) > 0 && (digitsLen(c.text) == len(c.text) || strings.Contains(c.text, "=")) && atoi(c.text) == want:
			bare++
		}
		want++
	}
	return n >= 3 && bare == n
}

// grid is what the rows of one table have in common.
type grid struct {
	columns  []column
	caption  frame // what the title above says
	byUnit   bool  // a row is another office, so only the row of totals is the reporting unit's
	byField  bool  // a row is a field (lĩnh vực)
	sums     []columnSum
	channels map[int][]int // by column: how the dossiers of the rows above came
	money    string        // the unit of amounts of money that a line above names
}

// column returns column n, and an empty one beyond the header's width.
func (g *grid) column(n int) column {
	if n < len(g.columns) {
		return g.columns[n]
	}
	return column{}
}

// gridRow is what the cells of one row have in common.
type gridRow struct {
	passage *passage
	label   string
	labels  []*sentence // the label, then those of the rows it is a part of
	unit    string      // unit of measure, of this row or the last one that names it
	counts  int16       // the object that the unit of measure names, 0 if none
	before  int16       // the object of the row before
	total   bool
	about   vntext.Period // the period that the row is called: "Tháng 4"
	settled bool          // the row before counts what was resolved early or on time
	kin     int16         // what the last row of the same unit of measure counted, 0 if unknown
}

// table reads the rows passages[from:to], one table.
func (x *extraction) table(from, to int) {
	s := x.set
	rows := make([][]cell, to-from)
	width := 0
	for i := range rows {
		rows[i] = cellsOf(&x.passages[from+i])
		width = max(width, len(rows[i]))
	}
	head := headerRows(rows)
	x.tableSections(from, to, rows)
	g := grid{columns: s.columnPaths(rows[:head], width), caption: x.caption(from), byUnit: s.headsUnits(rows[:head]), channels: map[int][]int{}}
	countRows(g.columns, rows[head:])
	g.byUnit = g.byUnit || listsCommunes(g.columns, rows[head:])
	g.money = x.unitAbove(from)
	s.topicOfRows(&g)
	g.byField = namesFields(g.columns)
	if obj := x.set.rowsCount(g.columns); obj != 0 && from < len(x.passages) && g.caption.v[x.set.well.obj] == 0 {
		g.caption.v[x.set.well.obj] = obj
	}
	if from < len(x.passages) {
		g.caption.v[s.well.obj] = s.tableObject(g.columns, g.caption.v[s.well.obj], x.passages[from].section)
	}
	for i := 0; i < head; i++ {
		p := &x.passages[from+i]
		x.noteHeading(p, x.raw(p))
		why := "table header"
		for _, c := range rows[i] {
			for _, t := range vntext.Scan(c.text) {
				class, w := classOfToken(t)
				if class == Unexplained {
					class, w = ClassStructure, why
				}
				x.number(p, c.start+t.Start, c.start+t.End, class, w)
			}
		}
	}
	var path rowPath
	unit, before := "", int16(0)
	kin := map[string]int16{} // by unit of measure
	for i := head; i < len(rows); i++ {
		p := &x.passages[from+i]
		x.noteHeading(p, x.raw(p))
		cells := rows[i]
		if isIndexRow(cells) {
			for _, c := range cells {
				x.structure(p, c.start, c.end, "column number")
			}
			continue
		}
		name, labelCols := rowLabel(cells, g.columns)
		if u := unitCell(cells, g.columns); !isDitto(u) {
			unit = u
		}
		r := gridRow{passage: p, label: name.text, total: isTotalRow(cells, name.text), before: before}
		if path.last != nil {
			f := s.frameOfAll(path.last)
			r.settled = s.inTime(&f)
		}
		r.about = periodRow(name.text)
		r.labels = path.enter(s, cells, numeratorOf(name.text, cells), unit, g.byField)
		r.unit, r.kin = unit, kin[unit]
		r.counts = s.unitObject(unit)
		first := len(x.result.Figures)
		told := s.toldIn(&g, &r, cells, name, labelCols)
		for c := range cells {
			if cells[c].text == "" {
				continue
			}
			if c == told {
				x.toldCell(p, name, cells[c], g.column(c))
				continue
			}
			if told >= 0 && labelCols[c] {
				continue // its numbers are those of the sentence
			}
			if ordinal := g.column(c).ordinal; ordinal || labelCols[c] {
				x.labelCell(p, cells[c], ordinal)
				continue
			}
			if !numeric(cells[c]) {
				x.textCell(p, cells[c], g.column(c).unit)
				continue
			}
			counted := x.valueCell(&g, &r, cells[c], c)
			if counted != 0 {
				before = counted
			}
			if counted != 0 && unit != "" {
				kin[unit] = counted
			}
		}
		sameRow(x.result.Figures[first:])
	}
	x.totals(g.sums)
}

// rowsCount gives what the first column's head says that the rows count: "Phản ánh" over
// "Qua Cổng DVC", "Qua đường dây nóng". 0 if it says nothing of the kind.
func (s *Set) rowsCount(columns []column) int16 {
	for i := range columns {
		if c := &columns[i]; !c.ordinal {
			v := s.frameOf(c).v[s.well.obj]
			if c.unit || c.note || c.label || v == 0 || s.slots[s.well.obj].refine[int(v)] != nil {
				return 0
			}
			return v
		}
	}
	return 0
}

// sameRow marks figures of one row that cannot all be right: cells whose columns tell
// nothing apart, as where the header of a table was lost. A column that says what was
// done is believed before one that does not, and where an indicator counts from the
// start of the year anyway, the column of the year before that of the month.
func sameRow(figures []Figure) {
	said := func(f *Figure) int { return 2*boolInt(f.fromYTD) + boolInt(!f.bare) }
	for i := range figures {
		for j := range i {
			a, b := &figures[i], &figures[j]
			if !sameFigure(a, b) || a.Value == b.Value {
				continue
			}
			if said(a) <= said(b) {
				a.Doubts |= DoubtSameRow
			}
			if said(b) <= said(a) {
				b.Doubts |= DoubtSameRow
			}
		}
	}
}

// tableSections gives the rows of a table that stands outside the chapters the
// section that the title above it, or the last row that is only a heading ("I | CÔNG
// TÁC CHỈ ĐẠO, ĐIỀU HÀNH"), names.
func (x *extraction) tableSections(from, to int, rows [][]cell) {
	section := x.passages[from].section
	if section != SectionAppendix && section != SectionHead {
		return
	}
	if from > 0 && x.passages[from-1].block.Kind != document.Row {
		if sec, ok := x.set.sectionOf(strings.TrimSpace(x.passages[from-1].fold.Text)); ok && sec != SectionHead {
			section = sec
		}
	}
	for i := from; i < to; i++ {
		if i > from && headingRow(rows[i-from]) {
			for _, c := range rows[i-from] {
				if sec, ok := x.set.sectionOf(c.text); ok && sec != SectionAppendix {
					section = sec
				}
			}
		}
		x.passages[i].section = section
	}
}

// phrase annotates a label or header.
func (s *Set) phrase(text string) *sentence {
	st := &sentence{text: text, end: len(text)}
	s.annotate(st)
	return st
}

// fillAll fills the empty slots that a whole label or header names.
func (s *Set) fillAll(st *sentence, f *frame, how origin, obj bool) {
	if st.objects && !obj {
		return
	}
	it := item{start: len(st.text), end: len(st.text), frame: *f}
	had := f.v[s.well.field]
	s.fill(st, &it, 0, len(st.text), how, obj)
	*f = it.frame
	if had != 0 || f.v[s.well.field] == 0 {
		return
	}
	for _, h := range st.hits { // "Giáo dục - Văn hóa" is filed under the first
		for _, a := range s.lexicon[s.owner[h.pattern]].set {
			if a.slot == s.well.field {
				f.v[a.slot] = int16(a.value)
				return
			}
		}
	}
}

// caption reads the lines above the table for what all its cells share.
func (x *extraction) caption(from int) frame {
	f := frame{}
	for k := from - 1; k >= 0 && k >= from-4; k-- {
		p := &x.passages[k]
		if len(p.fold.Text) > 220 || k < from-1 && x.passages[k+1].heading {
			break // what stands above the nearest heading is about something else
		}
		st := x.set.phrase(p.fold.Text)
		g := frame{}
		x.set.fillAll(st, &g, fromBlock, true)
		x.set.fillAll(st, &g, fromBlock, false)
		for i, slot := range x.set.slots {
			keep := slot.inherit == inheritBlock || i == x.set.well.obj && slot.refine[int(g.v[i])] == nil
			if keep && f.v[i] == 0 && i != x.set.well.span && i != x.set.well.field {
				f.v[i], f.from[i] = g.v[i], fromBlock
			}
		}
	}
	for i := range f.v {
		if f.v[i] == 0 {
			f.v[i], f.from[i] = x.block.v[i], fromBlock
		}
	}
	return f
}

// unitAbove returns what a line above the table gives as the unit of its amounts: "Đơn vị
// tính: triệu đồng".
func (x *extraction) unitAbove(from int) string {
	const lines = 3
	for k := from - 1; k >= 0 && k >= from-lines; k-- {
		text := x.passages[k].fold.Text
		if before, unit, ok := strings.Cut(text, ":"); ok && strings.Contains(before, "đơn vị") && len(text) < 60 {
			return strings.Trim(unit, " ().")
		}
	}
	return ""
}

// topicOfRows takes what the head of the column of row names speaks about for the topic
// of the whole table: "Lý luận chính trị | Cao cấp | Trung cấp".
func (s *Set) topicOfRows(g *grid) {
	slot, ok := s.slotIndex["topic"]
	for i := range g.columns {
		if c := &g.columns[i]; ok && c.label && g.caption.v[slot] == 0 {
			f := s.frameOf(c)
			g.caption.v[slot], g.caption.from[slot] = f.v[slot], fromBlock
		}
	}
}
