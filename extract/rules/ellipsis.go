// This file holds what a number leaves unsaid because the words around it say it once for
// several: sums, what was carried over, periods and units that are only compared with.

package rules

import (
	"strconv"
	"strings"

	"baocao/normalize/vntext"
)

// aside reports whether a number in brackets belongs to another period that the bracket
// names first: "98,24% (năm 2021 tỷ lệ này là 97,3%)", "1.948 hồ sơ (9 tháng năm 2019:
// 1.702 hồ sơ)".
func (s *Set) aside(st *sentence, items []item, i int) bool {
	if items[i].depth == 0 {
		return false
	}
	from := -1
	for _, b := range st.bounds {
		if b.pos >= items[i].start {
			break
		}
		if b.kind == '(' || from >= 0 && b.kind == ';' {
			from = b.end
		}
	}
	if from < 0 {
		return false
	}
	text := strings.TrimLeft(st.text[from:items[i].start], " ")
	for j := range items {
		it := &items[j]
		if it.class != ClassDate || it.tok.Kind != vntext.TokPeriod || it.start != items[i].start-len(text) || it.end > items[i].start {
			continue
		}
		// "(tháng 10 nhận 12 hồ sơ)" tells of what is counted; "(quý III đạt 71,3%)" compares
		return items[i].tok.Kind == vntext.TokPercent || !s.hasContent(st, it.end, items[i].start)
	}
	return false
}

// sumOfLevels reports whether a number adds up the two before it, which are the levels
// of the online service: "mức độ 3: 19, mức độ 4: 6, cộng 25 hồ sơ".
func (s *Set) sumOfLevels(items []item, i int) bool {
	share := items[i].tok.Kind == vntext.TokPercent && !items[i].attached
	if i < 2 || items[i].kind != itemNumber || items[i].tok.Kind != vntext.TokNumber && !share {
		return false
	}
	sum, found := 0, 0
	ch := s.values[s.well.ch]
	for j := i - 1; j >= 0 && found < 2; j-- {
		if !items[j].counts || items[j].tok.Kind != vntext.TokNumber || share && items[j].attached {
			continue
		}
		v := int(items[j].frame.v[s.well.ch])
		n, err := strconv.Atoi(items[j].tok.Value)
		if err != nil || v != ch["online_full"] && v != ch["online_partial"] {
			return false
		}
		sum += n
		found++
	}
	if share { // "mức độ 3: 47; mức độ 4: 71; chiếm tỷ lệ 7,01%"
		return found == 2
	}
	n, err := strconv.Atoi(items[i].tok.Value)
	return err == nil && found == 2 && n == sum
}

// afterCarried reports whether a number is the sum that a carried-over one is added
// to: "cộng với 31 hồ sơ cũ là 1.979 hồ sơ".
func (s *Set) afterCarried(st *sentence, items []item, i int) bool {
	it := &items[i]
	if i == 0 || !items[i-1].counts || int(items[i-1].frame.v[s.well.act]) != s.values[s.well.act]["carry"] {
		return false
	}
	gap := strings.TrimRight(st.text[items[i-1].end:it.start], " ")
	for _, word := range []string{" là", " thành", " bằng", " được"} {
		if strings.HasSuffix(gap, word) && !strings.ContainsAny(gap, ",;:.") {
			return strings.Contains(st.text[:items[i-1].start], "cộng") || strings.Contains(st.text[:items[i-1].start], "cùng") || strings.Contains(st.text[:items[i-1].start], "thêm")
		}
	}
	return false
}

