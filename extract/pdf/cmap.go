// CMaps: how many bytes a character code has, and what text or CID it stands
// for. They are read by their operators only, not as PostScript programs.

package pdf

import (
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	// maxMapped is how many codes one CMap may map; the two-byte codes fit twice.
	maxMapped = 1 << 17
	// wideRange is from how many codes a range is kept as such: many writers map
	// all two-byte codes to themselves, of which a document uses a hundred.
	wideRange = 256
)

// cmap is one CMap. Codes are keyed with their length in bytes, as <41> and
// <0041> are different codes.
type cmap struct {
	spaces []codespace
	text   map[codeKey]string
	cids   map[codeKey]int
	// The wide ranges hold what the maps do not; of two the later one counts.
	textRanges []textRange
	cidRanges  []cidRange
	wide       int // codes in the ranges, both kinds together
	// identity takes two bytes as the CID itself, unicode as UTF-16.
	identity, unicode bool
}

type codeKey struct {
	code   uint32
	length uint8
}

// textRange maps the codes from first to last to units, the last of which
// counts on.
type textRange struct {
	first, last uint32
	length      uint8
	units       []byte
}

type cidRange struct {
	first, last uint32
	length      uint8
	cid         int
}

type codespace struct {
	length    int
	low, high [4]byte
}

// identityCMap is the predefined Identity-H.
func identityCMap() *cmap { return &cmap{identity: true} }

// parseCMap reads a CMap; whatever is malformed in it is skipped.
func parseCMap(data []byte) *cmap {
	m := &cmap{text: map[codeKey]string{}, cids: map[codeKey]int{}}
	l := &lexer{data: data}
	var operands []object
	for {
		o := l.next()
		if o.kind == kindEOF {
			return m
		}
		if o.kind != kindKeyword {
			if len(operands) < 3*maxMapped {
				operands = append(operands, o)
			}
			continue
		}
		switch string(o.str) {
		case "begincodespacerange", "beginbfchar", "beginbfrange", "begincidchar", "begincidrange":
			operands = operands[:0]
			continue
		case "endcodespacerange":
			for i := 0; i+1 < len(operands); i += 2 {
				m.addSpace(operands[i].str, operands[i+1].str)
			}
		case "endbfchar":
			for i := 0; i+1 < len(operands); i += 2 {
				if key, ok := keyOf(operands[i].str); ok && len(m.text) < maxMapped {
					m.text[key] = targetText(operands[i+1])
				}
			}
		case "endbfrange":
			for i := 0; i+2 < len(operands); i += 3 {
				m.addTextRange(operands[i].str, operands[i+1].str, operands[i+2])
			}
		case "endcidchar":
			for i := 0; i+1 < len(operands); i += 2 {
				if key, ok := keyOf(operands[i].str); ok && len(m.cids) < maxMapped {
					m.cids[key] = int(operands[i+1].num)
				}
			}
		case "endcidrange":
			for i := 0; i+2 < len(operands); i += 3 {
				m.addCIDRange(operands[i].str, operands[i+1].str, int(operands[i+2].num))
			}
		}
		operands = operands[:0]
	}
}

func (m *cmap) addSpace(low, high []byte) {
	if len(low) == 0 || len(low) > 4 || len(low) != len(high) || len(m.spaces) >= 256 {
		return
	}
	s := codespace{length: len(low)}
	copy(s.low[:], low)
	copy(s.high[:], high)
	m.spaces = append(m.spaces, s)
}

// span returns the codes from low to high, at most as many as may be mapped.
func span(low, high []byte) (first, last uint32, length uint8, ok bool) {
	a, ok1 := keyOf(low)
	b, ok2 := keyOf(high)
	if !ok1 || !ok2 || b.code < a.code || b.code-a.code >= maxMapped {
		return 0, 0, 0, false
	}
	return a.code, b.code, a.length, true
}

func (m *cmap) addTextRange(low, high []byte, target object) {
	first, last, length, ok := span(low, high)
	if !ok {
		return
	}
	if target.kind == kindArray {
		for i, item := range target.list {
			if code := first + uint32(i); code <= last && len(m.text) < maxMapped {
				m.text[codeKey{code, length}] = targetText(item)
			}
		}
		return
	}
	if target.kind != kindString || len(target.str) == 0 {
		return
	}
	r := textRange{first, last, length, append([]byte(nil), target.str...)}
	if m.takesWide(first, last) {
		forget(m.text, first, last, length)
		m.textRanges = append(m.textRanges, r)
		return
	}
	for code := first; code <= last && len(m.text) < maxMapped; code++ {
		m.text[codeKey{code, length}] = r.text(code)
	}
}

