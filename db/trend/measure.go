// This file says what may be done with the numbers of an indicator.

package trend

import "strings"

// Measures of an indicator: what its number is, which decides whether values of
// several units may be added and whether a change in per cent makes sense.
const (
	Flow       = "flow"       // happened in the period
	Stock      = "stock"      // state on one day
	Cumulative = "cumulative" // since the start of the year
	Count      = "count"      // counted, not said whether flow or stock
	Money      = "money"      // đồng
	Percent    = "percent"
	Score      = "score"
	Rank       = "rank"
)

// summable says whether values of different units may be added.
func summable(measure string) bool {
	m, _, _ := strings.Cut(measure, "_")
	switch m {
	case Flow, Stock, Cumulative, Count, Money:
		return true
	}
	return false
}

// isCumulative says whether the number of a period holds those before it too.
func isCumulative(measure string) bool {
	m, _, _ := strings.Cut(measure, "_")
	return m == Cumulative || m == "annual"
}

// restarts says whether the number starts again at zero every year, so that
// January has no change against December.
func restarts(measure, span string) bool {
	m, _, _ := strings.Cut(measure, "_")
	return m == Cumulative || span == "ytd"
}
