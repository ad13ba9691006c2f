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

// LedgerPaths visits the paths of the ledger below a folder or archive, those
// that are gone left out, with their row numbers; what is inside an archive comes
// only when the archive itself was asked for. An error of visit ends it.
func (d *DB) LedgerPaths(ctx context.Context, under string, visit func(id int64, path string) error) error {
	from, to := under+"!/", under+"!0" // "0" follows "/"
	members := true
	if f, ok, err := d.FileAt(ctx, under); err != nil {
		return err
	} else if !ok || f.State != Archive {
		members = false
	}
	return d.read(ctx, "list files", func(tx *sql.Tx) error {
		text, args := query("paths_inside"), []any{from, to}
		if !members {
			text, args = query("paths_below"), []any{under, len([]rune(under)) + 1, under, under}
		}
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
// it is the evidence for them.
func (w *writer) relocate(document int64) error { return w.exec(query("relocate"), document) }
