// This file writes a report as DOCX the way Word does: every paragraph with its
// properties, its text in several runs, tables with cell widths.
package generate

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

const (
	docxTypes = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`
	docxRels  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	docxParts = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`
	docxStyle = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="28"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:left w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:right w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tblBorders></w:tblPr></w:style></w:styles>`
	docxHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>`
	docxTail  = `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr></w:body></w:document>`
)

// DOCX writes the report as a Word file.
func (r Report) DOCX() ([]byte, error) {
	var body strings.Builder
	body.WriteString(docxHead)
	// Where Word cuts a text into runs depends on how it was typed.
	runs := rand.New(rand.NewPCG(uint64(len(r.Text)), 1))
	for _, p := range pieces(r.Text) {
		if p.rows == nil {
			docxParagraph(&body, runs, p.text, p.bold, p.mid)
			continue
		}
		docxTable(&body, runs, p)
	}
	body.WriteString(docxTail)
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, part := range [][2]string{{"[Content_Types].xml", docxTypes}, {"_rels/.rels", docxRels}, {"word/document.xml", body.String()},
		{"word/_rels/document.xml.rels", docxParts}, {"word/styles.xml", docxStyle}} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part[0], Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", part[0], err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("write DOCX: %w", err)
	}
	return buf.Bytes(), nil
}

func docxParagraph(b *strings.Builder, runs *rand.Rand, text string, bold, mid bool) {
	align := "both"
	if mid {
		align = "center"
	}
	fmt.Fprintf(b, `<w:p w:rsidR="00%06X" w:rsidRDefault="00A77B3E"><w:pPr><w:spacing w:before="120" w:after="120" w:line="340" w:lineRule="exact"/><w:ind w:firstLine="720"/><w:jc w:val="%s"/></w:pPr>`,
		runs.IntN(1<<24), align)
	for text != "" {
		cut := len(text)
		if i := strings.IndexByte(text[min(len(text), 10+runs.IntN(120)):], ' '); i >= 0 {
			cut = min(cut, i+10)
		}
		// Only at a space: everything before it goes into this run.
		if i := strings.LastIndexByte(text[:cut], ' '); cut < len(text) && i > 0 {
			cut = i + 1
		} else if cut < len(text) {
			cut = len(text)
		}
		b.WriteString(`<w:r><w:rPr>`)
		if bold {
			b.WriteString(`<w:b/>`)
		}
		b.WriteString(`<w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/></w:rPr><w:t xml:space="preserve">`)
		_ = xml.EscapeText(b, []byte(text[:cut])) // a strings.Builder takes everything
		b.WriteString(`</w:t></w:r>`)
		text = text[cut:]
	}
	b.WriteString(`</w:p>`)
}

func docxTable(b *strings.Builder, runs *rand.Rand, p piece) {
	width := 9354 / len(p.rows[0])
	b.WriteString(`<w:tbl><w:tblPr>`)
	if !p.plain {
		b.WriteString(`<w:tblStyle w:val="TableGrid"/>`)
	}
	b.WriteString(`<w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>`)
	for range p.rows[0] {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, width)
	}
	b.WriteString(`</w:tblGrid>`)
	for i, row := range p.rows {
		b.WriteString(`<w:tr>`)
		for _, cell := range row {
			fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, width)
			docxParagraph(b, runs, cell, i == 0, true)
			b.WriteString(`</w:tc>`)
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
}
