// This file evaluates linear edits: which printed values each term stands for, and
// whether the two sides can be equal within what was printed.

package check

import (
	"slices"
)

// bterm is a term bound to a printed value; val is nil where the value is
// missing and counts as nothing.
type bterm struct {
	cterm
	val *value
	far bool // the value is in the report before
}

// instance is an edit bound to printed values.
type instance struct {
	e       *edit
	reading *reading
	field   int
	ctx     int32 // the paragraph or table it is bound to, noCtx if none
	left    []bterm
	right   []bterm
	lv, rv  amount // nominal values
	l, r    span
	fits    bool
	assumed bool // a missing value was taken as nothing by assumption
	// combined says that the values were put together from places that do not
	// belong together, so that a failure proves less.
	combined bool
	share    *boundShare
	// usual is the same edit in a usual reading, which fails, where only an odd
	// reading fits.
	usual  *instance
	note   string // what else is worth saying, Vietnamese
	noteEN string
	weak   Severity // lowers the severity, "" does not
	unread bool     // something beside the figures was not read
	doubt  doubt    // why it looks misread, once asked
	asked  bool
}

const noCtx int32 = -1 << 30

// gap is how far apart the nominal values are on the wrong side.
func (in *instance) gap() amount { return in.lv.plus(-in.rv).abs() }

// bound lists the values an instance rests on, each once, in order.
func (in *instance) bound() []*value {
	var out []*value
	for _, side := range [2][]bterm{in.left, in.right} {
		for _, t := range side {
			if t.val != nil && !slices.Contains(out, t.val) {
				out = append(out, t.val)
			}
		}
	}
	return out
}

// holds compares two intervals.
func holds(o op, l, r span) bool {
	switch o {
	case atMost:
		return l.lo <= r.hi
	case atLeast:
		return l.hi >= r.lo
	}
	return l.meets(r)
}

// choice fixes the value of an indicator that is printed with several.
type choice struct {
	ind, field int
	when       when
	val        *value // nil: left out
}

// maxCombinations bounds the combinations of printed values tried for an edit.
const maxCombinations = 128

// linear evaluates a linear edit for one field (0: the totals) and appends its
// instances to out.
func (f *facts) linear(e *edit, field int, out []*instance) []*instance {
	var multi []cterm
	hasSum := false
	for i := range e.readings {
		for _, side := range [2][]cterm{e.readings[i].left.terms, e.readings[i].right.terms} {
			for _, t := range side {
				if t.sum {
					hasSum = true
					continue
				}
				c := f.candidates(t.ind, field, t.when)
				if len(c) == 0 && t.need == required && i == 0 {
					// A reading that needs less is still tried.
					if len(e.readings) == 1 && e.missing == missingSkip {
						return out
					}
				}
				if len(c) > 1 && !slices.ContainsFunc(multi, func(m cterm) bool { return m.ind == t.ind && m.when == t.when }) {
					multi = append(multi, t)
				}
			}
		}
	}
	if hasSum {
		return f.sums(e, out)
	}
	if len(multi) == 0 {
		if in := f.best(e, field, nil, noCtx); in != nil {
			out = append(out, in)
		}
		return out
	}
	coherent := false
	for _, ctx := range f.contextsOf(multi, field) {
		ch, ok := f.choicesIn(e, multi, field, ctx)
		if !ok {
			continue
		}
		if in := f.bestOf(e, field, ch, ctx); in != nil {
			coherent = true
			// A passage that is printed twice says the same twice.
			if vs := in.bound(); !slices.ContainsFunc(out, func(o *instance) bool { return o.e == e && o.field == field && slices.Equal(o.bound(), vs) }) {
				out = append(out, in)
			}
		}
	}
	if coherent {
		return out
	}
	var ch [][]choice
	n := 1
	for _, t := range multi {
		var c []choice
		for _, v := range f.candidates(t.ind, field, t.when) {
			c = append(c, choice{t.ind, field, t.when, v})
		}
		n *= len(c)
		if n > maxCombinations {
			return out
		}
		ch = append(ch, c)
	}
	if in := f.bestOf(e, field, ch, noCtx); in != nil {
		in.combined = true
		out = append(out, in)
	}
	return out
}

