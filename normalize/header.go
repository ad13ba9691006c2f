// This file reads number, date and signer of a document from the form that
// Nghị định 30/2020 prescribes, in any layout it was torn into.

package normalize

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"baocao/normalize/vntext"
)

// numberOf gives the document's own number as printed, without spaces: it stands
// after "Số" above the title. A number left blank ("Số:      /BC-UBND") gives "".
func (o *outline) numberOf() string {
	if !o.formal {
		return ""
	}
	for _, p := range o.in(span{0, max(o.letterhead.to, o.title.to)}) {
		if symbol := o.ownSymbol(&p); symbol != "" {
			return symbol
		}
	}
	// A reader may give the letterhead after the text: there the number stands in a
	// line of its own.
	if end := o.in(o.end); slices.ContainsFunc(end, func(p piece) bool { return isMotto(p.key()) }) {
		for _, p := range end {
			if symbol := o.ownSymbol(&p); symbol != "" && beginsWithNumberWord(p.raw) {
				return symbol
			}
		}
	}
	return ""
}

func (o *outline) ownSymbol(p *piece) string {
	symbol := symbolAfterNumberWord(p.raw)
	if o.small {
		return strings.ToUpper(symbol)
	}
	return symbol
}

// beginsWithNumberWord tells a piece that begins with "Số" before a number or a
// blank for one. The word may have lost its accents; "Sở" is another word.
func beginsWithNumberWord(raw string) bool {
	notLetter := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) }
	word := strings.TrimLeftFunc(raw, notLetter)
	i := strings.IndexFunc(word, notLetter)
	if i <= 0 || vntext.Plain(word[:i]) != "so" || vntext.Key(word[:i]) == "sở" {
		return false
	}
	next := firstRune(strings.TrimLeft(word[i:], " \u00a0"))
	return unicode.IsDigit(next) || strings.ContainsRune(":./…", next)
}

// symbolAfterNumberWord gives the symbol of a document that stands right after the
// word "Số" in a piece, spaces left out, "" if there is none. Party documents are
// printed with spaces around the stroke ("Số: 05 - BC/ĐU").
func symbolAfterNumberWord(raw string) string {
	for _, s := range []string{raw, strings.ReplaceAll(strings.ReplaceAll(raw, " - ", "-"), " -", "-")} {
		f := vntext.Fold(s)
		for _, t := range vntext.Scan(f.Text) {
			if t.Kind != vntext.TokReference {
				continue
			}
			before := " " + strings.TrimRight(f.Text[:t.Start], " :.")
			if strings.HasSuffix(vntext.Plain(before), " so") && !strings.HasSuffix(before, " sở") {
				a, b := f.Span(t.Start, t.End)
				return strings.Join(strings.Fields(s[a:b]), "")
			}
		}
	}
	return ""
}

// dateOf gives the date of the document as an ISO date, "" where it is left blank
// or not printed. Of a report it is the line "Quang Phục, ngày 17 tháng 4 năm 2023"
// above the title or over the signature; of a piece of news, the printed date of
// publication. Of a line with a blank for the day, month is what it says: "2023-04".
func (o *outline) dateOf() (day, month string) {
	if !o.formal {
		return o.publicationDate(), ""
	}
	for _, part := range []span{{0, max(o.letterhead.to, o.title.to)}, o.end} {
		for _, p := range o.in(part) {
			if day, month, ok := placeAndDate(&p, o.small); ok {
				return day, month
			}
		}
	}
	return "", ""
}

// placeAndDate reads "Quang Phục, ngày 17 tháng 4 năm 2023". ok is true also
// where the line is there and the day was left blank.
func placeAndDate(p *piece, small bool) (day, month string, ok bool) {
	_, at, ok := placeLine(p, small)
	if !ok {
		return "", "", false
	}
	for _, t := range p.tokens() {
		switch {
		case t.Start < at:
		case t.Kind == vntext.TokDate && (t.Day != 0 || t.Impossible):
			return isoOf(t), "", true
		case t.Kind == vntext.TokDate && t.Month != 0 && t.Year != 0:
			return "", fmt.Sprintf("%04d-%02d", t.Year, t.Month), true
		case t.Kind == vntext.TokPeriod && t.Period.Kind == vntext.Month && t.Period.Year != 0:
			return "", t.Period.String(), true
		}
	}
	return "", "", true
}

// maxPlaceWords is the length of the place before the date.
const maxPlaceWords = 6

