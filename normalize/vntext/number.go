package vntext

// This file reads numbers printed in digits: grouping, decimals, scale words, percent
// signs, fractions, ranges, and the words that make them less than exact.

import "strings"

// number reads what is a number and nothing else.
func (s *scanner) number(i int) int {
	m := s.mantissa(i)
	if m.digits == "" {
		t := Token{Kind: TokOrdinal, Value: s.text[s.at(i).start:s.at(m.next-1).end]}
		for j := i; j < m.next; j += 2 {
			t.Malformed = t.Malformed || s.width(j) > 2
		}
		return s.add(t, i, m.next)
	}
	if next := s.fraction(i, m); next > i {
		return next
	}
	t := Token{Kind: TokNumber}
	next := s.amount(&t, m)
	if s.percent(next) > next {
		next = s.percent(next)
		t.Kind, t.Percent = TokPercent, true
	}
	if end := s.rangeAfter(i, &t, next); end > next {
		return end
	}
	t.Approx = s.approx(i, next)
	return s.add(t, i, next)
}

// maxParts bounds the digits looked at in one chain such as "1.234.567"; longer
// chains are no numbers.
const maxParts = 12

// A mantissa is a number as printed, without scale word.
type mantissa struct {
	digits   string // without separators
	decimals int
	next     int // atom after it
}

// mantissa reads the number that begins at the digits i: groups of three parted by
// dots (or commas, or spaces), decimals after a comma (or a dot).
func (s *scanner) mantissa(i int) mantissa {
	plain := mantissa{digits: s.str(i), next: i + 1}
	if i < s.listEnd {
		return plain
	}
	parts, dots, commas, threes := 1, 0, 0, 0
	k := i
	for parts < maxParts && (s.mark(k+1, '.', true) || s.mark(k+1, ',', true)) && s.at(k+2).kind == atomDigits && s.glued(k+2) {
		if s.at(k+1).ch == '.' {
			dots++
		} else {
			commas++
		}
		k += 2
		parts++
		if s.width(k) == 3 {
			threes++
		}
	}
	if parts == 1 {
		return s.spaced(i)
	}
	if commas > 0 && s.inLabel(i) && !s.measured(k+1) && s.width(i) <= 2 {
		s.listEnd = k + 1
		return plain
	}
	head := s.width(i) <= 3 && s.text[s.at(i).start] != '0' // may begin a grouped number
	last := s.at(k - 1).ch
	join := func(n, decimals int) mantissa { // the first n parts
		var b strings.Builder
		for j := 0; j < n; j++ {
			b.WriteString(s.str(i + 2*j))
		}
		return mantissa{digits: b.String(), decimals: decimals, next: i + 2*n - 1}
	}
	switch {
	case head && (commas == 0 || dots == 0 && parts > 2) && threes == parts-1:
		return join(parts, 0) // 1.234.567 1,234,567
	case head && last == ',' && commas == 1 && dots == parts-2 && s.allThree(i, parts-1),
		head && last == '.' && dots == 1 && commas == parts-2 && parts > 2 && s.allThree(i, parts-1):
		return join(parts, s.width(k)) // 1.234,5 1,234.5
	case parts == 2:
		return join(2, s.width(k)) // 98,5 41.73
	case commas == 0:
		return mantissa{digits: "", next: k + 1} // 2.1.3 numbers a heading
	}
	// a list: the longest part of it that is one number
	groups := 1
	for groups < parts && s.at(i+2*groups-1).ch == '.' && s.width(i+2*groups) == 3 {
		groups++
	}
	if head && groups > 1 {
		return join(groups, 0)
	}
	if s.at(i+1).ch == '.' {
		return join(2, s.width(i+2))
	}
	s.listEnd = k + 1
	return plain
}

func (s *scanner) width(i int) int { a := s.at(i); return int(a.end - a.start) }

