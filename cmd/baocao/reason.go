// This file says in Vietnamese why a file is in its state. The ledger keeps the
// reasons in English, as the readers give them.
package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"baocao/db"
	"baocao/db/ingest"
	"baocao/extract"
	"baocao/extract/sandbox"
)

// said is one reason: what the ledger says, whole or in part, and what is shown.
type said struct{ ledger, vi string }

// reasons are looked through in order: what is more special stands first.
func reasons() []said {
	return []said{
		{db.ReasonSameBytes, "giống hệt từng byte với tệp khác"},
		{db.ReasonSameReport + ", read with other figures", "cùng một báo cáo ở dạng tệp khác, nhưng đọc ra số liệu có chỗ khác; bản kia đọc chắc hơn nên được dùng"},
		{db.ReasonReissue + ", of a later date", "đã có bản phát hành lại, ngày ban hành muộn hơn"},
		{db.ReasonReissue + ", with a higher number", "đã có bản phát hành lại, số văn bản lớn hơn"},
		{db.ReasonReissue + ", which came later", "đã có bản khác cùng đơn vị, cùng kỳ, nhập sau; số và ngày không cho biết bản nào mới hơn"},
		{db.ReasonSameReport, "cùng một báo cáo ở dạng tệp khác"},
		{db.ReasonReissue, "đã có bản phát hành lại thay thế"},
		{db.ReasonGone, "không còn ở chỗ này; số liệu đã đọc vẫn được giữ"},
		{ingest.ErrNotRegular.Error(), "không phải là tệp thường (ống dẫn hoặc thiết bị)"},
		{ingest.ErrDanglingLink.Error(), "liên kết trỏ tới tệp không còn tồn tại"},
		{ingest.ErrLinkedFolder.Error(), "liên kết tới thư mục khác nên không đi theo; hãy nhập thẳng thư mục đó"},
		{ingest.ErrOwnDatabase.Error(), "chính là tệp cơ sở dữ liệu"},
		{ingest.ErrLockFile.Error(), "dấu tạm của Word khi tệp đang mở, không có nội dung"},
		{ingest.ErrTooLarge.Error(), "tệp quá lớn so với một báo cáo"},
		{ingest.ErrChanged.Error(), "tệp đang được ghi; lần nhập sau sẽ đọc"},
		{ingest.ErrUnsafeName.Error(), "tên tệp trong tệp nén trỏ ra ngoài; hãy giải nén rồi nhập"},
		{ingest.ErrEncrypted.Error(), "tệp nén có mật khẩu; hãy giải nén bằng mật khẩu rồi nhập"},
		{ingest.ErrBomb.Error(), "tệp nén bung ra lớn bất thường, không mở"},
		{ingest.ErrNested.Error(), "tệp nén lồng quá nhiều lớp; hãy giải nén rồi nhập"},
		{extract.ErrEmpty.Error(), "tệp rỗng; hãy xin nơi gửi gửi lại"},
		{extract.ErrEncrypted.Error(), "tệp có mật khẩu; hãy mở bằng mật khẩu, lưu lại không có mật khẩu rồi nhập"},
		{extract.ErrNotDocument.Error(), "không phải là văn bản"},
		{extract.ErrDamaged.Error(), "tệp hỏng; hãy mở bằng chương trình đã tạo ra nó rồi lưu lại, hoặc xin nơi gửi gửi lại"},
		{extract.ErrNoTextLayer.Error(), "không có chữ, có thể là bản chụp; hãy xin bản Word hoặc bản quét rõ hơn"},
		{extract.ErrNeedsOCR.Error(), "trang là ảnh; hãy cài tesseract có tiếng Việt rồi chạy baocao retry"},
		{extract.ErrNeedsProgram.Error(), "cần LibreOffice để đọc loại tệp này; hãy cài rồi chạy baocao retry, hoặc lưu lại thành DOCX"},
		{"the file could not be converted", "LibreOffice không chuyển được tệp này; hãy mở bằng Word rồi lưu lại thành DOCX"},
		{extract.ErrUnsupported.Error(), "loại tệp này không được đọc; hãy lưu thành DOCX hoặc PDF"},
		{extract.ErrTooLarge.Error(), "tệp quá lớn hoặc bung ra quá lớn"},
		{sandbox.ErrStart.Error(), "không khởi động được bộ đọc; lần nhập sau sẽ đọc lại"},
		{(&sandbox.Killed{Reason: sandbox.Memory}).Error(), "đọc tệp này tốn quá nhiều bộ nhớ"},
		{(&sandbox.Killed{Reason: sandbox.Deadline}).Error(), "đọc tệp này quá lâu; chạy baocao retry khi máy rảnh"},
		{(&sandbox.Killed{Reason: sandbox.Crash}).Error(), "bộ đọc dừng đột ngột ở tệp này"},
		{"internal error", "lỗi trong chương trình khi đọc tệp này"},
		{"permission denied", "không có quyền mở tệp"},
		{"Access is denied", "không có quyền mở tệp"},
		{"being used by another process", "tệp đang được chương trình khác dùng; hãy đóng lại rồi nhập lại"},
		{"too many levels of symbolic links", "liên kết trỏ vòng về chính nó"},
		{"no such file", "không còn tệp này"},
		{"cannot find the", "không còn tệp này"},
		{"input/output error", "ổ đĩa báo lỗi khi đọc tệp"},
		{"its files have rows of their own", "các tệp bên trong có dòng riêng"},
	}
}

