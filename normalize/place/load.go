// This file reads tables of units from the files a user gives.

package place

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Error is one fault in a file of units.
type Error struct {
	File string
	Line int
	Msg  string
}

func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg) }

// File is one file of units: its name for messages, and what is in it.
type File struct {
	Name   string
	Reader io.Reader
}

// maxFaults is how many faults are listed before the rest is only counted.
const maxFaults = 20

// Load reads files of units into one table. What several files say about one
// unit is put together. Three formats are known by how they begin:
//
//   - history: TSV with the columns code, full_name, parent_code, parent_level
//     (district or province), first_effective, gone_from (ISO dates; gone_from
//     may be empty). The earliest first_effective of the file is where the
//     record starts, not where the units do, and is taken as open.
//   - mergers: TSV with old_code, old_name, old_district_code, old_district,
//     old_province_code, old_province, new_code, new_name, new_province_code,
//     new_province, kind (full, partial, unchanged), and note if there is one:
//     the reform of 1 July 2025.
//   - a JSON list of provinces, each with Code, FullName and Wards (Code,
//     FullName, ProvinceCode): the units since the reform.
//
// The columns of the first two may also be separated by ";" or ",", as Excel
// saves them. Other columns are ignored. All faults of all files come back joined, each as
// an *Error with file and line; the table is then nil.
func Load(files ...File) (*Table, error) {
	l := &loader{byKey: make(map[string][]int), districts: make(map[string]parent), old: make(map[string]string), new: make(map[string]string)}
	for _, f := range files {
		if err := l.file(f); err != nil {
			return nil, fmt.Errorf("load units: %w", err)
		}
	}
	if len(l.faults) > 0 {
		errs := l.faults
		if rest := len(errs) - maxFaults; rest > 0 {
			errs = append(slices.Clone(errs[:maxFaults]), fmt.Errorf("and %d more faults", rest))
		}
		return nil, errors.Join(errs...)
	}
	return l.table(), nil
}

type parent struct{ name, provinceCode string }

type loader struct {
	units     []Unit
	levels    []Level // of the nearest parent of each unit
	byKey     map[string][]int
	edges     []loadedEdge
	districts map[string]parent
	old, new  map[string]string // names of provinces before and since the reform
	faults    []error
}

type loadedEdge struct {
	from, to int
	edge     edge
}

func (l *loader) fault(file string, line int, format string, args ...any) {
	l.faults = append(l.faults, &Error{file, line, fmt.Sprintf(format, args...)})
}

func (l *loader) file(f File) error {
	raw, err := io.ReadAll(f.Reader)
	if err != nil {
		return fmt.Errorf("read %s: %w", f.Name, err)
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	raw = norm.NFC.Bytes(raw)
	if body := bytes.TrimLeft(raw, " \t\r\n"); len(body) > 0 && body[0] == '[' {
		l.json(f.Name, raw)
		return nil
	}
	return l.tsv(f.Name, raw)
}

func (l *loader) tsv(file string, raw []byte) error {
	sc := bufio.NewScanner(bytes.NewReader(raw))
	sc.Buffer(nil, 1<<20)
	var columns []string
	var read func(line int, row map[string]string)
	var rows []historyRow
	var separator rune
	line := 0
	for sc.Scan() {
		line++
		text := strings.TrimSuffix(sc.Text(), "\r")
		if columns == nil {
			separator = separatorOf(text)
		}
		cells := cellsOf(text, separator)
		if columns == nil {
			columns = cells
			switch {
			case hasAll(columns, "code", "full_name", "parent_code", "parent_level", "first_effective", "gone_from"):
				read = func(line int, row map[string]string) {
					if h, ok := l.historyRow(file, line, row); ok {
						rows = append(rows, h)
					}
				}
			case hasAll(columns, "old_code", "old_name", "old_district_code", "old_district", "old_province_code", "old_province",
				"new_code", "new_name", "new_province_code", "new_province", "kind"):
				read = func(line int, row map[string]string) { l.merger(file, line, row) }
			default:
				l.fault(file, line, "the columns are neither those of a history (code, full_name, parent_code, parent_level, first_effective, gone_from) nor those of mergers (old_code, old_name, …, new_code, new_name, …, kind)")
				return nil
			}
			continue
		}
		if strings.TrimSpace(text) == "" {
			continue
		}
		if len(cells) != len(columns) {
			l.fault(file, line, "%d cells, want %d", len(cells), len(columns))
			continue
		}
		row := make(map[string]string, len(cells))
		for i, c := range cells {
			row[columns[i]] = strings.TrimSpace(c)
		}
		read(line, row)
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("read %s after line %d: %w", file, line, err)
	}
	if columns == nil {
		l.fault(file, 1, "the file is empty")
	}
	l.history(rows)
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

func hasAll(columns []string, want ...string) bool {
	return !slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(columns, w) })
}

