// This file settles what a number counts: by the noun beside it, the words around, the context, or what goes without saying.

package rules

import (
	"slices"
	"strings"

	"baocao/normalize/vntext"
)

// qualityOfBase takes what is said behind the base of a number without a noun for a
// quality of that number: "64 trên tổng số 402 thủ tục phát sinh hồ sơ".
func (s *Set) qualityOfBase(st *sentence, items []item, i int) {
	it, attr := &items[i], s.well.attr
	if i+1 >= len(items) || !items[i+1].base || items[i+1].baseOwn || it.nounEnd > 0 || it.frame.v[attr] != 0 || it.frame.v[s.well.act] != 0 {
		return
	}
	probe := *it
	s.fill(st, &probe, items[i+1].end, items[i+1].nearR, fromNear, false)
	it.frame.v[attr], it.frame.from[attr] = probe.frame.v[attr], probe.frame.from[attr]
}

// findObject settles what is counted: by the near words, then the others of the
// statement, then the context. A general word ("nhiệm vụ") takes the special
// meaning that the context gives it.
func (x *extraction) findObject(p *passage, st *sentence, items []item, i int, carried lastStatement, startsPart bool) {
	s := x.set
	it := &items[i]
	obj := s.well.obj
	noun := s.countedNoun(st, it)
	if it.kind == itemZero && s.zeroNames(st, it) {
		noun = 0
	}
	if it.tok.Kind == vntext.TokPercent {
		// "giải ngân đạt 46,3% kế hoạch": the noun is the base, if a label stands before
		if s.fill(st, it, it.nearL, it.start, fromNear, true); it.frame.v[obj] != 0 {
			return
		}
	}
	if noun != 0 {
		it.frame.v[obj], it.frame.from[obj] = int16(noun), fromNear
		if v := s.refinement(st, it, noun); v != 0 {
			it.frame.v[obj] = int16(v)
			return
		}
	} else {
		s.fill(st, it, it.nearL, it.nearR, fromNear, true)
		if v := s.refinement(st, it, int(it.frame.v[obj])); v != 0 && it.frame.v[obj] != 0 {
			it.frame.v[obj] = int16(v) // "nhiệm vụ tỉnh giao: 112"
			return
		}
	}
	if it.frame.v[obj] == 0 && i+1 < len(items) && items[i+1].base { // "15 trong số 32 nhiệm vụ"
		base := &items[i+1]
		if n := s.countedNoun(st, base); n != 0 {
			it.frame.v[obj], it.frame.from[obj] = int16(n), fromNear
			if v := s.refinement(st, base, n); v != 0 {
				it.frame.v[obj] = int16(v)
			}
		} else {
			s.fill(st, it, base.end, base.nearR, fromNear, true)
		}
	}
	if it.unknownNoun && (it.frame.v[obj] == 0 || !afterColon(st, it)) {
		it.frame.v[obj] = int16(s.well.objUnknown)
		return
	}
	general := it.frame.v[obj]
	if general != 0 && s.slots[obj].refine[int(general)] == nil {
		return
	}
	try := func(f frame, how origin) bool {
		v := f.v[obj]
		if v == 0 || v == int16(s.well.objUnknown) || general != 0 && v != general && !s.refines(general, v) {
			return false
		}
		if general != 0 && v == general || general == 0 && how != fromFar && !s.goesWith(st, it, v) {
			return false
		}
		it.frame.v[obj], it.frame.from[obj] = v, how
		return true
	}
	probe := *it
	probe.frame = frame{}
	if it.nearL > it.left {
		s.fill(st, &probe, it.left, it.nearL, fromFar, true)
		if try(probe.frame, fromFar) {
			if v := s.refinement(st, it, int(it.frame.v[obj])); v != 0 {
				it.frame.v[obj] = int16(v)
			}
			return
		}
	}
	if it.parent >= 0 && try(items[it.parent].frame, fromParent) || it.parent < 0 && startsPart && carried.ok && try(carried.frame, fromParent) {
		return
	}
	for j := i - 1; j >= 0; j-- {
		if items[j].counts && !items[j].attached {
			if items[j].frame.v[obj] != int16(s.well.objUnknown) && try(items[j].frame, fromSibling) {
				return
			}
		}
	}
	if x.tail(st, it) && st.text[it.nearR] != '(' { // a bracket adds to what is counted, it does not name it
		probe.frame = frame{}
		s.fill(st, &probe, it.nearR, it.right, fromFar, true)
		if try(probe.frame, fromFar) {
			return
		}
	}
	if it.label != nil && general != 0 && try(*it.label, fromBlock) { // "Tự kiểm tra: ... 02 đợt"
		return
	}
	if carried.ok && try(carried.frame, fromBlock) || try(x.block, fromBlock) {
		return
	}
	probe.frame = frame{}
	s.fill(st, &probe, it.nearL, it.nearR, fromNear, false)
	s.fill(st, &probe, it.left, it.nearL, fromFar, false)
	if v := x.topicObject(p, st, it); v != 0 && general == 0 {
		it.frame.v[obj], it.frame.from[obj] = v, fromBlock
		return
	}
	if general == 0 && x.levelOfProcedures(p, &probe.frame) {
		it.frame.v[obj], it.frame.from[obj] = x.procedures.object, fromBlock
		return
	}
	for _, im := range s.implied {
		if !im.standsIn(p.section) || general != 0 && !s.refines(general, int16(im.obj)) {
			continue
		}
		// what can be said of it, not what some other object's words mean
		probe.frame = frame{}
		probe.frame.v[obj] = int16(im.obj)
		s.fill(st, &probe, it.nearL, it.nearR, fromNear, false)
		s.fill(st, &probe, it.left, it.nearL, fromFar, false)
		if im.saidIn(&probe.frame) && !(s.isMoney(&probe.frame) && !s.inMoney(int16(im.obj))) {
			it.frame.v[obj], it.frame.from[obj] = int16(im.obj), fromBlock
			if v := s.labelled(it); v != 0 && im.obj == s.values[obj]["dossier"] {
				it.frame.v[obj] = v
			}
			return
		}
	}
	if general == 0 && x.byField && s.onlyFieldNear(st, it) {
		it.frame.v[obj], it.frame.from[obj] = int16(s.values[obj]["dossier"]), fromBlock
	}
}

