package testdata

// This file holds the test that one report in other forms of file gives the same
// figures.

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"baocao/extract"
	"baocao/extract/rules"
	"baocao/normalize"
)

// figuresOf are the figures of a file by what they are and their value. ok is
// false where text recognition is not installed.
func figuresOf(t *testing.T, path string) (figures map[[4]string]normalize.Figure, ok bool) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("synth", path))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := extract.Read(context.Background(), filepath.Base(path), bytes.NewReader(data), int64(len(data)), extract.Options{})
	if errors.Is(err, extract.ErrNeedsOCR) {
		return nil, false
	}
	if err != nil {
		t.Fatal(err)
	}
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	report, err := normalize.Build(doc, set.Extract(doc), normalize.Source{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	figures = map[[4]string]normalize.Figure{}
	for _, f := range report.Figures {
		figures[[4]string{f.Indicator, f.Field, string(f.Span), f.Value}] = f
	}
	if len(figures) < 50 {
		t.Fatalf("only %d figures in %s", len(figures), path)
	}
	return figures, true
}

// TestLegacyGivesTheSameFigures: a report in TCVN3.
func TestLegacyGivesTheSameFigures(t *testing.T) {
	want, _ := figuresOf(t, "docx/hd-xa-quang-phuc-2023-04.docx")
	got, _ := figuresOf(t, "legacy/hd-xa-quang-phuc-2023-04.tcvn3.docx")
	for key := range want {
		if _, ok := got[key]; !ok {
			t.Errorf("%v is missing", key)
		}
	}
	for key := range got {
		if _, ok := want[key]; !ok {
			t.Errorf("%v is too many", key)
		}
	}
}

// TestScanGivesTheSameFigures: a report as a scan of 200 dpi. Of its figures at
// most one may be missing or wrong, and a wrong one must be doubtful.
func TestScanGivesTheSameFigures(t *testing.T) {
	want, _ := figuresOf(t, "docx/hd-xa-quang-khai-2023-05.docx")
	got, ok := figuresOf(t, "scan/hd-xa-quang-khai-2023-05.scan.pdf")
	if !ok {
		t.Log("text recognition is not installed")
		return
	}
	off := 0
	for key := range want {
		if _, ok := got[key]; !ok {
			off++
			t.Logf("%v is missing", key)
		}
	}
	for key, f := range got {
		if _, ok := want[key]; !ok {
			off++
			t.Logf("%v is wrong, confidence %.2f", key, f.Confidence)
			if f.Confidence > 0.9 {
				t.Errorf("%v is wrong and not doubtful", key)
			}
		}
	}
	t.Logf("%d of %d figures are missing or wrong", off, len(want))
	if off > 1 {
		t.Errorf("%d of %d figures are missing or wrong", off, len(want))
	}
}
