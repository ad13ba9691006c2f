// This file reads the paragraphs of a document in order: it fills the frame of each
// number, chooses its rule and keeps the account of numbers.

package rules

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"baocao/extract/document"
	"baocao/normalize/vntext"
)

// Extract reads every figure of a document and accounts for every number in it.
// The result is the same for the same document and set.
func (s *Set) Extract(doc *document.Document) Result {
	x := newExtraction(s, doc)
	x.run()
	return x.result
}

// extraction is the state of one run over one document.
type extraction struct {
	set      *Set
	doc      *document.Document
	passages []passage
	result   Result
	explain  *explanation // nil unless someone asked why

	titled  bool  // the document has chapters, so what stands before them is its head
	block   frame // what headings and lead-in lines say about what follows
	hasLead bool
	last    lastStatement
	leads   [6]lastStatement // by bullet depth: the statement that introduces deeper bullets
}

// lastStatement is the figure that a following "Trong đó" refers to.
type lastStatement struct {
	frame  frame
	figure int // index into result.Figures, -1 if none
	ok     bool
}

func newExtraction(s *Set, doc *document.Document) *extraction {
	x := &extraction{set: s, doc: doc, passages: s.outline(doc.Text, doc.Blocks)}
	for i := range x.passages {
		x.titled = x.titled || x.passages[i].heading && x.passages[i].section != SectionHead
	}
	return x
}

func (x *extraction) run() {
	x.last.figure = -1
	for i := 0; i < len(x.passages); {
		p := &x.passages[i]
		if p.block.Kind == document.Row && p.section != SectionHead && p.section != SectionFoot {
			j := i
			for j < len(x.passages) && x.passages[j].block.Kind == document.Row && x.passages[j].block.Table == p.block.Table {
				j++
			}
			x.table(i, j)
			i = j
			continue
		}
		x.passage(i)
		i++
	}
	x.finish()
}

// raw returns the document's text of a passage.
func (x *extraction) raw(p *passage) string { return x.doc.Text[p.block.Start:p.block.End] }

// span maps a span of a passage's folded text to the document's text.
func (x *extraction) span(p *passage, start, end int) (int, int) {
	a, b := p.fold.Span(start, end)
	return p.block.Start + a, p.block.Start + b
}

// passage reads one paragraph.
func (x *extraction) passage(index int) {
	p := &x.passages[index]
	raw := x.raw(p)
	x.noteHeading(p, raw)
	if p.style != labelNone && p.style != labelBullet {
		x.structure(p, 0, p.label, "heading or list number")
	}
	if p.section == SectionFoot || p.section == SectionHead && x.titled && len(raw) <= 120 {
		// titles, letterhead, addressees: only what numbers there are
		for _, st := range x.set.sentences(p, raw) {
			st := st
			items := x.set.items(&st)
			for i := range items {
				if items[i].kind == itemZero {
					continue
				}
				if items[i].class == Unexplained {
					items[i].class, items[i].why = ClassOther, "letterhead, title or foot"
				}
			}
			x.record(p, &st, items)
		}
		return
	}
	x.enter(p)
	list := x.set.sentences(p, raw)
	for i := range list {
		items := x.set.items(&list[i])
		x.sentence(p, &list[i], items, i == 0)
	}
	x.leave(p, list)
}

// enter prepares what the paragraph inherits: a heading or a numbered paragraph
// starts afresh; a bullet is read under the line that introduces it.
func (x *extraction) enter(p *passage) {
	switch {
	case p.heading || p.style != labelNone && p.style != labelBullet:
		x.block = frame{}
		x.last = lastStatement{figure: -1}
		x.leads = [6]lastStatement{}
		x.hasLead = false
	case p.style == labelBullet:
		x.last = lastStatement{figure: -1}
		for d := p.depth; d < len(x.leads); d++ {
			x.leads[d] = lastStatement{}
		}
		for d := min(p.depth, len(x.leads)) - 1; d >= 0; d-- {
			if x.leads[d].ok {
				x.last = x.leads[d]
				break
			}
		}
	default:
		if !x.hasLead {
			x.last = lastStatement{figure: -1}
		}
	}
}

// leave remembers what the paragraph introduces.
func (x *extraction) leave(p *passage, list []sentence) {
	x.hasLead = p.lead
	if p.heading || p.lead {
		f := frame{}
		for i := range list {
			// a heading or a line with a colon names what follows
			probe := item{start: len(list[i].text), end: len(list[i].text), parent: -1}
			probe.frame = f
			x.set.fill(&list[i], &probe, 0, len(list[i].text), fromBlock, true)
			x.set.fill(&list[i], &probe, 0, len(list[i].text), fromBlock, false)
			f = probe.frame
		}
		x.set.keepForBlock(&f, p.lead)
		if len(list) == 1 && len(list[0].text) < 80 {
			for _, head := range x.set.heads(&list[0]) {
				if head.slot == x.set.well.field && head.from == 0 {
					f.v[head.slot] = head.value
				}
			}
		}
		if p.heading {
			x.block = f
		} else {
			for i := range f.v {
				if f.v[i] != 0 {
					x.block.v[i] = f.v[i]
				}
			}
		}
	}
	depth := p.depth
	if p.style != labelBullet {
		depth = 0
	}
	if depth < len(x.leads) && (x.last.ok || p.lead) {
		x.leads[depth] = x.last
	}
}

// keepForBlock leaves in a heading's frame only what may be handed on.
func (s *Set) keepForBlock(f *frame, lead bool) {
	for i, slot := range s.slots {
		if slot.inherit != inheritBlock && !(lead && slot.inherit >= inheritSibling) {
			f.v[i] = 0
		}
	}
}

