package extract

// This file reads a file into a Document: it finds out what the file is and
// hands it to the reader for that format.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"baocao/extract/doc"
	"baocao/extract/document"
	"baocao/extract/docx"
	"baocao/extract/ocr"
	"baocao/extract/pages"
	"baocao/extract/pdf"
	"baocao/extract/txt"
)

// What readers hand on; see package document.
type (
	Document = document.Document
	Block    = document.Block
	Page     = document.Page
	Doubt    = document.Doubt
)

// Why a file has no Document. Every error of Read wraps one of them, or the
// error of the context or of reading the file.
var (
	// ErrEmpty: the file has no content.
	ErrEmpty = errors.New("the file is empty")
	// ErrUnsupported: a known format that is not read.
	ErrUnsupported = errors.New("this kind of file is not supported")
	// ErrEncrypted: the content is locked with a password.
	ErrEncrypted = errors.New("the file is locked with a password")
	// ErrNotDocument: no document, whatever the name says.
	ErrNotDocument = errors.New("the file is not a document")
	// ErrDamaged: a document that is cut off or broken inside.
	ErrDamaged = errors.New("the file is damaged")
	// ErrTooLarge: more than a report can need; perhaps made to do harm.
	ErrTooLarge = errors.New("the file is too large")
	// ErrNoTextLayer: a document that holds pictures of pages and no text.
	ErrNoTextLayer = errors.New("the document holds no text")
	// ErrNeedsProgram: another program must be installed to read the file.
	ErrNeedsProgram = doc.ErrNeedsProgram
	// ErrNeedsOCR: pages are pictures and text recognition is not installed.
	ErrNeedsOCR = ocr.ErrNeedsOCR
)

// Options says how to read. The zero value picks the reader by the content.
type Options struct {
	// Engine forces a reader: docx, pdf, pdfium, ocr, doc or txt.
	Engine string
	// Parallel is how many pages are recognised at once; 0 means one a processor.
	Parallel int
	// Convert says where the programs for .doc, .rtf and .odt are.
	Convert doc.Options
}

// reader is one way to read files of some formats.
type reader struct {
	engine  string
	formats []Format
	read    func(ctx context.Context, r io.ReaderAt, size int64, format Format, opt Options) (*document.Document, error)
}

// readers lists every reader, the preferred one for a format first.
func readers() []reader {
	return []reader{
		{"docx", []Format{FormatDOCX}, readDOCX},
		{"pdf", []Format{FormatPDF}, readPDF},
		{"pdfium", []Format{FormatPDF}, readPDF},
		{"ocr", []Format{FormatPDF}, readPDF},
		{"doc", []Format{FormatDOC, FormatRTF, FormatODT}, readConverted},
		{"txt", []Format{FormatText}, readText},
	}
}

// Read reads a file of size bytes. What the file is, is told by its content;
// name is used in messages only.
func Read(ctx context.Context, name string, r io.ReaderAt, size int64, opt Options) (*document.Document, error) {
	out, err := read(ctx, r, size, opt)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return out, nil
}

func read(ctx context.Context, r io.ReaderAt, size int64, opt Options) (*document.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	format, err := Detect(r, size)
	if err != nil {
		return nil, err
	}
	if err := refuse(format); err != nil {
		return nil, err
	}
	known := false
	for _, rd := range readers() {
		if opt.Engine != "" && opt.Engine != rd.engine {
			continue
		}
		known = true
		for _, f := range rd.formats {
			if f != format {
				continue
			}
			out, err := rd.read(ctx, r, size, format, opt)
			if err != nil {
				return nil, err
			}
			decodeUndeclared(out)
			restoreLost(out)
			if strings.TrimSpace(out.Text) == "" {
				return nil, fmt.Errorf("%w: its pages may be pictures; scan it with text recognition (OCR) or ask the sender for the Word file", ErrNoTextLayer)
			}
			return out, nil
		}
	}
	if !known {
		return nil, fmt.Errorf("%w: there is no reader called %q", ErrUnsupported, opt.Engine)
	}
	return nil, fmt.Errorf("%w: the reader %q cannot read %s", ErrUnsupported, opt.Engine, format)
}

