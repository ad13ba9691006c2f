// One open PDF: its life, its pages, and how a call is interrupted.
package pdfium

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	gopdfium "github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"baocao/extract/layout"
)

// Bounds on what one document may make us do; the sandbox has the last word.
const (
	maxFile    = 192 << 20
	maxPages   = 5000
	maxChars   = 200_000 // per page
	maxObjects = 100_000 // per page, forms included
)

// ErrTime: one call took longer than it may. The document is lost.
var ErrTime = errors.New("pdfium took too long")

// Document is one open PDF. It must be closed, and is for one goroutine. After a
// call that was interrupted, all later ones fail.
type Document struct {
	instance gopdfium.Pdfium
	ref      references.FPDF_DOCUMENT
	limits   limits
	kill     func()        // ends the instance, whatever it does; may be called often
	killed   chan struct{} // closed when that is done
	unwatch  func() bool   // ends the watch over the context of Open
	late     atomic.Bool   // a call ran out of time
	pages    int
}

// Open reads the whole file and opens it. When ctx ends, the call in progress
// is interrupted and the document is lost.
func (e *Engine) Open(ctx context.Context, r io.ReaderAt, size int64) (*Document, error) {
	if size > maxFile {
		return nil, fmt.Errorf("open pdf: %d MB is over the limit of %d MB: %w", size>>20, maxFile>>20, ErrFormat)
	}
	data := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(r, 0, size), data); err != nil {
		return nil, fmt.Errorf("open pdf: %w", err)
	}
	wait, cancel := context.WithTimeout(ctx, instanceWait)
	defer cancel()
	instance, err := e.pool.GetInstanceWithContext(wait)
	if err != nil {
		return nil, fmt.Errorf("open pdf: %w", err)
	}
	d := &Document{instance: instance, limits: e.limits, killed: make(chan struct{})}
	d.kill = sync.OnceFunc(func() {
		// Only a kill reaches code that is running; its error says that the
		// instance was closed already, which is what we want.
		_ = instance.Kill()
		close(d.killed)
	})
	d.unwatch = context.AfterFunc(ctx, d.kill)
	defer d.within(d.limits.call)()
	opened, err := instance.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		err = d.cause(ctx, openError(err))
		d.Close()
		return nil, fmt.Errorf("open pdf: %w", err)
	}
	d.ref = opened.Document
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.ref})
	if err != nil {
		err = d.cause(ctx, err)
		d.Close()
		return nil, fmt.Errorf("open pdf: count pages: %w", err)
	}
	d.pages = count.PageCount
	return d, nil
}

// within interrupts the instance unless the returned function is called in time.
func (d *Document) within(limit time.Duration) func() {
	timer := time.AfterFunc(limit, func() {
		d.late.Store(true)
		d.kill()
	})
	return func() { timer.Stop() }
}

func openError(err error) error {
	if errors.Is(err, pdfiumerrors.ErrPassword) || errors.Is(err, pdfiumerrors.ErrSecurity) {
		return ErrPassword
	}
	return fmt.Errorf("%w (%w)", ErrFormat, err)
}

// cause says why a call failed: the end of ctx or of its time before the noise
// that an interrupted call makes, and a fault inside PDFium without its stack.
func (d *Document) cause(ctx context.Context, err error) error {
	if ended := ctx.Err(); ended != nil {
		return ended
	}
	if d.late.Load() {
		return ErrTime
	}
	if first, _, more := strings.Cut(err.Error(), "\n"); more {
		return fmt.Errorf("%w: %s", ErrFault, first)
	}
	return err
}

// ErrFault: PDFium broke down over the document, for want of memory mostly.
var ErrFault = errors.New("pdfium broke down")

// Close frees the document.
func (d *Document) Close() {
	d.unwatch()
	// Ending the instance frees all its memory, whatever state it is in.
	d.kill()
	<-d.killed
}

// NumPages is how many pages the file says it has.
func (d *Document) NumPages() int { return d.pages }

// page names page n (1-based) in a request.
func (d *Document) page(n int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: d.ref, Index: n - 1}}
}

// Page reads the characters and ruling lines of page n (1-based).
func (d *Document) Page(ctx context.Context, n int) (layout.Page, error) {
	if err := ctx.Err(); err != nil {
		return layout.Page{}, fmt.Errorf("read page %d: %w", n, err)
	}
	defer d.within(d.limits.call)()
	space, err := d.space(n)
	if err != nil {
		return layout.Page{}, fmt.Errorf("read page %d: %w", n, d.cause(ctx, err))
	}
	page := layout.Page{Number: n, Width: space.width, Height: space.height, Engine: "pdfium"}
	if page.Glyphs, err = d.glyphs(n, space); err != nil {
		return page, fmt.Errorf("read page %d: text: %w", n, d.cause(ctx, err))
	}
	drawn, err := d.drawings(n, space)
	if err != nil {
		return page, fmt.Errorf("read page %d: drawings: %w", n, d.cause(ctx, err))
	}
	page.Lines = drawn.lines
	return page, nil
}

// Pages reads all pages. A page that cannot be read is given empty, with the
// reason in its Note, and does not stop the others.
func (d *Document) Pages(ctx context.Context) ([]layout.Page, error) {
	if d.pages > maxPages {
		return nil, fmt.Errorf("read pdf: %d pages is over the limit of %d: %w", d.pages, maxPages, ErrFormat)
	}
	pages := make([]layout.Page, 0, d.pages)
	for n := 1; n <= d.pages; n++ {
		page, err := d.Page(ctx, n)
		if ctx.Err() != nil {
			return nil, fmt.Errorf("read page %d: %w", n, ctx.Err())
		}
		if err != nil {
			page = layout.Page{Number: n, Engine: "pdfium", Note: err.Error()}
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// Pages opens a PDF and reads all its pages.
func (e *Engine) Pages(ctx context.Context, r io.ReaderAt, size int64) ([]layout.Page, error) {
	d, err := e.Open(ctx, r, size)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.Pages(ctx)
}

// Render draws page n (1-based) of a PDF in shades of grey at dpi dots an inch.
func (e *Engine) Render(ctx context.Context, r io.ReaderAt, size int64, n int, dpi float64) (*image.Gray, error) {
	d, err := e.Open(ctx, r, size)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.Render(ctx, n, dpi)
}
