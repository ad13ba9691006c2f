// This file turns a number with its rule into figures.

package rules

import (
	"slices"
	"strconv"
	"strings"

	"baocao/extract/document"
	"baocao/normalize/vntext"
)

// shareRate gives a percentage that is said of several numbers ("số hóa thành phần
// 244/244 HS, số hóa kết quả 245/245 HS, đều đạt 100%") to the others too.
func (x *extraction) shareRate(p *passage, st *sentence, items []item, i int, start, end int, about vntext.Period) {
	it := &items[i]
	if it.tok.Kind != vntext.TokPercent || !strings.Contains(st.text[items[it.host].end:it.start], "đều") {
		return
	}
	frame, host := it.frame, items[it.host].rule
	for j := it.host - 1; j >= 0; j-- {
		if r := items[j].rule; r != nil && r != host && items[j].counts && len(r.Rate) > 0 && items[j].tok.Kind == vntext.TokFraction {
			it.frame = items[j].frame
			x.emit(p, st, items, i, r, start, end, about)
		}
	}
	it.frame = frame
}

// isRank tells "hạng 4" and "xếp thứ 9/34" from "lần thứ 3" and "khóa V".
func isRank(st *sentence, it *item) bool {
	if it.why == "rank" || strings.HasPrefix(st.text[it.start:], "hạng ") {
		return true
	}
	if it.tok.Kind == vntext.TokFraction {
		word := lastWord(strings.TrimRight(st.text[:it.start], " "))
		return word == "xếp" || word == "đứng" || word == "hạng"
	}
	if it.why != "ordinal" || !strings.HasPrefix(st.text[it.start:], "thứ ") {
		return false
	}
	switch lastWord(strings.TrimRight(st.text[:it.start], " ")) {
	case "xếp", "đứng", "trí", "hạng":
		return true
	}
	return false
}

// ranks reads places in a ranking ("xếp thứ 9/34 xã"), which are no counts, where
// a rule asks for them: the ranking is named in the sentence, or above.
func (x *extraction) ranks(p *passage, st *sentence, items []item, carried lastStatement, start, end int) {
	s := x.set
	for i := range items {
		it := &items[i]
		if it.kind != itemNumber || it.class == ClassFigure || !isRank(st, it) || it.tok.Malformed {
			continue
		}
		probe := *it
		probe.left, probe.nearL, probe.nearR, probe.right = 0, 0, len(st.text), len(st.text)
		s.fill(st, &probe, 0, it.start, fromNear, true)
		if probe.frame.v[s.well.obj] == 0 {
			s.fill(st, &probe, it.end, len(st.text), fromFar, true)
		}
		for _, f := range []frame{carried.frame, x.block} {
			if probe.frame.v[s.well.obj] == 0 {
				probe.frame.v[s.well.obj], probe.frame.from[s.well.obj] = f.v[s.well.obj], fromBlock
			}
		}
		s.fill(st, &probe, s.clauseStart(st, nil, it.start), it.start, fromNear, false)
		for _, r := range s.rules {
			if len(r.Rank) == 0 || s.meets(r, p, &probe.frame) != "" {
				continue
			}
			it.frame, it.rule = probe.frame, r
			x.emitRank(p, st, it, r, start, end)
			break
		}
	}
}

// sumsUp reports whether the words before a number call it the sum of those before it:
// "02 công văn, 01 thông báo (tổng 03 văn bản)".
func sumsUp(words string) bool {
	words = strings.TrimRight(words, " :")
	return strings.HasSuffix(words, "tổng") || strings.HasSuffix(words, "cộng") || strings.HasSuffix(words, "tất cả") || strings.HasSuffix(words, "tất thảy")
}

// unlikeArea reports whether the whole is said of a wider area and the part is not: "toàn
// huyện 18.442 hồ sơ, trong đó xã ta 1.536".
func (s *Set) unlikeArea(part, whole *item) bool {
	return int(whole.frame.v[s.well.scope]) == s.well.scopeWider && part.frame.v[s.well.scope] == 0
}

// isMoney reports whether the number is an amount of money.
func (s *Set) isMoney(f *frame) bool {
	i, ok := s.slotIndex["unit"]
	return ok && f.v[i] != 0 && f.v[i] == int16(s.values[i]["money"])
}

