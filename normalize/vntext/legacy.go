package vntext

// This file decodes the encodings that Vietnamese was typed in before Unicode.
//
// legacy.tsv gives every accented letter in each of them. The bytes are those of
// TCVN 5712:1993, RFC 1456 (VISCII, VIQR), the VNI-Windows rule (base letter and
// mark) and the VPS table; each column was compared with an independent table.

import (
	_ "embed"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Encoding names a way to write Vietnamese; its text is what documents record.
type Encoding string

// The encodings.
const (
	Unicode Encoding = "unicode"
	TCVN3   Encoding = "tcvn3"
	VNI     Encoding = "vni"
	VPS     Encoding = "vps"
	VISCII  Encoding = "viscii"
	VIQR    Encoding = "viqr"
)

//go:embed legacy.tsv
var legacyTable string

// A codePage maps the bytes of one encoding to letters, 0 where a byte stands for
// itself.
type codePage [256]rune

// legacy holds the tables of all encodings.
var legacy = buildLegacy(legacyTable)

type legacyTables struct {
	pages map[Encoding]*codePage
	// pairs maps base letter and mark of VNI, both small letters, to the small letter.
	pairs map[[2]rune]rune
	// singles maps the VNI letters of one character.
	singles map[rune]rune
}

// Columns of legacy.tsv.
const (
	columnLetter = 0
	columnTCVN3  = 2
	columnVNI    = 5
	columnVPS    = 6
	columnVISCII = 7
	columns      = 9
)

func buildLegacy(tsv string) *legacyTables {
	t := &legacyTables{
		pages:   map[Encoding]*codePage{TCVN3: {}, VPS: {}, VISCII: {}},
		pairs:   map[[2]rune]rune{},
		singles: map[rune]rune{},
	}
	for _, line := range strings.Split(strings.TrimSpace(tsv), "\n")[1:] {
		cells := strings.Split(strings.TrimRight(line, "\r"), "\t")
		if len(cells) < columns {
			continue
		}
		letter, _ := utf8.DecodeRuneInString(cells[columnLetter])
		for enc, column := range map[Encoding]int{TCVN3: columnTCVN3, VPS: columnVPS, VISCII: columnVISCII} {
			if b, err := strconv.ParseUint(cells[column], 16, 8); err == nil {
				t.pages[enc][b] = letter
			}
		}
		var code []rune
		for _, h := range strings.Fields(cells[columnVNI]) {
			b, err := strconv.ParseUint(h, 16, 8)
			if err != nil {
				break
			}
			code = append(code, rune(b))
		}
		switch len(code) {
		case 1:
			t.singles[code[0]] = letter
		case 2:
			t.pairs[[2]rune{unicode.ToLower(code[0]), unicode.ToLower(code[1])}] = unicode.ToLower(letter)
		}
	}
	// forms that some programs write beside those of the table
	t.pairs[[2]rune{'y', 'ï'}] = 'ỵ'
	t.pairs[[2]rune{'i', 'ø'}] = 'ì'
	t.pairs[[2]rune{'i', 'ù'}] = 'í'
	return t
}

// windows1252 gives the bytes 0x80..0x9F as Windows reads them, 0 where it has none.
var windows1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

// byteOf gives the byte that r was before it was read as Latin-1, Windows-1252 or a
// symbol font (U+F0xx); -1 where it never was one.
func byteOf(r rune) int {
	switch {
	case r < 0x100:
		return int(r)
	case r >= 0xF020 && r <= 0xF0FF:
		return int(r - 0xF000)
	case r == 'μ': // the Greek letter, which some programs put for the micro sign
		return 0xB5
	}
	for i, w := range windows1252 {
		if w == r {
			return 0x80 + i
		}
	}
	return -1
}

// Decode turns s, the bytes of a legacy encoding read as Latin-1 or Windows-1252 code
// points (as DOCX and PDF give them), into composed Unicode. capitals says that the
// font draws small letters as capitals (.VnTimeH). The offsets tell for each byte of
// the result where in s the letter it belongs to begins; a last one is len(s), so
// that result[i:j] came from s[offsets[i]:offsets[j]] when i and j are edges of
// letters.
//
// Characters that the encoding does not have stay as they are. So does all of s if it
// holds a Vietnamese letter that no legacy text can hold: then the font's name is old,
// but its text is Unicode. For Unicode and unknown encodings only capitals is applied.
func Decode(enc Encoding, s string, capitals bool) (string, []int) {
	d := decoder{s: s, capitals: capitals, offsets: make([]int, 0, len(s)*3/2+1)}
	d.out.Grow(len(s) * 3 / 2)
	switch page := legacy.pages[enc]; {
	case holdsVietnamese(s):
		d.plain()
	case page != nil:
		d.bytes(page, enc == TCVN3)
	case enc == VNI:
		d.vni()
	case enc == VIQR:
		d.viqr()
	default:
		d.plain()
	}
	return d.out.String(), append(d.offsets, len(s))
}

// holdsVietnamese tells whether s has a Vietnamese letter outside Latin-1.
func holdsVietnamese(s string) bool {
	for _, r := range s {
		if r >= 0x100 && letterOf(r) != 0 {
			return true
		}
	}
	return false
}

type decoder struct {
	s        string
	capitals bool
	out      strings.Builder
	offsets  []int
}

// emit writes r, which came from what begins at s[at].
func (d *decoder) emit(r rune, at int) {
	if d.capitals {
		r = unicode.ToUpper(r)
	}
	n, _ := d.out.WriteRune(r)
	for range n {
		d.offsets = append(d.offsets, at)
	}
}

// raw writes s[i:j] as it is.
func (d *decoder) raw(i, j int) {
	for ; i < j; i++ {
		d.out.WriteByte(d.s[i])
		d.offsets = append(d.offsets, i)
	}
}

func (d *decoder) plain() {
	for i := 0; i < len(d.s); {
		r, n := utf8.DecodeRuneInString(d.s[i:])
		if r == utf8.RuneError && n == 1 || !d.capitals {
			d.raw(i, i+n)
		} else {
			d.emit(r, i)
		}
		i += n
	}
}

// bytes decodes one byte a letter. In TCVN3, which has no toned capitals, a capital
// vowel and the same small vowel with a tone stand for one capital.
func (d *decoder) bytes(page *codePage, joins bool) {
	for i := 0; i < len(d.s); {
		r, n := d.letter(page, i)
		if r == utf8.RuneError && n == 1 {
			d.raw(i, i+1)
			i++
			continue
		}
		if l := letterOf(r); joins && l.isVowel() && l&letterUpper != 0 && l.tone() == toneNone && i+n < len(d.s) {
			next, m := d.letter(page, i+n)
			if t := letterOf(next); t.isVowel() && t.row() == l.row() && t.tone() != toneNone && t&letterUpper == 0 {
				r = upperVowel(next)
				n += m
			}
		}
		d.emit(r, i)
		i += n
	}
}

// letter decodes the character at s[i].
func (d *decoder) letter(page *codePage, i int) (rune, int) {
	r, n := utf8.DecodeRuneInString(d.s[i:])
	if b := byteOf(r); b >= 0 && page[b] != 0 {
		return page[b], n
	}
	return r, n
}

// vni decodes a base letter and its mark, else a letter of one character. The base
// decides the case: typists wrote AØ and Aø for À.
func (d *decoder) vni() {
	for i := 0; i < len(d.s); {
		r, n := utf8.DecodeRuneInString(d.s[i:])
		if r == utf8.RuneError && n == 1 {
			d.raw(i, i+1)
			i++
			continue
		}
		r = vniRune(r)
		if i+n < len(d.s) {
			mark, m := utf8.DecodeRuneInString(d.s[i+n:])
			if letter, ok := legacy.pairs[[2]rune{unicode.ToLower(r), unicode.ToLower(vniRune(mark))}]; ok {
				if unicode.IsUpper(r) {
					letter = unicode.ToUpper(letter)
				}
				d.emit(letter, i)
				i += n + m
				continue
			}
		}
		if letter, ok := legacy.singles[r]; ok {
			r = letter
		}
		d.emit(r, i)
		i += n
	}
}

// vniRune undoes the reading of a byte as symbol font.
func vniRune(r rune) rune {
	if r >= 0xF020 && r <= 0xF0FF {
		return r - 0xF000
	}
	return r
}

// viqr decodes a vowel with its marks, dd, and the escape \. A mark that could be
// punctuation is one after a word of one letter, at the end of a line, and, if it is a
// full stop, before a space and a capital.
func (d *decoder) viqr() {
	s := d.s
	word := 0 // letters of the word before i
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			d.raw(i, i+1)
			i++
			word = 0
			continue
		}
		if r == '\\' && i+1 < len(s) && strings.IndexByte("^(+'`?~.\\dD", s[i+1]) >= 0 {
			d.emit(rune(s[i+1]), i)
			i += 2
			continue
		}
		if (r == 'd' || r == 'D') && i+1 < len(s) && (s[i+1] == 'd' || s[i+1] == 'D') {
			if r == 'd' {
				d.emit('đ', i)
			} else {
				d.emit('Đ', i)
			}
			i += 2
			word++
			continue
		}
		l := letterOf(r)
		if l == 0 {
			word = 0
		} else {
			word++
		}
		if !l.isVowel() || r >= utf8.RuneSelf {
			d.emit(r, i)
			i += n
			continue
		}
		j := i + 1
		row := l.row()
		if j < len(s) {
			if q, ok := qualified(row, viqrQuality(s[j])); ok {
				row = q
				j++
			}
		}
		tone := toneNone
		if j < len(s) {
			if t := viqrTone(s[j]); t != toneNone && !viqrPunctuation(s, j, word == 1 && j == i+1) {
				tone = t
				j++
			}
		}
		letter := vowels[row][tone]
		if l&letterUpper != 0 {
			letter = upperVowel(letter)
		}
		d.emit(letter, i)
		i = j
	}
}

