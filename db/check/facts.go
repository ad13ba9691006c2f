// This file holds one report as the arithmetic sees it: its figures by indicator and
// field, and which of them stand together in one paragraph or table.

package check

import (
	"slices"
	"sort"
	"strings"
	"unicode"

	"baocao/extract/rules"
	"baocao/normalize"
)

// value is one printed value of one indicator: a variable of the arithmetic.
type value struct {
	fig    *normalize.Figure
	n      int // index in Report.Figures
	ind    int
	field  int
	when   when
	v      amount
	s      span
	places []place
	// repeats says that it is printed only in the assessment, where figures are
	// repeated and often rounded.
	repeats bool
	table   bool // printed in a table
	text    bool // printed outside tables
	// glyphs is how surely its characters were read, 1 where no text recognition
	// was needed: that of the surest place.
	glyphs float64
}

// place is where a value is printed: the mention and its context.
type place struct {
	m   *normalize.Mention
	ctx int32
}

func (v *value) in(ctx int32) bool {
	return slices.ContainsFunc(v.places, func(p place) bool { return p.ctx == ctx })
}

// facts is a report ready for evaluation.
type facts struct {
	set    *Set
	rep    *Report
	vals   []value
	dense  [][]*value // of span period, by indicator*width + field
	width  int
	spans  [nWhen]map[int][]*value // other spans, by the same key
	used   []int                   // keys of dense that are filled
	extra  []string                // fields outside the fixed list
	ctxs   contexts
	formal bool // a report with headings or a number, not a press text
	prev   *facts
	// class is that of the commune (1 to 3) as the text says it, 0 where it does
	// not, -1 before it was looked for.
	class int
	// failedSubsets are the subset edits that failed on this report.
	failedSubsets []*instance
	cols          []column // columns with totals, once they are asked for
	// huge are figures too large or malformed for arithmetic.
	huge []int
}

// maxExtraFields bounds the fields outside the fixed list, in one report.
const maxExtraFields = 8

func newFacts(s *Set) *facts {
	w := len(s.fields) + maxExtraFields
	return &facts{set: s, width: w, dense: make([][]*value, len(s.ids)*w)}
}

// load reads a report into f, which may have held another one.
func (f *facts) load(r *Report, prev *facts) {
	for _, k := range f.used {
		f.dense[k] = f.dense[k][:0]
	}
	f.used, f.extra, f.huge = f.used[:0], f.extra[:0], f.huge[:0]
	f.spans = [nWhen]map[int][]*value{}
	f.rep, f.prev, f.class, f.cols = r, prev, -1, nil
	f.failedSubsets = f.failedSubsets[:0]
	f.ctxs = contexts{text: r.Text}
	f.formal = len(r.Headings) >= 3 || r.Number != ""
	// Pointers into vals stay valid because it never grows while they are taken.
	f.vals = make([]value, 0, len(r.Figures))
	for i := range r.Figures {
		fig := &r.Figures[i]
		ind, ok := f.set.index[fig.Indicator]
		if !ok {
			continue // an indicator of the user's own rules that no edit can name
		}
		field, ok := f.fieldIndex(fig.Field)
		if !ok {
			continue
		}
		v, s, ok := printed(fig, f.set.info[ind].Kind == "percent")
		if !ok {
			f.huge = append(f.huge, i)
			continue
		}
		val := value{fig: fig, n: i, ind: ind, field: field, v: v, s: s, when: spanWhen(fig.Span)}
		plan := len(fig.Mentions) > 0
		val.repeats = plan
		for j := range fig.Mentions {
			m := &fig.Mentions[j]
			if m.Section == rules.SectionPlan || m.Section == rules.SectionProposals || r.rowUnit(m) != "" {
				continue // an aim, or said of another unit
			}
			plan = false
			val.repeats = val.repeats && m.Assessment
			val.table = val.table || m.InTable
			val.text = val.text || !m.InTable
			val.places = append(val.places, place{m, f.ctxs.of(m)})
			val.glyphs = max(val.glyphs, r.glyphs(m))
		}
		if plan {
			continue // printed only as an aim, or only of other units
		}
		f.vals = append(f.vals, val)
	}
	for i := range f.vals {
		v := &f.vals[i]
		k := v.ind*f.width + v.field
		if v.when == now {
			if len(f.dense[k]) == 0 {
				f.used = append(f.used, k)
			}
			f.dense[k] = append(f.dense[k], v)
			continue
		}
		if f.spans[v.when] == nil {
			f.spans[v.when] = map[int][]*value{}
		}
		f.spans[v.when][k] = append(f.spans[v.when][k], v)
	}
}

// glyphs says how surely the characters of a mention were read.
func (r *Report) glyphs(m *normalize.Mention) float64 {
	least := 1.0
	for _, d := range r.Doubts {
		if d.Start < m.End && m.Start < d.End {
			least = min(least, d.Confidence)
		}
	}
	return least
}

func spanWhen(s rules.Span) when {
	switch s {
	case rules.YTD:
		return ytd
	case rules.Previous:
		return previous
	case rules.Target:
		return target
	}
	return now
}

func (f *facts) fieldIndex(code string) (int, bool) {
	if n, ok := f.set.fieldN[code]; ok {
		return n, true
	}
	if n := slices.Index(f.extra, code); n >= 0 {
		return len(f.set.fields) + n, true
	}
	if len(f.extra) == maxExtraFields {
		return 0, false
	}
	f.extra = append(f.extra, code)
	return len(f.set.fields) + len(f.extra) - 1, true
}

