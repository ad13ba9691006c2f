// This file narrows down which rules can fit a number, so that a number costs
// what the rules about its object cost, not what all rules cost.

package rules

import "slices"

// reasons are the words for why a frame does not meet a rule, made once: most
// rules do not fit most numbers.
type reasons struct {
	nothing []string   // per slot: nothing fills it
	other   [][]string // per slot and value: it is this and not what the rule wants
	special [][]string // per slot and value: the rule does not speak of it
}

// indexRules fills byObject and reasons.
func (s *Set) indexRules() {
	for i, slot := range s.slots {
		var other, special []string
		for _, name := range s.names[i] {
			other, special = append(other, slot.name+" is "+name), append(special, slot.name+"="+name+" is too special")
		}
		s.reasons.nothing = append(s.reasons.nothing, "nothing says "+slot.name)
		s.reasons.other, s.reasons.special = append(s.reasons.other, other), append(s.reasons.special, special)
	}
	s.byObject = make([][]*Rule, len(s.names[s.well.obj])+1)
	for _, r := range s.rules {
		if r.pattern != nil {
			continue
		}
		at := slices.IndexFunc(r.when, func(c condition) bool { return c.slot == s.well.obj })
		for value := range s.byObject {
			fits := value == 0 || r.ignore[s.well.obj]
			if at >= 0 {
				c := r.when[at]
				fits = value == 0 && c.none || value != 0 && slices.Contains(c.values, value)
			}
			if fits {
				s.byObject[value] = append(s.byObject[value], r)
			}
		}
	}
}

// candidates returns the rules that can fit the frame as far as its object goes,
// in the order of Rules.
func (s *Set) candidates(f *frame) []*Rule { return s.byObject[f.v[s.well.obj]] }
