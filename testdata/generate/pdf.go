// This file writes a report as PDF with a text layer, in an embedded subset of a
// free font with the measures of Times New Roman.
package generate

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifregular"
)

// Measures of a page in millimetres, those of Decree 30/2020 on office documents.
const (
	pageLeft, pageTop, pageRight = 30.0, 20.0, 15.0
	textWidth                    = 210 - pageLeft - pageRight
	lineHeight                   = 6.2
	fontSize                     = 13
)

// newPDF is an empty document with the fonts set.
func newPDF() *fpdf.Fpdf {
	doc := fpdf.New("P", "mm", "A4", "")
	doc.SetCatalogSort(true)
	made := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	doc.SetCreationDate(made)
	doc.SetModificationDate(made)
	doc.SetMargins(pageLeft, pageTop, pageRight)
	doc.SetAutoPageBreak(true, pageTop)
	return doc
}

func finish(doc *fpdf.Fpdf) ([]byte, error) {
	var buf bytes.Buffer
	if err := doc.Output(&buf); err != nil {
		return nil, fmt.Errorf("write PDF: %w", err)
	}
	return buf.Bytes(), nil
}

// PDF writes the report as a PDF file.
func (r Report) PDF() ([]byte, error) {
	doc := newPDF()
	doc.AddUTF8FontFromBytes("serif", "", liberationserifregular.TTF)
	doc.AddUTF8FontFromBytes("serif", "B", liberationserifbold.TTF)
	doc.AddPage()
	for _, p := range pieces(r.Text) {
		switch {
		case p.rows == nil:
			pdfParagraph(doc, p)
		case p.plain:
			pdfColumns(doc, p.rows)
		default:
			pdfTable(doc, p.rows)
		}
	}
	return finish(doc)
}

func pdfParagraph(doc *fpdf.Fpdf, p piece) {
	weight, align := "", "J"
	if p.bold {
		weight = "B"
	}
	if p.mid {
		align = "C"
	}
	doc.SetFont("serif", weight, fontSize)
	text := p.text
	if !p.mid {
		text = "      " + text
	}
	doc.MultiCell(textWidth, lineHeight, text, "", align, false)
	doc.Ln(1.2)
}

// pdfColumns prints the head and the signature: two columns without lines.
func pdfColumns(doc *fpdf.Fpdf, rows [][]string) {
	doc.SetFont("serif", "", fontSize-1)
	for _, row := range rows {
		align := "C"
		if strings.HasPrefix(row[0], "-") || strings.HasPrefix(row[0], "Nơi") {
			align = "L"
		}
		doc.CellFormat(textWidth*0.42, lineHeight, row[0], "", 0, align, false, 0, "")
		doc.CellFormat(textWidth*0.58, lineHeight, row[1], "", 1, "C", false, 0, "")
	}
	doc.Ln(3)
}

// pdfTable prints a table with lines; the widest column is the one with words.
func pdfTable(doc *fpdf.Fpdf, rows [][]string) {
	doc.SetFont("serif", "", fontSize-1)
	n := len(rows[0])
	widths := make([]float64, n)
	sum := 0.0
	for i := range widths {
		for _, row := range rows {
			widths[i] = max(widths[i], doc.GetStringWidth(row[i])+4)
		}
		sum += widths[i]
	}
	for i := range widths {
		widths[i] *= textWidth / sum
	}
	for i, row := range rows {
		for j, cell := range row {
			align := "C"
			if i > 0 && j == 0 {
				align = "L"
			}
			doc.CellFormat(widths[j], lineHeight+1, cell, "1", 0, align, false, 0, "")
		}
		doc.Ln(-1)
	}
	doc.Ln(1.2)
}