// allThree tells whether the parts 2..n of a chain have three digits each.
func (s *scanner) allThree(i, n int) bool {
	for j := 1; j < n; j++ {
		if s.width(i+2*j) != 3 {
			return false
		}
	}
	return true
}

// spaced reads "1 234 567". One group alone may be a neighbour's number, so it is
// taken only before something counted, or where it begins with a zero as no count of
// three digits does ("2 041"); and never within a longer row of numbers.
func (s *scanner) spaced(i int) mantissa {
	plain := mantissa{digits: s.str(i), next: i + 1}
	group := func(j int) bool { return s.at(j).kind == atomDigits && s.at(j).gap == gapSpace && s.width(j) == 3 }
	if s.width(i) > 3 || s.text[s.at(i).start] == '0' || !group(i+1) {
		return plain
	}
	k := i + 1
	for group(k) && k-i < maxParts {
		k++
	}
	if s.isDigits(k) || s.isDigits(i-1) && s.at(i).gap != gapBreak || s.inLabel(i) || numberedThings[s.str(i-1)] {
		return plain
	}
	if (s.mark(k, '.', true) || s.mark(k, '/', true) || s.mark(k, '-', true)) && s.glued(k+1) && s.at(k+1).kind == atomDigits {
		return plain
	}
	end, decimals := k, 0
	if s.mark(k, ',', true) && s.at(k+1).kind == atomDigits && s.glued(k+1) {
		decimals = s.width(k + 1)
		end = k + 2
	}
	if k == i+2 && s.text[s.at(i+1).start] != '0' && !s.noun(end) && s.kw(end) != kwUnit && !s.isScale(end) && s.percent(end) == end {
		return plain
	}
	var b strings.Builder
	for j := i; j < k; j++ {
		b.WriteString(s.str(j))
	}
	if decimals > 0 {
		b.WriteString(s.str(k + 1))
	}
	return mantissa{digits: b.String(), decimals: decimals, next: end}
}

// numberedThings are words that a number names rather than counts: in "thôn 1 235 hồ
// sơ" two numbers stand side by side.
var numberedThings = set("thôn xóm ấp bản khu phố phường quận tổ lớp khối đội nhóm loại câu trang mức cấp chí số biểu lục")

// inLabel tells whether the number at i names a level, column or clause, so that a
// comma in it parts two names: "mức độ 3,4", "khoản 1, 2 Điều 5".
func (s *scanner) inLabel(i int) bool {
	switch s.before(i) {
	case kwLabel, kwMonth, kwQuarter:
		return true
	case kwDegree: // "mức độ 3,4" names levels, "tiến độ 55,26%" and "nhiệt độ 37,5" do not
		return s.str(i-2) == "mức" || s.str(i-2) == "cấp"
	}
	return false
}

// measured tells whether the number before i is an amount, whatever word stands in
// front of it: "thu trong tháng 5,2 triệu đồng", "mức 55,26%".
func (s *scanner) measured(i int) bool {
	return s.isScale(i) || s.percent(i) > i || s.kw(i) == kwUnit
}

// isScale tells whether a scale word stands at i: "tỉ" is one unless it begins "tỉ lệ"
// or "tỉ trọng".
func (s *scanner) isScale(i int) bool {
	k := s.kw(i)
	if k == kwBillion {
		switch s.str(i + 1) {
		case "lệ", "trọng", "suất", "số":
			return s.at(i+1).gap == gapBreak
		}
	}
	return k >= kwTenPiece && k <= kwBillion
}

// scaleZeros gives the zeros that each scale word stands for.
func scaleZeros(k keyword) int {
	switch k {
	case kwTenPiece:
		return 1
	case kwHundred:
		return 2
	case kwThousand:
		return 3
	case kwTenThousand:
		return 4
	case kwMillion, kwMillionAbbr:
		return 6
	case kwBillion:
		return 9
	}
	return 0
}

