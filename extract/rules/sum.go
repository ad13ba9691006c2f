// This file adds up the columns of a table and compares them with its row of totals.

package rules

import (
	"strings"
)

// columnSum collects a column of numbers until its total row.
type columnSum struct {
	col    int
	header string
	parts  []Number
	values []string
	total  *Total
}

// open returns the sum of column n that has no total yet, nil if there is none.
func (g *grid) open(n int) *columnSum {
	for i := range g.sums {
		if c := &g.sums[i]; c.col == n && c.total == nil {
			return c
		}
	}
	return nil
}

// addend adds a number to the parts of column n.
func (g *grid) addend(n int, header string, part Number, value string) {
	c := g.open(n)
	if c == nil {
		g.sums = append(g.sums, columnSum{col: n, header: header})
		c = &g.sums[len(g.sums)-1]
	}
	c.parts = append(c.parts, part)
	c.values = append(c.values, value)
}

// total closes the sum of column n with the number in the row of totals, which
// is figure f.
func (g *grid) total(n int, header string, sum Number, value string, f Figure) {
	if c := g.open(n); c != nil {
		c.total = &Total{Indicator: f.Indicator, Field: f.Field, Column: header, Sum: sum, SumValue: value, Parts: c.parts, PartValues: c.values}
	}
}

// totals keeps the sums of a table that have a total, those of percentages left out.
func (x *extraction) totals(sums []columnSum) {
	for _, c := range sums {
		if c.total != nil && len(c.parts) >= 2 && !strings.Contains(c.header, "%") && !strings.Contains(c.header, "tỉ lệ") {
			x.result.Totals = append(x.result.Totals, *c.total)
		}
	}
}
