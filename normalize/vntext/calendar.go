package vntext

// This file reads months, quarters, weeks, years and times of day in running text.

import "strconv"

// digitPeriod reads the periods that begin with digits: "5/2023", "2021-2025", "6
// tháng đầu năm 2023".
func (s *scanner) digitPeriod(i int) int {
	if next := s.monthsOf(i, i+1, s.small(i, 2)); next > i {
		return next
	}
	if s.width(i) == 4 {
		return s.years(i, i)
	}
	if m := s.small(i, 2); m >= 1 && m <= 12 && s.glued(i+2) {
		if y, next := s.yearAfter(i + 1); y > 0 && s.at(i+1).kind == atomMark && s.at(i+1).ch == '/' && s.glued(i+1) {
			return s.addPeriod(NewPeriod(Month, y, m), i, next)
		}
	}
	return i
}

// years reads a span of years at the digits i; the token begins at start.
func (s *scanner) years(start, i int) int {
	a := s.small(i, 4)
	if s.width(i) != 4 || !plausibleYear(a) {
		return start
	}
	j := i + 1
	if !s.mark(j, '-', false) && s.kw(j) != kwTo {
		return start
	}
	j++
	if s.kw(j) == kwFive {
		j++
	}
	b := s.small(j, 4)
	if !s.isDigits(j) || s.width(j) != 4 || !plausibleYear(b) || b <= a || b-a > 50 {
		return start
	}
	if next := s.at(j + 1); next.kind == atomMark && (next.ch == '/' || next.ch == '.' || next.ch == ',') && next.gap == gapNone && s.glued(j+2) && s.at(j+2).kind == atomDigits {
		return start
	}
	if s.at(i+1).kind == atomWord && s.before(i) != kwFive && s.before(i) != kwFrom {
		return start
	}
	p := NewWindow(strconv.Itoa(a)+"-01-01", strconv.Itoa(b)+"-12-31")
	return s.addPeriod(p, start, j+1)
}

// monthsOf reads "6 tháng đầu năm 2023", "6 tháng cuối năm", "9 tháng năm 2023", "2
// quý đầu năm 2019": count months or quarters, whose word is atom j; the token begins
// at start.
func (s *scanner) monthsOf(start, j, count int) int {
	months := count
	switch s.kw(j) {
	case kwMonth:
	case kwQuarter:
		months *= 3
	default:
		return start
	}
	if months < 1 || months > 12 {
		return start
	}
	k := j + 1
	last := s.kw(k) == kwLast
	if last || s.kw(k) == kwFirst {
		k++
		if s.str(k) == "của" {
			k++
		}
		if s.kw(k) != kwFive {
			return start
		}
		year, next := s.yearAfter(k)
		if year == 0 {
			next = k + 1
		}
		return s.addPeriod(partOfYear(year, months, last), start, next)
	}
	if year, next := s.yearAfter(k); year > 0 && s.at(k).ch != '-' && s.at(k).ch != '.' {
		return s.addPeriod(partOfYear(year, months, false), start, next)
	}
	return start
}

// partOfYear gives the first or last months of a year as the kind that has that many,
// or as a window, of which N then keeps the number of months.
func partOfYear(year, months int, last bool) Period {
	switch {
	case months == 12:
		return NewPeriod(Year, year, 0)
	case months == 9 && !last:
		return NewPeriod(NineMonths, year, 0)
	case months == 6 && last:
		return NewPeriod(Half, year, 2)
	case months == 6:
		return NewPeriod(Half, year, 1)
	case months == 3 && last:
		return NewPeriod(Quarter, year, 4)
	case months == 3:
		return NewPeriod(Quarter, year, 1)
	}
	p := Period{Kind: Window, Year: year, N: months}
	if year > 0 {
		first := 1
		if last {
			first = 13 - months
		}
		from := date(year, first, 1)
		p.Year = 0
		p.From, p.To = from.Format(isoDate), from.AddDate(0, months, -1).Format(isoDate)
	}
	return p
}

// addPeriod adds the token of p.
func (s *scanner) addPeriod(p Period, i, next int) int {
	t := Token{Kind: TokPeriod, Period: p, Year: p.Year}
	if p.Kind == Month {
		t.Month = p.N
	}
	return s.add(t, i, next)
}

