// This file holds what can be wrong with a database file, and the remedies.
package db

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

// Sentinel errors that callers branch on. They arrive wrapped in an *Error.
var (
	ErrForeign  = errors.New("not a baocao database")
	ErrNewer    = errors.New("the database was written by a newer version of baocao")
	ErrLocked   = errors.New("the database is in use by another program")
	ErrReadOnly = errors.New("the database cannot be written")
	ErrFull     = errors.New("no room left for the database")
	ErrDamaged  = errors.New("the database file is damaged")
	ErrMissing  = errors.New("there is no such database")
	ErrVanished = errors.New("the database file is not at its place any more")
	// ErrUnknown is returned for an id that is not in the database.
	ErrUnknown = errors.New("not in the database")
)

// Error says what was attempted on which database and what can be done.
type Error struct {
	Op   string // "open", "import", ...
	Path string
	Kind error // one of the sentinels, nil where the fault is of no known kind
	Err  error // what the system said, may be nil
}

// Error gives operation, file, kind and cause in one line.
func (e *Error) Error() string {
	text := e.Op + " " + e.Path
	if e.Kind != nil {
		text += ": " + e.Kind.Error()
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap lets errors.Is find both the kind and the cause.
func (e *Error) Unwrap() []error {
	var errs []error
	if e.Kind != nil {
		errs = append(errs, e.Kind)
	}
	if e.Err != nil {
		errs = append(errs, e.Err)
	}
	return errs
}

// Remedy says in one sentence what the user can do about err, "" where nothing
// better than the error itself is known.
func Remedy(err error) string {
	switch {
	case errors.Is(err, ErrForeign):
		return "give the path of a baocao database, or of a file that does not exist yet to begin a new one"
	case errors.Is(err, ErrNewer):
		return "use the newer version of baocao that wrote it"
	case errors.Is(err, ErrLocked):
		return "wait until the other program has finished, or close it, and try again"
	case errors.Is(err, ErrReadOnly):
		return "remove the write protection, or copy the database to a folder where you may write"
	case errors.Is(err, ErrFull):
		return "make room on the disk and run the same command again: what was stored is kept"
	case errors.Is(err, ErrDamaged):
		return "put back the last backup, then import again: known files are skipped"
	case errors.Is(err, ErrVanished):
		return "connect the drive or share again, or put the file back, and run the same command again: what it does not hold is imported again"
	case errors.Is(err, ErrMissing):
		return "import documents first, or give the path of the database"
	}
	return ""
}

// wrap turns what SQLite or the system said into an *Error with its kind. It
// passes nil, context errors and errors that are already wrapped unchanged.
func (d *DB) wrap(op string, err error) error { return wrapError(op, d.path, err) }

func wrapError(op, path string, err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	return &Error{Op: op, Path: path, Kind: kindOf(err), Err: err}
}

// kindOf finds the sentinel for an error, nil where there is none.
func kindOf(err error) error {
	var lite sqlite3.Error
	switch {
	case errors.As(err, &lite):
		switch lite.Code {
		case sqlite3.ErrNotADB:
			return ErrForeign
		case sqlite3.ErrBusy, sqlite3.ErrLocked:
			return ErrLocked
		case sqlite3.ErrReadonly, sqlite3.ErrPerm:
			return ErrReadOnly
		case sqlite3.ErrFull:
			return ErrFull
		case sqlite3.ErrCorrupt:
			return ErrDamaged
		case sqlite3.ErrIoErr, sqlite3.ErrCantOpen:
			// A quota or a file size limit shows as a failed write, not as
			// SQLITE_FULL.
			if noRoom(lite.SystemErrno) {
				return ErrFull
			}
			// The drive or share behind an open file has gone.
			if lite.Code == sqlite3.ErrIoErr {
				return ErrVanished
			}
		}
	case errors.Is(err, fs.ErrNotExist):
		return ErrMissing
	case errors.Is(err, fs.ErrPermission):
		return ErrReadOnly
	case errors.Is(err, sql.ErrNoRows):
		return ErrUnknown
	default:
		var errno syscall.Errno
		if errors.As(err, &errno) && noRoom(errno) {
			return ErrFull
		}
	}
	return nil
}

// NoRoom says whether err means that there is no room left on a disk.
func NoRoom(err error) bool {
	var errno syscall.Errno
	return errors.Is(err, ErrFull) || errors.As(err, &errno) && noRoom(errno)
}

// fatal says whether an error concerns the whole database, so that going on
// with the next document makes no sense.
func fatal(err error) bool {
	var lite sqlite3.Error
	if !errors.As(err, &lite) {
		return true
	}
	return lite.Code != sqlite3.ErrConstraint && lite.Code != sqlite3.ErrTooBig && lite.Code != sqlite3.ErrMismatch
}

func unknown(what string, id any) error {
	return fmt.Errorf("%s %v: %w", what, id, ErrUnknown)
}
