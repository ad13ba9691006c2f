// This file breaks text into lines of a width in display cells.

package render

import (
	"strings"

	"github.com/olekukonko/tablewriter/pkg/twwidth"
	"github.com/rivo/uniseg"
)

// Wrap breaks text at spaces into lines of at most width display cells. A word
// that is longer is broken between letters. Line ends of the text stay.
func Wrap(s string, width int) []string {
	width = max(width, 1)
	var out []string
	for _, paragraph := range strings.Split(s, "\n") {
		if twwidth.Width(paragraph) <= width {
			out = append(out, paragraph)
			continue
		}
		current, used := "", 0
		for _, word := range strings.Fields(paragraph) {
			n := twwidth.Width(word)
			if current != "" && used+1+n <= width {
				current, used = current+" "+word, used+1+n
				continue
			}
			if current != "" {
				out = append(out, current)
			}
			for n > width {
				head, tail := split(word, width)
				out = append(out, head)
				word, n = tail, twwidth.Width(tail)
			}
			current, used = word, n
		}
		out = append(out, current)
	}
	return out
}

// split cuts a word after as many whole letters as fit, one at least.
func split(word string, width int) (head, tail string) {
	state, rest, used := -1, word, 0
	for rest != "" {
		var letter string
		letter, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		n := twwidth.Width(letter)
		if used > 0 && used+n > width {
			break
		}
		head, used = head+letter, used+n
	}
	return head, word[len(head):]
}

// longestWord is the width of the longest word.
func longestWord(s string) int {
	longest := 0
	for _, word := range strings.Fields(s) {
		longest = max(longest, twwidth.Width(word))
	}
	return longest
}
