//go:build unix

package doc

// This file ends a program together with the programs that it started:
// soffice is a script whose child does the work.

import (
	"os/exec"
	"syscall"
)

// endTogether makes the end of cmd's context end its whole process group.
func endTogether(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error {
		return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
}
