// This file tests what the reports of several units show together, and what they
// must not show.

package check

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"baocao/extract/rules"
	"baocao/normalize"
)

// told makes a report out of lines; every "[indicator=number]" becomes that number
// in the text and a figure in the report.
func told(unit, period string, id int64, lines ...string) Report {
	r := &normalize.Report{Type: "cchc", Unit: unit, Parents: []string{"Huyện Tứ Kỳ", "Tỉnh Hải Dương"}, Period: period, Number: fmt.Sprint(id) + "/BC-UBND"}
	text := ""
	for n, line := range lines {
		for {
			open := strings.IndexByte(line, '[')
			if open < 0 {
				break
			}
			end := open + strings.IndexByte(line[open:], ']')
			ind, value, _ := strings.Cut(line[open+1:end], "=")
			ind, field, _ := strings.Cut(ind, "{")
			start := len(text) + open
			r.Figures = append(r.Figures, normalize.Figure{Indicator: ind, Field: strings.TrimSuffix(field, "}"), Span: rules.Period, Value: value, Rounding: 1, Confidence: 1,
				Mentions: []normalize.Mention{{Start: start, End: start + len(value), Page: 1, Line: n + 1, Text: value, Parent: -1, InTable: strings.Contains(line, "\t")}}})
			line = line[:open] + value + line[end+1:]
		}
		text += line + "\n"
	}
	r.PageStarts = []int{0}
	return Report{ID: id, File: fmt.Sprintf("%s-%s.docx", unit, period), Report: r, Text: text}
}

// across checks groups of reports together.
func across(t *testing.T, opt Options, reports ...Report) []Finding {
	t.Helper()
	a := defaultSet(t).Across(opt)
	text := map[int64]string{}
	for _, r := range reports {
		text[r.ID] = r.Text
		a.Add([]Report{r})
	}
	fs, err := a.Findings(context.Background(), func(_ context.Context, id int64) (string, error) { return text[id], nil })
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fs {
		if len(f.Figures) == 0 {
			t.Errorf("%s cites nothing", f.Check)
		}
		for _, c := range f.Figures {
			if c.Line == 0 || c.Page == 0 || c.Snippet == "" {
				t.Errorf("%s: a place is not said: %+v", f.Check, c)
			}
		}
	}
	return fs
}

func TestCopiedReports(t *testing.T) {
	lines := func(unit string, month, shift int) []string {
		return []string{
			"Báo cáo tháng " + fmt.Sprint(month),
			fmt.Sprintf("Trong tháng %d, xã %s tiếp nhận [dossiers.received=%d] hồ sơ, đã giải quyết [dossiers.resolved=%d] hồ sơ.", month, unit, 239+shift, 235+shift),
			fmt.Sprintf("Đã phát [survey.forms=%d] phiếu, thu về [survey.forms_returned=%d] phiếu.", 222+shift, 217+shift),
			fmt.Sprintf("Số hóa [digitization.intake=%d] trên [digitization.intake_due=%d] hồ sơ.", 231+shift, 234+shift),
			fmt.Sprintf("Thanh toán trực tuyến [payment.online_dossiers=%d] trên [payment.due_dossiers=%d] hồ sơ.", 109+shift, 176+shift),
			"Xã có [staff.total=20] cán bộ, công chức, [staff.civil_servants=11] công chức, [egov.computers=22] máy tính.",
		}
	}
	khai := told("Xã Quang Khải", "2023-05", 1, lines("Quang Khải", 5, 0)...)
	for _, c := range []struct {
		name  string
		other Report
		want  string
	}{
		{"same words and figures", told("Xã Quang Phục", "2023-05", 2, lines("Quang Phục", 5, 0)...), "copied-from-unit warning"},
		{"same words, other figures", told("Xã Quang Phục", "2023-05", 2, lines("Quang Phục", 5, 7)...), ""},
		{"its own report of the next month", told("Xã Quang Khải", "2023-06", 2, lines("Quang Khải", 6, 0)...), "copied-from-period warning"},
		{"next month with new figures", told("Xã Quang Khải", "2023-06", 2, lines("Quang Khải", 6, 3)...), ""},
		{"one statement in common", told("Xã Quang Phục", "2023-05", 2, append(lines("Quang Phục", 5, 5)[:5], lines("Quang Phục", 5, 0)[1])...), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			fs := across(t, Options{}, khai, c.other)
			if got := checks(fs); got != c.want {
				t.Fatalf("got %q, want %q: %+v", got, c.want, fs)
			}
			if len(fs) > 0 && !strings.Contains(fs[0].Message, "100 %") {
				t.Errorf("the share is not said: %s", fs[0].Message)
			}
		})
	}
	// What the district tells all its communes is nobody's own.
	var many []Report
	for i := range 6 {
		unit := fmt.Sprintf("Xã Số%c", 'A'+i)
		many = append(many, told(unit, "2023-05", int64(i+1), append(lines(unit, 5, 11*i)[:3],
			"Toàn huyện có [dossiers.total=5230] hồ sơ, đạt [dossiers.received_online=4711] hồ sơ trực tuyến.",
			"Huyện đã số hóa [digitization.results=4100] trên [digitization.results_due=4230] kết quả.",
			"Huyện phát [publicity.radio_items=512] tin, [publicity.radio_broadcasts=1024] lượt.")...))
	}
	if fs := across(t, Options{}, many...); len(fs) > 0 {
		t.Errorf("common statements: %s", fs[0].Message)
	}
}

