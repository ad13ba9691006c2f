// This file cuts a report's text into what goes on paper: the head, paragraphs
// and tables. The writers of file formats share it.
package generate

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// piece is a paragraph or a table of a report.
type piece struct {
	text  string     // of a paragraph
	rows  [][]string // of a table
	plain bool       // a table without lines: head and signature
	bold  bool
	mid   bool // centred
}

// pieces cuts a text at its lines; neighbouring rows are one table.
func pieces(text string) []piece {
	var out []piece
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if cells := strings.Split(line, "\t"); len(cells) > 1 {
			plain := len(cells) == 2 && (len(out) == 0 || strings.HasPrefix(line, "Nơi nhận:"))
			if n := len(out); n > 0 && out[n-1].rows != nil && len(out[n-1].rows[0]) == len(cells) {
				out[n-1].rows = append(out[n-1].rows, cells)
			} else {
				out = append(out, piece{rows: [][]string{cells}, plain: plain})
			}
			continue
		}
		capital := line == strings.ToUpper(line)
		// The lines before the first part are the head.
		out = append(out, piece{text: line, bold: capital, mid: capital && len(out) < 9})
	}
	return out
}

// slug is a text as offices write it in file names: no accents, hyphens.
func slug(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r == 'đ':
			b.WriteByte('d')
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case !unicode.Is(unicode.Mn, r):
			b.WriteByte('-')
		}
	}
	return b.String()
}
