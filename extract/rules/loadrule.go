// This file loads the rules: indicator, conditions and examples of each.

package rules

import (
	"regexp"
	"regexp/syntax"
	"strings"

	"go.yaml.in/yaml/v3"
)

func (l *loader) ruleFile(r *reader, root *yaml.Node) {
	if root.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		switch root.Content[i].Value {
		case "rules":
			r.list(root.Content[i+1], "rules", func(n *yaml.Node) { l.rule(r, n) })
		case "crossings":
			r.list(root.Content[i+1], "crossings", func(n *yaml.Node) { l.crossing(r, n) })
		case "implied":
			r.list(root.Content[i+1], "implied objects", func(n *yaml.Node) { l.imply(r, n) })
		}
	}
}

// imply reads one object that goes without saying.
func (l *loader) imply(r *reader, n *yaml.Node) {
	im := implied{}
	r.mapping(n, "an implied object", map[string]func(k, v *yaml.Node){
		"obj": func(_, v *yaml.Node) { im.obj = l.known(r, v, l.set.slotIndex["obj"], v.Value) },
		"sections": func(_, v *yaml.Node) {
			for _, s := range r.strings(v, "sections") {
				im.sections = append(im.sections, Section(s))
			}
		},
		"said": func(_, v *yaml.Node) { im.said = l.conditions(r, v, "said") },
	})
	if im.obj == 0 || len(im.said) == 0 {
		r.fault(n, "add obj: ... and said: {...}", "an implied object needs what is said of it")
		return
	}
	l.set.implied = append(l.set.implied, im)
}

func (l *loader) rule(r *reader, n *yaml.Node) {
	var pattern *yaml.Node
	rule := &Rule{File: r.file, Line: n.Line, col: n.Column, ignore: make([]bool, len(l.set.slots)), conf: 1}
	for i, s := range l.set.slots {
		rule.ignore[i] = s.free
	}
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == "id" {
				rule.ID = n.Content[i+1].Value
			}
		}
	}
	r.rule = rule.ID
	defer func() { r.rule = "" }()
	indicators := func(what string, into *[]string, kinds ...string) func(k, v *yaml.Node) {
		return func(_, v *yaml.Node) {
			r.list(v, what, func(n *yaml.Node) {
				ind, ok := l.set.catalogue[n.Value]
				if !ok {
					known := make([]string, 0, len(l.set.catalogue))
					for id := range l.set.catalogue {
						known = append(known, id)
					}
					r.fault(n, nearest(n.Value, known), "unknown indicator %q", n.Value)
					return
				}
				for _, k := range kinds {
					if ind.Kind == k {
						*into = append(*into, n.Value)
						return
					}
				}
				r.fault(n, "", "indicator %s is of kind %s and cannot be read as %s", n.Value, ind.Kind, what)
			})
		}
	}
	r.mapping(n, "a rule", map[string]func(k, v *yaml.Node){
		"id":   func(_, v *yaml.Node) {},
		"when": func(_, v *yaml.Node) { l.when(r, v, rule) },
		"ignore": func(_, v *yaml.Node) {
			for _, name := range r.strings(v, "ignore") {
				if si, ok := l.set.slotIndex[name]; ok {
					rule.ignore[si] = true
				} else {
					r.fault(v, nearest(name, l.slotNames()), "unknown slot %q", name)
				}
			}
		},
		"count": indicators("count", &rule.Count, "count", "score", "rank"),
		"num": func(k, v *yaml.Node) {
			if rule.denOnly = v.Value == "none"; !rule.denOnly {
				indicators("num", &rule.Num, "count")(k, v)
			}
		},
		"den": indicators("den", &rule.Den, "count", "money"),
		"zero": func(_, v *yaml.Node) {
			uses := map[string]zeroUse{"may": zeroMay, "bare": zeroBare, "only": zeroOnly, "never": zeroNever}
			use, ok := uses[v.Value]
			if !ok {
				r.fault(v, "may, bare, only or never", "unknown use of worded zeros %q", v.Value)
			}
			rule.Zero = use
		},
		"rate":  indicators("rate", &rule.Rate, "percent"),
		"money": indicators("money", &rule.Money, "money"),
		"rank":  indicators("rank", &rule.Rank, "rank"),
		"field": func(_, v *yaml.Node) {
			uses := map[string]fieldUse{"none": fieldNone, "may": fieldMay, "must": fieldMust}
			use, ok := uses[v.Value]
			if !ok {
				r.fault(v, "none, may or must", "unknown use of the field %q", v.Value)
			}
			rule.Field = use
		},
		"sections": func(_, v *yaml.Node) {
			for _, s := range r.strings(v, "sections") {
				rule.only = append(rule.only, Section(s))
			}
		},
		"anywhere":    func(_, v *yaml.Node) { rule.anywhere = r.boolean(v, "anywhere") },
		"never":       func(_, v *yaml.Node) { rule.never = l.conditions(r, v, "never") },
		"larger_base": func(_, v *yaml.Node) { rule.largerBase = r.boolean(v, "larger_base") },
		"least":       func(_, v *yaml.Node) { rule.least = r.number(v, "least") },
		"most":        func(_, v *yaml.Node) { rule.most = r.number(v, "most") },
		"earlier":     func(_, v *yaml.Node) { rule.earlier = r.boolean(v, "earlier") },
		"planned":     func(_, v *yaml.Node) { rule.planned = r.boolean(v, "planned") },
		"chapter":     func(_, v *yaml.Node) { rule.chapter = r.boolean(v, "chapter") },
		"no_share":    func(_, v *yaml.Node) { rule.noShare = r.boolean(v, "no_share") },
		"closing":     func(_, v *yaml.Node) { rule.closing = r.boolean(v, "closing") },
		"not_in": func(_, v *yaml.Node) {
			for _, s := range r.strings(v, "not_in") {
				rule.except = append(rule.except, Section(s))
			}
		},
		"pattern": func(_, v *yaml.Node) {
			rule.Source = v.Value
			if strings.Contains(v.Value, `\b`) {
				r.fault(v, "word edges are checked by the engine", `\b is not allowed`)
				return
			}
			// folding would touch the letters of the group that {num} becomes
			src := strings.ReplaceAll(v.Value, "{num}", numberSign)
			src = l.expandMacros(r, &yaml.Node{Kind: yaml.ScalarNode, Value: src, Line: v.Line, Column: v.Column})
			re, err := regexp.Compile(strings.ReplaceAll(foldPattern(src), numberSign, numberGroup))
			if err != nil {
				r.fault(v, "", "pattern: %s", patternError(err))
				return
			}
			if re.SubexpIndex("value") < 0 {
				r.fault(v, "put {num} where the number stands", "pattern has no number")
				return
			}
			if parsed, err := syntax.Parse(re.String(), syntax.Perl); err == nil {
				if err := costly(parsed.Simplify()); err != nil {
					r.fault(v, "repeat fewer times", "%v", err)
					return
				}
			}
			rule.pattern, pattern = re, v
		},
		"confidence": func(_, v *yaml.Node) {
			if c := r.number(v, "confidence (percent)"); c < 1 || c > 100 {
				r.fault(v, "1 to 100", "confidence %d is out of range", c)
			} else {
				rule.conf = float64(c) / 100
			}
		},
		"examples": func(_, v *yaml.Node) {
			r.list(v, "examples", func(n *yaml.Node) { l.example(r, n, rule) })
		},
	})
	if rule.ID == "" {
		r.fault(n, "add id: ...", "rule without id")
		return
	}
	if len(rule.Count)+len(rule.Rate)+len(rule.Money)+len(rule.Rank) == 0 && !(rule.denOnly && len(rule.Den) > 0) {
		r.fault(n, "add count, rate, money or rank", "rule gives no indicator")
	}
	if rule.pattern == nil && len(rule.when) == 0 {
		r.fault(n, "add when: {...} or pattern: ...", "rule says nothing about when it applies")
	}
	l.harmless(r, n, pattern, rule)
	positive, negative := false, false
	for _, e := range rule.Examples {
		if len(e.Want) > 0 {
			positive = true
		} else {
			negative = true
		}
	}
	if !positive {
		r.fault(n, "add an example with want: {indicator: value}", "rule has no example that matches")
	}
	if !negative {
		r.fault(n, "add an example with want: none", "rule has no example that must not match")
	}
	if i, dup := l.ids[rule.ID]; dup {
		if l.set.rules[i].File == rule.File {
			r.fault(n, "ids are unique in a folder", "id is used twice")
			return
		}
		l.set.rules[i] = rule
		return
	}
	l.ids[rule.ID] = len(l.set.rules)
	l.set.rules = append(l.set.rules, rule)
}

