package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"baocao/db"
	"baocao/extract/document"
)

// What happens to the database while it is written: its folder is renamed, the
// file is deleted, another one is put in its place. The import must not go on as
// if nothing were wrong, and the next one must lack nothing.
func TestDatabaseThatVanishes(t *testing.T) {
	for name, vanish := range map[string]func(path string) error{
		"its folder is renamed": func(path string) error { return os.Rename(filepath.Dir(path), filepath.Dir(path)+"-away") },
		"it is deleted": func(path string) error {
			return errors.Join(os.Remove(path), os.Remove(path+"-wal"), os.Remove(path+"-shm"))
		},
		"another is put in its place": func(path string) error {
			return errors.Join(os.Rename(path, path+".old"), os.WriteFile(path, nil, 0o600))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for i := range 30 {
				write(t, filepath.Join(dir, fmt.Sprintf("%02d.docx", i)), report(fmt.Sprintf("Xã %d", i), "2023-05", "dossiers.received 1\n"))
			}
			path := filepath.Join(t.TempDir(), "database", "x.db")
			if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			ctx := context.Background()
			d, err := db.Open(ctx, path, db.Options{})
			if err != nil {
				t.Fatal(err)
			}
			f := &fakeReader{}
			o := options(f, dir)
			o.Jobs = 1
			o.Read = func(ctx context.Context, name string, r io.ReaderAt, size int64) (*document.Document, error) {
				if filepath.Base(name) == "15.docx" {
					if err := vanish(path); err != nil {
						t.Error(err)
					}
				}
				return f.read(ctx, name, r, size)
			}
			_, err = Run(ctx, d, o)
			if !errors.Is(err, db.ErrVanished) || db.Remedy(err) == "" {
				t.Errorf("error is %v", err)
			}
			if n := f.reads.Load(); n == 30 {
				t.Error("the import went on to the end")
			}
			_ = d.Close() // the file it would tidy up is not there

			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			again := openDB(t, path)
			run(t, again, options(&fakeReader{}, dir))
			whole := newDB(t)
			run(t, whole, options(&fakeReader{}, dir))
			if digest(t, again) != digest(t, whole) {
				t.Error("another result after the database had vanished")
			}
			sound(t, again)
		})
	}
}

// A database that may not be written is refused before anything is read.
func TestReadOnlyDatabase(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "1.docx"), report("Xã A", "2023-05", "dossiers.received 1\n"))
	path := filepath.Join(t.TempDir(), "x.db")
	d, err := db.Open(context.Background(), path, db.Options{})
	if err != nil {
		t.Fatal(err)
	}
	run(t, d, options(&fakeReader{}, dir))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	look, err := db.Open(context.Background(), path, db.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer look.Close()
	write(t, filepath.Join(dir, "2.docx"), report("Xã B", "2023-05", "dossiers.received 1\n"))
	if _, err := Run(context.Background(), look, options(&fakeReader{}, dir)); !errors.Is(err, db.ErrReadOnly) || db.Remedy(err) == "" {
		t.Errorf("error is %v", err)
	}
	wantLedger(t, look, dir, "1.docx stored\n")
}
