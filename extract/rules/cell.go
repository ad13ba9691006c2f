// This file reads one cell of a table: its frame comes from its column, its row label and
// the title above.

package rules

import (
	"slices"
	"strings"

	"baocao/normalize/vntext"
)

// labelCell accounts for the numbers of a label or ordinal cell.
func (x *extraction) labelCell(p *passage, c cell, ordinal bool) {
	if ordinal {
		x.structure(p, c.start, c.end, "row number")
		return
	}
	x.textCell(p, c, true)
}

// textCell reads a cell of words: its numbers are dates, references, labels or
// counts told in words, as in a sentence of its own.
func (x *extraction) textCell(p *passage, c cell, label bool) {
	st := &sentence{start: c.start, end: c.end, text: c.text}
	x.set.annotate(st)
	items := x.set.items(st)
	for i := range items {
		if label && items[i].class == Unexplained && items[i].kind == itemNumber {
			items[i].class, items[i].why = ClassLabel, "number inside a row's label"
		}
	}
	x.record(p, st, items)
}

// valueCell reads the value in column n of a row. It returns what the cell counts, if
// that gave a figure.
func (x *extraction) valueCell(g *grid, r *gridRow, c cell, n int) (counted int16) {
	s, p, col := x.set, r.passage, g.column(n)
	text := c.text
	if (isShare(r.unit) || col.percent || r.unit == "" && namesShare(r.label)) && !strings.ContainsAny(text, "%/") {
		text += "%"
	}
	st := &sentence{start: c.start, end: c.end, text: text}
	s.annotate(st)
	items := s.items(st)
	for i := range items {
		it := &items[i]
		if it.kind == itemZero || it.class != Unexplained {
			continue
		}
		if it.tok.End > len(c.text) {
			it.tok.End = len(c.text)
		}
		it.unknownNoun = false
		it.parent = -1
		if i > 0 {
			it.host = 0
		}
		it.frame = frame{}
		x.cellFrame(it, st, r, col.parts, &g.caption, p.section)
		if f := &it.frame; (r.settled || col.settled) && f.v[s.well.act] == 0 && int(f.v[s.well.time]) == s.values[s.well.time]["late"] {
			f.v[s.well.act], f.from[s.well.act] = int16(s.values[s.well.act]["resolve"]), fromParent
		}
		s.acrossChannels(g, r, it, n)
		it.byField = g.byField
		if r.total {
			it.frame.v[s.well.field] = 0
		}
		if g.byUnit && !r.total {
			it.frame.v[s.well.scope] = int16(s.well.scopeOther)
		}
		if col.note {
			it.class, it.why = ClassOther, "remark"
			continue
		}
		if strings.Contains(r.unit, "=") {
			it.class, it.why = ClassLabel, "code of an answer" // "Trực tuyến = 0, Phát phiếu = 1"
			continue
		}
		if col.change {
			it.class, it.why = ClassOther, "change against another period"
			continue
		}
		s.moneyUnit(it, r.unit, col.text, r.label)
		start, end := x.span(p, 0, len(p.fold.Text))
		switch {
		case x.fieldUnknown(it, g.columns, r):
			it.class, it.why = ClassOther, "row of a field that the catalogue does not know"
		case len(r.labels) > 0 && !s.cross(it, r.labels[:1], col.parts):
			it.class, it.why = ClassOther, "of the row's only those that the column names"
		default:
			rule := x.choose(p, st, it)
			if rule == nil && g.money != "" {
				rule = x.chooseMoney(p, st, it, g.money)
			}
			if rule != nil && (col.share && len(rule.Count) == 0 || rule.ignore[s.well.attr] && s.saidIn(col.parts, it, s.well.attr) != 0) {
				rule = nil
			}
			about := col.about
			if about.Kind == 0 {
				about = r.about
			}
			x.emit(p, st, items, i, rule, start, end, about)
			if len(it.figures) > 0 {
				counted = it.frame.v[s.well.obj]
			}
		}
		if it.tok.Kind == vntext.TokNumber {
			a, b := x.span(p, st.start+it.tok.Start, st.start+it.tok.End)
			note := Number{Start: a, End: b, Text: x.doc.Text[a:b], Class: it.class, Why: it.why}
			var f Figure
			if len(it.figures) > 0 {
				f = x.result.Figures[it.figures[0]]
			}
			if r.total {
				g.total(n, col.text, note, it.tok.Value, f)
			} else {
				g.addend(n, col.text, note, it.tok.Value)
			}
		}
	}
	x.record(p, st, items)
	return counted
}

