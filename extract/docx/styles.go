package docx

// This file reads styles.xml and the theme: what a paragraph, character or
// table style says about fonts, hidden text, capitals, numbering and borders,
// with everything that it inherits.

import (
	"bytes"
	"fmt"
)

// tri is a switch that may be left open.
type tri uint8

const (
	unset tri = iota
	off
	on
)

func triOf(b bool) tri {
	if b {
		return on
	}
	return off
}

// runProps are the character properties that change the text a person sees.
// Zero values mean "as inherited".
type runProps struct {
	font    string // typeface; empty when inherited
	vanish  tri    // hidden
	caps    tri    // shown in capitals
	strike  tri    // struck through
	super   tri    // superscript
	style   string // character style
	deleted bool   // the run, or the paragraph mark, is a tracked deletion
}

// over returns p with the properties that are set in q on top.
func (p runProps) over(q runProps) runProps {
	if q.font != "" {
		p.font = q.font
	}
	if q.vanish != unset {
		p.vanish = q.vanish
	}
	if q.caps != unset {
		p.caps = q.caps
	}
	if q.strike != unset {
		p.strike = q.strike
	}
	if q.super != unset {
		p.super = q.super
	}
	return p
}

// style is one entry of styles.xml. Files define hundreds and use few, so an
// entry is read when it is first asked for.
type style struct {
	raw   []byte // the element, until it is read
	based string
	run   runProps
	numID string // numbering of paragraphs in this style; "" none
	level int
	grid  tri // table style: lines between the columns
}

// styles answers what a style means. Missing styles mean nothing.
type styles struct {
	byID     map[string]*style
	normal   string // default paragraph style
	defaults runProps
	theme    theme
	lists    bool      // some style may number its paragraphs
	bindings []binding // namespace declarations that hold inside the entries
	resolved map[string]runProps
}

// theme holds the two typefaces of the theme.
type theme struct{ major, minor string }

// typeface resolves a theme font name such as "minorHAnsi".
func (t theme) typeface(name string) string {
	switch name {
	case "majorAscii", "majorHAnsi":
		return t.major
	case "minorAscii", "minorHAnsi":
		return t.minor
	}
	return ""
}

// readTheme reads theme1.xml; what cannot be read is left empty.
func readTheme(data []byte) theme {
	var t theme
	s := newScanner(data)
	in := ""
	for ev := s.next(); ev != evEOF; ev = s.next() {
		if ev != evOpen {
			continue
		}
		switch string(s.local) {
		case "majorFont", "minorFont":
			in = string(s.local)
		case "latin":
			face, _ := s.attr("typeface")
			if in == "majorFont" && t.major == "" {
				t.major = face
			} else if in == "minorFont" && t.minor == "" {
				t.minor = face
			}
		case "fmtScheme":
			return t
		}
	}
	return t
}

// readStyles reads styles.xml. nil data gives empty styles, a faulty part the
// styles before the fault.
func readStyles(data []byte, th theme) (*styles, error) {
	st := &styles{byID: map[string]*style{}, theme: th, resolved: map[string]runProps{}}
	if data == nil {
		return st, nil
	}
	st.lists = bytes.Contains(data, []byte("numId"))
	s := newScanner(data)
	for ev := s.next(); ev != evEOF; ev = s.next() {
		if ev != evOpen || s.ns != nsWord {
			continue
		}
		switch string(s.local) {
		case "latentStyles":
			s.skipFlat()
		case "rPrDefault":
			depth := s.depth()
			for ev := s.next(); ev != evEOF && s.depth() >= depth; ev = s.next() {
				if ev == evOpen && s.is("rPr") {
					st.defaults = readRunProps(s, th)
				}
			}
		case "style":
			id, _ := s.attr("styleId")
			kind, _ := s.attr("type")
			if def, _ := s.attr("default"); kind == "paragraph" && (def == "1" || def == "true" || def == "on") {
				st.normal = id
			}
			entry := &style{raw: s.skipFlat()}
			if _, ok := st.byID[id]; !ok {
				st.byID[id] = entry
			}
			st.bindings = s.bindings
		}
	}
	if s.err != nil {
		return st, fmt.Errorf("%w: styles: %v", ErrMalformed, s.err)
	}
	return st, nil
}

