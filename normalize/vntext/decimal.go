package vntext

// This file computes with plain decimals as strings: printed digits are never rounded.

import (
	"math/bits"
	"strings"
)

// decimal writes digits, of which the last decimals stand after the point, times ten
// to the zeros, as a plain decimal: no leading zeros, the printed decimals kept.
func decimal(digits string, decimals, zeros int) string {
	if zeros >= decimals {
		digits += strings.Repeat("0", zeros-decimals)
		return trimZeros(digits)
	}
	point := len(digits) - (decimals - zeros)
	return trimZeros(digits[:point]) + "." + digits[point:]
}

// trimZeros removes leading zeros from an integer.
func trimZeros(s string) string {
	s = strings.TrimLeft(s, "0")
	if s == "" {
		return "0"
	}
	return s
}

// addDecimal adds two plain decimals. Fractions are kept as long as the longer one.
func addDecimal(a, b string) string {
	ai, af, _ := strings.Cut(a, ".")
	bi, bf, _ := strings.Cut(b, ".")
	frac := max(len(af), len(bf))
	n := max(len(ai), len(bi))
	a = strings.Repeat("0", n-len(ai)) + ai + af + strings.Repeat("0", frac-len(af))
	b = strings.Repeat("0", n-len(bi)) + bi + bf + strings.Repeat("0", frac-len(bf))
	sum := make([]byte, len(a)+1)
	carry := byte(0)
	for i := len(a) - 1; i >= 0; i-- {
		d := a[i] - '0' + b[i] - '0' + carry
		carry = d / 10
		sum[i+1] = '0' + d%10
	}
	sum[0] = '0' + carry
	return decimal(string(sum), frac, 0)
}

// compareDecimal compares two plain decimals.
func compareDecimal(a, b string) int {
	ai, af, _ := strings.Cut(a, ".")
	bi, bf, _ := strings.Cut(b, ".")
	if len(ai) != len(bi) {
		return len(ai) - len(bi)
	}
	if c := strings.Compare(ai, bi); c != 0 {
		return c
	}
	return strings.Compare(strings.TrimRight(af, "0"), strings.TrimRight(bf, "0"))
}

// power10 gives ten to the n, 1 for negative n, at most 10^18.
func power10(n int) int64 {
	p := int64(1)
	for ; n > 0; n-- {
		hi, lo := bits.Mul64(uint64(p), 10)
		if hi != 0 || lo > 1e18 {
			break
		}
		p = int64(lo)
	}
	return p
}
