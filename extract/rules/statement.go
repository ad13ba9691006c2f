// This file reads the figures of one sentence: it fills the frame of each number, in the
// order that ARCHITECTURE tells.

package rules

import (
	"slices"
	"strings"

	"baocao/normalize/vntext"
)

// sentence reads the figures of one sentence.
func (x *extraction) sentence(p *passage, st *sentence, items []item, first bool) {
	s := x.set
	start, end := x.span(p, st.start, st.end)
	carried := x.last
	startsPart := s.startsWithPart(st)
	if first && s.startsByField(st) {
		carried.frame.v[s.well.act], carried.frame.v[s.well.time] = 0, 0
	}
	var about vntext.Period
	heads, label := s.heads(st), s.label(st, items)
	since := false // "từ 01/7/2025 đến nay" stands before
	for i := range items {
		it := &items[i]
		if it.class == ClassDate && it.tok.Kind == vntext.TokDate {
			since = since || s.sinceThen(st, it)
		}
		if it.class == ClassDate && it.tok.Kind == vntext.TokPeriod {
			about = aboutOf(it.tok, about)
		}
		if it.class != Unexplained {
			continue
		}
		if s.aside(st, items, i) {
			it.class, it.why = ClassOther, "of another period, to compare with"
			continue
		}
		if it.attached && it.host < i {
			h := &items[it.host]
			it.frame = h.frame
			if u, ok := s.slotIndex["unit"]; ok && it.tok.Scaled == "" {
				it.frame.v[u] = 0 // the share of an amount of money is none
			}
			x.emit(p, st, items, i, h.rule, start, end, about)
			x.shareRate(p, st, items, i, start, end, about)
			if len(it.figures) == 0 {
				if rule := x.closing(p, st, items, i); rule != nil {
					x.emit(p, st, items, i, rule, start, end, about)
				}
			}
			continue
		}
		if it.base && !it.baseOwn {
			h := &items[it.host]
			it.frame = h.frame
			if it.class, it.why = ClassOther, "base of the number before"; h.rule != nil {
				x.emit(p, st, items, i, h.rule, start, end, about)
			}
			continue
		}
		s.skipComparisons(items, i)
		if it.before = nil; carried.ok {
			it.before = &carried.frame
		}
		if it.label = label; label != nil {
			it.before = label
		}
		for k := i - 1; k >= 0; k-- {
			if items[k].counts && items[k].kind == itemNumber {
				it.before = &items[k].frame
				break
			}
		}
		if it.tok.Scaled != "" && it.nounEnd == 0 && !it.unknownNoun { // "3,34 tỷ", the "đồng" left out
			if u, ok := s.slotIndex["unit"]; ok {
				it.frame.v[u], it.frame.from[u] = int16(s.values[u]["money"]), fromNear
			}
		}
		if f := s.hotline(st, it); f != nil {
			it.before = f
		}
		x.findObject(p, st, items, i, carried, startsPart)
		s.fill(st, it, it.nearL, it.nearR, fromNear, false)
		local := it.frame.v[s.well.act] != 0 || it.frame.v[s.well.time] != 0
		if it.nearL > it.left {
			s.fillFar(st, it, it.left, it.nearL, local)
			if it.kind == itemZero && it.frame.from[s.well.span] == fromFar {
				it.frame.v[s.well.span] = 0 // "hơn so với quý I; ..., không có hồ sơ trễ hẹn"
			}
		}
		if x.tail(st, it) {
			s.fillTail(st, it)
		}
		s.qualityOfBase(st, items, i)
		s.lend(st, items, i)
		if s.broughtForward(st, items, i) || s.afterCarried(st, items, i) {
			act := "carry"
			if s.afterCarried(st, items, i) {
				act = "total"
			}
			it.frame.v[s.well.act], it.frame.from[s.well.act] = int16(s.values[s.well.act][act]), fromSibling
		}
		if s.restOfFields(st, it, &carried.frame) {
			it.frame.v[s.well.field], it.frame.from[s.well.field] = int16(s.values[s.well.field]["other"]), fromNear
			it.frame.v[s.well.act] = 0
		}
		s.remaining(st, items, i)
		if sum := s.summed(st, items, i); sum != nil {
			s.sumUp(items, it, sum)
		}
		s.sameField(st, items, i)
		s.againstOther(st, items, i)
		x.inherit(st, items, i, x.carriedFor(it, carried, startsPart), startsPart)
		if a, o := s.well.act, s.well.obj; it.base && it.baseOwn && it.frame.from[a] > fromFar && it.frame.v[o] == items[i-1].frame.v[o] {
			it.frame.v[a] = 0 // what was done with a part is not said of the whole
		}
		if s.sumOfLevels(items, i) {
			it.frame.v[s.well.ch], it.frame.from[s.well.ch] = int16(s.values[s.well.ch]["online"]), fromSibling
		}
		s.resolvedInTime(it)
		s.sameUnit(st, items, i)
		s.goesOn(st, items, i)
		if s.alsoTarget(st, items, i) {
			it.frame.v[s.well.span] = int16(s.well.spanTarget)
		}
		if it.atLeast && it.frame.v[s.well.span] == 0 {
			it.frame.v[s.well.span] = int16(s.well.spanTarget)
		}
		x.inheritHeads(items, i, heads)
		if sp := s.well.span; it.frame.v[sp] == int16(s.well.spanYTD) && it.frame.from[sp] >= fromParent && s.turnsToPeriod(st, it) {
			it.frame.v[sp] = 0
		}
		if since && it.frame.v[s.well.span] == 0 && it.parent < 0 {
			it.frame.v[s.well.span], it.frame.from[s.well.span] = int16(s.well.spanYTD), fromFar
			it.since = true
		}
		s.settleChange(it)
		if s.isPrice(st, it) {
			it.frame.v[s.well.obj] = int16(s.well.objUnknown)
		}
		if s.strangeNoun(st, it) {
			it.frame.v[s.well.obj] = int16(s.well.objUnknown)
		}
		rule := x.choose(p, st, it)
		if rule == nil && bareMoney(it) {
			rule = x.chooseMoney(p, st, it, dong)
		}
		if rule == nil {
			rule = x.closing(p, st, items, i)
		}
		x.emit(p, st, items, i, rule, start, end, about)
		if it.parent < 0 && rule != nil && it.kind == itemNumber {
			x.last = lastStatement{frame: it.frame, figure: lastFigure(it), ok: true}
		}
		x.noteTopic(p, it)
	}
	x.ranks(p, st, items, carried, start, end)
	x.patternRules(p, st, items, start, end)
	x.record(p, st, items)
	x.said = countsOf(items)
}

