// This file reads changes: of "giảm từ 26 xuống 8" the second number is the period's, of
// "giảm 9, còn 2" too.

package rules

import (
	"slices"
	"strings"
)

// change says what a number is in a change from one number to another.
type change uint8

const (
	changeNone change = iota
	changeFrom        // what it was before
	changeTo          // what it is now
)

// longestChange bounds the words between the two numbers of a change, in bytes.
const longestChange = 60

// changes marks the numbers of changes: "tăng từ 1.526 lên 1.807 hồ sơ", "từ 19 hồ sơ
// hồi tháng 3 nay không còn hồ sơ nào", "giảm 9 hồ sơ, còn 2 hồ sơ". What the number is
// now is said by the words before the first one.
func (s *Set) changes(x *sentence, items []item) {
	for i := range items {
		if s.endsDelta(x, &items[i]) {
			items[i].change = changeTo
		}
	}
	for i := 0; i+1 < len(items); i++ {
		was, now := &items[i], &items[i+1]
		if was.kind == itemZero || was.attached || now.attached || now.base || was.depth != now.depth ||
			now.kind != itemZero && was.tok.Kind != now.tok.Kind || !s.becomes(x, was, now) {
			continue
		}
		switch {
		case s.touches(x, was.start, func(e *entry) bool { return e.role == roleWas }):
			was.change = changeFrom
			if i > 0 && s.isDelta(x, &items[i-1]) && !s.hasContent(x, was.left, was.start) {
				was.left, was.nearL = items[i-1].left, items[i-1].nearL // "số hồ sơ tăng 18,4%, từ 1.526 lên 1.807"
			}
		case !s.isDelta(x, was):
			continue
		}
		now.change = changeTo
		now.left, now.nearL, now.parent = was.left, was.nearL, was.parent
	}
}

// becomes reports whether the words between two numbers, but for those in brackets, lead
// from what was to what is.
func (s *Set) becomes(x *sentence, was, now *item) bool {
	depth := 0
	for _, b := range x.bounds {
		if b.pos < was.end || b.end > now.start {
			continue
		}
		switch b.kind {
		case '(':
			depth++
		case ')':
			depth--
		case ';', ':', 'p':
			if depth == 0 {
				return false
			}
		}
	}
	end := len(strings.TrimRight(x.text[:now.start], " :"))
	for _, h := range x.hits { // "tăng 5%, tỷ lệ đúng hạn đạt 98%" begins another statement
		if h.start < max(was.end, was.nounEnd) || h.end >= end {
			continue
		}
		for _, a := range s.lexicon[s.owner[h.pattern]].set {
			if now.kind != itemZero && a.slot != s.well.span && a.slot != s.well.obj && a.slot != s.well.scope {
				return false
			}
		}
	}
	return now.start-was.end < longestChange && s.touches(x, now.start, func(e *entry) bool { return e.role == roleBecomes })
}

// isDelta reports whether the number says by how much something changed: "tăng 18,4%".
func (s *Set) isDelta(x *sentence, it *item) bool {
	return s.touches(x, it.start, func(e *entry) bool {
		return slices.ContainsFunc(e.set, func(a assignment) bool { return a.slot == s.well.span && a.value == s.well.spanDelta })
	})
}

// endsDelta reports whether the words before the number say to what something changed:
// "trực tuyến tăng lên 604".
func (s *Set) endsDelta(x *sentence, it *item) bool {
	return s.isDelta(x, it) && s.touches(x, it.start, func(e *entry) bool { return e.role == roleBecomes }) &&
		!strings.HasPrefix(strings.TrimLeft(x.text[max(it.end, it.nounEnd):], " "), "so với")
}

// touches reports whether a concept that means this ends right before the place.
func (s *Set) touches(x *sentence, at int, means func(*entry) bool) bool {
	end := len(strings.TrimRight(x.text[:at], " :"))
	return slices.ContainsFunc(x.hits, func(h hit) bool { return h.end == end && means(&s.lexicon[s.owner[h.pattern]]) })
}

// settleChange gives a number of a change the period that it is of. The number of
// dossiers, where nothing more is said, is that of those received.
func (s *Set) settleChange(it *item) {
	span, f := s.well.span, &it.frame
	switch it.change {
	case changeFrom:
		f.v[span], f.from[span] = int16(s.well.spanPrevious), fromNear
	case changeTo:
		if v := int(f.v[span]); v == s.well.spanPrevious || v == s.well.spanDelta {
			f.v[span] = 0
		}
	default:
		return
	}
	if obj, act := s.well.obj, s.well.act; int(f.v[obj]) == s.values[obj]["dossier"] && f.v[act] == 0 && f.v[s.well.time] == 0 && f.v[s.well.ch] == 0 {
		f.v[act], f.from[act] = int16(s.values[act]["receive"]), fromFar
	}
}
