// This file finds dates that cannot be: impossible ones, documents older than what
// they carry out, reports older than their data, years that slipped.

package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"baocao/extract/rules"
)

const isoDay = "2006-01-02"

// iso gives the date of a printed day, "" for a month, a date without year or
// an impossible one.
func iso(d *rules.Date) string {
	if d.Day == 0 || d.Year == 0 || d.Impossible {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// vnDay writes an ISO date as Vietnamese text does: 25/5/2023.
func vnDay(iso string) string {
	t, err := time.Parse(isoDay, iso)
	if err != nil {
		return iso
	}
	return t.Format("2/1/2006")
}

// addDays moves an ISO date; "" for anything else.
func addDays(iso string, days int) string {
	t, err := time.Parse(isoDay, iso)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, days).Format(isoDay)
}

func (c *checker) dateFinding(check, rule string, sev Severity, vi, en string, scope string, cited ...Cited) {
	fd := c.finding(check, rule, DateKind, sev)
	fd.Message, fd.MessageEN = vi, en
	fd.Figures = cited
	c.add(fd, scope)
}

// dates checks every date of the current report.
func (c *checker) dates() {
	f := c.cur
	r := f.rep
	c.impossibleDates()
	c.windowDates()
	said := map[int]bool{} // dates already in a finding
	c.referenceDates()
	for i := range r.Dates {
		d := &r.Dates[i]
		if day := iso(d); day != "" && (d.Role == rules.RoleEvent || d.Role == rules.RoleOther) && !f.planSection(d.Start) {
			c.eventBeforeSource(i, day, said)
		}
	}
	for i := range r.Dates {
		d := &r.Dates[i]
		if day := iso(d); day != "" && d.Role == rules.RoleEvent && !said[i] && !f.planSection(d.Start) {
			c.eventInTime(d, day)
		}
	}
	c.dateForm()
}

func (c *checker) impossibleDates() {
	f := c.cur
	for i := range f.rep.Dates {
		d := &f.rep.Dates[i]
		if !d.Impossible {
			continue
		}
		vi, en := "Ngày không có thật: "+d.Text, "Impossible date: "+d.Text
		if d.Month >= 1 && d.Month <= 12 && d.Year > 0 && d.Day > 28 {
			last := time.Date(d.Year, time.Month(d.Month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
			vi += fmt.Sprintf(" (tháng %d chỉ có %d ngày)", d.Month, last)
			en += fmt.Sprintf(" (month %d has %d days)", d.Month, last)
		}
		c.dateFinding("impossible-date", "D3", Error, vi, en, fmt.Sprintf("%s#%d", d.Role, d.Month), f.rep.citeSpan(d.Start, d.End))
	}
}

// citeWindow cites the days of the data window, the title where none is printed.
func (r *Report) citeWindow() []Cited {
	var out []Cited
	for i := range r.Dates {
		d := &r.Dates[i]
		if day := iso(d); d.Role == rules.RoleWindow && len(out) < 2 && (day == r.From || day == r.To) {
			out = append(out, r.citeSpan(d.Start, d.End))
		}
	}
	if out == nil {
		out = []Cited{r.citeTitle()}
	}
	return out
}

// citeIssued cites the report's own date, nothing where it is not printed.
func (r *Report) citeIssued() []Cited {
	for i := range r.Dates {
		if d := &r.Dates[i]; d.Role == rules.RoleIssued && iso(d) == r.Date {
			return []Cited{r.citeSpan(d.Start, d.End)}
		}
	}
	return nil
}

// windowDates compares the data window with itself, the period and the report's
// date. A window that the text does not print is no evidence.
func (c *checker) windowDates() {
	f := c.cur
	r := f.rep
	if r.From != "" && r.To != "" && r.From > r.To {
		c.dateFinding("window-backwards", "D3", Error,
			fmt.Sprintf("Kỳ số liệu bắt đầu %s sau khi kết thúc %s", vnDay(r.From), vnDay(r.To)),
			fmt.Sprintf("The data window begins %s after it ends %s", r.From, r.To), "window", r.citeWindow()...)
	}
	end, at := "", -1
	for i := range r.Dates {
		if d := &r.Dates[i]; d.Role == rules.RoleWindow && iso(d) > end {
			end, at = iso(d), i
		}
	}
	if at < 0 {
		return
	}
	d := &r.Dates[at]
	if r.Date != "" && r.Date < end {
		c.dateFinding("report-before-data", "D2", Error,
			fmt.Sprintf("Báo cáo ký ngày %s trước ngày cuối của số liệu %s", vnDay(r.Date), vnDay(end)),
			fmt.Sprintf("The report is dated %s, before its data end on %s", r.Date, end), "window", append(r.citeIssued(), r.citeSpan(d.Start, d.End))...)
	}
	if r.Date == "" && r.DateMonth != "" && r.DateMonth < end[:len("2006-01")] {
		month := r.DateMonth[5:] + "/" + r.DateMonth[:4]
		c.dateFinding("report-before-data", "D2", Error,
			fmt.Sprintf("Báo cáo đề tháng %s trước ngày cuối của số liệu %s", month, vnDay(end)),
			fmt.Sprintf("The report is dated %s, before its data end on %s", r.DateMonth, end), "window", r.citeSpan(d.Start, d.End))
	}
	if r.Date != "" && r.Date > addDays(end, 31) && f.formal {
		c.dateFinding("report-late", "D8", Info,
			fmt.Sprintf("Báo cáo ký ngày %s, hơn một tháng sau ngày cuối của số liệu %s", vnDay(r.Date), vnDay(end)),
			fmt.Sprintf("The report is dated %s, over a month after its data end on %s", r.Date, end), "window", append(r.citeIssued(), r.citeSpan(d.Start, d.End))...)
	}
	if c.kind == "month" && len(r.Period) == 7 && r.From != "" && r.To != "" && r.From[:7] != r.Period && r.To[:7] != r.Period {
		c.dateFinding("window-not-in-period", "D1", Warning,
			fmt.Sprintf("Kỳ báo cáo %s nhưng số liệu từ %s đến %s", r.Period, vnDay(r.From), vnDay(r.To)),
			fmt.Sprintf("The period is %s but the data run from %s to %s", r.Period, r.From, r.To), "window", append([]Cited{r.citeTitle()}, r.citeWindow()...)...)
	}
}

// referenceDates checks cited documents: the year in the symbol, the order of a
// document and what it carries out, and citing what does not exist yet.
func (c *checker) referenceDates() {
	f := c.cur
	r := f.rep
	for i := range r.References {
		ref := &r.References[i]
		if ref.Date == "" {
			continue
		}
		if y := symbolYear(ref.Number); y != "" && len(ref.Date) >= 4 && y != ref.Date[:4] {
			c.dateFinding("symbol-year", "D7", Error,
				fmt.Sprintf("Số hiệu %s ghi năm %s nhưng văn bản đề ngày %s", ref.Number, y, vnDay(ref.Date)),
				fmt.Sprintf("Number %s says %s but the document is dated %s", ref.Number, y, ref.Date), ref.Number, r.citeSpan(ref.Start, ref.End))
		}
		if j := ref.Implements; j >= 0 && j < len(r.References) && r.References[j].Date != "" && ref.Date < r.References[j].Date {
			src := &r.References[j]
			c.dateFinding("older-than-source", "D6", Error,
				fmt.Sprintf("%s ngày %s được ghi là thực hiện %s ngày %s, văn bản có sau", ref.Number, vnDay(ref.Date), src.Number, vnDay(src.Date)),
				fmt.Sprintf("%s of %s cannot carry out %s of %s, which is later", ref.Number, ref.Date, src.Number, src.Date),
				ref.Number, r.citeSpan(ref.Start, ref.End), r.citeSpan(src.Start, src.End))
		}
		if r.Date != "" && ref.Date > r.Date {
			c.dateFinding("reference-after-report", "D2", Error,
				fmt.Sprintf("Báo cáo ngày %s dẫn %s đề ngày %s (sau báo cáo)", vnDay(r.Date), ref.Number, vnDay(ref.Date)),
				fmt.Sprintf("The report of %s cites %s dated %s, which is later", r.Date, ref.Number, ref.Date), ref.Number, append(r.citeIssued(), r.citeSpan(ref.Start, ref.End))...)
		}
	}
}

// symbolYear gives the year inside a symbol such as 41/2020/QĐ-UBND, "" if none.
func symbolYear(number string) string {
	parts := strings.Split(number, "/")
	if len(parts) < 3 || len(parts[1]) != 4 {
		return ""
	}
	if y, err := strconv.Atoi(parts[1]); err != nil || y < 1945 || y > 2100 {
		return ""
	}
	return parts[1]
}

// eventBeforeSource finds "ngày X ... theo Quyết định số N ngày Y" with X before
// Y. A date that names the document it carries out needs no look at the words.
func (c *checker) eventBeforeSource(i int, day string, said map[int]bool) {
	f := c.cur
	r := f.rep
	d := &r.Dates[i]
	for j := range r.References {
		ref := &r.References[j]
		if ref.Start < d.End || ref.Start > d.End+500 || ref.Date == "" || ref.Date <= day || ref.Start > len(r.Text) {
			continue
		}
		between := strings.ToLower(strings.Join(strings.Fields(r.Text[d.End:ref.Start]), " "))
		if sentenceEnds(between) || d.Reference != j && !carriesOut(between) {
			continue
		}
		said[i] = true
		c.dateFinding("older-than-source", "D6", Error,
			fmt.Sprintf("Việc đề ngày %s được ghi là thực hiện %s ngày %s, văn bản có sau", vnDay(day), ref.Number, vnDay(ref.Date)),
			fmt.Sprintf("What is dated %s cannot carry out %s of %s, which is later", day, ref.Number, ref.Date),
			ref.Number, r.citeSpan(d.Start, d.End), r.citeSpan(ref.Start, ref.End))
		return
	}
}

// sentenceEnds says whether a sentence ends inside a folded stretch of text.
func sentenceEnds(s string) bool {
	if strings.Contains(s, ";") {
		return true
	}
	for i := 0; i+1 < len(s); i++ {
		if s[i] == '.' && s[i+1] == ' ' {
			return true
		}
	}
	return false
}

// carriesOut says whether the words before a reference make it the reason for
// what was said before.
func carriesOut(between string) bool {
	for _, w := range [...]string{"theo", "thực hiện", "căn cứ", "triển khai"} {
		if i := strings.LastIndex(between, w); i >= 0 && !slices.ContainsFunc([]string{"thay thế", "bãi bỏ", "trước khi"}, func(no string) bool { return strings.Contains(between[i:], no) }) {
			return true
		}
	}
	return false
}

// eventInTime compares what is said to be done with the report's date and period.
func (c *checker) eventInTime(d *rules.Date, day string) {
	f := c.cur
	r := f.rep
	if d.Start > len(r.Text) {
		return
	}
	said := strings.ToLower(clause(r.Text, d.Start, d.End))
	before := strings.ToLower(strings.TrimSpace(r.Text[max(0, d.Start-24):d.Start]))
	before = strings.TrimSpace(strings.TrimSuffix(before, "ngày"))
	for _, w := range [...]string{"từ", "đến", "hết", "trước", "sau"} {
		if strings.HasSuffix(before, w) {
			return // the end of a stretch of time, not an event
		}
	}
	for _, w := range [...]string{"hiệu lực", "trước ngày", "chậm nhất", "dự kiến", "đến ngày", "kể từ", "từ ngày", "hạn", "giai đoạn"} {
		if strings.Contains(said, w) {
			return
		}
	}
	if r.Date != "" && day > r.Date && strings.Contains(said, "đã") {
		c.dateFinding("event-after-report", "D2", Warning,
			fmt.Sprintf("Việc nói là đã làm ngày %s, sau ngày ký báo cáo %s", vnDay(day), vnDay(r.Date)),
			fmt.Sprintf("Said to be done on %s, after the report's date %s", day, r.Date), day, append(r.citeIssued(), r.citeSpan(d.Start, d.End))...)
		return
	}
	year := 0
	if len(r.Period) >= 4 {
		year, _ = strconv.Atoi(r.Period[:4])
	}
	if year > 0 && (d.Year < year-1 || d.Year > year+1) {
		c.dateFinding("event-year", "D7", Warning,
			fmt.Sprintf("Việc đề ngày %s trong báo cáo năm %d", vnDay(day), year),
			fmt.Sprintf("An event of %s in a report of %d", day, year), day, r.citeSpan(d.Start, d.End))
		return
	}
	if r.From != "" && r.To != "" && (day < addDays(r.From, -31) || day > addDays(r.To, 31)) {
		c.dateFinding("event-outside-period", "D5", Info,
			fmt.Sprintf("Việc đề ngày %s nằm ngoài kỳ số liệu từ %s đến %s", vnDay(day), vnDay(r.From), vnDay(r.To)),
			fmt.Sprintf("An event of %s lies outside the data window %s to %s", day, r.From, r.To), day, r.citeSpan(d.Start, d.End))
	}
}

// dateForm checks the report's own date against Decree 30/2020, Appendix I: days
// below 10 and months 1 and 2 carry a zero.
func (c *checker) dateForm() {
	f := c.cur
	if !f.formal {
		return
	}
	for i := range f.rep.Dates {
		d := &f.rep.Dates[i]
		if d.Role != rules.RoleIssued {
			continue
		}
		words := strings.Fields(strings.ToLower(d.Text))
		for j := 0; j+1 < len(words); j++ {
			n := words[j+1]
			if len(n) == 1 && (words[j] == "ngày" && n[0] >= '1' && n[0] <= '9' || words[j] == "tháng" && (n == "1" || n == "2")) {
				c.dateFinding("date-form", "D9", Info, "Ngày ban hành viết thiếu số 0 ở trước (Nghị định 30/2020): "+d.Text,
					"The date lacks a leading zero (Decree 30/2020): "+d.Text, "form", f.rep.citeSpan(d.Start, d.End))
				break
			}
		}
	}
}
