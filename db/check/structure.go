package check

// Heading numbers that jump, repeat or run backwards, and required sections.

import (
	"fmt"
	"strconv"
	"strings"

	"baocao/extract/rules"
)

// listKey identifies the headings that number on from each other.
type listKey struct {
	parent int
	style  string
	level  int
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
		key := listKey{-1, h.Style, h.Level}
		if len(stack) > 0 {
			key.parent = stack[len(stack)-1]
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
	fd.Figures = []Cited{c.cur.citeSpan(h.Start, h.End)}
	c.add(fd, h.Style, label(h))
}

// requiredSections are the parts that the ministry's outline asks for.
var requiredSections = [...]struct {
	s      rules.Section
	vi, en string
}{
	{rules.SectionDirection, "chỉ đạo, điều hành", "direction"},
	{rules.SectionLegal, "thể chế", "legal framework"},
	{rules.SectionProcedures, "thủ tục hành chính", "procedures"},
	{rules.SectionOrg, "tổ chức bộ máy", "organisation"},
	{rules.SectionService, "chế độ công vụ", "civil service"},
	{rules.SectionFinance, "tài chính công", "public finance"},
	{rules.SectionDigital, "chính quyền điện tử, chính quyền số", "e-government"},
	{rules.SectionAssessment, "đánh giá chung", "assessment"},
	{rules.SectionPlan, "phương hướng, nhiệm vụ", "plan"},
}

func (c *checker) sections() {
	r := c.cur.rep
	if r.Type != "cchc" || !c.cur.formal || len(r.Sections) < 3 {
		return
	}
	has := map[rules.Section]bool{}
	for _, s := range r.Sections {
		has[s.Section] = true
	}
	var vi, en []string
	for _, q := range requiredSections {
		if !has[q.s] {
			vi, en = append(vi, q.vi), append(en, q.en)
		}
	}
	if len(vi) == 0 {
		return
	}
	fd := c.finding("section-missing", "W31", Structure, Info)
	fd.Message = "Không thấy phần: " + strings.Join(vi, "; ")
	fd.MessageEN = "Sections not found: " + strings.Join(en, "; ")
	c.add(fd, "sections")
}
