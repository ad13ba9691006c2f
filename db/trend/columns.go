// This file decides which periods become columns, and relates periods to each other.

package trend

import (
	"slices"
	"time"

	"baocao/normalize/vntext"
)

// columnsOf lists the periods of each kind that become columns: those asked
// for, else all from the first to the last that has a point.
func columnsOf(points []placed, opts Options) (map[vntext.PeriodKind][]vntext.Period, []Rejected) {
	columns := make(map[vntext.PeriodKind][]vntext.Period)
	var rejected []Rejected
	seen := make(map[*vntext.Period]bool)
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
		period := *p.period
		switch {
		case opts.By == 0:
			columns[period.Kind] = append(columns[period.Kind], period)
		case period.Kind == opts.By:
			columns[opts.By] = append(columns[opts.By], period)
		default:
			if whole := around(period, opts.By); whole.Kind == opts.By {
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

// yearBefore is the same period of the year before; no period for a window.
func yearBefore(p vntext.Period) vntext.Period {
	if p.Kind == vntext.Window || p.From == "" {
		return vntext.Period{}
	}
	return vntext.NewPeriod(p.Kind, p.Year-1, p.N)
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
