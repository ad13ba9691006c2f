// This file finds edits that no report could satisfy together, so that a wrong
// edit of one's own is refused instead of failing on every report.

package check

import (
	"fmt"
	"slices"
	"strings"

	"baocao/extract/rules"
)

// variable is a figure as an edit names it: an indicator at a time, or the sum
// over its fields.
type variable struct {
	ind  int
	when when
	sum  bool
}

// relation is one reading of an edit as coefficients with sum(coef*x) op rest.
type relation struct {
	coef map[variable]int64
	op   op
	rest int64
}

func relationOf(e *edit, r *reading) relation {
	out := relation{map[variable]int64{}, e.op, int64((r.right.konst - r.left.konst) / unit)}
	for k, s := range [2]side{r.left, r.right} {
		for _, t := range s.terms {
			out.coef[variable{t.ind, t.when, t.sum}] += t.coef * int64(1-2*k)
		}
	}
	return out
}

// maxCompared bounds the edits of one's own that are compared with each other:
// the work grows with the square of their number.
const maxCompared = 300

// conflicts looks at each of own: can it hold beside base and the others of own,
// with no figure forced to nothing that it leaves free by itself?
func (s *Set) conflicts(base, own []*edit) rules.Faults {
	var faults rules.Faults
	all := slices.Clone(own)
	for _, e := range base {
		// What holds only for some reports contradicts nothing.
		if e.severity == Error && len(e.given) == 0 && e.class == 0 && e.from == "" && e.until == "" && e.only == "" && !e.complete {
			all = append(all, e)
		}
	}
	if len(own) > maxCompared {
		return nil
	}
	told := map[*edit]bool{}
	for _, e := range own {
		if e.share != nil || told[e] {
			continue
		}
		part := component(e, all)
		mine := relationOf(e, &e.readings[0])
		tests := []variable{{ind: -1}}
		for v := range mine.coef {
			tests = append(tests, v)
		}
		slices.SortFunc(tests, func(a, b variable) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		for _, v := range tests {
			if !s.possible([]*edit{e}, v) || s.possible(part, v) {
				continue // impossible by itself is another fault
			}
			set := s.smallest(part, e, v)
			if s.anyReading(set, v) {
				continue
			}
			var with []string
			for _, o := range set {
				if o != e {
					with = append(with, fmt.Sprintf("%s (%s:%d)", o.id, o.file, o.line))
					told[o] = true
				}
			}
			msg := "edit can never hold together with " + strings.Join(with, ", ")
			if v.ind >= 0 {
				msg = fmt.Sprintf("edit contradicts %s: together they hold only where %s is 0", strings.Join(with, ", "), s.variableName(v))
			}
			faults = append(faults, &rules.Fault{File: e.file, Line: e.line, Col: e.col, Rule: e.id, Msg: msg, Hint: "correct one of them; an edit with the same id replaces a built-in one"})
			break
		}
	}
	return faults
}

func (s *Set) variableName(v variable) string {
	return term{when: v.when, indicator: s.ids[v.ind], sum: v.sum}.name()
}

// component gives the edits that hang together with e through their figures.
func component(e *edit, all []*edit) []*edit {
	out := []*edit{e}
	seen := map[variable]bool{}
	mark := func(e *edit) {
		for i := range e.readings {
			for v := range relationOf(e, &e.readings[i]).coef {
				seen[v] = true
			}
		}
	}
	mark(e)
	for grown := true; grown; {
		grown = false
		for _, o := range all {
			if o.share != nil || slices.Contains(out, o) {
				continue
			}
			r := relationOf(o, &o.readings[0])
			for v := range r.coef {
				if seen[v] {
					out = append(out, o)
					mark(o)
					grown = true
					break
				}
			}
		}
	}
	return out
}

// smallest leaves out what the contradiction does not need.
func (s *Set) smallest(part []*edit, keep *edit, v variable) []*edit {
	set := slices.Clone(part)
	for i := len(set) - 1; i >= 0; i-- {
		if set[i] == keep {
			continue
		}
		if less := slices.Delete(slices.Clone(set), i, i+1); !s.possible(less, v) {
			set = less
		}
	}
	return set
}

// maxReadings bounds the combinations of readings that are tried.
const maxReadings = 256

// anyReading says whether some combination of the readings of a set is possible.
func (s *Set) anyReading(set []*edit, v variable) bool {
	pick := make([]int, len(set))
	for range maxReadings {
		rs := make([]relation, len(set))
		for i, e := range set {
			rs[i] = relationOf(e, &e.readings[pick[i]])
		}
		if s.feasible(rs, v) {
			return true
		}
		i := 0
		for ; i < len(set); i++ {
			if pick[i]++; pick[i] < len(set[i].readings) {
				break
			}
			pick[i] = 0
		}
		if i == len(set) {
			return false
		}
	}
	return true // not shown to be impossible
}

func (s *Set) possible(set []*edit, v variable) bool {
	rs := make([]relation, len(set))
	for i, e := range set {
		rs[i] = relationOf(e, &e.readings[0])
	}
	return s.feasible(rs, v)
}

// feasible says whether figures that are not negative, percentages at most 100,
// satisfy all relations with v (if it is one) at least 1. It is the first phase of
// the simplex method with Bland's rule; coefficients are small whole numbers.
func (s *Set) feasible(rs []relation, v variable) bool {
	index := map[variable]int{}
	var vars []variable
	for _, r := range rs {
		for x := range r.coef {
			if _, ok := index[x]; !ok {
				index[x] = len(vars)
				vars = append(vars, x)
			}
		}
	}
	type inequality struct { // sum(a*x) <= b
		a map[int]float64
		b float64
	}
	var ineqs []inequality
	put := func(coef map[variable]int64, sign float64, b int64) {
		q := inequality{map[int]float64{}, sign * float64(b)}
		for x, c := range coef {
			q.a[index[x]] = sign * float64(c)
		}
		ineqs = append(ineqs, q)
	}
	for _, r := range rs {
		if r.op != atLeast {
			put(r.coef, 1, r.rest)
		}
		if r.op != atMost {
			put(r.coef, -1, r.rest)
		}
	}
	for _, x := range vars {
		if s.info[x.ind].Kind == "percent" && !x.sum {
			put(map[variable]int64{x: 1}, 1, 100)
		}
	}
	if v.ind >= 0 {
		if _, ok := index[v]; !ok {
			return true
		}
		put(map[variable]int64{v: 1}, -1, 1)
	}
	// Columns: variables, one slack a row, one artificial for each row whose bound
	// is below nothing.
	n, m := len(vars), len(ineqs)
	width := n + 2*m + 1
	rows := make([][]float64, m)
	basis := make([]int, m)
	goal := make([]float64, width)
	for i, q := range ineqs {
		row := make([]float64, width)
		sign := 1.0
		if q.b < 0 {
			sign = -1
		}
		for j, a := range q.a {
			row[j] = sign * a
		}
		row[n+i], row[width-1], basis[i] = sign, sign*q.b, n+i
		if sign < 0 {
			row[n+m+i], basis[i] = 1, n+m+i
			for j := range row {
				if j != n+m+i {
					goal[j] -= row[j]
				}
			}
		}
		rows[i] = row
	}
	const eps = 1e-7
	for range 50 * (n + m) {
		enter := slices.IndexFunc(goal[:n+m], func(g float64) bool { return g < -eps })
		if enter < 0 {
			break
		}
		leave := -1
		for i, row := range rows {
			if row[enter] <= eps {
				continue
			}
			if leave < 0 {
				leave = i
				continue
			}
			d := row[width-1]/row[enter] - rows[leave][width-1]/rows[leave][enter]
			if d < -eps || d < eps && basis[i] < basis[leave] {
				leave = i
			}
		}
		if leave < 0 {
			break // the sum of artificials is bounded, so this does not happen
		}
		pivot(rows, goal, leave, enter)
		basis[leave] = enter
	}
	return goal[width-1] > -1e-6
}

// pivot brings column enter into the basis in row leave.
func pivot(rows [][]float64, goal []float64, leave, enter int) {
	p := rows[leave]
	f := p[enter]
	for j := range p {
		p[j] /= f
	}
	reduce := func(row []float64) {
		k := row[enter]
		if k == 0 {
			return
		}
		for j := range row {
			row[j] -= k * p[j]
		}
	}
	for i, row := range rows {
		if i != leave {
			reduce(row)
		}
	}
	reduce(goal)
}
