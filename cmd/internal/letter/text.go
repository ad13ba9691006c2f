// This file writes the letter as plain text.

package letter

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"
)

// textWidth is the width of the plain text in display cells.
const textWidth = 88

func itoa(n int) string { return strconv.Itoa(n) }

// Text writes the letter as plain text.
func (l Letter) Text(w io.Writer) error {
	var b strings.Builder
	half := textWidth / 2
	pair := func(left, right string) {
		line := center(left, half) + center(right, half)
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	column := func(left, right []string) {
		for i := range max(len(left), len(right)) {
			pair(at(left, i), at(right, i))
		}
	}
	var head []string
	if l.Above != "" {
		head = wrapAll(bodyName(l.Above), half-4)
	}
	head = append(head, wrapAll(bodyName(or(l.Office, blank)), half-4)...)
	column(append(head, "———————"), []string{nation, motto, strings.Repeat("—", runewidth.StringWidth(motto))})
	b.WriteByte('\n')
	column(append([]string{l.number()}, wrap("V/v "+l.Subject, half-4)...), []string{l.day()})
	b.WriteByte('\n')
	if len(l.To) == 1 {
		b.WriteString(strings.TrimRight(center("Kính gửi: "+l.To[0], textWidth), " ") + "\n")
	} else {
		b.WriteString(strings.TrimRight(center("Kính gửi:", textWidth), " ") + "\n")
		for i, to := range l.To {
			b.WriteString(strings.Repeat(" ", 30) + "- " + to + map[bool]string{true: ".", false: ";"}[i == len(l.To)-1] + "\n")
		}
	}
	para := func(first, rest, s string) {
		for i, line := range wrap(s, textWidth-max(runewidth.StringWidth(first), runewidth.StringWidth(rest))) {
			b.WriteString(map[bool]string{true: first, false: rest}[i == 0] + line + "\n")
		}
	}
	for _, p := range l.Opening {
		b.WriteByte('\n')
		para("    ", "", p)
	}
	for i, p := range l.Points {
		b.WriteByte('\n')
		para("    ", "", fmt.Sprintf("%d. %s", i+1, p.Title))
		for _, q := range p.Quotes {
			para("    - ", "      ", q.line())
		}
		for _, line := range p.Lines {
			para("    - ", "      ", line)
		}
		if p.Ask != "" {
			para("    - ", "      ", p.Ask)
		}
	}
	for _, p := range l.closing() {
		b.WriteByte('\n')
		para("    ", "", p)
	}
	b.WriteByte('\n')
	left := append([]string{"Nơi nhận:"}, l.copies()...)
	right := append(append([]string(nil), l.titles()...), "", "", "", l.Signer)
	for i := range max(len(left), len(right)) {
		line := runewidth.FillRight(at(left, i), half) + center(at(right, i), half)
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write letter: %w", err)
	}
	return nil
}

// line is a quotation with its place.
func (q Quote) line() string {
	s := "“" + q.Text + "”"
	if q.Where != "" {
		s = q.Where + ": " + s
	}
	return s
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

func center(s string, width int) string {
	n := runewidth.StringWidth(s)
	if n >= width {
		return s
	}
	left := (width - n) / 2
	return strings.Repeat(" ", left) + s + strings.Repeat(" ", width-n-left)
}

func wrapAll(list []string, width int) []string {
	var out []string
	for _, s := range list {
		out = append(out, wrap(s, width)...)
	}
	return out
}

// wrap breaks text at spaces; a word that is longer than a line stays whole.
func wrap(s string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Split(s, " ") {
		switch {
		case line == "":
			line = word
		case runewidth.StringWidth(line)+1+runewidth.StringWidth(word) > width:
			lines = append(lines, strings.TrimRight(line, " "))
			line = word
		default:
			line += " " + word
		}
	}
	return append(lines, strings.TrimRight(line, " "))
}
