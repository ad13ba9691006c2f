// Package sandbox runs work on untrusted documents in worker processes, so that
// no document can take the run down with it.
//
// A hostile or merely broken file can make a parser ask for hundreds of
// gigabytes, loop for ever, or overflow its stack; recover helps against none of
// these. So a Pool keeps a few copies of our own program running as workers.
// Each handles one request at a time under a memory limit and a deadline, and is
// replaced after a crash, a hang or a breach of its limits. The request then
// ends in a *Killed that says which it was, and the others do not notice.
//
// In: a Request with the path or the bytes of a document. Out: what the Handler
// in the worker made of it, or its error, for which errors.Is gives the same
// answers as it did in the worker, as far as the sentinels are listed on both
// sides. What the handlers do is the caller's business: this package knows no
// readers.
//
// A program that uses a Pool calls Main first thing when IsWorker says so.
package sandbox

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"
)

// Request is one piece of work for a worker.
type Request struct {
	Kind    string // which work; chosen by the caller, told to the Handler
	Name    string // what to call the document in messages
	Path    string // the file, opened by the worker; empty when Data is given
	Data    []byte // the document itself, when it is not a file
	Options []byte // settings, encoded by the caller
}

// Handler does the work in the worker process. The bytes it returns reach the
// caller of Pool.Do as they are.
type Handler func(ctx context.Context, request Request) ([]byte, error)

// Sentinels are the errors that keep their identity between the processes, by
// name. Pool and Main must be given the same ones; context.Canceled,
// context.DeadlineExceeded, fs.ErrNotExist and fs.ErrPermission need no listing.
type Sentinels map[string]error

// Reason says why a worker was stopped.
type Reason string

const (
	Memory   Reason = "memory"   // it wanted more than its limit
	Deadline Reason = "deadline" // it did not finish in time
	Crash    Reason = "crash"    // it panicked or ended by itself
)

// Killed is the error of a request whose worker did not survive it.
type Killed struct {
	Reason Reason
	Detail string // what is known beyond the reason, in one line
}

func (k *Killed) Error() string {
	text := map[Reason]string{
		Memory:   "reading it took too much memory",
		Deadline: "reading it took too long",
		Crash:    "the reader crashed on it",
	}[k.Reason]
	if k.Detail == "" {
		return text
	}
	return fmt.Sprintf("%s (%s)", text, k.Detail)
}

// workerVariable marks a process as a worker; its value is the memory limit.
const workerVariable = "BAOCAO_WORKER_MEMORY"

// IsWorker says whether this process was started by a Pool, and must call Main.
func IsWorker() bool { return os.Getenv(workerVariable) != "" }

// workerMemory is the limit the pool set, 0 when it makes no sense.
func workerMemory() int64 {
	n, err := strconv.ParseInt(os.Getenv(workerVariable), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

type extenderKey struct{}

// Extend asks for more time for the request that ctx belongs to, as for pages
// that turn out to need OCR. Outside a worker it does nothing. The pool grants
// it up to Options.MaxDeadline in all.
func Extend(ctx context.Context, d time.Duration) {
	if extend, ok := ctx.Value(extenderKey{}).(func(time.Duration)); ok && d > 0 {
		extend(d)
	}
}