// emit turns a number with its rule into figures.
func (x *extraction) emit(p *passage, st *sentence, items []item, i int, rule *Rule, start, end int, about vntext.Period) {
	s := x.set
	it := &items[i]
	if it.frame.v[s.well.span] == int16(s.well.spanDelta) {
		it.class, it.why = ClassOther, "change against another period"
		return
	}
	compared := it.frame.v[s.well.scope] == int16(s.well.scopeWider) && it.depth > 0 // "98,7% (toàn tỉnh 86,5%)"
	if compared || it.frame.v[s.well.scope] == int16(s.well.scopeOther) {
		it.class, it.why = ClassOther, "count of another unit"
		return
	}
	if it.frame.v[s.well.scope] == int16(s.well.scopeEach) && it.frame.from[s.well.scope] == fromNear && !s.isMoney(&it.frame) && it.tok.Kind != vntext.TokPercent {
		it.class, it.why = ClassOther, "average, or count for each of several"
		return
	}
	if it.tok.Kind == vntext.TokRange {
		it.class, it.why = ClassOther, "range"
		return
	}
	if rule == nil || s.fits(rule, p, it) != "" {
		if it.attached {
			rule = x.choose(p, st, it)
			if rule != nil && it.tok.Kind == vntext.TokNumber && items[it.host].tok.Kind == vntext.TokPercent {
				it.rule = rule // "20% xuất sắc (4 người)": of the share no rule says anything
			}
		}
		if rule == nil || s.fits(rule, p, it) != "" {
			return
		}
	}
	if it.ditto && (items[it.parent].rule == rule || it.frame.from[s.well.time] != fromNear && !s.qualityOfAll(items, i)) {
		return // only against the deadline, or of a quality, does "đều" give a number of its own
	}
	if it.parent >= 0 && items[it.parent].rule == rule && !s.unlikeArea(it, &items[it.parent]) && !it.attached && it.kind == itemNumber && it.tok.Kind == vntext.TokNumber && items[it.parent].tok.Kind != vntext.TokPercent &&
		!sumsUp(st.text[it.left:it.start]) && it.frame.v[s.well.field] == items[it.parent].frame.v[s.well.field] && it.frame.v[s.well.span] == items[it.parent].frame.v[s.well.span] {
		if it.frame.from[s.well.act] != fromNear || len(rule.Count) != 1 || rule.Count[0] != "dossiers.received" {
			it.class, it.why = ClassOther, "part of the figure before"
			return
		}
		it.newOnly = true // perhaps "560 hồ sơ, trong đó tiếp nhận mới 536": the whole document tells
	}
	span := Period
	switch int(it.frame.v[s.well.span]) {
	case s.well.spanYTD:
		span = YTD
	case s.well.spanPrevious:
		if !rule.earlier {
			span = Previous
		}
	case s.well.spanTarget:
		if !rule.planned {
			span = Target
		}
	}
	if (p.section == SectionPlan || p.section == SectionProposals) && !rule.anywhere {
		if it.tok.Kind != vntext.TokPercent {
			it.class, it.why = ClassOther, "plan for the next period"
			return
		}
		span = Target
	}
	if it.kind == itemZero && !s.zeroAllowed(st, rule, it) {
		return
	}
	fv := int(it.frame.v[s.well.field])
	hasField := fv != 0 && fv != s.well.fieldTotal
	add := func(ids []string, value string, how string) {
		for k, id := range ids {
			if k > 0 && (it.kind == itemZero || it.byField || hasField && rule.Field != fieldNone && !strings.HasPrefix(id, "dossiers.")) {
				continue // the second name of a fact is known for totals only
			}
			ind := s.catalogue[id]
			if hasField && rule.Field != fieldNone && !ind.ByField && p.block.Kind != document.Row {
				it.class, it.why = ClassOther, "count of one field that the catalogue keeps no figure for"
				continue
			}
			span, fromYTD := span, false
			if span == YTD && (strings.HasPrefix(ind.Period, "cumulative") || ind.Period == "stock" || ind.Period == "annual") {
				span, fromYTD = Period, true // such an indicator counts from the start of the year anyway
			}
			f := Figure{Indicator: id, Span: span, Value: value, Unit: ind.Unit, Decimals: it.tok.Decimals, Rounding: it.tok.Rounding,
				Approx: it.tok.Approx != vntext.ApproxNone, Words: it.tok.Words, Rule: rule.ID, Parent: -1, Section: p.path,
				SentenceStart: start, SentenceEnd: end, Assessment: p.section == SectionAssessment, About: about.String()}
			f.InTable = p.block.Kind == document.Row
			if f.InTable && ind.Period == "flow" {
				f.Named = about // what the column or the row is called
			}
			if ind.Period == "flow" && it.kind == itemNumber && !f.InTable && it.change == changeNone { // what was open is open at the edge of two periods
				f.Named = s.namedPeriod(st, items, i)
			}
			f.Wider = it.frame.v[s.well.scope] == int16(s.well.scopeWider)
			f.newOnly, f.bare, f.fromYTD = it.newOnly, it.frame.v[s.well.act] == 0, fromYTD
			f.since = it.since || it.parent >= 0 && items[it.parent].since || it.attached && items[it.host].since
			if hasField && rule.Field != fieldNone {
				f.Field = s.names[s.well.field][fv-1]
			}
			f.Start, f.End = x.span(p, st.start+it.tok.Start, st.start+it.tok.End)
			f.Doubts = x.doubts(p, st, it, rule, how)
			if it.parent >= 0 && len(items[it.parent].figures) > 0 {
				f.Parent = items[it.parent].figures[0]
			}
			it.figures = append(it.figures, len(x.result.Figures))
			x.result.Figures = append(x.result.Figures, f)
		}
	}
	switch {
	case rule.denOnly && !it.base && i+1 < len(items) && items[i+1].base && !items[i+1].baseOwn:
		it.class, it.why = ClassOther, "some of those counted"
	case it.tok.Kind == vntext.TokPercent && rule.noShare && s.isShare(st, items, i):
		it.class, it.why = ClassOther, "share of a whole"
	case it.tok.Kind == vntext.TokPercent && s.oneAnswer(items, i):
		it.class, it.why = ClassOther, "share of one answer"
	case it.tok.Kind == vntext.TokPercent:
		add(rule.Rate, it.tok.Value, "rate")
	case s.isMoney(&it.frame) && it.base && !it.baseOwn:
		if len(rule.Den) > 0 {
			add(rule.Den[:1], it.tok.Value, "denominator")
		}
	case s.isMoney(&it.frame):
		add(rule.Money, it.tok.Value, "money")
	case len(rule.Num) > 0 && !it.base && (i+1 < len(items) && items[i+1].base || it.attached && it.tok.Kind == vntext.TokNumber):
		add(rule.Num, it.tok.Value, "numerator")
	case it.tok.Kind == vntext.TokFraction:
		num := rule.Num
		if num == nil {
			num = rule.Count
		}
		if rule.largerBase && largerFirst(it.tok) {
			it.tok.Value, it.tok.Den = it.tok.Den, it.tok.Value // "biên chế 72/70": of 72, 70 are there
		}
		if x.swapped && hasField && resolvedOfReceived(rule) {
			it.tok.Value, it.tok.Den = it.tok.Den, it.tok.Value
		}
		if !rule.denOnly {
			add(num, it.tok.Value, "numerator")
		}
		if len(rule.Den) > 0 {
			add(rule.Den[:1], it.tok.Den, "denominator")
		}
	case it.base && !it.baseOwn:
		if len(rule.Den) > 0 {
			add(rule.Den[:1], it.tok.Value, "denominator")
		}
	default:
		add(rule.Count, it.tok.Value, "count")
	}
	if len(it.figures) > 0 {
		it.class, it.why = ClassFigure, rule.ID
	}
}

