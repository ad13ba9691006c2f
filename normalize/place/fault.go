// This file says what is wrong with a file of units, and where.

package place

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Error is one fault in a file of units.
type Error struct {
	File   string
	Sheet  string // of a workbook, "" in a text
	Line   int    // or row of the sheet, from 1; 0 where the file as a whole is meant
	Column int    // from 1; 0 where the whole line is meant
	Msg    string // English
	MsgVI  string
}

// Error gives the place and the fault in English.
func (e *Error) Error() string {
	at := e.File
	switch {
	case e.Sheet != "":
		at += ", sheet " + e.Sheet
		if e.Line > 0 {
			at += fmt.Sprintf(", row %d", e.Line)
		}
		if e.Column > 0 {
			at += ", column " + columnName(e.Column)
		}
	case e.Line > 0:
		at += fmt.Sprintf(":%d", e.Line)
		if e.Column > 0 {
			at += fmt.Sprintf(":%d", e.Column)
		}
	}
	return at + ": " + e.Msg
}

// Vietnamese gives the place and the fault in Vietnamese.
func (e *Error) Vietnamese() string {
	at := e.File
	if e.Sheet != "" {
		at += ", trang " + e.Sheet
	}
	if e.Line > 0 {
		at += fmt.Sprintf(", dòng %d", e.Line)
	}
	if e.Column > 0 {
		name := fmt.Sprint(e.Column)
		if e.Sheet != "" {
			name = columnName(e.Column)
		}
		at += ", cột " + name
	}
	return at + ": " + e.MsgVI
}

// Faults is what Load gives where files have faults: the first of them, and how
// many there are besides.
type Faults struct {
	List []*Error
	More int
}

// Error gives the faults in English, one a line.
func (f *Faults) Error() string {
	return f.lines((*Error).Error, "and %d more faults")
}

// Vietnamese gives the faults in Vietnamese, one a line.
func (f *Faults) Vietnamese() string {
	return f.lines((*Error).Vietnamese, "và %d lỗi nữa")
}

// Unwrap gives the faults to errors.As.
func (f *Faults) Unwrap() []error {
	out := make([]error, len(f.List))
	for i, e := range f.List {
		out[i] = e
	}
	return out
}

func (f *Faults) lines(of func(*Error) string, more string) string {
	var out []string
	for _, e := range f.List {
		out = append(out, of(e))
	}
	if f.More > 0 {
		out = append(out, fmt.Sprintf(more, f.More))
	}
	return strings.Join(out, "\n")
}

// columnName is the letter of a column of a sheet.
func columnName(n int) string {
	name, err := excelize.ColumnNumberToName(n)
	if err != nil {
		return fmt.Sprint(n)
	}
	return name
}

// spot is a place in a file.
type spot struct {
	file, sheet  string
	line, column int
}

// maxFaults is how many faults are listed before the rest is only counted.
const maxFaults = 20

func (l *loader) fault(at spot, vi, en string, args ...any) {
	l.faults = append(l.faults, &Error{at.file, at.sheet, at.line, at.column, fmt.Sprintf(en, args...), fmt.Sprintf(vi, args...)})
}
