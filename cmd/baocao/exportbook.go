// This file makes the sheets of the workbook that export writes.
package main

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"baocao/cmd/internal/render"
	"baocao/db/check"
	"baocao/db/trend"
)

// book lists the sheets: summary, one for each family of indicators or each
// unit, charts, findings, sources.
func (x *exported) book(by string) []render.Table {
	tables := []render.Table{x.summarySheet(", " + x.periods[len(x.periods)-1])}
	if by == "unit" {
		tables = append(tables, x.unitSheets()...)
	} else {
		tables = append(tables, x.familySheets()...)
	}
	for _, id := range chartIndicators() {
		if t, ok := x.chartSheet(id); ok {
			tables = append(tables, t)
		}
	}
	return append(tables, x.findingSheet(), x.sourceSheet())
}

// summarySheet is one row for each unit: what came in, what is wrong, and the key
// figures of the last month, which the headers name with suffix.
func (x *exported) summarySheet(suffix string) render.Table {
	last := len(x.periods) - 1
	t := render.Table{Name: "summary", Sheet: x.say("Tổng hợp", "Summary"), Title: x.say("Tổng hợp số liệu cải cách hành chính", "Administrative reform figures, summary") + "\n" + x.span(),
		Marks: x.exportMarks(), Columns: []render.Column{{Key: "unit", Title: x.say("Đơn vị", "Unit")},
			{Key: "reports", Title: x.say("Báo cáo tháng", "Monthly reports"), Right: true}, {Key: "missing", Title: x.say("Tháng thiếu", "Months missing"), Right: true},
			{Key: "errors", Title: x.say("Lỗi đang mở", "Open errors"), Right: true}, {Key: "warnings", Title: x.say("Nghi vấn đang mở", "Open warnings"), Right: true}}}
	var grids []*trend.Grid
	for _, id := range keyIndicators() {
		if g := x.grid(id); g != nil {
			grids = append(grids, g)
			t.Columns = append(t.Columns, render.Column{Key: id, Title: x.label(id) + suffix, Right: true})
		}
	}
	for _, r := range x.coverage.Rows {
		count := 0
		for _, ids := range r.Reports {
			if len(ids) > 0 {
				count++
			}
		}
		row := []render.Cell{render.Text(r.Unit), render.Count(count), render.Count(len(r.Missing)), render.Count(x.count(r.Unit, check.Error)), render.Count(x.count(r.Unit, check.Warning))}
		for _, g := range grids {
			cell := render.Cell{}
			if i := slices.IndexFunc(g.Rows, func(q trend.Row) bool { return q.Unit == r.Unit }); i >= 0 && last < len(g.Periods) {
				cell = x.cell(*g, r.Unit, last, g.Rows[i].Cells[last])
			}
			row = append(row, cell)
		}
		t.Add(row...)
	}
	t.Notes = append(t.Notes, x.say("Ô trống: không có số liệu; không bao giờ là số 0.", "An empty cell: no figure; it is never 0."))
	t.Notes = append(t.Notes, x.notes...)
	if n := len(x.skipped); n > 0 {
		t.Notes = append(t.Notes, fmt.Sprintf(x.say("%d tệp chưa đọc được, không có ở đây: xem baocao status --failed.", "%d files could not be read and are not in here: see baocao status --failed."), n))
	}
	t.Notes = append(t.Notes, x.source())
	return t
}

// over makes the columns for the months.
func (x *exported) over(t *render.Table) {
	for _, p := range x.periods {
		t.Columns = append(t.Columns, render.Column{Key: "value", Title: p, Right: true, Dim: "period", At: p})
	}
}

// values fills the columns for the months.
func (x *exported) values(g trend.Grid, r trend.Row) []render.Cell {
	var out []render.Cell
	for i, c := range r.Cells {
		out = append(out, x.cell(g, r.Unit, i, c))
	}
	return out
}

// familySheets has the indicators of a family under each other, each with all its units.
func (x *exported) familySheets() []render.Table {
	var tables []render.Table
	for _, g := range x.grids {
		name := x.familyName(family(g.Indicator))
		i := slices.IndexFunc(tables, func(t render.Table) bool { return t.Sheet == name })
		if i < 0 {
			i = len(tables)
			tables = append(tables, render.Table{Name: family(g.Indicator), Sheet: name, Title: name + "\n" + x.span(), Pinned: 3, Marks: x.exportMarks(),
				Columns: []render.Column{{Key: "indicator", Title: x.say("Chỉ tiêu", "Indicator")}, {Key: "field", Title: x.say("Lĩnh vực", "Field")}, {Key: "unit", Title: x.say("Đơn vị", "Unit")}}})
			x.over(&tables[i])
		}
		for _, r := range g.Rows {
			tables[i].Add(append([]render.Cell{render.Text(x.label(g.Indicator)), render.Text(x.fieldName(g.Field)), render.Text(r.Unit)}, x.values(g, r)...)...)
		}
	}
	return tables
}

