// Tesseract's TSV output: words with box, line and confidence.
package ocr

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// word is one recognised word; coordinates are pixels.
type word struct {
	line                     int // number of its line, 1-based, over the whole page
	left, top, right, bottom int
	confidence               float64 // 0..1
	text                     string
}

const (
	tsvColumns = 12
	levelWord  = "5"
)

// parseTSV reads the words. A row that is no word is skipped, one that is a word
// and cannot be understood is an error: no word is lost silently.
func parseTSV(data []byte) ([]word, error) {
	var words []word
	line, last := 0, ""
	for number, row := range bytes.Split(data, []byte("\n")) {
		columns := strings.SplitN(strings.TrimRight(string(row), "\r"), "\t", tsvColumns)
		if len(columns) < tsvColumns || columns[0] != levelWord {
			continue
		}
		text := strings.TrimSpace(columns[11])
		if text == "" {
			continue // tesseract's way to say that it saw a spot
		}
		if !utf8.ValidString(text) {
			text = strings.ToValidUTF8(text, "\uFFFD")
		}
		var v [4]int
		for i := range v {
			n, err := strconv.Atoi(columns[6+i])
			if err != nil {
				return nil, fmt.Errorf("tesseract output line %d: %w", number+1, err)
			}
			v[i] = n
		}
		confidence, err := strconv.ParseFloat(columns[10], 64)
		if err != nil {
			return nil, fmt.Errorf("tesseract output line %d: %w", number+1, err)
		}
		if id := strings.Join(columns[1:5], "."); id != last {
			line, last = line+1, id
		}
		words = append(words, word{
			line: line, left: v[0], top: v[1], right: v[0] + v[2], bottom: v[1] + v[3],
			// Never 0, which in a Glyph means that there is nothing to doubt.
			confidence: min(max(confidence/100, 0.01), 1), text: text,
		})
	}
	return words, nil
}
