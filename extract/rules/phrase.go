// This file finds the patterns of all rules in a clause in one pass.

package rules

import (
	"cmp"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"baocao/normalize/vntext"
)

// A pattern is a regular expression in plain accented Vietnamese. Its letters
// are folded exactly as the text is folded, so that either spelling of a tone
// mark, i or y, capital or small works in both. Two classes:
//
//   - a pattern that stands for finitely many phrases ("(trễ|quá) hạn") becomes
//     those phrases in one automaton, found in one pass over the clause;
//   - any other pattern is compiled and run only over clauses in which one of
//     its keywords, found in that same pass, occurs, and there only at the places
//     where it can begin, which that pass finds too.
//
// Word edges are checked here, never with \b, which knows ASCII letters only.

const (
	maxPhrases = 600 // a pattern that stands for more is run as an expression
	minKeyword = 2   // bytes; a shorter literal is no useful keyword
)

// hit is one match of a pattern in a folded clause.
type hit struct {
	start, end int
	pattern    int // index into matcher.owner
}

// matcher finds all patterns of a set.
type matcher struct {
	phrases  []string // the words to look for
	byPhrase [][]int  // phrase -> patterns it is a match of
	triggers [][]int  // phrase -> expressions that must be tried
	starts   [][]int  // phrase -> expressions that can begin with it
	exprs    []expr
	always   []int      // expressions without a keyword
	words    *automaton // of phrases
	noFilter bool       // try every expression on every clause (for the equivalence test)
	pool     *sync.Pool // of *workspace
}

// workspace is the memory of one find, used again by the next.
type workspace struct {
	due    []bool // per expression
	hits   []hit
	begins []begin
}

type expr struct {
	pattern int
	re      *regexp.Regexp
	// anchored is re for the places where it can begin; nil where these are not
	// known and re searches the whole clause.
	anchored *regexp.Regexp
	// longest is how many bytes of the clause decide about a match of anchored, -1
	// for all that follow: what regexp costs grows with what it is shown.
	longest int
}

// from is what anchored has to see of a clause to match at a place.
func (e *expr) from(clause string, at int) string {
	if e.longest < 0 || len(clause)-at <= e.longest {
		return clause[at:]
	}
	end := at + e.longest
	for !utf8.RuneStart(clause[end]) {
		end--
	}
	return clause[at:end]
}

// compiled is a pattern made ready: either its phrases or an expression.
type compiled struct {
	phrases  []string
	expr     expr
	keywords []string // of the expression: every match holds one of them
	begins   []string // of an anchored expression: every match begins with one of them
}

// compilePattern folds and parses one pattern.
func compilePattern(src string) (*compiled, error) {
	if strings.Contains(src, `\b`) || strings.Contains(src, `\B`) {
		return nil, fmt.Errorf(`\b is not allowed: it only knows ASCII letters; word edges are checked by the engine`)
	}
	folded := foldPattern(src)
	if len(folded) > maxPatternBytes {
		return nil, fmt.Errorf("pattern is %d bytes long with its macros, more than %d", len(folded), maxPatternBytes)
	}
	parsed, err := syntax.Parse(folded, syntax.Perl)
	if err != nil {
		return nil, err
	}
	parsed = parsed.Simplify()
	if list, ok := expand(parsed); ok {
		sort.Strings(list)
		out := list[:0]
		for i, p := range list {
			if i > 0 && p == list[i-1] {
				continue
			}
			if p = strings.TrimSpace(p); p == "" {
				return nil, fmt.Errorf("pattern matches the empty text")
			}
			out = append(out, p)
		}
		return &compiled{phrases: out}, nil
	}
	if err := costly(parsed); err != nil {
		return nil, err
	}
	re, err := regexp.Compile(folded)
	if err != nil {
		return nil, err
	}
	if re.MatchString("") {
		return nil, fmt.Errorf("pattern matches the empty text")
	}
	if !fixed(required(parsed)) {
		return nil, fmt.Errorf("pattern matches everything: it holds no word that must be there")
	}
	c := &compiled{expr: expr{re: re}, keywords: required(parsed)}
	if begins, empty, ok := beginnings(parsed); ok && !empty && usable(begins) {
		if c.expr.anchored, err = regexp.Compile("^(?:" + folded + ")"); err != nil {
			return nil, err
		}
		c.begins = begins
		c.expr.longest = longest(parsed)
	}
	return c, nil
}

