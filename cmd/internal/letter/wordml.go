// This file holds the few elements of WordprocessingML that a letter needs.
// Their order inside an element is that of the schema, which Word insists on.

package letter

import "encoding/xml"

// Lengths are in twentieths of a point unless a comment says otherwise.
const (
	mm = 1440 / 25.4
	pt = 20
)

type val struct {
	Val string `xml:"w:val,attr"`
}

type on struct{}

type runStyle struct {
	Bold   *on  `xml:"w:b"`
	Italic *on  `xml:"w:i"`
	Size   *val `xml:"w:sz"` // half points
	SizeCS *val `xml:"w:szCs"`
}

type runText struct {
	Space string `xml:"xml:space,attr"`
	Text  string `xml:",chardata"`
}

type run struct {
	Style *runStyle `xml:"w:rPr"`
	Text  runText   `xml:"w:t"`
}

type border struct {
	Val   string `xml:"w:val,attr"`
	Size  int    `xml:"w:sz,attr,omitempty"` // eighths of a point
	Space int    `xml:"w:space,attr,omitempty"`
	Color string `xml:"w:color,attr,omitempty"`
}

type paragraphBorder struct {
	Top *border `xml:"w:top"`
}

type spacing struct {
	Before int    `xml:"w:before,attr,omitempty"`
	After  int    `xml:"w:after,attr,omitempty"`
	Line   int    `xml:"w:line,attr,omitempty"`
	Rule   string `xml:"w:lineRule,attr,omitempty"`
}

type indent struct {
	Left      int `xml:"w:left,attr"`
	Right     int `xml:"w:right,attr"`
	FirstLine int `xml:"w:firstLine,attr,omitempty"`
}

type paragraphStyle struct {
	Style     *val             `xml:"w:pStyle"`
	KeepNext  *on              `xml:"w:keepNext"`
	KeepLines *on              `xml:"w:keepLines"`
	Border    *paragraphBorder `xml:"w:pBdr"`
	Spacing   *spacing         `xml:"w:spacing"`
	Indent    *indent          `xml:"w:ind"`
	Align     *val             `xml:"w:jc"`
}

type paragraph struct {
	XMLName xml.Name        `xml:"w:p"`
	Style   *paragraphStyle `xml:"w:pPr"`
	Runs    []run           `xml:"w:r"`
}

type width struct {
	W    int    `xml:"w:w,attr"`
	Type string `xml:"w:type,attr"`
}

type cellStyle struct {
	Width width `xml:"w:tcW"`
}

type cell struct {
	Style      cellStyle `xml:"w:tcPr"`
	Paragraphs []paragraph
}

type rowStyle struct {
	CantSplit *on `xml:"w:cantSplit"`
}

type row struct {
	Style rowStyle `xml:"w:trPr"`
	Cells []cell   `xml:"w:tc"`
}

type tableBorders struct {
	Top     border `xml:"w:top"`
	Left    border `xml:"w:left"`
	Bottom  border `xml:"w:bottom"`
	Right   border `xml:"w:right"`
	InsideH border `xml:"w:insideH"`
	InsideV border `xml:"w:insideV"`
}

type tableStyle struct {
	Width   width        `xml:"w:tblW"`
	Align   val          `xml:"w:jc"`
	Borders tableBorders `xml:"w:tblBorders"`
	Layout  struct {
		Type string `xml:"w:type,attr"`
	} `xml:"w:tblLayout"`
}

type column struct {
	W int `xml:"w:w,attr"`
}

type table struct {
	XMLName xml.Name   `xml:"w:tbl"`
	Style   tableStyle `xml:"w:tblPr"`
	Grid    []column   `xml:"w:tblGrid>w:gridCol"`
	Rows    []row      `xml:"w:tr"`
}

type headerRef struct {
	Type string `xml:"w:type,attr"`
	ID   string `xml:"r:id,attr"`
}

type section struct {
	XMLName xml.Name    `xml:"w:sectPr"`
	Headers []headerRef `xml:"w:headerReference"`
	Page    struct {
		W int `xml:"w:w,attr"`
		H int `xml:"w:h,attr"`
	} `xml:"w:pgSz"`
	Margins struct {
		Top    int `xml:"w:top,attr"`
		Right  int `xml:"w:right,attr"`
		Bottom int `xml:"w:bottom,attr"`
		Left   int `xml:"w:left,attr"`
		Header int `xml:"w:header,attr"`
		Footer int `xml:"w:footer,attr"`
		Gutter int `xml:"w:gutter,attr"`
	} `xml:"w:pgMar"`
	TitlePage *on `xml:"w:titlePg"`
}

type body struct {
	XMLName xml.Name `xml:"w:document"`
	W       string   `xml:"xmlns:w,attr"`
	R       string   `xml:"xmlns:r,attr"`
	Body    struct {
		Content []any
		Section section
	} `xml:"w:body"`
}
