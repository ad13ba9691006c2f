// This file holds the colours of charts and pages.

package render

import "strings"

// palette is the colours of a page and its charts by name. Text colours have a
// contrast of at least 4.5:1 against the page and what they stand on.
type palette map[string]string

// lines is the number of colours for lines.
const lines = 8

// light is the palette of white pages, paper and workbooks.
func light() palette {
	return palette{
		"page": "#ffffff", "ink": "#1b1b1b", "muted": "#555555", "rule": "#c4c7cc", "band": "#eef2f7", "link": "#1f4e9c",
		// Neighbours differ in lightness too, so that a black and white print
		// and eyes that confuse colours can tell them apart.
		"line0": "#1f4e9c", "line1": "#b3410e", "line2": "#1d6b3a", "line3": "#7b2d8b",
		"line4": "#5c4a00", "line5": "#0b6477", "line6": "#a3123f", "line7": "#444444",
		"good": "#cfe8d5", "late": "#fde8b0", "bad": "#f7c6bd", "none": "#e3e5e8", "onfill": "#1b1b1b",
		"error": "#a3123f", "warning": "#8a4b00",
	}
}

// dark is the palette of screens set to dark.
func dark() palette {
	return palette{
		"page": "#16181d", "ink": "#e8e8e8", "muted": "#b4b8bf", "rule": "#454a54", "band": "#23272f", "link": "#9cc2ff",
		"line0": "#8ab4f8", "line1": "#f6ae7a", "line2": "#62b37d", "line3": "#d7aefb",
		"line4": "#e6c84b", "line5": "#4db8d1", "line6": "#ff9dbf", "line7": "#c4c7c5",
		"good": "#1e4d2b", "late": "#5a4300", "bad": "#6b2119", "none": "#33373f", "onfill": "#f2f2f2",
		"error": "#ff9dbf", "warning": "#f6c27a",
	}
}

// lineName is the name of the colour of the i-th line.
func lineName(i int) string { return "line" + string(rune('0'+i%lines)) }

// lineHex is the colour of the i-th line on white, without "#".
func lineHex(i int) string { return strings.TrimPrefix(light()[lineName(i)], "#") }
