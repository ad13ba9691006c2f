// The parts of text recognition that need no tesseract.
package ocr

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	testInk   = 128
	testPaper = 255
)

func sheet(width, height int) *image.Gray {
	img := image.NewGray(image.Rect(0, 0, width, height))
	for i := range img.Pix {
		img.Pix[i] = testPaper
	}
	return img
}

func fill(img *image.Gray, x0, y0, x1, y1 int) {
	draw.Draw(img, image.Rect(x0, y0, x1, y1), image.NewUniform(color.Gray{}), image.Point{}, draw.Src)
}

func inkOf(img *image.Gray) int {
	n := 0
	for _, v := range img.Pix {
		if v <= testInk {
			n++
		}
	}
	return n
}

// lines draws rows of dashes, as text looks from afar.
func lines(width, height int) *image.Gray {
	img := sheet(width, height)
	for y := 100; y+20 < height-100; y += 48 {
		for x := 120; x+60 < width-120; x += 80 {
			fill(img, x, y, x+60, y+20)
		}
	}
	return img
}

func TestSkew(t *testing.T) {
	level := lines(1654, 2339)
	for _, degrees := range []float64{-5, -2, -0.7, -0.2, 0, 0.2, 0.7, 2, 5} {
		// A picture turned back by -d is one that leans by d.
		leaning := straighten(level, -degrees, testPaper)
		got := skew(leaning, testInk)
		if math.Abs(got-degrees) > 0.08 {
			t.Errorf("leaning by %v degrees: measured %v", degrees, got)
		}
		if left := skew(straighten(leaning, got, testPaper), testInk); math.Abs(left) > 0.08 {
			t.Errorf("leaning by %v degrees: %v are left", degrees, left)
		}
	}
	if got := skew(sheet(500, 500), testInk); got != 0 {
		t.Errorf("a blank page leans by %v", got)
	}
}

func TestQuarter(t *testing.T) {
	img := sheet(30, 20)
	fill(img, 2, 1, 7, 3)
	turned := quarter(img, 1)
	if turned.Rect != image.Rect(0, 0, 20, 30) || turned.GrayAt(18, 2).Y != 0 || turned.GrayAt(0, 0).Y != testPaper {
		t.Errorf("a quarter turn clockwise: %v", turned.Rect)
	}
	for n := range 4 {
		back := quarter(quarter(img, n), 4-n)
		if !slices.Equal(back.Pix, img.Pix) {
			t.Errorf("%d quarter turns and %d more are not the same picture", n, 4-n)
		}
	}
}

func TestThreshold(t *testing.T) {
	img := sheet(100, 100)
	for i := range img.Pix {
		img.Pix[i] = uint8(225 + i%7)
	}
	for i := range 900 {
		img.Pix[i] = uint8(30 + i%9)
	}
	shades := histogram(img)
	ink := threshold(shades)
	if ink < 38 || ink >= 225 {
		t.Errorf("ink up to shade %d", ink)
	}
	if p := paper(shades, ink); p < 225 || p > 231 {
		t.Errorf("paper is shade %d", p)
	}
}

// grid draws a table of borders 2 pixels thick with its columns at xs and rows
// at ys.
func grid(img *image.Gray, xs, ys []int) {
	for _, x := range xs {
		fill(img, x, ys[0], x+2, ys[len(ys)-1]+2)
	}
	for _, y := range ys {
		fill(img, xs[0], y, xs[len(xs)-1]+2, y+2)
	}
}

func TestBorders(t *testing.T) {
	const dpi = 200
	img := sheet(900, 600)
	grid(img, []int{50, 300, 500, 800}, []int{50, 150, 300, 500})
	fill(img, 100, 90, 130, 110) // a letter
	fill(img, 340, 80, 352, 300) // a letter's stroke that touches a border below
	before := inkOf(img)
	level, upright := wipeBorders(img, dpi, testInk, testPaper)
	if len(level) != 4 || len(upright) != 4 {
		t.Fatalf("%d level and %d upright borders, want 4 and 4", len(level), len(upright))
	}
	if left, want := inkOf(img), 30*20+12*220; left < want-60 || left > want+60 {
		t.Errorf("%d pixels of ink are left of %d, want about %d", left, before, want)
	}
	ruled := ruling(level, upright, 72.0/dpi)
	if len(ruled) != 8 || math.Abs(ruled[0].X0-18) > 0.01 || math.Abs(ruled[0].Y1-52*0.36) > 0.01 {
		t.Errorf("in points: %v", ruled)
	}
}

