package layout

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"baocao/extract/document"
)

// typesetter sets text on pages the way a word processor does, with letters of
// one width.
type typesetter struct {
	pages       []Page
	size        float64
	left, right float64
	top, bottom float64
	pitch       float64
	y           float64
	font        string
	bold        bool
}

func newTypesetter() *typesetter {
	t := &typesetter{size: 14, left: 85, right: 541, top: 71, bottom: 770, pitch: 19, font: "Tinos"}
	t.page()
	return t
}

func (t *typesetter) page() *Page {
	t.pages = append(t.pages, Page{Number: len(t.pages) + 1, Width: 595, Height: 842, Engine: "pdf"})
	t.y = t.top
	return &t.pages[len(t.pages)-1]
}

func (t *typesetter) current() *Page { return &t.pages[len(t.pages)-1] }

func (t *typesetter) advance(s string) float64 { return 0.5 * t.size * float64(len([]rune(s))) }

// at sets a string at a place; space is added to every space.
func (t *typesetter) at(x, y float64, s string, space float64) {
	p := t.current()
	for _, r := range s {
		w := 0.5 * t.size
		p.Glyphs = append(p.Glyphs, Glyph{
			X0: x, X1: x + w, Y0: y - Ascent*t.size, Y1: y + Descent*t.size, Baseline: y,
			Size: t.size, Text: string(r), Font: t.font, Bold: t.bold,
		})
		x += w
		if r == ' ' {
			x += space
		}
	}
}

// down moves to the next line, on a new page where this one is full.
func (t *typesetter) down() {
	t.y += t.pitch
	if t.y > t.bottom {
		t.page()
	}
}

// paragraph sets a paragraph, justified or ragged.
func (t *typesetter) paragraph(s string, indent float64, justify bool) {
	x := t.left + indent
	line := ""
	flush := func(last bool) {
		space := 0.0
		if gaps := strings.Count(line, " "); justify && !last && gaps > 0 {
			space = (t.right - x - t.advance(line)) / float64(gaps)
		}
		t.at(x, t.y, line, space)
		t.down()
		x = t.left
	}
	for _, word := range strings.Fields(s) {
		next := word
		if line != "" {
			next = line + " " + word
		}
		if line != "" && x+t.advance(next) > t.right {
			flush(false)
			next = word
		}
		line = next
	}
	flush(true)
}

// rule draws a ruling line.
func (t *typesetter) rule(x0, y0, x1, y1 float64) {
	p := t.current()
	p.Lines = append(p.Lines, Line{x0 - 0.25, y0 - 0.25, x1 + 0.25, y1 + 0.25})
}

func textOf(t *testing.T, pages []Page) string {
	t.Helper()
	doc := Build(pages)
	end := 0
	for i, b := range doc.Blocks {
		if b.Start < end || b.End < b.Start || b.End > len(doc.Text) || strings.TrimSpace(doc.Text[end:b.Start]) != "" {
			t.Fatalf("block %d has the span %d..%d after %d", i, b.Start, b.End, end)
		}
		end = b.End
	}
	return doc.Text
}

func wantText(t *testing.T, pages []Page, want ...string) {
	t.Helper()
	got := strings.Split(strings.TrimSuffix(textOf(t, pages), "\n"), "\n")
	for i := range max(len(got), len(want)) {
		var g, w string
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("line %d is %q, want %q", i+1, g, w)
		}
	}
}

var vocabulary = strings.Fields(`ủy ban nhân dân xã đã tiếp nhận 239 hồ sơ giải quyết trước hạn đạt tỷ lệ 100%
	thủ tục hành chính công chức bộ phận một cửa trực tuyến mức độ Quyết định số 895/QĐ-UBND ngày 15/5/2023 của tỉnh
	Hải Dương về việc công bố; trong đó (gồm cả liên thông), tuyên truyền trên hệ thống đài truyền thanh`)

func randomText(r *rand.Rand) string {
	words := []string{"Kết"}
	for range 3 + r.IntN(120) {
		words = append(words, vocabulary[r.IntN(len(vocabulary))])
	}
	return strings.Join(words, " ") + "."
}

