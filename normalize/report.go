// This file holds a report in canonical form.

package normalize

import (
	"sort"

	"baocao/extract/rules"
)

// Report is one report in canonical form: who, which period, which figures.
// Times are ISO dates ("2023-05-31"); a field that the text does not give is "".
type Report struct {
	Type    string   // "cchc", or "other" for a document that is no report on administrative reform
	Unit    string   // "Xã Quang Khải"
	Parents []string // "Huyện Tứ Kỳ", "Tỉnh Hải Dương": the nearest first
	// Period is 2023-05, 2023-Q1, 2023-H1, 2023-9M, 2023, 2026-W24, else FROM/TO.
	Period   string
	From, To string // data window, both days included
	Number   string // "58/BC-UBND"
	Date     string // of the report itself
	Signer   string // the signer's title ("CHỦ TỊCH"), never the name
	// Sources says where unit and period come from when the text lacks them:
	// "file name", "folder"; keys "unit", "period". Of a document of TypeOther the
	// key "type" says why: "title: kế hoạch", "symbol: quyết định", "subject: kinh
	// tế", or "content" where only the text as a whole says so.
	Sources map[string]string

	Figures    []Figure
	Dates      []rules.Date
	References []rules.Reference
	Headings   []rules.Heading
	Sections   []rules.SectionSpan
	Numbers    []rules.Number
	// Totals are the columns of tables that end in a row of totals, whatever they mean.
	Totals []rules.Total
	// PageStarts holds the first byte of every page, that of page 1 first; nothing
	// for a text without pages.
	PageStarts []int
}

// PageAt gives the page of a byte of the text, counted from 1; 0 where the text
// has no pages.
func (r *Report) PageAt(offset int) int {
	return sort.Search(len(r.PageStarts), func(i int) bool { return r.PageStarts[i] > offset })
}

// Figure is one value of one indicator with every place it is printed at.
// Figures are unique by (Indicator, Field, Span, Value).
type Figure struct {
	Indicator string
	Field     string
	Span      rules.Span
	Value     string // plain decimal
	Unit      string
	Decimals  int
	Rounding  int64
	Approx    bool
	// Confidence is that of the best mention, 0..1.
	Confidence float64
	Mentions   []Mention
}

// Mention is one place where a figure is printed.
type Mention struct {
	Start, End int // span of the number in the document's text
	Page, Line int
	Text       string // as printed
	Snippet    string // the clause around it, white space collapsed
	Rule       string
	Section    rules.Section
	InTable    bool
	Words      bool
	Assessment bool
	Confidence float64
	// Parent is the index in Report.Figures of the figure this is "trong đó" of, -1 if none.
	Parent int
}
