// This file makes the sections of the page that export writes.
package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"baocao/cmd/internal/render"
	"baocao/db/check"
	"baocao/db/trend"
	"baocao/normalize/vntext"
)

// Most of what a page shows; what is left out is said.
const (
	mostCharts = 60
	mostMovers = 20
	mostItems  = 100
)

// leastMoved is the value below which a change says little: from 1 to 2 is
// twice as many.
const leastMoved = "20"

func (x *exported) page(ctx context.Context) (render.Page, error) {
	findings, err := x.findingSection(ctx)
	if err != nil {
		return render.Page{}, err
	}
	page := render.Page{Title: x.say("Số liệu cải cách hành chính", "Administrative reform figures"), Intro: []string{x.span() + ".", x.source()}}
	page.Sections = append(page.Sections, x.overviewSection(), x.coverageSection())
	for _, id := range chartIndicators() {
		if s, ok := x.courseSection(id); ok {
			page.Sections = append(page.Sections, s)
		}
	}
	if s, ok := x.moversSection(); ok {
		page.Sections = append(page.Sections, s)
	}
	sources := x.sourceSheet()
	page.Sections = append(page.Sections, findings, render.Section{Title: sources.Title, Tables: []render.Table{sources}, Folded: true})
	return page, nil
}

func (x *exported) overviewSection() render.Section {
	figures, unexplained := 0, 0
	for _, r := range x.reports {
		figures, unexplained = figures+r.Figures, unexplained+r.Unexplained
	}
	s := render.Section{Title: x.say("Tổng quan", "Overview"), Intro: x.notes, Cards: []render.Card{
		{Name: x.say("đơn vị", "units"), Cell: render.Count(len(x.coverage.Rows))},
		{Name: x.say("báo cáo", "reports"), Cell: render.Count(len(x.reports))},
		{Name: x.say("số liệu", "figures"), Cell: render.Count(figures)},
		{Name: x.say("số chưa hiểu", "numbers not understood"), Cell: render.Count(unexplained)},
		{Name: x.say("lỗi đang mở", "open errors"), Cell: render.Count(x.count("", check.Error))},
		{Name: x.say("nghi vấn đang mở", "open warnings"), Cell: render.Count(x.count("", check.Warning))},
		{Name: x.say("tệp chưa đọc được", "files not read"), Cell: render.Count(len(x.skipped))},
	}}
	t := x.summarySheet("")
	t.Title, t.Notes = fmt.Sprintf(x.say("Từng đơn vị; số liệu của tháng %s", "Each unit; figures of %s"), x.periods[len(x.periods)-1]), nil
	// Remarks stand with the findings themselves.
	for _, r := range t.Rows {
		for c := range r.Cells {
			r.Cells[c].Note = ""
		}
	}
	s.Tables = []render.Table{t}
	return s
}

// coverageSection is who sent a report for which month.
func (x *exported) coverageSection() render.Section {
	short := []string{x.say("đã nhận", "received"), x.say("có lỗi", "errors"), x.say("trễ", "late"), x.say("thiếu", "missing")}
	states := []render.HeatState{{Name: x.say("đã nhận", "received"), Symbol: "•", Color: "good"}, {Name: x.say("đã nhận, có lỗi đang mở", "received, with open errors"), Symbol: "!", Color: "bad"},
		{Name: fmt.Sprintf(x.say("trễ quá %d ngày", "more than %d days late"), trend.DefaultDue), Symbol: "T", Color: "late"},
		{Name: x.say("thiếu", "missing"), Symbol: "–", Color: "none"}}
	m := render.HeatMap{Title: x.say("Báo cáo tháng đã nhận", "Monthly reports received"), Columns: x.coverage.Periods, States: states}
	t := render.Table{Name: "coverage", Title: m.Title, Columns: []render.Column{{Key: "unit", Title: x.say("Đơn vị", "Unit")}}}
	for _, p := range x.coverage.Periods {
		t.Columns = append(t.Columns, render.Column{Key: "state", Title: p, Dim: "period", At: p})
	}
	for _, r := range x.coverage.Rows {
		row := render.HeatRow{Name: r.Unit}
		cells := []render.Cell{render.Text(r.Unit)}
		for i, p := range x.coverage.Periods {
			state := -1 // the unit did not exist
			switch {
			case len(r.Reports[i]) > 0 && r.InError[i]:
				state = 1
			case len(r.Reports[i]) > 0 && r.Late[i]:
				state = 2
			case len(r.Reports[i]) > 0:
				state = 0
			case slices.Contains(r.Missing, p):
				state = 3
			}
			row.Cells = append(row.Cells, state)
			cell := render.Cell{}
			if state >= 0 {
				cell = render.Text(short[state])
				cell.Tone = states[state].Color
			}
			cells = append(cells, cell)
		}
		m.Rows = append(m.Rows, row)
		t.Add(cells...)
	}
	return render.Section{Title: x.say("Báo cáo đã nhận", "Reports received"), Pictures: []*render.Picture{m.Draw()}, Tables: []render.Table{t}, Folded: true}
}

