package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const mergers = "../../testdata/units/mergers.tsv"

// mergedDB is a database of testdata/archive with an invented list of units that
// says what became of Quang Khải and Quang Phục.
func mergedDB(t *testing.T) string {
	t.Helper()
	file := archiveDB(t)
	if code, _, errOut := baocao(t, "units", "load", mergers, "--db", file); code != exitFine {
		t.Fatalf("units load: exit %d: %s", code, errOut)
	}
	return file
}

var importedDistricts = sync.OnceValues(func() ([]byte, error) { return importOf("testdata/compare") })

// districtsDB is a database of five communes in two districts over three months,
// with one quarterly report that differs from its months and one month missing.
func districtsDB(t *testing.T) string { return copyOf(t, importedDistricts) }

// checkedDB is the same with findings.
func checkedDB(t *testing.T) string {
	t.Helper()
	file := districtsDB(t)
	if code, _, errOut := baocao(t, "check", "--db", file); code != exitFine {
		t.Fatalf("check: exit %d: %s", code, errOut)
	}
	return file
}

func TestGoldenComparing(t *testing.T) {
	for _, c := range []struct {
		name string
		db   func(*testing.T) string
		args []string
	}{
		{"trend-merger", mergedDB, []string{"trend", "dossiers.received", "dossiers.in_process"}},
		{"trend-timeline", districtsDB, []string{"trend", "dossiers.received", "online.rate"}},
		{"trend-quarter", districtsDB, []string{"trend", "dossiers.received", "dossiers.carried_over", "online.rate", "--by", "quarter"}},
		{"trend-unit", districtsDB, []string{"trend", "--unit", "an binh", "dossiers.*"}},
		{"trend-parent", districtsDB, []string{"trend", "dossiers.resolved", "--parent", "Huyện Thanh Hà"}},
		{"compare-one", districtsDB, []string{"compare", "2024-01", "2024-02", "--indicator", "dossiers.received"}},
		{"compare-all", districtsDB, []string{"compare", "2024-01", "2024-03", "--top", "20"}},
		{"rank", districtsDB, []string{"rank", "dossiers.resolved_late", "2024-03"}},
		{"coverage", mergedDB, []string{"coverage", "--period", "2023-03..2023-06"}},
		{"coverage-all", checkedDB, []string{"coverage"}},
		{"summary", checkedDB, []string{"summary", "2024-01"}},
		{"summary-quarter", districtsDB, []string{"summary", "2024-Q1", "--parent", "Huyện Nam Sách"}},
		{"summary-field", districtsDB, []string{"summary", "2024-02", "--unit", "Xã An Bình"}},
		{"show-unit", checkedDB, []string{"show", "Xã An Bình", "2024-Q1"}},
		{"units-list", mergedDB, []string{"units", "list"}},
		{"units-show", mergedDB, []string{"units", "show", "Xã Mẫu Thủy"}},
		{"units-match", mergedDB, []string{"units", "match"}},
	} {
		t.Run(c.name, func(t *testing.T) { golden(t, c.db(t), c.name, c.args...) })
	}
}

