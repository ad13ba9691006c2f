// An import of what should not be in an archive: hostile documents, broken
// copies of good ones, and entries of a folder that are no files to read.
package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"baocao/db"
)

// breakInto writes copies of a file to dir: two that are cut off, two with bits
// turned over. The same seed gives the same copies.
func breakInto(t *testing.T, dir, path string, random *rand.Rand) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		broken := append([]byte(nil), data...)
		kind := "cut"
		if i < 2 {
			broken = broken[:random.IntN(len(broken))]
		} else {
			kind = "bits"
			for range 1 + random.IntN(1+len(broken)/2000) {
				broken[random.IntN(len(broken))] ^= 1 << random.IntN(8)
			}
		}
		name := fmt.Sprintf("%s-%d-%s", kind, i, filepath.Base(path))
		if err := os.WriteFile(filepath.Join(dir, name), broken, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// oddEntries puts into dir what is no document, and returns the names of what is
// no file that can be read.
func oddEntries(t *testing.T, dir string) []string {
	t.Helper()
	large, err := os.Create(filepath.Join(dir, "large.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(
		large.Truncate(4<<30), large.Close(),
		os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "dangling.docx")),
		syscall.Mkfifo(filepath.Join(dir, "pipe.docx"), 0o600),
		os.Mkdir(filepath.Join(dir, "closed"), 0o000),
	)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.Chmod(filepath.Join(dir, "closed"), 0o700); err != nil {
			t.Error(err)
		}
	})
	names := []string{"large.pdf", "dangling.docx", "pipe.docx"}
	if _, err := os.ReadDir(filepath.Join(dir, "closed")); err != nil { // root may read it
		names = append(names, "closed")
	}
	return names
}

// TestHostileImport: every file ends in a state with a reason, no worker needs
// more than it may have, nothing is left behind, and the good reports beside are
// stored. Text recognition and conversion are out of reach: what they do with
// such files is the business of other tests, and they would take minutes.
func TestHostileImport(t *testing.T) {
	dir, temp := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("PATH", t.TempDir())
	random := rand.New(rand.NewPCG(2023, 5))
	for _, pattern := range []string{"documents/*.docx", "documents/*.pdf", "documents/*.doc"} {
		files, err := filepath.Glob("../../testdata/" + pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no files match %s: %v", pattern, err)
		}
		for _, file := range files {
			breakInto(t, dir, file, random)
		}
	}
	for _, from := range []string{"../../testdata/hostile", "../../testdata/archive/2023-04"} {
		if err := os.CopyFS(filepath.Join(dir, filepath.Base(from)), os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
	}
	odd := oddEntries(t, dir)
	database := filepath.Join(t.TempDir(), "d.db")
	code, out, errOut := baocao(t, "import", dir, "--db", database)
	if code != exitSkipped {
		t.Fatalf("exit %d: %s%s", code, out, errOut)
	}

	store, err := db.Open(context.Background(), database, db.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	files, err := store.Files(context.Background(), db.FileFilter{})
	if err != nil {
		t.Fatal(err)
	}
	ledger := map[string]db.File{}
	for _, f := range files {
		ledger[f.Path] = f
	}
	stored := 0
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil && !errors.Is(err, fs.ErrPermission) {
			return err
		}
		if entry.IsDir() {
			return nil
		}
		f, ok := ledger[path]
		switch {
		case !ok:
			t.Errorf("%s is not in the ledger", path)
		case f.State == db.Pending, f.State == "":
			t.Errorf("%s is %q", path, f.State)
		case f.State == db.Stored:
			stored++
		case f.State == db.Duplicate, f.State == db.Superseded, f.State == db.Archive:
		case strings.TrimSpace(f.Reason) == "" || strings.Contains(f.Reason, "\n"):
			t.Errorf("%s is %s for the reason %q", path, f.State, f.Reason)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	good, err := filepath.Glob("../../testdata/archive/2023-04/*")
	if err != nil || len(good) == 0 {
		t.Fatalf("no good reports: %v", err)
	}
	for _, path := range good {
		if f := ledger[filepath.Join(dir, "2023-04", filepath.Base(path))]; f.State != db.Stored && f.State != db.Duplicate {
			t.Errorf("the good report %s is %s: %s", filepath.Base(path), f.State, f.Reason)
		}
	}
	for _, name := range odd {
		if f := ledger[filepath.Join(dir, name)]; f.State != db.Unreadable && f.State != db.Unsupported {
			t.Errorf("%s is %q: %s", name, f.State, f.Reason)
		}
	}
	t.Logf("%d files, %d stored", len(files), stored)

	left, err := os.ReadDir(temp)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range left {
		t.Errorf("%s was left behind", entry.Name())
	}
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &used); err != nil {
		t.Fatal(err)
	}
	const limit = 1 << 20 // KiB
	if used.Maxrss > limit {
		t.Errorf("a worker used %d MiB", used.Maxrss>>10)
	}
	t.Logf("the largest worker used %d MiB", used.Maxrss>>10)
}
