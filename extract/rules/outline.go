// This file cuts a document into passages with their labels, depth and section.

package rules

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/extract/document"
	"baocao/normalize/vntext"
)

// A report is read block by block. Every paragraph is first placed in the
// outline: its label ("I.", "2.1", "a)", "-"), whether it is a heading, and the
// section of the report it belongs to.

// passage is one block with its place in the outline.
type passage struct {
	block   document.Block
	fold    vntext.Folded
	label   int // bytes of the folded text that the label takes
	style   labelStyle
	number  string // the label without its point or bracket
	ordinal int
	heading bool
	section Section
	path    string // "I/3"
	depth   int    // bullets: 1 for the first level under a heading, ...; 0 for plain text
	lead    bool   // ends with a colon: introduces what follows
}

type labelStyle uint8

const (
	labelNone labelStyle = iota
	labelPart            // PHẦN THỨ NHẤT
	labelRoman
	labelArabic
	labelDotted
	labelLetter
	labelBullet
)

var styleNames = [...]string{"", "part", "roman", "arabic", "dotted", "letter", "bullet"}

// outline places every block.
func (s *Set) outline(text string, blocks []document.Block) []passage {
	out := make([]passage, 0, len(blocks))
	section := SectionHead
	var path [8]string
	sectionAt := map[int]Section{} // by label style: the section of the open heading
	bullets := []byte{}
	foot := false
	for _, b := range blocks {
		p := passage{block: b, fold: s.folds.Of(text[b.Start:b.End], vntext.Fold)}
		raw := text[b.Start:b.End]
		if b.Kind != document.Row {
			p.readLabel(raw)
		}
		title := strings.TrimSpace(p.fold.Text[p.label:])
		p.lead = strings.HasSuffix(title, ":")
		if b.Kind != document.Row {
			p.heading = p.isHeading(raw, title)
		}
		if p.heading || p.label == 0 && isCaps(raw) {
			if sec, ok := s.sectionOf(title); ok {
				section = sec
				sectionAt[int(p.style)] = sec
				if sec == SectionAppendix {
					foot = false
				}
			} else if p.heading && p.style == labelRoman {
				// a chapter of its own name ends the chapter before
				if section == SectionAssessment || section == SectionPlan || section == SectionProposals || section == SectionHead {
					section = SectionDirection
				}
			}
		}
		if !p.heading && b.Kind != document.Row && p.style != labelNone && p.style != labelBullet {
			if sec, ok := s.inlineSection(title); ok {
				section = sec
				sectionAt[int(p.style)] = sec
			}
		}
		if strings.HasPrefix(title, "nơi nhận") {
			foot = true
		}
		if startsAppendix(title) || strings.HasPrefix(title, "phụ lục") && (isCaps(raw) || len(title) < 40) {
			foot, section = false, SectionAppendix
		}
		p.section = section
		if foot {
			p.section = SectionFoot
		}
		switch p.style {
		case labelBullet:
			mark := title
			if len(p.number) > 0 {
				mark = p.number
			}
			i := indexByte(bullets, mark[0])
			if i < 0 {
				bullets = append(bullets, mark[0])
				i = len(bullets) - 1
			}
			bullets = bullets[:i+1]
			p.depth = i + 1
		case labelNone:
			p.depth = 0
		default:
			bullets = bullets[:0]
			if p.heading {
				path[p.style] = p.number
				for i := int(p.style) + 1; i < len(path); i++ {
					path[i] = ""
				}
			}
		}
		p.path = joinPath(path[:])
		out = append(out, p)
	}
	return out
}

// startsAppendix reports whether a line is the title of a table behind the report:
// "Biểu số 1", "Biểu 2. Kết quả giải quyết TTHC", "Phụ biểu 03".
func startsAppendix(title string) bool {
	for _, word := range []string{"phụ biểu", "biểu", "bảng", "mẫu"} {
		rest, ok := strings.CutPrefix(title, word+" ")
		if !ok {
			continue
		}
		if word != "bảng" && hasPrefixAny(rest, "số", "mẫu") {
			return true
		}
		n := max(digitsLen(rest), romanLen(rest))
		return n > 0 && n < len(rest) && word != "mẫu" && strings.IndexByte(".:-/ )", rest[n]) >= 0
	}
	return false
}

func joinPath(parts []string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "/")
}

func indexByte(s []byte, b byte) int {
	for i, c := range s {
		if c == b {
			return i
		}
	}
	return -1
}

// sectionOf finds the section whose title words stand in a heading.
func (s *Set) sectionOf(title string) (Section, bool) {
	best, at := -1, len(title)
	for _, h := range s.titles.find(title) {
		if h.start < at {
			best, at = s.titleOf[h.pattern], h.start
		}
	}
	if best < 0 || at > 60 {
		return "", false
	}
	return s.sections[best].section, true
}

// inlineSection finds the section of a numbered paragraph that begins with its own
// title: "2. Thể chế: ban hành 08 văn bản ...". The title must be most of what
// stands before the colon.
func (s *Set) inlineSection(title string) (Section, bool) {
	colon := strings.IndexByte(title, ':')
	if colon < 0 || colon > 90 {
		return "", false
	}
	longest := 0
	var best Section
	for _, h := range s.inline.find(title[:colon]) {
		if n := h.end - h.start; n > longest {
			longest, best = n, s.inlineOf[h.pattern]
		}
	}
	return best, 3*longest >= 2*colon
}

