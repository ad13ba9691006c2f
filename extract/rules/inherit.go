// This file hands on what the words around a number leave open: from heads and labels of the sentence, from other numbers, from headings.

package rules

import (
	"strings"

	"baocao/normalize/vntext"
)

// sinceThen reports whether a date begins a span that reaches to today: "từ ngày
// 01/7/2025 đến nay".
func (s *Set) sinceThen(st *sentence, it *item) bool {
	before := strings.TrimSuffix(strings.TrimRight(st.text[:it.start], " "), " ngày")
	after := strings.TrimLeft(st.text[it.end:], " ")
	return lastWord(before) == "từ" && (strings.HasPrefix(after, "đến nay") || strings.HasPrefix(after, "tới nay"))
}

// sentenceHead is what a sentence, or a part of it behind a semicolon, begins with
// that holds for all its numbers: a field or channel ("Hộ tịch: tiếp nhận 148, giải
// quyết 146"), or that they count from the start of the year. It reaches over
// [from, until) of the sentence.
type sentenceHead struct {
	slot        int
	value       int16
	from, until int
	bytes       int // length of its words
	entry       *entry
}

// heads finds what the parts of a sentence begin with. A head reaches to the end of
// the sentence when a colon follows it at once, else to the next semicolon.
func (s *Set) heads(st *sentence) []sentenceHead {
	var out []sentenceHead
	start := 0
	for k := -1; k < len(st.bounds); k++ {
		if k >= 0 {
			if st.bounds[k].kind != ';' || len(out) == 0 {
				continue // only a sentence that begins so goes on so
			}
			start = st.bounds[k].end
		}
		out = s.headAt(st, start, out)
	}
	return out
}

func (s *Set) headAt(st *sentence, start int, out []sentenceHead) []sentenceHead {
	reach := s.afterLeadIn(st, start) + 2
	for _, h := range st.hits {
		if h.start < start {
			continue
		}
		if h.start > reach {
			break
		}
		e := &s.lexicon[s.owner[h.pattern]]
		if len(e.after) > 0 {
			continue
		}
		if e.noun && len(e.set) > 0 {
			reach = max(reach, h.end+1) // "Hồ sơ trực tuyến kỳ trước chuyển sang 07, đã giải quyết 1.133"
		}
		for _, a := range s.lexicon[s.owner[h.pattern]].set {
			if !(a.slot == s.well.field && a.value != s.well.fieldTotal || a.slot == s.well.ch || a.slot == s.well.span && a.value == s.well.spanYTD) {
				continue
			}
			head := sentenceHead{a.slot, int16(a.value), start, len(st.text), h.end - h.start, e}
			for _, b := range st.bounds {
				if b.pos < h.end {
					continue
				}
				if b.kind == ':' && onlySpace(st.text[h.end:b.pos]) {
					break
				}
				if b.kind == ';' && a.slot != s.well.ch {
					head.until = b.pos
					break
				}
			}
			return append(out, head)
		}
	}
	return out
}

// label is what the words before a sentence's first colon mean, where no number
// stands before it: "Số hóa: khi nhận 3.905/3.905"; nil if there is none.
func (s *Set) label(st *sentence, items []item) *frame {
	for _, b := range st.bounds {
		if b.kind != ':' {
			continue
		}
		if len(items) > 0 && items[0].start < b.pos {
			return nil
		}
		f := frame{}
		probe := item{start: b.pos, end: b.pos}
		s.fill(st, &probe, 0, b.pos, fromFar, true)
		s.fill(st, &probe, 0, b.pos, fromFar, false)
		f = probe.frame
		return &f
	}
	return nil
}

// inheritHeads hands on what the part of the sentence begins with, and the field of
// the heading or lead-in line above.
func (x *extraction) inheritHeads(items []item, i int, heads []sentenceHead) {
	s := x.set
	it := &items[i]
	if it.frame.v[s.well.obj] == int16(s.well.objUnknown) {
		return
	}
	for k := len(heads) - 1; k >= 0; k-- {
		head := heads[k]
		if it.start < head.from || it.start >= head.until || it.frame.v[head.slot] != 0 || !s.saidOf(head.entry, it.frame.v[s.well.obj]) {
			continue
		}
		other := false
		for j := 0; j < i; j++ { // the head's reach ends where another is named
			if v := items[j].frame.v[head.slot]; items[j].start >= head.from && v != 0 && v != head.value && !s.levelOf(head, v) {
				other = true
			}
		}
		if !other {
			it.frame.v[head.slot], it.frame.from[head.slot] = head.value, fromParent
		}
	}
	if f := s.well.field; it.frame.v[f] == 0 && x.block.v[f] != 0 {
		it.frame.v[f], it.frame.from[f] = x.block.v[f], fromBlock
	}
}

