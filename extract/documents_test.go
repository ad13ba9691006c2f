package extract_test

// This file measures every reader on the same report, in all the forms that the
// test data have of it, against the text that it holds.

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baocao/extract"
	"baocao/extract/document/doctest"
)

const documents = "../testdata/documents/"

func mustLoad(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// readWhole reads a file with the reader for it. ok is false where a program that
// it takes is not installed.
func readWhole(t testing.TB, path string) (doc *extract.Document, ok bool) {
	t.Helper()
	data := mustLoad(t, path)
	doc, err := extract.Read(context.Background(), filepath.Base(path), bytes.NewReader(data), int64(len(data)), extract.Options{})
	if errors.Is(err, extract.ErrNeedsOCR) || errors.Is(err, extract.ErrNeedsProgram) {
		return nil, false
	}
	if err != nil {
		t.Fatal(err)
	}
	return doc, true
}

// TestWordsOfDocuments: how many words of the report come out of each file. What
// only text recognition can read, package pages measures.
func TestWordsOfDocuments(t *testing.T) {
	truth := string(mustLoad(t, documents+"truth.txt"))
	for _, c := range []struct {
		file, engine string
		least        float64
		small        bool // letters without their case: TCVN3 has no toned capitals
	}{
		{"base.docx", "docx", 0.995, false},
		{"nfd.docx", "docx", 0.995, false},
		{"report.docx", "docx", 0.995, false},
		{"tcvn3.docx", "docx", 0.995, true},
		{"lo.pdf", "pdf", 0.995, false},
		{"lo_report.pdf", "pdf", 0.995, false},
		{"chrome.pdf", "pdf", 0.995, false},
		{"gs.pdf", "pdf", 0.995, false},
		{"mixed/lo.pdf", "pdf", 0.995, false},
		{"mixed/gs.pdf", "pdf", 0.995, false},
		{"nfd.pdf", "pdf", 0.995, false},
		{"tcvn3.pdf", "pdf", 0.99, true},
		{"report.doc", "doc", 0.99, false}, // 0.995 with LibreOffice
	} {
		t.Run(c.file, func(t *testing.T) {
			doc, ok := readWhole(t, documents+c.file)
			if !ok {
				t.Log("the program it takes is not installed")
				return
			}
			want, got := truth, doc.Text
			if c.small {
				want, got = strings.ToLower(want), strings.ToLower(got)
			}
			f1 := doctest.F1(want, got)
			t.Logf("F1 %.4f", f1)
			if f1 < c.least || doc.Engine != c.engine {
				lost, extra := doctest.MissingWords(want, got)
				t.Errorf("F1 %.4f, want %.3f; engine %s; lost %q, too many %q", f1, c.least, doc.Engine, lost, extra)
			}
			catdoc := strings.Contains(strings.Join(doc.Warnings, "\n"), "catdoc") // it cannot tell deleted text, and says so
			if strings.Contains(doc.Text, "Đã xóa 99") && !catdoc {
				t.Error("deleted text was read")
			}
		})
	}
}
