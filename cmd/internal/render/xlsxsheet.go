// This file writes one sheet of a workbook: title, header, rows, notes, chart.

package render

import (
	"fmt"
	"strings"

	"github.com/olekukonko/tablewriter/pkg/twwidth"
	"github.com/xuri/excelize/v2"
)

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
