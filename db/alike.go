// This file finds units whose names differ in nothing but marks: text recognition
// takes "Khải" for "Khái", and a report so read stands apart.
package db

import (
	"cmp"
	"slices"
	"strings"

	gazetteer "baocao/normalize/place" // place is a type of this package
	"baocao/normalize/vntext"
)

// Alike are two units under the same unit whose names are the same but for marks.
// They may be one: nothing is changed, a person has to look.
type Alike struct{ Unit, Other string }

// alike gives the pairs among the units that have current reports, by name. Two
// names with the same marks but another spelling are one unit already.
func (t *unitTable) alike() []Alike {
	type key struct {
		parent int64
		plain  string
	}
	by := map[key][]string{}
	for _, u := range t.list {
		if u.sameAs != 0 || !u.used() {
			continue
		}
		typ, bare := gazetteer.Split(u.name)
		k := key{u.parentID, string(typ) + " " + vntext.Plain(bare)}
		by[k] = append(by[k], u.label)
	}
	var list []Alike
	for _, names := range by {
		slices.Sort(names)
		for i, name := range names {
			for _, other := range names[i+1:] {
				list = append(list, Alike{name, other})
			}
		}
	}
	slices.SortFunc(list, func(a, b Alike) int {
		return cmp.Or(strings.Compare(a.Unit, b.Unit), strings.Compare(a.Other, b.Other))
	})
	return list
}