// scale reads the scale words at i ("triệu", "nghìn tỉ") and gives the zeros they
// stand for, the last of them, and the atom after.
func (s *scanner) scale(i int) (zeros int, word string, next int) {
	for n := 0; n < 2 && s.isScale(i); n++ {
		if n == 1 && (s.kw(i) != kwBillion || zeros > 6) {
			break
		}
		zeros += scaleZeros(s.kw(i))
		word = s.str(i)
		i++
	}
	return zeros, word, i
}

// amount sets the value of t from m and the scale words after it.
func (s *scanner) amount(t *Token, m mantissa) int {
	zeros, word, next := s.scale(m.next)
	t.Value = decimal(m.digits, m.decimals, zeros)
	t.Decimals, t.Scaled = m.decimals, word
	t.Rounding = power10(zeros - m.decimals)
	if word == "" {
		return next
	}
	if s.kw(next) == kwHalf { // 2 triệu rưỡi
		t.Value = addDecimal(t.Value, decimal("5", 1, zeros))
		return next + 1
	}
	if zeros == 6 && s.isDigits(next) && s.glued(next) && s.width(next) <= 3 { // 4tr850
		w := s.width(next)
		t.Value = addDecimal(t.Value, decimal(s.str(next), w, zeros))
		t.Rounding = power10(zeros - w)
		return next + 1
	}
	for zeros > 0 { // 2 tỉ 350 triệu
		if !s.isDigits(next) || s.glued(next) {
			break
		}
		part := s.mantissa(next)
		z, w, end := s.scale(part.next)
		if w == "" || z >= zeros || part.digits == "" || part.decimals > 0 || len(part.digits) > zeros-z {
			break
		}
		t.Value = addDecimal(t.Value, decimal(part.digits, 0, z))
		t.Scaled, t.Rounding, zeros, next = w, power10(z), z, end
	}
	return next
}

// percent gives the atom after a percent sign at i, or i.
func (s *scanner) percent(i int) int {
	switch {
	case s.mark(i, '%', false):
		return i + 1
	case s.kw(i) == kwPart && s.kw(i+1) == kwHundred:
		return i + 2
	}
	return i
}

// fraction reads "a/b", with spaces around the slash or without, and one scale word
// for both.
func (s *scanner) fraction(i int, m mantissa) int {
	j := m.next
	if !s.mark(j, '/', false) || !s.isDigits(j+1) {
		return i
	}
	d := s.mantissa(j + 1)
	if s.at(j).gap != s.at(j+1).gap && !s.noun(d.next) { // "235/ 235 hồ sơ", broken at a line end
		return i
	}
	if d.digits == "" || s.mark(d.next, '/', true) && s.glued(d.next+1) && s.at(d.next+1).kind == atomDigits {
		return i
	}
	if w := s.at(d.next); w.kind == atomWord && w.gap == gapNone && s.nameTail(d.next) {
		return i
	}
	zeros, word, next := s.scale(d.next)
	t := Token{
		Kind:     TokFraction,
		Value:    decimal(m.digits, m.decimals, zeros),
		Den:      decimal(d.digits, d.decimals, zeros),
		Decimals: m.decimals,
		Rounding: power10(zeros - m.decimals),
		Scaled:   word,
	}
	if p := s.percent(next); p > next {
		t.Percent = true
		next = p
	}
	t.Approx = s.approx(i, next)
	return s.add(t, i, next)
}

