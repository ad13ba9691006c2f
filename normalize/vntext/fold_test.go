// This file tests folding and the way back.

package vntext

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestKey(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"Báo cáo", "báo cáo"},
		{"ỦY BAN NHÂN DÂN", "ủy ban nhân dân"},
		{"UỶ BAN, HOÀ, KỸ, HÐND", "ủy ban, hòa, kĩ, hđnd"},
		{"Uỷ ban", "ủy ban"},
		{"hoà hoá hoả hoã hoạ", "hòa hóa hỏa hõa họa"},
		{"khoẻ thuỷ luỹ kế tuỳ", "khỏe thủy lũy kế tùy"},
		{"hoàn thuyền huỳnh khoảng ngoài khuỷu khuya toàn", "hoàn thuyền huỳnh khoảng ngoài khuỷu khuya toàn"},
		{"hòan thành tòan quốc ngòai", "hoàn thành toàn quốc ngoài"},
		{"quý quỳ quỷ quỵ quí", "quí quì quỉ quị quí"},
		{"qúy qủa gía gìa", "quí quả giá già"},
		{"quyết quỳnh quyền quà qua", "quyết quỳnh quyền quà qua"},
		{"gì gìn giết giờ giữa già", "gì gìn giết giờ giữa già"},
		{"kỹ kĩ tỷ tỉ lý lí mỹ sỹ ký hy vy", "kĩ kĩ tỉ tỉ lí lí mĩ sĩ kí hi vi"},
		{"y tế ý kiến huy thúy hay tay lý", "y tế ý kiến huy thúy hay tay lí"},
		{"kỳ công ty kỷ luật", "kì công ti kỉ luật"},
		{"thực hiện nghiêng", "thực hiện nghiêng"},
		{"Đ Ð Ɖ ð ɖ", "đ đ đ đ đ"},
		{"tr\u01CEm", "trăm"},
		{"Hồ sơ", "hồ sơ"},
		{"ho\u0302\u0300 so\u031B", "hồ sơ"},
		{"h\u00F4\u0300", "hồ"},
		{"ho\u0300\u0302", "hồ"},
		{"a\u0301\u0302 a\u0323\u0302 a\u0341", "ấ ậ á"},
		{"hoa\u0300", "hòa"},
		{"hо\u0301", "hó"},
		{"а е о с р х", "a e o c p x"},
		{"ho\u00ADàn", "hoàn"},
		{"hoà\u00ADn", "hoàn"},
		{"\uFEFFBáo\u200Bcáo", "báocáo"},
		{"a \u00A0\n b\r\nc", "a b c"},
		{"a\t\tb \t c", "a\t\tb \t c"},
		{"10–15 — 3−5", "10-15 - 3-5"},
		{"“a” «b» ‘c’", "\"a\" \"b\" 'c'"},
		{"1⁄2 3∕4", "1/2 3/4"},
		{"１２３％", "123%"},
		{"\xffa\xc3", "\uFFFDa\uFFFD"},
		{"Thủtục", "thủtục"},
		{"3,1 TỶ", "3,1 tỉ"},
		{"ΑΒΓ Öffnung", "αβγ öffnung"},
		{"F02D \uF02D", "f02d -"},
	}
	for _, tt := range tests {
		if got := Key(tt.in); got != tt.want {
			t.Errorf("Key(%q) = %q, want %q", tt.in, got, tt.want)
		}
		f := Fold(tt.in)
		if f.Text != tt.want {
			t.Errorf("Fold(%q).Text = %q, want %q", tt.in, f.Text, tt.want)
		}
		if again := Key(f.Text); again != f.Text {
			t.Errorf("Key(%q) = %q: folding twice changes it", f.Text, again)
		}
	}
}

