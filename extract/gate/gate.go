// Package gate decides whether the text that an engine read from a page can be
// used, or is garbage that only looks like text.
//
// A PDF may draw perfect pages from a text layer that says nothing: fonts
// without a table to Unicode, letters of one word in two fonts, bytes of a
// legacy encoding. Figures from such a page would be wrong without anybody
// noticing. In: the text of one page. Out: a Verdict with the shares it rests
// on. The gate knows words and characters only: it never refuses a page for
// having many numbers, few words, capitals, or for being in another language
// written in plain letters.
package gate

import (
	"fmt"
	"strings"
	"unicode"

	"baocao/normalize/vntext"
)

// Verdict is what the gate says about a text. The shares are 0 to 1.
type Verdict struct {
	Pass      bool
	Common    float64 // share of the words that are common Vietnamese syllables
	OneLetter float64 // share of the words that are one letter
	Bad       float64 // share of the characters that stand for nothing
	Words     int     // words with letters
	Reason    string  // why it did not pass, in words; empty when it did
}

// Gate judges texts by its limits. It is safe for concurrent use.
type Gate struct{ limits Thresholds }

// New makes a gate with the built-in limits.
func New() (*Gate, error) {
	limits, err := parseThresholds(thresholdsYAML)
	if err != nil {
		return nil, err
	}
	return &Gate{limits}, nil
}

// Judge says whether text, the text of one page, can be used. An empty text does
// not pass: whether the page is blank, the caller must find out.
func (g *Gate) Judge(text string) Verdict {
	var v Verdict
	v.Common, v.OneLetter, v.Bad = vntext.CommonShare(text)
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	v.Words = len(words)
	v.Reason = g.reason(text, v)
	v.Pass = v.Reason == ""
	return v
}

func (g *Gate) reason(text string, v Verdict) string {
	l := g.limits
	switch {
	case strings.TrimSpace(text) == "":
		return "no text"
	case v.Bad > l.MaxBad && badCount(text, v.Bad) >= l.MinBad:
		return fmt.Sprintf("%.0f%% of the characters stand for nothing", 100*v.Bad)
	case foreign(text) > l.MaxForeign:
		return fmt.Sprintf("%.0f%% of the letters are of another script", 100*foreign(text))
	case v.Words < l.MinWords:
		return ""
	case v.OneLetter > l.MaxOneLetter:
		return fmt.Sprintf("%.0f%% of the words are single letters", 100*v.OneLetter)
	case v.OneLetter > l.DoubtfulOneLetter && v.Common < l.DoubtfulCommon:
		return fmt.Sprintf("%.0f%% of the words are single letters and %.0f%% are common words", 100*v.OneLetter, 100*v.Common)
	case v.Common < l.MinCommon && plausible(text) < l.MinPlausible:
		return fmt.Sprintf("only %.0f%% of the words are common words", 100*v.Common)
	}
	return ""
}

// badCount is how many characters the share stands for.
func badCount(text string, share float64) int {
	n := 0
	for _, r := range text {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return int(share*float64(n) + 0.5)
}

// foreign is the share of the letters that are not Latin.
func foreign(text string) float64 {
	letters, other := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if !unicode.Is(unicode.Latin, r) {
				other++
			}
		}
	}
	if letters == 0 {
		return 0
	}
	return float64(other) / float64(letters)
}

// plausible is the share of the words, as white space parts them, that could be
// words of a language in Latin letters: no sign inside, vowels between a fifth
// and four fifths of the letters, no run of five consonants. Numbers and single
// letters do not count either way.
func plausible(text string) float64 {
	all, good := 0, 0
	for _, word := range strings.Fields(text) {
		word = strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r < unicode.MaxASCII })
		letters, vowels, run, longest, other := 0, 0, 0, 0, 0
		for _, r := range vntext.Plain(word) {
			switch {
			case strings.ContainsRune("aeiouyAEIOUY", r):
				letters++
				vowels++
				run = 0
			case unicode.Is(unicode.Latin, r) && r < 0x180:
				letters++
				run++
				longest = max(longest, run)
			case strings.ContainsRune("-'/.’", r):
				run = 0
			default:
				other++
			}
		}
		if letters < 2 {
			continue
		}
		all++
		if other == 0 && longest < 5 && 5*vowels >= letters && 5*vowels <= 4*letters {
			good++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(good) / float64(all)
}
