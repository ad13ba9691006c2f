// This file tests the checks that are written in Go: one case that each finds and
// one like it that it must leave alone. A finding says page, line and words of
// everything it cites.

package check

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"baocao/extract/document"
	"baocao/extract/rules"
	"baocao/normalize"
	admin "baocao/normalize/place"
)

// withTotal adds the total of the last column of numbers: parts in order, then the sum.
func withTotal(r Report, parts ...string) Report {
	t := rules.Total{Column: "số hồ sơ"}
	at := 0
	for i, p := range parts {
		at = strings.Index(r.Text[at:], "\t"+p) + at + 1
		n := rules.Number{Start: at, End: at + len(p), Text: p}
		if i == len(parts)-1 {
			t.Sum, t.SumValue = n, p
			break
		}
		t.Parts, t.PartValues = append(t.Parts, n), append(t.PartValues, p)
	}
	r.Totals = append(r.Totals, t)
	return r
}

// changed applies a change to a report.
func changed(r Report, change func(r *normalize.Report, text string)) Report {
	change(r.Report, r.Text)
	return r
}

func TestWrittenChecks(t *testing.T) {
	s := defaultSet(t)
	with := func(lines ...string) Report { return told("Xã Mẫu", "2023-05", 2, lines...) }
	heads := func(titles ...string) func(r *normalize.Report, text string) {
		return func(r *normalize.Report, text string) {
			for i, title := range titles {
				at := strings.Index(text, title)
				r.Headings = append(r.Headings, rules.Heading{Start: at, End: at + len(title), Label: fmt.Sprint(i+1) + ".", Style: "arabic", Level: 1, Ordinal: i + 1})
				end := len(text)
				if i+1 < len(titles) {
					end = strings.Index(text, titles[i+1])
				}
				r.Sections = append(r.Sections, rules.SectionSpan{Start: at, End: end, Section: requiredSections[i].s})
			}
		}
	}
	titles := func(drop int) []string {
		var out []string
		for i, q := range requiredSections {
			if i < drop {
				out = append(out, fmt.Sprint(i+1)+". "+q.vi)
			}
		}
		return out
	}
	date := func(role rules.Role, printed string, d, m, y int) func(r *normalize.Report, text string) {
		return func(r *normalize.Report, text string) { r.Dates = append(r.Dates, day(text, printed, role, d, m, y)) }
	}
	dated := func(r Report, on string) Report { r.Date = on; return r }
	list := placesOf(t)

	for _, c := range []struct {
		check    string
		yes, no  []Report
		opt      Options
		severity Severity
	}{
		{check: "column-sum", severity: Error,
			yes: []Report{withTotal(with("Lĩnh vực\tSố", "Hộ tịch\t41", "Đất đai\t177", "Tổng\t219"), "41", "177", "219")},
			no:  []Report{withTotal(with("Lĩnh vực\tSố", "Hộ tịch\t41", "Đất đai\t177", "Tổng\t218"), "41", "177", "218")}},
		{check: "column-sum", severity: Error, // groups with their own sums
			yes: []Report{withTotal(with("I\tHộ tịch\t41", "1\tKhai sinh\t30", "2\tKhai tử\t11", "II\tĐất đai\t177", "Tổng\t\t219"), "41", "30", "11", "177", "219")},
			no:  []Report{withTotal(with("I\tHộ tịch\t41", "1\tKhai sinh\t30", "2\tKhai tử\t11", "II\tĐất đai\t177", "Tổng\t\t218"), "41", "30", "11", "177", "218")}},
		{check: "two-values", severity: Error,
			yes: []Report{with("Đã giải quyết [dossiers.resolved=292] hồ sơ.", "", "Đã giải quyết\t[dossiers.resolved=229]")},
			no:  []Report{with("Đã giải quyết [dossiers.resolved=229] hồ sơ.", "", "Đã giải quyết\t[dossiers.resolved=229]")}},
		{check: "two-values", severity: Warning, // two digits swapped inside the text
			yes: []Report{with("Đã giải quyết [dossiers.resolved=292] hồ sơ.", "Kết quả giải quyết [dossiers.resolved=229] hồ sơ.")},
			no:  []Report{with("Đã giải quyết [dossiers.resolved=292] hồ sơ.", "Kết quả giải quyết [dossiers.resolved=281] hồ sơ.")}},
		{check: "several-values", severity: Info,
			yes: []Report{with("Có [egov.computers=22] máy tính.", "Cấp mới [egov.computers=3] máy tính.")},
			no:  []Report{with("Có [egov.computers=22] máy tính.", "Tổng [egov.computers=22] máy tính.")}},
		{check: "percent-over-100", severity: Error,
			yes: []Report{with("Đạt [dossiers.resolved_on_time_rate=104] %.")}, no: []Report{with("Đạt [dossiers.resolved_on_time_rate=100] %.")}},
		{check: "negative", severity: Error,
			yes: []Report{with("Còn [dossiers.in_process=-4] hồ sơ.")}, no: []Report{with("Còn [dossiers.in_process=0] hồ sơ.")}},
		{check: "broken-count", severity: Info,
			yes: []Report{with("Tiếp nhận [dossiers.received=97.94] hồ sơ.")}, no: []Report{with("Tiếp nhận [dossiers.received=97] hồ sơ.")}},
		{check: "not-computable", severity: Warning,
			yes: []Report{with("Kinh phí [finance.autonomy_budget=99999999999999999] đồng.")}, no: []Report{with("Kinh phí [finance.autonomy_budget=1000000000000000] đồng.")}},
		{check: "part-exceeds-whole", severity: Error,
			yes: []Report{changed(with("Có [ecertification.dossiers=2] hồ sơ, trong đó [payment.online_dossiers=28] hồ sơ thanh toán."), nested)},
			no:  []Report{changed(with("Có [ecertification.dossiers=28] hồ sơ, trong đó [payment.online_dossiers=2] hồ sơ thanh toán."), nested)}},
		{check: "claim-below-target", severity: Warning,
			yes: []Report{changed(with("Đạt chỉ tiêu: [online.rate=70] %, chỉ tiêu [online.rate=80] %."), aim)},
			no:  []Report{changed(with("Đạt chỉ tiêu: [online.rate=85] %, chỉ tiêu [online.rate=80] %."), aim)}},
		{check: "stale-figure", severity: Warning,
			yes: []Report{told("Xã Mẫu", "2023-04", 1, "Tiếp nhận [dossiers.received=213] hồ sơ."),
				with("Tổng [dossiers.total=245] hồ sơ: tiếp nhận [dossiers.received=213], chuyển sang [dossiers.carried_over=14].")},
			no: []Report{told("Xã Mẫu", "2023-04", 1, "Tiếp nhận [dossiers.received=219] hồ sơ."),
				with("Tổng [dossiers.total=245] hồ sơ: tiếp nhận [dossiers.received=213], chuyển sang [dossiers.carried_over=14].")}},
		{check: "paragraph-unchanged", severity: Warning,
			yes: []Report{told("Xã Mẫu", "2023-04", 1, "Phát [survey.forms=222] phiếu, thu [survey.forms_returned=217], hài lòng [survey.satisfied=140]."),
				with("Phát [survey.forms=222] phiếu, thu [survey.forms_returned=217], hài lòng [survey.satisfied=140].")},
			no: []Report{told("Xã Mẫu", "2023-04", 1, "Phát [survey.forms=222] phiếu, thu [survey.forms_returned=217], hài lòng [survey.satisfied=140]."),
				with("Phát [survey.forms=231] phiếu, thu [survey.forms_returned=226], hài lòng [survey.satisfied=140].")}},
		{check: "month-left-over", severity: Warning,
			yes: []Report{with("Kết quả trong tháng 4 năm 2023 đã tốt.")}, no: []Report{with("Kết quả trong tháng 5 năm 2023 đã tốt.")}},
		{check: "section-missing", severity: Info,
			yes: []Report{changed(with(titles(8)...), heads(titles(8)...))},
			no:  []Report{changed(with(append(titles(8), "Phương hướng trong tháng tới")...), heads(titles(8)...))}},
		{check: "heading-gap", severity: Warning,
			yes: []Report{changed(with("1. Một", "4. Bốn"), numberedHeads("1. Một", "4. Bốn"))},
			no:  []Report{changed(with("1. Một", "2. Hai"), numberedHeads("1. Một", "2. Hai"))}},
		{check: "heading-repeated", severity: Warning,
			yes: []Report{changed(with("2. Một", "2. Hai"), numberedHeads("2. Một", "2. Hai"))},
			no:  []Report{changed(with("2. Một", "3. Hai"), numberedHeads("2. Một", "3. Hai"))}},
		{check: "heading-order", severity: Warning,
			yes: []Report{changed(with("3. Một", "2. Hai"), numberedHeads("3. Một", "2. Hai"))},
			no:  []Report{changed(with("2. Một", "3. Hai"), numberedHeads("2. Một", "3. Hai"))}},
		{check: "event-year", severity: Warning,
			yes: []Report{changed(with("Ngày 12/4/2013 xã tổ chức hội nghị."), date(rules.RoleEvent, "12/4/2013", 12, 4, 2013))},
			no:  []Report{changed(with("Ngày 12/4/2023 xã tổ chức hội nghị."), date(rules.RoleEvent, "12/4/2023", 12, 4, 2023))}},
		{check: "event-outside-period", severity: Info,
			yes: []Report{windowed(changed(with("Ngày 12/1/2023 xã tổ chức hội nghị."), date(rules.RoleEvent, "12/1/2023", 12, 1, 2023)))},
			no:  []Report{windowed(changed(with("Ngày 12/5/2023 xã tổ chức hội nghị."), date(rules.RoleEvent, "12/5/2023", 12, 5, 2023)))}},
		{check: "report-late", severity: Info,
			yes: []Report{dated(changed(with("Số liệu đến 31/5/2023."), date(rules.RoleWindow, "31/5/2023", 31, 5, 2023)), "2023-07-20")},
			no:  []Report{dated(changed(with("Số liệu đến 31/5/2023."), date(rules.RoleWindow, "31/5/2023", 31, 5, 2023)), "2023-06-05")}},
		{check: "window-not-in-period", severity: Warning,
			yes: []Report{changed(with("Số liệu đến 31/3/2023."), func(r *normalize.Report, text string) {
				date(rules.RoleWindow, "31/3/2023", 31, 3, 2023)(r, text)
				r.From, r.To = "2023-03-01", "2023-03-31"
			})},
			no: []Report{windowed(with("Số liệu tháng 5."))}},
		{check: "number-order", severity: Warning,
			yes: []Report{dated(renumbered(told("Xã Mẫu", "2023-04", 1, "Số: 58/BC-UBND"), "58/BC-UBND"), "2023-05-04"), dated(renumbered(with("Số: 45/BC-UBND"), "45/BC-UBND"), "2023-06-04")},
			no:  []Report{dated(renumbered(told("Xã Mẫu", "2023-04", 1, "Số: 45/BC-UBND"), "45/BC-UBND"), "2023-05-04"), dated(renumbered(with("Số: 58/BC-UBND"), "58/BC-UBND"), "2023-06-04")}},
		{check: "district-abolished", severity: Warning,
			yes: []Report{dated(told("Xã Tứ Kỳ", "2025-09", 1, "ỦY BAN NHÂN DÂN", "HUYỆN TỨ KỲ", "BÁO CÁO", "Tháng 9 năm 2025"), "2025-10-04")},
			no: []Report{dated(told("Xã Tứ Kỳ", "2025-06", 1, "ỦY BAN NHÂN DÂN", "HUYỆN TỨ KỲ", "BÁO CÁO", "Tháng 6 năm 2025"), "2025-06-30"),
				dated(told("Xã Tứ Kỳ", "2025-09", 2, "ỦY BAN NHÂN DÂN", "XÃ TỨ KỲ", "BÁO CÁO", "Sáp nhập từ huyện Tứ Kỳ", "HUYỆN TỨ KỲ (cũ)"), "2025-10-04")}},
		{check: "unit-not-valid", severity: Warning, opt: Options{Places: list},
			yes: []Report{dated(told("Xã Quang Khải", "2025-09", 1, "BÁO CÁO"), "2025-10-04")},
			no:  []Report{dated(told("Xã Quang Khải", "2025-05", 1, "BÁO CÁO"), "2025-06-04")}},
	} {
		t.Run(c.check, func(t *testing.T) {
			told := 0
			for _, f := range s.Check(context.Background(), c.yes, c.opt) {
				if f.Check != c.check {
					continue
				}
				told++
				if f.Severity != c.severity {
					t.Errorf("severity %s, want %s: %s", f.Severity, c.severity, f.Message)
				}
				if len(f.Figures) == 0 {
					t.Errorf("cites nothing: %s", f.Message)
				}
				for _, g := range f.Figures {
					if g.Line == 0 || g.Page == 0 {
						t.Errorf("place not said: %+v", g)
					}
				}
			}
			if told == 0 {
				t.Errorf("not found: %+v", s.Check(context.Background(), c.yes, c.opt))
			}
			for _, f := range s.Check(context.Background(), c.no, c.opt) {
				if f.Check == c.check {
					t.Errorf("must not be found: %s", f.Message)
				}
			}
		})
	}
}

