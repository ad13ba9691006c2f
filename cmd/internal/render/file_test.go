package render

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// names lists a folder.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "bảng.csv")
	write := func(text string, force bool) error {
		f, err := Create(path, force)
		if err != nil {
			return err
		}
		defer f.Discard()
		if _, err := f.WriteString(text); err != nil {
			return err
		}
		return f.Commit()
	}
	if err := write("one", false); err != nil {
		t.Fatal(err)
	}
	if err := write("two", false); !errors.Is(err, ErrExists) {
		t.Errorf("a file that exists: %v", err)
	}
	if err := write("three", true); err != nil {
		t.Error(err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "three" {
		t.Errorf("the file holds %q (%v)", data, err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	f, err := Create(path, false)
	if err != nil {
		t.Fatal(err)
	}
	f.Discard()
	if list := names(t, dir); len(list) != 0 {
		t.Errorf("a file that was given up leaves %q", list)
	}
	// A file that comes into being meanwhile is not replaced either.
	if f, err = Create(path, false); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Commit(); !errors.Is(err, ErrExists) {
		t.Errorf("a file made meanwhile: %v", err)
	}
	f.Discard()
	if list := names(t, dir); len(list) != 1 {
		t.Errorf("left are %q", list)
	}
	if _, err := Create(filepath.Join(dir, "none", "x.csv"), false); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
	for _, path := range []string{dir, os.DevNull} {
		if _, err := Create(path, true); err == nil {
			t.Errorf("%s is taken for a file", path)
		}
	}
}
