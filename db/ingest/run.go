// This file runs an import: walk, read, write.
package ingest

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"
	"time"

	"baocao/db"
	"baocao/extract/document"
	"baocao/normalize"
)

// Options say what is taken in and how. Read and Extract are required; the zero
// value of the others is the usual import.
type Options struct {
	// Paths are files and folders.
	Paths []string
	// Jobs is how many files are to be read at once; 0 is one for each processor. Up
	// to half as many more are in hand, so Read has to bound what is done at once.
	Jobs int
	// Read gives the document of a file. name is its path in the ledger. It is
	// called from several goroutines.
	Read func(ctx context.Context, name string, r io.ReaderAt, size int64) (*document.Document, error)
	// Extract gives the report of a document. name may tell unit or period where
	// the text does not. It is called from several goroutines.
	Extract func(doc *document.Document, name string) (*normalize.Report, error)
	// RuleSetHash names the rules that Extract works with.
	RuleSetHash string
	// Verify hashes files too that have the size and time they had before.
	Verify bool
	// Retry takes up again what failed before, below Paths or, without Paths,
	// everywhere, and nothing else.
	Retry bool
	// Classify says which state an error of Read or Extract means, and why in
	// words; the state "" leaves that to the package.
	Classify func(error) (db.State, string)
	// MaxFile and MaxMember bound the size of a file and of a file in an archive;
	// 0 is 512 MiB and 64 MiB.
	MaxFile, MaxMember int64
	// Batch is how many files are written in one transaction; 0 is 128.
	Batch int
	// Progress is told of every file that is done, from one goroutine.
	Progress func(Event)

	// ready says whether a changed file may be read now; nil is always. What it
	// keeps back is not recorded either.
	ready func(path string, now db.Fingerprint) bool
}

// Event says that one file is done, and how far the import is.
type Event struct {
	Path      string
	State     db.State // "" where it was left alone as unchanged
	Reason    string
	Other     string // see db.File
	New       bool   // a document was added
	Unchanged bool
	Recorded  bool     // looked at, and the ledger said so before
	Replaced  []string // documents that this one supersedes
	// Done and Found count files; Complete says that Found is final. Total is how
	// many there will be, as far as can be told before all archives were opened; 0
	// while nothing can be told.
	Done, Found, Total int
	Complete           bool
	Bytes              int64 // of all files done, unchanged ones left out
}

// Summary is what an import did.
type Summary struct {
	Found     int // files
	Unchanged int // of these, left alone: size and time are as they were
	Known     int // of these, not read: their bytes were dealt with before
	Added     int // documents
	Replaced  int // documents superseded by those
	Gone      int // files of earlier imports that are no longer in the folders
	Moved     int // reports that are of another unit or period by the new path of their file
	// States counts the files that were looked at, unchanged ones left out.
	States map[db.State]int
	Bytes  int64
	// Interrupted is set when the context ended before all files were done.
	// What was done is stored; the same import goes on where this one ended.
	Interrupted bool
	Elapsed     time.Duration
}

// Failed counts the files that could not be read.
func (s Summary) Failed() int {
	n := 0
	for _, state := range db.RetryStates() {
		n += s.States[state]
	}
	return n
}

func (o Options) withDefaults() Options {
	if o.Jobs <= 0 {
		o.Jobs = runtime.NumCPU()
	}
	if o.MaxFile == 0 {
		o.MaxFile = 512 << 20
	}
	if o.MaxMember == 0 {
		o.MaxMember = 64 << 20
	}
	if o.Batch <= 0 {
		o.Batch = 128
	}
	if o.Progress == nil {
		o.Progress = func(Event) {}
	}
	return o
}

