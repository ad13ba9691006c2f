// This file draws a series with letters.

package trend

import (
	"math/big"
	"strings"
)

// Spark draws plain decimals as a line of blocks, the lowest value as the lowest
// block; "·" stands for what is missing. Without two values there is no line.
func Spark(values []string) string {
	blocks := []rune("▁▂▃▄▅▆▇█")
	var low, high *big.Rat
	n := 0
	parsed := make([]*big.Rat, len(values))
	for i, v := range values {
		d, ok := parseDecimal(v)
		if !ok {
			continue
		}
		n++
		parsed[i] = d.rat
		if low == nil || d.rat.Cmp(low) < 0 {
			low = d.rat
		}
		if high == nil || d.rat.Cmp(high) > 0 {
			high = d.rat
		}
	}
	if n < 2 {
		return ""
	}
	var b strings.Builder
	for _, v := range parsed {
		switch {
		case v == nil:
			b.WriteRune('·')
		case low.Cmp(high) == 0:
			b.WriteRune(blocks[3])
		default:
			at := new(big.Rat).Sub(v, low)
			at.Quo(at, new(big.Rat).Sub(high, low)).Mul(at, big.NewRat(int64(len(blocks)-1), 1))
			f, _ := at.Float64()
			b.WriteRune(blocks[int(f+0.5)])
		}
	}
	return b.String()
}
