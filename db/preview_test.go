package db

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"baocao/db/check"
)

// A preview lists what would be listed had it been stored: new findings, those
// that went, those out of scope, decisions that hold and those that are reopened.
func TestPreviewIsWhatWouldBeStored(t *testing.T) {
	d := openNew(t)
	ctx := context.Background()
	in := may().intake(t, "/may")
	put(t, d, in)
	made := func(id, unit, left string, severity check.Severity) check.Finding {
		f := balance(in.SHA256)
		f.ID, f.Unit, f.Left, f.Severity, f.ReportID, f.File = id, unit, left, severity, 1, "/may"
		return f
	}
	a, b := "Xã Quang Khải", "Xã Khác"
	before := []check.Finding{made("aaaaaaaa1", a, "260", check.Error), made("aaaaaaaa2", a, "9", check.Warning),
		made("aaaaaaaa3", a, "5", check.Info), made("bbbbbbbb1", b, "7", check.Error)}
	must[[]string](t)(d.SaveFindings(ctx, Scope{}, before))
	for _, v := range []Decision{{Finding: "aaaaaaaa1", State: VerdictDismissed, Who: "Lan", Reason: "in sai"}, {Finding: "aaaaaaaa2", State: VerdictAccepted, Who: "Lan"}} {
		if err := d.Decide(ctx, v); err != nil {
			t.Fatal(err)
		}
	}
	r, err := Open(ctx, d.Path(), Options{ReadOnly: true, Now: func() time.Time { return time.Date(2023, 6, 2, 8, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	scope := Scope{Units: []string{a}}
	// The first is as it was, the second has other numbers, the third is gone, one is new.
	found := []check.Finding{made("aaaaaaaa1", a, "260", check.Error), made("aaaaaaaa2", a, "10", check.Error), made("aaaaaaaab-2", a, "1", check.Info)}
	if _, err := r.SaveFindings(ctx, scope, found); !errors.Is(err, ErrReadOnly) {
		t.Fatalf("error is %v", err)
	}
	filters := []FindingFilter{{}, {Inactive: true}, {Units: []string{b}}, {Severities: []check.Severity{check.Error}},
		{States: []Verdict{VerdictOpen}}, {IDs: []string{"aaaaaaaab-2"}}, {Checks: []string{"no-such"}}, {Periods: []string{"2023-05"}}}
	var got [][]Finding
	for _, filter := range filters {
		got = append(got, must[[]Finding](t)(r.Preview(ctx, scope, found, filter)))
	}
	must[[]string](t)(d.SaveFindings(ctx, scope, found))
	for i, filter := range filters {
		want := must[[]Finding](t)(d.Findings(ctx, filter))
		if diff := cmp.Diff(want, got[i], cmpopts.IgnoreFields(Finding{}, "FirstSeen", "LastSeen"), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%+v: %s", filter, diff)
		}
	}
	if len(got[0]) != 4 || len(got[1]) != 5 || len(got[3]) != 3 {
		t.Errorf("%d, %d and %d findings", len(got[0]), len(got[1]), len(got[3]))
	}
}
