// This file asks the path anew for what a text does not say, when the file has
// moved.
package ingest

import (
	"context"
	"errors"

	"baocao/db"
	"baocao/normalize"
)

// rederive extracts the reports again whose unit or period was taken from a path
// at which their file no longer is, and gives how many have changed. A new path
// that does not say what the old one said leaves the report as it is, with the old
// path as evidence.
func rederive(ctx context.Context, d *db.DB, o Options) (int, error) {
	moved, err := d.Moved(context.WithoutCancel(ctx))
	if err != nil {
		return 0, err
	}
	changed := 0
	for _, m := range moved {
		if ctx.Err() != nil {
			return changed, nil // the next import finds them
		}
		var report *normalize.Report
		doc, err := d.Document(context.WithoutCancel(ctx), m.Document)
		if err == nil {
			err = guard(func() (err error) {
				report, err = o.Extract(doc, m.Path)
				return err
			})
		}
		var dbErr *db.Error
		if errors.As(err, &dbErr) {
			return changed, err
		}
		if err != nil || report == nil || m.Unit && report.Unit == "" || m.Period && report.Period == "" {
			continue // what was read stays
		}
		changes, err := d.Replace(context.WithoutCancel(ctx), []db.Replacement{{ReportID: m.Report, Report: report, RuleSetHash: o.RuleSetHash, Path: m.Path}})
		if err != nil {
			return changed, err
		}
		if changes[0].Any() {
			changed++
		}
	}
	return changed, nil
}