// oneAnswer reports whether a percentage is the share of those who were satisfied beside
// the share of those who were very satisfied.
func (s *Set) oneAnswer(items []item, i int) bool {
	attr := s.well.attr
	answers := s.values[attr]
	if int(items[i].frame.v[attr]) != answers["satisfied"] {
		return false
	}
	return slices.ContainsFunc(items, func(o item) bool {
		return o.tok.Kind == vntext.TokPercent && int(o.frame.v[attr]) == answers["very_satisfied"]
	})
}

// qualityOfAll reports whether a ditto gives a quality to all that were counted, and not
// to those of another quality: "08 công chức nữ đều là đảng viên" are not all members.
func (s *Set) qualityOfAll(items []item, i int) bool {
	attr := s.well.attr
	whole := items[items[i].parent].frame.v[attr]
	return items[i].quality && items[i].frame.from[attr] == fromNear && (whole == 0 || int(whole) == s.values[attr]["all"])
}

// onlyFiller reports whether nothing but space and filler words stands in the stretch.
func (s *Set) onlyFiller(st *sentence, from, to int) bool {
	for _, h := range st.hits {
		if h.start <= from+1 && h.end > from && h.end <= to && s.lexicon[s.owner[h.pattern]].role == roleFiller {
			from = h.end
		}
	}
	return to-from <= 2
}

// resolvedOfReceived reports whether the rule reads a fraction as the dossiers resolved
// of those received.
func resolvedOfReceived(r *Rule) bool {
	num := r.Num
	if num == nil {
		num = r.Count
	}
	return len(num) > 0 && num[0] == "dossiers.resolved" && len(r.Den) > 0 && r.Den[0] == "dossiers.received"
}

// largerFirst reports whether a fraction's first number is the larger one.
func largerFirst(t vntext.Token) bool {
	a, errA := strconv.Atoi(t.Value)
	b, errB := strconv.Atoi(t.Den)
	return errA == nil && errB == nil && a > b
}

