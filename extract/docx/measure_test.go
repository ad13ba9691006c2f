package docx

// This file measures the reader against texts whose truth is known.

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baocao/extract/document"
	"baocao/extract/document/doctest"
)

func readFile(t testing.TB, name string) *document.Document {
	t.Helper()
	data := file(t, name)
	doc, err := Read(context.Background(), bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	checkBlocks(t, doc)
	return doc
}

func TestDocuments(t *testing.T) {
	truth := string(file(t, "documents/truth.txt"))
	same := func(s string) string { return s }
	for _, c := range []struct {
		name, encoding string
		fold           func(string) string
		table          bool
		lacks          string
	}{
		{"base", "unicode", same, true, ""},
		{"nfd", "unicode", same, true, ""},
		{"report", "unicode", same, true, "Đã xóa 99 hồ sơ"},
		// TCVN3 has no toned capitals, and the appendix is running text here.
		{"tcvn3", "tcvn3", strings.ToLower, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := readFile(t, "documents/"+c.name+".docx")
			f1 := doctest.F1(c.fold(truth), c.fold(doc.Text))
			t.Logf("F1 %.4f", f1)
			if f1 < 0.995 {
				lost, extra := doctest.MissingWords(c.fold(truth), c.fold(doc.Text))
				t.Errorf("F1 %.4f; lost %.40q, extra %.40q", f1, lost, extra)
			}
			if found, total := doctest.RowsFound(truth, doc.Text); c.table && (found != total || total == 0) {
				t.Errorf("%d of %d table rows", found, total)
			}
			if c.lacks != "" && strings.Contains(doc.Text, c.lacks) {
				t.Errorf("deleted text %q was read", c.lacks)
			}
			if doc.Encoding != c.encoding || doc.Engine != "docx" {
				t.Errorf("encoding %s, engine %s", doc.Encoding, doc.Engine)
			}
		})
	}
}

// TestSameAsText: each synthetic report as DOCX gives the lines of its text.
func TestSameAsText(t *testing.T) {
	names, err := filepath.Glob(filepath.Join("..", "..", "testdata", "synth", "docx", "*.docx"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no reports: %v", err)
	}
	compared := 0
	for _, name := range names {
		base := strings.TrimSuffix(filepath.Base(name), ".docx")
		want, err := os.ReadFile(filepath.Join("..", "..", "testdata", "synth", base+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(want, []byte("\t")) {
			continue // the one whose text is hard-wrapped
		}
		compared++
		got := readFile(t, "synth/docx/"+base+".docx").Text
		g, w := strings.Split(strings.TrimSpace(got), "\n"), strings.Split(strings.TrimSpace(string(want)), "\n")
		for i := range min(len(g), len(w)) {
			if g[i] != w[i] {
				t.Errorf("%s line %d:\ngot  %q\nwant %q", base, i+1, g[i], w[i])
				break
			}
		}
		if len(g) != len(w) {
			t.Errorf("%s: %d lines, want %d", base, len(g), len(w))
		}
	}
	if compared == 0 {
		t.Error("nothing was compared")
	}
}

// TestLegacyReport: a report in .VnTime and .VnTimeH gives the same lines as
// in Unicode, apart from the case of toned capitals and the signs that TCVN3
// has not.
func TestLegacyReport(t *testing.T) {
	doc := readFile(t, "synth/legacy/hd-xa-quang-phuc-2023-04.tcvn3.docx")
	if doc.Encoding != "tcvn3" {
		t.Errorf("encoding %s", doc.Encoding)
	}
	plain := strings.NewReplacer("–", "-", "“", `"`, "”", `"`, "…", "...").Replace
	want := strings.Split(strings.TrimSpace(plain(string(file(t, "synth/hd-xa-quang-phuc-2023-04.txt")))), "\n")
	got := strings.Split(strings.TrimSpace(plain(doc.Text)), "\n")
	if len(got) != len(want) {
		t.Fatalf("%d lines, want %d", len(got), len(want))
	}
	for i := range got {
		if strings.ToLower(got[i]) != strings.ToLower(want[i]) {
			t.Errorf("line %d:\ngot  %q\nwant %q", i+1, got[i], want[i])
		}
	}
	// .VnTimeH draws capitals: the letterhead keeps them.
	if title := "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"; !strings.Contains(got[0], title) {
		t.Errorf("letterhead %q lacks %q", got[0], title)
	}
}

func BenchmarkDocx(b *testing.B) {
	for _, name := range []string{"synth/docx/hd-xa-quang-khai-2023-05.docx", "documents/report.docx"} {
		data := file(b, name)
		b.Run(filepath.Base(name), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(context.Background(), bytes.NewReader(data), int64(len(data))); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
