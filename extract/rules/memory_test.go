// This file tests that a set which has read many documents reads the next as one that
// has read none.

package rules

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"baocao/extract/document"
)

// documentOf makes a block of every line, a table row of one with TABs.
func documentOf(text string) *document.Document {
	doc := &document.Document{Text: text}
	start := 0
	for line := range strings.Lines(text) {
		kind := document.Paragraph
		if strings.Contains(line, "\t") {
			kind = document.Row
		}
		if end := start + len(strings.TrimRight(line, "\n")); end > start {
			doc.Blocks = append(doc.Blocks, document.Block{Start: start, End: end, Kind: kind, Page: 1})
		}
		start += len(line)
	}
	return doc
}

func TestMemoryChangesNothing(t *testing.T) {
	set := defaultSet(t)
	bare := set.Forgetful()
	var files []string
	for _, pattern := range []string{"../../testdata/synth/*.txt", "../../testdata/offices/dev/*.txt"} {
		list, err := filepath.Glob(pattern)
		if err != nil || len(list) == 0 {
			t.Fatalf("no texts: %v", err)
		}
		files = append(files, list...)
	}
	figures := 0
	for range 2 { // the second time every text is known
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			doc := documentOf(string(data))
			got, want := set.Extract(doc), bare.Extract(doc)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: with what was remembered it is read otherwise", f)
			}
			figures += len(want.Figures)
		}
	}
	if figures < 1000 {
		t.Errorf("only %d figures", figures)
	}
}
