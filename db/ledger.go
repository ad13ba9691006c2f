// This file holds the ledger of files: what was offered and what became of it.
package db

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"
)

// State is what became of a file.
type State string

// States of the ledger. The first four have a document in the database.
const (
	Stored      State = "stored"       // its report is the current one
	Duplicate   State = "duplicate"    // same bytes as another file, or the same report in another file form
	Superseded  State = "superseded"   // replaced by a corrected re-issue
	NotAReport  State = "not-a-report" // readable, its text is kept, but it is no report
	NeedsOCR    State = "needs-ocr"    // page images without text
	Unreadable  State = "unreadable"   // damaged, encrypted, too large, no permission, ...
	Unsupported State = "unsupported"  // not a kind of file that is read
	Pending     State = "pending"      // still being written, or no reader could be started: next time
	Archive     State = "archive"      // a ZIP file; its files have rows of their own
	Folder      State = "folder"       // a folder that could not be opened at first; its files have rows of their own
	Gone        State = "gone"         // no longer at its place; its document, if any, stays
)

// States lists all states in the order in which they are shown.
func States() []State {
	return []State{Stored, Duplicate, Superseded, NotAReport, Archive, Folder, NeedsOCR, Unreadable, Unsupported, Pending, Gone}
}

// Read says whether a file in this state has a document in the database.
func (s State) Read() bool {
	return s == Stored || s == Duplicate || s == Superseded || s == NotAReport
}

// Fingerprint is what tells an unchanged file without reading it.
type Fingerprint struct {
	Size     int64     // -1 where it could not be asked for
	Modified time.Time // zero where unknown
}

// File is one row of the ledger.
type File struct {
	ID   int64
	Path string // absolute; inside an archive "/folder/a.zip!/inner/name.docx"
	Fingerprint
	SHA256 string // "" where the file was never read to its end
	State  State
	Reason string
	// Other is the path of the document that a duplicate repeats, or that
	// supersedes this one; "" where there is none.
	Other       string
	DocumentID  int64 // 0 where there is none
	ReportID    int64 // 0 where there is none
	Attempts    int
	Engine      string
	RuleSetHash string
	FirstSeen   time.Time
	LastSeen    time.Time
}

// FileFilter chooses rows of the ledger. The zero value takes all.
type FileFilter struct {
	States []State
	Path   string // exactly this path
	SHA256 string // exactly this content
	Under  string // this path and everything below it
}

// Files lists the ledger in the order of the paths.
func (d *DB) Files(ctx context.Context, filter FileFilter) ([]File, error) {
	var list []File
	err := d.read(ctx, "list files", func(tx *sql.Tx) error {
		where, args := filter.where()
		rows, err := tx.QueryContext(ctx, query("files")+where+" ORDER BY f.path", args...)
		if err != nil {
			return err
		}
		list, err = scanFiles(rows)
		return err
	})
	return list, err
}

func (f FileFilter) where() (string, []any) {
	var c conditions
	c.in("f.state", anys(f.States))
	if f.Path != "" {
		c.add("f.path = ?", f.Path)
	}
	if f.SHA256 != "" {
		c.add("f.sha256 = ?", f.SHA256)
	}
	if f.Under != "" {
		// "/" follows "." in ASCII and "\" follows "[", so a range would differ
		// between systems; a prefix comparison is the same everywhere.
		n := len([]rune(f.Under))
		c.add("(f.path = ? OR substr(f.path, 1, ?) IN (? || '/', ? || '\\') OR substr(f.path, 1, ?) = ? || '!/'"+
			// A folder may have the name of this one with "!" behind.
			" AND EXISTS (SELECT 1 FROM files a WHERE a.path = ? AND a.state = 'archive'))",
			f.Under, n+1, f.Under, f.Under, n+2, f.Under, f.Under)
	}
	return c.where()
}

