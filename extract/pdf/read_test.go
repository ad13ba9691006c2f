package pdf_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"baocao/extract/document"
	"baocao/extract/document/doctest"
	"baocao/extract/pdf"
)

const (
	documents = "../../testdata/documents/"
	synth     = "../../testdata/synth/"
	hostile   = "../../testdata/hostile/"
)

func load(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func read(t testing.TB, path string) *document.Document {
	t.Helper()
	data := load(t, path)
	doc, err := pdf.Read(context.Background(), bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("read %s: %v", filepath.Base(path), err)
	}
	checkBlocks(t, doc)
	return doc
}

// checkBlocks checks what a Document promises: blocks in order, not
// overlapping, and every byte that is not white space in one of them.
func checkBlocks(t testing.TB, doc *document.Document) {
	t.Helper()
	end := 0
	for i, b := range doc.Blocks {
		if b.Start < end || b.End < b.Start || b.End > len(doc.Text) {
			t.Fatalf("block %d has the span %d..%d after %d", i, b.Start, b.End, end)
		}
		if strings.TrimSpace(doc.Text[end:b.Start]) != "" {
			t.Fatalf("text %q before block %d lies in no block", doc.Text[end:b.Start], i)
		}
		end = b.End
	}
	if strings.TrimSpace(doc.Text[end:]) != "" {
		t.Fatalf("text %q after the last block", doc.Text[end:])
	}
}

// TestDocuments reads one report from the PDF files of many programs.
func TestDocuments(t *testing.T) {
	truth := string(load(t, documents+"truth.txt"))
	tests := []struct {
		file string
		f1   float64
	}{
		{"lo.pdf", 1},
		{"lo_report.pdf", 0.995}, // has a footnote and an insertion more than the truth
		{"chrome.pdf", 0.995},    // has a head and a foot more than the truth
		{"gs.pdf", 1},
		{"mixed/lo.pdf", 1},
		{"mixed/gs.pdf", 1},
		{"nfd.pdf", 1},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			doc := read(t, documents+test.file)
			if f1 := doctest.F1(truth, doc.Text); f1 < test.f1 {
				lost, extra := doctest.MissingWords(truth, doc.Text)
				t.Errorf("F1 is %.4f, want %.4f; lost %q, too many %q", f1, test.f1, lost, extra)
			}
			if found, total := doctest.RowsFound(truth, doc.Text); found != total || total == 0 {
				t.Errorf("%d of %d table rows stand on one line", found, total)
			}
		})
	}
}

// lines returns the lines of a text, their white space made plain.
func lines(s string) []string {
	var out []string
	for line := range strings.Lines(norm.NFC.String(s)) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		for i := range cells {
			cells[i] = strings.Join(strings.Fields(cells[i]), " ")
		}
		if line = strings.Join(cells, "\t"); strings.TrimSpace(line) != "" {
			out = append(out, line)
		}
	}
	return out
}

// TestParagraphs demands the paragraphs of the text of one report, whichever
// program broke them into lines.
func TestParagraphs(t *testing.T) {
	_, body, ok := strings.Cut(string(load(t, documents+"truth.txt")), "BÁO CÁO\n")
	body, _, ok2 := strings.Cut(body, "Nơi nhận:")
	if !ok || !ok2 {
		t.Fatal("truth has no body")
	}
	want := lines(body)
	for _, file := range []string{"lo.pdf", "chrome.pdf", "gs.pdf", "mixed/lo.pdf", "mixed/gs.pdf", "nfd.pdf"} {
		t.Run(file, func(t *testing.T) {
			got := map[string]bool{}
			for _, line := range lines(read(t, documents+file).Text) {
				got[line] = true
			}
			for _, line := range want {
				if !got[line] {
					t.Errorf("paragraph is not on one line: %q", line)
				}
			}
		})
	}
}

