package db

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

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
	if len(trail) != 3 || trail[0].Reason != "làm tròn" || trail[2].Who != "Minh" || trail[2].Basis != "260 ≠ 253" ||
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
		ReportID: 1, Corrected: true, Printed: "235"}}; !cmp.Equal(want, points) {
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

	// Read again and checked again: the decision holds, and closes the finding.
	put(t, d, in)
	_, again := may().document()
	must[[]Change](t)(d.Replace(ctx, []Replacement{{1, again, "rules-2", ""}}))
	must[[]string](t)(d.SaveFindings(ctx, Scope{}, nil))
	list = must[[]Finding](t)(d.Findings(ctx, FindingFilter{Inactive: true}))
	if len(list) != 2 || list[0].State != VerdictCorrected || list[0].Reopened || len(list[0].Decision.Corrections) != 1 ||
		list[0].Active || list[1].Active {
		t.Errorf("findings are %+v", list)
	}
	if p := must[[]Point](t)(d.Points(ctx, PointFilter{Indicators: []string{"dossiers.resolved"}})); p[0].Value != "242" || p[0].Printed != "235" {
		t.Errorf("point is %+v", p[0])
	}
	// Found again although it was corrected, it is open again and says why.
	if got := must[[]string](t)(d.SaveFindings(ctx, Scope{}, []check.Finding{f})); !cmp.Equal(got, []string{f.ID}) {
		t.Errorf("new findings are %v", got)
	}
	list = must[[]Finding](t)(d.Findings(ctx, FindingFilter{States: []Verdict{VerdictOpen}}))
	if len(list) != 1 || !list[0].Reopened || list[0].Changed || list[0].Decision.State != VerdictCorrected || len(list[0].Decision.Corrections) != 1 {
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

// A decision is about numbers: it holds as long as they do, through every new
// import and check, and no longer.
func TestDecisionsHoldWhileTheNumbersDo(t *testing.T) {
	d := openNew(t)
	ctx := context.Background()
	in := may().intake(t, "/may")
	put(t, d, in)
	f := balance(in.SHA256)
	f.LeftText, f.RightText = "239 + 21", "235 + 18"
	one := func() Finding {
		t.Helper()
		must[[]string](t)(d.SaveFindings(ctx, Scope{}, []check.Finding{f}))
		list := must[[]Finding](t)(d.Findings(ctx, FindingFilter{}))
		if len(list) != 1 {
			t.Fatalf("findings are %+v", list)
		}
		return list[0]
	}
	one()
	if err := d.Decide(ctx, Decision{Finding: f.ID, State: VerdictDismissed, Who: "Lan", Reason: "làm tròn"}); err != nil {
		t.Fatal(err)
	}
	// The same bytes again; a re-issue that repeats the numbers; newer words for them.
	put(t, d, in)
	reissue := may()
	reissue.number, reissue.extra = "61/BC-UBND", "(bản thay thế)"
	second := reissue.intake(t, "/may-2")
	put(t, d, second)
	f.SHA256, f.Message = second.SHA256, "cân đối chưa khớp"
	if got := one(); got.State != VerdictDismissed || got.Reopened || got.Changed {
		t.Errorf("finding is %+v", got)
	}
	inError := func() bool {
		t.Helper()
		points := must[[]Point](t)(d.Points(ctx, PointFilter{Indicators: []string{"dossiers.received"}}))
		return len(points) == 1 && points[0].InError
	}
	if inError() {
		t.Error("a dismissed error still marks its figure")
	}
	// The sides are equal, but not made of the same figures.
	f.LeftText = "240 + 20"
	got := one()
	if got.State != VerdictOpen || !got.Reopened || !got.Changed || got.Decision.Reason != "làm tròn" || got.Decision.Basis != "260 (239 + 21) ≠ 253 (235 + 18)" {
		t.Errorf("finding is %+v", got)
	}
	if !inError() {
		t.Error("an error that is open again does not mark its figure")
	}
	// Decided again, it stays decided; with the old numbers back the new decision is the one that counts.
	if err := d.Decide(ctx, Decision{Finding: f.ID, State: VerdictAccepted, Who: "Minh"}); err != nil {
		t.Fatal(err)
	}
	if got := one(); got.State != VerdictAccepted || got.Reopened {
		t.Errorf("finding is %+v", got)
	}
	f.LeftText = "239 + 21"
	if got := one(); got.State != VerdictOpen || !got.Reopened || got.Decision.State != VerdictAccepted {
		t.Errorf("finding is %+v", got)
	}
	// Where nothing is compared, what is cited counts.
	f.Left, f.Right, f.Gap, f.LeftText, f.RightText = "", "", "", "", ""
	f.Figures = []check.Cited{{Value: "31/6/2023"}, {Snippet: "đến ngày 31/6"}}
	if err := d.Decide(ctx, Decision{Finding: one().ID, State: VerdictAccepted, Who: "Minh"}); err != nil {
		t.Fatal(err)
	}
	if got := one(); got.State != VerdictAccepted || got.Decision.Basis != "31/6/2023; đến ngày 31/6" {
		t.Errorf("finding is %+v", got)
	}
	sound(t, d)
}

// Two people who decide at once both stand in the trail, and one of them last.
func TestTwoDecideAtOnce(t *testing.T) {
	d := openNew(t)
	ctx := context.Background()
	in := may().intake(t, "/may")
	put(t, d, in)
	f := balance(in.SHA256)
	must[[]string](t)(d.SaveFindings(ctx, Scope{}, []check.Finding{f}))
	other, err := Open(ctx, d.Path(), Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	const each = 20
	var wg sync.WaitGroup
	failed := make([]error, 2)
	for i, who := range []string{"Lan", "Minh"} {
		store := []*DB{d, other}[i]
		wg.Go(func() {
			for k := range each {
				decision := Decision{Finding: f.ID, State: VerdictAccepted, Who: who, Reason: fmt.Sprint(k)}
				if who == "Minh" {
					decision.State, decision.Corrections = VerdictCorrected, []Correction{{Indicator: "dossiers.resolved", Value: fmt.Sprint(240 + k)}}
				}
				if err := store.Decide(ctx, decision); err != nil {
					failed[i] = err
					return
				}
			}
		})
	}
	wg.Wait()
	if err := errors.Join(failed...); err != nil {
		t.Fatal(err)
	}
	trail := must[[]Decision](t)(d.Trail(ctx, f.ID))
	next := map[string]int{}
	for _, step := range trail {
		if step.Reason != fmt.Sprint(next[step.Who]) {
			t.Errorf("step %s of %s comes out of order", step.Reason, step.Who)
		}
		next[step.Who]++
		if (step.State == VerdictCorrected) != (len(step.Corrections) == 1) {
			t.Errorf("step is %+v", step)
		}
	}
	if len(trail) != 2*each || next["Lan"] != each || next["Minh"] != each {
		t.Fatalf("%d steps: %v", len(trail), next)
	}
	list := must[[]Finding](t)(d.Findings(ctx, FindingFilter{}))
	last := trail[len(trail)-1]
	if list[0].Decision.Who != last.Who || list[0].Decision.Reason != last.Reason {
		t.Errorf("%+v holds, the last step is %+v", list[0].Decision, last)
	}
	point := must[[]Point](t)(d.Points(ctx, PointFilter{Indicators: []string{"dossiers.resolved"}}))[0]
	if point.Corrected != (last.State == VerdictCorrected) {
		t.Errorf("point is %+v after %+v", point, last)
	}
	sound(t, d)
}

func TestFindingIDs(t *testing.T) {
	d := openNew(t)
	ctx := context.Background()
	ids := []string{"00ffeeddccbbaa99", "3f9a1c0000000001", "3f9a1c0000000001-2", "3f9a1c0000000001-3", "3f9a1c7000000000", "fedcba9876543210"}
	short := []string{"00ffee", "3f9a1c0", "3f9a1c0-2", "3f9a1c0-3", "3f9a1c7", "fedcba"}
	var all []check.Finding
	for _, id := range ids {
		f := balance("")
		f.ID = id
		all = append(all, f)
	}
	must[[]string](t)(d.SaveFindings(ctx, Scope{}, all))
	for i, f := range must[[]Finding](t)(d.Findings(ctx, FindingFilter{})) {
		if f.ID != ids[i] || f.Short != short[i] {
			t.Errorf("%s is shown as %s, want %s", f.ID, f.Short, short[i])
		}
		for _, typed := range []string{f.Short, f.ID, "#" + strings.ToUpper(f.Short), " " + f.ID} {
			if got := must[string](t)(d.FindingID(ctx, typed)); got != f.ID {
				t.Errorf("%q is %s, want %s", typed, got, f.ID)
			}
		}
	}
	if got := must[string](t)(d.FindingID(ctx, "0")); got != ids[0] {
		t.Errorf("0 is %s", got)
	}
	for _, typed := range []string{"3f", "3f9a1c"} {
		if _, err := d.FindingID(ctx, typed); !errors.Is(err, ErrAmbiguous) || !strings.Contains(err.Error(), ids[1]) {
			t.Errorf("%q gives %v", typed, err)
		}
	}
	for _, typed := range []string{"", "-2", "77", "fedcba-2", "fedcba98765432100", "%", "3f9a1c0-02"} {
		if got, err := d.FindingID(ctx, typed); !errors.Is(err, ErrUnknown) {
			t.Errorf("%q gives %s, %v", typed, got, err)
		}
	}
}

// A unit that gets a longer label because another of its name came keeps its
// findings, and with them what was decided.
func TestIDsOutliveLabels(t *testing.T) {
	d := openNew(t)
	ctx := context.Background()
	set := must[*check.Set](t)(check.Default())
	found := func() map[string]Finding {
		t.Helper()
		var all []check.Finding
		for group, err := range d.CheckInputs(ctx, Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, set.Check(ctx, group, check.Options{})...)
		}
		must[[]string](t)(d.SaveFindings(ctx, Scope{}, all))
		out := map[string]Finding{}
		for _, f := range must[[]Finding](t)(d.Findings(ctx, FindingFilter{Checks: []string{"impossible-date"}})) {
			out[f.ID] = f
		}
		return out
	}
	put(t, d, may().intake(t, "/may"))
	before := found()
	if len(before) == 0 {
		t.Fatal("the sample has no finding")
	}
	for id := range before {
		if err := d.Decide(ctx, Decision{Finding: id, State: VerdictDismissed, Who: "Lan", Reason: "đã hỏi"}); err != nil {
			t.Fatal(err)
		}
	}
	// Two more communes of that name, and two reports of nobody known.
	for i, parents := range [][]string{{"Huyện Kim Thành", "Tỉnh Hải Dương"}, {"Huyện Bình Giang", "Tỉnh Hải Dương"}} {
		other := may()
		other.parents = parents
		put(t, d, other.intake(t, fmt.Sprintf("/other-%d", i)))
	}
	for i := range 2 {
		nobody := may()
		nobody.unit, nobody.parents, nobody.extra = "", nil, fmt.Sprint(i)
		put(t, d, nobody.intake(t, fmt.Sprintf("/nobody-%d", i)))
	}
	after := found()
	if len(after) != 5*len(before) {
		t.Errorf("%d findings, then %d", len(before), len(after))
	}
	for id, f := range before {
		if got := after[id]; got.State != VerdictDismissed || got.Unit == f.Unit || !strings.Contains(got.Unit, "Tứ Kỳ") {
			t.Errorf("finding %s of %s is now %s of %q", id, f.Unit, got.State, got.Unit)
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
	// A check that left one of its parts out says nothing about that part.
	must[[]string](t)(d.SaveFindings(ctx, Scope{Without: []string{may.Check}}, nil))
	if list := must[[]Finding](t)(d.Findings(ctx, FindingFilter{})); len(list) != 1 {
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
