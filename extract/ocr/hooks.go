// Hooks over letters, which recognition takes for acute accents.
//
// In scans of 200 dpi, the usual resolution, "chuyển sang" comes out as "chuyến
// sang", "tổng số" as "tống số", "tỷ lệ" as "ty lệ", and now and then "chuyên
// trách" as "chuyền trách". Where the words leave no choice,
// they are given as they must have been printed, and stay doubtful. Only that mark
// is settled so; no letter and no digit changes.
package ocr

import (
	_ "embed"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed hooks.txt
var hooksText string

// settled is the most confidence left to a word whose mark was settled.
const settled = 0.8

// hooks are the words and phrases of hooks.txt by their blurred form.
type hooks map[string]string

func parseHooks(text string) hooks {
	out := hooks{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out[blurred(line)] = line
		}
	}
	return out
}

// blurred writes one for the other what recognition mixes up.
func blurred(s string) string { return blur.Replace(strings.ToLower(norm.NFC.String(s))) }

var blur = strings.NewReplacer("ẩ", "ấ", "ể", "ế", "ổ", "ố", "ỉ", "i", "í", "i", "ỷ", "y", "ý", "y", "ề", "ê")

// settle gives words of a page, in the order of reading, the hooks they must have,
// and returns how many it changed.
func (h hooks) settle(words []word) int {
	changed := 0
	for i := range words {
		if h.settleOne(words, i) {
			words[i].confidence = min(words[i].confidence, settled)
			changed++
		}
	}
	return changed
}

func (h hooks) settleOne(words []word, i int) bool {
	own, start, end := core(words[i].text)
	if own == "" {
		return false
	}
	right := ""
	if meant := h[blurred(own)]; meant != "" {
		right = meant
	}
	if i+1 < len(words) && end == len(words[i].text) {
		if next, at, _ := core(words[i+1].text); at == 0 && next != "" {
			if meant := h[blurred(own+" "+next)]; meant != "" {
				right, _, _ = strings.Cut(meant, " ")
			}
		}
	}
	if i > 0 && right == "" && start == 0 {
		if before, _, till := core(words[i-1].text); till == len(words[i-1].text) && before != "" {
			if meant := h[blurred(before+" "+own)]; meant != "" {
				_, right, _ = strings.Cut(meant, " ")
			}
		}
	}
	if right == "" || strings.ToLower(own) == right {
		return false
	}
	letters, wanted := []rune(own), []rune(right)
	if len(letters) != len(wanted) {
		return false
	}
	for j, r := range wanted {
		if unicode.ToLower(letters[j]) == r {
			continue
		}
		if unicode.IsUpper(letters[j]) {
			r = unicode.ToUpper(r)
		}
		letters[j] = r
	}
	words[i].text = words[i].text[:start] + string(letters) + words[i].text[end:]
	return true
}

// core is a word without the signs around it, in NFC, and where it stands.
func core(s string) (letters string, start, end int) {
	if norm.NFC.String(s) != s {
		return "", 0, 0
	}
	other := func(r rune) bool { return !unicode.IsLetter(r) }
	start = strings.IndexFunc(s, unicode.IsLetter)
	if start < 0 {
		return "", 0, 0
	}
	end = len(strings.TrimRightFunc(s, other))
	if strings.IndexFunc(s[start:end], other) >= 0 {
		return "", 0, 0
	}
	return s[start:end], start, end
}
