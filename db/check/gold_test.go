// This file builds reports from hand labels, so that checks can be tried on whole
// reports without the extraction rules.

package check

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"

	"baocao/extract/rules"
	"baocao/normalize"
)

// gold is one label file.
type gold struct {
	Report  struct{ Unit, Period, Number, Date string }
	Clean   bool
	Figures []struct {
		Indicator string
		Dims      map[string]string
		Value     string
		Snippet   string
		Certainty string
		Note      string
		Span      string
		At        []int
	}
	Findings []goldFinding
}

// goldFinding is one labelled contradiction.
type goldFinding struct {
	Kind       string
	Certain    bool
	Arithmetic string
	Indicators []string
	Snippet    string
}

// readGold builds the report of one label file; arguable labels are left out
// unless they are columns of a table by field.
func readGold(t testing.TB, path string) (Report, gold) {
	t.Helper()
	var g gold
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	raw, err := os.ReadFile(strings.TrimSuffix(path, ".json") + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	offsets := make([]int, 0, len(text)) // of each rune
	for i := range text {
		offsets = append(offsets, i)
	}
	r := &normalize.Report{Type: "cchc", Unit: g.Report.Unit, Period: g.Report.Period, Number: g.Report.Number, Date: g.Report.Date}
	r.Headings = testHeadings(text)
	r.Sections = testSections(text, r.Headings)
	r.Dates, r.References = testDates(text)
	for i := range r.Dates {
		if d := &r.Dates[i]; d.Role == rules.RoleWindow {
			switch {
			case r.From == "":
				r.From = iso(d)
			case r.To == "":
				r.To = iso(d)
			}
		}
	}
	for _, x := range g.Figures {
		field := x.Dims["field"]
		byField := strings.HasPrefix(x.Note, "danh mục không có dạng theo lĩnh vực")
		if x.Certainty != "sure" && !byField {
			continue
		}
		start, end, ok := findNumber(text, offsets, x.At, x.Snippet, x.Value)
		if !ok {
			continue
		}
		m := normalize.Mention{Start: start, End: end, Page: 1, Line: 1 + strings.Count(text[:start], "\n"), Text: text[start:end],
			Snippet: x.Snippet, Rule: "gold", Parent: -1, Confidence: 1}
		line := text[strings.LastIndexByte(text[:start], '\n')+1:]
		if n := strings.IndexByte(line, '\n'); n >= 0 {
			line = line[:n]
		}
		m.InTable = strings.Contains(line, "\t")
		for _, s := range r.Sections {
			if start >= s.Start && start < s.End {
				m.Section = s.Section
				m.Assessment = s.Section == rules.SectionAssessment
			}
		}
		fig := normalize.Figure{Indicator: x.Indicator, Field: field, Span: rules.Span(x.Span), Value: x.Value, Confidence: 1, Rounding: 1}
		if fig.Span == "" {
			fig.Span = rules.Period
		}
		if _, frac, ok := strings.Cut(x.Value, "."); ok {
			fig.Decimals = len(frac)
		}
		for _, w := range []struct {
			s string
			n int64
		}{{"ngàn", 10}, {"triệu", 10000}} {
			if strings.Contains(text[end:min(len(text), end+16)], w.s) && strings.Contains(m.Text, ",") {
				fig.Rounding = w.n
			}
		}
		at := -1
		for i := range r.Figures {
			if r.Figures[i].Indicator == fig.Indicator && r.Figures[i].Field == field && r.Figures[i].Span == fig.Span && r.Figures[i].Value == fig.Value {
				at = i
			}
		}
		if at < 0 {
			r.Figures = append(r.Figures, fig)
			at = len(r.Figures) - 1
		}
		r.Figures[at].Mentions = append(r.Figures[at].Mentions, m)
	}
	parents(r, text)
	return Report{ID: int64(len(path)), File: filepath.Base(path), Report: r, Text: text}, g
}

// findNumber finds the number: at in runes, else inside the snippet.
func findNumber(text string, offsets []int, at []int, snippet, value string) (int, int, bool) {
	if len(at) == 2 && at[1] < len(offsets) {
		return offsets[at[0]], offsets[at[1]], true
	}
	words := strings.Fields(snippet)
	for i := range words {
		words[i] = regexp.QuoteMeta(words[i])
	}
	loc := regexp.MustCompile(strings.Join(words, `\s+`)).FindStringIndex(text)
	if loc == nil {
		return 0, 0, false
	}
	v, _, _ := parseAmount(value)
	for _, n := range regexp.MustCompile(`\d[\d.,]*`).FindAllStringIndex(text[loc[0]:loc[1]], -1) {
		s := strings.TrimRight(text[loc[0]+n[0]:loc[0]+n[1]], ".,")
		plain := strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", ".")
		if w, _, ok := parseAmount(plain); ok && w == v {
			return loc[0] + n[0], loc[0] + n[0] + len(s), true
		}
	}
	return loc[0], loc[1], true
}

// parents marks the one nest of the seed that the checks rely on: figures in a
// "trong đó" of a sentence are parts of the figure before it, if of one unit.
func parents(r *normalize.Report, text string) {
	type ref struct{ fig, men, start int }
	var all []ref
	for i := range r.Figures {
		for j := range r.Figures[i].Mentions {
			all = append(all, ref{i, j, r.Figures[i].Mentions[j].Start})
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].start < all[j].start })
	for i := 1; i < len(all); i++ {
		a, b := all[i-1], all[i]
		ea := r.Figures[a.fig].Mentions[a.men].End
		if ea > b.start {
			continue
		}
		between := text[ea:b.start]
		if strings.Contains(strings.ToLower(between), "trong đó") && !strings.ContainsAny(between, ".;") {
			r.Figures[b.fig].Mentions[b.men].Parent = a.fig
		}
	}
}

