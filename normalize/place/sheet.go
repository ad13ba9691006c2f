// This file reads tables of units out of text files and workbooks, row by row.

package place

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"baocao/normalize/vntext"
)

// tableRow is one row under a header.
type tableRow struct {
	spot
	columns map[string]int // where each column that is known stands
	titles  []string       // as the header writes them
	cells   []string
}

// value is the cell of a column, "" where the table has no such column.
func (r tableRow) value(column string) string {
	if i, ok := r.columns[column]; ok && i < len(r.cells) {
		return strings.TrimSpace(r.cells[i])
	}
	return ""
}

func (r tableRow) has(column string) bool { _, ok := r.columns[column]; return ok }

// at is the place of a cell.
func (r tableRow) at(column string) spot {
	here := r.spot
	if i, ok := r.columns[column]; ok {
		here.column = i + 1
	}
	return here
}

// title is what the header calls a column.
func (r tableRow) title(column string) string {
	if i, ok := r.columns[column]; ok {
		return r.titles[i]
	}
	return column
}

// form is a kind of table, known by the columns it must have.
type form struct {
	columns []string
	take    func(*loader, tableRow, *[]historyRow)
}

func forms() []form {
	return []form{
		{[]string{"code", "full_name", "parent_code", "parent_level", "first_effective", "gone_from"}, func(l *loader, r tableRow, history *[]historyRow) {
			if h, ok := l.historyRow(r); ok {
				*history = append(*history, h)
			}
		}},
		{[]string{"old_code", "old_name", "old_district_code", "old_district", "old_province_code", "old_province", "new_code", "new_name", "new_province_code", "new_province", "kind"},
			func(l *loader, r tableRow, _ *[]historyRow) { l.merger(r) }},
		{[]string{"commune_code", "commune_name", "province_code", "province_name"}, func(l *loader, r tableRow, _ *[]historyRow) { l.listed(r) }},
	}
}

// listTitles are the headers of published lists, without accents, by the column
// they mean.
func listTitles() map[string][]string {
	return map[string][]string{
		"commune_code":  {"ma px", "ma phuong xa", "ma xa", "ma cap xa"},
		"commune_name":  {"phuong xa", "ten phuong xa", "ten xa", "ten cap xa", "xa phuong", "phuong xa dac khu", "xa phuong dac khu"},
		"district_code": {"ma qh", "ma quan huyen", "ma huyen", "ma cap huyen"},
		"district_name": {"quan huyen", "ten quan huyen", "ten huyen", "ten cap huyen"},
		"province_code": {"ma tp", "ma tinh", "ma tinh tp", "ma tinh thanh pho", "ma cap tinh"},
		"province_name": {"tinh thanh pho", "tinh tp", "ten tinh", "ten tinh tp", "ten tinh thanh pho", "ten cap tinh"},
	}
}

// codeDigits is how many digits codes of the country have, by column. A workbook
// that keeps them as numbers has lost the zeros in front.
func codeDigits(column string, level string) int {
	switch column {
	case "code", "old_code", "new_code", "commune_code":
		return 5
	case "old_district_code", "district_code":
		return 3
	case "old_province_code", "new_province_code", "province_code":
		return 2
	case "parent_code":
		if level == "province" {
			return 2
		}
		return 3
	}
	return 0
}

// formOf finds the form of which a row is the header, and where its columns stand.
func formOf(header []string) (form, map[string]int, bool) {
	columns := make(map[string]int)
	put := func(name string, i int) {
		if _, ok := columns[name]; !ok {
			columns[name] = i
		}
	}
	known := listTitles()
	for i, title := range header {
		title = strings.TrimSpace(title)
		put(title, i)
		plain := strings.Join(strings.Fields(strings.NewReplacer("/", " ", "-", " ", ",", " ", "(", " ", ")", " ").Replace(vntext.Plain(title))), " ")
		for column, titles := range known {
			if slices.Contains(titles, plain) {
				put(column, i)
			}
		}
	}
	for _, f := range forms() {
		if !slices.ContainsFunc(f.columns, func(c string) bool { _, ok := columns[c]; return !ok }) {
			return f, columns, true
		}
	}
	return form{}, nil, false
}

// unknownHeader is the fault of a table of which no form is known.
func (l *loader) unknownHeader(at spot) {
	l.fault(at, "không nhận ra các cột; cần một dòng tiêu đề có mã và tên xã, mã và tên tỉnh (Mã PX, Phường Xã, Mã TP, Tỉnh Thành Phố), hoặc code, full_name, parent_code, parent_level, first_effective, gone_from, hoặc old_code, old_name, …, new_code, new_name, …, kind",
		"the columns are neither those of a history (code, full_name, parent_code, parent_level, first_effective, gone_from) nor those of mergers (old_code, old_name, …, new_code, new_name, …, kind) nor those of a list (Mã PX, Phường Xã, Mã TP, Tỉnh Thành Phố)")
}

