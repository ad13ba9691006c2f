package doc

// This file ends a program together with the programs that it started.

import (
	"os/exec"
	"strconv"
)

// endTogether makes the end of cmd's context end cmd and its children.
func endTogether(cmd *exec.Cmd) {
	cmd.Cancel = func() error {
		if err := exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(cmd.Process.Pid)).Run(); err != nil {
			return cmd.Process.Kill()
		}
		return nil
	}
}
