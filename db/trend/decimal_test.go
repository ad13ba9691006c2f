package trend

import (
	"math/big"
	"testing"
)

// The quick way with whole numbers gives what fractions give, and where it does
// not fit, fractions are taken.
func FuzzDecimal(f *testing.F) {
	for _, s := range [][2]string{{"239", "226"}, {"-0.05", "0.1"}, {"99999999999999999", "1"}, {"99999999999999999", "0.00000000000000001"}, {"123456789012345678", "-1"},
		{"0", "0"}, {"-0", "3"}, {"1", "3"}, {"2", "-3"}, {"1000000000000000", "7"}, {"0.5", "100"}, {"1.25", "-1000"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, s, u string) {
		a, okA := parseDecimal(s)
		b, okB := parseDecimal(u)
		if !okA || !okB {
			return
		}
		x, _ := new(big.Rat).SetString(s)
		y, _ := new(big.Rat).SetString(u)
		places := max(a.places, b.places)
		for what, pair := range map[string][2]string{
			"a":   {a.String(), roundTo(x, a.places)},
			"sum": {a.add(b).String(), roundTo(new(big.Rat).Add(x, y), places)},
			"gap": {a.sub(b).String(), roundTo(new(big.Rat).Sub(x, y), places)},
			"abs": {a.abs().String(), roundTo(new(big.Rat).Abs(x), a.places)},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s of %s and %s: %s, want %s", what, s, u, pair[0], pair[1])
			}
		}
		if a.cmp(b) != x.Cmp(y) || a.sign() != x.Sign() || a.rat().Cmp(x) != 0 {
			t.Errorf("%s and %s: compare %d, sign %d", s, u, a.cmp(b), a.sign())
		}
		want := ""
		if y.Sign() != 0 {
			share := new(big.Rat).Sub(x, y)
			share.Mul(share, big.NewRat(100, 1))
			want = roundTo(share.Quo(share, new(big.Rat).Abs(y)), 1)
		}
		if got := a.percentOf(b); got != want {
			t.Errorf("from %s to %s: %s per cent, want %s", u, s, got, want)
		}
		if y.Sign() > 0 {
			share := new(big.Rat).Mul(x, big.NewRat(1000, 1))
			if got, want := a.tenths(b, 1000), roundTo(share.Quo(share, y), 1); got != want {
				t.Errorf("%s for a thousand of %s: %s, want %s", s, u, got, want)
			}
		}
	})
}
