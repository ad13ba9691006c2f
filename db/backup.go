// This file copies a database while it is in use.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/mattn/go-sqlite3"
)

// OpBackup is the Op of the errors of Backup; their Path is that of the copy.
const OpBackup = "back up to"

// backupPages is how many pages are copied between two looks at the context.
const backupPages = 4096

// Backup copies the database to a file, which is replaced as a whole or not at
// all. The copy is the state at one moment, although others write meanwhile.
func (d *DB) Backup(ctx context.Context, file string) error {
	err := d.backup(ctx, file)
	if err != nil {
		err = wrapError(OpBackup, file, err)
	}
	return err
}

func (d *DB) backup(ctx context.Context, file string) (err error) {
	file, err = filepath.Abs(file)
	if err != nil {
		return err
	}
	if same(file, d.path) {
		return errors.New("that is the database itself")
	}
	tmp, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*.tmp")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, removeIfThere(tmp.Name()))
		}
	}()
	if err := tmp.Close(); err != nil {
		return err
	}
	if err := d.copyTo(ctx, tmp.Name()); err != nil {
		return err
	}
	if err := syncFile(tmp.Name()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), file)
}

func (d *DB) copyTo(ctx context.Context, file string) error {
	dst, err := sql.Open("sqlite3", fileURI(file)+"?_busy_timeout=10000")
	if err != nil {
		return err
	}
	defer dst.Close()
	src, err := d.r.Conn(ctx)
	if err != nil {
		return err
	}
	defer src.Close()
	to, err := dst.Conn(ctx)
	if err != nil {
		return err
	}
	defer to.Close()
	// An open read transaction holds the state of this moment: without it every
	// commit of another program would make the copy begin again.
	tx, err := src.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM migrations`).Scan(&n); err != nil {
		return err
	}
	err = to.Raw(func(toDriver any) error {
		return src.Raw(func(srcDriver any) error {
			return copyPages(ctx, toDriver, srcDriver)
		})
	})
	if err != nil {
		return err
	}
	// One file, without a log beside it.
	if _, err := to.ExecContext(ctx, `PRAGMA journal_mode = DELETE`); err != nil {
		return err
	}
	var verdict string
	if err := to.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("%w: %s", ErrDamaged, verdict)
	}
	return nil
}

func copyPages(ctx context.Context, to, from any) error {
	b, err := to.(*sqlite3.SQLiteConn).Backup("main", from.(*sqlite3.SQLiteConn), "main")
	if err != nil {
		return err
	}
	for {
		done, err := b.Step(backupPages)
		switch {
		case err != nil:
			return errors.Join(err, b.Finish())
		case done:
			return b.Finish()
		case ctx.Err() != nil:
			return errors.Join(ctx.Err(), b.Finish())
		case b.Remaining() == b.PageCount(): // busy: nothing was copied
			time.Sleep(10 * time.Millisecond)
		}
	}
}

// same says whether two paths are one file.
func same(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

func syncFile(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func removeIfThere(name string) error {
	err := os.Remove(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}
