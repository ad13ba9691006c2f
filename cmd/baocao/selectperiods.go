// This file finds the periods that are meant by what people type.
package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"baocao/db"
	"baocao/normalize/vntext"
)

// findPeriods reads periods as typed: one, or from..to of one kind. There must be
// a report inside each.
func (a *app) findPeriods(known, asked []string) ([]string, error) {
	var out []string
	for _, text := range asked {
		from, to, isRange := strings.Cut(text, "..")
		p, err := vntext.ParsePeriod(from)
		last := p
		if err == nil && isRange {
			last, err = vntext.ParsePeriod(to)
		}
		if err != nil || isRange && (p.Kind != last.Kind || p.Kind == vntext.Window || p.Compare(last) > 0) {
			return nil, usage(a.say("%q không phải là kỳ báo cáo; ví dụ: 2023-05, 2023-Q2, 2023-H1, 2023-9M, 2023, 2023-04-15/2023-05-14, 2023-01..2023-06%s",
				"%q is no period; some are 2023-05, 2023-Q2, 2023-H1, 2023-9M, 2023, 2023-04-15/2023-05-14, 2023-01..2023-06%s"), text, a.suggestion(text, known))
		}
		var run []string
		for q := last; ; q = q.Prev() {
			run = append(run, q.String())
			if q.Compare(p) <= 0 || len(run) > 1200 {
				break
			}
		}
		slices.Reverse(run)
		if len(inside(known, run)) == 0 {
			near := a.suggestion(p.String(), known)
			if near == "" && len(known) > 0 {
				near = fmt.Sprintf(a.say("; các kỳ có báo cáo: từ %s đến %s", "; there are reports from %s to %s"), known[0], known[len(known)-1])
			}
			return nil, usage(a.say("không có báo cáo nào của kỳ %s%s", "there is no report on %s%s"), text, near)
		}
		out = append(out, run...)
	}
	return out, nil
}

// inside lists the known periods that are one of the asked ones or lie in one.
func inside(known, asked []string) []string {
	var whole []vntext.Period
	for _, name := range asked {
		if p, err := vntext.ParsePeriod(name); err == nil {
			whole = append(whole, p)
		}
	}
	var out []string
	for _, name := range known {
		p, err := vntext.ParsePeriod(name)
		if err == nil && slices.ContainsFunc(whole, func(w vntext.Period) bool { return w.From <= p.From && p.To <= w.To }) {
			out = append(out, name)
		}
	}
	return out
}

// knownPeriods brings periods into their canonical form; there must be a report
// on each.
func (a *app) knownPeriods(ctx context.Context, store *db.DB, asked []string) error {
	known, err := store.KnownPeriods(ctx)
	if err != nil {
		return err
	}
	for i, p := range asked {
		if canonical, err := vntext.ParsePeriod(p); err == nil {
			asked[i] = canonical.String()
		}
		if !slices.Contains(known, asked[i]) {
			return usage(a.say("không có báo cáo nào của kỳ %q%s", "there is no report on %q%s"), p, a.suggestion(p, known))
		}
	}
	return nil
}
