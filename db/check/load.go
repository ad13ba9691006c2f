// This file loads edits from YAML with every fault in one pass.

package check

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/unicode/norm"

	"baocao/extract/rules"
	"baocao/normalize/vntext"
)

//go:embed edits/*.yaml
var embedded embed.FS

// Default loads the edits that are built in.
func Default() (*Set, error) {
	sub, err := fs.Sub(embedded, "edits")
	if err != nil {
		return nil, fmt.Errorf("open built-in edits: %w", err)
	}
	return load(&Source{FS: sub}, nil)
}

// Source is a folder of edits of one's own.
type Source struct {
	FS   fs.FS  // its *.yaml files are read
	Name string // of the folder, for messages
}

// DefaultWith loads the built-in edits and those of own; an edit with the id of a
// built-in one replaces it. An edit of own that contradicts others is a fault.
func DefaultWith(own Source) (*Set, error) {
	sub, err := fs.Sub(embedded, "edits")
	if err != nil {
		return nil, fmt.Errorf("open built-in edits: %w", err)
	}
	return load(&Source{FS: sub}, &own)
}

// Load reads all *.yaml of the root of fsys, in the order of their names. All
// mistakes are returned together as rules.Faults, each as file:line:col.
func Load(fsys fs.FS) (*Set, error) { return load(nil, &Source{FS: fsys}) }

// load reads the built-in edits, which a test has compared with each other, and
// those of one's own; either may be nil.
func load(builtIn, own *Source) (*Set, error) {
	s := newSet()
	l := &loader{set: s}
	var base, added []*edit
	if builtIn != nil {
		var err error
		if base, err = l.folder(*builtIn); err != nil {
			return nil, err
		}
	}
	if own != nil {
		var err error
		if added, err = l.folder(*own); err != nil {
			return nil, err
		}
		base = slices.DeleteFunc(base, func(e *edit) bool {
			return slices.ContainsFunc(added, func(o *edit) bool { return o.id == e.id })
		})
	}
	if len(l.faults) == 0 {
		l.faults = s.conflicts(base, added)
	}
	if len(l.faults) > 0 {
		sort.SliceStable(l.faults, func(i, j int) bool {
			a, b := l.faults[i], l.faults[j]
			if a.File != b.File {
				return a.File < b.File
			}
			if a.Line != b.Line {
				return a.Line < b.Line
			}
			return a.Col < b.Col
		})
		return nil, l.faults
	}
	s.edits = append(base, added...)
	sort.SliceStable(s.edits, func(i, j int) bool { return s.edits[i].id < s.edits[j].id })
	return s, nil
}

// folder reads the edits of a folder; no two may have one id.
func (l *loader) folder(src Source) ([]*edit, error) {
	names, err := fs.Glob(src.FS, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list edits: %w", err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("list edits %s: %w: no *.yaml file", src.Name, fs.ErrNotExist)
	}
	var out []*edit
	seen := map[string]bool{}
	for _, name := range names {
		data, err := fs.ReadFile(src.FS, name)
		if err != nil {
			return nil, fmt.Errorf("read edits: %w", err)
		}
		for _, e := range l.file(path.Join(src.Name, name), data) {
			if seen[e.id] {
				l.faults = append(l.faults, &rules.Fault{File: e.file, Line: e.line, Col: e.col, Rule: e.id, Msg: "id is repeated", Hint: "rename one of them"})
				continue
			}
			seen[e.id] = true
			out = append(out, e)
		}
	}
	return out, nil
}

// fieldCodes are the fields (lĩnh vực) that figures can have; index 0 is none.
// Codes met later in a report are numbered on.
var fieldCodes = [...]string{"", "civil_status", "certification", "justice", "social_protection", "meritorious", "labour",
	"poverty", "land", "construction", "environment", "agriculture", "business", "finance", "education", "health", "culture",
	"home_affairs", "residence", "police", "defence", "other"}

func newSet() *Set {
	s := &Set{index: map[string]int{}, fieldN: map[string]int{}}
	for _, ind := range rules.Catalogue() {
		s.index[ind.ID] = len(s.ids)
		s.ids = append(s.ids, ind.ID)
		s.info = append(s.info, ind)
	}
	for i, f := range fieldCodes {
		s.fields = append(s.fields, f)
		s.fieldN[f] = i
	}
	return s
}

