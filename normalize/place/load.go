// This file makes a table of units out of the rows of files.

package place

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"

	"golang.org/x/text/unicode/norm"
)

// File is one file of units: its name for messages, and what is in it.
type File struct {
	Name   string
	Reader io.Reader
}

// Load reads files of units into one table. What several files say about one
// unit is put together. Four forms are known by what they begin with:
//
//   - history: a table with the columns code, full_name, parent_code, parent_level
//     (district or province), first_effective, gone_from (ISO dates; gone_from
//     may be empty). The earliest first_effective of the file is where the
//     record starts, not where the units do, and is taken as open.
//   - mergers: a table with old_code, old_name, old_district_code, old_district,
//     old_province_code, old_province, new_code, new_name, new_province_code,
//     new_province, kind (full, partial, unchanged), and note if there is one:
//     the reform of 1 July 2025.
//   - list: a table with code and name of a commune and of its province, as the
//     Statistics Office publishes it ("Mã PX", "Phường Xã", "Mã TP", "Tỉnh Thành
//     Phố"); with districts ("Mã QH", "Quận Huyện") these are the units until the
//     reform, without them those since.
//   - a JSON list of provinces, each with Code, FullName and Wards (Code,
//     FullName, ProvinceCode): the units since the reform.
//
// A table is a text file with its columns separated by tabs, ";" or ",", or a
// sheet of an Excel workbook, where lines may stand above its header; sheets
// without such a header are left out if another one has it. Other columns are
// ignored. All faults of all files come back as *Faults; the table is then nil.
func Load(files ...File) (*Table, error) {
	l := &loader{byKey: make(map[string][]int), districts: make(map[string]parent), old: make(map[string]string), new: make(map[string]string)}
	for _, f := range files {
		if err := l.file(f); err != nil {
			return nil, fmt.Errorf("load units: %w", err)
		}
	}
	if n := len(l.faults); n > 0 {
		shown := min(n, maxFaults)
		return nil, &Faults{l.faults[:shown], n - shown}
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
	faults    []*Error
}

type loadedEdge struct {
	from, to int
	edge     edge
}

func (l *loader) file(f File) error {
	raw, err := io.ReadAll(f.Reader)
	if err != nil {
		return fmt.Errorf("read %s: %w", f.Name, err)
	}
	if isWorkbook(raw) {
		l.workbook(f.Name, raw)
		return nil
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	raw = norm.NFC.Bytes(raw)
	if body := bytes.TrimLeft(raw, " \t\r\n"); len(body) > 0 && body[0] == '[' {
		l.json(f.Name, raw)
		return nil
	}
	return l.text(f.Name, raw)
}

// historyRow is one unit of a history, its dates as printed.
type historyRow struct {
	code, name, parentCode string
	level                  Level
	first, gone            string
}

func (l *loader) historyRow(row tableRow) (historyRow, bool) {
	before := len(l.faults)
	l.need(row, "code", "full_name", "parent_code", "first_effective")
	l.date(row, "first_effective")
	l.date(row, "gone_from")
	h := historyRow{row.value("code"), tidy(row.value("full_name")), row.value("parent_code"), NoLevel, row.value("first_effective"), row.value("gone_from")}
	switch level := row.value("parent_level"); level {
	case "district":
		h.level = District
	case "province":
		h.level = Province
	default:
		l.fault(row.at("parent_level"), "parent_level là %q; phải là district hoặc province", "parent_level is %q, want district or province", level)
	}
	if h.gone != "" && h.gone <= h.first {
		l.fault(row.at("gone_from"), "gone_from %s không sau first_effective %s; xem lại hai ngày này", "gone_from %s is not after first_effective %s", h.gone, h.first)
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
func (l *loader) merger(row tableRow) {
	before := len(l.faults)
	l.need(row, "old_code", "old_name", "old_province_code", "old_province", "new_code", "new_name", "new_province_code", "new_province")
	kind := LinkKind(row.value("kind"))
	if kind != Full && kind != Partial && kind != Unchanged {
		l.fault(row.at("kind"), "kind là %q; phải là full (nhập toàn bộ), partial (nhập một phần) hoặc unchanged (giữ nguyên)", "kind is %q, want full, partial or unchanged", kind)
	}
	if len(l.faults) > before {
		return
	}
	old := Unit{Code: row.value("old_code"), Name: tidy(row.value("old_name")), To: dayBefore(Reform)}
	level := Province
	oldProvince, newProvince := row.value("old_province_code"), row.value("new_province_code")
	if code := row.value("old_district_code"); code != "" {
		old.ParentCodes = append(old.ParentCodes, code)
		l.districts[code] = parent{tidy(row.value("old_district")), oldProvince}
		level = District
	}
	old.ParentCodes = append(old.ParentCodes, oldProvince)
	l.old[oldProvince] = tidy(row.value("old_province"))
	l.new[newProvince] = tidy(row.value("new_province"))
	from := l.add(old, level)
	to := l.add(Unit{Code: row.value("new_code"), Name: tidy(row.value("new_name")), From: Reform, ParentCodes: []string{newProvince}}, Province)
	l.edges = append(l.edges, loadedEdge{from, to, edge{kind: kind, note: row.value("note")}})
}

// listed adds one line of a list: with a district a commune until the reform,
// without one a commune since.
func (l *loader) listed(row tableRow) {
	before := len(l.faults)
	l.need(row, "commune_code", "commune_name", "province_code", "province_name")
	districts := row.has("district_code")
	if districts {
		l.need(row, "district_code", "district_name")
	}
	if len(l.faults) > before {
		return
	}
	code, province := row.value("province_code"), tidy(row.value("province_name"))
	u := Unit{Code: row.value("commune_code"), Name: tidy(row.value("commune_name"))}
	if !districts {
		l.new[code] = province
		u.From, u.ParentCodes = Reform, []string{code}
		l.add(u, Province)
		return
	}
	l.old[code] = province
	l.districts[row.value("district_code")] = parent{tidy(row.value("district_name")), code}
	u.To, u.ParentCodes = dayBefore(Reform), []string{row.value("district_code"), code}
	l.add(u, District)
}

// json adds the units of a current list.
func (l *loader) json(file string, raw []byte) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	lineNow := func() int { return 1 + bytes.Count(raw[:min(int(dec.InputOffset()), len(raw))], []byte("\n")) }
	broken := func(err error) {
		l.fault(spot{file: file, line: lineNow()}, "không phải JSON hợp lệ: %v", "this is no valid JSON: %v", err)
	}
	if _, err := dec.Token(); err != nil {
		broken(err)
		return
	}
	for dec.More() {
		var p struct {
			Code, FullName string
			Wards          []struct{ Code, FullName, ProvinceCode string }
		}
		if err := dec.Decode(&p); err != nil {
			broken(err)
			return
		}
		here := spot{file: file, line: lineNow()}
		if p.Code == "" || p.FullName == "" {
			l.fault(here, "tỉnh kết thúc ở đây thiếu Code hoặc FullName", "a province without Code or FullName ends here")
			continue
		}
		l.new[p.Code] = tidy(p.FullName)
		for i, w := range p.Wards {
			switch {
			case w.Code == "" || w.FullName == "":
				l.fault(here, "đơn vị thứ %d của %s thiếu Code hoặc FullName", "unit %d of %s has no Code or no FullName", i+1, p.FullName)
			case w.ProvinceCode != "" && w.ProvinceCode != p.Code:
				l.fault(here, "%s có ProvinceCode %s nhưng nằm dưới tỉnh %s", "%s has ProvinceCode %s but stands under %s", w.FullName, w.ProvinceCode, p.Code)
			default:
				// Communes stand directly under a province only since the reform.
				l.add(Unit{Code: w.Code, Name: tidy(w.FullName), From: Reform, ParentCodes: []string{p.Code}}, Province)
			}
		}
	}
	if _, err := dec.Token(); err != nil {
		broken(err)
	}
}

func (l *loader) need(row tableRow, columns ...string) {
	for _, c := range columns {
		if row.value(c) == "" {
			l.fault(row.at(c), "%s để trống; hãy điền hoặc xóa cả dòng", "%s is empty; fill it in or remove the row", row.title(c))
		}
	}
}

func (l *loader) date(row tableRow, column string) {
	if v := row.value(column); v != "" {
		if _, err := time.Parse(time.DateOnly, v); err != nil {
			l.fault(row.at(column), "%s là %q; phải là ngày dạng 2025-07-01", "%s is %q, want a date such as 2025-07-01", column, v)
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
