package render

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
	"golang.org/x/text/unicode/norm"
)

func TestStyle(t *testing.T) {
	for _, c := range []struct{ in, vi, en string }{
		{"1234.5", "1.234,5", "1,234.5"}, {"0", "0", "0"}, {"", "-", "-"}, {"-1234567", "-1.234.567", "-1,234,567"},
		{"999", "999", "999"}, {"19 ≠ 20", "19 ≠ 20", "19 ≠ 20"}, {"+-1", "+-1", "+-1"}, {"1.", "1.", "1."},
	} {
		if got := Style(c.in, Vietnamese); got != c.vi {
			t.Errorf("Style(%q, vi) = %q, want %q", c.in, got, c.vi)
		}
		if got := Style(c.in, English); got != c.en {
			t.Errorf("Style(%q, en) = %q, want %q", c.in, got, c.en)
		}
	}
}

// sample has every kind of cell, row and column.
func sample() Table {
	t := Table{Name: "sample", Title: "Số hồ sơ", Fields: []Field{{"indicator", "Chỉ tiêu", Text("dossiers.received")}},
		Marks: []Mark{{Key: "open_error", Symbol: "!", Text: "có lỗi chưa xử lý"}, {Key: "approximate", Symbol: "~", Text: "khoảng", Before: true}, {Key: "never", Symbol: "?", Text: "không dùng"}},
		Notes: []string{"Nguồn: báo cáo của các xã."},
		Columns: []Column{{Key: "unit", Title: "Đơn vị"}, {Key: "value", Title: "2023-04", Right: true, Dim: "period", At: "2023-04"},
			{Key: "value", Title: "2023-05", Right: true, Dim: "period", At: "2023-05"}, {Key: "reports", Title: "Báo cáo", Right: true}}}
	t.AddGroup("Huyện Tứ Kỳ")
	t.Add(Text("Xã Quang Khải"), Number("1226").With("change", Number("13").Signed()).With("percent", Percent("5.8").Signed()), Number("0.10").Marked("open_error"), Count(2))
	t.Add(Text("=cmd|' /C calc'!A1"), Cell{}, Number("-5").Marked("approximate", "open_error"), Count(1))
	t.Add(Text("Xã C"), Either("98.71", "1100"), Percent("-0.5"), Count(0))
	t.AddTotal(Text("Tổng"), Number("12345678901234567890.5"), Cell{}, Count(3))
	return t
}

func TestTerminal(t *testing.T) {
	var b strings.Builder
	if err := Terminal(&b, []Table{sample()}, Vietnamese, 0); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Số hồ sơ\n", "1.226 (+13; +5,8%)", "0,10!", "~-5!", "! có lỗi chưa xử lý\n", "12.345.678.901.234.567.890,5", "98,71 ≠ 1.100", "-0,5%", "Huyện Tứ Kỳ", "Nguồn: "} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "không dùng") {
		t.Errorf("a mark that no cell has is explained:\n%s", b.String())
	}
}

func TestCSV(t *testing.T) {
	var b bytes.Buffer
	if err := CSV(&b, []Table{sample(), sample()}, Vietnamese); err != nil {
		t.Fatal(err)
	}
	text, ok := strings.CutPrefix(b.String(), "\ufeff")
	if !ok {
		t.Error("there is no byte order mark")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Chỉ tiêu", "Nhóm", "Đơn vị", "2023-04", "2023-05", "Báo cáo", "Dấu"},
		{"dossiers.received", "Huyện Tứ Kỳ", "Xã Quang Khải", "1226", "0.10", "2", "2023-05: open_error"},
		{"dossiers.received", "Huyện Tứ Kỳ", "'=cmd|' /C calc'!A1", "", "-5", "1", "2023-05: approximate; 2023-05: open_error"},
		{"dossiers.received", "Huyện Tứ Kỳ", "Xã C", "98.71 ≠ 1100", "-0.5", "0", ""},
		{"dossiers.received", "Huyện Tứ Kỳ", "Tổng", "12345678901234567890.5", "", "3", ""},
	}
	want = append(want, want[1:]...)
	if fmt.Sprint(rows) != fmt.Sprint(want) {
		t.Errorf("got\n%q, want\n%q", rows, want)
	}
}