type loader struct {
	set    *Set
	faults rules.Faults
	name   string // file
	id     string // edit
}

func (l *loader) fault(n *yaml.Node, hint, format string, args ...any) {
	f := &rules.Fault{File: l.name, Rule: l.id, Msg: fmt.Sprintf(format, args...), Hint: hint}
	if n != nil {
		f.Line, f.Col = n.Line, n.Column
	}
	l.faults = append(l.faults, f)
}

func (l *loader) file(name string, data []byte) []*edit {
	l.name, l.id = name, ""
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		f := &rules.Fault{File: name, Msg: strings.TrimPrefix(err.Error(), "yaml: ")}
		if _, serr := fmt.Sscanf(f.Msg, "line %d:", &f.Line); serr == nil {
			_, f.Msg, _ = strings.Cut(f.Msg, ": ")
		}
		l.faults = append(l.faults, f)
		return nil
	}
	if !norm.NFC.IsNormal(data) {
		l.faults = append(l.faults, &rules.Fault{File: name, Line: 1, Msg: "text is not in Unicode form NFC", Hint: "save it composed"})
	}
	if len(doc.Content) == 0 {
		l.faults = append(l.faults, &rules.Fault{File: name, Line: 1, Msg: "file holds no edit", Hint: "add a list of edits, or remove the file"})
		return nil
	}
	root := doc.Content[0]
	if root.Kind != yaml.SequenceNode {
		l.fault(root, "begin each edit with \"- id:\"", "file must be a list of edits")
		return nil
	}
	var out []*edit
	for _, n := range root.Content {
		for _, m := range l.expand(n) {
			l.id = ""
			if e := l.edit(m); e != nil {
				out = append(out, e)
			}
		}
	}
	return out
}

// expand makes one edit for each indicator of a "for" list: {it} stands for it,
// and it goes to the end of the id.
func (l *loader) expand(n *yaml.Node) []*yaml.Node {
	if n.Kind != yaml.MappingNode {
		return []*yaml.Node{n}
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value != "for" {
			continue
		}
		rest := *n
		rest.Content = append(slices.Clone(n.Content[:i]), n.Content[i+2:]...)
		var out []*yaml.Node
		l.list(n.Content[i+1], func(it *yaml.Node) {
			name := l.text(it)
			out = append(out, substitute(&rest, name, strings.NewReplacer(".", "-", "_", "-").Replace(name), true))
		})
		return out
	}
	return []*yaml.Node{n}
}

// substitute copies a node with {it} replaced; the id of the top mapping gets a suffix.
func substitute(n *yaml.Node, it, suffix string, top bool) *yaml.Node {
	c := *n
	c.Value = strings.ReplaceAll(c.Value, "{it}", it)
	c.Content = make([]*yaml.Node, len(n.Content))
	for i, child := range n.Content {
		c.Content[i] = substitute(child, it, suffix, false)
		if top && i%2 == 1 && n.Content[i-1].Value == "id" {
			c.Content[i].Value += "-" + suffix
		}
	}
	return &c
}

// mapping calls the function of each key; unknown and repeated keys are faults.
func (l *loader) mapping(n *yaml.Node, what string, keys map[string]func(*yaml.Node)) bool {
	if n.Kind != yaml.MappingNode {
		l.fault(n, "", "%s must be a mapping", what)
		return false
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		f, ok := keys[k.Value]
		switch {
		case seen[k.Value]:
			l.fault(k, "keep one of them", "key %q is repeated", k.Value)
		case !ok:
			known := make([]string, 0, len(keys))
			for k := range keys {
				known = append(known, k)
			}
			l.fault(k, nearest(k.Value, known), "unknown key %q in %s", k.Value, what)
		default:
			f(n.Content[i+1])
		}
		seen[k.Value] = true
	}
	return true
}

func (l *loader) list(n *yaml.Node, f func(*yaml.Node)) {
	if n.Kind == yaml.SequenceNode {
		for _, c := range n.Content {
			f(c)
		}
		return
	}
	f(n)
}

func (l *loader) text(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode {
		l.fault(n, "", "a text is expected here")
		return ""
	}
	return n.Value
}

