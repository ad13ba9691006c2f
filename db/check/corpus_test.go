// This file checks the hand labels of whole reports.

package check

import (
	"context"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
)

// corpus builds all labelled reports, grouped by unit in the order of periods.
func corpus(t testing.TB) (units [][]Report, golds map[string]gold) {
	t.Helper()
	paths, err := filepath.Glob("../../testdata/synth/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no labelled reports: %v", err)
	}
	sort.Strings(paths)
	golds = map[string]gold{}
	by := map[string][]Report{}
	var names []string
	for _, p := range paths {
		r, g := readGold(t, p)
		golds[r.File] = g
		u := strings.ToLower(r.Unit)
		if by[u] == nil {
			names = append(names, u)
		}
		by[u] = append(by[u], r)
	}
	for _, n := range names {
		units = append(units, by[n])
	}
	return units, golds
}

var arithmetic = []Kind{Balance, Sum, Subset, Ratio, Continuity, Cumulative, Duplicate}

// explains says whether a finding is about the same fault as a label.
func explains(f Finding, kind string, indicators []string) bool {
	if !slices.Contains(arithmetic, Kind(kind)) {
		return f.Kind == Kind(kind)
	}
	return slices.Contains(arithmetic, f.Kind) && slices.ContainsFunc(f.Figures, func(c Cited) bool {
		return slices.ContainsFunc(indicators, func(i string) bool { return strings.HasPrefix(i, c.Indicator) && c.Indicator != "" })
	})
}

func TestCorpus(t *testing.T) {
	s := defaultSet(t)
	units, golds := corpus(t)
	byFile := map[string][]Finding{}
	for _, u := range units {
		for _, f := range s.Check(context.Background(), u, Options{}) {
			byFile[f.File] = append(byFile[f.File], f)
			t.Logf("%s %-8s %-28s %s", f.File, f.Severity, f.Check, f.Message)
			for _, r := range f.Repairs {
				if r.Rank == 1 {
					t.Logf("        %d  %s  %v", r.Score, describe(r), r.Evidence)
				}
			}
		}
	}
	for file, g := range golds {
		for _, want := range g.Findings {
			if want.Certain && !slices.ContainsFunc(byFile[file], func(f Finding) bool { return f.Severity != Info && explains(f, want.Kind, want.Indicators) }) {
				t.Errorf("%s: not found: %s: %s", file, want.Kind, want.Arithmetic)
			}
		}
		for _, f := range byFile[file] {
			if f.Severity != Error {
				continue
			}
			ok := false
			for _, want := range g.Findings {
				ok = ok || explains(f, want.Kind, want.Indicators)
			}
			if !ok {
				t.Errorf("%s: false alarm: %s: %s", file, f.Check, f.Message)
			}
		}
	}
}

// TestOffices checks the hand labels of forty other offices: what is found there
// depends on the edits alone, not on how well the documents are read.
func TestOffices(t *testing.T) {
	s := defaultSet(t)
	paths, err := filepath.Glob("../../testdata/offices/*/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no labelled reports: %v", err)
	}
	var sc findingScore
	for _, p := range paths {
		r, g := readGold(t, p)
		sc.add(t, r.File, g, s.CheckOne(context.Background(), r, Options{}))
	}
	t.Logf("reports %d, certain %d, found %d, false alarms %d", sc.reports, sc.certain, sc.found, sc.alarms)
	if sc.found*10 < sc.certain*8 || sc.alarms > 2 {
		t.Errorf("found %d of %d, false alarms %d", sc.found, sc.certain, sc.alarms)
	}
}
