// This file lays periods of all kinds out on one time line.
package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"baocao/cmd/internal/render"
	"baocao/db"
	"baocao/db/trend"
	"baocao/normalize/place"
	"baocao/normalize/vntext"
)

// timeline is one indicator over units and periods of all kinds.
type timeline struct {
	indicator, field, measure string
	periods                   []vntext.Period // as they end; of those that end together the shorter first
	rows                      []timeRow
	total                     map[string]trend.TotalCell // nil where values must not be added
}

// timeRow is one unit of a timeline.
type timeRow struct {
	unit             string
	cells            map[string]trend.Cell // by period
	lastYear, toDate trend.Cell
	lineage          *trend.Lineage
}

// timelines puts the tables for the kinds of periods of one indicator together.
// Of figures that are not of the reports' own period nothing is shown.
func timelines(s trend.Series) []timeline {
	var out []timeline
	for _, g := range s.Tables {
		if g.Span != "period" {
			continue
		}
		n := len(out)
		if n == 0 || out[n-1].indicator != g.Indicator || out[n-1].field != g.Field {
			out = append(out, timeline{indicator: g.Indicator, field: g.Field, measure: g.Measure})
			n++
		}
		out[n-1].take(g)
	}
	for i := range out {
		slices.SortFunc(out[i].periods, func(a, b vntext.Period) int { return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(b.From, a.From)) })
	}
	return out
}

func (l *timeline) take(g trend.Grid) {
	for i, name := range g.Periods {
		p, err := vntext.ParsePeriod(name)
		if err != nil {
			continue // the table was made of periods that could be read
		}
		l.periods = append(l.periods, p)
		if g.Total != nil {
			if l.total == nil {
				l.total = make(map[string]trend.TotalCell)
			}
			l.total[name] = g.Total[i]
		}
	}
	for _, r := range g.Rows {
		i := slices.IndexFunc(l.rows, func(t timeRow) bool { return t.unit == r.Unit })
		if i < 0 {
			i = len(l.rows)
			l.rows = append(l.rows, timeRow{unit: r.Unit, cells: make(map[string]trend.Cell, len(g.Periods)), lastYear: r.LastYear, toDate: r.ToDate})
		}
		if r.Lineage != nil {
			l.rows[i].lineage = r.Lineage
		}
		for j, name := range g.Periods {
			l.rows[i].cells[name] = r.Cells[j]
		}
	}
}

// shape is which columns a table over time has, and the sentences about them.
type shape struct {
	periods          []vntext.Period
	months           map[string]bool // periods with a column of what their months give
	lastYear, toDate bool
	breaks           map[string]bool   // periods that begin after a merger
	gaps             map[int]string    // what lies before a period, by its place
	course           vntext.PeriodKind // of the periods that the small drawing shows; 0 for none
	notes            []string
}

// longGap is the number of periods without any figure that a sentence stands for.
const longGap = 3

// shape finds the columns that the lines need: at most last periods with
// figures, without long runs of periods that have none.
func (a *app) shape(lines []timeline, last int) shape {
	s := shape{months: make(map[string]bool), breaks: make(map[string]bool), gaps: make(map[int]string)}
	filled := make(map[string]bool)
	var all []vntext.Period
	for _, l := range lines {
		all = append(all, l.periods...)
		for _, r := range l.rows {
			s.lastYear = s.lastYear || !r.lastYear.Absent()
			s.toDate = s.toDate || !r.toDate.Absent()
			for name, c := range r.cells {
				filled[name] = filled[name] || !c.Absent()
				s.months[name] = s.months[name] || c.Months != ""
			}
		}
	}
	slices.SortFunc(all, func(a, b vntext.Period) int { return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(b.From, a.From)) })
	all = slices.Compact(all)
	with := 0
	for i := len(all) - 1; i >= 0; i-- {
		if filled[all[i].String()] {
			if with++; last > 0 && with > last {
				s.notes = append(s.notes, fmt.Sprintf(a.say("Còn số liệu từ %s đến %s không in ở đây: thêm --last 0.", "There are figures from %s to %s that are not shown: add --last 0."), a.first(all, filled), all[i]))
				all = all[i+1:]
				break
			}
		}
	}
	for i := 0; i < len(all); {
		gap := i
		for gap < len(all) && !filled[all[gap].String()] {
			gap++
		}
		if gap-i >= longGap {
			note := fmt.Sprintf(a.say("Từ %s đến %s không có số liệu.", "There are no figures from %s to %s."), all[i], all[gap-1])
			s.notes = append(s.notes, note)
			s.gaps[len(s.periods)] = note
			i = gap
			continue
		}
		s.periods = append(s.periods, all[i])
		i++
	}
	if n := len(s.periods); n == 0 || s.periods[n-1].Kind != vntext.Month && s.periods[n-1].Kind != vntext.Quarter {
		s.toDate = false // the period is the year already, or none
	}
	for _, p := range s.periods {
		s.course = cmp.Or(s.course, p.Kind)
		s.course = min(s.course, p.Kind)
	}
	if n := len(s.ofCourse(nil)); n < 3 {
		s.course = 0
	}
	s.scope(a, lines)
	return s
}