// choose reads one of a fixed list of words.
func choose[T any](l *loader, n *yaml.Node, what string, words map[string]T) (v T) {
	s := l.text(n)
	v, ok := words[s]
	if !ok {
		known := make([]string, 0, len(words))
		for w := range words {
			known = append(known, w)
		}
		l.fault(n, nearest(s, known), "unknown %s %q", what, s)
	}
	return v
}

var (
	opWords       = map[string]op{"=": equal, "<=": atMost, ">=": atLeast}
	severityWords = map[string]Severity{"error": Error, "warning": Warning, "info": Info}
	missingWords  = map[string]missingPolicy{"skip": missingSkip, "zero": missingZero, "report": missingReport}
	kindWords     = map[string]Kind{"balance": Balance, "sum": Sum, "subset": Subset, "ratio": Ratio,
		"continuity": Continuity, "duplicate": Duplicate, "cumulative": Cumulative, "range": Range}
)

func (l *loader) edit(n *yaml.Node) *edit {
	e := &edit{severity: Error, total: true, file: l.name, line: n.Line, col: n.Column}
	// The id comes first in messages, so it is looked up before the rest.
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == "id" {
				e.id = l.text(n.Content[i+1])
				l.id = e.id
			}
		}
	}
	main := reading{}
	named, compared := false, false
	var left, right, ofN, baseN, otherN, shareN, fieldsN *yaml.Node
	var more []*yaml.Node
	before := len(l.faults)
	ok := l.mapping(n, "an edit", map[string]func(*yaml.Node){
		"id":   func(v *yaml.Node) {},
		"rule": func(v *yaml.Node) { e.rule = l.text(v) },
		"kind": func(v *yaml.Node) { e.kind = choose(l, v, "kind", kindWords); named = true },
		"severity": func(v *yaml.Node) {
			e.severity = choose(l, v, "severity", severityWords)
		},
		"scope": func(v *yaml.Node) {
			e.total = false
			l.list(v, func(c *yaml.Node) {
				switch choose(l, c, "scope", map[string]int{"total": 1, "field": 2}) {
				case 1:
					e.total = true
				case 2:
					e.byField = true
				}
			})
			fieldsN = v
		},
		"left":       func(v *yaml.Node) { left = v },
		"op":         func(v *yaml.Node) { e.op = choose(l, v, "operator", opWords); compared = true },
		"right":      func(v *yaml.Node) { right = v },
		"reading":    func(v *yaml.Node) { main.vi, main.en = l.both(v) },
		"variants":   func(v *yaml.Node) { l.list(v, func(c *yaml.Node) { more = append(more, c) }) },
		"share":      func(v *yaml.Node) { shareN = v },
		"of":         func(v *yaml.Node) { ofN = v },
		"base":       func(v *yaml.Node) { baseN = v },
		"other_base": func(v *yaml.Node) { otherN = v },
		"missing":    func(v *yaml.Node) { e.missing = choose(l, v, "missing", missingWords) },
		"same_year": func(v *yaml.Node) {
			e.sameYear = choose(l, v, "same_year", map[string]bool{"true": true, "false": false})
		},
		"complete": func(v *yaml.Node) {
			e.complete = choose(l, v, "complete", map[string]bool{"true": true, "false": false})
		},
		"given": func(v *yaml.Node) {
			l.list(v, func(c *yaml.Node) {
				if id := l.text(c); l.known(c, id) {
					e.given = append(e.given, l.set.index[id])
				}
			})
		},
		"from":  func(v *yaml.Node) { e.from = l.month(v) },
		"until": func(v *yaml.Node) { e.until = l.month(v) },
		"class": func(v *yaml.Node) {
			e.class = choose(l, v, "class of communes", map[string]int{"1": 1, "2": 2, "3": 3})
		},
		"only": func(v *yaml.Node) {
			e.only = choose(l, v, "kind of period", map[string]string{"month": "month", "quarter": "quarter", "year": "year"})
		},
		"title":   func(v *yaml.Node) { e.titleVI, e.titleEN = l.both(v) },
		"message": func(v *yaml.Node) { e.vi, e.en = l.both(v) },
		"pass":    func(v *yaml.Node) { l.list(v, func(c *yaml.Node) { e.pass = append(e.pass, l.fixture(c)) }) },
		"fail":    func(v *yaml.Node) { l.list(v, func(c *yaml.Node) { e.fail = append(e.fail, l.fixture(c)) }) },
	})
	if !ok {
		return nil
	}
	switch {
	case e.id == "":
		l.fault(n, "add a short id such as dossier-balance", "edit has no id")
	case strings.Trim(e.id, "abcdefghijklmnopqrstuvwxyz0123456789-") != "":
		l.fault(n, "", "id %q may hold only a-z, 0-9 and -", e.id)
	}
	if !named {
		l.fault(n, "", "kind is missing")
	}
	if e.titleVI == "" || e.titleEN == "" {
		l.fault(n, "add title: {vi: ..., en: ...}", "title in Vietnamese and in English is missing")
	}
	if len(e.pass) == 0 || len(e.fail) == 0 {
		l.fault(n, "add pass: and fail: with small figures", "a fixture that passes and one that fails are required")
	}
	switch {
	case shareN != nil:
		l.shareEdit(e, n, shareN, ofN, baseN, otherN)
		if left != nil || right != nil || len(more) > 0 {
			l.fault(shareN, "use of and base", "share does not go with left, right or variants")
		}
	case left == nil || right == nil:
		l.fault(n, "", "left and right (or share, of and base) are required")
	case !compared:
		l.fault(n, "add op: \"=\", \"<=\" or \">=\"", "op is missing")
	default:
		main.left, main.right = l.side(left), l.side(right)
		e.readings = append(e.readings, main)
		for _, v := range more {
			e.readings = append(e.readings, l.variant(v, main))
		}
	}
	if len(l.faults) > before {
		return nil
	}
	l.meaningful(e, n, fieldsN)
	return e
}

