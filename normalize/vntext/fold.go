package vntext

// This file folds text into its key and keeps the way back to the original.

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Folded is a text made comparable, with a map back to the original bytes.
// Its zero value is the empty text.
type Folded struct {
	Text string
	// edits are the places where folding changed the number of bytes, in order;
	// between them every byte of Text has the same distance from its original.
	edits []edit
}

// An edit says that Text[f0:f1] came from the bytes o0:o1 of the original.
type edit struct{ f0, f1, o0, o1 int }

// Fold makes s comparable:
//
//   - letters with marks become one letter each, whatever order and form their
//     marks are in; letters that only look Vietnamese (Ð U+00D0, ǎ U+01CE, Cyrillic
//     а е о с р х, full-width forms) become the ones meant; lower case;
//   - soft hyphens, zero-width characters and byte order marks disappear;
//   - a run of white space other than TAB becomes one space (line ends too); a TAB
//     stays a TAB;
//   - no space stands before ',', ';', ':' and ')' or after '(';
//   - dashes become '-', double quotes '"', single ones an apostrophe, fraction
//     slashes '/', the bullets of lists '•';
//   - the tone mark stands where the old style puts it (hoà is hòa, thuỷ is thủy), and
//     y is i where both spellings stand for one word (kỹ is kĩ, tỷ is tỉ, quý is quí);
//   - "hành chánh" and "bưu chánh", as the south writes, are hành chính and bưu chính;
//   - bytes that are not UTF-8 become U+FFFD.
//
// Folding folded text changes nothing.
func Fold(s string) Folded {
	f := folder{s: s, track: true}
	text := f.run()
	return Folded{Text: text, edits: f.edits}
}

// Key is Fold(s).Text, without the cost of the map.
func Key(s string) string {
	f := folder{s: s}
	return f.run()
}

// Span turns a half-open byte span of Text into the span of the original that holds
// the same letters: what folding removed at either edge stays outside, and a letter
// of which only a part is asked for is given whole. Spans outside Text are cut off
// at its ends. An empty span gives an empty one.
func (f Folded) Span(start, end int) (int, int) {
	start = min(max(start, 0), len(f.Text))
	end = min(max(end, start), len(f.Text))
	o0, o1 := f.originalStart(start), f.originalEnd(end)
	if start == end {
		o1 = o0
	}
	return o0, max(o0, o1)
}

// originalStart maps the place before the folded byte p, after what was removed there.
func (f Folded) originalStart(p int) int {
	i := sort.Search(len(f.edits), func(i int) bool { return f.edits[i].f1 > p })
	if i < len(f.edits) && f.edits[i].f0 <= p {
		return f.edits[i].o0
	}
	return f.shift(i, p)
}

// originalEnd maps the place after the folded byte p-1, before what was removed there.
func (f Folded) originalEnd(p int) int {
	i := sort.Search(len(f.edits), func(i int) bool { return f.edits[i].f1 >= p })
	if i < len(f.edits) && f.edits[i].f0 < p {
		return f.edits[i].o1
	}
	return f.shift(i, p)
}

// shift maps p, which lies between edit i-1 and edit i.
func (f Folded) shift(i, p int) int {
	if i == 0 {
		return p
	}
	return f.edits[i-1].o1 + p - f.edits[i-1].f1
}

// A folder writes the folded text of s. Until the first change nothing is written:
// clean text costs one pass and no memory.
type folder struct {
	s     string
	out   []byte
	last  int // s[:last] has been written to out
	track bool
	edits []edit
}

// replace writes r for s[i:j]; what stands before i is copied first.
func (f *folder) replace(i, j int, r string) {
	f.copy(i, len(r))
	f.out = append(f.out, r...)
	f.note(i, j, len(r))
}

func (f *folder) replaceRune(i, j int, r rune) {
	f.copy(i, utf8.UTFMax)
	n := len(f.out)
	f.out = utf8.AppendRune(f.out, r)
	f.note(i, j, len(f.out)-n)
}

func (f *folder) copy(i, more int) {
	if f.out == nil {
		f.out = make([]byte, 0, len(f.s)+more+16)
	}
	f.out = append(f.out, f.s[f.last:i]...)
}

func (f *folder) note(i, j, n int) {
	f.last = j
	if f.track && j-i != n {
		f.edits = append(f.edits, edit{len(f.out) - n, len(f.out), i, j})
	}
}

// Classes of ASCII bytes.
const (
	byteOther = iota
	byteLower
	byteUpper
	byteSpace // white space but TAB
	byteHigh  // not ASCII
)

var byteClass = buildByteClass()

