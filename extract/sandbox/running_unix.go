//go:build !windows

// Whether a process runs, on Unix.
package sandbox

import (
	"errors"
	"syscall"
)

// running says whether there is a process of that number.
func running(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
