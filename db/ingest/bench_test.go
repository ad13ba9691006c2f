package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baocao/db"
	"baocao/db/check"
	"baocao/extract/document"
	"baocao/extract/rules"
	"baocao/normalize"
)

// typical is a report of the usual size: 20 kB of text, 60 figures with 80
// mentions, 20 dates, 12 references, 30 headings.
func typical(i int) (*document.Document, *normalize.Report) {
	var b document.Builder
	for line := range 120 {
		b.Add(document.Paragraph, 1+line/30, 0, fmt.Sprintf(
			"- Trong tháng đã tiếp nhận %d hồ sơ, giải quyết đúng hạn %d hồ sơ thuộc lĩnh vực thứ %d, đạt tỷ lệ trên %d phần trăm theo kế hoạch.",
			(i*line)%997, line, (i+line)%21, line%100))
	}
	doc := b.Document()
	doc.Engine = "fake"
	r := &normalize.Report{Type: "cchc", Unit: fmt.Sprintf("Xã Số %d", i/12), Parents: []string{"Huyện Tứ Kỳ", "Tỉnh Hải Dương"},
		Period: fmt.Sprintf("%d-%02d", 2015+i%10, 1+i%12), Number: fmt.Sprintf("%d/BC-UBND", i), Date: "2023-05-31"}
	for f := range 60 {
		x := doc.Blocks[f]
		figure := normalize.Figure{Indicator: fmt.Sprintf("indicator.%d", f), Span: rules.Period, Value: fmt.Sprint(i * f), Unit: "hồ sơ",
			Rounding: 1, Confidence: 0.9}
		for range 1 + f%3/2 {
			text := doc.Text[x.Start:x.End]
			figure.Mentions = append(figure.Mentions, normalize.Mention{Start: x.Start, End: x.End, Page: x.Page, Line: f + 1, Text: text,
				Snippet: text, Rule: "rule-1", Section: rules.SectionProcedures, Confidence: 0.9, Parent: f - 1})
		}
		r.Figures = append(r.Figures, figure)
	}
	for n := range 30 {
		x := doc.Blocks[n]
		if n < 20 {
			r.Dates = append(r.Dates, rules.Date{Start: x.Start, End: x.Start + 10, Day: 1, Month: 5, Year: 2023, Role: rules.RoleEvent, Reference: -1})
		}
		if n < 12 {
			r.References = append(r.References, rules.Reference{Start: x.Start, End: x.Start + 10, Number: "895/QĐ-UBND", Implements: -1})
		}
		r.Headings = append(r.Headings, rules.Heading{Start: x.Start, End: x.End, Label: "1", Style: "arabic", Level: 1, Ordinal: n, Title: "Cải cách thể chế"})
		if n < 10 {
			r.Sections = append(r.Sections, rules.SectionSpan{Start: x.Start, End: x.End, Section: rules.SectionLegal})
		}
	}
	for range 120 {
		r.Numbers = append(r.Numbers, rules.Number{Class: rules.ClassFigure})
	}
	return doc, r
}

// BenchmarkStore is the database's part alone: reports/s into a database that
// grows.
func BenchmarkStore(b *testing.B) {
	d := newDB(b)
	const batch = 64
	var intakes []db.Intake
	texts := int64(0)
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		doc, r := typical(i)
		texts += int64(len(doc.Text))
		packed, err := db.Pack(doc)
		if err != nil {
			b.Fatal(err)
		}
		intakes = append(intakes, db.Intake{Path: fmt.Sprintf("/%d.docx", i), SHA256: fmt.Sprintf("%064d", i), Document: packed, Report: r})
		b.StartTimer()
		if len(intakes) == batch {
			if _, err := d.Import(context.Background(), intakes); err != nil {
				b.Fatal(err)
			}
			intakes = intakes[:0]
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reports/s")
	if info, err := os.Stat(d.Path()); err == nil && b.N > batch {
		b.ReportMetric(float64(info.Size())/float64(b.N), "bytes/report")
	}
}

// folder writes n files whose reader gives typical reports.
func folder(b *testing.B, n int) (dir string, o Options) {
	b.Helper()
	dir = b.TempDir()
	for i := range n {
		write(b, filepath.Join(dir, fmt.Sprintf("%03d", i/100), fmt.Sprintf("%d.docx", i)), fmt.Sprintf("%d %s", i, strings.Repeat("x", 15_000)))
	}
	var f fakeReader
	o = options(&f, dir)
	o.Jobs, o.Batch = 0, 0
	o.Read = func(ctx context.Context, name string, r io.ReaderAt, size int64) (*document.Document, error) {
		var i int
		if _, err := fmt.Fscan(io.NewSectionReader(r, 0, size), &i); err != nil {
			return nil, err
		}
		doc, _ := typical(i)
		return doc, nil
	}
	o.Extract = func(doc *document.Document, name string) (*normalize.Report, error) {
		var i int
		if _, err := fmt.Sscanf(filepath.Base(name), "%d", &i); err != nil {
			return nil, errors.New("unexpected name")
		}
		_, r := typical(i)
		return r, nil
	}
	return dir, o
}

// BenchmarkImport is walk, hash, pack and store with readers that cost nothing.
func BenchmarkImport(b *testing.B) {
	const n = 1000
	_, o := folder(b, n)
	for b.Loop() {
		run(b, newDB(b), o)
	}
	b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "files/s")
}

// BenchmarkImportUnchanged imports a folder again that has not changed.
func BenchmarkImportUnchanged(b *testing.B) {
	const n = 1000
	_, o := folder(b, n)
	d := newDB(b)
	run(b, d, o)
	for b.Loop() {
		if s := run(b, d, o); s.Unchanged != n {
			b.Fatalf("summary is %+v", s)
		}
	}
	b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "files/s")
}

// BenchmarkImportKnown hashes a folder again without reading it.
func BenchmarkImportKnown(b *testing.B) {
	const n = 1000
	_, o := folder(b, n)
	d := newDB(b)
	run(b, d, o)
	o.Verify = true
	for b.Loop() {
		if s := run(b, d, o); s.Known != n {
			b.Fatalf("summary is %+v", s)
		}
	}
	b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "files/s")
}

// BenchmarkCheckInputs loads reports as the checks do.
func BenchmarkCheckInputs(b *testing.B) {
	const n = 500
	_, o := folder(b, n)
	d := newDB(b)
	run(b, d, o)
	var group []check.Report
	for b.Loop() {
		reports := 0
		for g, err := range d.CheckInputs(context.Background(), db.Filter{}) {
			if err != nil {
				b.Fatal(err)
			}
			group = g
			reports += len(group)
		}
		if reports != n {
			b.Fatalf("%d reports", reports)
		}
	}
	b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "reports/s")
}