// TestParagraphsComeBack sets random paragraphs with indented first lines over
// several pages, justified and ragged, and wants them back.
func TestParagraphsComeBack(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 1))
		setter := newTypesetter()
		if seed%3 == 1 {
			setter.pitch, setter.size = 15, 12
		}
		var want []string
		for range 25 {
			s := randomText(r)
			if r.IntN(4) == 0 {
				s = "- " + s
			}
			want = append(want, s)
			setter.paragraph(s, 36, seed%2 == 0)
		}
		got := strings.Split(strings.TrimSuffix(textOf(t, setter.pages), "\n"), "\n")
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Fatalf("seed %d: paragraph %d of %d (%d wanted) differs:\n%q", seed, i+1, len(got), len(want), got[min(i, len(got)-1)])
			}
		}
	}
}

func TestHeadingsAndLists(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("tuyên truyền qua hội nghị; ", 8)) + " hết."
	setter := newTypesetter()
	setter.bold = true
	setter.paragraph("I. KẾT QUẢ ĐẠT ĐƯỢC", 0, true)
	setter.bold = false
	setter.paragraph(long, 0, true)
	setter.y += 6
	setter.paragraph("- "+long, 0, true)
	setter.y += 6
	setter.paragraph("1. Công tác chỉ đạo", 0, true)
	setter.paragraph("a) "+long, 0, true)
	wantText(t, setter.pages, "I. KẾT QUẢ ĐẠT ĐƯỢC", long, "- "+long, "1. Công tác chỉ đạo", "a) "+long)
}

func TestCentredTitle(t *testing.T) {
	setter := newTypesetter()
	centre := func(s string) {
		setter.at((setter.left+setter.right-setter.advance(s))/2, setter.y, s, 0)
		setter.down()
	}
	setter.bold = true
	centre("BÁO CÁO")
	centre("Kết quả công tác cải cách hành chính tháng 9 năm 2025, nhiệm vụ")
	centre("trọng tâm tháng 10 năm 2025")
	setter.bold = false
	setter.paragraph(strings.Repeat("hồ sơ ", 40), 36, true)
	wantText(t, setter.pages, "BÁO CÁO",
		"Kết quả công tác cải cách hành chính tháng 9 năm 2025, nhiệm vụ trọng tâm tháng 10 năm 2025",
		strings.TrimSpace(strings.Repeat("hồ sơ ", 40)))
}

func TestLetterhead(t *testing.T) {
	setter := newTypesetter()
	setter.at(100, 80, "ỦY BAN NHÂN DÂN", 0)
	setter.at(290, 80, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0)
	setter.at(120, 99, "XÃ TỨ KỲ", 0)
	setter.at(320, 99, "Độc lập - Tự do - Hạnh phúc", 0)
	setter.at(100, 130, "Số: 187/BC-UBND", 0)
	setter.at(300, 130, "Tứ Kỳ, ngày 03 tháng 10 năm 2025", 0)
	setter.at(280, 160, "BÁO CÁO", 0)
	setter.y = 190
	setter.paragraph(strings.Repeat("hồ sơ ", 60), 36, true)
	wantText(t, setter.pages,
		"ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
		"XÃ TỨ KỲ\tĐộc lập - Tự do - Hạnh phúc",
		"Số: 187/BC-UBND\tTứ Kỳ, ngày 03 tháng 10 năm 2025",
		"BÁO CÁO", strings.TrimSpace(strings.Repeat("hồ sơ ", 60)))
}

// TestSignature: the recipients are small print, so their lines stand closer
// than those of the signature beside them.
func TestSignature(t *testing.T) {
	setter := newTypesetter()
	setter.paragraph(strings.Repeat("hồ sơ ", 60), 36, true)
	top := setter.y + 20
	setter.size = 11
	for i, s := range []string{"Nơi nhận:", "- UBND huyện (b/c);", "- Phòng Nội vụ;", "- Đảng ủy xã;", "- Các thôn;", "- Lưu: VT."} {
		setter.at(85, top+12.6*float64(i), s, 0)
	}
	setter.size = 14
	for _, row := range []struct {
		at int
		s  string
	}{{0, "TM. ỦY BAN NHÂN DÂN"}, {1, "CHỦ TỊCH"}, {4, "Nguyễn Văn A"}} {
		setter.at(420-setter.advance(row.s)/2, top+16.1*float64(row.at), row.s, 0)
	}
	wantText(t, setter.pages, strings.TrimSpace(strings.Repeat("hồ sơ ", 60)),
		"Nơi nhận:\tTM. ỦY BAN NHÂN DÂN", "- UBND huyện (b/c);\tCHỦ TỊCH", "- Phòng Nội vụ;", "- Đảng ủy xã;",
		"- Các thôn;\tNguyễn Văn A", "- Lưu: VT.")
}

