// This file keeps findings and tells in what state they are.
package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"baocao/db/check"
)

// Finding is a stored finding with its last decision.
type Finding struct {
	check.Finding
	// Short is the shortest part of the id that a person must type: no other
	// stored finding's id begins with it.
	Short string
	// State is what holds now: the last decision's, or open again where Reopened.
	State Verdict
	// Decision is the last one, nil where there is none.
	Decision *Decision
	// Changed says that the numbers are others than those decided about.
	Changed bool
	// Reopened says that a check after the decision found it again: with other
	// numbers, or although a correction should have closed it.
	Reopened bool
	// Active is false for what the last check no longer found.
	Active              bool
	FirstSeen, LastSeen time.Time
}

// FindingFilter chooses findings. The zero value takes all active ones.
type FindingFilter struct {
	IDs        []string
	Units      []string // labels
	Periods    []string
	Checks     []string
	Severities []check.Severity
	States     []Verdict // as in Finding.State
	Inactive   bool      // those that the last check no longer found, too
}

// Scope says which reports a check covered, so that findings it no longer made
// can be told from those it did not look for. Empty lists mean all.
type Scope struct {
	Units   []string // labels
	Periods []string
	Without []string // checks that did not run: their findings stay as they are
}

// SaveFindings stores what a check found. Findings within the scope that it no
// longer made become inactive; decisions stay with the id of their finding. It
// gives the findings that were not active before.
func (d *DB) SaveFindings(ctx context.Context, scope Scope, findings []check.Finding) (fresh []string, err error) {
	err = d.write(ctx, "store findings", func(tx *sql.Tx) error {
		w := newWriter(ctx, tx, d.moment())
		defer w.close()
		active, err := w.activeIn(scope)
		if err != nil {
			return err
		}
		gone := map[string]bool{}
		for _, id := range active {
			gone[id] = true
		}
		seen := map[string]bool{}
		for _, f := range findings {
			if f.ID == "" || seen[f.ID] {
				return fmt.Errorf("finding of check %s on %s %s: its id %q is empty or used twice", f.Check, f.Unit, f.Period, f.ID)
			}
			seen[f.ID] = true
			if !gone[f.ID] {
				fresh = append(fresh, f.ID)
			}
			delete(gone, f.ID)
			// The row number is not part of what was found; the path may change.
			f.ReportID, f.File = 0, ""
			content, err := json.Marshal(stored{f, basis(f)})
			if err != nil {
				return err
			}
			if err := w.exec(query("put_finding"), f.ID, f.Check, string(f.Kind), string(f.Severity), f.SHA256, f.Unit, f.Period,
				string(content), w.stamp, w.stamp); err != nil {
				return fmt.Errorf("finding %s: %w", f.ID, err)
			}
		}
		for _, id := range active {
			if gone[id] {
				if err := w.exec(`UPDATE findings SET active = 0 WHERE id = ?`, id); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return fresh, nil
}

// stored is a finding as it is kept: with its basis, which queries compare with
// that of a decision.
type stored struct {
	check.Finding
	Basis string
}

func (w *writer) activeIn(scope Scope) ([]string, error) {
	var c conditions
	c.add("active = 1")
	c.in("unit", anys(scope.Units))
	c.notIn("check_id", anys(scope.Without))
	c.in("period", anys(scope.Periods))
	where, args := c.where()
	return collect(w.ctx, w.tx, func(rows *sql.Rows) (id string, err error) {
		return id, rows.Scan(&id)
	}, `SELECT id FROM findings`+where+` ORDER BY id`, args...)
}

// Findings lists findings by unit, period, severity (errors first), check and id.
func (d *DB) Findings(ctx context.Context, filter FindingFilter) ([]Finding, error) {
	var list []Finding
	err := d.read(ctx, "list findings", func(tx *sql.Tx) error {
		var c conditions
		c.in("f.id", anys(filter.IDs))
		c.in("f.unit", anys(filter.Units))
		c.in("f.period", anys(filter.Periods))
		c.in("f.check_id", anys(filter.Checks))
		c.in("f.severity", anys(filter.Severities))
		if !filter.Inactive {
			c.add("f.active = 1")
		}
		where, args := c.where()
		all, err := collect(ctx, tx, scanFinding, query("findings")+where+query("findings_order"), args...)
		if err != nil {
			return err
		}
		for _, f := range all {
			if len(filter.States) > 0 && !slices.Contains(filter.States, f.State) {
				continue
			}
			if f.Decision != nil && f.Decision.State == VerdictCorrected {
				if f.Decision.Corrections, err = corrections(ctx, tx, f.ID); err != nil {
					return err
				}
			}
			list = append(list, f)
		}
		return nil
	})
	return list, err
}

func scanFinding(rows *sql.Rows) (f Finding, err error) {
	var content, first, last, before, after string
	var report int64
	var path string
	var decision Decision
	var decided sql.NullString
	if err := rows.Scan(&content, &f.Active, &first, &last, &report, &path,
		&f.State, &decision.Who, &decision.Reason, &decision.Basis, &decided, &before, &after); err != nil {
		return f, err
	}
	if err := json.Unmarshal([]byte(content), &f.Finding); err != nil {
		return f, err
	}
	f.ReportID, f.File = report, path
	f.FirstSeen, f.LastSeen = parseStamp(first), parseStamp(last)
	f.Short = shortID(f.ID, before, after)
	if decided.Valid {
		decision.Finding, decision.State, decision.When = f.ID, f.State, parseStamp(decided.String)
		f.Decision = &decision
		f.reopen()
	}
	return f, nil
}

// reopen sets what the finding's decision still stands for.
func (f *Finding) reopen() {
	d := f.Decision
	if d.State == VerdictOpen {
		return
	}
	f.Changed = d.Basis != basis(f.Finding)
	// A correction is to make the finding go away: one that a later check found
	// again was of something else, or of a report that is replaced by now.
	if f.Active && f.LastSeen.After(d.When) && (f.Changed || d.State == VerdictCorrected) {
		f.State, f.Reopened = VerdictOpen, true
	}
}

// basis is what a decision was about: both sides of the comparison, or what was
// cited where nothing is compared.
func basis(f check.Finding) string {
	if f.Left == "" && f.Right == "" {
		parts := make([]string, len(f.Figures))
		for i, c := range f.Figures {
			if parts[i] = c.Value; c.Value == "" {
				parts[i] = c.Snippet
			}
		}
		return strings.Join(parts, "; ")
	}
	side := func(value, text string) string {
		if text == "" || text == value {
			return value
		}
		return value + " (" + text + ")"
	}
	sign := map[string]string{"=": "≠", "<=": ">", ">=": "<"}[f.Op]
	if f.Left == f.Right || sign == "" {
		sign = "="
	}
	return side(f.Left, f.LeftText) + " " + sign + " " + side(f.Right, f.RightText)
}