// takesWide says whether the codes from first to last are kept as a range, and
// counts them then.
func (m *cmap) takesWide(first, last uint32) bool {
	n := int(last-first) + 1
	if n < wideRange || m.wide+n > maxMapped {
		return false
	}
	m.wide += n
	return true
}

// forget removes the codes that a new range maps.
func forget[T any](from map[codeKey]T, first, last uint32, length uint8) {
	for key := range from {
		if key.length == length && first <= key.code && key.code <= last {
			delete(from, key)
		}
	}
}

// text gives the text of a code of the range.
func (r textRange) text(code uint32) string {
	units := append([]byte(nil), r.units...)
	n, n1 := code-r.first, len(units)-1
	// The last unit counts on; a carry goes into the byte before it.
	low := uint32(units[n1]) + n
	units[n1] = byte(low)
	if n1 > 0 {
		units[n1-1] += byte(low >> 8)
	}
	return utf16Text(units)
}

func (m *cmap) addCIDRange(low, high []byte, cid int) {
	first, last, length, ok := span(low, high)
	if !ok {
		return
	}
	if m.takesWide(first, last) {
		forget(m.cids, first, last, length)
		m.cidRanges = append(m.cidRanges, cidRange{first, last, length, cid})
		return
	}
	for code := first; code <= last && len(m.cids) < maxMapped; code++ {
		m.cids[codeKey{code, length}] = cid + int(code-first)
	}
}

func keyOf(s []byte) (codeKey, bool) {
	if len(s) == 0 || len(s) > 4 {
		return codeKey{}, false
	}
	var code uint32
	for _, c := range s {
		code = code<<8 | uint32(c)
	}
	return codeKey{code, uint8(len(s))}, true
}

// targetText is the text a code is mapped to: UTF-16, or a glyph name.
func targetText(o object) string {
	if o.kind == kindName {
		return glyphText(string(o.str))
	}
	return utf16Text(o.str)
}

// utf16Text decodes big-endian UTF-16. A single byte, which some writers give,
// is its own character.
func utf16Text(s []byte) string {
	if len(s) == 1 {
		return string(rune(s[0]))
	}
	units := make([]uint16, 0, len(s)/2)
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(units))
}

// next takes one code off s. It returns the code, its length in bytes, and
// that length is at least 1.
func (m *cmap) next(s []byte) (code uint32, length int) {
	length = 0
	for _, space := range m.spaces {
		if space.length > len(s) || length != 0 && space.length >= length {
			continue
		}
		in := true
		for i := range space.length {
			if s[i] < space.low[i] || s[i] > space.high[i] {
				in = false
				break
			}
		}
		if in {
			length = space.length
		}
	}
	if length == 0 {
		length = 2
		for i, space := range m.spaces {
			if i == 0 || space.length < length {
				length = space.length
			}
		}
	}
	length = min(length, len(s))
	for _, c := range s[:length] {
		code = code<<8 | uint32(c)
	}
	return code, length
}

// lookup returns the text of a code, "" where the CMap has none that means
// anything.
func (m *cmap) lookup(code uint32, length int) string {
	text, ok := m.mapped(codeKey{code, uint8(length)})
	if !ok {
		// Some writers give the code with another number of bytes.
		for n := uint8(1); n <= 2 && !ok; n++ {
			text, ok = m.mapped(codeKey{code, n})
		}
	}
	if text == "\x00" || !utf8.ValidString(text) {
		return ""
	}
	return text
}

// mapped returns what is said of exactly this code.
func (m *cmap) mapped(key codeKey) (string, bool) {
	if text, ok := m.text[key]; ok {
		return text, true
	}
	for _, r := range slices.Backward(m.textRanges) {
		if r.length == key.length && r.first <= key.code && key.code <= r.last {
			return r.text(key.code), true
		}
	}
	return "", false
}

// cid returns the CID of a code.
func (m *cmap) cid(code uint32, length int) int {
	if m.identity || len(m.cids) == 0 && len(m.cidRanges) == 0 {
		return int(code)
	}
	key := codeKey{code, uint8(length)}
	if cid, ok := m.cids[key]; ok {
		return cid
	}
	for _, r := range slices.Backward(m.cidRanges) {
		if r.length == key.length && r.first <= code && code <= r.last {
			return r.cid + int(code-r.first)
		}
	}
	return 0
}
