// Package render turns tables of typed cells into what a person or another
// program reads: aligned tables for a terminal, CSV, JSON, Excel
// workbooks, pages with charts, pictures.
//
// In come tables that know nothing of any format: cells are text, an exact
// decimal or missing, and may carry marks that a legend explains. Out goes the
// same content in every format: a number never changes its value or loses a
// digit, what is missing is never 0, and a mark is never dropped. A table is
// never wider than asked for: it is cut by columns or turned instead. The package reads no
// database and decides nothing about what is shown.
package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Language of what is printed.
type Language string

const (
	Vietnamese Language = "vi"
	English    Language = "en"
)

// Kind says what a cell holds.
type Kind uint8

const (
	KindMissing Kind = iota // nothing: "-" for people, empty in CSV, null in JSON
	KindText
	KindNumber // an exact decimal: a string in JSON, so that no digit is lost
	KindCount  // a whole number that counts rows, lines, files: a number in JSON
	KindEither // decimals that contradict each other, of which none is taken
)

// Cell is one value of a table. The zero value is a missing one.
type Cell struct {
	Kind  Kind
	Sign  bool   // a change: "+" before what is greater than 0
	Value string // text, or a plain decimal such as "-1234.50"; of KindEither with " ≠ " between
	Unit  string // written right after a number for people: "%"
	Marks []string
	Aside []Aside
	Tone  string // colour of the cell on a page: good, late, bad, none; what it says must be said by the value too
	// Footnotes are sentences about the value that stand below the table.
	Footnotes []string
	Note      string // a remark of some sentences: a comment in a workbook, shown on demand on a page
}

// Aside is a value that people see in parentheses after the cell's own, such as
// the change against the month before. JSON gives it under its key. CSV leaves
// it out; what must be there needs a column of its own.
type Aside struct {
	Key string
	Cell
}

// Text is a text cell; "" is a missing one.
func Text(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{Kind: KindText, Value: s}
}

// Number is a cell of a plain decimal; "" is a missing one, and what is no plain
// decimal ("19 ≠ 20") becomes text.
func Number(plain string) Cell {
	if plain == "" {
		return Cell{}
	}
	if !decimal(plain) {
		return Text(plain)
	}
	return Cell{Kind: KindNumber, Value: plain}
}

// Percent is a number of per cent.
func Percent(plain string) Cell {
	c := Number(plain)
	c.Unit = "%"
	return c
}

// Count is a cell of a whole number that counts something.
func Count[N ~int | ~int64](n N) Cell {
	return Cell{Kind: KindCount, Value: strconv.FormatInt(int64(n), 10)}
}

// Either is a cell of values that contradict each other.
func Either(plain ...string) Cell {
	return Cell{Kind: KindEither, Value: strings.Join(plain, eitherMark)}
}

// eitherMark stands between values that contradict each other.
const eitherMark = " ≠ "

// values are the decimals of a cell of KindEither.
func (c Cell) values() []string { return strings.Split(c.Value, eitherMark) }

// Signed returns the cell as a change, with "+" before what is greater than 0.
func (c Cell) Signed() Cell { c.Sign = true; return c }

// Marked returns the cell with more marks; each is the Key of a Mark of the table.
func (c Cell) Marked(keys ...string) Cell {
	c.Marks = append(append([]string(nil), c.Marks...), keys...)
	return c
}

// With returns the cell with one more aside.
func (c Cell) With(key string, aside Cell) Cell {
	c.Aside = append(append([]Aside(nil), c.Aside...), Aside{key, aside})
	return c
}

// Noted returns the cell with a remark.
func (c Cell) Noted(note string) Cell { c.Note = note; return c }

// Footnoted returns the cell with one more sentence below the table.
func (c Cell) Footnoted(sentence string) Cell {
	c.Footnotes = append(append([]string(nil), c.Footnotes...), sentence)
	return c
}

// Missing says whether the cell holds nothing.
func (c Cell) Missing() bool { return c.Kind == KindMissing }

// numeric says whether the cell is a number of either kind.
func (c Cell) numeric() bool { return c.Kind == KindNumber || c.Kind == KindCount }

// Mark explains a sign that stands at cells.
type Mark struct {
	Key    string // English, for JSON and CSV: "open_error"
	Symbol string // for people: "!"
	Text   string // what it means, in the language of the table
	Before bool   // the symbol stands before the value: "~120"
}

// Column is one column of a table.
type Column struct {
	Key   string // stable English name, the key of JSON: "unit"
	Title string // in the language of the table
	Right bool   // aligned right; columns of numbers are
	Width int    // the widest it may be on a terminal, in display cells; 0: no bound
	// Dim makes the column one value of a dimension: with Dim "period" and At
	// "2023-05", JSON has one object for each row and period, with "period":
	// "2023-05" and the cell under Key. Columns of the same Dim and At share the
	// object.
	Dim, At string
}

// RowKind says how a row stands out.
type RowKind uint8

const (
	RowPlain RowKind = iota
	RowTotal         // a sum over rows, set off by a line
	RowGroup         // a heading over the rows that follow; only its first cell is used
)

