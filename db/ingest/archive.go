// This file looks into ZIP archives of documents without unpacking them to disk.
package ingest

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode"

	"baocao/db"
)

const (
	// maxDirectory bounds the list of files of an archive: 64 MiB are about half
	// a million files.
	maxDirectory = 64 << 20
	// maxRatio is how many times larger the files of an archive may be than the
	// archive. Documents are compressed already; plain text reaches 10.
	maxRatio = 100
	// maxNested bounds an archive inside an archive, which is kept in memory.
	maxNested = 32 << 20
	// between stands in a path of the ledger between an archive and a file in it.
	between = "!/"
)

// archive hands on the files inside it, then the archive itself, if it is an
// archive of documents. done is false if it is any other file.
func (w *walker) archive(ctx context.Context, it item) (done bool, err error) {
	c, err := openDisk(it.path, it.Fingerprint)
	if err != nil {
		return false, nil // a reader of the pipeline will meet the same and record it
	}
	release := c.Close
	defer func() {
		if release != nil {
			_ = release() // it was only read
		}
	}()
	if !isArchive(c, it.Size) {
		return false, nil
	}
	z, err := openZip(c, it.Size)
	if errors.Is(err, ErrBomb) {
		it.err = err
		return true, w.file(it)
	}
	if err != nil || isPackage(z) {
		return false, nil
	}
	sum, _, err := load(c, it.Size)
	if err != nil {
		return false, nil
	}
	if w.only == nil {
		known, err := w.knownArchive(ctx, it.path, sum)
		if err != nil {
			return true, err
		}
		if known {
			it.archive = &archiveDone{sha256: sum, known: true}
			return true, w.file(it)
		}
	}
	// The file stays open until the last of its files was read.
	left := &countdown{last: func() { _ = c.Close() }}
	release = nil
	left.add()
	defer left.done()
	w.inside = map[string]bool{}
	files, err := w.members(ctx, it, z, 1, left)
	if err != nil {
		return true, err
	}
	if w.only == nil {
		if err := w.sweepArchive(ctx, it.path); err != nil {
			return true, err
		}
	}
	if err := c.unchanged(); err != nil {
		it.err = err
		return true, w.file(it)
	}
	w.archives[sum] = true
	it.archive = &archiveDone{sha256: sum, files: files}
	return true, w.file(it)
}

// knownArchive says whether the files of an archive with this content have rows:
// at this path, or at another one where it still is.
func (w *walker) knownArchive(ctx context.Context, path, sum string) (bool, error) {
	// One that was met in this walk may still be on its way into the database.
	known := w.archives[sum]
	files, err := w.db.Files(ctx, db.FileFilter{States: []db.State{db.Archive}, SHA256: sum})
	if err != nil {
		return false, err
	}
	for _, f := range files {
		if f.Path == path {
			return true, nil
		}
		known = known || exists(outer(f.Path))
	}
	if !known {
		return false, nil
	}
	// The path may have held another archive before.
	w.inside = nil
	return true, w.sweepArchive(ctx, path)
}

// members hands on the files of one archive by name and gives their number.
func (w *walker) members(ctx context.Context, outer item, z *zip.Reader, depth int, left *countdown) (int, error) {
	type member struct {
		name string
		file *zip.File
		err  error
	}
	var list []member
	for _, f := range z.File {
		name, err := memberName(f)
		if strings.HasSuffix(name, "/") && err == nil {
			continue // a folder
		}
		list = append(list, member{name, f, err})
	}
	slices.SortStableFunc(list, func(a, b member) int { return strings.Compare(a.name, b.name) })
	for i, m := range list {
		if ctx.Err() != nil {
			return 0, errStop
		}
		it := item{
			path:        outer.path + between + m.name,
			Fingerprint: db.Fingerprint{Size: int64(min(m.file.UncompressedSize64, 1<<62)), Modified: m.file.Modified},
			force:       outer.force,
			member:      true,
			err:         m.err,
		}
		if i > 0 && list[i-1].name == m.name { // an archive may hold one name several times
			n := 2
			for j := i - 2; j >= 0 && list[j].name == m.name; j-- {
				n++
			}
			it.path += fmt.Sprintf("#%d", n)
		}
		w.inside[it.path] = true
		if err := w.member(ctx, it, m.file, depth, left); err != nil {
			return 0, err
		}
	}
	return len(list), nil
}

func (w *walker) member(ctx context.Context, it item, f *zip.File, depth int, left *countdown) error {
	switch {
	case it.err != nil:
	case f.Flags&1 != 0:
		it.err = ErrEncrypted
	case it.Size > w.opt.MaxMember:
		it.err = ErrTooLarge
	}
	if it.err != nil {
		return w.file(it)
	}
	if data, nested := w.nested(f); nested {
		z, err := openZip(bytes.NewReader(data), int64(len(data)))
		switch {
		case errors.Is(err, ErrBomb):
			it.err = err
			return w.file(it)
		case err == nil && !isPackage(z) && depth > 1:
			it.err = ErrNested
			return w.file(it)
		case err == nil && !isPackage(z):
			files, err := w.members(ctx, it, z, depth+1, left)
			if err != nil {
				return err
			}
			sum, _, err := load(memory{bytes.NewReader(data)}, it.Size)
			if err != nil {
				return err
			}
			it.archive = &archiveDone{sha256: sum, files: files}
			return w.file(it)
		}
	}
	left.add()
	it.done = left.done
	it.open = func() (content, error) {
		data, err := readMember(f, it.Size)
		if err != nil {
			return nil, err
		}
		return memory{bytes.NewReader(data)}, nil
	}
	return w.file(it)
}