// noteHeading records headings and section changes.
func (x *extraction) noteHeading(p *passage, raw string) {
	if p.style != labelNone && p.style != labelBullet {
		start, end := x.span(p, 0, len(p.fold.Text))
		title := strings.TrimSpace(p.fold.Text[p.label:])
		if a, b := p.fold.Span(p.label, len(p.fold.Text)); p.label < len(p.fold.Text) {
			title = strings.Join(strings.Fields(raw[a:b]), " ")
		}
		if len(title) > 300 {
			title = title[:strings.LastIndexByte(title[:300], ' ')+1]
		}
		x.result.Headings = append(x.result.Headings, Heading{Start: start, End: end, Label: p.number, Style: styleNames[p.style],
			Level: int(p.style), Ordinal: p.ordinal, Title: strings.TrimSpace(title)})
	}
	n := len(x.result.Sections)
	if n == 0 || x.result.Sections[n-1].Section != p.section {
		x.result.Sections = append(x.result.Sections, SectionSpan{p.block.Start, p.block.End, p.section})
	} else {
		x.result.Sections[n-1].End = p.block.End
	}
}

// structure records the numbers of a label or index cell.
func (x *extraction) structure(p *passage, from, to int, why string) {
	for _, t := range vntext.Scan(p.fold.Text[from:to]) {
		x.number(p, from+t.Start, from+t.End, ClassStructure, why)
	}
	if from == to {
		return
	}
}

// number records one number of the account.
func (x *extraction) number(p *passage, start, end int, class Class, why string) {
	a, b := x.span(p, start, end)
	x.result.Numbers = append(x.result.Numbers, Number{Start: a, End: b, Text: x.doc.Text[a:b], Class: class, Why: why})
}

// sentence reads the figures of one sentence.
func (x *extraction) sentence(p *passage, st *sentence, items []item, first bool) {
	s := x.set
	start, end := x.span(p, st.start, st.end)
	carried := x.last
	startsPart := s.startsWithPart(st)
	about := ""
	heads, label := s.heads(st), s.label(st, items)
	since := false // "từ 01/7/2025 đến nay" stands before
	for i := range items {
		it := &items[i]
		if it.class == ClassDate && it.tok.Kind == vntext.TokDate {
			since = since || s.sinceThen(st, it)
		}
		if it.class == ClassDate && it.tok.Kind == vntext.TokPeriod {
			about = aboutOf(it.tok, st, about)
		}
		if it.class != Unexplained {
			continue
		}
		if it.attached && it.host < i {
			h := &items[it.host]
			it.frame = h.frame
			if u, ok := s.slotIndex["unit"]; ok && it.tok.Scaled == "" {
				it.frame.v[u] = 0 // the share of an amount of money is none
			}
			x.emit(p, st, items, i, h.rule, start, end, about)
			x.shareRate(p, st, items, i, start, end, about)
			continue
		}
		if it.base && !it.baseOwn {
			h := &items[it.host]
			it.frame = h.frame
			if it.class, it.why = ClassOther, "base of the number before"; h.rule != nil {
				x.emit(p, st, items, i, h.rule, start, end, about)
			}
			continue
		}
		s.skipComparisons(items, i)
		if it.before = nil; carried.ok {
			it.before = &carried.frame
		}
		if label != nil {
			it.before = label
		}
		for k := i - 1; k >= 0; k-- {
			if items[k].counts && items[k].kind == itemNumber {
				it.before = &items[k].frame
				break
			}
		}
		if it.tok.Scaled != "" && it.nounEnd == 0 && !it.unknownNoun { // "3,34 tỷ", the "đồng" left out
			if u, ok := s.slotIndex["unit"]; ok {
				it.frame.v[u], it.frame.from[u] = int16(s.values[u]["money"]), fromNear
			}
		}
		x.findObject(p, st, items, i, carried, startsPart)
		s.fill(st, it, it.nearL, it.nearR, fromNear, false)
		local := it.frame.v[s.well.act] != 0 || it.frame.v[s.well.time] != 0
		if it.nearL > it.left {
			s.fillFar(st, it, it.left, it.nearL, local)
			if it.kind == itemZero && it.frame.from[s.well.span] == fromFar {
				it.frame.v[s.well.span] = 0 // "hơn so với quý I; ..., không có hồ sơ trễ hẹn"
			}
		}
		if x.tail(st, it) {
			s.fillTail(st, it)
		}
		x.inherit(st, items, i, carried, startsPart)
		x.inheritHeads(items, i, heads)
		if since && it.frame.v[s.well.span] == 0 && it.parent < 0 {
			it.frame.v[s.well.span], it.frame.from[s.well.span] = int16(s.well.spanYTD), fromFar
			it.since = true
		}
		if s.strangeNoun(st, it) {
			it.frame.v[s.well.obj] = int16(s.well.objUnknown)
		}
		rule := x.choose(p, st, it)
		x.emit(p, st, items, i, rule, start, end, about)
		if it.parent < 0 && rule != nil && it.kind == itemNumber {
			x.last = lastStatement{frame: it.frame, figure: lastFigure(it), ok: true}
		}
	}
	x.ranks(p, st, items, carried, start, end)
	x.patternRules(p, st, items, start, end)
	x.record(p, st, items)
}

// shareRate gives a percentage that is said of several numbers ("số hóa thành phần
// 244/244 HS, số hóa kết quả 245/245 HS, đều đạt 100%") to the others too.
func (x *extraction) shareRate(p *passage, st *sentence, items []item, i int, start, end int, about string) {
	it := &items[i]
	if it.tok.Kind != vntext.TokPercent || !strings.Contains(st.text[items[it.host].end:it.start], "đều") {
		return
	}
	frame, host := it.frame, items[it.host].rule
	for j := it.host - 1; j >= 0; j-- {
		if r := items[j].rule; r != nil && r != host && items[j].counts && len(r.Rate) > 0 && items[j].tok.Kind == vntext.TokFraction {
			it.frame = items[j].frame
			x.emit(p, st, items, i, r, start, end, about)
		}
	}
	it.frame = frame
}