// rangeAfter reads the upper end of a range whose lower end low is followed by the
// atom j: "10-15", "50-60%", "3 - 5 ngày", "từ 10 đến 15".
func (s *scanner) rangeAfter(i int, low *Token, j int) int {
	fromTo := false
	switch {
	case s.mark(j, '-', false) && s.at(j).gap == s.at(j+1).gap:
	case s.kw(j) == kwTo:
		fromTo = s.before(i) == kwFrom
	default:
		return j
	}
	if !s.isDigits(j + 1) {
		return j
	}
	if s.window(j+1, j+1) != j+1 || s.looksLikeDate(j+1) {
		return j
	}
	m := s.mantissa(j + 1)
	if m.digits == "" || s.mark(m.next, '/', true) {
		return j
	}
	high := Token{Kind: TokNumber}
	next := s.amount(&high, m)
	if w := s.at(next); w.kind == atomWord && w.gap == gapNone && s.nameTail(next) {
		return j
	}
	if s.mark(next, '-', true) && s.glued(next+1) && s.at(next+1).kind == atomDigits {
		return j // 1-2-3 is no range
	}
	if p := s.percent(next); p > next {
		high.Percent = true
		next = p
	}
	if low.Percent && !high.Percent {
		return j
	}
	t := Token{Kind: TokRange, Value: low.Value, Decimals: low.Decimals, Rounding: low.Rounding, Scaled: high.Scaled, Percent: high.Percent}
	if high.Scaled != "" && low.Scaled == "" { // 3-5 triệu
		zeros := 0
		for z := m.next; z < next; z++ {
			zeros += scaleZeros(s.at(z).kw)
		}
		lm := s.mantissa(i)
		t.Value = decimal(lm.digits, lm.decimals, zeros)
		t.Rounding = power10(zeros - lm.decimals)
	}
	t.Den = high.Value
	if compareDecimal(t.Value, t.Den) >= 0 {
		return j
	}
	tight := s.at(j).kind == atomMark && s.glued(j)
	if !tight && !fromTo && !t.Percent && t.Scaled == "" && !s.noun(next) && s.kw(next) != kwUnit {
		return j
	}
	t.Approx = s.approx(i, next)
	return s.add(t, i, next)
}

// approx reads the words before the number i..next-1 and "hơn", "trở lên" after it.
func (s *scanner) approx(i, next int) Approx {
	if s.at(i).gap != gapBreak {
		switch k := s.at(i - 1).kw; k {
		case kwAbout:
			return ApproxAbout
		case kwOver:
			if s.str(i-2) == "không" {
				return ApproxUnder
			}
			if s.str(i-1) == "trên" && s.exact(i, next) {
				return ApproxNone
			}
			return ApproxOver
		case kwUnder:
			if s.str(i-2) == "không" {
				return ApproxOver
			}
			return ApproxUnder
		case kwMore:
			switch s.str(i - 2) {
			case "cao", "thấp", "nhiều", "ít", "lớn", "nhỏ", "tăng", "giảm", "nhanh", "chậm":
				return ApproxNone
			}
			return ApproxOver
		case kwTo:
			if s.str(i-2) == "chưa" {
				return ApproxUnder
			}
		default:
			switch {
			case s.at(i-1).ch == '~':
				return ApproxAbout
			case s.str(i-1) == "đạt" && s.str(i-2) == "ước":
				return ApproxAbout
			case s.str(i-1) == "thiểu" && s.str(i-2) == "tối", s.str(i-1) == "nhất" && s.str(i-2) == "ít":
				return ApproxOver
			case s.str(i-1) == "đa" && s.str(i-2) == "tối":
				return ApproxUnder
			}
		}
	}
	if s.kw(next) == kwMore && s.str(next+1) != "so" {
		return ApproxOver
	}
	for j := next; j < next+4; j++ { // 75% trở lên, 5 hồ sơ trở lên
		if a := s.at(j); a.kind != atomWord || a.gap == gapBreak {
			break
		}
		if s.str(j) == "trở" {
			switch s.str(j + 1) {
			case "lên":
				return ApproxOver
			case "xuống":
				return ApproxUnder
			}
		}
	}
	return ApproxNone
}

// exact tells numbers that nobody rounds to: after them "trên" is "on" ("trên 4 cụm
// loa", "trên 21 thôn"), before round ones "more than".
func (s *scanner) exact(i, next int) bool {
	a := s.at(next - 1)
	if next != i+1 || a.kind != atomDigits || s.percent(next) > next {
		return false
	}
	last := s.text[a.end-1]
	return s.width(i) == 1 || last != '0' && last != '5'
}
