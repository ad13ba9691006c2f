// This file says how sure a figure is: what about its reading gives reason to doubt
// it, and what that did to the share of right figures on labelled reports.

package rules

import (
	"math/bits"
	"sort"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"baocao/extract/document"
	"baocao/normalize/vntext"
)

// Doubt is a set of reasons to be less than certain of a figure. Some of the
// reasons turn out to speak for a figure; the odds in vi/01-confidence.yaml say.
type Doubt uint64

// Each reason is about how the figure was read, never about its value.
const (
	DoubtObjectFar     Doubt = 1 << iota // what is counted stands elsewhere in the statement
	DoubtObjectParent                    // ... is that of the figure it is a part of
	DoubtObjectSibling                   // ... is that of the figure before
	DoubtObjectBlock                     // ... stands in a heading or an earlier sentence
	DoubtWordFar                         // another word the rule needs stands elsewhere in the statement
	DoubtWordParent
	DoubtWordSibling
	DoubtWordBlock
	DoubtFieldAway    // the field (lĩnh vực) does not stand with the number
	DoubtSpanAway     // nor does the word that says which period it is of
	DoubtBare         // the rule needs nothing but the object
	DoubtApprox       // "khoảng", "hơn"
	DoubtAttached     // a percentage or fraction read with the words of the number before
	DoubtPart         // a part ("trong đó") of another figure
	DoubtNumerator    // of a fraction
	DoubtDenominator  // of a fraction
	DoubtPercent      // a percentage
	DoubtMoney        // an amount of money
	DoubtZero         // a zero in words
	DoubtZeroShared   // one "không có" for several nouns
	DoubtWords        // any other number in words
	DoubtStrange      // a word beside the number that no concept knows
	DoubtStranger     // three or more of them
	DoubtStretch      // two or more such words farther off in the same stretch
	DoubtNoNoun       // no noun that can be counted follows the number
	DoubtField        // of one field (lĩnh vực)
	DoubtCrowd        // many numbers in the sentence
	DoubtNeighbour    // another number of the sentence is not understood
	DoubtUnread       // one number in six of the document is not understood
	DoubtUnreadMore   // one in three
	DoubtLong         // the words that say it are far from the number
	DoubtRival        // another rule fits as well
	DoubtTable        // read from a table cell
	DoubtOtherPeriod  // the sentence names a period
	DoubtNoChapter    // stands outside the chapters of a report
	DoubtAssessment   // stands where figures are repeated
	DoubtPattern      // read by an expression, not by a frame
	DoubtSettled      // decided by what the rest of the document says
	DoubtConflict     // another value is read for the same figure, no less surely
	DoubtContested    // another value is read for it, less surely
	DoubtAgreement    // the same value is read for it elsewhere
	DoubtSecondFigure // the number gives a further figure
	DoubtSameRow      // another cell of the row is read as the same figure with another value

	doubtCount = iota
)

// doubtNames are the names used in vi/01-confidence.yaml, in the order of the bits.
func doubtNames() []string {
	return []string{"object_far", "object_parent", "object_sibling", "object_block", "word_far", "word_parent", "word_sibling", "word_block",
		"field_away", "span_away", "bare", "approx", "attached", "part", "numerator", "denominator", "percent", "money", "zero", "zero_shared",
		"words", "strange", "stranger", "stretch", "no_noun", "field", "crowd", "neighbour", "unread", "unread_more", "long", "rival", "table", "other_period", "no_chapter", "assessment", "pattern",
		"settled", "conflict", "contested", "agreement", "second_figure", "same_row"}
}

// Names lists the reasons of the set.
func (d Doubt) Names() []string {
	var out []string
	names := doubtNames()
	for d != 0 {
		i := bits.TrailingZeros64(uint64(d))
		out = append(out, names[i])
		d &^= 1 << i
	}
	return out
}

// weights turn doubts into a confidence: the odds of right against wrong of a
// figure read without any doubt, divided by a factor for each one.
type weights struct {
	base float64
	by   [doubtCount]float64
}

// noDoubt are the weights of a set whose files say nothing about confidence.
func noDoubt() weights {
	w := weights{base: 100}
	for i := range w.by {
		w.by[i] = 1
	}
	return w
}

// confidence gives the share of right figures that doubts leave, 0..1.
func (w *weights) confidence(d Doubt) float64 {
	odds := w.base
	for d != 0 {
		i := bits.TrailingZeros64(uint64(d))
		odds /= w.by[i]
		d &^= 1 << i
	}
	return odds / (1 + odds)
}

// confidence reads "confidence: {odds: 400, divide: {object_far: 3}}".
func (l *loader) confidence(r *reader, root *yaml.Node) {
	if root.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value != "confidence" {
			continue
		}
		w := &l.set.weights
		r.mapping(root.Content[i+1], "confidence", map[string]func(k, v *yaml.Node){
			"odds": func(_, v *yaml.Node) { w.base = positive(r, v) },
			"divide": func(_, v *yaml.Node) {
				r.pairs(v, "divide", func(k, v *yaml.Node) {
					for bit, name := range doubtNames() {
						if name == k.Value {
							w.by[bit] = positive(r, v)
							return
						}
					}
					r.fault(k, nearest(k.Value, doubtNames()), "unknown doubt %q", k.Value)
				})
			},
		})
	}
}