// courseSection is how one indicator went, unit by unit.
func (x *exported) courseSection(id string) (render.Section, bool) {
	t, ok := x.chartSheet(id)
	if !ok {
		return render.Section{}, false
	}
	s := render.Section{Title: x.label(id), Folded: true}
	all := t
	all.Chart = &render.Chart{Title: x.label(id), Breaks: t.Chart.Breaks}
	for i, r := range t.Rows {
		if r.Kind == render.RowPlain {
			all.Chart.Rows = append(all.Chart.Rows, i)
		}
	}
	if n := len(all.Chart.Rows); n > mostCharts {
		s.Intro = append(s.Intro, fmt.Sprintf(x.say("Vẽ %d trong %d đơn vị; đủ các đơn vị có trong bảng.", "%d of %d units are drawn; all are in the table."), mostCharts, n))
		all.Chart.Rows = all.Chart.Rows[:mostCharts]
	}
	if c := all.LineChart(render.Language(x.lang)); c != nil {
		s.Small = append(x.sumChart(id, t), c.Smalls()...)
	}
	t.Chart, t.Title, t.Notes = nil, x.label(id), nil
	s.Tables = []render.Table{t}
	return s, true
}

// sumChart draws the sum of the units, of the months in which all of them have a
// value: a unit that is missing would look like a fall.
func (x *exported) sumChart(id string, t render.Table) []*render.Picture {
	g := x.grid(id)
	i := slices.IndexFunc(t.Rows, func(r render.Row) bool { return r.Kind == render.RowTotal })
	if g == nil || i < 0 || len(g.Rows) < 2 {
		return nil
	}
	row := render.Row{Kind: render.RowTotal, Cells: slices.Clone(t.Rows[i].Cells)}
	row.Cells[0] = render.Text(x.say("Tổng, các tháng đủ báo cáo", "Sum, complete months"))
	for n, c := range g.Total {
		if c.Units < len(g.Rows) || c.Partial {
			row.Cells[n+1] = render.Cell{}
		}
	}
	sum := render.Table{Columns: t.Columns, Rows: []render.Row{row}, Chart: &render.Chart{Rows: []int{0}, Breaks: t.Chart.Breaks}}
	if c := sum.LineChart(render.Language(x.lang)); c != nil {
		return c.Smalls()
	}
	return nil
}

