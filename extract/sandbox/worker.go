// One worker process, as the pool sees it.
package sandbox

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	// startTime is how long a process may take to say hello.
	startTime = 20 * time.Second
	// watchEvery is how often the memory of a busy worker is looked at.
	watchEvery = 50 * time.Millisecond
	// leaveTime is how long a dismissed worker may take to end by itself.
	leaveTime = 3 * time.Second
	// keepTalk is how much of the beginning of what a worker says is kept, and
	// how much of the end.
	keepTalk = 8 << 10
)

type frame struct {
	kind    byte
	payload []byte
}

type worker struct {
	opt    Options
	cmd    *exec.Cmd
	in     io.WriteCloser
	frames chan frame    // closed when the worker's output ends
	exited chan struct{} // closed when the process has ended
	leash  leash
	talk   *tail
	temp   string
}

// start runs a worker and waits until it is ready.
func start(ctx context.Context, opt Options) (*worker, error) {
	temp, err := makeTemp()
	if err != nil {
		return nil, err
	}
	w := &worker{
		opt: opt, temp: temp, talk: new(tail),
		frames: make(chan frame), exited: make(chan struct{}),
	}
	if err := w.launch(); err != nil {
		return nil, fmt.Errorf("%w%s", err, removed(temp))
	}
	hello := time.NewTimer(startTime)
	defer hello.Stop()
	select {
	case f, ok := <-w.frames:
		if ok && f.kind == frameHello && string(f.payload) == protocol {
			return w, nil
		}
		err = fmt.Errorf("%s does not answer as a worker%s", opt.Command[0], w.talk.suffix())
	case <-hello.C:
		err = fmt.Errorf("%s did not answer within %v%s", opt.Command[0], startTime, w.talk.suffix())
	case <-ctx.Done():
		err = ctx.Err()
	}
	w.stop()
	return nil, err
}

// removed takes the temporary folder away and says so only if that fails.
func removed(temp string) string {
	if err := os.RemoveAll(temp); err != nil {
		return fmt.Sprintf(" (and %v)", err)
	}
	return ""
}

func (w *worker) launch() error {
	w.cmd = exec.Command(w.opt.Command[0], w.opt.Command[1:]...)
	w.cmd.Env = append(os.Environ(),
		workerVariable+"="+strconv.FormatInt(w.opt.Memory, 10),
		// Everything it leaves behind lies in one folder that we remove.
		"TMPDIR="+w.temp, "TMP="+w.temp, "TEMP="+w.temp,
		// A crash report needs one goroutine, not all.
		"GOTRACEBACK=single",
	)
	w.cmd.Stderr = w.talk
	w.cmd.WaitDelay = leaveTime
	prepare(w.cmd)
	in, err := w.cmd.StdinPipe()
	if err != nil {
		return err
	}
	// Not StdoutPipe: Wait would close it under the goroutine that reads.
	out, childOut, err := os.Pipe()
	if err != nil {
		return err
	}
	w.cmd.Stdout = childOut
	w.in = in
	if err := w.cmd.Start(); err != nil {
		return firstOf(err, out.Close(), childOut.Close())
	}
	if err := childOut.Close(); err != nil {
		return err
	}
	leash, err := tie(w.cmd.Process, w.opt.Memory)
	if err != nil {
		return firstOf(fmt.Errorf("limit the worker: %w", err), w.cmd.Process.Kill(), w.cmd.Wait(), out.Close())
	}
	w.leash = leash
	go w.listen(out)
	go func() {
		defer close(w.exited)
		// How it ended is read from ProcessState.
		_ = w.cmd.Wait()
		w.leash.kill() // what it started and left behind
	}()
	return nil
}

// firstOf keeps the error that matters; those of cleaning up are its echo.
func firstOf(err error, _ ...error) error { return err }

// listen hands on the worker's frames until its output ends or makes no sense.
func (w *worker) listen(out *os.File) {
	defer close(w.frames)
	defer out.Close()
	in := bufio.NewReaderSize(out, pipeBuffer)
	for {
		kind, payload, err := readFrame(in)
		if err != nil {
			return
		}
		select {
		case w.frames <- frame{kind, payload}:
		case <-w.exited:
			// Nobody may be waiting any more; but the last words of a worker
			// that ended well must not be lost.
			select {
			case w.frames <- frame{kind, payload}:
			case <-time.After(leaveTime):
				return
			}
		}
	}
}

// gone says whether the process has ended.
func (w *worker) gone() bool {
	select {
	case <-w.exited:
		return true
	default:
		return false
	}
}

