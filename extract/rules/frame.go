// This file holds the numbers of a sentence with the words that speak about each, and
// fills their frames.

package rules

import (
	"slices"
	"strings"

	"baocao/normalize/vntext"
)

// A frame is what a number means: for each slot of the vocabulary (object
// counted, action, channel, deadline, field, ...) the value that the words
// around the number, or the statement it belongs to, give it.

const maxSlots = 24

type frame struct {
	v    [maxSlots]int16 // value id per slot, 0 when empty
	from [maxSlots]origin
}

// origin says how directly a slot was filled; it feeds the confidence.
type origin uint8

const (
	fromNowhere origin = iota
	fromNear           // the words that touch the number
	fromFar            // other words of the same statement
	fromParent         // the figure this is a part of
	fromSibling        // the figure before in the sentence
	fromBlock          // heading, lead-in line or earlier sentence
)

type itemKind uint8

const (
	itemNumber itemKind = iota
	itemZero
)

// item is one number of a sentence, or a zero in words, with its surroundings.
type item struct {
	kind       itemKind
	start, end int // in the sentence
	tok        vntext.Token
	class      Class
	why        string
	counts     bool // a number that may be a figure

	left, right int // the stretch of the sentence that speaks about this number
	nearL       int // words that touch it: [nearL, start) and [end, nearR)
	nearR       int
	nounEnd     int    // end of the counted noun right after the number, 0 if none
	unknownNoun bool   // a word that no concept knows follows directly
	depth       int    // brackets open around it
	attached    bool   // a percentage or fraction that belongs to the number before
	since       bool   // counts from a named date to today
	ditto       bool   // "đều", "tất cả": the number before, said of once more
	post        bool   // a zero in words behind its label: "Trễ hẹn: không có"
	before      *frame // what the number before it means, in the sentence or the statement before
	newOnly     bool   // says again what the number it is a part of says: perhaps the new ones of a total
	baseOwn     bool   // a base with words of its own: "389 hồ sơ/418 hồ sơ tiếp nhận"
	base        bool   // what the number before is a part of: "1.571 hồ sơ trên tổng số 1.588 hồ sơ"
	host        int    // index of the number it is attached to, else itself
	parent      int    // index of the number it is "trong đó" of, -1 if none
	frame       frame
	rule        *Rule
	rival       bool  // another rule fits as well as rule
	figures     []int // indexes into Result.Figures
}

// items lists the numbers and worded zeros of a sentence and finds the words
// that speak about each.
func (s *Set) items(x *sentence) []item {
	out := make([]item, 0, len(x.tokens))
	for _, t := range x.tokens {
		it := item{kind: itemNumber, start: t.Start, end: t.End, tok: t, parent: -1}
		it.class, it.why = classOfToken(t)
		out = append(out, it)
	}
	s.classByLexicon(x, out)
	counts := make([]item, 0, len(out))
	for _, it := range out {
		if it.class == Unexplained {
			it.counts = true
			counts = append(counts, it)
		}
	}
	counts = s.addDittos(x, s.addZeros(x, counts))
	s.regions(x, counts)
	// put the others back, in order, for the account of numbers
	all := make([]item, 0, len(out)+len(counts))
	i, j := 0, 0
	index := make([]int, len(counts))
	for i < len(out) || j < len(counts) {
		if j >= len(counts) || i < len(out) && out[i].start < counts[j].start {
			if out[i].class != Unexplained {
				all = append(all, out[i])
			}
			i++
			continue
		}
		index[j] = len(all)
		all = append(all, counts[j])
		j++
	}
	for k := range all {
		if all[k].class != Unexplained {
			all[k].parent, all[k].host = -1, k
			continue
		}
		if all[k].parent >= 0 {
			all[k].parent = index[all[k].parent]
		}
		all[k].host = index[all[k].host]
	}
	return all
}

