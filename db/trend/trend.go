// This file holds the points, the options and the tables of units by periods.

package trend

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

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
	Corrected bool   // the value was corrected by a reviewer: it stands above those that were read
	Printed   string // what the report says where the value was corrected
	InError   bool   // a finding of an error rests on it
}

// Options choose what is compared. The zero value takes everything.
type Options struct {
	Periods    []string // columns; empty: every period from the first to the last of each kind
	Indicators []string
	Units      []string
	// By makes one table for each series, with columns of this kind that cover all
	// its periods; values come from shorter periods where none is printed.
	By vntext.PeriodKind
	// Formulas say how indicators follow from others; points of these must be
	// among those given (see Needs), but make no tables unless in Indicators.
	Formulas map[string]Formula
	// Lineages put units before a merger into the row of the one they became.
	Lineages []Lineage
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
	// LastYear is what the unit had a year before the last period of the table,
	// ToDate what it had from the start of that year to the end of the period: as
	// printed, else made of the periods.
	LastYear, ToDate Cell
	// Lineage is set where cells before its day are of the units it was made of.
	Lineage *Lineage
}

// Cell is the value of one unit in one period.
type Cell struct {
	Value string // "" where absent: not reported, or in conflict
	// Conflict holds the differing values where the reports of this unit and
	// period do not agree; none of them is then taken.
	Conflict  []string
	Approx    bool
	InError   bool
	ReportIDs []int64
	// Corrections are those of a reviewer that the value, or what it is made of, has.
	Corrections []Correction
	// Basis says what the value is made of, Of the periods, indicators or units
	// that is, Lacks those of them that have no value: the value is then a part.
	Basis     Basis
	Of, Lacks []string
	// Months is what the shorter periods give where the value itself was printed,
	// "" where they do not cover the period.
	Months string
	// Change is the difference to the period before in the indicator's own unit
	// (percentage points for percentages), "" where either value is absent.
	Change string
	// Percent is the change in per cent of the value before with one decimal;
	// "" where Change is, where the value before is 0, and for percentages,
	// scores and ranks.
	Percent string
}

