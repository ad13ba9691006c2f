package vntext

// This file reads what is written with digits and counts nothing: symbols of documents
// and telephone numbers.

import "strings"

// reference reads the symbol of a document whose digits are atom i: "895/qđ-ubnd",
// "41/2020/qđ-ubnd", "45/2021/qh15", "01-nq/tw", "ii.06a/vpcp/kstt". The token begins
// at atom start.
func (s *scanner) reference(i, start int) int {
	numbered := s.numbered(start)
	j := i + 1
	if s.str(j) == "đ" && s.mark(j+1, '/', true) && s.str(j+2) == "c" {
		return i // 11đ/c: comrades
	}
	if w := s.at(j); w.kind == atomWord && w.gap == gapNone && w.end-w.start <= 2 { // 06a
		j++
	}
	parts := 0
	if s.mark(j, '-', true) && s.symbolPart(j+1, true) && s.mark(j+2, '/', true) && s.symbolPart(j+3, true) { // 01-nq/tw
		j += 2
		parts++
	}
	if !s.mark(j, '/', !numbered) {
		if j == i+1 && start == i && s.before(i) == kwNumberOf && s.cited(i) && s.width(i) <= 5 && (!s.noun(j) || s.kw(j) == kwDay) && s.percent(j) == j && !s.at(j).startsMore(s.at(j+1)) {
			return s.addReference(i, j) // Công văn số 215
		}
		return i
	}
	if s.isDigits(j + 1) {
		year := s.small(j+1, 4)
		if s.width(j+1) != 4 || !plausibleYear(year) || s.width(i) > 6 {
			return i
		}
		if !(s.mark(j+2, '/', true) && s.symbolPart(j+3, true)) {
			if numbered && s.str(start-2) != "tổng" && s.glued(j+1) && !s.noun(j+2) && !s.at(j+2).startsMore(s.at(j+3)) {
				return s.addReference(start, j+2) // Luật số 15/2023
			}
			return i
		}
		j += 2
	}
	if !s.mark(j, '/', !numbered) || !s.symbolPart(j+1, !numbered) {
		return i
	}
	if !s.glued(j) && !issuers[s.str(j+1)] && !documentTypes[s.str(j+1)] || !s.glued(j+1) && !issuers[s.str(j+1)] && !documentTypes[s.str(j+1)] {
		return i
	}
	if parts == 0 && unitWords[s.str(j+1)] && !numbered {
		return i
	}
	j += 2
	for parts < maxParts {
		switch w := s.at(j); {
		case w.kind == atomDigits && w.gap == gapNone: // qh15
			j++
		case w.kind == atomMark && (w.ch == '/' || w.ch == '-' || w.ch == '&' || w.ch == '.' || w.ch == ',') && w.gap == gapNone && s.symbolPart(j+1, true) &&
			(w.ch == '/' || w.ch == '-' || w.ch == '&' || issuers[s.str(j+1)]):
			j += 2
		case w.kind == atomMark && w.ch == '-' && w.gap != gapBreak && issuers[s.str(j+1)] && s.at(j+1).gap != gapBreak: // qđ- ubnd
			j += 2
		default:
			return s.addReference(start, j)
		}
		parts++
	}
	return s.addReference(start, j)
}

// startsMore tells whether a mark goes on directly with digits.
func (a atom) startsMore(b atom) bool {
	return a.kind == atomMark && a.gap == gapNone && (a.ch == '/' || a.ch == '-' || a.ch == '.' || a.ch == ',') && b.gap == gapNone && b.kind == atomDigits
}

// addReference adds the symbol of the atoms start..next-1.
func (s *scanner) addReference(start, next int) int {
	value := strings.ReplaceAll(s.text[s.at(start).start:s.at(next-1).end], " ", "")
	return s.add(Token{Kind: TokReference, Value: value}, start, next)
}

// numbered tells whether "số" stands before atom i, or the word for a document.
func (s *scanner) numbered(i int) bool {
	if s.at(i).gap == gapBreak {
		return false
	}
	if s.at(i-1).ch == ':' {
		i--
	}
	return s.at(i-1).kw == kwNumberOf || s.cited(i)
}

// cited tells whether the words before atom i, apart from "số", name a document with
// a number: "nghị định số", "luật".
func (s *scanner) cited(i int) bool {
	if s.at(i-1).kw == kwNumberOf {
		i--
	}
	if s.at(i).gap == gapBreak {
		return false
	}
	switch s.str(i - 1) {
	case "luật":
		return true
	case "định":
		switch s.str(i - 2) {
		case "quyết", "nghị":
			return true
		}
	case "quyết":
		return s.str(i-2) == "nghị"
	case "tư":
		return s.str(i-2) == "thông"
	case "lệnh":
		return s.str(i-2) == "pháp"
	case "văn":
		return s.str(i-2) == "công"
	case "thị":
		return s.str(i-2) == "chỉ"
	}
	return false
}

