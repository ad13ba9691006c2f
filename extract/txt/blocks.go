package txt

// This file cuts a text into paragraphs and table rows.
//
// Some texts hold one paragraph a line, others are hard-wrapped by the program
// that made them, with line ends in the middle of sentences and sometimes blank
// lines there too. The lines themselves tell which: only in wrapped text does
// one line after the other go on with a small letter, and such line ends also
// show how full a line is when it is wrapped. A line that ends earlier ends a
// paragraph.

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/extract/document"
	"baocao/normalize/vntext"
)

// line is one line of the text that is not blank.
type line struct {
	start, end int // span without white space around (a row keeps its tabs)
	text       string
	width      int  // characters
	indent     int  // characters of white space before it
	spaced     bool // white space stands behind it
	blank      bool // blank lines stand before it
	page       int
	row        bool // it holds a TAB
	mark       mark
}

// lines cuts text into its lines that are not blank. Pages are counted where
// the text has form feeds.
func lines(text string) []line {
	page := 0
	if strings.Contains(text, "\f") {
		page = 1
	}
	var out []line
	blank := false
	for pos := 0; pos < len(text); {
		next := len(text)
		if i := strings.IndexByte(text[pos:], '\n'); i >= 0 {
			next = pos + i + 1
		}
		raw := text[pos:next]
		start := pos
		pos = next
		if page > 0 {
			// A form feed stands before the first line of a page.
			lead := raw[:len(raw)-len(strings.TrimLeftFunc(raw, unicode.IsSpace))]
			page += strings.Count(lead, "\f")
		}
		trimmed := strings.TrimFunc(raw, unicode.IsSpace)
		if trimmed == "" {
			blank = true
			continue
		}
		l := line{page: page, blank: blank}
		blank = false
		begin := strings.Index(raw, trimmed)
		l.indent = utf8.RuneCountInString(raw[:begin])
		l.spaced = strings.HasPrefix(raw[begin+len(trimmed):], " ")
		l.start, l.end, l.text = start+begin, start+begin+len(trimmed), trimmed
		if strings.Contains(strings.Trim(raw, "\n\r\f\v"), "\t") {
			row := strings.Trim(raw, " \n\r\f\v")
			// A TAB before all text is an indent, not an empty cell, unless
			// more cells follow; behind all text it means nothing alone.
			if strings.Contains(trimmed, "\t") || strings.HasPrefix(row, "\t\t") || strings.HasSuffix(row, "\t") {
				l.row = true
				off := strings.Index(raw, row)
				l.start, l.end, l.text = start+off, start+off+len(row), row
			}
		}
		l.width = utf8.RuneCountInString(l.text)
		l.mark = markOf(l.text)
		out = append(out, l)
		if page > 0 {
			tail := raw[begin+len(trimmed):]
			page += strings.Count(tail, "\f") + strings.Count(trimmed, "\f")
		}
	}
	return out
}

// blocks returns the paragraphs and rows of text.
func blocks(text string) []document.Block {
	ls := lines(text)
	p := profileOf(ls)
	var out []document.Block
	tables := 0
	for i := range ls {
		l := &ls[i]
		switch {
		case l.row:
			if i == 0 || !ls[i-1].row || l.blank {
				tables++
			}
			out = append(out, document.Block{Start: l.start, End: l.end, Kind: document.Row, Page: l.page, Table: tables})
		case i > 0 && p.joins(&ls[i-1], l):
			out[len(out)-1].End = l.end
		default:
			out = append(out, document.Block{Start: l.start, End: l.end, Kind: document.Paragraph, Page: l.page})
		}
	}
	return out
}

// profile is what the lines of a text say about how it was wrapped.
type profile struct {
	wrapped bool
	width   int     // characters of a full line
	full    float64 // share of width from which a line may have been wrapped
	blanks  bool    // a blank line ends a paragraph
	spaces  bool    // wrapped lines keep the space that stood at the break
	apart   bool    // every paragraph is set apart by blank lines
}