// readLabel recognises the number or bullet that a block begins with.
func (p *passage) readLabel(raw string) {
	t := p.fold.Text
	trimmed := strings.TrimLeft(t, " ")
	lead := len(t) - len(trimmed)
	t = trimmed
	set := func(style labelStyle, n int, number string, ordinal int) {
		p.style, p.number, p.ordinal = style, number, ordinal
		if style == labelPart && lead+n < len(p.fold.Text) && strings.IndexByte(".:-/)", p.fold.Text[lead+n]) >= 0 {
			n++ // "PHẦN I: KẾT QUẢ"
		}
		for lead+n < len(p.fold.Text) && p.fold.Text[lead+n] == ' ' {
			n++
		}
		p.label = lead + n
	}
	if t == "" {
		return
	}
	switch t[0] {
	case '-', '+', '*':
		if len(t) > 1 && (t[1] == ' ' || t[1] >= 0x80 || t[1] >= 'a' && t[1] <= 'z' || t[1] == '(') {
			set(labelBullet, 1, t[:1], 0)
		} else if len(t) > 1 && t[1] >= '0' && t[1] <= '9' {
			set(labelBullet, 1, t[:1], 0)
		}
		return
	}
	if r, n := utf8.DecodeRuneInString(t); strings.ContainsRune("•·→", r) || strings.HasPrefix(t[n:], " ") && letterBullet(r, t[n:], raw) {
		set(labelBullet, n, "•", 0)
		return
	}
	if strings.HasPrefix(t, "phần ") {
		rest := strings.TrimPrefix(strings.TrimPrefix(t, "phần "), "thứ ")
		for i, w := range []string{"nhất", "hai", "ba", "tư", "năm"} {
			if strings.HasPrefix(rest, w) && (len(rest) == len(w) || !wordByte(rest[len(w)])) {
				set(labelPart, len(t)-len(rest)+len(w), w, i+1)
				return
			}
		}
		if len(rest) > 1 && rest[0] >= 'a' && rest[0] <= 'e' && strings.IndexByte(".:-", rest[1]) >= 0 {
			set(labelPart, len(t)-len(rest)+2, strings.ToUpper(rest[:1]), int(rest[0]-'a')+1)
			return
		}
		if n := romanLen(rest); n > 0 && (len(rest) == n || !wordByte(rest[n])) {
			set(labelPart, len(t)-len(rest)+n, strings.ToUpper(rest[:n]), romanValue(rest[:n]))
		} else if n := digitsLen(rest); n == 1 && (len(rest) == n || strings.IndexByte(".:-) ", rest[n]) >= 0) {
			set(labelPart, len(t)-len(rest)+n, rest[:n], atoi(rest[:n]))
		} else if len(rest) > 1 && rest[0] >= 'a' && rest[0] <= 'd' && strings.IndexByte(".:-)", rest[1]) >= 0 {
			set(labelPart, len(t)-len(rest)+1, strings.ToUpper(rest[:1]), letterOrdinal(rune(rest[0])))
		}
		return
	}
	// "Mục 1.", "(1)", "1 - "
	if number, n := spelledLabel(t); n > 0 && startsUpper(raw[len(raw)-len(strings.TrimLeftFunc(raw, unicode.IsSpace)):], number) {
		set(labelArabic, n, number, atoi(number))
		return
	}
	// "1.", "2.1.", "2.1 ", "1)", "1/"
	if n := digitsLen(t); n > 0 && n <= 2 {
		end, dots := n, 0
		for end+1 < len(t) && t[end] == '.' && t[end+1] >= '0' && t[end+1] <= '9' {
			d := digitsLen(t[end+1:])
			if d > 2 {
				return // 1.234 is a number
			}
			end += 1 + d
			dots++
		}
		number := t[:end]
		closed := end < len(t) && (t[end] == '.' || t[end] == ')' || t[end] == '/')
		after := end
		if closed {
			after++
		}
		if after < len(t) && t[after] != ' ' && !(closed && !isDigit(t[after])) {
			return
		}
		if !closed && (dots == 0 || len(t) == end) {
			return // a number, not a label
		}
		if dots > 0 && !closed && !startsUpper(raw, number) {
			return
		}
		ordinal := atoi(number[strings.LastIndexByte(number, '.')+1:])
		if dots > 0 {
			set(labelDotted, after, number, ordinal)
		} else {
			set(labelArabic, after, number, ordinal)
		}
		return
	}
	if n := romanLen(t); n > 0 && n < len(t) && (t[n] == '.' || t[n] == ')' || t[n] == '/' || t[n] == '-' || t[n] == ' ' || t[n] == ':') {
		// Roman numbers are capitals in the document
		at := strings.IndexFunc(raw, func(r rune) bool { return !unicode.IsSpace(r) })
		if at >= 0 && at+n <= len(raw) && strings.EqualFold(raw[at:at+n], t[:n]) && raw[at:at+n] == strings.ToUpper(t[:n]) {
			if t[n] != ' ' || n > 1 && isCaps(raw) || strings.HasPrefix(t[n:], " - ") {
				end := n
				if t[n] != ' ' {
					end++
				} else if strings.HasPrefix(t[n:], " - ") {
					end += len(" -")
				}
				set(labelRoman, end, strings.ToUpper(t[:n]), romanValue(t[:n]))
				return
			}
		}
	}
	// "A1.", "B.2)": the part and a number in it
	if t[0] >= 'a' && t[0] <= 'h' && len(t) > 2 {
		rest := strings.TrimPrefix(t[1:], ".")
		n := digitsLen(rest)
		if end := len(t) - len(rest) + n; n > 0 && n <= 2 && end+1 < len(t) && (t[end] == '.' || t[end] == ')') && t[end+1] == ' ' && startsUpper(raw, t[:1]) {
			set(labelDotted, end+1, strings.ToUpper(t[:1])+"."+rest[:n], atoi(rest[:n]))
			return
		}
	}
	// "a)", "b.", "đ)", "A."
	r, n := utf8.DecodeRuneInString(t)
	if n > 0 && n < len(t) && unicode.IsLetter(r) && (t[n] == ')' || t[n] == '.' || t[n] == '/' && n+1 < len(t) && t[n+1] == ' ') && (n+1 == len(t) || t[n+1] == ' ' || t[n+1] >= 'a') {
		set(labelLetter, n+1, string(r), letterOrdinal(r))
	}
}

