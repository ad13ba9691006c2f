// From a picture to a layout.Page: straighten, wipe, recognise, place.
package ocr

import (
	"context"
	"fmt"
	"image"
	"iter"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"baocao/extract/layout"
)

// doubtfulPage is the mean confidence under which a page may be upside down or
// on its side: upright text, however bad, is seldom read that doubtfully. Of a
// page on its side often nothing is read at all.
const doubtfulPage = 0.60

// upright reads a page, and once more turned when it makes no sense and
// tesseract says that it lies on its side.
func (r *Reader) upright(ctx context.Context, pic Picture) (layout.Page, error) {
	original := pic.Image
	page, err := r.read(ctx, pic, "")
	if err != nil || trust(page) >= doubtfulPage {
		return page, err
	}
	turns, err := r.orientation(ctx, Picture{Image: original, DPI: pic.DPI})
	if err != nil || turns == 0 {
		// The orientation data is a package of its own; without it the page
		// stays as it is, with its low confidence.
		return page, ctx.Err()
	}
	note := fmt.Sprintf("picture turned by %d degrees", 90*turns)
	turned, err := r.read(ctx, Picture{Image: quarter(original, turns), DPI: pic.DPI}, note)
	if err != nil {
		return page, err
	}
	if trust(turned) > trust(page) {
		return turned, nil
	}
	return page, nil
}

// read straightens, wipes the borders, recognises and places. It leaves the
// picture as it was.
func (r *Reader) read(ctx context.Context, pic Picture, note string) (layout.Page, error) {
	img := pic.Image
	shades := histogram(img)
	ink := threshold(shades)
	background := paper(shades, ink)
	angle := skew(img, ink)
	if math.Abs(angle) >= minSkew {
		img = straighten(img, angle, background)
		note = strings.TrimPrefix(note+fmt.Sprintf(", straightened by %.1f degrees", angle), ", ")
	} else {
		img = clone(img)
	}
	level, upright := wipeBorders(img, pic.DPI, ink, background)
	boxes := cells(img.Rect, level, upright, pic.DPI)
	column, places := unfold(img, boxes, 2, pic.DPI, ink, background)
	words, err := r.words(ctx, img, pic.DPI, r.language, modeColumn)
	if err != nil {
		return layout.Page{}, err
	}
	if column != nil {
		inCells, err := r.cellWords(ctx, column, pic.DPI)
		if err != nil {
			return layout.Page{}, err
		}
		words = append(words, refold(inCells, places, len(words))...)
	}
	if err := r.confirm(ctx, img, words, pic.DPI, ink, background); err != nil {
		return layout.Page{}, err
	}
	if n := r.hooks.settle(words); n > 0 {
		note = strings.TrimPrefix(note+fmt.Sprintf(", the hook of %d words was told by the words around", n), ", ")
	}
	points := 72 / pic.DPI
	return layout.Page{
		Width: float64(img.Rect.Dx()) * points, Height: float64(img.Rect.Dy()) * points,
		Glyphs: place(words, points), Lines: ruling(level, upright, points), Note: note,
	}, nil
}

// cellWords reads a column of cells, its numbers twice where that is possible.
func (r *Reader) cellWords(ctx context.Context, column *image.Gray, dpi float64) ([]word, error) {
	words, err := r.words(ctx, column, dpi, r.language, modeBlock)
	if err != nil || r.digits == "" {
		return words, err
	}
	second, err := r.words(ctx, column, dpi, r.digits, modeBlock)
	if err != nil {
		return nil, err
	}
	return compareNumbers(words, second), nil
}

// trust is the mean confidence of the words, each weighed by its length.
func trust(page layout.Page) float64 {
	sum, weight := 0.0, 0.0
	for _, g := range page.Glyphs {
		if g.Confidence == 0 {
			continue // a space
		}
		n := float64(len(g.Text))
		sum += n * g.Confidence
		weight += n
	}
	if weight == 0 {
		return 0
	}
	return sum / weight
}

var rotateLine = regexp.MustCompile(`(?m)^Rotate: (\d+)\r?$`)

// orientation is by how many quarter turns clockwise the picture must be turned.
func (r *Reader) orientation(ctx context.Context, pic Picture) (int, error) {
	out, err := r.run(ctx, pic.Image, "-l", "osd", "--psm", modeOrientation, "--dpi", strconv.Itoa(int(math.Round(pic.DPI))))
	if err != nil {
		return 0, err
	}
	m := rotateLine.FindSubmatch(out)
	if m == nil {
		return 0, nil
	}
	degrees, err := strconv.Atoi(string(m[1]))
	if err != nil {
		return 0, err
	}
	return degrees / 90 % 4, nil
}

