// The characters of a page with their boxes.
package pdfium

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"baocao/extract/layout"
)

// PDFium replaces a hyphen that ends a line by this code, and takes the soft
// hyphen for a hyphen. In the legacy fonts .Vn* that byte is the letter ư, which
// is wider than any hyphen.
const (
	lineEndHyphen  = 0x02
	softHyphen     = 0xAD
	maxHyphenWidth = 0.42 // of the font size; a hyphen is 0.25 to 0.36, ư 0.5 and more
)

// boldWeight is the font weight from which text counts as bold.
const boldWeight = 600

// fontFlagItalic is bit 7 of the flags of a font descriptor (PDF 32000, 9.8.2).
const fontFlagItalic = 1 << 6

func (d *Document) glyphs(n int, s space) ([]layout.Glyph, error) {
	loaded, err := d.instance.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: d.page(n)})
	if err != nil {
		return nil, err
	}
	text := loaded.TextPage
	defer func() {
		// The instance frees it anyway; this only keeps the peak low.
		_, _ = d.instance.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text})
	}()
	count, err := d.instance.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text})
	if err != nil {
		return nil, err
	}
	if count.Count > maxChars {
		return nil, fmt.Errorf("%d characters is over the limit of %d", count.Count, maxChars)
	}
	glyphs := make([]layout.Glyph, 0, count.Count)
	for i := range count.Count {
		glyph, ok, err := d.glyph(text, i, s)
		if err != nil {
			return nil, fmt.Errorf("character %d: %w", i, err)
		}
		if ok {
			glyphs = append(glyphs, glyph)
		}
	}
	return glyphs, nil
}

// glyph gives character i, and false for those that PDFium put in itself
// (spaces and line ends between text objects): the layout finds its own.
func (d *Document) glyph(text references.FPDF_TEXTPAGE, i int, s space) (layout.Glyph, bool, error) {
	generated, err := d.instance.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: text, Index: i})
	if err != nil {
		return layout.Glyph{}, false, err
	}
	if generated.IsGenerated {
		return layout.Glyph{}, false, nil
	}
	code, err := d.instance.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text, Index: i})
	if err != nil {
		return layout.Glyph{}, false, err
	}
	box, err := d.instance.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: i})
	if err != nil {
		return layout.Glyph{}, false, nil // a character without a place, such as a control code
	}
	origin, err := d.instance.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: i})
	if err != nil {
		return layout.Glyph{}, false, nil
	}
	size, angle, err := d.writing(text, i, s)
	if err != nil {
		return layout.Glyph{}, false, err
	}
	g := layout.Glyph{Size: size}
	g.X0, g.Y0, g.X1, g.Y1 = s.showBox(float64(box.Rect.Left), float64(box.Rect.Bottom), float64(box.Rect.Right), float64(box.Rect.Top))
	ox, oy := s.show(origin.X, origin.Y)
	g.Baseline = oy
	width := g.X1 - g.X0
	if angle != 0 {
		// The box is upright, the character is not: what it takes of its line
		// follows from the height of a line and the size of the box.
		sin, cos := math.Sincos(angle * math.Pi / 180)
		width = advance(g.X1-g.X0, g.Y1-g.Y0, math.Abs(sin), math.Abs(cos), size)
		g.Angle = angle
		g.X0, g.Y0, g.X1, g.Y1 = ox, oy, ox+cos*width, oy+sin*width
	}
	if !finite(g.X0, g.Y0, g.X1, g.Y1, g.Baseline, g.Size) {
		return layout.Glyph{}, false, nil
	}
	// A font without a name has no info; that is no reason to lose the text.
	if info, err := d.instance.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: text, Index: i}); err == nil {
		g.Font = strings.ToValidUTF8(info.FontName, "\uFFFD")
		g.Italic = info.Flags&fontFlagItalic != 0 || strings.Contains(g.Font, "Italic") || strings.Contains(g.Font, "Oblique")
	}
	if weight, err := d.instance.FPDFText_GetFontWeight(&requests.FPDFText_GetFontWeight{TextPage: text, Index: i}); err == nil {
		g.Bold = weight.FontWeight >= boldWeight
	}
	g.Bold = g.Bold || strings.Contains(g.Font, "Bold")
	g.Text = charText(code.Unicode, width/max(g.Size, 1))
	return g, true, nil
}

// charText is the text of a character code; width is in units of the font size.
// A character that PDFium could not map becomes U+FFFD, so that it is missed by
// nobody: the gate counts those.
func charText(code uint, width float64) string {
	switch {
	case code == lineEndHyphen && width > maxHyphenWidth:
		return string(rune(softHyphen))
	case code == lineEndHyphen:
		return "-"
	case code == 0 || code > utf8.MaxRune || !utf8.ValidRune(rune(code)):
		return "\uFFFD"
	}
	return string(rune(code))
}

// upright is how many degrees text may lean and still count as level.
const upright = 2.0

// writing gives the font size in points as shown (the font's own size times the
// scale of the text matrix across the line) and the direction of writing in
// degrees clockwise, 0 for level text.
func (d *Document) writing(text references.FPDF_TEXTPAGE, i int, s space) (size, angle float64, err error) {
	own, err := d.instance.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: text, Index: i})
	if err != nil {
		return 0, 0, err
	}
	got, err := d.instance.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: text, Index: i})
	if err != nil {
		return own.FontSize, 0, nil
	}
	m := fromPDFium(got.Matrix)
	x0, y0 := s.show(0, 0)
	x1, y1 := s.show(m.a, m.b)
	if angle = math.Atan2(y1-y0, x1-x0) * 180 / math.Pi; math.Abs(angle) < upright || math.IsNaN(angle) {
		angle = 0
	}
	return own.FontSize * math.Hypot(m.c, m.d), angle, nil
}

// advance is the length along the line of a character at an angle, given the
// upright box around it: width = advance*cos + size*sin and height = advance*sin +
// size*cos. The larger of the two equations is solved; the other says little.
func advance(width, height, sin, cos, size float64) float64 {
	if sin > cos {
		return max(0, (height-size*cos)/sin)
	}
	return max(0, (width-size*sin)/cos)
}

func finite(values ...float64) bool {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}
