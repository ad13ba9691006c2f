package main

import (
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// What an older program read wrongly in the head of a report comes out right, and
// each change is shown with both values; so are the findings that come of it.
func TestReprocessShowsHeadsAndFindings(t *testing.T) {
	file := archiveDB(t)
	older := func() {
		t.Helper()
		pool, err := sql.Open("sqlite3", file)
		if err != nil {
			t.Fatal(err)
		}
		done, err := pool.Exec(`UPDATE reports SET number = '1/BC-UBND', date = '2019-01-31', period = '2019-01', unit_id = NULL
			WHERE id = (SELECT min(id) FROM reports WHERE state = 'current')`)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := done.RowsAffected(); n != 1 || err != nil {
			t.Fatalf("%d reports changed, %v", n, err)
		}
		if err := pool.Close(); err != nil {
			t.Fatal(err)
		}
	}
	older()
	code, out, errOut := baocao(t, "reprocess", "--all", "--db", file, "--format", "json")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	var doc reprocessedJSON
	var s reprocessSummaryJSON
	if err := json.Unmarshal([]byte(lines[0]), &doc); err != nil || code != exitFine || len(lines) != 2 {
		t.Fatalf("exit %d, %v: %s%s", code, err, out, errOut)
	}
	if err := json.Unmarshal([]byte(lines[1]), &s); err != nil || s.Changed != 1 || s.Findings == nil {
		t.Fatalf("%v: %s", err, lines[1])
	}
	var fields []string
	for _, c := range doc.Head {
		fields = append(fields, c.Field)
		if c.Before == c.After || s.Head[c.Field] != 1 {
			t.Errorf("%+v, %d in all", c, s.Head[c.Field])
		}
	}
	if want := []string{"unit", "period", "number", "date"}; !slices.Equal(fields, want) || len(doc.Changes) != 0 {
		t.Errorf("head: %v, figures: %v", fields, doc.Changes)
	}
	if s.Findings.New+s.Findings.Gone == 0 {
		t.Errorf("findings: %+v", s.Findings)
	}
	for severity, n := range s.Findings.After {
		code, out, _ := baocao(t, "findings", "list", "--db", file, "--format", "json")
		if got := strings.Count(out, `"severity":"`+string(severity)+`"`); code != exitFine || got != n {
			t.Errorf("exit %d: %d of severity %s are stored, %d were counted", code, got, severity, n)
		}
	}
	for _, c := range []struct {
		args []string
		want []string
	}{
		{nil, []string{"Thông tin", "Đơn vị", "31/1/2019", "2019-01", "1/BC-UBND", "Mâu thuẫn", "nghi vấn"}},
		{[]string{"--lang", "en"}, []string{"Unit", "Number", "Findings", "warning", "Before"}},
		{[]string{"--format", "csv"}, []string{"report.period,,,2019-01,", "report.number,,,1/BC-UBND,"}},
	} {
		older()
		code, out, errOut := baocao(t, append([]string{"reprocess", "--all", "--db", file}, c.args...)...)
		for _, want := range c.want {
			if code != exitFine || !strings.Contains(out, want) {
				t.Errorf("%v: exit %d, it lacks %q:\n%s%s", c.args, code, want, out, errOut)
			}
		}
	}
}
