package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"baocao/extract/rules"
)

// spansOf finds words in a text, in order.
func spansOf(t testing.TB, text string, words ...string) [][2]int {
	t.Helper()
	var out [][2]int
	at := 0
	for _, w := range words {
		i := strings.Index(text[at:], w)
		if i < 0 {
			t.Fatalf("%q is not in %q", w, text)
		}
		out = append(out, [2]int{at + i, at + i + len(w)})
		at += i + len(w)
	}
	return out
}

func TestQuote(t *testing.T) {
	long := "- Đã nhận 239 hồ sơ; " + strings.Repeat("việc khác nữa; ", 40) + "đã trả 235 hồ sơ; " + strings.Repeat("còn nữa ", 60) + "hết."
	for _, c := range []struct {
		text  string
		words []string
		want  string
	}{
		{"Mở đầu. Đã nhận 239 hồ sơ,  trả 235. Kết thúc.", []string{"239", "235"}, "Đã nhận 239 hồ sơ, trả 235."},
		{"Trước\n- Đã nhận 239 hồ sơ.\nSau", []string{"239"}, "Đã nhận 239 hồ sơ."},
		{"1\tĐất đai\t299\t\t189\n2\tKhác", []string{"189"}, "1 | Đất đai | 299 | 189"},
		{"Nhận 1.312 hồ sơ, TP. Hải Dương.", []string{"1.312"}, "Nhận 1.312 hồ sơ, TP. Hải Dương."},
		{"Ngày 31/6/2023", []string{"31/6/2023"}, "Ngày 31/6/2023"},
		{"1. Kết quả\nTrong tháng 5 năm 2023 xã đã tiếp\nnhận 239 hồ sơ, đã trả 235 hồ sơ đúng\nhạn. Không có hồ sơ trễ.\n- Mục khác",
			[]string{"239", "235"}, "Trong tháng 5 năm 2023 xã đã tiếp nhận 239 hồ sơ, đã trả 235 hồ sơ đúng hạn."},
		{"- Đã nhận hồ sơ của công dân: 239\n- Đã trả hồ sơ cho công dân: 235", []string{"239"}, "Đã nhận hồ sơ của công dân: 239"},
		{long, []string{"235"}, "… đã trả 235 hồ sơ …"},
		{long, []string{"239", "235"}, "Đã nhận 239 hồ sơ … đã trả 235 hồ sơ …"},
	} {
		spans := spansOf(t, c.text, c.words...)
		from, to := sentenceBounds(c.text, spans[0][0], spans[0][1])
		got, marks := quote(c.text, from, to, spans)
		if got != c.want {
			t.Errorf("%q is quoted as %q, want %q", c.text, got, c.want)
		}
		if len(marks) != len(c.words) {
			t.Fatalf("%d marks in %q", len(marks), got)
		}
		for i, m := range marks {
			if got[m[0]:m[1]] != c.words[i] {
				t.Errorf("%q is marked in %q, want %q", got[m[0]:m[1]], got, c.words[i])
			}
		}
	}
}

// FuzzQuote holds quotations to what they promise for any text and place: they
// add nothing but "…" and "|", and what is marked is what was cited.
func FuzzQuote(f *testing.F) {
	f.Add("Mở đầu. Đã nhận 239 hồ sơ,  trả 235. Kết thúc.", 20, 23)
	f.Add("1\tĐất đai\t299\t\t189\n2\tKhác", 20, 22)
	f.Add(strings.Repeat("- a b; c. D ", 100), 500, 501)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		if !utf8.ValidString(text) || start < 0 || end > len(text) || start >= end || !utf8.RuneStart(text[start]) || end < len(text) && !utf8.RuneStart(text[end]) {
			return // no citation of this text
		}
		from, to := sentenceBounds(text, start, end)
		if from > start || to < end {
			t.Fatalf("%d-%d is not in the sentence %d-%d", start, end, from, to)
		}
		got, marks := quote(text, from, to, [][2]int{{start, end}})
		for _, m := range marks {
			if m[0] < 0 || m[1] > len(got) || m[0] > m[1] {
				t.Fatalf("mark %v of %q", m, got)
			}
		}
		if strings.ContainsAny(got, "\n\t") {
			t.Errorf("%q has breaks", got)
		}
	})
}

func TestPartOf(t *testing.T) {
	text := "PHẦN THỨ NHẤT\nI. KẾT QUẢ\n1. Thể chế\nII. TTHC\n2. Kiểm soát\n2.1. Hồ sơ: 239\nIII. ĐÁNH GIÁ\n5 việc\nNơi nhận:\nPhụ lục 240"
	var headings []rules.Heading
	for _, h := range []struct {
		label, line string
		level       int
	}{{"nhất", "PHẦN", 1}, {"I", "I. KẾT", 2}, {"1", "1. Thể", 3}, {"II", "II. TTHC", 2}, {"2", "2. Kiểm", 3}, {"2.1", "2.1. Hồ", 4}, {"III", "III. ĐÁNH", 2}} {
		at := strings.Index(text, h.line)
		headings = append(headings, rules.Heading{Start: at, End: at + 3, Label: h.label, Level: h.level, Title: h.line})
	}
	type part struct {
		Number, Title string
		Appendix      bool
	}
	for word, want := range map[string]part{"239": {"II.2.1", "2.1. Hồ", false}, "5 việc": {"III", "III. ĐÁNH", false}, "240": {"", "", true},
		"PHẦN": {}} {
		number, title, appendix := partOf(text, headings, strings.Index(text, word))
		if diff := cmp.Diff(want, part{number, title, appendix}); diff != "" {
			t.Errorf("%s: %s", word, diff)
		}
	}
}
