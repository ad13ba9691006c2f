package trend

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"baocao/normalize/vntext"
)

func pt(unit, period, indicator, value, measure string) Point {
	return Point{Unit: unit, Period: period, Indicator: indicator, Span: "period", Value: value, Measure: measure}
}

// show prints a series the way the goldens below read.
func show(s Series) string {
	var b strings.Builder
	mark := func(change, percent string) string {
		switch {
		case change == "":
			return ""
		case percent == "":
			return " (" + change + ")"
		}
		return " (" + change + "; " + percent + "%)"
	}
	for _, g := range s.Tables {
		fmt.Fprintf(&b, "%s/%s/%s %s %s: %s\n", g.Indicator, g.Field, g.Span, g.Measure, g.Kind, strings.Join(g.Periods, " "))
		for _, r := range g.Rows {
			fmt.Fprintf(&b, "  %s:", r.Unit)
			for _, c := range r.Cells {
				fmt.Fprintf(&b, " | %s%s", c.Text(), mark(c.Change, c.Percent))
				if c.Approx {
					b.WriteString(" ~")
				}
				if len(c.Corrections) > 0 {
					b.WriteString(" *")
				}
			}
			b.WriteByte('\n')
		}
		if g.Total != nil {
			b.WriteString("  =")
			for _, c := range g.Total {
				text := c.Value
				if text == "" {
					text = "-"
				}
				fmt.Fprintf(&b, " | %s of %d%s", text, c.Units, mark(c.Change, c.Percent))
			}
			b.WriteByte('\n')
		}
	}
	for _, r := range s.Rejected {
		fmt.Fprintf(&b, "rejected %q %q: %s\n", r.Point.Period, r.Point.Value, r.Reason)
	}
	return b.String()
}

