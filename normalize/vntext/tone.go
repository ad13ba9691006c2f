package vntext

// This file holds the Vietnamese letters and the rules for where a syllable
// carries its tone mark and when i and y are one letter.

// A tone is one of the six tones; it is the column of the vowel table.
type tone = uint8

const (
	toneNone  tone = iota
	toneGrave      // huyền
	toneAcute      // sắc
	toneHook       // hỏi
	toneTilde      // ngã
	toneDot        // nặng
)

// vowels holds the twelve vowels in their six tones, lower case.
var vowels = [12][6]rune{
	{'a', 'à', 'á', 'ả', 'ã', 'ạ'},
	{'ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ'},
	{'â', 'ầ', 'ấ', 'ẩ', 'ẫ', 'ậ'},
	{'e', 'è', 'é', 'ẻ', 'ẽ', 'ẹ'},
	{'ê', 'ề', 'ế', 'ể', 'ễ', 'ệ'},
	{'i', 'ì', 'í', 'ỉ', 'ĩ', 'ị'},
	{'o', 'ò', 'ó', 'ỏ', 'õ', 'ọ'},
	{'ô', 'ồ', 'ố', 'ổ', 'ỗ', 'ộ'},
	{'ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ'},
	{'u', 'ù', 'ú', 'ủ', 'ũ', 'ụ'},
	{'ư', 'ừ', 'ứ', 'ử', 'ữ', 'ự'},
	{'y', 'ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'},
}

// Rows of the vowel table.
const (
	vowelA uint8 = iota
	vowelABreve
	vowelACircumflex
	vowelE
	vowelECircumflex
	vowelI
	vowelO
	vowelOCircumflex
	vowelOHorn
	vowelU
	vowelUHorn
	vowelY
)

// plainVowel gives each row of the vowel table its ASCII letter.
const plainVowel = "aaaeeiooouuy"

// letter packs what is known of a rune: its row and column in the vowel table, or
// that it is a consonant, and whether it is a capital. The zero value is "not a
// Vietnamese letter".
type letter uint16

const (
	letterVowel letter = 1 << 8 // bits 0-3 row, bits 4-6 tone
	letterOther letter = 1 << 9 // consonant, or f j w z
	letterUpper letter = 1 << 10
)

func (l letter) row() uint8    { return uint8(l & 0xF) }
func (l letter) tone() tone    { return tone(l >> 4 & 0x7) }
func (l letter) isVowel() bool { return l&letterVowel != 0 }

// lastLetter is the end of the table of letters: ỹ is U+1EF9.
const lastLetter = 0x1F00

// letters is indexed by rune.
var letters = buildLetters()

func buildLetters() *[lastLetter]letter {
	var t [lastLetter]letter
	for c := 'a'; c <= 'z'; c++ {
		t[c] = letterOther
		t[c-'a'+'A'] = letterOther | letterUpper
	}
	t['đ'] = letterOther
	t['Đ'] = letterOther | letterUpper
	for row := range vowels {
		for col, r := range vowels[row] {
			l := letterVowel | letter(row) | letter(col)<<4
			t[r] = l
			t[upperVowel(r)] = l | letterUpper
		}
	}
	return &t
}

// upperVowel gives the capital of a lower-case vowel of the table. In the blocks
// of Latin letters that Vietnamese uses a capital is 32 below (ASCII, Latin-1) or
// 1 below its small letter.
func upperVowel(r rune) rune {
	if r < 0x100 {
		return r - 32
	}
	return r - 1
}

// letterOf returns what is known of r.
func letterOf(r rune) letter {
	if uint32(r) < lastLetter {
		return letters[r]
	}
	return 0
}

// maxSyllable is the number of letters of the longest syllable, "nghiêng", plus one.
const maxSyllable = 8

// A syllable is the letters of one word, lower case, tone on the letter that
// carries it.
type syllable struct {
	r [maxSyllable]rune
	n int
}

