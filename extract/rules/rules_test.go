// This file tests what the engine promises of its results, and the messages about
// broken rules.

package rules

import (
	"testing"
)

func defaultSet(t testing.TB) *Set {
	t.Helper()
	set, err := Default()
	if err != nil {
		t.Fatalf("load built-in rules:\n%v", err)
	}
	return set
}

// TestExamples runs every rule's own examples through the whole engine.
func TestExamples(t *testing.T) {
	set := defaultSet(t)
	for _, o := range set.CheckExamples() {
		if o.Problem != "" {
			t.Errorf("%s:%d: rule %s: %q: %s", o.Rule.File, o.Line, o.Rule.ID, o.Text, o.Problem)
		}
	}
}

func TestCatalogue(t *testing.T) {
	if err := checkCatalogue(); err != nil {
		t.Error(err)
	}
	if n := len(Catalogue()); n < 150 {
		t.Errorf("catalogue has %d indicators", n)
	}
}
