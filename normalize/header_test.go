// This file tests unit, parents, number, date, period, signer and type.

package normalize

import (
	"slices"
	"strings"
	"testing"

	"baocao/extract/document"
	"baocao/extract/rules"
)

// build reads a text whose lines are its blocks.
func build(t *testing.T, text string, src Source) *Report {
	t.Helper()
	r, err := Build(&document.Document{Text: text}, rules.Result{}, src)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const (
	motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	free  = "Độc lập - Tự do - Hạnh phúc"
	title = "BÁO CÁO\nCông tác cải cách hành chính tháng 5 năm 2023\n"
	text  = "I. KẾT QUẢ ĐẠT ĐƯỢC\n1. Công tác chỉ đạo điều hành\nTrong tháng UBND xã đã tiếp nhận 239 hồ sơ.\n"
)

// Letterheads in the layouts that readers give: two columns as table rows, as one
// line with a gap, one column after the other, cells with several lines, torn
// names, upper bodies above, marks lost, blanks left.
func TestLetterhead(t *testing.T) {
	tests := []struct {
		name, head                 string
		unit, parents, number, day string
	}{
		{"two columns in rows",
			"ỦY BAN NHÂN DÂN\t" + motto + "\nXÃ QUANG PHỤC\t" + free + "\nSố: 41/BC-UBND\tQuang Phục, ngày 17 tháng 4 năm 2023\n",
			"Xã Quang Phục", "", "41/BC-UBND", "2023-04-17"},
		{"left column first",
			"ỦY BAN NHÂN DÂN\nXÃ QUANG PHỤC\nSố: 41/BC-UBND\n" + motto + "\n" + free + "\nQuang Phục, ngày 17 tháng 4 năm 2023\n",
			"Xã Quang Phục", "", "41/BC-UBND", "2023-04-17"},
		{"right column first",
			motto + "\n" + free + "\nQuang Phục, ngày 17 tháng 4 năm 2023\nỦY BAN NHÂN DÂN\nXÃ QUANG PHỤC\nSố: 41/BC-UBND\n",
			"Xã Quang Phục", "", "41/BC-UBND", "2023-04-17"},
		{"columns on one line with a gap",
			"UBND HUYỆN TỨ KỲ     " + motto + "\nUBND XÃ QUANG PHỤC        " + free + "\n   Số: 41/BC-UBND          Quang Phục, ngày 17 tháng 4 năm 2023\n",
			"Xã Quang Phục", "Huyện Tứ Kỳ", "41/BC-UBND", "2023-04-17"},
		{"columns on one line with one space",
			"ỦY BAN NHÂN DÂN " + motto + "\nXÃ QUANG PHỤC " + free + "\nSố: 41/BC-UBND Quang Phục, ngày 17 tháng 4 năm 2023\n",
			"Xã Quang Phục", "", "41/BC-UBND", "2023-04-17"},
		{"a cell holds the whole column",
			"ỦY BAN NHÂN DÂN XÃ QUANG PHỤC Số: 41/BC-UBND\t" + motto + " " + free + " Quang Phục, ngày 17 tháng 4 năm 2023\n",
			"Xã Quang Phục", "", "41/BC-UBND", "2023-04-17"},
		{"upper body above",
			"UBND HUYỆN TỨ KỲ\t" + motto + "\nUBND XÃ QUANG KHẢI\t" + free + "\nSố: 58/BC-UBND\tQuang Khải, ngày 31 tháng 5 năm 2023\n",
			"Xã Quang Khải", "Huyện Tứ Kỳ", "58/BC-UBND", "2023-05-31"},
		{"district and province above",
			"TỈNH HẢI DƯƠNG\nHUYỆN TỨ KỲ\nUBND XÃ QUANG KHẢI\nSố: 58/BC-UBND\n" + motto + "\n" + free + "\nQuang Khải, ngày 31 tháng 5 năm 2023\n",
			"Xã Quang Khải", "Huyện Tứ Kỳ; Tỉnh Hải Dương", "58/BC-UBND", "2023-05-31"},
		{"ward of a city",
			"UBND THÀNH PHỐ CHÂU ĐỐC\t" + motto + "\nỦY BAN NHÂN DÂN PHƯỜNG VĨNH TẾ\t" + free + "\nSố: 96/BC-UBND\tVĩnh Tế, ngày 14 tháng 3 năm 2024\n",
			"Phường Vĩnh Tế", "Thành phố Châu Đốc", "96/BC-UBND", "2024-03-14"},
		{"commune right under a city run by the central government",
			"UBND THÀNH PHỐ HẢI PHÒNG\t" + motto + "\nUBND XÃ TỨ KỲ\t" + free + "\nSố: 187/BC-UBND\tTứ Kỳ, ngày 03 tháng 10 năm 2025\n",
			"Xã Tứ Kỳ", "Thành phố Hải Phòng", "187/BC-UBND", "2025-10-03"},
		{"name torn from its type",
			"ỦY BAN NHÂN DÂN\nPHƯỜNG\nLONG ANH\n" + motto + "\n" + free + "\nSố:      /BC-UBND\n        Long Anh, ngày       tháng 01 năm 2024\n",
			"Phường Long Anh", "", "", ""},
		{"name torn in the middle",
			"ỦY BAN NHÂN DÂN XÃ QUANG\nPHỤC\nSố: 41/BC-UBND\n" + motto + "\n" + free + "\nQuang Phục, ngày 17 tháng 4 năm 2023\n",
			"Xã Quang Phục", "", "41/BC-UBND", "2023-04-17"},
		{"number and day blank in rows",
			"ỦY BAN NHÂN DÂN\t" + motto + "\nXÃ TỨ KỲ\t" + free + "\nSố:          /BC-UBND\tTứ Kỳ, ngày      tháng 10 năm 2025\n",
			"Xã Tứ Kỳ", "", "", ""},
		{"dots for the blanks",
			"UBND XÃ TỨ KỲ\t" + motto + "\nSố: ....../BC-UBND\t" + free + "\n\tTứ Kỳ, ngày ... tháng ... năm 2025\n",
			"Xã Tứ Kỳ", "", "", ""},
		{"township", "ỦY BAN NHÂN DÂN\t" + motto + "\nTHỊ TRẤN TỨ KỲ\t" + free + "\nSố 12/BC-UBND\tTứ Kỳ, ngày 05/6/2023\n",
			"Thị trấn Tứ Kỳ", "", "12/BC-UBND", "2023-06-05"},
		{"township on a line of its own", "ỦY BAN NHÂN DÂN THỊ TRẤN\nTỨ KỲ\nSố: 12/BC-UBND\n" + motto + "\n" + free + "\n",
			"Thị trấn Tứ Kỳ", "", "12/BC-UBND", ""},
		{"special zone", "UBND TỈNH KHÁNH HÒA\t" + motto + "\nỦY BAN NHÂN DÂN ĐẶC KHU TRƯỜNG SA\t" + free + "\nSố: 8/BC-UBND\tTrường Sa, ngày 02 tháng 9 năm 2025\n",
			"Đặc khu Trường Sa", "Tỉnh Khánh Hòa", "8/BC-UBND", "2025-09-02"},
		{"ward with a Roman number", "UBND THÀNH PHỐ TÂY NINH\t" + motto + "\nUBND PHƯỜNG IV\t" + free + "\nSố: 77/BC-UBND\tPhường IV, ngày 15 tháng 6 năm 2021\n",
			"Phường IV", "Thành phố Tây Ninh", "77/BC-UBND", "2021-06-15"},
		{"ward with a number", "ỦY BAN NHÂN DÂN\t" + motto + "\nPHƯỜNG 10\t" + free + "\nSố: 77/BC-UBND\tPhường 10, ngày 15 tháng 6 năm 2021\n",
			"Phường 10", "", "77/BC-UBND", "2021-06-15"},
		{"names of the highlands", "ỦY BAN NHÂN DÂN\t" + motto + "\nXÃ ĐƯNG K'NỚ\t" + free + "\nSố: 31/BC-UBND\tĐưng K'Nớ, ngày 07 tháng 3 năm 2025\n",
			"Xã Đưng K'Nớ", "", "31/BC-UBND", "2025-03-07"},
		{"the service centre of a commune reports for the commune",
			"UBND XÃ TỨ KỲ\t" + motto + "\nTRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG\t" + free + "\nSố: 15/BC-TTPVHCC\tTứ Kỳ, ngày 03 tháng 10 năm 2025\n",
			"Xã Tứ Kỳ", "", "15/BC-TTPVHCC", "2025-10-03"},
		{"a body of the province reports for itself",
			"UBND TỈNH HẢI DƯƠNG\t" + motto + "\nSỞ NỘI VỤ\t" + free + "\nSố: 150/BC-SNV\tHải Dương, ngày 20 tháng 6 năm 2023\n",
			"Sở Nội vụ", "Tỉnh Hải Dương", "150/BC-SNV", "2023-06-20"},
		{"district", "ỦY BAN NHÂN DÂN\t" + motto + "\nHUYỆN TỨ KỲ\t" + free + "\nSố: 300/BC-UBND\tTứ Kỳ, ngày 20 tháng 6 năm 2023\n",
			"Huyện Tứ Kỳ", "", "300/BC-UBND", "2023-06-20"},
		{"party committee", "HUYỆN ỦY TỨ KỲ\nĐẢNG ỦY XÃ QUANG KHẢI\n*\nSố: 05 - BC/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\nQuang Khải, ngày 31 tháng 5 năm 2023\n",
			"Xã Quang Khải", "Huyện Tứ Kỳ", "05-BC/ĐU", "2023-05-31"},
		{"rules under the columns", "ỦY BAN NHÂN DÂN\nXÃ HOẰNG PHÚ\n-------\n" + motto + "\n" + free + "\n---------------\nSố: 155/BC-UBND\nHoằng Phú, ngày 25 tháng 11 năm 2020\n",
			"Xã Hoằng Phú", "", "155/BC-UBND", "2020-11-25"},
		{"new place for the tone mark, spaces in the number", "UỶ BAN NHÂN DÂN\tCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ QUANG PHỤC\tĐộc lập – Tự do – Hạnh phúc\nSố : 41 / BC - UBND\tQuang Phục , ngày 17 tháng 4 năm 2023\n",
			"Xã Quang Phục", "", "41/BC-UBND", "2023-04-17"},
		{"marks lost in recognition", "ỦY BAN NHÂN DÂN\nXÃ QUANG PHỤC\nSô: 41/BC-UBND\nCỘNG HOA XÃ HỘI CHU NGHĨA VIỆT NAM\nĐộc lâp - Tự do - Hạnh phúc\nQuang Phục, ngày 17 tháng 4 năm 2023\n",
			"Xã Quang Phục", "", "41/BC-UBND", "2023-04-17"},
		{"draft", "ỦY BAN NHÂN DÂN\t" + motto + "\nXÃ TỨ KỲ\t" + free + "\nDỰ THẢO\nSố:    /BC-UBND\tTứ Kỳ, ngày    tháng 5 năm 2023\n",
			"Xã Tứ Kỳ", "", "", ""},
		{"about-line under the number", "ỦY BAN NHÂN DÂN\t" + motto + "\nXÃ TỨ KỲ\t" + free + "\nSố: 9/BC-UBND\tTứ Kỳ, ngày 30 tháng 5 năm 2023\nV/v báo cáo công tác CCHC\n",
			"Xã Tứ Kỳ", "", "9/BC-UBND", "2023-05-30"},
		{"mixed case", "Ủy ban nhân dân xã Quang Phục\nSố: 41/BC-UBND\n" + motto + "\n" + free + "\nQuang Phục, ngày 17 tháng 4 năm 2023\n",
			"Xã Quang Phục", "", "41/BC-UBND", "2023-04-17"},
		{"stamp of reception before the letterhead", "CÔNG VĂN ĐẾN\nSố: 812\nUBND XÃ TỨ KỲ\t" + motto + "\nSố: 41/BC-UBND\t" + free + "\n\tTứ Kỳ, ngày 17 tháng 4 năm 2023\n",
			"Xã Tứ Kỳ", "", "41/BC-UBND", "2023-04-17"},
		{"impossible day", "UBND XÃ TỨ KỲ\t" + motto + "\nSố: 41/BC-UBND\tTứ Kỳ, ngày 31 tháng 4 năm 2023\n",
			"Xã Tứ Kỳ", "", "41/BC-UBND", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := build(t, tt.head+title+text, Source{})
			parents := strings.Join(r.Parents, "; ")
			if r.Unit != tt.unit || parents != tt.parents || r.Number != tt.number || r.Date != tt.day {
				t.Errorf("got  %q, %q, %q, %q\nwant %q, %q, %q, %q", r.Unit, parents, r.Number, r.Date, tt.unit, tt.parents, tt.number, tt.day)
			}
			if r.Period != "2023-05" || r.Type != TypeReform {
				t.Errorf("period %q, type %q", r.Period, r.Type)
			}
		})
	}
}

