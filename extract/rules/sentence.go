// This file cuts passages into sentences and marks their numbers, concepts and
// boundaries.

package rules

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/normalize/vntext"
)

// sentence is a stretch of folded text with what was found in it.
type sentence struct {
	start, end int    // in the passage's folded text
	text       string // folded
	notes
	objects bool // only what it counts is taken from it
}

// notes are what was found in a text. They are shared by all sentences with it: a list
// may be replaced, its elements may not.
type notes struct {
	tokens []vntext.Token
	hits   []hit   // concepts, containment resolved, sorted
	inner  []hit   // those inside a longer one that is said of other objects
	bounds []bound // clause boundaries
}

// bound is a place where one statement may end and the next begin.
type bound struct {
	pos, end int
	kind     byte // , ; : ( ) p(art) b(reak word) v(à)
}

// longestSentence bounds what is read as one sentence, in bytes. The cost of a
// sentence grows with its square, and none that people write is as long.
const longestSentence = 4000

// cutLong cuts a sentence that is too long at the last semicolon, comma or space
// that fits.
func cutLong(text string, x sentence) []sentence {
	var out []sentence
	for x.end-x.start > longestSentence {
		limit := x.start + longestSentence
		at := -1
		for _, mark := range []string{";", ",", " "} {
			if at = strings.LastIndex(text[x.start:limit], mark); at > 0 {
				break
			}
		}
		if at <= 0 {
			for at = longestSentence; at > 0 && !utf8.RuneStart(text[x.start+at]); at-- {
			}
			at--
		}
		out = append(out, sentence{start: x.start, end: x.start + at + 1})
		x.start += at + 1
	}
	return append(out, x)
}

// sentences cuts a passage at full stops.
func (s *Set) sentences(p *passage, raw string) []sentence {
	text := p.fold.Text
	var out []sentence
	start := p.label
	for i := p.label; i < len(text); i++ {
		c := text[i]
		if c != '.' && c != '!' && c != '?' || !s.endsSentence(p, raw, i) {
			continue
		}
		out = append(out, sentence{start: start, end: i + 1})
		start = i + 1
	}
	if start < len(text) {
		out = append(out, sentence{start: start, end: len(text)})
	}
	keep := make([]sentence, 0, len(out))
	for _, long := range out {
		for _, x := range cutLong(text, long) {
			rest := strings.TrimLeft(text[x.start:x.end], " •·→") // "... • Hồ sơ mới: 402. • Tổng cộng: 408."
			x.start = x.end - len(rest)
			x.text = text[x.start:x.end]
			if len(x.text) > 1 {
				s.annotate(&x)
				keep = append(keep, x)
			}
		}
	}
	return keep
}

// endsSentence decides whether the point at i ends a sentence: it does when a
// space and a capital, a digit or a bullet follow, and no abbreviation or
// initial stands before it.
func (s *Set) endsSentence(p *passage, raw string, i int) bool {
	text := p.fold.Text
	if i+1 == len(text) {
		return true
	}
	if text[i+1] != ' ' {
		// "hồ sơ.Trong đó": a missing space after a word
		if isDigit(text[i+1]) || i == 0 || isDigit(text[i-1]) || !wordByte(text[i-1]) {
			return false
		}
		from, _ := p.fold.Span(i+1, i+1+runeLen(text[i+1:]))
		r, _ := utf8.DecodeRuneInString(raw[from:])
		w := lastWord(text[:i])
		return unicode.IsUpper(r) && len(w) > 2
	}
	j := i + 2
	if j >= len(text) {
		return true
	}
	w := lastWord(text[:i])
	switch w {
	case "tp", "tt", "ths", "ts", "tr", "tx", "kt", "tm", "tl", "tuq", "q", "h", "p", "x", "vd", "st":
		return false
	}
	if isDigit(text[j]) {
		return !isDigit(text[i-1]) || text[i] != '.' || len(w) > 2
	}
	from, _ := p.fold.Span(j, j+runeLen(text[j:]))
	if from >= len(raw) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(raw[from:])
	return unicode.IsUpper(r) || !unicode.IsLetter(r)
}

