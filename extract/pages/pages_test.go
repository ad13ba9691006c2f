// The ladder: which engine reads which page, and what is said about it.
package pages_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"baocao/extract/document"
	"baocao/extract/ocr"
	"baocao/extract/pages"
	"baocao/extract/pdf"
)

const testdata = "../../testdata"

func load(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func read(t testing.TB, data []byte, opt pages.Options) (*document.Document, error) {
	t.Helper()
	return pages.ReadPDF(context.Background(), bytes.NewReader(data), int64(len(data)), opt)
}

func engines(doc *document.Document) []string {
	var out []string
	for _, p := range doc.Pages {
		out = append(out, p.Engine)
	}
	return out
}

// withOCR says whether tesseract is there; both cases are tested.
func withOCR(t *testing.T) bool {
	t.Helper()
	err := ocr.Available(context.Background())
	if err != nil && !errors.Is(err, ocr.ErrNeedsOCR) {
		t.Fatal(err)
	}
	return err == nil
}

// noTesseract is how a computer without tesseract looks.
var noTesseract = pages.Options{OCR: ocr.Options{Program: "no such program"}}

func f1(got, want string) float64 {
	count := make(map[string]int)
	all := 0
	for w := range strings.FieldsSeq(norm.NFC.String(want)) {
		count[w]++
		all++
	}
	same := 0
	for w := range strings.FieldsSeq(norm.NFC.String(got)) {
		all++
		if count[w] > 0 {
			count[w]--
			same++
		}
	}
	return 2 * float64(same) / float64(all)
}

// TestGoodTextLayer: nothing but the first engine is used, and the document is
// what that engine gives.
func TestGoodTextLayer(t *testing.T) {
	for _, name := range []string{"lo.pdf", "gs.pdf", "chrome.pdf", "nfd.pdf", "tcvn3.pdf", "mixed/lo.pdf"} {
		t.Run(name, func(t *testing.T) {
			data := load(t, filepath.Join(testdata, "documents", name))
			got, err := read(t, data, noTesseract)
			if err != nil {
				t.Fatal(err)
			}
			want, err := pdf.Read(context.Background(), bytes.NewReader(data), int64(len(data)))
			if err != nil {
				t.Fatal(err)
			}
			if got.Text != want.Text || !slices.Equal(got.Blocks, want.Blocks) || got.Engine != "pdf" {
				t.Errorf("not what the first engine reads (engine %s)", got.Engine)
			}
			for _, p := range got.Pages {
				if p.Engine != "pdf" || p.Note != "" {
					t.Errorf("page %d: engine %q, note %q", p.Number, p.Engine, p.Note)
				}
			}
			if unread := pages.Unread(got); unread != nil {
				t.Errorf("unread pages %v", unread)
			}
		})
	}
}

// TestGarbageTextLayer: a text layer without a table to Unicode is not used.
func TestGarbageTextLayer(t *testing.T) {
	data := load(t, filepath.Join(testdata, "documents/gs_ps.pdf"))
	_, err := read(t, data, noTesseract)
	if !errors.Is(err, ocr.ErrNeedsOCR) || !strings.Contains(err.Error(), "pages 1-8") || !strings.Contains(err.Error(), "install") {
		t.Errorf("without tesseract: %v", err)
	}
	if _, err := read(t, data, pages.Options{NoOCR: true}); !errors.Is(err, ocr.ErrNeedsOCR) {
		t.Errorf("with OCR switched off: %v", err)
	}
	if !withOCR(t) {
		return
	}
	doc, err := read(t, data, pages.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := f1(doc.Text, string(load(t, filepath.Join(testdata, "documents/truth.txt"))))
	t.Logf("F1 %.4f, %d doubts", got, len(doc.Doubts))
	if got < 0.985 || doc.Engine != "ocr" || len(doc.Doubts) == 0 {
		t.Errorf("F1 %.4f, engine %s, %d doubts", got, doc.Engine, len(doc.Doubts))
	}
	for _, p := range doc.Pages {
		if p.Engine != "ocr" || !strings.Contains(p.Note, "text layer refused") {
			t.Errorf("page %d: engine %q, note %q", p.Number, p.Engine, p.Note)
		}
	}
}

// sheet is a page of a PDF made here.
type sheet struct {
	content string
	picture bool // a scan covers the page
}

const good = `(Trong ky xa da tiep nhan 239 ho so, giai quyet 235 ho so dung han theo quy dinh.)`

// build writes a PDF with the pages given; the scan is the head of a report.
func build(t testing.TB, sheets ...sheet) []byte {
	t.Helper()
	scan := load(t, "../ocr/testdata/head.jpg")
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>", "",
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
		fmt.Sprintf("<</Type/XObject/Subtype/Image/Width 1654/Height 800/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode/Length %d>>stream\n%s\nendstream", len(scan), scan),
	}
	var kids strings.Builder
	for _, s := range sheets {
		content := s.content
		if s.picture {
			content = "q 595.44 0 0 288 0 0 cm /I Do Q " + content
		}
		fmt.Fprintf(&kids, "%d 0 R ", len(objects)+1)
		resources := "/Font<</F 3 0 R>>"
		if s.picture {
			resources += "/XObject<</I 4 0 R>>"
		}
		objects = append(objects,
			fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.44 288]/Contents %d 0 R/Resources<<%s>>>>", len(objects)+2, resources),
			fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), len(sheets))
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var places []int
	for i, o := range objects {
		places = append(places, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, p := range places {
		fmt.Fprintf(&b, "%010d 00000 n \n", p)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF", len(objects)+1, start)
	return b.Bytes()
}

func text(s string) string { return "BT /F 12 Tf 40 200 Td " + s + " Tj ET" }

const signature = `(Signed by: UBND xa, 25/05/2023)`

// TestMixedPages: each page goes as far up the ladder as it must.
func TestMixedPages(t *testing.T) {
	data := build(t,
		sheet{content: text(good)},
		sheet{picture: true},
		sheet{}, // blank
		sheet{content: text(signature), picture: true},
		sheet{content: text(signature)},
	)
	if withOCR(t) {
		doc, err := read(t, data, pages.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := engines(doc), []string{"pdf", "ocr", "pdf", "ocr", "pdf"}; !slices.Equal(got, want) {
			t.Errorf("engines %q, want %q; pages %v", got, want, doc.Pages)
		}
		if n := strings.Count(doc.Text, "58/BC-UBND"); n != 2 {
			t.Errorf("the scan was read %d times, want 2:\n%s", n, doc.Text)
		}
		if !strings.Contains(doc.Text, "239 ho so") || !strings.Contains(doc.Text, "Signed by: UBND xa, 25/05/2023") {
			t.Errorf("text is missing:\n%s", doc.Text)
		}
		if unread := pages.Unread(doc); unread != nil {
			t.Errorf("unread pages %v", unread)
		}
		checkSpans(t, doc)
	}
	doc, err := read(t, data, noTesseract)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := pages.Unread(doc), []int{2, 4}; !slices.Equal(got, want) {
		t.Errorf("without tesseract, unread pages %v, want %v", got, want)
	}
	warnings := strings.Join(doc.Warnings, "\n")
	if !strings.Contains(warnings, "page 2 was not read") || !strings.Contains(warnings, "page 4 was not read") {
		t.Errorf("warnings do not name the pages:\n%s", warnings)
	}
	// The signature on the scan is text, and stays.
	if strings.Count(doc.Text, "Signed by") != 2 {
		t.Errorf("text is missing:\n%s", doc.Text)
	}
	checkSpans(t, doc)
}

func checkSpans(t *testing.T, doc *document.Document) {
	t.Helper()
	for _, d := range doc.Doubts {
		if d.Start < 0 || d.End > len(doc.Text) || d.Start >= d.End || strings.TrimSpace(doc.Text[d.Start:d.End]) == "" {
			t.Errorf("doubt %+v in a text of %d bytes", d, len(doc.Text))
		}
	}
	at := 0
	for _, b := range doc.Blocks {
		if b.Start < at || b.End > len(doc.Text) {
			t.Errorf("block %+v overlaps", b)
		}
		at = b.End
	}
}

// TestScanOnly: where every page is a picture, the error says what is needed,
// even if a signature is text.
func TestScanOnly(t *testing.T) {
	for _, content := range []string{"", text(signature)} {
		data := build(t, sheet{picture: true, content: content})
		if _, err := read(t, data, noTesseract); !errors.Is(err, ocr.ErrNeedsOCR) || !strings.Contains(err.Error(), "pages 1:") {
			t.Errorf("with text %q: %v", content, err)
		}
	}
}

func TestForcedEngine(t *testing.T) {
	data := load(t, filepath.Join(testdata, "documents/lo.pdf"))
	for _, engine := range []string{"pdf", "pdfium"} {
		doc, err := read(t, data, pages.Options{Engine: engine})
		if err != nil {
			t.Fatal(err)
		}
		if doc.Engine != engine || slices.ContainsFunc(engines(doc), func(e string) bool { return e != engine }) {
			t.Errorf("engine %s, pages %v", doc.Engine, doc.Pages)
		}
	}
	if withOCR(t) {
		doc, err := read(t, build(t, sheet{content: text(good)}), pages.Options{Engine: "ocr"})
		if err != nil {
			t.Fatal(err)
		}
		if doc.Engine != "ocr" || !strings.Contains(doc.Text, "239") {
			t.Errorf("engine %s:\n%s", doc.Engine, doc.Text)
		}
	}
	if _, err := read(t, data, pages.Options{Engine: "magic"}); !errors.Is(err, pages.ErrEngine) {
		t.Errorf("an unknown engine gave %v", err)
	}
}

func TestBrokenFile(t *testing.T) {
	if _, err := read(t, []byte("nothing like a PDF"), pages.Options{}); !errors.Is(err, pdf.ErrNotPDF) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	data := load(t, filepath.Join(testdata, "documents/gs_ps.pdf"))
	if _, err := pages.ReadPDF(ctx, bytes.NewReader(data), int64(len(data)), pages.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end of its context: %v", err)
	}
}

func BenchmarkGoodFile(b *testing.B) {
	data := load(b, filepath.Join(testdata, "documents/lo.pdf"))
	for b.Loop() {
		if _, err := read(b, data, pages.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFirstEngineAlone(b *testing.B) {
	data := load(b, filepath.Join(testdata, "documents/lo.pdf"))
	for b.Loop() {
		if _, err := pdf.Read(context.Background(), bytes.NewReader(data), int64(len(data))); err != nil {
			b.Fatal(err)
		}
	}
}
