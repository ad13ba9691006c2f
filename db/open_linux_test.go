package db

// This file holds the promise that opening a database costs the same however much
// is in it. Time is not measured but what the system was asked to read.

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// bytesRead is how much this process has read from files so far.
func bytesRead(t *testing.T) int {
	t.Helper()
	data, err := os.ReadFile("/proc/self/io")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if text, ok := strings.CutPrefix(line, "rchar: "); ok {
			n, err := strconv.Atoi(strings.TrimSpace(text))
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
	}
	t.Fatal("the system does not say what was read")
	return 0
}

// filled makes a database with reports of 24 months, each with ten figures.
func filled(t *testing.T, reports int) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "filled.db")
	d, err := Open(t.Context(), file, Options{})
	if err != nil {
		t.Fatal(err)
	}
	const count = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) `
	for _, text := range []string{
		count + `INSERT INTO units (id, name, name_key) SELECT i, 'Xã ' || i, 'xã ' || i FROM n`,
		count + `INSERT INTO documents (id, sha256, path, size, engine, encoding, pages, text_size, warnings, rule_set_hash, stored_at, extracted_at)
			SELECT i, printf('%064x', i), '/' || i, 1, 'txt', 'unicode', 1, 1, '[]', 'r', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z' FROM n`,
		count + `INSERT INTO reports (id, document_id, type, unit_id, period, period_from, period_to, number, date, signer, sources, figures_hash, state)
			SELECT i, i, 'cchc', i, printf('%04d-%02d', 2023 + i % 2, 1 + i / 2 % 12), '', '', '', '', '', '{}', printf('%064x', i), 'current' FROM n`,
		count + `INSERT INTO figures (report_id, ord, indicator, field, span, value, unit, decimals, rounding, approx, confidence)
			SELECT n.i, k.value, 'indicator.' || k.value, '', 'period', '1', '', 0, 1, 0, 0.9 FROM n, json_each('[0,1,2,3,4,5,6,7,8,9]') k`,
	} {
		if _, err := d.w.Exec(text, reports); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestOpeningReadsNoMoreOfALargeDatabase(t *testing.T) {
	opening := func(file string, o Options) int {
		t.Helper()
		before := bytesRead(t)
		d, err := Open(context.Background(), file, o)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.KnownPeriods(context.Background()); err != nil { // what every command over reports begins with
			t.Fatal(err)
		}
		n := bytesRead(t) - before
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		return n
	}
	small, large := filled(t, 48), filled(t, 9600)
	for _, o := range []Options{{}, {ReadOnly: true}} {
		opening(small, o) // what is read once in a process
		a, b := opening(small, o), opening(large, o)
		// The index of periods is some levels deeper, and each of the 24 periods lies
		// on a page of its own.
		if b > a+60*4096 {
			t.Errorf("opening with %+v reads %d bytes with 48 reports and %d with 9,600", o, a, b)
		}
		t.Logf("%+v: %d and %d bytes", o, a, b)
	}
}
