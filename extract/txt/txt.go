// Package txt reads plain text files.
//
// In: the bytes of one file, UTF-8 (with or without a byte order mark) or
// UTF-16 with a byte order mark. Out: a document.Document whose Text is the
// file's own text; only the byte order mark is dropped and line ends become
// "\n", so spans stay true to the file. Lines with TAB become Row blocks. Where
// the text is hard-wrapped, the lines of one paragraph become one block.
//
// Other encodings and binary data are refused: a wrong guess would change
// letters and digits silently.
package txt

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"baocao/extract/document"
)

// MaxSize is the largest file that is read. A report has some 50 kB.
const MaxSize = 32 << 20

var (
	// ErrNotText: the file is binary, or text that is not Unicode.
	ErrNotText = errors.New("not a Unicode text file")
	// ErrTooLarge: the file has more than MaxSize bytes.
	ErrTooLarge = errors.New("the text file is too large")
)

// Read reads a text file of size bytes. The error wraps ErrNotText,
// ErrTooLarge, the error of ctx or that of r. An empty file is no error.
func Read(ctx context.Context, r io.ReaderAt, size int64) (*document.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if size > MaxSize {
		return nil, fmt.Errorf("%w: %d MiB", ErrTooLarge, size>>20)
	}
	data := make([]byte, size)
	if n, err := r.ReadAt(data, 0); n < len(data) {
		return nil, fmt.Errorf("read text: %w", err)
	}
	text, err := decode(data)
	if err != nil {
		return nil, err
	}
	doc := &document.Document{Text: text, Engine: "txt", Encoding: "unicode"}
	doc.Blocks = blocks(text)
	pages := 0
	if n := len(doc.Blocks); n > 0 {
		pages = doc.Blocks[n-1].Page
	}
	doc.Pages = append(doc.Pages, document.Page{Number: min(pages, 1), Engine: "txt"})
	for n := 2; n <= pages; n++ {
		doc.Pages = append(doc.Pages, document.Page{Number: n, Engine: "txt"})
	}
	return doc, nil
}

// decode returns the text with "\n" line ends.
func decode(data []byte) (string, error) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		data = data[3:]
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		order = binary.BigEndian
	}
	if order != nil {
		if len(data)%2 != 0 {
			return "", fmt.Errorf("%w: UTF-16 with an odd number of bytes", ErrNotText)
		}
		data = data[2:]
		units := make([]uint16, len(data)/2)
		for i := range units {
			units[i] = order.Uint16(data[2*i:])
		}
		runes := utf16.Decode(units)
		for i, r := range runes {
			if r == utf8.RuneError {
				return "", fmt.Errorf("%w: faulty UTF-16 at character %d", ErrNotText, i+1)
			}
		}
		data = []byte(string(runes))
	}
	for i := 0; i < len(data); {
		if c := data[i]; c < utf8.RuneSelf {
			if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v' && c != 0x1A {
				return "", fmt.Errorf("%w: control character %#02x at byte %d", ErrNotText, c, i)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n <= 1 {
			return "", fmt.Errorf("%w: byte %d is not UTF-8", ErrNotText, i)
		}
		i += n
	}
	text := string(data)
	if strings.Contains(text, "\r") {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	return text, nil
}
