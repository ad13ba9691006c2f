// This file tests the smallest repairs.

package check

import (
	"context"
	"math/big"
	"slices"
	"strings"
	"testing"

	"baocao/normalize"
)

func repairs(t *testing.T, check string, figures map[string]int) []Repair {
	t.Helper()
	s := defaultSet(t)
	keys := make([]string, 0, len(figures))
	for k := range figures {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	rep := made("2023-05", "", func(r *normalize.Report) {
		for _, k := range keys {
			figure(r, k, figures[k])
		}
	})
	for _, f := range s.CheckOne(context.Background(), rep, Options{}) {
		if f.Check == check {
			return f.Repairs
		}
	}
	t.Fatalf("no finding %s", check)
	return nil
}

// One failed balance: every one of its figures alone could be wrong, with the
// value that closes it; those that would fall below nothing are left out.
func TestLocaliseBalance(t *testing.T) {
	rs := repairs(t, "dossier-balance", map[string]int{
		"dossiers.received": 239, "dossiers.carried_over": 21, "dossiers.resolved": 235, "dossiers.in_process": 17, "dossiers.paused": 1})
	got := map[string]string{}
	for _, r := range rs {
		if len(r.Changes) != 1 {
			t.Fatalf("%v is not smallest", r)
		}
		got[r.Changes[0].Indicator] = r.Changes[0].To
	}
	want := map[string]string{"dossiers.received": "232", "dossiers.carried_over": "14", "dossiers.resolved": "242", "dossiers.in_process": "24", "dossiers.paused": "8"}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for k, v := range want {
		if got[k] != v {
			t.Errorf("%s: %s, want %s", k, got[k], v)
		}
	}
}

// An edit that holds rules out what would break it: here only resolved is free.
func TestLocaliseJoint(t *testing.T) {
	rs := repairs(t, "dossier-total-balance", map[string]int{
		"dossiers.total": 245, "dossiers.received": 231, "dossiers.carried_over": 14, "dossiers.resolved": 292, "dossiers.resolved_early": 216,
		"dossiers.resolved_exact": 12, "dossiers.resolved_late": 1, "dossiers.in_process": 16, "dossiers.in_process_due": 16, "dossiers.in_process_overdue": 0})
	if len(rs) != 1 || describe(rs[0]) != "dossiers.resolved 292 → 229" || rs[0].Rank != 1 {
		t.Errorf("%+v", rs)
	}
}

// Two figures must change where no single one satisfies all edits.
func TestLocalisePair(t *testing.T) {
	rs := repairs(t, "staff-kinds", map[string]int{
		"staff.total": 20, "staff.officials": 10, "staff.civil_servants": 13, "staff.quota": 25, "staff.quota_present": 19, "staff.vacant": 6})
	if len(rs) == 0 {
		t.Fatal("no repair")
	}
	for _, r := range rs {
		if len(r.Changes) != 1 {
			t.Errorf("%s: one change is enough", describe(r))
		}
	}
	rs = repairs(t, "resolved-parts", map[string]int{
		"dossiers.total": 100, "dossiers.received": 90, "dossiers.carried_over": 10, "dossiers.resolved": 80, "dossiers.in_process": 20,
		"dossiers.resolved_early": 60, "dossiers.resolved_exact": 15, "dossiers.resolved_late": 9, "dossiers.resolved_on_time": 80})
	if len(rs) == 0 {
		t.Fatal("no repair")
	}
	for _, r := range rs {
		if len(r.Changes) < 2 {
			t.Errorf("%s cannot satisfy all edits", describe(r))
		}
	}
}

// project finds the bounds of a small system that is solved by hand:
// x + y = 10, x - y <= 4, x >= 0, y >= 0.
func TestProject(t *testing.T) {
	r := func(b int64, a ...int64) row {
		out := row{b: big.NewRat(b, 1)}
		for _, c := range a {
			out.a = append(out.a, big.NewRat(c, 1))
		}
		return out
	}
	rows := []row{r(10000, 1, 1), r(-10000, -1, -1), r(4000, 1, -1), r(0, -1, 0), r(0, 0, -1)}
	x, ok := project(rows, 2, 0, true)
	if !ok || x != (span{0, 7000}) {
		t.Errorf("x in %v", x)
	}
	y, ok := project(rows, 2, 1, true)
	if !ok || y != (span{3000, 10000}) {
		t.Errorf("y in %v", y)
	}
	if _, ok := project(append(rows, r(-11000, -1, 0)), 2, 0, true); ok {
		t.Error("x >= 11 cannot hold")
	}
	if _, ok := project([]row{r(1500, 2), r(-1500, -2)}, 1, 0, true); ok {
		t.Error("0.75 is no whole number")
	}
}

// describe names the figures of a repair.
func describe(r Repair) string {
	parts := make([]string, len(r.Changes))
	for i, c := range r.Changes {
		parts[i] = c.Indicator
		if c.Field != "" {
			parts[i] += "{" + c.Field + "}"
		}
		parts[i] += " " + c.From + " → " + c.To
	}
	return strings.Join(parts, ", ")
}
