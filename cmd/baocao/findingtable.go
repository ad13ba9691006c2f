// This file prints findings for people: the list, their numbers, and what each
// rests on.
package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"baocao/cmd/internal/render"
	"baocao/db"
	"baocao/db/check"
)

// mostDetails is how many findings are printed with their sentences below the
// table: nobody reads more of them in one go.
const mostDetails = 60

func (a *app) severityName(s check.Severity) string {
	if a.lang == "en" {
		return string(s)
	}
	return map[check.Severity]string{check.Error: "LỖI", check.Warning: "nghi vấn", check.Info: "lưu ý"}[s]
}

// verdictName says in what state a finding is.
func (a *app) verdictName(f db.Finding) string {
	if f.Reopened {
		return a.say("mở lại", "reopened")
	}
	return a.verdict(f.State)
}

func (a *app) verdict(v db.Verdict) string {
	names := map[db.Verdict][2]string{db.VerdictOpen: {"đang mở", "open"}, db.VerdictAccepted: {"cơ quan thừa nhận", "accepted by the office"},
		db.VerdictDismissed: {"đã bác bỏ", "dismissed"}, db.VerdictCorrected: {"đã đính chính", "corrected"}}
	return a.say(names[v][0], names[v][1])
}

// findingTable prints a table for each report, and below it for each finding that
// is more than a hint the arithmetic, the sentences and what would make it right.
func (a *app) findingTable(ctx context.Context, store *db.DB, list []db.Finding) error {
	if len(list) == 0 {
		a.talk("%s\n", a.say("Không thấy mâu thuẫn.", "Nothing contradicts."))
		return nil
	}
	grave := 0
	for _, f := range list {
		if f.Severity != check.Info {
			grave++
		}
	}
	decided := slices.ContainsFunc(list, func(f db.Finding) bool { return f.State != db.VerdictOpen || f.Reopened })
	src := newSources(store)
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].Unit == list[0].Unit && list[n].Period == list[0].Period {
			n++
		}
		if err := a.print(a.reportFindings(list[:n], decided)); err != nil {
			return err
		}
		for _, f := range list[:n] {
			if f.Severity == check.Info || grave > mostDetails {
				continue
			}
			if err := a.findingDetail(ctx, src, f); err != nil {
				return err
			}
		}
		list = list[n:]
	}
	if grave > mostDetails {
		fmt.Fprintf(a.err, a.say("%d mâu thuẫn: xem từng mâu thuẫn bằng baocao explain MÃ, hoặc lọc bằng --unit, --period, --severity\n",
			"%d findings: see each with baocao explain ID, or choose with --unit, --period, --severity\n"), grave)
	}
	return nil
}

// reportFindings is the table of one report's findings.
func (a *app) reportFindings(list []db.Finding, states bool) render.Table {
	t := render.Table{Name: "findings", Title: a.unitPeriod(list[0].Unit, list[0].Period), Columns: []render.Column{
		{Key: "id", Title: a.say("Mã", "ID")}, {Key: "severity", Title: a.say("Mức", "Severity"), Width: 8},
		{Key: "message", Title: a.say("Điều không khớp", "What does not fit")}, {Key: "place", Title: a.say("Nơi in", "Printed"), Width: 9},
		{Key: "suspect", Title: a.say("Nghi ở", "Suspect"), Width: 20}}}
	if states {
		t.Columns = slices.Insert(t.Columns, 2, render.Column{Key: "state", Title: a.say("Trạng thái", "State"), Width: 10})
	}
	for _, f := range list {
		cells := []render.Cell{render.Text(f.Short), render.Text(a.severityName(f.Severity)), render.Text(a.say(f.Message, f.MessageEN)),
			render.Text(strings.ReplaceAll(a.firstPlace(f), ", ", "\n")), render.Text(a.suspect(f))}
		if states {
			cells = slices.Insert(cells, 2, render.Text(a.verdictName(f)))
		}
		t.Add(cells...)
	}
	return t
}

// unitPeriod is the heading over the findings of one report.
func (a *app) unitPeriod(unit, period string) string {
	if unit == "" {
		unit = a.say("Không rõ đơn vị", "Unit unknown")
	}
	if period == "" {
		period = a.say("không rõ kỳ", "period unknown")
	}
	return unit + ", " + period
}

// firstPlace says where the first figure of a finding stands.
func (a *app) firstPlace(f db.Finding) string {
	for _, c := range f.Figures {
		if place := a.place(c.Page, c.Line); place != "" && c.Period == "" {
			return place
		}
	}
	return ""
}

// suspect says what is most likely wrong, as far as there is evidence.
func (a *app) suspect(f db.Finding) string {
	switch {
	case f.Suspect == check.SuspectExtraction:
		return a.say("có thể do đọc sai", "perhaps misread")
	case f.Undecided:
		return a.say("chưa rõ số nào", "no telling which")
	case len(f.Repairs) > 0:
		return a.changes(f.Repairs[0].Changes) + "?"
	}
	return ""
}

