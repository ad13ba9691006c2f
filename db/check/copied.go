// This file finds reports that repeat another one: statements with figures that
// stand word for word in the report of another commune, or of an earlier month.

package check

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"

	"baocao/extract/rules"
	admin "baocao/normalize/place"
	"baocao/normalize/vntext"
)

// statement is a sentence or table row with figures that do not come out the same
// by chance. What it says is kept as a hash of its words and numbers.
type statement struct {
	hash       uint64
	start, end int
	flow       bool // it holds a figure of the period, which is new every month
}

const (
	ownChance     = 500 // a statement counts whose numbers come out so by chance less often than once in so many
	maxStatements = 60  // kept of a report
	minSame       = 3   // statements that two reports must share
	sharedUnit    = 30  // per cent of a report's own statements, beside another unit's
	sharedMonth   = 50  // per cent, beside its own earlier report
	maxAlike      = 500 // reports that say one thing and are looked into
	boilerUnits   = 4   // a statement of so many units ...
	boilerShare   = 20  // ... and of so many per cent of all is nobody's own
)

// statements lists what a report says of its own in figures.
func (a *Across) statements(r *Report) []statement {
	if r.Text == "" {
		return nil
	}
	type group struct {
		end  int
		nums []amount
		flow bool
	}
	by := map[int]*group{}
	var starts []int
	for i := range r.Figures {
		f := &r.Figures[i]
		ind, ok := a.set.index[f.Indicator]
		if !ok {
			continue
		}
		v, _, ok := parseAmount(f.Value)
		if !ok || v < 3*unit {
			continue
		}
		for j := range f.Mentions {
			m := &f.Mentions[j]
			if m.Section == rules.SectionPlan || m.Section == rules.SectionProposals || m.End > len(r.Text) {
				continue
			}
			start, end := sentenceAround(r.Text, m.Start, m.End)
			g := by[start]
			if g == nil {
				g = &group{end: end}
				by[start] = g
				starts = append(starts, start)
			}
			if !slices.Contains(g.nums, v) {
				g.nums = append(g.nums, v)
			}
			g.flow = g.flow || a.set.info[ind].Period != "stock"
		}
	}
	slices.Sort(starts)
	own := vntext.Key(admin.BareKey(bareUnit(r.Unit)))
	var out []statement
	for _, start := range starts {
		g := by[start]
		if len(out) == maxStatements {
			break
		}
		chance := int64(1)
		for _, n := range g.nums {
			if chance < ownChance {
				chance *= int64(n / unit)
			}
		}
		if chance < ownChance {
			continue
		}
		h := fnv.New64a()
		h.Write([]byte(plainStatement(r.Text[start:g.end], own)))
		out = append(out, statement{h.Sum64(), start, g.end, g.flow})
	}
	return out
}

// sentenceAround gives the sentence, list item or table row around a place.
func sentenceAround(text string, from, to int) (start, end int) {
	start = strings.LastIndexByte(text[:from], '\n') + 1
	end = len(text)
	if i := strings.IndexByte(text[to:], '\n'); i >= 0 {
		end = to + i
	}
	if strings.Contains(text[start:end], "\t") {
		return start, end
	}
	for _, stop := range [...]string{". ", "; "} {
		if i := strings.LastIndex(text[start:from], stop); i >= 0 {
			start += i + len(stop)
		}
		if i := strings.Index(text[to:end], stop); i >= 0 {
			end = to + i
		}
	}
	return start, end
}

// plainStatement makes copies equal: without the unit's name and without the month.
func plainStatement(s, unit string) string {
	s = vntext.Key(s)
	if unit != "" {
		s = strings.ReplaceAll(s, unit, "@")
	}
	words := strings.Fields(s)
	for i := 1; i < len(words); i++ {
		if w := words[i-1]; w == "tháng" || w == "quí" {
			words[i] = "@"
		}
	}
	return strings.Join(words, " ")
}

// shared are the statements that a report has in common with another one.
type shared struct {
	with  int // index of the other report
	pairs [][2]int
}

