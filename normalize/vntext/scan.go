package vntext

// This file finds where numbers stand and decides between the readings of each.

import "unicode/utf8"

// Scan finds the numbers, dates, periods and document symbols of folded text. The
// tokens are sorted and do not overlap; of several readings the longest sensible one
// is given. Nothing is read across a TAB.
//
// A TokDate covers the day, month and year without the word "ngày"; periods,
// ordinals and times cover the words that name them ("tháng 5/2023", "thứ 3"). Digits
// that belong to a name ("QH15", "A4", "m2", "II.06a") give no token. The time is
// linear in the length of the text.
func Scan(folded string) []Token {
	s := scanner{text: folded, atoms: lex(folded)}
	for i := 0; i < len(s.atoms); {
		next := i
		switch a := &s.atoms[i]; {
		case a.kind == atomDigits:
			next = s.digits(i)
		case a.kind == atomWord && a.kw != kwNone:
			next = s.word(i)
		}
		i = max(next, i+1)
	}
	return s.tokens
}

// A scanner reads atoms from left to right. Its methods take the index of an atom;
// those that add a token return the index after it, or their argument when there is
// nothing to add.
type scanner struct {
	text    string
	atoms   []atom
	tokens  []Token
	listEnd int // digits before this atom belong to a list of labels: "cột 1,2,3"
}

// at gives atom i, a zero one (atomNone) outside the text.
func (s *scanner) at(i int) atom {
	if i < 0 || i >= len(s.atoms) {
		return atom{gap: gapBreak, start: int32(len(s.text)), end: int32(len(s.text))}
	}
	return s.atoms[i]
}

func (s *scanner) str(i int) string {
	a := s.at(i)
	return s.text[a.start:a.end]
}

// kw gives the keyword of atom i where it follows the atom before without a break.
func (s *scanner) kw(i int) keyword {
	if a := s.at(i); a.gap != gapBreak {
		return a.kw
	}
	return kwNone
}

// before gives the keyword of the word before atom i on the same line.
func (s *scanner) before(i int) keyword {
	if s.at(i).gap == gapBreak {
		return kwNone
	}
	return s.at(i - 1).kw
}

// glued tells whether atom i stands directly after the atom before.
func (s *scanner) glued(i int) bool { return s.at(i).gap == gapNone }

// mark tells whether atom i is the ASCII mark c, directly after the one before when
// tight is set, on the same line otherwise.
func (s *scanner) mark(i int, c byte, tight bool) bool {
	a := s.at(i)
	return a.kind == atomMark && a.ch == c && (a.gap == gapNone || !tight && a.gap == gapSpace)
}

// isDigits tells whether atom i is digits on the same line as the atom before.
func (s *scanner) isDigits(i int) bool {
	a := s.at(i)
	return a.kind == atomDigits && a.gap != gapBreak
}

// small reads atom i as a number of at most n digits, -1 if it is none.
func (s *scanner) small(i, n int) int {
	a := s.at(i)
	if a.kind != atomDigits || int(a.end-a.start) > n {
		return -1
	}
	v := 0
	for _, c := range []byte(s.text[a.start:a.end]) {
		v = v*10 + int(c-'0')
	}
	return v
}

// add appends a token over the atoms i..next-1 and returns next.
func (s *scanner) add(t Token, i, next int) int {
	t.Start, t.End = int(s.at(i).start), int(s.at(next-1).end)
	if t.Rounding == 0 {
		t.Rounding = 1
	}
	s.tokens = append(s.tokens, t)
	return next
}

// free tells whether atom i lies behind all tokens found so far.
func (s *scanner) free(i int) bool {
	return len(s.tokens) == 0 || s.tokens[len(s.tokens)-1].End <= int(s.at(i).start)
}

// noun tells whether something that is counted stands at atom i, on the same line.
func (s *scanner) noun(i int) bool {
	a := s.at(i)
	if a.kind != atomWord || a.gap == gapBreak {
		return false
	}
	text, first := s.text[a.start:], int(a.end-a.start)
	return nouns.find(text, first) && !nonNouns.find(text, first)
}

// digits reads what begins at the digits i.
func (s *scanner) digits(i int) int {
	if next := s.label(i); next > i {
		return next
	}
	if next := s.phone(i); next > i {
		return next
	}
	if next := s.reference(i, i); next > i {
		return next
	}
	if next := s.clock(i); next > i {
		return next
	}
	if next := s.window(i, i); next > i {
		return next
	}
	if next := s.date(i); next > i {
		return next
	}
	if next := s.digitPeriod(i); next > i {
		return next
	}
	return s.number(i)
}

// word reads what begins at the keyword i.
func (s *scanner) word(i int) int {
	switch k := s.at(i).kw; k {
	case kwFrom:
		if next := s.window(i, i+1); next > i {
			return next
		}
	case kwDay:
		return s.daysOfMonth(i)
	case kwMonth:
		return s.month(i)
	case kwQuarter:
		return s.quarter(i)
	case kwWeek:
		return s.week(i)
	case kwFive:
		if next := s.year(i); next > i {
			return next
		}
	case kwOrdinal, kwTurn, kwTerm, kwBatch, kwRank:
		return s.ordinal(i)
	case kwURL:
		j := i + 1
		for j < len(s.atoms) && s.glued(j) {
			j++
		}
		return j
	}
	if r := roman(s.str(i)); r > 0 {
		return i
	}
	return s.wordNumber(i)
}

// label passes over digits that belong to a name: "qh15", "m2", "ii.06a", "covid-19",
// "4g". A reference may begin with such a name ("ii.06a/vpcp/kstt").
func (s *scanner) label(i int) int {
	p := s.at(i - 1)
	switch {
	case s.at(i).gap != gapNone:
	case p.kind == atomWord:
		if p.kw != kwNone && p.kw != kwUnit && p.kw != kwHour || p.end-p.start > 1 && IsVietnameseSyllable(s.str(i-1)) {
			break // a lost space: "có15 hồ sơ"
		}
		return max(s.shortPeriod(i), i+1)
	case p.ch == '-' && p.gap == gapNone && s.at(i-2).kind == atomWord:
		return i + 1
	case p.ch == '.' && p.gap == gapNone && s.at(i-2).kind == atomWord && roman(s.str(i-2)) > 0 && s.free(i-2):
		if next := s.reference(i, i-2); next > i {
			return next
		}
		return i + 1
	}
	if n := s.at(i + 1); n.kind == atomWord && n.gap == gapNone && s.nameTail(i+1) {
		if next := s.reference(i, i); next > i {
			return next
		}
		return i + 2
	}
	return i
}

// nameTail tells whether the word i, directly after digits, makes a name of them
// ("06a", "4g"). Units, scales and whole syllables ("431hồ sơ") do not.
func (s *scanner) nameTail(i int) bool {
	switch k := s.at(i).kw; {
	case k == kwUnit, k == kwHour, k == kwMillionAbbr, k >= kwDozen && k <= kwBillion:
		return false
	}
	w := s.str(i)
	return utf8.RuneCountInString(w) < 2 || !IsVietnameseSyllable(w) && !s.noun(i) && !nouns.find(w, len(w)) && !startsSyllable(w)
}

// startsSyllable tells whether w is two syllables run together ("lượtcông").
func startsSyllable(w string) bool {
	for i := range w {
		if i >= 2 && IsVietnameseSyllable(w[:i]) && IsVietnameseSyllable(w[i:]) {
			return true
		}
	}
	return false
}

// oneOf tells whether k is one of ks.
func oneOf(k keyword, ks ...keyword) bool {
	for _, x := range ks {
		if x == k {
			return true
		}
	}
	return false
}
