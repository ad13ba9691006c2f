package vntext

// This file puts letters and their marks together, and knows which characters stand
// for others.

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// quickCluster is foldCluster for a Vietnamese letter with at most one quality and
// one tone mark, in either order. ok is false for all else.
func quickCluster(s string) (r rune, n int, ok bool) {
	r, n = decodeLetter(s)
	l := letterOf(r)
	if l == 0 {
		return 0, 0, false
	}
	r = lowerLetter(r, l)
	if n == len(s) || s[n] < utf8.RuneSelf {
		return r, n, true
	}
	if !l.isVowel() {
		m, _ := utf8.DecodeRuneInString(s[n:])
		return r, n, !isMark(m) && !isRemoved(m)
	}
	row, tone := l.row(), l.tone()
	for n < len(s) && s[n] >= utf8.RuneSelf {
		m, size := utf8.DecodeRuneInString(s[n:])
		if t := toneOfMark(m); t != toneNone {
			if tone != toneNone {
				return 0, 0, false
			}
			tone = t
		} else if q, ok := qualified(row, m); ok {
			row = q
		} else if isMark(m) || isRemoved(m) {
			return 0, 0, false
		} else {
			break
		}
		n += size
	}
	return vowels[row][tone], n, true
}

// toneOfMark gives the tone of a combining mark.
func toneOfMark(r rune) tone {
	switch r {
	case 0x0300, 0x0340:
		return toneGrave
	case 0x0301, 0x0341:
		return toneAcute
	case 0x0309:
		return toneHook
	case 0x0303:
		return toneTilde
	case 0x0323:
		return toneDot
	}
	return toneNone
}

// qualified gives the row of a plain vowel with a combining quality mark.
func qualified(row uint8, mark rune) (uint8, bool) {
	switch mark {
	case 0x0302:
		switch row {
		case vowelA:
			return vowelACircumflex, true
		case vowelE:
			return vowelECircumflex, true
		case vowelO:
			return vowelOCircumflex, true
		}
	case 0x0306, 0x030C:
		return vowelABreve, row == vowelA
	case 0x031B:
		switch row {
		case vowelO:
			return vowelOHorn, true
		case vowelU:
			return vowelUHorn, true
		}
	}
	return 0, false
}

// foldCluster reads one character with the combining marks that follow it, also
// across removed characters, and gives it in its composed form and the number of
// bytes read. fold asks for the key (lower case, punctuation unified); without it
// only marks and look-alike letters are repaired.
func foldCluster(s string, fold bool) (string, int) {
	r, n := utf8.DecodeRuneInString(s)
	if n == 1 && (len(s) == 1 || s[1] < utf8.RuneSelf) && r != utf8.RuneError {
		if fold {
			return string(unicode.ToLower(r)), 1
		}
		return s[:1], 1
	}
	var buf [16]rune
	runes := appendMapped(buf[:0], r, fold)
	end := n
	for j := n; j < len(s) && s[j] >= utf8.RuneSelf; {
		m, n := utf8.DecodeRuneInString(s[j:])
		if fold && isRemoved(m) {
			j += n
			continue
		}
		if !isMark(m) {
			break
		}
		runes = appendMapped(runes, m, fold)
		j += n
		end = j
	}
	return compose(runes), end
}

// appendMapped appends the decomposed form of r with look-alikes replaced and, for
// the key, case and punctuation folded.
func appendMapped(dst []rune, r rune, fold bool) []rune {
	if r < utf8.RuneSelf {
		if fold {
			r = unicode.ToLower(r)
		}
		return append(dst, r)
	}
	var buf [utf8.UTFMax]byte
	b := buf[:utf8.EncodeRune(buf[:], r)]
	d := norm.NFD.Properties(b).Decomposition()
	if d == nil {
		d = b
	}
	if r >= 0xAC00 && r <= 0xD7A3 { // Hangul decomposes by rule, and composes again
		d = b
	}
	for len(d) > 0 {
		m, n := utf8.DecodeRune(d)
		d = d[n:]
		m = lookAlike(m)
		if fold {
			m = unicode.ToLower(unifyPunctuation(m))
		}
		dst = append(dst, m)
	}
	return dst
}

// compose joins decomposed runes: quality marks go before tone marks, whatever
// order they were typed in, and a caron on a is the breve that it stands for.
func compose(runes []rune) string {
	if len(runes) == 1 {
		return string(runes[0])
	}
	if runes[0]|0x20 == 'a' {
		for i, r := range runes {
			if r == 0x030C {
				runes[i] = 0x0306
			}
		}
	}
	if letterOf(runes[0]).isVowel() {
		slices.SortStableFunc(runes[1:], func(a, b rune) int { return markRank(a) - markRank(b) })
		runes = slices.CompactFunc(runes, func(a, b rune) bool { return a == b && markRank(a) < 2 })
	}
	return norm.NFC.String(string(runes))
}

// markRank orders combining marks: quality, tone, everything else.
func markRank(r rune) int {
	switch r {
	case 0x0302, 0x0306, 0x031B:
		return 0
	case 0x0300, 0x0301, 0x0303, 0x0309, 0x0323:
		return 1
	}
	return 2
}