// nested makes the second figure one of the first.
func nested(r *normalize.Report, _ string) { r.Figures[1].Mentions[0].Parent = 0 }

// aim makes the second figure the target of the first.
func aim(r *normalize.Report, text string) {
	r.Figures[1].Span = rules.Target
	r.Figures[0].Mentions[0].Snippet = text
}

// windowed gives a report the data window of May.
func windowed(r Report) Report {
	r.From, r.To = "2023-05-01", "2023-05-31"
	return r
}

func renumbered(r Report, number string) Report {
	r.Number = number
	return r
}

func numberedHeads(titles ...string) func(r *normalize.Report, text string) {
	return func(r *normalize.Report, text string) {
		for _, title := range titles {
			at := strings.Index(text, title)
			r.Headings = append(r.Headings, rules.Heading{Start: at, End: at + len(title), Label: title[:2], Style: "arabic", Level: 1, Ordinal: int(title[0] - '0')})
		}
	}
}

// placesOf is a list of one commune that became part of another in 2025.
func placesOf(t *testing.T) *admin.Table {
	t.Helper()
	return admin.New([]admin.Unit{
		{Code: "11116", Name: "Xã Quang Khải", Level: admin.Commune, Parents: []string{"Huyện Tứ Kỳ", "Tỉnh Hải Dương"}, To: "2025-06-30"},
		{Code: "11117", Name: "Xã Đại Sơn", Level: admin.Commune, Parents: []string{"Thành phố Hải Phòng"}, From: "2025-07-01"},
	}, []admin.Step{{From: 0, To: 1, Kind: admin.Full}})
}