// classOfToken classes the numbers that are recognised by their form.
func classOfToken(t vntext.Token) (Class, string) {
	switch t.Kind {
	case vntext.TokDate:
		return ClassDate, "date"
	case vntext.TokPeriod:
		return ClassDate, "period"
	case vntext.TokTime:
		return ClassDate, "time of day"
	case vntext.TokReference:
		return ClassReference, "document number"
	case vntext.TokOrdinal:
		return ClassLabel, "ordinal"
	case vntext.TokPhone:
		return ClassOther, "telephone number"
	}
	return Unexplained, ""
}

// classByLexicon classes the numbers next to which a label phrase stands
// ("mức độ" 3, "đề án" 06): the phrase touches the number on either side.
func (s *Set) classByLexicon(x *sentence, items []item) {
	for i := range items {
		it := &items[i]
		if it.class != Unexplained {
			continue
		}
		if it.tok.Kind == vntext.TokNumber && isDuration(x.text[it.end:]) {
			it.class, it.why = ClassOther, "length of time" // "tổng lệ phí thu 9 tháng 76.430.000 đồng"
			continue
		}
		for _, h := range x.hits {
			e := &s.lexicon[s.owner[h.pattern]]
			if e.role != roleLabel && e.role != roleOther {
				if h.start <= it.start && it.end <= h.end && len(e.set) > 0 {
					it.class, it.why = ClassLabel, "part of a name" // "mức độ 3,4"
					break
				}
				continue
			}
			if len(e.unless) > 0 && s.saidBefore(x, h.start, e.unless) {
				continue
			}
			before := h.end <= it.start && onlySpace(x.text[h.end:it.start])
			// a list of labels: "mức độ 3, 4", "mức độ 3 và 4"
			if !before && e.role == roleLabel && it.tok.Decimals == 0 && h.end <= it.start && i > 0 && items[i-1].why == e.why && items[i-1].class != Unexplained &&
				items[i-1].end <= it.start && isListGap(x.text[items[i-1].end:it.start]) {
				before = true
			}
			around := h.start <= it.start && it.end <= h.end
			if before || around {
				it.class, it.why = ClassLabel, e.why
				if e.role == roleOther {
					it.class = ClassOther
				}
				break
			}
		}
	}
}

// isDuration reports whether the words after a number make it a length of time.
func isDuration(after string) bool {
	word, rest, _ := strings.Cut(strings.TrimLeft(after, " "), " ")
	if n := digitsLen(rest); n > 0 && n <= 4 && (n == len(rest) || rest[n] != '.') {
		return false // "86 năm 2025 chuyển sang"
	}
	switch strings.TrimRight(word, ".,;:)") {
	case "tháng", "ngày", "tuần", "năm", "giờ", "phút":
		return true
	}
	return false
}

// saidBefore reports whether one of the conditions is said earlier in the sentence.
func (s *Set) saidBefore(x *sentence, at int, conditions []condition) bool {
	for _, h := range x.hits {
		if h.end > at {
			break
		}
		for _, a := range s.lexicon[s.owner[h.pattern]].set {
			for _, c := range conditions {
				if a.slot == c.slot && slices.Contains(c.values, a.value) {
					return true
				}
			}
		}
	}
	return false
}

func onlySpace(s string) bool { return strings.TrimSpace(s) == "" }

func isListGap(s string) bool {
	switch strings.TrimSpace(s) {
	case ",", "và", "-", "/", ";", "hoặc", ", mức độ", "và mức độ":
		return true
	}
	return false
}

