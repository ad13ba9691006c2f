//go:build race

package sandbox_test

// The race detector needs memory of its own, and time.
const (
	little     = 1 << 30
	littleTime = 10
)
