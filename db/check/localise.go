// This file localises errors after Fellegi and Holt: of all the failed edits of a
// report together, the smallest sets of figures whose change would satisfy
// every edit, with the values they would take.
//
// Failed edits that share a figure are solved together. Edits that hold count
// too: a change may not break them. Only edits that cannot be wrong (severity
// error, values bound without doubt) are constraints; the others serve as
// evidence. The report before is taken as it is.

package check

import (
	"fmt"
	"math/big"
	"slices"
)

const (
	maxChanges      = 4    // figures in a repair
	defaultMaxNodes = 2000 // sets tried per report
	stepsPerNode    = 20   // sets looked at for each that is tried
	maxRepairs      = 60   // repairs kept of a finding; the number found is said
	maxRows         = 300  // inequalities while variables are eliminated
)

// constraint says lo <= sum of coef*value + rest <= hi over the values of the
// current report, in thousandths. It is one edit bound to printed values.
type constraint struct {
	in   *instance
	vals []*value
	coef []int64
	rest span // far terms and constants
	op   op
	// share, if set, replaces the linear form: rate = 100*num/den.
	share *boundShare
	fails bool
}

// localiser is the search over one report.
type localiser struct {
	f     *facts
	all   []*constraint
	of    map[*value][]*constraint
	nodes int // sets that may still be tried
	order map[*value]int
}

// hard says whether an instance constrains repairs.
func (f *facts) hard(in *instance) bool {
	return in.e.severity == Error && !in.assumed && !in.combined && in.weak == "" && f.certainty(in) == Error
}

// nodes is the number of sets that may be tried on a report.
func (c *checker) nodes() int {
	if c.opt.MaxNodes > 0 {
		return c.opt.MaxNodes
	}
	return defaultMaxNodes
}

// localise adds repairs to the findings in c.out at the places failed, which are
// about the instances broken.
func (c *checker) localise(broken []*instance, failed []int) {
	f := c.cur
	budget := c.nodes()
	l := &localiser{f: f, of: map[*value][]*constraint{}, nodes: budget, order: map[*value]int{}}
	for i := range f.vals {
		l.order[&f.vals[i]] = i
	}
	var soft []*instance
	hardAt := map[*instance]bool{}
	for _, in := range append(slices.Clone(c.ins), c.pairs...) {
		if f.hard(in) || in.fits && in.reading.as == "" && in.e.severity == Error && !in.assumed && in.weak == "" && !(in.share != nil && in.share.otherBase) {
			l.add(in)
			hardAt[in] = true
		} else if f.certainty(in) != Info {
			soft = append(soft, in)
		}
	}
	// Failed hard edits in groups that share figures.
	var open []int
	for i, in := range broken {
		if hardAt[in] {
			open = append(open, i)
		}
	}
	var groups [][]int
	for len(open) > 0 {
		group := []int{open[0]}
		open = open[1:]
		for grown := true; grown; {
			grown = false
			for k := 0; k < len(open); k++ {
				if slices.ContainsFunc(group, func(g int) bool { return l.linked(broken[g], broken[open[k]]) }) {
					group = append(group, open[k])
					open = slices.Delete(open, k, k+1)
					grown = true
					k--
				}
			}
		}
		slices.Sort(group)
		groups = append(groups, group)
	}
	// Every group has its share of the search, so that a knot leaves time for the rest.
	for i, group := range groups {
		l.nodes = budget / (len(groups) - i)
		before := l.nodes
		c.explain(l, group, broken, failed, soft)
		budget -= before - max(l.nodes, 0)
	}
	// A failed edit that rests on an assumption is explained by itself.
	for i, in := range broken {
		if !hardAt[in] && f.certainty(in) != Info {
			l.nodes = 50
			l.add(in)
			c.explain(l, []int{i}, broken, failed, nil)
			l.drop(in)
		}
	}
}

