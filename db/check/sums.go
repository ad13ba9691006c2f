// This file adds up the fields (lĩnh vực) of one list or table.

package check

import (
	"slices"
	"strings"
)

// sums evaluates an edit with sum(): once for every paragraph or table that
// gives the indicator for at least two fields.
func (f *facts) sums(e *edit, out []*instance) []*instance {
	r := &e.readings[0]
	var over cterm
	for _, s := range [2][]cterm{r.left.terms, r.right.terms} {
		if i := slices.IndexFunc(s, func(t cterm) bool { return t.sum }); i >= 0 {
			over = s[i]
			break
		}
	}
	fields := f.fieldsOf(over.ind)
	if len(fields) < 2 || over.when != now {
		return out
	}
	var ctxs []int32
	for _, n := range fields {
		for _, v := range f.candidates(over.ind, n, now) {
			for _, p := range v.places {
				if !slices.Contains(ctxs, p.ctx) {
					ctxs = append(ctxs, p.ctx)
				}
			}
		}
	}
	slices.Sort(ctxs)
	for _, ctx := range ctxs {
		parts, distinct, ok := f.partsIn(over.ind, fields, ctx)
		if !ok || distinct < 2 {
			continue
		}
		if in := f.sumIn(e, over, parts, ctx); in != nil {
			out = append(out, in)
		}
	}
	return out
}

// part is a value with the number of its mentions in a table: two rows with one
// value are two parts.
type part struct {
	v *value
	n int64
}

func (f *facts) partsIn(ind int, fields []int, ctx int32) (parts []part, distinct int, ok bool) {
	table := f.ctxs.isTable(ctx)
	for _, n := range fields {
		here := 0
		for _, v := range f.dense[ind*f.width+n] {
			c := int64(0)
			for _, p := range v.places {
				if p.ctx == ctx {
					c++
				}
			}
			if c == 0 {
				continue
			}
			if !table {
				c = 1
			}
			here++
			parts = append(parts, part{v, c})
		}
		if here > 0 {
			distinct++
		}
		if here > 1 && !table {
			return nil, 0, false // the paragraph itself is ambiguous
		}
	}
	return parts, distinct, true
}

// overlapping fields hold each other: "tư pháp" is used for chứng thực and hộ
// tịch together, so a list with both need not add up.
func (f *facts) overlap(parts []part) bool {
	has := func(code string) bool {
		n := f.set.fieldN[code]
		return slices.ContainsFunc(parts, func(p part) bool { return p.v.field == n })
	}
	return has("justice") && (has("civil_status") || has("certification"))
}

func (f *facts) sumIn(e *edit, over cterm, parts []part, ctx int32) *instance {
	table := f.ctxs.isTable(ctx)
	var best, usual *instance
	for i := range e.readings {
		r := &e.readings[i]
		var multi [][]choice
		totalHere, missing := false, false
		for _, side := range [2][]cterm{r.left.terms, r.right.terms} {
			for _, t := range side {
				if t.sum {
					continue
				}
				all := f.candidates(t.ind, 0, t.when)
				var here []choice
				for _, v := range all {
					if v.in(ctx) {
						here = append(here, choice{t.ind, 0, t.when, v})
					}
				}
				totalHere = totalHere || len(here) > 0
				if len(here) == 0 {
					for _, v := range all {
						here = append(here, choice{t.ind, 0, t.when, v})
					}
				}
				if len(here) == 0 {
					missing = missing || t.need == required
					here = append(here, choice{t.ind, 0, t.when, nil})
				}
				multi = append(multi, here)
			}
		}
		if missing || e.complete && !f.isComplete(ctx, table, totalHere, parts) {
			continue
		}
		pick := make([]choice, len(multi))
		var walk func(int)
		tries := maxCombinations
		walk = func(i int) {
			if i == len(multi) {
				if tries--; tries < 0 {
					return
				}
				in := f.sumOnce(e, r, over, parts, pick, ctx)
				in.combined = !totalHere && !f.formal
				if best == nil || better(in, best) {
					best = in
				}
				if r.as == "" && (usual == nil || better(in, usual)) {
					usual = in
				}
				return
			}
			for _, c := range multi[i] {
				pick[i] = c
				walk(i + 1)
			}
		}
		walk(0)
	}
	if best != nil && best.reading.as != "" {
		best.usual = usual
	}
	if best != nil && !best.fits {
		if table && slices.ContainsFunc(append(slices.Clone(best.left), best.right...), func(t bterm) bool { return !t.sum && t.val != nil && f.columnAdds(t.val, ctx) }) {
			return nil // the printed column does add up
		}
		if e.op == atLeast && !table && f.besides(best, best.bound(), best.gap()) != (doubt{}) {
			return nil // the list says more than was read from it
		}
		switch {
		case f.overlap(parts):
			best.weak = Info
		case e.complete && !table:
			best.weak = Warning // the words say that the list is complete, the reading may not be
		case table && f.unreadRows(ctx, parts):
			best.weak = Warning
			best.unread = true
		}
		f.sameTotal(best, parts)
	}
	return best
}

