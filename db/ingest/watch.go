// This file takes in files as they arrive in folders.
package ingest

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"

	"baocao/db"
)

// WatchOptions say how folders are watched. The zero value works.
type WatchOptions struct {
	// Settle is how long a file must stay as it is before it is read, so that one
	// that is still being copied is left alone; 0 is 5 s.
	Settle time.Duration
	// Rescan is the time between two walks through everything, which find what no
	// notification told; 0 is 5 minutes, or with Poll 15 s.
	Rescan time.Duration
	// Poll does without notifications of the system, which network shares do not
	// send.
	Poll bool
	// Notice is told what does not end the watch: no notifications, a database in
	// use, a full disk; nil is fine.
	Notice func(error)
	// Watching is told when everything there was in the beginning is taken in.
	Watching func(Summary)
}

func (w WatchOptions) withDefaults() WatchOptions {
	if w.Settle <= 0 {
		w.Settle = 5 * time.Second
	}
	if w.Rescan <= 0 && w.Poll {
		w.Rescan = 15 * time.Second
	}
	if w.Rescan <= 0 {
		w.Rescan = 5 * time.Minute
	}
	if w.Notice == nil {
		w.Notice = func(error) {}
	}
	if w.Watching == nil {
		w.Watching = func(Summary) {}
	}
	return w
}

// Watch takes in o.Paths and then whatever arrives below them, in new folders
// too, until ctx ends; that is no error. It keeps nothing of its own between two
// runs: the ledger knows what was taken in, so what arrived while nobody watched
// is taken in at the start, and nothing twice.
//
// A database that is in use or without room is tried again; any other error of
// the database ends the watch.
func Watch(ctx context.Context, d *db.DB, o Options, opt WatchOptions) error {
	w := &watch{db: d, opt: o, how: opt.withDefaults(), unsettled: map[string]sighting{}, dirty: map[string]bool{}, starting: true}
	w.opt.ready = w.settled
	if !opt.Poll {
		if err := w.listen(); err != nil {
			w.fallBack(err)
		}
	}
	defer w.deaf()
	return w.loop(ctx)
}

// watch is one Watch.
type watch struct {
	db  *db.DB
	opt Options
	how WatchOptions

	notify   *fsnotify.Watcher // nil where there are no notifications
	starting bool              // everything is walked for the first time
	// unsettled are changed files that were seen but may still be growing.
	unsettled map[string]sighting
	// dirty are paths of which a notification came since the last pass.
	dirty map[string]bool
}

// sighting is how a file looked, and since when.
type sighting struct {
	db.Fingerprint
	since time.Time
}

// settled says whether a file has been as it is for long enough, and remembers
// how it looks.
func (w *watch) settled(path string, now db.Fingerprint) bool {
	at := time.Now()
	seen, known := w.unsettled[path]
	if !known || seen.Size != now.Size || !seen.Modified.Equal(now.Modified) {
		seen = sighting{now, at}
		// Of what was there before the watch, an old file needs no second look.
		if age := at.Sub(now.Modified); w.starting && age > w.how.Settle && age > time.Minute {
			return true
		}
	}
	if at.Sub(seen.since) >= w.how.Settle {
		delete(w.unsettled, path)
		return true
	}
	w.unsettled[path] = seen
	return false
}

func (w *watch) loop(ctx context.Context) error {
	rescan := time.Time{} // when everything is walked the next time
	for ctx.Err() == nil {
		paths := w.opt.Paths
		all := !time.Now().Before(rescan)
		if all {
			rescan = time.Now().Add(w.how.Rescan)
			clear(w.dirty)
		} else {
			paths = w.changed()
		}
		s, err := w.pass(ctx, paths)
		switch {
		case errors.Is(err, db.ErrLocked), errors.Is(err, db.ErrFull):
			w.how.Notice(err)
			rescan = time.Now().Add(min(w.how.Rescan, 30*time.Second))
		case err != nil:
			return err
		case w.starting && !s.Interrupted:
			w.starting = false
			w.how.Watching(s)
		}
		if err := w.wait(ctx, rescan); err != nil {
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				w.fallBack(err)
			}
			rescan = time.Time{} // what was not told is found by walking
		}
	}
	return nil
}

