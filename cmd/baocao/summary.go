// This file holds the command that makes the summary of a district or province
// in the layout of form II.06a/VPCP/KSTT (Thông tư 01/2020/TT-VPCP).
package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
	"baocao/db/check"
	"baocao/db/trend"
)

// formColumn is one column of the form. Value comes from the first of Ways of
// which all indicators are there, added up; ways after the first are marked.
type formColumn struct {
	number int
	key    string
	vi, en string
	ways   []formWay
}

// formWay is one way to fill a column.
type formWay struct {
	plus, minus []string
	mark        string // of a value that is made this way, "" for the usual one
}

// formColumns lists the columns 3 to 13.
func formColumns() []formColumn {
	plain := func(ids ...string) formWay { return formWay{plus: ids} }
	made := func(ids ...string) formWay { return formWay{plus: ids, mark: "made"} }
	return []formColumn{
		{3, "total", "Nhận giải quyết: tổng số", "Received and open before: total", []formWay{plain("dossiers.total"), made("dossiers.received", "dossiers.carried_over")}},
		{4, "online", "Trong kỳ: trực tuyến", "In the period: online", []formWay{plain("dossiers.received_online"), plain("online.received")}},
		{5, "direct", "Trong kỳ: trực tiếp, bưu chính", "In the period: direct, by post", []formWay{plain("dossiers.received_direct", "dossiers.received_postal"), plain("dossiers.received_direct"),
			{plus: []string{"dossiers.received"}, minus: []string{"dossiers.received_online"}, mark: "made"}, {plus: []string{"dossiers.received"}, minus: []string{"online.received"}, mark: "made"}}},
		{6, "carried_over", "Từ kỳ trước", "From before", []formWay{plain("dossiers.carried_over")}},
		{7, "resolved", "Đã giải quyết: tổng số", "Settled: total", []formWay{plain("dossiers.resolved")}},
		{8, "early", "Trước hạn", "Early", []formWay{plain("dossiers.resolved_early")}},
		{9, "exact", "Đúng hạn", "On time", []formWay{plain("dossiers.resolved_exact"), {plus: []string{"dossiers.resolved_on_time"}, mark: "with_early"}}},
		{10, "late", "Quá hạn", "Late", []formWay{plain("dossiers.resolved_late")}},
		{11, "open", "Đang giải quyết: tổng số", "Open: total", []formWay{plain("dossiers.in_process"), made("dossiers.in_process_due", "dossiers.in_process_overdue")}},
		{12, "open_due", "Trong hạn", "Within time", []formWay{plain("dossiers.in_process_due")}},
		{13, "open_overdue", "Quá hạn", "Overdue", []formWay{plain("dossiers.in_process_overdue")}},
	}
}

// formIdentities are what must hold between the columns of a row.
func formIdentities() [][2][]int {
	return [][2][]int{{{3}, {4, 5, 6}}, {{7}, {8, 9, 10}}, {{11}, {12, 13}}, {{3}, {7, 11}}}
}

func (a *app) summaryCommand() *cobra.Command {
	var s selection
	by := ""
	c := &cobra.Command{
		Use: a.say("summary KỲ", "summary PERIOD"), Short: a.say("Bảng tổng hợp tình hình giải quyết TTHC theo biểu II.06a", "The summary of dossiers in the layout of form II.06a"), Args: cobra.ExactArgs(1),
		Long: a.say(`Bảng tổng hợp theo biểu II.06a/VPCP/KSTT (Thông tư 01/2020/TT-VPCP): mỗi đơn vị một dòng, dòng cuối là tổng.
Với một --unit (hoặc --by field): mỗi lĩnh vực một dòng.`,
			`The summary in the layout of form II.06a/VPCP/KSTT (Circular 01/2020/TT-VPCP): a row for each unit, the last one the total.
With one --unit (or --by field): a row for each field.`),
		Example: "  baocao summary 2023-05\n  baocao summary 2023-Q2 --parent \"Huyện Tứ Kỳ\" --format csv\n  baocao summary 2023-05 --unit \"Xã Quang Khải\"",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.summary(cmd.Context(), s, args[0], by) },
	}
	f := c.Flags()
	f.StringArrayVar(&s.units, "unit", nil, a.say("chỉ đơn vị này (lặp lại để chọn nhiều)", "only this unit (repeat to choose several)"))
	f.StringArrayVar(&s.parents, "parent", nil, a.say("chỉ các đơn vị thuộc huyện hoặc tỉnh này", "only units under this district or province"))
	f.StringVar(&by, "by", "", a.say("unit hoặc field: mỗi dòng một đơn vị hay một lĩnh vực", "unit or field: what a row is"))
	return c
}

