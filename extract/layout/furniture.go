// Page furniture: running heads, running feet and page numbers are found by
// being at one place on many pages, and left out. Footnotes are told apart.

package layout

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// edgeLines is how many lines at the top and at the bottom of a page may be
// furniture.
const edgeLines = 3

// marginShare is the share of the page's height, from its edge, in which
// furniture stands.
const marginShare = 0.12

// edgeLine is a line near the top or bottom of a page.
type edgeLine struct {
	page, line int
	place      float64 // distance of its baseline from that edge of the page
	text       string
	bottom     bool
}

var (
	number     = regexp.MustCompile(`[0-9]+`)
	pageNumber = regexp.MustCompile(`^[-–—\s.]*(?:[Tt]rang|TRANG|[Pp]age)?\s*([0-9]{1,4})(?:\s*/\s*[0-9]{1,4})?[-–—\s.]*$`)
)

// dropFurniture removes running heads, feet and page numbers from the pages'
// lines and returns what was removed, each text once.
func dropFurniture(sheets []sheet) []string {
	var edges []edgeLine
	for p := range sheets {
		s := &sheets[p]
		n := len(s.lines)
		for i := range s.lines {
			if i < edgeLines {
				edges = append(edges, edgeLine{p, i, s.lines[i].baseline, s.lines[i].flat(), false})
			}
			if i >= n-edgeLines {
				edges = append(edges, edgeLine{p, i, s.page.Height - s.lines[i].baseline, s.lines[i].flat(), true})
			}
		}
	}
	drop := map[[2]int]bool{}
	groups := map[string][]edgeLine{}
	var order []string
	for _, e := range edges {
		side := "top "
		if e.bottom {
			side = "bottom "
		}
		key := side + number.ReplaceAllString(e.text, "#")
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], e)
	}
	var removed []string
	for _, key := range order {
		group := groups[key]
		for _, e := range repeated(group, sheets) {
			if !drop[[2]int{e.page, e.line}] {
				drop[[2]int{e.page, e.line}] = true
				if e.page == group[0].page && strings.ContainsFunc(e.text, unicode.IsLetter) {
					removed = append(removed, e.text)
				}
			}
		}
	}
	for p := range sheets {
		kept := sheets[p].lines[:0]
		for i := range sheets[p].lines {
			if !drop[[2]int{p, i}] {
				kept = append(kept, sheets[p].lines[i])
			}
		}
		sheets[p].lines = kept
	}
	return removed
}

// flat returns the text of a line.
func (l *line) flat() string {
	parts := make([]string, len(l.segments))
	for i := range l.segments {
		parts[i] = l.segments[i].text.s
	}
	return strings.Join(parts, " ")
}

// repeated returns those lines of a group (equal but for their numbers) that
// are furniture.
func repeated(group []edgeLine, sheets []sheet) []edgeLine {
	pages := len(sheets)
	if pageNumber.MatchString(group[0].text) {
		return pageNumbers(group, sheets)
	}
	if pages < 2 {
		return nil
	}
	// The largest set at one place; the first page may lack the line.
	var best []edgeLine
	for _, e := range group {
		if e.place > marginShare*sheets[e.page].page.Height {
			continue
		}
		var same []edgeLine
		seen := -1
		for _, o := range group {
			if o.page != seen && math.Abs(o.place-e.place) < 4 && follows(e, o) {
				same = append(same, o)
				seen = o.page
			}
		}
		if len(same) > len(best) {
			best = same
		}
	}
	switch {
	case len(best) < 2, len(best)*5 < pages*2:
		return nil
	case pages == 2 || len(best) == 2:
		// Two equal lines may be two forms of one office in one file.
		e := best[0]
		if e.place > 0.09*sheets[e.page].page.Height || len(e.text) > 80 {
			return nil
		}
	}
	return best
}

// follows reports whether the texts are equal, or differ in one number that
// counts the pages.
func follows(a, b edgeLine) bool {
	if a.text == b.text {
		return true
	}
	na, nb := number.FindAllString(a.text, -1), number.FindAllString(b.text, -1)
	differ := 0
	for i := range na {
		if na[i] == nb[i] {
			continue
		}
		x, err1 := strconv.Atoi(na[i])
		y, err2 := strconv.Atoi(nb[i])
		if err1 != nil || err2 != nil || y-x != b.page-a.page {
			return false
		}
		differ++
	}
	return differ == 1
}

