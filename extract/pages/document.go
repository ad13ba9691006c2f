// From the best reading of each page to one document.
package pages

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"baocao/extract/document"
	"baocao/extract/layout"
)

// document puts the pages together. It fails only when not one page could be
// read and that is for want of text recognition.
func (l *ladder) document() (*document.Document, error) {
	count := make(map[string]int)
	var unread []int
	var warnings []string
	changed := false
	pages := make([]layout.Page, 0, len(l.pages))
	for i := range l.pages {
		a := &l.pages[i]
		page := a.page
		if page.Note != "" && (len(a.notes) == 0 || a.notes[0] != page.Note) && page.Engine != EngineOCR {
			a.notes = append([]string{page.Note}, a.notes...)
			warnings = append(warnings, fmt.Sprintf("page %d: %s", page.Number, page.Note))
		}
		if a.unread == "" && page.Broken && page.Engine != EngineOCR {
			a.unread = "the file is damaged inside this page, part of it is lost: ask the sender for the file again"
		}
		if a.unread != "" {
			a.note("%s", a.unread)
		}
		page.Note = strings.Join(a.notes, "; ")
		if a.unread != "" {
			page.Engine = ""
			if !a.verdict.Pass {
				// Garbage is not handed on: its figures would be wrong.
				page.Glyphs, page.Lines = nil, nil
			}
			unread = append(unread, page.Number)
			warnings = append(warnings, fmt.Sprintf("page %d was not read: %s", page.Number, page.Note))
			changed = true
		} else {
			for _, g := range page.Glyphs {
				count[page.Engine] += len(g.Text)
			}
		}
		changed = changed || page.Note != a.page.Note || page.Engine != l.pages[0].page.Engine
		pages = append(pages, page)
	}
	if len(unread) > 0 && len(unread) == l.withContent() && l.reason != nil {
		return nil, fmt.Errorf("pages %s: %w", ranges(unread), l.reason)
	}
	doc := l.whole
	if changed || doc == nil {
		doc = layout.Build(pages)
	}
	doc.Engine = main(count)
	doc.Warnings = slices.Concat(l.notes, warnings, doc.Warnings)
	return doc, nil
}

// withContent counts the pages that hold something.
func (l *ladder) withContent() int {
	n := 0
	for i := range l.pages {
		if a := &l.pages[i]; a.unread != "" || len(a.page.Glyphs) > 0 {
			n++
		}
	}
	return n
}

// main is the engine that gave most of the text; of two equal ones, the lower
// on the ladder.
func main(count map[string]int) string {
	best := EnginePDF
	for _, engine := range []string{EnginePDF, EnginePDFium, EngineOCR} {
		if count[engine] > count[best] {
			best = engine
		}
	}
	return best
}

// Unread lists the pages (1-based) of a document from ReadPDF that no engine
// could read, or only in part.
func Unread(doc *document.Document) []int {
	var out []int
	for _, p := range doc.Pages {
		if p.Engine == "" {
			out = append(out, p.Number)
		}
	}
	return out
}

// ranges writes page numbers short: 1-3, 7.
func ranges(numbers []int) string {
	var parts []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		part := strconv.Itoa(numbers[i])
		if j > i {
			part += "-" + strconv.Itoa(numbers[j])
		}
		parts = append(parts, part)
		i = j + 1
	}
	return strings.Join(parts, ", ")
}