// TestLineForLine demands the very lines of the truth: rules must see the same
// clauses and cells from a PDF as from any other file.
func TestLineForLine(t *testing.T) {
	files, err := filepath.Glob(synth + "pdf/*.pdf")
	if err != nil || len(files) < 7 {
		t.Fatalf("found %d files, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".pdf")
		truth := string(load(t, synth+name+".txt"))
		if name == "hd-xa-quang-khai-2023-05" {
			continue // its truth is hard-wrapped; TestHardWrapped reads it
		}
		t.Run(name, func(t *testing.T) {
			want, got := lines(truth), lines(read(t, file).Text)
			for i := range max(len(want), len(got)) {
				var w, g string
				if i < len(want) {
					w = want[i]
				}
				if i < len(got) {
					g = got[i]
				}
				if w != g {
					t.Fatalf("line %d is\n%q, want\n%q", i+1, g, w)
				}
			}
		})
	}
}

func TestHardWrapped(t *testing.T) {
	truth := string(load(t, synth+"hd-xa-quang-khai-2023-05.txt"))
	doc := read(t, synth+"pdf/hd-xa-quang-khai-2023-05.pdf")
	if f1 := doctest.F1(truth, doc.Text); f1 < 0.99 { // the file has a letterhead more
		t.Errorf("F1 is %.4f", f1)
	}
	var long int
	for _, line := range lines(doc.Text) {
		if len(line) > 400 {
			long++
		}
	}
	if long < 10 {
		t.Errorf("only %d long paragraphs: lines were not joined", long)
	}
}

// TestLegacyFont reads a file whose font has no name to go by and whose text is
// in TCVN3. Capitals lose their tone marks there, so case is folded. The program
// that printed it left out the byte 0xAD, a soft hyphen to it but the letter ư
// in TCVN3, so the truth is taken without that letter.
func TestLegacyFont(t *testing.T) {
	truth := strings.ToLower(string(load(t, documents+"truth.txt")))
	printed := strings.ReplaceAll(truth, "ư", "")
	doc := read(t, documents+"tcvn3.pdf")
	if f1 := doctest.F1(printed, strings.ToLower(doc.Text)); f1 < 0.99 {
		lost, extra := doctest.MissingWords(printed, strings.ToLower(doc.Text))
		t.Errorf("F1 is %.4f; lost %q, too many %q", f1, lost, extra)
	}
	if doc.Encoding != "tcvn3" {
		t.Errorf("encoding is %q", doc.Encoding)
	}
	printed = strings.Replace(printed, "phụ lục.", "PHỤ LỤC.", 1) // where the rows are looked for
	if found, total := doctest.RowsFound(printed, strings.ToLower(doc.Text)); found != total || total == 0 {
		t.Errorf("%d of %d table rows stand on one line", found, total)
	}
}

// TestFootnote: the number of a footnote is no part of the word or figure it
// stands at, and the note follows the paragraph that refers to it. Text that is
// struck through is no text.
func TestFootnote(t *testing.T) {
	doc := read(t, documents+"lo_report.pdf")
	at := -1
	for i, b := range doc.Blocks {
		if b.Kind == document.Footnote {
			at = i
		}
	}
	if at < 1 {
		t.Fatal("no footnote")
	}
	note, before := doc.Blocks[at], doc.Blocks[at-1]
	if got := doc.Text[note.Start:note.End]; got != "Số liệu tính đến ngày 25/5/2023." {
		t.Errorf("footnote is %q", got)
	}
	if got := doc.Text[before.Start:before.End]; !strings.HasSuffix(got, "như sau:") {
		t.Errorf("paragraph before is %q", got)
	}
	if strings.Contains(doc.Text, "Đã xóa 99") {
		t.Error("struck-through text was read")
	}
	if !strings.Contains(strings.Join(doc.Warnings, "\n"), "Đã xóa 99") {
		t.Error("no warning about the struck-through text")
	}
}

// TestGarbage: a text layer without meaning is handed on as it is, unknown
// characters marked, so that a check of the text can reject it.
func TestGarbage(t *testing.T) {
	doc := read(t, documents+"gs_ps.pdf")
	if len(doc.Pages) != 8 {
		t.Errorf("%d pages", len(doc.Pages))
	}
	if n := strings.Count(doc.Text, "\ufffd"); n < 100 {
		t.Errorf("only %d unknown characters", n)
	}
}

func TestPages(t *testing.T) {
	data := load(t, documents+"lo.pdf")
	pages, _, err := pdf.Pages(context.Background(), bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) != 8 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, p := range pages {
		if p.Number != i+1 || p.Engine != "pdf" || p.Width < 590 || p.Height < 840 || len(p.Glyphs) == 0 {
			t.Errorf("page %d: number %d, engine %q, %.0f x %.0f, %d characters", i+1, p.Number, p.Engine, p.Width, p.Height, len(p.Glyphs))
		}
		for _, g := range p.Glyphs {
			if g.Text == "" || g.X1 < g.X0 || g.Y1 < g.Y0 || g.Baseline < g.Y0 || g.Baseline > g.Y1 {
				t.Fatalf("page %d: bad character %+v", i+1, g)
			}
		}
	}
	if len(pages[7].Lines) < 15 {
		t.Errorf("%d ruling lines in the appendix", len(pages[7].Lines))
	}
}

// TestHostile reads files with one fault each. text is what must be read, ""
// where nothing can; err what must be returned.
func TestHostile(t *testing.T) {
	const hello = "Hello world"
	want := map[string]struct {
		text string
		err  error
	}{
		"Q_underflow": {hello, nil}, "Tj_noarg": {hello, nil}, "asciihex": {hello, nil}, "ok": {hello, nil},
		"cmap_5byte": {"\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd", nil}, "cmap_bomb": {"\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd", nil},
		"cmap_oddutf16": {"A", nil}, "count_huge": {hello, nil}, "count_neg": {hello, nil},
		"empty": {"", pdf.ErrNotPDF}, "html": {"", pdf.ErrNotPDF}, "tiny": {"", pdf.ErrNotPDF},
		"flate_bad_checksum": {hello, nil}, "flate_ops_40MB": {"A", nil}, "flate_stack_100M_ints": {"", nil},
		"fontname_reuse": {"AB\nXY", nil}, "form_self": {hello, nil}, "form_text": {hello, nil},
		"hdr20": {hello, nil}, "hdr_bom": {hello, nil}, "hdr_space": {hello, nil}, "inline_image": {hello, nil},
		"kids_loop": {"", pdf.ErrNoPages}, "length_huge": {hello, nil}, "length_self_ref": {hello, nil}, "length_wrong": {hello, nil},
		"lzw": {hello, nil}, "lzw_short": {"", nil}, "nest_arrays_30M_flate": {"", nil}, "no_eof": {hello, nil}, "no_xref": {hello, nil},
		"parent_loop": {"", nil}, "prev_self_loop": {hello, nil}, "quote_ops": {"line one\nline two\nline three", nil},
		"trailing_html": {hello, nil}, "trailing_junk": {hello, nil}, "xref_off_by_5": {hello, nil},
		"xrefstm_W_huge": {hello, nil}, "xrefstm_W_neg": {hello, nil}, "xrefstm_index_1e9": {hello, nil},
		"xrefstm_size_1e10": {hello, nil}, "xrefstm_size_2e8": {hello, nil}, "xreftab_start_9e8": {hello, nil},
	}
	files, err := filepath.Glob(hostile + "*.pdf")
	if err != nil || len(files) < 30 {
		t.Fatalf("found %d files, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".pdf")
		if name == "pdf_renamed" { // a whole report under a wrong name, read elsewhere
			continue
		}
		t.Run(name, func(t *testing.T) {
			test, ok := want[name]
			if !ok {
				t.Fatal("no expectation for this file")
			}
			data := load(t, file)
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
			defer cancel()
			doc, err := pdf.Read(ctx, bytes.NewReader(data), int64(len(data)))
			if !errors.Is(err, test.err) {
				t.Fatalf("error is %v, want %v", err, test.err)
			}
			if err != nil {
				return
			}
			checkBlocks(t, doc)
			if got := strings.TrimSpace(doc.Text); got != test.text {
				t.Errorf("text is %q, want %q", got, test.text)
			}
		})
	}
}

// TestTruncated cuts a good file anywhere: what is left is read, or an error
// says that nothing is.
func TestTruncated(t *testing.T) {
	data := load(t, documents+"lo.pdf")
	for n := 0; n < len(data); n += 997 {
		doc, err := pdf.Read(context.Background(), bytes.NewReader(data[:n]), int64(n))
		if err == nil {
			checkBlocks(t, doc)
		}
	}
}

func TestCancelled(t *testing.T) {
	data := load(t, documents+"lo.pdf")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := pdf.Read(ctx, bytes.NewReader(data), int64(len(data))); !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v", err)
	}
}

func TestTooLarge(t *testing.T) {
	if _, err := pdf.Read(context.Background(), bytes.NewReader(nil), 1<<40); !errors.Is(err, pdf.ErrTooLarge) {
		t.Errorf("error is %v", err)
	}
}

func BenchmarkPDF(b *testing.B) {
	data := load(b, synth+"pdf/hp-xa-tu-ky-2025-09.pdf")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pdf.Read(context.Background(), bytes.NewReader(data), int64(len(data))); err != nil {
			b.Fatal(err)
		}
	}
}
