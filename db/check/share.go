// This file compares percentages with the figures they were computed from.

package check

import "slices"

// boundShare is what a rate was compared with.
type boundShare struct {
	rate      *value
	num, den  []bterm
	numV      amount
	denV      amount
	expected  amount // 100*num/den in thousandths of a per cent
	otherBase bool   // fits only on a base that is not usual
}

// shares evaluates a share edit: every printed rate must fit one numerator over
// one usual base. A rate that fits only another base, and a rate whose
// numerator and base were gathered from different places, are weaker findings.
func (f *facts) shares(e *edit, field int, out []*instance) []*instance {
	rates := f.candidates(e.share.rate, field, now)
	if len(rates) == 0 {
		return out
	}
	from := len(out)
	anyFits := false
	for _, rate := range rates {
		in := f.shareOf(e, field, rate)
		if in == nil {
			continue
		}
		anyFits = anyFits || in.fits
		out = append(out, in)
	}
	if anyFits {
		// Another printed value of the rate fits: that this one does not is
		// already said by the finding about the two values.
		out = slices.DeleteFunc(out, func(in *instance) bool {
			return slices.Contains(out[from:], in) && !in.fits && in.e == e
		})
	}
	return out
}

func (f *facts) shareOf(e *edit, field int, rate *value) *instance {
	var best, usual *instance
	for i := range e.share.nums {
		nums := f.sideValues(&e.share.nums[i], field, rate)
		if len(nums) == 0 {
			continue
		}
		for j := range e.share.bases {
			b := &e.share.bases[j]
			for _, den := range f.sideValues(&b.side, field, rate) {
				for _, num := range nums {
					in := f.shareOnce(e, field, rate, num, den, b.usual)
					if best == nil || betterShare(in, best) {
						best = in
					}
					if usual == nil && b.usual {
						usual = in
					}
				}
			}
		}
	}
	switch {
	case best == nil:
	case usual == nil:
		// No usual base is printed, so a rate that fits another is no surprise, and
		// one that fits none proves nothing.
		if !best.fits {
			return nil
		}
		best.share.otherBase = false
	case !best.fits && best.gap() >= farShare && !f.sameSentence(best) && leastConfidence(best.bound()) < highConfidence:
		return nil // the rate is about something else
	case best.fits && best.share.otherBase:
		best.usual = usual
		best.note = "chia cho " + f.sideWords(usual.share.den, 0, false) + " như thường dùng thì là " + usual.share.expected.words() + " %"
		best.noteEN = "over the usual " + f.sideWords(usual.share.den, 0, true) + " it is " + usual.share.expected.String() + " %"
	}
	return best
}

// betterShare prefers what fits, usual bases, figures printed beside the rate,
// and the order in which the edit names them.
func betterShare(a, b *instance) bool {
	if a.fits != b.fits {
		return a.fits
	}
	if a.share.otherBase != b.share.otherBase {
		return !a.share.otherBase
	}
	return !a.combined && b.combined
}

// boundSide is an expression with its values.
type boundSide struct {
	terms  []bterm
	v      amount
	s      span
	beside int // terms printed in a place of the rate
	many   bool
}

// sideValues binds an expression: values printed beside the rate where there
// are some, else every combination.
func (f *facts) sideValues(s *side, field int, rate *value) []boundSide {
	out := []boundSide{{v: s.konst, s: span{s.konst, s.konst}}}
	for _, t := range s.terms {
		all := f.candidates(t.ind, field, t.when)
		if len(all) == 0 {
			if t.need == required {
				return nil
			}
			continue
		}
		near := all
		if len(all) > 1 {
			near = nil
			for _, v := range all {
				if slices.ContainsFunc(rate.places, func(p place) bool { return v.in(p.ctx) }) {
					near = append(near, v)
				}
			}
		}
		many := len(near) == 0
		if many {
			near = all
		}
		if len(out)*len(near) > maxCombinations {
			return nil
		}
		next := make([]boundSide, 0, len(out)*len(near))
		for _, b := range out {
			for _, v := range near {
				c := boundSide{v: b.v.plus(mulSat(v.v, t.coef)), s: b.s.plus(v.s.times(t.coef)), beside: b.beside, many: b.many || many}
				c.terms = append(slices.Clone(b.terms), bterm{cterm: t, val: v})
				if slices.ContainsFunc(rate.places, func(p place) bool { return v.in(p.ctx) }) {
					c.beside++
				}
				next = append(next, c)
			}
		}
		out = next
	}
	if len(out) == 1 && len(out[0].terms) == 0 {
		return nil
	}
	return out
}

func (f *facts) shareOnce(e *edit, field int, rate *value, num, den boundSide, usual bool) *instance {
	in := &instance{e: e, field: field, ctx: noCtx, reading: &reading{}}
	in.share = &boundShare{rate: rate, num: num.terms, den: den.terms, numV: num.v, denV: den.v, expected: share(num.v, den.v), otherBase: !usual}
	in.left = []bterm{{cterm: cterm{coef: 1, ind: rate.ind}, val: rate}}
	in.right = append(slices.Clone(num.terms), den.terms...)
	in.lv, in.l = rate.v, rate.s
	in.rv, in.r = in.share.expected, span{in.share.expected, in.share.expected}
	in.fits = shareFits(num.s, den.s, rate.s)
	in.combined = num.many || den.many || num.beside == 0 || den.beside == 0 && !f.formal
	return in
}
