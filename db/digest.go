// This file says whether two databases hold the same.
package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Digest is equal for databases that hold the same, whenever and in whatever
// order it came in. Times, row numbers and the number of attempts are left out;
// rows that point to others are named by what these are, and packed texts count
// unpacked.
func (d *DB) Digest(ctx context.Context) (string, error) {
	sum := sha256.New()
	err := d.read(ctx, "digest", func(tx *sql.Tx) error {
		for _, part := range strings.Split(query("digest"), ";\n") {
			if strings.TrimSpace(part) == "" {
				continue
			}
			lines, err := collect(ctx, tx, scanLine, part)
			if err != nil {
				return fmt.Errorf("%w in %s", err, part)
			}
			slices.Sort(lines)
			fmt.Fprintf(sum, "%d\n%s", len(lines), strings.Join(lines, ""))
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// scanLine writes a row of any columns as one line. Bytes are packed texts.
func scanLine(rows *sql.Rows) (string, error) {
	names, err := rows.Columns()
	if err != nil {
		return "", err
	}
	values := make([]any, len(names))
	dest := make([]any, len(names))
	for i := range values {
		dest[i] = &values[i]
	}
	if err := rows.Scan(dest...); err != nil {
		return "", err
	}
	line := ""
	for i, v := range values {
		if packed, ok := v.([]byte); ok {
			if v, err = unzip(packed); err != nil {
				return "", err
			}
		}
		line += fmt.Sprintf("%s=%#v\t", names[i], v)
	}
	return line + "\n", nil
}
