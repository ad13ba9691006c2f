package main

import (
	"fmt"
	"math/big"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"baocao/db"
	"baocao/extract/rules"
)

// What differs between two runs of one export: hashes of the rules.
var ruleHashes = regexp.MustCompile(`(bộ quy tắc|rule set) [0-9a-f]{12}`)

// The page and every cell of the workbook, in both languages.
func TestGoldenExport(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	file := checkedDB(t)
	for _, lang := range []string{"vi", "en"} {
		dir := t.TempDir()
		book, page := filepath.Join(dir, "a.xlsx"), filepath.Join(dir, "a.html")
		do(t, file, "export", "--xlsx", book, "--html", page, "--lang", lang)
		stable := func(text string) string {
			return ruleHashes.ReplaceAllString(strings.ReplaceAll(text, root+string(filepath.Separator), ""), "$1 HASH")
		}
		same(t, "export."+lang+".html", stable(read(t, page)), "export", "--html")
		same(t, "export."+lang+".xlsx.txt", stable(cellsOf(t, book)), "export", "--xlsx")
	}
	page := filepath.Join(t.TempDir(), "trend.html")
	do(t, file, "trend", "dossiers.received", "--out", page)
	same(t, "trend.vi.html", read(t, page), "trend", "--out", "trend.html")
	picture := filepath.Join(t.TempDir(), "trend.svg")
	do(t, file, "trend", "dossiers.received", "--period", "2024-01..2024-03", "--out", picture)
	same(t, "trend.vi.svg", read(t, picture), "trend", "--out", "trend.svg")
}

// cellsOf writes a workbook out as text: a line for each cell that holds something,
// with its number format, then the comments and what is set for the sheet.
func cellsOf(t *testing.T, book string) string {
	t.Helper()
	f, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b strings.Builder
	for _, sheet := range f.GetSheetList() {
		fmt.Fprintf(&b, "=== %s\n", sheet)
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, value := range row {
				if value == "" {
					continue
				}
				axis := axisOf(t, c, r)
				kind := "text"
				if k, err := f.GetCellType(sheet, axis); err != nil {
					t.Fatal(err)
				} else if k == excelize.CellTypeUnset {
					kind = "number " + numberFormat(t, f, sheet, axis)
				}
				fmt.Fprintf(&b, "%s %s: %s\n", axis, kind, value)
			}
		}
		comments, err := f.GetComments(sheet)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, c := range comments {
			text := ""
			for _, p := range c.Paragraph {
				text += p.Text
			}
			lines = append(lines, fmt.Sprintf("comment at %s: %s\n", c.Cell, text))
		}
		slices.Sort(lines)
		b.WriteString(strings.Join(lines, ""))
		panes, err := f.GetPanes(sheet)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "frozen: %d columns, %d rows\n", panes.XSplit, panes.YSplit)
	}
	return b.String()
}

func axisOf(t *testing.T, c, r int) string {
	t.Helper()
	name, err := excelize.CoordinatesToCellName(c+1, r+1)
	if err != nil {
		t.Fatal(err)
	}
	return name
}

func numberFormat(t *testing.T, f *excelize.File, sheet, axis string) string {
	t.Helper()
	id, err := f.GetCellStyle(sheet, axis)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	if style.CustomNumFmt == nil {
		return ""
	}
	return *style.CustomNumFmt
}

// Every monthly figure of the database is in its cell of the workbook, and the
// sheets of figures hold no other number.
func TestWorkbookHoldsTheDatabase(t *testing.T) {
	for name, file := range map[string]string{"archive": archiveDB(t), "districts": districtsDB(t)} {
		store, err := db.Open(t.Context(), file, db.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		points, err := store.Points(t.Context(), db.PointFilter{Spans: []string{"period"}})
		if err != nil {
			t.Fatal(err)
		}
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
		labels := map[string]string{}
		for _, ind := range rules.Catalogue() {
			labels[ind.ID] = ind.Label
		}
		type place struct{ indicator, field, unit, period string }
		values := map[place][]string{}
		a := app{lang: "vi"}
		for _, p := range points {
			if len(p.Period) == len("2023-05") && !strings.ContainsAny(p.Period, "QHMW") {
				k := place{labels[p.Indicator], a.fieldName(p.Field), p.Unit, p.Period}
				values[k] = append(values[k], p.Value)
			}
		}
		book := filepath.Join(t.TempDir(), "a.xlsx")
		do(t, file, "export", "--xlsx", book, "--field", "all")
		f, err := excelize.OpenFile(book)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			var header []string
			for r, row := range rows {
				if len(row) > 3 && row[0] == "Chỉ tiêu" && row[1] == "Lĩnh vực" && row[2] == "Đơn vị" {
					header = row
					continue
				}
				if header == nil || len(row) < 4 {
					continue
				}
				for c := 3; c < len(row); c++ {
					if row[c] == "" {
						continue
					}
					k := place{row[0], row[1], row[2], header[c]}
					want := values[k]
					if len(want) == 0 {
						t.Errorf("%s: %s %s is %q, and the database has nothing for %+v", name, sheet, axisOf(t, c, r), row[c], k)
						continue
					}
					for _, v := range want {
						if !strings.Contains(row[c], strings.ReplaceAll(v, ".", ",")) && !sameNumber(row[c], v) && !strings.Contains(grouped(row[c]), v) {
							t.Errorf("%s: %s %s is %q, want %q for %+v", name, sheet, axisOf(t, c, r), row[c], want, k)
						}
					}
					delete(values, k)
					found++
				}
			}
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if len(values) > 0 || found < 100 {
			t.Errorf("%s: %d cells were compared; not in the workbook: %v", name, found, values)
		}
	}
}

// grouped takes the points between groups of thousands away.
func grouped(s string) string { return strings.ReplaceAll(s, ".", "") }

// sameNumber compares plain decimals.
func sameNumber(a, b string) bool {
	x, okA := new(big.Rat).SetString(a)
	y, okB := new(big.Rat).SetString(b)
	return okA && okB && x.Cmp(y) == 0
}