var (
	headRoman  = regexp.MustCompile(`(?m)^\s*([IVX]+)\.\s*(\S[^\n]*)`)
	headDotted = regexp.MustCompile(`(?m)^\s*(\d)\.(\d)\.\s+(\S[^\n]*)`)
	headArabic = regexp.MustCompile(`(?m)^\s*(\d)\.\s*(\p{Lu}[^\n]*)`)
	refAt      = regexp.MustCompile(`(\d+(?:/\d{4})?/[\p{Lu}][\p{L}\d\-]*)(?:\s+ngày\s+(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?:/|\s+năm\s+)(\d{4}))?`)
	dateAt     = regexp.MustCompile(`(?i)ngày\s+(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?:/|\s+năm\s+)(\d{4})`)
	windowAt   = regexp.MustCompile(`(?i)từ\s+ngày\s+\d{1,2}/\d{1,2}/\d{4}\s+đến\s+(?:hết\s+)?ngày\s+\d{1,2}/\d{1,2}/\d{4}`)
)

func testHeadings(text string) []rules.Heading {
	var out []rules.Heading
	ordinal := map[string]int{"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6}
	for _, m := range headRoman.FindAllStringSubmatchIndex(text, -1) {
		l := text[m[2]:m[3]]
		out = append(out, rules.Heading{Start: m[2], End: m[5], Label: l + ".", Style: "roman", Level: 1, Ordinal: ordinal[l], Title: text[m[4]:m[5]]})
	}
	for _, m := range headDotted.FindAllStringSubmatchIndex(text, -1) {
		n, _ := strconv.Atoi(text[m[4]:m[5]])
		out = append(out, rules.Heading{Start: m[2], End: m[7], Label: text[m[2]:m[5]] + ".", Style: "dotted", Level: 3, Ordinal: n, Title: text[m[6]:m[7]]})
	}
	for _, m := range headArabic.FindAllStringSubmatchIndex(text, -1) {
		n, _ := strconv.Atoi(text[m[2]:m[3]])
		out = append(out, rules.Heading{Start: m[2], End: m[5], Label: text[m[2]:m[3]] + ".", Style: "arabic", Level: 2, Ordinal: n, Title: text[m[4]:m[5]]})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	return out
}

func testSections(text string, hs []rules.Heading) []rules.SectionSpan {
	named := []struct {
		word string
		s    rules.Section
	}{
		{"đánh giá chung", rules.SectionAssessment}, {"nhiệm vụ trọng tâm", rules.SectionPlan}, {"phương hướng", rules.SectionPlan},
		{"kiến nghị, đề xuất", rules.SectionProposals}, {"chỉ đạo", rules.SectionDirection}, {"thể chế", rules.SectionLegal},
		{"thủ tục hành chính", rules.SectionProcedures}, {"bộ máy", rules.SectionOrg}, {"công vụ", rules.SectionService},
		{"tài chính", rules.SectionFinance}, {"chính quyền", rules.SectionDigital},
	}
	var out []rules.SectionSpan
	open := func(at int, s rules.Section) {
		if n := len(out); n > 0 {
			out[n-1].End = at
		}
		out = append(out, rules.SectionSpan{Start: at, End: len(text), Section: s})
	}
	for _, h := range hs {
		if h.Level == 3 || h.Level == 2 && len(out) > 0 && (out[len(out)-1].Section == rules.SectionPlan || out[len(out)-1].Section == rules.SectionAssessment) {
			continue
		}
		for _, n := range named {
			if strings.Contains(strings.ToLower(h.Title), n.word) {
				open(h.Start, n.s)
				break
			}
		}
	}
	if i := strings.Index(text, "Nơi nhận"); i >= 0 {
		open(i, rules.SectionFoot)
		if j := strings.Index(text[i:], "Biểu số"); j >= 0 {
			open(i+j, rules.SectionAppendix)
		} else if j := strings.Index(text[i:], "Phụ lục"); j >= 0 {
			open(i+j, rules.SectionAppendix)
		}
	}
	if i := strings.Index(text, "PHẦN THỨ HAI"); i >= 0 {
		for k := range out {
			if out[k].Section == rules.SectionAssessment && out[k].End > i {
				end := out[k].End
				out[k].End = i
				out = append(out, rules.SectionSpan{Start: i, End: end, Section: rules.SectionPlan})
				break
			}
		}
	}
	return out
}

func testDates(text string) ([]rules.Date, []rules.Reference) {
	var ds []rules.Date
	var refs []rules.Reference
	inRef := map[int]int{}
	for _, m := range refAt.FindAllStringSubmatchIndex(text, -1) {
		r := rules.Reference{Start: m[2], End: m[3], Number: text[m[2]:m[3]], Implements: -1}
		if m[4] >= 0 {
			d, _ := strconv.Atoi(text[m[4]:m[5]])
			mo, _ := strconv.Atoi(text[m[6]:m[7]])
			y, _ := strconv.Atoi(text[m[8]:m[9]])
			r.Date = iso(&rules.Date{Day: d, Month: mo, Year: y})
			inRef[m[4]] = len(refs)
		}
		refs = append(refs, r)
	}
	windows := windowAt.FindAllStringIndex(text, -1)
	for _, m := range regexp.MustCompile(`(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?:/|\s+năm\s+)(\d{4})`).FindAllStringSubmatchIndex(text, -1) {
		d, _ := strconv.Atoi(text[m[2]:m[3]])
		mo, _ := strconv.Atoi(text[m[4]:m[5]])
		y, _ := strconv.Atoi(text[m[6]:m[7]])
		if mo < 1 || mo > 12 || d < 1 || d > 31 {
			continue
		}
		x := rules.Date{Start: m[0], End: m[1], Text: text[m[0]:m[1]], Day: d, Month: mo, Year: y, Reference: -1, Role: rules.RoleOther}
		last := []int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[mo-1]
		if mo == 2 && y%4 == 0 {
			last = 29
		}
		x.Impossible = d > last
		if n, ok := inRef[m[0]]; ok {
			x.Role, x.Reference = rules.RoleReference, n
		}
		for _, w := range windows {
			if m[0] >= w[0] && m[0] < w[1] {
				x.Role = rules.RoleWindow
			}
		}
		if loc := dateAt.FindStringIndex(text[max(0, m[0]-7):]); x.Role == rules.RoleOther && loc != nil && strings.HasPrefix(strings.ToLower(text[max(0, m[0]-7):]), "ngày") {
			x.Role = rules.RoleEvent
		}
		ds = append(ds, x)
	}
	return ds, refs
}
