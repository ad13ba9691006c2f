// This file reads tables: header and row names take the place of the words around a
// number.

package rules

import (
	"strings"

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
	if c.text == "" {
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
	columns := s.columnPaths(rows[:head], width)
	caption := x.caption(from)
	byUnit := s.headsUnits(rows[:head])
	if from < len(x.passages) {
		caption.v[s.well.obj] = s.tableObject(columns, caption.v[s.well.obj], x.passages[from].section)
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
	var above []*sentence // row labels above, by level
	var sums []columnSum
	rowUnit := ""
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
		label, labelCols := rowLabel(cells, columns)
		total := isTotalLabel(label.text)
		level := rowLevel(cells, label)
		for len(above) > level {
			above = above[:len(above)-1]
		}
		for len(above) < level {
			above = append(above, nil)
		}
		above = append(above, s.phrase(label.text))
		labels := make([]*sentence, 0, len(above))
		for k := len(above) - 1; k >= 0; k-- {
			if above[k] != nil {
				labels = append(labels, above[k])
			}
		}
		if u := unitCell(cells, columns); u != "\"" && u != "nt" && u != "-" && u != "như trên" && u != "//" {
			rowUnit = u // a ditto mark repeats the unit above
		}
		for c := range cells {
			if cells[c].text == "" {
				continue
			}
			if c < len(columns) && columns[c].ordinal || labelCols[c] {
				x.labelCell(p, cells[c], c < len(columns) && columns[c].ordinal)
				continue
			}
			if !numeric(cells[c]) {
				x.textCell(p, cells[c])
				continue
			}
			x.valueCell(p, cells[c], columns, c, labels, caption, rowUnit, total, byUnit, label.text, &sums, i == len(rows)-1)
		}
	}
	x.totals(sums)
}

// headerRows counts the rows before the first row of values.
func headerRows(rows [][]cell) int {
	for i, r := range rows {
		if isIndexRow(r) {
			return i
		}
		numbers, texts := 0, 0
		for c, cell := range r {
			if cell.text == "" {
				continue
			}
			if numeric(cell) {
				if c > 0 {
					numbers++
				}
			} else {
				texts++
			}
		}
		first := len(r) > 0 && numeric(r[0]) && len(r[0].text) <= 4
		if numbers > 0 && (numbers >= texts || first || texts <= 2) {
			if i == 0 && texts > numbers+1 {
				continue
			}
			return i
		}
		if i >= 5 {
			return 1
		}
	}
	return min(1, len(rows))
}

// column is what the header says about one column.
type column struct {
	text    string
	parts   []*sentence // header cells, the lowest first
	about   string
	ordinal bool // STT
	label   bool // nội dung, chỉ tiêu, lĩnh vực
	unit    bool // đơn vị tính
	note    bool // ghi chú
	percent bool // "Tỷ lệ (%)"
}

// columnPaths joins the header cells above each column, a merged cell's text
// counting for all the columns it spans.
func (s *Set) columnPaths(head [][]cell, width int) []column {
	group := make([]int, width) // columns with the same id belong to one cell above
	cols := make([]column, width)
	parts := make([][]string, width)
	for _, row := range head {
		text, owner := "", -1
		next := make([]int, width)
		for c := 0; c < width; c++ {
			cur := ""
			if c < len(row) {
				cur = row[c].text
			}
			if cur != "" {
				text, owner = cur, c
			} else if owner < 0 || group[c] != group[owner] || vertical(parts, c, owner) {
				text, owner = "", -1
			}
			if text != "" {
				parts[c] = append(parts[c], text)
			}
			next[c] = group[c]*64 + owner + 1
		}
		group = next
	}
	for c := range cols {
		cols[c].text = strings.Join(parts[c], " ; ")
		for i := len(parts[c]) - 1; i >= 0; i-- { // the lowest header cell speaks first
			part := s.phrase(parts[c][i])
			cols[c].parts = append(cols[c].parts, part)
			for _, t := range part.tokens {
				if t.Kind == vntext.TokPeriod && cols[c].about == "" {
					cols[c].about = aboutOf(t, part, "")
				}
			}
		}
		lowest := cols[c].text
		cols[c].percent = strings.Contains(lowest, "%") && (strings.Contains(lowest, "tỉ lệ") || len(lowest) < 8)
		switch {
		case hasPrefixAny(lowest, "stt", "tt", "số tt", "số thứ tự") && len(lowest) < 16:
			cols[c].ordinal = true
		case hasPrefixAny(lowest, "đơn vị tính", "đvt", "đv tính", "đơn vị đo") || lowest == "đơn vị":
			cols[c].unit = true
		case hasPrefixAny(lowest, "ghi chú"):
			cols[c].note = true
		case hasPrefixAny(lowest, "nội dung", "chỉ tiêu", "tiêu chí", "lĩnh vực", "tên", "danh mục", "cơ quan", "đơn vị", "loại", "chỉ số", "nhiệm vụ"):
			cols[c].label = true
		}
	}
	s.bareInPeriod(cols)
	return cols
}

// bareInPeriod takes "trong kỳ" for the dossiers received in the period only
// beside a column of those carried over; beside "lũy kế" it is the period itself.
func (s *Set) bareInPeriod(cols []column) {
	act := s.well.act
	carry := s.values[act]["carry"]
	for _, c := range cols {
		for _, part := range c.parts {
			for _, h := range part.hits {
				for _, a := range s.lexicon[s.owner[h.pattern]].set {
					if a.slot == act && a.value == carry {
						return
					}
				}
			}
		}
	}
	for _, c := range cols {
		for _, part := range c.parts {
			if hasPrefixAny(part.text, "trong kỳ", "trong tháng", "trong quý", "trong năm") {
				part.hits = nil
			}
		}
	}
}

// vertical reports whether column c has no header cell of its own yet while the
// cell to its left has: then an empty cell is the lower part of a vertical merge.
func vertical(parts [][]string, c, owner int) bool {
	return len(parts[c]) != len(parts[owner])-boolInt(c > owner) && len(parts[c]) > len(parts[owner])
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func hasPrefixAny(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// phrase annotates a label or header.
func (s *Set) phrase(text string) *sentence {
	st := &sentence{text: text, end: len(text)}
	s.annotate(st)
	return st
}

// fillAll fills the empty slots that a whole label or header names.
func (s *Set) fillAll(st *sentence, f *frame, how origin, obj bool) {
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
		if len(p.fold.Text) > 220 {
			break
		}
		st := x.set.phrase(p.fold.Text)
		g := frame{}
		x.set.fillAll(st, &g, fromBlock, true)
		x.set.fillAll(st, &g, fromBlock, false)
		for i, slot := range x.set.slots {
			keep := slot.inherit == inheritBlock || i == x.set.well.obj
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

// headsUnits reports whether the rows are units or departments, whose counts
// are not the reporting unit's own.
func (s *Set) headsUnits(head [][]cell) bool {
	for _, row := range head {
		for c, cell := range row {
			if c > 2 {
				break
			}
			if hasPrefixAny(cell.text, "cơ quan", "tên đơn vị", "tên cơ quan", "đơn vị, bộ phận", "bộ phận", "phòng, ban", "phòng ban", "phòng, đơn vị", "thôn", "tên thôn", "đơn vị trực thuộc", "tên xã", "xã, phường", "đơn vị hành chính") {
				return true
			}
		}
	}
	return false
}

// rowLabel finds the cells that name the row.
func rowLabel(cells []cell, columns []column) (cell, []bool) {
	isLabel := make([]bool, len(cells))
	best := -1
	for c := range cells {
		if cells[c].text == "" || numeric(cells[c]) && !(c < len(columns) && columns[c].ordinal) {
			continue
		}
		if c < len(columns) && (columns[c].ordinal || columns[c].unit || columns[c].note) {
			continue
		}
		if best < 0 || len(cells[c].text) > len(cells[best].text) && c < 3 && !(best < len(columns) && columns[best].label) {
			best = c
		}
	}
	if best < 0 {
		return cell{}, isLabel
	}
	isLabel[best] = true
	return cells[best], isLabel
}

func isTotalLabel(t string) bool {
	t = strings.TrimSpace(strings.Trim(t, ".:"))
	return hasPrefixAny(t, "tổng cộng", "tổng số", "cộng", "toàn xã", "toàn phường", "tổng") && len(t) < 30 &&
		!strings.Contains(t, "hồ sơ") && !strings.Contains(t, "tthc") && !strings.Contains(t, "thủ tục")
}

// rowLevel reads the nesting of a row from its number and bullet: "1" is 0,
// "1.1" is 1, "-" is one below the last numbered row, "+" two.
func rowLevel(cells []cell, label cell) int {
	first := ""
	if len(cells) > 0 {
		first = cells[0].text
	}
	if strings.HasPrefix(label.text, "- ") || strings.HasPrefix(label.text, "-") && len(label.text) > 1 {
		return 1 + strings.Count(first, ".")
	}
	if strings.HasPrefix(label.text, "+") {
		return 2
	}
	if hasPrefixAny(label.text, "trong đó", "trong do") {
		return 1
	}
	if first == "" && label.text != "" && !isTotalLabel(label.text) && len(cells) > 0 && cells[0].text != label.text {
		return 1
	}
	return strings.Count(strings.Trim(first, "."), ".")
}

func unitCell(cells []cell, columns []column) string {
	for c := range cells {
		if c < len(columns) && columns[c].unit {
			return cells[c].text
		}
	}
	return ""
}

// labelCell accounts for the numbers of a label or ordinal cell.
func (x *extraction) labelCell(p *passage, c cell, ordinal bool) {
	if ordinal {
		x.structure(p, c.start, c.end, "row number")
		return
	}
	x.textCell(p, c)
}

// textCell reads a cell of words: its numbers are dates, references, labels or
// counts told in words, as in a sentence of its own.
func (x *extraction) textCell(p *passage, c cell) {
	st := &sentence{start: c.start, end: c.end, text: c.text}
	x.set.annotate(st)
	items := x.set.items(st)
	for i := range items {
		if items[i].class == Unexplained && items[i].kind == itemNumber {
			items[i].class, items[i].why = ClassLabel, "number inside a row's label"
		}
	}
	x.record(p, st, items)
}

// valueCell reads one number of the table's body.
func (x *extraction) valueCell(p *passage, c cell, columns []column, n int, labels []*sentence, caption frame, unit string, total, byUnit bool, label string, sums *[]columnSum, lastRow bool) {
	s := x.set
	text := c.text
	if (hasPrefixAny(unit, "%", "tỉ lệ") || n < len(columns) && columns[n].percent) && !strings.Contains(text, "%") {
		text += "%"
	}
	st := &sentence{start: c.start, end: c.end, text: text}
	s.annotate(st)
	items := s.items(st)
	col := column{}
	if n < len(columns) {
		col = columns[n]
	}
	for i := range items {
		it := &items[i]
		if it.kind == itemZero || it.class != Unexplained {
			continue
		}
		if it.tok.End > len(c.text) {
			it.tok.End = len(c.text)
		}
		it.unknownNoun = false
		it.parent = -1
		if i > 0 {
			it.host = 0
		}
		it.frame = frame{}
		x.cellFrame(it, st, labels, col.parts, &caption, p.section)
		if total {
			it.frame.v[s.well.field] = 0
		}
		if byUnit && !total {
			it.frame.v[s.well.scope] = int16(s.well.scopeOther)
		}
		if col.note {
			it.class, it.why = ClassOther, "remark"
			continue
		}
		s.moneyUnit(it, unit, col.text)
		start, end := x.span(p, 0, len(p.fold.Text))
		if x.fieldUnknown(it, columns, label, total, n) {
			it.class, it.why = ClassOther, "row of a field that the catalogue does not know"
		} else {
			rule := x.choose(p, st, it)
			x.emit(p, st, items, i, rule, start, end, col.about)
		}
		if it.tok.Kind == vntext.TokNumber {
			a, b := x.span(p, st.start+it.tok.Start, st.start+it.tok.End)
			note := Number{Start: a, End: b, Text: x.doc.Text[a:b], Class: it.class, Why: it.why}
			id, field := "", ""
			if len(it.figures) > 0 {
				f := x.result.Figures[it.figures[0]]
				id, field = f.Indicator, f.Field
			}
			addToSum(sums, n, col.text, note, it.tok.Value, id, field, total)
		}
	}
	x.record(p, st, items)
}

// fieldUnknown tells a row of a table by fields whose name no alias knows: its
// counts must not be taken for the unit's totals.
func (x *extraction) fieldUnknown(it *item, columns []column, label string, total bool, n int) bool {
	if total || it.frame.v[x.set.well.field] != 0 || label == "" {
		return false
	}
	for _, c := range columns {
		if c.label && hasPrefixAny(c.text, "lĩnh vực", "tên lĩnh vực", "loại thủ tục", "tên thủ tục", "thủ tục") {
			return true
		}
	}
	return false
}

// cellFrame joins what the cell, the row's label and the labels above it, the
// column's headers and the caption say. The object is settled first; the period
// is the column's business before the row's.
func (x *extraction) cellFrame(it *item, st *sentence, labels, headers []*sentence, caption *frame, section Section) {
	s := x.set
	f := &it.frame
	var own, above []*sentence
	if len(labels) > 0 {
		own, above = labels[:1], labels[1:]
	}
	sources := [][]*sentence{{st}, own, headers, above}
	for _, obj := range []bool{true, false} {
		for k, list := range sources {
			how := fromNear
			if k == 3 {
				how = fromParent
			}
			for _, src := range list {
				before := *f
				s.fillAll(src, f, how, obj)
				if !obj && k == 1 && len(headers) > 0 {
					// let the headers speak first about the period
					f.v[s.well.span], f.from[s.well.span] = before.v[s.well.span], before.from[s.well.span]
				}
			}
		}
		if !obj {
			for _, src := range own {
				s.fillAll(src, f, fromNear, false)
			}
		}
		if obj && f.v[s.well.obj] == 0 {
			f.v[s.well.obj], f.from[s.well.obj] = s.cellObject(sources, caption.v[s.well.obj], section), fromBlock
		} else if v := caption.v[s.well.obj]; obj && s.refines(f.v[s.well.obj], v) {
			f.v[s.well.obj] = v
		}
	}
	for i, slot := range s.slots {
		if f.v[i] == 0 && caption.v[i] != 0 && slot.inherit == inheritBlock {
			f.v[i], f.from[i] = caption.v[i], fromBlock
		}
	}
}

// tableObject returns what the cells of a table count by its caption, unless the
// heads of its columns ("trực tuyến", "quá hạn") can only be said of the object
// that goes without saying: then all of them do.
func (s *Set) tableObject(columns []column, caption int16, section Section) int16 {
	if caption == 0 {
		return 0
	}
	for _, c := range columns {
		named := frame{}
		for _, part := range c.parts {
			s.fillAll(part, &named, fromNear, true)
		}
		if named.v[s.well.obj] != 0 || c.ordinal || c.label || c.unit || c.note {
			continue
		}
		if v := s.cellObject([][]*sentence{c.parts}, caption, section); v != caption {
			return v
		}
	}
	return caption
}

// cellObject returns what a cell counts that nothing in its row or column names:
// the caption's object, unless what row and column say ("quá hạn", "trực tuyến")
// cannot be said of that but of the object that goes without saying.
func (s *Set) cellObject(sources [][]*sentence, caption int16, section Section) int16 {
	said := frame{}
	fits := true
	for _, list := range sources {
		for _, src := range list {
			s.fillAll(src, &said, fromNear, false)
			for _, h := range src.hits {
				if e := &s.lexicon[s.owner[h.pattern]]; caption != 0 && len(e.set) > 0 && len(e.only) > 0 && !s.saidOf(e, caption) {
					fits = false
				}
			}
		}
	}
	if caption != 0 && fits {
		return caption
	}
	if v := s.impliedBy(&said, section, 0); v != 0 {
		return int16(v)
	}
	return caption
}

// moneyUnit scales an amount that the unit column or header gives in thousands
// or millions of đồng.
func (s *Set) moneyUnit(it *item, unit, header string) {
	i, ok := s.slotIndex["unit"]
	if !ok {
		return
	}
	scale := ""
	for _, t := range []string{unit, header} {
		switch {
		case strings.Contains(t, "tỉ đồng"):
			scale = "000000000"
		case strings.Contains(t, "triệu đồng") || t == "triệu" || t == "tr.đồng" || t == "trđ":
			scale = "000000"
		case strings.Contains(t, "nghìn đồng") || strings.Contains(t, "ngàn đồng") || strings.Contains(t, "1.000 đồng") || strings.Contains(t, "1000 đồng") || strings.Contains(t, "1.000đ"):
			scale = "000"
		case t == "đồng" || strings.HasSuffix(t, "(đồng)") || t == "vnđ" || t == "vnd":
			scale = "x"
		}
		if scale != "" {
			break
		}
	}
	if scale == "" {
		return
	}
	it.frame.v[i] = int16(s.values[i]["money"])
	if scale == "x" || it.tok.Scaled != "" {
		return
	}
	it.tok.Value = shiftDecimal(it.tok.Value, len(scale))
	if it.tok.Rounding < 1 {
		it.tok.Rounding = 1
	}
	for k := 0; k < len(scale)-it.tok.Decimals; k++ {
		it.tok.Rounding *= 10
	}
}

// shiftDecimal multiplies a plain decimal by ten to the n.
func shiftDecimal(v string, n int) string {
	whole, frac, _ := strings.Cut(v, ".")
	for len(frac) < n {
		frac += "0"
	}
	out := strings.TrimLeft(whole+frac[:n], "0")
	if out == "" {
		out = "0"
	}
	if rest := strings.TrimRight(frac[n:], "0"); rest != "" {
		out += "." + rest
	}
	return out
}

// columnSum collects a column of numbers until its total row.
type columnSum struct {
	col    int
	header string
	parts  []Number
	values []string
	total  *Total
}

func addToSum(sums *[]columnSum, col int, header string, n Number, value, indicator, field string, total bool) {
	for i := range *sums {
		c := &(*sums)[i]
		if c.col != col || c.total != nil {
			continue
		}
		if total {
			c.total = &Total{Indicator: indicator, Field: field, Column: header, Sum: n, SumValue: value, Parts: c.parts, PartValues: c.values}
			return
		}
		c.parts = append(c.parts, n)
		c.values = append(c.values, value)
		return
	}
	if !total {
		*sums = append(*sums, columnSum{col: col, header: header, parts: []Number{n}, values: []string{value}})
	}
}

func (x *extraction) totals(sums []columnSum) {
	for _, c := range sums {
		if c.total != nil && len(c.parts) >= 2 && !strings.Contains(c.header, "%") && !strings.Contains(c.header, "tỉ lệ") {
			x.result.Totals = append(x.result.Totals, *c.total)
		}
	}
}
