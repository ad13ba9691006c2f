package db

// This file holds the promise that a new document whose row in the ledger is not
// settled afterwards has the row that settling would give it.

import (
	"context"
	"fmt"
	"testing"

	"database/sql"
	"github.com/google/go-cmp/cmp"
)

func TestRowsThatAreNotSettledAreRight(t *testing.T) {
	ctx := context.Background()
	d := openNew(t)
	var intakes []Intake
	for i := range 12 {
		s := sample{unit: fmt.Sprint("Xã ", i%4), period: fmt.Sprintf("2023-%02d", 1+i%4), number: fmt.Sprintf("%d/BC-UBND", 10+i/6), date: "2023-05-31",
			values: map[string]string{"dossiers.received": fmt.Sprint(i / 6)}, extra: fmt.Sprint(i)}
		if i%5 == 4 {
			s.kind = TypeOther
		}
		in := s.intake(t, fmt.Sprintf("/a/%d.docx", i))
		if i == 3 { // fails first, then is read from another path
			failed := Intake{Path: "/a/before.docx", Fingerprint: in.Fingerprint, SHA256: in.SHA256, State: Unreadable, Reason: "damaged", RuleSetHash: "rules-0"}
			intakes = append(intakes, failed)
		}
		if i == 7 {
			in.Engine = "another"
		}
		intakes = append(intakes, in)
	}
	outcomes, err := d.Import(ctx, intakes)
	if err != nil {
		t.Fatal(err)
	}
	before, err := d.Files(ctx, FileFilter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range outcomes {
		i := 0
		for before[i].Path != o.Path {
			i++
		}
		if o.DocumentID != 0 && o.New && (before[i].State != o.State || before[i].Reason != o.Reason) && before[i].State != Superseded && before[i].State != Duplicate {
			t.Errorf("%s: the outcome is %s %q, the row %s %q", o.Path, o.State, o.Reason, before[i].State, before[i].Reason)
		}
	}
	err = d.write(ctx, "settle", func(tx *sql.Tx) error {
		w := newWriter(ctx, tx, before[0].LastSeen.Format("2006-01-02T15:04:05Z"))
		defer w.close()
		for _, f := range before {
			if err := w.refreshFiles(f.DocumentID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	after, err := d.Files(ctx, FileFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("settling again changes (-before +after):\n%s", diff)
	}
	states := map[State]int{}
	for _, f := range after {
		states[f.State]++
	}
	if states[Stored] < 3 || states[Superseded] == 0 || states[NotAReport] == 0 || states[Duplicate] == 0 {
		t.Errorf("states %v", states)
	}
}