func (f *facts) fieldName(n int) string {
	if n < len(f.set.fields) {
		return f.set.fields[n]
	}
	return f.extra[n-len(f.set.fields)]
}

// all gives every value of an indicator, field and span, in the order of the text.
func (f *facts) all(ind, field int, w when) []*value {
	switch w {
	case prev, prevYTD:
		if f.prev == nil {
			return nil
		}
		inner := now
		if w == prevYTD {
			inner = ytd
		}
		code := f.fieldName(field)
		n, ok := f.prev.set.fieldN[code]
		if !ok {
			return nil
		}
		return f.prev.all(ind, n, inner)
	case now:
		return f.dense[ind*f.width+field]
	}
	return f.spans[w][ind*f.width+field]
}

// candidates are the values that arithmetic may use: repeats in the assessment
// only where nothing else is printed.
func (f *facts) candidates(ind, field int, w when) []*value {
	vs := f.all(ind, field, w)
	if len(vs) < 2 {
		return vs
	}
	main := 0
	for _, v := range vs {
		if !v.repeats {
			main++
		}
	}
	if main == 0 || main == len(vs) {
		return vs
	}
	out := make([]*value, 0, main)
	for _, v := range vs {
		if !v.repeats {
			out = append(out, v)
		}
	}
	return out
}

// fieldsOf lists the fields (not "none") for which an indicator has a value.
func (f *facts) fieldsOf(ind int) []int {
	var out []int
	for n := 1; n < len(f.set.fields)+len(f.extra); n++ {
		if len(f.dense[ind*f.width+n]) > 0 {
			out = append(out, n)
		}
	}
	return out
}

// contexts cuts a text into paragraphs and tables. The cut is made at first
// use: most reports never need it.
type contexts struct {
	text   string
	done   bool
	starts []int
	tables []bool
}

// of gives the context of a mention: paragraphs and tables have numbers from 0
// in the order of the text. Without a text, a context is a printed line, or all
// table rows of a page.
func (c *contexts) of(m *normalize.Mention) int32 {
	if c.text == "" {
		if m.InTable {
			return int32(-1 - m.Page)
		}
		return int32(m.Page<<16 | m.Line&0xffff)
	}
	return c.at(m.Start)
}

// at gives the context of a byte of the text.
func (c *contexts) at(off int) int32 {
	c.cut()
	return int32(sort.SearchInts(c.starts, off+1) - 1)
}

func (c *contexts) isTable(ctx int32) bool {
	if c.text == "" {
		return ctx < 0
	}
	c.cut()
	return ctx >= 0 && c.tables[ctx]
}

// body gives the text of a context, "" without a text.
func (c *contexts) body(ctx int32) string {
	if c.text == "" || ctx < 0 {
		return ""
	}
	c.cut()
	end := len(c.text)
	if int(ctx)+1 < len(c.starts) {
		end = c.starts[ctx+1]
	}
	return c.text[c.starts[ctx]:end]
}

// cut finds the starts. Lines with a TAB that follow each other are one table.
// A line goes on with the paragraph before it unless that one ended, or a
// bullet, heading or number begins here: plain text may be hard-wrapped.
func (c *contexts) cut() {
	if c.done {
		return
	}
	c.done = true
	ended, inTable := true, false
	for at := 0; at < len(c.text); {
		end := strings.IndexByte(c.text[at:], '\n')
		if end < 0 {
			end = len(c.text)
		} else {
			end += at + 1
		}
		line := c.text[at:end]
		trim := strings.TrimSpace(line)
		table := strings.Contains(line, "\t")
		if len(c.starts) == 0 || table != inTable || !table && (ended || trim == "" || begins(trim)) {
			c.starts = append(c.starts, at)
			c.tables = append(c.tables, table)
		}
		inTable = table
		ended = trim == "" || strings.HasSuffix(trim, ".") || strings.HasSuffix(trim, ":") || strings.HasSuffix(trim, ";") ||
			strings.HasSuffix(trim, "/.") || strings.HasSuffix(trim, "!") || strings.HasSuffix(trim, "?")
		at = end
	}
	if len(c.starts) == 0 {
		c.starts, c.tables = []int{0}, []bool{false}
	}
}

// begins says whether a line starts with a bullet or a heading's label.
func begins(line string) bool {
	switch line[0] {
	case '-', '+', '*':
		return true
	}
	if strings.HasPrefix(line, "–") || strings.HasPrefix(line, "•") {
		return true
	}
	i := 0
	for i < len(line) && i < 6 && (line[i] >= '0' && line[i] <= '9' || strings.IndexByte("IVXivx.", line[i]) >= 0) {
		i++
	}
	return i > 1 && i < len(line) && line[i] == ' ' && line[i-1] == '.'
}

// communeClass gives the class of the commune ("xã loại 2") that the text names,
// 0 for none or for more than one.
func (f *facts) communeClass() int {
	if f.class >= 0 {
		return f.class
	}
	f.class = 0
	words := strings.FieldsFunc(strings.ToLower(f.rep.Text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i := 2; i < len(words); i++ {
		if words[i-1] != "loại" || !slices.Contains([]string{"xã", "phường", "trấn", "vị", "chính"}, words[i-2]) {
			continue
		}
		n := map[string]int{"1": 1, "i": 1, "2": 2, "ii": 2, "3": 3, "iii": 3}[words[i]]
		if n != 0 && f.class != 0 && n != f.class {
			f.class = 0
			break
		}
		if n != 0 {
			f.class = n
		}
	}
	return f.class
}
