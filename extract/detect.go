package extract

// This file finds out what a file is from its content. The name does not
// count: reports come as PDF called .docx, Excel called .doc, and so on.

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Format is what a file is.
type Format string

// The formats that Detect tells apart.
const (
	FormatDOCX        Format = "docx"
	FormatPDF         Format = "pdf"
	FormatDOC         Format = "doc" // Word 97 to 2003
	FormatRTF         Format = "rtf"
	FormatODT         Format = "odt"
	FormatText        Format = "text" // may still turn out not to be Unicode
	FormatSpreadsheet Format = "spreadsheet"
	FormatSlides      Format = "slides"
	FormatHTML        Format = "html" // also MHTML
	FormatWordXML     Format = "word xml"
	FormatImage       Format = "image"
	FormatArchive     Format = "archive"
	FormatEncrypted   Format = "encrypted" // an Office file with a password
	FormatOffice      Format = "office"    // an OLE2 file of another kind
	FormatEmpty       Format = "empty"
	FormatUnknown     Format = "unknown"
)

// headSize is how much of a file is looked at first. PDF readers accept the
// header anywhere in the first 1024 bytes.
const headSize = 4096

// Detect tells what a file of size bytes is. The error is that of reading it.
func Detect(r io.ReaderAt, size int64) (Format, error) {
	if size <= 0 {
		return FormatEmpty, nil
	}
	head := make([]byte, min(size, headSize))
	if n, err := r.ReadAt(head, 0); err != nil && !(errors.Is(err, io.EOF) && n == len(head)) {
		return "", fmt.Errorf("read the first bytes: %w", err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return detectZip(r, size), nil
	case bytes.HasPrefix(head, []byte("PK\x05\x06")), hasAnyPrefix(head, "Rar!", "7z\xBC\xAF\x27\x1C", "\x1F\x8B"):
		return FormatArchive, nil
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return detectOLE(r, size)
	case hasAnyPrefix(head, "\xFF\xD8\xFF", "\x89PNG", "II*\x00", "MM\x00*", "GIF8", "BM") && bytes.IndexByte(head, 0) >= 0:
		return FormatImage, nil
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n\f\v\x00")
	if len(text) == 0 && size <= headSize {
		return FormatEmpty, nil
	}
	lower := bytes.ToLower(text[:min(len(text), 1024)])
	switch {
	case bytes.HasPrefix(text, []byte(`{\rtf`)):
		return FormatRTF, nil
	case hasAnyPrefix(lower, "<!doctype html", "<html", "<head", "<body", "<meta", "mime-version:"):
		return FormatHTML, nil
	case bytes.HasPrefix(lower, []byte("<?xml")) || bytes.HasPrefix(lower, []byte("<!--")):
		if bytes.Contains(lower, []byte("<html")) {
			return FormatHTML, nil
		}
		if bytes.Contains(lower, []byte("worddocument")) || bytes.Contains(lower, []byte("xmlpackage")) || bytes.Contains(lower, []byte("word.document")) {
			return FormatWordXML, nil
		}
	}
	if isJSON(text) {
		return FormatUnknown, nil
	}
	// Junk before a PDF header is common; text that speaks of PDF is not PDF.
	if i := bytes.Index(head[:min(len(head), 1024)], []byte("%PDF-")); i >= 0 && (i == 0 || isPDF(r, size)) {
		return FormatPDF, nil
	}
	if hasAnyPrefix(head, "\xFF\xFE", "\xFE\xFF") || bytes.IndexByte(head, 0) < 0 && isText(head) {
		return FormatText, nil
	}
	return FormatUnknown, nil
}

// isJSON tells the data of a program from a text: no report begins like that.
func isJSON(text []byte) bool {
	if len(text) == 0 || text[0] != '{' && text[0] != '[' {
		return false
	}
	rest := bytes.TrimLeft(text[1:], " \t\r\n")
	return hasAnyPrefix(rest, `"`, `{"`, `["`) && bytes.Contains(rest, []byte(`":`))
}

func hasAnyPrefix(b []byte, prefixes ...string) bool {
	for _, p := range prefixes {
		if bytes.HasPrefix(b, []byte(p)) {
			return true
		}
	}
	return false
}

// isPDF tells whether a file with a PDF header behind other bytes has what a
// PDF file has at its end.
func isPDF(r io.ReaderAt, size int64) bool {
	tail := make([]byte, min(size, 8192))
	if n, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && n < len(tail) {
		return false
	}
	return bytes.Contains(tail, []byte("startxref")) || bytes.Contains(tail, []byte("%%EOF")) ||
		bytes.Contains(tail, []byte("trailer")) || bytes.Contains(tail, []byte("endobj"))
}

// isText tells whether the bytes look like text in any encoding: letters, with
// hardly any control characters.
func isText(head []byte) bool {
	controls := 0
	for _, c := range head {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' || c == 0x7F {
			controls++
		}
	}
	return utf8.Valid(trimPartial(head)) && controls*100 <= len(head) || controls == 0
}

// trimPartial drops a character that is cut off at the end.
func trimPartial(b []byte) []byte {
	for i := 1; i <= min(3, len(b)); i++ {
		if c := b[len(b)-i]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-i:]) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}

