package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"

	"baocao/extract/document"
)

// Released migrations: a database in the field has them, so none may change.
// A new migration adds a line.
var pinned = []string{
	"0001_initial.sql 71da0d424fee79405efc1a14b5b25dd1514aeea80c15289a84ac4ec80b4dc0ec",
	"0002_totals.sql a4999517f07b371e8a1fb9adb30fbbcfbc936739f42dc7d645bed0ff8bda7cc8",
	"0004_gone_files.sql ce3621157707a4af9e5d8219c56f2152b21d13cdbf9e9bee5af1f6527c3cbfb6",
	"0005_places_and_views.sql afce19265f3d629b226f5c88f55e178627739c2d5c6575b36145ddcc7c9a5f34",
	"0007_drafts_and_doubts.sql 79c8fcfc8502c4dfcf99f37ffd0e011e6d64875265a540a9dadc31a5d056c861",
	"0008_unsure_figures.sql 674d0faa6707d40847131fc71654cd6a81785c608eef1b3e93ccdacb89d26e25",
	"0009_views_of_shown_figures.sql 72f79def4ee9b9b714380ffb942738ddfcb6538fc0533802e5aa2b3bba642b29",
}

func TestMigrationsAreNeverEdited(t *testing.T) {
	var got []string
	for i, s := range steps() {
		got = append(got, s.name+" "+s.hash())
		if !strings.HasPrefix(s.name, fmt.Sprintf("%04d_", s.version)) || i > 0 && s.version <= steps()[i-1].version {
			t.Errorf("migration %d is called %s", s.version, s.name)
		}
	}
	if !slices.Equal(got, pinned) {
		t.Errorf("migrations are\n%s\nreleased were\n%s", strings.Join(got, "\n"), strings.Join(pinned, "\n"))
	}
}

// oldContent fills the tables that every released version has. The texts are zstd
// frames.
const oldContent = `
INSERT INTO units (id, name) VALUES (1, 'Xã Quang Khải');
INSERT INTO documents (id, sha256, path, size, engine, encoding, pages, text_size, warnings, rule_set_hash, stored_at, extracted_at)
VALUES (1, printf('%064d', 1), '/old.docx', 9, 'docx', 'unicode', 0, 12, '[]', 'rules-0', '2023-01-01T00:00:00Z', '2023-01-01T00:00:00Z');
INSERT INTO document_texts (document_id, text, layout) VALUES (1, x'28b52ffd04006100003233392068e1bb932073c6a1bb9d886f', x'28b52ffd0400c900007b22626c6f636b73223a5b5b302c31322c302c302c305d5d7dc2b54887');
INSERT INTO reports (id, document_id, type, unit_id, period, period_from, period_to, number, date, signer, sources, figures_hash, state)
VALUES (1, 1, 'cchc', 1, '2023-05', '', '', '', '', '', '{}', printf('%064d', 2), 'current');
INSERT INTO figures (report_id, ord, indicator, field, span, value, unit, decimals, rounding, approx, confidence)
VALUES (1, 0, 'dossiers.received', '', 'period', '239', 'hồ sơ', 0, 1, 0, 1);
INSERT INTO mentions (report_id, figure, ord, start, end, page, line, text, snippet, rule, section, in_table, words, assessment, confidence)
VALUES (1, 0, 0, 0, 3, 0, 1, '239', '239 hồ sơ', 'r-1', '', 0, 0, 0, 1);
INSERT INTO files (path, size, modified_at, sha256, state, reason, document_id, attempts, engine, rule_set_hash, first_seen_at, last_seen_at)
VALUES ('/old.docx', 9, 1, printf('%064d', 1), 'stored', '', 1, 1, 'docx', 'rules-0', '2023-01-01T00:00:00Z', '2023-01-01T00:00:00Z'),
       ('/copy', 9, 1, printf('%064d', 1), 'duplicate', 'the same bytes as another file', 1, 0, 'docx', 'rules-0', '2023-01-01T00:00:00Z', '2023-01-01T00:00:00Z'),
       ('/scan', 5, 1, printf('%064d', 3), 'needs-ocr', 'x', NULL, 1, '', 'rules-0', '2023-01-01T00:00:00Z', '2023-01-01T00:00:00Z');`

