// This file writes tables as an Excel workbook.

package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/olekukonko/tablewriter/pkg/twwidth"
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

// wrappedCell is text that may need several lines.
type wrappedCell struct {
	col  int
	text string
}

// sheet is one sheet in the making.
type sheet struct {
	*workbook
	table     *Table
	name      string
	row       int // the next one
	headerRow int
	wrapped   map[int][]wrappedCell // by row
	lastRow   int                   // of the rows a filter is for
	notesRow  int
	widths    []int
	rowsAt    []int // the sheet's row of each row of the table
}

func at(col, row int) string {
	name, _ := excelize.CoordinatesToCellName(col+1, row) // both are in range: sheet checked the sizes
	return name
}

func (s *sheet) title() error {
	if s.table.Title == "" {
		return nil
	}
	for _, l := range strings.Split(s.table.Title, "\n") {
		if err := s.text(0, s.row, l, look{title: true}); err != nil {
			return err
		}
		s.row++
	}
	s.row++
	return nil
}

func (s *sheet) text(col, row int, text string, l look) error {
	if err := s.SetCellStr(s.name, at(col, row), short(clean(text))); err != nil {
		return err
	}
	id, err := s.style(l)
	if err != nil {
		return err
	}
	return s.SetCellStyle(s.name, at(col, row), at(col, row), id)
}

// short cuts text that is longer than a cell may hold.
func short(text string) string {
	units := 0
	for i, r := range text {
		if units++; r > 0xffff {
			units++
		}
		if units > maxCellText-1 {
			return text[:i] + "…"
		}
	}
	return text
}

func (s *sheet) header() error {
	s.headerRow = s.row
	for c, col := range s.table.Columns {
		if err := s.text(c, s.row, col.Title, look{header: true, right: col.Right, indent: c > 0 && !col.Right}); err != nil {
			return err
		}
		s.widths[c] = longestWord(col.Title) + 4 // room for the filter's button
		s.wrapped[s.row] = append(s.wrapped[s.row], wrappedCell{c, clean(col.Title)})
	}
	s.row++
	return nil
}

func (s *sheet) rows() error {
	for _, r := range s.table.Rows {
		s.rowsAt = append(s.rowsAt, s.row)
		for c := range s.table.Columns {
			if r.Kind == RowGroup && c > 0 {
				break
			}
			if err := s.cell(c, r, r.cell(c)); err != nil {
				return err
			}
		}
		if r.Kind != RowTotal {
			s.lastRow = s.row
		}
		s.row++
	}
	if len(s.table.Rows) == 0 && s.table.Empty != "" {
		if err := s.text(0, s.row, s.table.Empty, look{}); err != nil {
			return err
		}
		s.row++
	}
	s.lastRow = max(s.lastRow, s.headerRow)
	return nil
}

func (s *sheet) cell(c int, r Row, cell Cell) error {
	axis := at(c, s.row)
	shown := s.table.show(Cell{Kind: cell.Kind, Value: cell.Value, Unit: cell.Unit, Sign: cell.Sign, Marks: cell.Marks}, s.lang)
	l := look{bold: r.Kind != RowPlain, total: r.Kind == RowTotal, right: s.table.Columns[c].Right, marked: cell.Note != "", indent: c > 0 && !s.table.Columns[c].Right}
	var err error
	switch {
	case cell.numeric() && digits(cell.Value) <= exactDigits:
		var x float64
		if _, err = fmt.Sscan(cell.Value, &x); err == nil {
			err = s.SetCellFloat(s.name, axis, x, -1, 64)
		}
		l.format = s.format(cell)
	case cell.Missing():
	default:
		if l.wrap = twwidth.Width(shown) > maxColumn || strings.Contains(shown, "\n"); l.wrap {
			s.wrapped[s.row] = append(s.wrapped[s.row], wrappedCell{c, clean(shown)})
		}
		err = s.SetCellStr(s.name, axis, short(clean(shown)))
	}
	if err != nil {
		return err
	}
	id, err := s.style(l)
	if err != nil {
		return err
	}
	if err := s.SetCellStyle(s.name, axis, axis, id); err != nil {
		return err
	}
	if r.Kind != RowGroup {
		s.widths[c] = max(s.widths[c], twwidth.Width(shown)+2)
	}
	if cell.Note == "" {
		return nil
	}
	note := clean(cell.Note)
	return s.AddComment(s.name, excelize.Comment{Cell: axis, Author: "baocao", Width: 420, Height: uint(40 + 20*len(Wrap(note, 55))),
		Paragraph: []excelize.RichTextRun{{Text: note}}})
}

// digits counts the significant digits of a plain decimal.
func digits(plain string) int {
	return len(strings.TrimLeft(strings.NewReplacer("-", "", "+", "", ".", "").Replace(plain), "0"))
}