// TestPaleBorders: a grey hairline is a border too, and where a cell is shaded so is the
// line that parts it from the next.
func TestPaleBorders(t *testing.T) {
	img := sheet(900, 600)
	grid(img, []int{50, 300, 800}, []int{50, 150, 300})
	for y := 152; y < 300; y++ { // a shaded row
		for x := 53; x < 799; x++ {
			img.SetGray(x, y, color.Gray{Y: testPaper - 30})
		}
	}
	for _, y := range []int{200, 260, 400} {
		for x := 50; x < 800; x++ {
			img.SetGray(x, y, color.Gray{Y: testPaper - 60})
		}
	}
	level, upright := wipeBorders(img, 200, testInk, testPaper)
	if len(level) != 6 || len(upright) != 3 {
		t.Errorf("%d level and %d upright borders, want 6 and 3: %v", len(level), len(upright), level)
	}
}

func TestTextIsNoBorder(t *testing.T) {
	img := lines(900, 600)
	before := inkOf(img)
	if level, upright := wipeBorders(img, 200, testInk, testPaper); len(level)+len(upright) > 0 || inkOf(img) != before {
		t.Errorf("borders found in text: %v, %v", level, upright)
	}
}

func TestCells(t *testing.T) {
	const dpi = 200
	level := []stroke{{50, 801, 50, 51}, {300, 801, 150, 151}, {50, 801, 300, 301}}
	upright := []stroke{{50, 301, 50, 51}, {50, 301, 300, 301}, {150, 301, 500, 501}, {50, 301, 800, 801}}
	got := cells(image.Rect(0, 0, 900, 600), level, upright, dpi)
	// The first column is one cell over two rows, the heading one over two
	// columns.
	want := []image.Rectangle{
		image.Rect(50, 50, 300, 300).Inset(1),
		image.Rect(300, 50, 800, 150).Inset(1),
		image.Rect(300, 150, 500, 300).Inset(1),
		image.Rect(500, 150, 800, 300).Inset(1),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
	if got := cells(image.Rect(0, 0, 900, 600), level[:1], upright, dpi); got != nil {
		t.Errorf("cells without rows: %v", got)
	}
	open := slices.Clone(upright[1:])
	for _, box := range cells(image.Rect(0, 0, 900, 600), level, open, dpi) {
		if box.Min.X < 300 {
			t.Errorf("a cell without a left border: %v", box)
		}
	}
}

// TestUnfold: what goes into the column comes back to where it was, and the page
// loses nothing else.
func TestUnfold(t *testing.T) {
	img := sheet(600, 400)
	fill(img, 30, 30, 70, 50)
	fill(img, 330, 40, 360, 60)
	fill(img, 500, 300, 540, 320) // outside of the cells
	boxes := []image.Rectangle{image.Rect(10, 10, 290, 90), image.Rect(310, 10, 400, 90), image.Rect(410, 10, 480, 90)}
	column, places := unfold(img, boxes, 2, 200, testInk, testPaper)
	if column == nil || len(places) != 2 {
		t.Fatalf("%d cells in the column, want 2", len(places))
	}
	if inkOf(column) != 40*20+30*20 || inkOf(img) != 40*20 {
		t.Errorf("ink: %d in the column, %d on the page", inkOf(column), inkOf(img))
	}
	var found []word
	for i, p := range places {
		found = append(found, word{
			line: i + 1, text: "x",
			left: p.at.X + 2, top: p.at.Y + 2, right: p.at.X + p.cell.Dx() - 2, bottom: p.at.Y + p.cell.Dy() - 2,
		})
	}
	back := refold(found, places, 10)
	want := []image.Rectangle{image.Rect(30, 30, 70, 50), image.Rect(330, 40, 360, 60)}
	for i, w := range back {
		if w.box() != want[i] || w.line != 11+i {
			t.Errorf("word %d is at %v on line %d, want %v", i, w.box(), w.line, want[i])
		}
	}
	if column, _ := unfold(sheet(600, 400), boxes, 2, 200, testInk, testPaper); column != nil {
		t.Error("empty cells were unfolded")
	}
}

func TestCompareNumbers(t *testing.T) {
	at := func(top int, text string, confidence float64) word {
		return word{line: top / 30, left: 10, top: top, right: 60, bottom: top + 20, text: text, confidence: confidence}
	}
	tests := []struct {
		name       string
		first      []word
		second     []word
		text       string
		confidence float64
	}{
		{"both agree", []word{at(30, "239", 0.8)}, []word{at(31, "239", 0.95)}, "239", 0.95},
		{"letters for digits", []word{at(30, "Z1", 0.7)}, []word{at(30, "21", 0.96)}, "21", contested},
		{"two numbers", []word{at(30, "1.275", 0.6)}, []word{at(30, "1275", 0.9)}, "1275", contested},
		{"two numbers, first surer", []word{at(30, "1.275", 0.95)}, []word{at(30, "1275", 0.9)}, "1.275", contested},
		{"second sees a word", []word{at(30, "tuyến", 0.95)}, []word{at(30, "tuyén", 0.9)}, "tuyến", 0.95},
		{"first sees nothing", nil, []word{at(30, "7", 0.9)}, "7", contested},
		{"elsewhere", []word{at(30, "17", 0.9)}, []word{at(90, "xã", 0.9)}, "17", 0.9},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := slices.Clone(tt.first)
			got := compareNumbers(tt.first, tt.second)
			if len(got) != 1 || got[0].text != tt.text || got[0].confidence != tt.confidence {
				t.Errorf("got %+v, want %q with confidence %v", got, tt.text, tt.confidence)
			}
			if !slices.Equal(before, tt.first) {
				t.Error("the first reading was changed")
			}
		})
	}
	both := compareNumbers([]word{
		{line: 1, left: 10, top: 30, right: 30, bottom: 50, text: "1", confidence: 0.9},
		{line: 1, left: 32, top: 30, right: 60, bottom: 50, text: "254", confidence: 0.9},
	}, []word{at(30, "1254", 0.9)})
	if len(both) != 2 || both[1].confidence != contested {
		t.Errorf("one number over two words: %+v", both)
	}
}

