// This file holds the command that extracts stored documents again, under other
// rules than they were extracted with.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"baocao/cmd/internal/render"
	"baocao/db"
	"baocao/db/ingest"
)

func (a *app) reprocessCommand() *cobra.Command {
	var all bool
	var o importOptions
	c := &cobra.Command{
		Use: "reprocess", Short: a.say("Trích lại số liệu của văn bản đã lưu theo bộ quy tắc mới", "Extract the figures of stored texts again with new rules"), Args: cobra.NoArgs,
		Long: a.say(`Trích lại số liệu của văn bản đã lưu theo bộ quy tắc mới, ngay trong cơ sở dữ liệu, không cần tệp gốc. Ý kiến đã
ghi về các phát hiện được giữ. In ra những gì thay đổi: đơn vị, kỳ, số, ngày và số liệu của từng báo cáo; tổng
cộng; và số mâu thuẫn trước, sau khi kiểm tra lại. Nên chạy baocao backup trước.`,
			`Extract the figures of stored texts again with new rules, inside the database; the files are not needed. Decisions about
findings are kept. What changes is printed: unit, period, number, date and figures of each report, totals, and how many
contradictions there were before and are after checking again. Run baocao backup first.`) + a.exitHelp(),
		Example: "  baocao reprocess\n  baocao reprocess --rules quy-tac-cua-toi --format json",
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.reprocess(cmd, o.jobs, all) },
	}
	a.jobsFlag(c, &o)
	c.Flags().BoolVar(&all, "all", false, a.say("trích lại cả văn bản đã trích bằng đúng bộ quy tắc này", "also texts that were extracted with these very rules"))
	return c
}

// What reprocess prints in JSON: one object for each document with a change, then
// the summary.
type reprocessedJSON struct {
	Event   string             `json:"event"`
	Report  int64              `json:"report"`
	Path    string             `json:"path"`
	Head    []headChangeJSON   `json:"head"` // unit, period, number, date, ...
	Changes []figureChangeJSON `json:"changes"`
	Error   string             `json:"error,omitempty"`
}

type headChangeJSON struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

type figureChangeJSON struct {
	Indicator string `json:"indicator"`
	Field     string `json:"field,omitempty"`
	Span      string `json:"span"`
	Before    string `json:"before"`
	After     string `json:"after"`
}

type reprocessSummaryJSON struct {
	Event       string            `json:"event"`
	Documents   int               `json:"documents"`
	Current     int               `json:"already_current"`
	Changed     int               `json:"changed"`
	Failed      int               `json:"failed"`
	Total       tally             `json:"total"`
	Indicators  map[string]*tally `json:"by_indicator"`
	Head        map[string]int    `json:"by_head"`            // reports by what changed in the head
	Findings    *findingsChange   `json:"findings,omitempty"` // absent where nothing changed
	RuleSet     string            `json:"rule_set"`
	Interrupted bool              `json:"interrupted"`
}

// tally counts changed figures.
type tally struct {
	Added   int `json:"added"`
	Removed int `json:"removed"`
	Altered int `json:"altered"`
}

func (t *tally) count(c db.FigureChange) {
	switch {
	case c.Before == "":
		t.Added++
	case c.After == "":
		t.Removed++
	default:
		t.Altered++
	}
}

// reprocessing prints what one run of reprocess changes.
type reprocessing struct {
	a          *app
	total      tally
	indicators map[string]*tally
	head       map[string]int
	rows       render.Table // of the CSV
	failed     error
}