// reason says why a file is in its state, in the language in use.
func (a *app) reason(ledger string) string {
	if a.lang == "en" || ledger == "" {
		return ledger
	}
	if rest, ok := strings.CutPrefix(ledger, "could not be read again: "); ok {
		return "lần này không đọc lại được: " + a.reason(rest)
	}
	if rest, ok := strings.CutPrefix(ledger, "what was read from it cannot be stored: "); ok {
		return "đọc được nhưng không lưu được: " + rest
	}
	if why, ok := strings.CutPrefix(ledger, db.ReasonNoReport); ok {
		return "không phải báo cáo CCHC: " + noReport(why)
	}
	var n int
	if _, err := fmt.Sscanf(ledger, "%d file", &n); err == nil && strings.HasSuffix(ledger, " inside") {
		return fmt.Sprintf("có %s tệp bên trong", a.number(fmt.Sprint(n)))
	}
	for _, r := range reasons() {
		if strings.Contains(ledger, r.ledger) {
			return r.vi
		}
	}
	return ledger
}

// noReport says by what a document was told to be no report.
func noReport(why string) string {
	by, what, _ := strings.Cut(why, ": ")
	switch by {
	case "title":
		return "là " + what
	case "symbol":
		return "theo ký hiệu là " + what
	case "subject":
		return "tên báo cáo nói về " + what
	}
	return "nội dung không nói về cải cách hành chính"
}

// jsonPath gives a path as JSON can hold it: bytes that are not UTF-8 are shown as
// "\xNN".
func jsonPath(path string) string {
	if utf8.ValidString(path) {
		return path
	}
	var b strings.Builder
	for len(path) > 0 {
		r, n := utf8.DecodeRuneInString(path)
		if r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, `\x%02x`, path[0])
		} else {
			b.WriteString(path[:n])
		}
		path = path[n:]
	}
	return b.String()
}

func jsonPaths(paths []string) []string {
	var list []string
	for _, p := range paths {
		list = append(list, jsonPath(p))
	}
	return list
}

// shownPath gives a path on one line of a table: what cannot be printed is
// escaped.
func shownPath(path string) string {
	clean := jsonPath(path)
	if strings.IndexFunc(clean, func(r rune) bool { return r < ' ' || r == 0x7f || r == utf8.RuneError }) < 0 {
		return clean
	}
	var b strings.Builder
	for _, r := range clean {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
