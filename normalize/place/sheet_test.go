package place

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// workbook makes an Excel file of sheets of rows.
func workbook(t *testing.T, sheets map[string][][]any, names ...string) File {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, name := range names {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", name); err != nil {
				t.Fatal(err)
			}
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for r, row := range sheets[name] {
			axis, err := excelize.CoordinatesToCellName(1, r+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetSheetRow(name, axis, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return File{"u.xlsx", &b}
}

// sheetOf makes rows of a text of tab-separated lines.
func sheetOf(text string) [][]any {
	var rows [][]any
	for line := range strings.Lines(text) {
		var row []any
		for _, cell := range strings.Split(strings.TrimSuffix(line, "\n"), "\t") {
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	return rows
}

// A workbook says what the same table as text says, also with a title above its
// header and a sheet of remarks beside it.
func TestWorkbookIsRead(t *testing.T) {
	for _, text := range []string{history, mergers} {
		want, err := Load(File{"u.tsv", strings.NewReader(text)})
		if err != nil {
			t.Fatal(err)
		}
		sheets := map[string][][]any{"Ghi chú": {{"Nguồn: Cục Thống kê"}}, "Danh mục": append([][]any{{"DANH MỤC ĐƠN VỊ"}, {}}, sheetOf(text)...)}
		got, err := Load(workbook(t, sheets, "Ghi chú", "Danh mục"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.Units(), got.Units()); diff != "" {
			t.Errorf("the workbook gives other units:\n%s", diff)
		}
		if diff := cmp.Diff(want.Steps(), got.Steps()); diff != "" {
			t.Errorf("the workbook gives other mergers:\n%s", diff)
		}
	}
}

// Excel keeps codes as numbers, without the zeros in front, and dates as days.
func TestWorkbookNumbersAndDates(t *testing.T) {
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	table, err := Load(workbook(t, map[string][][]any{"A": {
		{"code", "full_name", "parent_code", "parent_level", "first_effective", "gone_from"},
		{1, "Phường A", 7, "district", day("2021-11-01"), day("2025-07-01")},
		{"00004", "Phường B", 1, "province", day("2025-07-01"), nil},
	}}, "A"))
	if err != nil {
		t.Fatal(err)
	}
	units := table.Units()
	if len(units) != 2 || units[0].Code != "00001" || units[0].ParentCodes[0] != "007" || units[0].To != "2025-06-30" ||
		units[1].Code != "00004" || units[1].ParentCodes[0] != "01" || units[1].From != Reform {
		t.Errorf("units are %+v", units)
	}
}

// The list of the Statistics Office, before the reform and since.
func TestPublishedList(t *testing.T) {
	before := workbook(t, map[string][][]any{"DS": {
		{"Tỉnh Thành Phố", "Mã TP", "Quận Huyện", "Mã QH", "Phường Xã", "Mã PX", "Cấp"},
		{"Tỉnh Hải Dương", "30", "Huyện Tứ Kỳ", "298", "Xã Mẫu", "11113", "Xã"},
	}}, "DS")
	since := File{"since.csv", strings.NewReader("STT;Mã phường/xã;Tên phường/xã;Mã tỉnh;Tên tỉnh\n1;11113;Xã Mẫu Mới;31;Thành phố Hải Phòng\n")}
	table, err := Load(before, since)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, u := range table.Units() {
		if u.Level == Commune {
			got = append(got, strings.Join([]string{u.Code, u.Name, strings.Join(u.Parents, "/"), u.From, u.To}, " "))
		}
	}
	want := []string{"11113 Xã Mẫu Huyện Tứ Kỳ/Tỉnh Hải Dương  2025-06-30", "11113 Xã Mẫu Mới Thành phố Hải Phòng 2025-07-01 "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWorkbookFaults(t *testing.T) {
	header := []any{"Mã PX", "Phường Xã", "Mã TP", "Tỉnh Thành Phố"}
	for _, c := range []struct {
		file   File
		en, vi string
	}{
		{workbook(t, map[string][][]any{"Trang A": {{"Danh mục"}, header, {"00001", "", "01", "Thành phố Hà Nội"}}}, "Trang A"),
			"u.xlsx, sheet Trang A, row 3, column B: Phường Xã is empty; fill it in", "u.xlsx, trang Trang A, dòng 3, cột B: Phường Xã để trống; hãy điền"},
		{workbook(t, map[string][][]any{"Trang A": {{"Tên", "Ghi chú"}}}, "Trang A"), "u.xlsx, sheet Trang A, row 1: the columns are neither", "u.xlsx, trang Trang A, dòng 1: không nhận ra các cột"},
		{File{"u.xlsx", strings.NewReader("PK\x03\x04 and then nothing")}, "u.xlsx: this cannot be opened as an Excel workbook", "u.xlsx: không mở được như tệp Excel"},
	} {
		_, err := Load(c.file)
		var fault *Error
		if !errors.As(err, &fault) {
			t.Errorf("want %s, got %v", c.en, err)
			continue
		}
		if !strings.HasPrefix(fault.Error(), c.en) || !strings.HasPrefix(fault.Vietnamese(), c.vi) {
			t.Errorf("faults are\n%s\n%s\nwant\n%s\n%s", fault.Error(), fault.Vietnamese(), c.en, c.vi)
		}
	}
}

// The invented list of the project, as a workbook.
func TestInventedListAsWorkbook(t *testing.T) {
	data, err := os.ReadFile("../../testdata/units/mergers.tsv")
	if err != nil {
		t.Fatal(err)
	}
	want, err := Load(File{"u.tsv", bytes.NewReader(data)})
	if err != nil {
		t.Fatal(err)
	}
	got, err := Load(workbook(t, map[string][][]any{"A": sheetOf(string(data))}, "A"))
	if err != nil || got.Len() != want.Len() {
		t.Errorf("%v units, want %v (%v)", got.Len(), want.Len(), err)
	}
}