// Every released version of the schema is brought up to date with what is in it.
func TestMigrateFromEveryVersion(t *testing.T) {
	ctx := context.Background()
	all := steps()
	for version := range len(all) + 1 {
		path := filepath.Join(t.TempDir(), "old.db")
		pool, err := openPool(ctx, path, "rwc", time.Second)
		if err != nil {
			t.Fatal(err)
		}
		pool.SetMaxOpenConns(1)
		if err := migrate(ctx, pool, all[:version], time.Now); err != nil {
			t.Fatal(err)
		}
		if version > 0 {
			if _, err := pool.Exec(oldContent); err != nil {
				t.Fatal(err)
			}
		}
		if err := pool.Close(); err != nil {
			t.Fatal(err)
		}
		d, err := Open(ctx, path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var units, now int
		err = d.r.QueryRow(`SELECT (SELECT count(*) FROM units), (SELECT max(version) FROM migrations)`).Scan(&units, &now)
		if err != nil || now != lastVersion(all) || units != min(version, 1) {
			t.Errorf("from version %d: version %d with %d units, %v", version, now, units, err)
		}
		if version > 0 {
			wantStates(t, d, "/copy duplicate /old.docx", "/old.docx stored", "/scan needs-ocr")
			list := must[[]ReportInfo](t)(d.Reports(ctx, Filter{}))
			if len(list) != 1 || list[0].Figures != 1 || list[0].Unit != "Xã Quang Khải" {
				t.Errorf("from version %d: reports are %+v", version, list)
			}
			doc, err := d.Document(ctx, 1)
			if err != nil || doc.Text != "239 hồ sơ" {
				t.Errorf("from version %d: document is %+v, %v", version, doc, err)
			}
		}
		sound(t, d)
		put(t, d, may().intake(t, "/may"))
		sound(t, d)
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A report that was stored before there were totals keeps what it has, and has no
// totals and no pages until it is read again.
func TestMigrateReportWithoutTotals(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "old.db")
	pool, err := openPool(ctx, path, "rwc", time.Second)
	if err != nil {
		t.Fatal(err)
	}
	pool.SetMaxOpenConns(1)
	if err := migrate(ctx, pool, steps()[:1], time.Now); err != nil {
		t.Fatal(err)
	}
	p, err := Pack(&document.Document{Text: "77 đơn\n", Blocks: []document.Block{{End: 7, Page: 1}}, Engine: "txt", Encoding: "unicode"})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []struct {
		text string
		args []any
	}{
		{`INSERT INTO documents (sha256, path, size, engine, encoding, pages, text_size, warnings, rule_set_hash, stored_at, extracted_at)
			VALUES (?, '/old.txt', 9, 'txt', 'unicode', 1, 9, '[]', 'rules-0', '', '')`, []any{strings.Repeat("a", 64)}},
		{`INSERT INTO document_texts (document_id, text, layout) VALUES (1, ?, ?)`, []any{p.text, p.layout}},
		{`INSERT INTO files (path, size, modified_at, sha256, state, reason, document_id, attempts, engine, rule_set_hash, first_seen_at, last_seen_at)
			VALUES ('/old.txt', 9, 0, ?, 'stored', '', 1, 1, 'txt', 'rules-0', '', '')`, []any{strings.Repeat("a", 64)}},
		{`INSERT INTO reports (document_id, type, period, period_from, period_to, number, date, signer, sources, figures_hash, state)
			VALUES (1, 'cchc', '2023-05', '', '', '', '', '', '{}', ?, 'current')`, []any{strings.Repeat("0", 64)}},
		{`INSERT INTO report_headings VALUES (1, 0, 0, 2, '77', 'arabic', 1, 77, '')`, nil},
	} {
		if _, err := pool.Exec(s.text, s.args...); err != nil {
			t.Fatal(err)
		}
	}
	if err := pool.Close(); err != nil {
		t.Fatal(err)
	}
	d, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	r, err := d.Report(ctx, 1)
	if err != nil || len(r.Report.Headings) != 1 || len(r.Report.Totals) > 0 || len(r.Report.PageStarts) > 0 || r.Report.PageAt(3) != 0 {
		t.Fatalf("report is %+v, %v", r, err)
	}
	r.Report.PageStarts = []int{0}
	if _, err := d.Replace(ctx, []Replacement{{ReportID: 1, Report: r.Report, RuleSetHash: "rules-1"}}); err != nil {
		t.Fatal(err)
	}
	if r, err = d.Report(ctx, 1); err != nil || r.Report.PageAt(3) != 1 {
		t.Errorf("page is %d, %v", r.Report.PageAt(3), err)
	}
	sound(t, d)
}

func TestMigrationIsAllOrNothing(t *testing.T) {
	ctx := context.Background()
	pool, err := openPool(ctx, filepath.Join(t.TempDir(), "x.db"), "rwc", time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	bad := append(steps(), step{9999, "9999_bad.sql", `CREATE TABLE half (x INTEGER) STRICT; CREATE TABLE nonsense (x NOTHING) STRICT;`})
	if err := migrate(ctx, pool, bad, time.Now); err == nil || !strings.Contains(err.Error(), "9999_bad.sql") {
		t.Fatalf("error is %v", err)
	}
	var tables int
	if err := pool.QueryRow(`SELECT count(*) FROM sqlite_schema WHERE name = 'half'`).Scan(&tables); err != nil || tables != 0 {
		t.Errorf("%d tables of the failed migration, %v", tables, err)
	}
	if v, err := schemaVersion(ctx, pool); v != lastVersion(steps()) || err != nil {
		t.Errorf("version is %d, %v", v, err)
	}
}

func TestSchema(t *testing.T) {
	d := openNew(t)
	rows, err := d.r.Query(`SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	tables := 0
	for rows.Next() {
		var name string
		var strict bool
		if err := rows.Scan(&name, &strict); err != nil {
			t.Fatal(err)
		}
		if tables++; !strict {
			t.Errorf("table %s is not STRICT", name)
		}
		if !strings.Contains(query("digest"), "SELECT '"+name+"' AS tbl") {
			t.Errorf("table %s is not in the digest", name)
		}
	}
	if err := rows.Err(); err != nil || tables < 15 {
		t.Errorf("%d tables, %v", tables, err)
	}
}

func TestEveryQueryPrepares(t *testing.T) {
	d := openNew(t)
	entries, err := queryFiles.ReadDir("queries")
	if err != nil || len(entries) < 20 {
		t.Fatalf("%d queries, %v", len(entries), err)
	}
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".sql")
		texts := []string{query(name)}
		switch name {
		case "findings_order":
			texts = []string{query("findings") + texts[0]}
		case "digest":
			texts = strings.Split(texts[0], ";\n")
			texts = texts[:len(texts)-1] // after the last statement
		}
		for _, text := range texts {
			s, err := d.w.Prepare(text)
			if err != nil {
				t.Errorf("%s: %v", e.Name(), err)
				continue
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestConnectionsHaveTheSettings(t *testing.T) {
	d := openNew(t)
	for name, pool := range map[string]*sql.DB{"writer": d.w, "reader": d.r} {
		for pragma, want := range map[string]string{"foreign_keys": "1", "busy_timeout": "10000", "journal_mode": strings.ToLower(journalMode(d.path)),
			"application_id": "1113681731"} {
			var got string
			if err := pool.QueryRow(`PRAGMA ` + pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s: %s is %s, %v", name, pragma, got, err)
			}
		}
	}
	var synchronous int
	if err := d.w.QueryRow(`PRAGMA synchronous`).Scan(&synchronous); err != nil || synchronous != 2 {
		t.Errorf("synchronous is %d, %v", synchronous, err)
	}
	if _, err := d.r.Exec(`DELETE FROM files`); !errors.Is(kindOf(err), ErrReadOnly) {
		t.Errorf("a reader may write: %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	other := func(name string, statements ...string) string {
		path := filepath.Join(dir, name)
		pool, err := sql.Open("sqlite3", path)
		if err != nil {
			t.Fatal(err)
		}
		defer pool.Close()
		for _, s := range statements {
			if _, err := pool.Exec(s); err != nil {
				t.Fatal(err)
			}
		}
		return path
	}
	made := func(name string, statements ...string) string {
		path := filepath.Join(dir, name)
		d, err := Open(ctx, path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range statements {
			exec(t, d, s)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		return path
	}
	damaged := made("damaged.db")
	data, err := os.ReadFile(damaged)
	if err != nil {
		t.Fatal(err)
	}
	copy(data[100:], strings.Repeat("\xff", 300))
	file("damaged.db", string(data))
	for _, c := range []struct {
		name, path string
		opt        Options
		want       error
	}{
		{"a text", file("a.txt", strings.Repeat("báo cáo ", 100)), Options{}, ErrForeign},
		{"a short text", file("b.txt", "x"), Options{}, ErrForeign},
		{"a folder", dir, Options{}, ErrForeign},
		{"another program's database", other("c.db", `CREATE TABLE t (x)`), Options{}, ErrForeign},
		{"another program's id", other("d.db", `PRAGMA application_id = 7`, `CREATE TABLE t (x)`), Options{}, ErrForeign},
		{"a newer version", made("e.db", `PRAGMA user_version = 9999`), Options{}, ErrNewer},
		{"a newer version, to read", made("f.db", `PRAGMA user_version = 9999`), Options{ReadOnly: true}, ErrNewer},
		{"nothing, to read", filepath.Join(dir, "g.db"), Options{ReadOnly: true}, ErrMissing},
		{"an empty file, to read", file("h.db", ""), Options{ReadOnly: true}, ErrMissing},
		{"a folder that is missing", filepath.Join(dir, "no", "i.db"), Options{}, ErrMissing},
		{"a damaged file", damaged, Options{}, ErrDamaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			before, _ := os.ReadFile(c.path) // of a folder there is nothing to compare
			d, err := Open(ctx, c.path, c.opt)
			if err == nil {
				d.Close()
			}
			if !errors.Is(err, c.want) {
				t.Errorf("error is %v, want %v", err, c.want)
			}
			if Remedy(err) == "" {
				t.Errorf("no remedy for %v", err)
			}
			if after, _ := os.ReadFile(c.path); string(before) != string(after) {
				t.Error("the file has changed")
			}
		})
	}
}

func TestEmptyFileBecomesADatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "empty.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := Open(context.Background(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	put(t, d, may().intake(t, "/may"))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestLocked(t *testing.T) {
	ctx := context.Background()
	d := openNew(t)
	other, err := Open(ctx, d.Path(), Options{BusyTimeout: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := d.w.Begin() // takes the write lock
	if err != nil {
		t.Fatal(err)
	}
	_, err = other.Import(ctx, []Intake{may().intake(t, "/may")})
	if !errors.Is(err, ErrLocked) || Remedy(err) == "" {
		t.Errorf("error is %v", err)
	}
	if _, err := other.Files(ctx, FileFilter{}); err != nil {
		t.Errorf("reading while another writes: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if _, err = other.Import(ctx, []Intake{may().intake(t, "/may")}); err != nil {
		t.Errorf("after the lock: %v", err)
	}
}

func TestReadOnly(t *testing.T) {
	ctx := context.Background()
	d := openNew(t)
	put(t, d, may().intake(t, "/may"))
	// Also while the log holds everything and the database file nothing yet.
	r, err := Open(ctx, d.Path(), Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	wantStates(t, r, "/may stored")
	sound(t, r)
	_, err = r.Import(ctx, []Intake{may().intake(t, "/x")})
	if !errors.Is(err, ErrReadOnly) || Remedy(err) == "" {
		t.Errorf("error is %v", err)
	}
	if err := r.Decide(ctx, Decision{}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("error is %v", err)
	}
}

func TestManyOpenANewDatabaseAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new.db")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			d, err := Open(context.Background(), path, Options{})
			if err != nil {
				t.Error(err)
				return
			}
			put(t, d, may().intake(t, "/may"))
			if err := d.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func TestKindsOfErrors(t *testing.T) {
	for _, c := range []struct {
		err  error
		want error
	}{
		{sqlite3.Error{Code: sqlite3.ErrFull}, ErrFull},
		{sqlite3.Error{Code: sqlite3.ErrReadonly}, ErrReadOnly},
		{sqlite3.Error{Code: sqlite3.ErrBusy}, ErrLocked},
		{sqlite3.Error{Code: sqlite3.ErrCorrupt}, ErrDamaged},
		{sqlite3.Error{Code: sqlite3.ErrIoErr, SystemErrno: syscall.ENOSPC}, ErrFull},
		{sqlite3.Error{Code: sqlite3.ErrIoErr}, ErrVanished},
		{sqlite3.Error{Code: sqlite3.ErrCantOpen}, nil},
		{os.ErrPermission, ErrReadOnly},
		{os.ErrNotExist, ErrMissing},
		{context.Canceled, nil},
	} {
		if got := kindOf(c.err); got != c.want {
			t.Errorf("%v is %v, want %v", c.err, got, c.want)
		}
	}
	err := wrapError("import", "/x.db", sqlite3.Error{Code: sqlite3.ErrFull})
	if err.Error() != "import /x.db: no room left for the database: database or disk is full" {
		t.Errorf("error reads %q", err)
	}
	if wrapError("open", "/x.db", err) != err {
		t.Error("an error is wrapped twice")
	}
}

// A program that is killed while it makes the database leaves a journal that
// has to be rolled back, which a connection for reading cannot do.
func TestOpenAfterKillInTheFirstTransaction(t *testing.T) {
	ctx := context.Background()
	for _, o := range []Options{{}, {ReadOnly: true}} {
		path := filepath.Join(t.TempDir(), "killed.db")
		pool, err := sql.Open("sqlite3", fileURI(path)+"?_journal_mode=DELETE&_txlock=immediate")
		if err != nil {
			t.Fatal(err)
		}
		pool.SetMaxOpenConns(1)
		if o.ReadOnly { // what was committed before the kill is a whole database
			if err := migrate(ctx, pool, steps(), time.Now); err != nil {
				t.Fatal(err)
			}
		}
		for _, text := range []string{`PRAGMA cache_size = 1`, `PRAGMA cache_spill = 1`, `CREATE TABLE IF NOT EXISTS spill (x)`, `DROP TABLE spill`,
			`BEGIN`, `CREATE TABLE spill (x)`,
			`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO spill SELECT randomblob(1000) FROM n`} {
			if _, err := pool.Exec(text); err != nil {
				t.Fatal(err)
			}
		}
		// What the disk holds at this moment is what a kill leaves.
		copied := filepath.Join(t.TempDir(), "left.db")
		for _, suffix := range []string{"", "-journal"} {
			data, err := os.ReadFile(path + suffix)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(copied+suffix, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := pool.Close(); err != nil {
			t.Fatal(err)
		}
		d, err := Open(ctx, copied, o)
		if err != nil {
			t.Errorf("%+v: %v", o, err)
			continue
		}
		sound(t, d)
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
}
