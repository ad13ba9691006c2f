package render

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// book writes tables and opens the workbook again.
func book(t *testing.T, tables ...Table) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := XLSX(&b, tables, Vietnamese); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestXLSX(t *testing.T) {
	tb := sample()
	tb.Rows[1].Cells[1].Note = "Cân đối hồ sơ không khớp"
	tb.Chart = &Chart{Title: "Hồ sơ", Rows: []int{1, 2}}
	f := book(t, tb)
	raw := excelize.Options{RawCellValue: true}
	for _, c := range []struct {
		cell, raw, shown string
		kind             excelize.CellType
	}{
		{"A1", "Số hồ sơ", "Số hồ sơ", excelize.CellTypeSharedString},
		{"A3", "Đơn vị", "Đơn vị", excelize.CellTypeSharedString},
		{"A4", "Huyện Tứ Kỳ", "Huyện Tứ Kỳ", excelize.CellTypeSharedString},
		{"B5", "1226", "1,226", excelize.CellTypeUnset}, // a number needs no type
		{"C5", "0.1", "0.10!", excelize.CellTypeUnset},
		{"A6", "=cmd|' /C calc'!A1", "=cmd|' /C calc'!A1", excelize.CellTypeSharedString},
		{"B6", "", "", excelize.CellTypeUnset},
		{"C6", "-5", "-~5!", excelize.CellTypeUnset},
		{"B7", "98,71 ≠ 1.100", "98,71 ≠ 1.100", excelize.CellTypeSharedString},
		{"B8", "12.345.678.901.234.567.890,5", "12.345.678.901.234.567.890,5", excelize.CellTypeSharedString}, // more digits than a spreadsheet keeps
		{"D8", "3", "3", excelize.CellTypeUnset},
		{"A10", "! có lỗi chưa xử lý", "! có lỗi chưa xử lý", excelize.CellTypeSharedString},
		{"A12", "Nguồn: báo cáo của các xã.", "Nguồn: báo cáo của các xã.", excelize.CellTypeSharedString},
	} {
		if got, err := f.GetCellValue("Số hồ sơ", c.cell, raw); err != nil || got != c.raw {
			t.Errorf("%s holds %q, want %q (%v)", c.cell, got, c.raw, err)
		}
		if got, err := f.GetCellValue("Số hồ sơ", c.cell); err != nil || got != c.shown {
			t.Errorf("%s shows %q, want %q (%v)", c.cell, got, c.shown, err)
		}
		if got, err := f.GetCellType("Số hồ sơ", c.cell); err != nil || got != c.kind {
			t.Errorf("%s is of type %v, want %v (%v)", c.cell, got, c.kind, err)
		}
		if formula, err := f.GetCellFormula("Số hồ sơ", c.cell); err != nil || formula != "" {
			t.Errorf("%s has the formula %q (%v)", c.cell, formula, err)
		}
	}
	panes, err := f.GetPanes("Số hồ sơ")
	if err != nil || !panes.Freeze || panes.YSplit != 3 || panes.XSplit != 1 {
		t.Errorf("panes are %+v (%v)", panes, err)
	}
	comments, err := f.GetComments("Số hồ sơ")
	if err != nil || len(comments) != 1 || comments[0].Cell != "B5" || fmt.Sprint(comments[0].Paragraph[0].Text) != "Cân đối hồ sơ không khớp" {
		t.Errorf("comments are %+v (%v)", comments, err)
	}
	if w, err := f.GetColWidth("Số hồ sơ", "A"); err != nil || w < 13 {
		t.Errorf("the first column is %g wide (%v)", w, err)
	}
	if h, err := f.GetRowHeight("Số hồ sơ", 3); err != nil || h < lineHeight {
		t.Errorf("the header is %g high (%v)", h, err)
	}
	filter := false
	for _, n := range f.GetDefinedName() {
		filter = filter || strings.Contains(n.Name, "FilterDatabase") && strings.HasSuffix(n.RefersTo, "$A$3:$D$7")
	}
	if !filter {
		t.Errorf("there is no filter over the rows without the total: %+v", f.GetDefinedName())
	}
}

// TestXLSXExact: a plain decimal of up to 15 digits comes back as it was.
func TestXLSXExact(t *testing.T) {
	tb := Table{Name: "x", Columns: []Column{{Title: "x"}, {Title: "y"}}}
	want := []string{"0", "99.71", "0.1", "-0.3", "123456789012345", "1234567890123.45", "0.000000000000001", "5650", "81.4", "-12", "0.07", "1000000"}
	for _, v := range want {
		tb.Add(Number(v), Text("x"))
	}
	f := book(t, tb)
	for i, v := range want {
		got, err := f.GetCellValue("x", fmt.Sprint("A", i+2), excelize.Options{RawCellValue: true})
		if err != nil || got != v {
			t.Errorf("%s comes back as %s (%v)", v, got, err)
		}
	}
}

func TestSheetNames(t *testing.T) {
	var tables []Table
	for _, title := range []string{"", "", "a/b:c?[d]*\\", "'Quê'", "History", strings.Repeat("Ủy ban nhân dân ", 5), strings.Repeat("Ủy ban nhân dân ", 5), strings.Repeat("x", 40), "🏠" + strings.Repeat("x", 40), "Xã A", "xã a"} {
		tb := Table{Title: title, Columns: []Column{{Title: "x"}}}
		tb.Add(Text("y"))
		tables = append(tables, tb)
	}
	f := book(t, tables...)
	list := f.GetSheetList()
	if len(list) != len(tables) {
		t.Fatalf("%d sheets of %d tables: %q", len(list), len(tables), list)
	}
	seen := map[string]bool{}
	for _, name := range list {
		if n := len(utf16.Encode([]rune(name))); n == 0 || n > 31 || strings.ContainsAny(name, `:\/?*[]`) || strings.Trim(name, "'") != name || seen[strings.ToLower(name)] {
			t.Errorf("%q is no good name among %q", name, list)
		}
		seen[strings.ToLower(name)] = true
	}
}

func TestXLSXRefusesTooMuch(t *testing.T) {
	tb := Table{Name: "wide", Columns: make([]Column, maxSheetCols+1)}
	if err := XLSX(&bytes.Buffer{}, []Table{tb}, Vietnamese); err == nil || !strings.Contains(err.Error(), "more than a sheet holds") {
		t.Errorf("a table with too many columns: %v", err)
	}
	tb = Table{Name: "long", Columns: []Column{{Title: "x"}}}
	tb.Add(Text(strings.Repeat("ạ", maxCellText+10)))
	if got, err := book(t, tb).GetCellValue("long", "A2"); err != nil || len([]rune(got)) != maxCellText || !strings.HasSuffix(got, "…") {
		t.Errorf("a text too long for a cell has %d letters (%v)", len([]rune(got)), err)
	}
}
