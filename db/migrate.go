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
	"time"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

//go:embed queries/*.sql
var queryFiles embed.FS

// step is one migration. Its version is its place in the list, from 1.
type step struct {
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
		list = append(list, step{e.Name(), string(text)})
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
	if err != nil || version == len(steps) {
		return true, err
	}
	if version > len(steps) {
		return true, newer(version, len(steps))
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
	if version >= len(steps) {
		return false, tx.Rollback() // another program was quicker
	}
	s := steps[version]
	version++
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
	want := len(steps())
	switch {
	case version > want:
		return newer(version, want)
	case version < want:
		return fmt.Errorf("the database has version %d of the schema, and reading it needs version %d: open it for writing once", version, want)
	}
	return nil
}

func newer(version, known int) error {
	return fmt.Errorf("%w: version %d of the schema, known is %d", ErrNewer, version, known)
}
