package docx

// This file reads tables and decides how they are written out: data tables as
// one line a row, tables that merely place text side by side (letterhead,
// signature) line by line.

import (
	"strings"

	"baocao/extract/document"
)

// maxColumns bounds the columns of one row; Word allows 63.
const maxColumns = 256

// table is one table as it stands in the file.
type table struct {
	rows  []row
	page  int
	lined bool // vertical lines are drawn
	notes []noteRef
}

type row struct {
	cells []cell
	page  int
}

// cell is one cell; a cell that continues the one above has no content.
type cell struct {
	items []item
	span  int
}

// table reads the w:tbl just opened.
func (w *walker) table(s *scanner, fields *[]field) *table {
	t := &table{page: w.page}
	grid, styleGrid, cellGrid := unset, unset, false
	var alt alternatives
	depth := s.depth()
	for s.child(depth, &alt) {
		switch string(s.local) {
		case "tblStyle":
			id, _ := s.attr("val")
			styleGrid = w.styles.grid(id)
		case "tblBorders":
			grid = readBorders(s)
		case "tblPrChange", "tblGrid", "del", "moveFrom":
			s.skip()
		case "tr":
			if !w.step(s) {
				return t
			}
			r, lined, drop := w.row(s, fields)
			cellGrid = cellGrid || lined
			if !drop {
				t.rows = append(t.rows, r)
			}
		}
	}
	if grid == unset {
		grid = styleGrid
	}
	t.lined = grid == on || cellGrid
	for _, r := range t.rows {
		for _, c := range r.cells {
			for _, it := range c.items {
				t.notes = append(t.notes, it.notes...)
			}
		}
	}
	return t
}

// row reads the w:tr just opened; lined tells whether a cell draws a line at
// its side, drop whether the row is deleted or hidden.
func (w *walker) row(s *scanner, fields *[]field) (r row, lined, drop bool) {
	start := w.page
	last := start
	r.page = start
	var alt alternatives
	depth := s.depth()
	for s.child(depth, &alt) {
		switch string(s.local) {
		case "trPr":
			before, dropped := readRowProps(s)
			drop = dropped
			for range before {
				r.cells = append(r.cells, cell{span: 1})
			}
		case "tblPrEx", "del", "moveFrom":
			s.skip()
		case "tc":
			w.page = start
			c, sides := w.cell(s, fields)
			lined = lined || sides
			if len(r.cells) < maxColumns {
				r.cells = append(r.cells, c)
			} else {
				w.warn.add("a table row has more than %d cells; the rest was not read", maxColumns)
			}
			if len(r.cells) == 1 && len(c.items) > 0 {
				r.page = c.items[0].page
			}
			last = max(last, w.page)
		}
	}
	w.page = last
	return r, lined, drop
}

// readRowProps reads the w:trPr just opened: the grid columns left empty
// before the first cell, and whether the row is deleted or hidden.
func readRowProps(s *scanner) (before int, drop bool) {
	depth := s.depth()
	for ev := s.next(); ev != evEOF && s.depth() >= depth; ev = s.next() {
		if ev != evOpen || s.ns != nsWord {
			continue
		}
		switch string(s.local) {
		case "gridBefore":
			before = min(max(s.num("val", 0), 0), maxColumns)
		case "del", "moveFrom":
			drop = true
		case "hidden":
			drop = drop || s.on()
		case "trPrChange":
			s.skip()
		}
	}
	return before, drop
}

// cell reads the w:tc just opened.
func (w *walker) cell(s *scanner, fields *[]field) (c cell, sides bool) {
	c.span = 1
	depth := s.depth()
	hidden := false
	var carry paragraph
	var alt alternatives
	for s.child(depth, &alt) {
		switch string(s.local) {
		case "gridSpan":
			c.span = min(max(s.num("val", 1), 1), maxColumns)
		case "vMerge", "hMerge":
			if v, _ := s.attr("val"); v != "restart" {
				hidden = true
			}
		case "cellDel":
			hidden = true
		case "tcBorders":
			sides = readSides(s) || sides
		case "tcPrChange", "del", "moveFrom":
			s.skip()
		case "p":
			p := w.paragraph(s, fields, carry)
			if carry = (paragraph{}); p.merged {
				carry = p
				continue
			}
			c.items = append(c.items, p.items(document.Paragraph)...)
		case "tbl":
			t := w.table(s, fields)
			if t.columns() <= 1 {
				c.items = append(c.items, t.items()...) // a frame inside the cell
				continue
			}
			c.items = append(c.items, item{kind: document.Row, page: t.page, tbl: t, notes: t.notes})
		}
	}
	if carry.merged {
		c.items = append(c.items, carry.items(document.Paragraph)...)
	}
	if hidden {
		c.items = nil
	}
	return c, sides
}