// ofCourse gives the values of the periods that are drawn.
func (s shape) ofCourse(value func(period string) string) []string {
	var out []string
	for _, p := range s.periods {
		if p.Kind != s.course {
			continue
		}
		if value == nil {
			out = append(out, "")
		} else {
			out = append(out, value(p.String()))
		}
	}
	return out
}

func (a *app) first(all []vntext.Period, filled map[string]bool) vntext.Period {
	return all[slices.IndexFunc(all, func(p vntext.Period) bool { return filled[p.String()] })]
}

// scope marks the mergers among the columns and says what they mean.
func (s *shape) scope(a *app, lines []timeline) {
	said := make(map[string]bool)
	for _, l := range lines {
		for _, r := range l.rows {
			if r.lineage == nil || said[r.unit] {
				continue
			}
			said[r.unit] = true
			s.notes = append(s.notes, a.lineageNote(*r.lineage))
			for i := 1; i < len(s.periods); i++ {
				if s.periods[i-1].To < r.lineage.From && s.periods[i].From >= r.lineage.From {
					s.breaks[s.periods[i].String()] = true
				}
			}
		}
	}
	if n := len(s.periods); n > 0 && s.periods[0].From < place.Reform && s.periods[n-1].To >= place.Reform {
		s.notes = append(s.notes, a.say("Từ 1/7/2025 không còn cấp huyện và xã nhận thêm nhiệm vụ: số liệu trước và sau ngày này không cùng phạm vi.",
			"On 1/7/2025 the districts were abolished and communes took over tasks: figures before and since are not of one scope."))
	}
}

// lineageNote says which units stand behind the values before a merger.
func (a *app) lineageNote(l trend.Lineage) string {
	text := fmt.Sprintf(a.say("†, ║: trước ngày %s, %s là tổng của %s (nhập toàn bộ).", "†, ║: before %s, %s is the sum of %s (merged whole)."),
		day(l.From), l.Unit, strings.Join(l.Whole, ", "))
	if len(l.Silent) > 0 {
		text += fmt.Sprintf(a.say(" Cũng nhập vào nhưng không có báo cáo: %s.", " Merged too, but without reports: %s."), strings.Join(l.Silent, ", "))
	}
	if len(l.Split) > 0 {
		text += fmt.Sprintf(a.say(" Nhập một phần nên không cộng: %s.", " Merged in part and therefore not added: %s."), strings.Join(l.Split, ", "))
	}
	return text
}

// day writes an ISO date as reports do.
func day(iso string) string {
	if len(iso) != len("2006-01-02") {
		return iso
	}
	return strings.TrimPrefix(iso[8:], "0") + "/" + strings.TrimPrefix(iso[5:7], "0") + "/" + iso[:4]
}

// chart draws the rows over the periods; nil where these are of several kinds,
// which no one line can join.
func (s shape) chart(title string) *render.Chart {
	c := &render.Chart{Title: title, Breaks: make(map[int]string)}
	for i, p := range s.periods {
		if p.Kind != s.periods[0].Kind || s.months[p.String()] {
			return nil
		}
		if s.gaps[i] != "" {
			c.Breaks[i] = s.gaps[i]
		}
		if s.breaks[p.String()] {
			c.Breaks[i] = strings.TrimSpace(c.Breaks[i] + " ║ " + day(place.Reform))
		}
	}
	return c
}

