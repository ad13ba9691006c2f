// This file makes the value of a period out of shorter ones, and that of a unit out of
// those that were merged into it.

package trend

import (
	"slices"

	"baocao/normalize/vntext"
)

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

// parts lists the printed periods of a series that make up p without gap or
// overlap, the shortest where there is a choice. Where there are none such, it
// lists the months of p, printed or not, provided one is; complete is false then.
func (b *book) parts(k seriesKey, p vntext.Period) (parts []vntext.Period, complete bool) {
	if p.From == "" || p.To == "" {
		return nil, false
	}
	var inside []vntext.Period
	for _, e := range b.entries(k) {
		if *e.period != p && e.period.From >= p.From && e.period.To <= p.To && e.period.From != "" {
			inside = append(inside, *e.period)
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
