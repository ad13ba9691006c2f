// This file adds up the columns of tables that end in a row of totals, whether or
// not an indicator names the column.

package check

import (
	"fmt"
	"slices"
	"strings"

	"baocao/extract/rules"
)

// columnSum is the edit "a column adds up to its total", for error localisation.
var columnSum = &edit{id: "column-sum", rule: "W9", kind: Sum, severity: Error, total: true, op: equal, readings: []reading{{}},
	titleVI: "Cột số liệu cộng lại khác dòng tổng", titleEN: "A column does not add up to its total"}

// column is one column with its total, as numbers.
type column struct {
	total  amount
	parts  []amount
	rows   []int // the parts that count: without groups and "trong đó"
	sum    amount
	fits   bool
	t      *rules.Total
	values []*value // of the counting parts, then of the total; nil where one is no figure
}

// columns reads the totals of the current report. Columns of values that are no
// plain numbers are left out.
func (f *facts) columns() []column {
	if f.cols != nil || len(f.rep.Totals) == 0 {
		return f.cols
	}
	at := map[int]*value{}
	for i := range f.vals {
		for _, p := range f.vals[i].places {
			at[p.m.Start] = &f.vals[i]
		}
	}
	f.cols = []column{}
	for i := range f.rep.Totals {
		t := &f.rep.Totals[i]
		c := column{t: t}
		var ok bool
		if c.total, _, ok = parseAmount(t.SumValue); !ok || len(t.Parts) < 2 || len(t.Parts) != len(t.PartValues) {
			continue
		}
		for _, s := range t.PartValues {
			n, _, good := parseAmount(s)
			ok = ok && good
			c.parts = append(c.parts, n)
		}
		if !ok {
			continue
		}
		c.addUp(f.rep.Text)
		for _, n := range c.rows {
			c.values = append(c.values, at[t.Parts[n].Start])
		}
		c.values = append(c.values, at[t.Sum.Start])
		if slices.Contains(c.values, nil) {
			c.values = nil
		}
		f.cols = append(f.cols, c)
	}
	return f.cols
}

// addUp sums the rows: all of them, or where they are in groups those of the
// upper level, or those that are no "trong đó" of the row before.
func (c *column) addUp(text string) {
	try := func(rows []int) bool {
		var sum amount
		for _, n := range rows {
			sum = sum.plus(c.parts[n])
		}
		if c.rows == nil || sum == c.total {
			c.rows, c.sum = rows, sum
		}
		c.fits = sum == c.total
		return c.fits
	}
	all := make([]int, len(c.parts))
	var upper, whole []int
	style := ""
	for i := range all {
		all[i] = i
		label, first := rowLabel(text, c.t.Parts[i].Start)
		if i == 0 {
			style = label
		}
		if label == style {
			upper = append(upper, i)
		}
		if !strings.HasPrefix(first, "trong đó") && !strings.HasPrefix(first, "-") && !strings.HasPrefix(first, "+") {
			whole = append(whole, i)
		}
	}
	if try(all) {
		return
	}
	// Rows that are groups of others leave no doubt that not all of them add up.
	if len(upper) < len(all) && len(upper) > 1 {
		c.rows = nil
		if try(upper) {
			return
		}
	}
	if len(whole) < len(all) && len(whole) > 1 {
		c.rows = nil
		if try(whole) {
			return
		}
	}
	if c.sum == c.total.plus(c.total) {
		c.fits = true // every row is counted once more in the row of its group
	}
}

// rowLabel gives the kind of the label that begins the table row around a place
// (roman, arabic, dotted, letter, or none) and the row's first words.
func rowLabel(text string, at int) (style, first string) {
	if at < 0 || at > len(text) {
		return "", ""
	}
	from := strings.LastIndexByte(text[:at], '\n') + 1
	cells := strings.Split(text[from:at], "\t")
	label := strings.Trim(cells[0], " .)(")
	for _, c := range cells {
		if c = strings.ToLower(strings.TrimSpace(c)); strings.Trim(c, "0123456789ivx.)(") != "" {
			first = c
			break
		}
	}
	switch {
	case label == "":
	case strings.Trim(label, "IVX") == "":
		style = "roman"
	case strings.Trim(label, "0123456789") == "":
		style = "arabic"
	case strings.Trim(label, "0123456789.") == "":
		style = "dotted"
	case len(label) == 1 && label[0] >= 'a' && label[0] <= 'z':
		style = "letter"
	}
	return style, first
}

