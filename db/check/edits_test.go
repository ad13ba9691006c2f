// This file runs the fixtures of the built-in edits.

package check

import (
	"context"
	"testing"
)

// defaultSet loads the built-in edits.
func defaultSet(t testing.TB) *Set {
	t.Helper()
	s, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestFixtures(t *testing.T) {
	s := defaultSet(t)
	results := s.Test(context.Background())
	if len(results) < 2*len(s.edits) {
		t.Fatalf("%d fixtures for %d edits", len(results), len(s.edits))
	}
	for _, r := range results {
		if r.Err != "" {
			t.Errorf("%s:%d: %s: %s", r.File, r.Line, r.Edit, r.Err)
		}
	}
}
