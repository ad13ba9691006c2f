package txt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"baocao/extract/document"
)

// read reads a text that must be readable, and checks what a Document promises.
func read(t testing.TB, data string) *document.Document {
	t.Helper()
	doc, err := Read(context.Background(), strings.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	checkBlocks(t, doc)
	return doc
}

func checkBlocks(t testing.TB, doc *document.Document) {
	t.Helper()
	at := 0
	for i, b := range doc.Blocks {
		if b.Start < at || b.End <= b.Start || b.End > len(doc.Text) {
			t.Fatalf("block %d: span %d..%d after %d in %d bytes", i, b.Start, b.End, at, len(doc.Text))
		}
		if strings.TrimSpace(doc.Text[at:b.Start]) != "" {
			t.Fatalf("text %q lies in no block", doc.Text[at:b.Start])
		}
		if (b.Kind == document.Row) != (b.Table > 0) {
			t.Fatalf("block %d: %v of table %d", i, b.Kind, b.Table)
		}
		at = b.End
	}
	if strings.TrimSpace(doc.Text[at:]) != "" {
		t.Fatalf("text %q lies in no block", doc.Text[at:])
	}
}

// paragraphs returns the text of the blocks; the lines of one are joined with
// a space.
func paragraphs(doc *document.Document) []string {
	var out []string
	for _, b := range doc.Blocks {
		text := doc.Text[b.Start:b.End]
		if b.Kind != document.Row {
			text = strings.Join(strings.Fields(text), " ")
		}
		out = append(out, text)
	}
	return out
}

func TestEncodings(t *testing.T) {
	const text = "Đã tiếp nhận 239 hồ sơ\n"
	utf16le, utf16be := "\xFF\xFE", "\xFE\xFF"
	for _, u := range utf16.Encode([]rune(text)) {
		utf16le += string([]byte{byte(u), byte(u >> 8)})
		utf16be += string([]byte{byte(u >> 8), byte(u)})
	}
	for _, c := range []struct{ name, data, want string }{
		{"UTF-8", text, text},
		{"byte order mark", "\uFEFF" + text, text},
		{"UTF-16 little endian", utf16le, text},
		{"UTF-16 big endian", utf16be, text},
		{"Windows line ends", "a\r\nb\r\n", "a\nb\n"},
		{"old Mac line ends", "a\rb", "a\nb"},
		{"decomposed letters stay", "hô\u0300 so\u031b", "hô\u0300 so\u031b"},
		{"empty", "", ""},
	} {
		if got := read(t, c.data).Text; got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	for _, c := range []struct{ name, data string }{
		{"binary", "PK\x03\x04\x00\x00"},
		{"Latin-1", "B\xB8o c\xB8o"},
		{"UTF-16 without mark", "a\x00b\x00"},
		{"odd UTF-16", "\xFF\xFEa\x00b"},
		{"half a surrogate", "\xFF\xFE\x00\xD8a\x00"},
		{"escape", "\x1b[31m"},
	} {
		if _, err := Read(context.Background(), strings.NewReader(c.data), int64(len(c.data))); !errors.Is(err, ErrNotText) {
			t.Errorf("%s: error %v, want ErrNotText", c.name, err)
		}
	}
	if _, err := Read(context.Background(), bytes.NewReader(nil), MaxSize+1); !errors.Is(err, ErrTooLarge) {
		t.Errorf("large file: error %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, strings.NewReader(text), int64(len(text))); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: error %v", err)
	}
}

func TestBlocks(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a paragraph a line", "BÁO CÁO\nMột câu\nhai câu\n\n - Ba\n", []string{"BÁO CÁO", "Một câu", "hai câu", "- Ba"}},
		{"rows and their tables", "STT\tTên\n1\tHộ tịch\n\nhết\n1\ta\n", []string{"STT\tTên", "1\tHộ tịch", "hết", "1\ta"}},
		{"empty first and last cells", "\t\tTổng\t\n\tTổng số\t5\n", []string{"\t\tTổng\t", "\tTổng số\t5"}},
		{"indent by tab", "\tMột đoạn văn\n", []string{"Một đoạn văn"}},
	} {
		if got := paragraphs(read(t, c.text)); fmt.Sprintf("%q", got) != fmt.Sprintf("%q", c.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", c.name, got, c.want)
		}
	}
	doc := read(t, "1\ta\n2\tb\n\n3\tc\nx\n4\td\n")
	var tables []int
	for _, b := range doc.Blocks {
		tables = append(tables, b.Table)
	}
	if want := "[1 1 2 0 3]"; fmt.Sprint(tables) != want {
		t.Errorf("tables %v, want %s", tables, want)
	}
}

func TestPages(t *testing.T) {
	doc := read(t, "một\n\fhai\n\nba\f\nbốn\n")
	var pages []int
	for _, b := range doc.Blocks {
		pages = append(pages, b.Page)
	}
	if want := "[1 2 2 3]"; fmt.Sprint(pages) != want || len(doc.Pages) != 3 {
		t.Errorf("pages %v of %d, want %s", pages, len(doc.Pages), want)
	}
	if doc := read(t, "một\n"); doc.Blocks[0].Page != 0 || len(doc.Pages) != 1 {
		t.Errorf("without form feeds: %+v", doc)
	}
}

func TestMarks(t *testing.T) {
	for _, c := range []struct {
		line string
		want markKind
	}{
		{"- Ngày 09/5/2023", bullet}, {"+ Kết quả", bullet}, {"-Tiếp tục", bullet}, {"• ý", bullet},
		{"1. Công tác", heading}, {"2.1. Kiểm soát", heading}, {"2.1 Kiểm soát", heading}, {"1.Công tác", heading}, {"3/ Đề nghị", heading},
		{"a) Ưu điểm", heading}, {"đ) Đánh giá", heading}, {"II. ĐÁNH GIÁ", heading}, {"(1) Tiếp nhận", heading},
		{"-5,2 điểm", noMark}, {"1.234 hồ sơ", noMark}, {"15.000 đồng", noMark}, {"2023. Trong", noMark}, {"30/5/2023: Qua", noMark},
		{"5 năm 2023", noMark}, {"100%. Phát sinh", noMark}, {"17 hồ sơ", noMark}, {"12.5 ha", noMark},
		{"(đạt và vượt)", noMark}, {"xã; biểu dương", noMark}, {"số 215/NV", noMark}, {"TTHC cấp xã", noMark}, {"", noMark},
	} {
		if got := markOf(c.line).kind; got != c.want {
			t.Errorf("markOf(%q) = %v, want %v", c.line, got, c.want)
		}
	}
}

// report returns the paragraphs of a synthetic report.
func report(t testing.TB, name string) []string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimRight(line, "\n"); strings.TrimSpace(line) != "" {
			out = append(out, line)
		}
	}
	return out
}