// table draws a table of three columns with a merged head and returns its rows.
func (t *typesetter) table(top float64, rows int, from int) []string {
	xs := []float64{85, 120, 330, 430, 540}
	y := top
	t.size = 11
	for _, x := range []float64{85, 120, 330, 540} {
		t.rule(x, top, x, top+20*float64(rows+2))
	}
	t.rule(430, top+20, 430, top+20*float64(rows+2))
	t.rule(85, y, 540, y)
	t.at(90, y+24, "TT", 0) // in the middle of two rows
	t.at(125, y+24, "Lĩnh vực", 0)
	t.at(340, y+14, "Số hồ sơ", 0)
	y += 20
	t.rule(330, y, 540, y)
	t.at(335, y+14, "Tiếp nhận", 0)
	t.at(435, y+14, "Giải quyết", 0)
	y += 20
	want := []string{"TT\tLĩnh vực\tSố hồ sơ\t", "\t\tTiếp nhận\tGiải quyết"}
	for i := range rows {
		t.rule(85, y, 540, y)
		cells := []string{fmt.Sprint(from + i), "Hộ tịch", fmt.Sprint(100 + from + i), ""}
		if i%2 == 0 {
			cells[3] = "7"
		}
		for j, c := range cells {
			t.at(xs[j]+5, y+14, c, 0)
		}
		want = append(want, strings.Join(cells, "\t"))
		y += 20
	}
	t.rule(85, y, 540, y)
	t.y = y + 30
	t.size = 14
	return want
}

func TestRuledTable(t *testing.T) {
	setter := newTypesetter()
	setter.paragraph("Kết quả như sau:", 36, true)
	want := append([]string{"Kết quả như sau:"}, setter.table(setter.y, 3, 1)...)
	setter.paragraph("Trên đây là báo cáo.", 36, true)
	wantText(t, setter.pages, append(want, "Trên đây là báo cáo.")...)
	doc := Build(setter.pages)
	for i, b := range doc.Blocks {
		inTable := i >= 1 && i <= 5
		if (b.Kind == document.Row) != inTable || (b.Table == 1) != inTable {
			t.Errorf("block %d: kind %v, table %d", i, b.Kind, b.Table)
		}
	}
}

// TestTableOverPages: the head repeated on the second page stands in the text
// once, and the rows are of one table.
func TestTableOverPages(t *testing.T) {
	setter := newTypesetter()
	want := setter.table(100, 3, 1)
	setter.page()
	want = append(want, setter.table(100, 2, 4)[2:]...)
	wantText(t, setter.pages, want...)
	doc := Build(setter.pages)
	if last := doc.Blocks[len(doc.Blocks)-1]; last.Table != 1 || last.Page != 2 {
		t.Errorf("last row is in table %d on page %d", last.Table, last.Page)
	}
}

func TestCellLines(t *testing.T) {
	setter := newTypesetter()
	for _, x := range []float64{85, 160, 300} {
		setter.rule(x, 100, x, 200)
	}
	for _, y := range []float64{100, 160, 200} {
		setter.rule(85, y, 300, y)
	}
	setter.size = 10
	setter.at(90, 112, "(3)=(4)+", 0)
	setter.at(90, 124, "(5)+(6)", 0)
	setter.at(165, 112, "Hồ sơ giải quyết", 0)
	setter.at(165, 124, "trước hạn", 0)
	setter.at(90, 172, "48.735.000.123", 0)
	setter.at(90, 184, ".456", 0)
	setter.at(165, 178, "đồng", 0)
	wantText(t, setter.pages, "(3)=(4)+(5)+(6)\tHồ sơ giải quyết trước hạn", "48.735.000.123.456\tđồng")
}

// TestFrame: a frame around text is no table.
func TestFrame(t *testing.T) {
	setter := newTypesetter()
	for _, x := range []float64{60, 560} {
		setter.rule(x, 40, x, 800)
	}
	for _, y := range []float64{40, 800} {
		setter.rule(60, y, 560, y)
	}
	setter.paragraph("Kết quả như sau:", 36, true)
	wantText(t, setter.pages, "Kết quả như sau:")
}

