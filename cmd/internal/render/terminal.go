// This file prints tables for a terminal: it decides how wide columns are and
// where a table that does not fit is cut.

package render

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twwidth"
	"github.com/olekukonko/tablewriter/tw"
)

// DefaultWidth is the width of a table where nothing else is known.
const DefaultWidth = 100

// mostFootnotes is how many footnotes of cells are printed.
const mostFootnotes = 20

// minWidth is the narrowest a table can be asked to be.
const minWidth = 40

// narrowest is the least width a column of text is squeezed to before the
// table is cut.
const narrowest = 12

// frame is what borders and padding of n columns take.
func frame(n int) int { return 3*n + 1 }

// Terminal prints tables with borders, none wider than width display cells
// (0: DefaultWidth; less than 40 counts as 40). Text is wrapped; a table that is
// still too wide is cut by columns, the pinned ones repeated, or turned where it
// has but a row or two.
func Terminal(w io.Writer, tables []Table, lang Language, width int) error {
	if width == 0 {
		width = DefaultWidth
	}
	width = max(width, minWidth)
	for i, t := range tables {
		if err := t.check(); err != nil {
			return err
		}
		var b strings.Builder
		if i > 0 {
			b.WriteString("\n")
		}
		if err := t.terminal(&b, lang, width); err != nil {
			return err
		}
		if _, err := io.WriteString(w, b.String()); err != nil {
			return fmt.Errorf("print table: %w", err)
		}
	}
	return nil
}

func (t *Table) terminal(b *strings.Builder, lang Language, width int) error {
	if t.Title != "" {
		line(b, t.Title, width)
	}
	if len(t.Rows) == 0 && t.Empty != "" {
		line(b, t.Empty, width)
	} else {
		g := t.grid(lang)
		for i, piece := range g.pieces(t.pinned(), t.Sparse, width) {
			if i > 0 {
				b.WriteString("\n")
			}
			if err := piece.print(b, width); err != nil {
				return err
			}
		}
	}
	for _, n := range t.below(lang, mostFootnotes) {
		line(b, n, width)
	}
	return nil
}

func (t *Table) uses(mark string) bool {
	has := func(c Cell) bool {
		return slices.Contains(c.Marks, mark) ||
			slices.ContainsFunc(c.Aside, func(a Aside) bool { return slices.Contains(a.Marks, mark) })
	}
	return slices.ContainsFunc(t.Rows, func(r Row) bool { return slices.ContainsFunc(r.Cells, has) })
}

// line writes a sentence, wrapped.
func line(b *strings.Builder, s string, width int) {
	b.WriteString(strings.Join(Wrap(clean(s), width), "\n") + "\n")
}

// grid is a table as text, before it is cut.
type grid struct {
	header []string
	right  []bool
	text   []bool // the column may be wrapped
	cap    []int
	rows   []gridRow
}

type gridRow struct {
	kind  RowKind
	cells []string
	empty []bool
}

// grid writes every cell out.
func (t *Table) grid(lang Language) grid {
	n := len(t.Columns)
	g := grid{right: make([]bool, n), text: make([]bool, n), cap: make([]int, n)}
	for c, col := range t.Columns {
		g.header = append(g.header, clean(col.Title))
		g.right[c], g.cap[c] = col.Right, col.Width
	}
	for _, r := range t.Rows {
		row := gridRow{kind: r.Kind, cells: make([]string, n), empty: make([]bool, n)}
		for c := range t.Columns {
			cell := r.cell(c)
			row.empty[c] = cell.Missing()
			if r.Kind == RowGroup && c > 0 {
				continue
			}
			row.cells[c] = clean(t.show(cell, lang))
			g.text[c] = g.text[c] || cell.Kind == KindText
		}
		g.rows = append(g.rows, row)
	}
	return g
}

// span is what a column needs.
type span struct {
	want  int // for everything on one line
	cells int // for the cells on one line; the header may be wrapped
	least int // below this words or numbers break
}

// widths measures the columns.
func (g grid) widths() []span {
	out := make([]span, len(g.header))
	for c := range g.header {
		cells, word := 0, 0
		for _, r := range g.rows {
			if r.kind == RowGroup {
				continue
			}
			for _, l := range strings.Split(r.cells[c], "\n") {
				cells = max(cells, twwidth.Width(l))
			}
			word = max(word, longestWord(r.cells[c]))
		}
		least := cells
		if g.text[c] {
			least = min(cells, max(narrowest, min(word, 2*narrowest)))
		}
		least = max(least, min(longestWord(g.header[c]), 2*narrowest))
		if g.cap[c] > 0 {
			cells = min(cells, max(g.cap[c], least))
		}
		cells = max(cells, least)
		want := max(cells, twwidth.Width(g.header[c]))
		if g.cap[c] > 0 {
			want = min(want, max(g.cap[c], least))
		}
		out[c] = span{want, cells, least}
	}
	return out
}

