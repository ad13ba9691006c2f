// This file tests what is found in running text, and how it is read.

package vntext

import (
	"fmt"
	"strings"
	"testing"
)

// show writes tokens in one line: kind, the text in the folded form, what was read.
func show(folded string, tokens []Token) string {
	var out []string
	for _, t := range tokens {
		s := fmt.Sprintf("%s %q", t.Kind, folded[t.Start:t.End])
		if t.Value != "" {
			s += " " + t.Value
		}
		if t.Den != "" {
			s += ".." + t.Den
		}
		switch t.Kind {
		case TokDate:
			s += fmt.Sprintf(" %d-%d-%d", t.Year, t.Month, t.Day)
		case TokPeriod:
			s += " " + t.Period.String()
			for _, sub := range t.Sub {
				s += fmt.Sprintf(" [%d-%d-%d]", sub.Year, sub.Month, sub.Day)
			}
		}
		if t.Impossible {
			s += " impossible"
		}
		if t.Approx != ApproxNone {
			s += " " + t.Approx.String()
		}
		if t.Words {
			s += " words"
		}
		if t.Decimals > 0 || t.Rounding != 1 {
			s += fmt.Sprintf(" %d/%d", t.Decimals, t.Rounding)
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

type scanTest struct{ in, want string }

func testScan(t *testing.T, tests []scanTest) {
	t.Helper()
	for _, tt := range tests {
		key := Key(tt.in)
		if got := show(key, Scan(key)); got != tt.want {
			t.Errorf("Scan(%q)\n got %s\nwant %s", tt.in, got, tt.want)
		}
	}
}

func TestScanNumbers(t *testing.T) {
	testScan(t, []scanTest{
		{"", ""},
		{"không có số nào", ""},
		{"239 hồ sơ", `number "239" 239`},
		{"02 hồ sơ", `number "02" 2`},
		{"0 người", `number "0" 0`},
		{"00 hồ sơ", `number "00" 0`},
		{"1.234.567 đồng", `number "1.234.567" 1234567`},
		{"1.234", `number "1.234" 1234`},
		{"1,234,567", `number "1,234,567" 1234567`},
		{"1,234", `number "1,234" 1.234 3/1`},
		{"1.234,5", `number "1.234,5" 1234.5 1/1`},
		{"1,234.5", `number "1,234.5" 1234.5 1/1`},
		{"41.73 ha", `number "41.73" 41.73 2/1`},
		{"3.5 điểm", `number "3.5" 3.5 1/1`},
		{"0.123", `number "0.123" 0.123 3/1`},
		{"92,30", `number "92,30" 92.30 2/1`},
		{"5,65 ngàn hồ sơ", `number "5,65 ngàn" 5650 2/10`},
		{"5,65 nghìn", `number "5,65 nghìn" 5650 2/10`},
		{"3,1 tỷ đồng", `number "3,1 tỉ" 3100000000 1/100000000`},
		{"2 tỷ 350 triệu đồng", `number "2 tỉ 350 triệu" 2350000000 0/1000000`},
		{"2 tỷ 350 triệu 500 nghìn đồng", `number "2 tỉ 350 triệu 500 nghìn" 2350500000 0/1000`},
		{"1,5 triệu", `number "1,5 triệu" 1500000 1/100000`},
		{"2 triệu rưỡi", `number "2 triệu rưỡi" 2500000 0/1000000`},
		{"12 nghìn tỷ đồng", `number "12 nghìn tỉ" 12000000000000 0/1000000000000`},
		{"50tr", `number "50tr" 50000000 0/1000000`},
		{"đạt 235 tỷ lệ 100%", `number "235" 235; percent "100%" 100`},
		{"1.200.000đ", `number "1.200.000" 1200000`},
		{"1.200.000 đ.", `number "1.200.000" 1200000`},
		{"431hồ sơ", `number "431" 431`},
		{"hơn 7.400 lượtcông dân", `number "7.400" 7400 over`},
		{"7.400lượtcông dân", `number "7.400" 7400`},
		{"1 234 567 đồng", `number "1 234 567" 1234567`},
		{"1 234 hồ sơ", `number "1 234" 1234`},
		{"hoàn tất 2 041, còn", `number "2 041" 2041`},
		{"4tr850", `number "4tr850" 4850000 0/1000`},
		{"thu trong tháng 7.385.000 đồng", `number "7.385.000" 7385000`},
		{"thôn 1 235 hồ sơ", `number "1" 1; number "235" 235`},
		{"1 746 746 0", `number "1" 1; number "746" 746; number "746" 746; number "0" 0`},
		{"cột 1 234 hồ sơ", `number "1" 1; number "234" 234`},
		{"1 234,5 triệu", `number "1 234,5 triệu" 1234500000 1/100000`},
		{"12 trên 15", `number "12" 12; number "15" 15 over`},
		{"mức độ 3,4 là 235/235 hồ sơ", `number "3" 3; number "4" 4; fraction "235/235" 235..235`},
		{"mức độ 3, 4", `number "3" 3; number "4" 4`},
		{"cấp độ 1,2,3", `number "1" 1; number "2" 2; number "3" 3`},
		{"cột 1,2", `number "1" 1; number "2" 2`},
		{"khoản 1,2 Điều 5", `number "1" 1; number "2" 2; number "5" 5`},
		{"1,2,3", `number "1" 1; number "2" 2; number "3" 3`},
		{"QH15, VNeID2, A4, UBTVQH15, 100 m2, covid-19", `number "100" 100`},
		{"biểu II.06a", ""},
		{"mạng 4G và 3 trạm", `number "3" 3`},
		{"Đề án 06", `number "06" 6`},
		{"2.1.3 Nội dung", `ordinal "2.1.3" 2.1.3`},
		{"1. Về chỉ đạo", `number "1" 1`},
		{"hồ sơ 15.Trong đó 7", `number "15" 15; number "7" 7`},
		{"a\t12\t1.234", `number "12" 12; number "1.234" 1234`},
		{"12\t345 678\t9", `number "12" 12; number "345" 345; number "678" 678; number "9" 9`},
		{"(14), (12)", `number "14" 14; number "12" 12`},
		{"www.abc.vn/2023/05/12 có 5 tin", `number "5" 5`},
		{"123456789012345678901234567890", `number "123456789012345678901234567890" 123456789012345678901234567890`},
		{"-05 hồ sơ", `number "05" 5`},
		{"có15 hồ sơ", `number "15" 15`},
		{"1.23.456", `ordinal "1.23.456" 1.23.456`},
		{"350.000đ/hồ sơ", `number "350.000" 350000`},
		{"2.350 triệu đồng", `number "2.350 triệu" 2350000000 0/1000000`},
		{"một (01) hồ sơ", `number "01" 1`},
		{"đã giải quyết:235/239(98,3%)hồ sơ;trễ hạn:4hồ sơ.", `fraction "235/239" 235..239; percent "98,3%" 98.3 1/1; number "4" 4`},
		{"Mã số 000.00.01.H23", `ordinal "000.00.01" 000.00.01`},
		{"năm 2023 235 hồ sơ", `period "năm 2023" 2023; number "235" 235`},
	})
}

func TestScanPercentFractionRange(t *testing.T) {
	testScan(t, []scanTest{
		{"98,5%", `percent "98,5%" 98.5 1/1`},
		{"99,71 %", `percent "99,71 %" 99.71 2/1`},
		{"53.6%", `percent "53.6%" 53.6 1/1`},
		{"8%,thu", `percent "8%" 8`},
		{"70%/năm", `percent "70%" 70`},
		{"100 phần trăm", `percent "100 phần trăm" 100`},
		{"một trăm phần trăm", `percent "một trăm phần trăm" 100 words`},
		{"tám mươi phần trăm", `percent "tám mươi phần trăm" 80 words`},
		{"235/235 hồ sơ", `fraction "235/235" 235..235`},
		{"4.561/5.650 HS", `fraction "4.561/5.650" 4561..5650`},
		{"22/22", `fraction "22/22" 22..22`},
		{"15/5", `fraction "15/5" 15..5`},
		{"235/ 235 hồ sơ", `fraction "235/ 235" 235..235`},
		{"5/ 10", `number "5" 5; number "10" 10`},
		{"235 / 235", `fraction "235 / 235" 235..235`},
		{"12,84/27,73 tỷ đồng", `fraction "12,84/27,73 tỉ" 12840000000..27730000000 2/10000000`},
		{"92,05/100 điểm", `fraction "92,05/100" 92.05..100 2/1`},
		{"126/126 (100%)", `fraction "126/126" 126..126; percent "100%" 100`},
		{"(10/10)", `fraction "10/10" 10..10`},
		{"từ 3/5 hồ sơ", `fraction "3/5" 3..5`},
		{"từ 1/7 xã đã tiếp nhận", `date "1/7" 0-7-1`},
		{"10-15 ngày", `range "10-15" 10..15`},
		{"3 - 5 ngày", `range "3 - 5" 3..5`},
		{"từ 10 đến 15 hồ sơ", `range "10 đến 15" 10..15`},
		{"từ 10 đến 15", `range "10 đến 15" 10..15`},
		{"50-60%", `range "50-60%" 50..60`},
		{"10% - 15%", `range "10% - 15%" 10..15`},
		{"3-5 triệu đồng", `range "3-5 triệu" 3000000..5000000 0/1000000`},
		{"từ 3.000 đến 5.000 hồ sơ", `range "3.000 đến 5.000" 3000..5000`},
		{"hộ tịch 41 - chứng thực 177", `number "41" 41; number "177" 177`},
		{"41 - 177", `number "41" 41; number "177" 177`},
		{"15-10", `number "15" 15; number "10" 10`},
		{"tăng từ 20 lên 25", `number "20" 20; number "25" 25`},
		{"31/42 nhiệm vụ", `fraction "31/42" 31..42`},
		{"12 lượt/tháng", `number "12" 12`},
		{"30 triệu đồng/người/năm", `number "30 triệu" 30000000 0/1000000`},
		{"10/tháng", `number "10" 10`},
	})
}

func TestScanApprox(t *testing.T) {
	testScan(t, []scanTest{
		{"khoảng 300 hồ sơ", `number "300" 300 about`},
		{"gần 730.000", `number "730.000" 730000 about`},
		{"xấp xỉ 50%", `percent "50%" 50 about`},
		{"~50%", `percent "50%" 50 about`},
		{"ước đạt 50%", `percent "50%" 50 about`},
		{"trên 90%", `percent "90%" 90 over`},
		{"trên 8,9 ngàn", `number "8,9 ngàn" 8900 over 1/100`},
		{"trên 100 lượt", `number "100" 100 over`},
		{"trên 4 cụm loa", `number "4" 4`},
		{"trên 21 thôn", `number "21" 21`},
		{"gần 2/3 số hồ sơ", `fraction "2/3" 2..3 about`},
		{"hơn 5 tỷ 570 triệu", `number "5 tỉ 570 triệu" 5570000000 over 0/1000000`},
		{"5 triệu hơn", `number "5 triệu" 5000000 over 0/1000000`},
		{"cao hơn 5%", `percent "5%" 5`},
		{"5% hơn so với", `percent "5%" 5`},
		{"dưới 300 hồ sơ", `number "300" 300 under`},
		{"không dưới 300 hồ sơ", `number "300" 300 over`},
		{"chưa đến 10 hồ sơ", `number "10" 10 under`},
		{"không quá 5 ngày", `number "5" 5 under`},
		{"từ 75% trở lên", `percent "75%" 75 over`},
		{"tối thiểu 30/42 nhiệm vụ", `fraction "30/42" 30..42 over`},
		{"tối đa 5", `number "5" 5 under`},
	})
}

func TestScanDates(t *testing.T) {
	testScan(t, []scanTest{
		{"ngày 25 tháng 5 năm 2023", `date "25 tháng 5 năm 2023" 2023-5-25`},
		{"25/5/2023", `date "25/5/2023" 2023-5-25`},
		{"25/05/2003", `date "25/05/2003" 2003-5-25`},
		{"24-5-2023", `date "24-5-2023" 2023-5-24`},
		{"2.1.2018", `date "2.1.2018" 2018-1-2`},
		{"2025-10-13", `date "2025-10-13" 2025-10-13`},
		{"15/5/23", `date "15/5/23" 2023-5-15`},
		{"ngày 15/5", `date "15/5" 0-5-15`},
		{"ngày 1-7", `date "1-7" 0-7-1`},
		{"ngày 5.7", `date "5.7" 0-7-5`},
		{"ngày 25/ 5/2023", `date "25/ 5/2023" 2023-5-25`},
		{"ngày 24/5 năm 2023", `date "24/5 năm 2023" 2023-5-24`},
		{"đến 04/3", `date "04/3" 0-3-4`},
		{"sáng 13-10", `date "13-10" 0-10-13`},
		{"04/3", `fraction "04/3" 4..3`},
		{"ngày 31/6/2023", `date "31/6/2023" 2023-6-31 impossible`},
		{"31/6/2023", `date "31/6/2023" 2023-6-31 impossible`},
		{"ngày 30/2", `date "30/2" 0-2-30 impossible`},
		{"ngày 29/2", `date "29/2" 0-2-29`},
		{"ngày 29/2/2023", `date "29/2/2023" 2023-2-29 impossible`},
		{"ngày 29/2/2020", `date "29/2/2020" 2020-2-29`},
		{"ngày 15/13/2023", `date "15/13/2023" 2023-13-15 impossible`},
		{"ngày 31 tháng 4 năm 2023", `date "31 tháng 4 năm 2023" 2023-4-31 impossible`},
		{"trước ngày 25 hàng tháng", `date "25" 0-0-25`},
		{"trong ngày 20 hồ sơ", `number "20" 20`},
		{"ngày ... tháng 01 năm 2024", `date "tháng 01 năm 2024" 2024-1-0`},
		{"ngày tháng 01 năm 2024", `date "tháng 01 năm 2024" 2024-1-0`},
		{"(ngày 05/9 và ngày 22/9/2025)", `date "05/9" 0-9-5; date "22/9/2025" 2025-9-22`},
		{"đến 15/20 hồ sơ", `fraction "15/20" 15..20`},
		{"đến 5/10 hồ sơ", `fraction "5/10" 5..10`},
		{"27/10/2023 16:07", `date "27/10/2023" 2023-10-27; time "16:07" 16:07`},
		{"lúc 7h30 ngày 5/6", `time "7h30" 07:30; date "5/6" 0-6-5`},
		{"8 giờ 30 phút", `time "8 giờ 30 phút" 08:30`},
		{"8giờ", `time "8giờ" 08:00`},
		{"từ 8 giờ", `time "8 giờ" 08:00`},
		{"trong 4 giờ làm việc", `number "4" 4`},
		{"ngày 15/5, 16/5 và 17/5", `date "15/5" 0-5-15; date "16/5" 0-5-16; date "17/5" 0-5-17`},
		{"các ngày 05, 06/5/2023", `date "05" 0-0-5; date "06/5/2023" 2023-5-6`},
		{"từ ngày 15 tháng trước đến ngày 14 tháng này", `date "15" 0-0-15; date "14" 0-0-14`},
		{"trước ngày 25.", `date "25" 0-0-25`},
		{"ngày hai mươi lăm tháng năm", `date "hai mươi lăm" 0-0-25 words`},
		{"14h ngày 5/6/2023", `time "14h" 14:00; date "5/6/2023" 2023-6-5`},
		{"lúc 08 giờ 00 phút", `time "08 giờ 00 phút" 08:00`},
		{"ISO 9001:2015", `number "9001" 9001; number "2015" 2015`},
	})
}

func TestScanPeriods(t *testing.T) {
	testScan(t, []scanTest{
		{"tháng 5/2023", `period "tháng 5/2023" 2023-05`},
		{"tháng 5 năm 2023", `period "tháng 5 năm 2023" 2023-05`},
		{"Tháng 10-2020", `period "tháng 10-2020" 2020-10`},
		{"tháng 05.2023", `period "tháng 05.2023" 2023-05`},
		{"tháng 5", `period "tháng 5" 0000-05`},
		{"5/2023", `period "5/2023" 2023-05`},
		{"tháng 13/2023", `period "tháng 13/2023" 2023-13 impossible`},
		{"tháng 5, 6 năm 2023", `period "tháng 5" 0000-05; period "6 năm 2023" 2023-06`},
		{"mỗi tháng 2 lần", `number "2" 2`},
		{"quý I/2023", `period "quí i/2023" 2023-Q1`},
		{"quý 2 năm 2023", `period "quí 2 năm 2023" 2023-Q2`},
		{"Quý IV-2025", `period "quí iv-2025" 2025-Q4`},
		{"quý III", `period "quí iii" 0000-Q3`},
		{"quý vị", ""},
		{"quý I, II/2023", `period "quí i" 0000-Q1; period "ii/2023" 2023-Q2`},
		{"T5/2023", `period "t5/2023" 2023-05`},
		{"Q1/2023", `period "q1/2023" 2023-Q1`},
		{"tháng 5 - 2023", `period "tháng 5 - 2023" 2023-05`},
		{"tháng5/2023", `period "tháng5/2023" 2023-05`},
		{"từ tháng 01 - 05/2023", `period "từ tháng 01 - 05/2023" 2023-01-01/2023-05-31 [2023-1-0] [2023-5-0]`},
		{"từ 01/2023 đến 05/2023", `period "từ 01/2023 đến 05/2023" 2023-01-01/2023-05-31 [2023-1-0] [2023-5-0]`},
		{"năm hai nghìn không trăm hai mươi ba", `period "năm hai nghìn không trăm hai mươi ba" 2023`},
		{"(từ 16/4 - 15/5/2023)", `period "từ 16/4 - 15/5/2023" 2023-04-16/2023-05-15 [2023-4-16] [2023-5-15]`},
		{"6 tháng đầu năm 2023", `period "6 tháng đầu năm 2023" 2023-H1`},
		{"06 tháng cuối năm", `period "06 tháng cuối năm" 0000-H2`},
		{"sáu tháng đầu năm 2023", `period "sáu tháng đầu năm 2023" 2023-H1`},
		{"9 tháng năm 2023", `period "9 tháng năm 2023" 2023-9M`},
		{"9 tháng đầu năm 2023", `period "9 tháng đầu năm 2023" 2023-9M`},
		{"3 tháng đầu năm 2023", `period "3 tháng đầu năm 2023" 2023-Q1`},
		{"10 tháng đầu năm 2023", `period "10 tháng đầu năm 2023" 2023-01-01/2023-10-31`},
		{"2 quý đầu năm 2019", `period "2 quí đầu năm 2019" 2019-H1`},
		{"nửa đầu năm 2023", `period "nửa đầu năm 2023" 2023-H1`},
		{"trong 6 tháng qua", `number "6" 6`},
		{"năm 2023", `period "năm 2023" 2023`},
		{"năm 2022, 2023", `period "năm 2022" 2022; period "2023" 2023`},
		{"tuần 24/2026", `period "tuần 24/2026" 2026-W24`},
		{"tuần thứ 24 năm 2026", `period "tuần thứ 24 năm 2026" 2026-W24`},
		{"trong tuần 15 hồ sơ", `number "15" 15`},
		{"giai đoạn 2021-2025", `period "2021-2025" 2021-01-01/2025-12-31`},
		{"2021 - 2030", `period "2021 - 2030" 2021-01-01/2030-12-31`},
		{"từ ngày 01/05/2023 đến (hết) ngày 30/5/2023", `date "01/05/2023" 2023-5-1; date "30/5/2023" 2023-5-30`},
		{"từ ngày 01/05/2023 đến hết ngày 30/5/2023", `period "từ ngày 01/05/2023 đến hết ngày 30/5/2023" 2023-05-01/2023-05-30 [2023-5-1] [2023-5-30]`},
		{"từ 1/12/2019 đến 29/2/2020", `period "từ 1/12/2019 đến 29/2/2020" 2019-12-01/2020-02-29 [2019-12-1] [2020-2-29]`},
		{"tính từ ngày 7/12/2022 đến ngày 4/12/2023", `period "từ ngày 7/12/2022 đến ngày 4/12/2023" 2022-12-07/2023-12-04 [2022-12-7] [2023-12-4]`},
		{"từ 1/7 đến 14/9/2025", `period "từ 1/7 đến 14/9/2025" 2025-07-01/2025-09-14 [2025-7-1] [2025-9-14]`},
		{"từ ngày 15/12 đến ngày 14/01/2024", `period "từ ngày 15/12 đến ngày 14/01/2024" 2023-12-15/2024-01-14 [2023-12-15] [2024-1-14]`},
		{"từ ngày 1/7 đến 30/11", `period "từ ngày 1/7 đến 30/11" / [0-7-1] [0-11-30]`},
		{"từ ngày 01 đến ngày 30 tháng 5 năm 2023", `period "từ ngày 01 đến ngày 30 tháng 5 năm 2023" 2023-05-01/2023-05-30 [2023-5-1] [2023-5-30]`},
		{"từ ngày 01 đến 30/5/2023", `period "từ ngày 01 đến 30/5/2023" 2023-05-01/2023-05-30 [2023-5-1] [2023-5-30]`},
		{"từ ngày 01/6/2023 đến ngày 31/6/2023", `period "từ ngày 01/6/2023 đến ngày 31/6/2023" 2023-06-01/ [2023-6-1] [2023-6-31] impossible`},
		{"từ ngày 2.1.2018 đến 17.5.2018", `period "từ ngày 2.1.2018 đến 17.5.2018" 2018-01-02/2018-05-17 [2018-1-2] [2018-5-17]`},
		{"Từ ngày 1-7 đến ngày 30-9", `period "từ ngày 1-7 đến ngày 30-9" / [0-7-1] [0-9-30]`},
		{"(15/4/2023 - 14/5/2023)", `period "15/4/2023 - 14/5/2023" 2023-04-15/2023-05-14 [2023-4-15] [2023-5-14]`},
		{"15/4-14/5/2023", `period "15/4-14/5/2023" 2023-04-15/2023-05-14 [2023-4-15] [2023-5-14]`},
		{"từ tháng 1 đến tháng 5 năm 2023", `period "từ tháng 1 đến tháng 5 năm 2023" 2023-01-01/2023-05-31 [2023-1-0] [2023-5-0]`},
		{"từ 1/7/2025 đến nay", `date "1/7/2025" 2025-7-1`},
		{"từ đầu năm đến ngày 31/10/2025", `date "31/10/2025" 2025-10-31`},
		{"ngày 1-7/5/2023", `period "1-7/5/2023" 2023-05-01/2023-05-07 [2023-5-1] [2023-5-7]`},
	})
}

func TestScanReferences(t *testing.T) {
	testScan(t, []scanTest{
		{"Quyết định số 895/QĐ-UBND ngày 15/5/2023", `reference "895/qđ-ubnd" 895/qđ-ubnd; date "15/5/2023" 2023-5-15`},
		{"số 215/NV", `reference "215/nv" 215/nv`},
		{"41/2020/QĐ-UBND", `reference "41/2020/qđ-ubnd" 41/2020/qđ-ubnd`},
		{"09/2021/TT-BTP", `reference "09/2021/tt-btp" 09/2021/tt-btp`},
		{"45/2021/QH15", `reference "45/2021/qh15" 45/2021/qh15`},
		{"1669/NQ-UBTVQH15", `reference "1669/nq-ubtvqh15" 1669/nq-ubtvqh15`},
		{"19-NQ/TW", `reference "19-nq/tw" 19-nq/tw`},
		{"II.06a/VPCP/KSTT", `reference "ii.06a/vpcp/kstt" ii.06a/vpcp/kstt`},
		{"số: 231/BC-UBND", `reference "231/bc-ubnd" 231/bc-ubnd`},
		{"895/QĐ- UBND tỉnh", `reference "895/qđ- ubnd" 895/qđ-ubnd`},
		{"Nghị định số 61/2018", `reference "61/2018" 61/2018`},
		{"Luật số 15/2023", `reference "15/2023" 15/2023`},
		{"Đề án 06/CP", `reference "06/cp" 06/cp`},
		{"766/QĐ-TTg.", `reference "766/qđ-ttg" 766/qđ-ttg`},
		{"611/UBND-VP ngày", `reference "611/ubnd-vp" 611/ubnd-vp`},
		{"số 05 /KH-UBND", `reference "05 /kh-ubnd" 05/kh-ubnd`},
		{"30a/2008/NQ-CP", `reference "30a/2008/nq-cp" 30a/2008/nq-cp`},
		{"15/QĐ.UBND", `reference "15/qđ.ubnd" 15/qđ.ubnd`},
		{"Công văn số 215 ngày 24/5", `reference "215" 215; date "24/5" 0-5-24`},
		{"tổng số 15/2023 hồ sơ", `fraction "15/2023" 15..2023`},
		{"5/ha", `number "5" 5`},
		{"12/ hồ sơ", `number "12" 12`},
	})
}

func TestScanOrdinalsAndPhones(t *testing.T) {
	testScan(t, []scanTest{
		{"kỳ họp thứ 5", `ordinal "thứ 5" 5`},
		{"thứ hai", `ordinal "thứ hai" 2 words`},
		{"thứ nhất", `ordinal "thứ nhất" 1 words`},
		{"Đại hội lần thứ XIII", `ordinal "thứ xiii" 13`},
		{"khóa V", `ordinal "khóa v" 5`},
		{"đợt 2", `ordinal "đợt 2" 2`},
		{"lần 2", `ordinal "lần 2" 2`},
		{"3 lần", `number "3" 3`},
		{"xếp thứ 12/114 xã", `ordinal "thứ 12/114" 12..114`},
		{"hạng 3/34", `ordinal "hạng 3/34" 3..34`},
		{"Đường dây nóng: 0220.3888.000", `phone "0220.3888.000" 02203888000`},
		{"0914 123 456", `phone "0914 123 456" 0914123456`},
		{"0914123456", `phone "0914123456" 0914123456`},
		{"(0220) 3747 123", `phone "(0220) 3747 123" 02203747123`},
		{"+84 912 345 678", `phone "+84 912 345 678" 84912345678`},
		{"tổng đài 1022", `phone "1022" 1022`},
		{"hotline 1900.1234", `phone "1900.1234" 19001234`},
		{"số điện thoại: 3888000", `phone "3888000" 3888000`},
		{"đường dây nóng tiếp nhận 120 phản ánh", `number "120" 120`},
		{"tổng đài 120 phản ánh", `number "120" 120`},
	})
}

func TestScanWords(t *testing.T) {
	testScan(t, []scanTest{
		{"bãi bỏ một thủ tục hành chính", `number "một" 1 words`},
		{"hai hồ sơ", `number "hai" 2 words`},
		{"ba cuộc kiểm tra", `number "ba" 3 words`},
		{"có năm hồ sơ trễ hạn", `number "năm" 5 words`},
		{"trong năm hồ sơ tăng", ""},
		{"một số công chức", ""},
		{"một cửa, một cửa liên thông", ""},
		{"một bước, một đầu mối, một phần, một trong, một lần nữa, một cách", ""},
		{"hai cấp", ""},
		{"xác thực hai lớp", ""},
		{"bộ phận một cửa", ""},
		{"một bộ phận", ""},
		{"mười lăm", `number "mười lăm" 15 words`},
		{"hai trăm linh năm hồ sơ", `number "hai trăm linh năm" 205 words`},
		{"(Bằng chữ: hai tỷ ba trăm năm mươi triệu đồng)", `number "hai tỉ ba trăm năm mươi triệu" 2350000000 words`},
		{"hai mươi năm", `number "hai mươi" 20 words`},
		{"hàng trăm hồ sơ", ""},
		{"vài chục người", ""},
		{"một vài hồ sơ, một hai hồ sơ", ""},
		{"một trong hai nhiệm vụ", ""},
		{"hai mươi lăm (25) hồ sơ", `number "hai mươi lăm" 25 words; number "25" 25`},
		{"năm nghìn đồng", `number "năm nghìn" 5000 words`},
		{"tháng ba", ""},
		{"hơn một nửa số hồ sơ", `number "một nửa" 0.5 over words 1/1`},
		{"không hồ sơ", ""},
		{"một trăm hồ sơ", `number "một trăm" 100 words`},
	})
}

// TestScanSpansOfOriginal maps tokens back to what was printed.
func TestScanSpansOfOriginal(t *testing.T) {
	for in, want := range map[string][]string{
		"Tỷ lệ  đạt 98,5\u00A0%, quý\nIV/2025":             {"98,5\u00A0%", "quý\nIV/2025"},
		"Số  895/QĐ–UBND ngày 15/5/2023":                   {"895/QĐ–UBND", "15/5/2023"},
		"giai đoạn 2021\u2013\u200B2025; 12\u2044\u00AD15": {"2021\u2013\u200B2025", "12\u2044\u00AD15"},
		"3,1 TY\u0309 đồng":                                {"3,1 TY\u0309"},
	} {
		f := Fold(in)
		var got []string
		for _, tok := range Scan(f.Text) {
			s, e := f.Span(tok.Start, tok.End)
			got = append(got, in[s:e])
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q: tokens are %q, want %q", in, got, want)
		}
	}
}

func TestScanMalformed(t *testing.T) {
	for in, want := range map[string]bool{"1.23.456 hồ sơ": true, "2.1.3 Nội dung": false, "000.00.01": true} {
		tokens := Scan(Key(in))
		if len(tokens) != 1 || tokens[0].Kind != TokOrdinal || tokens[0].Malformed != want {
			t.Errorf("Scan(%q) = %+v", in, tokens)
		}
	}
}

// TestDataIsFolded keeps words out of the tables that no folded text can hold.
func TestDataIsFolded(t *testing.T) {
	for w := range keywords {
		if Key(w) != w {
			t.Errorf("keyword %q folds to %q", w, Key(w))
		}
	}
	for _, words := range []map[string]bool{numberedThings, beforeFive, unitWords, issuers, documentTypes, commonWords} {
		if len(words) == 0 {
			t.Error("an empty set of words")
		}
		for w := range words {
			if Key(w) != w {
				t.Errorf("word %q folds to %q", w, Key(w))
			}
		}
	}
}

func checkScan(t *testing.T, text string) {
	t.Helper()
	end := 0
	for _, tok := range Scan(text) {
		if tok.Start < end || tok.End <= tok.Start || tok.End > len(text) {
			t.Fatalf("Scan(%q): token %d..%d after %d", text, tok.Start, tok.End, end)
		}
		end = tok.End
		if tok.Rounding < 1 || tok.Decimals < 0 {
			t.Fatalf("Scan(%q): rounding %d, decimals %d", text, tok.Rounding, tok.Decimals)
		}
		switch tok.Kind {
		case TokNumber, TokPercent, TokFraction, TokRange:
			for _, v := range []string{tok.Value, tok.Den} {
				if strings.Trim(v, "0123456789") != "" && strings.Trim(v, "0123456789") != "." {
					t.Fatalf("Scan(%q): value %q", text, v)
				}
			}
			if tok.Value == "" || (tok.Den != "") != (tok.Kind == TokFraction || tok.Kind == TokRange) {
				t.Fatalf("Scan(%q): %s with value %q and %q", text, tok.Kind, tok.Value, tok.Den)
			}
		case TokPeriod:
			if tok.Period.Kind == 0 {
				t.Fatalf("Scan(%q): period without kind", text)
			}
		case TokDate:
			if tok.Day == 0 && tok.Month == 0 {
				t.Fatalf("Scan(%q): date without day and month", text)
			}
		}
		for _, sub := range tok.Sub {
			if sub.Start < tok.Start || sub.End > tok.End {
				t.Fatalf("Scan(%q): part %d..%d of %d..%d", text, sub.Start, sub.End, tok.Start, tok.End)
			}
		}
	}
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{
		"Đã tiếp nhận 239 hồ sơ, 235/235 hồ sơ (98,5 %), 5,65 ngàn, 2 tỷ 350 triệu, hai trăm linh năm hồ sơ",
		"từ ngày 01/05/2023 đến hết ngày 30/5/2023, 6 tháng đầu năm 2023, quý I/2023, tuần 24/2026, năm 2021-2025",
		"Số 895/QĐ-UBND ngày 15/5, II.06a/VPCP/KSTT, thứ 12/114, khóa V, 0220.3888.000, 8 giờ 30, 1 234 567 đồng",
		"0000000/x.0/a",
		"1.2.3,4/5-6 7\t8 năm mười ngày 1-7/5/2023 mức độ 3,4 từ 10% - 15% trở lên",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkScan(t, s)
		folded := Fold(s)
		checkScan(t, folded.Text)
		for _, tok := range Scan(folded.Text) {
			start, end := folded.Span(tok.Start, tok.End)
			if got := Key(s[start:end]); got != folded.Text[tok.Start:tok.End] {
				t.Fatalf("Fold(%q): token %q maps to %q", s, folded.Text[tok.Start:tok.End], s[start:end])
			}
		}
	})
}

// TestAmountsBehindPeriodWords: "tháng" and "quý" in front of an amount make no
// month or quarter of it.
func TestAmountsBehindPeriodWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"phí thu trong tháng 36,2 triệu đồng", "36200000"},
		{"phí thu trong tháng 5,2 triệu đồng", "5200000"},
		{"chi trong quý 1,2 tỷ đồng", "1200000000"},
		{"tiến độ 55,26%", "55.26"},
		{"mức 55,26%", "55.26"},
	} {
		tokens := Scan(Fold(c.text).Text)
		if len(tokens) != 1 || tokens[0].Value != c.want {
			t.Errorf("Scan(%q) = %+v, want one number %s", c.text, tokens, c.want)
		}
	}
}