func viqrQuality(c byte) rune {
	switch c {
	case '^':
		return 0x0302
	case '(':
		return 0x0306
	case '+':
		return 0x031B
	}
	return 0
}

func viqrTone(c byte) tone {
	switch c {
	case '`':
		return toneGrave
	case '\'':
		return toneAcute
	case '?':
		return toneHook
	case '~':
		return toneTilde
	case '.':
		return toneDot
	}
	return toneNone
}

// viqrPunctuation tells whether the tone mark s[j] rather ends a clause. single says
// that it follows a word of one bare letter.
func viqrPunctuation(s string, j int, single bool) bool {
	if s[j] == '`' || s[j] == '~' {
		return false
	}
	if j+1 == len(s) || s[j+1] == '\n' || s[j+1] == '\r' {
		return true
	}
	if s[j+1] != ' ' && s[j+1] != '\t' {
		return false
	}
	return single || s[j] == '.' && j+2 < len(s) && s[j+2] >= 'A' && s[j+2] <= 'Z'
}

// EncodingOfFont tells which encoding text in a font is in, by the font's name, with
// or without a subset tag ("ABCDEF+"): .VnTime and its family are TCVN3, VNI-Times is
// VNI, and so on. capitals is set for the fonts that draw small letters as capitals
// (.VnTimeH). ok is false for all other names, which say nothing.
func EncodingOfFont(fontName string) (enc Encoding, capitals bool, ok bool) {
	name := strings.TrimSpace(fontName)
	if len(name) > 7 && name[6] == '+' && strings.ToUpper(name[:6]) == name[:6] {
		name = name[7:]
	}
	name = strings.TrimLeft(name, "/@")
	lower := strings.ToLower(strings.NewReplacer("#2e", ".", "#20", " ", "_", " ").Replace(strings.ToLower(name)))
	switch {
	case strings.HasPrefix(lower, ".vn"), hasFamily(lower, "vn"):
		return TCVN3, drawsCapitals(lower), true
	case strings.HasPrefix(lower, "vni"):
		if len(lower) == 3 || !unicode.IsLetter(rune(lower[3])) || hasFamily(lower, "vni") {
			return VNI, false, true
		}
	case strings.HasPrefix(lower, "vps"):
		return VPS, false, true
	case strings.HasPrefix(lower, "viscii"), strings.HasPrefix(lower, "vi times"), strings.HasPrefix(lower, "vi arial"),
		strings.HasPrefix(lower, "vi-times"), strings.HasPrefix(lower, "vi-arial"):
		return VISCII, false, true
	}
	return Unicode, false, false
}

