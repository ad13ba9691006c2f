// Text printed over other text: watermarks and stamps that stand upright. Left
// where they are, their letters would end up between those of the text.

package layout

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"
)

const (
	// stampLetters is how many letters a stamp has at least: single signs over
	// others are accents and ticks.
	stampLetters = 3
	// stampShare is how much of a stamp lies over other text.
	stampShare = 0.3
	// stampSize is how many times larger or smaller than the text a watermark is
	// at least; what is nearer to the usual size is text.
	stampSize = 1.5
	// largestLetter is the largest letter that is looked at, in points: one that
	// fills the page.
	largestLetter = 600
	// overprintSteps bounds the work on one page; beyond it nothing is moved.
	overprintSteps = 2_000_000
)

// stretch is a run of characters that were drawn one after the other, from left
// to right on one baseline.
type stretch struct {
	first, last   int // indices of characters
	letters, over int // how many letters it has, and how many lie over others
}

// overprint parts off the characters printed over other text.
func (b *builder) overprint(chars []char) (kept, over []char) {
	stretches := b.stretches(chars)
	pairs := overlaps(chars, stretches)
	if len(pairs) == 0 {
		return chars, nil
	}
	moved := make([]bool, len(stretches))
	for _, p := range pairs {
		x, y := &stretches[p[0]], &stretches[p[1]]
		if !moved[p[0]] && !moved[p[1]] {
			moved[p[b.stamp(chars, x, y)]] = x.isStamp() || y.isStamp()
		}
	}
	for i := range stretches {
		part := chars[stretches[i].first : stretches[i].last+1]
		if moved[i] && stretches[i].isStamp() {
			over = append(over, part...)
		} else {
			kept = append(kept, part...)
		}
	}
	return kept, over
}

func (s *stretch) isStamp() bool {
	return s.letters >= stampLetters && float64(s.over) >= stampShare*float64(s.letters)
}

// stamp says which of two stretches that overlap is printed over the other: 0 or
// 1. It is the one whose size is not that of the text, or that lies over others
// with more of its letters, or that was drawn later.
func (b *builder) stamp(chars []char, x, y *stretch) int {
	odd := func(s *stretch) float64 { return math.Abs(math.Log(chars[s.first].Size / b.bodySize)) }
	share := func(s *stretch) float64 { return float64(s.over) / float64(s.letters) }
	switch {
	case odd(x)-odd(y) > math.Log(stampSize):
		return 0
	case odd(y)-odd(x) > math.Log(stampSize):
		return 1
	case share(x) > share(y):
		return 0
	}
	return 1
}

func (b *builder) stretches(chars []char) []stretch {
	var out []stretch
	for i := range chars {
		c := &chars[i]
		if n := len(out); n > 0 {
			before := &chars[i-1]
			gap := c.X0 - before.X1
			if math.Abs(c.Baseline-before.Baseline) < 0.1*c.Size && math.Abs(c.Size-before.Size) < 0.1*c.Size && gap > -0.8*c.Size && gap < 3*c.Size {
				out[n-1].last = i
				continue
			}
		}
		out = append(out, stretch{first: i, last: i})
	}
	for i := range out {
		s := &out[i]
		for _, c := range chars[s.first : s.last+1] {
			if c.isLetter() {
				s.letters++
			}
		}
	}
	return out
}

// isLetter reports whether a character is one letter or digit of a text layer.
// Signs do not count: forms are filled in over dots and lines.
func (c *char) isLetter() bool {
	r, _ := utf8.DecodeRuneInString(c.Text)
	return c.Confidence == 0 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// overlaps finds the pairs of stretches that lie over each other, and counts
// their letters that do.
func overlaps(chars []char, stretches []stretch) [][2]int {
	// Squares of the page, with the characters whose middle is in them.
	const side = 16.0
	type square struct{ x, y int }
	squares := map[square][]int{}
	owner := make([]int, len(chars))
	for i := range stretches {
		for j := stretches[i].first; j <= stretches[i].last; j++ {
			owner[j] = i
		}
	}
	for j := range chars {
		if c := &chars[j]; c.isLetter() {
			at := square{int((c.X0 + c.X1) / 2 / side), int((c.Baseline - 0.35*c.Size) / side)}
			squares[at] = append(squares[at], j)
		}
	}
	lies := make([]bool, len(chars))
	var pairs [][2]int
	steps := 0
	for j := range chars {
		c := &chars[j]
		if !c.isLetter() || max(c.Size, c.X1-c.X0) > largestLetter {
			continue
		}
		// What lies under the ink of c; the others are met when it is their turn.
		x0, x1 := c.X0+0.15*(c.X1-c.X0), c.X1-0.15*(c.X1-c.X0)
		y0, y1 := c.Baseline-0.6*c.Size, c.Baseline-0.05*c.Size
		for sx := int(x0 / side); sx <= int(x1/side); sx++ {
			for sy := int(y0 / side); sy <= int(y1/side); sy++ {
				if steps += 1 + len(squares[square{sx, sy}]); steps > overprintSteps {
					return nil
				}
				for _, k := range squares[square{sx, sy}] {
					d := &chars[k]
					x, y := (d.X0+d.X1)/2, d.Baseline-0.35*d.Size
					if owner[k] == owner[j] || x < x0 || x > x1 || y < y0 || y > y1 || d.Size > 1.01*c.Size || twice(c, d) {
						continue
					}
					lies[j], lies[k] = true, true
					if pair := [2]int{min(owner[j], owner[k]), max(owner[j], owner[k])}; !slices.Contains(pairs, pair) && len(pairs) < 1000 {
						pairs = append(pairs, pair)
					}
				}
			}
		}
	}
	for j := range lies {
		if lies[j] {
			stretches[owner[j]].over++
		}
	}
	return pairs
}

// twice reports whether two characters are one, printed twice to look bold.
func twice(a, b *char) bool {
	return a.Text == b.Text && math.Abs(a.Size-b.Size) < 0.1*a.Size
}