// broughtForward reports whether "kỳ trước 04" gives what was carried over and not what
// the period before was like: what came in new follows ("kỳ trước 04, nhận 61"), or
// came before and is many times as much ("tiếp nhận 1.006, kỳ trước 09").
func (s *Set) broughtForward(st *sentence, items []item, i int) bool {
	it := &items[i]
	open := int(it.frame.v[s.well.act]) == s.values[s.well.act]["in_process"] // "tồn 20, nhận mới 347"
	if it.kind != itemNumber || it.tok.Kind != vntext.TokNumber || it.frame.v[s.well.act] != 0 && !open || !s.onlyRole(st, it, roleOpening) {
		return false
	}
	receives := func(from, to int) bool {
		for _, h := range st.hits {
			if h.start < from || h.end > to {
				continue
			}
			for _, a := range s.lexicon[s.owner[h.pattern]].set {
				if a.slot == s.well.act && a.value == s.values[s.well.act]["receive"] {
					return true
				}
			}
		}
		return false
	}
	if i+1 < len(items) && receives(it.end, items[i+1].start) {
		return true
	}
	if open || it.depth > 0 || i == 0 || !items[i-1].counts || int(items[i-1].frame.v[s.well.act]) != s.values[s.well.act]["receive"] {
		return false
	}
	const much = 5
	a, errA := strconv.Atoi(items[i-1].tok.Value)
	b, errB := strconv.Atoi(it.tok.Value)
	return errA == nil && errB == nil && a > much*b
}

// hotline is what the number before a number would mean where none stands before it but
// a place at which opinions are heard: "Đường dây nóng và hòm thư góp ý: 05 ý kiến".
func (s *Set) hotline(st *sentence, it *item) *frame {
	var found *frame
	for _, h := range st.hits {
		if h.end > it.start {
			break
		}
		for _, a := range s.lexicon[s.owner[h.pattern]].set {
			if a.slot == s.well.obj && a.value == s.values[s.well.obj]["hotline"] {
				found = &frame{}
				found.v[a.slot] = int16(a.value)
			}
		}
	}
	if found != nil && it.before != nil && int(it.before.v[s.well.obj]) == s.values[s.well.obj]["feedback"] {
		return nil // a number of opinions stands before
	}
	return found
}

// againstOther gives a percentage without words of its own what the one before says that
// it is measured against: a target, another period or a wider area ("chỉ tiêu hồ sơ trực
// tuyến là 80%, đến nay xã mới đạt 64,2%", "đúng hạn toàn tỉnh 98,2%, của xã 99,9%").
func (s *Set) againstOther(st *sentence, items []item, i int) {
	it := &items[i]
	if it.tok.Kind != vntext.TokPercent || it.attached || it.depth > 0 {
		return
	}
	j := i - 1
	for j >= 0 && (!items[j].counts || items[j].attached) {
		j--
	}
	if j < 0 || items[j].tok.Kind != vntext.TokPercent || items[j].depth > 0 {
		return
	}
	other := &items[j].frame
	switch int(other.v[s.well.span]) {
	case s.well.spanTarget, s.well.spanPrevious:
	default:
		if int(other.v[s.well.scope]) != s.well.scopeWider && int(other.v[s.well.scope]) != s.well.scopeOther {
			return
		}
	}
	for slot := range s.slots {
		if it.frame.v[slot] != 0 && slot != s.well.obj && slot != s.well.attr {
			return
		}
	}
	if v := it.frame.v[s.well.obj]; v != 0 && v != other.v[s.well.obj] && it.frame.from[s.well.obj] == fromNear {
		return
	}
	it.frame = *other
	it.frame.v[s.well.span], it.frame.v[s.well.scope] = 0, 0
}

// onlyRole reports whether the words that touch a number are a concept of this role,
// with at most the counted noun and fillers before it.
func (s *Set) onlyRole(st *sentence, it *item, r role) bool {
	if !s.touches(st, it.start, func(e *entry) bool { return e.role == r }) {
		return false
	}
	for _, h := range st.hits {
		if h.start < it.nearL || h.end > it.start {
			continue
		}
		e := &s.lexicon[s.owner[h.pattern]]
		touching := h.end == len(strings.TrimRight(st.text[:it.start], " :"))
		if !touching && len(e.set) > 0 && !(e.noun && len(e.set) == 1) {
			return false
		}
	}
	return true
}

