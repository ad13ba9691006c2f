// This file holds the commands that list and test rules.
package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
)

func (a *app) rulesCommand() *cobra.Command {
	c := &cobra.Command{Use: "rules", Short: a.say("Danh sách, kiểm thử và giải thích quy tắc", "List, test and explain the rules")}
	list := &cobra.Command{Use: "list", Short: a.say("Liệt kê quy tắc", "List the rules"), Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
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
	test := &cobra.Command{Annotations: formatsOnly("table"), Use: a.say("test [THƯ_MỤC]", "test [FOLDER]"), Short: a.say("Chạy ví dụ của quy tắc qua toàn bộ bộ máy", "Run the examples of the rules through the whole engine"), Args: cobra.MaximumNArgs(1), RunE: func(_ *cobra.Command, args []string) error {
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
	c.AddCommand(list, test, a.rulesExplainCommand(), a.rulesCoverageCommand(), a.rulesDraftCommand())
	return c
}
