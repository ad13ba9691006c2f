// This file reads one file: hash, document, report.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"baocao/db"
	"baocao/extract/document"
	"baocao/normalize"
)

func filesInside(n int) string {
	if n == 1 {
		return "1 file inside"
	}
	return fmt.Sprintf("%d files inside", n)
}

// read does a task unless the context has ended. A task that was begun is
// finished: it may be the last of a long night.
func (p *pipeline) read(ctx context.Context, t *task) {
	if ctx.Err() != nil {
		t.drop()
		return
	}
	t.result = p.take(context.WithoutCancel(ctx), t, false)
	if t.item.done != nil {
		t.item.done()
	}
	close(t.ready)
}

// take makes the intake of one file. certain reads bytes that are known or that
// another reader has in hand.
func (p *pipeline) take(ctx context.Context, t *task, certain bool) db.Intake {
	it := t.item
	in := db.Intake{Path: it.path, Fingerprint: it.Fingerprint, RuleSetHash: p.opt.RuleSetHash}
	err := p.fill(ctx, t, &in, certain)
	if err != nil {
		in.Document, in.Report = nil, nil
		in.State, in.Reason = p.opt.classify(err)
		// The row has the path, and the reason may be another path's as well.
		in.Reason = strings.TrimPrefix(in.Reason, "read "+it.path+": ")
		if errors.Is(err, ErrChanged) {
			in.SHA256 = ""
		}
	}
	return in
}

func (p *pipeline) fill(ctx context.Context, t *task, in *db.Intake, certain bool) error {
	it := t.item
	c, err := it.open()
	if err != nil {
		return err
	}
	defer c.Close()
	sum, data, err := load(c, it.Size)
	if err != nil {
		return err
	}
	if err := c.unchanged(); err != nil {
		return err
	}
	in.SHA256 = sum
	if !certain {
		known, err := p.known(ctx, sum, t)
		if err != nil || known {
			return err
		}
	}
	var doc *document.Document
	if err := guard(func() (err error) {
		doc, err = p.opt.Read(ctx, it.path, data, it.Size)
		return err
	}); err != nil {
		return err
	}
	if err := c.unchanged(); err != nil {
		return err
	}
	if doc == nil {
		return errors.New("its reader gave no document")
	}
	in.Engine = doc.Engine
	var report *normalize.Report
	if err := guard(func() (err error) {
		report, err = p.opt.Extract(doc, it.path)
		return err
	}); err != nil {
		return err
	}
	packed, err := db.Pack(doc)
	if err != nil {
		return err
	}
	in.Document, in.Report = packed, report
	return nil
}

// known says whether content need not be read, and claims it if it must be.
func (p *pipeline) known(ctx context.Context, sum string, t *task) (bool, error) {
	p.mu.Lock()
	place, claimed := p.claimed[sum]
	earlier := claimed && place < t.place
	if !earlier {
		p.claimed[sum] = t.place
	}
	p.mu.Unlock()
	if earlier {
		return true, nil
	}
	content, err := p.db.KnownContent(ctx, sum)
	return content == db.StoredContent || content == db.FailedContent && !t.item.force, err
}
