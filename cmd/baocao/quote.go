// This file finds what a report says around a figure: the sentence, the place,
// the part of the report.
package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/db"
	"baocao/db/check"
	"baocao/extract/rules"
)

// longestQuote is how many letters of a sentence are quoted at most.
const longestQuote = 420

// quotation is one sentence or table row of a report, with the figures in it.
type quotation struct {
	period string // of the report it stands in, "" for the finding's own
	page   int
	line   int
	part   string // of the report: "I.3"
	title  string // of that part
	// appendix says that it stands after the signature, or under "Phụ lục".
	appendix bool
	text     string
	marks    [][2]int // the cited numbers in text, as byte ranges in order
}

// sources gives the stored reports that findings cite.
type sources struct {
	store *db.DB
	known map[int64]*db.StoredReport
}

func newSources(store *db.DB) *sources {
	return &sources{store, map[int64]*db.StoredReport{}}
}

// report loads a report once; nil where it is no longer stored.
func (s *sources) report(ctx context.Context, id int64) (*db.StoredReport, error) {
	if r, ok := s.known[id]; ok || id == 0 {
		return r, nil
	}
	r, err := s.store.Report(ctx, id)
	if err != nil {
		return nil, err
	}
	s.known[id] = r
	return r, nil
}

// cited gives the report that a place of a finding is in.
func (s *sources) cited(ctx context.Context, f db.Finding, c check.Cited) (*db.StoredReport, error) {
	if c.File == "" || c.File == f.File {
		return s.report(ctx, f.ReportID)
	}
	filter := db.Filter{Old: true}
	if c.Period != "" {
		filter.Periods = []string{c.Period}
	}
	infos, err := s.store.Reports(ctx, filter)
	if err != nil {
		return nil, err
	}
	for _, info := range infos {
		if info.Path == c.File {
			return s.report(ctx, info.ID)
		}
	}
	return nil, nil
}

// passage is a sentence of a report with the spans that are cited from it.
type passage struct {
	report   *db.StoredReport
	from, to int
	spans    [][2]int
	quotation
}

// quotations gives the sentences that a finding rests on, each once, with all
// the figures it cites from it.
func (s *sources) quotations(ctx context.Context, f db.Finding) ([]quotation, error) {
	var list []*passage
	for _, c := range f.Figures {
		r, err := s.cited(ctx, f, c)
		if err != nil {
			return nil, err
		}
		p := &passage{report: r, quotation: quotation{period: c.Period, page: c.Page, line: c.Line}}
		if r == nil || c.End <= c.Start || c.End > len(r.Text) {
			// Without its report, or about the whole of it: only the clause that was kept.
			p.report, p.text = nil, oneLine(c.Snippet)
			if p.text != "" && !slices.ContainsFunc(list, func(o *passage) bool { return o.text == p.text && o.period == p.period }) {
				list = append(list, p)
			}
			continue
		}
		p.from, p.to = sentenceBounds(r.Text, c.Start, c.End)
		span := [2]int{c.Start, c.End}
		i := slices.IndexFunc(list, func(o *passage) bool { return o.report == r && o.from == p.from && o.to == p.to })
		if i < 0 {
			p.part, p.title, p.appendix = partOf(r.Text, r.Report.Headings, c.Start)
			list = append(list, p)
			i = len(list) - 1
		}
		if !slices.Contains(list[i].spans, span) {
			list[i].spans = append(list[i].spans, span)
		}
	}
	var out []quotation
	for _, p := range list {
		if p.report == nil {
			out = append(out, p.quotation)
			continue
		}
		slices.SortFunc(p.spans, func(a, b [2]int) int { return a[0] - b[0] })
		p.text, p.marks = quote(p.report.Text, p.from, p.to, p.spans)
		out = append(out, p.quotation)
	}
	return out, nil
}

