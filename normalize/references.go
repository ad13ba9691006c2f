// This file completes the documents and dates that a report cites: who issued a
// document and when, which one carries out which, and what each date is for.

package normalize

import (
	"slices"
	"sort"
	"strings"

	"baocao/extract/document"
	"baocao/extract/rules"
	"baocao/normalize/vntext"
)

// citations completes references and dates of one document.
type citations struct {
	doc    *document.Document
	blocks []document.Block
	refs   []rules.Reference
	dates  []rules.Date
	year   int // of the report, for dates printed without one; 0 where unknown
}

// cite copies what the rules found and completes it. Numbers, texts and places
// stay as they are; what the rules engine has filled in is kept.
func cite(doc *document.Document, res rules.Result, r *Report) ([]rules.Reference, []rules.Date) {
	c := &citations{doc: doc, blocks: blocksOf(doc), refs: slices.Clone(res.References), dates: slices.Clone(res.Dates)}
	c.year = yearOf(r.To)
	if c.year == 0 {
		if p, err := vntext.ParsePeriod(r.Period); err == nil {
			c.year = yearOf(p.To)
		}
	}
	for i := range c.refs {
		c.dateOf(i)
		c.issuer(i)
	}
	c.implements()
	c.roles(r)
	return c.refs, c.dates
}

// block gives the end of the block that the offset lies in.
func (c *citations) block(offset int) document.Block {
	i := sort.Search(len(c.blocks), func(i int) bool { return c.blocks[i].End > offset })
	if i == len(c.blocks) || c.blocks[i].Start > offset {
		return document.Block{Start: offset, End: min(offset+400, len(c.doc.Text))}
	}
	return c.blocks[i]
}

// after gives the folded text from the offset to the end of its block, at most so
// many bytes.
func (c *citations) after(offset, most int) string {
	end := min(c.block(offset).End, offset+most)
	if end <= offset {
		return ""
	}
	return vntext.Key(strings.ToValidUTF8(c.doc.Text[offset:end], ""))
}

// dateGap is how many bytes may stand between a symbol and its date: ", ngày ".
const dateGap = 16

// dateOf finds the date printed right after reference i.
func (c *citations) dateOf(i int) {
	ref := &c.refs[i]
	for j := c.dateAfter(ref.End); j < len(c.dates) && c.dates[j].Start-ref.End <= dateGap; j++ {
		d := &c.dates[j]
		between := strings.Trim(vntext.Key(c.doc.Text[ref.End:d.Start]), " ,")
		if between != "" && between != "ngày" && between != "kí ngày" {
			continue
		}
		d.Reference = i
		d.Role = rules.RoleReference
		if ref.Date == "" {
			ref.Date = dateISO(*d, 0)
		}
		return
	}
}

// dateAfter gives the index of the first date that begins at the offset or later.
func (c *citations) dateAfter(offset int) int {
	return sort.Search(len(c.dates), func(j int) bool { return c.dates[j].Start >= offset })
}

// dateISO gives a date as an ISO date, with the year given where none is printed;
// "" where the day is missing or impossible.
func dateISO(d rules.Date, year int) string {
	if d.Year != 0 {
		year = d.Year
	}
	return day(year, vntext.Token{Day: d.Day, Month: d.Month, Impossible: d.Impossible})
}

// issuer finds who issued reference i: the body named after "của" behind number
// and date, else what the symbol says.
func (c *citations) issuer(i int) {
	ref := &c.refs[i]
	if ref.Issuer != "" {
		return
	}
	from := ref.End
	for j := c.dateAfter(ref.End); j < len(c.dates) && c.dates[j].Start-ref.End <= 2*dateGap; j++ {
		if c.dates[j].Reference == i {
			from = max(from, c.dates[j].End)
		}
	}
	end := min(c.block(from).End, from+200)
	if from < end {
		raw := c.doc.Text[from:end]
		f := vntext.Fold(raw)
		if rest, ok := strings.CutPrefix(strings.TrimLeft(f.Text, " ,"), "của "); ok {
			start := len(f.Text) - len(rest)
			a, b := f.Span(start, start+issuerLength(rest))
			ref.Issuer = strings.Trim(collapse(raw[a:b]), " ,;.")
			if ref.Issuer != "" {
				return
			}
		}
	}
	switch _, symbol, _ := strings.Cut(ref.Number, "/"); {
	case strings.HasSuffix(symbol, "-TTg"):
		ref.Issuer = "Thủ tướng Chính phủ"
	case strings.HasSuffix(symbol, "-CP"):
		ref.Issuer = "Chính phủ"
	case strings.Contains(symbol, "UBTVQH"):
		ref.Issuer = "Ủy ban Thường vụ Quốc hội"
	}
}

// issuerLength gives the length of the name of a body that s begins with: to the
// first sign, or word that says what the document is about.
func issuerLength(s string) int {
	end := len(s)
	if i := strings.IndexAny(s, ",;:()\t"); i >= 0 {
		end = i
	}
	if i := strings.Index(s[:end], ". "); i >= 0 {
		end = i
	}
	for _, w := range []string{"về", "v/v", "ban hành", "qui định", "quy định", "hướng dẫn", "phê duyệt", "tại", "trên", "đối với", "để", "theo", "thì", "đã", "công bố", "triển khai", "yêu cầu", "sửa đổi", "báo cáo", "gồm", "nhằm", "đến nay", "trong", "và kế hoạch", "và công văn", "và quyết định", "và văn bản"} {
		if i := strings.Index(s[:end], " "+w+" "); i >= 0 {
			end = i
		}
	}
	return end
}

