// This file says what an edit is, and holds the set of them in indexed form.

package check

import (
	"sync"

	"baocao/extract/rules"
)

// op is what must hold between the two sides.
type op uint8

const (
	equal op = iota
	atMost
	atLeast
)

var opNames = [...]string{"=", "<=", ">="}

// missingPolicy says what happens where a required figure is not printed.
type missingPolicy uint8

const (
	missingSkip   missingPolicy = iota // the edit says nothing
	missingZero                        // it counts as nothing and the finding is at most a warning
	missingReport                      // a finding of kind missing, severity info
)

// edit is one consistency statement: linear in one or more printed readings, or
// a share with its bases.
type edit struct {
	id, rule string
	kind     Kind
	severity Severity
	total    bool // scope: the report's totals
	byField  bool // scope: each field by itself
	op       op
	missing  missingPolicy
	sameYear bool  // with prev.: only inside one year
	given    []int // indicators that must be printed for the edit to apply
	complete bool  // only lists that are said to be complete, and tables with a row of totals
	readings []reading
	share    *shareEdit
	from     string // first period (first seven letters) it is about, "" for no beginning
	class    int    // class of the commune (1 to 3) that the report must name, 0 for any
	until    string // last period (first seven letters, "2025-06") it is about, "" for no end
	only     string // kind of period it is about ("year"), "" for all
	titleVI  string
	titleEN  string
	vi, en   string // message templates, "" for the usual wording
	pass     []fixture
	fail     []fixture
	file     string
	line     int
	col      int
}

// reading is one way in which offices print the relation.
type reading struct {
	id string
	// as is the severity with which a report is named that fits only in this
	// reading; "" for a usual reading, which satisfies the edit in silence.
	as          Severity
	left, right side
	vi, en      string
}

// side is a compiled expression.
type side struct {
	terms []cterm
	konst amount
}

// cterm is a term with its indicator as an index into Set.ids.
type cterm struct {
	coef int64
	ind  int
	when when
	need need
	sum  bool
}

// shareEdit says that rate is 100 * num / den.
type shareEdit struct {
	rate  int
	nums  []side
	bases []shareBase
}

type shareBase struct {
	side  side
	usual bool
}

// fixture is one small report, and for one that fails the gap it must give.
type fixture struct {
	figures map[string]string // "dossiers.received", "prev.dossiers.resolved{land}" -> "239"
	gap     string
	line    int
}

// Set is a loaded set of edits in indexed form. It is safe for use by several
// goroutines at once.
type Set struct {
	edits  []*edit
	ids    []string // indicator of each index
	index  map[string]int
	info   []rules.Indicator
	fields []string // field of each index; 0 is "no field"
	fieldN map[string]int
	pool   sync.Pool // of *checker
}

// Edit describes one edit for lists and help.
type Edit struct {
	ID, Rule string
	Kind     Kind
	Severity Severity
	File     string
	Line     int
	Title    string // Vietnamese
	TitleEN  string
}

// Edits lists the edits of the set in order of their ids.
func (s *Set) Edits() []Edit {
	out := make([]Edit, len(s.edits))
	for i, e := range s.edits {
		out[i] = Edit{e.id, e.rule, e.kind, e.severity, e.file, e.line, e.titleVI, e.titleEN}
	}
	return out
}
