// This file brings the schema up to date.
package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

//go:embed queries/*.sql
var queryFiles embed.FS

// step is one migration. Its version is the number its file name begins with.
type step struct {
	version   int
	name, sql string
}

func (s step) hash() string {
	sum := sha256.Sum256([]byte(s.sql))
	return hex.EncodeToString(sum[:])
}

// steps gives the migrations in the order of their file names, which begin with
// the version in four digits.
func steps() []step {
	entries, err := migrationFiles.ReadDir("migrations")
	if err != nil {
		panic("embedded migrations: " + err.Error()) // cannot happen in a binary that was built
	}
	var list []step
	for _, e := range entries { // sorted by name
		text, err := migrationFiles.ReadFile(path.Join("migrations", e.Name()))
		if err != nil {
			panic("embedded migrations: " + err.Error())
		}
		version, err := strconv.Atoi(strings.TrimLeft(e.Name()[:4], "0"))
		if err != nil {
			panic("embedded migrations: " + err.Error()) // a test reads every name
		}
		list = append(list, step{version, e.Name(), string(text)})
	}
	return list
}

// query gives the statement in queries/NAME.sql.
func query(name string) string {
	text, err := queryFiles.ReadFile("queries/" + name + ".sql")
	if err != nil {
		panic("embedded query: " + err.Error()) // a test prepares every one
	}
	return string(text)
}

// migrate runs the steps that the database does not have yet, each in a
// transaction of its own. Two programs may do it at once: the version is asked
// for again inside the transaction, which holds the write lock.
func migrate(ctx context.Context, pool *sql.DB, steps []step, now func() time.Time) error {
	for {
		done, err := migrateOne(ctx, pool, steps, now)
		if done || err != nil {
			return err
		}
	}
}

func migrateOne(ctx context.Context, pool *sql.DB, steps []step, now func() time.Time) (done bool, err error) {
	version, err := schemaVersion(ctx, pool)
	last := lastVersion(steps)
	if err != nil || version == last {
		return true, err
	}
	if version > last {
		return true, newer(version, last)
	}
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return true, err
	}
	defer func() {
		if err != nil {
			_ = tx.Rollback() // the error that matters is err
		}
	}()
	if version, err = schemaVersion(ctx, tx); err != nil {
		return true, err
	}
	if version >= last {
		return false, tx.Rollback() // another program was quicker
	}
	s := steps[slices.IndexFunc(steps, func(s step) bool { return s.version > version })]
	version = s.version
	if _, err = tx.ExecContext(ctx, s.sql); err != nil {
		return true, fmt.Errorf("migration %s: %w", s.name, err)
	}
	if _, err = tx.ExecContext(ctx, `INSERT INTO migrations (version, name, sha256, applied_at) VALUES (?, ?, ?, ?)`,
		version, s.name, s.hash(), now().UTC().Format(time.RFC3339)); err != nil {
		return true, fmt.Errorf("migration %s: %w", s.name, err)
	}
	// Pragmas take no parameters. Both numbers are in the file's header and part
	// of the transaction.
	if _, err = tx.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = %d; PRAGMA user_version = %d`, applicationID, version)); err != nil {
		return true, fmt.Errorf("migration %s: %w", s.name, err)
	}
	return false, tx.Commit()
}

type queryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func schemaVersion(ctx context.Context, q queryer) (version int, err error) {
	err = q.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version)
	return version, err
}

// upToDate says whether a database that may not be changed can be read.
func upToDate(ctx context.Context, pool *sql.DB) error {
	version, err := schemaVersion(ctx, pool)
	if err != nil {
		return err
	}
	want := lastVersion(steps())
	switch {
	case version > want:
		return newer(version, want)
	case version < want:
		return fmt.Errorf("the database has version %d of the schema, and reading it needs version %d: open it for writing once", version, want)
	}
	return nil
}

// lastVersion gives the version that all steps together lead to, 0 for no steps.
func lastVersion(steps []step) int {
	if len(steps) == 0 {
		return 0
	}
	return steps[len(steps)-1].version
}

func newer(version, known int) error {
	return fmt.Errorf("%w: version %d of the schema, known is %d", ErrNewer, version, known)
}
