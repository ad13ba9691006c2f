// This file tests how a report is put together from what the rules found.

package normalize

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"baocao/extract/document"
	"baocao/extract/rules"
	"baocao/normalize/place"
	"baocao/normalize/vntext"
)

// labels are what a person says a report is.
type labels struct {
	Report struct{ Unit, Period, Number, Date string }
}

// Unit, period, number and date are right on every labelled text.
func TestLabels(t *testing.T) {
	for _, glob := range []string{"../testdata/synth/*.json", "../testdata/offices/*/*.json"} {
		files, err := filepath.Glob(glob)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: no labels: %v", glob, err)
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var want labels
			if err := json.Unmarshal(raw, &want); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			text, err := os.ReadFile(strings.TrimSuffix(file, ".json") + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			r := build(t, string(text), Source{})
			got := labels{}
			got.Report.Unit, got.Report.Period, got.Report.Number, got.Report.Date = r.Unit, r.Period, r.Number, r.Date
			if !strings.EqualFold(got.Report.Unit, want.Report.Unit) {
				t.Errorf("%s: unit %q, want %q", file, got.Report.Unit, want.Report.Unit)
			}
			got.Report.Unit = want.Report.Unit
			if got != want {
				t.Errorf("%s: got %+v, want %+v", file, got.Report, want.Report)
			}
			if r.Type != TypeReform {
				t.Errorf("%s: type %s", file, r.Type)
			}
		}
	}
}

// at makes a figure of the rules on the nth occurrence of a number.
func at(text, number string, nth int, f rules.Figure) rules.Figure {
	from := 0
	for range nth {
		i := strings.Index(text[from:], number)
		f.Start = from + i
		from = f.Start + len(number)
	}
	f.End = f.Start + len(number)
	f.SentenceStart = strings.LastIndexAny(text[:f.Start], ".\n") + 1
	f.SentenceEnd = len(text)
	if i := strings.IndexAny(text[f.End:], ".\n"); i >= 0 {
		f.SentenceEnd = f.End + i + 1
	}
	if f.Value == "" {
		f.Value = number
	}
	if f.Span == "" {
		f.Span = rules.Period
	}
	return f
}