// Run takes in files. What is wrong with a file is in the ledger and the
// Summary; an error means that the import could not go on (see package db for
// its kinds), and everything before it is stored. When ctx ends, files that are
// being read are finished and stored.
func Run(ctx context.Context, d *db.DB, o Options) (Summary, error) {
	start := time.Now()
	p := &pipeline{opt: o.withDefaults(), db: d, claimed: map[string]int{}, summary: Summary{States: map[db.State]int{}}}
	w := &walker{opt: p.opt, db: d, archives: map[string]bool{}, seen: &idSet{}, now: start}
	if o.Retry {
		if err := w.retry(ctx); err != nil {
			return p.summary, err
		}
	}
	stopCount := p.estimate(ctx, w)
	err := p.run(ctx, w)
	stopCount()
	if err == nil && p.complete && !p.cut {
		p.summary.Gone, err = w.sweep(ctx)
		if err == nil {
			p.summary.Moved, err = rederive(ctx, d, p.opt)
		}
	}
	p.summary.Interrupted = ctx.Err() != nil && (!p.complete || p.cut)
	p.summary.Elapsed = time.Since(start)
	return p.summary, err
}

// pipeline is one run.
type pipeline struct {
	opt Options
	db  *db.DB

	mu sync.Mutex
	// claimed are contents that are being read, with the place in the walk of the
	// file: a later one with the same bytes is not read too.
	claimed  map[string]int
	found    int
	complete bool
	// counted are the files outside archives, 0 while they are being counted;
	// members are the files of archives found so far.
	counted, members int

	// Of the writer:
	summary Summary
	done    int
	cut     bool // everything after a dropped task is left for the next import
}

// task is one item on its way.
type task struct {
	item   item
	place  int           // in the walk, from 1
	ready  chan struct{} // closed when result or dropped is set
	result db.Intake
	// dropped says that the context ended before it was begun.
	dropped bool
}

func (p *pipeline) run(ctx context.Context, w *walker) error {
	// A failing writer ends the walk; files in hand are finished in both cases.
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	work := make(chan *task)
	// The writer takes tasks in the order of the walk. How many may be done ahead
	// of a slow one bounds the memory.
	order := make(chan *task, 8*p.opt.Jobs)

	var walkErr error
	go func() {
		defer close(order)
		defer close(work)
		w.emit = func(it item) error { return p.dispatch(ctx, it, work, order) }
		walkErr = w.walk(ctx)
		p.mu.Lock()
		p.complete = walkErr == nil
		p.mu.Unlock()
	}()
	var readers sync.WaitGroup
	// Half as many more than are read at once: while some wait for Read, which is
	// done elsewhere, others extract.
	for range p.opt.Jobs + p.opt.Jobs/2 {
		readers.Go(func() {
			for t := range work {
				p.read(ctx, t)
			}
		})
	}
	err := p.write(ctx, order, stop)
	readers.Wait()
	if err != nil {
		return err
	}
	if walkErr != nil && !errors.Is(walkErr, errStop) && ctx.Err() == nil {
		return walkErr
	}
	return nil
}

// dispatch hands an item to the writer's order and, if it has to be opened, to a
// reader.
func (p *pipeline) dispatch(ctx context.Context, it item, work, order chan<- *task) error {
	t := &task{item: it, ready: make(chan struct{})}
	select {
	case order <- t:
	case <-ctx.Done():
		if it.done != nil {
			it.done()
		}
		return errStop
	}
	p.mu.Lock()
	p.found++
	if it.member {
		p.members++
	}
	t.place = p.found
	p.mu.Unlock()
	if it.open == nil {
		if !it.unchanged {
			t.result = p.given(it)
		}
		close(t.ready)
		return nil
	}
	select {
	case work <- t:
		return nil
	case <-ctx.Done():
		t.drop()
		return errStop
	}
}

func (t *task) drop() {
	t.dropped = true
	if t.item.done != nil {
		t.item.done()
	}
	close(t.ready)
}

// given is the intake of an item that need not be opened.
func (p *pipeline) given(it item) db.Intake {
	in := db.Intake{Path: it.path, Fingerprint: it.Fingerprint, RuleSetHash: p.opt.RuleSetHash}
	switch {
	case it.err != nil:
		in.State, in.Reason = p.opt.classify(it.err)
	case it.folder:
		in.State, in.Reason = db.Folder, "its files have rows of their own"
	case it.archive.known:
		in.SHA256 = it.archive.sha256
	default:
		in.State, in.SHA256, in.Reason = db.Archive, it.archive.sha256, filesInside(it.archive.files)
	}
	return in
}