// reports lists the synthetic reports that hold one paragraph a line.
func reports(t testing.TB) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("..", "..", "testdata", "synth", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(data, []byte("\t")) {
			out = append(out, name)
		}
	}
	if len(out) < 5 {
		t.Fatalf("only %d reports", len(out))
	}
	return out
}

// TestParagraphLines: where every paragraph is one line, nothing is joined.
func TestParagraphLines(t *testing.T) {
	for _, name := range reports(t) {
		want := report(t, name)
		for i, line := range want {
			if !strings.Contains(line, "\t") {
				want[i] = strings.Join(strings.Fields(line), " ")
			}
		}
		got := paragraphs(read(t, strings.Join(want, "\n")))
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: %d blocks, want %d", filepath.Base(name), len(got), len(want))
		}
	}
}

// wrap breaks a paragraph into lines of at most width characters.
func wrap(s string, width int, indent string) []string {
	var lines []string
	line, size := indent, len(indent)
	for _, word := range strings.Fields(s) {
		n := len([]rune(word))
		if size > len(indent) && size+1+n > width {
			lines = append(lines, line)
			line, size = "", 0
			indent = ""
		}
		if size > len(indent) {
			line, size = line+" ", size+1
		}
		line, size = line+word, size+n
	}
	return append(lines, line)
}

