// This file tells the addends of a sum that a sentence prints from the sum: "02 công văn,
// 01 thông báo (tổng 03 văn bản)".

package rules

import "strconv"

// addends marks figures of one sentence that together make another one of it: that one
// is the figure, they are its parts.
func addends(figures []Figure) {
	for i := range figures {
		sum, err := strconv.Atoi(figures[i].Value)
		if err != nil || sum == 0 {
			continue
		}
		rest, others := sum, 0
		for j := range figures {
			if v, err := strconv.Atoi(figures[j].Value); err == nil && j != i && sameFigure(&figures[i], &figures[j]) {
				rest -= v
				others++
			}
		}
		if rest != 0 || others < 2 {
			continue
		}
		for j := range figures {
			if j != i && sameFigure(&figures[i], &figures[j]) {
				figures[j].addend = true
			}
		}
		return
	}
}

// sameFigure reports whether two figures are of the same indicator, field and period.
func sameFigure(a, b *Figure) bool {
	return a.Indicator == b.Indicator && a.Field == b.Field && a.Span == b.Span && a.Named == b.Named
}

// dropAddends drops the figures that are addends of another.
func (x *extraction) dropAddends() {
	x.drop(func(i int) (bool, Class, string) {
		return x.result.Figures[i].addend, ClassOther, "part of a sum that the sentence gives"
	})
}
