// This file finds the parts of a document: letterhead, title, the paragraphs
// before the first section, body, and the end with addressees and signature.

package normalize

import (
	"slices"
	"strings"
	"unicode"

	"baocao/extract/document"
)

// outline is a document in pieces with its parts. Ranges are half open, in
// pieces; an empty range means that there is no such part.
type outline struct {
	text   string
	pieces []piece
	// letterhead holds what stands before the title; where there is none, what
	// stands before the first paragraph.
	letterhead span
	title      span // from the kind of document ("BÁO CÁO") on
	headlines  span // of a text without that: the short pieces before the first paragraph
	intro      span
	body       span
	end        span
	// formal tells an administrative document from a piece of news.
	formal bool
	// small tells a text that has lost its capitals: fonts of the encodings before
	// Unicode print capitals with the bytes of small letters.
	small bool
}

type span struct{ from, to int }

func (s span) empty() bool         { return s.from >= s.to }
func (s span) contains(i int) bool { return s.from <= i && i < s.to }

// in gives the pieces of a part.
func (o *outline) in(s span) []piece { return o.pieces[s.from:s.to] }

// Limits on how far into a document its parts are looked for.
const (
	maxHead = 60 // pieces of letterhead and title
	maxEnd  = 60 // pieces of closing, addressees and signature
	// longParagraph is the number of words that no title or letterhead has.
	longParagraph = 45
)

func newOutline(doc *document.Document, memory *Memory) *outline {
	o := &outline{text: doc.Text, small: !strings.ContainsFunc(doc.Text, unicode.IsUpper)}
	blocks := blocksOf(doc)
	o.pieces = make([]piece, 0, len(blocks)+len(blocks)/2) // some have several, as rows of tables
	for _, b := range blocks {
		o.pieces = append(o.pieces, memory.piecesOf(doc.Text, b)...)
	}
	title := o.findTitle()
	head := o.headEnd(title)
	switch {
	case title >= 0:
		o.formal = true
		o.letterhead, o.title = span{0, title}, span{title, head}
	default:
		o.formal = slices.ContainsFunc(o.pieces[:head], func(p piece) bool { return isMotto(p.key()) })
		o.letterhead, o.headlines = span{0, head}, span{0, head}
	}
	first := head
	for first < len(o.pieces) && !isHeading(&o.pieces[first]) && first-head < maxHead {
		first++
	}
	o.intro = span{head, first}
	o.end = o.findEnd(first)
	o.body = span{first, o.end.from}
	return o
}

// findTitle gives the piece with the kind of document, -1 where there is none
// before the text begins.
func (o *outline) findTitle() int {
	for i := range o.pieces[:min(maxHead, len(o.pieces))] {
		p := &o.pieces[i]
		if isDocumentKind(p) {
			return i
		}
		if wordCount(p) > longParagraph {
			return -1
		}
	}
	return -1
}

// isDocumentKind tells the line that names the kind of document: "BÁO CÁO",
// "DỰ THẢO BÁO CÁO", "BÁO CÁO NHANH", also printed with spaces between letters.
func isDocumentKind(p *piece) bool {
	key := strings.Trim(p.key(), " .:*-")
	key = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(key, "(dự thảo)"), "dự thảo"), " ")
	for _, kind := range []string{"báo cáo", "thông báo", "kế hoạch", "tờ trình", "quyết định", "nghị quyết", "chương trình", "biên bản", "công văn", "hướng dẫn", "biểu tổng hợp"} {
		if key == kind || strings.ReplaceAll(key, " ", "") == strings.ReplaceAll(kind, " ", "") {
			return true
		}
		if rest, ok := strings.CutPrefix(key, kind+" "); ok && rest != "" && startsInCaps(p.raw) {
			return true
		}
	}
	return false
}

// startsInCaps says whether the first two words have no small letter.
func startsInCaps(raw string) bool {
	words := strings.Fields(raw)
	for _, w := range words[:min(2, len(words))] {
		if strings.ContainsFunc(w, unicode.IsLower) {
			return false
		}
	}
	return true
}