// isPrice reports whether an amount is the fee for one of something: "thu 1.000 đồng/trang".
func (s *Set) isPrice(st *sentence, it *item) bool {
	if !s.isMoney(&it.frame) || int(it.frame.v[s.well.act]) != s.values[s.well.act]["fee"] {
		return false
	}
	per, ok := strings.CutPrefix(st.text[max(it.end, it.nounEnd):], "/")
	return ok && per != "" && wordByte(per[0]) && !isDigit(per[0])
}

// turnsToPeriod reports whether the words before a number turn from the year so far back
// to the period: "từ đầu năm đến nay 12 văn bản, riêng tháng 7 không có", "lũy kế 4.215;
// riêng tháng 11 nhận 377, trả 369".
func (s *Set) turnsToPeriod(st *sentence, it *item) bool {
	period, ytd := -1, -1
	for _, h := range st.hits {
		if h.end > it.start {
			break
		}
		e := &s.lexicon[s.owner[h.pattern]]
		if e.role == rolePeriod {
			period = h.start
		}
		if slices.ContainsFunc(e.set, func(a assignment) bool { return a.slot == s.well.span && a.value == s.well.spanYTD }) {
			ytd = h.start
		}
	}
	return period > ytd
}

func lastFigure(it *item) int {
	if len(it.figures) == 0 {
		return -1
	}
	return it.figures[0]
}

// fillFar fills slots from the words farther away. What says which action or
// attribute is meant is taken from there only if the near words say nothing.
func (s *Set) fillFar(st *sentence, it *item, from, to int, local bool) {
	before := it.frame
	s.fill(st, it, from, to, fromFar, false)
	if !local {
		return
	}
	topic := it.frame.v[s.well.act] != 0 && before.v[s.well.time] != 0 && before.v[s.well.act] == 0 && s.topicFirst(st, from)
	for i, slot := range s.slots {
		if i == s.well.act && topic {
			continue
		}
		if before.v[i] == 0 && it.frame.v[i] != 0 && slot.inherit != inheritBlock && i != s.well.obj && !slot.free {
			it.frame.v[i], it.frame.from[i] = 0, fromNowhere
		}
	}
}