// Row is one row; it has a cell for each column.
type Row struct {
	Kind  RowKind
	Cells []Cell
}

// Field is a value that is the same for all rows of a table, such as the
// indicator it is about. People see it in the title; CSV and JSON repeat it
// in every row.
type Field struct {
	Key, Title string
	Cell       Cell
}

// Table is rows under a header. Everything in it is in the language it will be
// read in, numbers excepted.
type Table struct {
	Name    string // stable English name; sheets and files may be named after it
	Title   string // printed above; may be empty
	Sheet   string // name of its sheet in a workbook; empty: the title
	Fields  []Field
	Columns []Column
	Rows    []Row
	Pinned  int  // leading columns that are repeated when the table is cut; 0: one
	Sparse  bool // when the table is cut, rows without any value in a piece are left out of the piece
	Marks   []Mark
	Notes   []string // sentences below the table
	Empty   string   // said instead of a table without rows
	Chart   *Chart   // drawn with the table where pictures are possible
}

// Chart says which rows of a table are drawn as lines over its columns with a
// dimension.
type Chart struct {
	Title string
	Rows  []int // indices into the table's rows
	Name  int   // the column that names the lines
	// Breaks says what changed at a place of the axis, by its index among the
	// columns with a dimension.
	Breaks map[int]string
}

// Add appends a plain row.
func (t *Table) Add(cells ...Cell) { t.Rows = append(t.Rows, Row{Cells: cells}) }

// AddTotal appends a row of sums.
func (t *Table) AddTotal(cells ...Cell) {
	t.Rows = append(t.Rows, Row{Kind: RowTotal, Cells: cells})
}

// AddGroup appends a heading over the rows that follow.
func (t *Table) AddGroup(title string) {
	t.Rows = append(t.Rows, Row{Kind: RowGroup, Cells: []Cell{Text(title)}})
}

// pinned is the number of columns that every piece repeats.
func (t *Table) pinned() int { return min(max(t.Pinned, 1), len(t.Columns)) }

// cell returns the cell of a column; rows of groups are short.
func (r Row) cell(c int) Cell {
	if c < len(r.Cells) {
		return r.Cells[c]
	}
	return Cell{}
}

// footnotes lists those of the cells of a row, each once.
func (r Row) footnotes() []string {
	var out []string
	for _, c := range r.Cells {
		for _, f := range c.Footnotes {
			if !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
	}
	return out
}

// mark finds the explanation of a mark; one that the table does not explain
// shows its key.
func (t *Table) mark(key string) Mark {
	for _, m := range t.Marks {
		if m.Key == key {
			return m
		}
	}
	return Mark{Key: key, Symbol: "[" + key + "]"}
}

// show writes a cell for people: number style of the language, marks, asides.
func (t *Table) show(c Cell, lang Language) string {
	text := bare(c, lang)
	for _, k := range c.Marks {
		if m := t.mark(k); m.Before {
			text = m.Symbol + text
		} else {
			text += m.Symbol
		}
	}
	aside := ""
	for _, a := range c.Aside {
		if a.Missing() {
			continue
		}
		if aside != "" {
			aside += "; "
		}
		aside += t.show(a.Cell, lang)
	}
	if aside != "" {
		text += " (" + aside + ")"
	}
	return text
}

// bare writes a cell's own value.
func bare(c Cell, lang Language) string {
	switch c.Kind {
	case KindMissing:
		return "-"
	case KindText:
		return c.Value
	case KindEither:
		values := c.values()
		for i, v := range values {
			values[i] = Style(v, lang) + c.Unit
		}
		return strings.Join(values, eitherMark)
	}
	text := Style(c.Value, lang)
	if c.Sign && c.Value[0] != '-' && c.Value[0] != '+' && strings.Trim(c.Value, "0.") != "" {
		text = "+" + text
	}
	return text + c.Unit
}

// below lists what stands below the table: what the marks in it mean, footnotes of
// cells, each once and at most as many as said (0: all), and notes.
func (t *Table) below(lang Language, most int) []string {
	var out []string
	for _, m := range t.Marks {
		if t.uses(m.Key) {
			out = append(out, strings.TrimSpace(m.Symbol+" "+m.Text))
		}
	}
	seen := make(map[string]bool)
	for _, r := range t.Rows {
		for _, f := range r.footnotes() {
			if !seen[f] && (most == 0 || len(seen) < most) {
				out = append(out, f)
			}
			seen[f] = true
		}
	}
	if n := len(seen) - most; most > 0 && n > 0 {
		out = append(out, fmt.Sprintf(map[Language]string{Vietnamese: "Còn %d ghi chú như vậy không in ở đây; CSV và JSON có đủ.", English: "%d more such notes are not shown; CSV and JSON have them all."}[lang], n))
	}
	return append(out, t.Notes...)
}

// check finds mistakes of the program that made the table.
func (t *Table) check() error {
	for i, r := range t.Rows {
		if len(r.Cells) != len(t.Columns) && r.Kind != RowGroup {
			return fmt.Errorf("table %s: row %d has %d cells for %d columns", t.Name, i+1, len(r.Cells), len(t.Columns))
		}
	}
	return nil
}
