package ingest

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/db"
	"baocao/db/check"
	"baocao/extract/document"
	"baocao/normalize"
)

func TestReprocess(t *testing.T) {
	dir := t.TempDir()
	a, b, c := filepath.Join(dir, "a.docx"), filepath.Join(dir, "b.docx"), filepath.Join(dir, "c.docx")
	write(t, a, report("Xã A", "2023-05", "dossiers.received 5\ndossiers.resolved 4\n"))
	write(t, b, report("Xã B", "2023-05", "dossiers.received 6\n"))
	write(t, c, report("Xã C", "2023-05", "dossiers.received 7\n"))
	d := newDB(t)
	o := options(&fakeReader{}, dir)
	run(t, d, o)
	ctx := context.Background()
	if _, err := d.SaveFindings(ctx, db.Scope{}, []check.Finding{{ID: "f", Check: "x", Severity: check.Error, Unit: "Xã A", Period: "2023-05"}}); err != nil {
		t.Fatal(err)
	}
	if err := d.Decide(ctx, db.Decision{Finding: "f", State: db.VerdictAccepted, Who: "Lan"}); err != nil {
		t.Fatal(err)
	}

	// Under the same rules there is nothing to do.
	s, err := Reprocess(ctx, d, o, nil)
	if err != nil || s.Current != 3 || s.Documents != 0 {
		t.Errorf("summary is %+v, %v", s, err)
	}
	before := digest(t, d)
	o.Verify = true
	if s, err = Reprocess(ctx, d, o, nil); err != nil || s.Documents != 3 || s.Changed != 0 || digest(t, d) != before {
		t.Errorf("summary is %+v, %v", s, err)
	}
	o.Verify = false

	// Newer rules read another indicator, and fail on one document.
	o.RuleSetHash = "rules-2"
	o.Extract = func(doc *document.Document, name string) (*normalize.Report, error) {
		if name == b {
			return nil, errors.New("no clause")
		}
		r, err := extract(doc, name)
		if name == a {
			r.Figures[1].Indicator = "dossiers.early"
		}
		return r, err
	}
	var got []string
	s, err = Reprocess(ctx, d, o, func(r Reprocessed) {
		line := filepath.Base(r.Path)
		for _, c := range r.Figures {
			line += " " + c.Indicator + " " + c.Before + ">" + c.After
		}
		if r.Err != nil {
			line += " " + r.Err.Error()
		}
		got = append(got, line)
	})
	if err != nil || s.Documents != 2 || s.Changed != 1 || s.Failed != 1 || s.Interrupted {
		t.Errorf("summary is %+v, %v", s, err)
	}
	if diff := cmp.Diff([]string{"a.docx dossiers.early >4 dossiers.resolved 4>", "b.docx no clause"}, got); diff != "" {
		t.Error(diff)
	}
	list, err := d.Findings(ctx, db.FindingFilter{})
	if err != nil || len(list) != 1 || list[0].State != db.VerdictAccepted {
		t.Errorf("findings are %+v, %v", list, err)
	}
	// What failed keeps its figures and is tried again next time.
	if s, err = Reprocess(ctx, d, o, nil); err != nil || s.Current != 2 || s.Failed != 1 {
		t.Errorf("summary is %+v, %v", s, err)
	}
	sound(t, d)

	// In the end it is as if it had been imported under these rules.
	fresh := newDB(t)
	o.Extract = extract
	o.RuleSetHash = "rules-3"
	if _, err := Reprocess(ctx, d, o, nil); err != nil {
		t.Fatal(err)
	}
	run(t, fresh, o)
	if x, y := ledger(t, d, dir), ledger(t, fresh, dir); x != y {
		t.Errorf("ledger is\n%swant\n%s", x, y)
	}
	points := func(d *db.DB) string {
		list, err := d.Points(ctx, db.PointFilter{})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, p := range list {
			b.WriteString(p.Unit + p.Indicator + p.Value + "\n")
		}
		return b.String()
	}
	if diff := cmp.Diff(points(fresh), points(d)); diff != "" {
		t.Error(diff)
	}

	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	o.Verify = true
	if s, err = Reprocess(cancelled, d, o, nil); err == nil && !s.Interrupted {
		t.Errorf("summary is %+v", s)
	}
}