func runeLen(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return 1
	}
	return n
}

func lastWord(s string) string {
	i := len(s)
	for i > 0 && wordByte(s[i-1]) {
		i--
	}
	return s[i:]
}

// annotate finds numbers, concepts and boundaries of one sentence.
func (s *Set) annotate(x *sentence) {
	x.notes = s.noted.Of(x.text, func(text string) notes {
		own := sentence{text: text}
		own.tokens = vntext.Scan(text)
		own.hits, own.inner = s.resolve(s.touching(text, s.match.find(text), own.tokens), own.tokens)
		own.bounds = s.boundaries(&own)
		return own.notes
	})
}

// touching leaves out the concepts that mean something right before a number only where
// none follows them.
func (s *Set) touching(text string, hits []hit, tokens []vntext.Token) []hit {
	return slices.DeleteFunc(hits, func(h hit) bool {
		if !s.lexicon[s.owner[h.pattern]].touch {
			return false
		}
		return !slices.ContainsFunc(tokens, func(t vntext.Token) bool {
			return t.Start >= h.end && strings.Trim(text[h.end:t.Start], " :(") == ""
		})
	})
}

// resolve drops a hit that lies strictly inside a longer one ("giải quyết"
// inside "đang giải quyết", "trực tuyến" inside "thanh toán trực tuyến"), and
// one that overlaps a longer one. What lies in a longer one that is said of other objects
// is returned apart. Hits over a number other than the classing
// ones are dropped too.
func (s *Set) resolve(hits []hit, tokens []vntext.Token) (out, inner []hit) {
	order := make([]int, len(hits))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := hits[a], hits[b]
		return cmp.Compare(y.end-y.start, x.end-x.start)
	})
	drop := make([]bool, len(hits))
	for i, h := range hits { // the letters of "260/BC-UBND" are no words
		drop[i] = slices.ContainsFunc(tokens, func(t vntext.Token) bool {
			return t.Kind == vntext.TokReference && t.Start < h.start && h.end <= t.End
		})
	}
	for i, h := range hits { // "không tổ chức | kiểm tra CCHC": the zero keeps its words
		for _, z := range hits {
			if s.lexicon[s.owner[z.pattern]].role == roleZero && z.start < h.start && h.start < z.end && z.end < h.end {
				drop[i] = true
			}
		}
	}
	var kept []hit
	for _, i := range order {
		h := hits[i]
		if drop[i] {
			continue
		}
		bound, inside := len(s.lexicon[s.owner[h.pattern]].after) > 0, false
		for _, k := range kept {
			same := k.start == h.start && k.end == h.end
			if same || h.start >= k.end || k.start >= h.end {
				continue
			}
			if k.start <= h.start && h.end <= k.end && s.ofOthers(k, h) {
				inside = true
				continue
			}
			drop[i], inside = true, false
			break
		}
		if inside {
			drop[i] = true
			inner = append(inner, h)
		}
		if !drop[i] && !bound { // a concept bound to a context must not hide the others
			kept = append(kept, h)
		}
	}
	out = hits[:0]
	for i, h := range hits {
		if !drop[i] && !s.repeats(out, h) {
			out = append(out, h)
		}
	}
	return out, inner
}

// ofOthers reports whether two concepts are said of different objects: "quá hạn nhưng chưa
// xong" of dossiers hides nothing that is said of tasks.
func (s *Set) ofOthers(a, b hit) bool {
	x, y := &s.lexicon[s.owner[a.pattern]], &s.lexicon[s.owner[b.pattern]]
	if x.role != roleConcept || y.role != roleConcept || len(x.only) == 0 || len(y.only) == 0 {
		return false
	}
	return !slices.ContainsFunc(x.only, func(o int) bool { return slices.Contains(y.only, o) })
}