// month reads a month such as 2025-06.
func (l *loader) month(n *yaml.Node) string {
	s := l.text(n)
	if p, err := vntext.ParsePeriod(s); err != nil || p.Kind != vntext.Month {
		l.fault(n, "write 2025-06", "%q is no month", s)
	}
	return s
}

// known says whether an indicator is in the catalogue, and reports it if not.
func (l *loader) known(n *yaml.Node, id string) bool {
	_, ok := l.set.index[id]
	if !ok {
		l.fault(n, nearest(id, l.set.ids), "unknown indicator %q", id)
	}
	return ok
}

// both reads {vi: ..., en: ...}.
func (l *loader) both(n *yaml.Node) (vi, en string) {
	l.mapping(n, "a text in two languages", map[string]func(*yaml.Node){
		"vi": func(v *yaml.Node) { vi = l.text(v) },
		"en": func(v *yaml.Node) { en = l.text(v) },
	})
	return vi, en
}

// variant is a reading that takes over the sides it does not name.
func (l *loader) variant(n *yaml.Node, main reading) reading {
	r := reading{left: main.left, right: main.right}
	l.mapping(n, "a variant", map[string]func(*yaml.Node){
		"id":      func(v *yaml.Node) { r.id = l.text(v) },
		"left":    func(v *yaml.Node) { r.left = l.side(v) },
		"right":   func(v *yaml.Node) { r.right = l.side(v) },
		"as":      func(v *yaml.Node) { r.as = choose(l, v, "severity", severityWords) },
		"reading": func(v *yaml.Node) { r.vi, r.en = l.both(v) },
	})
	if r.id == "" || r.vi == "" || r.en == "" {
		l.fault(n, "", "a variant needs id and reading: {vi, en}")
	}
	return r
}

func (l *loader) side(n *yaml.Node) side {
	src := l.text(n)
	x, err := parseExpr(src)
	if err != nil {
		col := 0
		var at *exprError
		if errors.As(err, &at) {
			col = at.off
		}
		place := *n
		if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
			col++
		}
		place.Column += col
		l.fault(&place, "", "%v", err)
		return side{}
	}
	c := side{konst: x.konst}
	if len(x.terms) > 12 {
		l.fault(n, "split the edit", "%d terms on one side, at most 12", len(x.terms))
	}
	for _, t := range x.terms {
		ind, ok := l.set.index[t.indicator]
		if !ok {
			place := *n
			place.Column += max(0, strings.Index(src, t.indicator))
			l.fault(&place, nearest(t.indicator, l.set.ids), "unknown indicator %q", t.indicator)
			continue
		}
		c.terms = append(c.terms, cterm{t.coef, ind, t.when, t.need, t.sum})
	}
	return c
}

