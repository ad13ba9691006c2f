// The pool against workers that allocate without bound, hang, panic and leave.
package sandbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/extract"
	"baocao/extract/document"
	"baocao/extract/pages"
	"baocao/extract/sandbox"
)

var errUnreadable = errors.New("unreadable")

var sentinels = sandbox.Sentinels{"unreadable": errUnreadable}

func TestMain(m *testing.M) {
	if sandbox.IsWorker() {
		os.Exit(sandbox.Main(context.Background(), sentinels, misbehave))
	}
	if note := os.Getenv(holder); note != "" {
		os.Exit(hold(note))
	}
	os.Exit(m.Run())
}

// kept is what the worker does not let go of.
var kept []byte

// misbehave is the handler of the worker processes: Kind says what to do.
func misbehave(ctx context.Context, request sandbox.Request) ([]byte, error) {
	switch request.Kind {
	case "echo":
		return request.Data, nil
	case "print":
		fmt.Println("a library that talks on standard output")
		return request.Data, nil
	case "fail":
		return nil, fmt.Errorf("read %s: %w", request.Name, errUnreadable)
	case "allocate":
		var hoard [][]byte
		for {
			block := make([]byte, 16<<20)
			for i := 0; i < len(block); i += 4096 {
				block[i] = 1
			}
			hoard = append(hoard, block)
		}
	case "keep":
		// What an earlier document left behind.
		kept = make([]byte, 150<<20)
		for i := 0; i < len(kept); i += 4096 {
			kept[i] = 1
		}
		return request.Data, nil
	case "need":
		block := make([]byte, 150<<20)
		for i := 0; i < len(block); i += 4096 {
			block[i] = 1
		}
		return block[:1], nil
	case "allocate at once":
		block := make([]byte, 200<<30)
		return block[:1], nil
	case "recurse":
		return []byte{recurse(0)}, nil
	case "hang":
		for {
			time.Sleep(time.Hour)
		}
	case "spin":
		for i := 0; ; i++ {
			runtime.KeepAlive(i)
		}
	case "panic":
		panic("index out of range in some parser")
	case "panic elsewhere":
		go panic("in a goroutine")
		time.Sleep(time.Hour)
	case "exit":
		os.Exit(7)
	case "slow":
		time.Sleep(300 * time.Millisecond)
		return []byte("done"), nil
	case "slow with leave":
		sandbox.Extend(ctx, 10*time.Second)
		time.Sleep(900 * time.Millisecond)
		return []byte("done"), nil
	case "litter and hang":
		if err := os.WriteFile(filepath.Join(os.TempDir(), "litter"), []byte("x"), 0o600); err != nil {
			return nil, err
		}
		if err := os.WriteFile(string(request.Data), []byte(os.TempDir()), 0o600); err != nil {
			return nil, err
		}
		time.Sleep(time.Hour)
	case "say who you are and hang":
		if err := os.WriteFile(string(request.Data), fmt.Append(nil, os.Getpid()), 0o600); err != nil {
			return nil, err
		}
		time.Sleep(time.Hour)
	case "start a program and hang":
		// The program is this one again, as a worker that waits for requests.
		child := exec.Command(os.Args[0])
		ownGroup(child)
		child.Env = append(os.Environ(), "BAOCAO_WORKER_MEMORY=0")
		if _, err := child.StdinPipe(); err != nil {
			return nil, err
		}
		if err := child.Start(); err != nil {
			return nil, err
		}
		if err := os.WriteFile(string(request.Data), fmt.Append(nil, child.Process.Pid), 0o600); err != nil {
			return nil, err
		}
		time.Sleep(time.Hour)
	case "document":
		request.Kind = sandbox.KindRead
		return sandbox.ReadHandler(extract.Read)(ctx, request)
	case "pdf":
		request.Kind = sandbox.KindRead
		return sandbox.ReadHandler(readPDF)(ctx, request)
	case "read":
		return sandbox.ReadHandler(readLines)(ctx, request)
	}
	return nil, fmt.Errorf("unknown kind %q", request.Kind)
}