// repeats says whether the last of hits, which are sorted, hold the concept of h at
// the place of h already.
func (s *Set) repeats(hits []hit, h hit) bool {
	for i := len(hits) - 1; i >= 0 && hits[i].start == h.start && hits[i].end == h.end; i-- {
		if s.owner[hits[i].pattern] == s.owner[h.pattern] {
			return true
		}
	}
	return false
}

// behindNoun reports whether nothing but a counted noun stands between a number and the
// hit.
func (s *Set) behindNoun(x *sentence, h hit) bool {
	if !strings.HasPrefix(x.text[h.start:h.end], "trong số ") {
		return false
	}
	for _, n := range x.hits {
		if n.end+1 != h.start || !s.lexicon[s.owner[n.pattern]].noun {
			continue
		}
		for _, t := range x.tokens {
			if t.Kind == vntext.TokNumber && t.End+1 == n.start {
				return true
			}
		}
	}
	return false
}

// boundaries lists punctuation and connecting words outside concepts and
// numbers. A comma inside "cán bộ, công chức" is no boundary.
func (s *Set) boundaries(x *sentence) []bound {
	var out []bound
	inside := make([]bool, len(x.text)+1)
	for _, h := range x.hits {
		e := &s.lexicon[s.owner[h.pattern]]
		if e.role == rolePart || e.role == roleBreak {
			if e.role == rolePart && s.behindNoun(x, h) { // "784 hồ sơ trong số đó chưa tới hạn"
				continue
			}
			kind := byte('p')
			if e.role == roleBreak {
				kind = 'b'
			}
			out = append(out, bound{h.start, h.end, kind})
		}
		for i := h.start; i < h.end; i++ {
			inside[i] = true
		}
	}
	for _, t := range x.tokens {
		for i := t.Start; i < t.End && i < len(inside); i++ {
			inside[i] = true
		}
	}
	s.asideBrackets(x, inside)
	for i := 0; i < len(x.text); i++ {
		if inside[i] {
			continue
		}
		switch c := x.text[i]; c {
		case ',', ';', ':', '(', ')':
			out = append(out, bound{i, i + 1, c})
		case '[', '{':
			out = append(out, bound{i, i + 1, '('})
		case ']', '}':
			out = append(out, bound{i, i + 1, ')'})
		case '\t', '|':
			out = append(out, bound{i, i + 1, ';'})
		case '-', '+':
			if i > 0 && i+1 < len(x.text) && x.text[i-1] == ' ' && x.text[i+1] == ' ' {
				out = append(out, bound{i, i + 1, ','})
			}
		case 'v':
			const and = "và"
			if i+len(and) <= len(x.text) && x.text[i:i+len(and)] == and && wordEdges(x.text, i, i+len(and)) {
				out = append(out, bound{i, i + len(and), 'v'})
			}
		}
	}
	slices.SortFunc(out, func(a, b bound) int { return cmp.Compare(a.pos, b.pos) })
	return s.openQuantities(x, out)
}

// openQuantities takes away the brackets around a number that says how many "most" of
// them are: "hầu hết (6.020 hồ sơ) có kết quả sớm".
func (s *Set) openQuantities(x *sentence, bounds []bound) []bound {
	for k := 0; k < len(bounds); k++ {
		if bounds[k].kind != '(' || !s.touches(x, bounds[k].pos, func(e *entry) bool { return e.role == roleMost }) {
			continue
		}
		close := slices.IndexFunc(bounds[k:], func(b bound) bool { return b.kind == ')' })
		if close != 1 {
			continue // more than a number stands there
		}
		bounds = slices.Delete(bounds, k, k+2)
		k--
	}
	return bounds
}

// asideBrackets marks the brackets that hold nothing but a filler as no boundaries:
// "văn bản đi (trừ văn bản mật) được ký số".
func (s *Set) asideBrackets(x *sentence, inside []bool) {
	for _, h := range x.hits {
		if s.lexicon[s.owner[h.pattern]].role == roleFiller && h.start > 0 && h.end < len(x.text) && x.text[h.start-1] == '(' && x.text[h.end] == ')' {
			inside[h.start-1], inside[h.end] = true, true
		}
	}
}