// normalize moves the tone mark to the place this package keeps it at and writes i
// for y where both spellings stand for one word. It reports whether a letter
// changed. Words that are not built like a Vietnamese syllable stay as they are.
//
// The tone stands on the vowel that carries a quality mark (the last one of ươ);
// else, of two vowels, on the first in an open syllable (hòa, thủy) and on the
// second in a closed one (hoàn, huỳnh); of three, on the middle one (ngoài, khuỷu).
// The u of qu and the i of gi before a vowel belong to the onset (quý, già).
func (s *syllable) normalize() bool {
	var ls [maxSyllable]letter
	n := s.n
	for i := 0; i < n; i++ {
		ls[i] = letterOf(s.r[i])
	}
	i := 0
	for i < n && !ls[i].isVowel() {
		i++
	}
	onset := i
	glide := false
	if i+1 < n && ls[i+1].isVowel() && i > 0 {
		switch {
		case s.r[i-1] == 'q' && i == 1 && ls[i].row() == vowelU,
			s.r[i-1] == 'g' && i == 1 && ls[i].row() == vowelI:
			glide = true
			i++
		}
	}
	first := i
	tones, carrier, quality := 0, -1, -1
	for ; i < n && ls[i].isVowel(); i++ {
		if ls[i].tone() != toneNone {
			tones++
			carrier = i
		}
		switch ls[i].row() {
		case vowelABreve, vowelACircumflex, vowelECircumflex, vowelOCircumflex, vowelOHorn, vowelUHorn:
			quality = i
		}
	}
	count, open := i-first, i == n
	if glide && ls[first-1].tone() != toneNone {
		tones++
		carrier = first - 1
	}
	for j := i; j < n; j++ {
		if ls[j].isVowel() {
			return false
		}
	}
	if count == 0 || count > 3 || tones > 1 || !isOnset(s.r[:onset]) || !open && !isCoda(s.r[i:n]) {
		return false
	}
	changed := false
	if tones == 1 {
		place := first
		switch {
		case quality >= 0:
			place = quality
		case count == 2 && !open:
			place = first + 1
		case count == 3:
			place = first + 1
		}
		if place != carrier {
			t := ls[carrier].tone()
			ls[carrier] &^= 0x70
			ls[place] |= letter(t) << 4
			s.r[carrier] = vowels[ls[carrier].row()][toneNone]
			s.r[place] = vowels[ls[place].row()][t]
			changed = true
		}
	}
	if open && count == 1 && ls[first].row() == vowelY && (glide && s.r[0] == 'q' || onset == 1 && sharesIY(s.r[0])) {
		s.r[first] = vowels[vowelI][ls[first].tone()]
		changed = true
	}
	return changed
}

// sharesIY tells the consonants after which an open i and y are one sound and both
// spellings are in use (kỹ, kĩ).
func sharesIY(r rune) bool {
	switch r {
	case 'h', 'k', 'l', 'm', 's', 't', 'v':
		return true
	}
	return false
}

// isOnset tells whether the consonants can begin a syllable; "q" stands for qu.
func isOnset(r []rune) bool {
	switch len(r) {
	case 0:
		return true
	case 1:
		switch r[0] {
		case 'b', 'c', 'd', 'đ', 'g', 'h', 'k', 'l', 'm', 'n', 'p', 'q', 'r', 's', 't', 'v', 'x':
			return true
		}
	case 2:
		switch r[1] {
		case 'h':
			switch r[0] {
			case 'c', 'g', 'k', 'n', 'p', 't':
				return true
			}
		case 'g':
			return r[0] == 'n'
		case 'r':
			return r[0] == 't'
		}
	case 3:
		return r[0] == 'n' && r[1] == 'g' && r[2] == 'h'
	}
	return false
}

// isCoda tells whether the consonants can end a syllable.
func isCoda(r []rune) bool {
	switch len(r) {
	case 1:
		switch r[0] {
		case 'c', 'm', 'n', 'p', 't':
			return true
		}
	case 2:
		return r[0] == 'c' && r[1] == 'h' || r[0] == 'n' && (r[1] == 'g' || r[1] == 'h')
	}
	return false
}
