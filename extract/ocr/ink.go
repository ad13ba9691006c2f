// Dark and light: what of a grey picture is ink.
package ocr

import "image"

// histogram counts the pixels of each shade.
func histogram(img *image.Gray) [256]int {
	var h [256]int
	for y := range img.Rect.Dy() {
		for _, v := range img.Pix[y*img.Stride : y*img.Stride+img.Rect.Dx()] {
			h[v]++
		}
	}
	return h
}

// threshold is the shade up to which a pixel counts as ink (Otsu's method: the
// split with the largest variance between its two sides).
func threshold(h [256]int) uint8 {
	total, sum := 0, 0
	for shade, n := range h {
		total += n
		sum += shade * n
	}
	best, bestAt := 0.0, 127
	dark, darkSum := 0, 0
	for shade, n := range h {
		dark += n
		darkSum += shade * n
		if dark == 0 || dark == total {
			continue
		}
		gap := float64(darkSum)/float64(dark) - float64(sum-darkSum)/float64(total-dark)
		if between := float64(dark) * float64(total-dark) * gap * gap; between > best {
			best, bestAt = between, shade
		}
	}
	return uint8(bestAt)
}

// paper is the most frequent shade lighter than ink.
func paper(h [256]int, ink uint8) uint8 {
	best := 255
	for shade := int(ink) + 1; shade < 256; shade++ {
		if h[shade] > h[best] {
			best = shade
		}
	}
	return uint8(best)
}
