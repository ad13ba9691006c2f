// This file finds heading numbers that jump, repeat or run backwards, and
// sections of the ministry's outline that a report lacks.

package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"baocao/extract/rules"
)

// listKey identifies the headings that number on from each other. A dotted label
// names its list itself: 2.6.1 and 2.6.2 are of the list "2.6.", 2.7 of "2.".
type listKey struct {
	parent int
	style  string
	level  int
	prefix string
}

// structure follows every list of headings of the current report.
func (c *checker) structure() {
	f := c.cur
	hs := f.rep.Headings
	last := map[listKey]int{} // index of the last heading of a list
	var stack []int
	for i := range hs {
		h := &hs[i]
		if h.Ordinal == 0 {
			continue
		}
		for len(stack) > 0 && hs[stack[len(stack)-1]].Level >= h.Level {
			stack = stack[:len(stack)-1]
		}
		key := listKey{parent: -1, style: h.Style, level: h.Level}
		if len(stack) > 0 {
			key.parent = stack[len(stack)-1]
		}
		if h.Style == "dotted" {
			l := label(h)
			key = listKey{parent: -1, style: h.Style, prefix: l[:strings.LastIndexByte(l, '.')+1]}
		}
		stack = append(stack, i)
		if h.Style == "letter" {
			continue // a, b, c, d, đ, e and a, b, c, d, e are both in use
		}
		prev, seen := last[key]
		last[key] = i
		if !seen {
			continue
		}
		p := &hs[prev]
		switch {
		case h.Ordinal == p.Ordinal+1 || h.Ordinal == 1:
		case h.Ordinal > p.Ordinal+1:
			c.headingGap(p, h)
		case h.Ordinal == p.Ordinal:
			c.headingFinding(h, "heading-repeated", fmt.Sprintf("Đề mục %s lặp lại", label(h)), fmt.Sprintf("Heading %s is repeated", label(h)))
		default:
			c.headingFinding(h, "heading-order", fmt.Sprintf("Đề mục %s đứng sau %s", label(h), label(p)), fmt.Sprintf("Heading %s follows %s", label(h), label(p)))
		}
	}
	c.sections()
}

func label(h *rules.Heading) string { return strings.TrimRight(h.Label, ".) ") }

// headingGap reports the labels missing between two headings, unless one of them
// does begin a line there: then it was not recognised as a heading.
func (c *checker) headingGap(p, h *rules.Heading) {
	var missing []string
	for n := p.Ordinal + 1; n < h.Ordinal && len(missing) < 5; n++ {
		missing = append(missing, sibling(h, n))
	}
	if text := c.cur.rep.Text; p.End <= h.Start && h.Start <= len(text) {
		for _, m := range missing {
			for _, line := range strings.Split(text[p.End:h.Start], "\n") {
				line = strings.TrimSpace(line)
				if rest, ok := strings.CutPrefix(line, m); ok && rest != "" && strings.IndexByte(".):/ ", rest[0]) >= 0 {
					return
				}
			}
		}
	}
	c.headingFinding(h, "heading-gap", fmt.Sprintf("Sau đề mục %s đến %s, thiếu %s", label(p), label(h), strings.Join(missing, ", ")),
		fmt.Sprintf("Heading %s is followed by %s; missing: %s", label(p), label(h), strings.Join(missing, ", ")))
}

