package check

// Turning what failed into findings: severity, both sides written out, messages,
// places, and an id that does not depend on the values.

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/extract/rules"
)

// finding begins a finding about the current report.
func (c *checker) finding(check, rule string, kind Kind, sev Severity) Finding {
	return newFinding(c.cur.rep, check, rule, kind, sev)
}

func newFinding(r *Report, check, rule string, kind Kind, sev Severity) Finding {
	return Finding{Check: check, Rule: rule, Kind: kind, Severity: sev, Unit: r.Unit, Period: r.Period,
		ReportID: r.ID, File: r.File, SHA256: r.SHA256}
}

// add keeps a finding; its id is made of what the scope and the figures name.
func (c *checker) add(f Finding, scope ...string) {
	inds := make([]string, 0, len(f.Figures))
	for _, g := range f.Figures {
		if g.Indicator != "" && !slices.Contains(inds, g.Indicator) {
			inds = append(inds, g.Indicator)
		}
	}
	sort.Strings(inds)
	parts := append([]string{f.Check, strings.ToLower(f.Unit), f.Period, f.Field}, scope...)
	if len(scope) == 0 {
		parts = append(parts, inds...)
	}
	h := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	f.ID = hex.EncodeToString(h[:8])
	c.out = append(c.out, f)
}

// number makes ids unique: findings that differ only in their place are
// numbered in the order of the text.
func number(fs []Finding) {
	seen := make(map[string]int, len(fs))
	for i := range fs {
		id := fs[i].ID
		seen[id]++
		if n := seen[id]; n > 1 {
			fs[i].ID = fmt.Sprintf("%s-%d", id, n)
		}
	}
}

// cite gives the places of a value; those inside ctx come first, and three are
// enough to find it.
func (f *facts) cite(v *value, ctx int32) []Cited {
	ps := slices.Clone(v.places)
	slices.SortStableFunc(ps, func(a, b place) int {
		in := func(p place) int {
			if p.ctx == ctx {
				return 0
			}
			return 1
		}
		return in(a) - in(b)
	})
	base := Cited{Indicator: v.fig.Indicator, Field: v.fig.Field, Value: v.fig.Value}
	if len(ps) == 0 {
		return []Cited{base}
	}
	var out []Cited
	for i, p := range ps {
		if i == 3 {
			break
		}
		c := base
		c.Page, c.Line, c.Start, c.End, c.Snippet, c.Rule = p.m.Page, p.m.Line, p.m.Start, p.m.End, p.m.Snippet, p.m.Rule
		out = append(out, c)
	}
	return out
}

// citeTerm cites a bound term, with file and period if it is in another report.
func (f *facts) citeTerm(t bterm, ctx int32) []Cited {
	if !t.far {
		return f.cite(t.val, ctx)[:1]
	}
	cs := f.prev.cite(t.val, noCtx)[:1]
	for i := range cs {
		cs[i].File, cs[i].Period = f.prev.rep.File, f.prev.rep.Period
	}
	return cs
}

// severity of a failed or oddly fitting instance.
func (f *facts) severity(in *instance) Severity {
	sev := in.e.severity
	lower := func(to Severity) {
		if sev.rank() < to.rank() {
			sev = to
		}
	}
	if in.assumed {
		lower(Warning)
	}
	if in.weak != "" {
		lower(in.weak)
	}
	for _, v := range in.bound() {
		if v.fig.Approx {
			lower(Info)
		}
	}
	if in.share != nil && in.share.otherBase && in.fits {
		lower(Warning)
	}
	if in.fits && in.reading.as != "" {
		lower(in.reading.as)
	}
	if in.combined || !in.fits && f.misread(in) {
		lower(Warning)
	}
	if !f.formal && !f.together(in) {
		lower(Info)
	}
	return sev
}

