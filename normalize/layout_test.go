// This file tests the head of a report in every layout that readers give, with every
// form of unit, number, date and period.

package normalize

import (
	"fmt"
	"strings"
	"testing"
)

// head is what is printed at the head of a report.
type head struct {
	upper, unit          []string // lines of the left column
	number, place, title string
	extra                string // below the title
}

// headLayouts put the parts where readers put them.
func headLayouts() map[string]func(h head) string {
	left := func(h head) []string { return append(append(append([]string{}, h.upper...), h.unit...), h.number) }
	join := func(parts ...string) string { return strings.Join(parts, "\n") }
	rest := func(h head) string { return join(h.title, h.extra, text) }
	return map[string]func(h head) string{
		"rows of two columns": func(h head) string {
			l, r := left(h), []string{motto, free}
			var b strings.Builder
			for i := 0; i < max(len(l), len(r)) || i == 0; i++ {
				if i < len(l) {
					b.WriteString(l[i])
				}
				b.WriteByte('\t')
				switch {
				case i < len(r):
					b.WriteString(r[i])
				case i == len(l)-1:
					b.WriteString(h.place)
				}
				b.WriteByte('\n')
			}
			if len(l) <= len(r) {
				b.WriteString("\t" + h.place + "\n")
			}
			return b.String() + rest(h)
		},
		"left column first":  func(h head) string { return join(join(left(h)...), motto, free, h.place, rest(h)) },
		"right column first": func(h head) string { return join(motto, free, h.place, join(left(h)...), rest(h)) },
		"lines interleaved": func(h head) string {
			l := left(h)
			return join(l[0], motto, join(l[1:len(l)-1]...), free, l[len(l)-1], h.place, rest(h))
		},
		"rules between": func(h head) string {
			return join(join(left(h)...), "-------", motto, free, "---------------", h.place, "", rest(h))
		},
		"wide gaps": func(h head) string {
			l := left(h)
			for i, r := range []string{motto, free} {
				if i < len(l)-1 {
					l[i] = "   " + l[i] + "        " + r
				} else {
					l = append(l, "          "+r)
				}
			}
			return join(join(l...), "                    "+h.place, rest(h))
		},
		"letterhead after the text": func(h head) string {
			return join(h.title, h.extra, text, "Trên đây là báo cáo của đơn vị.", "Nơi nhận:", "- Lưu: VT.", join(left(h)...), motto, free, h.place)
		},
	}
}

func plainHead() head {
	return head{unit: []string{"ỦY BAN NHÂN DÂN", "XÃ QUANG PHỤC"}, number: "Số: 41/BC-UBND", place: "Quang Phục, ngày 17 tháng 6 năm 2023",
		title: "BÁO CÁO\nCông tác cải cách hành chính tháng 5 năm 2023"}
}

// expect compares what was read of the head.
func expect(t *testing.T, what, doc string, want [7]string) {
	t.Helper()
	r := build(t, doc, Source{})
	got := [7]string{r.Unit, strings.Join(r.Parents, "; "), r.Number, r.Date, r.Period, r.From, r.To}
	if got != want {
		t.Errorf("%s:\ngot  %q\nwant %q\n%s", what, got, want, doc)
	}
}