// explain solves one group and writes its repairs into the findings.
func (c *checker) explain(l *localiser, group []int, broken []*instance, failed []int, soft []*instance) {
	var fails []*constraint
	for _, g := range group {
		for _, k := range l.all {
			if k.in == broken[g] {
				fails = append(fails, k)
			}
		}
	}
	sets, cut := l.search(fails)
	repairs := c.rank(l, sets, soft)
	found := len(repairs)
	if found > maxRepairs {
		repairs = repairs[:maxRepairs]
	}
	undecided := len(repairs) > 1 && repairs[1].Rank == 1
	for _, g := range group {
		fd := &c.out[failed[g]]
		if found == 0 {
			if fd.Kind == Duplicate {
				continue
			}
			why, whyEN := fmt.Sprintf("không khoanh vùng được trong %d số", maxChanges), fmt.Sprintf("not localised within %d figures", maxChanges)
			switch {
			case len(group) == 1 && broken[g].far():
				// The report agrees with itself, so that no figure of it can change alone.
				why = "các số khác của kỳ này khớp với nhau, nên xem lại cả số của kỳ trước"
				whyEN = "the other figures of this report fit each other; look at the period before too"
			case cut:
				why = fmt.Sprintf("chưa khoanh vùng được sau %d tổ hợp số", c.nodes())
				whyEN = fmt.Sprintf("not localised within %d sets of figures", c.nodes())
			}
			fd.Message += "; " + why
			fd.MessageEN += "; " + whyEN
			continue
		}
		fd.Repairs = repairs
		fd.Undecided = undecided
		if undecided {
			fd.Message += "; chưa đủ căn cứ để biết số nào sai"
			fd.MessageEN += "; nothing tells which figure is wrong"
		}
		if cut {
			fd.Message += "; chưa tìm hết các cách sửa"
			fd.MessageEN += "; the search for repairs was cut short"
		}
		if found > maxRepairs {
			fd.Message += fmt.Sprintf("; nêu %d trong %d cách sửa", maxRepairs, found)
			fd.MessageEN += fmt.Sprintf("; %d of %d repairs shown", maxRepairs, found)
		}
	}
}

// add makes a constraint of an instance.
func (l *localiser) add(in *instance) {
	k := &constraint{in: in, op: in.e.op, fails: !in.fits, share: in.share}
	put := func(v *value, coef int64) {
		i := slices.Index(k.vals, v)
		if i < 0 {
			k.vals = append(k.vals, v)
			k.coef = append(k.coef, 0)
			i = len(k.vals) - 1
		}
		k.coef[i] += coef
	}
	if in.share != nil {
		put(in.share.rate, 0)
		for _, t := range append(slices.Clone(in.share.num), in.share.den...) {
			put(t.val, 0)
		}
	} else {
		k.rest = span{in.reading.left.konst - in.reading.right.konst, in.reading.left.konst - in.reading.right.konst}
		for s, side := range [2][]bterm{in.left, in.right} {
			for _, t := range side {
				coef := t.coef
				if s == 1 {
					coef = -coef
				}
				switch {
				case t.val == nil:
				case t.far:
					k.rest = k.rest.plus(t.val.s.times(coef))
				default:
					put(t.val, coef)
				}
			}
		}
	}
	l.all = append(l.all, k)
	for _, v := range k.vals {
		l.of[v] = append(l.of[v], k)
	}
}

// drop removes the constraint that was added last.
func (l *localiser) drop(in *instance) {
	k := l.all[len(l.all)-1]
	if k.in != in {
		return
	}
	l.all = l.all[:len(l.all)-1]
	for _, v := range k.vals {
		l.of[v] = l.of[v][:len(l.of[v])-1]
	}
}

// linked says whether two failed instances share a figure of this report.
func (l *localiser) linked(a, b *instance) bool {
	vb := b.near()
	return slices.ContainsFunc(a.near(), func(v *value) bool { return slices.Contains(vb, v) })
}

// near lists the values of an instance that belong to the current report.
func (in *instance) near() []*value {
	var out []*value
	for _, side := range [2][]bterm{in.left, in.right} {
		for _, t := range side {
			if t.val != nil && !t.far && !slices.Contains(out, t.val) {
				out = append(out, t.val)
			}
		}
	}
	return out
}

// solution is a set of values with the bounds of what they would have to be.
type solution struct {
	vals   []*value
	bounds []span
}