// historyRow is one unit of a history, its dates as printed.
type historyRow struct {
	code, name, parentCode string
	level                  Level
	first, gone            string
}

func (l *loader) historyRow(file string, line int, row map[string]string) (historyRow, bool) {
	before := len(l.faults)
	l.need(file, line, row, "code", "full_name", "parent_code", "first_effective")
	l.date(file, line, row, "first_effective")
	l.date(file, line, row, "gone_from")
	h := historyRow{row["code"], tidy(row["full_name"]), row["parent_code"], NoLevel, row["first_effective"], row["gone_from"]}
	switch row["parent_level"] {
	case "district":
		h.level = District
	case "province":
		h.level = Province
	default:
		l.fault(file, line, "parent_level is %q, want district or province", row["parent_level"])
	}
	if h.gone != "" && h.gone <= h.first {
		l.fault(file, line, "gone_from %s is not after first_effective %s", h.gone, h.first)
	}
	return h, len(l.faults) == before
}

// history adds the rows of one file.
func (l *loader) history(rows []historyRow) {
	start := ""
	for _, h := range rows {
		if start == "" || h.first < start {
			start = h.first
		}
	}
	for _, h := range rows {
		u := Unit{Code: h.code, Name: h.name, ParentCodes: []string{h.parentCode}}
		if h.first != start {
			u.From = h.first
		}
		if h.gone != "" {
			u.To = dayBefore(h.gone)
		}
		l.add(u, h.level)
	}
}

// merger adds one line of the reform: both units and the step between them.
func (l *loader) merger(file string, line int, row map[string]string) {
	before := len(l.faults)
	l.need(file, line, row, "old_code", "old_name", "old_province_code", "old_province", "new_code", "new_name", "new_province_code", "new_province")
	kind := LinkKind(row["kind"])
	if kind != Full && kind != Partial && kind != Unchanged {
		l.fault(file, line, "kind is %q, want full, partial or unchanged", row["kind"])
	}
	if len(l.faults) > before {
		return
	}
	old := Unit{Code: row["old_code"], Name: tidy(row["old_name"]), To: dayBefore(Reform)}
	level := Province
	if code := row["old_district_code"]; code != "" {
		old.ParentCodes = append(old.ParentCodes, code)
		l.districts[code] = parent{tidy(row["old_district"]), row["old_province_code"]}
		level = District
	}
	old.ParentCodes = append(old.ParentCodes, row["old_province_code"])
	l.old[row["old_province_code"]] = tidy(row["old_province"])
	l.new[row["new_province_code"]] = tidy(row["new_province"])
	from := l.add(old, level)
	to := l.add(Unit{Code: row["new_code"], Name: tidy(row["new_name"]), From: Reform, ParentCodes: []string{row["new_province_code"]}}, Province)
	l.edges = append(l.edges, loadedEdge{from, to, edge{kind: kind, note: row["note"]}})
}

// json adds the units of a current list.
func (l *loader) json(file string, raw []byte) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	lineNow := func() int { return 1 + bytes.Count(raw[:min(int(dec.InputOffset()), len(raw))], []byte("\n")) }
	if _, err := dec.Token(); err != nil {
		l.fault(file, lineNow(), "%v", err)
		return
	}
	for dec.More() {
		var p struct {
			Code, FullName string
			Wards          []struct{ Code, FullName, ProvinceCode string }
		}
		if err := dec.Decode(&p); err != nil {
			l.fault(file, lineNow(), "%v", err)
			return
		}
		line := lineNow()
		if p.Code == "" || p.FullName == "" {
			l.fault(file, line, "a province without Code or FullName ends here")
			continue
		}
		l.new[p.Code] = tidy(p.FullName)
		for i, w := range p.Wards {
			switch {
			case w.Code == "" || w.FullName == "":
				l.fault(file, line, "unit %d of %s has no Code or no FullName", i+1, p.FullName)
			case w.ProvinceCode != "" && w.ProvinceCode != p.Code:
				l.fault(file, line, "%s has ProvinceCode %s but stands under %s", w.FullName, w.ProvinceCode, p.Code)
			default:
				// Communes stand directly under a province only since the reform.
				l.add(Unit{Code: w.Code, Name: tidy(w.FullName), From: Reform, ParentCodes: []string{p.Code}}, Province)
			}
		}
	}
	if _, err := dec.Token(); err != nil {
		l.fault(file, lineNow(), "%v", err)
	}
}

