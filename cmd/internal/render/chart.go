// This file lays out charts of lines.

package render

import (
	"math"
	"strconv"
	"strings"
)

// Line is one line of a chart: a value for each place of the axis, plain
// decimals, "" for a gap.
type Line struct {
	Name   string
	Values []string
}

// LineChart is lines over periods.
type LineChart struct {
	Title string
	X     []string
	Lines []Line
	// Breaks maps the index of a place of the axis to what changed there, such as a
	// merger: a dashed line stands before it.
	Breaks map[int]string
	Lang   Language
}

// small is the most lines that one chart holds; beyond it each has its own.
const small = lines

// Draw lays the chart out: one picture of all lines, or, where they are too
// many to be told apart, a small one for each.
func (c LineChart) Draw() *Picture {
	if len(c.Lines) > small {
		return c.multiples()
	}
	p := &Picture{Title: c.Title, Desc: c.describe(), w: 760, h: 400}
	p.text(20, 28, clean(c.Title), 17, "start", "ink", true)
	legendTop := p.h - 18
	// The legend, from the bottom up, so that the plot gets what is left.
	rows := [][]int{{}}
	x := 20.0
	for i, l := range c.Lines {
		w := 40 + textWidth(l.Name, 13)
		if x+w > p.w-20 && len(rows[len(rows)-1]) > 0 {
			rows, x = append(rows, nil), 20
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], i)
		x += w
	}
	for r := len(rows) - 1; r >= 0; r-- {
		x = 20
		for _, i := range rows[r] {
			p.shapes = append(p.shapes, shape{kind: polyline, pts: []point{{x, legendTop - 4}, {x + 22, legendTop - 4}}, w: 2.5, color: lineName(i)},
				shape{kind: dot, pts: []point{{x + 11, legendTop - 4}}, w: 3.5, color: lineName(i)})
			p.text(x+28, legendTop, clean(c.Lines[i].Name), 13, "start", "ink", false)
			x += 40 + textWidth(c.Lines[i].Name, 13)
		}
		legendTop -= 20
	}
	c.plot(p, area{70, 48, p.w - 20, legendTop - 32}, false)
	return p
}

// area is a rectangle of the page.
type area struct{ left, top, right, bottom float64 }

// multiples draws each line in a small chart of its own, with its own scale.
func (c LineChart) multiples() *Picture {
	const wide, high, across = 240.0, 150.0, 3
	rows := (len(c.Lines) + across - 1) / across
	p := &Picture{Title: c.Title, Desc: c.describe(), w: wide*across + 40, h: 50 + float64(rows)*high}
	p.text(20, 28, clean(c.Title), 17, "start", "ink", true)
	for i := range c.Lines {
		x, y := 20+float64(i%across)*wide, 46+float64(i/across)*high
		one := LineChart{X: c.X, Lines: c.Lines[i : i+1], Breaks: c.Breaks, Lang: c.Lang}
		p.text(x+4, y+14, fitText(clean(c.Lines[i].Name), wide-30, 13), 13, "start", "ink", true)
		one.plot(p, area{x + 52, y + 24, x + wide - 16, y + high - 26}, true)
	}
	return p
}

// Smalls gives each line a small picture of its own.
func (c LineChart) Smalls() []*Picture {
	var out []*Picture
	for i, l := range c.Lines {
		out = append(out, LineChart{Title: l.Name, X: c.X, Lines: c.Lines[i : i+1], Breaks: c.Breaks, Lang: c.Lang}.Small())
	}
	return out
}

// Small lays a chart of one line out in little room; its title is its name.
func (c LineChart) Small() *Picture {
	p := &Picture{Title: c.Title, Desc: c.describe(), w: 260, h: 130}
	c.plot(p, area{54, 12, 248, 104}, true)
	return p
}

