// This file compares the figures of one document with its labels.

package accuracy

import (
	"math/big"
	"slices"
	"strings"

	"baocao/extract/rules"
	"baocao/normalize"
)

// Key is what makes two figures the same: indicator, field and value.
type Key struct {
	Indicator, Field, Value string
}

// String gives "dossiers.received@civil_status = 239".
func (k Key) String() string {
	s := k.Indicator
	if k.Field != "" {
		s += "@" + k.Field
	}
	return s + " = " + k.Value
}

// Family is the group of indicators that the key belongs to: "dossiers".
func (k Key) Family() string {
	family, _, _ := strings.Cut(k.Indicator, ".")
	return family
}

// newKey makes a key. One fact with two ids is one key, and 99.710 is 99.71.
func newKey(indicator, field, value string) Key {
	if indicator == "dossiers.received_online" {
		indicator = "online.received"
	}
	return Key{indicator, field, plainValue(value)}
}

// plainValue gives equal decimals one spelling; what is no decimal stays.
func plainValue(s string) string {
	if strings.Trim(s, "+-.0123456789") != "" {
		return s
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return s
	}
	digits, _ := r.FloatPrec()
	return r.FloatString(digits)
}

// Tally counts figures.
type Tally struct {
	Right, Wrong, Missed int
}

// Add sums two tallies.
func (t *Tally) Add(o Tally) {
	t.Right += o.Right
	t.Wrong += o.Wrong
	t.Missed += o.Missed
}

// Precision is the share of the figures given that are right, 0..1.
func (t Tally) Precision() float64 { return share(t.Right, t.Right+t.Wrong) }

// Recall is the share of the labelled figures that are found, 0..1.
func (t Tally) Recall() float64 { return share(t.Right, t.Right+t.Missed) }

// F1 is the harmonic mean of both, 0..1.
func (t Tally) F1() float64 {
	p, r := t.Precision(), t.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// share of nothing is all of it: nothing was given, so nothing is wrong.
func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// Score is how one document compares with its labels.
type Score struct {
	Name string
	Tally
	Families              map[string]Tally
	WrongKeys, MissedKeys []Key           // sorted
	Header                map[string]bool // by field: whether it agrees
	Graded                []Graded
}

// Graded is a figure of known confidence that is known to be right or wrong.
type Graded struct {
	Confidence float64
	Right      bool
	Key        Key
}

// Compare scores a report against its labels. Figures that are not trusted are not
// shown, so they count only as graded ones. Of the others those of the
// report's own period count: one that equals a sure label is right, one that
// equals an arguable label or whose indicator was not labelled is left out, any
// other is wrong. A sure label is found whatever period the figure is read for.
func Compare(l *Labels, r *normalize.Report, unlabelled map[string]bool) Score {
	s := Score{Name: l.Name, Families: map[string]Tally{}, Header: compareHeader(&l.Report, r)}
	sure, known := map[Key]bool{}, map[Key]bool{}
	for i := range l.Figures {
		f := &l.Figures[i]
		k := newKey(f.Indicator, f.Dims["field"], f.Value)
		known[k] = true
		if f.sure() {
			sure[k] = true
		}
	}
	read, claimed, graded := map[Key]bool{}, map[Key]bool{}, map[Key]float64{}
	for i := range r.Figures {
		f := &r.Figures[i]
		k := newKey(f.Indicator, f.Field, f.Value)
		read[k] = read[k] || f.Trusted()
		if f.Span == rules.Period && (sure[k] || !known[k] && !unlabelled[f.Indicator]) {
			claimed[k] = claimed[k] || f.Trusted()
			graded[k] = max(graded[k], f.Confidence)
		}
	}
	for k := range sure {
		if read[k] {
			s.count(k, Tally{Right: 1})
		} else {
			s.count(k, Tally{Missed: 1})
			s.MissedKeys = append(s.MissedKeys, k)
		}
	}
	for k, confidence := range graded {
		s.Graded = append(s.Graded, Graded{confidence, sure[k], k})
		if claimed[k] && !sure[k] {
			s.count(k, Tally{Wrong: 1})
			s.WrongKeys = append(s.WrongKeys, k)
		}
	}
	slices.SortFunc(s.WrongKeys, compareKeys)
	slices.SortFunc(s.MissedKeys, compareKeys)
	slices.SortFunc(s.Graded, func(a, b Graded) int { return compareKeys(a.Key, b.Key) })
	return s
}

func (s *Score) count(k Key, t Tally) {
	s.Tally.Add(t)
	family := s.Families[k.Family()]
	family.Add(t)
	s.Families[k.Family()] = family
}

func compareKeys(a, b Key) int { return strings.Compare(a.String(), b.String()) }

// HeaderFields are the fields of a report's head that labels give, in order.
func HeaderFields() []string { return []string{"unit", "period", "number", "date"} }

// compareHeader compares without case: labels give units as printed.
func compareHeader(l *HeaderLabels, r *normalize.Report) map[string]bool {
	same := func(a, b string) bool { return strings.EqualFold(a, b) }
	return map[string]bool{"unit": same(l.Unit, r.Unit), "period": same(l.Period, r.Period),
		"number": same(l.Number, r.Number), "date": same(l.Date, r.Date)}
}
