// This file settles what a number counts that only the flow of the text tells: the
// topic of the chapter, and lists by fields.

package rules

import (
	"slices"
	"strings"
)

// topic is what the paragraphs of a chapter were about last.
type topic struct {
	object  int16   // counted last by a figure, 0 if none
	section Section // it was counted in
}

// noteTopic keeps what a figure counts as what the text is about.
func (x *extraction) noteTopic(p *passage, it *item) {
	if v := it.frame.v[x.set.well.obj]; len(it.figures) > 0 && v != 0 && it.kind == itemNumber {
		x.topic = topic{v, p.section}
		switch obj := x.set.values[x.set.well.obj]; int(v) {
		case obj["procedure"]:
			x.procedures = x.topic
		case obj["dossier"]:
			x.procedures = topic{}
		}
	}
}

// levelOfProcedures reports whether "toàn trình 64, một phần 46", with nothing said that
// was done, counts procedures: the text counted procedures just before.
func (x *extraction) levelOfProcedures(p *passage, said *frame) bool {
	ch := x.set.values[x.set.well.ch]
	v := int(said.v[x.set.well.ch])
	return said.v[x.set.well.act] == 0 && (v == ch["online_full"] || v == ch["online_partial"]) && x.procedures.object != 0 && x.procedures.section == p.section
}

// topicObject gives the object that the text was about last in the same chapter if
// the words beside the number are bound to it: "Tỷ lệ đúng hạn 98%" in a paragraph of
// its own behind one about dossiers. Levels of the online service are said of
// procedures behind a count of procedures.
func (x *extraction) topicObject(p *passage, st *sentence, it *item) int16 {
	v := x.topic.object
	if v == 0 || x.topic.section != p.section || it.unknownNoun {
		return 0
	}
	bound := false
	for _, h := range st.hits {
		if h.start < it.nearL || h.end > it.nearR {
			continue
		}
		e := &x.set.lexicon[x.set.owner[h.pattern]]
		if len(e.set) == 0 || len(e.after) > 0 || e.role != roleConcept {
			continue
		}
		bound = bound || slices.Contains(e.only, int(v)) && e.rank >= 8
	}
	if !bound {
		return 0
	}
	return v
}

// listsFields reports whether a paragraph tells apart two or more fields: "chứng thực
// 402, hộ tịch 161". In the chapter on procedures it then counts dossiers.
func (s *Set) listsFields(p *passage, list []sentence) bool {
	if p.section != SectionProcedures && p.section != SectionAppendix && p.section != SectionHead {
		return false
	}
	first := 0
	for i := range list {
		for _, h := range list[i].hits {
			for _, a := range s.lexicon[s.owner[h.pattern]].set {
				if a.slot != s.well.field || a.value == s.well.fieldTotal {
					continue
				}
				if first != 0 && a.value != first {
					return true
				}
				first = a.value
			}
		}
	}
	return false
}

// receivedFirst reports whether a line says that the fractions below it give what was
// received before what was resolved: "theo lĩnh vực (tiếp nhận / giải quyết xong):".
func receivedFirst(text string) bool {
	at := strings.IndexByte(text, '/')
	if at < 0 {
		return false
	}
	before, after := strings.TrimRight(text[:at], " "), strings.TrimPrefix(strings.TrimLeft(text[at+1:], " "), "đã ")
	for _, word := range []string{"nhận", "nhận mới", "tổng số", "đầu vào"} {
		if strings.HasSuffix(before, word) {
			return hasPrefixAny(after, "giải quyết", "xử lí", "trả", "xong", "hoàn thành")
		}
	}
	return false
}

// onlyFieldNear reports whether the words beside the number name a field and nothing
// else that could be counted.
func (s *Set) onlyFieldNear(st *sentence, it *item) bool {
	named := false
	for _, h := range st.hits {
		if h.start < it.nearL || h.end > it.nearR {
			continue
		}
		for _, a := range s.lexicon[s.owner[h.pattern]].set {
			named = named || a.slot == s.well.field
			if a.slot == s.well.obj && a.value != s.values[s.well.obj]["dossier"] && h.start >= it.end {
				return false
			}
		}
	}
	return named && !it.unknownNoun
}
