// This file finds what only several reports of one unit show: data windows that do
// not follow each other, missing reports, longer periods that are not the sum of the
// shorter ones, one document with two dates, numbers against dates, and outliers.

package check

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"baocao/extract/rules"
	admin "baocao/normalize/place"
	"baocao/normalize/vntext"
)

// seriesKey is one figure of a unit over its reports.
type seriesKey struct {
	ind   int
	field string
}

// point is its value in one report.
type point struct {
	at    int // index of the report
	v     amount
	s     span
	cited Cited
}

// remember keeps the counted figures of the current report for the series.
// A figure with two values is none of them.
func (c *checker) remember(at int) {
	if len(c.reports) < 2 {
		return
	}
	f := c.cur
	for _, k := range f.used {
		vs := f.candidates(k/f.width, k%f.width, now)
		if len(vs) != 1 || f.set.info[vs[0].ind].Kind != "count" || vs[0].fig.Approx {
			continue
		}
		v := vs[0]
		key := seriesKey{v.ind, v.fig.Field}
		if c.history == nil {
			c.history = map[seriesKey][]point{}
		}
		if _, ok := c.history[key]; !ok {
			c.keys = append(c.keys, key)
		}
		c.history[key] = append(c.history[key], point{at, v.v, v.s, f.cite(v, noCtx)[0]})
	}
}

// series runs the checks over all reports of the unit.
func (c *checker) series(ctx context.Context) {
	if ctx.Err() != nil {
		return
	}
	slices.SortFunc(c.keys, func(a, b seriesKey) int {
		if a.ind != b.ind {
			return a.ind - b.ind
		}
		return strings.Compare(a.field, b.field)
	})
	c.windows()
	c.gaps()
	c.aggregates()
	c.references()
	c.numbers()
	c.outliers()
}

// window is the data window that a monthly report prints itself.
func (c *checker) window(i int) (from, to string, ok bool) {
	return monthlyWindow(&c.reports[i], c.periods[i])
}

// printsWindowEnd says whether the last day of the data window is printed.
func (r *Report) printsWindowEnd() bool {
	return slices.ContainsFunc(r.Dates, func(d rules.Date) bool { return d.Role == rules.RoleWindow && iso(&d) == r.To })
}

// convention names the kind of a monthly window: "calendar", "from-15", or ""
// for one that is no whole month. The 15th to the 14th is that of Decree 09/2019.
func convention(from, to string) string {
	f, err1 := time.Parse(isoDay, from)
	t, err2 := time.Parse(isoDay, to)
	next := t.AddDate(0, 0, 1)
	if err1 != nil || err2 != nil || f.AddDate(0, 1, 0) != next {
		return ""
	}
	if f.Day() == 1 {
		return "calendar"
	}
	return "from-" + strconv.Itoa(f.Day())
}

// windows compares every monthly window with the convention, given or learned
// from the reports, and with the window before.
func (c *checker) windows() {
	want := c.opt.windowsOf("")
	for i := range c.reports {
		if r := c.reports[i].Report; r != nil && len(r.Parents) > 0 {
			want = c.opt.windowsOf(admin.Key(r.Parents[len(r.Parents)-1]))
			break
		}
	}
	learned := map[string]int{}
	total := 0
	for i := range c.reports {
		if from, to, ok := c.window(i); ok {
			total++
			learned[convention(from, to)]++
		}
	}
	if want == "" {
		for conv, n := range learned {
			if conv != "" && n >= 3 && 2*n > total {
				want = conv
			}
		}
	}
	for i := range c.reports {
		from, to, ok := c.window(i)
		if !ok {
			continue
		}
		r := &c.reports[i]
		add := func(check string, sev Severity, vi, en string, more ...Cited) {
			fd := newFinding(r, check, "D4", DateKind, sev)
			fd.Message, fd.MessageEN = vi, en
			fd.Figures = append(r.citeWindow(), more...)
			c.add(fd, "window")
		}
		conv := convention(from, to)
		switch {
		case want != "" && conv != want:
			add("window-convention", Info,
				fmt.Sprintf("Kỳ số liệu từ %s đến %s khác cách tính kỳ thường dùng của đơn vị", vnDay(from), vnDay(to)),
				fmt.Sprintf("The data window %s to %s is not the usual one of this unit", from, to))
		case conv == "":
			add("window-convention", Info,
				fmt.Sprintf("Kỳ số liệu từ %s đến %s không tròn một tháng", vnDay(from), vnDay(to)),
				fmt.Sprintf("The data window %s to %s is not one month", from, to))
		}
		if b := c.before(i); b >= 0 {
			_, end, ok := c.window(b)
			next := addDays(end, 1)
			old := &c.reports[b]
			var before []Cited
			for _, ct := range old.citeWindow() {
				before = append(before, old.from(ct))
			}
			switch {
			case !ok || next == "" || next == from:
			case next < from:
				add("window-gap", Warning,
					fmt.Sprintf("Kỳ trước đến %s, kỳ này từ %s: các ngày từ %s đến %s không thuộc kỳ nào", vnDay(end), vnDay(from), vnDay(next), vnDay(addDays(from, -1))),
					fmt.Sprintf("The period before ends on %s and this one begins on %s: the days between are in no report", end, from), before...)
			default:
				add("window-overlap", Warning,
					fmt.Sprintf("Kỳ trước đến %s, kỳ này từ %s: các ngày từ %s đến %s bị tính hai lần", vnDay(end), vnDay(from), vnDay(from), vnDay(end)),
					fmt.Sprintf("The period before ends on %s and this one begins on %s: days are counted twice", end, from), before...)
			}
		}
	}
}

