package docx

// This file walks over a story (the body, a header, a note, a text box) and
// makes paragraphs and tables of it: what a person sees on the page, with
// tracked deletions, hidden text and field codes left out.

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/extract/document"
	"baocao/normalize/vntext"
)

// item is one paragraph, or one table when tbl is not nil.
type item struct {
	kind document.Kind
	// text may hold '\t' (tab stops) and '\n' (line breaks); label is the
	// list number that stands before it.
	text, label string
	page        int
	tbl         *table
	notes       []noteRef // footnotes and endnotes referred to, in order
}

// noteRef names a footnote or endnote.
type noteRef struct {
	endnote bool
	id      string
}

// field is one complex field that is open.
type field struct {
	code   []byte
	result bool // behind the separator
	drop   bool // the result is page furniture
}

// walker holds what lasts over all stories of a document.
type walker struct {
	ctx    context.Context
	pkg    *parts
	styles *styles
	lists  *numbering
	rels   map[string]relation
	fonts  map[string]fontCode
	bases  map[[2]string]runProps // by paragraph and character style
	notes  map[noteRef][]item

	page     int // page of what comes next; 0 while pages are unknown
	rendered bool
	encBytes map[vntext.Encoding]int // how much text came in each legacy encoding
	warn     warnings
	sections []section
	// sectionStart is the index of the first body item behind the last section.
	sectionStart  int
	steps         int
	attachedDepth int // how many documents this one is attached inside
	struckRuns    int // stretches of text left out because they are struck through
}

// section is what the walk needs from a w:sectPr.
type section struct {
	headers map[string]string // "first", "default", "even" to relationship id
	footers map[string]string
	title   bool // the first page has a header of its own
	at      int  // index of the first item of the section in the body
}

// warnings keeps each remark once, in the order it was first made.
type warnings struct {
	list []string
	seen map[string]bool
}

func (w *warnings) add(format string, args ...any) {
	msg := fmt.Sprintf(format, args...)
	if w.seen == nil {
		w.seen = map[string]bool{}
	}
	if !w.seen[msg] {
		w.seen[msg] = true
		w.list = append(w.list, msg)
	}
}

// fontCode is what a typeface says about the encoding of its text.
type fontCode struct {
	enc      vntext.Encoding
	capitals bool
	legacy   bool
}

func (w *walker) fontCode(font string) fontCode {
	if font == "" {
		return fontCode{}
	}
	code, ok := w.fonts[font]
	if !ok {
		enc, capitals, known := vntext.EncodingOfFont(font)
		if known && enc != "unicode" && enc != "" {
			code = fontCode{enc: enc, capitals: capitals, legacy: true}
		}
		w.fonts[font] = code
	}
	return code
}

// base returns the properties of text in a paragraph and a character style.
func (w *walker) base(par, char string) runProps {
	key := [2]string{par, char}
	p, ok := w.bases[key]
	if !ok {
		p = w.styles.paragraph(par).over(w.styles.run(char))
		w.bases[key] = p
	}
	return p
}

// alternatives tracks the mc:AlternateContent elements that are open: of the
// renderings of one thing, only the first is read.
type alternatives []struct {
	depth int
	taken bool
}

// open is called for every start tag in the compatibility namespace. It
// reports whether the element is to be skipped.
func (a *alternatives) open(s *scanner) bool {
	for len(*a) > 0 && (*a)[len(*a)-1].depth >= s.depth() {
		*a = (*a)[:len(*a)-1]
	}
	switch string(s.local) {
	case "AlternateContent":
		*a = append(*a, struct {
			depth int
			taken bool
		}{depth: s.depth()})
	case "Choice", "Fallback":
		if n := len(*a); n > 0 {
			if (*a)[n-1].taken {
				return true
			}
			(*a)[n-1].taken = true
		}
	}
	return false
}

// child moves to the next element of the Word namespace below the element open at
// depth, through the alternatives of compatibility blocks; false at its end.
func (s *scanner) child(depth int, alt *alternatives) bool {
	for {
		ev := s.next()
		switch {
		case ev == evEOF || s.depth() < depth:
			return false
		case ev != evOpen:
		case s.ns == nsMC:
			if alt.open(s) {
				s.skip()
			}
		case s.ns == nsWord:
			return true
		}
	}
}

