package docx

// This file reads documents that a document takes in as a whole (w:altChunk), as
// programs that put reports together from parts write them.

import (
	"bytes"
	"fmt"

	"baocao/extract/document"
)

// maxAttached is how deep attached documents may be inside each other.
const maxAttached = 3

// attached reads the document of a w:altChunk. One that is no Word document is
// named in a warning.
func (w *walker) attached(id string) []item {
	rel, ok := w.rels[id]
	if !ok {
		w.warn.add("an attached document (altChunk) was not read: it is not in the file")
		return nil
	}
	data := w.side(rel.target)
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		w.warn.add("an attached document (altChunk) was not read: %s; open the file in Word and save it again", rel.target)
		return nil
	}
	if w.attachedDepth >= maxAttached {
		w.warn.add("an attached document (altChunk) was not read: %s lies too deep", rel.target)
		return nil
	}
	doc, err := read(w.ctx, bytes.NewReader(data), int64(len(data)), w.attachedDepth+1)
	if err != nil {
		w.warn.add("an attached document (altChunk) was not read: %s: %v", rel.target, err)
		return nil
	}
	for _, warning := range doc.Warnings {
		w.warn.add("%s: %s", rel.target, warning)
	}
	return itemsOf(doc, w.page)
}

// itemsOf turns a document back into what it is written from.
func itemsOf(doc *document.Document, page int) []item {
	var items []item
	number := 0 // of the table that the last item is
	for _, b := range doc.Blocks {
		text := doc.Text[b.Start:b.End]
		if b.Kind != document.Row {
			items = append(items, item{kind: b.Kind, page: page, text: text})
			number = 0
			continue
		}
		if number != b.Table || number == 0 {
			items = append(items, item{kind: document.Row, page: page, tbl: &table{page: page, lined: true}})
			number = b.Table
		}
		t := items[len(items)-1].tbl
		r := row{page: page}
		for cellText := range bytes.SplitSeq([]byte(text), []byte{'\t'}) {
			r.cells = append(r.cells, cell{span: 1, items: []item{{kind: document.Paragraph, page: page, text: string(cellText)}}})
		}
		t.rows = append(t.rows, r)
	}
	return items
}

// struck notes text that is struck through: it is what its writer took back, and
// two numbers of which one is struck would otherwise read as one.
func (w *walker) struck(text []byte) {
	const most, longest = 10, 60
	if text = bytes.TrimSpace(text); len(text) == 0 {
		return
	}
	if w.struckRuns++; w.struckRuns > most {
		w.warn.add("more text that is struck through was left out")
		return
	}
	said := []rune(string(text))
	if len(said) > longest {
		said = append(said[:longest-1], '…')
	}
	w.warn.add("%s", fmt.Sprintf("text that is struck through was left out: “%s”", string(said)))
}