// readPDF is the reader that uses most: both engines and text recognition.
func readPDF(ctx context.Context, _ string, r io.ReaderAt, size int64, opt pages.Options) (*document.Document, error) {
	return pages.ReadPDF(ctx, r, size, opt)
}

//go:noinline
func recurse(n int) byte {
	var frame [256]byte
	frame[n&255] = recurse(n+1) + 1
	return frame[(n+1)&255]
}

type lineOptions struct{ Prefix string }

func readLines(_ context.Context, name string, r io.ReaderAt, size int64, opt lineOptions) (*document.Document, error) {
	data, err := io.ReadAll(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, err
	}
	if len(data) == 0 {
		return nil, fmt.Errorf("%s is empty: %w", name, errUnreadable)
	}
	var b document.Builder
	for line := range strings.Lines(string(data)) {
		b.Add(document.Paragraph, 1, 0, opt.Prefix+strings.TrimSpace(line))
	}
	doc := b.Document()
	doc.Engine = "lines"
	doc.Pages = []document.Page{{Number: 1, Engine: "lines", Note: "a note"}}
	doc.Doubts = []document.Doubt{{Start: 0, End: 1, Confidence: 0.25}}
	doc.Warnings = []string{"a warning"}
	return doc, nil
}

func newPool(t testing.TB, opt sandbox.Options) *sandbox.Pool {
	t.Helper()
	opt.Sentinels = sentinels
	pool, err := sandbox.New(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
	})
	return pool
}

func mustEcho(t *testing.T, pool *sandbox.Pool) {
	t.Helper()
	got, err := pool.Do(context.Background(), sandbox.Request{Kind: "echo", Data: []byte("Xã Quang Khải")})
	if err != nil || string(got) != "Xã Quang Khải" {
		t.Fatalf("echo gave %q, %v", got, err)
	}
}

func TestEveryEndHasItsReason(t *testing.T) {
	tests := []struct {
		kind   string
		want   sandbox.Reason
		detail string
	}{
		{"allocate", sandbox.Memory, fmt.Sprintf("over %d MiB", little>>20)},
		{"allocate at once", sandbox.Memory, fmt.Sprintf("over %d MiB", little>>20)},
		{"hang", sandbox.Deadline, fmt.Sprintf("over %ds", littleTime)},
		{"spin", sandbox.Deadline, fmt.Sprintf("over %ds", littleTime)},
		{"panic", sandbox.Crash, "panic: index out of range in some parser"},
		{"panic elsewhere", sandbox.Crash, "panic: in a goroutine"},
		{"recurse", sandbox.Crash, "fatal error: stack overflow"},
		{"exit", sandbox.Crash, "exit status 7"},
	}
	pool := newPool(t, sandbox.Options{Workers: 1, Memory: little, Deadline: littleTime * time.Second})
	for _, tt := range tests {
		t.Run(tt.kind, func(t *testing.T) {
			if runtime.GOOS != "linux" && runtime.GOOS != "windows" && tt.want == sandbox.Memory {
				tt.want, tt.detail = sandbox.Deadline, "over" // no hard limit to be had there
			}
			_, err := pool.Do(context.Background(), sandbox.Request{Kind: tt.kind})
			var killed *sandbox.Killed
			if !errors.As(err, &killed) {
				t.Fatalf("got error %v, want a *Killed", err)
			}
			if killed.Reason != tt.want || !strings.Contains(killed.Detail, tt.detail) {
				t.Errorf("got %q with detail %q, want %q with %q", killed.Reason, killed.Detail, tt.want, tt.detail)
			}
			mustEcho(t, pool)
		})
	}
}

