// This file shows one report with everything that is known of its figures.
package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"baocao/cmd/internal/render"
	"baocao/db"
	"baocao/db/check"
	"baocao/db/trend"
	"baocao/extract/document"
	"baocao/normalize"
)

// showUnit prints the reports of a unit on a period.
func (a *app) showUnit(ctx context.Context, unit, period string) error {
	store, known, err := a.openFilled(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	labels, err := a.knownUnits(ctx, store, []string{unit})
	if err != nil {
		return err
	}
	periods, err := a.findPeriods(known, []string{period})
	if err != nil {
		return err
	}
	list, err := store.Reports(ctx, db.Filter{Units: labels, Periods: periods})
	if err != nil {
		return err
	}
	if len(list) == 0 {
		all, err := store.Reports(ctx, db.Filter{Units: labels})
		if err != nil {
			return err
		}
		var names []string
		for _, r := range all {
			names = append(names, r.Period)
		}
		return usage(a.say("%s không có báo cáo kỳ %s; có các kỳ: %s", "%s has no report on %s; it has %s"), labels[0], period, strings.Join(slices.Compact(names), ", "))
	}
	for _, r := range list {
		if err := a.showReport(ctx, store, r.ID); err != nil {
			return err
		}
	}
	return nil
}

// showReport prints a report: figures with place, sentence, confidence and the
// findings that rest on them, then the findings, then what nobody understood.
func (a *app) showReport(ctx context.Context, store *db.DB, id int64) error {
	r, err := store.Report(ctx, id)
	if err != nil {
		return err
	}
	found, err := a.findingsOf(ctx, store, r.ReportInfo)
	if err != nil {
		return err
	}
	if err := a.print(a.reportTable(r, found)); err != nil {
		return err
	}
	if len(found) > 0 {
		t := render.Table{Name: "report_findings", Title: a.say("Phát hiện của báo cáo", "Findings of the report"), Columns: []render.Column{{Key: "finding", Title: a.say("Số", "No.")},
			{Key: "severity", Title: a.say("Mức", "Severity"), Width: 10}, {Key: "message", Title: a.say("Điều không khớp", "What does not fit"), Width: 70}},
			Notes: []string{a.say("Chứng cứ và cách sửa: baocao check.", "Evidence and repairs: baocao check.")}}
		for _, f := range found {
			t.Add(render.Text("#"+f.Short), render.Text(a.severityName(f.Severity)), render.Text(a.say(f.Message, f.MessageEN)))
		}
		if err := a.print(t); err != nil {
			return err
		}
	}
	return a.print(a.unexplainedTable(r))
}

// findingsOf lists the findings about a report that nobody has dismissed.
func (a *app) findingsOf(ctx context.Context, store *db.DB, r db.ReportInfo) ([]db.Finding, error) {
	filter := db.FindingFilter{Periods: []string{r.Period}}
	if r.Unit != "" {
		filter.Units = []string{r.Unit}
	}
	all, err := store.Findings(ctx, filter)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(f db.Finding) bool {
		return f.State == db.VerdictDismissed || f.SHA256 != "" && f.SHA256 != r.SHA256 || f.SHA256 == "" && r.Unit == ""
	}), nil
}

