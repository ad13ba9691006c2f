// This file finds in the loaded lists what the units of the database were and became.
package main

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"baocao/db"
	"baocao/db/trend"
	"baocao/normalize/place"
)

// lineages finds in the loaded lists which units of the database were merged
// into which others.
func (a *app) lineages(ctx context.Context, store *db.DB, units []db.Unit) ([]trend.Lineage, error) {
	matches, err := matchUnits(ctx, store, units)
	if err != nil {
		return nil, err
	}
	label := make(map[string]string) // of the unit before the reform, by its id in the lists
	for _, m := range matches {
		if len(m.before) == 1 {
			label[m.before[0].ID()] = m.unit.Label
		}
	}
	var out []trend.Lineage
	for _, m := range matches {
		if len(m.after) != 1 || m.after[0].Former != "" {
			continue
		}
		l := trend.Lineage{Unit: m.unit.Label, From: cmp.Or(m.after[0].From, place.Reform)}
		for _, p := range m.table.Predecessors(m.after[0]) {
			known, reported := label[p.Unit.ID()]
			switch {
			case p.Kind == place.Partial:
				l.Split = append(l.Split, p.Unit.Name)
			case reported:
				l.Whole = append(l.Whole, known)
			default:
				l.Silent = append(l.Silent, p.Unit.Name)
			}
		}
		if len(l.Whole) == 0 || len(l.Whole) == 1 && l.Whole[0] == l.Unit && len(l.Silent)+len(l.Split) == 0 {
			continue // nothing to add, or the same unit as before
		}
		out = append(out, l)
	}
	return out, nil
}

// withPredecessors lists the units under the parents asked for and those that
// were merged into one of them.
func (a *app) withPredecessors(f *figures, filter db.PointFilter) []string {
	var out []string
	for _, u := range f.units {
		if slices.ContainsFunc(filter.Parents, func(p string) bool { return slices.Contains(u.Parents, p) }) &&
			(len(filter.Units) == 0 || slices.Contains(filter.Units, u.Label)) {
			out = append(out, u.Label)
		}
	}
	var lineages []trend.Lineage
	for _, l := range f.options.Lineages {
		if slices.Contains(out, l.Unit) {
			lineages = append(lineages, l)
			out = append(out, l.Whole...)
		}
	}
	f.options.Lineages = lineages
	return out
}

// match is what the lists say of a unit of the database, before the reform of
// 2025 and since.
type match struct {
	unit          db.Unit
	table         *place.Table
	before, after []place.Unit
}

// matchUnits looks units up in the lists that were loaded.
func matchUnits(ctx context.Context, store *db.DB, units []db.Unit) ([]match, error) {
	names := make([]string, 0, len(units))
	for _, u := range units {
		names = append(names, u.Name)
	}
	if len(names) == 0 {
		return nil, nil
	}
	table, err := store.Places(ctx, names)
	if err != nil {
		return nil, err
	}
	out := make([]match, 0, len(units))
	for _, u := range units {
		m := match{unit: u, table: table}
		for _, era := range []struct {
			day  string
			list *[]place.Unit
		}{{"2025-06-30", &m.before}, {place.Reform, &m.after}} {
			found, err := table.Resolve(u.Name, u.Parents, era.day)
			if err != nil && !errors.Is(err, place.ErrUnknown) && !errors.Is(err, place.ErrNotValid) {
				return nil, err
			}
			*era.list = withParents(found, u.Parents)
		}
		out = append(out, m)
	}
	return out, nil
}

// withParents drops candidates of which other units above are known than any
// that the report names.
func withParents(found []place.Unit, parents []string) []place.Unit {
	return slices.DeleteFunc(found, func(u place.Unit) bool {
		if u.Former != "" || len(u.Parents) == 0 {
			return false
		}
		return len(parents) > 0 && !slices.ContainsFunc(parents, func(p string) bool { return under(u.Parents, p) })
	})
}
