// Simple font encodings: what a byte means by the name of the encoding, and
// what a glyph's name means as text.

package pdf

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// unknownText stands for a character whose meaning the file does not give, so
// that a later check of the text layer sees how many there are.
const unknownText = "\ufffd"

// baseEncoding returns the characters of a named encoding; unknown names and
// "" get StandardEncoding, except for TrueType fonts, whose bytes are mostly
// those of Windows.
func baseEncoding(name string, trueType bool) [256]string {
	var table [256]string
	switch {
	case name == "WinAnsiEncoding" || name == "" && trueType:
		fill(&table, charmap.Windows1252)
		table[0x95] = "•"
	case name == "MacRomanEncoding" || name == "MacExpertEncoding":
		fill(&table, charmap.Macintosh)
	default:
		for c := ' '; c <= '~'; c++ {
			table[c] = string(c)
		}
		table['\''], table['`'] = "’", "‘"
		for i, r := range standardUpper {
			if r != ' ' {
				table[0xa1+i] = string(r)
			}
		}
	}
	return table
}

func fill(table *[256]string, m *charmap.Charmap) {
	for c := 0x20; c < 256; c++ {
		if r := m.DecodeByte(byte(c)); r != utf8.RuneError {
			table[c] = string(r)
		}
	}
}

// standardUpper is StandardEncoding from 0xA1; a space where it has no
// character.
var standardUpper = []rune("¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—" +
	"                Æ ª    ŁØŒº     æ   ı  łøœß")

// glyphText returns the text of a glyph name, "" where the name says nothing.
func glyphText(name string) string {
	if i := strings.IndexByte(name, '.'); i > 0 {
		name = name[:i] // "a.sc", "one.oldstyle"
	}
	if strings.Contains(name, "_") { // "f_i"
		var all strings.Builder
		for part := range strings.SplitSeq(name, "_") {
			text := glyphText(part)
			if text == "" {
				return ""
			}
			all.WriteString(text)
		}
		return all.String()
	}
	if text, ok := glyphNames[name]; ok {
		return text
	}
	if len(name) == 1 {
		return name
	}
	if hex, ok := strings.CutPrefix(name, "uni"); ok && len(hex) >= 4 && len(hex)%4 == 0 {
		var all strings.Builder
		for ; hex != ""; hex = hex[4:] {
			r, err := strconv.ParseUint(hex[:4], 16, 32)
			if err != nil || !utf8.ValidRune(rune(r)) {
				return ""
			}
			all.WriteRune(rune(r))
		}
		return all.String()
	}
	if hex, ok := strings.CutPrefix(name, "u"); ok && len(hex) >= 4 && len(hex) <= 6 {
		if r, err := strconv.ParseUint(hex, 16, 32); err == nil && utf8.ValidRune(rune(r)) {
			return string(rune(r))
		}
	}
	return accented(name)
}

// accented reads names such as "acircumflexacute": a letter and its marks.
func accented(name string) string {
	if name == "" || !('a' <= name[0]|0x20 && name[0]|0x20 <= 'z') {
		return ""
	}
	text, rest := name[:1], name[1:]
	for rest != "" {
		found := false
		for _, m := range accentNames {
			if after, ok := strings.CutPrefix(rest, m.name); ok {
				text += m.mark
				rest, found = after, true
				break
			}
		}
		if !found {
			return ""
		}
	}
	composed := norm.NFC.String(text)
	if utf8.RuneCountInString(composed) != 1 {
		return ""
	}
	return composed
}

// accentNames are tried in order; none is the beginning of a later one.
var accentNames = []struct{ name, mark string }{
	{"acute", "\u0301"}, {"grave", "\u0300"}, {"hookabove", "\u0309"}, {"hook", "\u0309"}, {"tilde", "\u0303"},
	{"dotbelow", "\u0323"}, {"underdot", "\u0323"}, {"circumflex", "\u0302"}, {"breve", "\u0306"}, {"horn", "\u031b"},
	{"dieresis", "\u0308"}, {"caron", "\u030c"}, {"cedilla", "\u0327"}, {"macron", "\u0304"}, {"ogonek", "\u0328"},
	{"ring", "\u030a"}, {"dotaccent", "\u0307"},
}

// glyphNames are the names that are no letter with marks.
var glyphNames = map[string]string{
	"space": " ", "nbspace": "\u00a0", "nonbreakingspace": "\u00a0", "exclam": "!", "quotedbl": "\"", "numbersign": "#",
	"dollar": "$", "percent": "%", "ampersand": "&", "quotesingle": "'", "parenleft": "(", "parenright": ")",
	"asterisk": "*", "plus": "+", "comma": ",", "hyphen": "-", "period": ".", "slash": "/",
	"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
	"colon": ":", "semicolon": ";", "less": "<", "equal": "=", "greater": ">", "question": "?", "at": "@",
	"bracketleft": "[", "backslash": "\\", "bracketright": "]", "asciicircum": "^", "underscore": "_", "grave": "`",
	"braceleft": "{", "bar": "|", "braceright": "}", "asciitilde": "~",
	"quoteleft": "‘", "quoteright": "’", "quotedblleft": "“", "quotedblright": "”", "quotesinglbase": "‚", "quotedblbase": "„",
	"guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹", "guilsinglright": "›",
	"endash": "–", "emdash": "—", "minus": "−", "sfthyphen": "\u00ad", "softhyphen": "\u00ad", "bullet": "•", "periodcentered": "·",
	"middot": "·", "ellipsis": "…", "dagger": "†", "daggerdbl": "‡", "perthousand": "‰", "fraction": "⁄", "degree": "°",
	"section": "§", "paragraph": "¶", "copyright": "©", "registered": "®", "trademark": "™", "currency": "¤", "cent": "¢",
	"sterling": "£", "yen": "¥", "Euro": "€", "florin": "ƒ", "dong": "₫", "brokenbar": "¦", "exclamdown": "¡", "questiondown": "¿",
	"plusminus": "±", "multiply": "×", "divide": "÷", "lessequal": "≤", "greaterequal": "≥", "notequal": "≠", "approxequal": "≈",
	"infinity": "∞", "logicalnot": "¬", "mu": "µ", "onehalf": "½", "onequarter": "¼", "threequarters": "¾",
	"onesuperior": "¹", "twosuperior": "²", "threesuperior": "³", "ordfeminine": "ª", "ordmasculine": "º",
	"acute": "´", "dieresis": "¨", "macron": "¯", "cedilla": "¸", "circumflex": "ˆ", "tilde": "˜", "breve": "˘", "caron": "ˇ",
	"ring": "˚", "dotaccent": "˙", "hungarumlaut": "˝", "ogonek": "˛",
	"dcroat": "đ", "Dcroat": "Đ", "dbar": "đ", "Dbar": "Đ", "dstroke": "đ", "Dstroke": "Đ", "eth": "ð", "Eth": "Ð",
	"thorn": "þ", "Thorn": "Þ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "oslash": "ø", "Oslash": "Ø", "lslash": "ł", "Lslash": "Ł",
	"germandbls": "ß", "dotlessi": "ı", "fi": "fi", "fl": "fl", "ff": "ff", "ffi": "ffi", "ffl": "ffl",
	"gravecomb": "\u0300", "acutecomb": "\u0301", "tildecomb": "\u0303", "hookabovecomb": "\u0309", "dotbelowcomb": "\u0323",
	"arrowright": "→", "arrowleft": "←", "checkmark": "✓", "square": "□", "filledbox": "■", "lozenge": "◊",
}
