package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"

	"baocao/db"
	"baocao/extract/rules"
)

// The benchmarks put the comparing commands beside the sqlite3 shell, which runs
// a plain query for the same figures on the same database in the same run. The
// size is set by BAOCAO_COMMUNES, BAOCAO_MONTHS and BAOCAO_FIGURES (of each
// report); the whole country over two years is 10000, 24 and 60:
//
//	BAOCAO_COMMUNES=10000 BAOCAO_MONTHS=24 BAOCAO_FIGURES=60 go test ./cmd/baocao -run '^$' -bench Comparing -timeout 1h
//
// With BAOCAO_BENCH_DB the database is kept there and used again.

func sizeOf(name string, small int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil && n > 0 {
		return n
	}
	return small
}

// generated makes a database of invented reports by inserting rows directly.
// Communes are spread over 34 provinces; months begin with 2023-01. One figure in
// twenty is not read surely.
func generated(b *testing.B) (file string, months int) {
	b.Helper()
	communes, months, figures := sizeOf("BAOCAO_COMMUNES", 340), sizeOf("BAOCAO_MONTHS", 24), sizeOf("BAOCAO_FIGURES", 60)
	file = os.Getenv("BAOCAO_BENCH_DB")
	if file == "" {
		file = filepath.Join(b.TempDir(), "generated.db")
	} else if _, err := os.Stat(file); err == nil {
		return file, months
	}
	ctx := context.Background()
	store, err := db.Open(ctx, file, db.Options{})
	if err != nil {
		b.Fatal(err)
	}
	if err := store.Close(); err != nil {
		b.Fatal(err)
	}
	pool, err := sql.Open("sqlite3", "file:"+file+"?_journal_mode=OFF&_synchronous=OFF&_cache_size=-200000")
	if err != nil {
		b.Fatal(err)
	}
	defer pool.Close()
	pool.SetMaxOpenConns(1)
	do := func(text string, args ...any) {
		b.Helper()
		if _, err := pool.ExecContext(ctx, text, args...); err != nil {
			b.Fatalf("%s: %v", text, err)
		}
	}
	const count = `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1) `
	do(`DROP INDEX figures_identity`) // made again when all is there, which takes a fraction of the time
	do(count+`INSERT INTO units (id, name, name_key) SELECT i + 1, 'Tỉnh Mẫu ' || (i + 1), 'tỉnh mẫu ' || (i + 1) FROM n`, 34)
	do(count+`INSERT INTO units (id, name, parent_id, name_key) SELECT i + 35, 'Xã Mẫu ' || (i + 1), 1 + i % 34, 'xã mẫu ' || (i + 1) FROM n`, communes)
	do(count+`INSERT INTO documents (id, sha256, path, size, engine, encoding, pages, text_size, warnings, rule_set_hash, stored_at, extracted_at)
		SELECT i + 1, printf('%064x', i), '/reports/' || i, 1, 'txt', 'unicode', 1, 1, '[]', 'r', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z' FROM n`, communes*months)
	do(count+`INSERT INTO reports (id, document_id, type, unit_id, period, period_from, period_to, number, date, signer, sources, figures_hash, state)
		SELECT i + 1, i + 1, 'cchc', 35 + i % ?2, printf('%04d-%02d', 2023 + i / ?2 / 12, 1 + i / ?2 % 12), '', '', '',
		       date(printf('%04d-%02d-01', 2023 + i / ?2 / 12, 1 + i / ?2 % 12), '+1 month', (i % 13) || ' days'), '', '{}', printf('%064x', i), 'current' FROM n`, communes*months, communes)
	do(`CREATE TEMP TABLE chosen (k INTEGER PRIMARY KEY, id TEXT)`)
	for i, id := range chosenIndicators(figures) {
		do(`INSERT INTO chosen VALUES (?, ?)`, i, id)
	}
	do(`INSERT INTO figures (report_id, ord, indicator, field, span, value, unit, decimals, rounding, approx, confidence)
		SELECT r.id, k.k, k.id, '', 'period', CAST((r.id * 7919 + k.k * 104729 + r.id / 1000 * 31) % 997 AS TEXT), 'hồ sơ', 0, 1, 0,
		       CASE WHEN (r.id * 31 + k.k * 7) % 20 = 0 THEN 0.5 ELSE 0.9 END
		  FROM reports r CROSS JOIN chosen k`)
	do(`CREATE UNIQUE INDEX figures_identity ON figures (indicator, field, span, report_id, value)`)
	return file, months
}

