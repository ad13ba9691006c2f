package normalize

import (
	"strings"
	"testing"

	"baocao/extract/document"
	"baocao/extract/rules"
)

// withRules builds the report that the built-in rules read from a text.
func withRules(t *testing.T, set *rules.Set, text string) *Report {
	t.Helper()
	var b document.Builder
	for line := range strings.Lines(text) {
		kind := document.Paragraph
		if strings.Count(line, "\t") > 1 {
			kind = document.Row
		}
		b.Add(kind, 1, 0, strings.TrimSuffix(line, "\n"))
	}
	doc := b.Document()
	r, err := Build(doc, set.Extract(doc), Source{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func builtIn(t *testing.T) *rules.Set {
	t.Helper()
	set, err := rules.Default()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

const letterhead = "UBND XÃ QUANG KHẢI\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\tĐộc lập - Tự do - Hạnh phúc\n"

// What is no report gives no figures, whatever it quotes, and says why.
func TestOtherKindsOfDocuments(t *testing.T) {
	set := builtIn(t)
	const quoted = "Trong tháng đã tiếp nhận 239 hồ sơ thủ tục hành chính, giải quyết 235 hồ sơ; quá hạn 2 hồ sơ.\n"
	for _, c := range []struct{ text, why string }{
		{"Số: 45/QĐ-UBND\tQuang Khải, ngày 12 tháng 5 năm 2023\nQUYẾT ĐỊNH\nVề việc ban hành Kế hoạch cải cách hành chính năm 2023\nQUYẾT ĐỊNH:\nĐiều 1. ", "title: quyết định"},
		{"Số: 12/KH-UBND\tQuang Khải, ngày 5 tháng 1 năm 2023\nKẾ HOẠCH\nCải cách hành chính nhà nước năm 2023\nI. MỤC ĐÍCH\n", "title: kế hoạch"},
		{"Số: 12/KH-UBND\nKẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2023\n", "title: kế hoạch"},
		{"Số: 89/GM-UBND\nGIẤY MỜI\nDự hội nghị sơ kết công tác cải cách hành chính 6 tháng đầu năm 2023\n", "title: giấy mời"},
		{"Số: 512/UBND-NV\nV/v báo cáo công tác cải cách hành chính tháng 5 năm 2023\nKính gửi: UBND các xã\nĐề nghị UBND các xã báo cáo kết quả như sau: ", "title: công văn"},
		{"Số: 33/TB-UBND\nTHÔNG BÁO\nVề việc niêm yết công khai thủ tục hành chính\n", "title: thông báo"},
		{"Số: 7/TTr-UBND\nTỜ TRÌNH\nVề việc phê duyệt danh mục thủ tục hành chính\n", "title: tờ trình"},
		{"Số: 7/TTr-UBND\nVề việc phê duyệt danh mục thủ tục hành chính\n", "symbol: tờ trình"},
		{"Số: 05-NQ/ĐU\nVề lãnh đạo công tác cải cách hành chính\n", "symbol: nghị quyết"},
		{"BIÊN BẢN\nKiểm tra công tác cải cách hành chính tháng 5 năm 2023\n", "title: biên bản"},
		{"Số: 61/2018/NĐ-CP\nNGHỊ ĐỊNH\nVỀ THỰC HIỆN CƠ CHẾ MỘT CỬA\n", "title: nghị định"},
		{"QUY CHẾ\nHoạt động của Bộ phận Một cửa\n", "title: quy chế"},
		{"ĐỀ CƯƠNG BÁO CÁO\nCông tác cải cách hành chính tháng ... năm 2023\n", "title: đề cương"},
		{"Số: 60/BC-UBND\nBÁO CÁO\nTình hình kinh tế - xã hội tháng 5 năm 2023\nI. KINH TẾ\n", "subject: kinh tế"},
	} {
		r := withRules(t, set, letterhead+c.text+quoted)
		if r.Type != TypeOther || r.Sources["type"] != c.why || len(r.Figures) > 0 {
			t.Errorf("%q: type %s, why %q, %d figures", c.text, r.Type, r.Sources["type"], len(r.Figures))
		}
		for _, n := range r.Numbers {
			if n.Class == rules.ClassFigure {
				t.Errorf("%q: %s counts as a figure", c.text, n.Text)
			}
		}
	}
}

func TestReportsInUnusualForm(t *testing.T) {
	set := builtIn(t)
	const results = "I. KẾT QUẢ\nTrong tháng đã tiếp nhận 239 hồ sơ, giải quyết 235 hồ sơ; đúng hạn 233 hồ sơ, quá hạn 2 hồ sơ.\n"
	for _, text := range []string{
		"Số: 58/BC-UBND\nBÁO CÁO\nKết quả thực hiện Kế hoạch cải cách hành chính tháng 5 năm 2023\n",
		"DỰ THẢO BÁO CÁO\nCông tác cải cách hành chính tháng 5 năm 2023\n",
		"(DỰ THẢO) BÁO CÁO\nCông tác cải cách hành chính tháng 5 năm 2023\n",
		"B Á O  C Á O\nCông tác cải cách hành chính tháng 5 năm 2023\n",
		"BAO CAO\nCông tác cải cách hành chính tháng 5 năm 2023\n",
		// The title was lost, the symbol says it.
		"Số: 58/BC-UBND\nKẾ HOẠCH CẢI CÁCH HÀNH CHÍNH: KẾT QUẢ THỰC HIỆN THÁNG 5\nUBND xã báo cáo kết quả cải cách hành chính như sau:\n",
		"Số: 33/TB-UBND\nTHÔNG BÁO\nKết quả giải quyết thủ tục hành chính tháng 5 năm 2023\n",
		"Số: 215/UBND-VP\nV/v báo cáo công tác cải cách hành chính tháng 5\nKính gửi: Phòng Nội vụ huyện\nUBND xã báo cáo kết quả cải cách hành chính tháng 5 năm 2023 như sau:\n",
	} {
		r := withRules(t, set, letterhead+text+results)
		if r.Type != TypeReform || len(r.Figures) < 3 || r.Sources["type"] != "" {
			t.Errorf("%q: type %s, why %q, %d figures", text, r.Type, r.Sources["type"], len(r.Figures))
		}
	}
}
