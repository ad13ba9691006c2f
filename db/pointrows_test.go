package db

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"baocao/normalize"
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

// The index and the query that reads it say in SQL what Figure.Trusted says.
func TestUnsureFiguresHaveTheBoundOfTrust(t *testing.T) {
	bound := "confidence < " + strconv.FormatFloat(normalize.LeastConfidence, 'f', -1, 64)
	index, err := migrationFiles.ReadFile("migrations/0008_unsure_figures.sql")
	if err != nil || !strings.Contains(string(index), bound) || !strings.Contains(query("unsure_figures"), bound) {
		t.Errorf("the bound is not %q, %v", bound, err)
	}
}

func TestRunsOf(t *testing.T) {
	var reports []chosenReport
	for _, id := range []int64{3, 4, 4 + nearIDs, 5 + 2*nearIDs, 1000} {
		reports = append(reports, chosenReport{id: id})
	}
	want := [][2]int64{{3, 4 + nearIDs}, {5 + 2*nearIDs, 5 + 2*nearIDs}, {1000, 1000}}
	if got := runsOf(reports); !slices.Equal(got, want) || runsOf(nil) != nil {
		t.Errorf("got %v, want %v", got, want)
	}
}

// What is asked by series, by reports and for everything is the same figures.
func TestPointsHoweverTheyAreAsked(t *testing.T) {
	d, ctx := openNew(t), context.Background()
	put(t, d, may().intake(t, "/a/may.docx"))
	exec(t, d, `UPDATE figures SET approx = 1 WHERE indicator = (SELECT min(indicator) FROM figures)`)
	all := must[[]Point](t)(d.Points(ctx, PointFilter{}))
	if len(all) < 2 {
		t.Fatalf("%d figures", len(all))
	}
	ways := func(p Point) []PointFilter {
		many := append(make([]string, fewFigures), p.Indicator) // too many to be looked up one by one
		return []PointFilter{
			{Indicators: []string{p.Indicator}},
			{Indicators: []string{p.Indicator}, Fields: []string{p.Field}, Spans: []string{p.Span}},
			{Indicators: many, Fields: []string{p.Field}, Spans: []string{p.Span}},
			{Filter: Filter{Periods: []string{p.Period}}, Indicators: []string{p.Indicator}, Fields: []string{p.Field}, Spans: []string{p.Span, "none"}},
		}
	}
	for i, want := range all {
		if want.Approx != (i == 0) {
			t.Errorf("approximate: %+v", want)
		}
		for _, f := range ways(want) {
			if got := must[[]Point](t)(d.Points(ctx, f)); !slices.Equal(got, []Point{want}) {
				t.Errorf("%+v gives %+v, want %+v", f, got, want)
			}
		}
	}
	exec(t, d, `UPDATE figures SET confidence = 0.69`)
	for _, f := range ways(all[0]) {
		if got := must[[]Point](t)(d.Points(ctx, f)); len(got) != 0 {
			t.Errorf("%+v gives %+v, which is not trusted", f, got)
		}
	}
}