// moversSection lists the greatest changes of the last month against the one
// before.
func (x *exported) moversSection() (render.Section, bool) {
	last := len(x.periods) - 1
	if last < 1 {
		return render.Section{}, false
	}
	p, err := vntext.ParsePeriod(x.periods[last])
	if err != nil || p.Prev().String() != x.periods[last-1] {
		return render.Section{}, false // the months are not neighbours
	}
	type mover struct {
		g *trend.Grid
		r trend.Row
	}
	var movers []mover
	for _, id := range keyIndicators() {
		g := x.grid(id)
		if g == nil || len(g.Periods) <= last {
			continue
		}
		for _, r := range g.Rows {
			before, after := r.Cells[last-1].Value, r.Cells[last].Value
			if r.Cells[last].Percent != "" && r.Cells[last].Percent != "0.0" && (compareDecimals(before, leastMoved) >= 0 || compareDecimals(after, leastMoved) >= 0) {
				movers = append(movers, mover{g, r})
			}
		}
	}
	size := func(m mover) string { return strings.TrimLeft(m.r.Cells[last].Percent, "+-") }
	slices.SortStableFunc(movers, func(m, n mover) int { return compareDecimals(size(n), size(m)) })
	t := render.Table{Name: "movers", Title: fmt.Sprintf(x.say("Từ %s đến %s", "From %s to %s"), x.periods[last-1], x.periods[last]), Pinned: 2, Marks: x.exportMarks(),
		Columns: []render.Column{{Key: "unit", Title: x.say("Đơn vị", "Unit")}, {Key: "indicator", Title: x.say("Chỉ tiêu", "Indicator")},
			{Key: "before", Title: x.periods[last-1], Right: true}, {Key: "after", Title: x.periods[last], Right: true},
			{Key: "change", Title: x.say("Tăng/giảm", "Change"), Right: true}, {Key: "percent", Title: "%", Right: true}},
		Empty: x.say("Không có thay đổi nào.", "Nothing changed."),
		Notes: []string{fmt.Sprintf(x.say("Không xét khi cả hai số đều dưới %s.", "Left out where both figures are below %s."), leastMoved)}}
	for i, m := range movers {
		if i == mostMovers {
			t.Notes = append(t.Notes, fmt.Sprintf(x.say("Còn %d thay đổi nhỏ hơn: xem baocao compare %s %s.", "%d smaller changes: see baocao compare %s %s."), len(movers)-mostMovers, x.periods[last-1], x.periods[last]))
			break
		}
		c := m.r.Cells[last]
		before, after := x.cell(*m.g, m.r.Unit, last-1, m.r.Cells[last-1]), x.cell(*m.g, m.r.Unit, last, c)
		before.Note, after.Note = "", ""
		t.Add(render.Text(m.r.Unit), render.Text(x.label(m.g.Indicator)), before, after, render.Number(c.Change).Signed(), render.Percent(c.Percent).Signed())
	}
	return render.Section{Title: x.say("Biến động lớn", "Greatest changes"), Tables: []render.Table{t}}, true
}

// findingSection lists the open errors and warnings with the sentences they rest on.
func (x *exported) findingSection(ctx context.Context) (render.Section, error) {
	s := render.Section{Title: x.say("Mâu thuẫn đang mở", "Open findings")}
	src := newSources(x.store)
	hidden, hints := 0, 0
	for _, f := range x.findings {
		if f.Severity == check.Info {
			hints++
			continue
		}
		if len(s.Items) == mostItems {
			hidden++
			continue
		}
		item := render.Item{Title: x.unitPeriod(f.Unit, f.Period) + " (" + f.Short + ")", Badge: x.severityName(f.Severity), Tone: string(f.Severity), Text: []string{x.say(f.Message, f.MessageEN)}}
		quotes, err := src.quotations(ctx, f)
		if err != nil {
			return s, err
		}
		for _, q := range quotes {
			item.Quotes = append(item.Quotes, render.Quote{Text: q.text, Place: x.at(q)})
		}
		s.Items = append(s.Items, item)
	}
	switch {
	case len(s.Items) == 0:
		s.Intro = append(s.Intro, x.say("Không thấy mâu thuẫn.", "Nothing contradicts."))
	case hidden > 0:
		s.Intro = append(s.Intro, fmt.Sprintf(x.say("Còn %d mâu thuẫn không in ở đây: xem baocao check.", "%d more are not shown here: see baocao check."), hidden))
	}
	if hints > 0 {
		s.Intro = append(s.Intro, fmt.Sprintf(x.say("Ngoài ra có %d lưu ý: xem baocao check.", "There are %d hints besides: see baocao check."), hints))
	}
	return s, nil
}