// sinceThen reports whether a date begins a span that reaches to today: "từ ngày
// 01/7/2025 đến nay".
func (s *Set) sinceThen(st *sentence, it *item) bool {
	before := strings.TrimSuffix(strings.TrimRight(st.text[:it.start], " "), " ngày")
	after := strings.TrimLeft(st.text[it.end:], " ")
	return lastWord(before) == "từ" && (strings.HasPrefix(after, "đến nay") || strings.HasPrefix(after, "tới nay"))
}

// isRank tells "hạng 4" and "xếp thứ 9/34" from "lần thứ 3" and "khóa V".
func isRank(st *sentence, it *item) bool {
	if it.why == "rank" || strings.HasPrefix(st.text[it.start:], "hạng ") {
		return true
	}
	if it.tok.Kind == vntext.TokFraction {
		word := lastWord(strings.TrimRight(st.text[:it.start], " "))
		return word == "xếp" || word == "đứng" || word == "hạng"
	}
	if it.why != "ordinal" || !strings.HasPrefix(st.text[it.start:], "thứ ") {
		return false
	}
	switch lastWord(strings.TrimRight(st.text[:it.start], " ")) {
	case "xếp", "đứng", "trí", "hạng":
		return true
	}
	return false
}

// ranks reads places in a ranking ("xếp thứ 9/34 xã"), which are no counts, where
// a rule asks for them: the ranking is named in the sentence, or above.
func (x *extraction) ranks(p *passage, st *sentence, items []item, carried lastStatement, start, end int) {
	s := x.set
	for i := range items {
		it := &items[i]
		if it.kind != itemNumber || it.class == ClassFigure || !isRank(st, it) || it.tok.Malformed {
			continue
		}
		probe := *it
		probe.left, probe.nearL, probe.nearR, probe.right = 0, 0, len(st.text), len(st.text)
		s.fill(st, &probe, 0, it.start, fromNear, true)
		if probe.frame.v[s.well.obj] == 0 {
			s.fill(st, &probe, it.end, len(st.text), fromFar, true)
		}
		for _, f := range []frame{carried.frame, x.block} {
			if probe.frame.v[s.well.obj] == 0 {
				probe.frame.v[s.well.obj], probe.frame.from[s.well.obj] = f.v[s.well.obj], fromBlock
			}
		}
		s.fill(st, &probe, s.clauseStart(st, nil, it.start), it.start, fromNear, false)
		for _, r := range s.rules {
			if len(r.Rank) == 0 || s.meets(r, p, &probe.frame) != "" {
				continue
			}
			it.frame, it.rule = probe.frame, r
			x.emitRank(p, st, it, r, start, end)
			break
		}
	}
}

// sentenceHead is what a sentence, or a part of it behind a semicolon, begins with
// that holds for all its numbers: a field or channel ("Hộ tịch: tiếp nhận 148, giải
// quyết 146"), or that they count from the start of the year. It reaches over
// [from, until) of the sentence.
type sentenceHead struct {
	slot        int
	value       int16
	from, until int
}

// heads finds what the parts of a sentence begin with. A head reaches to the end of
// the sentence when a colon follows it at once, else to the next semicolon.
func (s *Set) heads(st *sentence) []sentenceHead {
	var out []sentenceHead
	start := 0
	for k := -1; k < len(st.bounds); k++ {
		if k >= 0 {
			if st.bounds[k].kind != ';' || len(out) == 0 {
				continue // only a sentence that begins so goes on so
			}
			start = st.bounds[k].end
		}
		out = s.headAt(st, start, out)
	}
	return out
}

func (s *Set) headAt(st *sentence, start int, out []sentenceHead) []sentenceHead {
	reach := start + 2
	for _, h := range st.hits {
		if h.start < start {
			continue
		}
		if h.start > reach {
			break
		}
		if e := &s.lexicon[s.owner[h.pattern]]; e.noun && len(e.set) > 0 {
			reach = max(reach, h.end+1) // "Hồ sơ trực tuyến kỳ trước chuyển sang 07, đã giải quyết 1.133"
		}
		for _, a := range s.lexicon[s.owner[h.pattern]].set {
			if !(a.slot == s.well.field && a.value != s.well.fieldTotal || a.slot == s.well.ch || a.slot == s.well.span && a.value == s.well.spanYTD) {
				continue
			}
			head := sentenceHead{a.slot, int16(a.value), start, len(st.text)}
			for _, b := range st.bounds {
				if b.pos < h.end {
					continue
				}
				if b.kind == ':' && onlySpace(st.text[h.end:b.pos]) {
					break
				}
				if b.kind == ';' {
					head.until = b.pos
					break
				}
			}
			return append(out, head)
		}
	}
	return out
}

// label is what the words before a sentence's first colon mean, where no number
// stands before it: "Số hóa: khi nhận 3.905/3.905"; nil if there is none.
func (s *Set) label(st *sentence, items []item) *frame {
	for _, b := range st.bounds {
		if b.kind != ':' {
			continue
		}
		if len(items) > 0 && items[0].start < b.pos {
			return nil
		}
		f := frame{}
		probe := item{start: b.pos, end: b.pos}
		s.fill(st, &probe, 0, b.pos, fromFar, true)
		s.fill(st, &probe, 0, b.pos, fromFar, false)
		f = probe.frame
		return &f
	}
	return nil
}

// inheritHeads hands on what the part of the sentence begins with, and the field of
// the heading or lead-in line above.
func (x *extraction) inheritHeads(items []item, i int, heads []sentenceHead) {
	s := x.set
	it := &items[i]
	if it.frame.v[s.well.obj] == int16(s.well.objUnknown) {
		return
	}
	for k := len(heads) - 1; k >= 0; k-- {
		head := heads[k]
		if it.start < head.from || it.start >= head.until || it.frame.v[head.slot] != 0 {
			continue
		}
		other := false
		for j := 0; j < i; j++ { // the head's reach ends where another is named
			if v := items[j].frame.v[head.slot]; items[j].start >= head.from && v != 0 && v != head.value {
				other = true
			}
		}
		if !other {
			it.frame.v[head.slot], it.frame.from[head.slot] = head.value, fromParent
		}
	}
	if f := s.well.field; it.frame.v[f] == 0 && x.block.v[f] != 0 {
		it.frame.v[f], it.frame.from[f] = x.block.v[f], fromBlock
	}
}