// together says whether all values of an instance stand in one paragraph or
// table. Only that binds the figures of a press text to each other.
func (f *facts) together(in *instance) bool {
	vs := in.bound()
	if len(vs) == 0 {
		return true
	}
	for _, p := range vs[0].places {
		if !slices.ContainsFunc(vs, func(v *value) bool { return !v.in(p.ctx) }) {
			return true
		}
	}
	return false
}

// arithmetic makes findings of the instances that failed, or fit only in a
// reading that must be named.
func (c *checker) arithmetic() {
	f := c.cur
	for _, in := range c.ins {
		odd := in.fits && (in.reading.as != "" || in.share != nil && in.share.otherBase)
		if in.fits && !odd {
			continue
		}
		fd := c.finding(in.e.id, in.e.rule, in.e.kind, f.severity(in))
		if in.field != 0 {
			fd.Field = f.fieldName(in.field)
		}
		fd.Op = opNames[in.e.op]
		fd.Left, fd.Right, fd.Gap = in.lv.String(), in.rv.String(), in.gap().String()
		fd.LeftText, fd.RightText = sideText(in.left), sideText(in.right)
		if in.share != nil {
			fd.RightText = fmt.Sprintf("100 × %s / %s", paren(sideText(in.share.num)), paren(sideText(in.share.den)))
		}
		fd.Reading = in.reading.id
		for _, side := range [2][]bterm{in.left, in.right} {
			for _, t := range side {
				if t.val != nil {
					fd.Figures = append(fd.Figures, f.citeTerm(t, in.ctx)...)
				}
			}
		}
		fd.Terms = f.terms(in)
		fd.Message, fd.MessageEN = f.messages(in, &fd)
		if !in.fits && f.misread(in) {
			fd.Suspect = SuspectExtraction
		}
		var scope []string
		for _, g := range fd.Figures {
			if !slices.Contains(scope, g.Indicator) {
				scope = append(scope, g.Indicator)
			}
		}
		sort.Strings(scope)
		if f.ctxs.isTable(in.ctx) {
			scope = append(scope, "table")
		}
		c.add(fd, scope...)
		if !in.fits && in.e.kind == Subset {
			f.failedSubsets = append(f.failedSubsets, in)
		}
		if !in.fits {
			c.failed = append(c.failed, len(c.out)-1)
			c.broken = append(c.broken, in)
		} else if in.usual != nil {
			c.failed = append(c.failed, len(c.out)-1)
			c.broken = append(c.broken, in.usual)
		}
	}
}

// lowConfidence is where a rule itself doubts what it read.
const lowConfidence = 0.6

// misread says whether a failure looks more like a reading fault than like a
// contradiction: a rule was unsure, rows were not read, the gap is larger than
// the figures compared, one of them was also read with a quite different value,
// or the gap is printed beside them as a number of its own.
func (f *facts) misread(in *instance) bool {
	if in.doubt == 0 {
		in.doubt = 1
		if f.looksMisread(in) {
			in.doubt = 2
		}
	}
	return in.doubt == 2
}

// rival says whether the text gives the same figure another value, too far away
// to be a slip: one of the two belongs to something else.
func (f *facts) rival(v *value) bool {
	if v.when != now || !v.text || v.field >= f.width {
		return false
	}
	return slices.ContainsFunc(f.all(v.ind, v.field, now), func(o *value) bool {
		return o != v && o.text && !o.repeats && !o.fig.Approx && slip(o.v, v.v) == "" && (o.v.plus(-v.v)).abs() > v.v/10
	})
}

