// This file writes what was read, in the order of the walk.
package ingest

import (
	"context"
	"fmt"
	"time"

	"baocao/db"
)

// flushAfter is how long what was read may wait for the rest of its batch.
const flushAfter = 500 * time.Millisecond

// write stores tasks until there are no more or one was dropped. On an error it
// calls stop, so that the walk ends, and lets the rest pass by.
func (p *pipeline) write(ctx context.Context, order <-chan *task, stop func()) error {
	// What is in hand when ctx ends is still stored.
	ctx = context.WithoutCancel(ctx)
	b := &batch{p: p, contents: map[string]bool{}}
	var failed error
	timer := time.NewTimer(flushAfter)
	defer timer.Stop()
	for t := range order {
		for waiting := true; waiting; {
			select {
			case <-t.ready:
				waiting = false
			case <-timer.C:
				if failed == nil {
					if failed = b.flush(ctx); failed != nil {
						stop()
					}
				}
				timer.Reset(flushAfter)
			}
		}
		p.cut = p.cut || t.dropped
		if failed != nil || p.cut {
			continue
		}
		if failed = b.add(ctx, t); failed != nil {
			stop()
		}
	}
	if failed != nil {
		return failed
	}
	return b.flush(ctx)
}

// batch is what goes into one transaction.
type batch struct {
	p     *pipeline
	tasks []*task
	// contents are the hashes of what is dealt with in tasks.
	contents map[string]bool
	seen     []string // unchanged paths whose time is to be recorded
}

func (b *batch) add(ctx context.Context, t *task) error {
	p := b.p
	if t.item.unchanged {
		p.summary.Unchanged++
		p.report(Event{Path: t.item.path, Unchanged: true}, 0)
		if t.item.touch {
			b.seen = append(b.seen, t.item.path)
		}
		if len(b.seen) >= 1000 {
			return b.flush(ctx)
		}
		return nil
	}
	same, err := p.alreadyRecorded(ctx, t.result)
	if err != nil {
		return err
	}
	if same != "" {
		p.summary.States[same]++
		bytes := int64(0)
		if t.result.SHA256 != "" {
			p.summary.Known++
			bytes = t.item.Size
		}
		p.forget(t)
		p.report(Event{Path: t.item.path, State: same, Reason: t.result.Reason, Recorded: true}, bytes)
		return nil
	}
	if err := b.complete(ctx, t); err != nil {
		return err
	}
	b.tasks = append(b.tasks, t)
	if t.result.SHA256 != "" {
		b.contents[t.result.SHA256] = true
	}
	if len(b.tasks) >= p.opt.Batch {
		return b.flush(ctx)
	}
	return nil
}

// complete reads a file that was not read because another reader had the same
// bytes in hand, if that other file could not be read to its end.
func (b *batch) complete(ctx context.Context, t *task) error {
	in := t.result
	if in.State != "" || in.Document != nil || b.contents[in.SHA256] {
		return nil
	}
	known, err := b.p.db.KnownContent(ctx, in.SHA256)
	if err != nil || known != db.NewContent {
		return err
	}
	t.result = b.p.take(ctx, t, true)
	return nil
}

// alreadyRecorded gives the state of a file of which the ledger says exactly what
// would be written: one that cannot even be opened, or that was hashed and is as
// it was. "" is any other file.
func (p *pipeline) alreadyRecorded(ctx context.Context, in db.Intake) (db.State, error) {
	failed := in.State != "" && in.SHA256 == ""
	hashed := in.State == "" && in.Document == nil
	if p.opt.Retry || !failed && !hashed {
		return "", nil
	}
	known, err := p.db.KnownPath(ctx, in.Path)
	if err != nil || known.State == "" || known.State == db.Pending || known.State == db.Gone || known.SHA256 != in.SHA256 || known.Size != in.Size ||
		!known.Modified.Equal(in.Modified) || failed && (known.State != in.State || known.Reason != in.Reason) {
		return "", err
	}
	return known.State, nil
}

func (b *batch) flush(ctx context.Context) error {
	p := b.p
	if err := p.db.Seen(ctx, b.seen); err != nil {
		return err
	}
	b.seen = b.seen[:0]
	if len(b.tasks) == 0 {
		return nil
	}
	intakes := make([]db.Intake, len(b.tasks))
	for i, t := range b.tasks {
		intakes[i] = t.result
	}
	outcomes, err := p.db.Import(ctx, intakes)
	if err != nil {
		return err
	}
	for i, out := range outcomes {
		t := b.tasks[i]
		if out.Unread {
			return fmt.Errorf("%s: its content is not in the database any more: start the import again", out.Path)
		}
		p.count(t, out)
	}
	p.forget(b.tasks...)
	b.tasks = b.tasks[:0]
	clear(b.contents)
	return nil
}

// forget ends the claims on contents that the database knows now.
func (p *pipeline) forget(tasks ...*task) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, t := range tasks {
		delete(p.claimed, t.result.SHA256)
	}
}

func (p *pipeline) count(t *task, out db.Outcome) {
	p.summary.States[out.State]++
	if out.New {
		p.summary.Added++
	}
	if t.result.State == "" && t.result.Document == nil {
		p.summary.Known++
	}
	p.summary.Replaced += len(out.Replaced)
	p.report(Event{Path: out.Path, State: out.State, Reason: out.Reason, Other: out.Other, New: out.New, Replaced: out.Replaced},
		max(t.item.Size, 0))
}

// report tells of one file.
func (p *pipeline) report(e Event, bytes int64) {
	p.mu.Lock()
	p.summary.Found = p.found
	e.Found, e.Complete = p.found, p.complete
	switch {
	case e.Complete:
		e.Total = e.Found
	case p.counted > 0:
		e.Total = max(p.counted+p.members, e.Found)
	}
	p.mu.Unlock()
	p.summary.Bytes += bytes
	p.done++
	e.Done, e.Bytes = p.done, p.summary.Bytes
	p.opt.Progress(e)
}