func lastFigure(it *item) int {
	if len(it.figures) == 0 {
		return -1
	}
	return it.figures[0]
}

// fillFar fills slots from the words farther away. What says which action or
// attribute is meant is taken from there only if the near words say nothing.
func (s *Set) fillFar(st *sentence, it *item, from, to int, local bool) {
	before := it.frame
	s.fill(st, it, from, to, fromFar, false)
	if !local {
		return
	}
	for i, slot := range s.slots {
		if before.v[i] == 0 && it.frame.v[i] != 0 && slot.inherit != inheritBlock && i != s.well.obj && !slot.free {
			it.frame.v[i], it.frame.from[i] = 0, fromNowhere
		}
	}
}

// fillTail lets the words behind the last boundary of a sentence add where or how
// ("..., văn bản chỉ đạo đăng trên Trang thông tin điện tử xã"), never what was done.
func (s *Set) fillTail(st *sentence, it *item) {
	before := it.frame
	s.fill(st, it, it.nearR, it.right, fromFar, false)
	for i := range s.slots {
		if i == s.well.act || i == s.well.time || i == s.well.field || i == s.well.span || i == s.well.scope {
			it.frame.v[i], it.frame.from[i] = before.v[i], before.from[i]
		}
	}
}

// startsWithPart reports whether the sentence begins with "Trong đó".
func (s *Set) startsWithPart(st *sentence) bool {
	for _, h := range st.hits {
		if s.lexicon[s.owner[h.pattern]].role == rolePart && h.start <= 2 {
			return true
		}
	}
	return false
}

// tail reports whether the words after the first boundary behind the last
// number of a sentence may still speak about it.
func (x *extraction) tail(st *sentence, it *item) bool {
	return it.nearR < it.right && it.right == len(st.text) && it.kind == itemNumber && !it.unknownNoun
}

// findObject settles what is counted: by the near words, then the others of the
// statement, then the context. A general word ("nhiệm vụ") takes the special
// meaning that the context gives it.
func (x *extraction) findObject(p *passage, st *sentence, items []item, i int, carried lastStatement, startsPart bool) {
	s := x.set
	it := &items[i]
	obj := s.well.obj
	noun := s.countedNoun(st, it)
	if it.kind == itemZero && s.zeroNames(st, it) {
		noun = 0
	}
	if it.tok.Kind == vntext.TokPercent {
		// "giải ngân đạt 46,3% kế hoạch": the noun is the base, if a label stands before
		if s.fill(st, it, it.nearL, it.start, fromNear, true); it.frame.v[obj] != 0 {
			return
		}
	}
	if noun != 0 {
		it.frame.v[obj], it.frame.from[obj] = int16(noun), fromNear
		if v := s.refinement(st, it, noun); v != 0 {
			it.frame.v[obj] = int16(v)
			return
		}
	} else {
		s.fill(st, it, it.nearL, it.nearR, fromNear, true)
	}
	if it.frame.v[obj] == 0 && i+1 < len(items) && items[i+1].base { // "15 trong số 32 nhiệm vụ"
		s.fill(st, it, items[i+1].end, items[i+1].nearR, fromNear, true)
	}
	if it.unknownNoun && (it.frame.v[obj] == 0 || !afterColon(st, it)) {
		it.frame.v[obj] = int16(s.well.objUnknown)
		return
	}
	general := it.frame.v[obj]
	if general != 0 && s.slots[obj].refine[int(general)] == nil {
		return
	}
	try := func(f frame, how origin) bool {
		v := f.v[obj]
		if v == 0 || v == int16(s.well.objUnknown) || general != 0 && v != general && !s.refines(general, v) {
			return false
		}
		if general != 0 && v == general || general == 0 && how != fromFar && !s.goesWith(st, it, v) {
			return false
		}
		it.frame.v[obj], it.frame.from[obj] = v, how
		return true
	}
	probe := *it
	probe.frame = frame{}
	if it.nearL > it.left {
		s.fill(st, &probe, it.left, it.nearL, fromFar, true)
		if try(probe.frame, fromFar) {
			return
		}
	}
	if it.parent >= 0 && try(items[it.parent].frame, fromParent) || it.parent < 0 && startsPart && carried.ok && try(carried.frame, fromParent) {
		return
	}
	for j := i - 1; j >= 0; j-- {
		if items[j].counts && !items[j].attached {
			if items[j].frame.v[obj] != int16(s.well.objUnknown) && try(items[j].frame, fromSibling) {
				return
			}
		}
	}
	if x.tail(st, it) {
		probe.frame = frame{}
		s.fill(st, &probe, it.nearR, it.right, fromFar, true)
		if try(probe.frame, fromFar) {
			return
		}
	}
	if carried.ok && try(carried.frame, fromBlock) || try(x.block, fromBlock) {
		return
	}
	probe.frame = frame{}
	s.fill(st, &probe, it.nearL, it.nearR, fromNear, false)
	s.fill(st, &probe, it.left, it.nearL, fromFar, false)
	if v := s.impliedBy(&probe.frame, p.section, general); v != 0 {
		it.frame.v[obj], it.frame.from[obj] = int16(v), fromBlock
	}
}

// impliedBy returns the object that goes without saying in the section when this
// is said of it, 0 if none does; where a general word names the object, one that
// the word may stand for.
func (s *Set) impliedBy(f *frame, section Section, general int16) int {
	for _, im := range s.implied {
		if !slices.Contains(im.sections, section) || general != 0 && !s.refines(general, int16(im.obj)) {
			continue
		}
		for _, c := range im.said {
			if v := int(f.v[c.slot]); v != 0 && slices.Contains(c.values, v) {
				return im.obj
			}
		}
	}
	return 0
}

