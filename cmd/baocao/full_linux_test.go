package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// limitKey makes the test binary run the program with a bound on the size of files.
const limitKey = "BAOCAO_TEST_FILE_LIMIT"

// limited runs the program in this process so that writes beyond limit bytes of
// a file fail, as on a full disk.
func limited(limit string, args []string) int {
	n, err := strconv.ParseUint(limit, 10, 64)
	if err != nil {
		return exitUsage
	}
	signal.Ignore(syscall.SIGXFSZ) // the write fails instead
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: n}); err != nil {
		return exitUsage
	}
	return run(context.Background(), args, os.Stdout, os.Stderr)
}

// TestFullDiskWhileExporting: the disk is full at several points; nothing of the
// file is left, and what was there before stays.
func TestFullDiskWhileExporting(t *testing.T) {
	if limit := os.Getenv(limitKey); limit != "" {
		os.Exit(limited(limit, strings.Split(os.Getenv(limitKey+"_ARGS"), "\n")))
	}
	dir := t.TempDir()
	old := filepath.Join(dir, "old.xlsx")
	if err := os.WriteFile(old, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, limit := range map[string]string{"a.xlsx": "0", "b.xlsx": "2000", "c.csv": "100", "d.json": "500", "old.xlsx": "1000"} {
		args := []string{"extract", "testdata/small/an-binh-2023-06.txt", "--force", "--out", filepath.Join(dir, name)}
		cmd := exec.Command(os.Args[0], "-test.run=^TestFullDiskWhileExporting$")
		cmd.Env = append(os.Environ(), limitKey+"="+limit, limitKey+"_ARGS="+strings.Join(args, "\n"))
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != exitFailed || !strings.Contains(string(out), "đĩa đầy") {
			t.Errorf("%s with room for %s bytes: %v, %s", name, limit, err, out)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("half files are left: %v (%v)", entries, err)
	}
	if data, err := os.ReadFile(old); err != nil || string(data) != "old" {
		t.Errorf("the file of before holds %q (%v)", data, err)
	}
}
