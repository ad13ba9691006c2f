// This file says which words of a sentence speak about which number: the regions left and
// right of it, the noun that it counts, and the number that it is a part of.

package rules

import (
	"slices"
	"strconv"
	"strings"

	"baocao/normalize/vntext"
)

// regions gives every number its stretch of the sentence, the words that touch
// it, its host and its parent.
func (s *Set) regions(x *sentence, items []item) {
	n := len(items)
	if n == 0 {
		return
	}
	parent := -1
	type open struct{ parent, at int }
	var stack []open
	for i := range items {
		it := &items[i]
		it.host = i
		gapStart := 0
		if i > 0 {
			gapStart = items[i-1].end
		}
		leftEnd, rightStart := s.cut(x, items, i, gapStart)
		if i > 0 {
			items[i-1].right = leftEnd
			items[i-1].nearR = min(items[i-1].nearR, leftEnd)
		}
		it.left = rightStart
		it.right, it.nearR = len(x.text), len(x.text)
		for _, b := range x.bounds {
			if b.pos >= it.end && (b.kind != 'v' || it.kind == itemZero) {
				it.nearR = b.pos
				break
			}
		}
		s.cutBase(x, it)
		s.nounAfter(x, it)
		ended := false
		// nesting: parts after "trong đó", a colon after a number, brackets
		for _, b := range x.bounds {
			if b.pos < gapStart || b.pos >= it.start {
				continue
			}
			switch b.kind {
			case '(':
				stack = append(stack, open{parent, b.pos})
				if i > 0 && onlyNoun(s, x, &items[i-1], b.pos) {
					parent = hostOf(items, i-1)
				}
			case ')':
				if len(stack) > 0 {
					parent = stack[len(stack)-1].parent
					stack = stack[:len(stack)-1]
				}
			case ';':
				if len(stack) == 0 {
					parent = -1
				}
				ended = true
			case 'p':
				if k := lastNumber(items, i-1); k >= 0 {
					parent = hostOf(items, k)
					// "164 TTHC, gồm 138 cấp xã, 26 ngành dọc; trong đó toàn trình 42"
					for ended && items[parent].parent >= 0 {
						parent = items[parent].parent
					}
				}
			case ':':
				if i > 0 && onlyNoun(s, x, &items[i-1], b.pos) {
					parent = hostOf(items, i-1)
				}
			}
		}
		it.parent = parent
		if it.ditto {
			it.parent = hostOf(items, i-1)
		}
		it.depth = len(stack)
		s.nearLeft(x, it)
		// an attached percentage or fraction speaks about the number before
		if host := s.hostFor(x, items, i); host >= 0 {
			it.attached = true
			it.host = hostOf(items, host)
			it.parent = items[it.host].parent
		} else if s.isBase(x, items, i) {
			it.base = true
			it.host = hostOf(items, i-1)
			it.parent = items[it.host].parent
		}
	}
}

// cutBase ends the words about a percentage where its base begins: "tỷ lệ hồ sơ trực
// tuyến đạt 18,9% trên tổng số hồ sơ giải quyết".
func (s *Set) cutBase(x *sentence, it *item) {
	if it.tok.Kind != vntext.TokPercent {
		return
	}
	at := it.end
	for at < len(x.text) && x.text[at] == ' ' {
		at++
	}
	for _, h := range x.hits {
		if h.start == at && s.lexicon[s.owner[h.pattern]].role == roleBase {
			it.nearR = min(it.nearR, h.start)
		}
	}
}