// chosenIndicators are counts of the catalogue, those of the benchmarks first.
func chosenIndicators(n int) []string {
	out := []string{"dossiers.received", "dossiers.in_process"}
	for _, ind := range rules.Catalogue() {
		if len(out) < n && ind.Kind == "count" && ind.ID != out[0] && ind.ID != out[1] {
			out = append(out, ind.ID)
		}
	}
	return out
}

// ownProcess is a call of the program in a process of its own.
func ownProcess(b *testing.B, args ...string) *exec.Cmd {
	b.Helper()
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), programVariable+"=1")
	return cmd
}

// spent is the time that processes took: on the clock, which other work on the
// machine stretches, and of the processor.
type spent struct{ wall, cpu time.Duration }

func (u *spent) run(b *testing.B, cmd *exec.Cmd) {
	b.Helper()
	var errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = io.Discard, &errOut
	start := time.Now()
	if err := cmd.Run(); err != nil {
		b.Fatalf("%v: %v: %s", cmd.Args, err, errOut.String())
	}
	u.wall += time.Since(start)
	u.cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

func BenchmarkComparing(b *testing.B) {
	shell, err := exec.LookPath("sqlite3")
	if err != nil {
		b.Fatal("the sqlite3 program is needed beside the commands: apt-get install sqlite3")
	}
	file, months := generated(b)
	last := fmt.Sprintf("%04d-%02d", 2023+(months-1)/12, 1+(months-1)%12)
	before := fmt.Sprintf("%04d-%02d", 2023+(months-2)/12, 1+(months-2)%12)
	// CROSS JOIN keeps the shell from a plan that takes minutes.
	figures := `CROSS JOIN figures f ON f.report_id = r.id AND f.indicator = 'dossiers.in_process' AND f.field = '' AND f.span = 'period' CROSS JOIN units u ON u.id = r.unit_id`
	for _, c := range []struct {
		name  string
		args  []string
		plain string
	}{
		{"trend", []string{"trend", "dossiers.in_process", "--parent", "Tỉnh Mẫu 5", "--last", "0"},
			`SELECT u.name, r.period, f.value, f.approx, f.confidence FROM units p CROSS JOIN units u ON u.parent_id = p.id CROSS JOIN reports r ON r.unit_id = u.id AND r.state = 'current'
			 CROSS JOIN figures f ON f.report_id = r.id AND f.indicator = 'dossiers.in_process' AND f.field = '' AND f.span = 'period' WHERE p.name = 'Tỉnh Mẫu 5' ORDER BY u.name, r.period`},
		{"compare", []string{"compare", before, last, "--indicator", "dossiers.in_process"},
			`SELECT u.name, max(CASE r.period WHEN '` + before + `' THEN f.value + 0 END) a, max(CASE r.period WHEN '` + last + `' THEN f.value + 0 END) b, max(f.approx), min(f.confidence) FROM reports r ` + figures +
				` WHERE r.period IN ('` + before + `', '` + last + `') AND r.state = 'current' GROUP BY u.id ORDER BY abs(b - a) DESC`},
		{"rank", []string{"rank", "dossiers.in_process", last},
			`SELECT rank() OVER (ORDER BY f.value + 0 DESC), ntile(4) OVER (ORDER BY f.value + 0), u.name, f.value, round(1000.0 * f.value / nullif(g.value, 0), 1), f.approx, f.confidence FROM reports r ` + figures +
				` CROSS JOIN figures g ON g.report_id = r.id AND g.indicator = 'dossiers.received' AND g.field = '' AND g.span = 'period' WHERE r.period = '` + last + `' AND r.state = 'current' ORDER BY 1`},
		{"coverage", []string{"coverage"},
			`SELECT u.name, r.period, count(*), max(r.period_from), max(r.period_to), max(r.date > date(r.period || '-01', '+1 month', '+9 days')) FROM reports r JOIN units u ON u.id = r.unit_id WHERE r.state = 'current' GROUP BY u.name, r.period`},
	} {
		b.Run(c.name, func(b *testing.B) {
			var own, other spent
			for b.Loop() {
				// By turns, so that other work on the machine meets both.
				own.run(b, ownProcess(b, append(c.args, "--db", file, "--format", "csv")...))
				other.run(b, exec.Command(shell, "-csv", file, c.plain))
			}
			b.ReportMetric(own.wall.Seconds()*1000/float64(b.N), "ms/baocao")
			b.ReportMetric(other.wall.Seconds()*1000/float64(b.N), "ms/sqlite3")
			b.ReportMetric(own.wall.Seconds()/other.wall.Seconds(), "ratio")
			b.ReportMetric(own.cpu.Seconds()/other.cpu.Seconds(), "cpu-ratio")
		})
	}
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			store, err := db.Open(context.Background(), file, db.Options{})
			if err != nil {
				b.Fatal(err)
			}
			if err := store.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
