// This file decides which of several reports on the same thing is the current one.
package db

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

type reportState string

const (
	reportCurrent    reportState = "current"
	reportSuperseded reportState = "superseded"
	reportDuplicate  reportState = "duplicate"
	reportOther      reportState = "other"
)

// place is what makes two reports say something about the same thing.
type place struct {
	unit         int64 // canonical
	period, kind string
}

// changedReport is a report whose state was changed.
type changedReport struct {
	id    int64
	state reportState
	path  string
}

// version is one report among those on the same thing.
type version struct {
	id, document int64
	number, date string
	hash, path   string
	engine       string // the reader that gave the text
	state        reportState
	replacedBy   int64
	warnings     string             // of the reader, JSON
	keys         map[[3]string]bool // indicator, field, span of its figures; loaded when needed
}

// place gives the place of a report, none where unit or period is unknown: then
// nothing can be said about what it replaces.
func (w *writer) place(report int64) ([]place, error) {
	var p place
	found, err := w.one(query("place"), []any{report}, &p.unit, &p.period, &p.kind)
	if err != nil || !found {
		return nil, err
	}
	return []place{p}, nil
}

// placesOf gives the places of all reports of some units.
func (w *writer) placesOf(units []int64) ([]place, error) {
	var list []place
	for _, unit := range units {
		got, err := collect(w.ctx, w.tx, func(rows *sql.Rows) (p place, err error) {
			return p, rows.Scan(&p.unit, &p.period, &p.kind)
		}, query("places_of_unit"), unit)
		if err != nil {
			return nil, err
		}
		list = append(list, got...)
	}
	return list, nil
}

// settle gives every report at these places its state. It is a function of the
// reports stored and the order in which they came, so that it may be repeated.
//
// In the order in which they came:
//   - a report with unit, period, type, number, date and all figures of an
//     earlier one is that report in another file form: a duplicate;
//   - of two file forms of one report that were read with other figures, the one
//     that can be read better stays, the other is its duplicate; so it is with a
//     broken copy of a report, whichever came first;
//   - where what would replace a report is read much worse than it, but by date or
//     number is another one, both stay: their figures conflict, and a person has
//     to look;
//   - of two that have figures in common, the one with the later date replaces
//     the other; without two dates that differ the one with the higher number;
//     else the one that came later;
//   - reports that have no figure in common do not replace each other: the one
//     may be the appendix of the other.
func (w *writer) settle(places []place) ([]changedReport, error) {
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.unit, b.unit), cmp.Compare(a.period, b.period), cmp.Compare(a.kind, b.kind))
	})
	var changed []changedReport
	for _, p := range slices.Compact(places) {
		versions, err := collect(w.ctx, w.tx, func(rows *sql.Rows) (*version, error) {
			v := &version{}
			return v, rows.Scan(&v.id, &v.document, &v.number, &v.date, &v.hash, &v.path, &v.engine, &v.state, &v.replacedBy, &v.warnings)
		}, query("versions"), p.unit, p.period, p.kind)
		if err != nil {
			return nil, err
		}
		before := make([]version, len(versions))
		for i, v := range versions {
			before[i] = *v
			if v.keys, err = w.keys(v.id, len(versions)); err != nil {
				return nil, err
			}
		}
		order(versions)
		for i, v := range versions {
			if v.state == before[i].state && v.replacedBy == before[i].replacedBy {
				continue
			}
			if err := w.exec(`UPDATE reports SET state = ?, replaced_by = nullif(?, 0) WHERE id = ?`, string(v.state), v.replacedBy, v.id); err != nil {
				return nil, err
			}
			if err := w.refreshFiles(v.document); err != nil {
				return nil, err
			}
			if v.state != before[i].state {
				changed = append(changed, changedReport{v.id, v.state, v.path})
			}
		}
	}
	return changed, nil
}

// order sets state and replacedBy of versions, which are in the order in which
// they came.
func order(versions []*version) {
	var current []*version
	for i, v := range versions {
		v.state, v.replacedBy = reportCurrent, 0
		if first := sameReport(v, versions[:i]); first != nil {
			v.state, v.replacedBy = reportDuplicate, first.id
			continue
		}
		var beaten []*version
		for _, c := range current {
			switch {
			case len(v.keys) == 0 && poorer(v, c) && sameHead(v, c):
				v.state, v.replacedBy = reportDuplicate, c.id
			case len(c.keys) == 0 && poorer(c, v) && sameHead(v, c):
				c.state, c.replacedBy = reportDuplicate, v.id
			case !share(v.keys, c.keys):
			case twins(v, c) && legible(v) > legible(c):
				c.state, c.replacedBy = reportDuplicate, v.id
			case twins(v, c):
				v.state, v.replacedBy = reportDuplicate, c.id
			case poorer(v, c) && sameHead(v, c):
				v.state, v.replacedBy = reportDuplicate, c.id
			case poorer(c, v) && sameHead(v, c):
				c.state, c.replacedBy = reportDuplicate, v.id
			case replaces(v, c) && poorer(v, c), !replaces(v, c) && poorer(c, v):
			case replaces(v, c):
				beaten = append(beaten, c)
			default:
				v.state, v.replacedBy = reportSuperseded, c.id
			}
		}
		if v.state != reportCurrent {
			continue
		}
		for _, c := range beaten {
			c.state, c.replacedBy = reportSuperseded, v.id
		}
		current = append(slices.DeleteFunc(current, func(c *version) bool { return c.state != reportCurrent }), v)
	}
}