// unitSheets has the indicators of a unit under each other, by family.
func (x *exported) unitSheets() []render.Table {
	var tables []render.Table
	for _, c := range x.coverage.Rows {
		t := render.Table{Name: "unit", Sheet: c.Unit, Title: c.Unit + "\n" + x.span(), Pinned: 2, Marks: x.exportMarks(),
			Columns: []render.Column{{Key: "indicator", Title: x.say("Chỉ tiêu", "Indicator")}, {Key: "field", Title: x.say("Lĩnh vực", "Field")}}}
		x.over(&t)
		group := ""
		for _, g := range x.grids {
			for _, r := range g.Rows {
				if r.Unit != c.Unit {
					continue
				}
				if f := family(g.Indicator); f != group {
					group = f
					t.AddGroup(x.familyName(f))
				}
				t.Add(append([]render.Cell{render.Text(x.label(g.Indicator)), render.Text(x.fieldName(g.Field))}, x.values(g, r)...)...)
			}
		}
		tables = append(tables, t)
	}
	return tables
}

// mostLines is how many units one chart of the workbook shows.
const mostLines = 8

// chartSheet is one indicator by unit with a chart of the units with the highest
// values in the last month.
func (x *exported) chartSheet(id string) (render.Table, bool) {
	g := x.grid(id)
	if g == nil || len(x.periods) < 2 {
		return render.Table{}, false
	}
	name := x.label(id)
	t := render.Table{Name: "chart", Sheet: x.say("Biểu đồ ", "Chart ") + name, Title: name + "\n" + x.span(), Marks: x.exportMarks(),
		Columns: []render.Column{{Key: "unit", Title: x.say("Đơn vị", "Unit")}}, Chart: &render.Chart{Title: name, Breaks: x.breaks}}
	x.over(&t)
	for i, r := range g.Rows {
		t.Chart.Rows = append(t.Chart.Rows, i)
		t.Add(append([]render.Cell{render.Text(r.Unit)}, x.values(*g, r)...)...)
	}
	if n := len(t.Chart.Rows); n > mostLines {
		slices.SortStableFunc(t.Chart.Rows, func(i, j int) int { return compareDecimals(lastValue(g.Rows[j]), lastValue(g.Rows[i])) })
		t.Chart.Rows = t.Chart.Rows[:mostLines]
		slices.Sort(t.Chart.Rows)
		t.Notes = append(t.Notes, fmt.Sprintf(x.say("Biểu đồ vẽ %d trong %d đơn vị: những đơn vị có giá trị mới nhất cao nhất.", "The chart shows %d of %d units: those with the highest latest values."), mostLines, n))
	}
	if g.Total != nil {
		row := []render.Cell{render.Text(x.say("Tổng các đơn vị có báo cáo", "Sum of the units that reported"))}
		for _, c := range g.Total {
			cell := render.Number(c.Value)
			if c.Value != "" && (c.Units < len(g.Rows) || c.Partial) {
				cell = cell.Marked("partial").With("units", render.Text(fmt.Sprintf("%d/%d", c.Units, len(g.Rows))))
			}
			row = append(row, cell)
		}
		t.AddTotal(row...)
	}
	return t, true
}

func lastValue(r trend.Row) string {
	for i := len(r.Cells) - 1; i >= 0; i-- {
		if r.Cells[i].Value != "" {
			return r.Cells[i].Value
		}
	}
	return ""
}

// compareDecimals compares plain decimals; what is none comes first.
func compareDecimals(a, b string) int {
	x, okA := new(big.Rat).SetString(a)
	y, okB := new(big.Rat).SetString(b)
	if okA && okB {
		return x.Cmp(y)
	}
	return cmp.Compare(len(a), len(b))
}

// findingSheet lists the open findings.
func (x *exported) findingSheet() render.Table {
	t := x.findingRows(x.findings)
	t.Sheet, t.Title = x.say("Mâu thuẫn", "Findings"), x.say("Mâu thuẫn đang mở", "Open findings")
	t.Pinned, t.Empty = 2, x.say("Không thấy mâu thuẫn.", "Nothing contradicts.")
	return t
}

// sourceSheet lists the reports that the figures come from, and the files that could
// not be read.
func (x *exported) sourceSheet() render.Table {
	t := render.Table{Name: "sources", Sheet: x.say("Nguồn", "Sources"), Title: x.say("Nguồn số liệu", "Sources"), Columns: []render.Column{
		{Key: "unit", Title: x.say("Đơn vị", "Unit")}, {Key: "period", Title: x.say("Kỳ", "Period")}, {Key: "number", Title: x.say("Số hiệu", "Number")}, {Key: "date", Title: x.say("Ngày", "Date")},
		{Key: "figures", Title: x.say("Số liệu", "Figures"), Right: true}, {Key: "unexplained", Title: x.say("Số chưa hiểu", "Not understood"), Right: true},
		{Key: "file", Title: x.say("Tệp", "File")}, {Key: "sha256", Title: "SHA-256"}},
		Notes: []string{x.source(), x.say("Mỗi số liệu lấy nguyên như báo cáo in, trừ số có dấu * là số đã được người kiểm tra sửa; số báo cáo in ghi dưới bảng.", "Every figure is as the report prints it, but those marked * were corrected by a reviewer; what the report prints stands below the table.")}}
	for _, r := range x.reports {
		t.Add(render.Text(r.Unit), render.Text(r.Period), render.Text(r.Number), render.Text(r.Date), render.Count(r.Figures), render.Count(r.Unexplained), render.Text(r.Path), render.Text(r.SHA256))
	}
	for _, f := range x.skipped {
		t.Notes = append(t.Notes, f.Path+": "+x.stateName(f.State))
	}
	return t
}
