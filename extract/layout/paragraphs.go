// Paragraphs: lines of running text joined where the break between them was
// made by the right margin, on one page or from one page to the next.

package layout

import (
	"math"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/extract/document"
)

// flow is one line of running text with the measure it is set in.
type flow struct {
	segment
	page        int
	column      int     // part of the page, see part
	left, right float64 // edges of the text area
	pitch       float64 // usual distance of lines
}

// paragraph is the paragraph being put together.
type paragraph struct {
	text  text
	first flow
	last  flow
	lines int
	hang  float64 // left edge of its second line
	notes []note
}

// marker is the start of a list item or numbered heading.
var marker = regexp.MustCompile(`^(?:[-–—+*·]\s|[•●○◦∙◆◇❖♦■□▪▫◼◻❑❒▶▸►‣➢➤➔⇒✓✔✦✧★☆☐☑]|[-+]\p{L}|[\x{f000}-\x{f0ff}]|\(?[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]\s|\(?\p{L}[.)]\s|[IVX]{1,5}[.)]\s|[0-9]{1,2}(?:\.[0-9]{1,2})+\s)`)

// chapter is the start of a chapter, which no sentence runs into: "II. KẾT QUẢ".
var chapter = regexp.MustCompile(`^(?:[IVX]{1,5}|[A-E])\.\s+\p{Lu}`)

// beforeRoman ends a line that a Roman number goes on: "quý" / "I. Tổng số ...".
var beforeRoman = regexp.MustCompile(`(?i)(?:quý|phần|chương|mục|phụ lục|khóa|khoá|lần|loại|hạng|nhóm|bậc|thế kỷ|thứ|vùng|[,/-]|và|đến)\s*$`)

// leader is a line whose end stands behind dots, as in a table of contents.
var leader = regexp.MustCompile(`(?:\.{5,}|…{2,}|(?:\. ){4,}\.?)\s*\S.{0,24}$`)

// indent is how far, as a share of the font size, a first line stands in.
const indent = 0.8

// takes reports whether the line goes on the paragraph.
func (p *paragraph) takes(f flow) bool {
	a, b := &p.last, &f
	size := math.Max(a.size, b.size)
	if math.Abs(a.size-b.size) > 0.12*size+0.3 {
		return false
	}
	turned := a.page == b.page && a.column == leftColumn && b.column == rightColumn
	if a.page == b.page && !turned && (a.column != b.column || !p.near(f)) || leader.MatchString(a.text.s) {
		return false
	}
	// A change between bold and normal at the line's end parts a heading from
	// its text, unless the sentence just goes on.
	lower := startsLower(b.text.s)
	ended := endsSentence(p.text.s)
	if a.bold != b.bold && !lower && (p.lines == 1 || ended) && p.wholeBold() != b.bold && !p.runIn(f) {
		return false
	}
	if balanced(p.first, 0.3) && balanced(p.last, 0.3) && balanced(f, 1.2) {
		return fitsNot(a, b, true) && !marker.MatchString(b.text.s) && (a.bold == b.bold || lower)
	}
	if chapter.MatchString(b.text.s) && !beforeRoman.MatchString(p.text.s) {
		return false
	}
	full := fitsNot(a, b, false)
	if !full {
		// Broken by hand in the middle of a sentence, or a ragged margin.
		return lower && !ended && a.right-a.x1 < 0.25*(a.right-a.left) && b.x0 < b.left+indent*size
	}
	if b.x0 <= b.left+indent*size {
		if marker.MatchString(b.text.s) && ended && p.first.x0 <= p.first.left+indent*size {
			return false // a list without indents
		}
		return true
	}
	switch {
	case p.lines > 1 && math.Abs(b.x0-p.hang) < 0.5*size:
		return !marker.MatchString(b.text.s) || !ended
	case marker.MatchString(b.text.s):
		return false
	case p.lines == 1 && marker.MatchString(p.text.s) && b.x0 > a.x0+indent*size:
		return true // hanging indent behind a list mark
	}
	return lower && !ended
}

// near reports whether the line is no further away than lines of one
// paragraph are.
func (p *paragraph) near(f flow) bool {
	dy := f.baseline - p.last.baseline
	if dy <= 0 {
		return false
	}
	limit := math.Max(1.2*f.pitch, 1.3*f.size)
	return dy <= limit
}

