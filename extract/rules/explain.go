// This file tells how each number of a text was read, and why.

package rules

import (
	"cmp"
	"slices"
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
	Words      string // the stretch of the sentence that speaks about it, folded
	Concepts   []Recognised
	Frame      string // "obj=dossier act=receive"
	Rule       string // "" when none fitted
	Figures    []Figure
	Near       []Miss // the rules that would fit with a word more or less, nearest first
}

// Recognised is a phrase that a concept knows.
type Recognised struct {
	Phrase string // folded
	Means  string // "act=receive", "filler"
	At     string // file and line that define it: "vi/20-dossiers.yaml:71"
}

// Miss is a rule that did not fit, and why. Without Missing, Extra and Other what
// does not fit is the number itself (Form).
type Miss struct {
	Rule    string
	Missing []string // slots of which nothing is said
	Extra   []string // what is said and must not be: "ch=online"
	Other   []string // what is said otherwise than the rule wants: "act=resolve"
	Form    string   // "gives no percentage"
}

// maxNear is how many near misses are told, and mostOff how much may not fit.
const (
	maxNear = 6
	mostOff = 2
)

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
	out := x.explain.out
	for i := range out {
		for _, f := range x.result.Figures {
			if f.Start == out[i].Start && f.End == out[i].End {
				out[i].Figures = append(out[i].Figures, f)
			}
		}
	}
	return out
}

func (e *explanation) add(x *extraction, p *passage, st *sentence, items []item) {
	for i := range items {
		it := &items[i]
		a, b := x.span(p, st.start+it.tok.Start, st.start+it.tok.End)
		if b <= e.from || a >= e.to {
			continue
		}
		out := Explanation{Start: a, End: b, Text: x.doc.Text[a:b], Class: it.class, Why: it.why, Frame: x.set.describe(&it.frame)}
		if it.class == Unexplained || it.class == ClassFigure || it.frame != (frame{}) {
			if it.right > it.left && it.right <= len(st.text) {
				out.Words = strings.TrimSpace(st.text[it.left:it.right])
			}
			out.Concepts = x.set.concepts(st, it.left, it.right)
		}
		if it.rule != nil {
			out.Rule = it.rule.ID
		}
		if it.class == Unexplained {
			out.Near = x.set.nearMisses(p, it)
		}
		e.out = append(e.out, out)
	}
}

// concepts lists the concepts found in a stretch of a sentence.
func (s *Set) concepts(st *sentence, from, to int) []Recognised {
	var out []Recognised
	for _, h := range st.hits {
		if h.start < from || h.end > to {
			continue
		}
		e := &s.lexicon[s.owner[h.pattern]]
		var parts []string
		for _, a := range e.set {
			parts = append(parts, s.valueName(a.slot, a.value))
		}
		for name, r := range roleNames {
			if r == e.role && r != roleConcept {
				parts = append(parts, name)
			}
		}
		out = append(out, Recognised{st.text[h.start:h.end], strings.Join(parts, " "), e.id})
	}
	return out
}

// valueName gives "act=receive".
func (s *Set) valueName(slot, value int) string {
	return s.slots[slot].name + "=" + s.names[slot][value-1]
}

// nearMisses compares the frame of a number with every rule for its object.
func (s *Set) nearMisses(p *passage, it *item) []Miss {
	type scored struct {
		Miss
		off int
	}
	var list []scored
	for _, r := range s.rules {
		if r.pattern != nil || it.frame.v[s.well.obj] == 0 {
			continue
		}
		m, ok := s.compare(r, p, it)
		if off := len(m.Missing) + len(m.Extra) + len(m.Other); ok && off <= mostOff {
			list = append(list, scored{m, off})
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(a.off, b.off) })
	var out []Miss
	for _, m := range list[:min(maxNear, len(list))] {
		out = append(out, m.Miss)
	}
	return out
}

// compare lists what keeps a rule off; ok is false where it is about another
// object.
func (s *Set) compare(r *Rule, p *passage, it *item) (m Miss, ok bool) {
	m.Rule = r.ID
	var named [maxSlots]bool
	for _, c := range r.when {
		named[c.slot] = true
		v := int(it.frame.v[c.slot])
		switch fits := v == 0 && c.none || v != 0 && slices.Contains(c.values, v); {
		case fits:
		case c.slot == s.well.obj:
			return m, false
		case v == 0:
			m.Missing = append(m.Missing, s.slots[c.slot].name)
		default:
			m.Other = append(m.Other, s.valueName(c.slot, v))
		}
	}
	for i := range s.slots {
		if v := int(it.frame.v[i]); v != 0 && !named[i] && !r.ignore[i] && i != s.well.field {
			m.Extra = append(m.Extra, s.valueName(i, v))
		}
	}
	if len(m.Missing)+len(m.Extra)+len(m.Other) == 0 {
		m.Form = s.fits(r, p, it)
	}
	return m, true
}
