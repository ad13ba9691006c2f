// This file compares two periods, unit by unit.

package trend

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// ErrKinds is returned when two periods of different kinds are compared, such
// as a month with a quarter.
var ErrKinds = errors.New("the periods are of different kinds")

// Comparison is the result of Compare.
type Comparison struct {
	From, To string
	Rows     []Difference // by unit, indicator, field, span
	Rejected []Rejected
}

// Difference is one indicator of one unit in two periods. Change and Percent
// follow the rules of Cell.
type Difference struct {
	Unit, Indicator, Field, Span string
	Measure                      string
	Before, After                Cell
	Change, Percent              string
}

// Compare lays two periods side by side: every indicator that a unit has in at
// least one of them. The periods must be of one kind.
func Compare(points []Point, from, to string) (Comparison, error) {
	a, err := parsePeriod(from)
	if err != nil {
		return Comparison{}, fmt.Errorf("compare: %w", err)
	}
	b, err := parsePeriod(to)
	if err != nil {
		return Comparison{}, fmt.Errorf("compare: %w", err)
	}
	if a.Kind != b.Kind {
		return Comparison{}, fmt.Errorf("compare %s (%s) with %s (%s): %w", a, a.Kind, b, b.Kind, ErrKinds)
	}
	used, rejected := usable(points, Options{})
	out := Comparison{From: a.String(), To: b.String(), Rejected: rejected}
	type key struct{ unit, indicator, field, span string }
	type pair struct{ before, after []Point }
	groups := make(map[key]*pair)
	for _, p := range used {
		if p.period != a && p.period != b {
			continue
		}
		k := key{p.Unit, p.Indicator, p.Field, p.Span}
		if groups[k] == nil {
			groups[k] = new(pair)
		}
		if p.period == a {
			groups[k].before = append(groups[k].before, p.Point)
		}
		if p.period == b {
			groups[k].after = append(groups[k].after, p.Point)
		}
	}
	units := make([]string, 0, len(groups))
	for k := range groups {
		units = append(units, k.unit)
	}
	sortUnits(units)
	rank := make(map[string]int, len(units))
	for i, u := range units {
		rank[u] = i
	}
	for k, g := range groups {
		d := Difference{Unit: k.unit, Indicator: k.indicator, Field: k.field, Span: k.span,
			Before: choose(g.before), After: choose(g.after)}
		d.Measure = measureOf(map[slot][]Point{{}: slices.Concat(g.before, g.after)})
		if !restarts(d.Measure, d.Span) || a.From[:4] == b.From[:4] {
			d.Change, d.Percent = change(d.Before.Value, d.After.Value, d.Measure)
		}
		out.Rows = append(out.Rows, d)
	}
	slices.SortFunc(out.Rows, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(rank[a.Unit], rank[b.Unit]), cmp.Compare(a.Indicator, b.Indicator),
			cmp.Compare(a.Field, b.Field), compareSpans(a.Span, b.Span))
	})
	return out, nil
}