// The series of xã Tứ Kỳ goes on where those of the communes that were merged
// into it end: with the right sums and a visible break.
func TestTrendAcrossMerger(t *testing.T) {
	file := mergedDB(t)
	code, out, errOut := baocao(t, "trend", "dossiers.received", "--unit", "Xã Tứ Kỳ", "--db", file, "--width", "200")
	if code != exitFine {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	for _, want := range []string{"439†", "470†", "495†", "║ 2025-09", "1.689", "trước ngày 1/7/2025, Xã Tứ Kỳ là tổng của", "không cùng phạm vi"} {
		if !strings.Contains(out, want) {
			t.Errorf("the table lacks %q:\n%s", want, out)
		}
	}
	_, out, _ = baocao(t, "trend", "dossiers.received", "--db", file, "--format", "json")
	var rows []struct {
		Unit, Period, Value string
		Marks               []string
	}
	if err := json.Unmarshal([]byte(out), &rows); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	joined := map[string]string{}
	for _, r := range rows {
		if r.Unit != "Xã Tứ Kỳ" && r.Unit != "Tổng" {
			t.Errorf("%s has a row of its own", r.Unit)
		}
		if strings.Contains(strings.Join(r.Marks, " "), "value:joined") {
			joined[r.Period] = r.Value
		}
	}
	// 226 + 213, 239 + 231, 251 + 244
	if len(joined) != 3 || joined["2023-04"] != "439" || joined["2023-05"] != "470" || joined["2023-06"] != "495" {
		t.Errorf("joined are %v", joined)
	}
	// The units as they reported are to be had too.
	_, out, _ = baocao(t, "trend", "dossiers.received", "--separate", "--db", file)
	if !strings.Contains(out, "Xã Quang Khải") || strings.Contains(out, "†") {
		t.Errorf("--separate:\n%s", out)
	}
	_, out, _ = baocao(t, "trend", "dossiers.received", "--unit", "Xã Quang Khải", "--db", file)
	if !strings.Contains(out, "239") || strings.Contains(out, "†") {
		t.Errorf("a unit that was merged, by itself:\n%s", out)
	}
}

// With a list, the communes of a province that never reported are missing too.
func TestCoverageExpectsListedUnits(t *testing.T) {
	file := mergedDB(t)
	_, out, _ := baocao(t, "coverage", "--parent", "huyện Tứ Kỳ", "--db", file, "--format", "csv")
	if strings.Contains(out, "Mẫu") || !strings.Contains(out, "Xã Quang Khải") {
		t.Errorf("units of another district:\n%s", out)
	}
	list := filepath.Join(t.TempDir(), "more.tsv")
	head, _, _ := strings.Cut(read(t, mergers), "\n")
	line := "90009\tXã Chưa Gửi\t998\tHuyện Tứ Kỳ\t93\tTỉnh Hải Dương\t90019\tXã Mới\t94\tThành phố Hải Phòng\tfull\t"
	if err := os.WriteFile(list, []byte(head+"\n"+line+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errOut := baocao(t, "units", "load", list, "--db", file); code != exitFine {
		t.Fatalf("units load: exit %d: %s", code, errOut)
	}
	code, out, errOut := baocao(t, "coverage", "--parent", "huyện Tứ Kỳ", "--db", file)
	if code != exitFine || !strings.Contains(out, "Xã Chưa Gửi") || !strings.Contains(out, "1 đơn vị trong danh mục chưa gửi") {
		t.Errorf("exit %d: %s\n%s", code, errOut, out)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// What cannot be done says why and what can.
func TestComparingBadInput(t *testing.T) {
	dir := t.TempDir()
	file := archiveDB(t)
	empty := filepath.Join(dir, "empty.db")
	if code, _, errOut := baocao(t, "units", "load", mergers, "--db", empty); code != exitFine {
		t.Fatalf("units load into a new database: %s", errOut)
	}
	bad := filepath.Join(dir, "bad.tsv")
	if err := os.WriteFile(bad, []byte("a\tb\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	// Two communes of one name in two districts.
	same := filepath.Join(dir, "same.db")
	text := read(t, "testdata/compare/an-binh-2024-01.txt")
	for i, district := range []string{"Nam Sách", "Tứ Kỳ"} {
		other := strings.NewReplacer("NAM SÁCH", strings.ToUpper(district), "Nam Sách", district).Replace(text)
		path := filepath.Join(dir, []string{"a.txt", "b.txt"}[i])
		if err := os.WriteFile(path, []byte(other), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, _, errOut := baocao(t, "import", path, "--db", same); code != exitFine {
			t.Fatalf("import: exit %d: %s", code, errOut)
		}
	}
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"trend", "--db", file}, exitUsage, "ít nhất một chỉ tiêu"},
		{[]string{"trend", "dossiers.recieved", "--db", file}, exitUsage, "có phải là: dossiers.received"},
		{[]string{"trend", "nothing.*", "--db", file}, exitUsage, "không có chỉ tiêu"},
		{[]string{"trend", "dossiers.[", "--db", file}, exitUsage, "mẫu chỉ tiêu"},
		{[]string{"trend", "dossiers.received", "--by", "decade", "--db", file}, exitUsage, "nine-months"},
		{[]string{"trend", "dossiers.received", "--unit", "Xã Quang Khai", "--lang", "en", "--db", file}, exitFine, ""},
		{[]string{"trend", "dossiers.received", "--unit", "Xã Quang Kh", "--db", file}, exitUsage, "có phải là: Xã Quang Khải"},
		{[]string{"trend", "dossiers.received", "--parent", "Huyện Tứ Kì Ạ", "--db", file}, exitUsage, "Huyện Tứ Kỳ"},
		{[]string{"trend", "dossiers.received", "--field", "lands", "--db", file}, exitUsage, "land"},
		{[]string{"trend", "dossiers.received", "--period", "thg", "--db", file}, exitUsage, "2023-Q2"},
		{[]string{"trend", "dossiers.received", "--period", "2023-06..2023-04", "--db", file}, exitUsage, "2023-01..2023-06"},
		{[]string{"compare", "2023-05", "2023-07", "--db", file}, exitUsage, "có phải là: 2023-0"},
		{[]string{"compare", "2023-04", "2023-Q2", "--db", file}, exitUsage, "tháng với tháng"},
		{[]string{"compare", "2023-04..2023-05", "2023-06", "--db", file}, exitUsage, "nhiều kỳ"},
		{[]string{"rank", "dossiers.*", "2023-05", "--db", file}, exitUsage, "một chỉ tiêu"},
		{[]string{"rank", "dossiers.late", "1999", "--db", file}, exitUsage, "các kỳ có báo cáo: từ 2023-04 đến 2025-10"},
		{[]string{"summary", "2023-05", "--by", "village", "--db", file}, exitUsage, "unit hoặc field"},
		{[]string{"coverage", "--due", "0", "--db", file}, exitUsage, "--due"},
		{[]string{"show", "Xã Tứ Kỳ", "2023-05", "--db", file}, exitUsage, "2025-09"},
		{[]string{"show", "Tứ", "--db", file}, exitUsage, "baocao show"},
		{[]string{"trend", "dossiers.received", "--db", empty}, exitFailed, "baocao import THƯ_MỤC"},
		{[]string{"coverage", "--db", empty, "--lang", "en"}, exitFailed, "baocao import FOLDER"},
		{[]string{"summary", "2023-05", "--db", empty}, exitFailed, "chưa có báo cáo nào"},
		{[]string{"compare", "2023-04", "2023-05", "--db", filepath.Join(dir, "none.db")}, exitFailed, "chưa có cơ sở dữ liệu"},
		{[]string{"units", "match", "--db", file}, exitFailed, "units load"},
		{[]string{"units", "load", bad, "--db", file}, exitUsage, "bad.tsv, dòng 1: không nhận ra các cột"},
		{[]string{"units", "load", bad, "--db", file, "--lang", "en"}, exitUsage, "bad.tsv:1: the columns"},
		{[]string{"units", "load", filepath.Join(dir, "none.tsv"), "--db", file}, exitUsage, "none.tsv"},
		{[]string{"units", "list", "--level", "village", "--db", empty}, exitUsage, "commune"},
		{[]string{"units", "list", "--parent", "Huyện Tứ", "--db", empty}, exitUsage, "Huyện Tứ Kỳ"},
		{[]string{"units", "show", "Xã Quang Khi", "--db", empty}, exitUsage, "Xã Quang Khải"},
		{[]string{"trend", "dossiers.received", "--unit", "Xã An Bình", "--db", same}, exitUsage, "có 2 đơn vị"},
		{[]string{"trend", "dossiers.received", "--unit", "Xã An Bình, Tứ Kỳ", "--db", same}, exitFine, ""},
		{[]string{"trend", "dossiers.received", "--unit", "Xã An Bình (Huyện Nam Sách, Tỉnh Hải Dương)", "--db", same}, exitFine, ""},
	} {
		code, _, errOut := baocao(t, c.args...)
		if code != c.code || !strings.Contains(errOut, c.want) {
			t.Errorf("%v: exit %d (want %d): %s", c.args, code, c.code, errOut)
		}
	}
}

// Figures on which an unsettled error rests are marked in every table.
func TestErrorMarks(t *testing.T) {
	file := archiveDB(t)
	if code, _, errOut := baocao(t, "check", "--db", file); code != exitFine {
		t.Fatalf("check: exit %d: %s", code, errOut)
	}
	for _, args := range [][]string{
		{"trend", "dossiers.received"}, {"compare", "2023-05", "2023-06", "--indicator", "dossiers.received"}, {"rank", "dossiers.received", "2023-05"},
		{"summary", "2023-05"}, {"coverage"}, {"show", "Xã Quang Khải", "2023-05"},
	} {
		_, out, errOut := baocao(t, append(args, "--db", file)...)
		if !strings.Contains(out, "có lỗi chưa xử lý") {
			t.Errorf("%v marks nothing: %s\n%s", args, errOut, out)
		}
	}
}

// The columns of the form add up over the units, and a value that a unit does
// not report is not taken for 0.
func TestSummaryTotals(t *testing.T) {
	file := districtsDB(t)
	table := func(args ...string) ([][]string, func(row int, column string) string) {
		t.Helper()
		_, out, errOut := baocao(t, append(args, "--db", file, "--format", "csv")...)
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\ufeff"))).ReadAll()
		if err != nil || len(rows) < 2 {
			t.Fatalf("%v: %v, %s\n%s", args, err, errOut, out)
		}
		return rows, func(row int, column string) string {
			for i, h := range rows[0] {
				if strings.HasPrefix(h, column) {
					return rows[row][i]
				}
			}
			t.Fatalf("no column %s in %q", column, rows[0])
			return ""
		}
	}
	rows, at := table("summary", "2024-01")
	if len(rows) != 7 {
		t.Fatalf("%d rows, want a header, five units and a total", len(rows))
	}
	for column, want := range map[string]string{"(3)": "3635", "(4)": "2847", "(5)": "708", "(6)": "80", "(7)": "3560", "(10)": "7", "(11)": "75", "(13)": "4"} {
		if got := at(6, column); got != want {
			t.Errorf("total of %s is %s, want %s", column, got, want)
		}
	}
	// Of the quarter Bình Minh has no report: flows are added, stocks taken at the ends.
	rows, at = table("summary", "2024-Q1", "--parent", "Nam Sách")
	for column, want := range map[string]string{"(2)": "Xã Bình Minh", "(3)": "1272", "(6)": "13", "(11)": "22"} {
		if got := at(2, column); got != want {
			t.Errorf("%s of Bình Minh in the quarter is %s, want %s; %q", column, got, want, rows[2])
		}
	}
	// An Bình's own quarterly report does not tell early from on time.
	if got := at(1, "(8)"); got == "0" {
		t.Error("a missing figure is 0")
	}
}