// hasFamily tells names that lost their dot or hyphen: "VnTimeH", "VNITimes".
func hasFamily(lower, prefix string) bool {
	rest, ok := strings.CutPrefix(lower, prefix)
	if !ok {
		return false
	}
	for _, family := range []string{"time", "arial", "helv", "avant", "century", "courier", "universe", "bodoni", "book"} {
		if strings.HasPrefix(rest, family) {
			return true
		}
	}
	return false
}

// drawsCapitals tells whether a TCVN3 font name, in small letters, ends in the H of
// the capital fonts, before the words for its style.
func drawsCapitals(name string) bool {
	for changed := true; changed; {
		changed = false
		name = strings.TrimRight(name, " ,-_")
		for _, style := range []string{"bold", "italic", "oblique", "regular", "normal", "mt", "ps"} {
			if rest, ok := strings.CutSuffix(name, style); ok {
				name, changed = rest, true
			}
		}
	}
	return strings.HasSuffix(name, "h") && !strings.HasSuffix(name, "gothich") && len(name) > 4
}

// maxGuess is how much text GuessEncoding looks at.
const maxGuess = 20000

// GuessEncoding tells which encoding text is in, for files that do not name fonts. The
// second result is how sure that is, from 0 to 1: the share of accented words that are
// Vietnamese syllables once decoded, less for short texts. Unicode with 0 means that
// nothing speaks for any encoding, as in plain ASCII. Text with letters from outside
// Latin-1 that are Vietnamese is Unicode.
func GuessEncoding(text string) (Encoding, float64) {
	if len(text) > maxGuess {
		cut := maxGuess
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n/-,;:", r) })
	var odd []string
	for _, w := range words {
		if !isASCII(w) {
			odd = append(odd, w)
		}
	}
	if len(odd) == 0 {
		return guessVIQR(words)
	}
	best, share := Unicode, syllableShare(Unicode, odd)
	const margin = 0.2
	start := share
	for _, enc := range []Encoding{TCVN3, VNI, VISCII, VPS} {
		if s := syllableShare(enc, odd); s > share && s >= start+margin {
			best, share = enc, s
		}
	}
	n := float64(len(odd))
	return best, share * n / (n + 1)
}

// guessVIQR judges ASCII text by its words with marks.
func guessVIQR(words []string) (Encoding, float64) {
	var marked []string
	for _, w := range words {
		w = strings.TrimRight(w, ".?!'\"")
		if strings.ContainsAny(w, "^(+'`?~.") || strings.Contains(w, "dd") || strings.Contains(w, "DD") {
			marked = append(marked, w)
		}
	}
	if len(marked) < 3 || len(marked)*4 < len(words) {
		return Unicode, 0
	}
	if share := syllableShare(VIQR, marked); share >= 0.5 {
		n := float64(len(marked))
		return VIQR, share * n / (n + 1)
	}
	return Unicode, 0
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf || s[i] < ' ' {
			return false
		}
	}
	return true
}

