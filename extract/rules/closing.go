// This file reads the percentage that closes a list: "rất hài lòng 120, hài lòng 52,
// không hài lòng 03; tỷ lệ 98,29%".

package rules

import (
	"strings"

	"baocao/extract/document"
	"baocao/normalize/vntext"
)

// closing finds the rule of a percentage that has no words of its own and that the
// number before it has no use for: the nearest number before in the sentence that
// has one. Nil if there is none, or if the percentage is a share of the number before
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
	for j := i - 1; j >= 0; j-- {
		if !items[j].counts || items[j].attached || items[j].base || items[j].kind != itemNumber || items[j].tok.Kind == vntext.TokPercent {
			continue
		}
		probe := *it
		probe.frame = items[j].frame
		if u, ok := s.slotIndex["unit"]; ok {
			probe.frame.v[u] = 0
		}
		if rule := x.choose(p, st, &probe); rule != nil && len(rule.Rate) > 0 {
			it.frame, it.rule = probe.frame, rule
			return rule
		}
	}
	return nil
}