// sameReport gives the earlier version that v repeats in another file form. A
// report without figures repeats another only if number and date say so.
func sameReport(v *version, earlier []*version) *version {
	for _, e := range earlier {
		if e.state != reportDuplicate && e.hash == v.hash && e.number == v.number && e.date == v.date &&
			(len(v.keys) > 0 || v.number != "" && v.date != "") {
			return e
		}
	}
	return nil
}

// legible ranks file forms by how surely they are read: text recognition mistakes
// digits, the lines of a PDF are put together from places on the page.
func legible(v *version) int {
	switch v.engine {
	case "ocr":
		return 0
	case "pdf", "pdfium":
		return 1
	}
	return 2
}

// twins says whether two versions that differ in their figures are one report in
// two file forms, so that the difference is one of reading: number and date are
// equal. Text recognition may have mistaken one of these as well, and a Word file
// may have been kept without them.
func twins(a, b *version) bool {
	if legible(a) == legible(b) {
		return false
	}
	number, date := a.number != "" && a.number == b.number, a.date != "" && a.date == b.date
	if legible(a) > 0 && legible(b) > 0 {
		return number && date
	}
	open := (a.number == "" || b.number == "") && (a.date == "" || b.date == "")
	return number || date || open
}

// Of a report that was read with fewerFigures figures or more, one that is read with
// less than half of them is a poorer reading.
const fewerFigures = 4

// poorer says whether v is read so much worse than c that it must not stand in its
// place: half of it is missing, or its file is damaged and it has fewer figures.
func poorer(v, c *version) bool {
	if len(v.keys) >= len(c.keys) {
		return false
	}
	return len(c.keys) >= fewerFigures && 2*len(v.keys) < len(c.keys) || v.damaged() && !c.damaged()
}

// damaged says whether the reader could not read all of the file.
func (v *version) damaged() bool {
	var list []string
	if json.Unmarshal([]byte(v.warnings), &list) != nil {
		return false
	}
	return slices.ContainsFunc(list, func(w string) bool {
		return strings.HasPrefix(w, "page ") && strings.Contains(w, " was not read: ") || strings.Contains(w, "it may be cut off")
	})
}

// sameHead says whether number and date are equal as far as both have them, and at
// least one of them is: then the two are one report.
func sameHead(a, b *version) bool {
	number, date := a.number != "" && b.number != "", a.date != "" && b.date != ""
	return (number || date) && (!number || a.number == b.number) && (!date || a.date == b.date)
}

// replaces says whether v, which came later than c, replaces it.
func replaces(v, c *version) bool {
	if v.date != "" && c.date != "" && v.date != c.date {
		return v.date > c.date
	}
	if a, b := leadingNumber(v.number), leadingNumber(c.number); a > 0 && b > 0 && a != b {
		return a > b
	}
	return true
}

// leadingNumber gives 58 for "58/BC-UBND", 0 where there is none.
func leadingNumber(s string) int {
	end := 0
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	n, err := strconv.Atoi(s[:end])
	if err != nil {
		return 0
	}
	return n
}

func share(a, b map[[3]string]bool) bool {
	for k := range a {
		if b[k] {
			return true
		}
	}
	return false
}

// keys loads what the figures of a report are about; a report that is alone at
// its place needs none.
func (w *writer) keys(report int64, versions int) (map[[3]string]bool, error) {
	if versions < 2 {
		return nil, nil
	}
	list, err := collect(w.ctx, w.tx, func(rows *sql.Rows) (k [3]string, err error) {
		return k, rows.Scan(&k[0], &k[1], &k[2])
	}, `SELECT DISTINCT indicator, field, span FROM figures WHERE report_id = ?`, report)
	if err != nil {
		return nil, err
	}
	keys := make(map[[3]string]bool, len(list))
	for _, k := range list {
		keys[k] = true
	}
	return keys, nil
}

// collect gathers the rows of a query.
func collect[T any](ctx context.Context, tx *sql.Tx, scan func(*sql.Rows) (T, error), text string, args ...any) ([]T, error) {
	rows, err := tx.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}
