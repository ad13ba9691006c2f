package db

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/db/check"
)

func balance(sha string) check.Finding {
	return check.Finding{ID: "balance-1", Check: "dossier-balance", Kind: check.Balance, Severity: check.Error,
		Unit: "Xã Quang Khải", Period: "2023-05", SHA256: sha, ReportID: 7, File: "elsewhere", Message: "không khớp",
		Left: "260", Op: "=", Right: "253", Gap: "7",
		Figures: []check.Cited{{Indicator: "dossiers.received", Value: "239", Page: 2, Line: 97, Start: 5, End: 8}},
		Repairs: []check.Repair{{Changes: []check.Change{{Indicator: "dossiers.resolved", From: "235", To: "242"}}, Rank: 1}}}
}

func TestFindingsHaveALife(t *testing.T) {
	d := openNew(t)
	ctx := context.Background()
	in := may().intake(t, "/may")
	put(t, d, in)
	f := balance(in.SHA256)
	hint := f
	hint.ID, hint.Severity, hint.Check = "hint-1", check.Info, "a-check"
	fresh := must[[]string](t)(d.SaveFindings(ctx, Scope{}, []check.Finding{hint, f}))
	if diff := cmp.Diff([]string{"hint-1", "balance-1"}, fresh); diff != "" {
		t.Error(diff)
	}
	list := must[[]Finding](t)(d.Findings(ctx, FindingFilter{}))
	f.ReportID, f.File = 1, "/may" // from the database, not from the caller
	if len(list) != 2 || list[0].State != VerdictOpen || list[0].Decision != nil || !list[0].Active {
		t.Fatalf("findings are %+v", list)
	}
	if diff := cmp.Diff(f, list[0].Finding); diff != "" {
		t.Error(diff)
	}

	for _, bad := range []Decision{
		{Finding: f.ID, State: "perhaps", Who: "Lan"},
		{Finding: f.ID, State: VerdictAccepted},
		{Finding: f.ID, State: VerdictDismissed, Who: "Lan"},
		{Finding: f.ID, State: VerdictCorrected, Who: "Lan"},
		{Finding: f.ID, State: VerdictAccepted, Who: "Lan", Corrections: []Correction{{Indicator: "dossiers.resolved", Value: "1"}}},
		{Finding: f.ID, State: VerdictCorrected, Who: "Lan", Corrections: []Correction{{Indicator: "dossiers.resolved", Value: "1,5"}}},
		{Finding: f.ID, State: VerdictCorrected, Who: "Lan", Corrections: []Correction{{Indicator: "no.such", Value: "1"}}},
		{Finding: f.ID, State: VerdictCorrected, Who: "Lan", Corrections: []Correction{{Indicator: "dossiers.resolved", Printed: "9", Value: "1"}}},
	} {
		if err := d.Decide(ctx, bad); !errors.Is(err, ErrDecision) {
			t.Errorf("%+v gives %v", bad, err)
		}
	}
	if err := d.Decide(ctx, Decision{Finding: "no-such", State: VerdictAccepted, Who: "Lan"}); !errors.Is(err, ErrUnknown) {
		t.Errorf("an unknown finding gives %v", err)
	}
	for _, good := range []Decision{
		{Finding: f.ID, State: VerdictDismissed, Who: "Lan", Reason: "làm tròn"},
		{Finding: f.ID, State: VerdictOpen, Who: "Minh", Reason: "xem lại"},
		{Finding: f.ID, State: VerdictCorrected, Who: "Minh", Corrections: []Correction{{Indicator: "dossiers.resolved", Value: "242"}}},
	} {
		if err := d.Decide(ctx, good); err != nil {
			t.Fatal(err)
		}
	}
	trail := must[[]Decision](t)(d.Trail(ctx, f.ID))
	if len(trail) != 3 || trail[0].Reason != "làm tròn" || trail[2].Who != "Minh" || trail[2].Basis != "260 = 253" ||
		!trail[1].When.After(trail[0].When) {
		t.Errorf("trail is %+v", trail)
	}
	want := []Correction{{SHA256: in.SHA256, Indicator: "dossiers.resolved", Span: "period", Printed: "235", Value: "242"}}
	if diff := cmp.Diff(want, trail[2].Corrections); diff != "" {
		t.Error(diff)
	}

	// The corrected value goes to trends and checks, the printed one stays.
	points := must[[]Point](t)(d.Points(ctx, PointFilter{Indicators: []string{"dossiers.resolved"}}))
	if want := []Point{{Unit: "Xã Quang Khải", Period: "2023-05", Indicator: "dossiers.resolved", Span: "period", Value: "242",
		Measure: "hồ sơ", ReportID: 1, Corrected: true, Printed: "235"}}; !cmp.Equal(want, points) {
		t.Error(cmp.Diff(want, points))
	}
	for group, err := range d.CheckInputs(ctx, Filter{}) {
		if err != nil || len(group) != 1 || group[0].Figures[1].Value != "242" || group[0].Figures[1].Mentions[0].Text != "235" {
			t.Errorf("inputs are %+v, %v", group, err)
		}
	}
	stored := must[*StoredReport](t)(d.Report(ctx, 1))
	if stored.Report.Figures[1].Value != "235" || stored.Corrected[1] != "242" {
		t.Errorf("stored is %s, corrected %v", stored.Report.Figures[1].Value, stored.Corrected)
	}

	// Read again and checked again: the decision holds.
	put(t, d, in)
	_, again := may().document()
	must[[][]FigureChange](t)(d.Replace(ctx, []Replacement{{1, again, "rules-2"}}))
	if got := must[[]string](t)(d.SaveFindings(ctx, Scope{}, []check.Finding{f})); got != nil {
		t.Errorf("new findings are %v", got)
	}
	list = must[[]Finding](t)(d.Findings(ctx, FindingFilter{Inactive: true}))
	if len(list) != 2 || list[0].State != VerdictCorrected || list[0].Changed || len(list[0].Decision.Corrections) != 1 || list[1].Active {
		t.Errorf("findings are %+v", list)
	}
	// With other numbers it is the same finding, decided on other numbers.
	f.Left = "261"
	must[[]string](t)(d.SaveFindings(ctx, Scope{}, []check.Finding{f}))
	list = must[[]Finding](t)(d.Findings(ctx, FindingFilter{States: []Verdict{VerdictCorrected}}))
	if len(list) != 1 || !list[0].Changed {
		t.Errorf("findings are %+v", list)
	}
	// Taking the decision back brings the printed value back.
	if err := d.Decide(ctx, Decision{Finding: f.ID, State: VerdictOpen, Who: "Lan"}); err != nil {
		t.Fatal(err)
	}
	if p := must[[]Point](t)(d.Points(ctx, PointFilter{Indicators: []string{"dossiers.resolved"}})); p[0].Value != "235" || p[0].Corrected {
		t.Errorf("point is %+v", p[0])
	}
	for _, text := range []string{`UPDATE decisions SET who = 'x'`, `DELETE FROM decisions`, `UPDATE corrections SET value = '1'`, `DELETE FROM corrections`} {
		if _, err := d.w.Exec(text); err == nil {
			t.Errorf("%s is possible", text)
		}
	}
	sound(t, d)
}

func TestFindingsOutOfScopeStay(t *testing.T) {
	d := openNew(t)
	ctx := context.Background()
	may, june := balance(""), balance("")
	june.ID, june.Period = "balance-2", "2023-06"
	must[[]string](t)(d.SaveFindings(ctx, Scope{}, []check.Finding{may, june}))
	must[[]string](t)(d.SaveFindings(ctx, Scope{Periods: []string{"2023-06"}}, nil))
	list := must[[]Finding](t)(d.Findings(ctx, FindingFilter{}))
	if len(list) != 1 || list[0].ID != may.ID {
		t.Errorf("findings are %+v", list)
	}
	if _, err := d.SaveFindings(ctx, Scope{}, []check.Finding{may, may}); err == nil || !strings.Contains(err.Error(), "used twice") {
		t.Errorf("one id twice gives %v", err)
	}
	for _, filter := range []FindingFilter{{Units: []string{"x"}}, {Checks: []string{"x"}}, {Severities: []check.Severity{check.Info}},
		{IDs: []string{"x"}}, {Periods: []string{"2023-06"}}} {
		if list := must[[]Finding](t)(d.Findings(ctx, filter)); len(list) != 0 {
			t.Errorf("%+v gives %d", filter, len(list))
		}
	}
}
