// This file finds the items of a sentence: the numbers that count something, and those
// that are dates, levels, ranks or parts of names.

package rules

import (
	"slices"
	"strings"

	"baocao/normalize/vntext"
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
	quality     bool   // a ditto right behind the counted noun that gives all a quality
	post        bool   // a zero in words behind its label: "Trễ hẹn: không có"
	before      *frame // what the number before it means, in the sentence or the statement before
	label       *frame // what the words before the sentence's first colon mean, nil if there are none
	change      change // what it is in a change from one number to another
	byField     bool   // in a table by fields
	atLeast     bool   // a percentage "trở lên", which is a target
	newOnly     bool   // says again what the number it is a part of says: perhaps the new ones of a total
	baseOwn     bool   // a base with words of its own: "389 hồ sơ/418 hồ sơ tiếp nhận"
	closes      bool   // a percentage that closes a list, without words of its own
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
		if n, ok := s.countNotMonth(x, t); ok {
			t = n
		}
		it := item{kind: itemNumber, start: t.Start, end: t.End, tok: t, parent: -1}
		it.class, it.why = classOfToken(t)
		it.atLeast = s.atLeast(x, t)
		out = append(out, it)
	}
	s.classByLexicon(x, out)
	plain := 0 // those that count nothing
	for i := range out {
		if out[i].class != Unexplained {
			plain++
		}
	}
	counts := make([]item, 0, len(out)-plain)
	for _, it := range out {
		if it.class == Unexplained {
			it.counts = true
			counts = append(counts, it)
		}
	}
	counts = s.addDittos(x, s.addZeros(x, counts))
	s.regions(x, counts)
	s.changes(x, counts)
	// put the others back, in order, for the account of numbers
	all := make([]item, 0, plain+len(counts))
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

// atLeast reports whether a number is the least that is asked for: "90% trở lên", "từ 01
// sáng kiến trở lên".
func (s *Set) atLeast(x *sentence, t vntext.Token) bool {
	after := strings.TrimLeft(x.text[t.End:], " ")
	if t.Kind == vntext.TokPercent {
		return strings.HasPrefix(after, "trở lên")
	}
	const nounLength = 40
	at := strings.Index(after, "trở lên")
	return at >= 0 && at < nounLength && !strings.ContainsAny(after[:at], ",;:.(") && s.touches(x, t.Start, func(e *entry) bool { return e.role == roleWas })
}

// countNotMonth tells a count behind "trong tháng" from the name of a month: in "tinh
// giản biên chế trong tháng 01 người" the noun that is counted follows at once, and
// something was said before.
func (s *Set) countNotMonth(x *sentence, t vntext.Token) (vntext.Token, bool) {
	const month = "tháng "
	if n, ok := s.countNotDay(x, t); ok {
		return n, true
	}
	if t.Kind != vntext.TokPeriod || t.Period.Kind != vntext.Month || t.Period.Year != 0 || !strings.HasPrefix(x.text[t.Start:t.End], month) {
		return t, false
	}
	lead, ok := strings.CutSuffix(x.text[:t.Start], "trong ")
	if lead = strings.TrimRight(lead, " "); !ok || lead == "" || !wordByte(lead[len(lead)-1]) {
		return t, false
	}
	noun := false
	for _, h := range x.hits {
		noun = noun || h.start == t.End+1 && s.lexicon[s.owner[h.pattern]].noun
	}
	number := vntext.Scan(x.text[t.Start+len(month) : t.End])
	if !noun || len(number) != 1 || number[0].Kind != vntext.TokNumber {
		return t, false
	}
	n := number[0]
	n.Start, n.End = n.Start+t.Start+len(month), n.End+t.Start+len(month)
	return n, true
}

