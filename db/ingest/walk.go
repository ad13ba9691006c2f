// This file walks folders in sorted order and decides what is worth opening.
package ingest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"baocao/db"
)

// walker finds files and hands them on, in an order that depends on names only.
type walker struct {
	opt  Options
	db   *db.DB
	emit func(item) error // ends the walk with an error
	// only chooses paths of the ledger that are taken up again, all if nil.
	only map[string]bool
	// archives are the hashes of archives whose files were handed on.
	archives map[string]bool
	// inside are the paths of the archive that is being walked.
	inside map[string]bool
	// seen are the rows of the ledger that were met, nil where nobody asks.
	seen *idSet
	now  time.Time
}

// errStop ends a walk early.
var errStop = errors.New("stopped")

// seenEvery is how exact the ledger's last_seen_at is: writing it for every file
// at every import would cost more than looking at the files.
const seenEvery = time.Hour

// lockPrefix begins the name of the small file that Word keeps beside a document
// while it is open, of at most maxLock bytes.
const (
	lockPrefix = "~$"
	maxLock    = 1024
)

func (w *walker) walk(ctx context.Context) error {
	roots, err := roots(w.opt.Paths)
	if err != nil {
		return err
	}
	for _, root := range roots {
		// What the user names is followed even if it is a link.
		info, err := os.Stat(root)
		if err != nil {
			err = w.emit(item{path: root, Fingerprint: db.Fingerprint{Size: -1}, err: linkError(root, err)})
		} else {
			err = w.entry(ctx, root, info, true)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// roots gives absolute paths, sorted, without those that lie inside another.
func roots(paths []string) ([]string, error) {
	var list []string
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, err
		}
		list = append(list, abs)
	}
	// A folder sorts before what is in it once the separator sorts lowest.
	key := func(p string) string { return strings.ReplaceAll(p, string(filepath.Separator), "\x00") }
	slices.SortFunc(list, func(a, b string) int { return strings.Compare(key(a), key(b)) })
	var kept []string
	for _, p := range list {
		if len(kept) > 0 {
			last := kept[len(kept)-1]
			inside := strings.HasPrefix(key(p), strings.TrimSuffix(key(last), "\x00")+"\x00") && isDir(last)
			// What does not exist is met by no walk, and the user has to be told.
			if p == last || inside && exists(p) {
				continue
			}
		}
		kept = append(kept, p)
	}
	return kept, nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func (w *walker) dir(ctx context.Context, path string) error {
	entries, err := os.ReadDir(path) // sorted; with an error, what was read until then
	it := item{path: path, Fingerprint: db.Fingerprint{Size: -1}, err: err}
	if err == nil {
		known, err := w.db.KnownPath(ctx, path)
		if err != nil {
			return err
		}
		it.folder = known.State != "" && known.State != db.Folder
		if it.folder && w.only != nil {
			// Nothing in it was looked at before.
			all := *w
			all.only = nil
			w = &all
		}
	}
	if it.err != nil || it.folder {
		if err := w.emit(it); err != nil {
			return err
		}
	}
	for _, e := range entries {
		if ctx.Err() != nil {
			return errStop
		}
		name := filepath.Join(path, e.Name())
		info, err := e.Info()
		linked := false
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			linked = true
			info, err = os.Stat(name)
		}
		switch {
		case err != nil:
			err = w.emit(item{path: name, Fingerprint: db.Fingerprint{Size: -1}, err: linkError(name, err)})
		default:
			err = w.entry(ctx, name, info, !linked)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// linkError tells a link that leads nowhere from a file that is missing.
func linkError(path string, err error) error {
	if info, e := os.Lstat(path); e == nil && info.Mode()&fs.ModeSymlink != 0 && errors.Is(err, fs.ErrNotExist) {
		return ErrDanglingLink
	}
	return err
}

func (w *walker) entry(ctx context.Context, path string, info fs.FileInfo, follow bool) error {
	switch {
	case info.IsDir() && follow:
		return w.dir(ctx, path)
	case info.IsDir():
		return w.emit(item{path: path, Fingerprint: db.Fingerprint{Size: -1}, err: ErrLinkedFolder})
	case !info.Mode().IsRegular():
		return w.emit(item{path: path, Fingerprint: db.Fingerprint{Size: -1}, err: ErrNotRegular})
	case w.own(path, info):
		// Its size and time change all the time and mean nothing.
		return w.emit(item{path: path, Fingerprint: db.Fingerprint{Size: -1}, err: ErrOwnDatabase})
	}
	it := item{path: path, Fingerprint: db.Fingerprint{Size: info.Size(), Modified: info.ModTime()}, force: w.only != nil}
	if w.only == nil {
		known, err := w.db.KnownPath(ctx, path)
		if err != nil {
			return err
		}
		w.seen.add(known.ID)
		if !w.opt.Verify && unchanged(known, it.Fingerprint) {
			it.unchanged = true
			it.touch = w.now.Sub(known.LastSeen) >= seenEvery
			return w.emit(it)
		}
	}
	if w.opt.ready != nil && !w.opt.ready(path, it.Fingerprint) {
		return nil
	}
	if strings.HasPrefix(filepath.Base(path), lockPrefix) && it.Size <= maxLock {
		it.err = ErrLockFile
		return w.file(it)
	}
	if it.Size > w.opt.MaxFile {
		it.err = ErrTooLarge
		return w.file(it)
	}
	if done, err := w.archive(ctx, it); done || err != nil {
		return err
	}
	it.open = func() (content, error) { return openDisk(path, it.Fingerprint) }
	return w.file(it)
}

// file hands on a file, unless only others are wanted.
func (w *walker) file(it item) error {
	if w.only != nil && !w.only[it.path] {
		if it.done != nil {
			it.done()
		}
		return nil
	}
	return w.emit(it)
}

// unchanged says whether a file needs no look inside: its bytes were dealt with
// to the end, and it is as it was then.
func unchanged(known db.Known, now db.Fingerprint) bool {
	return known.State != "" && known.State != db.Pending && known.State != db.Gone && known.SHA256 != "" &&
		known.Size == now.Size && known.Modified.Equal(now.Modified)
}

// own says whether a path is the database that is being written, or its log.
func (w *walker) own(path string, info fs.FileInfo) bool {
	base := w.db.Path()
	rest, ok := strings.CutPrefix(path, base)
	if ok && slices.Contains([]string{"", "-wal", "-shm", "-journal"}, rest) {
		return true
	}
	own, err := os.Stat(base)
	return err == nil && os.SameFile(own, info)
}
