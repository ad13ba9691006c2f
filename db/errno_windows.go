// This file knows the system errors that mean "no room" on Windows.

package db

import "syscall"

// Numbers of winerror.h.
const (
	errorHandleDiskFull     = syscall.Errno(39)
	errorDiskFull           = syscall.Errno(112)
	errorDiskQuotaExceeded  = syscall.Errno(1295)
	errorFileTooLarge       = syscall.Errno(223)
	errorFileSystemLimitHit = syscall.Errno(665)
)

func noRoom(errno syscall.Errno) bool {
	switch errno {
	case errorHandleDiskFull, errorDiskFull, errorDiskQuotaExceeded, errorFileTooLarge, errorFileSystemLimitHit:
		return true
	}
	return false
}
