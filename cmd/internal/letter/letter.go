// Package letter writes an official letter (công văn) in the form of Decree
// 30/2020/NĐ-CP, Appendix I, as a Word document and as plain text.
//
// In comes what the letter says, without any layout: who writes to whom, about
// what, numbered points with quotations, who signs. Out goes the same content
// in either form. The package finds no facts and words none; what is not known
// (number, day, name) becomes the blank that clerks fill in.
package letter

import "strings"

// Letter is the content. Empty fields become blanks.
type Letter struct {
	Above   string // the body above the issuing one, "" for none
	Office  string // the issuing body
	Symbol  string // after the number: "PNV"
	Place   string // where it is issued: "Tứ Kỳ"
	Date    Date
	Subject string // what follows "V/v"
	To      []string
	Opening []string // paragraphs before the points
	Points  []Point
	Closing []string // paragraphs after them; the last gets "./."
	CopyTo  []string // "Nơi nhận", without dashes and marks
	Title   []string // of the signer, one line each: "KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"
	Signer  string
}

// Date is the day of issue as far as it is known; zero parts are blank.
type Date struct{ Day, Month, Year int }

// Point is one numbered point.
type Point struct {
	Title  string
	Quotes []Quote
	Lines  []string // what follows from the quotations
	Ask    string
}

// Quote is what a report says in one place.
type Quote struct {
	Where string // "Trang 3, mục I.3"
	Text  string // exactly as it is written
	// Marks are the parts of Text that the point is about, as byte ranges in
	// order. They stand out in the Word document.
	Marks [][2]int
}

const (
	nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	motto  = "Độc lập - Tự do - Hạnh phúc"
	// blank is where a clerk writes.
	blank = "…………"
)

// number is the line of the document's number, which the clerk fills in.
func (l Letter) number() string { return "Số:        /" + or(l.Symbol, "……") }

// day is the line of place and date. Days below 10 and months 1 and 2 have a
// leading zero (Decree 30/2020, Appendix I).
func (l Letter) day() string {
	two := func(n, below int) string {
		switch {
		case n == 0:
			return "…"
		case n < below:
			return "0" + itoa(n)
		}
		return itoa(n)
	}
	year := "……"
	if l.Date.Year > 0 {
		year = itoa(l.Date.Year)
	}
	return or(l.Place, blank) + ", ngày " + two(l.Date.Day, 10) + " tháng " + two(l.Date.Month, 3) + " năm " + year
}

// bodyName is a body's name in capitals, "ỦY BAN NHÂN DÂN" on a line of its own.
func bodyName(s string) []string {
	const committee = "ỦY BAN NHÂN DÂN"
	s = strings.ToUpper(s)
	if rest, ok := strings.CutPrefix(s, committee+" "); ok {
		return []string{committee, rest}
	}
	return []string{s}
}

// titles are the lines of the signer's title.
func (l Letter) titles() []string {
	if len(l.Title) == 0 {
		return []string{blank}
	}
	out := make([]string, len(l.Title))
	for i, t := range l.Title {
		out[i] = strings.ToUpper(t)
	}
	return out
}

// copies are the lines under "Nơi nhận:".
func (l Letter) copies() []string {
	out := make([]string, len(l.CopyTo))
	for i, c := range l.CopyTo {
		mark := ";"
		if i == len(l.CopyTo)-1 {
			mark = "."
		}
		out[i] = "- " + strings.TrimRight(c, ".;") + mark
	}
	return out
}

// closing ends the letter with "./.".
func (l Letter) closing() []string {
	out := append([]string(nil), l.Closing...)
	if n := len(out); n > 0 {
		out[n-1] = strings.TrimRight(out[n-1], "./ ") + "./."
	}
	return out
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