func TestSpan(t *testing.T) {
	tests := []struct{ in, part, want string }{
		{"Đã tiếp  nhận 239 hồ sơ", "nhận 239", "nhận 239"},
		{"ho\u0302\u0300 so\u031B mới", "hồ", "ho\u0302\u0300"},
		{"ho\u0302\u0300 so\u031B mới", "sơ mới", "so\u031B mới"},
		{"Luỹ kế: 12", "lũy kế", "Luỹ kế"},
		{"Luỹ kế: 12", "12", "12"},
		{"tỷ lệ 98,5\u00A0%", "98,5 %", "98,5\u00A0%"},
		{"a\u00AD \u200B12\u200B hồ", "12", "12"},
		{"a\u00AD \u200B12\u200B hồ", "a", "a"},
		{"giai đoạn 2021–2025", "2021-2025", "2021–2025"},
		{"dòng một\n   dòng hai", "một dòng", "một\n   dòng"},
		{"\xff\xfe12", "12", "12"},
		{"kỹ năng số", "kĩ", "kỹ"},
		{"kỹ năng số", "năng số", "năng số"},
	}
	for _, tt := range tests {
		f := Fold(tt.in)
		i := strings.Index(f.Text, tt.part)
		if i < 0 {
			t.Errorf("%q is not in Fold(%q).Text = %q", tt.part, tt.in, f.Text)
			continue
		}
		s, e := f.Span(i, i+len(tt.part))
		if tt.in[s:e] != tt.want {
			t.Errorf("Fold(%q): %q maps to %q, want %q", tt.in, tt.part, tt.in[s:e], tt.want)
		}
	}
}

func TestSpanEdges(t *testing.T) {
	f := Fold("\u200BỦy  ban\u200B")
	for _, span := range [][2]int{{-5, 100}, {0, len(f.Text)}} {
		s, e := f.Span(span[0], span[1])
		if s != 3 || e != 3+len("Ủy  ban") {
			t.Errorf("Span(%d, %d) = %d, %d", span[0], span[1], s, e)
		}
	}
	if s, e := f.Span(3, 3); s != e {
		t.Errorf("an empty span maps to %d, %d", s, e)
	}
	if s, e := (Folded{}).Span(0, 5); s != 0 || e != 0 {
		t.Errorf("the empty text maps to %d, %d", s, e)
	}
}

