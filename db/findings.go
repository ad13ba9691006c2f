// This file keeps findings and what people decided about them.
package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"baocao/db/check"
)

// Verdict is what a person says of a finding.
type Verdict string

const (
	VerdictOpen      Verdict = "open"      // undecided; also given to take a decision back
	VerdictAccepted  Verdict = "accepted"  // the office agrees that the report is wrong
	VerdictDismissed Verdict = "dismissed" // it is right as printed, for the reason given
	VerdictCorrected Verdict = "corrected" // wrong, and the true value is known
)

// Correction is the true value of a printed figure.
type Correction struct {
	// SHA256 of the document the figure stands in; "" is the finding's own.
	SHA256                 string
	Indicator, Field, Span string // Span "" is "period"
	Printed                string // the value as it was read; "" where the document has only one
	Value                  string // plain decimal
}

// Decision is one step in the life of a finding.
type Decision struct {
	Finding     string // check.Finding.ID
	State       Verdict
	Who         string
	Reason      string // required for VerdictDismissed
	Corrections []Correction
	// When and Basis are set when it is stored: the time, and the two sides that
	// the finding compared then ("260 = 253").
	When  time.Time
	Basis string
}

// Finding is a stored finding with its last decision.
type Finding struct {
	check.Finding
	State Verdict
	// Decision is the last one, nil where there is none.
	Decision *Decision
	// Changed says that the numbers are others than those decided about.
	Changed bool
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
	States     []Verdict
	Inactive   bool // those that the last check no longer found, too
}

// Scope says which reports a check covered, so that findings it no longer made
// can be told from those it did not look for. Empty lists mean all.
type Scope struct {
	Units   []string // labels
	Periods []string
}

// ErrDecision is wrapped by the errors of Decide about what was decided.
var ErrDecision = errors.New("decision not possible")