func scanFiles(rows *sql.Rows) ([]File, error) {
	defer rows.Close()
	var list []File
	for rows.Next() {
		var f File
		var modified int64
		var first, last string
		if err := rows.Scan(&f.ID, &f.Path, &f.Size, &modified, &f.SHA256, &f.State, &f.Reason, &f.Other,
			&f.DocumentID, &f.ReportID, &f.Attempts, &f.Engine, &f.RuleSetHash, &first, &last); err != nil {
			return nil, err
		}
		if modified != 0 {
			f.Modified = time.Unix(0, modified)
		}
		f.FirstSeen, f.LastSeen = parseStamp(first), parseStamp(last)
		list = append(list, f)
	}
	return list, rows.Err()
}

// FileAt gives the row of one path; ok is false where it was never offered.
func (d *DB) FileAt(ctx context.Context, path string) (f File, ok bool, err error) {
	list, err := d.Files(ctx, FileFilter{Path: path})
	if err != nil || len(list) == 0 {
		return File{}, false, err
	}
	return list[0], true, nil
}

// Known is what the ledger says of a path: as much as an import needs to leave an
// unchanged file alone.
type Known struct {
	ID     int64 // of the row, 0 where there is none
	State  State // "" where the path was never offered
	Reason string
	Fingerprint
	SHA256   string
	LastSeen time.Time
}

// KnownPath gives what the ledger says of a path.
func (d *DB) KnownPath(ctx context.Context, path string) (Known, error) {
	var k Known
	var modified int64
	var last string
	err := d.knownPath.QueryRowContext(ctx, path).Scan(&k.ID, &k.State, &k.Reason, &k.Size, &modified, &k.SHA256, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return Known{}, nil
	}
	if modified != 0 {
		k.Modified = time.Unix(0, modified)
	}
	k.LastSeen = parseStamp(last)
	return k, d.wrap("look up file", err)
}

// Content is what is known of some bytes, under whatever path they were offered.
type Content uint8

const (
	NewContent    Content = iota // never dealt with
	StoredContent                // there is a document
	FailedContent                // reading them failed, and would fail again
)

// KnownContent says what is known of the bytes with this hash.
func (d *DB) KnownContent(ctx context.Context, sha256 string) (Content, error) {
	var stored, failed bool
	err := d.knownContent.QueryRowContext(ctx, sha256).Scan(&stored, &failed)
	switch {
	case stored:
		return StoredContent, nil
	case failed:
		return FailedContent, nil
	}
	return NewContent, d.wrap("look up content", err)
}

// Seen records that unchanged files were there at this time.
func (d *DB) Seen(ctx context.Context, paths []string) error {
	if len(paths) == 0 {
		return nil
	}
	stamp := d.stamp()
	return d.write(ctx, "record files", func(tx *sql.Tx) error {
		update, err := tx.PrepareContext(ctx, `UPDATE files SET last_seen_at = ? WHERE path = ?`)
		if err != nil {
			return err
		}
		defer update.Close()
		for _, path := range paths {
			if _, err := update.ExecContext(ctx, stamp, path); err != nil {
				return err
			}
		}
		return nil
	})
}

func parseStamp(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}
	}
	return t
}

// conditions collects the parts of a WHERE clause.
type conditions struct {
	parts []string
	args  []any
}

func (c *conditions) add(part string, args ...any) {
	c.parts = append(c.parts, part)
	c.args = append(c.args, args...)
}

// in adds "column is one of values"; no values means no condition.
func (c *conditions) in(column string, values []any) {
	if len(values) > 0 {
		c.add(column+" IN (?"+strings.Repeat(", ?", len(values)-1)+")", values...)
	}
}

// notIn adds "column is none of values".
func (c *conditions) notIn(column string, values []any) {
	if len(values) > 0 {
		c.add(column+" NOT IN (?"+strings.Repeat(", ?", len(values)-1)+")", values...)
	}
}

func (c *conditions) where() (string, []any) {
	if len(c.parts) == 0 {
		return "", nil
	}
	return " WHERE " + strings.Join(c.parts, " AND "), c.args
}

func anys[T any](values []T) []any {
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = v
	}
	return list
}
