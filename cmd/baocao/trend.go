// This file holds the commands that compare over time and between communes.
package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
	"baocao/db"
	"baocao/db/trend"
	"baocao/extract/rules"
	"baocao/normalize/place"
	"baocao/normalize/vntext"
)

func (a *app) trendCommand() *cobra.Command {
	var f db.PointFilter
	c := &cobra.Command{
		Annotations: formatsOnly(chartFormats), Use: "trend CHỈ_TIÊU...", Short: "Chỉ tiêu theo đơn vị và tháng, với mức tăng giảm", Args: cobra.MinimumNArgs(1),
		Example: "  baocao trend dossiers.received\n  baocao trend online.rate --unit \"Xã Quang Khải\"",
		RunE: func(cmd *cobra.Command, args []string) error {
			f.Indicators = args
			return a.trend(cmd.Context(), f)
		},
	}
	c.Flags().StringSliceVar(&f.Units, "unit", nil, "chỉ đơn vị này")
	c.Flags().StringSliceVar(&f.Periods, "period", nil, "chỉ kỳ này")
	return c
}

// points loads figures and gives each the measure that decides what may be summed.
func (a *app) points(ctx context.Context, filter db.PointFilter) ([]trend.Point, error) {
	set, err := a.ruleSet()
	if err != nil {
		return nil, err
	}
	for _, id := range filter.Indicators {
		if _, ok := set.Indicator(id); !ok {
			var ids []string
			for _, ind := range rules.Catalogue() {
				ids = append(ids, ind.ID)
			}
			return nil, usage("không có chỉ tiêu %q%s", id, suggestion(id, ids))
		}
	}
	store, err := a.open(ctx, false)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	if filter.Units, err = a.knownUnits(ctx, store, filter.Units); err != nil {
		return nil, err
	}
	if err := a.knownPeriods(ctx, store, filter.Periods); err != nil {
		return nil, err
	}
	stored, err := store.Points(ctx, filter)
	if err != nil {
		return nil, err
	}
	var out []trend.Point
	for _, p := range stored {
		measure := ""
		if ind, ok := set.Indicator(p.Indicator); ok {
			measure = ind.Kind
			if ind.Kind == "count" {
				measure = ind.Period
			}
		}
		out = append(out, trend.Point{Unit: p.Unit, Period: p.Period, Indicator: p.Indicator, Field: p.Field, Span: p.Span, Value: p.Value,
			Measure: measure, Approx: p.Approx, ReportID: p.ReportID, Corrected: p.Corrected})
	}
	return out, nil
}

func suggestion(name string, known []string) string {
	if near := place.Suggest(name, known, 3); len(near) > 0 {
		return "; có phải là: " + strings.Join(near, ", ") + "?"
	}
	return ""
}

// knownUnits replaces names by the labels of the database, or offers the nearest.
func (a *app) knownUnits(ctx context.Context, store *db.DB, asked []string) ([]string, error) {
	if len(asked) == 0 {
		return nil, nil
	}
	units, err := store.Units(ctx)
	if err != nil {
		return nil, err
	}
	var labels, out []string
	for _, u := range units {
		labels = append(labels, u.Label)
	}
	for _, name := range asked {
		found := false
		for _, l := range labels {
			if place.Key(l) == place.Key(name) || strings.HasPrefix(place.Key(l), place.Key(name)+",") {
				out, found = append(out, l), true
			}
		}
		if !found {
			return nil, usage("không có đơn vị %q%s", name, suggestion(name, labels))
		}
	}
	return out, nil
}

func (a *app) knownPeriods(ctx context.Context, store *db.DB, asked []string) error {
	known, err := store.Periods(ctx)
	if err != nil {
		return err
	}
	var names []string
	for _, k := range known {
		names = append(names, k.Name)
	}
	for i, p := range asked {
		if canonical, err := vntext.ParsePeriod(p); err == nil {
			asked[i] = canonical.String()
		}
		if !contains(names, asked[i]) {
			return usage("không có báo cáo nào của kỳ %q%s", p, suggestion(p, names))
		}
	}
	return nil
}

func (a *app) trend(ctx context.Context, filter db.PointFilter) error {
	filter.Spans = []string{"period"}
	filter.Fields = []string{""}
	points, err := a.points(ctx, filter)
	if err != nil {
		return err
	}
	series := trend.Table(points, trend.Options{})
	if len(series.Tables) == 0 {
		a.talk("%s\n", a.say("Chưa có số liệu.", "No figures."))
		a.printed = true // an empty list is a result
	}
	for _, g := range series.Tables {
		if err := a.print(a.grid(g)); err != nil {
			return err
		}
	}
	for _, r := range series.Rejected {
		fmt.Fprintf(a.err, a.say("bỏ qua một số liệu của %s %s: %s\n", "left out a figure of %s %s: %s\n"), r.Point.Unit, r.Point.Period, r.Reason)
	}
	return nil
}

// The marks of figures.
func (a *app) marks() []render.Mark {
	return []render.Mark{
		{Key: "approximate", Symbol: "~", Text: a.say("báo cáo ghi “khoảng”, “gần”, “hơn”", "the report says about, nearly or more than"), Before: true},
		{Key: "corrected", Symbol: "*", Text: a.say("đã được người kiểm tra sửa", "corrected by a reviewer")},
		{Key: "conflict", Text: a.say("≠: các báo cáo của đơn vị trong kỳ này không thống nhất", "≠: the reports of this unit and period do not agree")},
	}
}