// usable says whether these beginnings are few and long enough to be looked for.
func usable(begins []string) bool {
	return len(begins) > 0 && len(begins) <= maxPhrases && !slices.ContainsFunc(begins, func(s string) bool { return len(s) < minKeyword })
}

// longest returns how many bytes a match of re can have, and a letter more, -1
// where there is no limit or what stands behind the match plays a part.
func longest(re *syntax.Regexp) int {
	n, ok := matchLength(re)
	if !ok {
		return -1
	}
	return n + utf8.UTFMax
}

func matchLength(re *syntax.Regexp) (n int, ok bool) {
	switch re.Op {
	case syntax.OpEmptyMatch:
		return 0, true
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			n += utf8.RuneLen(r)
		}
		return n, re.Flags&syntax.FoldCase == 0
	case syntax.OpCharClass:
		if n := len(re.Rune); n > 0 && re.Rune[n-1] < 0x800 {
			return utf8.RuneLen(re.Rune[n-1]), true // no other letter of it is longer
		}
		return utf8.UTFMax, true
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return utf8.UTFMax, true
	case syntax.OpCapture, syntax.OpQuest:
		return matchLength(re.Sub[0])
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			more, ok := matchLength(sub)
			if !ok {
				return 0, false
			}
			n += more
		}
		return n, true
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			other, ok := matchLength(sub)
			if !ok {
				return 0, false
			}
			n = max(n, other)
		}
		return n, true
	}
	return 0, false
}

// beginnings returns literals with one of which every match of re begins, unless
// it is empty, and whether it can be; ok is false when they are not known.
func beginnings(re *syntax.Regexp) (begins []string, empty, ok bool) {
	if list, few := expand(re); few {
		for _, s := range list {
			if s != "" {
				begins = append(begins, s)
			}
		}
		return begins, len(begins) < len(list), true
	}
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return beginnings(re.Sub[0])
	case syntax.OpQuest, syntax.OpStar:
		begins, _, ok = beginnings(re.Sub[0])
		return begins, true, ok
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			more, e, known := beginnings(sub)
			if !known {
				return nil, false, false
			}
			begins, empty = append(begins, more...), empty || e
		}
		return begins, empty, true
	case syntax.OpConcat:
		for i, sub := range re.Sub {
			more, e, known := beginnings(sub)
			if !known {
				return nil, false, false
			}
			if begins = append(begins, lengthened(more, sub, re.Sub[i+1:])...); !e {
				return begins, false, true
			}
		}
		return begins, true, true
	}
	return nil, false, false
}

// lengthened returns the beginnings of sub, those that are too short to be looked
// for with the beginnings of what follows, where that is known: " ?thôn" begins
// with " thôn".
func lengthened(begins []string, sub *syntax.Regexp, rest []*syntax.Regexp) []string {
	short := func(s string) bool { return len(s) < minKeyword }
	if _, few := expand(sub); !few || len(rest) == 0 || !slices.ContainsFunc(begins, short) {
		return begins // of an expression that is not few a beginning is not the whole
	}
	next, empty, ok := beginnings(&syntax.Regexp{Op: syntax.OpConcat, Sub: rest})
	if !ok || empty || len(begins)*len(next) > maxPhrases {
		return begins
	}
	var out []string
	for _, s := range begins {
		if !short(s) {
			out = append(out, s)
			continue
		}
		for _, n := range next {
			out = append(out, s+n)
		}
	}
	return out
}

