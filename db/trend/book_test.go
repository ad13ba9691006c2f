package trend

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"baocao/normalize/vntext"
)

// cellText writes a cell with what it is made of.
func cellText(c Cell) string {
	s := fmt.Sprintf("%s %d", c.Text(), c.Basis)
	if len(c.Lacks) > 0 {
		s += " lacks " + strings.Join(c.Lacks, ",")
	}
	return s
}

func at(points []Point, opts Options, unit, indicator, period string) Cell {
	used, _ := usable(points, Options{Formulas: opts.Formulas, Lineages: opts.Lineages})
	p, err := vntext.ParsePeriod(period)
	if err != nil {
		panic(err)
	}
	return newBook(used, opts).at(seriesKey{unit, indicator, "", "period"}, p.Canonical())
}

// Flows are summed, stocks taken from the right end, and what cannot be added is
// not there.
func TestDerived(t *testing.T) {
	var points []Point
	for i, v := range []string{"10", "20", "40", "80"} {
		month := fmt.Sprintf("2023-%02d", i+1)
		points = append(points, pt("A", month, "flow", v, Flow), pt("A", month, "open", v, "stock_open"), pt("A", month, "close", v, "stock_close"),
			pt("A", month, "stock", v, Stock), pt("A", month, "year", v, "cumulative_year"), pt("A", month, "rate", v, Percent), pt("A", month, "score", v, Score))
	}
	points = append(points, pt("A", "2023-05-01/2023-05-14", "flow", "1", Flow), pt("A", "2023-05-15/2023-05-31", "flow", "2", Flow),
		pt("A", "2023-Q3", "flow", "5", Flow), pt("A", "2023-10", "flow", "6", Flow), pt("A", "2023-10", "open", "6", "stock_open"))
	tests := []struct{ indicator, period, want string }{
		{"flow", "2023-Q1", "70 2"},
		{"open", "2023-Q1", "10 3"},
		{"close", "2023-Q1", "40 4"},
		{"stock", "2023-Q1", "40 4"},
		{"year", "2023-Q1", "40 4"},
		{"rate", "2023-Q1", "- 0"},
		{"score", "2023-Q1", "- 0"},
		{"flow", "2023-01-01/2023-02-28", "30 2"},
		{"flow", "2023-Q2", "80 2 lacks 2023-05,2023-06"},
		{"flow", "2023-05", "3 2"}, // out of two windows
		{"flow", "2023-04-01/2023-05-31", "83 2"},
		{"open", "2023-Q2", "80 3"},
		{"close", "2023-Q2", "- 0"}, // June is not there
		{"open", "2023-Q4", "6 3"},
		{"flow", "2023-Q3", "5 1"},
		{"flow", "2023-H2", "6 2 lacks 2023-07,2023-08,2023-09,2023-11,2023-12"},
		{"flow", "2023-07-01/2023-10-31", "11 2"}, // a quarter and a month
		{"flow", "2022", "- 0"},
		{"flow", "2023-W05", "- 0"},
	}
	for _, tt := range tests {
		if got := cellText(at(points, Options{}, "A", tt.indicator, tt.period)); got != tt.want {
			t.Errorf("%s in %s: %s, want %s", tt.indicator, tt.period, got, tt.want)
		}
	}
}