// A text whose capitals were lost still has its number, and its unit by the place
// in the date line.
func TestSmallLetters(t *testing.T) {
	all := "ỦY BAN NHÂN DÂN\nXÃ QUANG KHẢI\n" + motto + "\n" + free + "\nSố: 58/BC-UBND\nQuang Khải, ngày 25 tháng 5 năm 2023\n" + title + text
	r := build(t, strings.ToLower(all), Source{})
	if r.Unit != "Xã Quang Khải" || r.Number != "58/BC-UBND" || r.Date != "2023-05-25" || r.Period != "2023-05" {
		t.Errorf("got %q, %q, %q, %q", r.Unit, r.Number, r.Date, r.Period)
	}
	if r := build(t, strings.ToLower(title+text), Source{}); r.Unit != "" {
		t.Errorf("got unit %q from a text that names none", r.Unit)
	}
}

// A report without letterhead is known by what it says of itself.
func TestUnitFromText(t *testing.T) {
	tests := []struct{ name, text, unit, parents string }{
		{"opening sentence", title + "Thực hiện Công văn số 215/NV ngày 24 tháng 5 năm 2023 của Phòng Nội vụ huyện Tứ Kỳ; UBND xã Quang Khải báo cáo kết quả như sau:\n" + text,
			"Xã Quang Khải", "Huyện Tứ Kỳ"},
		{"closing sentence", title + text + "Xã học tập kinh nghiệm của xã Quang Phục, xã Quang Phục đã làm tốt.\nTrên đây là tình hình cải cách hành chính của UBND xã Quang Khải./.\nNơi nhận:\n- Phòng Nội vụ huyện Tứ Kỳ;\n",
			"Xã Quang Khải", "Huyện Tứ Kỳ"},
		{"name over a line end", title + text + "Trên đây là tình hình cải cách hành chính tháng 5 năm 2023 của UBND xã \nQuang Khải./.\n", "Xã Quang Khải", ""},
		{"signature", title + text + "TM. ỦY BAN NHÂN DÂN PHƯỜNG LONG ANH\nCHỦ TỊCH\n", "Phường Long Anh", ""},
		{"two parents from their bodies", title + "Căn cứ Kế hoạch của UBND tỉnh Hải Dương và của Sở Nội vụ tỉnh Hải Dương, của UBND huyện Tứ Kỳ, UBND xã Quang Khải báo cáo như sau:\n" + text,
			"Xã Quang Khải", "Huyện Tứ Kỳ; Tỉnh Hải Dương"},
		{"other districts are no parents", title + "UBND xã Quang Khải báo cáo như sau:\n" + text + "Xã đã học tập tại huyện Gia Lộc.\n", "Xã Quang Khải", ""},
		{"units one after the other", title + "UBND xã Quang Khải, huyện Tứ Kỳ, tỉnh Hải Dương báo cáo như sau:\n" + text, "Xã Quang Khải", "Huyện Tứ Kỳ; Tỉnh Hải Dương"},
		{"society is no commune", title + "Văn hóa - Xã hội, kinh tế - Xã hội đều phát triển.\n", "", ""},
		{"the next sentence is not part of the name", title + "Tình hình xã Thanh Hương Tiếp tục ổn định.\n", "Xã Thanh Hương", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := build(t, tt.text, Source{})
			if parents := strings.Join(r.Parents, "; "); r.Unit != tt.unit || parents != tt.parents {
				t.Errorf("got %q, %q; want %q, %q", r.Unit, parents, tt.unit, tt.parents)
			}
		})
	}
}

