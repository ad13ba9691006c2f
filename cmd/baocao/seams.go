// This file says where the data of reports that follow each other do not fit.
package main

import (
	"context"
	"fmt"

	"baocao/db"
	"baocao/db/trend"
)

// seamUnits is the number of units above which such places are listed only where
// they are asked for.
const seamUnits = 50

// shownSeams is how many places where windows do not fit are listed.
const shownSeams = 5

// seamNotes says where the data of reports that follow each other leave days out
// or cover days twice.
func (a *app) seamNotes(ctx context.Context, store *db.DB, units []string) ([]string, error) {
	if len(units) > seamUnits {
		return nil, nil // a list for a whole province is that of baocao coverage
	}
	received, err := store.Received(ctx, db.Filter{Units: units})
	if err != nil {
		return nil, err
	}
	return a.seamLines(reportsOf(received), shownSeams), nil
}

func reportsOf(received []db.Received) []trend.Report {
	out := make([]trend.Report, len(received))
	for i, r := range received {
		out[i] = trend.Report{ID: r.ID, Unit: r.Unit, Period: r.Period, From: r.From, To: r.To, Date: r.Date, InError: r.InError}
	}
	return out
}

func (a *app) seamLines(reports []trend.Report, most int) []string {
	var out []string
	seams := trend.Seams(reports)
	for i, s := range seams {
		if i == most {
			out = append(out, fmt.Sprintf(a.say("Còn %d chỗ kỳ số liệu hở hoặc chồng: xem baocao coverage --windows.", "%d more gaps and overlaps: see baocao coverage --windows."), len(seams)-most))
			break
		}
		days := day(s.From)
		if s.To != s.From {
			days += " - " + day(s.To)
		}
		text := a.say("%s: ngày %s không thuộc báo cáo nào (giữa %s và %s).", "%s: no report covers %s (between %s and %s).")
		if s.Kind == trend.Overlap {
			text = a.say("%s: ngày %s thuộc cả hai báo cáo %s và %s.", "%s: %s is in both reports, %s and %s.")
		}
		out = append(out, fmt.Sprintf(text, s.Unit, days, s.Before, s.After))
	}
	return out
}