// refuse returns the error for a format that is recognised but not read.
func refuse(format Format) error {
	switch format {
	case FormatEmpty:
		return fmt.Errorf("%w: it has no content; ask the sender for the file again", ErrEmpty)
	case FormatEncrypted:
		return fmt.Errorf("%w: open it in Word with the password and save it without one", ErrEncrypted)
	case FormatSpreadsheet:
		return fmt.Errorf("%w: it is an Excel workbook; save the report as DOCX or PDF", ErrUnsupported)
	case FormatSlides:
		return fmt.Errorf("%w: it is a PowerPoint presentation; save the report as DOCX or PDF", ErrUnsupported)
	case FormatHTML:
		return fmt.Errorf("%w: it is a web page; open it in Word and save it as DOCX", ErrUnsupported)
	case FormatWordXML:
		return fmt.Errorf("%w: it is a Word XML file; open it in Word and save it as DOCX", ErrUnsupported)
	case FormatImage:
		return fmt.Errorf("%w: it is a picture; put its pages into a PDF file", ErrUnsupported)
	case FormatArchive:
		return fmt.Errorf("%w: it is an archive; unpack it and give the files in it", ErrUnsupported)
	case FormatOffice:
		return fmt.Errorf("%w: it is an Office file of an unknown kind; save the report as DOCX or PDF", ErrUnsupported)
	case FormatUnknown:
		return fmt.Errorf("%w: its content is neither a document nor Unicode text; open it in the program it was made with and save it as DOCX or PDF", ErrNotDocument)
	}
	return nil
}

// again is what to do about a broken file.
const again = "open it in the program it was made with and save it again, or ask the sender for it"

func readDOCX(ctx context.Context, r io.ReaderAt, size int64, _ Format, _ Options) (*document.Document, error) {
	out, err := docx.Read(ctx, r, size)
	switch {
	case errors.Is(err, docx.ErrTooLarge):
		return nil, fmt.Errorf("%w: %w", ErrTooLarge, err)
	case errors.Is(err, docx.ErrNoBody):
		return nil, fmt.Errorf("%w: %w", ErrNotDocument, err)
	case errors.Is(err, docx.ErrNotPackage), errors.Is(err, docx.ErrMalformed):
		return nil, fmt.Errorf("%w (%s): %w", ErrDamaged, again, err)
	}
	return out, err
}

func readPDF(ctx context.Context, r io.ReaderAt, size int64, _ Format, opt Options) (*document.Document, error) {
	engine := opt.Engine
	out, err := pages.ReadPDF(ctx, r, size, pages.Options{Engine: engine, OCR: ocr.Options{Parallel: opt.Parallel}})
	switch {
	case errors.Is(err, pages.ErrPassword):
		return nil, fmt.Errorf("%w: open it with the password and print it to a new PDF file: %w", ErrEncrypted, err)
	case errors.Is(err, ocr.ErrNeedsOCR):
		return nil, err
	case errors.Is(err, pdf.ErrEncrypted):
		return nil, fmt.Errorf("%w: open it with the password and print it to a new PDF file: %w", ErrEncrypted, err)
	case errors.Is(err, pdf.ErrTooLarge):
		return nil, fmt.Errorf("%w: %w", ErrTooLarge, err)
	case errors.Is(err, pdf.ErrNotPDF), errors.Is(err, pdf.ErrNoPages):
		return nil, fmt.Errorf("%w (%s): %w", ErrDamaged, again, err)
	case err != nil && ctx.Err() == nil:
		return nil, fmt.Errorf("%w (%s): %w", ErrDamaged, again, err)
	}
	return out, err
}

func readConverted(ctx context.Context, r io.ReaderAt, size int64, format Format, opt Options) (*document.Document, error) {
	kind := map[Format]doc.Format{FormatDOC: doc.Word, FormatRTF: doc.RTF, FormatODT: doc.ODT}[format]
	out, err := doc.Read(ctx, r, size, kind, opt.Convert)
	switch {
	case errors.Is(err, doc.ErrTooLarge):
		return nil, fmt.Errorf("%w: %w", ErrTooLarge, err)
	case errors.Is(err, doc.ErrConvert):
		return nil, fmt.Errorf("%w (%s): %w", ErrDamaged, again, err)
	}
	return out, err
}

func readText(ctx context.Context, r io.ReaderAt, size int64, _ Format, _ Options) (*document.Document, error) {
	out, err := txt.Read(ctx, r, size)
	switch {
	case errors.Is(err, txt.ErrTooLarge):
		return nil, fmt.Errorf("%w: %w", ErrTooLarge, err)
	case errors.Is(err, txt.ErrNotText):
		return nil, fmt.Errorf("%w: save it as Unicode text (UTF-8), or as DOCX: %w", ErrNotDocument, err)
	}
	return out, err
}
