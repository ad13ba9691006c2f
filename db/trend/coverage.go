// This file says which unit reported which period.

package trend

import (
	"cmp"
	"slices"

	"baocao/normalize/vntext"
)

// Report is one stored report; it counts even where no figure was read from it.
type Report struct {
	ID     int64
	Unit   string
	Period string
}

// Reports lists the reports that points come from.
func Reports(points []Point) []Report {
	out := make([]Report, 0, len(points))
	for _, p := range points {
		out = append(out, Report{p.ReportID, p.Unit, p.Period})
	}
	return sortedReports(out)
}

func sortedReports(reports []Report) []Report {
	out := slices.Clone(reports)
	slices.SortFunc(out, func(a, b Report) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Period, b.Period))
	})
	return slices.Compact(out)
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
}

// CoverageResult is the result of Coverage.
type CoverageResult struct {
	Tables []CoverageTable // by kind of period
	// Unplaced holds the reports whose unit or period is not known.
	Unplaced []Report
	// Unknown holds the periods asked for that are no periods.
	Unknown []string
}

// Coverage says which unit reported which period. With periods given, these are
// the columns and every unit is expected to have reported each; without, the
// columns run from the first to the last report of each kind, and a unit is
// expected to have reported from its own first to its own last. Windows
// (FROM/TO) have no successor, so none can be missing between them.
func Coverage(reports []Report, periods []string) CoverageResult {
	var out CoverageResult
	type cellKey struct {
		unit   string
		period vntext.Period
	}
	cells := make(map[cellKey][]int64)
	units := make(map[vntext.PeriodKind][]string)
	columns := make(map[vntext.PeriodKind][]vntext.Period)
	for _, name := range periods {
		p, err := parsePeriod(name)
		if err != nil {
			out.Unknown = append(out.Unknown, name)
			continue
		}
		columns[p.Kind] = append(columns[p.Kind], p)
	}
	for _, r := range sortedReports(reports) {
		p, err := parsePeriod(r.Period)
		if err != nil || r.Unit == "" {
			out.Unplaced = append(out.Unplaced, r)
			continue
		}
		k := cellKey{r.Unit, p}
		cells[k] = append(cells[k], r.ID)
		units[p.Kind] = append(units[p.Kind], r.Unit)
		if len(periods) == 0 {
			columns[p.Kind] = append(columns[p.Kind], p)
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
		for _, p := range cols {
			t.Periods = append(t.Periods, p.String())
		}
		names := units[kind]
		sortUnits(names)
		for _, unit := range slices.Compact(names) {
			row := CoverageRow{Unit: unit, Reports: make([][]int64, len(cols))}
			first, last := -1, -1
			for i, p := range cols {
				ids := cells[cellKey{unit, p}]
				row.Reports[i] = ids
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
			if len(periods) > 0 {
				first, last = 0, len(cols)-1
			}
			for i := max(first, 0); i <= last && kind != vntext.Window; i++ {
				if len(row.Reports[i]) == 0 {
					row.Missing = append(row.Missing, t.Periods[i])
				}
			}
			t.Rows = append(t.Rows, row)
		}
		out.Tables = append(out.Tables, t)
	}
	return out
}
