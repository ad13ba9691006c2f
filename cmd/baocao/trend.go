// This file holds the commands that compare over time and between communes.
package main

import (
	"context"
	"encoding/json"
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
		Use: "trend CHỈ_TIÊU...", Short: "Chỉ tiêu theo đơn vị và tháng, với mức tăng giảm", Args: cobra.MinimumNArgs(1),
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
	if a.format == "json" {
		return json.NewEncoder(a.out).Encode(series)
	}
	if len(series.Tables) == 0 {
		fmt.Fprintln(a.out, a.say("Chưa có số liệu.", "No figures."))
	}
	for _, g := range series.Tables {
		if a.format == "csv" {
			if err := a.print(a.grid(g, 0, len(g.Periods))); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(a.out, "%s (%s)\n", a.label(g.Indicator), g.Indicator)
		for _, part := range stretches(g) {
			if part.empty {
				fmt.Fprintf(a.out, a.say("từ %s đến %s không có số liệu\n", "no figures from %s to %s\n"), g.Periods[part.from], g.Periods[part.to-1])
			} else if err := a.print(a.grid(g, part.from, part.to)); err != nil {
				return err
			}
		}
	}
	for _, r := range series.Rejected {
		fmt.Fprintf(a.err, a.say("bỏ qua một số liệu của %s %s: %s\n", "left out a figure of %s %s: %s\n"), r.Point.Unit, r.Point.Period, r.Reason)
	}
	return nil
}

// stretch is a run of periods that one table shows, or a long run without any
// figure, which a sentence says.
type stretch struct {
	from, to int
	empty    bool
}

// stretches cuts the periods into tables of at most four, which fit 100 columns.
// One or two periods without figures stay columns of "-"; longer gaps do not.
func stretches(g trend.Grid) []stretch {
	empty := func(i int) bool {
		for _, r := range g.Rows {
			if !r.Cells[i].Absent() {
				return false
			}
		}
		return true
	}
	var out []stretch
	for i := 0; i < len(g.Periods); {
		gap := i
		for gap < len(g.Periods) && empty(gap) {
			gap++
		}
		if gap-i > 2 {
			out = append(out, stretch{i, gap, true})
			i = gap
			continue
		}
		end := i
		for end < len(g.Periods) && end-i < 4 {
			if end+2 < len(g.Periods) && empty(end) && empty(end+1) && empty(end+2) {
				break
			}
			end++
		}
		out = append(out, stretch{i, max(end, i+1), false})
		i = max(end, i+1)
	}
	return out
}

func (a *app) grid(g trend.Grid, from, to int) render.Table {
	t := render.Table{Header: []string{a.say("Đơn vị", "Unit")}, Width: map[int]int{0: 24}}
	for i, p := range g.Periods[from:to] {
		t.Header = append(t.Header, p)
		t.Right = append(t.Right, i+1)
	}
	for _, r := range g.Rows {
		reported := false
		for _, c := range r.Cells[from:to] {
			reported = reported || !c.Absent()
		}
		if !reported && len(g.Rows) > 1 {
			continue // nothing of this unit in these periods
		}
		row := []string{r.Unit}
		for _, c := range r.Cells[from:to] {
			text := c.Text()
			if !c.Absent() && len(c.Conflict) == 0 {
				text = a.plain(c.Value)
				if c.Approx {
					text = "~" + text
				}
				if c.Corrected {
					text += "*"
				}
			}
			if c.Change != "" && a.format != "csv" {
				sign := ""
				if !strings.HasPrefix(c.Change, "-") {
					sign = "+"
				}
				text += " (" + sign + a.number(c.Change)
				if c.Percent != "" {
					text += "; " + sign + a.number(c.Percent) + "%"
				}
				text += ")"
			}
			row = append(row, text)
		}
		t.Rows = append(t.Rows, row)
	}
	if g.Total != nil {
		row := []string{a.say("Tổng", "Total")}
		for _, c := range g.Total[from:to] {
			text := a.plain(c.Value)
			if c.Value != "" && c.Units < len(g.Rows) {
				text += fmt.Sprintf(" [%d/%d]", c.Units, len(g.Rows))
			}
			row = append(row, text)
		}
		t.Rows = append(t.Rows, row)
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
			if a.format == "json" {
				return json.NewEncoder(a.out).Encode(cmp)
			}
			t := render.Table{Header: []string{a.say("Đơn vị", "Unit"), a.say("Chỉ tiêu", "Indicator"), f.Periods[0], f.Periods[1], a.say("Tăng/giảm", "Change"), "%"},
				Right: []int{2, 3, 4, 5}, Width: map[int]int{0: 18, 1: 30}}
			for _, r := range cmp.Rows {
				name := a.label(r.Indicator)
				if r.Field != "" {
					name += " [" + r.Field + "]"
				}
				t.Rows = append(t.Rows, []string{r.Unit, name, a.plain(r.Before.Value), a.plain(r.After.Value), a.plain(r.Change), a.plain(r.Percent)})
			}
			return a.print(t)
		},
	}
	c.Flags().StringSliceVar(&f.Units, "unit", nil, "chỉ đơn vị này")
	return c
}
