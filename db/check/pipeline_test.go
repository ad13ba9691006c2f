// This file takes whole documents through reader, rules, normaliser and check.

package check

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"baocao/extract"
	"baocao/extract/rules"
	"baocao/normalize"
)

// readDocument reads one file as import does.
func readDocument(t testing.TB, set *rules.Set, path string) Report {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := extract.Read(context.Background(), path, bytes.NewReader(data), int64(len(data)), extract.Options{})
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	rep, err := normalize.Build(doc, set.Extract(doc), normalize.Source{Path: path})
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return Report{File: filepath.Base(path), Report: rep, Text: doc.Text}
}

// tally scores findings against labels as the project counts them: a certain
// label is found by an error or warning of its family; an error that no label
// explains is a false alarm.
type findingScore struct{ reports, certain, found, alarms int }

func (s *findingScore) add(t *testing.T, name string, g gold, fs []Finding) {
	s.reports++
	for _, want := range g.Findings {
		if !want.Certain {
			continue
		}
		s.certain++
		if slices.ContainsFunc(fs, func(f Finding) bool { return f.Severity != Info && explains(f, want.Kind, want.Indicators) }) {
			s.found++
		} else {
			t.Logf("%s: not found: %s: %s", name, want.Kind, want.Arithmetic)
		}
	}
	for _, f := range fs {
		if f.Severity == Error && !slices.ContainsFunc(g.Findings, func(w goldFinding) bool { return explains(f, w.Kind, w.Indicators) }) {
			s.alarms++
			t.Logf("%s: false alarm: %s: %s", name, f.Check, f.Message)
		}
	}
}

func TestPipeline(t *testing.T) {
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	s := defaultSet(t)
	for _, dir := range []struct {
		glob  string
		found int // least share of certain findings, per cent
		alarm int // most false alarms per hundred reports
	}{
		{"../../testdata/synth/*.txt", 95, 10},
		{"../../testdata/offices/dev/*.txt", 60, 20},
		{"../../testdata/offices/heldout/*.txt", 40, 40},
	} {
		paths, err := filepath.Glob(dir.glob)
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s: no files", dir.glob)
		}
		sort.Strings(paths)
		by := map[string][]Report{}
		golds := map[string]gold{}
		var units []string
		for _, p := range paths {
			r := readDocument(t, set, p)
			data, err := os.ReadFile(strings.TrimSuffix(p, ".txt") + ".json")
			if err != nil {
				t.Fatal(err)
			}
			var g gold
			if err := json.Unmarshal(data, &g); err != nil {
				t.Fatal(err)
			}
			golds[r.File] = g
			u := strings.ToLower(r.Unit)
			if by[u] == nil {
				units = append(units, u)
			}
			by[u] = append(by[u], r)
		}
		found := map[string][]Finding{}
		for _, u := range units {
			sort.SliceStable(by[u], func(i, j int) bool { return by[u][i].Period < by[u][j].Period })
			for _, f := range s.Check(context.Background(), by[u], Options{}) {
				found[f.File] = append(found[f.File], f)
			}
		}
		var sc findingScore
		for _, p := range paths {
			name := filepath.Base(p)
			sc.add(t, name, golds[name], found[name])
		}
		t.Logf("%s: reports %d, certain %d, found %d, false alarms %d", dir.glob, sc.reports, sc.certain, sc.found, sc.alarms)
		if sc.found*100 < dir.found*sc.certain {
			t.Errorf("%s: found %d of %d certain findings, want %d %%", dir.glob, sc.found, sc.certain, dir.found)
		}
		if sc.alarms*100 > dir.alarm*sc.reports {
			t.Errorf("%s: %d false alarms in %d reports", dir.glob, sc.alarms, sc.reports)
		}
	}
}
