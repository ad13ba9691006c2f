package vntext

// This file reads and writes numbers in Vietnamese words.

import "strings"

// digitWords are the digits as they are written alone.
var digitWords = [10]string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

// Words gives n in Vietnamese words as official papers write them: "một nghìn không
// trăm linh năm" for 1005, "hai mươi mốt" for 21. Negative numbers begin with "âm".
func Words(n int64) string {
	if n == 0 {
		return digitWords[0]
	}
	var parts []string
	u := uint64(n)
	if n < 0 {
		parts = append(parts, "âm")
		u = -u
	}
	return strings.Join(appendBillions(parts, u, false), " ")
}

// appendBillions writes u, nine digits at a time: "tỷ" is said after each part but
// the last, once for every thousand million. full asks for leading zeros, because
// something was said before.
func appendBillions(parts []string, u uint64, full bool) []string {
	const billion uint64 = 1e9
	if high := u / billion; high > 0 {
		parts = append(appendBillions(parts, high, full), "tỷ")
		u %= billion
		full = true
	}
	for _, group := range [...]struct {
		size uint64
		name string
	}{{1e6, "triệu"}, {1e3, "nghìn"}, {1, ""}} {
		g := int(u / group.size % 1000)
		if g == 0 {
			continue
		}
		parts = appendGroup(parts, g, full)
		full = true
		if group.name != "" {
			parts = append(parts, group.name)
		}
	}
	return parts
}

// appendGroup writes 1..999; full asks for "không trăm" before numbers below 100.
func appendGroup(parts []string, g int, full bool) []string {
	h, t, d := g/100, g/10%10, g%10
	if h > 0 || full {
		parts = append(parts, digitWords[h], "trăm")
	}
	switch {
	case t == 0 && d == 0:
		return parts
	case t == 0 && (h > 0 || full):
		return append(parts, "linh", digitWords[d])
	case t == 0:
		return append(parts, digitWords[d])
	case t == 1:
		parts = append(parts, "mười")
	default:
		parts = append(parts, digitWords[t], "mươi")
	}
	switch {
	case d == 0:
		return parts
	case d == 1 && t > 1:
		return append(parts, "mốt")
	case d == 5:
		return append(parts, "lăm")
	}
	return append(parts, digitWords[d])
}

// ParseWords reads a whole text that is one number in folded words, in the grammar of
// Words and in the spoken forms: tư, nhăm, lẻ, ngàn, vạn, chục, tá, hăm, băm, rưỡi,
// a dropped scale ("hai nghìn ba" is 2300) and a dropped ten ("ba lăm" is 35).
func ParseWords(folded string) (int64, bool) {
	atoms := lex(folded)
	negative := false
	if len(atoms) > 1 && folded[atoms[0].start:atoms[0].end] == "âm" {
		negative = true
		atoms = atoms[1:]
	}
	for i, a := range atoms {
		if a.kind != atomWord || i > 0 && a.gap != gapSpace {
			return 0, false
		}
	}
	p := wordParser{atoms: atoms, whole: true}
	n, next, ok := p.number(0)
	if !ok || next != len(atoms) {
		return 0, false
	}
	if negative {
		if n > 1<<63 {
			return 0, false
		}
		return -int64(n), true
	}
	if n > 1<<63-1 {
		return 0, false
	}
	return int64(n), true
}

// A wordParser reads number words from atoms. whole says that the text is known to
// be a number, so that "trăm" may stand for "một trăm" and "năm" is never a year.
type wordParser struct {
	atoms []atom
	whole bool
}

// kw gives the keyword of atom i, kwNone where i does not continue the words before.
func (p *wordParser) kw(i int) keyword {
	if i >= len(p.atoms) || p.atoms[i].gap == gapBreak && i > 0 {
		return kwNone
	}
	return p.atoms[i].kw
}

// digit gives the value of a plain digit word.
func digit(k keyword) (uint64, bool) {
	if k >= kwZero && k <= kwNine {
		return uint64(k - kwZero), true
	}
	return 0, false
}

// maxWords bounds values so that sums and products stay in 64 bits.
const maxWords uint64 = 1 << 63

// number reads the longest number at i: groups with scales that get smaller, parted
// at "tỉ", which may follow another number of thousands of millions.
func (p *wordParser) number(i int) (n uint64, next int, ok bool) {
	total, j, ok := p.section(i, 1_000_000_000)
	if !ok {
		return 0, i, false
	}
	const billion uint64 = 1e9
	for p.kw(j) == kwBillion {
		if total > maxWords/billion {
			return 0, i, false
		}
		total *= billion
		j++
		if p.kw(j) == kwHalf {
			return total + billion/2, j + 1, true
		}
		if p.kw(j) == kwBillion {
			continue
		}
		rest, k, ok := p.section(j, billion)
		switch {
		case !ok:
			return total, j, true
		case rest < 10 && k == j+1 && p.dropped(j, k): // hai tỷ ba
			if p.kw(k) == kwBillion {
				return total, j, true
			}
			return total + rest*billion/10, k, true
		}
		total += rest
		j = k
	}
	return total, j, true
}

// dropped tells whether the single digit j..k after a scale word stands for tenths
// of that scale: "hai nghìn ba" is 2300. "năm" after a scale is more often the word
// for year, so only a text known to be a number has it.
func (p *wordParser) dropped(j, k int) bool {
	return p.whole || p.kw(j) != kwFive
}

