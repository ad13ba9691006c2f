// Real readers in the pool: hostile documents, and what the pool costs.
package sandbox_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"baocao/extract"
	"baocao/extract/sandbox"
)

const testdata = "../../testdata"

func glob(t testing.TB, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(testdata, pattern))
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Fatalf("no documents match %s", pattern)
	}
	return paths
}

// TestHostile: every hostile document ends in time, with a document, an error or
// a *Killed, and a healthy one can be read right after it.
func TestHostile(t *testing.T) {
	const most = time.Minute // it is seconds where the machine does nothing else
	pool := newPool(t, sandbox.Options{Workers: 1})
	healthy := filepath.Join(testdata, "documents/lo.pdf")
	for _, kind := range []string{"document", "pdf"} {
		pattern := "hostile/*"
		if kind == "pdf" {
			pattern = "hostile/*.pdf"
		}
		for _, path := range glob(t, pattern) {
			t.Run(kind+"/"+filepath.Base(path), func(t *testing.T) {
				begun := time.Now()
				_, err := pool.Do(context.Background(), sandbox.Request{Kind: kind, Name: filepath.Base(path), Path: path})
				if took := time.Since(begun); took > most {
					t.Errorf("it took %v (%v)", took, err)
				}
				if err != nil && (err.Error() == "" || strings.Contains(err.Error(), "\n")) {
					t.Errorf("the reason is not one line: %q", err)
				}
				if _, err := pool.Do(context.Background(), sandbox.Request{Kind: "document", Name: "lo.pdf", Path: healthy}); err != nil {
					t.Errorf("a healthy document after it: %v", err)
				}
			})
		}
	}
}

// TestLadderFitsTheLimits: PDFium, with all that it reserves, starts within the
// memory that a worker has.
func TestLadderFitsTheLimits(t *testing.T) {
	pool := newPool(t, sandbox.Options{Workers: 1, Memory: 4 * little}) // the default, without the race detector
	reply, err := pool.Do(context.Background(), sandbox.Request{
		Kind: "pdf", Name: "lo.pdf", Path: filepath.Join(testdata, "documents/lo.pdf"), Options: []byte(`{"Engine":"pdfium"}`),
	})
	if err != nil || !bytes.Contains(reply, []byte("Quang Khải")) {
		t.Errorf("%d bytes, %v", len(reply), err)
	}
}

// healthyDocuments are all good documents of the test data.
func healthyDocuments(b *testing.B) []string {
	b.Helper()
	var out []string
	for _, pattern := range []string{"documents/*.pdf", "documents/*.docx", "synth/pdf/*.pdf", "synth/docx/*.docx"} {
		for _, path := range glob(b, pattern) {
			if filepath.Base(path) != "gs_ps.pdf" { // has no text without OCR
				out = append(out, path)
			}
		}
	}
	return out
}

func BenchmarkDocumentsInProcess(b *testing.B) {
	paths := healthyDocuments(b)
	for b.Loop() {
		for _, path := range paths {
			file, err := os.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			info, err := file.Stat()
			if err != nil {
				b.Fatal(err)
			}
			if _, err := extract.Read(context.Background(), path, file, info.Size(), extract.Options{}); err != nil {
				b.Fatal(err)
			}
			if err := file.Close(); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkDocumentsInPool(b *testing.B) {
	paths := healthyDocuments(b)
	pool := newPool(b, sandbox.Options{Workers: 1})
	read := func(path string) {
		if _, err := pool.Do(context.Background(), sandbox.Request{Kind: "document", Name: path, Path: path}); err != nil {
			b.Fatal(err)
		}
	}
	read(paths[0]) // the start of the worker is not what is measured
	for b.Loop() {
		for _, path := range paths {
			read(path)
		}
	}
}