func TestNFC(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Báo cáo 2023", "Báo cáo 2023"},
		{"ho\u0302\u0300 SO\u031B", "hồ SƠ"},
		{"A\u0301\u0302", "Ấ"},
		{"H\u00F4\u0300  Sơ\t", "Hồ  Sơ\t"},
		{"Ðồng Ɖ ð tr\u01CEm", "Đồng Đ đ trăm"},
		{"Hoà – “kỹ”", "Hoà – “kỹ”"},
		{"plain", "plain"},
	}
	for _, tt := range tests {
		if got := NFC(tt.in); got != tt.want {
			t.Errorf("NFC(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"Đã tiếp nhận": "da tiep nhan",
		"kỹ thuật":     "ki thuat",
		"Öl":           "ol",
		"abc":          "abc",
	} {
		if got := Plain(in); got != want {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestFormsAgree folds every letter in every form it can be written in.
func TestFormsAgree(t *testing.T) {
	for _, row := range vowels {
		for _, r := range row {
			for _, form := range []rune{r, upperVowel(r)} {
				want := Key("b" + string(r))
				for _, s := range []string{string(form), norm.NFD.String(string(form))} {
					if got := Key("b" + s); got != want {
						t.Errorf("Key(%q) = %q, want %q", "b"+s, got, want)
					}
				}
				d := []rune(norm.NFD.String(string(form)))
				if len(d) == 3 {
					if got := Key("b" + string([]rune{d[0], d[2], d[1]})); got != want {
						t.Errorf("tone first: Key = %q, want %q", got, want)
					}
				}
			}
		}
	}
}

func checkFold(t *testing.T, s string) {
	t.Helper()
	f := Fold(s)
	if !utf8.ValidString(f.Text) {
		t.Fatalf("Fold(%q).Text = %q is not UTF-8", s, f.Text)
	}
	if key := Key(s); key != f.Text {
		t.Fatalf("Key(%q) = %q, Fold gives %q", s, key, f.Text)
	}
	if again := Key(f.Text); again != f.Text {
		t.Fatalf("Key(%q) = %q: folding twice changes it", f.Text, again)
	}
	valid := utf8.ValidString(s)
	for i := 0; i <= len(f.Text); i++ {
		o0, o1 := f.Span(0, i)
		p0, p1 := f.Span(i, len(f.Text))
		if o0 < 0 || o0 > o1 || p0 > p1 || p1 > len(s) || i < len(f.Text) && f.Text[i] == ' ' && p0 < o1 {
			t.Fatalf("Fold(%q): 0..%d maps to %d..%d, the rest to %d..%d", s, i, o0, o1, p0, p1)
		}
		if i < len(f.Text) && valid {
			if q0, q1 := f.Span(i, i+1); q0 < len(s) && !utf8.RuneStart(s[q0]) || q1 < len(s) && !utf8.RuneStart(s[q1]) {
				// inside a letter that kept its length the span is the byte's own
				if q1-q0 != 1 {
					t.Fatalf("Fold(%q): %d..%d maps to %d..%d, inside a letter", s, i, i+1, q0, q1)
				}
			}
		}
	}
	// every field maps back to text that folds to it
	at := 0
	for _, w := range strings.FieldsFunc(f.Text, func(r rune) bool { return r == ' ' || r == '\t' }) {
		i := at + strings.Index(f.Text[at:], w)
		at = i + len(w)
		o0, o1 := f.Span(i, at)
		if got := Key(s[o0:o1]); got != w {
			t.Fatalf("Fold(%q): %q maps to %q, which folds to %q", s, w, s[o0:o1], got)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{
		"Đã tiếp nhận 239 hồ sơ, giải quyết 235/235 hồ sơ (đạt 98,5 %)", "luỹ kế\u00A0\t  kỹ thuật",
		"ho\u0302\u0300 so\u031B \u200B\u00ADqúy", "\xff\xc3a\u0301\u0302", "ǎ\u0301 Ð İ \u1100\u1161 가\u11A8", "А\u0306 \u2010\u0338",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkFold(t, s)
		if n := NFC(s); NFC(n) != n {
			t.Fatalf("NFC(%q) = %q is not stable", s, n)
		}
		if p := Plain(s); Key(p) == "" != (p == "") {
			t.Fatalf("Plain(%q) = %q", s, p)
		}
	})
}

func TestFoldSouthern(t *testing.T) {
	for in, want := range map[string]string{
		"Cải cách hành chánh":               "cải cách hành chính",
		"THỦ TỤC HÀNH CHÁNH":                "thủ tục hành chính",
		"qua bưu  chánh công ích":           "qua bưu chính công ích",
		"Chánh Văn phòng, huyện Bình Chánh": "chánh văn phòng, huyện bình chánh",
	} {
		f := Fold(in)
		if f.Text != want || Fold(want).Text != want {
			t.Errorf("Fold(%q) = %q, want %q, which folds to itself", in, f.Text, want)
		}
	}
}

func TestFoldSpacesAndBullets(t *testing.T) {
	for in, want := range map[string]string{
		"tiếp nhận : 12 hồ sơ ; trả 11 ( 1 hồ sơ ) , còn 0": "tiếp nhận: 12 hồ sơ; trả 11 (1 hồ sơ), còn 0",
		"( ( 12 ) )":           "((12))",
		"đạt\u00a0:\u00a0100%": "đạt: 100%",
		"nhận\u2003，12":        "nhận,12",
		"\uf0b7 Đã trả":        "• đã trả",
		"\uf0d8\tĐã trả":       "•\tđã trả",
		"➢ Đã trả":             "• đã trả",
		"\uf02d Đã trả":        "- đã trả",
		"kết quả . Trong đó":   "kết quả . trong đó",
	} {
		if got := Key(in); got != want {
			t.Errorf("Key(%q) = %q, want %q", in, got, want)
		}
		if again := Key(want); again != want {
			t.Errorf("folding %q again gives %q", want, again)
		}
	}
}