// isBase reports whether only "trên tổng số", "/" or the like stands between the
// number before (with its noun) and this one.
func (s *Set) isBase(x *sentence, items []item, i int) bool {
	if i == 0 || items[i-1].kind == itemZero || items[i].kind == itemZero {
		return false
	}
	prev, it := &items[i-1], &items[i]
	share := prev.tok.Kind == vntext.TokPercent && prev.attached
	if prev.tok.Kind != vntext.TokNumber && !share || it.tok.Kind != vntext.TokNumber || prev.base {
		return false
	}
	if share { // "(90,60% trên 2.660 hồ sơ phát sinh)"
		before, ok := strings.CutPrefix(strings.TrimSpace(x.text[prev.end:it.start]), "trên")
		return ok && strings.Trim(before, " ") == ""
	}
	money := prev.tok.Scaled != "" || strings.HasPrefix(strings.TrimLeft(x.text[prev.end:], " "), "đ")
	for _, h := range x.hits { // words of its own make it a figure of its own
		if prev.nounEnd == 0 && !money {
			break // "64 trên tổng số 402 thủ tục phát sinh hồ sơ": both count the same
		}
		if e := &s.lexicon[s.owner[h.pattern]]; h.start >= it.end && h.end <= it.nearR && len(e.set) > 0 && !s.counts(x, prev, e) {
			it.baseOwn = true
		}
	}
	from := max(prev.end, prev.nounEnd)
	for from < it.start && x.text[from] == ' ' {
		from++
	}
	if from < it.start && strings.TrimSpace(x.text[from:it.start]) == "/" {
		return true
	}
	if from < it.start && strings.TrimSpace(x.text[from:it.start]) == "trong" && prev.tok.Scaled == "" && lessThan(prev.tok.Value, it.tok.Value) {
		return true // "97 trong 118 hồ sơ"
	}
	if it.baseOwn {
		for _, h := range x.hits { // "3.911 giao dịch thanh toán trên 3.964 hồ sơ có nghĩa vụ tài chính"
			if h.start == from && hasPrefixAny(x.text[h.start:h.end], "trên", "trong tổng", "trong số") && s.lexicon[s.owner[h.pattern]].role == roleBase && onlySpace(x.text[h.end:it.start]) {
				return lessThan(prev.tok.Value, it.tok.Value)
			}
		}
		return false
	}
	for _, h := range x.hits {
		if h.start == from && s.lexicon[s.owner[h.pattern]].role == roleBase && onlySpace(x.text[h.end:it.start]) {
			return true
		}
	}
	return false
}

// lessThan reports whether a whole number is at most another.
func lessThan(a, b string) bool {
	x, errX := strconv.Atoi(a)
	y, errY := strconv.Atoi(b)
	return errX == nil && errY == nil && x <= y
}

// onlyNoun reports whether nothing but the counted noun phrase stands between
// the number and pos.
func onlyNoun(s *Set, x *sentence, it *item, pos int) bool {
	for _, b := range x.bounds {
		if b.pos >= it.end && b.pos < pos && b.kind != 'v' {
			return false
		}
	}
	return pos-it.end < 60
}

// cut finds where the words about number i-1 end and those about number i begin.
func (s *Set) cut(x *sentence, items []item, i, gapStart int) (leftEnd, rightStart int) {
	it := &items[i]
	if i == 0 {
		return 0, 0
	}
	prev := &items[i-1]
	depth := 0
	and := -1
	for k, b := range x.bounds {
		if b.pos < gapStart || b.pos >= it.start {
			continue
		}
		switch b.kind {
		case 'v':
			if and < 0 && depth == 0 {
				and = k
			}
			continue
		case '(':
			// a bracket without numbers is skipped: it speaks about the number before
			if close := closing(x, k); close >= 0 && x.bounds[close].pos < it.start {
				if leftEnd == 0 {
					leftEnd = b.pos
				}
				depth++
				continue
			}
		case ')':
			if depth > 0 {
				depth--
				if depth == 0 {
					return leftEnd, b.end
				}
				continue
			}
		}
		if depth > 0 {
			continue
		}
		if leftEnd > 0 {
			return leftEnd, b.end
		}
		return b.pos, b.end
	}
	if and >= 0 {
		return x.bounds[and].pos, x.bounds[and].end
	}
	if before := strings.TrimRight(x.text[:it.start], " "); strings.HasSuffix(before, " thành") {
		return len(before) - len("thành"), it.start // "cộng với 126 hồ sơ kỳ trước mang sang thành 1.468"
	}
	// no boundary: "tiếp nhận 239 hồ sơ đã giải quyết 235 hồ sơ" or
	// "16 đại học 01 cao đẳng"
	if prev.nounEnd > 0 && prev.nounEnd <= it.start {
		return prev.nounEnd, prev.nounEnd
	}
	if s.hasContent(x, prev.nearL, prev.start) {
		return prev.end, prev.end
	}
	return it.start, it.start
}

