// This file walks YAML nodes and collects the mistakes found there with their places.

package rules

import (
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// reader walks YAML nodes and collects every mistake with its place, instead
// of stopping at the first.
type reader struct {
	file   string
	rule   string // id of what is being read, for messages
	faults *Faults
}

func (r *reader) fault(n *yaml.Node, hint, format string, args ...any) {
	f := &Fault{File: r.file, Rule: r.rule, Msg: fmt.Sprintf(format, args...), Hint: hint}
	if n != nil {
		f.Line, f.Col = n.Line, n.Column
	}
	*r.faults = append(*r.faults, f)
}

// mapping calls the function for each known key, and reports unknown and
// repeated ones.
func (r *reader) mapping(n *yaml.Node, what string, keys map[string]func(key, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.fault(n, "", "%s must be a mapping, found %s", what, kindName(n))
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if seen[k.Value] {
			r.fault(k, "keep one of them", "key %q is repeated", k.Value)
			continue
		}
		seen[k.Value] = true
		if f, ok := keys[k.Value]; ok {
			f(k, v)
			continue
		}
		known := make([]string, 0, len(keys))
		for k := range keys {
			known = append(known, k)
		}
		r.fault(k, nearest(k.Value, known), "unknown key %q in %s", k.Value, what)
	}
}

// pairs calls f for every key and value of a mapping with free keys.
func (r *reader) pairs(n *yaml.Node, what string, f func(key, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		r.fault(n, "", "%s must be a mapping, found %s", what, kindName(n))
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if seen[n.Content[i].Value] {
			r.fault(n.Content[i], "keep one of them", "key %q is repeated", n.Content[i].Value)
			continue
		}
		seen[n.Content[i].Value] = true
		f(n.Content[i], n.Content[i+1])
	}
}

// list calls f for every item of a sequence; a single scalar counts as one item.
func (r *reader) list(n *yaml.Node, what string, f func(*yaml.Node)) {
	switch n.Kind {
	case yaml.SequenceNode:
		for _, item := range n.Content {
			f(item)
		}
	case yaml.ScalarNode:
		f(n)
	default:
		r.fault(n, "", "%s must be a list, found %s", what, kindName(n))
	}
}

func (r *reader) text(n *yaml.Node, what string) string {
	if n.Kind != yaml.ScalarNode {
		r.fault(n, "", "%s must be a text, found %s", what, kindName(n))
		return ""
	}
	return n.Value
}

func (r *reader) strings(n *yaml.Node, what string) []string {
	var out []string
	r.list(n, what, func(item *yaml.Node) { out = append(out, r.text(item, what)) })
	return out
}

func (r *reader) number(n *yaml.Node, what string) int {
	v, err := strconv.Atoi(r.text(n, what))
	if err != nil {
		r.fault(n, "", "%s must be a whole number, found %q", what, n.Value)
	}
	return v
}

func (r *reader) boolean(n *yaml.Node, what string) bool {
	switch r.text(n, what) {
	case "true":
		return true
	case "false":
		return false
	}
	r.fault(n, "", "%s must be true or false, found %q", what, n.Value)
	return false
}

func kindName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.ScalarNode:
		return "the text " + strconv.Quote(n.Value)
	}
	return "nothing"
}

// nearest makes the hint "did you mean X? known: ..." for a misspelt name.
func nearest(name string, known []string) string {
	best, dist := "", len(name)
	for _, k := range known {
		if d := editDistance(name, k); d < dist || d == dist && k < best {
			best, dist = k, d
		}
	}
	if best == "" || dist > (len(name)+2)/2 {
		sorted := append([]string(nil), known...)
		sortStrings(sorted)
		return "known: " + strings.Join(sorted, ", ")
	}
	return "did you mean " + strconv.Quote(best) + "?"
}

func editDistance(a, b string) int {
	prev := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diag := prev[0]
		prev[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diag
			if a[i-1] != b[j-1] {
				cost++
			}
			diag = prev[j]
			prev[j] = min(cost, prev[j]+1, prev[j-1]+1)
		}
	}
	return prev[len(b)]
}