func (a *app) reprocess(cmd *cobra.Command, jobs int, all bool) error {
	ctx := cmd.Context()
	set, err := a.ruleSet()
	if err != nil {
		return err
	}
	store, err := a.open(ctx, false)
	if err != nil {
		return err
	}
	defer store.Close()
	p := &reprocessing{a: a, indicators: map[string]*tally{}, head: map[string]int{}}
	p.rows = render.Table{Name: "changes", Columns: []render.Column{{Key: "file", Title: a.say("Tệp", "File")}, {Key: "indicator", Title: a.say("Chỉ tiêu", "Indicator")},
		{Key: "field", Title: a.say("Lĩnh vực", "Field")}, {Key: "span", Title: a.say("Kỳ", "Span")}, {Key: "before", Title: a.say("Trước", "Before")}, {Key: "after", Title: a.say("Sau", "After")}}}
	opt := intake(set, nil, jobs)
	opt.Verify = all
	found, err := a.beforeReprocess(ctx, store, opt)
	if err != nil {
		return err
	}
	s, err := ingest.Reprocess(ctx, store, opt, p.document)
	if err := errors.Join(err, p.failed); err != nil {
		return err
	}
	var findings *findingsChange
	if s.Changed > 0 && !s.Interrupted {
		if findings, err = a.afterReprocess(ctx, store, found); err != nil {
			return err
		}
	}
	if err := p.summary(s, set.Hash(), findings); err != nil {
		return err
	}
	switch {
	case s.Interrupted:
		return &exitError{exitInterrupted, errors.New(a.say("bị ngắt: chạy lại lệnh để làm tiếp", "interrupted: run the command again to go on"))}
	case s.Failed > 0:
		return &exitError{exitSkipped, nil}
	}
	return nil
}

// document prints what changed in one document.
func (p *reprocessing) document(r ingest.Reprocessed) {
	for _, c := range r.Head {
		p.head[c.Field]++
	}
	for _, c := range r.Figures {
		p.total.count(c)
		if p.indicators[c.Indicator] == nil {
			p.indicators[c.Indicator] = &tally{}
		}
		p.indicators[c.Indicator].count(c)
	}
	if err := p.print(r); err != nil && p.failed == nil {
		p.failed = err
	}
}

func (p *reprocessing) print(r ingest.Reprocessed) error {
	a := p.a
	if a.format == "json" {
		out := reprocessedJSON{Event: "document", Report: r.ReportID, Path: jsonPath(r.Path), Head: []headChangeJSON{}, Changes: []figureChangeJSON{}}
		for _, c := range r.Head {
			out.Head = append(out.Head, headChangeJSON(c))
		}
		for _, c := range r.Figures {
			out.Changes = append(out.Changes, figureChangeJSON(c))
		}
		if r.Err != nil {
			out.Error = r.Err.Error()
		}
		return json.NewEncoder(a.out).Encode(out)
	}
	if r.Err != nil {
		fmt.Fprintf(a.err, a.say("%s: không trích lại được, giữ số liệu cũ: %v\n", "%s: could not be extracted again, its figures stay: %v\n"), shownPath(r.Path), r.Err)
		return nil
	}
	if a.format == "table" {
		title := fmt.Sprintf(a.say("\nBáo cáo %d, %s", "\nReport %d, %s"), r.ReportID, shownPath(r.Path))
		if len(r.Head) > 0 {
			t := render.Table{Name: "head", Title: title, Columns: []render.Column{{Key: "field", Title: a.say("Thông tin", "What")},
				{Key: "before", Title: a.say("Trước", "Before"), Width: 36}, {Key: "after", Title: a.say("Sau", "After"), Width: 36}}}
			for _, c := range r.Head {
				t.Add(render.Text(a.headName(c.Field)), render.Text(dash(a.headValue(c.Field, c.Before))), render.Text(dash(a.headValue(c.Field, c.After))))
			}
			if err := a.print(t); err != nil {
				return err
			}
			title = ""
		}
		if len(r.Figures) == 0 {
			return nil
		}
		t := render.Table{Name: "changes", Title: title,
			Columns: []render.Column{{Key: "indicator", Title: a.say("Chỉ tiêu", "Indicator"), Width: 44}, {Key: "field", Title: a.say("Lĩnh vực", "Field")},
				{Key: "span", Title: a.say("Kỳ", "Span")}, {Key: "before", Title: a.say("Trước", "Before"), Right: true}, {Key: "after", Title: a.say("Sau", "After"), Right: true}}}
		for _, c := range r.Figures {
			t.Add(render.Text(a.label(c.Indicator)), render.Text(a.fieldName(c.Field)), render.Text(a.spanName(c.Span)), a.values(c.Before), a.values(c.After))
		}
		return a.print(t)
	}
	for _, c := range r.Head {
		p.rows.Add(render.Text(shownPath(r.Path)), render.Text("report."+c.Field), render.Text(""), render.Text(""), render.Text(c.Before), render.Text(c.After))
	}
	for _, c := range r.Figures {
		p.rows.Add(render.Text(shownPath(r.Path)), render.Text(c.Indicator), render.Text(c.Field), render.Text(c.Span), render.Text(c.Before), render.Text(c.After))
	}
	return nil
}