func (l *loader) when(r *reader, n *yaml.Node, rule *Rule) {
	rule.when = append(rule.when, l.conditions(r, n, "when")...)
}

// conditions reads a mapping of slots to the values they may have.
func (l *loader) conditions(r *reader, n *yaml.Node, what string) []condition {
	var out []condition
	r.pairs(n, what, func(k, v *yaml.Node) {
		si, ok := l.set.slotIndex[k.Value]
		if !ok {
			r.fault(k, nearest(k.Value, l.slotNames()), "unknown slot %q", k.Value)
			return
		}
		c := condition{slot: si}
		for _, name := range r.strings(v, "value") {
			if name == "none" {
				c.none = true
				continue
			}
			if id := l.known(r, v, si, name); id != 0 {
				c.values = append(c.values, id)
			}
		}
		out = append(out, c)
	})
	return out
}

func (l *loader) example(r *reader, n *yaml.Node, rule *Rule) {
	e := Example{Line: n.Line}
	r.mapping(n, "an example", map[string]func(k, v *yaml.Node){
		"text":    func(_, v *yaml.Node) { e.Text = r.text(v, "text") },
		"context": func(_, v *yaml.Node) { e.Context = r.text(v, "context") },
		"want": func(_, v *yaml.Node) {
			if v.Kind == yaml.ScalarNode {
				if v.Value != "none" {
					r.fault(v, "", "want must be none or a mapping of indicators to values")
				}
				return
			}
			r.pairs(v, "want", func(k, v *yaml.Node) {
				w := Want{Indicator: k.Value, Span: Period, Value: v.Value}
				if id, span, ok := strings.Cut(w.Indicator, "#"); ok {
					w.Indicator, w.Span = id, Span(span)
				}
				if id, field, ok := strings.Cut(w.Indicator, "@"); ok {
					w.Indicator, w.Field = id, field
				}
				if _, ok := l.set.catalogue[w.Indicator]; !ok {
					r.fault(k, "", "unknown indicator %q", w.Indicator)
				}
				e.Want = append(e.Want, w)
			})
		},
	})
	if strings.TrimSpace(e.Text) == "" {
		r.fault(n, "add text: ...", "example without text")
	}
	rule.Examples = append(rule.Examples, e)
}
