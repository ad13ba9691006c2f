// This file reads a document in order, paragraph by paragraph and table by table, and then
// settles what only the whole of it can tell.

package rules

import (
	"sort"

	"baocao/extract/document"
)

// Extract reads every figure of a document and accounts for every number in it.
// The result is the same for the same document and set.
func (s *Set) Extract(doc *document.Document) Result {
	x := newExtraction(s, doc)
	x.run()
	return x.result
}

// extraction is the state of one run over one document.
type extraction struct {
	set      *Set
	doc      *document.Document
	passages []passage
	result   Result
	explain  *explanation // nil unless someone asked why

	titled     bool  // the document has chapters, so what stands before them is its head
	block      frame // what headings and lead-in lines say about what follows
	hasLead    bool
	last       lastStatement
	topic      topic
	byField    bool             // the paragraph tells fields apart
	ordered    bool             // some line says in which order fractions give them
	procedures topic            // set while procedures were counted later than dossiers
	opened     bool             // the paragraph that the report begins with was read
	swapped    bool             // a line above says that fractions give received before resolved
	leads      [6]lastStatement // by bullet depth: the statement that introduces deeper bullets
	said       []said           // the counts of the sentence before, within a paragraph
}

// lastStatement is the figure that a following "Trong đó" refers to.
type lastStatement struct {
	frame  frame
	figure int // index into result.Figures, -1 if none
	ok     bool
	lead   bool // the line ends with a colon, so that what follows are its parts
}

func newExtraction(s *Set, doc *document.Document) *extraction {
	x := &extraction{set: s, doc: doc, passages: s.outline(doc.Text, doc.Blocks)}
	for i := range x.passages {
		x.titled = x.titled || x.passages[i].heading && x.passages[i].section != SectionHead
	}
	return x
}

func (x *extraction) run() {
	x.last.figure = -1
	for i := 0; i < len(x.passages); {
		p := &x.passages[i]
		j := i
		for j < len(x.passages) && x.passages[j].block.Kind == document.Row && x.passages[j].block.Table == p.block.Table {
			j++
		}
		if (p.section == SectionHead || p.section == SectionFoot) && x.tabular(i, j) {
			for k := i; k < j; k++ { // a table of figures, whatever stands above it
				x.passages[k].section = SectionAppendix
			}
		}
		if p.block.Kind == document.Row && p.section != SectionHead && p.section != SectionFoot {
			x.table(i, j)
			i = j
			continue
		}
		x.passage(i)
		i++
	}
	x.finish()
}

// tabular reports whether the rows hold numbers below and beside each other, as the
// letterhead and the signatures do not.
func (x *extraction) tabular(from, to int) bool {
	rows := 0
	for k := from; k < to; k++ {
		for i, c := range cellsOf(&x.passages[k]) {
			if i > 0 && numeric(c) {
				rows++
				break
			}
		}
	}
	return rows >= 3
}

// raw returns the document's text of a passage.
func (x *extraction) raw(p *passage) string { return x.doc.Text[p.block.Start:p.block.End] }

// span maps a span of a passage's folded text to the document's text.
func (x *extraction) span(p *passage, start, end int) (int, int) {
	a, b := p.fold.Span(start, end)
	return p.block.Start + a, p.block.Start + b
}

// finish settles what needs the whole document, and sorts.
func (x *extraction) finish() {
	x.dropAddends()
	x.settleApprox()
	x.settleSince()
	x.settleLevels()
	x.settleReceivedResolved()
	x.settleRemaining()
	x.settleFeedback()
	x.settleForms()
	x.settleLegal()
	x.settlePersons()
	x.settleExact()
	x.settleFractions()
	x.settleTotals()
	x.settleDenominators()
	r := &x.result
	order := make([]int, len(r.Figures))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return r.Figures[order[a]].Start < r.Figures[order[b]].Start })
	at := make([]int, len(order))
	sorted := make([]Figure, len(order))
	for n, i := range order {
		at[i] = n
		sorted[n] = r.Figures[i]
	}
	for i := range sorted {
		if sorted[i].Parent >= 0 {
			sorted[i].Parent = at[sorted[i].Parent]
		}
	}
	r.Figures = sorted
	x.weigh()
	sort.SliceStable(r.Numbers, func(a, b int) bool { return r.Numbers[a].Start < r.Numbers[b].Start })
	sort.SliceStable(r.Dates, func(a, b int) bool { return r.Dates[a].Start < r.Dates[b].Start })
}
