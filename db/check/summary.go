// This file compares summaries with what they sum up, and the dates with which
// several units cite one document.

package check

import (
	"fmt"
	"slices"
	"strings"

	"baocao/normalize"
	admin "baocao/normalize/place"
)

// gatheredRow is a figure in a row of a table that names another unit.
type gatheredRow struct {
	unit string // admin.Key
	f    gatheredFigure
}

// rowUnit gives admin.Key of the commune that the table row of a mention names,
// "" where it names none or the report's own.
func (r *Report) rowUnit(m *normalize.Mention) string {
	if !m.InTable || m.Start > len(r.Text) {
		return ""
	}
	from := strings.LastIndexByte(r.Text[:m.Start], '\n') + 1
	for _, cell := range strings.Split(r.Text[from:m.Start], "\t") {
		cell = strings.TrimSpace(cell)
		if cell == "" || strings.Trim(cell, "0123456789.") == "" {
			continue
		}
		typ, name := admin.Split(strings.TrimPrefix(cell, "UBND "))
		if typ.Level() != admin.Commune || name == "" || len(strings.Fields(name)) > 5 {
			return ""
		}
		if key := admin.Key(string(typ) + " " + name); key != admin.Key(bareUnit(r.Unit)) {
			return key
		}
		return ""
	}
	return ""
}

// summaries compares the rows of a district's or province's report with the
// reports of the communes that they name.
func (a *Across) summaries(w *acrossWriter) error {
	at := map[[2]string][]int{}
	for i := range a.reports {
		k := [2]string{a.reports[i].unit, a.reports[i].head.Period}
		at[k] = append(at[k], i)
	}
	for i := range a.reports {
		g := &a.reports[i]
		for _, row := range g.rows {
			var found []int
			for _, j := range at[[2]string{row.unit, g.head.Period}] {
				if a.above(g, &a.reports[j]) {
					found = append(found, j)
				}
			}
			if len(found) != 1 {
				continue // not reported, or two units of one name
			}
			o := &a.reports[found[0]]
			f, ok := o.figure(row.f.ind)
			if !ok || f.v == row.f.v {
				continue
			}
			info := a.set.info[row.f.ind]
			fd := newFinding(&g.head, "summary-differs", "X1", Duplicate, Warning)
			fd.Op = opNames[equal]
			fd.Left, fd.Right, fd.Gap = row.f.v.String(), f.v.String(), row.f.v.plus(-f.v).abs().String()
			fd.LeftText, fd.RightText = fd.Left, fd.Right
			fd.Message = fmt.Sprintf("Báo cáo tổng hợp ghi %s của %s là %s, báo cáo của đơn vị ghi %s; lệch %s", lowerFirst(info.Label), o.head.Unit,
				row.f.v.words(), f.v.words(), row.f.v.plus(-f.v).abs().words())
			fd.MessageEN = fmt.Sprintf("The summary gives %s of %s as %s, the unit's own report as %s; gap %s", lowerFirst(info.LabelEN), o.head.Unit, fd.Left, fd.Right, fd.Gap)
			if how := slip(row.f.v, f.v); how != "" {
				fd.Message += " (" + how + ")"
			}
			mine, err := w.cite(g, row.f.start, row.f.end, false)
			if err != nil {
				return err
			}
			theirs, err := w.cite(o, f.start, f.end, true)
			if err != nil {
				return err
			}
			mine.Indicator, theirs.Indicator = info.ID, info.ID
			mine.Value, theirs.Value = fd.Left, fd.Right
			fd.Figures = []Cited{mine, theirs}
			w.add(fd, o.unit, info.ID)
		}
	}
	return nil
}

// gatheredReference is one document that a report cites with its date.
type gatheredReference struct {
	number, issuer, date string
	start, end           int
}

func (a *Across) references(g *gathered, r *Report) {
	for i := range r.References {
		ref := &r.References[i]
		issuer := strings.ToLower(strings.Join(strings.Fields(ref.Issuer), " "))
		if len(ref.Date) < 10 || issuer == "" || ref.Number == r.Number {
			continue
		}
		g.refs = append(g.refs, gatheredReference{strings.ToUpper(ref.Number), issuer, ref.Date, ref.Start, ref.End})
	}
}

// documents finds one document of one body that units cite with different dates.
// "UBND huyện" is one body only among the units of one district.
func (a *Across) documents(w *acrossWriter) error {
	type citing struct{ at, ref int }
	by := map[string][]citing{}
	var keys []string
	for i := range a.reports {
		g := &a.reports[i]
		for n, ref := range g.refs {
			k := strings.Join([]string{ref.number, ref.issuer, ref.date[:4], strings.Join(g.head.Parents, "|")}, "\x00")
			if by[k] == nil {
				keys = append(keys, k)
			}
			by[k] = append(by[k], citing{i, n})
		}
	}
	slices.Sort(keys)
	for _, k := range keys {
		dates := map[string]map[string]bool{} // units that give a date
		for _, c := range by[k] {
			g := &a.reports[c.at]
			d := g.refs[c.ref].date
			if dates[d] == nil {
				dates[d] = map[string]bool{}
			}
			dates[d][g.unit] = true
		}
		if len(dates) < 2 {
			continue
		}
		usual, most := "", 0
		for d, units := range dates {
			if len(units) > most || len(units) == most && d < usual {
				usual, most = d, len(units)
			}
		}
		example := slices.IndexFunc(by[k], func(c citing) bool { return a.reports[c.at].refs[c.ref].date == usual })
		told := map[string]bool{}
		for _, c := range by[k] {
			g := &a.reports[c.at]
			ref := g.refs[c.ref]
			// What one unit itself says twice is found in its own reports.
			if ref.date == usual || dates[usual][g.unit] || told[g.unit] {
				continue
			}
			told[g.unit] = true
			o := &a.reports[by[k][example].at]
			oref := o.refs[by[k][example].ref]
			fd := newFinding(&g.head, "reference-differs", "X3", DateKind, Warning)
			fd.Message = fmt.Sprintf("Văn bản %s dẫn ngày %s, trong khi %d đơn vị khác dẫn ngày %s", ref.number, vnDay(ref.date), most, vnDay(usual))
			fd.MessageEN = fmt.Sprintf("Document %s is cited with %s, by %d other units with %s", ref.number, ref.date, most, usual)
			mine, err := w.cite(g, ref.start, ref.end, false)
			if err != nil {
				return err
			}
			theirs, err := w.cite(o, oref.start, oref.end, true)
			if err != nil {
				return err
			}
			fd.Figures = []Cited{mine, theirs}
			w.add(fd, ref.number)
		}
	}
	return nil
}
