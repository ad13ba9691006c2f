// This file gives the stored figures as plain rows for trends, and the names
// that are known.
package db

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"baocao/normalize"
)

// Point is one figure of one report. Value is the one that holds: the corrected
// one where a reviewer corrected it, and then Printed is what the report says.
type Point struct {
	Unit      string // Unit.Label, "" where unknown
	Period    string
	Indicator string
	Field     string
	Span      string
	Value     string // plain decimal
	Measure   string // the unit of measure: "hồ sơ", "đồng"
	Approx    bool
	ReportID  int64
	Corrected bool
	Printed   string // "" unless Corrected
}

// PointFilter chooses points. The zero value takes all of the current reports.
// Figures that are not trusted are left out unless a reviewer gave their value.
type PointFilter struct {
	Filter
	Indicators []string
	Fields     []string // "" is the figure that is not by field
	Spans      []string
}

// Points lists figures by unit, period, indicator, field, span and the order in
// which they stand in their report.
func (d *DB) Points(ctx context.Context, filter PointFilter) ([]Point, error) {
	var list []Point
	err := d.read(ctx, "list figures", func(tx *sql.Tx) error {
		units, err := loadUnits(ctx, tx)
		if err != nil {
			return err
		}
		infos, err := reportInfos(ctx, tx, units, filter.Filter)
		if err != nil {
			return err
		}
		place := make(map[int64]int, len(infos)) // of a report in the order of the result
		for i, info := range infos {
			place[info.ID] = i
		}
		where, args := filter.where(units)
		list, err = collect(ctx, tx, func(rows *sql.Rows) (p Point, err error) {
			var corrected sql.NullString
			err = rows.Scan(&p.ReportID, &p.Indicator, &p.Field, &p.Span, &p.Value, &p.Measure, &p.Approx, &corrected)
			if i, ok := place[p.ReportID]; ok {
				p.Unit, p.Period = infos[i].Unit, infos[i].Period
			}
			if corrected.Valid {
				p.Printed, p.Value, p.Corrected = p.Value, corrected.String, true
			}
			return p, err
		}, query("points")+where+" ORDER BY f.report_id, f.ord", args...)
		if err != nil {
			return err
		}
		slices.SortStableFunc(list, func(a, b Point) int {
			if c := place[a.ReportID] - place[b.ReportID]; c != 0 {
				return c
			}
			return slices.Compare([]string{a.Indicator, a.Field, a.Span}, []string{b.Indicator, b.Field, b.Span})
		})
		return nil
	})
	return list, err
}

func (f PointFilter) where(units *unitTable) (string, []any) {
	text, args := f.Filter.where(units)
	var c conditions
	c.add("(f.confidence >= ? OR c.value IS NOT NULL)", normalize.LeastConfidence)
	c.in("f.indicator", anys(f.Indicators))
	c.in("f.field", anys(f.Fields))
	c.in("f.span", anys(f.Spans))
	if len(c.parts) > 0 {
		if text == "" {
			text = " WHERE "
		} else {
			text += " AND "
		}
		text += strings.Join(c.parts, " AND ")
	}
	return text, append(args, c.args...)
}

// KnownName is one period or indicator that occurs in the current reports.
type KnownName struct {
	Name    string
	Reports int // that have it
}

// Periods lists the periods of the current reports.
func (d *DB) Periods(ctx context.Context) ([]KnownName, error) {
	return d.names(ctx, "list periods", query("periods"))
}

// Indicators lists the indicators of the current reports.
func (d *DB) Indicators(ctx context.Context) ([]KnownName, error) {
	return d.names(ctx, "list indicators", query("indicators"))
}

func (d *DB) names(ctx context.Context, op, text string) ([]KnownName, error) {
	var list []KnownName
	err := d.read(ctx, op, func(tx *sql.Tx) error {
		var err error
		list, err = collect(ctx, tx, func(rows *sql.Rows) (n KnownName, err error) {
			return n, rows.Scan(&n.Name, &n.Reports)
		}, text)
		return err
	})
	return list, err
}
