package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestOutputFiles(t *testing.T) {
	file := archiveDB(t)
	dir := t.TempDir()
	book := filepath.Join(dir, "trend.xlsx")
	if code, out, errOut := baocao(t, "trend", "dossiers.received", "--db", file, "--out", book); code != exitFine || out != "" {
		t.Fatalf("exit %d: %s%s", code, out, errOut)
	}
	f, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, err := f.GetCellValue(f.GetSheetName(0), "C4", excelize.Options{RawCellValue: true}); err != nil || got != "239" {
		t.Errorf("C4 is %q (%v)", got, err)
	}
	csv := filepath.Join(dir, "trend.csv")
	if code, _, errOut := baocao(t, "trend", "dossiers.received", "--db", file, "--out", csv); code != exitFine {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	if data, err := os.ReadFile(csv); err != nil || !strings.Contains(string(data), "Xã Quang Khải,226,239,251") {
		t.Errorf("the name of the file does not choose CSV: %v\n%s", err, data)
	}
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"trend", "dossiers.received", "--out", book}, exitUsage, "--force"},
		{[]string{"trend", "dossiers.received", "--format", "xlsx"}, exitUsage, "--out TỆP.xlsx"},
		{[]string{"trend", "dossiers.received", "--format", "pdf"}, exitUsage, "không có --format"},
		{[]string{"db", "check", "--format", "csv"}, exitUsage, "dùng table"},
		{[]string{"trend", "dossiers.received", "--out", filepath.Join(dir, "no", "x.csv")}, exitFailed, "x.csv"},
		{[]string{"trend", "dossiers.received", "--width", "-1"}, exitUsage, "--width"},
		{[]string{"trend", "no.such", "--out", filepath.Join(dir, "fails.csv")}, exitUsage, "no.such"},
	} {
		if code, _, errOut := baocao(t, append(c.args, "--db", file)...); code != c.code || !strings.Contains(errOut, c.want) {
			t.Errorf("%v: exit %d (want %d), %s", c.args, code, c.code, errOut)
		}
	}
	if code, _, errOut := baocao(t, "trend", "dossiers.received", "--db", file, "--out", book, "--force"); code != exitFine {
		t.Errorf("--force: exit %d, %s", code, errOut)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("failed commands leave files behind: %v (%v)", entries, err)
	}
}