// counts reports whether the noun right after the number is this concept.
func (s *Set) counts(x *sentence, it *item, e *entry) bool {
	for _, h := range x.hits {
		if h.start >= it.end && h.end <= it.nounEnd && &s.lexicon[s.owner[h.pattern]] == e {
			return true
		}
	}
	return it.nounEnd == 0 && e.noun
}

// nounAfter looks at the words right after the number: the counted noun, a
// known phrase, or a word nobody knows.
func (s *Set) nounAfter(x *sentence, it *item) {
	if it.ditto {
		return
	}
	at := it.end
	for at < len(x.text) && x.text[at] == ' ' {
		at++
	}
	if at >= len(x.text) || !wordByte(x.text[at]) {
		return
	}
	known, why := false, ""
	for _, h := range x.hits {
		if h.start > at {
			break
		}
		if at >= h.end {
			continue
		}
		e := &s.lexicon[s.owner[h.pattern]]
		if e.noun && (h.start == at || h.start >= it.start && h.start < it.end) { // of "1.486 triệu đồng" the noun begins in the number
			it.nounEnd = max(it.nounEnd, h.end)
		}
		switch {
		case e.role == roleLabel || e.role == roleOther: // "08 nhóm" counts groups, "nhóm 8" names one
		case e.role == roleKnown && !e.noun && len(e.set) == 0:
			why = e.why
		default:
			known = true
		}
	}
	if known {
		return
	}
	if why != "" {
		if it.kind == itemNumber {
			it.unknownNoun, it.why = true, why
		}
		return
	}
	for _, b := range x.bounds {
		if b.pos == at {
			return
		}
	}
	it.unknownNoun = it.kind == itemNumber
}

// nearLeft finds the words before the number that touch it: back to the last
// boundary, and over it while only filler stands between.
func (s *Set) nearLeft(x *sentence, it *item) {
	if it.kind == itemZero && !it.post {
		it.nearL = it.start // what there is none of follows; what stands before is another statement
		return
	}
	it.nearL = it.left
	end := it.start
	for {
		start := it.left
		strong := byte(0)
		for _, b := range x.bounds {
			if b.pos >= it.left && b.end <= end && b.kind != 'v' {
				start, strong = b.end, b.kind
			}
		}
		it.nearL = start
		if start <= it.left || s.hasContent(x, start, end) || strong == ';' {
			return
		}
		// step over the boundary
		end = start
		for _, b := range x.bounds {
			if b.end == start {
				end = b.pos
			}
		}
		if end <= it.left {
			it.nearL = it.left
			return
		}
	}
}

// hasContent reports whether a concept that sets a slot lies in the stretch, or
// a word that is no filler.
func (s *Set) hasContent(x *sentence, from, to int) bool {
	if from >= to {
		return false
	}
	for _, h := range x.hits {
		if h.start >= from && h.end <= to && len(s.lexicon[s.owner[h.pattern]].set) > 0 && !s.mostlyFiller(x, h) {
			return true
		}
	}
	return false
}

// mostlyFiller reports whether the words say something only behind certain numbers, and
// are filler elsewhere: "có" in "giao 70, có 64".
func (s *Set) mostlyFiller(x *sentence, h hit) bool {
	if len(s.lexicon[s.owner[h.pattern]].after) == 0 {
		return false
	}
	return slices.ContainsFunc(x.hits, func(o hit) bool {
		return o.start == h.start && o.end == h.end && s.lexicon[s.owner[o.pattern]].role == roleFiller
	})
}

