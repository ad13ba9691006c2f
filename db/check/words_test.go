// This file tests that every finding can be explained: its terms add up, its reason
// is known, its edit can be said.

package check

import (
	"context"
	"math/big"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestReasons(t *testing.T) {
	reasons, err := LoadReasons()
	if err != nil {
		t.Fatal(err)
	}
	set, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []Kind{Balance, Sum, Subset, Ratio, Duplicate, DateKind, Structure, Continuity, Cumulative, Copy, Range, Missing} {
		if w := reasons.Of(Finding{Kind: k}); w.VI == "" || w.EN == "" {
			t.Errorf("kind %s has no reason", k)
		}
	}
	for _, id := range AcrossChecks() {
		if w := set.Title(id, reasons); w.VI == id || w.EN == id {
			t.Errorf("%s has no title", id)
		}
	}
	if w := reasons.Of(Finding{Check: "field-sum", Rule: "W9", Kind: Sum}); w != reasons.Checks["field-sum"] {
		t.Errorf("field-sum: %v", w)
	}
	if w := reasons.Of(Finding{Check: "of one's own", Rule: "W9", Kind: Sum}); w != reasons.Rules["W9"] {
		t.Errorf("W9: %v", w)
	}
	for _, group := range []map[string]Words{reasons.Checks, reasons.Rules} {
		for id, w := range group {
			if w.VI == "" || w.EN == "" || !norm.NFC.IsNormalString(w.VI) {
				t.Errorf("%s: %q, %q", id, w.VI, w.EN)
			}
		}
	}
	for _, e := range set.Edits() {
		st, ok := set.Statement(e.ID)
		if d := st.Demand; !ok || !strings.ContainsAny(d.VI, "=≤≥") || !strings.ContainsAny(d.EN, "=≤≥") || strings.Contains(d.VI, "%!") {
			t.Errorf("%s: %v, %q, %q", e.ID, ok, d.VI, d.EN)
		}
	}
	// Every check that has a name of its own has a formula, and the other way round.
	for id := range reasons.Titles {
		if d := set.Demand(id, reasons); !strings.ContainsAny(d.VI, "=≤≥<≠") || !strings.ContainsAny(d.EN, "=≤≥<≠") {
			t.Errorf("%s has no formula: %q, %q", id, d.VI, d.EN)
		}
	}
	for id := range reasons.Demands {
		if reasons.Titles[id].VI == "" {
			t.Errorf("%s has a formula and no title", id)
		}
	}
	if _, ok := set.Statement("no such"); ok {
		t.Error("an unknown edit has a statement")
	}
	want := "hồ sơ mới tiếp nhận trong kỳ + hồ sơ kỳ trước chuyển sang = hồ sơ đã giải quyết + hồ sơ đang giải quyết + hồ sơ tạm dừng, chờ bổ sung (nếu có)"
	if st, _ := set.Statement("dossier-balance"); !strings.HasPrefix(st.Demand.VI, want) || len(st.Also) != 3 {
		t.Errorf("the balance is said as %q, with %d other readings", st.Demand.VI, len(st.Also))
	}
}

// TestTermsAddUp lays the arithmetic of every failing fixture out again: the terms of a side give its value, and each points at its place;
// and what speaks for a repair is said in both languages.
func TestTermsAddUp(t *testing.T) {
	set, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	ascii := ""
	for r := ' '; r < 127; r++ {
		ascii += string(r)
	}
	checked, evidence := 0, 0
	for _, e := range set.edits {
		for _, fx := range e.fail {
			reports, err := set.fixtureReports(e, fx)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range set.Check(context.Background(), reports, Options{}) {
				for _, r := range f.Repairs {
					if len(r.Evidence) != len(r.EvidenceEN) || strings.Trim(strings.Join(r.EvidenceEN, ""), ascii+"→") != "" {
						t.Errorf("%s: evidence %q is %q in English", f.Check, r.Evidence, r.EvidenceEN)
					}
					evidence += len(r.Evidence)
				}
				if len(f.Terms) == 0 || f.Check != e.id {
					continue
				}
				checked++
				sums := map[Side]*big.Rat{}
				for _, x := range f.Terms {
					v, ok := new(big.Rat).SetString(x.Value)
					if !ok {
						t.Fatalf("%s: term %+v", f.Check, x)
					}
					if sums[x.Side] == nil {
						sums[x.Side] = new(big.Rat)
					}
					sums[x.Side].Add(sums[x.Side], v.Mul(v, big.NewRat(x.Coef, 1)))
					if x.Figure >= 0 && (f.Figures[x.Figure].Indicator != x.Indicator || f.Figures[x.Figure].Field != x.Field ||
						(f.Figures[x.Figure].Period != "") != x.Before) {
						t.Errorf("%s: term %+v points at %+v", f.Check, x, f.Figures[x.Figure])
					}
				}
				if sums[RateSide] != nil {
					continue
				}
				for side, value := range map[Side]string{LeftSide: f.Left, RightSide: f.Right} {
					want, _ := new(big.Rat).SetString(value)
					if got := sums[side]; got == nil || got.Cmp(want) != 0 {
						// A side may hold a constant, which is no term.
						if e.readings[0].left.konst == 0 && e.readings[0].right.konst == 0 {
							t.Errorf("%s: terms of the %s side give %v, the finding says %s", f.Check, side, got, value)
						}
					}
				}
			}
		}
	}
	if evidence < 50 {
		t.Errorf("only %d pieces of evidence", evidence)
	}
	if checked < 50 {
		t.Errorf("only %d findings had terms", checked)
	}
}