// acrossChannels reads the total below rows that tell dossiers apart by how they came
// ("Trực tuyến | 265", "Trực tiếp | 31", "Cộng | 296") as those received, and the total of
// the levels of the online service as those that came online.
func (s *Set) acrossChannels(g *grid, r *gridRow, it *item, n int) {
	f, ch := &it.frame, s.values[s.well.ch]
	switch {
	case int(f.v[s.well.obj]) != s.values[s.well.obj]["dossier"] || it.tok.Kind == vntext.TokPercent:
	case !r.total && f.v[s.well.ch] != 0:
		g.channels[n] = append(g.channels[n], int(f.v[s.well.ch]))
	case !r.total:
		delete(g.channels, n)
	case len(g.channels[n]) > 1 && f.v[s.well.act] == 0 && f.v[s.well.time] == 0 && f.v[s.well.ch] == 0:
		f.v[s.well.act], f.from[s.well.act] = int16(s.values[s.well.act]["receive"]), fromParent
		if !slices.ContainsFunc(g.channels[n], func(v int) bool { return v != ch["online_full"] && v != ch["online_partial"] }) {
			f.v[s.well.ch], f.from[s.well.ch] = int16(ch["online"]), fromParent
		}
	}
}

// fieldUnknown tells a row of a table by fields whose name no alias knows: its
// counts must not be taken for the unit's totals.
func (x *extraction) fieldUnknown(it *item, columns []column, r *gridRow) bool {
	if r.total || !namesFields(columns) {
		return false
	}
	return it.frame.v[x.set.well.field] == 0 || x.set.saidIn(r.labels[:min(1, len(r.labels))], it, x.set.well.field) == 0
}

// cellFrame joins what the cell, the row's label and the labels above it, the
// column's headers and the caption say. The object is settled first; the period
// is the column's business before the row's.
func (x *extraction) cellFrame(it *item, st *sentence, r *gridRow, headers []*sentence, caption *frame, section Section) {
	s := x.set
	f, labels := &it.frame, r.labels
	var own, above []*sentence
	if len(labels) > 0 {
		own, above = labels[:1], labels[1:]
	}
	sources := [][]*sentence{{st}, own, headers, above}
	for _, obj := range []bool{true, false} {
		for k, list := range sources {
			how := fromNear
			if k == 3 {
				how = fromParent
			}
			for _, src := range list {
				before := *f
				s.fillAll(src, f, how, obj)
				if !obj && k == 1 && len(headers) > 0 {
					// let the headers speak first about the period
					f.v[s.well.span], f.from[s.well.span] = before.v[s.well.span], before.from[s.well.span]
				}
			}
		}
		if !obj {
			for _, src := range own {
				s.fillAll(src, f, fromNear, false)
			}
		}
		if v := s.kinOf(r, f.v[s.well.obj]); obj && v != 0 {
			f.v[s.well.obj], f.from[s.well.obj] = v, fromBlock
		}
		if obj && f.v[s.well.obj] == 0 {
			f.v[s.well.obj], f.from[s.well.obj] = s.rowObject(r, own, sources, caption.v[s.well.obj]), fromBlock
		} else if v := caption.v[s.well.obj]; obj && s.refines(f.v[s.well.obj], v) {
			f.v[s.well.obj] = v
		}
	}
	for i, slot := range s.slots {
		if f.v[i] == 0 && caption.v[i] != 0 && slot.inherit == inheritBlock {
			f.v[i], f.from[i] = caption.v[i], fromBlock
		}
	}
}

// kinOf returns what a row counts that only says what was done, of the same unit of
// measure as the row before: "Nhiệm vụ được giao | nhiệm vụ | 18", "Hoàn thành đúng
// hạn | nhiệm vụ | 15". Found is what its own words name. 0 if they name something
// else, or say nothing.
func (s *Set) kinOf(r *gridRow, found int16) int16 {
	if r.kin == 0 || len(r.labels) == 0 || found != 0 && !s.refines(found, r.kin) {
		return 0
	}
	said := false
	for _, h := range r.labels[0].hits {
		e := &s.lexicon[s.owner[h.pattern]]
		for _, a := range e.set {
			if a.slot == s.well.act || a.slot == s.well.time || a.slot == s.well.attr {
				said = said || s.saidOf(e, r.kin)
			}
		}
	}
	if !said {
		return 0
	}
	return r.kin
}

// rowObject returns what a cell counts that nothing in its row or column names: what
// the unit of measure names, or what the row before counts if its own words are said
// of that ("Số hồ sơ giải quyết", then "Tỷ lệ đúng hạn"), else cellObject.
func (s *Set) rowObject(r *gridRow, own []*sentence, sources [][]*sentence, caption int16) int16 {
	if r.counts != 0 {
		return r.counts
	}
	said, barred := false, false
	for _, st := range own {
		for _, h := range st.hits {
			if e := &s.lexicon[s.owner[h.pattern]]; r.before != 0 && len(e.set) > 0 && len(e.only) > 0 {
				if s.saidOf(e, r.before) {
					said = true
				} else {
					barred = true
				}
			}
		}
	}
	if said && !barred {
		return r.before
	}
	v := s.cellObject(sources, caption, r.passage.section)
	if v == 0 && r.total {
		return r.before // the sum of what the rows before count
	}
	if v == 0 {
		v = s.cellObject(sources, 0, SectionAppendix)
	}
	return v
}

