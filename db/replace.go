// This file puts what newer rules read in place of what was stored, and tells what
// that changed.
package db

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"

	"baocao/normalize"
)

// Replacement is what newer rules read from a stored document.
type Replacement struct {
	ReportID    int64
	Report      *normalize.Report
	RuleSetHash string
	// Path is where the document's file is now, "" where it has not moved.
	Path string
}

// Change is what a Replacement changed.
type Change struct {
	Head    []HeadChange // what the report says of itself, in the order of headFields
	Figures []FigureChange
}

// Any says whether anything changed.
func (c Change) Any() bool { return len(c.Head)+len(c.Figures) > 0 }

// HeadChange is one thing that a report says of itself: "type", "unit" (with the
// units above it), "period", "from", "to", "number", "date" (of a draft its month),
// "signer", and what it counts as by that, "state". "" is what is not known.
type HeadChange struct{ Field, Before, After string }

// FigureChange is one figure that a Replacement changed. Before is "" for one
// that was not read before, After for one that is no longer read; a figure read
// with several values has them joined by "; ".
type FigureChange struct {
	Indicator, Field, Span string
	Before, After          string
}

// Replace puts new content in place of what was read from stored documents,
// all in one transaction, and gives for each what changed. Findings and the
// decisions on them stay.
func (d *DB) Replace(ctx context.Context, list []Replacement) ([]Change, error) {
	changes := make([]Change, len(list))
	heads := make([]head, len(list))
	err := d.write(ctx, "reprocess", func(tx *sql.Tx) error {
		w := newWriter(ctx, tx, d.stamp())
		defer w.close()
		for i, r := range list {
			before, err := w.values(r.ReportID)
			if err != nil {
				return err
			}
			if heads[i], err = w.head(r.ReportID); err != nil {
				return err
			}
			if _, err := w.report(r.ReportID, r.Report, false); err != nil {
				return fmt.Errorf("report %d: %w", r.ReportID, err)
			}
			after, err := w.values(r.ReportID)
			if err != nil {
				return err
			}
			changes[i].Figures = difference(before, after)
			var doc int64
			found, err := w.one(`UPDATE documents SET rule_set_hash = ?, extracted_at = ?, path = ifnull(nullif(?, ''), path)
				WHERE id = (SELECT document_id FROM reports WHERE id = ?) RETURNING id`, []any{r.RuleSetHash, w.stamp, r.Path, r.ReportID}, &doc)
			if err != nil {
				return err
			}
			if !found {
				return unknown("report", r.ReportID)
			}
			if err := w.refreshFiles(doc); err != nil {
				return err
			}
		}
		// What a report counts as may still have changed by one that came after it.
		for i, r := range list {
			now, err := w.head(r.ReportID)
			if err != nil {
				return err
			}
			changes[i].Head = heads[i].changes(now)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return changes, nil
}

// head is what a report says of itself, by headFields.
type head [9]string

func headFields() [9]string {
	return [...]string{"type", "unit", "period", "from", "to", "number", "date", "signer", "state"}
}

func (w *writer) head(report int64) (h head, err error) {
	dest := make([]any, len(h))
	for i := range h {
		dest[i] = &h[i]
	}
	_, err = w.one(query("report_head"), []any{report}, dest...)
	return h, err
}

func (h head) changes(now head) []HeadChange {
	var list []HeadChange
	for i, name := range headFields() {
		if h[i] != now[i] {
			list = append(list, HeadChange{name, h[i], now[i]})
		}
	}
	return list
}

// values gives the values of a report's figures by what they are about.
func (w *writer) values(report int64) (map[[3]string][]string, error) {
	type figure struct {
		key   [3]string
		value string
	}
	list, err := collect(w.ctx, w.tx, func(rows *sql.Rows) (f figure, err error) {
		return f, rows.Scan(&f.key[0], &f.key[1], &f.key[2], &f.value)
	}, `SELECT indicator, field, span, value FROM figures WHERE report_id = ? ORDER BY ord`, report)
	if err != nil {
		return nil, err
	}
	values := map[[3]string][]string{}
	for _, f := range list {
		values[f.key] = append(values[f.key], f.value)
	}
	return values, nil
}

func difference(before, after map[[3]string][]string) []FigureChange {
	all := maps.Clone(before)
	maps.Copy(all, after)
	var changes []FigureChange
	for _, k := range slices.SortedFunc(maps.Keys(all), func(a, b [3]string) int { return slices.Compare(a[:], b[:]) }) {
		b, a := before[k], after[k]
		slices.Sort(b)
		slices.Sort(a)
		if !slices.Equal(a, b) {
			changes = append(changes, FigureChange{k[0], k[1], k[2], strings.Join(b, "; "), strings.Join(a, "; ")})
		}
	}
	return changes
}