func (a *app) summary(ctx context.Context, s selection, period, by string) error {
	if by == "" {
		by = "unit"
		if len(s.units) == 1 {
			by = "field"
		}
	}
	if by != "unit" && by != "field" {
		return usage(a.say("--by %q không có; dùng unit hoặc field", "--by %q is not known; use unit or field"), by)
	}
	s.separate = true // the units as they were in the period
	store, known, err := a.openFilled(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	asked, err := a.findPeriods(known, []string{period})
	if err != nil {
		return err
	}
	if len(asked) != 1 {
		return usage(a.say("%s là nhiều kỳ; tổng hợp một kỳ", "%s are several periods; summarise one"), period)
	}
	for _, c := range formColumns() {
		for _, w := range c.ways {
			s.indicators = append(s.indicators, w.plus...)
			s.indicators = append(s.indicators, w.minus...)
		}
	}
	if by == "field" {
		s.fields = []string{"all"}
	}
	f, err := a.load(ctx, store, s, known, asked)
	if err != nil {
		return err
	}
	f.options.Periods = asked
	t := a.formTable(a.form(trend.Table(f.points, f.options), by), asked[0], by)
	if len(s.parents) > 0 {
		t.Title += "\n" + strings.Join(s.parents, ", ")
	}
	if len(s.units) > 0 && by == "field" {
		t.Title += "\n" + strings.Join(s.units, ", ")
	}
	return a.print(t)
}

// formRow is one row of the form; cells are by the number of the column.
type formRow struct {
	name  string
	cells map[int]render.Cell
}

// form fills the rows. By field, the figures of the units are added up.
func (a *app) form(series trend.Series, by string) []formRow {
	type figureKey struct{ indicator, field, unit string }
	cells := make(map[figureKey]trend.Cell)
	var units, fields []string
	for _, g := range series.Tables {
		if g.Span != "period" {
			continue
		}
		fields = append(fields, g.Field)
		for _, r := range g.Rows {
			cells[figureKey{g.Indicator, g.Field, r.Unit}] = r.Cells[0]
			units = append(units, r.Unit)
		}
	}
	units = trend.SortUnits(units)
	var rows []formRow
	if by == "unit" {
		for _, u := range units {
			rows = append(rows, a.formRow(u, func(id string) trend.Cell { return cells[figureKey{id, "", u}] }))
		}
		return slices.DeleteFunc(rows, func(r formRow) bool { return len(r.cells) == 0 })
	}
	slices.Sort(fields)
	for _, field := range slices.Compact(fields) {
		if field == "" {
			continue
		}
		rows = append(rows, a.formRow(check.FieldLabel(field, a.lang == "en"), func(id string) trend.Cell {
			var list []trend.Cell
			for _, u := range units {
				list = append(list, cells[figureKey{id, field, u}])
			}
			return trend.Total(list)
		}))
	}
	return slices.DeleteFunc(rows, func(r formRow) bool { return len(r.cells) == 0 })
}

func (a *app) formRow(name string, at func(id string) trend.Cell) formRow {
	r := formRow{name: name, cells: make(map[int]render.Cell)}
	for _, c := range formColumns() {
		for _, w := range c.ways {
			cell, ok := w.value(at)
			if !ok {
				continue
			}
			out := a.figure(cell, false)
			if w.mark != "" && !slices.Contains(out.Marks, w.mark) {
				out = out.Marked(w.mark)
			}
			r.cells[c.number] = out
			break
		}
	}
	return r
}

// value fills a column in one way; ok is false where a figure is missing.
func (w formWay) value(at func(id string) trend.Cell) (trend.Cell, bool) {
	var cells []trend.Cell
	for _, id := range slices.Concat(w.plus, w.minus) {
		c := at(id)
		if c.Value == "" {
			return c, len(w.plus) == 1 && len(w.minus) == 0 && len(c.Conflict) > 0
		}
		cells = append(cells, c)
	}
	out := cells[0]
	if len(w.plus) > 1 {
		out = trend.Total(cells[:len(w.plus)])
	}
	for _, c := range cells[len(w.plus):] {
		out = trend.Minus(out, c)
	}
	return out, !strings.HasPrefix(out.Value, "-")
}

func (a *app) formTable(rows []formRow, period, by string) render.Table {
	t := render.Table{Name: "summary", Pinned: 2, Marks: a.marks(),
		Title:  fmt.Sprintf(a.say("Tình hình, kết quả giải quyết thủ tục hành chính (theo biểu II.06a/VPCP/KSTT), kỳ %s; đơn vị tính: hồ sơ", "Administrative procedures settled (layout of form II.06a/VPCP/KSTT), %s; in dossiers"), period),
		Fields: []render.Field{{Key: "period", Title: a.say("Kỳ", "Period"), Cell: render.Text(period)}},
		Columns: []render.Column{{Key: "number", Title: a.say("(1) TT", "(1) No."), Right: true, Width: 5},
			{Key: by, Title: a.say("(2) Đơn vị", "(2) Unit"), Width: 18}},
		Empty: a.say("Không có số liệu hồ sơ của kỳ này.", "There are no figures of dossiers in this period.")}
	if by == "field" {
		t.Columns[1].Title = a.say("(2) Lĩnh vực", "(2) Field")
	}
	for i := range t.Marks {
		if t.Marks[i].Key == "made" {
			t.Marks[i].Text = a.say("tính từ các số khác trong báo cáo của đơn vị hoặc từ các kỳ ngắn hơn", "made of other figures of the unit's report, or of shorter periods")
		}
	}
	t.Marks = append(t.Marks, render.Mark{Key: "with_early", Symbol: "ª", Text: a.say("gồm cả giải quyết trước hạn: báo cáo không tách", "with what was settled early: the report does not tell them apart")})
	columns := formColumns()
	for _, c := range columns {
		t.Columns = append(t.Columns, render.Column{Key: c.key, Title: fmt.Sprintf("(%d) %s", c.number, a.say(c.vi, c.en)), Right: true, Width: 12})
	}
	for i, r := range rows {
		cells := []render.Cell{render.Count(i + 1), render.Text(r.name)}
		for _, c := range columns {
			cells = append(cells, r.cells[c.number])
		}
		t.Add(cells...)
	}
	if len(rows) > 1 {
		t.AddTotal(a.formTotal(rows, columns)...)
	}
	t.Notes = append(t.Notes, a.formNotes(rows)...)
	return t
}

// formTotal is the last row: sums over the rows that have a value.
func (a *app) formTotal(rows []formRow, columns []formColumn) []render.Cell {
	out := []render.Cell{{}, render.Text(a.say("Tổng cộng", "Total"))}
	for _, c := range columns {
		var values []string
		marks := map[string]bool{}
		for _, r := range rows {
			cell := r.cells[c.number]
			if cell.Kind == render.KindNumber {
				values = append(values, cell.Value)
				for _, m := range cell.Marks {
					marks[m] = true
				}
			}
		}
		cell := render.Number(trend.Add(values...))
		for _, m := range []string{"approximate", "with_early", "open_error", "corrected"} {
			if marks[m] {
				cell = cell.Marked(m)
			}
		}
		if n := len(values); n > 0 && (n < len(rows) || marks["partial"]) {
			cell = cell.Marked("partial").With("rows", render.Text(fmt.Sprintf("%d/%d", n, len(rows))))
		}
		out = append(out, cell)
	}
	return out
}

// formNotes says which identities of the form a row breaks.
func (a *app) formNotes(rows []formRow) []string {
	var out []string
	open := false // the identity that other states of dossiers break
	for i, r := range rows {
		for n, id := range formIdentities() {
			side := func(numbers []int) (sum string, names []string) {
				var values []string
				for _, n := range numbers {
					c := r.cells[n]
					if c.Kind != render.KindNumber || slices.Contains(c.Marks, "partial") || slices.Contains(c.Marks, "with_early") && slices.Contains(numbers, 8) && r.cells[8].Kind == render.KindNumber {
						return "", nil
					}
					values = append(values, c.Value)
					names = append(names, fmt.Sprintf("(%d)", n))
				}
				return trend.Add(values...), names
			}
			left, leftNames := side(id[0])
			right, rightNames := side(id[1])
			gap := trend.Subtract(left, right)
			if gap == "" || strings.Trim(gap, "-0.") == "" {
				continue
			}
			open = open || n == 3
			out = append(out, fmt.Sprintf(a.say("Dòng %d, %s: %s = %s khác %s = %s, lệch %s.", "Row %d, %s: %s = %s is not %s = %s, gap %s."), i+1, r.name,
				strings.Join(leftNames, " + "), a.number(left), strings.Join(rightNames, " + "), a.number(right), a.number(strings.TrimPrefix(gap, "-"))))
		}
	}
	if open {
		out = append(out, a.say("Biểu không có cột cho hồ sơ tạm dừng, chờ bổ sung, trả lại hoặc rút: những hồ sơ này có thể là phần lệch giữa (3) và (7) + (11).",
			"The form has no column for dossiers paused, returned or withdrawn: they may be the gap between (3) and (7) + (11)."))
	}
	return out
}
