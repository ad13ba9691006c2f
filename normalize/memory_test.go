// This file tests that a memory changes no report.

package normalize

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"baocao/extract/document"
)

func TestMemoryChangesNothing(t *testing.T) {
	memory := NewMemory()
	files, err := filepath.Glob("../testdata/synth/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	for range 2 { // the second time every piece is known
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			doc, res := &document.Document{Text: string(data)}, scanned(string(data))
			want, err := Build(doc, res, Source{Path: f})
			if err != nil {
				t.Fatal(err)
			}
			got, err := Build(doc, res, Source{Path: f, Memory: memory})
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: with what was remembered the report is another (%v)", f, err)
			}
			if want.Unit == "" || want.Period == "" {
				t.Errorf("%s: no unit or no period", f)
			}
		}
	}
}
