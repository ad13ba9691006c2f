// This file holds the types that go in and out of a check.

package check

import (
	"baocao/normalize"
	admin "baocao/normalize/place"
)

// Report is one report to check, as it was stored.
type Report struct {
	ID     int64
	File   string // path as given at import
	SHA256 string
	// UnitKey names the unit in the ids of findings; "" is the unit as it is
	// called. It lets a unit be called otherwise without new ids.
	UnitKey string
	*normalize.Report
	// Text is the document's text; the spans of mentions, dates and headings
	// point into it. Without it every printed line counts as a paragraph.
	Text string
}

// Severity says how certain a finding is.
type Severity string

const (
	Error   Severity = "error"   // cannot be true as printed
	Warning Severity = "warning" // needs one conventional assumption
	Info    Severity = "info"    // a reviewer may want to know
)

// rank orders severities, the gravest first.
func (s Severity) rank() int {
	switch s {
	case Error:
		return 0
	case Warning:
		return 1
	}
	return 2
}

// Kind is the family of a finding.
type Kind string

const (
	Balance    Kind = "balance"
	Sum        Kind = "sum"
	Subset     Kind = "subset"
	Ratio      Kind = "ratio"
	Duplicate  Kind = "duplicate"
	DateKind   Kind = "date"
	Structure  Kind = "structure"
	Continuity Kind = "continuity"
	Cumulative Kind = "cumulative"
	Copy       Kind = "copy"
	Range      Kind = "range"
	Missing    Kind = "missing"
)

// SuspectExtraction marks a finding that may come from misreading the
// document; "" means that the report contradicts itself.
const SuspectExtraction = "extraction"

// Finding is one thing that does not fit.
type Finding struct {
	// ID is the same in every run and for a corrected re-issue of the report:
	// it is made of check, unit, period, scope and indicators, never of values.
	ID       string
	Check    string // id of the edit, or of the check written in Go
	Rule     string // its row in the list of consistency rules ("W1"), "" for users' own
	Kind     Kind
	Severity Severity
	Unit     string
	UnitKey  string `json:"-"`
	Period   string
	ReportID int64
	File     string
	SHA256   string
	// Field is the field (lĩnh vực) the finding is about, "" for the whole report.
	Field string

	Message   string // Vietnamese
	MessageEN string

	// Left, Right and Gap are plain decimals, "" where nothing is compared.
	// Gap is the distance between the printed values; where rounding explains part
	// of it, the message says what remains.
	Left, Right, Gap    string
	LeftText, RightText string // "239 + 21", "235 + 17 + 1"
	Op                  string // "=", "<=", ">=": what should have held between them
	// Terms are the figures that both sides are made of, where an edit compared them.
	Terms []Term
	// Reading names the printed reading of the edit that comes nearest, "" for the usual one.
	Reading string

	Figures []Cited
	Repairs []Repair
	// Undecided is true where more than one repair is ranked first.
	Undecided bool
	Suspect   string // SuspectExtraction or ""
	// Because says why the severity is below that of the check, where neither the
	// message nor Suspect does; BecauseEN in English.
	Because, BecauseEN string
}

// Cited is one place that a finding rests on. Findings about dates, headings
// and sentences cite places without indicator.
type Cited struct {
	Indicator  string
	Field      string
	Value      string
	Page, Line int
	Start, End int // span in the text of the report it stands in
	Snippet    string
	Rule       string
	// File and Period are set where the place is in another report.
	File, Period string
}

// Repair is one smallest set of figures whose change satisfies every edit.
type Repair struct {
	Changes    []Change
	Evidence   []string // what speaks for it, the strongest first (Vietnamese)
	EvidenceEN []string // the same in English
	Score      int      // strength of the evidence, for comparing repairs of one finding only
	Rank       int      // 1 is best; equal evidence gives equal ranks
}

// Change is one figure of a repair. To is "" where the edits leave more than
// one value open; Low and High then bound it.
type Change struct {
	Indicator string
	Field     string
	From, To  string
	Low, High string
}

// Options tune a check. The zero value is the usual check.
type Options struct {
	// Windows is the convention for data windows: "nd09" (15th to 14th),
	// "calendar", "from-DAY" (say "from-21"), or "" to learn it from the reports.
	Windows string
	// ProvinceWindows gives the convention of single provinces, by name; it goes
	// before Windows.
	ProvinceWindows map[string]string
	// Places are the lists of administrative units, nil where there are none.
	Places *admin.Table
	// MinSeverity leaves out findings below it; "" keeps all.
	MinSeverity Severity
	// NoRepairs leaves error localisation out.
	NoRepairs bool
	// MaxNodes bounds the search of error localisation per report; 0 is 2,000.
	MaxNodes int
}
