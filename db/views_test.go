package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	osexec "os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"baocao/db/check"
	"baocao/normalize"
)

// viewRows are queries that another program may ask, and what they give for the
// database of viewsDB.
var viewRows = []struct{ query, want string }{
	{"SELECT unit, parent, province, period, number, date, figures, errors FROM v_reports ORDER BY period",
		"Xã Quang Khải|Huyện Tứ Kỳ|Tỉnh Hải Dương|2022-05|58/BC-UBND|2023-05-31|2|0\nXã Quang Khải|Huyện Tứ Kỳ|Tỉnh Hải Dương|2023-04|58/BC-UBND|2023-05-31|2|0\nXã Quang Khải|Huyện Tứ Kỳ|Tỉnh Hải Dương|2023-05|58/BC-UBND|2023-05-31|2|1"},
	{"SELECT unit, period, indicator, span, value, number, measure, printed, corrected, in_error, trusted, page, line, sentence FROM v_figures WHERE period = '2023-05' ORDER BY indicator",
		"Xã Quang Khải|2023-05|dossiers.received|period|239|239.0|hồ sơ|239|0|1|1|1|2|Đã có 239 hồ sơ\nXã Quang Khải|2023-05|dossiers.resolved|period|242|242.0|hồ sơ|235|1|0|1|1|3|Đã có 235 hồ sơ"},
	{"SELECT unit, period, severity, kind, message, left_side, right_side, gap, state, decided_by FROM v_findings",
		"Xã Quang Khải|2023-05|error|balance|lệch|239|235|4|corrected|An"},
	{"SELECT unit, parent, indicator, field, period, number, previous, change, percent, last_year FROM v_trend WHERE indicator LIKE 'dossiers.re%' AND period = '2023-05' ORDER BY indicator",
		"Xã Quang Khải|Huyện Tứ Kỳ|dossiers.received||2023-05|239.0|226.0|13.0|5.8|200.0\nXã Quang Khải|Huyện Tứ Kỳ|dossiers.resolved||2023-05|242.0|219.0|23.0|10.5|198.0"},
}

// viewsDB is a database of three months with a finding and its correction.
func viewsDB(t *testing.T) *DB {
	t.Helper()
	d := openNew(t)
	for period, values := range map[string][2]string{"2022-05": {"200", "198"}, "2023-04": {"226", "219"}, "2023-05": {"239", "235"}} {
		s := may()
		s.period, s.extra = period, period
		s.values = map[string]string{"dossiers.received": values[0], "dossiers.resolved": values[1]}
		put(t, d, s.intake(t, "/"+period))
	}
	var sha string
	if err := d.r.QueryRow(`SELECT d.sha256 FROM documents d JOIN reports r ON r.document_id = d.id WHERE r.period = '2023-05'`).Scan(&sha); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	finding := check.Finding{ID: "f1", Check: "c", Kind: check.Balance, Severity: check.Error, Unit: "Xã Quang Khải", Period: "2023-05", SHA256: sha,
		Message: "lệch", MessageEN: "gap", Left: "239", Right: "235", Op: "=", Gap: "4", Figures: []check.Cited{{Indicator: "dossiers.received", Value: "239"}}}
	if _, err := d.SaveFindings(ctx, Scope{}, []check.Finding{finding}); err != nil {
		t.Fatal(err)
	}
	if err := d.Decide(ctx, Decision{Finding: "f1", State: VerdictCorrected, Who: "An", Corrections: []Correction{{Indicator: "dossiers.resolved", Value: "242"}}}); err != nil {
		t.Fatal(err)
	}
	return d
}

// The views hold what their names say, through the driver ...
func TestViews(t *testing.T) {
	d := viewsDB(t)
	for _, v := range viewRows {
		rows, err := d.r.Query(v.query)
		if err != nil {
			t.Fatalf("%s: %v", v.query, err)
		}
		names, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for rows.Next() {
			cells := make([]any, len(names))
			texts := make([]string, len(names))
			for i := range cells {
				cells[i] = new(any)
			}
			if err := rows.Scan(cells...); err != nil {
				t.Fatal(err)
			}
			for i, c := range cells {
				texts[i] = shellText(*c.(*any))
			}
			lines = append(lines, strings.Join(texts, "|"))
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(lines, "\n"); got != v.want {
			t.Errorf("%s gives\n%s\nwant\n%s", v.query, got, v.want)
		}
		_ = rows.Close()
	}
}

// ... and through the sqlite3 program, which has another version of SQLite.
func TestViewsInShell(t *testing.T) {
	shell, err := osexec.LookPath("sqlite3")
	if err != nil {
		t.Fatal("the sqlite3 program opens the views in this test: make tools, or apt-get install sqlite3")
	}
	d := viewsDB(t)
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := d.Backup(context.Background(), copied); err != nil {
		t.Fatal(err)
	}
	for _, v := range viewRows {
		out, err := osexec.Command(shell, "-readonly", copied, v.query).CombinedOutput()
		if got := strings.TrimSpace(strings.ReplaceAll(string(out), "\r\n", "\n")); err != nil || got != v.want {
			t.Errorf("%s gives\n%s\nwant\n%s\n%v", v.query, got, v.want, err)
		}
	}
}

// shellText writes a value as the sqlite3 program does.
func shellText(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case float64:
		s := strconv.FormatFloat(x, 'f', -1, 64)
		if !strings.Contains(s, ".") {
			s += ".0"
		}
		return s
	case bool:
		if x {
			return "1"
		}
		return "0"
	}
	return fmt.Sprint(v)
}

// plan gives the steps of a statement's plan.
func plan(t *testing.T, d *DB, text string, args ...any) []string {
	t.Helper()
	if len(args) == 0 {
		args = make([]any, parameters(text))
	}
	rows, err := d.r.Query("EXPLAIN QUERY PLAN "+text, args...)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, detail)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return steps
}

