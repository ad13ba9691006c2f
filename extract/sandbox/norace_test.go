//go:build !race

package sandbox_test

// little is a memory limit in bytes that is soon reached, littleTime a deadline
// in seconds.
const (
	little     = 256 << 20
	littleTime = 2
)
