// Text of a run of characters: where spaces belong, and what legacy fonts mean.

package layout

import (
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/extract/document"
	"baocao/normalize/vntext"
)

// text is a piece of text with the spans of it that are in doubt.
type text struct {
	s      string
	doubts []document.Doubt
}

// doubtBelow is the confidence under which a character counts as doubtful.
const doubtBelow = 0.9

// join appends b to a with a separator between.
func (a text) join(separator string, b text) text {
	out := text{s: a.s + separator + b.s, doubts: a.doubts}
	for _, d := range b.doubts {
		d.Start += len(a.s) + len(separator)
		d.End += len(a.s) + len(separator)
		out.doubts = append(out.doubts, d)
	}
	return out
}

func (a text) empty() bool { return strings.TrimSpace(a.s) == "" }

// char is one character on its way into a line.
type char struct {
	*Glyph
	key    float64 // where it sorts: a combining mark goes with its letter
	raised bool    // a superscript
	space  bool
}

func isBlank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && r != '\u00a0' && r != '\u200b' && r != '\ufeff' {
			return false
		}
	}
	return true
}

// fonts decides which encoding the bytes of each font are in.
type fonts map[string]fontEncoding

type fontEncoding struct {
	encoding vntext.Encoding
	capitals bool // the font shows capitals for small letters
	legacy   bool
}

// sampleSize is how much text of a font is looked at to guess its encoding.
const sampleSize = 1 << 13

// guessSure is the confidence from which a guess about an encoding is acted on.
const guessSure = 0.5

// newFonts names the encoding of every font: by its name, or where that says
// nothing (a replacement font, a subset) by the text set in it. A font with too
// little text to tell goes with the rest of the document.
func newFonts(pages []Page) fonts {
	f := fonts{}
	samples := map[string]*strings.Builder{}
	for i := range pages {
		baseline := 0.0
		for j := range pages[i].Glyphs {
			g := &pages[i].Glyphs[j]
			b := samples[g.Font]
			if b == nil {
				b = &strings.Builder{}
				samples[g.Font] = b
			}
			if b.Len() < sampleSize {
				if g.Baseline != baseline {
					b.WriteByte(' ')
				}
				b.WriteString(g.Text)
			}
			baseline = g.Baseline
		}
	}
	var all strings.Builder // of the fonts that do not show to be Unicode
	for _, name := range slices.Sorted(maps.Keys(samples)) {
		if s := samples[name].String(); all.Len() < sampleSize && !strings.ContainsFunc(s, unicodeVietnamese) {
			all.WriteString(s)
		}
	}
	common, commonSure := vntext.GuessEncoding(all.String())
	for name, b := range samples {
		encoding, capitals, named := vntext.EncodingOfFont(name)
		if !named {
			if strings.ContainsFunc(b.String(), unicodeVietnamese) {
				continue
			}
			var sure float64
			encoding, sure = vntext.GuessEncoding(b.String())
			if sure < guessSure && commonSure >= guessSure {
				encoding = common
			} else if sure < guessSure {
				continue
			}
		}
		if encoding != vntext.Unicode && encoding != "" {
			f[name] = fontEncoding{encoding, capitals, true}
		}
	}
	return f
}

// unicodeVietnamese reports whether a letter shows that text is in Unicode: the
// encodings before it have only characters of one byte.
func unicodeVietnamese(r rune) bool {
	return r >= 'Ạ' && r <= 'ỹ' || r == 'ư' || r == 'ơ' || r == 'đ' || r == 'ă' || r == 'Ư' || r == 'Ơ' || r == 'Đ' || r == 'Ă'
}

// main returns the legacy encoding that most of the text is in, "" for none.
func (f fonts) main(pages []Page) string {
	count := map[vntext.Encoding]int{}
	total := 0
	for i := range pages {
		for j := range pages[i].Glyphs {
			total++
			if e := f[pages[i].Glyphs[j].Font]; e.legacy {
				count[e.encoding]++
			}
		}
	}
	for encoding, n := range count {
		if n*2 > total {
			return string(encoding)
		}
	}
	return ""
}

// superscripts keep raised digits apart from the number before them.
var superscripts = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
	"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

// wordGap is the gap, as a share of the font size, from which two characters
// stand in different words. Where the file prints its spaces, only a wider gap
// says more than they do.
const (
	wordGap       = 0.16
	wordGapSpaced = 0.18
)

