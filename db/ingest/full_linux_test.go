package ingest

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

// limitFiles makes writes beyond a file size fail, as on a full disk.
func limitFiles(text string) error {
	limit, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGXFSZ) // the write fails instead
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: limit})
}

func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	mixed(t, dir, 80, 7)
	want, _ := uninterrupted(t, dir)
	middle := 0
	step := 4_000_000 / kills(t, 10) // more than the log ever has
	for limit := 4096; ; limit += step {
		path := filepath.Join(t.TempDir(), "full.db")
		err := start(t, dir, path, childLimit+"="+strconv.Itoa(limit)).Wait()
		if err == nil {
			break // there was room
		}
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != exitFull {
			t.Fatalf("with room for %d bytes: %v", limit, err)
		}
		if n := compare(t, dir, path, want); n > 0 && n < 80 {
			middle++
		}
	}
	if middle == 0 {
		t.Error("the disk was never full in the middle of an import")
	}
}

func TestPipesAndLinks(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "real", "1.docx"), "letter 1")
	for _, err := range []error{
		syscall.Mkfifo(filepath.Join(dir, "a-pipe.docx"), 0o600),
		os.Symlink("nowhere", filepath.Join(dir, "dangling.docx")),
		os.Symlink("real", filepath.Join(dir, "folder")),
		os.Symlink("..", filepath.Join(dir, "real", "loop")),
		os.Symlink(filepath.Join("real", "1.docx"), filepath.Join(dir, "file.docx")),
		os.Symlink("/dev/zero", filepath.Join(dir, "zero")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	d := openDB(t, filepath.Join(dir, "own.db"))
	s := run(t, d, options(&fakeReader{}, dir, "/dev/null"))
	wantLedger(t, d, dir, `
		/dev/null unsupported
		a-pipe.docx unsupported
		dangling.docx unreadable
		file.docx not-a-report
		folder unsupported
		own.db unsupported
		own.db-shm unsupported
		own.db-wal unsupported
		real/1.docx duplicate file.docx
		real/loop unsupported
		zero unsupported
		`)
	before := digest(t, d)
	if s = run(t, d, options(&fakeReader{}, dir, "/dev/null")); s.Added != 0 || digest(t, d) != before {
		t.Errorf("summary is %+v", s)
	}
	// What the user names himself is followed.
	d = newDB(t)
	if s = run(t, d, options(&fakeReader{}, filepath.Join(dir, "folder"))); s.Added != 1 {
		t.Errorf("summary is %+v", s)
	}
	sound(t, d)
}
