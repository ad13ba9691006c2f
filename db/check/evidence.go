// This file ranks repairs by what speaks for them.

package check

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"baocao/extract/rules"
)

// clue is one piece of evidence with its weight. The weights only order repairs
// of one finding; they are no probabilities.
type clue struct {
	score int
	// text says it in words, in English or in Vietnamese; nil goes without saying.
	// It is asked for only where a repair is shown.
	text func(en bool) string
}

// Weights, from strong to weak: a printed copy of the needed value outweighs any
// likeness of digits, and likeness outweighs plausibility.
const (
	scoreSameFigure   = 45 // the figure is also printed with the needed value
	scoreSwap         = 34
	scoreStale        = 32 // the printed value is last month's
	scoreDigit        = 28
	scoreDropped      = 24
	scoreUnread       = 22 // the needed value stands in the text, not understood
	scoreElsewhere    = 14 // another figure has the needed value
	scoreDoubt        = 12 // the rule doubts what it read
	scoreAlsoCloses   = 12 // a weaker edit would hold too
	scoreBreaks       = -14
	scoreWrongBase    = 30 // the rate fits another base exactly
	scoreRepeated     = -9 // printed in a second place with the same value
	scoreImplausible  = -12
	scoreBackToBefore = 10 // a stock would be what it was last month
)

// rank turns solutions into repairs, the best supported first.
func (c *checker) rank(l *localiser, sets []solution, soft []*instance) []Repair {
	out := make([]Repair, 0, len(sets))
	for _, s := range sets {
		var r Repair
		var clues []clue
		taken := map[*value]amount{}
		for i, v := range s.vals {
			if s.bounds[i].lo == s.bounds[i].hi {
				taken[v] = s.bounds[i].lo
			}
		}
		for i, v := range s.vals {
			to, fixed := c.needed(l, v, s.bounds[i], taken, len(s.vals) == 1)
			ch := Change{Indicator: v.fig.Indicator, Field: v.fig.Field, From: v.v.String()}
			if fixed {
				ch.To = to.String()
				clues = append(clues, c.clues(v, to)...)
				clues = append(clues, c.softClues(v, to, soft)...)
			} else {
				ch.Low, ch.High = s.bounds[i].lo.String(), s.bounds[i].hi.String()
				if s.bounds[i].hi >= maxAmount {
					ch.High = ""
				}
			}
			r.Changes = append(r.Changes, ch)
		}
		sort.SliceStable(clues, func(i, j int) bool { return clues[i].score > clues[j].score })
		for _, k := range clues {
			r.Score += k.score
			if k.text != nil {
				r.Evidence = append(r.Evidence, k.text(false))
				r.EvidenceEN = append(r.EvidenceEN, k.text(true))
			}
		}
		r.Score /= len(s.vals)
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b Repair) int { return cmp.Compare(b.Score, a.Score) })
	for i := range out {
		out[i].Rank = i + 1
		if i > 0 && out[i].Score == out[i-1].Score {
			out[i].Rank = out[i-1].Rank
		}
	}
	return out
}

// needed picks the value inside the bounds: the only one; for a rate the share
// as it would be printed; else, for a single figure, the one value with a clue.
// Other figures of the set count with the values that they would take.
func (c *checker) needed(l *localiser, v *value, b span, taken map[*value]amount, single bool) (amount, bool) {
	if b.lo == b.hi {
		return b.lo, true
	}
	if c.cur.set.info[v.ind].Kind == "percent" {
		step := unit
		for range min(v.fig.Decimals, 3) {
			step /= 10
		}
		for _, k := range l.of[v] {
			if k.share == nil || k.share.rate != v {
				continue
			}
			a := share(sideWith(k.share.num, taken), sideWith(k.share.den, taken))
			if r := (a + step/2) / step * step; r >= b.lo && r <= b.hi {
				return r, true
			}
		}
		return 0, false
	}
	if !single {
		return 0, false
	}
	// Among several values that fit, one that is a slip of the printed number or
	// printed elsewhere stands out.
	var best amount
	top, many := 0, false
	try := func(a amount) {
		if a < b.lo || a > b.hi || a == v.v || a == best {
			return
		}
		score := 0
		for _, k := range c.clues(v, a) {
			score += k.score
		}
		switch {
		case score > top:
			best, top, many = a, score, false
		case score == top && score > 0:
			many = true
		}
	}
	for i := range c.cur.vals {
		try(c.cur.vals[i].v)
	}
	if n := (b.hi - b.lo) / unit; n <= 200 {
		for a := b.lo; a <= b.hi; a += unit {
			try(a)
		}
	}
	return best, top >= scoreDropped && !many // weaker likeness would name any number
}

