package docx

// This file is the XML pull scanner that every part of a package is read with.
// encoding/xml takes most of the time of a whole read, because it allocates
// each name and attribute; this scanner hands out slices of the part instead.
// It accepts what Word and its imitators write and refuses document type
// declarations, so no entity can be defined. A test compares it with
// encoding/xml.

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// maxDepth bounds how deeply elements may nest. Word needs about 15 levels for
// a paragraph and 3 more for each table inside a table.
const maxDepth = 400

var (
	errDepth   = errors.New("elements are nested too deeply")
	errDoctype = errors.New("document type declarations are not allowed")
)

// namespace tells apart the vocabularies whose local names collide.
type namespace uint8

const (
	nsOther namespace = iota
	nsWord            // paragraphs, runs, tables; also the strict form
	nsMath            // formulas
	nsDraw            // DrawingML text
	nsMC              // markup compatibility
)

// namespaceOf classifies a namespace name.
func namespaceOf(uri []byte) namespace {
	switch string(uri) {
	case "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
		"http://purl.oclc.org/ooxml/wordprocessingml/main":
		return nsWord
	case "http://schemas.openxmlformats.org/officeDocument/2006/math",
		"http://purl.oclc.org/ooxml/officeDocument/math":
		return nsMath
	case "http://schemas.openxmlformats.org/drawingml/2006/main",
		"http://purl.oclc.org/ooxml/drawingml/main":
		return nsDraw
	case "http://schemas.openxmlformats.org/markup-compatibility/2006":
		return nsMC
	}
	return nsOther
}

// binding is one xmlns attribute, valid until the element at depth closes.
type binding struct {
	prefix []byte
	ns     namespace
	depth  int
}

// event is what next found.
type event uint8

const (
	evEOF event = iota
	evOpen
	evClose
	evText
)

// scanner walks over one XML part. After next returned evOpen or evClose,
// local and ns name the element; after evText, text returns the characters.
type scanner struct {
	data  []byte
	pos   int
	err   error // the first fault; next then returns evEOF
	local []byte
	ns    namespace

	tag     int    // where the start tag of the element just opened begins
	attrs   []byte // raw attributes of the element just opened
	raw     []byte // raw characters of the text just found
	cdata   bool
	pending bool // the element just opened closes itself

	open     [][]byte // qualified names of the open elements
	bindings []binding

	lastPrefix []byte // memo of the last prefix lookup
	lastNS     namespace
	memo       bool
	rooted     bool // an element was seen
	buf        []byte
}

func newScanner(data []byte) *scanner {
	return &scanner{data: data, open: make([][]byte, 0, 32), bindings: make([]binding, 0, 32)}
}

// depth is the number of elements open after the last event.
func (s *scanner) depth() int { return len(s.open) }

func (s *scanner) fail(err error) event {
	if s.err == nil {
		s.err = fmt.Errorf("byte %d: %w", s.pos, err)
	}
	return evEOF
}

func (s *scanner) syntax(what string) event { return s.fail(errors.New(what)) }

// next advances to the next start tag, end tag or text; comments, processing
// instructions and white space outside the root are passed over.
func (s *scanner) next() event {
	if s.err != nil {
		return evEOF
	}
	if s.pending {
		s.pending = false
		s.pop()
		return evClose
	}
	for {
		if s.pos >= len(s.data) {
			if len(s.open) > 0 {
				return s.syntax("the part breaks off inside an element")
			}
			if !s.rooted {
				return s.syntax("the part holds no element")
			}
			return evEOF
		}
		if s.data[s.pos] != '<' {
			end := bytes.IndexByte(s.data[s.pos:], '<')
			if end < 0 {
				end = len(s.data) - s.pos
			}
			raw := s.data[s.pos : s.pos+end]
			if len(s.open) == 0 {
				if len(bytes.TrimSpace(raw)) > 0 {
					return s.syntax("characters outside the root element")
				}
				s.pos += end
				continue
			}
			s.pos += end
			s.raw, s.cdata = raw, false
			return evText
		}
		if s.pos+1 >= len(s.data) {
			return s.syntax("the part breaks off inside a tag")
		}
		switch s.data[s.pos+1] {
		case '/':
			return s.closeTag()
		case '?':
			if !s.past("?>") {
				return s.syntax("processing instruction without an end")
			}
		case '!':
			rest := s.data[s.pos:]
			switch {
			case bytes.HasPrefix(rest, []byte("<!--")):
				s.pos += 4
				if !s.past("-->") {
					return s.syntax("comment without an end")
				}
			case bytes.HasPrefix(rest, []byte("<![CDATA[")):
				start := s.pos + len("<![CDATA[")
				if len(s.open) == 0 || !s.past("]]>") {
					return s.syntax("misplaced or unended CDATA")
				}
				s.raw, s.cdata = s.data[start:s.pos-3], true
				return evText
			default:
				return s.fail(errDoctype)
			}
		default:
			return s.openTag()
		}
	}
}

