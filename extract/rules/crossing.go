// This file reads cells whose row and column speak of the same dimension: the column
// "Đã số hóa" in the row "Hồ sơ tiếp nhận", the column "Nữ" in the row "Công chức".

package rules

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// crossing is what two values of one slot mean together, one said by the row and one by
// the column, whichever.
type crossing struct {
	slot     int
	one, two int16
	together int16
}

// crossing reads one element of the list "crossings".
func (l *loader) crossing(r *reader, n *yaml.Node) {
	c := crossing{slot: -1}
	values := func(k, v *yaml.Node) {
		names := r.strings(v, "value")
		if len(names) != 2 {
			r.fault(v, "give what the row and what the column says", "a crossing is of two values")
			return
		}
		c.slot = l.set.slotIndex[k.Value]
		c.one, c.two = int16(l.known(r, v, c.slot, names[0])), int16(l.known(r, v, c.slot, names[1]))
	}
	var mean *yaml.Node
	r.mapping(n, "a crossing", map[string]func(k, v *yaml.Node){
		"act":  values,
		"attr": values,
		"time": values,
		"ch":   values,
		"mean": func(_, v *yaml.Node) { mean = v },
	})
	if c.slot < 0 || mean == nil {
		r.fault(n, "such as {act: [digit, receive], mean: digit_in}", "a crossing needs two values and what they mean")
		return
	}
	c.together = int16(l.known(r, mean, c.slot, mean.Value))
	l.set.crossings = append(l.set.crossings, c)
}

// cross joins what the row and the head of the column say of what the cell counts. It
// reports false if both name a different thing and nothing is known of the two together:
// women among civil servants are neither the women nor the civil servants.
func (s *Set) cross(it *item, own, headers []*sentence) bool {
	if s.ofKin(headers, it.frame.v[s.well.obj]) {
		return false
	}
	for _, slot := range []int{s.well.act, s.well.attr} {
		a, b := s.saidIn(own, it, slot), s.saidIn(headers, it, slot)
		if a == 0 || b == 0 || a == b {
			continue
		}
		v := s.together(slot, a, b)
		if v == 0 {
			return false
		}
		it.frame.v[slot] = v
	}
	return true
}

// ofKin reports whether headers name a quality that cannot be said of the object, but
// of its kin: "Đảng viên" is said of the staff, not of those who are no staff.
func (s *Set) ofKin(headers []*sentence, obj int16) bool {
	for _, st := range headers {
		if isTotalLabel(st.text) {
			continue
		}
		for _, h := range st.hits {
			e := &s.lexicon[s.owner[h.pattern]]
			if obj == 0 || s.saidOf(e, obj) || !slices.ContainsFunc(e.set, func(a assignment) bool { return a.slot == s.well.attr }) {
				continue
			}
			if slices.ContainsFunc(e.only, func(o int) bool { return s.kin(o, int(obj)) }) {
				return true
			}
		}
	}
	return false
}

// kin reports whether one general word may stand for either object.
func (s *Set) kin(a, b int) bool {
	for _, special := range s.slots[s.well.obj].refine {
		if slices.Contains(special, a) && slices.Contains(special, b) {
			return true
		}
	}
	return false
}

// saidIn returns what labels or headers say in a slot of the object that the cell counts.
func (s *Set) saidIn(list []*sentence, it *item, slot int) int16 {
	f := frame{}
	f.v[s.well.obj] = it.frame.v[s.well.obj]
	for _, st := range list {
		s.fillAll(st, &f, fromNear, false)
	}
	return f.v[slot]
}

// together returns what two values mean together, 0 if that is not known.
func (s *Set) together(slot int, a, b int16) int16 {
	for _, c := range s.crossings {
		if c.slot == slot && (c.one == a && c.two == b || c.one == b && c.two == a) {
			return c.together
		}
	}
	return 0
}
