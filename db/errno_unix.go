// This file knows the system errors that mean "no room" on Unix.

//go:build unix

package db

import "syscall"

func noRoom(errno syscall.Errno) bool {
	return errno == syscall.ENOSPC || errno == syscall.EFBIG || errno == syscall.EDQUOT
}