// columnAdds says whether the column that ends in the total v of a table does add
// up as printed: then a sum over its rows that fails was not read whole.
func (f *facts) columnAdds(v *value, ctx int32) bool {
	return slices.ContainsFunc(f.columns(), func(c column) bool {
		return c.fits && slices.ContainsFunc(v.places, func(p place) bool { return p.ctx == ctx && p.m.Start == c.t.Sum.Start })
	})
}

// totals makes findings of the columns that do not add up.
func (c *checker) totals() {
	f := c.cur
	cols := f.columns()
	for i := range cols {
		col := &cols[i]
		in := &instance{e: columnSum, reading: &columnSum.readings[0], ctx: noCtx, fits: col.fits, lv: col.sum, rv: col.total,
			l: span{col.sum, col.sum}, r: span{col.total, col.total}}
		if col.values != nil {
			last := len(col.values) - 1
			for _, v := range col.values[:last] {
				in.left = append(in.left, bterm{cterm: cterm{coef: 1, ind: v.ind}, val: v})
			}
			v := col.values[last]
			in.right = []bterm{{cterm: cterm{coef: 1, ind: v.ind}, val: v}}
			c.pairs = append(c.pairs, in)
		}
		if col.fits || c.saidOfColumn(col) {
			continue
		}
		c.columnFinding(col, in)
	}
}

// saidOfColumn says whether another sum that fails is about the same column.
func (c *checker) saidOfColumn(col *column) bool {
	return slices.ContainsFunc(c.out[c.from:], func(fd Finding) bool {
		cites := func(at int) bool {
			return slices.ContainsFunc(fd.Figures, func(g Cited) bool { return g.Start == at && g.File == "" })
		}
		return fd.Kind == Sum && cites(col.t.Sum.Start) && slices.ContainsFunc(col.rows, func(n int) bool { return cites(col.t.Parts[n].Start) })
	})
}

func (c *checker) columnFinding(col *column, in *instance) {
	f := c.cur
	fd := c.finding(columnSum.id, columnSum.rule, Sum, Error)
	fd.Op = opNames[equal]
	fd.Left, fd.Right, fd.Gap = col.sum.String(), col.total.String(), in.gap().String()
	fd.RightText = fd.Right
	cite := func(n rules.Number, v amount) Cited {
		g := f.rep.citeSpan(n.Start, n.End)
		g.Value = v.String()
		return g
	}
	var words []string
	for _, n := range col.rows {
		words = append(words, col.parts[n].words())
		fd.Figures = append(fd.Figures, cite(col.t.Parts[n], col.parts[n]))
	}
	fd.LeftText = strings.Join(words, " + ")
	sum := cite(col.t.Sum, col.total)
	sum.Indicator, sum.Field = col.t.Indicator, col.t.Field
	fd.Figures = append([]Cited{sum}, fd.Figures...)
	name := strings.Join(strings.Fields(strings.ReplaceAll(col.t.Column, "\t", " ")), " ")
	if r := []rune(name); len(r) > 60 {
		name = string(r[:59]) + "…"
	}
	if name != "" {
		name = " “" + name + "”"
	}
	fd.Message = fmt.Sprintf("Cột%s cộng các dòng được %s, dòng tổng ghi %s; lệch %s", name, col.sum.words(), col.total.words(), in.gap().words())
	fd.MessageEN = fmt.Sprintf("The rows of column%s add up to %s, the row of totals says %s; gap %s", name, fd.Left, fd.Right, fd.Gap)
	if how := slip(col.total, col.sum); how != "" {
		fd.Message += " (" + how + ")"
	}
	if in.gap() > max(col.total, col.sum)/2 {
		fd.Severity = Warning
		fd.suspect(doubt{vi: "có thể bảng có dòng nhóm hoặc dòng chưa đọc được", en: "the table may have groups or rows that were not read"})
	} else if col.values != nil {
		if d := f.doubtful(true, col.values...); d != (doubt{}) {
			fd.Severity = Warning
			fd.suspect(d)
		}
	}
	c.add(fd, "column", name)
	if col.values != nil && fd.Severity == Error {
		c.broken = append(c.broken, in)
		c.failed = append(c.failed, len(c.out)-1)
	}
}
