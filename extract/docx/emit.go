package docx

// This file writes the items of a document out as blocks in reading order.

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/extract/document"
)

// emitter turns items into blocks.
type emitter struct {
	b      document.Builder
	w      *walker
	tables int
	tabbed bool // the last block was a line with tab stops
	noted  map[noteRef]bool
}

// items writes out a run of items.
func (e *emitter) items(items []item) {
	for i := range items {
		e.item(&items[i])
	}
}

func (e *emitter) item(it *item) {
	if it.tbl != nil {
		e.table(it.tbl)
	} else {
		for _, line := range splitBreaks(it.shown()) {
			e.line(it.kind, it.page, line)
		}
	}
	e.notes(it.notes, it.page)
}

// notes writes out the notes referred to, each behind the first paragraph or
// table that refers to it. The note numbers are left out, so that they cannot
// be taken for part of a figure.
func (e *emitter) notes(refs []noteRef, page int) {
	for _, ref := range refs {
		if e.noted[ref] {
			continue
		}
		e.noted[ref] = true
		for _, it := range e.w.notes[ref] {
			it.page = page
			e.item(&it)
		}
	}
}

// line writes out one line of a paragraph. Tab stops between short texts put
// them side by side, like cells; behind a list mark or in running text they
// are just space.
func (e *emitter) line(kind document.Kind, page int, line string) {
	line = strings.Trim(line, " \t\u00A0")
	if strings.Contains(line, "\t") {
		cells := tabCells(line)
		if len(cells) > 1 {
			if !e.tabbed {
				e.tables++
			}
			e.tabbed = true
			e.b.Add(document.Row, page, e.tables, strings.Join(cells, "\t"))
			return
		}
		line = cells[0]
	}
	e.tabbed = false
	e.b.Add(kind, page, 0, line)
}

// longCell is the length in characters from which text between tab stops is
// taken for running text.
const longCell = 70

// tabCells cuts a line at its tab stops, into one cell when it is running text.
func tabCells(line string) []string {
	var cells []string
	long := false
	for cell := range strings.SplitSeq(line, "\t") {
		if cell = strings.TrimSpace(cell); cell != "" {
			cells = append(cells, cell)
			long = long || utf8.RuneCountInString(cell) > longCell
		}
	}
	if len(cells) > 1 && isListMark(cells[0]) {
		cells[1] = cells[0] + " " + cells[1]
		cells = cells[1:]
	}
	if long {
		return []string{strings.Join(cells, " ")}
	}
	return cells
}

// isListMark tells whether s is a bullet or the number of a list item or
// heading, such as "-", "1.", "2.1", "a)", "IV.".
func isListMark(s string) bool {
	if utf8.RuneCountInString(s) > 8 {
		return false
	}
	runes := []rune(s)
	if len(runes) == 1 && !unicode.IsLetter(runes[0]) && !unicode.IsDigit(runes[0]) {
		return true // a bullet
	}
	last := runes[len(runes)-1]
	if last != '.' && last != ')' && last != '/' && last != ':' {
		return false
	}
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(".)(/:", r) }) {
		letters, digits := 0, 0
		for _, r := range part {
			switch {
			case r >= '0' && r <= '9':
				digits++
			case strings.ContainsRune("IVXLivxl", r):
			case unicode.IsLetter(r):
				letters++
			default:
				return false
			}
		}
		if letters > 1 || letters == 1 && utf8.RuneCountInString(part) > 1 || digits > 2 {
			return false
		}
	}
	return true
}

// splitBreaks cuts a paragraph at its line breaks, except where a break only
// makes running text go on in the next line.
func splitBreaks(text string) []string {
	if !strings.Contains(text, "\n") {
		return []string{text}
	}
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if n := len(lines); n > 0 && goesOn(lines[n-1], line) {
			lines[n-1] = strings.TrimRight(lines[n-1], " ") + " " + strings.TrimLeft(line, " ")
			continue
		}
		lines = append(lines, line)
	}
	return lines
}

// goesOn tells whether next continues the sentence of line.
func goesOn(line, next string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, " \t"))
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(line, " \t"))
	if unicode.IsLower(first) {
		return last != ';' && last != ':' || !isListMark(firstWord(next))
	}
	return last == ','
}

func firstWord(s string) string {
	if words := strings.Fields(s); len(words) > 0 {
		return words[0]
	}
	return ""
}

// table writes out one table.
func (e *emitter) table(t *table) {
	e.tabbed = false
	switch {
	case t.columns() <= 1:
		e.items(t.items())
	case t.placesText():
		e.sideBySide(t)
	default:
		e.data(t)
	}
	e.tabbed = false
}

// data writes one line a row: the cells separated by TAB, a cell that spans
// columns followed by empty ones. Tables inside cells follow their row.
func (e *emitter) data(t *table) {
	e.tables++
	number := e.tables
	for _, r := range t.rows {
		var cells []string
		for _, c := range r.cells {
			cells = append(cells, c.joined())
			for range c.span - 1 {
				cells = append(cells, "")
			}
		}
		e.b.Add(document.Row, r.page, number, strings.Join(cells, "\t"))
		e.nested(&r)
	}
}

func (e *emitter) nested(r *row) {
	for _, c := range r.cells {
		for _, it := range c.items {
			if it.tbl != nil {
				e.table(it.tbl)
			}
		}
	}
}

// sideBySide writes what stands at one height in one line, so that a
// letterhead reads as it looks.
func (e *emitter) sideBySide(t *table) {
	e.tables++
	number := e.tables
	for i := range t.rows {
		r := &t.rows[i]
		if c := r.single(); c != nil {
			e.items(c.items)
			continue
		}
		columns := make([][]string, len(r.cells))
		height := 0
		for k := range r.cells {
			columns[k] = r.cells[k].lines()
			height = max(height, len(columns[k]))
		}
		for y := range height {
			var cells []string
			for _, column := range columns {
				if y < len(column) && column[y] != "" {
					cells = append(cells, column[y])
				}
			}
			if len(cells) == 1 {
				e.b.Add(document.Paragraph, r.page, 0, cells[0])
			} else {
				e.b.Add(document.Row, r.page, number, strings.Join(cells, "\t"))
			}
		}
		e.nested(r)
	}
}