// evidence is what speaks for a repair, in the language in use.
func (a *app) evidence(r check.Repair) []string {
	if a.lang == "en" && len(r.EvidenceEN) == len(r.Evidence) {
		return r.EvidenceEN
	}
	return r.Evidence
}

// changes writes what a repair would put in place of what.
func (a *app) changes(list []check.Change) string {
	var parts []string
	for _, c := range list {
		to := a.number(c.To)
		if c.To == "" {
			switch {
			case c.Low != "" && c.High != "":
				to = fmt.Sprintf(a.say("từ %s đến %s", "%s to %s"), a.number(c.Low), a.number(c.High))
			case c.Low != "" && c.Low != "0":
				to = fmt.Sprintf(a.say("từ %s trở lên", "%s or more"), a.number(c.Low))
			default:
				to = a.say("số khác", "another number")
			}
		}
		parts = append(parts, fmt.Sprintf("%s %s → %s", lowerFirst(a.figureName(c.Indicator, c.Field, "")), a.number(c.From), to))
	}
	return strings.Join(parts, "; ")
}

// because prints why a finding is less than an error, where it says so.
func (a *app) because(f db.Finding) {
	if f.Because != "" {
		a.paragraph("  ", "    ", fmt.Sprintf(a.say("chưa coi là lỗi: %s", "not called an error: %s"), a.say(f.Because, f.BecauseEN)))
	}
}

// findingDetail prints what one finding rests on, below the table.
func (a *app) findingDetail(ctx context.Context, src *sources, f db.Finding) error {
	a.talk("%s\n", f.Short)
	if f.LeftText != "" && f.RightText != "" && f.Gap != "0" {
		line := a.side(f.LeftText, f.Left) + "   " + a.say("so với", "against") + "   " + a.side(f.RightText, f.Right)
		if f.Gap != "" {
			line += "   " + fmt.Sprintf(a.say("lệch %s", "gap %s"), a.number(f.Gap))
		}
		a.paragraph("  ", "  ", line)
	}
	a.because(f)
	quotes, err := src.quotations(ctx, f)
	if err != nil {
		return err
	}
	for _, q := range quotes {
		at := a.at(q)
		if at != "" {
			at += ": "
		}
		a.paragraph("  ", "    ", at+"“"+q.text+"”")
	}
	for i, r := range f.Repairs {
		if i == 2 {
			a.paragraph("  ", "    ", fmt.Sprintf(a.say("còn %d cách sửa khác: baocao explain %s", "%d more repairs: baocao explain %s"), len(f.Repairs)-2, f.Short))
			break
		}
		line := a.say("có thể: ", "perhaps: ") + a.changes(r.Changes)
		if evidence := a.evidence(r); len(evidence) > 0 {
			line += " (" + evidence[0] + ")"
		}
		a.paragraph("  ", "    ", line)
	}
	return nil
}

// paragraph prints a text in lines that fit, the first after one lead and the
// others after another.
func (a *app) paragraph(first, rest, text string) {
	for i, line := range render.Wrap(text, a.columns()-len(rest)) {
		if i == 0 {
			a.talk("%s%s\n", first, line)
		} else {
			a.talk("%s%s\n", rest, line)
		}
	}
}

// findingRows is the list with a column for each thing, for other programs.
func (a *app) findingRows(list []db.Finding) render.Table {
	t := render.Table{Name: "findings", Columns: []render.Column{{Key: "id", Title: a.say("Mã", "ID")}, {Key: "severity", Title: a.say("Mức", "Severity")},
		{Key: "state", Title: a.say("Trạng thái", "State")}, {Key: "unit", Title: a.say("Đơn vị", "Unit")}, {Key: "period", Title: a.say("Kỳ", "Period")},
		{Key: "check", Title: a.say("Kiểm tra", "Check")}, {Key: "message", Title: a.say("Điều không khớp", "What does not fit")},
		{Key: "left", Title: a.say("Vế trái", "Left side")}, {Key: "right", Title: a.say("Vế phải", "Right side")}, {Key: "gap", Title: a.say("Lệch", "Gap")},
		{Key: "place", Title: a.say("Nơi in", "Printed at")}, {Key: "suspect", Title: a.say("Nghi ở", "Suspect")}, {Key: "file", Title: a.say("Tệp", "File")}}}
	for _, f := range list {
		t.Add(render.Text(f.Short), render.Text(a.severityName(f.Severity)), render.Text(a.verdictName(f)), render.Text(f.Unit), render.Text(f.Period),
			render.Text(f.Check), render.Text(a.say(f.Message, f.MessageEN)), render.Number(f.Left), render.Number(f.Right), render.Number(f.Gap),
			render.Text(a.firstPlace(f)), render.Text(a.suspect(f)), render.Text(f.File))
	}
	return t
}

