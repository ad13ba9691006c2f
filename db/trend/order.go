// This file puts units in order.

package trend

import (
	"bytes"
	"cmp"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// SortUnits gives names in Vietnamese order, each once.
func SortUnits(units []string) []string {
	out := slices.Clone(units)
	slices.Sort(out)
	out = slices.Compact(out)
	sortUnits(out)
	return out
}

// sortUnits sorts names in Vietnamese order, numbers by value ("Phường 2"
// before "Phường 10"). Each name is weighed once, however often it is there.
func sortUnits(units []string) {
	count := make(map[string]int)
	for _, u := range units {
		count[u]++
	}
	type weighed struct {
		name   string
		weight []byte
	}
	c := collate.New(language.Vietnamese, collate.Numeric)
	var buf collate.Buffer
	list := make([]weighed, 0, len(count))
	for u := range count {
		list = append(list, weighed{u, bytes.Clone(c.KeyFromString(&buf, u))})
		buf.Reset()
	}
	slices.SortFunc(list, func(a, b weighed) int { return cmp.Or(bytes.Compare(a.weight, b.weight), cmp.Compare(a.name, b.name)) })
	i := 0
	for _, w := range list {
		for range count[w.name] {
			units[i] = w.name
			i++
		}
	}
}
