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

func addToSum(sums *[]columnSum, col int, header string, n Number, value, indicator, field string, total bool) {
	for i := range *sums {
		c := &(*sums)[i]
		if c.col != col || c.total != nil {
			continue
		}
		if total {
			c.total = &Total{Indicator: indicator, Field: field, Column: header, Sum: n, SumValue: value, Parts: c.parts, PartValues: c.values}
			return
		}
		c.parts = append(c.parts, n)
		c.values = append(c.values, value)
		return
	}
	if !total {
		*sums = append(*sums, columnSum{col: col, header: header, parts: []Number{n}, values: []string{value}})
	}
}

func (x *extraction) totals(sums []columnSum) {
	for _, c := range sums {
		if c.total != nil && len(c.parts) >= 2 && !strings.Contains(c.header, "%") && !strings.Contains(c.header, "tỉ lệ") {
			x.result.Totals = append(x.result.Totals, *c.total)
		}
	}
}
