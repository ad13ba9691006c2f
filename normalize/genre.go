// This file tells what kind of official document a text is: a report, or a
// decision, plan, invitation and the like, whose numbers say what shall be or
// what others did, not what an office did in a period.

package normalize

import (
	"strings"

	"baocao/extract/rules"
	"baocao/normalize/vntext"
)

// otherKinds are the kinds of Nghị định 30/2020, of law and of daily office work
// that are no reports, as their titles name them.
func otherKinds() []string {
	return []string{
		"quyết định", "nghị quyết", "nghị định", "thông tư", "chỉ thị", "quy chế", "quy định", "pháp lệnh", "luật", "công điện",
		"kế hoạch", "chương trình", "đề án", "dự án", "phương án", "tờ trình", "thông báo", "hướng dẫn", "kết luận", "công văn",
		"biên bản", "bản ghi nhớ", "bản thỏa thuận", "hợp đồng", "giấy mời", "giấy giới thiệu", "giấy ủy quyền", "giấy nghỉ phép", "thư mời",
		"thư công", "phiếu gửi", "phiếu chuyển", "phiếu báo", "phiếu trình", "phiếu khảo sát", "đề cương", "mẫu báo cáo", "lịch công tác",
		"danh mục", "danh sách", "bài phát biểu",
	}
}

// otherSymbols are the abbreviations of these kinds in the symbol of a document,
// upper case ("45/QĐ-UBND"); BC is a report.
func otherSymbols() map[string]string {
	return map[string]string{
		"QĐ": "quyết định", "NQ": "nghị quyết", "NĐ": "nghị định", "TT": "thông tư", "TTLT": "thông tư", "CT": "chỉ thị", "QC": "quy chế",
		"CĐ": "công điện", "KH": "kế hoạch", "CTR": "chương trình", "ĐA": "đề án", "DA": "dự án", "PA": "phương án", "TTR": "tờ trình",
		"TB": "thông báo", "HD": "hướng dẫn", "KL": "kết luận", "BB": "biên bản", "HĐ": "hợp đồng", "GM": "giấy mời", "GGT": "giấy giới thiệu",
		"GUQ": "giấy ủy quyền", "PG": "phiếu gửi", "PC": "phiếu chuyển", "PB": "phiếu báo", "CV": "công văn",
	}
}

// otherKind gives the kind of a document that is no report, and where it says so
// ("title" or "symbol"), "" where it may be one. A title or symbol of a report
// outweighs everything else.
func (o *outline) otherKind(res rules.Result) (kind, where string) {
	symbol := symbolKind(o.numberOf())
	if symbol == "BC" {
		return "", ""
	}
	kind, at := o.titleKind()
	switch {
	case kind == "báo cáo":
		return "", ""
	case kind == "" && otherSymbols()[symbol] != "":
		kind, where = otherSymbols()[symbol], "symbol"
	case kind == "" && o.isLetter():
		kind, where = "công văn", "title"
	default:
		where = "title"
	}
	switch kind {
	case "":
		return "", ""
	case "thông báo": // of results, it is a report by another name
		title := o.joined(span{max(at, 0), max(at+1, o.title.to)})
		if hasAny(title, []string{"kết quả", "tình hình"}) && hasAny(title, reformWords()) {
			return "", ""
		}
	case "công văn": // some offices report by letter
		if o.letterReports(res) {
			return "", ""
		}
	}
	return kind, where
}

// symbolKind gives "QĐ" for "45/QĐ-UBND" and "05-QĐ/ĐU".
func symbolKind(number string) string {
	number = strings.ToUpper(number)
	if left, right, ok := strings.Cut(number, "/"); ok {
		if _, party, ok := strings.Cut(left, "-"); ok {
			return party
		}
		for part := range strings.FieldsFuncSeq(right, func(r rune) bool { return r == '/' || r == '-' }) {
			if strings.Trim(part, "0123456789") != "" { // the year of a regulation
				return part
			}
		}
	}
	return ""
}

// titleKind gives the kind that the first title above the text names, "báo cáo"
// for a report, and its place; "" and -1 where there is none. Text recognition
// loses accents, so a report is told without them too.
func (o *outline) titleKind() (kind string, at int) {
	kinds := otherKinds()
	keys := make([]string, len(kinds))
	for i, k := range kinds {
		keys[i] = vntext.Key(k)
	}
	for i := range o.pieces[:min(maxHead, len(o.pieces))] {
		p := &o.pieces[i]
		if wordCount(p) > longParagraph {
			break
		}
		key := strings.Trim(p.key(), " .:*-()")
		key = strings.TrimLeft(strings.TrimPrefix(key, "dự thảo"), " )")
		if titled(vntext.Plain(key), "bao cao", p.raw) {
			return "báo cáo", i
		}
		for n, k := range keys {
			if titled(key, k, p.raw) {
				return kinds[n], i
			}
		}
	}
	return "", -1
}

// titled says whether a line is the name of a kind, perhaps with spaces between
// its letters, or a line in capitals that begins with it.
func titled(key, kind, raw string) bool {
	if key == kind || strings.ReplaceAll(key, " ", "") == strings.ReplaceAll(kind, " ", "") {
		return true
	}
	rest, ok := strings.CutPrefix(key, kind+" ")
	return ok && rest != "" && startsInCaps(raw)
}

// isLetter tells an official letter, the only kind without a title: it has a
// subject ("V/v") and an addressee.
func (o *outline) isLetter() bool {
	if !o.formal && o.numberIn(o.letterhead) == "" {
		return false
	}
	subject, addressee := false, false
	for i := range o.pieces[:min(maxHead, len(o.pieces))] {
		key := o.pieces[i].key()
		subject = subject || strings.HasPrefix(key, "v/v") || strings.HasPrefix(key, "về việc")
		addressee = addressee || strings.HasPrefix(key, "kính gửi")
	}
	return subject && addressee
}

// numberIn gives the symbol of a document printed in a part.
func (o *outline) numberIn(part span) string {
	for _, p := range o.in(part) {
		if symbol := symbolAfterNumberWord(p.raw); symbol != "" {
			return symbol
		}
	}
	return ""
}

// letterFigures is how many figures a letter has that reports; one that asks for
// reports quotes fewer.
const letterFigures = 3

// letterReports tells a letter that reports ("UBND xã báo cáo kết quả như sau:")
// from one about reports.
func (o *outline) letterReports(res rules.Result) bool {
	if len(res.Figures) < letterFigures {
		return false
	}
	for i := range o.pieces {
		key := o.pieces[i].key()
		if strings.Contains(key, "như sau") && hasAny(key, []string{"báo cáo", "kết quả"}) && !hasAny(key, []string{"đề nghị", "yêu cầu"}) {
			return true
		}
	}
	return false
}
