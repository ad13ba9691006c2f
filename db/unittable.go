// This file loads all units and gives them their labels.
package db

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	gazetteer "baocao/normalize/place" // place is a type of this package
)

type unitRow struct {
	id, sameAs int64 // sameAs 0 for none
	name       string
	parentID   int64
	parents    []string
	label      string
	key        string // names the unit in ids of findings, see setKeys
	nameKey    string // of the name, filled where it is asked for
	rank       int    // in the order of labels, see rankByLabel
	reports    int    // current; only whether there is one from usedUnits, unknown from loadUnits
}

// unitTable is all units: there are some ten thousand in the whole country.
type unitTable struct {
	list []*unitRow // by id
	byID map[int64]*unitRow
}

// loadUnits loads all units with their labels. Which of them have reports it asks
// only where a label depends on it; see usedUnits and countedUnits.
func loadUnits(ctx context.Context, tx *sql.Tx) (*unitTable, error) {
	var packed sql.NullString
	if err := tx.QueryRowContext(ctx, query("unit_names")).Scan(&packed); err != nil {
		return nil, err
	}
	list, err := unpackUnits(packed.String)
	if err != nil {
		return nil, err
	}
	t := newUnitTable(list)
	canonical := map[string]int{} // by name
	for _, u := range t.list {
		if u.sameAs == 0 {
			canonical[u.name]++
		}
	}
	var doubtful []int64
	for _, u := range t.list {
		if canonical[t.canonical(u.id).name] > 1 {
			doubtful = append(doubtful, u.id)
		}
	}
	if len(doubtful) > 0 {
		ids, _ := json.Marshal(doubtful) // numbers can always be written
		reporting, err := collect(ctx, tx, func(rows *sql.Rows) (id int64, err error) {
			return id, rows.Scan(&id)
		}, query("units_reporting"), string(ids))
		if err != nil {
			return nil, err
		}
		for _, id := range reporting {
			t.byID[id].reports = 1
		}
	}
	t.label()
	return t, nil
}

// unpackUnits reads the text of the query "unit_names".
func unpackUnits(packed string) ([]*unitRow, error) {
	var list []*unitRow
	for rest := packed; rest != ""; {
		u := &unitRow{}
		var size int64
		for _, n := range []*int64{&u.id, &u.parentID, &u.sameAs, &size} {
			text, after, found := strings.Cut(rest, "|")
			var err error
			if *n, err = strconv.ParseInt(text, 10, 64); err != nil || !found {
				return nil, fmt.Errorf("units: want numbers before a name: %.80q", rest)
			}
			rest = after
		}
		if size < 1 || size > int64(len(rest)) {
			return nil, fmt.Errorf("units: no name of %d bytes: %.80q", size, rest)
		}
		u.name, rest = rest[:size], rest[size:]
		list = append(list, u)
	}
	return list, nil
}

// usedUnits loads all units, and which of them have a current report.
func usedUnits(ctx context.Context, tx *sql.Tx) (*unitTable, error) {
	return unitsOf(ctx, tx, query("units_used"))
}

// countedUnits loads all units and counts their current reports, which takes much
// longer.
func countedUnits(ctx context.Context, tx *sql.Tx) (*unitTable, error) {
	return unitsOf(ctx, tx, query("units"))
}

func unitsOf(ctx context.Context, tx *sql.Tx, text string) (*unitTable, error) {
	list, err := collect(ctx, tx, func(rows *sql.Rows) (*unitRow, error) {
		u := &unitRow{}
		return u, rows.Scan(&u.id, &u.name, &u.parentID, &u.sameAs, &u.reports)
	}, text)
	if err != nil {
		return nil, err
	}
	t := newUnitTable(list)
	t.label()
	return t, nil
}

// newUnitTable makes a table of rows by id and fills in the units above each.
func newUnitTable(list []*unitRow) *unitTable {
	t := &unitTable{list: list, byID: make(map[int64]*unitRow, len(list))}
	for _, u := range list {
		t.byID[u.id] = u
	}
	below := map[int64][]string{} // the parents of the units right under one, which they share
	for _, u := range list {
		names, ok := below[u.parentID]
		if !ok {
			// A parent is always made before its child, so this ends.
			for p := t.byID[u.parentID]; p != nil; p = t.byID[p.parentID] {
				names = append(names, p.name)
			}
			names = slices.Clip(names)
			below[u.parentID] = names
		}
		u.parents = names
	}
	return t
}

// label gives the reports of rows that mean another to that, and each unit its
// label: the name, and the units above where several that have reports are called so.
func (t *unitTable) label() {
	for _, u := range t.list {
		if m := t.byID[u.sameAs]; m != nil {
			m.reports += u.reports
			u.reports = 0
		}
	}
	names := map[string]int{}
	for _, u := range t.list {
		if u.sameAs == 0 && u.used() {
			names[u.name]++
		}
	}
	for _, u := range t.list {
		u.label = u.name
		if names[u.name] > 1 && len(u.parents) > 0 {
			u.label += " (" + strings.Join(u.parents, ", ") + ")"
		}
	}
}

// rankByLabel gives the units of a list, in which they may be several times, their
// ranks in the order of labels, from 1. A nil is no unit.
func rankByLabel(units []*unitRow) {
	const taken = -1
	var each []*unitRow
	for _, u := range units {
		if u != nil && u.rank != taken {
			u.rank = taken
			each = append(each, u)
		}
	}
	slices.SortFunc(each, func(a, b *unitRow) int { return cmp.Or(strings.Compare(a.label, b.label), cmp.Compare(a.id, b.id)) })
	for i, u := range each {
		u.rank = i + 1
	}
}

// setKeys gives each unit a key that stays when a label must become longer: the
// first of several units of one name has the name alone, and keeps it when the
// others come. Only those who need keys call it: folding all names takes a while.
func (t *unitTable) setKeys() {
	taken := map[string]bool{}
	for _, u := range t.list { // by id, so in the order in which they came
		if u.sameAs != 0 {
			continue
		}
		u.key = gazetteer.Key(u.name)
		if taken[u.key] {
			for _, p := range u.parents {
				u.key += "/" + gazetteer.Key(p)
			}
		}
		taken[u.key] = true
	}
}

// under says whether one of the units above u has one of the keys.
func (t *unitTable) under(u *unitRow, keys map[string]bool) bool {
	for p := t.byID[u.parentID]; p != nil; p = t.byID[p.parentID] {
		if p.nameKey == "" {
			p.nameKey = gazetteer.Key(p.name)
		}
		if keys[p.nameKey] {
			return true
		}
	}
	return false
}

func (u *unitRow) used() bool { return u.reports > 0 }

// canonical gives the row that stands for the unit, nil for id 0.
func (t *unitTable) canonical(id int64) *unitRow {
	u := t.byID[id]
	if u != nil && u.sameAs != 0 {
		return t.byID[u.sameAs]
	}
	return u
}
