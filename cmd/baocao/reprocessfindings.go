// This file says what reprocess changes besides figures: the heads of reports and
// what contradicts.
package main

import (
	"context"
	"maps"
	"slices"

	"baocao/cmd/internal/render"
	"baocao/db"
	"baocao/db/check"
	"baocao/db/ingest"
)

// findingsChange counts what the checks find before and after.
type findingsChange struct {
	Before map[check.Severity]int `json:"before"`
	After  map[check.Severity]int `json:"after"`
	New    int                    `json:"new"`
	Gone   int                    `json:"gone"`
}

// beforeReprocess gives what the checks find before documents are extracted again,
// by the id of the finding. The last check may be of other figures, so it is not
// asked for. Where nothing will be extracted it finds nothing.
func (a *app) beforeReprocess(ctx context.Context, store *db.DB, o ingest.Options) (map[string]check.Severity, error) {
	documents, err := store.Documents(ctx)
	if err != nil {
		return nil, err
	}
	if !o.Verify && !slices.ContainsFunc(documents, func(d db.StoredDocument) bool { return d.RuleSetHash != o.RuleSetHash }) {
		return nil, nil
	}
	found, err := a.checkAll(ctx, store, nil, check.Options{})
	return bySeverity(found), err
}

// afterReprocess checks again, stores what it finds and compares.
func (a *app) afterReprocess(ctx context.Context, store *db.DB, before map[string]check.Severity) (*findingsChange, error) {
	found, err := a.checkAll(ctx, store, nil, check.Options{})
	if err != nil {
		return nil, err
	}
	if _, err := store.SaveFindings(ctx, db.Scope{}, found); err != nil {
		return nil, err
	}
	after := bySeverity(found)
	c := &findingsChange{Before: map[check.Severity]int{check.Error: 0, check.Warning: 0, check.Info: 0}}
	c.After = maps.Clone(c.Before)
	for id, s := range before {
		c.Before[s]++
		if after[id] == "" {
			c.Gone++
		}
	}
	for id, s := range after {
		c.After[s]++
		if before[id] == "" {
			c.New++
		}
	}
	return c, nil
}

func bySeverity(found []check.Finding) map[string]check.Severity {
	m := make(map[string]check.Severity, len(found))
	for _, f := range found {
		m[f.ID] = f.Severity
	}
	return m
}

// summaryOfHeads prints how many reports changed in their head, and how many
// findings there were and are.
func (p *reprocessing) summaryOfHeads(findings *findingsChange) error {
	a := p.a
	if len(p.head) > 0 {
		t := render.Table{Name: "heads", Title: a.say("Thông tin báo cáo thay đổi", "Changes in the heads of reports"),
			Columns: []render.Column{{Key: "field", Title: a.say("Thông tin", "What")}, {Key: "reports", Title: a.say("Báo cáo", "Reports"), Right: true}}}
		for _, field := range slices.Sorted(maps.Keys(p.head)) {
			t.Add(render.Text(a.headName(field)), render.Count(p.head[field]))
		}
		if err := a.print(t); err != nil {
			return err
		}
	}
	if findings == nil {
		return nil
	}
	t := render.Table{Name: "findings", Title: a.say("Mâu thuẫn", "Findings"),
		Columns: []render.Column{{Key: "severity", Title: a.say("Mức", "Severity")}, {Key: "before", Title: a.say("Trước", "Before"), Right: true},
			{Key: "after", Title: a.say("Sau", "After"), Right: true}}}
	for _, s := range []check.Severity{check.Error, check.Warning, check.Info} {
		t.Add(render.Text(a.severityName(s)), render.Count(findings.Before[s]), render.Count(findings.After[s]))
	}
	return a.print(t)
}

// headName names what a report says of itself.
func (a *app) headName(field string) string {
	names := map[string][2]string{"type": {"Loại văn bản", "Type"}, "unit": {"Đơn vị", "Unit"}, "period": {"Kỳ", "Period"}, "from": {"Số liệu từ ngày", "Data from"},
		"to": {"Số liệu đến ngày", "Data to"}, "number": {"Số, ký hiệu", "Number"}, "date": {"Ngày", "Date"}, "signer": {"Người ký", "Signer"}, "state": {"Trạng thái", "State"}}
	return a.say(names[field][0], names[field][1])
}

// headValue writes one of its values for people.
func (a *app) headValue(field, value string) string {
	switch {
	case field == "state":
		return a.reportState(value)
	case field == "type" && value == "cchc":
		return a.say("báo cáo CCHC", "report on reform")
	case field == "type" && value == db.TypeOther:
		return a.say("không phải báo cáo CCHC", "no report on reform")
	case field == "from", field == "to", field == "date":
		return day(value)
	}
	return value
}