// labelled gives the object that the sentence's label names if the same is done with it
// as with dossiers: "Phản ánh, kiến nghị: tiếp nhận 07; đã xử lý, công khai 06".
func (s *Set) labelled(it *item) int16 {
	if it.label == nil {
		return 0
	}
	switch v, obj := it.label.v[s.well.obj], s.values[s.well.obj]; int(v) {
	case obj["feedback"], obj["petition"]:
		return v
	}
	return 0
}

// inMoney reports whether some rule gives an amount of money for the object.
func (s *Set) inMoney(obj int16) bool {
	f := frame{}
	f.v[s.well.obj] = obj
	return slices.ContainsFunc(s.candidates(&f), func(r *Rule) bool { return len(r.Money) > 0 })
}

func (im *implied) standsIn(section Section) bool { return slices.Contains(im.sections, section) }

// saidIn reports whether the frame says of the object what lets it go without saying.
func (im *implied) saidIn(f *frame) bool {
	for _, c := range im.said {
		if v := int(f.v[c.slot]); v != 0 && slices.Contains(c.values, v) {
			return true
		}
	}
	return false
}

// impliedBy returns the object that goes without saying in the section when this
// is said of it, 0 if none does; where a general word names the object, one that
// the word may stand for.
func (s *Set) impliedBy(f *frame, section Section, general int16) int {
	for _, im := range s.implied {
		if im.standsIn(section) && (general == 0 || s.refines(general, int16(im.obj))) && im.saidIn(f) {
			return im.obj
		}
	}
	return 0
}

// goesWith reports whether an object taken from the context suits the near
// words: what they say must be something that can be said of it.
func (s *Set) goesWith(st *sentence, it *item, obj int16) bool {
	barred := false // by words that cannot be said of it
	for i, h := range st.hits {
		if h.start < it.nearL || h.end > it.nearR {
			continue
		}
		e := &s.lexicon[s.owner[h.pattern]]
		if !e.applies(it) {
			continue
		}
		telling := false
		for _, a := range e.set {
			telling = telling || a.slot == s.well.act || a.slot == s.well.time || a.slot == s.well.attr
		}
		if !telling {
			continue
		}
		switch {
		case len(e.only) == 0, e.rank < 8:
		case s.saidOf(e, obj):
			return true
		case !s.alsoUnbound(st, i):
			barred = true
		}
	}
	return !barred && it.kind != itemZero
}

