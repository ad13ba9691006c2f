package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baocao/extract/doc"
	"baocao/extract/document/doctest"
	"baocao/extract/txt"
)

func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "testdata", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func readBytes(data []byte, opt Options) (*Document, error) {
	return Read(context.Background(), "bao-cao.docx", bytes.NewReader(data), int64(len(data)), opt)
}

// zipped is an archive with these entries.
func zipped(t testing.TB, entries ...[2]string) string {
	t.Helper()
	var buf bytes.Buffer
	zw := zip.NewWriter(&buf)
	for _, e := range entries {
		w, err := zw.Create(e[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(e[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

const ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

func TestDetect(t *testing.T) {
	pdf := "%PDF-1.4\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
	dir := func(name string) string { return ole + strings.Repeat("\x00", 600) + string(utf16Bytes(name)) }
	for _, c := range []struct {
		name, data string
		want       Format
	}{
		{"nothing", "", FormatEmpty},
		{"white space", " \r\n\t\n", FormatEmpty},
		{"zero bytes", strings.Repeat("\x00", 100), FormatEmpty},
		{"Word package", zipped(t, [2]string{"word/document.xml", "x"}), FormatDOCX},
		{"Word package with odd names", zipped(t, [2]string{`Word\Document.xml`, "x"}), FormatDOCX},
		{"package of an unknown kind", zipped(t, [2]string{"[Content_Types].xml", "x"}), FormatDOCX},
		{"cut off package", zipped(t, [2]string{"word/document.xml", "x"})[:40], FormatDOCX},
		{"Excel package", zipped(t, [2]string{"[Content_Types].xml", "x"}, [2]string{"xl/workbook.xml", "x"}), FormatSpreadsheet},
		{"PowerPoint package", zipped(t, [2]string{"ppt/presentation.xml", "x"}), FormatSlides},
		{"OpenDocument text", zipped(t, [2]string{"mimetype", "application/vnd.oasis.opendocument.text"}), FormatODT},
		{"OpenDocument spreadsheet", zipped(t, [2]string{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}), FormatSpreadsheet},
		{"archive", zipped(t, [2]string{"a.docx", "x"}), FormatArchive},
		{"empty archive", zipped(t), FormatArchive},
		{"RAR", "Rar!\x1a\x07\x00", FormatArchive},
		{"PDF", pdf, FormatPDF},
		{"PDF behind a byte order mark", "\uFEFF" + pdf, FormatPDF},
		{"PDF behind junk", "HTTP/1.1 200 OK\r\n\r\n" + pdf, FormatPDF},
		{"text about PDF", "Tệp bắt đầu bằng %PDF-1.4 là tệp PDF.\n", FormatText},
		{"Word 97", dir("WordDocument"), FormatDOC},
		{"Excel 97", dir("Workbook"), FormatSpreadsheet},
		{"PowerPoint 97", dir("PowerPoint Document"), FormatSlides},
		{"locked package", dir("EncryptedPackage"), FormatEncrypted},
		{"other OLE2 file", dir("Contents"), FormatOffice},
		{"RTF", `{\rtf1\ansi abc}`, FormatRTF},
		{"JSON", "{\n \"unit\": \"Xã Quang Khải\"}", FormatUnknown},
		{"JSON list", `[{"unit": "Xã Quang Khải"}]`, FormatUnknown},
		{"text in brackets", `["Dự thảo"] BÁO CÁO công tác tháng 5`, FormatText},
		{"HTML", "<!DOCTYPE html><html></html>", FormatHTML},
		{"XHTML", `<?xml version="1.0"?><html xmlns="x"></html>`, FormatHTML},
		{"MHTML", "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", FormatHTML},
		{"Word 2003 XML", `<?xml version="1.0"?><w:wordDocument xmlns:w="x"></w:wordDocument>`, FormatWordXML},
		{"JPEG", "\xFF\xD8\xFF\xE0\x00\x10JFIF\x00", FormatImage},
		{"PNG", "\x89PNG\r\n\x1a\n\x00\x00", FormatImage},
		{"text", "BÁO CÁO\nCông tác\n", FormatText},
		{"text with mark", "\uFEFFBÁO CÁO\n", FormatText},
		{"UTF-16 text", "\xFF\xFEB\x00C\x00", FormatText},
		{"text in an old encoding", "B\xB8o c\xB8o c\xABng t\xB8c\n", FormatText},
		{"long text cut inside a letter", strings.Repeat("a", headSize-1) + "ệ", FormatText},
		{"program", "MZ\x90\x00\x03\x00\x00\x00", FormatUnknown},
	} {
		got, err := Detect(strings.NewReader(c.data), int64(len(c.data)))
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v, want %q", c.name, got, err, c.want)
		}
	}
	// A name that lies across the border of two reads.
	long := ole + strings.Repeat("\x00", 1<<20-8-6) + string(utf16Bytes("WordDocument"))
	if got, err := Detect(strings.NewReader(long), int64(len(long))); got != FormatDOC || err != nil {
		t.Errorf("name across reads: %q, %v", got, err)
	}
}

// TestReadErrors: every file that is not read says why, and what to do.
func TestReadErrors(t *testing.T) {
	for _, c := range []struct {
		name, data string
		want       error
		says       string
	}{
		{"empty", "", ErrEmpty, "again"},
		{"Excel", zipped(t, [2]string{"xl/workbook.xml", "x"}), ErrUnsupported, "save the report as DOCX"},
		{"slides", zipped(t, [2]string{"ppt/presentation.xml", "x"}), ErrUnsupported, "PowerPoint"},
		{"archive", zipped(t, [2]string{"a.txt", "x"}), ErrUnsupported, "unpack"},
		{"picture", "\x89PNG\r\n\x1a\n\x00\x00", ErrUnsupported, "PDF"},
		{"web page", "<html></html>", ErrUnsupported, "web page"},
		{"locked", ole + string(utf16Bytes("EncryptedPackage")), ErrEncrypted, "password"},
		{"program", "MZ\x90\x00\x03\x00", ErrNotDocument, "Unicode text"},
		{"old encoding", "B\xB8o c\xB8o\n", ErrNotDocument, "UTF-8"},
		{"no text", zipped(t, [2]string{"word/document.xml", `<w:document xmlns:w="x"><w:body><w:p/></w:body></w:document>`}), ErrNoTextLayer, "OCR"},
		{"truncated", string(file(t, "hostile/trunc.docx")), ErrDamaged, "ask the sender"},
		{"deep", string(file(t, "hostile/deep.docx")), ErrDamaged, "nested"},
		{"no body", string(file(t, "hostile/nodoc.docx")), ErrNotDocument, "no Word document"},
		{"only a header", "%PDF-1.4\n", ErrDamaged, "PDF"},
	} {
		_, err := readBytes([]byte(c.data), Options{})
		if !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", c.name, err, c.want)
			continue
		}
		if !strings.HasPrefix(err.Error(), "read bao-cao.docx: ") || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: message %q lacks the file or %q", c.name, err, c.says)
		}
	}
}

// TestSentinelsAreDistinct: a caller can branch on them.
func TestSentinelsAreDistinct(t *testing.T) {
	all := []error{ErrEmpty, ErrUnsupported, ErrEncrypted, ErrNotDocument, ErrDamaged, ErrTooLarge, ErrNoTextLayer, ErrNeedsProgram}
	for i, a := range all {
		for j, b := range all {
			if (i == j) != errors.Is(a, b) {
				t.Errorf("%v and %v", a, b)
			}
		}
	}
}

// TestReadByContent: the name of a file does not matter.
func TestReadByContent(t *testing.T) {
	truth := string(file(t, "documents/truth.txt"))
	for _, c := range []struct{ name, engine string }{
		{"documents/base.docx", "docx"},
		{"documents/truth.txt", "txt"},
		{"hostile/pdf_renamed.docx", "pdf"},
	} {
		doc, err := readBytes(file(t, c.name), Options{})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if doc.Engine != c.engine {
			t.Errorf("%s: engine %s, want %s", c.name, doc.Engine, c.engine)
		}
		if f1 := doctest.F1(truth, doc.Text); f1 < 0.98 {
			t.Errorf("%s: F1 %.4f", c.name, f1)
		}
	}
}

// TestUndeclaredEncoding: TCVN3 text that was pasted without its font is
// decoded and said to be; Unicode text never changes.
func TestUndeclaredEncoding(t *testing.T) {
	const old = "B¸o c¸o c«ng t¸c c¶i c¸ch hµnh chÝnh\n- §· tiÕp nhËn 239 hå s¬, ®· gi¶i quyÕt 235 hå s¬\nKÕt qu¶\tTæng sè\n1\t41\nTrong th¸ng kh«ng cã ph¶n ¸nh, kiÕn nghÞ nµo cña c«ng d©n.\n"
	const now = "Báo cáo công tác cải cách hành chính\n- Đã tiếp nhận 239 hồ sơ, đã giải quyết 235 hồ sơ\nKết quả\tTổng số\n1\t41\nTrong tháng không có phản ánh, kiến nghị nào của công dân.\n"
	doc, err := readBytes([]byte(old), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if doc.Text != now || doc.Encoding != "tcvn3" || len(doc.Warnings) != 1 || !strings.Contains(doc.Warnings[0], "tcvn3") {
		t.Errorf("got %q, %s, %q", doc.Text, doc.Encoding, doc.Warnings)
	}
	for _, b := range doc.Blocks {
		if text := doc.Text[b.Start:b.End]; strings.Contains(text, "\n") || strings.TrimSpace(text) != text {
			t.Errorf("block %q", text)
		}
	}
	mixed, err := readBytes([]byte(strings.Repeat("Đã tiếp nhận 239 hồ sơ, đạt tỷ lệ cao trong tháng\n", 20)+old), Options{})
	if err != nil || !strings.HasSuffix(mixed.Text, now) || mixed.Encoding != "unicode" || len(mixed.Warnings) != 1 {
		t.Errorf("mixed text: %v, %s, %q", err, mixed.Encoding, mixed.Warnings)
	}
	for _, text := range []string{now, "Là và có\n", "Café déjà vu\n", "239 hồ sơ\nLà công dân xã\n"} {
		doc, err := readBytes([]byte(text), Options{})
		if err != nil || doc.Text != text || doc.Encoding != "unicode" || len(doc.Warnings) > 0 {
			t.Errorf("%q became %q, %s, %v", text, doc.Text, doc.Encoding, err)
		}
	}
}

func TestEngineOption(t *testing.T) {
	docx := file(t, "documents/base.docx")
	if _, err := readBytes(docx, Options{Engine: "docx"}); err != nil {
		t.Errorf("docx: %v", err)
	}
	if _, err := readBytes(docx, Options{Engine: "txt"}); !errors.Is(err, ErrUnsupported) {
		t.Errorf("txt for a DOCX file: %v", err)
	}
	if _, err := readBytes(docx, Options{Engine: "word"}); !errors.Is(err, ErrUnsupported) || !strings.Contains(err.Error(), `"word"`) {
		t.Errorf("unknown engine: %v", err)
	}
}

func TestNeedsProgram(t *testing.T) {
	none := Options{Convert: doc.Options{Soffice: "-", Catdoc: "-"}}
	for _, data := range [][]byte{file(t, "documents/report.doc"), []byte(`{\rtf1 abc}`)} {
		_, err := readBytes(data, none)
		if !errors.Is(err, ErrNeedsProgram) || !strings.Contains(err.Error(), "install LibreOffice") {
			t.Errorf("error %v", err)
		}
	}
}

func TestReadCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, "a.txt", strings.NewReader("a"), 1, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// failing is a file that cannot be read.
type failing struct{}

var errDisk = errors.New("disk failure")

func (failing) ReadAt([]byte, int64) (int, error) { return 0, errDisk }

func TestReadFailure(t *testing.T) {
	if _, err := Read(context.Background(), "a.docx", failing{}, 100, Options{}); !errors.Is(err, errDisk) {
		t.Errorf("error %v", err)
	}
}

// FuzzLegacy: any text in which an old encoding may be found. Decoding keeps the
// blocks in order, inside the text, and leaves Unicode Vietnamese alone.
func FuzzLegacy(f *testing.F) {
	f.Add("B¸o c¸o kÕt qu¶ c«ng t¸c c¶i c¸ch hµnh chÝnh th¸ng 5 n¨m 2023\nUû ban nh©n d©n x·")
	f.Add("Baùo caùo keát quaû coâng taùc caûi caùch haønh chính thaùng 5 naêm 2023")
	f.Add("Báo cáo kết quả công tác cải cách hành chính\nB¸o c¸o")
	f.Fuzz(func(t *testing.T, s string) {
		doc, err := txt.Read(context.Background(), strings.NewReader(s), int64(len(s)))
		if err != nil {
			return
		}
		before, blocks := doc.Text, len(doc.Blocks)
		decodeUndeclared(doc)
		at := 0
		for _, b := range doc.Blocks {
			if b.Start < at || b.End < b.Start || b.End > len(doc.Text) {
				t.Fatalf("block %+v in a text of %d bytes", b, len(doc.Text))
			}
			at = b.End
		}
		if len(doc.Blocks) != blocks {
			t.Errorf("%d blocks, before %d", len(doc.Blocks), blocks)
		}
		if doc.Text != before && len(doc.Warnings) == 0 {
			t.Errorf("%q became %q without a word", before, doc.Text)
		}
	})
}

// FuzzDetect: any bytes are some format.
func FuzzDetect(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte(ole))
	f.Add([]byte("%PDF-1.7"))
	f.Add([]byte("\xef\xbb\xbf {\\rtf1\\ansi B\\'e1o c\\'e1o}"))
	f.Add([]byte(zipped(f, [2]string{"word/document.xml", "<w:document/>"})))
	f.Add([]byte("<?xml version=\"1.0\"?><w:wordDocument>"))
	f.Add([]byte(zipped(f, [2]string{"mimetype", "application/vnd.oasis.opendocument.text"})))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Detect(bytes.NewReader(data), int64(len(data)))
		if err != nil || got == "" {
			t.Errorf("%q, %v", got, err)
		}
	})
}