// hostFor returns the number that a percentage or fraction without words of its
// own speaks about: "235 hồ sơ (đạt tỷ lệ 100%)", or -1. Numbers inside brackets
// that are closed by then are passed over.
func (s *Set) hostFor(x *sentence, items []item, i int) int {
	it := &items[i]
	host := i - 1
	for host >= 0 && items[host].depth > it.depth {
		host--
	}
	if host < 0 || items[host].kind == itemZero {
		return -1
	}
	prev := &items[host]
	if prev.base && prev.host < host && it.tok.Kind == vntext.TokPercent {
		host = prev.host // the share of what the base is the whole of
		prev = &items[host]
	}
	rate := it.tok.Kind == vntext.TokPercent
	// "98% (50 máy)", "86,5% (2.768/3.200 hồ sơ)": the numbers behind a percentage
	behind := !rate && prev.tok.Kind == vntext.TokPercent && (it.depth > prev.depth || says(x.text[prev.end:it.start])) && host == i-1 && it.tok.Kind != vntext.TokRange
	if !rate && !behind {
		return -1
	}
	if behind && (it.tok.Kind == vntext.TokNumber && s.hasOwn(x, prev.end, it.left) && !(fillsBracket(x, it) && !s.namesOther(x, prev.end, it.left)) || it.tok.Kind == vntext.TokNumber && s.hasOwn(x, max(it.end, it.nounEnd), it.nearR)) {
		return -1 // words of its own: "(361 hồ sơ vẫn trong hạn)"
	}
	if rate && prev.tok.Kind == vntext.TokPercent && it.depth == prev.depth {
		return -1
	}
	if rate && it.depth > prev.depth && s.says(x, it.end, it.nearR, s.well.time) {
		return -1 // "trả 1.000 hồ sơ (99,5% trước và đúng hạn)"
	}
	for _, b := range x.bounds {
		if b.kind == ';' && b.pos >= prev.end && b.pos < it.start {
			return -1
		}
	}
	if s.hasOwn(x, it.left, it.start) {
		return -1
	}
	if rate && (it.nounEnd > 0 || s.hasOwn(x, it.end, it.nearR)) && it.depth == prev.depth && !s.linked(x, it) {
		return -1 // "100% văn bản đi được ký số" has its own words behind it
	}
	return host
}

// says reports whether the words between a percentage and a number say that they give
// the same: "100% = 88/88", "100%, tương ứng 944 văn bản trên tổng 944".
func says(gap string) bool {
	switch strings.Trim(gap, " ,;:") {
	case "=", "tương ứng", "tương ứng với", "tương đương", "tức", "tức là":
		return true
	}
	return strings.HasSuffix(strings.TrimRight(gap, " "), ", tương ứng")
}

// fillsBracket reports whether a number and its noun are all that a bracket holds: "20%
// xuất sắc (4 người)".
func fillsBracket(x *sentence, it *item) bool {
	before := strings.TrimRight(x.text[:it.start], " ")
	after := strings.TrimLeft(x.text[max(it.end, it.nounEnd):], " ")
	return strings.HasSuffix(before, "(") && strings.HasPrefix(after, ")")
}

// namesOther reports whether words in the stretch name something that is counted, or another
// period: "118,2% so với năm 2022 (1.088 hồ sơ)".
func (s *Set) namesOther(x *sentence, from, to int) bool {
	return slices.ContainsFunc(x.hits, func(h hit) bool {
		return h.start >= from && h.end <= to && slices.ContainsFunc(s.lexicon[s.owner[h.pattern]].set, func(a assignment) bool { return a.slot == s.well.obj || a.slot == s.well.span })
	})
}

// linked reports whether a word such as "đạt" or "chiếm" ties the percentage to
// what stands before it.
func (s *Set) linked(x *sentence, it *item) bool {
	for _, h := range x.hits {
		if h.end <= it.start && it.start-h.end <= 1 && s.lexicon[s.owner[h.pattern]].role == roleFiller {
			return true
		}
	}
	return false
}

// says reports whether a concept in the stretch sets the slot.
func (s *Set) says(x *sentence, from, to, slot int) bool {
	return slices.ContainsFunc(x.hits, func(h hit) bool {
		return h.start >= from && h.end <= to && slices.ContainsFunc(s.lexicon[s.owner[h.pattern]].set, func(a assignment) bool { return a.slot == slot })
	})
}

// hasOwn reports whether a concept other than a filler lies in the stretch.
func (s *Set) hasOwn(x *sentence, from, to int) bool {
	for _, h := range x.hits {
		if h.start >= from && h.end <= to {
			e := &s.lexicon[s.owner[h.pattern]]
			if len(e.set) > 0 && e.role != roleFiller && !s.mostlyFiller(x, h) {
				return true
			}
		}
	}
	return false
}