func (l *loader) need(file string, line int, row map[string]string, columns ...string) {
	for _, c := range columns {
		if row[c] == "" {
			l.fault(file, line, "%s is empty", c)
		}
	}
}

func (l *loader) date(file string, line int, row map[string]string, column string) {
	if v := row[column]; v != "" {
		if _, err := time.Parse(time.DateOnly, v); err != nil {
			l.fault(file, line, "%s is %q, want a date such as 2025-07-01", column, v)
		}
	}
}

// add puts a unit into the list, or what is new about it into one that is there
// already: same code, name and parent, at overlapping times.
func (l *loader) add(u Unit, level Level) int {
	key := u.Code + "\t" + Key(u.Name) + "\t" + level.String() + "\t" + u.ParentCodes[0]
	for _, i := range l.byKey[key] {
		have := &l.units[i]
		if have.To != "" && u.From != "" && have.To < u.From || u.To != "" && have.From != "" && u.To < have.From {
			continue
		}
		if have.From == "" {
			have.From = u.From
		}
		if have.To == "" {
			have.To = u.To
		}
		// Of two spellings (Hoà, Hòa) one is kept, whichever file came first.
		have.Name = min(have.Name, u.Name)
		if len(u.ParentCodes) > len(have.ParentCodes) {
			have.ParentCodes = u.ParentCodes
		}
		return i
	}
	l.units = append(l.units, u)
	l.levels = append(l.levels, level)
	l.byKey[key] = append(l.byKey[key], len(l.units)-1)
	return len(l.units) - 1
}

// table gives the units the names of their parents, adds the districts and
// provinces that were named, and builds the indexes.
func (l *loader) table() *Table {
	for i := range l.units {
		u := &l.units[i]
		u.Level = Commune
		names, other := l.old, l.new
		if u.From >= Reform {
			names, other = l.new, l.old
		}
		u.Parents = nil
		codes := u.ParentCodes
		if l.levels[i] == District {
			d := l.districts[codes[0]]
			if len(codes) == 1 && d.provinceCode != "" {
				codes = []string{codes[0], d.provinceCode}
			}
			if d.name != "" {
				u.Parents = append(u.Parents, d.name)
			}
		}
		if u.ParentCodes = codes; l.levels[i] == Province || len(codes) > 1 {
			code := codes[len(codes)-1]
			if name := cmp.Or(names[code], other[code]); name != "" {
				u.Parents = append(u.Parents, name)
			}
		}
	}
	steps := make([]Step, len(l.edges))
	for i, e := range l.edges {
		steps[i] = Step{e.from, e.to, e.edge.kind, e.edge.note}
	}
	return New(append(l.units, l.above()...), steps)
}

// above makes units of the districts, which the reform abolished, and of the
// provinces before and after it.
func (l *loader) above() []Unit {
	var out []Unit
	for _, code := range slices.Sorted(maps.Keys(l.districts)) {
		d := l.districts[code]
		u := Unit{Code: code, Name: d.name, Level: District, To: dayBefore(Reform), ParentCodes: []string{d.provinceCode}}
		if name := l.old[d.provinceCode]; name != "" {
			u.Parents = []string{name}
		}
		out = append(out, u)
	}
	for _, code := range slices.Sorted(maps.Keys(l.old)) {
		u := Unit{Code: code, Name: l.old[code], Level: Province, To: dayBefore(Reform)}
		if Key(l.new[code]) == Key(u.Name) {
			u.To = ""
		}
		out = append(out, u)
	}
	for _, code := range slices.Sorted(maps.Keys(l.new)) {
		if Key(l.new[code]) != Key(l.old[code]) {
			u := Unit{Code: code, Name: l.new[code], Level: Province}
			if len(l.old) > 0 {
				u.From = Reform
			}
			out = append(out, u)
		}
	}
	return out
}

// tidy collapses white space and gives the type its canonical capitals ("xã Bắc
// Sơn", "Thị Trấn X"); a name that is a number loses its leading zeros.
func tidy(name string) string {
	typ, bare := Split(name)
	if typ == "" {
		return bare
	}
	if n, ok := number(bare); ok && bare[0] <= '9' {
		bare = strconv.Itoa(n)
	}
	return string(typ) + " " + bare
}

func dayBefore(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return t.AddDate(0, 0, -1).Format(time.DateOnly)
}
