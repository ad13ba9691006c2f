// This file says what can be wrong with a file before a reader sees it.
package ingest

import (
	"errors"
	"fmt"
	"runtime/debug"

	"baocao/db"
)

// What keeps a file from being read. Options.Classify may give them other words.
var (
	ErrNotRegular   = errors.New("not a regular file (a pipe, socket or device)")
	ErrDanglingLink = errors.New("a link to a file that does not exist")
	ErrLinkedFolder = errors.New("a link to a folder, which is not followed: give the folder itself")
	ErrOwnDatabase  = errors.New("the database itself")
	ErrLockFile     = errors.New("the mark that Word leaves while a document is open; it holds no text")
	ErrTooLarge     = errors.New("too large for a report")
	ErrChanged      = errors.New("changed while it was being read: it is taken in at the next import")
	ErrUnsafeName   = errors.New("its name inside the archive leads out of the archive")
	ErrEncrypted    = errors.New("encrypted inside the archive: unpack it with its password and import the files")
	ErrBomb         = errors.New("an archive that unpacks to far more than it can hold")
	ErrNested       = errors.New("an archive inside an archive inside an archive: unpack it and import the files")
)

// PanicError is a fault of a reader or of the extraction. The file is recorded
// as unreadable and the import goes on.
type PanicError struct {
	Value any
	Stack []byte
}

// Error gives the first line; Stack has the rest.
func (e *PanicError) Error() string { return fmt.Sprintf("internal error: %v", e.Value) }

// guard turns a panic into an error.
func guard(do func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	return do()
}

// classify says which state an error means, and why in words.
func (o Options) classify(err error) (db.State, string) {
	if o.Classify != nil {
		if state, reason := o.Classify(err); state != "" {
			return state, reason
		}
	}
	switch {
	case errors.Is(err, ErrChanged):
		return db.Pending, err.Error()
	case errors.Is(err, ErrNotRegular), errors.Is(err, ErrLinkedFolder), errors.Is(err, ErrOwnDatabase), errors.Is(err, ErrLockFile):
		return db.Unsupported, err.Error()
	}
	return db.Unreadable, err.Error()
}
