// This file gathers what only the reports of several units together show: passages
// copied from another commune, figures unlike those of the neighbours, a summary
// that differs from what it sums up, documents dated differently, and the data
// windows of a province.

package check

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"baocao/extract/rules"
	"baocao/normalize"
	admin "baocao/normalize/place"
	"baocao/normalize/vntext"
)

// Across compares the reports of all units. Reports are handed to Add unit by
// unit; no text is kept, so that an archive of any size can be gone through.
// It is for one goroutine.
type Across struct {
	set     *Set
	opt     Options
	reports []gathered
}

// gathered is what is kept of one report.
type gathered struct {
	head     Report // without figures and text
	period   vntext.Period
	unit     string // admin.Key of the unit's name
	province string // admin.Key, "" where unknown
	formal   bool
	figures  []gatheredFigure
	rows     []gatheredRow
	refs     []gatheredReference
	said     []statement
	window   string // convention of the monthly data window, "" where none is printed
	windowAt [2]int // start and end of its last day
}

// gatheredFigure is a total of the report's own period that is printed with one value.
type gatheredFigure struct {
	ind        int
	v          amount
	start, end int
}

// AcrossChecks names the checks that need the reports of all units.
func AcrossChecks() []string {
	return []string{"copied-from-period", "copied-from-unit", "peer-outlier", "reference-differs", "summary-differs", "window-province"}
}

// Across begins a comparison of units.
func (s *Set) Across(opt Options) *Across { return &Across{set: s, opt: opt} }

// Add takes in the reports of one unit.
func (a *Across) Add(reports []Report) {
	for i := range reports {
		r := &reports[i]
		if r.Report == nil || r.Unit == "" || r.Period == "" {
			continue
		}
		g := gathered{head: Report{ID: r.ID, File: r.File, SHA256: r.SHA256, UnitKey: r.UnitKey, Report: headOf(r.Report)},
			unit: admin.Key(bareUnit(r.Unit)), formal: len(r.Headings) >= 3 || r.Number != ""}
		g.period, _ = vntext.ParsePeriod(r.Period)
		if n := len(r.Parents); n > 0 {
			g.province = admin.Key(r.Parents[n-1])
		}
		a.figures(&g, r)
		g.said = a.statements(r)
		a.references(&g, r)
		if from, to, ok := monthlyWindow(r, g.period); ok {
			g.window = convention(from, to)
			for j := range r.Dates {
				if d := &r.Dates[j]; d.Role == rules.RoleWindow && iso(d) == to {
					g.windowAt = [2]int{d.Start, d.End}
				}
			}
		}
		a.reports = append(a.reports, g)
	}
}

// headOf is a report without its content: who, when, and where pages begin.
func headOf(r *normalize.Report) *normalize.Report {
	return &normalize.Report{Type: r.Type, Unit: r.Unit, Parents: r.Parents, Period: r.Period, From: r.From, To: r.To,
		Number: r.Number, Date: r.Date, PageStarts: r.PageStarts}
}

// bareUnit takes the units above off a label ("Xã Tân Tiến (Huyện A, Tỉnh B)").
func bareUnit(label string) string {
	name, _, _ := strings.Cut(label, " (")
	return name
}

func (a *Across) figures(g *gathered, r *Report) {
	seen := map[int]int{} // of g.figures, -1 for one with several values
	for i := range r.Figures {
		f := &r.Figures[i]
		ind, ok := a.set.index[f.Indicator]
		if !ok || f.Field != "" || f.Span != rules.Period && f.Span != "" || len(f.Mentions) == 0 || f.Approx {
			continue
		}
		v, _, ok := printed(f, a.set.info[ind].Kind == "percent")
		if !ok {
			continue
		}
		own := false
		for j := range f.Mentions {
			m := &f.Mentions[j]
			if name := r.rowUnit(m); name != "" {
				g.rows = append(g.rows, gatheredRow{name, gatheredFigure{ind, v, m.Start, m.End}})
				continue
			}
			own = own || m.Section != rules.SectionPlan && m.Section != rules.SectionProposals
		}
		if !own || f.Confidence > 0 && f.Confidence < lowConfidence {
			continue
		}
		if n, ok := seen[ind]; ok {
			if n >= 0 {
				g.figures[n].ind = -1
			}
			seen[ind] = -1
			continue
		}
		seen[ind] = len(g.figures)
		g.figures = append(g.figures, gatheredFigure{ind, v, f.Mentions[0].Start, f.Mentions[0].End})
	}
	g.figures = slices.DeleteFunc(g.figures, func(f gatheredFigure) bool { return f.ind < 0 })
	slices.SortFunc(g.figures, func(x, y gatheredFigure) int { return cmp.Compare(x.ind, y.ind) })
}

func (g *gathered) figure(ind int) (gatheredFigure, bool) {
	i, ok := slices.BinarySearchFunc(g.figures, ind, func(f gatheredFigure, ind int) int { return cmp.Compare(f.ind, ind) })
	if !ok {
		return gatheredFigure{}, false
	}
	return g.figures[i], true
}

// Findings compares what was added. texts gives the text of a report by its ID;
// it is asked only for reports that a finding cites. Findings come in the order in
// which Check gives them.
func (a *Across) Findings(ctx context.Context, texts func(ctx context.Context, id int64) (string, error)) ([]Finding, error) {
	slices.SortStableFunc(a.reports, func(x, y gathered) int {
		return cmp.Or(cmp.Compare(x.head.Period, y.head.Period), cmp.Compare(x.head.Unit, y.head.Unit), cmp.Compare(x.head.File, y.head.File))
	})
	w := &acrossWriter{ctx: ctx, texts: texts, loaded: map[int64]bool{}}
	for _, look := range []func(*acrossWriter) error{a.copied, a.peers, a.summaries, a.documents, a.provinceWindows} {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := look(w); err != nil {
			return nil, err
		}
	}
	out := w.c.out
	if a.opt.MinSeverity != "" {
		out = slices.DeleteFunc(out, func(f Finding) bool { return f.Severity.rank() > a.opt.MinSeverity.rank() })
	}
	sortFindings(out)
	number(out)
	return out, nil
}

// acrossWriter makes findings and loads the texts that they cite.
type acrossWriter struct {
	ctx    context.Context
	texts  func(ctx context.Context, id int64) (string, error)
	loaded map[int64]bool
	c      checker // only for its list of findings
}

// cite cites a place of a gathered report; other says that the finding is about
// another one.
func (w *acrossWriter) cite(g *gathered, start, end int, other bool) (Cited, error) {
	if !w.loaded[g.head.ID] {
		w.loaded[g.head.ID] = true
		text, err := w.texts(w.ctx, g.head.ID)
		if err != nil {
			return Cited{}, err
		}
		g.head.Text = text
	}
	c := g.head.citeSpan(start, end)
	if other {
		c = g.head.from(c)
	}
	return c, nil
}

// add keeps a finding.
func (w *acrossWriter) add(f Finding, scope ...string) { w.c.add(f, scope...) }
