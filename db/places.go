// This file keeps the lists of administrative units that the user loaded.
package db

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	gazetteer "baocao/normalize/place" // place is a type of this package
)

// PlaceFile is one file of units, in one of the forms that place.Load reads.
type PlaceFile struct {
	Name    string // for messages, and what a later file of the same name replaces
	Content []byte
}

// PlaceList says which file was loaded when.
type PlaceList struct {
	Name     string
	SHA256   string
	LoadedAt time.Time
}

// LoadPlaces puts files of units together with those that were loaded before, or
// in their place, and stores the result. A file with the name of an earlier one
// replaces it. It gives how many units are known then. Faults in the files are
// those of place.Load; nothing is stored then.
func (d *DB) LoadPlaces(ctx context.Context, files []PlaceFile, replace bool) (units int, err error) {
	err = d.write(ctx, "load units", func(tx *sql.Tx) error {
		w := newWriter(ctx, tx, d.stamp())
		defer w.close()
		all := files
		if !replace {
			earlier, err := placeFiles(ctx, tx)
			if err != nil {
				return err
			}
			for _, f := range earlier {
				if !slices.ContainsFunc(files, func(g PlaceFile) bool { return g.Name == f.Name }) {
					all = append(all, f)
				}
			}
		}
		slices.SortFunc(all, func(a, b PlaceFile) int { return bytes.Compare([]byte(a.Name), []byte(b.Name)) })
		readers := make([]gazetteer.File, len(all))
		for i, f := range all {
			readers[i] = gazetteer.File{Name: f.Name, Reader: bytes.NewReader(f.Content)}
		}
		table, err := gazetteer.Load(readers...)
		if err != nil {
			return err
		}
		units = table.Len()
		return w.places(all, table)
	})
	return units, err
}

func placeFiles(ctx context.Context, tx *sql.Tx) ([]PlaceFile, error) {
	return collect(ctx, tx, func(rows *sql.Rows) (f PlaceFile, err error) {
		var packed []byte
		if err := rows.Scan(&f.Name, &packed); err != nil {
			return f, err
		}
		text, err := unzip(packed)
		f.Content = []byte(text)
		return f, err
	}, `SELECT name, content FROM place_lists ORDER BY name`)
}

// places writes files and table in place of what was there. Files that were
// there already keep the time at which they were loaded.
func (w *writer) places(files []PlaceFile, table *gazetteer.Table) error {
	enc, err := encoder()
	if err != nil {
		return err
	}
	loaded := map[string]string{}
	earlier, err := collect(w.ctx, w.tx, func(rows *sql.Rows) (l [2]string, err error) {
		return l, rows.Scan(&l[0], &l[1])
	}, `SELECT name || ' ' || sha256, loaded_at FROM place_lists`)
	if err != nil {
		return err
	}
	for _, l := range earlier {
		loaded[l[0]] = l[1]
	}
	for _, table := range []string{"place_links", "places", "place_lists"} {
		if err := w.exec(`DELETE FROM ` + table); err != nil {
			return err
		}
	}
	for _, f := range files {
		sum := sha256.Sum256(f.Content)
		hash := hex.EncodeToString(sum[:])
		at := loaded[f.Name+" "+hash]
		if at == "" {
			at = w.stamp
		}
		if err := w.exec(`INSERT INTO place_lists VALUES (?, ?, ?, ?)`, f.Name, hash, enc.EncodeAll(f.Content, []byte{}), at); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	for i, u := range table.Units() {
		parents, err := json.Marshal(append([]string{}, u.Parents...))
		if err != nil {
			return err
		}
		codes, err := json.Marshal(append([]string{}, u.ParentCodes...))
		if err != nil {
			return err
		}
		if err := w.exec(query("put_place"), i+1, u.Code, u.Name, u.Level.String(), string(parents), string(codes), u.From, u.To,
			gazetteer.Key(u.Name), gazetteer.BareKey(u.Name)); err != nil {
			return fmt.Errorf("unit %s: %w", u, err)
		}
	}
	for _, s := range table.Steps() {
		if err := w.exec(`INSERT OR IGNORE INTO place_links VALUES (?, ?, ?, ?)`, s.From+1, s.To+1, string(s.Kind), s.Note); err != nil {
			return err
		}
	}
	return nil
}

// PlaceLists lists the files of units that were loaded.
func (d *DB) PlaceLists(ctx context.Context) ([]PlaceList, error) {
	var list []PlaceList
	err := d.read(ctx, "list files of units", func(tx *sql.Tx) error {
		var err error
		list, err = collect(ctx, tx, func(rows *sql.Rows) (l PlaceList, err error) {
			var at string
			err = rows.Scan(&l.Name, &l.SHA256, &at)
			l.LoadedAt = parseStamp(at)
			return l, err
		}, `SELECT name, sha256, loaded_at FROM place_lists ORDER BY name`)
		return err
	})
	return list, err
}

// Places gives the part of the loaded lists that the names may mean, with the
// units that followed those and the units these were made of. No names gives
// everything. The table is empty where nothing was loaded.
func (d *DB) Places(ctx context.Context, names []string) (*gazetteer.Table, error) {
	var table *gazetteer.Table
	err := d.read(ctx, "read units", func(tx *sql.Tx) error {
		text, args := query("places_all"), []any(nil)
		if len(names) > 0 {
			keys := make([]string, 0, 2*len(names))
			for _, n := range names {
				keys = append(keys, gazetteer.Key(n), gazetteer.BareKey(n))
			}
			slices.Sort(keys)
			chosen, err := json.Marshal(slices.Compact(keys))
			if err != nil {
				return err
			}
			text, args = query("places_named"), []any{string(chosen)}
		}
		index := map[int64]int{}
		units, err := collect(ctx, tx, func(rows *sql.Rows) (u gazetteer.Unit, err error) {
			var id int64
			var level, parents, codes string
			if err := rows.Scan(&id, &u.Code, &u.Name, &level, &parents, &codes, &u.From, &u.To); err != nil {
				return u, err
			}
			index[id] = len(index)
			u.Level = gazetteer.LevelOf(level)
			if err := json.Unmarshal([]byte(parents), &u.Parents); err != nil {
				return u, err
			}
			return u, json.Unmarshal([]byte(codes), &u.ParentCodes)
		}, text, args...)
		if err != nil {
			return err
		}
		ids := make([]int64, 0, len(index))
		for id := range index {
			ids = append(ids, id)
		}
		chosen, err := json.Marshal(ids)
		if err != nil {
			return err
		}
		steps, err := collect(ctx, tx, func(rows *sql.Rows) (s gazetteer.Step, err error) {
			var from, to int64
			err = rows.Scan(&from, &to, &s.Kind, &s.Note)
			var known bool
			if s.To, known = index[to]; !known {
				s.To = -1
			}
			s.From = index[from]
			return s, err
		}, query("place_links"), string(chosen))
		if err != nil {
			return err
		}
		// Of the units that these were made of only some were asked for, and only
		// links between units that are here can be followed.
		table = gazetteer.New(units, slices.DeleteFunc(steps, func(s gazetteer.Step) bool { return s.To < 0 }))
		return nil
	})
	return table, err
}
