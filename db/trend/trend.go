// This file holds the points that come in, the options, and the tables of units by
// periods that go out.

package trend

import "baocao/normalize/vntext"

// Point is one stored figure of one report.
type Point struct {
	Unit      string // "Xã Quang Khải"
	Period    string // canonical: 2023-05, 2023-Q1, … as vntext.Period prints it
	Indicator string
	Field     string // "" where the figure is not by field
	Span      string // period, ytd, previous, target
	Value     string // plain decimal
	Measure   string // one of the measures above, or a finer form such as "stock_close", "cumulative_year"
	Approx    bool   // khoảng, gần, hơn, trên
	ReportID  int64
	Corrected bool   // the value was corrected by a reviewer: it stands above those that were read
	Printed   string // what the report says where the value was corrected
	InError   bool   // a finding of an error rests on it
}

// Options choose what is compared. The zero value takes everything.
type Options struct {
	Periods    []string // columns; empty: every period from the first to the last of each kind
	Indicators []string
	Units      []string
	// By makes one table for each series, with columns of this kind that cover all
	// its periods; values come from shorter periods where none is printed.
	By vntext.PeriodKind
	// Formulas say how indicators follow from others; points of these must be
	// among those given (see Needs), but make no tables unless in Indicators.
	Formulas map[string]Formula
	// Group says which indicators have numbers of one kind; Compare puts the groups
	// one after the other. nil: all have.
	Group func(indicator string) int
	// Lineages put units before a merger into the row of the one they became.
	Lineages []Lineage
}

// Series is the result of Table.
type Series struct {
	Tables   []Grid // by indicator, field, span, kind of period
	Rejected []Rejected
}

// Rejected is a point that could not be used, with the reason in words.
type Rejected struct {
	Point  Point
	Reason string
}

// Grid is one indicator over units and periods. Every Row has one cell for each
// of Periods.
type Grid struct {
	Indicator, Field, Span string
	Measure                string
	Kind                   vntext.PeriodKind
	Periods                []string // oldest first, periods without any report included
	Rows                   []Row    // by unit, in Vietnamese order
	// Total holds the sum over the units for each period; it is nil where
	// values must not be added (percentages, scores, ranks, unknown measures).
	Total []TotalCell
}

// Row is one unit.
type Row struct {
	Unit  string
	Cells []Cell
	// LastYear is what the unit had a year before the last period of the table,
	// ToDate what it had from the start of that year to the end of the period: as
	// printed, else made of the periods.
	LastYear, ToDate Cell
	// Lineage is set where cells before its day are of the units it was made of.
	Lineage *Lineage
}

// TotalCell is the sum over the units that reported a value.
type TotalCell struct {
	Value  string // "" where no unit reported
	Units  int    // how many units the sum is made of
	Approx bool   // at least one addend is approximate
	// InError and Corrected say so of at least one addend.
	InError, Corrected bool
	// Partial says that an addend lacks a part itself.
	Partial bool
	// Change and Percent are filled only where the same units make up both sums.
	Change, Percent string
}
