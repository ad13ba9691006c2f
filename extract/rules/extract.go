// This file reads the paragraphs of a document in order: it fills the frame of each
// number, chooses its rule and keeps the account of numbers.

package rules

import (
	"slices"
	"sort"
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

	titled     bool  // the document has chapters, so what stands before them is its head
	block      frame // what headings and lead-in lines say about what follows
	hasLead    bool
	last       lastStatement
	topic      topic
	byField    bool             // the paragraph tells fields apart
	ordered    bool             // some line says in which order fractions give them
	procedures topic            // set while procedures were counted later than dossiers
	opened     bool             // the paragraph that the report begins with was read
	swapped    bool             // a line above says that fractions give received before resolved
	leads      [6]lastStatement // by bullet depth: the statement that introduces deeper bullets
	said       []said           // the counts of the sentence before, within a paragraph
}

// lastStatement is the figure that a following "Trong đó" refers to.
type lastStatement struct {
	frame  frame
	figure int // index into result.Figures, -1 if none
	ok     bool
	lead   bool // the line ends with a colon, so that what follows are its parts
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
		j := i
		for j < len(x.passages) && x.passages[j].block.Kind == document.Row && x.passages[j].block.Table == p.block.Table {
			j++
		}
		if (p.section == SectionHead || p.section == SectionFoot) && x.tabular(i, j) {
			for k := i; k < j; k++ { // a table of figures, whatever stands above it
				x.passages[k].section = SectionAppendix
			}
		}
		if p.block.Kind == document.Row && p.section != SectionHead && p.section != SectionFoot {
			x.table(i, j)
			i = j
			continue
		}
		x.passage(i)
		i++
	}
	x.finish()
}

// tabular reports whether the rows hold numbers below and beside each other, as the
// letterhead and the signatures do not.
func (x *extraction) tabular(from, to int) bool {
	rows := 0
	for k := from; k < to; k++ {
		for i, c := range cellsOf(&x.passages[k]) {
			if i > 0 && numeric(c) {
				rows++
				break
			}
		}
	}
	return rows >= 3
}

// raw returns the document's text of a passage.
func (x *extraction) raw(p *passage) string { return x.doc.Text[p.block.Start:p.block.End] }

// span maps a span of a passage's folded text to the document's text.
func (x *extraction) span(p *passage, start, end int) (int, int) {
	a, b := p.fold.Span(start, end)
	return p.block.Start + a, p.block.Start + b
}

// longestTitle is how long a line of the letterhead or title is, in bytes of folded text.
// A longer one is the paragraph that the report begins with.
const longestTitle = 120