// textOf puts the characters, sorted from left to right, together. Gaps are
// measured from the end of one advance width to the next character, whatever
// the fonts.
func (f fonts) textOf(chars []char, spaced bool) text {
	var out text
	var all, run strings.Builder
	limit := wordGap
	if spaced {
		limit = wordGapSpaced
	}
	font := ""
	flush := func() {
		s := run.String()
		run.Reset()
		if e, ok := f[font]; ok && e.legacy {
			s, _ = vntext.Decode(e.encoding, s, e.capitals)
		}
		all.WriteString(s)
	}
	edge := math.Inf(-1)
	pending := false
	for i := range chars {
		c := &chars[i]
		if c.space {
			pending = true
			continue
		}
		gap := c.X0 - edge
		if all.Len()+run.Len() > 0 && (pending || gap > limit*c.Size) && !isMark(c.Text) {
			run.WriteByte(' ')
		}
		pending = false
		if c.Font != font {
			flush()
			font = c.Font
		}
		s := c.Text
		if c.raised {
			s = superscripts.Replace(s)
		}
		if c.Confidence > 0 && c.Confidence < doubtBelow {
			flush()
			start := all.Len()
			run.WriteString(s)
			flush()
			out.doubts = append(out.doubts, document.Doubt{Start: start, End: all.Len(), Confidence: c.Confidence})
		} else {
			run.WriteString(s)
		}
		edge = math.Max(edge, c.X1)
	}
	flush()
	out.s = clean(all.String())
	if len(out.s) != all.Len() && out.doubts != nil {
		out.s = all.String()
	}
	return out
}

// clean makes one plain space of every run of spaces and control characters.
func clean(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] == 0x7f || s[i] == 0xc2 && i+1 < len(s) && s[i+1] < 0xad || s[i] == ' ' && i+1 < len(s) && s[i+1] == ' ' {
			plain = false
			break
		}
	}
	if plain {
		return strings.TrimSpace(s)
	}
	var b strings.Builder
	space := false
	for _, r := range s {
		if r == utf8.RuneError || !unicode.IsSpace(r) && !unicode.IsControl(r) {
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
			continue
		}
		space = true
	}
	return b.String()
}

func isMark(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Mn, r)
}

// separator is what stands between two lines of one paragraph: a space, or
// nothing where the line was broken after a hyphen or slash inside a word
// ("58/BC-" and "UBND").
func separator(a, b string) string {
	last, size := utf8.DecodeLastRuneInString(a)
	if last != '-' && last != '/' {
		return " "
	}
	before, _ := utf8.DecodeLastRuneInString(a[:len(a)-size])
	next, _ := utf8.DecodeRuneInString(b)
	if (unicode.IsLetter(before) || unicode.IsDigit(before)) && (unicode.IsLetter(next) || unicode.IsDigit(next)) {
		return ""
	}
	return " "
}

// cellSeparator is separator for the lines of a narrow table cell, where formulas such
// as "(3)=(4)+(5)", long numbers and words ("Trướ" / "c hạn", "ST" / "T") are broken
// anywhere. Full says that the first line reaches the cell's right border.
func cellSeparator(a, b string, full bool) string {
	tail, head := a[strings.LastIndexByte(a, ' ')+1:], b
	if i := strings.IndexByte(b, ' '); i >= 0 {
		head = b[:i]
	}
	const number = "0123456789.,"
	if strings.ContainsAny(tail, "=+") && only(tail, number+"()=+-/") && only(head, number+"()=+-/") {
		return ""
	}
	if full && tail == a && head == b && only(a, number) && only(strings.TrimSuffix(b, "%"), number) {
		return ""
	}
	if full && brokenWord(tail, strings.TrimRight(head, ".,;:)")) {
		return ""
	}
	return separator(a, b)
}

// maxAbbreviation is how many letters an abbreviation has that is broken in its middle.
const maxAbbreviation = 4

// brokenWord tells whether a and b are the halves of one word: together they are a
// syllable, or an abbreviation in capitals, and by themselves one of them is nothing.
func brokenWord(a, b string) bool {
	tail, head, whole := vntext.Key(a), vntext.Key(b), vntext.Key(a+b)
	if vntext.IsVietnameseSyllable(tail) && vntext.IsVietnameseSyllable(head) {
		return false
	}
	if vntext.IsVietnameseSyllable(whole) {
		return true
	}
	n, m := utf8.RuneCountInString(a), utf8.RuneCountInString(b)
	return capitals(a) && capitals(b) && (n == 1 || m == 1 || n+m <= maxAbbreviation)
}

// runTogether tells how many bytes of b belong to the word a that the narrow cell broke,
// where recognition has run the rest of the word together with the next: "Trướ" /
// "chạn" is "Trước hạn". It is 0 where b is anything else.
func runTogether(a, b string) int {
	word, _, _ := strings.Cut(b, " ")
	if vntext.IsVietnameseSyllable(vntext.Key(a)) || vntext.IsVietnameseSyllable(vntext.Key(a+word)) {
		return 0
	}
	for i := range word {
		if i > 0 && i <= len("ng") && vntext.IsVietnameseSyllable(vntext.Key(a+word[:i])) && vntext.IsVietnameseSyllable(vntext.Key(word[i:])) {
			return i
		}
	}
	return 0
}

// cut returns the bytes from..to of a text with the doubts that lie in them.
func (a text) cut(from, to int) text {
	out := text{s: a.s[from:to]}
	for _, d := range a.doubts {
		if d.Start, d.End = max(d.Start, from)-from, min(d.End, to)-from; d.Start < d.End {
			out.doubts = append(out.doubts, d)
		}
	}
	return out
}

// capitals tells whether s is nothing but capital letters.
func capitals(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsUpper(r) })
}

func only(s, set string) bool { return s != "" && strings.Trim(s, set) == "" }
