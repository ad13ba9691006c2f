// This file finds days that no report of a unit covers and days that two cover.

package trend

import (
	"slices"
	"time"

	"baocao/normalize/vntext"
)

// WindowKind says how the data of two reports that follow each other do not fit.
type WindowKind string

const (
	Gap     WindowKind = "gap"     // days between them that neither covers
	Overlap WindowKind = "overlap" // days that both cover
)

// Seam is a place between two reports of a unit where their windows do not fit.
type Seam struct {
	Unit          string
	Kind          WindowKind
	Before, After string // the periods
	From, To      string // the days, both included
	Days          int
}

// Seams compares the data windows of reports on successive periods of one kind.
// An end of a window that a report does not print is that of its period. A
// period without a report is no gap here: see Coverage.
func Seams(reports []Report) []Seam {
	type window struct {
		period   vntext.Period
		from, to string
	}
	type key struct {
		unit string
		kind vntext.PeriodKind
	}
	groups := make(map[key][]window)
	var units []string
	for _, r := range reports {
		p, err := parsePeriod(r.Period)
		if err != nil || r.Unit == "" {
			continue
		}
		w := window{p, r.From, r.To}
		// One printed end belongs to the window of the office (15th to 14th), the
		// other is then not known.
		if w.from == "" && w.to == "" || w.from == p.From || w.to == p.To {
			if w.from == "" {
				w.from = p.From
			}
			if w.to == "" {
				w.to = p.To
			}
		}
		if w.from == "" || w.to == "" || w.from > w.to {
			continue
		}
		k := key{r.Unit, p.Kind}
		groups[k] = append(groups[k], w)
		units = append(units, r.Unit)
	}
	sortUnits(units)
	var out []Seam
	for _, unit := range slices.Compact(units) {
		for kind := vntext.Month; kind <= vntext.Window; kind++ {
			list := groups[key{unit, kind}]
			slices.SortFunc(list, func(a, b window) int { return a.period.Compare(b.period) })
			for i := 1; i < len(list); i++ {
				a, b := list[i-1], list[i]
				if a.period == b.period || kind != vntext.Window && b.period.Prev() != a.period {
					continue
				}
				s := Seam{Unit: unit, Before: a.period.String(), After: b.period.String()}
				switch {
				case b.from <= a.to:
					s.Kind, s.From, s.To = Overlap, b.from, min(a.to, b.to)
				case dayAfter(a.to) < b.from:
					s.Kind, s.From, s.To = Gap, dayAfter(a.to), dayBefore(b.from)
				default:
					continue
				}
				s.Days = days(s.From, s.To)
				out = append(out, s)
			}
		}
	}
	return out
}

// days counts the days between two ISO dates, both included.
func days(from, to string) int {
	a, err1 := time.Parse(time.DateOnly, from)
	b, err2 := time.Parse(time.DateOnly, to)
	if err1 != nil || err2 != nil {
		return 0
	}
	return int(b.Sub(a).Hours()/24) + 1
}

func dayBefore(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, -1).Format(time.DateOnly)
}
