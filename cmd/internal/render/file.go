// This file writes files that are whole or not there.

package render

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrExists is returned where a file would be replaced that nobody said may be.
var ErrExists = errors.New("the file exists already")

// File is a file in the making: it takes its name only when Commit is called, and
// until then nothing of that name is touched.
type File struct {
	*os.File
	path  string
	force bool
}

// Create begins a file at path. Without force a file that is there already is
// ErrExists. The content goes to a temporary file in the same folder.
func Create(path string, force bool) (*File, error) {
	info, err := os.Lstat(path)
	switch {
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("write %s: it is a folder", path)
	case err == nil && !force:
		return nil, fmt.Errorf("write %s: %w", path, ErrExists)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".baocao-*.tmp")
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	return &File{f, path, force}, nil
}

// Commit brings the content to the disk and gives the file its name. After an
// error nothing of it is left.
func (f *File) Commit() error {
	err := f.Chmod(0o644)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = f.rename()
	}
	if err != nil {
		os.Remove(f.Name()) // the first error is the one to report
		return fmt.Errorf("write %s: %w", f.path, err)
	}
	return nil
}

// rename gives the temporary file its name. Without force a hard link is made first, since
// that fails where a file has come into being meanwhile; not every file system
// has links.
func (f *File) rename() error {
	if !f.force {
		switch err := os.Link(f.Name(), f.path); {
		case err == nil:
			return os.Remove(f.Name())
		case errors.Is(err, fs.ErrExist):
			return ErrExists
		}
	}
	return os.Rename(f.Name(), f.path)
}

// Discard removes what was written; after Commit it does nothing.
func (f *File) Discard() {
	if f.Close() == nil {
		os.Remove(f.Name())
	}
}
