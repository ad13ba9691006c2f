// Package ocr reads pictures of pages with the tesseract program.
//
// In: the picture of a page in shades of grey and its resolution. Out: a
// layout.Page whose glyphs are whole words with their confidence, and the
// table borders found in the picture. Pictures are straightened first (two
// degrees of skew cost tesseract every third word) and table borders are wiped
// out (they are read as letters). No digit is corrected and no word is dropped:
// doubtful words carry their low confidence. One thing is settled: the hooks over
// letters that recognition takes for acute accents (hooks.go), where the phrase
// leaves no choice.
//
// Tesseract with its Vietnamese data must be installed; Find says whether it
// is, and ErrNeedsOCR carries what to install.
package ocr

import (
	"context"
	"errors"
	"fmt"
	"image"
	"runtime"
	"sync"

	"baocao/extract/layout"
)

// ErrNeedsOCR is wrapped by every error that says a page can only be read by
// OCR, and OCR is not to be had.
var ErrNeedsOCR = errors.New("the page needs text recognition (OCR)")

// Options of a Reader. The zero value works.
type Options struct {
	// Program is the path of tesseract; empty searches the usual places.
	Program string
	// Language is tesseract's name for the language of the text; empty is "vie".
	Language string
	// Parallel is how many pages are read at once; zero means one a processor.
	Parallel int
}

// Picture is one page to read.
type Picture struct {
	Image *image.Gray
	DPI   float64 // dots an inch
}

// Reader reads pages with one installation of tesseract. It is safe for
// concurrent use and holds nothing that must be closed.
type Reader struct {
	program  string
	language string
	digits   string // language that reads the numbers of tables again, or empty
	parallel int
	hooks    hooks
}

// New finds tesseract. The error wraps ErrNeedsOCR and says what to install.
func New(ctx context.Context, opt Options) (*Reader, error) {
	r := &Reader{program: opt.Program, language: opt.Language, parallel: opt.Parallel, hooks: parseHooks(hooksText)}
	if r.language == "" {
		r.language = "vie"
	}
	if r.parallel <= 0 {
		r.parallel = runtime.NumCPU()
	}
	if err := r.find(ctx); err != nil {
		return nil, err
	}
	return r, nil
}

// Available says whether pages can be read: nil, or an error that wraps
// ErrNeedsOCR and says what to install.
func Available(ctx context.Context) error {
	_, err := New(ctx, Options{})
	return err
}

// Result is one page read, or why it was not.
type Result struct {
	Page layout.Page
	Err  error
}

// Pages reads the pages with the given numbers, several at once, and returns
// their results in the same order. picture gives the picture of a page; it is
// called for one page at a time and only when there is room to work on it, so
// that few pictures are in memory. Only the end of ctx stops it early, and is
// then the error of every page not read.
func (r *Reader) Pages(ctx context.Context, numbers []int, picture func(ctx context.Context, number int) (Picture, error)) []Result {
	results := make([]Result, len(numbers))
	slots := make(chan struct{}, r.parallel)
	var running sync.WaitGroup
	for i, number := range numbers {
		slots <- struct{}{}
		if err := ctx.Err(); err != nil {
			results[i].Err = fmt.Errorf("read page %d: %w", number, err)
			<-slots
			continue
		}
		pic, err := picture(ctx, number)
		if err != nil {
			results[i].Err = fmt.Errorf("picture of page %d: %w", number, err)
			<-slots
			continue
		}
		running.Go(func() {
			defer func() { <-slots }()
			results[i].Page, results[i].Err = r.Page(ctx, number, pic)
		})
	}
	running.Wait()
	return results
}

// Page reads one page.
func (r *Reader) Page(ctx context.Context, number int, pic Picture) (layout.Page, error) {
	if pic.Image == nil || pic.Image.Rect.Empty() || !(pic.DPI > 0) {
		return layout.Page{}, fmt.Errorf("read page %d: %w", number, errors.New("the picture is empty"))
	}
	page, err := r.upright(ctx, pic)
	if err != nil {
		return layout.Page{}, fmt.Errorf("read page %d: %w", number, err)
	}
	page.Number = number
	page.Engine = "ocr"
	return page, nil
}
