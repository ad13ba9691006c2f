// This file holds the commands by which people decide about findings.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/user"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"baocao/db"
	"baocao/extract/rules"
	"baocao/normalize/vntext"
)

func (a *app) findingsCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "findings", Short: "Xử lý mâu thuẫn: thừa nhận, bác bỏ, đính chính, mở lại; nhật ký",
		Long: "Mỗi mâu thuẫn có mã ngắn, in trong baocao check. Quyết định về mâu thuẫn được ghi vào nhật ký, chỉ thêm, không sửa, không xóa; " +
			"nhập lại, đọc lại và kiểm tra lại đều giữ quyết định. Khi số liệu khác với lúc quyết định, mâu thuẫn tự mở lại và nói rõ điều đó.",
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
		Use: "list", Short: "Các mâu thuẫn của lần kiểm tra gần nhất, với trạng thái", Args: cobra.NoArgs,
		Long: "In các mâu thuẫn đã lưu ở lần kiểm tra gần nhất, không kiểm tra lại. --all kể cả những mâu thuẫn mà lần kiểm tra gần nhất không còn thấy " +
			"(đã có bản thay thế hoặc đã đính chính).",
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
	f.StringSliceVar(&o.units, "unit", nil, "chỉ đơn vị này")
	f.StringSliceVar(&o.periods, "period", nil, "chỉ kỳ này, ví dụ 2023-05")
	f.StringSliceVar(&o.states, "state", nil, "chỉ trạng thái này: open, accepted, dismissed, corrected, all")
	f.StringVar(&o.severity, "severity", "info", "mức thấp nhất được in: info, warning, error")
	f.StringVar(&o.by, "by", "", "in số mâu thuẫn theo unit, check hoặc period")
	f.BoolVar(&all, "all", false, "kể cả mâu thuẫn mà lần kiểm tra gần nhất không còn thấy")
	return c
}

