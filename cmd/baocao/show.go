// This file holds the commands that look into the database.
package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
	"baocao/db"
	"baocao/extract/document"
)

func (a *app) showCommand() *cobra.Command {
	return &cobra.Command{
		Use: "show [SỐ]", Short: "Danh sách báo cáo, hoặc một báo cáo với số liệu và số chưa hiểu", Args: cobra.MaximumNArgs(1),
		Example: "  baocao show\n  baocao show 3",
		RunE: func(cmd *cobra.Command, args []string) error {
			store, err := a.open(cmd.Context(), false)
			if err != nil {
				return err
			}
			defer store.Close()
			if len(args) == 0 {
				list, err := store.Reports(cmd.Context(), db.Filter{Old: true, Other: true})
				if err != nil {
					return err
				}
				t := render.Table{Name: "reports", Columns: []render.Column{{Key: "id", Title: a.say("Số", "No."), Right: true}, {Key: "unit", Title: a.say("Đơn vị", "Unit"), Width: 24},
					{Key: "period", Title: a.say("Kỳ", "Period")}, {Key: "number", Title: a.say("Số hiệu", "Number"), Width: 16}, {Key: "state", Title: a.say("Trạng thái", "State")},
					{Key: "figures", Title: a.say("Số liệu", "Figures"), Right: true}, {Key: "unexplained", Title: a.say("Chưa hiểu", "Unexplained"), Right: true}},
					Empty: a.say("Chưa có báo cáo nào.", "No reports.")}
				for _, r := range list {
					t.Add(render.Count(r.ID), render.Text(r.Unit), render.Text(r.Period), render.Text(r.Number), render.Text(a.reportState(r.State)), render.Count(r.Figures), render.Count(r.Unexplained))
				}
				return a.print(t)
			}
			id, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return usage("%q không phải là số thứ tự báo cáo; xem baocao show", args[0])
			}
			r, err := store.Report(cmd.Context(), id)
			if err != nil {
				return err
			}
			t := render.Table{Name: "figures", Title: fmt.Sprintf("%s, %s, %s %s\n%s", r.Unit, r.Period, r.Number, r.Date, r.Path),
				Columns: []render.Column{{Key: "indicator", Title: a.say("Chỉ tiêu", "Indicator"), Width: 26}, {Key: "value", Title: a.say("Giá trị", "Value"), Right: true},
					{Key: "line", Title: a.say("Dòng", "Line"), Right: true}, {Key: "sentence", Title: a.say("Câu", "Sentence"), Width: 44}},
				Empty: a.say("Không có số liệu.", "No figures."), Marks: a.trustMarks()}
			for _, f := range r.Report.Figures {
				if !f.Trusted() {
					continue
				}
				m := f.Mentions[0]
				t.Add(render.Text(a.figureName(f.Indicator, f.Field, string(f.Span))), valueOf(f.Value, f.Confidence), render.Count(m.Line), render.Text(cut(m.Snippet, 86)))
			}
			if err := a.print(t); err != nil {
				return err
			}
			var open []numberJSON
			for _, n := range r.Report.Unexplained() {
				open = append(open, unexplainedJSON(&document.Document{Text: r.Text}, n))
			}
			a.listUnexplained(open)
			return nil
		},
	}
}
