// This file compares two periods, unit by unit.

package trend

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"baocao/normalize/vntext"
)

// ErrKinds is returned when two periods of different kinds are compared, such
// as a month with a quarter.
var ErrKinds = errors.New("the periods are of different kinds")

// Comparison is the result of Compare.
type Comparison struct {
	From, To string
	Rows     []Difference // what changed most comes first
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
// least one of them. The periods must be of one kind. The order is by the size of
// the change: in per cent where there are several indicators (in points for
// percentages; what was 0 before comes first), else in the indicator's own unit.
// Equals, and what has no change, follow by unit and indicator.
func Compare(points []Point, from, to string, opts Options) (Comparison, error) {
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
	used, rejected := usable(points, opts)
	book := newBook(used, opts)
	out := Comparison{From: a.String(), To: b.String(), Rejected: rejected}
	units := make(map[gridKey][]string)
	for _, p := range used {
		if len(opts.Indicators) == 0 || slices.Contains(opts.Indicators, p.Indicator) {
			k := gridKey{p.Indicator, p.Field, p.Span, 0}
			if list := units[k]; len(list) == 0 || list[len(list)-1] != p.Unit {
				units[k] = append(list, p.Unit)
			}
		}
	}
	var rows []Difference
	indicators := make(map[string]bool)
	for k, list := range units {
		indicators[k.indicator] = true
		for _, unit := range book.members(list, opts) {
			if d := book.difference(seriesKey{unit, k.indicator, k.field, k.span}, a, b); !d.Before.Absent() || !d.After.Absent() {
				rows = append(rows, d)
			}
		}
	}
	// What is sorted is small, as there may be very many rows.
	type place struct {
		row, unit int      // in rows; of the unit among all
		size      *decimal // nil where there is no change to speak of
		base      bool     // the value before was not 0
	}
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.Unit
	}
	rank := make(map[string]int)
	for i, n := range SortUnits(names) {
		rank[n] = i
	}
	order := make([]place, len(rows))
	for i, r := range rows {
		order[i] = place{row: i, unit: rank[r.Unit]}
		order[i].size, order[i].base = size(r, len(indicators) > 1)
	}
	slices.SortFunc(order, func(a, b place) int {
		if c := cmp.Or(compareSizes(a.size, b.size, a.base, b.base), a.unit-b.unit); c != 0 {
			return c
		}
		p, q := &rows[a.row], &rows[b.row]
		return cmp.Or(cmp.Compare(p.Indicator, q.Indicator), cmp.Compare(p.Field, q.Field), compareSpans(p.Span, q.Span))
	})
	out.Rows = make([]Difference, len(rows))
	for i, o := range order {
		out.Rows[i] = rows[o.row]
	}
	return out, nil
}

func (b *book) difference(k seriesKey, from, to vntext.Period) Difference {
	d := Difference{Unit: k.unit, Indicator: k.indicator, Field: k.field, Span: k.span, Measure: b.measure[k.indicator],
		Before: b.at(k, from), After: b.at(k, to)}
	if !restarts(d.Measure, d.Span) || from.From[:4] == to.From[:4] {
		d.Change, d.Percent = b.change(d.Before, d.After, k.indicator)
	}
	return d
}

// size is what a difference is ordered by.
func size(d Difference, relative bool) (*decimal, bool) {
	change, ok := parseDecimal(d.Change)
	if !ok {
		return nil, false
	}
	if relative && d.Percent != "" {
		percent, _ := parseDecimal(d.Percent)
		percent = percent.abs()
		return &percent, true
	}
	base := !relative || !summable(d.Measure) || change.sign() == 0
	change = change.abs()
	return &change, base
}

// compareSizes puts the greater first, of those what had no base, and what has
// no size last.
func compareSizes(a, b *decimal, baseA, baseB bool) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	case baseA != baseB:
		if baseB {
			return -1
		}
		return 1
	}
	return b.cmp(*a)
}
