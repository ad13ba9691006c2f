// This file decides which period a report is about and from when to when its data
// run.

package normalize

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"baocao/normalize/vntext"
)

// found is a period printed somewhere, perhaps without its year.
type found struct {
	period vntext.Period
	sub    []vntext.Token // the two days of a window
	piece  int
	start  int // in the folded piece
	end    int
	weak   bool // names a plan or an index, not what is reported on
	ahead  bool // stands after "phương hướng, nhiệm vụ"
}

// hasYear says whether the period is complete.
func (f *found) hasYear() bool { return f.period.From != "" && f.period.To != "" }

// periodsOf lists the periods of a part in order.
func (o *outline) periodsOf(part span) []found {
	var out []found
	for i := part.from; i < part.to; i++ {
		out = append(out, o.periodsIn(i)...)
	}
	return out
}

// periodsIn lists the periods of piece i.
func (o *outline) periodsIn(i int) []found {
	var out []found
	p := &o.pieces[i]
	key := p.key()
	last := 0 // end of the period before
	for _, t := range p.tokens() {
		f := found{period: t.Period, sub: t.Sub, piece: i, start: t.Start, end: t.End}
		switch t.Kind {
		case vntext.TokPeriod:
		case vntext.TokNumber:
			var ok bool
			if f.period, ok = monthsOfYear(key, t); !ok || !o.title.contains(i) && !o.headlines.contains(i) {
				continue
			}
		default:
			// A date without its day ("ngày   tháng 01 năm 2024") is a blank, no period.
			continue
		}
		if y, ok := sinceNewYear(key, t); ok {
			f.period, f.sub = vntext.Period{Kind: vntext.Window, From: y}, nil
		}
		f.weak = namesPlan(key[last:t.Start])
		last = t.End
		f.ahead = looksAhead(key[:t.Start])
		out = append(out, f)
	}
	if out == nil {
		if j := strings.Index(key, "từ đầu năm đến nay"); j >= 0 {
			out = append(out, found{period: vntext.Period{Kind: vntext.Window}, piece: i, start: j, end: j + len("từ đầu năm đến nay")})
		}
	}
	return out
}

// monthsOfYear reads "6 tháng" and "9 tháng" in a title, which mean the first ones
// of the year where nothing else is said.
func monthsOfYear(key string, t vntext.Token) (vntext.Period, bool) {
	rest, ok := strings.CutPrefix(key[t.End:], " tháng")
	if !ok {
		return vntext.Period{}, false
	}
	for _, w := range []string{" cuối", " tới", " tiếp", " còn lại", " qua"} {
		if strings.HasPrefix(rest, w) {
			return vntext.Period{}, false
		}
	}
	switch t.Value {
	case "6":
		return vntext.NewPeriod(vntext.Half, 0, 1), true
	case "9":
		return vntext.NewPeriod(vntext.NineMonths, 0, 0), true
	}
	return vntext.Period{}, false
}

// sinceNewYear reads "từ đầu năm 2015 đến nay": the year is the token.
func sinceNewYear(key string, t vntext.Token) (from string, ok bool) {
	if t.Period.Kind != vntext.Year || t.Period.Year == 0 {
		return "", false
	}
	before, after := key[:t.Start], key[t.End:]
	if strings.HasSuffix(before, "từ đầu ") && strings.HasPrefix(after, " đến ") {
		return t.Period.From, true
	}
	return "", false
}

// namesPlan says whether the words before a period make it part of a name: a plan,
// programme, resolution or index "năm 2023".
func namesPlan(before string) bool {
	const window = 60
	if len(before) > window {
		before = before[len(before)-window:]
	}
	if i := strings.LastIndexAny(before, ",;:."); i >= 0 {
		before = before[i:]
	}
	for _, w := range []string{"kế hoạch", "chương trình", "nghị quyết", "chỉ số", "đề án", "dự toán", "chỉ tiêu", "so với", "cùng kì", "nghị định"} {
		if i := strings.LastIndex(before, w); i >= 0 && !strings.Contains(before[i:], "báo cáo") && !strings.Contains(before[i:], "kết quả") {
			return true
		}
	}
	return false
}

// looksAhead says whether a period stands after words that announce the plan for
// the next one.
func looksAhead(before string) bool {
	for _, w := range []string{"phương hướng", "nhiệm vụ trọng tâm", ", nhiệm vụ", "; nhiệm vụ", "và nhiệm vụ", "định hướng", "kế hoạch công tác", "triển khai nhiệm vụ"} {
		if strings.Contains(before, w) {
			return true
		}
	}
	return false
}

// periodResult is what is known of period and data window.
type periodResult struct {
	period   vntext.Period
	from, to string
}

// periodFinder decides the period of one document.
type periodFinder struct {
	o     *outline
	date  string // of the document, "" where unknown
	month string // of its date, where the day was left blank
	year  int    // from the file's name, 0 where it has none
	// yearUsed is set where the year had to be taken from the file's name.
	yearUsed bool
}