func (a *app) reportTable(r *db.StoredReport, found []db.Finding) render.Table {
	window := ""
	if r.From != "" || r.To != "" {
		window = fmt.Sprintf(a.say(", số liệu từ %s đến %s", ", data from %s to %s"), dash(day(r.From)), dash(day(r.To)))
	}
	t := render.Table{Name: "figures", Pinned: 2, Marks: append(a.marks(), a.trustMarks()...),
		Title: fmt.Sprintf(a.say("%s, kỳ %s%s; số %s ngày %s\n%s", "%s, %s%s; no. %s of %s\n%s"), dash(r.Unit), dash(r.Period), window, dash(r.Number), dash(a.dateOf(r.Report)), r.Path),
		Fields: []render.Field{{Key: "report", Title: a.say("Báo cáo", "Report"), Cell: render.Count(r.ID)}, {Key: "unit", Title: a.say("Đơn vị", "Unit"), Cell: render.Text(r.Unit)},
			{Key: "period", Title: a.say("Kỳ", "Period"), Cell: render.Text(r.Period)}},
		Columns: []render.Column{{Key: "indicator", Title: a.say("Chỉ tiêu", "Indicator"), Width: 26}, {Key: "value", Title: a.say("Giá trị", "Value"), Right: true},
			{Key: "place", Title: a.say("Nơi in", "Place"), Width: 13}, {Key: "sentence", Title: a.say("Câu", "Sentence"), Width: 44},
			{Key: "confidence", Title: a.say("Tin cậy", "Confidence"), Right: true, Width: 10}, {Key: "findings", Title: a.say("Phát hiện", "Findings"), Width: 9}},
		Empty: a.say("Không có số liệu.", "No figures."),
		Notes: []string{a.say("Tin cậy: từ 0 đến 1, câu chữ nói rõ đến đâu số này là chỉ tiêu này.", "Confidence: from 0 to 1, how plainly the words say that the number is this indicator."),
			a.say("Phát hiện: của lần baocao check gần nhất.", "Findings: of the last baocao check.")}}
	for i, f := range r.Report.Figures {
		if _, corrected := r.Corrected[i]; !corrected && !f.Trusted() {
			continue // among what is not understood
		}
		value := valueOf(f.Value, f.Confidence)
		if corrected, ok := r.Corrected[i]; ok {
			value = render.Number(corrected).Marked("corrected").With("printed", render.Number(f.Value)).
				Footnoted(a.correctionNote(trend.Correction{Unit: r.Unit, Period: r.Period, Indicator: f.Indicator, Field: f.Field, Printed: f.Value, Value: corrected}))
		}
		if f.Approx {
			value = value.Marked("approximate")
		}
		var numbers []string
		for _, x := range found {
			if slices.ContainsFunc(x.Figures, func(c check.Cited) bool {
				return c.Indicator == f.Indicator && c.Field == f.Field && c.Value == f.Value && c.Period == ""
			}) {
				numbers = append(numbers, "#"+x.Short)
				if x.Severity == check.Error && x.State != db.VerdictCorrected && x.State != db.VerdictDismissed {
					value = markOnce(value, "open_error")
				}
			}
		}
		m := f.Mentions[0]
		t.Add(render.Text(a.figureName(f.Indicator, f.Field, string(f.Span))), value, render.Text(a.place(m.Page, m.Line)), render.Text(cut(m.Snippet, 86)),
			render.Number(fmt.Sprintf("%.2f", f.Confidence)), render.Text(strings.Join(numbers, " ")))
	}
	return t
}

// dateOf gives the date of a report; of a draft with a blank for the day its month.
func (a *app) dateOf(r *normalize.Report) string {
	year, month, ok := strings.Cut(r.DateMonth, "-")
	if r.Date != "" || !ok {
		return day(r.Date)
	}
	return "…/" + month + "/" + year
}

func markOnce(c render.Cell, key string) render.Cell {
	if slices.Contains(c.Marks, key) {
		return c
	}
	return c.Marked(key)
}

func (a *app) unexplainedTable(r *db.StoredReport) render.Table {
	t := render.Table{Name: "unexplained", Title: a.say("Số chưa hiểu", "Numbers not understood"),
		Columns: []render.Column{{Key: "number", Title: a.say("Số", "Number"), Right: true}, {Key: "place", Title: a.say("Nơi in", "Place"), Width: 13},
			{Key: "sentence", Title: a.say("Câu", "Sentence"), Width: 50}, {Key: "maybe", Title: a.say("Có thể là", "Perhaps"), Width: 24}},
		Empty: a.say("Mọi số trong báo cáo đều đã được hiểu.", "Every number of the report is understood.")}
	for _, n := range r.Report.Unexplained() {
		x := unexplainedJSON(&document.Document{Text: r.Text}, n)
		maybe := ""
		if x.Maybe != "" {
			maybe = fmt.Sprintf(a.say("%s (tin cậy %s)", "%s (confidence %s)"), a.label(x.Maybe), a.number(fmt.Sprintf("%.2f", x.Confidence)))
		}
		t.Add(render.Text(x.Text), render.Text(a.place(x.Page, x.Line)), render.Text(x.Snippet), render.Text(maybe))
	}
	return t
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
