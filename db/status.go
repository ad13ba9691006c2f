// This file sums up what is in a database.
package db

import (
	"context"
	"database/sql"
)

// Status sums up a database.
type Status struct {
	Files     map[State]int
	Documents int
	// Reports counts by state: current, superseded, duplicate, other.
	Reports map[string]int
	Units   int // with a current report
	Periods int
	Figures int // of current reports
	// Unexplained is how many numbers of the current reports nothing explains.
	Unexplained int
	// Findings counts the active ones by severity, Decisions by their state.
	Findings  map[string]int
	Decisions map[string]int
	// RuleSets counts documents by the rules they were extracted with.
	RuleSets map[string]int
	// NoUnit and NoPeriod count current reports of which that is unknown.
	NoUnit, NoPeriod int
	// Rivals are pairs of current reports of which none may replace the other.
	Rivals []Rivals
	// Incomplete counts documents of which a page, or what followed, could not be read.
	Incomplete int
	// Alike are units that may be one, misspelled or misread.
	Alike []Alike
}

// Rivals are two current reports on one thing that contradict each other.
type Rivals struct{ Unit, Period, Path, Other string }

// Status sums up the database.
func (d *DB) Status(ctx context.Context) (Status, error) {
	s := Status{Files: map[State]int{}, Reports: map[string]int{}, Findings: map[string]int{}, Decisions: map[string]int{},
		RuleSets: map[string]int{}}
	err := d.read(ctx, "sum up", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, query("status"))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var what, key string
			var n int
			if err := rows.Scan(&what, &key, &n); err != nil {
				return err
			}
			switch what {
			case "file":
				s.Files[State(key)] = n
			case "report":
				s.Reports[key] = n
			case "finding":
				s.Findings[key] = n
			case "decision":
				s.Decisions[key] = n
			case "rules":
				s.RuleSets[key] = n
			case "document":
				s.Documents = n
			case "unit":
				s.Units = n
			case "period":
				s.Periods = n
			case "figure":
				s.Figures = n
			case "unexplained":
				s.Unexplained = n
			case "no unit":
				s.NoUnit = n
			case "no period":
				s.NoPeriod = n
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
		s.Rivals, err = collect(ctx, tx, func(rows *sql.Rows) (r Rivals, err error) {
			return r, rows.Scan(&r.Unit, &r.Period, &r.Path, &r.Other)
		}, query("rivals"))
		if err != nil {
			return err
		}
		readers, err := collect(ctx, tx, func(rows *sql.Rows) (v version, err error) { return v, rows.Scan(&v.warnings) },
			`SELECT warnings FROM documents WHERE warnings <> '[]'`)
		for _, v := range readers {
			if v.damaged() {
				s.Incomplete++
			}
		}
		if err != nil {
			return err
		}
		units, err := usedUnits(ctx, tx)
		if err != nil {
			return err
		}
		s.Alike = units.alike()
		return nil
	})
	return s, err
}

// Total gives the number of files in the ledger.
func (s Status) Total() int {
	n := 0
	for _, count := range s.Files {
		n += count
	}
	return n
}

// Failed gives the number of files that ought to be looked at: those that a
// retry would take up.
func (s Status) Failed() int {
	n := 0
	for _, state := range RetryStates() {
		n += s.Files[state]
	}
	return n
}

// RetryStates are the states in which trying again may help.
func RetryStates() []State { return []State{NeedsOCR, Unreadable, Pending} }