// place turns words into glyphs. All words of one line share its baseline and
// size: their boxes are tight around the ink and would say otherwise.
func place(words []word, points float64) []layout.Glyph {
	glyphs := make([]layout.Glyph, 0, 2*len(words))
	lines := slices.Collect(textLines(words))
	var sizes []float64
	for _, line := range lines {
		if _, size := measure(line); len(line) > 3 {
			sizes = append(sizes, size)
		}
	}
	body := 0.0
	if len(sizes) > 0 {
		body = median(sizes)
	}
	for _, line := range lines {
		baseline, size := measure(line)
		// What differs by less than the error of measuring is the same size.
		if math.Abs(size-body) < sizeError*body {
			size = body
		}
		for i, w := range line {
			b := baseline
			if own := w.baseline(); math.Abs(own-b) > size/2 {
				b = own // a cell whose text sits higher than its neighbours
			}
			if i > 0 && w.left > line[i-1].right {
				// Tesseract parts words itself; a space says so to the layout,
				// whatever the gap. It is narrow: a wide gap stays a gap.
				glyphs = append(glyphs, layout.Glyph{
					X0: float64(line[i-1].right) * points,
					X1: (float64(line[i-1].right) + min(float64(w.left-line[i-1].right), spaceWidth*size)) * points,
					Y0: (b - layout.Ascent*size) * points, Y1: (b + layout.Descent*size) * points,
					Baseline: b * points, Size: size * points, Text: " ",
				})
			}
			glyphs = append(glyphs, layout.Glyph{
				X0: float64(w.left) * points, X1: float64(w.right) * points,
				Y0: (b - layout.Ascent*size) * points, Y1: (b + layout.Descent*size) * points,
				Baseline: b * points, Size: size * points,
				Text: w.text, Confidence: w.confidence,
			})
		}
	}
	return glyphs
}

// textLines cuts words into those of one line.
func textLines(words []word) iter.Seq[[]word] {
	return func(yield func([]word) bool) {
		for start := 0; start < len(words); {
			end := start + 1
			for end < len(words) && words[end].line == words[start].line {
				end++
			}
			if !yield(words[start:end]) {
				return
			}
			start = end
		}
	}
}

// sizeError is how much a size measured on a line may be off.
const sizeError = 0.15

// Heights in units of the font size, as in the faces that office documents use.
const (
	spaceWidth  = 0.25
	xHeight     = 0.46
	capHeight   = 0.67
	markHeight  = 0.22 // one tone mark above a letter
	belowHeight = 0.21 // a descender, or the dot below
)

// reach is how far the ink of a word goes above and below its baseline, in units
// of the font size.
func (w word) reach() (above, below float64) {
	for _, c := range norm.NFD.String(w.text) {
		height := 0.0
		switch {
		case unicode.Is(unicode.Mn, c):
			if c == '\u0323' {
				below = max(below, belowHeight)
			} else {
				above = max(above, xHeight+markHeight)
			}
			continue
		case strings.ContainsRune("gjpqy,;Q", c):
			below = max(below, belowHeight)
			height = xHeight
		case strings.ContainsRune("()[]{}/|", c):
			below = max(below, belowHeight)
			height = capHeight
		case unicode.IsUpper(c), unicode.IsDigit(c), strings.ContainsRune("bdđfhklti%\"'”“?!", c):
			height = capHeight
		case unicode.IsLetter(c):
			height = xHeight
		}
		above = max(above, height)
	}
	return above, below
}

// baseline is where the word's own box puts it, in pixels.
func (w word) baseline() float64 {
	above, below := w.reach()
	if above+below == 0 {
		return float64(w.bottom)
	}
	return float64(w.bottom) - below/(above+below)*float64(w.bottom-w.top)
}

// measure gives the baseline and font size of a line in pixels: the medians of
// what its words say, words of dashes and dots left out.
func measure(line []word) (baseline, size float64) {
	var baselines, sizes []float64
	for _, w := range line {
		above, below := w.reach()
		if above == 0 {
			continue
		}
		baselines = append(baselines, w.baseline())
		sizes = append(sizes, float64(w.bottom-w.top)/(above+below))
	}
	if len(sizes) == 0 {
		return float64(line[0].bottom), max(1, float64(line[0].bottom-line[0].top))
	}
	return median(baselines), max(1, median(sizes))
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}
