// Package document is what every reader hands on: the text of one file, cut
// into paragraphs and table rows, with the page each stands on.
//
// Positions are half-open byte spans into Document.Text, the text that
// `baocao read` prints. Pages, lines and columns are computed from them when
// something is shown. Text is valid UTF-8 as the file holds it (not folded, not
// corrected), one block a line where the format lets us know the paragraphs.
package document

import (
	"sort"
	"strings"
)

// Kind says what a block of text was in the file.
type Kind uint8

const (
	Paragraph Kind = iota // running text, headings and list items included
	Row                   // one table row; its cells are separated by TAB
	Header                // page header that is not repeated page furniture
	Footnote
	TextBox
)

// String names the kind for messages.
func (k Kind) String() string {
	return [...]string{"paragraph", "row", "header", "footnote", "textbox"}[k]
}

// Block is one paragraph or table row. A block may span several lines of Text
// (hard-wrapped plain text): the newlines inside it are soft.
type Block struct {
	Start, End int // span in Text, without the newline that ends it
	Kind       Kind
	Page       int // 1-based; 0 where the format has no pages
	Table      int // 1-based number of the table a Row belongs to, else 0
}

// Doubt marks a span whose characters the reader is not sure of (OCR).
type Doubt struct {
	Start, End int
	Confidence float64 // 0..1
}

// Page says how one page was read, and why that way.
type Page struct {
	Number int
	Engine string // docx, pdf, pdfium, ocr, doc, txt
	Note   string // what the gate said, empty when there was nothing to say
}

// Document is the text of one file. Blocks are in reading order and do not
// overlap; every byte of Text that is not white space lies in a block.
type Document struct {
	Text     string
	Blocks   []Block
	Pages    []Page
	Doubts   []Doubt
	Engine   string   // the reader that gave most of the text
	Encoding string   // unicode, tcvn3, vni, viscii, vps, viqr
	Warnings []string // what was skipped or repaired, in words
}

// Line returns the 1-based line of the byte offset in Text.
func (d *Document) Line(offset int) int {
	if offset > len(d.Text) {
		offset = len(d.Text)
	}
	return strings.Count(d.Text[:offset], "\n") + 1
}

// PageAt returns the 1-based page of the byte offset, 0 where unknown.
func (d *Document) PageAt(offset int) int {
	i := sort.Search(len(d.Blocks), func(i int) bool { return d.Blocks[i].End > offset })
	if i == len(d.Blocks) {
		i--
	}
	if i < 0 {
		return 0
	}
	return d.Blocks[i].Page
}

// Builder collects blocks into a Document, one block a line.
type Builder struct {
	text   strings.Builder
	blocks []Block
}

// Add appends one block. Newlines in text become spaces; text that is only
// white space is dropped, except that a Row keeps its empty cells.
func (b *Builder) Add(kind Kind, page, table int, text string) {
	text = strings.ReplaceAll(text, "\n", " ")
	if strings.TrimSpace(text) == "" {
		return
	}
	start := b.text.Len()
	b.text.WriteString(text)
	b.blocks = append(b.blocks, Block{Start: start, End: b.text.Len(), Kind: kind, Page: page, Table: table})
	b.text.WriteByte('\n')
}

// Document returns what was collected.
func (b *Builder) Document() *Document {
	return &Document{Text: b.text.String(), Blocks: b.blocks, Encoding: "unicode"}
}
