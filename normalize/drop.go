// This file leaves out of a report's figures those that its text gives of something else: of
// the district or province, or of a part of the period.

package normalize

import (
	"slices"
	"strconv"

	"baocao/extract/rules"
	"baocao/normalize/place"
	"baocao/normalize/vntext"
)

// dropWider returns the figures and numbers of a commune's report without the figures
// that are said of a wider area ("toàn huyện tiếp nhận 18.442 hồ sơ"): their numbers are
// understood, and no figures of the commune. In the report of a district or province,
// or of an unknown unit, they may be its own and stay.
func dropWider(res rules.Result, unit string) rules.Result {
	if typ, _ := place.Split(unit); typ.Level() != place.Commune {
		return res
	}
	return without(res, func(f *rules.Figure) bool { return f.Wider }, "count of another unit")
}

// dropParts returns the figures and numbers without the figures of tables whose row or
// column is called by a part of the report's period ("Tháng 4" in the report of the
// second quarter): what is sought is the figure of the whole.
func dropParts(res rules.Result, period string) rules.Result {
	own, err := vntext.ParsePeriod(period)
	if err != nil || own.From == "" || own.To == "" {
		return res
	}
	return without(res, func(f *rules.Figure) bool {
		return f.InTable && f.Span == rules.Period && partOf(f.Named, own)
	}, "of a part of the period")
}

// partOf reports whether p lies within own and is shorter. A period printed without a
// year is of the year in which own ends.
func partOf(p, own vntext.Period) bool {
	if p.Year == 0 && p.Kind == vntext.Month {
		year, err := strconv.Atoi(own.To[:len("2006")])
		if err != nil {
			return false
		}
		p = vntext.NewPeriod(p.Kind, year, p.N)
	}
	return p.From != "" && p.From >= own.From && p.To <= own.To && (p.From > own.From || p.To < own.To)
}

// without returns a result without the figures that are to be dropped; the numbers they
// were read from are other numbers, and why says what of.
func without(res rules.Result, drop func(*rules.Figure) bool, why string) rules.Result {
	dropped := map[int]bool{} // by the first byte of the number
	index := make([]int, len(res.Figures))
	for i := range res.Figures {
		if f := &res.Figures[i]; drop(f) {
			dropped[f.Start] = true
			index[i] = -1
		}
	}
	if len(dropped) == 0 {
		return res
	}
	kept := make([]rules.Figure, 0, len(res.Figures))
	for i := range res.Figures {
		if index[i] < 0 {
			continue
		}
		index[i] = len(kept)
		kept = append(kept, res.Figures[i])
	}
	for i := range kept {
		if p := kept[i].Parent; p >= 0 {
			kept[i].Parent = index[p]
		}
	}
	res.Figures = kept
	res.Numbers = slices.Clone(res.Numbers)
	for i := range res.Numbers {
		if n := &res.Numbers[i]; dropped[n.Start] && n.Class == rules.ClassFigure {
			n.Class, n.Why = rules.ClassOther, why
		}
	}
	return res
}