func TestPeriod(t *testing.T) {
	head := "ỦY BAN NHÂN DÂN\t" + motto + "\nXÃ TỨ KỲ\t" + free + "\nSố: 41/BC-UBND\tTứ Kỳ, ngày %s\nBÁO CÁO\n"
	const may, january = "31 tháng 5 năm 2023", "04 tháng 01 năm 2024"
	tests := []struct{ day, title, intro, period, from, to string }{
		{may, "Công tác cải cách hành chính tháng 5 năm 2023", "", "2023-05", "", ""},
		{may, "Công tác cải cách hành chính tháng 5", "", "2023-05", "", ""},
		{january, "Công tác CCHC tháng 12", "", "2023-12", "", ""},
		{may, "Kết quả CCHC tháng 5, phương hướng, nhiệm vụ tháng 6 năm 2023", "", "2023-05", "", ""},
		{january, "Kết quả CCHC tháng 12, phương hướng nhiệm vụ tháng 01 năm 2024", "", "2023-12", "", ""},
		{january, "Kết quả CCHC tháng 12 năm 2023, nhiệm vụ tháng 01 năm 2024", "", "2023-12", "", ""},
		{january, "Kết quả công tác CCHC quý IV, phương hướng nhiệm vụ quý I/2024", "", "2023-Q4", "", ""},
		{january, "Kết quả công tác CCHC năm 2023 và phương hướng, nhiệm vụ năm 2024", "", "2023", "", ""},
		{may, "Công tác CCHC quý II năm 2023", "", "2023-Q2", "", ""},
		{may, "Công tác CCHC Quý 1/2023", "", "2023-Q1", "", ""},
		{may, "Tình hình CCHC 6 tháng đầu năm và phương hướng, nhiệm vụ 6 tháng cuối năm 2023", "", "2023-H1", "", ""},
		{may, "Tình hình CCHC 06 tháng đầu năm 2023", "", "2023-H1", "", ""},
		{may, "Công tác CCHC 9 tháng đầu năm 2022", "", "2022-9M", "", ""},
		{may, "Kết quả công tác CCHC 9 tháng và nhiệm vụ 3 tháng cuối năm 2022", "", "2022-9M", "", ""},
		{may, "Công tác kiểm soát TTHC tuần 24 năm 2026", "", "2026-W24", "", ""},
		{may, "Kết quả thực hiện Kế hoạch CCHC năm 2023, quý I năm 2023", "", "2023-Q1", "", ""},
		{may, "Kết quả công tác CCHC\n(số liệu từ ngày 01/10/2025 đến ngày 14/12/2025)", "", "2025-10-01/2025-12-14", "2025-10-01", "2025-12-14"},
		{may, "Kết quả công tác CCHC\n(Từ ngày 01/7/2025 đến ngày 30/9/2025)", "", "2025-Q3", "2025-07-01", "2025-09-30"},
		{may, "Công tác cải cách hành chính", "Thực hiện Kế hoạch CCHC năm 2023, UBND xã Tứ Kỳ báo cáo kết quả tháng 4 năm 2023 (số liệu tính từ ngày 15/3/2023 đến hết ngày 14/4/2023) như sau:",
			"2023-04", "2023-03-15", "2023-04-14"},
		{may, "Công tác CCHC quý I", "UBND xã Tứ Kỳ báo cáo kết quả (từ 15/12/2022 đến 14/3/2023) như sau:", "2023-Q1", "2022-12-15", "2023-03-14"},
		{may, "Công tác CCHC tháng 5 năm 2023", "UBND xã Tứ Kỳ báo cáo kết quả (từ ngày 15/4 đến ngày 14/5) như sau:", "2023-05", "2023-04-15", "2023-05-14"},
		{january, "Công tác CCHC tháng 01 năm 2024", "UBND xã Tứ Kỳ báo cáo kết quả (từ ngày 15/12 đến ngày 14/01) như sau:", "2024-01", "2023-12-15", "2024-01-14"},
		{may, "Công tác CCHC tháng 11 năm 2023", "UBND xã Tứ Kỳ báo cáo (từ ngày 21/10/2023 đến ngày 31/11/2023):", "2023-11", "2023-10-21", ""},
		// The dates of a campaign are no data window.
		{may, "Công tác CCHC năm 2023", "UBND xã Tứ Kỳ báo cáo như sau: đợt cao điểm từ ngày 01/3/2023 đến ngày 31/3/2023.", "2023", "", ""},
		{may, "Công tác cải cách hành chính", "", "", "", ""},
		{may, "THÁNG 5 NĂM 2023", "", "2023-05", "", ""},
		{may, "Kết quả thực hiện nhiệm vụ CCHC tháng 5,\nphương hướng nhiệm vụ tháng 6 năm 2023", "", "2023-05", "", ""},
	}
	for _, tt := range tests {
		intro := tt.intro
		if intro != "" {
			intro += "\n"
		}
		r := build(t, strings.Replace(head, "%s", tt.day, 1)+tt.title+"\n"+intro+"I. KẾT QUẢ\nĐã tiếp nhận 239 hồ sơ.\n", Source{})
		if r.Period != tt.period || r.From != tt.from || r.To != tt.to {
			t.Errorf("%s | %s:\ngot  %q %q..%q\nwant %q %q..%q", tt.title, tt.intro, r.Period, r.From, r.To, tt.period, tt.from, tt.to)
		}
		if r.Unit != "Xã Tứ Kỳ" {
			t.Errorf("%s: unit %q", tt.title, r.Unit)
		}
	}
}

