package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Each note of a reader has Vietnamese words of its own.
func TestReaderNotes(t *testing.T) {
	vi, en := &app{lang: "vi"}, &app{lang: "en"}
	for note, want := range map[string]string{
		"text that is struck through was left out: “239”":                                                                  "đã bỏ qua chữ bị gạch ngang: “239”",
		`page 2: struck-through text left out: "12"`:                                                                       `trang 2: đã bỏ qua chữ bị gạch ngang: "12"`,
		"an attached document (altChunk) was not read: word/a.html; open the file in Word and save it again":               "chưa đọc văn bản đính kèm (altChunk) word/a.html: hãy mở tệp bằng Word rồi lưu lại",
		"an attached document (altChunk) was not read: word/a.docx: not a readable DOCX package":                           "không đọc được văn bản đính kèm (altChunk): word/a.docx: not a readable DOCX package",
		"a drawing of 16 x 20 cm on page 1 was not read":                                                                   "chưa đọc hình 16 × 20 cm on page 1",
		"word/styles.xml was not read: a part":                                                                             "không đọc được phần word/styles.xml: a part",
		"12 paragraphs or rows are in the old encoding tcvn3 although the file does not say so; they were decoded":         "12 đoạn hoặc dòng dùng bảng mã cũ tcvn3 mà tệp không khai báo; đã chuyển sang Unicode",
		"page 3 was not read: the file is damaged inside this page, part of it is lost: ask the sender for the file again": "trang 3 chưa đọc được đầy đủ: tệp hỏng ở trang này, mất một phần nội dung: hãy xin lại tệp",
		"attached files were not read, save and import them by themselves: a.pdf":                                          "chưa đọc các tệp đính kèm trong PDF, hãy lưu ra và nhập riêng: a.pdf",
		"something new": "something new",
	} {
		if got := vi.readerNote(note); got != want {
			t.Errorf("%s: %s, want %s", note, got, want)
		}
		if got := en.readerNote(note); got != note {
			t.Errorf("in English %s became %s", note, got)
		}
	}
}

// What a reader left out is said with the figures, not only by read.
func TestExtractTellsNotes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.txt")
	// A text in TCVN3 that does not say so.
	if err := os.WriteFile(file, []byte("UBND x\u00b7 Quang Kh\u00b6i \u00ae\u00b7 ti\u00d5p nh\u00cbn 239 h\u00e5 s\u00ac trong th\u00b8ng, \u00ae\u00b7 gi\u00b6i quy\u00d5t 235 h\u00e5 s\u00ac.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errOut := baocao(t, "extract", file, "--format", "json")
	var j extractJSON
	if err := json.Unmarshal([]byte(out), &j); err != nil || code != exitFine {
		t.Fatalf("exit %d, %v: %s%s", code, err, out, errOut)
	}
	if len(j.Notes) != 1 || !strings.Contains(j.Notes[0], "bảng mã cũ") || !strings.Contains(errOut, "bảng mã cũ") {
		t.Errorf("notes %q, stderr %s", j.Notes, errOut)
	}
}
