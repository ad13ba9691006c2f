// This file reads one paragraph: what it takes over from the lines above, and what it hands
// on to those below.

package rules

import (
	"strings"
)

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
