// This file holds the points, the options and the tables of units by periods.

package trend

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"baocao/normalize/vntext"
)

// Measures of an indicator: what its number is, which decides whether values of
// several units may be added and whether a change in per cent makes sense.
const (
	Flow       = "flow"       // happened in the period
	Stock      = "stock"      // state on one day
	Cumulative = "cumulative" // since the start of the year
	Count      = "count"      // counted, not said whether flow or stock
	Money      = "money"      // đồng
	Percent    = "percent"
	Score      = "score"
	Rank       = "rank"
)

// Point is one stored figure of one report.
type Point struct {
	Unit      string // "Xã Quang Khải"
	Period    string // canonical: 2023-05, 2023-Q1, … as vntext.Period prints it
	Indicator string
	Field     string // "" where the figure is not by field
	Span      string // period, ytd, previous, target
	Value     string // plain decimal
	Measure   string // one of the measures above, or a finer form such as "stock_close", "cumulative_year"
	Approx    bool   // khoảng, gần, hơn, trên
	ReportID  int64
	Corrected bool // the value was corrected by a reviewer: it stands above those that were read
}

// Options choose what is compared. The zero value takes everything.
type Options struct {
	Periods    []string // columns; empty: every period from the first to the last of each kind
	Indicators []string
	Units      []string
}

// Series is the result of Table.
type Series struct {
	Tables   []Grid // by indicator, field, span, kind of period
	Rejected []Rejected
}

// Rejected is a point that could not be used, with the reason in words.
type Rejected struct {
	Point  Point
	Reason string
}

// Grid is one indicator over units and periods. Every Row has one cell for each
// of Periods.
type Grid struct {
	Indicator, Field, Span string
	Measure                string
	Kind                   vntext.PeriodKind
	Periods                []string // oldest first, periods without any report included
	Rows                   []Row    // by unit, in Vietnamese order
	// Total holds the sum over the units for each period; it is nil where
	// values must not be added (percentages, scores, ranks, unknown measures).
	Total []TotalCell
}

// Row is one unit.
type Row struct {
	Unit  string
	Cells []Cell
}

// Cell is the value of one unit in one period.
type Cell struct {
	Value string // "" where absent: not reported, or in conflict
	// Conflict holds the differing values where the reports of this unit and
	// period do not agree; none of them is then taken.
	Conflict  []string
	Approx    bool
	Corrected bool
	ReportIDs []int64
	// Change is the difference to the period before in the indicator's own unit
	// (percentage points for percentages), "" where either value is absent.
	Change string
	// Percent is the change in per cent of the value before with one decimal;
	// "" where Change is, where the value before is 0, and for percentages,
	// scores and ranks.
	Percent string
}

// Absent says whether there is neither a value nor a conflict.
func (c Cell) Absent() bool { return c.Value == "" && len(c.Conflict) == 0 }

// Text is the value as a table shows it: "-" where absent, the differing values
// with "≠" between them where they are in conflict.
func (c Cell) Text() string {
	switch {
	case c.Value != "":
		return c.Value
	case len(c.Conflict) > 0:
		return strings.Join(c.Conflict, " ≠ ")
	}
	return "-"
}

// TotalCell is the sum over the units that reported a value.
type TotalCell struct {
	Value  string // "" where no unit reported
	Units  int    // how many units the sum is made of
	Approx bool   // at least one addend is approximate
	// Change and Percent are filled only where the same units make up both sums.
	Change, Percent string
}

// summable says whether values of different units may be added.
func summable(measure string) bool {
	m, _, _ := strings.Cut(measure, "_")
	switch m {
	case Flow, Stock, Cumulative, Count, Money:
		return true
	}
	return false
}

// restarts says whether the number starts again at zero every year, so that
// January has no change against December.
func restarts(measure, span string) bool {
	m, _, _ := strings.Cut(measure, "_")
	return m == Cumulative || span == "ytd"
}

// gridKey is what one table is about.
type gridKey struct {
	indicator, field, span string
	kind                   vntext.PeriodKind
}

func (k gridKey) compare(l gridKey) int {
	return cmp.Or(
		cmp.Compare(k.indicator, l.indicator), cmp.Compare(k.field, l.field),
		compareSpans(k.span, l.span), cmp.Compare(k.kind, l.kind))
}

// compareSpans puts the report's own period first and comparisons last.
func compareSpans(a, b string) int {
	order := func(s string) int { return slices.Index([]string{"target", "previous", "ytd", "", "period"}, s) }
	return cmp.Or(cmp.Compare(order(b), order(a)), cmp.Compare(a, b))
}

