package render

import (
	"bytes"
	"fmt"
	"image/png"
	"strings"
	"testing"

	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// TestFontHasVietnamese: every letter with every tone has a glyph of its own.
func TestFontHasVietnamese(t *testing.T) {
	for _, bold := range []bool{false, true} {
		f, err := opentype.Parse(fontData(bold))
		if err != nil {
			t.Fatal(err)
		}
		var buf sfnt.Buffer
		letters := []rune("đĐ0123456789.,:;!?()[]+-–—…≠×·•“”%/~*↑↓")
		for _, base := range "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" {
			for _, tone := range []string{"", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"} {
				letters = append(letters, []rune(norm.NFC.String(string(base)+tone))...)
			}
		}
		if len(letters) < 24*6+30 {
			t.Fatalf("only %d letters are tried", len(letters))
		}
		for _, r := range letters {
			if g, err := f.GlyphIndex(&buf, r); err != nil || g == 0 {
				t.Errorf("bold %v: %q has no glyph (%v)", bold, r, err)
			}
		}
	}
}

func TestPNG(t *testing.T) {
	c := LineChart{Title: "Hồ sơ", X: []string{"2023-04", "2023-05"}, Lines: []Line{{Name: "Xã Quang Khải", Values: []string{"226", "239"}}}, Breaks: map[int]string{1: "sáp nhập"}}
	var b, again bytes.Buffer
	if err := PNG(&b, c.Draw()); err != nil {
		t.Fatal(err)
	}
	if err := PNG(&again, c.Draw()); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Errorf("the same chart gives different bytes (%v)", err)
	}
	img, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	colors := map[string]int{}
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			r, g, b, _ := img.At(x, y).RGBA()
			colors[fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)]++
		}
	}
	for _, name := range []string{"page", "ink", "rule", "line0"} {
		if colors[light()[name]] == 0 {
			t.Errorf("nothing is drawn in %s", name)
		}
	}
	var many LineChart
	many.X = c.X
	for i := range 3000 {
		many.Lines = append(many.Lines, Line{Name: fmt.Sprint(i), Values: []string{"1", "2"}})
	}
	if err := PNG(&b, many.Draw()); err == nil || !strings.Contains(err.Error(), "svg") {
		t.Errorf("a picture of 3000 units: %v", err)
	}
}
