// This file tells when what counts "from the start of the year" is the period's own
// figure.

package normalize

import (
	"slices"

	"baocao/extract/rules"
	"baocao/normalize/vntext"
)

// settleYear returns the figures with those that count from the start of the year
// taken for the period's own, where the report's period begins with the year (first
// quarter, half year, nine months, year) and the text prints no other value for the
// period. A month's report keeps them apart.
func settleYear(figures []rules.Figure, period string) []rules.Figure {
	if !beginsYear(period) {
		return figures
	}
	type key struct{ indicator, field string }
	own := map[key]bool{}
	for _, f := range figures {
		if f.Span == rules.Period {
			own[key{f.Indicator, f.Field}] = true
		}
	}
	out := slices.Clone(figures)
	for i := range out {
		if f := &out[i]; f.Span == rules.YTD && !own[key{f.Indicator, f.Field}] {
			f.Span = rules.Period
		}
	}
	return out
}

// beginsYear reports whether the period begins with the year, by the calendar or by
// the reporting windows of Decree 09/2019, whose year begins on 15 December.
func beginsYear(period string) bool {
	p, err := vntext.ParsePeriod(period)
	if err != nil {
		return false
	}
	switch p.Kind {
	case vntext.Quarter, vntext.Half:
		return p.N == 1
	case vntext.NineMonths, vntext.Year:
		return true
	case vntext.Month:
		return p.N == 1
	case vntext.Window:
		return len(p.From) == 10 && (p.From[5:] == "01-01" || p.From[5:] == "12-15" || p.From[5:] == "12-16")
	}
	return false
}
