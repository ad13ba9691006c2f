// This file decides which unit a document is about, and what it belongs to.

package normalize

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/normalize/place"
	"baocao/normalize/vntext"
)

// unitFinder holds the units that a document names.
type unitFinder struct {
	o        *outline
	mentions []mention // in the running text, in order
}

func newUnitFinder(o *outline) *unitFinder {
	u := &unitFinder{o: o}
	for i := range o.pieces {
		p := &o.pieces[i]
		where := partBody
		switch {
		case i < max(o.letterhead.to, o.title.to):
			where = partHead
		case o.intro.contains(i):
			where = partIntro
		case o.end.contains(i):
			where = partEnd
		}
		for _, m := range p.mentions(o.text, o.runsTo(i)) {
			if m.start >= p.end {
				break // found again in the next piece
			}
			m.part, m.piece = where, i
			u.mentions = append(u.mentions, m)
		}
	}
	return u
}

// runsTo gives the end of the text in which the words of piece i may go on: a
// hard-wrapped paragraph continues in the next line of its block.
func (o *outline) runsTo(i int) int {
	p := &o.pieces[i]
	if p.row || i+1 >= len(o.pieces) {
		return p.end
	}
	next := &o.pieces[i+1]
	between := o.text[p.end:next.start]
	if utf8.RuneCountInString(p.raw) < wrappedLine || strings.ContainsAny(p.raw[len(p.raw)-1:], ".;:") ||
		strings.Count(between, "\n") != 1 || strings.TrimSpace(between) != "" {
		return p.end
	}
	return next.end
}

// unit gives the unit the document is about in canonical form ("Xã Quang Khải"),
// "" where the text names none, and the units above it that the text names.
func (u *unitFinder) unit() (string, []string) {
	if u.o.formal {
		if name, parents := u.fromLetterhead(); name != "" {
			return name, u.parents(name, parents)
		}
	}
	m := u.best()
	switch centre := u.centre(); {
	case m == nil || !u.o.formal && m.level() != place.Commune && m.office == department:
		if headline := u.headlinePlace(); headline != "" {
			return headline, nil
		}
		if centre != "" {
			return centre, nil
		}
		if u.o.formal {
			return "", nil
		}
		return u.unnamed(), nil
	case m.level() != place.Commune && !u.o.formal:
		if headline := u.headlinePlace(); headline != "" && !sameName(headline, m.name) {
			return headline, nil
		}
		return u.asQuoted(m), u.parents(u.canonical(m), nil)
	}
	name := u.canonical(m)
	return name, u.parents(name, nil)
}

func sameName(a, b string) bool {
	_, a = place.Split(a)
	_, b = place.Split(b)
	return place.Key(a) == place.Key(b)
}

// canonical writes type and name the usual way. A name in capitals is looked up
// in the running text, which shows where small letters stand ("Ea H'leo").
func (u *unitFinder) canonical(m *mention) string {
	name := m.name
	if strings.ToUpper(name) == name {
		key, spelled, count := m.key(), "", 0
		counts := make(map[string]int)
		for i := range u.mentions {
			if o := &u.mentions[i]; o.key() == key && strings.ToUpper(o.name) != o.name {
				counts[o.name]++
				if n := counts[o.name]; n > count || n == count && o.name < spelled {
					spelled, count = o.name, n
				}
			}
		}
		if name = spelled; name == "" {
			name = titleCase(m.name)
		}
	}
	return string(m.typ) + " " + name
}

// letterLine is one line of the letterhead's left column.
type letterLine struct {
	text string
	key  string
}

// fromLetterhead reads the issuing body above the number: the lowest unit named
// there, with those above it as parents.
func (u *unitFinder) fromLetterhead() (string, []string) {
	var lines []letterLine
	placeName := ""
	for _, p := range u.o.in(span{0, max(u.o.letterhead.to, u.o.title.from)}) {
		if name, _, ok := placeLine(&p, u.o.small); ok {
			placeName = name
			continue
		}
		if isMotto(p.key()) || beginsWithNumberWord(p.raw) || !strings.ContainsFunc(p.raw, unicode.IsLetter) || strings.Contains(p.key(), "v/v") {
			continue
		}
		lines = append(lines, letterLine{collapse(p.raw), p.key()})
	}
	text := joinLetterhead(lines, placeName)
	words := wordsOf(text, 0, len(text))
	var found []mention
	for _, m := range mentionsIn(text, words) {
		if m.name == "" && m.level() == place.Commune {
			m.name = placeName
		}
		if m.name != "" && m.level() != place.NoLevel {
			found = append(found, m)
		}
	}
	if len(found) == 0 {
		return "", nil
	}
	lowest := 0
	for i := range found {
		if found[i].level() <= found[lowest].level() {
			lowest = i
		}
	}
	m := &found[lowest]
	name := u.canonical(m)
	var parents []string
	for i := len(found) - 1; i >= 0; i-- {
		if found[i].level() > m.level() {
			parents = append(parents, u.canonical(&found[i]))
		}
	}
	// A body of a district or province reports for itself; one of a commune
	// reports for the commune.
	if m.level() != place.Commune {
		if body := bodyBelow(lines, text, m); body != "" {
			return body, append([]string{name}, parents...)
		}
	}
	return name, parents
}

