// This file holds what the comparing commands share: which units, periods and
// indicators are asked for, and the figures of these with what is known of them.
package main

import (
	"cmp"
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
	"baocao/normalize/vntext"
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

// findUnits replaces names as typed by the labels of units. A name may lack its
// type, be abbreviated, or be followed by the units above it ("Xã A, Huyện B").
func (a *app) findUnits(units []db.Unit, asked []string) ([]string, error) {
	var out []string
	for _, name := range asked {
		own, above, _ := strings.Cut(strings.NewReplacer("(", ",", ")", "").Replace(name), ",")
		var found, plain, names []string
		typ, _ := place.Split(own)
		for _, u := range units {
			names = append(names, u.Label)
			same := place.Key(u.Name) == place.Key(own) || typ == "" && place.BareKey(u.Name) == place.BareKey(own)
			if same && under(u.Parents, above) {
				found = append(found, u.Label)
			}
			if _, bare := place.Split(u.Name); (vntext.Plain(u.Name) == vntext.Plain(own) || vntext.Plain(bare) == vntext.Plain(own)) && under(u.Parents, above) {
				plain = append(plain, u.Label)
			}
		}
		if len(found) == 0 && len(plain) == 1 {
			found = plain // typed without accents, and only one can be meant
		}
		switch {
		case len(found) == 0:
			return nil, usage(a.say("không có đơn vị %q%s", "there is no unit %q%s"), name, a.suggestion(name, names))
		case len(found) > 1:
			return nil, usage(a.say("có %d đơn vị tên %q: %s; ghi thêm đơn vị cấp trên, ví dụ --unit %q", "there are %d units %q: %s; add the unit above, such as --unit %q"),
				len(found), name, strings.Join(found, "; "), found[0])
		}
		out = append(out, found[0])
	}
	return out, nil
}

// under says whether every unit named above is among the parents.
func under(parents []string, above string) bool {
	for _, want := range strings.Split(above, ",") {
		if want = strings.TrimSpace(want); want == "" {
			continue
		}
		typ, _ := place.Split(want)
		if !slices.ContainsFunc(parents, func(p string) bool {
			return place.Key(p) == place.Key(want) || typ == "" && place.BareKey(p) == place.BareKey(want)
		}) {
			return false
		}
	}
	return true
}

// findParents checks that there are units under each of the names. Units may be
// nil; they are then asked for where a name is not found at once.
func (a *app) findParents(ctx context.Context, store *db.DB, units []db.Unit, asked []string) ([]string, error) {
	var out []string
	for _, name := range asked {
		found, err := store.Above(ctx, name)
		if err != nil {
			return nil, err
		}
		if found == "" {
			if units == nil {
				if units, err = store.Labels(ctx); err != nil {
					return nil, err
				}
			}
			var names []string
			for _, u := range units {
				names = append(names, u.Parents...)
			}
			slices.Sort(names)
			names = slices.Compact(names)
			i := slices.IndexFunc(names, func(n string) bool { return under([]string{n}, name) })
			if i < 0 {
				return nil, usage(a.say("không có báo cáo nào của đơn vị thuộc %q%s", "no unit under %q has reported%s"), name, a.suggestion(name, names))
			}
			found = names[i]
		}
		out = append(out, found)
	}
	return out, nil
}

// findPeriods reads periods as typed: one, or from..to of one kind. There must be
// a report inside each.
func (a *app) findPeriods(known, asked []string) ([]string, error) {
	var out []string
	for _, text := range asked {
		from, to, isRange := strings.Cut(text, "..")
		p, err := vntext.ParsePeriod(from)
		last := p
		if err == nil && isRange {
			last, err = vntext.ParsePeriod(to)
		}
		if err != nil || isRange && (p.Kind != last.Kind || p.Kind == vntext.Window || p.Compare(last) > 0) {
			return nil, usage(a.say("%q không phải là kỳ báo cáo; ví dụ: 2023-05, 2023-Q2, 2023-H1, 2023-9M, 2023, 2023-04-15/2023-05-14, 2023-01..2023-06%s",
				"%q is no period; some are 2023-05, 2023-Q2, 2023-H1, 2023-9M, 2023, 2023-04-15/2023-05-14, 2023-01..2023-06%s"), text, a.suggestion(text, known))
		}
		var run []string
		for q := last; ; q = q.Prev() {
			run = append(run, q.String())
			if q.Compare(p) <= 0 || len(run) > 1200 {
				break
			}
		}
		slices.Reverse(run)
		if len(inside(known, run)) == 0 {
			near := a.suggestion(p.String(), known)
			if near == "" && len(known) > 0 {
				near = fmt.Sprintf(a.say("; các kỳ có báo cáo: từ %s đến %s", "; there are reports from %s to %s"), known[0], known[len(known)-1])
			}
			return nil, usage(a.say("không có báo cáo nào của kỳ %s%s", "there is no report on %s%s"), text, near)
		}
		out = append(out, run...)
	}
	return out, nil
}

// inside lists the known periods that are one of the asked ones or lie in one.
func inside(known, asked []string) []string {
	var whole []vntext.Period
	for _, name := range asked {
		if p, err := vntext.ParsePeriod(name); err == nil {
			whole = append(whole, p)
		}
	}
	var out []string
	for _, name := range known {
		p, err := vntext.ParsePeriod(name)
		if err == nil && slices.ContainsFunc(whole, func(w vntext.Period) bool { return w.From <= p.From && p.To <= w.To }) {
			out = append(out, name)
		}
	}
	return out
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

// withPredecessors lists the units under the parents asked for and those that
// were merged into one of them.
func (a *app) withPredecessors(f *figures, filter db.PointFilter) []string {
	var out []string
	for _, u := range f.units {
		if slices.ContainsFunc(filter.Parents, func(p string) bool { return slices.Contains(u.Parents, p) }) &&
			(len(filter.Units) == 0 || slices.Contains(filter.Units, u.Label)) {
			out = append(out, u.Label)
		}
	}
	var lineages []trend.Lineage
	for _, l := range f.options.Lineages {
		if slices.Contains(out, l.Unit) {
			lineages = append(lineages, l)
			out = append(out, l.Whole...)
		}
	}
	f.options.Lineages = lineages
	return out
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

// lineages finds in the loaded lists which units of the database were merged
// into which others.
func (a *app) lineages(ctx context.Context, store *db.DB, units []db.Unit) ([]trend.Lineage, error) {
	matches, err := matchUnits(ctx, store, units)
	if err != nil {
		return nil, err
	}
	label := make(map[string]string) // of the unit before the reform, by its id in the lists
	for _, m := range matches {
		if len(m.before) == 1 {
			label[m.before[0].ID()] = m.unit.Label
		}
	}
	var out []trend.Lineage
	for _, m := range matches {
		if len(m.after) != 1 || m.after[0].Former != "" {
			continue
		}
		l := trend.Lineage{Unit: m.unit.Label, From: cmp.Or(m.after[0].From, place.Reform)}
		for _, p := range m.table.Predecessors(m.after[0]) {
			known, reported := label[p.Unit.ID()]
			switch {
			case p.Kind == place.Partial:
				l.Split = append(l.Split, p.Unit.Name)
			case reported:
				l.Whole = append(l.Whole, known)
			default:
				l.Silent = append(l.Silent, p.Unit.Name)
			}
		}
		if len(l.Whole) == 0 || len(l.Whole) == 1 && l.Whole[0] == l.Unit && len(l.Silent)+len(l.Split) == 0 {
			continue // nothing to add, or the same unit as before
		}
		out = append(out, l)
	}
	return out, nil
}

// match is what the lists say of a unit of the database, before the reform of
// 2025 and since.
type match struct {
	unit          db.Unit
	table         *place.Table
	before, after []place.Unit
}

// matchUnits looks units up in the lists that were loaded.
func matchUnits(ctx context.Context, store *db.DB, units []db.Unit) ([]match, error) {
	names := make([]string, 0, len(units))
	for _, u := range units {
		names = append(names, u.Name)
	}
	if len(names) == 0 {
		return nil, nil
	}
	table, err := store.Places(ctx, names)
	if err != nil {
		return nil, err
	}
	out := make([]match, 0, len(units))
	for _, u := range units {
		m := match{unit: u, table: table}
		for _, era := range []struct {
			day  string
			list *[]place.Unit
		}{{"2025-06-30", &m.before}, {place.Reform, &m.after}} {
			found, err := table.Resolve(u.Name, u.Parents, era.day)
			if err != nil && !errors.Is(err, place.ErrUnknown) && !errors.Is(err, place.ErrNotValid) {
				return nil, err
			}
			*era.list = withParents(found, u.Parents)
		}
		out = append(out, m)
	}
	return out, nil
}

// withParents drops candidates of which other units above are known than any
// that the report names.
func withParents(found []place.Unit, parents []string) []place.Unit {
	return slices.DeleteFunc(found, func(u place.Unit) bool {
		if u.Former != "" || len(u.Parents) == 0 {
			return false
		}
		return len(parents) > 0 && !slices.ContainsFunc(parents, func(p string) bool { return under(u.Parents, p) })
	})
}

// knownUnits replaces names by the labels of the database, or offers the nearest.
func (a *app) knownUnits(ctx context.Context, store *db.DB, asked []string) ([]string, error) {
	if len(asked) == 0 {
		return nil, nil
	}
	units, err := store.Labels(ctx)
	if err != nil {
		return nil, err
	}
	return a.findUnits(units, asked)
}

// knownPeriods brings periods into their canonical form; there must be a report
// on each.
func (a *app) knownPeriods(ctx context.Context, store *db.DB, asked []string) error {
	known, err := store.KnownPeriods(ctx)
	if err != nil {
		return err
	}
	for i, p := range asked {
		if canonical, err := vntext.ParsePeriod(p); err == nil {
			asked[i] = canonical.String()
		}
		if !slices.Contains(known, asked[i]) {
			return usage(a.say("không có báo cáo nào của kỳ %q%s", "there is no report on %q%s"), p, a.suggestion(p, known))
		}
	}
	return nil
}
