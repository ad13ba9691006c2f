package rules

import "testing"

// TestToldCells reads rows whose value is told in words, and leaves those alone whose
// numbers are in another unit of money, of another period or of several offices.
func TestToldCells(t *testing.T) {
	set := defaultSet(t)
	for _, c := range []struct{ header, row, want string }{
		{"Nội dung\tKết quả", "Hồ sơ tiếp nhận\t214 hồ sơ (trực tuyến 180, trực tiếp 34)",
			"dossiers.received@#period=214\ndossiers.received_direct@#period=34\ndossiers.received_online@#period=180\nonline.received@#period=180"},
		{"STT\tNội dung\tKết quả\tGhi chú", "2\tKiểm tra CCHC\tĐã kiểm tra 02 cuộc, phát hiện 04 tồn tại\t", "inspection.done@#period=2\ninspection.issues_found@#period=4"},
		{"Nội dung\tKết quả", "Phản ánh kiến nghị\tKhông phát sinh", "feedback.received@#period=0"},
		{"Nội dung\tKết quả", "Kinh phí tự chủ (triệu đồng)\tĐã chi 1.450 trong 3.200", ""},
		{"Nội dung\tĐVT\tKết quả", "Phí, lệ phí thu được\tnghìn đồng\t4.312 (tháng trước 3.900)", ""},
		{"Nội dung\tĐVT\tKết quả", "Kinh phí tiết kiệm\t1.000 đồng\tkhoảng 45,5", ""},
		{"Nội dung\tChỉ tiêu năm", "Số cuộc kiểm tra\tTừ 02 cuộc trở lên", ""},
		{"Đơn vị\tKết quả", "Xã Đông Hòa\tTiếp nhận 12 hồ sơ, giải quyết 12 hồ sơ", ""},
	} {
		text := "UBND XÃ QUANG KHẢI\nBÁO CÁO\nCông tác cải cách hành chính tháng 5 năm 2023\nI. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH\n" + c.header + "\n" + c.row + "\n"
		if got := valuesIn(set, text); got != c.want {
			t.Errorf("%q:\n%s", c.row, difference(c.want, got))
		}
		numbers := map[int]int{}
		for _, n := range set.Extract(documentOf(text)).Numbers {
			if numbers[n.Start]++; numbers[n.Start] > 1 {
				t.Errorf("%q: the number %q is told twice", c.row, n.Text)
			}
		}
	}
}