// implements links a document that carries out another one: "Thông báo số 12/TB-UBND
// ... theo Quyết định số 895/QĐ-UBND", "Kế hoạch số ... thực hiện Nghị quyết số ...".
func (c *citations) implements() {
	for i := range c.refs {
		if c.refs[i].Implements >= 0 || i+1 >= len(c.refs) {
			continue
		}
		next := &c.refs[i+1]
		if c.refs[i].End > next.Start || c.block(c.refs[i].Start) != c.block(next.Start) {
			continue
		}
		if carriesOut(c.doc.Text[c.refs[i].End:next.Start]) {
			c.refs[i].Implements = i + 1
		}
	}
}

// carriesOut says whether the words between two citations make the first carry
// out the second.
func carriesOut(between string) bool {
	key := vntext.Key(between)
	if len(key) > 250 || strings.Contains(key, ";") || strings.Contains(key, ". ") {
		return false
	}
	for _, w := range []string{" theo ", " thực hiện ", " triển khai ", " thi hành ", " căn cứ "} {
		if i := strings.LastIndex(key, w); i >= 0 && namesDocument(key[i+len(w):]) {
			return true
		}
	}
	return false
}

// namesDocument tells the kind of a cited document and nothing else: "quyết định
// số".
func namesDocument(s string) bool {
	s = strings.TrimSuffix(strings.TrimSpace(s), " số")
	switch s {
	case "quyết định", "nghị quyết", "kế hoạch", "công văn", "chỉ thị", "nghị định", "thông tư", "văn bản", "thông báo", "chương trình", "hướng dẫn", "luật", "số":
		return true
	}
	return false
}

// roles says what each date is for. An event that carries out a cited document
// ("Ngày 25/5 ban hành Thông báo ... theo Quyết định số ...") keeps the role of an
// event and points at that document.
func (c *citations) roles(r *Report) {
	for i := range c.dates {
		d := &c.dates[i]
		if d.Role == rules.RoleReference && d.Reference >= 0 {
			continue
		}
		iso := dateISO(*d, c.year)
		switch {
		case iso != "" && iso == r.Date && c.isIssued(d):
			d.Role = rules.RoleIssued
		case iso != "" && (iso == r.From || iso == r.To) && c.inWindow(d, i):
			d.Role = rules.RoleWindow
		case d.Day == 0:
			d.Role = rules.RoleOther
		case d.Role == "" || d.Role == rules.RoleEvent:
			d.Role = rules.RoleEvent
			if d.Reference < 0 {
				d.Reference = c.carriedOutBy(d)
			}
		}
	}
}

// isIssued tells the date line from a date that happens to be the same day.
func (c *citations) isIssued(d *rules.Date) bool {
	b := c.block(d.Start)
	p := newPiece(c.doc.Text, lastBreak(c.doc.Text, b.Start, d.Start), nextBreak(c.doc.Text, d.End, b.End))
	if _, _, ok := placeLine(&p, false); ok {
		return true
	}
	return wordCount(&p) <= 12
}

// lastBreak gives the last line end or cell border before the offset.
func lastBreak(text string, start, offset int) int {
	if i := strings.LastIndexAny(text[start:offset], "\t\n"); i >= 0 {
		return start + i + 1
	}
	return start
}

func nextBreak(text string, offset, end int) int {
	if offset >= end {
		return offset
	}
	if i := strings.IndexAny(text[offset:end], "\t\n"); i >= 0 {
		return offset + i
	}
	return end
}

// inWindow says whether the date is one end of "từ ngày ... đến ngày ...".
func (c *citations) inWindow(d *rules.Date, i int) bool {
	before := vntext.Key(strings.ToValidUTF8(c.doc.Text[max(0, d.Start-40):d.Start], ""))
	if strings.HasSuffix(strings.TrimSuffix(strings.TrimRight(before, " "), " ngày"), "từ") {
		return true
	}
	if i == 0 || c.dates[i-1].End > d.Start {
		return false
	}
	between := strings.TrimSpace(vntext.Key(c.doc.Text[c.dates[i-1].End:d.Start]))
	between = strings.TrimSpace(strings.TrimSuffix(between, "ngày"))
	switch between {
	case "đến", "đến hết", "-", "tới", "tới hết", "đến hết ngày":
		return true
	}
	return false
}

// carriedOutBy gives the document that is carried out by what was done on the day:
// the first one cited after it in the same sentence with "theo" or "thực hiện"; -1
// if there is none.
func (c *citations) carriedOutBy(d *rules.Date) int {
	b := c.block(d.Start)
	for i := sort.Search(len(c.refs), func(i int) bool { return c.refs[i].Start >= d.End }); i < len(c.refs); i++ {
		ref := &c.refs[i]
		if ref.Start >= b.End {
			break
		}
		if carriesOut(c.doc.Text[d.End:ref.Start]) {
			return i
		}
		if strings.Contains(vntext.Key(c.doc.Text[d.End:ref.Start]), ". ") {
			break
		}
	}
	return -1
}
