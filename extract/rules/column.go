// This file reads the header of a table: which rows it takes and what each column is called
// through all of them.

package rules

import (
	"slices"
	"strings"

	"baocao/normalize/vntext"
)

// headerRows counts the rows before the first row of values.
func headerRows(rows [][]cell) int {
	if len(rows) > 1 && wholeHeader(rows[0]) && len(rows[1]) > 1 && rows[1][0].text != "" && rows[1][1].text != "" && !isIndexRow(rows[1]) {
		return 1
	}
	for i, r := range rows {
		if isIndexRow(r) || i > 0 && numberedHeading(r) {
			return i
		}
		numbers, texts := 0, 0
		for c, cell := range r {
			if cell.text == "" {
				continue
			}
			if numeric(cell) {
				if c > 0 {
					numbers++
				}
			} else {
				texts++
			}
		}
		first := len(r) > 0 && numeric(r[0]) && len(r[0].text) <= 4
		if numbers > 0 && (numbers >= texts || first || texts <= 2) {
			if i == 0 && texts > numbers+1 {
				continue
			}
			return i
		}
		if i >= 5 {
			return 1
		}
	}
	return min(1, len(rows))
}

// wholeHeader reports whether a row is a header by itself: words in every cell, so that
// none of them goes on in the row below.
func wholeHeader(r []cell) bool {
	return len(r) > 1 && !slices.ContainsFunc(r, func(c cell) bool { return c.text == "" || numeric(c) })
}

// numberedHeading reports whether a row is a chapter of the table: "I | CHỈ ĐẠO, ĐIỀU
// HÀNH | | ".
func numberedHeading(r []cell) bool {
	if len(r) < 3 || r[0].text == "" || !headingRow(r) {
		return false
	}
	n := max(digitsLen(r[0].text), romanLen(r[0].text))
	return n > 0 && (n == len(r[0].text) || r[0].text[n] == '.') || len(r[0].text) == 1
}

// column is what the header says about one column.
type column struct {
	text    string
	parts   []*sentence   // header cells, the lowest first
	about   vntext.Period // that its head names
	ordinal bool          // STT
	label   bool          // nội dung, chỉ tiêu, lĩnh vực
	unit    bool          // đơn vị tính
	note    bool          // ghi chú
	change  bool          // so với cùng kỳ
	share   bool          // the share of what the column before it counts
	settled bool          // stands among those of what was resolved, by deadline
	percent bool          // "Tỷ lệ (%)"
}

// columnPaths joins the header cells above each column, a merged cell's text
// counting for all the columns it spans.
func (s *Set) columnPaths(head [][]cell, width int) []column {
	group := make([]int, width) // columns with the same id belong to one cell above
	cols := make([]column, width)
	parts := make([][]string, width)
	for _, row := range head {
		text, owner := "", -1
		next := make([]int, width)
		for c := 0; c < width; c++ {
			cur := ""
			if c < len(row) {
				cur = row[c].text
			}
			if cur != "" {
				text, owner = cur, c
			} else if owner < 0 || group[c] != group[owner] || vertical(parts, c, owner) {
				text, owner = "", -1
			}
			if text != "" {
				parts[c] = append(parts[c], text)
			}
			next[c] = group[c]*64 + owner + 1
		}
		group = next
	}
	for c := range cols {
		cols[c].text = strings.Join(parts[c], " ; ")
		for i := len(parts[c]) - 1; i >= 0; i-- { // the lowest header cell speaks first
			part := s.phrase(parts[c][i])
			cols[c].parts = append(cols[c].parts, part)
			for _, t := range part.tokens {
				if t.Kind == vntext.TokPeriod && cols[c].about.Kind == 0 {
					cols[c].about = aboutOf(t, vntext.Period{})
				}
			}
		}
		lowest := cols[c].text
		if n := len(parts[c]); n > 0 {
			lowest = parts[c][n-1]
		}
		cols[c].percent = strings.Contains(lowest, "%") && (strings.Contains(lowest, "tỉ lệ") || len(lowest) < 8) || len(parts[c]) > 0 && bareShare(parts[c][len(parts[c])-1])
		switch {
		case isOrdinalHead(lowest):
			cols[c].ordinal = true
		case hasPrefixAny(lowest, "đơn vị tính", "đvt", "đv tính", "đơn vị đo") || lowest == "đơn vị":
			cols[c].unit = true
		case hasPrefixAny(lowest, "ghi chú"):
			cols[c].note = true
		case hasPrefixAny(lowest, "so sánh", "tăng", "giảm", "chênh lệch", "tỉ lệ tăng", "% tăng", "(+/-)", "+/-"),
			containsAny(lowest, "so với", "/kế hoạch", "% kế hoạch", "/kh") && !strings.Contains(lowest, "so với tổng"):
			cols[c].change = true
		case hasPrefixAny(lowest, "nội dung", "chỉ tiêu", "tiêu chí", "lĩnh vực", "ngành, lĩnh vực", "ngành lĩnh vực", "tên", "danh mục", "cơ quan", "đơn vị", "loại", "chỉ số", "nhiệm vụ"):
			cols[c].label = true
		}
	}
	s.bareInPeriod(cols)
	s.bareShares(cols)
	s.wholes(cols)
	for c := 1; c < width; c++ {
		before := s.frameOf(&cols[c-1])
		cols[c].settled = s.inTime(&before)
	}
	return cols
}