// SaveFindings stores what a check found. Findings within the scope that it no
// longer made become inactive; decisions stay with the id of their finding. It
// gives the findings that were not active before.
func (d *DB) SaveFindings(ctx context.Context, scope Scope, findings []check.Finding) (fresh []string, err error) {
	err = d.write(ctx, "store findings", func(tx *sql.Tx) error {
		w := newWriter(ctx, tx, d.stamp())
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
			content, err := json.Marshal(f)
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

func (w *writer) activeIn(scope Scope) ([]string, error) {
	var c conditions
	c.add("active = 1")
	c.in("unit", anys(scope.Units))
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
		c.in("ifnull(l.state, 'open')", anys(filter.States))
		if !filter.Inactive {
			c.add("f.active = 1")
		}
		where, args := c.where()
		var err error
		if list, err = collect(ctx, tx, scanFinding, query("findings")+where+query("findings_order"), args...); err != nil {
			return err
		}
		for i := range list {
			if list[i].State != VerdictCorrected {
				continue
			}
			if list[i].Decision.Corrections, err = corrections(ctx, tx, list[i].ID); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

func scanFinding(rows *sql.Rows) (f Finding, err error) {
	var content, first, last string
	var report int64
	var path string
	var decision Decision
	var decided sql.NullString
	if err := rows.Scan(&content, &f.Active, &first, &last, &report, &path,
		&f.State, &decision.Who, &decision.Reason, &decision.Basis, &decided); err != nil {
		return f, err
	}
	if err := json.Unmarshal([]byte(content), &f.Finding); err != nil {
		return f, err
	}
	f.ReportID, f.File = report, path
	f.FirstSeen, f.LastSeen = parseStamp(first), parseStamp(last)
	if decided.Valid {
		decision.Finding, decision.State, decision.When = f.ID, f.State, parseStamp(decided.String)
		f.Decision, f.Changed = &decision, decision.Basis != basis(f.Finding)
	}
	return f, nil
}

// basis is what a decision was about: both sides of the comparison, or what was
// cited where nothing is compared.
func basis(f check.Finding) string {
	if f.Left != "" || f.Right != "" {
		return f.Left + " " + f.Op + " " + f.Right
	}
	text := ""
	for _, c := range f.Figures {
		text += c.Value + "; "
	}
	return text
}

func corrections(ctx context.Context, tx *sql.Tx, finding string) ([]Correction, error) {
	return collect(ctx, tx, func(rows *sql.Rows) (c Correction, err error) {
		return c, rows.Scan(&c.SHA256, &c.Indicator, &c.Field, &c.Span, &c.Printed, &c.Value)
	}, query("last_corrections"), finding)
}

// Decide adds a decision to the trail of its finding. A finding that is not in
// the database is ErrUnknown; a decision without a name, a dismissal without a
// reason, or a correction of a figure that was not read wraps ErrDecision.
func (d *DB) Decide(ctx context.Context, decision Decision) error {
	return d.write(ctx, "decide", func(tx *sql.Tx) error {
		w := newWriter(ctx, tx, d.stamp())
		defer w.close()
		var content, sha string
		found, err := w.one(`SELECT content, sha256 FROM findings WHERE id = ?`, []any{decision.Finding}, &content, &sha)
		if err != nil {
			return err
		}
		if !found {
			return unknown("finding", decision.Finding)
		}
		var finding check.Finding
		if err := json.Unmarshal([]byte(content), &finding); err != nil {
			return err
		}
		if err := possible(decision); err != nil {
			return err
		}
		var id int64
		if _, err := w.one(query("put_decision"), []any{decision.Finding, string(decision.State), decision.Who, decision.Reason,
			basis(finding), w.stamp}, &id); err != nil {
			return err
		}
		for i, c := range decision.Corrections {
			if c.SHA256 == "" {
				c.SHA256 = sha
			}
			if c.Span == "" {
				c.Span = "period"
			}
			if c.Printed, err = w.printed(c); err != nil {
				return err
			}
			if err := w.exec(`INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, id, i, c.SHA256, c.Indicator, c.Field, c.Span,
				c.Printed, c.Value); err != nil {
				return err
			}
		}
		return nil
	})
}

func possible(decision Decision) error {
	switch {
	case !slices.Contains([]Verdict{VerdictOpen, VerdictAccepted, VerdictDismissed, VerdictCorrected}, decision.State):
		return fmt.Errorf("%w: unknown state %q", ErrDecision, decision.State)
	case decision.Who == "":
		return fmt.Errorf("%w: it is not said who decides", ErrDecision)
	case decision.State == VerdictDismissed && decision.Reason == "":
		return fmt.Errorf("%w: a dismissal needs a reason", ErrDecision)
	case (decision.State == VerdictCorrected) != (len(decision.Corrections) > 0):
		return fmt.Errorf("%w: corrected values belong to state %q and no other", ErrDecision, VerdictCorrected)
	}
	for _, c := range decision.Corrections {
		if !isDecimal(c.Value) {
			return fmt.Errorf("%w: %q is no plain decimal number", ErrDecision, c.Value)
		}
	}
	return nil
}

// isDecimal accepts what the schema does: "12", "-3", "99.71".
func isDecimal(s string) bool {
	if len(s) > 0 && s[0] == '-' {
		s = s[1:]
	}
	points := 0
	for i := range len(s) {
		switch {
		case s[i] == '.' && i > 0 && i < len(s)-1:
			points++
		case s[i] < '0' || s[i] > '9':
			return false
		}
	}
	return s != "" && points <= 1
}

// printed gives the value that a correction replaces.
func (w *writer) printed(c Correction) (string, error) {
	values, err := collect(w.ctx, w.tx, func(rows *sql.Rows) (v string, err error) {
		return v, rows.Scan(&v)
	}, query("printed_values"), c.SHA256, c.Indicator, c.Field, c.Span)
	if err != nil {
		return "", err
	}
	name := c.Indicator
	if c.Field != "" {
		name += " (" + c.Field + ")"
	}
	switch {
	case len(values) == 0:
		return "", fmt.Errorf("%w: no %s was read from that document", ErrDecision, name)
	case c.Printed == "" && len(values) == 1:
		return values[0], nil
	case slices.Contains(values, c.Printed):
		return c.Printed, nil
	}
	return "", fmt.Errorf("%w: %s was read as %q: say which one is to be corrected", ErrDecision, name, values)
}

// Trail lists all decisions on a finding, the oldest first.
func (d *DB) Trail(ctx context.Context, finding string) ([]Decision, error) {
	var list []Decision
	err := d.read(ctx, "list decisions", func(tx *sql.Tx) error {
		var ids []int64
		var err error
		list, err = collect(ctx, tx, func(rows *sql.Rows) (t Decision, err error) {
			var id int64
			var when string
			err = rows.Scan(&id, &t.Finding, &t.State, &t.Who, &t.Reason, &t.Basis, &when)
			t.When = parseStamp(when)
			ids = append(ids, id)
			return t, err
		}, `SELECT id, finding_id, state, who, reason, basis, decided_at FROM decisions WHERE finding_id = ? ORDER BY id`, finding)
		if err != nil {
			return err
		}
		for i, id := range ids {
			if list[i].Corrections, err = collect(ctx, tx, func(rows *sql.Rows) (c Correction, err error) {
				return c, rows.Scan(&c.SHA256, &c.Indicator, &c.Field, &c.Span, &c.Printed, &c.Value)
			}, `SELECT sha256, indicator, field, span, printed, value FROM corrections WHERE decision_id = ? ORDER BY ord`, id); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}