// joinLetterhead puts the lines of the letterhead together so that a name can be
// read over a line end: "PHƯỜNG" and "LONG ANH", or a name torn in the middle as
// the place in the date line tells ("XÃ QUANG", "PHỤC").
func joinLetterhead(lines []letterLine, placeName string) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			sep := "\n"
			words := wordsOf(l.text, 0, len(l.text))
			prev := lines[i-1].text
			prevWords := wordsOf(prev, 0, len(prev))
			if n := len(prevWords); n > 0 {
				if typ, _ := typeAt(prev, prevWords, n-1); typ != "" || n > 1 && endsInType(prev, prevWords) {
					sep = " "
				} else if placeName != "" && len(words) > 0 && torn(prevWords, words, placeName) {
					sep = " "
				}
			}
			b.WriteString(sep)
		}
		b.WriteString(l.text)
	}
	return b.String()
}

// endsInType tells a line that ends in a type of two words ("... THỊ TRẤN").
func endsInType(text string, words []word) bool {
	typ, n := typeAt(text, words, len(words)-2)
	return typ != "" && n == 2
}

// torn says whether the place name begins at the end of one line and ends at the
// beginning of the next.
func torn(before, after []word, placeName string) bool {
	parts := strings.Fields(vntext.Key(placeName))
	for k := 1; k < len(parts); k++ {
		if k > len(before) || len(parts)-k > len(after) {
			continue
		}
		ok := true
		for j := range parts {
			if j < k {
				ok = ok && before[len(before)-k+j].key == parts[j]
			} else {
				ok = ok && after[j-k].key == parts[j]
			}
		}
		if ok {
			return true
		}
	}
	return false
}

// bodyBelow gives the body named in a line of its own below the unit: "SỞ NỘI VỤ"
// under "UBND TỈNH HẢI DƯƠNG".
func bodyBelow(lines []letterLine, text string, m *mention) string {
	below := vntext.Key(text[m.end:])
	for _, l := range lines {
		if !strings.Contains(below, l.key) {
			continue
		}
		for _, head := range []string{"sở", "phòng", "trung tâm", "văn phòng", "chi cục", "ban"} {
			if rest, ok := strings.CutPrefix(l.key, head+" "); ok && rest != "" {
				n := strings.Count(head, " ") + 1
				words := strings.Fields(l.text)
				return sentenceCase(words[:n]) + " " + sentenceCase(words[n:])
			}
		}
	}
	return ""
}

// sentenceCase writes words with one capital at the beginning.
func sentenceCase(words []string) string {
	s := strings.ToLower(strings.Join(words, " "))
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[0])) + string(r[1:])
}

// best gives the unit that the text is about, by how often and where it is named;
// nil where none is named.
func (u *unitFinder) best() *mention {
	scores := make(map[string]int)
	first := make(map[string]*mention)
	for i := range u.mentions {
		m := &u.mentions[i]
		if m.name == "" {
			continue
		}
		k := m.key()
		if first[k] == nil {
			first[k] = m
		}
		scores[k] += u.score(m)
	}
	keys := make([]string, 0, len(scores))
	for k := range scores {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(first[a].start, first[b].start))
	})
	if len(keys) == 0 {
		return nil
	}
	return first[keys[0]]
}

// Weights of a mention. Only their order matters: what a unit says of itself
// counts more than how often others are named.
const (
	scoreMention   = 2
	scoreCommittee = 4  // the unit's own government acts
	scoreHead      = 6  // in title or headline
	scoreReports   = 40 // "UBND xã X báo cáo", "Trên đây là ... của UBND xã X"
	scoreHeadline  = 60 // the place before the colon of a headline
)

func (u *unitFinder) score(m *mention) int {
	s := scoreMention
	switch m.office {
	case committee:
		s += scoreCommittee
	case department:
		s = 1
	}
	p := &u.o.pieces[m.piece]
	if m.part == partHead {
		s += scoreHead
	}
	if m.level() != place.Commune {
		s /= 2
	}
	after := vntext.Key(u.o.text[m.end:min(len(u.o.text), m.end+40)])
	switch {
	case m.part == partIntro && m.office == committee && (strings.HasPrefix(after, " báo cáo") || strings.HasPrefix(after, " tổng hợp")):
		s += scoreReports
	case m.part == partEnd && strings.HasPrefix(p.key(), "trên đây là"),
		m.part == partEnd && m.office == committee && (strings.HasPrefix(p.key(), "tm.") || strings.HasPrefix(p.key(), "t/m")):
		if m.office != department {
			s += scoreReports
		}
	}
	if h := u.headlinePlace(); h != "" && sameName(h, m.name) {
		s += scoreHeadline
	}
	return s
}