func TestFigures(t *testing.T) {
	const text = "Đã tiếp nhận  239\u00a0hồ sơ, trong đó 28 hồ sơ nộp qua bưu chính.\nToàn xã có khoảng 239 hồ sơ; đã giải quyết 235 hồ sơ.\nĐánh giá: tiếp nhận 240 hồ sơ.\n"
	received := rules.Figure{Indicator: "dossiers.received", Unit: "hồ sơ", Rounding: 1, Confidence: 0.9, Rule: "r1", Parent: -1}
	approx := received
	approx.Approx, approx.Confidence, approx.Rule = true, 0.8, "r2"
	postal := rules.Figure{Indicator: "dossiers.received_postal", Unit: "hồ sơ", Confidence: 0.7, Rule: "r3", Parent: 3}
	resolved := rules.Figure{Indicator: "dossiers.resolved", Unit: "hồ sơ", Confidence: 0.95, Rule: "r4", Parent: -1}
	assessed := received
	assessed.Assessment = true
	res := rules.Result{
		// Not in order, to see that the order does not matter.
		Figures: []rules.Figure{
			at(text, "235", 1, resolved), at(text, "239", 2, approx), at(text, "28", 1, postal), at(text, "239", 1, received), at(text, "240", 1, assessed),
		},
		Sections: []rules.SectionSpan{{Start: 0, End: 90, Section: rules.SectionProcedures}, {Start: strings.Index(text, "Đánh"), End: len(text), Section: rules.SectionAssessment}},
	}
	doc := &document.Document{Text: text, Blocks: []document.Block{{Start: 0, End: 70, Page: 1}, {Start: 71, End: len(text), Page: 2}},
		Doubts: []document.Doubt{{Start: res.Figures[0].Start, End: res.Figures[0].Start + 1, Confidence: 0.5}}}
	r, err := Build(doc, res, Source{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, f := range r.Figures {
		got = append(got, fmt.Sprintf("%d %s=%s %v conf %.3f", i, f.Indicator, f.Value, f.Approx, f.Confidence))
		for _, m := range f.Mentions {
			got = append(got, fmt.Sprintf("  p%d l%d %s %q %s %v parent %d %.3f", m.Page, m.Line, m.Text, m.Snippet, m.Section, m.Assessment, m.Parent, m.Confidence))
		}
	}
	want := []string{
		"0 dossiers.received=239 false conf 0.900",
		`  p1 l1 239 "Đã tiếp nhận 239 hồ sơ, trong đó 28 hồ sơ nộp qua bưu chính." procedures false parent -1 0.900`,
		`  p2 l2 239 "Toàn xã có khoảng 239 hồ sơ; đã giải quyết 235 hồ sơ."  false parent -1 0.800`,
		"1 dossiers.received_postal=28 false conf 0.700",
		`  p1 l1 28 "Đã tiếp nhận 239 hồ sơ, trong đó 28 hồ sơ nộp qua bưu chính." procedures false parent 0 0.700`,
		"2 dossiers.resolved=235 false conf 0.475",
		`  p2 l2 235 "Toàn xã có khoảng 239 hồ sơ; đã giải quyết 235 hồ sơ."  false parent -1 0.475`,
		"3 dossiers.received=240 false conf 0.900",
		`  p2 l3 240 "Đánh giá: tiếp nhận 240 hồ sơ." assessment true parent -1 0.900`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("một hai ba bốn ", 30) + "đã tiếp nhận 239 hồ sơ " + strings.Repeat("năm sáu bảy tám ", 30)
	i := strings.Index(long, "239")
	got := snippet(long, 0, len(long), i, i+3)
	if n := utf8.RuneCountInString(got); n > maxSnippet || n < maxSnippet-20 {
		t.Errorf("%d characters: %q", n, got)
	}
	if !strings.Contains(collapse(long), got) || !strings.Contains(got, "đã tiếp nhận 239 hồ sơ") {
		t.Errorf("not verbatim: %q", got)
	}
	for _, w := range strings.Fields(got) {
		if !slices.Contains(strings.Fields(long), w) {
			t.Errorf("%q is cut", w)
		}
	}
	// One side short: the other gets the room.
	i = strings.LastIndex(long, "tám")
	got = snippet(long, 0, len(long), i, i+len("tám"))
	if n := utf8.RuneCountInString(got); n < maxSnippet-20 || !strings.HasSuffix(got, "tám") {
		t.Errorf("%d characters: %q", n, got)
	}
	if got := snippet("x 12 y", 5, 5, 2, 4); got != "12" {
		t.Errorf("sentence beside the number: %q", got)
	}
}

func TestBuildRejectsForeignSpans(t *testing.T) {
	doc := &document.Document{Text: "239 hồ sơ"}
	for _, res := range []rules.Result{
		{Figures: []rules.Figure{{Start: 0, End: 99, Parent: -1}}},
		{Figures: []rules.Figure{{Start: 0, End: 3, SentenceStart: -1, Parent: -1}}},
		{Figures: []rules.Figure{{Start: 0, End: 3, Parent: 1}}},
		{Dates: []rules.Date{{Start: 5, End: 4}}},
		{References: []rules.Reference{{Start: 99, End: 100}}},
		{References: []rules.Reference{{Start: 0, End: 1, Implements: 7}}},
		{Dates: []rules.Date{{Start: 0, End: 1, Reference: 7}}},
	} {
		if _, err := Build(doc, res, Source{}); !errors.Is(err, ErrSpan) {
			t.Errorf("%+v: got %v", res, err)
		}
	}
	if r, err := Build(&document.Document{}, rules.Result{}, Source{}); err != nil || r.Unit != "" || r.Type != TypeOther {
		t.Errorf("empty document: %+v, %v", r, err)
	}
}

func TestParentsFromTable(t *testing.T) {
	table, err := place.Load(place.File{Name: "units", Reader: strings.NewReader(
		"old_code\told_name\told_district_code\told_district\told_province_code\told_province\tnew_code\tnew_name\tnew_province_code\tnew_province\tkind\n" +
			"11116\tXã Quang Khải\t298\tHuyện Tứ Kỳ\t30\tTỉnh Hải Dương\t11074\tXã Tứ Kỳ\t31\tThành phố Hải Phòng\tfull\n" +
			"90001\tXã Tân Lập\t901\tHuyện A\t90\tTỉnh B\t90010\tXã A\t91\tTỉnh M\tfull\n" +
			"90002\tXã Tân Lập\t902\tHuyện C\t90\tTỉnh B\t90010\tXã A\t91\tTỉnh M\tfull\n")})
	if err != nil {
		t.Fatal(err)
	}
	report := func(unit, day string) string {
		return "UBND " + strings.ToUpper(unit) + "\nSố: 1/BC-UBND\n" + motto + "\nXã, ngày " + day + "\n" + title + text
	}
	tests := []struct {
		unit, day string
		want      []string
	}{
		{"xã Quang Khải", "31 tháng 5 năm 2023", []string{"Huyện Tứ Kỳ", "Tỉnh Hải Dương"}},
		{"xã Tứ Kỳ", "30 tháng 9 năm 2025", []string{"Thành phố Hải Phòng"}},
		{"xã Tân Lập", "31 tháng 5 năm 2023", nil},      // two units fit
		{"xã Quang Khải", "30 tháng 9 năm 2025", nil},   // no longer there
		{"xã Không Có Tên", "31 tháng 5 năm 2023", nil}, // not in the table
	}
	for _, tt := range tests {
		r := build(t, report(tt.unit, tt.day), Source{Places: table})
		if !strings.EqualFold(r.Unit, tt.unit) || !slices.Equal(r.Parents, tt.want) {
			t.Errorf("%s on %s: got %q, %q; want %q", tt.unit, tt.day, r.Unit, r.Parents, tt.want)
		}
	}
	// Names without marks are found in the table only.
	r := build(t, "BÁO CÁO\nCông tác CCHC\n", Source{Path: "2023-05/xa-quang-khai.pdf", Places: table})
	if r.Unit != "Xã Quang Khải" || r.Sources["unit"] != SourceFile {
		t.Errorf("got %q, %v", r.Unit, r.Sources)
	}
}

// Whatever the figures are: each keeps its place, none is lost, keys are unique, the
// order of the input does not matter, and the input is not changed.
func TestFigureProperties(t *testing.T) {
	const text = "Đã tiếp nhận 12 hồ sơ, giải quyết 34 hồ sơ, trả lại 56 hồ sơ.\nCòn 78 hồ sơ đang giải quyết, 90 hồ sơ tạm dừng.\n"
	rng := rand.New(rand.NewPCG(3, 4))
	numbers := []string{"12", "34", "56", "78", "90"}
	for range 500 {
		var res rules.Result
		for range rng.IntN(12) {
			f := at(text, numbers[rng.IntN(5)], 1, rules.Figure{Indicator: fmt.Sprintf("i%d", rng.IntN(3)), Field: []string{"", "land"}[rng.IntN(2)],
				Value: fmt.Sprint(rng.IntN(3)), Confidence: rng.Float64(), Rule: fmt.Sprintf("r%d", rng.IntN(2)), Parent: -1})
			res.Figures = append(res.Figures, f)
		}
		// Parents by place, so that shuffling does not change them.
		for i := range res.Figures {
			for j := range res.Figures {
				if res.Figures[j].Start == 13 && res.Figures[i].Start > 13 && res.Figures[i].Parent < 0 {
					res.Figures[i].Parent = j
				}
			}
		}
		before := slices.Clone(res.Figures)
		doc := &document.Document{Text: text}
		r, err := Build(doc, res, Source{})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(before, res.Figures) {
			t.Fatal("the input was changed")
		}
		keys := make(map[figureKey]bool)
		for _, f := range r.Figures {
			k := figureKey{f.Indicator, f.Field, f.Span, f.Value}
			if keys[k] || len(f.Mentions) == 0 {
				t.Fatalf("%+v comes twice or without a place", k)
			}
			keys[k] = true
			for i, m := range f.Mentions {
				if text[m.Start:m.End] != m.Text || m.Line != doc.Line(m.Start) || !strings.Contains(m.Snippet, m.Text) {
					t.Fatalf("mention %+v", m)
				}
				if i > 0 && f.Mentions[i-1].Start >= m.Start {
					t.Fatal("mentions are not in order")
				}
				if m.Parent >= len(r.Figures) || m.Confidence > f.Confidence {
					t.Fatalf("parent %d of %d, confidence %f of %f", m.Parent, len(r.Figures), m.Confidence, f.Confidence)
				}
			}
		}
		for _, f := range res.Figures {
			if !keys[figureKey{f.Indicator, f.Field, f.Span, f.Value}] {
				t.Fatalf("%+v was lost", f)
			}
		}
	}
}

func TestLineIndex(t *testing.T) {
	for _, text := range []string{"", "a", "\n", "a\nb\n\nc", "\n\n"} {
		doc := &document.Document{Text: text}
		index := newLineIndex(text)
		for i := 0; i <= len(text); i++ {
			if index.line(i) != doc.Line(i) {
				t.Errorf("%q at %d: %d, want %d", text, i, index.line(i), doc.Line(i))
			}
		}
	}
}

// No text makes the header reader fail, and what it gives has the canonical form.
func FuzzBuild(f *testing.F) {
	f.Add("ỦY BAN NHÂN DÂN\t"+motto+"\nXÃ QUANG PHỤC\t"+free+"\nSố: 41/BC-UBND\tQuang Phục, ngày 17 tháng 4 năm 2023\n"+title+text, "a/2023-05/Xã X.docx")
	f.Add("ỦY BAN NHÂN DÂN\nPHƯỜNG\nLONG ANH\nSố:      /BC-UBND\nLong Anh, ngày       tháng 01 năm 2024\nDỰ THẢO BÁO CÁO\nnăm 2023\n", "")
	f.Add("Đà Lạt: Giải quyết hồ sơ năm 2023 đạt 99%\n06:48, 21/12/2023\nTừ đầu năm 2023 đến nay UBND TP. Đà Lạt (tỉnh Lâm Đồng)\n", "quy-iv-2023.pdf")
	f.Add("Ngày 25/5/2003 ban hành Thông báo theo Quyết định số 895/QĐ-UBND ngày 15/5/2023 của UBND tỉnh Hải Dương; từ ngày 1/5 đến 30/5\n", `x\T5 2023.doc`)
	f.Add("BÁO CÁO\nquý IV, phương hướng quý I/1901\nTrên đây là báo cáo của UBND xã K'Nớ\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", "xã-a/b")
	f.Fuzz(func(t *testing.T, text, path string) {
		if !utf8.ValidString(text) || len(text) > 4000 {
			return
		}
		doc := &document.Document{Text: text}
		r, err := Build(doc, scanned(text), Source{Path: path})
		if err != nil {
			t.Fatal(err)
		}
		for _, day := range []string{r.Date, r.From, r.To} {
			if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
				t.Errorf("day %q", day)
			}
		}
		if r.From != "" && r.To != "" && r.From > r.To {
			t.Errorf("window %s to %s", r.From, r.To)
		}
		if p, err := vntext.ParsePeriod(r.Period); r.Period != "" && (err != nil || p.Canonical().String() != r.Period) {
			t.Errorf("period %q: %v, %v", r.Period, p, err)
		}
		if strings.ContainsAny(r.Unit+r.Number+r.Signer+strings.Join(r.Parents, ""), "\n\t") {
			t.Errorf("white space in %q, %q, %q, %q", r.Unit, r.Number, r.Signer, r.Parents)
		}
		for i, ref := range r.References {
			if _, err := time.Parse(time.DateOnly, ref.Date); ref.Date != "" && err != nil || ref.Implements >= len(r.References) || ref.Implements == i {
				t.Errorf("reference %+v", ref)
			}
		}
		for _, d := range r.Dates {
			if d.Role == "" || d.Reference >= len(r.References) {
				t.Errorf("date %+v", d)
			}
		}
		again, err := Build(doc, scanned(text), Source{Path: path})
		if err != nil || !reflect.DeepEqual(r, again) {
			t.Errorf("the same text gave two reports")
		}
		for _, p := range newOutline(doc, nil).pieces {
			if text[p.start:p.end] != p.raw || p.raw == "" {
				t.Errorf("piece %d..%d", p.start, p.end)
			}
		}
	})
}

func BenchmarkBuild(b *testing.B) {
	raw, err := os.ReadFile("../testdata/synth/hd-xa-quang-khai-2023-05.txt")
	if err != nil {
		b.Fatal(err)
	}
	doc := &document.Document{Text: string(raw)}
	res := scanned(doc.Text)
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, err := Build(doc, res, Source{}); err != nil {
			b.Fatal(err)
		}
	}
}

// Pages begin where their first block does, pages without text where the next one
// does, and a text without pages has none.
func TestPageStarts(t *testing.T) {
	for _, c := range []struct {
		pages []int // of the blocks "a", "b", ...
		want  []int
	}{
		{[]int{1, 1, 2, 4}, []int{0, 4, 6, 6}},
		{[]int{0, 0}, nil},
		{[]int{2, 1, 2}, []int{0, 0}},
	} {
		var b document.Builder
		for i, p := range c.pages {
			b.Add(document.Paragraph, p, 0, string(rune('a'+i)))
		}
		doc := b.Document()
		r, err := Build(doc, rules.Result{Totals: []rules.Total{{Sum: rules.Number{Start: 0, End: 1}}}}, Source{})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(r.PageStarts, c.want) || len(r.Totals) != 1 {
			t.Errorf("%v: page starts %v, want %v", c.pages, r.PageStarts, c.want)
		}
		for i, p := range c.pages {
			if got := r.PageAt(2 * i); got != p && c.pages[0] == 1 {
				t.Errorf("%v: block %d is on page %d", c.pages, i, got)
			}
		}
	}
	bad := rules.Result{Totals: []rules.Total{{Sum: rules.Number{Start: 0, End: 1}, Parts: []rules.Number{{Start: 7, End: 9}}, PartValues: []string{"7"}}}}
	if _, err := Build(&document.Document{Text: "ab"}, bad, Source{}); !errors.Is(err, ErrSpan) {
		t.Errorf("a part outside the text: %v", err)
	}
}
