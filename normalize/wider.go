// This file leaves out what a commune's report says of the district or province.

package normalize

import (
	"slices"

	"baocao/extract/rules"
	"baocao/normalize/place"
)

// dropWider returns the figures and numbers of a commune's report without the figures
// that are said of a wider area ("toàn huyện tiếp nhận 18.442 hồ sơ"): their numbers are
// understood, and no figures of the commune. In the report of a district or province,
// or of an unknown unit, they may be its own and stay.
func dropWider(res rules.Result, unit string) rules.Result {
	typ, _ := place.Split(unit)
	if typ.Level() != place.Commune || !slices.ContainsFunc(res.Figures, func(f rules.Figure) bool { return f.Wider }) {
		return res
	}
	wider := map[int]bool{} // by the first byte of the number
	index := make([]int, len(res.Figures))
	var kept []rules.Figure
	for i, f := range res.Figures {
		index[i] = -1
		if f.Wider {
			wider[f.Start] = true
			continue
		}
		index[i] = len(kept)
		kept = append(kept, f)
	}
	for i := range kept {
		if p := kept[i].Parent; p >= 0 {
			kept[i].Parent = index[p]
		}
	}
	res.Figures = kept
	res.Numbers = slices.Clone(res.Numbers)
	for i := range res.Numbers {
		if n := &res.Numbers[i]; wider[n.Start] && n.Class == rules.ClassFigure {
			n.Class, n.Why = rules.ClassOther, "count of another unit"
		}
	}
	return res
}
