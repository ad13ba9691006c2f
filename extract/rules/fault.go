// This file holds what is said of mistakes in rule files.

package rules

import (
	"fmt"
	"sort"
	"strings"
)

// Fault is one mistake in a rule file: where it is, what is wrong, and how to
// mend it.
type Fault struct {
	File      string
	Line, Col int    // 1-based; Col 0 where the YAML library gives none
	Rule      string // id of the rule or concept, "" outside one
	Msg       string
	Hint      string // the remedy, "" if obvious
}

// Error gives "vi/dossiers.yaml:7:14: rule dossiers-received: unknown slot "act2" (known: act, ...)".
func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d", f.Line)
		if f.Col > 0 {
			fmt.Fprintf(&b, ":%d", f.Col)
		}
	}
	b.WriteString(": ")
	if f.Rule != "" {
		fmt.Fprintf(&b, "rule %s: ", f.Rule)
	}
	b.WriteString(f.Msg)
	if f.Hint != "" {
		fmt.Fprintf(&b, " (%s)", f.Hint)
	}
	return b.String()
}

// Faults are all mistakes of a rule set, in file and line order.
type Faults []*Fault

// Error lists every fault on a line of its own.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// sorted returns fs as an error in file, line and column order, nil when empty.
func (fs Faults) sorted() error {
	if len(fs) == 0 {
		return nil
	}
	sort.SliceStable(fs, func(i, j int) bool {
		a, b := fs[i], fs[j]
		if a.File != b.File {
			return a.File < b.File
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Col < b.Col
	})
	return fs
}