// findingSummary counts findings by unit, check or period; most errors first,
// periods in their order.
func (a *app) findingSummary(list []db.Finding, by string) error {
	titles := map[string]string{"unit": a.say("Đơn vị", "Unit"), "period": a.say("Kỳ", "Period"), "check": a.say("Kiểm tra", "Check")}
	title, err := a.checkTitle()
	if err != nil {
		return err
	}
	type tally struct {
		severities map[check.Severity]int
		states     map[db.Verdict]int
		units      map[string]bool
	}
	tallies := map[string]*tally{}
	var keys []string
	for _, f := range list {
		key := map[string]string{"unit": f.Unit, "period": f.Period, "check": f.Check}[by]
		if tallies[key] == nil {
			tallies[key] = &tally{map[check.Severity]int{}, map[db.Verdict]int{}, map[string]bool{}}
			keys = append(keys, key)
		}
		tallies[key].severities[f.Severity]++
		tallies[key].states[f.State]++
		tallies[key].units[f.Unit] = true
	}
	slices.SortFunc(keys, func(x, y string) int {
		m, n := tallies[x].severities, tallies[y].severities
		if by == "period" {
			return cmp.Compare(x, y)
		}
		return cmp.Or(n[check.Error]-m[check.Error], n[check.Warning]-m[check.Warning], cmp.Compare(x, y))
	})
	t := render.Table{Name: "findings_by_" + by, Empty: a.say("Không thấy mâu thuẫn.", "Nothing contradicts."), Columns: []render.Column{{Key: by, Title: titles[by]},
		{Key: "errors", Title: a.severityName(check.Error), Right: true}, {Key: "warnings", Title: a.severityName(check.Warning), Right: true},
		{Key: "hints", Title: a.severityName(check.Info), Right: true}, {Key: "open", Title: a.say("Đang mở", "Open"), Right: true},
		{Key: "accepted", Title: a.say("Thừa nhận", "Accepted"), Right: true}, {Key: "dismissed", Title: a.say("Bác bỏ", "Dismissed"), Right: true},
		{Key: "corrected", Title: a.say("Đính chính", "Corrected"), Right: true}}}
	if by == "check" {
		t.Columns = slices.Insert(t.Columns, 0, render.Column{Key: "title", Title: titles[by]})
		t.Columns[1].Title = a.say("Mã kiểm tra", "Check id")
		t.Columns = append(t.Columns, render.Column{Key: "units", Title: a.say("Đơn vị", "Units"), Right: true})
	}
	for _, key := range keys {
		n := tallies[key]
		cells := []render.Cell{render.Text(key), render.Count(n.severities[check.Error]), render.Count(n.severities[check.Warning]), render.Count(n.severities[check.Info]),
			render.Count(n.states[db.VerdictOpen]), render.Count(n.states[db.VerdictAccepted]), render.Count(n.states[db.VerdictDismissed]), render.Count(n.states[db.VerdictCorrected])}
		if by == "check" {
			cells = append(slices.Insert(cells, 0, render.Text(title(key))), render.Count(len(n.units)))
			if a.format == "table" {
				cells = slices.Delete(cells, 1, 2) // the name is enough for people
			}
		}
		t.Add(cells...)
	}
	if by == "check" && a.format == "table" {
		t.Columns = slices.Delete(t.Columns, 1, 2)
	}
	return a.print(t)
}

// checkTitle gives a function that names checks.
func (a *app) checkTitle() (func(id string) string, error) {
	set, err := a.edits()
	if err != nil {
		return nil, err
	}
	reasons, err := check.LoadReasons()
	if err != nil {
		return nil, err
	}
	return func(id string) string {
		w := set.Title(id, reasons)
		return a.say(w.VI, w.EN)
	}, nil
}

// findingList is the short list of findings with their states, without sentences.
func (a *app) findingList(list []db.Finding) error {
	t := render.Table{Name: "findings", Empty: a.say("Không có mâu thuẫn nào.", "No findings."), Columns: []render.Column{
		{Key: "id", Title: a.say("Mã", "ID")}, {Key: "severity", Title: a.say("Mức", "Severity"), Width: 8},
		{Key: "unit", Title: a.say("Đơn vị", "Unit"), Width: 14}, {Key: "period", Title: a.say("Kỳ", "Period")},
		{Key: "state", Title: a.say("Trạng thái", "State"), Width: 18}, {Key: "message", Title: a.say("Điều không khớp", "What does not fit")}}}
	for _, f := range list {
		state := a.verdictName(f)
		if !f.Active {
			state += "\n" + a.say("(không còn thấy)", "(no longer found)")
		}
		if d := f.Decision; d != nil {
			state += "\n" + d.Who
		}
		t.Add(render.Text(f.Short), render.Text(a.severityName(f.Severity)), render.Text(f.Unit), render.Text(f.Period), render.Text(state),
			render.Text(a.say(f.Message, f.MessageEN)))
	}
	return a.print(t)
}