// goesWith reports whether an object taken from the context suits the near
// words: what they say must be something that can be said of it.
func (s *Set) goesWith(st *sentence, it *item, obj int16) bool {
	barred := false // by words that cannot be said of it
	for i, h := range st.hits {
		if h.start < it.nearL || h.end > it.nearR {
			continue
		}
		e := &s.lexicon[s.owner[h.pattern]]
		if !e.applies(it) {
			continue
		}
		telling := false
		for _, a := range e.set {
			telling = telling || a.slot == s.well.act || a.slot == s.well.time || s.slots[a.slot].name == "attr"
		}
		if !telling {
			continue
		}
		switch {
		case len(e.only) == 0, e.rank < 8:
		case s.saidOf(e, obj):
			return true
		case !s.alsoUnbound(st, i):
			barred = true
		}
	}
	return !barred && it.kind != itemZero
}

// alsoUnbound reports whether the same words are also a concept that can be said
// of any object.
func (s *Set) alsoUnbound(st *sentence, i int) bool {
	for _, h := range st.hits {
		if e := &s.lexicon[s.owner[h.pattern]]; h.start == st.hits[i].start && h.end == st.hits[i].end && len(e.only) == 0 && len(e.after) == 0 && len(e.set) > 0 {
			return true
		}
	}
	return false
}

// strangeNoun reports whether the word right after the number is one that can only
// be said of other objects than the one found: "hồ sơ đất đai của 03 xã cũ".
func (s *Set) strangeNoun(st *sentence, it *item) bool {
	obj := it.frame.v[s.well.obj]
	if obj == 0 || obj == int16(s.well.objUnknown) || it.kind != itemNumber || it.nounEnd > 0 || it.tok.Kind != vntext.TokNumber {
		return false
	}
	at := it.end
	for at < len(st.text) && st.text[at] == ' ' {
		at++
	}
	strange := false
	for _, h := range st.hits {
		if h.start != at {
			continue
		}
		e := &s.lexicon[s.owner[h.pattern]]
		if e.role == roleLabel || e.role == roleOther {
			continue
		}
		if len(e.only) == 0 || s.saidOf(e, obj) {
			return false
		}
		strange = true
	}
	return strange
}

// zeroNames reports whether the worded zero itself names the object ("chưa có
// kiến nghị").
func (s *Set) zeroNames(st *sentence, it *item) bool {
	for _, h := range st.hits {
		if h.start == it.start && h.end == it.end {
			for _, a := range s.lexicon[s.owner[h.pattern]].set {
				if a.slot == s.well.obj {
					return true
				}
			}
		}
	}
	return false
}

// afterColon reports whether a colon or "là" stands right before the number: then
// the label before it names the object, whatever word follows.
func afterColon(st *sentence, it *item) bool {
	before := strings.TrimRight(st.text[:it.start], " ")
	return strings.HasSuffix(before, ":") || strings.HasSuffix(before, " là")
}

// countedNoun returns the object that the noun right after the number names.
func (s *Set) countedNoun(st *sentence, it *item) int {
	best, rank := 0, 0
	for _, h := range st.hits {
		if it.nounEnd == 0 || h.start < it.end || h.end > it.nounEnd {
			continue
		}
		if e := &s.lexicon[s.owner[h.pattern]]; e.noun && e.rank > rank && e.applies(it) {
			for _, a := range e.set {
				if a.slot == s.well.obj {
					best, rank = a.value, e.rank
				}
			}
		}
	}
	return best
}

// refinement looks in the number's own stretch of the sentence for a word that
// gives the general noun its special meaning: the higher rank, then the nearer.
func (s *Set) refinement(st *sentence, it *item, general int) int {
	best, dist, rank := 0, 0, 0
	for _, h := range st.hits {
		if h.start < it.left || h.end > it.right {
			continue
		}
		d := it.start - h.end
		if h.start >= it.end {
			d = h.start - it.end
		}
		e := &s.lexicon[s.owner[h.pattern]]
		if !e.applies(it) {
			continue
		}
		for _, a := range e.set {
			if a.slot == s.well.obj && s.refines(int16(general), int16(a.value)) && (best == 0 || e.rank > rank || e.rank == rank && d < dist) {
				best, dist, rank = a.value, d, e.rank
			}
		}
	}
	return best
}

// parted reports whether a semicolon stands in the stretch.
func (s *Set) parted(st *sentence, from, to int) bool {
	for _, b := range st.bounds {
		if b.kind == ';' && b.pos >= from && b.end <= to {
			return true
		}
	}
	return false
}

// skipComparisons moves a part from a figure of comparison ("tăng 2,4% so với tháng
// trước; riêng toàn trình 301") to the figure that was compared.
func (s *Set) skipComparisons(items []item, i int) {
	it := &items[i]
	for it.parent >= 0 {
		span := int(items[it.parent].frame.v[s.well.span])
		if span != s.well.spanDelta && span != s.well.spanPrevious {
			return
		}
		p := it.parent - 1
		for p >= 0 && (!items[p].counts || items[p].attached || items[p].kind == itemZero) {
			p--
		}
		if p < 0 {
			return
		}
		it.parent = p
	}
}

// inherit fills what the words around the number leave open: from the figure it
// is a part of, from the figure before in the sentence, from the heading.
func (x *extraction) inherit(st *sentence, items []item, i int, carried lastStatement, startsPart bool) {
	s := x.set
	it := &items[i]
	if it.frame.v[s.well.obj] == int16(s.well.objUnknown) {
		return
	}
	if it.parent >= 0 {
		s.inheritFrom(&it.frame, &items[it.parent].frame, inheritParent, fromParent)
	} else if startsPart && carried.ok {
		s.inheritFrom(&it.frame, &carried.frame, inheritParent, fromParent)
	}
	for j := i - 1; j >= 0; j-- {
		if items[j].counts && !items[j].attached && items[j].frame.v[s.well.obj] != int16(s.well.objUnknown) {
			from := items[j].frame
			if items[j].tok.Kind == vntext.TokPercent && it.tok.Kind == vntext.TokNumber && s.parted(st, items[j].end, it.start) {
				from.v[s.well.act] = 0 // "đúng hạn đạt 99,2%; 102 hồ sơ bị trễ hạn"
			}
			s.inheritFrom(&it.frame, &from, inheritSentence, fromSibling)
			break
		}
	}
	if carried.ok && it.parent < 0 {
		s.inheritFrom(&it.frame, &carried.frame, inheritSibling, fromBlock)
	}
	s.inheritFrom(&it.frame, &x.block, inheritSibling, fromBlock)
}

