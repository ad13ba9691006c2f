// This file holds the command that says who reported what.
package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
	"baocao/db"
	"baocao/db/trend"
	"baocao/normalize/place"
	"baocao/normalize/vntext"
)

type receivedOptions struct {
	selection
	periods []string
	due     int
	windows bool
}

func (a *app) coverageCommand() *cobra.Command {
	var o receivedOptions
	c := &cobra.Command{
		Use: "coverage", Short: a.say("Đơn vị nào đã gửi, thiếu, gửi trễ báo cáo của kỳ nào, báo cáo nào có lỗi", "Which unit's reports came, are missing or late, by period, and which have errors"), Args: cobra.NoArgs,
		Example: "  baocao coverage\n  baocao coverage --period 2023-01..2023-06 --parent \"Huyện Tứ Kỳ\" --due 5",
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.received(cmd.Context(), o) },
	}
	f := c.Flags()
	f.StringArrayVar(&o.units, "unit", nil, a.say("chỉ đơn vị này (lặp lại để chọn nhiều)", "only this unit (repeat to choose several)"))
	f.StringArrayVar(&o.parents, "parent", nil, a.say("chỉ các đơn vị thuộc huyện hoặc tỉnh này; có danh mục thì kể cả đơn vị chưa gửi báo cáo nào", "only units under this district or province; with a loaded list also those without any report"))
	f.StringSliceVar(&o.periods, "period", nil, a.say("các kỳ mà mọi đơn vị phải gửi, ví dụ 2023-01..2023-06", "the periods every unit has to report, such as 2023-01..2023-06"))
	f.IntVar(&o.due, "due", trend.DefaultDue, a.say("báo cáo đề ngày sau ngày cuối của số liệu quá từng này ngày là trễ", "a report dated more than this many days after the end of its data is late"))
	f.BoolVar(&o.windows, "windows", false, a.say("liệt kê mọi chỗ kỳ số liệu hở hoặc chồng lên nhau", "list every gap and overlap between the windows of data"))
	return c
}

