// This file holds the rule set and loads it from YAML.

package rules

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"regexp/syntax"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"

	"baocao/normalize/vntext"
)

//go:embed vi/*.yaml
var embedded embed.FS

// Set is a compiled rule set. It is safe for concurrent use.
type Set struct {
	slots     []slot
	slotIndex map[string]int
	values    []map[string]int // per slot: value name -> id (1-based)
	names     [][]string       // per slot: id-1 -> name
	lexicon   []entry          // one per concept; patterns map to it through owner
	owner     []int            // pattern -> entry
	match     *matcher
	rules     []*Rule
	reasons   reasons
	byObject  [][]*Rule // value of the slot obj, 0 for none -> rules; see candidates
	byID      map[string]*Rule
	weights   weights
	sources   []Source // it was loaded from
	sections  []sectionTitle
	titles    *matcher
	titleOf   []int // title pattern -> section index
	inline    *matcher
	inlineOf  []Section // pattern of a title inside a paragraph -> its section
	catalogue map[string]Indicator
	implied   []implied
	hash      string
	well      wellKnown // slots and values that the engine itself refers to
}

// slot is one dimension of what a number can mean: the object counted, what was
// done with it, by which channel, ...
type slot struct {
	name    string
	inherit inheritance
	free    bool // a rule need not mention it: a set value does not stop a match
	// refine names, for a value that is a general word ("nhiệm vụ", "văn bản"),
	// the special ones that the context may mean by it.
	refine map[int][]int
}

// implied is an object that goes without saying: in the named sections a number
// of which one of these things is said counts it, unless another is named.
type implied struct {
	obj      int
	sections []Section
	said     []condition
}

type inheritance uint8

const (
	inheritNever    inheritance = iota
	inheritParent               // from the figure this one is "trong đó" of
	inheritSentence             // also from the figure before in the sentence
	inheritSibling              // also from the figure of the sentence before
	inheritBlock                // also from earlier sentences of the paragraph and its heading
)

// role says what an entry does besides setting slots.
type role uint8

const (
	roleConcept role = iota
	rolePart         // "trong đó", "gồm": what follows are parts of the figure before
	roleBreak        // a clause boundary in words: "còn", "với"
	roleFiller       // words between a label and its number: "là", "được", "tổng số"
	roleZero         // "không có", "chưa phát sinh": a zero in words
	roleAll          // "tất cả", "đều", "cả": the value of the figure before
	roleKnown        // a known noun or phrase that is no figure
	roleLabel        // with {num}: the number is a label
	roleOther        // with {num}: the number is understood, but no figure
	roleBase         // "trên tổng số": the number after it is the base of the one before
)

var roleNames = map[string]role{"concept": roleConcept, "part": rolePart, "break": roleBreak, "filler": roleFiller,
	"zero": roleZero, "all": roleAll, "known": roleKnown, "label": roleLabel, "other": roleOther, "base": roleBase}

// entry is one concept: patterns that mean the same.
type entry struct {
	id     string // "dossiers.yaml:12"
	role   role
	set    []assignment
	rank   int         // within a slot the higher rank wins, then the nearer to the number
	noun   bool        // can be the counted noun right after a number
	only   []int       // objects it can be said of; empty: any
	unless []condition // of a label: what said earlier in the sentence makes it none
	after  []condition // what the number before must mean for it to apply; one is enough
	why    string      // for labels and others
}

type assignment struct {
	slot, value int
}

type sectionTitle struct {
	section  Section
	patterns []string
}

// Rule says which figures a number gives whose meaning fits When.
type Rule struct {
	ID     string
	File   string
	Line   int
	col    int
	when   []condition // by slot
	ignore []bool      // per slot: a value here does not matter
	Count  []string    // indicators of a plain number or a fraction's numerator
	Num    []string    // of a fraction's numerator, when it differs from Count
	Den    []string    // of a fraction's denominator: the first that fits
	Zero   zeroUse     // what a zero in words ("không có ...") means to the rule
	Rate   []string    // of a percentage
	Money  []string    // of an amount of money
	Rank   []string    // of a place in a ranking: "xếp thứ 9/34"
	Field  fieldUse
	// pattern rules read the number straight from the clause
	pattern    *regexp.Regexp
	keywords   []string
	Source     string // the pattern as written
	Examples   []Example
	conf       float64
	only       []Section
	except     []Section
	never      []condition // values that the frame must not have
	earlier    bool        // a number of the period before is the figure itself, not one given for comparison
	planned    bool        // a number that the plan sets is the figure itself, no target of it
	largerBase bool        // of a fraction the larger number is the base, in whichever order they stand
	noShare    bool        // a percentage that says what part something makes up ("chiếm") is none of its rates
	anywhere   bool        // also in the chapters of plans and proposals
}

