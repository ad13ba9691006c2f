// The pool's side: which worker does what.
package sandbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
	"time"
)

// Options of a Pool. The zero value works.
type Options struct {
	Workers  int           // processes at once; zero means one a processor
	Memory   int64         // bytes for one worker; zero means 1 GiB
	Deadline time.Duration // for one request; zero means 30 seconds
	// MaxDeadline bounds what a request can reach by Extend; zero means 30
	// minutes, a scanned book.
	MaxDeadline time.Duration
	// Command starts a worker; empty means this program without arguments.
	Command []string
	// Sentinels are the errors that must survive the way back.
	Sentinels Sentinels
}

const (
	defaultMemory      = 1 << 30
	defaultDeadline    = 30 * time.Second
	defaultMaxDeadline = 30 * time.Minute
)

// ErrStart is wrapped by the error of a request for which no worker could be
// started. It says nothing about the document.
var ErrStart = errors.New("no reader process could be started")

// ErrClosed is what a closed pool answers.
var ErrClosed = errors.New("the pool of workers is closed")

// Pool keeps worker processes. It is safe for concurrent use. Workers are
// started when they are first needed.
type Pool struct {
	opt       Options
	sentinels []sentinel
	slots     chan *worker // nil for a worker that must be started
	closed    chan struct{}
	close     func() error
}

// New makes a pool and starts nothing yet. When ctx ends, the pool closes; the
// requests in progress end by their own contexts. Temporary files that a killed
// process of ours left behind are removed first.
func New(ctx context.Context, opt Options) (*Pool, error) {
	if opt.Workers <= 0 {
		opt.Workers = runtime.NumCPU()
	}
	if opt.Memory <= 0 {
		opt.Memory = defaultMemory
	}
	if opt.Deadline <= 0 {
		opt.Deadline = defaultDeadline
	}
	if opt.MaxDeadline <= 0 {
		opt.MaxDeadline = defaultMaxDeadline
	}
	opt.MaxDeadline = max(opt.MaxDeadline, opt.Deadline)
	if len(opt.Command) == 0 {
		self, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("find this program: %w", err)
		}
		opt.Command = []string{self}
	}
	p := &Pool{
		opt:       opt,
		sentinels: opt.Sentinels.list(),
		slots:     make(chan *worker, opt.Workers),
		closed:    make(chan struct{}),
	}
	for range opt.Workers {
		p.slots <- nil
	}
	p.close = sync.OnceValue(p.shutDown)
	sweep(os.TempDir())
	// The error is kept for whoever calls Close.
	context.AfterFunc(ctx, func() { _ = p.close() })
	return p, nil
}

// Do has a worker handle the request. It waits for a free worker, but the
// deadline counts only from when one has it. The error is the handler's own, a
// *Killed, or ctx's when that ended first; in all cases the pool goes on.
//
// A worker that has served others may lack memory for what they left behind, so
// only a fresh one decides that a document takes too much.
func (p *Pool) Do(ctx context.Context, request Request) ([]byte, error) {
	var w *worker
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.closed:
		return nil, ErrClosed
	case w = <-p.slots:
	}
	// Put back what is in hand in the end: the worker, or nil for a new one.
	defer func() { p.slots <- w }()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if w != nil && w.gone() {
		w.stop() // died between requests
		w = nil
	}
	fresh := w == nil
	var reply []byte
	var err error
	reply, w, err = p.try(ctx, w, request)
	if killed := (*Killed)(nil); !fresh && errors.As(err, &killed) && killed.Reason == Memory {
		reply, w, err = p.try(ctx, nil, request)
	}
	return reply, err
}

// try hands the request to w, or to a new worker where w is nil, and returns the
// worker to use next, nil for a new one.
func (p *Pool) try(ctx context.Context, w *worker, request Request) ([]byte, *worker, error) {
	if w == nil {
		started, err := start(ctx, p.opt)
		if err != nil {
			return nil, nil, fmt.Errorf("%w: %w", ErrStart, err)
		}
		w = started
	}
	reply, err, alive := w.do(ctx, request, p.sentinels)
	if !alive || w.leash.taken() > p.opt.Memory/2 {
		w.stop()
		w = nil
	}
	return reply, w, err
}

// Close ends the workers and removes their temporary files. It waits for
// requests in progress.
func (p *Pool) Close() error { return p.close() }

func (p *Pool) shutDown() error {
	close(p.closed)
	var workers []*worker
	for range p.opt.Workers {
		if w := <-p.slots; w != nil {
			workers = append(workers, w)
		}
	}
	var errs []error
	for _, w := range workers {
		errs = append(errs, w.dismiss())
	}
	return errors.Join(errs...)
}