// gaps names the months without a report between the first and the last.
func (c *checker) gaps() {
	last := -1
	for i := range c.reports {
		r := &c.reports[i]
		if c.periods[i].Kind != vntext.Month || r.Report == nil || len(r.Headings) < 3 && r.Number == "" {
			continue // press texts come without a series
		}
		if last >= 0 {
			var missing []string
			for p := c.periods[i].Prev(); p.Kind != 0 && p.Compare(c.periods[last]) > 0 && len(missing) < 12; p = p.Prev() {
				missing = append(missing, p.String())
			}
			if len(missing) > 0 {
				slices.Reverse(missing)
				fd := newFinding(&c.reports[i], "report-missing", "", Missing, Warning)
				fd.Message = "Không có báo cáo của các kỳ: " + strings.Join(missing, ", ")
				fd.MessageEN = "No report for: " + strings.Join(missing, ", ")
				fd.Figures = []Cited{c.reports[i].citeTitle(), c.reports[last].from(c.reports[last].citeTitle())}
				c.add(fd, missing...)
			}
		}
		last = i
	}
}

// parts lists the reports of the shorter periods that make up report i: the
// months of a quarter, and so on. ok is false unless all are there.
func (c *checker) parts(i int) (parts []int, ok bool) {
	p := c.periods[i]
	months := map[vntext.PeriodKind]int{vntext.Quarter: 3, vntext.Half: 6, vntext.NineMonths: 9, vntext.Year: 12}[p.Kind]
	if months == 0 {
		return nil, false
	}
	first := 1
	if p.N > 0 {
		first = (p.N-1)*months + 1
	}
	for m := first; m < first+months; m++ {
		want := vntext.NewPeriod(vntext.Month, p.Year, m)
		j := slices.Index(c.periods, want)
		if j < 0 || c.reports[j].Report == nil {
			return nil, false
		}
		parts = append(parts, j)
	}
	return parts, true
}

// aggregates compares quarters, half years, nine months and years with their
// months: flows add up, what was open at first and at last stays. Where the data
// windows are not printed, that they tile is an assumption.
func (c *checker) aggregates() {
	for i := range c.reports {
		parts, ok := c.parts(i)
		if !ok {
			continue
		}
		r := &c.reports[i]
		sev := Error
		first, _, ok1 := c.window(parts[0])
		_, end, ok2 := c.window(parts[len(parts)-1])
		switch {
		case !ok1 || !ok2 || r.From == "" || r.To == "":
			sev = Warning
		case first != r.From || end != r.To:
			continue // the windows are not the same: nothing can be said
		}
		for _, key := range c.keys {
			whole, ok := c.pointAt(key, i)
			if !ok {
				continue
			}
			c.aggregate(key, i, whole, parts, sev)
		}
	}
}

func (c *checker) pointAt(key seriesKey, at int) (point, bool) {
	ps := c.history[key]
	if n := slices.IndexFunc(ps, func(p point) bool { return p.at == at }); n >= 0 {
		return ps[n], true
	}
	return point{}, false
}

