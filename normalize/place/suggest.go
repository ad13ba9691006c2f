// This file ranks known names for one that is not known.

package place

import (
	"cmp"
	"slices"
	"strings"

	"baocao/normalize/vntext"
)

// Suggest returns at most n of the known names that are nearest to name, the
// best first. Nearness is the number of letters to change, drop, add or swap
// (Damerau-Levenshtein) without accents; a name that begins with what was typed
// is near too. Names that differ in more than a third are left out. It serves
// any closed list: units, indicators, periods.
func Suggest(name string, known []string, n int) []string {
	type scored struct {
		name         string
		plain, exact int
	}
	target, accented := []rune(vntext.Plain(name)), []rune(vntext.Key(name))
	if len(target) == 0 || n <= 0 {
		return nil
	}
	var list []scored
	for _, k := range known {
		candidate := []rune(vntext.Plain(k))
		limit := max(1, max(len(target), len(candidate))/3)
		d := limit + 1
		if diff := len(candidate) - len(target); diff <= limit && -diff <= limit {
			d = distance(target, candidate)
		}
		if d > limit && len(target) >= 3 && strings.HasPrefix(string(candidate), string(target)) {
			d = limit
		}
		if d <= limit {
			list = append(list, scored{k, d, distance(accented, []rune(vntext.Key(k)))})
		}
	}
	slices.SortFunc(list, func(a, b scored) int {
		return cmp.Or(cmp.Compare(a.plain, b.plain), cmp.Compare(a.exact, b.exact), cmp.Compare(a.name, b.name))
	})
	var out []string
	for _, s := range list {
		if len(out) < n && !slices.Contains(out, s.name) {
			out = append(out, s.name)
		}
	}
	return out
}

// distance is the Damerau-Levenshtein distance with swaps of neighbours
// (optimal string alignment).
func distance(a, b []rune) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	row := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