// columns adds the columns of a table over time.
func (s shape) columns(a *app, t *render.Table) {
	for _, p := range s.periods {
		title := p.String()
		if s.breaks[title] {
			title = "║ " + title
		}
		t.Columns = append(t.Columns, render.Column{Key: "value", Title: title, Right: true, Dim: "period", At: p.String()})
		if s.months[p.String()] {
			t.Columns = append(t.Columns, render.Column{Key: "from_months", Title: a.say("cộng các tháng của ", "from the months of ") + p.String(), Right: true, Width: 18, Dim: "period", At: p.String()})
		}
	}
	if s.lastYear {
		t.Columns = append(t.Columns, render.Column{Key: "last_year", Title: a.say("Cùng kỳ năm trước", "Year before"), Right: true, Width: 10})
	}
	if s.toDate {
		t.Columns = append(t.Columns, render.Column{Key: "year_to_date", Title: a.say("Lũy kế từ đầu năm", "Year to date"), Right: true, Width: 10})
	}
	if s.course != 0 {
		t.Columns = append(t.Columns, render.Column{Key: "spark", Title: a.say("Diễn biến", "Course")})
	}
}

// cells fills the columns for one unit.
func (s shape) cells(a *app, r timeRow, l timeline) []render.Cell {
	var out []render.Cell
	percent := l.measure == trend.Percent
	for _, p := range s.periods {
		c := r.cells[p.String()]
		out = append(out, changes(a.figure(c, percent), c.Change, c.Percent))
		if s.months[p.String()] {
			out = append(out, a.figure(trend.Cell{Value: c.Months, Basis: trend.Printed}, percent))
		}
	}
	if s.lastYear {
		out = append(out, a.figure(r.lastYear, percent))
	}
	if s.toDate {
		out = append(out, a.figure(r.toDate, percent))
	}
	if s.course != 0 {
		out = append(out, render.Text(trend.Spark(s.ofCourse(func(p string) string { return r.cells[p].Value }))))
	}
	return out
}

// totals fills the columns with sums over the units.
func (s shape) totals(a *app, t *render.Table, l timeline) []render.Cell {
	var out []render.Cell
	partial := false
	for _, p := range s.periods {
		c := l.total[p.String()]
		cell := render.Number(c.Value)
		if c.Approx {
			cell = cell.Marked("approximate")
		}
		if c.Partial {
			cell = cell.Marked("partial")
		}
		if c.InError {
			cell = cell.Marked("open_error")
		}
		if c.Corrected {
			cell = cell.Marked("corrected")
		}
		if cell = changes(cell, c.Change, c.Percent); c.Value != "" && c.Units < len(l.rows) {
			cell = cell.With("units", render.Text(fmt.Sprintf("%d/%d", c.Units, len(l.rows))))
			partial = true
		}
		out = append(out, cell)
		if s.months[p.String()] {
			out = append(out, render.Cell{})
		}
	}
	if partial {
		t.Notes = append(t.Notes, a.say("2/3 ở dòng tổng: tổng của 2 trong 3 đơn vị.", "2/3 in the total: the sum of 2 of 3 units."))
	}
	if s.lastYear {
		out = append(out, render.Cell{})
	}
	if s.toDate {
		out = append(out, render.Cell{})
	}
	if s.course != 0 {
		out = append(out, render.Text(trend.Spark(s.ofCourse(func(p string) string { return l.total[p].Value }))))
	}
	return out
}

// marks are the signs at figures.
func (a *app) marks() []render.Mark {
	return []render.Mark{
		{Key: "approximate", Symbol: "~", Text: a.say("báo cáo ghi “khoảng”, “gần”, “hơn”", "the report says about, nearly or more than"), Before: true},
		{Key: "made", Symbol: "Σ", Text: a.say("tính từ các kỳ ngắn hơn: số phát sinh cộng lại, số tồn lấy ở đầu hoặc cuối kỳ, tỷ lệ tính lại từ tử số và mẫu số",
			"made of shorter periods: flows added, stocks taken at the start or end, rates computed again from their figures"), Before: true},
		{Key: "joined", Symbol: "†", Text: a.say("của các xã trước khi sáp nhập", "of the communes before they were merged")},
		{Key: "partial", Symbol: "°", Text: a.say("mới có một phần: 2/3 là 2 trong 3 kỳ hoặc đơn vị", "only a part: 2/3 is 2 of 3 periods or units")},
		{Key: "open_error", Symbol: "!", Text: a.say("có lỗi chưa xử lý, xem baocao check", "an unsettled error rests on it, see baocao check")},
		{Key: "corrected", Symbol: "*", Text: a.say("đã được người kiểm tra sửa", "corrected by a reviewer")},
		{Key: "conflict", Text: a.say("≠: đơn vị ghi các số khác nhau cho cùng một kỳ, không lấy số nào", "≠: the unit gives different values for one period; none is taken")},
	}
}