// placeLine finds the place and the word "ngày" in the line with place and date.
// at is where the date begins in the folded text. small says that the text has no
// capitals at all; else a place begins with one.
func placeLine(p *piece, small bool) (name string, at int, ok bool) {
	key := p.key()
	i := strings.Index(key, "ngày")
	if i < 0 || !strings.Contains(key[i:], "tháng") && !strings.Contains(key[i:], "/") {
		return "", 0, false
	}
	before := key[:i]
	// "Số: 41/BC-UBND Quang Phục, ngày ...": the number stands on the same line.
	if beginsWithNumberWord(p.raw) {
		for _, t := range p.tokens() {
			if t.Kind == vntext.TokReference && t.End <= i {
				before = key[t.End:i]
			}
		}
	}
	before = strings.Trim(before, " ,.")
	words := strings.Count(before, " ") + 1
	if len(key)-i > 60 || words > maxPlaceWords || before == "" && wordCount(p) > 8 || before != "" && !strings.Contains(key[:i], ",") {
		return "", 0, false
	}
	if before != "" {
		start := strings.LastIndex(key[:i], before)
		a, b := p.fold.Span(start, start+len(before))
		name = collapse(p.raw[a:b])
		if small {
			name = titleCase(name)
		}
		if !unicode.IsUpper(firstRune(name)) {
			return "", 0, false
		}
	}
	return name, i, true
}

// publicationDate gives the date that stands by itself above or below the
// headline of a piece of news. The date of a document that is cited there is not it.
func (o *outline) publicationDate() string {
	limit := min(o.headlines.to+1, len(o.pieces))
	for i := range o.pieces[:limit] {
		p := &o.pieces[i]
		if citesDocument(p) {
			continue
		}
		for _, t := range p.tokens() {
			if t.Kind != vntext.TokDate || isoOf(t) == "" {
				continue
			}
			rest := strings.TrimSpace(p.key()[:t.Start] + " " + p.key()[t.End:])
			alone := wordCount(p) <= 12 && len(strings.Fields(rest)) <= 7 && !strings.Contains(p.key()[:t.Start], "từ ngày")
			stamped := t.Start <= len("date ") && strings.HasPrefix(p.key(), "date ")
			if alone || stamped {
				return isoOf(t)
			}
		}
	}
	return ""
}

// citesDocument tells a line that names a document.
func citesDocument(p *piece) bool {
	if slices.ContainsFunc(p.tokens(), func(t vntext.Token) bool { return t.Kind == vntext.TokReference }) {
		return true
	}
	return hasAny(p.key(), []string{"quyết định", "nghị quyết", "nghị định", "thông tư", "kế hoạch", "công văn", "chỉ thị", "thông báo số", "chương trình số", "luật "})
}

// isoOf gives a date token as an ISO date, "" unless day, month and year are
// printed and possible.
func isoOf(t vntext.Token) string {
	if t.Impossible || t.Day == 0 || t.Month == 0 || t.Year < 1945 || t.Year > 2999 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", t.Year, t.Month, t.Day)
}

// signerOf gives the title of who signed ("PHÓ CHỦ TỊCH"), as printed. Of
// "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH" it is the second: who signs for another signs with
// his own title.
func (o *outline) signerOf() string {
	title := ""
	for _, p := range o.in(o.end) {
		if t, ok := signerTitle(&p); ok {
			title = t
		}
	}
	return title
}

// signerTitle reads a piece that is a title and nothing else, in capitals.
func signerTitle(p *piece) (string, bool) {
	if strings.ContainsFunc(p.raw, unicode.IsLower) {
		return "", false
	}
	key := p.key()
	raw := p.raw
	for _, prefix := range []string{"tm.", "kt.", "tl.", "tuq.", "q.", "pt.", "t/m", "k/t"} {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			a, _ := p.fold.Span(len(prefix), len(key))
			key, raw = strings.TrimSpace(rest), strings.TrimSpace(p.raw[a:])
			break
		}
	}
	titles := []string{
		"chủ tịch", "phó chủ tịch", "giám đốc", "phó giám đốc", "chánh văn phòng", "phó chánh văn phòng", "trưởng phòng",
		"phó trưởng phòng", "bí thư", "phó bí thư", "trưởng ban", "phó trưởng ban", "bí thư đảng ủy", "trưởng công an",
	}
	for _, suffix := range []string{" ubnd", " ủy ban nhân dân"} {
		if i := strings.Index(key, suffix); i > 0 {
			_, b := p.fold.Span(0, len(p.key())-len(key)+i)
			key, raw = key[:i], strings.TrimSpace(p.raw[len(p.raw)-len(raw):b])
			break
		}
	}
	if !slices.Contains(titles, key) {
		return "", false
	}
	return collapse(raw), true
}
