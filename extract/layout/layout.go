// Package layout turns positioned characters into paragraphs and table rows.
//
// In: the glyphs and ruling lines of each page, from any engine (the PDF
// interpreter, the second PDF engine, OCR words). Out: a document.Document in
// reading order: hard-wrapped lines joined to paragraphs, table rows with cells
// separated by TAB (empty cells kept, a merged cell's text in its first cell),
// page numbers and repeated page furniture left out.
package layout

// Glyph is one character (or ligature, or a whole OCR word) with its box.
// Coordinates are in points with the origin at the top left of the page as it
// is shown (rotation already applied), y growing downwards.
type Glyph struct {
	X0, Y0, X1, Y1 float64
	Baseline       float64 // y of the baseline
	Size           float64 // font size in points as shown
	Text           string  // UTF-8, may hold several runes; never empty
	Font           string  // font name as the file gives it, for legacy encodings
	Bold, Italic   bool
	Confidence     float64 // 0 means certain (a text layer), else 0..1 from OCR
	// Angle is the direction of writing in degrees clockwise, -180..180; 0 for
	// upright text. Where it is not 0, (X0, Y0) and (X1, Y1) are not a box but the
	// start and the end of the character's baseline.
	Angle float64
}

// Ascent and Descent are how far a character's box reaches above and below its
// baseline, as shares of the font size, where an engine knows no better.
const (
	Ascent  = 0.85
	Descent = 0.22
)

// Line is a ruling line (table border) as a thin box.
type Line struct{ X0, Y0, X1, Y1 float64 }

// Page is one page as an engine saw it.
type Page struct {
	Number        int // 1-based
	Width, Height float64
	Glyphs        []Glyph // in the order of the content stream
	Lines         []Line
	Engine        string
	Note          string
	// Broken says that the file is damaged inside this page: part of it is lost.
	Broken bool
}