func TestTableWithoutRules(t *testing.T) {
	setter := newTypesetter()
	setter.paragraph(strings.Repeat("hồ sơ ", 60), 36, true)
	rows := [][]string{{"TT", "Lĩnh vực", "Tiếp nhận", "Giải quyết"}, {"1", "Hộ tịch", "41", "40"}, {"2", "Chứng thực", "", "177"}, {"", "Tổng cộng", "218", "217"}}
	want := []string{strings.TrimSpace(strings.Repeat("hồ sơ ", 60))}
	for _, row := range rows {
		for j, c := range row {
			setter.at([]float64{85, 140, 300, 440}[j], setter.y, c, 0)
		}
		setter.down()
		want = append(want, strings.Join(row, "\t"))
	}
	wantText(t, setter.pages, want...)
}

func TestFurniture(t *testing.T) {
	setter := newTypesetter()
	r := rand.New(rand.NewPCG(7, 7))
	var want []string
	for page := 1; page <= 4; page++ {
		if page > 1 {
			setter.page()
		}
		setter.at(300, 40, "Báo cáo CCHC tháng 5/2023", 0)
		want = append(want, randomText(r))
		setter.paragraph(want[page-1], 36, true)
		setter.at(250, 810, fmt.Sprintf("UBND xã - trang %d", page), 0)
	}
	wantText(t, setter.pages, want...)
	warnings := strings.Join(Build(setter.pages).Warnings, "\n")
	if !strings.Contains(warnings, "Báo cáo CCHC") || !strings.Contains(warnings, "UBND xã - trang 1") {
		t.Errorf("warnings are %q", warnings)
	}
}

// TestPageNumbers: lone numbers that count the pages go, other numbers stay.
func TestPageNumbers(t *testing.T) {
	setter := newTypesetter()
	setter.paragraph("Kết quả như sau:", 36, true)
	setter.page()
	setter.at(300, 40, "2", 0)
	setter.paragraph("Tổng số:", 36, true)
	setter.at(300, 300, "239", 0)
	wantText(t, setter.pages, "Kết quả như sau:", "Tổng số:", "239")
}

// TestTwoForms: two letters of one office in one file begin alike; that is no
// running head.
func TestTwoForms(t *testing.T) {
	setter := newTypesetter()
	setter.top = 120
	setter.y = 120
	for i := range 2 {
		if i > 0 {
			setter.page()
		}
		setter.paragraph("ỦY BAN NHÂN DÂN XÃ", 36, true)
		setter.paragraph(strings.Repeat("hồ sơ ", 30), 36, true)
	}
	body := strings.TrimSpace(strings.Repeat("hồ sơ ", 30))
	wantText(t, setter.pages, "ỦY BAN NHÂN DÂN XÃ", body, "ỦY BAN NHÂN DÂN XÃ", body)
}

func TestRaisedNumbers(t *testing.T) {
	setter := newTypesetter()
	setter.at(85, 100, "Tiếp nhận 239", 0)
	raised := func(x float64, s string) {
		setter.size = 8
		setter.at(x, 94, s, 0)
		setter.size = 14
	}
	raised(85+setter.advance("Tiếp nhận 239"), "1")
	setter.at(200, 100, "hồ sơ, 12 m", 0)
	raised(200+setter.advance("hồ sơ, 12 m"), "2")
	for i := range 10 {
		setter.at(85, 130+19*float64(i), strings.Repeat("hồ sơ ", 10), 0)
	}
	if got := textOf(t, setter.pages); !strings.HasPrefix(got, "Tiếp nhận 239¹ hồ sơ, 12 m²\n") {
		t.Errorf("text is %q", got)
	}
	// With the note at the foot of the page, its number goes.
	setter.rule(85, 760, 200, 760)
	setter.size = 10
	setter.at(85, 775, "1 Số liệu đến ngày 25/5.", 0)
	doc := Build(setter.pages)
	if !strings.HasPrefix(doc.Text, "Tiếp nhận 239 hồ sơ, 12 m²\nSố liệu đến ngày 25/5.\n") || doc.Blocks[1].Kind != document.Footnote {
		t.Errorf("text is %q", doc.Text)
	}
}

