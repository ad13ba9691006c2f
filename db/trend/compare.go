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
// least one of them. The periods must be of one kind. The greatest change in the
// indicator's own unit comes first, in each group of Options.Group by itself. (An
// order by per cent would be led by what grew from 1 to 5, and has no place for what
// grew from 0.) What is equal, and then what has no change, follows by unit and
// indicator.
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
	most := 0
	for _, list := range units {
		most += len(list)
	}
	rows := make([]Difference, 0, most)
	for k, list := range units {
		for _, unit := range book.members(list, opts) {
			if d := book.difference(seriesKey{unit, k.indicator, k.field, k.span}, a, b); !d.Before.Absent() || !d.After.Absent() {
				rows = append(rows, d)
			}
		}
	}
	sortDifferences(rows, opts.Group)
	out.Rows = rows
	return out, nil
}

// sortDifferences puts what changed most first; see Compare.
func sortDifferences(rows []Difference, group func(indicator string) int) {
	// What is compared is worked out once for each row, as there may be very many.
	type place struct {
		row   int
		class int8 // 0 changed, 1 equal, 2 not to be compared
		group int
		size  decimal
		unit  weighed
	}
	places := make([]place, len(rows))
	w, weights := newScale(), make(map[string]weighed)
	for i := range rows {
		p, r := &places[i], &rows[i]
		p.row = i
		if group != nil {
			p.group = group(r.Indicator)
		}
		change, ok := parseDecimal(r.Change)
		switch p.size = change.abs(); {
		case !ok:
			p.class = 2
		case change.sign() == 0:
			p.class = 1
		}
		if p.unit, ok = weights[r.Unit]; !ok {
			p.unit = w.weigh(r.Unit)
			weights[r.Unit] = p.unit
		}
	}
	slices.SortFunc(places, func(a, b place) int {
		if a.class != b.class {
			return int(a.class - b.class)
		}
		if a.class == 0 {
			if a.group != b.group {
				return a.group - b.group
			}
			if c := b.size.cmp(a.size); c != 0 {
				return c
			}
		}
		if c := a.unit.compare(b.unit); c != 0 {
			return c
		}
		p, q := &rows[a.row], &rows[b.row]
		return cmp.Or(cmp.Compare(p.Indicator, q.Indicator), cmp.Compare(p.Field, q.Field), compareSpans(p.Span, q.Span))
	})
	order := make([]int, len(places))
	for i, p := range places {
		order[i] = p.row
	}
	arrange(rows, order)
}

func (b *book) difference(k seriesKey, from, to vntext.Period) Difference {
	d := Difference{Unit: k.unit, Indicator: k.indicator, Field: k.field, Span: k.span, Measure: b.measure[k.indicator],
		Before: b.at(k, from), After: b.at(k, to)}
	if !restarts(d.Measure, d.Span) || from.From[:4] == to.From[:4] {
		d.Change, d.Percent = b.change(d.Before, d.After, k.indicator)
	}
	return d
}
