//go:build office

package main

import (
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// TestOfficeReadsTheWorkbook: LibreOffice opens the exported workbook and finds
// in every cell of every sheet what was written. It needs soffice, so it is not
// part of the usual tests: make office.
func TestOfficeReadsTheWorkbook(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatalf("this test needs LibreOffice: %v", err)
	}
	dir := t.TempDir()
	book := filepath.Join(dir, "book.xlsx")
	if code, _, errOut := baocao(t, "export", "--db", archiveDB(t), "--xlsx", book); code != exitFine {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	cmd := exec.CommandContext(t.Context(), soffice, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")), "--headless",
		"--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1", "--outdir", dir, book)
	cmd.WaitDelay = time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	f, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	numbers, texts := 0, 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(dir, "book-"+sheet+".csv"))
		if err != nil {
			t.Errorf("LibreOffice writes no sheet %s: %v", sheet, err)
			continue
		}
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff")))
		r.FieldsPerRecord = -1
		theirs, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		line := 0
		for i, row := range rows {
			if strings.Join(row, "") == "" {
				// The reader of CSV skips empty lines, not lines of commas.
				if line < len(theirs) && strings.Join(theirs[line], "") == "" {
					line++
				}
				continue
			}
			if line >= len(theirs) {
				t.Errorf("%s ends before row %d", sheet, i+1)
				break
			}
			for c, want := range row {
				got := ""
				if c < len(theirs[line]) {
					got = theirs[line][c]
				}
				if kind, err := f.GetCellType(sheet, axisOf(t, c, i)); err == nil && kind == excelize.CellTypeUnset && want != "" {
					numbers++
					if !sameNumber(want, got) {
						t.Errorf("%s %s: LibreOffice reads %q, written was %q", sheet, axisOf(t, c, i), got, want)
					}
					continue
				}
				texts++
				if got != want {
					t.Errorf("%s %s: LibreOffice reads %q, written was %q", sheet, axisOf(t, c, i), got, want)
				}
			}
			line++
		}
	}
	if numbers < 500 || texts < 500 {
		t.Errorf("only %d numbers and %d texts were compared", numbers, texts)
	}
	t.Logf("%d numbers and %d texts are the same", numbers, texts)
}
