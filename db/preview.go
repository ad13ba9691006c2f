// This file tells what findings would be listed, where they cannot be stored.
package db

import (
	"cmp"
	"context"
	"slices"

	"baocao/db/check"
)

// Preview gives what Findings(filter) would list after SaveFindings(scope, found),
// and stores nothing: for a database that cannot be written. Decisions that were
// stored before hold as they would; LastSeen is now.
func (d *DB) Preview(ctx context.Context, scope Scope, found []check.Finding, filter FindingFilter) ([]Finding, error) {
	stored, err := d.Findings(ctx, FindingFilter{Inactive: true})
	if err != nil {
		return nil, err
	}
	now := parseStamp(d.moment())
	fresh := make(map[string]Finding, len(found))
	for _, f := range found {
		fresh[f.ID] = Finding{Finding: f, State: VerdictOpen, Active: true, FirstSeen: now, LastSeen: now}
	}
	var all []Finding
	for _, old := range stored {
		f, ok := fresh[old.ID]
		switch {
		case ok:
			delete(fresh, old.ID)
			f.FirstSeen, f.Decision = old.FirstSeen, old.Decision
			if f.Decision != nil {
				f.State = f.Decision.State
				f.reopen()
			}
		case scope.covers(old.Finding):
			f = old
			f.Active = false
		default:
			f = old
		}
		all = append(all, f)
	}
	for _, f := range fresh {
		all = append(all, f)
	}
	shorten(all)
	all = slices.DeleteFunc(all, func(f Finding) bool { return !filter.takes(f) })
	slices.SortFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Period, b.Period), cmp.Compare(severityOrder(a.Severity), severityOrder(b.Severity)),
			cmp.Compare(a.Check, b.Check), cmp.Compare(a.ID, b.ID))
	})
	return all, nil
}

// covers says whether a check of this scope would have made the finding again.
func (s Scope) covers(f check.Finding) bool {
	return chosen(s.Units, f.Unit) && chosen(s.Periods, f.Period) && !slices.Contains(s.Without, f.Check)
}

func (o FindingFilter) takes(f Finding) bool {
	return chosen(o.IDs, f.ID) && chosen(o.Units, f.Unit) && chosen(o.Periods, f.Period) && chosen(o.Checks, f.Check) &&
		chosen(o.Severities, f.Severity) && chosen(o.States, f.State) && (f.Active || o.Inactive)
}

// chosen says whether a list names x; an empty one names everything.
func chosen[T comparable](list []T, x T) bool { return len(list) == 0 || slices.Contains(list, x) }

func severityOrder(s check.Severity) int {
	return slices.Index([]check.Severity{check.Error, check.Warning, check.Info}, s)
}

// shorten gives every finding the shortest part of its id that tells it apart.
func shorten(list []Finding) {
	slices.SortFunc(list, func(a, b Finding) int { return cmp.Compare(a.ID, b.ID) })
	neighbour := func(i, step int) string {
		own, _ := splitID(list[i].ID)
		for j := i + step; j >= 0 && j < len(list); j += step {
			if base, _ := splitID(list[j].ID); base != own {
				return list[j].ID
			}
		}
		return ""
	}
	for i := range list {
		list[i].Short = shortID(list[i].ID, neighbour(i, -1), neighbour(i, 1))
	}
}