// sideWith adds up the terms of a side with some values replaced.
func sideWith(ts []bterm, taken map[*value]amount) amount {
	var sum amount
	for _, t := range ts {
		v, ok := taken[t.val]
		if !ok {
			v = t.val.v
		}
		sum = sum.plus(mulSat(v, t.coef))
	}
	return sum
}

// valued puts one value into a sentence of either language.
func valued(vi, en string, v amount) func(bool) string {
	return func(english bool) string {
		if english {
			return fmt.Sprintf(en, v)
		}
		return fmt.Sprintf(vi, v.words())
	}
}

// named puts an indicator and its value into a sentence of either language.
func named(vi, en string, info rules.Indicator, v amount) func(bool) string {
	return func(english bool) string {
		if english {
			return fmt.Sprintf(en, lowerFirst(info.LabelEN), v)
		}
		return fmt.Sprintf(vi, lowerFirst(info.Label), v.words())
	}
}

// slipEN names in English how two numbers are alike.
func slipEN(how string) string {
	switch how {
	case swapped:
		return "digits swapped"
	case "sai một chữ số":
		return "one digit wrong"
	}
	return "a digit too many or too few"
}

// clues is what speaks for v being a misprint of to.
func (c *checker) clues(v *value, to amount) []clue {
	f := c.cur
	var out []clue
	say := func(score int, text func(en bool) string) {
		out = append(out, clue{score, text})
	}
	likeness := func(how string) func(en bool) string {
		return func(en bool) string {
			if en {
				return fmt.Sprintf("%s: %s → %s", slipEN(how), v.v, to)
			}
			return fmt.Sprintf("%s: %s → %s", how, v.v.words(), to.words())
		}
	}
	switch how := slip(v.v, to); how {
	case swapped:
		say(scoreSwap, likeness(how))
	case "sai một chữ số":
		say(scoreDigit, likeness(how))
	case "thừa hoặc thiếu một chữ số":
		say(scoreDropped, likeness(how))
	}
	for _, o := range f.all(v.ind, v.field, now) {
		if o != v && o.s.lo <= to && to <= o.s.hi {
			say(scoreSameFigure, valued("chính số này còn in ở chỗ khác là %s", "the same figure is printed elsewhere as %s", o.v))
			break
		}
	}
	if to >= 10*unit {
		c.elsewhere(v, to, say)
	}
	info := f.set.info[v.ind]
	if old := f.all(v.ind, v.field, prev); len(old) > 0 {
		switch {
		case info.Period != "stock" && info.Kind != "percent" && v.v >= 3*unit && slices.ContainsFunc(old, func(o *value) bool { return o.v == v.v }):
			say(scoreStale, valued("giống hệt số kỳ trước (%s), có thể chưa cập nhật", "equal to the period before (%s), perhaps not updated", v.v))
		case info.Period == "stock" && slices.ContainsFunc(old, func(o *value) bool { return o.v == to }):
			say(scoreBackToBefore, valued("kỳ trước là %s", "the period before has %s", to))
		}
	}
	if info.Kind == "percent" {
		c.wrongBase(v, say)
	}
	if v.fig.Confidence > 0 && v.fig.Confidence < lowConfidence {
		say(scoreDoubt, func(en bool) string {
			if en {
				return fmt.Sprintf("perhaps misread: confidence %.2f", v.fig.Confidence)
			}
			return fmt.Sprintf("có thể đọc sai: độ tin cậy %.2f", v.fig.Confidence)
		})
	}
	places := 0
	for i, p := range v.places {
		if !slices.ContainsFunc(v.places[:i], func(q place) bool { return q.ctx == p.ctx }) {
			places++
		}
	}
	if places > 1 {
		out = append(out, clue{scoreRepeated * min(places-1, 3), nil})
	}
	if big, small := max(v.v, to), min(v.v, to); v.v > 0 && (small == 0 && big >= 10*unit || small > 0 && big/small >= 5) && len(out) == 0 {
		out = append(out, clue{scoreImplausible, nil})
	}
	return out
}

