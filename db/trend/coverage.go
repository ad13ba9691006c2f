// This file says which unit reported which period.

package trend

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"baocao/normalize/vntext"
)

// Report is one stored report; it counts even where no figure was read from it.
type Report struct {
	ID       int64
	Unit     string
	Period   string
	From, To string // the window of the data as the report prints it, "" where it does not
	Date     string // of the report, "" where not known
	InError  bool   // it has a finding of an error
}

// Reports lists the reports that points come from.
func Reports(points []Point) []Report {
	out := make([]Report, 0, len(points))
	for _, p := range points {
		out = append(out, Report{ID: p.ReportID, Unit: p.Unit, Period: p.Period})
	}
	return sortedReports(out)
}

func sortedReports(reports []Report) []Report {
	out := slices.Clone(reports)
	slices.SortFunc(out, func(a, b Report) int { return compareReports(&a, &b) })
	return slices.Compact(out)
}

func compareReports(a, b *Report) int {
	if a.ID != b.ID { // nearly always
		return cmp.Compare(a.ID, b.ID)
	}
	return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Period, b.Period))
}

// CoverageTable is one kind of period: units by periods.
type CoverageTable struct {
	Kind    vntext.PeriodKind
	Periods []string
	Rows    []CoverageRow
}

// CoverageRow is one unit. Reports has one entry for each period of the table:
// the ids of the reports, empty where there is none.
type CoverageRow struct {
	Unit    string
	Reports [][]int64
	// Missing lists the periods inside the span without a report: between the
	// first and the last report of the unit, or all that were asked for.
	Missing []string
	// Repeated lists the periods with more than one report.
	Repeated []string
	// Late and InError say of each period whether a report came late or has an
	// error.
	Late, InError []bool
}

// CoverageResult is the result of Coverage.
type CoverageResult struct {
	Tables []CoverageTable // by kind of period
	// Unplaced holds the reports whose unit or period is not known.
	Unplaced []Report
	// Unknown holds the periods asked for that are no periods.
	Unknown []string
}

// CoverageOptions say what is expected. The zero value expects of each unit what
// lies between its first and its last report of a kind of period.
type CoverageOptions struct {
	// Periods are the columns, and every unit is expected to have reported each;
	// empty: from the first to the last report of each kind.
	Periods []string
	// Units are expected to have reported every month (or every one of Periods)
	// though they may have no report at all.
	// Valid, if not nil, says whether a unit existed on an ISO date; periods that
	// it did not exist in are not missing.
	Units []string
	Valid func(unit, day string) bool
	// Due is how many days after the end of its data a report may be dated and is
	// not late; 0 is DefaultDue.
	Due int
}

// DefaultDue is how many days after the end of the data a report is due.
const DefaultDue = 10

