// This file keeps the administrative units and says which rows mean the same one.
package db

import (
	"context"
	"database/sql"
	"errors"
	"slices"
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