// readSides reads the w:tcBorders just opened: is a line drawn at a side?
// Lines above and below do not count, they underline letterheads.
func readSides(s *scanner) bool {
	sides := false
	depth := s.depth()
	for ev := s.next(); ev != evEOF && s.depth() >= depth; ev = s.next() {
		if ev != evOpen || s.ns != nsWord {
			continue
		}
		switch string(s.local) {
		case "left", "right", "start", "end":
			val, _ := s.attr("val")
			sides = sides || (val != "nil" && val != "none" && val != "")
		}
	}
	return sides
}

// Bounds of a table that may place text side by side instead of holding data.
const (
	layoutColumns = 4
	layoutRows    = 12
	layoutNumbers = 2 // so many cells with nothing but a number make it one of data
)

// placesText tells whether the table only places text side by side: no lines
// between its columns, small, and no table of numbers.
func (t *table) placesText() bool {
	if t.lined || len(t.rows) > layoutRows {
		return false
	}
	numbers := 0
	for _, r := range t.rows {
		if len(r.cells) > layoutColumns {
			return false
		}
		for i := range r.cells {
			if isNumber(r.cells[i].joined()) {
				numbers++
			}
		}
	}
	return numbers < layoutNumbers || len(t.rows) < 2
}

// isNumber tells whether a cell holds a number and nothing else: "1.234", "98,5 %".
func isNumber(s string) bool {
	digits := false
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits = true
		case !strings.ContainsRune(".,% \u00A0", r):
			return false
		}
	}
	return digits
}

// single returns the only cell with content of a row, nil when there are more.
func (r *row) single() *cell {
	var found *cell
	for i := range r.cells {
		if r.cells[i].empty() {
			continue
		}
		if found != nil {
			return nil
		}
		found = &r.cells[i]
	}
	return found
}

func (c *cell) empty() bool {
	for _, it := range c.items {
		if it.tbl != nil || it.label != "" || strings.TrimSpace(it.text) != "" {
			return false
		}
	}
	return true
}

// columns returns how many grid columns the widest row has.
func (t *table) columns() int {
	n := 0
	for _, r := range t.rows {
		k := 0
		for _, c := range r.cells {
			k += c.span
		}
		n = max(n, k)
	}
	return n
}

// items returns everything in the cells of a table, one after the other.
func (t *table) items() []item {
	var items []item
	for _, r := range t.rows {
		for _, c := range r.cells {
			items = append(items, c.items...)
		}
	}
	return items
}

// lines returns what a cell of a placing table shows, line by line; empty
// lines count because they push down what follows.
func (c *cell) lines() []string {
	var lines []string
	for _, it := range c.items {
		if it.tbl != nil {
			continue
		}
		for line := range strings.SplitSeq(it.shown(), "\n") {
			lines = append(lines, strings.TrimSpace(strings.ReplaceAll(line, "\t", " ")))
		}
	}
	return lines
}

// joined returns the text of a data cell as one line.
func (c *cell) joined() string {
	var parts []string
	for _, it := range c.items {
		if it.tbl != nil {
			continue
		}
		if text := oneLine(it.shown()); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " ")
}

// oneLine replaces breaks and tabs with single spaces.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\t\n") {
		return strings.TrimSpace(s)
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\t' || r == '\n' }), " ")
}

// shown returns the text with its list number.
func (it *item) shown() string {
	switch {
	case it.label == "":
		return it.text
	case strings.TrimSpace(it.text) == "":
		return it.label
	}
	return it.label + " " + strings.TrimLeft(it.text, " \t")
}
