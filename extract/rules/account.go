// This file keeps the account of numbers, dates and references: each ends in one class.

package rules

import (
	"strings"

	"baocao/normalize/vntext"
)

// structure records the numbers of a label or index cell.
func (x *extraction) structure(p *passage, from, to int, why string) {
	for _, t := range vntext.Scan(p.fold.Text[from:to]) {
		x.number(p, from+t.Start, from+t.End, ClassStructure, why)
	}
	if from == to {
		return
	}
}

// number records one number of the account.
func (x *extraction) number(p *passage, start, end int, class Class, why string) {
	a, b := x.span(p, start, end)
	x.result.Numbers = append(x.result.Numbers, Number{Start: a, End: b, Text: x.doc.Text[a:b], Class: class, Why: why})
}

// record adds the numbers of a sentence to the account, and dates and
// references to their lists.
func (x *extraction) record(p *passage, st *sentence, items []item) {
	lastRef := -1
	lastRefEnd := 0
	for i := range items {
		it := &items[i]
		if it.kind == itemZero || it.ditto || it.tok.Words && it.class == Unexplained {
			if len(it.figures) == 0 {
				continue
			}
		}
		if it.class == Unexplained && it.unknownNoun && it.why != "" {
			it.class = ClassOther
		}
		a, b := x.span(p, st.start+it.tok.Start, st.start+it.tok.End)
		x.result.Numbers = append(x.result.Numbers, Number{Start: a, End: b, Text: x.doc.Text[a:b], Class: it.class, Why: it.why})
		switch it.tok.Kind {
		case vntext.TokReference:
			lastRef = len(x.result.References)
			lastRefEnd = it.end
			x.result.References = append(x.result.References, Reference{Start: a, End: b,
				Number: strings.Join(strings.Fields(x.doc.Text[a:b]), ""), Implements: -1})
		case vntext.TokDate:
			ref := -1
			if lastRef >= 0 && it.start-lastRefEnd < 12 {
				ref = lastRef
			}
			x.date(p, st, it.tok, ref)
		case vntext.TokPeriod:
			for _, sub := range it.tok.Sub {
				x.date(p, st, sub, -1)
			}
			if len(it.tok.Sub) == 0 {
				x.result.Dates = append(x.result.Dates, Date{Start: a, End: b, Text: x.doc.Text[a:b], Month: it.tok.Month, Year: it.tok.Year,
					Impossible: it.tok.Impossible, Role: RoleOther, Reference: -1})
			}
		}
	}
	if x.explain != nil {
		x.explain.add(x, p, st, items)
	}
}

func (x *extraction) date(p *passage, st *sentence, t vntext.Token, ref int) {
	a, b := x.span(p, st.start+t.Start, st.start+t.End)
	role := RoleEvent
	if ref >= 0 {
		role = RoleReference
	}
	x.result.Dates = append(x.result.Dates, Date{Start: a, End: b, Text: x.doc.Text[a:b], Day: t.Day, Month: t.Month, Year: t.Year,
		Impossible: t.Impossible, Role: role, Reference: ref})
}
