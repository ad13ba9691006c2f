package vntext

// This file decides which number words of a text are numbers.

import "strconv"

// wordNumber reads a number in words at the keyword i. One word alone counts only
// before something that is counted; see nouns.go.
func (s *scanner) wordNumber(i int) int {
	k := s.at(i).kw
	if k == kwHalfOf {
		return s.half(i)
	}
	if k < kwOne || k > kwThirty || k > kwTen && k < kwTwenty {
		return i
	}
	p := wordParser{atoms: s.atoms}
	v, next, ok := p.number(i)
	if !ok || s.glued(i) && s.at(i-1).kind == atomDigits {
		return i
	}
	if end := s.monthsOf(i, next, int(min(v, 99))); end > i && (next > i+1 || k != kwFive) {
		return end
	}
	t := Token{Kind: TokNumber, Words: true, Value: strconv.FormatUint(v, 10)}
	if end := s.percent(next); end > next {
		t.Kind, t.Percent = TokPercent, true
		t.Approx = s.approx(i, end)
		return s.add(t, i, end)
	}
	switch s.before(i) {
	case kwMonth, kwOrdinal, kwQuarter, kwWeek, kwTerm:
		return max(next, i+1)
	}
	if next == i+1 && !s.countsOne(i) {
		return i
	}
	switch s.before(i) {
	case kwFive: // năm hai nghìn không trăm hai mươi ba
		if next > i+3 && v <= 2100 && plausibleYear(int(v)) && s.free(i-1) {
			return s.addPeriod(NewPeriod(Year, int(v), 0), i-1, next)
		}
	case kwDay, kwDayOfMonth: // ngày hai mươi lăm tháng năm
		if v <= 31 && (!s.noun(next) || s.kw(next) == kwMonth) {
			return s.add(Token{Kind: TokDate, Day: int(v), Words: true}, i, next)
		}
	}
	t.Approx = s.approx(i, next)
	return s.add(t, i, next)
}

// countsOne tells whether the single number word i counts the noun after it.
func (s *scanner) countsOne(i int) bool {
	a := s.at(i + 1)
	if a.gap != gapSpace || !s.noun(i+1) {
		return false
	}
	switch n := s.str(i + 1); n {
	case "ngày", "tháng", "năm", "giờ":
		return false
	case "bộ", "bản", "điểm", "tin", "bài", "giấy":
		if s.at(i).kw == kwOne && n != "bài" && n != "giấy" {
			return false // một bộ phận, một điểm: more often no count
		}
	case "lớp", "máy":
		switch s.str(i - 1) {
		case "thực", "mật":
			return false // xác thực hai lớp
		}
	}
	if k := s.before(i); k >= kwOne && k <= kwTen && k != kwFive {
		return false // một hai hồ sơ: one or two
	}
	if s.str(i-1) == "trong" && s.str(i-2) == "một" {
		return false // một trong hai nhiệm vụ
	}
	switch s.at(i).kw {
	case kwFive: // the year, unless a verb of reporting stands before
		return beforeFive[s.str(i-1)]
	case kwOne:
		switch s.str(i - 1) {
		case "từng", "mỗi", "cùng", "theo", "như", "là":
			return s.str(i-1) == "là" && s.str(i-2) == "số"
		}
	case kwThree, kwFour, kwNine:
		switch s.before(i) {
		case kwMonth, kwOrdinal:
			return false
		}
	}
	return true
}

// beforeFive are words after which "năm" before a noun is 5; after others it is the
// year ("trong năm hồ sơ tăng").
var beforeFive = set("có được gồm nhận mở cử hành chức phát là với thêm còn đủ cả")

// half reads "một nửa" (its first word is read by wordNumber) and "nửa": 0.5, only
// before "số" and things counted; "nửa đầu năm" is a period.
func (s *scanner) half(i int) int {
	switch s.kw(i + 1) {
	case kwFirst, kwLast:
		if s.kw(i+2) == kwFive {
			year, next := s.yearAfter(i + 2)
			if year == 0 {
				next = i + 3
			}
			return s.addPeriod(partOfYear(year, 6, s.kw(i+1) == kwLast), i, next)
		}
		return i
	}
	if s.kw(i+1) != kwNumberOf && !s.noun(i+1) || s.noun(i+1) && oneOf(s.kw(i+1), kwDay, kwMonth, kwFive) {
		return i
	}
	start := i
	if s.before(i) == kwOne && s.free(i-1) {
		start = i - 1
	}
	t := Token{Kind: TokNumber, Words: true, Value: "0.5", Decimals: 1, Approx: s.approx(start, i+1)}
	return s.add(t, start, i+1)
}