func (a *app) received(ctx context.Context, o receivedOptions) error {
	if o.due < 1 {
		return usage(a.say("--due %d không hợp lệ; cho số ngày từ 1 trở lên", "--due %d is not possible; give a number of days, at least 1"), o.due)
	}
	store, known, err := a.openFilled(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	periods, err := a.findPeriods(known, o.periods)
	if err != nil {
		return err
	}
	filter := db.Filter{}
	if filter.Units, err = a.knownUnits(ctx, store, o.units); err != nil {
		return err
	}
	if len(o.parents) > 0 {
		if filter.Parents, err = a.findParents(ctx, store, nil, o.parents); err != nil {
			return err
		}
	}
	received, err := store.Received(ctx, filter)
	if err != nil {
		return err
	}
	co := trend.CoverageOptions{Periods: periods, Due: o.due}
	silent, err := a.expect(ctx, store, filter, &co)
	if err != nil {
		return err
	}
	reports := reportsOf(received)
	result := trend.Coverage(reports, co)
	for i, table := range result.Tables {
		t := a.coverageTable(table, o.due)
		if i == len(result.Tables)-1 {
			t.Notes = append(t.Notes, a.coverageNotes(result, silent)...)
			switch {
			case o.windows:
				t.Notes = append(t.Notes, a.seamLines(reports, len(reports))...)
			case len(table.Rows) <= seamUnits:
				t.Notes = append(t.Notes, a.seamLines(reports, shownSeams)...)
			default:
				t.Notes = append(t.Notes, a.say("Chỗ kỳ số liệu hở hoặc chồng lên nhau: thêm --windows.", "Gaps and overlaps between the windows of data: add --windows."))
			}
		}
		if err := a.print(t); err != nil {
			return err
		}
	}
	return nil
}

// expect takes from the loaded lists since when and until when a unit has to
// report, and where a district or province is asked for, its communes without any
// report; it gives how many these are.
func (a *app) expect(ctx context.Context, store *db.DB, filter db.Filter, o *trend.CoverageOptions) (silent int, err error) {
	lists, err := store.PlaceLists(ctx)
	if err != nil || len(lists) == 0 {
		return 0, err
	}
	units, err := store.Labels(ctx)
	if err != nil {
		return 0, err
	}
	matches, err := matchUnits(ctx, store, units)
	if err != nil {
		return 0, err
	}
	spans := make(map[string][]place.Unit)
	listed := make(map[string]bool)
	for _, m := range matches {
		for _, u := range slices.Concat(m.before, m.after) {
			if u.Former == "" {
				spans[m.unit.Label] = append(spans[m.unit.Label], u)
				listed[u.ID()] = true
			}
		}
	}
	if len(filter.Parents) > 0 && len(filter.Units) == 0 {
		table, err := store.Places(ctx, nil)
		if err != nil {
			return 0, err
		}
		for _, u := range table.Units() {
			if u.Level == place.Commune && !listed[u.ID()] && slices.ContainsFunc(filter.Parents, func(p string) bool { return under(u.Parents, p) }) {
				spans[u.Name] = append(spans[u.Name], u)
				o.Units = append(o.Units, u.Name)
			}
		}
		slices.Sort(o.Units)
		o.Units = slices.Compact(o.Units)
	}
	o.Valid = func(unit, day string) bool {
		list := spans[unit]
		return len(list) == 0 || slices.ContainsFunc(list, func(u place.Unit) bool { return u.ValidOn(day) })
	}
	return len(o.Units), nil
}

func (a *app) coverageTable(c trend.CoverageTable, due int) render.Table {
	t := render.Table{Name: "coverage", Title: fmt.Sprintf(a.say("Báo cáo đã nhận, kỳ %s", "Reports received, by %s"), a.kindName(c.Kind)),
		Marks: []render.Mark{
			{Key: "late", Symbol: "T", Text: fmt.Sprintf(a.say("trễ: đề ngày quá %d ngày sau ngày cuối của số liệu", "late: dated more than %d days after the end of its data"), due)},
			{Key: "open_error", Symbol: "!", Text: a.say("có lỗi chưa xử lý, xem baocao check", "an unsettled error rests on it, see baocao check")},
		},
		Columns: []render.Column{{Key: "unit", Title: a.say("Đơn vị", "Unit"), Width: 26},
			{Key: "received", Title: a.say("Đã nhận", "Received"), Right: true, Width: 8}, {Key: "missing", Title: a.say("Thiếu", "Missing"), Right: true},
			{Key: "late", Title: a.say("Trễ", "Late"), Right: true}, {Key: "in_error", Title: a.say("Có lỗi", "With errors"), Right: true, Width: 8}},
		Notes: []string{a.say("Số trong ô: số báo cáo của kỳ; -: thiếu; ·: ngoài thời gian phải báo cáo.", "A cell is the number of reports; -: missing; ·: outside the time the unit had to report.")}}
	columns := a.expectedColumns(c, &t)
	for _, i := range columns {
		t.Columns = append(t.Columns, render.Column{Key: "reports", Title: c.Periods[i], Right: true, Dim: "period", At: c.Periods[i]})
	}
	for _, r := range c.Rows {
		count, late, wrong := 0, 0, 0
		var cells []render.Cell
		for _, i := range columns {
			ids := r.Reports[i]
			cell := render.Count(len(ids))
			switch {
			case len(ids) > 0:
				count++
				cell.Tone = "good"
			case slices.Contains(r.Missing, c.Periods[i]):
				cell = render.Cell{Tone: "bad"}
			default:
				cell = render.Text("·")
				cell.Tone = "none"
			}
			if r.Late[i] {
				cell = cell.Marked("late")
				cell.Tone = "late"
				late++
			}
			if r.InError[i] {
				cell = cell.Marked("open_error")
				cell.Tone = "bad"
				wrong++
			}
			cells = append(cells, cell)
		}
		t.Add(append([]render.Cell{render.Text(r.Unit), render.Count(count), render.Count(len(r.Missing)), render.Count(late), render.Count(wrong)}, cells...)...)
	}
	return t
}

// expectedColumns lists the periods that become columns: without long runs in
// which no unit had to report, of which a note says so.
func (a *app) expectedColumns(c trend.CoverageTable, t *render.Table) []int {
	var out []int
	idle := func(i int) bool {
		return !slices.ContainsFunc(c.Rows, func(r trend.CoverageRow) bool {
			return len(r.Reports[i]) > 0 || slices.Contains(r.Missing, c.Periods[i])
		})
	}
	for i := 0; i < len(c.Periods); {
		gap := i
		for gap < len(c.Periods) && idle(gap) {
			gap++
		}
		if gap-i >= longGap {
			t.Notes = append(t.Notes, fmt.Sprintf(a.say("Từ %s đến %s không đơn vị nào phải báo cáo.", "From %s to %s no unit had to report."), c.Periods[i], c.Periods[gap-1]))
			i = gap
			continue
		}
		out = append(out, i)
		i++
	}
	return out
}

func (a *app) coverageNotes(r trend.CoverageResult, silent int) []string {
	var out []string
	if silent > 0 {
		out = append(out, fmt.Sprintf(a.say("%d đơn vị trong danh mục chưa gửi báo cáo nào.", "%d units of the lists have sent no report."), silent))
	}
	if n := len(r.Unplaced); n > 0 {
		out = append(out, fmt.Sprintf(a.say("%d báo cáo chưa rõ đơn vị hoặc kỳ không có trong bảng: xem baocao show.", "%d reports whose unit or period is not known are not in the table: see baocao show."), n))
	}
	return out
}

// kindName names a kind of period.
func (a *app) kindName(k vntext.PeriodKind) string {
	names := map[vntext.PeriodKind][2]string{vntext.Month: {"tháng", "month"}, vntext.Quarter: {"quý", "quarter"}, vntext.Half: {"6 tháng", "half year"},
		vntext.NineMonths: {"9 tháng", "nine months"}, vntext.Year: {"năm", "year"}, vntext.Week: {"tuần", "week"}, vntext.Window: {"từ ngày đến ngày", "window of days"}}
	return a.say(names[k][0], names[k][1])
}