// search finds all smallest sets whose change satisfies the failed constraints
// and breaks no other. cut says that the limit of the search was reached.
func (l *localiser) search(fails []*constraint) (out []solution, cut bool) {
	steps := l.nodes * stepsPerNode
	for size := 1; size <= maxChanges; size++ {
		seen := map[string]bool{}
		var walk func(set []*value) bool
		walk = func(set []*value) bool {
			if steps--; steps < 0 {
				return false
			}
			if len(set) == size {
				if !l.hits(set, fails) {
					return true
				}
				if l.nodes--; l.nodes < 0 {
					return false
				}
				if bounds, ok := l.solve(set); ok {
					out = append(out, solution{slices.Clone(set), bounds})
				}
				return true
			}
			for _, v := range l.branches(set, fails) {
				next := l.with(set, v)
				key := l.key(next)
				if seen[key] {
					continue
				}
				seen[key] = true
				if !walk(next) {
					return false
				}
			}
			return true
		}
		if !walk(nil) {
			return out, true
		}
		if len(out) > 0 {
			return out, false
		}
	}
	return out, false
}

func (l *localiser) with(set []*value, v *value) []*value {
	next := append(slices.Clone(set), v)
	slices.SortFunc(next, func(a, b *value) int { return l.order[a] - l.order[b] })
	return next
}

func (l *localiser) key(set []*value) string {
	b := make([]byte, 0, 4*len(set))
	for _, v := range set {
		n := l.order[v]
		b = append(b, byte(n), byte(n>>8), byte(n>>16), ',')
	}
	return string(b)
}

// hits says whether every failed constraint holds a value of the set.
func (l *localiser) hits(set []*value, fails []*constraint) bool {
	for _, k := range fails {
		if !slices.ContainsFunc(set, func(v *value) bool { return slices.Contains(k.vals, v) }) {
			return false
		}
	}
	return true
}