func (c *checker) aggregate(key seriesKey, i int, whole point, parts []int, sev Severity) {
	info := c.set.info[key.ind]
	var sum span
	var nominal amount
	var terms []string
	var cited []Cited
	use := parts
	switch info.Period {
	case "flow":
	case "stock_open":
		use = parts[:1]
	case "stock_close":
		use = parts[len(parts)-1:]
	default:
		return
	}
	for _, at := range use {
		p, ok := c.pointAt(key, at)
		if !ok {
			return // a month that does not print it is no month without it
		}
		sum, nominal = sum.plus(p.s), nominal.plus(p.v)
		terms = append(terms, p.v.String())
		cited = append(cited, c.reports[at].from(p.cited))
	}
	if sum.meets(whole.s) {
		return
	}
	fd := newFinding(&c.reports[i], "period-sum", "T3", Sum, sev)
	fd.Field = key.field
	fd.Op = opNames[equal]
	fd.Left, fd.Right, fd.Gap = whole.v.String(), nominal.String(), whole.v.plus(-nominal).abs().String()
	fd.LeftText, fd.RightText = fd.Left, strings.Join(terms, " + ")
	what, whatEN := "tổng các tháng", "the sum of its months"
	switch info.Period {
	case "stock_open":
		what, whatEN = "số đầu kỳ của tháng đầu", "the opening figure of its first month"
	case "stock_close":
		what, whatEN = "số cuối kỳ của tháng cuối", "the closing figure of its last month"
	}
	fd.Message = fmt.Sprintf("Số của kỳ dài khác %s: %s %s, còn %s = %s; lệch %s", what, lowerFirst(info.Label), whole.v.words(), fd.RightText, nominal.words(), whole.v.plus(-nominal).abs().words())
	fd.MessageEN = fmt.Sprintf("The longer period is not %s: %s %s, but %s = %s; gap %s", whatEN, lowerFirst(info.LabelEN), fd.Left, fd.RightText, fd.Right, fd.Gap)
	if key.field != "" {
		fd.Message += " (lĩnh vực " + FieldLabel(key.field, false) + ")"
		fd.MessageEN += " (field: " + FieldLabel(key.field, true) + ")"
	}
	fd.Figures = append([]Cited{whole.cited}, cited...)
	c.add(fd)
}

// citation is one mention of a document with its date.
type citation struct {
	at   int // report
	ref  *rules.Reference
	body string
}

// references finds one document number with two dates in one year. Numbers are
// unique within a year for one body (Decree 30/2020, article 15); where a body is
// not named, that it is the same is an assumption.
func (c *checker) references() {
	by := map[string][]citation{}
	var numbers []string
	for i := range c.reports {
		if c.reports[i].Report == nil {
			continue
		}
		for j := range c.reports[i].References {
			ref := &c.reports[i].References[j]
			if len(ref.Date) < 4 || ref.Number == c.reports[i].Number {
				continue
			}
			k := strings.ToUpper(ref.Number) + " " + ref.Date[:4]
			if by[k] == nil {
				numbers = append(numbers, k)
			}
			by[k] = append(by[k], citation{i, ref, strings.ToLower(strings.Join(strings.Fields(ref.Issuer), " "))})
		}
	}
	slices.Sort(numbers)
	for _, k := range numbers {
		cs := by[k]
		for n, b := range cs {
			a := slices.IndexFunc(cs[:n], func(a citation) bool {
				return a.ref.Date != b.ref.Date && (a.body == b.body || a.body == "" || b.body == "")
			})
			if a < 0 {
				continue
			}
			old, sev := cs[a], Warning
			if old.body != "" && old.body == b.body {
				sev = Error
			}
			r := &c.reports[b.at]
			fd := newFinding(r, "reference-two-dates", "X3", DateKind, sev)
			fd.Message = fmt.Sprintf("Văn bản %s dẫn với hai ngày: %s và %s", b.ref.Number, vnDay(old.ref.Date), vnDay(b.ref.Date))
			fd.MessageEN = fmt.Sprintf("Document %s is cited with two dates: %s and %s", b.ref.Number, old.ref.Date, b.ref.Date)
			ca := c.reports[old.at].citeSpan(old.ref.Start, old.ref.End)
			if old.at != b.at {
				ca = c.reports[old.at].from(ca)
			}
			fd.Figures = []Cited{r.citeSpan(b.ref.Start, b.ref.End), ca}
			c.add(fd, k)
			break
		}
	}
}

