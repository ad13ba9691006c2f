package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-runewidth"
)

// archiveDB is a database of testdata/archive. Each test gets a copy, so that
// what one stores is not seen by another.
func archiveDB(t *testing.T) string { return copyOf(t, importedArchive) }

// smallDB is a database of two short texts. What it holds does not change when a
// rule is added, so it is the one for commands that print everything there is.
func smallDB(t *testing.T) string { return copyOf(t, importedSmall) }

var (
	importedArchive = sync.OnceValues(func() ([]byte, error) { return importOf(archive) })
	importedSmall   = sync.OnceValues(func() ([]byte, error) { return importOf("testdata/small") })
)

func copyOf(t *testing.T, imported func() ([]byte, error)) string {
	t.Helper()
	data, err := imported()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "reports.db")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// importOf imports a folder and gives back the bytes of the database.
func importOf(folder string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "baocao-golden-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "reports.db")
	var out, errOut strings.Builder
	if code := run(context.Background(), []string{"import", folder, "--db", file}, &out, &errOut); code != exitFine {
		return nil, fmt.Errorf("import %s: exit %d: %s", folder, code, errOut.String())
	}
	if _, err := os.Stat(file + "-wal"); err == nil {
		return nil, fmt.Errorf("import %s leaves a journal behind", folder)
	}
	return os.ReadFile(file)
}

var ruleSetHash = regexp.MustCompile(`((?:"rule_set":"|rule_set,|quy tắc |rule set )\s*)[0-9a-f]{16}`)

// golden runs a command over a database, in both languages at 80, 100 and 140
// columns and as CSV and JSON where it has them, and compares what it prints with
// testdata/golden/NAME.*, without the folder the project is in; -update rewrites these files. It also checks that no
// line of a table is wider than asked for.
func golden(t *testing.T, file, name string, args ...string) {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	root += string(filepath.Separator)
	compare := func(suffix string, more ...string) (string, bool) {
		t.Helper()
		code, out, errOut := baocao(t, append(append(append([]string{}, args...), "--db", file), more...)...)
		if code == exitUsage && suffix != "" && strings.Contains(errOut, "--format") {
			return "", false // the command has no such format
		}
		text := strings.ReplaceAll(out, root, "")
		text = ruleSetHash.ReplaceAllString(text, `${1}HASH`) // another with every change of the rules
		if errOut != "" {
			text += "\n[stderr]\n" + errOut
		}
		if code != exitFine {
			text += fmt.Sprintf("\n[exit %d]\n", code)
		}
		same(t, name+suffix, text, args...)
		return text, true
	}
	for _, lang := range []string{"vi", "en"} {
		for _, width := range []int{80, 100, 140} {
			text, _ := compare(fmt.Sprintf(".%s.%d.txt", lang, width), "--lang", lang, "--width", fmt.Sprint(width))
			for _, line := range strings.Split(text, "\n") {
				if strings.HasPrefix(line, "│") && runewidth.StringWidth(line) > width {
					t.Errorf("%s at %d columns: a table line is %d wide: %s", name, width, runewidth.StringWidth(line), line)
				}
			}
		}
	}
	compare(".csv", "--format", "csv")
	compare(".json", "--format", "json")
}

// same compares a text with testdata/golden/NAME; -update rewrites that file.
func same(t *testing.T, name, text string, args ...string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test ./cmd/baocao -update writes it)", err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("%s differs from what %v prints (-update rewrites it):\n%s", path, args, diff)
	}
}

func TestGolden(t *testing.T) {
	for _, c := range []struct {
		name string
		db   func(*testing.T) string
		args []string
	}{
		{"trend", archiveDB, []string{"trend", "dossiers.received", "online.rate"}},
		{"check", archiveDB, []string{"check", "--unit", "Xã Quang Khải", "--period", "2023-05", "--severity", "error"}},
		{"compare", smallDB, []string{"compare", "2023-06", "2023-07"}},
		{"show-list", smallDB, []string{"show"}},
		{"show-report", smallDB, []string{"show", "1"}},
		{"status", smallDB, []string{"status"}},
		{"status-failed", smallDB, []string{"status", "--failed"}},
		{"extract", smallDB, []string{"extract", "testdata/small/an-binh-2023-06.txt"}},
	} {
		t.Run(c.name, func(t *testing.T) { golden(t, c.db(t), c.name, c.args...) })
	}
}
