// This file finds the units that are meant by names as people type them.
package main

import (
	"context"
	"slices"
	"strings"

	"baocao/db"
	"baocao/normalize/place"
	"baocao/normalize/vntext"
)

// findUnits replaces names as typed by the labels of units. A name may lack its
// type, be abbreviated, or be followed by the units above it ("Xã A, Huyện B").
func (a *app) findUnits(units []db.Unit, asked []string) ([]string, error) {
	var out []string
	for _, name := range asked {
		own, above, _ := strings.Cut(strings.NewReplacer("(", ",", ")", "").Replace(name), ",")
		var found, plain, names []string
		typ, _ := place.Split(own)
		for _, u := range units {
			names = append(names, u.Label)
			same := place.Key(u.Name) == place.Key(own) || typ == "" && place.BareKey(u.Name) == place.BareKey(own)
			if same && under(u.Parents, above) {
				found = append(found, u.Label)
			}
			if _, bare := place.Split(u.Name); (vntext.Plain(u.Name) == vntext.Plain(own) || vntext.Plain(bare) == vntext.Plain(own)) && under(u.Parents, above) {
				plain = append(plain, u.Label)
			}
		}
		if len(found) == 0 && len(plain) == 1 {
			found = plain // typed without accents, and only one can be meant
		}
		switch {
		case len(found) == 0:
			return nil, usage(a.say("không có đơn vị %q%s", "there is no unit %q%s"), name, a.suggestion(name, names))
		case len(found) > 1:
			return nil, usage(a.say("có %d đơn vị tên %q: %s; ghi thêm đơn vị cấp trên, ví dụ --unit %q", "there are %d units %q: %s; add the unit above, such as --unit %q"),
				len(found), name, strings.Join(found, "; "), found[0])
		}
		out = append(out, found[0])
	}
	return out, nil
}

// under says whether every unit named above is among the parents.
func under(parents []string, above string) bool {
	for _, want := range strings.Split(above, ",") {
		if want = strings.TrimSpace(want); want == "" {
			continue
		}
		typ, _ := place.Split(want)
		if !slices.ContainsFunc(parents, func(p string) bool {
			return place.Key(p) == place.Key(want) || typ == "" && place.BareKey(p) == place.BareKey(want)
		}) {
			return false
		}
	}
	return true
}

// findParents checks that there are units under each of the names. Units may be
// nil; they are then asked for where a name is not found at once.
func (a *app) findParents(ctx context.Context, store *db.DB, units []db.Unit, asked []string) ([]string, error) {
	var out []string
	for _, name := range asked {
		found, err := store.Above(ctx, name)
		if err != nil {
			return nil, err
		}
		if found == "" {
			if units == nil {
				if units, err = store.Labels(ctx); err != nil {
					return nil, err
				}
			}
			var names []string
			for _, u := range units {
				names = append(names, u.Parents...)
			}
			slices.Sort(names)
			names = slices.Compact(names)
			i := slices.IndexFunc(names, func(n string) bool { return under([]string{n}, name) })
			if i < 0 {
				return nil, usage(a.say("không có báo cáo nào của đơn vị thuộc %q%s", "no unit under %q has reported%s"), name, a.suggestion(name, names))
			}
			found = names[i]
		}
		out = append(out, found)
	}
	return out, nil
}

// knownUnits replaces names by the labels of the database, or offers the nearest.
func (a *app) knownUnits(ctx context.Context, store *db.DB, asked []string) ([]string, error) {
	if len(asked) == 0 {
		return nil, nil
	}
	units, err := store.Labels(ctx)
	if err != nil {
		return nil, err
	}
	return a.findUnits(units, asked)
}