// section reads a number below limit: [triệu] [vạn] [nghìn] [group].
func (p *wordParser) section(i int, limit uint64) (uint64, int, bool) {
	var total uint64
	last := limit // the scale read before; scales must get smaller
	j, read := i, false
	for {
		g, k, ok := p.group(j, !read && p.whole)
		if !ok {
			return total, j, read
		}
		var scale uint64
		switch p.kw(k) {
		case kwMillion:
			scale = 1e6
		case kwTenThousand:
			scale = 1e4
		case kwThousand:
			scale = 1e3
		}
		if scale == 0 {
			switch {
			case !read:
				return g, k, true
			case g < 10 && k == j+1 && p.atoms[j].kw != kwZero: // hai nghìn ba, một triệu hai
				if !p.dropped(j, k) {
					return total, j, true
				}
				return total + g*last/10, k, true
			}
			return total + g, k, true
		}
		if scale >= last {
			return total, j, read
		}
		total += g * scale
		last, read = scale, true
		j = k + 1
		if p.kw(j) == kwHalf {
			return total + scale/2, j + 1, true
		}
	}
}

// group reads 0..999, also "mười", "hăm hai", "hai mốt", "hai chục", "một tá"; bare
// allows "trăm", "nghìn" without a digit before.
func (p *wordParser) group(i int, bare bool) (uint64, int, bool) {
	k := p.kw(i)
	switch k {
	case kwOdd: // linh năm, after a larger scale
		if d, ok := p.unit(i + 1); ok && i > 0 {
			return d, i + 2, true
		}
		return 0, i, false
	case kwTen, kwTwenty, kwThirty:
		return p.tens(i)
	case kwHundred:
		if bare {
			return p.afterHundred(100, i+1)
		}
		return 0, i, false
	case kwThousand, kwMillion, kwTenThousand:
		return 1, i, bare
	case kwTenPiece:
		return 10, i + 1, bare
	}
	d, ok := digit(k)
	if !ok {
		return 0, i, false
	}
	switch p.kw(i + 1) {
	case kwHundred:
		return p.afterHundred(d*100, i+2)
	case kwTens:
		if d > 1 {
			return p.tens(i)
		}
		return 0, i, false
	case kwTenPiece:
		if d > 0 {
			return d * 10, i + 2, true
		}
	case kwDozen:
		if d > 0 {
			return d * 12, i + 2, true
		}
	case kwOneAlt, kwFiveAlt: // hai mốt, ba lăm
		if d > 1 {
			n, _ := p.unit(i + 1)
			return d*10 + n, i + 2, true
		}
	case kwFourAlt: // hai tư; "ba tư" is also a country
		if d > 1 && (p.whole || d != 3) {
			return d*10 + 4, i + 2, true
		}
	}
	return d, i + 1, true
}

// afterHundred reads what may follow "trăm".
func (p *wordParser) afterHundred(n uint64, i int) (uint64, int, bool) {
	switch k := p.kw(i); {
	case k == kwHalf:
		return n + 50, i + 1, true
	case k == kwOdd:
		if d, ok := p.unit(i + 1); ok {
			return n + d, i + 2, true
		}
	case k == kwTen || k == kwTwenty || k == kwThirty || p.kw(i+1) == kwTens:
		if t, j, ok := p.tens(i); ok {
			return n + t, j, true
		}
	default:
		d, ok := digit(k)
		if !ok || d == 0 {
			break
		}
		switch p.kw(i + 1) {
		case kwOneAlt, kwFourAlt, kwFiveAlt: // một trăm hai mốt
			if t, j, ok := p.group(i, false); ok && j == i+2 {
				return n + t, j, true
			}
		case kwHundred, kwTenPiece, kwDozen:
		default: // một trăm hai
			if n > 0 && p.dropped(i, i+1) {
				return n + d*10, i + 1, true
			}
		}
	}
	return n, i, true
}

// tens reads "mười [x]", "x mươi [y]", "hăm [x]", "băm [x]".
func (p *wordParser) tens(i int) (uint64, int, bool) {
	var n uint64
	j := i + 1
	switch k := p.kw(i); k {
	case kwTen:
		n = 10
	case kwTwenty:
		n = 20
	case kwThirty:
		n = 30
	default:
		d, ok := digit(k)
		if !ok || d < 2 {
			return 0, i, false
		}
		n = d * 10
		j++
	}
	k := p.kw(j)
	d, ok := p.unit(j)
	switch {
	case !ok || d == 0,
		k == kwFive && (!p.whole || n > 10), // mười năm: ten years
		k == kwOneAlt && n == 10:
		return n, j, true
	}
	switch p.kw(j + 1) { // the digit begins the next number: "mười hai mươi"
	case kwTens, kwHundred:
		return n, j, true
	}
	return n + d, j + 1, true
}

// unit reads a last digit, in its plain or changed form.
func (p *wordParser) unit(i int) (uint64, bool) {
	switch k := p.kw(i); k {
	case kwOneAlt:
		return 1, true
	case kwFourAlt:
		return 4, true
	case kwFiveAlt:
		return 5, true
	default:
		return digit(k)
	}
}
