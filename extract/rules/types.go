// This file holds what comes out of reading a text: figures, dates, references,
// headings, and a class for every number.

package rules

import "baocao/normalize/vntext"

// Number is one number found in a text, whatever it turned out to be.
type Number struct {
	Start, End int    // span in the document's text
	Text       string // as printed
	Class      Class
	Why        string // what explains it: a rule id, "date", "decision number", ...
}

// Class says what a number is.
type Class uint8

const (
	Unexplained    Class = iota
	ClassFigure          // at least one Figure was read from it
	ClassDate            // part of a date or period
	ClassReference       // part of a document's number ("895/QĐ-UBND")
	ClassStructure       // heading, list, table row or column number
	ClassLabel           // "mức độ 3,4", "Đề án 06", "ISO 9001:2015"
	ClassOther           // understood, but no figure: phone, rank, score, money of another kind
)

// String gives the name used in output ("figure", "date", ...).
func (c Class) String() string {
	return [...]string{"unexplained", "figure", "date", "reference", "structure", "label", "other"}[c]
}

// Span says which period a figure is about.
type Span string

const (
	Period   Span = "period"   // the report's own period
	YTD      Span = "ytd"      // luỹ kế, since the start of the year
	Previous Span = "previous" // last month or the same period last year, for comparison
	Target   Span = "target"   // chỉ tiêu, kế hoạch, phấn đấu
)

// Figure is one value of one indicator read at one place. A fraction "235/235"
// gives two figures with the same span.
type Figure struct {
	addend  bool // it and others add up to another figure of the sentence
	fromYTD bool // read where the text counts from the start of the year
	newOnly bool // stands as the new part of a larger number received; settled with the whole document
	bare    bool // nothing is said of what was done with what is counted
	since   bool // counts from a date to today; settled with the whole document

	Indicator  string // id of the catalogue
	Field      string // code of the field (lĩnh vực), "" when none
	Span       Span
	Value      string  // plain decimal: "4131", "99.71"; counts in units, money in đồng, percentages as printed
	Unit       string  // the catalogue's unit
	Decimals   int     // printed decimals, for the tolerance of a check
	Rounding   int64   // size of the last printed digit in units: 10 for "5,65 ngàn", 1 for "239"
	Approx     bool    // khoảng, gần, hơn, trên
	Words      bool    // read from words ("một", "không có")
	InTable    bool    // read from a table cell
	Confidence float64 // share of figures read in this way that are right, 0..1
	Doubts     Doubt   // what about the reading makes it less than certain
	Rule       string  // id of the rule that read it
	Start, End int     // the number, in the document's text
	// SentenceStart and SentenceEnd enclose the sentence or table row.
	SentenceStart, SentenceEnd int
	Section                    string // section path: "I/3", "II/2.1"
	Parent                     int    // index of the figure of which this is "trong đó", -1 if none
	About                      string // period that the sentence names, "" if none: "2022-04", "2021-Q3"
	// Named is the period that the clause names as the number's own ("tháng 9 là 08 hồ
	// sơ"); its year is 0 where none is printed, and it has no kind if there is none.
	Named      vntext.Period
	Wider      bool // is said of the whole district, province or country ("toàn huyện tiếp nhận ...")
	Assessment bool // stands in the assessment or plan section, where figures are repeated
}

// Date is one calendar date or period printed in the text.
type Date struct {
	Start, End int
	Text       string
	Day        int // 0 where only month and year are printed
	Month      int
	Year       int  // as printed; 0 where no year is printed
	Impossible bool // 31/6, 30/2, month 13
	Role       Role
	// Reference is the index of the cited document this date belongs to, -1 if none.
	Reference int
}

// Role says what a date is for.
type Role string

const (
	RoleIssued    Role = "issued"    // the report's own date
	RoleWindow    Role = "window"    // from .. to of the data
	RoleReference Role = "reference" // date of a cited document
	RoleEvent     Role = "event"     // something done on that day
	RoleOther     Role = "other"
)

// Reference is a cited document: "Quyết định số 895/QĐ-UBND ngày 15/5/2023".
type Reference struct {
	Start, End int    // number and symbol, in the document's text
	Number     string // as printed, spaces removed: "895/QĐ-UBND"
	Issuer     string // "Phòng Nội vụ huyện Tứ Kỳ" where named, else ""
	Date       string // ISO, "" where none is printed
	// Implements is the index of the reference that this one carries out
	// ("Thông báo ... theo Quyết định số ..."), -1 if none.
	Implements int
}

// Heading is one numbered or named heading.
type Heading struct {
	Start, End int
	Label      string // as printed: "I", "3", "2.1", "a", "PHẦN THỨ NHẤT"
	Style      string // roman, arabic, dotted, letter, part
	Level      int    // 1-based depth
	Ordinal    int    // 1 for "I", "1", "a"; 0 where unnumbered
	Title      string
}

// Section names the part of a report a place belongs to.
type Section string

// Sections of a report on administrative reform.
const (
	SectionHead       Section = "head"       // before the first heading
	SectionDirection  Section = "direction"  // chỉ đạo, điều hành
	SectionLegal      Section = "legal"      // thể chế
	SectionProcedures Section = "procedures" // thủ tục hành chính
	SectionOrg        Section = "org"        // tổ chức bộ máy
	SectionService    Section = "service"    // chế độ công vụ
	SectionFinance    Section = "finance"    // tài chính công
	SectionDigital    Section = "digital"    // chính quyền điện tử, số
	SectionAssessment Section = "assessment" // đánh giá chung
	SectionPlan       Section = "plan"       // phương hướng, nhiệm vụ
	SectionProposals  Section = "proposals"  // kiến nghị, đề xuất
	SectionAppendix   Section = "appendix"   // biểu, phụ lục
	SectionFoot       Section = "foot"       // nơi nhận, signature
)

// Result is everything that was found in one text. Every slice is sorted by
// Start; Dates, References and Headings hold positions in the document's text.
type Result struct {
	Figures    []Figure
	Numbers    []Number
	Dates      []Date
	References []Reference
	Headings   []Heading
	Sections   []SectionSpan
	Totals     []Total
}

// Total is one column of a table whose last row says it is the sum of the rows
// above: the printed numbers, so that the sum can be checked whatever they mean.
type Total struct {
	Indicator  string // of the total's figure, "" when no rule read it
	Field      string
	Column     string // the header's words
	Sum        Number // the printed total
	SumValue   string // plain decimal
	Parts      []Number
	PartValues []string // plain decimals, one per part
}

// SectionSpan says which part of the report the bytes Start..End belong to.
type SectionSpan struct {
	Start, End int
	Section    Section
}
