// The memory of a PDFium instance: as much as it may have, reserved at once.
package pdfium

import "github.com/tetratelabs/wazero/experimental"

// reserve gives linear memories that never move. By default wazero copies all
// memory whenever it grows, which takes more than twice the limit at the worst
// moment. What is reserved costs nothing until it is touched.
func reserve(limit int64) experimental.MemoryAllocator {
	return experimental.MemoryAllocatorFunc(func(_, _ uint64) experimental.LinearMemory {
		return make(reserved, 0, limit)
	})
}

type reserved []byte

// Reallocate grows within what is reserved, and refuses more.
func (r reserved) Reallocate(size uint64) []byte {
	if size > uint64(cap(r)) {
		return nil
	}
	return r[:size]
}

// Free leaves the memory to the garbage collector.
func (r reserved) Free() {}
