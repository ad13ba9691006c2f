// Table borders in a straightened picture: found, noted, and wiped out so that
// tesseract does not read them as letters.
package ocr

import (
	"image"
	"slices"

	"baocao/extract/layout"
)

const (
	// Lengths in inches. No letter is as long; a stroke of a headline's letter
	// is a fifth of an inch.
	minLevel   = 0.5
	minUpright = 0.4
	// A border is at most this thick.
	maxBorder = 0.04
	// A border may be too pale for ink (a grey hairline between two rows of pixels); it
	// is darker than the paper on both sides by this much.
	minContrast = 20
	// Holes in a scanned border up to this long are bridged.
	maxHole = 0.02
	// Pieces of one border may lie this far apart across it, and along it.
	joinAcross = 0.015
	joinAlong  = 0.1
)

// stroke is a straight run of ink: from..to along it, at..end across it (all
// inclusive), in pixels.
type stroke struct{ from, to, at, end int }

// wipeBorders finds the ruling lines of img and paints them over with paper.
func wipeBorders(img *image.Gray, dpi float64, ink, background uint8) (level, upright []stroke) {
	level = strokes(img, dpi, ink, false)
	upright = strokes(img, dpi, ink, true)
	thick := max(2, int(maxBorder*dpi))
	// Found first and wiped afterwards: wiping one kind would cut the other.
	wiped := slices.Clone(img.Pix)
	for _, s := range level {
		wipe(img, wiped, s, thick, ink, background, false)
	}
	for _, s := range upright {
		wipe(img, wiped, s, thick, ink, background, true)
	}
	for _, l := range level {
		for _, u := range upright {
			wipeCrossing(img, wiped, l, u, background)
		}
	}
	copy(img.Pix, wiped)
	return level, upright
}

// ruling gives the borders in points.
func ruling(level, upright []stroke, points float64) []layout.Line {
	var lines []layout.Line
	for _, s := range level {
		lines = append(lines, layout.Line{
			X0: float64(s.from) * points, X1: float64(s.to+1) * points,
			Y0: float64(s.at) * points, Y1: float64(s.end+1) * points,
		})
	}
	for _, s := range upright {
		lines = append(lines, layout.Line{
			Y0: float64(s.from) * points, Y1: float64(s.to+1) * points,
			X0: float64(s.at) * points, X1: float64(s.end+1) * points,
		})
	}
	return lines
}

// at gives the pixel at a place along and across, upright or level.
func at(img *image.Gray, along, across int, upright bool) int {
	if upright {
		return along*img.Stride + across
	}
	return across*img.Stride + along
}

// strokes finds long thin runs of ink, in order of place.
func strokes(img *image.Gray, dpi float64, ink uint8, upright bool) []stroke {
	length, across := img.Rect.Dx(), img.Rect.Dy()
	shortest := int(minLevel * dpi)
	if upright {
		length, across = across, length
		shortest = int(minUpright * dpi)
	}
	hole := max(1, int(maxHole*dpi))
	thick := max(2, int(maxBorder*dpi))
	var found []stroke
	for a := range across {
		start, last := -1, -1
		end := func() {
			if start >= 0 && last-start+1 >= shortest {
				found = append(found, stroke{from: start, to: last, at: a, end: a})
			}
			start = -1
		}
		for l := range length {
			if v := img.Pix[at(img, l, a, upright)]; v <= ink || pale(img, l, a, thick, v, upright) {
				if start < 0 {
					start = l
				}
				last = l
			} else if start >= 0 && l-last > hole {
				end()
			}
		}
		end()
	}
	joined := join(found, max(1, int(joinAcross*dpi)), int(joinAlong*dpi))
	return slices.DeleteFunc(joined, func(s stroke) bool { return s.end-s.at+1 > thick })
}

// pale tells whether the pixel of the value v is darker than the paper on both sides of a
// border that it may belong to.
func pale(img *image.Gray, along, across, thick int, v uint8, upright bool) bool {
	size := img.Rect.Dy()
	if upright {
		size = img.Rect.Dx()
	}
	before, after := across-thick, across+thick
	if before < 0 || after >= size {
		return false
	}
	paper := min(img.Pix[at(img, along, before, upright)], img.Pix[at(img, along, after, upright)])
	return int(v)+minContrast <= int(paper)
}

// join merges runs that lie side by side or end to end.
func join(runs []stroke, across, along int) []stroke {
	var out []stroke
	for _, r := range runs { // in order of r.at
		merged := false
		for i := len(out) - 1; i >= 0 && !merged; i-- {
			s := &out[i]
			if r.at-s.end <= across && r.from <= s.to+along && r.to >= s.from-along {
				s.from, s.to, s.end = min(s.from, r.from), max(s.to, r.to), max(s.end, r.end)
				merged = true
			}
		}
		if !merged {
			out = append(out, r)
		}
	}
	return out
}

// edge is how many pixels beside a border go too: the edge of ink is grey.
const edge = 1

// wipeCrossing paints over where two borders cross or meet: there neither is
// thin, and a dot would be left.
func wipeCrossing(img *image.Gray, pix []uint8, level, upright stroke, background uint8) {
	const reach = 4
	if upright.end < level.from-reach || upright.at > level.to+reach || level.end < upright.from-reach || level.at > upright.to+reach {
		return
	}
	for y := max(0, level.at-edge); y <= min(img.Rect.Dy()-1, level.end+edge); y++ {
		for x := max(0, upright.at-edge); x <= min(img.Rect.Dx()-1, upright.end+edge); x++ {
			pix[y*img.Stride+x] = background
		}
	}
}

// wipe paints a stroke over where the ink is no thicker than a border, so that
// letters that touch it stay. It reads from img and writes to pix.
func wipe(img *image.Gray, pix []uint8, s stroke, thick int, ink, background uint8, upright bool) {
	across := img.Rect.Dy()
	if upright {
		across = img.Rect.Dx()
	}
	for l := s.from; l <= s.to; l++ {
		lo, hi := s.at, s.end
		for lo > 0 && img.Pix[at(img, l, lo-1, upright)] <= ink && s.at-lo <= thick {
			lo--
		}
		for hi < across-1 && img.Pix[at(img, l, hi+1, upright)] <= ink && hi-s.end <= thick {
			hi++
		}
		if hi-lo+1 > thick+(s.end-s.at) {
			continue
		}
		for a := max(0, lo-edge); a <= min(across-1, hi+edge); a++ {
			pix[at(img, l, a, upright)] = background
		}
	}
}