func TestLayoutsOfUnits(t *testing.T) {
	units := []struct {
		upper, unit   []string
		place         string
		want, parents string
	}{
		{nil, []string{"ỦY BAN NHÂN DÂN", "XÃ QUANG PHỤC"}, "Quang Phục", "Xã Quang Phục", ""},
		{nil, []string{"ỦY BAN", "NHÂN DÂN", "XÃ QUANG PHỤC"}, "Quang Phục", "Xã Quang Phục", ""},
		{nil, []string{"UBND XÃ", "QUANG PHỤC"}, "Quang Phục", "Xã Quang Phục", ""},
		{nil, []string{"ỦY BAN NHÂN DÂN", "PHƯỜNG", "LONG ANH"}, "Long Anh", "Phường Long Anh", ""},
		{nil, []string{"ỦY BAN NHÂN DÂN THỊ TRẤN", "TỨ KỲ"}, "Tứ Kỳ", "Thị trấn Tứ Kỳ", ""},
		{[]string{"UBND HUYỆN TỨ KỲ"}, []string{"UBND XÃ QUANG PHỤC"}, "Quang Phục", "Xã Quang Phục", "Huyện Tứ Kỳ"},
		{[]string{"UBND TP. HẢI DƯƠNG"}, []string{"UBND P. TÂN BÌNH"}, "Tân Bình", "Phường Tân Bình", "Thành phố Hải Dương"},
		{[]string{"UBND TỈNH KHÁNH HÒA"}, []string{"ỦY BAN NHÂN DÂN ĐẶC KHU TRƯỜNG SA"}, "Trường Sa", "Đặc khu Trường Sa", "Tỉnh Khánh Hòa"},
		{nil, []string{"ỦY BAN NHÂN DÂN", "HUYỆN TỨ KỲ"}, "Tứ Kỳ", "Huyện Tứ Kỳ", ""},
		{nil, []string{"ỦY BAN NHÂN DÂN", "QUẬN NINH KIỀU"}, "Ninh Kiều", "Quận Ninh Kiều", ""},
		{nil, []string{"ỦY BAN NHÂN DÂN", "THỊ XÃ KINH MÔN"}, "Kinh Môn", "Thị xã Kinh Môn", ""},
		{nil, []string{"ỦY BAN NHÂN DÂN", "THÀNH PHỐ CHÍ LINH"}, "Chí Linh", "Thành phố Chí Linh", ""},
		{nil, []string{"ỦY BAN NHÂN DÂN", "TỈNH HẢI DƯƠNG"}, "Hải Dương", "Tỉnh Hải Dương", ""},
		{nil, []string{"ỦY BAN NHÂN DÂN XÃ QUANG PHỤC, HUYỆN TỨ KỲ, TỈNH HẢI DƯƠNG"}, "Quang Phục", "Xã Quang Phục", "Huyện Tứ Kỳ; Tỉnh Hải Dương"},
	}
	for layout, write := range headLayouts() {
		for _, u := range units {
			h := plainHead()
			h.upper, h.unit, h.place = u.upper, u.unit, u.place+", ngày 17 tháng 6 năm 2023"
			if layout == "letterhead after the text" && len(u.unit) > 1 {
				continue // torn from its type the name is read where it is told apart from the signature
			}
			expect(t, layout, write(h), [7]string{u.want, u.parents, "41/BC-UBND", "2023-06-17", "2023-05", "", ""})
		}
	}
}

func TestLayoutsOfNumberAndDate(t *testing.T) {
	numbers := [][2]string{
		{"Số: 41/BC-UBND", "41/BC-UBND"}, {"Số 41/BC-UBND", "41/BC-UBND"}, {"Số:41 /BC-UBND-CCHC", "41/BC-UBND-CCHC"}, {"Số : 41 / BC - UBND", "41/BC-UBND"},
		{"Số:      /BC-UBND", ""}, {"Số: …/BC-UBND", ""}, {"Số: ____/BC-UBND", ""}, {"Số: .../BC-UBND", ""}, {"Số: /BC-UBND", ""},
	}
	dates := [][2]string{
		{"Quang Phục, ngày 17 tháng 6 năm 2023", "2023-06-17"}, {"Quang Phục, ngày 17/6/2023", "2023-06-17"}, {"Quang Phục , ngày 07 tháng 06 năm 2023", "2023-06-07"},
		{"Quang Phục, ngày     tháng 6 năm 2023", ""}, {"Quang Phục, ngày … tháng … năm 2023", ""}, {"Quang Phục, ngày ____ tháng 6 năm 2023", ""},
		{"Quang Phục, ngày ... tháng 6 năm 2023", ""}, {"Quang Phục, ngày     tháng     năm 2023", ""}, {"Quang Phục, ngày 31 tháng 6 năm 2023", ""},
	}
	for layout, write := range headLayouts() {
		for _, n := range numbers {
			for _, d := range dates {
				h := plainHead()
				h.number, h.place = n[0], d[0]
				// What the text cites is neither its own number nor its own date.
				h.extra = "Căn cứ Quyết định số 25/QĐ-TTg ngày 22/7/2021 của Thủ tướng Chính phủ;\nCăn cứ Kế hoạch số 12/KH-UBND ngày 05 tháng 01 năm 2023;"
				expect(t, layout, write(h), [7]string{"Xã Quang Phục", "", n[1], d[1], "2023-05", "", ""})
			}
		}
	}
}

