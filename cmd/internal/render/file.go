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
// ErrExists; what is no file (a folder, a device) is never replaced. The content
// goes to a temporary file in the same folder.
func Create(path string, force bool) (*File, error) {
	target := path
	info, err := os.Stat(path)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return nil, fmt.Errorf("write %s: it is a folder or a device, not a file", path)
	case err == nil && !force:
		return nil, fmt.Errorf("write %s: %w", path, ErrExists)
	case err == nil: // what a link leads to is replaced, not the link
		if target, err = filepath.EvalSymlinks(path); err != nil {
			return nil, fmt.Errorf("write %s: %w", path, err)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	for n := 0; ; n++ {
		name := filepath.Join(filepath.Dir(target), fmt.Sprintf(".baocao-%d-%d.tmp", os.Getpid(), n))
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666) // less what the umask takes
		if errors.Is(err, fs.ErrExist) && n < maxTries {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", path, err)
		}
		return &File{f, target, force}, nil
	}
}

// maxTries is how many names of temporary files are tried.
const maxTries = 1000

// Commit brings the content to the disk and gives the file its name. After an
// error nothing of it is left.
func (f *File) Commit() error {
	err := f.Sync()
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
