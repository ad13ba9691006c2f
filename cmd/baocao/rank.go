// This file holds the command that ranks units by one indicator.
package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
	"baocao/db/trend"
)

// rankBase is what rates for a thousand are counted on.
const rankBase = "dossiers.received"

func (a *app) rankCommand() *cobra.Command {
	var s selection
	c := &cobra.Command{
		Use: a.say("rank CHỈ_TIÊU KỲ", "rank INDICATOR PERIOD"), Short: a.say("Xếp hạng các đơn vị theo một chỉ tiêu trong một kỳ", "Rank the units by an indicator in a period"), Args: cobra.ExactArgs(2),
		Example: "  baocao rank dossiers.late 2023-05\n  baocao rank online.rate 2023-Q2 --parent \"Huyện Tứ Kỳ\"",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.rank(cmd.Context(), s, args[0], args[1])
		},
	}
	a.filterFlags(c, &s)
	return c
}

func (a *app) rank(ctx context.Context, s selection, indicator, period string) error {
	s.indicators = []string{indicator}
	s.separate = true // the units as they were in the period
	ids, err := a.expand(s.indicators)
	if err != nil {
		return err
	}
	if len(ids) != 1 || len(s.fields) > 1 || len(s.fields) == 1 && s.fields[0] == "all" {
		return usage(a.say("xếp hạng theo một chỉ tiêu và nhiều nhất một lĩnh vực; %q là %d chỉ tiêu", "rank by one indicator and at most one field; %q are %d indicators"), indicator, len(ids))
	}
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
		return usage(a.say("%s là nhiều kỳ; xếp hạng trong một kỳ", "%s are several periods; rank in one"), period)
	}
	o := trend.RankOptions{Indicator: ids[0], Period: asked[0]}
	if len(s.fields) == 1 {
		o.Field = s.fields[0]
	}
	ind := a.catalogue()[ids[0]]
	perThousand := ind.Kind == "count" && ind.Unit == a.catalogue()[rankBase].Unit && ids[0] != rankBase
	if perThousand {
		o.Base = rankBase
		s.indicators = append(s.indicators, rankBase)
	}
	f, err := a.load(ctx, store, s, known, asked)
	if err != nil {
		return err
	}
	o.Options = f.options
	ranking, err := trend.RankUnits(f.points, o)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	return a.print(a.rankTable(ranking, perThousand))
}

func (a *app) rankTable(r trend.Ranking, perThousand bool) render.Table {
	percent := r.Measure == trend.Percent
	t := render.Table{Name: "rank", Title: a.figureHeading(r.Indicator, r.Field) + a.say("; kỳ ", "; ") + r.Period, Pinned: 2, Marks: a.marks(),
		Fields: []render.Field{{Key: "indicator", Title: a.say("Chỉ tiêu", "Indicator"), Cell: render.Text(r.Indicator)}, {Key: "period", Title: a.say("Kỳ", "Period"), Cell: render.Text(r.Period)}},
		Columns: []render.Column{{Key: "rank", Title: a.say("Hạng", "Rank"), Right: true}, {Key: "unit", Title: a.say("Đơn vị", "Unit"), Width: 30},
			{Key: "value", Title: a.say("Giá trị", "Value"), Right: true}},
		Empty: a.say("Không đơn vị nào có số liệu này trong kỳ.", "No unit has this figure in the period.")}
	quartiles := len(r.Rows) >= 4
	if quartiles {
		t.Columns = append(t.Columns, render.Column{Key: "quarter", Title: a.say("Nhóm tứ phân vị", "Quartile"), Right: true, Width: 10})
	}
	if perThousand {
		t.Columns = append(t.Columns, render.Column{Key: "per_thousand", Title: a.say("Trên 1.000 hồ sơ tiếp nhận", "Per 1,000 dossiers received"), Right: true, Width: 16})
	}
	t.Rows = make([]render.Row, 0, len(r.Rows))
	for _, row := range r.Rows {
		cells := append(make([]render.Cell, 0, len(t.Columns)), render.Count(row.Rank), render.Text(row.Unit), a.figure(row.Cell, percent))
		if quartiles {
			cells = append(cells, render.Count(row.Quarter))
		}
		if perThousand {
			cells = append(cells, render.Number(row.PerThousand))
		}
		t.Add(cells...)
	}
	if quartiles {
		q := r.Quartiles
		t.Notes = append(t.Notes, fmt.Sprintf(a.say("Nhỏ nhất %s; tứ phân vị thứ nhất %s; trung vị %s; tứ phân vị thứ ba %s; lớn nhất %s. Nhóm 1: đến tứ phân vị thứ nhất, nhóm 4: trên tứ phân vị thứ ba.",
			"Least %s; first quartile %s; median %s; third quartile %s; greatest %s. Group 1 is up to the first quartile, 4 above the third."),
			a.number(q.Min), a.number(q.Lower), a.number(q.Median), a.number(q.Upper), a.number(q.Max)))
	}
	if perThousand {
		t.Notes = append(t.Notes, a.say("Trên 1.000: 1.000 lần giá trị chia cho số hồ sơ mới tiếp nhận của đơn vị trong kỳ.", "Per 1,000: 1,000 times the value over the dossiers that the unit received in the period."))
	}
	if n := len(r.Absent); n > 0 {
		t.Notes = append(t.Notes, fmt.Sprintf(a.say("Không xếp hạng %d đơn vị thiếu số liệu này, mới có một phần hoặc có hai số khác nhau: %s.", "Not ranked are %d units that lack this figure, have a part of it only or two values: %s."), n, a.someOf(r.Absent, 8)))
	}
	return t
}

// someOf lists the first names and says how many more there are.
func (a *app) someOf(names []string, most int) string {
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:most], ", ") + fmt.Sprintf(a.say(" và %d đơn vị khác", " and %d more"), len(names)-most)
}
