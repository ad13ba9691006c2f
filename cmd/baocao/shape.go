// This file decides which columns a table over time has, and fills them.
package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"baocao/cmd/internal/render"
	"baocao/db/trend"
	"baocao/normalize/place"
	"baocao/normalize/vntext"
)

// shape is which columns a table over time has, and the sentences about them.
type shape struct {
	periods          []vntext.Period
	names            []string        // of the periods
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
	for _, p := range s.periods {
		s.names = append(s.names, p.String())
	}
	s.scope(a, lines)
	return s
}

// ofCourse gives the values of the periods that are drawn.
func (s shape) ofCourse(value func(period string) string) []string {
	var out []string
	for i, p := range s.periods {
		if p.Kind != s.course {
			continue
		}
		if value == nil {
			out = append(out, "")
		} else {
			out = append(out, value(s.names[i]))
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
	for _, name := range s.names {
		title := name
		if s.breaks[title] {
			title = "║ " + title
		}
		t.Columns = append(t.Columns, render.Column{Key: "value", Title: title, Right: true, Dim: "period", At: name})
		if s.months[name] {
			t.Columns = append(t.Columns, render.Column{Key: "from_months", Title: a.say("cộng các tháng của ", "from the months of ") + name, Right: true, Width: 18, Dim: "period", At: name})
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
	out := make([]render.Cell, 0, 2*len(s.names)+3)
	percent := l.measure == trend.Percent
	for _, name := range s.names {
		c := r.cells[name]
		out = append(out, changes(a.figure(c, percent), c.Change, c.Percent))
		if s.months[name] {
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
	for _, name := range s.names {
		c := l.total[name]
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
		if s.months[name] {
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