// story reads the children of the element just opened.
func (w *walker) story(s *scanner, kind document.Kind) []item {
	var items []item
	var alt alternatives
	var fields []field
	carry := paragraph{}
	depth := s.depth()
	for s.child(depth, &alt) {
		switch string(s.local) {
		case "p":
			if !w.step(s) {
				return items
			}
			p := w.paragraph(s, &fields, carry)
			if p.merged {
				carry = p
				continue
			}
			carry = paragraph{}
			items = append(items, p.items(kind)...)
			if p.section != nil {
				w.endSection(p.section, len(items))
			}
		case "tbl":
			t := w.table(s, &fields)
			items = append(items, item{kind: document.Row, page: t.page, tbl: t, notes: t.notes})
		case "del", "moveFrom":
			s.skip()
		case "sectPr":
			if sec := readSection(s); kind == document.Paragraph {
				w.endSection(sec, len(items))
			}
		case "altChunk":
			id, _ := s.attr("id")
			items = append(items, w.attached(id)...)
		}
	}
	// A paragraph whose end mark is deleted and that nothing follows.
	if carry.merged {
		items = append(items, carry.items(kind)...)
	}
	return items
}

// step checks now and then whether the reading was called off.
func (w *walker) step(s *scanner) bool {
	w.steps++
	if w.steps%256 == 0 && w.ctx.Err() != nil {
		s.fail(w.ctx.Err())
		return false
	}
	return true
}

// endSection records a section of the body that ends before item next.
func (w *walker) endSection(sec *section, next int) {
	sec.at = w.sectionStart
	w.sectionStart = next
	w.sections = append(w.sections, *sec)
}

func readSection(s *scanner) *section {
	sec := &section{headers: map[string]string{}, footers: map[string]string{}}
	depth := s.depth()
	for ev := s.next(); ev != evEOF && s.depth() >= depth; ev = s.next() {
		if ev != evOpen || s.ns != nsWord {
			continue
		}
		switch string(s.local) {
		case "headerReference", "footerReference":
			kind, _ := s.attr("type")
			id, _ := s.attr("id")
			if s.is("headerReference") {
				sec.headers[kind] = id
			} else {
				sec.footers[kind] = id
			}
		case "titlePg":
			sec.title = s.on()
		case "sectPrChange":
			s.skip()
		}
	}
	return sec
}

// paragraph collects the text of one paragraph.
type paragraph struct {
	out     []byte // finished text
	raw     []byte // text in a legacy encoding, decoded as a whole
	code    fontCode
	label   string
	page    int
	style   string
	numID   string
	level   int
	merged  bool // its end mark is deleted: the next paragraph continues it
	boxes   []item
	notes   []noteRef
	section *section
	w       *walker
}

// items returns the paragraph and the text boxes anchored in it.
func (p *paragraph) items(kind document.Kind) []item {
	items := make([]item, 0, 1+len(p.boxes))
	items = append(items, item{kind: kind, text: string(p.out), label: p.label, page: p.page, notes: p.notes})
	return append(items, p.boxes...)
}

// paragraph reads the w:p just opened. carry is a paragraph before it that
// runs on into it.
func (w *walker) paragraph(s *scanner, fields *[]field, carry paragraph) paragraph {
	p := carry
	p.w = w
	p.merged = false
	if !carry.merged {
		p.page = w.page
	}
	var alt alternatives
	depth := s.depth()
	for {
		ev := s.next()
		if ev == evEOF || s.depth() < depth {
			break
		}
		if ev == evText {
			continue
		}
		if s.ns == nsMath {
			w.math(s, &p, ev)
			continue
		}
		if ev != evOpen {
			continue
		}
		if s.ns == nsMC {
			if alt.open(s) {
				s.skip()
			}
			continue
		}
		if s.ns != nsWord {
			continue
		}
		switch string(s.local) {
		case "pPr":
			w.paragraphProps(s, &p)
		case "r":
			w.run(s, &p, fields)
		case "del", "moveFrom":
			s.skip()
		case "fldSimple":
			code, _ := s.attr("instr")
			if isFurniture([]byte(code)) {
				s.skip()
			}
		case "lastRenderedPageBreak":
			w.pageBreak(&p)
		}
	}
	p.flush()
	if !p.merged && p.numID != "" {
		text, font := w.lists.label(p.numID, p.level, w.styles)
		if font == "" {
			font = w.base(p.style, "").font
		}
		if code := w.fontCode(font); code.legacy {
			text, _ = vntext.Decode(code.enc, text, code.capitals)
		}
		p.label = strings.TrimSpace(text)
	}
	return p
}

// paragraphProps reads the w:pPr just opened.
func (w *walker) paragraphProps(s *scanner, p *paragraph) {
	numID, level, hasLevel := "", 0, false
	depth := s.depth()
	for ev := s.next(); ev != evEOF && s.depth() >= depth; ev = s.next() {
		if ev != evOpen || s.ns != nsWord {
			continue
		}
		switch string(s.local) {
		case "pStyle":
			p.style, _ = s.attr("val")
		case "numId":
			numID, _ = s.attr("val")
		case "ilvl":
			level, hasLevel = s.num("val", 0), true
		case "rPr":
			p.merged = readRunProps(s, w.styles.theme).deleted
		case "sectPr":
			p.section = readSection(s)
		case "pPrChange":
			s.skip()
		}
	}
	if numID == "" {
		var from string
		var styleLevel int
		if numID, from, styleLevel = w.styles.numbering(p.style); numID != "" && !hasLevel {
			if level = w.lists.levelOfStyle(numID, from, w.styles); level < 0 {
				level = styleLevel
			}
		}
	}
	if numID == "0" {
		numID = ""
	}
	p.numID, p.level = numID, level
}

