// The gate against text layers that are good, bad, and odd but good.
package gate_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"baocao/extract/gate"
	"baocao/extract/layout"
	"baocao/extract/pdf"
)

func newGate(t testing.TB) *gate.Gate {
	t.Helper()
	g, err := gate.New()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// pageTexts gives the text of each page of a PDF of the test documents.
func pageTexts(t *testing.T, path string) []string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	pages, _, err := pdf.Pages(context.Background(), file, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range pages {
		out = append(out, layout.Build([]layout.Page{p}).Text)
	}
	return out
}

// TestDocuments shows the margin of every document: its worst page.
func TestDocuments(t *testing.T) {
	const dir = "../../testdata"
	garbage := map[string]bool{"gs_ps.pdf": true}
	var paths []string
	for _, pattern := range []string{"documents/*.pdf", "documents/mixed/*.pdf", "synth/pdf/*.pdf"} {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 {
			t.Fatalf("no documents match %s", pattern)
		}
		paths = append(paths, found...)
	}
	g := newGate(t)
	for _, path := range paths {
		name := filepath.ToSlash(strings.TrimPrefix(path, filepath.FromSlash(dir)))
		t.Run(name, func(t *testing.T) {
			low, one, bad := 1.0, 0.0, 0.0
			for i, text := range pageTexts(t, path) {
				v := g.Judge(text)
				if want := !garbage[filepath.Base(path)]; v.Pass != want {
					t.Errorf("page %d: pass is %v, want %v: %+v", i+1, v.Pass, want, v)
				}
				if v.Words >= 15 {
					low, one, bad = min(low, v.Common), max(one, v.OneLetter), max(bad, v.Bad)
				}
			}
			t.Logf("common words at least %.2f, one-letter words at most %.2f, bad characters at most %.2f", low, one, bad)
		})
	}
}

const report = "Trong tháng, Ủy ban nhân dân xã đã tiếp nhận 239 hồ sơ, giải quyết 235 hồ sơ đúng hạn; việc công khai thủ tục hành chính được thực hiện theo quy định của tỉnh."

func TestJudge(t *testing.T) {
	var table strings.Builder
	for i := range 60 {
		fmt.Fprintf(&table, "%d\t%d\t%d,%d\t100%%\n", i, 7*i, i, i%10)
	}
	tests := []struct {
		name, text string
		pass       bool
	}{
		{"report", report, true},
		{"capitals", strings.ToUpper(report), true},
		{"without accents", "Trong thang, UBND xa da tiep nhan 239 ho so, giai quyet 235 ho so dung han; viec cong khai thu tuc hanh chinh duoc thuc hien theo quy dinh cua tinh.", true},
		{"numbers only", table.String(), true},
		{"columns by letters", "A\tB\tC\tD\tE\n1\t2\t3\t4\t5\n" + table.String(), true},
		{"page number", "- 7 -", true},
		{"signature", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", true},
		{"names and addresses", "Nguyễn Thuận Đức, Trịnh Xuân Khuê, Lưu Quỳnh Hoa, Phạm Thị Nguyệt, Vũ Hoàng Yến, Bùi Khánh Linh, Đoàn Tuấn Kiệt, Hà Mai Chi", true},
		{"English", "The commune has received two hundred dossiers during this month and resolved nearly all of them before their deadlines, without any complaint from citizens.", true},
		{"bullets of a symbol font", strings.Repeat("\uf0b7 Tiếp nhận hồ sơ của công dân tại bộ phận một cửa\n", 9), true},
		{"empty", "", false},
		{"white space", " \n\t ", false},
		{"no code points", strings.Repeat("\uFFFD", 40) + " 239 \uFFFD\uFFFD", false},
		{"control characters", strings.Repeat("\x01\x03\x04\x05 \x06\x07\x0e\x0f ", 20), false},
		{"shifted alphabet", strings.Repeat("7KӵF KLӋQ F{QJ WiF FҧL FiFK KjQK FKtQK WKiQJ QăP 8%1' [m 4XDQJ .KҧL EiR FiR QKѭ VDX ", 3), false},
		{"letters apart", strings.Repeat("T i ế p n h ậ n h ồ s ơ c ủ a c ô n g d â n ", 4), false},
		{"bytes of TCVN3", strings.Repeat("ñy ban nh©n d©n x· quang kh¶i céng hßa x· héi chñ nghÜa viÖt nam ®éc lËp tù do h¹nh phóc sè b¸o c¸o ", 2), false},
		{"another script", "䡥汬漠睯牬搀", false},
		{"a Greek letter", "Hệ số α là 0,5", true},
		{"signs", strings.Repeat("^U _U8 *I$ 7@ 1= QP A QS '= >6 ;<W ", 8), false},
	}
	g := newGate(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := g.Judge(tt.text)
			if v.Pass != tt.pass {
				t.Errorf("pass is %v, want %v: %+v", v.Pass, tt.pass, v)
			}
			if v.Pass != (v.Reason == "") {
				t.Errorf("pass is %v with reason %q", v.Pass, v.Reason)
			}
		})
	}
}

func FuzzJudge(f *testing.F) {
	f.Add(report)
	f.Add("\uFFFD\x00 7KӵF")
	g := newGate(f)
	f.Fuzz(func(t *testing.T, text string) {
		v := g.Judge(text)
		for _, share := range []float64{v.Common, v.OneLetter, v.Bad} {
			if !(share >= 0 && share <= 1) {
				t.Fatalf("a share lies outside 0 to 1: %+v", v)
			}
		}
		if v.Pass != (v.Reason == "") || !utf8.ValidString(v.Reason) {
			t.Fatalf("%+v", v)
		}
	})
}

func BenchmarkJudge(b *testing.B) {
	text := strings.Repeat(report+"\n", 20)
	g := newGate(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		g.Judge(text)
	}
}
