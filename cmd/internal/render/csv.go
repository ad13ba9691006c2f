// This file writes tables as CSV.

package render

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
)

// CSV writes tables as comma-separated values in UTF-8 with a byte order mark,
// which spreadsheets need to see Vietnamese letters. Numbers are plain decimals
// with every digit, what is missing is empty, and text that looks like a formula
// gets an apostrophe in front. A table with a legend has a last column with the marks
// and footnotes of its row. Tables of the same header follow each other under one header;
// others begin after an empty line.
func CSV(w io.Writer, tables []Table, lang Language) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	out := csv.NewWriter(w)
	var last []string
	for _, t := range tables {
		if err := t.check(); err != nil {
			return err
		}
		header := t.csvHeader(lang)
		if !slices.Equal(header, last) {
			if last != nil {
				out.Flush()
				if _, err := io.WriteString(w, "\n"); err != nil {
					return fmt.Errorf("write csv: %w", err)
				}
			}
			if err := out.Write(header); err != nil {
				return fmt.Errorf("write csv: %w", err)
			}
			last = header
		}
		group, grouped := "", t.grouped()
		row := make([]string, 0, len(header))
		for _, r := range t.Rows {
			if r.Kind == RowGroup {
				group = r.cell(0).Value
				continue
			}
			row = t.csvRow(row[:0], r, group, grouped)
			if err := out.Write(row); err != nil {
				return fmt.Errorf("write csv: %w", err)
			}
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

// grouped says whether the table has headings between its rows; CSV and JSON
// then repeat them in every row.
func (t *Table) grouped() bool {
	return slices.ContainsFunc(t.Rows, func(r Row) bool { return r.Kind == RowGroup })
}

func (t *Table) csvHeader(lang Language) []string {
	var header []string
	for _, f := range t.Fields {
		header = append(header, Defuse(f.Title))
	}
	if t.grouped() {
		header = append(header, map[Language]string{Vietnamese: "Nhóm", English: "Group"}[lang])
	}
	for _, c := range t.Columns {
		header = append(header, Defuse(c.Title))
	}
	if len(t.Marks) > 0 {
		header = append(header, map[Language]string{Vietnamese: "Dấu", English: "Marks"}[lang])
	}
	return header
}

// csvRow appends the fields of a row.
func (t *Table) csvRow(row []string, r Row, group string, grouped bool) []string {
	var marks []string
	for _, f := range t.Fields {
		row = append(row, plain(f.Cell))
	}
	if grouped {
		row = append(row, Defuse(group))
	}
	for i, c := range r.Cells {
		row = append(row, plain(c))
		for _, m := range c.Marks {
			marks = append(marks, t.Columns[i].Title+": "+m)
		}
	}
	for _, f := range r.footnotes() {
		marks = append(marks, strings.TrimSuffix(f, "."))
	}
	if len(t.Marks) > 0 {
		row = append(row, Defuse(strings.Join(marks, "; ")))
	}
	return row
}

// plain writes a cell for a program.
func plain(c Cell) string {
	if c.Kind == KindText {
		return Defuse(c.Value)
	}
	return c.Value
}
