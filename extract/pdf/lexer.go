// The tokens and objects of PDF syntax, read from bytes in memory. It serves
// the file as well as the content streams and the CMaps inside it.

package pdf

import (
	"bytes"
	"math"
)

// kind says what an object is.
type kind uint8

const (
	kindNull kind = iota
	kindBool
	kindNumber
	kindName
	kindString
	kindArray
	kindDict
	kindRef
	kindKeyword // an operator, or a word such as obj and stream
	kindEOF
)

// object is one PDF object. A struct with a kind instead of an interface:
// content streams hold hundreds of thousands of them, and boxing each costs an
// allocation.
type object struct {
	kind kind
	num  float64  // number; object number of a reference; 1 for true
	str  []byte   // name without the slash, string with escapes undone, keyword
	list []object // array; dictionary as key, value, key, value
}

// maxDepth is how deep arrays and dictionaries may nest. Deeper ones are read
// as null, so that a file of a million brackets costs no stack.
const maxDepth = 64

// maxElements is how many elements one array or dictionary may hold; a width
// array for every CID of a font stays below.
const maxElements = 1 << 18

// get returns the dictionary's value for key, null where there is none.
func (o object) get(key string) object {
	if o.kind != kindDict {
		return object{}
	}
	for i := 0; i+1 < len(o.list); i += 2 {
		if string(o.list[i].str) == key {
			return o.list[i+1]
		}
	}
	return object{}
}

// isName reports whether o is the name s.
func (o object) isName(s string) bool { return o.kind == kindName && string(o.str) == s }

// integer returns o as an integer, false where it is none.
func (o object) integer() (int64, bool) {
	if o.kind != kindNumber || o.num != math.Trunc(o.num) || math.Abs(o.num) > 1<<53 {
		return 0, false
	}
	return int64(o.num), true
}

// lexer reads objects from data, from pos on. Malformed input never stops it:
// what cannot be read as anything else is skipped, and it always moves on.
type lexer struct {
	data []byte
	pos  int
	refs bool // read "12 0 R" as a reference (files, not content streams)
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func (l *lexer) skipSpace() {
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		switch {
		case isSpace(c):
			l.pos++
		case c == '%':
			for l.pos < len(l.data) && l.data[l.pos] != '\n' && l.data[l.pos] != '\r' {
				l.pos++
			}
		default:
			return
		}
	}
}

// next reads one object or keyword; kindEOF at the end.
func (l *lexer) next() object { return l.read(0) }

func (l *lexer) read(depth int) object {
	for {
		l.skipSpace()
		if l.pos >= len(l.data) {
			return object{kind: kindEOF}
		}
		c := l.data[l.pos]
		switch {
		case c == '/':
			l.pos++
			return l.name()
		case c == '(':
			l.pos++
			return l.literal()
		case c == '<':
			if l.pos+1 < len(l.data) && l.data[l.pos+1] == '<' {
				l.pos += 2
				if depth >= maxDepth {
					return object{}
				}
				return object{kind: kindDict, list: l.elements(">>", depth+1)}
			}
			l.pos++
			return l.hex()
		case c == '[':
			l.pos++
			if depth >= maxDepth {
				return object{}
			}
			return object{kind: kindArray, list: l.elements("]", depth+1)}
		case c == ']', c == '{', c == '}':
			l.pos++
			return object{kind: kindKeyword, str: l.data[l.pos-1 : l.pos]}
		case c == '>':
			l.pos++
			if l.pos < len(l.data) && l.data[l.pos] == '>' {
				l.pos++
				return object{kind: kindKeyword, str: l.data[l.pos-2 : l.pos]}
			}
		case c == ')':
			l.pos++ // left over from a broken string
		case isDigit(c), c == '+', c == '-', c == '.':
			return l.number()
		default:
			return l.keyword()
		}
	}
}

// elements reads up to the closing token. A dictionary keeps only pairs whose
// key is a name.
func (l *lexer) elements(closing string, depth int) []object {
	var list []object
	for {
		before := l.pos
		o := l.read(depth)
		if o.kind == kindEOF {
			break
		}
		if o.kind == kindKeyword {
			word := string(o.str)
			if word == closing {
				break
			}
			// The end of the object is a better sign than the missing bracket.
			if word == "endobj" || word == "stream" || word == "endstream" {
				l.pos = before
				break
			}
			if closing == "]" || len(list)%2 == 1 {
				o = object{} // a stray word stands for nothing
			} else {
				continue
			}
		}
		if closing == ">>" && len(list)%2 == 0 && o.kind != kindName {
			continue
		}
		if len(list) < maxElements {
			list = append(list, o)
		}
	}
	if closing == ">>" {
		list = list[:len(list)&^1]
	}
	return list
}

