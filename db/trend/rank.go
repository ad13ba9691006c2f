// This file orders units by one indicator in one period.

package trend

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
)

// Ranking is the result of RankUnits.
type Ranking struct {
	Indicator, Field, Period, Measure string
	Rows                              []Ranked // the highest value first
	Absent                            []string // units without a value to rank that have one of Base, or only a part or a conflict
	Quartiles                         Quartiles
	Rejected                          []Rejected
}

// Ranked is one unit. Rank is the same for equal values; the next one is that
// many further ("1, 1, 3").
type Ranked struct {
	Rank int
	Unit string
	Cell Cell
	// Quarter is 1 for the units up to the lower quartile, 4 for those above the
	// upper one.
	Quarter int
	// PerThousand is the value for a thousand of Base, with one decimal; "" where
	// Base is missing or 0, and for what is no count.
	PerThousand string
	Base        Cell
}

// Quartiles are the values that part a list into four: as Excel's QUARTILE.INC
// gives them (the point at (n-1)*k/4 of the sorted values, between two in
// proportion). "" where there is no value.
type Quartiles struct {
	Min, Lower, Median, Upper, Max string
}

// RankOptions choose what is ranked.
type RankOptions struct {
	Options
	Indicator, Field string
	Period           string
	Base             string // the indicator for PerThousand, "" for none
}

// RankUnits orders the units by an indicator in a period. A value that lacks a part
// (see Cell.Lacks) or is in conflict is not ranked: its unit is among Absent.
func RankUnits(points []Point, o RankOptions) (Ranking, error) {
	period, err := parsePeriod(o.Period)
	if err != nil {
		return Ranking{}, fmt.Errorf("rank: %w", err)
	}
	o.Indicators = []string{o.Indicator}
	if o.Base != "" {
		o.Indicators = append(o.Indicators, o.Base)
	}
	used, rejected := usable(points, o.Options)
	b := newBook(used, o.Options)
	out := Ranking{Indicator: o.Indicator, Field: o.Field, Period: period.String(), Measure: b.measure[o.Indicator], Rejected: rejected}
	var units []string
	for _, p := range used {
		if n := len(units); n == 0 || units[n-1] != p.Unit {
			units = append(units, p.Unit)
		}
	}
	units = b.rows(units, o.Options)
	values, found := make([]decimal, 0, len(units)), make([]Ranked, 0, len(units))
	for _, unit := range units {
		key := seriesKey{unit, o.Indicator, o.Field, "period"}
		c := b.at(key, period)
		v, ok := parseDecimal(c.Value)
		if !ok || len(c.Lacks) > 0 {
			if !c.Absent() || o.Base != "" && !b.at(key.of(o.Base), period).Absent() {
				out.Absent = append(out.Absent, unit)
			}
			continue
		}
		r := Ranked{Unit: unit, Cell: c}
		if o.Base != "" && o.Base != o.Indicator && summable(out.Measure) {
			r.Base = b.at(key.of(o.Base), period)
			if base, ok := parseDecimal(r.Base.Value); ok && base.sign() > 0 && len(r.Base.Lacks) == 0 {
				r.PerThousand = v.tenths(base, 1000)
			}
		}
		found, values = append(found, r), append(values, v)
	}
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Or(values[j].cmp(values[i]), i-j) })
	sorted := make([]decimal, len(values)) // the least first
	for place, i := range order {
		sorted[len(values)-1-place] = values[i]
	}
	rows := found
	arrange(rows, order)
	for place := range rows {
		rows[place].Rank = place + 1
		if place > 0 && sorted[len(sorted)-1-place].cmp(sorted[len(sorted)-place]) == 0 {
			rows[place].Rank = rows[place-1].Rank
		}
	}
	out.Rows = rows
	if len(sorted) == 0 {
		return out, nil
	}
	var cuts [5]decimal
	for k := range cuts {
		cuts[k] = quantile(sorted, k)
	}
	out.Quartiles = Quartiles{cuts[0].String(), cuts[1].String(), cuts[2].String(), cuts[3].String(), cuts[4].String()}
	for place := range rows {
		rows[place].Quarter = 1
		for k := 1; k <= 3; k++ {
			if sorted[len(sorted)-1-place].cmp(cuts[k]) > 0 {
				rows[place].Quarter = k + 1
			}
		}
	}
	return out, nil
}

// quantile is the k-th quartile of sorted values.
func quantile(sorted []decimal, k int) decimal {
	position := (len(sorted) - 1) * k
	i, rest := position/4, position%4
	low := sorted[i]
	if rest == 0 {
		return low
	}
	high := sorted[i+1]
	step := new(big.Rat).Sub(high.rat(), low.rat())
	step.Mul(step, big.NewRat(int64(rest), 4))
	out := exactly(step.Add(step, low.rat()), max(low.places, high.places))
	for ; out.places < max(low.places, high.places)+2; out.places++ {
		scale := new(big.Rat).SetFrac(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(out.places)), nil), big.NewInt(1))
		if scale.Mul(scale, out.rat()).IsInt() {
			break
		}
	}
	// At a quarter between two values there are at most two decimals more, so that
	// this is exact, and quick to compare with.
	if plain, ok := parseDecimal(out.String()); ok {
		return plain
	}
	return out
}