// tableObject returns what the cells of a table count by its caption, unless the
// heads of its columns ("trực tuyến", "quá hạn") can only be said of the object
// that goes without saying: then all of them do.
func (s *Set) tableObject(columns []column, caption int16, section Section) int16 {
	if caption == 0 {
		return 0
	}
	if slices.ContainsFunc(columns, func(c column) bool { return s.frameOf(&c).v[s.well.obj] == caption }) {
		return caption
	}
	for _, c := range columns {
		named := frame{}
		for _, part := range c.parts {
			s.fillAll(part, &named, fromNear, true)
		}
		if named.v[s.well.obj] != 0 || c.ordinal || c.label || c.unit || c.note {
			continue
		}
		if v := s.cellObject([][]*sentence{c.parts}, caption, section); v != caption {
			return v
		}
	}
	return caption
}

// paysFor reports whether a cell tells of what was paid for dossiers.
func (s *Set) paysFor(said *frame) bool {
	v, act := int(said.v[s.well.act]), s.values[s.well.act]
	return v == act["pay"] || v == act["pay_due"] || v == act["fee"]
}

// saysOf reports whether a phrase, or another at its place, can be said of the object.
func (s *Set) saysOf(src *sentence, phrase hit, obj int16) bool {
	bound := false
	for _, h := range slices.Concat(src.hits, src.inner) {
		e := &s.lexicon[s.owner[h.pattern]]
		if h.start < phrase.start || h.end > phrase.end || len(e.set) == 0 || len(e.only) == 0 {
			continue
		}
		if s.saidOf(e, obj) {
			return true
		}
		bound = bound || h == phrase
	}
	return !bound
}

// cellObject returns what a cell counts that nothing in its row or column names:
// the caption's object, unless what row and column say ("quá hạn", "trực tuyến")
// cannot be said of that but of the object that goes without saying.
func (s *Set) cellObject(sources [][]*sentence, caption int16, section Section) int16 {
	said := frame{}
	fits := true
	for _, list := range sources {
		for _, src := range list {
			s.fillAll(src, &said, fromNear, false)
			for _, h := range src.hits {
				if caption != 0 && !s.saysOf(src, h, caption) {
					fits = false
				}
			}
		}
	}
	if caption != 0 && fits {
		return caption
	}
	if v := s.impliedBy(&said, section, 0); v != 0 {
		return int16(v)
	}
	if s.paysFor(&said) {
		return int16(s.values[s.well.obj]["dossier"]) // "Thanh toán trực tuyến" below the heading of procedures
	}
	return caption
}

// chooseMoney chooses the rule of a number that is an amount in the unit, nil where it
// has none as one either.
func (x *extraction) chooseMoney(p *passage, st *sentence, it *item, unit string) *Rule {
	before := *it
	x.set.moneyUnit(it, unit)
	rule := x.choose(p, st, it)
	if rule == nil {
		*it = before
	}
	return rule
}

// moneyUnit scales an amount that the unit column, the header or the row's label gives in
// thousands or millions of đồng.
func (s *Set) moneyUnit(it *item, units ...string) {
	i, ok := s.slotIndex["unit"]
	scale := moneyScale(units...)
	if !ok || scale == "" {
		return
	}
	it.frame.v[i] = int16(s.values[i]["money"])
	if scale == wholeDong || it.tok.Scaled != "" {
		return
	}
	it.tok.Value = shiftDecimal(it.tok.Value, len(scale))
	if it.tok.Rounding < 1 {
		it.tok.Rounding = 1
	}
	for k := 0; k < len(scale)-it.tok.Decimals; k++ {
		it.tok.Rounding *= 10
	}
}

// wholeDong is the scale of amounts in đồng, to which nothing is added.
const wholeDong = "x"

// moneyScale returns the zeros that the first unit of money among the texts adds to an
// amount, wholeDong for none of them, and "" where no unit of money is named.
func moneyScale(units ...string) string {
	for _, t := range units {
		switch {
		case strings.Contains(t, "tỉ đồng"):
			return "000000000"
		case strings.Contains(t, "triệu đồng") || t == "triệu" || t == "tr.đồng" || t == "trđ":
			return "000000"
		case strings.Contains(t, "nghìn đồng") || strings.Contains(t, "ngàn đồng") || strings.Contains(t, "1.000 đồng") || strings.Contains(t, "1000 đồng") || strings.Contains(t, "1.000đ"):
			return "000"
		case t == "đồng" || strings.HasSuffix(t, "(đồng)") || t == "vnđ" || t == "vnd":
			return wholeDong
		}
	}
	return ""
}

// shiftDecimal multiplies a plain decimal by ten to the n.
func shiftDecimal(v string, n int) string {
	whole, frac, _ := strings.Cut(v, ".")
	for len(frac) < n {
		frac += "0"
	}
	out := strings.TrimLeft(whole+frac[:n], "0")
	if out == "" {
		out = "0"
	}
	if rest := strings.TrimRight(frac[n:], "0"); rest != "" {
		out += "." + rest
	}
	return out
}