// countRows marks the first column as that of row numbers where its head does not say so,
// but its cells count 1, 2, 3.
func countRows(cols []column, rows [][]cell) {
	if len(cols) < 3 || cols[0].ordinal || cols[0].label {
		return
	}
	next := 1
	for _, r := range rows {
		if len(r) == 0 || r[0].text == "" || isIndexRow(r) {
			continue
		}
		if digitsLen(r[0].text) != len(strings.Trim(r[0].text, ".")) {
			if next > 1 {
				continue // a row of totals
			}
			return
		}
		if atoi(r[0].text) != next {
			return
		}
		next++
	}
	cols[0].ordinal = next > 3
}

// bareShares reads a column called "Tỷ lệ (%)" as the share of what the column before
// it counts, and one called "Số tiền" as the amount paid for that.
func (s *Set) bareShares(cols []column) {
	for i := 1; i < len(cols); i++ {
		c, left := &cols[i], &cols[i-1]
		if len(c.parts) == 0 || left.ordinal || left.label || left.unit {
			continue
		}
		switch {
		case bareShare(c.parts[0].text):
			if f := s.frameOf(left); i > 1 && int(f.v[s.well.attr]) == s.values[s.well.attr]["must"] {
				left = &cols[i-2] // the share of what had to be done, of what was done
			}
			c.parts, c.share = s.shareOf(left), true
		case bareAmount(c.parts[0].text):
			if left.percent && i > 1 {
				left = &cols[i-2]
			}
			c.parts = append(c.parts[:1:1], left.parts...)
		}
	}
}

// shareOf gives what a share of a column is said of. Beside columns of what was early,
// on time and late it is the share of all that was resolved in time.
func (s *Set) shareOf(left *column) []*sentence {
	f := s.frameOf(left)
	switch {
	case f.v[s.well.time] != 0:
		return []*sentence{s.phrase("giải quyết")}
	case int(f.v[s.well.ch]) == s.values[s.well.ch]["online"]:
		return []*sentence{s.phrase("trực tuyến")}
	}
	return left.parts
}

// inTime reports whether a row or column counts what was resolved early or on time.
// "Quá hạn" beside it is resolved too.
func (s *Set) inTime(f *frame) bool {
	act, time := f.v[s.well.act], int(f.v[s.well.time])
	return (act == 0 || int(act) == s.values[s.well.act]["resolve"]) && time != 0 && time != s.values[s.well.time]["late"] && time != s.values[s.well.time]["due"]
}

// frameOf gives what the head of a column says.
func (s *Set) frameOf(c *column) frame { return s.frameOfAll(c.parts...) }

