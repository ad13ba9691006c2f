// This file tests what is remembered of texts, and that no more is kept than there is
// room for.

package vntext

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

func TestRecent(t *testing.T) {
	asked := 0
	length := func(s string) int { asked++; return len(s) }
	r := NewRecent[int](10 * (recentEntry + 4))
	for range 3 {
		if got := r.Of("abcd", length); got != 4 {
			t.Fatalf("Of gives %d", got)
		}
	}
	if asked != 1 {
		t.Errorf("computed %d times, want once", asked)
	}
	// What is asked for again and again stays, whatever else comes by.
	for i := range 1000 {
		r.Of(fmt.Sprintf("%04d", i), length)
		r.Of("abcd", length)
	}
	if asked != 1001 {
		t.Errorf("computed %d times, want 1001", asked)
	}
	if n := len(r.young) + len(r.old); n > 21 {
		t.Errorf("%d texts are kept", n)
	}
	if asked = 0; r.Of("0000", length) != 4 || asked != 1 {
		t.Error("a text that was not asked for again was kept")
	}
	long := strings.Repeat("x", maxRecent+1)
	if asked = 0; r.Of(long, length) != len(long) || r.Of(long, length) != len(long) || asked != 2 {
		t.Errorf("a long text was computed %d times, want each time", asked)
	}
	var none *Recent[int]
	if asked = 0; none.Of("abcd", length) != 4 || none.Of("abcd", length) != 4 || asked != 2 {
		t.Errorf("no memory computed %d times, want each time", asked)
	}
}

func TestRecentFromSeveralGoroutines(t *testing.T) {
	r := NewRecent[string](2 << 10)
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for i := range 2000 {
				s := fmt.Sprint((i * (g + 1)) % 97)
				if got := r.Of(s, strings.ToUpper); got != s {
					t.Errorf("Of(%q) gives %q", s, got)
				}
			}
		})
	}
	all.Wait()
}
