// This file decides whether a document reports on administrative reform.

package normalize

import (
	"strings"

	"baocao/extract/rules"
)

// Values of Report.Type.
const (
	TypeReform = "cchc"  // a report on administrative reform or on procedures
	TypeOther  = "other" // anything else
)

// reformWords name administrative reform and what belongs to it, folded.
func reformWords() []string {
	return []string{
		"cải cách hành chính", "cchc", "thủ tục hành chính", "tthc", "một cửa", "hành chính công", "dịch vụ công", "giải quyết hồ sơ", "kiểm soát thủ tục",
	}
}

// otherTitles name the subjects of other reports. A title that has one of them and
// no word of reform is another report even where a chapter deals with reform.
func otherTitles() []string {
	return []string{
		"kinh tế", "quốc phòng", "an ninh", "ngân sách", "chuẩn tiếp cận", "nông thôn mới", "tham nhũng", "khiếu nại", "tiếp công dân",
		"dân số", "giáo dục", "y tế", "bảo hiểm", "môi trường", "giảm nghèo", "bầu cử", "thi đua", "hòa giải", "dân chủ", "ktxh", "kt-xh",
		"chuyển đổi số", "thanh niên", "trẻ em", "bình đẳng giới", "phòng chống", "phòng, chống", "hđnd", "xây dựng đảng", "hộ tịch", "chứng thực",
	}
}

// typeOf decides by the title; where that says neither, by the opening sentence,
// the chapters and how much of the text is about reform.
func (o *outline) typeOf(res rules.Result) string {
	head := o.title
	if head.empty() {
		head = o.headlines
	}
	title := o.joined(head)
	switch {
	case hasAny(title, reformWords()):
		return TypeReform
	case hasAny(title, otherTitles()):
		return TypeOther
	}
	if o.formal && hasAny(o.joined(o.intro), reformWords()[:2]) {
		return TypeReform
	}
	chapters := make(map[rules.Section]bool)
	for _, s := range res.Sections {
		switch s.Section {
		case rules.SectionLegal, rules.SectionProcedures, rules.SectionOrg, rules.SectionService, rules.SectionFinance, rules.SectionDigital:
			chapters[s.Section] = true
		}
	}
	if len(chapters) >= 4 {
		return TypeReform
	}
	text := o.joined(span{0, len(o.pieces)})
	count := 0
	for _, w := range append(reformWords(), "hồ sơ") {
		count += strings.Count(text, w)
	}
	// Three words of reform in a hundred words: the text is about nothing else.
	if words := strings.Count(text, " ") + 1; count >= 2 && count*33 >= words {
		return TypeReform
	}
	return TypeOther
}

// joined gives the folded text of a part.
func (o *outline) joined(part span) string {
	var b strings.Builder
	for _, p := range o.in(part) {
		b.WriteString(p.key())
		b.WriteByte(' ')
	}
	return b.String()
}

func hasAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}
