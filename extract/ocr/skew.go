// Skew: by how much a scanned page is turned, and turning it back.
package ocr

import (
	"image"
	"math"
)

const (
	maxSkew    = 7.0  // degrees looked at to either side
	coarseStep = 0.25 // degrees
	fineStep   = 0.02
	// Below this the loss from resampling is larger than the gain; at the edge
	// of a page it moves a line by less than two pixels.
	minSkew = 0.08
	// skewWidth is to how many pixels a page is reduced to measure it.
	skewWidth = 1000
	maxPoints = 150_000
)

// skew is the angle in degrees by which the text lines fall to the right, 0 when
// the page shows no preference. It is the angle at which the ink, summed along
// the lines, is the most uneven: full in the lines and nothing between them.
func skew(img *image.Gray, ink uint8) float64 {
	xs, ys := inkPoints(img, ink)
	if len(xs) < 200 {
		return 0
	}
	scale := max(1, float64(img.Rect.Dx())/skewWidth)
	height := int(float64(img.Rect.Dy())/scale) + 1
	margin := int(math.Tan(maxSkew*math.Pi/180)*float64(img.Rect.Dx())/scale) + 2
	counts := make([]int32, height+2*margin)
	score := func(degrees float64) float64 {
		clear(counts)
		slope := math.Tan(degrees * math.Pi / 180)
		for i, x := range xs {
			counts[int(float64(ys[i])-float64(x)*slope+float64(margin))]++
		}
		sum := 0.0
		for i := 1; i < len(counts); i++ {
			d := float64(counts[i] - counts[i-1])
			sum += d * d
		}
		return sum
	}
	best, at := score(0), 0.0
	flat := best
	search := func(from, to, step float64) {
		for a := from; a <= to; a += step {
			if s := score(a); s > best {
				best, at = s, a
			}
		}
	}
	search(-maxSkew, maxSkew, coarseStep)
	search(at-coarseStep, at+coarseStep, fineStep)
	if best < 1.02*flat {
		return 0
	}
	return at
}

// inkPoints gives where ink is, reduced to about skewWidth pixels across. Only
// the lower edge of ink counts: baselines say more than blots.
func inkPoints(img *image.Gray, ink uint8) (xs, ys []int32) {
	step := max(1, int(math.Round(float64(img.Rect.Dx())/skewWidth)))
	scale := max(1, float64(img.Rect.Dx())/skewWidth)
	width, height := img.Rect.Dx(), img.Rect.Dy()
	for y := 0; y+step < height; y += step {
		row, below := img.Pix[y*img.Stride:], img.Pix[(y+step)*img.Stride:]
		for x := 0; x < width; x += step {
			if row[x] <= ink && below[x] > ink {
				xs = append(xs, int32(float64(x)/scale))
				ys = append(ys, int32(float64(y)/scale))
			}
		}
		if len(xs) > maxPoints {
			break // noise, or a photograph
		}
	}
	return xs, ys
}

// straighten turns the picture back by degrees around its middle, on a sheet of
// the same size; what comes in at the corners is paper.
func straighten(img *image.Gray, degrees float64, background uint8) *image.Gray {
	width, height := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, width, height))
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	midX, midY := float64(width-1)/2, float64(height-1)/2
	const one = 1 << 16 // fixed point: this loop is most of the cost of a page
	stepX, stepY := int(math.Round(cos*one)), int(math.Round(sin*one))
	for y := range height {
		dy := float64(y) - midY
		sx := int(math.Round((midX - cos*midX - sin*dy) * one))
		sy := int(math.Round((midY - sin*midX + cos*dy) * one))
		row := out.Pix[y*out.Stride : y*out.Stride+width]
		for x := range row {
			ix, iy := sx>>16, sy>>16
			if ix < 0 || iy < 0 || ix+1 >= width || iy+1 >= height {
				row[x] = background
			} else {
				fx, fy := sx&(one-1)>>8, sy&(one-1)>>8
				p := iy*img.Stride + ix
				a, b := int(img.Pix[p]), int(img.Pix[p+1])
				c, d := int(img.Pix[p+img.Stride]), int(img.Pix[p+img.Stride+1])
				top, low := a*256+(b-a)*fx, c*256+(d-c)*fx
				row[x] = uint8((top*256 + (low-top)*fy) >> 16)
			}
			sx += stepX
			sy += stepY
		}
	}
	return out
}

// quarter turns the picture by n quarter turns clockwise.
func quarter(img *image.Gray, n int) *image.Gray {
	width, height := img.Rect.Dx(), img.Rect.Dy()
	sheet := image.Rect(0, 0, width, height)
	to := func(x, y int) (int, int) { return x, y }
	switch n & 3 {
	case 1:
		sheet = image.Rect(0, 0, height, width)
		to = func(x, y int) (int, int) { return height - 1 - y, x }
	case 2:
		to = func(x, y int) (int, int) { return width - 1 - x, height - 1 - y }
	case 3:
		sheet = image.Rect(0, 0, height, width)
		to = func(x, y int) (int, int) { return y, width - 1 - x }
	}
	out := image.NewGray(sheet)
	for y := range height {
		for x := range width {
			ox, oy := to(x, y)
			out.Pix[oy*out.Stride+ox] = img.Pix[y*img.Stride+x]
		}
	}
	return out
}

// clone is a copy of the picture with rows end to end.
func clone(img *image.Gray) *image.Gray { return quarter(img, 0) }
