package vntext

// This file cuts folded text into atoms: words, runs of digits, single marks. Scan
// reads atoms, never bytes.

import "unicode/utf8"

type atomKind uint8

const (
	atomNone atomKind = iota // before the first and after the last
	atomWord                 // letters
	atomDigits
	atomMark // any other character; ch is its byte, 0 when not ASCII
)

// What stands before an atom.
const (
	gapNone  = iota
	gapSpace // one space
	gapBreak // a TAB, or the edge of the text: nothing is read across it
)

type atom struct {
	start, end int32
	kind       atomKind
	ch         byte
	gap        uint8
	kw         keyword
}

// lex cuts text into atoms. Texts are documents: offsets fit 32 bits.
func lex(text string) []atom {
	atoms := make([]atom, 0, len(text)/4+8)
	gap := uint8(gapBreak)
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == ' ':
			gap = max(gap, gapSpace)
			i++
			continue
		case c == '\t':
			gap = gapBreak
			i++
			continue
		}
		a := atom{start: int32(i), gap: gap, kind: atomMark, ch: c}
		gap = gapNone
		switch {
		case c >= '0' && c <= '9':
			for i < len(text) && text[i] >= '0' && text[i] <= '9' {
				i++
			}
			a.kind = atomDigits
		case c < utf8.RuneSelf && byteClass[c] != byteLower && byteClass[c] != byteUpper:
			i++
		default:
			r, n := decodeLetter(text[i:])
			if r >= utf8.RuneSelf && !isLetter(r) {
				a.ch = 0
				i += n
				break
			}
			for i < len(text) {
				if c := text[i]; c < utf8.RuneSelf {
					if letters[c] == 0 {
						break
					}
					i++
					continue
				}
				r, n := decodeLetter(text[i:])
				if letterOf(r) == 0 && !isLetter(r) {
					break
				}
				i += n
			}
			a.kind = atomWord
			a.kw = keywords[text[a.start:i]]
		}
		a.end = int32(i)
		atoms = append(atoms, a)
	}
	return atoms
}

// A keyword is a word that means something to Scan.
type keyword uint8

const (
	kwNone keyword = iota
	// digits in words
	kwZero
	kwOne
	kwTwo
	kwThree
	kwFour
	kwFive // also "year"; see kwOne+n
	kwSix
	kwSeven
	kwEight
	kwNine
	kwTen    // mười
	kwOneAlt // mốt
	kwFourAlt
	kwFiveAlt // lăm, nhăm
	kwTens    // mươi
	kwTwenty  // hăm
	kwThirty  // băm
	kwOdd     // linh, lẻ
	kwHalf    // rưỡi
	kwHalfOf  // nửa
	// scales
	kwDozen       // tá
	kwTenPiece    // chục
	kwHundred     // trăm
	kwThousand    // nghìn, ngàn
	kwTenThousand // vạn
	kwMillion     // triệu
	kwMillionAbbr // tr
	kwBillion     // tỉ
	// calendar
	kwDay
	kwDayOfMonth // mùng, mồng
	kwMonth
	kwQuarter
	kwWeek
	kwPartOfDay // sáng, trưa, chiều, tối, hôm
	kwHour
	kwMinute
	kwFrom // từ
	kwTo   // đến, tới
	kwUntilEnd
	kwBefore // trước, sau
	kwFirst  // đầu
	kwLast   // cuối
	// order
	kwOrdinal // thứ
	kwTurn    // lần
	kwTerm    // khóa
	kwBatch   // đợt
	kwRank    // hạng
	// approximation
	kwAbout
	kwOver
	kwUnder
	kwMore // hơn
	// others
	kwNumberOf // số
	kwUnit
	kwURL
	kwLabel  // điều, khoản, cột, ...
	kwDegree // độ
	kwLevel  // mức, cấp
	kwPhone  // hotline, điện thoại, ...
	kwAnd
	kwEvery // hàng, hằng, mỗi
	kwPart  // phần
	kwStep  // xấp, đường, ... first word of an expression looked at by its second
)

// keywords is keyed by folded words: i stands for y in tỉ and quí.
var keywords = map[string]keyword{
	"không": kwZero, "một": kwOne, "hai": kwTwo, "ba": kwThree, "bốn": kwFour, "năm": kwFive,
	"sáu": kwSix, "bảy": kwSeven, "bẩy": kwSeven, "tám": kwEight, "chín": kwNine, "mười": kwTen,
	"mốt": kwOneAlt, "tư": kwFourAlt, "lăm": kwFiveAlt, "nhăm": kwFiveAlt, "mươi": kwTens,
	"hăm": kwTwenty, "băm": kwThirty, "linh": kwOdd, "lẻ": kwOdd, "rưỡi": kwHalf, "nửa": kwHalfOf,
	"tá": kwDozen, "chục": kwTenPiece, "trăm": kwHundred, "nghìn": kwThousand, "ngàn": kwThousand,
	"vạn": kwTenThousand, "triệu": kwMillion, "tr": kwMillionAbbr, "trđ": kwMillionAbbr, "tỉ": kwBillion,
	"ngày": kwDay, "mùng": kwDayOfMonth, "mồng": kwDayOfMonth, "tháng": kwMonth, "quí": kwQuarter,
	"tuần": kwWeek, "sáng": kwPartOfDay, "trưa": kwPartOfDay, "chiều": kwPartOfDay, "tối": kwPartOfDay,
	"hôm": kwPartOfDay, "giờ": kwHour, "h": kwHour, "phút": kwMinute, "từ": kwFrom, "đến": kwTo, "tới": kwTo,
	"hết": kwUntilEnd, "trước": kwBefore, "sau": kwBefore, "đầu": kwFirst, "cuối": kwLast,
	"thứ": kwOrdinal, "lần": kwTurn, "khóa": kwTerm, "đợt": kwBatch, "hạng": kwRank,
	"khoảng": kwAbout, "gần": kwAbout, "xỉ": kwAbout, "ước": kwAbout, "chừng": kwAbout,
	"trên": kwOver, "quá": kwOver, "dưới": kwUnder, "hơn": kwMore,
	"số": kwNumberOf, "http": kwURL, "https": kwURL, "www": kwURL,
	"điều": kwLabel, "khoản": kwLabel, "cột": kwLabel, "mục": kwLabel, "biểu": kwLabel, "bảng": kwLabel,
	"lục": kwLabel, "mẫu": kwLabel, "độ": kwDegree, "mức": kwLevel, "cấp": kwLevel,
	"hotline": kwPhone, "thoại": kwPhone, "đt": kwPhone, "sđt": kwPhone, "fax": kwPhone, "zalo": kwPhone,
	"nóng": kwPhone, "đài": kwPhone, "và": kwAnd, "hàng": kwEvery, "hằng": kwEvery, "mỗi": kwEvery, "phần": kwPart,
	"đ": kwUnit, "đồng": kwUnit, "vnđ": kwUnit, "m": kwUnit, "km": kwUnit, "ha": kwUnit, "kg": kwUnit,
	"gb": kwUnit, "mb": kwUnit, "mbps": kwUnit,
}