// format is the number format of a cell: groups of thousands, as many decimals as printed,
// its unit and its marks.
func (s *sheet) format(c Cell) string {
	number := "#,##0"
	if _, frac, ok := strings.Cut(c.Value, "."); ok {
		number += "." + strings.Repeat("0", len(frac))
	}
	before, after := "", c.Unit
	for _, k := range c.Marks {
		if m := s.table.mark(k); m.Before {
			before = m.Symbol + before
		} else {
			after += m.Symbol
		}
	}
	quoted := func(text string) string {
		if text == "" {
			return ""
		}
		return `"` + strings.ReplaceAll(text, `"`, "") + `"`
	}
	number = quoted(before) + number + quoted(after)
	if c.Sign {
		return "+" + number + ";-" + number + ";" + number
	}
	return number
}

func (s *sheet) legend() error {
	s.notesRow = s.row
	lines := s.table.below(s.lang, 0)
	if len(lines) == 0 {
		return nil
	}
	s.row++
	for _, l := range lines {
		if err := s.text(0, s.row, l, look{}); err != nil {
			return err
		}
		s.row++
	}
	return nil
}

// layout sets what concerns the sheet as a whole.
func (s *sheet) layout() error {
	last := len(s.table.Columns) - 1
	if last < 0 {
		return nil
	}
	for c, n := range s.widths {
		name, err := excelize.ColumnNumberToName(c + 1)
		if err != nil {
			return err
		}
		if err := s.SetColWidth(s.name, name, name, float64(min(max(n, minColumn), maxColumn))); err != nil {
			return err
		}
	}
	for row, cells := range s.wrapped {
		lines := 1
		for _, c := range cells {
			room := min(max(s.widths[c.col], minColumn), maxColumn)
			if row == s.headerRow {
				room -= 2 // for the filter's button, and the letters are bold
			}
			lines = max(lines, len(Wrap(c.text, room)))
		}
		if err := s.SetRowHeight(s.name, row, min(float64(lines)*lineHeight+3, maxRowHeight)); err != nil {
			return err
		}
	}
	pinned := s.table.pinned()
	if pinned == len(s.table.Columns) {
		pinned = 0
	}
	if err := s.SetPanes(s.name, &excelize.Panes{Freeze: true, XSplit: pinned, YSplit: s.headerRow,
		TopLeftCell: at(pinned, s.headerRow+1), ActivePane: "bottomRight",
		Selection: []excelize.Selection{{SQRef: at(pinned, s.headerRow+1), ActiveCell: at(pinned, s.headerRow+1), Pane: "bottomRight"}}}); err != nil {
		return err
	}
	if s.lastRow > s.headerRow {
		if err := s.AutoFilter(s.name, at(0, s.headerRow)+":"+at(last, s.lastRow), nil); err != nil {
			return err
		}
	}
	landscape, fit, paper, wide := "landscape", true, 9, 1
	high := 0
	if err := s.SetPageLayout(s.name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &paper, FitToWidth: &wide, FitToHeight: &high}); err != nil {
		return err
	}
	if err := s.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	row := fmt.Sprint("$", s.headerRow, ":$", s.headerRow)
	return s.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: s.quoted() + "!" + row})
}

// quoted is the name of the sheet in a reference.
func (s *sheet) quoted() string { return "'" + strings.ReplaceAll(s.name, "'", "''") + "'" }

// chart draws the rows that the table wants drawn as lines, under the notes.
func (s *sheet) chart() error {
	var columns []int
	for c, col := range s.table.Columns {
		if col.Dim != "" {
			columns = append(columns, c)
		}
	}
	if s.table.Chart == nil || len(columns) < 2 {
		return nil
	}
	ref := func(c, row int) string {
		name, _ := excelize.CoordinatesToCellName(c+1, row, true) // in range, as above
		return name
	}
	first, last := columns[0], columns[len(columns)-1]
	axis := excelize.Font{Color: light()["muted"][1:], Size: 10}
	line := &excelize.Chart{Type: excelize.Line, ShowBlanksAs: "gap", Legend: excelize.ChartLegend{Position: "bottom"},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: clean(s.table.Chart.Title)}}},
		Dimension: excelize.ChartDimension{Width: 900, Height: 420},
		XAxis:     excelize.ChartAxis{Font: axis, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "@"}},
		YAxis:     excelize.ChartAxis{Font: axis, MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0.##"}}}
	for i, r := range s.table.Chart.Rows {
		row := s.rowsAt[r]
		color := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{lineHex(i)}}
		line.Series = append(line.Series, excelize.ChartSeries{
			Name:       s.quoted() + "!" + ref(s.table.Chart.Name, row),
			Categories: s.quoted() + "!" + ref(first, s.headerRow) + ":" + ref(last, s.headerRow),
			Values:     s.quoted() + "!" + ref(first, row) + ":" + ref(last, row),
			Fill:       color,
			Marker:     excelize.ChartMarker{Symbol: "circle", Size: 6, Fill: color},
			Line:       excelize.LineOptions{Width: 2}})
	}
	if len(line.Series) == 0 {
		return nil
	}
	return s.AddChart(s.name, at(0, s.row+1), line)
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