// daysOfMonth reads "ngày 1-7/5/2023" and "từ ngày 1 đến ngày 7/5/2023" as windows.
func (s *scanner) daysOfMonth(i int) int {
	if s.before(i) == kwFrom {
		return i // read already
	}
	if s.mark(i+2, '-', true) && s.glued(i+3) && s.mark(i+4, '/', true) {
		a := s.small(i+1, 2)
		if b, ok := s.readDate(i+3, cueStrong); ok && a >= 1 && a <= b.day && !b.impossible {
			first := endpoint{printedDate: printedDate{day: a, month: b.month, year: b.year, start: i + 1, next: i + 2}}
			return s.addWindow(first, endpoint{printedDate: b}, i+1)
		}
	}
	// a draft: "ngày ... tháng 01 năm 2024" is a date whose day is not filled in
	j := i + 1
	for j < i+8 && s.at(j).kind == atomMark && s.at(j).gap != gapBreak {
		j++
	}
	if s.kw(j) == kwMonth && s.isDigits(j+1) {
		m := s.small(j+1, 2)
		if y, next := s.yearAfter(j + 2); y > 0 && m >= 1 && m <= 12 {
			return s.add(Token{Kind: TokDate, Month: m, Year: y}, j, next)
		}
	}
	return i
}

// month reads "tháng 5/2023", "tháng 5 năm 2023", "tháng 5".
func (s *scanner) month(i int) int {
	if !s.isDigits(i+1) || s.width(i+1) > 2 || s.before(i) == kwEvery || s.at(i-1).kind == atomDigits && s.before(i) == kwNone && s.at(i).gap != gapBreak {
		return i
	}
	if s.mark(i+2, '.', true) && s.isDigits(i+3) && s.glued(i+3) && s.width(i+3) == 3 { // "thu trong tháng 7.385.000 đồng"
		return i
	}
	m := s.small(i+1, 2)
	year, next := s.yearAfter(i + 2)
	if year > 0 && (m < 1 || m > 12) {
		return s.add(Token{Kind: TokPeriod, Month: m, Year: year, Impossible: true, Period: Period{Kind: Month, Year: year, N: m}}, i, next)
	}
	if m < 1 || m > 12 || year == 0 && (s.decimal(i+1) || s.percent(next) > next || s.isScale(next) || s.mark(next, '/', true) && s.glued(next+1)) {
		return i
	}
	if w := s.at(next); year == 0 && w.kind == atomWord && w.gap == gapNone {
		return i
	}
	next = s.addPeriod(NewPeriod(Month, year, m), i, next)
	if year > 0 {
		return next
	}
	// tháng 5, 6 năm 2023; tháng 4, 5 và 6/2023
	for j := next; s.mark(j, ',', true) || s.kw(j) == kwAnd; j += 2 {
		if m := s.small(j+1, 2); !s.isDigits(j+1) || m < 1 || m > 12 {
			break
		}
		y, end := s.yearAfter(j + 2)
		if y == 0 {
			continue
		}
		for ; next < j; next += 2 {
			s.addPeriod(NewPeriod(Month, y, s.small(next+1, 2)), next+1, next+2)
		}
		return s.addPeriod(NewPeriod(Month, y, s.small(j+1, 2)), j+1, end)
	}
	return next
}

// decimal tells whether the digits at i begin an amount with a decimal comma, which
// no month or quarter has: "thu trong tháng 5,2 triệu đồng".
func (s *scanner) decimal(i int) bool {
	return s.mark(i+1, ',', true) && s.isDigits(i+2) && s.glued(i+2) && s.measured(i+3)
}

// quarter reads "quý I/2023", "quý 2 năm 2023", "quý IV-2025".
func (s *scanner) quarter(i int) int {
	q := 0
	switch a := s.at(i + 1); {
	case a.gap == gapBreak:
	case a.kind == atomDigits:
		q = s.small(i+1, 2)
	case a.kind == atomWord:
		q = roman(s.str(i + 1))
	}
	if q < 1 || q > 4 || s.at(i-1).kind == atomDigits {
		return i
	}
	year, next := s.yearAfter(i + 2)
	if year == 0 && s.at(i+1).kind == atomDigits && (s.decimal(i+1) || s.noun(next) || s.percent(next) > next) {
		return i
	}
	next = s.addPeriod(NewPeriod(Quarter, year, q), i, next)
	if year > 0 || !s.mark(next, ',', true) && s.kw(next) != kwAnd && !s.mark(next, '-', false) {
		return next
	}
	q = roman(s.str(next + 1)) // quý I, II/2023
	if s.isDigits(next + 1) {
		q = s.small(next+1, 1)
	}
	if y, end := s.yearAfter(next + 2); y > 0 && q >= 1 && q <= 4 && s.at(next+1).gap != gapBreak {
		return s.addPeriod(NewPeriod(Quarter, y, q), next+1, end)
	}
	return next
}