// pass imports paths, those that are there.
func (w *watch) pass(ctx context.Context, paths []string) (Summary, error) {
	if len(paths) == 0 {
		return Summary{}, nil
	}
	o := w.opt
	o.Paths = paths
	return Run(ctx, w.db, o)
}

// changed gives the paths that may be taken in now: of which a notification came,
// or which were unsettled. It forgets the notifications.
func (w *watch) changed() []string {
	list := map[string]bool{}
	for path := range w.dirty {
		list[path] = true
	}
	clear(w.dirty)
	for path := range w.unsettled {
		list[path] = true
	}
	for path := range list {
		if _, err := os.Stat(path); err != nil {
			delete(list, path)
			delete(w.unsettled, path)
		}
	}
	return slices.Sorted(maps.Keys(list))
}

// A pass begins when no notification came for quiet, or at the latest after
// patience where they never cease.
const (
	quiet    = 500 * time.Millisecond
	patience = 5 * time.Second
)

// wait returns when a pass is due: everything is to be walked, an unsettled file
// may have settled, or notifications came and then none for a while. An error
// means that some notifications were lost.
func (w *watch) wait(ctx context.Context, rescan time.Time) error {
	due := rescan
	for _, s := range w.unsettled {
		if at := s.since.Add(w.how.Settle); at.Before(due) {
			due = at
		}
	}
	timer := time.NewTimer(time.Until(due))
	defer timer.Stop()
	var events chan fsnotify.Event
	var errs chan error
	if w.notify != nil {
		events, errs = w.notify.Events, w.notify.Errors
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
			return nil
		case err := <-errs:
			return err
		case e := <-events:
			if err := w.heard(e); err != nil {
				return err
			}
			if len(w.dirty) > 0 {
				if at := time.Now().Add(patience); at.Before(due) {
					due = at
				}
				timer.Reset(min(quiet, time.Until(due)))
			}
		}
	}
}

// heard takes note of a notification.
func (w *watch) heard(e fsnotify.Event) error {
	if !e.Has(fsnotify.Create) && !e.Has(fsnotify.Write) && !e.Has(fsnotify.Rename) {
		return nil
	}
	info, err := os.Lstat(e.Name)
	if err != nil {
		return nil // gone again
	}
	if info.IsDir() {
		if !e.Has(fsnotify.Create) {
			return nil
		}
		if err := w.add(e.Name); err != nil {
			return err
		}
	}
	own := &walker{db: w.db}
	if !own.own(e.Name, info) { // the database may lie in the folder
		w.dirty[e.Name] = true
	}
	return nil
}

// listen asks the system for notifications of all folders.
func (w *watch) listen() (err error) {
	if w.notify, err = fsnotify.NewWatcher(); err != nil {
		return err
	}
	list, err := roots(w.opt.Paths)
	if err != nil {
		return err
	}
	for _, root := range list {
		if target, err := filepath.EvalSymlinks(root); err == nil && isDir(root) && target != root {
			return errors.New("a link to a folder is watched without notifications")
		}
		if err := w.add(root); err != nil {
			return err
		}
	}
	return nil
}

// add asks for notifications of a folder and those in it.
func (w *watch) add(root string) error {
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil // recorded by the pass
		}
		if entry.IsDir() || path == root {
			return w.notify.Add(path)
		}
		return nil
	})
}

// fallBack goes on without notifications.
func (w *watch) fallBack(err error) {
	w.deaf()
	w.how.Rescan = min(w.how.Rescan, 15*time.Second)
	w.how.Notice(err)
}

func (w *watch) deaf() {
	if w.notify != nil {
		_ = w.notify.Close() // nothing is asked of it any more
		w.notify = nil
	}
}
