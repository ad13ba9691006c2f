// This file reads the figures of chosen reports out of texts in which SQLite packs
// them: a row of its own for each figure takes longer to hand over than to find.
package db

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"baocao/normalize"
)

// chosenReport is a report whose figures are asked for.
type chosenReport struct {
	id     int64
	unit   string // Unit.Label, "" where unknown
	period string
	rank   int // of the unit in the order of labels
	place  int // of the report by unit and period
}

// chosenReports lists the reports that the filter chooses by id, with their place
// in the order of units and periods.
func chosenReports(ctx context.Context, tx *sql.Tx, units *unitTable, filter PointFilter) ([]chosenReport, error) {
	where, args := filter.Filter.where(units)
	if figures, more := filter.figures(); !filter.choosesReports() && len(filter.Indicators) > 0 {
		where += " AND r.id IN (SELECT f.report_id FROM figures f WHERE " + figures + ")"
		args = append(args, more...)
	}
	var packed sql.NullString
	if err := tx.QueryRowContext(ctx, query("chosen_reports")+where, args...).Scan(&packed); err != nil || packed.String == "" {
		return nil, err
	}
	list := make([]chosenReport, 0, strings.Count(packed.String, "\n")+1)
	of := make([]*unitRow, 0, cap(list))
	words := interned{} // the same few periods come many times
	for line := range strings.SplitSeq(packed.String, "\n") {
		id, unit, period, err := unpackChosen(line)
		if err != nil {
			return nil, err
		}
		list = append(list, chosenReport{id: id, period: words.of(period)})
		of = append(of, units.canonical(unit))
	}
	rankByLabel(of)
	for i, u := range of {
		if u != nil {
			list[i].unit, list[i].rank = u.label, u.rank
		}
	}
	// By id, because then what lies together in the file is read together.
	slices.SortFunc(list, func(a, b chosenReport) int { return cmp.Compare(a.id, b.id) })
	order := byKey(len(list), func(i int) int { return list[i].rank }, func(i, j int) int {
		return cmp.Or(comparePeriodNames(list[i].period, list[j].period), cmp.Compare(list[i].id, list[j].id))
	})
	for place, i := range order {
		list[i].place = place
	}
	return list, nil
}

// byKey orders 0 to n-1 by a key from 0 up, and what has the same key by then. There
// may be a million with few of a key: counting takes a small part of the time that
// comparing each with others would.
func byKey(n int, key func(i int) int, then func(i, j int) int) []int {
	most := 0
	for i := range n {
		most = max(most, key(i))
	}
	begins := make([]int, most+2)
	for i := range n {
		begins[key(i)+1]++
	}
	for k := range most + 1 {
		begins[k+1] += begins[k]
	}
	order := make([]int, n)
	ends := slices.Clone(begins)
	for i := range n {
		order[ends[key(i)]] = i
		ends[key(i)]++
	}
	for k := range most + 1 {
		if same := order[begins[k]:begins[k+1]]; len(same) > 1 {
			slices.SortFunc(same, then)
		}
	}
	return order
}

// unpackChosen reads one line of the query "chosen_reports".
func unpackChosen(line string) (id, unit int64, period string, err error) {
	first, rest, _ := strings.Cut(line, "|")
	second, period, found := strings.Cut(rest, "|")
	if id, err = strconv.ParseInt(first, 10, 64); err == nil {
		unit, err = strconv.ParseInt(second, 10, 64)
	}
	if err != nil || !found {
		return 0, 0, "", fmt.Errorf("report %q: want id, unit and period", line)
	}
	return id, unit, period, nil
}

// series names what a figure is about.
type series struct{ indicator, field, span string }

func (s *series) compare(t *series) int {
	if s == t {
		return 0
	}
	return cmp.Or(cmp.Compare(s.indicator, t.indicator), cmp.Compare(s.field, t.field), cmp.Compare(s.span, t.span))
}

// storedFigure is one figure of a chosen report. It is small, as there may be
// millions.
type storedFigure struct {
	*series
	value   string
	report  int32 // in the list of reports
	ord     int32 // in its report
	approx  bool
	trusted bool // surely enough read to be shown
}

const (
	// fewFigures is how many figures of a report are looked up one by one; of more,
	// all are gone through.
	fewFigures = 30
	// reportsAtOnce bounds how much text one query gives: some megabytes where all
	// figures are asked for.
	reportsAtOnce = 2000
	// nearIDs is how far the ids of reports may lie apart for what is between them
	// to be passed over more quickly than a new place in the index is looked for.
	nearIDs = 64
)

