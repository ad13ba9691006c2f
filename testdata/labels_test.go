// Package testdata holds no program code, only files for tests; this test
// keeps the labels of the sample reports true to their texts and complete.
package testdata

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// minReports is how many reports of each set must carry a sure label of every
// indicator of the catalogue.
const minReports = 2

// sharedLine is the length in characters from which a line of a development
// report that returns in a held-out report counts as copied.
const sharedLine = 45

// labels mirrors one NAME.json beside NAME.txt; README.md describes the keys.
type labels struct {
	File   string `json:"file"`
	Report struct {
		Unit   *string `json:"unit"`
		Period *string `json:"period"`
		Number *string `json:"number"`
		Date   *string `json:"date"`
	} `json:"report"`
	Clean    *bool     `json:"clean"`
	Figures  []figure  `json:"figures"`
	Findings []finding `json:"findings"`
	Traps    []trap    `json:"traps"`
}

type figure struct {
	Indicator string            `json:"indicator"`
	Dims      map[string]string `json:"dims"`
	Value     string            `json:"value"`
	Snippet   string            `json:"snippet"`
	Certainty string            `json:"certainty"`
	Note      string            `json:"note"`
	Span      string            `json:"span"`
	At        []int             `json:"at"`
}

type finding struct {
	Kind       string   `json:"kind"`
	Certain    bool     `json:"certain"`
	Arithmetic string   `json:"arithmetic"`
	Indicators []string `json:"indicators"`
	Snippet    string   `json:"snippet"`
}

type trap struct {
	Snippet string `json:"snippet"`
	Why     string `json:"why"`
}

// catalogue is what the two tables of catalogue/ allow in a label.
type catalogue struct {
	plain   map[string]bool // indicator usable without a field
	byField map[string]bool // indicator with a {field} form
	other   map[string]bool // indicator with a {field=other} form
	fields  map[string]bool
}

