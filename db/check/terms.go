// This file gives the terms of a comparison, one by one, for laying the arithmetic
// out.

package check

// Side says where a term stands in a comparison.
type Side string

const (
	LeftSide  Side = "left"
	RightSide Side = "right"
	RateSide  Side = "rate" // a printed percentage,
	PartSide  Side = "part" // what it is the share of,
	BaseSide  Side = "base" // and what that was divided by
)

// Term is one figure of a comparison.
type Term struct {
	Side      Side
	Coef      int64 // 1 or -1 almost always
	Indicator string
	Field     string
	Sum       bool   // one of the fields that are added up
	Before    bool   // of the report of the period before
	YTD       bool   // since the start of the year
	Value     string // plain decimal; "0" where nothing is printed
	Figure    int    // index in Finding.Figures, -1 where nothing is printed
}

// terms lists the terms of an instance in the order in which arithmetic cites them.
func (f *facts) terms(in *instance) []Term {
	var out []Term
	figure := 0
	add := func(side Side, ts []bterm) {
		for _, t := range ts {
			x := Term{Side: side, Coef: t.coef, Indicator: f.set.ids[t.ind], Sum: t.sum, Before: t.far, YTD: t.when == ytd || t.when == prevYTD,
				Value: "0", Figure: -1}
			if in.field != 0 {
				x.Field = f.fieldName(in.field)
			}
			if t.val != nil {
				x.Field, x.Value, x.Figure = t.val.fig.Field, t.val.v.String(), figure
				figure++
			}
			out = append(out, x)
		}
	}
	if s := in.share; s != nil {
		add(RateSide, in.left)
		add(PartSide, s.num)
		add(BaseSide, s.den)
		return out
	}
	add(LeftSide, in.left)
	add(RightSide, in.right)
	return out
}
