// Package pdf reads the text layer of PDF files.
//
// In: the bytes of one file. Out: the characters of each page with their boxes
// and the ruling lines (Pages), or the paragraphs and table rows that package
// layout makes of them (Read). Pages without a text layer come out empty; what
// to do about those is for the caller to decide.
//
// github.com/ledongthuc/pdf gives the objects. It gets a well-formed copy of
// the file (wellformed.go), and its own text calls are not used: they ignore
// the widths of CID fonts, skip form XObjects and mix up fonts of one name. The
// content streams are interpreted here (interpreter.go).
//
// Nothing here panics on a broken file, and sizes, depths and steps are
// bounded. A caller that reads files from strangers still wants a process
// limit around it: memory and time are bounded by constants, not by the file.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	reader "github.com/ledongthuc/pdf"

	"baocao/extract/document"
	"baocao/extract/layout"
)

// Errors that callers branch on.
var (
	ErrNotPDF    = errors.New("not a PDF file")
	ErrNoPages   = errors.New("no pages in the PDF file")
	ErrEncrypted = errors.New("the PDF file needs a password")
	ErrTooLarge  = errors.New("the PDF file is too large")
)

// engine is the name under which pages read here are recorded.
const engine = "pdf"

// maxFile is the largest file that is read, in bytes; it is held in memory.
const maxFile = 256 << 20

// maxPages is how many pages are read; later ones are left out with a warning.
const maxPages = 2000

// Read returns the text of a PDF file as paragraphs and table rows. The errors
// wrap ErrNotPDF, ErrNoPages, ErrEncrypted, ErrTooLarge or the context's.
func Read(ctx context.Context, r io.ReaderAt, size int64) (*document.Document, error) {
	pages, notes, err := Pages(ctx, r, size)
	if err != nil {
		return nil, err
	}
	for _, page := range pages {
		if page.Note != "" {
			notes = append(notes, fmt.Sprintf("page %d: %s", page.Number, page.Note))
		}
	}
	doc := layout.Build(pages)
	doc.Engine = engine
	doc.Warnings = append(notes, doc.Warnings...)
	return doc, nil
}

// Pages returns the characters and ruling lines of every page, with notes on
// what was cut or repaired in the file. A page that could not be read in full has
// a Note of its own that says why.
func Pages(ctx context.Context, r io.ReaderAt, size int64) (read []layout.Page, notes []string, err error) {
	if size > maxFile {
		return nil, nil, fmt.Errorf("read %d bytes: %w", size, ErrTooLarge)
	}
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	data := make([]byte, max(size, 0))
	if n, err := r.ReadAt(data, 0); err != nil && !(errors.Is(err, io.EOF) && n == len(data)) {
		return nil, nil, fmt.Errorf("read the PDF file: %w", err)
	}
	// Junk before the header is common (mail gateways, byte order marks).
	if !bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) {
		return nil, nil, fmt.Errorf("look for the header: %w", ErrNotPDF)
	}
	copied, notes, err := wellFormed(data)
	if err != nil {
		return nil, nil, err
	}
	file, err := reader.NewReader(bytes.NewReader(copied), int64(len(copied)))
	if err != nil {
		return nil, nil, fmt.Errorf("open the PDF file: %w", err)
	}
	leaves, more, lost, err := pageTree(file)
	if err != nil {
		return nil, nil, err
	}
	if lost > 0 {
		notes = append(notes, fmt.Sprintf("%d pages that the file lists are not in it: it may be cut off", lost))
	}
	notes = append(notes, unshown(file)...)
	if len(leaves) == 0 {
		return nil, nil, fmt.Errorf("walk the page tree: %w", ErrNoPages)
	}
	if more {
		notes = append(notes, fmt.Sprintf("only the first %d pages were read", len(leaves)))
	}
	in := &interpreter{ctx: ctx, fonts: map[int64]*font{}, steps: maxSteps}
	out := make([]layout.Page, 0, len(leaves))
	for i, leaf := range leaves {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		page, err := in.read(leaf)
		if err != nil {
			return nil, nil, err
		}
		page.Number = i + 1
		page.Engine = engine
		out = append(out, page)
	}
	return out, notes, nil
}

// leaf is one page object with what it inherits.
type leaf struct {
	page      reader.Value
	resources reader.Value
	media     reader.Value
	crop      reader.Value
	rotate    int64
}

// pageTree lists the pages in order, at most maxPages; more reports that there
// are others, lost how many are named that the file does not hold. Counts in the
// file are not believed, nodes seen before skipped.
func pageTree(file *reader.Reader) (leaves []leaf, more bool, lost int, err error) {
	defer func() {
		// The package panics on objects it cannot make sense of.
		if x := recover(); x != nil {
			err = fmt.Errorf("walk the page tree: %w: %v", ErrNoPages, x)
		}
	}()
	seen := map[int64]bool{}
	var visit func(node reader.Value, inherited leaf, depth int)
	visit = func(node reader.Value, inherited leaf, depth int) {
		if more || depth > maxDepth || node.Kind() != reader.Dict {
			return
		}
		if number := node.Key(numberKey).Int64(); number != 0 {
			if seen[number] {
				return
			}
			seen[number] = true
		}
		inherit := func(own *reader.Value, key string) {
			if v := node.Key(key); !v.IsNull() {
				*own = v
			}
		}
		inherit(&inherited.resources, "Resources")
		inherit(&inherited.media, "MediaBox")
		inherit(&inherited.crop, "CropBox")
		if v := node.Key("Rotate"); !v.IsNull() {
			inherited.rotate = int64(v.Float64())
		}
		kids := node.Key("Kids")
		if kids.Kind() == reader.Array && node.Key("Type").Name() != "Page" {
			for i := range kids.Len() {
				kid := kids.Index(i)
				if kid.IsNull() {
					lost++
				}
				visit(kid, inherited, depth+1)
			}
			return
		}
		if len(leaves) == maxPages {
			more = true
			return
		}
		inherited.page = node
		leaves = append(leaves, inherited)
	}
	visit(file.Trailer().Key("Root").Key("Pages"), leaf{}, 0)
	return leaves, more, lost, nil
}
