// This file holds a report in canonical form.

package normalize

import (
	"cmp"
	"slices"
	"sort"

	"baocao/extract/document"
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
	// DateMonth is the month of the report's own date ("2024-01") where a blank was left
	// for the day, as drafts have it; then Date is "".
	DateMonth string
	Signer    string // the signer's title ("CHỦ TỊCH"), never the name
	// Sources says where unit and period come from when the text lacks them:
	// "file name", "folder"; keys "unit", "period". Key "path" says why what a name
	// says was not taken. Of a document of TypeOther the
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
	// Doubts are the places at which the characters of a figure were not read
	// surely (text recognition), by place.
	Doubts []document.Doubt
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

// LeastConfidence is what a figure must have to be shown as one. Below it a figure is
// more likely wrong than right: checks take it into account, tables leave it out.
const LeastConfidence = 0.7

// Trusted says whether the figure is more likely right than wrong.
func (f *Figure) Trusted() bool { return f.Confidence >= LeastConfidence }

// Unexplained is a number that is not understood, or not well enough.
type Unexplained struct {
	rules.Number
	// Maybe is the surest figure that was read from it all the same, nil if none.
	Maybe *Figure
}

// Unexplained lists the numbers of which no trusted figure was read, by place.
func (r *Report) Unexplained() []Unexplained {
	var out []Unexplained
	for _, n := range r.Numbers {
		if n.Class == rules.Unexplained {
			out = append(out, Unexplained{Number: n})
		}
	}
	read := map[[2]int]*Figure{} // the surest figure of each number
	for i := range r.Figures {
		f := &r.Figures[i]
		for _, m := range f.Mentions {
			if at := [2]int{m.Start, m.End}; read[at] == nil || f.Confidence > read[at].Confidence {
				read[at] = f
			}
		}
	}
	for i := range r.Figures {
		for _, m := range r.Figures[i].Mentions {
			if f := &r.Figures[i]; !f.Trusted() && read[[2]int{m.Start, m.End}] == f {
				out = append(out, Unexplained{Number: rules.Number{Start: m.Start, End: m.End, Text: m.Text, Class: rules.ClassFigure, Why: m.Rule}, Maybe: f})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Unexplained) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	return out
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
