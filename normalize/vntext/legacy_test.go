// This file tests the encodings from before Unicode.

package vntext

import (
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

const legacySample = `Uỷ ban nhân dân xã Quang Phục báo cáo kết quả công tác cải cách hành chính tháng 4 năm 2023, như sau:
Đã tiếp nhận 205 hồ sơ, trong đó trực tuyến 198 hồ sơ (đạt 96,6%); giải quyết đúng hạn 187/187 hồ sơ. Những tồn tại, hạn chế được
khắc phục; cán bộ thường xuyên niêm yết, rà soát thủ tục. Ưu điểm: kỹ năng số. Ở thôn, ấp: Ăn mặc gọn gàng, giữ gìn vệ sinh.`

// encode is the inverse of Decode, read from the same table column by column.
func encode(t *testing.T, enc Encoding, text string) string {
	t.Helper()
	column := map[Encoding]int{TCVN3: columnTCVN3, VNI: columnVNI, VPS: columnVPS, VISCII: columnVISCII, VIQR: 8}[enc]
	codes := map[rune]string{}
	for _, line := range strings.Split(strings.TrimSpace(legacyTable), "\n")[1:] {
		cells := strings.Split(line, "\t")
		letter, _ := utf8.DecodeRuneInString(cells[0])
		if enc == VIQR {
			codes[letter] = cells[column]
			continue
		}
		var b strings.Builder
		for _, h := range strings.Fields(cells[column]) {
			if v, err := strconv.ParseUint(h, 16, 8); err == nil {
				b.WriteRune(rune(v))
			}
		}
		codes[letter] = b.String()
	}
	var b strings.Builder
	for _, r := range text {
		code, ok := codes[r]
		switch {
		case !ok:
			b.WriteRune(r)
		case code == "": // TCVN3 has no toned capitals: the font draws them
			b.WriteString(codes[unicode.ToLower(r)])
		default:
			b.WriteString(code)
		}
	}
	return b.String()
}

func TestDecodeRoundTrip(t *testing.T) {
	for _, enc := range []Encoding{TCVN3, VNI, VPS, VISCII} {
		coded := encode(t, enc, legacySample)
		got, offsets := Decode(enc, coded, false)
		want := legacySample
		if enc == TCVN3 { // toned capitals come back small without the font's name
			got, want = strings.ToLower(got), strings.ToLower(want)
		}
		if got != want {
			t.Errorf("%s: decoded to %q", enc, got)
		}
		if len(offsets) != len(got)+1 {
			t.Errorf("%s: %d offsets for %d bytes", enc, len(offsets), len(got))
		}
	}
}

// TestDecodeLetters decodes every letter of every encoding alone.
func TestDecodeLetters(t *testing.T) {
	for _, row := range vowels {
		for _, small := range row {
			for _, r := range []rune{small, upperVowel(small), 'đ', 'Đ'} {
				for _, enc := range []Encoding{TCVN3, VNI, VPS, VISCII} {
					want := string(r)
					if enc == TCVN3 && letterOf(r).tone() != toneNone {
						want = string(small)
						if r == 'đ' || r == 'Đ' {
							want = string(r)
						}
					}
					if r < utf8.RuneSelf {
						continue
					}
					if got, _ := Decode(enc, encode(t, enc, string(r)), false); got != want {
						t.Errorf("%s: %q decoded to %q", enc, want, got)
					}
				}
				if got, _ := Decode(VIQR, "b"+encode(t, VIQR, string(r))+"n", false); got != "b"+string(r)+"n" {
					t.Errorf("viqr: %q decoded to %q", r, got)
				}
			}
		}
	}
}

func TestDecode(t *testing.T) {
	tests := []struct {
		enc      Encoding
		in       string
		capitals bool
		want     string
	}{
		{TCVN3, "B¸o c¸o tµi chÝnh", false, "Báo cáo tài chính"},
		{TCVN3, "th\u00adêng", false, "thường"},
		{TCVN3, "b¸o c¸o", true, "BÁO CÁO"},
		{TCVN3, "Aµ ¢Ç tμi", false, "À Ầ tài"},
		{TCVN3, "B\uF0B8o", false, "Báo"},
		{TCVN3, "Đã tiếp nhận", false, "Đã tiếp nhận"},
		{VNI, "Baùo caùo keát quaû coâng taùc", false, "Báo cáo kết quả công tác"},
		{VNI, "ÑAØ AØ Aø ôû höôùng kyø yï", false, "ĐÀ À À ở hướng kỳ ỵ"},
		{VIQR, "Tie^'p nha^.n ho^` so+ dd\\.", false, "Tiếp nhận hồ sơ đ."},
		{VIQR, "I. Vi. tri' he^.. La` a.", false, "I. Vị trí hệ. Là a."},
		{VIQR, "ddu+o+.c giu+~a", true, "ĐƯỢC GIỮA"},
		{VISCII, "\u0080 \u20ac", false, "Ạ Ạ"},
		{Unicode, "chữ thường", false, "chữ thường"},
		{Unicode, "chữ thường", true, "CHỮ THƯỜNG"},
		{"other", "a\xff", false, "a\xff"},
		{TCVN3, "\xff", false, "\xff"},
	}
	for _, tt := range tests {
		if got, _ := Decode(tt.enc, tt.in, tt.capitals); got != tt.want {
			t.Errorf("Decode(%s, %q) = %q, want %q", tt.enc, tt.in, got, tt.want)
		}
	}
}

func TestDecodeOffsets(t *testing.T) {
	in := "Baùo caùo keát quaû"
	out, offsets := Decode(VNI, in, false)
	i := strings.Index(out, "kết")
	j := i + len("kết")
	if got := in[offsets[i]:offsets[j]]; got != "keát" {
		t.Errorf("kết came from %q", got)
	}
	if offsets[len(out)] != len(in) {
		t.Errorf("the last offset is %d", offsets[len(out)])
	}
}

func TestEncodingOfFont(t *testing.T) {
	tests := []struct {
		name     string
		enc      Encoding
		capitals bool
		ok       bool
	}{
		{".VnTime", TCVN3, false, true},
		{".VnTimeH", TCVN3, true, true},
		{"ABCDEF+.VnTimeH-Bold", TCVN3, true, true},
		{".VnArial NarrowH", TCVN3, true, true},
		{".VnArial Narrow,BoldItalic", TCVN3, false, true},
		{"#2EVnTime", TCVN3, false, true},
		{"VnTimeH", TCVN3, true, true},
		{".VnGothic", TCVN3, false, true},
		{"VNI-Times", VNI, false, true},
		{"BCDEEE+VNI-Helve-Condense,Bold", VNI, false, true},
		{"VNI Times", VNI, false, true},
		{"VNITimes", VNI, false, true},
		{"VPS Times", VPS, false, true},
		{"VI Times", VISCII, false, true},
		{"Times New Roman", Unicode, false, false},
		{"ABCDEF+TimesNewRomanPSMT", Unicode, false, false},
		{"UVN Viet Sach", Unicode, false, false},
		{"Vnirvana", Unicode, false, false},
		{"", Unicode, false, false},
	}
	for _, tt := range tests {
		enc, capitals, ok := EncodingOfFont(tt.name)
		if enc != tt.enc || capitals != tt.capitals || ok != tt.ok {
			t.Errorf("EncodingOfFont(%q) = %s, %v, %v", tt.name, enc, capitals, ok)
		}
	}
}

func TestGuessEncoding(t *testing.T) {
	for _, enc := range []Encoding{TCVN3, VNI, VPS, VISCII, VIQR, Unicode} {
		text := legacySample
		if enc != Unicode {
			text = encode(t, enc, legacySample)
		}
		if got, sure := GuessEncoding(text); got != enc || sure < 0.8 {
			t.Errorf("GuessEncoding of %s text = %s, %.2f", enc, got, sure)
		}
		joined := strings.ReplaceAll(text, " ", "")
		if enc == VIQR {
			continue
		}
		if got, sure := GuessEncoding(joined); got != enc || sure < 0.5 {
			t.Errorf("GuessEncoding of %s text without spaces = %s, %.2f", enc, got, sure)
		}
	}
	for _, text := range []string{"", "plain words 123", "Là và có", "1.234/5.678 (98%)", "Café déjà vu naïve résumé",
		"The file's name is a.txt (see ~/b). It's dd'd? Yes."} {
		if got, sure := GuessEncoding(text); got != Unicode {
			t.Errorf("GuessEncoding(%q) = %s, %.2f", text, got, sure)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("B¸o c¸o th\u00adêng ¢Ç", uint8(0), true)
	f.Add("Baùo caùo ÑAØ", uint8(1), false)
	f.Add("Tie^'p nha^.n \\. dd\xff", uint8(4), true)
	encodings := []Encoding{TCVN3, VNI, VPS, VISCII, VIQR, Unicode}
	f.Fuzz(func(t *testing.T, s string, which uint8, capitals bool) {
		enc := encodings[int(which)%len(encodings)]
		out, offsets := Decode(enc, s, capitals)
		if len(offsets) != len(out)+1 || offsets[len(out)] != len(s) {
			t.Fatalf("Decode(%s, %q): %d offsets for %d bytes", enc, s, len(offsets), len(out))
		}
		for i := 1; i < len(offsets); i++ {
			if offsets[i] < offsets[i-1] {
				t.Fatalf("Decode(%s, %q): offsets go back at %d", enc, s, i)
			}
		}
		if utf8.ValidString(s) && !utf8.ValidString(out) {
			t.Fatalf("Decode(%s, %q) = %q is not UTF-8", enc, s, out)
		}
		if _, sure := GuessEncoding(s); sure < 0 || sure > 1 {
			t.Fatalf("GuessEncoding(%q) is %f sure", s, sure)
		}
	})
}
