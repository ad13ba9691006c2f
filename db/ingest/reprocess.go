// This file extracts stored documents again, under newer rules.
package ingest

import (
	"context"
	"errors"
	"time"

	"baocao/db"
	"baocao/normalize"
)

// Reprocessed is what newer rules changed in one document.
type Reprocessed struct {
	Path     string
	ReportID int64
	db.Change
	// Err says why the document could not be extracted; what was stored stays.
	Err error
}

// ReprocessSummary is what Reprocess did.
type ReprocessSummary struct {
	Documents int // that were extracted with other rules
	Current   int // left alone: they were extracted with these rules
	Changed   int // documents with a change
	Failed    int
	// Interrupted is set when the context ended first; what was done is stored.
	Interrupted bool
	Elapsed     time.Duration
}

// Reprocess extracts the stored documents again from their stored text, those
// that were extracted with other rules than o.RuleSetHash, or with o.Verify all.
// No file is needed; findings keep their decisions. Of the options Extract,
// RuleSetHash, Jobs, Batch and Verify count. done is told of every document
// with a change or an error, in the order in which documents came; nil is fine.
func Reprocess(ctx context.Context, d *db.DB, o Options, done func(Reprocessed)) (ReprocessSummary, error) {
	start := time.Now()
	o = o.withDefaults()
	if done == nil {
		done = func(Reprocessed) {}
	}
	var s ReprocessSummary
	documents, err := d.Documents(ctx)
	if err != nil {
		return s, err
	}
	var todo []db.StoredDocument
	for _, doc := range documents {
		if doc.RuleSetHash == o.RuleSetHash && !o.Verify {
			s.Current++
			continue
		}
		todo = append(todo, doc)
	}
	for len(todo) > 0 && ctx.Err() == nil {
		n := min(o.Batch, len(todo))
		if err := reprocess(context.WithoutCancel(ctx), d, o, todo[:n], &s, done); err != nil {
			return s, err
		}
		todo = todo[n:]
	}
	s.Interrupted = len(todo) > 0
	s.Elapsed = time.Since(start)
	return s, nil
}

// reprocess does one batch: extract on all cores, then write in order.
func reprocess(ctx context.Context, d *db.DB, o Options, batch []db.StoredDocument, s *ReprocessSummary, done func(Reprocessed)) error {
	reports := make([]*normalize.Report, len(batch))
	errs := make([]error, len(batch))
	each(o.Jobs, len(batch), func(i int) {
		reports[i], errs[i] = again(ctx, d, o, batch[i])
	})
	var list []db.Replacement
	for i, doc := range batch {
		// The database failing is another matter than a document failing.
		var dbErr *db.Error
		if errors.As(errs[i], &dbErr) {
			return errs[i]
		}
		if errs[i] == nil {
			list = append(list, db.Replacement{ReportID: doc.ReportID, Report: reports[i], RuleSetHash: o.RuleSetHash})
		}
	}
	changes, err := d.Replace(ctx, list)
	if err != nil {
		return err
	}
	for i, doc := range batch {
		r := Reprocessed{Path: doc.Path, ReportID: doc.ReportID, Err: errs[i]}
		if errs[i] != nil {
			s.Failed++
			done(r)
			continue
		}
		r.Change, changes = changes[0], changes[1:]
		s.Documents++
		if r.Any() {
			s.Changed++
			done(r)
		}
	}
	return nil
}

func again(ctx context.Context, d *db.DB, o Options, stored db.StoredDocument) (report *normalize.Report, err error) {
	doc, err := d.Document(ctx, stored.ID)
	if err != nil {
		return nil, err
	}
	err = guard(func() (err error) {
		report, err = o.Extract(doc, stored.Path)
		return err
	})
	return report, err
}

// each calls do for 0..n-1 from a few goroutines.
func each(jobs, n int, do func(int)) {
	next := make(chan int)
	finished := make(chan struct{})
	for range jobs {
		go func() {
			for i := range next {
				do(i)
			}
			finished <- struct{}{}
		}()
	}
	for i := range n {
		next <- i
	}
	close(next)
	for range jobs {
		<-finished
	}
}
