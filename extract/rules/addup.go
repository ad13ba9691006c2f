// This file reads the number that ends a list as the sum of those before it: "trực tuyến
// 604, trực tiếp 12, cộng 616 hồ sơ".

package rules

import (
	"slices"
	"strconv"

	"baocao/normalize/vntext"
)

// mostAddends bounds how many numbers are added up.
const mostAddends = 12

// summed returns the numbers before i, the nearest first, of which it is the sum by a
// word ("cộng", "tổng") and by value; nil if it is none.
func (s *Set) summed(st *sentence, items []item, i int) []int {
	it := &items[i]
	whole, err := strconv.Atoi(it.tok.Value)
	if i < 2 || it.kind != itemNumber || it.tok.Kind != vntext.TokNumber || it.attached || it.base || err != nil || !s.sumWord(st, it, items[i-1].end) {
		return nil
	}
	var found []int
	sum := 0
	for j := i - 1; j >= 0 && len(found) < mostAddends; j-- {
		part := &items[j]
		if !part.counts || part.kind != itemNumber || part.attached || part.base || part.tok.Kind != vntext.TokNumber || part.depth > it.depth {
			continue
		}
		n, err := strconv.Atoi(part.tok.Value)
		if err != nil || s.isMoney(&part.frame) != s.isMoney(&it.frame) {
			return nil
		}
		found = append(found, j)
		if sum += n; sum > whole {
			return nil
		}
		if sum == whole && len(found) > 1 && s.alike(items, found) {
			return found
		}
	}
	return nil
}

// sumWord reports whether a word behind the number before says that a sum follows.
func (s *Set) sumWord(st *sentence, it *item, from int) bool {
	return slices.ContainsFunc(st.hits, func(h hit) bool {
		return h.start >= from && h.end <= it.start && s.lexicon[s.owner[h.pattern]].role == roleSum
	})
}

// alike reports whether the numbers count the same kind of thing.
func (s *Set) alike(items []item, list []int) bool {
	obj := s.well.obj
	for _, j := range list {
		if items[j].frame.v[obj] != items[list[0]].frame.v[obj] || items[j].frame.v[obj] == int16(s.well.objUnknown) {
			return false
		}
	}
	return true
}

// sumUp fills what the words around a sum leave open from what its addends share. Those
// received and those carried over are the total, early ones and those on time are in
// time. Dossiers told apart by channel or field, with nothing said, were received.
func (s *Set) sumUp(items []item, it *item, list []int) {
	act, time := s.values[s.well.act], s.values[s.well.time]
	f := items[list[0]].frame
	parted := false
	for slot := range s.slots {
		for _, j := range list[1:] {
			v, w := int(f.v[slot]), int(items[j].frame.v[slot])
			switch {
			case v == w:
				continue
			case slot == s.well.act && among(v, w, act["receive"], act["carry"], act["total"]):
				f.v[slot] = int16(act["total"])
			case slot == s.well.time && among(v, w, time["early"], time["exact"], time["ontime"]):
				f.v[slot] = int16(time["ontime"])
			default:
				parted = parted || slot == s.well.ch || slot == s.well.field
				f.v[slot] = 0
			}
		}
	}
	if parted && f.v[s.well.act] == 0 && int(f.v[s.well.obj]) == s.values[s.well.obj]["dossier"] {
		f.v[s.well.act] = int16(act["receive"])
	}
	it.parent = -1
	own := &it.frame
	if int(own.v[s.well.act]) == act["total"] && f.v[s.well.act] != 0 {
		own.v[s.well.act] = 0 // "tổng số" says no more than that it is a sum
	}
	for slot := range s.slots {
		if own.v[slot] == 0 && f.v[slot] != 0 {
			own.v[slot], own.from[slot] = f.v[slot], fromNear // the sum is proof enough
		}
	}
}

// among reports whether two different values are both of the list.
func among(v, w int, list ...int) bool {
	return slices.Contains(list, v) && slices.Contains(list, w)
}
