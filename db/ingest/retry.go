// This file takes up again what failed before.
package ingest

import (
	"context"

	"baocao/db"
)

// retry aims a walk at the files of the ledger that failed.
func (w *walker) retry(ctx context.Context) error {
	under := []string{""}
	if len(w.opt.Paths) > 0 {
		var err error
		if under, err = roots(w.opt.Paths); err != nil {
			return err
		}
	}
	w.only = map[string]bool{}
	w.opt.Paths = nil
	for _, root := range under {
		files, err := w.db.Files(ctx, db.FileFilter{States: db.RetryStates(), Under: root})
		if err != nil {
			return err
		}
		for _, f := range files {
			w.only[f.Path] = true
			w.opt.Paths = append(w.opt.Paths, outer(f.Path))
		}
	}
	return nil
}
