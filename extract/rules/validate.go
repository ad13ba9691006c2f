// This file refuses rules that can do nothing but harm: those that contradict each
// other, match everything, or cost without bound.

package rules

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Bounds on what a rule file may ask for. The built-in rules stay far below.
const (
	maxPatternBytes = 4000 // of a pattern with its macros filled in
	maxProgram      = 4000 // steps of the compiled expression
	maxRuleFile     = 4 << 20
	minFixedLetters = 2 // that every match of a pattern must hold
)

// costly says why an expression is refused, nil where it is not.
func costly(parsed *syntax.Regexp) error {
	program, err := syntax.Compile(parsed)
	if err != nil || len(program.Inst) > maxProgram {
		return errors.New("pattern repeats too much: every try costs thousands of steps")
	}
	return nil
}

// fixed says whether words that every match holds a part of are long enough to look
// for.
func fixed(words []string) bool {
	for _, word := range words {
		letters := 0
		for _, r := range word {
			if r >= 'a' && r <= 'z' || r >= 0x80 {
				letters++
			}
		}
		if letters < minFixedLetters {
			return false
		}
	}
	return len(words) > 0
}

// matchesAll tells the expression of a rule that has no word which every match must
// hold: it would be tried on every sentence and match nearly all.
func matchesAll(re *regexp.Regexp) bool {
	parsed, err := syntax.Parse(strings.ReplaceAll(re.String(), numberGroup, "0"), syntax.Perl)
	return err == nil && !fixed(required(parsed.Simplify()))
}

// harmless reports what is wrong with a rule by itself. n is the rule, pattern the
// place of its expression.
func (l *loader) harmless(r *reader, n, pattern *yaml.Node, rule *Rule) {
	switch {
	case rule.pattern != nil:
		if matchesAll(rule.pattern) {
			r.fault(pattern, "add the words that stand beside the number", "pattern matches everything: it holds no word that must be there")
		}
	case len(rule.when) > 0 && !slices.ContainsFunc(rule.when, func(c condition) bool { return !c.none }):
		r.fault(n, "say what is counted: when: {obj: ...}", "rule matches everything: it asks for nothing that must be said")
	}
}

// signature is what decides whether a rule applies; rules with the same one read the
// same numbers.
func (rule *Rule) signature() string {
	if rule.pattern != nil {
		return "pattern " + rule.pattern.String()
	}
	when := slices.Clone(rule.when)
	slices.SortFunc(when, func(a, b condition) int { return a.slot - b.slot })
	for i := range when {
		when[i].values = slices.Sorted(slices.Values(when[i].values))
	}
	only := slices.Sorted(slices.Values(rule.only))
	return fmt.Sprint(when, rule.ignore, only, rule.Field, rule.Zero)
}

// contradiction names the kinds of numbers of which two rules with the same condition
// both give figures, and different ones.
func contradiction(a, b *Rule) []string {
	var out []string
	for _, k := range []struct {
		name string
		a, b []string
	}{{"count", a.Count, b.Count}, {"rate", a.Rate, b.Rate}, {"money", a.Money, b.Money}} {
		if len(k.a) > 0 && len(k.b) > 0 && !slices.Equal(k.a, k.b) {
			out = append(out, k.name)
		}
	}
	return out
}

// consistent reports pairs of rules that say two things of the same words. Which of
// them won would depend on the order of files.
func (l *loader) consistent() {
	first := map[string]*Rule{}
	for _, rule := range l.set.rules {
		key := rule.signature()
		other, ok := first[key]
		if !ok {
			first[key] = rule
			continue
		}
		if kinds := contradiction(other, rule); len(kinds) > 0 {
			l.faults = append(l.faults, &Fault{File: rule.File, Line: rule.Line, Col: rule.col, Rule: rule.ID,
				Msg:  fmt.Sprintf("contradicts rule %s (%s:%d): the same condition, another %s", other.ID, other.File, other.Line, strings.Join(kinds, " and ")),
				Hint: "make one condition narrower, or give the rule the other's id to replace it"})
		}
	}
}
