package ingest

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"baocao/db"
)

func move(t *testing.T, from, to string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

// What an official does with folders between two imports.
func TestMovedAndRemovedFiles(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a", "1.docx"), report("Xã A", "2023-05", "dossiers.received 5\n"))
	write(t, filepath.Join(dir, "a", "2.docx"), "scan 1")
	write(t, filepath.Join(dir, "b", "3.docx"), report("Xã B", "2023-05", "dossiers.received 6\n"))
	write(t, filepath.Join(dir, "c.docx"), report("Xã C", "2023-05", "dossiers.received 7\n"))
	d := newDB(t)
	f := &fakeReader{}
	o := options(f, dir)
	run(t, d, o)
	reads := f.reads.Load()

	// A folder gets another name, a file is renamed, another one removed.
	move(t, filepath.Join(dir, "a"), filepath.Join(dir, "2023", "a"))
	move(t, filepath.Join(dir, "b", "3.docx"), filepath.Join(dir, "b", "ba.docx"))
	if err := os.Remove(filepath.Join(dir, "c.docx")); err != nil {
		t.Fatal(err)
	}
	s := run(t, d, o)
	if s.Gone != 4 || s.Added != 0 || f.reads.Load() != reads {
		t.Errorf("summary is %+v, %d reads", s, f.reads.Load()-reads)
	}
	want := `
		2023/a/1.docx stored
		2023/a/2.docx needs-ocr
		a/1.docx gone 2023/a/1.docx
		a/2.docx gone
		b/3.docx gone b/ba.docx
		b/ba.docx stored
		c.docx gone
		`
	wantLedger(t, d, dir, want)
	sound(t, d)
	// The figures are all still there, and evidence names the files that exist.
	reports, err := d.Reports(context.Background(), db.Filter{})
	if err != nil || len(reports) != 3 {
		t.Fatalf("%d reports, %v", len(reports), err)
	}
	if got := reports[0].Path; got != filepath.Join(dir, "2023", "a", "1.docx") {
		t.Errorf("the report's file is %s", got)
	}
	// Again: nothing changes.
	before := digest(t, d)
	if s = run(t, d, o); s.Gone != 0 || s.Unchanged != 3 || digest(t, d) != before {
		t.Errorf("summary is %+v", s)
	}
	// A file that comes back is there again.
	move(t, filepath.Join(dir, "b", "ba.docx"), filepath.Join(dir, "b", "3.docx"))
	write(t, filepath.Join(dir, "c.docx"), report("Xã C", "2023-05", "dossiers.received 7\n"))
	if s = run(t, d, o); s.Gone != 1 || s.Added != 0 {
		t.Errorf("summary is %+v", s)
	}
	wantLedger(t, d, dir, `
		2023/a/1.docx stored
		2023/a/2.docx needs-ocr
		a/1.docx gone 2023/a/1.docx
		a/2.docx gone
		b/3.docx stored
		b/ba.docx gone b/3.docx
		c.docx stored
		`)
	sound(t, d)
}

// A share that is away says nothing about its files.
func TestFolderThatIsAway(t *testing.T) {
	dir := t.TempDir()
	share := filepath.Join(dir, "share")
	write(t, filepath.Join(share, "1.docx"), report("Xã A", "2023-05", "dossiers.received 5\n"))
	d := newDB(t)
	o := options(&fakeReader{}, share)
	run(t, d, o)
	move(t, share, filepath.Join(dir, "away"))
	if s := run(t, d, o); s.Gone != 0 {
		t.Errorf("summary is %+v", s)
	}
	wantLedger(t, d, dir, `
		share unreadable
		share/1.docx stored
		`)
	move(t, filepath.Join(dir, "away"), share)
	if s := run(t, d, o); s.Unchanged != 1 {
		t.Errorf("summary is %+v", s)
	}
	sound(t, d)
}

func TestChangedArchives(t *testing.T) {
	dir := t.TempDir()
	one, two := report("Xã A", "2023-05", "dossiers.received 5\n"), report("Xã B", "2023-05", "dossiers.received 5\n")
	path := filepath.Join(dir, "a.zip")
	write(t, path, string(zipOf(t, map[string]string{"1.docx": one, "2.docx": two})))
	d := newDB(t)
	o := options(&fakeReader{}, dir)
	run(t, d, o)
	// One file is renamed inside, the other left out.
	write(t, path, string(zipOf(t, map[string]string{"một.docx": one})))
	if s := run(t, d, o); s.Added != 0 {
		t.Errorf("summary is %+v", s)
	}
	wantLedger(t, d, dir, `
		a.zip archive
		a.zip!/1.docx gone a.zip!/một.docx
		a.zip!/2.docx gone
		a.zip!/một.docx stored
		`)
	// The archive itself is renamed.
	move(t, path, filepath.Join(dir, "b.zip"))
	if s := run(t, d, o); s.Gone != 2 || s.Added != 0 {
		t.Errorf("summary is %+v", s)
	}
	wantLedger(t, d, dir, `
		a.zip gone
		a.zip!/1.docx gone b.zip!/một.docx
		a.zip!/2.docx gone
		a.zip!/một.docx gone b.zip!/một.docx
		b.zip archive
		b.zip!/một.docx stored
		`)
	sound(t, d)
	reports, err := d.Reports(context.Background(), db.Filter{})
	if err != nil || len(reports) != 2 {
		t.Errorf("%d reports, %v", len(reports), err)
	}
}