// do sends the request and waits for the answer. alive is false when the worker
// must not be used again.
func (w *worker) do(ctx context.Context, request Request, sentinels []sentinel) (reply []byte, err error, alive bool) {
	payload := encodeRequest(request)
	begun := time.Now()
	allowed := w.opt.Deadline
	deadline := time.NewTimer(allowed)
	defer deadline.Stop()
	// In a goroutine: a worker that does not read would hold us for ever.
	sent := make(chan error, 1)
	go func() { sent <- writeFrame(w.in, frameRequest, payload) }()
	watch := time.NewTicker(watchEvery)
	defer watch.Stop()
	for {
		select {
		case f, ok := <-w.frames:
			if !ok {
				return nil, w.obituary(), false
			}
			switch f.kind {
			case frameReply:
				return f.payload, nil, true
			case frameError:
				return nil, decodeError(f.payload, sentinels), true
			case frameExtend:
				if len(f.payload) == 8 {
					more := time.Duration(binary.BigEndian.Uint64(f.payload))
					if more > 0 {
						allowed = min(allowed+min(more, w.opt.MaxDeadline), w.opt.MaxDeadline)
						deadline.Reset(allowed - time.Since(begun))
					}
				}
			default:
				return nil, &Killed{Crash, fmt.Sprintf("it answered with a frame of kind %q", f.kind)}, false
			}
		case err := <-sent:
			if err != nil {
				// The worker died; its end says more than our broken pipe.
				sent = nil
			}
		case <-watch.C:
			if used := w.leash.memory(); used > w.opt.Memory {
				return nil, &Killed{Memory, fmt.Sprintf("over %d MiB", w.opt.Memory>>20)}, false
			}
		case <-deadline.C:
			return nil, &Killed{Deadline, fmt.Sprintf("over %v", allowed.Round(time.Millisecond))}, false
		case <-ctx.Done():
			return nil, ctx.Err(), false
		}
	}
}

// obituary says why a worker ended by itself.
func (w *worker) obituary() *Killed {
	select {
	case <-w.exited:
	case <-time.After(leaveTime):
		return &Killed{Crash, "it closed its output"}
	}
	talk := w.talk.String()
	state := w.cmd.ProcessState
	for _, sign := range []string{"out of memory", "cannot allocate memory", "failed to create new OS thread", "errno=12", "failed to allocate"} {
		if strings.Contains(talk, sign) {
			return &Killed{Memory, fmt.Sprintf("over %d MiB", w.opt.Memory>>20)}
		}
	}
	if killedBySystem(state) {
		return &Killed{Memory, "ended by the system"}
	}
	for line := range strings.Lines(talk) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "panic:") || strings.HasPrefix(line, "fatal error:") {
			return &Killed{Crash, line}
		}
	}
	return &Killed{Crash, state.String()}
}

// stop ends the process at once, with all that it started, and removes its
// temporary files.
func (w *worker) stop() {
	if !w.gone() {
		w.leash.kill()
	}
	<-w.exited
	w.in.Close()
	w.leash.release()
	// Left-over files are no reason to fail a document; dismiss reports them.
	_ = os.RemoveAll(w.temp)
}

// dismiss lets the process end by itself, or else ends it.
func (w *worker) dismiss() error {
	// A worker ends when its input does.
	_ = w.in.Close()
	select {
	case <-w.exited:
	case <-time.After(leaveTime):
	}
	w.stop()
	if err := os.RemoveAll(w.temp); err != nil {
		return fmt.Errorf("remove temporary files: %w", err)
	}
	return nil
}

// tail keeps the beginning and the end of what a worker says: a crash report
// starts with its reason and ends with its stack.
type tail struct {
	mu       sync.Mutex
	head     []byte
	end      []byte
	overflow bool
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := len(p)
	first := min(n, keepTalk-len(t.head))
	t.head = append(t.head, p[:first]...)
	t.end = append(t.end, p[first:]...)
	if over := len(t.end) - keepTalk; over > 0 {
		t.end = append(t.end[:0], t.end[over:]...)
		t.overflow = true
	}
	return n, nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.overflow {
		return string(t.head) + "\n...\n" + string(t.end)
	}
	return string(t.head) + string(t.end)
}

// suffix is the last line said, for a message.
func (t *tail) suffix() string {
	text := strings.TrimSpace(t.String())
	if text == "" {
		return ""
	}
	return ": " + text[strings.LastIndexByte(text, '\n')+1:]
}