// afterLeadIn returns where the words behind a lead-in begin: "Riêng hồ sơ online, ...",
// "Ở lĩnh vực người có công nhận 13".
func (s *Set) afterLeadIn(st *sentence, start int) int {
	text := strings.TrimLeft(st.text[start:], " ")
	begin := len(st.text) - len(text)
	for _, h := range st.hits {
		if e := &s.lexicon[s.owner[h.pattern]]; h.start == begin && e.role == roleLeadIn {
			return h.end + 1
		}
	}
	return start
}

// levelOf reports whether the channel is a level of the online service that the head
// names: "Hồ sơ trực tuyến 371, trong đó toàn trình 260; đã giải quyết 366".
func (s *Set) levelOf(head sentenceHead, v int16) bool {
	ch := s.values[s.well.ch]
	return head.slot == s.well.ch && int(head.value) == ch["online"] && (int(v) == ch["online_full"] || int(v) == ch["online_partial"])
}

// ofWhich reports whether a number says of how many the amount of money before it is:
// "78.650.000 đồng của 2.410 hồ sơ".
func (s *Set) ofWhich(st *sentence, money, it *item) bool {
	switch strings.TrimSpace(st.text[max(money.end, money.nounEnd):it.start]) {
	case "của", "đồng của", "đ của", "từ", "đồng từ", "cho", "đồng cho":
		return true
	}
	return false
}

// hasShallower reports whether a number outside the brackets stands before j: then what
// stands inside them is an aside.
func (s *Set) hasShallower(items []item, j, depth int) bool {
	for j--; j >= 0; j-- {
		if items[j].counts && !items[j].attached && items[j].depth <= depth {
			return true
		}
	}
	return false
}

// parted reports whether a semicolon stands in the stretch.
func (s *Set) parted(st *sentence, from, to int) bool {
	for _, b := range st.bounds {
		if b.kind == ';' && b.pos >= from && b.end <= to {
			return true
		}
	}
	return false
}

// skipComparisons moves a part from a figure of comparison ("tăng 2,4% so với tháng
// trước; riêng toàn trình 301") to the figure that was compared.
func (s *Set) skipComparisons(items []item, i int) {
	it := &items[i]
	for it.parent >= 0 {
		span := int(items[it.parent].frame.v[s.well.span])
		if span != s.well.spanDelta && span != s.well.spanPrevious {
			return
		}
		p := it.parent - 1
		for p >= 0 && (!items[p].counts || items[p].attached || items[p].kind == itemZero) {
			p--
		}
		if p < 0 {
			return
		}
		it.parent = p
	}
}

// inherit fills what the words around the number leave open: from the figure it
// is a part of, from the figure before in the sentence, from the heading.
func (x *extraction) inherit(st *sentence, items []item, i int, carried lastStatement, startsPart bool) {
	s := x.set
	it := &items[i]
	if it.frame.v[s.well.obj] == int16(s.well.objUnknown) {
		return
	}
	if i > 0 && items[i-1].counts && s.isMoney(&items[i-1].frame) && it.tok.Kind == vntext.TokNumber && s.ofWhich(st, &items[i-1], it) {
		s.inheritFrom(&it.frame, &items[i-1].frame, inheritParent, fromParent)
	}
	if it.parent >= 0 {
		s.inheritFrom(&it.frame, &items[it.parent].frame, inheritParent, fromParent)
	} else if startsPart && carried.ok {
		s.inheritFrom(&it.frame, &carried.frame, inheritParent, fromParent)
	}
	for j := i - 1; j >= 0; j-- {
		if items[j].counts && !items[j].attached && items[j].frame.v[s.well.obj] != int16(s.well.objUnknown) && !(items[j].depth > it.depth && s.hasShallower(items, j, it.depth)) {
			s.likeSibling(items, i, j)
			from := items[j].frame
			if items[j].tok.Kind == vntext.TokPercent && it.tok.Kind == vntext.TokNumber && s.parted(st, items[j].end, it.start) {
				from.v[s.well.act] = 0 // "đúng hạn đạt 99,2%; 102 hồ sơ bị trễ hạn"
			}
			if ch := s.well.ch; items[j].tok.Kind == vntext.TokPercent && it.tok.Kind == vntext.TokPercent && it.frame.v[ch] != 0 && it.frame.from[ch] == fromNear && from.v[ch] == 0 {
				from.v[s.well.act] = 0 // "đúng hạn đạt 99,8%, hồ sơ trực tuyến đạt 95,1%"
			}
			if f := &it.frame; items[j].tok.Kind == vntext.TokPercent && it.tok.Kind == vntext.TokPercent && f.v[s.well.time] == 0 && f.v[s.well.ch] == 0 &&
				(from.v[s.well.time] != 0 || from.v[s.well.ch] != 0) {
				from.v[s.well.act] = 0 // "đúng hạn 100%; riêng tháng 5 con số này là 99,1%": the same share or none, never half of it
			}
			s.inheritFrom(&it.frame, &from, inheritSentence, fromSibling)
			break
		}
	}
	if carried.ok && it.parent < 0 {
		s.inheritFrom(&it.frame, &carried.frame, inheritSibling, fromBlock)
	}
	s.inheritFrom(&it.frame, &x.block, inheritSibling, fromBlock)
}
