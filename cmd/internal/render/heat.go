// This file lays out maps of cells that each are in one of a few states.

package render

import (
	"strconv"
	"strings"
)

// HeatMap is rows by columns of cells that each are in one state.
type HeatMap struct {
	Title   string
	Columns []string
	Rows    []HeatRow
	States  []HeatState // for the legend, in this order
}

// HeatRow has an index into States for each column, or -1 for none.
type HeatRow struct {
	Name  string
	Cells []int
	Tips  []string // words for each cell; may be nil
}

// HeatState is what a cell may be; the symbol says the same as the colour.
type HeatState struct {
	Name, Symbol, Color string // colour: good, late, bad or none
}

// legendWidth is how far the legend of a map reaches.
const legendWidth = 360.0

// Draw lays the map out.
func (m HeatMap) Draw() *Picture {
	const side = 22.0
	left := 20.0
	for _, r := range m.Rows {
		left = max(left, 24+textWidth(r.Name, 13))
	}
	left = min(left, 300)
	// The legend is wrapped so that a telephone shows all of it.
	type entry struct{ x, y float64 }
	var legend []entry
	x, y, wide := 20.0, 40.0, 0.0
	for _, s := range m.States {
		w := side + 22 + textWidth(s.Name, 13)
		if x > 20 && x+w > legendWidth {
			x, y = 20, y+side+4
		}
		legend = append(legend, entry{x, y})
		x += w
		wide = max(wide, x)
	}
	top := y + side + 48
	p := &Picture{Title: m.Title, w: max(left+float64(len(m.Columns))*side+24, wide, 40+textWidth(m.Title, 17)), h: top + float64(len(m.Rows))*side + 16}
	p.text(20, 28, clean(m.Title), 17, "start", "ink", true)
	for i, s := range m.States {
		p.cell(point{legend[i].x, legend[i].y}, side-2, s)
		p.text(legend[i].x+side+6, legend[i].y+16, clean(s.Name), 13, "start", "ink", false)
	}
	counts := make([]int, len(m.States))
	// Column names would not fit over the squares: the first, and each that begins a new year.
	year := ""
	for i, c := range m.Columns {
		if y := c[:min(4, len(c))]; y != year {
			year = y
			p.text(left+float64(i)*side, top-8, y, 12, "start", "muted", true)
		}
		if month, ok := strings.CutPrefix(c, year+"-"); ok {
			p.text(left+(float64(i)+0.45)*side, top-22, month, 10, "middle", "muted", false)
		}
	}
	for r, row := range m.Rows {
		y := top + float64(r)*side
		p.text(left-8, y+15, fitText(clean(row.Name), left-24, 13), 13, "end", "ink", false)
		for c, state := range row.Cells {
			if state < 0 {
				continue
			}
			counts[state]++
			s := m.States[state]
			at := point{left + float64(c)*side, y}
			p.cell(at, side-2, s)
			tip := row.Name + ", " + m.Columns[c] + ": " + s.Name
			if row.Tips != nil && row.Tips[c] != "" {
				tip += ", " + row.Tips[c]
			}
			p.shapes[len(p.shapes)-2].tip = tip
		}
	}
	var parts []string
	for i, s := range m.States {
		parts = append(parts, s.Name+": "+strconv.Itoa(counts[i]))
	}
	p.Desc = strings.Join(parts, "; ")
	return p
}

// cell draws a square with its symbol.
func (p *Picture) cell(at point, side float64, s HeatState) {
	p.shapes = append(p.shapes, shape{kind: box, pts: []point{at}, w: side, h: side, color: s.Color})
	p.text(at.x+side/2, at.y+side/2+4.5, s.Symbol, 12, "middle", "onfill", false)
}
