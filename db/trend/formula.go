// This file computes indicators out of the figures that they are made of.

package trend

import (
	"slices"

	"baocao/normalize/vntext"
)

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