// Every check that is written in Go has a case in one of the tests.
func TestEveryWrittenCheckIsTested(t *testing.T) {
	ids := map[string]bool{}
	sources, tests := "", ""
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		data, err := os.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(e.Name(), "_test.go") {
			tests += string(data)
		} else {
			sources += string(data)
		}
	}
	for _, m := range regexp.MustCompile(`(?:[fF]inding\((?:[a-zA-Z.&\[\]]+, )?|add\(|headingFinding\(h, )"([a-z0-9-]+)"`).FindAllStringSubmatch(sources, -1) {
		ids[m[1]] = true
	}
	if len(ids) < 30 {
		t.Fatalf("only %d checks were seen", len(ids))
	}
	s := defaultSet(t)
	reasons, err := LoadReasons()
	if err != nil {
		t.Fatal(err)
	}
	for id := range ids {
		if !strings.Contains(tests, `"`+id+`"`) && !strings.Contains(tests, `"`+id+" ") {
			t.Errorf("%s has no test", id)
		}
		if s.Demand(id, reasons).VI == "" {
			t.Errorf("%s has no formula", id)
		}
	}
}

// What a finding says of its severity names the number and what is unsure of it.
func TestWhyNoError(t *testing.T) {
	s := defaultSet(t)
	one := func(r Report, check string) Finding {
		t.Helper()
		for _, f := range s.CheckOne(context.Background(), r, Options{}) {
			if f.Check == check {
				return f
			}
		}
		t.Fatalf("%s not found", check)
		return Finding{}
	}
	const staff = "Có [staff.total=20] người: [staff.officials=10] cán bộ, [staff.civil_servants=13] công chức."
	digits := changed(told("Xã Mẫu", "2023-05", 2, staff), func(r *normalize.Report, _ string) {
		m := r.Figures[0].Mentions[0]
		r.Figures[0].Confidence, r.Doubts = 0.6, []document.Doubt{{Start: m.Start, End: m.End, Confidence: 0.62}}
	})
	if f := one(digits, "staff-kinds"); !strings.Contains(f.Message, "số đọc chưa chắc: 20 nhận dạng từ ảnh, độ chắc chắn 62%") || !strings.Contains(f.MessageEN, "20 was recognised in a picture, certainty 62 %") {
		t.Errorf("digits: %s / %s", f.Message, f.MessageEN)
	}
	meaning := changed(told("Xã Mẫu", "2023-05", 2, staff), func(r *normalize.Report, _ string) { r.Figures[0].Confidence = 0.5 })
	if f := one(meaning, "staff-kinds"); !strings.Contains(f.Message, "số đọc chưa chắc: 20 có thể không phải là") || !strings.Contains(f.Message, "độ tin cậy 50%") {
		t.Errorf("meaning: %s", f.Message)
	}
	scope := one(told("Xã Mẫu", "2023-05", 2, "Có [procedures.total=154] thủ tục.", "Cấp xã [procedures.commune=168] thủ tục."), "procedures-part-procedures-commune")
	if scope.Severity != Warning || !strings.Contains(scope.Because, "không cùng một câu") || scope.BecauseEN == "" {
		t.Errorf("%s, because %q / %q", scope.Severity, scope.Because, scope.BecauseEN)
	}
	if plain := one(told("Xã Mẫu", "2023-05", 2, staff), "staff-kinds"); plain.Severity != Error || plain.Because != "" {
		t.Errorf("%s, because %q", plain.Severity, plain.Because)
	}
}