// syllableShare gives the share of words that are Vietnamese syllables once decoded.
// Long words, as in text whose spaces were lost, count by the letters that syllables
// cover.
func syllableShare(enc Encoding, words []string) float64 {
	good, all := 0.0, 0.0
	for _, w := range words {
		decoded, _ := Decode(enc, w, false)
		key := strings.TrimFunc(Key(decoded), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsSymbol(r) && r > 0x20 })
		if key == "" {
			all++
			continue
		}
		n := utf8.RuneCountInString(key)
		if n < maxSyllable {
			all++
			if IsVietnameseSyllable(key) {
				good++
			}
			continue
		}
		all += float64(n) / 4
		good += float64(covered(key)) / 4
	}
	if all == 0 {
		return 0
	}
	return good / all
}

// covered gives the letters of key that lie in syllables of two letters or more, found
// from the left, the longest first.
func covered(key string) int {
	total := 0
	for i := 0; i < len(key); {
		best, letters, count := 0, 0, 0
		for j := i; j < len(key) && letters < maxSyllable-1; {
			_, n := utf8.DecodeRuneInString(key[j:])
			j += n
			letters++
			if letters > 1 && IsVietnameseSyllable(key[i:j]) {
				best, count = j, letters
			}
		}
		if best == 0 {
			_, n := utf8.DecodeRuneInString(key[i:])
			i += n
			continue
		}
		total += count
		i = best
	}
	return total
}
