// This file holds the command that lays indicators out over time.
package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
	"baocao/db/trend"
	"baocao/normalize/vntext"
)

type trendOptions struct {
	selection
	periods []string
	by      string
	last    int
}

// defaultLast is how many periods with figures a table of trends shows.
const defaultLast = 12

func (a *app) trendCommand() *cobra.Command {
	o := trendOptions{last: defaultLast}
	c := &cobra.Command{
		Annotations: formatsOnly(chartFormats), Use: a.say("trend [CHỈ_TIÊU...]", "trend [INDICATOR...]"), Short: a.say("Chỉ tiêu theo đơn vị và kỳ, với mức tăng giảm", "Indicators by unit and period, with changes"),
		Long: a.say(`Với các chỉ tiêu (hoặc mẫu như dossiers.*): mỗi chỉ tiêu một bảng, mỗi đơn vị một dòng, mỗi kỳ một cột.
Với một --unit: một bảng các chỉ tiêu của đơn vị đó theo kỳ.
Kỳ nhiều tháng (--by, --period 2023-Q2) lấy ở báo cáo của chính kỳ đó, không có thì tính từ các kỳ ngắn hơn:
số phát sinh được cộng, số tồn lấy ở đầu hoặc cuối kỳ, tỷ lệ tính lại từ tử số và mẫu số.`,
			`With indicators (or patterns such as dossiers.*): a table for each, a row for each unit, a column for each period.
With one --unit: one table of its indicators by period.
Longer periods (--by, --period 2023-Q2) come from reports on the period itself, else from shorter periods:
flows are added, stocks taken at the start or end, rates computed again from their figures.`),
		Example: "  baocao trend dossiers.received\n  baocao trend --unit \"Xã Quang Khải\" 'dossiers.*'\n  baocao trend dossiers.received --by quarter",
		RunE: func(cmd *cobra.Command, args []string) error {
			o.indicators = args
			return a.trend(cmd.Context(), o)
		},
	}
	a.selectionFlags(c, &o.selection)
	f := c.Flags()
	f.StringSliceVar(&o.periods, "period", nil, a.say("các kỳ làm cột, ví dụ 2023-05 hoặc 2023-01..2023-06", "the periods that are columns, such as 2023-05 or 2023-01..2023-06"))
	f.StringVar(&o.by, "by", "", a.say("month, quarter, half, nine-months hoặc year: mỗi cột một kỳ như vậy", "month, quarter, half, nine-months or year: what a column is"))
	f.IntVar(&o.last, "last", defaultLast, a.say("số kỳ gần nhất có số liệu được in; 0: tất cả", "how many of the latest periods with figures are printed; 0: all"))
	return c
}

// kindOf reads --by.
func (a *app) kindOf(by string) (vntext.PeriodKind, error) {
	kinds := map[string]vntext.PeriodKind{"": 0, "month": vntext.Month, "quarter": vntext.Quarter, "half": vntext.Half,
		"nine-months": vntext.NineMonths, "year": vntext.Year}
	kind, ok := kinds[by]
	if !ok {
		return 0, usage(a.say("--by %q không có; dùng month, quarter, half, nine-months hoặc year", "--by %q is not known; use month, quarter, half, nine-months or year"), by)
	}
	return kind, nil
}