// countNotDay tells a count behind "đúng ngày" from the day of a month: "xong sớm 203;
// xong đúng ngày 14; xong muộn 2".
func (s *Set) countNotDay(x *sentence, t vntext.Token) (vntext.Token, bool) {
	if t.Kind != vntext.TokDate || t.Day == 0 || t.Month != 0 || t.Year != 0 || t.Words {
		return t, false
	}
	number := vntext.Scan(x.text[t.Start:t.End])
	if len(number) != 1 || !s.touches(x, t.Start, func(e *entry) bool {
		return slices.ContainsFunc(e.set, func(a assignment) bool { return a.slot == s.well.time })
	}) {
		return t, false
	}
	n := number[0]
	n.Start, n.End = n.Start+t.Start, n.End+t.Start
	return n, n.Kind == vntext.TokNumber
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
		if i > 0 && items[i-1].tok.Kind == vntext.TokOrdinal && outOf(x.text[items[i-1].end:it.start]) {
			it.class, it.why = ClassOther, "number of those ranked" // "xếp thứ 13 trên 29 xã"
			continue
		}
		if it.tok.Kind == vntext.TokNumber && isDuration(x.text[it.end:]) {
			it.class, it.why = ClassOther, "length of time" // "tổng lệ phí thu 9 tháng 76.430.000 đồng"
			continue
		}
		if before := strings.Trim(x.text[:it.start], " "); before == "đối với" {
			it.class, it.why = ClassOther, "named again" // "Đối với 02 hồ sơ chậm thì xã đã xin lỗi"
			continue
		}
		if it.tok.Kind == vntext.TokPercent && s.compares(x, it.end) {
			it.class, it.why = ClassOther, "change against another period" // "bằng 104,6% so với cùng kỳ"
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
			if len(e.unless) > 0 && s.saidBefore(x, h.start, e.unless) || e.why == "year" && !s.looksYear(x, it) {
				continue
			}
			if e.least > 0 && (len(it.tok.Value) < 9 && atoi(it.tok.Value) < e.least) {
				continue
			}
			before := h.end <= it.start && onlySpace(x.text[h.end:it.start])
			// a list of labels: "mức độ 3, 4", "mức độ 3 và 4"
			if !before && e.role == roleLabel && it.tok.Decimals == 0 && !s.nounFollows(x, it.end) && h.end <= it.start && i > 0 && items[i-1].why == e.why && items[i-1].class != Unexplained &&
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

// nounFollows reports whether something that can be counted is named right behind a
// number: "Đề án 06, 4.201 hồ sơ".
func (s *Set) nounFollows(x *sentence, at int) bool {
	for at < len(x.text) && x.text[at] == ' ' {
		at++
	}
	return slices.ContainsFunc(x.hits, func(h hit) bool { return h.start == at && s.lexicon[s.owner[h.pattern]].noun })
}

// compares reports whether the words at a place begin a comparison with another period:
// "so với cùng kỳ năm 2021".
func (s *Set) compares(x *sentence, at int) bool {
	for at < len(x.text) && x.text[at] == ' ' {
		at++
	}
	if !strings.HasPrefix(x.text[at:], "so với ") {
		return false
	}
	for _, h := range x.hits {
		if h.start != at {
			continue
		}
		for _, a := range s.lexicon[s.owner[h.pattern]].set {
			if a.slot == s.well.span && a.value == s.well.spanPrevious && h.end > at+len("so với") {
				return true
			}
		}
	}
	return false
}

// outOf reports whether the words between a rank and a number say that the number is
// how many were ranked.
func outOf(gap string) bool {
	switch strings.TrimSpace(gap) {
	case "trên", "/", "trên tổng số", "trong số", "trong tổng số":
		return true
	}
	return false
}

// isDuration reports whether the words after a number make it a length of time.
func isDuration(after string) bool {
	word, rest, _ := strings.Cut(strings.TrimLeft(after, " "), " ")
	word, _, _ = strings.Cut(word, "/") // "15 phút/lần"
	if n := digitsLen(rest); word != "" && wordByte(word[len(word)-1]) && n > 0 && n <= 4 && (n == len(rest) || rest[n] != '.') {
		return false // "86 năm 2025 chuyển sang"
	}
	switch strings.TrimRight(word, ".,;:)") {
	case "tháng", "ngày", "tuần", "năm", "giờ", "phút":
		return true
	}
	return false
}

// looksYear reports whether a number can be a year that is printed without "năm"
// before it ("Kế hoạch CCHC 2024: 27 nhiệm vụ"): of four digits, and nothing is counted.
func (s *Set) looksYear(x *sentence, it *item) bool {
	const century = "20"
	printed, after := x.text[it.start:it.end], strings.TrimLeft(x.text[it.end:], " ")
	return it.tok.Kind == vntext.TokNumber && len(printed) == len("2024") && strings.HasPrefix(printed, century) && digitsLen(printed) == len(printed) &&
		(after == "" || !wordByte(after[0]) || !s.nounFollows(x, it.end))
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

func hostOf(items []item, i int) int { return items[i].host }

// lastNumber returns the index of the last number at or before i, passing over
// zeros in words, -1 if there is none: parts are parts of a number.
func lastNumber(items []item, i int) int {
	for i >= 0 && items[i].kind == itemZero {
		i--
	}
	return i
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
