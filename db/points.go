// This file gives the stored figures as plain rows for trends, and the names
// that are known.
package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
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
	Approx    bool
	ReportID  int64
	Corrected bool
	Printed   string // "" unless Corrected
	InError   bool   // an error that nobody has settled rests on it
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
	return PointsAs(ctx, d, filter, func(p Point) Point { return p })
}

// PointsAs lists what is made of the figures, in the order of Points: there may be
// millions, which are kept once only.
func PointsAs[T any](ctx context.Context, d *DB, filter PointFilter, as func(Point) T) (list []T, err error) {
	err = d.read(ctx, "list figures", func(tx *sql.Tx) error {
		units, err := loadUnits(ctx, tx)
		if err != nil {
			return err
		}
		return eachPoint(ctx, tx, units, filter, func(p Point, most int) {
			if list == nil {
				list = make([]T, 0, most)
			}
			list = append(list, as(p))
		})
	})
	return list, err
}

// printedFigure is what a correction or a finding names a figure by.
type printedFigure struct {
	report                        int64
	indicator, field, span, value string // span "" where it is not said
}

// eachPoint reads in two steps, because that is several times quicker than a row for
// each figure: which reports are chosen, then their figures, some thousand reports
// at a time. Both come packed into texts of many lines. It calls visit at most as
// often as most says.
func eachPoint(ctx context.Context, tx *sql.Tx, units *unitTable, filter PointFilter, visit func(p Point, most int)) error {
	corrected, err := correctedFigures(ctx, tx)
	if err != nil {
		return err
	}
	wrong, err := figuresInError(ctx, tx, filter.Indicators)
	if err != nil {
		return err
	}
	reports, err := chosenReports(ctx, tx, units, filter)
	if err != nil {
		return err
	}
	figures, order, err := figuresOf(ctx, tx, reports, filter)
	if err != nil {
		return err
	}
	for _, i := range order {
		f := &figures[i]
		r := &reports[f.report]
		p := Point{ReportID: r.id, Unit: r.unit, Period: r.period, Indicator: f.indicator, Field: f.field, Span: f.span, Value: f.value, Approx: f.approx}
		if len(wrong) > 0 {
			p.InError = wrong[printedFigure{p.ReportID, p.Indicator, p.Field, "", p.Value}]
		}
		if len(corrected) > 0 {
			if value, ok := corrected[printedFigure{p.ReportID, p.Indicator, p.Field, p.Span, p.Value}]; ok {
				p.Printed, p.Value, p.Corrected = p.Value, value, true
			}
		}
		if p.Corrected || f.trusted {
			visit(p, len(figures))
		}
	}
	return nil
}

// comparePeriodNames orders periods by their days, the shorter first. Months, of
// which there are most, need no reading.
func comparePeriodNames(a, b string) int {
	if a == b {
		return 0
	}
	if len(a) == len("2023-05") && len(b) == len(a) {
		return strings.Compare(a, b)
	}
	return comparePeriods(ReportInfo{Period: a}, ReportInfo{Period: b})
}

func correctedFigures(ctx context.Context, tx *sql.Tx) (map[printedFigure]string, error) {
	type correction struct {
		printedFigure
		holds string
	}
	list, err := collect(ctx, tx, func(rows *sql.Rows) (c correction, err error) {
		return c, rows.Scan(&c.report, &c.indicator, &c.field, &c.span, &c.value, &c.holds)
	}, query("corrected_figures"))
	out := make(map[printedFigure]string, len(list))
	for _, c := range list {
		out[c.printedFigure] = c.holds
	}
	return out, err
}

// figuresInError finds the figures of the indicators, or of all, that unsettled
// errors rest on.
func figuresInError(ctx context.Context, tx *sql.Tx, indicators []string) (map[printedFigure]bool, error) {
	text, args := query("figures_in_error"), []any(nil)
	if len(indicators) > 0 {
		chosen, err := json.Marshal(indicators)
		if err != nil {
			return nil, err
		}
		text, args = query("indicator_in_error"), []any{string(chosen)}
	}
	list, err := collect(ctx, tx, func(rows *sql.Rows) (f printedFigure, err error) {
		return f, rows.Scan(&f.report, &f.indicator, &f.field, &f.value)
	}, text, args...)
	out := make(map[printedFigure]bool, len(list))
	for _, f := range list {
		out[f] = true
	}
	return out, err
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
