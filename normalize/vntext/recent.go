package vntext

// This file remembers what was found out about texts, since reports repeat
// themselves.

import (
	"strings"
	"sync"
)

// Recent remembers a value for each of the texts that were asked for lately. Offices
// write this month's report over that of last month: titles, headings, legal grounds
// and many sentences stand letter by letter in every report of an archive, and need be
// taken apart only once.
//
// It keeps two generations of texts. What is asked for enters the young one; when that
// is full it becomes the old one, and what was in the old one and was not asked for
// again is forgotten. So its memory is bounded, and looking up costs the same however
// long it is in use. It may be used from several goroutines; the values must not be
// changed. A nil *Recent remembers nothing.
type Recent[V any] struct {
	room int

	mu         sync.Mutex
	young, old map[string]V
	used       int // of room, by young
}

// Long texts seldom come twice, and short ones need memory for their values too.
const (
	maxRecent   = 2 << 10 // bytes of a text
	recentEntry = 64      // bytes that an entry counts besides its text
)

// NewRecent makes a memory for texts of room bytes in each of its two generations.
func NewRecent[V any](room int) *Recent[V] {
	return &Recent[V]{room: room, young: map[string]V{}}
}

// Of gives the value of text, computed by compute where it is not known. What compute
// is handed has the bytes of text and memory of its own, so that the value may hold
// parts of it.
func (r *Recent[V]) Of(text string, compute func(string) V) V {
	if r == nil || len(text) > maxRecent {
		return compute(text)
	}
	r.mu.Lock()
	v, known := r.young[text]
	if !known {
		if v, known = r.old[text]; known {
			r.add(strings.Clone(text), v)
		}
	}
	r.mu.Unlock()
	if known {
		return v
	}
	text = strings.Clone(text)
	v = compute(text)
	r.mu.Lock()
	r.add(text, v)
	r.mu.Unlock()
	return v
}

// add puts a value into the young generation.
func (r *Recent[V]) add(text string, v V) {
	if r.used += len(text) + recentEntry; r.used > r.room {
		r.old, r.young, r.used = r.young, make(map[string]V, len(r.young)), len(text)+recentEntry
	}
	r.young[text] = v
}
