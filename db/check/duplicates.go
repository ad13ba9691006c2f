// This file finds one figure with two values, parts larger than what they are part
// of, and values that nothing can have.

package check

import (
	"fmt"
	"slices"
	"strings"

	"baocao/extract/rules"
	"baocao/normalize"
)

// duplicates finds figures printed with values that rounding cannot reconcile.
// Text against table, and main part against assessment, contradict each other
// where one is near the other. Two values in running text may belong to two
// offices, two periods or two things: they are a contradiction only where one is
// the other with two digits swapped. All others together make one note.
func (c *checker) duplicates() {
	f := c.cur
	var unclear [][]*value
	for _, k := range slices.Sorted(slices.Values(f.used)) {
		vs := f.dense[k]
		if len(vs) < 2 {
			continue
		}
		open := false
		for i, a := range vs {
			for _, b := range vs[i+1:] {
				if a.s.meets(b.s) || f.sameTable(a, b) || f.composed(a, b) {
					continue
				}
				if sev := f.twoValuesSeverity(a, b, len(vs)); sev != Info {
					c.duplicate(a, b, sev)
				} else {
					open = true
				}
			}
		}
		if open {
			unclear = append(unclear, vs)
		}
	}
	if f.formal && len(unclear) > 0 {
		c.unclear(unclear)
	}
}

const (
	maxNamed  = 6 // figures that the note names
	maxPlaces = 4 // places cited of each
)

// unclear names the figures that were read with values that have nothing to do
// with each other: most often they were said of different things.
func (c *checker) unclear(figures [][]*value) {
	f := c.cur
	fd := c.finding("several-values", "W29", Duplicate, Info)
	fd.Suspect = SuspectExtraction
	var vi, en []string
	for i, vs := range figures {
		if i < maxNamed {
			info := f.set.info[vs[0].ind]
			label, labelEN := lowerFirst(info.Label), lowerFirst(info.LabelEN)
			if field := vs[0].fig.Field; field != "" {
				label += ", lĩnh vực " + FieldLabel(field, false)
				labelEN += ", field " + FieldLabel(field, true)
			}
			var nums, numsEN []string
			for _, v := range vs {
				nums, numsEN = append(nums, v.v.words()), append(numsEN, v.v.String())
			}
			vi = append(vi, label+" "+strings.Join(nums, " và "))
			en = append(en, labelEN+" "+strings.Join(numsEN, " and "))
		}
		for j, v := range vs {
			if j < maxPlaces && i < maxNamed {
				fd.Figures = append(fd.Figures, f.cite(v, noCtx)[0])
			}
		}
	}
	fd.Message = "Đọc thấy nhiều giá trị cho một chỉ tiêu, có thể là số của những nội dung khác nhau: " + strings.Join(vi, "; ")
	fd.MessageEN = "Read with several values, perhaps of different things: " + strings.Join(en, "; ")
	if n := len(figures) - maxNamed; n > 0 {
		fd.Message += fmt.Sprintf("; và %d chỉ tiêu khác", n)
		fd.MessageEN += fmt.Sprintf("; and %d more", n)
	}
	c.add(fd, "several")
}

