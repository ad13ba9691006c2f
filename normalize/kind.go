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

// verdict says what a document is and, of one that is no report on reform, why.
type verdict struct {
	typ string
	// why is "title: KIND" or "symbol: KIND" of another kind of document, "subject:
	// WORDS" of a report on something else, "content" of a text that does not say
	// what it is and is not about reform. "" for TypeReform.
	why string
}

// certain says that the document itself names what it is.
func (v verdict) certain() bool { return v.why != contentWhy }

const contentWhy = "content"

// typeOf decides by the kind of document and its title; where they say neither,
// by the opening sentence, the chapters and how much of the text is about reform.
func (o *outline) typeOf(res rules.Result) verdict {
	if kind, where := o.otherKind(res); kind != "" {
		return verdict{TypeOther, where + ": " + kind}
	}
	head := o.title
	if head.empty() {
		head = o.headlines
	}
	title := o.joined(head)
	if hasAny(title, reformWords()) {
		return verdict{typ: TypeReform}
	}
	for _, words := range otherTitles() {
		if strings.Contains(title, words) {
			return verdict{TypeOther, "subject: " + words}
		}
	}
	if o.formal && hasAny(o.joined(o.intro), reformWords()[:2]) {
		return verdict{typ: TypeReform}
	}
	chapters := make(map[rules.Section]bool)
	for _, s := range res.Sections {
		switch s.Section {
		case rules.SectionLegal, rules.SectionProcedures, rules.SectionOrg, rules.SectionService, rules.SectionFinance, rules.SectionDigital:
			chapters[s.Section] = true
		}
	}
	if len(chapters) >= 4 {
		return verdict{typ: TypeReform}
	}
	text := o.joined(span{0, len(o.pieces)})
	count := 0
	for _, w := range append(reformWords(), "hồ sơ") {
		count += strings.Count(text, w)
	}
	// Three words of reform in a hundred words: the text is about nothing else.
	if words := strings.Count(text, " ") + 1; count >= 2 && count*33 >= words {
		return verdict{typ: TypeReform}
	}
	return verdict{TypeOther, contentWhy}
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
