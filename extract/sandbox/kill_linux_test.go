// What is left when processes are killed from outside: workers by the system,
// the whole program by an impatient user.
package sandbox_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"baocao/extract/sandbox"
)

// holder is set for a process that has a pool with one hanging request and then
// waits to be killed. Its value is the request's data.
const holder = "TEST_HOLD_A_POOL"

// hold is the life of that process.
func hold(note string) int {
	pool, err := sandbox.New(context.Background(), sandbox.Options{Workers: 1, Deadline: time.Hour, MaxDeadline: time.Hour})
	if err != nil {
		return 1
	}
	if _, err := pool.Do(context.Background(), sandbox.Request{Kind: "litter and hang", Data: []byte(note)}); err != nil {
		return 1
	}
	return 0
}

// ownGroup gives a program a process group of its own, as LibreOffice has.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// within waits until a condition holds, and fails the test if it does not.
func within(t *testing.T, most time.Duration, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(most); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not within %v: %s", most, what)
		}
	}
}

// content is the content of a file, "" while there is none.
func content(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	return string(data)
}

// ended says whether a process has ended; one that nobody waited for counts.
func ended(pid int) bool {
	stat := content("/proc/" + strconv.Itoa(pid) + "/stat")
	return stat == "" || strings.HasPrefix(stat[strings.LastIndexByte(stat, ')')+1:], " Z")
}

// TestKilledWorkerTakesItsProgramsAlong: also those in a process group of their
// own, and its temporary files.
func TestKilledWorkerTakesItsProgramsAlong(t *testing.T) {
	note := filepath.Join(t.TempDir(), "note")
	pool := newPool(t, sandbox.Options{Workers: 1, Deadline: time.Second})
	_, err := pool.Do(context.Background(), sandbox.Request{Kind: "start a program and hang", Data: []byte(note)})
	if killed := (*sandbox.Killed)(nil); !errors.As(err, &killed) || killed.Reason != sandbox.Deadline {
		t.Fatalf("got %v", err)
	}
	pid, err := strconv.Atoi(content(note))
	if err != nil {
		t.Fatal(err)
	}
	within(t, 5*time.Second, "the program of the worker ends", func() bool { return ended(pid) })
}

// TestWorkerKilledFromOutside: the document fails with a reason, and the next one
// is read.
func TestWorkerKilledFromOutside(t *testing.T) {
	note := filepath.Join(t.TempDir(), "note")
	pool := newPool(t, sandbox.Options{Workers: 1, Deadline: time.Minute})
	go func() {
		for end := time.Now().Add(10 * time.Second); content(note) == "" && time.Now().Before(end); {
			time.Sleep(20 * time.Millisecond)
		}
		if pid, err := strconv.Atoi(content(note)); err == nil {
			_ = syscall.Kill(pid, syscall.SIGKILL) // that it worked is what the test looks at
		}
	}()
	_, err := pool.Do(context.Background(), sandbox.Request{Kind: "say who you are and hang", Data: []byte(note)})
	if killed := (*sandbox.Killed)(nil); !errors.As(err, &killed) || killed.Reason != sandbox.Memory || killed.Detail != "ended by the system" {
		t.Errorf("got %v", err)
	}
	mustEcho(t, pool)
}

// TestKilledProgram: the workers of a killed program end by themselves, and the
// next pool removes what they left.
func TestKilledProgram(t *testing.T) {
	note := filepath.Join(t.TempDir(), "note")
	program := exec.Command(os.Args[0])
	program.Env = append(os.Environ(), holder+"="+note)
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	within(t, 20*time.Second, "the worker says where its files are", func() bool { return content(note) != "" })
	temp := content(note)
	worker := session(t, temp)
	// A pool of a program that runs leaves the files of others alone.
	mustEcho(t, newPool(t, sandbox.Options{Workers: 1}))
	if _, err := os.Stat(filepath.Join(temp, "litter")); err != nil {
		t.Errorf("files of a running program: %v", err)
	}
	if err := program.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := program.Wait(); err == nil {
		t.Error("the program was not killed")
	}
	within(t, 10*time.Second, "the worker ends", func() bool { return ended(worker) })
	mustEcho(t, newPool(t, sandbox.Options{Workers: 1}))
	if _, err := os.Stat(temp); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s is still there (%v)", temp, err)
	}
}

// session finds the worker whose temporary folder is temp.
func session(t *testing.T, temp string) int {
	t.Helper()
	processes, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil || len(processes) == 0 {
		t.Fatalf("no processes: %v", err)
	}
	for _, p := range processes {
		if strings.Contains(content(p), "TMPDIR="+temp+"\x00") {
			pid, err := strconv.Atoi(filepath.Base(filepath.Dir(p)))
			if err != nil {
				t.Fatal(err)
			}
			return pid
		}
	}
	t.Fatalf("no process has its files in %s", temp)
	return 0
}