// duplicate makes the finding about two values that contradict each other.
func (c *checker) duplicate(a, b *value, sev Severity) {
	f := c.cur
	fd := c.finding("two-values", "W29", Duplicate, sev)
	fd.Field = a.fig.Field
	fd.Op = opNames[equal]
	fd.Left, fd.Right, fd.Gap = a.v.String(), b.v.String(), a.v.plus(-b.v).abs().String()
	fd.LeftText, fd.RightText = fd.Left, fd.Right
	fd.Figures = append(f.cite(a, noCtx)[:1], f.cite(b, noCtx)[:1]...)
	info := f.set.info[a.ind]
	where := func(v *value, en bool) string {
		switch {
		case v.table && !v.text && en:
			return "the table"
		case v.table && !v.text:
			return "bảng biểu"
		case v.repeats && en:
			return "the assessment"
		case v.repeats:
			return "phần đánh giá"
		case en:
			return "the text"
		}
		return "lời văn"
	}
	field, fieldEN := "", ""
	if fd.Field != "" {
		field, fieldEN = ", lĩnh vực "+FieldLabel(fd.Field, false), ", field "+FieldLabel(fd.Field, true)
	}
	fd.Message = fmt.Sprintf("Một chỉ tiêu hai giá trị: %s%s: %s ghi %s, %s ghi %s; lệch %s", lowerFirst(info.Label), field,
		where(a, false), a.v.words(), where(b, false), b.v.words(), a.v.plus(-b.v).abs().words())
	fd.MessageEN = fmt.Sprintf("One figure, two values: %s%s: %s says %s, %s says %s; gap %s", lowerFirst(info.LabelEN), fieldEN,
		where(a, true), fd.Left, where(b, true), fd.Right, fd.Gap)
	how := slip(a.v, b.v)
	if how != "" {
		fd.Message += " (" + how + ")"
	}
	// The value that the other edits bear out is the better one.
	ka, kb := c.borneOut(a), c.borneOut(b)
	better := func(from, to *value, keeps, breaks int) {
		r := Repair{Changes: []Change{{Indicator: from.fig.Indicator, Field: from.fig.Field, From: from.v.String(), To: to.v.String()}}, Score: keeps - breaks}
		if keeps > 0 || breaks > 0 {
			r.Evidence = []string{fmt.Sprintf("giá trị %s khớp với %d đẳng thức khác, giá trị %s khớp với %d", to.v.words(), keeps, from.v.words(), breaks)}
			r.EvidenceEN = []string{fmt.Sprintf("%s fits %d other relations, %s fits %d", to.v, keeps, from.v, breaks)}
		}
		fd.Repairs = append(fd.Repairs, r)
	}
	if ka >= kb {
		better(b, a, ka, kb)
	}
	if kb >= ka {
		better(a, b, kb, ka)
	}
	for i := range fd.Repairs {
		fd.Repairs[i].Rank = 1
	}
	fd.Undecided = len(fd.Repairs) > 1
	// That one is a slip of the other says itself that both are of one thing.
	if d := f.doubtful(how == swapped || how != "" && min(a.v, b.v) >= 100*unit, a, b); d != (doubt{}) {
		fd.suspect(d)
		sev = lower(sev, Warning)
		fd.Severity = sev
	}
	c.add(fd)
	if sev == Error {
		pair := &instance{e: twoValues, reading: &twoValues.readings[0], ctx: noCtx, lv: a.v, rv: b.v, l: a.s, r: b.s}
		pair.left = []bterm{{cterm: cterm{coef: 1, ind: a.ind}, val: a}}
		pair.right = []bterm{{cterm: cterm{coef: 1, ind: b.ind}, val: b}}
		c.pairs = append(c.pairs, pair)
		c.broken = append(c.broken, pair)
		c.failed = append(c.failed, len(c.out)-1)
	}
}

// twoValuesSeverity weighs how surely two values are of one thing; Info is not
// worth a finding of its own. Only text against table is an error, and only where
// the two are near each other: a far value was more likely read from something else.
func (f *facts) twoValuesSeverity(a, b *value, n int) Severity {
	small, large := min(a.v, b.v), max(a.v, b.v)
	how := slip(a.v, b.v)
	near := how != "" || large-small <= large/10
	apart := a.table && !a.text && !b.table || b.table && !b.text && !a.table // one in tables, one in the text
	switch {
	case !f.formal: // press texts name several offices and periods
	case a.fig.Approx || b.fig.Approx || n > 3 || small <= 0:
	case n == 2 && near && apart && !a.repeats && !b.repeats:
		return Error
	case near && apart, how != "" && a.repeats != b.repeats, how == swapped && small >= 100*unit:
		return Warning
	}
	return Info
}

// twoValues is the edit "one figure has one value", for error localisation.
var twoValues = &edit{id: "two-values", rule: "W29", kind: Duplicate, severity: Error, total: true, op: equal, readings: []reading{{}},
	titleVI: "Một chỉ tiêu hai giá trị", titleEN: "One figure, two values"}

// borneOut counts the edits that a value satisfies, less those that it fails.
func (c *checker) borneOut(v *value) int {
	n := 0
	for _, in := range c.ins {
		if slices.Contains(in.bound(), v) {
			if in.fits {
				n++
			} else {
				n--
			}
		}
	}
	return n
}

// sameTable says that both values stand in one table: two rows for one field
// ("nội vụ" and "thi đua, khen thưởng") are no contradiction.
func (f *facts) sameTable(a, b *value) bool {
	return slices.ContainsFunc(a.places, func(p place) bool { return f.ctxs.isTable(p.ctx) && b.in(p.ctx) })
}

// composed says that two values differ by what one of them includes: the form's
// column "trực tiếp, dịch vụ bưu chính" holds the postal dossiers too.
func (f *facts) composed(a, b *value) bool {
	if f.set.ids[a.ind] != "dossiers.received_direct" {
		return false
	}
	gap := a.v.plus(-b.v).abs()
	return slices.ContainsFunc(f.all(f.set.index["dossiers.received_postal"], a.field, now), func(v *value) bool { return v.v == gap })
}

// swapped is the slip of two neighbouring digits.
const swapped = "đảo chữ số"

// slip names the typing slip that turns one number into the other, "" if none:
// one digit wrong, two neighbours swapped, a digit dropped or added.
func slip(a, b amount) string {
	if a%unit != 0 || b%unit != 0 {
		// Rates: compare the digits without the point.
		return slipDigits(strings.ReplaceAll(pad(a), ".", ""), strings.ReplaceAll(pad(b), ".", ""))
	}
	return slipDigits(a.String(), b.String())
}

