// This file lists and loads stored reports.
package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"baocao/db/check"
	"baocao/extract/document"
	"baocao/extract/rules"
	"baocao/normalize"
	gazetteer "baocao/normalize/place" // place is a type of this package
	"baocao/normalize/vntext"
)

// Filter chooses reports. The zero value takes all current ones.
type Filter struct {
	IDs     []int64
	Units   []string // labels (Unit.Label) or plain names
	Parents []string // units above, in any spelling: the reports of all under one of them
	Periods []string // canonical, see normalize.Report
	Types   []string
	SHA256  []string
	// Old takes superseded reports and duplicates too, Other documents that are
	// no reports.
	Old, Other bool
}

// ReportInfo is what a list shows of one report.
type ReportInfo struct {
	ID         int64
	DocumentID int64
	Path       string // of the document, as first read
	SHA256     string
	Engine     string
	Type       string
	UnitID     int64  // 0 where unknown; of the fullest row that the name means
	Unit       string // Unit.Label, "" where unknown
	Parents    []string
	Period     string
	From, To   string
	Number     string
	Date       string
	Signer     string
	State      string // current, superseded, duplicate, other
	ReplacedBy int64  // the report that supersedes this one or that it repeats, 0 for none
	Figures    int
	// Unexplained is how many numbers of the text nothing explains.
	Unexplained int
	RuleSetHash string
	unitKey     string
}

// Reports lists reports by unit, period and the order in which they came.
func (d *DB) Reports(ctx context.Context, filter Filter) ([]ReportInfo, error) {
	var list []ReportInfo
	err := d.read(ctx, "list reports", func(tx *sql.Tx) error {
		units, err := loadUnits(ctx, tx)
		if err != nil {
			return err
		}
		list, err = reportInfos(ctx, tx, units, filter)
		return err
	})
	return list, err
}

func reportInfos(ctx context.Context, tx *sql.Tx, units *unitTable, filter Filter) ([]ReportInfo, error) {
	units.setKeys()
	where, args := filter.where(units)
	list, err := collect(ctx, tx, func(rows *sql.Rows) (r ReportInfo, err error) {
		err = rows.Scan(&r.ID, &r.DocumentID, &r.Path, &r.SHA256, &r.Engine, &r.Type, &r.UnitID, &r.Period, &r.From, &r.To,
			&r.Number, &r.Date, &r.Signer, &r.State, &r.ReplacedBy, &r.Figures, &r.Unexplained, &r.RuleSetHash)
		if u := units.canonical(r.UnitID); u != nil {
			r.UnitID, r.Unit, r.Parents, r.unitKey = u.id, u.label, u.parents, u.key
		}
		return r, err
	}, query("reports")+where+" ORDER BY r.id", args...)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b ReportInfo) int {
		if c := strings.Compare(a.Unit, b.Unit); c != 0 {
			return c
		}
		if c := comparePeriods(a, b); c != 0 {
			return c
		}
		return 0 // by id already
	})
	return list, nil
}

// comparePeriods orders by the first day that a report is about, then by the
// last: a month comes before the quarter that begins with it.
func comparePeriods(a, b ReportInfo) int {
	firstA, lastA := bounds(a)
	firstB, lastB := bounds(b)
	if c := strings.Compare(firstA, firstB); c != 0 {
		return c
	}
	if c := strings.Compare(lastA, lastB); c != 0 {
		return c
	}
	return strings.Compare(a.Period, b.Period)
}

// bounds gives the first and last day of the period; of a data window that the
// report prints ("15/4 đến 14/5") where the period cannot be read.
func bounds(r ReportInfo) (first, last string) {
	if p, err := vntext.ParsePeriod(r.Period); err == nil {
		return p.From, p.To
	}
	return r.From, r.To
}