// symbolPart tells whether atom i can be a part of a document's symbol: letters
// without diacritics but đ and ư ("hđnd", "tư"), directly after the mark when tight.
func (s *scanner) symbolPart(i int, tight bool) bool {
	a := s.at(i)
	if a.kind != atomWord || a.gap == gapBreak || tight && a.gap != gapNone || a.end-a.start > 16 {
		return false
	}
	for _, r := range s.text[a.start:a.end] {
		if r >= 0x80 && r != 'đ' && r != 'ư' && r != 'ủ' {
			return false
		}
	}
	return true
}

// unitWords look like symbols after "12/" but are what the number is counted for.
var unitWords = set("ha m km kg con ban cho trong theo khi cao hai ba tin giao trang tin ca thi xe sao do")

// issuers are the last parts of symbols that may stand after a line end.
var issuers = set("ubnd hđnd ttg cp tu đu tw bnv btp btc bca snv pnv vpcp hđbt qh ct vp bch mttq tt ban đcb nq nv sttt stttt kstt ttpvhcc")

// documentTypes are the parts of symbols that name the kind of document.
var documentTypes = set("qđ bc kh cv tb nq nđ ct tt ttr hd gm bb đa ctr ttlt nqlt qc ubnd hđnd")

// phone reads a telephone number: nine digits or more in groups that begin with 0,
// or after a word such as "hotline" also a short one.
func (s *scanner) phone(i int) int {
	digits, groups, j := s.width(i), 1, i+1
	start := i
	var value strings.Builder
	value.WriteString(s.str(i))
	leading := s.text[s.at(i).start] == '0'
	area := leading && digits >= 3 && digits <= 4 // 0220
	if area && s.mark(i+1, ')', true) && s.at(i-1).ch == '(' && s.glued(i) && s.free(i-1) && s.isDigits(i+2) {
		start = i - 1
		j++
	} else if s.str(i) == "84" && s.at(i-1).ch == '+' && s.glued(i) && s.free(i-1) {
		start = i - 1
		leading = true
	}
	sep := s.at(j)
	group := func(k int) bool { // a further group begins at k, after the separator sep
		w := s.width(k)
		return s.at(k).kind == atomDigits && w >= 2 && (w <= 4 || w <= 7 && groups == 1 && area)
	}
	switch {
	case sep.kind == atomMark && (sep.ch == '.' || sep.ch == '-') && sep.gap == gapNone:
		for groups < 5 && s.mark(j, sep.ch, true) && s.glued(j+1) && group(j+1) {
			value.WriteString(s.str(j + 1))
			digits += s.width(j + 1)
			j += 2
			groups++
		}
	case sep.kind == atomDigits && sep.gap == gapSpace:
		for groups < 5 && group(j) && s.at(j).gap == gapSpace && digits < 10 {
			value.WriteString(s.str(j))
			digits += s.width(j)
			j++
			groups++
		}
	}
	if w := s.at(j); w.kind == atomWord && w.gap == gapNone {
		return i
	}
	switch {
	case leading && digits >= 9 && digits <= 11 && (groups > 1 && (s.width(i) >= 3 || start < i) || groups == 1 && digits >= 10):
	case leading && digits >= 9 && digits <= 11 && s.hotline(i):
	case s.hotline(i) && digits >= 3 && !s.noun(j) && !s.mark(j, '/', true) && s.percent(j) == j:
	default:
		return i
	}
	return s.add(Token{Kind: TokPhone, Value: value.String()}, start, j)
}

// hotline tells whether a word for a telephone stands before atom i: directly, after
// "số", or with a colon between ("đường dây nóng của xã: ...").
func (s *scanner) hotline(i int) bool {
	limit, colon := 2, false
	for j := i - 1; j >= i-limit && j >= 0; j-- {
		if s.at(j+1).gap == gapBreak {
			return false
		}
		switch a := s.at(j); {
		case a.kw == kwPhone:
			switch w := s.str(j); w {
			case "thoại":
				return s.str(j-1) == "điện"
			case "nóng":
				return s.str(j-1) == "dây"
			case "đài":
				return s.str(j-1) == "tổng"
			case "zalo", "fax", "đt":
				return colon || s.at(i-1).kw == kwNumberOf || w != "zalo"
			}
			return true
		case a.ch == ':' || a.ch == '(':
			colon = true
			limit = 10
		case a.kind == atomWord && (colon || a.kw == kwNumberOf):
		default:
			return false
		}
	}
	return false
}