// find gives the report's period. The title decides; without a period there, the
// sentence that opens the report, the closing sentence, the window of the data,
// and last whatever period the text names first.
func (f *periodFinder) find() periodResult {
	var r periodResult
	o := f.o
	title := slices.Concat(o.periodsOf(o.title), o.subject())
	if !o.formal {
		title = o.periodsOf(o.headlines)
	}
	intro := o.periodsOf(o.intro)
	body := o.periodsOf(o.body)
	end := o.periodsOf(o.end)
	all := slices.Concat(title, intro, body, end)
	reported := f.afterReports(intro)
	var closing []found
	for _, c := range end {
		if strings.HasPrefix(o.pieces[c.piece].key(), "trên đây") {
			closing = append(closing, c)
		}
	}
	if o.formal {
		for _, list := range [][]found{calendar(title), calendar(reported), calendar(closing), windows(title), windows(intro), calendar(intro), windows(body), calendar(body)} {
			if p, ok := f.first(list, all); ok {
				r.period = p
				break
			}
		}
	} else {
		for _, list := range [][]found{calendar(title), title, slices.Concat(intro, body, end)} {
			if p, ok := f.first(list, all); ok {
				r.period = p
				break
			}
		}
	}
	r.period = r.period.Canonical()
	if !o.formal && r.period.Kind == 0 {
		return r
	}
	r.from, r.to = f.window(r.period, all)
	return r
}

// subject lists the periods in the line of a letter that says what it is about
// ("V/v báo cáo công tác CCHC tháng 5"), which stands for a title.
func (o *outline) subject() []found {
	var out []found
	for i := o.letterhead.from; i < o.letterhead.to; i++ {
		if key := o.pieces[i].key(); strings.HasPrefix(key, "v/v") || strings.HasPrefix(key, "về việc") {
			out = append(out, o.periodsIn(i)...)
		}
	}
	return out
}

// calendar keeps months, quarters and other named periods.
func calendar(list []found) []found {
	return slices.DeleteFunc(slices.Clone(list), func(f found) bool { return f.period.Kind == vntext.Window })
}

// windows keeps the periods given by two days.
func windows(list []found) []found {
	return slices.DeleteFunc(slices.Clone(list), func(f found) bool { return f.period.Kind != vntext.Window })
}

// afterReports keeps what stands after the words "báo cáo" of the opening
// sentence: before them the legal grounds name plans and letters.
func (f *periodFinder) afterReports(intro []found) []found {
	var out []found
	for _, c := range intro {
		key := f.o.pieces[c.piece].key()
		i := strings.LastIndex(key, "ubnd")
		i = max(i, strings.LastIndex(key, "ủy ban nhân dân"), 0)
		j := strings.Index(key[i:], "báo cáo")
		if j >= 0 && c.start > i+j {
			out = append(out, c)
		}
	}
	return out
}

// first gives the first period of a list that is neither a plan nor a name, with
// its year; names of plans are taken where there is nothing else.
func (f *periodFinder) first(list, all []found) (vntext.Period, bool) {
	for _, weak := range []bool{false, true} {
		for i := range list {
			c := &list[i]
			if c.weak != weak || c.ahead && i > 0 {
				continue
			}
			if p, ok := f.complete(c, all); ok {
				return p, true
			}
		}
	}
	return vntext.Period{}, false
}

// complete gives a period its year: from the next period in the same line, from
// the same period elsewhere in the text, from the date of the document, from the
// file's name.
func (f *periodFinder) complete(c *found, all []found) (vntext.Period, bool) {
	if c.hasYear() {
		return c.period, c.period.From <= c.period.To
	}
	if c.period.Kind == vntext.Window {
		return f.completeWindow(c)
	}
	with := func(year int) (vntext.Period, bool) {
		p := vntext.NewPeriod(c.period.Kind, year, c.period.N)
		return p, p.From != ""
	}
	for i := range all {
		n := &all[i]
		if n.piece != c.piece && !(n.piece == c.piece+1 && f.o.title.contains(n.piece)) || n.piece == c.piece && n.start <= c.start || n.period.Year == 0 {
			continue
		}
		p, ok := with(n.period.Year)
		if ok && n.ahead && n.hasYear() && p.From >= n.period.From {
			p, ok = with(n.period.Year - 1) // "tháng 12, nhiệm vụ tháng 01 năm 2024"
		}
		return p, ok
	}
	for i := range all {
		if n := &all[i]; n.period.Kind == c.period.Kind && n.period.N == c.period.N && n.period.Year != 0 && !n.weak {
			return with(n.period.Year)
		}
	}
	if last := f.lastDay(); last != "" {
		p, ok := with(yearOf(last))
		if ok && p.From > last {
			p, ok = with(yearOf(last) - 1)
		}
		return p, ok
	}
	for i := range all {
		if n := &all[i]; n.period.Year != 0 && !n.weak {
			return with(n.period.Year)
		}
	}
	if f.year != 0 {
		f.yearUsed = true
		return with(f.year)
	}
	return vntext.Period{}, false
}

