// This file chooses the journal on other systems.

//go:build !linux && !windows

package db

// journalMode cannot tell a network share here; the write-ahead log is right
// for every local disk.
func journalMode(string) string { return "WAL" }
