package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"baocao/db"
)

// watching is a Watch that runs while a test does things.
type watching struct {
	t      *testing.T
	reader *fakeReader
	cancel context.CancelFunc
	ended  chan error
	begun  chan Summary

	mu      sync.Mutex
	events  []Event
	notices []error
}

func startWatch(t *testing.T, d *db.DB, how WatchOptions, paths ...string) *watching {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	w := &watching{t: t, reader: &fakeReader{}, cancel: cancel, ended: make(chan error, 1), begun: make(chan Summary, 1)}
	o := options(w.reader, paths...)
	o.Jobs = 1 // with more, two files with the same bytes may both be read
	o.Progress = func(e Event) {
		w.mu.Lock()
		defer w.mu.Unlock()
		if !e.Unchanged && !e.Recorded {
			w.events = append(w.events, e)
		}
	}
	how.Watching = func(s Summary) { w.begun <- s }
	how.Notice = func(err error) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.notices = append(w.notices, err)
	}
	go func() { w.ended <- Watch(ctx, d, o, how) }()
	t.Cleanup(cancel)
	select {
	case <-w.begun:
	case err := <-w.ended:
		t.Fatalf("the watch ended: %v", err)
	case <-time.After(20 * time.Second):
		t.Fatal("the watch did not begin")
	}
	return w
}

// until waits for a condition on the ledger.
func (w *watching) until(d *db.DB, what string, holds func([]db.File) bool) {
	w.t.Helper()
	var files []db.File
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		var err error
		if files, err = d.Files(context.Background(), db.FileFilter{}); err != nil {
			w.t.Fatal(err)
		}
		if holds(files) {
			return
		}
	}
	w.t.Fatalf("%s did not happen; files are %+v", what, files)
}

// stop ends the watch and gives how often its reader was called.
func (w *watching) stop() int64 {
	w.t.Helper()
	w.cancel()
	select {
	case err := <-w.ended:
		if err != nil {
			w.t.Errorf("the watch ended with %v", err)
		}
	case <-time.After(20 * time.Second):
		w.t.Fatal("the watch did not end")
	}
	return w.reader.reads.Load()
}

func stored(n int) func([]db.File) bool {
	return func(files []db.File) bool {
		have := 0
		for _, f := range files {
			if f.State == db.Stored || f.State == db.Duplicate {
				have++
			}
		}
		return have == n
	}
}

func TestWatch(t *testing.T) {
	for name, how := range map[string]WatchOptions{
		"notified": {Settle: 300 * time.Millisecond, Rescan: time.Hour},
		"polled":   {Settle: 300 * time.Millisecond, Rescan: 100 * time.Millisecond, Poll: true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, filepath.Join(dir, "before.docx"), report("Xã A", "2023-01", "dossiers.received 1\n"))
			d := openDB(t, filepath.Join(dir, "own.db")) // its writing must not wake the watch
			w := startWatch(t, d, how, dir)
			w.until(d, "taking in what was there", stored(1))

			write(t, filepath.Join(dir, "new", "deep", "1.docx"), report("Xã B", "2023-01", "dossiers.received 1\n"))
			w.until(d, "taking in a file of a new folder", stored(2))
			write(t, filepath.Join(dir, "new", "deep", "2.docx"), report("Xã C", "2023-01", "dossiers.received 1\n"))
			w.until(d, "taking in another one there", stored(3))

			// A file that arrives slowly is read once, when it is whole.
			before := w.reader.reads.Load()
			slow, err := os.Create(filepath.Join(dir, "slow.docx"))
			if err != nil {
				t.Fatal(err)
			}
			for i := range 12 {
				if i == 0 {
					_, err = slow.WriteString("report Xã D|2023-01\n")
				} else {
					_, err = fmt.Fprintf(slow, "indicator.%d 1\n", i)
				}
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(60 * time.Millisecond)
			}
			if err := slow.Close(); err != nil {
				t.Fatal(err)
			}
			w.until(d, "taking in a slow file", stored(4))
			if n := w.reader.reads.Load() - before; n != 1 {
				t.Errorf("a file that arrived slowly was read %d times", n)
			}
			// What is renamed into place, as a careful program does.
			write(t, filepath.Join(dir, "x.part"), report("Xã E", "2023-01", "dossiers.received 1\n"))
			if err := os.Rename(filepath.Join(dir, "x.part"), filepath.Join(dir, "x.docx")); err != nil {
				t.Fatal(err)
			}
			w.until(d, "taking in a renamed file", stored(5))
			reads := w.stop()
			if reads != 5 {
				t.Errorf("%d reads for 5 files", reads)
			}

			// While nobody watches, one arrives and one is copied.
			write(t, filepath.Join(dir, "later.docx"), report("Xã F", "2023-01", "dossiers.received 1\n"))
			write(t, filepath.Join(dir, "copy.docx"), report("Xã F", "2023-01", "dossiers.received 1\n"))
			w = startWatch(t, d, how, dir)
			w.until(d, "taking in what came meanwhile", stored(7))
			if n := w.stop(); n != 1 {
				t.Errorf("%d reads after the restart", n)
			}
			for _, e := range w.events {
				if !strings.HasSuffix(e.Path, "later.docx") && !strings.HasSuffix(e.Path, "copy.docx") {
					t.Errorf("it tells again of %s", e.Path)
				}
			}
			sound(t, d)
		})
	}
}

// A folder whose notifications do not come is looked at regularly.
func TestWatchFallsBack(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	d := newDB(t)
	w := startWatch(t, d, WatchOptions{Settle: 50 * time.Millisecond, Rescan: 100 * time.Millisecond}, link)
	write(t, filepath.Join(dir, "1.docx"), report("Xã A", "2023-01", "dossiers.received 1\n"))
	w.until(d, "taking in a file", stored(1))
	w.stop()
	if len(w.notices) != 1 {
		t.Errorf("notices are %v", w.notices)
	}
}

// A database that another program holds is waited for.
func TestWatchWaitsForTheDatabase(t *testing.T) {
	dir := t.TempDir()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "held.db")
	d, err := db.Open(ctx, path, db.Options{BusyTimeout: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	w := startWatch(t, d, WatchOptions{Settle: 50 * time.Millisecond, Rescan: 100 * time.Millisecond}, dir)
	release := hold(t, path)
	write(t, filepath.Join(dir, "1.docx"), report("Xã A", "2023-01", "dossiers.received 1\n"))
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		w.mu.Lock()
		n := len(w.notices)
		w.mu.Unlock()
		if n > 0 {
			break
		}
	}
	release()
	w.until(d, "taking in a file", stored(1))
	w.stop()
	if len(w.notices) == 0 || !errors.Is(w.notices[0], db.ErrLocked) {
		t.Errorf("notices are %v", w.notices)
	}
}

// hold takes the write lock of a database until release is called.
func hold(t *testing.T, path string) (release func()) {
	t.Helper()
	pool, err := sql.Open("sqlite3", "file:"+path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	tx, err := pool.Begin()
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := errors.Join(tx.Rollback(), pool.Close()); err != nil {
			t.Error(err)
		}
	}
}
