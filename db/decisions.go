// This file keeps what people decided about findings.
package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
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
	// When and Basis are set when it is stored: the time, and what the
	// finding compared or cited then ("260 (239 + 21) ≠ 253 (235 + 18)").
	When  time.Time
	Basis string
}

// ErrDecision is wrapped by the errors of Decide about what was decided.
var ErrDecision = errors.New("decision not possible")

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
		w := newWriter(ctx, tx, d.moment())
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
			if sameDecimal(c.Printed, c.Value) {
				return fmt.Errorf("%w: %s is printed as %s already", ErrDecision, c.Indicator, c.Value)
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
		if !isDecimal(c.Value) || c.Printed != "" && !isDecimal(c.Printed) {
			return fmt.Errorf("%w: %q in place of %q: no plain decimal number", ErrDecision, c.Value, c.Printed)
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

// sameDecimal says whether two plain decimals are one number: "100" and "100.0".
func sameDecimal(a, b string) bool {
	x, ok := new(big.Rat).SetString(a)
	if !ok {
		return false
	}
	y, ok := new(big.Rat).SetString(b)
	return ok && x.Cmp(y) == 0
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
	}
	for _, v := range values {
		if sameDecimal(v, c.Printed) {
			return v, nil
		}
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

// StrayCorrection is a corrected value that is in use nowhere.
type StrayCorrection struct {
	Finding      string
	Unit, Period string
	Correction
}

// StrayCorrections lists the corrected values whose printed value is no longer
// read from a report that counts, since the rules that read it have changed.
func (d *DB) StrayCorrections(ctx context.Context) ([]StrayCorrection, error) {
	var list []StrayCorrection
	err := d.read(ctx, "list corrections", func(tx *sql.Tx) error {
		var err error
		list, err = collect(ctx, tx, func(rows *sql.Rows) (s StrayCorrection, err error) {
			return s, rows.Scan(&s.Finding, &s.Unit, &s.Period, &s.SHA256, &s.Indicator, &s.Field, &s.Span, &s.Printed, &s.Value)
		}, query("stray_corrections"))
		return err
	})
	return list, err
}