func buildByteClass() *[256]uint8 {
	var t [256]uint8
	for c := range t {
		switch {
		case c >= 'a' && c <= 'z':
			t[c] = byteLower
		case c >= 'A' && c <= 'Z':
			t[c] = byteUpper
		case c == ' ' || c == '\n' || c == '\r' || c == '\v' || c == '\f':
			t[c] = byteSpace
		case c >= utf8.RuneSelf:
			t[c] = byteHigh
		}
	}
	return &t
}

func (f *folder) run() string {
	s := f.s
	for i := 0; i < len(s); {
		switch byteClass[s[i]] {
		case byteLower, byteUpper:
			i = f.word(i)
		case byteSpace:
			if s[i] == ' ' && f.plainAfter(i+1) && !f.opened(i) {
				i++
			} else {
				i = f.space(i)
			}
		case byteOther:
			if i+1 < len(s) && s[i+1] >= utf8.RuneSelf {
				i = f.cluster(i)
			} else {
				i++
			}
		default:
			r, n := decodeLetter(s[i:])
			switch {
			case letterOf(r) != 0:
				i = f.word(i)
			case isSpace(r):
				i = f.space(i)
			case isRemoved(r):
				f.replace(i, i+n, "")
				i += n
			case isLetter(r):
				i = f.oddWord(i)
			default:
				i = f.cluster(i)
			}
		}
	}
	if f.out == nil {
		return s
	}
	f.out = append(f.out, s[f.last:]...)
	return string(f.out)
}

// plainAfter tells whether s goes on at i with something that is neither white space
// nor removed.
func (f *folder) plainAfter(i int) bool {
	if i >= len(f.s) {
		return false
	}
	if c := f.s[i]; c < utf8.RuneSelf {
		return byteClass[c] != byteSpace && !closes(c)
	}
	r, _ := decodeLetter(f.s[i:])
	return letterOf(r) != 0
}

// opened tells whether an opening bracket stands just before s[i] in what is folded.
func (f *folder) opened(i int) bool {
	if n := len(f.out); n > 0 && f.last == i {
		return f.out[n-1] == '('
	}
	return i > 0 && f.s[i-1] == '('
}

// closes tells whether no space is wanted before the byte.
func closes(c byte) bool { return c == ',' || c == ';' || c == ':' || c == ')' }

// closed tells whether no space is wanted before what follows at j.
func (f *folder) closed(j int) bool {
	if j >= len(f.s) {
		return false
	}
	if f.s[j] < utf8.RuneSelf {
		return closes(f.s[j])
	}
	text, _ := foldCluster(f.s[j:], true)
	return text != "" && closes(text[0])
}

// space folds the run of white space and removed characters at i.
func (f *folder) space(i int) int {
	j, end := i, i // end is the end of the white space, without what is removed after it
	for j < len(f.s) {
		r, n := utf8.DecodeRuneInString(f.s[j:])
		if isSpace(r) {
			j += n
			end = j
		} else if isRemoved(r) {
			j += n
		} else {
			break
		}
	}
	switch {
	case f.opened(i) || f.closed(j):
		f.replace(i, end, "")
	case f.s[i:end] != " ":
		f.replace(i, end, " ")
	}
	if j > end {
		f.replace(end, j, "")
	}
	return j
}

// word folds the word at i, which begins with a Vietnamese letter. Words of plain
// Vietnamese letters are done here, all others by oddWord.
func (f *folder) word(i int) int {
	s := f.s
	var tones, vowelCount int
	upper := false
	n, j := 0, i
	lastY := false
	for j < len(s) {
		var l letter
		size := 1
		if c := s[j]; c < utf8.RuneSelf {
			l = letters[c]
			if l == 0 {
				break
			}
		} else {
			var r rune
			r, size = decodeLetter(s[j:])
			l = letterOf(r)
			if l == 0 {
				if isSpace(r) || isPlainMark(r) {
					break
				}
				return f.oddWord(i)
			}
		}
		j += size
		n++
		if l&letterVowel != 0 {
			vowelCount++
			if l&0x70 != 0 {
				tones++
			}
			lastY = l.row() == vowelY
		} else {
			lastY = false
		}
		upper = upper || l&letterUpper != 0
	}
	if n == len("chanh") && tones == 1 && f.southern(i, j) {
		return j
	}
	if n < maxSyllable && (lastY || tones > 0 && vowelCount > 1) {
		f.syllable(i, j, upper)
	} else if upper {
		f.lower(i, j)
	}
	return j
}

// southern folds the word s[i:j] if it is the "chánh" of "hành chánh" or "bưu chánh",
// as the south says and writes for "chính".
func (f *folder) southern(i, j int) bool {
	const before = len("ch")
	if !strings.EqualFold(f.s[i:j], "chánh") {
		return false
	}
	lead := strings.TrimRight(f.s[:i], " ")
	k := strings.LastIndexByte(lead, ' ') + 1
	if w := lead[k:]; !strings.EqualFold(w, "hành") && !strings.EqualFold(w, "bưu") {
		return false
	}
	f.lower(i, i+before)
	f.replaceRune(i+before, i+before+len("á"), 'í')
	f.lower(i+before+len("á"), j)
	return true
}

