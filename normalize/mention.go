// This file finds the administrative units that a text names.

package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/normalize/place"
	"baocao/normalize/vntext"
)

// mention is one place where a unit is named with its type: "UBND xã Quang Khải".
type mention struct {
	start, end int // from the type to the last word of the name
	typ        place.Type
	name       string // as printed, without the type; "" where the type stands alone
	caps       bool   // printed in capitals
	office     office // what stands before the type
	next       int    // index of the word after the name
	part       part
	piece      int // index of the piece it stands in
}

// office is the kind of body named before a unit.
type office uint8

const (
	noOffice   office = iota
	committee         // UBND, Ủy ban nhân dân: the unit's own government
	council           // HĐND and others of the same level
	department        // Phòng, Sở, Công an ...: a body of the unit
)

// part says where in a document something stands.
type part uint8

const (
	partHead  part = iota // letterhead and title
	partIntro             // the paragraphs before the first section
	partBody
	partEnd // from the closing sentence on
)

// key tells units apart whatever their spelling.
func (m *mention) key() string { return place.Key(string(m.typ) + " " + m.name) }

// level of the unit named. A city that is run by the central government counts
// as a province.
func (m *mention) level() place.Level {
	if m.typ == place.ThanhPho && centralCity(m.name) {
		return place.Province
	}
	return m.typ.Level()
}

// centralCity names the cities that have been provinces at all times. Huế became
// one in 2025; what is known of the document's date decides there.
func centralCity(name string) bool {
	switch vntext.Key(name) {
	case "hà nội", "hồ chí minh", "hải phòng", "đà nẵng", "cần thơ":
		return true
	}
	return false
}

// typeAt reads a type of unit at word i and says how many words it takes.
func typeAt(text string, words []word, i int) (place.Type, int) {
	joined := func() bool { return i+1 < len(words) && onlyBlank(gap(text, words[i], words[i+1])) }
	next := ""
	if joined() {
		next = words[i+1].key
	}
	switch words[i].key {
	case "thành":
		if next == "phố" {
			return place.ThanhPho, 2
		}
	case "thị":
		switch next {
		case "trấn":
			return place.ThiTran, 2
		case "xã":
			return place.ThiXa, 2
		}
	case "đặc":
		if next == "khu" {
			return place.DacKhu, 2
		}
	case "xã":
		switch next {
		case "hội", "viên", "luận", "giao":
			return "", 0
		}
		return place.Xa, 1
	case "phường":
		return place.Phuong, 1
	case "huyện":
		return place.Huyen, 1
	case "quận":
		return place.Quan, 1
	case "tỉnh":
		return place.Tinh, 1
	case "tp":
		return place.ThanhPho, 1
	case "tx":
		return place.ThiXa, 1
	case "tt":
		if words[i].caps() {
			return place.ThiTran, 1
		}
	case "p", "x", "h", "q":
		// "UBND P. Tân Bình": a letter with a point, after the word for a government
		if i > 0 && i+1 < len(words) && words[i].caps() && governs(words[i-1].key) && words[i+1].upper() && strings.HasPrefix(gap(text, words[i], words[i+1]), ".") {
			return map[string]place.Type{"p": place.Phuong, "x": place.Xa, "h": place.Huyen, "q": place.Quan}[words[i].key], 1
		}
	}
	return "", 0
}

// governs tells the last word of "UBND", "HĐND" and "Ủy ban nhân dân".
func governs(key string) bool { return key == "ubnd" || key == "hđnd" || key == "dân" }

// abbreviated tells the short spellings of types, which are capitals anywhere.
func abbreviated(key string) bool { return key == "tp" || key == "tx" || key == "tt" }

func onlyBlank(s string) bool { return strings.TrimSpace(s) == "" }

// mentionsIn finds the units named in a stretch of text. A name may go on over a
// line end only where the type stands at the end of its line.
func mentionsIn(text string, words []word) []mention {
	var out []mention
	for i := 0; i < len(words); {
		typ, n := typeAt(text, words, i)
		if typ == "" {
			i++
			continue
		}
		m := mention{start: words[i].start, end: words[i+n-1].end, typ: typ, next: i + n}
		m.caps = words[i].caps()
		if abbreviated(words[i].key) && i+1 < len(words) {
			m.caps = words[i+1].caps() && utf8.RuneCountInString(words[i+1].raw) > 1
		}
		m.office = officeBefore(text, words, i)
		if m.next < len(words) && words[m.next].key == "ủy" && typ.Level() != place.Commune {
			m.next++ // "Huyện ủy Tứ Kỳ"
			m.office = council
		}
		m.readName(text, words)
		out = append(out, m)
		i = max(m.next, i+n)
	}
	return out
}

// officeBefore says which body is named right before word i.
func officeBefore(text string, words []word, i int) office {
	back := func(n int) string {
		if i-n < 0 {
			return ""
		}
		for j := i - n; j < i; j++ {
			if g := gap(text, words[j], words[j+1]); strings.ContainsAny(g, ".;:,()\t") {
				return ""
			}
		}
		return words[i-n].key
	}
	switch back(1) {
	case "ubnd":
		return committee
	case "dân":
		switch {
		case back(2) == "nhân" && (back(3) == "ban"):
			return committee
		case back(2) == "nhân":
			return council
		}
	case "hđnd", "mttq", "ubmttq", "đoàn":
		return council
	case "ủy":
		return council
	}
	for n := 1; n <= maxBodyWords; n++ {
		switch back(n) {
		case "phòng", "sở":
			return department
		case "an", "cục":
			return department // Công an, Chi cục
		case "":
			return noOffice
		}
	}
	return noOffice
}

