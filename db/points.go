// This file gives the stored figures as plain rows for trends, and the names
// that are known.
package db

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
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
	var list []Point
	err := d.read(ctx, "list figures", func(tx *sql.Tx) error {
		units, err := loadUnits(ctx, tx)
		if err != nil {
			return err
		}
		list, err = points(ctx, tx, units, filter)
		return err
	})
	return list, err
}

// printedFigure is what a correction or a finding names a figure by.
type printedFigure struct {
	report                        int64
	indicator, field, span, value string // span "" where it is not said
}

func points(ctx context.Context, tx *sql.Tx, units *unitTable, filter PointFilter) ([]Point, error) {
	corrected, err := correctedFigures(ctx, tx)
	if err != nil {
		return nil, err
	}
	wrong, err := figuresInError(ctx, tx, filter.Indicators)
	if err != nil {
		return nil, err
	}
	where, args := filter.where(units)
	rows, err := tx.QueryContext(ctx, query(filter.query())+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	// What is sorted is small: a million points are long to move about.
	type place struct {
		at, rank, ord int // in list; of the unit in the order of labels; in the report
	}
	var list []Point
	var order []place
	words := interned{} // the same few words come a million times
	var unit sql.NullInt64
	var period, indicator, field, span, value sql.RawBytes
	var confidence float64
	for rows.Next() {
		var p Point
		at := place{at: len(list)}
		if err := rows.Scan(&p.ReportID, &unit, &period, &indicator, &field, &span, &value, &p.Approx, &at.ord, &confidence); err != nil {
			return nil, err
		}
		p.Period, p.Indicator, p.Field, p.Span, p.Value = words.of(period), words.of(indicator), words.of(field), words.of(span), words.of(value)
		if u := units.canonical(unit.Int64); u != nil {
			p.Unit, at.rank = u.label, u.rank
		}
		if len(wrong) > 0 {
			p.InError = wrong[printedFigure{p.ReportID, p.Indicator, p.Field, "", p.Value}]
		}
		if len(corrected) > 0 {
			if value, ok := corrected[printedFigure{p.ReportID, p.Indicator, p.Field, p.Span, p.Value}]; ok {
				p.Printed, p.Value, p.Corrected = p.Value, value, true
			}
		}
		if p.Corrected || confidence >= normalize.LeastConfidence {
			list, order = append(list, p), append(order, at)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	slices.SortFunc(order, func(a, b place) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		p, q := &list[a.at], &list[b.at]
		if c := cmp.Or(comparePeriodNames(p.Period, q.Period), cmp.Compare(p.ReportID, q.ReportID)); c != 0 {
			return c
		}
		return cmp.Or(cmp.Compare(p.Indicator, q.Indicator), cmp.Compare(p.Field, q.Field), cmp.Compare(p.Span, q.Span), a.ord-b.ord)
	})
	out := make([]Point, len(list))
	for i, o := range order {
		out[i] = list[o.at]
	}
	return out, nil
}

// interned gives one string for equal bytes.
type interned map[string]string

func (w interned) of(b []byte) string {
	if s, ok := w[string(b)]; ok {
		return s
	}
	s := string(b)
	w[s] = s
	return s
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

// fewFigures is how many figures of a report are looked up one by one; of more, all
// are gone through.
const fewFigures = 30

// query names the statement that finds the figures without looking at many others.
func (f PointFilter) query() string {
	switch wanted := len(f.Indicators) * len(f.Fields) * len(f.Spans); {
	case len(f.Indicators) > 0 && !f.choosesReports():
		return "points"
	case wanted > 0 && wanted <= fewFigures:
		return "points_of_indicators"
	}
	return "points_of_reports"
}

func (f PointFilter) where(units *unitTable) (string, []any) {
	text, args := f.Filter.where(units)
	var c conditions
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
