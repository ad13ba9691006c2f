// This file tests which numbers of a report count as not understood.

package normalize

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/extract/rules"
)

func TestUnexplained(t *testing.T) {
	at := func(start int) []Mention { return []Mention{{Start: start, End: start + 2, Text: "12"}} }
	r := &Report{
		Numbers: []rules.Number{
			{Start: 0, End: 2, Text: "12", Class: rules.ClassFigure}, {Start: 10, End: 12, Text: "12", Class: rules.ClassFigure},
			{Start: 20, End: 22, Text: "12", Class: rules.Unexplained}, {Start: 30, End: 32, Text: "12", Class: rules.ClassFigure},
			{Start: 40, End: 42, Text: "12", Class: rules.ClassDate},
		},
		Figures: []Figure{
			{Indicator: "a", Confidence: LeastConfidence, Mentions: at(0)},
			{Indicator: "b", Confidence: 0.2, Mentions: at(0)}, // the same number is a trusted figure
			{Indicator: "c", Confidence: 0.3, Mentions: at(30)},
			{Indicator: "d", Confidence: 0.4, Mentions: at(30)},
			{Indicator: "e", Confidence: 0.9, Mentions: at(10)},
		},
	}
	var got []string
	for _, n := range r.Unexplained() {
		name := "?"
		if n.Maybe != nil {
			name = n.Maybe.Indicator
		}
		got = append(got, name)
		if n.Start != map[string]int{"?": 20, "d": 30}[name] {
			t.Errorf("%s at %d", name, n.Start)
		}
	}
	if diff := cmp.Diff([]string{"?", "d"}, got); diff != "" {
		t.Errorf("want -, got +:\n%s", diff)
	}
}
