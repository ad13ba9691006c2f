// This file finds the figures that a sentence states without digits: zeros in words and
// statements that repeat the one before.

package rules

import (
	"slices"
	"strings"

	"baocao/normalize/vntext"
)

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
		if overlapsNumber(counts, h.end, stop+1) || startsWithNumber(counts, stop, x.text) || !s.hasContent(x, h.end, stop) ||
			!s.onlyComma(x, counts[prev].end, h.start) && !s.allOfThem(x, counts[prev].end, h, stop) {
			continue
		}
		quality := !s.onlyComma(x, counts[prev].end, h.start)
		tok := counts[prev].tok
		tok.Start, tok.End, tok.Words = h.start, stop, true
		ditto := item{kind: itemNumber, counts: true, ditto: true, quality: quality, start: h.start, end: h.end, parent: -1, tok: tok}
		counts = append(counts[:prev+1], append([]item{ditto}, counts[prev+1:]...)...)
		return counts
	}
	return counts
}

// allOfThem reports whether a hit right behind the counted noun begins to say a quality
// of all that were counted: "19 công chức đều là đảng viên".
func (s *Set) allOfThem(x *sentence, from int, all hit, stop int) bool {
	for _, h := range x.hits {
		if e := &s.lexicon[s.owner[h.pattern]]; !e.noun || h.start > from+1 || h.end <= from || !onlySpace(x.text[from:h.start]) || !s.shortGap(x, h.end, all.start) {
			continue
		}
		for _, q := range x.hits {
			if q.start < all.end || q.end > stop {
				continue
			}
			for _, a := range s.lexicon[s.owner[q.pattern]].set {
				if a.slot == s.well.attr {
					return true
				}
			}
		}
	}
	return false
}

// shortGap reports whether no more than a word or two, as "của xã", stand between.
func (s *Set) shortGap(x *sentence, from, to int) bool {
	const words = 24 // bytes
	return to-from < words && !slices.ContainsFunc(x.bounds, func(b bound) bool { return b.pos >= from && b.pos < to })
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
