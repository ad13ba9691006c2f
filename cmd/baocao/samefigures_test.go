// The same report in other forms of file gives the same figures.
package main

import (
	"encoding/json"
	"strings"
	"testing"

	"baocao/extract/ocr"
)

// figuresOf are the figures of a file by what they are and their value.
func figuresOf(t *testing.T, path string) map[[4]string]figureJSON {
	t.Helper()
	code, out, errOut := baocao(t, "extract", path, "--format", "json")
	if code != exitFine {
		t.Fatalf("extract %s: exit %d: %s", path, code, errOut)
	}
	var got extractJSON
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	figures := map[[4]string]figureJSON{}
	for _, f := range got.Figures {
		figures[[4]string{f.Indicator, f.Field, f.Span, f.Value}] = f
	}
	if len(figures) < 50 {
		t.Fatalf("only %d figures in %s", len(figures), path)
	}
	return figures
}

const synthetic = "../../testdata/synth/"

// TestLegacyGivesTheSameFigures: a report in TCVN3.
func TestLegacyGivesTheSameFigures(t *testing.T) {
	want := figuresOf(t, synthetic+"docx/hd-xa-quang-phuc-2023-04.docx")
	got := figuresOf(t, synthetic+"legacy/hd-xa-quang-phuc-2023-04.tcvn3.docx")
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
	if err := ocr.Available(t.Context()); err != nil {
		if !strings.Contains(err.Error(), "install") {
			t.Errorf("the reason does not say what to install: %v", err)
		}
		return
	}
	want := figuresOf(t, synthetic+"docx/hd-xa-quang-khai-2023-05.docx")
	got := figuresOf(t, synthetic+"scan/hd-xa-quang-khai-2023-05.scan.pdf")
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
	if off > 1 {
		t.Errorf("%d of %d figures are missing or wrong", off, len(want))
	}
}
