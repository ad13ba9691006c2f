package vntext

// This file holds periods: months, quarters, years and windows of days.

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// PeriodKind says how long a period is.
type PeriodKind uint8

const (
	Month      PeriodKind = iota + 1 // N is 1..12
	Quarter                          // N is 1..4
	Half                             // N is 1 or 2
	NineMonths                       // the first nine months; N is 0
	Year                             // N is 0
	Week                             // ISO week; N is 1..53
	Window                           // any two days; Year and N are 0
)

// String names the kind for messages.
func (k PeriodKind) String() string {
	switch k {
	case Month:
		return "month"
	case Quarter:
		return "quarter"
	case Half:
		return "half"
	case NineMonths:
		return "nine months"
	case Year:
		return "year"
	case Week:
		return "week"
	case Window:
		return "window"
	}
	return "none"
}

// Period is a stretch of days. From and To are ISO dates, both days included; they
// are "" where the year is not known (0) or an end of a window is impossible. The
// zero value is no period.
type Period struct {
	Kind     PeriodKind
	Year, N  int
	From, To string
}

// ErrPeriod is wrapped by the errors of ParsePeriod.
var ErrPeriod = errors.New("not a period")

// isoDate is the layout of From and To.
const isoDate = "2006-01-02"

// NewPeriod gives the period of a kind other than Window with its days. The days
// are "" when year is 0 or n is not one that the kind has.
func NewPeriod(kind PeriodKind, year, n int) Period {
	p := Period{Kind: kind, Year: year, N: n}
	if year <= 0 || year > 9999 {
		return p
	}
	var from, to time.Time
	months := func(first, count int) {
		from = date(year, first, 1)
		to = from.AddDate(0, count, -1)
	}
	switch {
	case kind == Month && n >= 1 && n <= 12:
		months(n, 1)
	case kind == Quarter && n >= 1 && n <= 4:
		months(3*n-2, 3)
	case kind == Half && n >= 1 && n <= 2:
		months(6*n-5, 6)
	case kind == NineMonths:
		months(1, 9)
	case kind == Year:
		months(1, 12)
	case kind == Week && n >= 1 && n <= weeksOf(year):
		from = weekStart(year).AddDate(0, 0, 7*(n-1))
		to = from.AddDate(0, 0, 6)
	default:
		return p
	}
	p.From, p.To = from.Format(isoDate), to.Format(isoDate)
	return p
}

// NewWindow gives the period between two ISO dates, both included. A window that is
// exactly a month, quarter, half year, nine months or year stays a Window; see
// Canonical.
func NewWindow(from, to string) Period {
	return Period{Kind: Window, From: from, To: to}
}

// Canonical gives a window that is exactly a month, quarter, half year, the first
// nine months, or a year as that; other periods come back unchanged.
func (p Period) Canonical() Period {
	if p.Kind != Window {
		return p
	}
	from, err := time.Parse(isoDate, p.From)
	if err != nil {
		return p
	}
	year, month := from.Year(), int(from.Month())
	for _, q := range []Period{
		NewPeriod(Month, year, month),
		NewPeriod(Quarter, year, (month+2)/3),
		NewPeriod(Half, year, (month+5)/6),
		NewPeriod(NineMonths, year, 0),
		NewPeriod(Year, year, 0),
	} {
		if q.From == p.From && q.To == p.To {
			return q
		}
	}
	return p
}

func date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// weekStart gives the Monday of ISO week 1.
func weekStart(year int) time.Time {
	d := date(year, 1, 4)
	return d.AddDate(0, 0, -(int(d.Weekday())+6)%7)
}

func weeksOf(year int) int {
	_, w := date(year, 12, 28).ISOWeek()
	return w
}

// String gives the canonical form: 2023-05, 2023-Q1, 2023-H1, 2023-9M, 2023,
// 2026-W24, or FROM/TO. An unknown year is printed as 0000; no period is "".
func (p Period) String() string {
	switch p.Kind {
	case Month:
		return fmt.Sprintf("%04d-%02d", p.Year, p.N)
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", p.Year, p.N)
	case Half:
		return fmt.Sprintf("%04d-H%d", p.Year, p.N)
	case NineMonths:
		return fmt.Sprintf("%04d-9M", p.Year)
	case Year:
		return fmt.Sprintf("%04d", p.Year)
	case Week:
		return fmt.Sprintf("%04d-W%02d", p.Year, p.N)
	case Window:
		return p.From + "/" + p.To
	}
	return ""
}

// Prev gives the period of the same kind just before p: the month, quarter, half or
// week before; for nine months and a year, those of the year before; for a window,
// the window of the same number of days that ends the day before it begins, except
// that a window of whole months moves by that many months. Without a year (or, for a
// window, days) it gives no period.
func (p Period) Prev() Period {
	if p.From == "" || p.To == "" {
		return Period{}
	}
	switch p.Kind {
	case Month:
		return before(p, 12)
	case Quarter:
		return before(p, 4)
	case Half:
		return before(p, 2)
	case Week:
		if p.N == 1 {
			return NewPeriod(Week, p.Year-1, weeksOf(p.Year-1))
		}
		return NewPeriod(Week, p.Year, p.N-1)
	case NineMonths, Year:
		return NewPeriod(p.Kind, p.Year-1, 0)
	}
	from, err := time.Parse(isoDate, p.From)
	if err != nil {
		return Period{}
	}
	to, err := time.Parse(isoDate, p.To)
	if err != nil || to.Before(from) {
		return Period{}
	}
	end := from.AddDate(0, 0, -1)
	if next := to.AddDate(0, 0, 1); from.Day() == next.Day() && from.Day() <= 28 {
		months := (next.Year()-from.Year())*12 + int(next.Month()) - int(from.Month())
		return NewWindow(from.AddDate(0, -months, 0).Format(isoDate), end.Format(isoDate))
	}
	days := int(to.Sub(from).Hours()/24) + 1
	return NewWindow(from.AddDate(0, 0, -days).Format(isoDate), end.Format(isoDate))
}

