// Package doctest measures how well a reader recovered a text whose truth is
// known. It is used by the tests of the readers only.
//
// Both measures compare NFC forms and ignore how much white space stands
// between words, so they judge words and rows, not spacing.
package doctest

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// F1 returns the harmonic mean of word precision and word recall of got
// against truth, 0..1. Words are taken as a bag: their order does not count.
// Two texts without words are equal (1).
func F1(truth, got string) float64 {
	want, have := words(truth), words(got)
	if len(want) == 0 && len(have) == 0 {
		return 1
	}
	left := make(map[string]int, len(want))
	for _, w := range want {
		left[w]++
	}
	common := 0
	for _, w := range have {
		if left[w] > 0 {
			left[w]--
			common++
		}
	}
	return 2 * float64(common) / float64(len(want)+len(have))
}

// RowsFound counts the table rows of truth and how many of them stand whole,
// and alone, on one line of got. A row of truth is a line with a TAB; a truth
// text without TABs keeps its table under a "PHỤ LỤC" heading, where every
// line that holds a digit is a row.
func RowsFound(truth, got string) (found, total int) {
	lines := make(map[string]int)
	for line := range strings.Lines(got) {
		lines[strings.Join(words(line), " ")]++
	}
	for _, row := range rows(truth) {
		total++
		key := strings.Join(words(row), " ")
		if lines[key] > 0 {
			lines[key]--
			found++
		}
	}
	return found, total
}

// MissingWords lists the words that got lacks and those it has too many of,
// in the order they stand, for the message of a failed test.
func MissingWords(truth, got string) (lost, extra []string) {
	return minus(words(truth), words(got)), minus(words(got), words(truth))
}

// minus returns the words of a that b does not hold, counted as bags.
func minus(a, b []string) []string {
	left := make(map[string]int, len(b))
	for _, w := range b {
		left[w]++
	}
	var out []string
	for _, w := range a {
		if left[w] > 0 {
			left[w]--
			continue
		}
		out = append(out, w)
	}
	return out
}

func words(s string) []string { return strings.Fields(norm.NFC.String(s)) }

func rows(truth string) []string {
	tabs := strings.Contains(truth, "\t")
	var out []string
	appendix := false
	for line := range strings.Lines(truth) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case tabs:
			if strings.Contains(line, "\t") && strings.TrimSpace(line) != "" {
				out = append(out, line)
			}
		case strings.HasPrefix(norm.NFC.String(line), "PHỤ LỤC"):
			appendix = true
		case appendix && strings.ContainsFunc(line, unicode.IsDigit):
			out = append(out, line)
		}
	}
	return out
}
