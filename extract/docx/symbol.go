package docx

// This file knows the signs of the symbol fonts that occur in reports.

import "strings"

// symbol returns the Unicode sign for a character in a symbol font. Word
// stores such characters in U+F000..U+F0FF or as plain bytes.
func symbol(font string, r rune) (rune, bool) {
	code := r
	private := r >= 0xF000 && r <= 0xF0FF
	if private {
		code = r - 0xF000
	} else if r > 0xFF {
		return 0, false
	}
	name := strings.ToLower(font)
	var sign rune
	switch {
	case strings.HasPrefix(name, "wingdings 2"):
		sign = wingdings2(code)
	case strings.HasPrefix(name, "wingdings 3"):
		return 0, false
	case strings.HasPrefix(name, "wingdings"):
		sign = wingdings(code)
	case name == "symbol" || private && name == "":
		sign = symbolFont(code)
	default:
		// A private character in a text font shows the character below it.
		if (private || isTextFont(name)) && code >= 0x20 && code < 0x7F {
			return code, true
		}
		return 0, false
	}
	return sign, sign != 0
}

// isTextFont tells whether a font is one of letters, so that a character of it is
// what its code says.
func isTextFont(name string) bool {
	for _, font := range []string{"times", "arial", "calibri", "cambria", "tahoma", "verdana", "courier", "liberation"} {
		if strings.HasPrefix(name, font) {
			return true
		}
	}
	return false
}

func symbolFont(code rune) rune {
	switch code {
	case 0xB7:
		return '•'
	case 0xA3:
		return '≤'
	case 0xB3:
		return '≥'
	case 0xB9:
		return '≠'
	case 0xBB:
		return '≈'
	case 0xB1:
		return '±'
	case 0xB4:
		return '×'
	case 0xB8:
		return '÷'
	case 0xB0:
		return '°'
	case 0xA5:
		return '∞'
	case 0xAE, 0xDE:
		return '→'
	case 0xAC:
		return '←'
	case 0xAD:
		return '↑'
	case 0xAF:
		return '↓'
	case 0x2D, 0xBE:
		return '-'
	case 0xE5:
		return '∑'
	case 0x44:
		return 'Δ'
	case 0x6D:
		return 'µ'
	}
	if code >= 0x20 && code < 0x40 { // digits and signs stand where ASCII has them
		return code
	}
	return 0
}

func wingdings(code rune) rune {
	switch code {
	case 0x6C, 0x9F:
		return '●'
	case 0x6E, 0xA7:
		return '▪'
	case 0x6F, 0xA8, 0x71, 0x72:
		return '□'
	case 0x75, 0x77:
		return '◆'
	case 0x76:
		return '❖'
	case 0xD8:
		return '➢'
	case 0xE0, 0xE8, 0xF0:
		return '→'
	case 0xFC:
		return '✓'
	case 0xFB:
		return '✗'
	case 0xFD, 0x78:
		return '☒'
	case 0xFE:
		return '☑'
	case 0xAB:
		return '★'
	case 0x9E:
		return '·'
	case 0x2A:
		return '✉'
	case 0x28:
		return '☎'
	}
	return 0
}

func wingdings2(code rune) rune {
	switch code {
	case 0x50:
		return '✓'
	case 0x4F:
		return '✗'
	case 0x52:
		return '☑'
	case 0x53, 0x54:
		return '☒'
	case 0xA3:
		return '□'
	case 0x97, 0x98:
		return '●'
	}
	return 0
}
