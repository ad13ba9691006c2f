// How requests and documents are written for the way through a pipe: numbers as
// varints, texts with their length before them. Both sides are one program, so the
// form may change with any version. (encoding/gob sends and compiles a description
// of the types with every message, which costs more than reading a short report.)
package sandbox

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"baocao/extract/document"
)

var errEncoding = errors.New("malformed message")

func appendText[T string | []byte](b []byte, s T) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendNumbers(b []byte, numbers ...int) []byte {
	for _, n := range numbers {
		b = binary.AppendVarint(b, int64(n))
	}
	return b
}

func encodeRequest(r Request) []byte {
	b := make([]byte, 0, len(r.Data)+len(r.Options)+len(r.Path)+len(r.Name)+len(r.Kind)+5*binary.MaxVarintLen64)
	b = appendText(appendText(appendText(b, r.Kind), r.Name), r.Path)
	return appendText(appendText(b, r.Data), r.Options)
}

func decodeRequest(data []byte) (Request, error) {
	d := decoder{data: data}
	r := Request{Kind: d.text(), Name: d.text(), Path: d.text(), Data: d.bytes(), Options: d.bytes()}
	return r, d.end()
}

func encodeDocument(doc *document.Document) []byte {
	b := make([]byte, 0, len(doc.Text)+12*len(doc.Blocks)+1024)
	b = appendText(appendText(appendText(b, doc.Text), doc.Engine), doc.Encoding)
	b = appendNumbers(b, len(doc.Blocks))
	for _, x := range doc.Blocks {
		b = appendNumbers(b, x.Start, x.End, int(x.Kind), x.Page, x.Table)
	}
	b = appendNumbers(b, len(doc.Pages))
	for _, p := range doc.Pages {
		b = appendText(appendText(appendNumbers(b, p.Number), p.Engine), p.Note)
	}
	b = appendNumbers(b, len(doc.Doubts))
	for _, x := range doc.Doubts {
		b = binary.BigEndian.AppendUint64(appendNumbers(b, x.Start, x.End), math.Float64bits(x.Confidence))
	}
	b = appendNumbers(b, len(doc.Warnings))
	for _, w := range doc.Warnings {
		b = appendText(b, w)
	}
	return b
}

func decodeDocument(data []byte) (*document.Document, error) {
	d := decoder{data: data}
	doc := &document.Document{Text: d.text(), Engine: d.text(), Encoding: d.text()}
	doc.Blocks = list(&d, func() document.Block {
		return document.Block{Start: d.number(), End: d.number(), Kind: document.Kind(d.number()), Page: d.number(), Table: d.number()}
	})
	doc.Pages = list(&d, func() document.Page { return document.Page{Number: d.number(), Engine: d.text(), Note: d.text()} })
	doc.Doubts = list(&d, func() document.Doubt {
		return document.Doubt{Start: d.number(), End: d.number(), Confidence: d.float()}
	})
	doc.Warnings = list(&d, d.text)
	return doc, d.end()
}

// decoder takes a message apart. After the first fault it gives zero values.
type decoder struct {
	data   []byte
	faulty bool
}

// take gives the next n bytes, nil where there are fewer.
func (d *decoder) take(n uint64) []byte {
	if d.faulty || n > uint64(len(d.data)) {
		d.faulty = true
		return nil
	}
	b := d.data[:n:n]
	d.data = d.data[n:]
	return b
}

func (d *decoder) bytes() []byte {
	n, size := binary.Uvarint(d.data)
	if size <= 0 {
		d.faulty = true
		return nil
	}
	d.take(uint64(size))
	if n == 0 {
		return nil
	}
	return d.take(n)
}

func (d *decoder) text() string { return string(d.bytes()) }

func (d *decoder) number() int {
	n, size := binary.Varint(d.data)
	if size <= 0 || n < math.MinInt || n > math.MaxInt {
		d.faulty = true
		return 0
	}
	d.take(uint64(size))
	return int(n)
}

func (d *decoder) float() float64 {
	b := d.take(8)
	if b == nil {
		return 0
	}
	return math.Float64frombits(binary.BigEndian.Uint64(b))
}

// list reads a number and so many elements. Every element has a byte at least, so
// that a false number makes no room for more than arrived.
func list[T any](d *decoder, element func() T) []T {
	n := d.number()
	if n < 0 || n > len(d.data) {
		d.faulty = true
	}
	if n == 0 || d.faulty {
		return nil
	}
	out := make([]T, 0, min(n, 1<<12))
	for range n {
		if d.faulty {
			return nil
		}
		out = append(out, element())
	}
	return out
}

// end says whether all was well and nothing is left.
func (d *decoder) end() error {
	if d.faulty || len(d.data) > 0 {
		return fmt.Errorf("%w: %d bytes are left", errEncoding, len(d.data))
	}
	return nil
}
