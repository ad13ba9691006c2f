// How pages are laid out: files of other programs with columns, stamps, tables
// over pages and the like, each beside the text that a person reads in it.
package pdf_test

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"baocao/extract/document"
	"baocao/extract/pdf"
)

const layouts = "../../testdata/layout/"

func layoutFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(layouts + "*.pdf")
	if err != nil || len(files) < 11 {
		t.Fatalf("found %d files, %v", len(files), err)
	}
	return files
}

// sameLines compares two texts line by line.
func sameLines(t *testing.T, got, want string) {
	t.Helper()
	g, w := lines(got), lines(want)
	for i := range max(len(g), len(w)) {
		switch {
		case i >= len(g):
			t.Fatalf("line %d is missing: %q", i+1, w[i])
		case i >= len(w):
			t.Fatalf("line %d is too many: %q", i+1, g[i])
		case g[i] != w[i]:
			t.Fatalf("line %d is\n%q, want\n%q", i+1, g[i], w[i])
		}
	}
}

func TestLayouts(t *testing.T) {
	for _, file := range layoutFiles(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			sameLines(t, read(t, file).Text, string(load(t, strings.TrimSuffix(file, ".pdf")+".txt")))
		})
	}
}

var pageType = regexp.MustCompile(`/Type ?/Page\b`)

// TestTurnedPages: a page that lies on its side or stands on its head reads like
// the same page upright.
func TestTurnedPages(t *testing.T) {
	for _, file := range layoutFiles(t) {
		data := load(t, file)
		want := string(load(t, strings.TrimSuffix(file, ".pdf")+".txt"))
		for _, angle := range []int{90, 180, 270} {
			t.Run(fmt.Sprint(filepath.Base(file), " ", angle), func(t *testing.T) {
				turned := pageType.ReplaceAll(data, fmt.Appendf(nil, "/Type/Page/Rotate %d ", angle))
				if bytes.Equal(turned, data) {
					t.Fatal("no page was turned")
				}
				doc, err := pdf.Read(context.Background(), bytes.NewReader(turned), int64(len(turned)))
				if err != nil {
					t.Fatal(err)
				}
				sameLines(t, doc.Text, want)
			})
		}
	}
}

// TestTablesOverPages: the rows on later pages belong to the table that began
// before.
func TestTablesOverPages(t *testing.T) {
	for file, least := range map[string]int{"repeated-header.pdf": 15, "rows-over-pages.pdf": 15, "merged-cells-over-pages.pdf": 15, "header-over-pages.pdf": 5} {
		doc := read(t, layouts+file)
		rows, pages := 0, map[int]bool{}
		for _, b := range doc.Blocks {
			if b.Kind == document.Row {
				rows++
				pages[b.Page] = true
				if b.Table != 1 {
					t.Errorf("%s: a row on page %d belongs to table %d", file, b.Page, b.Table)
				}
			}
		}
		if rows < least || len(pages) < 2 {
			t.Errorf("%s: %d rows on %d pages", file, rows, len(pages))
		}
	}
}
