package vntext

// This file says what Scan finds: kinds of tokens and what each carries.

// TokenKind says what a piece of text with a number in it is.
type TokenKind uint8

const (
	TokNumber    TokenKind = iota // count or amount: "239", "5,65 ngàn", "mười lăm"
	TokPercent                    // "98,5%", "99,71 %", "tám mươi phần trăm"
	TokFraction                   // a/b: "235/235", "12,84/27,73 tỷ"
	TokRange                      // a-b, "từ 10 đến 15", "50-60%"
	TokDate                       // one day: "25/5/2023", "ngày 15/5", "ngày 24 tháng 5 năm 2023"
	TokPeriod                     // a month or more: "tháng 5/2023", "quý I", "6 tháng đầu năm", "từ ngày .. đến ngày .."
	TokReference                  // symbol of a document: "895/QĐ-UBND"
	TokOrdinal                    // rank or place in a row: "thứ 3", "lần thứ XIII", "khóa V", "đợt 2"
	TokTime                       // time of day: "16:07", "8 giờ 30"
	TokPhone                      // "0220.3888.000", "hotline 1022"
)

// String gives the name of the kind for messages.
func (k TokenKind) String() string {
	return [...]string{"number", "percent", "fraction", "range", "date", "period", "reference", "ordinal", "time", "phone"}[k]
}

// Approx says whether the words beside a number make it less than exact.
type Approx uint8

const (
	ApproxNone  Approx = iota
	ApproxAbout        // khoảng, gần, xấp xỉ, ~
	ApproxOver         // hơn, trên, từ .. trở lên
	ApproxUnder        // dưới, chưa đến
)

// String gives the name used in messages.
func (a Approx) String() string {
	return [...]string{"exact", "about", "over", "under"}[a]
}

// Token is one reading of a piece of folded text. Which fields are set depends on
// Kind; the others are zero.
type Token struct {
	Kind TokenKind
	// Start and End are byte offsets in the folded text. A number covers its digits
	// or words, scale word and percent sign, neither "khoảng" before it nor the
	// counted noun or currency after it.
	Start, End int

	// Value is a plain decimal in units: "5650" for "5,65 ngàn", "98.5" for "98,5%".
	// Of a fraction it is the numerator, of a range the lower end, of an ordinal the
	// rank, of a time "HH:MM", of a phone number its digits. Of a reference it is the
	// symbol as folded, without spaces ("895/qđ-ubnd").
	Value string
	// Den is the denominator of a fraction or the upper end of a range, else "".
	Den string
	// Decimals is the number of decimals printed: 2 for "5,65 ngàn".
	Decimals int
	// Rounding is the size in units of the last printed digit, 1 or more: 10 for
	// "5,65 ngàn", 1 for "239" and for "98,5%".
	Rounding int64
	// Approx is read from the words just before the number, or from "hơn" after it.
	Approx Approx
	// Words tells that the number is printed in words.
	Words bool
	// Percent tells, of a range or fraction, that it is printed with a percent sign.
	Percent bool
	// Scaled is the scale word as folded ("ngàn", "nghìn", "triệu", "tỉ", "vạn",
	// "trăm", ...), the last one of several, "" without one.
	Scaled string

	// Malformed tells, of a TokOrdinal, that its digits and separators are in an order
	// that neither a number nor a heading has ("1.23.456", often a slip of a number);
	// Value is then as printed.
	Malformed bool

	// Day, Month and Year are those of a TokDate; what is not printed is 0. A
	// TokPeriod has its year here too, and one of kind Month its month.
	Day, Month, Year int
	// Impossible marks a date that is in no calendar (31/6, month 13), and a window
	// with such an end. It is set only where the wording says that a date is meant.
	Impossible bool
	// Period is that of a TokPeriod. Its Year is 0 where none is printed; From and To
	// are then "".
	Period Period
	// Sub holds the dates that a window is made of, in order, as TokDate tokens; a
	// year missing in the first is filled in from the second. Nil for other kinds.
	Sub []Token
}
