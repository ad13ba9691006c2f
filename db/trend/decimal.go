// This file does the exact decimal arithmetic.

package trend

import (
	"math/big"
	"strings"
)

// decimal is an exact value with the number of decimals it was printed with.
type decimal struct {
	rat    *big.Rat
	places int
}

// maxDigits bounds a printed number; the largest budget in đồng has 18 digits.
const maxDigits = 60

// parseDecimal reads a plain decimal ("4131", "-3", "99.71").
func parseDecimal(s string) (decimal, bool) {
	body := strings.TrimPrefix(s, "-")
	whole, frac, dot := strings.Cut(body, ".")
	if len(body) > maxDigits || !onlyDigits(whole) || (dot && !onlyDigits(frac)) {
		return decimal{}, false
	}
	r, ok := new(big.Rat).SetString(s)
	return decimal{r, len(frac)}, ok
}

func onlyDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// String prints with the places of the value.
func (d decimal) String() string { return roundTo(d.rat, d.places) }

func (d decimal) add(e decimal) decimal {
	return decimal{new(big.Rat).Add(d.rat, e.rat), max(d.places, e.places)}
}

func (d decimal) sub(e decimal) decimal {
	return decimal{new(big.Rat).Sub(d.rat, e.rat), max(d.places, e.places)}
}

// shareOf gives d in per cent of base, exactly; base must not be 0.
func (d decimal) shareOf(base decimal) decimal {
	share := new(big.Rat).Mul(d.rat, big.NewRat(100, 1))
	return decimal{share.Quo(share, base.rat), 0}
}

// near says whether printed is d, rounded or cut off after its last decimal.
func (d decimal) near(printed decimal) bool {
	gap := new(big.Rat).Sub(d.rat, printed.rat)
	step := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(printed.places)), nil))
	return gap.Abs(gap).Cmp(step) < 0
}

// percentOf gives the change from base to d in per cent of base with one
// decimal, rounded half away from zero; "" where base is 0.
func (d decimal) percentOf(base decimal) string {
	if base.rat.Sign() == 0 {
		return ""
	}
	change := new(big.Rat).Sub(d.rat, base.rat)
	change.Mul(change, big.NewRat(100, 1))
	return roundTo(change.Quo(change, new(big.Rat).Abs(base.rat)), 1)
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