// plot draws axes and lines into an area.
func (c LineChart) plot(p *Picture, a area, little bool) {
	low, high, step := c.scale(little)
	y := func(v float64) float64 { return a.bottom - (v-low)/(high-low)*(a.bottom-a.top) }
	slot := (a.right - a.left) / float64(max(len(c.X), 1))
	x := func(i int) float64 { return a.left + slot*(float64(i)+0.5) }
	size := 12.0
	if little {
		size = 11
	}
	places := 0
	if step < 1 {
		places = int(math.Ceil(-math.Log10(step)))
	}
	for n := 0; ; n++ {
		v := low + float64(n)*step
		if v > high+step/2 {
			break
		}
		p.shapes = append(p.shapes, shape{kind: polyline, pts: []point{{a.left, y(v)}, {a.right, y(v)}}, w: 1, color: "rule"})
		p.text(a.left-6, y(v)+4, Style(strconv.FormatFloat(v, 'f', places, 64), c.Lang), size, "end", "muted", false)
	}
	widest := 0.0
	for _, s := range c.X {
		widest = max(widest, textWidth(s, size))
	}
	every := int(math.Ceil((widest + 10) / slot))
	for i, s := range c.X {
		if i%every == 0 {
			p.text(x(i), a.bottom+17, s, size, "middle", "muted", false)
		}
		if what, ok := c.Breaks[i]; ok {
			at := a.left + slot*float64(i)
			p.shapes = append(p.shapes, shape{kind: polyline, pts: []point{{at, a.top}, {at, a.bottom}}, w: 1.5, color: "muted", dashed: true, tip: what})
			if !little {
				if at+4+textWidth(what, 11) > a.right {
					p.text(at-4, a.top+10, clean(what), 11, "end", "muted", false)
				} else {
					p.text(at+4, a.top+10, clean(what), 11, "start", "muted", false)
				}
			}
		}
	}
	for n, l := range c.Lines {
		var run []point
		flush := func() {
			if len(run) > 1 {
				p.shapes = append(p.shapes, shape{kind: polyline, pts: run, w: 2.2, color: lineName(n)})
			}
			run = nil
		}
		for i, v := range l.Values {
			f, ok := number(v)
			if _, broken := c.Breaks[i]; !ok || broken {
				flush()
			}
			if !ok {
				continue
			}
			at := point{x(i), y(f)}
			run = append(run, at)
			p.shapes = append(p.shapes, shape{kind: dot, pts: []point{at}, w: 3.2, color: lineName(n), tip: l.Name + ", " + c.X[i] + ": " + Style(v, c.Lang)})
		}
		flush()
	}
}

// number is a plain decimal as a place on a picture, where digits beyond those
// of a float cannot be seen.
func number(plain string) (float64, bool) {
	if !decimal(plain) {
		return 0, false
	}
	f, err := strconv.ParseFloat(plain, 64)
	return f, err == nil
}

// scale chooses the ends of the axis and the distance of its marks. The axis
// begins at 0 unless all values are far from it.
func (c LineChart) scale(little bool) (low, high, step float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, l := range c.Lines {
		for _, v := range l.Values {
			if f, ok := number(v); ok {
				low, high = min(low, f), max(high, f)
			}
		}
	}
	if math.IsInf(low, 1) {
		return 0, 1, 1
	}
	if low >= 0 && (low < 0.8*high || low == high) {
		low = 0
	}
	if high <= low {
		high = low + 1
	}
	marks := 5.0
	if little {
		marks = 3
	}
	raw := (high - low) / marks
	step = math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 5, 10} {
		if step*m >= raw {
			step *= m
			break
		}
	}
	return math.Floor(low/step) * step, math.Ceil(high/step) * step, step
}

// describe says the chart in words: each line's first and last value.
func (c LineChart) describe() string {
	var parts []string
	for _, l := range c.Lines {
		first, last := -1, -1
		for i, v := range l.Values {
			if _, ok := number(v); ok {
				if first < 0 {
					first = i
				}
				last = i
			}
		}
		if first < 0 {
			continue
		}
		text := l.Name + ": " + c.X[first] + " " + Style(l.Values[first], c.Lang)
		if last > first {
			text += ", " + c.X[last] + " " + Style(l.Values[last], c.Lang)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// LineChart takes the rows of a table that its chart names, nil where it has
// none or less than two periods.
func (t *Table) LineChart(lang Language) *LineChart {
	if t.Chart == nil {
		return nil
	}
	c := &LineChart{Title: t.Chart.Title, Lang: lang, Breaks: t.Chart.Breaks}
	var columns []int
	for i, col := range t.Columns {
		if col.Dim != "" {
			columns = append(columns, i)
			c.X = append(c.X, col.At)
		}
	}
	for _, r := range t.Chart.Rows {
		l := Line{Name: t.Rows[r].cell(t.Chart.Name).Value}
		for _, i := range columns {
			cell := t.Rows[r].cell(i)
			v := ""
			if cell.numeric() {
				v = cell.Value
			}
			l.Values = append(l.Values, v)
		}
		if strings.Join(l.Values, "") != "" {
			c.Lines = append(c.Lines, l)
		}
	}
	if len(c.X) < 2 || len(c.Lines) == 0 {
		return nil
	}
	return c
}