// Correction is one figure of a report that a reviewer corrected.
type Correction struct {
	Unit, Period, Indicator, Field string
	Printed, Value                 string
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
	// InError and Corrected say so of at least one addend.
	InError, Corrected bool
	// Partial says that an addend lacks a part itself.
	Partial bool
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

// isCumulative says whether the number of a period holds those before it too.
func isCumulative(measure string) bool {
	m, _, _ := strings.Cut(measure, "_")
	return m == Cumulative || m == "annual"
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

// compareSpans puts the report's own period first and comparisons last.
func compareSpans(a, b string) int {
	order := func(s string) int { return slices.Index([]string{"target", "previous", "ytd", "", "period"}, s) }
	return cmp.Or(cmp.Compare(order(b), order(a)), cmp.Compare(a, b))
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
	there := make(map[string]bool, len(units))
	for _, u := range units {
		there[u] = true
	}
	merged := make(map[string]bool)
	for _, l := range opts.Lineages {
		for _, u := range l.Whole {
			if there[u] {
				merged[u] = u != l.Unit // a unit may have kept its name
				units = append(units[:len(units):len(units)], l.Unit)
			}
		}
	}
	out := make([]string, 0, len(there))
	taken := make(map[string]bool, len(there))
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
	periods := make(map[string]vntext.Period) // many points, few periods
	for _, p := range points {
		wanted := len(opts.Indicators) == 0 || slices.Contains(needed, p.Indicator)
		if len(opts.Units) > 0 && !slices.Contains(opts.Units, p.Unit) ||
			!wanted {
			continue
		}
		period, ok := periods[p.Period]
		if !ok {
			var err error
			if period, err = parsePeriod(p.Period); err != nil {
				period = vntext.Period{}
			}
			periods[p.Period] = period
		}
		if period == (vntext.Period{}) {
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
func columnsOf(points []placed, opts Options) (map[vntext.PeriodKind][]vntext.Period, []Rejected) {
	columns := make(map[vntext.PeriodKind][]vntext.Period)
	var rejected []Rejected
	seen := make(map[vntext.Period]bool)
	for _, name := range opts.Periods {
		p, err := parsePeriod(name)
		if err != nil {
			rejected = append(rejected, Rejected{Point{Period: name}, "the period asked for is not known"})
			continue
		}
		columns[p.Kind] = append(columns[p.Kind], p)
	}
	for _, p := range points {
		if len(opts.Periods) > 0 || seen[p.period] {
			continue
		}
		seen[p.period] = true
		switch {
		case opts.By == 0:
			columns[p.period.Kind] = append(columns[p.period.Kind], p.period)
		case p.period.Kind == opts.By:
			columns[opts.By] = append(columns[opts.By], p.period)
		default:
			if whole := around(p.period, opts.By); whole.Kind == opts.By {
				columns[opts.By] = append(columns[opts.By], whole)
			}
		}
	}
	for kind, list := range columns {
		slices.SortFunc(list, vntext.Period.Compare)
		list = slices.Compact(list)
		if len(opts.Periods) == 0 {
			list = fillGaps(list)
		}
		columns[kind] = list
	}
	return columns, rejected
}

// around is the period of a kind that holds p; no period where there is none.
func around(p vntext.Period, kind vntext.PeriodKind) vntext.Period {
	if len(p.From) < 7 {
		return vntext.Period{}
	}
	year, month := int(p.From[0]-'0')*1000+int(p.From[1]-'0')*100+int(p.From[2]-'0')*10+int(p.From[3]-'0'), int(p.From[5]-'0')*10+int(p.From[6]-'0')
	n := 0
	switch kind {
	case vntext.Month:
		n = month
	case vntext.Quarter:
		n = (month + 2) / 3
	case vntext.Half:
		n = (month + 5) / 6
	case vntext.NineMonths, vntext.Year:
	default:
		return vntext.Period{}
	}
	if q := vntext.NewPeriod(kind, year, n); q.From != "" && q.From <= p.From && p.To <= q.To {
		return q
	}
	return vntext.Period{}
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

func (b *book) grid(k gridKey, units []string, columns []vntext.Period) Grid {
	g := Grid{Indicator: k.indicator, Field: k.field, Span: k.span, Kind: k.kind, Measure: b.measure[k.indicator]}
	for _, c := range columns {
		g.Periods = append(g.Periods, c.String())
	}
	last := columns[len(columns)-1]
	for _, unit := range units {
		key := seriesKey{unit, k.indicator, k.field, k.span}
		row := Row{Unit: unit}
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

// yearBefore is the same period of the year before; no period for a window.
func yearBefore(p vntext.Period) vntext.Period {
	if p.Kind == vntext.Window || p.From == "" {
		return vntext.Period{}
	}
	return vntext.NewPeriod(p.Kind, p.Year-1, p.N)
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

// dayAfter is the day after an ISO date; "" for what is none.
func dayAfter(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, 1).Format(time.DateOnly)
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
func choose(points []placed) Cell {
	var c Cell
	if slices.ContainsFunc(points, func(p placed) bool { return p.Corrected }) {
		points = slices.DeleteFunc(slices.Clone(points), func(p placed) bool { return !p.Corrected })
	}
	var values []decimal
	for _, p := range points {
		v, _ := parseDecimal(p.Value)
		c.Approx = c.Approx || p.Approx
		c.InError = c.InError || p.InError
		c.ReportIDs = append(c.ReportIDs, p.ReportID)
		if p.Corrected {
			c.correct(Correction{p.Unit, p.Period, p.Indicator, p.Field, p.Printed, p.Value})
		}
		i := slices.IndexFunc(values, func(w decimal) bool { return w.cmp(v) == 0 })
		if i < 0 {
			values = append(values, v)
		} else if v.places > values[i].places {
			values[i] = v
		}
	}
	slices.Sort(c.ReportIDs)
	c.ReportIDs = slices.Compact(c.ReportIDs)
	slices.SortFunc(values, func(a, b decimal) int { return a.cmp(b) })
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
func (b *book) totals(g Grid, columns []vntext.Period) []TotalCell {
	out := make([]TotalCell, len(columns))
	for i, c := range columns {
		total, units := b.sum(g, c)
		out[i] = total
		prev, ok := previous(c, g.Measure, g.Span)
		if !ok || len(units) == 0 || total.Partial {
			continue
		}
		if before, unitsBefore := b.sum(g, prev); slices.Equal(units, unitsBefore) && !before.Partial {
			out[i].Change, out[i].Percent = change(before.Value, total.Value, g.Measure)
		}
	}
	return out
}

// sum adds up one period and names the units that took part.
func (b *book) sum(g Grid, period vntext.Period) (TotalCell, []string) {
	var total TotalCell
	var units []string
	cells := make([]Cell, len(g.Rows))
	for i, r := range g.Rows {
		if j := slices.Index(g.Periods, period.String()); j >= 0 {
			cells[i] = r.Cells[j]
		} else {
			cells[i] = b.at(seriesKey{r.Unit, g.Indicator, g.Field, g.Span}, period)
		}
		if cells[i].Value != "" {
			units = append(units, r.Unit)
			total.Partial = total.Partial || len(cells[i].Lacks) > 0
		}
	}
	c := added(cells)
	total.Value, total.Approx, total.Units = c.Value, c.Approx, len(units)
	total.InError, total.Corrected = c.InError, len(c.Corrections) > 0
	return total, units
}

// SortUnits gives names in Vietnamese order, each once.
func SortUnits(units []string) []string {
	out := slices.Clone(units)
	slices.Sort(out)
	out = slices.Compact(out)
	sortUnits(out)
	return out
}

// sortUnits sorts names in Vietnamese order, numbers by value ("Phường 2"
// before "Phường 10"). Each name is weighed once, however often it is there.
func sortUnits(units []string) {
	count := make(map[string]int)
	for _, u := range units {
		count[u]++
	}
	type weighed struct {
		name   string
		weight []byte
	}
	c := collate.New(language.Vietnamese, collate.Numeric)
	var buf collate.Buffer
	list := make([]weighed, 0, len(count))
	for u := range count {
		list = append(list, weighed{u, bytes.Clone(c.KeyFromString(&buf, u))})
		buf.Reset()
	}
	slices.SortFunc(list, func(a, b weighed) int { return cmp.Or(bytes.Compare(a.weight, b.weight), cmp.Compare(a.name, b.name)) })
	i := 0
	for _, w := range list {
		for range count[w.name] {
			units[i] = w.name
			i++
		}
	}
}
