// This file turns a document into the form in which it is stored, and back.
package db

import (
	"encoding/json"
	"fmt"
	"math"
	"sync"

	"github.com/klauspost/compress/zstd"

	"baocao/extract/document"
)

// Packed is a document ready to be stored. Packing needs no database, so an
// import does it on all cores and leaves only the writing to the one writer.
type Packed struct {
	text, layout []byte // zstd
	textSize     int
	pages        int
	engine       string
	encoding     string
	warnings     string // JSON
}

// layout is what a document is besides its text, in the form that is stored.
type layout struct {
	Blocks [][5]int         `json:"blocks"` // start, end, kind, page, table
	Pages  []document.Page  `json:"pages,omitempty"`
	Doubts []document.Doubt `json:"doubts,omitempty"`
}

// maxText bounds what is unpacked: larger texts are not stored either.
const maxText = 256 << 20

// coders are made once: making them costs more than packing a report. Both may
// be used from several goroutines. The quickest level makes texts a fourteenth
// larger, a hundredth of the database, and needs a quarter of the tables, which
// are emptied for every text.
var (
	encoder = sync.OnceValues(func() (*zstd.Encoder, error) {
		return zstd.NewWriter(nil, zstd.WithWindowSize(1<<20), zstd.WithLowerEncoderMem(true), zstd.WithEncoderLevel(zstd.SpeedFastest))
	})
	decoder = sync.OnceValues(func() (*zstd.Decoder, error) {
		return zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxText), zstd.WithDecoderConcurrency(0))
	})
)

// Pack compresses a document.
func Pack(doc *document.Document) (*Packed, error) {
	if len(doc.Text) > maxText {
		return nil, fmt.Errorf("pack document: its text has %d bytes, the limit is %d", len(doc.Text), maxText)
	}
	l := layout{Blocks: make([][5]int, len(doc.Blocks)), Pages: doc.Pages, Doubts: doc.Doubts}
	pages := len(doc.Pages)
	for i, b := range doc.Blocks {
		l.Blocks[i] = [5]int{b.Start, b.End, int(b.Kind), b.Page, b.Table}
		pages = max(pages, b.Page)
	}
	blocks, err := json.Marshal(l)
	if err != nil {
		return nil, fmt.Errorf("pack document: %w", err)
	}
	warnings, err := json.Marshal(append([]string{}, doc.Warnings...))
	if err != nil {
		return nil, fmt.Errorf("pack document: %w", err)
	}
	enc, err := encoder()
	if err != nil {
		return nil, fmt.Errorf("pack document: %w", err)
	}
	return &Packed{
		text: enc.EncodeAll([]byte(doc.Text), []byte{}), layout: enc.EncodeAll(blocks, []byte{}),
		textSize: len(doc.Text), pages: pages, engine: doc.Engine, encoding: doc.Encoding, warnings: string(warnings),
	}, nil
}

// Unpack gives the document back exactly as it was packed.
func (p *Packed) Unpack() (*document.Document, error) {
	text, err := unzip(p.text)
	if err != nil {
		return nil, err
	}
	doc := &document.Document{Text: text, Engine: p.engine, Encoding: p.encoding}
	blocks, err := unzip(p.layout)
	if err != nil {
		return nil, err
	}
	var l layout
	if err := json.Unmarshal([]byte(blocks), &l); err != nil {
		return nil, fmt.Errorf("unpack layout: %w", err)
	}
	doc.Pages, doc.Doubts = l.Pages, l.Doubts
	for _, b := range l.Blocks {
		if b[2] < 0 || b[2] > math.MaxUint8 {
			return nil, fmt.Errorf("unpack layout: unknown kind of block %d", b[2])
		}
		doc.Blocks = append(doc.Blocks, document.Block{Start: b[0], End: b[1], Kind: document.Kind(b[2]), Page: b[3], Table: b[4]})
	}
	if err := json.Unmarshal([]byte(p.warnings), &doc.Warnings); err != nil {
		return nil, fmt.Errorf("unpack warnings: %w", err)
	}
	if len(doc.Warnings) == 0 {
		doc.Warnings = nil
	}
	return doc, nil
}

func unzip(packed []byte) (string, error) {
	dec, err := decoder()
	if err != nil {
		return "", fmt.Errorf("unpack text: %w", err)
	}
	text, err := dec.DecodeAll(packed, nil)
	if err != nil {
		return "", fmt.Errorf("unpack text: %w", err)
	}
	return string(text), nil
}
