// This file writes the letter as a Word document. Sizes and margins are those
// of Decree 30/2020/NĐ-CP, Appendix I: A4; Times New Roman; margins 20-25 mm at
// top and bottom, 30-35 mm left, 15-20 mm right; page numbers in the middle of
// the top margin from page 2 on.

package letter

import (
	"archive/zip"
	"embed"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
)

//go:embed parts/*.xml
var parts embed.FS

// Font sizes in half points.
const (
	size11 = 22
	size12 = 24
	size13 = 26
	size14 = 28
)

var (
	pageWidth, pageHeight = twips(210), twips(297)
	marginTop             = twips(20)
	marginBottom          = twips(20)
	marginLeft            = twips(30)
	marginRight           = twips(17)
	textColumn            = pageWidth - marginLeft - marginRight
	// The head reaches a little into both margins, so that the name of the nation
	// stays on one line.
	wideColumn = textColumn + twips(8)
	leftColumn = wideColumn - twips(101)
)

func twips(millimetres int) int { return int(float64(millimetres)*mm + 0.5) }

// DOCX writes the letter as a Word document. The same letter gives the same bytes.
func (l Letter) DOCX(w io.Writer) error {
	document, err := xml.Marshal(l.document())
	if err != nil {
		return fmt.Errorf("write letter: %w", err)
	}
	z := zip.NewWriter(w)
	put := func(name string, content []byte) {
		if err != nil {
			return
		}
		var f io.Writer
		if f, err = z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate}); err == nil {
			_, err = f.Write(content)
		}
	}
	// The content types come first: some readers look at nothing else to tell
	// what a package is.
	for _, p := range [...][2]string{{"[Content_Types].xml", "content_types"}, {"_rels/.rels", "rels"}, {"word/_rels/document.xml.rels", "document_rels"},
		{"word/styles.xml", "styles"}, {"word/settings.xml", "settings"}, {"word/header1.xml", "header1"}, {"word/header2.xml", "header2"}} {
		content, e := parts.ReadFile("parts/" + p[1] + ".xml")
		if e != nil {
			return fmt.Errorf("write letter: %w", e)
		}
		put(p[0], content)
	}
	put("word/document.xml", append([]byte(xml.Header), document...))
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return fmt.Errorf("write letter: %w", err)
	}
	return nil
}

func (l Letter) document() body {
	var d body
	d.W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	d.R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	add := func(blocks ...any) { d.Body.Content = append(d.Body.Content, blocks...) }
	add(l.head())
	for _, p := range l.addressees() {
		add(p)
	}
	for _, p := range l.Opening {
		add(content(plain(p)...))
	}
	for i, p := range l.Points {
		title := content(styled(fmt.Sprintf("%d. %s", i+1, p.Title), true, false, size14))
		title.Style.KeepNext = &on{}
		add(title)
		for _, q := range p.Quotes {
			add(content(q.runs()...))
		}
		for _, line := range p.Lines {
			add(content(plain("- " + line)...))
		}
		if p.Ask != "" {
			add(content(plain("- " + p.Ask)...))
		}
	}
	for _, p := range l.closing() {
		add(content(plain(p)...))
	}
	add(l.foot(), paragraph{Style: &paragraphStyle{Spacing: &spacing{Line: pt, Rule: "exact"}}})
	s := &d.Body.Section
	s.Headers = []headerRef{{"default", "rId3"}, {"first", "rId4"}}
	s.Page.W, s.Page.H = pageWidth, pageHeight
	s.Margins.Top, s.Margins.Bottom, s.Margins.Left, s.Margins.Right = marginTop, marginBottom, marginLeft, marginRight
	s.Margins.Header, s.Margins.Footer = twips(10), twips(10)
	s.TitlePage = &on{}
	return d
}

// head is the table with issuing body and number left, nation and date right.
func (l Letter) head() table {
	var left []paragraph
	if l.Above != "" {
		for _, line := range bodyName(l.Above) {
			left = append(left, centred(styled(line, false, false, size13)))
		}
	}
	office := bodyName(or(l.Office, blank))
	for _, line := range office {
		left = append(left, centred(styled(line, true, false, size13)))
	}
	left = append(left, rule(leftColumn, min(textWidthOf(office[len(office)-1], size13), leftColumn)*2/5))
	right := []paragraph{
		centred(styled(nation, true, false, size13)),
		centred(styled(motto, true, false, size14)),
		rule(wideColumn-leftColumn, textWidthOf(motto, size14)),
	}
	subject := centred(styled("V/v "+l.Subject, false, false, size12))
	subject.Style.Spacing = &spacing{Before: 6 * pt}
	subject.Style.Indent = &indent{Left: twips(2), Right: twips(4)}
	return columns(leftColumn, wideColumn-leftColumn,
		[2][]paragraph{left, right},
		[2][]paragraph{{spaced(centred(styled(l.number(), false, false, size13))), subject}, {spaced(centred(styled(l.day(), false, true, size14)))}},
	)
}

func spaced(p paragraph) paragraph {
	p.Style.Spacing = &spacing{Before: 6 * pt}
	return p
}