// foldPattern folds the letters of a pattern and leaves its operators alone.
// Folding works on whole syllables, so runs of letters are folded one by one.
func foldPattern(src string) string {
	var out, run strings.Builder
	flush := func() {
		out.WriteString(vntext.Key(run.String()))
		run.Reset()
	}
	escaped := false
	for _, r := range src {
		switch {
		case escaped:
			out.WriteRune(r)
			escaped = false
		case r == '\\':
			flush()
			out.WriteRune(r)
			escaped = true
		case r < 0x80 && !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'):
			flush()
			out.WriteRune(r)
		case r == '–' || r == '—' || r == '‐' || r == '‑':
			flush()
			out.WriteByte('-')
		default:
			run.WriteRune(r)
		}
	}
	flush()
	return out.String()
}

// expand lists every string that re matches, if they are few and the
// expression has no anchors, classes beyond a few runes, or repetitions
// without bound.
func expand(re *syntax.Regexp) ([]string, bool) {
	switch re.Op {
	case syntax.OpEmptyMatch:
		return []string{""}, true
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase != 0 {
			return nil, false
		}
		return []string{string(re.Rune)}, true
	case syntax.OpCharClass:
		var out []string
		for i := 0; i < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				if out = append(out, string(r)); len(out) > 40 {
					return nil, false
				}
			}
		}
		return out, true
	case syntax.OpCapture:
		return expand(re.Sub[0])
	case syntax.OpQuest:
		sub, ok := expand(re.Sub[0])
		return append([]string{""}, sub...), ok
	case syntax.OpAlternate:
		var out []string
		for _, s := range re.Sub {
			sub, ok := expand(s)
			if out = append(out, sub...); !ok || len(out) > maxPhrases {
				return nil, false
			}
		}
		return out, true
	case syntax.OpConcat:
		out := []string{""}
		for _, s := range re.Sub {
			sub, ok := expand(s)
			if !ok || len(out)*len(sub) > maxPhrases {
				return nil, false
			}
			next := make([]string, 0, len(out)*len(sub))
			for _, a := range out {
				for _, b := range sub {
					next = append(next, a+b)
				}
			}
			out = next
		}
		return out, true
	}
	return nil, false
}

// required returns literals of which every match holds at least one, the
// longest such choice; nil when there is none.
func required(re *syntax.Regexp) []string {
	if list, ok := expand(re); ok {
		for i, s := range list {
			if list[i] = strings.TrimSpace(s); len(list[i]) < minKeyword {
				return nil
			}
		}
		return list
	}
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0])
		}
	case syntax.OpConcat:
		var best []string
		score := 0
		for _, s := range re.Sub {
			list := required(s)
			shortest := 0
			for i, w := range list {
				if i == 0 || len(w) < shortest {
					shortest = len(w)
				}
			}
			if shortest > score {
				best, score = list, shortest
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, s := range re.Sub {
			list := required(s)
			if list == nil {
				return nil
			}
			all = append(all, list...)
		}
		return all
	}
	return nil
}

// matcherBuilder collects patterns before the automaton is built.
type matcherBuilder struct {
	index map[string]int
	bytes int // of all words
	m     matcher
}

func newMatcherBuilder() *matcherBuilder { return &matcherBuilder{index: map[string]int{}} }

func (b *matcherBuilder) word(s string) int {
	i, ok := b.index[s]
	if !ok {
		i = len(b.m.phrases)
		b.index[s] = i
		b.bytes += len(s)
		b.m.phrases = append(b.m.phrases, s)
		b.m.byPhrase = append(b.m.byPhrase, nil)
		b.m.triggers = append(b.m.triggers, nil)
		b.m.starts = append(b.m.starts, nil)
	}
	return i
}

// add compiles src as the pattern with the given number.
func (b *matcherBuilder) add(src string, pattern int) error {
	c, err := compilePattern(src)
	if err != nil {
		return err
	}
	for _, p := range c.phrases {
		w := b.word(p)
		b.m.byPhrase[w] = append(b.m.byPhrase[w], pattern)
	}
	if c.expr.re != nil {
		x := len(b.m.exprs)
		c.expr.pattern = pattern
		b.m.exprs = append(b.m.exprs, c.expr)
		if len(c.keywords) == 0 {
			b.m.always = append(b.m.always, x)
		}
		for _, k := range c.begins {
			w := b.word(k)
			b.m.starts[w] = append(b.m.starts[w], x)
		}
		for _, k := range c.keywords {
			w := b.word(k)
			b.m.triggers[w] = append(b.m.triggers[w], x)
		}
	}
	if b.bytes >= maxAutomaton {
		return fmt.Errorf("the patterns up to this one stand for more than %d bytes of phrases", maxAutomaton)
	}
	return nil
}

