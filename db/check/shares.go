// This file gives out the formulas that the edits hold, for those who compute with
// them.

package check

import (
	"maps"
	"slices"
	"strings"
)

// FieldCodes lists the codes of the fields, sorted.
func FieldCodes() []string { return slices.Sorted(maps.Keys(fieldLabels)) }

// Share says that a rate is 100 times one of Of over one of Base; each is a sum
// of indicators. The usual bases come first.
type Share struct {
	Rate     string
	Of, Base [][]string
}

// Shares lists the shares of the edits by rate. Ways that take figures of other
// periods, or more than sums, are left out.
func (s *Set) Shares() []Share {
	var out []Share
	for _, e := range s.edits {
		if e.share == nil {
			continue
		}
		sh := Share{Rate: s.ids[e.share.rate]}
		for i := range e.share.nums {
			if sum := s.sumOf(&e.share.nums[i]); sum != nil {
				sh.Of = append(sh.Of, sum)
			}
		}
		for i := range e.share.bases {
			if sum := s.sumOf(&e.share.bases[i].side); sum != nil {
				sh.Base = append(sh.Base, sum)
			}
		}
		if len(sh.Of) > 0 && len(sh.Base) > 0 {
			out = append(out, sh)
		}
	}
	slices.SortStableFunc(out, func(a, b Share) int { return strings.Compare(a.Rate, b.Rate) })
	return out
}

// sumOf gives the indicators of a side that is their plain sum, nil for another.
func (s *Set) sumOf(x *side) []string {
	var ids []string
	for i := range x.terms {
		t := &x.terms[i]
		if t.coef != 1 || t.when != now {
			return nil
		}
		ids = append(ids, s.ids[t.ind])
	}
	return ids
}