// addressees are the lines "Kính gửi".
func (l Letter) addressees() []paragraph {
	first := paragraph{Style: &paragraphStyle{Spacing: &spacing{Before: 18 * pt, After: 12 * pt}, Align: &val{"center"}}}
	if len(l.To) == 1 {
		first.Runs = plain("Kính gửi: " + l.To[0])
		return []paragraph{first}
	}
	first.Runs = plain("Kính gửi:")
	first.Style.Spacing.After = 0
	out := []paragraph{first}
	for i, to := range l.To {
		mark := ";"
		if i == len(l.To)-1 {
			mark = "."
		}
		out = append(out, paragraph{Style: &paragraphStyle{Spacing: &spacing{After: 3 * pt}, Indent: &indent{Left: twips(55)}}, Runs: plain("- " + to + mark)})
	}
	out[len(out)-1].Style.Spacing.After = 12 * pt
	return out
}

// foot is the table with the recipients left and the signature right.
func (l Letter) foot() table {
	left := []paragraph{{Runs: []run{{&runStyle{Bold: &on{}, Italic: &on{}, Size: half(size12), SizeCS: half(size12)}, text("Nơi nhận:")}}}}
	for _, line := range l.copies() {
		left = append(left, paragraph{Runs: []run{styled(line, false, false, size11)}})
	}
	var right []paragraph
	for _, t := range l.titles() {
		right = append(right, centred(styled(t, true, false, size14)))
	}
	for range 4 {
		right = append(right, centred(styled("", true, false, size14)))
	}
	right = append(right, centred(styled(l.Signer, true, false, size14)))
	t := columns(textColumn/2, textColumn-textColumn/2, [2][]paragraph{left, right})
	t.Rows[0].Cells[0].Paragraphs[0].Style = &paragraphStyle{Spacing: &spacing{Before: 12 * pt}}
	right[0].Style.Spacing = &spacing{Before: 12 * pt}
	return t
}

// columns is a table of two columns without borders.
func columns(left, right int, rows ...[2][]paragraph) table {
	var t table
	t.Style.Width = width{left + right, "dxa"}
	t.Style.Align = val{"center"}
	none := border{Val: "nil"}
	t.Style.Borders = tableBorders{none, none, none, none, none, none}
	t.Style.Layout.Type = "fixed"
	t.Grid = []column{{left}, {right}}
	for _, r := range rows {
		t.Rows = append(t.Rows, row{rowStyle{&on{}}, []cell{
			{cellStyle{width{left, "dxa"}}, r[0]}, {cellStyle{width{right, "dxa"}}, r[1]},
		}})
	}
	return t
}

// rule is a line of a length in the middle of a column, drawn as the border of
// an empty paragraph: Word and LibreOffice print it alike, and it moves with the text.
func rule(column, length int) paragraph {
	side := max(0, (column-length)/2)
	return paragraph{Style: &paragraphStyle{
		Border:  &paragraphBorder{Top: &border{"single", 6, 1, "auto"}},
		Spacing: &spacing{Before: 2 * pt, Line: 4 * pt, Rule: "exact"},
		Indent:  &indent{Left: side, Right: side},
	}, Runs: []run{styled("", false, false, size11)}}
}

// textWidthOf estimates how long a text in bold Times New Roman is printed: an
// average letter is half an em wide, a capital two thirds.
func textWidthOf(s string, halfPoints int) int {
	n := 0.0
	for _, r := range s {
		switch {
		case r == ' ' || r == '-':
			n += 0.28
		case strings.ToLower(string(r)) != string(r):
			n += 0.70
		default:
			n += 0.50
		}
	}
	return int(n * float64(halfPoints) * pt / 2)
}

// content is a paragraph of the body.
func content(runs ...run) paragraph {
	return paragraph{Style: &paragraphStyle{Style: &val{"NoiDung"}}, Runs: runs}
}

func centred(r run) paragraph {
	return paragraph{Style: &paragraphStyle{Align: &val{"center"}}, Runs: []run{r}}
}

func plain(s string) []run { return []run{{Text: text(s)}} }

func text(s string) runText { return runText{"preserve", s} }

func half(points int) *val { return &val{strconv.Itoa(points)} }

func styled(s string, bold, italic bool, halfPoints int) run {
	st := &runStyle{Size: half(halfPoints), SizeCS: half(halfPoints)}
	if bold {
		st.Bold = &on{}
	}
	if italic {
		st.Italic = &on{}
	}
	return run{st, text(s)}
}

// runs writes a quotation in italics, what it is about in bold italics.
func (q Quote) runs() []run {
	lead := "- "
	if q.Where != "" {
		lead += q.Where + ": "
	}
	quoted := func(s string, bold bool) run {
		st := &runStyle{Italic: &on{}}
		if bold {
			st.Bold = &on{}
		}
		return run{st, text(s)}
	}
	out := append(plain(lead), quoted("“", false))
	at := 0
	for _, m := range q.Marks {
		if m[0] < at || m[1] > len(q.Text) || m[0] >= m[1] {
			continue
		}
		if m[0] > at {
			out = append(out, quoted(q.Text[at:m[0]], false))
		}
		out = append(out, quoted(q.Text[m[0]:m[1]], true))
		at = m[1]
	}
	return append(out, quoted(q.Text[at:]+"”", false))
}
