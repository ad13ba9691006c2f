// This file puts the report together.

package normalize

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"baocao/extract/document"
	"baocao/extract/rules"
)

// ErrSpan is returned when the rules' result does not belong to the document.
var ErrSpan = errors.New("position outside the text")

// Build turns a document and what the rules found in it into one report. It reads
// unit, period, number and date from the text, and from the path only what the text
// lacks; it merges figures that say the same thing and sorts everything, so that
// the same input gives the same report. Neither doc nor res is changed.
//
// A document that says itself that it is something else (a plan, a decision, a
// report on another subject) has no figures: a target of a plan is not what an
// office did. Their numbers count as understood. A text that does not say what it
// is keeps them, so that an excerpt can be looked at.
//
// It fails only where res holds positions outside the text.
func Build(doc *document.Document, res rules.Result, src Source) (*Report, error) {
	if err := checkSpans(doc, res); err != nil {
		return nil, fmt.Errorf("build report: %w", err)
	}
	r := new(Report)
	what := readHeader(r, doc, res, src)
	r.References, r.Dates = cite(doc, res, r)
	r.Headings = slices.Clone(res.Headings)
	r.Sections = slices.Clone(res.Sections)
	res = dropParts(dropWider(res, r.Unit), r.Period)
	r.Numbers = slices.Clone(res.Numbers)
	r.PageStarts = pageStarts(doc)
	if what.typ == TypeOther && what.certain() {
		for i := range r.Numbers {
			if n := &r.Numbers[i]; n.Class == rules.ClassFigure {
				n.Class, n.Why = rules.ClassOther, "the document is no report on reform ("+what.why+")"
			}
		}
		return r, nil
	}
	r.Totals = slices.Clone(res.Totals)
	res.Figures = settleYear(settleNamed(res.Figures, r.Period), r.Period)
	m := newMerger(doc, res)
	r.Figures = m.figures()
	r.Doubts = m.doubts()
	return r, nil
}

// pageStarts gives the first byte of every page. A page without text begins where
// the next one does.
func pageStarts(doc *document.Document) []int {
	var starts []int
	for _, b := range doc.Blocks {
		for len(starts) < min(b.Page, maxPages) {
			starts = append(starts, b.Start)
		}
	}
	return starts
}

// maxPages bounds what a document can claim to have.
const maxPages = 10000

// readHeader fills everything that says what the report is.
func readHeader(r *Report, doc *document.Document, res rules.Result, src Source) verdict {
	o := newOutline(doc, src.Memory)
	what := o.typeOf(res)
	r.Type = what.typ
	if what.why != "" {
		r.note("type", what.why)
	}
	r.Number = o.numberOf()
	r.Date, r.DateMonth = o.dateOf()
	r.Signer = o.signerOf()
	r.Unit, r.Parents = newUnitFinder(o).unit()

	year, yearSource := src.year()
	pf := &periodFinder{o: o, date: r.Date, month: r.DateMonth, year: year}
	found := pf.find()
	r.Period, r.From, r.To = found.period.String(), found.from, found.to
	if pf.yearUsed && r.Period != "" {
		r.note("period", yearSource)
	}
	if r.Period == "" && r.Type == TypeReform {
		if p, source := src.period(); p.Kind != 0 {
			if against := pf.against(p); against != "" {
				r.note("path", fmt.Sprintf("%s says %s, not taken: %s", source, p, against))
			} else {
				r.Period = p.String()
				r.note("period", source)
			}
		}
	}
	if r.Unit == "" {
		if unit, source := src.unit(); unit != "" {
			r.Unit = unit
			r.note("unit", source)
		}
	}
	completeParents(r, src)
	return what
}

func (r *Report) note(field, source string) {
	if r.Sources == nil {
		r.Sources = make(map[string]string)
	}
	r.Sources[field] = source
}

