// This file writes a report as a scan: pictures of pages without a text layer.
package generate

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// dpi is the resolution at which offices scan.
const dpi = 150

// Scan writes the report as pictures of its pages.
func (r Report) Scan() ([]byte, error) {
	parsed, err := opentype.Parse(liberationserifregular.TTF)
	if err != nil {
		return nil, fmt.Errorf("read font: %w", err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: fontSize, DPI: dpi})
	if err != nil {
		return nil, fmt.Errorf("size font: %w", err)
	}
	defer face.Close()
	px := func(mm float64) int { return int(mm / 25.4 * dpi) }
	doc := newPDF()
	var page *image.Gray
	y, pages := px(297), 0
	flush := func() error {
		if page == nil {
			return nil
		}
		var buf bytes.Buffer
		if err := png.Encode(&buf, page); err != nil {
			return fmt.Errorf("write page: %w", err)
		}
		pages++
		name, opt := fmt.Sprint("page", pages), fpdf.ImageOptions{ImageType: "PNG"}
		doc.RegisterImageOptionsReader(name, opt, &buf)
		doc.AddPage()
		doc.ImageOptions(name, 0, 0, 210, 297, false, opt, 0, "")
		return nil
	}
	put := func(x int, text string) {
		d := font.Drawer{Dst: page, Src: image.Black, Face: face, Dot: fixed.P(x, y)}
		d.DrawString(text)
	}
	feed := func() error {
		if y += px(lineHeight + 0.6); y < px(297-pageTop) {
			return nil
		}
		if err := flush(); err != nil {
			return err
		}
		// The PDF writer puts pictures in order by their widths: one column more on
		// each page makes that order the same every time.
		page = image.NewGray(image.Rect(0, 0, px(210)+pages, px(297)))
		for i := range page.Pix {
			page.Pix[i] = 0xff
		}
		y = px(pageTop)
		return nil
	}
	for line := range strings.Lines(r.Text) {
		line = strings.TrimSuffix(line, "\n")
		if cells := strings.Split(line, "\t"); len(cells) > 1 {
			if err := feed(); err != nil {
				return nil, err
			}
			for i, cell := range cells {
				put(px(pageLeft)+i*px(textWidth)/len(cells), cell)
			}
			continue
		}
		for _, part := range wrap(face, line, px(textWidth)) {
			if err := feed(); err != nil {
				return nil, err
			}
			put(px(pageLeft), part)
		}
	}
	if err := flush(); err != nil {
		return nil, err
	}
	return finish(doc)
}

// wrap cuts a text into lines of at most width pixels.
func wrap(face font.Face, text string, width int) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimLeft(line+" "+word, " ")
		if line != "" && font.MeasureString(face, longer).Ceil() > width {
			out = append(out, line)
			longer = word
		}
		line = longer
	}
	return append(out, line)
}
