// This file says of each page which engine read it and what the gate said of the
// text: baocao read --why.
package main

import (
	"fmt"
	"regexp"
	"strings"

	"baocao/extract/document"
	"baocao/extract/gate"
)

// why prints a line for each page; files without pages are one.
func (a *app) why(doc *document.Document) error {
	judge, err := gate.New()
	if err != nil {
		return err
	}
	texts := map[int]*strings.Builder{}
	for _, b := range doc.Blocks {
		if texts[b.Page] == nil {
			texts[b.Page] = &strings.Builder{}
		}
		fmt.Fprintln(texts[b.Page], doc.Text[b.Start:b.End])
	}
	for _, p := range doc.Pages {
		name := fmt.Sprintf(a.say("trang %d", "page %d"), p.Number)
		if p.Number == 0 {
			name = a.say("cả tệp", "the file")
		}
		text := ""
		if texts[p.Number] != nil {
			text = texts[p.Number].String()
		}
		line := name + ": " + a.engineName(p.Engine) + "; " + a.gateVerdict(judge.Judge(text))
		if p.Note != "" {
			line += "; " + a.pageNote(p.Note)
		}
		if _, err := fmt.Fprintln(a.out, line); err != nil {
			return err
		}
	}
	return nil
}

// pageNote gives what a reader noted of a page in the language in use.
func (a *app) pageNote(note string) string {
	if a.lang == "en" {
		return note
	}
	for _, n := range [][2]string{
		{`no text layer`, "không có lớp chữ"},
		{`text layer refused`, "lớp chữ không dùng được"},
		{`straightened by ([0-9.]+) degrees`, "đã xoay thẳng $1 độ"},
		{`the hook of (\d+) words was told by the words around`, "dấu hỏi của $1 từ được xác định theo các từ bên cạnh"},
		{`a picture covers (\d+%) of the page`, "ảnh phủ $1 trang"},
		{`nothing was recognised`, "không nhận dạng được chữ nào"},
		{`the file is damaged inside this page, part of it is lost: ask the sender for the file again`, "tệp hỏng ở trang này, mất một phần nội dung: hãy xin lại tệp"},
		{`recognised text is doubtful`, "chữ nhận dạng được đáng ngờ"},
		{`the first engine could not open the file`, "bộ đọc thứ nhất không mở được tệp"},
		{`the second engine does not read the page`, "bộ đọc thứ hai không đọc được trang"},
	} {
		note = regexp.MustCompile(n[0]).ReplaceAllString(note, n[1])
	}
	return note
}

// engineName says in words what read a page; its short name stands in brackets.
func (a *app) engineName(engine string) string {
	for _, e := range [][3]string{
		{"pdf", "lớp chữ của PDF", "text layer of the PDF"},
		{"pdfium", "lớp chữ của PDF, đọc bằng PDFium", "text layer of the PDF, by PDFium"},
		{"ocr", "nhận dạng chữ trên ảnh", "text recognition"},
		{"docx", "tệp Word", "Word file"},
		{"doc", "chuyển đổi sang DOCX", "converted to DOCX"},
		{"txt", "văn bản thuần", "plain text"},
	} {
		if e[0] == engine {
			return a.say(e[1], e[2]) + " (" + engine + ")"
		}
	}
	return a.say("không đọc được", "not read")
}

// gateVerdict says what the gate found in the text of a page.
func (a *app) gateVerdict(v gate.Verdict) string {
	if v.Words == 0 {
		return a.say("không có chữ", "no words")
	}
	head := a.say("văn bản dùng được", "the text can be used")
	if !v.Pass {
		head = a.say("văn bản đáng ngờ", "the text is doubtful")
	}
	return fmt.Sprintf(a.say("%s (%d từ, %.0f%% là từ thường gặp, %.0f%% là chữ cái đơn)", "%s (%d words, %.0f%% common ones, %.0f%% single letters)"),
		head, v.Words, 100*v.Common, 100*v.OneLetter)
}
