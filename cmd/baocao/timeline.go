// This file lays periods of all kinds out on one time line.
package main

import (
	"cmp"
	"slices"

	"baocao/db/trend"
	"baocao/normalize/vntext"
)

// timeline is one indicator over units and periods of all kinds.
type timeline struct {
	indicator, field, measure string
	periods                   []vntext.Period // as they end; of those that end together the shorter first
	rows                      []timeRow
	total                     map[string]trend.TotalCell // nil where values must not be added
}

// timeRow is one unit of a timeline.
type timeRow struct {
	unit             string
	cells            map[string]trend.Cell // by period
	lastYear, toDate trend.Cell
	lineage          *trend.Lineage
}

// timelines puts the tables for the kinds of periods of one indicator together.
// Of figures that are not of the reports' own period nothing is shown.
func timelines(s trend.Series) []timeline {
	var out []timeline
	for _, g := range s.Tables {
		if g.Span != "period" {
			continue
		}
		n := len(out)
		if n == 0 || out[n-1].indicator != g.Indicator || out[n-1].field != g.Field {
			out = append(out, timeline{indicator: g.Indicator, field: g.Field, measure: g.Measure})
			n++
		}
		out[n-1].take(g)
	}
	for i := range out {
		slices.SortFunc(out[i].periods, func(a, b vntext.Period) int { return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(b.From, a.From)) })
	}
	return out
}

func (l *timeline) take(g trend.Grid) {
	for i, name := range g.Periods {
		p, err := vntext.ParsePeriod(name)
		if err != nil {
			continue // the table was made of periods that could be read
		}
		l.periods = append(l.periods, p)
		if g.Total != nil {
			if l.total == nil {
				l.total = make(map[string]trend.TotalCell)
			}
			l.total[name] = g.Total[i]
		}
	}
	for _, r := range g.Rows {
		i := slices.IndexFunc(l.rows, func(t timeRow) bool { return t.unit == r.Unit })
		if i < 0 {
			i = len(l.rows)
			l.rows = append(l.rows, timeRow{unit: r.Unit, cells: make(map[string]trend.Cell, len(g.Periods)), lastYear: r.LastYear, toDate: r.ToDate})
		}
		if r.Lineage != nil {
			l.rows[i].lineage = r.Lineage
		}
		for j, name := range g.Periods {
			l.rows[i].cells[name] = r.Cells[j]
		}
	}
}
