// This file loads the vocabulary: slots, concepts with their patterns, macros and section
// titles.

package rules

import (
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"baocao/normalize/vntext"
)

// yamlFault turns the YAML library's "yaml: line 3: ..." into a Fault.
func yamlFault(file string, err error) *Fault {
	f := &Fault{File: file, Msg: strings.TrimPrefix(err.Error(), "yaml: ")}
	var line int
	if _, e := fmt.Sscanf(f.Msg, "line %d:", &line); e == nil {
		f.Line = line
		_, f.Msg, _ = strings.Cut(f.Msg, ": ")
	}
	f.Hint = "check indentation, quotes and colons"
	return f
}

// loader fills a Set from YAML.
type loader struct {
	set     *Set
	macros  map[string]string
	builder *matcherBuilder
	titles  *matcherBuilder
	inline  *matcherBuilder
	ids     map[string]int // rule id -> index
	faults  Faults

	refinements []pending
}

// pending is a node that can only be read when all slots are known.
type pending struct {
	file, slot string
	node       *yaml.Node
}

// refine reads which special values a general one may stand for.
func (l *loader) refine() {
	for _, p := range l.refinements {
		r := &reader{file: p.file, faults: &l.faults}
		si := l.set.slotIndex[p.slot]
		l.set.slots[si].refine = map[int][]int{}
		r.pairs(p.node, "refine", func(k, v *yaml.Node) {
			general := l.value(si, k.Value)
			for _, name := range r.strings(v, "special value") {
				l.set.slots[si].refine[general] = append(l.set.slots[si].refine[general], l.value(si, name))
			}
		})
	}
}

// topLevel are the keys of a rule file, each read in one of the passes.
func topLevel(handle map[string]func(k, v *yaml.Node)) map[string]func(k, v *yaml.Node) {
	for _, k := range []string{"slots", "macros", "confidence", "concepts", "sections", "inline", "fields", "implied", "crossings", "rules"} {
		if handle[k] == nil {
			handle[k] = func(k, v *yaml.Node) {}
		}
	}
	return handle
}

func (l *loader) declarations(r *reader, root *yaml.Node) {
	r.mapping(root, "a rule file", topLevel(map[string]func(k, v *yaml.Node){
		"slots": func(_, v *yaml.Node) {
			r.pairs(v, "slots", func(k, v *yaml.Node) {
				if _, dup := l.set.slotIndex[k.Value]; dup {
					r.fault(k, "slots of all files share one list", "slot %q is declared twice", k.Value)
					return
				}
				s := slot{name: k.Value}
				r.mapping(v, "slot "+k.Value, map[string]func(k, v *yaml.Node){
					"inherit": func(_, v *yaml.Node) {
						ways := map[string]inheritance{"never": inheritNever, "parent": inheritParent, "sentence": inheritSentence, "sibling": inheritSibling, "block": inheritBlock}
						way, ok := ways[v.Value]
						if !ok {
							r.fault(v, "never, parent, sentence, sibling or block", "unknown way to inherit %q", v.Value)
						}
						s.inherit = way
					},
					"across": func(_, v *yaml.Node) { s.across = r.boolean(v, "across") },
					"free":   func(_, v *yaml.Node) { s.free = r.boolean(v, "free") },
					"about":  func(_, v *yaml.Node) { r.text(v, "about") },
					"refine": func(_, v *yaml.Node) { l.refinements = append(l.refinements, pending{r.file, k.Value, v}) },
				})
				l.set.slotIndex[k.Value] = len(l.set.slots)
				l.set.slots = append(l.set.slots, s)
				l.set.values = append(l.set.values, map[string]int{})
				l.set.names = append(l.set.names, nil)
			})
		},
		"macros": func(_, v *yaml.Node) {
			r.pairs(v, "macros", func(k, v *yaml.Node) {
				if _, dup := l.macros[k.Value]; dup {
					r.fault(k, "", "macro %q is declared twice", k.Value)
				}
				l.macros[k.Value] = r.text(v, "macro")
			})
		},
	}))
}

func (l *loader) lexicon(r *reader, root *yaml.Node) {
	if root.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		v := root.Content[i+1]
		switch root.Content[i].Value {
		case "concepts":
			r.list(v, "concepts", func(n *yaml.Node) { l.concept(r, n) })
		case "fields":
			r.pairs(v, "fields", func(k, v *yaml.Node) {
				e := entry{id: fmt.Sprintf("%s:%d", r.file, k.Line), rank: 10}
				for _, name := range []string{"dossier", "form", "procedure"} {
					e.only = append(e.only, l.value(l.set.slotIndex["obj"], name))
				}
				if si, ok := l.set.slotIndex["field"]; ok {
					e.set = []assignment{{si, l.value(si, k.Value)}}
				} else {
					r.fault(k, "declare slot \"field\"", "fields need the slot \"field\"")
				}
				l.patterns(r, v, e)
			})
		case "inline":
			r.pairs(v, "inline", func(k, v *yaml.Node) {
				r.list(v, "titles", func(n *yaml.Node) {
					if err := l.inline.add(l.expandMacros(r, n), len(l.set.inlineOf)); err != nil {
						r.fault(n, "", "title: %v", err)
						return
					}
					l.set.inlineOf = append(l.set.inlineOf, Section(k.Value))
				})
			})
		case "sections":
			r.pairs(v, "sections", func(k, v *yaml.Node) {
				l.set.sections = append(l.set.sections, sectionTitle{section: Section(k.Value)})
				r.list(v, "section titles", func(n *yaml.Node) {
					if err := l.titles.add(l.expandMacros(r, n), len(l.set.titleOf)); err != nil {
						r.fault(n, "", "section title: %v", err)
						return
					}
					l.set.titleOf = append(l.set.titleOf, len(l.set.sections)-1)
				})
			})
		}
	}
}