// decideCommand is accept, dismiss or reopen.
func (a *app) decideCommand(state db.Verdict) *cobra.Command {
	var who, reason string
	use := map[db.Verdict][2]string{
		db.VerdictAccepted:  {"accept MÃ...", "Cơ quan báo cáo thừa nhận mâu thuẫn"},
		db.VerdictDismissed: {"dismiss MÃ...", "Bác bỏ: số liệu đúng như đã in, vì lý do đã nêu"},
		db.VerdictOpen:      {"reopen MÃ...", "Mở lại: rút quyết định trước, kể cả số đã đính chính"},
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
	c.Flags().StringVar(who, "by-whom", "", "người quyết định (mặc định: tên đăng nhập)")
	c.Flags().StringVar(reason, "reason", "", "lý do, ghi vào nhật ký")
}

func (a *app) correctCommand() *cobra.Command {
	var who, reason, period string
	var repair int
	c := &cobra.Command{
		Use: "correct MÃ CHỈ_TIÊU=SỐ...", Short: "Ghi số đúng; số đã in vẫn được giữ bên cạnh", Args: cobra.MinimumNArgs(1), Annotations: formatsOnly("table,json"),
		Long: "Ghi số đúng của một hay nhiều chỉ tiêu. Xu hướng, so sánh và các lần kiểm tra sau dùng số đúng; số đã in vẫn giữ và hiện bên cạnh.\n\n" +
			"Dạng: CHỈ_TIÊU[@LĨNH_VỰC][#KỲ]=SỐ, hoặc =SỐ_ĐÃ_IN:SỐ khi báo cáo in chỉ tiêu đó với nhiều giá trị. " +
			"Số viết như trong báo cáo (1.312 là một nghìn ba trăm mười hai, 99,71 là phần trăm); với --lang en viết 1,312 và 99.71. " +
			"--repair N lấy cách sửa thứ N mà baocao explain in ra.",
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
	c.Flags().IntVar(&repair, "repair", 0, "lấy cách sửa thứ N của baocao explain")
	c.Flags().StringVar(&period, "in-period", "", "số cần sửa nằm trong báo cáo của kỳ này (ví dụ báo cáo kỳ trước)")
	return c
}

func (a *app) trailCommand() *cobra.Command {
	return &cobra.Command{
		Use: "trail MÃ", Short: "Nhật ký quyết định của một mâu thuẫn", Args: cobra.ExactArgs(1), Annotations: formatsOnly("table,json"),
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

// finding looks a finding up by what a person typed.
func (a *app) finding(ctx context.Context, store *db.DB, typed string) (db.Finding, error) {
	id, err := store.FindingID(ctx, typed)
	switch {
	case errors.Is(err, db.ErrUnknown):
		return db.Finding{}, usage(a.say("không có mâu thuẫn %q; xem mã bằng baocao findings list --all", "there is no finding %q; see the ids with baocao findings list --all"), typed)
	case errors.Is(err, db.ErrAmbiguous):
		return db.Finding{}, usage(a.say("mã %q chưa đủ để chọn một mâu thuẫn; gõ thêm: %v", "%q is the beginning of several ids; type more: %v"), typed, err)
	case err != nil:
		return db.Finding{}, err
	}
	list, err := store.Findings(ctx, db.FindingFilter{IDs: []string{id}, Inactive: true})
	if err != nil {
		return db.Finding{}, err
	}
	if len(list) == 0 {
		return db.Finding{}, fmt.Errorf("finding %s: %w", id, db.ErrUnknown)
	}
	return list[0], nil
}

// decide writes one decision for each finding, checks the units again where
// figures changed, and says what became of it.
func (a *app) decide(ctx context.Context, ids []string, decision db.Decision,
	corrections func(context.Context, *db.DB, db.Finding) ([]db.Correction, error)) error {
	store, err := a.open(ctx, false)
	if err != nil {
		return err
	}
	defer store.Close()
	if decision.Who = strings.TrimSpace(decision.Who); decision.Who == "" {
		if decision.Who, err = loginName(); err != nil {
			return usage("%s", a.say("không biết ai quyết định: thêm --by-whom \"HỌ TÊN\"", "it is not known who decides: add --by-whom \"NAME\""))
		}
	}
	// All are looked up before the first is decided: a mistyped id stops everything.
	var list []db.Finding
	for _, typed := range ids {
		f, err := a.finding(ctx, store, typed)
		if err != nil {
			return err
		}
		list = append(list, f)
	}
	for _, before := range list {
		d := decision
		d.Finding = before.ID
		if corrections != nil {
			if d.Corrections, err = corrections(ctx, store, before); err != nil {
				return err
			}
		}
		if err := store.Decide(ctx, d); err != nil {
			if errors.Is(err, db.ErrDecision) {
				return &exitError{exitUsage, fmt.Errorf("%s: %w", before.Short, err)}
			}
			return err
		}
		// The figures that count are others now.
		var changed []db.Finding
		if corrections != nil || before.Decision != nil && before.Decision.State == db.VerdictCorrected {
			if changed, err = a.checkAgain(ctx, store, before.Unit); err != nil {
				return err
			}
		}
		if err := a.decided(ctx, store, before, changed); err != nil {
			return err
		}
	}
	return nil
}

// checkAgain checks one unit and gives its findings that came or went.
func (a *app) checkAgain(ctx context.Context, store *db.DB, unit string) ([]db.Finding, error) {
	filter := db.FindingFilter{Inactive: true}
	if unit != "" {
		filter.Units = []string{unit}
	}
	earlier, err := store.Findings(ctx, filter)
	if err != nil {
		return nil, err
	}
	if err := a.checkUnit(ctx, store, unit); err != nil {
		return nil, err
	}
	later, err := store.Findings(ctx, filter)
	if err != nil {
		return nil, err
	}
	was := map[string]bool{}
	for _, f := range earlier {
		was[f.ID] = f.Active
	}
	var changed []db.Finding
	for _, f := range later {
		if was[f.ID] != f.Active {
			changed = append(changed, f)
		}
	}
	return changed, nil
}

// decided prints the finding as it stands now, and what the decision changed.
func (a *app) decided(ctx context.Context, store *db.DB, before db.Finding, changed []db.Finding) error {
	f, err := a.finding(ctx, store, before.ID)
	if err != nil {
		return err
	}
	if a.format == "json" {
		return json.NewEncoder(a.out).Encode(a.findingToJSON(f))
	}
	a.talk("%s  %s: %s\n", f.Short, a.unitPeriod(f.Unit, f.Period), a.verdictName(f))
	if d := before.Decision; d != nil && d.State != db.VerdictOpen {
		a.paragraph("  ", "    ", fmt.Sprintf(a.say("trước đó: %s, %s, %s", "before: %s, %s, %s"), a.verdict(d.State), d.Who, a.moment(d.When)))
	}
	if f.Decision != nil {
		for _, c := range f.Decision.Corrections {
			a.paragraph("  ", "    ", a.correction(c))
		}
	}
	for _, g := range changed {
		if g.ID == f.ID {
			if !g.Active {
				a.paragraph("  ", "    ", a.say("mâu thuẫn này không còn", "this finding is closed"))
			}
			continue
		}
		came := a.say("mâu thuẫn mới", "new finding")
		if !g.Active {
			came = a.say("cũng không còn", "closed as well")
		}
		a.paragraph("  ", "    ", fmt.Sprintf("%s: %s %s: %s", came, g.Short, g.Period, a.say(g.Message, g.MessageEN)))
	}
	if f.Reopened {
		a.paragraph("  ", "    ", a.reopenedWhy(f))
	}
	return nil
}

// strayCorrections names corrected values whose printed value is no longer read, so
// that they are in use nowhere.
func (a *app) strayCorrections(ctx context.Context, store *db.DB) error {
	list, err := store.StrayCorrections(ctx)
	if err != nil {
		return err
	}
	for _, s := range list {
		fmt.Fprintf(a.err, a.say("đính chính không còn dùng được, vì báo cáo không còn đọc ra số %s: %s %s, %s: %s\n", "a correction is in use nowhere, because %s is no longer read: %s %s, %s: %s\n"),
			a.number(s.Printed), s.Unit, s.Period, s.Finding, a.correction(s.Correction))
	}
	return nil
}

// correction writes "Hồ sơ đã giải quyết: 229 (báo cáo in 292)".
func (a *app) correction(c db.Correction) string {
	return fmt.Sprintf(a.say("%s: %s (báo cáo in %s)", "%s: %s (printed: %s)"), a.figureName(c.Indicator, c.Field, c.Span), a.number(c.Value), a.number(c.Printed))
}

var correctionForm = regexp.MustCompile(`^([a-z0-9_.]+)(?:@([a-z0-9_]+))?(?:#(period|ytd|previous|target))?=(?:([^:]+):)?([^:]+)$`)

// parseCorrection reads INDICATOR[@FIELD][#SPAN]=[PRINTED:]VALUE.
func (a *app) parseCorrection(arg string) (db.Correction, error) {
	m := correctionForm.FindStringSubmatch(arg)
	if m == nil {
		return db.Correction{}, usage(a.say("%q không đúng dạng CHỈ_TIÊU[@LĨNH_VỰC][#KỲ]=SỐ hoặc =SỐ_ĐÃ_IN:SỐ, ví dụ dossiers.resolved=292:229", "%q is not of the form INDICATOR[@FIELD][#SPAN]=NUMBER or =PRINTED:NUMBER, such as dossiers.resolved=292:229"), arg)
	}
	set, err := a.ruleSet()
	if err != nil {
		return db.Correction{}, err
	}
	ind, ok := set.Indicator(m[1])
	if !ok {
		var ids []string
		for _, i := range rules.Catalogue() {
			ids = append(ids, i.ID)
		}
		return db.Correction{}, usage(a.say("không có chỉ tiêu %q%s", "there is no indicator %q%s"), m[1], a.suggestion(m[1], ids))
	}
	c := db.Correction{Indicator: m[1], Field: m[2], Span: m[3]}
	if m[4] != "" {
		if c.Printed, err = a.plainNumber(m[4]); err != nil {
			return c, err
		}
	}
	if c.Value, err = a.plainNumber(m[5]); err != nil {
		return c, err
	}
	if ind.Kind == "count" && strings.ContainsAny(c.Value, ".-") {
		return c, usage(a.say("%s là số đếm, không thể là %s", "%s is a count and cannot be %s"), ind.ID, m[5])
	}
	return c, nil
}

var (
	groupedVI = regexp.MustCompile(`^-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$`)
	groupedEN = regexp.MustCompile(`^-?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$`)
)

// plainNumber reads a number in the notation of the language: "1.312,5" in
// Vietnamese, "1,312.5" in English. What could mean something else is refused.
func (a *app) plainNumber(s string) (string, error) {
	s = strings.TrimSpace(s)
	form, group, point := groupedVI, ".", ","
	if a.lang == "en" {
		form, group, point = groupedEN, ",", "."
	}
	if !form.MatchString(s) {
		return "", usage(a.say("%q không phải là số viết theo cách Việt Nam (1.312 hoặc 99,71)", "%q is no number as written in English (1,312 or 99.71)"), s)
	}
	return strings.Replace(strings.ReplaceAll(s, group, ""), point, ".", 1), nil
}

// repairAsCorrections takes the repair that explain numbers n.
func (a *app) repairAsCorrections(f db.Finding, n int) ([]db.Correction, error) {
	if n < 1 || n > len(f.Repairs) {
		return nil, usage(a.say("mâu thuẫn %s có %d cách sửa; --repair %d không có", "finding %s has %d repairs; there is no --repair %d"), f.Short, len(f.Repairs), n)
	}
	var out []db.Correction
	for _, c := range f.Repairs[n-1].Changes {
		if c.To == "" {
			return nil, usage(a.say("cách sửa %d không cho biết số đúng của %s; ghi số bằng %s=SỐ", "repair %d leaves %s open; give its value as %s=NUMBER"), n, a.figureName(c.Indicator, c.Field, ""), c.Indicator)
		}
		out = append(out, db.Correction{Indicator: c.Indicator, Field: c.Field, Printed: c.From, Value: c.To})
	}
	return out, nil
}

// reportOf gives the content hash of the unit's report for another period.
func (a *app) reportOf(ctx context.Context, store *db.DB, f db.Finding, period string) (string, error) {
	periods := []string{period}
	if err := a.knownPeriods(ctx, store, periods); err != nil {
		return "", err
	}
	infos, err := store.Reports(ctx, db.Filter{Units: []string{f.Unit}, Periods: periods})
	if err != nil {
		return "", err
	}
	if len(infos) != 1 {
		return "", usage(a.say("%s có %d báo cáo kỳ %s; cần đúng một", "%s has %d reports for %s; it must be one"), f.Unit, len(infos), periods[0])
	}
	return infos[0].SHA256, nil
}

// loginName is the name of the user of the operating system.
func loginName() (string, error) {
	u, err := user.Current()
	if err != nil {
		return "", err
	}
	if u.Username == "" {
		return "", errors.New("the user has no name")
	}
	return u.Username, nil
}

// periodWords says a period in words: "tháng 5 năm 2023".
func periodWords(period string) string {
	p, err := vntext.ParsePeriod(period)
	if err != nil {
		return period
	}
	year, rest, _ := strings.Cut(p.String(), "-")
	switch {
	case rest == "":
		return "năm " + year
	case strings.HasPrefix(rest, "Q"):
		return "quý " + map[string]string{"Q1": "I", "Q2": "II", "Q3": "III", "Q4": "IV"}[rest] + " năm " + year
	case rest == "H1":
		return "6 tháng đầu năm " + year
	case rest == "H2":
		return "6 tháng cuối năm " + year
	case rest == "9M":
		return "9 tháng đầu năm " + year
	case strings.HasPrefix(rest, "W"):
		return "tuần " + strings.TrimLeft(rest[1:], "0") + " năm " + year
	}
	if n, err := strconv.Atoi(rest); err == nil && n <= 12 {
		two := rest
		if n > 2 {
			two = strconv.Itoa(n) // a leading zero for months 1 and 2 only (Decree 30/2020)
		}
		return "tháng " + two + " năm " + year
	}
	if from, to, ok := strings.Cut(p.String(), "/"); ok {
		return "từ ngày " + dayWords(from) + " đến ngày " + dayWords(to)
	}
	return period
}

// dayWords turns 2023-05-31 into 31/5/2023.
func dayWords(iso string) string {
	parts := strings.Split(iso, "-")
	if len(parts) != 3 {
		return iso
	}
	return strings.TrimLeft(parts[2], "0") + "/" + strings.TrimLeft(parts[1], "0") + "/" + parts[0]
}
