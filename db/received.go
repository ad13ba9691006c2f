// This file says which reports came in, for tables of who reported what.
package db

import (
	"cmp"
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
		var groups []receivedOf
		words := interned{}
		for rows.Next() {
			var unit sql.NullInt64
			var packed string
			if err := rows.Scan(&unit, &packed); err != nil {
				return err
			}
			g := receivedOf{list: make([]Received, 0, strings.Count(packed, "\n")+1)}
			label := ""
			if g.unit = units.canonical(unit.Int64); g.unit != nil {
				label = g.unit.label
			}
			for line := range strings.SplitSeq(packed, "\n") {
				r, err := unpackReceived(line)
				if err != nil {
					return err
				}
				r.Unit, r.Period, r.InError = label, words.of(r.Period), inError[r.ID]
				g.list = append(g.list, r)
			}
			groups = append(groups, g)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		of, count := make([]*unitRow, len(groups)), 0
		for i, g := range groups {
			of[i] = g.unit
			count += len(g.list)
		}
		rankByLabel(of)
		slices.SortStableFunc(groups, func(a, b receivedOf) int { return a.rank() - b.rank() })
		list = make([]Received, 0, count)
		for i := 0; i < len(groups); {
			start := len(list)
			for unit := groups[i].unit; i < len(groups) && groups[i].unit == unit; i++ { // several rows may mean one unit
				list = append(list, groups[i].list...)
			}
			slices.SortFunc(list[start:], func(a, b Received) int {
				return cmp.Or(comparePeriodNames(a.Period, b.Period), cmp.Compare(a.ID, b.ID))
			})
		}
		return nil
	})
	return list, err
}

// receivedOf is what came from one unit, nil where unknown.
type receivedOf struct {
	unit *unitRow
	list []Received
}

// rank is that of the unit in the order of labels; reports of no unit come first.
func (g receivedOf) rank() int {
	if g.unit == nil {
		return 0
	}
	return g.unit.rank
}

// unpackReceived reads one line of the query "received".
func unpackReceived(line string) (r Received, err error) {
	rest := line
	var parts [5]string
	for i := range parts {
		var more bool
		if parts[i], rest, more = strings.Cut(rest, "|"); more != (i < len(parts)-1) {
			return r, fmt.Errorf("report %q: want %d parts", line, len(parts))
		}
	}
	r.ID, err = strconv.ParseInt(parts[0], 10, 64)
	r.Period, r.From, r.To, r.Date = parts[1], parts[2], parts[3], parts[4]
	return r, err
}

// Labels lists the units that have current reports as Units does, without
// counting these.
func (d *DB) Labels(ctx context.Context) ([]Unit, error) {
	return d.units(ctx, usedUnits)
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