type zeroUse uint8

const (
	zeroMay   zeroUse = iota // a figure if the words say more than the bare object
	zeroBare                 // a figure even for the bare object: "không có sáng kiến"
	zeroOnly                 // the rule reads worded zeros only
	zeroNever                // such a thing is never none: "chưa có công chức được cử đi học" is about something else
)

type fieldUse uint8

const (
	fieldNone fieldUse = iota // the rule's figures are totals only
	fieldMay
	fieldMust
)

type condition struct {
	slot   int
	none   bool // the slot must be empty (alone or as one of the choices)
	values []int
}

// Example is a text with what the whole engine must read from it.
type Example struct {
	Line    int
	Text    string
	Context string // what stands before it: a heading, a sentence
	Want    []Want // empty: none of the rule's indicators
}

// Want is one expected figure: "dossiers.received@civil_status#ytd = 239".
type Want struct {
	Indicator, Field string
	Span             Span
	Value            string
}

// Source is one folder of rule files.
type Source struct {
	FS   fs.FS
	Dir  string // folder inside FS
	Name string // shown in messages: "vi", or the user's folder
}

// Default returns the built-in rule set. It fails only if the program was built
// with broken rules.
func Default() (*Set, error) {
	return Load(Source{FS: embedded, Dir: "vi", Name: "vi"})
}

// LoadWith returns the built-in rules with those of a user's folder added;
// a rule with an id that exists already replaces it.
func LoadWith(user Source) (*Set, error) {
	return Load(Source{FS: embedded, Dir: "vi", Name: "vi"}, user)
}

// Load reads the rule files (*.yaml) of the sources in order. All mistakes of
// all files are returned together, as Faults with file, line and column.
func Load(sources ...Source) (*Set, error) {
	l := &loader{set: &Set{slotIndex: map[string]int{}, catalogue: catalogueByID(), byID: map[string]*Rule{}, weights: noDoubt(), sources: sources}, macros: map[string]string{},
		builder: newMatcherBuilder(), titles: newMatcherBuilder(), inline: newMatcherBuilder(), ids: map[string]int{}}
	sum := sha256.New()
	type file struct {
		name string
		root *yaml.Node
	}
	var files []file
	for _, src := range sources {
		names, err := fs.Glob(src.FS, src.Dir+"/*.yaml")
		if err != nil {
			return nil, fmt.Errorf("list rule files in %s: %w", src.Name, err)
		}
		if len(names) == 0 {
			return nil, fmt.Errorf("no rule files (*.yaml) in %s", src.Name)
		}
		sort.Strings(names)
		for _, n := range names {
			data, err := fs.ReadFile(src.FS, n)
			if err != nil {
				return nil, fmt.Errorf("read rule file %s: %w", n, err)
			}
			if len(data) > maxRuleFile {
				return nil, fmt.Errorf("read rule file %s: %d bytes are too many for rules", n, len(data))
			}
			sum.Write([]byte(n))
			sum.Write(data)
			shown := strings.TrimSuffix(src.Name, "/") + "/" + path.Base(n)
			var doc yaml.Node
			if err := yaml.Unmarshal(data, &doc); err != nil {
				l.faults = append(l.faults, yamlFault(shown, err))
				continue
			}
			if len(doc.Content) == 1 {
				files = append(files, file{shown, doc.Content[0]})
			}
		}
	}
	sum.Write([]byte(catalogueTSV))
	if err := l.faults.sorted(); err != nil {
		return nil, err // a file that is no YAML would make every rule fail
	}
	// Slots and macros first, whatever file they stand in; then the lexicon,
	// then the rules that refer to its values.
	for i, pass := range []func(*reader, *yaml.Node){l.declarations, l.lexicon, l.ruleFile, l.confidence} {
		for _, f := range files {
			pass(&reader{file: f.name, faults: &l.faults}, f.root)
		}
		if i == 0 {
			l.refine()
		}
		if err := l.faults.sorted(); err != nil && i == 1 {
			return nil, err
		}
	}
	l.consistent()
	if err := l.faults.sorted(); err != nil {
		return nil, err
	}
	for _, r := range l.set.rules {
		l.set.byID[r.ID] = r
	}
	l.set.match = l.builder.build()
	l.set.titles = l.titles.build()
	l.set.inline = l.inline.build()
	l.set.hash = hex.EncodeToString(sum.Sum(nil))[:16]
	if err := l.set.learnWellKnown(); err != nil {
		return nil, err
	}
	l.set.indexRules()
	return l.set, nil
}