func (f *facts) looksMisread(in *instance) bool {
	if in.unread {
		return true
	}
	vs := in.bound()
	for _, v := range vs {
		if v.fig.Confidence > 0 && v.fig.Confidence < lowConfidence {
			return true
		}
	}
	gap := in.gap()
	if gap > min(in.lv, in.rv) && gap >= 5*unit && len(vs) > 1 {
		return true
	}
	if slices.ContainsFunc(vs, f.rival) {
		return true
	}
	if in.share != nil || f.rep.Text == "" || gap < 3*unit {
		return false
	}
	for i := range f.rep.Numbers {
		n := &f.rep.Numbers[i]
		if n.Class != rules.Unexplained && n.Class != rules.ClassFigure && n.Class != rules.ClassOther || n.Start >= len(f.rep.Text) {
			continue
		}
		v, _, ok := parseAmount(strings.ReplaceAll(n.Text, ".", ""))
		if !ok || v != gap || slices.ContainsFunc(vs, func(b *value) bool { return b.v == v }) {
			continue
		}
		ctx := f.ctxs.at(n.Start)
		if !f.ctxs.isTable(ctx) && slices.ContainsFunc(vs, func(b *value) bool { return b.in(ctx) }) {
			return true
		}
	}
	return false
}

func paren(s string) string {
	if strings.Contains(s, " ") {
		return "(" + s + ")"
	}
	return s
}

// sideText writes the values of a side: "235 + 17 + 1".
func sideText(ts []bterm) string {
	var b strings.Builder
	for i, t := range ts {
		v := amount(0)
		if t.val != nil {
			v = t.val.v
		}
		writeTerm(&b, i, t.coef, v.String())
	}
	if b.Len() == 0 {
		return "0"
	}
	return b.String()
}

func writeTerm(b *strings.Builder, i int, coef int64, s string) {
	switch {
	case i == 0 && coef < 0:
		b.WriteString("-")
	case i > 0 && coef < 0:
		b.WriteString(" - ")
	case i > 0:
		b.WriteString(" + ")
	}
	if coef > 1 || coef < -1 {
		fmt.Fprintf(b, "%d × ", max(coef, -coef))
	}
	b.WriteString(s)
}

// sideWords writes a side with the names of its figures.
func (f *facts) sideWords(ts []bterm, en bool) string {
	var b strings.Builder
	for i, t := range ts {
		info := f.set.info[t.ind]
		name, field := lowerFirst(info.Label), ""
		if en {
			name = lowerFirst(info.LabelEN)
		}
		v := "0"
		if t.val != nil {
			v = t.val.v.words()
			if en {
				v = t.val.v.String()
			}
			if t.val.when == ytd {
				name += map[bool]string{false: " lũy kế", true: " to date"}[en]
			}
			if t.sum {
				field = t.val.fig.Field
				name = fieldLabel(field, en)
			}
		}
		if t.far {
			name += map[bool]string{false: " kỳ trước", true: " of the period before"}[en]
		}
		writeTerm(&b, i, t.coef, name+" "+v)
	}
	if b.Len() == 0 {
		return "0"
	}
	return b.String()
}

// messages fills the templates of the edit.
func (f *facts) messages(in *instance, fd *Finding) (vi, en string) {
	fill := func(tmpl string, english bool) string {
		num := amount.words
		if english {
			num = amount.String
		}
		field := ""
		if fd.Field != "" {
			field = fieldLabel(fd.Field, english)
		}
		pairs := []string{
			"{left}", num(in.lv), "{right}", num(in.rv), "{gap}", num(in.gap()),
			"{left_text}", fd.LeftText, "{right_text}", fd.RightText,
			"{left_words}", f.sideWords(in.left, english), "{right_words}", f.sideWords(in.right, english),
			"{field}", field, "{unit}", fd.Unit, "{period}", fd.Period,
		}
		if s := in.share; s != nil {
			pairs = append(pairs, "{num}", f.sideWords(s.num, english), "{den}", f.sideWords(s.den, english), "{expected}", num(s.expected))
		}
		msg := strings.NewReplacer(pairs...).Replace(tmpl)
		if fd.Field != "" && !strings.Contains(tmpl, "{field}") {
			msg += map[bool]string{false: " (lĩnh vực " + field + ")", true: " (field: " + field + ")"}[english]
		}
		reading, note := in.reading.vi, in.note
		if english {
			reading, note = in.reading.en, in.noteEN
		}
		if reading != "" {
			if in.fits {
				msg += map[bool]string{false: "; chỉ khớp nếu " + reading, true: "; fits only if " + reading}[english]
			} else {
				msg += map[bool]string{false: "; gần khớp nhất nếu " + reading, true: "; nearest if " + reading}[english]
			}
		}
		if !in.fits && slices.ContainsFunc(in.right, func(t bterm) bool { return t.far }) {
			msg += map[bool]string{false: " (hoặc số của kỳ trước chưa đúng)", true: " (or the period before is wrong)"}[english]
		}
		if note != "" {
			msg += "; " + note
		}
		if !in.fits && (in.l.lo != in.l.hi || in.r.lo != in.r.hi) && in.share == nil {
			left := max(in.l.lo-in.r.hi, in.r.lo-in.l.hi)
			msg += map[bool]string{false: "; trừ sai số làm tròn vẫn lệch ít nhất " + num(left), true: "; at least " + num(left) + " remains after rounding"}[english]
		}
		return msg
	}
	return fill(in.e.template(in, false), false), fill(in.e.template(in, true), true)
}

