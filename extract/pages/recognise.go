// The last rung: pictures of pages to text recognition.
package pages

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"time"

	"baocao/extract/ocr"
	"baocao/extract/sandbox"
)

const (
	// drawnDPI is the resolution of pages that are not scans.
	drawnDPI = 300
	// leastDPI and mostDPI bound the resolution of scans; outside of them, they
	// are drawn at drawnDPI.
	leastDPI = 90
	mostDPI  = 450
	// maxPicture bounds a scanned picture in pixels, before it is unpacked.
	maxPicture = 60_000_000
	// mostlyDark is the mean shade under which a picture must be a negative.
	mostlyDark = 96
)

// third recognises the pages that are not done.
func (l *ladder) third(ctx context.Context) error {
	var numbers []int
	byNumber := make(map[int]*attempt)
	for i := range l.pages {
		if a := &l.pages[i]; !a.done {
			numbers = append(numbers, a.page.Number)
			byNumber[a.page.Number] = a
		}
	}
	if len(numbers) == 0 {
		return nil
	}
	reader, err := l.recogniser(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		l.reason = err
		for _, n := range numbers {
			a := byNumber[n]
			a.done = true
			a.unread = err.Error()
		}
		return nil
	}
	sandbox.Extend(ctx, timeForOCRPage*time.Duration(len(numbers)))
	for i, result := range reader.Pages(ctx, numbers, l.picture) {
		a := byNumber[numbers[i]]
		if err := ctx.Err(); err != nil {
			return err
		}
		l.settle(a, result)
	}
	return nil
}

func (l *ladder) recogniser(ctx context.Context) (*ocr.Reader, error) {
	if l.opt.NoOCR {
		return nil, fmt.Errorf("%w: it is switched off", ocr.ErrNeedsOCR)
	}
	return ocr.New(ctx, l.opt.OCR)
}

// settle chooses between the text layer and what was recognised.
func (l *ladder) settle(a *attempt, result ocr.Result) {
	a.done = true
	if result.Err != nil {
		a.unread = fmt.Sprintf("text recognition failed: %v", result.Err)
		return
	}
	recognised := l.gate.Judge(textOf(result.Page))
	if a.verdict.Pass && recognised.Words <= a.verdict.Words {
		// The picture held no more than the text layer says.
		return
	}
	if len(result.Page.Glyphs) == 0 && len(a.page.Glyphs) > 0 {
		a.unread = "text recognition found nothing"
		return
	}
	if result.Page.Note != "" {
		a.note("%s", result.Page.Note)
	}
	if !recognised.Pass && len(result.Page.Glyphs) > 0 {
		a.note("recognised text is doubtful: %s", recognised.Reason)
	}
	if len(result.Page.Glyphs) == 0 {
		a.note("nothing was recognised")
	}
	result.Page.Width, result.Page.Height = a.size(result.Page.Width, result.Page.Height)
	a.page, a.verdict = result.Page, recognised
}

// size keeps the page's own size where it is known.
func (a *attempt) size(width, height float64) (float64, float64) {
	if a.page.Width > 0 && a.page.Height > 0 {
		return a.page.Width, a.page.Height
	}
	return width, height
}

// picture gets the picture of a page: the scanner's own pixels where the page is
// a scan, else a drawing.
func (l *ladder) picture(ctx context.Context, n int) (ocr.Picture, error) {
	scan, err := l.opened.Scan(ctx, n)
	if err != nil {
		return ocr.Picture{}, err
	}
	dpi := scan.DPI
	if dpi < leastDPI || dpi > mostDPI || scan.Coverage < pictureShare {
		dpi = drawnDPI
	} else if gray := decode(scan.JPEG); gray != nil {
		return ocr.Picture{Image: gray, DPI: dpi}, nil
	}
	gray, err := l.opened.Render(ctx, n, dpi)
	if err != nil {
		return ocr.Picture{}, err
	}
	return ocr.Picture{Image: gray, DPI: dpi}, nil
}

// decode unpacks a scan, which is many times faster here than in PDFium. It
// gives nil for what only PDFium does right: colours for print, negatives,
// broken data.
func decode(data []byte) *image.Gray {
	if data == nil {
		return nil
	}
	config, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil || config.Width*config.Height > maxPicture {
		return nil
	}
	if config.ColorModel != color.GrayModel && config.ColorModel != color.YCbCrModel {
		return nil
	}
	decoded, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	gray := image.NewGray(image.Rect(0, 0, config.Width, config.Height))
	if colours, ok := decoded.(*image.YCbCr); ok {
		// Y is the brightness already.
		for y := range config.Height {
			copy(gray.Pix[y*gray.Stride:(y+1)*gray.Stride], colours.Y[y*colours.YStride:])
		}
	} else {
		draw.Draw(gray, gray.Rect, decoded, decoded.Bounds().Min, draw.Src)
	}
	sum := 0
	for _, v := range gray.Pix {
		sum += int(v)
	}
	if sum < mostlyDark*len(gray.Pix) {
		return nil
	}
	return gray
}