// Coverage says which unit reported which period, what is missing and what came
// late. Windows (FROM/TO) have no successor, so none can be missing between them.
func Coverage(reports []Report, o CoverageOptions) CoverageResult {
	periods := o.Periods
	if o.Due == 0 {
		o.Due = DefaultDue
	}
	var out CoverageResult
	columns := make(map[vntext.PeriodKind][]vntext.Period)
	for _, name := range periods {
		p, err := parsePeriod(name)
		if err != nil {
			out.Unknown = append(out.Unknown, name)
			continue
		}
		columns[p.Kind] = append(columns[p.Kind], p)
	}
	// There may be very many reports: each is looked at where it lies.
	type slot struct {
		period int // in seen
		report *Report
	}
	type group struct{ slots []slot }
	var seen []vntext.Period
	index := make(map[string]int)
	units := make(map[vntext.PeriodKind]map[string]*group)
	late := lateness{due: o.Due, last: make(map[string]string)}
	var last *group // of the report before, which is mostly of the same unit
	var lastUnit string
	var lastKind vntext.PeriodKind
	for n := range reports {
		r := &reports[n]
		i, ok := index[r.Period]
		if !ok {
			p, _ := parsePeriod(r.Period)
			if i = slices.Index(seen, p); i < 0 {
				i = len(seen)
				seen = append(seen, p)
			}
			index[r.Period] = i
		}
		p := &seen[i]
		if p.From == "" || r.Unit == "" {
			out.Unplaced = append(out.Unplaced, *r)
			continue
		}
		if last == nil || r.Unit != lastUnit || p.Kind != lastKind {
			if units[p.Kind] == nil {
				units[p.Kind] = make(map[string]*group)
			}
			if last = units[p.Kind][r.Unit]; last == nil {
				last = new(group)
				units[p.Kind][r.Unit] = last
			}
			lastUnit, lastKind = r.Unit, p.Kind
		}
		last.slots = append(last.slots, slot{i, r})
	}
	out.Unplaced = sortedReports(out.Unplaced)
	if len(periods) == 0 {
		for _, p := range seen {
			if p.From != "" && units[p.Kind] != nil {
				columns[p.Kind] = append(columns[p.Kind], p)
			}
		}
	}
	for kind := vntext.Month; kind <= vntext.Window; kind++ {
		cols := columns[kind]
		slices.SortFunc(cols, vntext.Period.Compare)
		cols = slices.Compact(cols)
		if len(periods) == 0 {
			cols = fillGaps(cols)
		}
		if len(cols) == 0 {
			continue
		}
		t := CoverageTable{Kind: kind}
		column := make([]int, len(seen)) // of each period seen, -1 for none
		for i, p := range seen {
			column[i] = slices.Index(cols, p)
		}
		for _, p := range cols {
			t.Periods = append(t.Periods, p.String())
		}
		names := slices.Collect(maps.Keys(units[kind]))
		expected := make(map[string]bool)
		if kind == vntext.Month || len(periods) > 0 {
			for _, u := range o.Units {
				expected[u] = true
			}
			names = append(names, o.Units...)
		}
		for _, unit := range SortUnits(names) {
			row := CoverageRow{Unit: unit, Reports: make([][]int64, len(cols)), Late: make([]bool, len(cols)), InError: make([]bool, len(cols))}
			first, last := -1, -1
			var slots []slot
			if g := units[kind][unit]; g != nil {
				slots = g.slots
			}
			slices.SortFunc(slots, func(a, b slot) int { return compareReports(a.report, b.report) })
			for n, s := range slots {
				i := column[s.period]
				if i < 0 || n > 0 && *slots[n-1].report == *s.report {
					continue
				}
				row.Reports[i] = append(row.Reports[i], s.report.ID)
				row.InError[i] = row.InError[i] || s.report.InError
				row.Late[i] = row.Late[i] || late.of(s.report, cols[i])
			}
			for i, ids := range row.Reports {
				if len(ids) == 0 {
					continue
				}
				if last = i; first < 0 {
					first = i
				}
				if len(ids) > 1 {
					row.Repeated = append(row.Repeated, t.Periods[i])
				}
			}
			if len(periods) > 0 || expected[unit] {
				first, last = 0, len(cols)-1
			}
			for i := max(first, 0); i <= last && kind != vntext.Window; i++ {
				if len(row.Reports[i]) == 0 && (o.Valid == nil || o.Valid(unit, cols[i].To)) {
					row.Missing = append(row.Missing, t.Periods[i])
				}
			}
			t.Rows = append(t.Rows, row)
		}
		out.Tables = append(out.Tables, t)
	}
	return out
}

// lateness says whether reports came late. The last day that is not late is
// worked out once for each end of data.
type lateness struct {
	due  int
	last map[string]string
}

// of says whether a report is dated more than the days due after the end of its
// data, or of its period where it does not print that.
func (l *lateness) of(r *Report, p vntext.Period) bool {
	end := cmp.Or(r.To, p.To)
	if r.Date == "" || end == "" || r.Date <= end {
		return false
	}
	last, ok := l.last[end]
	if !ok {
		if day, err := time.Parse(time.DateOnly, end); err == nil {
			last = day.AddDate(0, 0, l.due).Format(time.DateOnly)
		}
		l.last[end] = last
	}
	return last != "" && r.Date > last && days(end, r.Date) > 0 // a date that is none is not late
}
