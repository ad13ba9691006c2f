// This file says in Vietnamese what is wrong with a database and what to do.
package main

import (
	"errors"
	"fmt"

	"baocao/db"
)

// fault is one kind of fault of a database in words.
type fault struct {
	kind         error
	what, remedy string
}

func faults() []fault {
	return []fault{
		{db.ErrForeign, "không phải là cơ sở dữ liệu của baocao", "cho biết đúng tệp cơ sở dữ liệu, hoặc một tên tệp chưa có để lập cơ sở dữ liệu mới"},
		{db.ErrNewer, "do phiên bản baocao mới hơn ghi", "dùng phiên bản baocao đã ghi tệp này"},
		{db.ErrLocked, "đang được chương trình khác dùng", "chờ chương trình kia xong, hoặc đóng lại, rồi chạy lại lệnh"},
		{db.ErrReadOnly, "không ghi được", "bỏ thuộc tính chỉ đọc, hoặc chép cơ sở dữ liệu sang thư mục ghi được"},
		{db.ErrFull, "không còn chỗ trên ổ đĩa", "dọn bớt ổ đĩa rồi chạy lại đúng lệnh này: phần đã lưu vẫn còn"},
		{db.ErrDamaged, "bị hỏng", "dùng bản sao lưu gần nhất, rồi nhập lại: tệp đã biết được bỏ qua"},
		{db.ErrVanished, "không còn ở chỗ cũ trong khi đang ghi", "nối lại ổ đĩa hoặc ổ mạng, hoặc đặt tệp về chỗ cũ, rồi chạy lại đúng lệnh này: phần còn thiếu được nhập lại"},
		{db.ErrMissing, "không có", "nhập báo cáo trước, hoặc cho biết đúng đường dẫn"},
	}
}

// cause gives what the system said, or else the kind of fault.
func cause(e *db.Error) error {
	if e.Err != nil {
		return e.Err
	}
	return e.Kind
}

// databaseFault says what is wrong with a database, in the language in use, and
// what can be done, "" where nothing is known.
func (a *app) databaseFault(err error) (what, remedy string) {
	var known *db.Error
	if a.lang == "en" || !errors.As(err, &known) {
		return err.Error(), db.Remedy(err)
	}
	if known.Op == db.OpBackup {
		return fmt.Sprintf("không sao lưu được vào %s (%v)", known.Path, cause(known)), "cho biết tệp trong một thư mục có sẵn, ghi được và còn chỗ"
	}
	for _, f := range faults() {
		if errors.Is(err, f.kind) {
			what = fmt.Sprintf("cơ sở dữ liệu %s %s", known.Path, f.what)
			if known.Err != nil {
				what += fmt.Sprintf(" (%v)", known.Err)
			}
			return what, f.remedy
		}
	}
	return err.Error(), db.Remedy(err)
}
