// This file finds what was left over from another month: its name in a sentence, a
// figure that stayed, a paragraph whose numbers did not change.

package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

func (c *checker) copies() {
	c.monthLeftOver()
	c.staleFigures()
	c.sameParagraphs()
}

// monthLeftOver finds "trong tháng 5 năm 2023" in the report for June. Only
// phrases that speak of the report's own period count; comparisons and plans
// name other months rightly.
func (c *checker) monthLeftOver() {
	f := c.cur
	r := f.rep
	if c.kind != "month" || r.Text == "" || len(r.Period) != 7 {
		return
	}
	year, _ := strconv.Atoi(r.Period[:4])
	month, _ := strconv.Atoi(r.Period[5:])
	low := lowerKeepingLength(r.Text)
	for _, lead := range [...]string{"trong tháng", "trên đây là"} {
		for at := 0; ; {
			i := strings.Index(low[at:], lead)
			if i < 0 {
				break
			}
			start := at + i
			at = start + len(lead)
			m := at
			if lead == "trên đây là" {
				j := strings.Index(low[at:min(len(low), at+160)], "tháng")
				if j < 0 || strings.Contains(low[at:at+j], "./.") {
					continue
				}
				m = at + j + len("tháng")
			}
			n, y, end, ok := monthAt(low, m)
			if !ok || n == month && (y == 0 || y == year) || y != 0 && y != year && (n != month || y > year) {
				continue
			}
			if y == 0 && n > month || y == year && n > month || f.planSection(start) {
				continue // months to come
			}
			before := low[max(0, start-40):start]
			if strings.Contains(before, "so với") || strings.Contains(before, "cùng kỳ") || strings.Contains(before, "từ") && strings.HasSuffix(strings.TrimSpace(before), "từ") {
				continue
			}
			fd := c.finding("month-left-over", "D1", Copy, Warning)
			fd.Message = fmt.Sprintf("Báo cáo tháng %d/%d còn câu nói về tháng %d: “%s”", month, year, n, clause(r.Text, start, end))
			fd.MessageEN = fmt.Sprintf("The report for %s still has a sentence about month %d: “%s”", r.Period, n, clause(r.Text, start, end))
			fd.Figures = append([]Cited{r.citeSpan(start, end)}, f.figuresIn(start)...)
			c.add(fd, lead, string(f.section(start)))
		}
	}
}

// figuresIn cites the figures of the paragraph around a place.
func (f *facts) figuresIn(at int) []Cited {
	f.ctxs.cut()
	var out []Cited
	for i := range f.vals {
		v := &f.vals[i]
		for _, p := range v.places {
			if p.m.Start > at && p.m.Start < at+400 && p.ctx == f.ctxs.at(at) {
				out = append(out, f.cite(v, p.ctx)[0])
				break
			}
		}
	}
	return out
}

// lowerKeepingLength lowers letters whose lower form has the same number of
// bytes, so that places stay where they are.
func lowerKeepingLength(s string) string {
	b := []byte(s)
	for i, r := range s {
		l := strings.ToLower(string(r))
		if l != string(r) && len(l) == len(string(r)) {
			copy(b[i:], l)
		}
	}
	return string(b)
}

// monthAt reads " 5 năm 2023", " 5/2023" or " 5".
func monthAt(s string, at int) (month, year, end int, ok bool) {
	skip := func() {
		for at < len(s) && (s[at] == ' ' || s[at] == '\n') {
			at++
		}
	}
	num := func(most int) (n int, ok bool) {
		from := at
		for at < len(s) && at-from < most && s[at] >= '0' && s[at] <= '9' {
			n = n*10 + int(s[at]-'0')
			at++
		}
		return n, at > from
	}
	skip()
	month, ok = num(2)
	if !ok || month < 1 || month > 12 {
		return 0, 0, 0, false
	}
	end = at
	if at < len(s) && s[at] == '/' {
		at++
	} else {
		skip()
		rest, found := strings.CutPrefix(s[at:], "năm")
		if !found {
			return month, 0, end, true
		}
		at = len(s) - len(rest)
		skip()
	}
	if y, ok := num(4); ok && y > 1900 {
		return month, y, at, true
	}
	return month, 0, end, true
}