// branches lists the values that may extend a set: those of the first failed
// constraint that it does not touch; or, if it touches all, those that share a
// constraint with it. No minimal set is lost: a set that touches all and needs
// more needs a value that stands in a constraint with one of it.
func (l *localiser) branches(set []*value, fails []*constraint) []*value {
	var out []*value
	take := func(vs []*value) {
		for _, v := range vs {
			if !slices.Contains(set, v) && !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	}
	for _, k := range fails {
		if !slices.ContainsFunc(set, func(v *value) bool { return slices.Contains(k.vals, v) }) {
			take(k.vals)
			return out
		}
	}
	for _, v := range set {
		for _, k := range l.of[v] {
			take(k.vals)
		}
	}
	return out
}

// row is one inequality sum of a[i]*x[i] <= b.
type row struct {
	a []*big.Rat
	b *big.Rat
}

// solve gives, for each value of a set, the bounds that all constraints on it
// leave when every other figure stays as printed.
func (l *localiser) solve(set []*value) ([]span, bool) {
	if !l.quick(set) {
		return nil, false
	}
	var rows []row
	var done []*constraint
	n := len(set)
	for _, v := range set {
		for _, k := range l.of[v] {
			if slices.Contains(done, k) {
				continue
			}
			done = append(done, k)
			r, ok := l.rows(k, set)
			if !ok {
				return nil, false
			}
			rows = append(rows, r...)
		}
	}
	for i, v := range set {
		rows = append(rows, unitRow(n, i, -1, big.NewRat(0, 1))) // not negative
		if l.f.set.info[v.ind].Kind == "percent" {
			rows = append(rows, unitRow(n, i, 1, big.NewRat(int64(100*unit), 1)))
		}
	}
	bounds := make([]span, n)
	for i, v := range set {
		b, ok := project(rows, n, i, l.whole(v))
		if !ok {
			return nil, false
		}
		bounds[i] = b
	}
	return bounds, true
}

// quick rejects most sets without fractions: the constraints that touch only one
// value of the set must leave it some room.
func (l *localiser) quick(set []*value) bool {
	for _, v := range set {
		room := span{0, maxAmount}
		if l.f.set.info[v.ind].Kind == "percent" {
			room.hi = 100 * unit
		}
		for _, k := range l.of[v] {
			if k.share != nil {
				continue
			}
			var coef int64
			rest, alone := k.rest, true
			for i, w := range k.vals {
				switch {
				case w == v:
					coef = k.coef[i]
				case slices.Contains(set, w):
					alone = false
				default:
					rest = rest.plus(w.s.times(k.coef[i]))
				}
			}
			if !alone || coef == 0 {
				continue
			}
			// coef*x + rest.lo <= 0 and coef*x + rest.hi >= 0, widened to whole thousandths.
			if coef < 0 {
				coef, rest = -coef, span{-rest.hi, -rest.lo}
				switch k.op {
				case atMost:
					room.lo = max(room.lo, -rest.hi/amount(coef)-1)
				case atLeast:
					room.hi = min(room.hi, -rest.lo/amount(coef)+1)
				}
			} else {
				switch k.op {
				case atMost:
					room.hi = min(room.hi, -rest.lo/amount(coef)+1)
				case atLeast:
					room.lo = max(room.lo, -rest.hi/amount(coef)-1)
				}
			}
			if k.op == equal {
				room.lo = max(room.lo, -rest.hi/amount(coef)-1)
				room.hi = min(room.hi, -rest.lo/amount(coef)+1)
			}
			if room.lo > room.hi {
				return false
			}
		}
	}
	return true
}

// whole says whether a value must be a whole number: counts, and money in đồng.
func (l *localiser) whole(v *value) bool {
	k := l.f.set.info[v.ind].Kind
	return k == "count" || k == "money"
}

func unitRow(n, i int, sign int64, b *big.Rat) row {
	a := make([]*big.Rat, n)
	for j := range a {
		a[j] = new(big.Rat)
	}
	a[i].SetInt64(sign)
	return row{a, b}
}

// rows turns a constraint into inequalities over the set. ok is false where it
// cannot hold whatever the set takes.
func (l *localiser) rows(k *constraint, set []*value) ([]row, bool) {
	if k.share != nil {
		return l.shareRows(k.share, set)
	}
	a := make([]*big.Rat, len(set))
	for j := range a {
		a[j] = new(big.Rat)
	}
	rest := k.rest
	for i, v := range k.vals {
		if j := slices.Index(set, v); j >= 0 {
			a[j].SetInt64(k.coef[i])
			continue
		}
		rest = rest.plus(v.s.times(k.coef[i]))
	}
	var out []row
	if k.op != atLeast { // sum + rest.lo <= 0
		out = append(out, row{a, big.NewRat(-int64(rest.lo), 1)})
	}
	if k.op != atMost { // sum + rest.hi >= 0
		out = append(out, negated(a, big.NewRat(int64(rest.hi), 1)))
	}
	return out, true
}

// negated is the row -a*x <= b.
func negated(a []*big.Rat, b *big.Rat) row {
	n := make([]*big.Rat, len(a))
	for i := range a {
		n[i] = new(big.Rat).Neg(a[i])
	}
	return row{n, b}
}

// shareRows says rate = 100*num/den. With the rate in the set and its numerator
// or base too, the rate follows whatever they take and nothing is asked.
func (l *localiser) shareRows(s *boundShare, set []*value) ([]row, bool) {
	rateAt := slices.Index(set, s.rate)
	side := func(ts []bterm) (inside bool, rest span) {
		for _, t := range ts {
			if slices.Contains(set, t.val) {
				inside = true
			} else {
				rest = rest.plus(t.val.s.times(t.coef))
			}
		}
		return inside, rest
	}
	numIn, numRest := side(s.num)
	denIn, denRest := side(s.den)
	if rateAt >= 0 {
		if numIn || denIn {
			return nil, true
		}
		if denRest.lo <= 0 {
			return nil, false
		}
		// The printed precision of the rate: it may be rounded or cut off.
		u := s.rate.s.hi - s.rate.v
		half := s.rate.v - s.rate.s.lo
		lo, hi := share(numRest.lo, denRest.hi)-u-1, share(numRest.hi, denRest.lo)+half+1
		return []row{unitRow(len(set), rateAt, 1, big.NewRat(int64(hi), 1)), unitRow(len(set), rateAt, -1, big.NewRat(-int64(lo), 1))}, true
	}
	// 100*num - rate.hi*den <= 0 and 100*num - rate.lo*den >= 0, in units where
	// a rate of 1 % is 1.
	build := func(rate amount, upper bool) row {
		r := big.NewRat(int64(rate), int64(unit))
		a := make([]*big.Rat, len(set))
		for j := range a {
			a[j] = new(big.Rat)
		}
		hundred := big.NewRat(100, 1)
		for _, t := range s.num {
			if j := slices.Index(set, t.val); j >= 0 {
				a[j].Add(a[j], new(big.Rat).Mul(hundred, big.NewRat(t.coef, 1)))
			}
		}
		for _, t := range s.den {
			if j := slices.Index(set, t.val); j >= 0 {
				a[j].Sub(a[j], new(big.Rat).Mul(r, big.NewRat(t.coef, 1)))
			}
		}
		num, den := numRest.lo, denRest.hi
		if !upper {
			num, den = numRest.hi, denRest.lo
		}
		c := new(big.Rat).Sub(new(big.Rat).Mul(hundred, big.NewRat(int64(num), 1)), new(big.Rat).Mul(r, big.NewRat(int64(den), 1)))
		if upper {
			return row{a, c.Neg(c)}
		}
		return negated(a, c)
	}
	return []row{build(s.rate.s.hi, true), build(s.rate.s.lo, false)}, true
}

// project gives the bounds of variable i by eliminating the others (Fourier and
// Motzkin); false where nothing satisfies the rows, or no whole number does.
func project(rows []row, n, i int, whole bool) (span, bool) {
	for j := range n {
		if j == i {
			continue
		}
		var ok bool
		if rows, ok = eliminate(rows, j); !ok {
			return span{}, false
		}
	}
	lo, hi := big.NewRat(0, 1), big.NewRat(int64(maxAmount), 1)
	for _, r := range rows {
		switch r.a[i].Sign() {
		case 0:
			if r.b.Sign() < 0 {
				return span{}, false
			}
		case 1:
			if q := new(big.Rat).Quo(r.b, r.a[i]); q.Cmp(hi) < 0 {
				hi = q
			}
		case -1:
			if q := new(big.Rat).Quo(r.b, r.a[i]); q.Cmp(lo) > 0 {
				lo = q
			}
		}
	}
	if lo.Cmp(hi) > 0 {
		return span{}, false
	}
	step := amount(1)
	if whole {
		step = unit
	}
	s := span{ceilTo(lo, step), floorTo(hi, step)}
	return s, s.lo <= s.hi
}

// eliminate removes variable j: by an equality that holds it where there is one,
// else by pairing every lower with every upper bound.
func eliminate(rows []row, j int) ([]row, bool) {
	var up, down, out []row
	for _, r := range rows {
		switch r.a[j].Sign() {
		case 1:
			up = append(up, r)
		case -1:
			down = append(down, r)
		default:
			out = append(out, r)
		}
	}
	for _, u := range up {
		for _, d := range down {
			if opposite(u, d) {
				// u and d together are an equality: put it into all others.
				for _, r := range append(slices.Clone(up), down...) {
					from := u
					if r.a[j].Sign() > 0 {
						from = d
					}
					if m := combine(r, from, j); !trivial(m) {
						out = append(out, m)
					}
				}
				return out, true
			}
		}
	}
	if len(up)*len(down)+len(out) > maxRows {
		return nil, false
	}
	for _, u := range up {
		for _, d := range down {
			if m := combine(u, d, j); !trivial(m) {
				out = append(out, m)
			}
		}
	}
	return out, true
}

// opposite says whether a*x <= b and -a*x <= -b are the two rows.
func opposite(u, d row) bool {
	if new(big.Rat).Add(u.b, d.b).Sign() != 0 {
		return false
	}
	for i := range u.a {
		if new(big.Rat).Add(u.a[i], d.a[i]).Sign() != 0 {
			return false
		}
	}
	return true
}

// combine adds multiples of two rows so that variable j goes.
func combine(u, d row, j int) row {
	ku, kd := new(big.Rat).Abs(d.a[j]), new(big.Rat).Abs(u.a[j])
	m := row{make([]*big.Rat, len(u.a)), new(big.Rat)}
	for i := range m.a {
		m.a[i] = new(big.Rat).Add(new(big.Rat).Mul(ku, u.a[i]), new(big.Rat).Mul(kd, d.a[i]))
	}
	m.b.Add(new(big.Rat).Mul(ku, u.b), new(big.Rat).Mul(kd, d.b))
	return m
}

func trivial(r row) bool {
	return r.b.Sign() >= 0 && !slices.ContainsFunc(r.a, func(a *big.Rat) bool { return a.Sign() != 0 })
}

// ceilTo and floorTo round to a multiple of step.
func ceilTo(r *big.Rat, step amount) amount {
	q := new(big.Int).Mul(r.Denom(), big.NewInt(int64(step)))
	d, m := new(big.Int).DivMod(r.Num(), q, new(big.Int))
	if m.Sign() != 0 {
		d.Add(d, big.NewInt(1))
	}
	return amount(d.Int64()) * step
}

func floorTo(r *big.Rat, step amount) amount {
	q := new(big.Int).Mul(r.Denom(), big.NewInt(int64(step)))
	return amount(new(big.Int).Div(r.Num(), q).Int64()) * step
}