// values is a cell of the values of a figure, of which there may be several.
func (a *app) values(joined string) render.Cell {
	list := strings.Split(joined, "; ")
	if len(list) == 1 {
		return render.Number(joined)
	}
	for i, v := range list {
		list[i] = a.number(v)
	}
	return render.Text(strings.Join(list, "; "))
}

// summary prints what changed in all.
func (p *reprocessing) summary(s ingest.ReprocessSummary, hash string, findings *findingsChange) error {
	a := p.a
	if a.format == "json" {
		return json.NewEncoder(a.out).Encode(reprocessSummaryJSON{Event: "summary", Documents: s.Documents, Current: s.Current, Changed: s.Changed,
			Failed: s.Failed, Total: p.total, Indicators: p.indicators, Head: p.head, Findings: findings, RuleSet: hash, Interrupted: s.Interrupted})
	}
	if a.format == "csv" {
		if err := a.print(p.rows); err != nil {
			return err
		}
	}
	if a.format == "table" && len(p.indicators) > 0 {
		t := render.Table{Name: "total", Title: a.say("\nTổng cộng", "\nTotal"),
			Columns: []render.Column{{Key: "indicator", Title: a.say("Chỉ tiêu", "Indicator"), Width: 60}, {Key: "added", Title: a.say("Thêm", "Added"), Right: true},
				{Key: "removed", Title: a.say("Bớt", "Removed"), Right: true}, {Key: "altered", Title: a.say("Khác", "Altered"), Right: true}}}
		for _, id := range slices.Sorted(maps.Keys(p.indicators)) {
			n := p.indicators[id]
			t.Add(render.Text(a.label(id)), render.Count(n.Added), render.Count(n.Removed), render.Count(n.Altered))
		}
		t.AddTotal(render.Text(a.say("Tất cả", "All")), render.Count(p.total.Added), render.Count(p.total.Removed), render.Count(p.total.Altered))
		if err := a.print(t); err != nil {
			return err
		}
	}
	if a.format == "table" {
		if err := p.summaryOfHeads(findings); err != nil {
			return err
		}
	}
	fmt.Fprintf(a.err, a.say("%s văn bản đã trích lại, %s văn bản vốn đã theo bộ quy tắc này; %s văn bản có thay đổi.\n",
		"%s documents extracted again, %s were under these rules already; %s have changed.\n"),
		a.number(fmt.Sprint(s.Documents)), a.number(fmt.Sprint(s.Current)), a.number(fmt.Sprint(s.Changed)))
	switch {
	case findings != nil:
		fmt.Fprintf(a.err, a.say("Mâu thuẫn đã kiểm tra lại: %d mới, %d không còn; xem bằng baocao check.\n",
			"Findings were checked again: %d new, %d gone; see baocao check.\n"), findings.New, findings.Gone)
	case s.Changed > 0:
		fmt.Fprintln(a.err, a.say("Chạy baocao check để xem mâu thuẫn theo số liệu mới.", "Run baocao check to see what contradicts in the new figures."))
	}
	return nil
}