const tsvHead = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"

func TestParseTSV(t *testing.T) {
	got, err := parseTSV([]byte(tsvHead +
		"1\t1\t0\t0\t0\t0\t0\t0\t1654\t2339\t-1\t\r\n" +
		"4\t1\t1\t1\t1\t0\t367\t160\t100\t38\t-1\t\n" +
		"5\t1\t1\t1\t1\t1\t367\t160\t50\t31\t96.9\tỦY\r\n" +
		"5\t1\t1\t1\t1\t2\t428\t167\t75\t24\t0\tB\"AN\n" +
		"5\t1\t1\t1\t1\t3\t500\t167\t75\t24\t95\t \n" +
		"5\t1\t1\t1\t2\t1\t331\t214\t100\t24\t91\ta\tb\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []word{
		{1, 367, 160, 417, 191, 0.969, "ỦY"},
		{1, 428, 167, 503, 191, 0.01, "B\"AN"},
		{2, 331, 214, 431, 238, 0.91, "a\tb"},
	}
	if len(got) != len(want) {
		t.Fatalf("got %+v", got)
	}
	for i := range want {
		if got[i].text != want[i].text || got[i].line != want[i].line || got[i].box() != want[i].box() || math.Abs(got[i].confidence-want[i].confidence) > 1e-9 {
			t.Errorf("word %d: got %+v, want %+v", i, got[i], want[i])
		}
	}
	for _, bad := range []string{"5\t1\t1\t1\t1\t1\tx\t160\t50\t31\t96\ta", "5\t1\t1\t1\t1\t1\t3\t160\t50\t31\tx\ta"} {
		if _, err := parseTSV([]byte(tsvHead + bad)); err == nil {
			t.Errorf("accepted: %q", bad)
		}
	}
}

func FuzzParseTSV(f *testing.F) {
	f.Add([]byte(tsvHead + "5\t1\t1\t1\t1\t1\t367\t160\t50\t31\t96.9\tỦY\n"))
	f.Add([]byte("5\t\t\t\t\t\t\t\t\t\t\t\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		words, err := parseTSV(data)
		if err != nil {
			return
		}
		for _, w := range words {
			if w.text == "" || !(w.confidence > 0 && w.confidence <= 1) || w.line < 1 {
				t.Fatalf("word %+v", w)
			}
		}
		for _, g := range place(words, 0.36) {
			if g.Text == "" || !(g.Size > 0) {
				t.Fatalf("glyph %+v", g)
			}
		}
	})
}

// TestPlace: words of one line share baseline and size though their boxes differ.
func TestPlace(t *testing.T) {
	// Size 40 pixels on a baseline at 100: heights by the letters' shapes.
	box := func(left int, text string) word {
		w := word{line: 1, text: text, left: left, right: left + 60, confidence: 0.9}
		above, below := w.reach()
		w.top, w.bottom = 100-int(math.Round(above*40)), 100+int(math.Round(below*40))
		return w
	}
	glyphs := place([]word{box(0, "Số"), box(80, "hồ"), box(160, "sơ"), box(240, "tiếp"), box(320, "nhận"), box(400, "239")}, 0.36)
	var text strings.Builder
	for _, g := range glyphs {
		text.WriteString(g.Text)
		if math.Abs(g.Baseline-36) > 1 || math.Abs(g.Size-14.4) > 1.2 {
			t.Errorf("%q: baseline %.1f, size %.1f, want 36 and 14.4", g.Text, g.Baseline, g.Size)
		}
	}
	if got, want := text.String(), "Số hồ sơ tiếp nhận 239"; got != want {
		t.Errorf("text is %q, want %q", got, want)
	}
	if math.Abs(trust(pageOf(glyphs))-0.9) > 1e-9 {
		t.Errorf("trust is %v", trust(pageOf(glyphs)))
	}
}

func TestPlacesAndHints(t *testing.T) {
	env := func(name string) string {
		return map[string]string{"ProgramFiles": `C:\Program Files`, "LocalAppData": `C:\Users\a\AppData\Local`}[name]
	}
	if got := places("windows", env); len(got) != 3 || !strings.Contains(got[1], "Tesseract-OCR") {
		t.Errorf("on Windows: %q", got)
	}
	if got := places("linux", env); !slices.Equal(got, []string{"tesseract"}) {
		t.Errorf("on Linux: %q", got)
	}
	for system, want := range map[string]string{
		"linux":   "apt-get install tesseract-ocr tesseract-ocr-vie",
		"windows": "winget install --id UB-Mannheim.TesseractOCR",
		"darwin":  "brew install tesseract tesseract-lang",
	} {
		if got := hint(system); !strings.Contains(got, want) {
			t.Errorf("%s: %q does not say %q", system, got, want)
		}
	}
}

func BenchmarkPrepare(b *testing.B) {
	img := lines(1654, 2339)
	for b.Loop() {
		shades := histogram(img)
		ink := threshold(shades)
		turned := straighten(img, skew(img, ink)+0.7, paper(shades, ink))
		wipeBorders(turned, 200, ink, testPaper)
	}
}

// TestAgree: a second reading makes a number surer or more doubtful, and never
// another one.
func TestAgree(t *testing.T) {
	at := func(x int, text string, confidence float64) word {
		return word{left: x, right: x + 20, top: 10, bottom: 20, text: text, confidence: confidence}
	}
	words := []word{at(0, "41/41", 0.1), at(30, "239;", 0.5), at(60, "17", 0.8), at(90, "21", 0.95), at(120, "hồ", 0.3), at(150, "5", 0.2)}
	second := []word{at(1, "41/41", 0.92), at(31, "239", 0.97), at(61, "11", 0.99), at(91, "27", 0.99), at(121, "40", 0.99)}
	agree(words, second)
	for i, want := range []struct {
		text       string
		confidence float64
	}{{"41/41", 0.92}, {"239;", 0.97}, {"17", contested}, {"21", 0.95}, {"hồ", 0.3}, {"5", 0.2}} {
		if words[i].text != want.text || words[i].confidence != want.confidence {
			t.Errorf("word %d is %q with %.2f, want %q with %.2f", i, words[i].text, words[i].confidence, want.text, want.confidence)
		}
	}
}