// Bounds of the profile. Programs wrap at 60 to 100 columns; a printed page in
// a proportional font holds up to 110 characters a line.
const (
	maxWrap      = 140
	minGoingOn   = 2    // line ends that must go on with a small letter
	goingOnShare = 0.15 // and their share of all line ends
	longGoing    = 3    // or so many long lines
	longShare    = 0.3  // and their share of all long lines, in a text of short items
	longLine     = 0.95 // of the width
	openLine     = 0.95 // of profile.full, for a line that ends inside a sentence
)

// profileOf looks at every pair of neighbouring lines.
func profileOf(ls []line) profile {
	var widths []int
	for _, l := range ls {
		if !l.row {
			widths = append(widths, l.width)
		}
	}
	if len(widths) < 3 {
		return profile{}
	}
	slices.Sort(widths)
	p := profile{width: widths[len(widths)*97/100]}
	if p.width > maxWrap || p.width < 20 {
		return profile{}
	}
	var reach []float64 // how far the next word would have reached
	pairs, goes, blank, spaced := 0, 0, 0, 0
	long, longGoes := 0, 0
	for i := 1; i < len(ls); i++ {
		a, b := &ls[i-1], &ls[i]
		if a.row || b.row {
			continue
		}
		pairs++
		full := p.reach(a, b) >= longLine
		if full {
			long++
		}
		if !goesOn(a, b) {
			continue
		}
		goes++
		if full {
			longGoes++
		}
		if b.blank {
			blank++
		}
		if a.spaced {
			spaced++
		}
		reach = append(reach, p.reach(a, b))
	}
	items := longGoes >= longGoing && float64(longGoes) >= longShare*float64(long)
	if goes < minGoingOn || float64(goes) < goingOnShare*float64(pairs) && !items {
		return profile{}
	}
	slices.Sort(reach)
	p.wrapped = true
	p.full = min(reach[len(reach)/20], 1.02) * 0.99
	p.blanks = blank <= goes/50
	p.spaces = float64(spaced) >= 0.95*float64(goes)
	if p.blanks {
		short, set := 0, 0
		for i := 1; i < len(ls); i++ {
			a, b := &ls[i-1], &ls[i]
			switch {
			case a.row || b.row:
			case b.blank:
				set++
			case p.reach(a, b) < p.full:
				short++
			}
		}
		p.apart = short*20 <= set
	}
	return p
}

// reach is how far line a would have gone with the first word of b, as a share
// of a full line.
func (p *profile) reach(a, b *line) float64 {
	word := b.text
	if i := strings.IndexFunc(word, unicode.IsSpace); i >= 0 {
		word = word[:i]
	}
	return float64(a.width+1+utf8.RuneCountInString(word)) / float64(p.width)
}

// goesOn tells whether the sentence of a surely goes on in b.
func goesOn(a, b *line) bool {
	return !a.ends() && b.mark.kind == noMark && b.startsLower()
}

func (l *line) startsLower() bool {
	r, _ := utf8.DecodeRuneInString(l.text)
	return unicode.IsLower(r)
}

// ends tells whether the line ends like a paragraph.
func (l *line) ends() bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(l.text, `"”’')`))
	return strings.ContainsRune(".;:!?…", r)
}

// joins tells whether b continues the paragraph of a, the line before it.
func (p *profile) joins(a, b *line) bool {
	if !p.wrapped || a.row || b.row {
		return false
	}
	if p.blanks && b.blank {
		return false
	}
	reach := p.reach(a, b)
	full := reach >= p.full
	if p.apart {
		return full || goesOn(a, b)
	}
	if strings.Count(a.text, "(") > strings.Count(a.text, ")") && strings.Contains(b.text, ")") {
		return true
	}
	switch b.mark.kind {
	case bullet:
		// "Lao động - Thương binh" may be wrapped before its dash.
		if a.ends() || b.blank || !full || b.indent > a.indent || a.mark.kind == heading && a.width < p.width*2/3 {
			return false
		}
		return b.text[0] == '-' && reach >= 1
	case heading:
		// "... tổng số" / "15. Trong đó": a number at the end of a sentence.
		if a.ends() || b.blank || !full || b.indent > a.indent {
			return false
		}
		return b.mark.ordinal > 1 && b.mark.plain && reach >= 1
	}
	if goesOn(a, b) {
		return true
	}
	if ta, tb := titleOf(a), titleOf(b); ta*tb < 0 && (a.ends() || ta > 0) {
		return false
	}
	if a.ends() {
		// A sentence may end where a line does. What follows belongs to the
		// same paragraph if nothing sets it apart.
		return full && !b.blank && b.indent <= a.indent && !strings.HasSuffix(a.text, "/.")
	}
	if p.spaces && !a.spaced {
		return false
	}
	return reach >= p.full*openLine
}

