// This file holds the command that says what in the reports contradicts.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"baocao/db"
	"baocao/db/check"
)

type checkOptions struct {
	units, periods, states []string
	severity               string
	failOn                 string
	windows                []string
	by                     string
	test                   bool
}

func (a *app) checkCommand() *cobra.Command {
	var o checkOptions
	c := &cobra.Command{
		Use: "check", Short: a.say("Chỉ ra số liệu mâu thuẫn, nơi in và cách sửa có thể có", "Show contradicting figures, where they are printed and possible repairs"), Args: cobra.NoArgs,
		Long: a.say("Đối chiếu số liệu của mọi báo cáo đã nhập và in từng mâu thuẫn với mã, nơi in, câu trong báo cáo và cách sửa có thể có. "+
			"Mâu thuẫn đã bác bỏ (baocao findings dismiss) không in, trừ khi dùng --state.",
			"Check the figures of all imported reports and print each contradiction with its code, the place and sentence in the report, and possible repairs. "+
				"Dismissed ones (baocao findings dismiss) are not printed unless asked for with --state."),
		Example: "  baocao check\n  baocao check --unit \"Xã Quang Khải\" --period 2023-05 --format json\n  baocao check --by unit",
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.check(cmd.Context(), o) },
	}
	f := c.Flags()
	f.StringSliceVar(&o.units, "unit", nil, a.say("chỉ đơn vị này", "only this unit"))
	f.StringSliceVar(&o.periods, "period", nil, a.say("chỉ kỳ này, ví dụ 2023-05", "only this period, such as 2023-05"))
	f.StringSliceVar(&o.states, "state", nil, a.say("chỉ trạng thái này: open, accepted, dismissed, corrected, all", "only this state: open, accepted, dismissed, corrected, all"))
	f.StringVar(&o.severity, "severity", "info", a.say("mức thấp nhất được in: info, warning, error", "the lowest severity printed: info, warning, error"))
	f.StringVar(&o.by, "by", "", a.say("in số mâu thuẫn theo unit, check hoặc period thay cho từng mâu thuẫn", "count contradictions by unit, check or period instead of printing each"))
	f.StringVar(&o.failOn, "fail-on", "", a.say("thoát với mã 4 khi có mức này trở lên: warning, error", "exit with code 4 where there is this severity or worse: warning, error"))
	f.StringSliceVar(&o.windows, "windows", nil, a.say("quy ước kỳ số liệu: nd09, calendar hoặc from-NGÀY; của riêng một tỉnh: \"Tỉnh Hải Dương=calendar\"",
		"data windows: nd09, calendar or from-DAY; of one province only: \"Tỉnh Hải Dương=calendar\""))
	f.BoolVar(&o.test, "test", false, a.say("chạy các ví dụ đạt và không đạt ghi trong từng kiểm tra, kể cả của --edits", "run the passing and failing examples of each check, those of --edits too"))
	return c
}

var severityRank = map[string]int{"info": 1, "warning": 2, "error": 3}

// severities are those from the lowest asked for on.
func (a *app) severities(lowest string) ([]check.Severity, error) {
	if severityRank[lowest] == 0 {
		return nil, usage(a.say("mức phải là info, warning hoặc error, không phải %q", "severity is info, warning or error, not %q"), lowest)
	}
	return []check.Severity{check.Error, check.Warning, check.Info}[:4-severityRank[lowest]], nil
}

func (a *app) check(ctx context.Context, o checkOptions) error {
	if o.test {
		return a.testEdits(ctx)
	}
	opt, err := a.windowOptions(o.windows)
	if err != nil {
		return err
	}
	if o.failOn != "" {
		if _, err := a.severities(o.failOn); err != nil {
			return err
		}
	}
	if o.by != "" && !slices.Contains([]string{"unit", "check", "period"}, o.by) {
		return usage(a.say("--by phải là unit, check hoặc period, không phải %q", "--by is unit, check or period, not %q"), o.by)
	}
	store, err := a.open(ctx, false)
	if err != nil {
		return err
	}
	defer store.Close()
	return a.checkStore(ctx, store, o, opt)
}

// checkStore checks what a database holds and prints what the options ask for.
func (a *app) checkStore(ctx context.Context, store *db.DB, o checkOptions, opt check.Options) error {
	filter, err := a.findingFilter(ctx, store, o)
	if err != nil {
		return err
	}
	found, err := a.checkAll(ctx, store, filter.Units, opt)
	if err != nil {
		return err
	}
	states := filter.States
	filter.States, filter.Inactive = nil, true
	all, err := a.keep(ctx, store, db.Scope{Units: filter.Units}, found, filter)
	if err != nil {
		return err
	}
	var shown []db.Finding
	hidden, worst := 0, 0
	for _, f := range all {
		if !f.Active {
			// No longer found: shown only where a correction closed it and that is asked for.
			if f.State == db.VerdictCorrected && (o.by != "" && len(states) == 0 || slices.Contains(states, f.State)) {
				shown = append(shown, f)
			}
			continue
		}
		if f.State != db.VerdictDismissed {
			worst = max(worst, severityRank[string(f.Severity)])
		}
		if len(states) == 0 && o.by == "" && f.State == db.VerdictDismissed {
			hidden++
		} else if len(states) == 0 || slices.Contains(states, f.State) {
			shown = append(shown, f)
		}
	}
	if err := a.showFindings(ctx, store, shown, o.by); err != nil {
		return err
	}
	if hidden > 0 {
		fmt.Fprintf(a.err, a.say("%d mâu thuẫn đã bác bỏ không in; xem: baocao check --state dismissed\n", "%d dismissed findings are not shown; see baocao check --state dismissed\n"), hidden)
	}
	if o.failOn != "" && worst >= severityRank[o.failOn] {
		return &exitError{exitFindings, nil}
	}
	return nil
}

