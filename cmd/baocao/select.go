// This file holds what the comparing commands share: what is asked for, and the
// figures of that with what is known of them.
package main

import (
	"context"
	"errors"
	"fmt"
	"path"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"baocao/db"
	"baocao/db/check"
	"baocao/db/trend"
	"baocao/extract/rules"
	"baocao/normalize/place"
)

// selection is what a comparing command is asked for. The zero value is
// everything that the reports say for a whole unit.
type selection struct {
	units, parents []string
	indicators     []string // ids or patterns such as dossiers.*
	fields         []string // "" is the figure of the whole unit
	separate       bool     // units before a merger stay apart
}

// selectionFlags registers what commands over several periods have.
func (a *app) selectionFlags(c *cobra.Command, s *selection) {
	a.filterFlags(c, s)
	c.Flags().BoolVar(&s.separate, "separate", false, a.say("không cộng các xã trước sáp nhập vào xã mới", "do not add communes before a merger to the new one"))
}

// filterFlags registers the filters that all comparing commands have.
func (a *app) filterFlags(c *cobra.Command, s *selection) {
	f := c.Flags()
	f.StringArrayVar(&s.units, "unit", nil, a.say("chỉ đơn vị này (lặp lại để chọn nhiều)", "only this unit (repeat to choose several)"))
	f.StringArrayVar(&s.parents, "parent", nil, a.say("chỉ các đơn vị thuộc huyện hoặc tỉnh này", "only units under this district or province"))
	f.StringSliceVar(&s.fields, "field", nil, a.say("lĩnh vực, ví dụ land; all: mọi lĩnh vực", "field, such as land; all: every field"))
}

// commandGrowth is how far memory may grow, in per cent of what is in use, before
// it is tidied: a command that answers and ends is quicker with little tidying.
const commandGrowth = 400

// openFilled opens the database and demands that it has reports.
func (a *app) openFilled(ctx context.Context) (*db.DB, []string, error) {
	debug.SetGCPercent(commandGrowth)
	store, err := a.open(ctx, false)
	if err != nil {
		return nil, nil, err
	}
	periods, err := store.KnownPeriods(ctx)
	if err == nil && len(periods) == 0 {
		err = &exitError{exitFailed, fmt.Errorf(a.say("cơ sở dữ liệu %s chưa có báo cáo nào: nhập trước bằng baocao import THƯ_MỤC",
			"there are no reports in %s yet: import some first with baocao import FOLDER"), a.db)}
	}
	if err != nil {
		return nil, nil, errors.Join(err, store.Close())
	}
	return store, periods, nil
}

// catalogue gives the indicators by id.
func (a *app) catalogue() map[string]rules.Indicator {
	if a.indicators == nil {
		a.indicators = make(map[string]rules.Indicator)
		for _, ind := range rules.Catalogue() {
			a.indicators[ind.ID] = ind
		}
	}
	return a.indicators
}

// expand turns patterns into the ids they match; a pattern that matches none is
// a mistake, and the nearest are offered.
func (a *app) expand(patterns []string) ([]string, error) {
	var out, ids []string
	for _, ind := range rules.Catalogue() {
		ids = append(ids, ind.ID)
	}
	for _, p := range patterns {
		found := false
		for _, id := range ids {
			ok, err := path.Match(p, id)
			if err != nil {
				return nil, usage(a.say("mẫu chỉ tiêu %q không hợp lệ; ví dụ đúng: dossiers.*", "%q is no pattern; dossiers.* is one"), p)
			}
			if ok && !slices.Contains(out, id) {
				out = append(out, id)
			}
			found = found || ok
		}
		if !found {
			return nil, usage(a.say("không có chỉ tiêu %q%s", "there is no indicator %q%s"), p, a.suggestion(p, ids))
		}
	}
	return out, nil
}

// suggestion offers the nearest of the known names.
func (a *app) suggestion(name string, known []string) string {
	if near := place.Suggest(name, known, 3); len(near) > 0 {
		return a.say("; có phải là: ", "; did you mean: ") + strings.Join(near, ", ") + "?"
	}
	return ""
}

// figures is what a selection gives.
type figures struct {
	points  []trend.Point
	options trend.Options
	units   []db.Unit
	notes   []string // about units
}