// aboutOf keeps the period that a sentence speaks about.
func aboutOf(t vntext.Token, st *sentence, before string) string {
	if t.Period.Year == 0 && t.Period.Kind != vntext.Month {
		return before
	}
	return t.Period.String()
}

// choose finds the rule that fits the frame.
func (x *extraction) choose(p *passage, st *sentence, it *item) *Rule {
	s := x.set
	var best *Rule
	bestScore := -1
	for _, r := range s.candidates(&it.frame) {
		if s.fits(r, p, it) != "" {
			continue
		}
		score := 0
		if r.Zero == zeroOnly && !it.post {
			score = 3
		}
		for _, c := range r.when {
			if it.frame.v[c.slot] != 0 {
				score += 2
			} else {
				score++
			}
		}
		if score > bestScore {
			best, bestScore = r, score
			it.rival = false
		} else if score == bestScore {
			it.rival = true
		}
	}
	it.rule = best
	return best
}

// fits returns "" when the number's frame meets the rule and the rule has a use
// for such a number, else the reason why not.
func (s *Set) fits(r *Rule, p *passage, it *item) string {
	if why := s.meets(r, p, &it.frame); why != "" {
		return why
	}
	if r.Zero == zeroOnly && it.kind != itemZero {
		return "is for zeros in words"
	}
	if r.Zero == zeroNever && it.kind == itemZero {
		return "is never none"
	}
	switch {
	case it.tok.Kind == vntext.TokPercent || it.tok.Percent:
		if len(r.Rate) == 0 {
			return "gives no percentage"
		}
	case s.isMoney(&it.frame):
		if len(r.Money) == 0 {
			return "gives no amount of money"
		}
	default:
		if len(r.Count) == 0 {
			return "gives no count"
		}
	}
	return ""
}

// meets returns "" when the frame meets the rule's conditions, else the reason
// why not.
func (s *Set) meets(r *Rule, p *passage, f *frame) string {
	var named [maxSlots]bool
	for _, c := range r.when {
		named[c.slot] = true
		v := int(f.v[c.slot])
		if v == 0 {
			if !c.none {
				return s.reasons.nothing[c.slot]
			}
			continue
		}
		ok := false
		for _, want := range c.values {
			if v == want {
				ok = true
				break
			}
		}
		if !ok {
			return s.reasons.other[c.slot][v-1]
		}
	}
	for _, c := range r.never {
		if v := int(f.v[c.slot]); v != 0 && slices.Contains(c.values, v) {
			return s.reasons.other[c.slot][v-1]
		}
	}
	for i := range s.slots {
		if f.v[i] == 0 || named[i] || r.ignore[i] || i == s.well.field {
			continue
		}
		return s.reasons.special[i][f.v[i]-1]
	}
	field := int(f.v[s.well.field])
	hasField := field != 0 && field != s.well.fieldTotal
	if !named[s.well.field] && !r.ignore[s.well.field] {
		if r.Field == fieldNone && hasField {
			return "is about one field"
		}
		if r.Field == fieldMust && !hasField {
			return "no field is named"
		}
	}
	if slices.Contains(r.except, p.section) {
		return "does not stand in section " + string(p.section)
	}
	if len(r.only) > 0 {
		ok := false
		for _, sec := range r.only {
			ok = ok || sec == p.section
		}
		if !ok {
			return "stands in section " + string(p.section)
		}
	}
	return ""
}

// isMoney reports whether the number is an amount of money.
func (s *Set) isMoney(f *frame) bool {
	i, ok := s.slotIndex["unit"]
	return ok && f.v[i] != 0 && f.v[i] == int16(s.values[i]["money"])
}

