// This file makes the cell of a figure, with the signs at it.
package main

import (
	"fmt"
	"slices"

	"baocao/cmd/internal/render"
	"baocao/db/trend"
)

// marks are the signs at figures.
func (a *app) marks() []render.Mark {
	return []render.Mark{
		{Key: "approximate", Symbol: "~", Text: a.say("báo cáo ghi “khoảng”, “gần”, “hơn”", "the report says about, nearly or more than"), Before: true},
		{Key: "made", Symbol: "Σ", Text: a.say("tính từ các kỳ ngắn hơn: số phát sinh cộng lại, số tồn lấy ở đầu hoặc cuối kỳ, tỷ lệ tính lại từ tử số và mẫu số",
			"made of shorter periods: flows added, stocks taken at the start or end, rates computed again from their figures"), Before: true},
		{Key: "joined", Symbol: "†", Text: a.say("của các xã trước khi sáp nhập", "of the communes before they were merged")},
		{Key: "partial", Symbol: "°", Text: a.say("mới có một phần: 2/3 là 2 trong 3 kỳ hoặc đơn vị", "only a part: 2/3 is 2 of 3 periods or units")},
		{Key: "open_error", Symbol: "!", Text: a.say("có lỗi chưa xử lý, xem baocao check", "an unsettled error rests on it, see baocao check")},
		{Key: "corrected", Symbol: "*", Text: a.say("đã được người kiểm tra sửa", "corrected by a reviewer")},
		{Key: "conflict", Text: a.say("≠: đơn vị ghi các số khác nhau cho cùng một kỳ, không lấy số nào", "≠: the unit gives different values for one period; none is taken")},
	}
}

// figure is the cell of a figure.
func (a *app) figure(c trend.Cell, percent bool) render.Cell {
	out := render.Number(c.Value)
	if percent {
		out = render.Percent(c.Value)
	}
	if len(c.Conflict) > 0 {
		unit := out.Unit
		out = render.Either(c.Conflict...).Marked("conflict")
		out.Unit = unit
	}
	for _, m := range []struct {
		key string
		set bool
	}{
		{"approximate", c.Approx}, {"made", c.Basis == trend.Summed || c.Basis == trend.Opening || c.Basis == trend.Closing || c.Basis == trend.Recomputed},
		{"joined", c.Basis == trend.Joined}, {"partial", len(c.Lacks) > 0}, {"open_error", c.InError}, {"corrected", len(c.Corrections) > 0},
	} {
		if m.set {
			out = out.Marked(m.key)
		}
	}
	for _, n := range c.Corrections {
		out = out.Footnoted(a.correctionNote(n))
	}
	if len(c.Lacks) > 0 {
		out = out.With("parts", render.Text(fmt.Sprintf("%d/%d", len(c.Of)-len(c.Lacks), len(c.Of))))
	}
	return out
}

// correctionNote says what a report prints where a reviewer corrected it.
func (a *app) correctionNote(n trend.Correction) string {
	percent := ""
	if a.catalogue()[n.Indicator].Kind == "percent" {
		percent = "%"
	}
	return fmt.Sprintf(a.say("* %s, %s, %s: trong báo cáo in %s, sửa thành %s.", "* %s, %s, %s: the report prints %s, corrected to %s."),
		n.Unit, n.Period, lowerFirst(a.figureName(n.Indicator, n.Field, "")), a.number(n.Printed)+percent, a.number(n.Value)+percent)
}

// changes adds the change against the period before to a figure.
func changes(c render.Cell, change, percent string) render.Cell {
	c.Aside = append(slices.Clip(c.Aside), render.Aside{Key: "change", Cell: render.Number(change).Signed()}, render.Aside{Key: "percent", Cell: render.Percent(percent).Signed()})
	return c
}