// TestMixedFonts: letters of one word in two fonts are one word.
func TestMixedFonts(t *testing.T) {
	setter := newTypesetter()
	x := 85.0
	for i, r := range "kết quả giải quyết" {
		setter.font = []string{"LiberationSerif", "DejaVuSerif"}[i%2]
		setter.at(x, 100, string(r), 0)
		x += setter.advance(string(r))
	}
	wantText(t, setter.pages, "kết quả giải quyết")
}

// TestMissingSpaces: without printed spaces the gaps part the words.
func TestMissingSpaces(t *testing.T) {
	setter := newTypesetter()
	x := 85.0
	for _, word := range strings.Fields("đã tiếp nhận 239 hồ sơ") {
		setter.at(x, 100, word, 0)
		x += setter.advance(word) + 0.25*setter.size
	}
	wantText(t, setter.pages, "đã tiếp nhận 239 hồ sơ")
}

func TestPrintedTwice(t *testing.T) {
	setter := newTypesetter()
	for i := range 11 {
		s := string([]rune("BÁO CÁO 11/")[i])
		x := 85 + 7*float64(i)
		setter.at(x, 100, s, 0)
		setter.at(x+0.4, 100, s, 0)
	}
	wantText(t, setter.pages, "BÁO CÁO 11/")
}

// TestStamp: text at an angle does not get into the lines it crosses.
func TestStamp(t *testing.T) {
	setter := newTypesetter()
	body := strings.TrimSpace(strings.Repeat("hồ sơ ", 60))
	setter.paragraph(body, 36, true)
	p := setter.current()
	const angle = -40.0
	sin, cos := math.Sincos(angle * math.Pi / 180)
	for i, r := range []rune("BẢN SAO") {
		d := 20 * float64(i)
		p.Glyphs = append(p.Glyphs, Glyph{X0: 200 + d*cos, Y0: 150 + d*sin, X1: 200 + (d+20)*cos, Y1: 150 + (d+20)*sin,
			Baseline: 150 + d*sin, Size: 40, Text: string(r), Angle: angle})
	}
	wantText(t, setter.pages, body, "BẢN SAO")
	doc := Build(setter.pages)
	if doc.Blocks[1].Kind != document.TextBox {
		t.Errorf("kind is %v", doc.Blocks[1].Kind)
	}
}

// TestDoubts: doubtful characters are marked where they stand in the text.
func TestDoubts(t *testing.T) {
	setter := newTypesetter()
	setter.at(85, 100, "tiếp nhận 239 hồ sơ", 0)
	p := setter.current()
	for i := range p.Glyphs {
		p.Glyphs[i].Confidence = 0.97
		if p.Glyphs[i].Text == "3" {
			p.Glyphs[i].Confidence = 0.4
		}
	}
	doc := Build(setter.pages)
	if len(doc.Doubts) != 1 || doc.Text[doc.Doubts[0].Start:doc.Doubts[0].End] != "3" || doc.Doubts[0].Confidence != 0.4 {
		t.Errorf("doubts are %v in %q", doc.Doubts, doc.Text)
	}
}

func TestPageInColumns(t *testing.T) {
	setter := newTypesetter()
	setter.size, setter.pitch = 10, 13
	title := "KẾT QUẢ CẢI CÁCH HÀNH CHÍNH TRÊN ĐỊA BÀN HUYỆN TỨ KỲ TRONG NĂM"
	setter.at(120, 71, title, 0)
	r := rand.New(rand.NewPCG(3, 3))
	body := randomText(r)
	for len(body) < 900 {
		body += " " + randomText(r)
	}
	for _, edges := range [][2]float64{{85, 305}, {320, 541}} {
		setter.left, setter.right = edges[0], edges[1]
		setter.y = 110
		if edges[0] > 300 {
			setter.y = 113 // lines of the columns need not be level
		}
		setter.paragraph(body, 20, true)
		setter.paragraph("Không có hồ sơ quá hạn.", 20, true)
	}
	wantText(t, setter.pages, title, body, "Không có hồ sơ quá hạn.", body, "Không có hồ sơ quá hạn.")
}

// TestLegacyFonts: the font's name tells the encoding, and that its small
// letters show as capitals.
func TestLegacyFonts(t *testing.T) {
	setter := newTypesetter()
	setter.font = "ABCDEF+.VnTimeH"
	setter.at(85, 100, "b¸o c¸o", 0)
	setter.font = ".VnTime"
	setter.at(85, 130, "®\u00adîc 239 hå s¬", 0)
	wantText(t, setter.pages, "BÁO CÁO", "được 239 hồ sơ")
	if doc := Build(setter.pages); doc.Encoding != "tcvn3" {
		t.Errorf("encoding is %q", doc.Encoding)
	}
}

