// This file holds the rule set: the types that the YAML files are loaded into, and the
// functions that load it.

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
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"

	"baocao/normalize/vntext"
)

//go:embed vi/*.yaml
var embedded embed.FS

// recentText bounds the memory for texts that come again: some 20 MiB with what was
// found in them.
const recentText = 512 << 10

// Set is a compiled rule set. It is safe for concurrent use.
type Set struct {
	slots     []slot
	slotIndex map[string]int
	values    []map[string]int // per slot: value name -> id (1-based)
	names     [][]string       // per slot: id-1 -> name
	lexicon   []entry          // one per concept; patterns map to it through owner
	owner     []int            // pattern -> entry
	match     *matcher
	folds     *vntext.Recent[vntext.Folded]
	noted     *vntext.Recent[notes] // of texts of sentences and cells; see annotate
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
	crossings []crossing
	hash      string
	well      wellKnown // slots and values that the engine itself refers to
}

// slot is one dimension of what a number can mean: the object counted, what was
// done with it, by which channel, ...
type slot struct {
	name    string
	inherit inheritance
	free    bool // a rule need not mention it: a set value does not stop a match
	across  bool // handed on between numbers that count different things, where some rule wants it
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
	roleWas          // "từ mức": the number after it is what was before a change
	roleSum          // "cộng", "tổng": the number after it may be the sum of those before
	roleOpening      // "tồn", "kỳ trước": what was carried over, if what came in follows
	roleRest         // "còn": what is left of the number before
	roleMost         // "hầu hết": a number in brackets behind it is how many those are
	roleLeadIn       // "riêng", "ở": before what a sentence is about
	rolePeriod       // "riêng tháng": what follows is the period's again, not the year's so far
	roleBecomes      // "xuống còn": the number after it is what a change led to
)

var roleNames = map[string]role{"concept": roleConcept, "part": rolePart, "break": roleBreak, "filler": roleFiller,

	"zero": roleZero, "all": roleAll, "known": roleKnown, "label": roleLabel, "other": roleOther, "base": roleBase, "was": roleWas, "becomes": roleBecomes, "sum": roleSum,
	"opening": roleOpening, "rest": roleRest, "period": rolePeriod, "most": roleMost, "leadin": roleLeadIn}

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
	touch  bool        // means this right before a number only
	least  int         // of a label: the smallest number that it names
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
	denOnly    bool        // of a fraction only the denominator is a figure
	least      int         // a smaller amount of money is none of the rule's; 0 for no bound
	most       int         // a larger one is none; 0 for no bound
	largerBase bool        // of a fraction the larger number is the base, in whichever order they stand
	noShare    bool        // a percentage that says what part something makes up ("chiếm") is none of its rates
	chapter    bool        // holds in its sections alone, not in a table outside the chapters either
	closing    bool        // its rate is the percentage that closes the list, none with words of its own
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
	return Load(builtIn())
}

// LoadWith returns the built-in rules with those of a user's folder added;
// a rule with an id that exists already replaces it.
func LoadWith(user Source) (*Set, error) {
	return Load(builtIn(), user)
}

// HashOf gives the hash that the set of the built-in rules and those of the user's
// folders has, without loading it, which takes a hundred times as long.
func HashOf(user ...Source) (string, error) {
	_, hash, err := readSources(append([]Source{builtIn()}, user...))
	return hash, err
}

func builtIn() Source { return Source{FS: embedded, Dir: "vi", Name: "vi"} }

// ruleText is one file of rules.
type ruleText struct {
	shown string // its name in messages
	data  []byte
}

// readSources reads the rule files of the sources in order.
func readSources(sources []Source) (texts []ruleText, hash string, err error) {
	sum := sha256.New()
	for _, src := range sources {
		names, err := fs.Glob(src.FS, src.Dir+"/*.yaml")
		if err != nil {
			return nil, "", fmt.Errorf("list rule files in %s: %w", src.Name, err)
		}
		if len(names) == 0 {
			return nil, "", fmt.Errorf("no rule files (*.yaml) in %s", src.Name)
		}
		sort.Strings(names)
		for _, n := range names {
			data, err := fs.ReadFile(src.FS, n)
			if err != nil {
				return nil, "", fmt.Errorf("read rule file %s: %w", n, err)
			}
			if len(data) > maxRuleFile {
				return nil, "", fmt.Errorf("read rule file %s: %d bytes are too many for rules", n, len(data))
			}
			sum.Write([]byte(n))
			sum.Write(data)
			texts = append(texts, ruleText{strings.TrimSuffix(src.Name, "/") + "/" + path.Base(n), data})
		}
	}
	sum.Write([]byte(catalogueTSV))
	return texts, hex.EncodeToString(sum.Sum(nil))[:16], nil
}

// Load reads the rule files (*.yaml) of the sources in order. All mistakes of
// all files are returned together, as Faults with file, line and column.
func Load(sources ...Source) (*Set, error) {
	l := &loader{set: &Set{slotIndex: map[string]int{}, catalogue: catalogueByID(), byID: map[string]*Rule{}, weights: noDoubt(), sources: sources}, macros: map[string]string{},
		builder: newMatcherBuilder(), titles: newMatcherBuilder(), inline: newMatcherBuilder(), ids: map[string]int{}}
	texts, hash, err := readSources(sources)
	if err != nil {
		return nil, err
	}
	type file struct {
		name string
		root *yaml.Node
	}
	var files []file
	for _, t := range texts {
		var doc yaml.Node
		if err := yaml.Unmarshal(t.data, &doc); err != nil {
			l.faults = append(l.faults, yamlFault(t.shown, err))
			continue
		}
		if len(doc.Content) == 1 {
			files = append(files, file{t.shown, doc.Content[0]})
		}
	}
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
	l.set.folds, l.set.noted = vntext.NewRecent[vntext.Folded](recentText), vntext.NewRecent[notes](recentText)
	l.set.titles = l.titles.build()
	l.set.inline = l.inline.build()
	l.set.hash = hash
	if err := l.set.learnWellKnown(); err != nil {
		return nil, err
	}
	l.set.indexRules()
	return l.set, nil
}

// Forgetful returns the same rules without their memory of texts that they met lately:
// every document costs as much as the first, which is what a measurement may want.
func (s *Set) Forgetful() *Set {
	bare := *s
	bare.folds, bare.noted = nil, nil
	return &bare
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

// wellKnown are the slots and values the engine's own grammar refers to.
type wellKnown struct {
	obj, act, attr, span, field, scope, unit, time, ch       int
	spanYTD, spanPrevious, spanTarget, spanDelta, fieldTotal int
	scopeOther, scopeEach, scopeWider, objUnknown            int
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
	w.scope, w.time, w.ch, w.attr = slotOf("scope"), slotOf("time"), slotOf("ch"), slotOf("attr")
	if missing != nil {
		return errors.New("rule set lacks " + strings.Join(missing, ", "))
	}
	w.spanYTD, w.spanPrevious = valueOf(w.span, "ytd"), valueOf(w.span, "previous")
	w.spanTarget, w.spanDelta = valueOf(w.span, "target"), valueOf(w.span, "delta")
	w.fieldTotal, w.scopeOther = valueOf(w.field, "total"), valueOf(w.scope, "other")
	w.scopeEach = valueOf(w.scope, "each")
	w.scopeWider = valueOf(w.scope, "wider")
	w.objUnknown = valueOf(w.obj, "unknown")
	return nil
}
