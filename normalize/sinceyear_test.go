package normalize

import (
	"testing"

	"baocao/extract/rules"
)

func TestSettleYear(t *testing.T) {
	received := func(span rules.Span, value string) rules.Figure {
		return rules.Figure{Indicator: "dossiers.received", Span: span, Value: value}
	}
	for _, c := range []struct {
		period  string
		figures []rules.Figure
		want    rules.Span // of the first figure
	}{
		{"2015-Q1", []rules.Figure{received(rules.YTD, "3834")}, rules.Period},
		{"2023-H1", []rules.Figure{received(rules.YTD, "3834")}, rules.Period},
		{"2023", []rules.Figure{received(rules.YTD, "3834")}, rules.Period},
		{"2022-12-15/2023-05-14", []rules.Figure{received(rules.YTD, "3834")}, rules.Period},
		{"2023-05", []rules.Figure{received(rules.YTD, "3834")}, rules.YTD},
		{"2023-Q2", []rules.Figure{received(rules.YTD, "3834")}, rules.YTD},
		{"", []rules.Figure{received(rules.YTD, "3834")}, rules.YTD},
		{"2023-H1", []rules.Figure{received(rules.YTD, "3834"), received(rules.Period, "900")}, rules.YTD},
	} {
		before := c.figures[0].Span
		if got := settleYear(c.figures, c.period); got[0].Span != c.want {
			t.Errorf("settleYear(%v, %q): span %s, want %s", c.figures, c.period, got[0].Span, c.want)
		}
		if c.figures[0].Span != before {
			t.Errorf("settleYear(%q) changed its input", c.period)
		}
	}
}
