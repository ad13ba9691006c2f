// This file checks ten balances by this package and by a plain SQL query over the
// same reports: they must find the same, and their times are printed side by side.

package check

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"
)

// tenBalances are edits with what they demand in SQL; a figure that is not printed
// makes the comparison NULL, which is no failure.
var tenBalances = []struct{ id, left, right string }{
	{"dossier-balance", "dossiers.received + dossiers.carried_over", "dossiers.resolved + dossiers.in_process"},
	{"dossier-total-balance", "dossiers.total", "dossiers.resolved + dossiers.in_process"},
	{"dossier-total", "dossiers.total", "dossiers.received + dossiers.carried_over"},
	{"dossier-channels", "dossiers.received", "dossiers.received_online + dossiers.received_direct"},
	{"dossier-total-channels", "dossiers.total", "dossiers.received_online + dossiers.received_direct + dossiers.carried_over"},
	{"resolved-parts", "dossiers.resolved", "dossiers.resolved_early + dossiers.resolved_exact + dossiers.resolved_late"},
	{"resolved-on-time-late", "dossiers.resolved", "dossiers.resolved_on_time + dossiers.resolved_late"},
	{"in-process-parts", "dossiers.in_process", "dossiers.in_process_due + dossiers.in_process_overdue"},
	{"procedures-parts", "procedures.total", "procedures.commune + procedures.defence + procedures.police"},
	{"staff-kinds", "staff.total", "staff.officials + staff.civil_servants"},
}

// balanceQuery counts the reports that fail each balance.
func balanceQuery() string {
	var names, picks, counts []string
	for _, b := range tenBalances {
		for _, n := range strings.FieldsFunc(b.left+" "+b.right, func(r rune) bool { return r == ' ' || r == '+' }) {
			if !slices.Contains(names, n) {
				names = append(names, n)
				picks = append(picks, fmt.Sprintf("max(value) FILTER (WHERE indicator = '%s') AS %s", n, strings.ReplaceAll(n, ".", "_")))
			}
		}
		counts = append(counts, fmt.Sprintf("ifnull(sum(%s <> %s), 0)", strings.ReplaceAll(b.left, ".", "_"), strings.ReplaceAll(b.right, ".", "_")))
	}
	return "SELECT " + strings.Join(counts, ", ") + " FROM (SELECT " + strings.Join(picks, ", ") + " FROM figures WHERE field = '' GROUP BY report)"
}

// balanceReports makes reports of about 60 figures, every tenth with one wrong total.
func balanceReports(n int) []Report {
	reports, _ := benchReports(n)
	for i := range reports {
		if i%10 != 0 {
			continue
		}
		r := rand.New(rand.NewPCG(uint64(i), 11))
		b := tenBalances[r.IntN(len(tenBalances))]
		name := strings.Fields(b.left)[0]
		for j := range reports[i].Figures {
			if f := &reports[i].Figures[j]; f.Indicator == name && f.Field == "" {
				v, err := strconv.Atoi(f.Value)
				if err != nil {
					panic(err)
				}
				f.Value = strconv.Itoa(v + 1 + r.IntN(9))
			}
		}
	}
	return reports
}

// figuresIn puts the reports into a database in memory, each as often as it takes to make n.
func figuresIn(t testing.TB, reports []Report, n int) *sql.DB {
	t.Helper()
	pool, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	pool.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = pool.Close() })
	tx, err := pool.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(`CREATE TABLE figures (report INTEGER, indicator TEXT, field TEXT, value NUMERIC, PRIMARY KEY (report, indicator, field, value)) WITHOUT ROWID`); err != nil {
		t.Fatal(err)
	}
	put, err := tx.Prepare(`INSERT INTO figures VALUES (?, ?, ?, ?)`)
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		for _, f := range reports[i%len(reports)].Figures {
			if _, err := put.Exec(i, f.Indicator, f.Field, f.Value); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	return pool
}

func failuresBySQL(t testing.TB, pool *sql.DB) map[string]int {
	t.Helper()
	n := make([]int, len(tenBalances))
	dest := make([]any, len(n))
	for i := range n {
		dest[i] = &n[i]
	}
	if err := pool.QueryRow(balanceQuery()).Scan(dest...); err != nil {
		t.Fatal(err)
	}
	out := map[string]int{}
	for i, b := range tenBalances {
		out[b.id] = n[i]
	}
	return out
}

// failuresByEdits counts what set finds in n reports, with all processors.
func failuresByEdits(set *Set, reports []Report, n int) map[string]int {
	out := map[string]int{}
	var mu sync.Mutex
	var all sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		all.Go(func() {
			own := map[string]int{}
			for i := w; i < n; i += workers {
				for _, f := range set.CheckOne(context.Background(), reports[i%len(reports)], Options{}) {
					if f.Field == "" && f.Severity != Info {
						own[f.Check]++
					}
				}
			}
			mu.Lock()
			defer mu.Unlock()
			for k, v := range own {
				out[k] += v
			}
		})
	}
	all.Wait()
	return out
}

// The query and the edits find the same failures.
func TestSameAsSQL(t *testing.T) {
	reports := balanceReports(300)
	bySQL := failuresBySQL(t, figuresIn(t, reports, len(reports)))
	byEdits := failuresByEdits(defaultSet(t), reports, len(reports))
	found := 0
	for _, b := range tenBalances {
		if bySQL[b.id] != byEdits[b.id] {
			t.Errorf("%s: %d by SQL, %d by the edit", b.id, bySQL[b.id], byEdits[b.id])
		}
		found += bySQL[b.id]
	}
	if found < 20 {
		t.Errorf("only %d failures", found)
	}
}

// BenchmarkBesideSQL checks reports of about 60 figures with every edit there is,
// and runs the plain query for ten of them. BAOCAO_REPORTS gives their number.
func BenchmarkBesideSQL(b *testing.B) {
	n := 5000
	if s := os.Getenv("BAOCAO_REPORTS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil || n < 1 {
			b.Fatalf("BAOCAO_REPORTS=%s is no number of reports", s)
		}
	}
	reports := balanceReports(1000)
	pool := figuresIn(b, reports, n)
	set := defaultSet(b)
	var edits, query time.Duration
	rounds := 0
	for b.Loop() {
		rounds++
		start := time.Now()
		failuresByEdits(set, reports, n)
		edits += time.Since(start)
		start = time.Now()
		failuresBySQL(b, pool)
		query += time.Since(start)
	}
	perHundredThousand := 1e5 / float64(n) / float64(rounds)
	b.ReportMetric(edits.Seconds()*perHundredThousand, "s-all-edits/100000-reports")
	b.ReportMetric(query.Seconds()*perHundredThousand, "s-ten-in-SQL/100000-reports")
	b.ReportMetric(edits.Seconds()/query.Seconds(), "edits/SQL")
}
