// This file tests the scoring on a made-up report.

package accuracy

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/extract/rules"
	"baocao/normalize"
)

func figure(id, field, value string, span rules.Span, confidence float64) normalize.Figure {
	return normalize.Figure{Indicator: id, Field: field, Value: value, Span: span, Confidence: confidence}
}

func TestCompare(t *testing.T) {
	labels := &Labels{Name: "x", Report: HeaderLabels{Unit: "xã Tứ Kỳ", Period: "2023-05", Number: "41/BC-UBND"}, Figures: []FigureLabel{
		{Indicator: "dossiers.received", Value: "239"},
		{Indicator: "dossiers.received", Dims: map[string]string{"field": "land"}, Value: "12", Certainty: "sure"},
		{Indicator: "dossiers.received_online", Value: "235", Certainty: "sure"},
		{Indicator: "dossiers.late", Value: "0", Certainty: "arguable"},
		{Indicator: "dossiers.resolved", Value: "235", Certainty: "sure", Span: "ytd"},
		{Indicator: "survey.forms", Value: "40", Certainty: "sure"},
	}}
	report := &normalize.Report{Unit: "Xã Tứ Kỳ", Period: "2023-05", Number: "41/BC-UBND", Date: "2023-05-31", Figures: []normalize.Figure{
		figure("dossiers.received", "", "239", rules.Period, 0.99),
		figure("dossiers.received", "", "239.0", rules.Period, 0.5),     // the same value
		figure("dossiers.received", "", "12", rules.Period, 0.95),       // without its field: wrong
		figure("online.received", "", "235", rules.Period, 0.9),         // the other id of the same fact
		figure("dossiers.late", "", "0", rules.Period, 0.9),             // arguable: left out
		figure("dossiers.resolved", "", "235", rules.Period, 0.9),       // labelled for another period: left out
		figure("dossiers.resolution_rate", "", "99", rules.Period, 0.9), // not labelled: left out
		figure("survey.forms", "", "40", rules.YTD, 0.9),                // found, though for another period
		figure("survey.forms", "", "41", rules.Target, 0.9),             // of another period: says nothing
	}}
	got := Compare(labels, report, map[string]bool{"dossiers.resolution_rate": true})
	want := Score{
		Name: "x", Tally: Tally{Right: 3, Wrong: 1, Missed: 1},
		Families:   map[string]Tally{"dossiers": {Right: 1, Wrong: 1, Missed: 1}, "online": {Right: 1}, "survey": {Right: 1}},
		WrongKeys:  []Key{{"dossiers.received", "", "12"}},
		MissedKeys: []Key{{"dossiers.received", "land", "12"}},
		Header:     map[string]bool{"unit": true, "period": true, "number": true, "date": false},
		Graded: []Graded{
			{0.95, false, Key{"dossiers.received", "", "12"}}, {0.99, true, Key{"dossiers.received", "", "239"}}, {0.9, true, Key{"online.received", "", "235"}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
	if p, r := got.Precision(), got.Recall(); p != 0.75 || r != 0.75 || got.F1() != 0.75 {
		t.Errorf("precision %v, recall %v, F1 %v", p, r, got.F1())
	}
	if nothing := (Tally{}); nothing.Precision() != 1 || nothing.Recall() != 1 {
		t.Error("of nothing, something is wrong or missed")
	}
}

func TestPlainValue(t *testing.T) {
	for in, want := range map[string]string{"239": "239", "239.0": "239", "99.710": "99.71", "0.0": "0", "007": "7", "+3": "3", "a": "a", "1/2": "1/2", "": "", "1.2.3": "1.2.3"} {
		if got := plainValue(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestCalibrate(t *testing.T) {
	list := []Graded{{Confidence: 0.2}, {Confidence: 0.95, Right: true}, {Confidence: 0.96}, {Confidence: 1, Right: true}}
	bins := Calibrate(list)
	total := 0
	for _, b := range bins {
		total += b.Count
	}
	if total != len(list) {
		t.Errorf("%d of %d figures are in a bin", total, len(list))
	}
	if b := AtLeast(list, 0.95); b.Count != 3 || b.Right != 2 || b.Mean < 0.96 || b.Mean > 0.98 {
		t.Errorf("%+v", b)
	}
	if b := AtLeast(nil, 0.9); b.Count != 0 || b.Share() != 1 {
		t.Errorf("%+v", b)
	}
}

func TestReadLabels(t *testing.T) {
	if _, err := ReadLabels(t.TempDir()); err == nil {
		t.Error("a folder without labels is no error")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadLabels(dir); err == nil {
		t.Error("broken labels are no error")
	}
	labels, err := ReadLabels("../../../testdata/offices/dev")
	if err != nil || len(labels) < 15 {
		t.Fatalf("%d labelled reports, %v", len(labels), err)
	}
}

func TestReadUnlabelled(t *testing.T) {
	out, err := ReadUnlabelled("../../../testdata/catalogue/indicators.tsv")
	if err != nil || len(out) == 0 || out["dossiers.received"] {
		t.Errorf("%v, %v", out, err)
	}
	if _, err := ReadUnlabelled(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a missing table is no error")
	}
}
