// This file tests that the built-in rules can be read: none is longer than a screen.

package rules

import (
	"io/fs"
	"strings"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// A screen shows this many lines of this many characters.
const (
	screenLines   = 50
	screenColumns = 200
)

// lastLine is the last line that a node stands on.
func lastLine(n *yaml.Node) int {
	last := n.Line
	for _, c := range n.Content {
		last = max(last, lastLine(c))
	}
	return last
}

func TestRulesFitAScreen(t *testing.T) {
	files, err := fs.Glob(embedded, "vi/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no rule files: %v", err)
	}
	entries := 0
	for _, name := range files {
		data, err := fs.ReadFile(embedded, name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(data), "\n") {
			if n := utf8.RuneCountInString(line); n > screenColumns {
				t.Errorf("%s:%d: a line of %d characters", name, i+1, n)
			}
		}
		var doc yaml.Node
		if err := yaml.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(doc.Content[0].Content); i += 2 {
			for _, entry := range doc.Content[0].Content[i+1].Content {
				entries++
				if n := lastLine(entry) - entry.Line + 1; n > screenLines {
					t.Errorf("%s:%d: %d lines long", name, entry.Line, n)
				}
			}
		}
	}
	if entries < 300 {
		t.Errorf("only %d rules and concepts were looked at", entries)
	}
}

// Every rule shows a text that it reads and one that it must not read. The loader
// asks for both; this holds it for the built-in rules, whatever the loader does.
func TestRulesHaveExamples(t *testing.T) {
	for _, r := range defaultSet(t).Rules() {
		positive, negative := 0, 0
		for _, e := range r.Examples {
			if len(e.Want) > 0 {
				positive++
			} else {
				negative++
			}
		}
		if positive == 0 || negative == 0 {
			t.Errorf("%s:%d: rule %s has %d examples that match and %d that must not", r.File, r.Line, r.ID, positive, negative)
		}
	}
}