// passage reads one paragraph.
func (x *extraction) passage(index int) {
	p := &x.passages[index]
	raw := x.raw(p)
	x.noteHeading(p, raw)
	if p.style != labelNone && p.style != labelBullet {
		x.structure(p, 0, p.label, "heading or list number")
	}
	x.opened = x.opened || p.section == SectionHead && len(p.fold.Text) > longestTitle
	if p.section == SectionFoot || p.section == SectionHead && x.titled && !x.opened {
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
	x.said = nil
	x.swapped = receivedFirst(p.fold.Text) || x.swapped && !p.heading && len(raw) < 200
	x.ordered = x.ordered || x.swapped
	list := x.set.sentences(p, raw)
	x.byField = x.set.listsFields(p, list)
	for i := range list {
		items := x.set.items(&list[i])
		before := len(x.result.Figures)
		x.sentence(p, &list[i], items, i == 0)
		addends(x.result.Figures[before:])
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
				if head.slot == x.set.well.field && head.from == 0 && x.namesField(head, list[0].text) {
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
		x.leads[depth].lead = p.lead
	}
}

// namesField reports whether a heading that begins with a field is about that field:
// "Đất đai", "Các lĩnh vực khác", but not "Khác".
func (x *extraction) namesField(head sentenceHead, text string) bool {
	if strings.Contains(text, "lĩnh vực") {
		return true
	}
	const more = 8 // bytes of other words
	return head.bytes+more > len(text) && int(head.value) != x.set.values[x.set.well.field]["other"]
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
	if first && s.startsByField(st) {
		carried.frame.v[s.well.act], carried.frame.v[s.well.time] = 0, 0
	}
	var about vntext.Period
	heads, label := s.heads(st), s.label(st, items)
	since := false // "từ 01/7/2025 đến nay" stands before
	for i := range items {
		it := &items[i]
		if it.class == ClassDate && it.tok.Kind == vntext.TokDate {
			since = since || s.sinceThen(st, it)
		}
		if it.class == ClassDate && it.tok.Kind == vntext.TokPeriod {
			about = aboutOf(it.tok, about)
		}
		if it.class != Unexplained {
			continue
		}
		if s.aside(st, items, i) {
			it.class, it.why = ClassOther, "of another period, to compare with"
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
			if len(it.figures) == 0 {
				if rule := x.closing(p, st, items, i); rule != nil {
					x.emit(p, st, items, i, rule, start, end, about)
				}
			}
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
		if it.label = label; label != nil {
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
		if f := s.hotline(st, it); f != nil {
			it.before = f
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
		s.qualityOfBase(st, items, i)
		s.lend(st, items, i)
		if s.broughtForward(st, items, i) || s.afterCarried(st, items, i) {
			act := "carry"
			if s.afterCarried(st, items, i) {
				act = "total"
			}
			it.frame.v[s.well.act], it.frame.from[s.well.act] = int16(s.values[s.well.act][act]), fromSibling
		}
		if s.restOfFields(st, it, &carried.frame) {
			it.frame.v[s.well.field], it.frame.from[s.well.field] = int16(s.values[s.well.field]["other"]), fromNear
			it.frame.v[s.well.act] = 0
		}
		s.remaining(st, items, i)
		if sum := s.summed(st, items, i); sum != nil {
			s.sumUp(items, it, sum)
		}
		s.sameField(st, items, i)
		s.againstOther(st, items, i)
		x.inherit(st, items, i, x.carriedFor(it, carried, startsPart), startsPart)
		if a, o := s.well.act, s.well.obj; it.base && it.baseOwn && it.frame.from[a] > fromFar && it.frame.v[o] == items[i-1].frame.v[o] {
			it.frame.v[a] = 0 // what was done with a part is not said of the whole
		}
		if s.sumOfLevels(items, i) {
			it.frame.v[s.well.ch], it.frame.from[s.well.ch] = int16(s.values[s.well.ch]["online"]), fromSibling
		}
		s.resolvedInTime(it)
		s.sameUnit(st, items, i)
		s.goesOn(st, items, i)
		if s.alsoTarget(st, items, i) {
			it.frame.v[s.well.span] = int16(s.well.spanTarget)
		}
		if it.atLeast && it.frame.v[s.well.span] == 0 {
			it.frame.v[s.well.span] = int16(s.well.spanTarget)
		}
		x.inheritHeads(items, i, heads)
		if sp := s.well.span; it.frame.v[sp] == int16(s.well.spanYTD) && it.frame.from[sp] >= fromParent && s.turnsToPeriod(st, it) {
			it.frame.v[sp] = 0
		}
		if since && it.frame.v[s.well.span] == 0 && it.parent < 0 {
			it.frame.v[s.well.span], it.frame.from[s.well.span] = int16(s.well.spanYTD), fromFar
			it.since = true
		}
		s.settleChange(it)
		if s.isPrice(st, it) {
			it.frame.v[s.well.obj] = int16(s.well.objUnknown)
		}
		if s.strangeNoun(st, it) {
			it.frame.v[s.well.obj] = int16(s.well.objUnknown)
		}
		rule := x.choose(p, st, it)
		if rule == nil && bareMoney(it) {
			rule = x.chooseMoney(p, st, it, dong)
		}
		if rule == nil {
			rule = x.closing(p, st, items, i)
		}
		x.emit(p, st, items, i, rule, start, end, about)
		if it.parent < 0 && rule != nil && it.kind == itemNumber {
			x.last = lastStatement{frame: it.frame, figure: lastFigure(it), ok: true}
		}
		x.noteTopic(p, it)
	}
	x.ranks(p, st, items, carried, start, end)
	x.patternRules(p, st, items, start, end)
	x.record(p, st, items)
	x.said = countsOf(items)
}

// isPrice reports whether an amount is the fee for one of something: "thu 1.000 đồng/trang".
func (s *Set) isPrice(st *sentence, it *item) bool {
	if !s.isMoney(&it.frame) || int(it.frame.v[s.well.act]) != s.values[s.well.act]["fee"] {
		return false
	}
	per, ok := strings.CutPrefix(st.text[max(it.end, it.nounEnd):], "/")
	return ok && per != "" && wordByte(per[0]) && !isDigit(per[0])
}

// turnsToPeriod reports whether the words before a number turn from the year so far back
// to the period: "từ đầu năm đến nay 12 văn bản, riêng tháng 7 không có", "lũy kế 4.215;
// riêng tháng 11 nhận 377, trả 369".
func (s *Set) turnsToPeriod(st *sentence, it *item) bool {
	period, ytd := -1, -1
	for _, h := range st.hits {
		if h.end > it.start {
			break
		}
		e := &s.lexicon[s.owner[h.pattern]]
		if e.role == rolePeriod {
			period = h.start
		}
		if slices.ContainsFunc(e.set, func(a assignment) bool { return a.slot == s.well.span && a.value == s.well.spanYTD }) {
			ytd = h.start
		}
	}
	return period > ytd
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
	topic := it.frame.v[s.well.act] != 0 && before.v[s.well.time] != 0 && before.v[s.well.act] == 0 && s.topicFirst(st, from)
	for i, slot := range s.slots {
		if i == s.well.act && topic {
			continue
		}
		if before.v[i] == 0 && it.frame.v[i] != 0 && slot.inherit != inheritBlock && i != s.well.obj && !slot.free {
			it.frame.v[i], it.frame.from[i] = 0, fromNowhere
		}
	}
}

// topicFirst reports whether the stretch begins with what the statement is about:
// "Trong các hồ sơ đang giải quyết, còn hạn 44 hồ sơ, quá hạn 02".
func (s *Set) topicFirst(st *sentence, from int) bool {
	text := strings.TrimLeft(st.text[from:], " ")
	for _, h := range st.hits {
		if e := &s.lexicon[s.owner[h.pattern]]; e.noun && h.start >= from && h.start < from+24 {
			return hasPrefixAny(text, "trong số ", "trong các ", "trong những ", "trong tổng số ", "đối với ", "với ", "riêng ", "về ")
		}
	}
	return false
}

// lend takes a quality of the counted from the noun of the number beside it, where
// only fillers stand between: "27 người ở 09 thôn", "05 thôn có 15 người".
func (s *Set) lend(st *sentence, items []item, i int) {
	it := &items[i]
	if it.frame.v[s.well.attr] != 0 || it.frame.v[s.well.obj] == 0 || it.kind != itemNumber || it.nounEnd == 0 {
		return
	}
	before := it.frame
	for _, j := range []int{i + 1, i - 1} {
		if j < 0 || j >= len(items) || !items[j].counts || items[j].kind != itemNumber || items[j].nounEnd == 0 {
			continue
		}
		from, to := it.nounEnd, items[j].start
		if j < i {
			from, to = items[j].nounEnd, it.start
		}
		if from >= to || !s.onlyFiller(st, from, to) || slices.ContainsFunc(st.bounds, func(b bound) bool { return b.pos >= from && b.pos < to }) {
			continue
		}
		s.fill(st, it, items[j].end, items[j].nounEnd, fromFar, false)
		attr := it.frame.v[s.well.attr]
		it.frame = before
		if attr != 0 && s.suits(&before, s.well.attr, attr) {
			it.frame.v[s.well.attr], it.frame.from[s.well.attr] = attr, fromFar
			return
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

// startsByField reports whether the sentence begins with how it divides what it counts:
// "Kết quả theo lĩnh vực: chứng thực 1.210, đất đai 580".
func (s *Set) startsByField(st *sentence) bool {
	colon := strings.IndexByte(st.text, ':')
	return colon > 0 && colon < 40 && strings.Contains(st.text[:colon], "lĩnh vực") && len(st.tokens) > 0 && st.tokens[0].Start > colon
}

// carriedFor gives what the number may inherit of the statement before. A field named
// afresh does not go on with what is still open or was sent back: "34 hồ sơ còn lại
// đang xử lý. Nhiều nhất là chứng thực 2.815 hồ sơ".
func (x *extraction) carriedFor(it *item, carried lastStatement, startsPart bool) lastStatement {
	s := x.set
	field := it.frame.v[s.well.field] != 0 && it.frame.from[s.well.field] == fromNear && carried.frame.v[s.well.field] == 0
	ch := it.frame.v[s.well.ch] != 0 && it.frame.from[s.well.ch] == fromNear && carried.frame.v[s.well.ch] == 0
	if startsPart || carried.lead || x.hasLead || !field && !ch {
		return carried
	}
	act := s.values[s.well.act]
	switch int(carried.frame.v[s.well.act]) {
	case act["in_process"], act["carry"], act["return"], act["withdraw"], act["pause"]:
		carried.frame.v[s.well.act] = 0
	}
	return carried
}

// tail reports whether the words after the first boundary behind the last
// number of a sentence may still speak about it.
func (x *extraction) tail(st *sentence, it *item) bool {
	return it.nearR < it.right && it.right == len(st.text) && it.kind == itemNumber && !it.unknownNoun
}

// aboutOf keeps the period that a sentence speaks about.
func aboutOf(t vntext.Token, before vntext.Period) vntext.Period {
	if t.Period.Year == 0 && t.Period.Kind != vntext.Month {
		return before
	}
	return t.Period
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

// finish settles what needs the whole document, and sorts.
func (x *extraction) finish() {
	x.dropAddends()
	x.settleApprox()
	x.settleSince()
	x.settleLevels()
	x.settleReceivedResolved()
	x.settleRemaining()
	x.settleFeedback()
	x.settleForms()
	x.settleLegal()
	x.settlePersons()
	x.settleExact()
	x.settleFractions()
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