// fit shares the width among columns: each gets what it would like; or wide
// ones give way first, then headers are wrapped, then all shrink down to their
// least. It says false where even that is too much.
func fit(spans []span, width int) ([]int, bool) {
	over := frame(len(spans)) - width
	out := make([]int, len(spans))
	for c, s := range spans {
		out[c] = s.want
		over += s.want
	}
	give := func(down func(span) int) {
		for over > 0 {
			widest := -1
			for c, s := range spans {
				if out[c] > down(s) && (widest < 0 || out[c] > out[widest]) {
					widest = c
				}
			}
			if widest < 0 {
				return
			}
			out[widest]--
			over--
		}
	}
	give(func(s span) int { return max(s.least, min(s.want, 2*narrowest)) })
	give(func(s span) int { return s.cells })
	give(func(s span) int { return s.least })
	return out, over <= 0
}

// pieces cuts the grid into such as fit.
func (g grid) pieces(pinned int, sparse bool, width int) []grid {
	spans := g.widths()
	fits := func(cols []int) bool {
		some := make([]span, len(cols))
		for i, c := range cols {
			some[i] = spans[c]
		}
		_, ok := fit(some, width)
		return ok
	}
	if _, ok := fit(spans, width); ok || len(g.header) == 0 {
		return []grid{g}
	}
	if len(g.rows) <= 2 && len(g.header) > 3 {
		return []grid{g.turned()}
	}
	var lead []int
	for c := range pinned {
		lead = append(lead, c)
	}
	if pinned > 1 && pinned < len(g.header) && !fits(append(slices.Clone(lead), pinned)) {
		lead = lead[:1] // too many to repeat
	}
	var out []grid
	for c := len(lead); c < len(g.header); {
		cols := append(slices.Clone(lead), c)
		c++
		for c < len(g.header) && fits(append(slices.Clone(cols), c)) {
			cols = append(cols, c)
			c++
		}
		out = append(out, g.columns(cols, len(lead), sparse))
	}
	return out
}

// columns takes some columns of the grid.
func (g grid) columns(cols []int, pinned int, sparse bool) grid {
	var out grid
	for _, c := range cols {
		out.header = append(out.header, g.header[c])
		out.right, out.text, out.cap = append(out.right, g.right[c]), append(out.text, g.text[c]), append(out.cap, g.cap[c])
	}
	for _, r := range g.rows {
		row := gridRow{kind: r.kind}
		full := false
		for i, c := range cols {
			row.cells, row.empty = append(row.cells, r.cells[c]), append(row.empty, r.empty[c])
			full = full || i >= pinned && !r.empty[c]
		}
		if full || !sparse || r.kind == RowGroup {
			out.rows = append(out.rows, row)
		}
	}
	if len(out.rows) == 0 { // nothing at all: say it for every row
		return g.columns(cols, pinned, false)
	}
	return out
}

// turned makes columns of the rows.
func (g grid) turned() grid {
	out := grid{header: []string{g.header[0]}, right: []bool{false}, text: []bool{true}, cap: []int{0}}
	for _, r := range g.rows {
		out.header = append(out.header, r.cells[0])
		out.right, out.text, out.cap = append(out.right, false), append(out.text, true), append(out.cap, 0)
	}
	for c := 1; c < len(g.header); c++ {
		row := gridRow{cells: []string{g.header[c]}, empty: []bool{false}}
		for _, r := range g.rows {
			row.cells, row.empty = append(row.cells, r.cells[c]), append(row.empty, r.empty[c])
		}
		out.rows = append(out.rows, row)
	}
	return out
}

// print lays one piece out.
func (g grid) print(b *strings.Builder, width int) error {
	spans := g.widths()
	widths, ok := fit(spans, width)
	if !ok { // one word or number wider than the page: break it rather than the table
		for c := range spans {
			spans[c].least = min(spans[c].least, max(4, (width-frame(len(spans)))/len(spans)))
		}
		widths, _ = fit(spans, width)
	}
	folded := func(cells []string) []string {
		out := make([]string, len(cells))
		for c, s := range cells {
			out[c] = strings.Join(Wrap(s, widths[c]), "\n")
		}
		return out
	}
	align := make([]tw.Align, len(g.header))
	for c := range align {
		align[c] = tw.AlignLeft
		if g.right[c] {
			align[c] = tw.AlignRight
		}
	}
	cell := tw.CellConfig{
		Formatting: tw.CellFormatting{AutoWrap: tw.WrapNone, AutoFormat: tw.Off},
		Alignment:  tw.CellAlignment{PerColumn: align},
	}
	table := tablewriter.NewTable(b, tablewriter.WithConfig(tablewriter.Config{Header: cell, Row: cell, Footer: cell}),
		tablewriter.WithTrimSpace(tw.Off))
	table.Header(folded(g.header))
	rows := g.rows
	var footer []string
	if n := len(rows); n > 1 && rows[n-1].kind == RowTotal && rows[n-2].kind != RowTotal {
		footer, rows = rows[n-1].cells, rows[:n-1]
	}
	for _, r := range rows {
		if err := table.Append(folded(r.cells)); err != nil {
			return fmt.Errorf("lay out table: %w", err)
		}
	}
	if footer != nil {
		table.Footer(folded(footer))
	}
	if err := table.Render(); err != nil {
		return fmt.Errorf("print table: %w", err)
	}
	return nil
}