// sibling writes the label of number n as h writes its own.
func sibling(h *rules.Heading, n int) string {
	switch h.Style {
	case "roman":
		return roman(n)
	case "dotted":
		l := label(h)
		if i := strings.LastIndexByte(l, '.'); i >= 0 {
			return l[:i+1] + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

func roman(n int) string {
	var b strings.Builder
	for _, r := range [...]struct {
		n int
		s string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.n {
			b.WriteString(r.s)
			n -= r.n
		}
	}
	return b.String()
}

func (c *checker) headingFinding(h *rules.Heading, check, vi, en string) {
	fd := c.finding(check, "W30", Structure, Warning)
	fd.Message, fd.MessageEN = vi, en
	fd.Figures = []Cited{c.cur.rep.citeSpan(h.Start, h.End)}
	c.add(fd, h.Style, label(h))
}

// requiredSections are the parts that the ministry's outline asks for, with words
// of which one stands in the heading of the part, however it is numbered.
var requiredSections = [...]struct {
	s      rules.Section
	vi, en string
	words  []string
}{
	{rules.SectionDirection, "chỉ đạo, điều hành", "direction", []string{"chỉ đạo", "điều hành"}},
	{rules.SectionLegal, "thể chế", "legal framework", []string{"thể chế", "quy phạm"}},
	{rules.SectionProcedures, "thủ tục hành chính", "procedures", []string{"thủ tục", "tthc", "một cửa"}},
	{rules.SectionOrg, "tổ chức bộ máy", "organisation", []string{"bộ máy"}},
	{rules.SectionService, "chế độ công vụ", "civil service", []string{"công vụ", "công chức"}},
	{rules.SectionFinance, "tài chính công", "public finance", []string{"tài chính", "ngân sách"}},
	{rules.SectionDigital, "chính quyền điện tử, chính quyền số", "e-government", []string{"điện tử", "chính quyền số", "hiện đại h", "chuyển đổi số", "công nghệ thông tin"}},
	{rules.SectionAssessment, "đánh giá chung", "assessment", []string{"đánh giá", "tồn tại", "hạn chế", "khó khăn", "kết quả đạt được"}},
	{rules.SectionPlan, "phương hướng, nhiệm vụ", "plan", []string{"phương hướng", "nhiệm vụ", "kế hoạch"}},
}

// maxMissing is how many sections may be missing for it to be the report that
// lacks them. Where more are, the report follows an outline of its own, or its
// headings were not recognised.
const maxMissing = 3

// sections names the required parts that have neither a section nor a line that
// could be their heading.
func (c *checker) sections() {
	r := c.cur.rep
	if r.Type != "cchc" || !c.cur.formal || len(r.Sections) < 3 {
		return
	}
	at := map[rules.Section]int{}
	for i := len(r.Sections) - 1; i >= 0; i-- {
		at[r.Sections[i].Section] = r.Sections[i].Start
	}
	var lines []string
	var vi, en []string
	var cited []Cited
	missing := 0
	for i, q := range requiredSections {
		if _, ok := at[q.s]; ok {
			continue
		}
		missing++
		if lines == nil {
			lines = shortLines(r.Text)
		}
		if slices.ContainsFunc(lines, func(l string) bool {
			return slices.ContainsFunc(q.words, func(w string) bool { return strings.Contains(l, w) })
		}) {
			continue
		}
		vi, en = append(vi, q.vi), append(en, q.en)
		// Where it should have been: after the part before it in the outline.
		for j := i - 1; j >= 0 && len(cited) < 3; j-- {
			if start, ok := at[requiredSections[j].s]; ok {
				cited = append(cited, r.citeSpan(start, lineEnd(r.Text, start)))
				break
			}
		}
	}
	if len(vi) == 0 || missing > maxMissing {
		return
	}
	if len(cited) == 0 {
		cited = []Cited{r.citeTitle()}
	}
	fd := c.finding("section-missing", "W31", Structure, Info)
	fd.Message = "Không thấy phần: " + strings.Join(vi, "; ")
	fd.MessageEN = "Sections not found: " + strings.Join(en, "; ")
	fd.Figures = cited
	c.add(fd, "sections")
}

// maxHeading is the length in bytes of the longest line that may be a heading.
const maxHeading = 200

// shortLines gives the lines of a text that may be headings, in small letters.
func shortLines(text string) []string {
	out := []string{}
	for _, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" && len(l) <= maxHeading {
			out = append(out, strings.ToLower(l))
		}
	}
	return out
}

func lineEnd(text string, at int) int {
	if at < 0 || at > len(text) {
		return at
	}
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(text)
}
