package normalize

import (
	"strings"
	"testing"

	"baocao/extract/rules"
	"baocao/normalize/vntext"
)

func TestSettleNamed(t *testing.T) {
	month := func(year, n int) vntext.Period { return vntext.NewPeriod(vntext.Month, year, n) }
	for _, c := range []struct {
		named  vntext.Period
		period string
		span   rules.Span // before
		want   rules.Span
	}{
		{month(0, 9), "2025-10", rules.Period, rules.Previous},
		{month(2025, 9), "2025-10", rules.Period, rules.Previous},
		{month(2024, 10), "2025-10", rules.Period, rules.Previous},
		{month(0, 12), "2026-01", rules.Period, rules.Previous}, // the December before
		{month(0, 10), "2025-10", rules.Period, rules.Period},
		{month(0, 11), "2025-10", rules.Period, rules.Period}, // the next month, not that of 2024
		{month(0, 8), "2025-Q3", rules.Period, rules.Period},  // a part of the quarter
		{vntext.NewPeriod(vntext.Quarter, 0, 2), "2025-Q3", rules.Period, rules.Previous},
		{vntext.NewPeriod(vntext.Year, 2024, 0), "2025-Q3", rules.Period, rules.Previous},
		{month(0, 9), "2025-10", rules.YTD, rules.YTD},
		{month(0, 9), "", rules.Period, rules.Period},
		{vntext.Period{}, "2025-10", rules.Period, rules.Period},
	} {
		in := []rules.Figure{{Indicator: "dossiers.resolved", Span: c.span, Named: c.named}}
		if got := settleNamed(in, c.period); got[0].Span != c.want {
			t.Errorf("settleNamed(%s beside %q): span %s, want %s", c.named, c.period, got[0].Span, c.want)
		}
		if in[0].Span != c.span {
			t.Errorf("settleNamed(%s beside %q) changed its input", c.named, c.period)
		}
	}
}

// The sentence tells which of its numbers belongs to the month before.
func TestNamedPeriodInSentence(t *testing.T) {
	set := builtIn(t)
	for sentence, want := range map[string]string{
		"Số hồ sơ giải quyết quá hạn là 05 hồ sơ (tháng 9 là 08 hồ sơ).":       "period 5",
		"Tháng 10/2025 giải quyết quá hạn 05 hồ sơ, tháng 9/2025 là 08 hồ sơ.": "period 5, previous 8",
		"Trong tháng 10, số hồ sơ giải quyết quá hạn là 05 hồ sơ.":             "period 5",
		"Hồ sơ giải quyết quá hạn: tháng 9: 08 hồ sơ; tháng 10: 05 hồ sơ.":     "previous 8, period 5",
	} {
		r := withRules(t, set, "UBND XÃ TỨ KỲ\nBÁO CÁO\nCông tác cải cách hành chính tháng 10 năm 2025\nI. KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH\n"+sentence+"\n")
		var got []string
		for _, f := range r.Figures {
			got = append(got, string(f.Span)+" "+f.Value)
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%s\n got %s, want %s", sentence, s, want)
		}
	}
}