// TestNobodyPaysForTheOneBefore: a request that only lacks memory because of an
// earlier one is served.
func TestNobodyPaysForTheOneBefore(t *testing.T) {
	pool := newPool(t, sandbox.Options{Workers: 1, Memory: little + little/2})
	for _, kind := range []string{"keep", "need", "keep", "need"} {
		if _, err := pool.Do(context.Background(), sandbox.Request{Kind: kind, Data: []byte("x")}); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestHandlerErrorKeepsItsIdentity(t *testing.T) {
	pool := newPool(t, sandbox.Options{Workers: 1})
	_, err := pool.Do(context.Background(), sandbox.Request{Kind: "fail", Name: "a.pdf"})
	if !errors.Is(err, errUnreadable) {
		t.Errorf("errors.Is does not find the sentinel in %v", err)
	}
	if got, want := err.Error(), "read a.pdf: unreadable"; got != want {
		t.Errorf("message is %q, want %q", got, want)
	}
	_, err = pool.Read(context.Background(), "x", filepath.Join(t.TempDir(), "missing"), nil)
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file gave %v", err)
	}
	var killed *sandbox.Killed
	if errors.As(err, &killed) {
		t.Errorf("an ordinary error killed the worker: %v", err)
	}
}

func TestReadGivesTheWholeDocument(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt")
	text := "Tiếp nhận 239 hồ sơ\nGiải quyết 235 hồ sơ\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	opt := lineOptions{Prefix: "- "}
	want, err := readLines(context.Background(), "a.txt", strings.NewReader(text), int64(len(text)), opt)
	if err != nil {
		t.Fatal(err)
	}
	pool := newPool(t, sandbox.Options{Workers: 1})
	got, err := pool.Read(context.Background(), "a.txt", path, opt)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("through the pool (-want +got):\n%s", diff)
	}
	got, err = pool.ReadBytes(context.Background(), "a.txt", []byte(text), opt)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("from bytes (-want +got):\n%s", diff)
	}
	if _, err := pool.ReadBytes(context.Background(), "empty.txt", nil, opt); !errors.Is(err, errUnreadable) {
		t.Errorf("an empty document gave %v", err)
	}
	if _, err := pool.Read(context.Background(), "dir", t.TempDir(), opt); err == nil {
		t.Error("a folder was read as a document")
	}
}