// remaining reads "còn 54" behind what was received or resolved as what is still being
// handled.
func (s *Set) remaining(st *sentence, items []item, i int) {
	it := &items[i]
	act := s.well.act
	if it.kind != itemNumber || it.tok.Kind != vntext.TokNumber || it.before == nil || it.change != changeNone ||
		it.frame.v[s.well.time] != 0 || it.frame.v[s.well.ch] != 0 || it.frame.v[s.well.field] != 0 || !s.onlyRole(st, it, roleRest) {
		return
	}
	a := s.values[act]
	if v := int(it.frame.v[act]); v != 0 && v != a["left"] {
		return
	}
	switch int(it.before.v[act]) {
	case a["receive"], a["resolve"], a["receive_resolve"], a["return"], a["withdraw"], a["pause"]:
	default:
		return
	}
	if it.frame.v[s.well.obj] == 0 {
		it.frame.v[s.well.obj], it.frame.from[s.well.obj] = it.before.v[s.well.obj], fromSibling
	}
	switch obj := s.values[s.well.obj]; int(it.frame.v[s.well.obj]) {
	case obj["dossier"], obj["feedback"], obj["petition"]:
		it.frame.v[act], it.frame.from[act] = int16(a["in_process"]), fromNear
	}
}

// sameField hands on the field of what was received to what was done with it: "tiếp nhận
// 206 hồ sơ cư trú, giải quyết 206". More than was received is of something else.
func (s *Set) sameField(st *sentence, items []item, i int) {
	f, act := s.well.field, s.well.act
	it := &items[i]
	if i == 0 || it.kind != itemNumber || it.frame.v[f] != 0 || it.tok.Kind != vntext.TokNumber || s.parted(st, items[i-1].end, it.start) {
		return
	}
	before := &items[i-1]
	a := s.values[act]
	switch int(it.frame.v[act]) {
	case a["resolve"], a["in_process"], a["return"]:
	default:
		return
	}
	own := before.frame.from[f] == fromNear && before.frame.v[act] == int16(a["receive"]) || before.frame.v[f] != 0 && before.frame.from[f] == fromSibling
	if own && before.counts && before.frame.v[s.well.obj] == it.frame.v[s.well.obj] && lessThan(it.tok.Value, before.tok.Value) {
		it.frame.v[f], it.frame.from[f] = before.frame.v[f], fromSibling
	}
}

// alsoTarget reports whether a number goes on a list of targets: "đặt mục tiêu 80% hồ sơ
// trực tuyến, 90% thanh toán không tiền mặt, không còn hồ sơ trễ hẹn".
func (s *Set) alsoTarget(st *sentence, items []item, i int) bool {
	if i == 0 || !items[i-1].counts || int(items[i-1].frame.v[s.well.span]) != s.well.spanTarget || items[i].frame.v[s.well.span] != 0 ||
		items[i].kind == itemNumber && items[i].tok.Kind != vntext.TokPercent || items[i].depth != items[i-1].depth {
		return false
	}
	gap := st.text[items[i-1].end:items[i].start]
	if strings.Contains(gap, "đạt") && !hasPrefixAny(strings.TrimLeft(st.text, " "), "phấn đấu", "mục tiêu", "đặt mục tiêu", "yêu cầu") {
		return false
	}
	for _, word := range []string{"đã ", "thực hiện", "kết quả", ";", "nhưng", "hiện", "tháng", "năm", "quý", "kì"} {
		if strings.Contains(gap, word) {
			return false
		}
	}
	return true
}

// restOfFields reports whether "còn lại 427" ends a list by fields: what stands before
// names a field and nothing that was done.
func (s *Set) restOfFields(st *sentence, it *item, carried *frame) bool {
	f, act := s.well.field, s.well.act
	b := it.before
	if b == nil || b.v[f] == 0 && it.left == 0 { // "Địa chính: 49. Còn lại: 35."
		b = carried
	}
	if b.v[f] == 0 || b.from[f] != fromNear || b.from[act] == fromNear || b.v[s.well.time] != 0 || it.kind != itemNumber {
		return false
	}
	switch strings.Trim(st.text[it.nearL:it.start], " :-") {
	case "còn lại", "còn lại là", "số còn lại", "số còn lại là":
		return true
	}
	return false
}

