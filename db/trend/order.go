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
	out := make([]string, 0, len(units))
	taken := make(map[string]bool, len(units))
	for _, u := range units {
		if !taken[u] {
			taken[u] = true
			out = append(out, u)
		}
	}
	sortUnits(out)
	return out
}

// sortUnits sorts names in Vietnamese order.
func sortUnits(units []string) {
	w := newScale()
	list := make([]weighed, len(units))
	for i, u := range units {
		list[i] = w.weigh(u)
	}
	slices.SortFunc(list, weighed.compare)
	for i := range list {
		units[i] = list[i].name
	}
}

// scale weighs names for the Vietnamese order, in which numbers stand by value
// ("Phường 2" before "Phường 10").
type scale struct {
	collator *collate.Collator
	buf      collate.Buffer
}

func newScale() *scale { return &scale{collator: collate.New(language.Vietnamese, collate.Numeric)} }

// weighed is a name with what it is compared by.
type weighed struct {
	name   string
	weight []byte
}

func (s *scale) weigh(name string) weighed {
	s.buf.Reset()
	return weighed{name, bytes.Clone(s.collator.KeyFromString(&s.buf, name))}
}

func (a weighed) compare(b weighed) int {
	if c := bytes.Compare(a.weight, b.weight); c != 0 {
		return c
	}
	return cmp.Compare(a.name, b.name)
}

// arrange puts what is at order[i] of a list at i. It moves each once, as there may
// be many large ones; order is used up.
func arrange[T any](list []T, order []int) {
	const done = -1
	for start := range order {
		if order[start] == done {
			continue
		}
		first, i := list[start], start
		for order[i] != start {
			next := order[i]
			list[i], order[i] = list[next], done
			i = next
		}
		list[i], order[i] = first, done
	}
}