// topicFirst reports whether the stretch begins with what the statement is about:
// "Trong các hồ sơ đang giải quyết, còn hạn 44 hồ sơ, quá hạn 02".
func (s *Set) topicFirst(st *sentence, from int) bool {
	text := strings.TrimLeft(st.text[from:], " ")
	for _, h := range st.hits {
		if e := &s.lexicon[s.owner[h.pattern]]; e.noun && h.start >= from && h.start < from+24 {
			return hasPrefixAny(text, "trong số ", "trong các ", "trong những ", "trong tổng số ", "đối với ", "với ", "riêng ", "về ")
		}
	}
	return false
}

// lend takes a quality of the counted from the noun of the number beside it, where
// only fillers stand between: "27 người ở 09 thôn", "05 thôn có 15 người".
func (s *Set) lend(st *sentence, items []item, i int) {
	it := &items[i]
	if it.frame.v[s.well.attr] != 0 || it.frame.v[s.well.obj] == 0 || it.kind != itemNumber || it.nounEnd == 0 {
		return
	}
	before := it.frame
	for _, j := range []int{i + 1, i - 1} {
		if j < 0 || j >= len(items) || !items[j].counts || items[j].kind != itemNumber || items[j].nounEnd == 0 {
			continue
		}
		from, to := it.nounEnd, items[j].start
		if j < i {
			from, to = items[j].nounEnd, it.start
		}
		if from >= to || !s.onlyFiller(st, from, to) || slices.ContainsFunc(st.bounds, func(b bound) bool { return b.pos >= from && b.pos < to }) {
			continue
		}
		s.fill(st, it, items[j].end, items[j].nounEnd, fromFar, false)
		attr := it.frame.v[s.well.attr]
		it.frame = before
		if attr != 0 && s.suits(&before, s.well.attr, attr) {
			it.frame.v[s.well.attr], it.frame.from[s.well.attr] = attr, fromFar
			return
		}
	}
}

// fillTail lets the words behind the last boundary of a sentence add where or how
// ("..., văn bản chỉ đạo đăng trên Trang thông tin điện tử xã"), never what was done.
func (s *Set) fillTail(st *sentence, it *item) {
	before := it.frame
	s.fill(st, it, it.nearR, it.right, fromFar, false)
	for i := range s.slots {
		if i == s.well.act || i == s.well.time || i == s.well.field || i == s.well.span || i == s.well.scope {
			it.frame.v[i], it.frame.from[i] = before.v[i], before.from[i]
		}
	}
}

// startsWithPart reports whether the sentence begins with "Trong đó".
func (s *Set) startsWithPart(st *sentence) bool {
	for _, h := range st.hits {
		if s.lexicon[s.owner[h.pattern]].role == rolePart && h.start <= 2 {
			return true
		}
	}
	return false
}

// startsByField reports whether the sentence begins with how it divides what it counts:
// "Kết quả theo lĩnh vực: chứng thực 1.210, đất đai 580".
func (s *Set) startsByField(st *sentence) bool {
	colon := strings.IndexByte(st.text, ':')
	return colon > 0 && colon < 40 && strings.Contains(st.text[:colon], "lĩnh vực") && len(st.tokens) > 0 && st.tokens[0].Start > colon
}

// carriedFor gives what the number may inherit of the statement before. A field named
// afresh does not go on with what is still open or was sent back: "34 hồ sơ còn lại
// đang xử lý. Nhiều nhất là chứng thực 2.815 hồ sơ".
func (x *extraction) carriedFor(it *item, carried lastStatement, startsPart bool) lastStatement {
	s := x.set
	field := it.frame.v[s.well.field] != 0 && it.frame.from[s.well.field] == fromNear && carried.frame.v[s.well.field] == 0
	ch := it.frame.v[s.well.ch] != 0 && it.frame.from[s.well.ch] == fromNear && carried.frame.v[s.well.ch] == 0
	if startsPart || carried.lead || x.hasLead || !field && !ch {
		return carried
	}
	act := s.values[s.well.act]
	switch int(carried.frame.v[s.well.act]) {
	case act["in_process"], act["carry"], act["return"], act["withdraw"], act["pause"]:
		carried.frame.v[s.well.act] = 0
	}
	return carried
}

// tail reports whether the words after the first boundary behind the last
// number of a sentence may still speak about it.
func (x *extraction) tail(st *sentence, it *item) bool {
	return it.nearR < it.right && it.right == len(st.text) && it.kind == itemNumber && !it.unknownNoun
}

// aboutOf keeps the period that a sentence speaks about.
func aboutOf(t vntext.Token, before vntext.Period) vntext.Period {
	if t.Period.Year == 0 && t.Period.Kind != vntext.Month {
		return before
	}
	return t.Period
}
