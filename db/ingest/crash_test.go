package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"baocao/db"
	"baocao/extract/document"
)

// A child process is this test binary again with these set: it imports a folder
// into a database and may be killed at any moment.
const (
	childFolder   = "BAOCAO_TEST_FOLDER"
	childDatabase = "BAOCAO_TEST_DATABASE"
	childLimit    = "BAOCAO_TEST_FILE_LIMIT" // bytes that a file may have
	// killsEnv sets how often the crash tests kill, for a longer run.
	killsEnv = "BAOCAO_TEST_KILLS"
)

// exitFull is the code of a child that had no room left.
const exitFull = 7

func TestMain(m *testing.M) {
	if os.Getenv(childFolder) == "" {
		os.Exit(m.Run())
	}
	err := child(os.Getenv(childFolder), os.Getenv(childDatabase), os.Getenv(childLimit))
	switch {
	case errors.Is(err, db.ErrFull):
		os.Exit(exitFull)
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func child(dir, database, limit string) error {
	if limit != "" {
		if err := limitFiles(limit); err != nil {
			return err
		}
	}
	ctx := context.Background()
	d, err := db.Open(ctx, database, db.Options{})
	if err != nil {
		return err
	}
	f := &fakeReader{}
	o := options(f, dir)
	o.Jobs = 2
	o.Read = func(ctx context.Context, name string, r io.ReaderAt, size int64) (*document.Document, error) {
		time.Sleep(time.Duration(rand.IntN(1500)) * time.Microsecond)
		return f.read(ctx, name, r, size)
	}
	_, err = Run(ctx, d, o)
	return errors.Join(err, d.Close())
}

// start begins a child.
func start(t *testing.T, dir, database string, env ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), append(env, childFolder+"="+dir, childDatabase+"="+database,
		"GORACE=atexit_sleep_ms=0")...) // the race detector would sleep a second at the end
	var said bytes.Buffer
	cmd.Stderr = &said
	t.Cleanup(func() {
		if t.Failed() && said.Len() > 0 {
			t.Logf("a child said: %s", &said)
		}
	})
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

func kills(t *testing.T, usual int) int {
	t.Helper()
	text := os.Getenv(killsEnv)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// begun waits until a child has begun its database, which is when killing it
// becomes interesting.
func begun(database string) {
	for range 10_000 {
		if _, err := os.Stat(database); err == nil {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// uninterrupted gives the digest of an import that nothing disturbs, and how
// long it takes from the moment the database is begun.
func uninterrupted(t *testing.T, dir string) (string, time.Duration) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "whole.db")
	cmd := start(t, dir, path)
	begun(path)
	begin := time.Now()
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	took := time.Since(begin)
	d := openDB(t, path)
	sound(t, d)
	return digest(t, d), took
}

// compare opens what a crash left, checks it, finishes the import and compares.
func compare(t *testing.T, dir, path, want string) (before int) {
	t.Helper()
	d, err := db.Open(context.Background(), path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	sound(t, d)
	s, err := d.Status(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Run(context.Background(), d, options(&fakeReader{}, dir)); err != nil {
		t.Fatal(err)
	}
	sound(t, d)
	if digest(t, d) != want {
		t.Errorf("another result after a crash with %d files done:\n%s", s.Total(), ledger(t, d, dir))
	}
	return s.Total()
}

func TestKilledImport(t *testing.T) {
	dir := t.TempDir()
	mixed(t, dir, 80, 5)
	want, took := uninterrupted(t, dir)
	random := rand.New(rand.NewPCG(5, 2))
	middle := 0 // kills that hit a half-done import
	for i := range kills(t, 8) {
		path := filepath.Join(t.TempDir(), "killed.db")
		// Killed once, or again and again on the way.
		for range 1 + i%3 {
			cmd := start(t, dir, path)
			begun(path)
			time.Sleep(time.Duration(random.Int64N(int64(took))))
			_ = cmd.Process.Kill() // it may have finished
			_ = cmd.Wait()         // "killed" is what we want to hear
		}
		if n := compare(t, dir, path, want); n > 0 && n < 80 {
			middle++
		}
	}
	if middle == 0 {
		t.Error("no kill hit the import at work")
	}
}

// A power failure may lose the end of what was written. Committed transactions
// are flushed, so this is worse than what can happen.
func TestLogCutOffByPowerFailure(t *testing.T) {
	dir := t.TempDir()
	mixed(t, dir, 40, 6)
	want, _ := uninterrupted(t, dir)
	random := rand.New(rand.NewPCG(6, 2))
	cut := 0
	for range kills(t, 5) {
		path := filepath.Join(t.TempDir(), "power.db")
		cmd := start(t, dir, path)
		// Let the log grow to some size: the whole import writes more than this.
		for size, tries := random.Int64N(400_000), 0; tries < 5000; tries++ {
			if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > size {
				break
			}
			time.Sleep(time.Millisecond)
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
			cut++
			if err := os.Truncate(path+"-wal", random.Int64N(info.Size())); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Remove(path + "-shm"); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		compare(t, dir, path, want)
	}
	if cut == 0 {
		t.Error("no log was there to be cut")
	}
}