// wholeBold reports whether the paragraph so far is bold.
func (p *paragraph) wholeBold() bool { return p.first.bold && p.last.bold }

// runIn reports whether a bold beginning and its text share a paragraph.
func (p *paragraph) runIn(f flow) bool {
	return p.lines > 1 && !p.first.bold && !f.bold
}

// balanced reports whether a line stands in the middle of its measure, with at
// least room on both sides, as a share of the font size.
func balanced(f flow, room float64) bool {
	before, after := f.x0-f.left, f.right-f.x1
	return before > room*f.size && math.Abs(before-after) < 0.6*f.size
}

// fitsNot reports whether the first word of b had no room left on the line a,
// so that the break between them says nothing.
func fitsNot(a, b *flow, middle bool) bool {
	room := a.right - a.x1
	if middle {
		room = (a.right - a.left) - (a.x1 - a.x0)
	}
	space := 0.25 * a.size
	if separator(a.text.s, b.text.s) == "" {
		space = 0
	}
	return room < space+(b.firstEnd-b.x0)+0.15*a.size
}

// endsSentence reports whether a text ends as a sentence or list item does.
func endsSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`"”’)`, r)
	}))
	return strings.ContainsRune(".;:!?", r)
}

// add appends the line.
func (p *paragraph) add(f flow) {
	if p.lines == 1 {
		p.hang = f.x0
	}
	p.text = p.text.join(separator(p.text.s, f.text.s), f.text)
	p.last = f
	p.lines++
	p.notes = append(p.notes, f.notes...)
}

// writer puts the blocks of the document out in order.
type writer struct {
	builder document.Builder
	open    *paragraph
	pending []block // what must wait until the open paragraph ends
	doubts  []blockDoubt
	blocks  int
	table   int

	held      []text // the last table row, as it may go on on the next page
	heldPage  int
	heldTable int
}

type block struct {
	kind document.Kind
	page int
	text text
}

// blockDoubt is a doubt with the number of the block it lies in.
type blockDoubt struct {
	block int
	doubt document.Doubt
}

func (w *writer) put(kind document.Kind, page, table int, t text) {
	if t.empty() {
		return
	}
	w.builder.Add(kind, page, table, t.s)
	for _, d := range t.doubts {
		w.doubts = append(w.doubts, blockDoubt{w.blocks, d})
	}
	w.blocks++
}

// line adds a line of running text.
func (w *writer) line(f flow) {
	if w.open != nil && w.open.takes(f) {
		w.open.add(f)
		return
	}
	w.flush()
	w.open = &paragraph{text: f.text, first: f, last: f, lines: 1, hang: f.x0, notes: f.notes}
}

// later keeps a block until the paragraph that may go on over the page ends.
func (w *writer) later(kind document.Kind, page int, t text) {
	w.pending = append(w.pending, block{kind, page, t})
}

// flush ends the open row or paragraph.
func (w *writer) flush() {
	if cells := w.held; len(cells) > 0 {
		t := cells[0]
		for _, c := range cells[1:] {
			t = t.join("\t", c)
		}
		w.held = nil
		w.put(document.Row, w.heldPage, w.heldTable, t)
	}
	if p := w.open; p != nil {
		w.open = nil
		w.put(document.Paragraph, p.first.page, 0, p.text)
		for _, n := range p.notes {
			w.put(document.Footnote, p.last.page, 0, n.text)
		}
	}
	for _, b := range w.pending {
		w.put(b.kind, b.page, 0, b.text)
	}
	w.pending = w.pending[:0]
}

// row adds one table row.
func (w *writer) row(page, table int, cells []text) {
	w.flush()
	w.held, w.heldPage, w.heldTable = cells, page, table
}

// document returns what was put out.
func (w *writer) document() *document.Document {
	w.flush()
	doc := w.builder.Document()
	for _, d := range w.doubts {
		start := doc.Blocks[d.block].Start
		d.doubt.Start += start
		d.doubt.End += start
		doc.Doubts = append(doc.Doubts, d.doubt)
	}
	return doc
}