// parameters is how many values a statement takes: numbered ones once each.
func parameters(text string) int {
	n, numbered := 0, regexp.MustCompile(`\?(\d*)`)
	for _, m := range numbered.FindAllStringSubmatch(text, -1) {
		if at, err := strconv.Atoi(m[1]); err == nil {
			n = max(n, at)
		} else {
			n++
		}
	}
	return n
}

// Every query that reads figures finds them by an index. Exempt is what by its
// nature reads everything there is.
func TestFiguresAreFoundByIndex(t *testing.T) {
	d := openNew(t)
	everything := map[string]string{
		"digest":      "compares whole databases",
		"check_rows":  "looks at every row for damage",
		"check_spans": "looks at every mention of a report",
		"status":      "counts everything",
	}
	named := regexp.MustCompile(`\b(?:figures|mentions)\s+([a-z]\w*)`)
	entries, err := queryFiles.ReadDir("queries")
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".sql")
		text := query(name)
		if !regexp.MustCompile(`\b(figures|mentions)\b`).MatchString(text) || everything[name] != "" {
			continue
		}
		looked++
		for _, step := range plan(t, d, text) {
			if strings.Contains(step, "USING") || strings.HasPrefix(name, "figures_of_") {
				continue // for these see below
			}
			for _, m := range named.FindAllStringSubmatch(text, -1) {
				if step == "SCAN "+m[1] {
					t.Errorf("%s: %s", name, step)
				}
			}
			if step == "SCAN figures" || step == "SCAN mentions" {
				t.Errorf("%s: %s", name, step)
			}
		}
	}
	if looked < 5 {
		t.Errorf("only %d queries read figures", looked)
	}
	for filter, want := range map[*PointFilter]string{
		{Indicators: []string{"a"}, Fields: []string{""}, Spans: []string{"period"}}: "figures_of_indicators",
		{Indicators: []string{"a"}}: "figures_of_reports",
		{Indicators: make([]string, fewFigures+1), Fields: []string{""}, Spans: []string{"period"}}: "figures_of_reports",
		{}: "figures_of_reports",
	} {
		if got, _ := filter.query(map[string]*series{}); !strings.HasPrefix(got, query(want)) {
			t.Errorf("%+v asks\n%s\nwant %s", filter, got, want)
		}
	}
	// What the comparing commands ask, with their conditions.
	for what, c := range map[string]struct{ text, want string }{
		"the reports with an indicator": {query("chosen_reports") + " WHERE r.state = 'current' AND r.id IN (SELECT f.report_id FROM figures f WHERE f.indicator IN ('a') AND f.field IN ('') AND f.span IN ('period'))",
			"SEARCH f USING COVERING INDEX figures_identity (indicator=? AND field=? AND span=?)"},
		"the reports of a period":   {query("chosen_reports") + " WHERE r.period IN ('2023-05') AND r.state = 'current'", "SEARCH r USING INDEX reports_period (period=?)"},
		"the reports of a province": {query("chosen_reports") + " WHERE r.unit_id IN (SELECT value FROM json_each('[1]')) AND r.state = 'current'", "SEARCH r USING INDEX reports_place (unit_id=?)"},
		"some indicators":           {query("figures_of_indicators"), "SEARCH f USING COVERING INDEX figures_identity (indicator=? AND field=? AND span=? AND report_id=?)"},
		"what is unsure of them":    {query("unsure_figures"), "SEARCH f USING COVERING INDEX figures_unsure (indicator=? AND field=? AND span=? AND report_id>? AND report_id<?)"},
		"all indicators":            {query("figures_of_reports"), "SEARCH f USING PRIMARY KEY (report_id=?)"},
		"the view of figures":       {"SELECT * FROM v_figures WHERE indicator = 'a'", "SEARCH f USING INDEX figures_identity (indicator=?)"},
		"the view of trends":        {"SELECT * FROM v_trend WHERE indicator = 'a'", "SEARCH f USING INDEX figures_identity (indicator=?)"},
	} {
		steps := plan(t, d, c.text)
		if !slices.Contains(steps, c.want) {
			t.Errorf("%s: the plan is\n%s\nwant a step\n%s", what, strings.Join(steps, "\n"), c.want)
		}
		for _, s := range steps {
			if strings.HasPrefix(s, "SCAN r") && !strings.Contains(s, "USING") {
				t.Errorf("%s: all reports are looked at: %s", what, s)
			}
		}
	}
}

// The views show no figure that the program itself does not show.
func TestViewsShowWhatIsShown(t *testing.T) {
	d := viewsDB(t)
	const bound = normalize.LeastConfidence
	for confidence, want := range map[float64]string{bound: "1 239.0 239.0", bound - 0.01: "0 - -"} {
		if _, err := d.w.Exec(`UPDATE figures SET confidence = ? WHERE indicator = 'dossiers.received'`, confidence); err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, q := range []string{
			`SELECT trusted FROM v_figures WHERE indicator = 'dossiers.received' AND period = '2023-05'`,
			`SELECT number FROM v_months WHERE indicator = 'dossiers.received' AND period = '2023-05'`,
			`SELECT number FROM v_trend WHERE indicator = 'dossiers.received' AND period = '2023-05'`,
		} {
			var cell any = "-"
			if err := d.r.QueryRow(q).Scan(&cell); err != nil && !errors.Is(err, sql.ErrNoRows) {
				t.Fatal(err)
			}
			got += " " + shellText(cell)
		}
		if got = strings.TrimSpace(got); got != want {
			t.Errorf("with a confidence of %v: %s, want %s", confidence, got, want)
		}
	}
}
