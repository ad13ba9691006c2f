// This file keeps track of which rows of a table a row is a part of: the chapter "3", its
// part "3.1", the row "3.1.2", the items "-" below it.

package rules

import "strings"

// rowPath is the way from the outermost row to the last one that was entered.
type rowPath struct {
	rows []pathRow
	last *sentence // what the last row is called
}

// pathRow is one row of a path.
type pathRow struct {
	mark  rowMark
	label *sentence // nil for a chapter
	share bool      // measured in percent
}

// rowMark is the kind of number or bullet that a row begins with. Rows of one mark are
// beside each other; one that was not met yet is a part of the row before.
type rowMark string

const (
	markNone    rowMark = ""  // no number and no bullet, in a table that has none
	markMissing rowMark = " " // none where other rows have one
	markTotal   rowMark = "=" // the row of totals, a part of nothing
)

// enter adds the row called name and returns its labels: its own, then those of the
// rows that it is a part of, from the innermost. A chapter ("7 | Xây dựng chính quyền
// số") is no label: it says where the row stands. Of a share ("Tỷ lệ hồ sơ giải quyết
// đúng hạn") the counts below it, which it is made of, take what is counted only.
func (p *rowPath) enter(s *Set, cells []cell, name, unit string, byField bool) []*sentence {
	p.leave(markOf(cells, name))
	share := isShare(unit)
	if n := len(p.rows) - 1; bareShare(name) && p.last != nil && n > 0 {
		p.rows[n-1].label = p.last // "Tỷ lệ" below what it is the share of
	} else {
		p.last = s.phrase(name)
		if byField {
			s.onlyField(p.last)
		}
	}
	own := &p.rows[len(p.rows)-1]
	own.label, own.share = p.last, share
	labels := []*sentence{p.last}
	for k := len(p.rows) - 2; k >= 0; k-- {
		switch up := p.rows[k]; {
		case up.label == nil:
		case up.share && !share:
			labels = append(labels, objectsOf(up.label))
		default:
			labels = append(labels, up.label)
		}
	}
	if len(p.rows) == 1 && headingRow(cells) {
		if _, chapter := s.sectionOf(name); chapter {
			own.label = nil
		}
	}
	return labels
}

// objectsOf returns the label with nothing but what it counts.
func objectsOf(label *sentence) *sentence {
	bare := *label
	bare.objects = true
	return &bare
}

// leave goes back to where a row of the mark belongs and adds it there.
func (p *rowPath) leave(mark rowMark) {
	if mark == markTotal {
		p.rows = p.rows[:0]
	}
	for k := range p.rows {
		if p.rows[k].mark == mark {
			p.rows = p.rows[:k]
			break
		}
	}
	p.rows = append(p.rows, pathRow{mark: mark})
}

// markOf reads the mark of a row: "1", "1.1" (the same whatever the numbers), "IV", "B",
// "a", "-", "+".
func markOf(cells []cell, name string) rowMark {
	first := ""
	if len(cells) > 0 {
		first = cells[0].text
	}
	switch {
	case isTotalRow(cells, name):
		return markTotal
	case strings.HasPrefix(name, "+"), strings.HasPrefix(name, "*"):
		return rowMark(name[:1])
	case strings.HasPrefix(name, "-") && len(name) > 1:
		return "-"
	case first == "":
		return markMissing
	case hasPrefixAny(name, "trong đó"):
		return markMissing
	}
	if n := digitsLen(first); n > 0 {
		dots := 0
		for n < len(first)-1 && first[n] == '.' && digitsLen(first[n+1:]) > 0 {
			n += 1 + digitsLen(first[n+1:])
			dots++
		}
		return rowMark(strings.Repeat("1", dots+1))
	}
	if n := romanLen(first); n > 0 && (n == len(first) || first[n] == '.') {
		return rowMark("i" + strings.Repeat("1", strings.Count(first[n:], ".")))
	}
	if letter := strings.Trim(first, ".)("); len(letter) == 1 {
		return "a"
	}
	return markNone
}

// isDitto reports whether a cell of a unit of measure repeats the one above.
func isDitto(unit string) bool {
	switch unit {
	case "\"", "nt", "-", "như trên", "//":
		return true
	}
	return false
}

// isShare reports whether a unit of measure is a percentage.
func isShare(unit string) bool {
	return hasPrefixAny(unit, "%", "tỉ lệ")
}