// elsewhere looks for the needed value among the other figures of one unit, and
// among the numbers that were not understood, unless it is known what it counts.
func (c *checker) elsewhere(v *value, to amount, say func(int, func(en bool) string)) {
	f := c.cur
	for i := range f.vals {
		o := &f.vals[i]
		if o != v && o.ind != v.ind && o.v == to && o.when == now && f.set.info[o.ind].Unit == f.set.info[v.ind].Unit {
			say(scoreElsewhere, named("%s cũng là %s", "%s is %s as well", f.set.info[o.ind], to))
			break
		}
	}
	if slices.ContainsFunc(f.vals, func(o value) bool { return o.v == to }) {
		return
	}
	for _, n := range f.rep.Numbers {
		if n.Class == rules.Unexplained && (n.Text == to.words() || n.Text == to.String()) {
			say(scoreUnread, func(en bool) string {
				if en {
					return fmt.Sprintf("the text has %s, which is read as no figure", n.Text)
				}
				return fmt.Sprintf("văn bản có số %s chưa gắn với chỉ tiêu nào", n.Text)
			})
			break
		}
	}
}

// wrongBase looks for another printed number of the same kind that the rate
// would be right with.
func (c *checker) wrongBase(v *value, say func(int, func(en bool) string)) {
	for _, in := range c.ins {
		if in.share == nil || in.share.rate != v || in.fits && !in.share.otherBase {
			continue
		}
		unitOf := c.cur.set.info[in.share.num[0].ind].Unit
		for i := range c.cur.vals {
			o := &c.cur.vals[i]
			if o.when != now || o.field != v.field || o.v < 10*unit || c.cur.set.info[o.ind].Unit != unitOf || slices.ContainsFunc(in.share.den, func(t bterm) bool { return t.val == o }) {
				continue
			}
			num := span{in.share.numV, in.share.numV}
			if o.v >= in.share.numV && shareFits(num, o.s, v.s) {
				say(scoreWrongBase, named("tỷ lệ đúng nếu chia cho %s %s", "the share is right over %s %s", c.cur.set.info[o.ind], o.v))
				return
			}
		}
	}
}

// softClues counts the weaker edits that the change would mend or break.
func (c *checker) softClues(v *value, to amount, soft []*instance) []clue {
	var out []clue
	for _, in := range soft {
		if in.share != nil || !slices.Contains(in.near(), v) {
			continue
		}
		shift := amount(0)
		for s, side := range [2][]bterm{in.left, in.right} {
			for _, t := range side {
				if t.val == v {
					d := mulSat(to.plus(-v.v), t.coef)
					if s == 1 {
						d = -d
					}
					shift = shift.plus(d)
				}
			}
		}
		fits := holds(in.e.op, span{in.l.lo.plus(shift), in.l.hi.plus(shift)}, in.r)
		switch {
		case fits && !in.fits:
			out = append(out, clue{scoreAlsoCloses, func(en bool) string {
				if en {
					return "also settles: " + lowerFirst(in.e.titleEN)
				}
				return "cũng khép: " + lowerFirst(in.e.titleVI)
			}})
		case !fits && in.fits:
			out = append(out, clue{scoreBreaks, nil})
		}
	}
	return out
}
