// This file turns ids of findings into what a person types, and back.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// minShort is how many characters of an id are shown at least: an id typed from
// a printed list is then still one of its own when some more findings came.
const minShort = 6

// ErrAmbiguous is wrapped by the error of FindingID for what several ids begin with.
var ErrAmbiguous = errors.New("several findings begin so")

// splitID parts an id from the number that tells findings apart which differ
// only in their place ("3f9a1c…-2"); the number is "" for the first.
func splitID(id string) (base, number string) {
	base, number, _ = strings.Cut(id, "-")
	return base, number
}

// shortID gives the shortest part of an id that is neither in the id before nor
// in the one after it, both by order.
func shortID(id, before, after string) string {
	base, number := splitID(id)
	n := max(minShort, common(base, before)+1, common(base, after)+1)
	short := base[:min(n, len(base))]
	if number != "" {
		short += "-" + number
	}
	return short
}

func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// FindingID gives the id that begins with what a person typed: "3f9a1c",
// "#3F9A1C", or "3f9a1c-2" for the second of those that differ only in their
// place. None is ErrUnknown; several wrap ErrAmbiguous, and the error lists them.
func (d *DB) FindingID(ctx context.Context, typed string) (string, error) {
	base, number := splitID(strings.ToLower(strings.TrimPrefix(strings.TrimSpace(typed), "#")))
	var found []string
	err := d.read(ctx, "look up finding", func(tx *sql.Tx) error {
		ids, err := collect(ctx, tx, func(rows *sql.Rows) (id string, err error) {
			return id, rows.Scan(&id)
		}, `SELECT id FROM findings WHERE id >= ? AND id < ? ORDER BY id`, base, base+"~")
		for _, id := range ids {
			if _, n := splitID(id); n == number {
				found = append(found, id)
			}
		}
		return err
	})
	switch {
	case err != nil:
		return "", err
	case len(found) == 0 || base == "":
		return "", d.wrap("look up finding", unknown("finding", typed))
	case len(found) > 1:
		return "", fmt.Errorf("finding %q: %w: %s", typed, ErrAmbiguous, strings.Join(found[:min(len(found), 5)], ", "))
	}
	return found[0], nil
}