// completeParents asks the table of units for what the text does not say. Only an
// answer without alternatives is taken.
func completeParents(r *Report, src Source) {
	if src.Places == nil || r.Unit == "" {
		return
	}
	on := cmp.Or(r.Date, r.To)
	units, err := src.Places.Resolve(r.Unit, r.Parents, on)
	if err != nil || len(units) != 1 || units[0].Former != "" || len(units[0].Parents) < len(r.Parents) {
		return // the text stays as it is; the table has no better answer
	}
	r.Parents = slices.Clone(units[0].Parents)
}

func checkSpans(doc *document.Document, res rules.Result) error {
	n := len(doc.Text)
	check := func(what string, i, start, end int) error {
		if start < 0 || end < start || end > n {
			return fmt.Errorf("%s %d at %d..%d of %d bytes: %w", what, i, start, end, n, ErrSpan)
		}
		return nil
	}
	var errs []error
	add := func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}
	for i := range res.Figures {
		f := &res.Figures[i]
		add(check("figure", i, f.Start, f.End))
		add(check("sentence of figure", i, f.SentenceStart, f.SentenceEnd))
		if f.Parent >= len(res.Figures) {
			errs = append(errs, fmt.Errorf("figure %d: parent %d of %d: %w", i, f.Parent, len(res.Figures), ErrSpan))
		}
	}
	for i, d := range res.Dates {
		add(check("date", i, d.Start, d.End))
		if d.Reference >= len(res.References) {
			errs = append(errs, fmt.Errorf("date %d: reference %d of %d: %w", i, d.Reference, len(res.References), ErrSpan))
		}
	}
	for i, ref := range res.References {
		add(check("reference", i, ref.Start, ref.End))
		if ref.Implements >= len(res.References) {
			errs = append(errs, fmt.Errorf("reference %d: carries out %d of %d: %w", i, ref.Implements, len(res.References), ErrSpan))
		}
	}
	for i, t := range res.Totals {
		add(check("total", i, t.Sum.Start, t.Sum.End))
		for _, p := range t.Parts {
			add(check("part of total", i, p.Start, p.End))
		}
		if len(t.Parts) != len(t.PartValues) {
			errs = append(errs, fmt.Errorf("total %d: %d numbers with %d values: %w", i, len(t.Parts), len(t.PartValues), ErrSpan))
		}
	}
	return errors.Join(errs...)
}

// figureKey is what makes two mentions one figure.
type figureKey struct {
	indicator, field string
	span             rules.Span
	value            string
}

// merger turns the figures of the rules into those of the report.
type merger struct {
	doc   *document.Document
	res   rules.Result
	lines lineIndex
	index map[figureKey]int // into out
	out   []Figure
	of    []int // for each figure of the rules, its index in out
}

func newMerger(doc *document.Document, res rules.Result) *merger {
	return &merger{doc: doc, res: res, lines: newLineIndex(doc.Text), index: make(map[figureKey]int), of: make([]int, len(res.Figures))}
}

// figures merges by (Indicator, Field, Span, Value), in the order in which the
// figures are first printed.
func (m *merger) figures() []Figure {
	order := make([]int, len(m.res.Figures))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := &m.res.Figures[a], &m.res.Figures[b]
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End), cmp.Compare(x.Indicator, y.Indicator),
			cmp.Compare(x.Field, y.Field), cmp.Compare(x.Span, y.Span), cmp.Compare(x.Value, y.Value), cmp.Compare(x.Rule, y.Rule))
	})
	for _, i := range order {
		f := &m.res.Figures[i]
		k := figureKey{f.Indicator, f.Field, f.Span, f.Value}
		j, ok := m.index[k]
		if !ok {
			j = len(m.out)
			m.index[k] = j
			m.out = append(m.out, Figure{Indicator: f.Indicator, Field: f.Field, Span: f.Span, Value: f.Value, Unit: f.Unit,
				Decimals: f.Decimals, Rounding: f.Rounding, Approx: f.Approx})
		}
		m.of[i] = j
	}
	for _, i := range order {
		m.mention(i)
	}
	return m.out
}

