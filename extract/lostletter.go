package extract

// This file puts back the letter ư where a program lost it. In TCVN3 its byte is
// that of the soft hyphen, which many programs do not print: the PDF file then
// shows "thờng" for "thường". Most such words are no Vietnamese syllables, and
// where only one syllable can have been meant, it is given, and marked as doubtful.
// Of those that are ("ngời"), only such are completed that give one of the words
// that papers of an administration are full of ("người").

import (
	"fmt"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"baocao/extract/document"
	"baocao/normalize/vntext"
)

const (
	lost = "ư"
	// lostText is how many letters a text has at least for its lack of the letter
	// to say anything. Of a hundred letters of Vietnamese, about one is a bare ư.
	lostText = 1500
	// lostWords is how many words must call for the letter.
	lostWords = 5
	// lostConfidence is how sure a completed word is, and guessConfidence where it
	// was a syllable before.
	lostConfidence  = 0.6
	guessConfidence = 0.4
)

// restoreLost completes the words of a TCVN3 text without a single ư. Numbers,
// abbreviations and list marks are left alone.
func restoreLost(doc *document.Document) {
	if doc.Encoding != string(vntext.TCVN3) || strings.ContainsAny(doc.Text, "ưƯ") {
		return
	}
	letters, proofs := 0, 0
	var places []int // where the letter is missing, sorted
	var words []document.Doubt
	for at := 0; at < len(doc.Text); {
		r, size := utf8.DecodeRuneInString(doc.Text[at:])
		if !unicode.IsLetter(r) {
			at += size
			continue
		}
		end := at
		for end < len(doc.Text) {
			r, size := utf8.DecodeRuneInString(doc.Text[end:])
			if !unicode.IsLetter(r) && !unicode.IsMark(r) {
				break
			}
			letters++
			end += size
		}
		if place, sure := missing(doc.Text, at, end); sure > 0 {
			places = append(places, place)
			words = append(words, document.Doubt{Start: at, End: end, Confidence: sure})
			if sure == lostConfidence {
				proofs++
			}
		}
		at = end
	}
	if letters < lostText || proofs < lostWords {
		return
	}
	var out strings.Builder
	from := 0
	for i, p := range places {
		out.WriteString(doc.Text[from:p])
		if word := doc.Text[words[i].Start:words[i].End]; utf8.RuneCountInString(word) > 1 && word == strings.ToUpper(word) {
			out.WriteString(strings.ToUpper(lost))
		} else {
			out.WriteString(lost)
		}
		from = p
	}
	out.WriteString(doc.Text[from:])
	doc.Text = out.String()
	start := func(at int) int { return at + len(lost)*sort.SearchInts(places, at) }
	end := func(at int) int { return at + len(lost)*sort.SearchInts(places, at+1) }
	for i := range doc.Blocks {
		doc.Blocks[i].Start, doc.Blocks[i].End = start(doc.Blocks[i].Start), end(doc.Blocks[i].End)
	}
	for i := range doc.Doubts {
		doc.Doubts[i].Start, doc.Doubts[i].End = start(doc.Doubts[i].Start), end(doc.Doubts[i].End)
	}
	for _, w := range words {
		w.Start, w.End = start(w.Start), end(w.End)
		doc.Doubts = append(doc.Doubts, w)
	}
	sort.SliceStable(doc.Doubts, func(i, j int) bool { return doc.Doubts[i].Start < doc.Doubts[j].Start })
	doc.Warnings = append(doc.Warnings, fmt.Sprintf("the file has lost the letter ư: %d words that must have been meant with it were completed and are marked as doubtful; others may lack it", len(places)))
}

// missing says where the letter was lost in the word text[start:end], and how sure
// that is; 0 where it was not, or may have been in several places.
func missing(text string, start, end int) (place int, sure float64) {
	word := text[start:end]
	sure = lostConfidence
	if vntext.IsVietnameseSyllable(vntext.Key(word)) {
		if common(word) {
			return 0, 0
		}
		sure = guessConfidence
	} else if !spelled(text, start, end) {
		return 0, 0
	}
	found := 0
	for i := range word + "." {
		with := word[:i] + lost + word[i:]
		if toneless(word[i:]) && vntext.IsVietnameseSyllable(vntext.Key(with)) && (sure == lostConfidence || common(with)) {
			place = start + i
			found++
		}
	}
	if found != 1 {
		return 0, 0
	}
	return place, sure
}

// toneless says whether a letter ư before rest can be without a tone mark, as the
// lost one is: a mark stands on the ơ after it ("được") or on no letter after it.
// "cưả" would be "cửa", whose ử has a byte of its own.
func toneless(rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	return strings.ContainsRune("ơờớởỡợƠỜỚỞỠỢ", next) || !strings.ContainsAny(norm.NFD.String(string(next)), "\u0300\u0301\u0303\u0309\u0323")
}

// common says whether a word is one that papers of an administration are full of.
func common(word string) bool {
	share, _, _ := vntext.CommonShare(word)
	return share == 1
}

// spelled tells a word from an abbreviation, a unit or the mark of a list: it has
// a vowel, or stands among words in small letters.
func spelled(text string, start, end int) bool {
	word := text[start:end]
	if strings.ContainsAny(vntext.Plain(strings.ToLower(word)), "aeiouy") {
		return true
	}
	first, size := utf8.DecodeRuneInString(word)
	if word[size:] != strings.ToLower(word[size:]) || !strings.HasPrefix(text[end:], " ") {
		return false
	}
	after, _ := utf8.DecodeRuneInString(text[end+1:])
	before, _ := utf8.DecodeLastRuneInString(strings.TrimSuffix(text[:start], " "))
	return unicode.IsLower(after) && (unicode.IsLetter(before) || strings.ContainsRune(",;:", before) || unicode.IsUpper(first) || size < len(word))
}
