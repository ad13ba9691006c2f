// The worker's side: limits, then requests one after the other.
package sandbox

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"sync"
	"time"
)

const (
	// softShare of the memory limit is where the garbage collector starts to
	// work hard; the rest is for what is not on the Go heap.
	softShare = 0.75
	// lazyCollector lets the heap grow to five times what is in use.
	lazyCollector = 400
	// maxStack is where a runaway recursion ends; Go's own limit is 1 GB.
	maxStack = 64 << 20
	// farewell is how long the work at hand may go on when the pool is gone.
	farewell = time.Second
)

// Main is the whole life of a worker process: it sets the limits, serves the
// pool over standard input and output until the pool closes it, and returns the
// exit code. Whatever else the process prints goes to standard error, so that a
// chatty library cannot disturb the protocol.
func Main(ctx context.Context, sentinels Sentinels, handle Handler) int {
	out := os.Stdout
	os.Stdout = os.Stderr
	if memory := workerMemory(); memory > 0 {
		debug.SetMemoryLimit(int64(softShare * float64(memory)))
		// With a limit to fall back on, collecting less often costs nothing and
		// pays for the way through the pipes.
		debug.SetGCPercent(lazyCollector)
		if err := limitMemory(memory); err != nil {
			fmt.Fprintln(os.Stderr, "limit memory:", err)
			return 1
		}
	}
	debug.SetMaxStack(maxStack)
	// Programs that the handler starts are no workers.
	if err := os.Unsetenv(workerVariable); err != nil {
		fmt.Fprintln(os.Stderr, "leave worker mode:", err)
		return 1
	}
	if err := Serve(ctx, os.Stdin, out, sentinels, handle); err != nil {
		fmt.Fprintln(os.Stderr, "worker:", err)
		return 1
	}
	return 0
}

// Serve answers requests from in on out until in ends. It returns nil then, even
// while a handler is still at work: nobody waits for its answer. A panic of the
// handler is not caught, since nothing is known about the state it leaves.
func Serve(ctx context.Context, in io.Reader, out io.Writer, sentinels Sentinels, handle Handler) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := &server{out: out, sentinels: sentinels.list(), handle: handle}
	if err := s.send(frameHello, []byte(protocol)); err != nil {
		return fmt.Errorf("greet the pool: %w", err)
	}
	requests := make(chan Request)
	ended := make(chan error, 1)
	go func() {
		defer close(requests)
		ended <- receive(ctx, in, requests)
	}()
	done := make(chan error, 1)
	go func() {
		for request := range requests {
			if err := s.answer(ctx, request); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	select {
	case err := <-done:
		return err
	case err := <-ended:
		cancel()
		select {
		case <-done:
		case <-time.After(farewell):
		}
		return err
	}
}

// receive hands on requests until in ends.
func receive(ctx context.Context, in io.Reader, requests chan<- Request) error {
	buffered := bufio.NewReaderSize(in, pipeBuffer)
	for {
		kind, payload, err := readFrame(buffered)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read request: %w", err)
		}
		if kind != frameRequest {
			return fmt.Errorf("read request: kind %q: %w", kind, errFrame)
		}
		request, err := decodeRequest(payload)
		if err != nil {
			return fmt.Errorf("read request: %w", err)
		}
		select {
		case requests <- request:
		case <-ctx.Done():
			return nil
		}
	}
}

type server struct {
	mu        sync.Mutex // guards out: extensions come from any goroutine
	out       io.Writer
	sentinels []sentinel
	handle    Handler
}

func (s *server) send(kind byte, payload []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return writeFrame(s.out, kind, payload)
}

func (s *server) answer(ctx context.Context, request Request) error {
	extend := func(d time.Duration) {
		// A pool that is gone will be noticed by the reply.
		_ = s.send(frameExtend, binary.BigEndian.AppendUint64(nil, uint64(d)))
	}
	reply, err := s.handle(context.WithValue(ctx, extenderKey{}, extend), request)
	if err == nil {
		err := s.send(frameReply, reply)
		if !errors.Is(err, errFrame) {
			return err
		}
		return s.sendError(err)
	}
	return s.sendError(err)
}

func (s *server) sendError(err error) error {
	payload, err := encodeError(err, s.sentinels)
	if err != nil {
		return fmt.Errorf("encode error: %w", err)
	}
	return s.send(frameError, payload)
}