// past moves behind the next occurrence of mark.
func (s *scanner) past(mark string) bool {
	i := bytes.Index(s.data[s.pos:], []byte(mark))
	if i < 0 {
		return false
	}
	s.pos += i + len(mark)
	return true
}

func (s *scanner) openTag() event {
	s.tag = s.pos
	start := s.pos + 1
	i := start
	for i < len(s.data) && !isSpace(s.data[i]) && s.data[i] != '>' && s.data[i] != '/' {
		if c := s.data[i]; c == '<' || c == '=' || c == '"' || c == '\'' || c == '&' {
			return s.syntax("bad element name")
		}
		i++
	}
	name := s.data[start:i]
	if len(name) == 0 {
		return s.syntax("tag without a name")
	}
	attrStart, hasNS := i, false
	for i < len(s.data) && s.data[i] != '>' {
		switch c := s.data[i]; c {
		case '"', '\'':
			n := bytes.IndexByte(s.data[i+1:], c)
			if n < 0 {
				return s.syntax("attribute without an end quote")
			}
			i += n + 1
		case '<':
			return s.syntax("'<' inside a tag")
		case 'x':
			hasNS = hasNS || bytes.HasPrefix(s.data[i:], []byte("xmlns"))
		}
		i++
	}
	if i >= len(s.data) {
		return s.syntax("the part breaks off inside a tag")
	}
	s.attrs = s.data[attrStart:i]
	s.pending = false
	if n := len(s.attrs); n > 0 && s.attrs[n-1] == '/' {
		s.pending = true
		s.attrs = s.attrs[:n-1]
	}
	s.pos = i + 1
	if len(s.open) >= maxDepth {
		return s.fail(errDepth)
	}
	if len(s.open) == 0 && s.rooted {
		return s.syntax("more than one root element")
	}
	s.rooted = true
	s.open = append(s.open, name)
	if hasNS {
		s.bind()
	}
	s.setName(name)
	return evOpen
}

func (s *scanner) closeTag() event {
	start := s.pos + 2
	n := bytes.IndexByte(s.data[start:], '>')
	if n < 0 {
		return s.syntax("the part breaks off inside a tag")
	}
	name := bytes.TrimRight(s.data[start:start+n], " \t\r\n")
	if len(s.open) == 0 || !bytes.Equal(name, s.open[len(s.open)-1]) {
		return s.syntax("end tag does not match")
	}
	s.pos = start + n + 1
	s.pop()
	return evClose
}

// pop closes the innermost element and makes it the current name.
func (s *scanner) pop() {
	name := s.open[len(s.open)-1]
	s.setName(name)
	for n := len(s.bindings); n > 0 && s.bindings[n-1].depth == len(s.open); n-- {
		s.bindings = s.bindings[:n-1]
		s.memo = false
	}
	s.open = s.open[:len(s.open)-1]
}

// bind records the namespace declarations of the element just opened.
func (s *scanner) bind() {
	s.eachAttr(func(name, value []byte) bool {
		if string(name) == "xmlns" {
			s.bindings = append(s.bindings, binding{nil, namespaceOf(value), len(s.open)})
		} else if prefix, ok := bytes.CutPrefix(name, []byte("xmlns:")); ok {
			s.bindings = append(s.bindings, binding{prefix, namespaceOf(value), len(s.open)})
		}
		return true
	})
	s.memo = false
}

func (s *scanner) setName(name []byte) {
	var prefix []byte
	s.local = name
	if i := bytes.IndexByte(name, ':'); i > 0 && i < len(name)-1 {
		prefix, s.local = name[:i], name[i+1:]
	}
	if s.memo && bytes.Equal(prefix, s.lastPrefix) {
		s.ns = s.lastNS
		return
	}
	s.ns = nsOther
	found := false
	for i := len(s.bindings) - 1; i >= 0 && !found; i-- {
		if found = bytes.Equal(s.bindings[i].prefix, prefix); found {
			s.ns = s.bindings[i].ns
		}
	}
	// A prefix that nobody declared, or declared with an invented name, is
	// taken for what it is called.
	if s.ns == nsOther {
		switch string(prefix) {
		case "w":
			s.ns = nsWord
		case "m":
			s.ns = nsMath
		case "mc":
			s.ns = nsMC
		}
	}
	s.lastPrefix, s.lastNS, s.memo = prefix, s.ns, true
}

