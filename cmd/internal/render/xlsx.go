// This file writes tables as an Excel workbook: its styles and the names of its
// sheets; xlsxsheet.go writes a sheet.

package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Limits of the file format.
const (
	maxSheetRows = 1 << 20
	maxSheetCols = 1 << 14
	maxCellText  = 32767 // UTF-16 units
	exactDigits  = 15    // significant digits that a spreadsheet keeps
)

// Widths of columns, in characters.
const (
	minColumn = 7
	maxColumn = 60
)

// Heights of rows, in points. Programs do not make rows higher by themselves
// for text that is wrapped.
const (
	lineHeight   = 16
	maxRowHeight = 400
)

// XLSX writes a workbook with one sheet a table: title, frozen header with a
// filter, rows, legend and notes. Numbers are numbers, with a format that shows the decimals the
// report printed and the marks; one with more digits than a spreadsheet
// keeps is written as text. A missing value is an empty cell, so that a chart shows
// a gap. Text is never a formula. The notes of cells become comments. Asides
// are left out, as in CSV.
func XLSX(w io.Writer, tables []Table, lang Language) error {
	book := &workbook{File: excelize.NewFile(), lang: lang, names: make(map[string]bool), styles: make(map[look]int)}
	defer book.Close()
	if err := book.SetDefaultFont("Times New Roman"); err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	for i := range tables {
		if err := tables[i].check(); err != nil {
			return err
		}
		if err := book.sheet(&tables[i], i == 0); err != nil {
			return fmt.Errorf("write xlsx: sheet %d (%s): %w", i+1, tables[i].Name, err)
		}
	}
	if err := book.Write(w); err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	return nil
}

// workbook is a file in the making.
type workbook struct {
	*excelize.File
	lang   Language
	names  map[string]bool // of sheets, in lower case
	styles map[look]int
}

// look is all that decides the style of a cell.
type look struct {
	format              string
	bold, header, title bool
	total, wrap, right  bool
	marked, indent      bool
}

func (b *workbook) style(l look) (int, error) {
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	s := &excelize.Style{Font: &excelize.Font{Family: "Times New Roman", Size: 12, Bold: l.bold || l.header || l.title},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: l.wrap || l.header}}
	if l.title {
		s.Font.Size = 14
	}
	if l.right {
		s.Alignment.Horizontal = "right"
	}
	if l.indent {
		s.Alignment.Indent = 1
	}
	if l.header {
		s.Alignment.Vertical = "center"
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DCE6F1"}}
		s.Border = []excelize.Border{{Type: "bottom", Color: "1F3864", Style: 2}}
	}
	if l.total {
		s.Border = []excelize.Border{{Type: "top", Color: "1F3864", Style: 1}}
	}
	if l.marked {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF2CC"}}
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	id, err := b.NewStyle(s)
	if err == nil {
		b.styles[l] = id
	}
	return id, err
}

// sheet writes one table.
func (b *workbook) sheet(t *Table, first bool) error {
	if len(t.Columns) > maxSheetCols || len(t.Rows)+len(t.below(b.lang, 0))+10 > maxSheetRows {
		return fmt.Errorf("%d rows and %d columns are more than a sheet holds: ask for fewer units or periods", len(t.Rows), len(t.Columns))
	}
	name := b.sheetName(t)
	if first {
		if err := b.SetSheetName("Sheet1", name); err != nil {
			return err
		}
	} else if _, err := b.NewSheet(name); err != nil {
		return err
	}
	s := &sheet{workbook: b, table: t, name: name, row: 1, widths: make([]int, len(t.Columns)), wrapped: make(map[int][]wrappedCell)}
	steps := []func() error{s.title, s.header, s.rows, s.legend, s.layout, s.chart}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// sheetName makes a name that Excel takes, and no two alike.
func (b *workbook) sheetName(t *Table) string {
	base := t.Sheet
	if base == "" {
		base, _, _ = strings.Cut(t.Title, "\n")
	}
	if base == "" {
		base = t.Name
	}
	base = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		if r > 0xffff { // Excel counts these twice
			return -1
		}
		return r
	}, oneSpace(clean(base)))
	base = strings.Trim(oneSpace(base), "' ")
	if base == "" || strings.EqualFold(base, "history") {
		base = strings.TrimSpace(map[Language]string{Vietnamese: "Bảng ", English: "Table "}[b.lang] + base)
	}
	name := cutRunes(base, excelize.MaxSheetNameLength)
	for i := 2; b.names[strings.ToLower(name)]; i++ {
		tail := fmt.Sprintf(" (%d)", i)
		name = cutRunes(base, excelize.MaxSheetNameLength-len(tail)) + tail
	}
	b.names[strings.ToLower(name)] = true
	return name
}

func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }

// cutRunes shortens at a word where that leaves at least half.
func cutRunes(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	head := string(r[:n])
	if i := strings.LastIndex(head, " "); i > n/2 && r[n] != ' ' {
		head = head[:i]
	}
	return strings.Trim(head, "' (,;")
}