func TestSource(t *testing.T) {
	const noPeriod = "BÁO CÁO\nCông tác cải cách hành chính\nI. KẾT QUẢ\nĐã tiếp nhận 239 hồ sơ.\n"
	tests := []struct{ path, unit, period, sources string }{
		{"archive/2023-05/Xã Quang Khải.docx", "Xã Quang Khải", "2023-05", "period=folder unit=file name"},
		{`D:\Bao cao\Xã Quang Khải\BC CCHC tháng 5.2023.docx`, "Xã Quang Khải", "2023-05", "period=file name unit=folder"},
		{"2023/Tháng 5.pdf", "", "2023-05", "period=file name"},
		{"quang-khai_T05-2023.pdf", "", "2023-05", "period=file name"},
		{"BC_quy_1_2023.pdf", "", "2023-Q1", "period=file name"},
		{"bao cao quý III năm 2022.doc", "", "2022-Q3", "period=file name"},
		{"2021-6thang.txt", "", "2021-H1", "period=file name"},
		{"BC 6 tháng đầu năm 2021.docx", "", "2021-H1", "period=file name"},
		{"9-thang-2022.docx", "", "2022-9M", "period=file name"},
		{"bc-cchc-nam-2023.docx", "", "2023", "period=file name"},
		{"xa-quang-khai.pdf", "", "", ""}, // marks cannot be guessed back
		{"scan0001.pdf", "", "", ""},
		{"58 BC-UBND 31-05-2023.pdf", "", "2023-05", "period=file name"},
		{"", "", "", ""},
	}
	for _, tt := range tests {
		r := build(t, noPeriod, Source{Path: tt.path})
		var sources []string
		for k, v := range r.Sources {
			sources = append(sources, k+"="+v)
		}
		slices.Sort(sources)
		if got := strings.Join(sources, " "); r.Unit != tt.unit || r.Period != tt.period || got != tt.sources {
			t.Errorf("%s: got %q, %q, %s; want %q, %q, %s", tt.path, r.Unit, r.Period, got, tt.unit, tt.period, tt.sources)
		}
	}
	// What the path says must go with what the text says.
	for _, tt := range []struct{ path, line, period, why string }{
		{"T05-2023.pdf", "An Bình, ngày 02 tháng 6 năm 2023", "2023-05", ""},
		{"T05-2023.pdf", "An Bình, ngày    tháng 6 năm 2023", "2023-05", ""},
		{"T05-2023.pdf", "An Bình, ngày 05 tháng 7 năm 2021", "", "file name says 2023-05, not taken: the report is dated 2021-07-05"},
		{"T05-2023.pdf", "An Bình, ngày 15 tháng 4 năm 2023", "", "file name says 2023-05, not taken: the report is dated 2023-04-15"},
		{"2024/T05-2023.pdf", "An Bình, ngày 15 tháng 4 năm 2024", "", "file name says 2023-05, not taken: the report is dated 2024-04-15"},
		{"T05-2023.pdf", "Căn cứ Quyết định số 25/QĐ-TTg ngày 22/7/2021;", "", "file name says 2023-05, not taken: the text names other years only"},
	} {
		r := build(t, "UBND XÃ AN BÌNH\nSố: 41/BC-UBND\n"+tt.line+"\n"+noPeriod, Source{Path: tt.path})
		if r.Period != tt.period || r.Sources["path"] != tt.why {
			t.Errorf("%s, %s: period %q, %q; want %q, %q", tt.path, tt.line, r.Period, r.Sources["path"], tt.period, tt.why)
		}
	}
	// The path is not asked where the text says it.
	r := build(t, title+"UBND xã Quang Khải báo cáo như sau:\n"+text, Source{Path: "2024-01/Xã Quang Phục.docx"})
	if r.Unit != "Xã Quang Khải" || r.Period != "2023-05" || r.Sources != nil {
		t.Errorf("got %q, %q, %v", r.Unit, r.Period, r.Sources)
	}
}

