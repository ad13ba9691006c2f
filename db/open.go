// This file opens and closes a database.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"
)

// applicationID marks our files in SQLite's header: "BaoC".
const applicationID = 0x42616f43

// Options choose how a database is opened. The zero value opens it for reading
// and writing and makes it if it does not exist.
type Options struct {
	// ReadOnly opens an existing database and changes nothing, not even its version.
	ReadOnly bool
	// Now gives the time for what is recorded; nil is time.Now.
	Now func() time.Time
	// BusyTimeout is how long to wait for another program's lock; 0 is 10 s.
	BusyTimeout time.Duration
}

// DB is an open database. Its methods may be called from several goroutines.
type DB struct {
	path string
	file os.FileInfo // the file that was opened for writing
	now  func() time.Time
	// w has one connection, so that writers of this process queue in Go instead
	// of waiting for SQLite's lock; r has several, which read the last committed
	// state while w writes.
	w, r     *sql.DB
	readOnly bool
	// What an import asks for every file is prepared once, on r.
	knownPath, knownContent *sql.Stmt
}

// Open opens the database at path, makes it where there is none and brings an
// older one up to date. Errors are *Error with the kinds ErrForeign, ErrNewer,
// ErrLocked, ErrReadOnly, ErrFull, ErrDamaged or, with ReadOnly, ErrMissing.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.BusyTimeout == 0 {
		o.BusyTimeout = 10 * time.Second
	}
	d, err := open(ctx, path, o)
	// While another program makes the same new database, SQLite gives up at some
	// points without waiting.
	for end := time.Now().Add(o.BusyTimeout); errors.Is(kindOf(err), ErrLocked) && time.Now().Before(end) && ctx.Err() == nil; {
		time.Sleep(5 * time.Millisecond)
		d, err = open(ctx, path, o)
	}
	if err != nil {
		return nil, wrapError("open", path, err)
	}
	if err := d.prepare(ctx); err != nil {
		return nil, wrapError("open", path, errors.Join(err, d.Close()))
	}
	return d, nil
}

func (d *DB) prepare(ctx context.Context) (err error) {
	if d.knownPath, err = d.r.PrepareContext(ctx, query("known_path")); err != nil {
		return err
	}
	d.knownContent, err = d.r.PrepareContext(ctx, query("known_content"))
	return err
}

func open(ctx context.Context, path string, o Options) (*DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	fresh, err := probe(ctx, path, o)
	if err != nil {
		return nil, err
	}
	d := &DB{path: path, now: o.Now, readOnly: o.ReadOnly}
	if o.ReadOnly {
		if fresh {
			return nil, &Error{Op: "open", Path: path, Kind: ErrMissing}
		}
		mode := "ro"
		if d.r, err = openSettled(ctx, path, mode, o.BusyTimeout); err != nil {
			// In a folder without write permission SQLite cannot make the shared
			// memory file of the log. Without a log there is nothing to share; with
			// one, or with a journal, the file alone would be half the truth.
			if holds(path+"-wal") || holds(path+"-journal") {
				return nil, err
			}
			if d.r, err = openPool(ctx, path, "ro&immutable=1", o.BusyTimeout); err != nil {
				return nil, err
			}
		}
		d.w = d.r
		if err := upToDate(ctx, d.r); err != nil {
			return nil, errors.Join(err, d.r.Close())
		}
		return d, nil
	}
	if d.w, err = openPool(ctx, path, "rwc", o.BusyTimeout); err != nil {
		return nil, err
	}
	d.w.SetMaxOpenConns(1)
	// What a statement or savepoint may have to take back is kept in memory: in a
	// temporary file it costs more than what is written for good. The log grows to
	// 16 MiB before it is written back, so that pages which every batch of an import
	// changes are written back once for several batches.
	if _, err := d.w.ExecContext(ctx, `PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000`); err != nil {
		return nil, errors.Join(err, d.w.Close())
	}
	if err := migrate(ctx, d.w, steps(), o.Now); err != nil {
		return nil, errors.Join(err, d.w.Close())
	}
	if d.file, err = os.Stat(path); err != nil {
		return nil, errors.Join(err, d.w.Close())
	}
	if d.r, err = openPool(ctx, path, "rw&_query_only=1", o.BusyTimeout); err != nil {
		return nil, errors.Join(err, d.w.Close())
	}
	d.r.SetMaxOpenConns(max(4, runtime.NumCPU()))
	return d, nil
}

// holds says whether there is a file with something in it.
func holds(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 0
}

// probe looks at a file without changing it: it may be another program's.
// fresh means that there is nothing in it yet, or that it does not exist.
func probe(ctx context.Context, path string, o Options) (fresh bool, err error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(filepath.Dir(path)); err != nil {
			return false, err
		}
		return true, nil
	}
	if err != nil {
		return false, err
	}
	if !info.Mode().IsRegular() {
		return false, &Error{Op: "open", Path: path, Kind: ErrForeign, Err: errors.New("not a regular file")}
	}
	if info.Size() == 0 {
		return true, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	// Bytes 68..71 of the header are the application id, 60..63 the user
	// version. The file is read directly because opening it as a database may
	// already roll back or copy another program's log.
	header := make([]byte, 100)
	n, err := f.ReadAt(header, 0)
	if e := f.Close(); e != nil && err == nil {
		err = e
	}
	if n < len(header) || string(header[:16]) != "SQLite format 3\x00" {
		return false, &Error{Op: "open", Path: path, Kind: ErrForeign}
	}
	id := uint32(header[68])<<24 | uint32(header[69])<<16 | uint32(header[70])<<8 | uint32(header[71])
	if id == applicationID {
		return false, nil
	}
	if id != 0 {
		return false, &Error{Op: "open", Path: path, Kind: ErrForeign}
	}
	// No id: another program's, or ours that lost power while being made, when
	// the tables may still be in the log only.
	pool, err := openSettled(ctx, path, "ro", o.BusyTimeout)
	if err != nil {
		return false, err
	}
	defer pool.Close()
	var tables int
	if err := pool.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&tables); err != nil {
		return false, err
	}
	var found uint32
	if err := pool.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&found); err != nil {
		return false, err
	}
	if tables > 0 && found != applicationID {
		return false, &Error{Op: "open", Path: path, Kind: ErrForeign}
	}
	return tables == 0, nil
}

