// Lines: characters on one baseline, cut into segments where the gap is wider
// than one between words.

package layout

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// segment is a run of characters on one line without a wide gap.
type segment struct {
	chars    []char
	x0, x1   float64
	baseline float64
	size     float64
	bold     bool
	text     text
	firstEnd float64 // where the first word ends
	notes    []note  // footnotes it refers to
}

// line is what stands on one baseline, from left to right.
type line struct {
	segments []segment
	baseline float64
	size     float64

	// On a page set in columns: which part of the page it stands in, and the
	// edges of that. Both edges are 0 elsewhere.
	column      int
	left, right float64
}

func (l *line) x0() float64 { return l.segments[0].x0 }
func (l *line) x1() float64 { return l.segments[len(l.segments)-1].x1 }

// whole returns the line as one segment.
func (b *builder) whole(l *line) segment {
	if len(l.segments) == 1 {
		return l.segments[0]
	}
	var chars []char
	for i := range l.segments {
		chars = append(chars, l.segments[i].chars...)
	}
	return b.segment(chars)
}

// cluster is the characters of one baseline.
type cluster struct {
	chars    []char
	baseline float64
	size     float64
}

// sameBaseline is how far baselines of one line may lie apart, as a share of
// the font size.
const sameBaseline = 0.22

// lines sorts characters into lines, top to bottom.
func (b *builder) lines(chars []char) []line {
	clusters := clusters(chars)
	attachScripts(clusters)
	out := make([]line, 0, len(clusters))
	for i := range clusters {
		c := &clusters[i]
		sortChars(c.chars)
		c.chars = dropDoubles(c.chars)
		l := line{baseline: c.baseline, size: c.size}
		for _, part := range splitAt(c.chars, wideGaps(c.chars)) {
			if s := b.segment(part); !s.text.empty() {
				l.segments = append(l.segments, s)
			}
		}
		if len(l.segments) > 0 {
			out = append(out, l)
		}
	}
	return out
}

func clusters(chars []char) []cluster {
	slices.SortStableFunc(chars, func(a, b char) int { return cmp.Compare(a.Baseline, b.Baseline) })
	var out []cluster
	for start := 0; start < len(chars); {
		anchor := chars[start]
		end := start + 1
		for end < len(chars) && chars[end].Baseline-anchor.Baseline <= sameBaseline*math.Min(anchor.Size, chars[end].Size) {
			end++
		}
		c := cluster{chars: chars[start:end:end]}
		ink := false
		for i := range c.chars {
			if g := &c.chars[i]; !g.space {
				ink = true
				if g.Size > c.size {
					c.size, c.baseline = g.Size, g.Baseline
				}
			}
		}
		if ink {
			out = append(out, c)
		}
		start = end
	}
	return out
}

// attachScripts moves small characters that stand raised or lowered beside
// larger ones into their line.
func attachScripts(all []cluster) {
	for i := range all {
		small := &all[i]
		for _, run := range runs(small) {
			first, last := run[0], run[len(run)-1]
			for j := max(0, i-3); j < min(len(all), i+4); j++ {
				host := &all[j]
				if j == i || first.Size > 0.8*host.size {
					continue
				}
				rise := (host.baseline - first.Baseline) / host.size
				if rise < -0.3 || rise > 0.75 || !touches(host, first.X0, last.X1) {
					continue
				}
				for _, c := range run {
					c.raised = rise > 0.15
					host.chars = append(host.chars, c)
				}
				small.chars = slices.DeleteFunc(small.chars, func(c char) bool {
					return slices.ContainsFunc(run, func(r char) bool { return r.Glyph == c.Glyph })
				})
				break
			}
		}
	}
}

// runs cuts the characters of a cluster that may be scripts into runs; only
// short ones come into question.
func runs(c *cluster) [][]char {
	if len(c.chars) > 60 {
		return nil
	}
	chars := slices.Clone(c.chars)
	sortChars(chars)
	var out [][]char
	for _, part := range splitAt(chars, func(i int, gap float64) bool { return gap > 0.4*chars[i].Size }) {
		ink := part[:0:0]
		for _, g := range part {
			if !g.space {
				ink = append(ink, g)
			}
		}
		if len(ink) > 0 && len(ink) <= 4 {
			out = append(out, ink)
		}
	}
	return out
}

