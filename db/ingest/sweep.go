// This file finds files of the ledger that are no longer where they were.
package ingest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// idSet is a set of row numbers, one bit each.
type idSet struct{ bits []uint64 }

func (s *idSet) add(id int64) {
	if s == nil || id <= 0 {
		return
	}
	for int64(len(s.bits)) <= id/64 {
		s.bits = append(s.bits, make([]uint64, len(s.bits)+64)...)
	}
	s.bits[id/64] |= 1 << (id % 64)
}

func (s *idSet) has(id int64) bool {
	return id >= 0 && id/64 < int64(len(s.bits)) && s.bits[id/64]&(1<<(id%64)) != 0
}

// goneAtOnce is how many files are marked in one transaction.
const goneAtOnce = 1000

// sweep marks the files of earlier imports that a walk did not meet and that are
// not there any more, and gives their number. Of a folder that could not be
// opened, or is not there itself (a share that is away), nothing is said.
func (w *walker) sweep(ctx context.Context) (int, error) {
	if w.only != nil || w.seen == nil {
		return 0, nil
	}
	list, err := roots(w.opt.Paths)
	if err != nil {
		return 0, err
	}
	var gone []string
	for _, root := range list {
		if !isDir(root) {
			continue
		}
		err := w.db.PathsBelow(ctx, root, func(id int64, path string) error {
			// A path that the user named has been dealt with.
			if !w.seen.has(id) && !slices.Contains(list, path) {
				if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) && outer(path) == path {
					gone = append(gone, path)
				}
			}
			return ctx.Err()
		})
		if err != nil {
			if ctx.Err() != nil {
				return 0, nil // the next import finds them
			}
			return 0, err
		}
	}
	for n := 0; n < len(gone); n += goneAtOnce {
		if err := w.db.MarkGone(context.WithoutCancel(ctx), gone[n:min(n+goneAtOnce, len(gone))]); err != nil {
			return n, err
		}
	}
	return len(gone), nil
}

// outer gives the archive on the disk that a path of the ledger leads into, the
// path itself where there is none. A folder's name may end in "!" as well.
func outer(path string) string {
	for i := 0; ; {
		at := strings.Index(path[i:], between)
		if at < 0 {
			return path
		}
		i += at
		if info, err := os.Stat(path[:i]); err == nil && info.Mode().IsRegular() {
			return path[:i]
		}
		i += len(between)
	}
}

// sweepArchive marks the files that an archive held at an earlier import and
// holds no more.
func (w *walker) sweepArchive(ctx context.Context, archive string) error {
	var gone []string
	err := w.db.PathsInside(ctx, archive, func(_ int64, path string) error {
		if !w.inside[path] {
			gone = append(gone, path)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return w.db.MarkGone(ctx, gone)
}