// frameOfAll gives what labels or headers say together, the first first.
func (s *Set) frameOfAll(parts ...*sentence) frame {
	f := frame{}
	for _, obj := range []bool{true, false} {
		for _, part := range parts {
			s.fillAll(part, &f, fromNear, obj)
		}
	}
	return f
}

// wholes reads "Tổng số" among the dossiers received, where a column beside it below
// the same head holds those carried over, as all that are to be settled.
func (s *Set) wholes(cols []column) {
	act := s.well.act
	for i := range cols {
		c := &cols[i]
		if len(c.parts) < 2 || !isTotalLabel(c.parts[0].text) {
			continue
		}
		head := c.parts[len(c.parts)-1].text
		if f := s.frameOf(c); int(f.v[act]) != s.values[act]["receive"] {
			continue
		}
		for j := i + 1; j < len(cols) && len(cols[j].parts) > 0 && cols[j].parts[len(cols[j].parts)-1].text == head; j++ {
			if g := s.frameOf(&cols[j]); int(g.v[act]) == s.values[act]["carry"] {
				c.parts = append([]*sentence{s.phrase("phải giải quyết")}, c.parts...)
				break
			}
		}
	}
}

// bareInPeriod takes "trong kỳ" for the dossiers received in the period only
// beside a column of those carried over; beside "lũy kế" it is the period itself.
func (s *Set) bareInPeriod(cols []column) {
	act := s.well.act
	carry := s.values[act]["carry"]
	for _, c := range cols {
		for _, part := range c.parts {
			for _, h := range part.hits {
				for _, a := range s.lexicon[s.owner[h.pattern]].set {
					if a.slot == act && a.value == carry {
						return
					}
				}
			}
		}
	}
	for _, c := range cols {
		for _, part := range c.parts {
			if hasPrefixAny(part.text, "trong kỳ", "trong tháng", "trong quý", "trong năm") {
				part.hits = nil
			}
		}
	}
}

// vertical reports whether column c has no header cell of its own yet while the
// cell to its left has: then an empty cell is the lower part of a vertical merge.
func vertical(parts [][]string, c, owner int) bool {
	return len(parts[c]) != len(parts[owner])-boolInt(c > owner) && len(parts[c]) > len(parts[owner])
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// isOrdinalHead reports whether a column is called that of row numbers.
func isOrdinalHead(head string) bool {
	switch strings.Trim(head, " .()") {
	case "stt", "tt", "số tt", "số thứ tự", "s tt", "s.tt", "thứ tự", "#":
		return true
	}
	return false
}

func containsAny(s string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

func hasPrefixAny(s string, prefixes ...string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// listsCommunes reports whether the rows are communes, and marks the column of their
// names, which may be headed "Đơn vị" as a column of units of measure is.
func listsCommunes(cols []column, rows [][]cell) bool {
	for c := 0; c < min(len(cols), 3); c++ {
		named := 0
		for _, r := range rows {
			if c < len(r) && hasPrefixAny(r[c].text, "xã ", "phường ", "thị trấn ", "đặc khu ", "ubnd xã ", "ubnd phường ", "ubnd thị trấn ") {
				named++
			}
		}
		if named > 1 && 2*named > len(rows) {
			cols[c].unit, cols[c].label = false, true
			return true
		}
	}
	return false
}

// headsUnits reports whether the rows are units or departments, whose counts
// are not the reporting unit's own.
func (s *Set) headsUnits(head [][]cell) bool {
	for _, row := range head {
		for c, cell := range row {
			if c > 2 {
				break
			}
			if hasPrefixAny(cell.text, "cơ quan", "tên đơn vị", "tên cơ quan", "đơn vị, bộ phận", "bộ phận", "phòng, ban", "phòng ban", "phòng, đơn vị", "thôn", "tên thôn", "đơn vị trực thuộc", "tên xã", "xã, phường", "đơn vị hành chính") {
				return true
			}
		}
	}
	return false
}