func before(p Period, perYear int) Period {
	if p.N == 1 {
		return NewPeriod(p.Kind, p.Year-1, perYear)
	}
	return NewPeriod(p.Kind, p.Year, p.N-1)
}

// Compare orders periods by their first day, then the shorter first; it returns -1,
// 0 or 1. Periods without days come first, in the order of year, kind and number.
func (p Period) Compare(q Period) int {
	if c := strings.Compare(p.From, q.From); c != 0 {
		return c
	}
	if c := strings.Compare(p.To, q.To); c != 0 {
		return c
	}
	for _, d := range [...]int{p.Year - q.Year, int(p.Kind) - int(q.Kind), p.N - q.N} {
		if d != 0 {
			return d / max(d, -d)
		}
	}
	return 0
}

// Contains tells whether the ISO date day lies in p.
func (p Period) Contains(day string) bool {
	return p.From != "" && p.To != "" && p.From <= day && day <= p.To
}

// ParsePeriod reads a period that a person types: the canonical forms of String, or
// Vietnamese ones ("tháng 5/2023", "5/2023", "quý II năm 2023", "6 tháng đầu năm
// 2023", "từ ngày 1/5/2023 đến 30/5/2023"). The whole text must be one period with
// its year. Errors wrap ErrPeriod.
func ParsePeriod(s string) (Period, error) {
	trimmed := strings.TrimSpace(s)
	if p, ok := parseCanonical(strings.ToUpper(trimmed)); ok {
		return p, nil
	}
	text := strings.TrimSpace(Key(trimmed))
	tokens := Scan(text)
	if len(tokens) != 1 || tokens[0].Start != 0 || tokens[0].End != len(text) {
		// a month or year without its word is a period only where nothing else can be meant
		if tokens = Scan("trong " + text); len(tokens) != 1 || tokens[0].End != len(text)+len("trong ") {
			return Period{}, fmt.Errorf("read period %q: %w", s, ErrPeriod)
		}
	}
	t := tokens[0]
	switch {
	case t.Kind == TokPeriod && !t.Impossible && t.Period.From != "" && t.Period.From <= t.Period.To:
		return t.Period.Canonical(), nil
	case t.Kind == TokPeriod && t.Period.Year == 0 && t.Period.Kind != Window:
		return Period{}, fmt.Errorf("read period %q: %w: the year is missing", s, ErrPeriod)
	case t.Kind == TokNumber && len(text) == 4 && plausibleYear(atoi(t.Value)):
		return NewPeriod(Year, atoi(t.Value), 0), nil
	}
	if m, y, ok := strings.Cut(text, "/"); ok && len(y) == 4 && len(m) <= 2 {
		if p := NewPeriod(Month, atoi(y), atoi(m)); p.From != "" {
			return p, nil
		}
	}
	return Period{}, fmt.Errorf("read period %q: %w", s, ErrPeriod)
}

// parseCanonical reads the forms that String writes.
func parseCanonical(s string) (Period, bool) {
	if from, to, ok := strings.Cut(s, "/"); ok && len(from) == len(isoDate) {
		_, err1 := time.Parse(isoDate, from)
		_, err2 := time.Parse(isoDate, to)
		return NewWindow(from, to), err1 == nil && err2 == nil && from <= to
	}
	if len(s) < 4 || !digits(s[:4]) {
		return Period{}, false
	}
	year := atoi(s[:4])
	rest := s[4:]
	var p Period
	switch {
	case rest == "":
		p = NewPeriod(Year, year, 0)
	case rest == "-9M":
		p = NewPeriod(NineMonths, year, 0)
	case len(rest) == 3 && rest[0] == '-' && digits(rest[1:]):
		p = NewPeriod(Month, year, atoi(rest[1:]))
	case len(rest) == 3 && rest[:2] == "-Q" && digits(rest[2:]):
		p = NewPeriod(Quarter, year, atoi(rest[2:]))
	case len(rest) == 3 && rest[:2] == "-H" && digits(rest[2:]):
		p = NewPeriod(Half, year, atoi(rest[2:]))
	case len(rest) == 4 && rest[:2] == "-W" && digits(rest[2:]):
		p = NewPeriod(Week, year, atoi(rest[2:]))
	}
	return p, p.From != ""
}

// digits tells whether s is one or more ASCII digits.
func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// atoi reads digits, 0 where s is no number that fits.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// plausibleYear tells numbers that a report can mean as a year.
func plausibleYear(y int) bool { return y >= 1900 && y <= 2100 }
