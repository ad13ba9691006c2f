// This file checks that a database is sound, to the last span.
package db

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Problem is one thing in a database that should not be.
type Problem struct {
	Where string // table, or table and row
	What  string
}

// String gives the problem in one line.
func (p Problem) String() string { return p.Where + ": " + p.What }

// Check looks for damage: SQLite's own structures, rows that point nowhere,
// documents without a file in the ledger, states that do not fit each other, and
// spans that lie outside their document's text or do not hold what was printed
// there. No problems is an empty list; an error means that it could not look.
func (d *DB) Check(ctx context.Context) ([]Problem, error) {
	var list []Problem
	err := d.read(ctx, "check", func(tx *sql.Tx) error {
		for _, look := range []func(context.Context, *sql.Tx) ([]Problem, error){
			checkStructure, checkReferences, checkRows, checkTexts,
		} {
			found, err := look(ctx, tx)
			if err != nil {
				return err
			}
			list = append(list, found...)
		}
		return nil
	})
	return list, err
}

func checkStructure(ctx context.Context, tx *sql.Tx) ([]Problem, error) {
	return collect(ctx, tx, func(rows *sql.Rows) (p Problem, err error) {
		p.Where = "file"
		return p, rows.Scan(&p.What)
	}, `SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'`)
}

func checkReferences(ctx context.Context, tx *sql.Tx) ([]Problem, error) {
	return collect(ctx, tx, func(rows *sql.Rows) (p Problem, err error) {
		var row sql.NullInt64
		var parent string
		err = rows.Scan(&p.Where, &row, &parent)
		if row.Valid {
			p.Where += fmt.Sprintf(" row %d", row.Int64)
		}
		p.What = "points to a row that is not in " + parent
		return p, err
	}, `SELECT "table", rowid, parent FROM pragma_foreign_key_check`)
}

func checkRows(ctx context.Context, tx *sql.Tx) ([]Problem, error) {
	return collect(ctx, tx, func(rows *sql.Rows) (p Problem, err error) {
		return p, rows.Scan(&p.Where, &p.What)
	}, query("check_rows"))
}

// checkTexts unpacks every text once and compares all spans with it.
func checkTexts(ctx context.Context, tx *sql.Tx) ([]Problem, error) {
	type text struct {
		document, report int64
		size             int
	}
	ids, err := collect(ctx, tx, func(rows *sql.Rows) (t text, err error) {
		return t, rows.Scan(&t.document, &t.report, &t.size)
	}, query("texts"))
	if err != nil {
		return nil, err
	}
	spans, err := tx.PrepareContext(ctx, query("check_spans"))
	if err != nil {
		return nil, err
	}
	defer spans.Close()
	var list []Problem
	for _, t := range ids {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		where := fmt.Sprintf("document %d", t.document)
		var p Packed
		if err := tx.QueryRowContext(ctx, query("document"), t.document).Scan(&p.text, &p.layout, &p.engine, &p.encoding, &p.warnings); err != nil {
			return nil, fmt.Errorf("%s: %w", where, err)
		}
		doc, err := p.Unpack()
		if err != nil {
			list = append(list, Problem{where, err.Error()})
			continue
		}
		if len(doc.Text) != t.size {
			list = append(list, Problem{where, fmt.Sprintf("its text has %d bytes instead of %d", len(doc.Text), t.size)})
		}
		for _, b := range doc.Blocks {
			if b.Start < 0 || b.End < b.Start || b.End > len(doc.Text) {
				list = append(list, Problem{where, fmt.Sprintf("block %d..%d lies outside its text of %d bytes", b.Start, b.End, len(doc.Text))})
			}
		}
		found, err := checkSpans(ctx, spans, t.report, doc.Text)
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

func checkSpans(ctx context.Context, spans *sql.Stmt, report int64, text string) ([]Problem, error) {
	rows, err := spans.QueryContext(ctx, report)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	collapsed := "" // the text with single spaces, made when a snippet is met
	var list []Problem
	for rows.Next() {
		var what, printed, snippet string
		var start, end int
		if err := rows.Scan(&what, &start, &end, &printed, &snippet); err != nil {
			return nil, err
		}
		where := fmt.Sprintf("report %d, %s at %d..%d", report, what, start, end)
		if end > len(text) { // start <= end is in the schema
			list = append(list, Problem{where, fmt.Sprintf("lies outside its text of %d bytes", len(text))})
			continue
		}
		if printed != "" && text[start:end] != printed {
			list = append(list, Problem{where, fmt.Sprintf("the text there is %q, stored is %q", text[start:end], printed)})
		}
		if snippet != "" {
			if collapsed == "" {
				collapsed = collapse(text)
			}
			if !strings.Contains(collapsed, collapse(snippet)) {
				list = append(list, Problem{where, fmt.Sprintf("its snippet %q is not in the text", snippet)})
			}
		}
	}
	return list, rows.Err()
}

func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }
