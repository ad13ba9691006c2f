// This file looks up what a unit has in a period: as it was printed, or made of
// shorter periods, or of the units that were merged into it.

package trend

import (
	"cmp"
	"slices"

	"baocao/normalize/vntext"
)

// Basis says what a value is made of.
type Basis uint8

const (
	Absent     Basis = iota
	Printed          // in a report of the unit on the period
	Summed           // a flow: the sum of shorter periods
	Opening          // an opening stock: that of the first of the shorter periods
	Closing          // a closing stock: that of the last
	Recomputed       // a rate or a total: from the figures it is made of
	Joined           // the sum over the units that were merged
)

// Lineage says which units a unit was made of. Labels are those of points.
type Lineage struct {
	Unit string
	From string // the day of the merger: the first day of the unit in this form
	// Whole are the units that went into it wholly; their figures are added up.
	Whole []string
	// Silent are the names of those that went into it wholly and have no report.
	Silent []string
	// Split are the names of units of which a part went into it: what they
	// reported cannot be divided and is not added.
	Split []string
}

// Sum is a sum of indicators.
type Sum []string

// Formula says how an indicator follows from others: a rate is 100 times one of
// Num over one of Den; without Den the indicator is one of Num. Which of several
// holds is found out for each unit, from the values that it printed.
type Formula struct {
	Num, Den []Sum
}

// Needs lists the indicators that must be looked up for those given: they
// themselves and the terms of their formulas, sorted.
func Needs(indicators []string, formulas map[string]Formula) []string {
	out := slices.Clone(indicators)
	for _, id := range indicators {
		f := formulas[id]
		for _, s := range slices.Concat(f.Num, f.Den) {
			out = append(out, s...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// seriesKey is one series: an indicator of a unit over time.
type seriesKey struct{ unit, indicator, field, span string }

func (k seriesKey) of(indicator string) seriesKey { k.indicator = indicator; return k }

func (k seriesKey) in(unit string) seriesKey { k.unit = unit; return k }

// entry is what the reports of one unit and period say.
type entry struct {
	period vntext.Period
	points []placed
}

// book is all points, ready to be looked up.
type book struct {
	series   map[seriesKey][]entry // by period
	measure  map[string]string     // of an indicator; "" where points disagree
	formulas map[string]Formula
	lineages map[string]Lineage
}

func newBook(points []placed, opts Options) *book {
	b := &book{series: make(map[seriesKey][]entry), measure: make(map[string]string), formulas: opts.Formulas, lineages: make(map[string]Lineage)}
	for _, l := range opts.Lineages {
		b.lineages[l.Unit] = l
	}
	for i := range points {
		p := &points[i]
		if m, ok := b.measure[p.Indicator]; ok && m != p.Measure {
			b.measure[p.Indicator] = ""
		} else if !ok {
			b.measure[p.Indicator] = p.Measure
		}
		k := seriesKey{p.Unit, p.Indicator, p.Field, p.Span}
		list := b.series[k]
		// Points of one unit and period mostly follow each other.
		same := len(list) - 1
		if same < 0 || list[same].period != p.period {
			same = slices.IndexFunc(list, func(e entry) bool { return e.period == p.period })
		}
		if same >= 0 {
			list[same].points = append(list[same].points, *p)
			continue
		}
		b.series[k] = append(list, entry{p.period, points[i : i+1 : i+1]})
	}
	for _, list := range b.series {
		slices.SortFunc(list, func(a, b entry) int { return a.period.Compare(b.period) })
	}
	return b
}

// at is the value of a series in a period.
func (b *book) at(k seriesKey, p vntext.Period) Cell {
	if l, ok := b.lineages[k.unit]; ok && p.To != "" && p.To < l.From {
		return b.joined(k, p, l)
	}
	return b.own(k, p)
}

// own is the value without regard to mergers.
func (b *book) own(k seriesKey, p vntext.Period) Cell {
	if c := b.printed(k, p); !c.Absent() {
		return c
	}
	return b.derived(k, p)
}

func (b *book) printed(k seriesKey, p vntext.Period) Cell {
	for _, e := range b.series[k] {
		if e.period == p {
			c := choose(e.points)
			if !c.Absent() {
				c.Basis = Printed
			}
			return c
		}
	}
	return Cell{}
}

// derived makes the value of a period out of shorter ones. Where some of these
// are missing, a sum is marked with what it lacks, and a stock is there only if
// its own end of the period is.
func (b *book) derived(k seriesKey, p vntext.Period) Cell {
	parts, complete := b.parts(k, p)
	if len(parts) == 0 {
		return Cell{}
	}
	measure := b.measure[k.indicator]
	if _, ok := b.formulas[k.indicator]; ok {
		return b.recomputed(k, p, pairs(k, parts))
	}
	cells := make([]Cell, len(parts))
	for i, part := range parts {
		cells[i] = b.printed(k, part)
	}
	switch {
	case k.span == "ytd" || measure == "stock" || measure == "stock_close" || isCumulative(measure):
		return edge(cells, parts, len(parts)-1, p.To, Closing)
	case measure == "stock_open":
		return edge(cells, parts, 0, p.From, Opening)
	case k.span == "period" && summable(measure):
		c := added(cells)
		c.Basis = Summed
		for i, part := range parts {
			if cells[i].Value == "" {
				c.Lacks = append(c.Lacks, part.String())
			}
			c.Of = append(c.Of, part.String())
		}
		if !complete && len(c.Lacks) == 0 {
			return Cell{}
		}
		return c
	}
	return Cell{}
}

// edge is a stock at the first or last day of a period.
func edge(cells []Cell, parts []vntext.Period, i int, day string, basis Basis) Cell {
	c := cells[i]
	if c.Value == "" || basis == Closing && parts[i].To != day || basis == Opening && parts[i].From != day {
		return Cell{}
	}
	c.Basis, c.Of = basis, []string{parts[i].String()}
	return c
}

// added is the sum of the values that are there; absent where there is none.
func added(cells []Cell) Cell {
	var out Cell
	var acc decimal
	for _, c := range cells {
		v, ok := parseDecimal(c.Value)
		if !ok {
			continue
		}
		if out.Value == "" {
			acc = v
		} else {
			acc = acc.add(v)
		}
		out.Value = acc.String()
		out.note(c)
	}
	return out
}

// Total adds up the cells that have a value; parts that these lack are lacking
// from the sum too.
func Total(cells []Cell) Cell {
	c := added(cells)
	if c.Absent() {
		return c
	}
	c.Basis = Printed
	for _, part := range cells {
		if part.Basis == Joined {
			c.Basis = Joined
		} else if part.Basis != Printed && part.Value != "" && c.Basis == Printed {
			c.Basis = part.Basis
		}
		if len(part.Lacks) > 0 {
			c.Of, c.Lacks = append(c.Of, part.Of...), append(c.Lacks, part.Lacks...)
		}
	}
	return c
}

// correct takes over corrections, each once, in an order of their own.
func (c *Cell) correct(list ...Correction) {
	if len(list) == 0 {
		return
	}
	c.Corrections = slices.Concat(c.Corrections, list)
	slices.SortFunc(c.Corrections, func(a, b Correction) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Period, b.Period), cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Field, b.Field),
			cmp.Compare(a.Printed, b.Printed), cmp.Compare(a.Value, b.Value))
	})
	c.Corrections = slices.Compact(c.Corrections)
}