// quote writes a sentence with its white space collapsed, cells of a table row
// set apart by "|", and says where the spans are in it. Of a long sentence it
// gives what is around the spans, and "…" for what is left out.
func quote(text string, from, to int, spans [][2]int) (string, [][2]int) {
	var b strings.Builder
	var marks [][2]int
	last := from
	for _, w := range windows(text, from, to, spans) {
		if w[0] > last {
			b.WriteString("… ")
		}
		last = w[1]
		empty, gap := b.Len(), false
		for i, r := range text[w[0]:w[1]] {
			at := w[0] + i
			if unicode.IsSpace(r) {
				gap = true
				if r == '\t' && b.Len() > empty && !strings.HasSuffix(b.String(), " | ") {
					b.WriteString(" | ")
				}
				continue
			}
			if gap && b.Len() > empty && !strings.HasSuffix(b.String(), " ") {
				b.WriteByte(' ')
			}
			gap = false
			for _, s := range spans {
				if s[0] == at {
					marks = append(marks, [2]int{b.Len(), b.Len()})
				}
			}
			b.WriteRune(r)
			for k, s := range spans {
				if at >= s[0] && at < s[1] && k < len(marks) {
					marks[k][1] = b.Len()
				}
			}
		}
		if w[1] < to {
			b.WriteByte(' ')
		}
	}
	s := strings.TrimRight(b.String(), " |")
	if last < to {
		s += " …"
	}
	// The dash of a list is no part of the sentence.
	for _, bullet := range []string{"- ", "+ ", "* ", "• ", "– "} {
		if rest, ok := strings.CutPrefix(s, bullet); ok && (len(marks) == 0 || marks[0][0] >= len(bullet)) {
			s = rest
			for k := range marks {
				marks[k][0] -= len(bullet)
				marks[k][1] -= len(bullet)
			}
			break
		}
	}
	return s, marks
}

// windows gives the stretches of a sentence that are quoted: all of it, or what is
// around its spans.
func windows(text string, from, to int, spans [][2]int) [][2]int {
	if utf8.RuneCountInString(text[from:to]) <= longestQuote || len(spans) == 0 {
		return [][2]int{{from, to}}
	}
	around := max(40, longestQuote/(2*len(spans)))
	var out [][2]int
	for _, s := range spans {
		left, right := backward(text, from, s[0], around), forward(text, to, s[1], around)
		if n := len(out); n > 0 && left <= out[n-1][1]+around/2 {
			out[n-1][1] = max(right, out[n-1][1])
			continue
		}
		out = append(out, [2]int{left, right})
	}
	return out
}

// backward goes n letters back from at, and then forward to a semicolon or the
// next space; it does not leave the sentence.
func backward(text string, from, at, n int) int {
	left := at
	for ; left > from && n > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:left])
		left -= size
	}
	if left == from {
		return from
	}
	if i := strings.LastIndexByte(text[left:at], ';'); i >= 0 {
		return left + i + 1
	}
	if i := strings.IndexByte(text[left:at], ' '); i >= 0 {
		return left + i
	}
	return left
}

// forward is backward to the other side.
func forward(text string, to, at, n int) int {
	right := at
	for ; right < to && n > 0; n-- {
		_, size := utf8.DecodeRuneInString(text[right:])
		right += size
	}
	if right == to {
		return to
	}
	if i := strings.IndexByte(text[at:right], ';'); i >= 0 {
		return at + i
	}
	if i := strings.LastIndexByte(text[at:right], ' '); i >= 0 {
		return at + i
	}
	return right
}

// sentenceBounds gives the sentence or table row around a span. A sentence ends
// with its paragraph, or with a full stop before a space and a capital letter.
func sentenceBounds(text string, start, end int) (from, to int) {
	from, to = lineBounds(text, start, end)
	if strings.Contains(text[from:to], "\t") {
		return from, to
	}
	if width := wrapWidth(text); width > 0 {
		for from > 0 {
			above, _ := lineBounds(text, from-1, from-1)
			if !goesOn(text[above:from-1], text[from:to], width) {
				break
			}
			from = above
		}
		for to < len(text) {
			last, _ := lineBounds(text, to, to)
			_, below := lineBounds(text, to+1, to+1)
			if !goesOn(text[last:to], text[to+1:below], width) {
				break
			}
			to = below
		}
	}
	for i := start; i > from; i-- {
		if ends(text, i) {
			from = i
			break
		}
	}
	for i := end; i < to; i++ {
		if ends(text, i) {
			to = i
			break
		}
	}
	return from, to
}