func TestSeparator(t *testing.T) {
	tests := []struct{ a, b, want string }{
		{"58/BC-", "UBND", ""}, {"Lao động -", "Thương binh", " "}, {"tin/", "bài", ""}, {"hồ sơ", "đã", " "},
		{"huyện –", "xã", " "}, {"", "a", " "}, {"-", "a", " "},
	}
	for _, test := range tests {
		if got := separator(test.a, test.b); got != test.want {
			t.Errorf("separator(%q, %q) is %q", test.a, test.b, got)
		}
	}
}

func TestNothing(t *testing.T) {
	if doc := Build(nil); doc.Text != "" || len(doc.Pages) != 0 {
		t.Errorf("text is %q", doc.Text)
	}
	doc := Build([]Page{{Number: 1, Engine: "ocr", Note: "no text"}})
	if doc.Text != "" || len(doc.Pages) != 1 || doc.Pages[0].Engine != "ocr" || doc.Pages[0].Note != "no text" {
		t.Errorf("document is %+v", doc)
	}
}

// FuzzBuild places characters anywhere. No character may get lost but those
// printed twice at one place, and the blocks must be sound.
func FuzzBuild(f *testing.F) {
	f.Add([]byte("abcdefghijklmnopqrstuvwxyz0123456789"))
	f.Add([]byte{10, 10, 10, 20, 10, 10, 30, 10, 10, 40, 10, 250})
	f.Fuzz(func(t *testing.T, data []byte) {
		p := Page{Number: 1, Width: 600, Height: 800}
		want := 0
		seen := map[string]bool{}
		for i := 0; i+4 < len(data) && i < 5000; i += 5 {
			x, y, size := float64(data[i])*2.3, float64(data[i+1])*3, float64(data[i+2]%20)+5
			if data[i+3]%16 == 0 {
				p.Lines = append(p.Lines, Line{x, y, x + float64(data[i+4]), y + float64(data[i+2]%3)*40})
				continue
			}
			s := string(rune('a' + i/5%26))
			if key := fmt.Sprint(s); seen[key] {
				continue
			} else {
				seen[key] = true
			}
			p.Glyphs = append(p.Glyphs, Glyph{X0: x, X1: x + size/2, Y0: y - size, Y1: y, Baseline: y, Size: size, Text: s, Angle: float64(data[i+3] % 3 * 45)})
			want++
		}
		p.Lines = p.Lines[:len(p.Lines)/2]
		doc := Build([]Page{p})
		got := 0
		for _, r := range doc.Text + strings.Join(struckText(doc), "") {
			if 'a' <= r && r <= 'z' {
				got++
			}
		}
		if got != want {
			t.Errorf("%d characters of %d in %q", got, want, doc.Text)
		}
	})
}

// struckText returns what the warnings say was struck through.
func struckText(doc *document.Document) []string {
	var out []string
	for _, w := range doc.Warnings {
		if _, s, ok := strings.Cut(w, "struck-through text left out: "); ok {
			out = append(out, s)
		}
	}
	return out
}

func TestBrokenWord(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"Trướ", "c hạn", ""}, {"ST", "T", ""}, {"ĐV", "T", ""}, {"BC", "CI", ""}, {"Tron", "g hạn", ""}, {"Chưa đún", "g hạn", ""},
		{"Tổng", "số", " "}, {"Kỳ", "trước", " "}, {"DVC", "TTHC", " "}, {"1.0", "44", ""}, {"99,5", "3%", ""}, {"Hồ sơ", "12", " "},
	} {
		if got := cellSeparator(c.a, c.b, true); got != c.want {
			t.Errorf("between %q and %q stands %q, want %q", c.a, c.b, got, c.want)
		}
	}
	if n := runTogether("Trướ", "chạn"); n != len("c") {
		t.Errorf("of \"chạn\" %d bytes belong to the word before", n)
	}
	if n := runTogether("Kỳ", "chạn"); n != 0 {
		t.Errorf("%d bytes of \"chạn\" belong to \"Kỳ\"", n)
	}
}