// TestWrapped: reports wrapped by other programs come out in their paragraphs.
// Where nothing sets paragraphs apart, some ends cannot be seen: a sentence
// that ends with a full line.
func TestWrapped(t *testing.T) {
	for _, style := range []struct {
		name string
		put  func(lines []string) []string
		in   string
		want float64 // share of paragraphs that must come out whole
	}{
		{"blank line between paragraphs", func(l []string) []string { return append(l, "") }, "", 0.995},
		{"indented", func(l []string) []string { return l }, "    ", 0.97},
		{"plain", func(l []string) []string { return l }, "", 0.96},
		{"space kept at the break", func(l []string) []string {
			for i := range len(l) - 1 {
				l[i] += " "
			}
			return l
		}, "", 0.96},
		{"blank line inside paragraphs", func(l []string) []string {
			if len(l) > 2 {
				l = append([]string{l[0], ""}, l[1:]...)
			}
			return append(l, "")
		}, "", 0.96},
	} {
		t.Run(style.name, func(t *testing.T) {
			right, all := 0, 0
			for _, width := range []int{60, 72, 80, 90, 100} {
				for _, name := range reports(t) {
					var lines []string
					want := map[string]bool{}
					for _, par := range report(t, name) {
						if strings.Contains(par, "\t") {
							lines = append(lines, par)
							continue
						}
						par = strings.Join(strings.Fields(par), " ")
						want[par] = true
						lines = append(lines, style.put(wrap(par, width, style.in))...)
					}
					all += len(want)
					for _, got := range paragraphs(read(t, strings.Join(lines, "\n"))) {
						if want[got] {
							right++
							delete(want, got)
						}
					}
				}
			}
			share := float64(right) / float64(all)
			t.Logf("%d of %d paragraphs (%.4f)", right, all, share)
			if share < style.want {
				t.Errorf("%.4f of the paragraphs come out whole, want %.3f", share, style.want)
			}
		})
	}
}

// TestSeed: the real report, hard-wrapped with blank lines in the middle of
// sentences, gives the paragraphs of the same report as a Word document. Its
// letterhead is missing in the text and its signature block is laid out in
// lines there.
func TestSeed(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "synth", "hd-xa-quang-khai-2023-05.txt"))
	if err != nil {
		t.Fatal(err)
	}
	got := paragraphs(read(t, string(data)))
	for _, want := range []string{
		"BÁO CÁO",
		"Công tác cải cách hành chính tháng 5 năm 2023",
		"1. Công tác chỉ đạo điều hành",
		"- Ngày 25/5/2003 đã ban hành Thông báo về việc công khai, cập nhật TTHC cấp xã theo Quyết định số 895/QĐ-UBND ngày 15/5/2023 của UBND tỉnh Hải Dương tại Bộ phận tiếp nhận và trả kết quả thuộc UBND xã.",
		"Trong tháng 5/2023, UBND xã không có văn bản quy phạm pháp luật được xây dựng và ban hành.",
		"Tổng số biên chế giao trong năm 20 người.",
		"Tổng số biên chế có mặt tại thời điểm báo cáo: 20 người; Số lao động hợp đồng làm việc tại cơ quan hành chính nhà nước: 0 người",
		"Tổng số làm việc được giao: 20 người;",
		"Số người hoạt động không chuyên trách ở thôn, khu dân cư là: 04 người (Bí thư kiêm trưởng thôn).",
		"5. Cải cách chế độ công vụ",
		"7. Xây dựng và phát triển Chính quyền điện tử, chính quyền số",
		"III. NHIỆM VỤ TRỌNG TÂM TRONG THỜI GIAN TỚI.",
		"Nơi nhận:",
		"- Lưu: VT, NV.",
	} {
		found := false
		for _, p := range got {
			found = found || p == want
		}
		if !found {
			t.Errorf("no paragraph %q", want)
		}
	}
	if len(got) < 74 || len(got) > 78 {
		t.Errorf("%d paragraphs, want about 76", len(got))
	}
}

// FuzzTxt: any bytes. What is read keeps the promises of a Document and the
// bytes of the file.
func FuzzTxt(f *testing.F) {
	for _, seed := range []string{
		"BÁO CÁO\n1. Một\n\n- Hai\n", "a\tb\n\tc\t\n", "\uFEFFa\r\nb\rc\fd\v", "\xFF\xFEa\x00\n\x00",
		strings.Repeat("một dòng dài bị ngắt giữa\ncâu văn này còn nữa và\n", 5), " \u00A0\t\n\u2028x\u0085y\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := Read(context.Background(), bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		checkBlocks(t, doc)
		again, err := Read(context.Background(), strings.NewReader(doc.Text), int64(len(doc.Text)))
		if err != nil && !strings.HasPrefix(doc.Text, "\uFEFF") && !strings.HasPrefix(doc.Text, "\uFFFE") {
			t.Fatalf("its own text cannot be read: %v", err)
		}
		if err == nil && !strings.HasPrefix(doc.Text, "\uFEFF") && fmt.Sprint(again.Blocks) != fmt.Sprint(doc.Blocks) {
			t.Errorf("read again: %v, first %v", again.Blocks, doc.Blocks)
		}
	})
}

func BenchmarkTxt(b *testing.B) {
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "synth", "hd-xa-quang-khai-2023-05.txt"))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(context.Background(), bytes.NewReader(data), int64(len(data))); err != nil {
			b.Fatal(err)
		}
	}
}