// numbers compares the order of the unit's own report numbers with their dates.
func (c *checker) numbers() {
	type issued struct {
		n    int
		date string
		at   int
	}
	by := map[string][]issued{}
	var series []string
	for i := range c.reports {
		r := &c.reports[i]
		if r.Report == nil || len(r.Date) < 4 {
			continue
		}
		num, symbol, ok := strings.Cut(r.Number, "/")
		n, err := strconv.Atoi(num)
		if !ok || err != nil {
			continue
		}
		k := symbol + " " + r.Date[:4]
		if by[k] == nil {
			series = append(series, k)
		}
		by[k] = append(by[k], issued{n, r.Date, i})
	}
	slices.Sort(series)
	for _, k := range series {
		is := by[k]
		slices.SortStableFunc(is, func(a, b issued) int { return strings.Compare(a.date, b.date) })
		for j := 1; j < len(is); j++ {
			a, b := is[j-1], is[j]
			if a.date == b.date || a.n < b.n {
				continue
			}
			r := &c.reports[b.at]
			fd := newFinding(r, "number-order", "X4", DateKind, Warning)
			fd.Message = fmt.Sprintf("Số %s ngày %s không lớn hơn số %s ngày %s", r.Number, vnDay(b.date), c.reports[a.at].Number, vnDay(a.date))
			fd.MessageEN = fmt.Sprintf("Number %s of %s does not follow number %s of %s", r.Number, b.date, c.reports[a.at].Number, a.date)
			fd.Figures = []Cited{r.citeText(r.Number), c.reports[a.at].from(c.reports[a.at].citeText(c.reports[a.at].Number))}
			c.add(fd, "number")
		}
	}
}

// minHistory is the number of other periods an outlier is judged by.
const minHistory = 6

// outliers compares each figure with the unit's other periods of the same
// length: robust z = 0.6745*|x - median| / MAD above 3.5, and a jump by half.
func (c *checker) outliers() {
	for _, key := range c.keys {
		all := c.history[key]
		if len(all) <= minHistory {
			continue
		}
		info := c.set.info[key.ind]
		for _, p := range all {
			var others []amount
			for _, q := range all {
				if q.at != p.at && c.periods[q.at].Kind == c.periods[p.at].Kind {
					others = append(others, q.v)
				}
			}
			if len(others) < minHistory {
				continue
			}
			// A history that never moves still moves by a twentieth.
			med, far := unusual(p.v, others, max(median(others)/20, unit))
			d := p.v.plus(-med).abs()
			if !far || d < 10*unit || d < med/2 || c.seasonal(all, p) {
				continue
			}
			r := &c.reports[p.at]
			fd := newFinding(r, "outlier", "T6", Range, Info)
			fd.Field = key.field
			fd.Left, fd.Right, fd.Gap = p.v.String(), med.String(), d.String()
			fd.LeftText, fd.RightText = fd.Left, fd.Right
			fd.Message = fmt.Sprintf("Khác thường so với các kỳ khác của đơn vị: %s %s, trung vị %s", lowerFirst(info.Label), p.v.words(), med.words())
			fd.MessageEN = fmt.Sprintf("Unusual beside the unit's other periods: %s %s, median %s", lowerFirst(info.LabelEN), fd.Left, fd.Right)
			fd.Figures = []Cited{p.cited}
			c.add(fd)
		}
	}
}

// seasonal says whether the same months of other years were about as high.
func (c *checker) seasonal(all []point, p point) bool {
	of := c.periods[p.at]
	return slices.ContainsFunc(all, func(q point) bool {
		o := c.periods[q.at]
		return o.Kind == of.Kind && o.N == of.N && o.Year != of.Year && 2*q.v < 3*p.v && 3*q.v > 2*p.v
	})
}

// median sorts a copy; of an even number it takes the mean of the middle two.
func median(vs []amount) amount {
	s := slices.Clone(vs)
	slices.Sort(s)
	n := len(s)
	if n%2 == 1 {
		return s[n/2]
	}
	return s[n/2-1] + (s[n/2]-s[n/2-1])/2
}