// staleFigures names figures that contradict others and equal what the report
// before printed for them: most likely they were not updated.
func (c *checker) staleFigures() {
	f := c.cur
	if f.prev == nil {
		return
	}
	var done []*value
	for _, fd := range slices.Clone(c.out[c.from:]) {
		if fd.Kind == Copy {
			continue
		}
		for _, rep := range fd.Repairs {
			if len(rep.Changes) != 1 || rep.Changes[0].To == rep.Changes[0].From {
				continue
			}
			v := f.find(rep.Changes[0])
			if v == nil || slices.Contains(done, v) || v.v < 3*unit {
				continue
			}
			if p := f.set.info[v.ind].Period; p == "stock" && fd.Kind != Continuity {
				continue // stocks are often the same
			}
			old := f.all(v.ind, v.field, prev)
			if !slices.ContainsFunc(old, func(o *value) bool { return o.v == v.v }) {
				continue
			}
			done = append(done, v)
			out := c.finding("stale-figure", "T6", Copy, Warning)
			out.Field = v.fig.Field
			out.Left, out.LeftText, out.Right, out.RightText = v.v.String(), v.v.String(), rep.Changes[0].To, rep.Changes[0].To
			info := f.set.info[v.ind]
			out.Message = fmt.Sprintf("Có thể chưa cập nhật: %s %s giống hệt kỳ trước, trong khi số khớp phải là %s", lowerFirst(info.Label), v.v.words(), vnNumber(rep.Changes[0].To))
			out.MessageEN = fmt.Sprintf("Possibly not updated: %s %s equals the period before, while %s would fit", lowerFirst(info.LabelEN), v.v, rep.Changes[0].To)
			out.Figures = append(f.cite(v, noCtx)[:1], f.citeTerm(bterm{val: old[0], far: true}, noCtx)...)
			c.add(out)
		}
	}
}

func vnNumber(s string) string {
	if a, _, ok := parseAmount(s); ok {
		return a.words()
	}
	return s
}

// find gives the value that a change is about.
func (f *facts) find(ch Change) *value {
	for i := range f.vals {
		v := &f.vals[i]
		if v.fig.Indicator == ch.Indicator && v.fig.Field == ch.Field && v.when == now && v.v.String() == ch.From {
			return v
		}
	}
	return nil
}

// unlikely says that so many numbers do not come out the same by chance: the
// largest may be the sum of the others, and small ones repeat often.
func unlikely(nums []amount) bool {
	largest := slices.Max(nums)
	chance := int64(1)
	for _, n := range nums {
		if n != largest && chance < 500 {
			chance *= max(1, int64(n/unit))
		}
	}
	return chance >= 500
}

// sameParagraphs finds paragraphs of which at least three different numbers, and
// four fifths of all, are those of the report before. Stocks and small numbers,
// which often stay, do not count.
func (c *checker) sameParagraphs() {
	f := c.cur
	if f.prev == nil {
		return
	}
	type tally struct {
		same, all int
		nums      []amount
		vals      []*value
	}
	by := map[int32]*tally{}
	var ctxs []int32
	for i := range f.vals {
		v := &f.vals[i]
		if info := f.set.info[v.ind]; v.when != now || info.Kind != "count" || info.Period == "stock" || v.v < 5*unit || len(v.places) == 0 {
			continue
		}
		ctx := v.places[0].ctx
		if by[ctx] == nil {
			by[ctx] = &tally{}
			ctxs = append(ctxs, ctx)
		}
		t := by[ctx]
		t.all++
		if slices.ContainsFunc(f.all(v.ind, v.field, prev), func(o *value) bool { return o.v == v.v }) {
			t.same++
			t.vals = append(t.vals, v)
			if !slices.Contains(t.nums, v.v) {
				t.nums = append(t.nums, v.v)
			}
		}
	}
	slices.Sort(ctxs)
	for _, ctx := range ctxs {
		t := by[ctx]
		if len(t.nums) < 3 || t.same*5 < t.all*4 || !unlikely(t.nums) {
			continue
		}
		fd := c.finding("paragraph-unchanged", "T6", Copy, Warning)
		for _, v := range t.vals {
			fd.Figures = append(fd.Figures, f.cite(v, ctx)[0])
		}
		nums := make([]string, len(t.nums))
		for i, n := range t.nums {
			nums[i] = n.words()
		}
		fd.Message = fmt.Sprintf("Có thể sao chép từ kỳ trước: %d trên %d số của đoạn giống hệt kỳ trước (%s)", t.same, t.all, strings.Join(nums, "; "))
		fd.MessageEN = fmt.Sprintf("Possibly copied: %d of the %d numbers of a paragraph equal those of the period before", t.same, t.all)
		c.add(fd)
	}
}