// addZeros adds the zeros in words ("không có", "chưa phát sinh"), one for each
// counted noun in their scope: "không có TTHC mới ban hành, TTHC bị bãi bỏ".
func (s *Set) addZeros(x *sentence, counts []item) []item {
	var zeros []item
	for hi, h := range x.hits {
		e := &s.lexicon[s.owner[h.pattern]]
		bare := x.text[h.start:h.end] == "không"
		if e.role != roleZero && !bare {
			continue
		}
		stop := s.scopeEnd(x, counts, h.end)
		post := strings.Trim(x.text[h.end:stop], " .") == ""
		if bare && !post || post && len(e.set) == 0 && !s.hasContent(x, s.clauseStart(x, counts, h.start), h.start) {
			continue
		}
		if overlapsNumber(counts, h.start, h.end) || startsWithNumber(counts, h.end, x.text) {
			continue
		}
		zeros = append(zeros, item{kind: itemZero, counts: true, start: h.start, end: h.end, parent: -1, post: post,
			tok: vntext.Token{Kind: vntext.TokNumber, Start: h.start, End: h.end, Value: "0", Words: true, Rounding: 1}})
		// further nouns in the same scope
		for _, b := range x.bounds {
			if b.pos < h.end || b.kind != ',' && b.kind != 'v' {
				if b.pos > h.end && (b.kind == ';' || b.kind == ':' || b.kind == '(' || b.kind == 'p') {
					break
				}
				continue
			}
			if overlapsNumber(counts, h.end, b.end) {
				break
			}
			at := b.end
			for at < len(x.text) && x.text[at] == ' ' {
				at++
			}
			noun := s.hitAt(x, hi+1, at)
			if noun < 0 || startsWithNumber(counts, at, x.text) {
				break
			}
			ne := &s.lexicon[s.owner[x.hits[noun].pattern]]
			if ne.role != roleConcept || !ne.noun && len(ne.only) == 0 {
				break
			}
			zeros = append(zeros, item{kind: itemZero, counts: true, start: at, end: at, parent: -1,
				tok: vntext.Token{Kind: vntext.TokNumber, Start: h.start, End: h.end, Value: "0", Words: true, Rounding: 1}})
		}
	}
	if len(zeros) == 0 {
		return counts
	}
	var out []item
	i, j := 0, 0
	for i < len(counts) || j < len(zeros) {
		if j >= len(zeros) || i < len(counts) && counts[i].start <= zeros[j].start {
			out = append(out, counts[i])
			i++
		} else {
			out = append(out, zeros[j])
			j++
		}
	}
	return out
}

// addDittos adds what "đều" or "tất cả" says of a whole number again: in "đã trả 289
// hồ sơ, tất cả trả đúng hạn" the dossiers returned in time are 289 too. The number
// must stand right before, in the same statement, and no other may follow.
func (s *Set) addDittos(x *sentence, counts []item) []item {
	if out, ok := s.bracketDitto(x, counts); ok {
		return out
	}
	for _, h := range x.hits {
		if s.lexicon[s.owner[h.pattern]].role != roleAll {
			continue
		}
		prev := -1
		for i := range counts {
			if counts[i].end <= h.start {
				prev = i
			}
		}
		if prev < 0 || counts[prev].kind != itemNumber || counts[prev].tok.Kind != vntext.TokNumber || counts[prev].tok.Scaled != "" {
			continue
		}
		stop := s.scopeEnd(x, counts, h.end)
		if overlapsNumber(counts, h.end, stop+1) || startsWithNumber(counts, stop, x.text) || !s.hasContent(x, h.end, stop) || !s.onlyComma(x, counts[prev].end, h.start) {
			continue
		}
		tok := counts[prev].tok
		tok.Start, tok.End, tok.Words = h.start, stop, true
		ditto := item{kind: itemNumber, counts: true, ditto: true, start: h.start, end: h.end, parent: -1, tok: tok}
		counts = append(counts[:prev+1], append([]item{ditto}, counts[prev+1:]...)...)
		return counts
	}
	return counts
}

// bracketDitto adds what a bracket behind a number says against the deadline: "đang
// giải quyết 1.089 hồ sơ (còn trong hạn)".
func (s *Set) bracketDitto(x *sentence, counts []item) ([]item, bool) {
	for k, b := range x.bounds {
		if b.kind != '(' {
			continue
		}
		end := closing(x, k)
		if end < 0 || overlapsNumber(counts, b.pos, x.bounds[end].end) {
			continue
		}
		prev := -1
		for i := range counts {
			if counts[i].end <= b.pos {
				prev = i
			}
		}
		if prev < 0 || counts[prev].kind != itemNumber || counts[prev].tok.Kind != vntext.TokNumber || b.pos-counts[prev].end > 40 || !onlyNoun(s, x, &counts[prev], b.pos) {
			continue
		}
		for _, h := range x.hits {
			if h.start < b.end || h.end > x.bounds[end].pos {
				continue
			}
			for _, a := range s.lexicon[s.owner[h.pattern]].set {
				if a.slot != s.well.time {
					continue
				}
				tok := counts[prev].tok
				tok.Start, tok.End, tok.Words = b.end, x.bounds[end].pos, true
				ditto := item{kind: itemNumber, counts: true, ditto: true, start: b.end, end: b.end, parent: -1, tok: tok}
				return append(counts[:prev+1:prev+1], append([]item{ditto}, counts[prev+1:]...)...), true
			}
		}
	}
	return counts, false
}