// isShare reports whether a percentage says what part of a whole something makes
// up ("chiếm 41%"), in its own words or, in a list, in those of one before.
func (s *Set) isShare(st *sentence, items []item, i int) bool {
	for ; i >= 0; i-- {
		if items[i].tok.Kind != vntext.TokPercent {
			continue
		}
		before := strings.TrimSuffix(strings.TrimRight(st.text[:items[i].start], " "), " tỉ lệ")
		if lastWord(before) == "chiếm" {
			return true
		}
	}
	return false
}

// zeroAllowed keeps "không có ..." from becoming a figure unless the words say
// what there is none of: an action or attribute, or a rule that allows it.
func (s *Set) zeroAllowed(st *sentence, r *Rule, it *item) bool {
	says := it.post && s.hasContent(st, it.nearL, it.start) // what there is none of follows at once, or stands before
	for _, h := range st.hits {
		e := &s.lexicon[s.owner[h.pattern]]
		if h.start >= it.end && s.onlyFiller(st, it.end, h.start) && (e.noun || len(e.set) > 0) || h.start == it.start && h.end == it.end && len(e.set) > 0 {
			says = true
		}
	}
	if !says {
		return false
	}
	if r.Zero != zeroMay && (it.frame.from[s.well.obj] == fromNear || it.frame.from[s.well.act] == fromNear || it.frame.from[s.well.time] == fromNear) {
		return true
	}
	for i := range s.slots {
		if i != s.well.obj && it.frame.v[i] != 0 && !s.slots[i].free && i != s.well.field && it.frame.from[i] == fromNear {
			return true
		}
	}
	return false
}

// patternRules lets the rules written as plain expressions read numbers that no
// frame explained, and correct those a frame read.
func (x *extraction) patternRules(p *passage, st *sentence, items []item, start, end int) {
	for _, r := range x.set.rules {
		if r.pattern == nil {
			continue
		}
		for _, m := range r.pattern.FindAllStringSubmatchIndex(st.text, -1) {
			g := r.pattern.SubexpIndex("value")
			for i := range items {
				it := &items[i]
				if it.start != m[2*g] || it.class != Unexplained || !wordEdges(st.text, m[0], m[1]) {
					continue
				}
				x.emitPattern(p, st, it, r, start, end)
			}
		}
	}
}

func (x *extraction) emitPattern(p *passage, st *sentence, it *item, r *Rule, start, end int) {
	ids := r.Count
	if it.tok.Kind == vntext.TokPercent {
		ids = r.Rate
	} else if len(ids) == 0 {
		ids = r.Money
	}
	x.emitPlain(p, st, it, r, ids, start, end)
}

// emitRank turns a place in a ranking into a figure.
func (x *extraction) emitRank(p *passage, st *sentence, it *item, r *Rule, start, end int) {
	x.emitPlain(p, st, it, r, r.Rank, start, end)
}

// emitPlain gives the number to each of the indicators as the period's figure.
func (x *extraction) emitPlain(p *passage, st *sentence, it *item, r *Rule, ids []string, start, end int) {
	for _, id := range ids {
		f := Figure{Indicator: id, Span: Period, Value: it.tok.Value, Unit: x.set.catalogue[id].Unit, Decimals: it.tok.Decimals,
			Rounding: it.tok.Rounding, Approx: it.tok.Approx != vntext.ApproxNone, Words: it.tok.Words, Rule: r.ID, Parent: -1, Section: p.path,
			SentenceStart: start, SentenceEnd: end, Assessment: p.section == SectionAssessment, Doubts: DoubtPattern}
		f.Start, f.End = x.span(p, st.start+it.tok.Start, st.start+it.tok.End)
		it.figures = append(it.figures, len(x.result.Figures))
		x.result.Figures = append(x.result.Figures, f)
		it.class, it.why = ClassFigure, r.ID
	}
}

// namedPeriod gives the period that the clause of number i names before it, with
// no other number between: "tháng 9 là 08 hồ sơ". A year that a sentence begins with is
// that of all its numbers: "Năm 2022 kiểm tra 4 cuộc, phát hiện 9 vấn đề".
func (s *Set) namedPeriod(st *sentence, items []item, i int) vntext.Period {
	away := false
	for k := i - 1; k >= 0; k-- {
		it := &items[k]
		away = away || it.start < items[i].left || it.counts && it.kind == itemNumber
		if it.class != ClassDate || it.tok.Kind != vntext.TokPeriod {
			continue
		}
		if s.touches(st, it.start, func(e *entry) bool { return e.role == roleWas }) {
			return vntext.Period{} // "ban hành từ năm 2016 đến nay" says since when
		}
		begins := len(strings.TrimSpace(st.text[:it.start])) <= len("trong")
		if away && !(begins && it.tok.Period.Kind == vntext.Year && !strings.Contains(st.text[:items[i].start], ";")) {
			return vntext.Period{}
		}
		return it.tok.Period
	}
	return vntext.Period{}
}
