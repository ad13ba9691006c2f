// Package pages reads a PDF page by page, each with the first engine whose text
// can be trusted.
//
// The ladder: the text layer as package pdf reads it; where the gate refuses
// that, the text layer as PDFium reads it; where the gate refuses that too, or
// the page is a picture, text recognition. In: the bytes of a PDF. Out: one
// Document over all pages, in which every page says which engine read it and
// why. The second engine and tesseract are started only for files that need
// them.
//
// Nothing is silent: a page that no engine could read, or only in part, has an
// empty Engine and the reason in its Note, and the reason is among the Warnings. When no page
// could be read for want of text recognition, the error wraps ocr.ErrNeedsOCR.
package pages

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"baocao/extract/document"
	"baocao/extract/gate"
	"baocao/extract/layout"
	"baocao/extract/ocr"
	"baocao/extract/pdf"
	"baocao/extract/pdfium"
	"baocao/extract/sandbox"
)

// The engines by their names in Document.Engine and Page.Engine.
const (
	EnginePDF    = "pdf"
	EnginePDFium = "pdfium"
	EngineOCR    = "ocr"
)

// ErrEngine: there is no engine of that name.
var ErrEngine = errors.New("unknown PDF engine")

// ErrPassword: the file opens with a password only.
var ErrPassword = pdfium.ErrPassword

// Options of ReadPDF. The zero value climbs the ladder.
type Options struct {
	// Engine forces one engine for all pages, and no gate: pdf, pdfium or ocr.
	Engine string
	// NoOCR leaves pages unread that only text recognition could read.
	NoOCR  bool
	PDFium pdfium.Options
	OCR    ocr.Options
}

// Time that a worker asks for, beyond its normal deadline.
const (
	timeForPDFium  = 20 * time.Second // compiling it on the first run of all
	timeForOCRPage = 5 * time.Second
)

// ReadPDF reads a PDF. Errors wrap those of package pdf, ErrPassword, ErrEngine,
// ocr.ErrNeedsOCR or the context's.
func ReadPDF(ctx context.Context, r io.ReaderAt, size int64, opt Options) (*document.Document, error) {
	judge, err := gate.New()
	if err != nil {
		return nil, err
	}
	l := &ladder{r: r, size: size, opt: opt, gate: judge}
	defer l.close()
	if err := l.climb(ctx); err != nil {
		return nil, err
	}
	return l.document()
}

// ladder is one document on its way up.
type ladder struct {
	r    io.ReaderAt
	size int64
	opt  Options
	gate *gate.Gate

	engine *pdfium.Engine   // nil until needed
	opened *pdfium.Document // the same
	pages  []attempt
	whole  *document.Document // of all first attempts, when nothing else was needed
	notes  []string           // what the first engine had to repair or cut in the file
	reason error              // why OCR is not to be had, nil while it is not missed
}

// attempt is the best reading of one page so far.
type attempt struct {
	page    layout.Page
	verdict gate.Verdict
	done    bool   // needs no other engine
	unread  string // why there is no text, empty when there is or none is on it
	notes   []string
}

func (a *attempt) note(format string, args ...any) {
	a.notes = append(a.notes, fmt.Sprintf(format, args...))
}

// close frees what was started; what it held is gone in any case.
func (l *ladder) close() {
	if l.opened != nil {
		l.opened.Close()
	}
	if l.engine != nil {
		_ = l.engine.Close()
	}
}

func (l *ladder) climb(ctx context.Context) error {
	switch l.opt.Engine {
	case "":
		if err := l.first(ctx); err != nil {
			return err
		}
		if err := l.second(ctx); err != nil {
			return err
		}
		return l.third(ctx)
	case EnginePDF:
		return l.first(ctx)
	case EnginePDFium:
		pages, err := l.allPDFium(ctx)
		l.take(pages)
		return err
	case EngineOCR:
		if err := l.open(ctx); err != nil {
			return err
		}
		for n := range l.opened.NumPages() {
			l.pages = append(l.pages, attempt{page: layout.Page{Number: n + 1}})
		}
		return l.third(ctx)
	}
	return fmt.Errorf("read with engine %q: %w", l.opt.Engine, ErrEngine)
}

// first reads all pages with package pdf and judges them.
func (l *ladder) first(ctx context.Context) error {
	pages, notes, err := pdf.Pages(ctx, l.r, l.size)
	l.notes = notes
	if err != nil {
		if ctx.Err() != nil || l.opt.Engine == EnginePDF || errors.Is(err, pdf.ErrTooLarge) {
			return err
		}
		// A file that one engine cannot open, the other may.
		second, secondErr := l.allPDFium(ctx)
		if secondErr != nil {
			if errors.Is(secondErr, ErrPassword) || ctx.Err() != nil {
				return secondErr
			}
			return err
		}
		l.take(second)
		if !slices.ContainsFunc(second, func(p layout.Page) bool { return p.Note == "" }) {
			return err // nor can the other one read any page
		}
		for i := range l.pages {
			l.pages[i].note("the first engine could not open the file: %v", err)
		}
		return nil
	}
	l.take(pages)
	return nil
}