// pageNumbers returns the lone numbers that count the pages: they stand
// outermost, near the edge, and differ as the pages do, or are the page's own.
func pageNumbers(group []edgeLine, sheets []sheet) []edgeLine {
	value := func(e edgeLine) int {
		n, err := strconv.Atoi(pageNumber.FindStringSubmatch(e.text)[1])
		if err != nil {
			return -1
		}
		return n
	}
	var out []edgeLine
	for _, e := range group {
		outermost := !e.bottom && e.line == 0 || e.bottom && e.line == len(sheets[e.page].lines)-1
		if !outermost || e.place > marginShare*sheets[e.page].page.Height {
			continue
		}
		counted := value(e) == sheets[e.page].page.Number
		for _, o := range group {
			if o.page != e.page && math.Abs(o.place-e.place) < 20 && value(o)-value(e) == sheets[o.page].page.Number-sheets[e.page].page.Number {
				counted = true
			}
		}
		if counted {
			out = append(out, e)
		}
	}
	return out
}

// note is a footnote: its number and its text.
type note struct {
	number string
	text   text
}

var noteStart = regexp.MustCompile(`^([0-9]{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})[ .)]?\s*`)

// takeNotes removes the footnotes from the end of a page: print under a short
// rule, or small print that starts with a raised number, whose number is also
// raised in the text.
func (b *builder) takeNotes(s *sheet) []note {
	start := len(s.lines) - 1
	for ; start >= 0; start-- {
		first := &s.lines[start]
		mark := noteStart.FindStringSubmatch(first.flat())
		if len(first.segments) > 1 && first.size >= 0.93*b.bodySize {
			return nil
		}
		if mark == nil || !refersTo(s.lines[:start], superscripts.Replace(mark[1])) {
			continue
		}
		small := first.size < 0.93*b.bodySize && (start == 0 || s.lines[start-1].size > first.size+0.5)
		if small && first.segments[0].chars[0].raised || ruledOff(s.page.Lines, first) {
			break
		}
	}
	if start < 0 {
		return nil
	}
	var notes []note
	for _, l := range s.lines[start:] {
		t := b.whole(&l).text
		if m := noteStart.FindStringSubmatch(t.s); m != nil && refersTo(s.lines[:start], superscripts.Replace(m[1])) && t.doubts == nil {
			notes = append(notes, note{number: superscripts.Replace(m[1]), text: text{s: t.s[len(m[0]):]}})
			continue
		}
		last := &notes[len(notes)-1]
		last.text = last.text.join(separator(last.text.s, t.s), t)
	}
	s.lines = s.lines[:start]
	return notes
}

// refersTo reports whether the lines hold a raised number.
func refersTo(lines []line, number string) bool {
	for i := range lines {
		for j := range lines[i].segments {
			t := lines[i].segments[j].text.s
			if at := strings.Index(t, number); at >= 0 && !partOfLonger(t, at, len(number)) {
				return true
			}
		}
	}
	return false
}

// ruledOff reports whether a short rule stands right above a line.
func ruledOff(rules []Line, l *line) bool {
	for _, r := range rules {
		if width := r.X1 - r.X0; width > 40 && width < 260 && r.Y1-r.Y0 < 3 && math.Abs(r.X0-l.x0()) < 20 &&
			r.Y1 < l.baseline && r.Y0 > l.baseline-2.5*l.size {
			return true
		}
	}
	return false
}

// anchorNotes takes the raised numbers of footnotes out of the text and hangs
// the notes on the segments that refer to them. It returns the others.
func anchorNotes(s *sheet, notes []note) []note {
	var left []note
	for _, n := range notes {
		found := false
		for i := range s.lines {
			for j := range s.lines[i].segments {
				seg := &s.lines[i].segments[j]
				at := strings.Index(seg.text.s, n.number)
				if found || at < 0 || seg.text.doubts != nil || partOfLonger(seg.text.s, at, len(n.number)) {
					continue
				}
				seg.text.s = strings.TrimSpace(seg.text.s[:at] + seg.text.s[at+len(n.number):])
				seg.notes = append(seg.notes, n)
				found = true
			}
		}
		if !found {
			left = append(left, n)
		}
	}
	return left
}

// partOfLonger reports whether the raised number is only a part of a longer one.
func partOfLonger(s string, at, length int) bool {
	const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	for _, r := range raised {
		if strings.HasPrefix(s[at+length:], string(r)) || strings.HasSuffix(s[:at], string(r)) {
			return true
		}
	}
	return false
}