// pageBreak notes that a new page begins here.
func (w *walker) pageBreak(p *paragraph) {
	w.page++
	if len(p.out) == 0 && len(p.raw) == 0 {
		p.page = w.page
	}
}

// run reads the w:r just opened.
func (w *walker) run(s *scanner, p *paragraph, fields *[]field) {
	props := w.base(p.style, "")
	var alt alternatives
	inText, keep := false, false
	depth := s.depth()
	for {
		ev := s.next()
		if ev == evEOF || s.depth() < depth {
			return
		}
		switch ev {
		case evText:
			if inText {
				w.write(characters(s.text(), keep), props, p, *fields)
			}
			continue
		case evClose:
			inText = false
			continue
		}
		if s.ns == nsMC {
			if alt.open(s) {
				s.skip()
			}
			continue
		}
		if s.ns != nsWord {
			w.picture(s, p)
			continue
		}
		switch string(s.local) {
		case "t":
			inText = true
			space, _ := s.attr("space")
			keep = space == "preserve"
		case "rPr":
			direct := readRunProps(s, w.styles.theme)
			props = w.base(p.style, direct.style).over(direct)
			if direct.deleted {
				props.vanish = on
			}
		case "tab", "ptab":
			w.write([]byte{'\t'}, props, p, *fields)
		case "br", "cr":
			w.write([]byte{'\n'}, props, p, *fields)
		case "noBreakHyphen":
			w.write([]byte{'-'}, props, p, *fields)
		case "softHyphen":
			// Invisible, except that in TCVN3 this character is the letter ư.
			if w.fontCode(props.font).legacy {
				w.write([]byte("\u00AD"), props, p, *fields)
			}
		case "sym":
			font, _ := s.attr("font")
			char, _ := s.attr("char")
			w.symbol(font, char, props, p, *fields)
		case "fldChar":
			kind, _ := s.attr("fldCharType")
			switch n := len(*fields); {
			case kind == "begin":
				*fields = append(*fields, field{})
			case n > 0 && kind == "separate":
				f := &(*fields)[n-1]
				f.result, f.drop = true, isFurniture(f.code)
			case n > 0 && kind == "end":
				*fields = (*fields)[:n-1]
			}
			s.skip()
		case "instrText":
			w.fieldCode(s, *fields)
		case "footnoteReference", "endnoteReference":
			id, _ := s.attr("id")
			p.notes = append(p.notes, noteRef{endnote: s.is("endnoteReference"), id: id})
		case "lastRenderedPageBreak":
			w.pageBreak(p)
		case "object":
			w.warn.add("an embedded object (such as an Excel sheet) was not read")
		case "txbxContent":
			p.flush()
			saved := *fields
			p.boxes = append(p.boxes, w.story(s, document.TextBox)...)
			*fields = saved
		case "delText", "delInstrText", "rt", "annotationRef", "footnoteRef", "endnoteRef":
			s.skip()
		}
	}
}

// bigPicture is the width and height in EMU (360000 a centimetre) from which a
// picture is likely to be a scanned page or table, not an emblem.
const bigPicture = 8 * 360000

// picture looks at a foreign element inside a run and warns of large pictures.
func (w *walker) picture(s *scanner, p *paragraph) {
	if string(s.local) != "extent" {
		return
	}
	cx, cy := s.num("cx", 0), s.num("cy", 0)
	if cx < bigPicture || cy < bigPicture/2 {
		return
	}
	where := ""
	if w.page > 0 {
		where = fmt.Sprintf(" on page %d", w.page)
	}
	w.warn.add("a drawing of %d x %d cm%s was not read", cx/360000, cy/360000, where)
}

// fieldCode collects the instruction of the innermost field.
func (w *walker) fieldCode(s *scanner, fields []field) {
	depth := s.depth()
	for ev := s.next(); ev != evEOF && s.depth() >= depth; ev = s.next() {
		if n := len(fields); ev == evText && n > 0 && len(fields[n-1].code) < 64 {
			fields[n-1].code = append(fields[n-1].code, s.text()...)
		}
	}
}

// isFurniture tells whether a field shows page numbers.
func isFurniture(code []byte) bool {
	words := bytes.Fields(code)
	if len(words) == 0 {
		return false
	}
	switch strings.ToUpper(string(words[0])) {
	case "PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF":
		return true
	}
	return false
}