// maxBodyWords is the length of the longest name of a department.
const maxBodyWords = 8

// maxNameWords is the length of the longest names of units ("Lê Thị Hồng Gấm",
// "Nông Trường Trần Phú", "Bình Hưng Hòa A").
const maxNameWords = 5

// readName reads the name after the type.
func (m *mention) readName(text string, words []word) {
	start, count := m.next, 0
	for i := start; i < len(words) && count < maxNameWords; i++ {
		if !m.joins(gap(text, words[i-1], words[i]), count) || !m.nameWord(text, words, i, count) {
			break
		}
		count++
		m.end, m.next = words[i].end, i+1
		if numeric(words[i].raw) && count == 1 {
			break
		}
	}
	if count > 0 {
		m.name = collapse(text[words[start].start:m.end])
	}
}

// joins says whether a name of which count words have been read goes on after the
// gap.
func (m *mention) joins(gap string, count int) bool {
	switch {
	case strings.ContainsAny(gap, "\t") || columns(gap):
		return false
	case onlyBlank(gap):
		// Capitals in the next line are the next line of a heading.
		return count == 0 || !m.caps || !strings.Contains(gap, "\n")
	case count == 0:
		return gap == "." || gap == ". " // TP. Thanh Hóa
	case gap == "-":
		return true
	}
	return strings.Trim(gap, " ") == "-" && m.typ.Level() != place.Commune // Bà Rịa - Vũng Tàu
}

func columns(gap string) bool { return strings.Count(gap, " ") >= columnGap }

// nameWord says whether word i can be part of the name of which count words have
// been read.
func (m *mention) nameWord(text string, words []word, i, count int) bool {
	w := words[i]
	if t, _ := typeAt(text, words, i); t != "" && count > 0 {
		return false
	}
	if count == 0 && numeric(w.raw) {
		return m.typ == place.Phuong || m.typ == place.Quan
	}
	if unicode.IsDigit(firstRune(w.raw)) || !w.upper() {
		return false
	}
	if count == 0 {
		return !organ(w.key) && (m.caps || i+1 == len(words) || !startsSentence(w.key+" "+words[i+1].key))
	}
	if m.caps {
		return w.caps() && !stopsCaps(words, i)
	}
	if w.caps() && utf8.RuneCountInString(w.raw) > 1 && !words[i-1].caps() {
		return false // an abbreviation: "xã Quang Khải UBND ..."
	}
	if i+1 < len(words) && startsSentence(w.key+" "+words[i+1].key) {
		return false
	}
	return !organ(w.key)
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// numeric says whether a word is a number as a name of wards: "4", "12", "IV".
func numeric(s string) bool {
	if s == "" {
		return false
	}
	digits := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		}
	}
	if digits == len(s) {
		return len(s) <= 2
	}
	if strings.Trim(s, "IVX") != "" {
		return false
	}
	for n := 1; n < 40; n++ {
		if place.Roman(n) == s {
			return true
		}
	}
	return false
}

// organ tells words that begin the name of a body, not of a place.
func organ(key string) bool {
	switch key {
	case "ubnd", "hđnd", "ubmttq", "mttq", "bch", "ubmt":
		return true
	}
	return false
}

// stopsCaps tells the words that end a name inside a line of capitals: word i
// says when, about what or of whom.
func stopsCaps(words []word, i int) bool {
	switch words[i].key {
	case "ngày", "về", "của", "tại", "trên", "số", "tm", "kt", "đã":
		return true
	case "tháng", "quí", "tuần", "năm", "đợt":
		return i+1 < len(words) && (unicode.IsDigit(firstRune(words[i+1].raw)) || numeric(words[i+1].raw))
	}
	return i+1 < len(words) && startsSentence(words[i].key+" "+words[i+1].key)
}

// startsSentence tells two words that begin a statement: a missing full stop
// must not make them part of a name ("xã Thanh Hương Tiếp tục chỉ đạo").
func startsSentence(two string) bool {
	switch two {
	case "tiếp tục", "tổ chức", "thực hiện", "báo cáo", "kết quả", "công tác", "triển khai", "ban hành", "chỉ đạo", "đẩy mạnh", "tổng kết", "sơ kết", "tổng hợp", "cải cách",
		"phối hợp", "tăng cường", "kính gửi", "trong tháng", "trong quí", "trong năm", "trong kì", "tình hình", "căn cứ", "nơi nhận",
		"giai đoạn", "trung tâm", "phòng văn", "phòng kinh", "phòng nội", "văn phòng", "công an", "ban chỉ", "mặt trận",
		"chủ tịch", "phó chủ", "độc lập", "cộng hòa", "tổng số", "tập trung", "phát huy", "ủy ban", "hội đồng", "đảng ủy", "phấn đấu":
		return true
	}
	return false
}

// titleCase writes a name that is printed in capitals the usual way: "PHÙ LIỄN"
// becomes "Phù Liễn". Roman numerals and single letters stay.
func titleCase(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		if len(words) == 1 && numeric(w) {
			continue
		}
		var b strings.Builder
		up := true
		for _, r := range w {
			if up {
				b.WriteRune(unicode.ToUpper(r))
			} else {
				b.WriteRune(unicode.ToLower(r))
			}
			// K'Nớ: a capital follows the apostrophe where the syllable before it
			// is one consonant.
			up = r == '-' || (r == '\'' || r == '’') && utf8.RuneCountInString(b.String()) == 2
		}
		words[i] = b.String()
	}
	return strings.Join(words, " ")
}