func TestSigner(t *testing.T) {
	tests := []struct{ end, want string }{
		{"TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A\n", "CHỦ TỊCH"},
		{"Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Phòng Nội vụ huyện Tứ Kỳ;\tKT. CHỦ TỊCH\n- Lưu: VT.\tPHÓ CHỦ TỊCH\n", "PHÓ CHỦ TỊCH"},
		{"Nơi nhận:\n- CT, PCT UBND xã;\n\nCHỦ TỊCH\n\nNguyễn Văn A\n", "CHỦ TỊCH"},
		{"T/M UBND XÃ\nCHỦ TỊCH\nLê Văn B\n", "CHỦ TỊCH"},
		{"TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nLê Văn B\n", "CHÁNH VĂN PHÒNG"},
		{"Nơi nhận:\n- Lưu: VT.\nGIÁM ĐỐC\nLê Văn B\n", "GIÁM ĐỐC"},
		{"Nơi nhận:\n- Chủ tịch UBND xã;\n- Lưu: VT.\n", ""},
		{"", ""},
	}
	for _, tt := range tests {
		if r := build(t, title+text+tt.end, Source{}); r.Signer != tt.want {
			t.Errorf("%q: got %q, want %q", tt.end, r.Signer, tt.want)
		}
	}
}

func TestType(t *testing.T) {
	tests := []struct{ text, want string }{
		{"BÁO CÁO\nCông tác cải cách hành chính tháng 5 năm 2023\n", TypeReform},
		{"BÁO CÁO\nCông tác CCHC và kiểm soát TTHC quý I\n", TypeReform},
		{"BÁO CÁO\nTình hình kinh tế - xã hội tháng 5 năm 2023\nI. KINH TẾ\n1. Cải cách hành chính: giải quyết 12 hồ sơ.\n", TypeOther},
		{"BÁO CÁO\nĐánh giá đạt chuẩn tiếp cận pháp luật năm 2023\n", TypeOther},
		{"BÁO CÁO\nKết quả công tác tháng 5 năm 2023\nUBND xã Tứ Kỳ báo cáo kết quả cải cách hành chính như sau:\n", TypeReform},
		{"BÁO CÁO\nKết quả công tác tháng 5 năm 2023\nI. NÔNG NGHIỆP\nDiện tích lúa 120 ha, năng suất 62 tạ/ha.\n", TypeOther},
		{"Trên 7.600 hồ sơ bị quá hạn trong quý I\nToàn tỉnh đã tiếp nhận 659.245 hồ sơ, đã giải quyết 643.272 hồ sơ, còn 7.677 hồ sơ quá hạn.\n", TypeReform},
	}
	for _, tt := range tests {
		if r := build(t, tt.text, Source{}); r.Type != tt.want {
			t.Errorf("%q: got %s", tt.text, r.Type)
		}
	}
}

