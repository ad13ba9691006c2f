// This file reads what the name of a file and of its folders say, the last resort
// where the text itself gives no unit or period.

package normalize

import (
	"regexp"
	"strconv"
	"strings"

	"baocao/normalize/place"
	"baocao/normalize/vntext"
)

// Source says where a document comes from. The zero value is fine.
type Source struct {
	// Path is the file's path, with either kind of separator.
	Path string
	// Places is the table of units, nil where the user gives none. With it the
	// parents of a unit are completed, if exactly one unit fits.
	Places *place.Table
	// Memory is kept between many reports that are built one after the other.
	Memory *Memory
}

// Values of Report.Sources.
const (
	SourceFile   = "file name"
	SourceFolder = "folder"
)

// pathName is one name of a path, from the file up.
type pathName struct {
	raw    string // without the file's extension
	plain  string // without diacritics, words separated by one space
	source string
}

// names gives the parts of a path, the file first.
func (s Source) names() []pathName {
	parts := strings.FieldsFunc(s.Path, func(r rune) bool { return r == '/' || r == '\\' })
	var out []pathName
	for i := len(parts) - 1; i >= 0; i-- {
		raw, source := parts[i], SourceFolder
		if i == len(parts)-1 {
			source = SourceFile
			if dot := strings.LastIndexByte(raw, '.'); dot > 0 && len(raw)-dot <= 6 {
				raw = raw[:dot]
			}
		}
		plain := strings.Map(func(r rune) rune {
			switch r {
			case '_', '-', '.', ',', '(', ')', '+', '~', ' ':
				return ' '
			}
			return r
		}, vntext.Plain(raw))
		out = append(out, pathName{raw, " " + collapse(plain) + " ", source})
	}
	return out
}

// pathPattern reads one way of writing a period in the name of a file. Groups
// y and n give year and number.
type pathPattern struct {
	re   *regexp.Regexp
	kind vntext.PeriodKind
	n    int // where the pattern itself says which: half years
}

// pathPatterns lists the ways, the more telling first. They match names with all
// separators made spaces and a space at both ends.
func pathPatterns() []pathPattern {
	p := func(re string, kind vntext.PeriodKind, n int) pathPattern {
		return pathPattern{regexp.MustCompile(re), kind, n}
	}
	return []pathPattern{
		p(` 0?6 ?thang dau nam (?P<y>20\d\d) `, vntext.Half, 1),
		p(` 0?6 ?thang cuoi nam (?P<y>20\d\d) `, vntext.Half, 2),
		p(` (?P<y>20\d\d) 0?6 ?thang `, vntext.Half, 1),
		p(` 0?6 ?thang (?:nam )?(?P<y>20\d\d) `, vntext.Half, 1),
		p(` (?P<y>20\d\d) h(?P<n>[12]) `, vntext.Half, 0),
		p(` 0?9 ?thang (?:dau )?(?:nam )?(?P<y>20\d\d) `, vntext.NineMonths, 0),
		p(` (?P<y>20\d\d) (?:0?9 ?thang|9m) `, vntext.NineMonths, 0),
		p(` (?:quy|qui|q) ?(?P<n>[1-4]|iv|i{1,3}) (?:nam )?(?P<y>20\d\d) `, vntext.Quarter, 0),
		p(` (?P<y>20\d\d) (?:quy |qui |quy|q)(?P<n>[1-4]|iv|i{1,3}) `, vntext.Quarter, 0),
		p(` (?:thang|t) ?(?P<n>0?[1-9]|1[0-2]) (?:nam )?(?P<y>20\d\d) `, vntext.Month, 0),
		p(` (?:nam )?(?P<y>20\d\d) (?:thang |thang|t)(?P<n>0?[1-9]|1[0-2]) `, vntext.Month, 0),
		p(` (?P<y>20\d\d) (?P<n>0[1-9]|1[0-2]) `, vntext.Month, 0),
		p(` (?P<n>0[1-9]|1[0-2]) (?P<y>20\d\d) `, vntext.Month, 0),
		p(` nam (?P<y>20\d\d) `, vntext.Year, 0),
		p(` (?P<y>20\d\d) nam `, vntext.Year, 0),
	}
}

// periodIn reads a period from one name of the path; the year may stand in a
// folder above ("2023/Tháng 5.docx").
func periodIn(plain, above string) vntext.Period {
	for _, names := range []string{plain, strings.TrimRight(plain, " ") + " " + strings.TrimSpace(above) + " "} {
		for _, p := range pathPatterns() {
			m := p.re.FindStringSubmatch(names)
			if m == nil {
				continue
			}
			year, _ := strconv.Atoi(m[p.re.SubexpIndex("y")])
			n := p.n
			if i := p.re.SubexpIndex("n"); i >= 0 {
				n = smallNumber(m[i])
			}
			if period := vntext.NewPeriod(p.kind, year, n); period.From != "" {
				return period
			}
		}
		if above == "" {
			break
		}
	}
	return vntext.Period{}
}

// smallNumber reads "05", "5" or "iv".
func smallNumber(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	for n := 1; n <= 4; n++ {
		if strings.EqualFold(place.Roman(n), s) {
			return n
		}
	}
	return 0
}

// period gives the period that the path names, with where it stands.
func (s Source) period() (vntext.Period, string) {
	names := s.names()
	for i, n := range names {
		above := ""
		if i+1 < len(names) {
			if y := yearIn(names[i+1].plain); y != 0 && len(strings.TrimSpace(names[i+1].plain)) <= len("nam 2023") {
				above = strconv.Itoa(y)
			}
		}
		if p := periodIn(n.plain, above); p.Kind != 0 {
			return p, n.source
		}
	}
	return vntext.Period{}, ""
}

// year gives the first year that the path names, nearest name first, with where
// it stands; 0 where there is none.
func (s Source) year() (int, string) {
	for _, n := range s.names() {
		if y := yearIn(n.plain); y != 0 {
			return y, n.source
		}
	}
	return 0, ""
}

func yearIn(plain string) int {
	for _, w := range strings.Fields(plain) {
		if y, err := strconv.Atoi(w); err == nil && len(w) == 4 && y >= 2000 && y < 2100 {
			return y
		}
	}
	return 0
}

// unit gives the unit that the path names, with where it stands. Only names
// printed with their marks count ("Xã Quang Khải", not "xa-quang-khai"): marks
// cannot be guessed back. With a table of units, the one unit that the bare name
// fits is taken.
func (s Source) unit() (string, string) {
	for _, n := range s.names() {
		text := strings.Map(func(r rune) rune {
			if r == '_' || r == '-' {
				return ' '
			}
			return r
		}, n.raw)
		for _, m := range mentionsIn(text, wordsOf(text, 0, len(text))) {
			if m.name == "" || m.level() == place.NoLevel {
				continue
			}
			name := m.name
			if strings.ToUpper(name) == name {
				name = titleCase(name)
			}
			if vntext.Plain(name) != vntext.Key(name) || numeric(name) {
				return string(m.typ) + " " + name, n.source
			}
		}
		if name := s.known(n.plain); name != "" {
			return name, n.source
		}
	}
	return "", ""
}

// known finds the one unit of the table whose name, without marks, stands in a
// name of the path.
func (s Source) known(plain string) string {
	if s.Places == nil {
		return ""
	}
	best := ""
	for _, name := range s.Places.Names("") {
		if strings.Contains(plain, " "+vntext.Plain(name)+" ") {
			if best != "" && best != name {
				return ""
			}
			best = name
		}
	}
	return best
}