// lastDay is the date of the document, or the last day it can be of; "" where nothing
// is known.
func (f *periodFinder) lastDay() string {
	if f.date != "" || f.month == "" {
		return f.date
	}
	return f.month + "-31" // compared as text: no day of the month is later
}

// lateReport is how long after the end of its period a report may be dated.
const lateReport = 6 * 31 * 24 * time.Hour

// against says what in the text speaks against a period that a name gives, "" for
// nothing: the report's own date, else the years that it prints.
func (f *periodFinder) against(p vntext.Period) string {
	if last := f.lastDay(); last != "" {
		end, err := time.Parse(time.DateOnly, p.To)
		if last >= p.From && err == nil && last[:7] <= end.Add(lateReport).Format(time.DateOnly)[:7] {
			return ""
		}
		return "the report is dated " + cmp.Or(f.date, f.month)
	}
	years, near := 0, false
	for i := range f.o.pieces {
		for _, t := range f.o.pieces[i].tokens() {
			year := t.Year
			if t.Kind == vntext.TokPeriod {
				year = t.Period.Year
			}
			if (t.Kind == vntext.TokDate || t.Kind == vntext.TokPeriod) && year != 0 {
				years++
				near = near || year == yearOf(p.From) || year == yearOf(p.To)
			}
		}
	}
	if years > 0 && !near {
		return "the text names other years only"
	}
	return ""
}

// completeWindow gives a window its missing years, and its end to "từ đầu năm đến
// nay": the date of the document.
func (f *periodFinder) completeWindow(c *found) (vntext.Period, bool) {
	if len(c.sub) != 2 {
		from := c.period.From
		if f.date == "" {
			return vntext.Period{}, false
		}
		if from == "" {
			from = f.date[:4] + "-01-01"
		}
		return vntext.NewWindow(from, f.date), from <= f.date
	}
	if c.period.From != "" || c.period.To != "" || c.sub[0].Impossible || c.sub[1].Impossible {
		return vntext.Period{}, false
	}
	year := f.year
	if last := f.lastDay(); last != "" {
		year = yearOf(last)
		if day(year, c.sub[1]) > last {
			year--
		}
	} else {
		f.yearUsed = true
	}
	if year == 0 {
		return vntext.Period{}, false
	}
	return windowIn(year, c.sub)
}

// windowIn puts a window without years so that it ends in the year.
func windowIn(year int, sub []vntext.Token) (vntext.Period, bool) {
	from, to := day(year, sub[0]), day(year, sub[1])
	if from > to {
		from = day(year-1, sub[0])
	}
	return vntext.NewWindow(from, to), from != "" && to != ""
}

// day gives the day of a token in a year, "" where the calendar has none.
func day(year int, t vntext.Token) string {
	t.Year = year
	iso := isoOf(t)
	if _, err := time.Parse(time.DateOnly, iso); err != nil {
		return ""
	}
	return iso
}

func yearOf(iso string) int {
	year, err := strconv.Atoi(iso[:min(4, len(iso))])
	if err != nil {
		return 0
	}
	return year
}

// Bounds within which a window of days can be that of a period: periods are cut
// off up to a month early, and a report may be written before its period is over.
const (
	windowSlack  = 31 * 24 * time.Hour
	shortestPart = 0.6 // of the period's days
	longestPart  = 1.5
)

// window gives the first window of days printed in the text that can be that of
// the period. An end that is in no calendar is left "".
func (f *periodFinder) window(p vntext.Period, all []found) (from, to string) {
	if p.Kind == vntext.Window {
		return p.From, p.To
	}
	for i := range all {
		c := &all[i]
		if c.period.Kind != vntext.Window || len(c.sub) != 2 {
			continue
		}
		w := c.period
		if w.From == "" && w.To == "" {
			if c.sub[0].Impossible || c.sub[1].Impossible || p.To == "" {
				continue
			}
			var ok bool
			if w, ok = windowIn(yearOf(p.To), c.sub); !ok {
				continue
			}
		}
		if windowFits(w, p) {
			return w.From, w.To
		}
	}
	return "", ""
}

// windowFits compares a window with the period it may belong to.
func windowFits(w, p vntext.Period) bool {
	pf, err1 := time.Parse(time.DateOnly, p.From)
	pt, err2 := time.Parse(time.DateOnly, p.To)
	if err1 != nil || err2 != nil {
		return false
	}
	near := func(iso string, t time.Time) bool {
		d, err := time.Parse(time.DateOnly, iso)
		return err == nil && d.Sub(t).Abs() <= windowSlack
	}
	switch {
	case w.From == "":
		return near(w.To, pt)
	case w.To == "":
		return near(w.From, pf)
	}
	wf, err1 := time.Parse(time.DateOnly, w.From)
	wt, err2 := time.Parse(time.DateOnly, w.To)
	if err1 != nil || err2 != nil || wt.Before(wf) {
		return false
	}
	part := (wt.Sub(wf) + 24*time.Hour).Hours() / (pt.Sub(pf) + 24*time.Hour).Hours()
	return near(w.From, pf) && near(w.To, pt) && part >= shortestPart && part <= longestPart
}
