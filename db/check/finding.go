// This file turns what failed into findings: severity, both sides written out,
// messages, and an id that does not depend on the values.

package check

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// finding begins a finding about the current report.
func (c *checker) finding(check, rule string, kind Kind, sev Severity) Finding {
	return newFinding(c.cur.rep, check, rule, kind, sev)
}

func newFinding(r *Report, check, rule string, kind Kind, sev Severity) Finding {
	return Finding{Check: check, Rule: rule, Kind: kind, Severity: sev, Unit: r.Unit, UnitKey: r.UnitKey, Period: r.Period,
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
	parts := append([]string{f.Check, cmp.Or(f.UnitKey, strings.ToLower(f.Unit)), f.Period, f.Field}, scope...)
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

// severity of a failed or oddly fitting instance.
func (f *facts) severity(in *instance) Severity {
	sev := f.certainty(in)
	if in.fits {
		return sev
	}
	switch d := f.misread(in); {
	case d.strong || d != (doubt{}) && !f.together(in):
		return lower(sev, Info)
	case in.e.kind == Subset && !in.far() && !f.sameSentence(in):
		return lower(sev, Warning) // that both are of the same scope is an assumption
	}
	return sev
}

// lower gives the weaker of two severities.
func lower(sev, to Severity) Severity {
	if sev.rank() < to.rank() {
		return to
	}
	return sev
}

// certainty is the severity as far as it follows from the edit and from what the
// values are, wherever they stand.
func (f *facts) certainty(in *instance) Severity {
	sev := in.e.severity
	if in.assumed || in.combined || in.share != nil && in.share.otherBase && in.fits || !in.fits && f.misread(in) != (doubt{}) {
		sev = lower(sev, Warning)
	}
	if in.weak != "" {
		sev = lower(sev, in.weak)
	}
	if in.fits && in.reading.as != "" {
		sev = lower(sev, in.reading.as)
	}
	if slices.ContainsFunc(in.bound(), func(v *value) bool { return v.fig.Approx }) || !f.formal && !f.together(in) {
		sev = lower(sev, Info)
	}
	return sev
}

// because says why a failure is less grave than its check, where that is not for
// a doubt about the reading, which the message names.
func (f *facts) because(in *instance, sev Severity) (vi, en string) {
	switch {
	case in.fits || sev == in.e.severity || f.misread(in) != (doubt{}):
	case slices.ContainsFunc(in.bound(), func(v *value) bool { return v.fig.Approx }):
		return "có số chỉ ghi gần đúng (khoảng, hơn, gần)", "a figure is given as approximate"
	case !f.formal && !f.together(in):
		return "văn bản không có dạng báo cáo và các số không cùng một đoạn", "the text has no form of a report and the figures stand in different paragraphs"
	case in.assumed:
		return "số không được ghi được coi là 0", "a figure that is not printed was taken as nothing"
	case in.combined:
		return "các số lấy từ những chỗ khác nhau của báo cáo", "the figures come from different places of the report"
	case in.weak != "":
		return "chưa chắc danh sách đã đủ các khoản và không khoản nào trùng nhau", "the list may lack items or name one twice"
	case in.e.kind == Subset:
		return "hai số không cùng một câu nên có thể khác phạm vi", "the figures do not stand in one sentence, so they may be of different scope"
	}
	return "", ""
}

// far says whether an instance compares with another report.
func (in *instance) far() bool {
	return slices.ContainsFunc(append(slices.Clone(in.left), in.right...), func(t bterm) bool { return t.far })
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

// unchecked says which figures an edit lacks that asks for them, where the report
// prints at least one of the others.
func (c *checker) unchecked(e *edit) {
	if len(e.readings) == 0 {
		return
	}
	f := c.cur
	var lacks, lacksEN []string
	var cited []Cited
	for _, side := range [2]side{e.readings[0].left, e.readings[0].right} {
		for _, t := range side.terms {
			vs := f.all(t.ind, 0, t.when)
			switch info := f.set.info[t.ind]; {
			case len(vs) > 0 && t.when != prev && t.when != prevYTD:
				cited = append(cited, f.cite(vs[0], noCtx)[0])
			case len(vs) == 0 && t.need == required:
				before := t.when == prev || t.when == prevYTD
				lacks = append(lacks, lowerFirst(info.Label)+map[bool]string{true: " kỳ trước"}[before])
				lacksEN = append(lacksEN, lowerFirst(info.LabelEN)+map[bool]string{true: " of the period before"}[before])
			}
		}
	}
	if len(cited) == 0 || len(lacks) == 0 {
		return
	}
	fd := c.finding(e.id, e.rule, Missing, Info)
	fd.Message = "Chưa kiểm tra được (" + lowerFirst(e.titleVI) + "): không thấy " + strings.Join(lacks, ", ")
	fd.MessageEN = "Could not be checked (" + lowerFirst(e.titleEN) + "): no " + strings.Join(lacksEN, ", ")
	fd.Figures = cited
	c.add(fd, "missing")
}

// arithmetic makes findings of the instances that failed, or fit only in a
// reading that must be named.
func (c *checker) arithmetic() {
	f := c.cur
	odds := map[*reading]bool{}
	for _, in := range c.ins {
		odd := in.fits && (in.reading.as != "" || in.share != nil && in.share.otherBase)
		if in.fits && !odd {
			continue
		}
		if in.fits && in.reading.as != "" {
			if odds[in.reading] {
				continue // the office counts so everywhere; the totals come first
			}
			odds[in.reading] = true
		}
		fd := c.finding(in.e.id, in.e.rule, in.e.kind, f.severity(in))
		if in.field != 0 {
			fd.Field = f.fieldName(in.field)
		}
		fd.Op = opNames[in.e.op]
		fd.Left, fd.Right, fd.Gap = in.lv.String(), in.rv.String(), in.gap().String()
		fd.LeftText, fd.RightText = sideText(in.left, in.reading.left.konst), sideText(in.right, in.reading.right.konst)
		if in.share != nil {
			fd.RightText = fmt.Sprintf("100 × %s / %s", paren(sideText(in.share.num, 0)), paren(sideText(in.share.den, 0)))
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
		if d := f.misread(in); !in.fits && d != (doubt{}) {
			fd.suspect(d)
		}
		fd.Because, fd.BecauseEN = f.because(in, fd.Severity)
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
		} else if in.usual != nil && in.reading.as != Info {
			c.failed = append(c.failed, len(c.out)-1)
			c.broken = append(c.broken, in.usual)
		}
	}
}

func paren(s string) string {
	if strings.Contains(s, " ") {
		return "(" + s + ")"
	}
	return s
}

// sideText writes the values of a side: "235 + 17 + 1".
func sideText(ts []bterm, konst amount) string {
	var b strings.Builder
	for i, t := range ts {
		v := amount(0)
		if t.val != nil {
			v = t.val.v
		}
		writeTerm(&b, i, t.coef, v.String())
	}
	return withConstant(&b, konst, amount.String)
}

// withConstant ends a side with its constant; a side of nothing is "0".
func withConstant(b *strings.Builder, konst amount, num func(amount) string) string {
	switch {
	case b.Len() == 0:
		return num(konst)
	case konst < 0:
		b.WriteString(" - " + num(-konst))
	case konst > 0:
		b.WriteString(" + " + num(konst))
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
func (f *facts) sideWords(ts []bterm, konst amount, en bool) string {
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
				name = FieldLabel(field, en)
			}
		}
		if t.far {
			name += map[bool]string{false: " kỳ trước", true: " of the period before"}[en]
		}
		writeTerm(&b, i, t.coef, name+" "+v)
	}
	if en {
		return withConstant(&b, konst, amount.String)
	}
	return withConstant(&b, konst, amount.words)
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
			field = FieldLabel(fd.Field, english)
		}
		pairs := []string{
			"{left}", num(in.lv), "{right}", num(in.rv), "{gap}", num(in.gap()),
			"{left_text}", fd.LeftText, "{right_text}", fd.RightText,
			"{left_words}", f.sideWords(in.left, in.reading.left.konst, english), "{right_words}", f.sideWords(in.right, in.reading.right.konst, english),
			"{field}", field, "{unit}", fd.Unit, "{period}", fd.Period,
		}
		if s := in.share; s != nil {
			pairs = append(pairs, "{num}", f.sideWords(s.num, 0, english), "{den}", f.sideWords(s.den, 0, english), "{expected}", num(s.expected))
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
		if !in.fits && in.far() {
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
	if len(in.left) > 1 || len(in.left) == 1 && in.reading.left.konst != 0 {
		l += " = {left}"
	}
	if len(in.right) > 1 || len(in.right) == 1 && in.reading.right.konst != 0 {
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

// FieldLabel names a field in English or Vietnamese; a code that is not known
// comes back as it is.
func FieldLabel(code string, en bool) string {
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