var (
	decimalForm = regexp.MustCompile(`^\d+(\.\d+)?$`)
	periodForm  = regexp.MustCompile(`^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|H[12]|9M))?$|^\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d$`)
	dateForm    = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])$`)
	numberForm  = regexp.MustCompile(`\d+(?:[.,]\d+)*`)
	thousands   = regexp.MustCompile(`^\d{1,3}(\.\d{3})+(,\d+)?$`)
	kinds       = []string{"balance", "sum", "subset", "ratio", "duplicate", "date", "structure", "copy"}
)

func TestOfficeLabels(t *testing.T) {
	cat := readCatalogue(t)
	for _, set := range []string{"dev", "heldout"} {
		covered := map[string]int{}
		for name, l := range readLabels(t, filepath.Join("offices", set)) {
			t.Run(set+"/"+name, func(t *testing.T) {
				text := readText(t, filepath.Join("offices", set, name+".txt"))
				if err := checkReport(l, text); err != nil {
					t.Error(err)
				}
				if err := checkLabels(l, text, cat, true); err != nil {
					t.Error(err)
				}
			})
			seen := map[string]bool{}
			for _, f := range l.Figures {
				if f.Certainty == "sure" {
					seen[cat.form(f)] = true
				}
			}
			for id := range seen {
				covered[id]++
			}
		}
		few := 0
		for _, id := range cat.forms() {
			if covered[id] >= minReports {
				continue
			}
			few++
			if set == "dev" { // rules are written here, so every indicator must occur
				t.Errorf("%s: %d reports are labelled with %s, want at least %d", set, covered[id], id, minReports)
			}
		}
		if few > len(cat.forms())/2 {
			t.Errorf("%s: %d of %d indicators are labelled in fewer than %d reports, want at most half", set, few, len(cat.forms()), minReports)
		}
	}
}

func TestSynthLabels(t *testing.T) {
	cat := readCatalogue(t)
	for name, l := range readLabels(t, "synth") {
		t.Run(name, func(t *testing.T) {
			text := readText(t, filepath.Join("synth", name+".txt"))
			if err := checkLabels(l, text, cat, false); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestSetsAreIndependent guards the measurement: a rule written for a sentence
// of a development report must not meet the same sentence in the held-out set.
func TestSetsAreIndependent(t *testing.T) {
	from := map[string]string{}
	for name := range readLabels(t, filepath.Join("offices", "dev")) {
		for line := range strings.SplitSeq(readText(t, filepath.Join("offices", "dev", name+".txt")), "\n") {
			from[collapse(line)] = name
		}
	}
	for name := range readLabels(t, filepath.Join("offices", "heldout")) {
		for line := range strings.SplitSeq(readText(t, filepath.Join("offices", "heldout", name+".txt")), "\n") {
			prescribed := strings.Count(line, "\t") > 5 // the head of a form is the same everywhere
			line = collapse(line)
			if prescribed || strings.Contains(line, "CỘNG HÒA XÃ HỘI") || utf8.RuneCountInString(line) < sharedLine {
				continue
			}
			if dev, ok := from[line]; ok {
				t.Errorf("%s repeats a line of %s: %s", name, dev, line)
			}
		}
	}
}

// checkReport compares the head of the labels with the text it was read from.
func checkReport(l labels, text string) error {
	var errs []error
	body := strings.ToLower(collapse(text))
	r := l.Report
	switch {
	case r.Unit == nil || r.Period == nil || r.Number == nil || r.Date == nil:
		return errors.New("report: unit, period, number and date are all required")
	case l.Clean == nil:
		errs = append(errs, errors.New("clean is missing"))
	}
	if !strings.Contains(body, strings.ToLower(*r.Unit)) {
		errs = append(errs, fmt.Errorf("unit %q is not in the text", *r.Unit))
	}
	if !strings.Contains(strings.ReplaceAll(body, " ", ""), strings.ToLower(*r.Number)) {
		errs = append(errs, fmt.Errorf("number %q is not in the text", *r.Number))
	}
	if !periodForm.MatchString(*r.Period) {
		errs = append(errs, fmt.Errorf("period %q", *r.Period))
	}
	if !dateForm.MatchString(*r.Date) {
		errs = append(errs, fmt.Errorf("date %q", *r.Date))
	}
	certain := slices.ContainsFunc(l.Findings, func(f finding) bool { return f.Certain })
	if l.Clean != nil && *l.Clean == certain {
		errs = append(errs, fmt.Errorf("clean is %t but certain findings: %t", *l.Clean, certain))
	}
	return errors.Join(errs...)
}

// checkLabels checks everything a label says that can be checked by machine.
// With strict, every figure needs a position of its own, none is labelled
// twice, and two sure values of one indicator need a finding that names them.
func checkLabels(l labels, text string, cat catalogue, strict bool) error {
	var errs []error
	fail := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	body, runes := collapse(text), []rune(text)
	if len(l.Figures) == 0 {
		fail("no figures")
	}

	sure := map[string][]string{}
	seen := map[string]bool{}
	for _, f := range l.Figures {
		field, hasField := f.Dims["field"]
		what := fmt.Sprintf("%s %s=%s", f.Indicator, field, f.Value)
		switch {
		case !cat.plain[f.Indicator] && !cat.byField[f.Indicator]:
			fail("%s: not in the catalogue", what)
		case hasField && !cat.fields[field], len(f.Dims) > 1, len(f.Dims) == 1 && !hasField:
			fail("%s: dimension %v", what, f.Dims)
		case hasField && !cat.byField[f.Indicator] && f.Certainty == "sure":
			fail("%s: sure, but the catalogue has no form by field", what)
		}
		if f.Certainty != "sure" && f.Certainty != "arguable" {
			fail("%s: certainty %q", what, f.Certainty)
		}
		if f.Span != "" && f.Certainty == "sure" {
			fail("%s: sure, but of another period (%s)", what, f.Span)
		}
		if !decimalForm.MatchString(f.Value) {
			fail("%s: value is no plain decimal", what)
			continue
		}
		if f.Snippet == "" || !strings.Contains(body, collapse(f.Snippet)) {
			fail("%s: snippet is not in the text: %q", what, f.Snippet)
		}
		key := f.Indicator + "|" + field + "|" + decimal(f.Value).RatString()
		if strict && seen[key] {
			fail("%s: labelled twice", what)
		}
		seen[key] = true
		if f.Certainty == "sure" {
			form := f.Indicator + "|" + field
			sure[form] = append(sure[form], f.Value)
		}

		switch {
		case f.At == nil && !strict:
		case len(f.At) != 2 || f.At[0] < 0 || f.At[0] >= f.At[1] || f.At[1] > len(runes):
			fail("%s: position %v", what, f.At)
		default:
			printed := string(runes[f.At[0]:f.At[1]])
			if strict && !strings.Contains(collapse(f.Snippet), collapse(printed)) {
				fail("%s: snippet %q misses %q", what, f.Snippet, printed)
			}
			if !readable(printed, f.Value, f.Snippet) {
				fail("%s: printed as %q", what, printed)
			}
		}
	}

	contradicted := map[string]bool{}
	for _, f := range l.Findings {
		if !slices.Contains(kinds, f.Kind) {
			fail("finding kind %q", f.Kind)
		}
		if f.Arithmetic == "" || f.Snippet == "" || !strings.Contains(body, collapse(f.Snippet)) {
			fail("finding %s: snippet is not in the text: %q", f.Kind, f.Snippet)
		}
		for _, id := range f.Indicators {
			if !cat.plain[id] && !cat.byField[id] {
				fail("finding %s: %s is not in the catalogue", f.Kind, id)
			}
			contradicted[id] = true
		}
	}
	for form, values := range sure {
		id, _, _ := strings.Cut(form, "|")
		if len(values) > 1 && strict && !contradicted[id] {
			fail("%s: several sure values %v and no finding about it", form, values)
		}
	}
	for _, tr := range l.Traps {
		if tr.Why == "" || tr.Snippet == "" || !strings.Contains(body, collapse(tr.Snippet)) {
			fail("trap %q: no reason, or not in the text", tr.Snippet)
		}
	}
	return errors.Join(errs...)
}

// readable reports whether value can be read from the printed words: as one of
// their numbers, scaled where a unit word follows, or as a number in words.
func readable(printed, value, context string) bool {
	want := decimal(value)
	if want.Sign() == 0 && negated(printed) { // "không có hồ sơ mức độ 4"
		return true
	}
	scales := map[string]int64{"nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
	found := numberForm.FindAllString(printed, -1)
	for _, s := range found {
		if thousands.MatchString(s) {
			s = strings.ReplaceAll(s, ".", "")
		}
		n := decimal(strings.ReplaceAll(s, ",", "."))
		if n == nil {
			continue
		}
		if n.Cmp(want) == 0 {
			return true
		}
		for word, k := range scales {
			if strings.Contains(context, word) && new(big.Rat).Mul(n, big.NewRat(k, 1)).Cmp(want) == 0 {
				return true
			}
		}
	}
	if len(found) > 1 { // "2 tỷ 615 triệu"
		sum := new(big.Rat)
		words := strings.Fields(printed)
		for i := 0; i+1 < len(words); i++ {
			if n := decimal(words[i]); n != nil && scales[words[i+1]] != 0 {
				sum.Add(sum, new(big.Rat).Mul(n, big.NewRat(scales[words[i+1]], 1)))
			}
		}
		return sum.Cmp(want) == 0
	}
	if len(found) == 1 {
		return false
	}
	lower := strings.ToLower(printed)
	for _, all := range []string{"đều", "tất cả", "toàn bộ"} { // ditto: the number stands elsewhere
		if strings.Contains(lower, all) {
			return true
		}
	}
	if n := spelled(lower); n > 0 && want.Cmp(big.NewRat(n, 1)) == 0 {
		return true
	}
	// One "không có" may serve a whole list, outside the printed words.
	return want.Sign() == 0 && negated(context)
}

// spelled reads the first number below a hundred that words spell: "mười một", "ba mươi
// tư". It is 0 where there is none.
func spelled(words string) int64 {
	units := map[string]int64{"một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
	list := strings.Fields(words)
	at := func(i int) string {
		if i < len(list) {
			return list[i]
		}
		return ""
	}
	for i, w := range list {
		switch {
		case w == "mười":
			return 10 + units[at(i+1)]
		case units[w] > 0 && at(i+1) == "mươi":
			return 10*units[w] + units[at(i+2)]
		case units[w] > 0:
			return units[w]
		}
	}
	return 0
}

// negated reports whether s denies something.
func negated(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, "không") || strings.Contains(s, "chưa")
}

func decimal(s string) *big.Rat {
	if !decimalForm.MatchString(s) {
		return nil
	}
	r, _ := new(big.Rat).SetString(s)
	return r
}

func collapse(s string) string {
	return strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " ")
}

// form names the row of the catalogue that a figure fills.
func (c catalogue) form(f figure) string {
	switch field := f.Dims["field"]; {
	case field == "":
		return f.Indicator
	case field == "other" && c.other[f.Indicator]:
		return f.Indicator + "{field=other}"
	default:
		return f.Indicator + "{field}"
	}
}

// forms lists the rows of the catalogue in order.
func (c catalogue) forms() []string {
	var out []string
	out = append(out, slices.Collect(maps.Keys(c.plain))...)
	for id := range c.byField {
		out = append(out, id+"{field}")
	}
	for id := range c.other {
		out = append(out, id+"{field=other}")
	}
	slices.Sort(out)
	return out
}

func readCatalogue(t *testing.T) catalogue {
	t.Helper()
	c := catalogue{plain: map[string]bool{}, byField: map[string]bool{}, other: map[string]bool{}, fields: map[string]bool{}}
	for _, id := range firstColumn(t, filepath.Join("catalogue", "indicators.tsv")) {
		base, dims, _ := strings.Cut(strings.TrimSuffix(id, "}"), "{")
		switch dims {
		case "":
			c.plain[base] = true
		case "field":
			c.byField[base] = true
		case "field=other":
			c.other[base] = true
		default:
			t.Fatalf("catalogue: unknown form %q", id)
		}
	}
	for _, code := range firstColumn(t, filepath.Join("catalogue", "fields.tsv")) {
		c.fields[code] = true
	}
	return c
}

// firstColumn reads the first column of a tab separated table with a header.
func firstColumn(t *testing.T, path string) []string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = '\t'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatalf("read %s: %v", path, err)
	}
	if len(rows) < 2 {
		t.Fatalf("%s holds no rows", path)
	}
	var out []string
	for _, row := range rows[1:] {
		out = append(out, row[0])
	}
	return out
}

// readLabels reads all label files of a folder, by name without ending, and
// fails when there are none or when a text stands without labels.
func readLabels(t *testing.T, dir string) map[string]labels {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no label files in %s (%v)", dir, err)
	}
	out := map[string]labels{}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var l labels
		if err := json.Unmarshal(raw, &l); err != nil {
			t.Fatalf("read %s: %v", path, err)
		}
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		if l.File != name+".txt" {
			t.Errorf("%s names the file %q", path, l.File)
		}
		out[name] = l
	}
	texts, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(texts) != len(out) {
		t.Errorf("%s: %d texts, %d label files (%v)", dir, len(texts), len(out), err)
	}
	return out
}

func readText(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !utf8.Valid(raw) || !norm.NFC.IsNormal(raw) {
		t.Errorf("%s: text is not NFC in UTF-8", path)
	}
	return string(raw)
}
