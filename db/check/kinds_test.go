// This file tests dates, headings, left-over months, series, odd input and ids.

package check

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"baocao/extract/rules"
	"baocao/normalize"
)

// made is a report with a text in which dates and references are found by place.
func made(period, text string, change func(r *normalize.Report)) Report {
	r := &normalize.Report{Type: "cchc", Unit: "Xã Mẫu", Period: period, Number: "5/BC-UBND"}
	if change != nil {
		change(r)
	}
	return Report{File: period + ".docx", Report: r, Text: text}
}

// day marks the first place of a printed day.
func day(text, printed string, role rules.Role, d, m, y int) rules.Date {
	i := strings.Index(text, printed)
	return rules.Date{Start: i, End: i + len(printed), Text: printed, Day: d, Month: m, Year: y, Role: role, Reference: -1}
}

func cited(text, number, date string) rules.Reference {
	i := strings.Index(text, number)
	return rules.Reference{Start: i, End: i + len(number), Number: number, Date: date, Implements: -1}
}

// checks lists "check severity" of what was found.
func checks(fs []Finding) string {
	out := make([]string, len(fs))
	for i, f := range fs {
		out[i] = f.Check + " " + string(f.Severity)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

func TestDates(t *testing.T) {
	s := defaultSet(t)
	event := "Ngày 25/5/2003 đã ban hành Thông báo theo Quyết định số 895/QĐ-UBND ngày 15/5/2023."
	for _, c := range []struct {
		name, text string
		change     func(text string, r *normalize.Report)
		want       string
	}{
		{"older than its source", event, func(x string, r *normalize.Report) {
			r.Dates = []rules.Date{day(x, "25/5/2003", rules.RoleEvent, 25, 5, 2003)}
			r.References = []rules.Reference{cited(x, "895/QĐ-UBND", "2023-05-15")}
		}, "older-than-source error"},
		{"younger than its source", event, func(x string, r *normalize.Report) {
			r.Dates = []rules.Date{day(x, "25/5/2003", rules.RoleEvent, 25, 5, 2023)}
			r.References = []rules.Reference{cited(x, "895/QĐ-UBND", "2023-05-15")}
		}, ""},
		{"in another sentence", "Ngày 10/5/2023 họp. Thực hiện Quyết định số 895/QĐ-UBND ngày 15/5/2023.", func(x string, r *normalize.Report) {
			r.Dates = []rules.Date{day(x, "10/5/2023", rules.RoleEvent, 10, 5, 2023)}
			r.References = []rules.Reference{cited(x, "895/QĐ-UBND", "2023-05-15")}
		}, ""},
		{"impossible", "đến ngày 31/6/2023", func(x string, r *normalize.Report) {
			d := day(x, "31/6/2023", rules.RoleWindow, 31, 6, 2023)
			d.Impossible = true
			r.Dates = []rules.Date{d}
		}, "impossible-date error"},
		{"report before its data", "số liệu đến 31/5/2023", func(x string, r *normalize.Report) {
			r.Date = "2023-05-20"
			r.Dates = []rules.Date{day(x, "31/5/2023", rules.RoleWindow, 31, 5, 2023)}
		}, "report-before-data error"},
		{"a draft dated with a month before its data end", "số liệu đến 31/5/2023", func(x string, r *normalize.Report) {
			r.Date, r.DateMonth = "", "2023-04"
			r.Dates = []rules.Date{day(x, "31/5/2023", rules.RoleWindow, 31, 5, 2023)}
		}, "report-before-data error"},
		{"a draft dated with the month of its data", "số liệu đến 31/5/2023", func(x string, r *normalize.Report) {
			r.Date, r.DateMonth = "", "2023-05"
			r.Dates = []rules.Date{day(x, "31/5/2023", rules.RoleWindow, 31, 5, 2023)}
		}, ""},
		{"window backwards", "từ 30/5/2023", func(x string, r *normalize.Report) { r.From, r.To = "2023-05-30", "2023-05-01" }, "window-backwards error"},
		{"year in the symbol", "Quyết định 41/2020/QĐ-UBND", func(x string, r *normalize.Report) {
			r.References = []rules.Reference{cited(x, "41/2020/QĐ-UBND", "2021-07-21")}
		}, "symbol-year error"},
		{"cites what does not exist yet", "Công văn 215/NV", func(x string, r *normalize.Report) {
			r.Date = "2023-05-20"
			r.References = []rules.Reference{cited(x, "215/NV", "2023-05-24")}
		}, "reference-after-report error"},
		{"done after the report", "Ngày 28/5/2023 đã họp", func(x string, r *normalize.Report) {
			r.Date = "2023-05-20"
			r.Dates = []rules.Date{day(x, "28/5/2023", rules.RoleEvent, 28, 5, 2023)}
		}, "event-after-report warning"},
		{"in force later", "có hiệu lực từ ngày 01/8/2023, đã nghiên cứu", func(x string, r *normalize.Report) {
			r.Date = "2023-06-30"
			r.Dates = []rules.Date{day(x, "01/8/2023", rules.RoleEvent, 1, 8, 2023)}
		}, ""},
		{"form of the date", "ngày 4 tháng 5 năm 2023", func(x string, r *normalize.Report) {
			r.Dates = []rules.Date{day(x, "ngày 4 tháng 5 năm 2023", rules.RoleIssued, 4, 5, 2023)}
		}, "date-form info"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rep := made("2023-05", c.text, func(r *normalize.Report) { c.change(c.text, r) })
			if got := checks(s.CheckOne(context.Background(), rep, Options{})); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestHeadings(t *testing.T) {
	s := defaultSet(t)
	for _, c := range []struct{ heads, want string }{
		{"I II III IV", ""},
		{"I II III V", "thiếu IV"},
		{"I 1 2 II 1 2", ""},
		{"I 1 2 4 II 1", "thiếu 3"},
		{"I II II III", "lặp lại"},
		{"2 2.1 2.2 2.4 3 3.1", "thiếu 2.3"},
	} {
		rep := made("2023-05", "", nil)
		for i, l := range strings.Fields(c.heads) {
			h := rules.Heading{Start: i, End: i, Label: l + ".", Level: 2, Style: "arabic"}
			switch {
			case strings.Contains(l, "."):
				h.Level, h.Style, h.Ordinal = 3, "dotted", int(l[len(l)-1]-'0')
			case l[0] >= '0' && l[0] <= '9':
				h.Ordinal = int(l[0] - '0')
			default:
				h.Level, h.Style, h.Ordinal = 1, "roman", map[string]int{"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}[l]
			}
			rep.Headings = append(rep.Headings, h)
		}
		fs := s.CheckOne(context.Background(), rep, Options{})
		if c.want == "" && len(fs) > 0 || c.want != "" && (len(fs) != 1 || !strings.Contains(fs[0].Message, c.want)) {
			t.Errorf("%s: %v, want %q", c.heads, fs, c.want)
		}
	}
}

func TestMonthLeftOver(t *testing.T) {
	s := defaultSet(t)
	for _, c := range []struct{ text, want string }{
		{"kết quả trong tháng 5 năm 2023 đã phát 249 phiếu.", "month-left-over warning"},
		{"kết quả trong tháng 6 năm 2023 đã phát 249 phiếu.", ""},
		{"tăng 3 hồ sơ so với trong tháng 5 năm 2023.", ""},
		{"hoàn thành trong tháng 7 năm 2023.", ""},
		{"Trên đây là tình hình cải cách hành chính tháng 5 năm 2023 của UBND xã./.", "month-left-over warning"},
		{"Trên đây là tình hình cải cách hành chính tháng 6 năm 2023 của UBND xã./.", ""},
	} {
		if got := checks(s.CheckOne(context.Background(), made("2023-06", c.text, nil), Options{})); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// figure adds one printed number.
func figure(r *normalize.Report, ind string, value int) {
	v := fmt.Sprint(value)
	r.Figures = append(r.Figures, normalize.Figure{Indicator: ind, Span: rules.Period, Value: v, Rounding: 1, Confidence: 1,
		Mentions: []normalize.Mention{{Start: len(r.Figures) * 8, Page: 1, Line: len(r.Figures) + 1, Text: v, Parent: -1}}})
}

func TestSeries(t *testing.T) {
	s := defaultSet(t)
	month := func(n, received int) Report {
		return made(fmt.Sprintf("2023-%02d", n), "", func(r *normalize.Report) { figure(r, "dossiers.received", received) })
	}
	window := func(n int, from, to string) Report {
		text := from + " " + to
		return made(fmt.Sprintf("2023-%02d", n), text, func(r *normalize.Report) {
			r.From, r.To = from, to
			var d [2]rules.Date
			for i, x := range []string{from, to} {
				var y, m, dd int
				if _, err := fmt.Sscanf(x, "%d-%d-%d", &y, &m, &dd); err != nil {
					t.Fatal(err)
				}
				d[i] = day(text, x, rules.RoleWindow, dd, m, y)
			}
			r.Dates = d[:]
		})
	}
	quarter := func(received int) Report {
		return made("2023-Q1", "", func(r *normalize.Report) { figure(r, "dossiers.received", received) })
	}
	ref := func(n int, date, body string) Report {
		x := "12/KH-UBND"
		return made(fmt.Sprintf("2023-%02d", n), x, func(r *normalize.Report) {
			k := cited(x, x, date)
			k.Issuer = body
			r.References = []rules.Reference{k}
		})
	}
	var long []Report
	for n := 1; n <= 8; n++ {
		long = append(long, month(n, 200+n))
	}
	// The month that jumps does so every year.
	var yearly []Report
	for y := 2021; y <= 2023; y++ {
		for n := 1; n <= 12; n++ {
			received := 200 + n
			if n == 8 {
				received = 900 + y%5
			}
			yearly = append(yearly, made(fmt.Sprintf("%d-%02d", y, n), "", func(r *normalize.Report) { figure(r, "dossiers.received", received) }))
		}
	}
	jump := slices.Clone(long)
	jump[4] = month(5, 2050)
	for _, c := range []struct {
		name    string
		reports []Report
		want    string
	}{
		{"windows tile", []Report{window(4, "2023-03-15", "2023-04-14"), window(5, "2023-04-15", "2023-05-14")}, ""},
		{"a day in no report", []Report{window(4, "2023-04-01", "2023-04-30"), window(5, "2023-05-02", "2023-06-01")}, "window-gap warning"},
		{"days twice", []Report{window(4, "2023-03-15", "2023-04-14"), window(5, "2023-04-10", "2023-05-09")}, "window-overlap warning"},
		{"no whole month", []Report{window(5, "2023-05-01", "2023-05-30")}, "window-convention info"},
		{"a month is missing", []Report{month(1, 10), month(3, 12)}, "report-missing warning"},
		{"quarter is its months", []Report{month(1, 100), month(2, 110), month(3, 120), quarter(330)}, ""},
		{"quarter is not its months", []Report{month(1, 100), month(2, 110), month(3, 120), quarter(303)}, "period-sum warning"},
		{"one month does not say", []Report{month(1, 100), made("2023-02", "", nil), month(3, 120), quarter(303)}, ""},
		{"two dates of one body", []Report{ref(1, "2023-01-16", "UBND xã"), ref(2, "2023-01-10", "UBND xã")}, "reference-two-dates error"},
		{"two dates, body not named", []Report{ref(1, "2023-01-16", "UBND xã"), ref(2, "2023-01-10", "")}, "reference-two-dates warning"},
		{"two bodies", []Report{ref(1, "2023-01-16", "UBND xã"), ref(2, "2023-01-10", "UBND huyện")}, ""},
		{"two years", []Report{ref(1, "2022-01-16", "UBND xã"), ref(2, "2023-01-16", "UBND xã")}, ""},
		{"steady history", long, ""},
		{"outlier", jump, "outlier info"},
		{"the same month of every year", yearly, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			fs := s.Check(context.Background(), c.reports, Options{})
			if got := checks(fs); got != c.want {
				t.Errorf("got %q, want %q: %+v", got, c.want, fs)
			}
		})
	}
}

// Unknown and broken input is said or left out, never a panic or an error finding.
func TestOddInput(t *testing.T) {
	s := defaultSet(t)
	rep := made("", "ngắn", func(r *normalize.Report) {
		figure(r, "no.such", 5)
		r.Figures = append(r.Figures,
			normalize.Figure{Indicator: "dossiers.received", Value: "99999999999999999999"},
			normalize.Figure{Indicator: "dossiers.resolved", Value: "năm"},
			normalize.Figure{Indicator: "finance.autonomy_budget", Value: "1000000000000000"},
			normalize.Figure{Indicator: "finance.autonomy_budget_spent", Value: "999999999999999", Mentions: []normalize.Mention{{Start: 900, End: 999, Parent: 77}}},
			normalize.Figure{Indicator: "dossiers.received", Field: "không rõ", Value: "3"})
		r.Dates = []rules.Date{{Start: 500, End: 600, Day: 31, Month: 2, Year: 2023, Impossible: true, Role: rules.RoleEvent, Reference: 9}}
		r.References = []rules.Reference{{Start: 700, End: 710, Number: "1/2/3", Date: "2023", Implements: 4}}
	})
	fs := s.Check(context.Background(), []Report{{}, rep, {Report: &normalize.Report{}}}, Options{})
	if got := checks(fs); got != "impossible-date error, not-computable warning, not-computable warning" {
		t.Error(got)
	}
	cancelled, stop := context.WithCancel(context.Background())
	stop()
	if fs := s.Check(cancelled, []Report{rep}, Options{}); len(fs) > 0 {
		t.Errorf("a cancelled check found %d", len(fs))
	}
}

// Ids stay when values are repaired, and are unique.
func TestIDs(t *testing.T) {
	s := defaultSet(t)
	ids := map[string]string{}
	units, _ := corpus(t)
	for _, u := range units {
		for _, f := range s.Check(context.Background(), u, Options{}) {
			if ids[f.ID] != "" {
				t.Errorf("id %s for %s and %s", f.ID, ids[f.ID], f.Check)
			}
			ids[f.ID] = f.Check + " " + f.File
		}
	}
	one := func(total int) string {
		rep := made("2023-05", "", func(r *normalize.Report) {
			figure(r, "staff.total", total)
			figure(r, "staff.officials", 10)
			figure(r, "staff.civil_servants", 10)
		})
		fs := s.CheckOne(context.Background(), rep, Options{})
		i := slices.IndexFunc(fs, func(f Finding) bool { return f.Check == "staff-kinds" })
		if i < 0 {
			t.Fatal("not found")
		}
		return fs[i].ID
	}
	if one(21) != one(22) {
		t.Error("the id depends on a value")
	}
}

func TestMinSeverity(t *testing.T) {
	s := defaultSet(t)
	units, _ := corpus(t)
	for _, u := range units {
		for _, f := range s.Check(context.Background(), u, Options{MinSeverity: Error}) {
			if f.Severity != Error {
				t.Errorf("%s %s", f.Severity, f.Check)
			}
		}
	}
}
