// This file says which reports came in, for tables of who reported what.
package db

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	gazetteer "baocao/normalize/place" // place is a type of this package
)

// Received is one current report, in as few words as a table of reports needs.
type Received struct {
	ID       int64
	Unit     string // Unit.Label, "" where unknown
	Period   string
	From, To string // of the data
	Date     string
	InError  bool // it has an error that nobody has settled
}

// Received lists the current reports that the filter chooses by unit, period and
// id. Only its units, parents and periods count.
func (d *DB) Received(ctx context.Context, filter Filter) ([]Received, error) {
	var list []Received
	err := d.read(ctx, "list reports", func(tx *sql.Tx) error {
		units, err := loadUnits(ctx, tx)
		if err != nil {
			return err
		}
		wrong, err := collect(ctx, tx, func(rows *sql.Rows) (id int64, err error) {
			return id, rows.Scan(&id)
		}, query("reports_in_error"))
		if err != nil {
			return err
		}
		inError := make(map[int64]bool, len(wrong))
		for _, id := range wrong {
			inError[id] = true
		}
		where, args := Filter{Units: filter.Units, Parents: filter.Parents, Periods: filter.Periods}.where(units)
		rows, err := tx.QueryContext(ctx, query("received")+where+" GROUP BY r.unit_id", args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		words := interned{}
		for rows.Next() {
			var unit sql.NullInt64
			var packed string
			if err := rows.Scan(&unit, &packed); err != nil {
				return err
			}
			label := ""
			if u := units.canonical(unit.Int64); u != nil {
				label = u.label
			}
			for line := range strings.SplitSeq(packed, "\n") {
				part := strings.Split(line, "|")
				if len(part) != 5 {
					return fmt.Errorf("report %q: %d parts", line, len(part))
				}
				id, err := strconv.ParseInt(part[0], 10, 64)
				if err != nil {
					return err
				}
				list = append(list, Received{ID: id, Unit: label, Period: words.of([]byte(part[1])), From: part[2], To: part[3],
					Date: part[4], InError: inError[id]})
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
		slices.SortStableFunc(list, func(a, b Received) int {
			if c := strings.Compare(a.Unit, b.Unit); c != 0 {
				return c
			}
			if c := comparePeriodNames(a.Period, b.Period); c != 0 {
				return c
			}
			return int(a.ID - b.ID)
		})
		return nil
	})
	return list, err
}

// Labels lists the units that have current reports as Units does, without
// counting these.
func (d *DB) Labels(ctx context.Context) ([]Unit, error) {
	return d.units(ctx, loadUnits)
}

// KnownPeriods lists the periods that any report has, in the order of their
// names. Unlike Periods it counts nothing.
func (d *DB) KnownPeriods(ctx context.Context) ([]string, error) {
	var list []string
	err := d.read(ctx, "list periods", func(tx *sql.Tx) error {
		var err error
		list, err = collect(ctx, tx, func(rows *sql.Rows) (s string, err error) {
			return s, rows.Scan(&s)
		}, query("known_periods"))
		return err
	})
	return list, err
}

// Above gives the name of the district or province that is called so, in any
// spelling, and has units under it; "" where there is none. It looks at no others.
func (d *DB) Above(ctx context.Context, name string) (found string, err error) {
	err = d.read(ctx, "look a unit up", func(tx *sql.Tx) error {
		names, err := collect(ctx, tx, func(rows *sql.Rows) (s string, err error) {
			return s, rows.Scan(&s)
		}, query("above"), gazetteer.Key(name))
		if len(names) > 0 {
			found = names[0]
		}
		return err
	})
	return found, err
}
