package db

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"baocao/extract/document"
	"baocao/extract/rules"
	"baocao/normalize"
)

// clock gives a time that moves a minute at every look.
func clock() func() time.Time {
	t := time.Date(2023, 6, 1, 8, 0, 0, 0, time.UTC)
	return func() time.Time { t = t.Add(time.Minute); return t }
}

func openNew(t testing.TB) *DB {
	t.Helper()
	d, err := Open(context.Background(), filepath.Join(t.TempDir(), "bao cao?#%20.db"), Options{Now: clock()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// sample is a report in a few words, from which a document and what was read
// from it are made.
type sample struct {
	unit    string
	parents []string
	period  string
	number  string
	date    string
	kind    string // "cchc" if empty
	values  map[string]string
	extra   string // text that makes other bytes of the same report
	engine  string // the reader, "docx" if empty
	month   string // DateMonth
	doubts  []document.Doubt
	// warnings are those of the reader.
	warnings []string
}

func (s sample) document() (*document.Document, *normalize.Report) {
	if s.kind == "" {
		s.kind = "cchc"
	}
	r := &normalize.Report{Type: s.kind, Unit: s.unit, Parents: s.parents, Period: s.period, Number: s.number, Date: s.date,
		DateMonth: s.month, Doubts: s.doubts, Signer: "CHỦ TỊCH", Sources: map[string]string{"unit": "folder"}}
	var b document.Builder
	title := strings.Join(append([]string{"BÁO CÁO", s.kind, s.period, s.extra, s.unit}, s.parents...), " ")
	b.Add(document.Paragraph, 1, 0, title)
	offset := len(title) + 1
	indicators := []string{"dossiers.received", "dossiers.resolved", "staff.total"}
	for _, more := range slices.Sorted(maps.Keys(s.values)) {
		if !slices.Contains(indicators, more) {
			indicators = append(indicators, more)
		}
	}
	for _, indicator := range indicators {
		value, ok := s.values[indicator]
		if !ok {
			continue
		}
		line := "Đã có\t" + value + " hồ sơ ngày 31/6."
		start := offset + len("Đã có\t")
		r.Figures = append(r.Figures, normalize.Figure{Indicator: indicator, Span: rules.Period, Value: value, Unit: "hồ sơ",
			Rounding: 1, Confidence: 0.9, Mentions: []normalize.Mention{{Start: start, End: start + len(value), Page: 1,
				Line: len(r.Figures) + 2, Text: value, Snippet: "Đã có " + value + " hồ sơ", Rule: "r-1",
				Section: rules.SectionProcedures, Confidence: 0.9, Parent: len(r.Figures) - 1}}})
		day := offset + strings.Index(line, "31/6")
		r.Dates = append(r.Dates, rules.Date{Start: day, End: day + 4, Text: "31/6", Day: 31, Month: 6, Impossible: true,
			Role: rules.RoleEvent, Reference: -1})
		b.Add(document.Row, 1, 1, line)
		offset += len(line) + 1
	}
	line := "Quyết định số 895/QĐ-UBND; 77 đơn"
	at := offset + strings.Index(line, "77")
	r.References = []rules.Reference{{Start: offset + strings.Index(line, "895"), End: offset + strings.Index(line, ";"),
		Number: "895/QĐ-UBND", Issuer: "UBND huyện", Date: "2023-05-15", Implements: -1}}
	r.Headings = []rules.Heading{{Start: 0, End: 3, Label: "I", Style: "roman", Level: 1, Ordinal: 1, Title: "BÁO"}}
	r.Sections = []rules.SectionSpan{{Start: 0, End: offset, Section: rules.SectionProcedures}}
	r.Numbers = []rules.Number{
		{Start: at, End: at + 2, Text: "77"},
		{Start: at, End: at + 2, Text: "77", Class: rules.ClassReference, Why: "decision number"},
	}
	r.Totals = []rules.Total{{Indicator: "dossiers.received", Column: "số đơn", Sum: rules.Number{Start: at, End: at + 2, Text: "77"}, SumValue: "77",
		Parts: []rules.Number{{Start: at, End: at + 1}, {Start: at + 1, End: at + 2}}, PartValues: []string{"7", "7"}}}
	r.PageStarts = []int{0, offset}
	b.Add(document.Paragraph, 2, 0, line)
	doc := b.Document()
	doc.Engine, doc.Pages = cmp.Or(s.engine, "docx"), []document.Page{{Number: 1, Engine: "docx", Note: "fine"}, {Number: 2, Engine: "docx"}}
	doc.Doubts = []document.Doubt{{Start: 0, End: 2, Confidence: 0.25}}
	doc.Warnings = append([]string{"a text box was skipped"}, s.warnings...)
	return doc, r
}

func (s sample) intake(t testing.TB, path string) Intake {
	t.Helper()
	doc, r := s.document()
	p, err := Pack(doc)
	if err != nil {
		t.Fatal(err)
	}
	return Intake{Path: path, Fingerprint: Fingerprint{Size: int64(len(doc.Text)), Modified: time.Unix(1000, 5)},
		SHA256: hashOf(doc.Text), Engine: "docx", Document: p, Report: r, RuleSetHash: "rules-1"}
}

func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

func may() sample {
	return sample{unit: "Xã Quang Khải", parents: []string{"Huyện Tứ Kỳ", "Tỉnh Hải Dương"}, period: "2023-05",
		number: "58/BC-UBND", date: "2023-05-31", values: map[string]string{"dossiers.received": "239", "dossiers.resolved": "235"}}
}

func put(t testing.TB, d *DB, intakes ...Intake) []Outcome {
	t.Helper()
	out, err := d.Import(context.Background(), intakes)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func digest(t testing.TB, d *DB) string {
	t.Helper()
	s, err := d.Digest(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sound fails the test unless Check finds nothing.
func sound(t testing.TB, d *DB) {
	t.Helper()
	problems, err := d.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("check: %s", p)
	}
}

// states gives the ledger as "path state" lines.
func states(t testing.TB, d *DB) string {
	t.Helper()
	files, err := d.Files(context.Background(), FileFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range files {
		line := f.Path + " " + string(f.State)
		if f.Other != "" {
			line += " " + f.Other
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func wantStates(t testing.TB, d *DB, want ...string) {
	t.Helper()
	if got := states(t, d); got != strings.Join(want, "\n") {
		t.Errorf("ledger is\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func exec(t testing.TB, d *DB, text string, args ...any) {
	t.Helper()
	if _, err := d.w.Exec(text, args...); err != nil {
		t.Fatal(fmt.Errorf("%s: %w", text, err))
	}
}
