// This file reads rows whose value is told in words: "Hồ sơ tiếp nhận | 214 hồ sơ (trực
// tuyến 180)".

package rules

import (
	"slices"
	"strings"
)

// toldIn returns the column of the only value of a row, if that is told in words and is
// the reporting unit's own in the report's own period. Else it is -1.
func (s *Set) toldIn(g *grid, r *gridRow, cells []cell, name cell, labels []bool) int {
	at := -1
	for c := range cells {
		col := g.column(c)
		if cells[c].text == "" || labels[c] || col.ordinal || col.unit || col.note {
			continue
		}
		if at >= 0 || numeric(cells[c]) {
			return -1
		}
		at = c
	}
	if at < 0 || g.byUnit || g.byField || name.text == "" || name.end >= cells[at].start ||
		!strings.ContainsAny(cells[at].text, "0123456789") && !hasPrefixAny(cells[at].text, "không", "chưa") {
		return -1
	}
	col := g.column(at)
	head := s.frameOf(&col)
	if col.change || head.v[s.well.span] != 0 || head.v[s.well.scope] != 0 {
		return -1
	}
	scale := moneyScale(r.unit, col.text, r.label, g.money)
	if scale != "" && scale != wholeDong && moneyScale(wordsOf(cells[at].text)...) == "" {
		return -1 // "1.450" of a table in millions would be read as so many đồng
	}
	return at
}

// wordsOf returns the text and its words, for units of money in them.
func wordsOf(text string) []string {
	return append(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;()", r) }), text)
}

// toldCell reads a value told in words as the sentence that the row's name begins. The
// cells between the two say nothing in it.
func (x *extraction) toldCell(p *passage, name, c cell, col column) {
	text := slices.Repeat([]byte{' '}, c.end-name.start)
	copy(text, name.text)
	text[name.end-name.start] = ':'
	copy(text[c.start-name.start:], c.text)
	st := &sentence{start: name.start, end: c.end, text: string(text)}
	x.set.annotate(st)
	items := x.set.items(st)
	x.last, x.hasLead, x.said = lastStatement{figure: -1}, false, nil
	before := len(x.result.Figures)
	x.sentence(p, st, items, true)
	addends(x.result.Figures[before:])
	for i := before; i < len(x.result.Figures); i++ {
		if f := &x.result.Figures[i]; f.Named.Kind == 0 && x.set.catalogue[f.Indicator].Period == "flow" {
			f.Named = col.about
		}
	}
}