// entry returns the style with this id, nil when there is none. A fault in it
// leaves what stands before the fault.
func (st *styles) entry(id string) *style {
	entry := st.byID[id]
	if entry == nil || entry.raw == nil {
		return entry
	}
	s := newScanner(entry.raw)
	s.bindings = append(s.bindings, st.bindings...)
	entry.raw = nil
	for ev := s.next(); ev != evEOF; ev = s.next() {
		if ev != evOpen || s.ns != nsWord {
			continue
		}
		switch string(s.local) {
		case "basedOn":
			entry.based, _ = s.attr("val")
		case "rPr":
			entry.run = readRunProps(s, st.theme)
		case "numId":
			entry.numID, _ = s.attr("val")
		case "ilvl":
			entry.level = s.num("val", 0)
		case "tblBorders":
			entry.grid = readBorders(s)
		case "tblStylePr", "trPr", "tcPr":
			s.skip()
		}
	}
	return entry
}

// readRunProps reads the w:rPr just opened, up to its end.
func readRunProps(s *scanner, th theme) runProps {
	var p runProps
	depth := s.depth()
	for ev := s.next(); ev != evEOF && s.depth() >= depth; ev = s.next() {
		if ev != evOpen || s.ns != nsWord {
			continue
		}
		switch string(s.local) {
		case "rStyle":
			p.style, _ = s.attr("val")
		case "rFonts":
			p.font = readFonts(s, th)
		case "vanish":
			p.vanish = triOf(s.on())
		case "caps":
			p.caps = triOf(s.on())
		case "strike", "dstrike":
			if p.strike != on {
				p.strike = triOf(s.on())
			}
		case "vertAlign":
			v, _ := s.attr("val")
			p.super = triOf(v == "superscript")
		case "del", "moveFrom":
			p.deleted = true
		case "rPrChange":
			s.skip()
		}
	}
	return p
}

// readFonts picks the typeface of Latin letters: that of the letters beyond
// ASCII, which are the ones that a legacy font draws differently.
func readFonts(s *scanner, th theme) string {
	if name, ok := s.attr("hAnsiTheme"); ok {
		if face := th.typeface(name); face != "" {
			return face
		}
	}
	if face, ok := s.attr("hAnsi"); ok {
		return face
	}
	if name, ok := s.attr("asciiTheme"); ok {
		if face := th.typeface(name); face != "" {
			return face
		}
	}
	face, _ := s.attr("ascii")
	return face
}

// readBorders reads the border element just opened (of a table or a cell):
// on when a vertical line is drawn, off when those named are not drawn.
func readBorders(s *scanner) tri {
	grid := unset
	depth := s.depth()
	for ev := s.next(); ev != evEOF && s.depth() >= depth; ev = s.next() {
		if ev != evOpen || s.ns != nsWord {
			continue
		}
		switch string(s.local) {
		case "left", "right", "start", "end", "insideV", "insideH":
			val, _ := s.attr("val")
			if val != "nil" && val != "none" && val != "" {
				grid = on
			} else if grid == unset {
				grid = off
			}
		}
	}
	return grid
}

// run returns the character properties of a style with all it inherits; the
// document defaults are not included.
func (st *styles) run(id string) runProps {
	if id == "" {
		return runProps{}
	}
	if p, ok := st.resolved[id]; ok {
		return p
	}
	var chain []*style
	for next := id; next != "" && len(chain) < 32; {
		entry := st.entry(next)
		if entry == nil {
			break
		}
		chain = append(chain, entry)
		next = entry.based
	}
	var p runProps
	for i := len(chain) - 1; i >= 0; i-- {
		p = p.over(chain[i].run)
	}
	st.resolved[id] = p
	return p
}

// paragraph returns the character properties that text in this paragraph
// style has unless it says otherwise.
func (st *styles) paragraph(id string) runProps {
	if id == "" || st.byID[id] == nil {
		id = st.normal
	}
	return st.defaults.over(st.run(id))
}

// numbering returns the list that a paragraph style puts its paragraphs in,
// and the style of the chain that says so.
func (st *styles) numbering(id string) (numID, from string, level int) {
	for n := 0; id != "" && n < 32; n++ {
		entry := st.entry(id)
		if entry == nil {
			return "", "", 0
		}
		if entry.numID != "" {
			return entry.numID, id, entry.level
		}
		id = entry.based
	}
	return "", "", 0
}

// grid tells whether a table style draws lines. An unknown style is taken to
// draw them: its table is then read as data, never as a letterhead.
func (st *styles) grid(id string) tri {
	if id == "" {
		return unset
	}
	if st.byID[id] == nil {
		return on
	}
	for n := 0; id != "" && n < 32; n++ {
		entry := st.entry(id)
		if entry == nil {
			break
		}
		if entry.grid != unset {
			return entry.grid
		}
		id = entry.based
	}
	return unset
}