// week reads "tuần 24/2026", "tuần thứ 24 năm 2026", "tuần 24".
func (s *scanner) week(i int) int {
	j := i + 1
	sure := s.kw(j) == kwOrdinal
	if sure {
		j++
	}
	w := s.small(j, 2)
	if !s.isDigits(j) || w < 1 || w > 53 || s.at(i-1).kind == atomDigits {
		return i
	}
	year, next := s.yearAfter(j + 1)
	if year > 0 && w > weeksOf(year) {
		return i
	}
	if year == 0 && !sure && (s.noun(next) || s.percent(next) > next || s.glued(next) && s.at(next).kind != atomMark) {
		return i
	}
	return s.addPeriod(NewPeriod(Week, year, w), i, next)
}

// year reads "năm 2023", and after it further years of a list.
func (s *scanner) year(i int) int {
	if !s.isDigits(i+1) || s.width(i+1) != 4 || !plausibleYear(s.small(i+1, 4)) {
		return i
	}
	if next := s.years(i, i+1); next > i {
		return next
	}
	if s.mark(i+2, '/', true) && s.glued(i+3) || s.mark(i+2, '.', true) && s.glued(i+3) && s.at(i+3).kind == atomDigits {
		return i
	}
	next := s.addPeriod(NewPeriod(Year, s.small(i+1, 4), 0), i, i+2)
	for s.mark(next, ',', false) || s.kw(next) == kwAnd {
		j := next + 1
		if !s.isDigits(j) || s.width(j) != 4 || !plausibleYear(s.small(j, 4)) || s.noun(j+1) || s.mark(j+1, '/', true) {
			break
		}
		next = s.addPeriod(NewPeriod(Year, s.small(j, 4), 0), j, j+1)
	}
	return next
}

// shortPeriod reads "T5/2023" and "Q1/2023", whose letter stands before the digits i.
func (s *scanner) shortPeriod(i int) int {
	kind, most := Month, 12
	switch s.str(i - 1) {
	case "t":
	case "q":
		kind, most = Quarter, 4
	default:
		return i
	}
	n := s.small(i, 2)
	year, next := s.yearAfter(i + 1)
	if year == 0 || n < 1 || n > most || !s.free(i-1) {
		return i
	}
	return s.addPeriod(NewPeriod(kind, year, n), i-1, next)
}

// clock reads a time of day: "16:07", "7h30", "8 giờ 30", "lúc 8 giờ". Hours alone
// are a time only after lúc, từ and the like: "trong 4 giờ" is a length.
func (s *scanner) clock(i int) int {
	h := s.small(i, 2)
	if h < 0 || h > 24 {
		return i
	}
	minutes := func(j int) int {
		if s.at(j).kind == atomDigits && s.width(j) == 2 {
			if m := s.small(j, 2); m < 60 {
				return m
			}
		}
		return -1
	}
	add := func(m, next int) int {
		if h == 24 && m > 0 {
			return i
		}
		return s.add(Token{Kind: TokTime, Value: twoDigits(h) + ":" + twoDigits(m)}, i, next)
	}
	if s.mark(i+1, ':', true) && s.glued(i+2) {
		m := minutes(i + 2)
		if m < 0 || s.mark(i+3, ':', true) && s.glued(i+4) && minutes(i+4) < 0 {
			return i
		}
		if s.mark(i+3, ':', true) && s.glued(i+4) {
			return add(m, i+5)
		}
		if s.glued(i+3) && (s.at(i+3).kind != atomMark || s.at(i+3).ch == '%' || s.glued(i+4) && s.at(i+4).kind == atomDigits) {
			return i
		}
		return add(m, i+3)
	}
	if s.kw(i+1) != kwHour {
		return i
	}
	abbreviated := s.str(i+1) == "h"
	if abbreviated && !s.glued(i+1) {
		return i
	}
	if m := minutes(i + 2); m >= 0 && s.at(i+2).gap != gapBreak && (abbreviated && s.glued(i+2) || !abbreviated && !s.noun(i+3)) {
		next := i + 3
		if s.kw(next) == kwMinute {
			next++
		}
		return add(m, next)
	}
	switch {
	case s.glued(i+1) && !abbreviated, s.kw(i+2) == kwPartOfDay, s.kw(i+2) == kwDay,
		s.str(i-1) == "lúc", s.str(i-1) == "hồi", s.before(i) == kwFrom, s.before(i) == kwTo:
		return add(0, i+2)
	case abbreviated:
		return add(0, i+2)
	}
	return i
}

func twoDigits(n int) string {
	return string([]byte{byte('0' + n/10), byte('0' + n%10)})
}
