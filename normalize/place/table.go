// This file holds the table of units and answers questions from it.

package place

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Reform is the day on which districts were abolished and the communes merged.
const Reform = "2025-07-01"

// ErrUnknown is returned for a name that no unit of the table has.
var ErrUnknown = errors.New("no such unit in the table")

// ErrNotValid is returned for a name that units of the table have, but none on
// the date asked for, and none that followed one of them.
var ErrNotValid = errors.New("no unit of this name on the date")

// Unit is one administrative unit in one span of time.
type Unit struct {
	Code        string
	Name        string // "Xã Quang Khải"
	Level       Level
	Parents     []string // names, nearest first: "Huyện Tứ Kỳ", "Tỉnh Hải Dương"
	ParentCodes []string // codes in the same order
	From, To    string   // ISO dates, both days included; "" where open or not known
	// Former is set by Resolve on a unit that was found as the successor of the
	// one named: the old name.
	Former string
}

// Type gives the kind of the unit.
func (u Unit) Type() Type {
	t, _ := Split(u.Name)
	return t
}

// ValidOn says whether the unit existed on the ISO date; "" is any date.
func (u Unit) ValidOn(date string) bool {
	return date == "" || (u.From == "" || u.From <= date) && (u.To == "" || date <= u.To)
}

// String names the unit with its parents for messages.
func (u Unit) String() string {
	return strings.Join(append([]string{u.Name}, u.Parents...), ", ")
}

// LinkKind says how a unit went over into another.
type LinkKind string

const (
	Full      LinkKind = "full"      // wholly
	Partial   LinkKind = "partial"   // a part of it: numbers of the old one cannot be added into the new
	Unchanged LinkKind = "unchanged" // the same unit, perhaps renamed
)

// Link is one step of a merger, seen from the other side.
type Link struct {
	Unit Unit
	Kind LinkKind
	Note string
}

// ID tells units apart. A code alone does not: codes were given again in 2025,
// and a unit may have been renamed.
func (u Unit) ID() string { return u.Code + " " + u.From + " " + Key(u.Name) }

// Step is one link of a table: the unit at index From went over into that at To.
type Step struct {
	From, To int
	Kind     LinkKind
	Note     string
}

// New makes a table of units and the links between them, which are given by
// index. It takes both over.
func New(units []Unit, steps []Step) *Table {
	t := &Table{units: units, names: make(map[string][]int), next: make(map[int][]edge), prev: make(map[int][]edge)}
	for i, u := range units {
		full, bare := Key(u.Name), BareKey(u.Name)
		t.names[full] = append(t.names[full], i)
		if bare != full {
			t.names[bare] = append(t.names[bare], i)
		}
	}
	for _, s := range steps {
		t.next[s.From] = append(t.next[s.From], edge{s.To, s.Kind, s.Note})
		t.prev[s.To] = append(t.prev[s.To], edge{s.From, s.Kind, s.Note})
	}
	return t
}

// Units gives all units, in the order of Steps.
func (t *Table) Units() []Unit { return t.units }

