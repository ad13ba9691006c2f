// This file chooses the journal on Windows.
package db

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// journalMode gives TRUNCATE for a file on a network share: the write-ahead log
// needs memory that all its users share, which a network drive cannot give.
func journalMode(path string) string {
	volume := filepath.VolumeName(path)
	if strings.HasPrefix(volume, `\\`) {
		return "TRUNCATE"
	}
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE {
		return "TRUNCATE"
	}
	return "WAL"
}
