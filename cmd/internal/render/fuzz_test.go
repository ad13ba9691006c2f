package render

import (
	"strings"
	"testing"

	"github.com/olekukonko/tablewriter/pkg/twwidth"
)

// FuzzWrap: no line is wider than asked for, unless one letter is, and nothing
// but white space is lost.
func FuzzWrap(f *testing.F) {
	f.Add("Xã Quang Khải đã tiếp nhận 239 hồ sơ", 10)
	f.Add("bao-cao-cai-cach-hanh-chinh.docx\n\nNgày", 3)
	f.Add("Xa\u0303 家家家", 1)
	f.Fuzz(func(t *testing.T, s string, width int) {
		s, width = clean(s), min(max(width, 1), 200)
		lines := Wrap(s, width)
		for _, l := range lines {
			if head, tail := split(l, width); twwidth.Width(l) > width && tail != "" {
				t.Errorf("%q is wider than %d; %q would fit", l, width, head)
			}
		}
		if got, want := strings.Join(strings.Fields(strings.Join(lines, "")), ""), strings.Join(strings.Fields(s), ""); got != want {
			t.Errorf("%q became %q", want, got)
		}
	})
}

// FuzzStyle: the digits of a number stay as they are in both styles, and what is no
// number is not touched.
func FuzzStyle(f *testing.F) {
	f.Add("-1234567.890")
	f.Add("19 ≠ 20")
	f.Fuzz(func(t *testing.T, s string) {
		vi, en := Style(s, Vietnamese), Style(s, English)
		switch {
		case s == "":
			return
		case !decimal(s):
			if vi != s || en != s {
				t.Errorf("%q became %q and %q", s, vi, en)
			}
			return
		}
		if got := strings.ReplaceAll(en, ",", ""); got != s {
			t.Errorf("%q became %q", s, en)
		}
		if got := strings.ReplaceAll(strings.ReplaceAll(vi, ".", ""), ",", "."); got != s {
			t.Errorf("%q became %q", s, vi)
		}
	})
}