func TestLayoutsOfPeriod(t *testing.T) {
	periods := []struct{ title, extra, day, period, from, to string }{
		{"Công tác CCHC tháng 5/2023", "", "31 tháng 5 năm 2023", "2023-05", "", ""},
		{"CÔNG TÁC CẢI CÁCH HÀNH CHÍNH THÁNG 05/2023", "", "31 tháng 5 năm 2023", "2023-05", "", ""},
		{"Công tác CCHC", "(Kỳ báo cáo tháng 5)", "31 tháng 5 năm 2023", "2023-05", "", ""},
		{"Công tác CCHC", "Kỳ báo cáo: Tháng 5 năm 2023", "31 tháng 5 năm 2023", "2023-05", "", ""},
		{"Công tác CCHC tháng 6 năm 2023", "(Từ ngày 15/5/2023 đến ngày 14/6/2023)", "15 tháng 6 năm 2023", "2023-06", "2023-05-15", "2023-06-14"},
		{"Công tác CCHC tháng 6 năm 2023", "(Số liệu từ 15/5/2023 đến 14/6/2023)", "15 tháng 6 năm 2023", "2023-06", "2023-05-15", "2023-06-14"},
		{"Công tác CCHC tháng 12, phương hướng, nhiệm vụ tháng 01", "", "25 tháng 12 năm 2023", "2023-12", "", ""},
		{"Công tác CCHC tháng 12, phương hướng, nhiệm vụ tháng 01", "", "04 tháng 01 năm 2024", "2023-12", "", ""},
		{"Công tác CCHC quý II và 6 tháng đầu năm 2023", "", "15 tháng 6 năm 2023", "2023-Q2", "", ""},
		{"Kết quả CCHC Quý III và 9 tháng đầu năm 2023", "", "20 tháng 9 năm 2023", "2023-Q3", "", ""},
		{"Kết quả CCHC Quý III và 9 tháng năm 2023, phương hướng nhiệm vụ quý IV năm 2023", "", "20 tháng 9 năm 2023", "2023-Q3", "", ""},
		{"Kết quả CCHC quý IV và cả năm 2023", "", "15 tháng 12 năm 2023", "2023-Q4", "", ""},
		{"Kết quả CCHC 9 tháng đầu năm và ước thực hiện cả năm 2023", "", "20 tháng 9 năm 2023", "2023-9M", "", ""},
		{"Sơ kết công tác CCHC 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2023", "", "20 tháng 6 năm 2023", "2023-H1", "", ""},
		{"Sơ kết công tác CCHC 6 tháng năm 2023", "", "20 tháng 6 năm 2023", "2023-H1", "", ""},
		{"Công tác CCHC nửa đầu năm 2023", "", "20 tháng 6 năm 2023", "2023-H1", "", ""},
		{"Công tác CCHC 10 tháng đầu năm 2023", "", "31 tháng 10 năm 2023", "2023-01-01/2023-10-31", "2023-01-01", "2023-10-31"},
		{"Tình hình, kết quả CCHC 11 tháng năm 2023", "", "25 tháng 11 năm 2023", "2023-01-01/2023-11-30", "2023-01-01", "2023-11-30"},
		{"Tổng kết công tác CCHC năm 2023; phương hướng, nhiệm vụ năm 2024", "(Số liệu từ 15/12/2022 đến 14/12/2023)", "15 tháng 12 năm 2023", "2023", "2022-12-15", "2023-12-14"},
		{"Kết quả giải quyết TTHC tuần 24 (từ ngày 08/6/2026 đến ngày 14/6/2026)", "", "12 tháng 6 năm 2026", "2026-W24", "2026-06-08", "2026-06-14"},
		{"Kết quả giải quyết TTHC tuần 24 năm 2026", "", "12 tháng 6 năm 2026", "2026-W24", "", ""},
		{"Kết quả thực hiện CCHC", "(Từ ngày 01/7/2025 đến ngày 30/9/2025)", "30 tháng 9 năm 2025", "2025-Q3", "2025-07-01", "2025-09-30"},
		{"Tình hình kiểm soát thủ tục hành chính tháng 5", "", "     tháng 5 năm 2023", "2023-05", "", ""},
		{"Kết quả thực hiện Đề án 06 và CCHC tháng 5 năm 2023", "", "31 tháng 5 năm 2023", "2023-05", "", ""},
	}
	for layout, write := range headLayouts() {
		for _, p := range periods {
			h := plainHead()
			h.title, h.extra, h.place = "BÁO CÁO\n"+p.title, p.extra, "Quang Phục, ngày "+p.day
			r := build(t, write(h), Source{})
			if got := fmt.Sprint(r.Period, r.From, r.To); got != fmt.Sprint(p.period, p.from, p.to) {
				t.Errorf("%s: %s %s, %s:\ngot  %s %s..%s\nwant %s %s..%s", layout, p.title, p.extra, p.day, r.Period, r.From, r.To, p.period, p.from, p.to)
			}
		}
	}
}