// copied finds, for every report, the one it has most in common with.
func (a *Across) copied(w *acrossWriter) error {
	where := map[uint64][]int{} // reports that say it, in order
	units := map[string]bool{}
	for i := range a.reports {
		g := &a.reports[i]
		units[g.unit] = true
		for _, s := range g.said {
			if l := where[s.hash]; len(l) == 0 || l[len(l)-1] != i {
				where[s.hash] = append(l, i)
			}
		}
	}
	// A statement of many units is nobody's own; one that stands everywhere is not
	// looked into.
	boiler := map[uint64]bool{}
	for h, list := range where {
		if len(list) < boilerUnits {
			continue
		}
		said := map[string]bool{}
		for _, i := range list[:min(len(list), maxAlike)] {
			said[a.reports[i].unit] = true
		}
		boiler[h] = len(list) > maxAlike || len(said) >= boilerUnits && len(said)*100 >= boilerShare*len(units)
	}
	for i := range a.reports {
		g := &a.reports[i]
		if !g.formal || len(g.said) < minSame {
			continue
		}
		by := map[int]*shared{}
		own, flow := 0, 0
		for n, s := range g.said {
			if boiler[s.hash] {
				continue
			}
			own++
			if s.flow {
				flow++
			}
			for _, j := range where[s.hash] {
				o := &a.reports[j]
				if j == i || o.period.Kind != g.period.Kind || o.head.Period > g.head.Period || o.head.Period == g.head.Period && j > i {
					continue
				}
				if o.unit == g.unit && (!s.flow || o.head.Period == g.head.Period) || a.above(o, g) || a.above(g, o) {
					continue
				}
				if by[j] == nil {
					by[j] = &shared{with: j}
				}
				m := slices.IndexFunc(o.said, func(t statement) bool { return t.hash == s.hash })
				by[j].pairs = append(by[j].pairs, [2]int{n, m})
			}
		}
		var best *shared
		for _, j := range slices.Sorted(maps.Keys(by)) {
			s := by[j]
			if len(s.pairs) < minSame {
				continue
			}
			same := a.reports[j].unit == g.unit
			if !same && len(s.pairs)*100 < sharedUnit*own || same && len(s.pairs)*100 < sharedMonth*flow {
				continue
			}
			if best == nil || len(s.pairs) > len(best.pairs) {
				best = s
			}
		}
		if best == nil {
			continue
		}
		total := own
		if a.reports[best.with].unit == g.unit {
			total = flow
		}
		if err := a.copyFinding(w, g, best, total); err != nil {
			return err
		}
	}
	return nil
}

// above says whether one report is that of a unit above the other: a summary
// quotes what it sums up.
func (a *Across) above(upper, lower *gathered) bool {
	return slices.ContainsFunc(lower.head.Parents, func(p string) bool { return admin.Key(p) == upper.unit })
}

func (a *Across) copyFinding(w *acrossWriter, g *gathered, s *shared, total int) error {
	o := &a.reports[s.with]
	check, from, fromEN := "copied-from-unit", "báo cáo kỳ "+o.head.Period+" của "+o.head.Unit, "the report of "+o.head.Unit+" for "+o.head.Period
	if o.unit == g.unit {
		check, from, fromEN = "copied-from-period", "báo cáo kỳ "+o.head.Period, "the report for "+o.head.Period
	}
	fd := newFinding(&g.head, check, "T6", Copy, Warning)
	percent := len(s.pairs) * 100 / max(total, 1)
	fd.Message = fmt.Sprintf("Có thể sao chép: %d trên %d câu, dòng có số liệu (%d %%) giống hệt %s; không tính câu chung của nhiều đơn vị", len(s.pairs), total, percent, from)
	fd.MessageEN = fmt.Sprintf("Possibly copied: %d of %d statements with figures (%d %%) are those of %s; statements common to many units are not counted", len(s.pairs), total, percent, fromEN)
	slices.SortFunc(s.pairs, func(x, y [2]int) int { return cmp.Compare(x[0], y[0]) })
	for _, p := range s.pairs[:min(len(s.pairs), 4)] {
		mine, err := w.cite(g, g.said[p[0]].start, g.said[p[0]].end, false)
		if err != nil {
			return err
		}
		theirs, err := w.cite(o, o.said[p[1]].start, o.said[p[1]].end, true)
		if err != nil {
			return err
		}
		fd.Figures = append(fd.Figures, mine, theirs)
	}
	w.add(fd, o.unit)
	return nil
}
