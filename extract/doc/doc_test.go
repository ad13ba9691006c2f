package doc

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"baocao/extract/document"
	"baocao/extract/document/doctest"
)

func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// script writes a program that stands in for LibreOffice or catdoc.
func script(t *testing.T, body string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		name := filepath.Join(t.TempDir(), "program.bat")
		if err := os.WriteFile(name, []byte("@echo off\r\nexit /b 1\r\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		return name
	}
	name := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(name, []byte("#!/bin/sh\n"+body+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return name
}

func read(data []byte, format Format, opt Options) (*document.Document, error) {
	return Read(context.Background(), bytes.NewReader(data), int64(len(data)), format, opt)
}

// TestMeasure reads the Word 97 report with whatever is installed.
func TestMeasure(t *testing.T) {
	truth := string(file(t, "documents/truth.txt"))
	data := file(t, "documents/report.doc")
	for _, c := range []struct {
		name   string
		opt    Options
		places []string
		given  string
	}{
		{"LibreOffice", Options{Catdoc: "-"}, sofficePlaces(), ""},
		{"catdoc", Options{Soffice: "-"}, []string{"catdoc"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := read(data, Word, c.opt)
			if c.opt.find(c.given, c.places) == "" {
				if !errors.Is(err, ErrNeedsProgram) {
					t.Errorf("not installed, but error %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			f1 := doctest.F1(truth, doc.Text)
			found, total := doctest.RowsFound(truth, doc.Text)
			t.Logf("F1 %.4f, %d of %d rows", f1, found, total)
			if f1 < 0.99 || found != total || doc.Engine != "doc" {
				t.Errorf("F1 %.4f, %d of %d rows, engine %s", f1, found, total, doc.Engine)
			}
			if c.name == "LibreOffice" {
				if f1 < 0.995 || strings.Contains(doc.Text, "Đã xóa 99 hồ sơ") || len(doc.Warnings) > 0 {
					t.Errorf("F1 %.4f, warnings %q", f1, doc.Warnings)
				}
			} else if len(doc.Warnings) != 1 || !strings.Contains(doc.Warnings[0], "deleted") {
				t.Errorf("warnings %q", doc.Warnings)
			}
		})
	}
}

func TestNoProgram(t *testing.T) {
	for _, c := range []struct {
		format Format
		opt    Options
	}{
		{Word, Options{Soffice: "-", Catdoc: "-"}},
		{Word, Options{Soffice: "no-such-program", Catdoc: "no-such-program"}},
		{RTF, Options{Soffice: "-"}}, // catdoc is for .doc only
		{ODT, Options{Soffice: "-"}},
	} {
		if _, err := read([]byte("x"), c.format, c.opt); !errors.Is(err, ErrNeedsProgram) || !strings.Contains(err.Error(), "apt install") || !strings.Contains(err.Error(), "Windows") {
			t.Errorf("%s: error %v", c.format, err)
		}
	}
}

func TestProgramFails(t *testing.T) {
	for _, c := range []struct{ name, body string }{
		{"exit code", "echo broken >&2; exit 3"},
		{"no result", "exit 0"},
		{"endless output", "yes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := read([]byte("x"), Word, Options{Soffice: script(t, c.body)})
			if !errors.Is(err, ErrConvert) {
				t.Errorf("error %v", err)
			}
		})
	}
}

// TestDeadline: a program that does not end is ended with its children, and
// nothing is left behind.
func TestDeadline(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("TMP", temp)
	start := time.Now()
	_, err := read([]byte("x"), Word, Options{Soffice: script(t, "sleep 60 & sleep 60"), Timeout: 200 * time.Millisecond})
	if !errors.Is(err, ErrConvert) {
		t.Errorf("error %v", err)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
	left, err := filepath.Glob(filepath.Join(temp, "baocao-doc-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
	defer cancel()
	_, err := Read(ctx, strings.NewReader("x"), 1, Word, Options{Soffice: script(t, "sleep 60")})
	if runtime.GOOS != "windows" && !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
	if _, err := Read(context.Background(), strings.NewReader("x"), MaxSize+1, Word, Options{}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("large file: error %v", err)
	}
}

func TestFileURL(t *testing.T) {
	for _, c := range []struct{ path, want string }{
		{"/tmp/a b/p#1", "file:///tmp/a%20b/p%231"},
		{"C:/Users/Thư mục/50%", "file:///C:/Users/Thư%20mục/50%25"},
	} {
		if got := fileURL(c.path); got != c.want {
			t.Errorf("fileURL(%q) = %q, want %q", c.path, got, c.want)
		}
	}
}
