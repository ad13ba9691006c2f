// This file keeps the administrative units and says which rows mean the same one.
package db

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	gazetteer "baocao/normalize/place" // place is a type of this package
)

// Unit is a unit that has at least one report.
type Unit struct {
	ID      int64
	Name    string
	Parents []string // nearest first
	// Label is the name, followed by the units above it where several units have
	// this name: what reports and points are labelled with.
	Label   string
	Reports int // current ones
}

// unitID finds or makes the row of a unit. made says that a row with this name
// was made, so that what other rows mean may have changed.
func unitID(ctx context.Context, tx *sql.Tx, name string, parents []string) (id int64, made bool, err error) {
	chain := append([]string{name}, parents...)
	var parent sql.NullInt64
	for i := len(chain) - 1; i >= 0; i-- {
		if chain[i] == "" {
			continue
		}
		made = false
		err = tx.QueryRowContext(ctx, `SELECT id FROM units WHERE name = ? AND ifnull(parent_id, 0) = ?`, chain[i], parent.Int64).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			id, made, err = spelledOtherwise(ctx, tx, chain[i], parent)
		}
		if err != nil {
			return 0, false, err
		}
		parent = sql.NullInt64{Int64: id, Valid: true}
	}
	return id, made, nil
}

// spelledOtherwise finds the row of a unit that has the name in another spelling
// ("Xã Hoà Bình", "Xã Hòa Bình"), or makes one. Of all spellings the first in
// the order of bytes is kept, whichever report came first.
func spelledOtherwise(ctx context.Context, tx *sql.Tx, name string, parent sql.NullInt64) (id int64, made bool, err error) {
	if err := fillNameKeys(ctx, tx); err != nil {
		return 0, false, err
	}
	key := gazetteer.Key(name)
	var have string
	err = tx.QueryRowContext(ctx, `SELECT id, name FROM units WHERE name_key = ? AND ifnull(parent_id, 0) = ? ORDER BY id`,
		key, parent.Int64).Scan(&id, &have)
	if errors.Is(err, sql.ErrNoRows) {
		err = tx.QueryRowContext(ctx, `INSERT INTO units (name, parent_id, name_key) VALUES (?, ?, ?) RETURNING id`, name, parent, key).Scan(&id)
		return id, true, err
	}
	if err != nil || have < name {
		return id, false, err
	}
	_, err = tx.ExecContext(ctx, `UPDATE units SET name = ? WHERE id = ?`, name, id)
	return id, true, err // made, because which row this one means may change with its name
}

// fillNameKeys gives rows from before there were keys theirs.
func fillNameKeys(ctx context.Context, tx *sql.Tx) error {
	type row struct {
		id   int64
		name string
	}
	rows, err := collect(ctx, tx, func(rows *sql.Rows) (r row, err error) {
		return r, rows.Scan(&r.id, &r.name)
	}, `SELECT id, name FROM units WHERE name_key IS NULL ORDER BY id`)
	for _, r := range rows {
		if err == nil {
			_, err = tx.ExecContext(ctx, `UPDATE units SET name_key = ? WHERE id = ?`, gazetteer.Key(r.name), r.id)
		}
	}
	return err
}

// relateUnits decides again, for all rows with this name, which fuller row each
// one means, and gives the ids of those for which the answer changed and of
// those that they meant before. A row means
// a fuller one only when it cannot mean another: with two communes of one name in
// two districts, a report that does not name its district stays apart.
func relateUnits(ctx context.Context, tx *sql.Tx, name string) (changed []int64, err error) {
	if err := fillNameKeys(ctx, tx); err != nil {
		return nil, err
	}
	same, err := namesakes(ctx, tx, name)
	if err != nil {
		return nil, err
	}
	for _, u := range same {
		var want int64
		if full := fullest(u, same); full != nil {
			want = full.id
		}
		if want == u.sameAs {
			continue
		}
		changed = append(changed, u.id)
		if u.sameAs != 0 {
			changed = append(changed, u.sameAs)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE units SET same_as = nullif(?, 0) WHERE id = ?`, want, u.id); err != nil {
			return nil, err
		}
	}
	return changed, nil
}

// namesakes gives all rows with this name in any spelling and the units above each.
func namesakes(ctx context.Context, tx *sql.Tx, name string) ([]*unitRow, error) {
	rows, err := tx.QueryContext(ctx, query("namesakes"), gazetteer.Key(name))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []*unitRow
	for rows.Next() {
		var id, sameAs int64
		var parent sql.NullString
		if err := rows.Scan(&id, &sameAs, &parent); err != nil {
			return nil, err
		}
		if len(list) == 0 || list[len(list)-1].id != id {
			list = append(list, &unitRow{id: id, sameAs: sameAs, name: name})
		}
		if u := list[len(list)-1]; parent.Valid {
			u.parents = append(u.parents, parent.String)
		}
	}
	return list, rows.Err()
}

// fullest gives the one row among same that says everything u says and more,
// and that all other such rows are part of; nil where there is none.
func fullest(u *unitRow, same []*unitRow) *unitRow {
	var fuller []*unitRow
	for _, v := range same {
		if len(v.parents) > len(u.parents) && isPart(u.parents, v.parents) {
			fuller = append(fuller, v)
		}
	}
	for _, v := range fuller {
		if !slices.ContainsFunc(fuller, func(w *unitRow) bool { return !isPart(w.parents, v.parents) }) {
			return v
		}
	}
	return nil
}

// isPart says whether part is all, or all with some names left out.
func isPart(part, all []string) bool {
	for _, name := range all {
		if len(part) > 0 && (part[0] == name || gazetteer.Key(part[0]) == gazetteer.Key(name)) {
			part = part[1:]
		}
	}
	return len(part) == 0
}

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

// Units lists the units that have reports, by label.
func (d *DB) Units(ctx context.Context) ([]Unit, error) {
	return d.units(ctx, countedUnits)
}

func (d *DB) units(ctx context.Context, load func(context.Context, *sql.Tx) (*unitTable, error)) ([]Unit, error) {
	var list []Unit
	err := d.read(ctx, "list units", func(tx *sql.Tx) error {
		t, err := load(ctx, tx)
		if err != nil {
			return err
		}
		for _, u := range t.list {
			if u.used() {
				list = append(list, Unit{ID: u.id, Name: u.name, Parents: u.parents, Label: u.label, Reports: u.reports})
			}
		}
		return nil
	})
	slices.SortFunc(list, func(a, b Unit) int { return strings.Compare(a.Label, b.Label) })
	return list, err
}
