package generate

// This file tests the archive: the same every time, every format holding the
// same figures, every kind of file there, the errors found by the checks.

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/db/check"
	"baocao/extract"
	"baocao/extract/document"
	"baocao/extract/rules"
)

func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		out[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestArchiveIsTheSameEveryTime(t *testing.T) {
	o := Options{Communes: 3, Months: 2, Seed: 9, PDF: 0.4, TXT: 0.2, Scans: 0.1, Errors: 0.3, Copies: 0.3, Twins: 0.3, Broken: 0.3}
	var trees []map[string]string
	for range 2 {
		dir := filepath.Join(t.TempDir(), "a")
		if _, err := Archive(context.Background(), dir, o); err != nil {
			t.Fatal(err)
		}
		trees = append(trees, tree(t, dir))
	}
	for name, data := range trees[0] {
		if trees[1][name] != data {
			t.Errorf("%s differs", name)
		}
	}
	if len(trees[0]) != len(trees[1]) || len(trees[0]) < 8 {
		t.Errorf("%d and %d files", len(trees[0]), len(trees[1]))
	}
}

func TestArchiveHoldsEveryKind(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	o := Options{Communes: 8, Months: 2, Seed: 2, PDF: 0.3, TXT: 0.3, Scans: 0.06, Errors: 0.2, Copies: 0.2, Twins: 0.2, Broken: 0.3}
	files, err := Archive(context.Background(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	made := tree(t, filepath.Join(dir, "files"))
	if len(made) != len(files) {
		t.Errorf("%d files in the folder, %d in the list", len(made), len(files))
	}
	count := map[Kind]int{}
	for _, f := range files {
		count[f.Kind]++
		data, ok := made[f.Path]
		if !ok {
			t.Errorf("%s is not there", f.Path)
		}
		if f.Kind == Copy && data != made[f.Of] {
			t.Errorf("%s is no copy of %s", f.Path, f.Of)
		}
		if f.Kind == Scan {
			continue // text recognition is slow, and not installed everywhere
		}
		doc, err := extract.Read(context.Background(), f.Path, bytes.NewReader([]byte(data)), int64(len(data)), extract.Options{})
		switch {
		case f.Kind == Broken:
			if err == nil {
				t.Errorf("%s can be read: %q", f.Path, doc.Text)
			}
		case f.Kind != Broken && err != nil:
			t.Errorf("%s: %v", f.Path, err)
		}
	}
	for _, k := range []Kind{Original, Scan, Copy, Twin, Broken} {
		if count[k] == 0 {
			t.Errorf("no %s", k)
		}
	}
	if _, err := Archive(context.Background(), dir, o); err == nil {
		t.Error("an archive was written over another")
	}
}

// TestNamesDiffer: two communes of one name would be one unit.
func TestNamesDiffer(t *testing.T) {
	seen := map[string]int{}
	for i := range 600 {
		reports, err := Series(Options{Months: 1}, i)
		if err != nil {
			t.Fatal(err)
		}
		unit := reports[0].Truth.Report.Unit
		if before, ok := seen[unit]; ok {
			t.Errorf("communes %d and %d are both %s", before, i, unit)
		}
		seen[unit] = i
	}
}

// TestFormatsHoldTheSameFigures: what is found in DOCX and PDF is what is found
// in the text.
func TestFormatsHoldTheSameFigures(t *testing.T) {
	set := ruleSet(t)
	for _, reports := range allSeries(t, Options{Communes: 12, Months: 1, Seed: 3}) {
		r := reports[0]
		want := foundIn(t, set, readText(t, r), r.Name)
		for format, write := range map[string]func() ([]byte, error){"docx": r.DOCX, "pdf": r.PDF} {
			data, err := write()
			if err != nil {
				t.Fatal(err)
			}
			doc, err := extract.Read(context.Background(), r.Name, bytes.NewReader(data), int64(len(data)), extract.Options{})
			if err != nil {
				t.Errorf("%s.%s: %v", r.Name, format, err)
				continue
			}
			if diff := cmp.Diff(want, foundIn(t, set, doc, r.Name)); diff != "" {
				t.Errorf("%s.%s (-text +%s):\n%s", r.Name, format, format, diff)
			}
		}
	}
}

func foundIn(t *testing.T, set *rules.Set, doc *document.Document, name string) []string {
	var out []string
	for _, f := range found(t, set, doc, name).Figures {
		out = append(out, identity(f.Indicator, f.Field, f.Value))
	}
	slices.Sort(out)
	return out
}

// TestErrorsAreFound: every error put in is found by the checks in its report as
// an error, or as a warning where it might also be a misreading, and clean
// reports give no error at all.
func TestErrorsAreFound(t *testing.T) {
	set := ruleSet(t)
	edits, err := check.Default()
	if err != nil {
		t.Fatal(err)
	}
	spoiled := 0
	for _, reports := range allSeries(t, Options{Communes: 40, Months: 1, Seed: 4, Errors: 0.4}) {
		for _, r := range reports {
			doc := readText(t, r)
			one := check.Report{ID: 1, File: r.Name, Report: found(t, set, doc, r.Name), Text: doc.Text}
			var errors []string
			balance := false
			for _, f := range edits.CheckOne(context.Background(), one, check.Options{NoRepairs: true, MinSeverity: check.Warning}) {
				if f.Severity == check.Error {
					errors = append(errors, f.Check+": "+f.MessageEN)
				}
				balance = balance || f.Kind == check.Balance
			}
			if r.Truth.Clean && len(errors) > 0 {
				t.Errorf("%s is clean, but: %s", r.Name, strings.Join(errors, "\n  "))
			}
			if !r.Truth.Clean {
				spoiled++
				if !balance {
					t.Errorf("%s: %s was not found", r.Name, r.Truth.Findings[0].Arithmetic)
				}
			}
		}
	}
	if spoiled < 10 {
		t.Errorf("only %d reports have an error", spoiled)
	}
}

// TestLabelsPointAtTheirText: a label's position holds the value as printed.
func TestLabelsPointAtTheirText(t *testing.T) {
	for _, reports := range allSeries(t, Options{Communes: 20, Months: 2, Seed: 6}) {
		for _, r := range reports {
			runes := []rune(r.Text)
			for _, l := range r.Truth.Figures {
				at := string(runes[l.At[0]:l.At[1]])
				digits := strings.NewReplacer(".", "", ",", ".").Replace(at)
				if l.Value != "0" && strings.TrimLeft(digits, "0") != l.Value {
					t.Errorf("%s: %s is %s, printed %q", r.Name, l.Indicator, l.Value, at)
				}
				if !strings.Contains(strings.Join(strings.Fields(r.Text), " "), l.Snippet) {
					t.Errorf("%s: snippet %q is not in the text", r.Name, l.Snippet)
				}
			}
		}
	}
}