// slot is one cell before its value is chosen.
type slot struct {
	unit   string
	period vntext.Period
}

// placed is a point whose period was read.
type placed struct {
	Point
	period vntext.Period
}

// Table puts points into one table for each indicator, field, span and kind of
// period.
func Table(points []Point, opts Options) Series {
	used, rejected := usable(points, opts)
	columns, bad := columnsOf(used, opts.Periods)
	groups := make(map[gridKey]map[slot][]Point)
	for _, p := range used {
		k := gridKey{p.Indicator, p.Field, p.Span, p.period.Kind}
		if groups[k] == nil {
			groups[k] = make(map[slot][]Point)
		}
		s := slot{p.Unit, p.period}
		groups[k][s] = append(groups[k][s], p.Point)
	}
	keys := make([]gridKey, 0, len(groups))
	for k := range groups {
		if len(columns[k.kind]) > 0 {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, gridKey.compare)
	series := Series{Rejected: slices.Concat(rejected, bad)}
	for _, k := range keys {
		if g := newGrid(k, groups[k], columns[k.kind]); len(g.Rows) > 0 {
			series.Tables = append(series.Tables, g)
		}
	}
	return series
}

// usable drops the points the options leave out and hands back those that
// cannot be used.
func usable(points []Point, opts Options) ([]placed, []Rejected) {
	var good []placed
	var rejected []Rejected
	for _, p := range points {
		if len(opts.Units) > 0 && !slices.Contains(opts.Units, p.Unit) ||
			len(opts.Indicators) > 0 && !slices.Contains(opts.Indicators, p.Indicator) {
			continue
		}
		period, err := parsePeriod(p.Period)
		if err != nil {
			rejected = append(rejected, Rejected{p, "the period is not known"})
			continue
		}
		if _, ok := parseDecimal(p.Value); !ok {
			rejected = append(rejected, Rejected{p, "the value is no plain decimal"})
			continue
		}
		good = append(good, placed{p, period})
	}
	return good, rejected
}

// columnsOf lists the periods of each kind that become columns: those asked
// for, else all from the first to the last that has a point.
func columnsOf(points []placed, asked []string) (map[vntext.PeriodKind][]vntext.Period, []Rejected) {
	columns := make(map[vntext.PeriodKind][]vntext.Period)
	var rejected []Rejected
	for _, name := range asked {
		p, err := parsePeriod(name)
		if err != nil {
			rejected = append(rejected, Rejected{Point{Period: name}, "the period asked for is not known"})
			continue
		}
		columns[p.Kind] = append(columns[p.Kind], p)
	}
	for _, p := range points {
		if len(asked) == 0 {
			columns[p.period.Kind] = append(columns[p.period.Kind], p.period)
		}
	}
	for kind, list := range columns {
		slices.SortFunc(list, vntext.Period.Compare)
		list = slices.Compact(list)
		if len(asked) == 0 {
			list = fillGaps(list)
		}
		columns[kind] = list
	}
	return columns, rejected
}

// maxGap is the longest hole between two periods that is filled with empty
// columns. One report with a mistyped year must not make a table of centuries.
const maxGap = 60

// fillGaps adds the periods that are missing between two of a sorted list.
func fillGaps(list []vntext.Period) []vntext.Period {
	var out []vntext.Period
	for i, p := range list {
		if i > 0 {
			out = append(out, between(list[i-1], p)...)
		}
		out = append(out, p)
	}
	return out
}

// between lists the periods strictly between two of the same kind; nil for
// windows, which may begin on any day, and where the hole is longer than maxGap.
func between(a, b vntext.Period) []vntext.Period {
	if a.Kind == vntext.Window {
		return nil
	}
	var gap []vntext.Period
	for p := b.Prev(); p.Compare(a) > 0; p = p.Prev() {
		if len(gap) == maxGap {
			return nil
		}
		gap = append(gap, p)
	}
	slices.Reverse(gap)
	return gap
}

// parsePeriod reads a stored period into its canonical form.
func parsePeriod(s string) (vntext.Period, error) {
	p, err := vntext.ParsePeriod(s)
	return p.Canonical(), err
}

func newGrid(k gridKey, cells map[slot][]Point, columns []vntext.Period) Grid {
	g := Grid{Indicator: k.indicator, Field: k.field, Span: k.span, Kind: k.kind, Measure: measureOf(cells)}
	var units []string
	for s := range cells {
		units = append(units, s.unit)
	}
	sortUnits(units)
	units = slices.Compact(units)
	for _, c := range columns {
		g.Periods = append(g.Periods, c.String())
	}
	for _, unit := range units {
		row := Row{Unit: unit}
		filled := false
		for _, c := range columns {
			cell := choose(cells[slot{unit, c}])
			if prev, ok := previous(c, g.Measure, g.Span); ok {
				before := choose(cells[slot{unit, prev}])
				cell.Change, cell.Percent = change(before.Value, cell.Value, g.Measure)
			}
			filled = filled || !cell.Absent()
			row.Cells = append(row.Cells, cell)
		}
		if filled {
			g.Rows = append(g.Rows, row)
		}
	}
	if summable(g.Measure) {
		g.Total = totals(g, columns, cells)
	}
	return g
}

// measureOf takes the measure of the points; where they disagree there is none,
// and nothing is added up.
func measureOf(cells map[slot][]Point) string {
	measure, first := "", true
	for _, points := range cells {
		for _, p := range points {
			if first {
				measure, first = p.Measure, false
			} else if p.Measure != measure {
				return ""
			}
		}
	}
	return measure
}

// previous is the period the change is counted from; for a window, the window of
// the same length that ends the day before it begins.
func previous(p vntext.Period, measure, span string) (vntext.Period, bool) {
	prev := p.Prev()
	if prev.From == "" || restarts(measure, span) && prev.From[:4] != p.From[:4] {
		return vntext.Period{}, false
	}
	return prev, true
}

// choose makes one cell of the points of one unit and period. Corrected values
// stand above read ones; values that still differ are a conflict. 92.3 and
// 92.30 are one value; the one with more decimals is shown.
func choose(points []Point) Cell {
	var c Cell
	if slices.ContainsFunc(points, func(p Point) bool { return p.Corrected }) {
		c.Corrected = true
		points = slices.DeleteFunc(slices.Clone(points), func(p Point) bool { return !p.Corrected })
	}
	var values []decimal
	for _, p := range points {
		v, _ := parseDecimal(p.Value)
		c.Approx = c.Approx || p.Approx
		c.ReportIDs = append(c.ReportIDs, p.ReportID)
		i := slices.IndexFunc(values, func(w decimal) bool { return w.rat.Cmp(v.rat) == 0 })
		if i < 0 {
			values = append(values, v)
		} else if v.places > values[i].places {
			values[i] = v
		}
	}
	slices.Sort(c.ReportIDs)
	c.ReportIDs = slices.Compact(c.ReportIDs)
	slices.SortFunc(values, func(a, b decimal) int { return a.rat.Cmp(b.rat) })
	switch len(values) {
	case 0:
	case 1:
		c.Value = values[0].String()
	default:
		for _, v := range values {
			c.Conflict = append(c.Conflict, v.String())
		}
	}
	return c
}

// change gives difference and per cent between two values, "" where one is
// absent.
func change(before, after, measure string) (diff, percent string) {
	b, okB := parseDecimal(before)
	a, okA := parseDecimal(after)
	if !okB || !okA {
		return "", ""
	}
	diff = a.sub(b).String()
	if summable(measure) {
		percent = a.percentOf(b)
	}
	return diff, percent
}

// totals sums each column over the units that have a value there.
func totals(g Grid, columns []vntext.Period, cells map[slot][]Point) []TotalCell {
	out := make([]TotalCell, len(columns))
	for i, c := range columns {
		total, units := sum(g.Rows, c, cells)
		out[i] = total
		prev, ok := previous(c, g.Measure, g.Span)
		if !ok {
			continue
		}
		before, unitsBefore := sum(g.Rows, prev, cells)
		if len(units) > 0 && slices.Equal(units, unitsBefore) {
			out[i].Change, out[i].Percent = change(before.Value, total.Value, g.Measure)
		}
	}
	return out
}

// sum adds up one period and names the units that took part.
func sum(rows []Row, period vntext.Period, cells map[slot][]Point) (TotalCell, []string) {
	var total TotalCell
	var units []string
	var acc decimal
	for _, r := range rows {
		cell := choose(cells[slot{r.Unit, period}])
		v, ok := parseDecimal(cell.Value)
		if !ok {
			continue
		}
		if len(units) == 0 {
			acc = v
		} else {
			acc = acc.add(v)
		}
		units = append(units, r.Unit)
		total.Approx = total.Approx || cell.Approx
	}
	if total.Units = len(units); total.Units > 0 {
		total.Value = acc.String()
	}
	return total, units
}

// sortUnits sorts names in Vietnamese order, numbers by value ("Phường 2"
// before "Phường 10").
func sortUnits(units []string) {
	c := collate.New(language.Vietnamese, collate.Numeric)
	slices.SortFunc(units, func(a, b string) int { return cmp.Or(c.CompareString(a, b), cmp.Compare(a, b)) })
}