// onlyComma reports whether at most a noun and a comma stand between a number and
// the words that speak of all of it.
func (s *Set) onlyComma(x *sentence, from, to int) bool {
	commas := 0
	for _, b := range x.bounds {
		if b.pos < from || b.end > to {
			continue
		}
		if b.kind != ',' && b.kind != '(' && b.kind != 'v' {
			return false
		}
		commas++
	}
	return commas == 1 && to-from < 40
}

// hitAt returns the index of the longest concept that starts at the position.
func (s *Set) hitAt(x *sentence, from, at int) int {
	for i := from; i < len(x.hits); i++ {
		if x.hits[i].start == at {
			return i
		}
		if x.hits[i].start > at {
			break
		}
	}
	return -1
}

func overlapsNumber(counts []item, from, to int) bool {
	for _, c := range counts {
		if c.start < to && from < c.end {
			return true
		}
	}
	return false
}

func startsWithNumber(counts []item, at int, text string) bool {
	for _, c := range counts {
		if c.start >= at && onlySpace(text[at:c.start]) {
			return true
		}
	}
	return false
}

// clauseStart returns where the words before a worded zero begin that may say what
// there is none of.
func (s *Set) clauseStart(x *sentence, counts []item, to int) int {
	start := 0
	for _, b := range x.bounds {
		if b.end <= to && b.kind != 'v' && b.kind != ':' {
			start = b.end
		}
	}
	for _, c := range counts {
		if c.end <= to {
			start = max(start, c.end)
		}
	}
	return start
}

// scopeEnd returns where the noun phrase after a worded zero ends.
func (s *Set) scopeEnd(x *sentence, counts []item, from int) int {
	end := len(x.text)
	for _, b := range x.bounds {
		if b.pos >= from && b.kind != 'v' {
			end = b.pos
			break
		}
	}
	for _, c := range counts {
		if c.start >= from && c.start < end {
			end = c.start
		}
	}
	return end
}

// regions gives every number its stretch of the sentence, the words that touch
// it, its host and its parent.
func (s *Set) regions(x *sentence, items []item) {
	n := len(items)
	if n == 0 {
		return
	}
	parent := -1
	type open struct{ parent, at int }
	var stack []open
	for i := range items {
		it := &items[i]
		it.host = i
		gapStart := 0
		if i > 0 {
			gapStart = items[i-1].end
		}
		leftEnd, rightStart := s.cut(x, items, i, gapStart)
		if i > 0 {
			items[i-1].right = leftEnd
			items[i-1].nearR = min(items[i-1].nearR, leftEnd)
		}
		it.left = rightStart
		it.right, it.nearR = len(x.text), len(x.text)
		for _, b := range x.bounds {
			if b.pos >= it.end && (b.kind != 'v' || it.kind == itemZero) {
				it.nearR = b.pos
				break
			}
		}
		s.nounAfter(x, it)
		ended := false
		// nesting: parts after "trong đó", a colon after a number, brackets
		for _, b := range x.bounds {
			if b.pos < gapStart || b.pos >= it.start {
				continue
			}
			switch b.kind {
			case '(':
				stack = append(stack, open{parent, b.pos})
				if i > 0 && onlyNoun(s, x, &items[i-1], b.pos) {
					parent = hostOf(items, i-1)
				}
			case ')':
				if len(stack) > 0 {
					parent = stack[len(stack)-1].parent
					stack = stack[:len(stack)-1]
				}
			case ';':
				if len(stack) == 0 {
					parent = -1
				}
				ended = true
			case 'p':
				if k := lastNumber(items, i-1); k >= 0 {
					parent = hostOf(items, k)
					// "164 TTHC, gồm 138 cấp xã, 26 ngành dọc; trong đó toàn trình 42"
					for ended && items[parent].parent >= 0 {
						parent = items[parent].parent
					}
				}
			case ':':
				if i > 0 && onlyNoun(s, x, &items[i-1], b.pos) {
					parent = hostOf(items, i-1)
				}
			}
		}
		it.parent = parent
		if it.ditto {
			it.parent = hostOf(items, i-1)
		}
		it.depth = len(stack)
		s.nearLeft(x, it)
		// an attached percentage or fraction speaks about the number before
		if host := s.hostFor(x, items, i); host >= 0 {
			it.attached = true
			it.host = hostOf(items, host)
			it.parent = items[it.host].parent
		} else if s.isBase(x, items, i) {
			it.base = true
			it.host = hostOf(items, i-1)
			it.parent = items[it.host].parent
		}
	}
}

