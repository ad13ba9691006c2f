// PDFium on the test documents: the same text as the first engine, pages turned,
// pictures, limits.
package pdfium_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"baocao/extract/layout"
	"baocao/extract/pdf"
	"baocao/extract/pdfium"
)

const testdata = "../../testdata"

// newEngine has time enough on a machine that has other work.
func newEngine(t testing.TB) *pdfium.Engine {
	t.Helper()
	return engineWith(t, pdfium.Options{CallTime: time.Minute, RenderTime: 2 * time.Minute})
}

func engineWith(t testing.TB, opt pdfium.Options) *pdfium.Engine {
	t.Helper()
	engine, err := pdfium.New(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	})
	return engine
}

func load(t testing.TB, path string) *bytes.Reader {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(testdata, path))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(data)
}

func words(text string) map[string]int {
	count := make(map[string]int)
	for _, w := range strings.Fields(norm.NFC.String(text)) {
		count[w]++
	}
	return count
}

func f1(got, want map[string]int) float64 {
	same, all := 0, 0
	for w, n := range got {
		same += min(n, want[w])
		all += n
	}
	for _, n := range want {
		all += n
	}
	return 2 * float64(same) / float64(all)
}

// TestDocuments compares words with the truth, through the common layout.
func TestDocuments(t *testing.T) {
	truth, err := os.ReadFile(filepath.Join(testdata, "documents/truth.txt"))
	if err != nil {
		t.Fatal(err)
	}
	want := words(string(truth))
	engine := newEngine(t)
	tests := []struct {
		path  string
		least float64
	}{
		{"documents/lo.pdf", 0.995},
		{"documents/gs.pdf", 0.995},
		{"documents/chrome.pdf", 0.99},
		{"documents/nfd.pdf", 0.995},
		{"documents/mixed/lo.pdf", 0.98},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			r := load(t, tt.path)
			pages, err := engine.Pages(context.Background(), r, r.Size())
			if err != nil {
				t.Fatal(err)
			}
			got := f1(words(layout.Build(pages).Text), want)
			if got < tt.least {
				t.Errorf("F1 %.4f, want at least %.3f", got, tt.least)
			}
			t.Logf("F1 %.4f", got)
		})
	}
}

// TestAgreesWithFirstEngine compares places: the same character must be where
// package pdf sees it.
func TestAgreesWithFirstEngine(t *testing.T) {
	engine := newEngine(t)
	r := load(t, "documents/lo.pdf")
	second, err := engine.Pages(context.Background(), r, r.Size())
	if err != nil {
		t.Fatal(err)
	}
	first, _, err := pdf.Pages(context.Background(), r, r.Size())
	if err != nil {
		t.Fatal(err)
	}
	if len(first) != len(second) {
		t.Fatalf("%d pages against %d", len(second), len(first))
	}
	compared, far := 0, 0
	for i := range first {
		if math.Abs(first[i].Width-second[i].Width) > 1 || math.Abs(first[i].Height-second[i].Height) > 1 {
			t.Errorf("page %d is %v by %v, want %v by %v", i+1, second[i].Width, second[i].Height, first[i].Width, first[i].Height)
		}
		ink := func(glyphs []layout.Glyph) []layout.Glyph {
			return slices.DeleteFunc(slices.Clone(glyphs), func(g layout.Glyph) bool { return strings.TrimSpace(g.Text) == "" })
		}
		a, b := ink(first[i].Glyphs), ink(second[i].Glyphs)
		for j := range min(len(a), len(b)) {
			if a[j].Text != b[j].Text {
				break
			}
			compared++
			if math.Abs(a[j].X0-b[j].X0) > 0.5 || math.Abs(a[j].Baseline-b[j].Baseline) > 0.5 || math.Abs(a[j].Size-b[j].Size) > 0.1 || math.Abs(a[j].X1-b[j].X1) > 1 {
				if far++; far < 4 {
					t.Errorf("page %d character %d: %+v, want %+v", i+1, j, b[j], a[j])
				}
			}
		}
		if len(first[i].Lines) > 0 && len(second[i].Lines) == 0 {
			t.Errorf("page %d: no ruling lines, want %d", i+1, len(first[i].Lines))
		}
	}
	if compared < 5000 || far > 3 {
		t.Errorf("compared %d characters, %d lie elsewhere", compared, far)
	}
}