// emit turns a number with its rule into figures.
func (x *extraction) emit(p *passage, st *sentence, items []item, i int, rule *Rule, start, end int, about string) {
	s := x.set
	it := &items[i]
	if it.frame.v[s.well.span] == int16(s.well.spanDelta) {
		it.class, it.why = ClassOther, "change against another period"
		return
	}
	if it.frame.v[s.well.scope] == int16(s.well.scopeOther) {
		it.class, it.why = ClassOther, "count of another unit"
		return
	}
	if it.frame.v[s.well.scope] == int16(s.well.scopeEach) && it.frame.from[s.well.scope] == fromNear && !s.isMoney(&it.frame) && it.tok.Kind != vntext.TokPercent {
		it.class, it.why = ClassOther, "average, or count for each of several"
		return
	}
	if it.tok.Kind == vntext.TokRange {
		it.class, it.why = ClassOther, "range"
		return
	}
	if rule == nil || s.fits(rule, p, it) != "" {
		if it.attached {
			rule = x.choose(p, st, it)
		}
		if rule == nil || s.fits(rule, p, it) != "" {
			return
		}
	}
	if it.ditto && (items[it.parent].rule == rule || it.frame.from[s.well.time] != fromNear) {
		return // only against the deadline does "đều" give a number of its own
	}
	if it.parent >= 0 && items[it.parent].rule == rule && !it.attached && it.kind == itemNumber && it.tok.Kind == vntext.TokNumber && items[it.parent].tok.Kind != vntext.TokPercent &&
		it.frame.v[s.well.field] == items[it.parent].frame.v[s.well.field] && it.frame.v[s.well.span] == items[it.parent].frame.v[s.well.span] {
		if it.frame.from[s.well.act] != fromNear || len(rule.Count) != 1 || rule.Count[0] != "dossiers.received" {
			it.class, it.why = ClassOther, "part of the figure before"
			return
		}
		it.newOnly = true // perhaps "560 hồ sơ, trong đó tiếp nhận mới 536": the whole document tells
	}
	span := Period
	switch int(it.frame.v[s.well.span]) {
	case s.well.spanYTD:
		span = YTD
	case s.well.spanPrevious:
		if !rule.earlier {
			span = Previous
		}
	case s.well.spanTarget:
		if !rule.planned {
			span = Target
		}
	}
	if (p.section == SectionPlan || p.section == SectionProposals) && !rule.anywhere {
		if it.tok.Kind != vntext.TokPercent {
			it.class, it.why = ClassOther, "plan for the next period"
			return
		}
		span = Target
	}
	if it.kind == itemZero && !s.zeroAllowed(st, rule, it) {
		return
	}
	fv := int(it.frame.v[s.well.field])
	hasField := fv != 0 && fv != s.well.fieldTotal
	add := func(ids []string, value string, how string) {
		for k, id := range ids {
			if k > 0 && (it.kind == itemZero || hasField && rule.Field != fieldNone && !strings.HasPrefix(id, "dossiers.")) {
				continue // the second name of a fact is known for totals only
			}
			ind := s.catalogue[id]
			if hasField && rule.Field != fieldNone && !ind.ByField && p.block.Kind != document.Row {
				it.class, it.why = ClassOther, "count of one field that the catalogue keeps no figure for"
				continue
			}
			span := span
			if span == YTD && (strings.HasPrefix(ind.Period, "cumulative") || ind.Period == "stock" || ind.Period == "annual") {
				span = Period // such an indicator counts from the start of the year anyway
			}
			f := Figure{Indicator: id, Span: span, Value: value, Unit: ind.Unit, Decimals: it.tok.Decimals, Rounding: it.tok.Rounding,
				Approx: it.tok.Approx != vntext.ApproxNone, Words: it.tok.Words, Rule: rule.ID, Parent: -1, Section: p.path,
				SentenceStart: start, SentenceEnd: end, Assessment: p.section == SectionAssessment, About: about}
			f.newOnly = it.newOnly
			f.since = it.since || it.parent >= 0 && items[it.parent].since || it.attached && items[it.host].since
			if hasField && rule.Field != fieldNone {
				f.Field = s.names[s.well.field][fv-1]
			}
			f.Start, f.End = x.span(p, st.start+it.tok.Start, st.start+it.tok.End)
			f.InTable = p.block.Kind == document.Row
			f.Doubts = x.doubts(p, st, it, rule, how)
			if it.parent >= 0 && len(items[it.parent].figures) > 0 {
				f.Parent = items[it.parent].figures[0]
			}
			it.figures = append(it.figures, len(x.result.Figures))
			x.result.Figures = append(x.result.Figures, f)
		}
	}
	switch {
	case it.tok.Kind == vntext.TokPercent && rule.noShare && s.isShare(st, items, i):
		it.class, it.why = ClassOther, "share of a whole"
	case it.tok.Kind == vntext.TokPercent:
		add(rule.Rate, it.tok.Value, "rate")
	case s.isMoney(&it.frame):
		add(rule.Money, it.tok.Value, "money")
	case rule.Num != nil && !it.base && (i+1 < len(items) && items[i+1].base || it.attached && it.tok.Kind == vntext.TokNumber):
		add(rule.Num, it.tok.Value, "numerator")
	case it.tok.Kind == vntext.TokFraction:
		num := rule.Num
		if num == nil {
			num = rule.Count
		}
		if rule.largerBase && largerFirst(it.tok) {
			it.tok.Value, it.tok.Den = it.tok.Den, it.tok.Value // "biên chế 72/70": of 72, 70 are there
		}
		add(num, it.tok.Value, "numerator")
		if len(rule.Den) > 0 {
			add(rule.Den[:1], it.tok.Den, "denominator")
		}
	case it.base && !it.baseOwn:
		if len(rule.Den) > 0 {
			add(rule.Den[:1], it.tok.Value, "denominator")
		}
	default:
		add(rule.Count, it.tok.Value, "count")
	}
	if len(it.figures) > 0 {
		it.class, it.why = ClassFigure, rule.ID
	}
}

// onlyFiller reports whether nothing but space and filler words stands in the stretch.
func (s *Set) onlyFiller(st *sentence, from, to int) bool {
	for _, h := range st.hits {
		if h.start <= from+1 && h.end > from && h.end <= to && s.lexicon[s.owner[h.pattern]].role == roleFiller {
			from = h.end
		}
	}
	return to-from <= 2
}

// largerFirst reports whether a fraction's first number is the larger one.
func largerFirst(t vntext.Token) bool {
	a, errA := strconv.Atoi(t.Value)
	b, errB := strconv.Atoi(t.Den)
	return errA == nil && errB == nil && a > b
}

// isShare reports whether a percentage says what part of a whole something makes
// up ("chiếm 41%"), in its own words or, in a list, in those of one before.
func (s *Set) isShare(st *sentence, items []item, i int) bool {
	for ; i >= 0; i-- {
		if items[i].tok.Kind != vntext.TokPercent {
			continue
		}
		before := strings.TrimSuffix(strings.TrimRight(st.text[:items[i].start], " "), " tỉ lệ")
		if lastWord(before) == "chiếm" {
			return true
		}
	}
	return false
}

// zeroAllowed keeps "không có ..." from becoming a figure unless the words say
// what there is none of: an action or attribute, or a rule that allows it.
func (s *Set) zeroAllowed(st *sentence, r *Rule, it *item) bool {
	says := it.post && s.hasContent(st, it.nearL, it.start) // what there is none of follows at once, or stands before
	for _, h := range st.hits {
		e := &s.lexicon[s.owner[h.pattern]]
		if h.start >= it.end && s.onlyFiller(st, it.end, h.start) && (e.noun || len(e.set) > 0) || h.start == it.start && h.end == it.end && len(e.set) > 0 {
			says = true
		}
	}
	if !says {
		return false
	}
	if r.Zero != zeroMay && (it.frame.from[s.well.obj] == fromNear || it.frame.from[s.well.act] == fromNear || it.frame.from[s.well.time] == fromNear) {
		return true
	}
	for i := range s.slots {
		if i != s.well.obj && it.frame.v[i] != 0 && !s.slots[i].free && i != s.well.field && it.frame.from[i] == fromNear {
			return true
		}
	}
	return false
}

