package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestExport(t *testing.T) {
	file := archiveDB(t)
	dir := t.TempDir()
	book, page := filepath.Join(dir, "a.xlsx"), filepath.Join(dir, "a.html")
	if code, out, errOut := baocao(t, "export", "--db", file, "--xlsx", book, "--html", page); code != exitFine || out != "" {
		t.Fatalf("exit %d: %s%s", code, out, errOut)
	}
	f, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheets := strings.Join(f.GetSheetList(), "|")
	for _, want := range []string{"Tổng hợp|", "|Hồ sơ|", "|Dịch vụ công trực tuyến|", "|Biểu đồ Hồ sơ mới tiếp nhận", "|Mâu thuẫn|Nguồn"} {
		if !strings.Contains(sheets, want) {
			t.Errorf("the sheets %s lack %s", sheets, want)
		}
	}
	// The sheet has the figure of the report, and the comment of what contradicts it.
	rows, err := f.GetRows("Hồ sơ", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	header, at := -1, ""
	for i, r := range rows {
		if len(r) > 4 && r[0] == "Chỉ tiêu" {
			header = i
		}
		if header >= 0 && len(r) > 4 && r[0] == "Hồ sơ mới tiếp nhận trong kỳ" && r[1] == "" && r[2] == "Xã Quang Khải" {
			for c, p := range rows[header] {
				if p == "2023-05" && r[c] == "239" {
					at, _ = excelize.CoordinatesToCellName(c+1, i+1)
				}
			}
		}
	}
	comments, err := f.GetComments("Hồ sơ")
	if err != nil || at == "" {
		t.Fatalf("239 dossiers of Quang Khải are not in the sheet (%v)", err)
	}
	found := false
	for _, c := range comments {
		found = found || c.Cell == at && strings.Contains(c.Paragraph[0].Text, "Cân đối hồ sơ không khớp")
	}
	if !found {
		t.Errorf("the cell %s has no comment on the balance; comments: %d", at, len(comments))
	}
	html, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Tổng quan", "Báo cáo đã nhận", "<svg", "Biến động lớn", "Mâu thuẫn đang mở", "tr. 3", "Đã tiếp nhận 239 hồ sơ", "Nguồn số liệu", `lang="vi"`} {
		if !strings.Contains(string(html), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	again := filepath.Join(dir, "b.html")
	if code, _, errOut := baocao(t, "export", "--db", file, "--html", again); code != exitFine {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	if second, err := os.ReadFile(again); err != nil || string(second) != string(html) {
		t.Errorf("the same database gives two pages (%v)", err)
	}
	units := filepath.Join(dir, "units.xlsx")
	if code, _, errOut := baocao(t, "export", "--db", file, "--xlsx", units, "--by", "unit", "--lang", "en"); code != exitFine {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	byUnit, err := excelize.OpenFile(units)
	if err != nil {
		t.Fatal(err)
	}
	defer byUnit.Close()
	if sheets := strings.Join(byUnit.GetSheetList(), "|"); !strings.Contains(sheets, "Summary|Xã Quang Khải|Xã Quang Phục|Xã Tứ Kỳ|") {
		t.Errorf("sheets by unit are %s", sheets)
	}
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"--xlsx", book}, exitUsage, "--force"},
		{nil, exitUsage, "--xlsx TỆP.xlsx"},
		{[]string{"--out", filepath.Join(dir, "x.xlsx")}, exitUsage, "--xlsx TỆP"},
		{[]string{"--xlsx", filepath.Join(dir, "c.xlsx"), "--by", "field"}, exitUsage, "indicator"},
		{[]string{"--xlsx", filepath.Join(dir, "c.xlsx"), "--unit", "Xã Quang Khảm"}, exitUsage, "Xã Quang Khải"},
		{[]string{"--xlsx", filepath.Join(dir, "c.xlsx"), "--html", page}, exitUsage, "a.html"},
		{[]string{"--html", filepath.Join(dir, "none", "c.html")}, exitFailed, "c.html"},
	} {
		if code, _, errOut := baocao(t, append([]string{"export", "--db", file}, c.args...)...); code != c.code || !strings.Contains(errOut, c.want) {
			t.Errorf("export %v: exit %d (want %d), %s", c.args, code, c.code, errOut)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 4 {
		t.Errorf("failed exports leave files behind: %v (%v)", entries, err)
	}
}
