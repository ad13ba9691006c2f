package docx

// This file builds small packages for the tests.

import (
	"archive/zip"
	"bytes"
	"context"
	"strings"
	"testing"

	"baocao/extract/document"
)

const (
	wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
		`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ` +
		`xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" ` +
		`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ` +
		`xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" ` +
		`xmlns:v="urn:schemas-microsoft-com:vml"`
	relNS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// pack is a package under construction: part names and contents in order.
type pack [][2]string

// bytes writes the package.
func (p pack) bytes(t testing.TB) []byte {
	t.Helper()
	var buf bytes.Buffer
	zw := zip.NewWriter(&buf)
	for _, part := range p {
		w, err := zw.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(part[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// wordPack is a package with this body and further parts of the word folder
// ("styles.xml", inner XML), which the document refers to by their names.
func wordPack(body string, parts ...[2]string) pack {
	p := pack{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`},
		{"_rels/.rels", `<Relationships><Relationship Id="r1" Type="` + relNS + `/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document ` + wordNS + `><w:body>` + body + `</w:body></w:document>`},
	}
	var rels strings.Builder
	for _, part := range parts {
		name, _, _ := strings.Cut(part[0], ".")
		kind := strings.TrimRight(name, "0123456789")
		rels.WriteString(`<Relationship Id="` + name + `" Type="` + relNS + `/` + kind + `" Target="` + part[0] + `"/>`)
		root := map[string]string{"header": "hdr", "footer": "ftr", "theme": "theme"}[kind]
		if root == "" {
			root = kind
		}
		p = append(p, [2]string{"word/" + part[0], `<w:` + root + ` ` + wordNS + `>` + part[1] + `</w:` + root + `>`})
	}
	return append(p, [2]string{"word/_rels/document.xml.rels", `<Relationships>` + rels.String() + `</Relationships>`})
}

// readPack reads a package that must be readable.
func readPack(t *testing.T, p pack) *document.Document {
	t.Helper()
	data := p.bytes(t)
	doc, err := Read(context.Background(), bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	checkBlocks(t, doc)
	return doc
}

// checkBlocks verifies what document.Document promises.
func checkBlocks(t testing.TB, doc *document.Document) {
	t.Helper()
	at := 0
	for i, b := range doc.Blocks {
		if b.Start < at || b.End <= b.Start || b.End > len(doc.Text) {
			t.Fatalf("block %d: span %d..%d after %d in %d bytes", i, b.Start, b.End, at, len(doc.Text))
		}
		if gap := doc.Text[at:b.Start]; strings.TrimSpace(gap) != "" {
			t.Fatalf("block %d: text %q before it lies in no block", i, gap)
		}
		at = b.End
	}
	if strings.TrimSpace(doc.Text[at:]) != "" {
		t.Fatalf("text %q lies in no block", doc.Text[at:])
	}
	if doc.Text != strings.ToValidUTF8(doc.Text, "?") {
		t.Fatal("text is not valid UTF-8")
	}
}

// p, r and tc write a paragraph, a run and a table cell.
func p(inner ...string) string { return "<w:p>" + strings.Join(inner, "") + "</w:p>" }
func r(text string) string     { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }
func rp(props, t string) string {
	return `<w:r><w:rPr>` + props + `</w:rPr><w:t xml:space="preserve">` + t + `</w:t></w:r>`
}
func tc(props string, inner ...string) string {
	return "<w:tc><w:tcPr>" + props + "</w:tcPr>" + strings.Join(inner, "") + "</w:tc>"
}
func tr(cells ...string) string { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }

// lined writes a table with lines, bare one without.
func lined(rows ...string) string {
	return `<w:tbl><w:tblPr><w:tblBorders><w:insideV w:val="single"/></w:tblBorders></w:tblPr>` + strings.Join(rows, "") + `</w:tbl>`
}
func bare(rows ...string) string {
	return `<w:tbl><w:tblPr/>` + strings.Join(rows, "") + `</w:tbl>`
}
