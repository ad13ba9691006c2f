// This file makes text from documents harmless where it is shown.

package render

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// clean prepares text for a terminal or a page: one Unicode form, so that
// letters typed as base and tone mark align; no control characters, so that a
// document cannot steer the terminal, and no marks that turn the direction of
// writing. Line ends stay.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\r' || r == '\v' || r == '\f':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\ufeff', r == '\u200b':
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(strings.ToValidUTF8(s, "\ufffd"))
}

// formula says whether a spreadsheet would take the text for a formula.
func formula(s string) bool {
	if s == "" || s == "-" {
		return false
	}
	switch s[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return true
	}
	for _, wide := range []string{"＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, wide) {
			return true
		}
	}
	return false
}

// Defuse puts an apostrophe before text that a spreadsheet would take for a
// formula.
func Defuse(s string) string {
	if formula(s) {
		return "'" + s
	}
	return s
}