// lookAlike gives the letter that is meant by one that only looks like it.
func lookAlike(r rune) rune {
	switch r {
	case 'Ð', 'Ɖ':
		return 'Đ'
	case 'ð', 'ɖ':
		return 'đ'
	case 'а':
		return 'a'
	case 'е':
		return 'e'
	case 'о':
		return 'o'
	case 'с':
		return 'c'
	case 'р':
		return 'p'
	case 'х':
		return 'x'
	case 'і':
		return 'i'
	case 'А':
		return 'A'
	case 'Е':
		return 'E'
	case 'О':
		return 'O'
	case 'С':
		return 'C'
	case 'Р':
		return 'P'
	case 'Х':
		return 'X'
	case 'І':
		return 'I'
	case 0x0340:
		return 0x0300
	case 0x0341:
		return 0x0301
	}
	if r >= 0xFF01 && r <= 0xFF5E {
		return r - 0xFF01 + '!'
	}
	return r
}

// unifyPunctuation gives dashes, quotes and slashes their ASCII form. U+F02D is the
// hyphen of the Symbol font, which word processors use as a bullet.
func unifyPunctuation(r rune) rune {
	switch r {
	case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2043, 0x2212, 0xFE58, 0xFE63, 0xF02D:
		return '-'
	case '“', '”', '„', '‟', '«', '»', '″':
		return '"'
	case '‘', '’', '‚', '‛', '′':
		return '\''
	case 0x2044, 0x2215:
		return '/'
	}
	if IsBullet(r) {
		return '•'
	}
	return r
}

// IsBullet tells the signs that word processors put before the items of a list: dots,
// squares, arrows and ticks, and whatever the symbol fonts hold (U+F020 to U+F0FF) but
// their hyphen. Dashes, '+' and '*' are none of them.
func IsBullet(r rune) bool {
	switch r {
	case '•', '●', '○', '◦', '∙', '⋄', '◆', '◇', '❖', '♦', '■', '□', '▪', '▫', '◼', '◻', '❑', '❒', '▶', '▸', '►', '‣', '➢', '➤', '➔', '⇒', '✓', '✔', '✦', '✧', '★', '☆', '☐', '☑':
		return true
	}
	return r >= 0xF020 && r <= 0xF0FF && r != 0xF02D
}

// isSpace tells white space that folds to one space; TAB does not.
func isSpace(r rune) bool {
	switch r {
	case ' ', '\n', '\r', '\v', '\f', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
		return true
	}
	return r >= 0x2000 && r <= 0x200A
}

// isRemoved tells characters that nobody sees.
func isRemoved(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0xAD, r == 0x034F, r == 0x061C, r == 0x180E, r == 0xFEFF,
		r >= 0x200B && r <= 0x200F,
		r >= 0x202A && r <= 0x202E,
		r >= 0x2060 && r <= 0x206F,
		r >= 0xFE00 && r <= 0xFE0F:
		return true
	}
	return false
}

// isPlainMark tells punctuation that ends a word and takes no combining mark.
func isPlainMark(r rune) bool {
	switch r {
	case '–', '—', '“', '”', '‘', '’', '…', '•':
		return true
	}
	return false
}

func isMark(r rune) bool {
	return r >= 0x0300 && unicode.Is(unicode.M, r)
}

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return byteClass[r] == byteLower || byteClass[r] == byteUpper
	}
	return letterOf(r) != 0 || unicode.IsLetter(r) || isMark(r)
}

// NFC repairs the letters of s and leaves all else as it is: marks in any order and
// form become composed letters (also tone before quality, and the mixture of
// Windows-1258), look-alikes become the letters meant.
func NFC(s string) string {
	i := 0
	for i < len(s) && s[i] < utf8.RuneSelf {
		i++
	}
	if i == len(s) {
		return s
	}
	var b strings.Builder
	last := 0
	for i = max(i-1, 0); i < len(s); {
		if s[i] < utf8.RuneSelf && (i+1 == len(s) || s[i+1] < utf8.RuneSelf) {
			i++
			continue
		}
		text, n := foldCluster(s[i:], false)
		if s[i:i+n] != text {
			b.WriteString(s[last:i])
			b.WriteString(text)
			last = i + n
		}
		i += n
	}
	if last == 0 {
		return s
	}
	b.WriteString(s[last:])
	return b.String()
}

// Plain is Key without diacritics (đ is d). Different words become equal, so it may
// only be used to suggest.
func Plain(s string) string {
	key := Key(s)
	i := 0
	for i < len(key) && key[i] < utf8.RuneSelf {
		i++
	}
	if i == len(key) {
		return key
	}
	out := make([]byte, 0, len(key))
	for j := 0; j < len(key); {
		r, n := decodeLetter(key[j:])
		switch l := letterOf(r); {
		case r < utf8.RuneSelf:
			out = append(out, byte(r))
		case l.isVowel():
			out = append(out, plainVowel[l.row()])
		case r == 'đ':
			out = append(out, 'd')
		default:
			d := norm.NFD.PropertiesString(key[j:]).Decomposition()
			if d == nil {
				d = []byte(key[j : j+n])
			}
			for len(d) > 0 {
				m, k := utf8.DecodeRune(d)
				if !isMark(m) {
					out = append(out, d[:k]...)
				}
				d = d[k:]
			}
		}
		j += n
	}
	return string(out)
}