func (f *facts) sumOnce(e *edit, r *reading, over cterm, parts []part, pick []choice, ctx int32) *instance {
	in := &instance{e: e, reading: r, ctx: ctx}
	at := 0
	bind := func(s *side) (v amount, iv span, bs []bterm) {
		v, iv = s.konst, span{s.konst, s.konst}
		for _, t := range s.terms {
			if t.sum {
				for _, p := range parts {
					c := t
					c.coef = t.coef * p.n
					v = v.plus(mulSat(p.v.v, c.coef))
					iv = iv.plus(p.v.s.times(c.coef))
					bs = append(bs, bterm{cterm: c, val: p.v})
				}
				continue
			}
			val := pick[at].val
			at++
			if val == nil {
				continue
			}
			v = v.plus(mulSat(val.v, t.coef))
			iv = iv.plus(val.s.times(t.coef))
			bs = append(bs, bterm{cterm: t, val: val})
		}
		return v, iv, bs
	}
	in.lv, in.l, in.left = bind(&r.left)
	in.rv, in.r, in.right = bind(&r.right)
	in.fits = holds(e.op, in.l, in.r)
	return in
}

// isComplete says whether a list names every field: a table with its total, a
// list that counts the other fields as one, or a text that says that the rest
// has nothing.
func (f *facts) isComplete(ctx int32, table, totalHere bool, parts []part) bool {
	if table {
		return totalHere
	}
	other := f.set.fieldN["other"]
	if slices.ContainsFunc(parts, func(p part) bool { return p.v.field == other }) {
		return true
	}
	body := strings.ToLower(strings.Join(strings.Fields(f.ctxs.body(ctx)), " "))
	for _, said := range [...]string{"các lĩnh vực còn lại", "các lĩnh vực khác", "lĩnh vực còn lại"} {
		if i := strings.Index(body, said); i >= 0 {
			rest := body[i+len(said):]
			if j := strings.IndexAny(rest, ".;"); j >= 0 {
				rest = rest[:j]
			}
			if strings.Contains(rest, "chưa phát sinh") || strings.Contains(rest, "không phát sinh") || strings.Contains(rest, "không có hồ sơ") {
				return true
			}
		}
	}
	return false
}

// unreadRows says whether a table has more rows of numbers than parts were read
// from, or gives one field twice: then a sum over its rows proves little.
func (f *facts) unreadRows(ctx int32, parts []part) bool {
	read := int64(0)
	for i, p := range parts {
		read += p.n
		if slices.ContainsFunc(parts[:i], func(q part) bool { return q.v.field == p.v.field }) {
			return true
		}
	}
	rows := int64(0)
	for _, line := range strings.Split(f.ctxs.body(ctx), "\n") {
		numbers, words := 0, false
		for _, cell := range strings.Split(line, "\t") {
			cell = strings.TrimSpace(cell)
			switch {
			case cell == "":
			case strings.Trim(cell, "0123456789.,") == "":
				numbers++
			case cell[0] != '(':
				words = true
			}
		}
		if words && numbers >= 2 {
			rows++
		}
	}
	return rows > read+1 // the row of totals
}

// sameTotal notes another printed total that the parts do add up to.
func (f *facts) sameTotal(in *instance, parts []part) {
	var sum amount
	for _, p := range parts {
		sum = sum.plus(mulSat(p.v.v, p.n))
	}
	for _, id := range [...]string{"dossiers.received", "dossiers.total", "dossiers.resolved", "survey.forms", "survey.forms_returned"} {
		ind := f.set.index[id]
		for _, v := range f.candidates(ind, 0, now) {
			if v.v == sum && !slices.Contains(in.bound(), v) {
				in.note = "tổng các lĩnh vực bằng đúng " + lowerFirst(f.set.info[ind].Label) + " (" + v.v.words() + ")"
				in.noteEN = "the fields add up to " + lowerFirst(f.set.info[ind].LabelEN) + " (" + v.v.String() + ")"
				return
			}
		}
	}
}
