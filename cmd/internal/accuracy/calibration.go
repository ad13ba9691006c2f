// This file tells whether a confidence of 0.9 means right nine times of ten.

package accuracy

// Bin is the figures whose confidence is in [From, To), the last one with To.
type Bin struct {
	From, To float64
	Count    int
	Right    int
	// Mean is their mean confidence, what the share of right ones should be.
	Mean float64
}

// Share is the share of right figures, 0..1; 1 where there are none.
func (b Bin) Share() float64 { return share(b.Right, b.Count) }

// edges of the bins; a user who skips what is below 0.9 sees what that means.
func edges() []float64 { return []float64{0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1} }

// Calibrate sorts graded figures into bins.
func Calibrate(list []Graded) []Bin {
	var bins []Bin
	e := edges()
	for i := 0; i+1 < len(e); i++ {
		bins = append(bins, between(list, e[i], e[i+1], i+2 == len(e)))
	}
	return bins
}

// AtLeast puts the figures of at least that confidence into one bin.
func AtLeast(list []Graded, least float64) Bin { return between(list, least, 1, true) }

func between(list []Graded, from, to float64, closed bool) Bin {
	b := Bin{From: from, To: to}
	sum := 0.0
	for _, g := range list {
		if g.Confidence >= from && (g.Confidence < to || closed && g.Confidence <= to) {
			b.Count++
			sum += g.Confidence
			if g.Right {
				b.Right++
			}
		}
	}
	if b.Count > 0 {
		b.Mean = sum / float64(b.Count)
	}
	return b
}
