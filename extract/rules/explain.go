// This file tells how each number of a text was read, and why.

package rules

import (
	"fmt"
	"strings"

	"baocao/extract/document"
)

// Explanation says how one number was read: the words taken into account, the
// meaning they gave, the rule that fitted or why each near miss did not.
type Explanation struct {
	Start, End int // the number, in the document's text
	Text       string
	Class      Class
	Why        string
	Words      string   // the stretch of the sentence that speaks about it
	Concepts   []string // what was recognised there: "tin, bài: obj=news"
	Frame      string   // "obj=dossier act=receive"
	Rule       string   // "" when none fitted
	Figures    []string // "dossiers.received = 239"
	Tried      []string // "dossiers-received: nothing says act"
}

type explanation struct {
	from, to int // in the document's text
	out      []Explanation
}

// Explain reads the document as Extract does and reports on every number of the
// text in [from, to).
func (s *Set) Explain(doc *document.Document, from, to int) []Explanation {
	x := newExtraction(s, doc)
	x.explain = &explanation{from: from, to: to}
	x.run()
	return x.explain.out
}

func (e *explanation) add(x *extraction, p *passage, st *sentence, items []item) {
	for i := range items {
		it := &items[i]
		a, b := x.span(p, st.start+it.tok.Start, st.start+it.tok.End)
		if b <= e.from || a >= e.to {
			continue
		}
		out := Explanation{Start: a, End: b, Text: x.doc.Text[a:b], Class: it.class, Why: it.why, Frame: x.set.describe(&it.frame), Tried: it.trace}
		if it.right > it.left && it.right <= len(st.text) {
			out.Words = strings.TrimSpace(st.text[it.left:it.right])
		}
		out.Concepts = x.set.concepts(st, it.left, it.right)
		if it.rule != nil {
			out.Rule = it.rule.ID
		}
		for _, f := range it.figures {
			fig := x.result.Figures[f]
			name := fig.Indicator
			if fig.Field != "" {
				name += "@" + fig.Field
			}
			if fig.Span != Period {
				name += "#" + string(fig.Span)
			}
			out.Figures = append(out.Figures, fmt.Sprintf("%s = %s", name, fig.Value))
		}
		e.out = append(e.out, out)
	}
}

// concepts lists the concepts found in a stretch of a sentence.
func (s *Set) concepts(st *sentence, from, to int) []string {
	var out []string
	for _, h := range st.hits {
		if h.start < from || h.end > to {
			continue
		}
		e := &s.lexicon[s.owner[h.pattern]]
		var parts []string
		for _, a := range e.set {
			parts = append(parts, s.slots[a.slot].name+"="+s.names[a.slot][a.value-1])
		}
		for name, r := range roleNames {
			if r == e.role && r != roleConcept {
				parts = append(parts, name)
			}
		}
		out = append(out, st.text[h.start:h.end]+": "+strings.Join(parts, " ")+" ("+e.id+")")
	}
	return out
}