// minimal writes a PDF of one page of 200 by 100 points with the given entries
// of the page, content and objects after number 4.
func minimal(entries, content string, more ...string) []byte {
	objects := append([]string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R" + entries + ">>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(content), content),
	}, more...)
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

const helvetica = "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"

func onlyPage(t *testing.T, engine *pdfium.Engine, data []byte) layout.Page {
	t.Helper()
	pages, err := engine.Pages(context.Background(), bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) != 1 {
		t.Fatalf("%d pages", len(pages))
	}
	return pages[0]
}

func TestTurnedPages(t *testing.T) {
	engine := newEngine(t)
	// The text stands so that it is level once the page is turned.
	tests := []struct {
		rotate        int
		matrix        string
		width, height float64
		x, baseline   float64
	}{
		{0, "1 0 0 1 20 30", 200, 100, 20, 70},
		{90, "0 1 -1 0 20 30", 100, 200, 30, 20},
		{180, "-1 0 0 -1 180 70", 200, 100, 20, 70},
		{270, "0 -1 1 0 20 80", 100, 200, 20, 180},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.rotate), func(t *testing.T) {
			content := fmt.Sprintf("BT /F 10 Tf %s Tm (239) Tj ET", tt.matrix)
			page := onlyPage(t, engine, minimal(fmt.Sprintf("/Rotate %d", tt.rotate)+helvetica, content))
			if page.Width != tt.width || page.Height != tt.height {
				t.Errorf("page is %v by %v, want %v by %v", page.Width, page.Height, tt.width, tt.height)
			}
			if len(page.Glyphs) != 3 {
				t.Fatalf("%d characters", len(page.Glyphs))
			}
			g := page.Glyphs[0]
			if math.Abs(g.X0-tt.x) > 0.5 || math.Abs(g.Baseline-tt.baseline) > 0.5 || g.Angle != 0 || math.Abs(g.Size-10) > 0.01 || g.Text != "2" {
				t.Errorf("first character %+v, want x %v, baseline %v, size 10, level", g, tt.x, tt.baseline)
			}
			if last := page.Glyphs[2]; last.X0 <= g.X0 || math.Abs(last.X1-tt.x-3*5.56) > 0.5 {
				t.Errorf("last character %+v", last)
			}
		})
	}
}

func TestTextAtAnAngle(t *testing.T) {
	engine := newEngine(t)
	page := onlyPage(t, engine, minimal(helvetica, "BT /F 10 Tf 0 1 -1 0 50 20 Tm (239) Tj ET"))
	if len(page.Glyphs) != 3 {
		t.Fatalf("%d characters", len(page.Glyphs))
	}
	g := page.Glyphs[0]
	if g.Angle != -90 || math.Abs(g.X0-50) > 0.5 || math.Abs(g.Y0-80) > 0.5 || math.Abs(g.X1-50) > 0.5 || math.Abs(g.Y1-(80-5.56)) > 0.6 {
		t.Errorf("character that runs up the page: %+v", g)
	}
}

func TestRulingLines(t *testing.T) {
	engine := newEngine(t)
	form := "0.5 w 10 90 m 110 90 l S"
	page := onlyPage(t, engine, minimal("/Resources<</XObject<</X 5 0 R>>>>",
		"1 w 20 20 60 30 re S 100 20 0.8 50 re f 150 10 40 40 re f 10 10 m 90 70 l S 20 95 m 22 95 l S q 1 0 0 1 5 -10 cm /X Do Q",
		fmt.Sprintf("<</Type/XObject/Subtype/Form/BBox[0 0 200 100]/Length %d>>stream\n%s\nendstream", len(form), form)))
	want := []layout.Line{
		{X0: 20, Y0: 80, X1: 80, Y1: 80}, {X0: 80, Y0: 50, X1: 80, Y1: 80},
		{X0: 20, Y0: 50, X1: 80, Y1: 50}, {X0: 20, Y0: 50, X1: 20, Y1: 80},
		{X0: 100, Y0: 30, X1: 100.8, Y1: 80},
		{X0: 15, Y0: 20, X1: 115, Y1: 20},
	}
	if len(page.Lines) != len(want) {
		t.Fatalf("lines %v, want %v", page.Lines, want)
	}
	for i, l := range page.Lines {
		w := want[i]
		if math.Abs(l.X0-w.X0)+math.Abs(l.Y0-w.Y0)+math.Abs(l.X1-w.X1)+math.Abs(l.Y1-w.Y1) > 0.1 {
			t.Errorf("line %d is %v, want %v", i, l, w)
		}
	}
}