// template is the edit's own wording, or the usual one: the value of a side is
// written out only where the side has more than one term.
func (e *edit) template(in *instance, en bool) string {
	own, title := e.vi, e.titleVI
	if en {
		own, title = e.en, e.titleEN
	}
	if own != "" {
		return own
	}
	if in.share != nil && in.fits {
		if en {
			return title + ": {left} % is right only as {num} of {den}"
		}
		return title + ": {left} % chỉ đúng khi lấy {num} chia cho {den}"
	}
	if in.share != nil {
		if en {
			return title + ": printed {left} %, but {num} of {den} is {expected} %"
		}
		return title + ": ghi {left} %, nhưng {num} trên {den} là {expected} %"
	}
	l, r := "{left_words}", "{right_words}"
	if len(in.left) != 1 {
		l += " = {left}"
	}
	if len(in.right) != 1 {
		r += " = {right}"
	}
	mid := map[op][2]string{equal: {"; còn ", "; but "}, atMost: {" lớn hơn ", " exceeds "}, atLeast: {" nhỏ hơn ", " is below "}}[e.op]
	if in.fits {
		return title + ": " + l + "; " + r
	}
	if en {
		return title + ": " + l + mid[1] + r + "; gap {gap}"
	}
	return title + ": " + l + mid[0] + r + "; lệch {gap}"
}

// fieldLabels names the fields for messages: Vietnamese, English.
var fieldLabels = map[string][2]string{
	"civil_status": {"hộ tịch", "civil status"}, "certification": {"chứng thực", "certification"}, "justice": {"tư pháp", "justice"},
	"social_protection": {"bảo trợ xã hội", "social protection"}, "meritorious": {"người có công", "meritorious people"},
	"labour": {"lao động, thương binh và xã hội", "labour"}, "poverty": {"giảm nghèo", "poverty"}, "land": {"đất đai", "land"},
	"construction": {"xây dựng", "construction"}, "environment": {"môi trường", "environment"}, "agriculture": {"nông nghiệp", "agriculture"},
	"business": {"hộ kinh doanh", "business"}, "finance": {"tài chính", "finance"}, "education": {"giáo dục và đào tạo", "education"},
	"health": {"y tế", "health"}, "culture": {"văn hóa", "culture"}, "home_affairs": {"nội vụ", "home affairs"}, "residence": {"cư trú", "residence"},
	"police": {"công an", "police"}, "defence": {"quốc phòng", "defence"}, "other": {"các lĩnh vực khác", "other fields"},
}

func fieldLabel(code string, en bool) string {
	l, ok := fieldLabels[code]
	switch {
	case !ok:
		return code
	case en:
		return l[1]
	}
	return l[0]
}

// lowerFirst lowers the first letter unless the word is an abbreviation.
func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if next, _ := utf8.DecodeRuneInString(s[n:]); unicode.IsUpper(next) {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}