// figure is the cell of a figure.
func (a *app) figure(c trend.Cell, percent bool) render.Cell {
	out := render.Number(c.Value)
	if percent {
		out = render.Percent(c.Value)
	}
	if len(c.Conflict) > 0 {
		unit := out.Unit
		out = render.Either(c.Conflict...).Marked("conflict")
		out.Unit = unit
	}
	for _, m := range []struct {
		key string
		set bool
	}{
		{"approximate", c.Approx}, {"made", c.Basis == trend.Summed || c.Basis == trend.Opening || c.Basis == trend.Closing || c.Basis == trend.Recomputed},
		{"joined", c.Basis == trend.Joined}, {"partial", len(c.Lacks) > 0}, {"open_error", c.InError}, {"corrected", len(c.Corrections) > 0},
	} {
		if m.set {
			out = out.Marked(m.key)
		}
	}
	for _, n := range c.Corrections {
		out = out.Footnoted(a.correctionNote(n))
	}
	if len(c.Lacks) > 0 {
		out = out.With("parts", render.Text(fmt.Sprintf("%d/%d", len(c.Of)-len(c.Lacks), len(c.Of))))
	}
	return out
}

// correctionNote says what a report prints where a reviewer corrected it.
func (a *app) correctionNote(n trend.Correction) string {
	percent := ""
	if a.catalogue()[n.Indicator].Kind == "percent" {
		percent = "%"
	}
	return fmt.Sprintf(a.say("* %s, %s, %s: trong báo cáo in %s, sửa thành %s.", "* %s, %s, %s: the report prints %s, corrected to %s."),
		n.Unit, n.Period, lowerFirst(a.figureName(n.Indicator, n.Field, "")), a.number(n.Printed)+percent, a.number(n.Value)+percent)
}

// changes adds the change against the period before to a figure.
func changes(c render.Cell, change, percent string) render.Cell {
	c.Aside = append(slices.Clip(c.Aside), render.Aside{Key: "change", Cell: render.Number(change).Signed()}, render.Aside{Key: "percent", Cell: render.Percent(percent).Signed()})
	return c
}

// seamUnits is the number of units above which such places are listed only where
// they are asked for.
const seamUnits = 50

// shownSeams is how many places where windows do not fit are listed.
const shownSeams = 5

// seamNotes says where the data of reports that follow each other leave days out
// or cover days twice.
func (a *app) seamNotes(ctx context.Context, store *db.DB, units []string) ([]string, error) {
	if len(units) > seamUnits {
		return nil, nil // a list for a whole province is that of baocao coverage
	}
	received, err := store.Received(ctx, db.Filter{Units: units})
	if err != nil {
		return nil, err
	}
	return a.seamLines(reportsOf(received), shownSeams), nil
}

func reportsOf(received []db.Received) []trend.Report {
	out := make([]trend.Report, len(received))
	for i, r := range received {
		out[i] = trend.Report{ID: r.ID, Unit: r.Unit, Period: r.Period, From: r.From, To: r.To, Date: r.Date, InError: r.InError}
	}
	return out
}

func (a *app) seamLines(reports []trend.Report, most int) []string {
	var out []string
	seams := trend.Seams(reports)
	for i, s := range seams {
		if i == most {
			out = append(out, fmt.Sprintf(a.say("Còn %d chỗ kỳ số liệu hở hoặc chồng: xem baocao coverage --windows.", "%d more gaps and overlaps: see baocao coverage --windows."), len(seams)-most))
			break
		}
		days := day(s.From)
		if s.To != s.From {
			days += " - " + day(s.To)
		}
		text := a.say("%s: ngày %s không thuộc báo cáo nào (giữa %s và %s).", "%s: no report covers %s (between %s and %s).")
		if s.Kind == trend.Overlap {
			text = a.say("%s: ngày %s thuộc cả hai báo cáo %s và %s.", "%s: %s is in both reports, %s and %s.")
		}
		out = append(out, fmt.Sprintf(text, s.Unit, days, s.Before, s.After))
	}
	return out
}
