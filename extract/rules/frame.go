// This file holds the frame of a number: what the words around it, or the statement it
// belongs to, say about it in each slot of the vocabulary.

package rules

import (
	"slices"
	"strings"

	"baocao/normalize/vntext"
)

// A frame is what a number means: for each slot of the vocabulary (object
// counted, action, channel, deadline, field, ...) the value that the words
// around the number, or the statement it belongs to, give it.

const maxSlots = 24

type frame struct {
	v    [maxSlots]int16 // value id per slot, 0 when empty
	from [maxSlots]origin
}

// origin says how directly a slot was filled; it feeds the confidence.
type origin uint8

const (
	fromNowhere origin = iota
	fromNear           // the words that touch the number
	fromFar            // other words of the same statement
	fromParent         // the figure this is a part of
	fromSibling        // the figure before in the sentence
	fromBlock          // heading, lead-in line or earlier sentence
)

// onlyRefines is the rank of words too weak to name an object of their own: they tell
// what a general word means ("giao" makes tasks assigned ones).
const onlyRefines = 1

// onlyCounts is the rank below which an action is too weak to be said of a percentage.
const onlyCounts = 5

// fill sets the empty slots of a frame from the hits in a stretch. Within a slot
// the counted noun wins for the object, then the higher rank, then the nearer
// hit. Only the object is filled when obj is true, all other slots when it is
// false: what is said about an object counts only once the object is known.
func (s *Set) fill(x *sentence, it *item, from, to int, how origin, obj bool) {
	type best struct{ rank, dist, value int }
	var found [maxSlots]best
	hits := x.hits
	if o := s.well.obj; !obj && len(x.inner) > 0 && it.frame.v[o] != 0 && it.frame.from[o] == fromNear {
		hits = slices.Concat(x.hits, x.inner)
	}
	for _, h := range hits {
		if h.start < from || h.end > to {
			continue
		}
		e := &s.lexicon[s.owner[h.pattern]]
		if obj && e.rank <= onlyRefines {
			continue
		}
		if e.role == roleLabel || e.role == roleOther || !obj && !s.saidOf(e, it.frame.v[s.well.obj]) {
			continue
		}
		if !e.applies(it) {
			continue
		}
		dist := 0
		if h.end <= it.start {
			dist = it.start - h.end
		} else if h.start >= it.end {
			dist = h.start - it.end
		}
		for _, a := range e.set {
			if (a.slot == s.well.obj) != obj || a.slot == s.well.scope && h.start > it.start ||
				a.slot == s.well.span && h.start >= it.end && h.end <= it.nounEnd || // "thiếu 04 chỉ tiêu" counts them
				a.slot == s.well.span && h.end+1 == it.start && x.text[h.start:h.end] == "so với" { // "so với 361 hồ sơ phải nộp phí" names a whole
				continue
			}
			if a.slot == s.well.act && e.rank < onlyCounts && it.tok.Kind == vntext.TokPercent {
				continue // "mới 46,8%" says nothing of what came in
			}
			rank := e.rank * 10
			if obj && e.noun && it.nounEnd > 0 && h.start >= it.end && h.end <= it.nounEnd && e.rank >= 10 {
				rank += 35
			}
			b := &found[a.slot]
			if b.value == 0 || rank > b.rank || rank == b.rank && dist < b.dist {
				*b = best{rank, dist, a.value}
			}
		}
	}
	for i := range s.slots {
		if it.frame.v[i] == 0 && found[i].value != 0 {
			it.frame.v[i] = int16(found[i].value)
			it.frame.from[i] = how
		}
	}
}

// applies reports whether the concept holds for this number: one bound to a
// context needs the number before to mean what it asks for.
func (e *entry) applies(it *item) bool {
	if len(e.after) == 0 {
		return true
	}
	if it.before == nil {
		return false
	}
	for _, c := range e.after {
		if v := int(it.before.v[c.slot]); v != 0 && slices.Contains(c.values, v) {
			return true
		}
	}
	return false
}

