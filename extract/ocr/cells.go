// Tables unfolded: every cell of a bordered table read on its own.
//
// Tesseract reads along the page; in a table that runs the words of neighbouring
// cells together and guesses at lone numbers. So the cells are cut out along the
// borders and stacked into one tall column, which is read like a page; its words
// are then put back to where they came from.
package ocr

import (
	"cmp"
	"image"
	"image/draw"
	"slices"
)

const (
	maxCells   = 3000 // of a page; beyond it is no table
	padding    = 0.12 // inch of paper around a stacked cell
	tallest    = 30000
	minCellInk = 6 // pixels; less is a speck
)

// cells finds the closed cells of the tables that the borders make, in reading
// order, in pixels, without the borders themselves.
func cells(sheet image.Rectangle, level, upright []stroke, dpi float64) []image.Rectangle {
	if len(level) < 2 || len(upright) < 2 {
		return nil
	}
	slack := max(2, int(0.05*dpi))
	xs, ys := positions(upright, slack), positions(level, slack)
	columns, rows := len(xs)-1, len(ys)-1
	if columns < 1 || rows < 1 || columns*rows > maxCells {
		return nil
	}
	// Elementary boxes between neighbouring borders become one cell where no
	// border runs between them.
	group := make([]int, columns*rows)
	for i := range group {
		group[i] = i
	}
	root := func(i int) int {
		for group[i] != i {
			i = group[i]
		}
		return i
	}
	for r := range rows {
		for c := range columns {
			i := r*columns + c
			if c+1 < columns && !covered(upright, xs[c+1], ys[r], ys[r+1], slack) {
				group[root(i+1)] = root(i)
			}
			if r+1 < rows && !covered(level, ys[r+1], xs[c], xs[c+1], slack) {
				group[root(i+columns)] = root(i)
			}
		}
	}
	boxes := make(map[int]image.Rectangle)
	open := make(map[int]bool) // not closed by borders all around: not in a table
	for r := range rows {
		for c := range columns {
			g := root(r*columns + c)
			boxes[g] = boxes[g].Union(image.Rect(xs[c], ys[r], xs[c+1], ys[r+1]))
			if c == 0 && !covered(upright, xs[0], ys[r], ys[r+1], slack) ||
				c == columns-1 && !covered(upright, xs[columns], ys[r], ys[r+1], slack) ||
				r == 0 && !covered(level, ys[0], xs[c], xs[c+1], slack) ||
				r == rows-1 && !covered(level, ys[rows], xs[c], xs[c+1], slack) {
				open[g] = true
			}
		}
	}
	var out []image.Rectangle
	for g, box := range boxes {
		if !open[g] {
			out = append(out, box.Inset(1).Intersect(sheet))
		}
	}
	slices.SortFunc(out, func(a, b image.Rectangle) int {
		return cmp.Or(cmp.Compare(a.Min.Y, b.Min.Y), cmp.Compare(a.Min.X, b.Min.X))
	})
	return out
}

// positions are the places of the borders across them, near ones taken together.
func positions(strokes []stroke, slack int) []int {
	var all []int
	for _, s := range strokes {
		all = append(all, (s.at+s.end)/2)
	}
	slices.Sort(all)
	var out []int
	for _, p := range all {
		if len(out) == 0 || p-out[len(out)-1] > slack {
			out = append(out, p)
		}
	}
	return out
}

// covered says whether a border runs at place between from and to.
func covered(strokes []stroke, place, from, to, slack int) bool {
	length := 0
	for _, s := range strokes {
		if s.at-slack <= place && place <= s.end+slack {
			length += max(0, min(s.to, to)-max(s.from, from))
		}
	}
	return 5*length >= 4*(to-from)
}

// stacked is a cell's place in the column.
type stacked struct {
	cell image.Rectangle // on the page, cut down to its ink
	at   image.Point     // its corner in the column
}

// unfold moves the ink of the cells out of img into a column. It gives nil when
// there are fewer than least cells to unfold.
func unfold(img *image.Gray, boxes []image.Rectangle, least int, dpi float64, ink, background uint8) (*image.Gray, []stacked) {
	gap := max(8, int(padding*dpi))
	var places []stacked
	width, height := 0, gap
	for _, box := range boxes {
		cell := inkBox(img, box, ink)
		if cell.Empty() {
			continue
		}
		if height+cell.Dy()+gap > tallest {
			break // the rest stays on the page
		}
		places = append(places, stacked{cell: cell, at: image.Pt(gap, height)})
		width = max(width, cell.Dx())
		height += cell.Dy() + gap
	}
	if len(places) < least {
		return nil, nil
	}
	column := image.NewGray(image.Rect(0, 0, width+2*gap, height))
	for i := range column.Pix {
		column.Pix[i] = background
	}
	for _, p := range places {
		target := image.Rectangle{Min: p.at, Max: p.at.Add(p.cell.Size())}
		draw.Draw(column, target, img, p.cell.Min, draw.Src)
		for y := p.cell.Min.Y; y < p.cell.Max.Y; y++ {
			row := img.Pix[y*img.Stride+p.cell.Min.X : y*img.Stride+p.cell.Max.X]
			for x := range row {
				row[x] = background
			}
		}
	}
	return column, places
}

// inkBox is the part of box that holds ink, a little wider; empty where there is
// none worth reading.
func inkBox(img *image.Gray, box image.Rectangle, ink uint8) image.Rectangle {
	found := image.Rectangle{}
	count := 0
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			if img.Pix[y*img.Stride+x] <= ink {
				found = found.Union(image.Rect(x, y, x+1, y+1))
				count++
			}
		}
	}
	if count < minCellInk {
		return image.Rectangle{}
	}
	return found.Inset(-2).Intersect(box)
}

// refold puts the words of the column back on the page. Words between two cells
// belong to the nearer one.
func refold(words []word, places []stacked, firstLine int) []word {
	out := make([]word, 0, len(words))
	for _, w := range words {
		middle := (w.top + w.bottom) / 2
		i, _ := slices.BinarySearchFunc(places, middle, func(p stacked, y int) int {
			return cmp.Compare(p.at.Y+p.cell.Dy(), y)
		})
		p := places[min(i, len(places)-1)]
		shift := p.cell.Min.Sub(p.at)
		w.left, w.right = w.left+shift.X, w.right+shift.X
		w.top, w.bottom = w.top+shift.Y, w.bottom+shift.Y
		w.line += firstLine
		out = append(out, w)
	}
	return out
}