// value returns the id of a slot's value, making it known.
func (l *loader) value(slot int, name string) int {
	id, ok := l.set.values[slot][name]
	if !ok {
		l.set.names[slot] = append(l.set.names[slot], name)
		id = len(l.set.names[slot])
		l.set.values[slot][name] = id
	}
	return id
}

func (l *loader) concept(r *reader, n *yaml.Node) {
	e := entry{id: fmt.Sprintf("%s:%d", r.file, n.Line), rank: 10}
	var patterns *yaml.Node
	r.mapping(n, "a concept", map[string]func(k, v *yaml.Node){
		"set": func(_, v *yaml.Node) {
			r.pairs(v, "set", func(k, v *yaml.Node) {
				si, ok := l.set.slotIndex[k.Value]
				if !ok {
					r.fault(k, nearest(k.Value, l.slotNames()), "unknown slot %q", k.Value)
					return
				}
				e.set = append(e.set, assignment{si, l.value(si, r.text(v, "value"))})
			})
		},
		"role": func(_, v *yaml.Node) {
			role, ok := roleNames[v.Value]
			if !ok {
				r.fault(v, "", "unknown role %q", v.Value)
			}
			e.role = role
		},
		"for": func(_, v *yaml.Node) {
			for _, name := range r.strings(v, "for") {
				e.only = append(e.only, l.value(l.set.slotIndex["obj"], name))
			}
		},
		"after":    func(_, v *yaml.Node) { e.after = l.context(r, v, "after") },
		"unless":   func(_, v *yaml.Node) { e.unless = l.context(r, v, "unless") },
		"rank":     func(_, v *yaml.Node) { e.rank = r.number(v, "rank") },
		"noun":     func(_, v *yaml.Node) { e.noun = r.boolean(v, "noun") },
		"touch":    func(_, v *yaml.Node) { e.touch = r.boolean(v, "touch") },
		"least":    func(_, v *yaml.Node) { e.least = r.number(v, "least") },
		"why":      func(_, v *yaml.Node) { e.why = r.text(v, "why") },
		"patterns": func(_, v *yaml.Node) { patterns = v },
	})
	if patterns == nil {
		r.fault(n, "add patterns: [...]", "concept without patterns")
		return
	}
	if (e.role == roleLabel || e.role == roleOther) && e.why == "" {
		r.fault(n, "add why: ...", "a concept that classes a number must say why")
	}
	l.patterns(r, patterns, e)
}

// context reads what else must, or must not, be said for a concept to hold.
func (l *loader) context(r *reader, n *yaml.Node, what string) []condition {
	var out []condition
	r.pairs(n, what, func(k, v *yaml.Node) {
		si, ok := l.set.slotIndex[k.Value]
		if !ok {
			r.fault(k, nearest(k.Value, l.slotNames()), "unknown slot %q", k.Value)
			return
		}
		c := condition{slot: si}
		for _, name := range r.strings(v, "value") {
			c.values = append(c.values, l.value(si, name))
		}
		out = append(out, c)
	})
	return out
}

func (l *loader) patterns(r *reader, n *yaml.Node, e entry) {
	l.set.lexicon = append(l.set.lexicon, e)
	r.list(n, "patterns", func(p *yaml.Node) {
		src := l.expandMacros(r, p)
		if src != vntext.NFC(src) {
			r.fault(p, "save the file in Unicode NFC", "pattern is not in Unicode NFC")
			return
		}
		if err := l.builder.add(src, len(l.set.owner)); err != nil {
			r.fault(p, "", "pattern: %s", patternError(err))
			return
		}
		l.set.owner = append(l.set.owner, len(l.set.lexicon)-1)
	})
}

// numberSign stands for {num} while a pattern is folded.
const numberSign = "\x01"

// numberGroup is the expression that {num} becomes.
const numberGroup = `(?P<value>[0-9][0-9.,/]*)`

func patternError(err error) string {
	return strings.TrimPrefix(err.Error(), "error parsing regexp: ")
}

var macroUse = regexp.MustCompile(`\{([a-z_]+)\}`)

// maxMacroDepth is how deep macros may stand in macros.
const maxMacroDepth = 8

func (l *loader) expandMacros(r *reader, n *yaml.Node) string {
	src := r.text(n, "pattern")
	for depth := 0; macroUse.MatchString(src); depth++ {
		if depth == maxMacroDepth || len(src) > maxPatternBytes {
			r.fault(n, "a macro must not lead back to itself", "macros fill in one another without end")
			return "x"
		}
		src = macroUse.ReplaceAllStringFunc(src, func(m string) string {
			body, ok := l.macros[m[1:len(m)-1]]
			if !ok {
				names := make([]string, 0, len(l.macros))
				for k := range l.macros {
					names = append(names, k)
				}
				r.fault(n, nearest(m[1:len(m)-1], names), "unknown macro %s", m)
				return "x"
			}
			return "(?:" + body + ")"
		})
	}
	return src
}

func (l *loader) slotNames() []string {
	var names []string
	for _, s := range l.set.slots {
		names = append(names, s.name)
	}
	return names
}

// known returns the id of a value that some concept sets.
func (l *loader) known(r *reader, at *yaml.Node, slot int, name string) int {
	id, ok := l.set.values[slot][name]
	if !ok {
		r.fault(at, nearest(name, l.set.names[slot]), "no concept sets %s to %q", l.set.slots[slot].name, name)
	}
	return id
}