// positive reads a number greater than nothing.
func positive(r *reader, n *yaml.Node) float64 {
	v, err := strconv.ParseFloat(r.text(n, "factor"), 64)
	if err != nil || !(v > 0 && v < 1e6) {
		r.fault(n, "1 changes nothing, 2 halves the odds", "factor must be a number greater than 0, found %q", n.Value)
		return 1
	}
	return v
}

// doubts lists what about the reading of an item by a rule speaks against it.
func (x *extraction) doubts(p *passage, st *sentence, it *item, r *Rule, how string) Doubt {
	s := x.set
	var d Doubt
	needs := 0
	for _, cond := range r.when {
		from := it.frame.from[cond.slot]
		if cond.slot == s.well.obj {
			d |= [...]Doubt{0, 0, DoubtObjectFar, DoubtObjectParent, DoubtObjectSibling, DoubtObjectBlock}[from]
			continue
		}
		if it.frame.v[cond.slot] != 0 {
			needs++
		}
		d |= [...]Doubt{0, 0, DoubtWordFar, DoubtWordParent, DoubtWordSibling, DoubtWordBlock}[from]
	}
	set := func(is bool, reason Doubt) {
		if is {
			d |= reason
		}
	}
	away := func(slot int) bool { return it.frame.v[slot] != 0 && it.frame.from[slot] > fromNear }
	set(needs == 0, DoubtBare)
	set(away(s.well.field), DoubtFieldAway)
	set(away(s.well.span), DoubtSpanAway)
	set(it.tok.Approx != vntext.ApproxNone, DoubtApprox)
	set(it.attached, DoubtAttached)
	set(it.parent >= 0, DoubtPart)
	set(how == "numerator", DoubtNumerator)
	set(how == "denominator", DoubtDenominator)
	set(how == "rate", DoubtPercent)
	set(how == "money", DoubtMoney)
	set(it.kind == itemZero, DoubtZero)
	set(it.kind == itemZero && it.start == it.end, DoubtZeroShared)
	set(it.tok.Words && it.kind != itemZero, DoubtWords)
	set(it.rival, DoubtRival)
	set(p.block.Kind == document.Row, DoubtTable)
	set(p.section == SectionHead || p.section == SectionAppendix, DoubtNoChapter)
	set(p.section == SectionAssessment, DoubtAssessment)
	set(len(it.figures) > 0 && how != "denominator", DoubtSecondFigure)
	if p.block.Kind != document.Row {
		strange, far, distance := s.strangers(st, it)
		set(strange > 0, DoubtStrange)
		set(strange > 2, DoubtStranger)
		set(far > 1, DoubtStretch)
		set(it.nounEnd == 0 && it.kind == itemNumber && it.tok.Kind != vntext.TokPercent, DoubtNoNoun)
		set(len(st.tokens) > 8, DoubtCrowd)
		set(distance > 40, DoubtLong)
	}
	return d
}

// strangers counts the words that no concept knows, those that touch the number
// and those farther off in its stretch, and gives the distance from the number to
// the nearest concept in bytes.
func (s *Set) strangers(st *sentence, it *item) (near, far, distance int) {
	distance = len(st.text)
	for _, h := range st.hits {
		if len(s.lexicon[s.owner[h.pattern]].set) == 0 || h.start < it.left || h.end > it.right {
			continue
		}
		if h.end <= it.start {
			distance = min(distance, it.start-h.end)
		} else {
			distance = min(distance, max(0, h.start-it.end))
		}
	}
	known := st.understood()
	for i := max(it.left, 0); i < min(it.nearR, len(st.text)); i++ {
		if !wordByte(st.text[i]) || known[i] || i > 0 && wordByte(st.text[i-1]) && !known[i-1] {
			continue
		}
		if i >= it.nearL {
			near++
		} else {
			far++
		}
	}
	return near, far, distance
}

// understood marks the bytes of a sentence that belong to a concept, a number or a
// boundary.
func (x *sentence) understood() []bool {
	known := make([]bool, len(x.text))
	mark := func(from, to int) {
		for i := from; i < min(to, len(known)); i++ {
			known[i] = true
		}
	}
	for _, h := range x.hits {
		mark(h.start, h.end)
	}
	for _, t := range x.tokens {
		mark(t.Start, t.End)
	}
	for _, b := range x.bounds {
		mark(b.pos, b.end)
	}
	return known
}

// Shares of the numbers of a document that are not understood, in per cent.
const (
	unreadShare     = 16
	unreadMoreShare = 33
)

// weigh adds the doubts that only the whole document gives, and turns them all
// into a confidence.
func (x *extraction) weigh() {
	list := x.result.Figures
	open, unread := x.unexplained()
	for i := range list {
		f := &list[i]
		set := func(is bool, reason Doubt) {
			if is {
				f.Doubts |= reason
			}
		}
		at := sort.SearchInts(open, f.SentenceStart)
		set(f.About != "", DoubtOtherPeriod)
		set(f.Field != "", DoubtField)
		set(at < len(open) && open[at] < f.SentenceEnd, DoubtNeighbour)
		set(unread >= unreadShare, DoubtUnread)
		set(unread >= unreadMoreShare, DoubtUnreadMore)
		x.rate(f)
	}
	x.compareValues()
}

