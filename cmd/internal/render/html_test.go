package render

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
)

// hostile is text that would do harm where it is not escaped.
const hostile = `<script>alert(1)</script>"'&</svg><img src=x onerror=alert(1)>`

func page() Page {
	tb := sample()
	tb.Rows[1].Cells[1] = tb.Rows[1].Cells[1].Noted("Cân đối không khớp " + hostile)
	tb.Rows[2].Cells[0] = Text(hostile)
	tb.Rows[1].Cells[3].Tone = "bad"
	tb.Chart = &Chart{Title: "Hồ sơ " + hostile, Rows: []int{1, 2}, Breaks: map[int]string{1: "sáp nhập " + hostile}}
	chart := LineChart{Title: "Xã Quang Khải", X: []string{"2023-04", "2023-05"}, Lines: []Line{{Name: "Hồ sơ", Values: []string{"226", "239"}}}, Lang: Vietnamese}
	heat := HeatMap{Title: "Đã nhận", Columns: []string{"2023-04", "2023-05"}, Rows: []HeatRow{{Name: hostile, Cells: []int{0, 1}, Tips: []string{hostile, ""}}},
		States: []HeatState{{"đã nhận", "✓", "good"}, {"thiếu", "–", "none"}}}
	return Page{Title: "Báo cáo " + hostile, Intro: []string{hostile}, Sections: []Section{
		{Title: "Tổng quan", Cards: []Card{{"Đơn vị", Count(3)}, {"Hồ sơ", Number("1234.5")}}, Pictures: []*Picture{heat.Draw()}, Small: []*Picture{chart.Small(), chart.Small()}},
		{Title: hostile, Tables: []Table{tb, {Name: "empty", Columns: []Column{{Title: "x"}}, Empty: "Chưa có số liệu."}}, Folded: true,
			Items: []Item{{Title: hostile, Badge: "LỖI", Tone: "error", Text: []string{hostile}, Quotes: []Quote{{hostile, "tr. 3"}}}}},
	}}
}

func TestHTML(t *testing.T) {
	var b strings.Builder
	if err := HTML(&b, page(), Vietnamese); err != nil {
		t.Fatal(err)
	}
	out := b.String()
	for _, bad := range []string{"<script", "<img", "onerror=alert(1)>", ` src="`, "url(", "@import", "<link", "<iframe", "ZgotmplZ"} {
		if strings.Contains(out, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	for _, m := range regexp.MustCompile(`https?://[^"'\s<]*`).FindAllString(out, -1) {
		if m != "http://www.w3.org/2000/svg" {
			t.Errorf("the page names %s", m)
		}
	}
	for _, want := range []string{`<html lang="vi">`, "<caption>Số hồ sơ</caption>", `<th scope="col"`, `<th scope="row"`, "1.226", "0,10!", `class="r bad"`, "<svg", `role="img"`, `href="#n1"`, `id="n1"`, "1.234,5", "Chưa có số liệu.", "<details>", "! có lỗi chưa xử lý"} {
		if !strings.Contains(out, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(out, -1) {
		if ids[m[1]] {
			t.Errorf("the id %s stands twice", m[1])
		}
		ids[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`(?:href="#|aria-labelledby=")([^"]*)"`).FindAllStringSubmatch(out, -1) {
		for _, id := range strings.Fields(m[1]) {
			if !ids[id] {
				t.Errorf("%s leads nowhere", id)
			}
		}
	}
	for _, m := range regexp.MustCompile(`var\(--([a-z0-9]*)\)`).FindAllStringSubmatch(out, -1) {
		if light()[m[1]] == "" {
			t.Errorf("the page uses a colour %s that no palette has", m[1])
		}
	}
	// Balanced: every element that is opened is closed, in order.
	wellFormed(t, regexp.MustCompile(`<(meta[^>]*)>`).ReplaceAllString(strings.TrimPrefix(out, "<!DOCTYPE html>"), "<$1/>"))
}

func wellFormed(t *testing.T, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	d.Entity = xml.HTMLEntity
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("not well formed: %v", err)
		}
	}
}

func TestSVG(t *testing.T) {
	var many LineChart
	for i := range 11 {
		many.X = append(many.X, fmt.Sprintf("2023-%02d", i+1))
	}
	for i := range 10 {
		l := Line{Name: fmt.Sprintf("Xã %d %s", i, hostile)}
		for k := range many.X {
			v := fmt.Sprint(100 + i*k)
			if k == 4 {
				v = ""
			}
			l.Values = append(l.Values, v)
		}
		many.Lines = append(many.Lines, l)
	}
	few := many
	few.Lines = many.Lines[:3]
	few.Breaks = map[int]string{7: "sáp nhập"}
	flat := LineChart{X: []string{"2023-01", "2023-02"}, Lines: []Line{{Name: "0", Values: []string{"0", "0"}}, {Name: "none", Values: []string{"", ""}}}}
	negative := LineChart{X: []string{"2023-01", "2023-02"}, Lines: []Line{{Name: "a", Values: []string{"-5", "12.5"}}}}
	tiny := LineChart{X: []string{"2023-01", "2023-02"}, Lines: []Line{{Name: "a", Values: []string{"0.001", "0.004"}}}}
	for name, p := range map[string]*Picture{"many": many.Draw(), "few": few.Draw(), "flat": flat.Draw(), "negative": negative.Draw(), "tiny": tiny.Draw(), "small": negative.Small(),
		"none": LineChart{}.Draw()} {
		var b strings.Builder
		if err := SVG(&b, p); err != nil {
			t.Fatal(err)
		}
		wellFormed(t, strings.TrimPrefix(b.String(), `<?xml version="1.0" encoding="UTF-8"?>`))
		if strings.Contains(b.String(), "NaN") || strings.Contains(b.String(), "Inf") || strings.Contains(b.String(), "<script") {
			t.Errorf("%s is no good picture:\n%s", name, b.String())
		}
		for _, s := range p.shapes {
			for _, q := range s.pts {
				if q.x < 0 || q.y < 0 || q.x > p.w || q.y > p.h {
					t.Errorf("%s: a shape stands outside of the picture: %+v", name, s)
				}
			}
			if light()[s.color] == "" {
				t.Errorf("%s: there is no colour %q", name, s.color)
			}
		}
	}
	lines := 0
	for _, s := range few.Draw().shapes {
		if s.kind == polyline && s.w == 2.2 {
			lines++
		}
	}
	if lines != 3*3 {
		t.Errorf("3 lines with a gap and a break are drawn in %d pieces, want 9", lines)
	}
}