// findingFilter turns the options into a filter, or says which of them is wrong.
func (a *app) findingFilter(ctx context.Context, store *db.DB, o checkOptions) (filter db.FindingFilter, err error) {
	if filter.Severities, err = a.severities(o.severity); err != nil {
		return filter, err
	}
	if filter.Units, err = a.knownUnits(ctx, store, o.units); err != nil {
		return filter, err
	}
	filter.Periods = slices.Clone(o.periods)
	if err := a.knownPeriods(ctx, store, filter.Periods); err != nil {
		return filter, err
	}
	for _, s := range o.states {
		switch v := db.Verdict(s); {
		case s == "all":
			filter.States = append(filter.States, verdicts...)
		case slices.Contains(verdicts, v):
			filter.States = append(filter.States, v)
		default:
			return filter, usage(a.say("không có trạng thái %q; dùng open, accepted, dismissed, corrected hoặc all", "there is no state %q; use open, accepted, dismissed, corrected or all"), s)
		}
	}
	return filter, nil
}

var verdicts = []db.Verdict{db.VerdictOpen, db.VerdictAccepted, db.VerdictDismissed, db.VerdictCorrected}

// keep stores what was found and lists what the filter asks for. Where the database
// cannot be written it lists what would be stored, and says so.
func (a *app) keep(ctx context.Context, store *db.DB, scope db.Scope, found []check.Finding, filter db.FindingFilter) ([]db.Finding, error) {
	_, err := store.SaveFindings(ctx, scope, found)
	if errors.Is(err, db.ErrReadOnly) {
		fmt.Fprintf(a.err, a.say("cơ sở dữ liệu %s chỉ đọc được: kết quả kiểm tra in ra đây nhưng không lưu; mã của mâu thuẫn mới chưa dùng được với baocao explain và baocao findings\n",
			"the database %s can only be read: what the checks find is printed but not stored; ids of new findings do not work with baocao explain and baocao findings yet\n"), store.Path())
		return store.Preview(ctx, scope, found, filter)
	}
	if err != nil {
		return nil, err
	}
	return store.Findings(ctx, filter)
}

// runChecks checks all reports of some units (none: of all) and stores what it found.
func (a *app) runChecks(ctx context.Context, store *db.DB, units []string, opt check.Options) error {
	all, err := a.checkAll(ctx, store, units, opt)
	if err != nil {
		return err
	}
	_, err = store.SaveFindings(ctx, db.Scope{Units: units}, all)
	return err
}

// checkUnit checks the reports of one unit by themselves and stores what it found:
// quick in an archive of any size. What units show beside each other stays as the
// last full check found it.
func (a *app) checkUnit(ctx context.Context, store *db.DB, unit string) error {
	if unit == "" {
		return a.runChecks(ctx, store, nil, check.Options{})
	}
	all, err := a.unitFindings(ctx, store, unit)
	if err != nil {
		return err
	}
	_, err = store.SaveFindings(ctx, unitScope(unit), all)
	return err
}

// unitScope is what a check of one unit by itself covers.
func unitScope(unit string) db.Scope {
	return db.Scope{Units: []string{unit}, Without: check.AcrossChecks()}
}

// unitFindings checks the reports of one unit by themselves.
func (a *app) unitFindings(ctx context.Context, store *db.DB, unit string) ([]check.Finding, error) {
	set, err := a.edits()
	if err != nil {
		return nil, err
	}
	var all []check.Finding
	for group, err := range store.CheckInputs(ctx, db.Filter{Units: []string{unit}}) {
		if err != nil {
			return nil, err
		}
		all = append(all, set.Check(ctx, group, check.Options{})...)
	}
	return all, ctx.Err() // what was found until it ended is not all there is
}

// showFindings prints findings in the format asked for, or their numbers.
func (a *app) showFindings(ctx context.Context, store *db.DB, list []db.Finding, by string) error {
	switch {
	case by != "":
		return a.findingSummary(list, by)
	case a.format == "json":
		for _, f := range list {
			if err := json.NewEncoder(a.out).Encode(a.findingToJSON(f)); err != nil {
				return err
			}
		}
		return nil
	case a.format != "table":
		return a.print(a.findingRows(list))
	}
	return a.findingTable(ctx, store, list)
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// side writes one side of a comparison: the sum and its result, or the number alone.
func (a *app) side(text, value string) string {
	if number := a.number(value); text != value && text != number {
		return text + " = " + number
	}
	return a.number(value)
}

// cut shortens to n characters.
func cut(s string, n int) string {
	r := []rune(oneLine(s))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n-1]) + "…"
}
