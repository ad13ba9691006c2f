// This file says in Vietnamese what readers note of a whole document.
package main

import (
	"regexp"
	"strings"

	"baocao/extract/document"
)

// readerNotes gives what a reader noted of a document in the language in use.
func (a *app) readerNotes(doc *document.Document) []string {
	var list []string
	for _, w := range doc.Warnings {
		list = append(list, a.readerNote(w))
	}
	return list
}

// readerNote turns one note; what is not known stays as it is.
func (a *app) readerNote(note string) string {
	if a.lang == "en" {
		return note
	}
	if page := regexp.MustCompile(`^page (\d+)( was not read)?: (.*)$`).FindStringSubmatch(note); page != nil && !strings.HasPrefix(page[3], "struck-through") {
		return "trang " + page[1] + map[bool]string{true: " chưa đọc được đầy đủ: ", false: ": "}[page[2] != ""] + a.pageNote(page[3])
	}
	for _, n := range [][2]string{
		{`more text that is struck through was left out`, "còn chữ bị gạch ngang khác cũng đã bỏ qua"},
		{`text that is struck through was left out: `, "đã bỏ qua chữ bị gạch ngang: "},
		{`page (\d+): struck-through text left out: `, "trang $1: đã bỏ qua chữ bị gạch ngang: "},
		{`running head or foot left out: `, "đã bỏ qua tiêu đề đầu trang, chân trang: "},
		{`an attached document \(altChunk\) was not read: it is not in the file`, "không đọc được văn bản đính kèm (altChunk): không có trong tệp"},
		{`an attached document \(altChunk\) was not read: (.*); open the file in Word and save it again`, "chưa đọc văn bản đính kèm (altChunk) $1: hãy mở tệp bằng Word rồi lưu lại"},
		{`an attached document \(altChunk\) was not read: (.*) lies too deep`, "chưa đọc văn bản đính kèm (altChunk) $1: lồng quá nhiều lớp"},
		{`an attached document \(altChunk\) was not read: `, "không đọc được văn bản đính kèm (altChunk): "},
		{`a table row has more than (\d+) cells; the rest was not read`, "có dòng của bảng nhiều hơn $1 ô; phần còn lại không đọc"},
		{`an embedded object \(such as an Excel sheet\) was not read`, "chưa đọc đối tượng nhúng (chẳng hạn bảng Excel)"},
		{`a drawing of (\d+) x (\d+) cm(.*) was not read`, "chưa đọc hình $1 × $2 cm$3"},
		{`a sign of the font (".*") is shown as`, "có ký hiệu của phông $1 không nhận được, ghi là"},
		{`the package holds (.*) more than once; the first one was read`, "tệp chứa $1 nhiều lần; đã đọc phần đầu tiên"},
		{`(\d+) paragraphs or rows are in the old encoding (\w+) although the file does not say so; they were decoded`, "$1 đoạn hoặc dòng dùng bảng mã cũ $2 mà tệp không khai báo; đã chuyển sang Unicode"},
		{`the file has lost the letter ư: (\d+) words that must have been meant with it were completed and are marked as doubtful; others may lack it`,
			"tệp bị mất chữ ư: đã khôi phục $1 từ chỉ có thể viết với ư (đánh dấu là chưa chắc); từ khác có thể còn thiếu"},
		{`attached files were not read, save and import them by themselves: `, "chưa đọc các tệp đính kèm trong PDF, hãy lưu ra và nhập riêng: "},
		{`a form \(XFA\) that only Adobe Reader shows: open it there and print it to a new PDF file`, "biểu mẫu XFA chỉ Adobe Reader hiển thị được: hãy mở bằng Adobe Reader rồi in ra tệp PDF mới"},
		{`(\d+) pages that the file lists are not in it: it may be cut off`, "thiếu $1 trang mà tệp có liệt kê: tệp có thể bị cắt cụt, hãy xin lại tệp"},
		{`only the first (\d+) pages were read`, "chỉ đọc $1 trang đầu"},
		{`object (\d+): stream cut after (\d+) bytes`, "đối tượng $1 quá lớn, chỉ đọc $2 byte đầu"},
		{`(.*) was not read: `, "không đọc được phần $1: "},
		{`(.*) may be missing: `, "có thể thiếu phần $1: "},
	} {
		if known := regexp.MustCompile(n[0]); known.MatchString(note) {
			return known.ReplaceAllString(note, n[1])
		}
	}
	return note
}
