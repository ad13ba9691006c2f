package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"baocao/db"
)

// mixedArchive is a small archive of real documents of every kind, with an
// archive inside.
func mixedArchive(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	smallArchive(t, dir, 36)
	for pattern, most := range map[string]int{"archive/*/*": 4, "hostile/n*.docx": 2, "documents/tcvn3.*": 1} {
		paths, err := filepath.Glob(filepath.Join("../../testdata", pattern))
		if err != nil || len(paths) < most {
			t.Fatalf("%s: %d files, %v", pattern, len(paths), err)
		}
		for i, path := range paths[:most] {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d-%s", i, filepath.Base(path))), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// children gives the processes that a process has started.
func children(pid int) []int {
	var list []int
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		data, err := os.ReadFile(path)
		if err != nil {
			continue // ended meanwhile
		}
		_, after, _ := bytes.Cut(data, []byte(") ")) // behind the name
		fields := strings.Fields(string(after))
		if len(fields) > 1 && fields[1] == strconv.Itoa(pid) && fields[0] != "Z" {
			if n, err := strconv.Atoi(filepath.Base(filepath.Dir(path))); err == nil {
				list = append(list, n)
			}
		}
	}
	return list
}

// begun waits until a program that was started has begun its database.
func begun(t *testing.T, file string) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if _, err := os.Stat(file); err == nil {
			return
		}
	}
	t.Fatal("the import does not begin")
}

// The program or one of its readers is killed at some moment of an import; run
// again, it ends in the same database. BAOCAO_TEST_KILLS sets how often.
func TestKilledProgram(t *testing.T) {
	dir := mixedArchive(t)
	whole := filepath.Join(t.TempDir(), "whole.db")
	cmd, _, stderr := program(t, "import", dir, "--db", whole)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	begun(t, whole)
	start := time.Now()
	if err := cmd.Wait(); cmd.ProcessState.ExitCode() != exitSkipped {
		t.Fatalf("%v: %s", err, stderr)
	}
	took := time.Since(start)
	want, _ := sound(t, whole)
	random := rand.New(rand.NewPCG(200, 1))
	killed, readers := 0, 0 // while at work
	for i := range number(t, "BAOCAO_TEST_KILLS", 4) {
		file := filepath.Join(t.TempDir(), "killed.db")
		cmd, _, _ := program(t, "import", dir, "--db", file)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		begun(t, file)
		time.Sleep(time.Duration(random.Int64N(int64(took))))
		if i%2 == 0 {
			_ = cmd.Process.Kill() // it may have finished
		} else if list := children(cmd.Process.Pid); len(list) > 0 {
			if syscall.Kill(list[random.IntN(len(list))], syscall.SIGKILL) == nil {
				readers++
			}
		}
		_ = cmd.Wait() // "killed", or that some files could not be read
		if !cmd.ProcessState.Exited() {
			killed++
		}
		sound(t, file)
		again, _, stderr := program(t, "import", dir, "--db", file)
		if err := again.Run(); err != nil && again.ProcessState.ExitCode() != exitSkipped {
			t.Fatalf("again: %v: %s", err, stderr)
		}
		if got, _ := sound(t, file); got != want {
			ledger, out, _ := program(t, "status", "--failed", "--db", file, "--format", "json")
			t.Errorf("kill %d: another result, %v: %s", i, ledger.Run(), out)
		}
	}
	t.Logf("%d imports and %d readers were killed at work", killed, readers)
	if killed == 0 || readers == 0 {
		t.Error("no kill hit the import at work")
	}
}

// Ctrl-C ends an import with what was done said and kept.
func TestInterruptedProgram(t *testing.T) {
	dir := t.TempDir()
	smallArchive(t, dir, 400)
	file := filepath.Join(t.TempDir(), "d.db")
	cmd, stdout, stderr := program(t, "import", dir, "--db", file, "--jobs", "1", "--format", "json")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(30 * time.Second); stored(file) == 0 && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // the exit code is what counts
	if code := cmd.ProcessState.ExitCode(); code != exitInterrupted {
		t.Errorf("exit %d: %s", code, stderr)
	}
	lines := strings.Split(strings.TrimSpace(stdout.String()), "\n")
	var last summaryEventJSON
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || last.Event != "summary" || !last.Interrupted {
		t.Errorf("the last event is %q, %v", lines[len(lines)-1], err)
	}
	done := 0
	for _, n := range last.States {
		done += n
	}
	if _, s := sound(t, file); s.Total() != done {
		t.Errorf("%d rows, said were %d", s.Total(), done)
	}
	if !strings.Contains(stderr.String(), "chạy lại") {
		t.Errorf("it does not say how to go on: %s", stderr)
	}
	whole := filepath.Join(t.TempDir(), "whole.db")
	for _, path := range []string{file, whole} {
		cmd, _, stderr := program(t, "import", dir, "--db", path)
		if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != exitSkipped {
			t.Fatalf("%v: %s", err, stderr)
		}
	}
	got, _ := sound(t, file)
	if want, _ := sound(t, whole); got != want {
		t.Error("another result after an interruption")
	}
}

// A watch that is ended says so, and leaves no process behind.
func TestWatchProgram(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(t.TempDir(), "d.db")
	cmd, stdout, stderr := program(t, "watch", dir, "--db", file, "--settle", "100ms")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	begun(t, file)
	path := filepath.Join(dir, "Xã A", "bao-cao.txt")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(smallReport(1, 5, 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	var workers []int
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if workers = children(cmd.Process.Pid); stored(file) == 1 {
			break
		}
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // the exit code is what counts
	if code := cmd.ProcessState.ExitCode(); code != exitInterrupted || !strings.Contains(stdout.String(), "bao-cao.txt") {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
	for _, pid := range workers {
		if syscall.Kill(pid, 0) == nil {
			t.Errorf("reader %d is still there", pid)
		}
	}
	if stored(file) != 1 {
		t.Errorf("the report is not stored: %s%s", stdout, stderr)
	}
}

// stored counts the stored files of a database that is in use, or not yet made.
func stored(file string) int {
	ctx := context.Background()
	d, err := db.Open(ctx, file, db.Options{ReadOnly: true})
	if err != nil {
		return 0
	}
	defer d.Close()
	s, err := d.Status(ctx)
	if err != nil {
		return 0
	}
	return s.Files[db.Stored]
}