// Of a date with a blank for the day the month is known, and gives a period its year.
func TestBlankDay(t *testing.T) {
	for day, want := range map[string]string{
		"Quang Phục, ngày     tháng 01 năm 2024": "2024-01", "Quang Phục, ngày … tháng 01 năm 2024": "2024-01", "Quang Phục, ngày ...... tháng 1 năm 2024": "2024-01",
		"Quang Phục, ngày ___ tháng 01 năm 2024": "2024-01", "Quang Phục, ngày … tháng … năm 2024": "", "Quang Phục, ngày 31 tháng 02 năm 2024": "",
		"Quang Phục, ngày 05 tháng 01 năm 2024": "",
	} {
		for layout, write := range headLayouts() {
			h := plainHead()
			h.place, h.title = day, "BÁO CÁO\nCông tác CCHC tháng 12"
			r := build(t, write(h), Source{})
			if r.DateMonth != want || r.Date != "" && want != "" {
				t.Errorf("%s, %s: month %q, date %q", layout, day, r.DateMonth, r.Date)
			}
			if want != "" && r.Period != "2023-12" {
				t.Errorf("%s, %s: period %q", layout, day, r.Period)
			}
		}
	}
}

// A letter without a title says in its "V/v" what it is about.
func TestLetter(t *testing.T) {
	doc := "UBND XÃ AN BÌNH\t" + motto + "\nSố: 58/UBND-VP\t" + free + "\nV/v báo cáo CCHC tháng 5\tAn Bình, ngày 31 tháng 5 năm 2023\n" +
		"Kính gửi: Phòng Nội vụ huyện Tứ Kỳ\nThực hiện Công văn số 12/NV ngày 01/5/2023, UBND xã An Bình báo cáo:\n" + text
	expect(t, "letter", doc, [7]string{"Xã An Bình", "Huyện Tứ Kỳ", "58/UBND-VP", "2023-05-31", "2023-05", "", ""})
	expect(t, "spaced", "UBND XÃ AN BÌNH\nSố: 58/BC-UBND\nB Á O   C Á O\nCông tác CCHC tháng 5 năm 2023\n"+text, [7]string{"Xã An Bình", "", "58/BC-UBND", "", "2023-05", "", ""})
}

// A cited document has a date of its own, in news too.
func TestCitedDateIsNotTheDate(t *testing.T) {
	for _, doc := range []string{
		"Quyết định 25/QĐ-TTg ngày 22/7/2021\nKế hoạch số 12/KH-UBND ngày 05/01/2023\nUBND xã An Bình đã tiếp nhận 239 hồ sơ trong tháng 5 năm 2023 và giải quyết 235 hồ sơ.\n",
		"Xã An Bình cải cách hành chính\nThông tư số 09/2021/TT-BTP ngày 15/11/2021\nXã An Bình đã tiếp nhận 239 hồ sơ trong tháng 5 năm 2023 và giải quyết 235 hồ sơ.\n",
		"BÁO CÁO\nCông tác CCHC tháng 5 năm 2023\nQuyết định 25/QĐ-TTg ngày 22/7/2021;\nI. KẾT QUẢ\nXã An Bình đã tiếp nhận 239 hồ sơ.\nTrên đây là báo cáo theo Công văn số 15/NV ngày 20/5/2023.\n",
	} {
		if r := build(t, doc, Source{}); r.Date != "" {
			t.Errorf("%q: the report's date is %s", doc, r.Date)
		}
	}
}
