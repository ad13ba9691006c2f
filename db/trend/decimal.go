// This file does the exact decimal arithmetic.

package trend

import (
	"cmp"
	"math/big"
	"strconv"
	"strings"
)

// decimal is an exact value with the number of decimals it was printed with. It
// is n / 10^places where big is nil, which holds for nearly everything that
// reports print and takes a small part of the time; else it is big.
type decimal struct {
	n      int64
	places int
	big    *big.Rat
}

// maxDigits bounds a printed number; the largest budget in đồng has 18 digits.
const maxDigits = 60

// smallDigits is how many digits always fit n with room for a sum.
const smallDigits = 17

// powers are those of ten that fit.
var powers = [...]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17}

// parseDecimal reads a plain decimal ("4131", "-3", "99.71").
func parseDecimal(s string) (decimal, bool) {
	body, negative := strings.CutPrefix(s, "-")
	whole, frac, dot := strings.Cut(body, ".")
	if len(body) > maxDigits || !onlyDigits(whole) || (dot && !onlyDigits(frac)) {
		return decimal{}, false
	}
	if len(whole)+len(frac) > smallDigits {
		r, ok := new(big.Rat).SetString(s)
		return decimal{places: len(frac), big: r}, ok
	}
	n := int64(0)
	for _, part := range [2]string{whole, frac} {
		for i := 0; i < len(part); i++ {
			n = 10*n + int64(part[i]-'0')
		}
	}
	if negative {
		n = -n
	}
	return decimal{n: n, places: len(frac)}, true
}

func onlyDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// rat is the value as a fraction, not to be changed.
func (d decimal) rat() *big.Rat {
	if d.big != nil {
		return d.big
	}
	return big.NewRat(d.n, powers[d.places])
}

// exactly makes a decimal of a fraction.
func exactly(r *big.Rat, places int) decimal { return decimal{places: places, big: r} }

// String prints with the places of the value, never "-0".
func (d decimal) String() string {
	if d.big != nil {
		return roundTo(d.big, d.places)
	}
	if d.places == 0 {
		return strconv.FormatInt(d.n, 10)
	}
	n, sign := d.n, ""
	if n < 0 {
		n, sign = -n, "-"
	}
	digits := strconv.FormatInt(n, 10)
	if missing := d.places + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	return sign + digits[:len(digits)-d.places] + "." + digits[len(digits)-d.places:]
}

// aligned gives both numerators over one power of ten; ok is false where they do
// not fit.
func aligned(d, e decimal) (a, b int64, places int, ok bool) {
	places = max(d.places, e.places)
	if d.big != nil || e.big != nil {
		return 0, 0, places, false
	}
	const limit = 1e17
	a, b = d.n, e.n
	for _, side := range [2]struct {
		n  *int64
		by int
	}{{&a, places - d.places}, {&b, places - e.places}} {
		p := powers[side.by]
		if *side.n >= limit/p || *side.n <= -limit/p {
			return 0, 0, places, false
		}
		*side.n *= p
	}
	return a, b, places, true
}

func (d decimal) add(e decimal) decimal {
	a, b, places, ok := aligned(d, e)
	if ok && within(a+b) {
		return decimal{n: a + b, places: places}
	}
	return exactly(new(big.Rat).Add(d.rat(), e.rat()), places)
}

func (d decimal) sub(e decimal) decimal {
	a, b, places, ok := aligned(d, e)
	if ok && within(a-b) {
		return decimal{n: a - b, places: places}
	}
	return exactly(new(big.Rat).Sub(d.rat(), e.rat()), places)
}

func within(n int64) bool { return n < 1e17 && n > -1e17 }

func (d decimal) cmp(e decimal) int {
	if d.places == e.places && d.big == nil && e.big == nil {
		return cmp.Compare(d.n, e.n)
	}
	if a, b, _, ok := aligned(d, e); ok {
		switch {
		case a < b:
			return -1
		case a > b:
			return 1
		}
		return 0
	}
	return d.rat().Cmp(e.rat())
}

func (d decimal) sign() int {
	switch {
	case d.big != nil:
		return d.big.Sign()
	case d.n < 0:
		return -1
	case d.n > 0:
		return 1
	}
	return 0
}

func (d decimal) abs() decimal {
	if d.sign() >= 0 {
		return d
	}
	if d.big != nil {
		return exactly(new(big.Rat).Neg(d.big), d.places)
	}
	return decimal{n: -d.n, places: d.places}
}

// shareOf gives d in per cent of base, exactly; base must not be 0.
func (d decimal) shareOf(base decimal) decimal { return d.per(base, 100) }

// per is d times a whole number over base.
func (d decimal) per(base decimal, times int64) decimal {
	share := new(big.Rat).Mul(d.rat(), big.NewRat(times, 1))
	return exactly(share.Quo(share, base.rat()), 0)
}

// near says whether printed is d, rounded or cut off after its last decimal.
func (d decimal) near(printed decimal) bool {
	step := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(printed.places)), nil))
	return d.sub(printed).abs().rat().Cmp(step) < 0
}

// percentOf gives the change from base to d in per cent of base with one
// decimal, rounded half away from zero; "" where base is 0.
func (d decimal) percentOf(base decimal) string {
	if base.sign() == 0 {
		return ""
	}
	return d.sub(base).tenths(base.abs(), 100)
}

// tenths gives times d over base, which must be above 0, with one decimal, rounded
// half away from zero.
func (d decimal) tenths(base decimal, times int64) string {
	a, b, _, ok := aligned(d, base)
	if most := 8e17 / (20 * times); !ok || a >= most || a <= -most {
		return roundTo(d.per(base, times).rat(), 1)
	}
	twice, half := 20*times*a, b // twice as many tenths, so that the half is whole
	if twice < 0 {
		half = -b
	}
	return decimal{n: (twice + half) / (2 * b), places: 1}.String()
}

// level gives d times a small whole number over base, rounded half up; 0 <= d <= base,
// and base is not 0.
func (d decimal) level(base decimal, times int64) int {
	if a, b, _, ok := aligned(d, base); ok {
		return int((2*times*a + b) / (2 * b)) // below 1e17 each, so that it fits
	}
	part, _ := d.per(base, times).rat().Float64()
	return int(part + 0.5)
}

// roundTo prints with a fixed number of places, half away from zero, and
// never "-0".
func roundTo(r *big.Rat, places int) string {
	s := r.FloatString(places) // rounds half away from zero
	if strings.Trim(s, "-0.") == "" {
		s = strings.TrimPrefix(s, "-")
	}
	return s
}

// Add is the exact sum of plain decimals; "" where one of them is none, and where
// there are none.
func Add(values ...string) string {
	var acc decimal
	for i, v := range values {
		d, ok := parseDecimal(v)
		if !ok {
			return ""
		}
		if i == 0 {
			acc = d
		} else {
			acc = acc.add(d)
		}
	}
	if len(values) == 0 {
		return ""
	}
	return acc.String()
}

// Subtract is a - b exactly; "" where one of them is no plain decimal.
func Subtract(a, b string) string {
	x, okX := parseDecimal(a)
	y, okY := parseDecimal(b)
	if !okX || !okY {
		return ""
	}
	return x.sub(y).String()
}