// saidOf reports whether the concept can be said of the object. A concept that
// names an object itself ("công chức") says nothing about another one.
func (s *Set) saidOf(e *entry, obj int16) bool {
	if obj == 0 {
		return true
	}
	for _, a := range e.set {
		if a.slot == s.well.obj && a.value != int(obj) && !s.refines(int16(a.value), obj) && !s.refines(obj, int16(a.value)) {
			return false
		}
	}
	if len(e.only) == 0 {
		return true
	}
	for _, o := range e.only {
		if o == int(obj) {
			return true
		}
	}
	return false
}

// refines reports whether the special object can be what a general word means.
func (s *Set) refines(general, special int16) bool {
	for _, v := range s.slots[s.well.obj].refine[int(general)] {
		if v == int(special) {
			return true
		}
	}
	return false
}

// inheritFrom fills empty slots from another frame, as far as the slots allow.
func (s *Set) inheritFrom(f, src *frame, least inheritance, how origin) {
	obj := s.well.obj
	own := f.v[obj] != 0
	sameObj := f.v[obj] == src.v[obj] || f.v[obj] == 0 || src.v[obj] == 0 && least <= inheritSentence || s.refines(src.v[obj], f.v[obj])
	hadAct := f.v[s.well.act] != 0
	for i, slot := range s.slots {
		if i == obj || f.v[i] != 0 || src.v[i] == 0 || slot.inherit < least { // the object is settled by now
			continue
		}
		if i != s.well.span && i != s.well.scope && slot.inherit != inheritBlock && own && !sameObj && !(slot.across && s.suits(f, i, src.v[i])) {
			continue
		}
		if i == s.well.time && hadAct {
			continue
		}
		if i == s.well.act && least >= inheritSibling && own && f.v[obj] != src.v[obj] {
			continue // what was done with something else, a sentence before
		}
		if i == s.well.act && least > inheritParent && !s.mayHave(f, i, src.v[i]) {
			continue
		}
		f.v[i], f.from[i] = src.v[i], how
	}
}

// mayHave reports whether a frame that some rule could still meet is one with the
// value too: what no rule knows together is not handed on ("thanh toán trực tuyến
// 98,7%; trước hạn 99%").
func (s *Set) mayHave(f *frame, slot int, v int16) bool {
	if f.v[s.well.time] == 0 {
		return true // nothing yet that an action could contradict
	}
	with := *f
	with.v[slot] = v
	return s.possible(&with, slot) || !s.possible(f, slot)
}

// suits reports whether some rule can still be met by the frame with the value too.
func (s *Set) suits(f *frame, slot int, v int16) bool {
	with := *f
	with.v[slot] = v
	return s.possible(&with, slot)
}

// possible reports whether some rule that asks for the slot can still be met by
// filling empty slots.
func (s *Set) possible(f *frame, slot int) bool {
	for _, r := range s.candidates(f) {
		if !(r.ignore[slot] && r.ignore[s.well.obj]) && s.open(r, f) {
			return true
		}
	}
	return false
}

// open reports whether nothing in the frame speaks against the rule.
func (s *Set) open(r *Rule, f *frame) bool {
	var named [maxSlots]bool
	for _, c := range r.when {
		named[c.slot] = true
		if v := int(f.v[c.slot]); v != 0 && !slices.Contains(c.values, v) {
			return false
		}
	}
	for _, c := range r.never {
		if v := int(f.v[c.slot]); v != 0 && slices.Contains(c.values, v) {
			return false
		}
	}
	for i := range s.slots {
		if f.v[i] != 0 && !named[i] && !r.ignore[i] && i != s.well.field {
			return false
		}
	}
	return true
}

// describe writes a frame for explanations: "obj=dossier act=receive".
func (s *Set) describe(f *frame) string {
	var parts []string
	for i, v := range f.v {
		if v != 0 && i < len(s.slots) {
			parts = append(parts, s.slots[i].name+"="+s.names[i][v-1])
		}
	}
	if parts == nil {
		return "-"
	}
	return strings.Join(parts, " ")
}
