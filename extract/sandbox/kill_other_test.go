//go:build !linux

package sandbox_test

import "os/exec"

const holder = "TEST_HOLD_A_POOL"

func hold(string) int { return 1 }

func ownGroup(*exec.Cmd) {}
