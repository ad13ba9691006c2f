// This file chooses the rule of a number and says why the others do not fit.

package rules

import (
	"slices"
	"strconv"
	"strings"

	"baocao/normalize/vntext"
)

// maxCountDigits is how many digits a count has at most: more are numbers that ran
// together, or no counts.
const maxCountDigits = 9

// choose finds the rule that fits the frame.
func (x *extraction) choose(p *passage, st *sentence, it *item) *Rule {
	s := x.set
	var best *Rule
	bestScore := -1
	for _, r := range s.candidates(&it.frame) {
		if s.fits(r, p, it) != "" {
			continue
		}
		score := 0
		if r.Zero == zeroOnly && !it.post {
			score = 3
		}
		for _, c := range r.when {
			if it.frame.v[c.slot] != 0 {
				score += 2
				if how := it.frame.from[c.slot]; how == fromNear || how == fromFar {
					score++ // its own words say more than what it takes over from others
				}
			} else {
				score++
			}
		}
		if score > bestScore {
			best, bestScore = r, score
			it.rival = false
		} else if score == bestScore {
			it.rival = true
		}
	}
	it.rule = best
	return best
}

// fits returns "" when the number's frame meets the rule and the rule has a use
// for such a number, else the reason why not.
func (s *Set) fits(r *Rule, p *passage, it *item) string {
	if why := s.meets(r, p, &it.frame); why != "" {
		return why
	}
	if r.Zero == zeroOnly && it.kind != itemZero {
		return "is for zeros in words"
	}
	if r.Zero == zeroNever && it.kind == itemZero {
		return "is never none"
	}
	switch {
	case it.tok.Kind == vntext.TokPercent || it.tok.Percent:
		if len(r.Rate) == 0 || r.closing && !it.closes {
			return "gives no percentage"
		}
	case s.isMoney(&it.frame):
		if len(r.Money) == 0 {
			return "gives no amount of money"
		}
		if n, err := strconv.Atoi(it.tok.Value); err == nil && (n < r.least || r.most > 0 && n > r.most) {
			return "is for other amounts"
		}
	default:
		if len(r.Count) == 0 {
			if r.denOnly && it.tok.Kind == vntext.TokFraction {
				break
			}
			return "gives no count"
		}
		if len(it.tok.Value) > maxCountDigits {
			return "counts, and this is too long a number"
		}
		if strings.Contains(it.tok.Value, ".") && s.catalogue[r.Count[0]].Kind == "count" {
			return "counts, and this is a decimal fraction"
		}
	}
	return ""
}

// namedObject reports whether a number's own words name what it counts, and no general
// word: then the chapter, which a table behind the report does not have, adds nothing.
func (s *Set) namedObject(f *frame) bool {
	obj := s.well.obj
	return f.v[obj] != 0 && f.from[obj] == fromNear && s.slots[obj].refine[int(f.v[obj])] == nil
}

// meets returns "" when the frame meets the rule's conditions, else the reason
// why not.
func (s *Set) meets(r *Rule, p *passage, f *frame) string {
	var named [maxSlots]bool
	for _, c := range r.when {
		named[c.slot] = true
		v := int(f.v[c.slot])
		if v == 0 {
			if !c.none {
				return s.reasons.nothing[c.slot]
			}
			continue
		}
		ok := false
		for _, want := range c.values {
			if v == want {
				ok = true
				break
			}
		}
		if !ok {
			return s.reasons.other[c.slot][v-1]
		}
	}
	for _, c := range r.never {
		if v := int(f.v[c.slot]); v != 0 && slices.Contains(c.values, v) {
			return s.reasons.other[c.slot][v-1]
		}
	}
	for i := range s.slots {
		if f.v[i] == 0 || named[i] || r.ignore[i] || i == s.well.field {
			continue
		}
		return s.reasons.special[i][f.v[i]-1]
	}
	field := int(f.v[s.well.field])
	hasField := field != 0 && field != s.well.fieldTotal
	if !named[s.well.field] && !r.ignore[s.well.field] {
		if r.Field == fieldNone && hasField {
			return "is about one field"
		}
		if r.Field == fieldMust && !hasField {
			return "no field is named"
		}
	}
	if slices.Contains(r.except, p.section) {
		return "does not stand in section " + string(p.section)
	}
	if len(r.only) > 0 {
		ok := false
		for _, sec := range r.only {
			ok = ok || sec == p.section
		}
		if !ok && !(p.section == SectionAppendix && !r.chapter && s.namedObject(f)) {
			return "stands in section " + string(p.section)
		}
	}
	return ""
}