func TestDefuse(t *testing.T) {
	for in, want := range map[string]string{"": "", "-": "-", "Xã A": "Xã A", "=1+1": "'=1+1", "+84": "'+84", "- Tổng": "'- Tổng", "@SUM(A1)": "'@SUM(A1)",
		"\t=1": "'\t=1", "＝1": "'＝1", "a=1": "a=1"} {
		if got := Defuse(in); got != want {
			t.Errorf("Defuse(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestJSON(t *testing.T) {
	var b bytes.Buffer
	if err := JSON(&b, []Table{sample()}); err != nil {
		t.Fatal(err)
	}
	var rows []map[string]any
	if err := json.Unmarshal(b.Bytes(), &rows); err != nil {
		t.Fatalf("%v:\n%s", err, b.String())
	}
	if n := strings.Count(b.String(), "\n"); len(rows) != 8 || n != 8+2 {
		t.Fatalf("%d objects in %d lines, want 8 (four rows in two periods) in 10:\n%s", len(rows), n, b.String())
	}
	got := rows[0]
	for key, want := range map[string]any{"indicator": "dossiers.received", "group": "Huyện Tứ Kỳ", "unit": "Xã Quang Khải", "period": "2023-04",
		"value": "1226", "change": "13", "percent": "5.8", "reports": 2.0} {
		if got[key] != want {
			t.Errorf("%s is %v, want %v", key, got[key], want)
		}
	}
	if marks := fmt.Sprint(rows[3]["marks"]); marks != "[value:approximate value:open_error]" {
		t.Errorf("marks are %s", marks)
	}
	if v, ok := rows[2]["value"]; !ok || v != nil {
		t.Errorf("a missing value is %v, want null", v)
	}
	if either := fmt.Sprint(rows[4]["value_either"]); either != "[98.71 1100]" || rows[4]["value"] != nil {
		t.Errorf("values that contradict each other are %s, the value is %v", either, rows[4]["value"])
	}
	if rows[6]["row"] != "total" || rows[0]["row"] != nil {
		t.Errorf("rows of sums are not told apart: %v", rows[6])
	}
	b.Reset()
	if err := JSON(&b, nil); err != nil || b.String() != "[]\n" {
		t.Errorf("no tables give %q, %v", b.String(), err)
	}
}

// TestTerminalFits lays tables of many shapes out at many widths: no line is
// wider than asked for, the lines of a piece are of one width, and every value is still there.
func TestTerminalFits(t *testing.T) {
	long := "Ủy ban nhân dân phường Nguyễn Trãi, thành phố Hải Dương, tỉnh Hải Dương, nước Cộng hòa xã hội chủ nghĩa Việt Nam"
	file := "luu-tru/2023/05/" + strings.Repeat("bao-cao-cai-cach-hanh-chinh", 6) + ".docx"
	for columns := 1; columns <= 14; columns++ {
		for rows := 0; rows <= 3; rows++ {
			tb := Table{Title: long, Notes: []string{file}}
			for c := range columns {
				tb.Columns = append(tb.Columns, Column{Key: fmt.Sprint("c", c), Title: fmt.Sprintf("Kỳ báo cáo %d", c), Right: c%2 == 1})
			}
			for r := range rows {
				row := make([]Cell, columns)
				for c := range row {
					switch (r + c) % 4 {
					case 0:
						row[c] = Text(long)
					case 1:
						row[c] = Number(fmt.Sprintf("98765%02d.%d", c, r)).With("change", Number("-1234.5"))
					case 2:
						row[c] = Text(norm.NFD.String("Xã Quang Phục"))
					}
					if r == 1 && c == 1 {
						row[c] = Text(file)
					}
				}
				tb.Add(row...)
			}
			for _, width := range []int{1, 40, 60, 80, 100, 140} {
				var b strings.Builder
				if err := Terminal(&b, []Table{tb}, Vietnamese, width); err != nil {
					t.Fatal(err)
				}
				frameWidth := 0
				for _, l := range strings.Split(b.String(), "\n") {
					n := runewidth.StringWidth(l)
					if n > max(width, minWidth) {
						t.Fatalf("%d columns, %d rows at %d: a line of %d:\n%s", columns, rows, width, n, b.String())
					}
					switch {
					case strings.HasPrefix(l, "┌"):
						frameWidth = n
					case strings.HasPrefix(l, "│") && n != frameWidth:
						t.Fatalf("%d columns, %d rows at %d: lines of %d and %d in a table:\n%s", columns, rows, width, frameWidth, n, b.String())
					}
				}
				for r := range rows {
					for c := range columns {
						if v := fmt.Sprintf("9.876.5%02d,%d", c, r); tb.Rows[r].Cells[c].Kind == KindNumber && width >= 80 && !strings.Contains(b.String(), v) {
							t.Fatalf("%d columns, %d rows at %d: %s is lost:\n%s", columns, rows, width, v, b.String())
						}
					}
				}
			}
		}
	}
}

func TestTerminalCuts(t *testing.T) {
	tb := Table{Columns: []Column{{Key: "unit", Title: "Đơn vị"}}, Sparse: true}
	for m := 1; m <= 12; m++ {
		tb.Columns = append(tb.Columns, Column{Key: "value", Title: fmt.Sprintf("2023-%02d", m), Right: true})
	}
	for _, unit := range []string{"Xã Quang Khải", "Xã Quang Phục", "Xã Tứ Kỳ"} {
		row := []Cell{Text(unit)}
		for m := 1; m <= 12; m++ {
			cell := Number(fmt.Sprint(1000 + m))
			if unit == "Xã Tứ Kỳ" && m < 9 {
				cell = Cell{}
			}
			row = append(row, cell)
		}
		tb.Add(row...)
	}
	var b strings.Builder
	if err := Terminal(&b, []Table{tb}, Vietnamese, 80); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "│ Đơn vị"); n != 2 {
		t.Errorf("the key column stands %d times, want 2:\n%s", n, b.String())
	}
	if n := strings.Count(b.String(), "Xã Tứ Kỳ"); n != 1 {
		t.Errorf("a unit without figures in a piece stands in %d pieces, want 1:\n%s", n, b.String())
	}
	tb.Rows = tb.Rows[:1]
	b.Reset()
	if err := Terminal(&b, []Table{tb}, Vietnamese, 80); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "│ 2023-12") {
		t.Errorf("a wide table of one row is not turned:\n%s", b.String())
	}
}

// TestFit: wide columns give way first, then headers are wrapped.
func TestFit(t *testing.T) {
	for _, c := range []struct {
		spans []span
		width int
		want  string
		ok    bool
	}{
		{[]span{{20, 20, 12}, {10, 7, 7}}, 40, "[20 10]", true},
		{[]span{{60, 60, 12}, {10, 7, 7}}, 60, "[43 10]", true},
		{[]span{{20, 20, 12}, {10, 7, 7}}, 34, "[20 7]", true},
		{[]span{{20, 20, 12}, {10, 7, 7}}, 30, "[16 7]", true},
		{[]span{{20, 20, 12}, {10, 7, 7}}, 25, "[12 7]", false},
		{nil, 40, "[]", true},
	} {
		if got, ok := fit(c.spans, c.width); fmt.Sprint(got) != c.want || ok != c.ok {
			t.Errorf("fit(%v, %d) = %v, %v; want %s, %v", c.spans, c.width, got, ok, c.want, c.ok)
		}
	}
}

// TestCleanText keeps what a document says from steering the terminal.
func TestCleanText(t *testing.T) {
	in := "Xa\u0303 \x1b[31mQuang\u202e Khải\x07\tA\u0085\n\u200bB\xff"
	if got, want := clean(in), "Xã [31mQuang Khải A\nB\ufffd"; got != want {
		t.Errorf("clean gives %q, want %q", got, want)
	}
}

func TestWrongTableIsRefused(t *testing.T) {
	tb := Table{Name: "x", Columns: []Column{{Key: "a"}, {Key: "b"}}}
	tb.Add(Text("one"))
	if err := Terminal(&bytes.Buffer{}, []Table{tb}, Vietnamese, 0); err == nil || !strings.Contains(err.Error(), "row 1 has 1 cells") {
		t.Errorf("a row that is too short: %v", err)
	}
}