func (a *app) trend(ctx context.Context, o trendOptions) error {
	kind, err := a.kindOf(o.by)
	if err != nil {
		return err
	}
	oneUnit := len(o.units) == 1
	if len(o.indicators) == 0 {
		if !oneUnit {
			return usage("%s", a.say("cho ít nhất một chỉ tiêu (ví dụ dossiers.received hoặc 'dossiers.*'), hoặc một --unit", "give an indicator (such as dossiers.received or 'dossiers.*'), or one --unit"))
		}
		o.indicators = []string{"*"}
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
	f, err := a.load(ctx, store, o.selection, known, nil)
	if err != nil {
		return err
	}
	f.options.Periods, f.options.By = periods, kind
	series := trend.Table(f.points, f.options)
	lines := timelines(series)
	if len(lines) == 0 {
		t := render.Table{Name: "trend", Columns: []render.Column{{Key: "unit", Title: a.say("Đơn vị", "Unit")}},
			Empty: a.say("Không có số liệu nào như vậy trong cơ sở dữ liệu.", "There are no such figures in the database.")}
		return a.print(t)
	}
	seams, err := a.seamNotes(ctx, store, unitsOf(lines))
	if err != nil {
		return err
	}
	if oneUnit {
		t := a.unitTable(lines, o)
		t.Notes = append(t.Notes, seams...)
		err = a.print(t)
	} else {
		for i, l := range lines {
			t := a.indicatorTable(l, o)
			if i == len(lines)-1 {
				t.Notes = append(t.Notes, seams...)
			}
			if err = a.print(t); err != nil {
				break
			}
		}
	}
	for _, r := range series.Rejected {
		fmt.Fprintf(a.err, a.say("bỏ qua một số liệu của %s %s: %s\n", "left out a figure of %s %s: %s\n"), r.Point.Unit, r.Point.Period, r.Reason)
	}
	return err
}

// indicatorTable is one indicator: units by periods.
func (a *app) indicatorTable(l timeline, o trendOptions) render.Table {
	t := render.Table{Name: "trend", Title: a.figureHeading(l.indicator, l.field), Sparse: true, Marks: a.marks(),
		Fields:  []render.Field{{Key: "indicator", Title: a.say("Chỉ tiêu", "Indicator"), Cell: render.Text(l.indicator)}},
		Columns: []render.Column{{Key: "unit", Title: a.say("Đơn vị", "Unit"), Width: 24}}}
	if l.field != "" {
		t.Fields = append(t.Fields, render.Field{Key: "field", Title: a.say("Lĩnh vực", "Field"), Cell: render.Text(l.field)})
	}
	s := a.shape([]timeline{l}, o.last)
	s.columns(a, &t)
	t.Chart = s.chart(a.label(l.indicator))
	for i, r := range l.rows {
		t.Add(append([]render.Cell{render.Text(r.unit)}, s.cells(a, r, l)...)...)
		if t.Chart != nil {
			t.Chart.Rows = append(t.Chart.Rows, i)
		}
	}
	if l.total != nil && len(l.rows) > 1 {
		t.AddTotal(append([]render.Cell{render.Text(a.say("Tổng", "Total"))}, s.totals(a, &t, l)...)...)
	}
	t.Notes = append(t.Notes, s.notes...)
	return t
}

// unitTable is one unit: indicators by periods.
func (a *app) unitTable(lines []timeline, o trendOptions) render.Table {
	t := render.Table{Name: "trend", Sparse: true, Marks: a.marks(), Columns: []render.Column{{Key: "indicator", Title: a.say("Chỉ tiêu", "Indicator"), Width: 34}}}
	s := a.shape(lines, o.last)
	s.columns(a, &t)
	for _, l := range lines {
		for _, r := range l.rows {
			t.Title = r.unit
			t.Fields = []render.Field{{Key: "unit", Title: a.say("Đơn vị", "Unit"), Cell: render.Text(r.unit)}}
			t.Add(append([]render.Cell{render.Text(a.figureName(l.indicator, l.field, ""))}, s.cells(a, r, l)...)...)
		}
	}
	t.Notes = append(t.Notes, s.notes...)
	return t
}

// figureHeading is the name of a figure with the id of its indicator and what it counts.
func (a *app) figureHeading(indicator, field string) string {
	text := a.figureName(indicator, field, "") + " (" + indicator + ")"
	if u := a.catalogue()[indicator].Unit; u != "" {
		text += a.say(", đơn vị tính: ", ", in: ") + a.measureName(u)
	}
	return text
}

// unitsOf lists the units of tables, and those that were merged into them.
func unitsOf(lines []timeline) []string {
	var out []string
	for _, l := range lines {
		for _, r := range l.rows {
			out = append(out, r.unit)
			if r.lineage != nil {
				out = append(out, r.lineage.Whole...)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
