// This file holds the commands about rules: list, test, explain, coverage, draft.
package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
)

func (a *app) rulesCommand() *cobra.Command {
	c := &cobra.Command{Use: "rules", Short: "Danh sách, kiểm thử và giải thích quy tắc"}
	list := &cobra.Command{Use: "list", Short: "Liệt kê quy tắc", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		set, err := a.ruleSet()
		if err != nil {
			return err
		}
		t := render.Table{Name: "rules", Columns: []render.Column{{Key: "rule", Title: a.say("Quy tắc", "Rule")}, {Key: "indicators", Title: a.say("Chỉ tiêu", "Indicators")},
			{Key: "place", Title: a.say("Nơi ghi", "Place")}}}
		for _, r := range set.Rules() {
			ids := append(append(append([]string{}, r.Count...), r.Rate...), r.Money...)
			t.Add(render.Text(r.ID), render.Text(strings.Join(ids, ", ")), render.Text(fmt.Sprintf("%s:%d", r.File, r.Line)))
		}
		return a.print(t)
	}}
	test := &cobra.Command{Annotations: formatsOnly("table"), Use: "test [THƯ_MỤC]", Short: "Chạy ví dụ của quy tắc qua toàn bộ bộ máy", Args: cobra.MaximumNArgs(1), RunE: func(_ *cobra.Command, args []string) error {
		if len(args) == 1 {
			a.rulesDir = args[0]
		}
		set, err := a.ruleSet()
		if err != nil {
			return err
		}
		outcomes := set.CheckExamples()
		bad := 0
		for _, o := range outcomes {
			if o.Problem != "" {
				bad++
				fmt.Fprintf(a.out, "%s:%d: rule %s: %q: %s\n", o.Rule.File, o.Line, o.Rule.ID, o.Text, o.Problem)
			}
		}
		fmt.Fprintf(a.err, a.say("%d ví dụ, %d sai\n", "%d examples, %d wrong\n"), len(outcomes), bad)
		if bad > 0 {
			return &exitError{exitUsage, nil}
		}
		return nil
	}}
	var at int
	explain := &cobra.Command{Annotations: formatsOnly("table"), Use: "explain TỆP", Short: "Cho biết từng số ở một dòng được hiểu thế nào, vì sao", Args: cobra.ExactArgs(1), Example: "  baocao rules explain bao-cao.txt --at 97",
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
			from, to := 0, len(doc.Text)
			if at > 0 {
				lines := strings.SplitAfter(doc.Text, "\n")
				if at > len(lines) {
					return usage("tệp chỉ có %d dòng", len(lines))
				}
				from = len(strings.Join(lines[:at-1], ""))
				to = from + len(lines[at-1])
			}
			for _, e := range set.Explain(doc, from, to) {
				fmt.Fprintf(a.out, "%q: %s %s\n  %s\n  %s\n", e.Text, e.Class, e.Why, e.Words, e.Frame)
				for _, c := range e.Concepts {
					fmt.Fprintln(a.out, "    ·", c)
				}
				for _, f := range e.Figures {
					fmt.Fprintln(a.out, "  =>", f)
				}
				if len(e.Figures) == 0 {
					for _, tried := range e.Tried {
						fmt.Fprintln(a.out, "    ×", tried)
					}
				}
			}
			return nil
		}}
	explain.Flags().IntVar(&at, "at", 0, "dòng (1 là dòng đầu); 0: cả tệp")
	c.AddCommand(list, test, explain)
	return c
}