// isBase reports whether only "trên tổng số", "/" or the like stands between the
// number before (with its noun) and this one.
func (s *Set) isBase(x *sentence, items []item, i int) bool {
	if i == 0 || items[i-1].kind == itemZero || items[i].kind == itemZero {
		return false
	}
	prev, it := &items[i-1], &items[i]
	if prev.tok.Kind != vntext.TokNumber || it.tok.Kind != vntext.TokNumber || prev.base {
		return false
	}
	for _, h := range x.hits { // words of its own make it a figure of its own
		if e := &s.lexicon[s.owner[h.pattern]]; h.start >= it.end && h.end <= it.nearR && len(e.set) > 0 && !s.counts(x, prev, e) {
			it.baseOwn = true
		}
	}
	from := max(prev.end, prev.nounEnd)
	for from < it.start && x.text[from] == ' ' {
		from++
	}
	if from < it.start && strings.TrimSpace(x.text[from:it.start]) == "/" {
		return true
	}
	if it.baseOwn {
		return false
	}
	for _, h := range x.hits {
		if h.start == from && s.lexicon[s.owner[h.pattern]].role == roleBase && onlySpace(x.text[h.end:it.start]) {
			return true
		}
	}
	return false
}

func hostOf(items []item, i int) int { return items[i].host }

// lastNumber returns the index of the last number at or before i, passing over
// zeros in words, -1 if there is none: parts are parts of a number.
func lastNumber(items []item, i int) int {
	for i >= 0 && items[i].kind == itemZero {
		i--
	}
	return i
}

// onlyNoun reports whether nothing but the counted noun phrase stands between
// the number and pos.
func onlyNoun(s *Set, x *sentence, it *item, pos int) bool {
	for _, b := range x.bounds {
		if b.pos >= it.end && b.pos < pos && b.kind != 'v' {
			return false
		}
	}
	return pos-it.end < 60
}

// cut finds where the words about number i-1 end and those about number i begin.
func (s *Set) cut(x *sentence, items []item, i, gapStart int) (leftEnd, rightStart int) {
	it := &items[i]
	if i == 0 {
		return 0, 0
	}
	prev := &items[i-1]
	depth := 0
	and := -1
	for k, b := range x.bounds {
		if b.pos < gapStart || b.pos >= it.start {
			continue
		}
		switch b.kind {
		case 'v':
			if and < 0 && depth == 0 {
				and = k
			}
			continue
		case '(':
			// a bracket without numbers is skipped: it speaks about the number before
			if close := closing(x, k); close >= 0 && x.bounds[close].pos < it.start {
				if leftEnd == 0 {
					leftEnd = b.pos
				}
				depth++
				continue
			}
		case ')':
			if depth > 0 {
				depth--
				if depth == 0 {
					return leftEnd, b.end
				}
				continue
			}
		}
		if depth > 0 {
			continue
		}
		if leftEnd > 0 {
			return leftEnd, b.end
		}
		return b.pos, b.end
	}
	if and >= 0 {
		return x.bounds[and].pos, x.bounds[and].end
	}
	if before := strings.TrimRight(x.text[:it.start], " "); strings.HasSuffix(before, " thành") {
		return len(before) - len("thành"), it.start // "cộng với 126 hồ sơ kỳ trước mang sang thành 1.468"
	}
	// no boundary: "tiếp nhận 239 hồ sơ đã giải quyết 235 hồ sơ" or
	// "16 đại học 01 cao đẳng"
	if prev.nounEnd > 0 && prev.nounEnd <= it.start {
		return prev.nounEnd, prev.nounEnd
	}
	if s.hasContent(x, prev.nearL, prev.start) {
		return prev.end, prev.end
	}
	return it.start, it.start
}