// touches reports whether a character of the host ends or starts right beside
// the span x0..x1.
func touches(host *cluster, x0, x1 float64) bool {
	reach := 0.25 * host.size
	for i := range host.chars {
		g := &host.chars[i]
		if !g.space && g.Size > 0.9*host.size && (math.Abs(g.X1-x0) < reach || math.Abs(g.X0-x1) < reach) {
			return true
		}
	}
	return false
}

func sortChars(chars []char) {
	slices.SortStableFunc(chars, func(a, b char) int { return cmp.Compare(a.key, b.key) })
}

// dropDoubles removes characters printed twice at nearly one place, which is
// how some programs make bold letters.
func dropDoubles(chars []char) []char {
	out := chars[:0]
	for _, c := range chars {
		if n := len(out); n > 0 && !c.space && out[n-1].Text == c.Text && c.X1 > c.X0 &&
			math.Abs(out[n-1].X0-c.X0) < 0.3*(c.X1-c.X0) && math.Abs(out[n-1].Size-c.Size) < 0.1 {
			continue
		}
		out = append(out, c)
	}
	return out
}

// splitAt cuts sorted characters before every printed one for which wide says
// so; i is its index and gap the distance to the printed one before it.
func splitAt(chars []char, wide func(i int, gap float64) bool) [][]char {
	var out [][]char
	start := 0
	edge := math.Inf(-1)
	for i := range chars {
		if chars[i].space {
			continue
		}
		if !math.IsInf(edge, -1) && wide(i, chars[i].X0-edge) {
			out = append(out, chars[start:i:i])
			start = i
		}
		edge = math.Max(edge, chars[i].X1)
	}
	return append(out, chars[start:])
}

// columnGap is the gap, as a share of the font size, that always parts columns,
// if it is also wider than the words of a justified line stand apart.
const columnGap = 1.8

// wideGaps finds the gaps of a line that part columns.
func wideGaps(chars []char) func(int, float64) bool {
	normal := medianGap(chars)
	printed := map[int]float64{} // width of the spaces printed before a character
	width := 0.0
	for i := range chars {
		if chars[i].space {
			width += chars[i].X1 - chars[i].X0
			continue
		}
		printed[i] = width
		width = 0
	}
	return func(i int, gap float64) bool {
		size := chars[i].Size
		// Spaces typed to leave room ("Số:      /BC") are one text.
		typed := printed[i] > 0.8*gap && printed[i] < 4*size
		return gap > columnGap*size && gap > 2.5*normal && !typed
	}
}

// medianGap is the usual gap between the words of a line; 0 where there are only
// gaps too wide for words.
func medianGap(chars []char) float64 {
	var gaps []float64
	splitAt(chars, func(i int, gap float64) bool {
		if gap > wordGap*chars[i].Size && gap < 1.3*chars[i].Size {
			gaps = append(gaps, gap)
		}
		return false
	})
	if len(gaps) == 0 {
		return 0
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}

// segment makes a segment of sorted characters.
func (b *builder) segment(chars []char) segment {
	for len(chars) > 0 && chars[0].space {
		chars = chars[1:]
	}
	for len(chars) > 0 && chars[len(chars)-1].space {
		chars = chars[:len(chars)-1]
	}
	s := segment{chars: chars, bold: true}
	if len(chars) == 0 {
		return s
	}
	s.x0, s.x1 = chars[0].X0, chars[0].X1
	inWord := true
	edge := chars[0].X1
	for i := range chars {
		c := &chars[i]
		if c.space || i > 0 && c.X0-edge > wordGapSpaced*c.Size {
			inWord = false
		}
		if c.space {
			continue
		}
		edge = math.Max(edge, c.X1)
		s.x1 = math.Max(s.x1, c.X1)
		if inWord {
			s.firstEnd = s.x1
			if strings.ContainsRune(c.Text, ' ') { // a whole phrase as one glyph
				inWord = false
			}
		}
		s.bold = s.bold && c.Bold
		if c.Size > s.size {
			s.size, s.baseline = c.Size, c.Baseline
		}
	}
	s.text = b.fonts.textOf(chars, b.spaced)
	return s
}