// A rate of a quarter follows from its numerator and base: those that give what
// the months print.
func TestRecomputedRate(t *testing.T) {
	formulas := map[string]Formula{
		"rate":  {Num: []Sum{{"done"}}, Den: []Sum{{"in"}, {"in", "open"}}},
		"total": {Num: []Sum{{"in", "open"}}},
	}
	month := func(m string, in, open, done, rate string) []Point {
		list := []Point{pt("A", m, "in", in, Flow), pt("A", m, "open", open, "stock_open"), pt("A", m, "done", done, Flow)}
		if rate != "" {
			list = append(list, pt("A", m, "rate", rate, Percent))
		}
		return list
	}
	base := slices.Concat(month("2023-01", "100", "10", "55", "50.00"), month("2023-02", "100", "55", "93", "60"))
	q := slices.Concat(base, month("2023-03", "90", "62", "76", "50.0"))
	// 224 of 290 received + 10 at the start; the mean of the months would be 53.33.
	if c := at(q, Options{Formulas: formulas}, "A", "rate", "2023-Q1"); c.Value != "74.67" || c.Basis != Recomputed || !slices.Equal(c.Of, []string{"done", "in", "open"}) {
		t.Errorf("rate of the quarter: %+v", c)
	}
	total := append(q, pt("A", "2023-01", "total", "110", Flow), pt("A", "2023-02", "total", "155", Flow), pt("A", "2023-03", "total", "152", Flow))
	if c := at(total, Options{Formulas: formulas}, "A", "total", "2023-Q1"); c.Value != "300" {
		t.Errorf("total of the quarter: %+v; what is carried over counts once", c)
	}
	for name, points := range map[string][]Point{
		"no month prints the rate":     slices.Concat(month("2023-01", "100", "10", "55", ""), month("2023-02", "100", "55", "93", ""), month("2023-03", "90", "62", "76", "")),
		"no way gives what is printed": slices.Concat(base, month("2023-03", "90", "62", "76", "51")),
		"a month is missing":           base,
		"a month lacks the base":       append(slices.Clone(base), pt("A", "2023-03", "done", "76", Flow), pt("A", "2023-03", "rate", "50", Percent)),
		"the base is 0":                slices.Concat(month("2023-01", "0", "0", "0", "100"), month("2023-02", "0", "0", "0", "100"), month("2023-03", "0", "0", "0", "100")),
	} {
		if c := at(points, Options{Formulas: formulas}, "A", "rate", "2023-Q1"); !c.Absent() {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

// The units before a merger stand in the row of the one they became.
func TestLineage(t *testing.T) {
	points := []Point{
		pt("Cũ 1", "2025-05", "in", "10", Flow), pt("Cũ 2", "2025-05", "in", "20", Flow),
		pt("Cũ 1", "2025-06", "in", "11", Flow),
		pt("Mới", "2025-07", "in", "40", Flow), pt("Khác", "2025-06", "in", "5", Flow),
		pt("Cũ 1", "2025-05", "score", "1", Score), pt("Cũ 2", "2025-05", "score", "2", Score),
	}
	opts := Options{Lineages: []Lineage{{Unit: "Mới", From: "2025-07-01", Whole: []string{"Cũ 1", "Cũ 2"}, Split: []string{"Cũ 3"}}}}
	s := Table(points, opts)
	if len(s.Tables) != 1 {
		t.Fatalf("%d tables; scores cannot be added", len(s.Tables))
	}
	g := s.Tables[0]
	var lines []string
	for _, r := range g.Rows {
		line := r.Unit
		for _, c := range r.Cells {
			line += fmt.Sprintf("; %s %q", cellText(c), c.Change)
		}
		lines = append(lines, line)
	}
	want := []string{
		`Khác; - 0 ""; 5 1 ""; - 0 ""`,
		`Mới; 30 6 ""; 11 6 lacks Cũ 2 ""; 40 1 ""`,
	}
	if !slices.Equal(lines, want) {
		t.Errorf("rows are\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	if g.Rows[1].Lineage == nil || g.Rows[0].Lineage != nil {
		t.Error("the break is not marked")
	}
	if g.Total[0].Value != "30" || g.Total[1].Value != "16" || !g.Total[1].Partial || g.Total[2].Value != "40" {
		t.Errorf("totals are %+v", g.Total)
	}
	// A unit that kept its name is one of those it was made of.
	kept := Options{Lineages: []Lineage{{Unit: "Cũ 1", From: "2025-07-01", Whole: []string{"Cũ 1", "Cũ 2"}}}}
	rows := Table(append(slices.Clone(points), pt("Cũ 1", "2025-07", "in", "50", Flow)), kept).Tables[0].Rows
	if rows[0].Unit != "Cũ 1" || rows[0].Cells[0].Value != "30" || rows[0].Cells[2].Value != "50" || len(rows) != 3 {
		t.Errorf("a unit that kept its name: %+v", rows)
	}
	// A unit that never reported but went in wholly is lacking from every sum.
	opts.Lineages[0].Silent = []string{"Cũ 4"}
	if c := Table(points, opts).Tables[0].Rows[1].Cells[0]; cellText(c) != "30 6 lacks Cũ 4" {
		t.Errorf("with a silent unit: %s", cellText(c))
	}
	// A rate of the merged ones follows from their sums.
	rates := append(slices.Clone(points), pt("Cũ 1", "2025-05", "out", "5", Flow), pt("Cũ 2", "2025-05", "out", "20", Flow),
		pt("Cũ 1", "2025-05", "rate", "50", Percent), pt("Cũ 2", "2025-05", "rate", "100", Percent))
	opts.Lineages[0].Silent = nil
	opts.Formulas = map[string]Formula{"rate": {Num: []Sum{{"out"}}, Den: []Sum{{"in"}}}}
	if c := at(rates, opts, "Mới", "rate", "2025-05"); c.Value != "83.33" || c.Basis != Joined {
		t.Errorf("rate of the merged: %+v", c)
	}
}

// With a kind of period, all of a series is one table.
func TestBy(t *testing.T) {
	var points []Point
	for i := 1; i <= 7; i++ {
		points = append(points, pt("A", fmt.Sprintf("2023-%02d", i), "in", "10", Flow))
	}
	points = append(points, pt("A", "2023-Q2", "in", "31", Flow))
	s := Table(points, Options{By: vntext.Quarter})
	if len(s.Tables) != 1 || !slices.Equal(s.Tables[0].Periods, []string{"2023-Q1", "2023-Q2", "2023-Q3"}) {
		t.Fatalf("tables are %+v", s.Tables)
	}
	var got []string
	for _, c := range s.Tables[0].Rows[0].Cells {
		got = append(got, cellText(c)+" months "+c.Months+" change "+c.Change)
	}
	want := []string{"30 2 months  change ", "31 1 months 30 change 1", "10 2 lacks 2023-08,2023-09 months  change "}
	if !slices.Equal(got, want) {
		t.Errorf("cells are %q, want %q", got, want)
	}
}

func TestLastYearAndToDate(t *testing.T) {
	points := []Point{pt("A", "2022-02", "in", "7", Flow), pt("A", "2023-01", "in", "10", Flow), pt("A", "2023-02", "in", "12", Flow)}
	r := Table(points, Options{Periods: []string{"2023-02"}}).Tables[0].Rows[0]
	if r.LastYear.Value != "7" || r.ToDate.Value != "22" || r.ToDate.Basis != Summed || r.Cells[0].Change != "2" {
		t.Errorf("got %+v", r)
	}
	ytd := pt("A", "2023-02", "in", "25", Flow)
	ytd.Span = "ytd"
	r = Table(append(points, ytd), Options{Periods: []string{"2023-02"}}).Tables[0].Rows[0]
	if r.ToDate.Value != "25" || r.ToDate.Basis != Printed {
		t.Errorf("what the report prints comes first: %+v", r.ToDate)
	}
}

func TestSeams(t *testing.T) {
	rep := func(period, from, to string) Report { return Report{Unit: "A", Period: period, From: from, To: to} }
	tests := []struct {
		reports []Report
		want    string
	}{
		{[]Report{rep("2023-04", "2023-04-01", "2023-04-30"), rep("2023-05", "2023-05-01", "2023-05-30"), rep("2023-06", "2023-06-01", "")}, "gap 2023-05-31..2023-05-31 1"},
		{[]Report{rep("2023-05", "2023-04-15", "2023-05-14"), rep("2023-04", "2023-03-15", "2023-04-14")}, ""},
		{[]Report{rep("2023-04", "2023-03-15", "2023-04-16"), rep("2023-05", "2023-04-15", "2023-05-14")}, "overlap 2023-04-15..2023-04-16 2"},
		{[]Report{rep("2023-04", "", ""), rep("2023-06", "", "")}, ""},                                   // a missing month is no gap
		{[]Report{rep("2023-04", "", ""), rep("2023-05", "2023-04-15", "")}, ""},                         // the end is not known
		{[]Report{rep("2023-04", "", ""), rep("2023-05", "", "2023-05-20"), rep("2023-06", "", "")}, ""}, // nor is the start
		{[]Report{rep("2023-05-01/2023-05-10", "", ""), rep("2023-05-08/2023-05-20", "", "")}, "overlap 2023-05-08..2023-05-10 3"},
		{[]Report{rep("2023-Q1", "", ""), rep("2023-03", "", "")}, ""}, // kinds do not meet
	}
	for i, tt := range tests {
		var got []string
		for _, s := range Seams(tt.reports) {
			got = append(got, fmt.Sprintf("%s %s..%s %d", s.Kind, s.From, s.To, s.Days))
		}
		if strings.Join(got, "; ") != tt.want {
			t.Errorf("%d: %q, want %q", i, got, tt.want)
		}
	}
}

func TestRankUnits(t *testing.T) {
	var points []Point
	for unit, v := range map[string]string{"A": "1", "B": "5", "C": "5", "D": "2", "E": "10"} {
		points = append(points, pt(unit, "2023-05", "late", v, Flow), pt(unit, "2023-05", "in", "400", Flow))
	}
	points = append(points, pt("F", "2023-05", "in", "100", Flow), pt("G", "2023-04", "late", "99", Flow))
	slices.SortFunc(points, func(a, b Point) int { return strings.Compare(a.Unit, b.Unit) })
	got, err := RankUnits(points, RankOptions{Indicator: "late", Period: "tháng 5/2023", Base: "in"})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, r := range got.Rows {
		lines = append(lines, fmt.Sprintf("%d %s %s q%d %s", r.Rank, r.Unit, r.Cell.Value, r.Quarter, r.PerThousand))
	}
	want := []string{"1 E 10 q4 25.0", "2 B 5 q2 12.5", "2 C 5 q2 12.5", "4 D 2 q1 5.0", "5 A 1 q1 2.5"}
	if !slices.Equal(lines, want) {
		t.Errorf("rows are %q, want %q", lines, want)
	}
	if got.Quartiles != (Quartiles{"1", "2", "5", "5", "10"}) || !slices.Equal(got.Absent, []string{"F"}) {
		t.Errorf("quartiles %+v, absent %q", got.Quartiles, got.Absent)
	}
	four, err := RankUnits(points[:8], RankOptions{Indicator: "late", Period: "2023-05"})
	if err != nil || four.Quartiles != (Quartiles{"1", "1.75", "3.5", "5", "5"}) {
		t.Errorf("quartiles of four: %+v, %v", four.Quartiles, err)
	}
	if _, err := RankUnits(points, RankOptions{Indicator: "late", Period: "?"}); err == nil {
		t.Error("no period was accepted")
	}
	if none, err := RankUnits(nil, RankOptions{Indicator: "late", Period: "2023-05"}); err != nil || len(none.Rows) != 0 {
		t.Errorf("no points: %+v, %v", none, err)
	}
}

func TestNeeds(t *testing.T) {
	got := Needs([]string{"rate"}, map[string]Formula{"rate": {Num: []Sum{{"b"}}, Den: []Sum{{"a", "c"}, {"a"}}}})
	if !slices.Equal(got, []string{"a", "b", "c", "rate"}) {
		t.Errorf("got %q", got)
	}
}