// symbol writes a character of a symbol font.
func (w *walker) symbol(font, char string, props runProps, p *paragraph, fields []field) {
	code, err := strconv.ParseUint(char, 16, 32)
	if err != nil || !utf8.ValidRune(rune(code)) {
		return
	}
	if w.fontCode(font).legacy {
		props.font = font
		w.write(utf8.AppendRune(nil, rune(code)), props, p, fields)
		return
	}
	sign, ok := symbol(font, rune(code))
	if !ok {
		w.warn.add("a sign of the font %q is shown as \uFFFD", font)
		sign = utf8.RuneError
	}
	props.font = "" // the sign is Unicode now
	w.write(utf8.AppendRune(nil, sign), props, p, fields)
}

// write appends characters to the paragraph as they are shown.
func (w *walker) write(text []byte, props runProps, p *paragraph, fields []field) {
	if props.vanish == on {
		return
	}
	for i := range fields {
		if !fields[i].result || fields[i].drop {
			return
		}
	}
	if props.strike == on {
		w.struck(text)
		return
	}
	code := w.fontCode(props.font)
	if code.legacy && hasUnicodeVietnamese(text) {
		code = fontCode{} // Unicode text that merely names a legacy font
	}
	if code != p.code {
		p.flush()
		p.code = code
	}
	if code.legacy {
		p.raw = append(p.raw, text...)
		return
	}
	if props.caps == on {
		text = bytes.ToUpper(text)
	}
	if props.super == on && endsInDigit(p.out) {
		text = superscript(text)
	}
	if !utf8.Valid(text) {
		text = bytes.ToValidUTF8(text, []byte("\uFFFD"))
	}
	if bytes.ContainsFunc(text, isPrivate) {
		text = replacePrivate(text, props.font)
	}
	p.out = append(p.out, text...)
}

// characters returns the text of a w:t: line ends and tabs in it are white
// space, and Word drops white space at both ends unless told to keep it.
func characters(text []byte, keep bool) []byte {
	if bytes.ContainsAny(text, "\n\r\t") {
		text = bytes.Map(func(r rune) rune {
			if r == '\n' || r == '\r' || r == '\t' {
				return ' '
			}
			return r
		}, text)
	}
	if !keep {
		text = bytes.Trim(text, " ")
	}
	return text
}

// flush decodes what was collected in a legacy encoding.
func (p *paragraph) flush() {
	if len(p.raw) == 0 {
		return
	}
	text, _ := vntext.Decode(p.code.enc, string(p.raw), p.code.capitals)
	p.w.encBytes[p.code.enc] += len(p.raw)
	p.out = append(p.out, strings.ToValidUTF8(text, "\uFFFD")...)
	p.raw = p.raw[:0]
}

// hasUnicodeVietnamese tells whether text holds Vietnamese letters that no
// legacy encoding can hold.
func hasUnicodeVietnamese(text []byte) bool {
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		if r >= 0x1EA0 && r <= 0x1EF9 || r >= 0x100 && r <= 0x1B0 && unicode.IsLetter(r) && r != 'Œ' && r != 'œ' && r != 'Š' && r != 'š' && r != 'Ÿ' && r != 'Ž' && r != 'ž' {
			return true
		}
		i += n
	}
	return false
}

func endsInDigit(b []byte) bool {
	return len(b) > 0 && b[len(b)-1] >= '0' && b[len(b)-1] <= '9'
}

// superscript turns raised digits behind a digit into signs of their own, so
// that 10³ does not become 103 and a raised note number does not join the
// figure before it.
func superscript(text []byte) []byte {
	raised := []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")
	var out []byte
	for _, r := range string(text) {
		if r >= '0' && r <= '9' {
			r = raised[r-'0']
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

func isPrivate(r rune) bool { return r >= 0xF000 && r <= 0xF0FF }

func replacePrivate(text []byte, font string) []byte {
	return bytes.Map(func(r rune) rune {
		if isPrivate(r) {
			if sign, ok := symbol(font, r); ok {
				return sign
			}
		}
		return r
	}, text)
}

// math reads formulas: their characters, with a bar for a fraction and a mark
// for an exponent.
func (w *walker) math(s *scanner, p *paragraph, ev event) {
	if ev == evClose {
		if string(s.local) == "num" {
			w.write([]byte{'/'}, runProps{}, p, nil)
		}
		return
	}
	switch string(s.local) {
	case "sup":
		w.write([]byte{'^'}, runProps{}, p, nil)
	case "t":
		depth := s.depth()
		for ev := s.next(); ev != evEOF && s.depth() >= depth; ev = s.next() {
			if ev == evText {
				w.write(s.text(), runProps{}, p, nil)
			}
		}
	}
}
