package vntext

// This file reads ranks and places in a row ("thứ 3", "khóa V"), and Roman numerals.

import (
	"strconv"
	"strings"
)

// ordinal reads "thứ 3", "thứ hai", "thứ XIII", "thứ 12/114", "khóa V", "đợt 2",
// "lần 2", "hạng II".
func (s *scanner) ordinal(i int) int {
	k := s.at(i).kw
	a := s.at(i + 1)
	if a.gap == gapBreak || a.gap == gapNone {
		return i
	}
	t := Token{Kind: TokOrdinal}
	next := i + 2
	switch {
	case a.kind == atomDigits:
		if s.width(i+1) > 4 || k != kwOrdinal && (s.noun(next) || s.at(i-1).kind == atomDigits || s.percent(next) > next || s.isScale(next)) {
			return i
		}
		t.Value = trimZeros(s.str(i + 1))
		if s.mark(next, '/', true) && s.isDigits(next+1) && s.glued(next+1) {
			t.Den = trimZeros(s.str(next + 1))
			next += 2
		} else if s.glued(next) && (s.at(next).kind == atomWord || (s.mark(next, ',', true) || s.mark(next, '.', true) || s.mark(next, '/', true)) && s.glued(next+1)) {
			return i
		}
	case a.kind == atomWord && roman(s.str(i+1)) > 0:
		t.Value = strconv.Itoa(roman(s.str(i + 1)))
	case k == kwOrdinal && s.str(i+1) == "nhất", k == kwRank && s.str(i+1) == "nhất":
		t.Value, t.Words = "1", true
	case k == kwOrdinal && (s.str(i+1) == "nhì" || s.str(i+1) == "nhì"):
		t.Value, t.Words = "2", true
	case k == kwOrdinal && a.kw == kwFourAlt:
		t.Value, t.Words = "4", true
	case k == kwOrdinal && a.kw != kwNone:
		p := wordParser{atoms: s.atoms}
		v, end, ok := p.number(i + 1)
		if !ok || v == 0 {
			return i
		}
		t.Value, t.Words = strconv.FormatUint(v, 10), true
		next = end
	default:
		return i
	}
	return s.add(t, i, next)
}

// roman reads a Roman numeral in small letters, 0 if s is none.
func roman(s string) int {
	value := func(c byte) int {
		switch c {
		case 'i':
			return 1
		case 'v':
			return 5
		case 'x':
			return 10
		case 'l':
			return 50
		}
		return 0
	}
	if len(s) > 8 {
		return 0
	}
	total := 0
	for i := 0; i < len(s); i++ {
		v := value(s[i])
		if v == 0 {
			return 0
		}
		if i+1 < len(s) && value(s[i+1]) > v {
			v = -v
		}
		total += v
	}
	if total <= 0 || toRoman(total) != s {
		return 0
	}
	return total
}

// toRoman writes 1..89 in small Roman numerals, so that only proper ones are read.
func toRoman(n int) string {
	var b strings.Builder
	for _, r := range [...]struct {
		v int
		s string
	}{{50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for n >= r.v {
			b.WriteString(r.s)
			n -= r.v
		}
	}
	return b.String()
}