func TestPeers(t *testing.T) {
	make := func(odd string) []Report {
		var rs []Report
		for i := range 10 {
			unit := fmt.Sprintf("Xã Số%c", 'A'+i)
			now, rate := 200+7*i, "9"+fmt.Sprint(i)
			if i == 4 && odd == "jump" {
				now = 900
			}
			if i == 4 && odd == "rate" {
				rate = "41"
			}
			rs = append(rs, told(unit, "2023-04", int64(2*i+1), fmt.Sprintf("Tiếp nhận [dossiers.received=%d] hồ sơ", 190+7*i)),
				told(unit, "2023-05", int64(2*i+2), fmt.Sprintf("Tiếp nhận [dossiers.received=%d] hồ sơ, trực tuyến [online.rate=%s] %%", now, rate)))
		}
		return rs
	}
	for _, c := range []struct{ odd, want string }{{"", ""}, {"jump", "peer-outlier info"}, {"rate", "peer-outlier info"}} {
		fs := across(t, Options{}, make(c.odd)...)
		if got := checks(fs); got != c.want || len(fs) > 0 && fs[0].Unit != "Xã SốE" {
			t.Errorf("%q: got %q, want %q", c.odd, got, c.want)
		}
	}
	// All communes rise together: nothing to say about any of them.
	rs := make("")
	for i := range rs {
		if rs[i].Period == "2023-05" {
			rs[i] = told(rs[i].Unit, "2023-05", rs[i].ID, fmt.Sprintf("Tiếp nhận [dossiers.received=%d] hồ sơ", 800+30*i))
		}
	}
	if fs := across(t, Options{}, rs...); len(fs) > 0 {
		t.Errorf("a common rise: %s", fs[0].Message)
	}
}