func (b *matcherBuilder) build() *matcher {
	m := b.m
	m.words, m.pool = newAutomaton(m.phrases), new(sync.Pool)
	return &m
}

// begin is a place at which an expression can begin.
type begin struct{ expr, at int }

// find returns every match in the folded clause, sorted by start, then the
// longer first, then pattern.
func (m *matcher) find(clause string) []hit {
	work, ok := m.pool.Get().(*workspace)
	if !ok {
		work = &workspace{due: make([]bool, len(m.exprs))}
	}
	defer m.pool.Put(work)
	due, hits, begins := work.due, work.hits[:0], work.begins[:0]
	clear(due)
	for _, x := range m.always {
		due[x] = true
	}
	m.words.walk(clause, func(start, stop int, word int32) {
		for _, x := range m.triggers[word] {
			due[x] = true
		}
		for _, x := range m.starts[word] {
			begins = append(begins, begin{x, start})
		}
		if own := m.byPhrase[word]; len(own) > 0 && wordEdges(clause, start, stop) {
			for _, p := range own {
				hits = append(hits, hit{start, stop, p})
			}
		}
	})
	work.begins = begins
	slices.SortFunc(begins, func(a, b begin) int { return cmp.Or(cmp.Compare(a.expr, b.expr), cmp.Compare(a.at, b.at)) })
	for x := range due {
		// The places at which x can begin are the first of begins.
		n := 0
		for n < len(begins) && begins[n].expr == x {
			n++
		}
		at := begins[:n]
		begins = begins[n:]
		switch {
		case m.noFilter || due[x] && m.exprs[x].anchored == nil:
			for _, loc := range m.exprs[x].re.FindAllStringIndex(clause, -1) {
				hits = m.exprs[x].hit(clause, loc[0], loc[1], hits)
			}
		case due[x]:
			// The same matches: the first place at which it fits, then the first
			// behind that.
			from := 0
			for _, b := range at {
				if b.at < from {
					continue
				}
				if loc := m.exprs[x].anchored.FindStringIndex(m.exprs[x].from(clause, b.at)); loc != nil {
					hits = m.exprs[x].hit(clause, b.at, b.at+loc[1], hits)
					from = max(b.at+loc[1], b.at+1)
				}
			}
		}
	}
	work.hits = hits
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.pattern, b.pattern))
	})
	return append([]hit(nil), hits...)
}

// hit adds a match from start to end, if it is one of whole words.
func (e *expr) hit(clause string, start, end int, hits []hit) []hit {
	start, end = trimSpan(clause, start, end)
	if start < end && wordEdges(clause, start, end) {
		return append(hits, hit{start, end, e.pattern})
	}
	return hits
}

func trimSpan(s string, start, end int) (int, int) {
	for start < end && s[start] == ' ' {
		start++
	}
	for end > start && s[end-1] == ' ' {
		end--
	}
	return start, end
}

// wordEdges reports whether s[start:end] begins and ends at word edges: two
// letters or two digits on both sides of an end make it the middle of a word.
// A letter next to a digit is an edge, for "05hồ sơ" printed without a space.
func wordEdges(s string, start, end int) bool {
	return !(start > 0 && sameWord(s[start-1], s[start])) && !(end < len(s) && end > 0 && sameWord(s[end-1], s[end]))
}

func sameWord(a, b byte) bool { return wordByte(a) && wordByte(b) && isDigit(a) == isDigit(b) }

// wordByte reports whether b belongs to a word in folded text: ASCII letters,
// digits, and every byte of a letter beyond ASCII (folding has replaced the
// other signs beyond ASCII that touch words).
func wordByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b >= 0x80
}