// sameUnit hands on that the counts of a sentence are those of another unit, its
// subject: "UBND các xã, thị trấn tiếp nhận 2.727 hồ sơ, đã giải quyết 2.679 hồ sơ".
func (s *Set) sameUnit(st *sentence, items []item, i int) {
	scope := s.well.scope
	if i == 0 || items[i].kind != itemNumber || items[i].frame.v[scope] != 0 || !items[i-1].counts || items[i-1].depth > 0 || items[i].depth > 0 || int(items[i-1].frame.v[scope]) != s.well.scopeOther {
		return
	}
	gap := st.text[items[i-1].end:items[i].start]
	if strings.ContainsAny(gap, ";()") || strings.Contains(gap, "xã") || strings.Contains(gap, "phường") || strings.Contains(gap, "cấp") || s.parted(st, items[i-1].end, items[i].start) {
		return
	}
	for _, h := range st.hits { // only a subject, which the sentence begins with
		for _, a := range s.lexicon[s.owner[h.pattern]].set {
			if a.slot == scope && a.value == s.well.scopeOther && h.start < 40 && h.end <= items[i-1].start {
				items[i].frame.v[scope] = int16(s.well.scopeOther)
			}
		}
	}
}

// goesOn hands on that a list of counts gives changes, or counts of a wider area: "giảm 5
// người, 3 thôn", "toàn huyện có 17 xã, 145 thôn".
func (s *Set) goesOn(st *sentence, items []item, i int) {
	if i == 0 || items[i].kind != itemNumber || !items[i-1].counts || items[i].nounEnd == 0 || items[i-1].nounEnd == 0 || items[i].depth != items[i-1].depth {
		return
	}
	it, before := &items[i], &items[i-1]
	switch strings.Trim(st.text[min(before.nounEnd, it.start):it.start], " ") {
	case ",", "và":
	default:
		return
	}
	span, scope := s.well.span, s.well.scope
	if it.frame.v[span] == 0 && int(before.frame.v[span]) == s.well.spanDelta {
		it.frame.v[span], it.frame.from[span] = int16(s.well.spanDelta), fromSibling
	}
	if v := int(before.frame.v[scope]); it.frame.v[scope] == 0 && (v == s.well.scopeWider || v == s.well.scopeOther) {
		it.frame.v[scope], it.frame.from[scope] = int16(s.well.scopeOther), fromSibling
	}
}

// dong is the unit of amounts of money that name none.
const dong = "đồng"

// bareMoney reports whether a number without a noun is too large to count what reports
// count, and must be an amount of money: "kinh phí tự chủ 2.960.400.000".
func bareMoney(it *item) bool {
	const digits = 7
	return it.kind == itemNumber && it.tok.Kind == vntext.TokNumber && it.nounEnd == 0 && !it.unknownNoun && len(it.tok.Value) >= digits && it.tok.Decimals == 0
}

// likeSibling hands on the deadline and channel in a list by fields: "hồ sơ trễ hạn ở
// lĩnh vực đất đai (13), hộ tịch (02)".
func (s *Set) likeSibling(items []item, i, j int) {
	it, before := &items[i], &items[j]
	f := s.well.field
	if it.frame.v[f] == 0 || it.frame.from[f] != fromNear || before.frame.v[f] == 0 || before.frame.v[f] == it.frame.v[f] ||
		it.frame.v[s.well.act] != 0 && it.frame.from[s.well.act] == fromNear {
		return
	}
	for _, slot := range []int{s.well.time, s.well.ch} {
		if it.frame.v[slot] == 0 {
			it.frame.v[slot], it.frame.from[slot] = before.frame.v[slot], fromSibling
		}
	}
}

// resolvedInTime settles that what is early or on time was resolved, so that "trước và
// đúng hạn 985, quá hạn 18" speaks of one thing.
func (s *Set) resolvedInTime(it *item) {
	act, time := s.well.act, int(it.frame.v[s.well.time])
	if it.frame.v[act] != 0 || int(it.frame.v[s.well.obj]) != s.values[s.well.obj]["dossier"] || it.frame.v[s.well.ch] != 0 {
		return
	}
	t := s.values[s.well.time]
	if time == t["early"] || time == t["exact"] || time == t["ontime"] {
		it.frame.v[act], it.frame.from[act] = int16(s.values[act]["resolve"]), fromBlock
	}
}
