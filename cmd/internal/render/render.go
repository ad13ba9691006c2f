// Package render turns plain rows into what a person or another program reads:
// aligned tables, CSV, and numbers in the reader's notation.
package render

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/tw"
)

// Language of what is printed.
type Language string

const (
	Vietnamese Language = "vi"
	English    Language = "en"
)

// Table is rows under a header. Right lists the columns of numbers; Width
// bounds a column's width in display cells, 0 leaves it free.
type Table struct {
	Header []string
	Rows   [][]string
	Right  []int
	Width  map[int]int
}

// Text prints the table with borders. Widths are measured in display cells, so
// that Vietnamese letters align.
func (t Table) Text(w io.Writer) error {
	align := make([]tw.Align, len(t.Header))
	for i := range align {
		align[i] = tw.AlignLeft
	}
	for _, c := range t.Right {
		align[c] = tw.AlignRight
	}
	width := tw.NewMapper[int, int]()
	for c, n := range t.Width {
		width.Set(c, n)
	}
	cell := tw.CellConfig{
		Formatting:   tw.CellFormatting{AutoWrap: tw.WrapNormal, AutoFormat: tw.Off},
		Alignment:    tw.CellAlignment{PerColumn: align},
		ColMaxWidths: tw.CellWidth{PerColumn: width},
	}
	table := tablewriter.NewTable(w, tablewriter.WithConfig(tablewriter.Config{Header: cell, Row: cell}))
	table.Header(t.Header)
	if err := table.Bulk(t.Rows); err != nil {
		return fmt.Errorf("lay out table: %w", err)
	}
	if err := table.Render(); err != nil {
		return fmt.Errorf("print table: %w", err)
	}
	return nil
}

// CSV writes the table with its header; numbers keep their plain form only if
// the caller left them plain.
func (t Table) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(t.Header); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	if err := out.WriteAll(t.Rows); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

// Number writes a plain decimal ("1234.5", "-12") the way the language does:
// "1.234,5" or "1,234.5". What is no number comes back as it is; "" is "-".
func Number(plain string, lang Language) string {
	if plain == "" {
		return "-"
	}
	sign, digits := "", plain
	if digits[0] == '-' || digits[0] == '+' {
		sign, digits = digits[:1], digits[1:]
	}
	whole, frac, _ := strings.Cut(digits, ".")
	if strings.Trim(whole+frac, "0123456789") != "" || whole == "" {
		return plain
	}
	group, point := ".", ","
	if lang == English {
		group, point = ",", "."
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(r)
	}
	if frac != "" {
		b.WriteString(point + frac)
	}
	return b.String()
}
