// This file holds the commands that look into the database.
package main

import (
	"strconv"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
	"baocao/db"
)

func (a *app) showCommand() *cobra.Command {
	return &cobra.Command{
		Use: a.say("show [SỐ | ĐƠN_VỊ KỲ]", "show [NUMBER | UNIT PERIOD]"), Short: a.say("Danh sách báo cáo, hoặc một báo cáo: số liệu, nơi in, phát hiện, số chưa hiểu", "List reports, or one report: figures, places, findings, numbers not understood"), Args: cobra.MaximumNArgs(2),
		Example: "  baocao show\n  baocao show 3\n  baocao show \"Xã Quang Khải\" 2023-05",
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
			if len(args) == 2 {
				return a.showUnit(cmd.Context(), args[0], args[1])
			}
			id, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return usage(a.say("%q không phải là số thứ tự báo cáo; cho số (xem baocao show), hoặc đơn vị và kỳ: baocao show %q 2023-05", "%q is no number of a report; give one (see baocao show), or a unit and a period: baocao show %q 2023-05"), args[0], args[0])
			}
			return a.showReport(cmd.Context(), store, id)
		},
	}
}
