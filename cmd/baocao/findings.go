// This file holds the commands by which people decide about findings.
package main

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/spf13/cobra"

	"baocao/db"
)

func (a *app) findingsCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "findings", Short: a.say("Xử lý mâu thuẫn: thừa nhận, bác bỏ, đính chính, mở lại; nhật ký", "Settle contradictions: accept, dismiss, correct, reopen; the trail of decisions"),
		Long: a.say("Mỗi mâu thuẫn có mã ngắn, in trong baocao check. Quyết định về mâu thuẫn được ghi vào nhật ký, chỉ thêm, không sửa, không xóa; "+
			"nhập lại, đọc lại và kiểm tra lại đều giữ quyết định. Khi số liệu khác với lúc quyết định, mâu thuẫn tự mở lại và nói rõ điều đó.",
			"Each contradiction has a short code, printed by baocao check. Decisions are added to a trail in which nothing is changed or removed; "+
				"they outlast importing, reading and checking again. Where the figures are no longer those decided about, the contradiction opens again and says so."),
		Example: "  baocao findings list --unit \"Xã Quang Khải\"\n  baocao findings accept 695efc\n  baocao findings dismiss 9f292d --reason \"đề mục IV gộp vào III\"\n" +
			"  baocao findings correct b27fbd dossiers.resolved=292:229\n  baocao findings reopen 695efc\n  baocao findings trail 695efc",
	}
	c.AddCommand(a.findingsListCommand(), a.decideCommand(db.VerdictAccepted), a.decideCommand(db.VerdictDismissed), a.correctCommand(),
		a.decideCommand(db.VerdictOpen), a.trailCommand())
	return c
}

func (a *app) findingsListCommand() *cobra.Command {
	var o checkOptions
	var all bool
	c := &cobra.Command{
		Use: "list", Short: a.say("Các mâu thuẫn của lần kiểm tra gần nhất, với trạng thái", "The contradictions of the last check, with their states"), Args: cobra.NoArgs,
		Long: a.say("In các mâu thuẫn đã lưu ở lần kiểm tra gần nhất, không kiểm tra lại. --all kể cả những mâu thuẫn mà lần kiểm tra gần nhất không còn thấy "+
			"(đã có bản thay thế hoặc đã đính chính).",
			"Print the contradictions that the last check stored, without checking again. --all adds those that it no longer found (replaced or corrected since)."),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			store, err := a.open(ctx, false)
			if err != nil {
				return err
			}
			defer store.Close()
			filter, err := a.findingFilter(ctx, store, o)
			if err != nil {
				return err
			}
			filter.Inactive = all
			list, err := store.Findings(ctx, filter)
			if err != nil {
				return err
			}
			if o.by == "" && a.format == "table" {
				return a.findingList(list)
			}
			if err := a.showFindings(ctx, store, list, o.by); err != nil {
				return err
			}
			return a.strayCorrections(ctx, store)
		},
	}
	f := c.Flags()
	f.StringSliceVar(&o.units, "unit", nil, a.say("chỉ đơn vị này", "only this unit"))
	f.StringSliceVar(&o.periods, "period", nil, a.say("chỉ kỳ này, ví dụ 2023-05", "only this period, such as 2023-05"))
	f.StringSliceVar(&o.states, "state", nil, a.say("chỉ trạng thái này: open, accepted, dismissed, corrected, all", "only this state: open, accepted, dismissed, corrected, all"))
	f.StringVar(&o.severity, "severity", "info", a.say("mức thấp nhất được in: info, warning, error", "the lowest severity printed: info, warning, error"))
	f.StringVar(&o.by, "by", "", a.say("in số mâu thuẫn theo unit, check hoặc period", "count contradictions by unit, check or period"))
	f.BoolVar(&all, "all", false, a.say("kể cả mâu thuẫn mà lần kiểm tra gần nhất không còn thấy", "also those that the last check no longer found"))
	return c
}

// decideCommand is accept, dismiss or reopen.
func (a *app) decideCommand(state db.Verdict) *cobra.Command {
	var who, reason string
	use := map[db.Verdict][2]string{
		db.VerdictAccepted:  {a.say("accept MÃ...", "accept CODE..."), a.say("Cơ quan báo cáo thừa nhận mâu thuẫn", "The reporting office admits the contradiction")},
		db.VerdictDismissed: {a.say("dismiss MÃ...", "dismiss CODE..."), a.say("Bác bỏ: số liệu đúng như đã in, vì lý do đã nêu", "Dismiss: the figures are right as printed, for the reason given")},
		db.VerdictOpen:      {a.say("reopen MÃ...", "reopen CODE..."), a.say("Mở lại: rút quyết định trước, kể cả số đã đính chính", "Reopen: take the last decision back, corrected figures too")},
	}[state]
	c := &cobra.Command{
		Use: use[0], Short: use[1], Args: cobra.MinimumNArgs(1), Annotations: formatsOnly("table,json"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if state == db.VerdictDismissed && strings.TrimSpace(reason) == "" {
				return usage("%s", a.say("bác bỏ phải có lý do: thêm --reason \"...\"", "a dismissal needs a reason: add --reason \"...\""))
			}
			return a.decide(cmd.Context(), args, db.Decision{State: state, Who: who, Reason: reason}, nil)
		},
	}
	a.decisionFlags(c, &who, &reason)
	return c
}