// rate gives a figure the confidence that its doubts and its rule leave.
func (x *extraction) rate(f *Figure) {
	f.Confidence = x.set.weights.confidence(f.Doubts)
	if r := x.set.byID[f.Rule]; r != nil {
		f.Confidence *= r.conf
	}
}

// compareValues doubts the figures of which several values are read, the less sure
// ones more, and trusts those of which one value is read twice.
func (x *extraction) compareValues() {
	list := x.result.Figures
	sure := make([]float64, len(list))
	for i := range list {
		sure[i] = list[i].Confidence
	}
	read := readingsOf(list, sure)
	for i := range list {
		f := &list[i]
		mine, other := read.of(f)
		switch {
		case other == 0:
		case other >= mine.surest:
			f.Doubts |= DoubtConflict
		default:
			f.Doubts |= DoubtContested
		}
		if mine.count > 1 {
			f.Doubts |= DoubtAgreement
		}
		x.rate(f)
	}
}

// readings are the values that a document gives for each of its figures.
type readings map[figureID]*values

type figureID struct {
	indicator, field string
	span             Span
	wider            bool          // "toàn huyện 18.442, trong đó xã 1.536": two figures
	named            vntext.Period // so are those of two periods
}

func idOfFigure(f *Figure) figureID {
	return figureID{f.Indicator, f.Field, f.Span, f.Wider, f.Named}
}

type values struct {
	by             map[string]reading
	surest, second float64 // of two different values
	first          string  // the value that is the surest
}

// reading is how often and how surely a value is read.
type reading struct {
	count  int
	surest float64
}

// readingsOf collects the values of figures, read as surely as sure says.
func readingsOf(list []Figure, sure []float64) readings {
	r := readings{}
	for i := range list {
		f := &list[i]
		v := r[idOfFigure(f)]
		if v == nil {
			v = &values{by: map[string]reading{}}
			r[idOfFigure(f)] = v
		}
		before := v.by[f.Value]
		v.by[f.Value] = reading{before.count + 1, max(before.surest, sure[i])}
		switch now := v.by[f.Value].surest; {
		case f.Value == v.first:
			v.surest = now
		case now > v.surest:
			v.second, v.surest, v.first = v.surest, now, f.Value
		case now > v.second:
			v.second = now
		}
	}
	return r
}

// of gives how a figure's value is read, and how surely the surest other value is: 0
// where there is none.
func (r readings) of(f *Figure) (mine reading, other float64) {
	v := r[idOfFigure(f)]
	if f.Value == v.first {
		return v.by[f.Value], v.second
	}
	return v.by[f.Value], v.surest
}

// drop takes figures out of the result; the account of numbers says what became of
// a number that gives no other figure.
func (x *extraction) drop(which func(i int) (bool, Class, string)) {
	list := x.result.Figures
	type fate struct {
		class Class
		why   string
	}
	var gone map[int]fate
	at := make([]int, len(list))
	kept := 0
	for i := range list {
		if out, class, why := which(i); out {
			if gone == nil {
				gone = map[int]fate{}
			}
			at[i] = -1
			gone[list[i].Start] = fate{class, why}
			continue
		}
		at[i] = kept
		kept++
	}
	if len(gone) == 0 {
		return
	}
	keep := make([]Figure, 0, kept)
	for i := range list {
		if at[i] >= 0 {
			keep = append(keep, list[i])
		}
	}
	for i := range keep {
		delete(gone, keep[i].Start)
		if keep[i].Parent >= 0 {
			keep[i].Parent = at[keep[i].Parent]
		}
	}
	x.result.Figures = keep
	for i := range x.result.Numbers {
		n := &x.result.Numbers[i]
		if to, ok := gone[n.Start]; ok && n.Class == ClassFigure {
			n.Class, n.Why = to.class, to.why
		}
	}
}

// unexplained gives where the numbers stand that are not understood, and how many
// of a hundred that could be figures they are.
func (x *extraction) unexplained() (at []int, share int) {
	figures := 0
	for i := range x.result.Numbers {
		switch n := &x.result.Numbers[i]; n.Class {
		case Unexplained:
			at = append(at, n.Start)
		case ClassFigure:
			figures++
		}
	}
	sort.Ints(at)
	return at, len(at) * 100 / max(1, len(at)+figures)
}

// Against lists the doubts of a figure that lower its confidence, the weightiest
// first.
func (s *Set) Against(d Doubt) []string {
	var out []string
	factor := map[string]float64{}
	for i, name := range doubtNames() {
		if factor[name] = s.weights.by[i]; d&(1<<i) != 0 && factor[name] > 1 {
			out = append(out, name)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return factor[out[i]] > factor[out[j]] })
	return out
}

// String says a set of doubts in one line, "" for none.
func (d Doubt) String() string { return strings.Join(d.Names(), ", ") }
