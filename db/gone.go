// This file keeps the ledger true for files that were moved or removed.
package db

import (
	"context"
	"database/sql"
	"slices"
)

// ReasonGone is what the ledger gives as reason for a file that is no longer at
// its place. What was read from it stays; Other names the place where its bytes
// are now, if they were offered there.
const ReasonGone = "no longer at this place"

// PathsBelow visits the paths of the ledger below a folder, those that are gone
// left out, with their row numbers. An error of visit ends it.
func (d *DB) PathsBelow(ctx context.Context, folder string, visit func(id int64, path string) error) error {
	return d.paths(ctx, visit, query("paths_below"), len([]rune(folder))+1, folder, folder)
}

// PathsInside is PathsBelow for what is inside an archive.
func (d *DB) PathsInside(ctx context.Context, archive string, visit func(id int64, path string) error) error {
	return d.paths(ctx, visit, query("paths_inside"), archive+"!/", archive+"!0") // "0" follows "/"
}

func (d *DB) paths(ctx context.Context, visit func(int64, string) error, text string, args ...any) error {
	return d.read(ctx, "list files", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, text, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id int64
			var path string
			if err := rows.Scan(&id, &path); err != nil {
				return err
			}
			if err := visit(id, path); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// MarkGone records that files are no longer at their places, archives with all
// that is inside. Where the bytes were offered under another path too, that one
// stands for the document from now on.
func (d *DB) MarkGone(ctx context.Context, paths []string) error {
	if len(paths) == 0 {
		return nil
	}
	return d.write(ctx, "record files", func(tx *sql.Tx) error {
		w := newWriter(ctx, tx, d.stamp())
		defer w.close()
		var documents []int64
		for _, path := range paths {
			list, err := collect(ctx, tx, func(rows *sql.Rows) (id int64, err error) { return id, rows.Scan(&id) },
				query("mark_gone"), ReasonGone, path, path+"!/", path+"!0")
			if err != nil {
				return err
			}
			documents = append(documents, list...)
		}
		slices.Sort(documents)
		for _, id := range slices.Compact(documents) {
			if id == 0 {
				continue
			}
			if err := w.relocate(id); err != nil {
				return err
			}
			if err := w.refreshFiles(id); err != nil {
				return err
			}
		}
		return nil
	})
}

// relocate gives a document the path of a file that holds it, if the file it was
// read from does not any more. A path from which unit or period were taken stays:
// it is the evidence for them, until the new path is asked (Moved).
func (w *writer) relocate(document int64) error { return w.exec(query("relocate"), document) }

// MovedReport is a report that the path has a say in, whose file is elsewhere now.
type MovedReport struct {
	Document, Report int64
	Path             string // where the file is now
	Unit, Period     bool   // were taken from the old path
}

// Moved lists the reports of which unit or period came from a path, or are not
// known, and whose file is not at that path any more but at another one.
func (d *DB) Moved(ctx context.Context) ([]MovedReport, error) {
	var list []MovedReport
	err := d.read(ctx, "list moved files", func(tx *sql.Tx) (err error) {
		list, err = collect(ctx, tx, func(rows *sql.Rows) (m MovedReport, err error) {
			return m, rows.Scan(&m.Document, &m.Report, &m.Path, &m.Unit, &m.Period)
		}, query("moved"))
		return err
	})
	return list, err
}