func TestTable(t *testing.T) {
	const khai, phuc = "Xã Quang Khải", "Xã Quang Phục"
	tests := []struct {
		name   string
		points []Point
		opts   Options
		want   string
	}{
		{"change against the period before, totals with their number of units", []Point{
			pt(khai, "2023-04", "dossiers.received", "200", Flow),
			pt(khai, "2023-05", "dossiers.received", "239", Flow),
			pt(phuc, "2023-04", "dossiers.received", "213", Flow),
			pt(phuc, "2023-05", "dossiers.received", "231", Flow),
		}, Options{}, `
dossiers.received//period flow month: 2023-04 2023-05
  Xã Quang Khải: | 200 | 239 (39; 19.5%)
  Xã Quang Phục: | 213 | 231 (18; 8.5%)
  = | 413 of 2 | 470 of 2 (57; 13.8%)
`},
		{"a missing month is absent, breaks the change and the change of the total", []Point{
			pt(khai, "2023-04", "dossiers.received", "200", Flow),
			pt(khai, "2023-06", "dossiers.received", "220", Flow),
			pt(phuc, "2023-04", "dossiers.received", "213", Flow),
			pt(phuc, "2023-05", "dossiers.received", "231", Flow),
		}, Options{}, `
dossiers.received//period flow month: 2023-04 2023-05 2023-06
  Xã Quang Khải: | 200 | - | 220
  Xã Quang Phục: | 213 | 231 (18; 8.5%) | -
  = | 413 of 2 | 231 of 1 | 220 of 1
`},
		{"percentages are not added and change in points", []Point{
			pt(khai, "2023-04", "payment.rate", "92.30", Percent),
			pt(khai, "2023-05", "payment.rate", "93.9", Percent),
			pt(phuc, "2023-05", "payment.rate", "80", Percent),
		}, Options{}, `
payment.rate//period percent month: 2023-04 2023-05
  Xã Quang Khải: | 92.30 | 93.9 (1.60)
  Xã Quang Phục: | - | 80
`},
		{"a real zero is 0, and nothing is a percentage of it", []Point{
			pt(khai, "2023-04", "dossiers.late", "0", Flow),
			pt(khai, "2023-05", "dossiers.late", "3", Flow),
			pt(khai, "2023-06", "dossiers.late", "0", Flow),
		}, Options{}, `
dossiers.late//period flow month: 2023-04 2023-05 2023-06
  Xã Quang Khải: | 0 | 3 (3) | 0 (-3; -100.0%)
  = | 0 of 1 | 3 of 1 (3) | 0 of 1 (-3; -100.0%)
`},
		{"kinds of periods, fields and spans are kept apart", []Point{
			pt(khai, "2023-03", "dossiers.received", "10", Flow),
			pt(khai, "2023-Q1", "dossiers.received", "31", Flow),
			{Unit: khai, Period: "2023-03", Indicator: "dossiers.received", Field: "land", Span: "period", Value: "4", Measure: Flow},
			{Unit: khai, Period: "2023-03", Indicator: "dossiers.received", Span: "ytd", Value: "31", Measure: Flow},
			{Unit: khai, Period: "2023-03", Indicator: "dossiers.received", Span: "previous", Value: "9", Measure: Flow},
		}, Options{}, `
dossiers.received//period flow month: 2023-03
  Xã Quang Khải: | 10
  = | 10 of 1
dossiers.received//period flow quarter: 2023-Q1
  Xã Quang Khải: | 31
  = | 31 of 1
dossiers.received//ytd flow month: 2023-03
  Xã Quang Khải: | 31
  = | 31 of 1
dossiers.received//previous flow month: 2023-03
  Xã Quang Khải: | 9
  = | 9 of 1
dossiers.received/land/period flow month: 2023-03
  Xã Quang Khải: | 4
  = | 4 of 1
`},
		{"two values for one cell are a conflict and no value", []Point{
			pt(khai, "2023-04", "staff.total", "20", "stock_close"),
			pt(khai, "2023-05", "staff.total", "20", "stock_close"),
			pt(khai, "2023-05", "staff.total", "19", "stock_close"),
			pt(phuc, "2023-05", "staff.total", "18", "stock_close"),
		}, Options{}, `
staff.total//period stock_close month: 2023-04 2023-05
  Xã Quang Khải: | 20 | 19 ≠ 20
  Xã Quang Phục: | - | 18
  = | 20 of 1 | 18 of 1
`},
		{"a corrected value stands above those read; equal values agree", []Point{
			pt(khai, "2023-05", "dossiers.resolved", "235", Flow),
			{Unit: khai, Period: "2023-05", Indicator: "dossiers.resolved", Span: "period", Value: "242", Measure: Flow, Corrected: true},
			pt(phuc, "2023-05", "dossiers.resolved", "10", Flow),
			pt(phuc, "2023-05", "dossiers.resolved", "10.0", Flow),
		}, Options{}, `
dossiers.resolved//period flow month: 2023-05
  Xã Quang Khải: | 242 *
  Xã Quang Phục: | 10.0
  = | 252.0 of 2
`},
		{"numbers since the start of the year do not go back over New Year", []Point{
			pt(khai, "2022-12", "direction.plan_tasks_done", "30", "cumulative_year"),
			pt(khai, "2023-01", "direction.plan_tasks_done", "2", "cumulative_year"),
			pt(khai, "2023-02", "direction.plan_tasks_done", "5", "cumulative_year"),
		}, Options{}, `
direction.plan_tasks_done//period cumulative_year month: 2022-12 2023-01 2023-02
  Xã Quang Khải: | 30 | 2 | 5 (3; 150.0%)
  = | 30 of 1 | 2 of 1 | 5 of 1 (3; 150.0%)
`},
		{"options choose columns, indicators and units; the change still sees the month before", []Point{
			pt(khai, "2023-04", "dossiers.received", "200", Flow),
			pt(khai, "2023-05", "dossiers.received", "239", Flow),
			pt(phuc, "2023-05", "dossiers.received", "231", Flow),
			pt(khai, "2023-05", "dossiers.late", "0", Flow),
		}, Options{Periods: []string{"2023-05"}, Indicators: []string{"dossiers.received"}, Units: []string{khai}}, `
dossiers.received//period flow month: 2023-05
  Xã Quang Khải: | 239 (39; 19.5%)
  = | 239 of 1 (39; 19.5%)
`},
		{"what cannot be used is handed back", []Point{
			pt(khai, "tháng 5", "dossiers.received", "200", Flow),
			pt(khai, "2023-05", "dossiers.received", "1.234.567", Flow),
			pt(khai, "2023-05", "dossiers.received", "1e9", Flow),
		}, Options{Periods: []string{"2023-13"}}, `
rejected "tháng 5" "200": the period is not known
rejected "2023-05" "1.234.567": the value is no plain decimal
rejected "2023-05" "1e9": the value is no plain decimal
rejected "2023-13" "": the period asked for is not known
`},
		{"a mistyped year does not make centuries of columns", []Point{
			pt(khai, "2003-05", "dossiers.received", "1", Flow),
			pt(khai, "2023-05", "dossiers.received", "2", Flow),
		}, Options{}, `
dossiers.received//period flow month: 2003-05 2023-05
  Xã Quang Khải: | 1 | 2
  = | 1 of 1 | 2 of 1
`},
		{"approximate values stay marked; no measure, no total", []Point{
			{Unit: khai, Period: "2023-05", Indicator: "x", Span: "period", Value: "700", Approx: true},
		}, Options{}, `
x//period  month: 2023-05
  Xã Quang Khải: | 700 ~
`},
		{"units stand in Vietnamese order", []Point{
			pt("Phường 10", "2023", "x", "1", Count), pt("Phường 2", "2023", "x", "2", Count),
			pt("Phường Đông Đa", "2023", "x", "3", Count), pt("Phường Ea Kao", "2023", "x", "4", Count), pt("Phường Dịch Vọng", "2023", "x", "5", Count),
		}, Options{}, `
x//period count year: 2023
  Phường 2: | 2
  Phường 10: | 1
  Phường Dịch Vọng: | 5
  Phường Đông Đa: | 3
  Phường Ea Kao: | 4
  = | 15 of 5
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := show(Table(tt.points, tt.opts)); got != strings.TrimPrefix(tt.want, "\n") {
				t.Errorf("got\n%swant%s", got, tt.want)
			}
		})
	}
}

func TestPercentRounding(t *testing.T) {
	tests := []struct{ before, after, want string }{
		{"200", "239", "19.5"},
		{"2000", "2001", "0.1"},  // 0.05 goes up
		{"2000", "1999", "-0.1"}, // and -0.05 down
		{"10000", "10004", "0.0"},
		{"10000", "9996", "0.0"}, // never -0.0
		{"3", "4", "33.3"},
		{"3", "5", "66.7"},
		{"0.1", "0.3", "200.0"},
		{"-4", "-2", "50.0"},
		{"0", "5", ""},
		{"0.00", "5", ""},
	}
	for _, tt := range tests {
		b, _ := parseDecimal(tt.before)
		a, _ := parseDecimal(tt.after)
		if got := a.percentOf(b); got != tt.want {
			t.Errorf("%s to %s: got %s, want %s", tt.before, tt.after, got, tt.want)
		}
	}
}

func TestCompare(t *testing.T) {
	points := []Point{
		pt("B", "2023-04", "dossiers.received", "200", Flow),
		pt("B", "2023-05", "dossiers.received", "239", Flow),
		pt("B", "2023-04", "dossiers.late", "1", Flow),
		pt("A", "2023-05", "dossiers.received", "12", Flow),
		pt("A", "2023-06", "dossiers.received", "13", Flow),
	}
	got, err := Compare(points, "2023-04", "2023-05", Options{})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, d := range got.Rows {
		lines = append(lines, fmt.Sprintf("%s %s %s %s %q %q", d.Unit, d.Indicator, d.Before.Text(), d.After.Text(), d.Change, d.Percent))
	}
	want := []string{
		`B dossiers.received 200 239 "39" "19.5"`,
		`A dossiers.received - 12 "" ""`,
		`B dossiers.late 1 - "" ""`,
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	if _, err := Compare(points, "2023-04", "2023-Q1", Options{}); err == nil {
		t.Error("a month was compared with a quarter")
	}
	if _, err := Compare(points, "tháng 4", "2023-05", Options{}); err == nil {
		t.Error("an unknown period was accepted")
	}
}

func TestCompareOrder(t *testing.T) {
	var points []Point
	for _, p := range []struct{ unit, indicator, before, after string }{
		{"Xã 2", "dossiers.late", "0", "3"}, {"Xã 10", "dossiers.late", "1", "4"}, {"Xã 1", "dossiers.received", "900", "880"},
		{"Xã 1", "finance.fees", "1000000", "2000000"}, {"Xã 1", "dossiers.late", "5", "5"}, {"Xã 1", "feedback.received", "7", ""},
	} {
		points = append(points, pt(p.unit, "2023-04", p.indicator, p.before, Flow))
		if p.after != "" {
			points = append(points, pt(p.unit, "2023-05", p.indicator, p.after, Flow))
		}
	}
	money := func(indicator string) int {
		if indicator == "finance.fees" {
			return 1
		}
		return 0
	}
	got, err := Compare(points, "2023-04", "2023-05", Options{Group: money})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, d := range got.Rows {
		lines = append(lines, strings.Join([]string{d.Unit, d.Indicator, d.Change, d.Percent}, " "))
	}
	want := []string{
		"Xã 1 dossiers.received -20 -2.2", // the greatest number, whatever it is in per cent
		"Xã 2 dossiers.late 3 ",           // from 0: no per cent, and no better place for it
		"Xã 10 dossiers.late 3 300.0",
		"Xã 1 finance.fees 1000000 100.0", // đồng are not compared with dossiers
		"Xã 1 dossiers.late 0 0.0",        // equals
		"Xã 1 feedback.received  ",        // not to be compared
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

func TestArrange(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 50 {
		order := r.Perm(n)
		want, list := slices.Clone(order), make([]int, n)
		for i := range list {
			list[i] = i
		}
		if arrange(list, order); !slices.Equal(list, want) {
			t.Fatalf("got %v, want %v", list, want)
		}
	}
}

func TestCoverage(t *testing.T) {
	rep := func(id int64, unit, period string) Report { return Report{ID: id, Unit: unit, Period: period} }
	reports := []Report{
		rep(1, "Xã A", "2023-01"), rep(2, "Xã A", "2023-02"), rep(3, "Xã A", "2023-05"), rep(4, "Xã A", "2023-05"),
		rep(5, "Xã B", "2023-03"), rep(6, "Xã A", "2023-Q1"), rep(7, "", "2023-01"), rep(8, "Xã B", "?"),
	}
	reports[0].Date, reports[0].InError = "2023-02-10", true // ten days
	reports[1].Date = "2023-03-11"                           // eleven
	got := Coverage(reports, CoverageOptions{})
	none := func(n int) []bool { return make([]bool, n) }
	want := CoverageResult{
		Tables: []CoverageTable{
			{vntext.Month, []string{"2023-01", "2023-02", "2023-03", "2023-04", "2023-05"}, []CoverageRow{
				{"Xã A", [][]int64{{1}, {2}, nil, nil, {3, 4}}, []string{"2023-03", "2023-04"}, []string{"2023-05"},
					[]bool{false, true, false, false, false}, []bool{true, false, false, false, false}},
				{"Xã B", [][]int64{nil, nil, {5}, nil, nil}, nil, nil, none(5), none(5)},
			}},
			{vntext.Quarter, []string{"2023-Q1"}, []CoverageRow{{"Xã A", [][]int64{{6}}, nil, nil, none(1), none(1)}}},
		},
		Unplaced: []Report{rep(7, "", "2023-01"), rep(8, "Xã B", "?")},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	// A unit that never reported is missing wherever it existed.
	got = Coverage(reports, CoverageOptions{Units: []string{"Xã C"}, Valid: func(unit, day string) bool { return unit != "Xã C" || day > "2023-03" }})
	if c := got.Tables[0].Rows[2]; c.Unit != "Xã C" || !slices.Equal(c.Missing, []string{"2023-03", "2023-04", "2023-05"}) || len(got.Tables[1].Rows) != 1 {
		t.Errorf("a unit without reports: %+v", got.Tables)
	}
	got = Coverage(reports, CoverageOptions{Periods: []string{"2023-03", "2023-02", "x"}})
	if len(got.Tables) != 1 || !slices.Equal(got.Tables[0].Rows[1].Missing, []string{"2023-02"}) || !slices.Equal(got.Unknown, []string{"x"}) {
		t.Errorf("with periods: got %+v", got)
	}
}

func TestReports(t *testing.T) {
	p := pt("A", "2023-05", "x", "1", Flow)
	p.ReportID = 9
	q := p
	q.Indicator = "y"
	if got := Reports([]Point{p, q}); !slices.Equal(got, []Report{{ID: 9, Unit: "A", Period: "2023-05"}}) {
		t.Errorf("got %v", got)
	}
}

// The result depends on the set of points only, every value shown was put in,
// every total is the exact sum of its column, and every change adds up.
func TestTableProperties(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var points []Point
		for range rng.IntN(40) {
			points = append(points, Point{
				Unit: fmt.Sprintf("Xã %d", rng.IntN(4)), Period: fmt.Sprintf("2023-%02d", 1+rng.IntN(6)),
				Indicator: "i", Span: "period", Measure: Flow, ReportID: rng.Int64N(3),
				Value: fmt.Sprintf("%d.%d", rng.IntN(100), rng.IntN(10)), Corrected: rng.IntN(8) == 0,
			})
		}
		s := Table(points, Options{})
		rng.Shuffle(len(points), func(i, j int) { points[i], points[j] = points[j], points[i] })
		if !reflect.DeepEqual(s, Table(points, Options{})) {
			t.Fatal("the order of the points matters")
		}
		for _, g := range s.Tables {
			for i := range g.Periods {
				sum, n := new(big.Rat), 0
				for _, r := range g.Rows {
					c := r.Cells[i]
					if c.Value == "" {
						continue
					}
					v, _ := new(big.Rat).SetString(c.Value)
					sum.Add(sum, v)
					n++
					if !slices.ContainsFunc(points, func(p Point) bool {
						return p.Unit == r.Unit && p.Period == g.Periods[i] && p.Value == c.Value
					}) {
						t.Fatalf("%s %s: %s was never reported", r.Unit, g.Periods[i], c.Value)
					}
					if c.Change != "" {
						before, _ := new(big.Rat).SetString(r.Cells[i-1].Value)
						d, _ := new(big.Rat).SetString(c.Change)
						if before.Add(before, d).Cmp(v) != 0 {
							t.Fatalf("%s + %s is not %s", r.Cells[i-1].Value, c.Change, c.Value)
						}
					}
				}
				if g.Total[i].Units != n {
					t.Fatalf("total of %d units, want %d", g.Total[i].Units, n)
				}
				if n > 0 {
					got, _ := new(big.Rat).SetString(g.Total[i].Value)
					if got.Cmp(sum) != 0 {
						t.Fatalf("total %s, want %s", g.Total[i].Value, sum.FloatString(1))
					}
				}
			}
		}
	}
}