// contextsOf lists the contexts in which a value of the given terms is printed.
func (f *facts) contextsOf(terms []cterm, field int) []int32 {
	var out []int32
	for _, t := range terms {
		if t.when == prev || t.when == prevYTD {
			continue
		}
		for _, v := range f.candidates(t.ind, field, t.when) {
			for _, p := range v.places {
				if !slices.Contains(out, p.ctx) {
					out = append(out, p.ctx)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// choicesIn gives, for one context, the values of the terms that are printed
// with several. It is a statement of its own only if at least two required
// terms stand in it and every term with several values does, or is optional.
func (f *facts) choicesIn(e *edit, multi []cterm, field int, ctx int32) ([][]choice, bool) {
	var ch [][]choice
	for _, t := range multi {
		var here []choice
		for _, v := range f.candidates(t.ind, field, t.when) {
			if t.when == prev || t.when == prevYTD || v.in(ctx) {
				here = append(here, choice{t.ind, field, t.when, v})
			}
		}
		if len(here) == 0 {
			if t.need == required {
				return nil, false
			}
			here = append(here, choice{t.ind, field, t.when, nil})
			for _, v := range f.candidates(t.ind, field, t.when) {
				here = append(here, choice{t.ind, field, t.when, v})
			}
		}
		ch = append(ch, here)
	}
	inside := 0
	r := &e.readings[0]
	for _, side := range [2][]cterm{r.left.terms, r.right.terms} {
		for _, t := range side {
			if slices.ContainsFunc(f.candidates(t.ind, field, t.when), func(v *value) bool { return v.in(ctx) }) {
				inside++
			}
		}
	}
	return ch, inside >= 2
}

// bestOf tries every combination and keeps the best.
func (f *facts) bestOf(e *edit, field int, ch [][]choice, ctx int32) *instance {
	var best *instance
	pick := make([]choice, len(ch))
	left := maxCombinations
	var walk func(int)
	walk = func(i int) {
		if left == 0 || best != nil && best.fits && best.reading.as == "" {
			return
		}
		if i == len(ch) {
			left--
			if in := f.best(e, field, pick, ctx); in != nil && (best == nil || better(in, best)) {
				best = in
			}
			return
		}
		for _, c := range ch[i] {
			pick[i] = c
			walk(i + 1)
		}
	}
	walk(0)
	return best
}

// better says whether a explains the printed figures better than b: a usual
// reading that fits, then any that fits, then the smaller gap of a usual one.
func better(a, b *instance) bool {
	rank := func(in *instance) int {
		switch {
		case in.fits && in.reading.as == "":
			return 0
		case in.fits:
			return 1
		case in.reading.as == "":
			return 2
		}
		return 3 // a reading that is not usual explains nothing unless it fits
	}
	if ra, rb := rank(a), rank(b); ra != rb {
		return ra < rb
	}
	return !a.fits && a.gap() < b.gap()
}

// best evaluates all readings with one choice of values.
func (f *facts) best(e *edit, field int, ch []choice, ctx int32) *instance {
	var best, usual *instance
	for i := range e.readings {
		if e.readings[i].as != "" && best == nil {
			continue // the usual figures are not printed: nothing odd about it
		}
		in := f.read(e, &e.readings[i], field, ch, ctx)
		if in == nil {
			continue
		}
		if best == nil || better(in, best) {
			best = in
		}
		if in.reading.as == "" && (usual == nil || better(in, usual)) {
			usual = in
		}
		if best.fits && best.reading.as == "" {
			break
		}
	}
	if best != nil && best.reading.as != "" {
		best.usual = usual
	}
	return best
}

// read binds one reading; nil where a required value is missing.
func (f *facts) read(e *edit, r *reading, field int, ch []choice, ctx int32) *instance {
	in := instance{e: e, reading: r, field: field, ctx: ctx}
	n := len(r.left.terms)
	terms := make([]bterm, 0, n+len(r.right.terms))
	printedTerms, ok := 0, true
	bind := func(s *side) (v amount, iv span) {
		v, iv = s.konst, span{s.konst, s.konst}
		for _, t := range s.terms {
			b := bterm{cterm: t, far: t.when == prev || t.when == prevYTD}
			b.val = f.pick(t, field, ch)
			if b.val == nil {
				switch {
				case t.need == assumed:
					in.assumed = true
				case t.need == required && e.missing == missingZero:
					in.assumed = true
				case t.need == required:
					ok = false
				}
				if t.need == optional {
					continue
				}
			} else {
				printedTerms++
				v = v.plus(mulSat(b.val.v, t.coef))
				iv = iv.plus(b.val.s.times(t.coef))
			}
			terms = append(terms, b)
		}
		return v, iv
	}
	in.lv, in.l = bind(&r.left)
	if !ok {
		return nil
	}
	cut := len(terms)
	in.rv, in.r = bind(&r.right)
	if !ok || printedTerms == 0 || printedTerms == 1 && len(r.left.terms)+len(r.right.terms) > 1 && e.missing == missingZero {
		return nil
	}
	in.left, in.right = terms[:cut:cut], terms[cut:]
	in.fits = holds(e.op, in.l, in.r)
	return &in
}

func (f *facts) pick(t cterm, field int, ch []choice) *value {
	for i := range ch {
		if ch[i].ind == t.ind && ch[i].field == field && ch[i].when == t.when {
			return ch[i].val
		}
	}
	if c := f.candidates(t.ind, field, t.when); len(c) > 0 {
		return c[0]
	}
	return nil
}
