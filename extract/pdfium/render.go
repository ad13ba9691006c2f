// A page as a picture, at the resolution its own pictures have.
package pdfium

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"
)

// maxPixels bounds a rendering: an A3 page at 400 dpi has 31 million.
const maxPixels = 36_000_000

// Scan says what a page looks like to somebody who wants to run OCR on it.
type Scan struct {
	// Coverage is the share of the page, 0..1, that its largest picture covers
	// together with the pictures of the same resolution (scanners cut a page
	// into strips).
	Coverage float64
	// DPI is the resolution of those pictures along the page's width; 0 when
	// there is no picture.
	DPI float64
	// Pictures, Shapes and Letters count what is drawn: images, painted paths,
	// pieces of visible text. A page with none of them is blank.
	Pictures, Shapes, Letters int
	// JPEG is the page's picture as it lies in the file, when the page is nothing
	// but one upright JPEG picture (perhaps with invisible text); else nil.
	JPEG []byte
}

// Scan looks at the drawings of page n (1-based).
func (d *Document) Scan(ctx context.Context, n int) (Scan, error) {
	defer d.within(d.limits.call)()
	s, err := d.space(n)
	if err != nil {
		return Scan{}, fmt.Errorf("look at page %d: %w", n, d.cause(ctx, err))
	}
	drawn, err := d.drawings(n, s)
	if err != nil {
		return Scan{}, fmt.Errorf("look at page %d: %w", n, d.cause(ctx, err))
	}
	scan := scanOf(drawn.pictures, s.width, s.height)
	scan.Pictures, scan.Shapes, scan.Letters = len(drawn.pictures), drawn.shapes, drawn.letters
	if scan.Pictures == 1 && scan.Shapes == 0 && scan.Letters == 0 && scan.Coverage > wholePage && drawn.pictures[0].plain {
		if scan.JPEG, err = d.jpeg(drawn.pictures[0]); err != nil {
			return Scan{}, fmt.Errorf("look at page %d: %w", n, d.cause(ctx, err))
		}
	}
	return scan, nil
}

// wholePage is the share of a page from which a picture counts as the page.
const wholePage = 0.98

// jpeg is the data of a picture that is stored as JPEG and nothing else.
func (d *Document) jpeg(p picture) ([]byte, error) {
	count, err := d.instance.FPDFImageObj_GetImageFilterCount(&requests.FPDFImageObj_GetImageFilterCount{ImageObject: p.object})
	if err != nil || count.Count != 1 {
		return nil, err
	}
	filter, err := d.instance.FPDFImageObj_GetImageFilter(&requests.FPDFImageObj_GetImageFilter{ImageObject: p.object, Index: 0})
	if err != nil || filter.ImageFilter != "DCTDecode" {
		return nil, err
	}
	raw, err := d.instance.FPDFImageObj_GetImageDataRaw(&requests.FPDFImageObj_GetImageDataRaw{ImageObject: p.object})
	if err != nil {
		return nil, err
	}
	return bytes.Clone(raw.Data), nil
}

func scanOf(pictures []picture, width, height float64) Scan {
	area := func(p picture) float64 {
		return max(0, min(p.x1, width)-max(p.x0, 0)) * max(0, min(p.y1, height)-max(p.y0, 0))
	}
	dpi := func(p picture) float64 { return float64(p.pixelsX) / (p.x1 - p.x0) * 72 }
	var largest picture
	for _, p := range pictures {
		if p.pixelsX > 0 && area(p) > area(largest) {
			largest = p
		}
	}
	if area(largest) == 0 {
		return Scan{}
	}
	scan := Scan{DPI: dpi(largest)}
	for _, p := range pictures {
		if math.Abs(dpi(p)-scan.DPI) < 0.02*scan.DPI {
			scan.Coverage += area(p) / (width * height)
		}
	}
	scan.Coverage = min(scan.Coverage, 1)
	return scan
}

// Render draws page n (1-based) in shades of grey at dpi dots an inch, less when
// the picture would be too large. At the resolution of Scan.DPI a scanned page
// comes out with the scanner's own pixels.
func (d *Document) Render(ctx context.Context, n int, dpi float64) (*image.Gray, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("render page %d: %w", n, err)
	}
	defer d.within(d.limits.render)()
	s, err := d.space(n)
	if err != nil {
		return nil, fmt.Errorf("render page %d: %w", n, d.cause(ctx, err))
	}
	scale := min(dpi/72, math.Sqrt(maxPixels/(s.width*s.height)))
	width := int(math.Round(s.width * scale))
	if width < 1 || s.height*scale < 1 {
		return nil, fmt.Errorf("render page %d: %w", n, errNoArea)
	}
	drawn, err := d.instance.RenderPageInPixels(&requests.RenderPageInPixels{
		Page: d.page(n), Width: width,
		RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT,
		ImageFormat: requests.RenderImageFormatGrayscale,
	})
	if err != nil {
		return nil, fmt.Errorf("render page %d: %w", n, d.cause(ctx, err))
	}
	// The pixels live in PDFium's memory until cleanup.
	defer drawn.Cleanup()
	gray, ok := drawn.Result.RenderedImage.(*image.Gray)
	if !ok {
		return nil, fmt.Errorf("render page %d: %w", n, errors.New("no grey picture came back"))
	}
	out := image.NewGray(gray.Rect)
	for y := range gray.Rect.Dy() {
		copy(out.Pix[y*out.Stride:y*out.Stride+gray.Rect.Dx()], gray.Pix[y*gray.Stride:])
	}
	return out, nil
}
