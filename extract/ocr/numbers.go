// Numbers, read twice: those of table cells, and doubtful ones of the text.
//
// The Vietnamese data leans on words: a lone "21" in a cell comes out as "Z1" or
// "ĐÀI". The English data, which every installation has, reads digits better
// and Vietnamese not at all. So the cells are read with both, and the numbers
// compared: what both say is sure, what they disagree on becomes doubtful.
package ocr

import (
	"context"
	"image"
	"regexp"
	"strings"
)

const (
	// contested is the most confidence left to a number that was read in two
	// ways, or that only the second reading took for a number.
	contested = 0.5
	// sameWord is how much of the smaller box two readings of a word share.
	sameWord = 0.5
)

var number = regexp.MustCompile(`^\(?[0-9][0-9.,]*%?\)?$`)

// compareNumbers settles the words of the first reading by the numbers of the
// second. Both are in the coordinates of the same picture.
func compareNumbers(words, second []word) []word {
	out := make([]word, len(words))
	copy(out, words)
	for _, n := range second {
		if !number.MatchString(n.text) {
			continue
		}
		same := -1
		alone := true
		for i, w := range out {
			if !w.overlaps(n) {
				continue
			}
			alone = alone && same < 0
			same = i
		}
		switch {
		case same < 0:
			// Seen by one reading only. It has to be put in its line: the
			// nearest before it in the column.
			n.confidence = min(n.confidence, contested)
			n.line = 0
			for _, w := range out {
				if w.top <= n.bottom {
					n.line = max(n.line, w.line)
				}
			}
			out = append(out, n)
		case !alone:
			out[same].confidence = min(out[same].confidence, contested)
		case out[same].text == n.text:
			out[same].confidence = max(out[same].confidence, n.confidence)
		case number.MatchString(out[same].text) && out[same].confidence >= n.confidence:
			out[same].confidence = min(out[same].confidence, contested)
		default:
			out[same].text = n.text
			out[same].confidence = min(n.confidence, contested)
		}
	}
	return out
}

func (w word) box() image.Rectangle { return image.Rect(w.left, w.top, w.right, w.bottom) }

// overlaps says whether two words are readings of the same ink.
func (w word) overlaps(v word) bool {
	area := func(r image.Rectangle) float64 { return float64(r.Dx()) * float64(r.Dy()) }
	a, b := w.box(), v.box()
	return area(a.Intersect(b)) > sameWord*min(area(a), area(b))
}

const (
	// unsure is the confidence under which a number of the text is read again.
	unsure = 0.9
	// aside is how far around a word is looked for its ink, in inches.
	aside = 0.02
)

var inText = regexp.MustCompile(`^\(?[0-9][0-9.,/]*%?\)?[.,;:]?$`)

// confirm reads the doubtful numbers of a page a second time, each by itself, and
// raises or lowers the confidence of those that come out alike or not. It changes
// no text. The ink of those numbers is gone from img afterwards.
func (r *Reader) confirm(ctx context.Context, img *image.Gray, words []word, dpi float64, ink, background uint8) error {
	if r.digits == "" {
		return nil
	}
	room := int(aside * dpi)
	var boxes []image.Rectangle
	for _, w := range words {
		if w.confidence < unsure && inText.MatchString(w.text) {
			boxes = append(boxes, w.box().Inset(-room).Intersect(img.Rect))
		}
	}
	column, places := unfold(img, boxes, 1, dpi, ink, background)
	if column == nil {
		return nil
	}
	second, err := r.words(ctx, column, dpi, r.digits, modeBlock)
	if err != nil {
		return err
	}
	agree(words, refold(second, places, 0))
	return nil
}

// agree compares the doubtful numbers with their second reading.
func agree(words, second []word) {
	for i := range words {
		w := &words[i]
		if w.confidence >= unsure || !inText.MatchString(w.text) {
			continue
		}
		var readings []word
		for _, n := range second {
			if w.overlaps(n) {
				readings = append(readings, n)
			}
		}
		bare := func(s string) string { return strings.TrimRight(s, ".,;:") }
		switch {
		case len(readings) == 0: // nothing was recognised, which says nothing
		case len(readings) == 1 && bare(readings[0].text) == bare(w.text):
			w.confidence = max(w.confidence, readings[0].confidence)
		default:
			w.confidence = min(w.confidence, contested)
		}
	}
}