// Minus is the difference of two cells; absent where one of them has no value.
func Minus(a, b Cell) Cell {
	out := Cell{Value: Subtract(a.Value, b.Value), Basis: a.Basis}
	if out.Value == "" {
		return Cell{}
	}
	out.Of, out.Lacks = slices.Concat(a.Of, b.Of), slices.Concat(a.Lacks, b.Lacks)
	out.note(a)
	out.note(b)
	return out
}

// note takes over what must be known of a value that c is made of.
func (c *Cell) note(part Cell) {
	c.Approx = c.Approx || part.Approx
	c.correct(part.Corrections...)
	c.InError = c.InError || part.InError
	c.ReportIDs = append(c.ReportIDs, part.ReportIDs...)
	slices.Sort(c.ReportIDs)
	c.ReportIDs = slices.Compact(c.ReportIDs)
}

// parts lists the printed periods of a series that make up p without gap or
// overlap, the shortest where there is a choice. Where there are none such, it
// lists the months of p, printed or not, provided one is; complete is false then.
func (b *book) parts(k seriesKey, p vntext.Period) (parts []vntext.Period, complete bool) {
	if p.From == "" || p.To == "" {
		return nil, false
	}
	var inside []vntext.Period
	for _, e := range b.series[k] {
		if e.period != p && e.period.From >= p.From && e.period.To <= p.To && e.period.From != "" {
			inside = append(inside, e.period)
		}
	}
	if len(inside) == 0 {
		return nil, false
	}
	if list := tile(inside, p.From, p.To); list != nil {
		return list, true
	}
	months := monthsOf(p)
	if !slices.ContainsFunc(months, func(m vntext.Period) bool { return slices.Contains(inside, m) }) {
		return nil, false
	}
	return months, false
}

// tile covers the days from..to with periods, which are sorted by first day and
// then by length; nil where that is not possible.
func tile(periods []vntext.Period, from, to string) []vntext.Period {
	for i, p := range periods {
		if p.From != from {
			continue
		}
		if p.To == to {
			return []vntext.Period{p}
		}
		if rest := tile(periods[i+1:], dayAfter(p.To), to); rest != nil {
			return append([]vntext.Period{p}, rest...)
		}
	}
	return nil
}

