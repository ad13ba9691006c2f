// This file tests cited documents, their dates and issuers.

package normalize

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"baocao/extract/document"
	"baocao/extract/rules"
	"baocao/normalize/vntext"
)

// scanned gives the references and dates of a text as an engine hands them on:
// places and numbers, without issuer and relations.
func scanned(text string) rules.Result {
	var res rules.Result
	at := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		f := vntext.Fold(line)
		add := func(t vntext.Token) {
			a, b := f.Span(t.Start, t.End)
			res.Dates = append(res.Dates, rules.Date{Start: at + a, End: at + b, Text: line[a:b], Day: t.Day, Month: t.Month, Year: t.Year,
				Impossible: t.Impossible, Role: rules.RoleEvent, Reference: -1})
		}
		for _, t := range vntext.Scan(f.Text) {
			a, b := f.Span(t.Start, t.End)
			switch t.Kind {
			case vntext.TokReference:
				res.References = append(res.References, rules.Reference{Start: at + a, End: at + b,
					Number: strings.Join(strings.Fields(line[a:b]), ""), Implements: -1})
			case vntext.TokDate:
				add(t)
			case vntext.TokPeriod:
				for _, sub := range t.Sub {
					add(sub)
				}
			}
		}
		at += len(line)
	}
	return res
}

func TestReferences(t *testing.T) {
	tests := []struct {
		text string
		refs []string // number | issuer | date | number of the one it carries out
	}{
		{"Thực hiện Công văn số 215/NV ngày 24 tháng 5 năm 2023 của Phòng Nội vụ huyện Tứ Kỳ về việc báo cáo kết quả.",
			[]string{"215/NV | Phòng Nội vụ huyện Tứ Kỳ | 2023-05-24 | -"}},
		{"theo Quyết định số 895/QĐ-UBND ngày 15/5/2023 của UBND tỉnh Hải Dương tại Bộ phận tiếp nhận và trả kết quả.",
			[]string{"895/QĐ-UBND | UBND tỉnh Hải Dương | 2023-05-15 | -"}},
		{"Quyết định số 41/2020/QĐ-UBND ngày 21 tháng 7 năm 2020 của Ủy ban nhân dân tỉnh Hải Dương. Hiện nay UBND xã có 20 người.",
			[]string{"41/2020/QĐ-UBND | Ủy ban nhân dân tỉnh Hải Dương | 2020-07-21 | -"}},
		{"Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ và kế hoạch của tỉnh, của huyện.",
			[]string{"76/NQ-CP | Chính phủ | 2021-07-15 | -"}},
		{"Quyết định 25/QĐ-TTg ngày 22/7/2021 ban hành quy định; Thông tư số 09/2021/TT-BTP ngày 15/11/2021 của Bộ Tư pháp hướng dẫn thi hành Quyết định số 25/2021/QĐ-TTg;",
			[]string{"25/QĐ-TTg | Thủ tướng Chính phủ | 2021-07-22 | -", "09/2021/TT-BTP | Bộ Tư pháp | 2021-11-15 | 25/2021/QĐ-TTg", "25/2021/QĐ-TTg | Thủ tướng Chính phủ |  | -"}},
		{"- Ngày 09/5/2023 UBND xã đã ban hành Công văn số 49/CV-UBND về việc rà soát.",
			[]string{"49/CV-UBND |  |  | -"}},
		{"UBND xã ban hành Kế hoạch số 12/KH-UBND ngày 10/02/2023 thực hiện Nghị quyết số 76/NQ-CP của Chính phủ.",
			[]string{"12/KH-UBND |  | 2023-02-10 | 76/NQ-CP", "76/NQ-CP | Chính phủ |  | -"}},
		{"Công văn số 15/UBND-VP ngày 31/6/2023 của UBND huyện.", []string{"15/UBND-VP | UBND huyện |  | -"}},
		{"Kế hoạch số 96/KH-UBND ngày 28/7/2025 của Ủy ban nhân dân xã Tứ Kỳ về CCHC và Công văn số 2214/SNV-CCHC ngày 18/9/2025 của Sở Nội vụ thành phố Hải Phòng, Ủy ban nhân dân xã báo cáo.",
			[]string{"96/KH-UBND | Ủy ban nhân dân xã Tứ Kỳ | 2025-07-28 | -", "2214/SNV-CCHC | Sở Nội vụ thành phố Hải Phòng | 2025-09-18 | -"}},
	}
	for _, tt := range tests {
		r, err := Build(&document.Document{Text: tt.text}, scanned(tt.text), Source{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, ref := range r.References {
			carries := "-"
			if ref.Implements >= 0 {
				carries = r.References[ref.Implements].Number
			}
			got = append(got, strings.Join([]string{ref.Number, ref.Issuer, ref.Date, carries}, " | "))
		}
		if !slices.Equal(got, tt.refs) {
			t.Errorf("%s\ngot  %q\nwant %q", tt.text, got, tt.refs)
		}
	}
}

func TestDateRoles(t *testing.T) {
	text := "ỦY BAN NHÂN DÂN\t" + motto + "\nXÃ QUANG KHẢI\t" + free + "\nSố: 58/BC-UBND\tQuang Khải, ngày 31 tháng 5 năm 2023\n" + title +
		"UBND xã Quang Khải báo cáo (số liệu từ ngày 01/5/2023 đến hết ngày 30/5/2023) như sau:\nI. KẾT QUẢ\n" +
		"- Ngày 25/5/2003 đã ban hành Thông báo về việc công khai TTHC cấp xã theo Quyết định số 895/QĐ-UBND ngày 15/5/2023 của UBND tỉnh Hải Dương.\n" +
		"- Ngày 09/5 UBND xã ban hành Công văn số 49/CV-UBND. Việc này theo Quyết định số 900/QĐ-UBND.\n"
	r, err := Build(&document.Document{Text: text}, scanned(text), Source{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range r.Dates {
		ref := "-"
		if d.Reference >= 0 {
			ref = r.References[d.Reference].Number
		}
		got = append(got, fmt.Sprintf("%s %s %s", d.Text, d.Role, ref))
	}
	want := []string{
		"31 tháng 5 năm 2023 issued -",
		"01/5/2023 window -",
		"30/5/2023 window -",
		"25/5/2003 event 895/QĐ-UBND",
		"15/5/2023 reference 895/QĐ-UBND",
		"09/5 event -",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// What the rules engine has filled in is kept, and its slices are not touched.
func TestReferencesKept(t *testing.T) {
	text := "Quyết định số 895/QĐ-UBND ngày 15/5/2023 của UBND tỉnh."
	res := scanned(text)
	res.References[0].Issuer, res.References[0].Date = "UBND tỉnh Hải Dương", "2023-05-16"
	r, err := Build(&document.Document{Text: text}, res, Source{})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.References[0]; got.Issuer != "UBND tỉnh Hải Dương" || got.Date != "2023-05-16" {
		t.Errorf("got %+v", got)
	}
	if res.Dates[0].Reference != -1 || res.Dates[0].Role != rules.RoleEvent {
		t.Errorf("the result of the rules was changed: %+v", res.Dates[0])
	}
}
