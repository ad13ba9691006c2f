package letter

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mattn/go-runewidth"

	"baocao/extract"
)

var update = flag.Bool("update", false, "write the golden files anew")

func sample() Letter {
	const said = "Đã tiếp nhận 239 hồ sơ <mới> & 21 hồ sơ kỳ trước"
	received, carried := strings.Index(said, "239"), strings.Index(said, "21 ")
	return Letter{
		Above: "Ủy ban nhân dân huyện Tứ Kỳ", Office: "Phòng Nội vụ", Symbol: "PNV", Place: "Tứ Kỳ", Date: Date{5, 2, 2024},
		Subject: "đề nghị rà soát, đính chính số liệu báo cáo cải cách hành chính tháng 01 năm 2024",
		To:      []string{"Ủy ban nhân dân xã Quang Khải"},
		Opening: []string{"Qua đối chiếu Báo cáo số 58/BC-UBND, Phòng Nội vụ thấy có 02 nội dung cần được xem lại, cụ thể như sau:"},
		Points: []Point{
			{Title: "Cân đối hồ sơ", Quotes: []Quote{{Where: "Trang 3, mục I.3", Text: said,
				Marks: [][2]int{{received, received + 3}, {carried, carried + 2}, {0, 2}, {90, 99}}}},
				Lines: []string{"Đối chiếu: 239 + 21 = 260; 235 + 18 = 253; chênh lệch 7."}, Ask: "Đề nghị kiểm tra lại các số liệu nêu trên."},
			{Title: "Ngày tháng", Quotes: []Quote{{Text: "đến ngày 31/6/2023"}}},
		},
		Closing: []string{"Đề nghị gửi kết quả rà soát trước ngày …/…/…….", "Trân trọng cảm ơn."},
		CopyTo:  []string{"Như trên", "Lưu: VT"},
		Title:   []string{"KT. Trưởng phòng", "Phó Trưởng phòng"}, Signer: "Nguyễn Thị Mẫu",
	}
}

func docx(t *testing.T, l Letter) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := l.DOCX(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestText(t *testing.T) {
	for name, l := range map[string]Letter{"full": sample(), "blank": {Subject: "đề nghị rà soát số liệu", To: []string{"Ủy ban nhân dân xã A", "Ủy ban nhân dân xã B"}}} {
		var b bytes.Buffer
		if err := l.Text(&b); err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", name+".txt")
		if *update {
			if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), b.String()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if runewidth.StringWidth(line) > textWidth || strings.HasSuffix(line, " ") {
				t.Errorf("%s: a line is too wide or ends in spaces: %q", name, line)
			}
		}
	}
}

// TestDOCX reads the document back with the program's own reader: every word of
// the text is there, in the same order.
func TestDOCX(t *testing.T) {
	l := sample()
	data := docx(t, l)
	if !bytes.Equal(data, docx(t, l)) {
		t.Error("the same letter gives other bytes")
	}
	doc, err := extract.Read(t.Context(), "letter.docx", bytes.NewReader(data), int64(len(data)), extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(doc.Text), " ")
	at := 0
	for _, want := range []string{"ỦY BAN NHÂN DÂN", "HUYỆN TỨ KỲ", "PHÒNG NỘI VỤ", "Số: /PNV", "V/v đề nghị rà soát, đính chính", "Kính gửi: Ủy ban nhân dân xã Quang Khải", "1. Cân đối hồ sơ",
		"Trang 3, mục I.3: “Đã tiếp nhận 239 hồ sơ <mới> & 21 hồ sơ kỳ trước”", "chênh lệch 7.", "2. Ngày tháng", "“đến ngày 31/6/2023”",
		"Trân trọng cảm ơn./.", "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "Nguyễn Thị Mẫu"} {
		i := strings.Index(got[at:], want)
		if i < 0 {
			t.Fatalf("%q is not where it should be in\n%s", want, got)
		}
		at += i + len(want)
	}
	for _, want := range []string{nation, motto, "Tứ Kỳ, ngày 05 tháng 02 năm 2024", "KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

// TestParts checks what Word asks of a package: every part is well-formed, is
// named in the content types, and every relation leads to a part.
func TestParts(t *testing.T) {
	data := docx(t, sample())
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	content := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		content[f.Name] = string(b)
		for d := xml.NewDecoder(bytes.NewReader(b)); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			if e, ok := token.(xml.StartElement); ok {
				for _, a := range e.Attr {
					if a.Value == "" {
						t.Errorf("%s: %s has an empty %s", f.Name, e.Name.Local, a.Name.Local)
					}
				}
			}
		}
	}
	for name := range content {
		if strings.HasPrefix(name, "word/") && !strings.HasSuffix(name, ".rels") && !strings.Contains(content["[Content_Types].xml"], `PartName="/`+name+`"`) {
			t.Errorf("%s is not in the content types", name)
		}
	}
	for _, target := range []string{"styles", "settings", "header1", "header2"} {
		if content["word/"+target+".xml"] == "" || !strings.Contains(content["word/_rels/document.xml.rels"], `Target="`+target+`.xml"`) {
			t.Errorf("no relation to %s", target)
		}
	}
	// Margins in twentieths of a point, within the bounds of the decree.
	for name, bounds := range map[string][2]int{"top": {20, 25}, "bottom": {20, 25}, "left": {30, 35}, "right": {15, 20}} {
		value := map[string]int{"top": marginTop, "bottom": marginBottom, "left": marginLeft, "right": marginRight}[name]
		if value < twips(bounds[0]) || value > twips(bounds[1]) || !strings.Contains(content["word/document.xml"], `w:`+name+`="`+itoa(value)+`"`) {
			t.Errorf("margin %s is %d", name, value)
		}
	}
}

func TestDay(t *testing.T) {
	for _, c := range []struct {
		date Date
		want string
	}{
		{Date{1, 2, 2024}, "A, ngày 01 tháng 02 năm 2024"}, {Date{10, 3, 2024}, "A, ngày 10 tháng 3 năm 2024"},
		{Date{}, "A, ngày … tháng … năm ……"}, {Date{Year: 2025}, "A, ngày … tháng … năm 2025"},
	} {
		if got := (Letter{Place: "A", Date: c.date}).day(); got != c.want {
			t.Errorf("%v is %q, want %q", c.date, got, c.want)
		}
	}
}

type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errors.New("no room")
	}
	return len(p), nil
}

func TestNoRoom(t *testing.T) {
	for _, n := range []int{0, 100, 2000} {
		if err := sample().DOCX(&full{n}); err == nil {
			t.Errorf("%d bytes are enough for a document", n)
		}
		if err := sample().Text(&full{n / 10}); err == nil {
			t.Errorf("%d bytes are enough for a text", n/10)
		}
	}
}
