package vntext

// This file reads dates and the windows between two of them.

import "time"

// A printedDate is a date being read; what is not printed is 0.
type printedDate struct {
	day, month, year int
	start, next      int // atoms
	impossible       bool
	named            bool // its form can mean nothing but a date
}

// cue says how sure the words before a number are that it is a date.
type cue uint8

const (
	cueNone   cue = iota
	cueWeak       // từ, đến, trước, sau: "15/5" is a date, "5.7" is not
	cueStrong     // ngày, mùng, sáng, chiều
)

// cueBefore reads the cue in the word before atom i.
func (s *scanner) cueBefore(i int) cue {
	switch s.before(i) {
	case kwDay, kwDayOfMonth, kwPartOfDay:
		return cueStrong
	case kwFrom, kwTo, kwBefore, kwUntilEnd:
		return cueWeak
	}
	// a list of dates: "ngày 15/5, 16/5"
	if n := len(s.tokens); n > 0 && s.tokens[n-1].Kind == TokDate && (s.mark(i-1, ',', true) || s.kw(i-1) == kwAnd) &&
		s.at(i).gap != gapBreak && int(s.at(i-2).end) == s.tokens[n-1].End {
		return cueWeak
	}
	return cueNone
}

// daysIn gives the number of days of a month; year 0 counts as a leap year.
func daysIn(month, year int) int {
	if year == 0 {
		year = 2000
	}
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// exists tells whether the calendar has the date; day 0 is any day.
func exists(d, m, y int) bool {
	return m >= 1 && m <= 12 && d >= 0 && d <= daysIn(m, y)
}

// readDate reads a date whose first digits are atom i: "25/5/2023", "24 tháng 5 năm
// 2023", "15/5" and "15" where c allows them. Forms that are not dates for sure come
// back only with a cue.
func (s *scanner) readDate(i int, c cue) (printedDate, bool) {
	d := printedDate{day: s.small(i, 2), start: i}
	if d.day < 0 || s.at(i).kind != atomDigits {
		return printedDate{}, false
	}
	if s.kw(i+1) == kwMonth && s.isDigits(i+2) { // 24 tháng 5 năm 2023
		d.month = s.small(i+2, 2)
		d.next = i + 3
		d.year, d.next = s.yearAfter(d.next)
		d.named = c == cueStrong || d.year > 0
		if d.month < 1 || d.day < 1 || !d.named {
			return printedDate{}, false
		}
		d.impossible = !exists(d.day, d.month, d.year)
		return d, !d.impossible || c == cueStrong || d.month <= 12
	}
	sep := s.at(i + 1)
	if sep.kind != atomMark || sep.ch != '/' && sep.ch != '-' && sep.ch != '.' {
		return printedDate{}, false
	}
	loose := c == cueStrong && sep.ch == '/'
	ok := func(j int) bool { // the separator j and the digits after it
		return s.mark(j, sep.ch, !loose) && s.isDigits(j+1) && (s.glued(j+1) || loose)
	}
	if !ok(i + 1) {
		return printedDate{}, false
	}
	d.month, d.next = s.small(i+2, 2), i+3
	if d.month < 1 {
		return printedDate{}, false
	}
	if ok(i + 3) {
		switch year := s.small(i+4, 4); {
		case s.width(i+4) == 4 && (plausibleYear(year) || sep.ch == '/' && year >= 1000):
			d.year = year
		case s.width(i+4) == 2 && year >= 0 && sep.ch == '/' && s.glued(i+4) && exists(d.day, d.month, 2000+year) && d.day > 0:
			d.year = 2000 + year
		default:
			return printedDate{}, false
		}
		d.next = i + 5
		d.impossible = d.day == 0 || !exists(d.day, d.month, d.year)
		if s.mark(d.next, '/', true) && s.glued(d.next+1) && s.at(d.next+1).kind != atomMark {
			return printedDate{}, false // 15/5/2023/qđ
		}
		if d.impossible && sep.ch != '/' && c != cueStrong {
			return printedDate{}, false // 31.6.2023 may be a heading
		}
		d.named = true
		return d, true
	}
	// day and month only
	if c == cueNone || d.day == 0 || d.month == 0 || c == cueWeak && sep.ch != '/' {
		return printedDate{}, false
	}
	if s.mark(d.next, sep.ch, true) && s.glued(d.next+1) && s.isDigits(d.next+1) {
		return printedDate{}, false
	}
	if y, next := s.yearAfter(d.next); y > 0 && s.kw(d.next) == kwFive { // 24/5 năm 2023
		d.year, d.next = y, next
	}
	d.impossible = !exists(d.day, d.month, d.year)
	if d.impossible && (s.before(i) != kwDay || d.day > 31 && d.month > 12) {
		return printedDate{}, false
	}
	if s.percent(d.next) > d.next || s.isScale(d.next) || c == cueWeak && s.noun(d.next) {
		return printedDate{}, false
	}
	d.named = c == cueStrong
	return d, true
}

// yearAfter reads the year printed after a month, quarter or week: "/2023", "-2023",
// ".2023", "năm 2023", ", năm 2023". It gives 0 and i where there is none.
func (s *scanner) yearAfter(i int) (year, next int) {
	j := i
	switch {
	case s.mark(j, '/', false) || s.mark(j, '-', false) || s.mark(j, '.', true):
		if s.at(j).ch == '.' && !s.glued(j+1) || s.at(j).ch == '-' && s.at(j).gap != s.at(j+1).gap {
			return 0, i
		}
		j++
	case s.kw(j) == kwFive:
		j++
	case s.mark(j, ',', true) && s.kw(j+1) == kwFive:
		j += 2
	case s.str(j) == "của" && s.kw(j+1) == kwFive:
		j += 2
	default:
		return 0, i
	}
	if !s.isDigits(j) || s.width(j) != 4 {
		return 0, i
	}
	y := s.small(j, 4)
	if !plausibleYear(y) || !s.glued(j) && s.at(j-1).ch == '-' && s.noun(j+1) {
		return 0, i
	}
	if s.mark(j+1, '/', true) && s.glued(j+2) && s.at(j+2).kind != atomMark {
		return 0, i // tháng 5/2023/..., or a reference
	}
	return y, j + 1
}

// looksLikeDate tells whether a full date begins at i.
func (s *scanner) looksLikeDate(i int) bool {
	d, ok := s.readDate(i, cueNone)
	return ok && d.named
}

// dateToken makes the token of d, without positions.
func (d printedDate) token() Token {
	return Token{Kind: TokDate, Day: d.day, Month: d.month, Year: d.year, Impossible: d.impossible, Rounding: 1}
}

// goesOn tells whether what was read before atom i goes on with a letter or digit,
// directly or behind a mark.
func (s *scanner) goesOn(i int) bool {
	a := s.at(i)
	if a.gap != gapNone {
		return false
	}
	return a.kind != atomMark || a.ch != ')' && s.glued(i+1) && s.at(i+1).kind == atomDigits
}

// isoDate reads "2025-10-13".
func (s *scanner) isoDate(i int) int {
	if s.width(i) != 4 || !s.mark(i+1, '-', true) || !s.mark(i+3, '-', true) || !s.glued(i+2) || !s.glued(i+4) || s.width(i+2) != 2 || s.width(i+4) != 2 {
		return i
	}
	y, m, d := s.small(i, 4), s.small(i+2, 2), s.small(i+4, 2)
	if !plausibleYear(y) || d < 1 || !exists(d, m, y) {
		return i
	}
	return s.add(Token{Kind: TokDate, Day: d, Month: m, Year: y}, i, i+5)
}

// date reads a single date at the digits i.
func (s *scanner) date(i int) int {
	if next := s.isoDate(i); next > i {
		return next
	}
	c := s.cueBefore(i)
	if d, ok := s.readDate(i, c); ok {
		return s.add(d.token(), i, d.next)
	}
	// a day of the month alone: "trước ngày 25 hằng tháng"
	if k := s.before(i); k == kwDay || k == kwDayOfMonth {
		n := s.small(i, 2)
		if n >= 1 && n <= 31 && (!s.noun(i+1) || s.kw(i+1) == kwMonth) && s.percent(i+1) == i+1 && !s.isScale(i+1) && !s.goesOn(i+1) && !s.isDigits(i-2) {
			return s.add(Token{Kind: TokDate, Day: n}, i, i+1)
		}
	}
	return i
}

// endpoint is one end of a window: a date, or a month.
type endpoint struct {
	printedDate
	isMonth bool
	partial bool // the year is missing
}

// readEnd reads one end of a window at i: "ngày 01/05/2023", "hết ngày 30 tháng 5",
// "01/5", "tháng 5/2023", and in the first place also a day alone.
func (s *scanner) readEnd(i int, c cue, first bool) (endpoint, bool) {
	start := i
	for !first && oneOf(s.kw(i), kwUntilEnd, kwLast) {
		i++
	}
	switch s.kw(i) {
	case kwMonth:
		if m := s.small(i+1, 2); m >= 1 && m <= 12 && s.isDigits(i+1) {
			e := endpoint{isMonth: true, printedDate: printedDate{month: m, start: start}}
			e.year, e.next = s.yearAfter(i + 2)
			e.partial = e.year == 0
			return e, true
		}
		return endpoint{}, false
	case kwDay, kwDayOfMonth:
		i++
		c = cueStrong
	}
	if !s.isDigits(i) && !(i == start && s.at(i).kind == atomDigits) {
		return endpoint{}, false
	}
	if m := s.small(i, 2); i == start && m >= 1 && m <= 12 && s.mark(i+1, '/', true) && s.glued(i+2) && s.width(i+2) == 4 { // 05/2023
		if year, next := s.yearAfter(i + 1); year > 0 {
			return endpoint{isMonth: true, printedDate: printedDate{month: m, year: year, start: i, next: next}}, true
		}
	}
	d, ok := s.readDate(i, c)
	if !ok && first && c == cueStrong {
		if n := s.small(i, 2); n >= 1 && n <= 31 {
			d, ok = printedDate{day: n, start: i, next: i + 1}, true
		}
	}
	if !ok {
		return endpoint{}, false
	}
	return endpoint{printedDate: d, partial: d.year == 0}, true
}

// window reads two dates or months as one period: "từ ngày 01/05/2023 đến hết ngày
// 30/5/2023", "15/4 - 14/5/2023". The token begins at atom start, the first end at i.
func (s *scanner) window(start, i int) int {
	from := s.at(start).kw == kwFrom
	c := s.cueBefore(i)
	if from {
		c = max(c, cueWeak)
	}
	a, ok := s.readEnd(i, c, true)
	if !ok {
		if c != cueNone || s.small(i, 2) < 1 {
			return start
		}
		if a, ok = s.readEnd(i, cueWeak, true); !ok { // 15/4 - 14/5/2023
			return start
		}
	}
	j := a.next
	dash := s.mark(j, '-', false)
	if !dash && s.kw(j) != kwTo {
		return start
	}
	if dash && !s.glued(j) && s.glued(j+1) && !from { // a bullet: " -15/5"
		return start
	}
	c2 := c
	if c2 == cueNone || a.named {
		c2 = cueWeak
	}
	b, ok := s.readEnd(j+1, c2, false)
	if m := s.small(j+1, 2); !ok && a.isMonth && m >= 1 && m <= 12 && s.isDigits(j+1) { // từ tháng 1 đến 5 năm 2023
		b = endpoint{isMonth: true, printedDate: printedDate{month: m, start: j + 1}}
		b.year, b.next = s.yearAfter(j + 2)
		ok = b.year > 0
	}
	if !ok {
		return start
	}
	switch {
	case a.isMonth != b.isMonth:
		return start
	case a.month == 0 && (b.month == 0 || b.day == 0):
		return start
	case c == cueNone && !from && !a.named && b.year == 0:
		return start // 12/15 - 14/5: no word and no year says that these are dates
	}
	return s.addWindow(a, b, start)
}

// addWindow fills in what the first end lacks from the second, and adds the token.
func (s *scanner) addWindow(a, b endpoint, start int) int {
	if a.month == 0 {
		a.month = b.month
	}
	switch {
	case a.year == 0 && b.year != 0:
		a.year = b.year
		if a.month > b.month {
			a.year--
		}
	case b.year == 0 && a.year != 0:
		b.year = a.year
		if b.month < a.month {
			b.year++
		}
	}
	t := Token{Kind: TokPeriod, Period: Period{Kind: Window}}
	t.Period.From, t.Period.To = a.iso(false), b.iso(true)
	for _, e := range [...]*endpoint{&a, &b} {
		sub := e.printedDate.token()
		if e.isMonth {
			sub.Kind, sub.Period = TokPeriod, NewPeriod(Month, e.year, e.month)
		} else {
			sub.Impossible = e.impossible || !exists(e.day, e.month, e.year)
			t.Impossible = t.Impossible || sub.Impossible
		}
		sub.Start, sub.End = int(s.at(e.start).start), int(s.at(e.next-1).end)
		t.Sub = append(t.Sub, sub)
	}
	return s.add(t, start, b.next)
}

// iso gives the first or last day of e, "" where it is not known.
func (e endpoint) iso(last bool) string {
	switch {
	case e.year == 0:
		return ""
	case e.isMonth:
		p := NewPeriod(Month, e.year, e.month)
		if last {
			return p.To
		}
		return p.From
	case e.day == 0 || !exists(e.day, e.month, e.year):
		return ""
	}
	return date(e.year, e.month, e.day).Format(isoDate)
}