func (f Filter) where(units *unitTable) (string, []any) {
	var c conditions
	c.in("r.id", anys(f.IDs))
	if len(f.SHA256) > 0 {
		c.add("r.document_id IN (SELECT id FROM documents WHERE sha256 IN (?"+strings.Repeat(", ?", len(f.SHA256)-1)+"))", anys(f.SHA256)...)
	}
	c.in("r.period", anys(f.Periods))
	c.in("r.type", anys(f.Types))
	if len(f.Units) > 0 || len(f.Parents) > 0 {
		above := map[string]bool{}
		for _, p := range f.Parents {
			above[gazetteer.Key(p)] = true
		}
		ids := []int64{0} // with no such unit nothing is found
		for _, u := range units.list {
			m := units.canonical(u.id)
			if len(f.Units) > 0 && !slices.Contains(f.Units, m.label) && !slices.Contains(f.Units, m.name) {
				continue
			}
			if len(f.Parents) == 0 || units.under(m, above) {
				ids = append(ids, u.id)
			}
		}
		list, _ := json.Marshal(ids) // numbers can always be written
		c.add("r.unit_id IN (SELECT value FROM json_each(?))", string(list))
	}
	switch {
	case f.Old && f.Other:
	case f.Old:
		c.add("r.state <> 'other'")
	case f.Other:
		c.add("r.state IN ('current', 'other')")
	default:
		c.add("r.state = 'current'")
	}
	return c.where()
}

// choosesReports says whether the filter picks some of all reports.
func (f Filter) choosesReports() bool {
	return len(f.IDs)+len(f.Units)+len(f.Parents)+len(f.Periods)+len(f.SHA256) > 0
}

// StoredReport is one report with the document it was read from.
type StoredReport struct {
	ReportInfo
	// Report holds what was printed. Of the numbers only those that nothing
	// explains are stored one by one; Numbers has these, Counts all by class.
	Report *normalize.Report
	Counts map[string]int
	Text   string
	// Corrected gives the value that a reviewer put in place of a printed one, by
	// index in Report.Figures.
	Corrected map[int]string
}

// Report loads one report with its text. An id that is not in the database is
// ErrUnknown.
func (d *DB) Report(ctx context.Context, id int64) (*StoredReport, error) {
	var stored *StoredReport
	err := d.read(ctx, "load report", func(tx *sql.Tx) error {
		units, err := loadUnits(ctx, tx)
		if err != nil {
			return err
		}
		infos, err := reportInfos(ctx, tx, units, Filter{IDs: []int64{id}, Old: true, Other: true})
		if err != nil {
			return err
		}
		if len(infos) == 0 {
			return unknown("report", id)
		}
		list, err := loadReports(ctx, tx, units, infos)
		if err != nil {
			return err
		}
		stored = list[0]
		return nil
	})
	return stored, err
}

// CheckInputs yields the reports for the checks, those of one unit together in
// the order of their periods, units by label. Reports whose unit is unknown come
// one by one at first. Corrected values stand in place of the printed ones,
// which remain in the text of the mentions.
//
// The database may be written to between two units.
func (d *DB) CheckInputs(ctx context.Context, filter Filter) iter.Seq2[[]check.Report, error] {
	return func(yield func([]check.Report, error) bool) {
		infos, err := d.Reports(ctx, filter)
		if err != nil {
			yield(nil, err)
			return
		}
		for start := 0; start < len(infos); {
			end := start + 1
			for infos[start].Unit != "" && end < len(infos) && infos[end].Unit == infos[start].Unit {
				end++
			}
			group, err := d.checkGroup(ctx, infos[start:end])
			if !yield(group, err) || err != nil {
				return
			}
			start = end
		}
	}
}

func (d *DB) checkGroup(ctx context.Context, infos []ReportInfo) ([]check.Report, error) {
	var group []check.Report
	err := d.read(ctx, "load reports", func(tx *sql.Tx) error {
		list, err := loadReports(ctx, tx, nil, infos)
		if err != nil {
			return err
		}
		for _, s := range list {
			for i, value := range s.Corrected {
				correct(&s.Report.Figures[i], value)
			}
			if s.unitKey == "" {
				s.unitKey = s.SHA256 // a report of nobody known stands alone
			}
			group = append(group, check.Report{ID: s.ID, File: s.Path, SHA256: s.SHA256, UnitKey: s.unitKey, Report: s.Report, Text: s.Text})
		}
		return nil
	})
	return group, err
}

// correct puts a reviewer's value in place of the one read: exact to its last
// digit, and certain.
func correct(f *normalize.Figure, value string) {
	_, fraction, _ := strings.Cut(value, ".")
	f.Value, f.Decimals, f.Rounding, f.Approx, f.Confidence = value, len(fraction), 1, false, 1
}

