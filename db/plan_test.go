package db

// This file holds the promise that a file costs the same however many there are:
// what an import runs for each file looks rows up and never goes through a table.

import (
	"strings"
	"testing"
)

func TestImportScansNoTable(t *testing.T) {
	d := openNew(t)
	for _, name := range []string{"adopt_files", "failed_content", "known_content", "known_path", "others", "outcome", "place", "places_of_unit", "put_document", "put_file",
		"put_report", "refresh_files", "relocate", "versions"} {
		rows, err := d.w.Query("EXPLAIN QUERY PLAN "+query(name), make([]any, strings.Count(query(name), "?"))...)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for rows.Next() {
			var id, parent, unused int
			var detail string
			if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(detail, "SCAN ") && detail != "SCAN CONSTANT ROW" || strings.Contains(detail, "reports_period") {
				t.Errorf("%s: %s", name, detail)
			}
		}
		if err := rows.Err(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		rows.Close()
	}
}
