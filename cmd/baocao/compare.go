// This file holds the command that compares two periods.
package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
	"baocao/db/trend"
	"baocao/normalize/place"
	"baocao/normalize/vntext"
)

func (a *app) compareCommand() *cobra.Command {
	var s selection
	top := 0
	c := &cobra.Command{
		Use: a.say("compare KỲ_TRƯỚC KỲ_SAU", "compare EARLIER LATER"), Short: a.say("So sánh hai kỳ, thay đổi nhiều nhất đứng đầu", "Compare two periods, the greatest change first"), Args: cobra.ExactArgs(2),
		Example: "  baocao compare 2023-04 2023-05\n  baocao compare 2022-Q2 2023-Q2 --indicator dossiers.received",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.compare(cmd.Context(), s, args, top) },
	}
	a.selectionFlags(c, &s)
	c.Flags().StringSliceVar(&s.indicators, "indicator", nil, a.say("chỉ tiêu hoặc mẫu như dossiers.*; không cho: tất cả", "indicator, or a pattern such as dossiers.*; none: all"))
	c.Flags().IntVar(&top, "top", 0, a.say("chỉ in từng này dòng đầu; 0: tất cả", "print this many rows; 0: all"))
	return c
}

func (a *app) compare(ctx context.Context, s selection, asked []string, top int) error {
	if len(s.indicators) == 0 {
		s.indicators = []string{"*"}
	}
	store, known, err := a.openFilled(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	var both []string
	for _, p := range asked {
		one, err := a.findPeriods(known, []string{p})
		if err != nil {
			return err
		}
		if len(one) != 1 {
			return usage(a.say("%s là nhiều kỳ; so sánh hai kỳ, mỗi kỳ một tên", "%s are several periods; compare two, each with one name"), p)
		}
		both = append(both, one[0])
	}
	s.separate = s.separate || !slices.ContainsFunc(both, sinceReform)
	f, err := a.load(ctx, store, s, known, both)
	if err != nil {
		return err
	}
	f.options.Group = func(indicator string) int { return kindGroups()[a.catalogue()[indicator].Kind] }
	diff, err := trend.Compare(f.points, both[0], both[1], f.options)
	if errors.Is(err, trend.ErrKinds) {
		return usage(a.say("%s và %s không cùng loại kỳ: so sánh tháng với tháng, quý với quý", "%s and %s are periods of different kinds: compare months with months, quarters with quarters"), both[0], both[1])
	}
	if err != nil {
		return &exitError{exitUsage, err}
	}
	one := len(f.options.Indicators) == 1 && len(s.fields) < 2
	t := render.Table{Name: "compare", Pinned: 2, Marks: a.marks(), Columns: []render.Column{
		{Key: "unit", Title: a.say("Đơn vị", "Unit"), Width: 18}, {Key: "indicator", Title: a.say("Chỉ tiêu", "Indicator"), Width: 30},
		{Key: "before", Title: both[0], Right: true}, {Key: "after", Title: both[1], Right: true},
		{Key: "change", Title: a.say("Tăng/giảm", "Change"), Right: true}, {Key: "percent", Title: "%", Right: true}},
		Empty: a.say("Không có số liệu nào của hai kỳ này.", "There are no figures of these periods.")}
	if one {
		id := f.options.Indicators[0]
		t.Pinned, t.Columns = 1, slices.Delete(t.Columns, 1, 2)
		t.Fields = []render.Field{{Key: "indicator", Title: a.say("Chỉ tiêu", "Indicator"), Cell: render.Text(id)}}
		t.Title = a.figureHeading(id, strings.Join(s.fields, ""))
	}
	shown := 0
	joined := map[string]bool{}
	var lineages []trend.Lineage
	t.Rows = make([]render.Row, 0, len(diff.Rows))
	for i := range diff.Rows {
		r := &diff.Rows[i]
		if r.Span != "period" {
			continue
		}
		if shown++; top > 0 && shown > top {
			continue
		}
		percent := r.Measure == trend.Percent
		cells := make([]render.Cell, 1, len(t.Columns))
		cells[0] = render.Text(r.Unit)
		if !one {
			cells = append(cells, render.Text(a.figureName(r.Indicator, r.Field, "")))
		}
		t.Add(append(cells, a.figure(r.Before, percent), a.figure(r.After, percent), render.Number(r.Change).Signed(), render.Percent(r.Percent).Signed())...)
		if (r.Before.Basis == trend.Joined) != (r.After.Basis == trend.Joined) && !joined[r.Unit] {
			joined[r.Unit] = true
			for _, l := range f.options.Lineages {
				if l.Unit == r.Unit {
					lineages = append(lineages, l)
				}
			}
		}
	}
	if top > 0 && shown > top {
		t.Notes = append(t.Notes, fmt.Sprintf(a.say("Còn %d dòng không in: bỏ --top để xem.", "%d more rows are not shown: leave --top out to see them."), shown-top))
	}
	order := a.say("Xếp theo mức thay đổi, lớn nhất trước: số đếm, rồi tỷ lệ (điểm %), điểm và thứ hạng, tiền. Tăng từ 0 thì không có %.",
		"In the order of the change, the greatest first: counts, then rates (points), scores and ranks, money. A change from 0 has no per cent.")
	if one {
		order = a.say("Xếp theo mức thay đổi, lớn nhất trước.", "In the order of the change, the greatest first.")
	}
	if shown > 1 {
		t.Notes = append(t.Notes, order)
	}
	for _, l := range lineages {
		t.Notes = append(t.Notes, a.lineageNote(l))
	}
	return a.print(t)
}

// kindGroups says which kinds of indicators have numbers that can be compared with
// each other, in the order in which they are shown.
func kindGroups() map[string]int {
	return map[string]int{"count": 0, "percent": 1, "score": 2, "rank": 2, "money": 3}
}

// sinceReform says whether a period ends after the mergers of 2025.
func sinceReform(period string) bool {
	p, err := vntext.ParsePeriod(period)
	return err == nil && p.To >= place.Reform
}
