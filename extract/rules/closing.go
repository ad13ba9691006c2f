// This file reads the percentage that closes a list: "rất hài lòng 120, hài lòng 52,
// không hài lòng 03; tỷ lệ 98,29%".

package rules

import (
	"math"
	"strconv"
	"strings"

	"baocao/extract/document"
	"baocao/normalize/vntext"
)

// closing finds the rule of a percentage that has no words of its own and that the
// number before it has no use for: the nearest number before in the sentence that
// has one, or rather one that makes up that share of another number. Nil if there is none, or if the percentage is a share of the number before
// it ("không hài lòng 03 (1,71%)", "chiếm 1,71%").
func (x *extraction) closing(p *passage, st *sentence, items []item, i int) *Rule {
	s := x.set
	it := &items[i]
	if it.tok.Kind != vntext.TokPercent || p.block.Kind == document.Row || it.nounEnd > 0 || it.unknownNoun ||
		s.hasOwn(st, it.left, it.start) || s.hasOwn(st, it.end, it.nearR) {
		return nil
	}
	if strings.HasSuffix(strings.TrimSuffix(strings.TrimRight(st.text[:it.start], " "), " tỉ lệ"), "chiếm") {
		return nil
	}
	if it.attached && it.depth > items[it.host].depth {
		return nil
	}
	said := countsOf(items[:i])
	if i == 0 && len(items) == 1 {
		said = x.said // "Tỷ lệ 100%." in a sentence of its own
	}
	var best *Rule
	for j := len(said) - 1; j >= 0; j-- {
		fits := isShareOf(it.tok.Value, said, j)
		if best != nil && !fits {
			continue
		}
		probe := *it
		probe.frame, probe.closes = said[j].frame, true
		if u, ok := s.slotIndex["unit"]; ok {
			probe.frame.v[u] = 0
		}
		if rule := x.choose(p, st, &probe); rule != nil && len(rule.Rate) > 0 {
			it.frame, it.rule, it.closes, best = probe.frame, rule, true, rule
			if fits {
				return rule
			}
		}
	}
	return best
}

// said is a count of a sentence and what it means.
type said struct {
	value float64
	frame frame
}

// countsOf lists the counts among the numbers of a sentence.
func countsOf(items []item) []said {
	var out []said
	for i := range items {
		if it := &items[i]; it.counts && !it.attached && !it.base && it.kind == itemNumber && it.tok.Kind != vntext.TokPercent {
			v, _ := strconv.ParseFloat(it.tok.Value, 64)
			out = append(out, said{v, it.frame})
		}
	}
	return out
}

// isShareOf reports whether count j makes up the percentage of another of the counts.
func isShareOf(percent string, counts []said, j int) bool {
	rate, _ := strconv.ParseFloat(percent, 64)
	const rounding = 0.06 // percentage points: one decimal is usual
	for k := range counts {
		if k != j && counts[k].value > 0 && math.Abs(100*counts[j].value/counts[k].value-rate) < rounding {
			return true
		}
	}
	return false
}
