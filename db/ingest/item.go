// This file holds what travels from the walk to the readers: one file, on the
// disk or inside an archive.
package ingest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"baocao/db"
)

// item is one path of the ledger.
type item struct {
	path string
	db.Fingerprint
	// Exactly one of these says what to do with it: record err; leave it as it is;
	// record an archive whose files have come before, or a folder; or open it.
	err       error
	unchanged bool
	touch     bool // with unchanged: it is time to record that it was seen
	archive   *archiveDone
	folder    bool
	open      func() (content, error)
	member    bool // of an archive
	// force reads bytes again that failed before.
	force bool
	// done is called when the item needs its source no longer.
	done func()
}

// archiveDone ends the files of an archive.
type archiveDone struct {
	sha256 string
	files  int
	known  bool // it was taken in before, here or under another name
}

// content is an opened file.
type content interface {
	io.ReaderAt
	// unchanged says whether the file is still as it was when it was opened.
	unchanged() error
	io.Closer
}

// diskFile is a file on the disk.
type diskFile struct {
	*os.File
	path string
	db.Fingerprint
}

func openDisk(path string, want db.Fingerprint) (content, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	c := &diskFile{f, path, want}
	// Between the walk and now another file may have taken its place, even a
	// pipe, on which reading would wait for ever.
	if err := c.unchanged(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return c, nil
}

func (c *diskFile) unchanged() error {
	for _, stat := range []func() (os.FileInfo, error){c.Stat, func() (os.FileInfo, error) { return os.Stat(c.path) }} {
		info, err := stat()
		if err != nil {
			return fmt.Errorf("%w (%w)", ErrChanged, err)
		}
		if !info.Mode().IsRegular() || info.Size() != c.Size || !info.ModTime().Equal(c.Modified) {
			return ErrChanged
		}
	}
	return nil
}

// memory is content that was read already, such as a file of an archive.
type memory struct{ *bytes.Reader }

func (memory) unchanged() error { return nil }
func (memory) Close() error     { return nil }

// keep is up to which size a file is read from the disk once, for the hash and
// for the reader, instead of twice.
const keep = 8 << 20

// load gives the hash of all bytes, and content that is cheap to read again.
func load(c content, size int64) (string, io.ReaderAt, error) {
	if m, ok := c.(memory); ok {
		sum := sha256.New()
		if _, err := m.WriteTo(sum); err != nil {
			return "", nil, err
		}
		return hex.EncodeToString(sum.Sum(nil)), m, nil
	}
	if size > keep {
		sum := sha256.New()
		n, err := io.Copy(sum, io.NewSectionReader(c, 0, size))
		if err == nil && n != size {
			err = ErrChanged
		}
		return hex.EncodeToString(sum.Sum(nil)), c, err
	}
	data := make([]byte, size)
	n, err := c.ReadAt(data, 0)
	if int64(n) != size {
		if err == nil || errors.Is(err, io.EOF) {
			err = ErrChanged
		}
		return "", nil, err
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), bytes.NewReader(data), nil
}