// Hash identifies the rule set and the catalogue: the same figures come from
// the same text under the same hash.
func (s *Set) Hash() string { return s.hash }

// Rules returns the rules in file order.
func (s *Set) Rules() []*Rule { return s.rules }

// Indicator returns the catalogue's row of an id.
func (s *Set) Indicator(id string) (Indicator, bool) {
	ind, ok := s.catalogue[id]
	return ind, ok
}

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
	for _, k := range []string{"slots", "macros", "confidence", "concepts", "sections", "inline", "fields", "implied", "rules"} {
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

func (l *loader) ruleFile(r *reader, root *yaml.Node) {
	if root.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		switch root.Content[i].Value {
		case "rules":
			r.list(root.Content[i+1], "rules", func(n *yaml.Node) { l.rule(r, n) })
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

// known returns the id of a value that some concept sets.
func (l *loader) known(r *reader, at *yaml.Node, slot int, name string) int {
	id, ok := l.set.values[slot][name]
	if !ok {
		r.fault(at, nearest(name, l.set.names[slot]), "no concept sets %s to %q", l.set.slots[slot].name, name)
	}
	return id
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
		"num":   indicators("num", &rule.Num, "count"),
		"den":   indicators("den", &rule.Den, "count"),
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
		"earlier":     func(_, v *yaml.Node) { rule.earlier = r.boolean(v, "earlier") },
		"planned":     func(_, v *yaml.Node) { rule.planned = r.boolean(v, "planned") },
		"no_share":    func(_, v *yaml.Node) { rule.noShare = r.boolean(v, "no_share") },
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
	if len(rule.Count)+len(rule.Rate)+len(rule.Money)+len(rule.Rank) == 0 {
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

// wellKnown are the slots and values the engine's own grammar refers to.
type wellKnown struct {
	obj, act, span, field, scope, unit, time, ch             int
	spanYTD, spanPrevious, spanTarget, spanDelta, fieldTotal int
	scopeOther, scopeEach, objUnknown                        int
}

func (s *Set) learnWellKnown() error {
	var missing []string
	slotOf := func(name string) int {
		i, ok := s.slotIndex[name]
		if !ok {
			missing = append(missing, "slot "+name)
		}
		return i
	}
	valueOf := func(slot int, name string) int {
		if slot >= len(s.values) {
			return 0
		}
		id, ok := s.values[slot][name]
		if !ok {
			s.names[slot] = append(s.names[slot], name)
			id = len(s.names[slot])
			s.values[slot][name] = id
		}
		return id
	}
	w := &s.well
	w.obj, w.act, w.span, w.field = slotOf("obj"), slotOf("act"), slotOf("span"), slotOf("field")
	w.scope, w.time, w.ch = slotOf("scope"), slotOf("time"), slotOf("ch")
	if missing != nil {
		return errors.New("rule set lacks " + strings.Join(missing, ", "))
	}
	w.spanYTD, w.spanPrevious = valueOf(w.span, "ytd"), valueOf(w.span, "previous")
	w.spanTarget, w.spanDelta = valueOf(w.span, "target"), valueOf(w.span, "delta")
	w.fieldTotal, w.scopeOther = valueOf(w.field, "total"), valueOf(w.scope, "other")
	w.scopeEach = valueOf(w.scope, "each")
	w.objUnknown = valueOf(w.obj, "unknown")
	return nil
}
