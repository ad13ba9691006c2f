// This file checks one unit's reports, report by report.

package check

import (
	"cmp"
	"context"
	"slices"

	"baocao/normalize/vntext"
)

// Check checks the reports of one unit, given in the order of their periods.
// Findings come sorted by period, severity, check and place. A cancelled
// context ends the work between two reports; what was found until then is
// returned.
func (s *Set) Check(ctx context.Context, reports []Report, opt Options) []Finding {
	c := s.checker(opt)
	defer s.done(c)
	c.reports = reports
	c.periods = make([]vntext.Period, len(reports))
	for i := range reports {
		if reports[i].Report != nil && reports[i].Period != "" {
			// A period that is none has no neighbours; the report is checked by itself.
			c.periods[i], _ = vntext.ParsePeriod(reports[i].Period)
		}
	}
	for i := range reports {
		if ctx.Err() != nil {
			break
		}
		c.report(i)
	}
	c.series(ctx)
	out := c.out
	if opt.MinSeverity != "" {
		out = slices.DeleteFunc(out, func(f Finding) bool { return f.Severity.rank() > opt.MinSeverity.rank() })
	}
	sortFindings(out)
	number(out)
	return out
}

// CheckOne checks a report by itself.
func (s *Set) CheckOne(ctx context.Context, r Report, opt Options) []Finding {
	return s.Check(ctx, []Report{r}, opt)
}

// sortFindings puts findings in the order in which they are given out.
func sortFindings(out []Finding) {
	slices.SortStableFunc(out, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(a.File, b.File), cmp.Compare(a.Severity.rank(), b.Severity.rank()),
			cmp.Compare(a.Check, b.Check), cmp.Compare(a.Field, b.Field), cmp.Compare(firstPlace(a), firstPlace(b)), cmp.Compare(a.Message, b.Message))
	})
}

func firstPlace(f Finding) int {
	if len(f.Figures) == 0 {
		return -1
	}
	return f.Figures[0].Start
}

// checker is the working memory of one Check.
type checker struct {
	set     *Set
	opt     Options
	reports []Report
	periods []vntext.Period
	cur     *facts
	last    *facts // the report of the period before
	lastAt  int    // its index in reports, -1 if last holds none
	kind    string // of the current report's period
	fields  []int
	ins     []*instance
	pairs   []*instance // one for every figure printed with two values
	broken  []*instance // what failed, and
	failed  []int       // the place in out of its finding
	out     []Finding
	from    int // where the findings of the current report begin in out
	history map[seriesKey][]point
	keys    []seriesKey // of history, sorted when it is used
}

func (s *Set) checker(opt Options) *checker {
	c, ok := s.pool.Get().(*checker)
	if !ok {
		c = &checker{set: s, cur: newFacts(s), last: newFacts(s)}
	}
	c.opt, c.lastAt, c.out, c.history, c.keys = opt, -1, nil, nil, nil
	return c
}

// done gives the working memory back without keeping the caller's reports alive.
func (s *Set) done(c *checker) {
	c.reports, c.periods, c.out, c.history, c.keys = nil, nil, nil, nil, nil
	clear(c.ins)
	c.ins, c.pairs, c.broken = c.ins[:0], nil, nil
	c.cur.rep, c.last.rep = nil, nil
	s.pool.Put(c)
}

// before gives the index of the report of the period just before report i, -1 if
// there is none. Of several reports for that period the last one counts.
func (c *checker) before(i int) int {
	p := c.periods[i]
	want := p.Prev()
	if want.Kind == 0 {
		return -1
	}
	for j := i - 1; j >= 0; j-- {
		if c.periods[j] == want {
			return j
		}
	}
	return -1
}

// report checks report i by itself and against the one before.
func (c *checker) report(i int) {
	r := &c.reports[i]
	if r.Report == nil {
		return
	}
	// The facts of the report just done are those of the period before, most often.
	var before *facts
	if b := c.before(i); b >= 0 && c.reports[b].Report != nil {
		if b == i-1 && c.cur.rep == &c.reports[b] {
			c.cur, c.last = c.last, c.cur
		} else if c.lastAt != b {
			c.last.load(&c.reports[b], nil)
		}
		c.lastAt = b
		before = c.last
	}
	c.kind = c.periods[i].Kind.String()
	c.from = len(c.out)
	c.cur.load(r, before)
	c.evaluate()
	c.arithmetic()
	c.duplicates()
	c.totals()
	if len(c.broken) > 0 && !c.opt.NoRepairs {
		c.localise(c.broken, c.failed)
	}
	c.domains()
	c.claims()
	c.dates()
	c.unitExists()
	c.structure()
	c.copies()
	c.remember(i)
}

// evaluate fills c.ins with every edit bound to the current report.
func (c *checker) evaluate() {
	f := c.cur
	clear(c.ins)
	c.ins, c.pairs, c.broken, c.failed = c.ins[:0], c.pairs[:0], c.broken[:0], c.failed[:0]
	c.fields = c.fields[:0]
	for _, k := range f.used {
		if n := k % f.width; n != 0 && !slices.Contains(c.fields, n) {
			c.fields = append(c.fields, n)
		}
	}
	slices.Sort(c.fields)
	for _, e := range c.set.edits {
		if e.sameYear && !c.sameYear() || e.from != "" && f.rep.Period < e.from || e.class != 0 && e.class != f.communeClass() || e.until != "" && f.rep.Period > e.until || e.only != "" && c.kind != e.only ||
			slices.ContainsFunc(e.given, func(ind int) bool { return len(f.all(ind, 0, now)) == 0 }) {
			continue
		}
		if e.total {
			n := len(c.ins)
			c.ins = f.edit(e, 0, c.ins)
			if n == len(c.ins) && e.missing == missingReport {
				c.unchecked(e)
			}
		}
		if e.byField {
			for _, n := range c.fields {
				c.ins = f.edit(e, n, c.ins)
			}
		}
	}
}

func (f *facts) edit(e *edit, field int, out []*instance) []*instance {
	if e.share != nil {
		return f.shares(e, field, out)
	}
	return f.linear(e, field, out)
}

// sameYear says whether the report before is of the same year.
func (c *checker) sameYear() bool {
	p := c.cur.prev
	return p != nil && len(p.rep.Period) >= 4 && len(c.cur.rep.Period) >= 4 && p.rep.Period[:4] == c.cur.rep.Period[:4]
}