func (l *lexer) name() object {
	start := l.pos
	escaped := false
	for l.pos < len(l.data) && !isSpace(l.data[l.pos]) && !isDelimiter(l.data[l.pos]) {
		escaped = escaped || l.data[l.pos] == '#'
		l.pos++
	}
	s := l.data[start:l.pos]
	if !escaped {
		return object{kind: kindName, str: s}
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '#' && i+2 < len(s) {
			hi, lo := hexDigit(s[i+1]), hexDigit(s[i+2])
			if hi >= 0 && lo >= 0 {
				out = append(out, byte(hi<<4|lo))
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return object{kind: kindName, str: out}
}

func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func (l *lexer) hex() object {
	end := bytes.IndexByte(l.data[l.pos:], '>')
	var s []byte
	if end < 0 {
		s, l.pos = l.data[l.pos:], len(l.data)
	} else {
		s = l.data[l.pos : l.pos+end]
		l.pos += end + 1
	}
	return object{kind: kindString, str: decodeHex(s)}
}

// decodeHex reads pairs of hexadecimal digits and skips everything else; a
// missing last digit is 0, as the standard says.
func decodeHex(s []byte) []byte {
	out := make([]byte, 0, len(s)/2+1)
	high := -1
	for _, c := range s {
		d := hexDigit(c)
		switch {
		case d < 0:
		case high < 0:
			high = d
		default:
			out = append(out, byte(high<<4|d))
			high = -1
		}
	}
	if high >= 0 {
		out = append(out, byte(high<<4))
	}
	return out
}

func (l *lexer) literal() object {
	start := l.pos
	depth := 1
	plain := true
	for ; l.pos < len(l.data); l.pos++ {
		switch l.data[l.pos] {
		case '\\':
			plain = false
			l.pos++
		case '\r':
			plain = false
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			break
		}
	}
	end := min(l.pos, len(l.data))
	l.pos = min(l.pos+1, len(l.data))
	s := l.data[start:end]
	if plain {
		return object{kind: kindString, str: s}
	}
	return object{kind: kindString, str: unescape(s)}
}

// unescape undoes the escapes of a literal string. An escape that the standard
// does not know stands for its character.
func unescape(s []byte) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '\r' {
			if i+1 < len(s) && s[i+1] == '\n' {
				i++
			}
			out = append(out, '\n')
			continue
		}
		if c != '\\' || i+1 >= len(s) {
			out = append(out, c)
			continue
		}
		i++
		switch c = s[i]; c {
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case '\n':
		case '\r':
			if i+1 < len(s) && s[i+1] == '\n' {
				i++
			}
		case '0', '1', '2', '3', '4', '5', '6', '7':
			x := int(c - '0')
			for n := 1; n < 3 && i+1 < len(s) && '0' <= s[i+1] && s[i+1] <= '7'; n++ {
				i++
				x = x<<3 | int(s[i]-'0')
			}
			out = append(out, byte(x))
		default:
			out = append(out, c)
		}
	}
	return out
}

// number reads a number, or a reference where those are allowed. "1.2.3" and
// "--5", which some writers produce, are read as 1.2 and -5.
func (l *lexer) number() object {
	start := l.pos
	negative := false
	var value, scale float64
	digits := 0
loop:
	for ; l.pos < len(l.data); l.pos++ {
		c := l.data[l.pos]
		switch {
		case c == '-' && digits == 0:
			negative = true
		case c == '+' && digits == 0:
		case c == '.' && scale == 0:
			scale = 1
		case isDigit(c):
			digits++
			if scale == 0 {
				value = value*10 + float64(c-'0')
			} else if scale < 1e15 {
				scale *= 10
				value += float64(c-'0') / scale
			}
		default:
			break loop
		}
	}
	// What sticks to the number is part of no number.
	for l.pos < len(l.data) && !isSpace(l.data[l.pos]) && !isDelimiter(l.data[l.pos]) {
		c := l.data[l.pos]
		if digits > 0 && c >= 'A' {
			break // an operator glued to its operand: "0Tc"
		}
		l.pos++
	}
	if negative {
		value = -value
	}
	if math.IsInf(value, 0) {
		value = 0
	}
	if l.refs && scale == 0 && !negative && digits > 0 && digits < 9 {
		if end := referenceEnd(l.data, l.pos); end > 0 {
			l.pos = end
			return object{kind: kindRef, num: value}
		}
	}
	if l.pos == start {
		l.pos++
	}
	return object{kind: kindNumber, num: value}
}

// referenceEnd returns the position behind " 0 R", 0 where that does not
// follow.
func referenceEnd(data []byte, pos int) int {
	i := pos
	for i < len(data) && isSpace(data[i]) {
		i++
	}
	digits := i
	for i < len(data) && isDigit(data[i]) && i-digits < 6 {
		i++
	}
	if i == digits || digits == pos {
		return 0
	}
	space := i
	for i < len(data) && isSpace(data[i]) {
		i++
	}
	if i == space || i >= len(data) || data[i] != 'R' {
		return 0
	}
	if i++; i < len(data) && !isSpace(data[i]) && !isDelimiter(data[i]) {
		return 0
	}
	return i
}

func (l *lexer) keyword() object {
	start := l.pos
	for l.pos < len(l.data) && !isSpace(l.data[l.pos]) && !isDelimiter(l.data[l.pos]) {
		l.pos++
	}
	s := l.data[start:l.pos]
	switch string(s) {
	case "true":
		return object{kind: kindBool, num: 1}
	case "false":
		return object{kind: kindBool}
	case "null":
		return object{}
	}
	return object{kind: kindKeyword, str: s}
}