// detectZip looks at the names in a zip archive. A damaged archive is taken
// for a DOCX file, whose reader says what is wrong.
func detectZip(r io.ReaderAt, size int64) Format {
	zr, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return FormatDOCX
	}
	found := FormatArchive
	for _, f := range zr.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		switch {
		case strings.HasPrefix(name, "word/"):
			return FormatDOCX
		case strings.HasPrefix(name, "xl/"):
			return FormatSpreadsheet
		case strings.HasPrefix(name, "ppt/"):
			return FormatSlides
		case name == "encryptedpackage":
			return FormatEncrypted
		case name == "mimetype":
			switch kind := zipText(f); {
			case strings.HasPrefix(kind, "application/vnd.oasis.opendocument.text"):
				return FormatODT
			case strings.HasPrefix(kind, "application/vnd.oasis.opendocument.spreadsheet"):
				return FormatSpreadsheet
			case strings.HasPrefix(kind, "application/vnd.oasis.opendocument.presentation"):
				return FormatSlides
			}
		case name == "[content_types].xml":
			found = FormatDOCX // an Office package; its reader decides
		}
	}
	return found
}

// zipText returns the first 100 bytes of an entry, "" when it cannot be read.
func zipText(f *zip.File) string {
	rc, err := f.Open()
	if err != nil {
		return ""
	}
	defer rc.Close()
	text, err := io.ReadAll(io.LimitReader(rc, 100))
	if err != nil {
		return ""
	}
	return string(text)
}

// detectOLE looks for the stream names in an OLE2 file, which the directory
// sectors hold in UTF-16.
func detectOLE(r io.ReaderAt, size int64) (Format, error) {
	names := []struct {
		name   string
		format Format
	}{
		{"EncryptedPackage", FormatEncrypted},
		{"WordDocument", FormatDOC},
		{"Workbook", FormatSpreadsheet},
		{"PowerPoint Document", FormatSlides},
	}
	found := make([]bool, len(names))
	const step, overlap = 1 << 20, 64
	buf := make([]byte, step+overlap)
	for pos := int64(0); pos < size; pos += step {
		n, err := r.ReadAt(buf[:min(int64(len(buf)), size-pos)], pos)
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("read the directory: %w", err)
		}
		for i, s := range names {
			found[i] = found[i] || bytes.Contains(buf[:n], utf16Bytes(s.name))
		}
	}
	for i, s := range names {
		if found[i] {
			return s.format, nil
		}
	}
	return FormatOffice, nil
}

// utf16Bytes writes an ASCII name in UTF-16, little endian.
func utf16Bytes(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}
