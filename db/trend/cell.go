// This file holds what is known of the value of one unit in one period.

package trend

import (
	"cmp"
	"slices"
	"strings"
)

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

// choose makes one cell of the points of one unit and period. Corrected values
// stand above read ones; values that still differ are a conflict. 92.3 and
// 92.30 are one value; the one with more decimals is shown.
func choose(points []placed) Cell {
	var c Cell
	if len(points) == 1 && !points[0].Corrected { // nearly always
		p := points[0]
		v, _ := parseDecimal(p.Value)
		return Cell{Value: v.String(), Approx: p.Approx, InError: p.InError, ReportIDs: []int64{p.ReportID}}
	}
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

// note takes over what must be known of a value that c is made of.
func (c *Cell) note(part Cell) {
	c.Approx = c.Approx || part.Approx
	c.correct(part.Corrections...)
	c.InError = c.InError || part.InError
	c.ReportIDs = append(c.ReportIDs, part.ReportIDs...)
	slices.Sort(c.ReportIDs)
	c.ReportIDs = slices.Compact(c.ReportIDs)
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

// added is the sum of the values that are there; absent where there is none.
func added(cells []Cell) Cell {
	var out Cell
	var acc decimal
	n := 0
	for _, c := range cells {
		v, ok := parseDecimal(c.Value)
		if !ok {
			continue
		}
		if n++; n == 1 {
			acc = v
		} else {
			acc = acc.add(v)
		}
		out.note(c)
	}
	if n > 0 {
		out.Value = acc.String()
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
