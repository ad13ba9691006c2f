package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// correctedDB is a database of testdata/archive in which a reviewer corrected one
// figure.
func correctedDB(t *testing.T) string {
	t.Helper()
	file := checked(t)
	do(t, file, "findings", "correct", findings(t, file)[partsKey].Short, "dossiers.resolved=292:229", "--by-whom", "Minh", "--reason", "xã xác nhận")
	return file
}

// Whatever shows a corrected value says what the report prints.
func TestGoldenCorrected(t *testing.T) {
	file := correctedDB(t)
	for _, c := range []struct {
		name string
		args []string
	}{
		{"trend-corrected", []string{"trend", "dossiers.resolved", "--period", "2023-04..2023-06"}},
		{"trend-corrected-quarter", []string{"trend", "dossiers.resolved", "--unit", "Xã Quang Phục", "--by", "quarter"}},
		{"compare-corrected", []string{"compare", "2023-05", "2023-06", "--indicator", "dossiers.resolved"}},
		{"rank-corrected", []string{"rank", "dossiers.resolved", "2023-05"}},
		{"summary-corrected", []string{"summary", "2023-05"}},
	} {
		t.Run(c.name, func(t *testing.T) { golden(t, file, c.name, c.args...) })
	}
	_, out, _ := baocao(t, "show", "Xã Quang Phục", "2023-05", "--db", file)
	if !strings.Contains(out, "229* (292)") || !strings.Contains(out, "trong báo cáo in 292, sửa thành 229") {
		t.Errorf("show does not say what was printed:\n%s", out)
	}
	book := filepath.Join(t.TempDir(), "a.xlsx")
	do(t, file, "export", "--xlsx", book)
	f, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Hồ sơ", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	shown, said := false, false
	for i, r := range rows {
		said = said || strings.Contains(strings.Join(r, "|"), "trong báo cáo in 292, sửa thành 229")
		for c, value := range r {
			if value != "229" || r[2] != "Xã Quang Phục" {
				continue
			}
			axis, err := excelize.CoordinatesToCellName(c+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			id, err := f.GetCellStyle("Hồ sơ", axis)
			if err != nil {
				t.Fatal(err)
			}
			style, err := f.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			shown = shown || style.CustomNumFmt != nil && *style.CustomNumFmt == `#,##0"*"`
		}
	}
	if !shown || !said {
		t.Errorf("the workbook shows the corrected value: %v, says what was printed: %v", shown, said)
	}
}
