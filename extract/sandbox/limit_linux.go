// Limits on Linux: RLIMIT_DATA inside the worker, its resident memory watched
// from outside, and a session to end it with all it started.
package sandbox

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// limitMemory bounds this process and those it starts. RLIMIT_DATA counts
// writable private memory; RLIMIT_AS would also count what Go and wazero only
// reserve, and is useless for that reason.
func limitMemory(bytes int64) error {
	const rlimitData = 2 // not in package syscall on every architecture
	limit := syscall.Rlimit{Cur: uint64(bytes), Max: uint64(bytes)}
	if err := syscall.Setrlimit(rlimitData, &limit); err != nil {
		return fmt.Errorf("set the limit of data memory: %w", err)
	}
	return nil
}

// prepare gives the worker a session of its own. A Ctrl-C at the terminal then
// reaches only us, and we decide.
func prepare(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
}

type leash struct{ pid int }

func tie(process *os.Process, _ int64) (leash, error) { return leash{process.Pid}, nil }

// memory is the resident memory of the worker in bytes, 0 when unknown.
func (l leash) memory() int64 { return l.statm(1) }

// taken is what counts against the worker's limit in bytes, 0 when unknown. It
// does not shrink when memory is freed for reuse.
func (l leash) taken() int64 { return l.statm(5) }

// statm is one field of /proc/PID/statm: 1 is resident, 5 data and stack.
func (l leash) statm(field int) int64 {
	data, err := os.ReadFile("/proc/" + strconv.Itoa(l.pid) + "/statm")
	if err != nil {
		return 0
	}
	fields := bytes.Fields(data)
	if len(fields) <= field {
		return 0
	}
	pages, err := strconv.ParseInt(string(fields[field]), 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}

// kill ends the worker and what it started, in its process group or, like
// LibreOffice, in another one of its session. That it has ended already is fine.
func (l leash) kill() {
	if err := syscall.Kill(-l.pid, syscall.SIGKILL); errors.Is(err, syscall.EPERM) {
		_ = syscall.Kill(l.pid, syscall.SIGKILL)
	}
	for _, pid := range l.session() {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
}

// session lists the processes of the worker's session.
func (l leash) session() []int {
	folder, err := os.Open("/proc")
	if err != nil {
		return nil
	}
	defer folder.Close()
	names, err := folder.Readdirnames(-1)
	if err != nil {
		return nil
	}
	var out []int
	for _, name := range names {
		pid, err := strconv.Atoi(name)
		if err != nil {
			continue
		}
		data, err := os.ReadFile("/proc/" + name + "/stat")
		if err != nil {
			continue
		}
		// The name in brackets may hold anything; the fields after it: state,
		// parent, process group, session.
		fields := bytes.Fields(data[bytes.LastIndexByte(data, ')')+1:])
		if len(fields) > 3 && string(fields[3]) == strconv.Itoa(l.pid) {
			out = append(out, pid)
		}
	}
	return out
}

func (l leash) release() {}

// killedBySystem says whether the out-of-memory killer ended the process.
func killedBySystem(state *os.ProcessState) bool {
	status, ok := state.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == syscall.SIGKILL
}