// titleOf returns 1 for a line written in capitals, -1 for one that is not,
// and 0 for one without letters.
func titleOf(l *line) int {
	title := 0
	for _, r := range l.text {
		if unicode.IsLower(r) {
			return -1
		}
		if unicode.IsUpper(r) {
			title = 1
		}
	}
	return title
}

// markKind says what stands at the beginning of a line.
type markKind uint8

const (
	noMark  markKind = iota
	bullet           // "- ", "+ ", "• "
	heading          // "1. ", "2.1 ", "a) ", "IV. "
)

// mark is the bullet or number that a line begins with.
type mark struct {
	kind    markKind
	ordinal int  // value of a plain number
	plain   bool // digits and one dot: "15."
}

// markOf looks at the beginning of a line.
func markOf(text string) mark {
	r, n := utf8.DecodeRuneInString(text)
	rest := text[n:]
	switch {
	case strings.ContainsRune("-+*–—·→", r) || vntext.IsBullet(r):
		if first, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " ")); rest == "" || unicode.IsSpace([]rune(rest + " ")[0]) || unicode.IsUpper(first) {
			return mark{kind: bullet}
		}
		return mark{}
	}
	word := text
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		word = text[:i]
	}
	return headingOf(word, text[len(word):])
}

// headingOf reads word as the number of a heading or list item that rest is
// the text of.
func headingOf(word, rest string) mark {
	// "1.Công tác", "a)Nội dung": the space may be missing.
	if i := strings.LastIndexAny(word, ".)"); i >= 0 && i+1 < len(word) {
		if r, _ := utf8.DecodeRuneInString(word[i+1:]); !unicode.IsUpper(r) {
			if !isDotted(word) {
				return mark{}
			}
		} else {
			word, rest = word[:i+1], word[i+1:]+rest
		}
	}
	body := strings.TrimRight(word, ".)/:")
	end := word[len(body):]
	body = strings.TrimPrefix(body, "(")
	if body == "" || utf8.RuneCountInString(body) > 8 {
		return mark{}
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " \t"))
	switch {
	case isDotted(body) && (end != "" || strings.Contains(body, ".")):
		// A heading goes on with a capital letter; a figure does not.
		if !unicode.IsUpper(first) && !strings.ContainsRune(`"“(`, first) {
			return mark{}
		}
		n, plain := 0, true
		for _, r := range body {
			if r == '.' {
				plain = false
				break
			}
			n = n*10 + int(r-'0')
		}
		return mark{kind: heading, ordinal: n, plain: plain && end == "."}
	case end == "":
		return mark{}
	case isRoman(body):
		return mark{kind: heading}
	case utf8.RuneCountInString(body) == 1:
		if r, _ := utf8.DecodeRuneInString(body); unicode.IsLetter(r) && (unicode.IsLower(r) || unicode.IsUpper(first)) {
			return mark{kind: heading}
		}
	}
	return mark{}
}

// isDotted tells whether s is made of numbers of one or two digits with dots
// between them.
func isDotted(s string) bool {
	for part := range strings.SplitSeq(strings.TrimSuffix(s, "."), ".") {
		if len(part) < 1 || len(part) > 2 {
			return false
		}
		for _, r := range part {
			if r < '0' || r > '9' {
				return false
			}
		}
	}
	return true
}

func isRoman(s string) bool {
	return s != "" && strings.Trim(s, "IVX") == ""
}
