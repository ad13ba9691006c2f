// This file holds exact numbers: amounts in thousandths, and the interval a printed
// number stands for.

package check

import (
	"math"
	"math/bits"
	"strconv"
	"strings"

	"baocao/normalize"
)

// amount is a number in thousandths. Counts, money in đồng and percentages all
// fit: what has more than three decimals is widened, never rounded silently.
type amount int64

const (
	unit amount = 1000
	// maxAmount is 10^15: larger figures are reported and kept out of arithmetic.
	maxAmount amount = 1_000_000_000_000_000 * unit
)

// parseAmount reads a plain decimal ("4131", "99.71", "-3"). inexact says that
// digits beyond the third decimal were cut off; ok is false for anything that is
// no decimal number or lies beyond 10^15.
func parseAmount(s string) (a amount, inexact, ok bool) {
	neg := strings.HasPrefix(s, "-")
	if neg {
		s = s[1:]
	}
	whole, frac, _ := strings.Cut(s, ".")
	if whole == "" || len(whole) > 16 {
		return 0, false, false
	}
	for i := 0; i < len(whole); i++ {
		if whole[i] < '0' || whole[i] > '9' {
			return 0, false, false
		}
		a = a*10 + amount(whole[i]-'0')
	}
	for i := 0; i < len(frac); i++ {
		if frac[i] < '0' || frac[i] > '9' {
			return 0, false, false
		}
	}
	for i := 0; i < 3; i++ {
		a *= 10
		if i < len(frac) {
			a += amount(frac[i] - '0')
		}
	}
	inexact = len(frac) > 3 && strings.Trim(frac[3:], "0") != ""
	if a > maxAmount {
		return 0, inexact, false
	}
	if neg {
		a = -a
	}
	return a, inexact, true
}

// String writes the plain decimal without trailing zeros.
func (a amount) String() string {
	if a == math.MinInt64 {
		a++
	}
	sign := ""
	if a < 0 {
		sign, a = "-", -a
	}
	s := sign + strconv.FormatInt(int64(a/unit), 10)
	if f := int64(a % unit); f != 0 {
		d := strconv.FormatInt(f+1000, 10)[1:]
		s += "." + strings.TrimRight(d, "0")
	}
	return s
}

// words writes the amount as Vietnamese text does: "1.234,5".
func (a amount) words() string {
	s := a.String()
	whole, frac, _ := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	var b strings.Builder
	b.WriteString(sign)
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte('.')
		}
		b.WriteByte(whole[i])
	}
	if frac != "" {
		b.WriteString("," + frac)
	}
	return b.String()
}

// plus adds and stays at the ends of the range instead of wrapping round.
func (a amount) plus(b amount) amount {
	s := a + b
	switch {
	case b > 0 && s < a:
		return math.MaxInt64
	case b < 0 && s > a:
		return math.MinInt64 + 1
	}
	return s
}

func (a amount) abs() amount {
	if a < 0 {
		return -a
	}
	return a
}

// span is the closed interval of true values that a printed number can stand for.
type span struct{ lo, hi amount }

func (s span) plus(t span) span  { return span{s.lo.plus(t.lo), s.hi.plus(t.hi)} }
func (s span) minus(t span) span { return span{s.lo.plus(-t.hi), s.hi.plus(-t.lo)} }
func (s span) times(k int64) span {
	a, b := mulSat(s.lo, k), mulSat(s.hi, k)
	if k < 0 {
		a, b = b, a
	}
	return span{a, b}
}
func (s span) meets(t span) bool { return s.lo <= t.hi && t.lo <= s.hi }

func mulSat(a amount, k int64) amount {
	if k == 1 {
		return a
	}
	if k == -1 {
		return -a
	}
	neg := (a < 0) != (k < 0)
	hi, lo := bits.Mul64(uint64(a.abs()), uint64(max(k, -k)))
	if hi != 0 || lo > math.MaxInt64 {
		lo = math.MaxInt64
	}
	if neg {
		return -amount(lo)
	}
	return amount(lo)
}

// printed gives the interval of a figure. A printed last digit worth u stands
// for v - u/2 .. v + u: rounded to the nearest or cut off, both are done. Whole
// counts stand for themselves. An approximate figure ("hơn", "gần", "khoảng")
// stands for a tenth to either side.
func printed(f *normalize.Figure, percent bool) (v amount, s span, ok bool) {
	v, inexact, ok := parseAmount(f.Value)
	if !ok {
		return 0, span{}, false
	}
	u := amount(0)
	switch {
	case f.Rounding > 1 && f.Rounding <= int64(maxAmount/unit):
		u = amount(f.Rounding) * unit
	case percent || f.Decimals > 0:
		u = unit
		for range min(f.Decimals, 3) {
			u /= 10
		}
	}
	s = span{v, v}
	if u > 0 {
		s = span{v - (u+1)/2, v + u - 1}
		if u == 1 {
			s.hi = v + 1
		}
		if u > 1 && percent && v == 100*unit {
			s.hi = v
		}
	}
	if inexact {
		s.lo, s.hi = s.lo-1, s.hi+1
	}
	if f.Approx {
		w := max(v.abs()/10, u)
		s = span{v - w, v + w}
	}
	return v, s, true
}

// cmpProducts compares a*b with c*d for non-negative numbers, exactly.
func cmpProducts(a, b, c, d amount) int {
	h1, l1 := bits.Mul64(uint64(a), uint64(b))
	h2, l2 := bits.Mul64(uint64(c), uint64(d))
	switch {
	case h1 != h2:
		if h1 < h2 {
			return -1
		}
		return 1
	case l1 < l2:
		return -1
	case l1 > l2:
		return 1
	}
	return 0
}

// shareFits says whether 100*num/den can be rate, for intervals with num, den
// and rate not negative. A denominator of nothing fits a rate of 0 and of 100.
func shareFits(num, den, rate span) bool {
	if den.hi <= 0 {
		return num.hi <= 0 && (rate.lo <= 0 || rate.hi >= 100*unit)
	}
	pos := func(a amount) amount { return max(a, 0) }
	// lowest share <= rate.hi: 100*num.lo <= rate.hi*den.hi
	if cmpProducts(pos(num.lo), 100*unit, pos(rate.hi), pos(den.hi)) > 0 {
		return false
	}
	// highest share >= rate.lo: 100*num.hi >= rate.lo*den.lo
	return cmpProducts(pos(num.hi), 100*unit, pos(rate.lo), max(den.lo, 1)) >= 0
}

// share gives 100*num/den in thousandths of a per cent, rounded half up.
func share(num, den amount) amount {
	if den <= 0 || num < 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(num), uint64(100*unit))
	lo, carry := bits.Add64(lo, uint64(den)/2, 0)
	hi += carry
	if hi >= uint64(den) {
		return math.MaxInt64
	}
	q, _ := bits.Div64(hi, lo, uint64(den))
	return amount(min(q, math.MaxInt64))
}
