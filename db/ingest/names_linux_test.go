package ingest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"baocao/db"
)

// Names that a file can have on the disks that reports come on.
func TestOddNames(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "thư mục \xff lạ") // not UTF-8
	names := []string{
		"một\ndòng.docx", "tab\there.docx", "\xe1\xba.docx", "latin\xe9.docx", `back\slash.docx`, "a!/b.docx", "percent%20?#.docx", " .docx", "-rf",
		norm.NFC.String("Báo cáo tháng 5.docx"), norm.NFD.String("Báo cáo tháng 5.docx"),
		"BAO-CAO.DOCX", "bao-cao.docx", "Bao-Cao.Docx",
		strings.Repeat("x", 250) + ".docx", "quote'\".docx", "*.docx",
	}
	var want []string
	for i, name := range names {
		if strings.Contains(name, "/") {
			name = filepath.Join("a!", "b.docx") // looks like a file in an archive
		}
		write(t, filepath.Join(dir, name), report(fmt.Sprintf("Xã %d", i), "2023-05", "dossiers.received 5\n"))
		want = append(want, name)
	}
	d := newDB(t)
	o := options(&fakeReader{}, dir)
	if s := run(t, d, o); s.Added != len(names) || s.Found != len(names) {
		t.Errorf("summary is %+v", s)
	}
	for _, name := range want {
		f, ok, err := d.FileAt(context.Background(), filepath.Join(dir, name))
		if err != nil || !ok || f.State != db.Stored {
			t.Errorf("%q: %+v, %v", name, f, err)
		}
	}
	under, err := d.Files(context.Background(), db.FileFilter{Under: dir})
	if err != nil || len(under) != len(names) {
		t.Errorf("%d files under the folder, %v", len(under), err)
	}
	before := digest(t, d)
	if s := run(t, d, o); s.Unchanged != len(names) || s.Gone != 0 || digest(t, d) != before {
		t.Errorf("summary is %+v", s)
	}
	o.Retry = true
	if s := run(t, d, o); s.Found != 0 {
		t.Errorf("summary is %+v", s)
	}
	o.Retry = false
	for _, name := range want {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if s := run(t, d, o); s.Gone != len(names) {
		t.Errorf("summary is %+v", s)
	}
	sound(t, d)
}

// Folders with almost the same name are told apart.
func TestFoldersWithLikeNames(t *testing.T) {
	dir := t.TempDir()
	for i, name := range []string{"xa", "xa-2", "xa 2", "xa!", "Xa", "xã", "xa.old"} {
		write(t, filepath.Join(dir, name, "1.docx"), report(fmt.Sprintf("Xã %d", i), "2023-05", "dossiers.received 5\n"))
	}
	d := newDB(t)
	run(t, d, options(&fakeReader{}, dir))
	if err := os.RemoveAll(filepath.Join(dir, "xa-2")); err != nil {
		t.Fatal(err)
	}
	if s := run(t, d, options(&fakeReader{}, filepath.Join(dir, "xa"))); s.Gone != 0 || s.Unchanged != 1 {
		t.Errorf("summary is %+v", s)
	}
	for name, n := range map[string]int{"xa": 1, "xa!": 1, "xa.old": 1, "": 7} {
		files, err := d.Files(context.Background(), db.FileFilter{Under: filepath.Join(dir, name)})
		if err != nil || len(files) != n {
			t.Errorf("%d files under %q, %v", len(files), name, err)
		}
	}
}

// The same folder given in several ways is one folder.
func TestPathsGivenInSeveralWays(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a", "1.docx"), report("Xã A", "2023-05", "dossiers.received 5\n"))
	t.Chdir(dir)
	d := newDB(t)
	f := &fakeReader{}
	for i, paths := range [][]string{{"a"}, {filepath.Join(dir, "a")}, {"./a/"}, {"a/../a", "a"}, {"a/1.docx"}, {".", "a", "a/1.docx"}} {
		s := run(t, d, options(f, paths...))
		if s.Found != 1 || i > 0 && s.Unchanged != 1 || f.reads.Load() != 1 {
			t.Errorf("%q: summary is %+v, %d reads", paths, s, f.reads.Load())
		}
	}
	// Through a link it is another path with the same bytes.
	if err := os.Symlink("a", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	if s := run(t, d, options(f, "link")); s.Added != 0 || s.Known != 1 {
		t.Errorf("summary is %+v", s)
	}
	sound(t, d)
}
