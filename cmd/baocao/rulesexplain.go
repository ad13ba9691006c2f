// This file holds the command that tells how each number of a text was read.
package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"baocao/extract/document"
	"baocao/extract/rules"
)

func (a *app) rulesExplainCommand() *cobra.Command {
	var at int
	c := &cobra.Command{Annotations: formatsOnly("table,json"), Use: a.say("explain TỆP", "explain FILE"),
		Short: a.say("Cho biết từng số ở một dòng được hiểu thế nào, vì sao", "Say how each number of a line is understood, and why"), Args: cobra.ExactArgs(1),
		Example: "  baocao rules explain bao-cao.txt --at 97",
		RunE: func(cmd *cobra.Command, args []string) error {
			set, err := a.ruleSet()
			if err != nil {
				return err
			}
			pool, err := readers(cmd.Context(), 1)
			if err != nil {
				return err
			}
			defer pool.Close()
			doc, _, err := readFile(cmd.Context(), pool, args[0], "")
			if err != nil {
				return err
			}
			from, to, err := a.lineSpan(doc.Text, at)
			if err != nil {
				return err
			}
			list := set.Explain(doc, from, to)
			if a.format == "json" {
				return a.explainJSON(doc, list)
			}
			if len(list) == 0 {
				fmt.Fprintln(a.err, a.say("Ở đó không có số nào.", "There is no number there."))
			}
			for i := range list {
				a.explainOne(set, doc, &list[i])
			}
			return nil
		}}
	c.Flags().IntVar(&at, "at", 0, a.say("dòng (1 là dòng đầu); 0: cả tệp", "the line (1 is the first); 0: the whole file"))
	return c
}

// lineSpan gives where a line begins and ends; line 0 is the whole text.
func (a *app) lineSpan(text string, line int) (from, to int, err error) {
	if line == 0 {
		return 0, len(text), nil
	}
	lines := strings.SplitAfter(text, "\n")
	if line < 0 || line > len(lines) {
		return 0, 0, usage(a.say("không có dòng %d: tệp có %d dòng", "there is no line %d: the file has %d lines"), line, len(lines))
	}
	from = len(strings.Join(lines[:line-1], ""))
	return from, from + len(lines[line-1]), nil
}

// explainOne prints what is known of one number.
func (a *app) explainOne(set *rules.Set, doc *document.Document, e *rules.Explanation) {
	fmt.Fprintf(a.out, a.say("dòng %d: %q là %s%s\n", "line %d: %q is %s%s\n"), doc.Line(e.Start), e.Text, a.className(e.Class), inBrackets(e.Why))
	if e.Words != "" {
		fmt.Fprintf(a.out, a.say("  xét trong:  %s\n", "  read in:    %s\n"), e.Words)
	}
	if e.Frame != "" && e.Frame != "-" {
		fmt.Fprintf(a.out, a.say("  hiểu là:    %s\n", "  means:      %s\n"), e.Frame)
	}
	for _, c := range e.Concepts {
		fmt.Fprintf(a.out, "              %q: %s  (%s)\n", c.Phrase, c.Means, c.At)
	}
	for i := range e.Figures {
		f := &e.Figures[i]
		fmt.Fprintf(a.out, a.say("  số liệu:    %s = %s, độ tin cậy %s\n", "  figure:     %s = %s, confidence %s\n"), figureName(f), a.number(f.Value),
			a.number(fmt.Sprintf("%.2f", f.Confidence)))
		for _, d := range set.Against(f.Doubts) {
			fmt.Fprintf(a.out, "              - %s\n", a.doubtText(d))
		}
	}
	for i, m := range e.Near {
		head := a.say("  gần nhất:   ", "  nearest:    ")
		if i > 0 {
			head = "              "
		}
		fmt.Fprintf(a.out, "%s%s: %s\n", head, m.Rule, a.missText(&m))
	}
	fmt.Fprintln(a.out)
}

func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

// figureName gives "dossiers.received@civil_status#ytd".
func figureName(f *rules.Figure) string {
	name := f.Indicator
	if f.Field != "" {
		name += "@" + f.Field
	}
	if f.Span != rules.Period {
		name += "#" + string(f.Span)
	}
	return name
}

// missText says why a rule did not fit.
func (a *app) missText(m *rules.Miss) string {
	var parts []string
	add := func(vi, en string, list []string) {
		if len(list) > 0 {
			parts = append(parts, a.say(vi, en)+" "+strings.Join(list, ", "))
		}
	}
	add("chưa nói", "nothing says", m.Missing)
	add("thừa", "too much:", m.Extra)
	add("khác:", "other:", m.Other)
	if m.Form != "" {
		parts = append(parts, m.Form)
	}
	return strings.Join(parts, "; ")
}

// className names a class of numbers.
func (a *app) className(c rules.Class) string {
	if a.lang == "en" {
		return c.String()
	}
	return map[rules.Class]string{rules.Unexplained: "số chưa hiểu", rules.ClassFigure: "số liệu", rules.ClassDate: "ngày hoặc kỳ", rules.ClassReference: "số hiệu văn bản",
		rules.ClassStructure: "số thứ tự", rules.ClassLabel: "phần của tên gọi", rules.ClassOther: "số hiểu được nhưng không phải số liệu"}[c]
}

// explainedJSON is one number of explain; a field may be added, none changes its
// meaning.
type explainedJSON struct {
	Start    int             `json:"start"`
	End      int             `json:"end"`
	Line     int             `json:"line"`
	Text     string          `json:"text"`
	Class    string          `json:"class"`
	Why      string          `json:"why,omitempty"`
	Words    string          `json:"words,omitempty"`
	Frame    string          `json:"frame,omitempty"`
	Rule     string          `json:"rule,omitempty"`
	Figures  []explainedFig  `json:"figures"`
	Concepts []explainedWord `json:"concepts"`
	Near     []explainedMiss `json:"near"`
}

type explainedFig struct {
	Figure     string   `json:"figure"`
	Value      string   `json:"value"`
	Confidence float64  `json:"confidence"`
	Doubts     []string `json:"doubts"`
}

type explainedWord struct {
	Phrase string `json:"phrase"`
	Means  string `json:"means"`
	At     string `json:"at"`
}

type explainedMiss struct {
	Rule string `json:"rule"`
	Why  string `json:"why"`
}

// explainJSON prints one object a number.
func (a *app) explainJSON(doc *document.Document, list []rules.Explanation) error {
	enc := json.NewEncoder(a.out)
	for _, e := range list {
		out := explainedJSON{Start: e.Start, End: e.End, Line: doc.Line(e.Start), Text: e.Text, Class: e.Class.String(), Why: e.Why, Words: e.Words,
			Frame: e.Frame, Rule: e.Rule, Figures: []explainedFig{}, Concepts: []explainedWord{}, Near: []explainedMiss{}}
		for i := range e.Figures {
			f := &e.Figures[i]
			out.Figures = append(out.Figures, explainedFig{figureName(f), f.Value, f.Confidence, append([]string{}, f.Doubts.Names()...)})
		}
		for _, c := range e.Concepts {
			out.Concepts = append(out.Concepts, explainedWord{c.Phrase, c.Means, c.At})
		}
		for i := range e.Near {
			out.Near = append(out.Near, explainedMiss{e.Near[i].Rule, a.missText(&e.Near[i])})
		}
		if err := enc.Encode(out); err != nil {
			return fmt.Errorf("print explanation: %w", err)
		}
	}
	return nil
}