// headEnd gives the piece with which the text itself begins.
func (o *outline) headEnd(title int) int {
	for i := range o.pieces {
		p := &o.pieces[i]
		if i <= title {
			continue
		}
		if i-max(title, 0) >= maxHead || isHeading(p) && !inParagraph(p) || wordCount(p) > longParagraph {
			return i
		}
		if title >= 0 && i > title+1 && opensText(p) || title >= 0 && i == title+1 && opensText(p) && !titleOfWork(p) {
			return i
		}
		if title < 0 && isSentence(p) {
			return i
		}
	}
	return len(o.pieces)
}

// inParagraph tells a "V/v ..." from the Roman number V.
func inParagraph(p *piece) bool { return strings.HasPrefix(p.key(), "v/v") }

// opensText tells a line that begins the text below a title: the legal grounds,
// or the office that reports.
func opensText(p *piece) bool {
	key := p.key()
	for _, s := range []string{"thực hiện ", "căn cứ ", "thi hành ", "theo ", "trên cơ sở ", "ủy ban nhân dân ", "ubnd ", "để ", "trong tháng", "trong quí", "trong năm", "qua ", "tiếp theo ", "thông qua "} {
		if strings.HasPrefix(key, s) && !startsInCaps(p.raw) {
			return true
		}
	}
	return false
}

// titleOfWork tells a title that itself begins with "Thực hiện": it is short, has
// no reference and no comma after an office.
func titleOfWork(p *piece) bool {
	if wordCount(p) > 30 || strings.Contains(p.key(), " số ") {
		return false
	}
	return strings.HasPrefix(p.key(), "thực hiện ") && !strings.Contains(p.key(), "báo cáo")
}

// isSentence tells running text from a headline.
func isSentence(p *piece) bool {
	n := wordCount(p)
	last := p.raw[len(p.raw)-1]
	return n > 30 || n > 12 && (last == '.' || last == ';') || n > 5 && strings.HasPrefix(p.key(), "date ")
}

func wordCount(p *piece) int { return strings.Count(p.key(), " ") + 1 }

// isHeading tells a numbered heading or the first numbered paragraph.
func isHeading(p *piece) bool {
	key := p.key()
	if rest, ok := strings.CutPrefix(key, "phần "); ok {
		rest = strings.TrimPrefix(rest, "thứ ")
		first, _, _ := strings.Cut(rest, " ")
		first = strings.TrimRight(first, ".:")
		return slices.Contains([]string{"nhất", "một", "i", "1", "a"}, first)
	}
	label, rest, ok := strings.Cut(key, " ")
	if !ok || rest == "" || label == "" {
		return false
	}
	mark := label[len(label)-1]
	if mark != '.' && mark != '/' && mark != ')' {
		return false
	}
	switch label[:len(label)-1] {
	case "i", "1", "a", "ii", "2", "b", "1.1", "i.1":
		return true
	}
	return false
}

// findEnd gives the closing sentence, the addressees and the signature; what
// follows (appendices) is no longer part of it.
func (o *outline) findEnd(from int) span {
	start := -1
	for i := from; i < len(o.pieces); i++ {
		if p := &o.pieces[i]; start < 0 && beginsEnd(p.key()) {
			start = i
		} else if start >= 0 && (i-start > maxEnd || beginsAppendix(p)) {
			return span{start, i}
		}
	}
	if start < 0 {
		return span{len(o.pieces), len(o.pieces)}
	}
	return span{start, len(o.pieces)}
}

func beginsEnd(key string) bool {
	for _, s := range []string{"trên đây là", "nơi nhận", "tm. ", "t/m ", "tm.ủy ban", "tm.ubnd", "kt. chủ tịch", "kt.chủ tịch", "tl. chủ tịch", "tuq. chủ tịch"} {
		if strings.HasPrefix(key, s) {
			return true
		}
	}
	return key == "chủ tịch" || key == "phó chủ tịch" || key == "giám đốc"
}

func beginsAppendix(p *piece) bool {
	key := p.key()
	return wordCount(p) < 12 && (strings.HasPrefix(key, "phụ lục") || strings.HasPrefix(key, "biểu ") || strings.HasPrefix(key, "phụ biểu"))
}