// counts reports whether the noun right after the number is this concept.
func (s *Set) counts(x *sentence, it *item, e *entry) bool {
	for _, h := range x.hits {
		if h.start >= it.end && h.end <= it.nounEnd && &s.lexicon[s.owner[h.pattern]] == e {
			return true
		}
	}
	return it.nounEnd == 0 && e.noun
}

// closing returns the index of the bound that closes the bracket at k, -1 if none.
func closing(x *sentence, k int) int {
	depth := 0
	for j := k; j < len(x.bounds); j++ {
		switch x.bounds[j].kind {
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 {
				return j
			}
		}
	}
	return -1
}

// nounAfter looks at the words right after the number: the counted noun, a
// known phrase, or a word nobody knows.
func (s *Set) nounAfter(x *sentence, it *item) {
	if it.ditto {
		return
	}
	at := it.end
	for at < len(x.text) && x.text[at] == ' ' {
		at++
	}
	if at >= len(x.text) || !wordByte(x.text[at]) {
		return
	}
	known, why := false, ""
	for _, h := range x.hits {
		if h.start > at {
			break
		}
		if at >= h.end {
			continue
		}
		e := &s.lexicon[s.owner[h.pattern]]
		if e.noun && h.start == at {
			it.nounEnd = max(it.nounEnd, h.end)
		}
		switch {
		case e.role == roleLabel || e.role == roleOther: // "08 nhóm" counts groups, "nhóm 8" names one
		case e.role == roleKnown && !e.noun && len(e.set) == 0:
			why = e.why
		default:
			known = true
		}
	}
	if known {
		return
	}
	if why != "" {
		if it.kind == itemNumber {
			it.unknownNoun, it.why = true, why
		}
		return
	}
	for _, b := range x.bounds {
		if b.pos == at {
			return
		}
	}
	it.unknownNoun = it.kind == itemNumber
}

// nearLeft finds the words before the number that touch it: back to the last
// boundary, and over it while only filler stands between.
func (s *Set) nearLeft(x *sentence, it *item) {
	if it.kind == itemZero && !it.post {
		it.nearL = it.start // what there is none of follows; what stands before is another statement
		return
	}
	it.nearL = it.left
	end := it.start
	for {
		start := it.left
		strong := byte(0)
		for _, b := range x.bounds {
			if b.pos >= it.left && b.end <= end && b.kind != 'v' {
				start, strong = b.end, b.kind
			}
		}
		it.nearL = start
		if start <= it.left || s.hasContent(x, start, end) || strong == ';' {
			return
		}
		// step over the boundary
		end = start
		for _, b := range x.bounds {
			if b.end == start {
				end = b.pos
			}
		}
		if end <= it.left {
			it.nearL = it.left
			return
		}
	}
}

// hasContent reports whether a concept that sets a slot lies in the stretch, or
// a word that is no filler.
func (s *Set) hasContent(x *sentence, from, to int) bool {
	if from >= to {
		return false
	}
	for _, h := range x.hits {
		if h.start >= from && h.end <= to && len(s.lexicon[s.owner[h.pattern]].set) > 0 {
			return true
		}
	}
	return false
}

