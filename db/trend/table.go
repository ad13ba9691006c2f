// This file makes tables of units by periods.

package trend

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"baocao/normalize/vntext"
)

// gridKey is what one table is about.
type gridKey struct {
	indicator, field, span string
	kind                   vntext.PeriodKind
}

// compareKeys orders series for output.
func compareKeys(a, b gridKey) int {
	return cmp.Or(
		cmp.Compare(a.indicator, b.indicator), cmp.Compare(a.field, b.field),
		compareSpans(a.span, b.span), cmp.Compare(a.kind, b.kind))
}

// compareSpans puts the report's own period first and comparisons last.
func compareSpans(a, b string) int {
	order := func(s string) int { return slices.Index([]string{"target", "previous", "ytd", "", "period"}, s) }
	return cmp.Or(cmp.Compare(order(b), order(a)), cmp.Compare(a, b))
}

// placed is a point whose period was read. Many points share a period, and all are
// those that were given, as there may be very many.
type placed struct {
	*Point
	period *vntext.Period
}

// Table puts points into one table for each indicator, field, span and kind of
// period.
func Table(points []Point, opts Options) Series {
	used, rejected := usable(points, opts)
	b := newBook(used, opts)
	shown := used
	if len(opts.Indicators) > 0 {
		shown = slices.DeleteFunc(slices.Clone(used), func(p placed) bool { return !slices.Contains(opts.Indicators, p.Indicator) })
	}
	columns, bad := columnsOf(shown, opts)
	units := make(map[gridKey][]string)
	for _, p := range shown {
		kinds := []vntext.PeriodKind{p.period.Kind}
		switch {
		case opts.By != 0:
			kinds[0] = opts.By
		case len(opts.Periods) > 0:
			kinds = slices.Sorted(maps.Keys(columns)) // a quarter asked for may be made of months
		}
		for _, kind := range kinds {
			k := gridKey{p.Indicator, p.Field, p.Span, kind}
			if list := units[k]; len(list) == 0 || list[len(list)-1] != p.Unit {
				units[k] = append(list, p.Unit)
			}
		}
	}
	keys := make([]gridKey, 0, len(units))
	for k := range units {
		if len(columns[k.kind]) > 0 {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, compareKeys)
	series := Series{Rejected: slices.Concat(rejected, bad)}
	for _, k := range keys {
		if g := b.grid(k, b.rows(units[k], opts), columns[k.kind]); len(g.Rows) > 0 {
			series.Tables = append(series.Tables, g)
		}
	}
	return series
}

// rows lists the units that get a row, in Vietnamese order.
func (b *book) rows(units []string, opts Options) []string {
	units = b.members(units, opts)
	sortUnits(units)
	return units
}

// members lists each unit that gets a row once: those that reported and those
// that the merged ones became, without the merged ones.
func (b *book) members(units []string, opts Options) []string {
	there, merged := make(map[string]bool), make(map[string]bool)
	if len(opts.Lineages) > 0 {
		for _, u := range units {
			there[u] = true
		}
	}
	for _, l := range opts.Lineages {
		for _, u := range l.Whole {
			if there[u] {
				merged[u] = u != l.Unit // a unit may have kept its name
				units = append(units[:len(units):len(units)], l.Unit)
			}
		}
	}
	out := make([]string, 0, len(units))
	taken := make(map[string]bool, len(units))
	for _, u := range units {
		if !taken[u] && !merged[u] {
			taken[u] = true
			out = append(out, u)
		}
	}
	return out
}

// usable drops the points the options leave out and hands back those that
// cannot be used.
func usable(points []Point, opts Options) ([]placed, []Rejected) {
	good := make([]placed, 0, len(points))
	var rejected []Rejected
	needed := Needs(opts.Indicators, opts.Formulas)
	periods := make(map[string]*vntext.Period) // many points, few periods
	for i := range points {
		p := &points[i]
		if len(opts.Units) > 0 && !slices.Contains(opts.Units, p.Unit) ||
			len(opts.Indicators) > 0 && !slices.Contains(needed, p.Indicator) {
			continue
		}
		period, ok := periods[p.Period]
		if !ok {
			if read, err := parsePeriod(p.Period); err == nil && read != (vntext.Period{}) {
				period = &read
			}
			periods[p.Period] = period
		}
		if period == nil {
			rejected = append(rejected, Rejected{*p, "the period is not known"})
			continue
		}
		if _, ok := parseDecimal(p.Value); !ok {
			rejected = append(rejected, Rejected{*p, "the value is no plain decimal"})
			continue
		}
		good = append(good, placed{p, period})
	}
	return good, rejected
}

func (b *book) grid(k gridKey, units []string, columns []vntext.Period) Grid {
	g := Grid{Rows: make([]Row, 0, len(units)), Indicator: k.indicator, Field: k.field, Span: k.span, Kind: k.kind, Measure: b.measure[k.indicator]}
	for _, c := range columns {
		g.Periods = append(g.Periods, c.String())
	}
	last := columns[len(columns)-1]
	for _, unit := range units {
		key := seriesKey{unit, k.indicator, k.field, k.span}
		row := Row{Unit: unit, Cells: make([]Cell, 0, len(columns))}
		filled := false
		for i, c := range columns {
			cell := b.at(key, c)
			if prev, ok := previous(c, g.Measure, g.Span); ok {
				var before Cell
				if i > 0 && columns[i-1] == prev {
					before = row.Cells[i-1]
				} else {
					before = b.at(key, prev)
				}
				cell.Change, cell.Percent = b.change(before, cell, k.indicator)
			}
			if cell.Basis == Printed && c.Kind != vntext.Month {
				if made := b.derived(key, c); len(made.Lacks) == 0 {
					cell.Months = made.Value
				}
			}
			if cell.Basis == Joined {
				l := b.lineages[unit]
				row.Lineage = &l
			}
			filled = filled || !cell.Absent()
			row.Cells = append(row.Cells, cell)
		}
		if filled {
			row.LastYear, row.ToDate = b.at(key, yearBefore(last)), b.toDate(key, last)
			g.Rows = append(g.Rows, row)
		}
	}
	if summable(g.Measure) {
		g.Total = b.totals(g, columns)
	}
	return g
}

// change is that between two values; there is none where one of them lacks a part.
func (b *book) change(before, after Cell, indicator string) (diff, percent string) {
	if len(before.Lacks) > 0 || len(after.Lacks) > 0 {
		return "", ""
	}
	return change(before.Value, after.Value, b.measure[indicator])
}

// toDate is the value from the start of the year to the end of p: what a report
// prints as such, else what the periods give.
func (b *book) toDate(k seriesKey, p vntext.Period) Cell {
	if k.span != "period" || p.From == "" {
		return Cell{}
	}
	printed := k
	printed.span = "ytd"
	if c := b.printed(printed, p); !c.Absent() {
		return c
	}
	if m := b.measure[k.indicator]; strings.HasPrefix(m, Stock) || isCumulative(m) {
		return Cell{} // it says nothing that the last period does not
	}
	return b.at(k, vntext.NewWindow(p.To[:4]+"-01-01", p.To).Canonical())
}

// totals sums each column over the units that have a value there.
func (b *book) totals(g Grid, columns []vntext.Period) []TotalCell {
	out := make([]TotalCell, len(columns))
	taken := make([][]bool, len(columns))
	for i, c := range columns {
		out[i], taken[i] = b.sum(g, c, i)
		total, units := out[i], taken[i]
		prev, ok := previous(c, g.Measure, g.Span)
		if !ok || total.Units == 0 || total.Partial {
			continue
		}
		var before TotalCell
		var unitsBefore []bool
		if i > 0 && columns[i-1] == prev {
			before, unitsBefore = out[i-1], taken[i-1]
		} else {
			before, unitsBefore = b.sum(g, prev, -1)
		}
		if slices.Equal(units, unitsBefore) && !before.Partial {
			out[i].Change, out[i].Percent = change(before.Value, total.Value, g.Measure)
		}
	}
	return out
}

// sum adds up one period, column i of the table or -1 for one that is none, and says
// of each row whether it took part.
func (b *book) sum(g Grid, period vntext.Period, i int) (total TotalCell, taken []bool) {
	taken = make([]bool, len(g.Rows))
	var acc decimal
	for n, r := range g.Rows {
		var c Cell
		if i >= 0 {
			c = r.Cells[i]
		} else {
			c = b.at(seriesKey{r.Unit, g.Indicator, g.Field, g.Span}, period)
		}
		v, ok := parseDecimal(c.Value)
		if !ok {
			continue
		}
		if taken[n] = true; total.Units == 0 {
			acc = v
		} else {
			acc = acc.add(v)
		}
		total.Units++
		total.Partial = total.Partial || len(c.Lacks) > 0
		total.Approx, total.InError, total.Corrected = total.Approx || c.Approx, total.InError || c.InError, total.Corrected || len(c.Corrections) > 0
	}
	if total.Units > 0 {
		total.Value = acc.String()
	}
	return total, taken
}