// is tells whether the current element is the WordprocessingML element local.
func (s *scanner) is(local string) bool { return s.ns == nsWord && string(s.local) == local }

// eachAttr calls f with every attribute's qualified name and raw value until
// it returns false.
func (s *scanner) eachAttr(f func(name, value []byte) bool) {
	a := s.attrs
	for {
		for len(a) > 0 && isSpace(a[0]) {
			a = a[1:]
		}
		eq := bytes.IndexByte(a, '=')
		if eq < 0 {
			return
		}
		name := bytes.TrimRight(a[:eq], " \t\r\n")
		a = a[eq+1:]
		for len(a) > 0 && isSpace(a[0]) {
			a = a[1:]
		}
		if len(a) == 0 || (a[0] != '"' && a[0] != '\'') {
			return
		}
		end := bytes.IndexByte(a[1:], a[0])
		if end < 0 {
			return
		}
		if !f(name, a[1:1+end]) {
			return
		}
		a = a[end+2:]
	}
}

// attr returns the value of the attribute with this local name, whatever its
// prefix, and whether there is one.
func (s *scanner) attr(local string) (value string, ok bool) {
	if len(s.attrs) == 0 {
		return "", false
	}
	s.eachAttr(func(name, raw []byte) bool {
		if i := bytes.IndexByte(name, ':'); i > 0 && i < len(name)-1 {
			if string(name[:i]) == "xmlns" {
				return true
			}
			name = name[i+1:]
		}
		if string(name) != local {
			return true
		}
		value, ok = string(s.unescape(raw)), true
		return false
	})
	return value, ok
}

// num returns the attribute as a number, def when it is missing or no number.
func (s *scanner) num(local string, def int) int {
	v, ok := s.attr(local)
	if !ok {
		return def
	}
	n, err := strconv.Atoi(v)
	if err != nil {
		return def
	}
	return n
}

// on reads a switch such as <w:b/> or <w:b w:val="0"/>.
func (s *scanner) on() bool {
	v, ok := s.attr("val")
	return !ok || (v != "0" && v != "false" && v != "off")
}

// text returns the characters of the last evText, valid until the next call.
func (s *scanner) text() []byte {
	if s.cdata {
		return s.raw
	}
	return s.unescape(s.raw)
}

// unescape resolves the five predefined entities and character references. An
// entity that XML does not define makes the scanner fail.
func (s *scanner) unescape(raw []byte) []byte {
	i := bytes.IndexByte(raw, '&')
	if i < 0 {
		return raw
	}
	buf := s.buf[:0]
	for i >= 0 {
		buf = append(buf, raw[:i]...)
		raw = raw[i+1:]
		end := bytes.IndexByte(raw, ';')
		if end < 0 {
			s.syntax("'&' without ';'")
			break
		}
		r := entity(raw[:end])
		if r < 0 {
			s.syntax("unknown entity")
			break
		}
		buf = utf8.AppendRune(buf, r)
		raw = raw[end+1:]
		i = bytes.IndexByte(raw, '&')
	}
	buf = append(buf, raw...)
	s.buf = buf
	return buf
}

// entity returns the character that a reference such as "amp" or "#x1EA1"
// stands for, -1 for none.
func entity(name []byte) rune {
	switch string(name) {
	case "amp":
		return '&'
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	if len(name) < 2 || name[0] != '#' {
		return -1
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(string(digits), base, 32)
	if err != nil || n == 0 || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return -1
	}
	return rune(n)
}

// skip passes over the rest of the element just opened.
func (s *scanner) skip() {
	for depth := len(s.open); len(s.open) >= depth; {
		if s.next() == evEOF {
			return
		}
	}
}

// skipFlat passes over the rest of the element just opened, which never holds
// an element of its own name, without looking inside, and returns the whole
// element.
func (s *scanner) skipFlat() []byte {
	name := s.open[len(s.open)-1]
	start := s.tag
	if !s.pending {
		end := append(append([]byte("</"), name...), '>')
		if i := bytes.Index(s.data[s.pos:], end); i >= 0 {
			s.pos += i + len(end)
			s.pop()
			return s.data[start:s.pos]
		}
	}
	s.skip()
	return s.data[start:s.pos]
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
