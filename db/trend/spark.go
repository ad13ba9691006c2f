// This file draws a series with letters.

package trend

import "strings"

// Spark draws plain decimals as a line of blocks, the lowest value as the lowest
// block; "·" stands for what is missing. Without two values there is no line.
func Spark(values []string) string {
	blocks := []rune("▁▂▃▄▅▆▇█")
	var low, high decimal
	n := 0
	parsed := make([]*decimal, len(values))
	for i, v := range values {
		d, ok := parseDecimal(v)
		if !ok {
			continue
		}
		parsed[i] = &d
		if n == 0 || d.cmp(low) < 0 {
			low = d
		}
		if n == 0 || d.cmp(high) > 0 {
			high = d
		}
		n++
	}
	if n < 2 {
		return ""
	}
	var b strings.Builder
	for _, v := range parsed {
		switch {
		case v == nil:
			b.WriteRune('·')
		case low.cmp(high) == 0:
			b.WriteRune(blocks[3])
		default:
			b.WriteRune(blocks[v.sub(low).level(high.sub(low), int64(len(blocks)-1))])
		}
	}
	return b.String()
}
