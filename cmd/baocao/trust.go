// This file holds how far a figure is to be trusted, as tables show it, and the list
// of numbers that are not understood.
package main

import (
	"fmt"

	"baocao/cmd/internal/render"
	"baocao/extract/document"
	"baocao/normalize"
)

// sureConfidence is what a figure has that is shown without a mark.
const sureConfidence = 0.9

// valueOf is the cell of a figure's value.
func valueOf(value string, confidence float64) render.Cell {
	c := render.Number(value)
	if confidence < sureConfidence {
		return c.Marked("unsure")
	}
	return c
}

// trustMarks explains the mark of valueOf.
func (a *app) trustMarks() []render.Mark {
	return []render.Mark{{Key: "unsure", Symbol: "?", Text: a.say("đọc chưa chắc chắn (độ tin cậy dưới 0,9), nên xem lại câu gốc", "not read for sure (confidence below 0.9): see the sentence")}}
}

// unexplainedJSON places a number that is not understood.
func unexplainedJSON(doc *document.Document, n normalize.Unexplained) numberJSON {
	out := numberJSON{Text: n.Text, Page: doc.PageAt(n.Start), Line: doc.Line(n.Start), Start: n.Start, End: n.End, Snippet: around(doc.Text, n.Start, n.End)}
	if n.Maybe != nil {
		out.Maybe, out.Confidence = n.Maybe.Indicator, n.Maybe.Confidence
	}
	return out
}

// listUnexplained tells people which numbers are not understood.
func (a *app) listUnexplained(list []numberJSON) {
	if len(list) == 0 {
		return
	}
	a.talk(a.say("%d số chưa hiểu:\n", "%d numbers not understood:\n"), len(list))
	for _, x := range list {
		maybe := ""
		if x.Maybe != "" {
			maybe = fmt.Sprintf(a.say(" (có thể là %s, độ tin cậy %s)", " (perhaps %s, confidence %s)"), a.label(x.Maybe), a.number(fmt.Sprintf("%.2f", x.Confidence)))
		}
		a.talk(a.say("  dòng %d: %s … %s%s\n", "  line %d: %s … %s%s\n"), x.Line, x.Text, x.Snippet, maybe)
	}
}