// figuresOf lists the figures of the reports that the filter chooses by indicator,
// field and span, and their order by the reports' places and then by these.
func figuresOf(ctx context.Context, tx *sql.Tx, reports []chosenReport, filter PointFilter) (list []storedFigure, order []int, err error) {
	known := map[string]*series{}
	text, args := filter.query(known)
	find, err := tx.PrepareContext(ctx, text)
	if err != nil {
		return nil, nil, err
	}
	defer find.Close()
	list = make([]storedFigure, 0, len(reports))
	for start := 0; start < len(reports); start += reportsAtOnce {
		some := reports[start:min(start+reportsAtOnce, len(reports))]
		ids := []byte("[")
		for _, r := range some {
			ids = append(strconv.AppendInt(ids, r.id, 10), ',')
		}
		ids[len(ids)-1] = ']'
		var packed sql.NullString
		if err := find.QueryRowContext(ctx, append([]any{string(ids)}, args...)...).Scan(&packed); err != nil {
			return nil, nil, err
		}
		if packed.String == "" {
			continue
		}
		for line := range strings.SplitSeq(packed.String, "\n") {
			f, err := unpackFigure(line, known)
			if err != nil {
				return nil, nil, err
			}
			f.report += int32(start)
			list = append(list, f)
		}
	}
	if text == query("figures_of_indicators") {
		if err := markUnsure(ctx, tx, reports, args[0], list); err != nil {
			return nil, nil, err
		}
	}
	order = byKey(len(list), func(i int) int { return reports[list[i].report].place }, func(i, j int) int {
		return cmp.Or(list[i].compare(list[j].series), int(list[i].ord-list[j].ord))
	})
	return list, order, nil
}

// markUnsure corrects the signs of the figures of some series (JSON) that are
// approximate or not trusted. The reports are in the order of their ids.
func markUnsure(ctx context.Context, tx *sql.Tx, reports []chosenReport, wanted any, list []storedFigure) error {
	if len(reports) == 0 {
		return nil
	}
	type place struct {
		report int64
		ord    int32
	}
	type unsure struct {
		place
		signs int
	}
	runs, _ := json.Marshal(runsOf(reports)) // numbers can always be written
	found, err := collect(ctx, tx, func(rows *sql.Rows) (u unsure, err error) {
		return u, rows.Scan(&u.report, &u.ord, &u.signs)
	}, query("unsure_figures"), string(runs), wanted)
	if err != nil || len(found) == 0 {
		return err
	}
	signs := make(map[place]int, len(found))
	for _, u := range found {
		signs[u.place] = u.signs
	}
	for i := range list {
		f := &list[i]
		if s, ok := signs[place{reports[f.report].id, f.ord}]; ok {
			f.approx, f.trusted = s&1 != 0, s&2 != 0
		}
	}
	return nil
}

// runsOf gives the first and last ids of reports that lie near each other.
func runsOf(reports []chosenReport) (runs [][2]int64) {
	for i, r := range reports {
		if i == 0 || r.id-reports[i-1].id > nearIDs {
			runs = append(runs, [2]int64{r.id, r.id})
		}
		runs[len(runs)-1][1] = r.id
	}
	return runs
}

// unpackFigure reads one line of the queries that pack figures: place of the
// report, series, value, 1 for approximate and 2 for trusted, place in the report.
// A series is a key of known or, and then is put there, its three names.
func unpackFigure(line string, known map[string]*series) (f storedFigure, err error) {
	report, rest, ok := strings.Cut(line, "|")
	var parts [4]string // from the right: no number has a "|" in it, a name could
	for i := len(parts) - 1; i > 0 && ok; i-- {
		at := strings.LastIndexByte(rest, '|')
		if ok = at >= 0; ok {
			rest, parts[i] = rest[:at], rest[at+1:]
		}
	}
	parts[0] = rest
	f.value = parts[1]
	f.approx, f.trusted = parts[2] == "1" || parts[2] == "3", parts[2] == "2" || parts[2] == "3"
	var numbers [2]int64
	for i, text := range []string{report, parts[3]} {
		if numbers[i], err = strconv.ParseInt(text, 10, 32); err != nil {
			ok = false
		}
	}
	f.report, f.ord = int32(numbers[0]), int32(numbers[1])
	if f.series = known[parts[0]]; f.series == nil {
		if names := strings.Split(strings.Clone(parts[0]), "\x1f"); len(names) == 3 {
			f.series = &series{names[0], names[1], names[2]}
			known[strings.Clone(parts[0])] = f.series
		}
	}
	if !ok || f.series == nil {
		return f, fmt.Errorf("figure %q: want report, series, value, signs and place", line)
	}
	return f, nil
}

// query gives the statement that finds figures without looking at many others,
// with its arguments after the list of reports, and puts the series that it names
// by number into known.
func (f PointFilter) query(known map[string]*series) (text string, args []any) {
	var wanted [][3]string
	if n := len(f.Indicators) * len(f.Fields) * len(f.Spans); n > 0 && n <= fewFigures {
		for _, i := range f.Indicators {
			for _, field := range f.Fields {
				for _, span := range f.Spans {
					known[strconv.Itoa(len(wanted))] = &series{i, field, span}
					wanted = append(wanted, [3]string{i, field, span})
				}
			}
		}
		list, _ := json.Marshal(wanted) // texts can always be written
		return query("figures_of_indicators"), []any{string(list)}
	}
	text, args = query("figures_of_reports"), []any{normalize.LeastConfidence}
	if where, more := f.figures(); where != "" {
		text, args = text+" WHERE "+where, append(args, more...)
	}
	return text, args
}

// figures is the condition on figures, "" for none.
func (f PointFilter) figures() (string, []any) {
	var c conditions
	c.in("f.indicator", anys(f.Indicators))
	c.in("f.field", anys(f.Fields))
	c.in("f.span", anys(f.Spans))
	return strings.Join(c.parts, " AND "), c.args
}

// interned gives one string for equal ones, which keeps no longer text in memory.
type interned map[string]string

func (w interned) of(s string) string {
	if have, ok := w[s]; ok {
		return have
	}
	s = strings.Clone(s)
	w[s] = s
	return s
}