// scan is a PDF whose page is one picture, w by h pixels, put with matrix.
func scan(t *testing.T, w, h int, matrix, more string) ([]byte, *image.Gray) {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			shade := uint8(255)
			if (x/40+y/40)%2 == 0 {
				shade = 90
			}
			img.SetGray(x, y, color.Gray{Y: shade})
		}
	}
	var data bytes.Buffer
	if err := jpeg.Encode(&data, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	object := fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode/Length %d>>stream\n%s\nendstream", w, h, data.Len(), data.String())
	return minimal("/Resources<</XObject<</I 5 0 R>>/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>", "q "+matrix+" cm /I Do Q "+more, object), img
}

func TestScan(t *testing.T) {
	engine := newEngine(t)
	tests := []struct {
		name, matrix, more string
		coverage, dpi      float64
		letters            int
		jpeg               bool
	}{
		{"whole page", "200 0 0 100 0 0", "", 1, 144, 0, true},
		{"half page", "100 0 0 100 0 0", "", 0.5, 288, 0, false},
		{"upside down", "-200 0 0 -100 200 100", "", 1, 144, 0, false},
		{"with invisible text", "200 0 0 100 0 0", "BT /F 9 Tf 3 Tr (a) Tj ET", 1, 144, 0, true},
		{"with a signature", "200 0 0 100 0 0", "BT /F 9 Tf (a) Tj ET", 1, 144, 1, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data, _ := scan(t, 400, 200, tt.matrix, tt.more)
			d, err := engine.Open(context.Background(), bytes.NewReader(data), int64(len(data)))
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			got, err := d.Scan(context.Background(), 1)
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(got.Coverage-tt.coverage) > 0.01 || math.Abs(got.DPI-tt.dpi) > 0.5 || got.Letters != tt.letters || got.Pictures != 1 || (got.JPEG != nil) != tt.jpeg {
				t.Errorf("got coverage %v, dpi %v, letters %v, pictures %d, jpeg %v", got.Coverage, got.DPI, got.Letters, got.Pictures, got.JPEG != nil)
			}
		})
	}
}