// pad writes three decimals, so that digits keep their places.
func pad(a amount) string {
	s := a.String()
	whole, frac, _ := strings.Cut(s, ".")
	return whole + "." + frac + "000"[len(frac):]
}

func slipDigits(x, y string) string {
	if x == y || strings.HasPrefix(x, "-") || strings.HasPrefix(y, "-") {
		return ""
	}
	if len(x) == len(y) {
		var at []int
		for i := range len(x) {
			if x[i] != y[i] {
				at = append(at, i)
			}
		}
		switch {
		case len(at) == 1 && len(x) > 1:
			return "sai một chữ số"
		case len(at) == 2 && at[1] == at[0]+1 && x[at[0]] == y[at[1]] && x[at[1]] == y[at[0]]:
			return swapped
		}
		return ""
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y) == len(x)+1 && len(x) > 1 {
		for i := range len(y) {
			if y[:i]+y[i+1:] == x {
				return "thừa hoặc thiếu một chữ số"
			}
		}
	}
	return ""
}

// domains finds parts larger than their whole after "trong đó", percentages
// outside 0..100, negative figures and figures too large to be true.
func (c *checker) domains() {
	f := c.cur
	for i := range f.vals {
		v := &f.vals[i]
		info := f.set.info[v.ind]
		switch {
		case info.Kind == "percent" && v.when == now && v.s.lo > 100*unit && info.ID != "direction.plan_tasks_rate" && info.ID != "finance.public_investment_rate":
			fd := c.finding("percent-over-100", "W28", Range, Error)
			fd.Message = fmt.Sprintf("Tỷ lệ vượt 100%%: %s %s%%", lowerFirst(info.Label), v.v.words())
			fd.MessageEN = fmt.Sprintf("Percentage above 100: %s %s %%", lowerFirst(info.LabelEN), v.v)
			c.addValue(fd, v)
		case v.s.hi < 0:
			fd := c.finding("negative", "W28", Range, Error)
			fd.Message = fmt.Sprintf("Số âm: %s %s", lowerFirst(info.Label), v.v.words())
			fd.MessageEN = fmt.Sprintf("Negative figure: %s %s", lowerFirst(info.LabelEN), v.v)
			c.addValue(fd, v)
		case info.Kind == "count" && v.v%unit != 0 && !v.fig.Approx && v.fig.Rounding <= 1:
			fd := c.finding("broken-count", "W28", Range, Info)
			fd.Message = fmt.Sprintf("Số đếm không phải số nguyên: %s %s", lowerFirst(info.Label), v.v.words())
			fd.MessageEN = fmt.Sprintf("A count is not whole: %s %s", lowerFirst(info.LabelEN), v.v)
			fd.Suspect = SuspectExtraction
			c.addValue(fd, v)
		}
		c.partOf(v)
	}
	for _, n := range f.huge {
		fig := &f.rep.Figures[n]
		fd := c.finding("not-computable", "W28", Range, Warning)
		fd.Field = fig.Field
		label, labelEN := fig.Indicator, fig.Indicator
		if ind, ok := f.set.index[fig.Indicator]; ok {
			label, labelEN = lowerFirst(f.set.info[ind].Label), lowerFirst(f.set.info[ind].LabelEN)
		}
		fd.Message = fmt.Sprintf("Số quá lớn hoặc không đọc được, không đưa vào phép tính: %s %s", label, fig.Value)
		fd.MessageEN = fmt.Sprintf("Too large or unreadable, left out of the arithmetic: %s %s", labelEN, fig.Value)
		fd.Suspect = SuspectExtraction
		cited := Cited{Indicator: fig.Indicator, Field: fig.Field, Value: fig.Value}
		if len(fig.Mentions) > 0 {
			m := &fig.Mentions[0]
			cited.Page, cited.Line, cited.Start, cited.End, cited.Snippet, cited.Rule = m.Page, m.Line, m.Start, m.End, m.Snippet, m.Rule
		}
		fd.Figures = []Cited{cited}
		c.add(fd)
	}
}

func (c *checker) addValue(fd Finding, v *value) {
	fd.Field = v.fig.Field
	fd.Left, fd.LeftText = v.v.String(), v.v.String()
	fd.Figures = c.cur.cite(v, noCtx)[:1]
	c.add(fd)
}

