// This file looks up what a unit has in a period.

package trend

import (
	"slices"

	"baocao/normalize/vntext"
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

// seriesKey is one series: an indicator of a unit over time.
type seriesKey struct{ unit, indicator, field, span string }

func (k seriesKey) of(indicator string) seriesKey { k.indicator = indicator; return k }

func (k seriesKey) in(unit string) seriesKey { k.unit = unit; return k }

// entry is what the reports of one unit and period say.
type entry struct {
	period *vntext.Period
	points []placed
}

// line is the entries of a series by period.
type line struct{ entries []entry }

// book is all points, ready to be looked up.
type book struct {
	series   map[seriesKey]*line
	measure  map[string]string // of an indicator; "" where points disagree
	formulas map[string]Formula
	lineages map[string]Lineage
}

func newBook(points []placed, opts Options) *book {
	units := 0 // at least as many series there are
	for i, p := range points {
		if i == 0 || p.Unit != points[i-1].Unit {
			units++
		}
	}
	b := &book{series: make(map[seriesKey]*line, units), measure: make(map[string]string), formulas: opts.Formulas, lineages: make(map[string]Lineage)}
	for _, l := range opts.Lineages {
		b.lineages[l.Unit] = l
	}
	var last seriesKey // points of one series mostly follow each other, and of these those of one period
	var l *line
	for i, p := range points {
		if m, ok := b.measure[p.Indicator]; ok && m != p.Measure {
			b.measure[p.Indicator] = ""
		} else if !ok {
			b.measure[p.Indicator] = p.Measure
		}
		if k := (seriesKey{p.Unit, p.Indicator, p.Field, p.Span}); l == nil || k != last {
			if l = b.series[k]; l == nil {
				l = &line{make([]entry, 0, 2)}
				b.series[k] = l
			}
			last = k
		}
		same := len(l.entries) - 1
		if same < 0 || *l.entries[same].period != *p.period {
			same = slices.IndexFunc(l.entries, func(e entry) bool { return *e.period == *p.period })
		}
		if same >= 0 {
			l.entries[same].points = append(l.entries[same].points, p)
			continue
		}
		l.entries = append(l.entries, entry{p.period, points[i : i+1 : i+1]})
	}
	for _, l := range b.series {
		slices.SortFunc(l.entries, func(a, b entry) int { return a.period.Compare(*b.period) })
	}
	return b
}

// entries are those of a series by period.
func (b *book) entries(k seriesKey) []entry {
	if l := b.series[k]; l != nil {
		return l.entries
	}
	return nil
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
	for _, e := range b.entries(k) {
		if *e.period == p {
			c := choose(e.points)
			if !c.Absent() {
				c.Basis = Printed
			}
			return c
		}
	}
	return Cell{}
}