// TestRenderKeepsPixels: at its own resolution a scan is not resampled.
func TestRenderKeepsPixels(t *testing.T) {
	engine := newEngine(t)
	data, want := scan(t, 400, 200, "200 0 0 100 0 0", "")
	got, err := engine.Render(context.Background(), bytes.NewReader(data), int64(len(data)), 1, 144)
	if err != nil {
		t.Fatal(err)
	}
	if got.Rect != want.Rect {
		t.Fatalf("picture is %v, want %v", got.Rect, want.Rect)
	}
	off := 0
	for i := range want.Pix {
		if d := int(got.Pix[i]) - int(want.Pix[i]); d > 24 || d < -24 {
			off++
		}
	}
	if off*200 > len(want.Pix) {
		t.Errorf("%d of %d pixels differ", off, len(want.Pix))
	}
	big, err := engine.Render(context.Background(), bytes.NewReader(data), int64(len(data)), 1, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	if n := big.Rect.Dx() * big.Rect.Dy(); n > 36_500_000 {
		t.Errorf("a rendering of %d pixels", n)
	}
}

func TestHostile(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(testdata, "hostile/*.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Fatal("no hostile documents")
	}
	engine := engineWith(t, pdfium.Options{}) // its time limits are what ends some of them
	readable := map[string]bool{"ok.pdf": true, "hdr20.pdf": true, "hdr_bom.pdf": true, "form_text.pdf": true, "quote_ops.pdf": true, "no_eof.pdf": true}
	for _, path := range paths {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			r := load(t, "hostile/"+name)
			begun := time.Now()
			pages, err := engine.Pages(context.Background(), r, r.Size())
			if took := time.Since(begun); took > 30*time.Second { // they are 5 seconds a call, and a machine may be busy
				t.Errorf("it took %v", took)
			}
			if err != nil && strings.Contains(err.Error(), "\n") {
				t.Errorf("an error of several lines: %v", err)
			}
			if readable[name] && (err != nil || len(pages) == 0 || len(pages[0].Glyphs) == 0) {
				t.Errorf("not read: %d pages, %v", len(pages), err)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	engine := newEngine(t)
	ctx := context.Background()
	garbage := []byte("not a PDF at all")
	if _, err := engine.Pages(ctx, bytes.NewReader(garbage), int64(len(garbage))); !errors.Is(err, pdfium.ErrFormat) {
		t.Errorf("garbage gave %v", err)
	}
	if _, err := engine.Pages(ctx, bytes.NewReader(garbage), 1<<40); !errors.Is(err, pdfium.ErrFormat) {
		t.Errorf("a terabyte gave %v", err)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	r := load(t, "documents/lo.pdf")
	if _, err := engine.Pages(gone, r, r.Size()); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: %v", err)
	}
	data := minimal("", "")
	d, err := engine.Open(ctx, bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Page(ctx, 2); err == nil {
		t.Error("a page that does not exist was read")
	}
}

// TestMemoryLimit: a document larger than the limit fails, and nothing else does.
func TestMemoryLimit(t *testing.T) {
	engine, err := pdfium.New(context.Background(), pdfium.Options{MemoryLimit: 24 << 20})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	big := append(minimal("", ""), make([]byte, 40<<20)...)
	if _, err := engine.Pages(context.Background(), bytes.NewReader(big), int64(len(big))); err == nil {
		t.Error("40 MB were read within 24 MB")
	}
	small := minimal(helvetica, "BT /F 10 Tf (239) Tj ET")
	if page := onlyPage(t, engine, small); len(page.Glyphs) != 3 {
		t.Errorf("%d characters afterwards", len(page.Glyphs))
	}
}

// TestCache: a second engine finds the first one's compiled code, and a damaged
// or unusable cache costs nothing but time.
func TestCache(t *testing.T) {
	dir := t.TempDir()
	start := func(dir string) time.Duration {
		begun := time.Now()
		engine, err := pdfium.New(context.Background(), pdfium.Options{CacheDir: dir})
		if err != nil {
			t.Fatal(err)
		}
		if page := onlyPage(t, engine, minimal(helvetica, "BT /F 10 Tf (239) Tj ET")); len(page.Glyphs) != 3 {
			t.Errorf("%d characters", len(page.Glyphs))
		}
		took := time.Since(begun)
		if err := engine.Close(); err != nil {
			t.Fatal(err)
		}
		return took
	}
	cold, warm := start(dir), start(dir)
	t.Logf("cold %v, warm %v", cold, warm)
	if warm > cold/2 {
		t.Errorf("the cache does not help: %v, then %v", cold, warm)
	}
	damaged := 0
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		damaged++
		return os.WriteFile(path, []byte("damaged"), 0o600)
	})
	if err != nil || damaged == 0 {
		t.Fatalf("%d files in the cache, %v", damaged, err)
	}
	start(dir)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	start(filepath.Join(file, "below"))
}

func BenchmarkStartWarm(b *testing.B) {
	newEngine(b)
	for b.Loop() {
		engine, err := pdfium.New(context.Background(), pdfium.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := engine.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPages(b *testing.B) {
	engine := newEngine(b)
	r := load(b, "documents/lo.pdf")
	for b.Loop() {
		if _, err := engine.Pages(context.Background(), r, r.Size()); err != nil {
			b.Fatal(err)
		}
	}
}