func TestSummaries(t *testing.T) {
	khai := told("Xã Quang Khải", "2023-05", 1, "Tiếp nhận [dossiers.received=239] hồ sơ.")
	table := func(received int) Report {
		d := told("Huyện Tứ Kỳ", "2023-05", 9, "Đơn vị\tTiếp nhận", fmt.Sprintf("1\tXã Quang Khải\t[dossiers.received=%d]", received),
			"2\tXã Quang Phục\t[dossiers.received=231]", "\tTổng cộng\t[dossiers.received=470]")
		d.Parents = []string{"Tỉnh Hải Dương"}
		return d
	}
	if fs := across(t, Options{}, khai, table(239)); len(fs) > 0 {
		t.Errorf("equal figures: %s", fs[0].Message)
	}
	fs := across(t, Options{}, khai, table(293))
	if checks(fs) != "summary-differs warning" || fs[0].Gap != "54" || fs[0].Rule != "X1" || len(fs[0].Figures) != 2 || fs[0].Figures[1].File == "" {
		t.Errorf("got %+v", fs)
	}
	elsewhere := khai
	elsewhere.Report = told("Xã Quang Khải", "2023-05", 1, "Tiếp nhận [dossiers.received=239] hồ sơ.").Report
	elsewhere.Parents = []string{"Huyện Khác", "Tỉnh Khác"}
	if fs := across(t, Options{}, elsewhere, table(293)); len(fs) > 0 {
		t.Errorf("a commune of another district: %s", fs[0].Message)
	}
	// The rows of communes are no figures of the district's own.
	for _, f := range defaultSet(t).CheckOne(context.Background(), table(239), Options{}) {
		t.Errorf("the summary by itself: %s", f.Message)
	}
}

func TestReferencesAcross(t *testing.T) {
	with := func(unit string, id int64, date, issuer string) Report {
		r := told(unit, "2023-05", id, "Thực hiện Kế hoạch số 31/KH-UBND của Ủy ban nhân dân huyện")
		r.References = []rules.Reference{{Start: strings.Index(r.Text, "31/"), End: strings.Index(r.Text, " của"), Number: "31/KH-UBND", Issuer: issuer, Date: date, Implements: -1}}
		return r
	}
	for _, c := range []struct {
		name, date, issuer, want string
	}{
		{"same day", "2023-04-20", "UBND huyện", ""},
		{"another day", "2023-04-02", "UBND huyện", "reference-differs warning"},
		{"another body", "2023-04-02", "UBND tỉnh", ""},
		{"body not named", "2023-04-02", "", ""},
		{"another year", "2022-04-02", "UBND huyện", ""},
	} {
		fs := across(t, Options{}, with("Xã A", 1, "2023-04-20", "UBND huyện"), with("Xã B", 2, "2023-04-20", "UBND huyện"), with("Xã C", 3, c.date, c.issuer))
		if got := checks(fs); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestProvinceWindows(t *testing.T) {
	with := func(unit string, id int64, from, to string) Report {
		r := told(unit, "2023-05", id, "Số liệu từ "+from+" đến "+to)
		r.From, r.To = from, to
		r.Dates = []rules.Date{day(r.Text, from, rules.RoleWindow, atoi(from[8:]), atoi(from[5:7]), atoi(from[:4])),
			day(r.Text, to, rules.RoleWindow, atoi(to[8:]), atoi(to[5:7]), atoi(to[:4]))}
		return r
	}
	var rs []Report
	for i := range 6 {
		rs = append(rs, with(fmt.Sprintf("Xã Số%c", 'A'+i), int64(i+1), "2023-04-15", "2023-05-14"))
	}
	if fs := across(t, Options{}, rs...); len(fs) > 0 {
		t.Errorf("one convention: %s", fs[0].Message)
	}
	odd := append(rs, with("Xã Lẻ", 9, "2023-05-01", "2023-05-31"))
	if fs := across(t, Options{}, odd...); checks(fs) != "window-province info" || fs[0].Unit != "Xã Lẻ" {
		t.Errorf("one unit counts otherwise: %+v", fs)
	}
	// A setting goes before what the reports show.
	if fs := across(t, Options{ProvinceWindows: map[string]string{"tỉnh Hải Dương": "calendar"}}, odd...); len(fs) != 6 {
		t.Errorf("set by the province: %d findings", len(fs))
	}
	if fs := across(t, Options{ProvinceWindows: map[string]string{"Tỉnh Khác": "calendar"}}, rs...); len(fs) > 0 {
		t.Errorf("set for another province: %s", fs[0].Message)
	}
}

func atoi(s string) int {
	n := 0
	for i := range len(s) {
		n = 10*n + int(s[i]-'0')
	}
	return n
}