func TestTalkOnStandardOutputIsHarmless(t *testing.T) {
	pool := newPool(t, sandbox.Options{Workers: 1})
	data := bytes.Repeat([]byte{0, 'h', 'q', 'r', 255}, 100_000)
	got, err := pool.Do(context.Background(), sandbox.Request{Kind: "print", Data: data})
	if err != nil || !bytes.Equal(got, data) {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
}

func TestExtend(t *testing.T) {
	pool := newPool(t, sandbox.Options{Workers: 1, Deadline: 600 * time.Millisecond})
	if _, err := pool.Do(context.Background(), sandbox.Request{Kind: "slow with leave"}); err != nil {
		t.Errorf("with leave: %v", err)
	}
	strict := newPool(t, sandbox.Options{Workers: 1, Deadline: 600 * time.Millisecond, MaxDeadline: 700 * time.Millisecond})
	_, err := strict.Do(context.Background(), sandbox.Request{Kind: "slow with leave"})
	var killed *sandbox.Killed
	if !errors.As(err, &killed) || killed.Reason != sandbox.Deadline {
		t.Errorf("over the most it may have: %v", err)
	}
	sandbox.Extend(context.Background(), time.Second) // outside a worker: nothing
}

func TestCancelled(t *testing.T) {
	pool := newPool(t, sandbox.Options{Workers: 1})
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	begun := time.Now()
	_, err := pool.Do(ctx, sandbox.Request{Kind: "hang"})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	var killed *sandbox.Killed
	if errors.As(err, &killed) {
		t.Errorf("a cancelled request is blamed on the document: %v", err)
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
	mustEcho(t, pool)
	gone, stop := context.WithCancel(context.Background())
	stop()
	if _, err := pool.Do(gone, sandbox.Request{Kind: "echo"}); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: %v", err)
	}
}

func TestWaitingForAWorkerEndsWithTheContext(t *testing.T) {
	pool := newPool(t, sandbox.Options{Workers: 1, Deadline: 3 * time.Second})
	var busy sync.WaitGroup
	busy.Go(func() {
		_, _ = pool.Do(context.Background(), sandbox.Request{Kind: "hang"})
	})
	time.Sleep(200 * time.Millisecond)
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if _, err := pool.Do(ctx, sandbox.Request{Kind: "echo"}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	busy.Wait()
}

func TestGoodRequestsBesideBadOnes(t *testing.T) {
	pool := newPool(t, sandbox.Options{Workers: 3, Memory: little, Deadline: littleTime * time.Second})
	kinds := []string{"echo", "panic", "echo", "exit", "slow", "allocate", "echo", "fail", "hang", "echo", "slow", "echo"}
	errs := make([]error, len(kinds))
	var running sync.WaitGroup
	for i, kind := range kinds {
		running.Go(func() {
			data := fmt.Append(nil, i)
			got, err := pool.Do(context.Background(), sandbox.Request{Kind: kind, Data: data})
			if err == nil && kind == "echo" && !bytes.Equal(got, data) {
				err = fmt.Errorf("echo of %q gave %q", data, got)
			}
			errs[i] = err
		})
	}
	running.Wait()
	for i, kind := range kinds {
		bad := kind != "echo" && kind != "slow"
		if bad != (errs[i] != nil) {
			t.Errorf("request %d (%s): %v", i, kind, errs[i])
		}
	}
}

func TestTemporaryFilesAreRemoved(t *testing.T) {
	note := filepath.Join(t.TempDir(), "note")
	pool := newPool(t, sandbox.Options{Workers: 1, Deadline: time.Second})
	_, err := pool.Do(context.Background(), sandbox.Request{Kind: "litter and hang", Data: []byte(note)})
	var killed *sandbox.Killed
	if !errors.As(err, &killed) {
		t.Fatalf("got %v", err)
	}
	temp, err := os.ReadFile(note)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(string(temp)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s is still there after the kill (%v)", temp, err)
	}
}

func TestClose(t *testing.T) {
	pool := newPool(t, sandbox.Options{Workers: 2})
	mustEcho(t, pool)
	if err := pool.Close(); err != nil {
		t.Fatal(err)
	}
	if err := pool.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	if _, err := pool.Do(context.Background(), sandbox.Request{Kind: "echo"}); !errors.Is(err, sandbox.ErrClosed) {
		t.Errorf("a closed pool answers %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended, err := sandbox.New(ctx, sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := ended.Close(); err != nil {
		t.Error(err)
	}
}

func TestCommandThatIsNoWorker(t *testing.T) {
	missing := newPool(t, sandbox.Options{Workers: 1, Command: []string{filepath.Join(t.TempDir(), "nothing")}})
	if _, err := missing.Do(context.Background(), sandbox.Request{Kind: "echo"}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing program gave %v", err)
	}
	// The go tool prints its help and ends.
	other := newPool(t, sandbox.Options{Workers: 1, Command: []string{filepath.Join(runtime.GOROOT(), "bin", "go")}})
	var killed *sandbox.Killed
	if _, err := other.Do(context.Background(), sandbox.Request{Kind: "echo"}); err == nil || errors.As(err, &killed) {
		t.Errorf("a program that is no worker gave %v", err)
	}
}

func BenchmarkRoundTrip(b *testing.B) {
	pool := newPool(b, sandbox.Options{Workers: 1})
	text := strings.Repeat("Đã tiếp nhận 239 hồ sơ, giải quyết 235 hồ sơ.\n", 500)
	for b.Loop() {
		if _, err := pool.ReadBytes(context.Background(), "a.txt", []byte(text), lineOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkInProcess(b *testing.B) {
	text := strings.Repeat("Đã tiếp nhận 239 hồ sơ, giải quyết 235 hồ sơ.\n", 500)
	for b.Loop() {
		if _, err := readLines(context.Background(), "a.txt", strings.NewReader(text), int64(len(text)), lineOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