// openSettled opens connections for reading. A program that was killed can leave
// a transaction half-written, which has to be rolled back before anyone can read,
// and rolling back needs write access. Only then is the file opened for writing,
// and for no longer than that takes.
func openSettled(ctx context.Context, path, mode string, busy time.Duration) (*sql.DB, error) {
	pool, err := openPool(ctx, path, mode, busy)
	if !errors.Is(kindOf(err), ErrReadOnly) {
		return pool, err
	}
	settle, e := openPool(ctx, path, "rw", busy)
	if e != nil {
		return nil, err
	}
	if e := settle.Close(); e != nil {
		return nil, errors.Join(err, e)
	}
	return openPool(ctx, path, mode, busy)
}

// openPool opens connections. All settings are in the data source name, so that
// every connection of the pool has them:
//   - a write-ahead log, so that readers and the writer do not wait for each other;
//   - synchronous=FULL: after a power failure every transaction is there that was
//     committed. NORMAL would keep the file sound too but could lose the last
//     decisions of a reviewer; the price is one flush for each batch of an
//     import, which is not measurable beside reading the documents;
//   - 32 MiB of pages in memory for the writer, which keeps the upper pages of all
//     indexes there when the database is large, and its statements, so that each is
//     prepared once and not for every batch;
//   - foreign keys, which SQLite leaves off;
//   - transactions that take the write lock when they begin, so that two programs
//     wait for each other at one place and never fail half-way.
func openPool(ctx context.Context, path, mode string, busy time.Duration) (*sql.DB, error) {
	settings := fmt.Sprintf("mode=%s&_busy_timeout=%d&_foreign_keys=1", mode, busy.Milliseconds())
	if mode == "rwc" {
		settings += "&_txlock=immediate&_journal_mode=" + journalMode(path) + "&_synchronous=FULL&_cache_size=-32768&_stmt_cache_size=128"
	}
	pool, err := sql.Open("sqlite3", fileURI(path)+"?"+settings)
	if err != nil {
		return nil, err
	}
	// sql.Open connects to nothing yet.
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	if _, err := pool.ExecContext(ctx, `SELECT 1 FROM sqlite_schema`); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return pool, nil
}

// fileURI writes a path so that SQLite takes no character of it for a setting.
func fileURI(path string) string {
	u := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path)}
	if !strings.HasPrefix(u.Path, "/") { // C:/folder/file
		u.Path = "/" + u.Path
	}
	return u.String()
}

// Path gives the absolute path of the database file.
func (d *DB) Path() string { return d.path }

// Close ends all connections. What was committed is in the file.
func (d *DB) Close() error {
	var errs []error
	for _, s := range []*sql.Stmt{d.knownPath, d.knownContent} {
		if s != nil {
			errs = append(errs, s.Close())
		}
	}
	errs = append(errs, d.r.Close())
	if !d.readOnly {
		// Last, so that the log is written back into the file.
		errs = append(errs, d.w.Close())
	}
	return d.wrap("close", errors.Join(errs...))
}

// stamp gives the time of an event as it is stored.
func (d *DB) stamp() string { return d.now().UTC().Format(time.RFC3339) }

// moment is a stamp that tells events of one second apart, so that a check can be
// seen to be later than a decision.
func (d *DB) moment() string { return d.now().UTC().Format("2006-01-02T15:04:05.000000Z07:00") }

// write runs do in one transaction that is committed unless do fails.
func (d *DB) write(ctx context.Context, op string, do func(*sql.Tx) error) error {
	if d.readOnly {
		return &Error{Op: op, Path: d.path, Kind: ErrReadOnly}
	}
	tx, err := d.w.BeginTx(ctx, nil)
	if err != nil {
		return d.wrap(op, err)
	}
	if err := do(tx); err != nil {
		_ = tx.Rollback() // the error that matters is err
		return d.wrap(op, err)
	}
	if err := tx.Commit(); err != nil {
		return d.wrap(op, err)
	}
	return d.inPlace(op)
}

// inPlace says whether the database file is still where it was opened. The
// system lets a program write on into a file that was deleted, or whose folder
// was moved away, and what is written then is lost.
func (d *DB) inPlace(op string) error {
	now, err := os.Stat(d.path)
	if err == nil && os.SameFile(now, d.file) {
		return nil
	}
	return &Error{Op: op, Path: d.path, Kind: ErrVanished, Err: err}
}

// read runs do in one transaction, so that it sees one state of the database.
func (d *DB) read(ctx context.Context, op string, do func(*sql.Tx) error) error {
	tx, err := d.r.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return d.wrap(op, err)
	}
	err = do(tx)
	_ = tx.Rollback() // nothing was written
	return d.wrap(op, err)
}
