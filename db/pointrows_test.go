package db

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestByKey(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 60 {
		keys, second := make([]int, n), make([]int, n)
		for i := range n {
			keys[i], second[i] = r.IntN(1+n/3), r.IntN(3)
		}
		want := make([]int, n)
		for i := range n {
			want[i] = i
		}
		then := func(i, j int) int { return cmp.Or(second[i]-second[j], i-j) }
		slices.SortFunc(want, func(i, j int) int { return cmp.Or(keys[i]-keys[j], then(i, j)) })
		if got := byKey(n, func(i int) int { return keys[i] }, then); !slices.Equal(got, want) {
			t.Fatalf("keys %v: got %v, want %v", keys, got, want)
		}
	}
}

func TestUnpackingRefusesWhatIsNotPacked(t *testing.T) {
	for _, line := range []string{"", "1", "1|2", "x|2|2023-05", "1|x|2023-05"} {
		if _, _, _, err := unpackChosen(line); err == nil {
			t.Errorf("report %q was accepted", line)
		}
	}
	known := map[string]*series{"0": {"a", "", "period"}}
	for _, line := range []string{"", "1|0|5", "1|9|5|2|0", "x|0|5|2|0", "1|0|5|2|x", "1|a\x1fb|5|2|0"} {
		if _, err := unpackFigure(line, known); err == nil {
			t.Errorf("figure %q was accepted", line)
		}
	}
	f, err := unpackFigure("3|a|b\x1f\x1fytd|1.5|3|7", known)
	if err != nil || *f.series != (series{"a|b", "", "ytd"}) || f.report != 3 || f.ord != 7 || f.value != "1.5" || !f.approx || !f.trusted {
		t.Errorf("got %+v, %v", f, err)
	}
	for _, packed := range []string{"1", "1|0|0|9|Xã", "1|0|0|0|", "1|0|x|2|Xã"} {
		if _, err := unpackUnits(packed); err == nil {
			t.Errorf("units %q were accepted", packed)
		}
	}
}

// Names may hold the signs that stand between packed values.
func TestUnitNamesOfAnySigns(t *testing.T) {
	d := openNew(t)
	names := []string{"Xã A|B", "Xã 1|2|3|4", "Xã\nB", "Xã \x1f"}
	for _, name := range names {
		exec(t, d, `INSERT INTO units (name) VALUES (?)`, name)
	}
	tx, err := d.r.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	units, err := loadUnits(context.Background(), tx)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, u := range units.list {
		got = append(got, u.label)
	}
	if !slices.Equal(got, names) {
		t.Errorf("got %q", strings.Join(got, ", "))
	}
}

// What is asked by series, by reports and for everything is the same figures.
func TestPointsHoweverTheyAreAsked(t *testing.T) {
	d, ctx := openNew(t), context.Background()
	put(t, d, may().intake(t, "/a/may.docx"))
	all := must[[]Point](t)(d.Points(ctx, PointFilter{}))
	if len(all) < 2 {
		t.Fatalf("%d figures", len(all))
	}
	for _, want := range all {
		many := append(make([]string, fewFigures), want.Indicator) // too many to be looked up one by one
		for _, f := range []PointFilter{
			{Indicators: []string{want.Indicator}},
			{Indicators: []string{want.Indicator}, Fields: []string{want.Field}, Spans: []string{want.Span}},
			{Indicators: many, Fields: []string{want.Field}, Spans: []string{want.Span}},
			{Filter: Filter{Periods: []string{want.Period}}, Indicators: []string{want.Indicator}, Fields: []string{want.Field}, Spans: []string{want.Span, "none"}},
		} {
			if got := must[[]Point](t)(d.Points(ctx, f)); !slices.Equal(got, []Point{want}) {
				t.Errorf("%+v gives %+v, want %+v", f, got, want)
			}
		}
	}
}