func (a *app) decisionFlags(c *cobra.Command, who, reason *string) {
	c.Flags().StringVar(who, "by-whom", "", a.say("người quyết định (mặc định: tên đăng nhập)", "who decides (by default the login name)"))
	c.Flags().StringVar(reason, "reason", "", a.say("lý do, ghi vào nhật ký", "the reason, kept in the trail"))
}

func (a *app) correctCommand() *cobra.Command {
	var who, reason, period string
	var repair int
	c := &cobra.Command{
		Use: a.say("correct MÃ CHỈ_TIÊU=SỐ...", "correct CODE INDICATOR=NUMBER..."), Short: a.say("Ghi số đúng; số đã in vẫn được giữ bên cạnh", "Record the true number; the printed one stays beside it"), Args: cobra.MinimumNArgs(1), Annotations: formatsOnly("table,json"),
		Long: a.say("Ghi số đúng của một hay nhiều chỉ tiêu. Xu hướng, so sánh và các lần kiểm tra sau dùng số đúng; số đã in vẫn giữ và hiện bên cạnh.\n\n"+
			"Dạng: CHỈ_TIÊU[@LĨNH_VỰC][#KỲ]=SỐ, hoặc =SỐ_ĐÃ_IN:SỐ khi báo cáo in chỉ tiêu đó với nhiều giá trị. "+
			"Số viết như trong báo cáo (1.312 là một nghìn ba trăm mười hai, 99,71 là phần trăm); với --lang en viết 1,312 và 99.71. "+
			"--repair N lấy cách sửa thứ N mà baocao explain in ra.",
			"Record the true numbers of indicators. Trends, comparisons and later checks use them; the printed numbers are kept and shown beside them.\n\n"+
				"Form: INDICATOR[@FIELD][#PERIOD]=NUMBER, or =PRINTED:NUMBER where the report prints several values of the indicator. "+
				"With --lang en numbers are written 1,312 and 99.71, else as in the reports (1.312 and 99,71). "+
				"--repair N takes the repair N that baocao explain prints."),
		Example: "  baocao findings correct 695efc dossiers.resolved=242\n  baocao findings correct b27fbd dossiers.resolved=292:229\n" +
			"  baocao findings correct dd1f92 dossiers.received@other=24\n  baocao findings correct b31eb0 --repair 1 --reason \"xã xác nhận qua điện thoại\"",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 && repair == 0 {
				return usage(a.say("cho biết số đúng: baocao findings correct %s CHỈ_TIÊU=SỐ, hoặc --repair N", "give the true value: baocao findings correct %s INDICATOR=NUMBER, or --repair N"), args[0])
			}
			return a.decide(cmd.Context(), args[:1], db.Decision{State: db.VerdictCorrected, Who: who, Reason: reason}, func(ctx context.Context, store *db.DB, f db.Finding) ([]db.Correction, error) {
				var list []db.Correction
				if repair != 0 {
					var err error
					if list, err = a.repairAsCorrections(f, repair); err != nil {
						return nil, err
					}
				}
				sha := ""
				if period != "" {
					var err error
					if sha, err = a.reportOf(ctx, store, f, period); err != nil {
						return nil, err
					}
				}
				for _, arg := range args[1:] {
					c, err := a.parseCorrection(arg)
					if err != nil {
						return nil, err
					}
					c.SHA256 = sha
					list = append(list, c)
				}
				return list, nil
			})
		},
	}
	a.decisionFlags(c, &who, &reason)
	c.Flags().IntVar(&repair, "repair", 0, a.say("lấy cách sửa thứ N của baocao explain", "take repair N of baocao explain"))
	c.Flags().StringVar(&period, "in-period", "", a.say("số cần sửa nằm trong báo cáo của kỳ này (ví dụ báo cáo kỳ trước)", "the number stands in the report on this period (such as the one before)"))
	return c
}

func (a *app) trailCommand() *cobra.Command {
	return &cobra.Command{
		Use: a.say("trail MÃ", "trail CODE"), Short: a.say("Nhật ký quyết định của một mâu thuẫn", "The decisions about a contradiction"), Args: cobra.ExactArgs(1), Annotations: formatsOnly("table,json"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			store, err := a.open(ctx, false)
			if err != nil {
				return err
			}
			defer store.Close()
			f, err := a.finding(ctx, store, args[0])
			if err != nil {
				return err
			}
			trail, err := store.Trail(ctx, f.ID)
			if err != nil {
				return err
			}
			if a.format == "json" {
				for _, d := range trail {
					if err := json.NewEncoder(a.out).Encode(stepToJSON(d)); err != nil {
						return err
					}
				}
				return nil
			}
			a.paragraph("", "  ", f.Short+"  "+a.unitPeriod(f.Unit, f.Period)+": "+a.say(f.Message, f.MessageEN))
			a.printTrail(f, trail)
			return nil
		},
	}
}
