// This file tells the figures of earlier periods that a text names beside its own.

package normalize

import (
	"slices"
	"strconv"

	"baocao/extract/rules"
	"baocao/normalize/vntext"
)

// settleNamed returns the figures with those set apart whose clause names a period
// that ends before the report's begins: "giảm còn 05 hồ sơ (tháng 9 là 08 hồ sơ)" in
// the report of October. A period printed without a year is one of the same year, or
// the one just before the report's.
func settleNamed(figures []rules.Figure, period string) []rules.Figure {
	own, err := vntext.ParsePeriod(period)
	if err != nil || own.From == "" || own.To == "" {
		return figures
	}
	out := slices.Clone(figures)
	for i := range out {
		f := &out[i]
		if f.Span == rules.Period && earlier(f.Named, own) {
			f.Span = rules.Previous
		}
	}
	return out
}

// earlier reports whether p ends before own begins.
func earlier(p, own vntext.Period) bool {
	if p.Year == 0 && p.Kind != vntext.Window && p.Kind != 0 {
		year, err := strconv.Atoi(own.To[:len("2006")])
		if err != nil {
			return false
		}
		if p = vntext.NewPeriod(p.Kind, year, p.N); p.From > own.To {
			p = vntext.NewPeriod(p.Kind, year-1, p.N)
			return p == own.Prev()
		}
	}
	return p.To != "" && p.To < own.From
}