// take makes pages the first attempts and judges them.
func (l *ladder) take(pages []layout.Page) {
	l.whole = layout.Build(pages)
	texts := make(map[int]*strings.Builder)
	for _, b := range l.whole.Blocks {
		if texts[b.Page] == nil {
			texts[b.Page] = new(strings.Builder)
		}
		fmt.Fprintln(texts[b.Page], l.whole.Text[b.Start:b.End])
	}
	hasPictures := l.hasPictures()
	for _, p := range pages {
		a := attempt{page: p}
		if text := texts[p.Number]; text != nil {
			a.verdict = l.gate.Judge(text.String())
		} else {
			// Only furniture, or nothing at all.
			a.verdict = l.gate.Judge(textOf(p))
		}
		// A scan may carry a few words of text: a digital signature, a stamp of
		// the scanner's program. Only a look at its pictures tells.
		a.done = a.verdict.Pass && !(hasPictures && a.verdict.Words < fewWords) || l.opt.Engine != ""
		l.pages = append(l.pages, a)
	}
}

// fewWords is how many words a page must have not to be suspected of being a
// picture with a few words on it.
const fewWords = 60

// textOf is the text of one page on its own.
func textOf(p layout.Page) string { return layout.Build([]layout.Page{p}).Text }

// hasPictures says whether the file holds any image. Images are streams, and
// the dictionaries of streams are never compressed.
func (l *ladder) hasPictures() bool {
	const step, overlap = 1 << 20, 64
	buffer := make([]byte, step+overlap)
	for at := int64(0); at < l.size; at += step {
		n, err := l.r.ReadAt(buffer, at)
		data := buffer[:n]
		for {
			i := bytes.Index(data, []byte("/Subtype"))
			if i < 0 {
				break
			}
			data = data[i+len("/Subtype"):]
			if bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n\f\x00"), []byte("/Image")) {
				return true
			}
		}
		if err != nil {
			break
		}
	}
	return false
}

// open starts PDFium and opens the file with it.
func (l *ladder) open(ctx context.Context) error {
	if l.opened != nil {
		return nil
	}
	sandbox.Extend(ctx, timeForPDFium)
	engine, err := pdfium.New(ctx, l.opt.PDFium)
	if err != nil {
		return err
	}
	l.engine = engine
	l.opened, err = engine.Open(ctx, l.r, l.size)
	return err
}

func (l *ladder) allPDFium(ctx context.Context) ([]layout.Page, error) {
	if err := l.open(ctx); err != nil {
		return nil, err
	}
	return l.opened.Pages(ctx)
}

// second reads the pages that did not pass with PDFium.
func (l *ladder) second(ctx context.Context) error {
	if !slices.ContainsFunc(l.pages, func(a attempt) bool { return !a.done }) {
		return nil
	}
	if err := l.open(ctx); err != nil {
		if ctx.Err() != nil {
			return err
		}
		// What the first engine gave must do.
		for i := range l.pages {
			a := &l.pages[i]
			if a.done {
				continue
			}
			l.give(a, fmt.Sprintf("the second engine does not open the file: %v", err))
		}
		return nil
	}
	for i := range l.pages {
		if a := &l.pages[i]; !a.done {
			if err := l.again(ctx, a); err != nil {
				return err
			}
		}
	}
	return nil
}

// give settles a page for which nothing more can be tried, and why.
func (l *ladder) give(a *attempt, why string) {
	a.done = true
	switch {
	case a.verdict.Pass:
		a.note("%s", why)
	case len(a.page.Glyphs) > 0:
		a.unread = "its text layer cannot be used: " + a.verdict.Reason + "; " + why
	default:
		a.unread = "no text was found; " + why
	}
}

// again looks at one page with PDFium. The page is done when it is blank, or
// holds text that passes and no picture that could hold more.
func (l *ladder) again(ctx context.Context, a *attempt) error {
	n := a.page.Number
	scan, err := l.opened.Scan(ctx, n)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		l.give(a, fmt.Sprintf("the second engine does not read the page: %v", err))
		return nil
	}
	picture := scan.Coverage >= pictureShare
	if a.verdict.Pass {
		a.done = !picture
		if picture {
			a.note("a picture covers %.0f%% of the page", 100*scan.Coverage)
		}
		return nil
	}
	page, err := l.opened.Page(ctx, n)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		a.note("the second engine does not read the page: %v", err)
	} else if verdict := l.gate.Judge(textOf(page)); verdict.Pass {
		a.note("text layer refused: %s", a.verdict.Reason)
		page.Broken = a.page.Broken // the other engine reads no more of it
		a.page, a.verdict = page, verdict
		a.done = !picture || verdict.Words >= fewWords
		return nil
	}
	if len(a.page.Glyphs) == 0 && scan.Letters == 0 && scan.Coverage < specks && scan.Shapes < fewShapes {
		a.done = true // blank, or a line or two
		return nil
	}
	if len(a.page.Glyphs) == 0 {
		a.note("no text layer")
	} else {
		a.note("text layer refused: %s", a.verdict.Reason)
	}
	return nil
}

const (
	// pictureShare is how much of a page a picture must cover to be the page.
	pictureShare = 0.5
	// specks is what a logo or a signature covers at most on an empty page.
	specks = 0.02
	// fewShapes is how many lines and boxes make no text drawn as outlines.
	fewShapes = 40
)