// loadReports loads the content of reports, which are in infos, in that order.
// With units nil the reports keep the unit's label as their unit.
func loadReports(ctx context.Context, tx *sql.Tx, units *unitTable, infos []ReportInfo) ([]*StoredReport, error) {
	list := make([]*StoredReport, len(infos))
	byID := make(map[int64]*StoredReport, len(infos))
	ids := make([]int64, len(infos))
	for i, info := range infos {
		s := &StoredReport{ReportInfo: info, Counts: map[string]int{}, Report: &normalize.Report{
			Type: info.Type, Unit: info.Unit, Parents: info.Parents, Period: info.Period, From: info.From, To: info.To,
			Number: info.Number, Date: info.Date, Signer: info.Signer}}
		if units != nil {
			if u := units.byID[info.UnitID]; u != nil {
				s.Report.Unit, s.Report.Parents = u.name, u.parents
			}
		}
		list[i], byID[info.ID], ids[i] = s, s, info.ID
	}
	chosen, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	var id int64
	var s *StoredReport
	// each runs one query over the chosen reports; scan gets rows whose first
	// column is the report.
	each := func(text string, scan func(rows *sql.Rows) error) error {
		rows, err := tx.QueryContext(ctx, text, string(chosen))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := scan(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	}
	in := ` WHERE report_id IN (SELECT value FROM json_each(?)) ORDER BY report_id, ord`
	steps := []func() error{
		func() error {
			return each(query("report_texts"), func(rows *sql.Rows) error {
				var text []byte
				var sources, pages, month, doubts string
				err := rows.Scan(&id, &text, &sources, &pages, &month, &doubts)
				if err != nil {
					return err
				}
				s = byID[id]
				s.Report.DateMonth = month
				if doubts != "[]" {
					if err := json.Unmarshal([]byte(doubts), &s.Report.Doubts); err != nil {
						return err
					}
				}
				if s.Text, err = unzip(text); err != nil {
					return err
				}
				if pages != "[]" {
					if err := json.Unmarshal([]byte(pages), &s.Report.PageStarts); err != nil {
						return err
					}
				}
				if sources == "{}" {
					return nil
				}
				return json.Unmarshal([]byte(sources), &s.Report.Sources)
			})
		},
		func() error {
			return each(`SELECT report_id, indicator, field, span, value, unit, decimals, rounding, approx, confidence FROM figures`+in,
				func(rows *sql.Rows) error {
					var f normalize.Figure
					err := rows.Scan(&id, &f.Indicator, &f.Field, &f.Span, &f.Value, &f.Unit, &f.Decimals, &f.Rounding, &f.Approx, &f.Confidence)
					s = byID[id]
					s.Report.Figures = append(s.Report.Figures, f)
					return err
				})
		},
		func() error {
			return each(query("report_mentions"), func(rows *sql.Rows) error {
				var m normalize.Mention
				var figure int
				if err := rows.Scan(&id, &figure, &m.Start, &m.End, &m.Page, &m.Line, &m.Text, &m.Snippet, &m.Rule, &m.Section,
					&m.InTable, &m.Words, &m.Assessment, &m.Confidence, &m.Parent); err != nil {
					return err
				}
				if s = byID[id]; figure >= len(s.Report.Figures) {
					return fmt.Errorf("report %d: mention of figure %d of %d", id, figure, len(s.Report.Figures))
				}
				f := &s.Report.Figures[figure]
				f.Mentions = append(f.Mentions, m)
				return nil
			})
		},
		func() error {
			return each(`SELECT report_id, start, end, text, day, month, year, impossible, role, reference FROM report_dates`+in,
				func(rows *sql.Rows) error {
					var x rules.Date
					err := rows.Scan(&id, &x.Start, &x.End, &x.Text, &x.Day, &x.Month, &x.Year, &x.Impossible, &x.Role, &x.Reference)
					s = byID[id]
					s.Report.Dates = append(s.Report.Dates, x)
					return err
				})
		},
		func() error {
			return each(`SELECT report_id, start, end, number, issuer, date, implements FROM report_references`+in,
				func(rows *sql.Rows) error {
					var x rules.Reference
					err := rows.Scan(&id, &x.Start, &x.End, &x.Number, &x.Issuer, &x.Date, &x.Implements)
					s = byID[id]
					s.Report.References = append(s.Report.References, x)
					return err
				})
		},
		func() error {
			return each(`SELECT report_id, start, end, label, style, level, ordinal, title FROM report_headings`+in,
				func(rows *sql.Rows) error {
					var x rules.Heading
					err := rows.Scan(&id, &x.Start, &x.End, &x.Label, &x.Style, &x.Level, &x.Ordinal, &x.Title)
					s = byID[id]
					s.Report.Headings = append(s.Report.Headings, x)
					return err
				})
		},
		func() error {
			return each(`SELECT report_id, start, end, section FROM report_sections`+in, func(rows *sql.Rows) error {
				var x rules.SectionSpan
				err := rows.Scan(&id, &x.Start, &x.End, &x.Section)
				s = byID[id]
				s.Report.Sections = append(s.Report.Sections, x)
				return err
			})
		},
		func() error {
			return each(`SELECT report_id, start, end, text, value, indicator, field, heading, parts FROM report_totals`+in,
				func(rows *sql.Rows) error {
					var x rules.Total
					var list string
					var parts []totalPart
					if err := rows.Scan(&id, &x.Sum.Start, &x.Sum.End, &x.Sum.Text, &x.SumValue, &x.Indicator, &x.Field, &x.Column, &list); err != nil {
						return err
					}
					if err := json.Unmarshal([]byte(list), &parts); err != nil {
						return err
					}
					for _, p := range parts {
						x.Parts = append(x.Parts, rules.Number{Start: p.start, End: p.end})
						x.PartValues = append(x.PartValues, p.value)
					}
					byID[id].Report.Totals = append(byID[id].Report.Totals, x)
					return nil
				})
		},
		func() error {
			return each(`SELECT report_id, start, end, text, why FROM unexplained_numbers`+in, func(rows *sql.Rows) error {
				var x rules.Number
				err := rows.Scan(&id, &x.Start, &x.End, &x.Text, &x.Why)
				s = byID[id]
				s.Report.Numbers = append(s.Report.Numbers, x)
				return err
			})
		},
		func() error {
			return each(`SELECT report_id, class, count FROM number_counts WHERE report_id IN (SELECT value FROM json_each(?))`,
				func(rows *sql.Rows) error {
					var class string
					var count int
					err := rows.Scan(&id, &class, &count)
					byID[id].Counts[class] = count
					return err
				})
		},
		func() error {
			return each(query("report_corrections"), func(rows *sql.Rows) error {
				var figure int
				var value string
				err := rows.Scan(&id, &figure, &value)
				if s = byID[id]; s.Corrected == nil {
					s.Corrected = map[int]string{}
				}
				s.Corrected[figure] = value
				return err
			})
		},
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// StoredDocument is one document of the database.
type StoredDocument struct {
	ID          int64
	ReportID    int64
	Path        string
	SHA256      string
	RuleSetHash string // of the rules it was last extracted with
	Engine      string
	Encoding    string
	Pages       int
	Warnings    []string
}

// Documents lists all stored documents in the order in which they came.
func (d *DB) Documents(ctx context.Context) ([]StoredDocument, error) {
	var list []StoredDocument
	err := d.read(ctx, "list documents", func(tx *sql.Tx) error {
		var err error
		list, err = collect(ctx, tx, func(rows *sql.Rows) (s StoredDocument, err error) {
			var warnings string
			if err := rows.Scan(&s.ID, &s.ReportID, &s.Path, &s.SHA256, &s.RuleSetHash, &s.Engine, &s.Encoding, &s.Pages, &warnings); err != nil {
				return s, err
			}
			return s, json.Unmarshal([]byte(warnings), &s.Warnings)
		}, query("documents"))
		return err
	})
	return list, err
}

// Document loads a document as its reader gave it. An id that is not in the
// database is ErrUnknown.
func (d *DB) Document(ctx context.Context, id int64) (*document.Document, error) {
	var p Packed
	err := d.r.QueryRowContext(ctx, query("document"), id).Scan(&p.text, &p.layout, &p.engine, &p.encoding, &p.warnings)
	if err != nil {
		return nil, d.wrap("load document", err)
	}
	doc, err := p.Unpack()
	return doc, d.wrap("load document", err)
}