// lower folds the case of s[i:j], which holds only Vietnamese letters.
func (f *folder) lower(i, j int) {
	for i < j {
		if c := f.s[i]; c < utf8.RuneSelf {
			if byteClass[c] == byteUpper {
				f.replaceRune(i, i+1, rune(c)+32)
			}
			i++
			continue
		}
		r, n := decodeLetter(f.s[i:])
		if l := letters[r]; l&letterUpper != 0 {
			f.replaceRune(i, i+n, lowerLetter(r, l))
		}
		i += n
	}
}

// lowerLetter gives the small letter of r, of which l is known.
func lowerLetter(r rune, l letter) rune {
	switch {
	case l.isVowel():
		return vowels[l.row()][l.tone()]
	case r == 'Đ':
		return 'đ'
	case l&letterUpper != 0:
		return r + 32
	}
	return r
}

// syllable folds s[i:j], fewer than maxSyllable Vietnamese letters.
func (f *folder) syllable(i, j int, upper bool) {
	var syl syllable
	var at [maxSyllable + 1]int
	for k := i; k < j; {
		r, n := decodeLetter(f.s[k:])
		at[syl.n] = k
		syl.r[syl.n] = lowerLetter(r, letters[r])
		syl.n++
		k += n
	}
	at[syl.n] = j
	if !syl.normalize() {
		if upper {
			f.lower(i, j)
		}
		return
	}
	for k := 0; k < syl.n; k++ {
		r, _ := decodeLetter(f.s[at[k]:])
		if r != syl.r[k] {
			f.replaceRune(at[k], at[k+1], syl.r[k])
		}
	}
}

// decodeLetter is utf8.DecodeRuneInString, quicker for the two and three byte forms
// that Vietnamese letters have.
func decodeLetter(s string) (rune, int) {
	c := s[0]
	switch {
	case c < utf8.RuneSelf:
		return rune(c), 1
	case c >= 0xC3 && c <= 0xC6 && len(s) > 1 && s[1]&0xC0 == 0x80:
		return rune(c&0x1F)<<6 | rune(s[1]&0x3F), 2
	case c == 0xE1 && len(s) > 2 && s[1]&0xC0 == 0x80 && s[2]&0xC0 == 0x80:
		return rune(c&0x0F)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	return utf8.DecodeRuneInString(s)
}

// A cell is one character of an odd word with its marks. text is set only where the
// folded form is not the one rune r; removed characters have neither.
type cell struct {
	start, end int
	r          rune
	text       string
}

// oddWord folds the word at i that holds something else than plain Vietnamese
// letters: combining marks, look-alikes, removed characters, other scripts.
func (f *folder) oddWord(i int) int {
	var buf [16]cell
	cells := buf[:0]
	var syl syllable
	short := true
	for i < len(f.s) {
		c := cell{start: i}
		if r, n, ok := quickCluster(f.s[i:]); ok {
			c.end, c.r = i+n, r
		} else if r, n := utf8.DecodeRuneInString(f.s[i:]); isRemoved(r) {
			c.end = i + n
		} else if isSpace(r) {
			break
		} else {
			text, n := foldCluster(f.s[i:], true)
			first, size := utf8.DecodeRuneInString(text)
			if !isLetter(first) {
				break
			}
			c.end = i + n
			if size == len(text) {
				c.r = first
			} else {
				c.text = text
			}
		}
		i = c.end
		cells = append(cells, c)
		switch {
		case c.r != 0 && syl.n < maxSyllable-1 && letterOf(c.r) != 0:
			syl.r[syl.n] = c.r
			syl.n++
		case c.r != 0 || c.text != "":
			short = false
		}
	}
	moved := short && syl.normalize()
	k := 0
	for _, c := range cells {
		switch {
		case c.text != "":
			if f.s[c.start:c.end] != c.text {
				f.replace(c.start, c.end, c.text)
			}
			continue
		case c.r == 0:
			f.replace(c.start, c.end, "")
			continue
		case moved:
			c.r = syl.r[k]
			k++
		}
		if r, n := utf8.DecodeRuneInString(f.s[c.start:c.end]); r != c.r || n != c.end-c.start {
			f.replaceRune(c.start, c.end, c.r)
		}
	}
	return i
}

// cluster folds one character with its combining marks.
func (f *folder) cluster(i int) int {
	text, n := foldCluster(f.s[i:], true)
	if f.s[i:i+n] != text {
		f.replace(i, i+n, text)
	}
	return i + n
}