// hostFor returns the number that a percentage or fraction without words of its
// own speaks about: "235 hồ sơ (đạt tỷ lệ 100%)", or -1. Numbers inside brackets
// that are closed by then are passed over.
func (s *Set) hostFor(x *sentence, items []item, i int) int {
	it := &items[i]
	host := i - 1
	for host >= 0 && items[host].depth > it.depth {
		host--
	}
	if host < 0 || items[host].kind == itemZero {
		return -1
	}
	prev := &items[host]
	rate := it.tok.Kind == vntext.TokPercent
	// "98% (50 máy)", "86,5% (2.768/3.200 hồ sơ)": the numbers behind a percentage
	behind := !rate && prev.tok.Kind == vntext.TokPercent && it.depth > prev.depth && host == i-1 && it.tok.Kind != vntext.TokRange
	if !rate && !behind {
		return -1
	}
	if behind && (s.hasOwn(x, prev.end, it.left) || it.tok.Kind == vntext.TokNumber && s.hasOwn(x, max(it.end, it.nounEnd), it.nearR)) {
		return -1 // words of its own: "(361 hồ sơ vẫn trong hạn)"
	}
	if rate && prev.tok.Kind == vntext.TokPercent && it.depth == prev.depth {
		return -1
	}
	for _, b := range x.bounds {
		if b.kind == ';' && b.pos >= prev.end && b.pos < it.start {
			return -1
		}
	}
	if s.hasOwn(x, it.left, it.start) {
		return -1
	}
	if rate && it.nounEnd > 0 && it.depth == prev.depth && !s.linked(x, it) {
		return -1 // "100% văn bản đi được ký số" has its own words behind it
	}
	return host
}

// linked reports whether a word such as "đạt" or "chiếm" ties the percentage to
// what stands before it.
func (s *Set) linked(x *sentence, it *item) bool {
	for _, h := range x.hits {
		if h.end <= it.start && it.start-h.end <= 1 && s.lexicon[s.owner[h.pattern]].role == roleFiller {
			return true
		}
	}
	return false
}

// hasOwn reports whether a concept other than a filler lies in the stretch.
func (s *Set) hasOwn(x *sentence, from, to int) bool {
	for _, h := range x.hits {
		if h.start >= from && h.end <= to {
			e := &s.lexicon[s.owner[h.pattern]]
			if len(e.set) > 0 && e.role != roleFiller {
				return true
			}
		}
	}
	return false
}

// fill sets the empty slots of a frame from the hits in a stretch. Within a slot
// the counted noun wins for the object, then the higher rank, then the nearer
// hit. Only the object is filled when obj is true, all other slots when it is
// false: what is said about an object counts only once the object is known.
func (s *Set) fill(x *sentence, it *item, from, to int, how origin, obj bool) {
	type best struct{ rank, dist, value int }
	var found [maxSlots]best
	for _, h := range x.hits {
		if h.start < from || h.end > to {
			continue
		}
		e := &s.lexicon[s.owner[h.pattern]]
		if e.role == roleLabel || e.role == roleOther || !obj && !s.saidOf(e, it.frame.v[s.well.obj]) {
			continue
		}
		if !e.applies(it) {
			continue
		}
		dist := 0
		if h.end <= it.start {
			dist = it.start - h.end
		} else if h.start >= it.end {
			dist = h.start - it.end
		}
		for _, a := range e.set {
			if (a.slot == s.well.obj) != obj || a.slot == s.well.scope && h.start > it.start {
				continue
			}
			rank := e.rank * 10
			if obj && e.noun && it.nounEnd > 0 && h.start >= it.end && h.end <= it.nounEnd && e.rank >= 10 {
				rank += 35
			}
			b := &found[a.slot]
			if b.value == 0 || rank > b.rank || rank == b.rank && dist < b.dist {
				*b = best{rank, dist, a.value}
			}
		}
	}
	for i := range s.slots {
		if it.frame.v[i] == 0 && found[i].value != 0 {
			it.frame.v[i] = int16(found[i].value)
			it.frame.from[i] = how
		}
	}
}

