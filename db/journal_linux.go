// This file chooses the journal on Linux.
package db

import (
	"path/filepath"

	"golang.org/x/sys/unix"
)

// journalMode gives TRUNCATE for a file on a network share: the write-ahead log
// needs memory that all its users share, which a network drive cannot give.
func journalMode(path string) string {
	var info unix.Statfs_t
	if unix.Statfs(path, &info) != nil && unix.Statfs(filepath.Dir(path), &info) != nil {
		return "WAL"
	}
	const cifs = 0xff534d42
	switch uint32(info.Type) {
	case unix.NFS_SUPER_MAGIC, unix.SMB_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC, cifs, unix.V9FS_MAGIC, unix.AFS_SUPER_MAGIC:
		return "TRUNCATE"
	}
	return "WAL"
}