// mention adds figure i of the rules to its figure of the report. Figure says what
// the most exact mention says: the most decimals, the finest rounding, and Approx
// only where no mention gives the number without "khoảng".
func (m *merger) mention(i int) {
	f := &m.res.Figures[i]
	out := &m.out[m.of[i]]
	mention := Mention{
		Start: f.Start, End: f.End, Page: m.doc.PageAt(f.Start), Line: m.lines.line(f.Start), Text: m.doc.Text[f.Start:f.End],
		Snippet: snippet(m.doc.Text, f.SentenceStart, f.SentenceEnd, f.Start, f.End), Rule: f.Rule, Section: m.section(f.Start),
		InTable: f.InTable, Words: f.Words, Assessment: f.Assessment, Confidence: m.confidence(f), Parent: -1,
	}
	if f.Parent >= 0 && f.Parent != i && m.of[f.Parent] != m.of[i] {
		mention.Parent = m.of[f.Parent]
	}
	if n := len(out.Mentions); n > 0 && out.Mentions[n-1].Start == mention.Start && out.Mentions[n-1].End == mention.End {
		return // two rules read the same number alike
	}
	out.Mentions = append(out.Mentions, mention)
	out.Decimals = max(out.Decimals, f.Decimals)
	if f.Rounding > 0 && (out.Rounding == 0 || f.Rounding < out.Rounding) {
		out.Rounding = f.Rounding
	}
	out.Approx = out.Approx && f.Approx
	out.Confidence = max(out.Confidence, mention.Confidence)
}

// confidence is that of the rule, lowered by what the reader says of the digits.
func (m *merger) confidence(f *rules.Figure) float64 {
	c := f.Confidence
	for _, d := range m.doc.Doubts {
		if d.Start < f.End && f.Start < d.End {
			c = min(c, f.Confidence*d.Confidence)
		}
	}
	return min(max(c, 0), 1)
}

// doubts lists what the reader says of the characters of figures.
func (m *merger) doubts() []document.Doubt {
	var out []document.Doubt
	for _, d := range m.doc.Doubts {
		if slices.ContainsFunc(m.res.Figures, func(f rules.Figure) bool { return d.Start < f.End && f.Start < d.End }) {
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(a, b document.Doubt) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	return out
}

// section gives the part of the report the offset lies in, "" where none is known.
func (m *merger) section(offset int) rules.Section {
	list := m.res.Sections
	i := sort.Search(len(list), func(i int) bool { return list[i].End > offset })
	if i < len(list) && list[i].Start <= offset {
		return list[i].Section
	}
	return ""
}

// maxSnippet is the length of a snippet in characters.
const maxSnippet = 160

// snippet gives the sentence around a number with white space collapsed. A long one
// is cut around the number at word edges. But for white space it is verbatim, so
// that it can be searched for.
func snippet(text string, start, end, from, to int) string {
	if start > from || end < to || start == end {
		start, end = from, to
	}
	before, number, after := collapse(text[start:from]), collapse(text[from:to]), collapse(text[to:end])
	if before != "" && endsInSpace(text[start:from]) {
		before += " "
	}
	if after != "" && startsInSpace(text[to:end]) {
		after = " " + after
	}
	room := maxSnippet - utf8.RuneCountInString(number)
	left, right := utf8.RuneCountInString(before), utf8.RuneCountInString(after)
	if left+right > room {
		// The words before a number say more than those behind it.
		keepLeft := max(room*3/5, room-right)
		keepRight := max(room-min(left, keepLeft), 0)
		before = cutLeft(before, max(keepLeft, 0))
		after = cutRight(after, keepRight)
	}
	return before + number + after
}

func endsInSpace(s string) bool   { return strings.TrimRight(s, " \t\r\n\u00a0") != s }
func startsInSpace(s string) bool { return strings.TrimLeft(s, " \t\r\n\u00a0") != s }

// cutLeft keeps the last n characters of s, from the beginning of a word.
func cutLeft(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	i := len(r) - n
	for i < len(r) && r[i-1] != ' ' {
		i++
	}
	return string(r[i:])
}

// cutRight keeps the first n characters of s, to the end of a word.
func cutRight(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	i := n
	for i > 0 && r[i] != ' ' {
		i--
	}
	return strings.TrimRight(string(r[:i]), " ")
}