// applies reports whether the concept holds for this number: one bound to a
// context needs the number before to mean what it asks for.
func (e *entry) applies(it *item) bool {
	if len(e.after) == 0 {
		return true
	}
	if it.before == nil {
		return false
	}
	for _, c := range e.after {
		if v := int(it.before.v[c.slot]); v != 0 && slices.Contains(c.values, v) {
			return true
		}
	}
	return false
}

// saidOf reports whether the concept can be said of the object. A concept that
// names an object itself ("công chức") says nothing about another one.
func (s *Set) saidOf(e *entry, obj int16) bool {
	if obj == 0 {
		return true
	}
	for _, a := range e.set {
		if a.slot == s.well.obj && a.value != int(obj) && !s.refines(int16(a.value), obj) && !s.refines(obj, int16(a.value)) {
			return false
		}
	}
	if len(e.only) == 0 {
		return true
	}
	for _, o := range e.only {
		if o == int(obj) {
			return true
		}
	}
	return false
}

// refines reports whether the special object can be what a general word means.
func (s *Set) refines(general, special int16) bool {
	for _, v := range s.slots[s.well.obj].refine[int(general)] {
		if v == int(special) {
			return true
		}
	}
	return false
}

// inheritFrom fills empty slots from another frame, as far as the slots allow.
func (s *Set) inheritFrom(f, src *frame, least inheritance, how origin) {
	obj := s.well.obj
	own := f.v[obj] != 0
	sameObj := f.v[obj] == src.v[obj] || f.v[obj] == 0 || src.v[obj] == 0 && least <= inheritSentence || s.refines(src.v[obj], f.v[obj])
	hadAct := f.v[s.well.act] != 0
	for i, slot := range s.slots {
		if i == obj || f.v[i] != 0 || src.v[i] == 0 || slot.inherit < least { // the object is settled by now
			continue
		}
		if i != s.well.span && i != s.well.scope && slot.inherit != inheritBlock && own && !sameObj {
			continue
		}
		if i == s.well.time && hadAct {
			continue
		}
		if i == s.well.act && least >= inheritSibling && own && f.v[obj] != src.v[obj] {
			continue // what was done with something else, a sentence before
		}
		if i == s.well.act && least > inheritParent && !s.mayHave(f, i, src.v[i]) {
			continue
		}
		f.v[i], f.from[i] = src.v[i], how
	}
}

// mayHave reports whether a frame that some rule could still meet is one with the
// value too: what no rule knows together is not handed on ("thanh toán trực tuyến
// 98,7%; trước hạn 99%").
func (s *Set) mayHave(f *frame, slot int, v int16) bool {
	if f.v[s.well.time] == 0 {
		return true // nothing yet that an action could contradict
	}
	with := *f
	with.v[slot] = v
	return s.possible(&with) || !s.possible(f)
}

// possible reports whether some rule can still be met by filling empty slots.
func (s *Set) possible(f *frame) bool {
	for _, r := range s.rules {
		if r.pattern == nil && s.open(r, f) {
			return true
		}
	}
	return false
}

// open reports whether nothing in the frame speaks against the rule.
func (s *Set) open(r *Rule, f *frame) bool {
	var named [maxSlots]bool
	for _, c := range r.when {
		named[c.slot] = true
		if v := int(f.v[c.slot]); v != 0 && !slices.Contains(c.values, v) {
			return false
		}
	}
	for _, c := range r.never {
		if v := int(f.v[c.slot]); v != 0 && slices.Contains(c.values, v) {
			return false
		}
	}
	for i := range s.slots {
		if f.v[i] != 0 && !named[i] && !r.ignore[i] && i != s.well.field {
			return false
		}
	}
	return true
}

// describe writes a frame for explanations: "obj=dossier act=receive".
func (s *Set) describe(f *frame) string {
	var parts []string
	for i, v := range f.v {
		if v != 0 && i < len(s.slots) {
			parts = append(parts, s.slots[i].name+"="+s.names[i][v-1])
		}
	}
	if parts == nil {
		return "-"
	}
	return strings.Join(parts, " ")
}