// Steps gives the links between the units of Units, sorted.
func (t *Table) Steps() []Step {
	var out []Step
	for from, edges := range t.next {
		for _, e := range edges {
			out = append(out, Step{from, e.unit, e.kind, e.note})
		}
	}
	slices.SortFunc(out, func(a, b Step) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	return out
}

// Table is a set of units. The zero value is an empty table. It is safe for
// concurrent use once loaded.
type Table struct {
	units []Unit
	names map[string][]int // by Key of the full name and by key of the bare name
	next  map[int][]edge
	prev  map[int][]edge
}

type edge struct {
	unit int
	kind LinkKind
	note string
}

// Len is the number of units.
func (t *Table) Len() int { return len(t.units) }

// Names lists the names of the units valid on the date, each once, sorted.
func (t *Table) Names(on string) []string {
	var out []string
	for _, u := range t.units {
		if u.ValidOn(on) {
			out = append(out, u.Name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Resolve returns the units that a printed name may mean on an ISO date ("" is
// any date), sorted. The name may lack its type ("Quang Khải") or have it
// abbreviated; without a type it means communes before districts and provinces. Parents, nearest first or in any order, narrow the choice: units
// that match most of them are kept. A name that was no longer valid on the date
// gives the units that followed, with Former set. Several candidates are
// returned when the name is ambiguous.
//
// Errors: ErrUnknown, ErrNotValid, or a date that is none.
func (t *Table) Resolve(name string, parents []string, on string) ([]Unit, error) {
	if on != "" {
		if _, err := time.Parse(time.DateOnly, on); err != nil {
			return nil, fmt.Errorf("resolve %q: date %q is no ISO date", name, on)
		}
	}
	all := t.lowest(t.names[Key(name)])
	if len(all) == 0 {
		return nil, fmt.Errorf("resolve %q: %w", name, ErrUnknown)
	}
	var found []Unit
	for _, i := range all {
		if t.units[i].ValidOn(on) {
			found = append(found, t.units[i])
		}
	}
	found = narrow(found, parents)
	former := t.formerly(all, parents, on)
	switch {
	case len(found) == 0:
		found = former
	case len(former) > 0 && matches(found[0], parents) == 0 && len(parents) > 0:
		// A unit of today has the name, but the parents given are those of
		// another one that has been merged.
		found = former
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("resolve %q on %s: %w", name, on, ErrNotValid)
	}
	return sorted(found), nil
}

// lowest keeps the units of the lowest level among those given.
func (t *Table) lowest(units []int) []int {
	level := Province
	for _, i := range units {
		level = min(level, t.units[i].Level)
	}
	return slices.DeleteFunc(slices.Clone(units), func(i int) bool { return t.units[i].Level > level })
}

// formerly gives the units valid on the date that followed the ones given.
func (t *Table) formerly(old []int, parents []string, on string) []Unit {
	if on == "" {
		return nil
	}
	var gone []int
	best := 0
	for _, i := range old {
		u := t.units[i]
		if u.To == "" || u.To >= on {
			continue
		}
		switch m := matches(u, parents); {
		case m > best:
			gone, best = append(gone[:0], i), m
		case m == best:
			gone = append(gone, i)
		}
	}
	var out []Unit
	seen := make(map[int]bool)
	for _, i := range gone {
		t.follow(i, on, t.units[i].Name, seen, &out)
	}
	if best == 0 {
		// The parents given may be those of today.
		out = narrow(out, parents)
	}
	return out
}

// follow walks the mergers from unit i to what is valid on the date.
func (t *Table) follow(i int, on, name string, seen map[int]bool, out *[]Unit) {
	for _, e := range t.next[i] {
		if seen[e.unit] {
			continue
		}
		seen[e.unit] = true
		if u := t.units[e.unit]; u.ValidOn(on) {
			u.Former = name
			*out = append(*out, u)
		} else {
			t.follow(e.unit, on, name, seen, out)
		}
	}
}

// matches counts the parents given that are parents of the unit.
func matches(u Unit, parents []string) int {
	n := 0
	for _, p := range parents {
		if slices.ContainsFunc(u.Parents, func(q string) bool { return sameParent(p, q) }) {
			n++
		}
	}
	return n
}

// sameParent compares without the type where one of the two lacks it.
func sameParent(a, b string) bool {
	ta, bareA := Split(a)
	tb, bareB := Split(b)
	return bareKey(bareA) == bareKey(bareB) && (ta == tb || ta == "" || tb == "")
}

// narrow keeps the units that match most of the parents.
func narrow(units []Unit, parents []string) []Unit {
	best := 0
	for _, u := range units {
		best = max(best, matches(u, parents))
	}
	return slices.DeleteFunc(units, func(u Unit) bool { return matches(u, parents) < best })
}

// Successors lists what a unit of the table became.
func (t *Table) Successors(u Unit) []Link { return t.links(t.next, u) }

// Predecessors lists the units a unit of the table was made of. A series may be
// summed over them only where every Kind is Full or Unchanged.
func (t *Table) Predecessors(u Unit) []Link { return t.links(t.prev, u) }

func (t *Table) links(edges map[int][]edge, u Unit) []Link {
	i := slices.IndexFunc(t.units, func(v Unit) bool {
		return v.Code == u.Code && v.Name == u.Name && v.From == u.From && v.To == u.To && slices.Equal(v.ParentCodes, u.ParentCodes)
	})
	if i < 0 {
		return nil
	}
	var out []Link
	for _, e := range edges[i] {
		out = append(out, Link{t.units[e.unit], e.kind, e.note})
	}
	slices.SortFunc(out, func(a, b Link) int { return cmp.Or(compareUnits(a.Unit, b.Unit), cmp.Compare(a.Kind, b.Kind)) })
	return out
}

func sorted(units []Unit) []Unit {
	slices.SortFunc(units, compareUnits)
	return slices.CompactFunc(units, func(a, b Unit) bool { return compareUnits(a, b) == 0 && a.Former == b.Former })
}

func compareUnits(a, b Unit) int {
	return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.From, b.From), cmp.Compare(a.Name, b.Name),
		slices.Compare(a.ParentCodes, b.ParentCodes))
}
