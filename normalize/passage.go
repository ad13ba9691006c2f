// This file cuts a document into the pieces that header, unit and period are
// read from: blocks, the lines and cells of a block, and their words.

package normalize

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/extract/document"
	"baocao/normalize/vntext"
)

// piece is one line or table cell of the document, without the white space
// around it.
type piece struct {
	start, end int // span in the document's text
	raw        string
	fold       vntext.Folded
	row        bool // a cell of a table row with several cells
	known      *known
}

// key is the folded text.
func (p *piece) key() string { return p.fold.Text }

// span maps a span of the folded text to the document's text.
func (p *piece) span(start, end int) (int, int) {
	a, b := p.fold.Span(start, end)
	return p.start + a, p.start + b
}

// tokens are the numbers, dates and periods of the piece, not to be changed.
func (p *piece) tokens() []vntext.Token {
	if p.known != nil {
		return p.known.tokens
	}
	return vntext.Scan(p.fold.Text)
}

// mentions are the units named in the piece, where its words go on to the end given
// (see runsTo).
func (p *piece) mentions(text string, end int) []mention {
	if p.known == nil || end != p.end {
		return mentionsIn(text, wordsOf(text, p.start, end))
	}
	list := slices.Clone(p.known.mentions)
	for i := range list {
		list[i].start += p.start
		list[i].end += p.start
	}
	return list
}

// newPiece makes a piece of a span of text.
func newPiece(text string, start, end int) piece {
	for start < end {
		r, n := utf8.DecodeRuneInString(text[start:end])
		if !unicode.IsSpace(r) {
			break
		}
		start += n
	}
	for end > start {
		r, n := utf8.DecodeLastRuneInString(text[start:end])
		if !unicode.IsSpace(r) {
			break
		}
		end -= n
	}
	return piece{start: start, end: end, raw: text[start:end], fold: vntext.Fold(text[start:end])}
}

// blocksOf gives the blocks of a document; text without blocks is taken line by
// line.
func blocksOf(doc *document.Document) []document.Block {
	if len(doc.Blocks) > 0 {
		return doc.Blocks
	}
	var out []document.Block
	for start := 0; start < len(doc.Text); {
		end := len(doc.Text)
		if i := strings.IndexByte(doc.Text[start:], '\n'); i >= 0 {
			end = start + i
		}
		if strings.TrimSpace(doc.Text[start:end]) != "" {
			kind := document.Paragraph
			if strings.Contains(doc.Text[start:end], "\t") {
				kind = document.Row
			}
			out = append(out, document.Block{Start: start, End: end, Kind: kind})
		}
		start = end + 1
	}
	return out
}

// columnGap is how many spaces side by side mean that two columns were printed
// on one line.
const columnGap = 3

// columnEdge is the shortest gap between columns.
const columnEdge = "   "

// piecesOf cuts a block at line ends, cell borders and wide gaps. The words of
// the national motto are cut out where they stand on one line with something
// else, so that the other column remains.
func piecesOf(text string, b document.Block) []piece {
	var out []piece
	add := func(start, end int) {
		p := newPiece(text, start, end)
		if p.start == p.end {
			return
		}
		for {
			a, z, ok := mottoIn(p.key())
			if !ok {
				break
			}
			before, after := p.span(a, z)
			if left := newPiece(text, p.start, before); left.start < left.end {
				out = append(out, left)
			}
			out = append(out, newPiece(text, before, after))
			p = newPiece(text, after, p.end)
			if p.start == p.end {
				return
			}
		}
		out = append(out, p)
	}
	lines := split(text, b.Start, b.End, "\n", func(i int) int { return ifByte(text[i] == '\n') })
	if hardWrapped(text, lines) {
		lines = [][2]int{{b.Start, b.End}}
	}
	for _, line := range lines {
		cells := split(text, line[0], line[1], "\t", func(i int) int { return ifByte(text[i] == '\t') })
		for _, cell := range cells {
			n := len(out)
			columns := split(text, cell[0], cell[1], columnEdge, func(i int) int {
				gap := wideGap(text[i:cell[1]])
				if gap > 0 && leftBlank(text[cell[0]:i]) {
					return 0
				}
				return gap
			})
			if len(columns) > 1 && letterSpaced(text[cell[0]:cell[1]]) {
				columns = [][2]int{cell}
			}
			for _, column := range columns {
				add(column[0], column[1])
			}
			for i := n; i < len(out); i++ {
				out[i].row = len(cells) > 1
			}
		}
	}
	return out
}

// wrappedLine is the least number of characters of a line that was broken because
// it was full.
const wrappedLine = 45

// hardWrapped says whether lines are one paragraph: all but the last are full.
func hardWrapped(text string, lines [][2]int) bool {
	for _, l := range lines[:len(lines)-1] {
		line := text[l[0]:l[1]]
		if utf8.RuneCountInString(line) < wrappedLine || strings.Contains(line, "\t") {
			return false
		}
	}
	return true
}

func ifByte(is bool) int {
	if is {
		return 1
	}
	return 0
}