// What may come from reading is said apart from what contradicts.
func TestDoubts(t *testing.T) {
	s := defaultSet(t)
	with := func(lines ...string) Report { return told("Xã Mẫu", "2023-05", 2, lines...) }
	sure := func(c float64) func(r *normalize.Report, _ string) {
		return func(r *normalize.Report, _ string) { r.Figures[0].Confidence = c }
	}
	scanned := func(r *normalize.Report, _ string) {
		m := r.Figures[0].Mentions[0]
		r.Figures[0].Confidence = 0.6
		r.Doubts = []document.Doubt{{Start: m.Start, End: m.End, Confidence: 0.62}}
	}
	const staff = "Có [staff.total=20] người: [staff.officials=10] cán bộ, [staff.civil_servants=13] công chức."
	for _, c := range []struct {
		name     string
		report   Report
		check    string
		severity Severity
		suspect  bool
	}{
		{"plain", with(staff), "staff-kinds", Error, false},
		{"read with little confidence", changed(with(staff), sure(0.4)), "staff-kinds", Warning, true},
		{"somewhat unsure what it means, in one sentence", changed(with(staff), sure(0.75)), "staff-kinds", Error, false},
		{"somewhat unsure, in two places", changed(with("Có [staff.total=20] người.", "Gồm [staff.officials=10] cán bộ, [staff.civil_servants=13] công chức."), sure(0.75)), "staff-kinds", Info, true},
		{"digits of a scan", changed(with(staff), scanned), "staff-kinds", Warning, true},
		{"fits without one kind", with("Có [staff.total=24] người: [staff.edu_master=2] thạc sĩ, [staff.edu_bachelor=22] đại học; lý luận [staff.edu_intermediate=19] trung cấp."), "staff-education", Info, true},
		{"another number beside it fits", with("Giao [staff.total=22] người, có mặt 20.", "Trình độ: [staff.edu_master=2] thạc sĩ, [staff.edu_bachelor=18] đại học."), "staff-education", Info, true},
		{"of the same scope by assumption", with("Có [procedures.total=154] thủ tục.", "Cấp xã [procedures.commune=168] thủ tục."), "procedures-part-procedures-commune", Warning, false},
		{"in one sentence", with("Có [procedures.total=154] thủ tục, cấp xã [procedures.commune=168]."), "procedures-part-procedures-commune", Error, false},
		{"fits another rate", changed(with("Giải quyết [dossiers.resolved=899]: sớm [dossiers.resolved_early=840], đúng [dossiers.resolved_exact=53], trễ [dossiers.resolved_late=6]; đạt [dossiers.resolved_early_rate=99.33] %."),
			func(r *normalize.Report, _ string) { r.Figures[4].Decimals = 2 }), "early-rate", Warning, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := false
			for _, f := range s.CheckOne(context.Background(), c.report, Options{}) {
				if f.Check != c.check {
					continue
				}
				found = true
				if f.Severity != c.severity || c.suspect != (f.Suspect == SuspectExtraction) || c.suspect && !strings.Contains(f.Message, "có thể do đọc sai") {
					t.Errorf("%s, suspect %q: %s", f.Severity, f.Suspect, f.Message)
				}
			}
			if !found {
				t.Error("not found")
			}
		})
	}
}