func (l *loader) shareEdit(e *edit, n, rate, of, base, other *yaml.Node) {
	if of == nil || base == nil {
		l.fault(n, "", "share needs of and base")
		return
	}
	sh := &shareEdit{}
	r := l.side(rate)
	if len(r.terms) != 1 || r.terms[0].coef != 1 || r.konst != 0 {
		l.fault(rate, "", "share must be one indicator")
		return
	}
	sh.rate = r.terms[0].ind
	if l.set.info[sh.rate].Kind != "percent" {
		l.fault(rate, "", "share must be a percentage, %s is not", l.set.ids[sh.rate])
	}
	l.list(of, func(c *yaml.Node) { sh.nums = append(sh.nums, l.side(c)) })
	l.list(base, func(c *yaml.Node) { sh.bases = append(sh.bases, shareBase{l.side(c), true}) })
	if other != nil {
		l.list(other, func(c *yaml.Node) { sh.bases = append(sh.bases, shareBase{l.side(c), false}) })
	}
	e.share = sh
}

// meaningful rejects edits that say nothing or can never hold.
func (l *loader) meaningful(e *edit, n, scope *yaml.Node) {
	for _, r := range e.readings {
		sums, plain := 0, 0
		net := map[[2]int]int64{}
		req := false
		for k, s := range [...]side{r.left, r.right} {
			sign := int64(1)
			if k == 1 {
				sign = -1
			}
			for _, t := range s.terms {
				if t.sum {
					sums++
					continue
				}
				plain++
				req = req || t.need == required
				net[[2]int{t.ind, int(t.when)}] += sign * t.coef
			}
		}
		allZero := plain > 0 && sums == 0
		for _, c := range net {
			allZero = allZero && c == 0
		}
		switch {
		case sums+plain == 0:
			l.fault(n, "name at least one indicator", "edit compares two constants")
		case allZero:
			l.fault(n, "", "both sides are the same, so the edit can never fail or never hold")
		case !req && sums == 0:
			l.fault(n, "leave one indicator without ? and ~", "edit has no required indicator")
		case sums > 0 && e.byField:
			l.fault(scope, "use scope: total", "sum() runs over the fields, so the edit has no scope field")
		}
	}
	if e.share == nil && !slices.ContainsFunc(e.readings, func(r reading) bool {
		return l.set.feasible([]relation{relationOf(e, &r)}, variable{ind: -1})
	}) {
		l.fault(n, "", "edit can never hold: figures are not negative, and no percentage exceeds 100")
	}
}

func (l *loader) fixture(n *yaml.Node) fixture {
	f := fixture{figures: map[string]string{}, line: n.Line}
	if n.Kind != yaml.MappingNode {
		l.fault(n, "", "a fixture must be a mapping of figures")
		return f
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if k.Value == "gap" {
			f.gap = l.text(v)
			continue
		}
		name, _, _ := strings.Cut(k.Value, "{")
		for w := nWhen - 1; w > now; w-- {
			if rest, ok := strings.CutPrefix(name, whenPrefix[w]); ok {
				name = rest
				break
			}
		}
		if _, ok := l.set.index[name]; !ok {
			l.fault(k, nearest(name, l.set.ids), "unknown indicator %q in a fixture", name)
		}
		if _, dup := f.figures[k.Value]; dup {
			l.fault(k, "keep one of them", "figure %q is repeated", k.Value)
		}
		value, _, _ := strings.Cut(l.text(v), "@")
		if _, _, ok := parseAmount(value); !ok {
			l.fault(v, "write 239, 99.71, or 5650@10 for a figure rounded to tens", "value %q is no number", v.Value)
		}
		f.figures[k.Value] = v.Value
	}
	return f
}

// nearest gives the hint for a misspelt word.
func nearest(word string, known []string) string {
	best, dist := "", len(word)/2+2
	for _, k := range known {
		if d := editDistance(word, k); d < dist || d == dist && k < best {
			best, dist = k, d
		}
	}
	if best == "" {
		if len(known) > 30 {
			return "see the list of indicators"
		}
		sorted := slices.Sorted(slices.Values(known))
		return "known: " + strings.Join(sorted, ", ")
	}
	return fmt.Sprintf("did you mean %q?", best)
}

// editDistance is Levenshtein's, over bytes.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diag := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diag
			if a[i-1] != b[j-1] {
				cost++
			}
			diag = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
