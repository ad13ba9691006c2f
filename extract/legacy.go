package extract

// This file decodes text that is in an encoding from before Unicode although
// nothing in the file says so: pasted from old documents, or typed in a font
// whose name was lost.

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"baocao/extract/document"
	"baocao/normalize/vntext"
)

const (
	sureGuess  = 0.85 // how sure the guess must be to decode anything
	sureBlock  = 0.5  // the same for one block, in a text that has such blocks
	wholeShare = 0.9  // share of the accented text from which all of it is decoded
)

// decodeUndeclared decodes the blocks of doc that are in a legacy encoding and
// says so in a warning. Text with Vietnamese letters of Unicode is left alone,
// and so is text that the guess is not sure of. Block spans follow the new text.
func decodeUndeclared(doc *document.Document) {
	if doc.Encoding != string(vntext.Unicode) || len(doc.Doubts) > 0 {
		return
	}
	var odd strings.Builder
	accented := 0
	for _, b := range doc.Blocks {
		text := doc.Text[b.Start:b.End]
		if n := highLetters(text); n > 0 {
			accented += n
			if !strings.ContainsFunc(text, onlyUnicode) {
				odd.WriteString(text)
				odd.WriteByte('\n')
			}
		}
	}
	if odd.Len() == 0 {
		return
	}
	enc, sure := vntext.GuessEncoding(odd.String())
	if enc == vntext.Unicode || enc == vntext.VIQR || sure < sureGuess {
		return
	}
	whole := float64(highLetters(odd.String())) >= wholeShare*float64(accented)
	var out strings.Builder
	at, decoded := 0, 0
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		text := doc.Text[b.Start:b.End]
		out.WriteString(doc.Text[at:b.Start])
		at = b.End
		if highLetters(text) > 0 && !strings.ContainsFunc(text, onlyUnicode) {
			own, ownSure := vntext.GuessEncoding(text)
			if whole || own == enc && ownSure >= sureBlock {
				text, _ = vntext.Decode(enc, text, false)
				decoded++
			}
		}
		b.Start = out.Len()
		out.WriteString(text)
		b.End = out.Len()
	}
	if decoded == 0 {
		return
	}
	out.WriteString(doc.Text[at:])
	doc.Text = out.String()
	if whole {
		doc.Encoding = string(enc)
	}
	doc.Warnings = append(doc.Warnings, fmt.Sprintf("%d paragraphs or rows are in the old encoding %s although the file does not say so; they were decoded", decoded, enc))
}

// highLetters counts the characters beyond ASCII.
func highLetters(s string) int {
	n := 0
	for _, r := range s {
		if r >= utf8.RuneSelf {
			n++
		}
	}
	return n
}

// onlyUnicode tells Vietnamese letters that no legacy text can hold.
func onlyUnicode(r rune) bool {
	return r >= 0x1EA0 && r <= 0x1EF9 || r == 'ă' || r == 'Ă' || r == 'đ' || r == 'Đ' || r == 'ơ' || r == 'Ơ' || r == 'ư' || r == 'Ư' || r == 'ĩ' || r == 'Ĩ' || r == 'ũ' || r == 'Ũ'
}