// longGap is the number of periods without any figure that a sentence stands for.
const longGap = 3

// gridColumns lists the periods that become columns, and says in sentences
// which long runs without any figure were left out.
// The breaks are the columns before which they were, as a chart needs them.
func (a *app) gridColumns(g trend.Grid) (columns []int, notes []string, breaks map[int]string) {
	breaks = make(map[int]string)
	empty := func(i int) bool {
		for _, r := range g.Rows {
			if !r.Cells[i].Absent() {
				return false
			}
		}
		return true
	}
	for i := 0; i < len(g.Periods); {
		gap := i
		for gap < len(g.Periods) && empty(gap) {
			gap++
		}
		if gap-i >= longGap {
			note := fmt.Sprintf(a.say("từ %s đến %s không có số liệu", "no figures from %s to %s"), g.Periods[i], g.Periods[gap-1])
			notes = append(notes, note)
			breaks[len(columns)] = note
			i = gap
			continue
		}
		columns = append(columns, i)
		i++
	}
	return columns, notes, breaks
}

// figure is the cell of a figure.
func figure(c trend.Cell) render.Cell {
	out := render.Number(c.Value)
	if len(c.Conflict) > 0 {
		out = render.Either(c.Conflict...).Marked("conflict")
	}
	if c.Approx {
		out = out.Marked("approximate")
	}
	if c.Corrected {
		out = out.Marked("corrected")
	}
	return out
}

// changes adds the change against the period before to a figure.
func changes(c render.Cell, change, percent string) render.Cell {
	return c.With("change", render.Number(change).Signed()).With("percent", render.Percent(percent).Signed())
}

// grid makes the table of an indicator: units by periods.
func (a *app) grid(g trend.Grid) render.Table {
	columns, notes, breaks := a.gridColumns(g)
	t := render.Table{Name: "trend", Title: fmt.Sprintf("%s (%s)", a.label(g.Indicator), g.Indicator), Sparse: true, Marks: a.marks(), Notes: notes,
		Fields:  []render.Field{{Key: "indicator", Title: a.say("Chỉ tiêu", "Indicator"), Cell: render.Text(g.Indicator)}},
		Columns: []render.Column{{Key: "unit", Title: a.say("Đơn vị", "Unit"), Width: 24}}}
	for _, i := range columns {
		t.Columns = append(t.Columns, render.Column{Key: "value", Title: g.Periods[i], Right: true, Dim: "period", At: g.Periods[i]})
	}
	t.Chart = &render.Chart{Title: a.label(g.Indicator), Breaks: breaks}
	for i, r := range g.Rows {
		t.Chart.Rows = append(t.Chart.Rows, i)
		row := []render.Cell{render.Text(r.Unit)}
		for _, i := range columns {
			c := r.Cells[i]
			row = append(row, changes(figure(c), c.Change, c.Percent))
		}
		t.Add(row...)
	}
	if g.Total != nil {
		partial := false
		row := []render.Cell{render.Text(a.say("Tổng", "Total"))}
		for _, i := range columns {
			c := g.Total[i]
			cell := render.Number(c.Value)
			if c.Approx {
				cell = cell.Marked("approximate")
			}
			if cell = changes(cell, c.Change, c.Percent); c.Value != "" && c.Units < len(g.Rows) {
				cell = cell.With("units", render.Text(fmt.Sprintf("%d/%d", c.Units, len(g.Rows))))
				partial = true
			}
			row = append(row, cell)
		}
		if partial {
			t.Notes = append(t.Notes, a.say("2/3 ở dòng tổng: tổng của 2 trong 3 đơn vị", "2/3 in the total: the sum of 2 of 3 units"))
		}
		t.AddTotal(row...)
	}
	return t
}

func (a *app) compareCommand() *cobra.Command {
	var f db.PointFilter
	c := &cobra.Command{
		Use: "compare TỪ_KỲ ĐẾN_KỲ", Short: "So sánh hai kỳ", Args: cobra.ExactArgs(2), Example: "  baocao compare 2023-04 2023-05",
		RunE: func(cmd *cobra.Command, args []string) error {
			f.Periods = append([]string(nil), args...)
			f.Spans = []string{"period"}
			points, err := a.points(cmd.Context(), f)
			if err != nil {
				return err
			}
			cmp, err := trend.Compare(points, f.Periods[0], f.Periods[1])
			if err != nil {
				return &exitError{exitUsage, err}
			}
			t := render.Table{Name: "compare", Pinned: 2, Marks: a.marks(), Columns: []render.Column{
				{Key: "unit", Title: a.say("Đơn vị", "Unit"), Width: 18}, {Key: "indicator", Title: a.say("Chỉ tiêu", "Indicator"), Width: 30},
				{Key: "before", Title: f.Periods[0], Right: true}, {Key: "after", Title: f.Periods[1], Right: true},
				{Key: "change", Title: a.say("Tăng/giảm", "Change"), Right: true}, {Key: "percent", Title: "%", Right: true}},
				Empty: a.say("Chưa có số liệu.", "No figures.")}
			for _, r := range cmp.Rows {
				t.Add(render.Text(r.Unit), render.Text(a.figureName(r.Indicator, r.Field, "")), figure(r.Before), figure(r.After),
					render.Number(r.Change).Signed(), render.Percent(r.Percent).Signed())
			}
			return a.print(t)
		},
	}
	c.Flags().StringSliceVar(&f.Units, "unit", nil, "chỉ đơn vị này")
	return c
}