// nested gives the bytes of a member that begins like an archive of documents.
func (w *walker) nested(f *zip.File) (data []byte, nested bool) {
	if f.UncompressedSize64 > maxNested {
		return nil, false
	}
	r, err := f.Open()
	if err != nil {
		return nil, false
	}
	head := make([]byte, headSize)
	n, _ := io.ReadFull(r, head) // a short or broken member is met again by the reader
	if r.Close() != nil || !beginsArchive(head[:n]) {
		return nil, false
	}
	data, err = readMember(f, int64(f.UncompressedSize64))
	return data, err == nil
}

// readMember unpacks a member into memory, never more than it says it has.
func readMember(f *zip.File, size int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	data, err := io.ReadAll(io.LimitReader(r, size+1))
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, fmt.Errorf("unpack: %w", err)
	}
	if int64(len(data)) != size {
		return nil, ErrBomb
	}
	return data, nil
}

// headSize is how much of a file is looked at to tell an archive: the header of
// its first file and the beginning of the name.
const headSize = 30 + 64

func isArchive(r io.ReaderAt, size int64) bool {
	head := make([]byte, min(headSize, size))
	n, _ := r.ReadAt(head, 0) // what cannot be read is met again by the reader
	return beginsArchive(head[:n])
}

// beginsArchive says whether the bytes may begin a ZIP archive of documents.
// Documents that are ZIP archives themselves are told by their first file; where
// that does not decide, isPackage does.
func beginsArchive(head []byte) bool {
	if strings.HasPrefix(string(head), "PK\x05\x06") {
		return true // an archive without files
	}
	if len(head) < 30 || string(head[:4]) != "PK\x03\x04" {
		return false
	}
	name := string(head[30:min(len(head), 30+int(binary.LittleEndian.Uint16(head[26:])))])
	for _, first := range []string{"[Content_Types].xml", "_rels/", "docProps/", "word/", "xl/", "ppt/", "mimetype", "META-INF/"} {
		if strings.HasPrefix(name, first) {
			return false
		}
	}
	return true
}

// isPackage says whether an archive is a document or program in itself (DOCX,
// XLSX, ODT, EPUB, JAR), not a collection of documents.
func isPackage(z *zip.Reader) bool {
	for _, f := range z.File {
		switch f.Name {
		case "[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF":
			return true
		}
	}
	return false
}

// openZip reads the list of files. Lists and contents that are out of all
// proportion are ErrBomb, before anything is unpacked.
func openZip(r io.ReaderAt, size int64) (*zip.Reader, error) {
	if err := checkDirectory(r, size); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are checked one by one
		return nil, err
	}
	var total uint64
	for _, f := range z.File {
		if total += f.UncompressedSize64; f.UncompressedSize64 > 1<<40 || total > 1<<40 {
			return nil, ErrBomb
		}
	}
	if total > 64<<20 && total/maxRatio > uint64(size) {
		return nil, ErrBomb
	}
	return z, nil
}

// checkDirectory looks at the size of the list of files, which zip.NewReader
// reads as a whole.
func checkDirectory(r io.ReaderAt, size int64) error {
	tail := make([]byte, min(size, 22+1<<16))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	end := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if end < 0 || end+22 > len(tail) {
		return zip.ErrFormat
	}
	if binary.LittleEndian.Uint32(tail[end+12:]) > maxDirectory {
		return ErrBomb
	}
	return nil
}

// memberName gives the name of a file of an archive as it stands in the ledger.
// A name that leads out of the archive gives ErrUnsafeName and the name with
// what cannot be printed replaced.
func memberName(f *zip.File) (string, error) {
	name := strings.ReplaceAll(decodeName(f), `\`, "/")
	safe := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '\uFFFD'
		}
		return r
	}, name)
	if name == "" || safe != name || strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':' {
		return safe, ErrUnsafeName
	}
	for _, part := range strings.Split(strings.TrimSuffix(name, "/"), "/") {
		if part == ".." || part == "." || part == "" {
			return safe, ErrUnsafeName
		}
	}
	if strings.HasSuffix(name, "/") {
		return path.Clean(name) + "/", nil
	}
	return name, nil
}

// countdown calls last when everything that was added is done.
type countdown struct {
	mu   sync.Mutex
	n    int
	last func()
}

func (c *countdown) add() {
	c.mu.Lock()
	c.n++
	c.mu.Unlock()
}

func (c *countdown) done() {
	c.mu.Lock()
	c.n--
	end := c.n == 0
	c.mu.Unlock()
	if end {
		c.last()
	}
}