// alsoUnbound reports whether the same words are also a concept that can be said
// of any object.
func (s *Set) alsoUnbound(st *sentence, i int) bool {
	for _, h := range st.hits {
		if e := &s.lexicon[s.owner[h.pattern]]; h.start == st.hits[i].start && h.end == st.hits[i].end && len(e.only) == 0 && len(e.after) == 0 && len(e.set) > 0 {
			return true
		}
	}
	return false
}

// strangeNoun reports whether the word right after the number is one that can only
// be said of other objects than the one found: "hồ sơ đất đai của 03 xã cũ".
func (s *Set) strangeNoun(st *sentence, it *item) bool {
	obj := it.frame.v[s.well.obj]
	if obj == 0 || obj == int16(s.well.objUnknown) || it.kind != itemNumber || it.nounEnd > 0 || it.tok.Kind != vntext.TokNumber {
		return false
	}
	at := it.end
	for at < len(st.text) && st.text[at] == ' ' {
		at++
	}
	strange := false
	for _, h := range st.hits {
		if h.start != at {
			continue
		}
		e := &s.lexicon[s.owner[h.pattern]]
		if e.role == roleLabel || e.role == roleOther {
			continue
		}
		if len(e.only) == 0 || s.saidOf(e, obj) {
			return false
		}
		strange = true
	}
	return strange
}

// zeroNames reports whether the worded zero itself names the object ("chưa có
// kiến nghị").
func (s *Set) zeroNames(st *sentence, it *item) bool {
	for _, h := range st.hits {
		if h.start == it.start && h.end == it.end {
			for _, a := range s.lexicon[s.owner[h.pattern]].set {
				if a.slot == s.well.obj {
					return true
				}
			}
		}
	}
	return false
}

// afterColon reports whether a colon or "là" stands right before the number: then
// the label before it names the object, whatever word follows.
func afterColon(st *sentence, it *item) bool {
	before := strings.TrimRight(st.text[:it.start], " ")
	return strings.HasSuffix(before, ":") || strings.HasSuffix(before, " là")
}

// countedNoun returns the object that the noun right after the number names.
func (s *Set) countedNoun(st *sentence, it *item) int {
	best, rank := 0, 0
	for _, h := range st.hits {
		if it.nounEnd == 0 || h.start < it.end || h.end > it.nounEnd {
			continue
		}
		if e := &s.lexicon[s.owner[h.pattern]]; e.noun && e.rank > rank && e.applies(it) && !(len(e.after) > 0 && s.measures(st, it, h)) {
			for _, a := range e.set {
				if a.slot == s.well.obj {
					best, rank = a.value, e.rank
				}
			}
		}
	}
	return best
}

// measures reports whether a word that takes its sense from the number before only
// measures what the words left of the number name: "22 máy tính; chứng thư số 17 cái".
func (s *Set) measures(st *sentence, it *item, word hit) bool {
	obj := s.well.obj
	measure, named := false, false
	for _, h := range st.hits {
		e := &s.lexicon[s.owner[h.pattern]]
		for _, a := range e.set {
			switch {
			case a.slot != obj:
			case h.start == word.start && h.end == word.end:
				measure = measure || s.names[obj][a.value-1] == "measure"
			case e.noun && h.start >= it.nearL && h.end <= it.start:
				named = named || !slices.ContainsFunc(s.lexicon[s.owner[word.pattern]].set, func(w assignment) bool { return w == a })
			}
		}
	}
	return measure && named
}

// refinement looks in the number's own stretch of the sentence for a word that
// gives the general noun its special meaning: the higher rank, then the nearer.
func (s *Set) refinement(st *sentence, it *item, general int) int {
	best, dist, rank := 0, 0, 0
	for _, h := range st.hits {
		if h.start < it.left || h.end > it.right {
			continue
		}
		d := it.start - h.end
		if h.start >= it.end {
			d = h.start - it.end
		}
		e := &s.lexicon[s.owner[h.pattern]]
		if !e.applies(it) {
			continue
		}
		for _, a := range e.set {
			if a.slot == s.well.obj && s.refines(int16(general), int16(a.value)) && (best == 0 || e.rank > rank || e.rank == rank && d < dist) {
				best, dist, rank = a.value, d, e.rank
			}
		}
	}
	return best
}
