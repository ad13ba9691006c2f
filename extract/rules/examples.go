// This file runs the examples that rules carry through the whole engine.

package rules

import (
	"fmt"
	"sort"
	"strings"

	"baocao/extract/document"
)

// Outcome is the result of one example run through the whole engine.
type Outcome struct {
	Rule *Rule
	Example
	Problem string // "" when the example came out as it says
}

// CheckExamples runs every example of every rule through the whole engine, in
// file order.
func (s *Set) CheckExamples() []Outcome {
	var out []Outcome
	for _, r := range s.rules {
		for _, e := range r.Examples {
			out = append(out, Outcome{Rule: r, Example: e, Problem: s.checkExample(r, e)})
		}
	}
	return out
}

// checkExample compares what the engine reads from the example with what it
// wants. A positive example must give exactly the wanted values for the wanted
// indicators; a negative one none of the rule's indicators.
func (s *Set) checkExample(r *Rule, e Example) string {
	res := s.Extract(exampleDocument(e))
	from := 0
	if e.Context != "" {
		from = len(e.Context) + 1
	}
	var got []string
	mine := map[string]bool{}
	for _, list := range [][]string{r.Count, r.Num, r.Rate, r.Money, r.Rank} {
		for _, id := range list {
			mine[id] = true
		}
	}
	if r.denOnly && len(r.Count) == 0 {
		mine[r.Den[0]] = true
	}
	for _, f := range res.Figures {
		if f.Start >= from {
			got = append(got, figureKey(f.Indicator, f.Field, f.Span, f.Value))
		}
	}
	sort.Strings(got)
	if len(e.Want) == 0 {
		for _, f := range res.Figures {
			if f.Start >= from && mine[f.Indicator] {
				return fmt.Sprintf("want none of the rule's indicators, read %s", strings.Join(got, ", "))
			}
		}
		return ""
	}
	have := map[string]bool{}
	for _, g := range got {
		have[g] = true
	}
	for _, w := range e.Want {
		if key := figureKey(w.Indicator, w.Field, w.Span, w.Value); !have[key] {
			return fmt.Sprintf("want %s, read %s", key, orNothing(got))
		}
	}
	// no other value of a wanted indicator
	wanted := map[string]bool{}
	ids := map[string]bool{}
	for _, w := range e.Want {
		wanted[figureKey(w.Indicator, w.Field, w.Span, w.Value)] = true
		ids[w.Indicator] = true
	}
	for _, f := range res.Figures {
		if f.Start >= from && ids[f.Indicator] && !wanted[figureKey(f.Indicator, f.Field, f.Span, f.Value)] {
			return fmt.Sprintf("read %s besides what is wanted", figureKey(f.Indicator, f.Field, f.Span, f.Value))
		}
	}
	return ""
}

func orNothing(got []string) string {
	if len(got) == 0 {
		return "nothing"
	}
	return strings.Join(got, ", ")
}

func figureKey(id, field string, span Span, value string) string {
	if field != "" {
		id += "@" + field
	}
	if span != Period {
		id += "#" + string(span)
	}
	return id + " = " + value
}

// exampleDocument makes a document of an example: the context's lines, then the
// text's lines; a line with TABs is a table row.
func exampleDocument(e Example) *document.Document {
	var b document.Builder
	text := e.Text
	if e.Context != "" {
		text = e.Context + "\n" + text
	}
	for _, line := range strings.Split(text, "\n") {
		if strings.Contains(line, "\t") {
			b.Add(document.Row, 1, 1, line)
		} else {
			b.Add(document.Paragraph, 1, 0, line)
		}
	}
	return b.Document()
}
