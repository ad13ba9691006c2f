// This file reads what rows and columns are called: which cells name a row, and which names
// say only that it is a share, an amount, a sum or a period.

package rules

import (
	"slices"
	"strings"

	"baocao/normalize/vntext"
)

// rowLabel finds the cells that name the row.
func rowLabel(cells []cell, columns []column) (cell, []bool) {
	isLabel := make([]bool, len(cells))
	best := -1
	for c := range cells {
		if cells[c].text == "" || numeric(cells[c]) && !(c < len(columns) && columns[c].ordinal) {
			continue
		}
		if c < len(columns) && (columns[c].ordinal || columns[c].unit || columns[c].note) {
			continue
		}
		if best < 0 || len(cells[c].text) > len(cells[best].text) && c < 3 && !(best < len(columns) && columns[best].label) {
			best = c
		}
	}
	if best < 0 && len(cells) > 0 && isTotalLabel(cells[0].text) {
		best = 0 // "Cộng" in the column of row numbers
	}
	if best < 0 {
		return cell{}, isLabel
	}
	isLabel[best] = true
	return cells[best], isLabel
}

// bareShare reports whether a row or column is called nothing but a share.
func bareShare(t string) bool {
	switch strings.Trim(strings.NewReplacer("(%)", "", "%", "").Replace(t), " .:-") {
	case "tỉ lệ", "tỉ lệ đạt", "đạt", "đạt tỉ lệ":
		return true
	}
	return false
}

// numeratorOf leaves of a label that names both numbers of its fractions ("Hồ sơ thanh
// toán trực tuyến/hồ sơ có phí" of 95/130) what it says of the first.
func numeratorOf(label string, cells []cell) string {
	first, second, both := strings.Cut(label, "/")
	if !both || strings.TrimSpace(second) == "" {
		return label
	}
	for _, c := range cells {
		for _, t := range vntext.Scan(c.text) {
			if t.Kind == vntext.TokFraction && c.text != label {
				return strings.TrimSpace(first)
			}
		}
	}
	return label
}

// periodRow returns the period that a row is called, none if it is called otherwise.
func periodRow(label string) vntext.Period {
	for _, t := range vntext.Scan(label) {
		if t.Kind == vntext.TokPeriod && t.Start == 0 && t.End == len(label) {
			return aboutOf(t, vntext.Period{})
		}
	}
	return vntext.Period{}
}

// namesShare reports whether a row is called a share: "Tỷ lệ đúng hạn (%)".
func namesShare(label string) bool {
	return hasPrefixAny(strings.TrimLeft(label, "-+* "), "tỉ lệ") || strings.Contains(label, "(%)")
}

// bareAmount reports whether a column is called nothing but an amount of money.
func bareAmount(t string) bool {
	head, _, _ := strings.Cut(t, "(")
	switch strings.TrimSpace(head) {
	case "số tiền", "tổng số tiền", "tổng tiền", "thành tiền", "giá trị":
		return true
	}
	return false
}

// namesFields reports whether the rows of a table are fields.
func namesFields(columns []column) bool {
	for _, c := range columns {
		if c.label && hasPrefixAny(c.text, "lĩnh vực", "ngành, lĩnh vực", "ngành lĩnh vực", "tên lĩnh vực", "loại thủ tục", "tên thủ tục", "thủ tục") {
			return true
		}
	}
	return false
}

// onlyField leaves of a label that names a field as a whole ("Xây dựng", "Còn lại")
// nothing but the field.
func (s *Set) onlyField(label *sentence) {
	isField := func(h hit) bool {
		return slices.ContainsFunc(s.lexicon[s.owner[h.pattern]].set, func(a assignment) bool { return a.slot == s.well.field })
	}
	if slices.ContainsFunc(label.hits, func(h hit) bool { return isField(h) && h.start == 0 && h.end == len(label.text) }) {
		label.hits = slices.DeleteFunc(slices.Clone(label.hits), func(h hit) bool { return !isField(h) })
	}
}

// unitObject gives the object that a unit of measure names ("HS", "Phiếu"), 0 where it
// is a general word or none.
func (s *Set) unitObject(unit string) int16 {
	f := frame{}
	s.fillAll(s.phrase(unit), &f, fromNear, true)
	v := f.v[s.well.obj]
	if v == int16(s.well.objUnknown) || s.slots[s.well.obj].refine[int(v)] != nil {
		return 0
	}
	return v
}

// isTotalRow reports whether a row sums up the others: it is called so and, being none
// of them, has no number.
func isTotalRow(cells []cell, name string) bool {
	return isTotalLabel(name) && !(len(cells) > 0 && digitsLen(cells[0].text) > 0)
}

func isTotalLabel(t string) bool {
	t = strings.TrimSpace(strings.Trim(t, ".:"))
	return hasPrefixAny(t, "tổng cộng", "tổng số", "cộng", "toàn xã", "toàn phường", "tổng") && len(t) < 30 &&
		!strings.Contains(t, "hồ sơ") && !strings.Contains(t, "tthc") && !strings.Contains(t, "thủ tục")
}

// unitCell returns the unit of measure that a row names.
func unitCell(cells []cell, columns []column) string {
	for c := range cells {
		if c < len(columns) && columns[c].unit {
			return cells[c].text
		}
	}
	return ""
}

// headingRow reports whether a row holds a name and no values.
func headingRow(cells []cell) bool {
	names := 0
	for i, c := range cells {
		switch {
		case c.text == "" || i == 0 && len(c.text) <= len("III.1"):
		case numeric(c):
			return false
		default:
			names++
		}
	}
	return names == 1
}