// leftBlank tells words after which a number is filled in by hand: a gap there is
// the place for it ("ngày     tháng 12 năm 2023"), not the edge of a column.
func leftBlank(before string) bool {
	before = strings.TrimRight(before, " ")
	i := strings.LastIndexAny(before, " ,\t\n")
	switch vntext.Key(before[i+1:]) {
	case "ngày", "tháng", "số:":
		return true
	}
	return false
}

// letterSpaced tells a line printed with spaces between its letters: "B Á O   C Á O".
func letterSpaced(line string) bool {
	words := strings.Fields(line)
	for _, w := range words {
		if utf8.RuneCountInString(vntext.NFC(w)) > 1 {
			return false
		}
	}
	return len(words) > 3
}

// wideGap gives the length of the run of spaces that s begins with, 0 where it is
// no gap between columns.
func wideGap(s string) int {
	n := 0
	for n < len(s) && s[n] == ' ' {
		n++
	}
	if n < columnGap {
		return 0
	}
	return n
}

// split cuts text[start:end] at separators; sep says how many bytes of separator
// stand at i. Every separator begins with the string begin.
func split(text string, start, end int, begin string, sep func(i int) int) [][2]int {
	if !strings.Contains(text[start:end], begin) {
		return [][2]int{{start, end}}
	}
	var out [][2]int
	from := start
	for i := start; i < end; {
		n := sep(i)
		if n == 0 {
			i++
			continue
		}
		out = append(out, [2]int{from, i})
		i += n
		from = i
	}
	return append(out, [2]int{from, end})
}

// mottoIn finds the name of the state or its motto in a folded piece.
func mottoIn(key string) (start, end int, ok bool) {
	for _, phrase := range []string{"cộng hòa xã hội chủ nghĩa việt nam", "độc lập - tự do - hạnh phúc", "độc lập-tự do-hạnh phúc"} {
		if i := strings.Index(key, phrase); i >= 0 && len(key) > len(phrase) {
			return i, i + len(phrase), true
		}
	}
	return 0, 0, false
}

// isMotto says whether the piece is the name of the state or its motto, also
// with a letter lost in recognition.
func isMotto(key string) bool {
	plain := vntext.Plain(key)
	return strings.HasPrefix(plain, "cong hoa xa hoi") || strings.HasPrefix(plain, "doc lap") && strings.Contains(plain, "tu do")
}

// word is one word of a piece of text.
type word struct {
	start, end int // span in the document's text
	raw, key   string
}

// gap is the text between two words.
func gap(text string, a, b word) string { return text[a.end:b.start] }

// upper says whether the word begins with a capital.
func (w word) upper() bool {
	r, _ := utf8.DecodeRuneInString(w.raw)
	return unicode.IsUpper(r)
}

// caps says whether all letters are capitals, at least one.
func (w word) caps() bool {
	letters := 0
	for _, r := range w.raw {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters > 0
}

// wordsOf cuts text[start:end] into words: letters and digits, with the
// apostrophes inside names such as "K'Nớ". Marks that follow a letter as
// characters of their own belong to the word.
func wordsOf(text string, start, end int) []word {
	out := make([]word, 0, (end-start)/5+1) // most syllables and the space behind them have more bytes
	from := -1
	flush := func(to int) {
		if from >= 0 {
			out = append(out, word{from, to, text[from:to], vntext.Key(text[from:to])})
			from = -1
		}
	}
	for i := start; i < end; {
		if c := text[i] | 0x20; c >= 'a' && c <= 'z' {
			if from < 0 {
				from = i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:end])
		switch {
		case r >= 0x1EA0 && r <= 0x1EF9 || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r):
			if from < 0 {
				from = i
			}
		case (r == '\'' || r == '’' || r == '‘') && from >= 0:
			if next, _ := utf8.DecodeRuneInString(text[i+n : end]); !unicode.IsLetter(next) {
				flush(i)
			}
		case r == 0xAD || r >= 0x200B && r <= 0x200D || r == 0xFEFF:
			// invisible, inside a word or not
		default:
			flush(i)
		}
		i += n
	}
	flush(end)
	return out
}

// lineIndex finds the line of an offset without counting from the start.
type lineIndex []int

// newLineIndex notes where each line begins.
func newLineIndex(text string) lineIndex {
	index := lineIndex{0}
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' {
			index = append(index, i+1)
		}
	}
	return index
}

// line gives the 1-based line of the offset.
func (l lineIndex) line(offset int) int {
	return sort.Search(len(l), func(i int) bool { return l[i] > offset })
}

// collapse makes every run of white space one space and removes it at the edges.
func collapse(s string) string {
	if collapsed(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// collapsed tells a text that collapse leaves as it is; false may also mean that
// this cannot be told quickly.
func collapsed(s string) bool {
	space := true // before the first character
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
			if space {
				return false
			}
			space = true
			continue
		case c < ' ', c == 0xC2, c == 0xE2, c == 0xE3, c == 0xE1 && i+1 < len(s) && s[i+1] == 0x9A:
			return false // white space, or a character that may be
		}
		space = false
	}
	return !space || s == ""
}
