package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"baocao/extract"
	"baocao/extract/document"
	"baocao/extract/rules"
	"baocao/normalize"
)

// The benchmarks put the reports of testdata/synth through the stages, beside
// the usual command line tools on the same files in the same run. Compare the
// reports/s of one run only: machines differ.

func samples(b *testing.B, pattern string) []string {
	b.Helper()
	files, err := filepath.Glob("../../testdata/synth/" + pattern)
	if err != nil || len(files) == 0 {
		b.Fatalf("no files match %s: %v", pattern, err)
	}
	return files
}

func benchFiles(b *testing.B, files []string, one func(file string) error) {
	b.Helper()
	b.ResetTimer()
	for b.Loop() {
		for _, f := range files {
			if err := one(f); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N*len(files))/b.Elapsed().Seconds(), "reports/s")
}

// readHere reads a file in this process.
func readHere(file string) (*document.Document, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return readOne(context.Background(), file, bytes.NewReader(data), int64(len(data)), extract.Options{})
}

func benchExtract(b *testing.B, pattern string) {
	set, err := rules.Default()
	if err != nil {
		b.Fatal(err)
	}
	benchFiles(b, samples(b, pattern), func(file string) error {
		doc, err := readHere(file)
		if err != nil {
			return err
		}
		_, _, err = report(set, doc, normalize.Source{Path: file})
		return err
	})
}

func BenchmarkExtractDOCX(b *testing.B) { benchExtract(b, "docx/*.docx") }
func BenchmarkExtractPDF(b *testing.B)  { benchExtract(b, "pdf/*.pdf") }

func benchTool(b *testing.B, files []string, name string, args func(file string) []string) {
	if _, err := exec.LookPath(name); err != nil {
		b.Skipf("%s is not installed", name)
	}
	benchFiles(b, files, func(file string) error { return exec.Command(name, args(file)...).Run() })
}

func BenchmarkToolPdftotext(b *testing.B) {
	benchTool(b, samples(b, "pdf/*.pdf"), "pdftotext", func(f string) []string { return []string{"-layout", f, os.DevNull} })
}

func BenchmarkToolDocx2txt(b *testing.B) {
	benchTool(b, samples(b, "docx/*.docx"), "docx2txt", func(f string) []string { return []string{f, "-"} })
}

// BenchmarkRules is the rule engine alone, in bytes of text.
func BenchmarkRules(b *testing.B) {
	set, err := rules.Default()
	if err != nil {
		b.Fatal(err)
	}
	doc, err := readHere("../../testdata/synth/hp-xa-tu-ky-2025-09.txt")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(doc.Text)))
	for b.Loop() {
		if len(set.Extract(doc).Figures) == 0 {
			b.Fatal("no figures")
		}
	}
}

// BenchmarkImport is the whole way into a database, worker processes included.
func BenchmarkImport(b *testing.B) {
	files := samples(b, "docx/*.docx")
	for b.Loop() {
		var talk strings.Builder
		if code := run(context.Background(), []string{"import", filepath.Dir(files[0]), "--db", filepath.Join(b.TempDir(), "d.db")}, io.Discard, &talk); code != exitFine {
			b.Fatalf("exit %d: %s", code, talk.String())
		}
	}
	b.ReportMetric(float64(b.N*len(files))/b.Elapsed().Seconds(), "reports/s")
}