// lineBounds gives the lines that hold a span, without the last line break.
func lineBounds(text string, start, end int) (from, to int) {
	from, to = strings.LastIndexByte(text[:start], '\n')+1, len(text)
	if i := strings.IndexByte(text[end:], '\n'); i >= 0 {
		to = end + i
	}
	return from, to
}

// A text that was broken into lines by hand has its longest line, in letters,
// between these.
const (
	narrowest = 30
	widest    = 130
)

// wrapWidth is the length of the longest line of a text that is broken into lines
// of a width, 0 for one with a line for each paragraph.
func wrapWidth(text string) int {
	longest := 0
	for line := range strings.SplitSeq(text, "\n") {
		if n := utf8.RuneCountInString(line); !strings.Contains(line, "\t") {
			longest = max(longest, n)
		}
	}
	if longest < narrowest || longest > widest {
		return 0
	}
	return longest
}

// goesOn says whether a line goes on in the next one: its first word did not fit
// any more, and it begins no item of a list.
func goesOn(line, next string, width int) bool {
	words := strings.Fields(next)
	if len(words) == 0 || strings.Contains(line, "\t") || strings.Contains(next, "\t") || strings.TrimSpace(line) == "" {
		return false
	}
	if strings.ContainsAny(words[0][:1], "-+*") || strings.HasPrefix(words[0], "–") || strings.HasPrefix(words[0], "•") {
		return false
	}
	return utf8.RuneCountInString(strings.TrimRight(line, " "))+1+utf8.RuneCountInString(words[0]) > width-8
}

// ends says whether a sentence ends just before a byte.
func ends(text string, at int) bool {
	if at < 2 || at >= len(text) || text[at-1] != '.' || text[at] != ' ' && text[at] != '\n' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[at:], " "))
	before, _ := utf8.DecodeLastRuneInString(text[:at-1])
	return unicode.IsUpper(next) && (unicode.IsLower(before) || unicode.IsDigit(before) || strings.ContainsRune("%)”\"", before))
}

// appendices are what begins the parts of a report that no heading numbers.
var appendices = [...]string{"\nnơi nhận", "\nphụ lục", "\nbiểu số", "\nbiểu mẫu"}

// partOf names the part of a report that a byte is in by the numbers of its
// headings ("II.2.1"), and the title of the innermost; or says that it is in an appendix.
func partOf(text string, headings []rules.Heading, at int) (number, title string, appendix bool) {
	var open []rules.Heading
	for _, h := range headings {
		if h.Start > at {
			break
		}
		if strings.Trim(h.Label, "0123456789.IVXLCabcdđeghABCDĐ)") != "" {
			continue // "thứ nhất": no number that can be cited
		}
		for len(open) > 0 && open[len(open)-1].Level >= h.Level {
			open = open[:len(open)-1]
		}
		open = append(open, h)
	}
	if n := len(open); n > 0 {
		since := strings.ToLower(text[min(open[n-1].Start, at):at])
		if slices.ContainsFunc(appendices[:], func(s string) bool { return strings.Contains(since, s) }) {
			return "", "", true
		}
	}
	for _, h := range open {
		label := strings.TrimRight(h.Label, ".)")
		switch last := number[strings.LastIndexByte(number, '.')+1:]; {
		case number == "":
			number = label
		case strings.HasPrefix(label, last+"."):
			number += label[len(last):] // "2.1" under "2" says the 2 itself
		default:
			number += "." + label
		}
		title = h.Title
	}
	return number, oneLine(strings.Trim(title, " .:")), false
}

// at says where a quotation stands, as far as it is known.
func (a *app) at(q quotation) string {
	var parts []string
	if q.period != "" {
		parts = append(parts, fmt.Sprintf(a.say("báo cáo %s", "report of %s"), q.period))
	}
	if place := a.place(q.page, q.line); place != "" {
		parts = append(parts, place)
	}
	if q.appendix {
		parts = append(parts, a.say("phụ lục", "appendix"))
	}
	if q.part != "" {
		parts = append(parts, fmt.Sprintf(a.say("mục %s", "part %s"), q.part))
	}
	return strings.Join(parts, ", ")
}