// record adds the numbers of a sentence to the account, and dates and
// references to their lists.
func (x *extraction) record(p *passage, st *sentence, items []item) {
	lastRef := -1
	lastRefEnd := 0
	for i := range items {
		it := &items[i]
		if it.kind == itemZero || it.ditto || it.tok.Words && it.class == Unexplained {
			if len(it.figures) == 0 {
				continue
			}
		}
		if it.class == Unexplained && it.unknownNoun && it.why != "" {
			it.class = ClassOther
		}
		a, b := x.span(p, st.start+it.tok.Start, st.start+it.tok.End)
		x.result.Numbers = append(x.result.Numbers, Number{Start: a, End: b, Text: x.doc.Text[a:b], Class: it.class, Why: it.why})
		switch it.tok.Kind {
		case vntext.TokReference:
			lastRef = len(x.result.References)
			lastRefEnd = it.end
			x.result.References = append(x.result.References, Reference{Start: a, End: b,
				Number: strings.Join(strings.Fields(x.doc.Text[a:b]), ""), Implements: -1})
		case vntext.TokDate:
			ref := -1
			if lastRef >= 0 && it.start-lastRefEnd < 12 {
				ref = lastRef
			}
			x.date(p, st, it.tok, ref)
		case vntext.TokPeriod:
			for _, sub := range it.tok.Sub {
				x.date(p, st, sub, -1)
			}
			if len(it.tok.Sub) == 0 {
				x.result.Dates = append(x.result.Dates, Date{Start: a, End: b, Text: x.doc.Text[a:b], Month: it.tok.Month, Year: it.tok.Year,
					Impossible: it.tok.Impossible, Role: RoleOther, Reference: -1})
			}
		}
	}
	if x.explain != nil {
		x.explain.add(x, p, st, items)
	}
}

func (x *extraction) date(p *passage, st *sentence, t vntext.Token, ref int) {
	a, b := x.span(p, st.start+t.Start, st.start+t.End)
	role := RoleEvent
	if ref >= 0 {
		role = RoleReference
	}
	x.result.Dates = append(x.result.Dates, Date{Start: a, End: b, Text: x.doc.Text[a:b], Day: t.Day, Month: t.Month, Year: t.Year,
		Impossible: t.Impossible, Role: role, Reference: ref})
}

// patternRules lets the rules written as plain expressions read numbers that no
// frame explained, and correct those a frame read.
func (x *extraction) patternRules(p *passage, st *sentence, items []item, start, end int) {
	for _, r := range x.set.rules {
		if r.pattern == nil {
			continue
		}
		for _, m := range r.pattern.FindAllStringSubmatchIndex(st.text, -1) {
			g := r.pattern.SubexpIndex("value")
			for i := range items {
				it := &items[i]
				if it.start != m[2*g] || it.class != Unexplained || !wordEdges(st.text, m[0], m[1]) {
					continue
				}
				x.emitPattern(p, st, it, r, start, end)
			}
		}
	}
}

func (x *extraction) emitPattern(p *passage, st *sentence, it *item, r *Rule, start, end int) {
	ids := r.Count
	if it.tok.Kind == vntext.TokPercent {
		ids = r.Rate
	} else if len(ids) == 0 {
		ids = r.Money
	}
	x.emitPlain(p, st, it, r, ids, start, end)
}

// emitRank turns a place in a ranking into a figure.
func (x *extraction) emitRank(p *passage, st *sentence, it *item, r *Rule, start, end int) {
	x.emitPlain(p, st, it, r, r.Rank, start, end)
}

// emitPlain gives the number to each of the indicators as the period's figure.
func (x *extraction) emitPlain(p *passage, st *sentence, it *item, r *Rule, ids []string, start, end int) {
	for _, id := range ids {
		f := Figure{Indicator: id, Span: Period, Value: it.tok.Value, Unit: x.set.catalogue[id].Unit, Decimals: it.tok.Decimals,
			Rounding: it.tok.Rounding, Approx: it.tok.Approx != vntext.ApproxNone, Words: it.tok.Words, Rule: r.ID, Parent: -1, Section: p.path,
			SentenceStart: start, SentenceEnd: end, Assessment: p.section == SectionAssessment, Doubts: DoubtPattern}
		f.Start, f.End = x.span(p, st.start+it.tok.Start, st.start+it.tok.End)
		it.figures = append(it.figures, len(x.result.Figures))
		x.result.Figures = append(x.result.Figures, f)
		it.class, it.why = ClassFigure, r.ID
	}
}

// finish settles what needs the whole document, and sorts.
func (x *extraction) finish() {
	x.settleApprox()
	x.settleSince()
	x.settleLevels()
	x.settleFeedback()
	x.settleExact()
	x.settleTotals()
	x.settleDenominators()
	r := &x.result
	order := make([]int, len(r.Figures))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return r.Figures[order[a]].Start < r.Figures[order[b]].Start })
	at := make([]int, len(order))
	sorted := make([]Figure, len(order))
	for n, i := range order {
		at[i] = n
		sorted[n] = r.Figures[i]
	}
	for i := range sorted {
		if sorted[i].Parent >= 0 {
			sorted[i].Parent = at[sorted[i].Parent]
		}
	}
	r.Figures = sorted
	x.weigh()
	sort.SliceStable(r.Numbers, func(a, b int) bool { return r.Numbers[a].Start < r.Numbers[b].Start })
	sort.SliceStable(r.Dates, func(a, b int) bool { return r.Dates[a].Start < r.Dates[b].Start })
}
