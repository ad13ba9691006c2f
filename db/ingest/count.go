// This file counts what an import will meet, so that it can be said how long it
// will take.
package ingest

import (
	"context"
	"io/fs"
	"path/filepath"
)

// estimate counts the files in the background, reading folders only. It ends when
// stop is called or ctx ends.
func (p *pipeline) estimate(ctx context.Context, w *walker) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		n := 0
		if w.only != nil {
			for path := range w.only {
				if outer(path) == path { // those are counted as they come
					n++
				}
			}
		} else {
			n = count(ctx, w.opt.Paths)
		}
		p.mu.Lock()
		p.counted = n
		p.mu.Unlock()
	}()
	return func() {
		cancel()
		<-done
	}
}

// count gives the number of files below paths, 0 if ctx ends first. What cannot
// be looked into counts as one file: it gets a row of its own.
func count(ctx context.Context, paths []string) int {
	list, err := roots(paths)
	if err != nil {
		return 0
	}
	n := 0
	for _, root := range list {
		if target, err := filepath.EvalSymlinks(root); err == nil {
			root = target // what the user names is followed
		}
		err := filepath.WalkDir(root, func(_ string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.IsDir() {
				n++
			}
			return ctx.Err()
		})
		if err != nil {
			return 0
		}
	}
	return n
}