// text reads a table of which a line is a row.
func (l *loader) text(file string, raw []byte) error {
	sc := bufio.NewScanner(bytes.NewReader(raw))
	sc.Buffer(nil, 1<<20)
	var f form
	var row tableRow
	var history []historyRow
	var separator rune
	here := spot{file: file}
	for sc.Scan() {
		here.line++
		text := strings.TrimSuffix(sc.Text(), "\r")
		if row.columns == nil {
			separator = separatorOf(text)
			row.titles = cellsOf(text, separator)
			var ok bool
			if f, row.columns, ok = formOf(row.titles); !ok {
				l.unknownHeader(here)
				return nil
			}
			continue
		}
		if strings.TrimSpace(text) == "" {
			continue
		}
		row.spot, row.cells = here, cellsOf(text, separator)
		if len(row.cells) != len(row.titles) {
			l.fault(here, "có %d ô, phải là %d như dòng tiêu đề", "%d cells, want %d as in the header", len(row.cells), len(row.titles))
			continue
		}
		f.take(l, row, &history)
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("read %s after line %d: %w", file, here.line, err)
	}
	if here.line == 0 {
		l.fault(spot{file: file, line: 1}, "tệp không có gì", "the file is empty")
	}
	l.history(history)
	return nil
}

// separatorOf finds what stands between the columns of a header: a tab, or the
// semicolon or comma with which Excel saves.
func separatorOf(header string) rune {
	for _, r := range "\t;" {
		if strings.ContainsRune(header, r) {
			return r
		}
	}
	if strings.Contains(header, ",") {
		return ','
	}
	return '\t'
}

// cellsOf parts a line; a cell in quotes may hold the separator.
func cellsOf(line string, separator rune) []string {
	if separator == '\t' {
		return strings.Split(line, "\t")
	}
	r := csv.NewReader(strings.NewReader(line))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = separator, true, -1
	cells, err := r.Read()
	if err != nil {
		return []string{line}
	}
	return cells
}

// isWorkbook says whether a file is a zip archive, which no text begins like.
func isWorkbook(raw []byte) bool { return bytes.HasPrefix(raw, []byte("PK\x03\x04")) }

// Bounds of a workbook: the list of the whole country has some two megabytes.
const (
	mostUnzipped = 256 << 20 // of all parts
	headerRows   = 20        // within which the header stands
)

// workbook reads the sheets that are tables of units.
func (l *loader) workbook(file string, raw []byte) {
	book, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{UnzipSizeLimit: mostUnzipped})
	if err != nil {
		l.fault(spot{file: file}, "không mở được như tệp Excel (.xlsx): %v; mở bằng Excel rồi lưu lại dạng .xlsx hoặc .csv",
			"this cannot be opened as an Excel workbook (.xlsx): %v; open it in Excel and save it as .xlsx or .csv", err)
		return
	}
	defer book.Close() // it was read from memory
	known := false
	for _, sheet := range book.GetSheetList() {
		shown, err := book.GetRows(sheet)
		if err != nil {
			l.fault(spot{file: file, sheet: sheet}, "không đọc được trang này: %v", "the sheet cannot be read: %v", err)
			known = true
			continue
		}
		stored, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			l.fault(spot{file: file, sheet: sheet}, "không đọc được trang này: %v", "the sheet cannot be read: %v", err)
			known = true
			continue
		}
		known = l.sheet(spot{file: file, sheet: sheet}, shown, stored) || known
	}
	if !known {
		l.unknownHeader(spot{file: file, sheet: book.GetSheetName(0), line: 1})
	}
}

// sheet reads the rows of one sheet, as they are shown and as they are stored, and
// says whether it is a table of units.
func (l *loader) sheet(here spot, shown, stored [][]string) bool {
	var f form
	var row tableRow
	var history []historyRow
	for i, cells := range shown {
		for c := range cells {
			cells[c] = norm.NFC.String(cells[c])
		}
		here.line = i + 1
		if row.columns == nil {
			if i == headerRows {
				return false
			}
			row.titles = cells
			f, row.columns, _ = formOf(cells)
			continue
		}
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		row.spot, row.cells = here, cells
		for column, c := range row.columns {
			if c < len(cells) && i < len(stored) && c < len(stored[i]) {
				cells[c] = spelled(column, row.value("parent_level"), cells[c], stored[i][c])
			}
		}
		f.take(l, row, &history)
	}
	l.history(history)
	return row.columns != nil
}

// spelled gives a cell as a text file would have it: a date in ISO form, a code
// with the zeros in front that a number cannot have.
func spelled(column, parentLevel, shown, stored string) string {
	shown = strings.TrimSpace(shown)
	if column == "first_effective" || column == "gone_from" {
		if day, err := strconv.ParseFloat(stored, 64); err == nil {
			if t, err := excelize.ExcelDateToTime(day, false); err == nil {
				return t.Format(time.DateOnly)
			}
		}
		return shown
	}
	if n := codeDigits(column, parentLevel); n > len(shown) && shown != "" && shown == stored {
		if _, err := strconv.ParseUint(shown, 10, 32); err == nil {
			return strings.Repeat("0", n-len(shown)) + shown
		}
	}
	return shown
}
