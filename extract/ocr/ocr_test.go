// Text recognition with the tesseract program. Where it is not installed, the
// error that says so is what is tested.
package ocr

import (
	"context"
	"errors"
	"image"
	"image/draw"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baocao/extract/layout"
)

func pageOf(glyphs []layout.Glyph) layout.Page { return layout.Page{Glyphs: glyphs} }

// reader gives a Reader, or nil after checking the error where tesseract is
// missing.
func reader(t *testing.T) *Reader {
	t.Helper()
	r, err := New(context.Background(), Options{})
	if err != nil {
		if !errors.Is(err, ErrNeedsOCR) || !strings.Contains(err.Error(), "install") {
			t.Fatalf("without tesseract: %v", err)
		}
		return nil
	}
	return r
}

func picture(t testing.TB, name string) *image.Gray {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	decoded, err := jpeg.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	gray := image.NewGray(decoded.Bounds())
	draw.Draw(gray, gray.Rect, decoded, image.Point{}, draw.Src)
	return gray
}

func read(t *testing.T, r *Reader, img *image.Gray) layout.Page {
	t.Helper()
	page, err := r.Page(context.Background(), 1, Picture{Image: img, DPI: 200})
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// TestTable reads a noisy table that leans by 0.7 degrees. Every number must
// come out right, or be marked as doubtful.
func TestTable(t *testing.T) {
	r := reader(t)
	if r == nil {
		return
	}
	doc := layout.Build([]layout.Page{read(t, r, picture(t, "table.jpg"))})
	want := map[string]int{
		"239": 2, "1.254": 1, "19,1": 1, "21": 3, "100": 6, "235": 1, "1.230": 1, "17": 2, "41": 1, "210": 1,
		"177": 1, "905": 1, "115": 1, "1.234,5": 1, "5.678.900": 1, "87,6": 1, "312,45": 2, "101,3": 1, "1.275": 1,
	}
	got := make(map[string]int)
	doubtful := 0
	for _, b := range doc.Blocks {
		for cell := range strings.SplitSeq(doc.Text[b.Start:b.End], "\t") {
			got[strings.TrimSpace(cell)]++
		}
	}
	for _, d := range doc.Doubts {
		if strings.ContainsAny(doc.Text[d.Start:d.End], "0123456789") {
			doubtful++
		}
	}
	missing := 0
	for number, n := range want {
		missing += max(0, n-got[number])
	}
	t.Logf("%d numbers missing, %d doubtful", missing, doubtful)
	if missing > doubtful || missing > 4 {
		t.Errorf("%d numbers missing, but only %d doubtful:\n%s", missing, doubtful, doc.Text)
	}
	if got["Hồ sơ giải quyết trước và đúng hạn"] != 1 || got["Triệu đồng"] != 1 {
		t.Errorf("cells are not whole:\n%s", doc.Text)
	}
}

// TestTurned: a page that leans, or lies on its side, gives the same text.
func TestTurned(t *testing.T) {
	r := reader(t)
	if r == nil {
		return
	}
	img := picture(t, "head.jpg")
	tests := []struct {
		name string
		img  *image.Gray
		note string
	}{
		{"as scanned", img, "straightened by 0.7 degrees"},
		{"by 3 degrees", straighten(img, -2.3, 252), "straightened by 3.0 degrees"},
		{"on its head", quarter(img, 2), "picture turned by 180 degrees"},
		{"on its side", quarter(img, 1), "picture turned by 270 degrees"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := read(t, r, tt.img)
			text := layout.Build([]layout.Page{page}).Text
			for _, want := range []string{"58/BC-UBND", "ngày 25 tháng 5 năm 2023", "Công văn số 215/NV"} {
				if !strings.Contains(text, want) {
					t.Errorf("%q is missing:\n%s", want, text)
				}
			}
			if !strings.Contains(page.Note, tt.note) {
				t.Errorf("note is %q, want %q", page.Note, tt.note)
			}
		})
	}
}

func TestPages(t *testing.T) {
	r := reader(t)
	if r == nil {
		return
	}
	broken := errors.New("no picture")
	results := r.Pages(context.Background(), []int{4, 7, 9}, func(_ context.Context, n int) (Picture, error) {
		if n == 7 {
			return Picture{}, broken
		}
		return Picture{Image: sheet(400, 300), DPI: 200}, nil
	})
	if len(results) != 3 || results[0].Err != nil || results[0].Page.Number != 4 || !errors.Is(results[1].Err, broken) || results[2].Page.Number != 9 {
		t.Errorf("results %+v", results)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, result := range r.Pages(ctx, []int{1, 2}, func(context.Context, int) (Picture, error) {
		return Picture{Image: sheet(400, 300), DPI: 200}, nil
	}) {
		if !errors.Is(result.Err, context.Canceled) {
			t.Errorf("after the end of its context: %v", result.Err)
		}
	}
	if _, err := r.Page(context.Background(), 1, Picture{}); err == nil {
		t.Error("a page without a picture was read")
	}
}

func TestNotInstalled(t *testing.T) {
	_, err := New(context.Background(), Options{Program: filepath.Join(t.TempDir(), "tesseract")})
	if !errors.Is(err, ErrNeedsOCR) || !strings.Contains(err.Error(), "install it with") {
		t.Errorf("got %v", err)
	}
	if reader(t) == nil {
		return
	}
	_, err = New(context.Background(), Options{Language: "nothing"})
	if !errors.Is(err, ErrNeedsOCR) || !strings.Contains(err.Error(), `"nothing"`) {
		t.Errorf("without the language: %v", err)
	}
	if err := Available(context.Background()); err != nil {
		t.Error(err)
	}
}