// headlinePlace gives the place before the colon of a headline ("Đà Lạt: Tỷ lệ
// ..."), as printed.
func (u *unitFinder) headlinePlace() string {
	for _, p := range u.o.in(u.o.headlines) {
		name, rest, ok := strings.Cut(p.raw, ":")
		words := strings.Fields(name)
		if !ok || len(words) == 0 || len(words) > 4 || len(strings.Fields(rest)) < 4 {
			continue
		}
		good := true
		for _, w := range words {
			good = good && unicode.IsUpper(firstRune(w)) && !numeric(w)
		}
		if good {
			return collapse(name)
		}
	}
	return ""
}

// asQuoted gives a unit above the communes as a piece of news names its source:
// "UBND huyện Phong Điền" where only its government is named, else the unit.
func (u *unitFinder) asQuoted(m *mention) string {
	for i := range u.mentions {
		if o := &u.mentions[i]; o.key() == m.key() && o.office != committee {
			return u.canonical(m)
		}
	}
	return "UBND " + lowerFirst(collapse(u.o.text[m.start:m.end]))
}

// lowerFirst writes a type with a small letter, leaving "TP" as it is.
func lowerFirst(s string) string {
	typ, bare := place.Split(s)
	if typ == "" || strings.HasPrefix(s, "TP") || strings.HasPrefix(s, "TX") || strings.HasPrefix(s, "TT") {
		return s
	}
	return strings.ToLower(string(typ)) + " " + bare
}

// centre gives the public service centre that the text is about where no unit is
// named: "Trung tâm Phục vụ hành chính công tỉnh". The longest form wins.
func (u *unitFinder) centre() string {
	best := ""
	for i := range u.o.pieces {
		key := u.o.pieces[i].key()
		for _, head := range []string{"trung tâm phục vụ hành chính công", "trung tâm hành chính công"} {
			for at := 0; ; {
				j := strings.Index(key[at:], head)
				if j < 0 {
					break
				}
				start := at + j
				at = start + len(head)
				end := at
				for _, tail := range []string{" và xúc tiến đầu tư", " tỉnh", " thành phố", " huyện", " thị xã"} {
					if rest := key[at:]; strings.HasPrefix(rest, tail) && wordEnds(rest[len(tail):]) {
						end = at + len(tail)
					}
				}
				a, b := u.o.pieces[i].span(start, end)
				if name := collapse(u.o.text[a:b]); len(name) > len(best) {
					best = name
				}
			}
		}
	}
	return best
}

// wordEnds says whether a word has ended before s.
func wordEnds(s string) bool { return s == "" || !unicode.IsLetter(firstRune(s)) }

// unnamed gives the government that is quoted without its name ("UBND tỉnh").
func (u *unitFinder) unnamed() string {
	for i := range u.mentions {
		if m := &u.mentions[i]; m.name == "" && m.office == committee && m.part != partEnd {
			return "UBND " + strings.ToLower(string(m.typ))
		}
	}
	return ""
}

// parents gives the units above name: those of the letterhead first, then the
// district and the province whose bodies the text names most often. Nothing is
// taken from anywhere else.
func (u *unitFinder) parents(name string, known []string) []string {
	level := levelOf(name)
	byLevel := map[place.Level]string{}
	for _, k := range known {
		byLevel[levelOf(k)] = k
	}
	if len(known) > 0 && level == place.NoLevel {
		return known
	}
	counts := map[string]int{}
	first := map[string]*mention{}
	for i := range u.mentions {
		m := &u.mentions[i]
		if m.name == "" || m.level() <= place.Commune || m.office == noOffice && !u.follows(i) {
			continue
		}
		k := m.key()
		if first[k] == nil {
			first[k] = m
		}
		counts[k]++
	}
	for _, l := range []place.Level{place.District, place.Province} {
		if l <= level || byLevel[l] != "" {
			continue
		}
		var best *mention
		for k, m := range first {
			if m.level() != l || u.canonical(m) == name {
				continue
			}
			if best == nil || counts[k] > counts[best.key()] || counts[k] == counts[best.key()] && m.start < best.start {
				best = m
			}
		}
		if best != nil {
			byLevel[l] = u.canonical(best)
		}
	}
	var out []string
	for _, l := range []place.Level{place.District, place.Province} {
		if byLevel[l] != "" && l > level {
			out = append(out, byLevel[l])
		}
	}
	return out
}

// levelOf gives the level of a canonical name.
func levelOf(name string) place.Level {
	typ, bare := place.Split(name)
	m := mention{typ: typ, name: bare}
	return m.level()
}

// follows says whether mention i stands right after another unit, as in "xã Quang
// Khải, huyện Tứ Kỳ" or "huyện Phong Điền (TP Cần Thơ)".
func (u *unitFinder) follows(i int) bool {
	if i == 0 {
		return false
	}
	before := &u.mentions[i-1]
	if before.end > u.mentions[i].start || before.level() >= u.mentions[i].level() || before.name == "" {
		return false
	}
	switch strings.TrimSpace(u.o.text[before.end:u.mentions[i].start]) {
	case "", ",", "(", "-", "–", ", (":
		return true
	}
	return false
}