// spelledLabel reads the number of a part that is set off in another way than by a point:
// "Mục 1.", "(1)", "1- ", "1 - ", "1: ". It returns the number and the length of the
// label, 0 where there is none.
func spelledLabel(t string) (string, int) {
	at, closed := 0, ""
	switch {
	case strings.HasPrefix(t, "mục "):
		at, closed = len("mục "), ".:"
	case strings.HasPrefix(t, "("):
		at, closed = 1, ")"
	default:
		closed = "-:"
	}
	n := digitsLen(t[at:])
	if n == 0 || n > 2 {
		return "", 0
	}
	end := at + n
	if at == 0 && strings.HasPrefix(t[end:], " - ") {
		end++
	}
	if end+1 >= len(t) || strings.IndexByte(closed, t[end]) < 0 || t[end+1] != ' ' {
		return "", 0
	}
	return t[at : at+n], end + 1
}

// letterBullet tells letters that stand where a bullet of a symbol font was: the program
// that copied the text kept the letter and lost the font. The text after it begins with
// a capital.
func letterBullet(r rune, rest, raw string) bool {
	if !strings.ContainsRune("oøü§vq", r) {
		return false
	}
	_, n := utf8.DecodeRuneInString(strings.TrimLeftFunc(raw, unicode.IsSpace))
	next, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(strings.TrimLeftFunc(raw, unicode.IsSpace)[n:], unicode.IsSpace))
	return r == 'o' || unicode.IsUpper(next)
}

// isHeading tells a heading from a paragraph or list item that merely begins
// with a number: headings are short and end without a full stop.
func (p *passage) isHeading(raw, title string) bool {
	if title == "" {
		return false
	}
	last := title[len(title)-1]
	words := strings.Count(title, " ") + 1
	switch p.style {
	case labelPart:
		return true
	case labelRoman:
		return words <= 40
	case labelArabic, labelDotted, labelLetter:
		if isCaps(raw) {
			return true
		}
		return words <= 25 && last != ';' && last != ',' && !(last == '.' && words > 14)
	}
	return false
}

// isCaps reports whether the letters of s are capitals (nearly all).
func isCaps(s string) bool {
	upper, lower := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper >= 4 && upper > 6*lower
}

func startsUpper(raw, label string) bool {
	i := strings.Index(raw, label)
	if i < 0 {
		return false
	}
	rest := strings.TrimLeft(raw[i+len(label):], " .:)-–\t")
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsUpper(r)
}

func digitsLen(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func atoi(s string) int {
	v := 0
	for i := 0; i < len(s) && isDigit(s[i]); i++ {
		v = v*10 + int(s[i]-'0')
	}
	return v
}

func romanLen(s string) int {
	n := 0
	for n < len(s) && n < 6 && (s[n] == 'i' || s[n] == 'v' || s[n] == 'x') {
		n++
	}
	if n > 0 && n < len(s) && wordByte(s[n]) {
		return 0
	}
	return n
}

func romanValue(s string) int {
	val := map[byte]int{'i': 1, 'v': 5, 'x': 10}
	total := 0
	for i := 0; i < len(s); i++ {
		v := val[s[i]|0x20]
		if i+1 < len(s) && v < val[s[i+1]|0x20] {
			total -= v
		} else {
			total += v
		}
	}
	return total
}

// letterOrdinal counts letters the Vietnamese way: a, b, c, d, đ, e, g, h, i, k, ...
func letterOrdinal(r rune) int {
	for i, l := range []rune("abcdđeghiklmnopqrstuvxy") {
		if l == r {
			return i + 1
		}
	}
	return 0
}