// load reads the figures of a selection; within, if not nil, keeps those of the
// periods that are asked for or lie inside one of them.
func (a *app) load(ctx context.Context, store *db.DB, s selection, known, within []string) (*figures, error) {
	ids, err := a.expand(s.indicators)
	if err != nil {
		return nil, err
	}
	out := &figures{options: trend.Options{Indicators: ids}}
	if out.options.Formulas, err = a.formulas(ids); err != nil {
		return nil, err
	}
	filter := db.PointFilter{Indicators: trend.Needs(ids, out.options.Formulas), Spans: []string{"period"}}
	if within == nil {
		filter.Spans = append(filter.Spans, "ytd") // what tables over time show beside the last period
	}
	if filter.Fields, err = a.findFields(s.fields); err != nil {
		return nil, err
	}
	lists, err := store.PlaceLists(ctx)
	if err != nil {
		return nil, err
	}
	if len(s.units)+len(lists) > 0 {
		if out.units, err = store.Labels(ctx); err != nil {
			return nil, err
		}
	}
	var lineages []trend.Lineage
	if len(lists) > 0 && !s.separate {
		if lineages, err = a.lineages(ctx, store, out.units); err != nil {
			return nil, err
		}
	}
	if filter.Units, err = a.findUnits(out.units, s.units); err != nil {
		return nil, err
	}
	if filter.Parents, err = a.findParents(ctx, store, out.units, s.parents); err != nil {
		return nil, err
	}
	// Who asks for a unit also gets those it was made of.
	for _, l := range lineages {
		asked := slices.Contains(filter.Units, l.Unit) || len(filter.Units) == 0
		if len(filter.Units) > 0 && asked {
			filter.Units = append(filter.Units, l.Whole...)
		}
		if asked && !slices.ContainsFunc(l.Whole, func(u string) bool { return u != l.Unit && slices.Contains(s.units, u) }) {
			out.options.Lineages = append(out.options.Lineages, l)
		}
	}
	if len(filter.Parents) > 0 && len(out.options.Lineages) > 0 {
		filter.Units, filter.Parents = a.withPredecessors(out, filter), nil
	}
	if within != nil {
		filter.Periods = inside(known, within)
	}
	measures := make(map[string]string) // many figures, few indicators
	for id, ind := range a.catalogue() {
		measures[id] = measureOf(ind)
	}
	out.points, err = db.PointsAs(ctx, store, filter, func(p db.Point) trend.Point {
		return trend.Point{Unit: p.Unit, Period: p.Period, Indicator: p.Indicator, Field: p.Field, Span: p.Span, Value: p.Value,
			Measure: measures[p.Indicator], Approx: p.Approx, ReportID: p.ReportID, Corrected: p.Corrected, Printed: p.Printed, InError: p.InError}
	})
	return out, err
}

// findFields gives the fields of figures: that of the whole unit unless others
// are asked for; nil for all.
func (a *app) findFields(asked []string) ([]string, error) {
	if len(asked) == 0 {
		return []string{""}, nil
	}
	if slices.Contains(asked, "all") {
		return nil, nil
	}
	known := check.FieldCodes()
	for _, f := range asked {
		if !slices.Contains(known, f) {
			return nil, usage(a.say("không có lĩnh vực %q%s; các lĩnh vực: %s", "there is no field %q%s; the fields are %s"), f, a.suggestion(f, known), strings.Join(known, ", "))
		}
	}
	return asked, nil
}

// measureOf says what the number of an indicator is, for those who add.
func measureOf(ind rules.Indicator) string {
	switch {
	case ind.Kind == "percent" || ind.Kind == "score" || ind.Kind == "rank":
		return ind.Kind
	case strings.Contains(ind.Unit, "/"):
		return "average" // đồng/người/tháng
	}
	return ind.Period
}

// formulas says how the indicators follow from others where they do.
func (a *app) formulas(ids []string) (map[string]trend.Formula, error) {
	out := map[string]trend.Formula{
		// What is carried over into each month counts once for a quarter.
		"dossiers.total": {Num: []trend.Sum{{"dossiers.received", "dossiers.carried_over"}}},
	}
	catalogue := a.catalogue()
	if !slices.ContainsFunc(ids, func(id string) bool { return catalogue[id].Kind == "percent" }) {
		return out, nil
	}
	set, err := a.edits()
	if err != nil {
		return nil, err
	}
	for _, s := range set.Shares() {
		f := trend.Formula{}
		for _, sum := range s.Of {
			f.Num = append(f.Num, sum)
		}
		for _, sum := range s.Base {
			f.Den = append(f.Den, sum)
		}
		out[s.Rate] = f
	}
	return out, nil
}