// partOf compares a value with the figure of which it is "trong đó". Only like
// is compared with like: dossiers with dossiers.
func (c *checker) partOf(v *value) {
	f := c.cur
	for _, p := range v.places {
		if p.m.Parent < 0 || p.m.Parent >= len(f.rep.Figures) || p.m.Parent == v.n {
			continue
		}
		i := slices.IndexFunc(f.vals, func(w value) bool { return w.n == p.m.Parent })
		if i < 0 {
			continue
		}
		whole := &f.vals[i]
		if f.set.info[v.ind].Unit != f.set.info[whole.ind].Unit || f.set.info[v.ind].Kind == "percent" || v.when != whole.when || v.s.lo <= whole.s.hi {
			continue
		}
		if f.coveredByEdit(v, whole) || !f.saysPart(whole, p.m) {
			continue
		}
		sev := Error
		if p.m.Assessment || v.fig.Approx || whole.fig.Approx {
			sev = Warning
		}
		fd := c.finding("part-exceeds-whole", "W14", Subset, sev)
		fd.Field = v.fig.Field
		fd.Op = opNames[atMost]
		fd.Left, fd.Right, fd.Gap = v.v.String(), whole.v.String(), v.v.plus(-whole.v).String()
		fd.LeftText, fd.RightText = fd.Left, fd.Right
		a, b := f.set.info[v.ind], f.set.info[whole.ind]
		fd.Message = fmt.Sprintf("Phần “trong đó” lớn hơn tổng: %s %s trong %s %s; vượt %s", lowerFirst(a.Label), v.v.words(), lowerFirst(b.Label), whole.v.words(), v.v.plus(-whole.v).words())
		fd.MessageEN = fmt.Sprintf("A part exceeds its whole: %s %s of %s %s; over by %s", lowerFirst(a.LabelEN), v.v, lowerFirst(b.LabelEN), whole.v, fd.Gap)
		fd.Figures = append(f.cite(v, p.ctx)[:1], f.cite(whole, p.ctx)[:1]...)
		c.add(fd)
		return
	}
}

// saysPart says whether "trong đó" stands between the whole and the part with no
// number and no end of a sentence around it: the second item of a list is part of
// what the first one is part of, not of the first.
func (f *facts) saysPart(whole *value, m *normalize.Mention) bool {
	for _, w := range whole.places {
		if w.m.End > m.Start || m.Start > len(f.rep.Text) || m.Start-w.m.End > 300 {
			continue
		}
		between := strings.ToLower(strings.Join(strings.Fields(f.rep.Text[w.m.End:m.Start]), " "))
		if strings.Contains(between, "trong đó") && !strings.ContainsAny(between, "0123456789.;()") {
			return true
		}
	}
	return false
}

// coveredByEdit says that a failed subset edit already compares the two.
func (f *facts) coveredByEdit(part, whole *value) bool {
	return slices.ContainsFunc(f.failedSubsets, func(in *instance) bool {
		b := in.bound()
		return len(b) == 2 && slices.Contains(b, part) && slices.Contains(b, whole)
	})
}

// claims finds "đạt và vượt chỉ tiêu" beside a target that the figure does not
// reach. Without a printed target nothing can be said.
func (c *checker) claims() {
	f := c.cur
	for i := range f.vals {
		v := &f.vals[i]
		if v.when != now {
			continue
		}
		for _, aim := range f.all(v.ind, v.field, target) {
			said := func(p place) bool {
				low := strings.ToLower(p.m.Snippet)
				return strings.Contains(low, "đạt chỉ tiêu") || strings.Contains(low, "vượt chỉ tiêu") || strings.Contains(low, "vượt mức") || strings.Contains(low, "vượt kế hoạch")
			}
			if v.s.hi >= aim.s.lo || !slices.ContainsFunc(v.places, said) {
				continue
			}
			info := f.set.info[v.ind]
			fd := c.finding("claim-below-target", "W27", Range, Warning)
			fd.Field = v.fig.Field
			fd.Op = opNames[atLeast]
			fd.Left, fd.Right, fd.Gap = v.v.String(), aim.v.String(), aim.v.plus(-v.v).String()
			fd.LeftText, fd.RightText = fd.Left, fd.Right
			fd.Message = fmt.Sprintf("Nói là đạt hoặc vượt chỉ tiêu nhưng %s %s, chỉ tiêu %s", lowerFirst(info.Label), v.v.words(), aim.v.words())
			fd.MessageEN = fmt.Sprintf("Said to reach the target, but %s is %s and the target %s", lowerFirst(info.LabelEN), v.v, aim.v)
			fd.Figures = append(f.cite(v, noCtx)[:1], f.cite(aim, noCtx)[:1]...)
			c.add(fd)
			break
		}
	}
}

// planSection says whether a byte of the text lies in the plan or the proposals.
func (f *facts) planSection(at int) bool {
	s := f.section(at)
	return s == rules.SectionPlan || s == rules.SectionProposals
}

func (f *facts) section(at int) rules.Section {
	for _, s := range f.rep.Sections {
		if at >= s.Start && at < s.End {
			return s.Section
		}
	}
	return ""
}