// News name unit, period and day in their own way.
func TestNews(t *testing.T) {
	tests := []struct{ text, unit, period, day string }{
		{"Thị trấn Tứ Kỳ đẩy mạnh cải cách hành chính\n\n27/10/2023 16:07 Lượt xem: 226\n\nTừ đầu năm đến nay, thị trấn Tứ Kỳ đã tiếp nhận 700 hồ sơ.\n",
			"Thị trấn Tứ Kỳ", "2023-01-01/2023-10-27", "2023-10-27"},
		{"Đà Lạt: Giải quyết hồ sơ năm 2023 đạt 99%\n\n06:48, 21/12/2023\n\nUBND TP Đà Lạt cho biết đã giải quyết 99% hồ sơ. Bộ phận Một cửa UBND Phường 1.\n",
			"UBND TP Đà Lạt", "2023", "2023-12-21"},
		{"Xã Quang Khải giải quyết hồ sơ\nCập nhật ngày: 23/06/2021 - 18:17\nTừ ngày 1-1 đến ngày 31-3, xã Quang Khải tiếp nhận 100 hồ sơ.\n",
			"Xã Quang Khải", "2021-Q1", "2021-06-23"},
		{"Kết quả giải quyết TTHC tháng 9 và quý III/2021\n29/09/2021\nTrung tâm Phục vụ hành chính công tỉnh đã tiếp nhận 4.131 hồ sơ.\n",
			"Trung tâm Phục vụ hành chính công tỉnh", "2021-09", "2021-09-29"},
		{"Ngày 5.7, xã Quang Khải tổ chức hội nghị sơ kết 6 tháng đầu năm 2022.\n", "Xã Quang Khải", "2022-H1", ""},
		{"Từ ngày 1/7 đến 30/11, tỉnh Hải Dương tiếp nhận 730.000 hồ sơ; tỉnh Hải Dương giải quyết 99%.\n", "Tỉnh Hải Dương", "", ""},
	}
	for _, tt := range tests {
		if r := build(t, tt.text, Source{}); r.Unit != tt.unit || r.Period != tt.period || r.Date != tt.day {
			t.Errorf("%q:\ngot  %q %q %q\nwant %q %q %q", tt.text, r.Unit, r.Period, r.Date, tt.unit, tt.period, tt.day)
		}
	}
}