// monthsOf lists the months of a period that begins and ends with one; nil for
// others.
func monthsOf(p vntext.Period) []vntext.Period {
	var out []vntext.Period
	for from := p.From; from <= p.To; {
		m, err := vntext.ParsePeriod(from[:7])
		if err != nil || m.From != from || m.To > p.To {
			return nil
		}
		out = append(out, m)
		from = dayAfter(m.To)
	}
	return out
}

// joined adds up the units that were merged into one.
func (b *book) joined(k seriesKey, p vntext.Period, l Lineage) Cell {
	if len(l.Whole) == 0 {
		return Cell{}
	}
	if f, ok := b.formulas[k.indicator]; ok && len(f.Den) > 0 {
		list := make([]leaf, len(l.Whole))
		for i, unit := range l.Whole {
			list[i] = leaf{k.in(unit), p}
		}
		c := b.recomputed(k, p, list)
		if !c.Absent() {
			c.Basis = Joined
		}
		return c
	}
	if !summable(b.measure[k.indicator]) {
		return Cell{}
	}
	cells := make([]Cell, len(l.Whole))
	for i, unit := range l.Whole {
		cells[i] = b.own(k.in(unit), p)
	}
	c := added(cells)
	if c.Absent() {
		return Cell{}
	}
	c.Basis = Joined
	for i, unit := range l.Whole {
		c.Of = append(c.Of, unit)
		if cells[i].Value == "" || len(cells[i].Lacks) > 0 {
			c.Lacks = append(c.Lacks, unit)
		}
	}
	c.Of = append(c.Of, l.Silent...)
	c.Lacks = append(c.Lacks, l.Silent...)
	return c
}

// leaf is one place where an indicator may be printed.
type leaf struct {
	key    seriesKey
	period vntext.Period
}

func pairs(k seriesKey, periods []vntext.Period) []leaf {
	out := make([]leaf, len(periods))
	for i, p := range periods {
		out[i] = leaf{k, p}
	}
	return out
}

// recomputed makes an indicator of the figures it is made of. Of the ways to do
// so, the first is taken that gives what is printed at every leaf that has it; none
// is taken that no leaf confirms.
func (b *book) recomputed(k seriesKey, p vntext.Period, leaves []leaf) Cell {
	f := b.formulas[k.indicator]
	dens := f.Den
	if len(dens) == 0 {
		dens = []Sum{nil}
	}
	for _, den := range dens {
		for _, num := range f.Num {
			places, ok := b.confirmed(num, den, leaves)
			if !ok {
				continue
			}
			value, cells, ok := b.evaluate(num, den, func(id string) Cell { return b.at(k.of(id), p) })
			if !ok {
				continue
			}
			c := Cell{Value: roundTo(value.rat(), max(places, value.places)), Basis: Recomputed, Of: slices.Concat(num, den)}
			if len(den) > 0 {
				c.Value = roundTo(value.rat(), max(places, 2))
			}
			for _, part := range cells {
				c.note(part)
			}
			return c
		}
	}
	return Cell{}
}

// evaluate computes one way of a formula; ok is false where a term is missing or
// itself lacks a part, and where the base is 0.
func (b *book) evaluate(num, den Sum, at func(id string) Cell) (decimal, []Cell, bool) {
	var cells []Cell
	total := func(s Sum) (acc decimal, ok bool) {
		for i, id := range s {
			c := at(id)
			v, ok := parseDecimal(c.Value)
			if !ok || len(c.Lacks) > 0 {
				return acc, false
			}
			if cells = append(cells, c); i == 0 {
				acc = v
			} else {
				acc = acc.add(v)
			}
		}
		return acc, len(s) > 0
	}
	n, ok := total(num)
	if !ok || den == nil {
		return n, cells, ok
	}
	d, ok := total(den)
	if !ok || d.sign() == 0 {
		return n, cells, false
	}
	return n.shareOf(d), cells, true
}

// confirmed says whether one way of a formula gives what is printed at every
// leaf where both are, and at one at least; places is the most decimals printed.
func (b *book) confirmed(num, den Sum, leaves []leaf) (places int, ok bool) {
	for _, l := range leaves {
		printed, have := parseDecimal(b.printed(l.key, l.period).Value)
		if !have {
			continue
		}
		want, _, have := b.evaluate(num, den, func(id string) Cell { return b.printed(l.key.of(id), l.period) })
		if !have || !want.near(printed) {
			return 0, false
		}
		places, ok = max(places, printed.places), true
	}
	return places, ok
}

// compareKeys orders series for output.
func compareKeys(a, b gridKey) int {
	return cmp.Or(
		cmp.Compare(a.indicator, b.indicator), cmp.Compare(a.field, b.field),
		compareSpans(a.span, b.span), cmp.Compare(a.kind, b.kind))
}
